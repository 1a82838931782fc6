//! What a text is looked up by beside its address, as its kind says: its number, the texts that it replaces, the units
//! that it is for. Written with a revision, and never changed, as its words are not.

use diesel::prelude::*;

use super::find::was_shown;
use super::state::State;
use super::terms::visible_at;
use super::{Kind, URGENT, change};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, revision_keys, revisions};
use crate::store::topic::Touch;
use crate::store::{Conn, Snapshot};

/// A name, and what it says.
pub type Key = (String, String);

/// The text that this one stands in the place of: `posting/thong-bao-cu`.
pub const REPLACES: &str = "replaces";
/// The day from which it applies, where it says one: nothing gives way to it before.
pub const EFFECTIVE: &str = "effective";
/// The address of a text in the portal that it came from: nobody here changes it.
pub const SOURCE: &str = "source";
/// 1 or 2; absent for what is as others.
pub const PRIORITY: &str = "priority";

pub fn subject(kind: Kind, slug: &str) -> String {
    format!("{}/{slug}", kind.name())
}

/// How pressing it is.
pub fn priority(keys: &[Key]) -> i32 {
    let told = keys.iter().find(|(name, _)| name == PRIORITY).and_then(|(_, value)| value.parse().ok());
    told.filter(|told| (0..=URGENT).contains(told)).unwrap_or(0)
}

pub fn write(c: &mut Conn, revision: i64, keys: &[Key]) -> Result<(), Refusal> {
    for (name, value) in keys {
        let known = revision_keys::table.find((name, value, revision));
        if !diesel::select(diesel::dsl::exists(known)).get_result::<bool>(c)? {
            diesel::insert_into(revision_keys::table)
                .values((revision_keys::name.eq(name), revision_keys::value.eq(value), revision_keys::revision_id.eq(revision)))
                .execute(c)?;
        }
    }
    Ok(())
}

pub fn of(c: &mut Conn, revision: i64) -> Result<Vec<Key>, Refusal> {
    Ok(revision_keys::table
        .filter(revision_keys::revision_id.eq(revision))
        .order((revision_keys::name.asc(), revision_keys::value.asc()))
        .select((revision_keys::name, revision_keys::value))
        .load(c)?)
}

/// What any edition of a document says under a name.
pub fn values(c: &mut Conn, document: i64, name: &str) -> Result<Vec<String>, Refusal> {
    let of: Vec<i64> = editions::table.filter(editions::document_id.eq(document)).select(editions::revision_id).load(c)?;
    Ok(revision_keys::table
        .filter(revision_keys::revision_id.eq_any(of).and(revision_keys::name.eq(name)))
        .select(revision_keys::value)
        .distinct()
        .load(c)?)
}

/// Revisions under a key. Asked for before what is joined to them, here and above: a database that has not measured its
/// indexes, as within a first import, would sooner walk through every edition of a kind for each.
pub fn revisions_under(c: &mut Conn, name: &str, value: &str) -> Result<Vec<i64>, Refusal> {
    let under = revision_keys::table.filter(revision_keys::name.eq(name).and(revision_keys::value.eq(value)));
    Ok(under.select(revision_keys::revision_id).load(c)?)
}

/// Texts whose words stand under this key, each with the newest edition that was published and has not been taken back:
/// `(document, slug, edition)`.
pub fn published(c: &mut Conn, kind: Kind, name: &str, value: &str) -> Result<Vec<(i64, String, i64)>, Refusal> {
    let rows: Vec<(i64, String, i64)> = editions::table
        .inner_join(documents::table)
        .filter(editions::revision_id.eq_any(revisions_under(c, name, value)?))
        .filter(editions::kind.concat("").eq(kind.name()))
        .filter(editions::state.eq_any([State::Published.name(), State::Superseded.name()]))
        .order((editions::document_id.asc(), editions::number.asc()))
        .select((editions::document_id, documents::slug, editions::id))
        .load(c)?;
    let mut newest: Vec<(i64, String, i64)> = Vec::new();
    for row in rows {
        match newest.last_mut().filter(|last| last.0 == row.0) {
            Some(last) => *last = row,
            None => newest.push(row),
        }
    }
    let mut standing = Vec::new();
    for row in newest {
        if newest_published(c, row.0)? == Some(row.2) {
            standing.push(row);
        }
    }
    Ok(standing)
}

