//! The text of a cell in an XLSX, put together from its pieces.

use super::Bad;
use super::limits::{MOST_LETTERS, too_large};

/// Another piece of it. Errors: `TooLarge`, well before it is more than memory holds; a letter may take 8 bytes until it is read.
pub(super) fn push(text: &mut String, piece: &str) -> Result<(), Bad> {
    text.push_str(piece);
    if text.len() > 8 * MOST_LETTERS { Err(too_large("letters of a cell", MOST_LETTERS)) } else { Ok(()) }
}

/// Whether white space at both ends of a `t` is none of the text, as Excel has it (XML 1.0, §2.10).
pub(super) fn is_trimmed([space]: [Option<String>; 1]) -> bool {
    space.as_deref() != Some("preserve")
}

/// What was read since `from`, without white space at both ends.
pub(super) fn trim(text: &mut String, from: usize) {
    let part = text.get(from..).unwrap_or_default().trim_matches([' ', '\t', '\n', '\r']).to_owned();
    text.truncate(from);
    text.push_str(&part);
}

/// The first font of before Unicode in a text whose parts have several.
pub(super) fn note_font(font: &mut String, other: &str) {
    if font.is_empty() {
        *font = super::text::legacy(other);
    }
}

/// Letters that XML has no room for are written by their number: `_x000D_` (§22.9.2.19).
pub(super) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let unit = |at: &str| -> Option<u16> {
        let digits = at.strip_prefix("_x")?.get(..4)?;
        let is_whole = at.get(6..7) == Some("_") && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_whole.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
    };
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let Some(first) = unit(after) else {
            out.push_str("_x");
            rest = after.get(2..).unwrap_or_default();
            continue;
        };
        rest = after.get(7..).unwrap_or_default();
        let second = unit(rest).filter(|_| (0xd800..0xdc00).contains(&first));
        let mut letters = char::decode_utf16([first].into_iter().chain(second));
        if let Some(Ok(letter)) = letters.next() {
            out.push(letter);
            rest = if second.is_some() { rest.get(7..).unwrap_or_default() } else { rest };
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_written_by_their_number_are_read() {
        for (text, told) in [
            ("a_x000D_\nb", "a\r\nb"),
            ("_x005F_x000D_", "_x000D_"),
            ("ten_xa_bang", "ten_xa_bang"),
            ("_xD83D__xDE00_!", "😀!"),
            ("_xD83D_!", "!"),
            ("_x00Đ_", "_x00Đ_"),
            ("_x", "_x"),
        ] {
            assert_eq!(unescaped(text.to_owned()), told, "{text}");
        }
    }
}
