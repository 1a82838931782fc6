//! One sheet as it comes in, cell by cell. Whatever the format, the same things are counted, refused and left out here.

use super::form::Look;
use super::limits::{MOST_COLUMNS, MOST_ROWS, Tally, too_large};
use super::text::{self, legacy};
use super::{Bad, Cell, Row, Sheet, Span, Value};

pub(super) struct Gather {
    name: String,
    is_hidden: bool,
    rows: Vec<Row>,
    /// Of the last row, until it ends: its cells then take no more memory than they need.
    cells: Vec<Cell>,
    at: u32,
    hidden_rows: Vec<(u32, u32)>,
    hidden_columns: Vec<(u32, u32)>,
    merged: Vec<Span>,
}

impl Gather {
    pub fn new(name: &str, is_hidden: bool) -> Gather {
        Gather {
            name: text::name(name),
            is_hidden,
            rows: Vec::new(),
            cells: Vec::new(),
            at: 0,
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            merged: Vec::new(),
        }
    }

    /// Broken at this cell, as people name it: `Biểu 1!C12`.
    pub fn broken(&self, row: u32, column: u32) -> Bad {
        Bad::Broken { what: format!("{}!{}", self.name, text::place(row, column)) }
    }

    /// Something that stands in a cell; an empty text is nothing. Errors: `TooLarge`.
    pub fn put(&mut self, tally: &mut Tally, row: u32, column: u32, value: Value, look: &Look) -> Result<(), Bad> {
        let font = legacy(&look.font);
        let is_legacy = !font.is_empty();
        let value = match value {
            Value::Text(text) => Value::Text(text::cleaned(text, is_legacy)?),
            Value::Fault(text) => Value::Fault(text::cleaned(text, is_legacy)?),
            other => other,
        };
        if let Value::Text(text) | Value::Fault(text) = &value {
            if text.is_empty() {
                return Ok(());
            }
            tally.text(text.len())?;
        }
        if column >= MOST_COLUMNS {
            return Err(too_large("columns", MOST_COLUMNS as usize));
        }
        if row >= MOST_ROWS {
            return Err(too_large("rows", MOST_ROWS as usize));
        }
        tally.cell()?;
        if row != self.at {
            self.end_row();
            self.at = row;
        }
        self.cells.push(Cell { column, value, is_percent: look.is_percent, places: look.places, font, is_bold: look.is_bold });
        Ok(())
    }

    pub fn merge(&mut self, tally: &mut Tally, span: Span) -> Result<(), Bad> {
        if span.top > span.bottom || span.left > span.right || (span.top, span.left) == (span.bottom, span.right) {
            return Ok(());
        }
        tally.merged()?;
        self.merged.push(span);
        Ok(())
    }

    /// From and to, both hidden.
    pub fn hide_rows(&mut self, tally: &mut Tally, from: u32, to: u32) -> Result<(), Bad> {
        hide(&mut self.hidden_rows, tally, from, to.min(MOST_ROWS))
    }

    pub fn hide_columns(&mut self, tally: &mut Tally, from: u32, to: u32) -> Result<(), Bad> {
        hide(&mut self.hidden_columns, tally, from, to)
    }

    fn end_row(&mut self) {
        if !self.cells.is_empty() {
            self.rows.push(Row { at: self.at, hidden: false, cells: self.cells.drain(..).collect() });
        }
    }

    pub fn finish(mut self) -> Sheet {
        self.end_row();
        let mut rows = in_order(self.rows);
        uncover(&mut rows, &mut self.merged);
        let hidden = joined(self.hidden_rows);
        for row in &mut rows {
            let after = hidden.partition_point(|(from, _)| *from <= row.at);
            row.hidden = after.checked_sub(1).and_then(|last| hidden.get(last)).is_some_and(|(_, to)| row.at <= *to);
        }
        Sheet { name: self.name, hidden: self.is_hidden, rows, merged: self.merged, hidden_columns: joined(self.hidden_columns) }
    }
}

fn hide(hidden: &mut Vec<(u32, u32)>, tally: &mut Tally, from: u32, to: u32) -> Result<(), Bad> {
    if from > to {
        return Ok(());
    }
    match hidden.last_mut() {
        Some(last) if last.0 <= from && from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
        _ => {
            tally.hidden()?;
            hidden.push((from, to));
        }
    }
    Ok(())
}

/// In order, and none that touches another.
fn joined(mut stretches: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    stretches.sort_unstable();
    let mut joined: Vec<(u32, u32)> = Vec::new();
    for (from, to) in stretches {
        match joined.last_mut() {
            Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}

/// Rows and cells in their order. A writer may come back to a row; of two values for one cell the later stands, as in Excel.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    if !rows.is_sorted_by(|one, next| one.at < next.at) {
        rows.sort_by_key(|row| row.at);
        rows.dedup_by(|next, one| {
            let is_same = next.at == one.at;
            if is_same {
                one.cells.append(&mut next.cells);
            }
            is_same
        });
    }
    for row in &mut rows {
        if !row.cells.is_sorted_by(|one, next| one.column < next.column) {
            row.cells.sort_by_key(|cell| cell.column);
            row.cells.dedup_by(|next, one| {
                let is_same = next.column == one.column;
                if is_same {
                    std::mem::swap(next, one);
                }
                is_same
            });
        }
    }
    rows
}

