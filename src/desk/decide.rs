//! The acts on a text that want a word with them, a reason or a time, each on a page that says what will happen; and
//! those that want none, as a button.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::pointer::{pointer, pointers};
use super::press::press;
use super::preview::frame_of;
use super::texts::{Head, head};
use super::told::{self, Choice};
use super::unsaved::{self, Offer};
use crate::approval::publish::{self, Timing};
use crate::approval::{self, Text, current, discarded, held, numbered, past, published, review, scheduled, trash, undo, withdraw};
use crate::edition::Edition;
use crate::edition::entry::wrong_state;
use crate::edition::state::State;
use crate::edition::written::issue;
use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;

#[derive(Serialize)]
struct Field {
    name: &'static str,
    kind: &'static str,
    label: String,
    help: String,
    text: String,
    issue: String,
    options: Vec<Choice>,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    lead: String,
    text: Head,
    base_path: String,
    action: String,
    button: String,
    is_grave: bool,
    /// The words that are meant, where they are others than those of the text's page: in a frame, and on a page of theirs.
    frame: String,
    preview: String,
    fields: Vec<Field>,
    issues: Vec<told::Told>,
    stood_on: String,
    /// What else was typed here and could not be sent.
    beside: Vec<Offer>,
}

/// By the number of a document's edition.
type Numbered = fn(&mut Conn, Act, i64, i64) -> Result<Text, Refusal>;

/// One page of this kind: its words begin with `word`, and it asks for `fields` (name, kind, words).
struct Page {
    word: &'static str,
    /// Which edition it is about.
    of: fn(&mut Conn, Act, i64) -> Result<Text, Refusal>,
    /// Which it is about instead, where the address names one (`?ban=`).
    numbered: Option<Numbered>,
    is_grave: bool,
    fields: &'static [(&'static str, &'static str, &'static str)],
}

const PUBLISH: Page = Page {
    word: "publish",
    of: current,
    numbered: None,
    is_grave: false,
    fields: &[("when", "when", "publish-when"), ("starts", "datetime-local", "publish-starts"), ("ends", "datetime-local", "edit-ends")],
};
const RESCHEDULE: Page = Page {
    word: "reschedule",
    of: waiting_or_shown,
    numbered: None,
    is_grave: false,
    fields: &[("starts", "datetime-local", "publish-starts"), ("ends", "datetime-local", "edit-ends")],
};
/// What waits for its hour can be given another; what shows, another end.
fn waiting_or_shown(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    match scheduled(c, act, document) {
        Err(Refusal::Missing) => published(c, act, document),
        found => found,
    }
}

const URGE: Page = Page {
    word: "urge",
    of: current,
    numbered: None,
    is_grave: true,
    fields: &[("reason", "area", "urge-reason"), ("ends", "datetime-local", "edit-ends")],
};
const WITHDRAW: Page = Page {
    word: "withdraw",
    of: published,
    numbered: Some(standing_or_old),
    is_grave: true,
    fields: &[("reason", "area", "withdraw-reason"), ("replaced_by", "pointer", "withdraw-pointer")],
};
/// Words of an edition that another has followed are read at their own address until they are taken back.
fn standing_or_old(c: &mut Conn, act: Act, document: i64, number: i64) -> Result<Text, Refusal> {
    let text = numbered(c, act, document, number)?;
    let stands = matches!(text.edition.state(), State::Published | State::Superseded);
    if stands { Ok(text) } else { Err(wrong_state(&text.edition)) }
}

const CONFIRM: Page = Page { word: "confirm", of: approval::unconfirmed, numbered: Some(one_unconfirmed), is_grave: false, fields: &[] };
fn one_unconfirmed(c: &mut Conn, act: Act, document: i64, number: i64) -> Result<Text, Refusal> {
    let text = numbered(c, act, document, number)?;
    let waits = approval::all_unconfirmed(c, act, document)?.iter().any(|edition| edition.id == text.edition.id);
    if waits { Ok(text) } else { Err(wrong_state(&text.edition)) }
}

