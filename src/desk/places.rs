//! A unit's places of posting: the list with who looks after each and its code, the form of one, and the card that stands at
//! the board. Whoever may only look sees neither codes nor forms.

use std::collections::BTreeMap;

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, UNITS};
use super::rules::day;
use super::told::{self, Choice, Told, by_field};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::qr;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::posting::kinds::{PLACES, Place as Kind, word_of};
use crate::posting::places::{self, Place};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const PATH: &str = frame::PLACES;
pub const LIST: &str = "/ban-bien-tap/don-vi/{label}/noi-niem-yet";
pub const PLACE: &str = "/ban-bien-tap/noi-niem-yet/{place}";
pub const CODE: &str = "/ban-bien-tap/noi-niem-yet/{place}/doi-ma";
pub const CARD: &str = "/ban-bien-tap/noi-niem-yet/{place}/the";
/// Where a phone is told a place's code, for the public side.
const TOLD: &str = "/n/noi";

const FIELDS: [&str; 6] = ["name", "location", "keeper", "phone", "opened_on", "closed_on"];

pub fn list_of(label: &str) -> String {
    LIST.replace("{label}", label)
}

pub fn path_of(place: i64) -> String {
    PLACE.replace("{place}", &place.to_string())
}

#[derive(Serialize)]
struct Row {
    name: String,
    kind: String,
    location: String,
    keeper: String,
    phone: String,
    /// Empty for whoever may not keep places.
    code: String,
    closed: String,
    path: String,
    card: String,
}

#[derive(Serialize)]
struct Form {
    action: String,
    kinds: Vec<Choice>,
    typed: BTreeMap<&'static str, String>,
    wrong: BTreeMap<&'static str, String>,
    issues: Vec<Told>,
}

#[derive(Serialize)]
struct ListParts {
    unit: String,
    open: Vec<Row>,
    closed: Vec<Row>,
    /// `None` for whoever may only look.
    form: Option<Form>,
}

#[derive(Serialize)]
struct PlaceParts {
    name: String,
    code: String,
    card: String,
    renew: String,
    back: String,
    unit: String,
    form: Form,
}

#[derive(Serialize)]
struct CardParts {
    name: String,
    location: String,
    unit: String,
    code: String,
    qr: Option<qr::Code>,
    address: String,
    back: String,
}

/// To the only unit whose places one keeps, or to the list of units.
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

fn unit_name(reading: &Reading, unit: &Unit) -> String {
    capitalised(&unit.name(&reading.web.words, reading.lang))
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    let today = calendar::local(visit.now).date().to_string();
    listed(visit, &mut reading, &unit, &Fields::of([("kind", "seat".to_owned()), ("opened_on", today)]), Vec::new())
}

fn listed(visit: &Visit, reading: &mut Reading, unit: &Unit, typed: &Fields, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let keeps = visit.act()?.who.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))?;
    let today = calendar::local(visit.now).date();
    let all = places::of_unit(&mut reading.c, unit.id)?;
    let (closed, open): (Vec<&Place>, Vec<&Place>) = all.iter().partition(|place| place.closed_on.is_some_and(|last| last < today));
    let row = |place: &&Place| Row {
        name: place.name.clone(),
        kind: kind_name(reading, place.kind()),
        location: place.location.clone(),
        keeper: place.keeper.clone(),
        phone: place.phone.clone(),
        code: if keeps { place.code_shown() } else { String::new() },
        closed: place.closed_on.map(calendar::day).unwrap_or_default(),
        path: path_of(place.id),
        card: CARD.replace("{place}", &place.id.to_string()),
    };
    let parts = ListParts {
        unit: unit_name(reading, unit),
        open: open.iter().map(row).collect(),
        closed: closed.iter().map(row).collect(),
        form: keeps.then(|| form(reading, list_of(&unit.label), typed, issues)),
    };
    let title = reading.word("places-title");
    if parts.form.as_ref().is_some_and(|form| !form.issues.is_empty()) {
        return frame::again(visit, reading, "desk/places.html", &title, &parts);
    }
    frame::shown(visit, reading, "desk/places.html", &title, &parts)
}

pub fn kind_name(reading: &Reading, kind: Kind) -> String {
    reading.word(&format!("place-kind-{}", word_of(&PLACES, &kind)))
}

fn form(reading: &Reading, action: String, typed: &Fields, issues: Vec<Told>) -> Form {
    let mut wrong = by_field(&issues);
    let kind = typed.text("kind");
    Form {
        action,
        kinds: PLACES.map(|(word, one)| Choice::new(word, kind_name(reading, one), &kind)).into(),
        typed: FIELDS.map(|name| (name, typed.line(name))).into(),
        wrong: FIELDS.map(|name| (name, wrong.remove(name).unwrap_or_default())).into(),
        issues,
    }
}

