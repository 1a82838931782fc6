//! Whose texts the subjects of the log speak of, for readers who may know of some units only.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::of_units::label_of;
use super::{Kind, reached};
use crate::kit::refusal::Refusal;
use crate::person::PERSON;
use crate::person::access::Reach;
use crate::person::roll;
use crate::store::Conn;
use crate::store::log::Row;
use crate::store::schema::{documents, editions, log, revisions, units};

/// Of each row, whether it speaks of a text of these units, or of a person all of whose roles are there. What belongs to
/// the whole portal, as its description does, is for those who may know of everything.
pub fn within(c: &mut Conn, reach: &Reach, rows: &[Row]) -> Result<Vec<bool>, Refusal> {
    let Reach::Units(own_units) = reach else { return Ok(vec![true; rows.len()]) };
    let borne = borne(c, rows)?;
    let slugs: Vec<&str> = borne.values().map(|(_, slug)| slug.as_str()).collect();
    let slugs: Vec<&str> = slugs.into_iter().collect::<HashSet<_>>().into_iter().collect();
    // Both addresses are looked up by their index, which begins with the kind; asked for together, neither would be.
    let of_kinds = || documents::table.filter(documents::kind.eq_any(Kind::ALL.map(Kind::name)));
    let known = (documents::id, documents::kind, documents::slug, documents::first_slug);
    let mut own: Vec<(i64, String, String, String)> = of_kinds().filter(documents::slug.eq_any(&slugs)).select(known).load(c)?;
    own.extend(of_kinds().filter(documents::first_slug.eq_any(&slugs)).select(known).load::<(i64, String, String, String)>(c)?);
    let ids: Vec<i64> = own.iter().map(|(id, ..)| *id).collect();
    let filed: Vec<(i64, Option<i64>)> =
        editions::table.filter(editions::document_id.eq_any(&ids)).select((editions::document_id, editions::unit_id)).load(c)?;
    // A text that was ever theirs. Two may bear an address, one as its first: then both must be theirs.
    let theirs: HashSet<i64> =
        filed.into_iter().filter(|(_, unit)| unit.is_some_and(|unit| own_units.contains(&unit))).map(|(id, _)| id).collect();
    let mut known: HashMap<(&str, &str), bool> = HashMap::new();
    for (id, kind, slug, first) in &own {
        for slug in HashSet::from([slug, first]) {
            *known.entry((kind, slug)).or_insert(true) &= theirs.contains(id);
        }
    }
    // What a unit did with a text of another is its own act too.
    let codes: HashSet<&str> = rows.iter().filter_map(|row| reached::code_of(&row.subject)).collect();
    let codes: Vec<&str> = codes.into_iter().collect();
    let bearers: Vec<(i64, String)> = match codes.is_empty() {
        true => Vec::new(),
        false => units::table.filter(units::code.eq_any(&codes)).select((units::id, units::code)).load(c)?,
    };
    let answered: HashSet<String> = bearers.into_iter().filter(|(id, _)| own_units.contains(id)).map(|(_, code)| code).collect();
    // Places, plans and announcements are told by the label of whose they are.
    let labels: HashSet<&str> = rows.iter().filter_map(|row| label_of(&row.subject)).collect();
    let labels: Vec<&str> = labels.into_iter().collect();
    let labelled: Vec<(i64, String)> = match labels.is_empty() {
        true => Vec::new(),
        false => units::table.filter(units::label.eq_any(&labels)).select((units::id, units::label)).load(c)?,
    };
    let labelled: HashSet<String> = labelled.into_iter().filter(|(id, _)| own_units.contains(id)).map(|(_, label)| label).collect();
    let mut people: HashMap<&str, bool> = HashMap::new();
    let mut seen = Vec::with_capacity(rows.len());
    for row in rows {
        seen.push(match (row.subject.strip_prefix(PERSON), borne.get(&row.position)) {
            (Some(login), _) => match people.get(login) {
                Some(known) => *known,
                None => {
                    let is_theirs = is_theirs(c, reach, login)?;
                    people.insert(login, is_theirs);
                    is_theirs
                }
            },
            (None, None) if label_of(&row.subject).is_some_and(|label| labelled.contains(label)) => true,
            (None, Some(_)) if reached::code_of(&row.subject).is_some_and(|code| answered.contains(code)) => true,
            (None, Some((kind, slug))) => known.get(&(kind.name(), slug.as_str())).copied().unwrap_or(false),
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

type Texts = HashMap<i64, (Kind, String)>;

/// How often a draft may have been given another address before what its oldest rows speak of is no longer looked for:
/// nobody but who may know of everything is shown them.
const MOST_MOVES: usize = 20;

/// By the position of a row: of which text it speaks, under the address which that text bears now. A draft that is given
/// another address leaves its old one in the log, and somebody else's text may be given it.
fn borne(c: &mut Conn, rows: &[Row]) -> Result<Texts, Refusal> {
    let mut settled = Texts::new();
    // From where on each text bears this address, as far as it was followed.
    let of = |row: &Row| Some((row.position, row.position, text_of(&row.subject).map(|(kind, slug)| (kind, slug.to_owned()))?));
    let mut open: Vec<(i64, i64, (Kind, String))> = rows.iter().filter_map(of).collect();
    for _ in 0..MOST_MOVES {
        let subjects: HashSet<String> = open.iter().map(|(_, _, (kind, slug))| format!("{}/{slug}", kind.name())).collect();
        let moves: Vec<(i64, String, String)> = log::table
            .filter(log::subject.eq_any(subjects.into_iter().collect::<Vec<_>>()).and(log::act.concat("").eq("readdressed")))
            .order(log::position.asc())
            .select((log::position, log::subject, log::facts))
            .load(c)?;
        let mut by_subject: HashMap<&str, Vec<(i64, &str)>> = HashMap::new();
        for (position, subject, facts) in &moves {
            by_subject.entry(subject).or_default().push((*position, facts));
        }
        let mut onward = Vec::new();
        for (row, from, (kind, slug)) in open {
            let subject = format!("{}/{slug}", kind.name());
            let next = by_subject.get(subject.as_str()).and_then(|moves| moves.iter().find(|(position, _)| *position >= from));
            match next {
                None => drop(settled.insert(row, (kind, slug))),
                Some((position, facts)) => {
                    let facts: serde_json::Value = serde_json::from_str(facts).unwrap_or_default();
                    if let Some(to) = facts.get("to").and_then(serde_json::Value::as_str) {
                        onward.push((row, position + 1, (kind, to.to_owned())));
                    }
                }
            }
        }
        open = onward;
        if open.is_empty() {
            break;
        }
    }
    Ok(settled)
}

/// By the position of a row: the document, and what it is called.
pub type Titles = HashMap<i64, (i64, String)>;

/// What the newest edition of each of these texts is called, of those that the reader may look at.
pub fn titles(c: &mut Conn, reach: &Reach, rows: &[Row]) -> Result<Titles, Refusal> {
    let borne = borne(c, rows)?;
    let slugs: HashSet<&str> = borne.values().map(|(_, slug)| slug.as_str()).collect();
    let found: Vec<(i64, String, String, Option<i64>, String)> = documents::table
        .inner_join(editions::table.inner_join(revisions::table))
        .filter(documents::kind.eq_any(Kind::ALL.map(Kind::name)))
        .filter(documents::slug.eq_any(slugs.into_iter().collect::<Vec<_>>()))
        .order(editions::number.asc())
        .select((documents::id, documents::kind, documents::slug, editions::unit_id, revisions::title))
        .load(c)?;
    let known = found.into_iter().filter(|(_, _, _, unit, _)| reach.covers(*unit));
    let known: HashMap<(Kind, String), (i64, String)> =
        known.filter_map(|(id, kind, slug, _, title)| Some(((Kind::named(&kind)?, slug), (id, title)))).collect();
    Ok(borne.into_iter().filter_map(|(position, text)| Some((position, known.get(&text)?.clone()))).collect())
}
