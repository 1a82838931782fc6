//! The register of a quarter: what a unit disclosed, in which form, when and where (Law 10/2022/QH15, Article 13.2).

use super::listing::Listing;
use super::{Letterhead, Signer};
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
    /// As `IV`.
    pub quarter: String,
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
    pub forms: Vec<DisclosedBy>,
    pub note: String,
}

/// A form, as `Niêm yết`; when, as dates are told; and where.
#[derive(Clone, Debug, Default)]
pub struct DisclosedBy {
    pub name: String,
    pub when: String,
    pub places: Vec<String>,
}

const COLUMNS: [(&str, u16, &str); 8] = [
    ("paper-row", 11, "center"),
    ("paper-register-content", 0, "left"),
    ("paper-register-number", 27, "left"),
    ("paper-register-group", 14, "center"),
    ("paper-register-forms", 27, "left"),
    ("paper-register-when", 30, "left"),
    ("paper-register-where", 48, "left"),
    ("paper-register-note", 34, "left"),
];

/// Places that stand on a line each; more follow each other.
const MOST_LINES: usize = 8;

impl Register {
    /// Blocks the thread for some tens of milliseconds.
    pub fn print(&self, press: &Press, words: &Words) -> Result<Printed, Refusal> {
        let say = |phrase| words.say(Lang::Vi, &phrase);
        let title = phrase!("paper-register-title", quarter = self.quarter, year = self.year, unit = self.unit);
        let listing = Listing {
            letterhead: &self.letterhead,
            kind: words.text(Lang::Vi, "paper-register"),
            title: say(title),
            columns: &COLUMNS,
            whole: &[0, 1, 2, 3, 7],
            rows: (1..).zip(&self.rows).map(|(number, row)| row.told(number)).collect(),
            empty: words.text(Lang::Vi, "paper-register-empty"),
            signer: self.signer.as_ref(),
            sample: self.sample,
            count: say(phrase!("paper-register-count", count = self.rows.len())),
            printed_at: self.printed_at,
        };
        listing.print(press, words)
    }
}

impl Disclosed {
    fn told(&self, number: usize) -> Vec<Vec<String>> {
        let group = self.group.map(|group| group.to_string()).unwrap_or_default();
        let none = [DisclosedBy::default()];
        let forms = if self.forms.is_empty() { &none[..] } else { &self.forms };
        let line = |form: &DisclosedBy| {
            let places = if form.places.len() > MOST_LINES { form.places.join("; ") } else { form.places.join("\n") };
            let whole = [number.to_string(), self.content.clone(), self.number.clone(), group.clone()];
            whole.into_iter().chain([form.name.clone(), form.when.clone(), places, self.note.clone()]).collect()
        };
        forms.iter().map(line).collect()
    }
}
