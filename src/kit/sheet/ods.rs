//! ODS (OpenDocument 1.3, part 3, §9): one XML part with all tables. Rows and cells say how often they are repeated; a million
//! empty ones, with which LibreOffice fills a table up, cost nothing.

use super::form::{Counts, Look};
use super::gather::Gather;
use super::limits::{MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, MOST_SHEETS, Tally, too_large};
use super::ods_styles::Styles;
use super::pack::Pack;
use super::xml::{Piece, Tag, Xml};
use super::{Bad, Sheet, Span, Value, number, serial};

const CONTENT: &str = "content.xml";

/// Errors: `NotASheet` for an archive that is something else, `Encrypted`, `Broken`, `TooLarge`.
pub(super) fn sheets(pack: &mut Pack, tally: &mut Tally) -> Result<Vec<Sheet>, Bad> {
    // Encrypted as a whole (OpenDocument 1.4, and LibreOffice since 24.2), or part by part.
    if pack.has("encrypted-package") || is_encrypted(pack, tally)? {
        return Err(Bad::Encrypted);
    }
    let mut styles = Styles::default();
    let unpacked = std::cell::Cell::new(tally.unpacked.get());
    if let Some(mut xml) = pack.part("styles.xml", &unpacked)? {
        loop {
            match xml.next()? {
                Piece::Open(tag) => match tag.name() {
                    "office:styles" | "office:automatic-styles" | "office:font-face-decls" => styles.take(&mut xml, tally)?,
                    "office:document-styles" => {}
                    _ => xml.skip()?,
                },
                Piece::End => break,
                _ => {}
            }
        }
    }
    let Some(mut xml) = pack.part(CONTENT, &unpacked)? else { return Err(Bad::NotASheet) };
    let mut sheets = Vec::new();
    let mut is_spreadsheet = false;
    loop {
        match xml.next()? {
            Piece::Open(tag) => match tag.name() {
                "office:automatic-styles" | "office:font-face-decls" => styles.take(&mut xml, tally)?,
                "office:document-content" | "office:body" => {}
                "office:spreadsheet" => is_spreadsheet = true,
                "table:table" if is_spreadsheet => {
                    let said = tag.said(["table:name", "table:style-name"]);
                    let [name, style] = xml.said(said)?;
                    if sheets.len() >= MOST_SHEETS {
                        return Err(too_large("sheets", MOST_SHEETS));
                    }
                    let is_hidden = style.is_some_and(|style| styles.is_hidden(&style));
                    let gather = Gather::new(&name.unwrap_or_default(), is_hidden);
                    sheets.push(Table { styles: &mut styles, gather, columns: Vec::new(), column: 0, row: 0 }.read(&mut xml, tally)?);
                }
                // What was changed, deleted cells too; names; filters.
                _ => xml.skip()?,
            },
            Piece::End => break,
            _ => {}
        }
    }
    if !is_spreadsheet {
        return Err(Bad::NotASheet);
    }
    Ok(sheets)
}

fn is_encrypted(pack: &mut Pack, tally: &Tally) -> Result<bool, Bad> {
    let Some(mut xml) = pack.part("META-INF/manifest.xml", &tally.unpacked)? else { return Ok(false) };
    loop {
        match xml.next()? {
            Piece::Open(tag) if tag.local() == "encryption-data" => return Ok(true),
            Piece::End => return Ok(false),
            _ => {}
        }
    }
}

struct Table<'s> {
    styles: &'s mut Styles,
    gather: Gather,
    /// Up to which column, and the style of cells that name none.
    columns: Vec<(u32, Option<String>)>,
    column: u32,
    row: u32,
}

struct Line {
    times: u32,
    style: Option<String>,
}

/// What a cell's tag says.
struct Said {
    times: u32,
    style: Option<String>,
    kind: Option<String>,
    value: Option<String>,
    is_fault: bool,
}

