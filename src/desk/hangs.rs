//! A posting and the places where it hangs, as far as whoever asks may look: those of its own unit, or, where a unit is named
//! to which it came (`don-vi`), that unit's and no other's.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};

use super::coming::at_label;
use super::door::Visit;
use super::frame::{COMING, TEXTS};
use crate::edition::{Edition, Kind, Revision, find, find_document, find_history};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::person::access::{Reach, Verb, may};
use crate::posting::former::{self, Held};
use crate::posting::law;
use crate::posting::placements::Row;
use crate::posting::placements_note as note;
use crate::posting::places::{self, Place};
use crate::posting::{adopt, reach};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// The posting as it stands before the public, and places beside those where anything was recorded.
pub(super) struct Seen {
    pub(super) edition: Edition,
    pub(super) revision: Revision,
    pub(super) editions: Vec<Edition>,
    pub(super) rows: Vec<Row>,
    pub(super) places: Vec<Place>,
    /// Whose places these are, where it came from elsewhere.
    pub(super) unit: Option<Unit>,
    /// He is given the records of it.
    pub(super) is_recorded: bool,
}

impl Seen {
    /// The unit whose places they are.
    pub(super) fn of(&self, reading: &mut Reading) -> Result<Option<Unit>, Refusal> {
        if let Some(unit) = &self.unit {
            return Ok(Some(unit.clone()));
        }
        Ok(unit::with_ids(&mut reading.c, &self.edition.unit_id.into_iter().collect::<Vec<_>>())?.pop())
    }
}

/// The label of the unit for which it is looked at; empty for the posting's own.
pub(super) fn asked(visit: &Visit) -> String {
    let of = |fields: &super::fields::Fields| fields.find("don-vi").map(|label| label.trim().to_owned());
    of(&visit.query).or_else(|| of(&visit.fields)).unwrap_or_default()
}

/// Where it hangs: of its own unit, or of another to which it came.
pub(super) fn path_of(document: i64, unit: Option<&Unit>) -> String {
    format!("{TEXTS}/{document}/noi-treo{}", unit.map(|unit| format!("?don-vi={}", unit.label)).unwrap_or_default())
}

/// Back to where somebody came from.
pub(super) fn back(seen: &Seen, now: Moment) -> String {
    let document = seen.edition.document_id;
    match &seen.unit {
        None => format!("{TEXTS}/{document}"),
        // What is over comes to nobody any more.
        Some(unit) if seen.edition.shown_until <= now => format!("{COMING}?don-vi={}", unit.label),
        Some(unit) => format!("{COMING}/{document}?don-vi={}", unit.label),
    }
}

/// Errors: `Missing` for whoever may look neither at the posting nor at a place where it hangs.
pub(super) fn seen(visit: &Visit, reading: &mut Reading) -> Result<Seen, Refusal> {
    let document = visit.id("id")?;
    let (kind, _) = find_document::at_id(&mut reading.c, document)?;
    if kind != Kind::Posting {
        return Err(Refusal::Missing);
    }
    let label = asked(visit);
    if label.is_empty() { of_own(visit, reading, document) } else { of_unit(visit, reading, document, &label) }
}

/// For its records, which bear its title and who asked for it however it ended. Errors: `Missing` for whoever neither keeps
/// the places nor works for whoever sent it.
pub(super) fn recorded(visit: &Visit, reading: &mut Reading) -> Result<Seen, Refusal> {
    seen(visit, reading).and_then(|seen| if seen.is_recorded { Ok(seen) } else { Err(Refusal::Missing) })
}

fn of_own(visit: &Visit, reading: &mut Reading, document: i64) -> Result<Seen, Refusal> {
    let (act, actor) = (visit.act()?, visit.actor()?);
    let looks = act.who.reach(&mut reading.c, Verb::Look)?;
    let (editions, is_sender) = match find_history::editions(&mut reading.c, &looks, document) {
        // A province's posting hangs in communes, too: what the public sees of it is seen by whoever keeps a place.
        Err(Refusal::Missing) if actor.may_somewhere(Verb::KeepPlaces) => (public(visit, reading, document)?, false),
        found => (found?, true),
    };
    let newest = newest(&editions, visit.now).ok_or(Refusal::Missing)?;
    let rows = note::rows_of(&mut reading.c, document)?;
    let ids: BTreeSet<i64> = rows.iter().map(|row| row.place_id).collect();
    let mut all = places::with_ids(&mut reading.c, &ids.iter().copied().collect::<Vec<_>>())?;
    if !is_sender && !is_kept(visit, reading, newest, &all)? {
        return Err(Refusal::Missing);
    }
    let held = actor.grants.iter().filter(|grant| may(grant.role, Verb::KeepPlaces)).filter_map(|grant| grant.unit_id);
    let units: BTreeSet<i64> = held.chain(newest.unit_id).collect();
    for unit in &units {
        let own = places::of_unit(&mut reading.c, *unit)?;
        all.extend(own.into_iter().filter(|place| !ids.contains(&place.id)));
    }
    let taken_in = Held::of(&mut reading.c, &units.iter().copied().collect::<Vec<_>>(), calendar::local(visit.now).date())?;
    let is_seen = |place: &Place| {
        let holder = taken_in.holder(place, &units).map(|(unit, _)| unit);
        [Some(place.unit_id), holder].into_iter().flatten().any(|unit| looks.covers(Some(unit)))
    };
    all.retain(is_seen);
    whole(visit, reading, editions, rows, places::sorted(all), None, true)
}

