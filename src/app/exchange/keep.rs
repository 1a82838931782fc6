//! Judging a folder against what is stored, and keeping it: one transaction, or none.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;
use rayon::prelude::*;
use serde_json::{Map, json};

use super::media::Media;
use super::scan::{Common, Scanned};
use super::{Porter, Report, SITE};
use crate::edition::body::{FileRef, Files};
use crate::edition::file::end_of;
use crate::edition::state::State;
use crate::edition::verbs::{self, Act, Filing, Words};
use crate::edition::{Edition, Kind};
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::{Lang, Phrase};
use crate::kit::{calendar, digest, markdown};
use crate::phrase;
use crate::store::schema::{documents, editions, former_slugs, media, media_names, revisions};
use crate::store::shelf::{self, Medium};
use crate::store::{Conn, log, settings};
use crate::unit::book::{self, Book};
use crate::web::site::Site;

const ACTOR: &str = "import";
/// Between two words of progress.
const STEP: usize = 1_000;

/// What is stored, as far as a folder is judged by it.
pub struct Known {
    pub site: Option<String>,
    pub book: Book,
    pub media: Media,
    documents: HashMap<(Kind, String), Document>,
    former: HashMap<(Kind, String), i64>,
}

struct Document {
    id: i64,
    /// By number, with the source each came from.
    editions: BTreeMap<i32, (Edition, String)>,
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
        let former: Vec<(String, String, i64)> = former_slugs::table.select((former_slugs::kind, former_slugs::slug, former_slugs::document_id)).load(c)?;
        let former = former
            .into_iter()
            .filter_map(|(kind, slug, id)| Some(((Kind::ALL.into_iter().find(|known| known.name() == kind)?, slug), id)))
            .collect();
        let files: Vec<(String, Medium)> = media_names::table.inner_join(media::table).select((media_names::name, Medium::as_select())).load(c)?;
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

    fn document(&self, kind: Kind, slug: &str) -> Option<&Document> {
        self.documents.get(&(kind, slug.to_owned()))
    }
}

/// The texts of one document, by the edition each is meant to be.
struct Group<'s> {
    texts: Vec<(Option<i32>, Common<'s>)>,
}

/// A file without a number is edition 1 when its later editions lie beside it, and "the newest" when it is alone.
fn groups(scanned: &Scanned) -> BTreeMap<(Kind, String), Group<'_>> {
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
fn dated(group: &Group, document: Option<&Document>) -> Option<When> {
    let stored = document.and_then(|document| document.editions.values().next());
    match stored {
        Some((first, _)) if first.state() != State::Draft => Some(When { at: first.dated_at, day_only: first.day_only }),
        _ => group.texts.first().map(|(_, text)| text.published),
    }
}

/// Everything about the folder as a whole that must hold before any of it is kept.
pub fn judge(scanned: &Scanned, known: &Known, site: &Site, book: &Book, issues: &mut Vec<Issue>) {
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
            if !text.section.is_empty() && site.section(text.section).is_none() {
                object(text.lines.section, phrase!("import-unknown-section", section = text.section));
            }
            let day = dated.map(|dated| calendar::local(dated.at).date());
            if !text.unit.is_empty() && day.is_none_or(|day| book.on_day(text.unit, day).is_none()) {
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
        object(0, phrase!("import-draft-of-published"));
    }
    if state == State::Withdrawn && text.withdrawn.is_none() && same_source(text, source) {
        object(0, phrase!("import-withdrawn-stays"));
    }
}

