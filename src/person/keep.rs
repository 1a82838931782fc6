//! What a keeper does with people: adds them, gives and takes roles, resets, disables, renames. A keeper of a unit does
//! it there and below, and with nobody who may more than that.

use diesel::prelude::*;
use serde_json::{Value, json};

use super::access::{Grant, Role, Verb};
use super::roll::{self, Person, facts, is_login};
use super::{Act, Who, fault, link, second, session, token};
use crate::kit::fold::nfc;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{grants, persons, units};

const MOST_NAME: usize = 80;
/// Of one person.
const MOST_GRANTS: usize = 60;

/// A name as it is kept: on one line, with single spaces.
pub fn clean_name(typed: &str) -> Result<String, Refusal> {
    let name = nfc(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
    if name.is_empty() {
        return Err(fault("name", phrase!("person-no-name")));
    }
    if name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
        return Err(fault("name", phrase!("person-bad-name", most = MOST_NAME)));
    }
    Ok(name)
}

pub fn clean_login(typed: &str) -> Result<(), Refusal> {
    if is_login(typed) { Ok(()) } else { Err(fault("login", phrase!("person-bad-login"))) }
}

/// Somebody new, with his first roles. Gives his one-time link. Without a role only a keeper of the whole portal adds
/// anybody: nobody else could see him.
pub fn add(c: &mut Conn, act: Act, login: &str, name: &str, roles: &[Grant]) -> Result<String, Refusal> {
    if roles.is_empty() {
        act.must(c, Verb::KeepPeople, None)?;
    }
    for grant in roles {
        must_keep(c, act, grant.unit_id)?;
    }
    clean_login(login)?;
    let name = clean_name(name)?;
    if persons::table.filter(persons::login.eq(login)).select(persons::id).first::<i64>(c).optional()?.is_some() {
        return Err(fault("login", phrase!("person-login-taken", login = login)));
    }
    let id: i64 = diesel::insert_into(persons::table)
        .values((persons::login.eq(login), persons::name.eq(&name), persons::created_at.eq(act.now)))
        .returning(persons::id)
        .get_result(c)?;
    let mut told = Vec::with_capacity(roles.len());
    for grant in roles {
        if write(c, act, id, *grant)? {
            told.push(named(c, *grant)?);
        }
    }
    roll::record(c, act, "person_added", id, facts([("name", json!(name)), ("roles", Value::Array(told))]))?;
    link::give(c, act, id)
}

pub fn rename(c: &mut Conn, act: Act, login: &str, name: &str) -> Result<(), Refusal> {
    let person = roll::kept_by(c, act, login)?;
    let name = clean_name(name)?;
    diesel::update(persons::table.find(person.id)).set(persons::name.eq(&name)).execute(c)?;
    roll::record(c, act, "person_renamed", person.id, facts([("name", json!(name))]))
}

/// What a role of more reach says of the way by which its holder came in: a link from somebody who may less, who may hold
/// it still or have followed it himself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    Whole,
    /// It was open, and is void.
    LinkVoid,
    /// It was followed, and by whom nobody can tell: to be sure of him, he is reset.
    PasswordByLink,
}

/// Somebody whom one may see, in a unit that one keeps. Whoever has the role already keeps it.
pub fn grant(c: &mut Conn, act: Act, login: &str, grant: Grant) -> Result<Trust, Refusal> {
    let person = roll::seen_by(c, act, login)?;
    must_keep(c, act, grant.unit_id)?;
    if roll::held(c, person.id)?.len() >= MOST_GRANTS {
        return Err(fault("role", phrase!("person-many-roles", most = MOST_GRANTS)));
    }
    let was_backed = link::is_backed(c, person.id)?;
    if !write(c, act, person.id, grant)? {
        return Ok(Trust::Whole);
    }
    let told = named(c, grant)?;
    roll::record(c, act, "role_granted", person.id, facts([("role", told)]))?;
    if !was_backed || link::is_backed(c, person.id)? {
        return Ok(Trust::Whole);
    }
    if !link::is_open(c, person.id, act.now)? {
        return Ok(if person.password_hash.is_some() { Trust::PasswordByLink } else { Trust::Whole });
    }
    link::void(c, act.now, Some(person.id))?;
    roll::record(c, act, "link_voided", person.id, facts([]))?;
    Ok(Trust::LinkVoid)
}

pub fn revoke(c: &mut Conn, act: Act, login: &str, grant: Grant) -> Result<(), Refusal> {
    let person = roll::seen_by(c, act, login)?;
    must_keep(c, act, grant.unit_id)?;
    if !roll::held(c, person.id)?.contains(&grant) {
        return Err(Refusal::Missing);
    }
    if grant == (Grant { role: Role::Keeper, unit_id: None }) {
        must_leave_a_keeper(c, act, &person)?;
    }
    let row = grants::table.filter(grants::person_id.eq(person.id).and(grants::role.eq(grant.role.name())));
    match grant.unit_id {
        Some(unit) => diesel::delete(row.filter(grants::unit_id.eq(unit))).execute(c)?,
        None => diesel::delete(row.filter(grants::unit_id.is_null())).execute(c)?,
    };
    let told = named(c, grant)?;
    roll::record(c, act, "role_revoked", person.id, facts([("role", told)]))
}

