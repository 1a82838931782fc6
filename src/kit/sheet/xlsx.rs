//! XLSX and XLSM (ECMA-376, part 1, §18): an archive of XML parts. Elements are known by their local name, since writers choose
//! the prefix, and the strict edition another namespace.

use std::collections::HashMap;

use super::form::Look;
use super::gather::Gather;
use super::limits::{MOST_COLUMNS, MOST_NAME, MOST_PARTS, MOST_ROWS, MOST_SHEETS, Tally, too_large};
use super::pack::Pack;
use super::text::row_and_column;
use super::xlsx_styles::{Shared, looks, shared};
use super::xlsx_text::{is_trimmed, note_font, push, trim, unescaped};
use super::xml::{Piece, Tag};
use super::{Bad, Sheet, Span, Value, serial};

/// What a book says of its sheets, and where its parts are.
pub(super) struct Workbook {
    path: String,
    sheets: Vec<Tab>,
    is_1904: bool,
}

struct Tab {
    name: String,
    is_hidden: bool,
    relation: String,
}

struct Relation {
    /// The last word of its type: `worksheet`, `chartsheet`.
    kind: String,
    path: String,
}

/// Excel's own limit of columns; hidden ones go on to the last.
const LAST_COLUMN: u32 = 16_383;

/// `None` for an archive that is something else. Errors: `NotASheet` for Word's and PowerPoint's, `Broken`, `TooLarge`.
pub(super) fn workbook(pack: &mut Pack, tally: &Tally) -> Result<Option<Workbook>, Bad> {
    let main = relations(pack, "", tally)?.into_values().find(|relation| relation.kind == "officeDocument");
    // Some writers leave the first list out.
    let path = main.map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.path);
    let Some(mut xml) = pack.part(&path, &tally.unpacked)? else { return Ok(None) };
    let (mut sheets, mut is_1904, mut is_workbook) = (Vec::new(), false, false);
    // XLSB has the same name for something that is no XML.
    if path.ends_with(".bin") {
        return Err(Bad::NotASheet);
    }
    loop {
        let said = match xml.next()? {
            Piece::Open(tag) => match tag.local() {
                "workbook" => {
                    is_workbook = true;
                    continue;
                }
                "workbookPr" => {
                    let said = tag.said(["date1904"]);
                    let [date] = xml.said(said)?;
                    is_1904 = is_true(date.as_deref());
                    continue;
                }
                "sheet" => tag.said(["name", "state", "id"]),
                _ if !is_workbook => return Err(Bad::NotASheet),
                _ => continue,
            },
            Piece::End => break,
            _ => continue,
        };
        let [name, state, relation] = xml.said(said)?;
        if sheets.len() >= MOST_SHEETS {
            return Err(too_large("sheets", MOST_SHEETS));
        }
        let is_hidden = state.is_some_and(|state| state != "visible");
        let short = |said: Option<String>| said.unwrap_or_default().chars().take(MOST_NAME).collect();
        sheets.push(Tab { name: short(name), is_hidden, relation: short(relation) });
    }
    Ok(Some(Workbook { path, sheets, is_1904 }))
}

pub(super) fn sheets(pack: &mut Pack, workbook: &Workbook, tally: &mut Tally) -> Result<Vec<Sheet>, Bad> {
    let relations = relations(pack, &workbook.path, tally)?;
    let of_kind = |kind: &str| relations.values().find(|relation| relation.kind == kind).map(|relation| relation.path.clone());
    let looks = match of_kind("styles") {
        Some(path) => looks(pack, &path, tally)?,
        None => Vec::new(),
    };
    let shared = match of_kind("sharedStrings") {
        Some(path) => shared(pack, &path, tally)?,
        None => Vec::new(),
    };
    let mut sheets = Vec::new();
    for tab in &workbook.sheets {
        let Some(relation) = relations.get(&tab.relation) else {
            return Err(Bad::Broken { what: tab.name.clone() });
        };
        // A chart, a dialogue of Excel 5, or macros of Excel 4.
        if relation.kind == "worksheet" {
            let reading = Reading { looks: &looks, shared: &shared, is_1904: workbook.is_1904 };
            sheets.push(reading.sheet(pack, &relation.path, Gather::new(&tab.name, tab.is_hidden), tally)?);
        }
    }
    Ok(sheets)
}

