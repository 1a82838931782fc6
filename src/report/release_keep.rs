//! Announcements as they are kept: a row for each version, none ever edited, each with its row in the log. What came of them is
//! read from the editions.

use std::collections::BTreeMap;

use chrono::Duration;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::{Map, json};

use super::Report;
use super::release::{Announced, Came, Due, FURTHEST, Standing, Step, day, passes, settle, step};
use crate::edition::body::parse;
use crate::edition::find::was_shown;
use crate::edition::{Kind, of_units};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::slug;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::access::Verb;
use crate::person::{Act, fault};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions};
use crate::store::schema_out::releases;
use crate::unit::{self, Unit};

/// Of a name, in bytes, before its day and its number.
const MOST_NAME: usize = 90;
/// That one unit announces, before it is a slip of a machine.
const MOST_OF_UNIT: i64 = 2_000;
const CHUNK: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = releases)]
pub struct Version {
    pub id: i64,
    pub unit_id: i64,
    /// What tells it from the unit's others, for ever.
    pub name: String,
    /// From 1 on, without a gap.
    pub number: i32,
    pub title: String,
    pub series: String,
    pub planned_at: Moment,
    pub day_only: bool,
    #[diesel(column_name = standing)]
    pub standing_name: String,
    pub reason: String,
    pub actor: String,
    pub at: Moment,
    pub position: i64,
}

impl Version {
    pub fn planned(&self) -> When {
        When { at: self.planned_at, day_only: self.day_only }
    }

    pub fn announced(&self) -> Result<Announced, Refusal> {
        let standing = Standing::named(&self.standing_name).ok_or_else(|| Refusal::broken("an announcement of no standing"))?;
        let (title, series, reason) = (self.title.clone(), self.series.clone(), self.reason.clone());
        Ok(Announced { title, series, planned: self.planned(), standing, reason })
    }

    /// What the log vouches for.
    pub fn seal(&self) -> Result<String, Refusal> {
        let (name, by) = (self.name.clone(), self.actor.clone());
        Ok(Told { name, number: self.number, announced: self.announced()?, by, at: self.at }.seal())
    }
}

/// A version as it goes from one store to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub name: String,
    pub number: i32,
    pub announced: Announced,
    pub by: String,
    pub at: Moment,
}

impl Told {
    fn seal(&self) -> String {
        let Announced { title, series, planned, standing, reason } = &self.announced;
        let planned = calendar::iso(planned.at, planned.day_only);
        let parts =
            [&self.name, &self.number.to_string(), title, series, &planned, standing.name(), reason, &self.by, &self.at.to_string()];
        digest::sha256_of(&parts)
    }
}

/// All versions of one announcement, oldest first; never none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub first: Version,
    pub newest: Version,
    /// Each with the date that stood before it.
    pub moves: Vec<(When, Version)>,
}

impl Entry {
    fn of(versions: Vec<Version>) -> Option<Entry> {
        let (first, newest) = (versions.first()?.clone(), versions.last()?.clone());
        let pairs = versions.windows(2).filter(|pair| pair[0].planned() != pair[1].planned());
        Some(Entry { moves: pairs.map(|pair| (pair[0].planned(), pair[1].clone())).collect(), first, newest })
    }

    pub fn due(&self) -> Result<Due, Refusal> {
        Ok(Due { unit: self.newest.unit_id, announced: self.newest.announced()?, since: self.first.at })
    }
}

fn entries(versions: Vec<Version>) -> Vec<Entry> {
    let mut of: BTreeMap<(i64, String), Vec<Version>> = BTreeMap::new();
    versions.into_iter().for_each(|version| of.entry((version.unit_id, version.name.clone())).or_default().push(version));
    of.into_values().filter_map(Entry::of).collect()
}

/// Whatever its unit says of it. Errors: `Missing`.
pub fn entry(c: &mut Conn, unit: i64, name: &str) -> Result<Entry, Refusal> {
    let of = releases::table.filter(releases::unit_id.eq(unit).and(releases::name.eq(name)));
    let versions = of.order(releases::number.asc()).select(Version::as_select()).load(c)?;
    Entry::of(versions).ok_or(Refusal::Missing)
}

