//! What the desk asks for: what somebody works at, what waits for him, what hangs on one person's word, what begins and
//! ends. Whoever asks gives the units he may see ([`Reach`]); nothing of others' is told.

use std::collections::{BTreeMap, HashMap, HashSet};

use diesel::prelude::*;

use super::state::State;
use super::step::{self, Step};
use super::{Edition, Kind, UNCONFIRMED};
use crate::kit::clock::Moment;
use crate::kit::compare::{self, Mark};
use crate::kit::refusal::Refusal;
use crate::person::access::Reach;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions, steps};

/// Of one list. Nobody works through more at a time.
pub const MOST: i64 = 100;
/// Nobody counts further.
const MOST_WAITING: i64 = 1_000;
/// Of somebody's last steps, looked through for what he had a hand in.
const LAST_STEPS: i64 = 500;
/// Words of either text beyond which a list does not compare: many are compared for one page.
const MOST_WORDS: usize = 4_000;
const OPEN: [&str; 3] = ["draft", "submitted", "approved"];

pub(super) type Backend = <Conn as diesel::Connection>::Backend;
pub(super) type Asked<'q> = editions::BoxedQuery<'q, Backend>;

/// An edition as a list tells of it.
#[derive(Clone, Debug)]
pub struct Row {
    pub edition: Edition,
    pub kind: Kind,
    pub slug: String,
    pub title: String,
}

/// In the order of these ids.
pub fn rows(c: &mut Conn, ids: &[i64]) -> Result<Vec<Row>, Refusal> {
    let found: Vec<(Edition, String, String, String)> = editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(ids))
        .select((Edition::as_select(), documents::kind, documents::slug, revisions::title))
        .load(c)?;
    let mut found: HashMap<i64, Row> = found
        .into_iter()
        .filter_map(|(edition, kind, slug, title)| Some((edition.id, Row { kind: Kind::named(&kind)?, edition, slug, title })))
        .collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// Editions in these units, and in no other.
pub(super) fn within<'q>(query: Asked<'q>, reach: &Reach) -> Asked<'q> {
    match reach {
        Reach::Everywhere => query,
        Reach::Units(ids) => query.filter(editions::unit_id.eq_any(ids.iter().copied().collect::<Vec<_>>())),
    }
}

/// An edition and the step on it that matters here: who did it, when, and the reason he gave.
#[derive(Clone, Debug)]
pub struct Stepped {
    pub row: Row,
    pub last: Option<Step>,
}

/// What he began or had a hand in and the public does not see yet, as far as he may still look at it; the last touched
/// first.
pub fn mine(c: &mut Conn, reach: &Reach, login: &str) -> Result<Vec<Stepped>, Refusal> {
    let began = editions::table.filter(editions::drafted_by.eq(login).and(editions::state.eq_any(OPEN))).into_boxed();
    let began: Vec<i64> = within(began, reach).order(editions::id.desc()).limit(MOST).select(editions::id).load(c)?;
    let touched: Vec<i64> = steps::table
        .filter(steps::actor.eq(login).and(steps::name.eq_any(["drafted", "revised", "attached", "submitted"])))
        .order(steps::id.desc())
        .limit(LAST_STEPS)
        .select(steps::edition_id)
        .load(c)?;
    let open = editions::table.filter(editions::id.eq_any(touched).and(editions::state.eq_any(OPEN))).into_boxed();
    let mut ids: Vec<i64> = within(open, reach).limit(MOST).select(editions::id).load(c)?;
    ids.extend(began);
    ids.sort_unstable();
    ids.dedup();
    let mut last: HashMap<i64, Step> = step::of(c, &ids)?.into_iter().map(|step| (step.edition_id, step)).collect();
    let rows = rows(c, &ids)?;
    let mut mine: Vec<Stepped> = rows.into_iter().map(|row| Stepped { last: last.remove(&row.edition.id), row }).collect();
    mine.sort_by_key(|one| std::cmp::Reverse((one.last.as_ref().map(|step| step.id), one.row.edition.id)));
    Ok(mine)
}

