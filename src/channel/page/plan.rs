//! What a unit plans to disclose in a year, what became of it, what is late, and what was changed since: a page, the same on
//! paper, and two tables to take along.

use chrono::Datelike;
use serde::Serialize;

use super::register::{self, Form};
use super::tell;
use crate::channel::card;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table::{self, Cell, Column, Table};
use crate::kit::words::Lang;
use crate::phrase;
use crate::posting::paper::listing::Listing;
use crate::posting::paper::{Letterhead, Signer};
use crate::posting::plan_keep;
use crate::posting::plan_shown::{Row, Shown, TurnShown, same, shown, tally};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

pub fn root(label: &str) -> String {
    format!("/don-vi/{label}/ke-hoach-cong-khai")
}

pub fn path(label: &str, year: i32) -> String {
    format!("{}/{year}", root(label))
}

/// A year as addresses have it.
pub fn year(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year: &i32| (2000..=9999).contains(year) && year.to_string() == text)
}

#[derive(Serialize)]
struct File {
    name: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Parts {
    plan: Option<Shown>,
    tally: String,
    years: Vec<Link>,
    files: Vec<File>,
    file_name: String,
    unit: Link,
    register: String,
    board: String,
    sample: bool,
}

/// Of this year, or of the newest that there is.
pub fn current(reading: &mut Reading, label: &str) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    reading.until(calendar::new_year(reading.now));
    let this = calendar::local(reading.now).date().year();
    let same = same(reading, &unit)?;
    let years = plan_keep::years(&mut reading.c, &same)?;
    let year = if years.contains(&this) { this } else { years.first().copied().unwrap_or(this) };
    page(reading, &unit, year, &root(label))
}

/// Errors: `Missing` for a year without a plan.
pub fn of_year(reading: &mut Reading, label: &str, year: i32) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    page(reading, &unit, year, &path(label, year))
}

fn page(reading: &mut Reading, unit: &Unit, year: i32, address: &str) -> Result<Answer, Refusal> {
    let plan = shown(reading, unit, year)?;
    if plan.is_none() && address != root(&unit.label) {
        return Err(Refusal::Missing);
    }
    let name = unit::page::named(reading, unit);
    let mut page = reading.page("register", reading.say(&phrase!("plan-title", year = year, unit = name)), address);
    page.description = capitalised(&reading.say(&phrase!("plan-lead", unit = name)));
    let above = unit::ancestors(&mut reading.c, unit)?;
    page.crumbs.extend(above.iter().map(|unit| unit::page::link(reading, unit)));
    page.crumbs.push(unit::page::link(reading, unit));
    if plan.is_some() {
        page.canonical = format!("{}{}{}", reading.face.site.address, reading.lang.base(), path(&unit.label, year));
    }
    let mut graph = Graph::default();
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { coverage: name, ..Meta::default() }, graph)?;
    let same = same(reading, unit)?;
    let years = plan_keep::years(&mut reading.c, &same)?;
    let years = years.into_iter().filter(|one| *one != year || plan.is_none());
    let files = Form::ALL.map(|form| File { name: form.ending(), path: format!("{}.{}", path(&unit.label, year), form.ending()) });
    let parts = Parts {
        tally: plan.as_ref().map(|plan| tally(reading, plan)).unwrap_or_default(),
        years: years.map(|year| Link::new(year.to_string(), path(&unit.label, year))).collect(),
        files: if plan.is_some() { files.into() } else { Vec::new() },
        file_name: format!("ke-hoach-cong-khai-{}-", unit.label),
        plan,
        unit: unit::page::link(reading, unit),
        register: register::root(&unit.label),
        board: super::unit_board::path(&unit.code),
        sample: unit.sample,
    };
    reading.html("posting/plan.html", &page, &parts)
}

/// Errors: `Missing` for a year without a plan.
pub fn file(reading: &mut Reading, label: &str, year: i32, form: Form) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    let lang = reading.lang;
    // Paper is Vietnamese.
    if form == Form::Pdf {
        reading.lang = Lang::Vi;
    }
    let plan = shown(reading, &unit, year)?.ok_or(Refusal::Missing)?;
    if form == Form::Pdf {
        reading.lang = lang;
        return print(reading, &unit, year, plan);
    }
    let table = table(reading, &unit, year, &plan);
    Ok(match form {
        Form::Csv => Answer::new(reading, table::CSV, table.csv()),
        _ => Answer::new(reading, table::XLSX, table.xlsx()?),
    })
}

