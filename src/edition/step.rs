//! Who moved a text along, and why. A step is written with its row of the log and never edited.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::Edition;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{editions, revisions, steps};

/// The acts that are steps. What follows from one, as that an edition is superseded, is none of its own.
pub const NAMES: [&str; 15] = [
    "drafted",
    "revised",
    "attached",
    "set_aside",
    "submitted",
    "taken_back",
    "sent_back",
    "approved",
    "published",
    "confirmed",
    "withdrawn",
    "undone",
    "discarded",
    "restored",
    "rescheduled",
];

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = steps)]
pub struct Step {
    pub id: i64,
    pub edition_id: i64,
    /// The words it was made on; of `set_aside` those that were kept beside.
    pub revision_id: i64,
    pub name: String,
    /// A login, or what the machine did.
    pub actor: String,
    pub at: Moment,
    /// The reason that was given.
    pub note: String,
    /// Of the edition as the step left it.
    pub seal: String,
    /// Of its row in the log.
    pub position: i64,
}

/// Of these editions, oldest first.
pub fn of(c: &mut Conn, editions: &[i64]) -> Result<Vec<Step>, Refusal> {
    Ok(steps::table.filter(steps::edition_id.eq_any(editions)).order(steps::id.asc()).select(Step::as_select()).load(c)?)
}

/// The last step of this name on each.
pub fn last_named(c: &mut Conn, editions: &[i64], names: &[&str]) -> Result<HashMap<i64, Step>, Refusal> {
    let rows: Vec<Step> = steps::table
        .filter(steps::edition_id.eq_any(editions).and(steps::name.eq_any(names)))
        .order(steps::id.asc())
        .select(Step::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(|step| (step.edition_id, step)).collect())
}

/// Which of these were taken back by the same person who published them.
pub fn ended_by_publisher(c: &mut Conn, editions: &[i64]) -> Result<BTreeSet<i64>, Refusal> {
    if editions.is_empty() {
        return Ok(BTreeSet::new());
    }
    let (published, ended) = (last_named(c, editions, &["published"])?, last_named(c, editions, &["withdrawn", "undone"])?);
    let is_own = |id: &i64| published.get(id).zip(ended.get(id)).is_some_and(|(one, other)| one.actor == other.actor);
    Ok(editions.iter().copied().filter(is_own).collect())
}

/// Acts by which somebody has a hand in the words.
const HANDS: [&str; 4] = ["drafted", "revised", "attached", "submitted"];
const ASIDE: &str = "set_aside";

/// Who had a hand in each of these editions: in it, in any before it that the public has not seen since the last one it
/// saw, or in the same words of another; also who typed the same words beside it, whoever took them up.
pub fn writers(c: &mut Conn, of: &[&Edition]) -> Result<HashMap<i64, BTreeSet<String>>, Refusal> {
    let documents: Vec<i64> = of.iter().map(|edition| edition.document_id).collect();
    let all: Vec<Edition> = editions::table.filter(editions::document_id.eq_any(&documents)).select(Edition::as_select()).load(c)?;
    let mut hands: Vec<(i64, i64, String, String, String)> = steps::table
        .inner_join(revisions::table)
        .filter(revisions::document_id.eq_any(&documents).and(steps::name.eq_any(HANDS.into_iter().chain([ASIDE]))))
        .select((revisions::document_id, steps::edition_id, steps::actor, revisions::digest, steps::name))
        .distinct()
        .load(c)?;
    // Words that came back when a schedule was cancelled are their writer's, and not his who cancelled it.
    for (_, id, actor, _, name) in &mut hands {
        if name == "drafted"
            && let Some(edition) = all.iter().find(|edition| edition.id == *id && !edition.drafted_by.is_empty())
        {
            actor.clone_from(&edition.drafted_by);
        }
    }
    let words: Vec<i64> = of.iter().map(|edition| edition.revision_id).collect();
    let digests: HashMap<i64, String> = revisions::table
        .filter(revisions::id.eq_any(words))
        .select((revisions::id, revisions::digest))
        .load::<(i64, String)>(c)?
        .into_iter()
        .collect();
    // An undone publication, however many saw it, washes nobody's hands.
    let withdrawn: Vec<i64> = all.iter().filter(|edition| edition.withdrawn_at.is_some()).map(|edition| edition.id).collect();
    let ends = if withdrawn.is_empty() { HashMap::new() } else { last_named(c, &withdrawn, &["withdrawn", "undone"])? };
    let is_undone = |edition: &Edition| ends.get(&edition.id).is_some_and(|step| step.name == "undone");
    let one = |edition: &Edition| {
        let before = |other: &&Edition| other.document_id == edition.document_id && other.number < edition.number;
        let since =
            all.iter().filter(before).filter(|other| other.is_seen() && !is_undone(other)).map(|other| other.number).max().unwrap_or(0);
        let counts = |id: i64| all.iter().any(|other| other.id == id && (since + 1..=edition.number).contains(&other.number));
        let digest = digests.get(&edition.revision_id);
        let own = hands.iter().filter(|(document, id, _, words, name)| {
            *document == edition.document_id && (digest == Some(words) || (name != ASIDE && counts(*id)))
        });
        let mut who: BTreeSet<String> = own.map(|(_, _, actor, ..)| actor.clone()).collect();
        if !edition.drafted_by.is_empty() {
            who.insert(edition.drafted_by.clone());
        }
        (edition.id, who)
    };
    Ok(of.iter().map(|edition| one(edition)).collect())
}
