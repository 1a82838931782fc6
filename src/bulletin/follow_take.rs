//! A bulletin of another portal taken over: each of its texts as one of ours, in one transaction with the mark of what brought it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::follow::{Row, heard, known};
use super::judge::{Mark, instant};
use super::shape::{Bulletin, Event, Item};
use crate::edition::body::Files;
use crate::edition::state::State;
use crate::edition::verbs::{self, Filing, Leave};
use crate::edition::written::{Press, Written};
use crate::edition::{Edition, Kind};
use crate::kit::calendar;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::fold;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::Act;
use crate::posting::{Attachment, PRIORITIES, Posting, Source, Suspended};
use crate::store::Conn;
use crate::store::schema::{documents, editions, former_slugs, revisions};
use crate::store::schema_out::{followed, sources};
use crate::unit;

/// Addresses tried for a text whose own is taken here.
const MOST_ALIKE: usize = 1_000;

/// A text's editions in a bulletin, the one that shows first first, and what tells whether any of them is another.
type Group<'b> = (Vec<&'b Item>, String);

/// By id: of one text there may be the next edition too.
fn groups(bulletin: &Bulletin) -> BTreeMap<&str, Group<'_>> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for item in &bulletin.items {
        groups.entry(&item.id).or_default().0.push(item);
    }
    for (items, digest) in groups.values_mut() {
        items.sort_by_key(|item| (instant(&item.from), item.edition));
        *digest = items.iter().map(|item| item.digest.as_str()).collect::<Vec<_>>().join("+");
    }
    groups
}

/// What is not taken over yet: whose files are needed.
pub fn news<'b>(c: &mut Conn, row: &Row, bulletin: &'b Bulletin) -> Result<Vec<&'b Item>, Refusal> {
    let known = known(c, row)?;
    let groups = groups(bulletin).into_iter().filter(|(id, (_, digest))| known.get(*id).is_none_or(|(_, _, held)| held != digest));
    Ok(groups.flat_map(|(_, (items, _))| items).collect())
}

/// What a bulletin is taken over with.
pub struct Taken<'t> {
    pub bulletin: &'t Bulletin,
    pub mark: &'t Mark,
    pub fresh_until: Moment,
    /// By item: its files as they stand on the shelf, by the names that the text here gives them.
    pub files: &'t BTreeMap<String, Files>,
    /// What happened since, for the reasons.
    pub events: &'t [Event],
}

/// How many texts came, changed and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub came: usize,
    pub changed: usize,
    pub gone: usize,
    /// Of units that are not known here.
    pub left: usize,
}

/// Takes a whole bulletin over, or nothing of it.
pub fn take(c: &mut Conn, act: Act, press: &Press, row: &Row, taken: &Taken) -> Result<Tally, Refusal> {
    let mut tally = Tally::default();
    let known = known(c, row)?;
    let groups = groups(taken.bulletin);
    for (id, (items, digest)) in &groups {
        let before = known.get(*id);
        if before.is_some_and(|(_, _, held)| held == digest) {
            continue;
        }
        let mut document = before.map(|(document, ..)| *document);
        let mut standing = BTreeSet::new();
        for item in items {
            if let Some((of, edition)) = one(c, act, press, row, taken, item, document)? {
                document = Some(of);
                standing.insert(edition);
            }
        }
        let (Some(document), Some(last)) = (document, items.last()) else {
            tally.left += 1;
            continue;
        };
        unscheduled(c, act, press, document, &standing)?;
        if before.is_some() {
            tally.changed += 1
        } else {
            tally.came += 1
        }
        keep(c, row, last, document, digest)?;
    }
    for (id, (document, ..)) in known.iter().filter(|(id, _)| !groups.contains_key(id.as_str())) {
        let why = taken.events.iter().rev().find(|event| event.id == *id && matches!(event.kind.as_str(), "withdrawn" | "replaced"));
        let fallback = press.words.text(Lang::Vi, "follow-gone-reason");
        let reason = why.map(|event| event.reason.clone()).filter(|reason| !reason.is_empty()).unwrap_or(fallback);
        let successor = why.and_then(|event| event.replaced_by.as_ref());
        let successor = match successor {
            Some(item) => here(c, row, item)?.unwrap_or_default(),
            None => String::new(),
        };
        tally.gone += usize::from(gone(c, act, *document, &reason, &successor)?);
        diesel::delete(followed::table.find((row.id, id))).execute(c)?;
    }
    diesel::update(sources::table.find(row.id))
        .set((
            sources::content.eq(&taken.bulletin.content),
            sources::name.eq(&taken.bulletin.portal.name),
            sources::whole_issued_at.eq(taken.mark.issued_at),
        ))
        .execute(c)?;
    let newest = row.mark().filter(|held| held.issued_at > taken.mark.issued_at && held.series == taken.mark.series);
    let mark = Mark { issued_at: newest.map_or(taken.mark.issued_at, |held| held.issued_at), ..taken.mark.clone() };
    heard(c, act.now, row, &mark, taken.fresh_until)?;
    Ok(tally)
}

