//! The rules as they stand, and how a keeper of the whole portal changes them. Each is one text (`store::settings`), so that
//! an import, an export and the log speak of the same.

use serde_json::{Map, json};

use super::holidays::Calendar;
use super::kinds::Catalogue;
use super::recount::recount;
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::store::settings::{self, Setting};

pub const HOLIDAYS: Setting =
    Setting { name: "holidays.toml", act: "holidays_kept", check: |file, text| Calendar::read(file, text).map(drop) };

pub const KINDS: Setting =
    Setting { name: "posting-kinds.toml", act: "kinds_kept", check: |file, text| Catalogue::read(file, text).map(drop) };

/// Nothing is off but weekends where nobody has told anything. Errors: what is stored is no calendar.
pub fn calendar(c: &mut Conn) -> Result<Calendar, Refusal> {
    let text = settings::find(c, HOLIDAYS.name)?.unwrap_or_default();
    Calendar::read(HOLIDAYS.name, &text).map_err(Refusal::Issues)
}

pub fn catalogue(c: &mut Conn) -> Result<Catalogue, Refusal> {
    let text = settings::find(c, KINDS.name)?.unwrap_or_default();
    Catalogue::read(KINDS.name, &text).map_err(Refusal::Issues)
}

/// `what`: what was changed in it, for whoever reads the log. Gives how many postings end otherwise by it. Errors: every fault of the text with its line; `Stale` when
/// the rule is no longer the one that was read (`before`: its seal).
pub fn keep(c: &mut Conn, act: Act, rule: &Setting, before: &str, text: &str, what: &str) -> Result<usize, Refusal> {
    act.must(c, Verb::KeepSite, None)?;
    let stored = settings::find(c, rule.name)?.unwrap_or_default();
    if digest::sha256(stored.as_bytes()) != before {
        return Err(Refusal::Stale);
    }
    (rule.check)(rule.name, text).map_err(Refusal::Issues)?;
    if stored == text {
        return Ok(0);
    }
    settings::keep(c, rule.name, text)?;
    let facts = [("digest", digest::sha256(text.as_bytes())), ("name", what.to_owned())];
    let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty()).map(|(name, fact)| (name.to_owned(), json!(fact)));
    act.record(c, rule.act, rule.name.to_owned(), Map::from_iter(facts))?;
    follow(c, act, rule, &stored, text)
}

/// What another text of a rule changes of what stands.
pub fn follow(c: &mut Conn, act: Act, rule: &Setting, old: &str, new: &str) -> Result<usize, Refusal> {
    if rule.name != HOLIDAYS.name {
        return Ok(0);
    }
    let read = |text: &str| Calendar::read(rule.name, text).map_err(Refusal::Issues);
    recount(c, act, &read(old)?, &read(new)?)
}
