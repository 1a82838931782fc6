//! A unit's electronic boards: how each is, what is on its screen since when, the form into which the code that a new one shows is
//! typed, and the taking off of one that is gone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, UNITS};
use super::told::{self, Choice, Told, by_field};
use crate::board::health::{Health, health};
use crate::board::hours::Hours;
use crate::board::roll::{self, MOST_REASON, Row as Board};
use crate::bulletin::judge::instant;
use crate::bulletin::{self, compose};
use crate::edition::{Kind, find_document};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::places::{self, Place};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

pub const LIST: &str = "/ban-bien-tap/don-vi/{label}/bang-dien-tu";
pub const REMOVE: &str = "/ban-bien-tap/bang-dien-tu/{board}/go";

pub fn list_of(label: &str) -> String {
    LIST.replace("{label}", label)
}

#[derive(Serialize)]
struct Shown {
    text: Link,
    since: String,
}

#[derive(Serialize)]
struct Row {
    place: String,
    /// Of the states of texts, whose sign it is shown with, and in words.
    state: &'static str,
    told: String,
    heard: String,
    paired: String,
    version: String,
    showing: Vec<Shown>,
    tally: String,
    remove: String,
}

#[derive(Serialize)]
struct Form {
    action: String,
    code: String,
    places: Vec<Choice>,
}

#[derive(Serialize)]
struct Parts {
    unit: String,
    screen: String,
    command: String,
    places_path: String,
    rows: Vec<Row>,
    /// `None` for whoever may only look, and for a unit that is no more.
    form: Option<Form>,
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

/// To the only unit whose boards one keeps, or to the list of units.
pub fn own(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let actor = visit.actor()?;
    if !actor.may_somewhere(Verb::KeepPlaces) {
        return Err(Refusal::Forbidden);
    }
    let mut ids: Vec<i64> = actor.grants.iter().filter_map(|grant| grant.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let units = unit::with_ids(&mut reading.c, &ids)?;
    Ok(Outcome::To(match &units[..] {
        [one] => list_of(&one.label),
        _ => UNITS.to_owned(),
    }))
}

/// Errors: `Missing` for whoever may not look at this unit.
fn unit_of(visit: &Visit, reading: &mut Reading) -> Result<Unit, Refusal> {
    let unit = unit::at_label(&mut reading.c, visit.part("label"))?;
    visit.act()?.must(&mut reading.c, Verb::Look, Some(unit.id))?;
    Ok(unit)
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    listed(visit, &Fields::default(), Vec::new())
}

fn listed(visit: &Visit, typed: &Fields, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    let today = calendar::local(reading.now).date();
    let keeps = visit.act()?.who.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))?;
    let of_unit: Vec<Place> = places::of_units(&mut reading.c, &[unit.id])?;
    let here = bulletin::place(&mut reading, &unit)?;
    let number = bulletin::number_since(&mut reading, &here)?;
    let mut rows = Vec::new();
    for board in roll::of_unit(&mut reading.c, &unit.code)? {
        rows.push(row(&mut reading, board, &of_unit, number, keeps)?);
    }
    let open = of_unit.iter().filter(|place| place.is_open(today));
    let chosen = typed.line("place");
    let form = (keeps && !unit.is_former(today)).then(|| Form {
        action: list_of(&unit.label),
        code: typed.line("code"),
        places: open.map(|place| Choice::new(place.id.to_string(), &place.name, &chosen)).collect(),
    });
    let address = &reading.face.site.address;
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        screen: crate::channel::page::screen::path(&unit.code),
        command: format!("bangtin board --from {address} --unit {}", unit.code),
        places_path: super::places::list_of(&unit.label),
        rows,
        form,
        wrong: by_field(&issues),
        issues,
    };
    let title = reading.word("boards-title");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/boards.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/boards.html", &title, &parts)
    }
}

fn row(
    reading: &mut Reading,
    board: Board,
    places: &[Place],
    number: (i64, crate::kit::clock::Moment),
    keeps: bool,
) -> Result<Row, Refusal> {
    let health = health(&board, number, reading.now);
    let told = board.told();
    let place = places.iter().find(|place| Some(place.id) == board.place_id).map(|place| place.name.clone()).unwrap_or_default();
    let at = |reading: &Reading, at: Option<crate::kit::clock::Moment>| at.map(|at| told::at(reading, at));
    let never = reading.word("boards-never");
    let heard = at(reading, board.heard_at).unwrap_or(never);
    let text = match health {
        Health::Ill => reading.say(&phrase!("boards-ill", why = reading.word(&format!("screen-fault-{}", told.fault)))),
        health => reading.word(&format!("boards-{}", health.name())),
    };
    let mut showing = Vec::new();
    for one in &roll::showing(&mut reading.c, board.id)? {
        let known = find_document::shown_first_at(&mut reading.c, Kind::Posting, compose::slug_of(&one.id), reading.now)?;
        let Some((title, slug)) = known else { continue };
        let since = at(reading, instant(&one.since)).unwrap_or_default();
        showing.push(Shown { text: Link::new(title, Kind::Posting.path(&slug)), since: reading.say(&phrase!("boards-since", at = since)) });
    }
    Ok(Row {
        place,
        state: match health {
            Health::Well => "published",
            Health::OtherVersion | Health::Dark | Health::Resting => "draft",
            _ => "withdrawn",
        },
        told: text,
        heard: reading.say(&phrase!("boards-heard", at = heard)),
        paired: at(reading, board.paired_at).map(|at| reading.say(&phrase!("boards-paired", at = at))).unwrap_or_default(),
        version: told.version,
        tally: reading.web.words.counted(reading.lang, "boards-showing", showing.len()),
        showing,
        remove: if keeps { REMOVE.replace("{board}", &board.id.to_string()) } else { String::new() },
    })
}

pub fn pair(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    drop(reading);
    let (code, place) = (visit.fields.line("code"), visit.fields.line("place").parse().unwrap_or_default());
    match visit.write(|c, act| roll::pair(c, act, &unit, &code, place, Hours::ALWAYS)) {
        Ok(_) => Ok(Outcome::To(format!("{}?da=board-paired", list_of(&unit.label)))),
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            listed(visit, &visit.fields, wrong)
        }
        Err(other) => Err(other),
    }
}

pub fn remove_page(visit: &Visit) -> Result<Outcome, Refusal> {
    removing(visit, "", Vec::new())
}

fn removing(visit: &Visit, reason: &str, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let board = roll::with_id(&mut reading.c, visit.id("board")?)?;
    let place = places::with_id(&mut reading.c, board.place_id.ok_or(Refusal::Missing)?)?;
    visit.act()?.must(&mut reading.c, Verb::KeepPlaces, Some(place.unit_id))?;
    let unit = unit::with_ids(&mut reading.c, &[place.unit_id])?.pop().ok_or(Refusal::Missing)?;
    let parts = Removing {
        place: place.name,
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        back: list_of(&unit.label),
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
        Ok(_) => {
            let mut reading = visit.reading()?;
            let place = roll::with_id(&mut reading.c, id)?.place_id.ok_or(Refusal::Missing)?;
            let place = places::with_id(&mut reading.c, place)?;
            let unit = unit::with_ids(&mut reading.c, &[place.unit_id])?.pop().ok_or(Refusal::Missing)?;
            Ok(Outcome::To(format!("{}?da=board-unpaired", list_of(&unit.label))))
        }
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            removing(visit, &reason, wrong)
        }
        Err(other) => Err(other),
    }
}
