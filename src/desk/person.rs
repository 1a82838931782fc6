//! One person as his keeper sees him: roles by unit, a reset, the devices on which he is signed in.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame;
use super::me::{Device, device};
use super::people::{self, given, path, role_choices, role_said, sent_unit};
use super::told::{self, Choice, Told};
use crate::edition::written::issue;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::access::{Grant, Role};
use crate::person::keep::{self, Trust};
use crate::person::{Act, roll, session};
use crate::phrase;
use crate::store::Conn;
use crate::unit;
use crate::web::answer::Reading;

pub const PERSON: &str = "/ban-bien-tap/nguoi/{login}";
pub const NAME: &str = "/ban-bien-tap/nguoi/{login}/ten";
pub const GRANT: &str = "/ban-bien-tap/nguoi/{login}/giao-vai-tro";
pub const REVOKE: &str = "/ban-bien-tap/nguoi/{login}/bo-vai-tro";
pub const RESET: &str = "/ban-bien-tap/nguoi/{login}/dat-lai";
pub const DISABLE: &str = "/ban-bien-tap/nguoi/{login}/khoa";
pub const ENABLE: &str = "/ban-bien-tap/nguoi/{login}/mo-khoa";
pub const SESSIONS: &str = "/ban-bien-tap/nguoi/{login}/phien";

#[derive(Serialize)]
struct Held {
    role: &'static str,
    unit: String,
    said: String,
    /// Whether the keeper who looks may take it.
    takes: bool,
}

#[derive(Serialize)]
struct Parts {
    name: String,
    login: String,
    path: String,
    state: String,
    is_disabled: bool,
    has_second: bool,
    added: String,
    roles: Vec<Held>,
    units: Vec<Choice>,
    choices: Vec<Choice>,
    devices: Vec<Device>,
    /// Whether everything that he may do lies in the keeper's reach.
    kept: bool,
    is_oneself: bool,
    issues: Vec<Told>,
    name_issue: String,
    role_issue: String,
    unit_issue: String,
    typed: String,
}

pub fn person(visit: &Visit) -> Result<Outcome, Refusal> {
    shown(visit, &[])
}

fn shown(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let act = visit.act()?;
    let mut reading = visit.reading()?;
    let person = roll::seen_by(&mut reading.c, act, visit.part("login"))?;
    let kept = roll::kept_by(&mut reading.c, act, &person.login).is_ok();
    let grants = roll::held(&mut reading.c, person.id)?;
    let reach = act.who.reach(&mut reading.c, crate::person::access::Verb::KeepPeople)?;
    let ids: Vec<i64> = grants.iter().filter_map(|grant| grant.unit_id).collect();
    let units = unit::with_ids(&mut reading.c, &ids)?;
    let roles = grants.iter().map(|grant| Held {
        role: grant.role.name(),
        unit: grant.unit_id.map(|id| id.to_string()).unwrap_or_default(),
        said: role_said(&reading, *grant, &units),
        takes: reach.covers(grant.unit_id),
    });
    let roles: Vec<Held> = roles.collect();
    let devices = if kept { session::open(&mut reading.c, person.id, visit.now, &visit.limits)? } else { Vec::new() };
    let choices = people::units_to_give(visit, &mut reading)?;
    let mut roles_to_give = role_choices(&reading, &visit.fields.text("role"));
    roles_to_give.insert(0, Choice::new("", reading.word("people-choose-role"), &visit.fields.text("role")));
    let issues = told::issues(&reading, issues);
    let wrong = told::by_field(&issues);
    let of = |field: &str| wrong.get(field).cloned().unwrap_or_default();
    let typed = visit.fields.find("name").map(str::to_owned);
    let parts = Parts {
        typed: typed.unwrap_or_else(|| person.name.clone()),
        name: person.name.clone(),
        login: person.login.clone(),
        path: path(&person.login),
        state: people::state(&reading, &person),
        is_disabled: person.disabled_at.is_some(),
        has_second: person.has_second_factor(),
        added: told::at(&reading, person.created_at),
        roles,
        units: choices,
        choices: roles_to_give,
        devices: devices.iter().map(|session| device(&reading, session, None)).collect(),
        kept,
        is_oneself: visit.actor()?.id == person.id,
        name_issue: of("name"),
        role_issue: of("role"),
        unit_issue: of("unit"),
        issues,
    };
    let title = person.name.clone();
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/person.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/person.html", &title, &parts)
    }
}

/// Does it and comes back to his page, with what was wrong beside its field.
fn done(visit: &Visit, verb: impl FnOnce(&mut Conn, Act, &str) -> Result<(), Refusal>) -> Result<Outcome, Refusal> {
    let login = visit.part("login");
    match visit.write(|c, act| verb(c, act, login)) {
        Ok(()) => Ok(Outcome::To(format!("{}?da=person-changed", path(login)))),
        Err(Refusal::Issues(issues)) => shown(visit, &issues),
        Err(refusal) => Err(refusal),
    }
}

