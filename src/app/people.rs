//! `bangtin person`: what whoever holds the machine does with accounts, when nobody else can or to begin with. Each act
//! gives what is to be said.

use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Phrase, Words};
use crate::person::access::{Grant, Role};
use crate::person::{Act, Who, keep, link, roll};
use crate::phrase;
use crate::store::schema::units;
use crate::store::{Conn, Store, settings};
use crate::web::SITE_SETTING;
use crate::web::site::Site;
use diesel::prelude::*;

/// Whoever holds the machine.
const COMMAND: Who = Who::Machine("command");

/// Roles are written `editor` or `editor@99017`.
pub fn add(store: &Store, now: Moment, login: &str, name: &str, roles: &[String]) -> Result<Phrase, Refusal> {
    let act = Act { now, who: &COMMAND };
    store.write(|c| {
        let grants = roles.iter().map(|role| grant(c, now, role)).collect::<Result<Vec<_>, _>>()?;
        let token = keep::add(c, act, login, name, &grants)?;
        linked(c, login, &token)
    })
}

pub fn reset(store: &Store, now: Moment, login: &str) -> Result<Phrase, Refusal> {
    store.write(|c| {
        let token = keep::reset(c, Act { now, who: &COMMAND }, login).map_err(|refusal| named(refusal, login))?;
        linked(c, login, &token)
    })
}

pub fn disable(store: &Store, now: Moment, login: &str) -> Result<Phrase, Refusal> {
    store.write(|c| keep::disable(c, Act { now, who: &COMMAND }, login)).map_err(|refusal| named(refusal, login))?;
    Ok(phrase!("cli-person-disabled", login = login))
}

pub fn enable(store: &Store, now: Moment, login: &str) -> Result<Phrase, Refusal> {
    store.write(|c| keep::enable(c, Act { now, who: &COMMAND }, login)).map_err(|refusal| named(refusal, login))?;
    Ok(phrase!("cli-person-enabled", login = login))
}

/// Everybody, a line each; `None` while there is nobody.
pub fn list(store: &Store, now: Moment, words: &Words, lang: Lang) -> Result<Option<String>, Refusal> {
    let mut c = store.snapshot()?;
    let listed = roll::visible_to(&mut c, Act { now, who: &COMMAND })?;
    let mut lines = String::new();
    for roll::Listed { person, grants } in &listed {
        let mut roles = Vec::with_capacity(grants.len());
        for grant in grants {
            let code: Option<String> = match grant.unit_id {
                Some(unit) => Some(units::table.find(unit).select(units::code).first(&mut *c)?),
                None => None,
            };
            roles.push(code.map_or_else(|| grant.role.name().to_owned(), |code| format!("{}@{code}", grant.role.name())));
        }
        let states = [
            (person.disabled_at.is_some(), words.text(lang, "cli-person-state-disabled")),
            (person.password_hash.is_none(), words.text(lang, "cli-person-state-link")),
            (person.has_second_factor(), words.text(lang, "cli-person-state-second")),
        ];
        let states: Vec<String> = states.into_iter().filter_map(|(is_so, word)| is_so.then_some(word)).collect();
        lines.push_str(&format!("{}\t{}\t{}\t{}\n", person.login, person.name, roles.join(" "), states.join(", ")));
    }
    Ok((!listed.is_empty()).then_some(lines))
}

/// The link that makes the first person, while there is nobody: at the address under which we can be reached now.
pub fn first(store: &Store, now: Moment, address: &str) -> Result<Option<Phrase>, Refusal> {
    // Most starts write nothing.
    if !roll::is_empty(&mut *store.read()?)? {
        return Ok(None);
    }
    let token = store.write(|c| link::first(c, now))?;
    Ok(token
        .map(|token| phrase!("cli-first-person", hours = link::FIRST_LASTS_HOURS, address = format!("{address}{}", link::path(&token)))))
}

fn linked(c: &mut Conn, login: &str, token: &str) -> Result<Phrase, Refusal> {
    let address = format!("{}{}", site(c)?.address, link::path(token));
    Ok(phrase!("cli-person-link", login = login, hours = link::LASTS_HOURS, address = address))
}

fn site(c: &mut Conn) -> Result<Site, Refusal> {
    Ok(settings::find(c, SITE_SETTING)?.and_then(|text| Site::read(SITE_SETTING, &text).ok()).unwrap_or_default())
}

/// Every role, as it is typed and as it is said: `author (Người viết), …`.
pub fn roles(words: &Words, lang: Lang) -> String {
    let roles: Vec<String> = Role::ALL.iter().map(|role| format!("{} ({})", role.name(), words.say(lang, &role.said()))).collect();
    roles.join(", ")
}

fn grant(c: &mut Conn, now: Moment, written: &str) -> Result<Grant, Refusal> {
    let (name, code) = written.split_once('@').map_or((written, None), |(name, code)| (name, Some(code)));
    let role = Role::named(name).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        Refusal::Trouble(phrase!("cli-person-bad-role", role = name, roles = roles.join(", ")))
    })?;
    let unit_id = match code {
        None => None,
        Some(code) => {
            let bearer = crate::unit::on_day(c, code, calendar::local(now).date())?;
            let unit = bearer.ok_or_else(|| Refusal::Trouble(phrase!("cli-person-bad-unit", code = code)))?;
            Some(unit.id)
        }
    };
    Ok(Grant { role, unit_id })
}

/// On the command line nobody looks for a page.
fn named(refusal: Refusal, login: &str) -> Refusal {
    match refusal {
        Refusal::Missing => Refusal::Trouble(phrase!("cli-person-unknown", login = login)),
        refusal => refusal,
    }
}
