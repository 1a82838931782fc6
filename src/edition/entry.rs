//! What every act writes: the edition's row, what the desk's list says of its text, the row in the log, the step.

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::keys;
use super::state::{Move, State};
use super::step::NAMES;
use super::terms::{Terms, succession};
use super::{Edition, Kind, reaching};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, fold};
use crate::person::{Act, Who};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions, steps};

/// What an act is called, what was said of it, and what more the log is to know.
pub struct Told<'t> {
    name: &'static str,
    note: &'t str,
    facts: Map<String, Value>,
    /// Words other than the edition's own.
    revision: Option<i64>,
}

impl<'t> Told<'t> {
    pub fn of(name: &'static str) -> Told<'t> {
        Told { name, note: "", facts: Map::new(), revision: None }
    }

    pub fn because(self, note: &'t str) -> Told<'t> {
        Told { note, ..self }
    }

    pub fn with(mut self, name: &str, value: Value) -> Told<'t> {
        self.facts.insert(name.to_owned(), value);
        self
    }

    pub fn at(self, name: &str, at: Option<Moment>) -> Told<'t> {
        self.with(name, json!(at.map(calendar::rfc3339)))
    }

    pub fn on(self, revision: i64) -> Told<'t> {
        Told { revision: Some(revision), ..self }
    }
}

pub fn go(edition: &mut Edition, mv: Move) -> Result<(), Refusal> {
    let next = edition.state().after(mv).ok_or_else(|| wrong_state(edition))?;
    edition.state_name = next.name().to_owned();
    Ok(())
}

pub fn wrong_state(edition: &Edition) -> Refusal {
    Refusal::WrongState(phrase!("edition-wrong-state", state = edition.state_name))
}

/// Writes the row, and what its terms come to.
pub fn keep(c: &mut Conn, edition: &mut Edition) -> Result<(), Refusal> {
    (edition.shown_from, edition.shown_until) = edition.terms().span();
    let changed = diesel::update(editions::table.find(edition.id))
        .set((
            editions::revision_id.eq(edition.revision_id),
            editions::unit_id.eq(edition.unit_id),
            editions::section.eq(&edition.section),
            editions::state.eq(&edition.state_name),
            editions::dated_at.eq(edition.dated_at),
            editions::day_only.eq(edition.day_only),
            editions::month.eq(calendar::month_number(edition.dated_at)),
            editions::starts_at.eq(edition.starts_at),
            editions::ends_at.eq(edition.ends_at),
            editions::superseded_at.eq(edition.superseded_at),
            editions::withdrawn_at.eq(edition.withdrawn_at),
            editions::withdrawn_reason.eq(&edition.withdrawn_reason),
            editions::replaced_by.eq(&edition.replaced_by),
            editions::change_note.eq(&edition.change_note),
            editions::shown_from.eq(edition.shown_from),
            editions::shown_until.eq(edition.shown_until),
            editions::minor.eq(edition.minor),
            editions::urgent.eq(&edition.urgent),
            editions::replaced_at.eq(edition.replaced_at),
            editions::priority.eq(edition.priority),
        ))
        .execute(c)?;
    if changed == 1 { Ok(()) } else { Err(Refusal::Stale) }
}

/// Every row names the whole state in which the act left the edition, so that the log vouches for more than words.
pub fn record(c: &mut Conn, act: Act, kind: Kind, edition: &Edition, told: Told) -> Result<(), Refusal> {
    let (slug, digest, title): (String, String, String) = documents::table
        .inner_join(revisions::table)
        .filter(documents::id.eq(edition.document_id).and(revisions::id.eq(edition.revision_id)))
        .select((documents::slug, revisions::digest, revisions::title))
        .first(c)?;
    // What is another portal's stands here as it does there; whoever would not have it hangs it not.
    if act.who.actor().is_some() && !keys::values(c, edition.document_id, keys::SOURCE)?.is_empty() {
        return Err(Refusal::WrongState(phrase!("edition-followed")));
    }
    let seal = edition.seal(&digest);
    let (mut facts, name, note) = (told.facts, told.name, told.note);
    facts.insert("edition".to_owned(), json!(seal));
    // An import is told whole by the log: its editions have no steps but those on texts that somebody made here.
    let is_step = NAMES.contains(&name) && (!matches!(act.who, Who::Machine("import")) || !edition.drafted_by.is_empty());
    if is_step {
        facts.insert("step".to_owned(), json!(name));
        if !note.is_empty() && !facts.contains_key("reason") {
            facts.insert("reason".to_owned(), json!(note));
        }
    }
    let position = act.record(c, name, format!("{}/{slug}/{}", kind.name(), edition.number), facts)?;
    reaching::note(c, (position, act.now), name, kind, edition)?;
    if is_step {
        diesel::insert_into(steps::table)
            .values((
                steps::edition_id.eq(edition.id),
                steps::revision_id.eq(told.revision.unwrap_or(edition.revision_id)),
                steps::name.eq(name),
                steps::actor.eq(act.who.name()),
                steps::at.eq(act.now),
                steps::note.eq(note),
                steps::seal.eq(seal),
                steps::position.eq(position),
            ))
            .execute(c)?;
    }
    list(c, act, edition, &title)?;
    if edition.is_void() { list_anew(c, edition.document_id) } else { Ok(()) }
}

