//! Who is signed in, on which device. The browser holds 256 random bits and the store their digest; a session is over
//! when it was idle for too long, or lasted too long, or somebody ended it. It is asked for at every step, so that
//! what a keeper takes away is gone at once.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::json;

use super::access::Role;
use super::roll::{self, Person, facts};
use super::{Act, Actor, Door, Who};
use crate::kit::clock::Moment;
use crate::kit::digest::is_digest;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::store::Conn;
use crate::store::schema::{persons, sessions};
use crate::web::limit::household;
use crate::web::site::Desk;

/// Between the password and the code.
const BETWEEN: TimeDelta = TimeDelta::minutes(10);
/// A device that nobody has used for so long is listed no more.
const FORGOTTEN: TimeDelta = TimeDelta::days(90);
/// How long a place is known from which somebody has signed in.
const KNOWN: TimeDelta = TimeDelta::days(30);
/// Of one person, at once: the one seen longest ago makes room.
const MOST: i64 = 20;
/// The same of those that wait for a code, apart: whoever has no more than a password pushes out nobody who has both.
const MOST_HALF: i64 = 5;
const MOST_AGENT: usize = 160;
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(1);

const FULL: &str = "full";
const SECOND_FACTOR: &str = "second_factor";

/// As the site says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    pub idle: TimeDelta,
    pub absolute: TimeDelta,
    /// Who holds one of these works with a second factor or not at all.
    pub second_factor: Vec<Role>,
}

impl Limits {
    pub fn of(desk: &Desk) -> Limits {
        Limits {
            idle: TimeDelta::minutes(desk.idle_minutes),
            absolute: TimeDelta::hours(desk.absolute_hours),
            second_factor: desk.second_factor.iter().filter_map(|name| Role::named(name)).collect(),
        }
    }

    pub fn needs_second_factor(&self, actor: &Actor) -> bool {
        actor.grants.iter().any(|grant| self.second_factor.contains(&grant.role))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Full,
    /// The password was right, and the code is still to come: nothing else is open.
    SecondFactor,
    /// A role of his asks for a second factor and he has none: nothing but setting it up is open.
    Enrol,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub actor: Actor,
    pub session_id: i64,
    pub stage: Stage,
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sessions)]
pub struct Session {
    pub id: i64,
    pub person_id: i64,
    stage: String,
    pub created_at: Moment,
    pub seen_at: Moment,
    ended_at: Option<Moment>,
    revoked_at: Option<Moment>,
    pub address: String,
    pub agent: String,
}

impl Session {
    fn is_open(&self, now: Moment, limits: &Limits) -> bool {
        let lasts = if self.stage == FULL { limits.absolute } else { BETWEEN };
        self.ended_at.is_none() && self.revoked_at.is_none() && now < self.seen_at + limits.idle && now < self.created_at + lasts
    }
}

/// Reads only. `None`: nobody's, over, revoked, or its owner is disabled.
pub fn at_door(c: &mut Conn, token: &str, from: Option<IpAddr>, now: Moment, limits: &Limits) -> Result<Option<Signed>, Refusal> {
    let Some((session, person)) = find(c, token)? else { return Ok(None) };
    if !session.is_open(now, limits) || person.disabled_at.is_some() {
        return Ok(None);
    }
    let actor = person.actor(c, from, Door::Desk)?;
    let stage = match session.stage.as_str() {
        FULL if limits.needs_second_factor(&actor) && !person.has_second_factor() => Stage::Enrol,
        FULL => Stage::Full,
        _ => Stage::SecondFactor,
    };
    Ok(Some(Signed { actor, session_id: session.id, stage }))
}

/// Whose session this was, where time alone has ended it: what he typed is his. Asked after `at_door` found nobody.
pub fn expired_owner(c: &mut Conn, token: &str) -> Result<Option<(i64, String)>, Refusal> {
    let owner = find(c, token)?.filter(|(session, person)| {
        session.stage == FULL && session.ended_at.is_none() && session.revoked_at.is_none() && person.disabled_at.is_none()
    });
    Ok(owner.map(|(_, person)| (person.id, person.login)))
}

