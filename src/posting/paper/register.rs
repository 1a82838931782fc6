//! The register of a quarter: what a unit disclosed, in which form, when and where (Law 10/2022/QH15, Article 13.2).

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Foot, Head, Letterhead, Mark, Signer, SignerTold, at, labels};
use crate::kit::calendar::day;
use crate::kit::clock::Moment;
use crate::kit::paper::{Press, Printed};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

#[derive(Clone, Debug, Default)]
pub struct Register {
    pub letterhead: Letterhead,
    /// Whose register it is, as `Ủy ban nhân dân xã Đông Kiều`.
    pub unit: String,
    /// 1 to 4.
    pub quarter: u8,
    pub year: i32,
    pub rows: Vec<Disclosed>,
    pub signer: Option<Signer>,
    pub sample: bool,
    pub printed_at: Moment,
}

#[derive(Clone, Debug, Default)]
pub struct Disclosed {
    pub content: String,
    /// Of the document.
    pub number: String,
    /// One of the fourteen of Article 11; none beyond them.
    pub group: Option<u8>,
    /// Its forms: posting, portal, loudspeaker …
    pub forms: Vec<String>,
    pub from: Option<NaiveDate>,
    /// `None`: without an end.
    pub to: Option<NaiveDate>,
    pub places: Vec<String>,
    pub note: String,
}

const TEMPLATE: &str = "register.typ";
const LABELS: [&str; 14] = [
    "paper-nation",
    "paper-motto",
    "paper-number",
    "paper-sample",
    "paper-picture",
    "paper-row",
    "paper-register-content",
    "paper-register-number",
    "paper-register-group",
    "paper-register-forms",
    "paper-register-when",
    "paper-register-where",
    "paper-register-note",
    "paper-register-empty",
];

#[derive(Serialize)]
struct Told<'a> {
    words: BTreeMap<String, String>,
    size: f32,
    named: String,
    mark: Mark,
    letterhead: Head<'a>,
    kind: String,
    title: String,
    rows: Vec<[String; 8]>,
    signer: Option<SignerTold>,
    foot: Foot,
}

impl Register {
    /// Blocks the thread for some tens of milliseconds.
    pub fn print(&self, press: &Press, words: &Words) -> Result<Printed, Refusal> {
        press.print(TEMPLATE, &self.told(words), self.printed_at)
    }

    fn told<'a>(&'a self, words: &Words) -> Told<'a> {
        let say = |phrase| words.say(Lang::Vi, &phrase);
        let quarter = ["I", "II", "III", "IV"].get(usize::from(self.quarter).saturating_sub(1)).copied().unwrap_or_default();
        let kind = words.text(Lang::Vi, "paper-register");
        let title = say(phrase!("paper-register-title", quarter = quarter, year = self.year, unit = self.unit));
        Told {
            words: labels(&LABELS, words),
            size: 13.0,
            named: format!("{kind} {title}"),
            mark: Mark { text: String::new(), note: String::new(), sample: self.sample },
            letterhead: self.letterhead.told(words),
            kind,
            title,
            rows: self.rows.iter().enumerate().map(|(at, row)| row.told(at + 1, words)).collect(),
            signer: self.signer.as_ref().map(|signer| signer.to_sign(words)),
            foot: Foot {
                left: say(phrase!("paper-printed", at = at(self.printed_at, words))),
                right: say(phrase!("paper-register-count", count = self.rows.len())),
            },
        }
    }
}

impl Disclosed {
    fn told(&self, number: usize, words: &Words) -> [String; 8] {
        let when = match (self.from, self.to) {
            (Some(from), Some(to)) => words.say(Lang::Vi, &phrase!("paper-from-to", from = day(from), to = day(to))),
            (Some(from), None) => words.say(Lang::Vi, &phrase!("paper-from", from = day(from))),
            (None, Some(to)) => words.say(Lang::Vi, &phrase!("paper-until", to = day(to))),
            (None, None) => String::new(),
        };
        let group = self.group.map(|group| group.to_string()).unwrap_or_default();
        [
            number.to_string(),
            self.content.clone(),
            self.number.clone(),
            group,
            self.forms.join("\n"),
            when,
            self.places.join("\n"),
            self.note.clone(),
        ]
    }
}
