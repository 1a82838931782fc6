//! Keeping a folder that was judged sound: one transaction, or none.

use std::collections::{BTreeSet, HashMap, HashSet};

use rayon::prelude::*;
use serde_json::{Map, json};

use super::known::{Document, Known, Media, Target, dated, groups, target};
use super::postings::{self, Kept};
use super::reports;
use super::scan::{Common, Scanned};
use super::{Porter, Report};
use crate::edition::body::Files;
use crate::edition::entry::Told;
use crate::edition::file::Withdrawn;
use crate::edition::state::Move;
use crate::edition::state::State;
use crate::edition::verbs::{self, Filing, Leave, Words};
use crate::edition::{Edition, Kind, reaching, written};
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::kit::{calendar, digest, markdown, picture};
use crate::person::{Act, Who};
use crate::phrase;
use crate::posting::adopt_file;
use crate::posting::law::Rules;
use crate::posting::{placements_file, places_file, plan_file, rules};
use crate::report::observation::Figures;
use crate::report::{self, release_file, series};
use crate::store::shelf::{self, Medium};
use crate::store::{Conn, log, settings};
use crate::unit::book::{self, Book};

const IMPORTER: Who = Who::Machine("import");
/// Between two words of progress.
const STEP: usize = 1_000;

/// Errors: `Stale` when somebody else has written since `known` was read; then it must be judged again.
pub fn keep(
    scanned: &Scanned,
    known: &Known,
    media: &Media,
    figures: &[(String, Figures)],
    book: &Book,
    porter: &Porter,
) -> Result<Report, Refusal> {
    let groups = groups(scanned);
    let labels = porter.labels();
    let count: usize = groups.values().map(|group| group.texts.len()).sum();
    (porter.tell)(phrase!("import-setting", count = count));
    // The HTML of what is new is made before the transaction, so that nobody waits for it.
    let set: HashMap<&str, Words> = groups
        .par_iter()
        .flat_map_iter(|((kind, slug), group)| {
            let document = known.document(*kind, slug);
            let is_new = move |(number, text): &&(Option<i32>, Common)| !matches!(target(text, *number, document), Ok(Target::Standing(_)));
            group.texts.iter().filter(is_new).map(|(_, text)| (text.file, set(text, media, &labels)))
        })
        .collect();
    let (report, excused) = porter.store.write(|c| {
        let act = Act { now: porter.now, who: &IMPORTER };
        if log::position(c)? != known.position {
            return Err(Refusal::Stale);
        }
        let nobody = HashSet::new();
        let by_their_day = if postings::are_any(c)? { &nobody } else { &scanned.by_their_day };
        keep_lists(c, act, scanned, book, media, porter)?;
        for (digest, figures) in figures {
            series::learn(c, digest, figures)?;
        }
        let units = book::ids(c)?;
        let rules = Rules::load(c)?;
        let (mut postings, mut reports): (Vec<Kept>, Vec<Kept>) = (Vec::new(), Vec::new());
        let mut report = Report::default();
        let mut done = 0;
        // By date, so that texts of one date keep the order of their folders.
        let mut order: Vec<_> = groups.iter().collect();
        order.sort_by_key(|((kind, slug), group)| (group.texts.first().map(|(_, text)| text.published.at), *kind, slug.as_str()));
        for ((kind, slug), group) in order {
            let document = known.document(*kind, slug);
            let Some(dated) = dated(group, document, act.now) else { continue };
            let mut keeper = Keeper {
                act,
                kind: *kind,
                document,
                id: document.map(|document| document.id),
                drafted: 0,
                slug,
                dated,
                book,
                units: &units,
                words: porter.words,
                rules: &rules,
                published: None,
            };
            for (number, text) in &group.texts {
                keeper.one(c, *number, text, set.get(text.file), &mut report)?;
                if let Some(edition) = keeper.published.take() {
                    let kept = Kept { edition, file: text.file, keys: text.keys };
                    match kind {
                        Kind::Posting => postings.push(kept),
                        Kind::Report => reports.push(kept),
                        Kind::Article | Kind::Page => {}
                    }
                }
                done += 1;
                if done % STEP == 0 || done == count {
                    (porter.tell)(phrase!("import-keeping", done = done, count = count));
                }
            }
            // Each of a text's editions may name the same one.
            let former: BTreeSet<&String> = group.texts.iter().flat_map(|(_, text)| text.former).collect();
            for former in former {
                let known_already = known.former.contains_key(&(*kind, former.clone()));
                if let Some(id) = keeper.id.filter(|_| !known_already) {
                    verbs::lead_here(c, act, *kind, id, former)?;
                }
            }
        }
        let excused = postings::judge(c, &rules, &postings, by_their_day, act.now)?;
        reports::judge(c, &reports, porter)?;
        adopt_file::keep(c, act, &scanned.adoptions)?;
        plan_file::keep(c, act, &scanned.plans)?;
        release_file::keep(c, act, &scanned.releases)?;
        placements_file::keep(c, act, &scanned.placements)?;
        Ok((report, excused))
    })?;
    for file in excused {
        (porter.tell)(phrase!("import-by-its-day", file = file));
    }
    Ok(report)
}

