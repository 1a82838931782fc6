//! What of postings goes onto paper: the sheet that hangs on a board, the records of hanging and taking down, the register
//! of a quarter. Plain data that the caller fills; `templates/paper/` lays it out, `content/words/` has its words. Paper
//! is Vietnamese.

pub mod listing;
pub mod record;
pub mod register;
pub mod sheet;

pub use record::{Cited, Evidence, Gap, Hung, Record, Stage, Writer};
pub use register::{Disclosed, DisclosedBy, Register};
pub use sheet::{Facts, Form, Sheet};

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::qr;
use crate::kit::words::{Lang, Words};
use crate::phrase;

/// The head of an office's paper (Decree 30/2020/NĐ-CP, Annex I). What is empty is left out.
#[derive(Clone, Debug, Default)]
pub struct Letterhead {
    /// The body above the issuing one.
    pub superior: String,
    pub issuer: String,
    /// Number and symbol, as `12/TB-UBND`.
    pub number: String,
    /// The name of a place, as it stands before the date.
    pub place: String,
    pub dated: Option<NaiveDate>,
}

/// Who stands under it. Nothing of ours signs: the name says who did.
#[derive(Clone, Debug, Default)]
pub struct Signer {
    /// `TM. ỦY BAN NHÂN DÂN`.
    pub authority: String,
    pub title: String,
    pub name: String,
}

#[derive(Serialize)]
struct Head<'a> {
    superior: &'a str,
    issuer: &'a str,
    number: &'a str,
    placed: String,
}

impl Letterhead {
    fn told(&self, words: &Words) -> Head<'_> {
        Head { superior: &self.superior, issuer: &self.issuer, number: &self.number, placed: placed(&self.place, self.dated, words) }
    }
}

impl Letterhead {
    /// With room for the day, which is written by hand when it is signed.
    fn to_be_dated(&self, words: &Words) -> Head<'_> {
        let told = self.told(words);
        if self.dated.is_some() || self.place.is_empty() {
            return told;
        }
        Head { placed: format!("{}, {}", told.placed, words.text(Lang::Vi, "paper-to-be-dated")), ..told }
    }
}

/// `Đông Kiều, ngày 02 tháng 11 năm 2026`: single digits get their zero, and the first two months (Decree 30/2020/NĐ-CP,
/// Annex I).
fn placed(place: &str, day: Option<NaiveDate>, words: &Words) -> String {
    let dated = day.map(|day| {
        let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
        words.say(Lang::Vi, &phrase!("paper-dated", day = format!("{:02}", day.day()), month = month, year = day.year()))
    });
    [Some(place.to_owned()).filter(|place| !place.is_empty()), dated].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[derive(Serialize)]
struct SignerTold {
    authority: String,
    title: String,
    name: String,
    note: String,
    /// In millimetres, for a hand that signs.
    room: u8,
}

impl Signer {
    fn told(&self) -> SignerTold {
        let Signer { authority, title, name } = self.clone();
        SignerTold { authority, title, name, note: String::new(), room: 4 }
    }

    /// For a paper that is signed by hand.
    fn to_sign(&self, words: &Words) -> SignerTold {
        SignerTold { note: words.text(Lang::Vi, "paper-sign-here"), room: 24, ..self.told() }
    }
}

#[derive(Serialize)]
struct Mark {
    text: String,
    note: String,
    sample: bool,
}

#[derive(Serialize)]
struct Foot {
    left: String,
    right: String,
}

/// A label and what it labels, a line each.
#[derive(Serialize)]
struct Row {
    label: String,
    lines: Vec<String>,
}

/// `None` when there is nothing to say.
fn row(label: String, lines: Vec<String>) -> Option<Row> {
    let lines: Vec<String> = lines.into_iter().filter(|line| !line.trim().is_empty()).collect();
    (!lines.is_empty()).then_some(Row { label, lines })
}

#[derive(Serialize)]
struct Qr {
    svg: String,
    alt: String,
    address: String,
}

/// `None` for what is no whole address.
fn qr(address: &str, words: &Words) -> Option<Qr> {
    let code = qr::code(address)?;
    let side = code.size + 2 * QUIET;
    // A hair wider than a module: no printer leaves white between its rows.
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-{QUIET} -{QUIET} {side} {side}\"><path d=\"{}\" stroke=\"#000\" stroke-width=\"1.02\" fill=\"none\"/></svg>",
        code.path
    );
    Some(Qr { svg, alt: words.say(Lang::Vi, &phrase!("paper-qr", address = address)), address: bare(address).to_owned() })
}

/// As people type it.
fn bare(address: &str) -> &str {
    address.trim_start_matches("https://").trim_start_matches("http://")
}

/// White around a code, in modules: on white paper two do, beside the room around it.
const QUIET: usize = 2;

/// The words that a template asks for by the end of their key: `paper-nation` is `w.nation`.
fn labels(keys: &[&'static str], words: &Words) -> BTreeMap<String, String> {
    let name = |key: &str| key.trim_start_matches("paper-").replace('-', "_");
    keys.iter().map(|key| (name(key), words.text(Lang::Vi, key))).collect()
}

/// `17:05 ngày 02/11/2026`.
fn at(moment: Moment, words: &Words) -> String {
    let local = calendar::local(moment);
    words.say(Lang::Vi, &phrase!("paper-at", time = local.format("%H:%M"), day = calendar::day(local.date())))
}
