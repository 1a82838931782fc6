//! The field of a line: where categories stand along it, its axes, and room for labels in it.

use super::Chart;
use super::layout::{Block, widest_word};
use super::scale::{Scale, Tick, ticks, ticks_within};
use super::sheet::{Anchor, Rect, Sheet, area};
use crate::kit::letters::Weight;

pub type Point = (f32, f32);

/// Where lines run, in pixels.
pub struct Field {
    pub area: Rect,
    /// Of each category.
    pub xs: Vec<f32>,
    /// Categories from left to right.
    pub order: Vec<usize>,
    pub scale: Scale,
}

impl Field {
    pub fn new(chart: &Chart, area: Rect, low: f64, high: f64) -> Field {
        let parts = parts(chart);
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_by(|a, b| parts[*a].total_cmp(&parts[*b]));
        let xs = parts.iter().map(|part| area.x + area.width * *part as f32).collect();
        Field { area, xs, order, scale: Scale::new(low, high, area.bottom(), area.y) }
    }

    pub fn point(&self, category: usize, number: f64) -> Point {
        (self.xs[category], self.scale.at(number))
    }

    /// Lines of one series, broken where figures are missing: categories with their points.
    pub fn runs(&self, number: impl Fn(usize) -> Option<f64>) -> Vec<Vec<(usize, Point)>> {
        let mut runs: Vec<Vec<(usize, Point)>> = vec![Vec::new()];
        for c in &self.order {
            match (number(*c), runs.last_mut()) {
                (Some(number), Some(run)) => run.push((*c, self.point(*c, number))),
                (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
                _ => {}
            }
        }
        runs.retain(|run| !run.is_empty());
        runs
    }

    /// Whether there is a finger's… a point's breadth between neighbours.
    pub fn is_airy(&self, least: f32) -> bool {
        self.order.windows(2).all(|pair| self.xs[pair[1]] - self.xs[pair[0]] >= least)
    }
}

/// From 0 to 1, true to time where every category has one.
fn parts(chart: &Chart) -> Vec<f64> {
    let count = chart.categories.len();
    let times: Option<Vec<f64>> = chart.categories.iter().map(|category| category.at.filter(|at| at.abs() <= 1e12)).collect();
    if let Some(times) = times {
        let (low, high) = times.iter().fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(*at), high.max(*at)));
        if high > low {
            return times.iter().map(|at| (at - low) / (high - low)).collect();
        }
    }
    (0..count).map(|c| if count > 1 { c as f64 / (count - 1) as f64 } else { 0.5 }).collect()
}

/// The lowest and the highest number of an axis and its ticks: from zero where the figures come near it or `is_from_zero`.
pub fn span(numbers: impl Iterator<Item = f64>, is_from_zero: bool, most: usize, chart: &Chart) -> Option<Vec<Tick>> {
    let (low, high) = numbers.fold((f64::MAX, f64::MIN), |(low, high), number| (low.min(number), high.max(number)));
    if low > high {
        return None;
    }
    let (low, high) = if is_from_zero || (low >= 0.0 && low <= high * 0.45) || (high <= 0.0 && high >= low * 0.45) {
        (low.min(0.0), high.max(0.0))
    } else if low == high {
        (low - low.abs() * 0.1, high + high.abs() * 0.1)
    } else {
        (low, high)
    };
    let high = if low == high { low + 1.0 } else { high };
    Some(ticks(low, high, most, &chart.words))
}

/// Numbers above the rows of horizontal bars; the places of their lines.
pub fn top_axis(sheet: &mut Sheet, chart: &Chart, scale: &Scale, (low, high): (f64, f64)) -> Vec<f32> {
    let gap = sheet.em(0.9);
    for most in (1..=8).rev() {
        let ticks = ticks_within(low, high, most, &chart.words);
        if ticks.len() > 6 {
            continue;
        }
        let labels: Vec<(f32, f32, Block)> =
            ticks.iter().map(|tick| within(sheet, scale.at(tick.number), sheet.small(&tick.text, sheet.width * 9.0))).collect();
        let is_clear = labels.windows(2).all(|pair| pair[0].1 + pair[0].2.width + gap <= pair[1].1);
        if is_clear && labels.iter().all(|label| label.2.width <= sheet.width) {
            let height = labels.iter().map(|label| label.2.height).fold(0.0, f32::max);
            for (_, left, label) in &labels {
                sheet.put(label, *left, sheet.y, Anchor::Start, "chart-quiet", (None, None));
            }
            sheet.y += height + sheet.em(0.1);
            return labels.iter().map(|label| label.0).collect();
        }
    }
    Vec::new()
}

/// Centred on its place, but never beyond an edge.
fn within(sheet: &Sheet, x: f32, label: Block) -> (f32, f32, Block) {
    let left = (x - label.width / 2.0).min(sheet.width - label.width).max(0.0);
    (x, left, label)
}

