//! Where a posting hangs, place by place: since when, who said so, what is missing of its period; a form for those without a
//! phone; and how a wrong row is set right by another.

use std::collections::BTreeSet;
use std::collections::btree_map::{BTreeMap, Entry};
use std::path::PathBuf;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame;
use super::hangs::{Seen, back, path_of, period, seen};
use super::hangs_line::{Line, Names, act_name, line, names, since};
use super::places::{kind_name, list_of};
use super::told::{self, Choice, Told, by_field};
use crate::edition::Edition;
use crate::edition::body::parse;
use crate::edition::written::issue;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::Posting;
use crate::posting::former;
use crate::posting::law::{self, Rules};
use crate::posting::placements::{Cover, Placement, Row, Standing, What, cover};
use crate::posting::placements_note::{self as note, Report};
use crate::posting::places::{self, Place};
use crate::posting::screens::Screens;
use crate::store::Conn;
use crate::store::schema::editions;
use crate::unit::Unit;
use crate::web::answer::Reading;
use crate::web::file::Given;

pub const HANGS: &str = "/ban-bien-tap/van-ban/{id}/noi-treo";
pub const STRIKE: &str = "/ban-bien-tap/noi-treo/{row}/dinh-chinh";
pub const PHOTO: &str = "/ban-bien-tap/anh-noi-treo/{row}";

const FIELDS: [&str; 5] = ["at", "name", "note", "place", "what"];

#[derive(Serialize)]
struct Hung {
    name: String,
    kind: String,
    state: &'static str,
    state_name: String,
    since: String,
    old: String,
    cover: String,
    gaps: Vec<String>,
    lines: Vec<Line>,
    /// Older lines that are not told here.
    more: usize,
}

/// Of one place: a screen goes dark every evening.
const MOST_LINES: usize = 60;

#[derive(Serialize)]
struct Form {
    places: Vec<Choice>,
    acts: Vec<Choice>,
    editions: Vec<Choice>,
    typed: BTreeMap<&'static str, String>,
    wrong: BTreeMap<&'static str, String>,
    issues: Vec<Told>,
    key: String,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    path: String,
    back: String,
    /// The unit for which it is looked at, where it came from elsewhere, and its label.
    unit: String,
    label: String,
    record_of_posting: String,
    record_of_end: String,
    period: String,
    hung: Vec<Hung>,
    /// Places where it should hang and nothing was ever recorded.
    missing: Vec<String>,
    /// Where the unit's places are kept.
    places: String,
    verdict: String,
    form: Option<Form>,
}

pub fn shown(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let seen = seen(visit, &mut reading)?;
    let typed = Fields::of([("at", told::for_field(visit.now))]);
    page(visit, &mut reading, &seen, &typed, Vec::new())
}