pub fn of_unit(c: &mut Conn, unit: i64) -> Result<Vec<Entry>, Refusal> {
    let of = releases::table.filter(releases::unit_id.eq(unit)).order(releases::number.asc());
    Ok(entries(of.select(Version::as_select()).load(c)?))
}

/// Of one series of a unit.
pub fn of_series(c: &mut Conn, unit: i64, series: &str) -> Result<Vec<Entry>, Refusal> {
    let of = releases::table.filter(releases::unit_id.eq(unit).and(releases::series.eq(series))).order(releases::number.asc());
    Ok(entries(of.select(Version::as_select()).load(c)?))
}

diesel::alias!(releases as later: Later);

/// What is planned from this instant on, the nearest first, or before it, the nearest first too; of this unit or of all.
pub fn planned(c: &mut Conn, unit: Option<i64>, from: Moment, is_coming: bool, most: i64) -> Result<Vec<Entry>, Refusal> {
    let is_later = later
        .filter(later.field(releases::unit_id).eq(releases::unit_id))
        .filter(later.field(releases::name).eq(releases::name))
        .filter(later.field(releases::number).gt(releases::number));
    let mut rows = releases::table.filter(not(exists(is_later))).limit(most).into_boxed();
    rows = match is_coming {
        true => rows.filter(releases::planned_at.ge(from)).order((releases::planned_at.asc(), releases::id.asc())),
        false => rows.filter(releases::planned_at.lt(from)).order((releases::planned_at.desc(), releases::id.desc())),
    };
    if let Some(unit) = unit {
        rows = rows.filter(releases::unit_id.eq(unit));
    }
    let newest: Vec<Version> = rows.select(Version::as_select()).load(c)?;
    let mut all: BTreeMap<(i64, String), Entry> = BTreeMap::new();
    for some in newest.chunks(CHUNK) {
        let (units, names): (Vec<i64>, Vec<&String>) = some.iter().map(|version| (version.unit_id, &version.name)).unzip();
        let of = releases::table.filter(releases::unit_id.eq_any(units).and(releases::name.eq_any(names)));
        let versions = of.order(releases::number.asc()).select(Version::as_select()).load(c)?;
        all.extend(entries(versions).into_iter().map(|entry| ((entry.newest.unit_id, entry.newest.name.clone()), entry)));
    }
    Ok(newest.into_iter().filter_map(|version| all.remove(&(version.unit_id, version.name))).collect())
}

/// Of these units, the reports that the public first saw since then, and that were not taken back.
pub fn came(c: &mut Conn, units: &[i64], since: Moment, now: Moment) -> Result<Vec<Came>, Refusal> {
    type Row = (i64, Option<i64>, Moment, Option<Moment>, String, String, String);
    let mut all = Vec::new();
    for units in units.chunks(CHUNK) {
        let rows: Vec<Row> = editions::table
            .inner_join(revisions::table)
            .inner_join(documents::table)
            .filter(editions::kind.eq(Kind::Report.name()).and(editions::unit_id.eq_any(units)).and(was_shown(now)))
            // A document goes on bearing the date of its first edition, of which the hour may not be known.
            .filter(editions::dated_at.ge(since - Duration::days(1)))
            .order((editions::document_id.asc(), editions::number.asc()))
            .select((
                editions::document_id,
                editions::unit_id,
                editions::shown_from,
                editions::withdrawn_at,
                documents::slug,
                revisions::title,
                revisions::facts,
            ))
            .load(c)?;
        let mut of: BTreeMap<i64, Vec<Row>> = BTreeMap::new();
        rows.into_iter().for_each(|row| of.entry(row.0).or_default().push(row));
        for rows in of.into_values() {
            let (Some(at), Some(last)) = (rows.iter().map(|row| row.2).min(), rows.last()) else { continue };
            let (_, Some(unit), _, withdrawn, slug, title, facts) = last else { continue };
            if at < since || withdrawn.is_some_and(|at| at <= now) {
                continue;
            }
            let series = parse::<Report>(facts)?.series;
            all.push(Came { unit: *unit, slug: slug.clone(), title: title.clone(), series, at });
        }
    }
    Ok(all)
}

