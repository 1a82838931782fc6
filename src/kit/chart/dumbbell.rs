//! From one figure to another, category by category: two points on a common scale and how far they are apart.

use super::Chart;
use super::colours::FILL;
use super::layout::Block;
use super::plot;
use super::rows::{self, Frame};
use super::scale::{Scale, places, reckoned};
use super::sheet::{Anchor, Shape, Sheet};
use crate::kit::letters::Weight;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    let pair = chart.series.len().min(2);
    let Some(ticks) = plot::span(chart.numbers(pair), false, 6, chart) else { return sheet.missing(chart) };
    let radius = sheet.em(0.42);
    let heads = Chart { series: chart.series.iter().take(2).cloned().collect(), ..chart.clone() };
    sheet.key(
        &heads,
        |s, room| {
            vec![(Shape::Point { at: (room.x + room.width / 2.0, room.y + room.height / 2.0), radius, shape: shape(s) }, FILL[tone(s)])]
        },
        sheet.em(0.8),
    );
    sheet.measure(chart);
    let frame = Frame::new(sheet, chart);
    let gap = radius + sheet.em(0.3);
    let changes: Vec<Option<Block>> = (0..chart.categories.len()).map(|c| change(sheet, chart, c)).collect();
    let widest = |s: usize| {
        (0..chart.categories.len())
            .filter_map(|c| chart.value(c, s))
            .map(|value| sheet.block(&value.text, Weight::Medium, sheet.width * 9.0).width)
            .fold(0.0, f32::max)
    };
    let side = widest(0).max(widest(1)) + gap + sheet.em(0.2);
    let column = changes.iter().flatten().map(|change| change.width).fold(0.0, f32::max);
    let head = sheet.small(&chart.words.change, column.max(sheet.em(6.0)));
    let column = if column > 0.0 { column.max(head.width) + sheet.em(1.0) } else { 0.0 };
    let has_column = column > 0.0 && column + 2.0 * side <= (frame.right - frame.left) * 0.68;
    let right = if has_column { frame.right - column } else { frame.right };
    let is_roomy = 2.0 * side <= (right - frame.left) * 0.7;
    let edge = if is_roomy { side } else { radius };
    let (low, high) = (ticks.first().map_or(0.0, |tick| tick.number), ticks.last().map_or(1.0, |tick| tick.number));
    let scale = bounded(chart, pair, (low, high), frame.left + edge, right - edge);
    if has_column && !head.is_empty() {
        sheet.put(&head, sheet.width, sheet.y, Anchor::End, "chart-quiet", (None, None));
        sheet.y += head.height + sheet.em(0.45);
    }
    for (c, change) in changes.iter().enumerate() {
        let points: Vec<(usize, f32)> = (0..pair).filter_map(|s| chart.number(c, s).map(|number| (s, scale.at(number)))).collect();
        let under =
            under(sheet, chart, c, pair, change.as_ref().filter(|_| !has_column), is_roomy, frame.right - frame.left - sheet.em(0.4));
        let labels: Vec<Block> = points
            .iter()
            .filter_map(|(s, _)| chart.value(c, *s))
            .map(|value| sheet.block(&value.text, Weight::Medium, sheet.width * 9.0))
            .collect();
        let half = if is_roomy {
            labels.iter().fold((radius, radius), |(above, below), label| (above.max(label.middle), below.max(label.below())))
        } else {
            (radius * 1.6, radius * 1.6)
        };
        let beside = change.as_ref().filter(|_| has_column).map_or((0.0, 0.0), |change| (change.middle, change.below()));
        let body = (half.0.max(beside.0), half.1.max(beside.1) + under.as_ref().map_or(0.0, |under| under.height));
        let value = match (chart.number(c, 0), chart.number(c, 1)) {
            (Some(from), Some(to)) => Some(to - from),
            _ => None,
        };
        frame.row(sheet, chart, c, value, body, |sheet, place| {
            let y = place.middle;
            // The track stops where figures stand on it.
            let reach = |s: usize| gap + labels.get(s).map_or(0.0, |label| label.width) + sheet.em(0.3);
            let (first, last) = points.iter().fold((f32::MAX, f32::MIN), |(first, last), (_, x)| (first.min(*x), last.max(*x)));
            let widest = if is_roomy { reach(0).max(reach(1)) } else { radius + sheet.em(0.2) };
            // One point alone has its figure at its right.
            let before = if points.len() > 1 { widest } else { radius + sheet.em(0.2) };
            let (from, to) = if points.is_empty() { (right, right) } else { (first - before, last + widest) };
            if from > frame.left {
                sheet.line((frame.left, y), (from, y), "chart-grid");
            }
            if to < right {
                sheet.line((to, y), (right, y), "chart-grid");
            }
            if let [(_, from), (_, to)] = points.as_slice() {
                sheet.mark(Shape::Line { from: (*from, y), to: (*to, y) }, "chart-rod", (Some(c), None), String::new());
            }
            for (s, x) in &points {
                // A ring is empty: the rod ends at it.
                sheet.mark(Shape::Point { at: (*x, y), radius, shape: 0 }, "chart-clear", (Some(c), Some(*s)), String::new());
                sheet.mark(
                    Shape::Point { at: (*x, y), radius, shape: shape(*s) },
                    FILL[tone(*s)],
                    (Some(c), Some(*s)),
                    chart.saying(c, *s),
                );
            }
            if is_roomy {
                let other = |s: usize| points.iter().find(|(of, _)| *of != s).map(|(_, x)| *x);
                for ((s, x), label) in points.iter().zip(&labels) {
                    let is_left = other(*s).is_some_and(|other| *x < other || (*x == other && *s == 0));
                    let (at, anchor) = if is_left { (x - gap, Anchor::End) } else { (x + gap, Anchor::Start) };
                    sheet.put(label, at, y - label.middle, anchor, "chart-text", (Some(c), Some(*s)));
                }
            }
            if let Some(change) = change.as_ref().filter(|_| has_column) {
                sheet.put(change, sheet.width, y - change.middle, Anchor::End, "chart-text", (Some(c), None));
            }
            if let Some(under) = &under {
                sheet.put(under, frame.left + sheet.em(0.4), y + half.1.max(beside.1), Anchor::Start, "chart-quiet", (Some(c), None));
            }
        });
    }
}

