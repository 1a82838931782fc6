//! XLS of Excel 97 to 2003 (BIFF8), and of Excel 5 and 95 (BIFF5): records of [MS-XLS] 2.4 in one stream, first those of the
//! book, then those of each sheet.

use super::form::Look;
use super::gather::Gather;
use super::limits::{MOST_ROWS, MOST_SHEETS, MOST_STYLES, MOST_UNPACKED, Tally, too_large};
use super::records::{Records, f64_at, u8_at, u16_at, u32_at};
use super::text::legacy;
use super::xls_text::{NO_PAGE, decoded, rich, shared};
use super::xlsx_styles::Shared;
use super::{Bad, Sheet, Span, Value, serial};

use std::collections::HashMap;

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000a;
/// The version that its first record says.
const BIFF8: u16 = 0x0600;
const BIFF5: u16 = 0x0500;
/// What it begins, if not a book.
const SHEET: u16 = 0x0010;

/// From 0; a book of that time has no more.
const LAST_COLUMN: u32 = 255;

/// By their number: the name, where it is of before Unicode, and whether it is bold.
#[derive(Default)]
pub(super) struct Fonts(Vec<(String, bool)>);

impl Fonts {
    /// There is no font 4 ([MS-XLS] 2.5.129).
    pub fn get(&self, number: u16) -> (&str, bool) {
        let index = if number > 4 { number - 1 } else { number };
        self.0.get(usize::from(index)).map_or(("", false), |(name, is_bold)| (name, *is_bold))
    }
}

struct Tab {
    name: String,
    is_hidden: bool,
    at: usize,
}

struct Book {
    is_wide: bool,
    page: u16,
    is_1904: bool,
    looks: Vec<Look>,
    fonts: Fonts,
    shared: Vec<Shared>,
    tabs: Vec<Tab>,
}

/// Errors: `Encrypted`, `NotASheet` for Excel 4 and before, `Broken`, `TooLarge`.
pub(super) fn sheets(bytes: &[u8], tally: &mut Tally) -> Result<Vec<Sheet>, Bad> {
    let book = Book::read(bytes, tally)?;
    let mut sheets = Vec::new();
    for tab in &book.tabs {
        sheets.push(book.sheet(bytes, tab, tally)?);
    }
    Ok(sheets)
}

fn broken(records: &Records) -> Bad {
    Bad::Broken { what: format!("XLS, byte {}", records.at()) }
}

impl Book {
    fn read(bytes: &[u8], tally: &mut Tally) -> Result<Book, Bad> {
        let mut records = Records::new(bytes, 0);
        let first = records.next().filter(|kind| *kind == BOF).and_then(|_| u16_at(records.body(), 0).zip(u16_at(records.body(), 2)));
        let mut book = Book {
            is_wide: false,
            page: 1252,
            is_1904: false,
            looks: Vec::new(),
            fonts: Fonts::default(),
            shared: Vec::new(),
            tabs: Vec::new(),
        };
        match first {
            // One sheet without a book around it.
            Some((0 | BIFF5, SHEET)) => {
                book.page = NO_PAGE;
                book.tabs.push(Tab { name: String::new(), is_hidden: false, at: 0 });
                return Ok(book);
            }
            Some((BIFF8, _)) => book.is_wide = true,
            Some((BIFF5, _)) => {}
            _ => return Err(Bad::NotASheet),
        }
        let mut written: HashMap<u16, Look> = HashMap::new();
        let mut looks: Vec<(u16, u16)> = Vec::new();
        loop {
            let Some(kind) = records.next() else { return Err(broken(&records)) };
            let body = records.body();
            let read = match kind {
                EOF => break,
                // FILEPASS
                0x002f => return Err(Bad::Encrypted),
                // CODEPAGE
                0x0042 => u16_at(body, 0).map(|page| book.page = page),
                // DATEMODE
                0x0022 => u16_at(body, 0).map(|mode| book.is_1904 = mode == 1),
                // FONT
                0x0031 => book.font(&mut records.clone()),
                // FORMAT
                0x041e => {
                    u16_at(body, 0).zip(book.format(&mut records.clone())).map(|(id, code)| drop(written.insert(id, Look::written(&code))))
                }
                // XF
                0x00e0 => u16_at(body, 0).zip(u16_at(body, 2)).map(|look| looks.push(look)),
                // BOUNDSHEET: a worksheet, or something that is none.
                0x0085 if u8_at(body, 5) != Some(0) => Some(()),
                0x0085 => book.tab(&mut records.clone()).map(|tab| book.tabs.push(tab)),
                // SST
                0x00fc => {
                    book.shared = shared(&mut records, &book.fonts, tally)?;
                    Some(())
                }
                _ => Some(()),
            };
            read.ok_or_else(|| broken(&records))?;
            if book.tabs.len() > MOST_SHEETS {
                return Err(too_large("sheets", MOST_SHEETS));
            }
            if book.fonts.0.len().max(looks.len()) > MOST_STYLES {
                return Err(too_large("formats", MOST_STYLES));
            }
        }
        let look = |(font, format): (u16, u16)| {
            let look = written.get(&format).cloned().or_else(|| Look::numbered(format)).unwrap_or_default();
            let (font, is_bold) = book.fonts.get(font);
            Look { font: font.to_owned(), is_bold, ..look }
        };
        book.looks = looks.into_iter().map(look).collect();
        Ok(book)
    }

