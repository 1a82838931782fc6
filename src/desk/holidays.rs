//! The calendar of days off, year by year: what is told and by whom it was decided, what is still missing, and a place to
//! try how a period is counted.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, HOLIDAYS};
use super::rules::{day, day_of, line_of};
use super::told::{Choice, Told, by_field};
use crate::kit::calendar;
use crate::kit::days::{MOST_DAYS, Measure};
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::holidays::{Calendar, Exchanged, Off, YEARS};
use crate::posting::kinds::MEASURES;
use crate::posting::{rules, told};
use crate::store::settings;
use crate::web::answer::Reading;

pub const EXCHANGE: &str = "/ban-bien-tap/ngay-nghi/lam-bu";
pub const COMPLETE: &str = "/ban-bien-tap/ngay-nghi/du";
pub const REMOVE: &str = "/ban-bien-tap/ngay-nghi/bo";

#[derive(Serialize)]
struct Row {
    days: String,
    name: String,
    source: String,
    remove: String,
    /// For whoever hears the row's button alone.
    remove_said: String,
}

/// How far a year is told.
#[derive(Serialize)]
struct Year {
    year: String,
    path: String,
    here: bool,
    is_known: bool,
    told: Vec<String>,
}

#[derive(Serialize)]
struct Parts {
    year: String,
    /// From this year to the next, and the one that is shown.
    years: Vec<Year>,
    others: Vec<Year>,
    off: Vec<Row>,
    exchanged: Vec<Row>,
    is_complete: bool,
    /// The names by which the law's own holidays are counted.
    name_help: String,
    issues: Vec<Told>,
    wrong: BTreeMap<&'static str, String>,
    typed: BTreeMap<&'static str, String>,
    measures: Vec<Choice>,
    counted: String,
    before: String,
}

const TYPED: [&str; 9] =
    ["off_from", "off_to", "off_name", "off_source", "exchanged_day", "exchanged_instead_of", "exchanged_source", "tu", "so"];

pub fn holidays(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    page(visit, &mut reading, Vec::new(), false)
}

/// Whoever may not keep the portal may not look at the page either; what it says is for the public's pages to tell.
fn page(visit: &Visit, reading: &mut Reading, issues: Vec<Told>, is_stale: bool) -> Result<Outcome, Refusal> {
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let calendar = rules::calendar(&mut reading.c)?;
    let this = calendar::local(visit.now).date().year();
    let asked = visit.fields.number("nam").or(visit.query.number("nam"));
    let year = asked.and_then(|year| i32::try_from(year).ok()).filter(|year| YEARS.contains(year)).unwrap_or(this);
    let (mut wrong, mut counted) = (by_field(&issues), String::new());
    if visit.query.has("tu") {
        let mut found = Vec::new();
        counted = tried(reading, &visit.query, &calendar, &mut found).unwrap_or_default();
        wrong.extend(by_field(&found));
    }
    let mut others: Vec<i32> = calendar.off.iter().map(|off| off.from.year()).chain(calendar.complete.iter().copied()).collect();
    others.push(year);
    others.retain(|year| ![this, this + 1].contains(year));
    others.sort_unstable();
    others.dedup();
    let of = |one: i32| told_year(reading, &calendar, one, year);
    let row = |days: String, name: String, source: &str, first: NaiveDate| Row {
        remove: format!("{REMOVE}?ngay={first}"),
        remove_said: reading.say(&phrase!("holidays-remove-said", days = days, name = name)),
        days: capitalised(&days),
        name,
        source: source.to_owned(),
    };
    let shown = calendar.off.iter().filter(|off| off.from.year() == year || off.to.year() == year);
    let worked = calendar.exchanged.iter().filter(|one| one.day.year() == year);
    let measure = visit.query.text("cach");
    let parts = Parts {
        year: year.to_string(),
        years: [this, this + 1].into_iter().map(of).collect(),
        others: others.into_iter().map(of).collect(),
        off: shown.map(|off| row(span(reading, off), off.name.clone(), &off.source, off.from)).collect(),
        exchanged: worked.map(|one| row(running(reading, one.day), instead(reading, one), &one.source, one.day)).collect(),
        is_complete: calendar.complete.contains(&year),
        name_help: match calendar.due.iter().map(|due| due.name.as_str()).collect::<Vec<_>>() {
            names if names.is_empty() => String::new(),
            names => reading.say(&phrase!("holidays-name-help", names = names.join(", "))),
        },
        wrong: TYPED.into_iter().chain(["cach"]).map(|name| (name, wrong.remove(name).unwrap_or_default())).collect(),
        typed: TYPED.into_iter().map(|name| (name, typed(visit, name))).collect(),
        measures: MEASURES.map(|(word, _)| Choice::new(word, reading.word(&format!("holidays-by-{word}")), &measure)).into(),
        counted,
        before: match visit.fields.text("before") {
            before if before.is_empty() || is_stale => settings::seal(&mut reading.c, rules::HOLIDAYS.name)?,
            before => before,
        },
        issues,
    };
    let title = reading.word("desk-way-holidays");
    if parts.issues.is_empty() {
        frame::shown(visit, reading, "desk/holidays.html", &title, &parts)
    } else {
        frame::again(visit, reading, "desk/holidays.html", &title, &parts)
    }
}

