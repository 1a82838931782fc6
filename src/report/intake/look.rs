//! A sheet as a person looks at it: which text stands over a column, which beside a row, where figures begin.

use std::collections::HashMap;

use crate::kit::figure::{self, Read};
use crate::kit::fold::fold;
use crate::kit::legacy::{self, Alphabet};
use crate::kit::sheet::{Cell, Sheet, Value};

/// Rows above figures that may be heads.
const MOST_HEADS: u32 = 6;
/// Rows looked at for where figures begin.
const LOOKED: usize = 200;

pub struct Look<'b> {
    pub sheet: &'b Sheet,
    rows: HashMap<u32, usize>,
    pub width: u32,
    pub height: u32,
    /// Cells that a merged one covers, with where its text stands.
    covered: HashMap<(u32, u32), (u32, u32)>,
    converted: bool,
}

/// Cells that one merged cell may cover and still be looked up.
const MOST_COVERED: u64 = 20_000;

impl<'b> Look<'b> {
    pub fn at(sheet: &'b Sheet, converted: bool) -> Look<'b> {
        let rows = sheet.rows.iter().enumerate().map(|(place, row)| (row.at, place)).collect();
        let width = sheet.rows.iter().filter_map(|row| row.cells.last()).map(|cell| cell.column + 1).max().unwrap_or_default();
        let height = sheet.rows.last().map(|row| row.at + 1).unwrap_or_default();
        let mut covered = HashMap::new();
        let mut left = MOST_COVERED;
        for span in &sheet.merged {
            let (bottom, right) = (span.bottom.min(height), span.right.min(width));
            for row in span.top..=bottom {
                for column in span.left..=right {
                    if left > 0 && (row, column) != (span.top, span.left) {
                        covered.insert((row, column), (span.top, span.left));
                        left -= 1;
                    }
                }
            }
        }
        Look { sheet, rows, width, height, covered, converted }
    }

    pub fn cell(&self, row: u32, column: u32) -> Option<&'b Cell> {
        let cells = &self.sheet.rows.get(*self.rows.get(&row)?)?.cells;
        let place = cells.binary_search_by_key(&column, |cell| cell.column).ok()?;
        cells.get(place)
    }

    /// What stands there for the eye: of a merged cell everywhere.
    pub fn text(&self, row: u32, column: u32) -> String {
        let at = self.covered.get(&(row, column)).copied().unwrap_or((row, column));
        self.cell(at.0, at.1).map(|cell| self.said(cell)).unwrap_or_default()
    }

    pub fn said(&self, cell: &Cell) -> String {
        match &cell.value {
            Value::Text(text) => self.letters(cell, text),
            Value::Number(number) if cell.is_percent => {
                let hundredths = number.checked_mul(rust_decimal::Decimal::ONE_HUNDRED).unwrap_or(*number).normalize();
                format!("{hundredths}%")
            }
            Value::Number(number) => number.to_string(),
            Value::Day(day) => crate::kit::calendar::day(*day),
            Value::Time(at) => crate::kit::calendar::day(at.date()),
            Value::Flag(flag) => if *flag { "TRUE" } else { "FALSE" }.to_owned(),
            Value::Fault(fault) => fault.clone(),
        }
    }

    fn letters(&self, cell: &Cell, text: &str) -> String {
        let alphabet = if self.converted { alphabet_of(cell, text) } else { None };
        alphabet.map_or_else(|| text.trim().to_owned(), |alphabet| legacy::convert(text, alphabet).trim().to_owned())
    }

    pub fn is_hidden(&self, row: u32) -> bool {
        self.rows.get(&row).and_then(|place| self.sheet.rows.get(*place)).is_some_and(|row| row.hidden)
    }

    pub fn is_column_hidden(&self, column: u32) -> bool {
        self.sheet.hidden_columns.iter().any(|(from, to)| (*from..=*to).contains(&column))
    }

