//! A clerk's spreadsheet on its way to figures: what its rows and columns are is guessed, shown and answered; what may be read in two
//! ways is asked; nothing is figures while one cell of it is open.

pub mod guess;
pub mod look;
pub mod memory;
pub mod names;
pub mod own;
pub mod take;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What somebody says of a sheet. Rows and columns are known by their words, so that the next file of this shape is known too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// By its place in the book.
    pub sheet: usize,
    /// Rows of figures, from and to, from 0.
    pub first: u32,
    pub last: u32,
    /// The column whose words say what a row is.
    pub label: u32,
    /// What the rows are: `indicator`, `unit`, `period` or a dimension.
    pub axis: String,
    /// What all of it is, where neither row nor column says otherwise.
    pub all: Place,
    /// By the key of their heads.
    pub columns: BTreeMap<String, Column>,
    /// By the fold of their label: a code, `""` for the whole, [`SKIP`].
    pub rows: BTreeMap<String, String>,
    /// Which of dot and comma groups, where the file alone does not tell: `vi` or `en`.
    pub way: String,
    /// By name (`B7`): the figure that was chosen, as machines write it, `-`, `…`, or [`SKIP`].
    pub cells: BTreeMap<String, String>,
    /// Rows that are hidden in the file count.
    pub with_hidden: bool,
    /// Letters of before Unicode are turned into today's.
    pub converted: bool,
    pub is_preliminary: bool,
}

/// Of a row or a cell that is no figure.
pub const SKIP: &str = "~";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Place {
    pub indicator: String,
    /// As offices write it: `30/9/2026`, `Quý III/2026`.
    pub period: String,
    pub measure: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    #[default]
    Skip,
    Figures,
    /// Says in what each row is measured.
    Measure,
    Note,
}

pub const ROLES: [(&str, Role); 4] = [("skip", Role::Skip), ("figures", Role::Figures), ("measure", Role::Measure), ("note", Role::Note)];

/// What a column holds; empty: as all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Column {
    pub role: Role,
    pub indicator: String,
    pub period: String,
    pub measure: String,
    /// `dimension:member`, or `unit:code`.
    pub part: String,
}

/// `B7`, as spreadsheets name it.
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), u64::from(row) + 1)
}

/// `A`, `Z`, `AA`.
pub fn column_name(column: u32) -> String {
    let (mut left, mut letters) = (u64::from(column) + 1, Vec::new());
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_as_spreadsheets_call_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(column_name(column), name);
        }
        assert_eq!(cell_name(6, 1), "B7");
    }
}
