//! Finding texts as they stand at an instant. Nothing here returns what is not visible then, but for the two
//! answers that a once published address owes for ever: where it went, and why it is gone.
//!
//! Each notes in the snapshot what it looks at ([`super::change`]), so that no answer can forget what would make it
//! another one.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::terms::visible_at;
use super::{Edition, Kind, Revision, change};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, former_slugs, revision_media, revisions, units};
use crate::store::topic::Look;
use crate::store::{Conn, Snapshot};

/// Further down a list, a database's own sorting costs less than the units' newest one by one.
const MERGED: i64 = 200;

/// Texts counted beyond those that matter, so that the first to go make no difference.
const BEYOND: i64 = 200;

type Backend = <Conn as diesel::Connection>::Backend;

/// The public has seen it by now. What was withdrawn before its start was never seen.
#[auto_type]
pub fn was_shown(now: Moment) -> _ {
    editions::shown_from.le(now).and(editions::shown_from.lt(editions::shown_until))
}

pub enum Found {
    Here(Box<(Edition, Revision)>),
    Moved {
        slug: String,
    },
    /// Its time is over, or another stands in its place. `last`: the edition that showed last.
    Ended {
        at: Moment,
        last: Box<Edition>,
    },
    Withdrawn {
        at: Moment,
        reason: String,
        replaced_by: String,
    },
}

pub fn at_address(c: &mut Snapshot, kind: Kind, slug: &str, now: Moment) -> Result<Found, Refusal> {
    c.look([change::text(kind, slug)]);
    let document: Option<i64> = documents::table
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .select(documents::id)
        .first(&mut **c)
        .optional()?;
    let Some(document) = document else { return moved(c, kind, slug, now) };
    let seen: Vec<Edition> = editions::table
        .filter(editions::document_id.eq(document).and(was_shown(now)))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .load(&mut **c)?;
    if let Some(edition) = seen.iter().find(|edition| edition.shown_until > now) {
        let revision = revisions::table.find(edition.revision_id).select(Revision::as_select()).first(&mut **c)?;
        return Ok(Found::Here(Box::new((edition.clone(), revision))));
    }
    // The newest edition that the public has seen says why the address is empty; none means there is nothing to know.
    let last = seen.into_iter().next().ok_or(Refusal::Missing)?;
    // A withdrawal to come gives a reason to what is over already, and no other turn tells of it.
    last.withdrawn_at.filter(|at| *at > now).into_iter().for_each(|at| c.until(at));
    match last.withdrawn_at.filter(|at| *at <= now) {
        Some(at) => Ok(Found::Withdrawn { at, reason: last.withdrawn_reason, replaced_by: last.replaced_by }),
        None => Ok(Found::Ended { at: last.shown_until, last: Box::new(last) }),
    }
}

/// A former address leads on only if the public has ever seen what it leads to.
fn moved(c: &mut Snapshot, kind: Kind, slug: &str, now: Moment) -> Result<Found, Refusal> {
    let slug: String = former_slugs::table
        .inner_join(documents::table.on(documents::id.eq(former_slugs::document_id)))
        .filter(former_slugs::kind.eq(kind.name()).and(former_slugs::slug.eq(slug)))
        .filter(diesel::dsl::exists(editions::table.filter(editions::document_id.eq(documents::id).and(was_shown(now)))))
        .select(documents::slug)
        .first(&mut **c)?;
    Ok(Found::Moved { slug })
}

/// The editions of a document that the public has seen up to now, oldest first.
pub fn history(c: &mut Snapshot, document: i64, now: Moment) -> Result<Vec<Edition>, Refusal> {
    Ok(editions::table
        .filter(editions::document_id.eq(document).and(was_shown(now)))
        .order(editions::number.asc())
        .select(Edition::as_select())
        .load(&mut **c)?)
}

#[derive(Clone, Debug)]
pub enum Filter {
    All,
    Section(String),
    Units(Vec<i64>),
    Month(i32),
}

/// A row of a list.
#[derive(Clone, Debug, Queryable)]
pub struct Listed {
    pub document_id: i64,
    pub revision_id: i64,
    pub slug: String,
    pub unit_id: Option<i64>,
    pub section: String,
    pub dated_at: Moment,
    pub day_only: bool,
    /// When the edition that shows now began to.
    pub starts_at: Moment,
    pub title: String,
    pub lead: String,
    pub facts: String,
    pub files: String,
}

fn filtered<'q>(kind: Kind, filter: &Filter, now: Moment) -> editions::BoxedQuery<'q, Backend> {
    let query = editions::table.filter(editions::kind.eq(kind.name())).filter(visible_at(now)).into_boxed::<Backend>();
    match filter {
        Filter::All => query,
        Filter::Section(slug) => query.filter(editions::section.eq(slug.clone())),
        Filter::Units(ids) => query.filter(editions::unit_id.eq_any(ids.clone())),
        Filter::Month(month) => query.filter(editions::month.eq(*month)),
    }
}

