//! What is urgent stands above every public page: what, where, until when, and whether it is a drill.

use serde::Serialize;

use super::Posting;
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::find_urgent;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::unit;
use crate::web::answer::Reading;

/// More are told of by their number.
const MOST: usize = 3;

#[derive(Serialize)]
struct Urgent {
    title: String,
    path: String,
    unit: String,
    until: String,
    drill: bool,
    sample: bool,
}

#[derive(Serialize)]
struct Strip {
    urgent: Vec<Urgent>,
    /// Beside those.
    more: usize,
}

/// As JSON, for every page's layout; empty where nothing is urgent.
pub fn strip(reading: &mut Reading) -> Result<Vec<u8>, Refusal> {
    let found = find_urgent::urgent(&mut reading.c, Kind::Posting, reading.now)?;
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let more = found.len().saturating_sub(MOST);
    let mut urgent = Vec::new();
    for row in found.into_iter().take(MOST) {
        let posting: Posting = parse(&row.facts)?;
        let unit = unit::with_ids(&mut reading.c, &row.unit_id.into_iter().collect::<Vec<_>>())?.pop();
        urgent.push(Urgent {
            title: row.title,
            path: Kind::Posting.path(&row.slug),
            unit: unit.map(|unit| capitalised(&unit::page::named(reading, &unit))).unwrap_or_default(),
            until: row.ends_at.map(|at| calendar::long(at, false, &reading.web.words, reading.lang)).unwrap_or_default(),
            drill: posting.drill,
            sample: posting.sample,
        });
    }
    serde_json::to_vec(&Strip { urgent, more }).map_err(Refusal::broken)
}
