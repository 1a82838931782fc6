//! What the code on a sheet leads to, for ever: whether that paper still holds, what took its place, or why it is gone; and
//! below it the form for whoever stands at the board (`board`). It knows of nothing that the public has not seen.

use serde::Serialize;

use crate::edition::find::{self, Found};
use crate::edition::{Edition, find_document};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::placements::What;
use crate::posting::placements_note::KIND;
use crate::web::answer::{Answer, Reading};
use crate::web::view::{Date, Link, Page};

/// `/n/12`, or of the edition on the paper, `/n/12?ban=3`.
pub fn path(document: i64, paper: Option<i32>) -> String {
    paper.map_or_else(|| format!("/n/{document}"), |number| format!("/n/{document}?ban={number}"))
}

/// What became of a paper.
#[derive(Debug, Serialize)]
pub struct Verdict {
    /// For words and styles: `current`, `newest` (nobody said which paper), `old`, `ended`, `withdrawn`.
    state: &'static str,
    headline: String,
    text: String,
    reason: String,
    title: String,
    date: Option<Date>,
    /// The text as it is now, or whatever stands in its place.
    on: Option<Link>,
    holds: bool,
}

impl Verdict {
    /// In one line, and whether the paper holds.
    pub fn told(&self) -> (String, bool) {
        (self.headline.clone(), self.holds)
    }
}

/// What whoever stands at the board may say of this paper.
#[derive(Debug, Serialize)]
pub struct Board {
    pub document: i64,
    /// The edition on the paper; the newest where nobody said.
    pub paper: i32,
    pub ask: String,
    pub note: String,
    pub acts: Vec<Act>,
    pub code: String,
    pub issue: String,
}

#[derive(Debug, Serialize)]
pub struct Act {
    pub what: &'static str,
    pub name: String,
}

#[derive(Serialize)]
struct Parts {
    verdict: Verdict,
    board: Board,
}

pub fn word(reading: &Reading, what: What) -> String {
    reading.word(&format!("board-{}", what.name().replace('_', "-")))
}

/// The verdict, and what may be said at the board. Errors: `Missing` for what the public has not seen.
pub fn judged(reading: &mut Reading, document: i64, paper: Option<i32>) -> Result<(Verdict, Board), Refusal> {
    let (kind, slug) = find_document::at_id(&mut reading.c, document)?;
    if kind != KIND {
        return Err(Refusal::Missing);
    }
    let now = reading.now;
    let found = find::at_address(&mut reading.c, kind, &slug, now)?;
    let seen = find::history(&mut reading.c, document, now)?;
    let newest = seen.last().ok_or(Refusal::Missing)?.number;
    let on_paper = match paper {
        Some(number) => Some(seen.iter().find(|edition| edition.number == number).ok_or(Refusal::Missing)?.clone()),
        None => None,
    };
    let here = Link::new(String::new(), kind.path(&slug));
    let verdict = match found {
        Found::Here(found) => standing(reading, &found.0, found.1.title, on_paper.as_ref(), here),
        Found::Ended { at } => Verdict { date: Some(reading.date(at, false)), ..gone(reading, "ended", String::new(), None) },
        Found::Withdrawn { at, reason, replaced_by } => {
            let title = find::title_of(&mut reading.c, kind, &replaced_by, now)?;
            let on = title.map(|title| Link::new(title, kind.path(&replaced_by)));
            Verdict { date: Some(reading.date(at, false)), ..gone(reading, "withdrawn", reason, on) }
        }
        // Its address now is never a former one.
        Found::Moved { .. } => return Err(Refusal::Missing),
    };
    let acts: &[What] = if verdict.holds { &What::SAID } else { &[What::TakenDown, What::Interrupted] };
    let board = Board {
        document,
        paper: paper.unwrap_or(newest),
        ask: format!("/n/{document}"),
        note: format!("/n/{document}/ghi"),
        acts: acts.iter().map(|what| Act { what: what.name(), name: word(reading, *what) }).collect(),
        code: String::new(),
        issue: String::new(),
    };
    Ok((verdict, board))
}

fn standing(reading: &mut Reading, now: &Edition, title: String, paper: Option<&Edition>, here: Link) -> Verdict {
    let current = now.number;
    let (state, text, reason) = match paper {
        None => ("newest", reading.say(&phrase!("verdict-newest-text", current = current)), String::new()),
        Some(paper) if paper.number == current => {
            ("current", reading.say(&phrase!("verdict-current-text", current = current)), String::new())
        }
        Some(paper) => {
            let text = reading.say(&phrase!("verdict-old-text", number = paper.number, current = current));
            // Why an edition was taken back is told for ever; one that will be is not told of yet.
            let told = paper.withdrawn_at.filter(|at| *at <= reading.now).map(|_| paper.withdrawn_reason.clone());
            paper.withdrawn_at.filter(|at| *at > reading.now).into_iter().for_each(|at| reading.until(at));
            ("old", text, told.unwrap_or_default())
        }
    };
    let headline = reading.word(&format!("verdict-{state}"));
    Verdict { state, headline, text, reason, title, date: None, on: Some(here), holds: state != "old" }
}

fn gone(reading: &Reading, state: &'static str, reason: String, on: Option<Link>) -> Verdict {
    let (headline, text) = (reading.word(&format!("verdict-{state}")), reading.word(&format!("verdict-{state}-text")));
    Verdict { state, headline, text, reason, title: String::new(), date: None, on, holds: false }
}

pub fn page_of(reading: &Reading, title: String, path: &str) -> Page {
    let mut page = reading.page("verdict", title, path);
    page.noindex = true;
    page.feeds = Vec::new();
    page
}

pub fn verdict(reading: &mut Reading, document: i64, paper: Option<i32>) -> Result<Answer, Refusal> {
    let (verdict, board) = judged(reading, document, paper)?;
    shown(reading, document, paper, verdict, board)
}

/// The same with what was wrong in what somebody typed at the board.
pub fn shown(reading: &mut Reading, document: i64, paper: Option<i32>, verdict: Verdict, board: Board) -> Result<Answer, Refusal> {
    let page = page_of(reading, verdict.headline.clone(), &path(document, paper));
    reading.html("posting/verdict.html", &page, &Parts { verdict, board })
}

#[derive(Serialize)]
struct Nothing {}

/// Where a place's card leads: the script there keeps the code that stands behind the `#`.
pub fn remember(reading: &mut Reading) -> Result<Answer, Refusal> {
    let page = page_of(reading, reading.word("board-remember"), "/n/noi");
    reading.html("posting/place_code.html", &page, &Nothing {})
}
