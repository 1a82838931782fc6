//! Filled areas: one from zero, or several on top of each other.

use super::colours::{FILL, LINE, SOFT};
use super::line::Heights;
use super::plot::{Field, Point};
use super::sheet::{Shape, Sheet};
use super::{Chart, line};

/// Areas tell the truth only where nothing is below zero and, where they are stacked, nothing is missing.
pub fn is_whole(chart: &Chart) -> bool {
    let count = chart.categories.len();
    let is_full = || (0..chart.series.len()).all(|s| (0..count).all(|c| chart.number(c, s).is_some()));
    chart.numbers(chart.series.len()).all(|number| number >= 0.0) && (chart.series.len() == 1 || is_full())
}

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    line::draw_at(sheet, chart, &stacked(chart), true);
}

/// How high the upper edge of each area stands.
fn stacked(chart: &Chart) -> Heights {
    let mut heights: Heights = Vec::with_capacity(chart.series.len());
    for s in 0..chart.series.len() {
        let on = |c: usize| heights.last().and_then(|below| below[c]).unwrap_or(0.0);
        heights.push((0..chart.categories.len()).map(|c| chart.number(c, s).map(|number| on(c) + number)).collect());
    }
    heights
}

/// The area of one series, and its upper edge.
pub fn fill(sheet: &mut Sheet, chart: &Chart, s: usize, field: &Field, heights: &Heights) {
    let tone = chart.tone(s);
    let is_only = heights.len() == 1;
    for run in field.runs(|c| heights[s][c]) {
        let upper: Vec<Point> = run.iter().map(|(_, point)| *point).collect();
        let lower = run.iter().rev().map(|(c, point)| {
            let below = if s > 0 { heights[s - 1][*c] } else { None };
            (point.0, field.scale.at(below.unwrap_or(0.0)))
        });
        let points: Vec<Point> = upper.iter().copied().chain(lower).collect();
        sheet.mark(Shape::Path { points, is_closed: true }, if is_only { SOFT } else { FILL[tone] }, (None, Some(s)), String::new());
        let class = if is_only { LINE[tone] } else { "chart-cut" };
        sheet.mark(Shape::Path { points: upper, is_closed: false }, class, (None, Some(s)), String::new());
    }
}