impl Table<'_> {
    fn read<R: std::io::Read>(mut self, xml: &mut Xml<R>, tally: &mut Tally) -> Result<Sheet, Bad> {
        let (mut depth, mut line) = (1_usize, Line { times: 1, style: None });
        while depth > 0 {
            match xml.next()? {
                Piece::Open(tag) => match tag.name() {
                    "table:table-columns" | "table:table-header-columns" | "table:table-column-group" => depth += 1,
                    "table:table-rows" | "table:table-header-rows" | "table:table-row-group" => depth += 1,
                    "table:table-column" => {
                        depth += 1;
                        let said = tag.said(["table:number-columns-repeated", "table:visibility", "table:default-cell-style-name"]);
                        let said = xml.said(said)?;
                        self.columns(said, tally)?;
                    }
                    "table:table-row" => {
                        depth += 1;
                        let said = tag.said(["table:number-rows-repeated", "table:visibility", "table:default-cell-style-name"]);
                        let [times, visibility, style] = xml.said(said)?;
                        line = Line { times: repeated(times.as_deref()), style };
                        if is_hidden(visibility.as_deref()) {
                            self.gather.hide_rows(tally, self.row, self.row.saturating_add(line.times - 1))?;
                        }
                        self.column = 0;
                    }
                    "table:table-cell" | "table:covered-table-cell" => self.cell(Cell::open(&tag), xml, &line, tally)?,
                    _ => xml.skip()?,
                },
                Piece::Close(tag) => {
                    depth -= 1;
                    if tag.name().into_inner() == "table:table-row" {
                        self.row = self.row.saturating_add(line.times);
                    }
                }
                Piece::Text(_) => {}
                Piece::End => return Err(xml.broken()),
            }
        }
        Ok(self.gather.finish())
    }

    fn columns(&mut self, [times, visibility, style]: [Option<String>; 3], tally: &mut Tally) -> Result<(), Bad> {
        let from = self.columns.last().map_or(0, |(to, _)| *to);
        let to = from.saturating_add(repeated(times.as_deref()));
        if is_hidden(visibility.as_deref()) {
            self.gather.hide_columns(tally, from, to.saturating_sub(1))?;
        }
        // No cell stands further right.
        if from < MOST_COLUMNS {
            self.columns.push((to, style.filter(|style| self.styles.has(style))));
        } else if let Some(last) = self.columns.last_mut() {
            last.0 = to;
        }
        Ok(())
    }

    fn cell<R: std::io::Read>(&mut self, opened: Opened, xml: &mut Xml<R>, line: &Line, tally: &mut Tally) -> Result<(), Bad> {
        let (row, column) = (self.row, self.column);
        let (said, span) = opened.map_err(|_| self.gather.broken(row, column))?;
        self.column = column.saturating_add(said.times);
        if let Some((rows, columns)) = span {
            let (bottom, right) = (row.saturating_add(rows - 1), column.saturating_add(columns - 1));
            self.gather.merge(tally, Span { top: row, left: column, bottom, right })?;
        }
        let (text, font) = words(xml, self.styles)?;
        let of_column = self.columns.get(self.columns.partition_point(|(to, _)| *to <= column)).and_then(|(_, style)| style.as_deref());
        let style = said.style.as_deref().or(line.style.as_deref()).or(of_column).unwrap_or("Default");
        let look = self.styles.look(style).clone();
        let value = value(&said, text, &look).ok_or_else(|| self.gather.broken(row, column))?;
        let Some(value) = value else { return Ok(()) };
        let is_percent = said.kind.as_deref() == Some("percentage") || look.is_percent;
        let look = Look { is_percent, font: if look.font.is_empty() { font } else { look.font }, ..look };
        for row in (row..).take(line.times as usize) {
            for column in (column..).take(said.times as usize) {
                // A limit ends this long before a million.
                self.gather.put(tally, row, column, value.clone(), &look)?;
            }
        }
        Ok(())
    }
}

type Opened = Result<(Said, Option<(u32, u32)>), quick_xml::Error>;

struct Cell;

impl Cell {
    /// And how many rows and columns it spans, if it is merged.
    fn open(tag: &Tag) -> Opened {
        let [times, style, kind, kind_too, value, date, time, flag, string, rows, columns] = tag.said([
            "table:number-columns-repeated",
            "table:style-name",
            "office:value-type",
            "calcext:value-type",
            "office:value",
            "office:date-value",
            "office:time-value",
            "office:boolean-value",
            "office:string-value",
            "table:number-rows-spanned",
            "table:number-columns-spanned",
        ])?;
        let value = match kind.as_deref() {
            Some("date") => date,
            Some("time") => time,
            Some("boolean") => flag,
            Some("string") => string,
            _ => value,
        };
        let is_merged = rows.is_some() || columns.is_some();
        let span = is_merged.then(|| (repeated(rows.as_deref()), repeated(columns.as_deref())));
        Ok((Said { times: repeated(times.as_deref()), style, kind, value, is_fault: kind_too.as_deref() == Some("error") }, span))
    }
}

