//! The figures that stand above all others, as they are shown on pages and in bulletins of something else: of the newest reports.

use super::indicators::Indicators;
use super::loaded::written;
use super::observation::Observation;
use super::{Headline, Report, rules, series};
use crate::edition::Kind;
use crate::edition::body::{Files, parse};
use crate::edition::find::{self, Filter, Listed};
use crate::kit::calendar;
use crate::kit::period::Period;
use crate::kit::refusal::Refusal;
use crate::unit;
use crate::web::answer::Reading;

/// A report, and its figures in the order in which it names them.
pub struct Told {
    pub report: Listed,
    pub sample: bool,
    pub figures: Vec<Figure>,
}

pub struct Figure {
    /// In the report's own words, or as its indicator is called.
    pub name: String,
    pub indicator: String,
    pub one: Observation,
    /// As it is read.
    pub text: String,
    pub measure: String,
    /// Of another unit than the report's.
    pub place: String,
}

/// Those of these units' newest reports that name any. `most`: reports looked at.
pub fn newest(reading: &mut Reading, units: Vec<i64>, most: usize) -> Result<Vec<Told>, Refusal> {
    let listed = find::list(&mut reading.c, Kind::Report, &Filter::Units(units), reading.now, most)?;
    if listed.is_empty() {
        return Ok(Vec::new());
    }
    let known = rules::indicators(&mut reading.c)?;
    let mut told = Vec::new();
    for row in listed {
        let (report, files): (Report, Files) = (parse(&row.facts)?, parse(&row.files)?);
        let Some(file) = files.get(&report.data).filter(|_| !report.headlines.is_empty()) else { continue };
        let indicators: Vec<&str> = report.headlines.iter().map(|one| one.indicator.as_str()).collect();
        let rows = series::wholes(&mut reading.c, &file.digest, &indicators)?;
        let mut figures = Vec::new();
        for headline in &report.headlines {
            if let Some(one) = meant(&rows, headline) {
                figures.push(figure(reading, &known, headline, one, &row)?);
            }
        }
        if !figures.is_empty() {
            told.push(Told { report: row, sample: report.sample, figures });
        }
    }
    Ok(told)
}

/// The figure that a headline means: where it names no time, the latest.
pub fn meant<'r>(rows: &'r [Observation], headline: &Headline) -> Option<&'r Observation> {
    let period = Period::read(&headline.period)?;
    let is_meant = |one: &&Observation| {
        one.indicator == headline.indicator
            && one.unit == headline.unit
            && one.members.is_empty()
            && (headline.period.is_empty() || one.period == period)
    };
    rows.iter().filter(is_meant).max_by_key(|one| one.period.order())
}

fn figure(reading: &mut Reading, known: &Indicators, headline: &Headline, one: &Observation, report: &Listed) -> Result<Figure, Refusal> {
    let place = match one.unit.as_str() {
        "" => String::new(),
        code => {
            let day = one.period.last_day().unwrap_or_else(|| calendar::local(report.dated_at).date());
            let unit = unit::on_day(&mut reading.c, code, day)?;
            unit.map(|unit| unit::page::titled(reading, &unit)).unwrap_or_else(|| code.to_owned())
        }
    };
    let indicator = known.indicator(&one.indicator).map_or(one.indicator.as_str(), |indicator| indicator.name(reading.lang));
    Ok(Figure {
        name: if headline.label.is_empty() { indicator.to_owned() } else { headline.label.clone() },
        indicator: indicator.to_owned(),
        text: written(known, one, reading.lang),
        measure: known.measure(&one.measure).map_or_else(|| one.measure.clone(), |measure| measure.name(reading.lang).to_owned()),
        place,
        one: one.clone(),
    })
}
