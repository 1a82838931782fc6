//! A table to take along: CSV for whatever reads tables, a workbook (XLSX, ECMA-376) for people. Pure data in, bytes out; the
//! same table is the same bytes.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::calendar;
use super::clock::Moment;
use super::refusal::Refusal;

pub const CSV: &str = "text/csv; charset=utf-8";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `\u{feff}`: without it Excel takes the file for another alphabet.
pub const MARK: &str = "\u{feff}";

/// What one cell of a workbook holds at most (Excel specifications and limits: 32,767).
const MOST_CHARS: usize = 32_000;
/// Decimals with which a figure is shown; it is kept with all it has.
const MOST_PLACES: usize = 8;
/// The name of a sheet, the same way.
const MOST_NAME: usize = 31;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Day(NaiveDate),
    Number(i64),
    /// Every digit of it; more than a workbook's number holds (IEEE 754, 15 digits) stand there as text.
    Exact(Decimal),
}

impl Cell {
    pub fn day(day: Option<NaiveDate>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    /// As files for machines have it: days as ISO 8601 writes them.
    pub fn plain(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.to_string(),
            Cell::Number(number) => number.to_string(),
            Cell::Exact(number) => number.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::from(text.as_str())
    }
}

/// A column: its head, and its width in letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub head: String,
    pub width: u16,
}

#[derive(Clone, Debug)]
pub struct Table {
    pub title: String,
    /// Of the workbook's one sheet.
    pub sheet: String,
    /// Lines under the title, in the workbook alone.
    pub about: Vec<String>,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    pub made_at: Moment,
}

impl Table {
    /// RFC 4180, UTF-8 with its mark: head, then a line each.
    pub fn csv(&self) -> Vec<u8> {
        let heads: Vec<&str> = self.columns.iter().map(|column| column.head.as_str()).collect();
        let mut out = MARK.to_owned() + &csv_line(&heads);
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(Cell::plain).collect();
            out.push_str(&csv_line(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
        }
        out.into_bytes()
    }

    /// Title and lines above, heads that stay in sight, a filter over the rows. Errors: `Broken` for what no workbook holds.
    pub fn xlsx(&self) -> Result<Vec<u8>, Refusal> {
        workbook(std::slice::from_ref(self))
    }

    fn fill(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let name: String = self.sheet.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(MOST_NAME).collect();
        sheet.set_name(name)?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        let title = Format::new().set_bold().set_font_size(14);
        write(sheet, 0, 0, &Cell::from(self.title.as_str()), &title)?;
        let quiet = Format::new().set_italic();
        for (row, line) in (1..).zip(&self.about) {
            write(sheet, row, 0, &Cell::from(line.as_str()), &quiet)?;
        }
        let top = self.about.len() as u32 + 2;
        let edge = |format: Format| format.set_border(FormatBorder::Thin).set_text_wrap();
        let head = edge(Format::new().set_bold().set_background_color(Color::RGB(0x00E8_EEF4)).set_align(FormatAlign::VerticalCenter));
        let text = edge(Format::new().set_align(FormatAlign::Top));
        let day = text.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left);
        let figure = |places: usize| {
            let point = if places == 0 { "" } else { "." };
            text.clone().set_num_format(format!("#,##0{point}{}", "0".repeat(places))).set_align(FormatAlign::Right)
        };
        let figures: Vec<Format> = (0..=MOST_PLACES).map(figure).collect();
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, column.width)?;
            write(sheet, top, at, &Cell::from(column.head.as_str()), &head)?;
        }
        for (at, row) in (top + 1..).zip(&self.rows) {
            for (column, cell) in (0..).zip(row) {
                let format = match cell {
                    Cell::Day(_) => &day,
                    // Groups and decimals as the reader's own settings have them.
                    Cell::Exact(number) => &figures[(number.scale() as usize).min(MOST_PLACES)],
                    _ => &text,
                };
                write(sheet, at, column, cell, format)?;
            }
        }
        sheet.set_freeze_panes(top + 1, 0)?.set_repeat_rows(top, top)?;
        if let Some(last) = self.columns.len().checked_sub(1).filter(|_| !self.rows.is_empty()) {
            sheet.autofilter(top, 0, top + self.rows.len() as u32, last as u16)?;
        }
        Ok(())
    }
}

