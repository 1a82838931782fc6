//! Tokens for programs: shown once, kept as digests, opening some verbs and never more than their owner may.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::access::Verb;
use super::password::Proven;
use super::roll::{self, Person, facts};
use super::session::Limits;
use super::{Act, Actor, Door, Who, fault, session};
use crate::kit::clock::Moment;
use crate::kit::fold::nfc;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{persons, tokens};

/// Says what it is wherever it is found by mistake.
pub const PREFIX: &str = "bangtin_";
pub const MOST_DAYS: i64 = 366;
const MOST_TOKENS: i64 = 20;
const MOST_NAME: usize = 60;
const USED_EVERY: TimeDelta = TimeDelta::minutes(1);
/// What a token may open. People, the site and publishing without approval are for somebody who sits at the desk.
pub const SCOPE: [Verb; 8] =
    [Verb::Look, Verb::Write, Verb::Edit, Verb::Review, Verb::Publish, Verb::Confirm, Verb::Withdraw, Verb::ReadLog];

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = tokens)]
pub struct Token {
    pub id: i64,
    pub name: String,
    #[diesel(column_name = scope)]
    scope_names: String,
    pub created_at: Moment,
    pub last_used_at: Option<Moment>,
    pub ends_at: Moment,
}

impl Token {
    pub fn scope(&self) -> Vec<Verb> {
        self.scope_names.split(' ').filter_map(Verb::named).collect()
    }
}

/// For whoever has shown again that it is he: a session that somebody else has come by makes none. Gives the token, and
/// the one under which the session goes on.
pub fn create_proven(c: &mut Conn, act: Act, session: i64, proven: &Proven, asked: &Asked) -> Result<(String, String), Refusal> {
    proven.take(c, act)?;
    let token = create(c, act, asked.name, asked.scope, asked.days)?;
    Ok((token, session::renew(c, session)?))
}

pub struct Asked<'a> {
    pub name: &'a str,
    pub scope: &'a [Verb],
    pub days: i64,
}

/// Gives the token, which is shown once. Errors: `Issues` at `token_name`, `scope` or `days`.
pub fn create(c: &mut Conn, act: Act, name: &str, scope: &[Verb], days: i64) -> Result<String, Refusal> {
    let actor = owner(act)?;
    let (name, scope) = judge(c, act, &Asked { name, scope, days })?;
    let names = scope.iter().map(|verb| verb.name()).collect::<Vec<_>>().join(" ");
    let token = format!("{PREFIX}{}", secret::token()?);
    let id: i64 = diesel::insert_into(tokens::table)
        .values((
            tokens::digest.eq(secret::digest_of(&token)),
            tokens::person_id.eq(actor.id),
            tokens::name.eq(&name),
            tokens::scope.eq(&names),
            tokens::created_at.eq(act.now),
            tokens::ends_at.eq(act.now + TimeDelta::days(days)),
        ))
        .returning(tokens::id)
        .get_result(c)?;
    roll::record(c, act, "token_created", actor.id, facts([("name", json!(name)), ("scope", json!(names)), ("token", json!(id))]))?;
    Ok(token)
}

/// Whether he could be given it: before he is asked who he is, so that a slip in the form is no attempt at his password.
/// Gives the name and the scope as they are kept.
pub fn judge(c: &mut Conn, act: Act, asked: &Asked) -> Result<(String, Vec<Verb>), Refusal> {
    let (actor, Asked { name, scope, days }) = (owner(act)?, asked);
    let name = nfc(&name.split_whitespace().collect::<Vec<_>>().join(" "));
    if name.is_empty() || name.chars().count() > MOST_NAME || name.chars().any(char::is_control) {
        return Err(fault("token_name", phrase!("token-bad-name", most = MOST_NAME)));
    }
    let scope: Vec<Verb> = SCOPE.into_iter().filter(|verb| scope.contains(verb)).collect();
    if scope.is_empty() {
        return Err(fault("scope", phrase!("token-no-scope")));
    }
    // It would open by itself on the day on which its owner is given more.
    if !scope.iter().all(|verb| actor.may_somewhere(*verb)) {
        return Err(fault("scope", phrase!("token-beyond-owner")));
    }
    if !(1..=MOST_DAYS).contains(days) {
        return Err(fault("days", phrase!("token-bad-days", most = MOST_DAYS)));
    }
    if open(c, actor.id, act.now)?.len() as i64 >= MOST_TOKENS {
        return Err(fault("token_name", phrase!("token-many", most = MOST_TOKENS)));
    }
    Ok((name, scope))
}

