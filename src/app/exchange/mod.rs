//! Content in and out as files: a folder of Markdown, pictures and lists. An import is all or nothing: every fault
//! of the whole folder is named at once, and until there is none, nothing changes.

mod export;
mod judge;
mod keep;
mod kept;
mod known;
mod media;
mod photos;
mod postings;
mod reports;
mod scan;

use std::fs;
use std::path::{Path, PathBuf};

pub use export::export;

use crate::bulletin::choice::BULLETINS;
use crate::edition::written;
use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::{Phrase, Words};
use crate::kit::{fold, markdown};
use crate::phrase;
use crate::posting::{groups, rules};
use crate::report;
use crate::store::Store;
use crate::store::settings::Setting;
use crate::store::shelf::Shelf;
use crate::web::site::Site;

/// How often a folder is judged again because somebody else wrote meanwhile.
const ATTEMPTS: usize = 5;

pub const SITE: &str = crate::web::SITE_SETTING;

/// The files that are kept as they were written. One that is not there leaves what is stored.
pub const SETTINGS: [Setting; 6] = [
    Setting { name: SITE, act: "site_described", check: |file, text| Site::read(file, text).map(drop) },
    rules::HOLIDAYS,
    rules::KINDS,
    groups::GROUPS,
    report::rules::INDICATORS,
    BULLETINS,
];

/// What an import did, in numbers of editions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub published: usize,
    pub drafted: usize,
    /// Other terms for an edition that stays: withdrawn, rescheduled, published from a draft.
    pub changed: usize,
    pub unchanged: usize,
    pub pictures: usize,
}

/// Where an import reads, writes and tells how far it is.
pub struct Porter<'a> {
    pub store: &'a Store,
    pub shelf: &'a Shelf,
    pub words: &'a Words,
    pub now: Moment,
    pub tell: &'a (dyn Fn(Phrase) + Sync),
}

impl Porter<'_> {
    /// Errors: `Issues` with every fault of the folder; then nothing was changed.
    pub fn import(&self, folder: &Path) -> Result<Report, Refusal> {
        let scanned = scan::scan(folder, self)?;
        for _ in 0..ATTEMPTS {
            match self.judge_and_keep(folder, &scanned) {
                Err(Refusal::Stale) => continue,
                outcome => return outcome,
            }
        }
        Err(Refusal::Trouble(phrase!("import-others-write")))
    }

    /// Errors: `Stale` when somebody else wrote between the judgement and the keeping.
    fn judge_and_keep(&self, folder: &Path, scanned: &scan::Scanned) -> Result<Report, Refusal> {
        let known = known::Known::load(&mut *self.store.snapshot()?, scanned, self.now)?;
        let mut issues = scanned.issues.clone();
        // A list that is there and broken judges nobody: its own faults are enough.
        let site = match (&scanned.site, &known.site) {
            (Some(site), _) => Some(site.clone()),
            _ if scanned.is_site_broken => None,
            (None, Some(text)) => Some(Site::read(SITE, text).map_err(Refusal::Issues)?),
            (None, None) => {
                issues.push(Issue { file: SITE.into(), line: 0, phrase: phrase!("import-no-site") });
                None
            }
        };
        let book = match &scanned.book {
            Some(book) => Some(book),
            None if scanned.is_book_broken => None,
            None => Some(&known.book),
        };
        let mut media = media::look(folder, scanned, &known, self, &mut issues);
        let photos = photos::look(folder, scanned, &mut issues);
        judge::judge(scanned, &known, site.as_ref(), book, self.now, &mut issues);
        if !issues.is_empty() {
            issues.sort_by(|a, b| (&a.file, a.line, a.phrase.key).cmp(&(&b.file, b.line, b.phrase.key)));
            issues.dedup();
            return Err(Refusal::Issues(issues));
        }
        let pictures = media::shelve(folder, &mut media, self)?;
        photos::shelve(folder, &photos, self)?;
        let figures = reports::figures(scanned, &media, self)?;
        let mut report = keep::keep(scanned, &known, &media, &figures, book.unwrap_or(&known.book), self)?;
        report.pictures = pictures;
        if report.published + report.drafted > 0
            && let Err(refusal) = self.store.learn()
        {
            // What was imported stands; lists are only slower until the next time.
            tracing::warn!("the indexes were not measured: {refusal}");
        }
        Ok(report)
    }

    /// The words that stand inside a text's HTML, in the language of the texts.
    fn labels(&self) -> markdown::Labels {
        written::labels(self.words)
    }
}

/// Where a name leads on this disk: some systems keep file names decomposed. `None` when it leads nowhere, or by
/// a link out of the folder.
fn on_disk(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in name.split('/') {
        let next = path.join(part);
        path = if next.exists() {
            next
        } else {
            fs::read_dir(&path).ok()?.flatten().find(|entry| fold::nfc(&entry.file_name().to_string_lossy()) == part)?.path()
        };
    }
    is_inside(folder, &path).then_some(path)
}

fn is_inside(folder: &Path, path: &Path) -> bool {
    path.canonicalize().ok().zip(folder.canonicalize().ok()).is_some_and(|(path, folder)| path.starts_with(folder))
}

/// A path inside the folder as it is named in messages and texts: with slashes, in NFC.
fn named(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<String> = inside.components().map(|part| fold::nfc(&part.as_os_str().to_string_lossy())).collect();
    parts.join("/")
}