/// What each of these led to. What else their units announced is settled with them.
pub fn settled(c: &mut Conn, asked: Vec<Entry>, now: Moment) -> Result<Vec<(Entry, Option<Came>)>, Refusal> {
    let Some(since) = asked.iter().map(|entry| entry.first.at).min() else { return Ok(Vec::new()) };
    let mut units: Vec<i64> = asked.iter().map(|entry| entry.newest.unit_id).collect();
    units.sort_unstable();
    units.dedup();
    let came = came(c, &units, since, now)?;
    // Where nothing came, nothing is settled.
    let busy: Vec<i64> = units.into_iter().filter(|unit| came.iter().any(|one| one.unit == *unit)).collect();
    let mut all: Vec<Entry> = Vec::new();
    for units in busy.chunks(CHUNK) {
        let of = releases::table.filter(releases::unit_id.eq_any(units)).order(releases::number.asc());
        all.extend(entries(of.select(Version::as_select()).load(c)?));
    }
    let due = all.iter().map(Entry::due).collect::<Result<Vec<Due>, Refusal>>()?;
    let by = settle(&due, &came);
    let led: BTreeMap<(i64, &str), usize> =
        all.iter().zip(by).filter_map(|(entry, by)| by.map(|by| ((entry.newest.unit_id, entry.newest.name.as_str()), by))).collect();
    let found = |entry: &Entry| led.get(&(entry.newest.unit_id, entry.newest.name.as_str())).map(|at| came[*at].clone());
    Ok(asked.into_iter().map(|entry| (entry.clone(), found(&entry))).collect())
}

/// Announces. Gives the name that it is known by. Errors: `Issues` at its fields.
pub fn announce(c: &mut Conn, act: Act, unit: &Unit, announced: Announced) -> Result<String, Refusal> {
    // Whoever publishes there says what is sure; whoever writes there, what is meant.
    let is_meant = announced.standing == Standing::Provisional && !act.who.may(c, Verb::Publish, Some(unit.id))?;
    act.must(c, if is_meant { Verb::Write } else { Verb::Publish }, Some(unit.id))?;
    let announced = announced.tidy();
    sound(None, &announced, act.now)?;
    let count: i64 = releases::table.filter(releases::unit_id.eq(unit.id).and(releases::number.eq(1))).count().get_result(c)?;
    if count >= MOST_OF_UNIT {
        return Err(fault("title", phrase!("release-too-many", most = MOST_OF_UNIT)));
    }
    let stem: String = slug(&announced.title).chars().take(MOST_NAME).collect();
    let stem = format!("{}-{}", stem.trim_end_matches('-'), day(announced.planned));
    let stem = stem.trim_start_matches('-');
    let of = releases::table.filter(releases::unit_id.eq(unit.id).and(releases::name.like(format!("{stem}%"))));
    let taken: Vec<String> = of.select(releases::name).load(c)?;
    let name = (1..).map(|number| if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") });
    let name = name.into_iter().find(|name| !taken.contains(name)).ok_or(Refusal::Missing)?;
    append(c, act, unit, None, &Told { name: name.clone(), number: 1, announced, by: act.who.name().to_owned(), at: act.now })?;
    Ok(name)
}

/// What is done to what was announced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Confirm,
    Move { to: When, reason: String },
    Cancel { reason: String },
}

