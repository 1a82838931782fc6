//! The sheet that hangs: the posting's words and facts, marked as a rendition, with the way to its newest version.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Foot, Head, Letterhead, Mark, Qr, Row, Signer, SignerTold, at, bare, labels, qr, row};
use crate::kit::calendar::{day, running};
use crate::kit::clock::Moment;
use crate::kit::markdown::tree::{Block, Inline};
use crate::kit::paper::fit::{Fit, Room};
use crate::kit::paper::{Press, Printed};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    #[default]
    Normal,
    /// For those who see little: 20 pt.
    Large,
}

/// What is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub form: Form,
    pub letterhead: Letterhead,
    /// What kind of document it is: `Thông báo`.
    pub kind: String,
    /// What it is about (trích yếu).
    pub title: String,
    pub lead: String,
    /// "Căn cứ …", one each.
    pub legal_basis: Vec<String>,
    /// Of `kit::markdown::tree::tree`.
    pub body: Vec<Block>,
    pub attachments: Vec<String>,
    pub signer: Option<Signer>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    pub facts: Facts,
    pub sample: bool,
    /// Said beside the mark in place of what is usual, as that it is over: a sentence.
    pub notice: String,
    /// The edition's number.
    pub version: i32,
    /// The permanent address that says what of it is in force.
    pub address: String,
    pub printed_at: Moment,
}

#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub posted: Option<NaiveDate>,
    /// Its last day.
    pub ends: Option<NaiveDate>,
    /// `posting::told::counted`, or what stands in place of a period.
    pub counted: String,
    pub places: Vec<String>,
    /// Where to ask or object, and until when: a line each.
    pub objections: Vec<String>,
    /// First and last day.
    pub comments: Option<(NaiveDate, NaiveDate)>,
    /// Label and value.
    pub more: Vec<(String, String)>,
}

const TEMPLATE: &str = "sheet.typ";
const LABELS: [&str; 9] = [
    "paper-nation",
    "paper-motto",
    "paper-number",
    "paper-sample",
    "paper-picture",
    "paper-attachments",
    "paper-recipients",
    "paper-facts",
    "paper-check",
];
/// A4 within the margins, in points.
const UPRIGHT: f32 = 160.0 / 25.4 * 72.0;
const TURNED: f32 = 247.0 / 25.4 * 72.0;
/// What a list or a quotation takes away on the left at most.
const WITHIN: f32 = 60.0;

#[derive(Serialize)]
struct Told<'a> {
    words: BTreeMap<String, String>,
    size: f32,
    /// What readers of screens and windows call it; never empty.
    named: String,
    mark: Mark,
    letterhead: Head<'a>,
    kind: &'a str,
    title: &'a str,
    lead: &'a str,
    basis: &'a [String],
    body: Vec<Laid>,
    attachments: &'a [String],
    signer: Option<SignerTold>,
    recipients: &'a [String],
    facts: Vec<Row>,
    qr: Option<Qr>,
    foot: Foot,
}

impl Sheet {
    /// Blocks the thread for some tens of milliseconds.
    pub fn print(&self, press: &Press, words: &Words) -> Result<Printed, Refusal> {
        press.print(TEMPLATE, &self.told(press, words), self.printed_at)
    }

    fn told<'a>(&'a self, press: &Press, words: &Words) -> Told<'a> {
        let word = |key: &'static str| words.text(Lang::Vi, key);
        let (size, least) = match self.form {
            Form::Normal => (13.0, 10.0),
            Form::Large => (20.0, 18.0),
        };
        let named: Vec<&str> = [&self.kind, &self.letterhead.number, &self.title]
            .into_iter()
            .map(|part| part.trim())
            .filter(|part| !part.is_empty())
            .collect();
        let named = if named.is_empty() { word("paper-mark") } else { named.join(" ") };
        let room = Room { upright: UPRIGHT, turned: Some(TURNED), size: size - 1.0, least };
        let note = if self.notice.is_empty() { word("paper-mark-note") } else { self.notice.clone() };
        let printed = at(self.printed_at, words);
        Told {
            words: labels(&LABELS, words),
            size,
            named,
            mark: Mark { text: word("paper-mark"), note, sample: self.sample },
            letterhead: self.letterhead.told(words),
            kind: self.kind.trim(),
            title: self.title.trim(),
            lead: self.lead.trim(),
            basis: &self.legal_basis,
            body: laid(&self.body, press, room),
            attachments: &self.attachments,
            signer: self.signer.as_ref().map(Signer::told),
            recipients: &self.recipients,
            facts: self.facts.told(words),
            qr: qr(&self.address, words),
            foot: Foot {
                left: words.say(Lang::Vi, &phrase!("paper-version", version = self.version, at = printed)),
                right: bare(&self.address).to_owned(),
            },
        }
    }
}

impl Facts {
    fn told(&self, words: &Words) -> Vec<Row> {
        let word = |key: &'static str| words.text(Lang::Vi, key);
        let long = |day: NaiveDate| running(day, words, Lang::Vi);
        let period = match (self.posted, self.ends) {
            (Some(posted), Some(ends)) => words.say(Lang::Vi, &phrase!("paper-from-to", from = long(posted), to = long(ends))),
            (Some(posted), None) => words.say(Lang::Vi, &phrase!("paper-from", from = long(posted))),
            (None, Some(ends)) => words.say(Lang::Vi, &phrase!("paper-until", to = long(ends))),
            (None, None) => String::new(),
        };
        let comments = self
            .comments
            .map(|(first, last)| words.say(Lang::Vi, &phrase!("paper-from-to", from = day(first), to = day(last))))
            .unwrap_or_default();
        let more = self.more.iter().map(|(label, value)| row(label.clone(), vec![value.clone()]));
        [
            row(word("paper-posted"), vec![period, self.counted.clone()]),
            row(word("paper-places"), self.places.clone()),
            row(word("paper-objections"), self.objections.clone()),
            row(word("paper-comments"), vec![comments]),
        ]
        .into_iter()
        .chain(more)
        .flatten()
        .collect()
    }
}

/// Blocks with their tables fitted to the page.
#[derive(Serialize)]
#[serde(untagged)]
enum Laid {
    Plain(Block),
    Table {
        is: &'static str,
        caption: Vec<Inline>,
        #[serde(flatten)]
        table: TableLaid,
    },
    List {
        is: &'static str,
        start: Option<u64>,
        items: Vec<Vec<Laid>>,
    },
    Quote {
        is: &'static str,
        blocks: Vec<Laid>,
    },
}

#[derive(Serialize)]
struct TableLaid {
    sides: Vec<crate::kit::markdown::tree::Side>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    fit: Fit,
}

fn laid(blocks: &[Block], press: &Press, room: Room) -> Vec<Laid> {
    // A page turns only at the outermost level.
    let within = Room { upright: (room.upright - WITHIN).max(room.upright / 2.0), turned: None, ..room };
    let one = |block: &Block| match block {
        Block::Table(table) => Laid::Table {
            is: "table",
            caption: table.caption.clone(),
            table: TableLaid {
                sides: table.sides.clone(),
                head: table.head.clone(),
                rows: table.rows.clone(),
                fit: press.fit(table, room),
            },
        },
        Block::List { start, items } => {
            Laid::List { is: "list", start: *start, items: items.iter().map(|item| laid(item, press, within)).collect() }
        }
        Block::Quote { blocks } => Laid::Quote { is: "quote", blocks: laid(blocks, press, within) },
        other => Laid::Plain(other.clone()),
    };
    blocks.iter().map(one).collect()
}
