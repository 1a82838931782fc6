//! Content in and out as files: a folder of Markdown, pictures and lists. An import is all or nothing: every fault
//! of the whole folder is named at once, and until there is none, nothing changes.

mod export;
mod judge;
mod keep;
mod media;
mod scan;

use std::path::Path;

pub use export::export;

use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::{Lang, Phrase, Words};
use crate::kit::{fold, markdown};
use crate::phrase;
use crate::store::Store;
use crate::store::shelf::Shelf;
use crate::web::site::Site;

pub const SITE: &str = crate::web::SITE_SETTING;

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
        let known = judge::Known::load(&mut *self.store.read()?)?;
        let mut issues = scanned.issues.clone();
        let site = match &scanned.site {
            Some((_, site)) => site.clone(),
            None => match &known.site {
                Some(text) => Site::read(SITE, text).map_err(Refusal::Issues)?,
                None => {
                    issues.push(Issue { file: SITE.into(), line: 0, phrase: phrase!("import-no-site") });
                    Site::default()
                }
            },
        };
        let book = scanned.book.clone().unwrap_or_else(|| known.book.clone());
        let media = media::look(folder, &scanned, &known, self, &mut issues);
        judge::judge(&scanned, &known, &site, &book, &mut issues);
        if !issues.is_empty() {
            issues.sort_by(|a, b| (&a.file, a.line, a.phrase.key).cmp(&(&b.file, b.line, b.phrase.key)));
            issues.dedup();
            return Err(Refusal::Issues(issues));
        }
        let pictures = media::shelve(folder, &media, self)?;
        let mut report = keep::keep(&scanned, &media, &book, self)?;
        report.pictures = pictures;
        Ok(report)
    }

    /// The words that stand inside a text's HTML, in the language of the texts.
    fn labels(&self) -> markdown::Labels {
        let word = |key: &str| self.words.text(Lang::Vi, key);
        markdown::Labels { table: word("text-table"), footnotes: word("text-footnotes"), back: word("text-footnote-back") }
    }
}

/// A path inside the folder as it is named in messages and texts: with slashes, in NFC.
fn named(folder: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(folder).unwrap_or(path);
    let parts: Vec<String> = inside.components().map(|part| fold::nfc(&part.as_os_str().to_string_lossy())).collect();
    parts.join("/")
}
