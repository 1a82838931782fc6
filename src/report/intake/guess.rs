//! What a sheet's rows and columns are, as far as its words tell: proposed to a person, who decides.

use super::look::{self, Look};
use super::names;
use super::{Answers, Column, Place, Role, SKIP};
use crate::kit::sheet::{Book, Sheet};
use crate::report::indicators::Indicators;
use crate::report::layout::{INDICATOR, PERIOD, UNIT};

/// What a guess is made with: the list of indicators, and the units of which the report may speak: code and name.
pub struct With<'w> {
    pub known: &'w Indicators,
    pub units: &'w [(String, String)],
}

/// The sheet with most figures; hidden ones only where there is no other.
pub fn sheet(book: &Book) -> usize {
    let figures = |sheet: &Sheet| {
        let look = Look::at(sheet, false);
        let rows: Vec<u32> = look.filled().take(400).collect();
        rows.iter().map(|row| (0..look.width.min(64)).filter(|column| look.is_figure(*row, *column)).count()).sum::<usize>()
    };
    let ranked = book.sheets.iter().enumerate().map(|(place, sheet)| ((!sheet.hidden, figures(sheet)), place));
    ranked.max_by_key(|(rank, place)| (*rank, std::cmp::Reverse(*place))).map(|(_, place)| place).unwrap_or_default()
}

/// A guess for one sheet of the book. `converted`: letters of before Unicode are turned into today's.
pub fn answers(sheet: usize, look: &Look, with: &With, converted: bool) -> Answers {
    let first = look.first_of_figures().unwrap_or_default();
    let label = look.label_column(first);
    let last = look.last_of_figures(label).unwrap_or(first);
    let heads = look.heads(first);
    let titles = look.titles(first, &heads);
    let labels: Vec<String> = look.filled().filter(|row| (first..=last).contains(row)).map(|row| look.text(row, label)).collect();
    let axis = axis(&labels, with);
    let all = Place {
        indicator: if axis == INDICATOR {
            String::new()
        } else {
            titles.iter().find_map(|title| of_title(title, with)).unwrap_or_default()
        },
        period: titles.iter().find_map(|title| names::period(title)).map(told).unwrap_or_default(),
        measure: titles.iter().find_map(|title| names::measure_within(with.known, title)).unwrap_or_default().to_owned(),
    };
    let mut answers = Answers { sheet, first, last, label, axis, all, converted, ..Answers::default() };
    for (_, key, head) in columns(look, label, &heads) {
        let column = column(&head, &answers, with);
        answers.columns.insert(key, column);
    }
    // A column of figures under a head that names nothing: what all of it is.
    let named = answers.columns.values().any(|column| column.role == Role::Figures);
    if !named {
        for (at, key, _) in columns(look, label, &heads) {
            let has_figures = (first..=last).any(|row| look.is_figure(row, at));
            if has_figures && let Some(column) = answers.columns.get_mut(&key) {
                column.role = Role::Figures;
            }
        }
    }
    for text in &labels {
        let key = look::label(text);
        if !key.is_empty()
            && let Some(code) = row(&answers.axis, text, with)
        {
            answers.rows.insert(key, code);
        }
    }
    answers
}

fn of_title(title: &str, with: &With) -> Option<String> {
    names::indicator(with.known, title).filter(|(score, _)| *score >= 70).map(|(_, code)| code.to_owned())
}

/// As offices write it, so that a person may mend it.
fn told(period: crate::kit::period::Period) -> String {
    period.named(crate::kit::words::Lang::Vi)
}

/// Every column but that of the labels: its place, its key, its head.
pub fn columns(look: &Look, label: u32, heads: &[u32]) -> Vec<(u32, String, String)> {
    let mut keys: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for column in (0..look.width).filter(|column| *column != label) {
        let head = look.head(heads, column);
        let key = look::key(if head.is_empty() { "·" } else { &head }, &keys);
        keys.push(key.clone());
        found.push((column, key, head));
    }
    found
}