fn page(visit: &Visit, reading: &mut Reading, seen: &Seen, typed: &Fields, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let edition = &seen.edition;
    let keeps = keeps(visit, reading, seen)?;
    let (first, last) = period(edition, visit.now);
    let day = |day| calendar::day(day);
    let ids: Vec<i64> = seen.places.iter().map(|place| place.id).collect();
    let all = Screens::at(&mut reading.c, &ids)?.placements(&seen.rows, reading.now);
    let rules = Rules::load(&mut reading.c)?;
    let posting: Posting = parse(&seen.revision.facts)?;
    let wanted = match rules.catalogue.kind(&edition.section) {
        Some(kind) => law::places(&posting, kind),
        None => posting.places(),
    };
    let today = calendar::local(visit.now).date();
    let names = names(&mut reading.c, &seen.rows)?;
    let mut hung = Vec::new();
    let mut missing = Vec::new();
    for place in &seen.places {
        let of_place = all.get(&place.id).map_or(&[][..], Vec::as_slice);
        if seen.rows.iter().any(|row| row.place_id == place.id) {
            hung.push(hung_at(reading, place, of_place, seen, &keeps, &names, (first, last)));
        }
        if of_place.is_empty() && place.is_open(today) && wanted.contains(&place.kind()) {
            missing.push(place.name.clone());
        }
    }
    let unit = seen.of(reading)?;
    let document = edition.document_id;
    let label = seen.unit.as_ref().map(|unit| unit.label.clone()).unwrap_or_default();
    let record = |path: &str| {
        if !seen.is_recorded {
            return String::new();
        }
        let path = path.replace("{id}", &document.to_string());
        if label.is_empty() { path } else { format!("{path}?don-vi={label}") }
    };
    let name = |unit: &Unit| capitalised(&unit.name(&reading.web.words, reading.lang));
    let parts = Parts {
        title: seen.revision.title.clone(),
        path: path_of(document, None),
        back: back(seen, visit.now),
        unit: seen.unit.as_ref().map(name).unwrap_or_default(),
        record_of_posting: record(super::papers::POSTED),
        record_of_end: record(super::papers::CLOSED),
        label: label.clone(),
        period: match edition.ends_at {
            Some(_) => reading.say(&phrase!("hangs-period", from = day(first), to = day(last))),
            None => reading.say(&phrase!("hangs-period-open", from = day(first))),
        },
        hung,
        missing,
        places: unit.map(|unit| list_of(&unit.label)).unwrap_or_default(),
        verdict: format!("/n/{document}"),
        form: form(reading, seen, &keeps, typed, issues),
    };
    let title = reading.word("hangs-title");
    if parts.form.as_ref().is_some_and(|form| !form.issues.is_empty()) {
        return frame::again(visit, reading, "desk/placements.html", &title, &parts);
    }
    frame::shown(visit, reading, "desk/placements.html", &title, &parts)
}

fn hung_at(
    reading: &Reading,
    place: &Place,
    of_place: &[Placement],
    seen: &Seen,
    keeps: &BTreeSet<i64>,
    names: &Names,
    days: (NaiveDate, NaiveDate),
) -> Hung {
    let current = seen.edition.number;
    let lines = || seen.rows.iter().rev().filter(|row| row.place_id == place.id);
    let now = of_place.last();
    let (state, key) = match now.map(Placement::standing) {
        Some(Standing::Hanging) => ("published", "hangs-hanging"),
        Some(Standing::Interrupted) => ("urgent", "hangs-interrupted"),
        Some(Standing::TakenDown) => ("ended", "hangs-taken-down"),
        None => ("withdrawn", "hangs-nothing"),
    };
    let old = now.filter(|now| now.is_old(current));
    // A screen that is off by night shows on no whole day; its hours are told by its gaps.
    let is_whole = place.bears_paper() && !seen.rows.iter().any(|row| row.place_id == place.id && row.way == note::SCREEN);
    let cover = cover(of_place, days.0, days.1, reading.now);
    Hung {
        name: place.name.clone(),
        kind: kind_name(reading, place.kind()),
        state,
        state_name: reading.word(key),
        since: now.map(|now| since(reading, now)).unwrap_or_default(),
        old: old.map(|old| reading.say(&phrase!("hangs-old", number = old.number(), current = current))).unwrap_or_default(),
        // What is told by voice or on a screen does not hang for days.
        cover: match is_whole {
            true => reading.say(&phrase!("hangs-cover", hung = cover.hung, missing = cover.missing(), to_come = cover.to_come)),
            false => String::new(),
        },
        gaps: if is_whole { gaps(&cover) } else { Vec::new() },
        more: lines().count().saturating_sub(MOST_LINES),
        lines: lines().take(MOST_LINES).map(|row| line(reading, row, &seen.rows, names, keeps.contains(&place.id))).collect(),
    }
}

fn gaps(cover: &Cover) -> Vec<String> {
    let told = |(from, to): &(NaiveDate, NaiveDate)| {
        if from == to { calendar::day(*from) } else { format!("{} – {}", calendar::day(*from), calendar::day(*to)) }
    };
    cover.gaps.iter().map(told).collect()
}

