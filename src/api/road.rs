//! The road for programs: every verb on a text, each on what was seen (`If-Match`), and the edition as it is after.

use super::ask::{Ask, Reply};
use super::problem::Fault;
use super::shape::{Because, Times, Withdrawal};
use super::texts::{edition_path, replied};
use super::words::moment;
use crate::approval::publish::Timing;
use crate::approval::undo::{self, Undone};
use crate::approval::{self, Text, past, publish, review, trash, withdraw};
use crate::desk::press::press;
use crate::edition::Edition;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::store::Conn;

/// One act on the edition that the path names, if it is the one that was seen.
fn act(ask: &Ask, verb: impl FnOnce(&mut Conn, Act, &Text) -> Result<Edition, Refusal>) -> Result<Reply, Fault> {
    let id = ask.id("edition")?;
    let text = ask.write(|c, act| {
        let text = approval::text(c, act, id)?;
        ask.seal(&text.seal())?;
        let edition = verb(c, act, &text)?;
        approval::text(c, act, edition.id)
    })?;
    let reply = replied(&mut *ask.read()?, &text)?;
    // What was scheduled comes back as another edition.
    Ok(Reply { location: (text.edition.id != id).then(|| edition_path(text.edition.id)), ..reply })
}

fn timing(times: &Times) -> Result<Timing, Fault> {
    let read = |field: &str, text: &Option<String>| moment(field, text.as_deref()).map_err(|issue| Refusal::Issues(vec![issue]));
    Ok(Timing { starts: read("starts", &times.starts)?, ends: read("ends", &times.ends)? })
}

pub fn submit(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| review::submit(c, act, &press(&ask.web.words), text.edition.id, &text.seal()))
}

pub fn take_back(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| review::take_back(c, act, text.edition.id))
}

pub fn send_back(ask: &Ask) -> Result<Reply, Fault> {
    let sent: Because = ask.body()?;
    act(ask, |c, act, text| review::send_back(c, act, text.edition.id, &text.seal(), &sent.reason))
}

pub fn approve(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| review::approve(c, act, text.edition.id, text.revision.id, &text.seal()))
}

pub fn publish(ask: &Ask) -> Result<Reply, Fault> {
    let timing = timing(&ask.body()?)?;
    act(ask, |c, act, text| publish::publish(c, act, &press(&ask.web.words), text.edition.id, &text.seal(), timing))
}

pub fn confirm(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| publish::confirm(c, act, text.edition.id, &text.seal()))
}

pub fn reschedule(ask: &Ask) -> Result<Reply, Fault> {
    let timing = timing(&ask.body()?)?;
    act(ask, |c, act, text| publish::reschedule(c, act, &press(&ask.web.words), text.edition.id, &text.seal(), timing))
}

pub fn unschedule(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| publish::unschedule(c, act, &press(&ask.web.words), text.edition.id, &text.seal()))
}

pub fn withdraw(ask: &Ask) -> Result<Reply, Fault> {
    let sent: Withdrawal = ask.body()?;
    let by = sent.replaced_by.unwrap_or_default();
    act(ask, |c, act, text| withdraw::withdraw(c, act, text.edition.id, &text.seal(), &sent.reason, &by))
}

pub fn discard(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| trash::discard(c, act, text.edition.id, &text.seal()))
}

pub fn restore(ask: &Ask) -> Result<Reply, Fault> {
    act(ask, |c, act, text| trash::restore(c, act, text.edition.id))
}

/// The last act before the public, within a minute, if it left what was seen.
pub fn undo(ask: &Ask) -> Result<Reply, Fault> {
    let document = ask.id("document")?;
    let text = ask.write(|c, act| {
        approval::current(c, act, document)?;
        if let Some(step) = undo::undoable(c, act, document)? {
            ask.seal(&approval::text(c, act, step.edition_id)?.seal())?;
        }
        let edition = match undo::undo(c, act, &press(&ask.web.words), document)? {
            Undone::Publication { draft } => draft,
            Undone::Withdrawal { edition } => edition,
        };
        approval::text(c, act, edition.id)
    })?;
    Ok(Reply { location: Some(edition_path(text.edition.id)), ..replied(&mut *ask.read()?, &text)? })
}

/// Words of the past, as a draft, in place of what was seen.
pub fn restore_revision(ask: &Ask) -> Result<Reply, Fault> {
    let (document, revision) = (ask.id("document")?, ask.id("revision")?);
    let text = ask.write(|c, act| {
        let seen = approval::current(c, act, document)?.seal();
        ask.seal(&seen)?;
        let edition = past::restore_revision(c, act, &press(&ask.web.words), document, revision, &seen)?;
        approval::text(c, act, edition.id)
    })?;
    Ok(Reply { location: Some(edition_path(text.edition.id)), ..replied(&mut *ask.read()?, &text)? })
}