/// What was to come there and is to come no more.
fn unscheduled(c: &mut Conn, act: Act, press: &Press, document: i64, but: &BTreeSet<i64>) -> Result<(), Refusal> {
    let waiting: Vec<Edition> = editions::table
        .filter(editions::document_id.eq(document).and(editions::state.eq(State::Published.name())))
        .filter(editions::shown_from.gt(act.now).and(editions::id.ne_all(but.iter().copied().collect::<Vec<_>>())))
        .select(Edition::as_select())
        .load(c)?;
    let reason = press.words.text(Lang::Vi, "follow-gone-reason");
    for edition in waiting {
        verbs::withdraw(c, act, Kind::Posting, edition, Leave { at: act.now, reason: &reason, replaced_by: "" })?;
    }
    Ok(())
}

fn keep(c: &mut Conn, row: &Row, item: &Item, document: i64, digest: &str) -> Result<(), Refusal> {
    diesel::delete(followed::table.find((row.id, &item.id))).execute(c)?;
    diesel::insert_into(followed::table)
        .values((
            followed::source_id.eq(row.id),
            followed::item.eq(&item.id),
            followed::document_id.eq(document),
            followed::edition.eq(item.edition),
            followed::digest.eq(digest),
        ))
        .execute(c)?;
    Ok(())
}

/// The address here of a text there.
fn here(c: &mut Conn, row: &Row, item: &str) -> Result<Option<String>, Refusal> {
    let document: Option<i64> = followed::table.find((row.id, item)).select(followed::document_id).first(c).optional()?;
    match document {
        Some(document) => Ok(documents::table.find(document).select(documents::slug).first(c).optional()?),
        None => Ok(None),
    }
}

/// Takes down what shows or waits. False where its time was over already.
pub(super) fn gone(c: &mut Conn, act: Act, document: i64, reason: &str, replaced_by: &str) -> Result<bool, Refusal> {
    let standing: Vec<Edition> = editions::table
        .filter(editions::document_id.eq(document).and(editions::state.eq(State::Published.name())))
        .filter(editions::shown_until.gt(act.now))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .load(c)?;
    let is_any = !standing.is_empty();
    for edition in standing {
        verbs::withdraw(c, act, Kind::Posting, edition, Leave { at: act.now, reason, replaced_by })?;
    }
    Ok(is_any)
}

/// Gives the document and the edition; `None` for what comes from a unit that is not known here.
fn one(
    c: &mut Conn,
    act: Act,
    press: &Press,
    row: &Row,
    taken: &Taken,
    item: &Item,
    before: Option<i64>,
) -> Result<Option<(i64, i64)>, Refusal> {
    let today = calendar::local(act.now).date();
    let sender = item.origin.as_ref().map_or(row.unit_code.as_str(), |origin| origin.code.as_str());
    let Some(unit) = unit::on_day(c, sender, today)? else { return Ok(None) };
    let (Some(from), Some(posted)) = (instant(&item.from), instant(&item.posted_at)) else { return Ok(None) };
    let until = item.until.as_deref().and_then(instant);
    let posting = facts(row, taken.bulletin, item, if unit.code == row.hangs_in { None } else { Some(&row.hangs_in) });
    let written = Written { title: item.title.clone(), lead: item.lead.clone(), body: body(item), facts: Box::new(posting) };
    let written = written.tidy(press, Kind::Posting)?;
    let empty = Files::new();
    let words = written.set(press, &item.kind.slug, &unit.code, taken.files.get(&item.id).unwrap_or(&empty));
    let document = match before {
        Some(document) => document,
        None => {
            let slug = address(c, item, &unit.code)?;
            verbs::create(c, act, Kind::Posting, &slug)?
        }
    };
    let same: Option<Edition> = editions::table
        .inner_join(revisions::table)
        .filter(editions::document_id.eq(document).and(revisions::source.eq(&words.source)))
        .filter(editions::state.eq_any([State::Published.name(), State::Superseded.name()]).and(editions::shown_until.gt(act.now)))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .first(c)
        .optional()?;
    if let Some(edition) = same {
        // The same words for another time; what ends it by its successor is the successor's.
        let (starts, id) = (if edition.has_begun(act.now) { edition.starts_at } else { from }, edition.id);
        let ends = until
            .filter(|until| edition.superseded_at.is_none_or(|end| *until < end))
            .or(edition.ends_at.filter(|_| edition.superseded_at.is_some()));
        if edition.state() == State::Published && (starts, ends) != (edition.starts_at, edition.ends_at) {
            let starts = When { at: starts, day_only: edition.day_only && starts == edition.starts_at };
            verbs::reschedule(c, act, Kind::Posting, edition, starts, ends)?;
        }
        return Ok(Some((document, id)));
    }
    let any = diesel::select(diesel::dsl::exists(editions::table.filter(editions::document_id.eq(document)))).get_result::<bool>(c)?;
    let note = match (any, item.note.is_empty()) {
        (false, _) => String::new(),
        (true, false) => item.note.clone(),
        (true, true) => press.words.text(Lang::Vi, "follow-changed-note"),
    };
    let filing = Filing {
        unit_id: Some(unit.id),
        section: item.kind.slug.clone(),
        dated: When { at: posted, day_only: calendar::is_midnight(posted) },
        // What shows there already shows here from now on, and never from before it was here.
        starts_at: if from <= act.now { act.now } else { from },
        ends_at: until.filter(|until| *until < NEVER),
        change_note: note,
        minor: false,
    };
    let edition = verbs::draft(c, act, Kind::Posting, document, &words, &filing, "")?;
    let edition = verbs::publish(c, act, Kind::Posting, edition, "waived", "")?;
    Ok(Some((document, edition.id)))
}

