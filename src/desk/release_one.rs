//! One release that was announced: its date confirmed, moved or cancelled, each a version beside those there are.

use std::collections::BTreeMap;

use serde::Serialize;

use super::coming::at_label;
use super::door::{Outcome, Visit};
use super::frame::{self, RELEASES};
use super::releases::planned;
use super::told::{self, Told, by_field};
use crate::channel::page::releases as public;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::report::release::{REASON, Standing};
use crate::report::release_keep::{self, Change};
use crate::report::release_shown::{Row, rows};
use crate::unit::Unit;
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/lich-so-lieu/{unit}/{release}";

pub fn path(label: &str, name: &str) -> String {
    format!("{RELEASES}/{label}/{name}")
}

/// As it is typed, for moving and for cancelling.
#[derive(Default, Serialize)]
struct Typed {
    day: String,
    hour: String,
    reason: String,
    why: String,
}

#[derive(Serialize)]
struct Parts {
    row: Row,
    unit: String,
    action: String,
    back: String,
    public: String,
    before: i32,
    is_confirmed: bool,
    is_over: bool,
    typed: Typed,
    issue: BTreeMap<String, String>,
    issues: Vec<Told>,
    most: usize,
}

fn found(visit: &Visit, reading: &mut Reading) -> Result<(Unit, Row), Refusal> {
    let unit = at_label(visit, reading, visit.part("unit"), Verb::Publish)?;
    let entry = release_keep::entry(&mut reading.c, unit.id, visit.part("release"))?;
    let row = rows(reading, vec![entry])?.pop().ok_or(Refusal::Missing)?;
    Ok((unit, row))
}

pub fn one(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (unit, row) = found(visit, &mut reading)?;
    let planned = row.entry.newest.planned();
    let local = calendar::local(planned.at);
    let hour = if planned.day_only { String::new() } else { local.format("%H:%M").to_string() };
    let typed = Typed { day: local.date().to_string(), hour, ..Typed::default() };
    show(visit, &mut reading, &unit, row, typed, Vec::new())
}

fn show(visit: &Visit, reading: &mut Reading, unit: &Unit, row: Row, typed: Typed, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut issue: BTreeMap<String, String> = ["day", "hour", "reason", "why"].map(|field| (field.to_owned(), String::new())).into();
    issue.extend(by_field(&issues));
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        action: path(&unit.label, &row.entry.newest.name),
        back: format!("{RELEASES}?don-vi={}", unit.label),
        public: public::address(public::PATH, &unit.label),
        before: row.entry.newest.number,
        is_confirmed: row.entry.newest.standing_name == Standing::Confirmed.name(),
        is_over: matches!(row.state, "published" | "cancelled"),
        row,
        typed,
        issue,
        issues,
        most: *REASON.end(),
    };
    let title = parts.row.title.clone();
    match parts.issues.is_empty() {
        true => frame::shown(visit, reading, "desk/release.html", &title, &parts),
        false => frame::again(visit, reading, "desk/release.html", &title, &parts),
    }
}

pub fn change(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (unit, row) = found(visit, &mut reading)?;
    drop(reading);
    let name = row.entry.newest.name.clone();
    let line = |field: &str| visit.fields.line(field);
    let then = visit.fields.text("then");
    let asked = match then.as_str() {
        "confirm" => Ok(Change::Confirm),
        "move" => planned(&visit.fields).map(|to| Change::Move { to, reason: line("reason") }),
        "cancel" => Ok(Change::Cancel { reason: line("why") }),
        _ => Err(Refusal::Missing),
    };
    let before = visit.fields.number("before").and_then(|number| i32::try_from(number).ok()).unwrap_or(0);
    let outcome = asked.and_then(|asked| visit.write(|c, act| release_keep::change(c, act, &unit, &name, before, asked)));
    let typed = Typed { day: line("day"), hour: line("hour"), reason: line("reason"), why: line("why") };
    let told = |reading: &Reading, refusal: Refusal| match refusal {
        Refusal::Issues(issues) => {
            let mut told = told::issues(reading, &issues);
            // The reason of a cancellation stands in a field of its own.
            told.iter_mut().filter(|told| then == "cancel" && told.field == "reason").for_each(|told| told.field = "why".to_owned());
            Ok(told)
        }
        Refusal::Stale => Ok(vec![Told { field: String::new(), text: reading.word("release-desk-stale") }]),
        other => Err(other),
    };
    match outcome {
        Ok(()) => Ok(Outcome::To(format!("{RELEASES}?don-vi={}&da=release-changed", unit.label))),
        Err(refusal) => {
            let mut reading = visit.reading()?;
            let told = told(&reading, refusal)?;
            let (unit, row) = found(visit, &mut reading)?;
            show(visit, &mut reading, &unit, row, typed, told)
        }
    }
}