/// A sheet for each, in one workbook. Errors: `Broken` for what no workbook holds.
pub fn workbook(tables: &[Table]) -> Result<Vec<u8>, Refusal> {
    let made = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        if let Some(first) = tables.first() {
            let made = calendar::local(first.made_at).format("%Y-%m-%dT%H:%M:%S").to_string();
            let made = ExcelDateTime::parse_from_str(&made)?;
            book.set_properties(&DocProperties::new().set_title(&first.title).set_creation_datetime(&made));
        }
        for table in tables {
            table.fill(book.add_worksheet())?;
        }
        book.save_to_buffer()
    };
    made().map_err(Refusal::broken)
}

/// Digits that a workbook's number holds exactly (Excel specifications and limits).
const DIGITS: usize = 15;

fn fits(number: Decimal) -> Option<f64> {
    let digits = number.mantissa().unsigned_abs().to_string().len();
    number.to_string().parse().ok().filter(|_| digits <= DIGITS)
}

/// Texts are written as texts: nothing of them is ever a formula.
fn write(sheet: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, format)?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, text.chars().take(MOST_CHARS).collect::<String>(), format)?,
        Cell::Day(day) => sheet.write_datetime_with_format(row, column, day, format)?,
        Cell::Number(number) => sheet.write_number_with_format(row, column, *number as f64, format)?,
        Cell::Exact(number) => match fits(*number) {
            Some(number) => sheet.write_number_with_format(row, column, number, format)?,
            None => sheet.write_string_with_format(row, column, number.to_string(), format)?,
        },
    };
    Ok(())
}

/// One line, with its end (RFC 4180). No cell of it is taken for a formula (OWASP, CSV injection).
pub fn csv_line(cells: &[&str]) -> String {
    let quoted: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
    quoted.join(",") + "\r\n"
}

/// Whether a spreadsheet would reckon with it. Behind a mark too: it gets another, so that taking one away gives what was there.
pub fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']) || cell.starts_with(['\t', '\r', '\n'])
}

fn quoted(cell: &str) -> String {
    // A number stays one.
    let digits = cell.strip_prefix('-').unwrap_or(cell);
    let digits = digits.split_once('.').map_or((digits, "0"), |parts| parts);
    let is_number = [digits.0, digits.1].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let safe = if is_formula(cell) && !is_number { format!("'{cell}") } else { cell.to_owned() };
    format!("\"{}\"", safe.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        assert_eq!(csv_line(&["a", "một \"hai\"", ""]), "\"a\",\"một \"\"hai\"\"\",\"\"\r\n");
        for formula in ["=1+1", "+84", "-1+2", "@SUM(A1)", "\t=1", "  =1", "\r=1"] {
            assert_eq!(csv_line(&[formula]), format!("\"'{formula}\"\r\n"));
        }
        assert_eq!(csv_line(&["-12"]), "\"-12\"\r\n");
    }

    #[test]
    fn a_table_is_a_csv_with_its_mark_and_a_workbook_that_is_the_same_each_time() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 9).expect("a day");
        let column = |head: &str| Column { head: head.to_owned(), width: 20 };
        let table = Table {
            title: "Danh sách".to_owned(),
            sheet: "Quý IV/2026 [thử]".to_owned(),
            about: vec!["Xã".to_owned()],
            columns: ["Nội dung", "Từ", "Số"].map(column).into(),
            rows: vec![vec!["=HYPERLINK(\"x\")".into(), Cell::Day(day), Cell::Number(4)], vec!["".into(), Cell::day(None), Cell::Empty]],
            made_at: calendar::midnight(day),
        };
        let csv = String::from_utf8(table.csv()).expect("UTF-8");
        assert_eq!(csv, "\u{feff}\"Nội dung\",\"Từ\",\"Số\"\r\n\"'=HYPERLINK(\"\"x\"\")\",\"2026-11-09\",\"4\"\r\n\"\",\"\",\"\"\r\n");
        let book = table.xlsx().expect("a workbook");
        assert!(book.starts_with(b"PK") && book == table.xlsx().expect("the same"));
        let long = Table { rows: vec![vec!["ạ".repeat(40_000).into()]], ..table };
        assert!(long.xlsx().is_ok());
    }
}
