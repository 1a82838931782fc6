//! The acts on a text. Each is one row in the log in the same transaction, or it did not happen.

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::state::{Move, State};
use super::{Edition, Kind, seal};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::schema::{documents, editions, former_slugs, revision_media, revisions};
use crate::store::{Conn, log};

/// Who acts, and when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    pub now: Moment,
    pub actor: &'a str,
}

/// The words of a new edition.
#[derive(Clone, Debug)]
pub struct Words {
    pub title: String,
    pub lead: String,
    pub facts: String,
    pub files: String,
    pub body: String,
    pub html: String,
    pub source: String,
    /// Digests of every file the words show.
    pub media: Vec<String>,
}

/// Where a text is filed, and when it is to show.
#[derive(Clone, Debug)]
pub struct Filing {
    pub unit_id: Option<i64>,
    pub section: String,
    pub dated: When,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
    pub change_note: String,
}

pub fn create(c: &mut Conn, act: Act, kind: Kind, slug: &str) -> Result<i64, Refusal> {
    Ok(diesel::insert_into(documents::table)
        .values((documents::kind.eq(kind.name()), documents::slug.eq(slug), documents::created_at.eq(act.now)))
        .returning(documents::id)
        .get_result(c)?)
}

/// A new edition beside those there are, as a draft.
pub fn draft(c: &mut Conn, act: Act, kind: Kind, document: i64, words: &Words, filing: &Filing) -> Result<Edition, Refusal> {
    let last: Option<i32> =
        editions::table.filter(editions::document_id.eq(document)).select(diesel::dsl::max(editions::number)).first(c)?;
    let (revision, digest) = write_down(c, act, document, words)?;
    let edition = Edition {
        id: 0,
        document_id: document,
        number: last.unwrap_or(0) + 1,
        revision_id: revision,
        unit_id: filing.unit_id,
        section: filing.section.clone(),
        state_name: State::Draft.name().to_owned(),
        dated_at: filing.dated.at,
        day_only: filing.dated.day_only,
        starts_at: filing.starts_at,
        ends_at: filing.ends_at,
        superseded_at: None,
        withdrawn_at: None,
        withdrawn_reason: String::new(),
        replaced_by: String::new(),
        change_note: filing.change_note.clone(),
        shown_from: Moment::default(),
        shown_until: Moment::default(),
    };
    let (from, until) = edition.terms().span();
    let id: i64 = diesel::insert_into(editions::table)
        .values((
            editions::document_id.eq(document),
            editions::number.eq(edition.number),
            editions::revision_id.eq(revision),
            editions::kind.eq(kind.name()),
            editions::unit_id.eq(edition.unit_id),
            editions::section.eq(&edition.section),
            editions::state.eq(&edition.state_name),
            editions::dated_at.eq(edition.dated_at),
            editions::day_only.eq(edition.day_only),
            editions::month.eq(calendar::month_number(edition.dated_at)),
            editions::starts_at.eq(edition.starts_at),
            editions::ends_at.eq(edition.ends_at),
            editions::withdrawn_reason.eq(""),
            editions::replaced_by.eq(""),
            editions::change_note.eq(&edition.change_note),
            editions::shown_from.eq(from),
            editions::shown_until.eq(until),
        ))
        .returning(editions::id)
        .get_result(c)?;
    record(c, act, "drafted", kind, document, edition.number, facts([("digest", json!(digest))]))?;
    Ok(Edition { id, shown_from: from, shown_until: until, ..edition })
}

/// Other words for a draft: a new revision beside the old one.
pub fn revise(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, words: &Words, filing: &Filing) -> Result<Edition, Refusal> {
    if edition.state() != State::Draft {
        return Err(wrong_state(&edition));
    }
    let (revision, digest) = write_down(c, act, edition.document_id, words)?;
    edition.revision_id = revision;
    (edition.starts_at, edition.ends_at) = (filing.starts_at, filing.ends_at);
    (edition.dated_at, edition.day_only) = (filing.dated.at, filing.dated.day_only);
    diesel::update(editions::table.find(edition.id))
        .set((
            editions::revision_id.eq(revision),
            editions::unit_id.eq(filing.unit_id),
            editions::section.eq(&filing.section),
            editions::dated_at.eq(filing.dated.at),
            editions::day_only.eq(filing.dated.day_only),
            editions::month.eq(calendar::month_number(filing.dated.at)),
            editions::change_note.eq(&filing.change_note),
        ))
        .execute(c)?;
    keep(c, &mut edition)?;
    record(c, act, "revised", kind, edition.document_id, edition.number, facts([("digest", json!(digest))]))?;
    Ok(edition)
}

fn write_down(c: &mut Conn, act: Act, document: i64, words: &Words) -> Result<(i64, String), Refusal> {
    let digest = seal(&words.title, &words.lead, &words.facts, &words.files, &words.body, &words.html);
    let revision: i64 = diesel::insert_into(revisions::table)
        .values((
            revisions::document_id.eq(document),
            revisions::made_at.eq(act.now),
            revisions::title.eq(&words.title),
            revisions::lead.eq(&words.lead),
            revisions::facts.eq(&words.facts),
            revisions::files.eq(&words.files),
            revisions::body.eq(&words.body),
            revisions::html.eq(&words.html),
            revisions::digest.eq(&digest),
            revisions::source.eq(&words.source),
        ))
        .returning(revisions::id)
        .get_result(c)?;
    for digest in &words.media {
        diesel::insert_into(revision_media::table)
            .values((revision_media::revision_id.eq(revision), revision_media::digest.eq(digest)))
            .execute(c)?;
    }
    Ok((revision, digest))
}

