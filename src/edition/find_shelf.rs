//! A kind's shelf by unit and section together: what shows now, the most pressing first, or what has shown and is over.
//! What was withdrawn stands on neither.
//!
//! Whatever is asked for, an index is walked and never a table: where little is on the shelf, all of that; where there are
//! few places, the newest of each; else everything by date.

use diesel::dsl::{exists, not, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable, Text, Timestamp};

use super::find::Filter;
use super::terms::visible_at;
use super::{Edition, Kind, URGENT, change};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, revisions};
use crate::store::topic::{Look, Topic};
use crate::store::{Conn, Snapshot};

/// So many are read whole and put in order here.
const FEW: i64 = 600;
/// The same of one place among several.
const FEW_OF_ONE: i64 = 60;
/// Places whose newest are put in order here; of more a walk by date finds some soon.
const MOST_PLACES: usize = 150;
/// Further down, walking costs less than merging.
const MERGED: i64 = 200;
/// Looked at one by one; more are looked at by the coarser of both.
const MOST_LOOKS: usize = 400;
/// Urgent ones that stand above a list.
const MOST_URGENT: i64 = 50;
/// Words of so many are read at once.
const CHUNK: usize = 250;

type Backend = <Conn as diesel::Connection>::Backend;

diesel::alias!(editions as seen: SeenAlias);

/// What is asked for; `None`: any.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    pub units: Option<Vec<i64>>,
    pub sections: Option<Vec<String>>,
    /// What is over, and not what shows.
    pub over: bool,
}

/// A text on it, with the edition that shows, or that showed last.
#[derive(Clone, Debug, Queryable)]
pub struct Row {
    pub edition: Edition,
    pub slug: String,
    pub title: String,
    pub lead: String,
    pub facts: String,
}

/// By its date, then its document; and its edition.
pub type Place = (Moment, i64, i64);

fn standing<'q>(kind: Kind, over: bool, now: Moment) -> editions::BoxedQuery<'q, Backend> {
    let query = editions::table.filter(editions::kind.eq(kind.name())).into_boxed::<Backend>();
    if !over {
        return query.filter(visible_at(now)).filter(editions::priority.lt(URGENT));
    }
    let (number, from, until) = (seen.field(editions::number), seen.field(editions::shown_from), seen.field(editions::shown_until));
    let same = seen.field(editions::document_id).eq(editions::document_id);
    let outlived = seen.filter(same).filter(from.le(now).and(from.lt(until))).filter(number.gt(editions::number).or(until.gt(now)));
    // So said, a database walks by date and stops; by its end it would read all that is over, and put it in order.
    let ended = sql::<Timestamp>("coalesce(editions.shown_until, editions.shown_from)").le(now);
    query
        .filter(ended.and(editions::shown_from.lt(editions::shown_until)))
        .filter(editions::withdrawn_at.is_null().or(editions::withdrawn_at.gt(now)))
        .filter(not(exists(outlived)))
}

/// One page, newest first, and whether more follow.
pub fn page(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment, offset: i64, limit: i64) -> Result<(Vec<Row>, bool), Refusal> {
    let mut places = places(c, kind, shelf, now, offset, limit + 1)?;
    let next = places.get(limit as usize).map(|place| place.0);
    places.truncate(limit as usize);
    look(c, kind, shelf, now, next)?;
    Ok((rows(c, kind, &places)?, next.is_some()))
}

/// The newest few, whatever follows them.
pub fn newest(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment, limit: usize) -> Result<Vec<Row>, Refusal> {
    let places = places(c, kind, shelf, now, 0, limit as i64)?;
    let last = places.last().filter(|_| places.len() == limit).map(|place| place.0);
    look(c, kind, shelf, now, last)?;
    rows(c, kind, &places)
}

/// What stands above every other, newest first.
pub fn urgent(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment) -> Result<Vec<Row>, Refusal> {
    c.look([change::urgent()]);
    let query = editions::table.filter(editions::priority.eq(URGENT).and(visible_at(now)));
    // What is urgent is little everywhere: nothing else is begun with, nor is anything walked by date.
    let query = query.filter(sql::<Text>("(editions.kind || '')").eq(kind.name()));
    let places: Vec<Place> = among(query.into_boxed::<Backend>(), shelf)
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .limit(MOST_URGENT)
        .select((editions::dated_at, editions::document_id, editions::id))
        .load(&mut **c)?;
    rows(c, kind, &places)
}

