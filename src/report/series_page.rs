//! An indicator through time, as a reader sees it: of one unit, with what the units before it said told apart.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::heard::{Heard, Teller, heard};
use super::indicators::{Indicator, Indicators};
use super::line::{self, Apart, Line, Said, may_add, sum};
use super::observation::Value;
use super::rules;
use super::runs::Run;
use crate::edition::Kind;
use crate::kit::fold::{capitalised, is_slug};
use crate::kit::period::Period;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, number};
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

/// Where every series begins.
pub const SERIES: &str = "/so-lieu/chi-tieu";

/// What is asked for; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub indicator: String,
    /// A unit's code, or its label where another bears the code now.
    pub unit: String,
    /// A dimension.
    pub by: String,
}

impl Asked {
    /// The one address under which it is linked; `ending`: of a file of the same.
    pub fn address(&self, ending: &str) -> String {
        let told = [("don-vi", &self.unit), ("theo", &self.by)].into_iter().filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(told).finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{SERIES}/{}{ending}{mark}{query}", self.indicator)
    }
}

/// All that a series' outputs are made from.
pub struct Series {
    pub asked: Asked,
    pub known: Indicators,
    pub indicator: Indicator,
    pub unit: Option<Unit>,
    pub heard: Heard,
    /// By which its columns are; empty where they are not split.
    pub by: String,
    /// Members in the order of their list; an empty one is the whole.
    pub columns: Vec<String>,
    pub lines: Vec<(Run, Vec<Line>)>,
    pub before: Vec<Before>,
    pub after: Vec<unit::Change>,
}

/// What the units that went into this one on a day say of the time before it.
pub struct Before {
    pub from: NaiveDate,
    /// Each with whether all of it went in, and who says what of it.
    pub units: Vec<(Unit, bool)>,
    pub heard: Heard,
    /// Columns are the units' ids.
    pub lines: Vec<(Run, Vec<Line>)>,
    pub apart: Option<Apart>,
}

impl Series {
    /// Errors: `Missing` for an indicator, a unit or a dimension that nobody knows.
    pub fn load(reading: &mut Reading, asked: &Asked) -> Result<Series, Refusal> {
        // Units begin and end at midnight.
        reading.until(calendar::tomorrow(reading.now));
        let known = rules::indicators(&mut reading.c)?;
        let indicator = known.indicator(&asked.indicator).ok_or(Refusal::Missing)?.clone();
        if !asked.by.is_empty() && known.dimension(&asked.by).is_none() {
            return Err(Refusal::Missing);
        }
        let unit = asked_unit(reading, &asked.unit)?;
        let heard = heard(&mut reading.c, &indicator.code, unit.as_ref(), reading.now)?;
        let is_whole = heard.said.iter().any(|(_, one)| one.members.is_empty());
        // What is nowhere told whole is shown by what it is told by.
        let first = dimensions(&heard, &known).first().map(|code| (*code).to_owned()).filter(|_| asked.by.is_empty() && !is_whole);
        let by = first.unwrap_or_else(|| asked.by.clone());
        let lines = line::by(&heard, &by, &known, &indicator);
        let told: BTreeSet<&str> =
            lines.iter().flat_map(|(_, lines)| lines).flat_map(|line| line.said.keys()).map(String::as_str).collect();
        let members = known.dimension(&by).map(|dimension| dimension.members.as_slice()).unwrap_or_default();
        let order = [""].into_iter().chain(members.iter().map(|member| member.code.as_str()));
        let columns = order.filter(|code| told.contains(code)).map(str::to_owned).collect();
        let (before, after) = match &unit {
            Some(unit) => (before(reading, unit, &known, &indicator)?, unit::after(&mut reading.c, unit)?),
            None => Default::default(),
        };
        let today = calendar::local(reading.now).date();
        let after = after.into_iter().filter(|change| change.effective <= today).collect();
        Ok(Series { asked: asked.clone(), known, indicator, unit, heard, by, columns, lines, before, after })
    }

    pub fn column_name(&self, reading: &Reading, column: &str) -> String {
        let member = self.known.dimension(&self.by).and_then(|dimension| dimension.member(column));
        member.map_or_else(|| reading.word("report-whole"), |member| member.name(reading.lang).to_owned())
    }

    /// Lines may be added up that say of every unit what it was from its first day on.
    pub fn sum(&self, before: &Before, line: &Line) -> Option<(rust_decimal::Decimal, Vec<rust_decimal::Decimal>)> {
        let begins = begins(line.period)?;
        let is_within = before.units.iter().all(|(unit, _)| unit.valid_from <= begins);
        let columns: Vec<String> = before.units.iter().map(|(unit, _)| unit.id.to_string()).collect();
        if before.apart.is_some() || !is_within { None } else { sum(line, &columns, &self.indicator) }
    }
}