    /// 2.4.122: size, flags, colour, weight (700 is bold), then ten bytes later its name.
    fn font(&mut self, records: &mut Records) -> Option<()> {
        let weight = u16_at(records.body(), 6)?;
        records.pass(14)?;
        let name = self.short(records)?;
        self.fonts.0.push((legacy(&name), weight >= 600));
        Some(())
    }

    fn format(&self, records: &mut Records) -> Option<String> {
        records.pass(2)?;
        if !self.is_wide {
            return self.short(records);
        }
        let count = records.u16()?;
        Some(rich(records, count, &self.fonts)?.0)
    }

    /// 2.4.28: where its records begin, whether it is hidden, what it is, its name.
    fn tab(&self, records: &mut Records) -> Option<Tab> {
        let at = records.u32()?;
        let is_hidden = records.u8()? & 0x03 != 0;
        records.pass(1)?;
        Some(Tab { name: self.short(records)?, is_hidden, at: usize::try_from(at).ok()? })
    }

    /// A text of up to 255 letters, with its length in one byte before it.
    fn short(&self, records: &mut Records) -> Option<String> {
        let count = records.u8()?;
        if self.is_wide {
            return Some(rich(records, u16::from(count), &self.fonts)?.0);
        }
        let bytes = records.body().get(..usize::from(count))?;
        Some(decoded(bytes, self.page, false))
    }

    /// A text with its length in two bytes before it, in the font of its cell.
    fn long(&self, records: &mut Records, look: &Look) -> Option<(String, String)> {
        let count = records.u16()?;
        if self.is_wide {
            return rich(records, count, &self.fonts);
        }
        let bytes = records.body().get(..usize::from(count))?;
        Some((decoded(bytes, self.page, !look.font.is_empty()), String::new()))
    }

    fn sheet(&self, bytes: &[u8], tab: &Tab, tally: &mut Tally) -> Result<Sheet, Bad> {
        let mut records = Records::new(bytes, tab.at);
        if records.next() != Some(BOF) {
            return Err(Bad::Broken { what: tab.name.clone() });
        }
        let mut reading = Reading { book: self, gather: Gather::new(&tab.name, tab.is_hidden), plain: Look::default(), awaited: None };
        // A chart in the sheet has records of its own, from a first to a last.
        let mut depth = 1_usize;
        while depth > 0 {
            let Some(kind) = records.next() else { return Err(broken(&records)) };
            match kind {
                BOF => depth += 1,
                EOF => depth -= 1,
                _ if depth == 1 => reading.record(kind, &mut records, tally)?,
                _ => {}
            }
        }
        // Two hundred sheets may claim the same records, which would be read two hundred times.
        let read = records.at().saturating_sub(tab.at) as u64;
        tally.unpacked.set(tally.unpacked.get().checked_sub(read).ok_or_else(|| too_large("bytes unpacked", MOST_UNPACKED as usize))?);
        Ok(reading.gather.finish())
    }
}

struct Reading<'b> {
    book: &'b Book,
    gather: Gather,
    plain: Look,
    /// A formula's cell and format; its text comes in a record of its own.
    awaited: Option<(u32, u32, u16)>,
}

