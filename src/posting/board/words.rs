//! What hangs in a unit, each with what it says and how it came there: what every other form of a board is made from.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Here, origin};
use crate::edition::body::parse;
use crate::edition::find::Listed;
use crate::edition::{Edition, Kind as TextKind, change};
use crate::kit::clock::Moment;
use crate::kit::mask::masked;
use crate::kit::refusal::Refusal;
use crate::posting::Posting;
use crate::posting::reach::{Hung, Rule};
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

const CHUNK: usize = 400;

pub struct Hanging {
    pub edition: Edition,
    pub listed: Listed,
    pub posting: Posting,
    pub first_slug: String,
    pub rule: Rule,
    /// From whom, and by which rule; empty for what is the unit's own.
    pub origin: String,
    /// What the unit adds to it.
    pub line: String,
    /// When the unit last said anything of it.
    pub said_at: Option<Moment>,
}

type Row = (Edition, (String, String), (String, String, String, String));

/// In the order of `hung`, which is of `here`.
pub fn words(reading: &mut Reading, here: &Here, hung: &[Hung]) -> Result<Vec<Hanging>, Refusal> {
    let mut rows: HashMap<i64, Row> = HashMap::with_capacity(hung.len());
    for hung in hung.chunks(CHUNK) {
        let found: Vec<Row> = editions::table
            .inner_join(documents::table)
            .inner_join(revisions::table)
            .filter(editions::id.eq_any(hung.iter().map(|one| one.edition_id).collect::<Vec<_>>()))
            .select((
                Edition::as_select(),
                (documents::slug, documents::first_slug),
                (revisions::title, revisions::lead, revisions::facts, revisions::files),
            ))
            .load(&mut *reading.c)?;
        rows.extend(found.into_iter().map(|row| (row.0.id, row)));
    }
    let mut senders: Vec<i64> = hung.iter().filter_map(|one| one.unit_id).collect();
    senders.sort_unstable();
    senders.dedup();
    let senders: HashMap<i64, Unit> = unit::with_ids(&mut reading.c, &senders)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut all = Vec::with_capacity(hung.len());
    for one in hung {
        let Some((edition, (slug, first_slug), (title, lead, facts, files))) = rows.remove(&one.edition_id) else { continue };
        reading.c.look([change::text(TextKind::Posting, &slug)]);
        let posting: Posting = parse(&facts)?;
        let (way, stand) = (posting.web_way(), here.stands.get(&one.document_id));
        let listed = Listed {
            document_id: edition.document_id,
            revision_id: edition.revision_id,
            slug,
            unit_id: edition.unit_id,
            section: edition.section.clone(),
            dated_at: edition.dated_at,
            day_only: edition.day_only,
            starts_at: edition.starts_at,
            title: masked(&title, way),
            lead: masked(&lead, way),
            facts,
            files,
        };
        let sender = one.unit_id.and_then(|id| senders.get(&id));
        all.push(Hanging {
            origin: origin(reading, &here.groups, &here.place, &one.rule, sender),
            line: stand.map(|stand| stand.line.clone()).unwrap_or_default(),
            said_at: stand.and_then(|stand| stand.at),
            rule: one.rule.clone(),
            edition,
            listed,
            posting,
            first_slug,
        });
    }
    Ok(all)
}

/// The text as its author wrote it, with its names as the web may have them.
pub fn body_of(c: &mut Snapshot, one: &Hanging) -> Result<String, Refusal> {
    let body: String = revisions::table.find(one.listed.revision_id).select(revisions::body).first(&mut **c)?;
    Ok(masked(&body, one.posting.web_way()))
}
