//! A line as small as a word, for the card of one figure: no axis, its last point marked.

use super::Chart;
use super::colours::{FILL, LINE, SOFT};
use super::plot::{Field, Point};
use super::sheet::{Rect, Shape, Sheet};

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    let (low, high) = chart.numbers(1).fold((f64::MAX, f64::MIN), |(low, high), number| (low.min(number), high.max(number)));
    if low > high {
        return sheet.missing(chart);
    }
    let is_flat = low == high;
    // A line that never moves runs through the middle.
    let (low, high) = if is_flat { (low - low.abs().max(1.0), high + high.abs().max(1.0)) } else { (low, high) };
    let radius = sheet.em(0.28);
    let area = Rect { x: radius, y: radius, width: sheet.width - 2.0 * radius, height: sheet.em(2.4) };
    let field = Field::new(chart, area, low, high);
    let runs = field.runs(|c| chart.number(c, 0));
    let base = area.bottom() + radius;
    for run in runs.iter().filter(|run| run.len() > 1) {
        let upper: Vec<Point> = run.iter().map(|(_, point)| *point).collect();
        let ground = upper.iter().rev().map(|(x, _)| (*x, base));
        let points = upper.iter().copied().chain(ground).collect();
        sheet.mark(Shape::Path { points, is_closed: true }, SOFT, (None, Some(0)), String::new());
        sheet.mark(Shape::Path { points: upper, is_closed: false }, LINE[0], (None, Some(0)), String::new());
    }
    let last = runs.last().and_then(|run| run.last()).map(|(c, _)| *c);
    for (c, at) in
        runs.iter().flat_map(|run| run.iter().map(|point| (point, run.len() == 1))).map(|((c, at), is_alone)| ((*c, is_alone), *at))
    {
        let is_shown = last == Some(c.0) || c.1;
        let class = if is_shown { FILL[0] } else { "chart-hit" };
        sheet.mark(Shape::Point { at, radius, shape: 0 }, class, (Some(c.0), Some(0)), chart.saying(c.0, 0));
    }
    sheet.y += area.height + 2.0 * radius;
}
