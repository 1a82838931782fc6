//! Bars of parts laid end to end from zero: what is below zero runs to the left.

use super::Chart;
use super::colours::{FILL, ON};
use super::layout::Block;
use super::plot;
use super::rows::{self, Frame};
use super::scale::{Scale, from_zero};
use super::sheet::{Anchor, Rect, Shape, Sheet};
use crate::kit::letters::Weight;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    sheet.key(chart, |s, room| vec![(Shape::Rect(room), FILL[chart.tone(s)])], sheet.em(0.8));
    sheet.measure(chart);
    let mut frame = Frame::new(sheet, chart);
    frame.right -= sheet.em(0.3);
    let scale = scale(chart, &frame);
    let zero = scale.1.at(0.0);
    sheet.zero = Some(zero);
    let ticks = plot::top_axis(sheet, chart, &scale.1, scale.0);
    let thick = sheet.em(if frame.is_narrow { 1.4 } else { 1.7 });
    for c in 0..chart.categories.len() {
        let note = rows::missing(sheet, chart, c, chart.series.len(), frame.right - frame.left - sheet.em(0.4));
        let parts = parts(chart, c, &scale.1);
        let ends = parts.iter().map(|part| part.rect.right()).fold(zero, f32::max) + sheet.em(0.5);
        let fits = |note: &Block| note.lines.len() == 1 && ends + note.width <= frame.right;
        let is_beside = note.as_ref().is_some_and(fits);
        let under = note.as_ref().filter(|_| !is_beside).map_or(0.0, |note| note.height + sheet.em(0.1));
        let beside = note.as_ref().filter(|_| is_beside).map_or((0.0, 0.0), |note| (note.middle, note.below()));
        let body = ((thick / 2.0).max(beside.0), (thick / 2.0 + under).max(beside.1));
        let total = (0..chart.series.len())
            .filter_map(|s| chart.number(c, s))
            .fold(None, |sum: Option<f64>, number| Some(sum.unwrap_or(0.0) + number));
        frame.row(sheet, chart, c, total, body, |sheet, place| {
            // No line goes through the words below a bar.
            let bottom = if under > 0.0 { place.middle + thick / 2.0 + sheet.em(0.05) } else { place.bottom };
            for x in &ticks {
                sheet.line((*x, place.top), (*x, bottom), "chart-grid");
            }
            for part in &parts {
                put(sheet, chart, c, part, place.middle, thick);
            }
            if let Some(note) = &note {
                let (x, y) = if is_beside {
                    (ends, place.middle - note.middle)
                } else {
                    (frame.left + sheet.em(0.4), place.middle + thick / 2.0 + sheet.em(0.1))
                };
                sheet.put(note, x, y, Anchor::Start, "chart-quiet", (Some(c), None));
            }
            sheet.line((zero, place.top), (zero, bottom), "chart-zero");
        });
    }
}

struct Part {
    series: usize,
    rect: Rect,
}

fn scale(chart: &Chart, frame: &Frame) -> ((f64, f64), Scale) {
    let sums = (0..chart.categories.len()).flat_map(|c| {
        let sum = |is_above: bool| {
            let numbers = (0..chart.series.len()).filter_map(|s| chart.number(c, s)).filter(|number| (*number > 0.0) == is_above);
            numbers.sum::<f64>().clamp(-1e301, 1e301)
        };
        [sum(true), sum(false)]
    });
    let (low, high) = from_zero(sums);
    ((low, high), Scale::new(low, high, frame.left, frame.right))
}

fn parts(chart: &Chart, category: usize, scale: &Scale) -> Vec<Part> {
    let (mut above, mut below) = (0.0f64, 0.0f64);
    let mut parts = Vec::new();
    for s in 0..chart.series.len() {
        let Some(number) = chart.number(category, s).filter(|number| *number != 0.0) else { continue };
        let sum = if number > 0.0 { &mut above } else { &mut below };
        let (from, to) = (scale.at(*sum), scale.at(*sum + number));
        *sum += number;
        parts.push(Part { series: s, rect: Rect { x: from.min(to), y: 0.0, width: (to - from).abs(), height: 0.0 } });
    }
    parts
}

fn put(sheet: &mut Sheet, chart: &Chart, category: usize, part: &Part, middle: f32, thick: f32) {
    let (of, tone) = ((Some(category), Some(part.series)), chart.tone(part.series));
    let rect = Rect { y: middle - thick / 2.0, height: thick, ..part.rect };
    sheet.mark(Shape::Rect(rect), FILL[tone], of, chart.saying(category, part.series));
    // Ground between neighbours, in a black and white print too.
    if rect.width > 3.0 {
        let x = rect.right() - 0.5;
        sheet.mark(Shape::Line { from: (x, rect.y), to: (x, rect.bottom()) }, "chart-cut", (None, Some(part.series)), String::new());
    }
    if let Some(value) = chart.value(category, part.series) {
        let label = sheet.block(&value.text, Weight::Medium, sheet.width * 4.0);
        let is_high =
            label.lines.first().is_some_and(|line| line.rise.max(line.fall + label.size * 0.72) - label.size * 0.36 <= thick / 2.0);
        if is_high && label.lines.len() == 1 && label.width + sheet.em(0.7) <= rect.width {
            sheet.put(&label, rect.x + rect.width / 2.0, middle - label.middle, Anchor::Middle, ON[tone], of);
        }
    }
}
