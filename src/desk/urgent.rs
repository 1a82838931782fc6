//! What was published on one person's word: told on its text's page until a second person has looked at it, with the ways
//! to the very words that are meant.

use serde::Serialize;

use super::frame::TEXTS;
use super::texts::has_hand;
use crate::approval::all_unconfirmed;
use crate::edition::state::State;
use crate::edition::step::Step;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::web::answer::Reading;

#[derive(Serialize)]
pub struct Urgent {
    text: String,
    ways: Vec<Way>,
}

#[derive(Serialize)]
struct Way {
    name: String,
    path: String,
}

/// Each is told of by its number: a correction may have followed it, or it was taken back already.
pub fn of(reading: &mut Reading, act: Act, document: i64, steps: &[Step]) -> Result<Vec<Urgent>, Refusal> {
    let mut urgent = Vec::new();
    for edition in all_unconfirmed(&mut reading.c, act, document)? {
        let published = steps.iter().rev().find(|step| step.edition_id == edition.id && step.name == "published");
        let (by, reason) = published.map_or(("", ""), |step| (&step.actor, &step.note));
        let is_gone = edition.state() == State::Withdrawn;
        let text = match is_gone {
            true => reading.say(&phrase!("text-urgent-gone", number = edition.number, reason = reason)),
            false => reading.say(&phrase!("text-urgent", number = edition.number, reason = reason)),
        };
        let mut may = |verb| act.who.may(&mut reading.c, verb, edition.unit_id);
        let (confirms, withdraws) = (may(Verb::Confirm)?, may(Verb::Withdraw)?);
        let is_own = by == act.who.name() || has_hand(&mut reading.c, &edition, act.who.name())?;
        let offered = [
            (true, "text-preview", "xem-truoc"),
            (confirms && !is_own, if is_gone { "act-seen" } else { "act-confirm" }, "xac-nhan"),
            ((withdraws || confirms) && !is_gone, "act-withdraw", "go"),
        ];
        let ways = offered
            .into_iter()
            .filter(|(is_offered, ..)| *is_offered)
            .map(|(_, word, end)| Way { name: reading.word(word), path: format!("{TEXTS}/{document}/{end}?ban={}", edition.number) });
        urgent.push(Urgent { text, ways: ways.collect() });
    }
    Ok(urgent)
}