const SEND_BACK: Page = Page { word: "back", of: current, numbered: None, is_grave: true, fields: &[("reason", "area", "review-reason")] };
const DISCARD: Page = Page { word: "discard", of: current, numbered: None, is_grave: true, fields: &[] };

impl Page {
    fn text(&self, c: &mut Conn, act: Act, visit: &Visit, document: i64) -> Result<Text, Refusal> {
        match (self.numbered, visit.query.number("ban")) {
            (Some(of), Some(number)) => of(c, act, document, number),
            _ => (self.of)(c, act, document),
        }
    }

    fn show(&self, visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
        let document = visit.id("id")?;
        let mut reading = visit.reading()?;
        let text = self.text(&mut reading.c, visit.act()?, visit, document)?;
        let named = self.numbered.map(|_| format!("?ban={}", text.edition.number)).unwrap_or_default();
        // What is gone already is not confirmed to be right, but to have been seen.
        let word = if self.word == CONFIRM.word && text.edition.state() == State::Withdrawn { "seen" } else { self.word };
        let told = told::issues(&reading, issues);
        let beside = told::by_field(&told);
        let typed = visit.typed(&mut reading.c)?;
        let fields = self.fields.iter().filter(|(name, ..)| *name != "starts" || !text.edition.has_begun(visit.now));
        let mut pointed = match self.fields.iter().any(|(_, kind, _)| *kind == "pointer") {
            true => pointers(&mut reading, &text)?,
            false => Vec::new(),
        };
        let fields = fields.map(|(name, kind, words)| Field {
            name,
            kind,
            label: reading.word(words),
            help: if *kind == "when" { String::new() } else { reading.word(&format!("{words}-help")) },
            text: if typed.is_empty() { planned(&text.edition, name, visit.now) } else { typed.text(name) },
            issue: beside.get(*name).cloned().unwrap_or_default(),
            options: match *kind {
                "when" => {
                    let chosen = if typed.is_empty() { default_when(&text.edition, visit.now).to_owned() } else { typed.text(name) };
                    [("now", "publish-now"), ("later", "publish-later")]
                        .map(|(value, word)| Choice::new(value, reading.word(word), &chosen))
                        .into()
                }
                "pointer" => std::mem::take(&mut pointed),
                _ => Vec::new(),
            },
        });
        let fields = fields.collect();
        let parts = Parts {
            title: reading.word(&format!("{word}-title")),
            lead: reading.word(&format!("{word}-lead")),
            text: head(&mut reading, &text)?,
            base_path: format!("{TEXTS}/{document}"),
            action: format!("{}{}", visit.path, if visit.query.has("ban") { &named } else { "" }),
            button: reading.word(&format!("{word}-button")),
            frame: if self.word == CONFIRM.word { frame_of(&text) } else { String::new() },
            preview: if named.is_empty() { String::new() } else { format!("{TEXTS}/{document}/xem-truoc{named}") },
            is_grave: self.is_grave,
            fields,
            issues: told,
            stood_on: visit.stood_on(&mut reading.c)?,
            beside: unsaved::beside(visit, &mut reading, &visit.path)?,
        };
        let title = format!("{}: {}", parts.title, parts.text.title);
        match issues.is_empty() {
            true => frame::shown(visit, &mut reading, "desk/decide.html", &title, &parts),
            false => frame::again(visit, &mut reading, "desk/decide.html", &title, &parts),
        }
    }

