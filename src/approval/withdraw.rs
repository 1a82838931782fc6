//! Off the page, with a reason that the public reads.

use chrono::Duration;
use diesel::prelude::*;

use super::{Text, at, load, reason};
use crate::edition::state::State;
use crate::edition::terms::visible_at;
use crate::edition::verbs::{self, Leave};
use crate::edition::{Edition, UNCONFIRMED};
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions};

/// `replaced_by`: the address of another text of its kind that shows now; empty for none.
pub fn withdraw(c: &mut Conn, act: Act, edition: i64, seal: &str, why: &str, replaced_by: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    // What was published on one person's word a second one confirms or withdraws.
    let is_judged = text.edition.urgent == UNCONFIRMED && act.who.may(c, Verb::Confirm, text.edition.unit_id)?;
    if !is_judged {
        act.must(c, Verb::Withdraw, text.edition.unit_id)?;
    }
    text.is_in(&[State::Published, State::Superseded])?;
    text.is_seen(seal)?;
    let (why, replaced_by) = (reason("reason", why)?, replaced_by.trim());
    if !replaced_by.is_empty() && !shows(c, act, &text, replaced_by)? {
        return Err(at("replaced_by", phrase!("road-no-replacement")));
    }
    // What was taken down at its very start was never seen, and what it replaced would stand again.
    let begun = text.edition.has_begun(act.now).then(|| text.edition.starts_at + Duration::seconds(1));
    let leave = Leave { at: begun.map_or(act.now, |begun| begun.max(act.now)), reason: &why, replaced_by };
    verbs::withdraw(c, act, text.kind, text.edition, leave)
}

fn shows(c: &mut Conn, act: Act, text: &Text, slug: &str) -> Result<bool, Refusal> {
    let other = editions::table
        .inner_join(documents::table)
        .filter(documents::kind.eq(text.kind.name()).and(documents::slug.eq(slug)))
        .filter(documents::id.ne(text.edition.document_id).and(visible_at(act.now)));
    Ok(diesel::select(diesel::dsl::exists(other)).get_result(c)?)
}
