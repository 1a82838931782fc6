//! One text at the desk: what it is, what may be done with it now, and how it came to be what it is.

use serde::Serialize;

use super::checks;
use super::door::{Outcome, Visit};
use super::form::Form;
use super::frame::{self, TEXTS};
use super::told;
use crate::approval::{Text, current, editions, held, share};
use crate::edition::state::State;
use crate::edition::step::{self, Step};
use crate::edition::{Edition, UNCONFIRMED};
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::person::{Act, roll};
use crate::phrase;
use crate::store::Conn;
use crate::unit;
use crate::web::answer::Reading;

#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub name: String,
    pub text: String,
}

/// What the head of every page about a text says of it.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    pub title: String,
    pub state: &'static str,
    pub state_name: String,
    pub about: Vec<String>,
    pub seal: String,
    pub revision: i64,
    pub edition: i64,
}

#[derive(Serialize)]
struct StepShown {
    name: String,
    about: String,
    note: String,
    /// Where it is compared with the save before; empty for none.
    compare: String,
    /// The revision that can be taken again; 0 for none.
    restore: i64,
}

#[derive(Serialize)]
struct EditionShown {
    name: String,
    state: &'static str,
    state_name: String,
    note: String,
    preview: String,
    public_path: String,
    steps: Vec<StepShown>,
}

#[derive(Serialize)]
struct Choice {
    name: String,
    path: String,
    post: bool,
    look: &'static str,
}

#[derive(Serialize)]
struct ShareShown {
    text: String,
}

#[derive(Serialize)]
struct Parts {
    text: Head,
    base_path: String,
    reason: String,
    reason_by: String,
    urgent: String,
    held: String,
    acts: Vec<Choice>,
    public_path: String,
    facts: Vec<Fact>,
    checks: Vec<checks::Shown>,
    shares: Vec<ShareShown>,
    editions: Vec<EditionShown>,
}

pub fn titled(reading: &Reading, title: &str) -> String {
    if title.is_empty() { reading.word("texts-untitled") } else { title.to_owned() }
}

/// A person's name; the login of somebody who is none (an import).
pub fn name_of(c: &mut Conn, login: &str) -> Result<String, Refusal> {
    match roll::at_login(c, login) {
        Ok(person) => Ok(person.name),
        Err(Refusal::Missing) => Ok(login.to_owned()),
        Err(other) => Err(other),
    }
}

pub fn head(reading: &mut Reading, text: &Text) -> Result<Head, Refusal> {
    let state = told::state(&text.edition, reading.now);
    let number = reading.say(&phrase!("text-edition", number = text.edition.number));
    Ok(Head {
        title: titled(reading, &text.revision.title),
        state,
        state_name: reading.word(&format!("state-{state}")),
        about: vec![reading.word(&format!("kind-{}", text.kind.name())), number, place(reading, &text.edition)?],
        seal: text.seal(),
        revision: text.revision.id,
        edition: text.edition.id,
    })
}

pub fn place(reading: &mut Reading, edition: &Edition) -> Result<String, Refusal> {
    let Some(id) = edition.unit_id else { return Ok(reading.word("text-whole-portal")) };
    let unit = unit::with_ids(&mut reading.c, &[id])?.pop();
    Ok(unit.map(|unit| capitalised(&unit.name(&reading.web.words, reading.lang))).unwrap_or_default())
}

pub fn facts(reading: &mut Reading, text: &Text) -> Result<Vec<Fact>, Refusal> {
    let edition = &text.edition;
    let section = reading.face.site.section(&edition.section).map(|section| section.name.clone()).unwrap_or(edition.section.clone());
    let author = if edition.drafted_by.is_empty() { String::new() } else { name_of(&mut reading.c, &edition.drafted_by)? };
    let starts = edition.state().was_published() || edition.starts_at > reading.now;
    let mut facts = vec![
        ("text-unit", place(reading, edition)?),
        ("text-section", section),
        ("text-starts", if starts { told::at(reading, edition.starts_at) } else { String::new() }),
        ("text-ends", edition.ends_at.map_or(reading.word("text-no-end"), |at| told::at(reading, at))),
        ("text-address", text.kind.path(&text.slug)),
        ("text-drafted-by", author),
        ("text-note", if edition.minor { reading.word("text-minor") } else { edition.change_note.clone() }),
    ];
    facts.retain(|(_, text)| !text.is_empty());
    Ok(facts.into_iter().map(|(word, text)| Fact { name: reading.word(word), text }).collect())
}

