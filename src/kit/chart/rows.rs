//! The frame of every chart with a row a category: names in a column at the left where there is room for one, above their
//! rows where there is not.

use super::layout::Block;
use super::sheet::{Anchor, Sheet};
use super::{Category, Chart};
use crate::kit::letters::{self, Weight};

pub struct Frame {
    pub is_narrow: bool,
    /// What the rows' bodies stand between.
    pub left: f32,
    pub right: f32,
    gap: f32,
}

impl Frame {
    pub fn new(sheet: &Sheet, chart: &Chart) -> Frame {
        let is_narrow = sheet.is_narrow();
        let widest = chart.categories.iter().map(|category| width(category) * sheet.size).fold(0.0, f32::max);
        let most = sheet.width * 0.4 - sheet.em(1.0);
        // Names a little longer than the column take two lines rather than a third of the page.
        let column = if widest <= sheet.width * 0.26 { widest } else { (widest * 0.54).max(sheet.width * 0.26).min(most) };
        let left = if is_narrow || widest == 0.0 { 0.0 } else { (column + sheet.em(1.0)).min(sheet.width * 0.4) };
        Frame { is_narrow, left, right: sheet.width, gap: sheet.em(if is_narrow { 0.85 } else { 0.6 }) }
    }

    /// Rows further apart, where each is a group.
    pub fn grouped(self, sheet: &Sheet) -> Frame {
        Frame { gap: sheet.em(1.15), ..self }
    }

    /// One row: `above` and `below` are what its body takes from its own middle; `draw` is given where that middle is.
    pub fn row(
        &self,
        sheet: &mut Sheet,
        chart: &Chart,
        category: usize,
        value: Option<f64>,
        body: (f32, f32),
        draw: impl FnOnce(&mut Sheet, Place),
    ) {
        let named = &chart.categories[category];
        let room = if self.is_narrow { sheet.width } else { (self.left - sheet.em(1.0)).max(sheet.em(2.0)) };
        let name = sheet.block(&named.name, if named.is_marked { Weight::Bold } else { Weight::Medium }, room);
        // Half of what is between two rows belongs to each, so that a line of zero runs on from row to row.
        let top = sheet.y + self.gap / 2.0;
        let (name_top, middle, bottom) = if self.is_narrow {
            let under = if name.is_empty() { 0.0 } else { name.height + sheet.em(0.12) };
            (top, top + under + body.0, top + under + body.0 + body.1)
        } else {
            let above = body.0.max(name.middle);
            (top + above - name.middle, top + above, top + above + body.1.max(name.below()))
        };
        let height = bottom - sheet.y + self.gap / 2.0;
        sheet.open_row(sheet.y, height, value);
        sheet.put(&name, 0.0, name_top, Anchor::Start, "chart-text", (Some(category), None));
        // No line goes through a name.
        let (from, to) = if self.is_narrow { (middle - body.0, bottom) } else { (sheet.y, sheet.y + height) };
        draw(sheet, Place { middle, top: from, bottom: to });
        sheet.close_row();
        sheet.y += height;
    }
}

pub struct Place {
    pub middle: f32,
    /// From here to there a line of zero runs, to meet that of the next row.
    pub top: f32,
    pub bottom: f32,
}

fn width(category: &Category) -> f32 {
    letters::width(if category.is_marked { Weight::Bold } else { Weight::Medium }, &category.name)
}

/// Which figures of a row are not there, in words: `Ngắn hạn: chưa có số liệu`.
pub fn missing(sheet: &Sheet, chart: &Chart, category: usize, series: usize, room: f32) -> Option<Block> {
    let lacking: Vec<usize> = (0..series).filter(|s| chart.value(category, *s).is_none()).collect();
    if lacking.is_empty() {
        return None;
    }
    let word = &chart.words.missing;
    let text = if lacking.len() == series {
        word.clone()
    } else {
        let names: Vec<&str> = lacking.iter().map(|s| chart.series[*s].name.as_str()).filter(|name| !name.is_empty()).collect();
        if names.is_empty() { word.clone() } else { format!("{}: {word}", names.join(", ")) }
    };
    Some(sheet.small(&text, room)).filter(|block| !block.is_empty())
}