/// Publishes, and supersedes whatever the public sees of this document from the new edition's start on.
pub fn publish(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, approval: &str) -> Result<Edition, Refusal> {
    if approval == "waived" {
        go(&mut edition, Move::Waive)?;
    }
    go(&mut edition, Move::Publish)?;
    let earlier: Vec<Edition> = editions::table
        .filter(
            editions::document_id.eq(edition.document_id).and(editions::id.ne(edition.id)).and(editions::state.eq(State::Published.name())),
        )
        .select(Edition::as_select())
        .load(c)?;
    for mut old in earlier {
        go(&mut old, Move::Supersede)?;
        old.superseded_at = Some(edition.starts_at);
        keep(c, &mut old)?;
        record(c, act, "superseded", kind, old.document_id, old.number, facts([("by", json!(edition.number))]))?;
    }
    keep(c, &mut edition)?;
    let digest: String = revisions::table.find(edition.revision_id).select(revisions::digest).first(c)?;
    let told = facts([
        ("approval", json!(approval)),
        ("digest", json!(digest)),
        ("ends_at", json!(edition.ends_at.map(calendar::rfc3339))),
        ("starts_at", json!(calendar::rfc3339(edition.starts_at))),
    ]);
    record(c, act, "published", kind, edition.document_id, edition.number, told)?;
    Ok(edition)
}

/// From `at` on the address says why, and what replaces it.
pub fn withdraw(
    c: &mut Conn,
    act: Act,
    kind: Kind,
    mut edition: Edition,
    at: Moment,
    reason: &str,
    replaced_by: &str,
) -> Result<(), Refusal> {
    go(&mut edition, Move::Withdraw)?;
    edition.withdrawn_at = Some(at);
    edition.withdrawn_reason = reason.to_owned();
    edition.replaced_by = replaced_by.to_owned();
    keep(c, &mut edition)?;
    if at < edition.starts_at {
        reinstate(c, act, kind, &edition)?;
    }
    let told = facts([("at", json!(calendar::rfc3339(at))), ("reason", json!(reason)), ("replaced_by", json!(replaced_by))]);
    record(c, act, "withdrawn", kind, edition.document_id, edition.number, told)
}

/// What a successor that nobody ever saw had set aside stands again.
fn reinstate(c: &mut Conn, act: Act, kind: Kind, successor: &Edition) -> Result<(), Refusal> {
    let aside: Option<Edition> = editions::table
        .filter(editions::document_id.eq(successor.document_id).and(editions::number.lt(successor.number)))
        .filter(editions::state.eq(State::Superseded.name()).and(editions::superseded_at.eq(successor.starts_at)))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .first(c)
        .optional()?;
    let Some(mut edition) = aside else { return Ok(()) };
    go(&mut edition, Move::Reinstate)?;
    edition.superseded_at = None;
    keep(c, &mut edition)?;
    record(c, act, "reinstated", kind, edition.document_id, edition.number, Map::new())
}

/// Another start or another end, for an edition that still stands.
pub fn reschedule(
    c: &mut Conn,
    act: Act,
    kind: Kind,
    mut edition: Edition,
    starts_at: Moment,
    ends_at: Option<Moment>,
) -> Result<(), Refusal> {
    if !matches!(edition.state(), State::Draft | State::Published) {
        return Err(wrong_state(&edition));
    }
    (edition.starts_at, edition.ends_at) = (starts_at, ends_at);
    keep(c, &mut edition)?;
    let told = facts([("ends_at", json!(ends_at.map(calendar::rfc3339))), ("starts_at", json!(calendar::rfc3339(starts_at)))]);
    record(c, act, "rescheduled", kind, edition.document_id, edition.number, told)
}

/// Another address that leads to this document from now on.
pub fn lead_here(c: &mut Conn, act: Act, kind: Kind, document: i64, former: &str) -> Result<(), Refusal> {
    diesel::insert_into(former_slugs::table)
        .values((former_slugs::kind.eq(kind.name()), former_slugs::slug.eq(former), former_slugs::document_id.eq(document)))
        .execute(c)?;
    record(c, act, "address_kept", kind, document, 0, facts([("former", json!(former))]))
}

fn go(edition: &mut Edition, mv: Move) -> Result<(), Refusal> {
    let next = edition.state().after(mv).ok_or_else(|| wrong_state(edition))?;
    edition.state_name = next.name().to_owned();
    Ok(())
}

fn wrong_state(edition: &Edition) -> Refusal {
    Refusal::WrongState(phrase!("edition-wrong-state", state = edition.state_name))
}

/// Writes the terms and what they come to.
fn keep(c: &mut Conn, edition: &mut Edition) -> Result<(), Refusal> {
    (edition.shown_from, edition.shown_until) = edition.terms().span();
    let changed = diesel::update(editions::table.find(edition.id))
        .set((
            editions::state.eq(&edition.state_name),
            editions::starts_at.eq(edition.starts_at),
            editions::ends_at.eq(edition.ends_at),
            editions::superseded_at.eq(edition.superseded_at),
            editions::withdrawn_at.eq(edition.withdrawn_at),
            editions::withdrawn_reason.eq(&edition.withdrawn_reason),
            editions::replaced_by.eq(&edition.replaced_by),
            editions::shown_from.eq(edition.shown_from),
            editions::shown_until.eq(edition.shown_until),
        ))
        .execute(c)?;
    if changed == 1 { Ok(()) } else { Err(Refusal::Stale) }
}

fn record(c: &mut Conn, act: Act, name: &str, kind: Kind, document: i64, number: i32, facts: Map<String, Value>) -> Result<(), Refusal> {
    let slug: String = documents::table.find(document).select(documents::slug).first(c)?;
    log::append(c, act.now, act.actor, name, format!("{}/{slug}/{number}", kind.name()), facts).map(drop)
}

fn facts<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
