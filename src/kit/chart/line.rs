//! Lines along time or along categories, named at their ends; what is missing is a gap.

use super::colours::{FILL, LINE};
use super::layout::{Block, apart};
use super::plot::{self, Field, Point};
use super::scale::Tick;
use super::sheet::{Anchor, Rect, Shape, Sheet};
use super::{Chart, area};
use crate::kit::letters::Weight;

/// Of each series, of each category: how high its line stands.
pub type Heights = Vec<Vec<Option<f64>>>;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    let heights = (0..chart.series.len()).map(|s| (0..chart.categories.len()).map(|c| chart.number(c, s)).collect()).collect();
    draw_at(sheet, chart, &heights, false);
}

pub fn draw_at(sheet: &mut Sheet, chart: &Chart, heights: &Heights, is_filled: bool) {
    let numbers = heights.iter().flatten().filter_map(|height| *height);
    let most = if sheet.is_narrow() { 5 } else { 6 };
    let Some(ticks) = plot::span(numbers, is_filled, most, chart) else { return sheet.missing(chart) };
    let ends = Ends::new(sheet, chart, heights);
    if ends.has_key {
        sheet.key(chart, |s, room| sample(chart, s, room, is_filled), sheet.em(if is_filled { 0.8 } else { 2.2 }));
    }
    sheet.measure(chart);
    let field = field(sheet, chart, &ticks, &ends);
    let top = sheet.y;
    plot::side_axis(sheet, &ticks, &field, is_over(sheet, &ticks));
    // What is marked is drawn last, over the others.
    let mut order: Vec<usize> = (0..heights.len()).collect();
    order.sort_by_key(|s| chart.series[*s].is_marked);
    for s in order.iter().copied().filter(|_| is_filled) {
        area::fill(sheet, chart, s, &field, heights);
    }
    let mut lines: Vec<(Point, Point)> = Vec::new();
    let is_airy = field.is_airy(sheet.em(1.3));
    for s in order.iter().copied() {
        let runs = field.runs(|c| heights[s][c]);
        lines.extend(runs.iter().flat_map(|run| run.windows(2).map(|pair| (pair[0].1, pair[1].1))));
        if !is_filled {
            for run in runs.iter().filter(|run| run.len() > 1) {
                let points = run.iter().map(|(_, point)| *point).collect();
                sheet.mark(Shape::Path { points, is_closed: false }, LINE[chart.tone(s)], (None, Some(s)), String::new());
            }
        }
        let last = runs.last().and_then(|run| run.last()).map(|(c, _)| *c);
        for run in &runs {
            for (c, at) in run {
                let is_shown = last == Some(*c) || run.len() == 1 || (is_airy && !(is_filled && heights.len() > 1));
                let class = if is_shown { FILL[chart.tone(s)] } else { "chart-hit" };
                let radius = sheet.em(if is_shown && last == Some(*c) { 0.34 } else { 0.27 });
                sheet.mark(Shape::Point { at: *at, radius, shape: s % 6 }, class, (Some(*c), Some(s)), chart.saying(*c, s));
            }
        }
    }
    ends.put(sheet, chart, &field, heights, top);
    plot::bottom_axis(sheet, chart, &field, field.area.bottom() + sheet.em(0.55));
    if heights.len() <= 3 && !(is_filled && heights.len() > 1) {
        values(sheet, chart, &field, heights, &lines);
    }
}

/// In the key: a piece of the line with its point.
fn sample(chart: &Chart, s: usize, room: Rect, is_filled: bool) -> Vec<(Shape, &'static str)> {
    let (tone, y) = (chart.tone(s), room.y + room.height / 2.0);
    if is_filled {
        return vec![(Shape::Rect(room), FILL[tone])];
    }
    let line = Shape::Path { points: vec![(room.x, y), (room.right(), y)], is_closed: false };
    let point = Shape::Point { at: (room.x + room.width / 2.0, y), radius: room.height * 0.36, shape: s % 6 };
    vec![(line, LINE[tone]), (point, FILL[tone])]
}

/// Numbers of an axis too wide for a column of their own stand on their lines.
fn is_over(sheet: &Sheet, ticks: &[Tick]) -> bool {
    column(sheet, ticks) > sheet.width * 0.26
}

fn column(sheet: &Sheet, ticks: &[Tick]) -> f32 {
    ticks.iter().map(|tick| sheet.small(&tick.text, sheet.width * 9.0).width).fold(0.0, f32::max) + sheet.em(0.5)
}

fn field(sheet: &Sheet, chart: &Chart, ticks: &[Tick], ends: &Ends) -> Field {
    let is_over = is_over(sheet, ticks);
    let left = if is_over { sheet.em(0.35) } else { column(sheet, ticks) + sheet.em(0.3) };
    let right = sheet.width - ends.width;
    let above = sheet.em(if is_over { 1.45 } else { 0.6 });
    let share = if sheet.is_narrow() { 0.62 } else { 0.4 };
    let height = (sheet.width * share).clamp(sheet.em(11.0), sheet.em(19.0)).max(ends.height - above + sheet.em(0.3));
    let area = Rect { x: left, y: sheet.y + above, width: (right - left).max(sheet.em(1.0)), height };
    let (low, high) = (ticks.first().map_or(0.0, |tick| tick.number), ticks.last().map_or(1.0, |tick| tick.number));
    Field::new(chart, area, low, high)
}

/// What stands behind the ends of the lines: the last figure, and the name where no key says it.
struct Ends {
    has_key: bool,
    labels: Vec<(Block, Block)>,
    width: f32,
    height: f32,
    /// Between two labels.
    air: f32,
    /// Of each series, the category of its last figure.
    last: Vec<Option<usize>>,
}

