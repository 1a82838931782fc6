//! The forms of the list of indicators, one for each of its parts: what a form says is written as the whole list's file, and judged as
//! that is.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, INDICATORS};
use super::indicators::{addresses, part_of};
use super::indicators_fields::{Refused, Section, sections};
use super::indicators_read::{EMPTY, MORE, MOST_ROWS, read, rows, typed_of, with_others};
use super::indicators_told::{told, what};
use super::told::{Told, by_field};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::report::entry::{Entry, Part};
use crate::report::indicators::Indicators;
use crate::report::{rules, uses};
use crate::store::settings;

pub const CODE: &str = "code";
/// Of a rule that is no sum.
const TERMS: [&str; 5] = ["part", "whole", "share", "now", "base"];

#[derive(Serialize)]
struct Parts {
    title: String,
    action: String,
    /// What it is now, in a sentence; empty for a new one.
    told: String,
    code: String,
    sections: Vec<Section>,
    issues: Vec<Told>,
    before: String,
    count: usize,
    /// Where its removal is asked about; empty for a new one.
    remove: String,
    /// Whether something else must be made before it: nothing can be counted without a measure.
    lacks: String,
    lacks_path: &'static str,
}

pub fn new(visit: &Visit) -> Result<Outcome, Refusal> {
    let typed = Fields::of([("count", EMPTY.to_string()), ("rule", "sum".to_owned())]);
    page(visit, None, &typed, Vec::new(), false)
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let known = rules::indicators(&mut reading.c)?;
    drop(reading);
    let entry = known.entry(part_of(&visit.path), visit.part(CODE)).ok_or(Refusal::Missing)?;
    if let Entry::Dimension(one) = &entry
        && one.members.len() > MOST_ROWS - EMPTY
    {
        return Err(Refusal::WrongState(phrase!("indicators-too-many-members", count = one.members.len())));
    }
    page(visit, Some(entry.code()), &typed_of(&entry), Vec::new(), false)
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, None)
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, Some(visit.part(CODE)))
}

fn kept(visit: &Visit, existing: Option<&str>) -> Result<Outcome, Refusal> {
    let typed = &visit.fields;
    if typed.text("then") == "more" {
        let count = (rows(typed) + MORE).min(MOST_ROWS).to_string();
        return page(visit, existing, &typed.after(vec![("count".to_owned(), count)]), Vec::new(), false);
    }
    let part = part_of(&visit.path);
    let before = typed.text("before");
    let (mut text, mut at, mut of_rows, mut wrong, mut changed) = (String::new(), 0, Vec::new(), Vec::new(), Indicators::default());
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let stored = rules::indicators(c)?;
        let said = read(visit, part, existing, &stored);
        (of_rows, wrong) = (said.rows, said.wrong);
        let named = what(&visit.web.words, &said.entry);
        changed = stored.clone();
        at = changed.put(existing, said.entry).ok_or(Refusal::Missing)?;
        text = changed.written();
        // What could not be read at all was said already; the rest of the form is judged all the same.
        if !wrong.is_empty() {
            return Err(Refusal::Issues(Indicators::read(rules::INDICATORS.name, &text).err().unwrap_or_default()));
        }
        if changed == stored { Ok(()) } else { rules::keep(c, act, &before, &text, &named) }
    });
    let mut is_stale = false;
    match outcome {
        Ok(()) => return Ok(Outcome::To(format!("{INDICATORS}?da=saved"))),
        Err(Refusal::Issues(issues)) => {
            let refused = Refused { part, text: &text, at, rows: &of_rows, typed, known: &changed };
            for found in refused.told(&visit.reading()?, &issues) {
                // A rule that lacks a term is told of at the term.
                let is_told = |told: &Told| told.field == found.field || (found.field == "rule" && TERMS.contains(&told.field.as_str()));
                if found.field.is_empty() || !wrong.iter().any(is_told) {
                    wrong.push(found);
                }
            }
        }
        Err(Refusal::Stale) => {
            is_stale = true;
            wrong.push(Told { field: String::new(), text: visit.web.words.text(Lang::Vi, "rules-stale") });
        }
        Err(other) => return Err(other),
    }
    page(visit, existing, typed, wrong, is_stale)
}