/// `before`: the number of the version that was seen. Errors: `Stale` where another came first, `WrongState` once it came out or
/// was cancelled, `Issues` at the fields.
pub fn change(c: &mut Conn, act: Act, unit: &Unit, name: &str, before: i32, change: Change) -> Result<(), Refusal> {
    act.must(c, Verb::Publish, Some(unit.id))?;
    let entry = entry(c, unit.id, name)?;
    if entry.newest.number != before {
        return Err(Refusal::Stale);
    }
    let was = entry.newest.announced()?;
    if was.standing == Standing::Cancelled {
        return Err(Refusal::WrongState(phrase!("release-is-cancelled")));
    }
    if settled(c, vec![entry], act.now)?.iter().any(|(_, came)| came.is_some()) {
        return Err(Refusal::WrongState(phrase!("release-is-out")));
    }
    let becomes = match change {
        Change::Confirm => Announced { standing: Standing::Confirmed, reason: String::new(), ..was.clone() },
        Change::Move { to, reason } => Announced { planned: to, reason, ..was.clone() },
        Change::Cancel { reason } => Announced { standing: Standing::Cancelled, reason, ..was.clone() },
    };
    let becomes = becomes.tidy();
    sound(Some(&was), &becomes, act.now)?;
    let told = Told { name: name.to_owned(), number: before + 1, announced: becomes, by: act.who.name().to_owned(), at: act.now };
    append(c, act, unit, Some(&was), &told)
}

fn sound(before: Option<&Announced>, after: &Announced, now: Moment) -> Result<(), Refusal> {
    let mut faults: Vec<(&'static str, Phrase)> = after.faults(before);
    if before.is_none_or(|before| before.planned != after.planned) {
        if passes(after.planned) <= now {
            faults.push(("day", phrase!("release-past")));
        }
        if after.planned.at - now > FURTHEST {
            faults.push(("day", phrase!("release-too-far")));
        }
    }
    if faults.is_empty() && step(before, after).is_none() {
        let is_confirmed = after.standing == Standing::Confirmed && before.is_some_and(|before| before.planned == after.planned);
        faults.push(("day", if is_confirmed { phrase!("release-unchanged") } else { phrase!("release-same-day") }));
    }
    let issues = faults.into_iter().map(|(field, phrase)| Issue { file: field.to_owned(), line: 0, phrase });
    let issues: Vec<Issue> = issues.collect();
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}

/// The row and its act are one transaction, the caller's.
pub fn append(c: &mut Conn, act: Act, unit: &Unit, before: Option<&Announced>, told: &Told) -> Result<(), Refusal> {
    let Announced { title, series, planned, standing, reason } = &told.announced;
    let did = step(before, &told.announced).unwrap_or(Step::Announced);
    let mut facts = Map::from_iter([("release".to_owned(), json!(told.seal())), ("number".to_owned(), json!(told.number))]);
    facts.insert("planned".to_owned(), json!(calendar::iso(planned.at, planned.day_only)));
    if !reason.is_empty() {
        facts.insert("reason".to_owned(), json!(reason));
    }
    let position = act.record(c, did.act(), format!("{}{}/{}", of_units::RELEASE, unit.label, told.name), facts)?;
    diesel::insert_into(releases::table)
        .values((
            releases::unit_id.eq(unit.id),
            releases::name.eq(&told.name),
            releases::number.eq(told.number),
            releases::title.eq(title),
            releases::series.eq(series),
            releases::planned_at.eq(planned.at),
            releases::day_only.eq(planned.day_only),
            releases::standing.eq(standing.name()),
            releases::reason.eq(reason),
            releases::actor.eq(&told.by),
            releases::at.eq(told.at),
            releases::position.eq(position),
        ))
        .execute(c)?;
    Ok(())
}

/// Every version of everything, in the order in which they came.
pub fn all(c: &mut Conn) -> Result<Vec<Version>, Refusal> {
    Ok(releases::table.order(releases::id.asc()).select(Version::as_select()).load(c)?)
}

/// Both ways: each is what the log says of it, and everything the log tells of is there. `told`: seals by position.
pub fn compare(c: &mut Conn, told: &BTreeMap<i64, String>) -> Result<Vec<Phrase>, Refusal> {
    let (mut told, mut faults) = (told.clone(), Vec::new());
    for version in all(c)? {
        if told.remove(&version.position) != Some(version.seal()?) {
            let unit = unit::with_ids(c, &[version.unit_id])?.pop().map(|unit| unit.label).unwrap_or_default();
            faults.push(phrase!("verify-changed-release", unit = unit, name = version.name, number = version.number));
        }
    }
    faults.extend(told.keys().map(|position| phrase!("verify-lost-release", position = position)));
    Ok(faults)
}