/// Where a row stands in its list: by its date, then its document; and its edition.
type Place = (Moment, i64, i64);

/// The newest few.
pub fn list(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, limit: usize) -> Result<Vec<Listed>, Refusal> {
    list_besides(c, kind, filter, now, limit, &[])
}

/// The newest few but for some that are known already.
pub fn list_besides(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, limit: usize, but: &[i64]) -> Result<Vec<Listed>, Refusal> {
    let mut places = newest(c, kind, filter, now, 0, (limit + but.len()) as i64)?;
    places.retain(|(_, document, _)| !but.contains(document));
    places.truncate(limit);
    let last = places.last().filter(|_| places.len() == limit).map(|place| place.0);
    listed(c, kind, filter, places, last)
}

/// Newest first, and whether more follow.
pub fn page(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, offset: i64, limit: i64) -> Result<(Vec<Listed>, bool), Refusal> {
    let mut places = newest(c, kind, filter, now, offset, limit + 1)?;
    // The one that only tells that more follow was seen as well.
    let next = places.get(limit as usize).map(|place| place.0);
    places.truncate(limit as usize);
    Ok((listed(c, kind, filter, places, next)?, next.is_some()))
}

/// The places come from an index; only the rows that are shown are read.
fn newest(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, offset: i64, limit: i64) -> Result<Vec<Place>, Refusal> {
    if let Filter::Units(units) = filter
        && units.len() > 1
        && offset + limit <= MERGED
    {
        return of_units(c, kind, units, now, offset, limit);
    }
    Ok(filtered(kind, filter, now)
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .offset(offset)
        .limit(limit)
        .select((editions::dated_at, editions::document_id, editions::id))
        .load(&mut **c)?)
}

/// The rows in these places. The list was looked at down to a date, or to its end.
fn listed(c: &mut Snapshot, kind: Kind, filter: &Filter, places: Vec<Place>, down_to: Option<Moment>) -> Result<Vec<Listed>, Refusal> {
    let ids: Vec<i64> = places.into_iter().map(|(_, _, edition)| edition).collect();
    let listed: Vec<Listed> = editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(ids))
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .select((
            editions::document_id,
            editions::revision_id,
            documents::slug,
            editions::unit_id,
            editions::section,
            editions::dated_at,
            editions::day_only,
            editions::starts_at,
            revisions::title,
            revisions::lead,
            revisions::facts,
            revisions::files,
        ))
        .load(&mut **c)?;
    let down_to = down_to.unwrap_or(Moment::MIN);
    c.look(change::list(kind, filter).into_iter().map(|topic| Look { down_to, ..Look::at(topic) }));
    c.look(listed.iter().map(|row| change::text(kind, &row.slug)));
    Ok(listed)
}

/// Each unit's newest by steps of its own index, put in order here: asked for all units at once, a database sorts
/// every text of theirs to give the newest few.
fn of_units(c: &mut Snapshot, kind: Kind, units: &[i64], now: Moment, offset: i64, limit: i64) -> Result<Vec<Place>, Refusal> {
    let in_use = editions::table.filter(editions::kind.eq(kind.name()).and(editions::unit_id.eq(units::id.nullable())));
    let units: Vec<i64> = units::table.filter(units::id.eq_any(units).and(diesel::dsl::exists(in_use))).select(units::id).load(&mut **c)?;
    let mut found: Vec<Place> = Vec::new();
    for unit in units {
        let rows: Vec<Place> = filtered(kind, &Filter::All, now)
            .filter(editions::unit_id.eq(unit))
            .order((editions::dated_at.desc(), editions::document_id.desc()))
            .limit(offset + limit)
            .select((editions::dated_at, editions::document_id, editions::id))
            .load(&mut **c)?;
        found.extend(rows);
    }
    found.sort_unstable_by(|one, other| other.cmp(one));
    Ok(found.into_iter().skip(offset as usize).take(limit as usize).collect())
}

/// How many pages of so many texts there are, as far as anybody needs to count: `None` beyond `most`.
pub fn pages(c: &mut Snapshot, kind: Kind, filter: &Filter, now: Moment, per_page: i64, most: i64) -> Result<Option<i64>, Refusal> {
    let counted = most * per_page;
    let ids: Vec<i64> = filtered(kind, filter, now).limit(counted + BEYOND).select(editions::id).load(&mut **c)?;
    let texts = ids.len() as i64;
    let pages = (texts + per_page - 1) / per_page;
    // So many must come, or go, before there is a page more or less: half of them by acts, half by themselves.
    let (come, go) = match texts > counted {
        true => (None, texts - counted),
        false => (Some(pages * per_page - texts + 1), texts - (pages - 1) * per_page),
    };
    let spare = |apart: i64| (apart - 1).max(0) as usize / 2;
    c.look(Look::spared(change::gone(kind, filter), spare(go)));
    come.into_iter().for_each(|come| c.look(Look::spared(change::come(kind, filter), spare(come))));
    Ok((texts <= counted).then_some(pages))
}

