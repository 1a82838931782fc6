//! One act on many texts: told beforehand, then done to all of them or to none.

use super::publish::{Timing, approve_and_publish};
use super::review::{approve, submit};
use super::trash::discard;
use super::withdraw::withdraw;
use super::write::{Filed, Saved, save};
use super::{Text, load, text};
use crate::edition::written::{Press, Written};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::phrase;
use crate::store::{Conn, Store};

/// More at once nobody looks through.
pub const MOST: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bulk {
    Discard,
    Submit,
    Approve,
    ApproveAndPublish,
    Withdraw {
        reason: String,
    },
    /// To another section.
    Refile {
        section: String,
    },
}

/// What would become of one of them.
#[derive(Clone, Debug)]
pub struct Line {
    pub edition: i64,
    /// None for what he may not look at.
    pub text: Option<Box<Text>>,
    /// Why not; empty where nothing stands against it.
    pub against: Vec<Phrase>,
}

/// Does it all and takes it back: so it tells what would happen, and nothing else.
pub fn summary(store: &Store, act: Act, press: &Press, editions: &[i64], bulk: &Bulk) -> Result<Vec<Line>, Refusal> {
    let mut lines = Vec::new();
    let tried: Result<(), Refusal> = store.write(|c| {
        for edition in chosen(editions)? {
            let text = match text(c, act, edition) {
                Ok(text) => Some(Box::new(text)),
                Err(Refusal::Missing) => None,
                Err(refusal) => return Err(refusal),
            };
            let against = match one(c, act, press, edition, bulk) {
                Ok(()) => Vec::new(),
                Err(refusal) => told(refusal)?,
            };
            lines.push(Line { edition, text, against });
        }
        Err(Refusal::Stale)
    });
    match tried {
        Err(Refusal::Stale) => Ok(lines),
        other => other.map(|()| lines),
    }
}

/// All or nothing. `seals`: of each edition as it was seen. Errors: `Issues` with the addresses of those that refuse.
pub fn bulk(c: &mut Conn, act: Act, press: &Press, editions: &[(i64, String)], bulk: &Bulk) -> Result<usize, Refusal> {
    let ids: Vec<i64> = editions.iter().map(|(id, _)| *id).collect();
    let mut issues = Vec::new();
    let ids = chosen(&ids)?;
    for edition in &ids {
        let text = text(c, act, *edition)?;
        let is_seen = editions.iter().any(|(id, seal)| id == edition && *seal == text.seal());
        let outcome = if is_seen { one(c, act, press, *edition, bulk) } else { Err(Refusal::Stale) };
        if let Err(refusal) = outcome {
            issues.extend(told(refusal)?.into_iter().map(|phrase| Issue { file: text.slug.clone(), line: 0, phrase }));
        }
    }
    if issues.is_empty() { Ok(ids.len()) } else { Err(Refusal::Issues(issues)) }
}

fn chosen(editions: &[i64]) -> Result<Vec<i64>, Refusal> {
    let mut ids = editions.to_vec();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() || ids.len() > MOST {
        return Err(Refusal::WrongState(phrase!("road-bulk-count", most = MOST)));
    }
    Ok(ids)
}

fn one(c: &mut Conn, act: Act, press: &Press, edition: i64, bulk: &Bulk) -> Result<(), Refusal> {
    let text = load(c, edition)?;
    let (seal, revision) = (text.seal(), text.revision.id);
    match bulk {
        Bulk::Discard => discard(c, act, edition, &seal).map(drop),
        Bulk::Submit => submit(c, act, press, edition, &seal).map(drop),
        Bulk::Approve => approve(c, act, edition, revision, &seal).map(drop),
        Bulk::ApproveAndPublish => {
            let timing = Timing::planned(&text.edition, act.now);
            approve_and_publish(c, act, press, edition, revision, &seal, timing).map(drop)
        }
        Bulk::Withdraw { reason } => withdraw(c, act, edition, &seal, reason, "").map(drop),
        Bulk::Refile { section } => {
            let filed = Filed { section: section.clone(), ..Filed::of(&text.edition, act.now) };
            text.is_in(&[crate::edition::state::State::Draft])?;
            match save(c, act, press, edition, revision, &Written::of(press, text.kind, &text.revision)?, &filed)? {
                Saved::Kept(_) => Ok(()),
                Saved::Beside(_) => Err(Refusal::Stale),
            }
        }
    }
}

/// A refusal as it is told of one among many. Errors: what is no refusal of this one act.
fn told(refusal: Refusal) -> Result<Vec<Phrase>, Refusal> {
    match refusal {
        Refusal::Missing => Ok(vec![phrase!("road-bulk-missing")]),
        Refusal::Forbidden => Ok(vec![phrase!("road-bulk-forbidden")]),
        Refusal::Stale => Ok(vec![phrase!("road-bulk-stale")]),
        Refusal::WrongState(phrase) => Ok(vec![phrase]),
        Refusal::Issues(issues) => Ok(issues.into_iter().map(|issue| issue.phrase).collect()),
        other => Err(other),
    }
}
