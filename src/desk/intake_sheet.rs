//! The grid of a sheet, with what each row and column is and what is asked about them.

use std::collections::HashMap;

use serde::Serialize;

use super::intake::LANG;
use super::intake_fields::{ASK, MOST, WHOLE};
use super::intake_page::{CheckShown, Open};
use super::told::Choice;
use crate::kit::figure::spoken::{Region, question, spoken};
use crate::kit::legacy;
use crate::kit::sheet::Value;
use crate::phrase;
use crate::report::indicators::Indicators;
use crate::report::intake::guess::{self, With};
use crate::report::intake::look::{self, Look, alphabet_of};
use crate::report::intake::{Answers, Column, ROLES, SKIP, column_name};
use crate::report::layout::{INDICATOR, PERIOD, UNIT};
use crate::report::table::TableShown;
use crate::web::answer::Reading;

/// Rows and columns of the grid that one page bears.
const ROWS: usize = 60;
const COLUMNS: u32 = 60;

#[derive(Serialize)]
pub struct SheetShown {
    pub name: String,
    pub is_own: bool,
    pub sheets: Vec<Choice>,
    pub columns: Vec<ColumnShown>,
    pub rows: Vec<GridRow>,
    pub more_rows: usize,
    pub first: u32,
    pub last: u32,
    pub labels: Vec<Choice>,
    pub axes: Vec<Choice>,
    pub indicators: Vec<Choice>,
    pub measures: Vec<Choice>,
    pub period: String,
    pub ways: Vec<Choice>,
    pub evidence: String,
    pub unknown: Vec<LabelShown>,
    pub known: Vec<LabelShown>,
    pub doubts: Vec<DoubtShown>,
    pub more_doubts: usize,
    pub problems: Vec<ProblemShown>,
    pub more_problems: usize,
    pub hidden: usize,
    pub with_hidden: bool,
    pub preliminary: bool,
    pub legacy: usize,
    pub legacy_before: String,
    pub legacy_after: String,
    pub converted: bool,
    pub ready: bool,
    pub count: usize,
    pub tables: Vec<TableShown>,
    pub checks: Vec<CheckShown>,
}

#[derive(Serialize)]
pub struct ColumnShown {
    pub letter: String,
    pub head: String,
    /// Its number among those that are asked about; none for the column of the labels.
    pub at: Option<usize>,
    pub is_hidden: bool,
    pub roles: Vec<Choice>,
    pub indicators: Vec<Choice>,
    pub measures: Vec<Choice>,
    pub parts: Vec<Choice>,
    pub period: String,
}

#[derive(Serialize)]
pub struct GridRow {
    pub number: u32,
    pub is_head: bool,
    pub is_in: bool,
    pub is_hidden: bool,
    pub cells: Vec<String>,
}

#[derive(Serialize)]
pub struct LabelShown {
    pub at: usize,
    pub label: String,
    pub text: String,
    pub row: u32,
    pub choices: Vec<Choice>,
}

#[derive(Serialize)]
pub struct DoubtShown {
    pub at: usize,
    pub cell: String,
    pub question: String,
    pub choices: Vec<Choice>,
}

#[derive(Serialize)]
pub struct ProblemShown {
    pub at: usize,
    pub cell: String,
    pub text: String,
}

pub fn bare(open: &Open) -> SheetShown {
    SheetShown {
        name: open.intake.name.clone(),
        is_own: true,
        sheets: Vec::new(),
        columns: Vec::new(),
        rows: Vec::new(),
        more_rows: 0,
        first: 0,
        last: 0,
        labels: Vec::new(),
        axes: Vec::new(),
        indicators: Vec::new(),
        measures: Vec::new(),
        period: String::new(),
        ways: Vec::new(),
        evidence: String::new(),
        unknown: Vec::new(),
        known: Vec::new(),
        doubts: Vec::new(),
        more_doubts: 0,
        problems: Vec::new(),
        more_problems: 0,
        hidden: 0,
        with_hidden: false,
        preliminary: false,
        legacy: 0,
        legacy_before: String::new(),
        legacy_after: String::new(),
        converted: false,
        ready: false,
        count: 0,
        tables: Vec::new(),
        checks: Vec::new(),
    }
}

