//! What a citizen is told of what was announced: when it is to come, what it was moved from and why, and whether it came in time.

use serde::Serialize;

use super::release::{Came, Standing, Timing, day, passes, timing};
use super::release_keep::{self, Entry};
use crate::edition::find::Filter;
use crate::edition::{Kind, change, of_units};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::{Date, Link};

#[derive(Debug, Serialize)]
pub struct Moved {
    pub told: String,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub title: String,
    /// The report that it led to; else empty.
    pub path: String,
    pub unit: Link,
    pub date: Date,
    /// Of the style: `provisional`, `confirmed`, `cancelled`, `overdue`, `published`.
    pub state: &'static str,
    pub told: String,
    /// Of what is cancelled.
    pub reason: String,
    /// Newest first.
    pub moved: Vec<Moved>,
    pub sample: bool,
    #[serde(skip)]
    pub label: String,
    #[serde(skip)]
    pub month: i32,
    #[serde(skip)]
    pub entry: Entry,
    #[serde(skip)]
    pub came: Option<Came>,
}

/// In the order in which they are given.
pub fn rows(reading: &mut Reading, entries: Vec<Entry>) -> Result<Vec<Row>, Refusal> {
    let mut ids: Vec<i64> = entries.iter().map(|entry| entry.newest.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    // Whatever becomes of a report of theirs.
    reading.c.look(change::words(Kind::Report, &Filter::Units(ids.clone())));
    let mut units: Vec<Unit> = Vec::new();
    for ids in ids.chunks(400) {
        units.extend(unit::with_ids(&mut reading.c, ids)?);
    }
    let settled = release_keep::settled(&mut reading.c, entries, reading.now)?;
    let mut rows = Vec::with_capacity(settled.len());
    for (entry, came) in settled {
        if let Some(unit) = units.iter().find(|unit| unit.id == entry.newest.unit_id) {
            rows.push(row(reading, unit, entry, came)?);
        }
    }
    Ok(rows)
}

fn row(reading: &mut Reading, unit: &Unit, entry: Entry, came: Option<Came>) -> Result<Row, Refusal> {
    let announced = entry.newest.announced()?;
    let planned = announced.planned;
    let turns = passes(planned);
    let brief = |reading: &Reading, at, day_only| calendar::brief(at, day_only, &reading.web.words, reading.lang);
    let (state, told) = match (&came, announced.standing) {
        (Some(came), _) => {
            let at = brief(reading, came.at, planned.day_only);
            let told = match timing(planned, came.at) {
                Timing::OnTime => phrase!("release-on-time", at = at),
                Timing::LaterThatDay => phrase!("release-later-that-day", at = at),
                Timing::Early { days } => phrase!("release-early", at = at, days = days),
                Timing::Late { days } => phrase!("release-late", at = at, days = days),
            };
            ("published", reading.say(&told))
        }
        (None, Standing::Cancelled) => ("cancelled", reading.word("release-cancelled")),
        (None, _) if turns <= reading.now => ("overdue", reading.word("release-overdue")),
        (None, standing) => {
            reading.until(turns);
            let key = if standing == Standing::Confirmed { "release-confirmed" } else { "release-provisional" };
            (standing.name(), reading.word(key))
        }
    };
    let moved = entry.moves.iter().rev().map(|(from, version)| Moved {
        told: reading.say(&phrase!(
            "release-moved",
            from = brief(reading, from.at, from.day_only),
            to = brief(reading, version.planned_at, version.day_only),
            day = brief(reading, version.at, true)
        )),
        reason: version.reason.clone(),
    });
    Ok(Row {
        title: announced.title,
        path: came.as_ref().map(|came| Kind::Report.path(&came.slug)).unwrap_or_default(),
        unit: unit::page::link(reading, unit),
        date: reading.date(planned.at, planned.day_only),
        state,
        told,
        reason: if announced.standing == Standing::Cancelled { announced.reason } else { String::new() },
        moved: moved.collect(),
        sample: unit.sample,
        label: unit.label.clone(),
        month: calendar::month_number(calendar::midnight(day(planned))),
        entry,
        came,
    })
}

/// The next of a unit's series that is announced and has not come out.
pub fn next(reading: &mut Reading, unit: Option<i64>, series: &str) -> Result<Option<Row>, Refusal> {
    let Some(unit) = unit.filter(|_| !series.is_empty()) else { return Ok(None) };
    let label = unit::with_ids(&mut reading.c, &[unit])?.pop().map(|unit| unit.label).unwrap_or_default();
    reading.c.look([of_units::releases_of(&label)]);
    let mut entries = release_keep::of_series(&mut reading.c, unit, series)?;
    entries.sort_by_key(|entry| entry.newest.planned_at);
    let rows = rows(reading, entries)?;
    Ok(rows.into_iter().find(|row| !matches!(row.state, "published" | "cancelled")))
}
