//! Charts as SVG, drawn anew for each width. Pure: figures and words in, marks and measured texts out; no text is ever
//! clipped, and none stands on another. Bars start at zero; what is missing is said, not drawn as nothing.

mod area;
mod bar;
mod colours;
mod dumbbell;
mod layout;
mod line;
mod multiples;
mod plot;
mod rows;
mod scale;
mod share;
mod sheet;
mod spark;
mod stacked;
mod svg;
#[cfg(test)]
mod tests;
mod tiles;

pub use sheet::{Anchor, Drawing, Mark, Rect, Row, Shape, Text};
pub use svg::{Dress, Head};

use sheet::Sheet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Bar,
    GroupedBar,
    StackedBar,
    Line,
    Area,
    Share,
    Dumbbell,
    Multiples,
    Tiles,
    Spark,
}

impl Kind {
    pub const ALL: [Kind; 10] = [
        Kind::Bar,
        Kind::GroupedBar,
        Kind::StackedBar,
        Kind::Line,
        Kind::Area,
        Kind::Share,
        Kind::Dumbbell,
        Kind::Multiples,
        Kind::Tiles,
        Kind::Spark,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Bar => "bar",
            Kind::GroupedBar => "grouped-bar",
            Kind::StackedBar => "stacked-bar",
            Kind::Line => "line",
            Kind::Area => "area",
            Kind::Share => "share",
            Kind::Dumbbell => "dumbbell",
            Kind::Multiples => "multiples",
            Kind::Tiles => "tiles",
            Kind::Spark => "spark",
        }
    }

    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

#[derive(Clone, Debug)]
pub struct Chart {
    pub kind: Kind,
    pub categories: Vec<Category>,
    pub series: Vec<Series>,
    /// What the figures are counted in, said once: `triệu đồng`.
    pub measure: String,
    pub words: Words,
}

#[derive(Clone, Debug, Default)]
pub struct Category {
    pub name: String,
    pub is_marked: bool,
    /// Days since 1970, for a time axis that is true to time. `None` on any of them: evenly apart.
    pub at: Option<f64>,
}

#[derive(Clone, Debug, Default)]
pub struct Series {
    pub name: String,
    pub is_marked: bool,
    /// As many as there are categories; `None`: no figure.
    pub values: Vec<Option<Value>>,
}

#[derive(Clone, Debug)]
pub struct Value {
    /// Only where a mark stands comes from this. What is no number, or beyond 10³⁰⁰, counts as missing.
    pub number: f64,
    /// Exactly as the reader reads it, without its measure: `96.400`.
    pub text: String,
}

/// Whatever a drawing says of itself, in the reader's language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// `chưa có số liệu`
    pub missing: String,
    /// `thay đổi`: over the changes of a dumbbell.
    pub change: String,
    /// Of decimals, and between groups of three, in the numbers of an axis.
    pub point: char,
    pub group: char,
}

#[derive(Clone, Copy, Debug)]
pub struct Canvas {
    /// Pixels: 300 to 1800.
    pub width: f32,
    /// Pixels of the text: 12 to 48.
    pub size: f32,
}

/// As many as can be told apart in one plot; more are drawn apart.
const MOST_SERIES: usize = 6;
const LARGEST: f64 = 1e300;

pub fn draw(chart: &Chart, canvas: &Canvas) -> Drawing {
    let mut sheet = Sheet::new(canvas);
    if chart.categories.is_empty() || chart.series.is_empty() {
        sheet.missing(chart);
        return sheet.done();
    }
    match chart.kind {
        Kind::Bar | Kind::GroupedBar => bar::draw(&mut sheet, chart),
        Kind::StackedBar => stacked::draw(&mut sheet, chart),
        Kind::Share if chart.categories.len() > MOST_SERIES => bar::draw(&mut sheet, chart),
        Kind::Share => share::draw(&mut sheet, chart),
        Kind::Dumbbell => dumbbell::draw(&mut sheet, chart),
        Kind::Tiles => tiles::draw(&mut sheet, chart),
        Kind::Spark => spark::draw(&mut sheet, chart),
        Kind::Line | Kind::Area if chart.series.len() > MOST_SERIES => multiples::draw(&mut sheet, chart),
        Kind::Area if area::is_whole(chart) => area::draw(&mut sheet, chart),
        Kind::Line | Kind::Area => line::draw(&mut sheet, chart),
        Kind::Multiples => multiples::draw(&mut sheet, chart),
    }
    sheet.done()
}

impl Chart {
    /// `None` where there is no figure, or none that can be drawn.
    fn value(&self, category: usize, series: usize) -> Option<&Value> {
        let value = self.series.get(series)?.values.get(category)?.as_ref()?;
        (value.number.abs() <= LARGEST).then_some(value)
    }

    fn number(&self, category: usize, series: usize) -> Option<f64> {
        self.value(category, series).map(|value| value.number)
    }

    /// Every number that can be drawn, of the first `series` series.
    fn numbers(&self, series: usize) -> impl Iterator<Item = f64> {
        (0..series.min(self.series.len())).flat_map(move |s| (0..self.categories.len()).filter_map(move |c| self.number(c, s)))
    }

    /// What a mark says when it is asked.
    fn saying(&self, category: usize, series: usize) -> String {
        let name = &self.categories[category].name;
        let text = self.value(category, series).map_or(&self.words.missing, |value| &value.text);
        let of = if self.series.len() > 1 { format!("{} · {name}", self.series[series].name) } else { name.clone() };
        let measure = if self.value(category, series).is_some() { self.measure.as_str() } else { "" };
        let space = if measure.is_empty() { "" } else { " " };
        format!("{of}: {text}{space}{measure}")
    }

    /// Which colour a series has: 0 to 5, and 6 and 7 for what stands back behind something marked.
    fn tone(&self, series: usize) -> usize {
        let is_quiet = self.series.iter().any(|series| series.is_marked) && !self.series[series].is_marked;
        // What is marked has the first colours, and its line is solid.
        let rank =
            if self.series[series].is_marked { self.series[..series].iter().filter(|series| series.is_marked).count() } else { series };
        if is_quiet { MOST_SERIES + series % 2 } else { rank % MOST_SERIES }
    }

    /// The same where each category has one mark.
    fn category_tone(&self, category: usize) -> usize {
        let is_quiet = self.categories.iter().any(|category| category.is_marked) && !self.categories[category].is_marked;
        if is_quiet { MOST_SERIES } else { 0 }
    }
}
