//! One text at the desk: what it is, what may be done with it now, and how it came to be what it is.

use serde::Serialize;

use super::checks;
use super::door::{Outcome, Visit};
use super::form::Form;
use super::frame::{self, TEXTS};
use super::hangs;
use super::text_facts::{Beside, Fact, beside, facts};
use super::told;
use super::urgent::{self, Urgent};
use crate::approval::{Text, begins_from, current, discarded, editions, held, is_worked_on, published, scheduled, share};
use crate::edition::state::State;
use crate::edition::step::{self, Step};
use crate::edition::{Edition, Kind, UNCONFIRMED};
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::person::{Act, roll};
use crate::phrase;
use crate::store::Conn;
use crate::unit;
use crate::web::answer::Reading;

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
    /// Of the edition that a button acts on, as it was seen.
    seal: String,
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
    urgent: Vec<Urgent>,
    held: String,
    acts: Vec<Choice>,
    public_path: String,
    /// Where it hangs, of a posting that was published.
    hangs: String,
    facts: Vec<Fact>,
    files: Vec<Beside>,
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
    let is_draft = text.edition.state() == State::Draft;
    let form = Form::of(&mut reading.c, &text)?;
    let mut checks = if is_draft { checks::of_form(&mut reading, &text, &form)? } else { Vec::new() };
    if is_draft {
        checks::add_lacking(visit, &mut reading, &text, &mut checks)?;
    }
    let parts = Parts {
        base_path: base_path.clone(),
        reason,
        reason_by,
        urgent: urgent::of(&mut reading, act, document, &steps)?,
        held,
        acts: acts(&mut reading, act, &text, &base_path)?,
        hangs: match text.kind == Kind::Posting && all.iter().any(Edition::is_seen) {
            true => hangs::path_of(text.edition.document_id, None),
            false => String::new(),
        },
        public_path: if all.iter().any(|edition| edition.has_begun(visit.now)) { text.kind.path(&text.slug) } else { String::new() },
        facts: facts(&mut reading, &text)?,
        files: beside(&reading, &text)?,
        checks,
        shares: shares(&mut reading, act, &text)?,
        editions: history(&mut reading, act, &text, &all, &steps, &base_path)?,
        text: head(&mut reading, &text)?,
    };
    let title = parts.text.title.clone();
    frame::shown(visit, &mut reading, "desk/text.html", &title, &parts)
}

