//! One electronic board: how it is and what to do about it, what it shows, when it is to be seen, how it has been; and the taking off of
//! one that is gone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::board_shown::{self, Screen};
use super::boards::list_of;
use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, BOARDS};
use super::told::{self, Told, by_field};
use crate::board::alarms;
use crate::board::health::{Health, health, with_alarms};
use crate::board::history;
use crate::board::hours::Hours;
use crate::board::roll::{self, MOST_REASON, Row as Board};
use crate::bulletin;
use crate::edition::of_units::BOARD;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::places::{self, Place};
use crate::store::log_find::{self, Wanted};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

pub const ONE: &str = "/ban-bien-tap/bang-dien-tu/{board}";
pub const REMOVE: &str = "/ban-bien-tap/bang-dien-tu/{board}/go";
const PER_PAGE: i64 = 30;
/// Acts of people on a board are few: it is paired, its hours are changed, it is taken off.
const MOST_ACTS: usize = 20;
const DAYS: u64 = 30;
/// Of the columns of `board_days`.
const HEIGHT: i64 = 40;

pub fn path_of(board: i64) -> String {
    format!("{BOARDS}/{board}")
}

pub(super) fn hours_told(reading: &Reading, board: &Board) -> String {
    match board.hours() {
        Hours::ALWAYS => reading.word("boards-hours-always"),
        hours => {
            let (opens, closes) = hours.told();
            reading.say(&phrase!("boards-hours-told", opens = opens, closes = closes))
        }
    }
}

#[derive(Serialize)]
struct DayShown {
    told: String,
    ground: &'static str,
    height: i64,
}

#[derive(Serialize)]
struct Past {
    what: String,
    path: String,
    when: String,
    lasts: String,
    is_open: bool,
}

#[derive(Serialize)]
struct Done {
    at: String,
    act: String,
    who: String,
    reason: String,
}

#[derive(Serialize)]
struct HoursForm {
    action: String,
    opens: String,
    closes: String,
}

#[derive(Serialize)]
struct Parts {
    place: String,
    unit: Link,
    back: Link,
    state: &'static str,
    told: String,
    /// What to do about it; empty where nothing is to be done.
    advice: String,
    keeper: String,
    phone: String,
    screen: Screen,
    facts: Vec<(String, String)>,
    hours: Option<HoursForm>,
    days: Vec<DayShown>,
    days_told: String,
    past: Vec<Past>,
    older: String,
    newest: String,
    done: Vec<Done>,
    remove: String,
    wrong: BTreeMap<String, String>,
    issues: Vec<Told>,
}

#[derive(Serialize)]
struct Removing {
    place: String,
    unit: String,
    back: String,
    action: String,
    reason: String,
    most: usize,
    wrong: BTreeMap<String, String>,
    issues: Vec<Told>,
}

/// Errors: `Missing` for one that nobody paired, and for whoever may not look at its unit.
fn found(visit: &Visit, reading: &mut Reading, verb: Verb) -> Result<(Board, Place, Unit), Refusal> {
    let board = roll::with_id(&mut reading.c, visit.id("board")?)?;
    let place = places::with_id(&mut reading.c, board.place_id.ok_or(Refusal::Missing)?)?;
    visit.act()?.must(&mut reading.c, verb, Some(place.unit_id))?;
    let unit = unit::with_ids(&mut reading.c, &[place.unit_id])?.pop().ok_or(Refusal::Missing)?;
    Ok((board, place, unit))
}

pub fn one(visit: &Visit) -> Result<Outcome, Refusal> {
    shown(visit, None, Vec::new())
}