/// A source is the digest of the words, and that of the files they show.
fn source_of(text: &Common, files: Option<&Files>) -> String {
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

pub fn keep(scanned: &Scanned, media: &Media, book: &Book, porter: &Porter) -> Result<Report, Refusal> {
    let groups = groups(scanned);
    let labels = porter.labels();
    // The HTML is made before the transaction, so that nobody waits for it.
    let count: usize = groups.values().map(|group| group.texts.len()).sum();
    (porter.tell)(phrase!("import-setting", count = count));
    let set: HashMap<&str, Words> =
        groups.par_iter().flat_map_iter(|(_, group)| group.texts.iter().map(|(_, text)| (text.file, set(text, media, &labels)))).collect();
    porter.store.write(|c| {
        let act = Act { now: porter.now, actor: ACTOR };
        keep_lists(c, act, scanned, book, media)?;
        let known = Known::load(c)?;
        let units = book::ids(c)?;
        let mut report = Report::default();
        let mut done = 0;
        // By date, so that texts of one date keep the order of their folders.
        let mut order: Vec<_> = groups.iter().collect();
        order.sort_by_key(|((kind, slug), group)| (group.texts.first().map(|(_, text)| text.published.at), *kind, slug.as_str()));
        for ((kind, slug), group) in order {
            let document = known.document(*kind, slug);
            let Some(dated) = dated(group, document) else { continue };
            let mut keeper = Keeper { act, kind: *kind, document, id: document.map(|document| document.id), slug, dated, book, units: &units, words: porter.words };
            for (number, text) in &group.texts {
                let words = set.get(text.file).ok_or_else(|| Refusal::broken("a text without its words"))?;
                keeper.one(c, *number, text, words, &mut report)?;
                done += 1;
                if done % STEP == 0 || done == count {
                    (porter.tell)(phrase!("import-keeping", done = done, count = count));
                }
            }
            for (_, text) in &group.texts {
                for former in text.former {
                    let known_already = known.former.contains_key(&(*kind, former.clone()));
                    if let Some(id) = keeper.id.filter(|_| !known_already) {
                        verbs::lead_here(c, act, *kind, id, former)?;
                    }
                }
            }
        }
        Ok(report)
    })
}

fn keep_lists(c: &mut Conn, act: Act, scanned: &Scanned, book: &Book, media: &Media) -> Result<(), Refusal> {
    if let Some((text, _)) = &scanned.site
        && settings::find(c, SITE)?.as_ref() != Some(text)
    {
        settings::keep(c, SITE, text)?;
        log::append(c, act.now, act.actor, "site_described", SITE.into(), seal(text))?;
    }
    if scanned.book.is_some() && book.keep(c)? {
        log::append(c, act.now, act.actor, "units_listed", book::UNITS.into(), seal(&(book.units_csv() + &book.changes_csv())))?;
    }
    for (name, file) in media {
        let medium = Medium {
            digest: file.digest.clone(),
            mime: file.mime.clone(),
            bytes: file.bytes,
            width: file.width as i32,
            height: file.height as i32,
        };
        shelf::record(c, name, &medium)?;
    }
    Ok(())
}

fn seal(text: &str) -> Map<String, serde_json::Value> {
    Map::from_iter([("digest".to_owned(), json!(digest::sha256(text.as_bytes())))])
}

fn set(text: &Common, media: &Media, labels: &markdown::Labels) -> Words {
    let files: Files = text.files.iter().filter_map(|named| Some((named.name.clone(), media.get(&named.name)?.clone()))).collect();
    let html = markdown::render(text.body, labels, &|name| files.get(name).map(FileRef::image));
    let digests: HashSet<String> = files.values().map(|file| file.digest.clone()).collect();
    Words {
        title: text.title.to_owned(),
        lead: text.lead.to_owned(),
        facts: text.facts(),
        source: source_of(text, Some(&files)),
        files: serde_json::to_string(&files).unwrap_or_default(),
        body: text.body.to_owned(),
        html,
        media: digests.into_iter().collect(),
    }
}

/// Keeps the texts of one document.
struct Keeper<'k> {
    act: Act<'k>,
    kind: Kind,
    document: Option<&'k Document>,
    id: Option<i64>,
    slug: &'k str,
    dated: When,
    book: &'k Book,
    units: &'k HashMap<book::Key, i64>,
    words: &'k crate::kit::words::Words,
}

