//! A coverage as a table to take along: every place of every unit, and a line for each unit without one.

use super::coverage;
use super::door::{Outcome, Visit};
use super::places::kind_name;
use super::told;
use crate::approval::current;
use crate::edition::Kind as TextKind;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table::{Cell, Column, Table};
use crate::posting::coverage::{self as posting, At};

pub const CSV: &str = "/ban-bien-tap/van-ban/{id}/do-phu.csv";
pub const XLSX: &str = "/ban-bien-tap/van-ban/{id}/do-phu.xlsx";

const COLUMNS: [(&str, u16); 7] = [
    ("coverage-column-unit", 30),
    ("coverage-column-code", 10),
    ("coverage-column-place", 40),
    ("coverage-column-kind", 20),
    ("coverage-column-state", 28),
    ("coverage-column-since", 13),
    ("coverage-column-note", 50),
];

pub fn csv(visit: &Visit) -> Result<Outcome, Refusal> {
    let (table, name) = table(visit)?;
    Ok(Outcome::File { mime: crate::kit::table::CSV, name: format!("{name}.csv"), bytes: table.csv().into() })
}

pub fn xlsx(visit: &Visit) -> Result<Outcome, Refusal> {
    let (table, name) = table(visit)?;
    Ok(Outcome::File { mime: crate::kit::table::XLSX, name: format!("{name}.xlsx"), bytes: table.xlsx()?.into() })
}

/// Every place of every unit, and a line for each unit without one.
fn table(visit: &Visit) -> Result<(Table, String), Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, document)?;
    if text.kind != TextKind::Posting {
        return Err(Refusal::Missing);
    }
    let known = posting::coverage(&mut reading.c, document, reading.now)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for part in &known.parts {
        let unit = capitalised(&part.unit.name(&reading.web.words, reading.lang));
        let reason = part.out.as_ref().map(|out| out.reason.clone()).unwrap_or_default();
        let mut row = |place: &str, kind: String, state: String, since: Option<Moment>, note: String| {
            let since = Cell::day(since.map(|since| calendar::local(since).date()));
            rows.push(vec![
                unit.as_str().into(),
                part.unit.code.as_str().into(),
                place.into(),
                kind.into(),
                state.into(),
                since,
                note.into(),
            ]);
        };
        if part.places.is_empty() {
            let key = if part.out.is_some() { "coverage-state-out" } else { "coverage-node-placeless" };
            row("", String::new(), reading.word(key), part.out.as_ref().map(|out| out.at), reason.clone());
        }
        for (place, at) in &part.places {
            let note = match at {
                At::Old(_) => coverage::about(&reading, *at),
                At::Out => reason.clone(),
                _ => String::new(),
            };
            let state = reading.word(&format!("coverage-state-{}", at.name()));
            row(&place.name, kind_name(&reading, place.kind()), state, at.since(), note);
        }
    }
    let table = Table {
        title: text.revision.title.clone(),
        sheet: reading.word("coverage-title"),
        about: vec![coverage::told(&reading.web.words, reading.lang, &known), told::at(&reading, reading.now)],
        columns: COLUMNS.map(|(head, width)| Column { head: reading.word(head), width }).into(),
        rows,
        made_at: reading.now,
    };
    Ok((table, format!("do-phu-{}", text.slug)))
}