/// Those that say something, newest first, from a document on; so many are looked through, and whoever wants to look
/// further is given the document to go on from.
pub fn search(
    c: &mut Snapshot,
    kind: Kind,
    shelf: &Shelf,
    now: Moment,
    after: Option<i64>,
    (limit, looked): (usize, usize),
    says: impl Fn(&Row) -> bool,
) -> Result<(Vec<Row>, Option<i64>), Refusal> {
    let below = match after {
        None => None,
        Some(document) => {
            let dated = editions::table.filter(editions::document_id.eq(document).and(editions::kind.eq(kind.name())));
            dated.order(editions::number.asc()).select(editions::dated_at).first(&mut **c).optional()?.map(|at: Moment| (at, document))
        }
    };
    look(c, kind, shelf, now, None)?;
    let mut query = among(standing(kind, shelf.over, now), shelf);
    if let Some((at, document)) = below {
        query = query.filter(editions::dated_at.lt(at).or(editions::dated_at.eq(at).and(editions::document_id.lt(document))));
    }
    let places: Vec<Place> = match few(c, kind, shelf, now)? {
        Some(places) => places.into_iter().filter(|place| below.is_none_or(|below| (place.0, place.1) < below)).take(looked + 1).collect(),
        None => query
            .order((editions::dated_at.desc(), editions::document_id.desc()))
            .limit(looked as i64 + 1)
            .select((editions::dated_at, editions::document_id, editions::id))
            .load(&mut **c)?,
    };
    let mut found: Vec<Row> = Vec::new();
    for (part, chunk) in places[..places.len().min(looked)].chunks(CHUNK).enumerate() {
        for (place, row) in rows(c, kind, chunk)?.into_iter().enumerate() {
            if says(&row) {
                let document = row.edition.document_id;
                found.push(row);
                if found.len() == limit {
                    return Ok((found, (part * CHUNK + place + 1 < places.len()).then_some(document)));
                }
            }
        }
    }
    let next = places.get(looked).and_then(|_| places.get(looked - 1)).map(|place| place.1);
    Ok((found, next))
}

fn places(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment, offset: i64, limit: i64) -> Result<Vec<Place>, Refusal> {
    if let Some(places) = few(c, kind, shelf, now)? {
        return Ok(places.into_iter().skip(offset as usize).take(limit as usize).collect());
    }
    let units = shelf.units.as_deref().map(|units| units.iter().map(|unit| Some(*unit)).collect()).unwrap_or_else(|| vec![None]);
    let sections = shelf.sections.as_deref().map(|sections| sections.iter().map(Some).collect()).unwrap_or_else(|| vec![None]);
    if units.len() * sections.len() > MOST_PLACES || offset + limit > MERGED {
        return Ok(among(standing(kind, shelf.over, now), shelf)
            .order((editions::dated_at.desc(), editions::document_id.desc()))
            .offset(offset)
            .limit(limit)
            .select((editions::dated_at, editions::document_id, editions::id))
            .load(&mut **c)?);
    }
    let mut found: Vec<Place> = Vec::new();
    for unit in &units {
        for section in &sections {
            let of_place = |mut query: editions::BoxedQuery<'static, Backend>| {
                if let Some(unit) = unit {
                    query = query.filter(editions::unit_id.eq(*unit));
                }
                if let Some(section) = section {
                    query = query.filter(editions::section.eq((*section).clone()));
                }
                query
            };
            let columns = (editions::dated_at, editions::document_id, editions::id);
            // Where little shows of much that is over, a walk by date would go through all of that. A section of a unit holds
            // too little for that.
            if !shelf.over && (unit.is_none() || section.is_none()) {
                let showing = of_place(editions::table.filter(editions::kind.eq(kind.name())).into_boxed());
                let showing = showing.filter(editions::shown_until.gt(now)).limit(FEW_OF_ONE + 1).select(editions::id);
                let ids: Vec<i64> = showing.load(&mut **c)?;
                if ids.len() as i64 <= FEW_OF_ONE {
                    found.extend(standing(kind, false, now).filter(editions::id.eq_any(ids)).select(columns).load::<Place>(&mut **c)?);
                    continue;
                }
            }
            let rows: Vec<Place> = of_place(standing(kind, shelf.over, now))
                .order((editions::dated_at.desc(), editions::document_id.desc()))
                .limit(offset + limit)
                .select(columns)
                .load(&mut **c)?;
            found.extend(rows);
        }
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found.into_iter().skip(offset as usize).take(limit as usize).collect())
}

