//! The acts on a text, for whoever may do them. Each is one row in the log in the same transaction, or it did not
//! happen. `approval` is the road built on them.

use diesel::prelude::*;
use serde_json::{Map, json};

use super::entry::{Told, go, keep, list_anew, record, settle, wrong_state};
use super::keys::{self, Key};
use super::state::{Move, State};
use super::{CONFIRMED, Edition, Kind, UNCONFIRMED, seal};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::person::Act;
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
    /// What it is looked up by.
    pub keys: Vec<Key>,
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
    pub minor: bool,
}

/// Why and since when an edition is gone, and what stands in its place.
#[derive(Clone, Copy, Debug)]
pub struct Leave<'l> {
    pub at: Moment,
    pub reason: &'l str,
    pub replaced_by: &'l str,
}

pub fn create(c: &mut Conn, act: Act, kind: Kind, slug: &str) -> Result<i64, Refusal> {
    Ok(diesel::insert_into(documents::table)
        .values((
            documents::kind.eq(kind.name()),
            documents::slug.eq(slug),
            documents::first_slug.eq(slug),
            documents::created_at.eq(act.now),
            documents::touched_at.eq(act.now),
        ))
        .returning(documents::id)
        .get_result(c)?)
}

/// A new edition beside those there are, as a draft of somebody, or of nobody here.
pub fn draft(c: &mut Conn, act: Act, kind: Kind, document: i64, words: &Words, filing: &Filing, by: &str) -> Result<Edition, Refusal> {
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
        minor: filing.minor,
        urgent: String::new(),
        drafted_by: by.to_owned(),
        replaced_at: None,
        priority: keys::priority(&words.keys),
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
            editions::minor.eq(edition.minor),
            editions::urgent.eq(""),
            editions::drafted_by.eq(by),
            editions::priority.eq(edition.priority),
        ))
        .returning(editions::id)
        .get_result(c)?;
    let edition = Edition { id, shown_from: from, shown_until: until, ..edition };
    record(c, act, kind, &edition, Told::of("drafted").with("digest", json!(digest)))?;
    Ok(edition)
}

/// Other words for a draft: a new revision beside the old one.
pub fn revise(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, words: &Words, filing: &Filing) -> Result<Edition, Refusal> {
    is_draft(&edition)?;
    let (revision, digest) = write_down(c, act, edition.document_id, words)?;
    edition.revision_id = revision;
    edition.priority = keys::priority(&words.keys);
    file(&mut edition, filing);
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, Told::of("revised").with("digest", json!(digest)))?;
    Ok(edition)
}

/// The same words with other files beside them.
pub fn attach(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, words: &Words) -> Result<Edition, Refusal> {
    is_draft(&edition)?;
    let (revision, digest) = write_down(c, act, edition.document_id, words)?;
    edition.revision_id = revision;
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, Told::of("attached").with("digest", json!(digest)))?;
    Ok(edition)
}

fn is_draft(edition: &Edition) -> Result<(), Refusal> {
    if edition.state() == State::Draft { Ok(()) } else { Err(wrong_state(edition)) }
}

fn file(edition: &mut Edition, filing: &Filing) {
    (edition.starts_at, edition.ends_at) = (filing.starts_at, filing.ends_at);
    (edition.dated_at, edition.day_only) = (filing.dated.at, filing.dated.day_only);
    (edition.unit_id, edition.section) = (filing.unit_id, filing.section.clone());
    (edition.change_note, edition.minor) = (filing.change_note.clone(), filing.minor);
}

/// Words beside an edition that are not its own: what somebody typed while somebody else was faster. Gives the
/// number of the revision.
pub fn set_aside(c: &mut Conn, act: Act, kind: Kind, edition: &Edition, words: &Words, note: &str) -> Result<i64, Refusal> {
    let (revision, digest) = write_down(c, act, edition.document_id, words)?;
    record(c, act, kind, edition, Told::of("set_aside").because(note).on(revision).with("digest", json!(digest)))?;
    Ok(revision)
}

/// The same of words that are kept already: another note, another end.
pub fn set_aside_terms(c: &mut Conn, act: Act, kind: Kind, edition: &Edition, known: i64, filing: &Filing) -> Result<(), Refusal> {
    let digest: String = revisions::table.find(known).select(revisions::digest).first(c)?;
    let told = Told::of("set_aside").because(&filing.change_note).on(known).with("digest", json!(digest));
    record(c, act, kind, edition, told.with("minor", json!(filing.minor)).at("ends_at", filing.ends_at))
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
    keys::write(c, revision, &words.keys)?;
    Ok((revision, digest))
}

/// A move that changes the state and nothing else.
pub fn advance(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, mv: Move, told: Told) -> Result<Edition, Refusal> {
    go(&mut edition, mv)?;
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, told)?;
    if matches!(mv, Move::Discard | Move::Restore) {
        list_anew(c, edition.document_id)?;
    }
    Ok(edition)
}