/// What the desk's list says: of the newest edition.
fn list(c: &mut Conn, act: Act, edition: &Edition, title: &str) -> Result<(), Refusal> {
    let document = documents::table.find(edition.document_id);
    let changed = diesel::update(document.filter(documents::newest_number.le(edition.number)))
        .set((documents::touched_at.eq(act.now), row(edition, title)))
        .execute(c)?;
    if changed == 0 {
        diesel::update(document).set(documents::touched_at.eq(act.now)).execute(c)?;
    }
    Ok(())
}

type Row<'r> = (
    diesel::dsl::Eq<documents::newest_number, i32>,
    diesel::dsl::Eq<documents::newest_id, i64>,
    diesel::dsl::Eq<documents::state, &'r str>,
    diesel::dsl::Eq<documents::unit_id, Option<i64>>,
    diesel::dsl::Eq<documents::section, &'r str>,
    diesel::dsl::Eq<documents::drafted_by, &'r str>,
    diesel::dsl::Eq<documents::folded, String>,
);

fn row<'r>(edition: &'r Edition, title: &str) -> Row<'r> {
    (
        documents::newest_number.eq(edition.number),
        documents::newest_id.eq(edition.id),
        documents::state.eq(edition.state_name.as_str()),
        documents::unit_id.eq(edition.unit_id),
        documents::section.eq(edition.section.as_str()),
        documents::drafted_by.eq(edition.drafted_by.as_str()),
        documents::folded.eq(fold::fold(title)),
    )
}

/// After something went into the trash or came out, or was taken back unseen: the list tells of the newest that was
/// neither.
pub fn list_anew(c: &mut Conn, document: i64) -> Result<(), Refusal> {
    let newest = || {
        editions::table
            .inner_join(revisions::table)
            .filter(editions::document_id.eq(document))
            .order(editions::number.desc())
            .select((Edition::as_select(), revisions::title))
    };
    let kept = || newest().filter(editions::state.ne(State::Discarded.name()));
    let is_no_void = editions::state.ne(State::Withdrawn.name()).or(editions::shown_from.lt(editions::shown_until));
    let mut found: Option<(Edition, String)> = kept().filter(is_no_void).first(c).optional()?;
    if found.is_none() {
        found = kept().first(c).optional()?;
    }
    let (edition, title) = match found {
        Some(found) => found,
        None => newest().first(c)?,
    };
    diesel::update(documents::table.find(document)).set(row(&edition, &title)).execute(c)?;
    Ok(())
}

/// Whether there are titles from before the list knew them.
pub fn lacks_titles(c: &mut Conn) -> Result<bool, Refusal> {
    let lacking = documents::table.filter(documents::folded.is_null().and(documents::newest_id.is_not_null()));
    Ok(diesel::select(diesel::dsl::exists(lacking)).get_result(c)?)
}

/// Gives the list so many of them.
pub fn fold_titles(c: &mut Conn, limit: i64) -> Result<(), Refusal> {
    let rows: Vec<(i64, String)> = documents::table
        .inner_join(editions::table.on(documents::newest_id.eq(editions::id.nullable())))
        .inner_join(revisions::table.on(revisions::id.eq(editions::revision_id)))
        .filter(documents::folded.is_null())
        .limit(limit)
        .select((documents::id, revisions::title))
        .load(c)?;
    for (document, title) in &rows {
        diesel::update(documents::table.find(document)).set(documents::folded.eq(fold::fold(title))).execute(c)?;
    }
    Ok(())
}

/// Brings every edition's end by succession up to date after an act on any of them; and those of the texts that give way
/// to this one.
pub fn settle(c: &mut Conn, act: Act, kind: Kind, document: i64) -> Result<(), Refusal> {
    settle_own(c, act, kind, document)?;
    if !kind.gives_way() {
        return Ok(());
    }
    for subject in keys::values(c, document, keys::REPLACES)? {
        let Some((_, slug)) = subject.split_once('/') else { continue };
        let of = documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)));
        if let Some(other) = of.select(documents::id).first::<i64>(c).optional()? {
            settle_own(c, act, kind, other)?;
        }
    }
    Ok(())
}

fn settle_own(c: &mut Conn, act: Act, kind: Kind, document: i64) -> Result<(), Refusal> {
    let mut all: Vec<Edition> =
        editions::table.filter(editions::document_id.eq(document)).order(editions::number.asc()).select(Edition::as_select()).load(c)?;
    let replaced_at = if kind.gives_way() { keys::replacement(c, kind, document)?.map(|(at, _)| at) } else { None };
    for edition in all.iter_mut().filter(|edition| edition.state().was_published() && edition.replaced_at != replaced_at) {
        edition.replaced_at = replaced_at;
        keep(c, edition)?;
        record(c, act, kind, edition, Told::of(if replaced_at.is_some() { "replaced" } else { "reinstated" }).at("at", replaced_at))?;
    }
    let terms: Vec<Terms> = all.iter().map(Edition::terms).collect();
    for (mut edition, end) in all.into_iter().zip(succession(&terms)) {
        if !edition.state().was_published() || edition.superseded_at == end {
            continue;
        }
        let name = match (edition.state(), end) {
            (State::Published, Some(_)) => {
                go(&mut edition, Move::Supersede)?;
                "superseded"
            }
            (State::Superseded, None) => {
                go(&mut edition, Move::Reinstate)?;
                "reinstated"
            }
            _ => "resettled",
        };
        edition.superseded_at = end;
        keep(c, &mut edition)?;
        record(c, act, kind, &edition, Told::of(name).at("at", end))?;
    }
    Ok(())
}
