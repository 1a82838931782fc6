//! The records of an XLS ([MS-XLS] 2.1.4): kind and length, two bytes each, then what it says; what is longer than 8,224 bytes
//! goes on in CONTINUE records. And the container around them (OLE 2, [MS-CFB]).

use std::io::{Cursor, Read};

use super::Bad;
use super::limits::MOST_BYTES;

pub(super) const CONTINUE: u16 = 0x003c;

/// The book's stream. Errors: `Encrypted` for the container around an XLSX with a password, `OldWord`, `NotASheet`, `Broken`.
pub(super) fn stream(bytes: &[u8]) -> Result<Vec<u8>, Bad> {
    let broken = || Bad::Broken { what: "OLE".to_owned() };
    let mut container = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|_| broken())?;
    // "Book" is what Excel 95 called it; a file for both has both, and the newer one says more.
    let Some(name) = ["Workbook", "Book", "WORKBOOK", "BOOK"].into_iter().find(|name| container.is_stream(name)) else {
        return Err(if container.exists("EncryptedPackage") || container.exists("EncryptionInfo") {
            Bad::Encrypted
        } else if container.exists("WordDocument") {
            Bad::OldWord
        } else {
            Bad::NotASheet
        });
    };
    let stream = container.open_stream(name).map_err(|_| broken())?;
    let mut records = Vec::new();
    // No more than the file, whatever it says of its parts.
    stream.take(MOST_BYTES as u64).read_to_end(&mut records).map_err(|_| broken())?;
    Ok(records)
}

pub(super) fn u8_at(bytes: &[u8], at: usize) -> Option<u8> {
    bytes.get(at).copied()
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

pub(super) fn f64_at(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..)?.first_chunk().map(|eight| f64::from_le_bytes(*eight))
}

/// Record by record. What stands in the one last taken, and in those that continue it, is read from it in turn.
#[derive(Clone)]
pub(super) struct Records<'b> {
    bytes: &'b [u8],
    /// Of the next record.
    at: usize,
    /// What was not yet read of this one.
    body: &'b [u8],
}

impl<'b> Records<'b> {
    pub fn new(bytes: &'b [u8], at: usize) -> Records<'b> {
        Records { bytes, at, body: &[] }
    }

    /// Its kind; `None` at the end, or where the file was cut off.
    pub fn next(&mut self) -> Option<u16> {
        let kind = u16_at(self.bytes, self.at)?;
        let length = usize::from(u16_at(self.bytes, self.at.checked_add(2)?)?);
        let from = self.at.checked_add(4)?;
        self.body = self.bytes.get(from..from.checked_add(length)?)?;
        self.at = from.checked_add(length)?;
        Some(kind)
    }

    /// What is left of this record, without those that continue it.
    pub fn body(&self) -> &'b [u8] {
        self.body
    }

    /// Where this record ends, for people who look for a fault.
    pub fn at(&self) -> usize {
        self.at
    }

    /// On into the next, if it continues this one.
    fn go_on(&mut self) -> Option<()> {
        if u16_at(self.bytes, self.at) != Some(CONTINUE) {
            return None;
        }
        self.next().map(drop)
    }

    fn byte(&mut self) -> Option<u8> {
        while self.body.is_empty() {
            self.go_on()?;
        }
        let (first, rest) = self.body.split_first()?;
        self.body = rest;
        Some(*first)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.byte()
    }

    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes([self.byte()?, self.byte()?, self.byte()?, self.byte()?]))
    }

    pub fn pass(&mut self, mut length: usize) -> Option<()> {
        loop {
            let (_, rest) = self.body.split_at(length.min(self.body.len()));
            length -= self.body.len() - rest.len();
            self.body = rest;
            if length == 0 {
                return Some(());
            }
            self.go_on()?;
        }
    }

    /// So many letters ([MS-XLS] 2.5.293). Where they go on in another record, its first byte says anew whether each takes one
    /// byte or two.
    pub fn letters(&mut self, count: u16, is_wide: bool) -> Option<String> {
        let (mut left, mut is_wide) = (usize::from(count), is_wide);
        // No length is believed before the letters are there.
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            if self.body.is_empty() {
                self.go_on()?;
                is_wide = self.byte()? & 1 != 0;
                continue;
            }
            let size = if is_wide { 2 } else { 1 };
            let here = left.min(self.body.len() / size);
            if here == 0 {
                // Half a letter at the end of a record.
                return None;
            }
            let (letters, rest) = self.body.split_at_checked(here * size)?;
            match is_wide {
                true => units.extend(letters.chunks_exact(2).filter_map(|two| u16_at(two, 0))),
                false => units.extend(letters.iter().copied().map(u16::from)),
            }
            (self.body, left) = (rest, left - here);
        }
        Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
    }
}