/// His texts that the public has been given and he may still look at, the newest first.
pub fn mine_published(c: &mut Conn, reach: &Reach, login: &str, limit: i64) -> Result<Vec<Row>, Refusal> {
    let published = [State::Published.name(), State::Superseded.name(), State::Withdrawn.name()];
    let query = editions::table.filter(editions::drafted_by.eq(login).and(editions::state.eq_any(published))).into_boxed();
    let ids: Vec<i64> =
        within(query, reach).order((editions::starts_at.desc(), editions::id.desc())).limit(limit).select(editions::id).load(c)?;
    rows(c, &ids)
}

/// What an edition says otherwise than the last one that the public saw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changes {
    /// There was none before.
    First,
    /// The same words; it may be filed otherwise.
    Nothing,
    /// In words.
    Words {
        gone: usize,
        new: usize,
    },
    TooLong,
}

/// Something that waits for an approval, or for its publication.
#[derive(Clone, Debug)]
pub struct Waiting {
    pub row: Row,
    pub since: Moment,
    /// Who submitted it, or approved it.
    pub by: String,
    pub changes: Changes,
    /// He had a hand in it himself. What he would have to approve is not told of.
    pub is_own: bool,
}

/// What waits where he may review, or publish, but for what somebody else has to approve; the longest wait first.
/// `skip`: those before.
pub fn queue(c: &mut Conn, review: &Reach, publish: &Reach, login: &str, skip: i64, limit: i64) -> Result<Vec<Waiting>, Refusal> {
    let mut ids = waiting(c, review, publish, login)?;
    let steps = step::last_named(c, &ids, &["submitted", "approved"])?;
    ids.sort_by_key(|id| (steps.get(id).map(|step| step.id), *id));
    let ids: Vec<i64> = ids.into_iter().skip(skip.max(0) as usize).take(limit.clamp(0, MOST) as usize).collect();
    let rows = rows(c, &ids)?;
    let editions: Vec<&Edition> = rows.iter().map(|row| &row.edition).collect();
    let hands = step::writers(c, &editions)?;
    let changes = changes(c, &editions)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let id = row.edition.id;
            let step = steps.get(&id);
            Waiting {
                since: step.map_or(row.edition.starts_at, |step| step.at),
                by: step.map(|step| step.actor.clone()).unwrap_or_default(),
                changes: changes.get(&id).copied().unwrap_or(Changes::First),
                is_own: hands.get(&id).is_some_and(|hands| hands.contains(login)),
                row,
            }
        })
        .collect())
}

/// How many wait for him, as far as anybody counts.
pub fn queue_count(c: &mut Conn, review: &Reach, publish: &Reach, login: &str) -> Result<usize, Refusal> {
    Ok(waiting(c, review, publish, login)?.len())
}

/// Asked for on every page of the desk: whose hands are in a text is looked up only where his may be.
fn waiting(c: &mut Conn, review: &Reach, publish: &Reach, login: &str) -> Result<Vec<i64>, Refusal> {
    let mut ids: Vec<i64> = Vec::new();
    if !review.is_nowhere() {
        let submitted = editions::table.filter(editions::state.eq(State::Submitted.name()).and(editions::drafted_by.ne(login)));
        let submitted = within(submitted.into_boxed(), review).order(editions::id.asc()).limit(MOST_WAITING);
        let found: Vec<(i64, i64)> = submitted.select((editions::id, editions::document_id)).load(c)?;
        let documents: Vec<i64> = found.iter().map(|(_, document)| *document).collect();
        let touched: HashSet<i64> = steps::table
            .inner_join(editions::table)
            .filter(steps::actor.eq(login).and(editions::document_id.eq_any(&documents)))
            .select(editions::document_id)
            .distinct()
            .load::<i64>(c)?
            .into_iter()
            .collect();
        let doubtful: Vec<i64> = found.iter().filter(|(_, document)| touched.contains(document)).map(|(id, _)| *id).collect();
        let own = own(c, &doubtful, login)?;
        ids.extend(found.into_iter().map(|(id, _)| id).filter(|id| !own.contains(id)));
    }
    if !publish.is_nowhere() {
        let approved = within(editions::table.filter(editions::state.eq(State::Approved.name())).into_boxed(), publish);
        ids.extend(approved.order(editions::id.asc()).limit(MOST_WAITING).select(editions::id).load::<i64>(c)?);
    }
    Ok(ids)
}

