//! Alphabets known by their font, and what becomes of every letter.

use bangtin::kit::legacy::{Alphabet, Converted, convert, is_syllable, of_font};
use proptest::prelude::*;

use crate::{ARTICLES, SYLLABLES, seen, typed_in_tcvn3};

#[test]
fn a_font_tells_its_alphabet() {
    for (name, alphabet) in [
        (".VnTime", Some(Alphabet::Tcvn3)),
        (".VnArial Narrow", Some(Alphabet::Tcvn3)),
        (".Vn3DH", Some(Alphabet::Tcvn3Capitals)),
        (".VnTimeH", Some(Alphabet::Tcvn3Capitals)),
        (".vntimeh", Some(Alphabet::Tcvn3Capitals)),
        (".VnArial NarrowH", Some(Alphabet::Tcvn3Capitals)),
        (".VnTimeH Bold Italic", Some(Alphabet::Tcvn3Capitals)),
        ("\".VnArialH\", serif", Some(Alphabet::Tcvn3Capitals)),
        ("ABCDEF+.VnTime-Bold", Some(Alphabet::Tcvn3)),
        ("VnTime", Some(Alphabet::Tcvn3)),
        ("VNI-Times", Some(Alphabet::Vni)),
        ("'VNI-Helve-Condense'", Some(Alphabet::Vni)),
        ("ABCDEF+VNI-Times,Bold", Some(Alphabet::Vni)),
        ("VNI Aptima", Some(Alphabet::Vni)),
        ("Times New Roman", None),
        ("Be Vietnam Pro", None),
        ("Arial, .VnTime", None),
        ("VNtimes new roman", None),
        (".Vn", None),
        ("", None),
    ] {
        assert_eq!(of_font(name), alphabet, "{name}");
    }
}

#[test]
fn every_letter_of_tcvn3_is_as_iconv_has_it() {
    let table = include_str!("legacy/tcvn5712.tsv");
    let small_or_plain = |c: char| c.is_lowercase() || "ĂÂÊÔƠƯĐ".contains(c);
    let mut letters = 0;
    for row in table.lines() {
        let (byte, meant) = row.split_once('\t').expect("a byte and its letter");
        let seen = char::from(u8::from_str_radix(byte, 16).expect("two digits"));
        let meant = meant.chars().next().expect("a letter");
        let converted = convert(&format!("t{seen}t"), Alphabet::Tcvn3);
        if small_or_plain(meant) {
            assert_eq!(converted, format!("t{meant}t"), "{byte}");
            letters += 1;
        } else {
            // Capitals with a tone are of the first two sets of the standard: no font of Windows has them.
            assert_eq!(converted, format!("t{seen}t"), "{byte}");
        }
    }
    assert_eq!(letters, 74);
}

#[test]
fn what_was_typed_in_tcvn3_comes_back() {
    for fixture in [ARTICLES, SYLLABLES] {
        for (bytes, meant) in fixture.tcvn3.split(|byte| *byte == b'\n').zip(fixture.plain.lines()) {
            let converted = convert(&seen(bytes), Alphabet::Tcvn3);
            assert_eq!(typed_in_tcvn3(&converted), typed_in_tcvn3(meant));
        }
    }
}

#[test]
fn what_was_typed_in_vni_comes_back_to_the_letter() {
    for fixture in [ARTICLES, SYLLABLES] {
        assert_eq!(convert(&seen(fixture.vni), Alphabet::Vni), fixture.plain);
    }
}

#[test]
fn a_font_of_capitals_gives_capitals() {
    assert_eq!(convert("Céng hßa x· héi chñ nghÜa ViÖt Nam", Alphabet::Tcvn3Capitals), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
    assert_eq!(convert(&seen(ARTICLES.tcvn3), Alphabet::Tcvn3Capitals), ARTICLES.plain.to_uppercase());
}

#[test]
fn letters_that_word_keeps_in_a_private_place_are_read() {
    let private: String = "Th«ng b¸o".chars().map(|c| char::from_u32(0xf000 + u32::from(c)).expect("a private place")).collect();
    assert_eq!(convert(&private, Alphabet::Tcvn3), "Thông báo");
    assert_eq!(convert("c\u{3bc} n\u{ad}íc", Alphabet::Tcvn3), "cà nước");
}

#[test]
fn the_clerk_is_shown_both() {
    let offered = Converted::offered("LÞch tiÕp c«ng d©n").expect("it is suspected");
    assert_eq!((offered.before.as_str(), offered.after.as_str()), ("LÞch tiÕp c«ng d©n", "Lịch tiếp công dân"));
    assert_eq!(Converted::offered("Lịch tiếp công dân"), None);
    assert_eq!(Converted::of("Lòch", Alphabet::Vni).after, "Lịch");
}

#[test]
fn words_of_real_text_are_syllables() {
    for word in SYLLABLES.plain.split_whitespace() {
        assert!(is_syllable(word), "{word}");
    }
    let words = ARTICLES.plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii());
    let strange: Vec<&str> = words.filter(|word| !is_syllable(word)).collect();
    // Two names of the Ede, and an abbreviation.
    assert_eq!(strange, ["Wăn", "Mlô", "QĐ"]);
}

proptest! {
    #[test]
    fn anything_may_be_converted(text in "[\\PC\\n]{0,80}", seen in "[ -~\u{a0}-\u{ff}\n-]{0,80}") {
        for alphabet in [Alphabet::Tcvn3, Alphabet::Tcvn3Capitals, Alphabet::Vni] {
            convert(&text, alphabet);
            convert(&seen, alphabet);
        }
    }

    #[test]
    fn plain_text_stays_as_it_is(text in "[ -,.-~\n]{0,80}") {
        prop_assert_eq!(convert(&text, Alphabet::Tcvn3), text.clone());
        prop_assert_eq!(convert(&text, Alphabet::Vni), text);
    }
}