fn keep_lists(c: &mut Conn, act: Act, scanned: &Scanned, book: &Book, media: &Media, porter: &Porter) -> Result<(), Refusal> {
    for (setting, text) in &scanned.settings {
        let stored = settings::find(c, setting.name)?;
        if stored.as_ref() != Some(text) {
            settings::keep(c, setting.name, text)?;
            let position = act.record(c, setting.act, setting.name.into(), seal(text))?;
            reaching::everybody(c, (position, act.now), setting.act)?;
            let stored = stored.unwrap_or_default();
            rules::follow(c, act, setting, &stored, text)?;
            report::rules::follow(c, setting, &stored, text)?;
        }
    }
    if scanned.book.is_some() && book.keep(c)? {
        let stored = Book::stored(c)?.text();
        let position = act.record(c, "units_listed", book::UNITS.into(), seal(&stored))?;
        reaching::everybody(c, (position, act.now), "units_listed")?;
    }
    if let Some(places) = &scanned.places {
        places_file::keep(c, act, places)?;
    }
    for (name, file) in media {
        let medium = Medium {
            digest: file.digest.clone(),
            mime: file.mime.clone(),
            bytes: file.bytes,
            width: file.width as i32,
            height: file.height as i32,
            renditions: picture::names(&file.renditions),
            recipe: file.recipe,
        };
        shelf::record(c, porter.shelf, name, &medium)?;
    }
    Ok(())
}

fn seal(text: &str) -> Map<String, serde_json::Value> {
    Map::from_iter([("digest".to_owned(), json!(digest::sha256(text.as_bytes())))])
}

fn set(text: &Common, media: &Media, labels: &markdown::Labels) -> Words {
    let files: Files = text.files.iter().filter_map(|named| Some((named.name.clone(), media.get(&named.name)?.clone()))).collect();
    written::set(text.title, text.lead, text.facts, text.body, text.words, &files, labels)
}

/// Keeps the texts of one document.
struct Keeper<'k> {
    act: Act<'k>,
    kind: Kind,
    document: Option<&'k Document>,
    id: Option<i64>,
    /// The last edition drafted in this import.
    drafted: i32,
    slug: &'k str,
    dated: When,
    book: &'k Book,
    units: &'k HashMap<book::Key, i64>,
    words: &'k crate::kit::words::Words,
    rules: &'k Rules,
    /// The edition that was put on last, or got another end.
    published: Option<i64>,
}