/// Which of these he had a hand in.
fn own(c: &mut Conn, ids: &[i64], login: &str) -> Result<HashSet<i64>, Refusal> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let editions: Vec<Edition> = editions::table.filter(editions::id.eq_any(ids)).select(Edition::as_select()).load(c)?;
    let hands = step::writers(c, &editions.iter().collect::<Vec<_>>())?;
    Ok(hands.into_iter().filter(|(_, hands)| hands.contains(login)).map(|(id, _)| id).collect())
}

/// What each of these changes for the public.
pub fn changes(c: &mut Conn, of: &[&Edition]) -> Result<HashMap<i64, Changes>, Refusal> {
    let ids: Vec<i64> = of.iter().map(|edition| edition.document_id).collect();
    let seen: Vec<Edition> = editions::table
        .filter(editions::document_id.eq_any(ids).and(editions::shown_from.lt(editions::shown_until)))
        .order(editions::number.asc())
        .select(Edition::as_select())
        .load(c)?;
    let before = |edition: &Edition| {
        seen.iter()
            .rev()
            .find(|other| other.document_id == edition.document_id && other.number < edition.number)
            .map(|other| other.revision_id)
    };
    let wanted: Vec<i64> = of.iter().flat_map(|edition| [Some(edition.revision_id), before(edition)]).flatten().collect();
    let words: HashMap<i64, (String, Vec<String>)> = revisions::table
        .filter(revisions::id.eq_any(wanted))
        .select((revisions::id, revisions::source, revisions::title, revisions::lead, revisions::body))
        .load::<(i64, String, String, String, String)>(c)?
        .into_iter()
        .map(|(id, source, title, lead, body)| {
            let body = body.lines().map(str::to_owned);
            (id, (source, [title, lead].into_iter().chain(body).collect()))
        })
        .collect();
    let one = |edition: &Edition| {
        let Some(before) = before(edition) else { return Changes::First };
        let (Some(old), Some(new)) = (words.get(&before), words.get(&edition.revision_id)) else { return Changes::First };
        if old.1 == new.1 {
            return Changes::Nothing;
        }
        let is_long = |lines: &[String]| lines.iter().flat_map(|line| line.split_whitespace()).nth(MOST_WORDS).is_some();
        let compared = if is_long(&old.1) || is_long(&new.1) { None } else { compare::paragraphs(&old.1, &new.1) };
        let Some(changed) = compared else { return Changes::TooLong };
        let count = |mark: Mark| {
            let runs = changed.iter().flatten().filter(|run| run.mark == mark);
            runs.map(|run| run.text.split_whitespace().count()).sum()
        };
        match (count(Mark::Gone), count(Mark::New)) {
            (0, 0) => Changes::Nothing,
            (gone, new) => Changes::Words { gone, new },
        }
    };
    Ok(of.iter().map(|edition| (edition.id, one(edition))).collect())
}