fn shown(visit: &Visit, typed: Option<&Fields>, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (board, place, unit) = found(visit, &mut reading, Verb::Look)?;
    let keeps = board.is_paired() && visit.act()?.who.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))?;
    let name = capitalised(&unit.name(&reading.web.words, reading.lang));
    let here = bulletin::place(&mut reading, &unit)?;
    let number = bulletin::number_since(&mut reading, &here)?;
    let open = alarms::open(&mut reading.c, &[board.id])?.remove(&board.id).unwrap_or_default();
    let health = with_alarms(health(&board, number, reading.now), &open);
    let (opens, closes) = board.hours().told();
    let hours = keeps.then(|| HoursForm {
        action: path_of(board.id),
        opens: typed.map_or(opens, |typed| typed.line("opens")),
        closes: typed.map_or(closes, |typed| typed.line("closes")),
    });
    let (past, older) = past(visit, &mut reading, &board)?;
    let (days, days_told) = days(&mut reading, &board)?;
    let is_gone = board.unpaired_at.is_some();
    let parts = Parts {
        place: place.name.clone(),
        unit: Link::new(name.clone(), list_of(&unit.label)),
        back: Link::new(reading.word("boards-title"), list_of(&unit.label)),
        state: if is_gone { "draft" } else { board_shown::sign(health) },
        told: if is_gone { reading.word("boards-gone") } else { board_shown::health(&reading, &board, health) },
        advice: match health {
            Health::Well | Health::Resting => String::new(),
            _ if is_gone => String::new(),
            health => reading.word(&format!("boards-do-{}", health.name())),
        },
        keeper: place.keeper.clone(),
        phone: place.phone.clone(),
        screen: board_shown::screen(&mut reading, &board, health, &name)?,
        facts: facts(&reading, &board, number.0),
        hours,
        days,
        days_told,
        past,
        older,
        newest: if visit.query.number("truoc").is_some() { path_of(board.id) } else { String::new() },
        done: done(&mut reading, &board)?,
        remove: if keeps { REMOVE.replace("{board}", &board.id.to_string()) } else { String::new() },
        wrong: by_field(&issues),
        issues,
    };
    let title = place.name;
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/board.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/board.html", &title, &parts)
    }
}