/// Why the draft came back, until it goes out again.
pub fn sent_back(reading: &mut Reading, text: &Text, steps: &[Step]) -> Result<(String, String), Refusal> {
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

/// What this person may do with it now: with the edition that is worked on, and with the one that stands before the
/// public beside it. The verbs ask again.
fn acts(reading: &mut Reading, act: Act, text: &Text, base: &str) -> Result<Vec<Choice>, Refusal> {
    let mut choices = Vec::new();
    let document = text.edition.document_id;
    let has_open = is_worked_on(&mut reading.c, document)?;
    on_its_way(reading, act, text, base, &mut choices)?;
    match published(&mut reading.c, act, document) {
        Ok(published) => before_the_public(reading, act, &published, has_open, base, &mut choices)?,
        Err(Refusal::Missing) => {
            let is_gone = text.edition.state().was_published() && !has_open;
            let is_next = is_gone && begins_from(&mut reading.c, act, document).is_ok_and(|from| from.edition.id == text.edition.id);
            if is_next && act.who.may(&mut reading.c, Verb::Write, text.edition.unit_id)? {
                choices.push(Choice::button(reading, "act-next", base, "ban-moi", "second", text));
            }
        }
        Err(other) => return Err(other),
    }
    Ok(choices)
}

impl Choice {
    /// To a page that asks for a word more.
    fn way(reading: &Reading, word: &str, base: &str, path: &str, look: &'static str) -> Choice {
        Choice { name: reading.word(word), path: format!("{base}/{path}"), post: false, look, seal: String::new() }
    }

    fn button(reading: &Reading, word: &str, base: &str, path: &str, look: &'static str, text: &Text) -> Choice {
        Choice { post: true, seal: text.seal(), ..Choice::way(reading, word, base, path, look) }
    }
}

fn on_its_way(reading: &mut Reading, act: Act, text: &Text, base: &str, choices: &mut Vec<Choice>) -> Result<(), Refusal> {
    let edition = &text.edition;
    let state = edition.state();
    let mut may = |verb: Verb| act.who.may(&mut reading.c, verb, edition.unit_id);
    let mends = may(if edition.drafted_by == act.who.name() { Verb::Write } else { Verb::Edit })?;
    let (reviews, publishes, urges) = (may(Verb::Review)?, may(Verb::Publish)?, may(Verb::Urge)?);
    let is_own = has_hand(&mut reading.c, edition, act.who.name())?;
    let (way, button) = (
        |word: &str, path: &str, look| Choice::way(reading, word, base, path, look),
        |word: &str, path: &str, look| Choice::button(reading, word, base, path, look, text),
    );
    let is = |states: &[State]| states.contains(&state);
    let (draft, submitted, approved) = (is(&[State::Draft]), is(&[State::Submitted]), is(&[State::Approved]));
    let offered = [
        (draft && mends).then(|| way("act-edit", "sua", "")),
        (draft && mends && text.kind == Kind::Report).then(|| way("act-figures", "so-lieu", "second")),
        (draft && mends).then(|| button("act-submit", "gui", "second")),
        (submitted && reviews && !is_own).then(|| way("act-review", "duyet", "")),
        (approved && publishes).then(|| way("act-publish", "dang", "")),
        ((submitted || approved) && mends).then(|| button("act-take-back", "rut", "second")),
        (state == State::Discarded && mends).then(|| button("act-restore", "khoi-phuc", "")),
        Some(way("text-preview", "xem-truoc", "second")),
        (state.is_open() && (mends || publishes)).then(|| button("act-share", "chia-se", "second")),
        ((draft || submitted) && urges).then(|| way("act-urge", "khan", "danger")),
        (approved && publishes).then(|| way("review-back", "tra-lai", "danger")),
        (draft && mends).then(|| way("act-discard", "bo", "danger")),
    ];
    choices.extend(offered.into_iter().flatten());
    Ok(())
}

fn before_the_public(
    reading: &mut Reading,
    act: Act,
    text: &Text,
    has_open: bool,
    base: &str,
    choices: &mut Vec<Choice>,
) -> Result<(), Refusal> {
    let document = text.edition.document_id;
    let mut found = |find: fn(&mut Conn, Act, i64) -> Result<Text, Refusal>| match find(&mut reading.c, act, document) {
        Ok(text) => Ok(Some(text)),
        Err(Refusal::Missing) => Ok(None),
        Err(other) => Err(other),
    };
    let (waiting, thrown) = (found(scheduled)?, found(discarded)?);
    let mut may = |verb: Verb| act.who.may(&mut reading.c, verb, text.edition.unit_id);
    let (publishes, writes) = (may(Verb::Publish)?, may(Verb::Write)?);
    let withdraws = may(Verb::Withdraw)? || (text.edition.urgent == UNCONFIRMED && may(Verb::Confirm)?);
    // A correction that was thrown away comes back from here: its text's page is that of what is published.
    let thrown = thrown.filter(|thrown| thrown.edition.number > text.edition.number && writes && !has_open);
    let offered = [
        (writes && !has_open).then(|| Choice::button(reading, "act-next", base, "ban-moi", "second", text)),
        thrown.map(|thrown| Choice::button(reading, "act-restore", base, "khoi-phuc", "second", &thrown)),
        publishes.then(|| Choice::way(reading, "act-reschedule", base, "thoi-gian", "second")),
        waiting.filter(|_| publishes).map(|waiting| Choice::button(reading, "act-unschedule", base, "huy-hen", "second", &waiting)),
        (text.kind == Kind::Report && publishes).then(|| Choice::way(reading, "act-early", base, "xem-som", "second")),
        (text.kind == Kind::Posting).then(|| Choice::way(reading, "act-sent", base, "noi-nhan", "second")),
        withdraws.then(|| Choice::way(reading, "act-withdraw", base, "go", "danger")),
    ];
    choices.extend(offered.into_iter().flatten());
    Ok(())
}

/// Newest first, and the steps of each in their order.
fn history(
    reading: &mut Reading,
    act: Act,
    text: &Text,
    all: &[Edition],
    steps: &[Step],
    base: &str,
) -> Result<Vec<EditionShown>, Refusal> {
    let mut shown = Vec::new();
    // Words are taken back into a draft that he may mend, or into a new one.
    let restores = match text.edition.state() {
        State::Draft => text.must_mend(&mut reading.c, act).is_ok(),
        state => !state.is_open() && act.who.may(&mut reading.c, Verb::Write, text.edition.unit_id)?,
    };
    let mut before: Option<i64> = None;
    for edition in all {
        let mut lines = Vec::new();
        for step in steps.iter().filter(|step| step.edition_id == edition.id) {
            let is_save = matches!(step.name.as_str(), "drafted" | "revised" | "attached" | "set_aside");
            let compare = before.filter(|before| is_save && *before != step.revision_id);
            let name = name_of(&mut reading.c, &step.actor)?;
            lines.push(StepShown {
                name: reading.word(&format!("step-{}", step.name)),
                about: reading.say(&phrase!("step-by", name = name, at = told::at(reading, step.at))),
                note: step.note.clone(),
                compare: compare.map(|before| format!("{base}/so-sanh?cu={before}&moi={}", step.revision_id)).unwrap_or_default(),
                restore: if restores && is_save && step.revision_id != text.revision.id { step.revision_id } else { 0 },
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