/// The later one is the fuller one.
fn tone(series: usize) -> usize {
    if series == 0 { 6 } else { 0 }
}

fn shape(series: usize) -> usize {
    if series == 0 { 5 } else { 0 }
}

/// No further than the figures reach: an axis is not drawn, so nothing is round here.
fn bounded(chart: &Chart, pair: usize, ticks: (f64, f64), from: f32, to: f32) -> Scale {
    let (low, high) = chart.numbers(pair).fold((f64::MAX, f64::MIN), |(low, high), number| (low.min(number), high.max(number)));
    if low < high { Scale::new(low, high, from, to) } else { Scale::new(ticks.0, ticks.1, from, to) }
}

fn change(sheet: &Sheet, chart: &Chart, category: usize) -> Option<Block> {
    let (from, to) = (chart.value(category, 0)?, chart.value(category, 1)?);
    let places = places(&from.text, &chart.words).max(places(&to.text, &chart.words));
    let text = reckoned(to.number - from.number, places, true, &chart.words);
    Some(sheet.block(&text, Weight::Bold, sheet.width - sheet.em(1.0)))
}

/// What found no room in the row: figures, the change, and what is missing.
fn under(sheet: &Sheet, chart: &Chart, category: usize, pair: usize, change: Option<&Block>, is_roomy: bool, room: f32) -> Option<Block> {
    let mut parts: Vec<String> = Vec::new();
    if !is_roomy {
        let texts: Vec<&str> = (0..pair).filter_map(|s| chart.value(category, s)).map(|value| value.text.as_str()).collect();
        parts.push(texts.join(" → "));
    }
    if let Some(change) = change {
        let text: Vec<&str> = change.lines.iter().map(|line| line.text.as_str()).collect();
        parts.push(format!("{} {}", chart.words.change, text.concat()).trim().to_owned());
    }
    if let Some(missing) = rows::missing(sheet, chart, category, pair, f32::MAX) {
        parts.extend(missing.lines.into_iter().map(|line| line.text));
    }
    let text = parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" · ");
    Some(sheet.small(&text, room)).filter(|block| !block.is_empty())
}
