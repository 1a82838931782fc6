//! A drawing as SVG: inside a page, dressed by the page's sheet, or as a file of its own. No `style` attribute anywhere, so
//! that the strictest policy lets it through.

use std::fmt::Write;

use super::colours;
use super::layout::{Block, is_drawn};
use super::sheet::{Drawing, Mark, Shape, Text};
use crate::kit::letters::Weight;

pub enum Dress<'a> {
    /// Inside an HTML page; `id` is of nothing else there.
    Page { id: &'a str, title: &'a str, description: &'a str },
    /// A file of its own, with what a reader needs around it. `is_dark_allowed`: it follows its reader's scheme.
    File { head: &'a Head<'a>, is_dark_allowed: bool },
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Head<'a> {
    pub title: &'a str,
    pub subtitle: &'a str,
    pub note: &'a str,
    pub source: &'a str,
    /// For those who do not see it.
    pub description: &'a str,
}

impl Drawing {
    pub fn svg(&self, dress: &Dress) -> String {
        let mut svg = String::with_capacity(1024 + self.marks.len() * 220 + self.texts.len() * 140);
        match dress {
            Dress::Page { id, title, description } => {
                let (width, height) = (num(self.width), num(self.height));
                svg.push_str("<svg class=\"chart-drawing\" viewBox=\"0 0 ");
                let _ = write!(svg, "{width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"");
                let _ = write!(svg, "{0}-t {0}-d\" font-size=\"{1}\" font-weight=\"500\">", Escaped(id), num(self.size));
                let _ = write!(
                    svg,
                    "<title id=\"{0}-t\">{1}</title><desc id=\"{0}-d\">{2}</desc>",
                    Escaped(id),
                    Escaped(title),
                    Escaped(description)
                );
                self.body(&mut svg);
            }
            Dress::File { head, is_dark_allowed } => self.file(&mut svg, head, *is_dark_allowed),
        }
        svg.push_str("</svg>");
        svg
    }

    fn file(&self, svg: &mut String, head: &Head, is_dark_allowed: bool) {
        let side = (self.size * 1.5).round();
        let block = |text: &str, weight: Weight, size: f32| Block::new(text, weight, (self.size * size).round(), self.width);
        let above =
            [(block(head.title, Weight::Bold, 1.375), "chart-text", 0.25), (block(head.subtitle, Weight::Medium, 1.0), "chart-quiet", 0.2)];
        let below = [
            (block(head.note, Weight::Medium, 0.875), "chart-quiet", 0.3),
            (block(head.source, Weight::Medium, 0.875), "chart-quiet", 0.0),
        ];
        let mut y = side;
        let mut texts = String::new();
        let lines = |texts: &mut String, y: &mut f32, blocks: &[(Block, &'static str, f32)]| {
            for (block, class, gap) in blocks.iter().filter(|block| !block.0.is_empty()) {
                for line in &block.lines {
                    let weight = if block.weight == Weight::Bold { " font-weight=\"700\"" } else { "" };
                    let (x, y, size) = (num(side), num(*y + line.y), num(block.size));
                    let _ = write!(
                        texts,
                        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{weight}>{}</text>",
                        Escaped(&line.text)
                    );
                }
                *y += block.height + self.size * gap;
            }
        };
        lines(&mut texts, &mut y, &above);
        y += if above.iter().all(|block| block.0.is_empty()) { 0.0 } else { self.size };
        let top = y;
        y += self.height;
        y += if below.iter().all(|block| block.0.is_empty()) { 0.0 } else { self.size * 1.2 };
        lines(&mut texts, &mut y, &below);
        let (width, height) = (num(self.width + 2.0 * side), num((y + side).ceil()));
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart-drawing\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" "
        );
        let _ = write!(
            svg,
            "aria-labelledby=\"chart-t chart-d\" font-family=\"Be Vietnam Pro, Arial, sans-serif\" font-size=\"{}\" font-weight=\"500\">",
            num(self.size)
        );
        let _ =
            write!(svg, "<title id=\"chart-t\">{}</title><desc id=\"chart-d\">{}</desc>", Escaped(head.title), Escaped(head.description));
        let ground = |is_dark: bool| format!(".chart-ground {{ fill: {}; }}\n", colours::colour("--chart-ground", is_dark));
        let _ = write!(svg, "<style>{}{}", ground(false), colours::resolved(false));
        if is_dark_allowed {
            let _ = write!(svg, "@media (prefers-color-scheme: dark) {{\n{}{}}}\n", ground(true), colours::resolved(true));
        }
        let _ = write!(
            svg,
            "</style><rect class=\"chart-ground\" width=\"{width}\" height=\"{height}\"/>{texts}<g transform=\"translate({} {})\">",
            num(side),
            num(top)
        );
        self.body(svg);
        svg.push_str("</g>");
    }

    /// What is of no row first, then row by row, so that each can be moved with all that is in it; then texts of no row.
    fn body(&self, svg: &mut String) {
        for mark in self.marks.iter().filter(|mark| mark.row.is_none()) {
            write_mark(svg, mark, 0.0);
        }
        // Both stand in the order of rows, so that each is gone through once.
        let mut marks = self.marks.iter().filter(|mark| mark.row.is_some()).peekable();
        let mut texts = self.texts.iter().filter(|text| text.row.is_some()).peekable();
        for (at, row) in self.rows.iter().enumerate() {
            svg.push_str("<g class=\"chart-row\" data-value=\"");
            if let Some(value) = row.value {
                let _ = write!(svg, "{value:e}");
            }
            let y = (row.y * 10.0).round() / 10.0;
            let _ = write!(svg, "\" data-height=\"{}\" transform=\"translate(0 {})\">", num(row.height), num(y));
            while let Some(mark) = marks.next_if(|mark| mark.row == Some(at)) {
                write_mark(svg, mark, y);
            }
            while let Some(text) = texts.next_if(|text| text.row == Some(at)) {
                self.write_text(svg, text, y);
            }
            svg.push_str("</g>");
        }
        for text in self.texts.iter().filter(|text| text.row.is_none()) {
            self.write_text(svg, text, 0.0);
        }
    }

    fn write_text(&self, svg: &mut String, text: &Text, top: f32) {
        let (x, anchor) = match text.anchor {
            super::Anchor::Start => (text.x, ""),
            super::Anchor::Middle => (text.x + text.width / 2.0, " text-anchor=\"middle\""),
            super::Anchor::End => (text.x + text.width, " text-anchor=\"end\""),
        };
        let _ = write!(svg, "<text class=\"{}\" x=\"{}\" y=\"{}\"{anchor}", text.class, num(x), num(text.y - top));
        if text.size != self.size {
            let _ = write!(svg, " font-size=\"{}\"", num(text.size));
        }
        if text.weight == Weight::Bold {
            svg.push_str(" font-weight=\"700\"");
        }
        write_of(svg, text.category, text.series);
        let _ = write!(svg, ">{}</text>", Escaped(&text.content));
    }
}

fn write_of(svg: &mut String, category: Option<usize>, series: Option<usize>) {
    if let Some(c) = category {
        let _ = write!(svg, " data-c=\"{c}\"");
    }
    if let Some(s) = series {
        let _ = write!(svg, " data-s=\"{s}\"");
    }
}

fn write_mark(svg: &mut String, mark: &Mark, top: f32) {
    let class = mark.class;
    let name = match &mark.shape {
        Shape::Rect(rect) => {
            let (x, y, width, height) = (num(rect.x), num(rect.y - top), num(rect.width.max(0.0)), num(rect.height.max(0.0)));
            let _ = write!(svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"");
            "rect"
        }
        Shape::Line { from, to } => {
            let (x1, y1, x2, y2) = (num(from.0), num(from.1 - top), num(to.0), num(to.1 - top));
            let _ = write!(svg, "<line class=\"{class}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"");
            "line"
        }
        Shape::Path { points, is_closed } => {
            let _ = write!(svg, "<path class=\"{class}");
            if !is_closed && class.starts_with("chart-l") {
                // Lines of series: a pattern of dashes each, so that none is known by its colour alone.
                svg.push_str(" chart-run");
                let tone = colours::LINE.iter().position(|line| *line == class).unwrap_or(0);
                let dash = if tone < 6 { tone } else { mark.series.unwrap_or(0) % 6 };
                if dash > 0 {
                    let _ = write!(svg, " chart-d{}", dash + 1);
                }
            }
            svg.push_str("\" d=\"");
            for (at, (x, y)) in points.iter().enumerate() {
                let _ = write!(svg, "{}{} {}", if at == 0 { 'M' } else { 'L' }, num(*x), num(*y - top));
            }
            svg.push_str(if *is_closed { "Z\"" } else { "\"" });
            "path"
        }
        Shape::Point { at, radius, shape } => {
            let is_hit = class == "chart-hit";
            let _ = write!(svg, "<path class=\"{class}{}\" d=\"", if is_hit { "" } else { " chart-point" });
            write_point(svg, (at.0, at.1 - top), *radius, if is_hit { 0 } else { *shape });
            svg.push('"');
            "path"
        }
    };
    write_of(svg, mark.category, mark.series);
    if mark.saying.is_empty() {
        svg.push_str("/>");
    } else {
        let _ = write!(svg, "><title>{}</title></{name}>", Escaped(&mark.saying));
    }
}

/// Six shapes of like weight: disc, square, triangle, diamond, wedge, ring.
fn write_point(svg: &mut String, (x, y): (f32, f32), radius: f32, shape: usize) {
    let corners: &[(f32, f32)] = match shape {
        1 => &[(-0.84, -0.84), (0.84, -0.84), (0.84, 0.84), (-0.84, 0.84)],
        2 => &[(0.0, -1.0), (1.0, 0.85), (-1.0, 0.85)],
        3 => &[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)],
        4 => &[(-1.0, -0.85), (1.0, -0.85), (0.0, 1.0)],
        _ => &[],
    };
    for (at, corner) in corners.iter().enumerate() {
        let _ = write!(svg, "{}{} {}", if at == 0 { 'M' } else { 'L' }, num(x + corner.0 * radius), num(y + corner.1 * radius));
    }
    if corners.is_empty() {
        circle(svg, (x, y), radius, 1);
        if shape == 5 {
            // The other way round, or it would be filled.
            circle(svg, (x, y), radius * 0.56, 0);
        }
    } else {
        svg.push('Z');
    }
}

fn circle(svg: &mut String, (x, y): (f32, f32), radius: f32, sweep: u8) {
    let (left, right, y, r) = (num(x - radius), num(x + radius), num(y), num(radius));
    let _ = write!(svg, "M{left} {y}A{r} {r} 0 0 {sweep} {right} {y}A{r} {r} 0 0 {sweep} {left} {y}Z");
}

/// To a tenth of a pixel.
fn num(number: f32) -> f32 {
    let rounded = (number * 10.0).round() / 10.0;
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// Text of anybody inside XML.
struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                c if c.is_whitespace() && c.is_control() => f.write_char(' ')?,
                c if is_drawn(c) => f.write_char(c)?,
                _ => {}
            }
        }
        Ok(())
    }
}
