//! Reading a content folder: every file by itself, in parallel, with every fault it has.

use std::collections::HashSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Porter, SETTINGS, SITE, is_inside, kept, named};
use crate::article::Article;
use crate::edition::Kind;
use crate::edition::body::Body;
use crate::edition::file::{self, Incoming, MAX_BYTES};
use crate::edition::written::Facts;
use crate::kit::fold;
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::posting::adopt::Line;
use crate::posting::{Posting, adopt_file, placements_file, places_file, plan_file};
use crate::report::{Report, release_file};
use crate::standing::Standing;
use crate::store::settings::Setting;
use crate::unit::book::{self, Book};
use crate::web::site::Site;

/// A folder deeper than this is a mistake, or a circle of links.
const MAX_DEPTH: usize = 6;

pub struct Scanned {
    /// Those that are there and sound, each with its text.
    pub settings: Vec<(Setting, String)>,
    /// What `site.toml` says, if it is one of them.
    pub site: Option<Site>,
    pub book: Option<Book>,
    pub places: Option<Vec<places_file::Entry>>,
    pub articles: Vec<Incoming<Article>>,
    pub pages: Vec<Incoming<Standing>>,
    pub postings: Vec<Incoming<Posting>>,
    pub reports: Vec<Incoming<Report>>,
    /// What units do with postings of others, each with its line.
    pub adoptions: Vec<(usize, Line)>,
    pub plans: Vec<plan_file::Entry>,
    /// What units announce that they will publish.
    pub releases: Vec<release_file::Entry>,
    /// What was done with sheets at places, each with its line.
    pub placements: Vec<(usize, placements_file::Line)>,
    /// Files of postings that are as an export left them, with what their kinds asked for in their day.
    pub by_their_day: HashSet<String>,
    /// It is there, and its faults are among the issues.
    pub is_site_broken: bool,
    pub is_book_broken: bool,
    pub issues: Vec<Issue>,
}

pub fn scan(folder: &Path, porter: &Porter) -> Result<Scanned, Refusal> {
    let listing = fs::read_dir(folder).map_err(|error| Refusal::io(folder, error))?;
    drop(listing);
    let mut issues = Vec::new();
    let mut settings = Vec::new();
    for setting in SETTINGS {
        let Some(text) = optional(folder, setting.name, &mut issues) else { continue };
        match (setting.check)(setting.name, &text) {
            Ok(()) => settings.push((setting, text)),
            Err(found) => issues.extend(found),
        }
    }
    let is_site_broken = issues.iter().any(|issue| issue.file == SITE);
    let site = settings.iter().find(|(setting, _)| setting.name == SITE).and_then(|(_, text)| Site::read(SITE, text).ok());
    let before = issues.len();
    let lists = (optional(folder, book::UNITS, &mut issues), optional(folder, book::CHANGES, &mut issues));
    let book = match lists {
        (None, None) => None,
        // One that cannot be read at all says nothing of the other.
        _ if issues.len() > before => None,
        (units, changes) => {
            let changes = changes.unwrap_or_else(|| Book::default().changes_csv());
            Book::read(&units.unwrap_or_default(), &changes).map_err(|found| issues.extend(found)).ok()
        }
    };
    let is_book_broken = issues.len() > before;
    let places = optional(folder, places_file::FILE, &mut issues)
        .and_then(|text| places_file::read(&text).map_err(|found| issues.extend(found)).ok());
    let articles = texts::<Article>(folder, &mut issues, porter)?;
    let pages = texts::<Standing>(folder, &mut issues, porter)?;
    let postings = texts::<Posting>(folder, &mut issues, porter)?;
    let reports = texts::<Report>(folder, &mut issues, porter)?;
    let adoptions = match optional(folder, adopt_file::FILE, &mut issues) {
        Some(text) => adopt_file::read(&text, porter.now).map_err(|found| issues.extend(found)).unwrap_or_default(),
        None => Vec::new(),
    };
    let plans = match optional(folder, plan_file::FILE, &mut issues) {
        Some(text) => plan_file::read(&text, porter.now).map_err(|found| issues.extend(found)).unwrap_or_default(),
        None => Vec::new(),
    };
    let releases = match optional(folder, release_file::FILE, &mut issues) {
        Some(text) => release_file::read(&text, porter.now).map_err(|found| issues.extend(found)).unwrap_or_default(),
        None => Vec::new(),
    };
    let placements = match optional(folder, placements_file::FILE, &mut issues) {
        Some(text) => placements_file::read(&text, porter.now).map_err(|found| issues.extend(found)).unwrap_or_default(),
        None => Vec::new(),
    };
    let by_their_day = match optional(folder, kept::FILE, &mut issues) {
        Some(text) => kept::unchanged(folder, &text, &mut issues),
        None => HashSet::new(),
    };
    let has_texts = !(articles.is_empty()
        && pages.is_empty()
        && postings.is_empty()
        && reports.is_empty()
        && adoptions.is_empty()
        && plans.is_empty()
        && releases.is_empty()
        && placements.is_empty());
    if settings.is_empty() && book.is_none() && places.is_none() && !has_texts && issues.is_empty() {
        return Err(Refusal::Trouble(phrase!("import-empty", path = folder.display())));
    }
    Ok(Scanned {
        settings,
        site,
        book,
        places,
        articles,
        pages,
        postings,
        reports,
        adoptions,
        plans,
        releases,
        placements,
        by_their_day,
        is_site_broken,
        is_book_broken,
        issues,
    })
}