impl Keeper<'_> {
    fn one(&mut self, c: &mut Conn, number: Option<i32>, text: &Common, words: Option<&Words>, report: &mut Report) -> Result<(), Refusal> {
        let target = target(text, number, self.document).map_err(Refusal::WrongState)?;
        if let Target::Standing(edition) = target {
            return self.terms(c, number, text, edition, report);
        }
        let words = words.ok_or_else(|| Refusal::broken("a new text without its words"))?;
        let (edition, is_same) = match target {
            Target::Draft(edition, source) => {
                let filing = self.filing(text, number, edition.number)?;
                let is_same = *source == words.source
                    && (edition.starts_at, edition.ends_at) == (filing.starts_at, filing.ends_at)
                    && (&edition.change_note, edition.minor) == (&filing.change_note, filing.minor);
                let revised =
                    if is_same { edition.clone() } else { verbs::revise(c, self.act, self.kind, edition.clone(), words, &filing)? };
                (revised, Some(is_same))
            }
            _ => {
                let last = self.document.map_or(0, |document| document.editions.len() as i32).max(self.drafted);
                let filing = self.filing(text, number, last + 1)?;
                let id = match self.id {
                    Some(id) => id,
                    None => verbs::create(c, self.act, self.kind, self.slug)?,
                };
                self.id = Some(id);
                self.recall(c, number, text)?;
                let edition = verbs::draft(c, self.act, self.kind, id, words, &filing, "")?;
                self.drafted = edition.number;
                (edition, None)
            }
        };
        if text.is_discarded {
            verbs::advance(c, self.act, self.kind, edition, Move::Discard, Told::of("discarded"))?;
            report.changed += 1;
            return Ok(());
        }
        match (text.is_draft, is_same) {
            (false, _) => {
                self.publish(c, edition, text)?;
                report.published += 1;
            }
            (true, None) => report.drafted += 1,
            (true, Some(true)) => report.unchanged += 1,
            (true, Some(false)) => report.changed += 1,
        }
        Ok(())
    }

    /// Other words for what nobody has seen yet: the waiting edition is withdrawn, so that it never shows.
    fn recall(&self, c: &mut Conn, number: Option<i32>, text: &Common) -> Result<(), Refusal> {
        let newest = self.document.and_then(|document| document.editions.values().next_back()).map(|(edition, _)| edition);
        match newest.filter(|edition| number.is_none() && !text.is_draft && edition.state() == State::Published) {
            Some(waiting) if waiting.shown_from > self.act.now => {
                let reason = self.words.text(Lang::Vi, "import-recalled");
                let leave = Leave { at: self.act.now, reason: &reason, replaced_by: "" };
                verbs::withdraw(c, self.act, self.kind, waiting.clone(), leave).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn nobody_saw(&self) -> bool {
        self.document.is_none_or(|document| !document.has_begun(self.act.now))
    }

    fn publish(&mut self, c: &mut Conn, mut edition: Edition, text: &Common) -> Result<(), Refusal> {
        // What the public has already seen is not rewritten backwards: a correction begins when it comes in.
        if self.document.is_some_and(|document| document.has_begun(self.act.now)) {
            edition.starts_at = edition.starts_at.max(self.act.now);
        }
        let edition = verbs::publish(c, self.act, self.kind, edition, "waived", "")?;
        self.published = Some(edition.id);
        match text.withdrawn {
            Some(withdrawn) => verbs::withdraw(c, self.act, self.kind, edition, leave(withdrawn)).map(drop),
            None => Ok(()),
        }
    }

    /// The words are the same; the file may still say another time, or that it is withdrawn.
    fn terms(&mut self, c: &mut Conn, number: Option<i32>, text: &Common, edition: &Edition, report: &mut Report) -> Result<(), Refusal> {
        let is_open = edition.shown_from > self.act.now;
        let starts_at = self.starts_at(text, number, edition.number).filter(|_| is_open).unwrap_or(edition.starts_at);
        let ends_at = postings::ends_at(self.rules, text, self.dated)?;
        let mut edition = edition.clone();
        let mut has_changed = false;
        if edition.state() == State::Published && (starts_at, ends_at) != (edition.starts_at, edition.ends_at) {
            let starts = When { at: starts_at, day_only: text.published.day_only };
            edition = verbs::reschedule(c, self.act, self.kind, edition, starts, ends_at)?;
            self.published = Some(edition.id);
            has_changed = true;
        }
        if let Some(withdrawn) = text.withdrawn.filter(|_| matches!(edition.state(), State::Published | State::Superseded)) {
            verbs::withdraw(c, self.act, self.kind, edition, leave(withdrawn))?;
            has_changed = true;
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
        Ok(Filing {
            unit_id,
            section: text.section.to_owned(),
            dated: self.dated,
            starts_at: self.starts_at(text, number, edition).unwrap_or_else(|| self.act.now.max(text.published.at)),
            ends_at: postings::ends_at(self.rules, text, self.dated)?,
            change_note: text.change_note.to_owned(),
            minor: text.minor,
        })
    }

    /// `None`: the file without a number says when the public first saw the document, not this edition.
    fn starts_at(&self, text: &Common, number: Option<i32>, edition: i32) -> Option<Moment> {
        (number.is_some() || edition == 1 || self.nobody_saw()).then_some(text.published.at)
    }
}

fn leave(withdrawn: &Withdrawn) -> Leave<'_> {
    Leave { at: withdrawn.at.at, reason: &withdrawn.reason, replaced_by: &withdrawn.replaced_by }
}
