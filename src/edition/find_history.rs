//! What became of a text: every edition with its steps and its words, and what one revision says otherwise than another.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::find_desk::within;
use super::step::{self, Step};
use super::{Edition, Revision};
use crate::kit::clock::Moment;
use crate::kit::compare::{self, Changed};
use crate::kit::refusal::Refusal;
use crate::person::access::Reach;
use crate::store::Conn;
use crate::store::schema::{editions, revisions};

/// A revision without its words.
#[derive(Clone, Debug, Queryable, Serialize)]
pub struct Head {
    pub id: i64,
    pub made_at: Moment,
    pub title: String,
}

#[derive(Clone, Debug)]
pub struct Told {
    pub edition: Edition,
    /// Oldest first.
    pub steps: Vec<Step>,
    /// Oldest first, what was kept beside among them.
    pub revisions: Vec<Head>,
}

/// Newest edition first. Errors: `Missing` when none is in his reach.
pub fn history(c: &mut Conn, reach: &Reach, document: i64) -> Result<Vec<Told>, Refusal> {
    let query = within(editions::table.filter(editions::document_id.eq(document)).into_boxed(), reach);
    let all: Vec<Edition> = query.order(editions::number.desc()).select(Edition::as_select()).load(c)?;
    if all.is_empty() {
        return Err(Refusal::Missing);
    }
    let heads: HashMap<i64, Head> = revisions::table
        .filter(revisions::document_id.eq(document))
        .select((revisions::id, revisions::made_at, revisions::title))
        .load::<Head>(c)?
        .into_iter()
        .map(|head| (head.id, head))
        .collect();
    let mut steps: HashMap<i64, Vec<Step>> = HashMap::new();
    for step in step::of(c, &all.iter().map(|edition| edition.id).collect::<Vec<_>>())? {
        steps.entry(step.edition_id).or_default().push(step);
    }
    let told = all.into_iter().map(|edition| {
        let steps = steps.remove(&edition.id).unwrap_or_default();
        let ids: BTreeSet<i64> = steps.iter().map(|step| step.revision_id).chain([edition.revision_id]).collect();
        Told { revisions: ids.iter().filter_map(|id| heads.get(id).cloned()).collect(), steps, edition }
    });
    Ok(told.collect())
}

/// Errors: `Missing` for one of another document, or of editions out of his reach.
pub fn revision(c: &mut Conn, reach: &Reach, document: i64, id: i64) -> Result<Revision, Refusal> {
    if !history(c, reach, document)?.iter().any(|told| told.revisions.iter().any(|head| head.id == id)) {
        return Err(Refusal::Missing);
    }
    Ok(revisions::table.find(id).select(Revision::as_select()).first(c)?)
}

/// A part of a text that two revisions say otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// `title`, `lead`, `body`, or a fact by its path: `picture.alt`.
    pub name: String,
    /// `None` for parts too long to compare.
    pub paragraphs: Option<Vec<Changed>>,
}

/// What the newer says otherwise, the words first.
pub fn compare(old: &Revision, new: &Revision) -> Vec<Part> {
    let lines = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect::<Vec<_>>();
    let mut parts: Vec<(String, Vec<String>, Vec<String>)> =
        [("title", &old.title, &new.title), ("lead", &old.lead, &new.lead), ("body", &old.body, &new.body)]
            .into_iter()
            .map(|(name, old, new)| (name.to_owned(), lines(old), lines(new)))
            .collect();
    let (old, new) = (facts(&old.facts), facts(&new.facts));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let fact = |facts: &BTreeMap<String, String>, name: &str| facts.get(name).map(|value| lines(value)).unwrap_or_default();
    parts.extend(names.into_iter().map(|name| (name.clone(), fact(&old, name), fact(&new, name))));
    parts
        .into_iter()
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| Part { name, paragraphs: compare::paragraphs(&old, &new) })
        .collect()
}

/// Every fact by its path.
fn facts(json: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk("", &serde_json::from_str(json).unwrap_or(Value::Null), &mut found);
    found
}

fn walk(path: &str, value: &Value, found: &mut BTreeMap<String, String>) {
    let inner = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Null => {}
        Value::Object(entries) => entries.iter().for_each(|(name, value)| walk(&inner(name), value, found)),
        Value::Array(items) => items.iter().enumerate().for_each(|(place, value)| walk(&inner(&(place + 1).to_string()), value, found)),
        Value::String(text) => drop(found.insert(path.to_owned(), text.clone())),
        other => drop(found.insert(path.to_owned(), other.to_string())),
    }
}
