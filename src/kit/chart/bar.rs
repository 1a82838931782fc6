//! Bars from zero, one or several a category, each with its figure at its end.

use super::colours::{FILL, ON};
use super::layout::Block;
use super::rows::Frame;
use super::scale::{Scale, from_zero};
use super::sheet::{Anchor, Rect, Shape, Sheet};
use super::{Chart, Kind};
use crate::kit::letters::Weight;

/// Where a figure stands.
#[derive(Clone, Copy, Debug, PartialEq)]
enum At {
    Right,
    Left,
    Inside,
    Below,
}

struct Bar {
    series: usize,
    /// From its left to its right; as wide as nothing where there is no figure.
    from: f32,
    to: f32,
    label: Block,
    at: At,
    above: f32,
    below: f32,
}

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    let series = if chart.kind == Kind::GroupedBar { chart.series.len() } else { 1 };
    if series > 1 {
        sheet.key(chart, |s, room| vec![(Shape::Rect(room), FILL[chart.tone(s)])], sheet.em(0.8));
    }
    sheet.measure(chart);
    let frame = Frame::new(sheet, chart);
    let frame = if series > 1 { frame.grouped(sheet) } else { frame };
    let scale = scale(sheet, chart, series, &frame);
    let zero = scale.at(0.0);
    sheet.zero = Some(zero);
    let thick = sheet.em(if series > 1 || frame.is_narrow { 1.2 } else { 1.4 });
    let named = first_names(sheet, chart, series, &scale, thick);
    for c in 0..chart.categories.len() {
        let bars: Vec<Bar> = (0..series).map(|s| bar(sheet, chart, c, s, &frame, &scale, thick)).collect();
        let gap = sheet.em(0.16);
        let height: f32 = bars.iter().map(|bar| bar.above + bar.below).sum::<f32>() + gap * (series - 1) as f32;
        // Names stand beside a single bar's own middle, and beside that of a whole group.
        let body = if let [only] = bars.as_slice() { (only.above, only.below) } else { (height / 2.0, height / 2.0) };
        frame.row(sheet, chart, c, chart.number(c, 0), body, |sheet, place| {
            let mut y = place.middle - body.0;
            let mut from = place.top;
            for (at, bar) in bars.iter().enumerate() {
                let middle = y + bar.above;
                put(sheet, chart, c, bar, middle, thick, &frame, zero);
                if c == 0
                    && let Some(name) = named.get(bar.series)
                    && bar.at != At::Inside
                {
                    let on = ON[tone(chart, c, bar.series)];
                    sheet.put(name, bar.from + sheet.em(0.4), middle - name.middle, Anchor::Start, on, (None, Some(bar.series)));
                }
                y += bar.above + bar.below + gap;
                // No line goes through a figure below its bar.
                let end = if at + 1 == bars.len() { place.bottom } else { y };
                let is_crossed = bar.at == At::Below && zero > frame.left + gap;
                sheet.line((zero, from), (zero, if is_crossed { middle + thick / 2.0 } else { end }), "chart-zero");
                from = end;
            }
        });
    }
}

fn tone(chart: &Chart, category: usize, series: usize) -> usize {
    if chart.kind == Kind::GroupedBar { chart.tone(series) } else { chart.category_tone(category) }
}

/// Room is kept for the figures on both sides, unless that would leave too little for the bars.
fn scale(sheet: &Sheet, chart: &Chart, series: usize, frame: &Frame) -> Scale {
    let (low, high) = from_zero(chart.numbers(series));
    let (mut left, mut right) = (0.0f32, 0.0f32);
    for c in 0..chart.categories.len() {
        for s in 0..series {
            let Some(value) = chart.value(c, s) else { continue };
            let width = sheet.block(&value.text, Weight::Bold, sheet.width).width + sheet.em(0.4);
            if value.number < 0.0 {
                left = left.max(width);
            } else {
                right = right.max(width);
            }
        }
    }
    let room = frame.right - frame.left;
    let is_roomy = left + right <= room * 0.55;
    let (from, to) = if is_roomy { (frame.left + left, frame.right - right) } else { (frame.left, frame.right) };
    Scale::new(low, high, from, to)
}

