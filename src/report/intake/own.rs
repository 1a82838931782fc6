//! A file that this portal gave: CSV, or the sheet of a workbook in which every figure stands with all that it is. It says what it means,
//! and nothing is guessed.

use std::collections::HashMap;

use super::look::Look;
use super::take::Taken;
use super::{cell_name, take};
use crate::kit::fold::nfc;
use crate::kit::period::Period;
use crate::kit::sheet::{Book, Format, Sheet, Value as Held};
use crate::phrase;
use crate::report::download::{FIRST, LAST};
use crate::report::indicators::Indicators;
use crate::report::observation::{Figures, MOST, Observation, Value, exact};

pub struct Own<'b> {
    pub sheet: &'b Sheet,
    /// The row of its heads.
    pub heads: u32,
    /// What spreadsheets would take for a formula stands behind a mark: in a CSV, and in no workbook.
    is_guarded: bool,
}

/// The sheet that is one.
pub fn find(book: &Book) -> Option<Own<'_>> {
    let is_guarded = book.format == Format::Csv;
    book.sheets.iter().find_map(|sheet| {
        let look = Look::at(sheet, false);
        let row = look.filled().take(12).find(|row| {
            let heads: Vec<String> = (0..look.width).map(|column| look.text(*row, column)).collect();
            heads.len() >= FIRST.len() + LAST.len()
                && heads[..FIRST.len()].iter().eq(FIRST.iter())
                && heads[heads.len() - LAST.len()..].iter().eq(LAST.iter())
        })?;
        Some(Own { sheet, heads: row, is_guarded })
    })
}

/// Its figures. A cell that says what no file of ours says is a problem.
pub fn take(own: &Own, known: &Indicators, own_code: &str) -> Taken {
    let (look, heads) = (Look::at(own.sheet, false), own.heads);
    let mut taken = Taken::default();
    let names: Vec<String> = (0..look.width).map(|column| look.text(heads, column)).collect();
    let at: HashMap<&str, u32> = names.iter().zip(0..).map(|(name, column)| (name.as_str(), column)).collect();
    let dimensions = names[FIRST.len()..names.len() - LAST.len()].iter().step_by(2).cloned().collect();
    taken.figures = Figures { dimensions, rows: Vec::new() };
    let of = |row: u32, name: &str| at.get(name).map(|column| plain(&look, row, *column, own.is_guarded)).unwrap_or_default();
    for row in look.filled().filter(|row| *row > heads) {
        let cell = |name: &str| at.get(name).map(|column| cell_name(row, *column)).unwrap_or_default();
        let indicator = of(row, "indicator");
        if indicator.is_empty() {
            continue;
        }
        let (Some(period), Some(value)) = (Period::read(&of(row, "period")), figure(&of(row, "value"), &of(row, "missing"))) else {
            let (name, text) =
                if Period::read(&of(row, "period")).is_none() { ("period", of(row, "period")) } else { ("value", of(row, "value")) };
            object(&mut taken, cell(name), phrase!("intake-no-figure", text = text));
            continue;
        };
        let unit = of(row, "unit");
        let members = taken.figures.dimensions.iter().map(|dimension| (dimension.clone(), of(row, dimension)));
        let one = Observation {
            members: members.filter(|(_, member)| !member.is_empty()).collect(),
            unit: if unit == own_code { String::new() } else { unit },
            indicator,
            period,
            value,
            measure: of(row, "measure"),
            is_preliminary: of(row, "status") == "preliminary",
            note: of(row, "note"),
        };
        if taken.figures.rows.len() >= MOST {
            object(&mut taken, cell("indicator"), phrase!("figures-too-many", most = MOST));
            return taken;
        }
        taken.cells.push(cell("value"));
        taken.figures.rows.push(one);
    }
    let mut seen = HashMap::new();
    let mut twice = Vec::new();
    for (place, one) in taken.figures.rows.iter().enumerate() {
        if let Some(before) = seen.insert(one.key(), place) {
            twice.push((place, before));
        }
    }
    for (place, before) in twice {
        let (cell, other) = (taken.cells[place].clone(), taken.cells[before].clone());
        object(&mut taken, cell, phrase!("intake-two-figures", other = other));
    }
    for (place, phrase) in taken.figures.faults(known) {
        let cell = taken.cells.get(place).cloned().unwrap_or_default();
        object(&mut taken, cell, phrase);
    }
    taken
}

fn object(taken: &mut Taken, cell: String, phrase: crate::kit::words::Phrase) {
    taken.wrong += 1;
    if taken.problems.len() < take::NAMED {
        taken.problems.push(take::Problem { cell, phrase });
    }
}

/// As it was written.
fn plain(look: &Look, row: u32, column: u32, is_guarded: bool) -> String {
    match look.cell(row, column).map(|cell| &cell.value) {
        Some(Held::Text(text)) => {
            let guarded = text.strip_prefix('\'').filter(|rest| is_guarded && crate::kit::table::is_formula(rest));
            nfc(guarded.unwrap_or(text).trim())
        }
        Some(Held::Number(number)) => number.to_string(),
        Some(Held::Day(day)) => day.to_string(),
        _ => String::new(),
    }
}

fn figure(value: &str, missing: &str) -> Option<Value> {
    match (value, missing) {
        ("", "nothing") => Some(Value::Nothing),
        ("", "unknown") => Some(Value::Unknown),
        (value, "") => exact(value).map(Value::Number),
        _ => None,
    }
}
