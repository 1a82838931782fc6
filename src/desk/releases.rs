//! What a unit announces that it will publish: its calendar, and the form by which something comes into it.

use std::collections::BTreeMap;

use chrono::NaiveTime;
use serde::Serialize;

use super::coming::at_label;
use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::form::units as choices;
use super::frame::{self, RELEASES};
use super::release_one;
use super::rules::day;
use super::told::{self, Choice, Told, by_field};
use crate::channel::page::releases as public;
use crate::kit::calendar;
use crate::kit::fold::slug;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Verb;
use crate::person::fault;
use crate::phrase;
use crate::report::release::{Announced, Standing, TITLE};
use crate::report::release_keep;
use crate::report::release_shown::{Row, rows};
use crate::unit::Unit;
use crate::web::answer::Reading;

/// Rows of a list: what is over longest falls out of it, and stays in the file.
const MOST: usize = 300;
const FIELDS: [&str; 4] = ["title", "series", "day", "hour"];

#[derive(Serialize)]
struct RowShown {
    row: Row,
    /// Where it is changed; empty for what came out or is cancelled.
    edit: String,
}

/// As it is typed.
#[derive(Default, Serialize)]
struct Typed {
    title: String,
    series: String,
    day: String,
    hour: String,
    confirmed: bool,
}

#[derive(Serialize)]
struct Parts {
    units: Vec<Choice>,
    unit: String,
    label: String,
    rows: Vec<RowShown>,
    public: String,
    action: &'static str,
    /// Who writes there announces; who publishes there says that it is sure.
    writes: bool,
    publishes: bool,
    typed: Typed,
    issue: BTreeMap<String, String>,
    issues: Vec<Told>,
    most: usize,
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let asked = visit.query.text("don-vi");
    let units = choices(&mut reading, visit.actor()?, Verb::Look, false, &asked)?;
    let label = if asked.is_empty() { units.get(1).map(|unit| unit.value.clone()).unwrap_or_default() } else { asked };
    let unit = if label.is_empty() { None } else { Some(at_label(visit, &mut reading, &label, Verb::Look)?) };
    show(visit, &mut reading, unit.as_ref(), Typed::default(), Vec::new())
}

fn show(visit: &Visit, reading: &mut Reading, unit: Option<&Unit>, typed: Typed, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let label = unit.map(|unit| unit.label.clone()).unwrap_or_default();
    let mut units = choices(reading, visit.actor()?, Verb::Look, false, &label)?;
    units.remove(0);
    let mut issue: BTreeMap<String, String> = FIELDS.map(|field| (field.to_owned(), String::new())).into();
    issue.extend(by_field(&issues));
    let mut parts = Parts {
        units,
        unit: String::new(),
        public: public::address(public::PATH, &label),
        label,
        rows: Vec::new(),
        action: RELEASES,
        writes: false,
        publishes: false,
        typed,
        issue,
        issues,
        most: *TITLE.end(),
    };
    if let Some(unit) = unit {
        parts.unit = unit.name(&reading.web.words, reading.lang);
        let (actor, at) = (visit.actor()?, Some(unit.id));
        parts.publishes = actor.may(&mut reading.c, Verb::Publish, at)?;
        parts.writes = parts.publishes || actor.may(&mut reading.c, Verb::Write, at)?;
        let mut entries = release_keep::of_unit(&mut reading.c, unit.id)?;
        entries.sort_by_key(|entry| std::cmp::Reverse(entry.newest.planned_at));
        entries.truncate(MOST);
        let publishes = parts.publishes;
        let edit = |row: &Row| match publishes && !matches!(row.state, "published" | "cancelled") {
            true => release_one::path(&unit.label, &row.entry.newest.name),
            false => String::new(),
        };
        parts.rows = rows(reading, entries)?.into_iter().map(|row| RowShown { edit: edit(&row), row }).collect();
        // What is to be done first, the nearest first.
        let is_over = |row: &RowShown| matches!(row.row.state, "published" | "cancelled");
        let (mut open, over): (Vec<RowShown>, Vec<RowShown>) = parts.rows.into_iter().partition(|row| !is_over(row));
        open.reverse();
        parts.rows = open.into_iter().chain(over).collect();
    }
    let title = reading.word("desk-way-releases");
    match parts.issues.is_empty() {
        true => frame::shown(visit, reading, "desk/releases.html", &title, &parts),
        false => frame::again(visit, reading, "desk/releases.html", &title, &parts),
    }
}

pub fn announce(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = at_label(visit, &mut reading, &visit.fields.text("unit"), Verb::Look)?;
    drop(reading);
    let line = |name: &str| visit.fields.line(name);
    let typed = Typed {
        title: line("title"),
        series: line("series"),
        day: line("day"),
        hour: line("hour"),
        confirmed: visit.fields.has("confirmed"),
    };
    let outcome = planned(&visit.fields).and_then(|planned| {
        let standing = if typed.confirmed { Standing::Confirmed } else { Standing::Provisional };
        let (title, reason) = (typed.title.clone(), String::new());
        let announced = Announced { title, series: slug(&typed.series), planned, standing, reason };
        visit.write(|c, act| release_keep::announce(c, act, &unit, announced))
    });
    match outcome {
        Ok(_) => Ok(Outcome::To(format!("{RELEASES}?don-vi={}&da=release-announced", unit.label))),
        Err(Refusal::Issues(issues)) => again(visit, &unit, typed, &issues),
        Err(other) => Err(other),
    }
}

fn again(visit: &Visit, unit: &Unit, typed: Typed, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let told = told::issues(&reading, issues);
    show(visit, &mut reading, Some(unit), typed, told)
}

/// Errors: `Issues` at the fields that say no day and no hour.
pub fn planned(fields: &Fields) -> Result<When, Refusal> {
    let on = day(&fields.line("day")).ok_or_else(|| fault("day", phrase!("release-desk-bad-day")))?;
    let hour = fields.line("hour");
    if hour.is_empty() {
        return Ok(When { at: calendar::midnight(on), day_only: true });
    }
    let formats = ["%H:%M", "%H:%M:%S"];
    let time = formats.iter().find_map(|format| NaiveTime::parse_from_str(&hour, format).ok());
    let time = time.ok_or_else(|| fault("hour", phrase!("release-desk-bad-hour")))?;
    Ok(When { at: calendar::utc(on.and_time(time)), day_only: false })
}
