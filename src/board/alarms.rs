//! What is not well at boards, from when to when: raised and cleared by whoever watches them, so that people are told, and kept, so
//! that a board has a history. A day's worth of it is no act of anybody, and stands in no log.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::prelude::*;

use super::health::Health;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::person::Actor;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::store::schema::places;
use crate::store::schema_out::{board_alarms, boards};

/// An urgent posting that is not on the screen within its limit.
pub const URGENT: Health = Health::LacksUrgent;
/// What is over is forgotten after so long.
const KEPT: Duration = Duration::days(400);
const CHUNK: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = board_alarms)]
pub struct Alarm {
    pub id: i64,
    pub board_id: i64,
    /// A state of [`Health`].
    pub what: String,
    /// Of one that lacks something urgent: the posting.
    pub document_id: Option<i64>,
    /// Of an ill one: what went wrong, in a word.
    pub fault: String,
    pub raised_at: Moment,
    pub cleared_at: Option<Moment>,
}

impl Alarm {
    /// People are told of it.
    pub fn is_told(&self) -> bool {
        self.what != Health::OtherVersion.name()
    }
}

/// What is not well at a board now.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wrong {
    pub what: &'static str,
    pub document: Option<i64>,
    pub fault: String,
    pub since: Moment,
}

/// By board.
pub fn open(c: &mut Conn, boards: &[i64]) -> Result<BTreeMap<i64, Vec<Alarm>>, Refusal> {
    let mut found: BTreeMap<i64, Vec<Alarm>> = BTreeMap::new();
    for boards in boards.chunks(CHUNK) {
        let of = board_alarms::table.filter(board_alarms::board_id.eq_any(boards).and(board_alarms::cleared_at.is_null()));
        let all: Vec<Alarm> = of.order(board_alarms::id.asc()).select(Alarm::as_select()).load(c)?;
        all.into_iter().for_each(|alarm| found.entry(alarm.board_id).or_default().push(alarm));
    }
    Ok(found)
}

/// Of every board.
pub fn all_open(c: &mut Conn) -> Result<Vec<Alarm>, Refusal> {
    let of = board_alarms::table.filter(board_alarms::cleared_at.is_null());
    Ok(of.order(board_alarms::id.asc()).select(Alarm::as_select()).load(c)?)
}

/// Of which people are told, where somebody may look after them: each with the unit in which its board stands.
pub fn told_within(c: &mut Conn, actor: &Actor, verb: Verb) -> Result<Vec<(i64, Alarm)>, Refusal> {
    let of = board_alarms::table
        .inner_join(boards::table.on(boards::id.eq(board_alarms::board_id)))
        .inner_join(places::table.on(boards::place_id.eq(places::id.nullable())))
        .filter(board_alarms::cleared_at.is_null());
    let mut all: Vec<(i64, Alarm)> = of.order(board_alarms::id.asc()).select((places::unit_id, Alarm::as_select())).load(c)?;
    all.retain(|(_, alarm)| alarm.is_told());
    // On most days there is nothing to tell, and nobody's reach is asked for.
    if !all.is_empty() {
        let reach = actor.reach(c, verb)?;
        all.retain(|(unit, _)| reach.covers(Some(*unit)));
    }
    Ok(all)
}

/// Newest first, so many before an id.
pub fn of_board(c: &mut Conn, board: i64, before: Option<i64>, most: i64) -> Result<Vec<Alarm>, Refusal> {
    let of = board_alarms::table.filter(board_alarms::board_id.eq(board).and(board_alarms::id.lt(before.unwrap_or(i64::MAX))));
    Ok(of.order(board_alarms::id.desc()).limit(most).select(Alarm::as_select()).load(c)?)
}

/// All that reach into the time since an instant.
pub fn since(c: &mut Conn, board: i64, from: Moment) -> Result<Vec<Alarm>, Refusal> {
    let of = board_alarms::table.filter(board_alarms::board_id.eq(board));
    let of = of.filter(board_alarms::cleared_at.is_null().or(board_alarms::cleared_at.gt(from)));
    Ok(of.order(board_alarms::id.asc()).select(Alarm::as_select()).load(c)?)
}

fn is_of(alarm: &Alarm, wrong: &Wrong) -> bool {
    (alarm.what.as_str(), alarm.document_id, &alarm.fault) == (wrong.what, wrong.document, &wrong.fault)
}

/// Whether anything would be raised or cleared.
pub fn is_news(open: &[Alarm], wrong: &[Wrong]) -> bool {
    open.len() != wrong.len() || !wrong.iter().all(|wrong| open.iter().any(|alarm| is_of(alarm, wrong)))
}

/// What is not well at a board is this and nothing else. Gives what was raised and what was cleared.
pub fn settle(c: &mut Conn, now: Moment, board: i64, wrong: &[Wrong]) -> Result<Vec<Alarm>, Refusal> {
    let known = open(c, &[board])?.remove(&board).unwrap_or_default();
    let mut changed = Vec::new();
    for alarm in known.iter().filter(|alarm| !wrong.iter().any(|wrong| is_of(alarm, wrong))) {
        diesel::update(board_alarms::table.find(alarm.id)).set(board_alarms::cleared_at.eq(now)).execute(c)?;
        changed.push(Alarm { cleared_at: Some(now), ..alarm.clone() });
    }
    for wrong in wrong.iter().filter(|wrong| !known.iter().any(|alarm| is_of(alarm, wrong))) {
        let id: i64 = diesel::insert_into(board_alarms::table)
            .values((
                board_alarms::board_id.eq(board),
                board_alarms::what.eq(wrong.what),
                board_alarms::document_id.eq(wrong.document),
                board_alarms::fault.eq(&wrong.fault),
                board_alarms::raised_at.eq(wrong.since.min(now)),
            ))
            .returning(board_alarms::id)
            .get_result(c)?;
        changed.push(board_alarms::table.find(id).select(Alarm::as_select()).first(c)?);
    }
    Ok(changed)
}

pub fn forget(c: &mut Conn, now: Moment) -> Result<usize, Refusal> {
    Ok(diesel::delete(board_alarms::table.filter(board_alarms::cleared_at.lt(now - KEPT))).execute(c)?)
}
