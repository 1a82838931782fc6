//! How a table of unknown width comes onto paper: as it is, smaller, on a turned page, or in bands of columns one below the
//! other that each begin with the first column. Widths are those of the letters themselves.

use serde::Serialize;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::Press;
use crate::kit::markdown::tree::{self, Inline, Table};

/// What a page gives, in points.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    pub upright: f32,
    /// `None` where a page cannot be turned, as within a list.
    pub turned: Option<f32>,
    /// Of running text.
    pub size: f32,
    /// Smaller is not readable in this form.
    pub least: f32,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Fit {
    pub turned: bool,
    /// In points.
    pub size: f32,
    /// More than one where no page is wide enough.
    pub bands: Vec<Band>,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
pub struct Band {
    /// Which of the table's, from 0.
    pub columns: Vec<usize>,
    /// Of each, in points.
    pub widths: Vec<f32>,
}

/// Left and right of a cell's words, in points, with the rule between cells.
pub const PADDING: f32 = 4.0;
/// A word longer than this is broken, in ems (`templates/paper/frame.typ` breaks it).
const LONGEST_WORD: f32 = 9.0;
/// Lines of a cell beyond which a wider page is better; and beyond which a smaller letter is.
const FEW_LINES: f32 = 5.0;
const MOST_LINES: f32 = 7.0;
/// Columns in which every word stands on a line of its own are one column too many.
const SLACK: f32 = 1.04;
const STEP: f32 = 1.0;
/// Columns of one band, however narrow.
const MOST_COLUMNS: usize = 16;

/// What a column asks for, in ems.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    word: f32,
    line: f32,
}

impl Press {
    pub fn fit(&self, table: &Table, room: Room) -> Fit {
        let columns = self.columns(table);
        let all: Vec<usize> = (0..columns.len()).collect();
        // A little smaller is better than a turned page, a turned page than lines that hold a word each.
        let attempts = [
            (false, room.size - STEP, FEW_LINES),
            (true, room.least, MOST_LINES),
            (false, room.least, MOST_LINES),
            (false, room.least, f32::INFINITY),
            (true, room.least, f32::INFINITY),
        ];
        for (turned, least, most_lines) in attempts {
            let width = if turned { room.turned } else { Some(room.upright) };
            let sizes = std::iter::successors(Some(room.size), |size| Some(size - STEP)).take_while(|size| *size > least - STEP / 2.0);
            for (width, size) in width.into_iter().flat_map(|width| sizes.clone().map(move |size| (width, size))) {
                if let Some(widths) = share(&columns, &all, width, size)
                    && lines(&columns, &all, &widths, size) <= most_lines
                    && (turned || most_lines > FEW_LINES || !is_squeezed(&columns, &widths, size))
                {
                    return Fit { turned, size, bands: vec![Band { columns: all, widths }] };
                }
            }
        }
        let (turned, width) = room.turned.map_or((false, room.upright), |width| (true, width));
        Fit { turned, size: room.least, bands: bands(&columns, width, room.least) }
    }

    fn columns(&self, table: &Table) -> Vec<Column> {
        let mut columns = vec![Column::default(); table.sides.len()];
        let head = table.head.iter().enumerate().map(|cell| (cell, true));
        let cells = table.rows.iter().flat_map(|row| row.iter().enumerate()).map(|cell| (cell, false));
        for ((at, cell), is_head) in head.chain(cells) {
            let Some(column) = columns.get_mut(at) else { continue };
            let asked = self.asked(cell, is_head);
            column.word = column.word.max(asked.word.min(LONGEST_WORD));
            column.line = column.line.max(asked.line);
        }
        columns
    }

    fn asked(&self, cell: &[Inline], is_head: bool) -> Column {
        let told = tree::words(cell);
        // Bold is the wider.
        let is_bold = is_head || cell.iter().any(|one| matches!(one, Inline::Strong { .. }));
        let font = if is_bold { &self.bold } else { &self.regular };
        let space = width(font, " ");
        let mut asked = Column::default();
        for line in told.split('\n') {
            let mut whole = 0.0;
            for word in line.split([' ', '\t']).filter(|word| !word.is_empty()) {
                let word = width(font, word);
                asked.word = asked.word.max(word);
                whole += word + space;
            }
            asked.line = asked.line.max(whole);
        }
        asked
    }
}

