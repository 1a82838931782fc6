//! What came to a unit and is over: what still hangs at one of its places comes first, for it must come down, and of the rest
//! the record of its end can be printed.

use std::collections::BTreeMap;

use diesel::prelude::*;
use serde::Serialize;

use super::hangs::path_of;
use super::papers::CLOSED;
use crate::edition::Edition;
use crate::kit::refusal::Refusal;
use crate::posting::board;
use crate::posting::placements::{Standing, placements};
use crate::posting::{placements_note, places};
use crate::store::schema::{editions, revisions};
use crate::unit::Unit;
use crate::web::answer::Reading;

/// The last that anything was noted of, and of these what is shown.
const LAST: i64 = 200;
const MOST: usize = 30;

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
    let ids = placements_note::last_noted(&mut reading.c, unit.id, LAST)?;
    let seen: Vec<(Edition, String)> = editions::table
        .inner_join(revisions::table)
        .filter(editions::document_id.eq_any(&ids))
        .filter(editions::shown_from.le(reading.now).and(editions::shown_from.lt(editions::shown_until)))
        .order(editions::number.asc())
        .select((Edition::as_select(), revisions::title))
        .load(&mut *reading.c)?;
    let mut last: BTreeMap<i64, (Edition, String)> = seen.into_iter().map(|seen| (seen.0.document_id, seen)).collect();
    last.retain(|_, (edition, _)| edition.shown_until <= reading.now && edition.unit_id != Some(unit.id));
    let own: Vec<i64> = places::of_unit(&mut reading.c, unit.id)?.into_iter().map(|place| place.id).collect();
    let mut found = Vec::new();
    for (edition, title) in ids.iter().filter_map(|id| last.remove(id)) {
        let mut rows = placements_note::rows_of(&mut reading.c, edition.document_id)?;
        rows.retain(|row| own.contains(&row.place_id));
        let hangs = placements(&rows).values().flatten().any(|one| one.standing() != Standing::TakenDown);
        found.push(Over {
            title,
            path: path_of(edition.document_id, Some(unit)),
            record: format!("{}?don-vi={}", CLOSED.replace("{id}", &edition.document_id.to_string()), unit.label),
            until: board::until(reading, &edition),
            hangs,
        });
    }
    found.sort_by_key(|over| !over.hangs);
    found.truncate(MOST);
    Ok(found)
}
