//! The figures of the moment on a page of something else: those that a unit's newest report puts above all others.

use serde::Serialize;

use crate::edition::Kind;
use crate::kit::refusal::Refusal;
use crate::report::headlines;
use crate::unit::Unit;
use crate::web::answer::Reading;

/// Reports looked at until one names any.
const LOOKED: usize = 5;

#[derive(Serialize)]
pub(super) struct Figure {
    pub name: String,
    pub value: String,
    pub measure: String,
    pub period: String,
    pub preliminary: bool,
    pub sample: bool,
    /// Of the report.
    pub path: String,
}

pub(super) fn of_unit(reading: &mut Reading, unit: Option<&Unit>) -> Result<Vec<Figure>, Refusal> {
    let Some(unit) = unit else { return Ok(Vec::new()) };
    let told = headlines::newest(reading, vec![unit.id], LOOKED)?;
    let Some(newest) = told.into_iter().next() else { return Ok(Vec::new()) };
    let path = Kind::Report.path(&newest.report.slug);
    let shown = newest.figures.into_iter().map(|figure| {
        let period = figure.one.period.told(reading.lang);
        Figure {
            name: figure.name,
            value: figure.text,
            measure: figure.measure,
            period: if figure.place.is_empty() { period } else { format!("{}, {period}", figure.place) },
            preliminary: figure.one.is_preliminary,
            sample: newest.sample,
            path: path.clone(),
        }
    });
    Ok(shown.collect())
}
