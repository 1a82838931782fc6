//! Whom an act reaches, beside the log: a row for each circle of those who see it (a unit's own, all below a province, a
//! group, everybody), and never one for each of them. So what last touched a unit is the last row of the few circles in
//! which it stands. Which circles there are is for the nouns above to say. The table follows the log and can be made again.

use diesel::prelude::*;

use super::Conn;
use super::schema_out::reaches;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;

/// What rules the whole portal reaches everybody.
pub const ALL: &str = "all";

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = reaches)]
pub struct Reach {
    pub scope: String,
    pub position: i64,
    pub at: Moment,
    pub act: String,
    pub document_id: Option<i64>,
    /// Of the edition.
    pub number: Option<i32>,
    /// From when anybody may know of it.
    pub counts_from: Moment,
    /// Nobody is told before it begins.
    pub held_back: bool,
}

pub fn add(c: &mut Conn, reach: &Reach) -> Result<(), Refusal> {
    diesel::insert_into(reaches::table).values(reach).execute(c)?;
    Ok(())
}

/// The position of the last act in any of these circles of which somebody may know who knows, at an instant, what begins
/// before a horizon; 0 where there is none.
pub fn last(c: &mut Conn, scopes: &[String], now: Moment, horizon: Moment) -> Result<i64, Refusal> {
    let mut last = 0;
    for scope in scopes {
        let found: Option<i64> = reaches::table
            .filter(reaches::scope.eq(scope).and(reaches::counts_from.le(horizon)))
            .filter(reaches::held_back.eq(false).or(reaches::counts_from.le(now)))
            .order(reaches::position.desc())
            .select(reaches::position)
            .first(c)
            .optional()?;
        last = last.max(found.unwrap_or(0));
    }
    Ok(last)
}

/// The acts after a position that reach any of these circles, oldest first, each once; the first so many.
pub fn after(c: &mut Conn, scopes: &[String], position: i64, limit: usize) -> Result<Vec<Reach>, Refusal> {
    let mut all: Vec<Reach> = Vec::new();
    for scope in scopes {
        // A few steps of the index in each.
        let rows = reaches::table.filter(reaches::scope.eq(scope).and(reaches::position.gt(position)));
        all.extend(rows.order(reaches::position.asc()).limit(limit as i64).select(Reach::as_select()).load::<Reach>(c)?);
    }
    all.sort_by(|one, other| (one.position, &one.scope).cmp(&(other.position, &other.scope)));
    all.dedup_by_key(|reach| reach.position);
    all.truncate(limit);
    Ok(all)
}

/// The position of the last act up to an instant in any of these circles of which anybody may know now; 0 where there is none.
pub fn up_to(c: &mut Conn, scopes: &[String], at: Moment, now: Moment) -> Result<i64, Refusal> {
    let mut last = None;
    for scope in scopes {
        let rows = reaches::table.filter(reaches::scope.eq(scope).and(reaches::at.le(at)).and(reaches::counts_from.le(now)));
        let found: Option<(Moment, i64)> =
            rows.order((reaches::at.desc(), reaches::position.desc())).select((reaches::at, reaches::position)).first(c).optional()?;
        last = last.max(found);
    }
    Ok(last.map_or(0, |(_, position)| position))
}

/// All acts on these documents, oldest first, each once.
pub fn of_documents(c: &mut Conn, documents: &[i64]) -> Result<Vec<Reach>, Refusal> {
    let mut all: Vec<Reach> = Vec::new();
    for documents in documents.chunks(400) {
        let query = reaches::table.filter(reaches::document_id.eq_any(documents));
        all.extend(query.select(Reach::as_select()).load::<Reach>(c)?);
    }
    all.sort_by_key(|reach| reach.position);
    all.dedup_by_key(|reach| reach.position);
    Ok(all)
}

/// The last position that stands here.
pub fn position(c: &mut Conn) -> Result<i64, Refusal> {
    Ok(reaches::table.select(diesel::dsl::max(reaches::position)).first::<Option<i64>>(c)?.unwrap_or(0))
}

/// Begins anew.
pub fn forget(c: &mut Conn) -> Result<(), Refusal> {
    diesel::delete(reaches::table).execute(c)?;
    Ok(())
}
