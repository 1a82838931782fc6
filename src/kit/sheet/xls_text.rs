//! Letters in an XLS. Since Excel 97 they are Unicode; before, they are bytes of a code page that the book names.

use super::limits::{MOST_SHARED, Tally, too_large};
use super::records::Records;
use super::text::counted;
use super::xls::Fonts;
use super::{Bad, xlsx_styles::Shared};

/// 0x80 to 0x9f of Windows-1252; the rest of it is Latin-1.
const WESTERN: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];
/// Where Windows-1258 (Vietnamese) has another letter or tone than 1252.
const VIETNAMESE: [(u8, char); 18] = [
    (0x8a, '\u{8a}'),
    (0x8e, '\u{8e}'),
    (0x9a, '\u{9a}'),
    (0x9e, '\u{9e}'),
    (0xc3, 'Ă'),
    (0xcc, '\u{300}'),
    (0xd0, 'Đ'),
    (0xd2, '\u{309}'),
    (0xd5, 'Ơ'),
    (0xdd, 'Ư'),
    (0xde, '\u{303}'),
    (0xe3, 'ă'),
    (0xec, '\u{301}'),
    (0xf0, 'đ'),
    (0xf2, '\u{323}'),
    (0xf5, 'ơ'),
    (0xfd, 'ư'),
    (0xfe, '₫'),
];
/// Of Windows, for Vietnamese.
const PAGE: u16 = 1258;
/// What no book names: a stream without a book around it, whose writer put there what it had, which today is UTF-8.
pub(super) const NO_PAGE: u16 = 65_001;

/// Bytes as letters. In a font of before Unicode they are the places of its own letters, whatever the book names.
pub(super) fn decoded(bytes: &[u8], page: u16, is_legacy: bool) -> String {
    if let (NO_PAGE, Ok(text)) = (page, str::from_utf8(bytes)) {
        return text.to_owned();
    }
    let letter = |byte: &u8| -> char {
        let other = VIETNAMESE.iter().find(|(place, _)| place == byte && page == PAGE && !is_legacy);
        match (other, byte.checked_sub(0x80).and_then(|place| WESTERN.get(usize::from(place)))) {
            (Some((_, letter)), _) => *letter,
            (None, Some(letter)) => *letter,
            (None, None) => char::from(*byte),
        }
    };
    bytes.iter().map(letter).collect()
}

/// A text with its flags before it ([MS-XLS] 2.5.293, 2.5.294): whether letters take two bytes, and whether runs of formats and
/// readings follow. Gives the first font of before Unicode among the runs too. `None` where it is cut off.
pub(super) fn rich(records: &mut Records, count: u16, fonts: &Fonts) -> Option<(String, String)> {
    let flags = records.u8()?;
    let runs = if flags & 0x08 != 0 { records.u16()? } else { 0 };
    let readings = if flags & 0x04 != 0 { records.u32()? } else { 0 };
    let text = records.letters(count, flags & 0x01 != 0)?;
    let mut font = String::new();
    for _ in 0..runs {
        let (_, number) = (records.u16()?, records.u16()?);
        if font.is_empty() {
            font = fonts.get(number).0.to_owned();
        }
    }
    records.pass(readings as usize)?;
    Some((text, font))
}

/// The texts that cells share ([MS-XLS] 2.4.265). Errors: `TooLarge`; `Broken` where they are cut off.
pub(super) fn shared(records: &mut Records, fonts: &Fonts, tally: &mut Tally) -> Result<Vec<Shared>, Bad> {
    let broken = || Bad::Broken { what: "SST".to_owned() };
    records.u32().ok_or_else(broken)?;
    let count = records.u32().ok_or_else(broken)? as usize;
    let mut shared = Vec::new();
    for _ in 0..count {
        // Some writers count wrong; whatever cell asks for one that is not there is told then.
        let Some(length) = records.u16() else { break };
        if shared.len() >= MOST_SHARED {
            return Err(too_large("shared texts", MOST_SHARED));
        }
        let (text, font) = rich(records, length, fonts).ok_or_else(broken)?;
        counted(&text)?;
        tally.shared_text(text.len().saturating_add(font.len()))?;
        shared.push(Shared { text: text.into(), font: font.into() });
    }
    Ok(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Records of these kinds.
    fn records(parts: &[(u16, &[u8])]) -> Vec<u8> {
        let parts = parts.iter().map(|(kind, body)| [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat());
        parts.collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_text_may_change_the_size_of_its_letters_where_a_record_goes_on() {
        let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        let head = [&[9, 0, 0, 0, 3, 0, 0, 0][..], &[9, 0, 0], b"Dong "].concat();
        // "Dong Kiều", half of it in a second record; then a rich text whose runs are parted; then one of wide letters first.
        let second = [&[1][..], &wide("Kiều"), &[2, 0, 8, 1, 0], b"ab", &[0, 0]].concat();
        let third = [&[0, 0][..], &[4, 0, 1], &wide("ế")].concat();
        let bytes = records(&[
            (0xfc, &head),
            (CONTINUE_, &second),
            (CONTINUE_, &third),
            (CONTINUE_, &[]),
            (CONTINUE_, &[0, b'x']),
            (CONTINUE_, &[0]),
            (CONTINUE_, &[1, 0x02, 0x1e, b'y', 0]),
        ]);
        let mut records = Records::new(&bytes, 0);
        records.next();
        let shared = shared(&mut records, &Fonts::default(), &mut Tally::new()).expect("whole texts");
        let texts: Vec<&str> = shared.iter().map(|shared| &*shared.text).collect();
        assert_eq!(texts, ["Dong Kiều", "ab", "ếxḂy"]);
    }

    const CONTINUE_: u16 = super::super::records::CONTINUE;

    #[test]
    fn bytes_are_letters_of_the_page_that_the_book_names() {
        assert_eq!(decoded(b"\xd0\xf4ng Ki\xea\xccu", 1258, false), "Đông Kiê\u{300}u");
        assert_eq!(decoded(b"\xa7\xabng Ki\xd2u", 1258, true).chars().next(), Some('§'));
        assert_eq!(decoded(b"\x80\x96", 1252, false), "€–");
    }
}