/// The places that he keeps, those of what his unit took in among them.
fn keeps(visit: &Visit, reading: &mut Reading, seen: &Seen) -> Result<BTreeSet<i64>, Refusal> {
    let reach = visit.act()?.who.reach(&mut reading.c, Verb::KeepPlaces)?;
    let today = calendar::local(visit.now).date();
    let mut of: BTreeMap<i64, bool> = BTreeMap::new();
    for unit in seen.places.iter().map(|place| place.unit_id) {
        if let Entry::Vacant(vacant) = of.entry(unit) {
            let holds = |c: &mut _| Ok::<_, Refusal>(former::holders(c, unit, today)?.iter().any(|unit| reach.covers(Some(unit.id))));
            vacant.insert(reach.covers(Some(unit)) || holds(&mut reading.c)?);
        }
    }
    Ok(seen.places.iter().filter(|place| of.get(&place.unit_id) == Some(&true)).map(|place| place.id).collect())
}

/// For whoever keeps one of the places.
fn form(reading: &Reading, seen: &Seen, keeps: &BTreeSet<i64>, typed: &Fields, issues: Vec<Told>) -> Option<Form> {
    let kept: Vec<&Place> = seen.places.iter().filter(|place| keeps.contains(&place.id)).collect();
    if kept.is_empty() {
        return None;
    }
    let mut wrong = by_field(&issues);
    let act = typed.text("what");
    let number = match typed.text("number") {
        number if number.is_empty() => seen.edition.number.to_string(),
        number => number,
    };
    let edition = |one: &Edition| {
        let name = reading.say(&phrase!("board-edition", number = one.number));
        Choice::new(one.number.to_string(), name, &number)
    };
    Some(Form {
        places: kept.iter().map(|one| tick(one, typed)).collect(),
        acts: What::SAID.map(|what| Choice::new(what.name(), act_name(reading, what), &act)).into(),
        editions: seen.editions.iter().rev().map(edition).collect(),
        typed: FIELDS.map(|name| (name, typed.line(name))).into(),
        wrong: FIELDS.map(|name| (name, wrong.remove(name).unwrap_or_default())).into(),
        issues,
        key: match typed.text("key") {
            key if key.is_empty() => uuid::Uuid::now_v7().to_string(),
            key => key,
        },
    })
}

fn tick(place: &Place, typed: &Fields) -> Choice {
    let value = place.id.to_string();
    let chosen = typed.all("place").any(|ticked| ticked == value);
    Choice { chosen, name: place.name.clone(), value, ..Choice::default() }
}

/// At every place that is ticked, or at none.
pub fn record(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let seen = seen(visit, &mut reading)?;
    let fields = &visit.fields;
    let Some(at) = told::moment(&fields.text("at")) else {
        let wrong = vec![Told { field: "at".to_owned(), text: reading.word("hangs-bad-moment") }];
        return page(visit, &mut reading, &seen, fields, wrong);
    };
    let ticked: Option<Vec<i64>> = fields.all("place").map(|id| id.parse().ok()).collect();
    let ticked = ticked.filter(|ticked| ticked.len() <= places::MOST_PLACES).ok_or(Refusal::Missing)?;
    if ticked.is_empty() {
        let wrong = vec![Told { field: "place".to_owned(), text: reading.word("hangs-no-place") }];
        return page(visit, &mut reading, &seen, fields, wrong);
    }
    let number = fields.number("number").and_then(|number| i32::try_from(number).ok()).ok_or(Refusal::Missing)?;
    let what = What::said(&fields.text("what")).ok_or(Refusal::Missing)?;
    let (name, note, key) = (fields.line("name"), fields.line("note"), fields.text("key"));
    let document = seen.edition.document_id;
    let report = Report { document, number, what, at, name: &name, photo: "", note: &note, key: "" };
    // Who holds one reader must not wait for the writer.
    drop(reading);
    let noted = visit.write(|c, act| {
        ticked.iter().try_for_each(|place| {
            let key = format!("{key}-{place}");
            match note::at_desk(c, act, *place, &Report { key: &key, ..report.clone() }) {
                Err(Refusal::Issues(issues)) if ticked.len() > 1 => Err(at_place(c, *place, issues)?),
                noted => noted.map(drop),
            }
        })
    });
    match noted {
        Ok(()) => Ok(Outcome::To(done(&path_of(document, seen.unit.as_ref()), "placement-noted"))),
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let wrong = told::issues(&reading, &issues);
            page(visit, &mut reading, &seen, fields, wrong)
        }
        Err(other) => Err(other),
    }
}

