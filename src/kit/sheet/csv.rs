//! CSV as programs here write it: RFC 4180 with any of four separators, lines of any length, empty lines that count.

use std::collections::HashMap;

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::form::Look;
use super::gather::Gather;
use super::limits::{MOST_LETTERS, Tally, too_large};
use super::{Bad, Sheet, Value};

/// The comma comes last: Excel set to Vietnamese separates by semicolons and writes 1,5, so of two that fit as well it is decimals.
const SEPARATORS: [u8; 4] = *b"\t;|,";
/// Lines by which the separator is guessed.
const TRIED: usize = 100;

/// The one sheet in a text; its name is empty, every cell is text as it was typed. Errors: `TooLarge`.
pub fn csv(text: &str) -> Result<Sheet, Bad> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (separator, text) = said(text).unwrap_or_else(|| (guessed(text), text));
    let (mut tally, mut gather) = (Tally::new(), Gather::new("", false));
    let look = Look::default();
    let mut fields = Fields::new(text, separator);
    while let Some(field) = fields.next()? {
        if !field.text.is_empty() {
            gather.put(&mut tally, field.row, field.column, Value::Text(field.text), &look)?;
        }
    }
    Ok(gather.finish())
}

/// The separator that the first line tells Excel, which is no row then: `sep=;`.
fn said(text: &str) -> Option<(u8, &str)> {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let (line, rest) = text.split_at(end);
    let separator = line.trim_matches('"').strip_prefix("sep=").or_else(|| line.strip_prefix("SEP="))?;
    let [separator] = separator.as_bytes() else { return None };
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
    (!matches!(separator, b'"' | b'\r' | b'\n')).then_some((*separator, rest))
}

/// The one by which most lines have equally many fields. A title above has fewer, and does no harm.
fn guessed(text: &str) -> u8 {
    let alike = |separator: u8| -> usize {
        let mut lengths: HashMap<u32, u32> = HashMap::new();
        let mut fields = Fields::new(text, separator);
        while let Ok(Some(field)) = fields.next() {
            if field.lines >= TRIED {
                break;
            }
            if field.is_last && field.column > 0 {
                *lengths.entry(field.column).or_default() += 1;
            }
        }
        lengths.values().copied().max().unwrap_or(0) as usize
    };
    let mut best = (0, b',');
    for separator in SEPARATORS {
        let alike = alike(separator);
        if alike > best.0 {
            best = (alike, separator);
        }
    }
    best.1
}

struct Field {
    row: u32,
    column: u32,
    text: String,
    is_last: bool,
    /// Lines begun before this one that hold something.
    lines: usize,
}

/// Field by field: a whole line may be the whole file.
struct Fields<'t> {
    reader: Box<Reader>,
    text: &'t [u8],
    /// One field. Four bytes a letter at most, and one letter more than may be.
    field: Vec<u8>,
    row: u32,
    column: u32,
    lines: usize,
    before: u8,
}