/// Where there is little on one side of what is asked for, all of it; `None` where there is more.
fn few(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment) -> Result<Option<Vec<Place>>, Refusal> {
    let ended = || {
        let query = editions::table.filter(editions::kind.eq(kind.name())).into_boxed::<Backend>();
        let query = if shelf.over { query.filter(editions::shown_until.le(now)) } else { query.filter(editions::shown_until.gt(now)) };
        query.limit(FEW + 1).select(editions::id)
    };
    let mut sides = Vec::new();
    if let Some(units) = &shelf.units {
        sides.push(ended().filter(editions::unit_id.eq_any(units.clone())));
    }
    if let Some(sections) = &shelf.sections {
        sides.push(ended().filter(editions::section.eq_any(sections.clone())));
    }
    sides.push(ended());
    for side in sides {
        let ids: Vec<i64> = side.load(&mut **c)?;
        if ids.len() as i64 > FEW {
            continue;
        }
        let query = among(standing(kind, shelf.over, now).filter(editions::id.eq_any(ids)), shelf);
        let mut places: Vec<Place> = query.select((editions::dated_at, editions::document_id, editions::id)).load(&mut **c)?;
        places.sort_unstable_by(|one, other| other.cmp(one));
        return Ok(Some(places));
    }
    Ok(None)
}

/// What is asked for, so said that a database does not begin with it: it would put in order all that it finds.
fn among<'q>(mut query: editions::BoxedQuery<'q, Backend>, shelf: &Shelf) -> editions::BoxedQuery<'q, Backend> {
    if let Some(units) = &shelf.units {
        query = query.filter(sql::<Nullable<BigInt>>("(editions.unit_id + 0)").eq_any(units.clone()));
    }
    if let Some(sections) = &shelf.sections {
        query = query.filter(sql::<Text>("(editions.section || '')").eq_any(sections.clone()));
    }
    query
}

/// The list is looked at down to a date, or to its end.
fn look(c: &mut Snapshot, kind: Kind, shelf: &Shelf, now: Moment, down_to: Option<Moment>) -> Result<(), Refusal> {
    let topics: Vec<Topic> = match (&shelf.units, &shelf.sections) {
        (Some(units), Some(sections)) if units.len() * sections.len() <= MOST_LOOKS => {
            units.iter().flat_map(|unit| sections.iter().map(|section| change::at_place(kind, shelf.over, *unit, section))).collect()
        }
        (Some(units), _) => of(kind, shelf, &Filter::Units(units.clone())),
        (None, Some(sections)) => sections.iter().flat_map(|section| of(kind, shelf, &Filter::Section(section.clone()))).collect(),
        (None, None) => of(kind, shelf, &Filter::All),
    };
    let down_to = down_to.unwrap_or(Moment::MIN);
    c.look(topics.into_iter().map(|topic| Look { down_to, ..Look::at(topic) }));
    if shelf.over {
        // What is over may be taken back at an instant to come, which no turn tells of.
        let next: Option<Option<Moment>> = editions::table
            .filter(editions::kind.eq(kind.name()).and(editions::withdrawn_at.gt(now)))
            .order(editions::withdrawn_at.asc())
            .select(editions::withdrawn_at)
            .first(&mut **c)
            .optional()?;
        next.flatten().into_iter().for_each(|at| c.until(at));
    }
    Ok(())
}

fn of(kind: Kind, shelf: &Shelf, filter: &Filter) -> Vec<Topic> {
    if shelf.over { change::over(kind, filter) } else { change::list(kind, filter) }
}

/// The rows in these places, newest first.
pub fn rows(c: &mut Snapshot, kind: Kind, places: &[Place]) -> Result<Vec<Row>, Refusal> {
    let ids: Vec<i64> = places.iter().map(|(_, _, edition)| *edition).collect();
    let rows: Vec<Row> = editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(ids))
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .select((Edition::as_select(), documents::slug, revisions::title, revisions::lead, revisions::facts))
        .load(&mut **c)?;
    c.look(rows.iter().map(|row| change::text(kind, &row.slug)));
    Ok(rows)
}
