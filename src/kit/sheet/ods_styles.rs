//! How the cells of an ODS look (OpenDocument 1.3, part 3, §16): styles by name, each upon another, with number styles beside them.

use std::collections::HashMap;

use super::Bad;
use super::form::{Counts, Look};
use super::limits::{MOST_NAME, MOST_STYLES, Tally, too_large};
use super::text::legacy;
use super::xml::{Piece, Tag, Xml};

static PLAIN: Look = Look { counts: Counts::Things, is_percent: false, places: None, font: String::new(), is_bold: false };
/// Styles upon styles: a writer makes two or three of them.
const MOST_UPON: usize = 20;

#[derive(Default)]
struct Style {
    upon: Option<String>,
    number: Option<String>,
    font: Option<String>,
    is_bold: Option<bool>,
    /// Of a table.
    is_hidden: bool,
}

#[derive(Default)]
pub(super) struct Styles {
    /// By family and name; tables and cells may bear the same.
    cells: HashMap<String, Style>,
    others: HashMap<String, Style>,
    numbers: HashMap<String, Look>,
    fonts: HashMap<String, String>,
    made: HashMap<String, Look>,
}

enum Inside {
    Nothing,
    Style(String, Style, bool),
    /// And the one that its first condition leads to.
    Number(String, Look, Option<String>),
}

impl Styles {
    /// Everything under the element just opened, to its end: `office:automatic-styles`, `office:styles`, `office:font-face-decls`.
    /// Errors: `Broken`, `TooLarge`.
    pub fn take<R: std::io::Read>(&mut self, xml: &mut Xml<R>, tally: &mut Tally) -> Result<(), Bad> {
        let (mut depth, mut inside) = (1_usize, Inside::Nothing);
        while depth > 0 {
            match xml.next()? {
                Piece::Open(tag) => {
                    depth += 1;
                    let noted = self.open(&tag, &mut inside, tally);
                    noted.map_err(|bad| bad.unwrap_or_else(|| xml.broken()))?;
                }
                Piece::Close(_) => {
                    depth -= 1;
                    if depth == 1 {
                        self.keep(std::mem::replace(&mut inside, Inside::Nothing))?;
                    }
                }
                Piece::Text(_) => {}
                Piece::End => return Err(xml.broken()),
            }
        }
        Ok(())
    }

