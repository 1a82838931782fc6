//! The archive that XLSX and ODS come in (ZIP). Each part is unpacked as it is read; what the archive says of its size is not
//! believed, what it says of its checksum is compared.

use std::cell::Cell;
use std::io::Cursor;

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Bad;
use super::limits::{MOST_PARTS, too_large};
use super::xml::Xml;

/// Before each name in an archive's list.
const ENTRY: &[u8] = b"PK\x01\x02";

pub(super) struct Pack<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// In small letters, with `/` between folders: writers differ in both.
    names: Vec<String>,
}

type Part<'p, 'b> = ZipFile<'p, Cursor<&'b [u8]>>;

impl<'b> Pack<'b> {
    /// Errors: `Broken` for a file that was cut off, `TooLarge` for one of too many parts.
    pub fn open(bytes: &'b [u8]) -> Result<Pack<'b>, Bad> {
        let broken = || Bad::Broken { what: "ZIP".to_owned() };
        // Before anything is read of them, and whatever its end says of their number.
        if bytes.windows(ENTRY.len()).filter(|four| *four == ENTRY).take(MOST_PARTS + 1).count() > MOST_PARTS {
            return Err(too_large("files in an archive", MOST_PARTS));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
        let names = archive.file_names_raw().map(|name| String::from_utf8_lossy(name).replace('\\', "/").to_lowercase()).collect();
        Ok(Pack { archive, names })
    }

    fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/').to_lowercase();
        self.names.iter().position(|other| *other == name)
    }

    pub fn has(&self, name: &str) -> bool {
        self.index(name).is_some()
    }

    /// `None` for a part that is not there. Errors: `Encrypted`; `Broken` for one that cannot be unpacked.
    pub fn part<'p, 't>(&'p mut self, name: &str, unpacked: &'t Cell<u64>) -> Result<Option<Xml<'t, Part<'p, 'b>>>, Bad> {
        let Some(index) = self.index(name) else { return Ok(None) };
        if self.archive.by_index_raw(index).is_ok_and(|part| part.encrypted()) {
            return Err(Bad::Encrypted);
        }
        let part = self.archive.by_index(index).map_err(|_| Bad::Broken { what: name.to_owned() })?;
        Ok(Some(Xml::new(part, name, unpacked)))
    }
}
