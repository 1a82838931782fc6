//! What the public has seen and no longer can: the tombstones that feeds owe their readers. Nothing here reads the
//! words of a text; it tells that there was one, until when, and the reason that was given.

use std::collections::HashMap;

use chrono::Duration;
use diesel::prelude::*;

use super::find::Filter;
use super::{Kind, change};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};

/// A reader that has not asked for so long holds the text no more, or never will ask again.
const REMEMBERED: Duration = Duration::days(90);

/// Ended editions looked through, before the database is asked for those of one place.
const LAST: i64 = 200;

diesel::alias!(editions as seen: SeenAlias);

#[derive(Clone, Debug)]
pub struct Gone {
    pub slug: String,
    pub first_slug: String,
    /// When it stopped to show.
    pub at: Moment,
    /// The public reason of a withdrawal, and since when it is public; a text whose time was over has none.
    pub withdrawn: Option<(Moment, String)>,
}

/// What is told of the texts that are gone, newest first, and the instant at which that stops being true.
pub struct Tombstones {
    pub gone: Vec<Gone>,
    pub stops_at: Moment,
}

#[derive(Queryable)]
struct Row {
    document_id: i64,
    shown_until: Moment,
    withdrawn_at: Option<Moment>,
    withdrawn_reason: String,
}

/// A text is told of wherever the public has ever seen it: after a correction moved it, its former section's readers
/// may hold the old words. A text that shows again, or shows elsewhere, is not gone.
pub fn gone(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, limit: i64) -> Result<Tombstones, Refusal> {
    c.look(change::ends(kind, filter));
    let since = now.checked_sub_signed(REMEMBERED).unwrap_or_default();
    let (number, from, until) = (seen.field(editions::number), seen.field(editions::shown_from), seen.field(editions::shown_until));
    let same = seen.field(editions::document_id).eq(editions::document_id);
    // Its newest edition that the public has seen says why it is gone, and none shows now.
    let outlived = seen.filter(same).filter(from.le(now).and(from.lt(until))).filter(number.gt(editions::number).or(until.gt(now)));
    // The documents' names are asked for afterwards: joined here, they tempt a database to begin with all of them.
    let query = editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(editions::shown_until.le(now).and(editions::shown_until.gt(since)).and(editions::shown_from.lt(editions::shown_until)))
        .filter(diesel::dsl::not(diesel::dsl::exists(outlived)))
        .order((editions::shown_until.desc(), editions::document_id.desc()))
        .limit(limit)
        .select((editions::document_id, editions::shown_until, editions::withdrawn_at, editions::withdrawn_reason));
    let stood = seen.filter(same).filter(from.le(now).and(from.lt(until)));
    let rows: Vec<Row> = match filter {
        Filter::All => query.load(&mut **c)?,
        Filter::Section(slug) => {
            query.filter(diesel::dsl::exists(stood.filter(seen.field(editions::section).eq(slug.clone())))).load(&mut **c)?
        }
        Filter::Units(ids) => {
            query.filter(diesel::dsl::exists(stood.filter(seen.field(editions::unit_id).eq_any(ids.clone())))).load(&mut **c)?
        }
        Filter::Month(month) => query.filter(diesel::dsl::exists(stood.filter(seen.field(editions::month).eq(*month)))).load(&mut **c)?,
    };
    // The oldest is forgotten, or a reason becomes public of what was over already.
    let forgotten = rows.iter().filter_map(|row| row.shown_until.checked_add_signed(REMEMBERED));
    let stops_at = forgotten.chain(rows.iter().filter_map(|row| row.withdrawn_at).filter(|at| *at > now)).min().unwrap_or(NEVER);
    let ids: Vec<i64> = rows.iter().map(|row| row.document_id).collect();
    let mut slugs = slugs(c, &ids)?;
    let gone = rows
        .into_iter()
        .filter_map(|row| {
            let (slug, first_slug) = slugs.remove(&row.document_id)?;
            let withdrawn = row.withdrawn_at.filter(|at| *at <= now).map(|at| (at, row.withdrawn_reason));
            Some(Gone { slug, first_slug, at: row.shown_until, withdrawn })
        })
        .collect();
    Ok(Tombstones { gone, stops_at })
}

/// When anything here was last seen to end: withdrawn, over, corrected, or moved away by a correction.
pub fn last_end(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment) -> Result<Option<Moment>, Refusal> {
    c.look(change::ends(kind, filter));
    let ended = || {
        editions::table
            .filter(editions::kind.eq(kind.name()))
            .filter(editions::shown_until.le(now).and(editions::shown_from.lt(editions::shown_until)))
            .order(editions::shown_until.desc())
    };
    // The last few tell, nearly always; asked for those of one place, a database sorts all that is there.
    let last: Vec<(Moment, Option<i64>, String, i32)> =
        ended().limit(LAST).select((editions::shown_until, editions::unit_id, editions::section, editions::month)).load(&mut **c)?;
    let is_all = (last.len() as i64) < LAST;
    let here = last.into_iter().find(|(_, unit, section, month)| match filter {
        Filter::All => true,
        Filter::Section(slug) => slug == section,
        Filter::Units(ids) => unit.is_some_and(|unit| ids.contains(&unit)),
        Filter::Month(number) => number == month,
    });
    if is_all || here.is_some() {
        return Ok(here.map(|(end, ..)| end));
    }
    let query = ended().select(editions::shown_until);
    let end = match filter {
        Filter::All => query.first(&mut **c),
        Filter::Section(slug) => query.filter(editions::section.eq(slug)).first(&mut **c),
        Filter::Units(ids) => query.filter(editions::unit_id.eq_any(ids)).first(&mut **c),
        Filter::Month(month) => query.filter(editions::month.eq(month)).first(&mut **c),
    };
    Ok(end.optional()?)
}

/// When the newest of these words came in: later than any start for a text that comes in under an older date.
pub fn came_in(c: &mut Snapshot, ids: &[i64]) -> Result<Option<Moment>, Refusal> {
    Ok(revisions::table.filter(revisions::id.eq_any(ids)).select(diesel::dsl::max(revisions::made_at)).first(&mut **c)?)
}

/// The slug each document has and the one it had first.
pub fn slugs(c: &mut Snapshot, ids: &[i64]) -> Result<HashMap<i64, (String, String)>, Refusal> {
    let rows: Vec<(i64, String, String)> = documents::table
        .filter(documents::id.eq_any(ids))
        .select((documents::id, documents::slug, documents::first_slug))
        .load(&mut **c)?;
    Ok(rows.into_iter().map(|(id, slug, first)| (id, (slug, first))).collect())
}