/// What was published on one person's word, has no hand of his in it, and no second person has looked at since, with the
/// step that published it: the oldest first. What the same person took back is among it.
pub fn unconfirmed(c: &mut Conn, reach: &Reach, login: &str) -> Result<Vec<Stepped>, Refusal> {
    if reach.is_nowhere() {
        return Ok(Vec::new());
    }
    let standing = [State::Published.name(), State::Superseded.name()];
    let query = editions::table.filter(editions::urgent.eq(UNCONFIRMED).and(editions::state.eq_any(standing))).into_boxed();
    let mut ids: Vec<i64> = within(query, reach).order(editions::id.asc()).limit(MOST_WAITING).select(editions::id).load(c)?;
    // Asked for in the database, so that what second persons took back never fills the list.
    let ending = diesel::alias!(steps as ending);
    let ended = editions::urgent.eq(UNCONFIRMED).and(editions::state.eq(State::Withdrawn.name()));
    let by_publisher = steps::table
        .inner_join(ending.on(ending.field(steps::edition_id).eq(steps::edition_id).and(ending.field(steps::actor).eq(steps::actor))))
        .filter(steps::edition_id.eq(editions::id).and(steps::name.eq("published")))
        .filter(ending.field(steps::name).eq_any(["withdrawn", "undone"]));
    let taken_back = editions::table.filter(ended.and(diesel::dsl::exists(by_publisher))).into_boxed();
    let taken_back: Vec<i64> = within(taken_back, reach).order(editions::id.asc()).limit(MOST_WAITING).select(editions::id).load(c)?;
    ids.extend(step::ended_by_publisher(c, &taken_back)?);
    ids.sort_unstable();
    let mut published = step::last_named(c, &ids, &["published"])?;
    let own = own(c, &ids, login)?;
    ids.retain(|id| !own.contains(id) && published.get(id).is_none_or(|step| step.actor != login));
    ids.truncate(MOST as usize);
    Ok(rows(c, &ids)?.into_iter().map(|row| Stepped { last: published.remove(&row.edition.id), row }).collect())
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It begins to show.
    Starts,
    /// It is to begin then, once somebody has published it.
    Planned,
    /// Its time is over.
    Ends,
}

#[derive(Clone, Debug)]
pub struct Turning {
    pub at: Moment,
    pub turn: Turn,
    pub row: Row,
}

/// What begins and ends from one instant to before another, in order; and whether there is more than is told.
pub fn calendar(c: &mut Conn, reach: &Reach, from: Moment, to: Moment) -> Result<(Vec<Turning>, bool), Refusal> {
    let most = MOST * 5;
    let asked = || within(editions::table.into_boxed::<Backend>(), reach).limit(most + 1);
    let starts: Vec<(i64, Moment)> = asked()
        .filter(editions::shown_from.ge(from).and(editions::shown_from.lt(to)).and(editions::shown_from.lt(editions::shown_until)))
        .order(editions::shown_from.asc())
        .select((editions::id, editions::shown_from))
        .load(c)?;
    let ends: Vec<(i64, Moment)> = asked()
        .filter(editions::shown_until.ge(from).and(editions::shown_until.lt(to)).and(editions::shown_from.lt(editions::shown_until)))
        .filter(editions::ends_at.eq(editions::shown_until.nullable()))
        .order(editions::shown_until.asc())
        .select((editions::id, editions::shown_until))
        .load(c)?;
    let planned: Vec<(i64, Moment)> = asked()
        .filter(editions::state.eq_any(OPEN).and(editions::starts_at.ge(from)).and(editions::starts_at.lt(to)))
        .order(editions::starts_at.asc())
        .select((editions::id, editions::starts_at))
        .load(c)?;
    let turns = [(Turn::Starts, starts), (Turn::Ends, ends), (Turn::Planned, planned)];
    let mut turns: Vec<(Moment, Turn, i64)> =
        turns.into_iter().flat_map(|(turn, rows)| rows.into_iter().map(move |(id, at)| (at, turn, id))).collect();
    turns.sort_unstable();
    let is_more = turns.len() as i64 > most;
    turns.truncate(most as usize);
    let ids: Vec<i64> = turns.iter().map(|(_, _, id)| *id).collect();
    let rows: BTreeMap<i64, Row> = rows(c, &ids)?.into_iter().map(|row| (row.edition.id, row)).collect();
    Ok((turns.into_iter().filter_map(|(at, turn, id)| Some(Turning { at, turn, row: rows.get(&id)?.clone() })).collect(), is_more))
}
