//! What applied in a unit on a day, and what hung there: answered for any day that has come, with the reason in each row.

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use super::kinds::After;
use super::law::{self, BELOW, Rules};
use super::page::after;
use super::reach::{Place, Sent};
use super::{APPLIES, FOR, Posting, groups, status};
use crate::edition::Kind as TextKind;
use crate::edition::body::parse;
use crate::edition::find_day::{self, Of, Stood};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::Unit;
use crate::web::answer::Reading;

/// Told of one day; a unit that has more is asked by kind, in its list.
const MOST: usize = 500;

#[derive(Debug, Serialize)]
pub struct Row {
    /// Empty for what must not be named any more.
    pub title: String,
    /// Empty where nothing stands any more.
    pub path: String,
    pub number: String,
    pub issuer: String,
    pub kind: String,
    /// Why it applied, or did not.
    pub why: String,
    /// When it hung, and whether on that day.
    pub hung: String,
    /// Why it has no title.
    pub gone: String,
    pub drill: bool,
    pub sample: bool,
}

#[derive(Debug, Default, Serialize)]
pub struct Day {
    pub applied: Vec<Row>,
    /// It hung, or would have applied, and did not apply on that day.
    pub others: Vec<Row>,
    /// There is more than is told.
    pub more: bool,
}

pub fn day(reading: &mut Reading, rules: &Rules, unit: &Unit, day: NaiveDate) -> Result<Day, Refusal> {
    // What hangs in a unit and what applied there is one question ([`reach`]): groups, codes and forebears count for both.
    let groups = groups::groups(&mut reading.c)?;
    let place = Place::of(&mut reading.c, unit, &groups, day)?;
    let above = (Some(place.higher()), (FOR, BELOW.to_owned()));
    let named = place.values().into_iter().map(|value| (None, (FOR, value)));
    let from: Vec<_> = std::iter::once(above).chain(named).collect();
    let (begins, ends) = (calendar::midnight(day), law::after(day));
    let units = place.ids();
    let of = Of { units: &units, from: &from };
    let until = format!("{day}/~");
    let holds = |value: &str| value.split_once('/').is_some_and(|(_, last)| last.is_empty() || last >= day.to_string().as_str());
    let now = reading.now;
    let (all, more) = find_day::stood(&mut reading.c, TextKind::Posting, &of, (begins, ends), (APPLIES, &until), holds, (now, MOST))?;
    let mut told = Day { more, ..Day::default() };
    for stood in all {
        let posting: Posting = parse(&stood.facts)?;
        let posted = calendar::local(stood.edition.dated_at).date();
        if place.rule(&Sent { unit_id: stood.edition.unit_id, to: posting.to.clone(), posted }).is_none() {
            continue;
        }
        let (first, last) = status::applies(&posting, &stood.edition);
        let within = first <= day && last.is_none_or(|last| day <= last);
        let suspended = posting.suspended.as_ref().filter(|one| one.from <= day && one.until.is_none_or(|until| day <= until));
        if !within && !stood.hung {
            continue;
        }
        let (words, lang) = (reading.web.words.clone(), reading.lang);
        let tell = |day: NaiveDate| calendar::running(day, &words, lang);
        let why = match (suspended, last) {
            (Some(one), _) if within => match one.until {
                Some(until) => {
                    reading.say(&phrase!("posting-day-suspended-until", from = tell(one.from), until = tell(until), reason = one.reason))
                }
                None => reading.say(&phrase!("posting-day-suspended", from = tell(one.from), reason = one.reason)),
            },
            _ if first > day => reading.say(&phrase!("posting-day-not-yet", from = tell(first))),
            (_, Some(last)) if last < day => reading.say(&phrase!("posting-day-over", last = tell(last))),
            (_, Some(last)) if posting.effective.is_none() && posting.expires.is_none() => {
                reading.say(&phrase!("posting-day-displayed", from = tell(first), last = tell(last)))
            }
            (_, Some(last)) => reading.say(&phrase!("posting-day-both", from = tell(first), last = tell(last))),
            (_, None) => reading.say(&phrase!("posting-day-since", from = tell(first))),
        };
        let row = row(reading, rules, &stood, &posting, why);
        let rows = if within && suspended.is_none() { &mut told.applied } else { &mut told.others };
        rows.push(row);
    }
    Ok(told)
}

fn row(reading: &mut Reading, rules: &Rules, stood: &Stood, posting: &Posting, why: String) -> Row {
    let (now, words, lang) = (reading.now, reading.web.words.clone(), reading.lang);
    let tell = |day: NaiveDate| calendar::running(day, &words, lang);
    let (edition, last) = (&stood.edition, &stood.last);
    // What will be taken back, or come down, is told otherwise from that instant on.
    let turns = [edition.withdrawn_at, last.withdrawn_at, Some(last.shown_until), Some(last.shown_from)];
    turns.into_iter().flatten().filter(|at| *at > now).for_each(|at| reading.until(at));
    let withdrawn = [last, edition].into_iter().find(|one| one.withdrawn_at.is_some_and(|at| at <= now));
    let is_over = last.shown_until <= now;
    let gone = match withdrawn {
        Some(one) => {
            let at = one.withdrawn_at.unwrap_or(now);
            reading.say(&phrase!("posting-day-withdrawn", day = calendar::long(at, false, &words, lang), reason = one.withdrawn_reason))
        }
        None if is_over && after(rules, last) == After::Request => reading.word("posting-day-asked"),
        None => String::new(),
    };
    let hangs_until = [last.ends_at, last.withdrawn_at, last.replaced_at].into_iter().flatten().min();
    let from = tell(calendar::local(edition.dated_at).date());
    let hung = match hangs_until.map(|at| calendar::local(at - Duration::seconds(1)).date()) {
        Some(until) => reading.say(&phrase!("posting-day-hung", from = from, until = tell(until))),
        None => reading.say(&phrase!("posting-day-hung-since", from = from)),
    };
    let kind = rules.catalogue.kind(&edition.section);
    Row {
        title: if gone.is_empty() { stood.title.clone() } else { String::new() },
        path: if gone.is_empty() { TextKind::Posting.path(&stood.slug) } else { String::new() },
        number: posting.number.clone(),
        issuer: posting.issuer.clone(),
        kind: kind.map(|kind| kind.name(lang).to_owned()).unwrap_or_default(),
        why,
        hung: if stood.hung { hung } else { format!("{hung} {}", reading.word("posting-day-not-hung")) },
        gone,
        drill: posting.drill,
        sample: posting.sample,
    }
}
