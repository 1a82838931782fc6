//! All that a report's outputs are made from: what it says, its figures, and what their codes are called.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::indicators::Indicators;
use super::observation::{Figures, Observation, Value};
use super::through_time::{Asked, unit_in_address};
use super::{Report, layout, rules};
use crate::edition::body::{Files, parse};
use crate::edition::{Edition, Revision};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::kit::{calendar, number};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub struct Loaded {
    pub report: Report,
    pub figures: Figures,
    pub known: Indicators,
    /// What each code is called, as borne in its time.
    pub units: HashMap<String, String>,
    pub own_code: String,
    /// The report's unit as addresses of series name it; `None` where they have no place for it.
    pub own_in_series: Option<String>,
}

impl Loaded {
    pub fn load(reading: &mut Reading, edition: &Edition, revision: &Revision) -> Result<Loaded, Refusal> {
        let report: Report = parse(&revision.facts)?;
        let known = rules::indicators(&mut reading.c)?;
        let figures = figures(reading, &report, revision)?;
        Loaded::of(reading, report, figures, known, edition)
    }

    /// Of figures that are no report's yet.
    pub fn of(reading: &mut Reading, report: Report, figures: Figures, known: Indicators, edition: &Edition) -> Result<Loaded, Refusal> {
        let (units, own) = units(reading, &figures, edition)?;
        let own_in_series = match &own {
            Some(own) => Some(unit_in_address(reading, own)?),
            None => Some(String::new()).filter(|_| reading.face.site.unit.is_empty()),
        };
        let own_code = own.map(|own| own.code).unwrap_or_default();
        Ok(Loaded { report, figures, known, units, own_code, own_in_series })
    }

    /// Where an indicator is shown through time.
    pub fn series_path(&self, indicator: &str) -> String {
        let asked = self.own_in_series.as_ref().filter(|_| self.known.indicator(indicator).is_some());
        let asked = asked.map(|unit| Asked { indicator: indicator.to_owned(), unit: unit.clone(), by: String::new() });
        asked.map(|asked| asked.address("")).unwrap_or_default()
    }

    pub fn label(&self, axis: &str, key: &str, reading: &Reading) -> String {
        let label = layout::label(&self.known, axis, key, &self.units, reading.lang);
        label.unwrap_or_else(|| reading.word("report-whole"))
    }
}

/// A draft may have none yet.
fn figures(reading: &Reading, report: &Report, revision: &Revision) -> Result<Figures, Refusal> {
    let files: Files = parse(&revision.files)?;
    let Some(file) = files.get(&report.data) else { return Ok(Figures::default()) };
    let bytes = reading.web.shelf.take(&file.digest, "")?;
    let text = String::from_utf8(bytes).map_err(Refusal::broken)?;
    Figures::read(&report.data, &text).map_err(Refusal::Issues)
}

fn units(reading: &mut Reading, figures: &Figures, edition: &Edition) -> Result<(HashMap<String, String>, Option<Unit>), Refusal> {
    let day = calendar::local(edition.dated_at).date();
    let mut asked: BTreeMap<&str, NaiveDate> = BTreeMap::new();
    for one in figures.rows.iter().filter(|one| !one.unit.is_empty()) {
        let on = one.period.last_day().unwrap_or(day);
        asked.entry(&one.unit).and_modify(|known| *known = (*known).max(on)).or_insert(on);
    }
    let mut names = HashMap::new();
    let codes: Vec<String> = asked.keys().map(|code| (*code).to_owned()).collect();
    for unit in unit::ever_bearing(&mut reading.c, &codes)? {
        if asked.get(unit.code.as_str()).is_some_and(|on| unit.is_in_force(*on)) {
            names.insert(unit.code.clone(), unit::page::titled(reading, &unit));
        }
    }
    let own = edition.unit_id.map(|id| unit::with_ids(&mut reading.c, &[id])).transpose()?.and_then(|mut found| found.pop());
    let own_name = own.as_ref().map(|own| unit::page::titled(reading, own)).unwrap_or_else(|| reading.word("report-whole"));
    names.insert(String::new(), own_name);
    Ok((names, own))
}

pub fn measure_name(told: &Loaded, one: &Observation, reading: &Reading) -> String {
    told.known.measure(&one.measure).map_or_else(|| one.measure.clone(), |measure| measure.name(reading.lang).to_owned())
}

pub fn figure(told: &Loaded, one: &Observation, reading: &Reading) -> String {
    written(&told.known, one, reading.lang)
}

/// As it was given, or with the places that its indicator is shown with.
pub fn written(known: &Indicators, one: &Observation, lang: Lang) -> String {
    match one.value {
        Value::Nothing => "–".to_owned(),
        Value::Unknown => "…".to_owned(),
        Value::Number(value) => {
            // Places are those of the indicator's own measure; in another they say nothing.
            let indicator = known.indicator(&one.indicator).filter(|indicator| indicator.measure == one.measure);
            number::exact(value, indicator.and_then(|indicator| indicator.places).filter(|places| value.scale() <= *places), lang)
        }
    }
}
