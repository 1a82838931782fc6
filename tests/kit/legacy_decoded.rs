//! Bytes of old files, in whatever encoding they were written.

use bangtin::kit::legacy::bytes::{Encoding, SHOWN, decode, decode_as};
use proptest::prelude::*;
use unicode_normalization::is_nfc;

use crate::{ARTICLES, Fixture, SYLLABLES, ends, typed_in_tcvn3};

const ALL: [Encoding; 8] = [
    Encoding::Utf8,
    Encoding::Utf16Le,
    Encoding::Utf16Be,
    Encoding::Windows1258,
    Encoding::Windows1252,
    Encoding::Tcvn3,
    Encoding::Vni,
    Encoding::Viscii,
];

fn ways(fixture: &Fixture) -> [(Encoding, &'static [u8]); 7] {
    [
        (Encoding::Utf8, fixture.plain.as_bytes()),
        (Encoding::Utf16Le, fixture.utf16_le),
        (Encoding::Utf16Be, fixture.utf16_be),
        (Encoding::Windows1258, fixture.windows_1258),
        (Encoding::Tcvn3, fixture.tcvn3),
        (Encoding::Vni, fixture.vni),
        (Encoding::Viscii, fixture.viscii),
    ]
}

/// Without what an encoding has no room for: capitals with a tone in TCVN3, the quotes and dashes of print in VISCII.
fn kept(text: &str, by: Encoding) -> String {
    match by {
        Encoding::Tcvn3 => typed_in_tcvn3(text),
        Encoding::Viscii => text.replace(['“', '”'], "\"").replace(['–', '—'], "-").replace('…', "...").replace(['‘', '’'], "'"),
        _ => text.to_owned(),
    }
}

#[test]
fn a_whole_file_comes_back_from_every_encoding() {
    for fixture in [ARTICLES, SYLLABLES] {
        for (by, bytes) in ways(&fixture) {
            let decoded = decode(bytes);
            assert_eq!((decoded.by, decoded.is_sure), (by, true), "{:?}", decoded.others);
            assert_eq!(kept(&decoded.text, by), kept(fixture.plain, by));
            assert!(decoded.others.is_empty());
        }
    }
}

#[test]
fn every_letter_comes_back_from_every_table_that_has_it() {
    let letters = include_str!("legacy/letters.txt");
    assert_eq!(letters.split_whitespace().count(), 2 * 67);
    for (by, bytes) in [
        (Encoding::Vni, &include_bytes!("legacy/letters.vni")[..]),
        (Encoding::Viscii, include_bytes!("legacy/letters.viscii")),
        (Encoding::Windows1258, include_bytes!("legacy/letters.1258")),
    ] {
        assert_eq!(decode_as(bytes, by), letters);
    }
}

#[test]
fn one_line_is_read_rightly_or_what_is_right_is_offered() {
    let mut wrong = Vec::new();
    let (mut lines, mut unsure) = (0, 0);
    for fixture in [ARTICLES, SYLLABLES] {
        for (by, bytes) in ways(&fixture).into_iter().filter(|(by, _)| !matches!(by, Encoding::Utf16Le | Encoding::Utf16Be)) {
            for (line, meant) in bytes.split(|byte| *byte == b'\n').zip(fixture.plain.lines()) {
                lines += 1;
                let (decoded, meant) = (decode(line), kept(meant, by));
                unsure += usize::from(!decoded.is_sure);
                let beginning: String = meant.chars().take(SHOWN).collect();
                let is_offered = decoded.others.iter().any(|(_, other)| kept(other, by) == beginning);
                if kept(&decoded.text, by) != meant && (decoded.is_sure || !is_offered) {
                    wrong.push((by, decoded.by, meant));
                }
            }
        }
    }
    println!("{lines} lines, {unsure} unsure, {} wrong", wrong.len());
    assert_eq!(wrong, Vec::new());
}

#[test]
fn a_mark_at_the_beginning_is_believed_and_taken_off() {
    let text = "Họ tên;Số tiền\nNguyễn Thị Hoa;50.000.000\n";
    let wide = |of: fn(u16) -> [u8; 2]| format!("\u{feff}{text}").encode_utf16().flat_map(of).collect::<Vec<u8>>();
    for (bytes, by) in [
        (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8),
        (wide(u16::to_le_bytes), Encoding::Utf16Le),
        (wide(u16::to_be_bytes), Encoding::Utf16Be),
    ] {
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.by, decoded.is_sure), (text, by, true));
    }
}