/// Of several, which one it was.
fn at_place(c: &mut Conn, place: i64, issues: Vec<Issue>) -> Result<Refusal, Refusal> {
    // The others name their place.
    if issues.iter().all(|issue| issue.phrase.key != "placements-place-shut") {
        return Ok(Refusal::Issues(issues));
    }
    let place = places::with_id(c, place)?;
    Ok(Refusal::Issues(vec![issue("place", 0, phrase!("hangs-at-place", place = place.name))]))
}

fn done(path: &str, what: &str) -> String {
    format!("{path}{}da={what}", if path.contains('?') { '&' } else { '?' })
}

/// Where a row stands: with the places of its own unit.
fn home(visit: &Visit, reading: &mut Reading, row: &Row, place: &Place) -> Result<String, Refusal> {
    let of = editions::table.filter(editions::document_id.eq(row.document_id).and(editions::number.eq(row.number)));
    let sender: Option<i64> = of.select(editions::unit_id).first(&mut *reading.c)?;
    let mut unit = None;
    for holder in former::holders(&mut reading.c, place.unit_id, calendar::local(visit.now).date())? {
        if sender == Some(holder.id) {
            unit = None;
            break;
        }
        if unit.is_none() && visit.actor()?.may(&mut reading.c, Verb::KeepPlaces, Some(holder.id))? {
            unit = Some(holder);
        }
    }
    Ok(path_of(row.document_id, unit.as_ref()))
}

#[derive(Serialize)]
struct StrikeParts {
    place: String,
    line: Line,
    action: String,
    back: String,
    reason: String,
    issue: String,
}

fn struck(visit: &Visit, reading: &mut Reading, issue: String) -> Result<Outcome, Refusal> {
    let row = note::row(&mut reading.c, visit.id("row")?)?;
    let place = places::with_id(&mut reading.c, row.place_id)?;
    former::must(&mut reading.c, visit.act()?, Verb::KeepPlaces, &place)?;
    let back = home(visit, reading, &row, &place)?;
    let names = names(&mut reading.c, std::slice::from_ref(&row))?;
    let parts = StrikeParts {
        line: line(reading, &row, &[], &names, false),
        place: place.name,
        action: visit.path.clone(),
        back,
        reason: visit.fields.line("reason"),
        issue,
    };
    let title = reading.word("hangs-strike");
    if parts.issue.is_empty() {
        frame::shown(visit, reading, "desk/placement_strike.html", &title, &parts)
    } else {
        frame::again(visit, reading, "desk/placement_strike.html", &title, &parts)
    }
}

pub fn strike_page(visit: &Visit) -> Result<Outcome, Refusal> {
    struck(visit, &mut visit.reading()?, String::new())
}

pub fn strike(visit: &Visit) -> Result<Outcome, Refusal> {
    let (row, reason) = (visit.id("row")?, visit.fields.line("reason"));
    match visit.write(|c, act| note::strike(c, act, row, &reason)) {
        Ok(row) => {
            let mut reading = visit.reading()?;
            let place = places::with_id(&mut reading.c, row.place_id)?;
            Ok(Outcome::To(done(&home(visit, &mut reading, &row, &place)?, "placement-struck")))
        }
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let issue = issues.first().map(|issue| reading.say(&issue.phrase)).unwrap_or_default();
            struck(visit, &mut reading, issue)
        }
        Err(other) => Err(other),
    }
}

/// For whoever may look at the place's unit, and nobody else: it is on no page of the public's.
pub fn photo(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let row = note::row(&mut reading.c, visit.id("row")?)?;
    let place = places::with_id(&mut reading.c, row.place_id)?;
    former::must(&mut reading.c, visit.act()?, Verb::Look, &place)?;
    if row.photo.is_empty() {
        return Err(Refusal::Missing);
    }
    let path: PathBuf = visit.web.shelf.path(&row.photo, "");
    Ok(Outcome::Shelved(Given { path, mime: "image/jpeg", etag: format!("\"{}\"", row.photo), disposition: None }))
}
