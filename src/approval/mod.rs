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
use crate::edition::written::{Case, issue};
use crate::edition::{Edition, Kind, Revision, UNCONFIRMED, find_history, step};
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

    /// To be asked about.
    pub fn case(&self) -> Case<'_> {
        Case { kind: self.kind, slug: &self.slug, edition: &self.edition, revision: &self.revision }
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

/// The edition of a document that is worked on: the one on its way, else the newest that was neither thrown away nor
/// taken back unseen, else the newest. Of those that he may look at: where a correction is filed in another unit, the
/// text is to its own what they have published.
pub fn current(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions(c, act, document)?;
    load(c, current_of(&all).ok_or(Refusal::Missing)?.id)
}

fn current_of(all: &[Edition]) -> Option<&Edition> {
    let kept = || all.iter().rev().find(|edition| edition.state() != State::Discarded);
    open_of(all).or_else(|| standing(all)).or_else(kept).or(all.last())
}

/// The newest that was published; one that was taken back unseen only where there is no other.
fn standing(all: &[Edition]) -> Option<&Edition> {
    let published = || all.iter().rev().filter(|edition| edition.state().was_published());
    published().find(|edition| !edition.is_void()).or_else(|| published().next())
}

/// What stands before the public, whatever is written beside it: the edition that shows now; else the one that waits for
/// its hour or has outlived it. Of the editions that he may look at.
pub fn published(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions(c, act, document)?;
    let shows = all.iter().rev().find(|edition| edition.shown_from <= act.now && act.now < edition.shown_until);
    let found = shows.or_else(|| all.iter().rev().find(|edition| edition.state() == State::Published)).ok_or(Refusal::Missing)?;
    load(c, found.id)
}

/// What waits for its hour, beside or without something that shows. Of the editions that he may look at.
pub fn scheduled(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions(c, act, document)?;
    let waits = |edition: &&Edition| edition.state() == State::Published && edition.starts_at > act.now;
    load(c, all.iter().rev().find(waits).ok_or(Refusal::Missing)?.id)
}

/// What was published on one person's word, and no second person has looked at, the newest first: also where a correction
/// has followed it, or the same person took it back. Of the editions that he may look at.
pub fn all_unconfirmed(c: &mut Conn, act: Act, document: i64) -> Result<Vec<Edition>, Refusal> {
    let mut all = editions(c, act, document)?;
    all.retain(|edition| edition.urgent == UNCONFIRMED);
    let ended: Vec<i64> = all.iter().filter(|edition| edition.state() == State::Withdrawn).map(|edition| edition.id).collect();
    let own = step::ended_by_publisher(c, &ended)?;
    all.retain(|edition| match edition.state() {
        State::Published | State::Superseded => true,
        State::Withdrawn => own.contains(&edition.id),
        _ => false,
    });
    all.reverse();
    Ok(all)
}

/// The newest of these.
pub fn unconfirmed(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = all_unconfirmed(c, act, document)?;
    load(c, all.first().ok_or(Refusal::Missing)?.id)
}

/// The newest in the trash, of the editions that he may look at.
pub fn discarded(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let all = editions(c, act, document)?;
    load(c, all.iter().rev().find(|edition| edition.state() == State::Discarded).ok_or(Refusal::Missing)?.id)
}

/// This edition of a document. For whoever may look at it.
pub fn numbered(c: &mut Conn, act: Act, document: i64, number: i64) -> Result<Text, Refusal> {
    let all = editions(c, act, document)?;
    load(c, all.iter().find(|edition| i64::from(edition.number) == number).ok_or(Refusal::Missing)?.id)
}

/// The editions of a document that he may look at, in the order of their numbers.
pub fn editions(c: &mut Conn, act: Act, document: i64) -> Result<Vec<Edition>, Refusal> {
    let reach = act.who.reach(c, Verb::Look)?;
    let mut all = find_history::editions(c, &reach, document)?;
    all.reverse();
    Ok(all)
}

/// A revision of the editions that he may look at, and when it was made.
pub fn revision(c: &mut Conn, act: Act, document: i64, revision: i64) -> Result<(Revision, Moment), Refusal> {
    let reach = act.who.reach(c, Verb::Look)?;
    let found = find_history::revision(c, &reach, document, revision)?;
    Ok((found, revisions::table.find(revision).select(revisions::made_at).first(c)?))
}

/// Whether an edition is on its way, here or in another unit.
pub fn is_worked_on(c: &mut Conn, document: i64) -> Result<bool, Refusal> {
    Ok(open_of(&editions_of(c, document)?).is_some())
}

/// What a correction begins from; where nothing was published, what is worked on. For whoever may look at it.
pub fn begins_from(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    match standing(&editions_of(c, document)?) {
        Some(found) => text(c, act, found.id),
        None => current(c, act, document),
    }
}

/// The last edition before this one that the public saw or will: what this one is compared with, wherever it is filed.
pub fn seen_before(c: &mut Conn, text: &Text) -> Result<Option<Edition>, Refusal> {
    let all = editions_of(c, text.edition.document_id)?;
    Ok(all.into_iter().rev().find(|other| other.number < text.edition.number && other.is_seen()))
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
