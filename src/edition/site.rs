//! The site's description as something that is acted on: what sections there are concerns every text that stands in one.

use diesel::prelude::*;
use serde_json::{Map, json};

use super::state::State;
use super::{Kind, reaching};
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::schema::editions;
use crate::store::{Conn, settings};
use crate::web::SITE_SETTING;
use crate::web::site::{Section, Site};

/// Which of these sections no description may leave out: texts stand in them that the public sees, or that wait to be
/// seen. One step of an index for each.
pub fn sections_in_use(c: &mut Conn, sections: &[Section]) -> Result<Vec<String>, Refusal> {
    let open = [State::Draft, State::Submitted, State::Approved, State::Published].map(State::name);
    let mut used = Vec::new();
    for section in sections {
        for kind in Kind::ALL {
            let stands = editions::table
                .filter(editions::kind.eq(kind.name()).and(editions::section.eq(&section.slug)))
                .filter(editions::state.eq_any(open));
            if stands.select(editions::id).limit(1).first::<i64>(c).optional()?.is_some() {
                used.push(section.slug.clone());
                break;
            }
        }
    }
    Ok(used)
}

/// Errors: every fault of the description with its line, and every section that is still in use; `Stale` when the
/// description is no longer the one that was read (`before`: its digest).
pub fn describe(c: &mut Conn, act: Act, before: &str, text: &str) -> Result<(), Refusal> {
    act.must(c, Verb::KeepSite, None)?;
    let stored = settings::find(c, SITE_SETTING)?.unwrap_or_default();
    if digest::sha256(stored.as_bytes()) != before {
        return Err(Refusal::Stale);
    }
    let site = Site::read(SITE_SETTING, text).map_err(Refusal::Issues)?;
    let before = Site::read(SITE_SETTING, &stored).map(|before| before.sections).unwrap_or_default();
    let missing = sections_in_use(c, &before)?.into_iter().filter(|slug| site.section(slug).is_none());
    let issues: Vec<Issue> = missing
        .map(|slug| Issue { file: SITE_SETTING.to_owned(), line: 0, phrase: phrase!("site-section-in-use", section = slug) })
        .collect();
    if !issues.is_empty() {
        return Err(Refusal::Issues(issues));
    }
    if stored == text {
        return Ok(());
    }
    settings::keep(c, SITE_SETTING, text)?;
    let facts = Map::from_iter([("digest".to_owned(), json!(digest::sha256(text.as_bytes())))]);
    let position = act.record(c, "site_described", SITE_SETTING.to_owned(), facts)?;
    reaching::everybody(c, (position, act.now), "site_described")
}