/// The first day that a figure speaks of.
pub fn begins(period: Period) -> Option<NaiveDate> {
    match period {
        Period::Day(day) | Period::Span(day, _) => Some(day),
        Period::NotStated => None,
    }
}

/// By what any of it is split, and by nothing else beside.
pub fn dimensions<'k>(heard: &Heard, known: &'k Indicators) -> Vec<&'k str> {
    let told = |code: &str| heard.said.iter().any(|(_, one)| matches!(one.members.as_slice(), [(of, _)] if of == code));
    known.dimensions.iter().map(|dimension| dimension.code.as_str()).filter(|code| told(code)).collect()
}

/// Empty: the unit whose portal this is; `None` where that is none, and the portal itself speaks.
fn asked_unit(reading: &mut Reading, asked: &str) -> Result<Option<Unit>, Refusal> {
    let today = calendar::local(reading.now).date();
    if asked.is_empty() {
        let own = reading.face.site.unit.clone();
        return if own.is_empty() { Ok(None) } else { unit::on_day(&mut reading.c, &own, today) };
    }
    if asked.len() <= 10 && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return unit::lineage::bearers(&mut reading.c, &[asked.to_owned()], today)?.pop().ok_or(Refusal::Missing).map(Some);
    }
    if !is_slug(asked) {
        return Err(Refusal::Missing);
    }
    unit::at_label(&mut reading.c, asked).map(Some)
}

/// As an address names a unit: by its code while that means this unit, and else by its label.
pub fn unit_in_address(reading: &mut Reading, unit: &Unit) -> Result<String, Refusal> {
    let today = calendar::local(reading.now).date();
    if reading.face.site.unit == unit.code && unit.is_in_force(today) {
        return Ok(String::new());
    }
    let bearer = unit::lineage::bearers(&mut reading.c, std::slice::from_ref(&unit.code), today)?.pop();
    Ok(if bearer.is_some_and(|bearer| bearer.id == unit.id) { unit.code.clone() } else { unit.label.clone() })
}

/// Of all that ever went into it by today, by the day on which it did.
fn before(reading: &mut Reading, unit: &Unit, known: &Indicators, indicator: &Indicator) -> Result<Vec<Before>, Refusal> {
    let today = calendar::local(reading.now).date();
    let mut changes = unit::before(&mut reading.c, unit)?;
    changes.retain(|change| change.effective <= today);
    let wholes: Vec<bool> = changes.iter().map(|change| change.extent == "whole").collect();
    let apart = may_add(indicator, &wholes).err();
    let mut found: Vec<Before> = Vec::new();
    for change in changes {
        let Some(unit) = change.unit else { continue };
        let (from, is_whole) = (change.effective, change.extent == "whole");
        if found.last().is_none_or(|last| last.from != from) {
            found.push(Before { from, units: Vec::new(), heard: Heard::default(), lines: Vec::new(), apart });
        }
        found.last_mut().into_iter().for_each(|last| last.units.push((unit.clone(), is_whole)));
    }
    found.reverse();
    for before in &mut found {
        let mut told = Vec::new();
        for (unit, _) in &before.units {
            let of = heard(&mut reading.c, &indicator.code, Some(unit), reading.now)?;
            let offset = before.heard.tellers.len();
            before.heard.tellers.extend(of.tellers);
            for (teller, one) in of.said {
                // What it says of the time after is its own, or a slip.
                let is_before = one.period.last_day().is_none_or(|day| day < before.from);
                if one.members.is_empty() && is_before {
                    told.push((unit.id.to_string(), one.period, Said::of(offset + teller, &one, known, indicator)));
                }
            }
        }
        let tellers = &before.heard.tellers;
        before.lines = line::lines(told, |teller| line::order(tellers, teller));
    }
    Ok(found)
}

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
        if !begins(period).is_some_and(|day| day < unit.valid_from) {
            return String::new();
        }
        let from = calendar::written(unit.valid_from, &reading.web.words, reading.lang);
        let text = reading.say(&phrase!("series-begins-before", date = from));
        self.mark(NoteShown { text, path: String::new(), report: String::new() })
    }
}

pub fn run_name(reading: &Reading, run: Run, lines: &[Line]) -> String {
    let is_quarter = || lines.iter().all(|line| begins(line.period).is_some_and(|day| chrono::Datelike::month0(&day) % 3 == 0));
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
    let unit = match &series.unit {
        Some(unit) => Some(Link::new(capitalised(&unit::page::titled(reading, unit)), unit.path())),
        None => None,
    };
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

fn reckoned(
    reading: &Reading,
    setting: &Setting,
    line: &Line,
    (sum, terms): (rust_decimal::Decimal, &[rust_decimal::Decimal]),
    of: &str,
) -> CellShown {
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