/// Of a part: by its number, what it refers to (Open Packaging Conventions, §9.3). None for a part that refers to nothing.
fn relations(pack: &mut Pack, part: &str, tally: &Tally) -> Result<HashMap<String, Relation>, Bad> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
    let mut relations = HashMap::new();
    let Some(mut xml) = pack.part(&list, &tally.unpacked)? else { return Ok(relations) };
    loop {
        let said = match xml.next()? {
            Piece::Open(tag) if tag.local() == "Relationship" => tag.said(["Id", "Type", "Target"]),
            Piece::End => return Ok(relations),
            _ => continue,
        };
        let [Some(id), Some(kind), Some(target)] = xml.said(said)? else { continue };
        // Links to the world outside are longer, and are none of our parts.
        if id.len() > MOST_NAME || target.len() > MOST_NAME {
            continue;
        }
        if relations.len() >= MOST_PARTS {
            return Err(too_large("files in an archive", MOST_PARTS));
        }
        let kind = kind.rsplit('/').next().unwrap_or_default().chars().take(MOST_NAME).collect();
        relations.insert(id, Relation { kind, path: resolved(folder, &target) });
    }
}

/// A path as another part writes it: from the root, or from where that part lies.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

pub(super) fn is_true(said: Option<&str>) -> bool {
    matches!(said, Some("1" | "true" | "on"))
}

/// A cell while it is read.
#[derive(Default)]
struct Open {
    row: u32,
    column: u32,
    kind: Option<String>,
    style: usize,
    text: String,
    /// Of a part of its text, where the cell itself is in another.
    font: String,
}

struct Reading<'w> {
    looks: &'w [Look],
    shared: &'w [Shared],
    is_1904: bool,
}

