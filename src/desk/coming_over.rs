//! What came to a unit and is over: what still hangs at one of its places comes first, for it must come down, and of the rest
//! the record of its end can be printed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use super::hangs::path_of;
use super::papers::CLOSED;
use crate::edition::Edition;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::posting::former::Held;
use crate::posting::placements::{Standing, placements};
use crate::posting::{page, placements_note, places};
use crate::store::schema::{editions, revisions};
use crate::unit::Unit;
use crate::web::answer::Reading;

/// The last that anything was noted of, and of these what is shown beside what hangs still.
const LAST: usize = 200;
const MOST: usize = 30;
/// Of what hangs still: nobody has so much to take down.
const MOST_STANDING: usize = 200;

#[derive(Serialize)]
pub(super) struct Over {
    title: String,
    path: String,
    record: String,
    until: String,
    hangs: bool,
}

/// For whoever keeps the unit's places: a kind may let nobody else read of it when it is over.
pub(super) fn over(reading: &mut Reading, unit: &Unit) -> Result<Vec<Over>, Refusal> {
    let held = Held::of(&mut reading.c, &[unit.id], calendar::local(reading.now).date())?;
    let own: Vec<i64> = places::of_units(&mut reading.c, &held.ids())?.into_iter().map(|place| place.id).collect();
    let mut ids = placements_note::standing_over(&mut reading.c, &own, unit.id, reading.now, MOST_STANDING)?;
    let noted = placements_note::last_noted(&mut reading.c, &own, LAST)?;
    ids.extend(noted.into_iter().filter(|id| !ids.contains(id)).collect::<Vec<_>>());
    let seen: Vec<(Edition, String)> = editions::table
        .inner_join(revisions::table)
        .filter(editions::document_id.eq_any(&ids))
        .filter(editions::shown_from.le(reading.now).and(editions::shown_from.lt(editions::shown_until)))
        .order(editions::number.asc())
        .select((Edition::as_select(), revisions::title))
        .load(&mut *reading.c)?;
    let mut last: BTreeMap<i64, (Edition, String)> = seen.into_iter().map(|seen| (seen.0.document_id, seen)).collect();
    last.retain(|_, (edition, _)| edition.shown_until <= reading.now && edition.unit_id != Some(unit.id));
    let mut noted = placements_note::rows_at(&mut reading.c, &last.keys().copied().collect::<Vec<_>>(), &own)?;
    let mut found = Vec::new();
    for (edition, title) in ids.iter().filter_map(|id| last.remove(id)) {
        let rows = noted.remove(&edition.document_id).unwrap_or_default();
        let hangs = placements(&rows).values().flatten().any(|one| one.standing() != Standing::TakenDown);
        found.push(Over {
            title,
            path: path_of(edition.document_id, Some(unit)),
            record: format!("{}?don-vi={}", CLOSED.replace("{id}", &edition.document_id.to_string()), unit.label),
            until: page::until(reading, &edition),
            hangs,
        });
    }
    found.sort_by_key(|over| !over.hangs);
    let standing = found.iter().filter(|over| over.hangs).count();
    found.truncate(standing.max(MOST));
    Ok(found)
}
