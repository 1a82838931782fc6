//! Acts on many texts at once: first what would become of each, then all of it or none.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, TEXTS};
use super::lists::{Line, line};
use super::press::press;
use super::told;
use crate::approval::bulk::{self, Bulk};
use crate::approval::held;
use crate::edition::find_desk::Row;
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Lang;
use crate::phrase;
use crate::store::Conn;

#[derive(Serialize)]
struct BulkParts {
    title: String,
    lead: String,
    act: String,
    button: String,
    is_grave: bool,
    needs_reason: bool,
    reason: String,
    /// Names what was held, where this stands on it.
    held: String,
    count: usize,
    rows: Vec<Line>,
    issues: Vec<told::Told>,
}

/// What was sent here and could not be done, as a form again; where nothing waits, the list to choose from.
pub fn again(visit: &Visit) -> Result<Outcome, Refusal> {
    let typed = visit.typed(&mut visit.reading()?.c)?;
    if typed.is_empty() { Ok(Outcome::To(TEXTS.to_owned())) } else { shown(visit, &typed, name(&typed), &[]) }
}

/// What would become of the chosen ones; and then, with the same form sent again, does it to all or to none.
pub fn many(visit: &Visit) -> Result<Outcome, Refusal> {
    let (sent, chosen) = (&visit.fields, chosen(&visit.fields));
    let mut issues = Vec::new();
    if sent.has("lam") && !chosen.is_empty() {
        let press = press(&visit.web.words);
        let done = visit.write(|c, act| {
            let count = bulk::bulk(c, act, &press, &chosen, &of(sent, sent.text("reason"))?)?;
            let_go(c, visit)?;
            Ok(count)
        });
        match done {
            Ok(_) => return Ok(Outcome::To(format!("{TEXTS}?da=bulk"))),
            Err(Refusal::Issues(found)) => issues = found,
            Err(other) => return Err(other),
        }
    }
    shown(visit, sent, sent.text("giu"), &issues)
}

/// What this form stood on. Of other texts, chosen before or elsewhere, something may wait here too.
fn let_go(c: &mut Conn, visit: &Visit) -> Result<(), Refusal> {
    let (person, stood_on) = (visit.actor()?.id, visit.fields.text("giu"));
    for held in held::waiting(c, person, &visit.path)? {
        if name(&Fields::held(&held)) == stood_on {
            held::let_go(c, person, &held.address)?;
        }
    }
    Ok(())
}

/// Of what was typed: the same whenever and wherever it is held.
fn name(typed: &Fields) -> String {
    let chosen: Vec<&str> = typed.all("chosen").collect();
    digest::sha256_of(&[&[typed.text("viec").as_str(), typed.text("reason").as_str()], chosen.as_slice()].concat())
}

fn of(sent: &Fields, reason: String) -> Result<Bulk, Refusal> {
    match sent.text("viec").as_str() {
        "submit" => Ok(Bulk::Submit),
        "discard" => Ok(Bulk::Discard),
        "withdraw" => Ok(Bulk::Withdraw { reason }),
        _ => Err(Refusal::Missing),
    }
}

/// Each with the seal under which it was seen.
fn chosen(sent: &Fields) -> Vec<(i64, String)> {
    let one = |chosen: &str| {
        let (id, seal) = chosen.split_once('.').unwrap_or((chosen, ""));
        Some((id.parse().ok()?, seal.to_owned()))
    };
    sent.all("chosen").filter_map(one).collect()
}

fn shown(visit: &Visit, sent: &Fields, held: String, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let (act, reason) = (sent.text("viec"), sent.text("reason"));
    // Tried with a reason that would do, so that the list tells of everything else.
    let trial = if reason.trim().is_empty() { visit.web.words.text(Lang::Vi, "bulk-withdraw") } else { reason.clone() };
    let ids: Vec<i64> = chosen(sent).iter().map(|(id, _)| *id).collect();
    let summary = match ids.is_empty() {
        true => Vec::new(),
        false => bulk::summary(&visit.web.store, visit.act()?, &press(&visit.web.words), &ids, &of(sent, trial)?)?,
    };
    let mut reading = visit.reading()?;
    let mut rows = Vec::new();
    for found in &summary {
        let Some(text) = &found.text else { continue };
        let row = Row { edition: text.edition.clone(), kind: text.kind, slug: text.slug.clone(), title: text.revision.title.clone() };
        let against: Vec<String> = found.against.iter().map(|phrase| reading.say(phrase)).collect();
        rows.push(Line { refused: against.join(" "), seal: text.seal(), ..line(&mut reading, &row, Vec::new())? });
    }
    let count = rows.iter().filter(|row| row.refused.is_empty()).count();
    let name = reading.word(&format!("bulk-{act}"));
    let mut told = told::issues(&reading, issues);
    told.iter_mut().for_each(|told| told.field.clear());
    let parts = BulkParts {
        title: reading.say(&phrase!("bulk-title", act = name, count = count)),
        lead: reading.word(if count > 0 { "bulk-lead" } else { "bulk-nothing" }),
        is_grave: act != "submit",
        needs_reason: act == "withdraw",
        button: name,
        act,
        reason,
        held,
        count,
        rows,
        issues: told,
    };
    let title = parts.title.clone();
    match issues.is_empty() {
        true => frame::shown(visit, &mut reading, "desk/bulk.html", &title, &parts),
        false => frame::again(visit, &mut reading, "desk/bulk.html", &title, &parts),
    }
}
