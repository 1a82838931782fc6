//! What the reports that show now say of one indicator in one unit, whoever says it. Asked of the editions each time: what is withdrawn
//! is not heard any more, and what is yet to begin not heard of.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::dsl::count;
use diesel::prelude::*;
use serde::Deserialize;

use super::observation::Observation;
use super::series::Row;
use crate::edition::body::{Files, parse};
use crate::edition::find::Filter;
use crate::edition::terms::visible_at;
use crate::edition::{Kind, change};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revision_media, revisions};
use crate::store::schema_out::{data_indicators, observations};
use crate::unit::Unit;

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;

/// A report that says something, in the edition that shows.
#[derive(Clone, Debug)]
pub struct Teller {
    pub edition: i64,
    pub slug: String,
    pub title: String,
    pub dated_at: Moment,
    pub day_only: bool,
    pub starts_at: Moment,
    pub sample: bool,
}

impl Teller {
    /// Whoever stands later in this order was published later, and counts.
    pub fn order(&self) -> (Moment, Moment, i64) {
        (self.dated_at, self.starts_at, self.edition)
    }
}

#[derive(Default)]
pub struct Heard {
    pub tellers: Vec<Teller>,
    /// Each with the number of who says it.
    pub said: Vec<(usize, Observation)>,
}

/// As much of a report's facts as is asked.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Facts {
    data: String,
    sample: bool,
}

type Found = (String, i64, Option<i64>, (Moment, bool, Moment), String, (String, String, String));

/// `None`: of the portal itself. A unit is heard of in its own reports, and in any that names the code that it bore on the figure's last
/// day, or where no time is told on the report's.
pub fn heard(c: &mut Snapshot, indicator: &str, unit: Option<&Unit>, now: Moment) -> Result<Heard, Refusal> {
    c.look(change::words(Kind::Report, &Filter::All));
    let mut files = editions::table
        .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
        .filter(editions::kind.eq(Kind::Report.name()).and(visible_at(now)))
        .select(revision_media::digest)
        .into_boxed();
    files = match unit {
        Some(unit) => files.filter(editions::unit_id.eq(unit.id)),
        None => files.filter(editions::unit_id.is_null()),
    };
    let own: Vec<String> = files.load(&mut **c)?;
    let mut rows: Vec<Row> = Vec::new();
    for own in own.chunks(CHUNK) {
        // By the files: the index by code would give every report's own figures.
        let of = observations::data.eq_any(own).and(observations::indicator.eq(indicator));
        rows.extend(observations::table.filter(of.and(observations::unit_code.concat("").eq(""))).load::<Row>(&mut **c)?);
    }
    if let Some(unit) = unit {
        let of = observations::unit_code.eq(&unit.code).and(observations::indicator.eq(indicator));
        rows.extend(observations::table.filter(of).load::<Row>(&mut **c)?);
    }
    let data: BTreeSet<&str> = rows.iter().map(|row| row.data.as_str()).collect();
    let found = tellers(c, &data.into_iter().collect::<Vec<&str>>(), now)?;
    let mut heard = Heard::default();
    let mut by_file: HashMap<String, Vec<(usize, Option<i64>)>> = HashMap::new();
    for (digest, unit, teller) in found {
        by_file.entry(digest).or_default().push((heard.tellers.len(), unit));
        heard.tellers.push(teller);
    }
    for row in rows {
        let Some(by) = by_file.get(&row.data) else { continue };
        let one = row.observation()?;
        for (teller, of) in by {
            let is_of_it = match (unit, one.unit.as_str()) {
                (unit, "") => *of == unit.map(|unit| unit.id),
                (Some(unit), _) => unit.is_in_force(day_of(&one, &heard.tellers[*teller])),
                (None, _) => false,
            };
            if is_of_it {
                heard.said.push((*teller, one.clone()));
            }
        }
    }
    Ok(heard)
}

/// The day that says whom a code means.
fn day_of(one: &Observation, teller: &Teller) -> NaiveDate {
    one.period.last_day().unwrap_or_else(|| calendar::local(teller.dated_at).date())
}

/// The reports that show now whose figures stand in these files, with their units.
fn tellers(c: &mut Snapshot, data: &[&str], now: Moment) -> Result<Vec<(String, Option<i64>, Teller)>, Refusal> {
    let mut tellers = Vec::new();
    for data in data.chunks(CHUNK) {
        let found: Vec<Found> = revision_media::table
            .inner_join(revisions::table)
            .inner_join(editions::table.on(editions::revision_id.eq(revision_media::revision_id)))
            .inner_join(documents::table.on(documents::id.eq(editions::document_id)))
            .filter(revision_media::digest.eq_any(data))
            .filter(editions::kind.concat("").eq(Kind::Report.name()).and(visible_at(now)))
            .select((
                revision_media::digest,
                editions::id,
                editions::unit_id,
                (editions::dated_at, editions::day_only, editions::starts_at),
                documents::slug,
                (revisions::title, revisions::facts, revisions::files),
            ))
            .load(&mut **c)?;
        for (digest, edition, unit, (dated_at, day_only, starts_at), slug, (title, facts, files)) in found {
            let (facts, files): (Facts, Files) = (parse(&facts)?, parse(&files)?);
            // The file that an office had is kept beside its figures, and says nothing here.
            if files.get(&facts.data).is_some_and(|file| file.digest == digest) {
                tellers.push((digest, unit, Teller { edition, slug, title, dated_at, day_only, starts_at, sample: facts.sample }));
            }
        }
    }
    tellers.sort_by_key(|(_, _, teller)| teller.order());
    Ok(tellers)
}

/// How many reports that show now say anything of each indicator, however many figures they have.
pub fn counted(c: &mut Snapshot, now: Moment) -> Result<HashMap<String, i64>, Refusal> {
    c.look(change::words(Kind::Report, &Filter::All));
    let counted: Vec<(String, i64)> = editions::table
        .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
        .inner_join(data_indicators::table.on(data_indicators::data.eq(revision_media::digest)))
        .filter(editions::kind.eq(Kind::Report.name()).and(visible_at(now)))
        .group_by(data_indicators::indicator)
        .select((data_indicators::indicator, count(editions::document_id).aggregate_distinct()))
        .load(&mut **c)?;
    Ok(counted.into_iter().collect())
}