pub fn asked(reading: &Reading, open: &Open) -> SheetShown {
    let Open { book, with, seen, .. } = open;
    let (answers, made, known) = (&seen.answers, &seen.made, with.known);
    let Some(sheet) = book.sheets.get(answers.sheet) else { return bare(open) };
    let look = Look::at(sheet, answers.converted);
    let heads = look.heads(answers.first);
    let all = guess::columns(&look, answers.label, &heads);
    let numbers: HashMap<u32, usize> = all.iter().enumerate().map(|(at, (column, ..))| (*column, at)).collect();
    let columns = (0..look.width.min(COLUMNS)).map(|column| {
        let at = numbers.get(&column).copied();
        let said = at.and_then(|at| all.get(at)).and_then(|(_, key, _)| answers.columns.get(key)).cloned().unwrap_or_default();
        column_shown(reading, with, &look, column, at, look.head(&heads, column), &said)
    });
    let grid: Vec<u32> = look.filled().collect();
    let rows = grid.iter().take(ROWS).map(|row| GridRow {
        number: row + 1,
        is_head: heads.contains(row),
        is_in: (answers.first..=answers.last).contains(row),
        is_hidden: look.is_hidden(*row),
        cells: (0..look.width.min(COLUMNS))
            .map(|column| look.cell(*row, column).map(|cell| look.said(cell)).unwrap_or_default().chars().take(80).collect())
            .collect(),
    });
    let unknown: Vec<LabelShown> = made
        .unknown
        .iter()
        .take(MOST)
        .enumerate()
        .map(|(at, (text, row))| label_shown(reading, with, answers, at, text, *row, ASK))
        .collect();
    let mut seen_labels = Vec::new();
    let mut settled = Vec::new();
    for row in grid.iter().filter(|row| (answers.first..=answers.last).contains(row)) {
        let text = look.text(*row, answers.label);
        let label = look::label(&text);
        let Some(code) = answers.rows.get(&label).filter(|_| !label.is_empty() && !seen_labels.contains(&label)) else { continue };
        if unknown.len() + settled.len() < MOST {
            let chosen = if code.is_empty() { WHOLE } else { code };
            settled.push(label_shown(reading, with, answers, unknown.len() + settled.len(), &text, *row, chosen));
        }
        seen_labels.push(label);
    }
    let doubts = made.doubts.iter().enumerate().map(|(at, doubt)| {
        let mut choices = vec![Choice::new("", reading.word("edit-choose"), "")];
        choices.extend(doubt.readings.iter().map(|figure| {
            let exact = crate::kit::number::exact(figure.value, None, LANG);
            let name = format!("{exact} ({})", spoken(figure.value, Region::North));
            Choice::new(figure.value.to_string(), name, "")
        }));
        choices.push(Choice::new(SKIP, reading.word("intake-skip"), ""));
        DoubtShown { at, cell: doubt.cell.clone(), question: question(&doubt.text, &doubt.readings, Region::North), choices }
    });
    let (legacy_before, legacy_after) = legacy_sample(&look).unwrap_or_default();
    let word = |key: &str| reading.word(key);
    SheetShown {
        sheets: book
            .sheets
            .iter()
            .enumerate()
            .map(|(at, sheet)| {
                let name = if sheet.hidden { format!("{} ({})", sheet.name, word("intake-hidden")) } else { sheet.name.clone() };
                Choice::new(at.to_string(), name, &answers.sheet.to_string())
            })
            .collect(),
        columns: columns.collect(),
        rows: rows.collect(),
        more_rows: grid.len().saturating_sub(ROWS),
        first: answers.first + 1,
        last: answers.last + 1,
        labels: (0..look.width.min(COLUMNS)).map(|at| Choice::new(at.to_string(), column_name(at), &answers.label.to_string())).collect(),
        axes: axes(reading, known, &answers.axis),
        indicators: indicators(reading, known, &answers.all.indicator, "intake-by-place"),
        measures: measures(reading, known, &answers.all.measure),
        period: answers.all.period.clone(),
        ways: [("", "intake-way-ask"), ("vi", "intake-way-vi"), ("en", "intake-way-en")]
            .map(|(way, key)| Choice::new(way, word(key), &answers.way))
            .into(),
        evidence: made
            .evidence
            .as_ref()
            .map(|(cell, text)| reading.say(&phrase!("intake-evidence", cell = cell, text = text)))
            .unwrap_or_default(),
        unknown,
        known: settled,
        doubts: doubts.collect(),
        more_doubts: made.doubtful - made.doubts.len(),
        hidden: made.hidden,
        with_hidden: answers.with_hidden,
        preliminary: answers.is_preliminary,
        legacy: made.legacy + usize::from(!legacy_before.is_empty()),
        legacy_before,
        legacy_after,
        converted: answers.converted,
        ..bare(open)
    }
}