/// One's own, or of somebody one keeps.
pub fn revoke(c: &mut Conn, act: Act, login: &str, token: i64) -> Result<(), Refusal> {
    let person = match act.who {
        Who::Person(actor) if actor.login == login && actor.door == Door::Desk => roll::with_id(c, actor.id)?,
        _ => roll::kept_by(c, act, login)?,
    };
    let own = tokens::table.filter(tokens::id.eq(token).and(tokens::person_id.eq(person.id)).and(tokens::revoked_at.is_null()));
    if diesel::update(own).set(tokens::revoked_at.eq(act.now)).execute(c)? == 0 {
        return Err(Refusal::Missing);
    }
    roll::record(c, act, "token_revoked", person.id, facts([("token", json!(token))]))
}

/// Whatever programs were let do in his name ends with what it was opened by.
pub(super) fn revoke_all(c: &mut Conn, act: Act, person: i64) -> Result<(), Refusal> {
    let open = tokens::table.filter(tokens::person_id.eq(person).and(tokens::revoked_at.is_null()));
    let count = diesel::update(open).set(tokens::revoked_at.eq(act.now)).execute(c)?;
    if count == 0 { Ok(()) } else { roll::record(c, act, "tokens_revoked", person, facts([("count", json!(count))])) }
}

pub fn open(c: &mut Conn, person: i64, now: Moment) -> Result<Vec<Token>, Refusal> {
    let open = tokens::person_id.eq(person).and(tokens::revoked_at.is_null()).and(tokens::ends_at.gt(now));
    Ok(tokens::table.filter(open).order(tokens::created_at.desc()).limit(MOST_TOKENS).select(Token::as_select()).load(c)?)
}

/// Whoever shows a token. Reads only. `None`: nobody's, over, revoked, or its owner is disabled or has still to set up the
/// second factor that a role of his asks for.
pub fn at_door(c: &mut Conn, token: &str, from: Option<IpAddr>, now: Moment, limits: &Limits) -> Result<Option<(Actor, i64)>, Refusal> {
    let is_one = token.strip_prefix(PREFIX).is_some_and(crate::kit::digest::is_digest);
    if !is_one {
        return Ok(None);
    }
    let open = tokens::digest.eq(secret::digest_of(token)).and(tokens::revoked_at.is_null()).and(tokens::ends_at.gt(now));
    let found: Option<(Token, Person)> = tokens::table
        .inner_join(persons::table)
        .filter(open.and(persons::disabled_at.is_null()))
        .select((Token::as_select(), Person::as_select()))
        .first(c)
        .optional()?;
    let Some((token, person)) = found else { return Ok(None) };
    let door = Door::Token { name: token.name.clone(), scope: token.scope() };
    let actor = person.actor(c, from, door)?;
    let is_half = limits.needs_second_factor(&actor) && !person.has_second_factor();
    Ok((!is_half).then_some((actor, token.id)))
}

/// Whether it is time to write down that it was used.
pub fn is_used_late(c: &mut Conn, token: i64, now: Moment) -> Result<bool, Refusal> {
    let last: Option<Moment> = tokens::table.find(token).select(tokens::last_used_at).first(c)?;
    Ok(last.is_none_or(|last| last <= now - USED_EVERY))
}

/// Written at most once a minute.
pub fn used(c: &mut Conn, token: i64, now: Moment) -> Result<(), Refusal> {
    let late = tokens::last_used_at.is_null().or(tokens::last_used_at.le(now - USED_EVERY));
    diesel::update(tokens::table.find(token).filter(late)).set(tokens::last_used_at.eq(now)).execute(c)?;
    Ok(())
}

/// A token makes no tokens.
fn owner<'a>(act: Act<'a>) -> Result<&'a Actor, Refusal> {
    match act.who {
        Who::Person(actor) if actor.door == Door::Desk => Ok(actor),
        _ => Err(Refusal::Forbidden),
    }
}
