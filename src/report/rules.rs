//! The list of indicators as it stands, and how a keeper of the whole portal changes it: one text of the whole portal, so that an import,
//! an export and the log speak of the same.

use serde_json::{Map, json};

use super::entry::Part;
use super::indicators::Indicators;
use super::uses::{self, Uses};
use crate::edition::reaching;
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::store::settings::{self, Setting};

pub const INDICATORS: Setting =
    Setting { name: "indicators.toml", act: "indicators_kept", check: |file, text| Indicators::read(file, text).map(drop) };

/// Errors: what is stored is no such list.
pub fn indicators(c: &mut Conn) -> Result<Indicators, Refusal> {
    let text = settings::find(c, INDICATORS.name)?.unwrap_or_default();
    Indicators::read(INDICATORS.name, &text).map_err(Refusal::Issues)
}

/// The verb. `what`: what was changed in it, for whoever reads the log. Errors: every fault of the text with its line, and what stored
/// figures do not let go of; `Stale` when the list is no longer the one that was read (`before`: its seal).
pub fn keep(c: &mut Conn, act: Act, before: &str, text: &str, what: &str) -> Result<(), Refusal> {
    act.must(c, Verb::KeepSite, None)?;
    let stored = settings::find(c, INDICATORS.name)?.unwrap_or_default();
    if digest::sha256(stored.as_bytes()) != before {
        return Err(Refusal::Stale);
    }
    (INDICATORS.check)(INDICATORS.name, text).map_err(Refusal::Issues)?;
    if stored == text {
        return Ok(());
    }
    follow(c, &INDICATORS, &stored, text)?;
    settings::keep(c, INDICATORS.name, text)?;
    let facts = [("digest", digest::sha256(text.as_bytes())), ("name", what.to_owned())];
    let facts = facts.into_iter().map(|(name, fact)| (name.to_owned(), json!(fact)));
    let position = act.record(c, INDICATORS.act, INDICATORS.name.to_owned(), Map::from_iter(facts))?;
    reaching::everybody(c, (position, act.now), INDICATORS.act)
}

/// Takes one entry out. Errors: as [`keep`]; `Issues` also where other entries speak of it; `Missing` where there is none.
pub fn remove(c: &mut Conn, act: Act, before: &str, (part, code): (Part, &str), what: &str) -> Result<(), Refusal> {
    act.must(c, Verb::KeepSite, None)?;
    let known = indicators(c)?;
    known.entry(part, code).ok_or(Refusal::Missing)?;
    refused(uses::hinders(c, &known, part, code)?)?;
    keep(c, act, before, &known.without(part, code).written(), what)
}

/// Whether another text of a rule may stand, whoever brings it. Errors: `Issues` for what stored figures are of.
pub fn follow(c: &mut Conn, rule: &Setting, old: &str, new: &str) -> Result<(), Refusal> {
    if rule.name != INDICATORS.name {
        return Ok(());
    }
    let new = Indicators::read(rule.name, new).map_err(Refusal::Issues)?;
    // What stands and is no list holds nothing back that would mend it.
    let old = Indicators::read(rule.name, old).unwrap_or_default();
    refused(Uses::stored(c)?.against(&old, &new))
}

fn refused(found: Vec<Phrase>) -> Result<(), Refusal> {
    let issues: Vec<Issue> = found.into_iter().map(|phrase| Issue { file: INDICATORS.name.to_owned(), line: 0, phrase }).collect();
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}
