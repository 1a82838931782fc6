//! Vietnamese text: kept as written (NFC), compared without accents when a machine needs it.

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

/// The same text in Normalisation Form C (Unicode Annex 15). Spelling is never touched.
pub fn nfc(text: &str) -> String {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        _ => text.nfc().collect(),
    }
}

/// Text as any editor saves it, with plain line ends and without a byte order mark.
pub fn plain(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains('\r') {
        return text.to_owned();
    }
    // Some programs double the carriage return.
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\r') {
        let tail = rest[at..].trim_start_matches('\r');
        plain.push_str(&rest[..at]);
        if !tail.starts_with('\n') {
            plain.push_str(&rest[at..rest.len() - tail.len()]);
        }
        rest = tail;
    }
    plain + rest
}

/// Text without marks, in lower case, with single spaces: `Thanh Hoá` and `THANH HÓA` are `thanh hoa`.
/// đ has no decomposition, so it is mapped by hand.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let bare = word.nfd().filter(|c| !is_combining_mark(*c)).map(|c| match c {
            'đ' | 'Đ' | 'Ð' | 'ð' => 'd',
            other => other,
        });
        folded.extend(bare.flat_map(char::to_lowercase));
    }
    folded
}

/// What may stand in an address: lower-case ASCII letters, digits and single inner hyphens, at most 120.
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 120
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// A slug proposed from Vietnamese text.
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in fold(text).chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if c != '\'' && c != '’' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 120 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// `xã Đông Kiều` as it stands alone: `Xã Đông Kiều`.
pub fn capitalised(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

/// Under which letter a name is looked up: Ă and Â under A, for they follow one another, but Đ has a place of its own.
pub fn letter(name: &str) -> char {
    let first = name.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
    let bare = std::iter::once(first).nfd().next().unwrap_or(first);
    bare.to_uppercase().next().unwrap_or(bare)
}

/// The order of the Vietnamese alphabet for lists: a ă â b c d đ e ê … o ô ơ … u ư; tones count only
/// between equal letters; digits by their number, so that Thôn 2 stands before Thôn 10.
pub fn alphabetical(text: &str) -> (Vec<u32>, Vec<u8>) {
    const TONES: [char; 5] = ['\u{300}', '\u{309}', '\u{303}', '\u{301}', '\u{323}'];
    let mut letters = Vec::with_capacity(text.len());
    let mut tones = Vec::new();
    let mut number: Option<u32> = None;
    for c in text.to_lowercase().nfd() {
        if let Some(digit) = c.to_digit(10) {
            number = Some(number.unwrap_or(0).saturating_mul(10).saturating_add(digit));
            continue;
        }
        if let Some(value) = number.take() {
            letters.push(0x100 + value.min(0xffff));
            tones.push(0);
        }
        if let Some(tone) = TONES.iter().position(|mark| *mark == c) {
            if let Some(last) = tones.last_mut() {
                *last = tone as u8 + 1;
            }
            continue;
        }
        let shape = match c {
            '\u{302}' => Some(1), // circumflex: â ê ô
            '\u{306}' => Some(1), // breve: ă stands before â
            '\u{31b}' => Some(2), // horn: ơ after ô, ư
            _ => None,
        };
        if let (Some(shape), Some(last)) = (shape, letters.last_mut()) {
            *last += shape + u32::from(c == '\u{302}' && *last == rank('a'));
            continue;
        }
        letters.push(if c == 'đ' { rank('d') + 1 } else { rank(c) });
        tones.push(0);
    }
    if let Some(value) = number {
        letters.push(0x100 + value.min(0xffff));
        tones.push(0);
    }
    (letters, tones)
}

fn rank(c: char) -> u32 {
    match c {
        'a'..='z' => 0x20000 + (c as u32 - 'a' as u32) * 8,
        c if c.is_whitespace() => 1,
        c => (c as u32).min(0xff) + 2 + if c as u32 > 0xff { 0x30000 } else { 0 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn tone_placement_case_and_marks_do_not_matter_to_a_fold() {
        assert_eq!(fold("Thanh Hóa"), fold("thanh hoá"));
        assert_eq!(fold("ĐAN  PHƯỢNG"), "dan phuong");
        assert_eq!(slug("Xã Ea H'Mai – “mục tiêu kép”"), "xa-ea-hmai-muc-tieu-kep");
    }

    #[test]
    fn lists_follow_the_vietnamese_alphabet_and_count_numbers() {
        let mut names = ["Đà Nẵng", "Da Lộc", "Thôn 10", "Thôn 2", "Ân Thi", "Ăn Năn", "An Bình", "Ơn", "Ôn", "On", "Bà", "Ba"];
        names.sort_by_cached_key(|name| alphabetical(name));
        assert_eq!(names, ["An Bình", "Ăn Năn", "Ân Thi", "Ba", "Bà", "Da Lộc", "Đà Nẵng", "On", "Ôn", "Ơn", "Thôn 2", "Thôn 10"]);
    }

    proptest! {
        #[test]
        fn decomposed_and_composed_text_are_one(text in "[a-zA-ZăâđêôơưáàảãạấầẩẫậĐƯỢ ]{0,40}") {
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(nfc(&decomposed), nfc(&text));
            prop_assert_eq!(fold(&decomposed), fold(&text));
        }

        #[test]
        fn whatever_is_proposed_as_a_slug_may_stand_in_an_address(text in ".{0,200}") {
            let proposed = slug(&text);
            prop_assert!(proposed.is_empty() || is_slug(&proposed));
        }
    }
}
