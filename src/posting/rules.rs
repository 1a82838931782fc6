//! The rules as they stand, and how a keeper of the whole portal changes them. Each is one text (`store::settings`), so that
//! an import, an export and the log speak of the same.

use diesel::prelude::*;
use serde_json::{Map, json};

use super::holidays::Calendar;
use super::kinds::Catalogue;
use super::recount::recount;
use crate::edition::Kind as TextKind;
use crate::edition::reaching;
use crate::edition::state::State;
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::editions;
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
    let position = act.record(c, rule.act, rule.name.to_owned(), Map::from_iter(facts))?;
    reaching::everybody(c, (position, act.now), rule.act)?;
    follow(c, act, rule, &stored, text)
}

/// How many texts are of a kind, drafts and what is over among them; what was thrown away is not.
pub fn uses(c: &mut Conn, kind: &str) -> Result<i64, Refusal> {
    let of = editions::table.filter(editions::kind.eq(TextKind::Posting.name()).and(editions::section.eq(kind)));
    Ok(of
        .filter(editions::state.ne(State::Discarded.name()))
        .select(diesel::dsl::count(editions::document_id).aggregate_distinct())
        .first(c)?)
}

/// What another text of a rule changes of what stands. Errors: `Issues` for kinds that are no more and that texts are of.
pub fn follow(c: &mut Conn, act: Act, rule: &Setting, old: &str, new: &str) -> Result<usize, Refusal> {
    if rule.name == KINDS.name {
        return used(c, old, new).map(|()| 0);
    }
    if rule.name != HOLIDAYS.name {
        return Ok(0);
    }
    let read = |text: &str| Calendar::read(rule.name, text).map_err(Refusal::Issues);
    recount(c, act, &read(old)?, &read(new)?)
}

fn used(c: &mut Conn, old: &str, new: &str) -> Result<(), Refusal> {
    let read = |text: &str| Catalogue::read(KINDS.name, text).map_err(Refusal::Issues);
    let (old, new) = (read(old)?, read(new)?);
    let mut issues = Vec::new();
    for kind in old.kinds.iter().filter(|kind| new.kind(&kind.slug).is_none()) {
        let count = uses(c, &kind.slug)?;
        if count > 0 {
            issues.push(Issue { file: KINDS.name.to_owned(), line: 0, phrase: phrase!("kinds-in-use", name = kind.name, count = count) });
        }
    }
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}
