//! A list of an office on turned pages: head, title, a table whose header is repeated, and room for whoever signs.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Foot, Head, Letterhead, Mark, Signer, SignerTold, at, labels};
use crate::kit::clock::Moment;
use crate::kit::paper::{Press, Printed};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

pub struct Listing<'l> {
    pub letterhead: &'l Letterhead,
    pub kind: String,
    pub title: String,
    /// The word of each head, its width in millimetres (0: what is left), and to which side it stands.
    pub columns: &'static [(&'static str, u16, &'static str)],
    /// Which of them speak of a whole entry, and are told on its first line alone.
    pub whole: &'static [usize],
    /// Of each entry its lines.
    pub rows: Vec<Vec<Vec<String>>>,
    /// What is said where there is none.
    pub empty: String,
    pub signer: Option<&'l Signer>,
    pub sample: bool,
    pub count: String,
    pub printed_at: Moment,
}

#[derive(Serialize)]
struct Cell {
    text: String,
    /// It goes on with what stands above it.
    goes_on: bool,
    /// Something in its line may be longer than a page.
    is_long: bool,
}

/// Letters and lines of a cell beyond which its line may break across pages.
const LONG: usize = 300;
const LONG_LINES: usize = 12;

const TEMPLATE: &str = "listing.typ";
const LABELS: [&str; 5] = ["paper-nation", "paper-motto", "paper-number", "paper-sample", "paper-picture"];

#[derive(Serialize)]
struct Column {
    head: String,
    width: u16,
    side: &'static str,
}

#[derive(Serialize)]
struct Told<'a> {
    words: BTreeMap<String, String>,
    size: f32,
    named: String,
    mark: Mark,
    letterhead: Head<'a>,
    kind: String,
    title: String,
    columns: Vec<Column>,
    cells: Vec<Cell>,
    empty: String,
    signer: Option<SignerTold>,
    foot: Foot,
}

impl Listing<'_> {
    /// Blocks the thread for some tens of milliseconds.
    pub fn print(self, press: &Press, words: &Words) -> Result<Printed, Refusal> {
        let printed = phrase!("paper-printed", at = at(self.printed_at, words));
        let column = |(word, width, side): &(&str, u16, &'static str)| Column { head: words.text(Lang::Vi, word), width: *width, side };
        let told = Told {
            words: labels(&LABELS, words),
            size: 13.0,
            named: format!("{} {}", self.kind, self.title),
            mark: Mark { text: String::new(), note: String::new(), sample: self.sample },
            letterhead: self.letterhead.told(words),
            kind: self.kind,
            title: self.title,
            columns: self.columns.iter().map(column).collect(),
            cells: self.rows.iter().flat_map(|lines| cells(lines, self.whole)).collect(),
            empty: self.empty,
            signer: self.signer.map(|signer| signer.to_sign(words)),
            foot: Foot { left: words.say(Lang::Vi, &printed), right: self.count },
        };
        press.print(TEMPLATE, &told, self.printed_at)
    }
}

/// Lines break across pages between each other, so that an entry may be as long as its places are many.
fn cells(lines: &[Vec<String>], whole: &[usize]) -> Vec<Cell> {
    let of = |(number, line): (usize, &Vec<String>)| -> Vec<Cell> {
        let is_long = line.iter().any(|text| text.chars().count() > LONG || text.lines().count() > LONG_LINES);
        let cell = |(at, text): (usize, &String)| {
            let goes_on = number > 0 && whole.contains(&at);
            Cell { text: if goes_on { String::new() } else { text.clone() }, goes_on, is_long }
        };
        line.iter().enumerate().map(cell).collect()
    };
    lines.iter().enumerate().flat_map(of).collect()
}
