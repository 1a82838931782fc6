//! A reviewer's page: what changes, how it will look, where and when it will appear; and the two things he may say.

use serde::Serialize;

use super::checks;
use super::decide::{after, planned, timing};
use super::door::{Outcome, Visit};
use super::form::Form;
use super::frame::{self, TEXTS};
use super::press::press;
use super::preview::frame_of;
use super::text_facts::{Beside, Fact, beside as files_of, facts};
use super::texts::{Head, has_hand, head};
use super::told;
use crate::approval::publish::{self, Timing};
use crate::approval::{self, Text, current, review, seen_before, undo};
use crate::channel::page::past::{Change, changes};
use crate::edition::state::State;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::web::answer::Reading;

#[derive(Serialize)]
struct Reviewed {
    text: Head,
    base_path: String,
    frame: String,
    facts: Vec<Fact>,
    files: Vec<Beside>,
    parts: Vec<Change>,
    /// What the public reads is another unit's, so that nothing is compared.
    is_elsewhere: bool,
    note: String,
    checks: Vec<checks::Shown>,
    /// Why this person may not approve it.
    refused: String,
    may_publish: bool,
    form: ReviewForm,
    issues: Vec<told::Told>,
}

#[derive(Serialize, Default)]
struct ReviewForm {
    starts: String,
    starts_issue: String,
    reason: String,
    reason_issue: String,
}

/// Everything a reviewer needs on one page: what changes, how it will look, where and when it will appear.
pub fn review_page(visit: &Visit) -> Result<Outcome, Refusal> {
    review_again(visit, &[])
}

fn review_again(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let act = visit.act()?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, act, document)?;
    act.must(&mut reading.c, Verb::Review, text.edition.unit_id)?;
    if text.edition.state() != State::Submitted {
        return Err(Refusal::WrongState(phrase!("review-not-waiting")));
    }
    let is_own = has_hand(&mut reading.c, &text.edition, act.who.name())?;
    let parts = against_published(&mut reading, act, &text)?;
    let is_elsewhere = parts.is_none();
    let told = told::issues(&reading, issues);
    let beside = told::by_field(&told);
    let issue_of = |name: &str| beside.get(name).cloned().unwrap_or_default();
    let form = Form::of(&mut reading.c, &text)?;
    let reviewed = Reviewed {
        base_path: format!("{TEXTS}/{document}"),
        frame: frame_of(&text),
        facts: facts(&mut reading, &text)?,
        files: files_of(&reading, &text)?,
        parts: parts.unwrap_or_default(),
        is_elsewhere,
        note: text.edition.change_note.clone(),
        checks: checks::of_form(&mut reading, &text, &form)?,
        refused: if is_own { reading.word("review-own") } else { String::new() },
        may_publish: act.who.may(&mut reading.c, Verb::Publish, text.edition.unit_id)?,
        form: ReviewForm {
            starts: if visit.is_sent() { visit.fields.text("starts") } else { planned(&text.edition, "starts", visit.now) },
            starts_issue: issue_of("starts"),
            reason: visit.fields.text("reason"),
            reason_issue: issue_of("reason"),
        },
        issues: told,
        text: head(&mut reading, &text)?,
    };
    let title = format!("{}: {}", reading.word("act-review"), reviewed.text.title);
    match issues.is_empty() {
        true => frame::shown(visit, &mut reading, "desk/review.html", &title, &reviewed),
        false => frame::again(visit, &mut reading, "desk/review.html", &title, &reviewed),
    }
}

/// What it says otherwise than the edition that the public reads. `None` where that is filed where he may not look.
fn against_published(reading: &mut Reading, act: Act, text: &Text) -> Result<Option<Vec<Change>>, Refusal> {
    let Some(before) = seen_before(&mut reading.c, text)? else { return Ok(Some(Vec::new())) };
    let before = match approval::text(&mut reading.c, act, before.id) {
        Err(Refusal::Missing) => return Ok(None),
        found => found?,
    };
    Ok(Some(changes(reading, text.kind, &before.revision, &text.revision)?.unwrap_or_default()))
}

/// Approves what was seen; and publishes it, now or at its hour, where the reviewer may do both and chose to.
pub fn approve(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let (seal, when) = (visit.fields.text("seal"), visit.fields.text("when"));
    let revision = visit.fields.number("revision").ok_or(Refusal::Stale)?;
    let outcome = visit.write(|c, act| {
        let text = current(c, act, document)?;
        let edition = match when.as_str() {
            "now" | "later" => {
                let timing = Timing { ends: text.edition.ends_at, ..timing(visit, &text.edition)? };
                publish::approve_and_publish(c, act, &press(&visit.web.words), text.edition.id, revision, &seal, timing)?
            }
            _ => review::approve(c, act, text.edition.id, revision, &seal)?,
        };
        Ok((edition, undo::undoable(c, act, document)?.is_some()))
    });
    match outcome {
        Ok((edition, may_undo)) => {
            let done = if edition.state() == State::Approved { "approved" } else { "published" };
            Ok(Outcome::To(after(document, done, &edition, may_undo, visit.now)))
        }
        Err(Refusal::Issues(issues)) => review_again(visit, &issues),
        Err(other) => Err(other),
    }
}
