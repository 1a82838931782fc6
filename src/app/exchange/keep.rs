//! Keeping a folder that was judged sound: one transaction, or none.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use serde_json::{Map, json};

use super::judge::{Document, Known, dated, groups, source_of};
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
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::kit::{calendar, digest, markdown};
use crate::phrase;
use crate::store::shelf::{self, Medium};
use crate::store::{Conn, log, settings};
use crate::unit::book::{self, Book};

const ACTOR: &str = "import";
/// Between two words of progress.
const STEP: usize = 1_000;

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
            let mut keeper = Keeper {
                act,
                kind: *kind,
                document,
                id: document.map(|document| document.id),
                slug,
                dated,
                book,
                units: &units,
                words: porter.words,
            };
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
                let edition =
                    if is_same { edition.clone() } else { verbs::revise(c, self.act, self.kind, edition.clone(), words, &filing)? };
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
