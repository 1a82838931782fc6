//! An indicator through time, as a reader sees it: of one unit, with what the units before it said told apart.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;

use super::heard::Teller;
use super::line::{Apart, Line, Said};
use super::observation::Value;
use super::runs::Run;
use super::through_time::{Asked, Before, Series, begins, unit_in_address};
use crate::edition::Kind;
use crate::kit::fold::capitalised;
use crate::kit::period::Period;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, number};
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

#[derive(Debug, Serialize)]
pub struct Shown {
    pub name: String,
    pub definition: String,
    pub measure: String,
    pub unit: Option<Link>,
    /// Of a unit that is no more.
    pub is_former: bool,
    pub after: Vec<Turn>,
    pub tables: Vec<TableShown>,
    pub before: Vec<BeforeShown>,
    pub notes: Vec<NoteShown>,
    pub has_preliminary: bool,
    pub sample: bool,
    pub csv: String,
    pub json: String,
}

/// A unit that this one came from or went to, and its own series.
#[derive(Debug, Serialize)]
pub struct Turn {
    pub name: String,
    pub path: String,
    pub extent: String,
    pub date: String,
}

#[derive(Debug, Serialize)]
pub struct BeforeShown {
    pub date: String,
    pub units: Vec<Turn>,
    pub tables: Vec<TableShown>,
    /// `part`, `indicator`; empty where a sum stands or there is nothing to add.
    pub apart: &'static str,
}

#[derive(Debug, Serialize)]
pub struct TableShown {
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<RowShown>,
}

#[derive(Debug, Serialize)]
pub struct RowShown {
    pub period: String,
    pub mark: String,
    pub cells: Vec<CellShown>,
}

#[derive(Debug, Default, Serialize)]
pub struct CellShown {
    pub text: String,
    /// For a program: the exact figure.
    pub value: String,
    pub of: String,
    /// Where it is not the series' own.
    pub measure: String,
    pub report: Option<Link>,
    /// Numbers of notes.
    pub marks: Vec<String>,
    pub is_preliminary: bool,
    /// Of what is reckoned here: its terms.
    pub terms: String,
}

/// A note, and the report that it speaks of.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NoteShown {
    pub text: String,
    pub path: String,
    pub report: String,
}

struct Setting<'s> {
    series: &'s Series,
    notes: Vec<NoteShown>,
}

impl Setting<'_> {
    fn mark(&mut self, note: NoteShown) -> String {
        let place = self.notes.iter().position(|known| *known == note).unwrap_or_else(|| {
            self.notes.push(note);
            self.notes.len() - 1
        });
        (place + 1).to_string()
    }

    fn figure(&self, reading: &Reading, value: Value, measure: &str) -> String {
        match value {
            Value::Nothing => "–".to_owned(),
            Value::Unknown => "…".to_owned(),
            Value::Number(value) => {
                let places =
                    self.series.indicator.places.filter(|places| measure == self.series.indicator.measure && value.scale() <= *places);
                number::exact(value, places, reading.lang)
            }
        }
    }

    /// The name of a measure that is not the series' own.
    fn other_measure(&self, reading: &Reading, measure: &str) -> String {
        let other = self.series.known.measure(measure).filter(|_| measure != self.series.indicator.measure);
        other.map(|other| other.name(reading.lang).to_owned()).unwrap_or_default()
    }

    fn cell(&mut self, reading: &Reading, said: &Said, tellers: &[Teller], of: &str) -> CellShown {
        let mut marks = Vec::new();
        if !said.note.is_empty() {
            marks.push(self.mark(NoteShown { text: said.note.clone(), path: String::new(), report: String::new() }));
        }
        for (teller, value, measure) in &said.others {
            let Some(teller) = tellers.get(*teller) else { continue };
            let figure = format!("{} {}", self.figure(reading, *value, measure), self.other_measure(reading, measure));
            let text =
                reading.say(&phrase!("series-told-otherwise", figure = figure.trim_end(), date = reading.date(teller.dated_at, true).text));
            marks.push(self.mark(NoteShown { text, path: Kind::Report.path(&teller.slug), report: teller.title.clone() }));
        }
        CellShown {
            text: self.figure(reading, said.value, &said.measure),
            value: said.value.number().map(|number| number.to_string()).unwrap_or_default(),
            of: of.to_owned(),
            measure: self.other_measure(reading, &said.measure),
            report: tellers.get(said.teller).map(|teller| Link::new(&teller.title, Kind::Report.path(&teller.slug))),
            marks,
            is_preliminary: said.is_preliminary,
            terms: String::new(),
        }
    }

    fn row_mark(&mut self, reading: &Reading, period: Period) -> String {
        let Some(unit) = &self.series.unit else { return String::new() };
        if begins(period).is_none_or(|day| day >= unit.valid_from) {
            return String::new();
        }
        let from = calendar::written(unit.valid_from, &reading.web.words, reading.lang);
        let text = reading.say(&phrase!("series-begins-before", date = from));
        self.mark(NoteShown { text, path: String::new(), report: String::new() })
    }
}

pub fn run_name(reading: &Reading, run: Run, lines: &[Line]) -> String {
    let is_quarter = || lines.iter().all(|line| begins(line.period).is_some_and(|day| day.month0() % 3 == 0));
    match run {
        Run::Days => reading.word("series-run-days"),
        Run::Months(1) => reading.word("series-run-month"),
        Run::Months(3) if is_quarter() => reading.word("series-run-quarter"),
        Run::Months(12) => reading.word("series-run-year"),
        Run::Months(count) => reading.say(&phrase!("series-run-months", count = count)),
        Run::YearToDate => reading.word("series-run-year-to-date"),
        Run::Length(days) => reading.say(&phrase!("series-run-length", count = days)),
        Run::Unstated => reading.word("series-run-unstated"),
    }
}