pub fn shown(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let act = visit.act()?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, act, document)?;
    let base_path = format!("{TEXTS}/{document}");
    let all = editions(&mut reading.c, act, document)?;
    let steps = step::of(&mut reading.c, &all.iter().map(|edition| edition.id).collect::<Vec<_>>())?;
    let (reason_by, reason) = sent_back(&mut reading, &text, &steps)?;
    let held = held::find(&mut reading.c, visit.actor()?.id, &format!("{base_path}/sua"))?;
    let held = held.map(|held| reading.say(&phrase!("text-held", at = told::at(&reading, held.at)))).unwrap_or_default();
    let urgent = steps.iter().find(|step| step.edition_id == text.edition.id && step.name == "published" && !step.note.is_empty());
    let urgent = urgent.filter(|_| text.edition.urgent == UNCONFIRMED).map(|step| reading.say(&phrase!("text-urgent", reason = step.note)));
    let is_draft = text.edition.state() == State::Draft;
    let form = Form::of(&mut reading.c, &text)?;
    let parts = Parts {
        base_path: base_path.clone(),
        reason,
        reason_by,
        urgent: urgent.unwrap_or_default(),
        held,
        acts: acts(&mut reading, act, &text, &all, &base_path)?,
        public_path: if all.iter().any(|edition| edition.has_begun(visit.now)) { text.kind.path(&text.slug) } else { String::new() },
        facts: facts(&mut reading, &text)?,
        checks: if is_draft { checks::of_form(&mut reading, &text, &form)? } else { Vec::new() },
        shares: shares(&mut reading, act, &text)?,
        editions: history(&mut reading, &text, &all, &steps, &base_path)?,
        text: head(&mut reading, &text)?,
    };
    let title = parts.text.title.clone();
    frame::shown(visit, &mut reading, "desk/text.html", &title, &parts)
}

/// Why the draft came back, until it goes out again.
fn sent_back(reading: &mut Reading, text: &Text, steps: &[Step]) -> Result<(String, String), Refusal> {
    let of_edition = steps.iter().rev().filter(|step| step.edition_id == text.edition.id);
    let last = of_edition.into_iter().find(|step| matches!(step.name.as_str(), "sent_back" | "submitted" | "approved" | "drafted"));
    match last.filter(|step| step.name == "sent_back" && text.edition.state() == State::Draft) {
        Some(step) => {
            let name = name_of(&mut reading.c, &step.actor)?;
            Ok((reading.say(&phrase!("text-sent-back", name = name, at = told::at(reading, step.at))), step.note.clone()))
        }
        None => Ok((String::new(), String::new())),
    }
}

fn shares(reading: &mut Reading, act: Act, text: &Text) -> Result<Vec<ShareShown>, Refusal> {
    let links = share::links(&mut reading.c, act, text.edition.id)?;
    links
        .into_iter()
        .map(|link| {
            let name = name_of(&mut reading.c, &link.made_by)?;
            Ok(ShareShown { text: reading.say(&phrase!("share-line", name = name, until = told::at(reading, link.ends_at))) })
        })
        .collect()
}

/// Whether he wrote any of it, or sent it: then somebody else has to look at it.
pub fn has_hand(c: &mut Conn, edition: &Edition, login: &str) -> Result<bool, Refusal> {
    let hands = step::writers(c, &[edition])?;
    Ok(hands.get(&edition.id).is_some_and(|hands| hands.contains(login)))
}

