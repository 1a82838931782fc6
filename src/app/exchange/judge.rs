//! Judging a folder against what is stored: everything that must hold before any of it is kept.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::SITE;
use super::media::Media;
use super::scan::{Common, Scanned};
use crate::edition::body::{FileRef, Files};
use crate::edition::state::State;
use crate::edition::{Edition, Kind};
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::kit::{calendar, digest};
use crate::phrase;
use crate::store::schema::{documents, editions, former_slugs, media, media_names, revisions};
use crate::store::shelf::Medium;
use crate::store::{Conn, settings};
use crate::unit::book::{Book, UNITS};
use crate::web::site::Site;

/// What is stored, as far as a folder is judged by it.
pub struct Known {
    pub site: Option<String>,
    pub book: Book,
    pub media: Media,
    documents: HashMap<(Kind, String), Document>,
    pub former: HashMap<(Kind, String), i64>,
}

pub struct Document {
    pub id: i64,
    /// By number, with the source each came from.
    pub editions: BTreeMap<i32, (Edition, String)>,
}

impl Known {
    pub fn load(c: &mut Conn) -> Result<Known, Refusal> {
        let mut found: HashMap<(Kind, String), Document> = HashMap::new();
        let rows: Vec<(i64, String, String)> = documents::table.select((documents::id, documents::kind, documents::slug)).load(c)?;
        let mut names = HashMap::new();
        for (id, kind, slug) in rows {
            let Some(kind) = Kind::ALL.into_iter().find(|known| known.name() == kind) else { continue };
            names.insert(id, (kind, slug.clone()));
            found.insert((kind, slug), Document { id, editions: BTreeMap::new() });
        }
        let rows: Vec<(Edition, String)> =
            editions::table.inner_join(revisions::table).select((Edition::as_select(), revisions::source)).load(c)?;
        for (edition, source) in rows {
            if let Some(document) = names.get(&edition.document_id).and_then(|name| found.get_mut(name)) {
                document.editions.insert(edition.number, (edition, source));
            }
        }
        let former: Vec<(String, String, i64)> =
            former_slugs::table.select((former_slugs::kind, former_slugs::slug, former_slugs::document_id)).load(c)?;
        let former = former
            .into_iter()
            .filter_map(|(kind, slug, id)| Some(((Kind::ALL.into_iter().find(|known| known.name() == kind)?, slug), id)))
            .collect();
        let files: Vec<(String, Medium)> =
            media_names::table.inner_join(media::table).select((media_names::name, Medium::as_select())).load(c)?;
        let files = files
            .into_iter()
            .map(|(name, medium)| {
                let file = FileRef {
                    digest: medium.digest,
                    mime: medium.mime,
                    bytes: medium.bytes,
                    width: medium.width as u32,
                    height: medium.height as u32,
                };
                (name, file)
            })
            .collect();
        Ok(Known { site: settings::find(c, SITE)?, book: Book::stored(c)?, media: files, documents: found, former })
    }

    pub fn document(&self, kind: Kind, slug: &str) -> Option<&Document> {
        self.documents.get(&(kind, slug.to_owned()))
    }
}

/// The texts of one document, by the edition each is meant to be.
pub struct Group<'s> {
    pub texts: Vec<(Option<i32>, Common<'s>)>,
}

/// A file without a number is edition 1 when its later editions lie beside it, and "the newest" when it is alone.
pub fn groups(scanned: &Scanned) -> BTreeMap<(Kind, String), Group<'_>> {
    let mut groups: BTreeMap<(Kind, String), Group> = BTreeMap::new();
    for text in scanned.all() {
        groups.entry((text.kind, text.slug.to_owned())).or_insert(Group { texts: Vec::new() }).texts.push((text.number, text));
    }
    for group in groups.values_mut() {
        if group.texts.len() > 1 {
            group.texts.iter_mut().for_each(|(number, _)| *number = Some(number.unwrap_or(1)));
        }
        group.texts.sort_by_key(|(number, _)| *number);
    }
    groups
}

/// The date that the document bears: that of its first edition.
pub fn dated(group: &Group, document: Option<&Document>) -> Option<When> {
    let stored = document.and_then(|document| document.editions.values().next());
    match stored {
        Some((first, _)) if first.state() != State::Draft => Some(When { at: first.dated_at, day_only: first.day_only }),
        _ => group.texts.first().map(|(_, text)| text.published),
    }
}