impl Reading<'_> {
    fn record(&mut self, kind: u16, records: &mut Records, tally: &mut Tally) -> Result<(), Bad> {
        let body = records.body();
        let broken = || broken(records);
        let cell = || Some((u32::from(u16_at(body, 0)?), u32::from(u16_at(body, 2)?), u16_at(body, 4)?));
        let (row, column, format, value) = match kind {
            // ROW: its flags tell one of no height.
            0x0208 => {
                let row = u16_at(body, 0).map(u32::from).ok_or_else(broken)?;
                let is_hidden = u8_at(body, 12).ok_or_else(broken)? & 0x20 != 0;
                return if is_hidden { self.gather.hide_rows(tally, row, row) } else { Ok(()) };
            }
            // COLINFO
            0x007d => {
                let columns = u16_at(body, 0).zip(u16_at(body, 2)).ok_or_else(broken)?;
                let is_hidden = u16_at(body, 8).ok_or_else(broken)? & 0x01 != 0;
                return if is_hidden {
                    self.gather.hide_columns(tally, columns.0.into(), u32::from(columns.1).min(LAST_COLUMN))
                } else {
                    Ok(())
                };
            }
            // MERGEDCELLS
            0x00e5 => {
                let spans = body.get(2..).unwrap_or_default().chunks_exact(8).take(usize::from(u16_at(body, 0).ok_or_else(broken)?));
                for span in spans {
                    let at = |place| u16_at(span, place).map(u32::from).ok_or_else(broken);
                    let span = Span { top: at(0)?, bottom: at(2)?.min(MOST_ROWS), left: at(4)?, right: at(6)? };
                    self.gather.merge(tally, span)?;
                }
                return Ok(());
            }
            // MULRK: a row, a first column, then a format and a number each; a last column.
            0x00bd => {
                let (row, first, _) = cell().ok_or_else(broken)?;
                let numbers = body.get(4..body.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
                for (column, number) in (first..).zip(numbers) {
                    let (format, number) = u16_at(number, 0).zip(u32_at(number, 2)).ok_or_else(broken)?;
                    self.number(row, column, format, packed(number), tally)?;
                }
                return Ok(());
            }
            // STRING, what the formula before it came to; its shared formula may stand between them.
            0x0207 => {
                let Some((row, column, format)) = self.awaited.take() else { return Ok(()) };
                let (text, _) = self.book.long(&mut records.clone(), self.look(format)).ok_or_else(broken)?;
                (row, column, format, Value::Text(text))
            }
            // NUMBER
            0x0203 => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                return self.number(row, column, format, f64_at(body, 6).ok_or_else(broken)?, tally);
            }
            // RK
            0x027e => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                return self.number(row, column, format, packed(u32_at(body, 6).ok_or_else(broken)?), tally);
            }
            // FORMULA: a number, or two bytes of ones after what it is instead.
            0x0006 | 0x0206 | 0x0406 => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                let (result, byte) = (f64_at(body, 6).ok_or_else(broken)?, u8_at(body, 8).unwrap_or(0));
                self.awaited = None;
                let value = match (u16_at(body, 12), u8_at(body, 6)) {
                    (Some(0xffff), Some(0)) => {
                        self.awaited = Some((row, column, format));
                        return Ok(());
                    }
                    (Some(0xffff), Some(1)) => Value::Flag(byte != 0),
                    (Some(0xffff), Some(2)) => fault(byte),
                    (Some(0xffff), Some(_)) => return Ok(()),
                    _ => return self.number(row, column, format, result, tally),
                };
                (row, column, format, value)
            }
            // BOOLERR
            0x0205 => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                let (value, is_fault) = u8_at(body, 6).zip(u8_at(body, 7)).ok_or_else(broken)?;
                (row, column, format, if is_fault == 0 { Value::Flag(value != 0) } else { fault(value) })
            }
            // LABELSST
            0x00fd => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                let number = u32_at(body, 6).and_then(|number| usize::try_from(number).ok());
                let Some(shared) = number.and_then(|number| self.book.shared.get(number)) else {
                    return Err(self.gather.broken(row, column));
                };
                return self.text(row, column, format, shared.text.to_string(), &shared.font, tally);
            }
            // LABEL, RSTRING
            0x0204 | 0x00d6 => {
                let (row, column, format) = cell().ok_or_else(broken)?;
                let mut letters = records.clone();
                letters.pass(6).ok_or_else(broken)?;
                let (text, font) = self.book.long(&mut letters, self.look(format)).ok_or_else(|| self.gather.broken(row, column))?;
                return self.text(row, column, format, text, &font, tally);
            }
            _ => return Ok(()),
        };
        let look = self.look(format).clone();
        self.gather.put(tally, row, column, value, &look)
    }

    fn look(&self, format: u16) -> &Look {
        self.book.looks.get(usize::from(format)).unwrap_or(&self.plain)
    }

    fn number(&mut self, row: u32, column: u32, format: u16, number: f64, tally: &mut Tally) -> Result<(), Bad> {
        let look = self.look(format).clone();
        let value = serial::value(number, &format!("{number:E}"), &look, self.book.is_1904);
        self.gather.put(tally, row, column, value, &look)
    }

    /// `font`: of a part of it.
    fn text(&mut self, row: u32, column: u32, format: u16, text: String, font: &str, tally: &mut Tally) -> Result<(), Bad> {
        let mut look = self.look(format).clone();
        if look.font.is_empty() {
            look.font = font.to_owned();
        }
        self.gather.put(tally, row, column, Value::Text(text), &look)
    }
}

/// A number in 30 bits ([MS-XLS] 2.5.217): a whole one, or the first bits of a double; as it stands, or a hundred times too large.
fn packed(bits: u32) -> f64 {
    let number = if bits & 0x02 != 0 { f64::from(bits.cast_signed() >> 2) } else { f64::from_bits(u64::from(bits & !0x03) << 32) };
    if bits & 0x01 != 0 { number / 100.0 } else { number }
}

/// [MS-XLS] 2.5.10.
fn fault(code: u8) -> Value {
    let text = match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0f => "#VALUE!",
        0x17 => "#REF!",
        0x1d => "#NAME?",
        0x24 => "#NUM!",
        0x2a => "#N/A",
        0x2b => "#GETTING_DATA",
        _ => "#?",
    };
    Value::Fault(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_number_is_whole_or_a_double_and_may_be_hundredths() {
        assert_eq!(packed((61_582 << 2) | 0x02), 61_582.0);
        assert_eq!(packed(((-12_345_i32) << 2).cast_unsigned() | 0x03), -123.45);
        assert_eq!(packed(0x3ff0_0000), 1.0);
        assert_eq!(packed(0x3ff0_0001), 0.01);
    }
}