/// Names of categories under a field: all of them on one line where they fit, else on two, else every second and so on,
/// the last one always among them.
pub fn bottom_axis(sheet: &mut Sheet, chart: &Chart, field: &Field, top: f32) {
    let count = field.order.len();
    let (gap, size) = (sheet.em(0.7), sheet.small("", 1.0).size);
    let mut step = 1;
    loop {
        let mut chosen: Vec<usize> = (0..count).rev().step_by(step).map(|place| field.order[place]).collect();
        // Both ends, even where the last gap is a little wider than the others.
        if let (Some(first), true, Some(begin)) = (chosen.last_mut(), step > 1 && step < count, field.order.first()) {
            *first = *begin;
        }
        let least = chosen.windows(2).map(|pair| field.xs[pair[0]] - field.xs[pair[1]]).fold(sheet.width, f32::min);
        for room in [sheet.width, (least - gap).max(sheet.em(2.5))] {
            let labels: Vec<(usize, f32, Block)> = chosen
                .iter()
                .map(|c| {
                    let (_, left, label) = within(sheet, field.xs[*c], sheet.small(&chart.categories[*c].name, room));
                    (*c, left, label)
                })
                .collect();
            let is_last = step >= count;
            let most = if room < sheet.width { 2 } else { 1 };
            let is_whole = |c: &usize| widest_word(&chart.categories[*c].name, Weight::Medium, size) <= room;
            if !is_last && !chosen.iter().all(is_whole) {
                continue;
            }
            let is_clear = labels.windows(2).all(|pair| pair[1].1 + pair[1].2.width + gap <= pair[0].1);
            if is_clear && labels.iter().all(|label| is_last || label.2.lines.len() <= most) {
                let height = labels.iter().map(|label| label.2.height).fold(0.0, f32::max);
                for (c, left, label) in &labels {
                    sheet.put(label, left + label.width / 2.0, top, Anchor::Middle, "chart-quiet", (Some(*c), None));
                    sheet.line((field.xs[*c], field.area.bottom()), (field.xs[*c], field.area.bottom() + sheet.em(0.3)), "chart-tick");
                }
                sheet.y = top + height;
                return;
            }
        }
        if step >= count {
            sheet.y = top;
            return;
        }
        step += 1 + step / 8;
    }
}

/// Lines across a field with their numbers: in a column to its left, or on the lines where `is_over`.
pub fn side_axis(sheet: &mut Sheet, ticks: &[Tick], field: &Field, is_over: bool) {
    for tick in ticks {
        let y = field.scale.at(tick.number);
        let (left, right) = (field.area.x, field.area.right());
        let class = if tick.number == 0.0 { "chart-zero" } else { "chart-grid" };
        sheet.line((left, y), (right, y), class);
        let label = sheet.small(&tick.text, sheet.width * 9.0);
        if is_over {
            let place = area(&label, 0.0, y - label.height, Anchor::Start);
            if place.right() <= right + sheet.em(0.3) && sheet.is_clear(&place) {
                sheet.put(&label, 0.0, y - label.height, Anchor::Start, "chart-quiet", (None, None));
            }
        } else {
            sheet.put(&label, left - sheet.em(0.5), y - label.middle, Anchor::End, "chart-quiet", (None, None));
        }
    }
}

/// A figure beside its point, where neither a text nor a line is: above it or below it.
pub fn beside(
    sheet: &mut Sheet,
    chart: &Chart,
    (c, s): (usize, usize),
    at: Point,
    is_below_first: bool,
    lines: &[(Point, Point)],
    bounds: &Rect,
) {
    let Some(value) = chart.value(c, s) else { return };
    let label = Block::new(&value.text, Weight::Bold, sheet.small("", 1.0).size, bounds.width);
    if label.lines.len() != 1 {
        return;
    }
    let away = sheet.em(0.5);
    let (line_rise, line_fall) = (label.lines[0].rise, label.lines[0].fall);
    let over = (at.1 - away - line_fall.max(0.0), Anchor::Middle);
    let under = (at.1 + away + line_rise, Anchor::Middle);
    let tries = if is_below_first { [under, over] } else { [over, under] };
    for (baseline, anchor) in tries {
        for shift in [0.0, label.width / 2.0 - away * 0.4, away * 0.4 - label.width / 2.0] {
            let x = at.0 + shift;
            let place = Rect { x: x - label.width / 2.0, y: baseline - line_rise, width: label.width, height: line_rise + line_fall };
            let is_inside =
                place.x >= bounds.x && place.right() <= bounds.right() && place.y >= bounds.y && place.bottom() <= bounds.bottom();
            let air = place.wider(sheet.em(0.16));
            if is_inside && sheet.is_clear(&air) && !lines.iter().any(|(from, to)| air.is_crossed(*from, *to)) {
                sheet.put(&label, x, baseline - label.lines[0].y, anchor, "chart-text", (Some(c), Some(s)));
                return;
            }
        }
    }
}
