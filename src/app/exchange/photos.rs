//! The photographs of placements: looked at before anything is kept, for they come from outside; then shelved as they are.
//! One that bears more than its pixels was never made here, and would tell where and with what it was taken.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::scan::Scanned;
use super::{Porter, on_disk};
use crate::kit::digest::sha256;
use crate::kit::picture::{self, Picture};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::placements_file::{FILE, photo_name};

/// In bytes: what is made of a phone's photograph is a tenth of it.
const MOST: u64 = 4 * 1024 * 1024;

/// The digests of all that rows name. Each row whose photograph is not what it says is an issue.
pub fn look<'s>(folder: &Path, scanned: &'s Scanned, issues: &mut Vec<Issue>) -> BTreeSet<&'s str> {
    let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (line, row) in scanned.placements.iter().filter(|(_, row)| !row.photo.is_empty()) {
        named.entry(&row.photo).or_default().push(*line);
    }
    let looked: Vec<(&str, &Vec<usize>, Option<Phrase>)> =
        named.par_iter().map(|(digest, lines)| (*digest, lines, one(folder, digest).err())).collect();
    for (_, lines, wrong) in &looked {
        let told = wrong.iter().flat_map(|phrase| lines.iter().map(move |line| (*line, phrase.clone())));
        issues.extend(told.map(|(line, phrase)| Issue { file: FILE.to_owned(), line, phrase }));
    }
    looked.into_iter().map(|(digest, ..)| digest).collect()
}

fn one(folder: &Path, digest: &str) -> Result<Vec<u8>, Phrase> {
    let name = photo_name(digest);
    let missing = || phrase!("import-no-file", name = name);
    let path = on_disk(folder, &name).filter(|path| path.is_file()).ok_or_else(missing)?;
    let size = fs::metadata(&path).map_err(|_| missing())?.len();
    if size > MOST {
        return Err(phrase!("import-file-too-large", name = name, size = size / 1_000_000, most = MOST / 1_000_000));
    }
    let bytes = fs::read(&path).map_err(|error| phrase!("import-unreadable", reason = error))?;
    if sha256(&bytes) != digest {
        return Err(phrase!("placements-photo-changed", name = name));
    }
    if !picture::is_bare_jpeg(&bytes) || Picture::decode(&bytes).is_err() {
        return Err(phrase!("placements-photo-tells", name = name));
    }
    Ok(bytes)
}

/// One without a row is seen by nobody, so what an interrupted import leaves here is harmless.
pub fn shelve(folder: &Path, photos: &BTreeSet<&str>, porter: &Porter) -> Result<(), Refusal> {
    for digest in photos.iter().filter(|digest| !porter.shelf.holds(digest, "")) {
        let bytes = one(folder, digest).map_err(|_| Refusal::Trouble(phrase!("import-file-moved", name = photo_name(digest))))?;
        porter.shelf.put(digest, "", &bytes)?;
    }
    Ok(())
}
