//! A posting's days as a calendar file (RFC 5545), which a phone takes in: what it calls to, until when it may be spoken
//! to, when it begins to apply and when it comes down.

use chrono::{Duration, NaiveDate};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use super::text::{self, gone};
use crate::edition::body::parse;
use crate::edition::find::{self, Found};
use crate::edition::find_gone;
use crate::edition::{Edition, Kind, Revision, keys};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::law::last_day;
use crate::posting::{Posting, page};
use crate::unit;
use crate::web::answer::{Answer, Reading};

pub(super) const MIME: &str = "text/calendar; charset=utf-8";

/// A day, or the days from one to another, both inclusive.
struct Entry {
    /// What tells it from the others of its posting, for ever.
    name: &'static str,
    told: fn(&str) -> Phrase,
    days: (NaiveDate, NaiveDate),
    /// An hour instead of the whole day.
    at: Option<Moment>,
}

/// Errors: `Missing` where no day is told. What shows no more says so as its page does.
pub fn file(reading: &mut Reading, slug: &str) -> Result<Answer, Refusal> {
    match find::at_address(&mut reading.c, Kind::Posting, slug, reading.now)? {
        Found::Here(found) => {
            let (edition, revision) = *found;
            written(reading, slug, &edition, &revision)
        }
        Found::Moved { slug } => Ok(Answer::moved(reading, &path(&slug))),
        Found::Ended { at, .. } => gone(reading, &Kind::Posting.path(slug), "posting-asked-ended", at, "", None),
        Found::Withdrawn { .. } => text::text(reading, Kind::Posting, slug),
    }
}

pub fn path(slug: &str) -> String {
    format!("{}.ics", Kind::Posting.path(slug))
}

/// Whether there is anything to put into a calendar.
pub fn has_days(posting: &Posting, edition: &Edition) -> bool {
    !entries(posting, edition).is_empty()
}

fn entries(posting: &Posting, edition: &Edition) -> Vec<Entry> {
    fn one(name: &'static str, told: fn(&str) -> Phrase, day: Option<NaiveDate>) -> Option<Entry> {
        day.map(|day| Entry { name, told, days: (day, day), at: None })
    }
    let comments = match (posting.comments_from, posting.comments_until) {
        (Some(from), Some(until)) => Some(Entry {
            name: "comments",
            told: |title| phrase!("posting-calendar-comments", title = title),
            days: (from, until),
            at: None,
        }),
        (None, until) => one("comments", |title| phrase!("posting-calendar-comments-by", title = title), until),
        (from, None) => one("comments", |title| phrase!("posting-calendar-comments-since", title = title), from),
    };
    let end = edition.ends_at.map(|at| {
        let is_whole = calendar::is_midnight(at);
        let day = if is_whole { last_day(at) } else { calendar::local(at).date() };
        Entry { name: "end", told: |title| phrase!("posting-calendar-end", title = title), days: (day, day), at: (!is_whole).then_some(at) }
    });
    let event = one("event", |title| phrase!("posting-calendar-event", title = title), posting.event);
    let effective = one("effective", |title| phrase!("posting-calendar-effective", title = title), posting.effective);
    let expires = one("expires", |title| phrase!("posting-calendar-expires", title = title), posting.expires);
    [event, comments, effective, expires, end].into_iter().flatten().collect()
}

fn written(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let posting: Posting = parse(&revision.facts)?;
    let first = find_gone::slugs(&mut reading.c, &[edition.document_id])?.remove(&edition.document_id);
    let first = first.map_or_else(|| slug.to_owned(), |(_, first)| first);
    let events = events(reading, &Told { slug, first: &first, title: &revision.title, posting: &posting, edition })?;
    if events.is_empty() {
        return Err(Refusal::Missing);
    }
    let mut file = begun();
    file.extend(events);
    Ok(Answer::new(reading, MIME, file.done().to_string()))
}

/// A calendar with nothing in it yet.
pub(super) fn begun() -> Calendar {
    let mut file = Calendar::empty();
    file.append_property(("VERSION", "2.0")).append_property(("PRODID", "-//Bang Tin//Niem yet//VI"));
    file.append_property(("METHOD", "PUBLISH"));
    file
}

/// What is told of a posting's days.
pub(super) struct Told<'t> {
    pub slug: &'t str,
    /// The address that it had first: by this its days are known, wherever they are told.
    pub first: &'t str,
    pub title: &'t str,
    pub posting: &'t Posting,
    pub edition: &'t Edition,
}

/// Its days, the same in every calendar; none where it tells none.
pub(super) fn events(reading: &mut Reading, told: &Told) -> Result<Vec<Event>, Refusal> {
    let Told { slug, first, posting, edition, .. } = *told;
    let entries = entries(posting, edition);
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let subject = keys::subject(Kind::Posting, slug);
    // From that day on it calls to nothing; before the other one is public, nobody is told.
    let is_told = match edition.replaced_at {
        Some(_) => !keys::speaking(&mut reading.c, Kind::Posting, keys::REPLACES, &subject, reading.now)?.is_empty(),
        None => false,
    };
    let replaced = edition.replaced_at.filter(|_| is_told);
    let site = reading.face.site.clone();
    let host = site.first_address.split_once("://").map_or(site.first_address.as_str(), |(_, host)| host);
    let address = format!("{}{}{}", site.address, reading.lang.base(), Kind::Posting.path(slug));
    let place = unit::page::placed(reading, edition.unit_id)?.map(|unit| unit.name).unwrap_or_default();
    let mut about = Vec::new();
    if posting.drill {
        about.push(reading.word("posting-drill-tag"));
    }
    if posting.sample {
        about.push(reading.word("site-sample"));
    }
    about.extend([&posting.number, &posting.issuer, &posting.objections].into_iter().filter(|text| !text.is_empty()).cloned());
    about.push(reading.say(&phrase!("posting-row-until", until = page::until(reading, edition))));
    about.push(address.clone());
    let mut events = Vec::new();
    for entry in entries {
        let (from, until) = entry.days;
        let is_over = replaced.is_some_and(|at| at <= entry.at.unwrap_or_else(|| calendar::midnight(until)));
        let mut event = Event::with_uid(&format!("{}-{first}@{host}", entry.name));
        event.timestamp(edition.starts_at.and_utc()).sequence(u32::try_from(edition.number - 1).unwrap_or_default());
        event.summary(&line(&reading.say(&(entry.told)(told.title))));
        event.description(&about.iter().map(|text| line(text)).collect::<Vec<_>>().join("\n"));
        event.url(&address).status(if is_over { EventStatus::Cancelled } else { EventStatus::Confirmed });
        if !place.is_empty() {
            event.location(&line(&place));
        }
        match entry.at {
            Some(at) => event.starts(at.and_utc()),
            // The end of whole days is the day after them (RFC 5545, §3.6.1); nobody is busy because of them.
            None => event.starts(from).ends(until + Duration::days(1)),
        };
        event.add_property("TRANSP", "TRANSPARENT");
        events.push(event.done());
    }
    Ok(events)
}

pub(super) fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
