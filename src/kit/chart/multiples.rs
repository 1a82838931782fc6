//! A small field for each series, all on one scale, so that each is seen by itself and beside the others.

use super::Chart;
use super::colours::{FILL, LINE};
use super::layout::{Block, widest_word};
use super::plot::{self, Field};
use super::scale::Tick;
use super::sheet::{Anchor, Rect, Shape, Sheet};
use crate::kit::letters::Weight;

/// The least breadth of a field, in ems, and how many stand beside each other at the most.
const LEAST: f32 = 13.5;
const MOST: usize = 4;

pub fn draw(sheet: &mut Sheet, chart: &Chart) {
    sheet.measure(chart);
    let Some(ticks) = plot::span(chart.numbers(chart.series.len()), false, 4, chart) else { return sheet.missing(chart) };
    let gap = sheet.em(2.0);
    let fitting = ((sheet.width + gap) / (sheet.em(LEAST) + gap)) as usize;
    // Six are 3 and 3, not 4 and 2.
    let most = fitting.clamp(1, MOST).min(chart.series.len());
    let lines = chart.series.len().div_ceil(most);
    let columns = chart.series.len().div_ceil(lines);
    let width = (sheet.width - gap * (columns - 1) as f32) / columns as f32;
    for first in (0..chart.series.len()).step_by(columns) {
        let line: Vec<usize> = (first..(first + columns).min(chart.series.len())).collect();
        let names: Vec<Block> = line.iter().map(|s| sheet.block(&chart.series[*s].name, Weight::Bold, width)).collect();
        let height = names.iter().map(|name| name.height).fold(0.0, f32::max);
        let (top, mut bottom) = (sheet.y, sheet.y);
        for (place, (s, name)) in line.iter().zip(&names).enumerate() {
            let x = (width + gap) * place as f32;
            // Titles of one line of fields end on one baseline.
            sheet.put(name, x, top + height - name.height, Anchor::Start, "chart-text", (None, Some(*s)));
            bottom = panel(sheet, chart, *s, &ticks, Rect { x, y: top + height + sheet.em(0.3), width, height: sheet.em(5.2) }).max(bottom);
        }
        sheet.y = bottom + sheet.em(1.5);
    }
    sheet.y -= sheet.em(1.5);
}

fn panel(sheet: &mut Sheet, chart: &Chart, s: usize, ticks: &[Tick], room: Rect) -> f32 {
    let labels: Vec<Block> = ticks.iter().map(|tick| sheet.small(&tick.text, sheet.width * 9.0)).collect();
    let column = labels.iter().map(|label| label.width).fold(0.0, f32::max) + sheet.em(0.4);
    let has_column = column <= room.width * 0.34;
    let left = room.x + if has_column { column } else { 0.0 } + sheet.em(0.3);
    let area = Rect { x: left, y: room.y + sheet.em(0.5), width: room.right() - left - sheet.em(0.3), height: room.height };
    let field = Field::new(chart, area, ticks[0].number, ticks[ticks.len() - 1].number);
    for (tick, label) in ticks.iter().zip(&labels) {
        let y = field.scale.at(tick.number);
        let class = if tick.number == 0.0 { "chart-zero" } else { "chart-grid" };
        sheet.line((area.x - sheet.em(0.3), y), (room.right(), y), class);
        if has_column {
            sheet.put(label, left - sheet.em(0.7), y - label.middle, Anchor::End, "chart-quiet", (None, None));
        }
    }
    let tone = if chart.tone(s) >= 6 { 6 } else { 0 };
    let runs = field.runs(|c| chart.number(c, s));
    for run in runs.iter().filter(|run| run.len() > 1) {
        let points = run.iter().map(|(_, point)| *point).collect();
        sheet.mark(Shape::Path { points, is_closed: false }, LINE[tone], (None, None), String::new());
    }
    let known: Vec<(usize, (f32, f32))> = runs.iter().flatten().copied().collect();
    let is_end = |c: usize| known.first().is_some_and(|first| first.0 == c) || known.last().is_some_and(|last| last.0 == c);
    for run in &runs {
        for (c, at) in run {
            let class = if is_end(*c) || run.len() == 1 { FILL[tone] } else { "chart-hit" };
            sheet.mark(Shape::Point { at: *at, radius: sheet.em(0.26), shape: 0 }, class, (Some(*c), Some(s)), chart.saying(*c, s));
        }
    }
    let top = area.bottom() + sheet.em(0.6);
    feet(sheet, chart, s, &known.iter().map(|(c, _)| *c).collect::<Vec<_>>(), Rect { y: top, ..room })
}

/// When the line begins and ends, and at what.
fn feet(sheet: &mut Sheet, chart: &Chart, s: usize, known: &[usize], room: Rect) -> f32 {
    let left = room.x;
    let (Some(first), Some(last)) = (known.first().copied(), known.last().copied()) else {
        let block = sheet.small(&chart.words.missing, room.right() - left);
        sheet.put(&block, left, room.y, Anchor::Start, "chart-quiet", (None, Some(s)));
        return room.y + block.height;
    };
    // Where one of the two would be broken, they take the whole breadth below each other.
    let whole = room.right() - left;
    let half = (whole - sheet.em(0.8)) / 2.0;
    let size = sheet.small("", 1.0).size;
    let longest = |c: usize| {
        let value = chart.value(c, s).map_or(0.0, |value| sheet.block(&value.text, Weight::Bold, sheet.width * 9.0).width);
        value.max(widest_word(&chart.categories[c].name, Weight::Medium, size))
    };
    let is_beside = longest(first) <= half && longest(last) <= half;
    let mut bottom = room.y;
    for (c, anchor, is_needed) in [(first, Anchor::Start, true), (last, Anchor::End, first != last)] {
        if !is_needed {
            continue;
        }
        let width = if is_beside { half } else { whole };
        let name = sheet.small(&chart.categories[c].name, width);
        let value = chart.value(c, s).map(|value| sheet.block(&value.text, Weight::Bold, width));
        let x = if anchor == Anchor::Start { left } else { room.right() };
        let top = if is_beside { room.y } else { bottom };
        sheet.put(&name, x, top, anchor, "chart-quiet", (Some(c), None));
        let mut end = top + name.height;
        if let Some(value) = &value {
            sheet.put(value, x, end, anchor, "chart-text", (Some(c), Some(s)));
            end += value.height;
        }
        bottom = bottom.max(end);
    }
    bottom
}