fn texts<B: Body + Send>(folder: &Path, issues: &mut Vec<Issue>, porter: &Porter) -> Result<Vec<Incoming<B>>, Refusal> {
    let mut paths = Vec::new();
    walk(&folder.join(B::KIND.folder()), 0, &mut paths).map_err(|error| Refusal::io(&folder.join(B::KIND.folder()), error))?;
    paths.sort();
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    (porter.tell)(phrase!("import-reading", count = paths.len(), kind = B::KIND.folder()));
    let read: Vec<Result<Incoming<B>, Vec<Issue>>> = paths.par_iter().map(|path| one(folder, path)).collect();
    let mut incoming = Vec::with_capacity(read.len());
    for outcome in read {
        match outcome {
            Ok(text) => incoming.push(text),
            Err(found) => issues.extend(found),
        }
    }
    Ok(incoming)
}

fn one<B: Body>(folder: &Path, path: &Path) -> Result<Incoming<B>, Vec<Issue>> {
    let name = named(folder, path);
    let fault = |phrase| vec![Issue { file: name.clone(), line: 0, phrase }];
    if !is_inside(folder, path) {
        return Err(fault(phrase!("import-no-file", name = name)));
    }
    if path.is_dir() {
        return Err(fault(phrase!("import-too-deep")));
    }
    if path.extension().is_none_or(|ending| ending != "md") {
        return Err(fault(phrase!("import-not-markdown")));
    }
    let text = text(path, &name, MAX_BYTES)?;
    file::read(&name, &text)
}

/// Looks at the size before it reads, and names the line of the first byte that is no text.
fn text(path: &Path, name: &str, most: u64) -> Result<String, Vec<Issue>> {
    let fault = |line, phrase| vec![Issue { file: name.to_owned(), line, phrase }];
    let unreadable = |error: std::io::Error| fault(0, phrase!("import-unreadable", reason = error));
    let file = fs::metadata(path).map_err(unreadable)?;
    if !file.is_file() {
        return Err(fault(0, phrase!("import-no-file", name = name)));
    }
    let size = file.len();
    if size > most {
        return Err(fault(0, phrase!("import-too-large", size = size / 1_000_000, most = most / 1_000_000)));
    }
    // Neither a pipe that never ends nor a file that grows while it is read.
    let mut bytes = Vec::with_capacity(size as usize);
    fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
    if bytes.len() as u64 > most {
        return Err(fault(0, phrase!("import-too-large", size = bytes.len() / 1_000_000, most = most / 1_000_000)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes()[..sound].iter().filter(|b| **b == b'\n').count();
        fault(line, phrase!("import-not-utf8"))
    })
}

/// The lists may be larger than a text, and still have an end.
fn optional(folder: &Path, name: &str, issues: &mut Vec<Issue>) -> Option<String> {
    const MOST: u64 = 32 * 1024 * 1024;
    let path = folder.join(name);
    if !path.exists() {
        return None;
    }
    // In NFC as a whole: what is stored and exported is this text.
    text(&path, name, MOST).map(|text| fold::nfc(&fold::plain(&text))).map_err(|found| issues.extend(found)).ok()
}

/// Every file below, but for hidden ones.
fn walk(folder: &Path, depth: usize, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Err(error) if depth == 0 && error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for entry in entries {
        let path = entry?.path();
        let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if is_hidden {
            continue;
        }
        if path.is_dir() {
            // A folder that is not entered stands for itself, so that what is in it is not lost in silence.
            if depth < MAX_DEPTH {
                walk(&path, depth + 1, paths)?;
            } else {
                paths.push(path);
            }
        } else {
            paths.push(path);
        }
    }
    Ok(())
}

/// All kinds alike, for whoever asks what they have in common.
pub struct Common<'s> {
    pub kind: Kind,
    pub file: &'s str,
    pub slug: &'s str,
    pub number: Option<i32>,
    pub section: &'s str,
    pub unit: &'s str,
    pub published: crate::kit::front::When,
    pub former: &'s [String],
    pub is_draft: bool,
    pub is_discarded: bool,
    pub change_note: &'s str,
    pub minor: bool,
    pub until: Option<crate::kit::front::When>,
    pub withdrawn: Option<&'s file::Withdrawn>,
    pub files: &'s [file::Named],
    pub lines: file::Lines,
    pub words: &'s str,
    pub title: &'s str,
    pub lead: &'s str,
    pub body: &'s str,
    pub facts: &'s (dyn Facts + Sync),
    /// Where each key stands.
    pub keys: &'s [(String, usize)],
}

impl Scanned {
    pub fn setting(&self, name: &str) -> Option<&String> {
        self.settings.iter().find(|(setting, _)| setting.name == name).map(|(_, text)| text)
    }

    pub fn all(&self) -> impl Iterator<Item = Common<'_>> {
        self.articles
            .iter()
            .map(common)
            .chain(self.pages.iter().map(common))
            .chain(self.postings.iter().map(common))
            .chain(self.reports.iter().map(common))
    }
}

fn common<B: Body + Sync>(text: &Incoming<B>) -> Common<'_> {
    Common {
        kind: B::KIND,
        file: &text.file,
        slug: &text.slug,
        number: text.number,
        section: &text.plain.section,
        unit: &text.plain.unit,
        published: text.plain.published,
        former: &text.plain.former,
        is_draft: text.plain.is_draft,
        is_discarded: text.plain.is_discarded,
        change_note: &text.plain.change_note,
        minor: text.plain.minor,
        until: text.plain.until,
        withdrawn: text.plain.withdrawn.as_ref(),
        files: &text.files,
        lines: text.lines,
        words: &text.words,
        title: &text.plain.title,
        lead: &text.plain.lead,
        body: &text.plain.body,
        facts: &text.plain.facts,
        keys: &text.keys,
    }
}
