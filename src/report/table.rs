//! A table as it is shown: heads that are said once, the measure where it is the same, notes by number.

use std::collections::HashMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use super::layout::{Grid, INDICATOR, PERIOD, UNIT};
use super::loaded::{Loaded, figure, measure_name};
use crate::kit::markdown::escaped;
use crate::kit::period::Period;
use crate::phrase;
use crate::web::answer::Reading;

/// Rows that a screen shows at once.
const LONG: usize = 24;

#[derive(Debug, Serialize)]
pub struct TableShown {
    pub title: String,
    /// Of every figure in it; empty where they differ.
    pub measure: String,
    pub head: Vec<Vec<HeadShown>>,
    /// Its heads are to stay in sight while it is gone through.
    pub is_long: bool,
    /// What the rows are called.
    pub corner: String,
    /// Each row is of a time of its own, which stands beside it.
    pub has_periods: bool,
    pub rows: Vec<RowShown>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeadShown {
    pub text: String,
    pub note: String,
    pub span: usize,
}

#[derive(Debug, Serialize)]
pub struct RowShown {
    pub name: String,
    /// Of an indicator: where it is shown through time.
    pub path: String,
    /// Beside the name: the measure, where each row has its own.
    pub note: String,
    pub is_whole: bool,
    pub period: String,
    /// Templates are given them as HTML: a table has thousands, and a value of the template's for each costs more than all the rest.
    #[serde(serialize_with = "as_html")]
    pub cells: Vec<CellShown>,
}

#[derive(Debug, Default)]
pub struct CellShown {
    pub text: String,
    /// For a program: the exact figure.
    pub value: String,
    /// What the column is, for a narrow screen where its head is not beside it.
    pub of: Arc<str>,
    pub measure: String,
    pub mark: String,
    /// What the mark of a preliminary figure says.
    pub preliminary: Option<Arc<str>>,
    pub is_missing: bool,
}

impl CellShown {
    fn write(&self, out: &mut String) {
        let mut write = |before: &str, text: &str| {
            out.push_str(before);
            if text.contains(['&', '<', '>', '"']) { out.push_str(&escaped(text)) } else { out.push_str(text) }
        };
        write("<td data-of=\"", &self.of);
        if !self.value.is_empty() {
            write("\" data-value=\"", &self.value);
        }
        write(if self.is_missing { "\" class=\"is-missing\">" } else { "\">" }, &self.text);
        if !self.measure.is_empty() {
            write(" ", &self.measure);
        }
        if let Some(told) = &self.preliminary {
            write("<abbr class=\"figure-mark\" title=\"", told);
            write("\">*</abbr>", "");
        }
        if !self.mark.is_empty() {
            write("<sup><a href=\"#ghi-chu-", &self.mark);
            write("\">(", &self.mark);
            write(")</a></sup>", "");
        }
        write("</td>", "");
    }
}

fn as_html<S: Serializer>(cells: &[CellShown], serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = String::new();
    cells.iter().for_each(|cell| cell.write(&mut out));
    serializer.serialize_str(&out)
}

/// Notes that figures bear, numbered as they are marked.
#[derive(Default)]
pub struct Notes {
    pub all: Vec<String>,
    places: HashMap<String, usize>,
}

impl Notes {
    fn mark(&mut self, note: &str) -> String {
        if note.is_empty() {
            return String::new();
        }
        let place = self.places.get(note).copied().unwrap_or_else(|| {
            self.all.push(note.to_owned());
            self.places.insert(note.to_owned(), self.all.len() - 1);
            self.all.len() - 1
        });
        (place + 1).to_string()
    }
}

pub fn table(reading: &Reading, told: &Loaded, grid: &Grid, notes: &mut Notes) -> TableShown {
    let rows = &told.figures.rows;
    let measures = |mut cells: &mut dyn Iterator<Item = usize>| {
        let first = cells.next()?;
        Iterator::all(&mut cells, |at| rows[at].measure == rows[first].measure).then(|| measure_name(told, &rows[first], reading))
    };
    let whole = measures(&mut grid.cells.iter().flatten().flatten().copied());
    let by_column: Vec<Option<String>> =
        (0..grid.columns.len()).map(|column| measures(&mut grid.cells.iter().filter_map(|row| row[column]))).collect();
    let is_by_column = whole.is_none() && !grid.columns.is_empty() && by_column.iter().all(Option::is_some);
    let by_row: Vec<Option<String>> = grid.cells.iter().map(|row| measures(&mut row.iter().flatten().copied())).collect();
    let is_by_row = whole.is_none() && !is_by_column && by_row.iter().all(Option::is_some);
    let head = heads(reading, told, grid, &by_column, is_by_column);
    let of: Vec<Arc<str>> = std::iter::zip(&grid.columns, &by_column)
        .map(|(keys, measure)| match measure {
            Some(measure) if is_by_column && !measure.is_empty() => format!("{} ({measure})", column_name(reading, told, grid, keys)),
            _ => column_name(reading, told, grid, keys),
        })
        .map(Arc::from)
        .collect();
    let preliminary: Arc<str> = reading.word("report-preliminary").into();
    let mut periods: Vec<Period> = grid.cells.iter().flatten().flatten().map(|at| rows[*at].period).collect();
    periods.dedup();
    let has_periods = grid.column_axes.is_empty() && periods.len() > 1;
    let period = |cells: &[Option<usize>]| cells.iter().flatten().next().map(|at| rows[*at].period.named(reading.lang));
    let shown = grid.rows.iter().zip(&grid.cells).zip(&by_row).map(|((key, cells), measure)| RowShown {
        name: told.label(&grid.row_axis, key, reading),
        path: if grid.row_axis == INDICATOR { told.series_path(key) } else { String::new() },
        note: if is_by_row { measure.clone().unwrap_or_default() } else { String::new() },
        period: if has_periods { period(cells).unwrap_or_default() } else { String::new() },
        is_whole: key.is_empty() && ![INDICATOR, PERIOD].contains(&grid.row_axis.as_str()),
        cells: cells
            .iter()
            .zip(&of)
            .map(|(at, of)| match at {
                None => CellShown { of: of.clone(), is_missing: true, ..CellShown::default() },
                Some(at) => {
                    let one = &rows[*at];
                    let is_said = whole.is_some() || is_by_column || is_by_row;
                    CellShown {
                        text: figure(told, one, reading),
                        value: one.value.number().map(|value| value.to_string()).unwrap_or_default(),
                        of: of.clone(),
                        measure: if is_said { String::new() } else { measure_name(told, one, reading) },
                        mark: notes.mark(&one.note),
                        preliminary: one.is_preliminary.then(|| preliminary.clone()),
                        is_missing: false,
                    }
                }
            })
            .collect(),
    });
    TableShown {
        title: titled(reading, told, grid),
        is_long: grid.rows.len() > LONG,
        measure: whole.clone().unwrap_or_default(),
        head,
        has_periods,
        corner: axis_name(reading, told, &grid.row_axis),
        rows: shown.collect(),
    }
}

/// With what is the same for all of it.
fn titled(reading: &Reading, told: &Loaded, grid: &Grid) -> String {
    let title = if grid.title.is_empty() { proposed(reading, told, grid) } else { grid.title.clone() };
    let fixed = grid.fixed.iter().filter(|(_, key)| !key.is_empty()).map(|(axis, key)| told.label(axis, key, reading));
    std::iter::once(title).chain(fixed).collect::<Vec<String>>().join(", ")
}

fn axis_name(reading: &Reading, told: &Loaded, axis: &str) -> String {
    match axis {
        INDICATOR => reading.word("report-indicator"),
        UNIT => reading.word("report-unit"),
        PERIOD => reading.word("report-period"),
        dimension => told.known.dimension(dimension).map_or_else(|| dimension.to_owned(), |known| known.name(reading.lang).to_owned()),
    }
}

/// What a table without a title is called: by what is the same for all of it, and by its rows.
fn proposed(reading: &Reading, told: &Loaded, grid: &Grid) -> String {
    let mut indicators: Vec<&str> = grid.cells.iter().flatten().flatten().map(|at| told.figures.rows[*at].indicator.as_str()).collect();
    indicators.dedup();
    let is_one = indicators.iter().all(|code| Some(code) == indicators.first());
    let rows = axis_name(reading, told, &grid.row_axis);
    match indicators.first().filter(|_| is_one && grid.row_axis != INDICATOR) {
        Some(code) => reading.say(&phrase!("report-table-of", what = told.label(INDICATOR, code, reading), rows = lowered(&rows))),
        None if grid.row_axis == INDICATOR => reading.word("report-table-whole"),
        None => reading.say(&phrase!("report-table-by", rows = lowered(&rows))),
    }
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

fn column_name(reading: &Reading, told: &Loaded, grid: &Grid, keys: &[String]) -> String {
    let names: Vec<String> = grid.column_axes.iter().zip(keys).map(|(axis, key)| told.label(axis, key, reading)).collect();
    if names.is_empty() { single(reading, told, grid) } else { names.join(", ") }
}

/// The head of a table's only column: what its figures all are.
fn single(reading: &Reading, told: &Loaded, grid: &Grid) -> String {
    let mut at = grid.cells.iter().flatten().flatten().map(|at| &told.figures.rows[*at]);
    let Some(first) = at.next() else { return String::new() };
    if at.all(|other| other.period == first.period) { first.period.named(reading.lang) } else { reading.word("report-value") }
}

/// A line for each axis; what goes on over several columns is said once.
fn heads(reading: &Reading, told: &Loaded, grid: &Grid, measures: &[Option<String>], with_measures: bool) -> Vec<Vec<HeadShown>> {
    let note = |column: usize| if with_measures { measures[column].clone().unwrap_or_default() } else { String::new() };
    if grid.column_axes.is_empty() {
        return vec![vec![HeadShown { text: single(reading, told, grid), note: note(0), span: 1 }]];
    }
    let last = grid.column_axes.len() - 1;
    let line = |level: usize| {
        let mut line: Vec<HeadShown> = Vec::new();
        let mut before: Option<&[String]> = None;
        for (column, keys) in grid.columns.iter().enumerate() {
            if level < last && before == Some(&keys[..=level]) {
                if let Some(head) = line.last_mut() {
                    head.span += 1;
                }
                continue;
            }
            before = Some(&keys[..=level]);
            let text = told.label(&grid.column_axes[level], &keys[level], reading);
            line.push(HeadShown { text, note: if level == last { note(column) } else { String::new() }, span: 1 });
        }
        line
    };
    (0..=last).map(line).collect()
}
