//! The roll: everybody who works here or has worked here. Nobody is struck off it: who goes is disabled, and his login
//! is never given to anybody else.

use std::net::IpAddr;

use diesel::prelude::*;
use serde_json::{Map, Value, json};

use super::access::{Grant, Reach, Role, Verb};
use super::{Act, Actor, Door, PERSON, proof};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{grants, persons};

/// Without `Debug`: what it holds is nobody's to print.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = persons)]
pub struct Person {
    pub id: i64,
    pub login: String,
    pub name: String,
    pub password_hash: Option<String>,
    pub totp_secret: Option<String>,
    pub totp_last_step: Option<i64>,
    pub disabled_at: Option<Moment>,
    pub created_at: Moment,
}

impl Person {
    pub fn has_second_factor(&self) -> bool {
        self.totp_secret.is_some()
    }

    /// As he stands before the house.
    pub fn actor(&self, c: &mut Conn, from: Option<IpAddr>, door: Door) -> Result<Actor, Refusal> {
        Ok(Actor { id: self.id, login: self.login.clone(), name: self.name.clone(), grants: held(c, self.id)?, from, door })
    }
}

const LEAST_LOGIN: usize = 2;
pub const MOST_LOGIN: usize = 40;

/// Lower-case ASCII letters and digits, with dots and hyphens inside: it stands in addresses and in the log.
pub fn is_login(text: &str) -> bool {
    let is_inner = |b: u8| matches!(b, b'a'..=b'z' | b'0'..=b'9');
    (LEAST_LOGIN..=MOST_LOGIN).contains(&text.len())
        && text.bytes().all(|b| is_inner(b) || matches!(b, b'.' | b'-'))
        && text.bytes().next().is_some_and(is_inner)
        && text.bytes().last().is_some_and(is_inner)
}

pub fn with_id(c: &mut Conn, id: i64) -> Result<Person, Refusal> {
    Ok(persons::table.find(id).select(Person::as_select()).first(c)?)
}

/// PostgreSQL refuses even to hear some texts, so that what can be no login is not asked for.
pub fn at_login(c: &mut Conn, login: &str) -> Result<Person, Refusal> {
    if !is_login(login) {
        return Err(Refusal::Missing);
    }
    Ok(persons::table.filter(persons::login.eq(login)).select(Person::as_select()).first(c)?)
}

pub fn is_empty(c: &mut Conn) -> Result<bool, Refusal> {
    Ok(persons::table.select(persons::id).first::<i64>(c).optional()?.is_none())
}

/// A role that this program does not know gives nothing.
pub fn held(c: &mut Conn, person: i64) -> Result<Vec<Grant>, Refusal> {
    let rows: Vec<(String, Option<i64>)> =
        grants::table.filter(grants::person_id.eq(person)).order(grants::id.asc()).select((grants::role, grants::unit_id)).load(c)?;
    Ok(rows.into_iter().filter_map(|(role, unit_id)| Some(Grant { role: Role::named(&role)?, unit_id })).collect())
}

/// One row of the list of people.
#[derive(Clone)]
pub struct Listed {
    pub person: Person,
    pub grants: Vec<Grant>,
}

/// Whom somebody may see as a keeper, by login. The roll of a province is some thousands of people at most.
pub fn visible_to(c: &mut Conn, act: Act) -> Result<Vec<Listed>, Refusal> {
    let reach = act.who.reach(c, Verb::KeepPeople)?;
    let rows: Vec<(i64, String, Option<i64>)> =
        grants::table.order(grants::id.asc()).select((grants::person_id, grants::role, grants::unit_id)).load(c)?;
    let mut held: std::collections::HashMap<i64, Vec<Grant>> = std::collections::HashMap::new();
    for (person, role, unit_id) in rows {
        if let Some(role) = Role::named(&role) {
            held.entry(person).or_default().push(Grant { role, unit_id });
        }
    }
    let people: Vec<Person> = persons::table.order(persons::login.asc()).select(Person::as_select()).load(c)?;
    let listed = people.into_iter().map(|person| {
        let grants = held.remove(&person.id).unwrap_or_default();
        Listed { person, grants }
    });
    Ok(listed.filter(|listed| reach.covers(None) || listed.grants.iter().any(|grant| reach.covers(grant.unit_id))).collect())
}

/// The person, for a keeper who may know of him. Errors: `Missing` for everybody else.
pub fn seen_by(c: &mut Conn, act: Act, login: &str) -> Result<Person, Refusal> {
    let person = at_login(c, login)?;
    let reach = act.who.reach(c, Verb::KeepPeople)?;
    let is_seen = reach.covers(None) || held(c, person.id)?.iter().any(|grant| reach.covers(grant.unit_id));
    if is_seen { Ok(person) } else { Err(Refusal::Missing) }
}

/// The same for one who may do with him as he likes: everything that the person may do lies in his reach. Otherwise the
/// keeper of a commune could reset the keeper of its province, and be him.
pub fn kept_by(c: &mut Conn, act: Act, login: &str) -> Result<Person, Refusal> {
    let person = seen_by(c, act, login)?;
    let reach = act.who.reach(c, Verb::KeepPeople)?;
    let held = held(c, person.id)?;
    if is_within(&reach, &held) { Ok(person) } else { Err(Refusal::Forbidden) }
}

/// Whether everything that somebody may do lies there.
pub(super) fn is_within(reach: &Reach, held: &[Grant]) -> bool {
    reach.covers(None) || (!held.is_empty() && held.iter().all(|grant| reach.covers(grant.unit_id)))
}

/// A row of the log about a person, which vouches for all that he is and may.
pub fn record(c: &mut Conn, act: Act, name: &str, person: i64, mut facts: Map<String, Value>) -> Result<(), Refusal> {
    let login: String = persons::table.find(person).select(persons::login).first(c)?;
    facts.insert("person".to_owned(), json!(proof::seal(c, person)?));
    act.record(c, name, format!("{PERSON}{login}"), facts).map(drop)
}

pub fn facts<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