    /// `Err(None)`: no XML.
    fn open(&mut self, tag: &Tag, inside: &mut Inside, tally: &mut Tally) -> Result<(), Option<Bad>> {
        match (tag.name(), &mut *inside) {
            ("style:font-face", _) => {
                if let [Some(name), Some(family)] = tag.said(["style:name", "svg:font-family"]).map_err(|_| None)? {
                    let family = legacy(&family);
                    if !family.is_empty() {
                        tally.name(name.len() + family.len()).map_err(Some)?;
                        self.fonts.insert(name, family);
                    }
                }
            }
            ("style:style", Inside::Nothing) => {
                let said = tag.said(["style:name", "style:family", "style:parent-style-name", "style:data-style-name"]);
                let [name, family, upon, number] = said.map_err(|_| None)?;
                // A name that long is none that a cell could give.
                let Some(name) = name.filter(|name| name.len() <= MOST_NAME) else { return Ok(()) };
                let lengths = name.len() + [&upon, &number].into_iter().flatten().map(String::len).sum::<usize>();
                tally.name(lengths).map_err(Some)?;
                let is_cell = family.as_deref() == Some("table-cell");
                *inside = Inside::Style(name, Style { upon, number, ..Style::default() }, is_cell);
            }
            ("style:text-properties", Inside::Style(_, style, _)) => {
                let said = tag.said(["style:font-name", "fo:font-family", "fo:font-weight"]);
                let [name, family, weight] = said.map_err(|_| None)?;
                let family = family.or_else(|| name.map(|name| self.fonts.get(&name).cloned().unwrap_or(name)));
                style.font = family.map(|family| legacy(&family)).or(style.font.take());
                if let Some(weight) = weight {
                    style.is_bold = Some(weight == "bold" || weight.parse().is_ok_and(|weight: u16| weight >= 600));
                }
            }
            ("style:table-properties", Inside::Style(_, style, _)) => {
                let [display] = tag.said(["table:display"]).map_err(|_| None)?;
                style.is_hidden = display.as_deref() == Some("false");
            }
            (kind, Inside::Nothing) if kind.starts_with("number:") && kind.ends_with("-style") => {
                let mut look = Look { is_percent: kind == "number:percentage-style", ..Look::default() };
                if matches!(kind, "number:date-style" | "number:time-style") {
                    look.counts = if kind == "number:time-style" { Counts::Hours } else { Counts::Days };
                }
                let [name] = tag.said(["style:name"]).map_err(|_| None)?;
                let name = name.unwrap_or_default();
                tally.name(name.len()).map_err(Some)?;
                *inside = Inside::Number(name, look, None);
            }
            ("number:number", Inside::Number(_, look, _)) => {
                let [places, factor] = tag.said(["number:decimal-places", "number:display-factor"]).map_err(|_| None)?;
                // Shown in thousands, its decimals are others.
                look.places = if factor.is_none_or(|factor| factor == "1") { places.and_then(|places| places.parse().ok()) } else { None };
            }
            ("number:hours" | "number:minutes" | "number:seconds", Inside::Number(_, look, _)) => look.counts = Counts::Hours,
            ("style:map", Inside::Number(_, _, first @ None)) => [*first] = tag.said(["style:apply-style-name"]).map_err(|_| None)?,
            _ => {}
        }
        Ok(())
    }

    fn keep(&mut self, inside: Inside) -> Result<(), Bad> {
        match inside {
            Inside::Nothing => {}
            Inside::Style(name, style, true) => drop(self.cells.insert(name, style)),
            Inside::Style(name, style, false) => drop(self.others.insert(name, style)),
            Inside::Number(name, look, first) => {
                // The style itself is then for numbers below nought, or for text; the other was written before it.
                let look = first.and_then(|first| self.numbers.get(&first)).cloned().unwrap_or(look);
                self.numbers.insert(name, look);
            }
        }
        if self.cells.len().max(self.others.len()).max(self.numbers.len()) > MOST_STYLES {
            return Err(too_large("formats", MOST_STYLES));
        }
        Ok(())
    }

    pub fn is_hidden(&self, table: &str) -> bool {
        self.others.get(table).is_some_and(|style| style.is_hidden)
    }

    /// Of a part of a text.
    pub fn font(&self, span: &str) -> &str {
        self.others.get(span).and_then(|style| style.font.as_deref()).unwrap_or_default()
    }

    pub fn has(&self, cell: &str) -> bool {
        self.cells.contains_key(cell)
    }

    /// Of a cell with this style. What no style says, nothing says.
    pub fn look(&mut self, name: &str) -> &Look {
        // No others are kept: every cell might name one.
        if self.has(name) && !self.made.contains_key(name) {
            let look = self.made_of(name);
            self.made.insert(name.to_owned(), look);
        }
        self.made.get(name).unwrap_or(&PLAIN)
    }

    fn made_of(&self, name: &str) -> Look {
        let (mut number, mut font, mut is_bold) = (None, None, None);
        // Whatever no style says, the default style of all cells may say; it bears no name.
        let mut next = Some(name);
        for _ in 0..MOST_UPON {
            let Some(style) = next.and_then(|name| self.cells.get(name)) else { break };
            number = number.or(style.number.as_deref());
            font = font.or(style.font.as_deref());
            is_bold = is_bold.or(style.is_bold);
            next = style.upon.as_deref();
        }
        let look = number.and_then(|name| self.numbers.get(name)).cloned().unwrap_or_default();
        Look { font: font.unwrap_or_default().to_owned(), is_bold: is_bold.unwrap_or_default(), ..look }
    }
}