impl Ends {
    fn new(sheet: &Sheet, chart: &Chart, heights: &Heights) -> Ends {
        let gap = sheet.em(0.75);
        let order = Field::new(chart, Rect { x: 0.0, y: 0.0, width: 1.0, height: 1.0 }, 0.0, 1.0).order;
        let last: Vec<Option<usize>> = heights.iter().map(|heights| order.iter().rev().copied().find(|c| heights[*c].is_some())).collect();
        let room = if sheet.is_narrow() { sheet.width * 0.34 } else { (sheet.width * 0.27).min(sheet.em(15.0)) } - gap;
        let value = |s: usize| match last[s].and_then(|c| chart.value(c, s)) {
            Some(value) => sheet.block(&value.text, Weight::Bold, room),
            None => sheet.small(&chart.words.missing, room),
        };
        let size = sheet.small("", room).size;
        let weight = |is_marked: bool| if is_marked { Weight::Bold } else { Weight::Medium };
        let names: Vec<Block> = chart.series.iter().map(|series| Block::new(&series.name, weight(series.is_marked), size, room)).collect();
        let is_short = |name: &Block| name.lines.len() <= if sheet.is_narrow() { 2 } else { 3 };
        let is_crowded = sheet.is_narrow() && chart.categories.len() > 12;
        let has_key = heights.len() > 1 && (is_crowded || !names.iter().all(is_short));
        let has_names = heights.len() > 1 && !has_key;
        let nothing = || sheet.small("", room);
        let labels: Vec<(Block, Block)> =
            names.into_iter().enumerate().map(|(s, name)| (value(s), if has_names { name } else { nothing() })).collect();
        let width = labels.iter().map(|(value, name)| value.width.max(name.width)).fold(0.0, f32::max) + gap;
        let air = if labels.len() > 1 { sheet.em(0.35) } else { 0.0 };
        let height = labels.iter().map(|(value, name)| value.height + name.height + air).sum::<f32>();
        Ends { has_key, labels, width, height, air, last }
    }

    fn put(&self, sheet: &mut Sheet, chart: &Chart, field: &Field, heights: &Heights, top: f32) {
        let bottom = field.area.bottom() + sheet.em(0.3);
        let ends: Vec<Option<Point>> =
            self.last.iter().enumerate().map(|(s, c)| c.and_then(|c| heights[s][c].map(|height| field.point(c, height)))).collect();
        let wanted: Vec<(f32, f32)> = self
            .labels
            .iter()
            .zip(&ends)
            .map(|((value, name), end)| {
                let first = value.lines.first().map_or(0.0, |line| line.y - value.size * 0.36);
                (end.map_or(bottom, |end| end.1) - first, value.height + name.height + self.air)
            })
            .collect();
        let begins = apart(&wanted, top, bottom + self.air);
        let x = field.area.right() + sheet.em(0.75);
        for (s, (value, name)) in self.labels.iter().enumerate() {
            let begin = begins[s];
            let class = if self.last[s].is_some() { "chart-text" } else { "chart-quiet" };
            sheet.put(value, x, begin, Anchor::Start, class, (self.last[s], Some(s)));
            sheet.put(name, x, begin + value.height, Anchor::Start, "chart-key", (None, Some(s)));
            let first = value.lines.first().map_or(0.0, |line| line.y - value.size * 0.36);
            if let Some(end) = ends[s] {
                let to = (x - sheet.em(0.15), begin + first);
                let is_away = (to.1 - end.1).abs() > sheet.em(0.4) || field.area.right() - end.0 > sheet.em(0.5);
                if is_away {
                    sheet.mark(
                        Shape::Line { from: (end.0 + sheet.em(0.36), end.1), to },
                        LINE[chart.tone(s)],
                        (None, Some(s)),
                        String::new(),
                    );
                }
            }
        }
    }
}

/// First, highest and lowest figures where there is room, and all of them where they are few.
fn values(sheet: &mut Sheet, chart: &Chart, field: &Field, heights: &Heights, lines: &[(Point, Point)]) {
    let bounds = Rect {
        x: field.area.x - sheet.em(0.2),
        y: field.area.y - sheet.em(1.3),
        width: field.area.width + sheet.em(0.4),
        height: field.area.height + sheet.em(1.3),
    };
    for (s, heights) in heights.iter().enumerate() {
        let known: Vec<(usize, f64)> = field.order.iter().filter_map(|c| Some((*c, heights[*c]?))).collect();
        let [first, rest @ ..] = known.as_slice() else { continue };
        let highest = known.iter().fold(*first, |best, one| if one.1 > best.1 { *one } else { best });
        let lowest = known.iter().fold(*first, |best, one| if one.1 < best.1 { *one } else { best });
        let last = known[known.len() - 1].0;
        let mut wanted = vec![highest, lowest, *first];
        if known.len() <= 8 {
            wanted.extend(rest);
        }
        let mut said = vec![last];
        for (c, height) in wanted {
            if said.contains(&c) {
                continue;
            }
            said.push(c);
            let place = field.order.iter().position(|other| *other == c).unwrap_or(0);
            let neighbours = [place.wrapping_sub(1), place + 1].into_iter().filter_map(|at| field.order.get(at).and_then(|c| heights[*c]));
            let is_valley = neighbours.clone().all(|other| other >= height) && neighbours.clone().any(|other| other > height);
            plot::beside(sheet, chart, (c, s), field.point(c, height), is_valley, lines, &bounds);
        }
    }
}