fn page(visit: &Visit, existing: Option<&str>, typed: &Fields, issues: Vec<Told>, is_stale: bool) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let part = part_of(&visit.path);
    let known = rules::indicators(&mut reading.c)?;
    let entry = match existing {
        Some(code) => Some(known.entry(part, code).ok_or(Refusal::Missing)?),
        None => None,
    };
    // What others have put in meanwhile is not taken for taken away.
    let typed = &match &entry {
        Some(Entry::Dimension(stored)) if is_stale => with_others(typed, stored),
        _ => typed.clone(),
    };
    let before = match visit.fields.text("before") {
        // Whoever is told that others have changed something may keep his own all the same.
        before if before.is_empty() || is_stale => settings::seal(&mut reading.c, rules::INDICATORS.name)?,
        before => before,
    };
    let (one, new) = addresses(part);
    let title = match existing {
        Some(_) => reading.word(&format!("indicators-edit-{}", part.table())),
        None => reading.word(&format!("indicators-add-{}", part.table())),
    };
    let lacks = match part {
        Part::Indicators if known.measures.is_empty() => reading.word("indicators-lacks-measures"),
        _ => String::new(),
    };
    let parts = Parts {
        title: title.clone(),
        action: existing.map_or_else(|| new.to_owned(), |code| format!("{one}/{code}")),
        told: entry.as_ref().map(|entry| told(&reading, entry, &known)).unwrap_or_default(),
        code: existing.unwrap_or_default().to_owned(),
        sections: sections(&reading, part, existing, (typed, &by_field(&issues)), &known),
        issues,
        before,
        count: rows(typed),
        remove: existing.map(|code| format!("{one}/{code}/bo")).unwrap_or_default(),
        lacks,
        lacks_path: addresses(Part::Measures).1,
    };
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/indicator.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/indicator.html", &title, &parts)
    }
}

#[derive(Serialize)]
struct Removal {
    title: String,
    name: String,
    told: String,
    action: String,
    back: String,
    before: String,
    /// Who speaks of it and how many figures are of it; it can be removed where this is empty.
    hinders: Vec<String>,
    issue: String,
}

pub fn remove_page(visit: &Visit) -> Result<Outcome, Refusal> {
    removal(visit, String::new(), false)
}

/// `is_refused`: it was sent, and why it was not done is said.
fn removal(visit: &Visit, issue: String, is_refused: bool) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let (part, code) = (part_of(&visit.path), visit.part(CODE));
    let known = rules::indicators(&mut reading.c)?;
    let entry = known.entry(part, code).ok_or(Refusal::Missing)?;
    let found = uses::hinders(&mut reading.c, &known, part, code)?;
    let back = format!("{}/{code}", addresses(part).0);
    let title = reading.word(&format!("indicators-remove-{}", part.table()));
    let parts = Removal {
        title: title.clone(),
        name: entry.name().to_owned(),
        told: told(&reading, &entry, &known),
        action: format!("{back}/bo"),
        back,
        before: settings::seal(&mut reading.c, rules::INDICATORS.name)?,
        hinders: found.iter().map(|phrase| reading.say(phrase)).collect(),
        issue,
    };
    match is_refused {
        false => frame::shown(visit, &mut reading, "desk/indicator_remove.html", &title, &parts),
        true => frame::again(visit, &mut reading, "desk/indicator_remove.html", &title, &parts),
    }
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let (part, code, before) = (part_of(&visit.path), visit.part(CODE), visit.fields.text("before"));
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let entry = rules::indicators(c)?.entry(part, code).ok_or(Refusal::Missing)?;
        let named = what(&visit.web.words, &entry);
        let named = visit.web.words.say(Lang::Vi, &phrase!("indicators-what-removed", what = named));
        rules::remove(c, act, &before, (part, code), &named)
    });
    match outcome {
        Ok(()) => Ok(Outcome::To(format!("{INDICATORS}?da=saved"))),
        // The page says itself what is in the way.
        Err(Refusal::Issues(_)) => removal(visit, String::new(), true),
        Err(Refusal::Stale) => removal(visit, visit.web.words.text(Lang::Vi, "rules-stale"), true),
        Err(other) => Err(other),
    }
}
