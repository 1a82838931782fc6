//! Postings that hang by the rules of their day, `kept-postings.csv`. A keeper may raise how long a kind must hang; what was put
//! up before stays up as it was allowed, and an export must come in again where nobody knows that it was. So an export names
//! each such file with its digest, and an import does not ask of what is unchanged when it ends, how long before its event it
//! was told, and whether it is urgent.
//!
//! The list is no proof: anybody can write one. So it counts only where an export is restored, in a store in which no posting
//! was ever published; each file that it excuses is named to whoever imports; and it never excuses what a posting shows of
//! persons (`paper`, `web`, its attachments), nor anything else that the law asks. A file that says anything otherwise than the
//! list is new, and is judged as such.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::on_disk;
use crate::edition::file::MAX_BYTES;
use crate::edition::state::State;
use crate::edition::{Edition, Revision};
use crate::kit::clock::Moment;
use crate::kit::digest::{is_digest, sha256};
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::posting::law::{self, Rules};
use crate::unit::book;

pub const FILE: &str = "kept-postings.csv";
const COLUMNS: [&str; 2] = ["file", "digest"];

/// Whether a posting hangs that today's rule of its kind would not let up.
pub fn is_by_its_day(rules: &Rules, edition: &Edition, revision: &Revision, now: Moment) -> Result<bool, Refusal> {
    let hangs = edition.state() == State::Published && edition.starts_at <= now && now < edition.shown_until;
    Ok(hangs && law::refused_by_kind(rules, edition, revision)?)
}

/// `files`: names and bytes.
pub fn written(files: &[(String, String)]) -> String {
    let mut out = book::writer(&COLUMNS);
    for (name, digest) in files {
        book::write(&mut out, &[name.clone(), digest.clone()]);
    }
    book::text(out)
}

/// The names of those files that are what the list says of them.
pub fn unchanged(folder: &Path, text: &str, issues: &mut Vec<Issue>) -> HashSet<String> {
    let mut found = HashSet::new();
    for (line, row) in book::rows(FILE, text, &COLUMNS, issues) {
        let [name, digest] = row.as_slice() else { continue };
        if !is_digest(digest) {
            issues.push(Issue { file: FILE.to_owned(), line, phrase: phrase!("import-bad-digest", digest = digest) });
            continue;
        }
        let path = on_disk(folder, name).filter(|path| fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MAX_BYTES));
        if path.and_then(|path| fs::read(path).ok()).is_some_and(|bytes| sha256(&bytes) == *digest) {
            found.insert(name.clone());
        }
    }
    found
}
