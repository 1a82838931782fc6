//! Acts on many texts at once: first what would become of each, then all of it or none.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::lists::{Line, line};
use super::press::press;
use super::told;
use crate::approval::bulk::{self, Bulk};
use crate::edition::find_desk::Row;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::phrase;

#[derive(Serialize)]
struct BulkParts {
    title: String,
    lead: String,
    act: String,
    button: String,
    is_grave: bool,
    needs_reason: bool,
    reason: String,
    count: usize,
    rows: Vec<Line>,
    issues: Vec<told::Told>,
}

/// What would become of the chosen ones; and then, with the same form sent again, does it to all or to none.
pub fn many(visit: &Visit) -> Result<Outcome, Refusal> {
    let act = visit.fields.text("viec");
    let reason = visit.fields.text("reason");
    // Tried with a reason that would do, so that the list tells of everything else.
    let trial = if reason.trim().is_empty() { visit.web.words.text(Lang::Vi, "bulk-withdraw") } else { reason.clone() };
    let of = |reason: String| match act.as_str() {
        "submit" => Ok(Bulk::Submit),
        "discard" => Ok(Bulk::Discard),
        "withdraw" => Ok(Bulk::Withdraw { reason }),
        _ => Err(Refusal::Missing),
    };
    let chosen: Vec<(i64, String)> = visit
        .fields
        .all("chosen")
        .filter_map(|chosen| {
            let (id, seal) = chosen.split_once('.').unwrap_or((chosen, ""));
            Some((id.parse().ok()?, seal.to_owned()))
        })
        .collect();
    let press = press(&visit.web.words);
    let mut issues = Vec::new();
    if visit.fields.has("lam") && !chosen.is_empty() {
        match visit.write(|c, act| bulk::bulk(c, act, &press, &chosen, &of(reason.clone())?)) {
            Ok(_) => return Ok(Outcome::To(format!("{TEXTS}?da=bulk"))),
            Err(Refusal::Issues(found)) => issues = found,
            Err(other) => return Err(other),
        }
    }
    let ids: Vec<i64> = chosen.iter().map(|(id, _)| *id).collect();
    let summary = match ids.is_empty() {
        true => Vec::new(),
        false => bulk::summary(&visit.web.store, visit.act()?, &press, &ids, &of(trial)?)?,
    };
    let mut reading = visit.reading()?;
    let mut rows = Vec::new();
    for found in &summary {
        let Some(text) = &found.text else { continue };
        let row = Row { edition: text.edition.clone(), kind: text.kind, slug: text.slug.clone(), title: text.revision.title.clone() };
        let against: Vec<String> = found.against.iter().map(|phrase| reading.say(phrase)).collect();
        rows.push(Line { refused: against.join(" "), seal: text.seal(), ..line(&mut reading, &row, Vec::new())? });
    }
    let count = rows.iter().filter(|row| row.refused.is_empty()).count();
    let name = reading.word(&format!("bulk-{act}"));
    let mut told = told::issues(&reading, &issues);
    told.iter_mut().for_each(|told| told.field.clear());
    let parts = BulkParts {
        title: reading.say(&phrase!("bulk-title", act = name, count = count)),
        lead: reading.word(if count > 0 { "bulk-lead" } else { "bulk-nothing" }),
        is_grave: act != "submit",
        needs_reason: act == "withdraw",
        button: name,
        act,
        reason,
        count,
        rows,
        issues: told,
    };
    let title = parts.title.clone();
    match issues.is_empty() {
        true => frame::shown(visit, &mut reading, "desk/bulk.html", &title, &parts),
        false => frame::again(visit, &mut reading, "desk/bulk.html", &title, &parts),
    }
}