    /// Rows that hold anything.
    pub fn filled(&self) -> impl Iterator<Item = u32> + '_ {
        self.sheet.rows.iter().filter(|row| !row.cells.is_empty()).map(|row| row.at)
    }

    /// Whether a figure stands there, or may.
    pub fn is_figure(&self, row: u32, column: u32) -> bool {
        self.cell(row, column).is_some_and(|cell| match &cell.value {
            Value::Number(_) | Value::Fault(_) => true,
            Value::Text(text) => matches!(figure::read(text), Read::Figure(_) | Read::Doubt(_)),
            Value::Day(_) | Value::Time(_) | Value::Flag(_) => false,
        })
    }

    fn is_words(&self, row: u32, column: u32) -> bool {
        matches!(self.cell(row, column).map(|cell| &cell.value), Some(Value::Text(text)) if text.chars().any(char::is_alphabetic))
            && !self.is_figure(row, column)
    }

    /// `1 2 3`, `(1) (2) (3=1+2)`, `A B 1`: the numbers of columns, that forms have under their heads.
    fn is_numbering(&self, row: u32) -> bool {
        let texts: Vec<String> = (0..self.width).map(|column| self.text(row, column)).filter(|text| !text.is_empty()).collect();
        let bare = |text: &String| text.trim_matches(|c: char| "()[]".contains(c)).split('=').next().unwrap_or_default().trim().to_owned();
        let is_short = |text: &String| text.chars().count() <= 2 && text.chars().all(char::is_alphanumeric);
        let numbers: Vec<u32> = texts.iter().map(&bare).filter_map(|text| text.parse().ok()).collect();
        texts.len() >= 3
            && texts.iter().map(bare).all(|text| is_short(&text))
            && numbers.len() >= 2
            && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1)
            && numbers.first().is_some_and(|first| *first <= 2)
    }

    /// The first row of figures: with words, and with a figure right of them.
    pub fn first_of_figures(&self) -> Option<u32> {
        let rows: Vec<u32> = self.filled().take(LOOKED).collect();
        rows.into_iter().find(|row| {
            let label = (0..self.width).find(|column| self.is_words(*row, *column));
            let figures = |from: u32| (from..self.width).filter(|column| self.is_figure(*row, *column)).count();
            // A title may bear a year in a cell of its own.
            label.is_some_and(|label| figures(label + 1) > 0) && !self.is_numbering(*row) && !self.is_title(*row)
        })
    }

    /// One text for the whole width, or figures that are a year beside words that are a title.
    fn is_title(&self, row: u32) -> bool {
        (0..self.width).filter(|column| self.cell(row, *column).is_some()).count() < 2
    }

    /// The last row with a figure in it; what comes below are notes and signatures.
    pub fn last_of_figures(&self, label: u32) -> Option<u32> {
        let rows: Vec<u32> = self.filled().collect();
        rows.into_iter()
            .rev()
            .find(|row| (label + 1..self.width).any(|column| self.is_figure(*row, column)) && !self.text(*row, label).is_empty())
    }

    /// The column whose words name the rows: the first with most of them.
    pub fn label_column(&self, first: u32) -> u32 {
        let rows: Vec<u32> = self.filled().filter(|row| *row >= first).take(LOOKED).collect();
        let words = |column: u32| rows.iter().filter(|row| self.is_words(**row, column)).count();
        let most = (0..self.width).map(words).max().unwrap_or_default();
        (0..self.width).find(|column| words(*column) * 2 > most).unwrap_or_default()
    }

    /// The rows of heads above the figures, from the top: those with more than one text, without titles between.
    pub fn heads(&self, first: u32) -> Vec<u32> {
        let mut heads = Vec::new();
        for row in (first.saturating_sub(MOST_HEADS)..first).rev() {
            let texts = (0..self.width).filter(|column| !self.text(row, *column).is_empty()).count();
            let own = (0..self.width).filter(|column| self.cell(row, *column).is_some()).count();
            if self.is_numbering(row) {
                continue;
            }
            // A head that goes over all of it is merged; a title stands alone in a wide row.
            if texts < 2 || (own < 2 && heads.is_empty()) || (own < 2 && self.width > 2 && texts >= self.width as usize) {
                if heads.is_empty() && own == 0 {
                    continue;
                }
                break;
            }
            heads.push(row);
        }
        heads.reverse();
        heads
    }

    /// What stands over a column, from the top: `Dư nợ / 30/9/2026`.
    pub fn head(&self, heads: &[u32], column: u32) -> String {
        let mut parts: Vec<String> = Vec::new();
        for (level, row) in heads.iter().enumerate() {
            let text = self.spread(*row, heads.get(level + 1).copied(), column).split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() && parts.last() != Some(&text) {
                parts.push(text);
            }
        }
        parts.join(" / ")
    }

    /// A head goes on to the right over those below it: a CSV has no merged cells to say so.
    fn spread(&self, row: u32, below: Option<u32>, column: u32) -> String {
        let own = self.text(row, column);
        let is_over = |column: u32| below.is_some_and(|below| !self.text(below, column).is_empty());
        if !own.is_empty() || !self.sheet.merged.is_empty() || !is_over(column) {
            return own;
        }
        let from = (0..column).rev().take_while(|left| is_over(*left)).find(|left| !self.text(row, *left).is_empty());
        from.map(|from| self.text(row, from)).unwrap_or_default()
    }

    /// Every text above the figures that is no head.
    pub fn titles(&self, first: u32, heads: &[u32]) -> Vec<String> {
        let above = self.filled().filter(|row| *row < first && !heads.contains(row));
        let texts =
            above.flat_map(|row| (0..self.width).filter(move |column| self.cell(row, *column).is_some()).map(move |column| (row, column)));
        texts.map(|(row, column)| self.text(row, column)).filter(|text| !text.is_empty()).take(60).collect()
    }
}

/// The alphabet that a cell's letters are of, by its font or by themselves.
pub fn alphabet_of(cell: &Cell, text: &str) -> Option<Alphabet> {
    legacy::of_font(&cell.font).or_else(|| legacy::suspects(text))
}

/// Known by its words, whatever period stands in them: `dư nợ #/#/#`. Alike ones are told apart by their number.
pub fn key(head: &str, before: &[String]) -> String {
    let mut key = String::new();
    for c in fold(head).chars() {
        match c.is_ascii_digit() {
            true if key.ends_with('#') => {}
            true => key.push('#'),
            false => key.push(c),
        }
    }
    let alike = before.iter().filter(|other| other.split('§').next() == Some(key.as_str())).count();
    if alike == 0 { key } else { format!("{key}§{alike}") }
}

/// How a row's label is remembered: without its number, marks and case.
pub fn label(text: &str) -> String {
    super::names::bare(text)
}
