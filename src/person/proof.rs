//! What a person is and may, in one digest: each act on people leaves it in the log, and `bangtin verify` asks whether
//! the tables still say the same. Whoever gives himself a role, or a password, in the database shows.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::PERSON;
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{grants, persons, recovery_codes, tokens};

/// Hashes and random secrets go in by their digest, from which nobody guesses them.
pub fn seal(c: &mut Conn, person: i64) -> Result<String, Refusal> {
    type Row = (String, String, Option<String>, Option<String>, Option<chrono::NaiveDateTime>);
    let (login, name, password, totp, disabled): Row = persons::table
        .find(person)
        .select((persons::login, persons::name, persons::password_hash, persons::totp_secret, persons::disabled_at))
        .first(c)?;
    let mut roles: Vec<(String, Option<i64>)> =
        grants::table.filter(grants::person_id.eq(person)).select((grants::role, grants::unit_id)).load(c)?;
    roles.sort();
    let mut codes: Vec<(String, bool)> = recovery_codes::table
        .filter(recovery_codes::person_id.eq(person))
        .select((recovery_codes::digest, recovery_codes::used_at.is_not_null()))
        .load(c)?;
    codes.sort();
    let mut doors: Vec<(String, String, chrono::NaiveDateTime)> = tokens::table
        .filter(tokens::person_id.eq(person).and(tokens::revoked_at.is_null()))
        .select((tokens::digest, tokens::scope, tokens::ends_at))
        .load(c)?;
    doors.sort();
    let secret = |held: Option<String>| held.map(|held| digest::sha256(held.as_bytes())).unwrap_or_default();
    let joined = |parts: Vec<String>| parts.join("\n");
    Ok(digest::sha256_of(&[
        &login,
        &name,
        &secret(password),
        &secret(totp),
        &disabled.map(|at| at.to_string()).unwrap_or_default(),
        &joined(roles.iter().map(|(role, unit)| format!("{role} {}", unit.unwrap_or_default())).collect()),
        &joined(codes.iter().map(|(digest, used)| format!("{digest} {used}")).collect()),
        &joined(doors.iter().map(|(digest, scope, ends)| format!("{digest} {scope} {ends}")).collect()),
    ]))
}

/// Both ways: everybody is as the log left him, and whoever the log tells of is there. `told`: by subject.
pub fn compare(c: &mut Conn, told: &BTreeMap<String, String>) -> Result<Vec<Phrase>, Refusal> {
    let people: Vec<(i64, String)> = persons::table.order(persons::login.asc()).select((persons::id, persons::login)).load(c)?;
    let mut faults = Vec::new();
    for (id, login) in &people {
        if told.get(&format!("{PERSON}{login}")) != Some(&seal(c, *id)?) {
            faults.push(phrase!("verify-changed-person", login = login));
        }
    }
    let lost =
        told.keys().filter_map(|subject| subject.strip_prefix(PERSON)).filter(|login| !people.iter().any(|(_, known)| known == login));
    faults.extend(lost.map(|login| phrase!("verify-lost-person", login = login)));
    Ok(faults)
}