fn facts(reading: &Reading, board: &Board, number: i64) -> Vec<(String, String)> {
    let told = board.told();
    let at = |at: Option<crate::kit::clock::Moment>| at.map(|at| told::at(reading, at)).unwrap_or_else(|| reading.word("boards-never"));
    let bulletin = match told.number >= number {
        true => reading.say(&phrase!("boards-bulletin-newest", number = told.number)),
        false => reading.say(&phrase!("boards-bulletin-old", number = told.number, newest = number)),
    };
    let clock = match told.astray_seconds {
        0 => reading.word(if told.clock == "sure" { "boards-clock-sure" } else { "boards-clock-unsure" }),
        astray => reading.say(&phrase!("boards-clock-astray", seconds = astray)),
    };
    let all = [
        ("boards-fact-heard", at(board.heard_at)),
        ("boards-fact-bulletin", bulletin),
        ("boards-fact-clock", clock),
        ("boards-fact-version", told.version),
        ("boards-fact-hours", hours_told(reading, board)),
        ("boards-fact-key", board.key.clone()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (reading.word(key), text)).collect()
}

/// Of the last days, for a picture and in one sentence.
fn days(reading: &mut Reading, board: &Board) -> Result<(Vec<DayShown>, String), Refusal> {
    let from = reading.now - chrono::Duration::days(DAYS as i64 + 1);
    let all = alarms::since(&mut reading.c, board.id, from)?;
    let days = history::days(board, &all, reading.now, DAYS);
    let shown = days.iter().map(|day| {
        let told = calendar::day(day.day);
        match day.share() {
            None => DayShown { told: reading.say(&phrase!("boards-day-none", day = told)), ground: "board-day-none", height: 0 },
            Some(share) => DayShown {
                told: reading.say(&phrase!("boards-day", day = told, share = share)),
                ground: if share == 100 { "board-day-whole" } else { "board-day-broken" },
                height: share * HEIGHT / 100,
            },
        }
    });
    let shown = shown.collect();
    let (open, well) = days.iter().fold((0, 0), |(open, well), day| (open + day.open.num_seconds(), well + day.well.num_seconds()));
    let told = match open {
        0 => reading.word("boards-days-none"),
        open => {
            let tenths = well * 1_000 / open;
            let point = if reading.lang == Lang::Vi { ',' } else { '.' };
            let share = format!("{}{point}{}", tenths / 10, tenths % 10);
            reading.say(&phrase!("boards-days", days = DAYS, share = share))
        }
    };
    Ok((shown, told))
}

/// What was wrong, newest first, and the way to what is older.
fn past(visit: &Visit, reading: &mut Reading, board: &Board) -> Result<(Vec<Past>, String), Refusal> {
    let before = visit.query.number("truoc").filter(|before| *before > 0);
    let mut all = alarms::of_board(&mut reading.c, board.id, before, PER_PAGE + 1)?;
    let more = all.len() as i64 > PER_PAGE;
    all.truncate(PER_PAGE as usize);
    let older = match all.last().filter(|_| more) {
        Some(last) => format!("{}?truoc={}", path_of(board.id), last.id),
        None => String::new(),
    };
    let mut past = Vec::new();
    for alarm in &all {
        let (what, path) = board_shown::alarm(reading, alarm)?;
        let from = told::at(reading, alarm.raised_at);
        let minutes = (alarm.cleared_at.unwrap_or(reading.now) - alarm.raised_at).num_minutes().max(0);
        past.push(Past {
            what,
            path,
            when: match alarm.cleared_at {
                Some(until) => reading.say(&phrase!("boards-past-from-to", from = from, until = told::at(reading, until))),
                None => reading.say(&phrase!("boards-past-since", from = from)),
            },
            lasts: lasts(reading, minutes),
            is_open: alarm.cleared_at.is_none(),
        });
    }
    Ok((past, older))
}

/// In the units that people would say.
fn lasts(reading: &Reading, minutes: i64) -> String {
    match minutes {
        ..60 => reading.say(&phrase!("boards-lasts-minutes", minutes = minutes)),
        60..1_440 => reading.say(&phrase!("boards-lasts-hours", hours = minutes / 60, minutes = minutes % 60)),
        _ => reading.say(&phrase!("boards-lasts-days", days = minutes / 1_440, hours = minutes % 1_440 / 60)),
    }
}

fn done(reading: &mut Reading, board: &Board) -> Result<Vec<Done>, Refusal> {
    let wanted = Wanted { subject: format!("{BOARD}{}", board.id), ..Wanted::default() };
    let rows = log_find::find(&mut reading.c, &wanted, None, MOST_ACTS, None)?.rows;
    let mut done = Vec::new();
    for row in rows {
        let facts: serde_json::Value = serde_json::from_str(&row.facts).unwrap_or_default();
        let fact = |name: &str| facts.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let hours = match (row.act.as_str(), fact("opens"), fact("closes")) {
            ("board_hours", opens, _) if opens.is_empty() => reading.word("boards-hours-always"),
            ("board_hours", opens, closes) => reading.say(&phrase!("boards-hours-told", opens = opens, closes = closes)),
            _ => fact("reason"),
        };
        done.push(Done {
            at: told::at(reading, row.at),
            act: super::log::act_name(reading, &row.act),
            who: super::texts::name_of(&mut reading.c, &row.actor)?,
            reason: hours,
        });
    }
    Ok(done)
}

pub fn keep_hours(visit: &Visit) -> Result<Outcome, Refusal> {
    let id = visit.id("board")?;
    let line = |name: &str| visit.fields.line(name);
    let kept = Hours::read(&line("opens"), &line("closes")).and_then(|hours| visit.write(|c, act| roll::keep_hours(c, act, id, hours)));
    match kept {
        Ok(()) => Ok(Outcome::To(format!("{}?da=saved", path_of(id)))),
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            shown(visit, Some(&visit.fields), wrong)
        }
        Err(other) => Err(other),
    }
}

pub fn remove_page(visit: &Visit) -> Result<Outcome, Refusal> {
    removing(visit, "", Vec::new())
}

fn removing(visit: &Visit, reason: &str, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (board, place, unit) = found(visit, &mut reading, Verb::KeepPlaces)?;
    if !board.is_paired() {
        return Err(Refusal::WrongState(phrase!("boards-unpaired-already")));
    }
    let parts = Removing {
        place: place.name,
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        back: path_of(board.id),
        action: visit.path.clone(),
        reason: reason.to_owned(),
        most: MOST_REASON,
        wrong: by_field(&issues),
        issues,
    };
    let title = reading.word("boards-remove");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/board_remove.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/board_remove.html", &title, &parts)
    }
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let (id, reason) = (visit.id("board")?, visit.fields.line("reason"));
    match visit.write(|c, act| roll::unpair(c, act, id, &reason)) {
        Ok(_) => Ok(Outcome::To(format!("{}?da=board-unpaired", path_of(id)))),
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            removing(visit, &reason, wrong)
        }
        Err(other) => Err(other),
    }
}