pub fn shown(reading: &mut Reading, series: &Series) -> Result<Shown, Refusal> {
    let mut setting = Setting { series, notes: Vec::new() };
    let names: Vec<String> = series.columns.iter().map(|column| series.column_name(reading, column)).collect();
    let mut tables = Vec::new();
    for (run, lines) in &series.lines {
        let mut rows = Vec::new();
        for line in lines {
            let mut cells = Vec::new();
            for (column, name) in series.columns.iter().zip(&names) {
                let said = line.said.get(column);
                cells.push(said.map(|said| setting.cell(reading, said, &series.heard.tellers, name)).unwrap_or_default());
            }
            rows.push(RowShown { period: line.period.named(reading.lang), mark: setting.row_mark(reading, line.period), cells });
        }
        tables.push(TableShown { title: run_name(reading, *run, lines), columns: names.clone(), rows });
    }
    let mut before = Vec::new();
    for one in &series.before {
        before.push(before_shown(reading, &mut setting, one)?);
    }
    let mut after = Vec::new();
    for change in &series.after {
        if let Some(unit) = &change.unit {
            after.push(turn(reading, series, unit, &change.extent, change.effective)?);
        }
    }
    let today = calendar::local(reading.now).date();
    let tellers = || series.heard.tellers.iter().chain(series.before.iter().flat_map(|before| &before.heard.tellers));
    let has_preliminary = tables
        .iter()
        .chain(before.iter().flat_map(|one| &one.tables))
        .flat_map(|table| &table.rows)
        .flat_map(|row| &row.cells)
        .any(|cell| cell.is_preliminary);
    let unit = series.unit.as_ref().map(|unit| Link::new(capitalised(&unit::page::titled(reading, unit)), unit.path()));
    Ok(Shown {
        name: series.indicator.name(reading.lang).to_owned(),
        definition: series.indicator.definition.clone(),
        measure: series.known.measure(&series.indicator.measure).map(|measure| measure.name(reading.lang).to_owned()).unwrap_or_default(),
        unit,
        is_former: series.unit.as_ref().is_some_and(|unit| unit.is_former(today)),
        after,
        tables,
        before,
        notes: setting.notes,
        has_preliminary,
        sample: tellers().any(|teller| teller.sample),
        csv: series.asked.address(".csv"),
        json: series.asked.address(".json"),
    })
}

fn turn(reading: &mut Reading, series: &Series, unit: &Unit, extent: &str, date: NaiveDate) -> Result<Turn, Refusal> {
    let asked = Asked { unit: unit_in_address(reading, unit)?, by: String::new(), ..series.asked.clone() };
    Ok(Turn {
        name: unit::page::named(reading, unit),
        path: asked.address(""),
        extent: extent.to_owned(),
        date: calendar::written(date, &reading.web.words, reading.lang),
    })
}

fn before_shown(reading: &mut Reading, setting: &mut Setting, before: &Before) -> Result<BeforeShown, Refusal> {
    let series = setting.series;
    let mut units = Vec::new();
    for (unit, is_whole) in &before.units {
        units.push(turn(reading, series, unit, if *is_whole { "whole" } else { "part" }, before.from)?);
    }
    let sum_name = reading.word("series-sum");
    let mut tables = Vec::new();
    for (run, lines) in &before.lines {
        let told: Vec<(usize, String)> = before.units.iter().map(|(unit, _)| unit.id.to_string()).enumerate().collect();
        let told: Vec<(usize, String)> = told.into_iter().filter(|(_, id)| lines.iter().any(|line| line.said.contains_key(id))).collect();
        let sums: Vec<_> = lines.iter().map(|line| series.sum(before, line)).collect();
        let has_sum = sums.iter().any(Option::is_some);
        let mut rows = Vec::new();
        for (line, sum) in lines.iter().zip(sums) {
            let mut cells = Vec::new();
            for (place, id) in &told {
                let said = line.said.get(id);
                cells.push(said.map(|said| setting.cell(reading, said, &before.heard.tellers, &units[*place].name)).unwrap_or_default());
            }
            if has_sum {
                cells.push(sum.map(|(sum, terms)| reckoned(reading, setting, line, (sum, &terms), &sum_name)).unwrap_or_default());
            }
            rows.push(RowShown { period: line.period.named(reading.lang), mark: String::new(), cells });
        }
        let columns = told.iter().map(|(place, _)| units[*place].name.clone()).chain(has_sum.then(|| sum_name.clone())).collect();
        tables.push(TableShown { title: run_name(reading, *run, lines), columns, rows });
    }
    let apart = match before.apart {
        _ if tables.is_empty() || before.units.len() < 2 => "",
        Some(Apart::Part) => "part",
        Some(Apart::Indicator) => "indicator",
        None => "",
    };
    let date = calendar::written(before.from, &reading.web.words, reading.lang);
    Ok(BeforeShown { date, units, tables, apart })
}

fn reckoned(reading: &Reading, setting: &Setting, line: &Line, (sum, terms): (Decimal, &[Decimal]), of: &str) -> CellShown {
    let measure = &setting.series.indicator.measure;
    let figure = |value| setting.figure(reading, Value::Number(value), measure);
    CellShown {
        text: figure(sum),
        value: sum.to_string(),
        of: of.to_owned(),
        is_preliminary: line.said.values().any(|said| said.is_preliminary),
        terms: terms.iter().map(|term| figure(*term)).collect::<Vec<String>>().join(" + "),
        ..CellShown::default()
    }
}