/// `None` for a value that is none of its kind; `Some(None)` for a cell that holds nothing.
fn value(said: &Said, text: String, look: &Look) -> Option<Option<Value>> {
    if said.is_fault {
        let shown = if text.is_empty() { said.value.clone().unwrap_or_default() } else { text };
        return Some(Some(Value::Fault(shown)));
    }
    let Some(kind) = said.kind.as_deref() else {
        // Some writers leave the type of a text out.
        return Some((!text.is_empty()).then_some(Value::Text(text)));
    };
    Some(Some(match (kind, said.value.as_deref()) {
        ("float" | "percentage" | "currency", Some(value)) => {
            value.trim().parse::<f64>().ok()?;
            number::of_text(value).map_or_else(|| Value::Text(value.to_owned()), Value::Number)
        }
        ("date", Some(date)) => {
            let counts = Some(look.counts).filter(|counts| *counts != Counts::Things);
            serial::of_iso(date, counts).unwrap_or_else(|| Value::Text(date.to_owned()))
        }
        ("time", Some(time)) => serial::of_duration(time).unwrap_or_else(|| Value::Text(time.to_owned())),
        ("boolean", Some(flag)) => Value::Flag(flag == "true"),
        ("string", Some(string)) if text.is_empty() => Value::Text(string.to_owned()),
        _ => Value::Text(text),
    }))
}

fn is_hidden(visibility: Option<&str>) -> bool {
    matches!(visibility, Some("collapse" | "filter"))
}

/// At least once, and no more often than there are rows.
fn repeated(said: Option<&str>) -> u32 {
    said.and_then(|said| said.trim().parse().ok()).unwrap_or(1).clamp(1, MOST_ROWS)
}

/// The text of a cell to its end: paragraphs on lines of their own, without comments, drawings and reading aids. And the first
/// font of before Unicode in it.
fn words<R: std::io::Read>(xml: &mut Xml<R>, styles: &Styles) -> Result<(String, String), Bad> {
    let (mut text, mut font) = (String::new(), String::new());
    let (mut depth, mut paragraphs, mut is_in) = (1_usize, 0_usize, 0_usize);
    // Whether white space that comes next is one too many.
    let mut is_spaced = true;
    while depth > 0 {
        match xml.next()? {
            Piece::Open(tag) => match tag.name() {
                "text:p" | "text:h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    (depth, paragraphs, is_in, is_spaced) = (depth + 1, paragraphs + 1, depth + 1, true);
                }
                "text:s" => {
                    (depth, is_spaced) = (depth + 1, false);
                    let said = tag.said(["text:c"]);
                    let [count] = xml.said(said)?;
                    let count = repeated(count.as_deref()) as usize;
                    text.extend(std::iter::repeat_n(' ', count.min(MOST_LETTERS + 1)));
                }
                "text:tab" => {
                    (depth, is_spaced) = (depth + 1, false);
                    text.push('\t');
                }
                "text:line-break" => {
                    (depth, is_spaced) = (depth + 1, false);
                    text.push('\n');
                }
                "text:span" => {
                    depth += 1;
                    let said = tag.said(["text:style-name"]);
                    if let [Some(style)] = xml.said(said)? {
                        super::xlsx_text::note_font(&mut font, styles.font(&style));
                    }
                }
                "text:a" | "text:ruby" | "text:ruby-base" => depth += 1,
                name if name.starts_with("text:") && name != "text:ruby-text" && name != "text:note" => depth += 1,
                _ => xml.skip()?,
            },
            Piece::Text(piece) if is_in > 0 => push_words(&mut text, &piece, &mut is_spaced),
            Piece::Close(_) => {
                if depth == is_in {
                    is_in = 0;
                }
                depth -= 1;
            }
            Piece::Text(_) => {}
            Piece::End => return Err(xml.broken()),
        }
        // Before it grows to what a million spaces are.
        if text.len() > 8 * MOST_LETTERS {
            return Err(too_large("letters of a cell", MOST_LETTERS));
        }
    }
    Ok((text, font))
}

/// White space of any length is one space, and none at the beginning of a paragraph (§6.1.2): more are written as `text:s`.
fn push_words(text: &mut String, piece: &str, is_spaced: &mut bool) {
    for letter in piece.chars() {
        let is_space = matches!(letter, ' ' | '\t' | '\n' | '\r');
        if !(is_space && *is_spaced) {
            text.push(if is_space { ' ' } else { letter });
        }
        *is_spaced = is_space;
    }
}
