//! A tile a category, shaded by the fifth of all figures to which its own belongs: a map without borders.

use super::Chart;
use super::colours::{ON_SHADE, SHADE};
use super::layout::Block;
use super::sheet::{Anchor, Rect, Shape, Sheet};
use crate::kit::letters::Weight;

const LEAST: f32 = 9.0;
const MOST: usize = 6;
const CLASSES: usize = 5;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    sheet.measure(chart);
    let classes = classes(chart);
    key(sheet, chart, &classes);
    let gap = sheet.em(0.3).max(2.0);
    let columns = (((sheet.width + gap) / (sheet.em(LEAST) + gap)) as usize).clamp(1, MOST).min(chart.categories.len());
    let width = (sheet.width - gap * (columns - 1) as f32) / columns as f32;
    let side = sheet.em(0.6);
    for first in (0..chart.categories.len()).step_by(columns) {
        let line: Vec<(usize, Block, Block)> = (first..(first + columns).min(chart.categories.len()))
            .map(|c| {
                let category = &chart.categories[c];
                let name = sheet.block(&category.name, if category.is_marked { Weight::Bold } else { Weight::Medium }, width - 2.0 * side);
                let figure = match chart.value(c, 0) {
                    Some(value) => sheet.block(&value.text, Weight::Bold, width - 2.0 * side),
                    None => sheet.small(&chart.words.missing, width - 2.0 * side),
                };
                (c, name, figure)
            })
            .collect();
        let names = line.iter().map(|(_, name, _)| name.height).fold(0.0, f32::max);
        let figures = line.iter().map(|(_, _, figure)| figure.height).fold(0.0, f32::max);
        let height = (names + figures + sheet.em(0.9)).max(sheet.em(3.8));
        for (place, (c, name, figure)) in line.iter().enumerate() {
            let rect = Rect { x: (width + gap) * place as f32, y: sheet.y, width, height };
            let class = chart.number(*c, 0).map(|number| classes.iter().position(|class| number <= class.high).unwrap_or(0));
            let (fill, on) = class
                .map_or(("chart-none", "chart-quiet"), |class| (SHADE[shade(class, classes.len())], ON_SHADE[shade(class, classes.len())]));
            sheet.mark(Shape::Rect(rect), fill, (Some(*c), Some(0)), chart.saying(*c, 0));
            if chart.categories[*c].is_marked {
                let inner = rect.wider(-sheet.em(0.09).max(1.0));
                sheet.mark(Shape::Rect(inner), "chart-frame", (Some(*c), None), String::new());
            }
            sheet.put(name, rect.x + side, sheet.y + sheet.em(0.35), Anchor::Start, on, (Some(*c), None));
            // Figures of one line of tiles stand on one baseline.
            sheet.put(figure, rect.x + side, rect.bottom() - sheet.em(0.4) - figure.height, Anchor::Start, on, (Some(*c), Some(0)));
        }
        sheet.y += height + gap;
    }
    sheet.y -= gap;
}

struct Class {
    low: f64,
    high: f64,
    /// The figures that bound it, as they were given.
    text: String,
}

/// As many as there are different figures, up to five; equal figures are of one class.
fn classes(chart: &Chart) -> Vec<Class> {
    let mut figures: Vec<(f64, &str)> =
        (0..chart.categories.len()).filter_map(|c| chart.value(c, 0)).map(|value| (value.number, value.text.as_str())).collect();
    figures.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut classes: Vec<Class> = Vec::new();
    let mut from = 0;
    for fifth in 1..=CLASSES {
        let mut to = figures.len() * fifth / CLASSES;
        while to > 0 && to < figures.len() && figures[to].0 == figures[to - 1].0 {
            to += 1;
        }
        if to <= from {
            continue;
        }
        let ((low, first), (high, last)) = (figures[from], figures[to - 1]);
        let text = if low == high { first.to_owned() } else { format!("{first} – {last}") };
        classes.push(Class { low, high, text });
        from = to;
    }
    classes
}

/// The strongest shade is always that of the highest.
fn shade(class: usize, classes: usize) -> usize {
    if classes < 2 { 2 } else { class * (CLASSES - 1) / (classes - 1) }
}

fn key(sheet: &mut Sheet, chart: &Chart, classes: &[Class]) {
    let (length, gap, between) = (sheet.em(1.3), sheet.em(0.4), sheet.em(1.1));
    let (mut x, mut height) = (0.0, 0.0f32);
    for (at, class) in classes.iter().enumerate() {
        debug_assert!(class.low <= class.high);
        let text = sheet.small(&class.text, sheet.width - length - gap);
        if x > 0.0 && x + length + gap + text.width > sheet.width {
            sheet.y += height + sheet.em(0.2);
            (x, height) = (0.0, 0.0);
        }
        let first = text.lines.first().map_or(sheet.em(0.9), |line| line.y);
        let rect = Rect { x, y: sheet.y + first - sheet.em(0.32) - sheet.em(0.4), width: length, height: sheet.em(0.8) };
        sheet.mark(Shape::Rect(rect), SHADE[shade(at, classes.len())], (None, None), String::new());
        sheet.put(&text, x + length + gap, sheet.y, Anchor::Start, "chart-quiet", (None, None));
        x += length + gap + text.width + between;
        height = height.max(text.height).max(sheet.em(1.1));
    }
    if !classes.is_empty() && chart.categories.len() > 1 {
        sheet.y += height + sheet.em(0.7);
    } else {
        sheet.y += height + if classes.is_empty() { 0.0 } else { sheet.em(0.5) };
    }
}
