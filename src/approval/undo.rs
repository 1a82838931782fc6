//! A slip of the hand is taken back within a minute, by whoever made it.

use chrono::Duration;
use diesel::prelude::*;

use super::publish::words_back;
use super::{current, editions_of, load};
use crate::edition::Edition;
use crate::edition::step::Step;
use crate::edition::verbs;
use crate::edition::written::Press;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{editions, steps};

/// So long may an act before the public be undone.
pub const WINDOW: Duration = Duration::seconds(60);

#[derive(Debug)]
pub enum Undone {
    /// The words are a draft again; what stood before them stands again.
    Publication { draft: Edition },
    /// It shows again.
    Withdrawal { edition: Edition },
}

/// The last act before the public on a document, if `undo` would take it back.
pub fn undoable(c: &mut Conn, act: Act, document: i64) -> Result<Option<Step>, Refusal> {
    const PUBLIC: [&str; 5] = ["published", "confirmed", "withdrawn", "undone", "rescheduled"];
    let last: Option<(Step, Edition)> = steps::table
        .inner_join(editions::table)
        .filter(editions::document_id.eq(document).and(steps::name.eq_any(PUBLIC)))
        .order(steps::id.desc())
        .select((Step::as_select(), Edition::as_select()))
        .first(c)
        .optional()?;
    let Some((step, edition)) = last else { return Ok(None) };
    let is_late = act.now - step.at > WINDOW || step.at > act.now;
    let is_act = match step.name.as_str() {
        "published" => edition.withdrawn_at.is_none(),
        // What was withdrawn before its hour came back as a draft already.
        "withdrawn" => edition.withdrawn_at.is_some_and(|at| at >= edition.starts_at) && edition.shown_from <= act.now,
        _ => false,
    };
    Ok(Some(step).filter(|step| is_act && !is_late && step.actor == act.who.name()))
}

/// Errors: `WrongState` when there is nothing to undo any more.
pub fn undo(c: &mut Conn, act: Act, press: &Press, document: i64) -> Result<Undone, Refusal> {
    current(c, act, document)?;
    let Some(step) = undoable(c, act, document)? else {
        return Err(Refusal::WrongState(phrase!("road-undo-late")));
    };
    let text = load(c, step.edition_id)?;
    if step.name == "withdrawn" {
        act.must(c, Verb::Withdraw, text.edition.unit_id)?;
        return Ok(Undone::Withdrawal { edition: verbs::reinstate(c, act, text.kind, text.edition)? });
    }
    act.must(c, if text.edition.urgent.is_empty() { Verb::Publish } else { Verb::Urge }, text.edition.unit_id)?;
    let reason = press.words.text(Lang::Vi, "road-undone");
    // An address that was before the public says that it is gone; a later edition's was never seen, for the one before
    // it stands again.
    let starts = text.edition.starts_at;
    let is_first = !editions_of(c, document)?.iter().any(|other| other.id != step.edition_id && other.has_begun(act.now));
    let at = if is_first && text.edition.has_begun(act.now) { act.now.max(starts + Duration::seconds(1)) } else { starts };
    verbs::unmake(c, act, text.kind, text.edition.clone(), at, &reason)?;
    Ok(Undone::Publication { draft: words_back(c, act, &text)? })
}
