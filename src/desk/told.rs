//! How the desk says things: states, times, how long something has waited, and issues beside their fields.

use std::collections::BTreeMap;

use chrono::{Datelike, TimeDelta};
use serde::Serialize;

use crate::edition::state::State;
use crate::edition::{Edition, UNCONFIRMED};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Issue;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::law::{BELOW, GROUP};
use crate::web::answer::Reading;

/// A choice in a list.
#[derive(Clone, Debug, Serialize, Default)]
pub struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
    /// The name of a group of choices of which it is the first, and whether it is the last.
    pub opens: String,
    pub closes: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, name: impl Into<String>, chosen: &str) -> Choice {
        let value = value.into();
        Choice { chosen: value == chosen, name: name.into(), value, ..Choice::default() }
    }
}

/// What is wrong, and beside which field.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub field: String,
    pub text: String,
}

pub fn issues(reading: &Reading, issues: &[Issue]) -> Vec<Told> {
    issues.iter().map(|issue| Told { field: issue.file.clone(), text: said(reading, issue) }).collect()
}

/// With the line, where a long text is meant.
fn said(reading: &Reading, issue: &Issue) -> String {
    let text = reading.say(&named(reading, &issue.phrase));
    if issue.line > 1 && issue.file == "body" { reading.say(&phrase!("desk-issue-line", line = issue.line, text = text)) } else { text }
}

/// What a file calls by a word of its own, by the name that the form gives it.
fn named(reading: &Reading, phrase: &Phrase) -> Phrase {
    let each = |list: &str, of: &dyn Fn(&str) -> String| list.split(", ").map(of).collect::<Vec<_>>().join(", ");
    let name = |arg: &'static str, text: &str| match (phrase.key, arg) {
        ("posting-correction-places", "places") => each(text, &|place| reading.word(&format!("posting-place-{place}"))),
        ("posting-correction-units", "units") => each(text, &|to| match to.strip_prefix(GROUP) {
            _ if to == BELOW => reading.word("posting-to-below"),
            Some(group) => reading.say(&phrase!("posting-to-group", name = group)),
            None => to.to_owned(),
        }),
        _ => text.to_owned(),
    };
    Phrase { key: phrase.key, args: phrase.args.iter().map(|(arg, text)| (*arg, name(arg, text))).collect() }
}

/// The first of each field.
pub fn by_field(told: &[Told]) -> BTreeMap<String, String> {
    told.iter().rev().map(|told| (told.field.clone(), told.text.clone())).collect()
}

/// The state as staff know it: what is published may also not have begun yet, or be over.
pub fn state(edition: &Edition, now: Moment) -> &'static str {
    match edition.state() {
        State::Published if edition.urgent == UNCONFIRMED => "urgent",
        State::Published if edition.starts_at > now => "scheduled",
        State::Published if edition.ends_at.is_some_and(|at| at <= now) => "ended",
        // Its successor waits for its hour.
        State::Superseded if edition.shown_from <= now && now < edition.shown_until => "published",
        state => state.name(),
    }
}

pub fn at(reading: &Reading, at: Moment) -> String {
    calendar::brief(at, false, &reading.web.words, reading.lang)
}

/// How long ago, in the unit that people would say.
pub fn since(reading: &Reading, at: Moment) -> String {
    let gone = (reading.now - at).max(TimeDelta::zero());
    let (key, count) = match gone {
        gone if gone < TimeDelta::minutes(1) => ("time-now", 0),
        gone if gone < TimeDelta::hours(1) => ("time-minutes", gone.num_minutes()),
        gone if gone < TimeDelta::days(1) => ("time-hours", gone.num_hours()),
        gone => ("time-days", gone.num_days()),
    };
    reading.web.words.counted(reading.lang, key, count as usize)
}

/// `2026-12-01T07:30`, as a browser's field of day and hour sends it; Vietnam's clock.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.trim();
    let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
    let local = read.iter().find_map(|format| chrono::NaiveDateTime::parse_from_str(text, format).ok())?;
    // What a calendar of four digits can say, and the store compare.
    (2000..=2999).contains(&local.year()).then(|| calendar::utc(local))
}

/// As such a field takes it back.
pub fn for_field(at: Moment) -> String {
    calendar::local(at).format("%Y-%m-%dT%H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browsers_hour_is_vietnams() {
        let read = moment("2026-12-01T07:00").expect("an hour");
        assert_eq!(read.to_string(), "2026-12-01 00:00:00");
        assert_eq!(for_field(read), "2026-12-01T07:00");
        for wrong in ["", "mai", "2026-13-01T07:00", "2026-12-01", "99999-12-01T07:00", "1999-12-31T23:59"] {
            assert_eq!(moment(wrong), None, "{wrong}");
        }
    }
}
