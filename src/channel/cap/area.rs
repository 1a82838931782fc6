//! Where a warning holds: the units that it is for, by name and by the code of the national list.

use serde::Serialize;

use crate::channel::feed::printable;
use crate::edition::Edition;
use crate::kit::calendar;
use crate::kit::fold::alphabetical;
use crate::kit::refusal::Refusal;
use crate::posting::law::{BELOW, GROUP};
use crate::posting::{Posting, groups};
use crate::unit::lineage::bearers;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// Units and groups that are named; of more, how many there are is told.
const MOST: usize = 12;
/// Codes of one group.
const MOST_CODES: usize = 200;

#[derive(Serialize)]
pub struct Area {
    name: String,
    /// Of administrative units (Danh mục hành chính Việt Nam).
    codes: Vec<String>,
}

/// What is for others is for them alone; what is for all below a unit is for that unit whole.
pub fn areas(reading: &mut Reading, posting: &Posting, edition: &Edition) -> Result<Vec<Area>, Refusal> {
    let mut areas = Vec::new();
    if posting.to.is_empty() || posting.to.iter().any(|to| to == BELOW) {
        areas.push(own(reading, edition)?);
    }
    let groups =
        if posting.to.iter().any(|to| to.starts_with(GROUP)) { groups::groups(&mut reading.c)? } else { groups::Groups::default() };
    for group in posting.to.iter().filter_map(|to| groups.find(to.strip_prefix(GROUP)?)) {
        let codes = group.units.iter().take(MOST_CODES).cloned().collect();
        areas.push(Area { name: printable(group.name(reading.lang)), codes });
    }
    let codes: Vec<String> = posting.to.iter().filter(|to| *to != BELOW && !to.starts_with(GROUP)).cloned().collect();
    let mut units: Vec<Unit> = bearers(&mut reading.c, &codes, calendar::local(edition.dated_at).date())?;
    units.sort_by_cached_key(|unit| alphabetical(&unit.name));
    for unit in units {
        areas.push(of(reading, &unit)?);
    }
    let more = areas.len().saturating_sub(MOST);
    areas.truncate(MOST);
    if more > 0 {
        areas.push(Area { name: reading.web.words.counted(reading.lang, "reach-more-units", more), codes: Vec::new() });
    }
    Ok(areas)
}

fn own(reading: &mut Reading, edition: &Edition) -> Result<Area, Refusal> {
    let unit = match edition.unit_id {
        Some(id) => unit::with_ids(&mut reading.c, &[id])?.pop(),
        None => None,
    };
    match unit {
        Some(unit) => of(reading, &unit),
        // It is for every unit of the portal.
        None => Ok(Area { name: reading.word("reach-all"), codes: Vec::new() }),
    }
}

fn of(reading: &mut Reading, unit: &Unit) -> Result<Area, Refusal> {
    let name = unit::page::placed(reading, Some(unit.id))?.map(|placed| placed.name).unwrap_or_default();
    Ok(Area { name: printable(&name), codes: vec![unit.code.clone()] })
}
