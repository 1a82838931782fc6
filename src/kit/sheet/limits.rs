//! How much of a file is read, in one place. Whatever is beyond is told, and nothing is dropped in silence.

use std::cell::Cell;

use super::Bad;

/// Bytes of a file: what the door for attachments takes (`filetype::MAX_BYTES`).
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// Bytes of all parts read, unpacked: an honest workbook of 20 MB unpacks to about 100. They are never held together.
pub const MOST_UNPACKED: u64 = 150 * 1024 * 1024;
/// Bytes that a tag counts for at least, as many as an empty cell takes (`<c r="A1" s="3"/>`). A shorter one takes as long to
/// read, and forty million of `<c/>` would take ten seconds.
pub const LEAST_TAG: usize = 18;
/// Files in an archive, as `filetype` has it: the list of a million names alone takes more memory than everything else.
pub const MOST_PARTS: usize = 5_000;
/// Cells that hold something, of all sheets. At 72 bytes a cell that is 22 MB; a province's longest list has 30,000.
pub const MOST_CELLS: usize = 300_000;
/// Columns, to ALL and no further. Nobody looks at column AMK, and what stands there is most often a slip of a hand.
pub const MOST_COLUMNS: u32 = 1_024;
/// Rows of a sheet (Excel specifications and limits).
pub const MOST_ROWS: u32 = 1_048_576;
/// Sheets of one book.
pub const MOST_SHEETS: usize = 200;
/// Letters of one cell (Excel specifications and limits).
pub const MOST_LETTERS: usize = 32_767;
/// Bytes of text kept: of all cells together, and once more of the texts that cells share.
pub const MOST_TEXT: usize = 30 * 1024 * 1024;
/// Texts that cells share. Each takes memory even when it is empty.
pub const MOST_SHARED: usize = 300_000;
/// Merged cells, of all sheets.
pub const MOST_MERGED: usize = 20_000;
/// Formats, fonts, number formats and named styles, each (Excel has room for 65,490 formats).
pub const MOST_STYLES: usize = 65_536;
/// Bytes of the names of styles. A writer numbers them: `ce1`, `ce2`.
pub const MOST_NAMES: usize = 4 * 1024 * 1024;
/// Stretches of hidden columns or rows that are remembered.
pub const MOST_HIDDEN: usize = 100_000;
/// Elements one in another. A cell in an ODS stands at 6; drawings go deeper, and nothing reaches 30.
pub const MOST_NESTED: usize = 64;
/// Bytes of one piece of XML: a tag with all it says (a drawing's outline is long), a text between two tags. It is held whole.
pub const MOST_PIECE: usize = 1024 * 1024;
/// Letters of a name that is kept: of a sheet (Excel: 31, LibreOffice: no limit), of a part.
pub const MOST_NAME: usize = 255;
/// Letters of a font's name (`LF_FACESIZE` of Windows, less its end).
pub const MOST_FONT: usize = 31;

pub(super) fn too_large(what: &'static str, limit: usize) -> Bad {
    Bad::TooLarge { what, limit: limit as u64 }
}

/// What was taken of the limits, counted over a whole book.
pub(super) struct Tally {
    cells: usize,
    text: usize,
    shared_text: usize,
    merged: usize,
    hidden: usize,
    names: usize,
    /// Bytes that may still be unpacked. Readers deep below count here, so it is shared.
    pub unpacked: Cell<u64>,
}

impl Tally {
    pub fn new() -> Tally {
        Tally { cells: 0, text: 0, shared_text: 0, merged: 0, hidden: 0, names: 0, unpacked: Cell::new(MOST_UNPACKED) }
    }

    pub fn cell(&mut self) -> Result<(), Bad> {
        count(&mut self.cells, 1, MOST_CELLS, "cells")
    }

    pub fn text(&mut self, bytes: usize) -> Result<(), Bad> {
        count(&mut self.text, bytes, MOST_TEXT, "text")
    }

    pub fn shared_text(&mut self, bytes: usize) -> Result<(), Bad> {
        count(&mut self.shared_text, bytes, MOST_TEXT, "text")
    }

    pub fn merged(&mut self) -> Result<(), Bad> {
        count(&mut self.merged, 1, MOST_MERGED, "merged cells")
    }

    pub fn hidden(&mut self) -> Result<(), Bad> {
        count(&mut self.hidden, 1, MOST_HIDDEN, "hidden rows and columns")
    }

    pub fn name(&mut self, bytes: usize) -> Result<(), Bad> {
        count(&mut self.names, bytes, MOST_NAMES, "names of styles")
    }
}

fn count(taken: &mut usize, more: usize, limit: usize, what: &'static str) -> Result<(), Bad> {
    *taken = taken.saturating_add(more);
    if *taken > limit { Err(too_large(what, limit)) } else { Ok(()) }
}
