//! Tables as clerks send them: XLSX (ECMA-376), XLS (Excel 95 to 2003, [MS-XLS]), ODS (OpenDocument 1.3) and CSV, each read into
//! one plain shape. Bytes in, cells out; formulas are not calculated, their last results are taken. Whatever the bytes are, it
//! ends soon, and takes no more memory than [`limits`] says.

mod csv;
mod form;
mod gather;
mod kind;
pub mod limits;
mod number;
mod ods;
mod ods_styles;
mod pack;
mod records;
mod serial;
mod text;
mod xls;
mod xls_text;
mod xlsx;
mod xlsx_styles;
mod xlsx_text;
mod xml;

use std::fmt;

use chrono::{NaiveDate, NaiveDateTime};
use rust_decimal::Decimal;

pub use self::csv::csv;
use self::limits::{MOST_BYTES, Tally, too_large};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Xls,
    Ods,
    Csv,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    pub format: Format,
    /// In the order of their tabs, hidden ones too. Charts that have a tab of their own are left out.
    pub sheets: Vec<Sheet>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// In their order; only those that have something.
    pub rows: Vec<Row>,
    /// From the top left. What they cover is not among the cells.
    pub merged: Vec<Span>,
    /// From and to, from 0, both hidden; in order, none touching another.
    pub hidden_columns: Vec<(u32, u32)>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// From 0.
    pub at: u32,
    /// By hand, by a filter, or folded away.
    pub hidden: bool,
    /// By column; only those that hold something.
    pub cells: Vec<Cell>,
}

/// A merged cell. From 0, both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub top: u32,
    pub left: u32,
    pub bottom: u32,
    pub right: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// From 0.
    pub column: u32,
    pub value: Value,
    /// It is shown per cent; the value is the fraction (0.995 for 99,5%).
    pub is_percent: bool,
    /// Decimals with which its format shows it, where that says.
    pub places: Option<u8>,
    /// Of before Unicode (`.VnTime`, `VNI-Times`): the letters of its text stand for others. Else empty.
    pub font: String,
    pub is_bold: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// As it was typed, a number typed as text too; NFC, lines end with `\n`.
    Text(String),
    /// With its 15 significant digits, and no noughts at its end.
    Number(Decimal),
    Day(NaiveDate),
    /// A time of day without a day stands on 31/12/1899, where Excel counts from.
    Time(NaiveDateTime),
    Flag(bool),
    /// A formula that failed: `#DIV/0!`.
    Fault(String),
}

/// Why a file is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bad {
    NotASheet,
    /// It opens with a password only.
    Encrypted,
    /// A text of Word 97 to 2003, whatever it is called.
    OldWord,
    /// A page of the web that bears the name of a workbook: many systems here export that.
    Html,
    /// "XML Spreadsheet 2003".
    Xml2003,
    TooLarge {
        what: &'static str,
        limit: u64,
    },
    /// The sheet and cell, or the part, at which it is: `Biểu 1!C12`, `xl/workbook.xml`.
    Broken {
        what: String,
    },
    /// No cell of it holds anything.
    Empty,
}

impl fmt::Display for Bad {
    /// For logs; people are answered through `Words`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bad::NotASheet => f.write_str("not a spreadsheet"),
            Bad::Encrypted => f.write_str("encrypted"),
            Bad::OldWord => f.write_str("a Word document"),
            Bad::Html => f.write_str("HTML"),
            Bad::Xml2003 => f.write_str("XML Spreadsheet 2003"),
            Bad::TooLarge { what, limit } => write!(f, "more than {limit} {what}"),
            Bad::Broken { what } => write!(f, "broken at {what}"),
            Bad::Empty => f.write_str("empty"),
        }
    }
}

impl std::error::Error for Bad {}

/// The book in a file. What kind of file it is, its content says; `name` names the one sheet of a CSV.
/// Errors: every [`Bad`]. A CSV is taken for UTF-8, or for UTF-16 with its mark.
pub fn read(bytes: &[u8], name: &str) -> Result<Book, Bad> {
    read_with(bytes, name, kind::decoded)
}

/// The same, with another way to make letters of the bytes of a CSV. It is asked only when those are no workbook.
pub fn read_with(bytes: &[u8], name: &str, decode: fn(&[u8]) -> String) -> Result<Book, Bad> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large("bytes", MOST_BYTES));
    }
    let mut tally = Tally::new();
    let (format, sheets) = match kind::of(bytes)? {
        kind::Kind::Zip => {
            let mut pack = pack::Pack::open(bytes)?;
            match xlsx::workbook(&mut pack, &tally)? {
                Some(workbook) => (Format::Xlsx, xlsx::sheets(&mut pack, &workbook, &mut tally)?),
                None => (Format::Ods, ods::sheets(&mut pack, &mut tally)?),
            }
        }
        kind::Kind::Ole => (Format::Xls, xls::sheets(&records::stream(bytes)?, &mut tally)?),
        kind::Kind::Biff => (Format::Xls, xls::sheets(bytes, &mut tally)?),
        kind::Kind::Text => {
            let mut sheet = self::csv(&decode(bytes))?;
            let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
            sheet.name = text::name(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
            (Format::Csv, vec![sheet])
        }
    };
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(Bad::Empty);
    }
    Ok(Book { format, sheets })
}
