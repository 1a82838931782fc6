//! One spelling for what keyboards, spreadsheets and PDF files spell in many: composed letters, ASCII forms, plain spaces.

use unicode_normalization::UnicodeNormalization;

use super::MOST_CHARS;

/// Trimmed; `None` where it is too long to be looked at. Superscripts stay: they are notes, and no digits.
pub fn tidied(text: &str) -> Option<String> {
    if text.chars().nth(MOST_CHARS).is_some() {
        return None;
    }
    let tidy: String = text.nfc().filter_map(plain).collect();
    Some(tidy.trim().to_owned())
}

fn plain(c: char) -> Option<char> {
    Some(match c {
        // Of no width: they come along from web pages.
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0)?,
        '‘' | '’' | 'ʼ' | '′' => '\'',
        '−' | '﹣' | '‐' | '‑' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}
