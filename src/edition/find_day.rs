//! Finding what stood on a day that is past: texts that hung then, and texts whose keys say that they applied then.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::find::{Filter, was_shown};
use super::{Edition, Kind, change, reached};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, revision_keys, revisions};
use crate::store::{Conn, Snapshot};

/// Both databases take so many at once.
const CHUNK: usize = 400;

/// A text as it stood at the end of a day.
pub struct Stood {
    /// Its edition then; the first one, where none had been hung yet.
    pub edition: Edition,
    /// The last one that the public has seen up to now.
    pub last: Edition,
    pub slug: String,
    pub title: String,
    pub facts: String,
    /// Whether it hung at any time of that day.
    pub hung: bool,
}

/// Units, and a key by name and value.
pub type From = (Option<Vec<i64>>, (&'static str, String));

/// Whose texts are asked for: of a unit, and those that are told to be for it.
pub struct Of<'o> {
    pub units: &'o [i64],
    /// Units from which what bears this key comes here too; `None`: wherever it is from.
    pub from: &'o [From],
}

/// `day`: from its first instant to the one after it. `applies`: the name of the key, whose value begins with a day; what
/// begins after `until` is left out, and `holds` says the rest. At most so many texts, and whether there were more.
pub fn stood(
    c: &mut Snapshot,
    kind: Kind,
    of: &Of,
    day: (Moment, Moment),
    (applies, until): (&str, &str),
    holds: impl Fn(&str) -> bool,
    (now, most): (Moment, usize),
) -> Result<(Vec<Stood>, bool), Refusal> {
    let mut units = of.units.to_vec();
    units.extend(of.from.iter().flat_map(|(units, _)| units.iter().flatten()));
    c.look(change::words(kind, &Filter::Units(units)));
    c.look(change::list(kind, &Filter::Units(of.units.to_vec())));
    c.look(of.from.iter().filter(|(units, _)| units.is_none()).map(|(_, (_, value))| reached::sent(value)));
    let mut found: BTreeSet<i64> = BTreeSet::new();
    let hung = || {
        editions::table
            .filter(editions::kind.eq(kind.name()).and(was_shown(now)))
            .filter(editions::shown_from.lt(day.1).and(editions::shown_until.gt(day.0)))
    };
    let limit = most as i64 + 1;
    found.extend(hung().filter(editions::unit_id.eq_any(of.units)).limit(limit).select(editions::document_id).load::<i64>(&mut **c)?);
    let applying = |c: &mut Snapshot, units: &[i64]| -> Result<Vec<i64>, Refusal> {
        let rows: Vec<(i64, String)> = editions::table
            .inner_join(revision_keys::table.on(revision_keys::revision_id.eq(editions::revision_id)))
            .filter(editions::kind.eq(kind.name()).and(was_shown(now)).and(editions::unit_id.eq_any(units.to_vec())))
            .filter(revision_keys::name.eq(applies).and(revision_keys::value.le(until)))
            .select((editions::document_id, revision_keys::value))
            .load(&mut **c)?;
        Ok(rows.into_iter().filter(|(_, value)| holds(value)).map(|(document, _)| document).collect())
    };
    found.extend(applying(c, of.units)?);
    for (units, (name, value)) in of.from {
        // What came from elsewhere, by the key that sent it here.
        let sent = revision_keys::table
            .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
            .filter(revision_keys::name.eq(name).and(revision_keys::value.eq(value)))
            .filter(editions::kind.eq(kind.name()).and(was_shown(now)))
            .order(editions::document_id.desc())
            .limit(limit)
            .select(editions::document_id)
            .into_boxed::<<Conn as diesel::Connection>::Backend>();
        let sent = match units {
            Some(units) => sent.filter(editions::unit_id.eq_any(units)),
            None => sent,
        };
        found.extend(sent.load::<i64>(&mut **c)?);
    }
    let more = found.len() > most;
    // The newest are those that are asked after.
    let ids: Vec<i64> = found.into_iter().rev().take(most).collect();
    let mut all: Vec<Edition> = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let query = editions::table.filter(editions::document_id.eq_any(chunk.to_vec()).and(was_shown(now)));
        all.extend(query.order((editions::document_id.desc(), editions::number.asc())).select(Edition::as_select()).load(&mut **c)?);
    }
    let mut stood = Vec::new();
    for editions in all.chunk_by(|one, other| one.document_id == other.document_id) {
        let (Some(first), Some(last)) = (editions.first(), editions.last()) else { continue };
        let then = editions.iter().rev().find(|edition| edition.shown_from < day.1).unwrap_or(first);
        let (title, facts): (String, String) =
            revisions::table.find(then.revision_id).select((revisions::title, revisions::facts)).first(&mut **c)?;
        let slug: String = documents::table.find(then.document_id).select(documents::slug).first(&mut **c)?;
        c.look([change::text(kind, &slug)]);
        let hung = editions.iter().any(|edition| edition.shown_from < day.1 && edition.shown_until > day.0);
        stood.push(Stood { edition: then.clone(), last: last.clone(), slug, title, facts, hung });
    }
    stood.sort_by_key(|stood| std::cmp::Reverse((stood.edition.dated_at, stood.edition.document_id)));
    Ok((stood, more))
}