fn typed_of(place: &Place) -> Fields {
    let closed = place.closed_on.map(|day| day.to_string()).unwrap_or_default();
    Fields::of([
        ("kind", word_of(&PLACES, &place.kind()).to_owned()),
        ("name", place.name.clone()),
        ("location", place.location.clone()),
        ("keeper", place.keeper.clone()),
        ("phone", place.phone.clone()),
        ("opened_on", place.opened_on.to_string()),
        ("closed_on", closed),
    ])
}

/// What the form says, or which days cannot be read.
fn told_by(reading: &Reading, fields: &Fields) -> Result<places::Told, Vec<Told>> {
    let mut wrong = Vec::new();
    let opened_on = super::rules::day_of(reading, fields, "opened_on", &mut wrong);
    let closed = fields.line("closed_on");
    let closed_on = if closed.is_empty() { None } else { day(&closed) };
    if !closed.is_empty() && closed_on.is_none() {
        wrong.push(Told { field: "closed_on".to_owned(), text: reading.word("rules-bad-day") });
    }
    let kind = PLACES.iter().find(|(word, _)| *word == fields.text("kind")).map_or(Kind::Other, |(_, kind)| *kind);
    let Some(opened_on) = opened_on.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    let line = |name| fields.line(name);
    Ok(places::Told {
        kind,
        name: line("name"),
        location: line("location"),
        keeper: line("keeper"),
        phone: line("phone"),
        opened_on,
        closed_on,
    })
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    let said = match told_by(&reading, &visit.fields) {
        Ok(said) => said,
        Err(wrong) => return listed(visit, &mut reading, &unit, &visit.fields, wrong),
    };
    // Who holds one reader must not wait for the writer.
    drop(reading);
    match visit.write(|c, act| places::add(c, act, unit.id, &said)) {
        Ok(_) => Ok(Outcome::To(format!("{}?da=place-added", list_of(&unit.label)))),
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let wrong = told::issues(&reading, &issues);
            listed(visit, &mut reading, &unit, &visit.fields, wrong)
        }
        Err(other) => Err(other),
    }
}

/// The place, for whoever keeps it.
fn kept(visit: &Visit, reading: &mut Reading) -> Result<(Place, Unit), Refusal> {
    let place = places::with_id(&mut reading.c, visit.id("place")?)?;
    visit.act()?.must(&mut reading.c, Verb::KeepPlaces, Some(place.unit_id))?;
    let unit = unit::with_ids(&mut reading.c, &[place.unit_id])?.pop().ok_or(Refusal::Missing)?;
    Ok((place, unit))
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (place, unit) = kept(visit, &mut reading)?;
    edited(visit, &mut reading, &place, &unit, &typed_of(&place), Vec::new())
}

fn edited(visit: &Visit, reading: &mut Reading, place: &Place, unit: &Unit, typed: &Fields, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let parts = PlaceParts {
        name: place.name.clone(),
        code: place.code_shown(),
        card: CARD.replace("{place}", &place.id.to_string()),
        renew: CODE.replace("{place}", &place.id.to_string()),
        back: list_of(&unit.label),
        unit: unit_name(reading, unit),
        form: form(reading, path_of(place.id), typed, issues),
    };
    if parts.form.issues.is_empty() {
        frame::shown(visit, reading, "desk/place.html", &place.name, &parts)
    } else {
        frame::again(visit, reading, "desk/place.html", &place.name, &parts)
    }
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (place, unit) = kept(visit, &mut reading)?;
    let said = match told_by(&reading, &visit.fields) {
        Ok(said) => said,
        Err(wrong) => return edited(visit, &mut reading, &place, &unit, &visit.fields, wrong),
    };
    drop(reading);
    match visit.write(|c, act| places::change(c, act, place.id, &said)) {
        Ok(()) => Ok(Outcome::To(format!("{}?da=saved", list_of(&unit.label)))),
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let wrong = told::issues(&reading, &issues);
            edited(visit, &mut reading, &place, &unit, &visit.fields, wrong)
        }
        Err(other) => Err(other),
    }
}

pub fn renew(visit: &Visit) -> Result<Outcome, Refusal> {
    let place = visit.id("place")?;
    visit.write(|c, act| places::renew_code(c, act, place))?;
    Ok(Outcome::To(format!("{}?da=place-code", path_of(place))))
}

/// On paper. The code stands behind the `#` of its address, which no browser sends to anybody.
pub fn card(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (place, unit) = kept(visit, &mut reading)?;
    let address = format!("{}{TOLD}#{}", reading.face.site.address, place.code.to_uppercase());
    let parts = CardParts {
        qr: qr::code(&address),
        address: format!("{}{TOLD}", reading.face.site.address),
        code: place.code_shown(),
        unit: unit_name(&reading, &unit),
        back: path_of(place.id),
        name: place.name.clone(),
        location: place.location.clone(),
    };
    let title = reading.word("places-card");
    frame::shown(visit, &mut reading, "desk/place_card.html", &title, &parts)
}
