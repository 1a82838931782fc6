//! The records of posting and of its end (biên bản niêm yết, biên bản kết thúc niêm yết): who hung what where from when to
//! when, and where it did not hang. Made from the placements, to be signed by hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Foot, Head, Letterhead, Mark, Qr, Row, Signer, SignerTold, at, labels, qr, row};
use crate::kit::calendar::running;
use crate::kit::clock::Moment;
use crate::kit::paper::{Press, Printed};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It was hung.
    #[default]
    Posting,
    /// Its period is over and it was taken down.
    Closing,
}

#[derive(Clone, Debug, Default)]
pub struct Record {
    pub stage: Stage,
    /// Of its end, before it has come: only to be looked at.
    pub early: bool,
    /// `number` is the record's own; empty: written by hand.
    pub letterhead: Letterhead,
    /// Where the record is made, as `trụ sở Ủy ban nhân dân xã Đông Kiều`.
    pub made_at: String,
    /// When; `None`: written by hand.
    pub made: Option<Moment>,
    /// Who hung it or took it down. None: written by hand.
    pub writers: Vec<Writer>,
    pub witnesses: Vec<Writer>,
    pub posting: Cited,
    pub posted: Option<NaiveDate>,
    pub ends: Option<NaiveDate>,
    /// `posting::told::counted`.
    pub counted: String,
    /// The rule by which it hangs, with its source.
    pub rule: String,
    /// Days on which it hung, as counted.
    pub days: Option<u32>,
    /// How far a board's own word goes, where one told of any of it; may be empty.
    pub screens: String,
    pub placements: Vec<Hung>,
    pub gaps: Vec<Gap>,
    /// Who signs last, as the office's head.
    pub signer: Signer,
    /// Who asked for the posting, and is given the record; empty where nobody did.
    pub requester: String,
    pub sample: bool,
    pub version: i32,
    pub address: String,
    pub printed_at: Moment,
}

#[derive(Clone, Debug, Default)]
pub struct Writer {
    pub name: String,
    /// Office or place of living.
    pub title: String,
}

/// The posting that the record is about.
#[derive(Clone, Debug, Default)]
pub struct Cited {
    pub kind: String,
    pub number: String,
    pub title: String,
    pub issuer: String,
    pub dated: Option<NaiveDate>,
}

#[derive(Clone, Debug, Default)]
pub struct Hung {
    pub place: String,
    pub hung: Option<Moment>,
    pub taken_down: Option<Moment>,
    pub by: String,
    pub evidence: Evidence,
}

/// What is kept that it hung.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Evidence {
    #[default]
    None,
    Photo,
    /// What the board at the place itself signed.
    Signed,
}

/// A time in which it did not hang.
#[derive(Clone, Debug, Default)]
pub struct Gap {
    pub place: String,
    pub from: Moment,
    /// `None`: it goes on.
    pub to: Option<Moment>,
    pub reason: String,
}

const TEMPLATE: &str = "record.typ";
const LABELS: [&str; 26] = [
    "paper-blank",
    "paper-row",
    "paper-nation",
    "paper-motto",
    "paper-number",
    "paper-sample",
    "paper-picture",
    "paper-record-persons",
    "paper-record-writer",
    "paper-record-witness",
    "paper-record-title",
    "paper-record-about",
    "paper-record-placements",
    "paper-record-count",
    "paper-record-place",
    "paper-record-hung",
    "paper-record-down",
    "paper-record-by",
    "paper-record-evidence",
    "paper-record-gaps",
    "paper-record-copies",
    "paper-record-check",
    "paper-record-reason",
    "paper-record-gap-from",
    "paper-record-gap-to",
    "paper-record-gap-length",
];
/// So many gaps of one place and reason are told in lines; more are a table.
const FEW: usize = 3;
/// Lines to write on, where nobody is named.
const LINES: usize = 2;

#[derive(Serialize)]
struct Told<'a> {
    words: BTreeMap<String, String>,
    size: f32,
    named: String,
    mark: Mark,
    letterhead: Head<'a>,
    kind: String,
    title: String,
    opening: String,
    writers: Vec<(String, String)>,
    witnesses: Vec<(String, String)>,
    about: Vec<Row>,
    placements: Vec<[String; 6]>,
    without: String,
    gaps: Vec<Gaps>,
    no_gaps: String,
    count: Vec<String>,
    returned: String,
    signatures: Vec<SignerTold>,
    qr: Option<Qr>,
    foot: Foot,
}

