//! What hung in a unit at any time of a span: its own and what came to it, by the one question of [`super::reach`]. What a
//! register is made of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::reach::{Place, Rule, Sent, targets};
use super::{FOR, Posting};
use crate::edition::body::parse;
use crate::edition::find::was_shown;
use crate::edition::{Edition, Kind as TextKind, change, reached};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revision_keys, revisions};

const CHUNK: usize = 400;

/// A posting with everything that the public has seen of it.
pub struct Hung {
    pub document_id: i64,
    pub slug: String,
    /// All its editions up to now, oldest first; those after the span, too.
    pub editions: Vec<Edition>,
    /// The one that stood at the end of the span.
    pub edition: Edition,
    pub title: String,
    pub posting: Posting,
    pub rule: Rule,
}

impl Hung {
    pub fn first(&self) -> &Edition {
        self.editions.first().unwrap_or(&self.edition)
    }

    pub fn last(&self) -> &Edition {
        self.editions.last().unwrap_or(&self.edition)
    }

    /// What was taken back of what stood there, up to an instant.
    pub fn withdrawn(&self, now: Moment) -> Option<&Edition> {
        [self.last(), &self.edition].into_iter().find(|one| one.withdrawn_at.is_some_and(|at| at <= now))
    }
}

/// The day on which the first posting hung in a unit that anybody has seen; `None` where there was none. For whoever has
/// looked for what hung there ([`hung`]).
pub fn first_day(c: &mut Snapshot, place: &Place, now: Moment) -> Result<Option<NaiveDate>, Refusal> {
    let kind = TextKind::Posting;
    let of_kind = || editions::table.filter(editions::kind.eq(kind.name()).and(was_shown(now)));
    let is_below = || {
        let key = revision_keys::table.filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq(reached::BELOW)));
        diesel::dsl::exists(key.filter(revision_keys::revision_id.eq(editions::revision_id)))
    };
    // Each by its own index, up to the first: whoever has sent much is not read whole.
    let mut found: Vec<Moment> = Vec::new();
    for unit in place.ids() {
        let own = of_kind().filter(editions::unit_id.eq(unit)).order(editions::dated_at.asc()).select(editions::dated_at);
        found.extend(own.first::<Moment>(&mut **c).optional()?);
    }
    for unit in place.higher() {
        let above = of_kind().filter(editions::unit_id.eq(unit)).filter(is_below());
        found.extend(above.order(editions::dated_at.asc()).select(editions::dated_at).first::<Moment>(&mut **c).optional()?);
    }
    let named: Option<Moment> = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq_any(place.values())))
        .filter(editions::kind.eq(kind.name()).and(was_shown(now)))
        .select(diesel::dsl::min(editions::dated_at))
        .first(&mut **c)?;
    Ok(found.into_iter().chain(named).min().map(|at| calendar::local(at).date()))
}

type Row = (i64, i64, Option<i64>, Moment, Moment);

/// `span`: from its first instant to the one after it. At most so many, oldest first, and whether there were more.
pub fn hung(c: &mut Snapshot, place: &Place, span: (Moment, Moment), now: Moment, most: usize) -> Result<(Vec<Hung>, bool), Refusal> {
    let kind = TextKind::Posting;
    let higher = place.higher();
    c.look(reached::own(kind, place.ids()));
    c.look(change::over(kind, &crate::edition::find::Filter::Units(place.ids())));
    c.look(higher.iter().map(|id| reached::below(Some(*id))).chain([reached::below(None)]));
    c.look(place.values().iter().map(|value| reached::sent(value)));
    let columns = (editions::document_id, editions::revision_id, editions::unit_id, editions::dated_at, editions::shown_from);
    let within = || editions::shown_from.lt(span.1).and(editions::shown_until.gt(span.0)).and(was_shown(now));
    let of_kind = || editions::table.filter(editions::kind.eq(kind.name())).filter(within());
    let is_below = || {
        let key = revision_keys::table.filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq(reached::BELOW)));
        diesel::dsl::exists(key.filter(revision_keys::revision_id.eq(editions::revision_id)))
    };
    let mut rows: Vec<Row> = of_kind().filter(editions::unit_id.eq_any(place.ids())).select(columns).load(&mut **c)?;
    rows.extend(of_kind().filter(editions::unit_id.eq_any(&higher)).filter(is_below()).select(columns).load::<Row>(&mut **c)?);
    rows.extend(of_kind().filter(editions::unit_id.is_null()).filter(is_below()).select(columns).load::<Row>(&mut **c)?);
    let named = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq_any(place.values())))
        .filter(editions::kind.eq(kind.name()))
        .filter(within());
    rows.extend(named.select(columns).load::<Row>(&mut **c)?);
    rows.sort_unstable_by_key(|row| (row.0, row.4, row.1));
    rows.dedup();
    let revisions: Vec<i64> = rows.iter().map(|row| row.1).collect();
    let to = targets(c, &revisions)?;
    // The last edition of the span says by which rule.
    let mut rules: BTreeMap<i64, Rule> = BTreeMap::new();
    let mut dated: BTreeMap<i64, Moment> = BTreeMap::new();
    for (document, revision, unit_id, dated_at, _) in rows {
        let sent = Sent { unit_id, to: to.get(&revision).cloned().unwrap_or_default(), posted: calendar::local(dated_at).date() };
        if let Some(rule) = place.rule(&sent) {
            rules.insert(document, rule);
            dated.entry(document).or_insert(dated_at);
        }
    }
    let more = rules.len() > most;
    let mut ids: Vec<i64> = rules.keys().copied().collect();
    ids.sort_by_key(|id| (dated.get(id).copied(), *id));
    ids.truncate(most);
    let mut all: Vec<(Edition, String)> = Vec::new();
    for ids in ids.chunks(CHUNK) {
        all.extend(
            editions::table
                .inner_join(documents::table)
                .filter(editions::document_id.eq_any(ids).and(was_shown(now)))
                .order((editions::document_id.asc(), editions::number.asc()))
                .select((Edition::as_select(), documents::slug))
                .load(&mut **c)?,
        );
    }
    let mut found: Vec<(Vec<Edition>, Edition, String)> = Vec::new();
    for of in all.chunk_by(|one, other| one.0.document_id == other.0.document_id) {
        let editions: Vec<Edition> = of.iter().map(|(edition, _)| edition.clone()).collect();
        let Some(stood) = editions.iter().rev().find(|edition| edition.shown_from < span.1).cloned() else { continue };
        found.push((editions, stood, of[0].1.clone()));
    }
    found.sort_by_key(|(editions, ..)| editions.first().map(|first| (first.dated_at, first.document_id)));
    let wanted: BTreeSet<i64> = found.iter().map(|(_, stood, _)| stood.revision_id).collect();
    let mut words: BTreeMap<i64, (String, String)> = BTreeMap::new();
    for ids in wanted.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let rows: Vec<(i64, String, String)> = revisions::table
            .filter(revisions::id.eq_any(ids))
            .select((revisions::id, revisions::title, revisions::facts))
            .load(&mut **c)?;
        words.extend(rows.into_iter().map(|(id, title, facts)| (id, (title, facts))));
    }
    c.look(found.iter().map(|(.., slug)| change::text(kind, slug)));
    let mut hung = Vec::new();
    for (editions, edition, slug) in found {
        let document_id = edition.document_id;
        let (Some((title, facts)), Some(rule)) = (words.remove(&edition.revision_id), rules.remove(&document_id)) else { continue };
        hung.push(Hung { document_id, slug, posting: parse(&facts)?, editions, edition, title, rule });
    }
    Ok((hung, more))
}