impl<'t> Fields<'t> {
    fn new(text: &'t str, separator: u8) -> Fields<'t> {
        let reader = Box::new(ReaderBuilder::new().delimiter(separator).build());
        Fields { reader, text: text.as_bytes(), field: vec![0; (MOST_LETTERS + 1) * 4], row: 0, column: 0, lines: 0, before: b'\n' }
    }

    /// Errors: `TooLarge` for a field longer than a cell.
    fn next(&mut self) -> Result<Option<Field>, Bad> {
        if self.column == 0 {
            self.pass_empty_lines();
        }
        let mut length = 0;
        loop {
            let room = self.field.get_mut(length..).unwrap_or_default();
            let (result, taken, given) = self.reader.read_field(self.text, room);
            if let Some(last) = taken.checked_sub(1).and_then(|last| self.text.get(last)) {
                self.before = *last;
            }
            self.text = self.text.get(taken..).unwrap_or_default();
            length += given;
            match result {
                // Asked once more with nothing left it says that this is the end.
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => return Err(too_large("letters of a cell", MOST_LETTERS)),
                ReadFieldResult::End => return Ok(None),
                ReadFieldResult::Field { record_end } => {
                    let text = String::from_utf8_lossy(self.field.get(..length).unwrap_or_default()).into_owned();
                    let field = Field { row: self.row, column: self.column, text, is_last: record_end, lines: self.lines };
                    if record_end {
                        (self.row, self.column, self.lines) = (self.row.saturating_add(1), 0, self.lines + 1);
                    } else {
                        self.column = self.column.saturating_add(1);
                    }
                    return Ok(Some(field));
                }
            }
        }
    }

    /// The reader passes over them without a word; here they are rows, as in the sheet that they come from.
    fn pass_empty_lines(&mut self) {
        // It ends a line at the first of CR LF, and leaves the second.
        let mut is_second = self.before == b'\r';
        while let Some((first @ (b'\r' | b'\n'), rest)) = self.text.split_first() {
            if !(is_second && *first == b'\n') {
                self.row = self.row.saturating_add(1);
            }
            is_second = *first == b'\r';
            self.text = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let sheet = csv(text).expect("a small file");
        let cells = |cells: &[super::super::Cell]| -> String {
            let cells = cells.iter().map(|cell| match &cell.value {
                Value::Text(text) => format!("{}={text}", cell.column),
                other => format!("{other:?}"),
            });
            cells.collect::<Vec<_>>().join(" ")
        };
        sheet.rows.iter().map(|row| format!("{}: {}", row.at, cells(&row.cells))).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_makes_columns() {
        for (text, rows) in [
            (
                "Xã;Dư nợ\nĐông Kiều;1.234,5\nBến Gạo;2.345,6\n",
                &["0: 0=Xã 1=Dư nợ", "1: 0=Đông Kiều 1=1.234,5", "2: 0=Bến Gạo 1=2.345,6"][..],
            ),
            ("a,b\n1,2", &["0: 0=a 1=b", "1: 0=1 1=2"]),
            ("a\tb\n1,5\t2,5", &["0: 0=a 1=b", "1: 0=1,5 1=2,5"]),
            ("1;2,5\n2;3,5", &["0: 0=1 1=2,5", "1: 0=2 1=3,5"]),
            ("a|b|c\n1|2|3", &["0: 0=a 1=b 2=c", "1: 0=1 1=2 2=3"]),
            ("Biểu 1, xã Đông Kiều\n\n\na;b\n1;2\n", &["0: 0=Biểu 1, xã Đông Kiều", "3: 0=a 1=b", "4: 0=1 1=2"]),
            ("sep=;\r\n1,5;2,5\r\n", &["0: 0=1,5 1=2,5"]),
            ("sep=^\n1^2", &["0: 0=1 1=2"]),
            ("a,\"b,\n\"\"c\"\"\"\r\n\r\nd\r\re", &["0: 0=a 1=b,\n\"c\"", "2: 0=d", "4: 0=e"]),
            ("\u{feff}a;;b;\n;;;\nc", &["0: 0=a 2=b", "2: 0=c"]),
            ("một cột", &["0: 0=một cột"]),
            ("\n\r\n\ra", &["3: 0=a"]),
            ("", &[]),
        ] {
            assert_eq!(told(text), rows, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_never_ends_swallows_no_more_than_a_cell_holds() {
        let endless = format!("\"{}", "a\n".repeat(MOST_LETTERS));
        assert!(matches!(csv(&endless), Err(Bad::TooLarge { what: "letters of a cell", .. })));
        assert_eq!(csv(&",".repeat(2_000_000)).map(|sheet| sheet.rows.len()), Ok(0));
        assert!(matches!(csv(&format!("{}a", ",".repeat(2_000))), Err(Bad::TooLarge { what: "columns", .. })));
    }
}
