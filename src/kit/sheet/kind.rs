//! What kind of file it is, by what stands in it: its name only says what it claims to be.

use super::Bad;

/// OLE 2: what Word and Excel wrote before 2007, and what they still write around a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";
/// How far into a text its kind shows.
const HEAD: usize = 4_096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Zip,
    Ole,
    /// The records of an XLS without the container around them, as some exporters leave them.
    Biff,
    Text,
}

/// Errors: `Empty`, `Html`, `Xml2003`, and `NotASheet` for what is no text either.
pub(super) fn of(bytes: &[u8]) -> Result<Kind, Bad> {
    match bytes {
        _ if bytes.starts_with(ZIP) => return Ok(Kind::Zip),
        _ if bytes.starts_with(OLE) => return Ok(Kind::Ole),
        // The first record of a book: its kind, its length, its version (Excel 95 and 97; none from a writer that was copied
        // from page to page of the web), what it begins.
        [0x09, 0x08, 4..=16, 0x00, 0x00, 0x00 | 0x05 | 0x06, 0x05 | 0x10, 0x00, ..] => return Ok(Kind::Biff),
        _ => {}
    }
    let head = decoded(bytes.get(..HEAD).unwrap_or(bytes)).to_lowercase();
    let head = past_comments(head.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']));
    if head.is_empty() && bytes.len() <= HEAD {
        return Err(Bad::Empty);
    }
    if head.starts_with("<?xml") || head.starts_with("<workbook") || head.starts_with("<ss:workbook") {
        return Err(if head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            Bad::Xml2003
        } else if head.contains("<html") {
            Bad::Html
        } else {
            Bad::NotASheet
        });
    }
    // "MIME-Version" begins a page that was saved with its pictures.
    let is_tag = |rest: &str| rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!');
    if head.strip_prefix('<').is_some_and(is_tag) || head.contains("<table") && head.contains("<tr") || head.starts_with("mime-version:") {
        return Err(Bad::Html);
    }
    // Some letters of old Vietnamese alphabets stand where others have controls (VISCII), but only a few.
    let controls = head.chars().filter(|letter| matches!(letter, '\x01'..='\x08' | '\x0e'..='\x1a' | '\x1c'..='\x1f')).count();
    if head.starts_with("%pdf-") || head.starts_with("{\\rtf") || head.contains('\0') || controls * 50 > head.len() {
        return Err(Bad::NotASheet);
    }
    Ok(Kind::Text)
}

/// A page may begin with what a browser passes over.
fn past_comments(mut text: &str) -> &str {
    while let Some((_, after)) = text.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")) {
        text = after.trim_start();
    }
    text
}

/// UTF-8, or what the mark at its beginning says. Letters that are none become U+FFFD.
pub(super) fn decoded(bytes: &[u8]) -> String {
    let wide = |letters: &[u8], of: fn([u8; 2]) -> u16| -> String {
        let letters = letters.chunks_exact(2).map(|two| of([two.first().copied().unwrap_or(0), two.last().copied().unwrap_or(0)]));
        char::decode_utf16(letters).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, letters @ ..] => wide(letters, u16::from_le_bytes),
        [0xfe, 0xff, letters @ ..] => wide(letters, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, letters @ ..] | letters => String::from_utf8_lossy(letters).into_owned(),
    }
}
