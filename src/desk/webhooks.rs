//! What a unit chooses for its bulletin, and whom it has told when that changes: the list, with the form of another one.

use std::collections::BTreeMap;

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, UNITS};
use super::told::{self, Told, by_field};
use super::webhook::{self as one, answered};
use crate::bulletin::choice::{self, Choice};
use crate::bulletin::webhook::{self, Webhook};
use crate::bulletin::webhook_line::{self, Doors};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const LIST: &str = "/ban-bien-tap/don-vi/{label}/bao-may-khac";
pub const CHOICE: &str = "/ban-bien-tap/don-vi/{label}/ban-tin";

pub fn list_of(label: &str) -> String {
    LIST.replace("{label}", label)
}

#[derive(Serialize)]
struct Row {
    url: String,
    note: String,
    path: String,
    /// Of the three below one is said.
    state: &'static str,
    told: String,
    last: String,
}

#[derive(Serialize)]
struct ChoiceForm {
    action: String,
    articles: String,
    figures: String,
    above: bool,
    /// There is a unit above this one.
    has_above: bool,
    before: String,
}

#[derive(Serialize)]
struct Parts {
    unit: String,
    board: String,
    rows: Vec<Row>,
    action: String,
    /// `None` for a unit that is no more.
    choice: Option<ChoiceForm>,
    url: String,
    note: String,
    wrong: BTreeMap<String, String>,
    issues: Vec<Told>,
}

/// To the only unit in which one publishes, or to the list of units.
pub fn own(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let actor = visit.actor()?;
    if !actor.may_somewhere(Verb::Publish) && !actor.may(&mut reading.c, Verb::KeepSite, None)? {
        return Err(Refusal::Forbidden);
    }
    let mut ids: Vec<i64> = actor.grants.iter().filter_map(|grant| grant.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let units = unit::with_ids(&mut reading.c, &ids)?;
    let everywhere = actor.grants.iter().any(|grant| grant.unit_id.is_none());
    Ok(Outcome::To(match &units[..] {
        [one] if !everywhere => list_of(&one.label),
        _ => UNITS.to_owned(),
    }))
}

/// The unit, for whoever keeps whom it has told.
fn unit_of(visit: &Visit, reading: &mut Reading) -> Result<Unit, Refusal> {
    let unit = unit::at_label(&mut reading.c, visit.part("label"))?;
    webhook::must(&mut reading.c, visit.act()?, unit.id)?;
    Ok(unit)
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    listed(visit, &Fields::default(), Vec::new())
}

fn listed(visit: &Visit, typed: &Fields, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    let mut rows = Vec::new();
    for webhook in webhook::of_unit(&mut reading.c, unit.id)? {
        rows.push(row(&mut reading, webhook)?);
    }
    let today = calendar::local(reading.now).date();
    let choice = if unit.is_former(today) { None } else { Some(choice_form(&mut reading, &unit, typed)?) };
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        board: format!("/bang-tin/{}", unit.code),
        rows,
        action: list_of(&unit.label),
        choice,
        url: typed.line("url"),
        note: typed.line("note"),
        wrong: by_field(&issues),
        issues,
    };
    let title = reading.word("webhooks-title");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/webhooks.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/webhooks.html", &title, &parts)
    }
}

fn choice_form(reading: &mut Reading, unit: &Unit, typed: &Fields) -> Result<ChoiceForm, Refusal> {
    let stored = choice::of(&mut reading.c, &unit.code)?;
    // Whoever typed an address chose nothing here.
    let is_typed = typed.has("articles");
    let (articles, figures, above) = match is_typed {
        true => (typed.line("articles"), typed.line("figures"), typed.has("above")),
        false => (stored.articles.to_string(), stored.figures.to_string(), stored.above),
    };
    Ok(ChoiceForm {
        action: CHOICE.replace("{label}", &unit.label),
        articles,
        figures,
        above,
        has_above: unit.parent_id.is_some(),
        before: stored.told(),
    })
}

fn row(reading: &mut Reading, webhook: Webhook) -> Result<Row, Refusal> {
    let last = webhook::last_tried(&mut reading.c, webhook.id)?;
    let (state, told) = state_of(reading, &webhook);
    Ok(Row {
        last: last.map(|last| answered(reading, &last)).unwrap_or_else(|| reading.word("webhook-never")),
        path: one::path_of(webhook.id),
        url: webhook.url,
        note: webhook.note,
        state,
        told,
    })
}

/// By a state of texts, whose sign it is shown with, and in words.
pub fn state_of(reading: &Reading, webhook: &Webhook) -> (&'static str, String) {
    match (webhook.paused_at, webhook.failing_since) {
        (Some(at), _) => ("draft", reading.say(&phrase!("webhook-paused-since", at = told::at(reading, at)))),
        (None, Some(at)) => ("withdrawn", reading.say(&phrase!("webhook-failing-since", at = told::at(reading, at)))),
        (None, None) => ("published", reading.word("webhook-in-use")),
    }
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    if unit.is_former(calendar::local(reading.now).date()) {
        return Err(Refusal::WrongState(phrase!("webhook-former-unit")));
    }
    let from = webhook::here(&mut reading, &unit)?;
    drop(reading);
    let (url, note) = (visit.fields.line("url"), visit.fields.line("note"));
    let doors = Doors::of(visit.web.guard.tells_neighbours);
    // Names are looked up before anything is locked; each try looks them up again.
    if webhook_line::read(&url, doors).is_ok() && webhook_line::leads_inside(&url, doors) {
        return listed(visit, &visit.fields, vec![Told { field: "url".to_owned(), text: word(visit, "webhook-private") }]);
    }
    match visit.write(|c, act| webhook::add(c, act, &unit, (&url, &note), from, doors)) {
        Ok(id) => Ok(Outcome::To(format!("{}?da=webhook-added", one::path_of(id)))),
        Err(Refusal::Issues(issues)) => {
            let wrong = told::issues(&visit.reading()?, &issues);
            listed(visit, &visit.fields, wrong)
        }
        Err(other) => Err(other),
    }
}

fn word(visit: &Visit, key: &str) -> String {
    visit.web.words.text(Lang::Vi, key)
}

pub fn choose(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = unit_of(visit, &mut reading)?;
    if unit.is_former(calendar::local(reading.now).date()) {
        return Err(Refusal::WrongState(phrase!("webhook-former-unit")));
    }
    drop(reading);
    // What is no number is none that may be chosen.
    let number = |field: &str| visit.fields.line(field).parse().unwrap_or(usize::MAX);
    let before = Choice::of_told(&visit.fields.text("before")).unwrap_or_default();
    // A form from before there were figures asks for none to be changed.
    let figures = if visit.fields.has("figures") { number("figures") } else { before.figures };
    let chosen = Choice { articles: number("articles"), figures, above: visit.fields.has("above") };
    let wrong = match visit.write(|c, act| choice::choose(c, act, &unit, before, chosen)) {
        Ok(()) => return Ok(Outcome::To(format!("{}?da=saved", list_of(&unit.label)))),
        Err(Refusal::Issues(issues)) => told::issues(&visit.reading()?, &issues),
        Err(Refusal::Stale) => vec![Told { field: String::new(), text: word(visit, "rules-stale") }],
        Err(other) => return Err(other),
    };
    listed(visit, &visit.fields, wrong)
}