#[test]
fn plain_ascii_and_an_empty_file_are_sure() {
    for text in ["", "Ho ten;So tien\r\nHoa;50\r\n", "123"] {
        let decoded = decode(text.as_bytes());
        assert_eq!((decoded.text.as_str(), decoded.by, decoded.is_sure), (text, Encoding::Utf8, true));
    }
}

#[test]
fn a_table_in_french_or_german_is_windows_1252() {
    for text in [
        "Bénéficiaire;Montant\nHélène Lefèvre;12 €\nJérôme Noël;13 €\nFrançois Crépin;14 €\n",
        "Empfänger;Straße\nJürgen Müller;Schönhauser Allee\nKäthe Größe;Überseering\n",
    ] {
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
        let decoded = decode(&bytes);
        assert_eq!((decoded.text.as_str(), decoded.by, decoded.is_sure), (text, Encoding::Windows1252, true));
    }
}

#[test]
fn where_one_word_tells_nothing_both_readings_are_offered() {
    // In Windows-1258 `tôi`, in VNI `tơi`: both are said.
    let decoded = decode(b"t\xf4i");
    assert!(!decoded.is_sure);
    assert_eq!((decoded.by, decoded.text.as_str()), (Encoding::Windows1258, "tôi"));
    assert!(decoded.others.contains(&(Encoding::Vni, "tơi".to_owned())), "{:?}", decoded.others);
}

#[test]
fn two_old_letters_that_make_one_of_a_far_script_are_doubted() {
    for (bytes, meant) in [(&b"D\xdf\xbei B\xecn"[..], "Dưới Bìn"), (b"D\xdf\xbei", "Dưới"), (b"M\x06U", "MẪU")] {
        let decoded = decode(bytes);
        let readings = decoded.others.iter().map(|(_, text)| text.as_str()).chain([decoded.text.as_str()]);
        assert!(!decoded.is_sure && readings.clone().any(|text| text == meant), "{:?}", readings.collect::<Vec<_>>());
    }
}

#[test]
fn text_of_another_script_is_nobodys() {
    for bytes in ["Привет, мир! Сегодня хороший день для прогулки.", "Доклад о бюджете"]
        .map(|text| encoding_rs::WINDOWS_1251.encode(text).0.into_owned())
    {
        assert!(!decode(&bytes).is_sure);
    }
}

#[test]
fn a_file_that_was_cut_is_still_utf8_but_not_sure() {
    let text = "Ủy ban nhân dân xã Bến Gạo thông báo lịch tiếp công dân thường kỳ của lãnh đạ";
    let mut bytes = text.as_bytes().to_vec();
    bytes.pop();
    let decoded = decode(&bytes);
    assert_eq!((decoded.by, decoded.is_sure), (Encoding::Utf8, false));
    assert!(decoded.text.starts_with("Ủy ban nhân dân") && decoded.text.ends_with("đ\u{fffd}"));
}

#[test]
fn twenty_megabytes_take_no_more_than_their_share() {
    for bytes in [ARTICLES.tcvn3, ARTICLES.vni, &b"\xe9"[..], &b"\xe9 "[..], &b"n-\xed"[..], &b"-"[..]] {
        let long = bytes.repeat(2 * 1024 * 1024 / bytes.len());
        // A tenth of it, unoptimised: what is not linear takes minutes.
        ends("decoding", move || decode(&long).text.len());
    }
}

proptest! {
    #[test]
    fn any_bytes_may_be_decoded(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let decoded = decode(&bytes);
        for text in ALL.map(|by| decode_as(&bytes, by)).iter().chain([&decoded.text]) {
            let is_clean = is_nfc(text) && !text.contains(['\0', '\u{feff}']);
            prop_assert!(is_clean);
        }
        prop_assert!(decoded.others.iter().all(|(_, shown)| shown.chars().count() <= SHOWN));
        prop_assert!(!decoded.is_sure || decoded.others.is_empty());
    }

    #[test]
    fn what_is_utf8_stays_so(text in "[a-zà-ÿăđĩũơưạ-ỹ ,.;\n]{0,200}") {
        let decoded = decode(text.as_bytes());
        prop_assert_eq!(decoded.by, Encoding::Utf8);
        prop_assert!(decoded.is_sure);
    }
}