/// The first text with letters of before Unicode, as it stands and as it would read.
fn legacy_sample(look: &Look) -> Option<(String, String)> {
    let cells = look.sheet.rows.iter().take(400).flat_map(|row| &row.cells);
    let found = cells.filter_map(|cell| match &cell.value {
        Value::Text(text) => alphabet_of(cell, text).map(|alphabet| (text.clone(), legacy::convert(text, alphabet))),
        _ => None,
    });
    found.max_by_key(|(text, _)| text.chars().count().min(80))
}

fn column_shown(reading: &Reading, with: &With, look: &Look, column: u32, at: Option<usize>, head: String, said: &Column) -> ColumnShown {
    let role = ROLES.iter().find(|(_, role)| *role == said.role).map_or("skip", |(word, _)| word);
    let mut parts = vec![Choice::new("", reading.word("intake-no-part"), &said.part)];
    for dimension in &with.known.dimensions {
        let members = dimension.members.iter().map(|member| {
            Choice::new(format!("{}:{}", dimension.code, member.code), format!("{}: {}", dimension.name, member.name), &said.part)
        });
        parts.extend(members);
    }
    parts.extend(with.units.iter().take(MOST).map(|(code, name)| Choice::new(format!("{UNIT}:{code}"), name.clone(), &said.part)));
    ColumnShown {
        letter: column_name(column),
        head,
        at,
        is_hidden: look.is_column_hidden(column),
        roles: ROLES.map(|(word, _)| Choice::new(word, reading.word(&format!("intake-role-{word}")), role)).into(),
        indicators: indicators(reading, with.known, &said.indicator, "intake-as-all"),
        measures: measures(reading, with.known, &said.measure),
        parts,
        period: said.period.clone(),
    }
}

fn axes(reading: &Reading, known: &Indicators, chosen: &str) -> Vec<Choice> {
    let own = [(INDICATOR, "report-indicator"), (UNIT, "report-unit"), (PERIOD, "report-period")];
    let own = own.map(|(axis, word)| Choice::new(axis, reading.word(word), chosen));
    own.into_iter().chain(known.dimensions.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), chosen))).collect()
}

fn indicators(reading: &Reading, known: &Indicators, chosen: &str, none: &str) -> Vec<Choice> {
    let first = Choice::new("", reading.word(none), chosen);
    std::iter::once(first).chain(known.indicators.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), chosen))).collect()
}

fn measures(reading: &Reading, known: &Indicators, chosen: &str) -> Vec<Choice> {
    let first = Choice::new("", reading.word("intake-own-measure"), chosen);
    std::iter::once(first).chain(known.measures.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), chosen))).collect()
}

fn label_shown(reading: &Reading, with: &With, answers: &Answers, at: usize, text: &str, row: u32, chosen: &str) -> LabelShown {
    let mut choices = Vec::new();
    if chosen == ASK {
        choices.push(Choice::new(ASK, reading.word("edit-choose"), chosen));
    }
    choices.push(Choice::new(SKIP, reading.word("intake-skip"), chosen));
    match answers.axis.as_str() {
        INDICATOR => choices.extend(with.known.indicators.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), chosen))),
        PERIOD => {
            let periods = guess::row(PERIOD, text, with)
                .into_iter()
                .chain([chosen.to_owned()].into_iter().filter(|code| code != ASK && code != SKIP));
            let mut periods: Vec<String> = periods.collect();
            periods.dedup();
            choices.extend(periods.into_iter().map(|code| Choice::new(code.clone(), code, chosen)));
        }
        UNIT => {
            choices.push(Choice::new(WHOLE, reading.word("report-whole"), chosen));
            choices.extend(with.units.iter().map(|(code, name)| Choice::new(code.clone(), name.clone(), chosen)));
        }
        dimension => {
            choices.push(Choice::new(WHOLE, reading.word("report-whole"), chosen));
            let members = with.known.dimension(dimension).map(|one| one.members.as_slice()).unwrap_or_default();
            choices.extend(members.iter().map(|one| Choice::new(one.code.clone(), one.name.clone(), chosen)));
        }
    }
    LabelShown { at, label: look::label(text), text: text.to_owned(), row: row + 1, choices }
}
