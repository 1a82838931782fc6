//! Finding texts as they stand at an instant. Nothing here returns what is not visible then, but for the two
//! answers that a once published address owes for ever: where it went, and why it is gone.

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::terms::visible_at;
use super::{Edition, Kind, Revision};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{documents, editions, former_slugs, revision_media, revisions};

type Backend = <Conn as diesel::Connection>::Backend;

/// The public has seen it by now. What was withdrawn before its start was never seen.
#[auto_type]
fn was_shown(now: Moment) -> _ {
    editions::shown_from.le(now).and(editions::shown_from.lt(editions::shown_until))
}

pub enum Found {
    Here(Box<(Edition, Revision)>),
    Moved {
        slug: String,
    },
    /// Its time is over.
    Ended {
        at: Moment,
    },
    Withdrawn {
        at: Moment,
        reason: String,
        replaced_by: String,
    },
}

pub fn at_address(c: &mut Conn, kind: Kind, slug: &str, now: Moment) -> Result<Found, Refusal> {
    let document: Option<i64> =
        documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug))).select(documents::id).first(c).optional()?;
    let Some(document) = document else { return moved(c, kind, slug, now) };
    let seen: Vec<Edition> = editions::table
        .filter(editions::document_id.eq(document).and(was_shown(now)))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .load(c)?;
    if let Some(edition) = seen.iter().find(|edition| edition.shown_until > now) {
        let revision = revisions::table.find(edition.revision_id).select(Revision::as_select()).first(c)?;
        return Ok(Found::Here(Box::new((edition.clone(), revision))));
    }
    // The newest edition that the public has seen says why the address is empty; none means there is nothing to know.
    let last = seen.into_iter().next().ok_or(Refusal::Missing)?;
    match last.withdrawn_at.filter(|at| *at <= now) {
        Some(at) => Ok(Found::Withdrawn { at, reason: last.withdrawn_reason, replaced_by: last.replaced_by }),
        None => Ok(Found::Ended { at: last.shown_until }),
    }
}

/// A former address leads on only if the public has ever seen what it leads to.
fn moved(c: &mut Conn, kind: Kind, slug: &str, now: Moment) -> Result<Found, Refusal> {
    let slug: String = former_slugs::table
        .inner_join(documents::table.on(documents::id.eq(former_slugs::document_id)))
        .filter(former_slugs::kind.eq(kind.name()).and(former_slugs::slug.eq(slug)))
        .filter(diesel::dsl::exists(editions::table.filter(editions::document_id.eq(documents::id).and(was_shown(now)))))
        .select(documents::slug)
        .first(c)?;
    Ok(Found::Moved { slug })
}

/// The editions of a document that the public has seen up to now, oldest first.
pub fn history(c: &mut Conn, document: i64, now: Moment) -> Result<Vec<Edition>, Refusal> {
    Ok(editions::table
        .filter(editions::document_id.eq(document).and(was_shown(now)))
        .order(editions::number.asc())
        .select(Edition::as_select())
        .load(c)?)
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

/// Newest first. The ids come from an index; only the rows that are shown are read.
pub fn list(c: &mut Conn, kind: Kind, filter: &Filter, now: Moment, offset: i64, limit: i64) -> Result<Vec<Listed>, Refusal> {
    let ids: Vec<i64> = filtered(kind, filter, now)
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .offset(offset)
        .limit(limit)
        .select(editions::id)
        .load(c)?;
    Ok(editions::table
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
        .load(c)?)
}

pub fn count(c: &mut Conn, kind: Kind, filter: &Filter, now: Moment) -> Result<i64, Refusal> {
    Ok(filtered(kind, filter, now).count().get_result(c)?)
}

/// The months that have something to show, newest first, as 202611.
pub fn months(c: &mut Conn, kind: Kind, now: Moment) -> Result<Vec<i32>, Refusal> {
    Ok(editions::table
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .group_by(editions::month)
        .order(editions::month.desc())
        .select(editions::month)
        .load(c)?)
}

/// `(slug, since when this edition shows)`, newest first.
pub fn addresses(c: &mut Conn, kind: Kind, now: Moment, limit: i64) -> Result<Vec<(String, Moment)>, Refusal> {
    Ok(editions::table
        .inner_join(documents::table)
        .filter(editions::kind.eq(kind.name()))
        .filter(visible_at(now))
        .order((editions::dated_at.desc(), editions::document_id.desc()))
        .limit(limit)
        .select((documents::slug, editions::starts_at))
        .load(c)?)
}

/// The next instant at which anything begins or ends: until then an answer stays true unless the log moves.
pub fn next_turn(c: &mut Conn, now: Moment) -> Result<Moment, Refusal> {
    let start: Option<Moment> =
        editions::table.filter(editions::shown_from.gt(now)).select(diesel::dsl::min(editions::shown_from)).first(c)?;
    let end: Option<Moment> =
        editions::table.filter(editions::shown_until.gt(now)).select(diesel::dsl::min(editions::shown_until)).first(c)?;
    Ok(start.unwrap_or(NEVER).min(end.unwrap_or(NEVER)))
}

/// The files of every visible text that shows one with this digest; `Missing` when none does.
pub fn showing(c: &mut Conn, digest: &str, now: Moment) -> Result<Vec<String>, Refusal> {
    let files: Vec<String> = revision_media::table
        .inner_join(revisions::table)
        .inner_join(editions::table.on(editions::revision_id.eq(revisions::id)))
        .filter(revision_media::digest.eq(digest))
        .filter(visible_at(now))
        .select(revisions::files)
        .limit(100)
        .load(c)?;
    if files.is_empty() { Err(Refusal::Missing) } else { Ok(files) }
}

/// The text of the revision that a list named.
pub fn html_of(c: &mut Conn, revision: i64) -> Result<String, Refusal> {
    Ok(revisions::table.find(revision).select(revisions::html).first(c)?)
}

/// The title under which a replacement shows now.
pub fn title_of(c: &mut Conn, kind: Kind, slug: &str, now: Moment) -> Result<Option<String>, Refusal> {
    Ok(editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .filter(visible_at(now))
        .select(revisions::title)
        .first(c)
        .optional()?)
}