/// What most labels name.
fn axis(labels: &[String], with: &With) -> String {
    let mut counts: Vec<(usize, String)> = vec![
        (
            labels.iter().filter(|text| names::indicator(with.known, text).is_some_and(|(score, _)| score >= 70)).count(),
            INDICATOR.to_owned(),
        ),
        (labels.iter().filter(|text| names::unit(with.units, text).is_some()).count(), UNIT.to_owned()),
        (labels.iter().filter(|text| names::period(text).is_some()).count(), PERIOD.to_owned()),
    ];
    for dimension in &with.known.dimensions {
        let of = |text: &&String| names::member(with.known, &dimension.code, text).is_some_and(|(score, _)| score >= 70);
        counts.push((labels.iter().filter(of).count(), dimension.code.clone()));
    }
    counts.into_iter().rev().max_by_key(|(count, _)| *count).map(|(_, axis)| axis).unwrap_or_default()
}

/// The code that a row's label means on an axis. `None`: a person says.
pub fn row(axis: &str, text: &str, with: &With) -> Option<String> {
    if axis != INDICATOR && axis != PERIOD && names::is_whole(text) {
        return Some(String::new());
    }
    match axis {
        INDICATOR => names::indicator(with.known, text).map(|(_, code)| code.to_owned()),
        UNIT => names::unit(with.units, text).map(|(_, code)| code.to_owned()),
        PERIOD => names::period(text).map(|period| period.to_string()),
        dimension => names::member(with.known, dimension, text).map(|(_, code)| code.to_owned()),
    }
}

fn column(head: &str, answers: &Answers, with: &With) -> Column {
    let bare = names::bare(head);
    let skip = Column::default();
    if ["stt", "tt", "so tt", "so thu tu", "ma", "ma so", "ma don vi"].contains(&bare.as_str()) {
        return skip;
    }
    if bare.starts_with("ghi chu") {
        return Column { role: Role::Note, ..skip };
    }
    if ["don vi tinh", "dvt", "don vi"].contains(&bare.as_str()) {
        return Column { role: Role::Measure, ..skip };
    }
    let mut column = Column { measure: names::measure_within(with.known, head).unwrap_or_default().to_owned(), ..skip };
    let mut is_known = false;
    for part in head.split(" / ") {
        if let Some((score, code)) = names::indicator(with.known, part)
            && answers.axis != INDICATOR
            && score >= 60
        {
            // The lowest head is nearest to the figures.
            column.indicator = code.to_owned();
            is_known = true;
        }
        if answers.axis != PERIOD
            && let Some(period) = names::period(part)
        {
            column.period = told(period);
            is_known = true;
        }
        if answers.axis != UNIT
            && let Some((_, code)) = names::unit(with.units, part)
        {
            column.part = format!("{UNIT}:{code}");
            is_known = true;
        }
        for dimension in with.known.dimensions.iter().filter(|dimension| dimension.code != answers.axis) {
            if let Some((score, code)) = names::member(with.known, &dimension.code, part)
                && score >= 90
            {
                column.part = format!("{}:{code}", dimension.code);
                is_known = true;
            }
        }
    }
    if is_known || (answers.axis == INDICATOR && !head.is_empty()) || (!answers.all.indicator.is_empty() && names::is_whole(head)) {
        column.role = Role::Figures;
    }
    column
}

/// What was answered before for a file of this shape, laid over a guess: codes of words, not places and times.
pub fn recalled(mut guess: Answers, before: &Answers) -> Answers {
    if before.axis == guess.axis {
        guess.rows.extend(before.rows.iter().map(|(label, code)| (label.clone(), code.clone())));
    }
    for (key, column) in &mut guess.columns {
        if let Some(known) = before.columns.get(key) {
            let period = std::mem::take(&mut column.period);
            *column = Column { period: if period.is_empty() { known.period.clone() } else { period }, ..known.clone() };
        }
    }
    if guess.all.indicator.is_empty() {
        guess.all.indicator.clone_from(&before.all.indicator);
    }
    if guess.all.measure.is_empty() {
        guess.all.measure.clone_from(&before.all.measure);
    }
    guess.way.clone_from(&before.way);
    guess.with_hidden = before.with_hidden;
    guess
}

/// Whether a row's answer says that it is no figure.
pub fn is_skipped(answers: &Answers, label: &str) -> bool {
    answers.rows.get(label).is_some_and(|code| code == SKIP)
}