/// The name under which a file of a followed text stands here.
pub fn file_name(item: &Item, name: &str) -> String {
    let file = item.files.iter().find(|file| file.name == name);
    let digest = file.map(|file| &file.sha256[..file.sha256.len().min(16)]).unwrap_or_default();
    let own: String = name.rsplit('/').next().unwrap_or(name).chars().filter(|c| !c.is_control() && !"\\:?#%\"".contains(*c)).collect();
    format!("theo/{digest}/{own}")
}

fn body(item: &Item) -> String {
    let mut body = item.markdown.clone();
    for file in item.files.iter().filter(|file| file.shown_as.is_some()) {
        body = body.replace(&format!("]({}", file.name), &format!("]({}", file_name(item, &file.name)));
    }
    body
}

fn facts(row: &Row, bulletin: &Bulletin, item: &Item, to: Option<&String>) -> Posting {
    let day = |text: &Option<String>| text.as_deref().and_then(calendar::read_day);
    let is_attached = |file: &&super::shape::File| file.shown_as.is_none();
    Posting {
        number: item.number.clone(),
        issuer: item.issuer.clone(),
        signer: item.signer.clone(),
        legal_basis: item.legal_basis.clone(),
        issued: day(&item.issued),
        effective: day(&item.effective),
        expires: day(&item.expires),
        suspended: item.suspended.as_ref().and_then(|one| {
            let from = calendar::read_day(&one.from)?;
            Some(Suspended { from, until: day(&one.until), reason: one.reason.clone() })
        }),
        event: day(&item.event),
        comments_from: day(&item.comments_from),
        comments_until: day(&item.comments_until),
        to: to.into_iter().cloned().collect(),
        priority: PRIORITIES.iter().find(|(word, _)| *word == item.priority).map_or(0, |(_, priority)| *priority),
        drill: item.drill,
        sample: item.sample,
        source: Some(Source {
            portal: row.portal.clone(),
            name: bulletin.portal.name.clone(),
            unit: item.origin.as_ref().map_or(&row.unit_code, |origin| &origin.code).clone(),
            url: item.url.clone(),
        }),
        attachments: item
            .files
            .iter()
            .filter(is_attached)
            .map(|file| Attachment {
                file: file_name(item, &file.name),
                title: if file.title.is_empty() { file.name.clone() } else { file.title.clone() },
                paper_only: false,
                until: file.until.as_deref().and_then(instant).map(crate::posting::law::last_day),
            })
            .collect(),
        ..Posting::default()
    }
}

/// Its own, where nobody here has it.
fn address(c: &mut Conn, item: &Item, code: &str) -> Result<String, Refusal> {
    let own = item.url.rsplit('/').next().unwrap_or_default();
    let stem = if fold::is_slug(own) { own.to_owned() } else { fold::slug(&item.title) };
    let mut stem: String = stem.chars().take(90).collect();
    if stem.is_empty() {
        stem = format!("theo-{code}");
    }
    for number in 0..MOST_ALIKE {
        let slug = match number {
            0 => stem.clone(),
            1 => format!("{stem}-{code}"),
            _ => format!("{stem}-{code}-{number}"),
        };
        let taken = documents::table.filter(documents::kind.eq(Kind::Posting.name()).and(documents::slug.eq(&slug)));
        let former = former_slugs::table.filter(former_slugs::kind.eq(Kind::Posting.name()).and(former_slugs::slug.eq(&slug)));
        let is_taken = diesel::select(diesel::dsl::exists(taken)).get_result::<bool>(c)?
            || diesel::select(diesel::dsl::exists(former)).get_result::<bool>(c)?;
        if !is_taken {
            return Ok(slug);
        }
    }
    Err(Refusal::Stale)
}
