//! A unit's electronic boards: how each is, the worst first, what is on its screen, and the form into which the code that a new one
//! shows is typed.

use std::collections::BTreeMap;

use serde::Serialize;

use super::board_shown::{self, Screen};
use super::door::{Outcome, Visit};
use super::frame;
use super::told::{self, Choice, Told, by_field};
use super::{board_one, fields::Fields};
use crate::board::alarms;
use crate::board::health::{Health, health, with_alarms};
use crate::board::hours::Hours;
use crate::board::roll::{self, Row as Board};
use crate::bulletin;
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
/// Told of beneath those that stand there.
const MOST_GONE: i64 = 20;

pub fn list_of(label: &str) -> String {
    LIST.replace("{label}", label)
}

#[derive(Serialize)]
struct Row {
    place: String,
    path: String,
    /// Of the states of texts, whose sign it is shown with, and in words.
    state: &'static str,
    told: String,
    heard: String,
    hours: String,
    screen: Screen,
    tally: String,
}

#[derive(Serialize)]
struct Form {
    action: String,
    code: String,
    opens: String,
    closes: String,
    places: Vec<Choice>,
}

#[derive(Serialize)]
struct Parts {
    unit: String,
    screen: String,
    command: String,
    places_path: String,
    rows: Vec<Row>,
    /// Taken off the roll, the last first.
    gone: Vec<Link>,
    /// `None` for whoever may only look, and for a unit that is no more.
    form: Option<Form>,
    wrong: BTreeMap<String, String>,
    issues: Vec<Told>,
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
        let alarms = alarms::open(&mut reading.c, &[board.id])?.remove(&board.id).unwrap_or_default();
        let health = with_alarms(health(&board, number, reading.now), &alarms);
        rows.push((health, row(&mut reading, board, health, &of_unit, &unit)?));
    }
    rows.sort_by_key(|(health, _)| *health);
    let mut gone = Vec::new();
    for board in roll::gone_of_unit(&mut reading.c, &unit.code, MOST_GONE)? {
        let at = board.unpaired_at.map(|at| told::at(&reading, at)).unwrap_or_default();
        let text = reading.say(&phrase!("boards-gone-one", place = name_of(&of_unit, &board), at = at));
        gone.push(Link::new(text, board_one::path_of(board.id)));
    }
    let open = of_unit.iter().filter(|place| place.is_open(today));
    let chosen = typed.line("place");
    let form = (keeps && !unit.is_former(today)).then(|| Form {
        action: list_of(&unit.label),
        code: typed.line("code"),
        opens: typed.line("opens"),
        closes: typed.line("closes"),
        places: open.map(|place| Choice::new(place.id.to_string(), &place.name, &chosen)).collect(),
    });
    let address = &reading.face.site.address;
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        screen: crate::channel::page::screen::path(&unit.code),
        command: format!("bangtin board --from {address} --unit {}", unit.code),
        places_path: super::places::list_of(&unit.label),
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        gone,
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

fn name_of(places: &[Place], board: &Board) -> String {
    places.iter().find(|place| Some(place.id) == board.place_id).map(|place| place.name.clone()).unwrap_or_default()
}

fn row(reading: &mut Reading, board: Board, health: Health, places: &[Place], unit: &Unit) -> Result<Row, Refusal> {
    let name = capitalised(&unit.name(&reading.web.words, reading.lang));
    let screen = board_shown::screen(reading, &board, health, &name)?;
    let never = reading.word("boards-never");
    let heard = board.heard_at.map(|at| told::at(reading, at)).unwrap_or(never);
    Ok(Row {
        place: name_of(places, &board),
        path: board_one::path_of(board.id),
        state: board_shown::sign(health),
        told: board_shown::health(reading, &board, health),
        heard: reading.say(&phrase!("boards-heard", at = heard)),
        hours: board_one::hours_told(reading, &board),
        tally: reading.web.words.counted(reading.lang, "boards-showing", screen.items.len()),
        screen,
    })
}

pub fn pair(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    drop(reading);
    let line = |name: &str| visit.fields.line(name);
    let (code, place) = (line("code"), line("place").parse().unwrap_or_default());
    let paired =
        Hours::read(&line("opens"), &line("closes")).and_then(|hours| visit.write(|c, act| roll::pair(c, act, &unit, &code, place, hours)));
    match paired {
        Ok(_) => Ok(Outcome::To(format!("{}?da=board-paired", list_of(&unit.label)))),
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            listed(visit, &visit.fields, wrong)
        }
        Err(other) => Err(other),
    }
}
