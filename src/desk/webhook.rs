//! One address that a unit has told: whether it takes what it is sent, everything it was sent, and what may be done with it.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, WEBHOOKS};
use super::told;
use super::webhooks::{list_of, state_of};
use crate::bulletin::webhook::{self, Delivery, Webhook};
use crate::bulletin::webhook_tries::{DELIVERED, GIVEN_UP};
use crate::kit::clock::NEVER;
use crate::kit::fold::capitalised;
use crate::kit::number::size;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/bao-may-khac/{webhook}";
pub const TRY: &str = "/ban-bien-tap/bao-may-khac/{webhook}/gui-thu";
pub const PAUSE: &str = "/ban-bien-tap/bao-may-khac/{webhook}/tam-dung";
pub const RESUME: &str = "/ban-bien-tap/bao-may-khac/{webhook}/gui-tiep";
pub const REMOVE: &str = "/ban-bien-tap/bao-may-khac/{webhook}/bo";
pub const AGAIN: &str = "/ban-bien-tap/bao-may-khac/{webhook}/gui-lai/{delivery}";
pub const TELL_BOARDS: &str = "/ban-bien-tap/bao-may-khac/{webhook}/bao-bang";
const PER_PAGE: i64 = 50;

pub fn path_of(webhook: i64) -> String {
    format!("{WEBHOOKS}/{webhook}")
}

#[derive(Serialize)]
struct Row {
    made: String,
    what: String,
    state: &'static str,
    told: String,
    tries: String,
    last: String,
    next: String,
    size: String,
    name: String,
    again: String,
}

#[derive(Serialize)]
struct Parts {
    url: String,
    note: String,
    unit: String,
    back: String,
    state: &'static str,
    told: String,
    added: String,
    is_paused: bool,
    tells_boards: bool,
    path: String,
    rows: Vec<Row>,
    newer: String,
    older: String,
}

/// The address and whose it is, for whoever keeps it.
fn kept(visit: &Visit, reading: &mut Reading) -> Result<(Webhook, Unit), Refusal> {
    let webhook = webhook::with_id(&mut reading.c, visit.id("webhook")?)?;
    webhook::must(&mut reading.c, visit.act()?, webhook.unit_id)?;
    let unit = unit::with_ids(&mut reading.c, &[webhook.unit_id])?.pop().ok_or(Refusal::Missing)?;
    Ok((webhook, unit))
}

pub fn one(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (webhook, unit) = kept(visit, &mut reading)?;
    let count = webhook::count(&mut reading.c, webhook.id)?;
    let pages = ((count + PER_PAGE - 1) / PER_PAGE).max(1);
    let page = match visit.query.find("trang") {
        None => 1,
        Some(_) => visit.query.number("trang").filter(|page| (1..=pages).contains(page)).ok_or(Refusal::Missing)?,
    };
    let sent = webhook::deliveries(&mut reading.c, webhook.id, (page - 1) * PER_PAGE, PER_PAGE)?;
    let path = path_of(webhook.id);
    let link = |page: i64| if (1..=pages).contains(&page) { format!("{path}?trang={page}") } else { String::new() };
    let (state, told) = state_of(&reading, &webhook);
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        back: list_of(&unit.label),
        state,
        told,
        added: reading.say(&phrase!("webhook-added-by", at = told::at(&reading, webhook.created_at), login = webhook.created_by)),
        is_paused: webhook.paused_at.is_some(),
        tells_boards: webhook.tells_boards,
        rows: sent.iter().map(|one| row(&reading, one)).collect(),
        newer: link(page - 1),
        older: link(page + 1),
        url: webhook.url,
        note: webhook.note,
        path,
    };
    let title = reading.word("webhook-title");
    frame::shown(visit, &mut reading, "desk/webhook.html", &title, &parts)
}