/// Later than every month.
pub const NEWEST: i32 = i32::MAX;

#[derive(Clone, Copy, Debug)]
pub enum Way {
    Before,
    After,
}

/// The months before one (newest first) or after it (oldest first), as 202611, that have something to show. One step
/// of the index each, however many texts stand in them.
pub fn months(c: &mut Snapshot, kind: Kind, now: Moment, from: i32, way: Way, limit: usize) -> Result<Vec<i32>, Refusal> {
    c.look([change::months(kind)]);
    let mut months = Vec::new();
    let mut last = from;
    while months.len() < limit {
        let shown = filtered(kind, &Filter::All, now).select(editions::month).limit(1);
        let next: Option<i32> = match way {
            Way::Before => shown.filter(editions::month.lt(last)).order(editions::month.desc()),
            Way::After => shown.filter(editions::month.gt(last)).order(editions::month.asc()),
        }
        .first(&mut **c)
        .optional()?;
        let Some(month) = next else { break };
        months.push(month);
        last = month;
    }
    Ok(months)
}

/// `(slug, since when this edition shows)`, newest first.
pub fn addresses(c: &mut Snapshot, kind: Kind, now: Moment, limit: i64) -> Result<Vec<(String, Moment)>, Refusal> {
    c.look(change::words(kind, &Filter::All));
    Ok(editions::table
        .inner_join(documents::table)
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .limit(limit)
        .select((documents::slug, editions::starts_at))
        .load(&mut **c)?)
}

/// A text that names a file: its kind, its section, what it says, its files.
pub type Showing = (String, String, String, String);

/// Every visible text that names a file with this digest.
pub fn showing(c: &mut Snapshot, digest: &str, now: Moment) -> Result<Vec<Showing>, Refusal> {
    let texts: Vec<Showing> = revision_media::table
        .inner_join(revisions::table)
        .inner_join(editions::table.on(editions::revision_id.eq(revisions::id)))
        .filter(revision_media::digest.eq(digest))
        .filter(visible_at(now))
        .select((editions::kind, editions::section, revisions::facts, revisions::files))
        .limit(100)
        .load(&mut **c)?;
    Ok(texts)
}

/// The texts of a kind that are over, and were not taken back, whose last edition names a file with this digest.
pub fn showed_last(c: &mut Snapshot, kind: Kind, digest: &str, now: Moment) -> Result<Vec<Showing>, Refusal> {
    let later = diesel::alias!(editions as later);
    let followed = later
        .filter(later.field(editions::document_id).eq(editions::document_id))
        .filter(later.field(editions::number).gt(editions::number))
        .filter(later.field(editions::shown_from).le(now).and(later.field(editions::shown_from).lt(later.field(editions::shown_until))));
    Ok(revision_media::table
        .inner_join(revisions::table)
        .inner_join(editions::table.on(editions::revision_id.eq(revisions::id)))
        .filter(revision_media::digest.eq(digest).and(editions::kind.eq(kind.name())))
        .filter(was_shown(now).and(editions::shown_until.le(now)))
        .filter(editions::withdrawn_at.is_null().or(editions::withdrawn_at.gt(now)))
        .filter(diesel::dsl::not(diesel::dsl::exists(followed)))
        .select((editions::kind, editions::section, revisions::facts, revisions::files))
        .limit(100)
        .load(&mut **c)?)
}

/// The words of an edition that a finder has given.
pub fn words(c: &mut Snapshot, edition: &Edition) -> Result<Revision, Refusal> {
    Ok(revisions::table.find(edition.revision_id).select(Revision::as_select()).first(&mut **c)?)
}

/// The text of the revision that a list named.
pub fn html_of(c: &mut Snapshot, revision: i64) -> Result<String, Refusal> {
    Ok(revisions::table.find(revision).select(revisions::html).first(&mut **c)?)
}

/// The title under which a replacement shows now.
pub fn title_of(c: &mut Snapshot, kind: Kind, slug: &str, now: Moment) -> Result<Option<String>, Refusal> {
    c.look([change::text(kind, slug)]);
    Ok(editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .filter(visible_at(now))
        .select(revisions::title)
        .first(&mut **c)
        .optional()?)
}