/// Whether it hung at a place that he keeps, or comes to a unit whose places he keeps. `all`: where anything was noted of it.
fn is_kept(visit: &Visit, reading: &mut Reading, newest: &Edition, all: &[Place]) -> Result<bool, Refusal> {
    let keeps = visit.act()?.who.reach(&mut reading.c, Verb::KeepPlaces)?;
    let today = calendar::local(visit.now).date();
    for unit in all.iter().map(|place| place.unit_id).collect::<BTreeSet<i64>>() {
        if former::holders(&mut reading.c, unit, today)?.iter().any(|unit| keeps.covers(Some(unit.id))) {
            return Ok(true);
        }
    }
    let sent = adopt::sent(&mut reading.c, newest)?;
    let units = reach::units(&mut reading.c, &sent, today)?;
    Ok(units.iter().any(|unit| keeps.covers(Some(unit.id))))
}

/// What came to a unit is before the public; the places are the unit's own.
fn of_unit(visit: &Visit, reading: &mut Reading, document: i64, label: &str) -> Result<Seen, Refusal> {
    let unit = at_label(visit, reading, label, Verb::Look)?;
    let editions = public(visit, reading, document)?;
    let newest = newest(&editions, visit.now).ok_or(Refusal::Missing)?;
    let who = visit.act()?.who;
    let is_recorded = who.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))? || who.may(&mut reading.c, Verb::Look, newest.unit_id)?;
    // When it is over a kind may let nobody else read of it.
    if !is_recorded && newest.shown_until <= visit.now {
        return Err(Refusal::Missing);
    }
    let held = Held::of(&mut reading.c, &[unit.id], calendar::local(visit.now).date())?;
    let mut places = places::of_units(&mut reading.c, &held.ids())?;
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let rows = note::rows_at(&mut reading.c, &[document], &ids)?.remove(&document).unwrap_or_default();
    // Of the boards that it took in those where this hung.
    places.retain(|place| place.unit_id == unit.id || rows.iter().any(|row| row.place_id == place.id));
    // A unit to which it never came has nothing to do with it; where it hung once it hung.
    if rows.is_empty() && !adopt::comes(&mut reading.c, newest, &unit, visit.now)? {
        return Err(Refusal::Missing);
    }
    whole(visit, reading, editions, rows, places, Some(unit), is_recorded)
}

fn public(visit: &Visit, reading: &mut Reading, document: i64) -> Result<Vec<Edition>, Refusal> {
    let mut all = find_history::editions(&mut reading.c, &Reach::Everywhere, document)?;
    all.retain(|one| one.has_begun(visit.now));
    Ok(all)
}

/// Of those that the public has seen, or will see.
fn newest(editions: &[Edition], now: Moment) -> Option<&Edition> {
    let seen = || editions.iter().filter(|one| one.is_seen());
    seen().filter(|one| one.has_begun(now)).max_by_key(|one| one.number).or(seen().max_by_key(|one| one.number))
}

fn whole(
    visit: &Visit,
    reading: &mut Reading,
    mut editions: Vec<Edition>,
    rows: Vec<Row>,
    places: Vec<Place>,
    unit: Option<Unit>,
    is_recorded: bool,
) -> Result<Seen, Refusal> {
    let edition = newest(&editions, visit.now).ok_or(Refusal::Missing)?.clone();
    editions.retain(Edition::is_seen);
    editions.sort_by_key(|one| one.number);
    let revision = find::words(&mut reading.c, &edition)?;
    Ok(Seen { edition, revision, editions, rows, places, unit, is_recorded })
}

/// The days on which it must hang, both inclusive: from the one after it was hung; up to now where it has no end.
pub(super) fn period(edition: &Edition, now: Moment) -> (NaiveDate, NaiveDate) {
    let first = calendar::local(edition.dated_at).date() + Duration::days(1);
    (first, edition.ends_at.map_or_else(|| calendar::local(now).date(), law::last_day))
}
