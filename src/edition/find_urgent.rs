//! What is urgent now, of all that there is: one step of an index, since it is asked for by every page.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::find::was_shown;
use super::terms::visible_at;
use super::{Kind, URGENT, change};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, revisions};
use crate::store::{Conn, Snapshot};

/// So many urgent texts at once are read; a country's worth of storms is fewer.
const MOST: i64 = 50;
const CHUNK: usize = 400;

#[derive(Clone, Debug, Queryable)]
pub struct Urgent {
    pub document_id: i64,
    pub slug: String,
    pub unit_id: Option<i64>,
    pub ends_at: Option<Moment>,
    pub title: String,
    pub facts: String,
}

/// The newest first.
pub fn urgent(c: &mut Snapshot, kind: Kind, now: Moment) -> Result<Vec<Urgent>, Refusal> {
    c.look([change::urgent()]);
    Ok(editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::priority.eq(URGENT).and(editions::kind.eq(kind.name())))
        .filter(visible_at(now))
        .order((editions::starts_at.desc(), editions::id.desc()))
        .limit(MOST)
        .select((editions::document_id, documents::slug, editions::unit_id, editions::ends_at, revisions::title, revisions::facts))
        .load(&mut **c)?)
}

/// Those of these documents of which the public has seen an urgent edition.
pub fn ever(c: &mut Conn, documents: &[i64], now: Moment) -> Result<BTreeSet<i64>, Refusal> {
    let mut found = BTreeSet::new();
    for documents in documents.chunks(CHUNK) {
        let rows = editions::table.filter(editions::document_id.eq_any(documents).and(editions::priority.eq(URGENT)));
        found.extend(rows.filter(was_shown(now)).select(editions::document_id).load::<i64>(c)?);
    }
    Ok(found)
}
