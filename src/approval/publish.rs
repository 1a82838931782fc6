//! Onto the page: now or at a time, after an approval or on one person's word.

use chrono::Duration;

use super::review::{approve, is_second};
use super::{Text, at, dated, editions_of, load, open_of, ready, reason};
use crate::edition::entry::wrong_state;
use crate::edition::state::State;
use crate::edition::verbs::{self, Filing, Leave};
use crate::edition::written::{Press, again, issue};
use crate::edition::{Edition, UNCONFIRMED, step};
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Lang;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;

/// Further ahead a date is a slip of the hand.
const FURTHEST: Duration = Duration::days(366 * 5);

/// From when, and until when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// `None`: now.
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
}

impl Timing {
    /// As the author planned it; what is past by now begins now.
    pub fn planned(edition: &Edition, now: Moment) -> Timing {
        Timing { starts: Some(edition.starts_at).filter(|starts| *starts > now), ends: edition.ends_at }
    }

    fn check(self, now: Moment) -> Result<(), Refusal> {
        let starts = self.starts.unwrap_or(now);
        if starts < now {
            return Err(at("starts", phrase!("road-starts-past")));
        }
        for (field, moment) in [("starts", self.starts), ("ends", self.ends)] {
            if moment.is_some_and(|moment| moment - now > FURTHEST) {
                return Err(at(field, phrase!("road-too-far")));
            }
        }
        if self.ends.is_some_and(|ends| ends <= starts) { Err(at("ends", phrase!("road-ends-too-early"))) } else { Ok(()) }
    }
}

/// What was approved, and nothing else. Errors: `Stale` when it is not what was approved, or not what was seen.
pub fn publish(c: &mut Conn, act: Act, press: &Press, edition: i64, seal: &str, timing: Timing) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    text.is_in(&[State::Approved])?;
    text.is_seen(seal)?;
    let approved = step::last_named(c, &[edition], &["approved"])?.remove(&edition);
    if approved.is_none_or(|step| step.revision_id != text.edition.revision_id || step.seal != text.seal()) {
        return Err(Refusal::Stale);
    }
    put_on(c, act, press, Way { verb: Verb::Publish, approval: "approved", note: "" }, text, timing)
}

/// By whoever may do both.
pub fn approve_and_publish(
    c: &mut Conn,
    act: Act,
    press: &Press,
    edition: i64,
    revision: i64,
    seal: &str,
    timing: Timing,
) -> Result<Edition, Refusal> {
    let unit = load(c, edition)?.edition.unit_id;
    act.must(c, Verb::Publish, unit)?;
    let approved = approve(c, act, edition, revision, seal)?;
    let seal = load(c, approved.id)?.seal();
    publish(c, act, press, edition, &seal, timing)
}

/// At once, without approval, for a reason. It stays marked until a second person confirms or withdraws it; where the same
/// person takes it back, until a second has seen that.
pub fn urge(c: &mut Conn, act: Act, press: &Press, edition: i64, seal: &str, why: &str, ends: Option<Moment>) -> Result<Edition, Refusal> {
    let mut text = load(c, edition)?;
    act.must(c, Verb::Urge, text.edition.unit_id)?;
    text.is_in(&[State::Draft, State::Submitted])?;
    text.is_seen(seal)?;
    let why = reason("reason", why)?;
    text.edition.starts_at = act.now;
    text.edition.ends_at = ends;
    ready::hold(c, act, press, &text)?;
    text.edition.urgent = UNCONFIRMED.to_owned();
    put_on(c, act, press, Way { verb: Verb::Urge, approval: "waived", note: &why }, text, Timing { starts: None, ends })
}

/// By whose say, and what was said.
struct Way<'w> {
    verb: Verb,
    approval: &'w str,
    note: &'w str,
}

fn put_on(c: &mut Conn, act: Act, press: &Press, way: Way, mut text: Text, timing: Timing) -> Result<Edition, Refusal> {
    timing.check(act.now)?;
    let all = editions_of(c, text.edition.document_id)?;
    // Filed in another unit it is taken from the one where it stands: that takes a say in both.
    if let Some(seen) = all.iter().rev().find(|other| other.is_seen())
        && !act.who.may(c, way.verb, seen.unit_id)?
    {
        return Err(Refusal::WrongState(phrase!("road-two-units")));
    }
    let starts_at = timing.starts.unwrap_or(act.now);
    let dated = dated(&all, starts_at, act.now);
    (text.edition.starts_at, text.edition.ends_at) = (starts_at, timing.ends);
    (text.edition.dated_at, text.edition.day_only) = (dated.at, dated.day_only);
    // Since it was approved, its place may have ceased to be.
    if let Some(issue) = ready::place(c, act, &text)? {
        return Err(Refusal::Issues(vec![issue]));
    }
    text.edition.ends_at = ruled(c, press, &text)?;
    Timing { ends: text.edition.ends_at, ..timing }.check(act.now)?;
    verbs::publish(c, act, text.kind, text.edition, way.approval, way.note)
}

