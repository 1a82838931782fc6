//! What the code on a sheet leads to, for ever: whether that paper still holds, what took its place, or why it is gone; and
//! below it the form for whoever stands at the board (`board`). It knows of nothing that the public has not seen.

use serde::Serialize;

use crate::edition::body::parse;
use crate::edition::find::{self, Found};
use crate::edition::{Edition, Revision, find_document, keys};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::placements::What;
use crate::posting::placements_note::KIND;
use crate::posting::status::{self, Status};
use crate::posting::{Posting, law, page};
use crate::web::answer::{Answer, Reading};
use crate::web::view::{Link, Page};

/// `/n/12`, or of the edition on the paper, `/n/12?ban=3`.
pub fn path(document: i64, paper: Option<i32>) -> String {
    paper.map_or_else(|| format!("/n/{document}"), |number| format!("/n/{document}?ban={number}"))
}

/// What became of a paper.
#[derive(Debug, Serialize)]
pub struct Verdict {
    /// For words and styles: `current`, `newest` (nobody said which paper), `held` (it hangs, and is not to be obeyed now),
    /// `old`, `ended`, `replaced`, `withdrawn`.
    state: &'static str,
    headline: String,
    text: String,
    /// What else is to be known of it now.
    more: String,
    reason: String,
    title: String,
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
        Found::Here(found) => standing(reading, &found, on_paper.as_ref(), here)?,
        Found::Ended { at, last } => over(reading, &slug, at, &last)?,
        Found::Withdrawn { at, reason, replaced_by } => {
            let title = find::title_of(&mut reading.c, kind, &replaced_by, now)?;
            let on = title.map(|title| Link::new(title, kind.path(&replaced_by)));
            let day = calendar::long(at, false, &reading.web.words, reading.lang);
            gone(reading, "withdrawn", reading.say(&phrase!("verdict-withdrawn-text", day = day)), reason, on)
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

/// The text hangs. What it says may still be held up or have run out, and the paper may be one of its older editions.
fn standing(reading: &mut Reading, found: &(Edition, Revision), paper: Option<&Edition>, here: Link) -> Result<Verdict, Refusal> {
    let (now, revision) = found;
    let current = now.number;
    let (title, on) = (revision.title.clone(), Some(here));
    if let Some(paper) = paper.filter(|paper| paper.number != current) {
        // Why an edition was taken back is told for ever; one that will be is not told of yet.
        paper.withdrawn_at.filter(|at| *at > reading.now).into_iter().for_each(|at| reading.until(at));
        let told = paper.withdrawn_at.filter(|at| *at <= reading.now).map(|_| paper.withdrawn_reason.clone());
        let text = reading.say(&phrase!("verdict-old-text", number = paper.number, current = current));
        let headline = reading.word("verdict-old");
        return Ok(Verdict {
            state: "old",
            headline,
            text,
            more: String::new(),
            reason: told.unwrap_or_default(),
            title,
            on,
            holds: false,
        });
    }
    let posting: Posting = parse(&revision.facts)?;
    status::next_turn(&posting, now, reading.now).into_iter().for_each(|at| reading.until(at));
    let status = status::status(&posting, now, reading.now);
    let told = page::told_status(reading, &status);
    let (text, state) = match paper {
        None => (reading.say(&phrase!("verdict-newest-text", current = current)), "newest"),
        Some(_) => (reading.say(&phrase!("verdict-current-text", current = current)), "current"),
    };
    let (state, headline, more) = match status {
        Status::InForce => (state, reading.word(&format!("verdict-{state}")), String::new()),
        Status::EndingSoon { .. } => (state, reading.word(&format!("verdict-{state}")), told.text),
        _ => ("held", told.word, told.text),
    };
    Ok(Verdict { state, headline, text, more, reason: String::new(), title, on, holds: true })
}

/// Its period is over, or another text stands in its place.
fn over(reading: &mut Reading, slug: &str, at: Moment, last: &Edition) -> Result<Verdict, Refusal> {
    let day = match calendar::is_midnight(at) {
        // What ends at 24:00 of a day ends with that day.
        true => calendar::running(law::last_day(at), &reading.web.words, reading.lang),
        false => calendar::long(at, false, &reading.web.words, reading.lang),
    };
    if last.replaced_at.is_none_or(|at| at > reading.now) {
        return Ok(gone(reading, "ended", reading.say(&phrase!("verdict-ended-text", day = day)), String::new(), None));
    }
    let by = keys::speaking(&mut reading.c, KIND, keys::REPLACES, &keys::subject(KIND, slug), reading.now)?.pop();
    let on = match by {
        Some(by) => find::title_of(&mut reading.c, KIND, &by, reading.now)?.map(|title| Link::new(title, KIND.path(&by))),
        None => None,
    };
    let day = calendar::long(at, false, &reading.web.words, reading.lang);
    Ok(gone(reading, "replaced", reading.say(&phrase!("verdict-replaced-text", day = day)), String::new(), on))
}

fn gone(reading: &Reading, state: &'static str, text: String, reason: String, on: Option<Link>) -> Verdict {
    let headline = reading.word(&format!("verdict-{state}"));
    Verdict { state, headline, text, more: String::new(), reason, title: String::new(), on, holds: false }
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
