//! What a drawing is made of: marks, and texts that know where they stand.

use super::layout::{Block, is_drawn};
use super::{Canvas, Chart};
use crate::kit::letters::Weight;

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    pub fn meets(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    pub fn wider(&self, by: f32) -> Rect {
        Rect { x: self.x - by, y: self.y - by, width: self.width + 2.0 * by, height: self.height + 2.0 * by }
    }

    /// Whether a straight line goes through (Liang and Barsky's clipping).
    pub fn is_crossed(&self, from: (f32, f32), to: (f32, f32)) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enters, mut leaves) = (0.0f32, 1.0f32);
        for (step, gap) in [(-dx, from.0 - self.x), (dx, self.right() - from.0), (-dy, from.1 - self.y), (dy, self.bottom() - from.1)] {
            if step == 0.0 {
                if gap < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enters = enters.max(gap / step);
            } else {
                leaves = leaves.min(gap / step);
            }
        }
        enters <= leaves
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Rect(Rect),
    Line {
        from: (f32, f32),
        to: (f32, f32),
    },
    /// Straight from point to point; filled ones are closed by whoever fills them.
    Path {
        points: Vec<(f32, f32)>,
        is_closed: bool,
    },
    /// One of six, so that a colour is never alone: disc, square, triangle, diamond, wedge, ring.
    Point {
        at: (f32, f32),
        radius: f32,
        shape: usize,
    },
}

#[derive(Clone, Debug)]
pub struct Mark {
    pub shape: Shape,
    /// Of the drawing's own sheet of styles: where all its colours come from.
    pub class: &'static str,
    /// Of a key: names the series it stands for.
    pub series: Option<usize>,
    pub category: Option<usize>,
    /// What it says when it is pointed at; marks without stand for no figure.
    pub saying: String,
    pub row: Option<usize>,
}

