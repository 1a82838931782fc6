//! Text as a cell keeps it, and the fonts whose letters are not Unicode.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::Bad;
use super::limits::{MOST_FONT, MOST_LETTERS, MOST_NAME, too_large};

/// Errors: `TooLarge` for more letters than a cell holds.
pub(super) fn counted(text: &str) -> Result<&str, Bad> {
    // A letter takes a byte at least: most texts need not be counted.
    if text.len() > MOST_LETTERS && text.chars().nth(MOST_LETTERS).is_some() {
        return Err(too_large("letters of a cell", MOST_LETTERS));
    }
    Ok(text)
}

/// Unchanged but for its composed form (NFC), the end of a line (one `\n`) and U+0000, which no database keeps. In a font of
/// before Unicode what looks like a tone may be a letter, so it is not put upon the letter before it.
pub(super) fn cleaned(text: String, is_legacy: bool) -> Result<String, Bad> {
    counted(&text)?;
    if text.is_ascii() && !text.bytes().any(|byte| matches!(byte, 0 | b'\r')) {
        return Ok(text);
    }
    let text = if text.contains(['\0', '\r']) { text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "") } else { text };
    Ok(match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        _ if is_legacy => text,
        _ => text.nfc().collect(),
    })
}

/// A name of a sheet or a part, no longer than anybody reads.
pub(super) fn name(text: &str) -> String {
    text.chars().filter(|letter| *letter != '\0').take(MOST_NAME).nfc().collect()
}

/// The font's name where it is one of TCVN3 (`.VnTime`) or VNI (`VNI-Times`), whose letters stand at other places; else empty.
pub(super) fn legacy(font: &str) -> String {
    // A style sheet puts a name that begins with a dot in quotes.
    let font = font.trim().trim_matches(['\'', '"']);
    let is_legacy =
        [".vn", "vni-", "vni "].iter().any(|start| font.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)));
    if is_legacy { font.chars().take(MOST_FONT).collect() } else { String::new() }
}

/// `AB12` from row 11 and column 27.
pub(super) fn place(row: u32, column: u32) -> String {
    let (mut letters, mut rest) = (Vec::new(), u64::from(column) + 1);
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{}{}", letters.iter().rev().collect::<String>(), u64::from(row) + 1)
}

/// Row and column, from 0, of `AB12`.
pub(super) fn row_and_column(place: &str) -> Option<(u32, u32)> {
    let place = place.as_bytes();
    let letters = place.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = place.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 || digits.is_empty() || digits.len() > 7 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let column = letters.iter().fold(0, |sum: u32, letter| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().fold(0, |sum: u32, digit| sum * 10 + u32::from(digit - b'0'));
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_as_it_is_written() {
        for (place, row, column) in [("A1", 0, 0), ("Z9", 8, 25), ("AA10", 9, 26), ("AMJ1048576", 1_048_575, 1_023), ("XFD1", 0, 16_383)] {
            assert_eq!(row_and_column(place), Some((row, column)));
            assert_eq!(super::place(row, column), place);
        }
        assert_eq!(super::place(u32::MAX, u32::MAX), "MWLQKWV4294967296");
        for no in ["", "A", "1", "A0", "ABCD1", "A12345678", "A-1", "Â1", "A1B"] {
            assert_eq!(row_and_column(no), None, "{no}");
        }
    }

    #[test]
    fn a_text_is_kept_as_it_was_typed() {
        let of = |text: &str| cleaned(text.to_owned(), false).expect("a short text");
        assert_eq!(of("D\u{306}o\u{302}ng Kie\u{302}\u{300}u "), "D\u{306}ông Kiều ");
        assert_eq!(of("a\r\nb\rc\nd\0"), "a\nb\nc\nd");
        assert!(cleaned("ạ".repeat(MOST_LETTERS), false).is_ok());
        assert_eq!(cleaned("a\u{300}".to_owned(), true), Ok("a\u{300}".to_owned()));
        assert!(cleaned("ạ".repeat(MOST_LETTERS + 1), false).is_err());
    }

    #[test]
    fn only_fonts_of_before_unicode_are_named() {
        for (font, told) in [
            (".VnTime", ".VnTime"),
            ("'.VnTimeH'", ".VnTimeH"),
            ("VNI-Times", "VNI-Times"),
            ("VNI Helve", "VNI Helve"),
            ("Times New Roman", ""),
            ("VnTime", ""),
            ("", ""),
        ] {
            assert_eq!(legacy(font), told);
        }
    }
}
