//! The second factor: codes of six digits that a phone makes by the time (RFC 6238), and ten recovery codes on paper
//! for the day on which the phone is lost.

use diesel::prelude::*;
use totp_rs::{Algorithm, Builder, Secret, Totp};

use super::access::Role;
use super::roll::{self, Person, facts};
use super::throttle::{self, Gate, Knock};
use super::{Act, Door, Who, fault};
use super::{session, token};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{persons, recovery_codes};

const DIGITS: u8 = 6;
const STEP_SECONDS: u64 = 30;
/// A phone's clock may be off by so many steps.
const SKEW: u16 = 1;
const SECRET_BYTES: usize = 20;
const CODES: usize = 10;

/// New recovery codes, which are shown once, and the token under which the session goes on in which they were made.
#[derive(Clone, PartialEq, Eq)]
pub struct Renewed {
    pub codes: Vec<String>,
    pub token: String,
}

/// How somebody has shown that he is who he is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    App,
    Recovery,
}

impl Proof {
    pub fn name(self) -> &'static str {
        match self {
            Proof::App => "app",
            Proof::Recovery => "recovery",
        }
    }
}

/// What an app is told once: the secret as text, and the address that a QR code holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    pub secret: String,
    pub address: String,
}

/// A secret to be set up; nothing is kept of it until a code made with it comes back.
pub fn offer(login: &str, site: &str) -> Result<Offer, Refusal> {
    offer_again(&Secret::new(Box::new(secret::random::<SECRET_BYTES>()?)).to_base32(), login, site)
}

/// The same secret again, after a code that was mistyped.
pub fn offer_again(secret: &str, login: &str, site: &str) -> Result<Offer, Refusal> {
    let totp = totp(secret, login, site)?;
    Ok(Offer { secret: secret.to_owned(), address: totp.to_url().map_err(Refusal::broken)? })
}

fn totp(secret: &str, login: &str, site: &str) -> Result<Totp, Refusal> {
    let bad = || fault("code", phrase!("person-bad-secret"));
    if secret.len() > 64 {
        return Err(bad());
    }
    let secret = Secret::try_from_base32(secret).map_err(|_| bad())?;
    if secret.as_bytes().len() != SECRET_BYTES {
        return Err(bad());
    }
    // A colon parts the issuer from the account in the address.
    let issuer: String = site.chars().filter(|c| *c != ':').take(60).collect();
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECONDS)
        .with_skew(SKEW)
        .with_secret(secret)
        .with_account_name(login)
        .with_issuer((!issuer.trim().is_empty()).then_some(issuer))
        .build()
        .map_err(Refusal::broken)
}

/// The step whose code this is, if it is later than every step whose code was taken.
fn step(totp: &Totp, typed: &str, last: Option<i64>, now: Moment) -> Option<i64> {
    let code: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if code.len() != usize::from(DIGITS) || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let step = i64::try_from(totp.check(&code, u64::try_from(now.and_utc().timestamp()).ok()?)?).ok()?;
    (last.is_none_or(|last| step > last)).then_some(step)
}

/// Uses up a code. `None`: it is not one, or no longer.
pub(super) fn accept(c: &mut Conn, person: &Person, typed: &str, now: Moment) -> Result<Option<Proof>, Refusal> {
    let Some(secret) = &person.totp_secret else { return Ok(None) };
    if let Some(step) = step(&totp(secret, &person.login, "")?, typed, person.totp_last_step, now) {
        diesel::update(persons::table.find(person.id)).set(persons::totp_last_step.eq(step)).execute(c)?;
        return Ok(Some(Proof::App));
    }
    let code = secret::plain_code(typed);
    if code.len() != 12 {
        return Ok(None);
    }
    let unused = recovery_codes::person_id.eq(person.id).and(recovery_codes::used_at.is_null());
    let changed = diesel::update(recovery_codes::table.filter(unused.and(recovery_codes::digest.eq(digest(person.id, &code)))))
        .set(recovery_codes::used_at.eq(now))
        .execute(c)?;
    Ok((changed == 1).then_some(Proof::Recovery))
}

/// Keeps a secret once a code made with it has come back. What a password alone has opened is shut, programs' tokens
/// too, but for the session in which this is done.
pub fn enrol(c: &mut Conn, act: Act, session: i64, secret: &str, typed: &str) -> Result<Renewed, Refusal> {
    let person = own(c, act)?;
    if person.has_second_factor() {
        return Err(Refusal::WrongState(phrase!("person-has-second-factor")));
    }
    let totp = totp(secret, &person.login, "")?;
    let step = step(&totp, typed, None, act.now).ok_or_else(|| fault("code", phrase!("person-wrong-code")))?;
    diesel::update(persons::table.find(person.id)).set((persons::totp_secret.eq(secret), persons::totp_last_step.eq(step))).execute(c)?;
    let codes = replace_codes(c, person.id)?;
    session::revoke_others(c, act.now, person.id, Some(session))?;
    token::revoke_all(c, act, person.id)?;
    let renewed = session::renew(c, session)?;
    roll::record(c, act, "second_factor_set", person.id, facts([]))?;
    Ok(Renewed { codes, token: renewed })
}