/// Widths in points, the longest words of each column first, the rest of the page by what else they have to say.
fn share(columns: &[Column], chosen: &[usize], width: f32, size: f32) -> Option<Vec<f32>> {
    let needed = |at: &usize| columns[*at].word * size * SLACK + 2.0 * PADDING;
    let least: f32 = chosen.iter().map(needed).sum();
    if least > width {
        return None;
    }
    let wished = |at: &usize| ((columns[*at].line * SLACK).max(columns[*at].word) * size - columns[*at].word * size).max(0.0);
    let wishes: f32 = chosen.iter().map(wished).sum();
    let spare = width - least;
    // A table of short words is as wide as it needs to be, and a little easier to read.
    let given = if wishes > 0.0 { (spare / wishes).min(1.15) } else { 0.0 };
    Some(chosen.iter().map(|at| needed(at) + wished(at) * given).collect())
}

/// Of the highest cell.
fn lines(columns: &[Column], chosen: &[usize], widths: &[f32], size: f32) -> f32 {
    let of = |(at, width): (&usize, &f32)| columns[*at].line * size / (width - 2.0 * PADDING).max(size);
    chosen.iter().zip(widths).map(of).fold(0.0, f32::max)
}

/// Most columns have hardly room for more than a word to a line.
fn is_squeezed(columns: &[Column], widths: &[f32], size: f32) -> bool {
    let narrow = |(column, width): &(&Column, &f32)| {
        let room = *width - 2.0 * PADDING;
        column.line * size > 2.0 * room && room < 1.8 * column.word * size
    };
    columns.iter().zip(widths).filter(narrow).count() * 2 > columns.len()
}

fn bands(columns: &[Column], width: f32, size: f32) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    let mut chosen: Vec<usize> = vec![0];
    for at in 1..columns.len() {
        let mut wider = chosen.clone();
        wider.push(at);
        let fits = share(columns, &wider, width, size).is_some_and(|widths| lines(columns, &wider, &widths, size) <= MOST_LINES * 2.0);
        // Two columns always stand beside each other, or nothing would say what a row is.
        if chosen.len() > 1 && (!fits || wider.len() > MOST_COLUMNS) {
            bands.push(band(columns, std::mem::replace(&mut chosen, vec![0, at]), width, size));
        } else {
            chosen = wider;
        }
    }
    bands.push(band(columns, chosen, width, size));
    bands
}

fn band(columns: &[Column], chosen: Vec<usize>, width: f32, size: f32) -> Band {
    let even = || vec![width / chosen.len().max(1) as f32; chosen.len()];
    let widths = share(columns, &chosen, width, size).unwrap_or_else(even);
    Band { columns: chosen, widths }
}

/// In ems. Without kerning, which only ever brings Vietnamese letters closer.
fn width(font: &FontRef, text: &str) -> f32 {
    let (letters, metrics) = (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
    text.chars().map(|c| letters.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(1.0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::markdown::tree::{Block, tree};

    const PAPER: Room = Room { upright: 453.0, turned: Some(694.0), size: 13.0, least: 10.0 };

    fn fit(body: &str) -> Fit {
        let made = tree(body);
        let [Block::Table(table)] = made.as_slice() else { panic!("{made:?}") };
        Press::new().expect("our fonts").fit(table, PAPER)
    }

    fn table(columns: usize, cell: &str) -> String {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        row(cell) + &row("---") + &row(cell).repeat(3)
    }

    #[test]
    fn a_table_stands_as_it_is_where_it_fits() {
        let made = fit(&table(3, "Đông Kiều"));
        assert!(!made.turned && made.bands.len() == 1 && (made.size - 13.0).abs() < 0.01, "{made:?}");
        assert!(made.bands[0].widths.iter().sum::<f32>() <= PAPER.upright);
    }

    #[test]
    fn a_wide_one_is_turned_and_the_widest_comes_in_bands() {
        let wide = fit(&table(9, "Chương trình nghiêng"));
        assert!(wide.turned && wide.bands.len() == 1 && wide.size >= PAPER.least, "{wide:?}");
        let widest = fit(&table(60, "Chương trình"));
        assert!(widest.turned && widest.bands.len() > 3, "{widest:?}");
        for band in &widest.bands {
            assert_eq!(band.columns[0], 0);
            assert!(band.columns.len() > 1 && band.widths.iter().sum::<f32>() <= 694.5, "{band:?}");
        }
        let mut seen: Vec<usize> = widest.bands.iter().flat_map(|band| band.columns[1..].to_vec()).collect();
        seen.insert(0, 0);
        assert_eq!(seen, (0..60).collect::<Vec<_>>(), "no column is lost or told twice");
    }

    #[test]
    fn no_word_breaks_where_the_page_has_room_for_it() {
        let made = fit("| Thôn | Nghiêng nghiêng ngả nghiêng nghiêng |\n|---|---|\n| Thượng | 12 |\n");
        let press = Press::new().expect("our fonts");
        for (word, column) in [("Thượng", 0), ("Nghiêng", 1)] {
            assert!(made.bands[0].widths[column] >= width(&press.regular, word) * made.size + 2.0 * PADDING, "{made:?}");
        }
    }
}