const PAPER: [(&str, u16, &str); 7] = [
    ("paper-row", 11, "center"),
    ("paper-register-content", 0, "left"),
    ("paper-register-forms", 46, "left"),
    ("paper-plan-due", 28, "left"),
    ("paper-plan-period", 30, "left"),
    ("paper-plan-who", 42, "left"),
    ("paper-plan-state", 48, "left"),
];

fn print(reading: &Reading, unit: &Unit, year: i32, plan: Shown) -> Result<Answer, Refusal> {
    let words = reading.web.words.clone();
    let office = words.say(Lang::Vi, &phrase!("posting-committee", unit = unit.name(&words, Lang::Vi)));
    let rows = plan.rows.iter().map(|row| {
        let none = TurnShown { due: words.text(Lang::Vi, "plan-arising"), day: None, state: "", told: String::new(), by: None };
        let turns: Vec<&TurnShown> = row.turns.iter().chain(&row.arisen).collect();
        let turns = if turns.is_empty() { vec![&none] } else { turns };
        let whole = [row.number.to_string(), row.content.clone(), row.forms.clone()];
        let line = |turn: &&TurnShown| {
            let [number, content, forms] = whole.clone();
            let due = if turn.due.is_empty() { none.due.clone() } else { turn.due.clone() };
            vec![number, content, forms, due, row.period.clone(), row.who.clone(), turn.told.clone()]
        };
        turns.iter().map(line).collect()
    });
    let listing = Listing {
        letterhead: &Letterhead {
            issuer: office.clone(),
            place: unit.name.clone(),
            dated: Some(calendar::local(reading.now).date()),
            ..Letterhead::default()
        },
        kind: words.text(Lang::Vi, "paper-plan"),
        title: words.say(Lang::Vi, &phrase!("paper-plan-title", year = year, unit = office)),
        columns: &PAPER,
        whole: &[0, 1, 2, 4, 5],
        rows: rows.collect(),
        empty: String::new(),
        signer: Some(&Signer::default()),
        sample: unit.sample,
        count: words.say(Lang::Vi, &phrase!("paper-plan-version", number = plan.version, day = plan.since)),
        printed_at: reading.now,
    };
    let printed = listing.print(reading.web.paper.press()?, &words)?;
    Ok(Answer::new(reading, crate::channel::paper::MIME, printed.pdf))
}

const COLUMNS: [(&str, u16); 9] = [
    ("register-column-number", 6),
    ("register-column-content", 60),
    ("plan-column-of", 40),
    ("plan-column-forms", 40),
    ("plan-column-due", 13),
    ("plan-column-period", 20),
    ("plan-column-who", 36),
    ("plan-column-state", 36),
    ("plan-column-posting", 60),
];

fn table(reading: &Reading, unit: &Unit, year: i32, plan: &Shown) -> Table {
    let site = &reading.face.site.address;
    let line = |row: &Row, turn: Option<&TurnShown>| -> Vec<Cell> {
        let due = turn.and_then(|turn| turn.day);
        let by = turn.and_then(|turn| turn.by.as_ref()).filter(|by| !by.path.is_empty());
        let by = by.map(|by| format!("{site}{}{}", reading.lang.base(), by.path)).unwrap_or_default();
        vec![
            Cell::Number(row.number as i64),
            row.content.as_str().into(),
            row.of.as_str().into(),
            row.forms.as_str().into(),
            due.map_or_else(|| reading.word("plan-arising").into(), Cell::Day),
            row.period.as_str().into(),
            row.who.as_str().into(),
            turn.map(|turn| turn.told.as_str()).unwrap_or_default().into(),
            by.into(),
        ]
    };
    let lines = plan.rows.iter().flat_map(|row| {
        let turns: Vec<Option<&TurnShown>> = row.turns.iter().chain(&row.arisen).map(Some).collect();
        let turns = if turns.is_empty() { vec![None] } else { turns };
        turns.into_iter().map(move |turn| (row, turn))
    });
    let name = unit::page::named(reading, unit);
    let mut about = vec![tally(reading, plan), format!("{site}{}{}", reading.lang.base(), path(&unit.label, year))];
    if unit.sample {
        about.push(reading.word("site-sample"));
    }
    Table {
        title: reading.say(&phrase!("plan-title", year = year, unit = name)),
        sheet: year.to_string(),
        about,
        columns: COLUMNS.map(|(head, width)| Column { head: reading.word(head), width }).into(),
        rows: lines.map(|(row, turn)| line(row, turn)).collect(),
        made_at: reading.now,
    }
}