pub fn rename(visit: &Visit) -> Result<Outcome, Refusal> {
    let name = visit.fields.line("name");
    done(visit, |c, act, login| keep::rename(c, act, login, &name))
}

/// Errors: `Issues` where nothing has been chosen.
fn sent_grant(fields: &Fields) -> Result<Grant, Refusal> {
    let (unit_id, role) = (sent_unit(fields), fields.text("role"));
    if role.is_empty() {
        let also = if let Err(Refusal::Issues(issues)) = unit_id { issues } else { Vec::new() };
        return Err(Refusal::Issues([vec![issue("role", 0, phrase!("people-choose-role"))], also].concat()));
    }
    Ok(Grant { role: Role::named(&role).ok_or(Refusal::Missing)?, unit_id: unit_id? })
}

/// One that a button names. Errors: `Missing` where it names none.
fn held_grant(fields: &Fields) -> Result<Grant, Refusal> {
    sent_grant(fields).map_err(|_| Refusal::Missing)
}

#[derive(Serialize)]
struct Sure {
    title: String,
    text: String,
    button: String,
    name: String,
    action: String,
    path: String,
    /// What the form carries on.
    hidden: Vec<(&'static str, String)>,
}

/// What takes something from somebody is said once more before it is done.
fn sure(visit: &Visit, word: &str, said: impl FnOnce(&mut Reading, &str) -> Result<Phrase, Refusal>) -> Result<Outcome, Refusal> {
    let act = visit.act()?;
    let mut reading = visit.reading()?;
    let person = roll::seen_by(&mut reading.c, act, visit.part("login"))?;
    let said = said(&mut reading, &person.name)?;
    let parts = Sure {
        title: reading.word(word),
        text: reading.say(&said),
        button: reading.word(word),
        name: person.name.clone(),
        action: visit.path.clone(),
        path: path(&person.login),
        hidden: ["role", "unit"].into_iter().filter_map(|name| Some((name, visit.query.find(name)?.to_owned()))).collect(),
    };
    let title = format!("{}: {}", parts.title, person.name);
    frame::shown(visit, &mut reading, "desk/sure.html", &title, &parts)
}

pub fn sure_revoke(visit: &Visit) -> Result<Outcome, Refusal> {
    let grant = held_grant(&visit.query)?;
    sure(visit, "people-revoke-role", |reading, name| {
        let units = unit::with_ids(&mut reading.c, &grant.unit_id.into_iter().collect::<Vec<_>>())?;
        Ok(phrase!("people-revoke-role-sure", name = name, said = role_said(reading, grant, &units)))
    })
}

pub fn sure_reset(visit: &Visit) -> Result<Outcome, Refusal> {
    sure(visit, "people-reset", |_, name| Ok(phrase!("people-reset-sure", name = name)))
}

pub fn sure_disable(visit: &Visit) -> Result<Outcome, Refusal> {
    sure(visit, "people-disable", |_, name| Ok(phrase!("people-disable-sure", name = name)))
}

pub fn sure_end_sessions(visit: &Visit) -> Result<Outcome, Refusal> {
    sure(visit, "people-devices-end", |_, name| Ok(phrase!("people-devices-end-sure", name = name)))
}

pub fn grant(visit: &Visit) -> Result<Outcome, Refusal> {
    let grant = match sent_grant(&visit.fields) {
        Ok(grant) => grant,
        Err(Refusal::Issues(issues)) => return shown(visit, &issues),
        Err(refusal) => return Err(refusal),
    };
    let mut trust = Trust::Whole;
    let outcome = done(visit, |c, act, login| {
        trust = keep::grant(c, act, login, grant)?;
        Ok(())
    })?;
    Ok(match (outcome, trust) {
        (Outcome::To(_), Trust::LinkVoid) => Outcome::To(format!("{}?da=link-void", path(visit.part("login")))),
        (Outcome::To(_), Trust::PasswordByLink) => Outcome::To(format!("{}?da=password-by-link", path(visit.part("login")))),
        (outcome, _) => outcome,
    })
}

pub fn revoke(visit: &Visit) -> Result<Outcome, Refusal> {
    let grant = held_grant(&visit.fields)?;
    done(visit, |c, act, login| keep::revoke(c, act, login, grant))
}

pub fn reset(visit: &Visit) -> Result<Outcome, Refusal> {
    let login = visit.part("login");
    let (name, token) = visit.write(|c, act| {
        let token = keep::reset(c, act, login)?;
        Ok((roll::at_login(c, login)?.name, token))
    })?;
    given(visit, login, &name, &token)
}

pub fn disable(visit: &Visit) -> Result<Outcome, Refusal> {
    done(visit, keep::disable)
}

pub fn enable(visit: &Visit) -> Result<Outcome, Refusal> {
    done(visit, keep::enable)
}

pub fn end_sessions(visit: &Visit) -> Result<Outcome, Refusal> {
    done(visit, |c, act, login| session::revoke_all(c, act, login, None))
}
