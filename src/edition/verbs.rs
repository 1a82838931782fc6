//! The acts on a text. Each is one row in the log in the same transaction, or it did not happen.

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::state::{Move, State};
use super::terms::{Terms, succession};
use super::{Edition, Kind, seal};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, former_slugs, revision_media, revisions};

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
        .values((
            documents::kind.eq(kind.name()),
            documents::slug.eq(slug),
            documents::first_slug.eq(slug),
            documents::created_at.eq(act.now),
        ))
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
    let edition = Edition { id, shown_from: from, shown_until: until, ..edition };
    record(c, act, "drafted", kind, &edition, facts([("digest", json!(digest))]))?;
    Ok(edition)
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
    (edition.unit_id, edition.section) = (filing.unit_id, filing.section.clone());
    edition.change_note.clone_from(&filing.change_note);
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
    record(c, act, "revised", kind, &edition, facts([("digest", json!(digest))]))?;
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

/// Publishes. From its start on it stands in the place of the editions before it.
pub fn publish(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, approval: &str) -> Result<Edition, Refusal> {
    if approval == "waived" {
        go(&mut edition, Move::Waive)?;
    }
    go(&mut edition, Move::Publish)?;
    keep(c, &mut edition)?;
    let told = facts([
        ("approval", json!(approval)),
        ("ends_at", json!(edition.ends_at.map(calendar::rfc3339))),
        ("starts_at", json!(calendar::rfc3339(edition.starts_at))),
    ]);
    record(c, act, "published", kind, &edition, told)?;
    settle(c, act, kind, edition.document_id)?;
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
    let told = facts([("at", json!(calendar::rfc3339(at))), ("reason", json!(reason)), ("replaced_by", json!(replaced_by))]);
    record(c, act, "withdrawn", kind, &edition, told)?;
    settle(c, act, kind, edition.document_id)
}

/// Another start or another end, for an edition that still stands. What the public has begun to see keeps its start:
/// a published page is never unpublished by moving a date.
pub fn reschedule(
    c: &mut Conn,
    act: Act,
    kind: Kind,
    mut edition: Edition,
    starts: When,
    ends_at: Option<Moment>,
) -> Result<Edition, Refusal> {
    let starts_at = starts.at;
    let has_begun = edition.shown_from <= act.now && edition.shown_from < edition.shown_until;
    if !matches!(edition.state(), State::Draft | State::Published) || (has_begun && starts_at != edition.starts_at) {
        return Err(wrong_state(&edition));
    }
    // A correction bears its document's date; whatever else bears its own.
    if edition.dated_at == edition.starts_at && starts_at != edition.starts_at {
        (edition.dated_at, edition.day_only) = (starts_at, starts.day_only);
        diesel::update(editions::table.find(edition.id))
            .set((
                editions::dated_at.eq(starts_at),
                editions::day_only.eq(starts.day_only),
                editions::month.eq(calendar::month_number(starts_at)),
            ))
            .execute(c)?;
    }
    (edition.starts_at, edition.ends_at) = (starts_at, ends_at);
    keep(c, &mut edition)?;
    let told = facts([("ends_at", json!(ends_at.map(calendar::rfc3339))), ("starts_at", json!(calendar::rfc3339(starts_at)))]);
    record(c, act, "rescheduled", kind, &edition, told)?;
    settle(c, act, kind, edition.document_id)?;
    Ok(edition)
}

/// Brings every edition's end by succession up to date after an act on any of them.
fn settle(c: &mut Conn, act: Act, kind: Kind, document: i64) -> Result<(), Refusal> {
    let all: Vec<Edition> =
        editions::table.filter(editions::document_id.eq(document)).order(editions::number.asc()).select(Edition::as_select()).load(c)?;
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
        record(c, act, name, kind, &edition, facts([("at", json!(end.map(calendar::rfc3339)))]))?;
    }
    Ok(())
}

/// Another address that leads to this document from now on.
pub fn lead_here(c: &mut Conn, act: Act, kind: Kind, document: i64, former: &str) -> Result<(), Refusal> {
    diesel::insert_into(former_slugs::table)
        .values((former_slugs::kind.eq(kind.name()), former_slugs::slug.eq(former), former_slugs::document_id.eq(document)))
        .execute(c)?;
    let slug: String = documents::table.find(document).select(documents::slug).first(c)?;
    let subject = format!("{}/{slug}", kind.name());
    act.record(c, "address_kept", subject, facts([("former", json!(former))])).map(drop)
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

/// Every row names the whole state in which the act left the edition, so that the log vouches for more than words.
fn record(c: &mut Conn, act: Act, name: &str, kind: Kind, edition: &Edition, mut facts: Map<String, Value>) -> Result<(), Refusal> {
    let (slug, digest): (String, String) = documents::table
        .inner_join(revisions::table)
        .filter(documents::id.eq(edition.document_id).and(revisions::id.eq(edition.revision_id)))
        .select((documents::slug, revisions::digest))
        .first(c)?;
    facts.insert("edition".to_owned(), json!(edition.seal(&digest)));
    act.record(c, name, format!("{}/{slug}/{}", kind.name(), edition.number), facts).map(drop)
}

fn facts<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