fn row(reading: &Reading, one: &Delivery) -> Row {
    let (state, told) = match one.state.as_str() {
        DELIVERED => ("published", "webhook-state-delivered"),
        GIVEN_UP => ("withdrawn", "webhook-state-given-up"),
        _ => ("submitted", "webhook-state-waiting"),
    };
    let is_waiting = state == "submitted";
    let next = match one.next_at {
        _ if !is_waiting => String::new(),
        NEVER => reading.word("webhook-next-after"),
        at if at <= reading.now => reading.word("webhook-next-now"),
        at => reading.say(&phrase!("webhook-next", at = told::at(reading, at))),
    };
    Row {
        made: told::at(reading, one.made_at),
        what: match one.events {
            0 => reading.word("webhook-trial"),
            count => reading.web.words.counted(reading.lang, "webhook-events", count.unsigned_abs() as usize),
        },
        state,
        told: reading.word(told),
        tries: reading.web.words.counted(reading.lang, "webhook-tries", one.attempts.unsigned_abs() as usize),
        last: if one.last_at.is_some() { answered(reading, one) } else { String::new() },
        next,
        size: size(one.body.len() as i64, reading.lang),
        name: one.name.clone(),
        again: AGAIN.replace("{webhook}", &one.webhook_id.to_string()).replace("{delivery}", &one.id.to_string()),
    }
}

/// What came of the last try.
pub fn answered(reading: &Reading, one: &Delivery) -> String {
    let at = one.last_at.map(|at| told::at(reading, at)).unwrap_or_default();
    match one.last_status {
        0 => reading.say(&phrase!("webhook-no-answer-at", at = at, why = reading.word(&format!("webhook-why-{}", one.last_error)))),
        status => reading.say(&phrase!("webhook-answer-at", at = at, status = status)),
    }
}

fn onward(visit: &Visit, done: &str) -> Outcome {
    Outcome::To(format!("{WEBHOOKS}/{}?da={done}", visit.part("webhook")))
}

pub fn try_out(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (webhook, unit) = kept(visit, &mut reading)?;
    let body = webhook::trial(&mut reading, &unit, webhook.cursor())?;
    // Who holds one reader must not wait for the writer.
    drop(reading);
    visit.write(|c, act| webhook::try_out(c, act, webhook.id, &body))?;
    Ok(onward(visit, "webhook-tried"))
}

pub fn again(visit: &Visit) -> Result<Outcome, Refusal> {
    let (webhook, delivery) = (visit.id("webhook")?, visit.id("delivery")?);
    visit.write(|c, act| webhook::again(c, act, webhook, delivery))?;
    Ok(onward(visit, "webhook-again"))
}

pub fn pause(visit: &Visit) -> Result<Outcome, Refusal> {
    let webhook = visit.id("webhook")?;
    visit.write(|c, act| webhook::pause(c, act, webhook, ""))?;
    Ok(onward(visit, "webhook-paused"))
}

pub fn resume(visit: &Visit) -> Result<Outcome, Refusal> {
    let webhook = visit.id("webhook")?;
    visit.write(|c, act| webhook::resume(c, act, webhook))?;
    Ok(onward(visit, "webhook-resumed"))
}

pub fn tell_boards(visit: &Visit) -> Result<Outcome, Refusal> {
    let (webhook, tells) = (visit.id("webhook")?, visit.fields.has("tells"));
    visit.write(|c, act| webhook::keep_boards(c, act, webhook, tells))?;
    Ok(onward(visit, "saved"))
}

#[derive(Serialize)]
struct Sure {
    title: String,
    text: String,
    button: String,
    name: String,
    action: String,
    path: String,
    hidden: Vec<(&'static str, String)>,
}

pub fn sure_remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (webhook, _) = kept(visit, &mut reading)?;
    let title = reading.word("webhook-remove");
    let parts = Sure {
        title: title.clone(),
        text: reading.word("webhook-remove-sure"),
        button: title.clone(),
        name: webhook.url,
        action: visit.path.clone(),
        path: path_of(webhook.id),
        hidden: Vec::new(),
    };
    frame::shown(visit, &mut reading, "desk/sure.html", &title, &parts)
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (webhook, unit) = kept(visit, &mut reading)?;
    drop(reading);
    visit.write(|c, act| webhook::remove(c, act, webhook.id))?;
    Ok(Outcome::To(format!("{}?da=webhook-removed", list_of(&unit.label))))
}