fn typed(visit: &Visit, name: &str) -> String {
    let text = visit.fields.find(name).map_or_else(|| visit.query.line(name), |_| visit.fields.line(name));
    // A browser's field of a day takes it in one form only.
    if text.contains('/') { day(&text).map_or(text, |day| day.to_string()) } else { text }
}

fn running(reading: &Reading, day: NaiveDate) -> String {
    calendar::running(day, &reading.web.words, reading.lang)
}

fn span(reading: &Reading, off: &Off) -> String {
    if off.from == off.to {
        return running(reading, off.from);
    }
    let days = off.days().count();
    reading.say(&phrase!("holidays-span", from = running(reading, off.from), to = running(reading, off.to), days = days))
}

fn instead(reading: &Reading, one: &Exchanged) -> String {
    reading.say(&phrase!("holidays-instead", day = running(reading, one.instead_of)))
}

fn told_year(reading: &Reading, calendar: &Calendar, year: i32, here: i32) -> Year {
    let lacks: Vec<String> = calendar
        .lacks(year)
        .iter()
        .map(|lack| {
            let (name, when) = (&lack.due.name, &lack.due.when);
            if lack.told == 0 {
                reading.say(&phrase!("holidays-lack", name = name, when = when))
            } else {
                reading.say(&phrase!("holidays-lack-part", name = name, when = when, told = lack.told, days = lack.due.days))
            }
        })
        .collect();
    let is_told = calendar.complete.contains(&year);
    let mut told = vec![match (lacks.is_empty(), is_told) {
        (true, true) => reading.say(&phrase!("holidays-known", year = year)),
        (true, false) => reading.say(&phrase!("holidays-untold", year = year)),
        (false, true) => reading.say(&phrase!("holidays-told-too-soon", year = year, lacks = lacks.join("; "))),
        (false, false) => reading.say(&phrase!("holidays-lacking", year = year, lacks = lacks.join("; "))),
    }];
    for off in calendar.unmoved(year) {
        told.push(reading.say(&phrase!("holidays-unmoved", name = off.name, day = running(reading, off.from))));
    }
    Year { year: year.to_string(), path: format!("{HOLIDAYS}?nam={year}"), here: year == here, is_known: is_told && lacks.is_empty(), told }
}

/// How a period would be counted, in words.
fn tried(reading: &Reading, asked: &Fields, calendar: &Calendar, wrong: &mut Vec<Told>) -> Option<String> {
    let from = day_of(reading, asked, "tu", wrong);
    let days = asked.line("so").parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
    if days.is_none() {
        wrong.push(Told { field: "so".to_owned(), text: reading.say(&phrase!("posting-bad-days", most = MOST_DAYS)) });
    }
    let measure = MEASURES.iter().find(|(word, _)| *word == asked.text("cach")).map_or(Measure::Calendar, |(_, measure)| *measure);
    let (from, days) = (from?, days?);
    let counted = calendar.holidays().count(from, days, measure)?;
    Some(told::counted(&counted, days, measure, &reading.web.words, reading.lang))
}