impl Mark {
    pub fn bounds(&self) -> Rect {
        let of = |points: &[(f32, f32)]| {
            let (mut low, mut high) = ((f32::MAX, f32::MAX), (f32::MIN, f32::MIN));
            for (x, y) in points {
                (low, high) = ((low.0.min(*x), low.1.min(*y)), (high.0.max(*x), high.1.max(*y)));
            }
            if points.is_empty() { Rect::default() } else { Rect { x: low.0, y: low.1, width: high.0 - low.0, height: high.1 - low.1 } }
        };
        match &self.shape {
            Shape::Rect(rect) => *rect,
            Shape::Line { from, to } => of(&[*from, *to]),
            Shape::Path { points, .. } => of(points),
            Shape::Point { at, radius, .. } => Rect { x: at.0 - radius, y: at.1 - radius, width: 2.0 * radius, height: 2.0 * radius },
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// One line. Its box is `x`, `y - rise`, `width`, `rise + fall`.
#[derive(Clone, Debug)]
pub struct Text {
    /// Of its left edge, whatever it hangs by.
    pub x: f32,
    /// Of its baseline.
    pub y: f32,
    pub width: f32,
    pub rise: f32,
    pub fall: f32,
    pub size: f32,
    pub weight: Weight,
    /// What it hangs by where a reader's font is another.
    pub anchor: Anchor,
    pub class: &'static str,
    pub content: String,
    pub series: Option<usize>,
    pub category: Option<usize>,
    pub row: Option<usize>,
}

impl Text {
    pub fn area(&self) -> Rect {
        Rect { x: self.x, y: self.y - self.rise, width: self.width, height: self.rise + self.fall }
    }
}

/// A row that a script may move: all its marks and texts are between `y` and `y + height`.
#[derive(Clone, Debug)]
pub struct Row {
    pub y: f32,
    pub height: f32,
    pub value: Option<f64>,
}

#[derive(Clone, Debug)]
pub struct Drawing {
    pub width: f32,
    pub height: f32,
    /// Of its text, in pixels.
    pub size: f32,
    pub marks: Vec<Mark>,
    pub texts: Vec<Text>,
    pub rows: Vec<Row>,
    /// Where bars begin.
    pub zero: Option<f32>,
}

impl Drawing {
    /// Of all its texts.
    pub fn boxes(&self) -> Vec<Rect> {
        self.texts.iter().map(Text::area).collect()
    }
}

/// Which figure something is of.
pub type Of = (Option<usize>, Option<usize>);

/// A drawing while it is made; it grows downwards.
pub struct Sheet {
    pub width: f32,
    pub size: f32,
    /// Where what comes next begins.
    pub y: f32,
    pub zero: Option<f32>,
    marks: Vec<Mark>,
    texts: Vec<Text>,
    rows: Vec<Row>,
    row: Option<usize>,
}

impl Sheet {
    pub fn new(canvas: &Canvas) -> Sheet {
        let width = if canvas.width.is_finite() { canvas.width.clamp(60.0, 4000.0) } else { 720.0 };
        let size = if canvas.size.is_finite() { canvas.size.clamp(8.0, 96.0) } else { 16.0 };
        // Six ems are the least in which words can be read.
        let size = size.min(width / 6.0);
        Sheet { width, size, y: 0.0, zero: None, marks: Vec::new(), texts: Vec::new(), rows: Vec::new(), row: None }
    }

    pub fn done(self) -> Drawing {
        let height = self.y.ceil().max(1.0);
        Drawing { width: self.width, height, size: self.size, marks: self.marks, texts: self.texts, rows: self.rows, zero: self.zero }
    }

    pub fn em(&self, ems: f32) -> f32 {
        self.size * ems
    }

    pub fn is_narrow(&self) -> bool {
        self.width < self.em(30.0)
    }

    pub fn block(&self, text: &str, weight: Weight, room: f32) -> Block {
        Block::new(text, weight, self.size, room)
    }

    /// Of words that explain: a little smaller.
    pub fn small(&self, text: &str, room: f32) -> Block {
        Block::new(text, Weight::Medium, (self.size * 0.875).round().max(8.0), room)
    }

    pub fn put(&mut self, block: &Block, x: f32, top: f32, anchor: Anchor, class: &'static str, of: Of) {
        for line in &block.lines {
            let left = match anchor {
                Anchor::Start => x,
                Anchor::Middle => x - line.width / 2.0,
                Anchor::End => x - line.width,
            };
            self.texts.push(Text {
                x: left,
                y: top + line.y,
                width: line.width,
                rise: line.rise,
                fall: line.fall,
                size: block.size,
                weight: block.weight,
                anchor,
                class,
                content: line.text.clone(),
                series: of.1,
                category: of.0,
                row: self.row,
            });
        }
    }

    /// A mark of no figure.
    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), class: &'static str) {
        self.mark(Shape::Line { from, to }, class, (None, None), String::new());
    }

    pub fn mark(&mut self, shape: Shape, class: &'static str, of: Of, saying: String) {
        let saying = saying.chars().filter(|c| is_drawn(*c)).collect();
        self.marks.push(Mark { shape, class, category: of.0, series: of.1, saying, row: self.row });
    }

    pub fn open_row(&mut self, y: f32, height: f32, value: Option<f64>) {
        self.row = Some(self.rows.len());
        self.rows.push(Row { y, height, value });
    }

    pub fn close_row(&mut self) {
        self.row = None;
    }

    /// The word for figures that are not there, in place of a drawing.
    pub fn missing(&mut self, chart: &Chart) {
        let block = self.block(&chart.words.missing, Weight::Medium, self.width);
        self.put(&block, 0.0, self.y, Anchor::Start, "chart-quiet", (None, None));
        self.y += block.height;
    }

    /// What the figures are counted in, once, above everything.
    pub fn measure(&mut self, chart: &Chart) {
        let block = self.small(&chart.measure, self.width);
        if !block.is_empty() {
            self.put(&block, 0.0, self.y, Anchor::Start, "chart-quiet", (None, None));
            self.y += block.height + self.em(0.55);
        }
    }

    /// Names of series in reading order, each behind a swatch of its own look.
    pub fn key(&mut self, chart: &Chart, swatch: impl Fn(usize, Rect) -> Vec<(Shape, &'static str)>, length: f32) {
        let (gap, between) = (self.em(0.45), self.em(1.4));
        let (mut x, mut height) = (0.0, 0.0f32);
        for (s, series) in chart.series.iter().enumerate() {
            let name = self.block(&series.name, if series.is_marked { Weight::Bold } else { Weight::Medium }, self.width - length - gap);
            if x > 0.0 && x + length + gap + name.width > self.width {
                self.y += height + self.em(0.25);
                (x, height) = (0.0, 0.0);
            }
            let first = name.lines.first().map_or(self.em(0.95), |line| line.y);
            let tall = self.em(0.8);
            let room = Rect { x, y: self.y + first - self.em(0.36) - tall / 2.0, width: length, height: tall };
            for (shape, class) in swatch(s, room) {
                self.mark(shape, class, (None, Some(s)), String::new());
            }
            self.put(&name, x + length + gap, self.y, Anchor::Start, "chart-key", (None, Some(s)));
            x += length + gap + name.width + between;
            height = height.max(name.height).max(self.em(1.2));
        }
        self.y += height + self.em(0.9);
    }

    /// Whether a box is clear of every text.
    pub fn is_clear(&self, area: &Rect) -> bool {
        area.x >= 0.0 && area.y >= 0.0 && area.right() <= self.width && !self.texts.iter().any(|text| text.area().meets(area))
    }
}

/// What a block covers when it is put there.
pub fn area(block: &Block, x: f32, top: f32, anchor: Anchor) -> Rect {
    let left = match anchor {
        Anchor::Start => x,
        Anchor::Middle => x - block.width / 2.0,
        Anchor::End => x - block.width,
    };
    Rect { x: left, y: top, width: block.width, height: block.height }
}
