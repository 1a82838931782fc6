//! A posting as a row of a list: what it is, whose, and until when; nothing of its words but the title.

use std::collections::HashMap;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::law::{self, Rules};
use super::page::{StatusShown, told_status, until};
use super::status::{self, Status};
use super::{Posting, kinds};
use crate::edition::body::parse;
use crate::edition::find_shelf::Row;
use crate::edition::{Kind as TextKind, URGENT};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::{capitalised, fold};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::{Date, Link};

#[derive(Debug, Serialize)]
pub struct RowShown {
    pub title: String,
    pub path: String,
    pub number: String,
    pub issuer: String,
    pub unit: Option<Link>,
    pub kind: String,
    pub status: StatusShown,
    pub date: Date,
    /// Until when, in one sentence.
    pub until: String,
    pub is_urgent: bool,
    pub drill: bool,
    pub sample: bool,
}

/// One list's rows, with the units of all of them found at once.
pub fn rows(reading: &mut Reading, rules: &Rules, rows: &[Row]) -> Result<Vec<RowShown>, Refusal> {
    let mut ids: Vec<i64> = rows.iter().filter_map(|row| row.edition.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let units: HashMap<i64, Unit> = unit::with_ids(&mut reading.c, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let now = reading.now;
    rows.iter()
        .map(|row| {
            let (posting, edition): (Posting, _) = (parse(&row.facts)?, &row.edition);
            // What is over stays over until somebody acts.
            let turn = status::next_turn(&posting, edition, now).filter(|_| edition.shown_until > now);
            turn.into_iter().for_each(|at| reading.until(at));
            let status = status::status(&posting, edition, now);
            let kind = rules.catalogue.kind(&edition.section);
            let unit = edition.unit_id.and_then(|id| units.get(&id));
            Ok(RowShown {
                title: row.title.clone(),
                path: TextKind::Posting.path(&row.slug),
                number: posting.number.clone(),
                issuer: posting.issuer.clone(),
                unit: unit.map(|unit| Link::new(capitalised(&unit::page::titled(reading, unit)), unit.path())),
                kind: kind.map(|kind| kind.name(reading.lang).to_owned()).unwrap_or_default(),
                until: told_until(reading, row, &status),
                status: told_status(reading, &status),
                date: reading.date(edition.dated_at, edition.day_only),
                is_urgent: edition.priority == URGENT,
                drill: posting.drill,
                sample: posting.sample,
            })
        })
        .collect()
}

fn told_until(reading: &Reading, row: &Row, status: &Status) -> String {
    let day = |at: Moment| calendar::running(calendar::local(at).date(), &reading.web.words, reading.lang);
    match status {
        Status::Ended { at } => {
            // What ends at 24:00 of a day ends with that day.
            let last = if calendar::is_midnight(*at) { *at - Duration::seconds(1) } else { *at };
            reading.say(&phrase!("posting-row-ended", day = day(last)))
        }
        Status::Replaced { at } => reading.say(&phrase!("posting-row-replaced", day = day(*at))),
        Status::NotYet { from } => {
            let from = calendar::running(*from, &reading.web.words, reading.lang);
            reading.say(&phrase!("posting-row-not-yet", day = from, until = until(reading, &row.edition)))
        }
        _ => reading.say(&phrase!("posting-row-until", until = until(reading, &row.edition))),
    }
}

/// The last day on which one hangs, for the few that stand on other pages; nothing where it has none.
pub fn last_day(reading: &Reading, row: &Row) -> Option<Date> {
    let at = row.edition.ends_at?;
    if !calendar::is_midnight(at) {
        return Some(reading.date(at, false));
    }
    Some(reading.date(calendar::midnight(law::last_day(at)), true))
}

/// Words to find among titles, numbers and issuers, marks forgiven.
pub struct Words(Vec<String>);

const MOST_WORDS: usize = 8;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Named {
    number: String,
    issuer: String,
}

impl Words {
    pub fn of(text: &str) -> Words {
        Words(fold(text).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS).map(str::to_owned).collect())
    }

    pub fn are_in(&self, row: &Row) -> bool {
        let named: Named = parse(&row.facts).unwrap_or_default();
        let folded = fold(&format!("{} {} {}", row.title, named.number, named.issuer));
        self.0.iter().all(|word| folded.contains(word.as_str()))
    }
}

/// The slugs of the kinds whose texts are still told of when they are over, without being asked for.
pub fn told_when_over(rules: &Rules) -> Vec<String> {
    let told = rules.catalogue.kinds.iter().filter(|kind| kind.after != kinds::After::Request);
    told.map(|kind| kind.slug.clone()).collect()
}