/// Leaves out what a merged cell covers: a program kept it, and nobody sees it.
fn uncover(rows: &mut Vec<Row>, merged: &mut [Span]) {
    merged.sort_unstable_by_key(|span| (span.top, span.left, span.bottom, span.right));
    // Those that begin further right cover nothing.
    let mut coming = merged.iter().filter(|span| span.left < MOST_COLUMNS).peekable();
    // By their left edge. Merged cells do not overlap, so no more than `MOST_COLUMNS` lie in one row; of a file that says
    // otherwise the rest is not looked at.
    let mut open: Vec<Span> = Vec::new();
    for row in rows.iter_mut() {
        open.retain(|span| span.bottom >= row.at);
        while let Some(span) = coming.next_if(|span| span.top <= row.at) {
            if span.bottom >= row.at && open.len() < MOST_COLUMNS as usize {
                open.insert(open.partition_point(|other| other.left <= span.left), *span);
            }
        }
        if open.is_empty() {
            continue;
        }
        let mut spans = open.iter().peekable();
        // The furthest right that is covered by a span begun further left.
        let mut covered: Option<(u32, u32)> = None;
        row.cells.retain(|cell| {
            while let Some(span) = spans.next_if(|span| span.left <= cell.column) {
                // The corner of a merged cell is its own.
                let from = if span.top == row.at { span.left.saturating_add(1) } else { span.left };
                if span.right >= cell.column && covered.is_none_or(|(_, to)| to < span.right) {
                    covered = Some((from, span.right));
                }
            }
            covered.is_none_or(|(from, to)| !(from..=to).contains(&cell.column))
        });
    }
    rows.retain(|row| !row.cells.is_empty());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(cells: &[(u32, u32)], spans: &[(u32, u32, u32, u32)], hidden: &[(u32, u32)]) -> Sheet {
        let (mut tally, mut gather) = (Tally::new(), Gather::new("Biểu 1", false));
        for (row, column) in cells {
            let text = Value::Text(text::place(*row, *column));
            gather.put(&mut tally, *row, *column, text, &Look::default()).expect("a small sheet");
        }
        for (top, left, bottom, right) in spans {
            let span = Span { top: *top, left: *left, bottom: *bottom, right: *right };
            gather.merge(&mut tally, span).expect("a small sheet");
        }
        for (from, to) in hidden {
            gather.hide_rows(&mut tally, *from, *to).expect("a small sheet");
        }
        gather.finish()
    }

    fn places(sheet: &Sheet) -> Vec<String> {
        sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| text::place(row.at, cell.column))).collect()
    }

    #[test]
    fn what_a_merged_cell_covers_is_left_out() {
        let grid: Vec<(u32, u32)> = (0..3).flat_map(|row| (0..4).map(move |column| (row, column))).collect();
        assert_eq!(places(&sheet(&grid, &[(0, 0, 1, 1), (0, 2, 0, 3), (2, 1, 2, 9_999)], &[])), ["A1", "C1", "C2", "D2", "A3", "B3"]);
        assert_eq!(places(&sheet(&grid, &[(0, 0, 9, 9), (0, 1, 9, 9)], &[])), ["A1"]);
        assert_eq!(places(&sheet(&grid, &[(1, 1, 1, 1), (2, 2, 1, 1)], &[])).len(), 12);
    }

    #[test]
    fn rows_come_out_in_order_however_they_were_written() {
        let sheet = sheet(&[(5, 1), (2, 3), (2, 0), (5, 0), (2, 3)], &[], &[(4, 9), (2, 2), (5, 6)]);
        assert_eq!(places(&sheet), ["A3", "D3", "A6", "B6"]);
        assert!(sheet.rows.iter().all(|row| row.hidden));
        assert_eq!(joined(vec![(7, 8), (0, 2), (3, 4), (1, 1)]), [(0, 4), (7, 8)]);
    }

    #[test]
    fn a_cell_too_far_right_is_told_and_not_dropped() {
        let (mut tally, mut gather) = (Tally::new(), Gather::new("a", false));
        let mut put = |row, column, text: &str| gather.put(&mut tally, row, column, Value::Text(text.to_owned()), &Look::default());
        assert_eq!(put(0, MOST_COLUMNS, "a"), Err(too_large("columns", 1_024)));
        assert_eq!(put(MOST_ROWS, 0, "a"), Err(too_large("rows", 1_048_576)));
        assert_eq!(put(u32::MAX, u32::MAX, ""), Ok(()));
    }
}
