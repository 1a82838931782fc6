//! What the desk asks for: what somebody works at, what waits for him, what hangs on one person's word, what begins and
//! ends. Whoever asks gives the units he may see ([`Reach`]); nothing of others' is told.

use std::collections::{BTreeMap, HashMap};

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
/// Of somebody's last steps, looked through for what he had a hand in.
const LAST_STEPS: i64 = 500;
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

/// What he began or had a hand in and the public does not see yet, the last touched first.
pub fn mine(c: &mut Conn, login: &str) -> Result<Vec<Stepped>, Refusal> {
    let began: Vec<i64> = editions::table
        .filter(editions::drafted_by.eq(login).and(editions::state.eq_any(OPEN)))
        .order(editions::id.desc())
        .limit(MOST)
        .select(editions::id)
        .load(c)?;
    let touched: Vec<i64> = steps::table
        .filter(steps::actor.eq(login).and(steps::name.eq_any(["drafted", "revised", "submitted"])))
        .order(steps::id.desc())
        .limit(LAST_STEPS)
        .select(steps::edition_id)
        .load(c)?;
    let open = editions::table.filter(editions::id.eq_any(touched).and(editions::state.eq_any(OPEN)));
    let mut ids: Vec<i64> = open.limit(MOST).select(editions::id).load(c)?;
    ids.extend(began);
    ids.sort_unstable();
    ids.dedup();
    let mut last: HashMap<i64, Step> = step::of(c, &ids)?.into_iter().map(|step| (step.edition_id, step)).collect();
    let rows = rows(c, &ids)?;
    let mut mine: Vec<Stepped> = rows.into_iter().map(|row| Stepped { last: last.remove(&row.edition.id), row }).collect();
    mine.sort_by_key(|one| std::cmp::Reverse((one.last.as_ref().map(|step| step.id), one.row.edition.id)));
    Ok(mine)
}

/// His texts that the public has been given, the newest first.
pub fn mine_published(c: &mut Conn, login: &str, limit: i64) -> Result<Vec<Row>, Refusal> {
    let published = [State::Published.name(), State::Superseded.name(), State::Withdrawn.name()];
    let ids: Vec<i64> = editions::table
        .filter(editions::drafted_by.eq(login).and(editions::state.eq_any(published)))
        .order((editions::starts_at.desc(), editions::id.desc()))
        .limit(limit)
        .select(editions::id)
        .load(c)?;
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
    /// He had a hand in it himself: somebody else has to approve it.
    pub is_own: bool,
}

/// What waits where he may review, or publish; the longest wait first. `skip`: those before.
pub fn queue(c: &mut Conn, review: &Reach, publish: &Reach, login: &str, skip: i64, limit: i64) -> Result<Vec<Waiting>, Refusal> {
    let mut ids: Vec<i64> = Vec::new();
    for (reach, state) in [(review, State::Submitted), (publish, State::Approved)] {
        if !reach.is_nowhere() {
            let waiting = within(editions::table.filter(editions::state.eq(state.name())).into_boxed(), reach);
            ids.extend(waiting.order(editions::id.asc()).limit(1_000).select(editions::id).load::<i64>(c)?);
        }
    }
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
pub fn queue_count(c: &mut Conn, review: &Reach, publish: &Reach) -> Result<usize, Refusal> {
    let mut count = 0;
    for (reach, state) in [(review, State::Submitted), (publish, State::Approved)] {
        if !reach.is_nowhere() {
            let waiting = within(editions::table.filter(editions::state.eq(state.name())).into_boxed(), reach);
            count += waiting.limit(1_000).select(editions::id).load::<i64>(c)?.len();
        }
    }
    Ok(count)
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
        let Some(changed) = (if old.1 == new.1 { Some(Vec::new()) } else { compare::paragraphs(&old.1, &new.1) }) else {
            return Changes::TooLong;
        };
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

/// What was published on one person's word and nobody has looked at since, with the step that published it: the
/// oldest first.
pub fn unconfirmed(c: &mut Conn, reach: &Reach) -> Result<Vec<Stepped>, Refusal> {
    let standing = [State::Published.name(), State::Superseded.name()];
    let query = editions::table.filter(editions::urgent.eq(UNCONFIRMED).and(editions::state.eq_any(standing))).into_boxed();
    let ids: Vec<i64> = within(query, reach).order(editions::id.asc()).limit(MOST).select(editions::id).load(c)?;
    let mut published = step::last_named(c, &ids, &["published"])?;
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