/// Counts an attempt at `renew_codes` or `remove`: in a transaction before theirs, which a wrong code takes back. Errors:
/// `Issues` at `code` for whoever has to wait.
pub fn knock(c: &mut Conn, act: Act) -> Result<(), Refusal> {
    let person = own(c, act)?;
    match throttle::knock(c, &knock_of(act, &person), act.now)? {
        Some(seconds) => Err(fault("code", throttle::said(seconds))),
        None => Ok(()),
    }
}

/// Whoever sits in a session of his own is known where he is.
fn knock_of<'k>(act: Act<'k>, person: &'k Person) -> Knock<'k> {
    let from = act.who.actor().and_then(|actor| actor.from);
    Knock { gate: Gate::Code, login: &person.login, from, is_known: true }
}

/// Ten new recovery codes for the ten old ones, against a code of the app. After `knock`.
pub fn renew_codes(c: &mut Conn, act: Act, session: i64, typed: &str) -> Result<Renewed, Refusal> {
    let person = own(c, act)?;
    prove(c, act, &person, typed)?;
    let codes = replace_codes(c, person.id)?;
    let token = session::renew(c, session)?;
    roll::record(c, act, "recovery_codes_renewed", person.id, facts([]))?;
    Ok(Renewed { codes, token })
}

/// Gives it up, against a code, after `knock`; gives the session's new token. Not for whom a role of his obliges to have it.
pub fn remove(c: &mut Conn, act: Act, session: i64, typed: &str, needed_for: &[Role]) -> Result<String, Refusal> {
    let person = own(c, act)?;
    if roll::held(c, person.id)?.iter().any(|grant| needed_for.contains(&grant.role)) {
        return Err(Refusal::WrongState(phrase!("person-second-factor-needed")));
    }
    prove(c, act, &person, typed)?;
    forget(c, person.id)?;
    let token = session::renew(c, session)?;
    roll::record(c, act, "second_factor_removed", person.id, facts([]))?;
    Ok(token)
}

/// How many recovery codes are left.
pub fn codes_left(c: &mut Conn, person: i64) -> Result<i64, Refusal> {
    Ok(recovery_codes::table.filter(recovery_codes::person_id.eq(person).and(recovery_codes::used_at.is_null())).count().get_result(c)?)
}

pub(super) fn forget(c: &mut Conn, person: i64) -> Result<(), Refusal> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::person_id.eq(person))).execute(c)?;
    diesel::update(persons::table.find(person))
        .set((persons::totp_secret.eq(None::<String>), persons::totp_last_step.eq(None::<i64>)))
        .execute(c)?;
    Ok(())
}

fn prove(c: &mut Conn, act: Act, person: &Person, typed: &str) -> Result<(), Refusal> {
    match accept(c, person, typed, act.now)? {
        Some(_) => throttle::forgive(c, &knock_of(act, person), act.now),
        None => Err(fault("code", phrase!("person-wrong-code"))),
    }
}

fn own(c: &mut Conn, act: Act) -> Result<Person, Refusal> {
    match act.who {
        Who::Person(actor) if actor.door == Door::Desk => roll::with_id(c, actor.id),
        _ => Err(Refusal::Forbidden),
    }
}

fn replace_codes(c: &mut Conn, person: i64) -> Result<Vec<String>, Refusal> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::person_id.eq(person))).execute(c)?;
    let codes = (0..CODES).map(|_| secret::code()).collect::<Result<Vec<_>, _>>()?;
    for code in &codes {
        diesel::insert_into(recovery_codes::table)
            .values((recovery_codes::person_id.eq(person), recovery_codes::digest.eq(digest(person, &secret::plain_code(code)))))
            .execute(c)?;
    }
    Ok(codes)
}

/// Two people's equal codes have two digests.
fn digest(person: i64, code: &str) -> String {
    crate::kit::digest::sha256_of(&[&person.to_string(), code])
}

/// The code that an app shows at an instant: for those who test, and for nobody who guards.
pub fn shown(secret: &str, now: Moment) -> Result<String, Refusal> {
    let seconds = u64::try_from(now.and_utc().timestamp()).map_err(Refusal::broken)?;
    Ok(totp(secret, "phone", "")?.generate(seconds).to_string())
}