/// What this person may do with it now. The verbs ask again.
fn acts(reading: &mut Reading, act: Act, text: &Text, all: &[Edition], base: &str) -> Result<Vec<Choice>, Refusal> {
    let edition = &text.edition;
    let mut may = |verb: Verb| act.who.may(&mut reading.c, verb, edition.unit_id);
    let mends = may(if edition.drafted_by == act.who.name() { Verb::Write } else { Verb::Edit })?;
    let (reviews, publishes, urges, confirms, withdraws, writes) =
        (may(Verb::Review)?, may(Verb::Publish)?, may(Verb::Urge)?, may(Verb::Confirm)?, may(Verb::Withdraw)?, may(Verb::Write)?);
    let is_own = has_hand(&mut reading.c, edition, act.who.name())?;
    let has_open = all.iter().any(|edition| edition.state().is_open());
    let waits = edition.state() == State::Published && edition.starts_at > reading.now;
    let mut ways: Vec<(&str, &str, bool, &'static str)> = Vec::new();
    match edition.state() {
        State::Draft => {
            if mends {
                ways.push(("act-edit", "sua", false, ""));
                ways.push(("act-submit", "gui", true, "second"));
            }
            if urges {
                ways.push(("act-urge", "khan", false, "danger"));
            }
        }
        State::Submitted => {
            if reviews && !is_own {
                ways.push(("act-review", "duyet", false, ""));
            }
            if urges {
                ways.push(("act-urge", "khan", false, "danger"));
            }
        }
        State::Approved => {
            if publishes {
                ways.push(("act-publish", "dang", false, ""));
            }
        }
        State::Published | State::Superseded => {
            if edition.urgent == UNCONFIRMED && confirms && !is_own {
                ways.push(("act-confirm", "xac-nhan", true, ""));
            }
            if writes && !has_open {
                ways.push(("act-next", "ban-moi", true, "second"));
            }
            if publishes && edition.state() == State::Published {
                ways.push(("act-reschedule", "thoi-gian", false, "second"));
            }
            if publishes && waits {
                ways.push(("act-unschedule", "huy-hen", true, "second"));
            }
            if withdraws {
                ways.push(("act-withdraw", "go", false, "danger"));
            }
        }
        State::Withdrawn => {
            if writes && !has_open {
                ways.push(("act-next", "ban-moi", true, "second"));
            }
        }
        State::Discarded => {
            if mends {
                ways.push(("act-restore", "khoi-phuc", true, ""));
            }
        }
    }
    if matches!(edition.state(), State::Submitted | State::Approved) && (mends || publishes) {
        if mends {
            ways.push(("act-take-back", "rut", true, "second"));
        }
        if publishes && edition.state() == State::Approved {
            ways.push(("review-back", "tra-lai", false, "danger"));
        }
    }
    ways.push(("text-preview", "xem-truoc", false, "second"));
    if edition.state().is_open() && (mends || publishes) {
        ways.push(("act-share", "chia-se", true, "second"));
    }
    if edition.state() == State::Draft && mends {
        ways.push(("act-discard", "bo", false, "danger"));
    }
    Ok(ways
        .into_iter()
        .map(|(word, path, post, look)| Choice { name: reading.word(word), path: format!("{base}/{path}"), post, look })
        .collect())
}

/// Newest first, and the steps of each in their order.
fn history(reading: &mut Reading, text: &Text, all: &[Edition], steps: &[Step], base: &str) -> Result<Vec<EditionShown>, Refusal> {
    let mut shown = Vec::new();
    let mut before: Option<i64> = None;
    for edition in all {
        let mut lines = Vec::new();
        for step in steps.iter().filter(|step| step.edition_id == edition.id) {
            let is_save = matches!(step.name.as_str(), "drafted" | "revised" | "set_aside");
            let compare = before.filter(|before| is_save && *before != step.revision_id);
            let name = name_of(&mut reading.c, &step.actor)?;
            lines.push(StepShown {
                name: reading.word(&format!("step-{}", step.name)),
                about: reading.say(&phrase!("step-by", name = name, at = told::at(reading, step.at))),
                note: step.note.clone(),
                compare: compare.map(|before| format!("{base}/so-sanh?cu={before}&moi={}", step.revision_id)).unwrap_or_default(),
                restore: if is_save && step.revision_id != text.revision.id { step.revision_id } else { 0 },
            });
            if is_save && step.name != "set_aside" {
                before = Some(step.revision_id);
            }
        }
        let state = told::state(edition, reading.now);
        shown.push(EditionShown {
            name: reading.say(&phrase!("text-edition", number = edition.number)),
            state,
            state_name: reading.word(&format!("state-{state}")),
            note: if edition.minor { reading.word("text-minor") } else { edition.change_note.clone() },
            preview: format!("{base}/xem-truoc?ban={}", edition.number),
            public_path: match edition.has_begun(reading.now) {
                true => text.kind.edition_path(&text.slug, edition.number),
                false => String::new(),
            },
            steps: lines,
        });
    }
    shown.reverse();
    Ok(shown)
}
