//! One-time links: the only way in for whoever has no password yet, or has it no more. There is no password that we
//! choose for anybody. A link that belongs to nobody makes the first person.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::access::{Role, Verb};
use super::keep::clean_name;
use super::roll::{self, Person, facts, is_login};
use super::session::Limits;
use super::sign_in::{Entered, enter};
use super::{Act, Door, Who, fault, password};
use crate::kit::clock::Moment;
use crate::kit::digest::is_digest;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::phrase;
use crate::store::schema::{grants, links, persons};
use crate::store::{Conn, Store};

pub const LASTS_HOURS: i64 = 72;
pub const FIRST_LASTS_HOURS: i64 = 48;
/// What the first person is: he runs the portal and can also work in it, until there are others.
pub const FIRST_ROLES: [Role; 4] = [Role::Keeper, Role::Editor, Role::Reviewer, Role::Publisher];

/// Where a link leads. The secret is in the query, which no log of ours holds.
pub fn path(token: &str) -> String {
    format!("/ban-bien-tap/lien-ket?ma={token}")
}

/// A link for somebody; those he was given before are void.
pub(super) fn give(c: &mut Conn, act: Act, person: i64) -> Result<String, Refusal> {
    void(c, act.now, Some(person))?;
    make(c, Some(person), act.now + TimeDelta::hours(LASTS_HOURS), act.who.actor().map(|actor| actor.id))
}

/// The link that makes the first person, while there is nobody. The one before is void.
pub fn first(c: &mut Conn, now: Moment) -> Result<Option<String>, Refusal> {
    if !roll::is_empty(c)? {
        return Ok(None);
    }
    void(c, now, None)?;
    make(c, None, now + TimeDelta::hours(FIRST_LASTS_HOURS), None).map(Some)
}

fn make(c: &mut Conn, person: Option<i64>, ends_at: Moment, maker: Option<i64>) -> Result<String, Refusal> {
    let token = secret::token()?;
    diesel::insert_into(links::table)
        .values((
            links::digest.eq(secret::digest_of(&token)),
            links::person_id.eq(person),
            links::ends_at.eq(ends_at),
            links::maker_id.eq(maker),
        ))
        .execute(c)?;
    Ok(token)
}

pub(super) fn void(c: &mut Conn, now: Moment, person: Option<i64>) -> Result<(), Refusal> {
    let unused = links::used_at.is_null();
    match person {
        Some(person) => {
            diesel::update(links::table.filter(unused.and(links::person_id.eq(person)))).set(links::used_at.eq(now)).execute(c)?
        }
        None => diesel::update(links::table.filter(unused.and(links::person_id.is_null()))).set(links::used_at.eq(now)).execute(c)?,
    };
    Ok(())
}

/// Whether who gave this person his last link could still give him one: he may hold it yet, or have followed it himself,
/// and must not become more by it than he may do with. So it is after a role that he cannot reach, or the loss of his own.
pub(super) fn is_backed(c: &mut Conn, person: i64) -> Result<bool, Refusal> {
    let last = links::table.filter(links::person_id.eq(person)).order(links::id.desc()).select(links::maker_id);
    let Some(maker) = last.first::<Option<i64>>(c).optional()?.flatten() else { return Ok(true) };
    let maker = roll::with_id(c, maker)?;
    let reach = maker.actor(c, None, Door::Desk)?.reach(c, Verb::KeepPeople)?;
    Ok(maker.disabled_at.is_none() && roll::is_within(&reach, &roll::held(c, person)?))
}

pub(super) fn is_open(c: &mut Conn, person: i64, now: Moment) -> Result<bool, Refusal> {
    let open = links::person_id.eq(person).and(links::used_at.is_null()).and(links::ends_at.gt(now));
    Ok(links::table.filter(open).select(links::id).first::<i64>(c).optional()?.is_some())
}

/// Whose link this is.
pub enum Bearer {
    /// Nobody is here yet.
    First,
    Person(Box<Person>),
}

/// Errors: `Missing` for a link that never was, is used, void or over, that nobody stands behind any more, or whose owner
/// is disabled: one answer for all.
pub fn find(c: &mut Conn, token: &str, now: Moment) -> Result<Bearer, Refusal> {
    if !is_digest(token) {
        return Err(Refusal::Missing);
    }
    let owner: Option<i64> = links::table
        .filter(links::digest.eq(secret::digest_of(token)).and(links::used_at.is_null()).and(links::ends_at.gt(now)))
        .select(links::person_id)
        .first(c)?;
    match owner {
        None if roll::is_empty(c)? => Ok(Bearer::First),
        None => Err(Refusal::Missing),
        Some(id) => {
            let person = roll::with_id(c, id)?;
            let is_good = person.disabled_at.is_none() && is_backed(c, id)?;
            if is_good { Ok(Bearer::Person(Box::new(person))) } else { Err(Refusal::Missing) }
        }
    }
}

/// What whoever follows a link sends.
pub struct Answer<'a> {
    pub token: &'a str,
    /// Asked only of the first person.
    pub login: &'a str,
    pub name: &'a str,
    pub password: &'a str,
    pub from: Option<IpAddr>,
    pub agent: &'a str,
}

/// Sets the password, makes the first person if there is nobody, uses the link up and opens a session. Errors: `Issues`
/// at `login`, `name` or `password`.
pub fn follow(store: &Store, now: Moment, limits: &Limits, site: &str, answer: &Answer) -> Result<Entered, Refusal> {
    let known = {
        let mut c = store.read()?;
        match find(&mut c, answer.token, now)? {
            Bearer::Person(person) => password::known_of(&mut c, &person.login, &person.name, site, Some(person.id))?,
            Bearer::First => {
                if !is_login(answer.login) {
                    return Err(fault("login", phrase!("person-bad-login")));
                }
                password::known_of(&mut c, answer.login, &clean_name(answer.name)?, site, None)?
            }
        }
    };
    password::must_be_good(answer.password, &known)?;
    let hash = secret::hash(&password::normal(answer.password))?;
    store.write(|c| {
        // Somebody may have been faster.
        let id = match find(c, answer.token, now)? {
            Bearer::Person(person) => person.id,
            Bearer::First => make_first(c, now, answer)?,
        };
        diesel::update(links::table.filter(links::digest.eq(secret::digest_of(answer.token)))).set(links::used_at.eq(now)).execute(c)?;
        let who = Who::Person(roll::with_id(c, id)?.actor(c, answer.from, Door::Desk)?);
        password::keep(c, Act { now, who: &who }, id, &hash, None)?;
        let person = roll::with_id(c, id)?;
        enter(c, now, limits, &person, answer.from, answer.agent)
    })
}

fn make_first(c: &mut Conn, now: Moment, answer: &Answer) -> Result<i64, Refusal> {
    let id: i64 = diesel::insert_into(persons::table)
        .values((persons::login.eq(answer.login), persons::name.eq(clean_name(answer.name)?), persons::created_at.eq(now)))
        .returning(persons::id)
        .get_result(c)?;
    for role in FIRST_ROLES {
        diesel::insert_into(grants::table)
            .values((
                grants::person_id.eq(id),
                grants::role.eq(role.name()),
                grants::granted_by.eq(answer.login),
                grants::granted_at.eq(now),
            ))
            .execute(c)?;
    }
    let who = Who::Person(roll::with_id(c, id)?.actor(c, answer.from, Door::Desk)?);
    let roles: Vec<&str> = FIRST_ROLES.iter().map(|role| role.name()).collect();
    roll::record(c, Act { now, who: &who }, "person_added", id, facts([("first", json!(true)), ("roles", json!(roles))]))?;
    Ok(id)
}