    /// Does it, or shows the page again with what is to be mended.
    fn decide(
        &self,
        visit: &Visit,
        done: &str,
        verb: impl FnOnce(&mut Conn, Act, &Text, &str) -> Result<Edition, Refusal>,
    ) -> Result<Outcome, Refusal> {
        let document = visit.id("id")?;
        let seal = visit.fields.text("seal");
        let outcome = visit.write(|c, act| {
            let text = self.text(c, act, visit, document)?;
            let edition = verb(c, act, &text, &seal)?;
            held::done(c, visit.actor()?.id, &visit.path, &visit.fields.encoded())?;
            Ok((edition, undo::undoable(c, act, document)?.is_some()))
        });
        match outcome {
            Ok((edition, may_undo)) => Ok(Outcome::To(after(document, done, &edition, may_undo, visit.now))),
            // What the page asks for is mended there; the rest is the text's own.
            Err(Refusal::Issues(issues)) => self.show(visit, &issues),
            Err(other) => Err(other),
        }
    }
}

pub(super) fn planned(edition: &Edition, name: &str, now: Moment) -> String {
    match name {
        "starts" if edition.starts_at > now => told::for_field(edition.starts_at),
        "ends" => edition.ends_at.map(told::for_field).unwrap_or_default(),
        _ => String::new(),
    }
}

fn default_when(edition: &Edition, now: Moment) -> &'static str {
    if edition.starts_at > now { "later" } else { "now" }
}

/// Where one goes afterwards, and what one is told there.
pub fn after(document: i64, done: &str, edition: &Edition, may_undo: bool, now: Moment) -> String {
    let done = if done == "published" && edition.starts_at > now { "scheduled" } else { done };
    let undo = if may_undo { format!("&hoan-tac={document}") } else { String::new() };
    format!("{TEXTS}/{document}?da={done}{undo}")
}

/// The times that a form gives for an edition. Errors: `Issues` at what is no time, and at one that was filled in and not
/// chosen.
pub fn timing(visit: &Visit, edition: &Edition) -> Result<Timing, Refusal> {
    let mut issues = Vec::new();
    let mut of = |name: &'static str, is_needed: bool| {
        let written = visit.fields.line(name);
        let read = told::moment(&written);
        match read {
            None if !written.is_empty() => issues.push(issue(name, 0, phrase!("edit-bad-time"))),
            None if is_needed => issues.push(issue(name, 0, phrase!("publish-needs-time"))),
            _ => {}
        }
        read
    };
    let when = visit.fields.text("when");
    let mut starts = of("starts", when == "later");
    let ends = of("ends", false);
    if when == "now" {
        // What the form came with was no wish of his.
        if starts.is_some_and(|starts| starts != edition.starts_at) {
            issues.push(issue("starts", 0, phrase!("publish-now-or-then")));
        }
        starts = None;
    }
    if issues.is_empty() { Ok(Timing { starts, ends }) } else { Err(Refusal::Issues(issues)) }
}

pub fn publish_page(visit: &Visit) -> Result<Outcome, Refusal> {
    PUBLISH.show(visit, &[])
}

pub fn publish(visit: &Visit) -> Result<Outcome, Refusal> {
    PUBLISH.decide(visit, "published", |c, act, text, seal| {
        publish::publish(c, act, &press(&visit.web.words), text.edition.id, seal, timing(visit, &text.edition)?)
    })
}

pub fn reschedule_page(visit: &Visit) -> Result<Outcome, Refusal> {
    RESCHEDULE.show(visit, &[])
}

pub fn reschedule(visit: &Visit) -> Result<Outcome, Refusal> {
    RESCHEDULE.decide(visit, "rescheduled", |c, act, text, seal| {
        publish::reschedule(c, act, &press(&visit.web.words), text.edition.id, seal, timing(visit, &text.edition)?)
    })
}

pub fn urge_page(visit: &Visit) -> Result<Outcome, Refusal> {
    URGE.show(visit, &[])
}

pub fn urge(visit: &Visit) -> Result<Outcome, Refusal> {
    URGE.decide(visit, "urged", |c, act, text, seal| {
        let reason = visit.fields.text("reason");
        publish::urge(c, act, &press(&visit.web.words), text.edition.id, seal, &reason, timing(visit, &text.edition)?.ends)
    })
}