impl Keeper<'_> {
    fn one(&mut self, c: &mut Conn, number: Option<i32>, text: &Common, words: &Words, report: &mut Report) -> Result<(), Refusal> {
        let stored = self.document.and_then(|document| match number {
            Some(number) => document.editions.get(&number),
            None => document.editions.values().next_back(),
        });
        match stored {
            Some((edition, source)) if edition.state() == State::Draft => {
                let filing = self.filing(text, number, edition.number)?;
                let is_same = *source == words.source && edition.starts_at == filing.starts_at && edition.ends_at == filing.ends_at;
                let edition = if is_same { edition.clone() } else { verbs::revise(c, self.act, self.kind, edition.clone(), words, &filing)? };
                if !text.is_draft {
                    self.publish(c, edition, text)?;
                    report.published += 1;
                } else if is_same {
                    report.unchanged += 1;
                } else {
                    report.changed += 1;
                }
            }
            Some((edition, source)) if *source == words.source => self.terms(c, number, text, edition, report)?,
            other => {
                let last = other.map_or(0, |(edition, _)| edition.number);
                let filing = self.filing(text, number, last + 1)?;
                let id = match self.id {
                    Some(id) => id,
                    None => verbs::create(c, self.act, self.kind, self.slug)?,
                };
                self.id = Some(id);
                let edition = verbs::draft(c, self.act, self.kind, id, words, &filing)?;
                if text.is_draft {
                    report.drafted += 1;
                } else {
                    self.publish(c, edition, text)?;
                    report.published += 1;
                }
            }
        }
        Ok(())
    }

    fn publish(&self, c: &mut Conn, edition: Edition, text: &Common) -> Result<(), Refusal> {
        let edition = verbs::publish(c, self.act, self.kind, edition, "waived")?;
        match text.withdrawn {
            Some(withdrawn) => verbs::withdraw(c, self.act, self.kind, edition, withdrawn.at.at, &withdrawn.reason, &withdrawn.replaced_by),
            None => Ok(()),
        }
    }

    /// The words are the same; the file may still say another time, or that it is withdrawn.
    fn terms(&self, c: &mut Conn, number: Option<i32>, text: &Common, edition: &Edition, report: &mut Report) -> Result<(), Refusal> {
        let starts_at = self.starts_at(text, number, edition.number).unwrap_or(edition.starts_at);
        let ends_at = text.until.map(end_of);
        let mut has_changed = false;
        if edition.state() == State::Published {
            if (starts_at, ends_at) != (edition.starts_at, edition.ends_at) {
                verbs::reschedule(c, self.act, self.kind, edition.clone(), starts_at, ends_at)?;
                has_changed = true;
            }
            if let Some(withdrawn) = text.withdrawn {
                let edition = Edition { starts_at, ends_at, ..edition.clone() };
                verbs::withdraw(c, self.act, self.kind, edition, withdrawn.at.at, &withdrawn.reason, &withdrawn.replaced_by)?;
                has_changed = true;
            }
        }
        if has_changed {
            report.changed += 1;
        } else {
            report.unchanged += 1;
        }
        Ok(())
    }

    fn filing(&self, text: &Common, number: Option<i32>, edition: i32) -> Result<Filing, Refusal> {
        let day = calendar::local(self.dated.at).date();
        let unit_id = self.book.on_day(text.unit, day).and_then(|entry| self.units.get(&entry.key)).copied();
        let correction = || self.words.text(Lang::Vi, "import-default-change-note");
        Ok(Filing {
            unit_id,
            section: text.section.to_owned(),
            dated: self.dated,
            starts_at: self.starts_at(text, number, edition).unwrap_or_else(|| self.act.now.max(text.published.at)),
            ends_at: text.until.map(end_of),
            change_note: if edition > 1 && text.change_note.is_empty() { correction() } else { text.change_note.to_owned() },
        })
    }

    /// `None`: the file without a number says when the document was first published, not this edition.
    fn starts_at(&self, text: &Common, number: Option<i32>, edition: i32) -> Option<Moment> {
        (number.is_some() || edition == 1).then_some(text.published.at)
    }
}