/// When it ends by the rules of its kind. Errors: `Issues`, whatever they refuse it for: since it was approved, its number
/// may have been given to another.
fn ruled(c: &mut Conn, press: &Press, text: &Text) -> Result<Option<Moment>, Refusal> {
    let ruling = (press.rule)(c, &text.case())?;
    let issues: Vec<Issue> = ruling.issues.into_iter().map(|(field, line, phrase)| issue(field, line, phrase)).collect();
    if issues.is_empty() { Ok(ruling.ends_at) } else { Err(Refusal::Issues(issues)) }
}

/// The second look at what was published on one person's word, while it stands or after the same person took it back.
pub fn confirm(c: &mut Conn, act: Act, edition: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Confirm, text.edition.unit_id)?;
    text.is_in(&[State::Published, State::Superseded, State::Withdrawn])?;
    text.is_seen(seal)?;
    // Whom a second person took it from has been looked at.
    if text.edition.state() == State::Withdrawn && !step::ended_by_publisher(c, &[edition])?.contains(&edition) {
        return Err(wrong_state(&text.edition));
    }
    let published = step::last_named(c, &[edition], &["published"])?.remove(&edition);
    if published.is_some_and(|step| step.actor == act.who.name()) {
        return Err(Refusal::WrongState(phrase!("road-own-urge")));
    }
    is_second(c, act, &text)?;
    verbs::confirm(c, act, text.kind, text.edition)
}

/// Another end; and another start, of what has not begun. No start leaves it as it is.
pub fn reschedule(c: &mut Conn, act: Act, press: &Press, edition: i64, seal: &str, timing: Timing) -> Result<Edition, Refusal> {
    let mut text = load(c, edition)?;
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    text.is_in(&[State::Published])?;
    text.is_seen(seal)?;
    let mut starts = When { at: text.edition.starts_at, day_only: text.edition.day_only };
    if text.edition.has_begun(act.now) {
        // It may have begun long ago; what ends, ends from now on.
        Timing { starts: None, ends: timing.ends }.check(act.now)?;
    } else {
        Timing { starts: Some(timing.starts.unwrap_or(starts.at)), ends: timing.ends }.check(act.now)?;
        if let Some(at) = timing.starts.filter(|at| *at != starts.at) {
            starts = When { at, day_only: false };
            let before = std::mem::replace(&mut text.edition.starts_at, at);
            if let Some(issue) = ready::place(c, act, &text)? {
                return Err(Refusal::Issues(vec![issue]));
            }
            text.edition.starts_at = before;
        }
    }
    let mut after = text.clone();
    // As `verbs::reschedule` leaves it.
    if after.edition.dated_at == after.edition.starts_at {
        after.edition.dated_at = starts.at;
    }
    (after.edition.starts_at, after.edition.ends_at) = (starts.at, timing.ends);
    let ends_at = ruled(c, press, &after)?;
    verbs::reschedule(c, act, text.kind, text.edition, starts, ends_at)
}

/// What waits for its hour comes back as a draft before anybody has seen it.
pub fn unschedule(c: &mut Conn, act: Act, press: &Press, edition: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    text.is_in(&[State::Published])?;
    text.is_seen(seal)?;
    if text.edition.starts_at <= act.now {
        return Err(Refusal::WrongState(phrase!("road-begun-already")));
    }
    let reason = press.words.text(Lang::Vi, "road-unscheduled");
    let leave = Leave { at: act.now, reason: &reason, replaced_by: "" };
    verbs::withdraw(c, act, text.kind, text.edition.clone(), leave)?;
    words_back(c, act, &text)
}

/// The words of an edition that nobody got to see, as a draft of whoever wrote it; or the draft that is there already.
pub(super) fn words_back(c: &mut Conn, act: Act, text: &Text) -> Result<Edition, Refusal> {
    let Text { edition, revision, kind, .. } = text;
    let all = editions_of(c, edition.document_id)?;
    if let Some(open) = open_of(&all) {
        return Ok(open.clone());
    }
    let starts_at = edition.starts_at.max(act.now);
    let filing = Filing {
        unit_id: edition.unit_id,
        section: edition.section.clone(),
        dated: dated(&all, starts_at, act.now),
        starts_at,
        ends_at: edition.ends_at,
        change_note: edition.change_note.clone(),
        minor: edition.minor,
    };
    let words = again(c, revision)?;
    let by = if edition.drafted_by.is_empty() { act.who.name() } else { &edition.drafted_by };
    verbs::draft(c, act, *kind, edition.document_id, &words, &filing, by)
}
