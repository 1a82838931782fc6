//! Signing in: a password, then perhaps a code. Whatever is wrong, the answer is one and the same, and takes as long:
//! none tells whether an account exists.

use std::net::IpAddr;

use serde_json::json;

use super::roll::{self, MOST_LOGIN, Person, facts};
use super::session::{self, Limits, Signed, Stage};
use super::throttle::{self, Gate, Heard, Knock};
use super::{Act, Door, Who, password, second};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::store::{Conn, Store};

/// What somebody gives at the door.
pub struct Given<'g> {
    pub login: &'g str,
    pub password: &'g str,
    pub from: Option<IpAddr>,
    /// What his browser calls itself.
    pub agent: &'g str,
}

pub enum Outcome {
    In(Entered),
    /// Something of it is wrong; nobody says what.
    Wrong,
    /// Not before so many seconds.
    Wait(i64),
}

pub struct Entered {
    /// For the cookie: it is told only here.
    pub token: String,
    pub signed: Signed,
}

/// The password is compared between two transactions: it takes long, and nobody else could write meanwhile.
pub fn sign_in(store: &Store, now: Moment, limits: &Limits, given: &Given) -> Result<Outcome, Refusal> {
    let login = typed_login(given.login);
    let (person, knock) = {
        let mut c = store.read()?;
        let person = found(&mut c, &login)?;
        let is_known = match &person {
            Some(person) => session::is_known_place(&mut c, person.id, given.from, now)?,
            None => false,
        };
        (person, Knock { gate: Gate::Password, login: &login, from: given.from, is_known })
    };
    let heard = store.write(|c| throttle::hear(c, &knock, now))?;
    let wrong = match heard {
        Heard::Freely => Outcome::Wrong,
        Heard::Late(seconds) => Outcome::Wait(seconds),
        Heard::Wait(seconds) => return Ok(Outcome::Wait(seconds)),
    };
    // A disabled account has no password, like one that does not exist.
    let held = person.filter(|person| person.disabled_at.is_none()).and_then(|person| Some((person.id, person.password_hash?)));
    let (typed, hash) = (password::normal(given.password), held.as_ref().map(|(_, hash)| hash.as_str()));
    // Compared also for who would not be let in: the time must not tell.
    let is_right = match heard {
        Heard::Freely => secret::verify(&typed, hash)?,
        _ => secret::verify_late(&typed, hash)? && knock.is_known,
    };
    let Some((id, hash)) = held.filter(|_| is_right) else { return Ok(wrong) };
    store.write(|c| {
        let person = roll::with_id(c, id)?;
        // Reset or disabled while we compared.
        if person.disabled_at.is_some() || person.password_hash.as_deref() != Some(&hash) {
            return Ok(wrong);
        }
        throttle::forgive_heard(c, &knock, heard, now)?;
        enter(c, now, limits, &person, given.from, given.agent).map(Outcome::In)
    })
}

/// Opens a session for somebody whose password is known to be right.
pub(super) fn enter(
    c: &mut Conn,
    now: Moment,
    limits: &Limits,
    person: &Person,
    from: Option<IpAddr>,
    agent: &str,
) -> Result<Entered, Refusal> {
    let (session_id, token) = session::begin(c, now, person, from, agent)?;
    let who = Who::Person(person.actor(c, from, Door::Desk)?);
    let name = if person.has_second_factor() { "password_given" } else { "signed_in" };
    roll::record(c, Act { now, who: &who }, name, person.id, facts([("session", json!(session_id))]))?;
    let signed = session::at_door(c, &token, from, now, limits)?.ok_or_else(|| Refusal::broken("a new session is over"))?;
    Ok(Entered { token, signed })
}

/// The code of the app, or one of the recovery codes. The token changes with it.
/// Errors: `Forbidden` where the session that the password has opened is over: then no code is used up, nor is anything
/// told that did not happen.
pub fn second_factor(
    store: &Store,
    now: Moment,
    limits: &Limits,
    token: &str,
    from: Option<IpAddr>,
    typed: &str,
) -> Result<Outcome, Refusal> {
    store.write(|c| {
        let signed = session::at_door(c, token, from, now, limits)?.ok_or(Refusal::Forbidden)?;
        if signed.stage != Stage::SecondFactor {
            return Err(Refusal::Missing);
        }
        let is_known = session::is_known_place(c, signed.actor.id, from, now)?;
        let knock = Knock { gate: Gate::Code, login: &signed.actor.login, from, is_known };
        if let Some(seconds) = throttle::knock(c, &knock, now)? {
            return Ok(Outcome::Wait(seconds));
        }
        let person = roll::with_id(c, signed.actor.id)?;
        let Some(proof) = second::accept(c, &person, typed, now)? else { return Ok(Outcome::Wrong) };
        throttle::forgive(c, &knock, now)?;
        let token = session::complete(c, now, person.id, signed.session_id)?;
        let who = Who::Person(signed.actor.clone());
        let told = facts([("second", json!(proof.name())), ("session", json!(signed.session_id))]);
        roll::record(c, Act { now, who: &who }, "signed_in", person.id, told)?;
        let signed = session::at_door(c, &token, from, now, limits)?.ok_or_else(|| Refusal::broken("a completed session is over"))?;
        Ok(Outcome::In(Entered { token, signed }))
    })
}

fn found(c: &mut Conn, login: &str) -> Result<Option<Person>, Refusal> {
    match roll::at_login(c, login) {
        Ok(person) => Ok(Some(person)),
        Err(Refusal::Missing) => Ok(None),
        Err(refusal) => Err(refusal),
    }
}

/// A phone writes a capital first, and spaces come along when something is pasted.
fn typed_login(typed: &str) -> String {
    typed.trim().chars().take(MOST_LOGIN + 1).collect::<String>().to_lowercase()
}
