//! Floor 3: the road from draft to page, as persons walk it. Each verb asks whether he may, does one act of
//! `edition::verbs`, and leaves a step: who, when, why. Nobody approves what he had a hand in.

pub mod bulk;
pub mod held;
pub mod past;
pub mod presence;
pub mod publish;
pub mod ready;
pub mod review;
pub mod share;
pub mod trash;
pub mod undo;
pub mod withdraw;
pub mod write;

use diesel::prelude::*;

use crate::edition::entry::wrong_state;
use crate::edition::state::State;
use crate::edition::written::issue;
use crate::edition::{Edition, Kind, Revision, UNCONFIRMED};
use crate::kit::clock::Moment;
use crate::kit::fold::{nfc, plain};
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions};

/// In characters.
const REASON: std::ops::RangeInclusive<usize> = 5..=2_000;

/// An edition with its words and its address.
#[derive(Clone, Debug)]
pub struct Text {
    pub edition: Edition,
    pub revision: Revision,
    pub kind: Kind,
    pub slug: String,
}

impl Text {
    /// What a page shows of it, to be given back with the act that follows: so nobody acts on what he has not seen.
    pub fn seal(&self) -> String {
        self.edition.seal(&self.revision.digest)
    }

    fn is_seen(&self, seal: &str) -> Result<(), Refusal> {
        if self.seal() == seal { Ok(()) } else { Err(Refusal::Stale) }
    }

    fn is_in(&self, states: &[State]) -> Result<(), Refusal> {
        if states.contains(&self.edition.state()) { Ok(()) } else { Err(wrong_state(&self.edition)) }
    }

    /// A draft is mended by whoever began it, and by editors.
    fn mended_by(&self, act: Act) -> Verb {
        if self.edition.drafted_by == act.who.name() { Verb::Write } else { Verb::Edit }
    }

    pub fn must_mend(&self, c: &mut Conn, act: Act) -> Result<(), Refusal> {
        act.must(c, self.mended_by(act), self.edition.unit_id)
    }
}

/// For whoever may look at it.
pub fn text(c: &mut Conn, act: Act, edition: i64) -> Result<Text, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Look, text.edition.unit_id)?;
    Ok(text)
}

/// The edition of a document that is worked on: the one on its way, else the newest that was not thrown away, else the
/// newest. For whoever may look at it.
pub fn current(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions_of(c, document)?;
    let kept = || all.iter().rev().find(|edition| edition.state() != State::Discarded);
    let found = open_of(&all).or_else(kept).or(all.last()).ok_or(Refusal::Missing)?;
    text(c, act, found.id)
}

/// What stands before the public, whatever is written beside it: the edition that shows now; else the one that waits for
/// its hour or has outlived it. For whoever may look at it.
pub fn published(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions_of(c, document)?;
    let shows = all.iter().rev().find(|edition| edition.shown_from <= act.now && act.now < edition.shown_until);
    let found = shows.or_else(|| all.iter().rev().find(|edition| edition.state() == State::Published)).ok_or(Refusal::Missing)?;
    text(c, act, found.id)
}

/// What waits for its hour, beside or without something that shows. For whoever may look at it.
pub fn scheduled(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions_of(c, document)?;
    let waits = |edition: &&Edition| edition.state() == State::Published && edition.starts_at > act.now;
    text(c, act, all.iter().rev().find(waits).ok_or(Refusal::Missing)?.id)
}

/// What was published on one person's word, and nobody has confirmed, also where a correction has followed it. For
/// whoever may look at it.
pub fn unconfirmed(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions_of(c, document)?;
    let stands = |edition: &&Edition| edition.urgent == UNCONFIRMED && matches!(edition.state(), State::Published | State::Superseded);
    text(c, act, all.iter().rev().find(stands).ok_or(Refusal::Missing)?.id)
}

/// The newest in the trash. For whoever may look at it.
pub fn discarded(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions_of(c, document)?;
    text(c, act, all.iter().rev().find(|edition| edition.state() == State::Discarded).ok_or(Refusal::Missing)?.id)
}

/// Every edition of a document, in the order of their numbers. For whoever may look at the newest.
pub fn editions(c: &mut Conn, act: Act, document: i64) -> Result<Vec<Edition>, Refusal> {
    let all = editions_of(c, document)?;
    let newest = all.last().ok_or(Refusal::Missing)?;
    act.must(c, Verb::Look, newest.unit_id)?;
    Ok(all)
}

/// A revision of a document, and when it was made. For whoever may look at the document.
pub fn revision(c: &mut Conn, act: Act, document: i64, revision: i64) -> Result<(Revision, Moment), Refusal> {
    editions(c, act, document)?;
    let found = revisions::table.filter(revisions::id.eq(revision).and(revisions::document_id.eq(document)));
    Ok(found.select((Revision::as_select(), revisions::made_at)).first(c)?)
}

fn load(c: &mut Conn, edition: i64) -> Result<Text, Refusal> {
    let (edition, revision, kind, slug): (Edition, Revision, String, String) = editions::table
        .inner_join(revisions::table)
        .inner_join(documents::table)
        .filter(editions::id.eq(edition))
        .select((Edition::as_select(), Revision::as_select(), documents::kind, documents::slug))
        .first(c)?;
    Ok(Text { edition, revision, kind: Kind::named(&kind).ok_or(Refusal::Missing)?, slug })
}

/// Of a document, in the order of their numbers.
fn editions_of(c: &mut Conn, document: i64) -> Result<Vec<Edition>, Refusal> {
    Ok(editions::table.filter(editions::document_id.eq(document)).order(editions::number.asc()).select(Edition::as_select()).load(c)?)
}

/// The one that is still on its way.
fn open_of(all: &[Edition]) -> Option<&Edition> {
    all.iter().rev().find(|edition| edition.state().is_open())
}

fn open_already(open: &Edition) -> Refusal {
    Refusal::WrongState(phrase!("road-open-already", number = open.number))
}

/// The date that a new edition bears: the document's own once the public has seen it, else that of its start.
fn dated(all: &[Edition], starts_at: Moment, now: Moment) -> When {
    match all.iter().find(|edition| edition.has_begun(now)) {
        Some(first) => When { at: first.dated_at, day_only: first.day_only },
        None => When { at: starts_at, day_only: false },
    }
}

/// Errors: `Issues` at this field.
fn reason(field: &str, text: &str) -> Result<String, Refusal> {
    let text = nfc(plain(text).trim());
    let length = text.chars().count();
    if length < *REASON.start() {
        return Err(at(field, phrase!("road-reason-short")));
    }
    if length > *REASON.end() {
        return Err(at(field, phrase!("road-too-long", length = length, most = REASON.end())));
    }
    if text.contains('\0') {
        return Err(at(field, phrase!("road-null")));
    }
    Ok(text)
}

fn at(field: &str, phrase: Phrase) -> Refusal {
    Refusal::Issues(vec![issue(field, 0, phrase)])
}
