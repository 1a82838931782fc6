//! Whose texts the subjects of the log speak of, for readers who may know of some units only.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::Kind;
use crate::kit::refusal::Refusal;
use crate::person::PERSON;
use crate::person::access::Reach;
use crate::person::roll;
use crate::store::Conn;
use crate::store::log::Row;
use crate::store::schema::{documents, editions, revisions};

/// Of each row, whether it speaks of a text of these units, or of a person all of whose roles are there. What belongs to
/// the whole portal, as its description does, is for those who may know of everything.
pub fn within(c: &mut Conn, reach: &Reach, rows: &[Row]) -> Result<Vec<bool>, Refusal> {
    let Reach::Units(units) = reach else { return Ok(vec![true; rows.len()]) };
    let slugs: HashSet<&str> = rows.iter().filter_map(|row| text_of(&row.subject)).map(|(_, slug)| slug).collect();
    let slugs: Vec<&str> = slugs.into_iter().collect();
    let own: Vec<(i64, String, String, String)> = documents::table
        .filter(documents::slug.eq_any(&slugs).or(documents::first_slug.eq_any(&slugs)))
        .select((documents::id, documents::kind, documents::slug, documents::first_slug))
        .load(c)?;
    let ids: Vec<i64> = own.iter().map(|(id, ..)| *id).collect();
    let filed: Vec<(i64, Option<i64>)> =
        editions::table.filter(editions::document_id.eq_any(&ids)).select((editions::document_id, editions::unit_id)).load(c)?;
    // A text that was ever theirs. An address may have been another draft's before: then both must be theirs.
    let theirs: HashSet<i64> =
        filed.into_iter().filter(|(_, unit)| unit.is_some_and(|unit| units.contains(&unit))).map(|(id, _)| id).collect();
    let mut known: HashMap<(&str, &str), bool> = HashMap::new();
    for (id, kind, slug, first) in &own {
        for slug in [slug, first] {
            *known.entry((kind, slug)).or_insert(true) &= theirs.contains(id);
        }
    }
    let mut people: HashMap<&str, bool> = HashMap::new();
    let mut seen = Vec::with_capacity(rows.len());
    for row in rows {
        seen.push(match (row.subject.strip_prefix(PERSON), text_of(&row.subject)) {
            (Some(login), _) => match people.get(login) {
                Some(known) => *known,
                None => {
                    let is_theirs = is_theirs(c, reach, login)?;
                    people.insert(login, is_theirs);
                    is_theirs
                }
            },
            (None, Some((kind, slug))) => known.get(&(kind.name(), slug)).copied().unwrap_or(false),
            _ => false,
        });
    }
    Ok(seen)
}

fn is_theirs(c: &mut Conn, reach: &Reach, login: &str) -> Result<bool, Refusal> {
    let person = match roll::at_login(c, login) {
        Ok(person) => person,
        Err(Refusal::Missing) => return Ok(false),
        Err(other) => return Err(other),
    };
    let held = roll::held(c, person.id)?;
    Ok(!held.is_empty() && held.iter().all(|grant| reach.covers(grant.unit_id)))
}

/// `article/cong-tac-giao-dich-xa/1`, or without a number.
pub fn text_of(subject: &str) -> Option<(Kind, &str)> {
    let (kind, rest) = subject.split_once('/')?;
    Some((Kind::named(kind)?, rest.split('/').next()?))
}

/// By kind and address: the document, and what it is called.
pub type Titles = HashMap<(Kind, String), (i64, String)>;

/// What the newest edition of each of these texts is called, of those that the reader may look at.
pub fn titles(c: &mut Conn, reach: &Reach, rows: &[Row]) -> Result<Titles, Refusal> {
    let slugs: HashSet<&str> = rows.iter().filter_map(|row| text_of(&row.subject)).map(|(_, slug)| slug).collect();
    let found: Vec<(i64, String, String, Option<i64>, String)> = documents::table
        .inner_join(editions::table.inner_join(revisions::table))
        .filter(documents::slug.eq_any(slugs.into_iter().collect::<Vec<_>>()))
        .order(editions::number.asc())
        .select((documents::id, documents::kind, documents::slug, editions::unit_id, revisions::title))
        .load(c)?;
    let known = found.into_iter().filter(|(_, _, _, unit, _)| reach.covers(*unit));
    Ok(known.filter_map(|(id, kind, slug, _, title)| Some(((Kind::named(&kind)?, slug), (id, title)))).collect())
}
