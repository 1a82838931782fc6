//! What a site map needs to know: which months and units have something to show, when it last changed, and one
//! month's addresses at a time.

use diesel::prelude::*;

use super::find::Filter;
use super::terms::visible_at;
use super::{Kind, change};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};

/// Editions looked through for the newest.
const LAST: i64 = 100;

/// How many texts a month has to show, and when it last changed. What ended changed its month too, and so did a text
/// that came in under an older date.
pub fn part(c: &mut Snapshot, kind: Kind, month: i32, now: Moment) -> Result<(i64, Moment), Refusal> {
    c.look(change::words(kind, &Filter::Month(month)));
    let here = || editions::table.filter(editions::kind.eq(kind.name()).and(editions::month.eq(month)));
    let (texts, began, newest): (i64, Option<Moment>, Option<i64>) = here()
        .filter(visible_at(now))
        .select((diesel::dsl::count_star(), diesel::dsl::max(editions::shown_from), diesel::dsl::max(editions::id)))
        .first(&mut **c)?;
    let ended: Option<Moment> = here()
        .filter(editions::shown_until.le(now).and(editions::shown_from.lt(editions::shown_until)))
        .select(diesel::dsl::max(editions::shown_until))
        .first(&mut **c)?;
    Ok((texts, began.max(ended).max(came_in(c, newest)?).unwrap_or(now)))
}

fn came_in(c: &mut Snapshot, edition: Option<i64>) -> Result<Option<Moment>, Refusal> {
    let Some(edition) = edition else { return Ok(None) };
    let words = editions::table.inner_join(revisions::table).filter(editions::id.eq(edition));
    Ok(words.select(revisions::made_at).first(&mut **c).optional()?)
}

#[derive(Clone, Debug, Queryable)]
pub struct Address {
    pub slug: String,
    /// Since when this edition shows.
    pub starts_at: Moment,
    /// When its words came in, which is later for a text under an older date.
    pub made_at: Moment,
    /// JSON: the files it shows.
    pub files: String,
}

/// A month's texts, oldest first, so that a new one leaves the parts before its own as they are. The ids come from an
/// index; only the rows that are named are read.
pub fn addresses(c: &mut Snapshot, kind: Kind, month: i32, now: Moment, offset: i64, limit: i64) -> Result<Vec<Address>, Refusal> {
    c.look(change::words(kind, &Filter::Month(month)));
    let ids: Vec<i64> = editions::table
        .filter(editions::kind.eq(kind.name()).and(editions::month.eq(month)))
        .filter(visible_at(now))
        .order((editions::dated_at.asc(), editions::document_id.asc()))
        .offset(offset)
        .limit(limit)
        .select(editions::id)
        .load(&mut **c)?;
    Ok(editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(ids))
        .order((editions::dated_at.asc(), editions::document_id.asc()))
        .select((documents::slug, editions::starts_at, revisions::made_at, revisions::files))
        .load(&mut **c)?)
}

/// The units that have a text of their own to show: one step of the index each, however many texts they have.
pub fn units(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Vec<i64>, Refusal> {
    c.look(change::list(kind, &Filter::All));
    let mut units = Vec::new();
    loop {
        let next: Option<Option<i64>> = editions::table
            .filter(editions::kind.eq(kind.name()).and(editions::unit_id.gt(units.last().copied().unwrap_or(0))))
            .filter(visible_at(now))
            .order(editions::unit_id.asc())
            .select(editions::unit_id)
            .first(&mut **c)
            .optional()?;
        match next.flatten() {
            Some(unit) => units.push(unit),
            None => return Ok(units),
        }
    }
}

/// When the public last saw anything of a kind come in, begin or end: the last step of an index each.
pub fn changed_at(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Option<Moment>, Refusal> {
    c.look(change::words(kind, &Filter::All));
    let seen = || editions::table.filter(editions::kind.eq(kind.name()).and(editions::shown_from.lt(editions::shown_until)));
    let began: Option<Moment> = seen()
        .filter(editions::shown_from.le(now))
        .order(editions::shown_from.desc())
        .select(editions::shown_from)
        .first(&mut **c)
        .optional()?;
    let ended: Option<Moment> = seen()
        .filter(editions::shown_until.le(now))
        .order(editions::shown_until.desc())
        .select(editions::shown_until)
        .first(&mut **c)
        .optional()?;
    // Asked for the newest that shows, a database reads them all; among so many last ones it is there or began since.
    let last: Vec<(i64, String, Moment, Moment)> = editions::table
        .order(editions::id.desc())
        .limit(LAST)
        .select((editions::id, editions::kind, editions::shown_from, editions::shown_until))
        .load(&mut **c)?;
    let newest = last.into_iter().find(|(_, of, from, until)| of == kind.name() && *from <= now && now < *until);
    Ok(began.max(ended).max(came_in(c, newest.map(|(id, ..)| id))?))
}
