//! One edition of a text at its own address: the words as they stood, what became of them, and what was changed next.

use serde::Serialize;

use super::posting;
use super::text::{gone, text};
use crate::article::{self, Article};
use crate::channel::facts;
use crate::edition::body::parse;
use crate::edition::compare::{Part, compare};
use crate::edition::find_past::{self, FoundPast, Past};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::compare::Changed;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::standing;
use crate::web::answer::{Answer, Reading};
use crate::web::error::Replacement;
use crate::web::view::{Date, Link};

#[derive(Serialize)]
struct Parts {
    past: Shown,
    article: Option<article::page::Shown>,
    document: Option<standing::page::Shown>,
    posting: Option<crate::posting::page::Shown>,
    report: Option<crate::report::page::Shown>,
}

#[derive(Serialize)]
pub(super) struct Shown {
    pub(super) number: i32,
    pub(super) from: Date,
    /// Since when another stands in its place; none for the one that shows now.
    pub(super) until: Option<Date>,
    /// The number of that one, and what was said of it.
    pub(super) successor: i32,
    pub(super) note: String,
    /// Nothing that was told is otherwise since.
    pub(super) minor: bool,
    /// The text at its own address.
    pub(super) text: Link,
    pub(super) newest: i32,
    /// The number of the edition that it is compared with; 0 for none.
    pub(super) compared: i32,
    pub(super) changes: Vec<Change>,
    pub(super) is_too_long: bool,
    /// What described a picture that is not given out any more.
    pub(super) absent: String,
}

#[derive(Serialize)]
pub struct Change {
    pub part: String,
    pub paragraphs: Vec<Changed>,
}

pub fn edition(reading: &mut Reading, kind: Kind, slug: &str, number: i32) -> Result<Answer, Refusal> {
    let now = |title: String| Some(Replacement { title, path: kind.path(slug) });
    match find_past::at_address(&mut reading.c, kind, slug, number, reading.now)? {
        FoundPast::Here(past) => read(reading, kind, slug, &past),
        FoundPast::Moved { slug } => Ok(Answer::moved(reading, &kind.edition_path(&slug, number))),
        FoundPast::NoText => text(reading, kind, slug),
        FoundPast::Ended { at, title } => gone(reading, &kind.edition_path(slug, number), "edition-ended", at, "", now(title)),
        FoundPast::Withdrawn { at, reason, title } => {
            gone(reading, &kind.edition_path(slug, number), "edition-gone", at, &reason, now(title))
        }
    }
}

fn read(reading: &mut Reading, kind: Kind, slug: &str, past: &Past) -> Result<Answer, Refusal> {
    let Past { edition, revision, .. } = past;
    let (mut article, mut document, mut posting, mut report) = (None, None, None, None);
    match kind {
        Kind::Article => article = Some(article::page::past(reading, past)?),
        Kind::Page => document = Some(standing::page::past(reading, past)?),
        Kind::Posting => posting = Some(posting::past(reading, slug, edition, revision)?),
        Kind::Report => report = Some(crate::report::page::past(reading, slug, past)?),
    }
    let absent = match &article {
        Some(shown) if shown.picture.is_none() => parse::<Article>(&revision.facts)?.picture.map(|picture| picture.alt),
        _ => None,
    };
    let (changes, is_too_long) = match past.next.as_ref().map(|(_, next)| words(reading, kind, revision, next)).transpose()? {
        Some(None) => (Vec::new(), true),
        changes => (changes.flatten().unwrap_or_default(), false),
    };
    let note = past.successor.as_ref().map(|successor| note_of(reading, successor)).unwrap_or_default();
    let starts = |edition: &Edition| reading.date(edition.starts_at, edition.day_only && edition.number == 1);
    let shown = Shown {
        number: edition.number,
        from: starts(edition),
        until: past.successor.is_some().then(|| reading.date(edition.shown_until, false)),
        successor: past.successor.as_ref().map_or(0, |successor| successor.number),
        note,
        minor: past.successor.as_ref().is_some_and(|successor| successor.minor && successor.withdrawn_at.is_none_or(|at| at > reading.now)),
        text: Link::new(past.now.1.title.clone(), kind.path(slug)),
        newest: past.now.0.number,
        compared: past.next.as_ref().map_or(0, |(next, _)| next.number),
        changes,
        is_too_long,
        absent: absent.unwrap_or_default(),
    };
    let title = reading.say(&phrase!("edition-title", title = revision.title, number = edition.number));
    let mut page = reading.page("edition", title, &kind.edition_path(slug, edition.number));
    page.newest = format!("{}{}{}", reading.face.site.address, reading.lang.base(), kind.path(slug));
    page.noindex = true;
    page.feeds = Vec::new();
    page.crumbs.extend(article.as_ref().and_then(|article| article.section.clone()));
    reading.html("edition/page.html", &page, &Parts { past: shown, article, document, posting, report })
}

/// What was said of a change, until that is taken back with the edition.
fn note_of(reading: &mut Reading, successor: &Edition) -> String {
    if let Some(at) = successor.withdrawn_at {
        if at <= reading.now {
            return String::new();
        }
        reading.until(at);
    }
    if successor.minor { String::new() } else { successor.change_note.clone() }
}

/// Of what is otherwise, what an old edition tells its readers: words, and no files or addresses.
const WORDS: [&str; 19] = [
    "title",
    "lead",
    "body",
    "picture",
    "byline",
    "source",
    "review",
    "number",
    "issuer",
    "signer",
    "legal-basis",
    "issued",
    "effective",
    "expires",
    "suspended",
    "event",
    "comments",
    "objections",
    "attachments",
];

fn words(reading: &Reading, kind: Kind, old: &Revision, new: &Revision) -> Result<Option<Vec<Change>>, Refusal> {
    let parts = compared(reading, kind, old, new)?;
    Ok(parts.map(|parts| named(reading, parts.into_iter().filter(|part| WORDS.contains(&part.name)))))
}

/// All that is otherwise in the newer; `None` for texts too long to compare.
pub fn changes(reading: &Reading, kind: Kind, old: &Revision, new: &Revision) -> Result<Option<Vec<Change>>, Refusal> {
    Ok(compared(reading, kind, old, new)?.map(|parts| named(reading, parts)))
}

fn compared(reading: &Reading, kind: Kind, old: &Revision, new: &Revision) -> Result<Option<Vec<Part>>, Refusal> {
    let (before, after) = (facts(kind, &old.facts)?.said(), facts(kind, &new.facts)?.said());
    Ok(compare(old, new, before, after, &reading.word("article-picture-described")))
}

fn named(reading: &Reading, parts: impl IntoIterator<Item = Part>) -> Vec<Change> {
    let each = parts.into_iter();
    each.map(|part| Change { part: reading.word(&format!("edition-part-{}", part.name)), paragraphs: part.paragraphs }).collect()
}
