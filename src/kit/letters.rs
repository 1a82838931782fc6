//! How wide and how high a text stands in the site's own font, so that what is drawn on a server fits on a reader's screen.
//! Both weights are read once; after that a letter is a look-up in a table.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

pub const MEDIUM: &[u8] = include_bytes!("letters/fonts/be-vietnam-pro-500.ttf");
pub const BOLD: &[u8] = include_bytes!("letters/fonts/be-vietnam-pro-700.ttf");

/// Vietnamese letters, punctuation, arrows and signs of arithmetic all stand below this.
const TABLE_END: u32 = 0x2300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    Medium,
    Bold,
}

/// In ems: how far the pen moves, and how far the letter reaches above and below its baseline.
#[derive(Clone, Copy, Debug)]
struct Letter {
    advance: f32,
    rise: f32,
    fall: f32,
}

/// What our font lacks is drawn by another one, of which only this much is known.
const UNKNOWN: Letter = Letter { advance: 1.0, rise: 1.0, fall: 0.3 };

/// In ems. Without kerning, which only ever brings Vietnamese letters closer.
pub fn width(weight: Weight, text: &str) -> f32 {
    let face = face(weight);
    text.chars().map(|c| face.letter(c).advance).sum()
}

/// How far a text's letters and marks reach above and below its baseline, in ems.
pub fn edges(weight: Weight, text: &str) -> (f32, f32) {
    let face = face(weight);
    text.chars().map(|c| face.letter(c)).fold((0.0, 0.0), |(rise, fall), letter| (f32::max(rise, letter.rise), f32::max(fall, letter.fall)))
}

struct Face {
    font: Option<FontRef<'static>>,
    table: Vec<Letter>,
}

impl Face {
    fn new(bytes: &'static [u8]) -> Face {
        let font = FontRef::new(bytes).ok();
        let table = font.as_ref().map_or_else(Vec::new, |font| read(font, (0..TABLE_END).map(char::from_u32)).collect());
        Face { font, table }
    }

    fn letter(&self, c: char) -> Letter {
        let known = self.table.get(c as usize).copied();
        known.or_else(|| read(self.font.as_ref()?, std::iter::once(Some(c))).next()).unwrap_or(UNKNOWN)
    }
}

fn read(font: &FontRef<'static>, letters: impl Iterator<Item = Option<char>>) -> impl Iterator<Item = Letter> {
    let (map, metrics) = (font.charmap(), font.glyph_metrics(Size::new(1.0), LocationRef::default()));
    letters.map(move |c| {
        let Some(glyph) = c.and_then(|c| map.map(c)) else { return UNKNOWN };
        let (rise, fall) = metrics.bounds(glyph).map_or((0.0, 0.0), |bounds| (bounds.y_max.max(0.0), (-bounds.y_min).max(0.0)));
        Letter { advance: metrics.advance_width(glyph).unwrap_or(UNKNOWN.advance), rise, fall }
    })
}

fn face(weight: Weight) -> &'static Face {
    static MEDIUM_FACE: LazyLock<Face> = LazyLock::new(|| Face::new(MEDIUM));
    static BOLD_FACE: LazyLock<Face> = LazyLock::new(|| Face::new(BOLD));
    match weight {
        Weight::Medium => &MEDIUM_FACE,
        Weight::Bold => &BOLD_FACE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_as_wide_as_its_letters_and_as_high_as_its_marks() {
        assert!(width(Weight::Bold, "Hộ nghèo") > width(Weight::Medium, "Hộ nghèo"));
        assert_eq!(width(Weight::Medium, "aa"), 2.0 * width(Weight::Medium, "a"));
        assert!((5.0..7.0).contains(&width(Weight::Medium, "0123456789")));
        let (plain, _) = edges(Weight::Medium, "x");
        let (marked, below) = edges(Weight::Medium, "ẤỆ");
        assert!(marked > plain && below > 0.1, "{plain} {marked} {below}");
    }

    #[test]
    fn what_the_font_lacks_is_one_em_wide() {
        assert_eq!(width(Weight::Medium, "漢"), 1.0);
        assert_eq!(width(Weight::Medium, "\u{10ffff}"), 1.0);
        assert_eq!(width(Weight::Medium, ""), 0.0);
    }
}