/// The names of the series inside the bars of the first row, where all of them find room in their bars.
fn first_names(sheet: &Sheet, chart: &Chart, series: usize, scale: &Scale, thick: f32) -> Vec<Block> {
    if series < 2 {
        return Vec::new();
    }
    let fitting = |s: usize| {
        let name = sheet.small(&chart.series[s].name, sheet.width * 4.0);
        let length = (scale.at(chart.number(0, s)?) - scale.at(0.0)).abs();
        (name.lines.len() == 1 && name.width + sheet.em(0.9) <= length && high(&name) <= thick * 0.98).then_some(name)
    };
    (0..series).map(fitting).collect::<Option<Vec<Block>>>().unwrap_or_default()
}

/// From the highest mark to the lowest.
fn high(block: &Block) -> f32 {
    let line = block.lines.first();
    line.map_or(0.0, |line| 2.0 * (line.rise - block.size * 0.36).max(line.fall + block.size * 0.36))
}

fn bar(sheet: &Sheet, chart: &Chart, category: usize, series: usize, frame: &Frame, scale: &Scale, thick: f32) -> Bar {
    let (zero, gap) = (scale.at(0.0), sheet.em(0.4));
    let Some(value) = chart.value(category, series) else {
        let room = frame.right - zero - gap;
        let fits = room >= sheet.em(5.0);
        let label = sheet.small(&chart.words.missing, if fits { room } else { frame.right - frame.left - gap });
        let at = if fits { At::Right } else { At::Below };
        return placed(Bar { series, from: zero, to: zero, label, at, above: 0.0, below: 0.0 }, thick);
    };
    let end = scale.at(value.number);
    // Something is not nothing, however small.
    let length = if value.number == 0.0 { 0.0 } else { (end - zero).abs().max(1.0) };
    let is_left = value.number < 0.0;
    let from = if is_left { (zero - length).max(0.0) } else { zero.min(frame.right - length) };
    let to = from + length;
    let label = sheet.block(&value.text, Weight::Bold, frame.right - frame.left - gap);
    let is_line = label.lines.len() < 2;
    let at = if is_line && !is_left && to + gap + label.width <= frame.right {
        At::Right
    } else if is_line && is_left && from - gap - label.width >= frame.left {
        At::Left
    } else if is_line && label.width + 2.0 * gap <= length && high(&label) <= thick {
        At::Inside
    } else {
        At::Below
    };
    placed(Bar { series, from, to, label, at, above: 0.0, below: 0.0 }, thick)
}

fn placed(mut bar: Bar, thick: f32) -> Bar {
    (bar.above, bar.below) = match bar.at {
        At::Below => (thick / 2.0, thick / 2.0 + bar.label.height),
        At::Inside => (thick / 2.0, thick / 2.0),
        At::Right | At::Left => (bar.label.middle.max(thick / 2.0), bar.label.below().max(thick / 2.0)),
    };
    // A line without marks above its letters leaves its bar as it is.
    if let ([line], At::Right | At::Left) = (bar.label.lines.as_slice(), bar.at) {
        let half = bar.label.size * 0.36;
        (bar.above, bar.below) = ((line.rise - half).max(thick / 2.0), (line.fall + half).max(thick / 2.0));
    }
    bar
}

#[allow(clippy::too_many_arguments)]
fn put(sheet: &mut Sheet, chart: &Chart, c: usize, bar: &Bar, middle: f32, thick: f32, frame: &Frame, zero: f32) {
    let (of, tone) = ((Some(c), Some(bar.series)), tone(chart, c, bar.series));
    let gap = sheet.em(0.4);
    let is_missing = chart.value(c, bar.series).is_none();
    if !is_missing {
        let rect = Rect { x: bar.from, y: middle - thick / 2.0, width: bar.to - bar.from, height: thick };
        sheet.mark(Shape::Rect(rect), FILL[tone], of, chart.saying(c, bar.series));
    }
    let class = if is_missing { "chart-quiet" } else { "chart-text" };
    let top = middle - bar.label.middle;
    match bar.at {
        At::Right => sheet.put(&bar.label, bar.to + gap, top, Anchor::Start, class, of),
        At::Left => sheet.put(&bar.label, bar.from - gap, top, Anchor::End, class, of),
        At::Inside if bar.from < zero - 0.5 => sheet.put(&bar.label, bar.from + gap, top, Anchor::Start, ON[tone], of),
        At::Inside => sheet.put(&bar.label, bar.to - gap, top, Anchor::End, ON[tone], of),
        At::Below => sheet.put(&bar.label, frame.left + gap, middle + thick / 2.0, Anchor::Start, class, of),
    }
}
