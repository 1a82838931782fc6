//! What became of a text: every edition with its steps and its words.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::find_desk::within;
use super::step::{self, Step};
use super::{Edition, Revision};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::person::access::Reach;
use crate::store::Conn;
use crate::store::schema::{editions, revision_media, revisions};

/// Texts that name one file.
const MOST_NAMING: i64 = 1_000;

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

/// The editions of a document that are his to see, newest first: a correction may be filed in another unit than what it
/// corrects. Errors: `Missing` when none is in his reach.
pub fn editions(c: &mut Conn, reach: &Reach, document: i64) -> Result<Vec<Edition>, Refusal> {
    let query = within(editions::table.filter(editions::document_id.eq(document)).into_boxed(), reach);
    let all: Vec<Edition> = query.order(editions::number.desc()).select(Edition::as_select()).load(c)?;
    if all.is_empty() { Err(Refusal::Missing) } else { Ok(all) }
}

/// Whether a text of which some edition is his to see names a file with this digest, or did before it was written otherwise.
pub fn names_file(c: &mut Conn, reach: &Reach, digest: &str) -> Result<bool, Refusal> {
    let named = revision_media::table.inner_join(revisions::table).filter(revision_media::digest.eq(digest));
    let texts: Vec<i64> = named.select(revisions::document_id).distinct().limit(MOST_NAMING).load(c)?;
    let query = within(editions::table.filter(editions::document_id.eq_any(texts)).into_boxed(), reach);
    Ok(!query.select(editions::id).limit(1).load::<i64>(c)?.is_empty())
}

/// Newest edition first. Errors: `Missing` when none is in his reach.
pub fn history(c: &mut Conn, reach: &Reach, document: i64) -> Result<Vec<Told>, Refusal> {
    let all = editions(c, reach, document)?;
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