/// Everything by which somebody comes in is void: password, second factor, sessions, tokens. Gives a one-time link.
pub fn reset(c: &mut Conn, act: Act, login: &str) -> Result<String, Refusal> {
    let person = roll::kept_by(c, act, login)?;
    if person.disabled_at.is_some() {
        return Err(Refusal::WrongState(phrase!("person-is-disabled")));
    }
    if matches!(act.who, Who::Person(actor) if actor.id == person.id) {
        return Err(Refusal::WrongState(phrase!("person-not-oneself")));
    }
    shut(c, act, person.id)?;
    diesel::update(persons::table.find(person.id)).set(persons::password_hash.eq(None::<String>)).execute(c)?;
    second::forget(c, person.id)?;
    roll::record(c, act, "person_reset", person.id, facts([]))?;
    link::give(c, act, person.id)
}

/// He comes in no more, from now on. What he wrote stays his.
pub fn disable(c: &mut Conn, act: Act, login: &str) -> Result<(), Refusal> {
    let person = roll::kept_by(c, act, login)?;
    if person.disabled_at.is_some() {
        return Ok(());
    }
    if matches!(act.who, Who::Person(actor) if actor.id == person.id) {
        return Err(Refusal::WrongState(phrase!("person-not-oneself")));
    }
    must_leave_a_keeper(c, act, &person)?;
    diesel::update(persons::table.find(person.id)).set(persons::disabled_at.eq(act.now)).execute(c)?;
    shut(c, act, person.id)?;
    roll::record(c, act, "person_disabled", person.id, facts([]))
}

pub fn enable(c: &mut Conn, act: Act, login: &str) -> Result<(), Refusal> {
    let person = roll::kept_by(c, act, login)?;
    if person.disabled_at.is_none() {
        return Ok(());
    }
    diesel::update(persons::table.find(person.id)).set(persons::disabled_at.eq(None::<chrono::NaiveDateTime>)).execute(c)?;
    roll::record(c, act, "person_enabled", person.id, facts([]))
}

fn shut(c: &mut Conn, act: Act, person: i64) -> Result<(), Refusal> {
    session::revoke_others(c, act.now, person, None)?;
    token::revoke_all(c, act, person)?;
    link::void(c, act.now, Some(person))
}

/// `Missing` for a unit in which he may do nothing at all, like one that does not exist.
fn must_keep(c: &mut Conn, act: Act, unit: Option<i64>) -> Result<(), Refusal> {
    if let Some(unit) = unit {
        units::table.find(unit).select(units::id).first::<i64>(c)?;
    }
    act.must(c, Verb::KeepPeople, unit)
}

/// Somebody must be able to let others in. Whoever holds the machine can mend it, and is not asked.
fn must_leave_a_keeper(c: &mut Conn, act: Act, going: &Person) -> Result<(), Refusal> {
    if act.who.actor().is_none() {
        return Ok(());
    }
    let others = persons::id.ne(going.id).and(persons::disabled_at.is_null()).and(persons::password_hash.is_not_null());
    let keepers = grants::role.eq(Role::Keeper.name()).and(grants::unit_id.is_null());
    let other: Option<i64> =
        grants::table.inner_join(persons::table).filter(keepers.and(others)).select(persons::id).first(c).optional()?;
    let is_keeper = roll::held(c, going.id)?.contains(&Grant { role: Role::Keeper, unit_id: None });
    if is_keeper && other.is_none() { Err(Refusal::WrongState(phrase!("person-last-keeper"))) } else { Ok(()) }
}

/// Says whether he had it not.
fn write(c: &mut Conn, act: Act, person: i64, grant: Grant) -> Result<bool, Refusal> {
    if roll::held(c, person)?.contains(&grant) {
        return Ok(false);
    }
    diesel::insert_into(grants::table)
        .values((
            grants::person_id.eq(person),
            grants::role.eq(grant.role.name()),
            grants::unit_id.eq(grant.unit_id),
            grants::granted_by.eq(act.who.name()),
            grants::granted_at.eq(act.now),
        ))
        .execute(c)?;
    Ok(true)
}

/// As the log tells it: `editor@99017`, `keeper`.
fn named(c: &mut Conn, grant: Grant) -> Result<Value, Refusal> {
    let code: Option<String> = match grant.unit_id {
        Some(unit) => Some(units::table.find(unit).select(units::code).first(c)?),
        None => None,
    };
    Ok(json!(code.map_or_else(|| grant.role.name().to_owned(), |code| format!("{}@{code}", grant.role.name()))))
}