/// Whether this was a session of somebody's, whatever has ended it.
pub fn was_one(c: &mut Conn, token: &str) -> Result<bool, Refusal> {
    Ok(find(c, token)?.is_some_and(|(session, _)| session.stage == FULL))
}

fn find(c: &mut Conn, token: &str) -> Result<Option<(Session, Person)>, Refusal> {
    if !is_digest(token) {
        return Ok(None);
    }
    Ok(sessions::table
        .inner_join(persons::table)
        .filter(sessions::digest.eq(secret::digest_of(token)))
        .select((Session::as_select(), Person::as_select()))
        .first(c)
        .optional()?)
}

/// Whether `seen` has anything to note.
pub fn is_seen_late(c: &mut Conn, session: i64, now: Moment) -> Result<bool, Refusal> {
    let seen: Moment = sessions::table.find(session).select(sessions::seen_at).first(c)?;
    Ok(now >= seen + SEEN_EVERY)
}

/// He is still there. Written at most once a minute.
pub fn seen(c: &mut Conn, session: i64, now: Moment) -> Result<(), Refusal> {
    diesel::update(sessions::table.find(session).filter(sessions::seen_at.le(now - SEEN_EVERY)))
        .set(sessions::seen_at.eq(now))
        .execute(c)?;
    Ok(())
}

/// A new session with a token that nobody outside has chosen or seen.
pub(super) fn begin(c: &mut Conn, now: Moment, person: &Person, from: Option<IpAddr>, agent: &str) -> Result<(i64, String), Refusal> {
    let token = secret::token()?;
    diesel::delete(sessions::table.filter(sessions::person_id.eq(person.id).and(sessions::seen_at.lt(now - FORGOTTEN)))).execute(c)?;
    let stage = if person.has_second_factor() { SECOND_FACTOR } else { FULL };
    make_room(c, now, person.id, stage)?;
    let id = diesel::insert_into(sessions::table)
        .values((
            sessions::digest.eq(secret::digest_of(&token)),
            sessions::person_id.eq(person.id),
            sessions::stage.eq(stage),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::address.eq(from.map(|from| from.to_string()).unwrap_or_default()),
            sessions::household.eq(home(from)),
            sessions::agent.eq(shortened(agent)),
        ))
        .returning(sessions::id)
        .get_result(c)?;
    Ok((id, token))
}

/// For one more of this stage.
fn make_room(c: &mut Conn, now: Moment, person: i64, stage: &str) -> Result<(), Refusal> {
    let most = if stage == FULL { MOST } else { MOST_HALF };
    let surplus = live(person).filter(sessions::stage.eq(stage)).order(sessions::seen_at.desc()).offset(most - 1).limit(MOST);
    let surplus: Vec<i64> = surplus.select(sessions::id).load(c)?;
    revoke_these(c, now, &surplus)?;
    Ok(())
}

/// The same session, fully open, under a new token: the one before was given out before the second factor.
pub(super) fn complete(c: &mut Conn, now: Moment, person: i64, session: i64) -> Result<String, Refusal> {
    make_room(c, now, person, FULL)?;
    diesel::update(sessions::table.find(session)).set((sessions::stage.eq(FULL), sessions::seen_at.eq(now))).execute(c)?;
    renew(c, session)
}

/// The same session under a new token: what was known of it before opens nothing any more. Due whenever somebody has
/// shown anew who he is, or changes how he shows it.
pub(super) fn renew(c: &mut Conn, session: i64) -> Result<String, Refusal> {
    let token = secret::token()?;
    diesel::update(sessions::table.find(session)).set(sessions::digest.eq(secret::digest_of(&token))).execute(c)?;
    Ok(token)
}

pub fn sign_out(c: &mut Conn, act: Act, session: i64) -> Result<(), Refusal> {
    let Who::Person(actor) = act.who else { return Err(Refusal::Missing) };
    let changed = diesel::update(live(actor.id).filter(sessions::id.eq(session))).set(sessions::ended_at.eq(act.now)).execute(c)?;
    if changed == 0 {
        return Ok(());
    }
    roll::record(c, act, "signed_out", actor.id, facts([("session", json!(session))]))
}

