//! When figures are to come, and whether they came in time: a page, and the same as a calendar that phones follow (RFC 5545).

use chrono::{Duration, Months};
use icalendar::{Component, Event, EventLike, EventStatus};
use serde::Serialize;

use super::calendar::{MIME, line};
use super::tell;
use super::unit_calendar::followed;
use crate::channel::{card, feed};
use crate::edition::of_units;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::report::release::{Standing, day};
use crate::report::release_keep::planned;
use crate::report::release_shown::{Row, rows};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::REPORTS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

pub const PATH: &str = "/so-lieu/lich";
pub const FILE: &str = "/so-lieu/lich.ics";
const UNIT: &str = "don-vi";

/// Of each list: more stand on the pages of their units.
const MOST: i64 = 200;
/// What came is told for so long.
const TOLD: Months = Months::new(12);

/// Whose calendar a query asks for; empty for everybody's. `None` for what is no such question.
pub fn asked(query: &str) -> Option<String> {
    let mut unit = String::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        if name == UNIT && is_slug(&value) {
            unit = value.into_owned();
        } else if name == UNIT {
            return None;
        }
    }
    Some(unit)
}

pub fn address(path: &str, unit: &str) -> String {
    if unit.is_empty() { path.to_owned() } else { format!("{path}?{UNIT}={unit}") }
}

#[derive(Serialize)]
struct Month {
    name: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Parts {
    overdue: Vec<Row>,
    coming: Vec<Month>,
    out: Vec<Row>,
    /// There is more than a page bears.
    is_cut: bool,
    most: i64,
    unit: Option<Link>,
    calendar: String,
}

/// What is to come, by its day, and what was to come before today, the latest first; and whether there is more.
fn found(reading: &mut Reading, unit: Option<&Unit>) -> Result<(Vec<Row>, Vec<Row>, bool), Refusal> {
    reading.c.look([unit.map_or_else(of_units::releases, |unit| of_units::releases_of(&unit.label))]);
    // What came a year ago is told no more, and a day that is over is past.
    reading.until(calendar::tomorrow(reading.now));
    let today = calendar::midnight(calendar::local(reading.now).date());
    let id = unit.map(|unit| unit.id);
    let mut lists = Vec::new();
    for is_coming in [true, false] {
        lists.push(planned(&mut reading.c, id, today, is_coming, MOST + 1)?);
    }
    let is_cut = lists.iter().any(|list| list.len() as i64 > MOST);
    lists.iter_mut().for_each(|list| list.truncate(MOST as usize));
    let (past, coming) = (lists.pop().unwrap_or_default(), lists.pop().unwrap_or_default());
    let count = coming.len();
    let mut all = rows(reading, coming.into_iter().chain(past).collect())?;
    let past = all.split_off(count.min(all.len()));
    let oldest = oldest(reading.now);
    Ok((all, past.into_iter().filter(|row| told_at(row) >= oldest).collect(), is_cut))
}

fn oldest(now: Moment) -> Moment {
    let today = calendar::local(now).date();
    calendar::midnight(today.checked_sub_months(TOLD).unwrap_or(today))
}

fn told_at(row: &Row) -> Moment {
    row.came.as_ref().map_or(row.entry.newest.planned_at, |came| came.at)
}

fn unit_of(reading: &mut Reading, label: &str) -> Result<Option<Unit>, Refusal> {
    if label.is_empty() { Ok(None) } else { unit::at_label(&mut reading.c, label).map(Some) }
}

/// Errors: `Missing` for a unit that is none.
pub fn page(reading: &mut Reading, label: &str) -> Result<Answer, Refusal> {
    let unit = unit_of(reading, label)?;
    let (coming, past, is_cut) = found(reading, unit.as_ref())?;
    let (mut overdue, mut out, mut months) = (Vec::new(), Vec::new(), Vec::<Month>::new());
    let mut number = 0;
    for row in coming {
        match row.state {
            "published" => out.push(row),
            "overdue" => overdue.push(row),
            _ => {
                if months.is_empty() || number != row.month {
                    number = row.month;
                    months.push(Month { name: calendar::month(number, &reading.web.words, reading.lang), rows: Vec::new() });
                }
                if let Some(month) = months.last_mut() {
                    month.rows.push(row);
                }
            }
        }
    }
    for row in past {
        if row.state == "overdue" { overdue.push(row) } else { out.push(row) }
    }
    overdue.sort_by_key(|row| row.entry.newest.planned_at);
    out.sort_by_key(|row| std::cmp::Reverse(told_at(row)));
    let name = unit.as_ref().map(|unit| unit::page::named(reading, unit));
    let title = match &name {
        None => reading.word("release-calendar"),
        Some(name) => reading.say(&phrase!("release-calendar-of", unit = name)),
    };
    let mut page = reading.page("reports", title, &address(PATH, label));
    page.description = reading.word("release-calendar-about");
    page.crumbs.push(Link::new(reading.word("report-list"), REPORTS));
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { coverage: name.unwrap_or_default(), ..Meta::default() }, graph)?;
    let unit = unit.map(|unit| unit::page::link(reading, &unit));
    let parts = Parts { overdue, coming: months, out, is_cut, most: MOST, unit, calendar: address(FILE, label) };
    reading.html("report/calendar.html", &page, &parts)
}

/// The same days. An event goes on being itself when its date is moved.
pub fn file(reading: &mut Reading, label: &str) -> Result<Answer, Refusal> {
    let unit = unit_of(reading, label)?;
    let (coming, past, _) = found(reading, unit.as_ref())?;
    let site = reading.face.site.clone();
    let host = site.first_address.split_once("://").map_or(site.first_address.as_str(), |(_, host)| host);
    let mut events = Vec::new();
    for row in coming.iter().chain(&past) {
        let newest = &row.entry.newest;
        let planned = newest.planned();
        let mut event = Event::with_uid(&format!("{}.{}@{host}", newest.name, row.label));
        event.timestamp(newest.at.and_utc()).sequence(u32::try_from(newest.number - 1).unwrap_or_default());
        event.summary(&line(&row.title));
        let mut about = vec![row.told.clone()];
        about.extend((!row.reason.is_empty()).then(|| row.reason.clone()));
        about.extend(row.moved.iter().map(|moved| format!("{} {}", moved.told, moved.reason)));
        about.push(row.unit.name.clone());
        about.extend(row.sample.then(|| reading.word("site-sample")));
        event.description(&about.iter().map(|text| line(text)).collect::<Vec<_>>().join("\n"));
        let path = if row.path.is_empty() { address(PATH, &row.label) } else { row.path.clone() };
        event.url(&format!("{}{}{path}", site.address, reading.lang.base()));
        event.status(match newest.announced()?.standing {
            Standing::Cancelled => EventStatus::Cancelled,
            Standing::Provisional if row.came.is_none() => EventStatus::Tentative,
            _ => EventStatus::Confirmed,
        });
        match planned.day_only {
            false => event.starts(planned.at.and_utc()),
            // The end of a whole day is the day after it (RFC 5545, §3.6.1).
            true => event.starts(day(planned)).ends(day(planned) + Duration::days(1)),
        };
        event.add_property("TRANSP", "TRANSPARENT");
        events.push(event.done());
    }
    let name = match &unit {
        None => reading.word("release-calendar"),
        Some(unit) => reading.say(&phrase!("release-calendar-of", unit = unit::page::named(reading, unit))),
    };
    let name = feed::titled(reading, &name);
    Ok(Answer::new(reading, MIME, followed(&name, events)))
}
