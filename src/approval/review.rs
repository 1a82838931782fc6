//! From the author's hand to the reviewer's, and back.

use super::{Text, load, ready, reason};
use crate::edition::Edition;
use crate::edition::entry::Told;
use crate::edition::state::{Move, State};
use crate::edition::step;
use crate::edition::verbs;
use crate::edition::written::Press;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::person::{Act, Who};
use crate::phrase;
use crate::store::Conn;

/// `seal`: of the text as it was seen ([`Text::seal`]). Errors: `Issues` with everything it lacks, by field.
pub fn submit(c: &mut Conn, act: Act, press: &Press, edition: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    text.is_in(&[State::Draft])?;
    text.is_seen(seal)?;
    ready::hold(c, act, press, &text)?;
    verbs::advance(c, act, text.kind, text.edition, Move::Submit, Told::of("submitted"))
}

/// By whoever submitted it, or may mend it; also when it is approved and nobody has published it yet.
pub fn take_back(c: &mut Conn, act: Act, edition: i64) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Look, text.edition.unit_id)?;
    let submitted = step::last_named(c, &[edition], &["submitted"])?.remove(&edition);
    let is_own = submitted.is_some_and(|step| step.actor == act.who.name());
    act.must(c, if is_own { Verb::Write } else { Verb::Edit }, text.edition.unit_id)?;
    text.is_in(&[State::Submitted, State::Approved])?;
    verbs::advance(c, act, text.kind, text.edition, Move::SendBack, Told::of("taken_back"))
}

/// With a reason that its author reads. What is approved is sent back by whoever might publish it, too.
pub fn send_back(c: &mut Conn, act: Act, edition: i64, seal: &str, why: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    let is_approved = text.edition.state() == State::Approved;
    let verb = if is_approved && act.who.may(c, Verb::Publish, text.edition.unit_id)? { Verb::Publish } else { Verb::Review };
    act.must(c, verb, text.edition.unit_id)?;
    text.is_in(&[State::Submitted, State::Approved])?;
    text.is_seen(seal)?;
    let why = reason("reason", why)?;
    verbs::advance(c, act, text.kind, text.edition, Move::SendBack, Told::of("sent_back").because(&why))
}

/// `revision` and `seal`: of the text as it was seen. Errors: `Stale` when it is another by now.
pub fn approve(c: &mut Conn, act: Act, edition: i64, revision: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Review, text.edition.unit_id)?;
    text.is_in(&[State::Submitted])?;
    if text.edition.revision_id != revision {
        return Err(Refusal::Stale);
    }
    text.is_seen(seal)?;
    is_second(c, act, &text)?;
    let digest = serde_json::json!(text.revision.digest);
    verbs::advance(c, act, text.kind, text.edition, Move::Approve, Told::of("approved").with("digest", digest))
}

/// Two people look at whatever is published. Errors: `WrongState` for whoever had a hand in it.
pub(super) fn is_second(c: &mut Conn, act: Act, text: &Text) -> Result<(), Refusal> {
    let Who::Person(actor) = act.who else { return Ok(()) };
    let hands = step::writers(c, &[&text.edition])?.remove(&text.edition.id).unwrap_or_default();
    if hands.contains(&actor.login) { Err(Refusal::WrongState(phrase!("road-own-text"))) } else { Ok(()) }
}