/// Publishes. From its start on it stands in the place of the editions before it.
pub fn publish(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, approval: &str, note: &str) -> Result<Edition, Refusal> {
    if approval == "waived" {
        go(&mut edition, Move::Waive)?;
    }
    go(&mut edition, Move::Publish)?;
    keep(c, &mut edition)?;
    let told = Told::of("published").because(note).with("approval", json!(approval));
    let told = told.at("ends_at", edition.ends_at).at("starts_at", Some(edition.starts_at));
    record(c, act, kind, &edition, told)?;
    settle(c, act, kind, edition.document_id)?;
    found(c, edition.id)
}

/// From its instant on the address says why, and what replaces it.
pub fn withdraw(c: &mut Conn, act: Act, kind: Kind, edition: Edition, leave: Leave) -> Result<Edition, Refusal> {
    leave_as(c, act, kind, edition, leave, "withdrawn")
}

/// Somebody has looked again at what was published on one person's word.
pub fn confirm(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition) -> Result<Edition, Refusal> {
    if edition.urgent != UNCONFIRMED || !edition.state().was_published() {
        return Err(wrong_state(&edition));
    }
    edition.urgent = CONFIRMED.to_owned();
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, Told::of("confirmed"))?;
    Ok(edition)
}

/// A publication taken back. At its own start it is as if it had never been: nobody can have seen it.
pub fn unmake(c: &mut Conn, act: Act, kind: Kind, edition: Edition, at: Moment, reason: &str) -> Result<Edition, Refusal> {
    leave_as(c, act, kind, edition, Leave { at, reason, replaced_by: "" }, "undone")
}

fn leave_as(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition, leave: Leave, name: &'static str) -> Result<Edition, Refusal> {
    go(&mut edition, Move::Withdraw)?;
    edition.withdrawn_at = Some(leave.at);
    edition.withdrawn_reason = leave.reason.to_owned();
    edition.replaced_by = leave.replaced_by.to_owned();
    keep(c, &mut edition)?;
    let told = Told::of(name).because(leave.reason).at("at", Some(leave.at));
    let told = told.with("reason", json!(leave.reason)).with("replaced_by", json!(leave.replaced_by));
    record(c, act, kind, &edition, told)?;
    settle(c, act, kind, edition.document_id)?;
    found(c, edition.id)
}

/// A withdrawal taken back.
pub fn reinstate(c: &mut Conn, act: Act, kind: Kind, mut edition: Edition) -> Result<Edition, Refusal> {
    if edition.state() != State::Withdrawn {
        return Err(wrong_state(&edition));
    }
    go(&mut edition, Move::Reinstate)?;
    (edition.withdrawn_at, edition.superseded_at) = (None, None);
    edition.withdrawn_reason.clear();
    edition.replaced_by.clear();
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, Told::of("undone"))?;
    settle(c, act, kind, edition.document_id)?;
    found(c, edition.id)
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
    let has_begun = edition.has_begun(act.now);
    if !matches!(edition.state(), State::Draft | State::Published) || (has_begun && starts_at != edition.starts_at) {
        return Err(wrong_state(&edition));
    }
    // A correction bears its document's date; whatever else bears its own.
    if edition.dated_at == edition.starts_at && starts_at != edition.starts_at {
        (edition.dated_at, edition.day_only) = (starts_at, starts.day_only);
    }
    (edition.starts_at, edition.ends_at) = (starts_at, ends_at);
    keep(c, &mut edition)?;
    record(c, act, kind, &edition, Told::of("rescheduled").at("ends_at", ends_at).at("starts_at", Some(starts_at)))?;
    settle(c, act, kind, edition.document_id)?;
    found(c, edition.id)
}

/// What settling left of it.
fn found(c: &mut Conn, edition: i64) -> Result<Edition, Refusal> {
    Ok(editions::table.find(edition).select(Edition::as_select()).first(c)?)
}

/// Another address that leads to this document from now on.
pub fn lead_here(c: &mut Conn, act: Act, kind: Kind, document: i64, former: &str) -> Result<(), Refusal> {
    diesel::insert_into(former_slugs::table)
        .values((former_slugs::kind.eq(kind.name()), former_slugs::slug.eq(former), former_slugs::document_id.eq(document)))
        .execute(c)?;
    let slug: String = documents::table.find(document).select(documents::slug).first(c)?;
    let subject = format!("{}/{slug}", kind.name());
    act.record(c, "address_kept", subject, Map::from_iter([("former".to_owned(), json!(former))])).map(drop)
}

/// Another address for what the public was never given one of. The log's rows before this one name the old.
pub fn readdress(c: &mut Conn, act: Act, kind: Kind, document: i64, slug: &str) -> Result<(), Refusal> {
    let before: String = documents::table.find(document).select(documents::slug).first(c)?;
    diesel::update(documents::table.find(document)).set((documents::slug.eq(slug), documents::first_slug.eq(slug))).execute(c)?;
    let subject = format!("{}/{before}", kind.name());
    act.record(c, "readdressed", subject, Map::from_iter([("to".to_owned(), json!(slug))])).map(drop)
}
