//! A unit's board: everything that hangs there now, its own and what came to it. The address is its code's, and a code that
//! nobody bears any more leads to what its unit became.

use chrono::Duration;
use serde::Serialize;

use super::{screen, tell, unit_calendar};
use crate::bulletin::follow;
use crate::channel::{cap, card, feed, plain};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board::{self, Board};
use crate::posting::places_page;
use crate::unit::lineage::{Bearing, bearing};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::{FeedFormat, Link};

pub fn path(code: &str) -> String {
    format!("/bang-tin/{code}")
}

/// A code is digits, and no more than any ever had.
pub fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[derive(Serialize)]
struct Parts {
    board: Board,
    /// Where it hangs on paper and is told.
    places: Vec<places_page::Group>,
    /// The unit's own page.
    unit: Link,
    place: String,
    sample: bool,
    forms: Vec<Form>,
    /// The same board for a screen on a wall.
    screen: String,
    /// Of portals that are followed, and from which nothing was heard for longer than they vouched.
    silent: Vec<String>,
}

/// The same board for other programs than browsers.
#[derive(Serialize)]
struct Form {
    name: String,
    /// In a reader's list it stands beside those of many boards.
    title: String,
    mime: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Choice {
    ended: String,
    boards: Vec<Link>,
    unit: Link,
}

pub fn board(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let today = calendar::local(reading.now).date();
    match bearing(&mut reading.c, code, today)? {
        Bearing::Here(unit) => here(reading, &unit),
        Bearing::Became { now, .. } if now.len() == 1 => {
            // Another may bear the code, or this one become something else.
            reading.until(calendar::tomorrow(reading.now));
            Ok(Answer::moved(reading, &path(&now[0].code)))
        }
        Bearing::Became { last, now } => choice(reading, &last, &now),
    }
}

fn here(reading: &mut Reading, unit: &Unit) -> Result<Answer, Refusal> {
    let shown = board::shown(reading, unit)?;
    let places = places_page::shown(reading, unit)?;
    let name = unit::page::named(reading, unit);
    let above = unit::ancestors(&mut reading.c, unit)?;
    let mut page = reading.page("board", reading.say(&phrase!("board-of", unit = name)), &path(&unit.code));
    page.description = reading.say(&phrase!("board-lead", unit = name));
    page.crumbs.extend(above.iter().map(|unit| unit::page::link(reading, unit)));
    page.crumbs.push(unit::page::link(reading, unit));
    let place: Vec<String> = above.iter().rev().map(|unit| unit::page::named(reading, unit)).collect();
    let about = unit::page::Place::at(reading, &unit::page::link(reading, unit));
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, Some(about)))?;
    let dates = shown.parts.iter().flat_map(|part| &part.items).map(|item| item.date.iso.clone());
    let meta = Meta { date: dates.max().unwrap_or_default(), coverage: name, ..Meta::default() };
    tell(reading, &mut page, &card::Card::of_site(reading), meta, graph)?;
    let silent = silent(reading, unit)?;
    let parts = Parts {
        silent,
        forms: forms(reading, unit),
        screen: screen::path(&unit.code),
        board: shown,
        places,
        unit: unit::page::link(reading, unit),
        place: capitalised(&place.join(", ")),
        sample: unit.sample,
    };
    reading.html("posting/board.html", &page, &parts)
}

fn forms(reading: &Reading, unit: &Unit) -> Vec<Form> {
    let board = reading.say(&phrase!("board-of", unit = unit::page::named(reading, unit)));
    let feeds = FeedFormat::ALL.map(|format| (format.name().to_owned(), format.mime(), feed::board::path(&unit.code, format)));
    let others = [
        ("forms-calendar", "text/calendar", unit_calendar::path(&unit.code)),
        ("forms-text", "text/plain", plain::path(&unit.code)),
        ("forms-warnings", FeedFormat::Atom.mime(), cap::index::path(&unit.code)),
    ];
    let others = others.map(|(word, mime, path)| (reading.word(word), mime, path));
    let form = |(name, mime, path)| Form { title: format!("{board}: {name}"), name, mime, path };
    feeds.into_iter().chain(others).map(form).collect()
}

/// What was heard is no event of the log: it is looked at again after a minute.
fn silent(reading: &mut Reading, unit: &Unit) -> Result<Vec<String>, Refusal> {
    let rows = follow::of_unit(&mut reading.c, &unit.code)?;
    if !rows.is_empty() {
        reading.until(reading.now + Duration::minutes(1));
    }
    let now = reading.now;
    let silent = rows.into_iter().filter(|row| row.fresh_until <= now);
    let told = silent.map(|row| {
        let name = if row.name.is_empty() { row.portal.clone() } else { row.name.clone() };
        match row.heard_at {
            Some(at) => {
                let at = calendar::brief(at, false, &reading.web.words, reading.lang);
                reading.say(&phrase!("board-silent", name = name, at = at))
            }
            None => reading.say(&phrase!("board-silent-never", name = name)),
        }
    });
    Ok(told.collect())
}

/// Of a unit that became several, whoever comes knows which is his.
fn choice(reading: &mut Reading, last: &Unit, now: &[Unit]) -> Result<Answer, Refusal> {
    reading.until(calendar::tomorrow(reading.now));
    let name = unit::page::titled(reading, last);
    let mut page = reading.page("board", reading.say(&phrase!("board-of", unit = name)), &path(&last.code));
    page.noindex = true;
    let boards = now.iter().map(|unit| Link::new(capitalised(&unit::page::named(reading, unit)), path(&unit.code))).collect();
    let parts = Choice { ended: reading.word("board-former"), boards, unit: unit::page::link(reading, last) };
    reading.html("posting/board_choice.html", &page, &parts)
}

#[cfg(test)]
mod tests {
    use super::is_code;

    #[test]
    fn a_code_is_digits() {
        assert!(is_code("99001") && is_code("99") && !is_code("") && !is_code("99a") && !is_code("9900١") && !is_code(&"9".repeat(13)));
    }
}
