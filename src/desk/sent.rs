//! Of a posting that is for others: where it hangs, who added what, and who does not hang it and why.

use std::collections::BTreeMap;

use serde::Serialize;

use super::coming::showing;
use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::texts::name_of;
use super::told;
use crate::approval::current;
use crate::edition::Kind as TextKind;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::adopt::{self, Stand};
use crate::posting::reach;
use crate::unit::page::Choice;
use crate::unit::{self, Unit};

/// The last acts that are told.
const HISTORY: usize = 200;

#[derive(Serialize)]
struct Row {
    unit: String,
    board: String,
    text: String,
    about: String,
}

#[derive(Serialize)]
struct Said {
    what: String,
    about: String,
    text: String,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    back: String,
    /// What is said where it does not hang now.
    nothing: String,
    told: String,
    out: Vec<Row>,
    lines: Vec<Row>,
    shows: Choice,
    history: Vec<Said>,
}

pub fn sent(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, document)?;
    if text.kind != TextKind::Posting {
        return Err(Refusal::Missing);
    }
    let today = calendar::local(reading.now).date();
    let edition = showing(&mut reading, document)?;
    let stands = adopt::of_document(&mut reading.c, document, reading.now)?;
    let here: Vec<Unit> = match &edition {
        Some(edition) => {
            let sent = adopt::sent(&mut reading.c, edition)?;
            let mut units = reach::units(&mut reading.c, &sent, today)?;
            // Its own board is nobody's answer.
            units.retain(|unit| Some(unit.id) != edition.unit_id);
            units
        }
        None => Vec::new(),
    };
    let none = Stand::default();
    let stand = |unit: &Unit| stands.get(&unit.id).unwrap_or(&none);
    let is_out = |unit: &&Unit| stand(unit).out.is_some();
    let shows: Vec<Unit> = here.iter().filter(|unit| !is_out(unit)).cloned().collect();
    let (mut out, mut lines) = (Vec::new(), Vec::new());
    for unit in &here {
        let (name, board) = (capitalised(&unit.name(&reading.web.words, reading.lang)), crate::channel::page::unit_board::path(&unit.code));
        if let Some(one) = &stand(unit).out {
            let by = name_of(&mut reading.c, &one.actor)?;
            let about = reading.say(&phrase!("step-by", name = by, at = told::at(&reading, one.at)));
            out.push(Row { unit: name.clone(), board: board.clone(), text: one.reason.clone(), about });
        }
        if !stand(unit).line.is_empty() && stand(unit).out.is_none() {
            lines.push(Row { unit: name, board, text: stand(unit).line.clone(), about: String::new() });
        }
    }
    let rows = adopt::history(&mut reading.c, document)?;
    let mut ids: Vec<i64> = rows.iter().map(|row| row.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let units: BTreeMap<i64, Unit> = unit::with_ids(&mut reading.c, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut history = Vec::new();
    for row in rows.iter().rev().take(HISTORY) {
        let key = match row.act.as_str() {
            adopt::LINE if row.text.is_empty() => "coming-was-line-removed",
            adopt::LINE => "coming-was-line",
            adopt::OUT => "coming-was-out",
            _ => "coming-was-in",
        };
        let unit = units.get(&row.unit_id).map(|unit| unit::page::titled(&reading, unit)).unwrap_or_default();
        let name = name_of(&mut reading.c, &row.actor)?;
        let about = reading.say(&phrase!("step-by", name = name, at = told::at(&reading, row.at)));
        history.push(Said { what: format!("{}: {}", capitalised(&unit), reading.word(key)), about, text: row.text.clone() });
    }
    let counts = phrase!("sent-told", count = here.len(), shows = shows.len(), out = out.len(), lines = lines.len());
    let parts = Parts {
        title: text.revision.title.clone(),
        back: format!("{TEXTS}/{document}"),
        nothing: match (&edition, here.is_empty()) {
            (None, _) => reading.word("sent-over"),
            (Some(_), true) => reading.word("sent-nowhere"),
            (Some(_), false) => String::new(),
        },
        told: if here.is_empty() { String::new() } else { reading.say(&counts) },
        out,
        lines,
        shows: Choice::of(&reading, &shows, "noi"),
        history,
    };
    let title = reading.word("sent-title");
    frame::shown(visit, &mut reading, "desk/sent.html", &title, &parts)
}