pub fn withdraw_page(visit: &Visit) -> Result<Outcome, Refusal> {
    WITHDRAW.show(visit, &[])
}

pub fn withdraw(visit: &Visit) -> Result<Outcome, Refusal> {
    WITHDRAW.decide(visit, "withdrawn", |c, act, text, seal| {
        let pointer = pointer(&visit.web.last_face().site.address, text.kind, &visit.fields.line("replaced_by"));
        withdraw::withdraw(c, act, text.edition.id, seal, &visit.fields.text("reason"), &pointer)
    })
}

pub fn send_back_page(visit: &Visit) -> Result<Outcome, Refusal> {
    SEND_BACK.show(visit, &[])
}

pub fn send_back(visit: &Visit) -> Result<Outcome, Refusal> {
    SEND_BACK
        .decide(visit, "sent-back", |c, act, text, seal| review::send_back(c, act, text.edition.id, seal, &visit.fields.text("reason")))
}

pub fn discard_page(visit: &Visit) -> Result<Outcome, Refusal> {
    DISCARD.show(visit, &[])
}

pub fn discard(visit: &Visit) -> Result<Outcome, Refusal> {
    DISCARD.decide(visit, "discarded", |c, act, text, seal| trash::discard(c, act, text.edition.id, seal))
}

/// A button that wants no word.
fn at_once(
    visit: &Visit,
    done: &str,
    of: fn(&mut Conn, Act, i64) -> Result<Text, Refusal>,
    verb: impl FnOnce(&mut Conn, Act, &Text, &str) -> Result<Edition, Refusal>,
) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let seal = visit.fields.text("seal");
    let edition = visit.write(|c, act| {
        let text = of(c, act, document)?;
        verb(c, act, &text, &seal)
    })?;
    Ok(Outcome::To(after(document, done, &edition, false, visit.now)))
}

/// What it lacks is shown beside its fields.
pub fn submit(visit: &Visit) -> Result<Outcome, Refusal> {
    let press = press(&visit.web.words);
    match at_once(visit, "submitted", current, |c, act, text, seal| review::submit(c, act, &press, text.edition.id, seal)) {
        Err(Refusal::Issues(issues)) => super::edit::lacking(visit, visit.id("id")?, &issues),
        outcome => outcome,
    }
}

pub fn take_back(visit: &Visit) -> Result<Outcome, Refusal> {
    at_once(visit, "taken-back", current, |c, act, text, _| review::take_back(c, act, text.edition.id))
}

pub fn confirm_page(visit: &Visit) -> Result<Outcome, Refusal> {
    CONFIRM.show(visit, &[])
}

pub fn confirm(visit: &Visit) -> Result<Outcome, Refusal> {
    CONFIRM.decide(visit, "confirmed", |c, act, text, seal| publish::confirm(c, act, text.edition.id, seal))
}

pub fn unschedule(visit: &Visit) -> Result<Outcome, Refusal> {
    let press = press(&visit.web.words);
    at_once(visit, "unscheduled", scheduled, |c, act, text, seal| publish::unschedule(c, act, &press, text.edition.id, seal))
}

pub fn restore(visit: &Visit) -> Result<Outcome, Refusal> {
    at_once(visit, "restored", discarded, |c, act, text, _| trash::restore(c, act, text.edition.id))
}

pub fn restore_revision(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let revision = visit.fields.number("revision").ok_or(Refusal::Missing)?;
    let seal = visit.fields.text("seal");
    visit.write(|c, act| past::restore_revision(c, act, &press(&visit.web.words), document, revision, &seal))?;
    Ok(Outcome::To(format!("{TEXTS}/{document}/sua?da=restored")))
}

pub fn undo(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| undo::undo(c, act, &press(&visit.web.words), document))?;
    Ok(Outcome::To(format!("{TEXTS}/{document}?da=undone")))
}