/// At one place, for one reason.
#[derive(Serialize)]
struct Gaps {
    place: String,
    told: String,
    reason: String,
    rows: Vec<[String; 4]>,
}

impl Record {
    /// Blocks the thread for some tens of milliseconds.
    pub fn print(&self, press: &Press, words: &Words) -> Result<Printed, Refusal> {
        press.print(TEMPLATE, &self.told(words), self.printed_at)
    }

    fn told<'a>(&'a self, words: &Words) -> Told<'a> {
        let word = |key: &'static str| words.text(Lang::Vi, key);
        let say = |phrase| words.say(Lang::Vi, &phrase);
        let (title, opening) = match self.stage {
            Stage::Posting => ("paper-record-posting", "paper-record-did-hang"),
            Stage::Closing => ("paper-record-closing", "paper-record-did-end"),
        };
        let title = word(title);
        let cited = self.posting.told(words);
        let made = self.made.map_or_else(|| word("paper-record-blank-time"), |made| at(made, words));
        let place = if self.made_at.is_empty() { word("paper-blank") } else { self.made_at.clone() };
        let persons = |all: &[Writer]| match all {
            [] => vec![(word("paper-blank"), word("paper-blank")); LINES],
            all => all.iter().map(|one| (one.name.clone(), filled(&one.title, words))).collect(),
        };
        let person = |key: &'static str, name: &str| Signer { authority: word(key), name: name.to_owned(), ..Signer::default() };
        let first = |all: &[Writer]| all.first().map(|one| one.name.clone()).unwrap_or_default();
        let mut signatures = vec![
            person("paper-record-witness", &first(&self.witnesses)).to_sign(words),
            person("paper-record-writer", &first(&self.writers)).to_sign(words),
        ];
        if !self.signer.authority.is_empty() || !self.signer.title.is_empty() {
            signatures.push(self.signer.to_sign(words));
        }
        let period = match (self.posted, self.ends) {
            (Some(posted), Some(ends)) => say(phrase!("paper-from-to", from = long(posted, words), to = long(ends, words))),
            (Some(posted), None) => say(phrase!("paper-from", from = long(posted, words))),
            _ => String::new(),
        };
        let about = [
            row(word("paper-record-document"), vec![cited]),
            row(word("paper-record-issuer"), vec![self.posting.issuer.clone()]),
            row(word("posting-requester"), vec![self.requester.clone()]),
            row(word("paper-posted"), vec![period]),
        ];
        let returned = match self.requester.as_str() {
            "" => String::new(),
            requester => say(phrase!("paper-record-returned", requester = requester)),
        };
        let hung = self.days.map(|days| say(phrase!("paper-record-days", days = days))).unwrap_or_default();
        Told {
            words: labels(&LABELS, words),
            size: 13.0,
            named: [&title, &self.posting.number, &self.posting.title].map(|part| part.trim()).join(" ").trim().to_owned(),
            mark: Mark {
                text: if self.early { words.text(Lang::Vi, "paper-record-early") } else { String::new() },
                note: String::new(),
                sample: self.sample,
            },
            letterhead: self.letterhead.to_be_dated(words),
            kind: word("paper-record"),
            opening: say(phrase!("paper-record-opening", at = made, place = place)) + " " + &word(opening),
            title,
            writers: persons(&self.writers),
            witnesses: persons(&self.witnesses),
            about: about.into_iter().flatten().collect(),
            placements: self.placements.iter().enumerate().map(|(at, hung)| hung.told(at + 1, words)).collect(),
            without: word("paper-record-nowhere"),
            gaps: self.gaps(words),
            no_gaps: word("paper-record-no-gaps"),
            count: [hung, self.screens.clone(), self.counted.clone(), self.rule.clone()]
                .into_iter()
                .filter(|line| !line.is_empty())
                .collect(),
            returned,
            signatures,
            qr: qr(&self.address, words),
            foot: Foot {
                left: say(phrase!("paper-printed", at = at(self.printed_at, words))),
                right: match self.posting.number.as_str() {
                    "" => String::new(),
                    number => say(phrase!("paper-record-foot", number = number, version = self.version)),
                },
            },
        }
    }
}