fn newest_published(c: &mut Conn, document: i64) -> Result<Option<i64>, Refusal> {
    Ok(editions::table
        .filter(editions::document_id.eq(document))
        .filter(editions::state.eq_any([State::Published.name(), State::Superseded.name()]))
        .order(editions::number.desc())
        .select(editions::id)
        .first(c)
        .optional()?)
}

/// The texts that show now and speak of this one so, oldest first. Whatever changes them touches the page of the text that
/// they speak of ([`change`]).
pub fn speaking(c: &mut Snapshot, kind: Kind, name: &str, subject: &str, now: Moment) -> Result<Vec<String>, Refusal> {
    let rows: Vec<(i64, String)> = editions::table
        .inner_join(documents::table)
        .filter(editions::revision_id.eq_any(revisions_under(c, name, subject)?))
        .filter(editions::kind.concat("").eq(kind.name()))
        .filter(visible_at(now))
        .order(editions::document_id.asc())
        .select((editions::document_id, documents::slug))
        .load(&mut **c)?;
    Ok(rows.into_iter().map(|(_, slug)| slug).collect())
}

/// A text as others speak of it.
pub struct Spoken {
    pub title: String,
    pub section: String,
    pub shows: bool,
}

/// `None` for what the public never saw, or was taken back.
pub fn spoken_of(c: &mut Snapshot, kind: Kind, slug: &str, now: Moment) -> Result<Option<Spoken>, Refusal> {
    c.look([change::text(kind, slug)]);
    let last: Option<(Moment, Option<Moment>, String, String)> = editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .filter(was_shown(now))
        .order(editions::number.desc())
        .select((editions::shown_until, editions::withdrawn_at, editions::section, revisions::title))
        .first(&mut **c)
        .optional()?;
    let Some((until, withdrawn, section, title)) = last else { return Ok(None) };
    if withdrawn.is_some_and(|at| at <= now) {
        return Ok(None);
    }
    Ok(Some(Spoken { title, section, shows: until > now }))
}

/// The pages of the texts that these documents speak of.
pub fn touches(c: &mut Conn, kind: Kind, documents: &[i64]) -> Result<Vec<(i64, Touch)>, Refusal> {
    let Some(other) = kind.speaks_of().filter(|_| !documents.is_empty()) else { return Ok(Vec::new()) };
    let subjects: Vec<(i64, String)> = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(editions::document_id.eq_any(documents))
        .filter(revision_keys::value.like(format!("{}/%", other.name())))
        .select((editions::document_id, revision_keys::value))
        .distinct()
        .load(c)?;
    let of = |(document, subject): (i64, String)| Some((document, Touch::all(change::text(other, subject.split_once('/')?.1))));
    Ok(subjects.into_iter().filter_map(of).collect())
}

/// Since when, or from when, another text stands in the place of this one, and which.
pub fn replacement(c: &mut Conn, kind: Kind, document: i64) -> Result<Option<(Moment, String)>, Refusal> {
    let slug: String = documents::table.find(document).select(documents::slug).first(c)?;
    let value = subject(kind, &slug);
    let mut first: Option<(Moment, String)> = None;
    for (other, slug, _) in published(c, kind, REPLACES, &value)? {
        // From the first of its editions that say so.
        let rows: Vec<(i64, Moment, Moment, Moment)> = editions::table
            .inner_join(revision_keys::table.on(revision_keys::revision_id.eq(editions::revision_id)))
            .filter(editions::document_id.eq(other))
            .filter(editions::state.eq_any([State::Published.name(), State::Superseded.name()]))
            .filter(revision_keys::name.eq(REPLACES).and(revision_keys::value.eq(&value)))
            .select((editions::revision_id, editions::starts_at, editions::shown_from, editions::shown_until))
            .load(c)?;
        for (revision, starts_at, from, until) in rows {
            if other == document || from >= until {
                continue;
            }
            let effective = of(c, revision)?.into_iter().find(|(name, _)| name == EFFECTIVE);
            let applies = effective.and_then(|(_, day)| calendar::read_day(&day)).map(calendar::midnight);
            let at = applies.map_or(starts_at, |applies| applies.max(starts_at));
            if first.as_ref().is_none_or(|(known, _)| at < *known) {
                first = Some((at, slug.clone()));
            }
        }
    }
    Ok(first)
}
