//! One whole and its parts: a bar of 100 % and the list of what is in it. At most six parts; more are bars.

use super::Chart;
use super::colours::{FILL, ON};
use super::scale::reckoned;
use super::sheet::{Anchor, Rect, Shape, Sheet};
use crate::kit::letters::Weight;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    sheet.measure(chart);
    let parts: Vec<Option<f64>> = (0..chart.categories.len()).map(|c| chart.number(c, 0).filter(|number| *number >= 0.0)).collect();
    let largest = parts.iter().flatten().fold(0.0f64, |largest, number| largest.max(*number));
    // Divided first: no sum of them is too large for a double.
    let whole: f64 = parts.iter().flatten().map(|number| number / largest.max(f64::MIN_POSITIVE)).sum();
    let share = |c: usize| parts[c].filter(|_| largest > 0.0).map(|number| number / largest / whole);
    let thick = sheet.em(if sheet.is_narrow() { 2.4 } else { 2.8 });
    if largest > 0.0 {
        bar(sheet, chart, &share, thick);
        sheet.y += thick + sheet.em(0.9);
    }
    list(sheet, chart, &share);
}

fn tone(chart: &Chart, category: usize) -> usize {
    let is_marked = chart.categories.iter().any(|category| category.is_marked);
    if is_marked && !chart.categories[category].is_marked { 6 + category % 2 } else { category % 6 }
}

fn percent(chart: &Chart, share: f64) -> String {
    format!("{}\u{a0}%", reckoned(share * 100.0, 1, false, &chart.words))
}

fn bar(sheet: &mut Sheet, chart: &Chart, share: &impl Fn(usize) -> Option<f64>, thick: f32) {
    let (mut done, top) = (0.0f64, sheet.y);
    let is_whole = (0..chart.categories.len()).all(|c| share(c).is_some());
    for c in 0..chart.categories.len() {
        let Some(part) = share(c).filter(|part| *part > 0.0) else { continue };
        let (from, to) = (done as f32 * sheet.width, ((done + part).min(1.0)) as f32 * sheet.width);
        done += part;
        let rect = Rect { x: from, y: top, width: to - from, height: thick };
        sheet.mark(Shape::Rect(rect), FILL[tone(chart, c)], (Some(c), Some(0)), chart.saying(c, 0));
        if rect.width > 3.0 && to < sheet.width - 1.0 {
            sheet.mark(Shape::Line { from: (to - 0.5, top), to: (to - 0.5, top + thick) }, "chart-cut", (None, None), String::new());
        }
        let label = sheet.block(&percent(chart, part), Weight::Bold, sheet.width * 9.0);
        // Percents of a whole that is not known would be wrong, and figures that are percents stand in the list as they were given.
        if is_whole && !chart.measure.contains('%') && label.width + sheet.em(0.8) <= rect.width {
            let (x, y) = (from + rect.width / 2.0, top + thick / 2.0 - label.middle);
            sheet.put(&label, x, y, Anchor::Middle, ON[tone(chart, c)], (Some(c), Some(0)));
        }
    }
}

/// Part by part: swatch, name, figure; figures stand below each other.
fn list(sheet: &mut Sheet, chart: &Chart, share: &impl Fn(usize) -> Option<f64>) {
    let (swatch, gap) = (sheet.em(0.9), sheet.em(0.55));
    let width = sheet.width.min(sheet.em(34.0));
    let room = width * 0.5;
    for c in 0..chart.categories.len() {
        let (text, is_known) = match (chart.value(c, 0), share(c)) {
            (Some(value), _) => (value.text.clone(), true),
            (None, _) => (chart.words.missing.clone(), false),
        };
        let figure = if is_known { sheet.block(&text, Weight::Bold, room) } else { sheet.small(&text, room) };
        let name = sheet.block(
            &chart.categories[c].name,
            if chart.categories[c].is_marked { Weight::Bold } else { Weight::Medium },
            width - swatch - 2.0 * gap - figure.width,
        );
        let first = name.lines.first().or(figure.lines.first()).map_or(sheet.em(0.95), |line| line.y).max(sheet.em(0.95));
        let name_first = name.lines.first().map_or(first, |line| line.y);
        let figure_first = figure.lines.first().map_or(first, |line| line.y);
        let base = name_first.max(figure_first);
        let rect = Rect { x: 0.0, y: sheet.y + base - sheet.em(0.36) - swatch / 2.0, width: swatch, height: swatch };
        let class = if is_known { FILL[tone(chart, c)] } else { "chart-none" };
        sheet.mark(Shape::Rect(rect), class, (Some(c), None), String::new());
        sheet.put(&name, swatch + gap, sheet.y + base - name_first, Anchor::Start, "chart-text", (Some(c), None));
        let of = if is_known { "chart-text" } else { "chart-quiet" };
        sheet.put(&figure, width, sheet.y + base - figure_first, Anchor::End, of, (Some(c), Some(0)));
        sheet.y += (base - name_first + name.height).max(base - figure_first + figure.height);
        if c + 1 < chart.categories.len() {
            sheet.line((0.0, sheet.y + sheet.em(0.14)), (width, sheet.y + sheet.em(0.14)), "chart-grid");
        }
        sheet.y += sheet.em(0.3);
    }
}