impl Record {
    /// One line a gap, or, where there are many of one kind, one for all and a table.
    fn gaps(&self, words: &Words) -> Vec<Gaps> {
        let mut groups: Vec<Vec<&Gap>> = Vec::new();
        for gap in &self.gaps {
            match groups.iter_mut().find(|group| (&group[0].place, &group[0].reason) == (&gap.place, &gap.reason)) {
                Some(group) => group.push(gap),
                None => groups.push(vec![gap]),
            }
        }
        let lines = |group: &Vec<&Gap>| group.iter().map(|gap| gap.line(self.printed_at, words)).collect::<Vec<_>>();
        groups.iter().flat_map(|group| if group.len() > FEW { vec![table(group, self.printed_at, words)] } else { lines(group) }).collect()
    }
}

fn table(gaps: &[&Gap], now: Moment, words: &Words) -> Gaps {
    let all = length(gaps.iter().map(|gap| gap.span(now)).sum(), words);
    let row = |(at, gap): (usize, &&Gap)| {
        let (from, to) = gap.ends(words);
        [(at + 1).to_string(), from, to, length(gap.span(now), words)]
    };
    Gaps {
        place: gaps[0].place.clone(),
        told: words.say(Lang::Vi, &phrase!("paper-record-gap-many", count = gaps.len(), length = all)),
        reason: gaps[0].reason.clone(),
        rows: gaps.iter().enumerate().map(row).collect(),
    }
}

fn long(day: NaiveDate, words: &Words) -> String {
    running(day, words, Lang::Vi)
}

/// What nobody has filled in is written by hand.
fn filled(text: &str, words: &Words) -> String {
    if text.trim().is_empty() { words.text(Lang::Vi, "paper-blank") } else { text.to_owned() }
}

impl Cited {
    /// `Thông báo số 12/TB-UBND ngày 02/11/2026: Niêm yết hồ sơ…`
    fn told(&self, words: &Words) -> String {
        let number = Some(&self.number).filter(|number| !number.is_empty());
        let number = number.map(|number| words.say(Lang::Vi, &phrase!("paper-cited-number", number = number)));
        let dated = self.dated.map(|day| words.say(Lang::Vi, &phrase!("paper-cited-dated", day = crate::kit::calendar::day(day))));
        let head: Vec<String> = [Some(self.kind.clone()), number, dated].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        [head.join(" "), self.title.clone()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(": ")
    }
}

impl Hung {
    fn told(&self, number: usize, words: &Words) -> [String; 6] {
        let moment = |moment: Option<Moment>| moment.map_or_else(|| "–".to_owned(), |moment| at(moment, words));
        let evidence = match self.evidence {
            Evidence::None => "paper-no",
            Evidence::Photo => "paper-record-photo",
            Evidence::Signed => "paper-record-signed",
        };
        let evidence = words.text(Lang::Vi, evidence);
        [number.to_string(), self.place.clone(), moment(self.hung), moment(self.taken_down), self.by.clone(), evidence]
    }
}

impl Gap {
    fn span(&self, now: Moment) -> chrono::Duration {
        self.to.unwrap_or(now) - self.from
    }

    fn ends(&self, words: &Words) -> (String, String) {
        (at(self.from, words), self.to.map_or_else(|| words.text(Lang::Vi, "paper-until-now"), |to| at(to, words)))
    }

    fn line(&self, now: Moment, words: &Words) -> Gaps {
        let (from, to) = self.ends(words);
        let span = words.say(Lang::Vi, &phrase!("paper-span", from = from, to = to));
        let told = format!("{span} ({})", length(self.span(now), words));
        Gaps { place: self.place.clone(), told, reason: self.reason.clone(), rows: Vec::new() }
    }
}

/// `2 ngày 3 giờ`, `45 phút`: the two greatest units.
fn length(span: chrono::Duration, words: &Words) -> String {
    let minutes = span.num_minutes().max(0);
    let parts = [(minutes / 1440, "paper-length-days"), (minutes / 60 % 24, "paper-length-hours"), (minutes % 60, "paper-length-minutes")];
    let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(2);
    let told = parts[first..].iter().take(2).filter(|(count, key)| *count > 0 || *key == parts[first].1);
    told.map(|(count, key)| words.counted(Lang::Vi, key, usize::try_from(*count).unwrap_or(0))).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_told_in_its_two_greatest_units() {
        let words = Words::load([(Lang::Vi, "paper.ftl".to_owned(), include_str!("../../../content/words/vi/paper.ftl").to_owned())])
            .expect("words");
        let told = |minutes| length(chrono::Duration::minutes(minutes), &words).replace('\u{a0}', " ");
        assert_eq!([0, 45, 60, 1500, 2885, 4330].map(told), ["0 phút", "45 phút", "1 giờ", "1 ngày 1 giờ", "2 ngày", "3 ngày"]);
    }
}
