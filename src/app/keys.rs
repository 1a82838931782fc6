//! `bangtin keys`: what whoever holds the machine does with the keys that sign. Each act gives what is to be said.

use std::path::Path;

use super::App;
use crate::bulletin::keys;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::kit::sign::Signer;
use crate::kit::words::{Lang, Phrase, Words};
use crate::person::{Act, Who};
use crate::phrase;

const COMMAND: Who = Who::Machine("command");

fn act(app: &App) -> Act<'static> {
    Act { now: app.web.clock.now(), who: &COMMAND }
}

/// A line each; `None` while there is none.
pub fn list(app: &App, words: &Words, lang: Lang) -> Result<Option<String>, Refusal> {
    let rows = keys::all(&mut *app.web.store.read()?)?;
    let mut lines = String::new();
    for row in &rows {
        let mut states = Vec::new();
        if let Some(at) = row.revoked_at {
            states.push(words.say(lang, &phrase!("keys-is-revoked", at = calendar::short(at, false), reason = row.revoked_reason)));
        } else if let Some(until) = row.until {
            states.push(words.say(lang, &phrase!("keys-until", at = calendar::short(until, false))));
        } else {
            states.push(words.text(lang, "keys-in-force"));
            if app.web.ring.find(&row.id)?.is_none() {
                states.push(words.text(lang, "keys-not-here"));
            }
        }
        lines.push_str(&format!("{}\t{}\t{}\t{}\n", row.id, row.public, calendar::short(row.since, false), states.join(", ")));
    }
    Ok((!rows.is_empty()).then_some(lines))
}

/// `with`: a file of a key that was made elsewhere.
pub fn rotate(app: &App, with: Option<&Path>) -> Result<Phrase, Refusal> {
    let new = match with {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|error| Refusal::io(path, error))?;
            let signer = Signer::read(&text).ok_or_else(|| Refusal::Trouble(phrase!("keys-bad-file", path = path.display())))?;
            Some(signer)
        }
    };
    let id = keys::rotate(&app.web.store, &app.web.ring, act(app), new)?;
    Ok(phrase!("keys-rotated", id = id))
}

pub fn replace(app: &App) -> Result<Phrase, Refusal> {
    let id = keys::replace(&app.web.store, &app.web.ring, act(app))?;
    let rows = keys::all(&mut *app.web.store.read()?)?;
    let public = rows.into_iter().find(|row| row.id == id).map(|row| row.public).unwrap_or_default();
    Ok(phrase!("keys-replaced", id = id, public = public))
}

pub fn revoke(app: &App, id: &str, reason: &str) -> Result<Phrase, Refusal> {
    if reason.trim().is_empty() {
        return Err(Refusal::Trouble(phrase!("keys-needs-reason")));
    }
    keys::revoke(&app.web.store, &app.web.ring, act(app), id, reason.trim())?;
    Ok(phrase!("keys-revoked", id = id))
}

pub fn begin_series(app: &App) -> Result<Phrase, Refusal> {
    app.web.store.write(|c| keys::begin_series(c, act(app)))?;
    Ok(phrase!("keys-series"))
}
