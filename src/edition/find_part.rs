//! What a site map needs to know: which months and units have something to show, when it last changed, and one
//! month's addresses at a time.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::find::Filter;
use super::terms::visible_at;
use super::{Kind, change};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// As 202611.
    pub month: i32,
    pub texts: i64,
    pub changed_at: Moment,
}

/// The months that have something to show, oldest first. What ended changed its month too.
pub fn parts(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Vec<Part>, Refusal> {
    c.look(change::words(kind, &Filter::All));
    let shown: Vec<(i32, i64, Option<Moment>, Option<i64>)> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .group_by(editions::month)
        .order(editions::month.asc())
        .select((editions::month, diesel::dsl::count_star(), diesel::dsl::max(editions::shown_from), diesel::dsl::max(editions::id)))
        .load(&mut **c)?;
    let over: Vec<(i32, Option<Moment>)> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(editions::shown_until.le(now).and(editions::shown_from.lt(editions::shown_until)))
        .group_by(editions::month)
        .select((editions::month, diesel::dsl::max(editions::shown_until)))
        .load(&mut **c)?;
    let over: BTreeMap<i32, Option<Moment>> = over.into_iter().collect();
    // A text that comes in under an older date changes its month when it comes in.
    let newest: Vec<i64> = shown.iter().filter_map(|(.., newest)| *newest).collect();
    let came: Vec<(i64, Moment)> = editions::table
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(newest))
        .select((editions::id, revisions::made_at))
        .load(&mut **c)?;
    let came: BTreeMap<i64, Moment> = came.into_iter().collect();
    let part = |(month, texts, began, newest): (i32, i64, Option<Moment>, Option<i64>)| {
        let ended = over.get(&month).copied().flatten();
        let came = newest.and_then(|id| came.get(&id).copied());
        Part { month, texts, changed_at: began.max(ended).max(came).unwrap_or(now) }
    };
    Ok(shown.into_iter().map(part).collect())
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

/// The units that have a text of their own to show.
pub fn units(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Vec<i64>, Refusal> {
    c.look(change::list(kind, &Filter::All));
    let rows: Vec<Option<i64>> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .group_by(editions::unit_id)
        .select(editions::unit_id)
        .load(&mut **c)?;
    Ok(rows.into_iter().flatten().collect())
}

/// When the public last saw anything of a kind come in, begin or end.
pub fn changed_at(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Option<Moment>, Refusal> {
    c.look(change::words(kind, &Filter::All));
    let began: Option<Moment> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(editions::shown_from.le(now).and(editions::shown_from.lt(editions::shown_until)))
        .select(diesel::dsl::max(editions::shown_from))
        .first(&mut **c)?;
    let ended: Option<Moment> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(editions::shown_until.le(now).and(editions::shown_from.lt(editions::shown_until)))
        .select(diesel::dsl::max(editions::shown_until))
        .first(&mut **c)?;
    let newest: Option<i64> = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .select(diesel::dsl::max(editions::id))
        .first(&mut **c)?;
    let came: Option<Moment> = editions::table
        .inner_join(revisions::table)
        .filter(editions::id.nullable().eq(newest))
        .select(revisions::made_at)
        .first(&mut **c)
        .optional()?;
    Ok(began.max(ended).max(came))
}