/// Changes the calendar that was read. `what`: for the log.
fn change(visit: &Visit, what: &str, prefix: &str, year: i32, edit: impl FnOnce(&mut Calendar)) -> Result<Outcome, Refusal> {
    let (before, mut text) = (visit.fields.text("before"), String::new());
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let stored = rules::calendar(c)?;
        let mut calendar = stored.clone();
        edit(&mut calendar);
        // However the stored file is written, nothing is kept that says nothing new.
        if calendar == stored {
            return Ok(0);
        }
        text = calendar.written();
        // What is added stands last until it is sound, so that nothing older is blamed for it.
        let sorted = Calendar::read(rules::HOLIDAYS.name, &text).map(|sound| sound.written());
        rules::keep(c, act, &rules::HOLIDAYS, &before, sorted.as_ref().unwrap_or(&text), what)
    });
    match outcome {
        Ok(recounted) => {
            let done = if recounted > 0 { "recounted" } else { "saved" };
            Ok(Outcome::To(format!("{HOLIDAYS}?nam={year}&da={done}")))
        }
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let issues = super::rules::told(&reading, &text, &issues, prefix);
            page(visit, &mut reading, issues, false)
        }
        Err(Refusal::Stale) => {
            let mut reading = visit.reading()?;
            let stale = Told { field: String::new(), text: reading.word("rules-stale") };
            page(visit, &mut reading, vec![stale], true)
        }
        Err(other) => Err(other),
    }
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (fields, mut wrong) = (&visit.fields, Vec::new());
    let from = day_of(&reading, fields, "off_from", &mut wrong);
    let to = if fields.line("off_to").is_empty() { from } else { day_of(&reading, fields, "off_to", &mut wrong) };
    let name = line_of(&reading, fields, "off_name", &mut wrong);
    let source = line_of(&reading, fields, "off_source", &mut wrong);
    let (Some(from), Some(to), true) = (from, to, wrong.is_empty()) else { return page(visit, &mut reading, wrong, false) };
    let what = format!("{}: {}", name, span_plain(from, to));
    // Who holds one reader must not wait for the writer.
    drop(reading);
    change(visit, &what, "off_", from.year(), |calendar| calendar.off.push(Off { from, to, name, source }))
}

pub fn exchange(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (fields, mut wrong) = (&visit.fields, Vec::new());
    let worked = day_of(&reading, fields, "exchanged_day", &mut wrong);
    let instead_of = day_of(&reading, fields, "exchanged_instead_of", &mut wrong);
    let source = line_of(&reading, fields, "exchanged_source", &mut wrong);
    let (Some(worked), Some(instead_of), true) = (worked, instead_of, wrong.is_empty()) else {
        return page(visit, &mut reading, wrong, false);
    };
    let said = visit.web.words.say(Lang::Vi, &phrase!("holidays-instead", day = calendar::day(instead_of)));
    let what = format!("{said}: {}", calendar::day(worked));
    drop(reading);
    change(visit, &what, "exchanged_", worked.year(), |calendar| calendar.exchanged.push(Exchanged { day: worked, instead_of, source }))
}

pub fn complete(visit: &Visit) -> Result<Outcome, Refusal> {
    let year = visit.fields.number("nam").and_then(|year| i32::try_from(year).ok()).filter(|year| YEARS.contains(year));
    let year = year.ok_or(Refusal::Missing)?;
    let is_told = visit.fields.has("complete");
    let key = if is_told { phrase!("holidays-what-complete", year = year) } else { phrase!("holidays-what-open", year = year) };
    let what = visit.web.words.say(Lang::Vi, &key);
    change(visit, &what, "", year, |calendar| {
        if is_told {
            calendar.complete.insert(year);
        } else {
            calendar.complete.remove(&year);
        }
    })
}

#[derive(Serialize)]
struct Removal {
    days: String,
    name: String,
    source: String,
    day: String,
    back: String,
    before: String,
}

/// Every day is told once, so the first names the row.
fn named(calendar: &Calendar, day: NaiveDate) -> (Option<&Off>, Option<&Exchanged>) {
    (calendar.off.iter().find(|off| off.from == day), calendar.exchanged.iter().find(|one| one.day == day))
}

pub fn remove_page(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let calendar = rules::calendar(&mut reading.c)?;
    let first = day(&visit.query.line("ngay")).ok_or(Refusal::Missing)?;
    let (days, name, source) = match named(&calendar, first) {
        (Some(off), _) => (span(&reading, off), off.name.clone(), off.source.clone()),
        (None, Some(one)) => (running(&reading, one.day), instead(&reading, one), one.source.clone()),
        (None, None) => return Err(Refusal::Missing),
    };
    let before = settings::seal(&mut reading.c, rules::HOLIDAYS.name)?;
    let back = format!("{HOLIDAYS}?nam={}", first.year());
    let parts = Removal { days: capitalised(&days), name, source, day: first.to_string(), back, before };
    let title = reading.word("holidays-remove-title");
    frame::shown(visit, &mut reading, "desk/holiday_remove.html", &title, &parts)
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let first = day(&visit.fields.line("ngay")).ok_or(Refusal::Missing)?;
    let what = visit.web.words.say(Lang::Vi, &phrase!("holidays-what-removed", day = calendar::day(first)));
    change(visit, &what, "", first.year(), |calendar| {
        calendar.off.retain(|off| off.from != first);
        calendar.exchanged.retain(|one| one.day != first);
    })
}

fn span_plain(from: NaiveDate, to: NaiveDate) -> String {
    if from == to { calendar::day(from) } else { format!("{} – {}", calendar::day(from), calendar::day(to)) }
}