impl Reading<'_> {
    /// §18.3.1.99. Rows and cells that do not say where they are follow the one before.
    fn sheet(&self, pack: &mut Pack, path: &str, mut gather: Gather, tally: &mut Tally) -> Result<Sheet, Bad> {
        // Two halves of one tally: what is counted deep below, and what is counted here.
        let unpacked = std::cell::Cell::new(tally.unpacked.get());
        let Some(mut xml) = pack.part(path, &unpacked)? else {
            return Err(Bad::Broken { what: path.to_owned() });
        };
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut next_row = 0_u32;
        let (mut is_in_rows, mut is_value, mut is_sound) = (false, false, false);
        let (mut open, mut trimmed_from): (Option<Open>, Option<usize>) = (None, None);
        loop {
            match xml.next()? {
                Piece::Open(tag) => match (tag.local(), &mut open) {
                    ("sheetData", None) => is_in_rows = true,
                    ("row", None) if is_in_rows => {
                        let said = tag.said(["r", "hidden"]);
                        let [number, hidden] = xml.said(said)?;
                        row = match number {
                            Some(number) => {
                                let number: Option<u32> = number.trim().parse().ok();
                                number.and_then(|number| number.checked_sub(1)).ok_or_else(|| xml.broken())?
                            }
                            None => next_row,
                        };
                        if row >= MOST_ROWS {
                            return Err(too_large("rows", MOST_ROWS as usize));
                        }
                        (next_row, column) = (row + 1, 0);
                        if is_true(hidden.as_deref()) {
                            gather.hide_rows(tally, row, row)?;
                        }
                    }
                    ("c", None) if is_in_rows => {
                        let said = tag.said(["r", "t", "s"]);
                        let [place, kind, style] = xml.said(said)?;
                        if let Some(place) = place {
                            (row, column) = row_and_column(&place).ok_or_else(|| gather.broken(row, column))?;
                        }
                        let style = style.and_then(|style| style.trim().parse().ok()).unwrap_or(0);
                        open = Some(Open { row, column, kind, style, ..Open::default() });
                        column = column.saturating_add(1);
                    }
                    // Beside an inline text it means nothing.
                    ("v", Some(open)) => is_value = open.kind.as_deref() != Some("inlineStr"),
                    ("t", Some(open)) => {
                        let space = tag.said(["xml:space"]);
                        trimmed_from = is_trimmed(xml.said(space)?).then_some(open.text.len());
                        is_value = !is_sound;
                    }
                    ("rPh", Some(_)) => is_sound = true,
                    ("rFont", Some(open)) => {
                        let font = tag.said(["val"]);
                        if let [Some(font)] = xml.said(font)? {
                            note_font(&mut open.font, &font);
                        }
                    }
                    ("col", None) => {
                        let said = tag.said(["min", "max", "hidden"]);
                        hide_column(xml.said(said)?, &mut gather, tally)?;
                    }
                    ("mergeCell", None) => {
                        let span = span(&tag);
                        let span = span.map_err(|_| xml.broken())?.ok_or_else(|| xml.broken())?;
                        gather.merge(tally, span)?;
                    }
                    // What the future adds, and what is shown elsewhere in other words.
                    ("extLst" | "Fallback", None) => xml.skip()?,
                    _ => {}
                },
                Piece::Text(text) => {
                    if let (true, Some(open)) = (is_value, &mut open) {
                        push(&mut open.text, &text)?;
                    }
                }
                Piece::Close(tag) => match tag.local_name().into_inner() {
                    "sheetData" => is_in_rows = false,
                    "v" | "t" => {
                        if let (Some(open), Some(from)) = (&mut open, trimmed_from.take()) {
                            trim(&mut open.text, from);
                        }
                        is_value = false;
                    }
                    "rPh" => is_sound = false,
                    "c" => {
                        if let Some(open) = open.take() {
                            self.cell(open, &mut gather, tally)?;
                        }
                    }
                    _ => {}
                },
                Piece::End => break,
            }
        }
        drop(xml);
        tally.unpacked.set(unpacked.get());
        Ok(gather.finish())
    }

    /// §18.3.1.4, §18.18.11.
    fn cell(&self, open: Open, gather: &mut Gather, tally: &mut Tally) -> Result<(), Bad> {
        let Open { row, column, kind, style, text, mut font } = open;
        let plain = Look::default();
        let look = self.looks.get(style).unwrap_or(&plain);
        let value = match kind.as_deref().unwrap_or("n") {
            "s" if text.trim().is_empty() => return Ok(()),
            "s" => {
                let shared = text.trim().parse().ok().and_then(|index: usize| self.shared.get(index));
                let shared = shared.ok_or_else(|| gather.broken(row, column))?;
                font = shared.font.to_string();
                Value::Text(shared.text.to_string())
            }
            "str" | "inlineStr" => Value::Text(unescaped(text)),
            "e" => Value::Fault(text.trim().to_owned()),
            _ if text.trim().is_empty() => return Ok(()),
            "b" => Value::Flag(is_true(Some(text.trim()))),
            "d" => serial::of_iso(&text, Some(look.counts).filter(|counts| *counts != super::form::Counts::Things))
                .unwrap_or(Value::Text(text)),
            _ => {
                let text = text.trim();
                serial::value(text.parse().unwrap_or(f64::NAN), text, look, self.is_1904)
            }
        };
        if look.font.is_empty() && !font.is_empty() {
            return gather.put(tally, row, column, value, &Look { font, ..look.clone() });
        }
        gather.put(tally, row, column, value, look)
    }
}

fn hide_column([min, max, hidden]: [Option<String>; 3], gather: &mut Gather, tally: &mut Tally) -> Result<(), Bad> {
    let number = |said: Option<String>| said.and_then(|said| said.trim().parse::<u32>().ok()).and_then(|number| number.checked_sub(1));
    match (number(min), number(max)) {
        (Some(from), Some(to)) if is_true(hidden.as_deref()) && from <= LAST_COLUMN => {
            gather.hide_columns(tally, from, to.min(LAST_COLUMN))
        }
        _ => Ok(()),
    }
}

/// `A1:C2`. `None` for what is no such thing.
fn span(tag: &Tag) -> Result<Option<Span>, quick_xml::Error> {
    let [said] = tag.said(["ref"])?;
    let said = said.unwrap_or_default();
    let (from, to) = said.split_once(':').unwrap_or((&said, &said));
    let corners = row_and_column(from).zip(row_and_column(to));
    Ok(corners.map(|((top, left), (bottom, right))| Span {
        top,
        left,
        bottom: bottom.min(MOST_ROWS),
        right: right.min(LAST_COLUMN.max(MOST_COLUMNS)),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_found_from_where_it_is_named() {
        for (target, path) in [
            ("worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("/xl/a.xml", "xl/a.xml"),
            ("../b.xml", "b.xml"),
            ("..\\..\\c.xml", "c.xml"),
        ] {
            assert_eq!(resolved("xl", target), path);
        }
    }
}
