//! Who has a draft open. No history: a trace of the last minutes.

use chrono::Duration;
use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::presence;

/// Who has not been heard of for so long has gone.
pub const LASTING: Duration = Duration::seconds(150);

/// Somebody has it open. Nothing is written twice within so short a time as nobody would notice.
pub fn note(c: &mut Conn, edition: i64, person: i64, now: Moment) -> Result<(), Refusal> {
    diesel::delete(presence::table.filter(presence::seen_at.lt(now - LASTING))).execute(c)?;
    let row = presence::table.find((edition, person));
    if diesel::update(row).set(presence::seen_at.eq(now)).execute(c)? == 0 {
        diesel::insert_into(presence::table)
            .values((presence::edition_id.eq(edition), presence::person_id.eq(person), presence::seen_at.eq(now)))
            .execute(c)?;
    }
    Ok(())
}

/// Whether it need not be noted again yet.
pub fn is_fresh(c: &mut Conn, edition: i64, person: i64, now: Moment) -> Result<bool, Refusal> {
    let seen: Option<Moment> = presence::table.find((edition, person)).select(presence::seen_at).first(c).optional()?;
    Ok(seen.is_some_and(|at| now - at < LASTING / 5))
}

/// The others who have it open, and when each was last heard of, latest first.
pub fn others(c: &mut Conn, edition: i64, person: i64, now: Moment) -> Result<Vec<(i64, Moment)>, Refusal> {
    Ok(presence::table
        .filter(presence::edition_id.eq(edition).and(presence::person_id.ne(person)).and(presence::seen_at.ge(now - LASTING)))
        .order(presence::seen_at.desc())
        .select((presence::person_id, presence::seen_at))
        .limit(20)
        .load(c)?)
}

/// He has closed it, or saved.
pub fn leave(c: &mut Conn, edition: i64, person: i64) -> Result<(), Refusal> {
    diesel::delete(presence::table.find((edition, person))).execute(c)?;
    Ok(())
}

pub(super) fn forget(c: &mut Conn, edition: i64) -> Result<(), Refusal> {
    diesel::delete(presence::table.filter(presence::edition_id.eq(edition))).execute(c)?;
    Ok(())
}
