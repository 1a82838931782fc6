//! What begins and ends, day by day, of one month.

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, CALENDAR, TEXTS};
use super::texts::{place, titled};
use super::told;
use crate::edition::find_desk::{self, Turn, Turning};
use crate::kit::calendar as dates;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::phrase;
use crate::web::view::Link;

#[derive(Serialize)]
struct TurnShown {
    hour: String,
    what: String,
    title: String,
    path: String,
    about: Vec<String>,
}

#[derive(Serialize)]
struct Day {
    key: String,
    name: String,
    is_today: bool,
    turns: Vec<TurnShown>,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    previous: Link,
    next: Link,
    days: Vec<Day>,
    is_more: bool,
}

pub fn calendar(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let today = dates::local(visit.now).date();
    let asked = visit.query.text("thang");
    let first = match asked.as_str() {
        "" => today.with_day(1),
        month => NaiveDate::parse_from_str(&format!("{month}-01"), "%Y-%m-%d").ok().filter(|day| (2000..3000).contains(&day.year())),
    };
    let first = first.ok_or(Refusal::Missing)?;
    let (before, after) = (
        first.checked_sub_months(Months::new(1)).ok_or(Refusal::Missing)?,
        first.checked_add_months(Months::new(1)).ok_or(Refusal::Missing)?,
    );
    let reach = visit.actor()?.reach(&mut reading.c, Verb::Look)?;
    let (turns, is_more) = find_desk::calendar(&mut reading.c, &reach, dates::midnight(first), dates::midnight(after))?;
    let mut days: Vec<Day> = Vec::new();
    for Turning { at, turn, row } in turns {
        let local = dates::local(at);
        let key = local.format("%d").to_string();
        if days.last().is_none_or(|day| day.key != key) {
            let name = capitalised(&dates::long(at, true, &reading.web.words, reading.lang));
            days.push(Day { key, name, is_today: local.date() == today, turns: Vec::new() });
        }
        let what = reading.word(match turn {
            Turn::Starts => "calendar-starts",
            Turn::Planned => "calendar-planned",
            Turn::Ends => "calendar-ends",
        });
        let state = told::state(&row.edition, visit.now);
        let about = vec![place(&mut reading, &row.edition)?, reading.word(&format!("state-{state}"))];
        if let Some(day) = days.last_mut() {
            let hour = local.format("%H:%M").to_string();
            day.turns.push(TurnShown {
                hour,
                what,
                title: titled(&reading, &row.title),
                path: format!("{TEXTS}/{}", row.edition.document_id),
                about,
            });
        }
    }
    let named = |day: NaiveDate| dates::month(day.year() * 100 + day.month() as i32, &reading.web.words, reading.lang);
    let link = |day: NaiveDate| Link::new(named(day), format!("{CALENDAR}?thang={}", day.format("%Y-%m")));
    let title = reading.say(&phrase!("calendar-title", month = named(first)));
    let parts = Parts { title: title.clone(), previous: link(before), next: link(after), days, is_more };
    frame::shown(visit, &mut reading, "desk/calendar.html", &title, &parts)
}