/// The sessions of somebody that are open, the last seen first.
pub fn open(c: &mut Conn, person: i64, now: Moment, limits: &Limits) -> Result<Vec<Session>, Refusal> {
    let all: Vec<Session> = live(person).order(sessions::seen_at.desc()).limit(MOST + MOST_HALF).select(Session::as_select()).load(c)?;
    Ok(all.into_iter().filter(|session| session.is_open(now, limits)).collect())
}

/// One session of one's own, or of somebody one keeps.
pub fn revoke(c: &mut Conn, act: Act, login: &str, session: i64) -> Result<(), Refusal> {
    let person = own_or_kept(c, act, login)?;
    let ids: Vec<i64> = live(person.id).filter(sessions::id.eq(session)).select(sessions::id).load(c)?;
    if revoke_these(c, act.now, &ids)? == 0 {
        return Err(Refusal::Missing);
    }
    roll::record(c, act, "session_revoked", person.id, facts([("session", json!(session))]))
}

/// All of one's own, but for the one from which it is asked; that goes on under a new token, for somebody may have a copy.
pub fn revoke_others_of_mine(c: &mut Conn, act: Act, session: i64) -> Result<String, Refusal> {
    let Who::Person(actor) = act.who else { return Err(Refusal::Missing) };
    revoke_all(c, act, &actor.login, Some(session))?;
    renew(c, session)
}

/// All, but for one.
pub fn revoke_all(c: &mut Conn, act: Act, login: &str, but: Option<i64>) -> Result<(), Refusal> {
    let person = own_or_kept(c, act, login)?;
    let count = revoke_others(c, act.now, person.id, but)?;
    roll::record(c, act, "sessions_revoked", person.id, facts([("count", json!(count))]))
}

pub(super) fn revoke_others(c: &mut Conn, now: Moment, person: i64, but: Option<i64>) -> Result<usize, Refusal> {
    let ids: Vec<i64> = live(person).filter(sessions::id.ne(but.unwrap_or_default())).select(sessions::id).load(c)?;
    revoke_these(c, now, &ids)
}

fn own_or_kept(c: &mut Conn, act: Act, login: &str) -> Result<Person, Refusal> {
    match act.who {
        Who::Person(actor) if actor.login == login && actor.door == Door::Desk => roll::with_id(c, actor.id),
        _ => roll::kept_by(c, act, login),
    }
}

/// From where he has signed in within thirty days: strangers elsewhere do not hinder him there.
pub(super) fn is_known_place(c: &mut Conn, person: i64, from: Option<IpAddr>, now: Moment) -> Result<bool, Refusal> {
    let there = sessions::person_id.eq(person).and(sessions::household.eq(home(from))).and(sessions::stage.eq(FULL));
    let lately = sessions::revoked_at.is_null().and(sessions::created_at.gt(now - KNOWN));
    Ok(from.is_some() && sessions::table.filter(there.and(lately)).select(sessions::id).first::<i64>(c).optional()?.is_some())
}

type Live = diesel::dsl::Filter<
    sessions::table,
    diesel::dsl::And<
        diesel::dsl::And<diesel::dsl::Eq<sessions::person_id, i64>, diesel::dsl::IsNull<sessions::ended_at>>,
        diesel::dsl::IsNull<sessions::revoked_at>,
    >,
>;

fn live(person: i64) -> Live {
    sessions::table.filter(sessions::person_id.eq(person).and(sessions::ended_at.is_null()).and(sessions::revoked_at.is_null()))
}

fn revoke_these(c: &mut Conn, now: Moment, ids: &[i64]) -> Result<usize, Refusal> {
    Ok(diesel::update(sessions::table.filter(sessions::id.eq_any(ids))).set(sessions::revoked_at.eq(now)).execute(c)?)
}

/// A household as text: the address of a line, or of a network behind one.
pub(super) fn home(from: Option<IpAddr>) -> String {
    from.map(|from| crate::kit::digest::hex(&household(from))).unwrap_or_default()
}

fn shortened(agent: &str) -> String {
    agent.chars().filter(|c| !c.is_control()).take(MOST_AGENT).collect()
}
