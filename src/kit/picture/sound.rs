//! Where a picture's file ends by the rules of its format, without decoding anything, and whether what stands
//! behind that end is a disguise.
//!
//! Phones append data of their own to photographs (a short film, a maker's notes), so a tail is no fault in itself:
//! renditions are made anew and the original is never served. Only what another program could open as a page, an
//! archive or a program is refused. A file that begins with anything but a picture is no picture to begin with.

/// Anywhere behind the end; letters in either case. Long enough not to turn up by chance in a film.
const MARKS: [&[u8]; 10] =
    [b"%pdf-", b"<html", b"<script", b"<!doctype", b"<?php", b"<svg", b"<iframe", b"rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"!<arch>"];
/// Right behind the end: shorter, so they say something only there.
const STARTS: [&[u8]; 6] = [b"PK", b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\x1f\x8b"];
/// A ZIP archive is read from its end: this record stands within the last 64 KB (APPNOTE 4.3.16).
const ZIP_END: &[u8] = b"PK\x05\x06";
const ZIP_END_WITHIN: usize = 22 + 65_535;

/// Whether a machine could take the bytes behind a picture for something else.
pub fn is_disguise(tail: &[u8]) -> bool {
    let first = tail.iter().position(|byte| !byte.is_ascii_whitespace() && *byte != 0).unwrap_or(tail.len());
    let start = &tail[first..];
    let end = &tail[tail.len().saturating_sub(ZIP_END_WITHIN)..];
    STARTS.iter().any(|mark| start.starts_with(mark))
        || end.windows(ZIP_END.len()).any(|window| window == ZIP_END)
        || MARKS.iter().any(|mark| start.windows(mark.len()).any(|window| window.eq_ignore_ascii_case(mark)))
}

/// All four say how long the file is up to and with its end mark, or `None` when that is not there.
pub fn png_end(bytes: &[u8]) -> Option<usize> {
    let mut at = 8;
    loop {
        let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?) as usize;
        let kind = bytes.get(at + 4..at + 8)?;
        // Length, kind and checksum stand around the content.
        at = at.checked_add(length)?.checked_add(12)?;
        if at > bytes.len() {
            return None;
        }
        if kind == b"IEND" {
            return Some(at);
        }
    }
}

pub fn jpeg_end(bytes: &[u8]) -> Option<usize> {
    jpeg_walk(bytes, |_, _| {})
}

/// Whether a JPEG holds nothing but its pixels: no EXIF, no maker's notes, no comment, no picture within it, nothing behind.
pub fn is_bare_jpeg(bytes: &[u8]) -> bool {
    let mut is_bare = bytes.starts_with(&[0xff, 0xd8]);
    // The JFIF head alone is 16 bytes; a longer one holds a small picture.
    let end = jpeg_walk(bytes, |marker, length| is_bare &= !matches!(marker, 0xe1..=0xef | 0xfe) && (marker != 0xe0 || length <= 16));
    is_bare && end == Some(bytes.len())
}

/// `segment` is given each marker that has content, and the content's length.
fn jpeg_walk(bytes: &[u8], mut segment: impl FnMut(u8, usize)) -> Option<usize> {
    let mut at = 2;
    loop {
        // Between segments, and inside a scan, everything up to the next marker is passed over.
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        let marker = *bytes.get(at + 1)?;
        match marker {
            0xd9 => return Some(at + 2),
            // A fill byte: the marker may still follow.
            0xff => at += 1,
            // A stuffed 0xff, restarts, and the one that has no content.
            0x00 | 0x01 | 0xd0..=0xd7 => at += 2,
            _ => {
                let length = usize::from(u16::from_be_bytes(bytes.get(at + 2..at + 4)?.try_into().ok()?));
                segment(marker, length);
                at += 2 + length.max(2);
            }
        }
    }
}

pub fn webp_end(bytes: &[u8]) -> Option<usize> {
    let length = u32::from_le_bytes(bytes.get(4..8)?.try_into().ok()?) as usize;
    let end = length.checked_add(8)?;
    (end <= bytes.len()).then_some(end)
}

pub fn gif_end(bytes: &[u8]) -> Option<usize> {
    let colours = |packed: u8| if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) };
    let mut at = 13 + colours(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            b';' => return Some(at + 1),
            b',' => at = blocks(bytes, at + 11 + colours(*bytes.get(at + 9)?))?,
            b'!' => at = blocks(bytes, at + 2)?,
            _ => return None,
        }
    }
}

/// Where a chain of GIF's data blocks ends: each begins with its length, the last has none.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