/// Everything about the folder as a whole that must hold before any of it is kept.
pub fn judge(scanned: &Scanned, known: &Known, site: Option<&Site>, book: Option<&Book>, issues: &mut Vec<Issue>) {
    judge_lists(scanned, known, site, issues);
    let groups = groups(scanned);
    let mut former: HashMap<(Kind, &str), &str> = HashMap::new();
    for ((kind, slug), group) in &groups {
        let document = known.document(*kind, slug);
        let dated = dated(group, document);
        let mut next = document.map_or(1, |document| document.editions.len() as i32 + 1);
        let mut seen: HashMap<Option<i32>, &str> = HashMap::new();
        for (number, text) in &group.texts {
            let mut object = |line, phrase| issues.push(Issue { file: text.file.to_owned(), line, phrase });
            if let Some(first) = seen.insert(*number, text.file) {
                object(0, phrase!("import-slug-twice", slug = slug, other = first));
                continue;
            }
            if !text.section.is_empty() && site.is_some_and(|site| site.section(text.section).is_none()) {
                object(text.lines.section, phrase!("import-unknown-section", section = text.section));
            }
            let day = dated.map(|dated| calendar::local(dated.at).date());
            if !text.unit.is_empty() && book.is_some_and(|book| day.is_none_or(|day| book.on_day(text.unit, day).is_none())) {
                let day = day.map(calendar::day).unwrap_or_default();
                object(text.lines.unit, phrase!("import-unknown-unit-on-day", unit = text.unit, day = day));
            }
            if let Some(withdrawn) = text.withdrawn.filter(|withdrawn| !withdrawn.replaced_by.is_empty()) {
                let to = (*kind, withdrawn.replaced_by.clone());
                if withdrawn.replaced_by == *slug || !(groups.contains_key(&to) || known.documents.contains_key(&to)) {
                    object(text.lines.withdrawn, phrase!("import-unknown-replacement", slug = withdrawn.replaced_by));
                }
            }
            for old in text.former {
                let name = (*kind, old.clone());
                let taken = groups.contains_key(&name)
                    || known.documents.contains_key(&name)
                    || former.get(&(*kind, old.as_str())).is_some_and(|other| *other != slug)
                    || known.former.get(&name).is_some_and(|id| document.is_none_or(|document| document.id != *id));
                if taken {
                    object(text.lines.former, phrase!("import-former-taken", slug = old));
                }
                former.insert((*kind, old), slug);
            }
            if let Some(number) = *number {
                if number > 1 && text.change_note.is_empty() {
                    object(text.lines.change_note, phrase!("import-no-change-note"));
                }
                if number > next {
                    object(0, phrase!("import-edition-gap", number = number, next = next));
                }
                next = next.max(number + 1);
            }
            judge_stored(text, *number, document, &mut object);
        }
    }
}

/// Published addresses answer for ever: those of units and of sections too.
fn judge_lists(scanned: &Scanned, known: &Known, site: Option<&Site>, issues: &mut Vec<Issue>) {
    if let Some(book) = &scanned.book {
        let labels: HashMap<_, _> = book.entries.iter().map(|entry| (&entry.key, &entry.label)).collect();
        for entry in &known.book.entries {
            if let Some(label) = labels.get(&entry.key).filter(|label| **label != &entry.label) {
                let phrase = phrase!("unit-label-fixed", code = entry.key.0, label = entry.label, other = label);
                issues.push(Issue { file: UNITS.into(), line: 0, phrase });
            }
        }
    }
    if let (Some(_), Some(site)) = (&scanned.site, site) {
        let filed = known.documents.values().flat_map(|document| document.editions.values());
        let used: BTreeSet<&str> = filed
            .filter(|(edition, _)| edition.state() == State::Published)
            .map(|(edition, _)| edition.section.as_str())
            .filter(|section| !section.is_empty() && site.section(section).is_none())
            .collect();
        for section in used {
            issues.push(Issue { file: SITE.into(), line: 0, phrase: phrase!("site-section-in-use", section = section) });
        }
    }
}

/// What was published is not edited, and what was withdrawn does not come back by a file.
fn judge_stored(text: &Common, number: Option<i32>, document: Option<&Document>, object: &mut dyn FnMut(usize, Phrase)) {
    let Some(document) = document else { return };
    let stored = match number {
        Some(number) => document.editions.get(&number),
        None => document.editions.values().next_back(),
    };
    let Some((edition, source)) = stored else { return };
    let state = edition.state();
    if number.is_some() && state != State::Draft && !same_source(text, source) {
        object(0, phrase!("import-edition-fixed", number = edition.number, next = document.editions.len() + 1));
    }
    if state.was_published() && text.is_draft {
        object(text.lines.state, phrase!("import-draft-of-published"));
    }
    if state == State::Withdrawn && text.withdrawn.is_none() && same_source(text, source) {
        object(0, phrase!("import-withdrawn-stays"));
    }
}

/// A source is the digest of the words, and that of the files they show.
pub fn source_of(text: &Common, files: Option<&Files>) -> String {
    let words = digest::sha256(text.words.as_bytes());
    match files {
        None => words,
        Some(files) => {
            let digests: Vec<&str> = files.values().map(|file| file.digest.as_str()).collect();
            format!("{words}{}", digest::sha256_of(&digests))
        }
    }
}

fn same_source(text: &Common, source: &str) -> bool {
    source.starts_with(&source_of(text, None))
}
