//! Announcements as a file, `release-calendar.csv`: a line for each version, so that an export is whole and an import adds the
//! versions that are not there yet.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime};

use super::release::{Announced, Standing, step};
use super::release_keep::{Told, Version, all, append};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::is_slug;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::unit::book::{self, Key};
use crate::unit::{self, UNRECORDED, Unit};

pub const FILE: &str = "release-calendar.csv";
const COLUMNS: [&str; 11] = ["unit", "unit_valid_from", "name", "number", "at", "by", "title", "series", "planned", "standing", "reason"];
/// Of a login.
const MOST_NAME: usize = 100;

/// A version with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub line: usize,
    pub unit: Key,
    pub told: Told,
}

/// Errors: every fault of the file.
pub fn read(text: &str, now: Moment) -> Result<Vec<Entry>, Vec<Issue>> {
    let mut issues = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    for (line, row) in book::rows(FILE, text, &COLUMNS, &mut issues) {
        let mut object = |phrase| issues.push(Issue { file: FILE.into(), line, phrase });
        match one(line, &row, now) {
            Ok(entry) => entries.push(entry),
            Err(phrase) => object(phrase),
        }
    }
    if issues.is_empty() { Ok(entries) } else { Err(issues) }
}

fn one(line: usize, row: &[String], now: Moment) -> Result<Entry, Phrase> {
    let [unit, since, name, number, at, by, title, series, planned, standing, reason] = row else {
        return Err(phrase!("release-bad-line"));
    };
    let since = if since.is_empty() { Some(UNRECORDED) } else { since.parse().ok() };
    let at = chrono::DateTime::parse_from_rfc3339(at).ok().filter(|at| at.timestamp_subsec_nanos() == 0);
    let at = at.map(|at| at.naive_utc()).filter(|at| *at <= now);
    let number = number.parse().ok().filter(|number: &i32| *number > 0);
    let (Some(since), Some(at), Some(number)) = (since, at, number) else { return Err(phrase!("release-bad-line")) };
    let planned = when(planned).ok_or_else(|| phrase!("release-bad-planned", text = planned))?;
    let known = Standing::ALL.map(Standing::name);
    let standing = Standing::named(standing).ok_or_else(|| phrase!("kinds-unknown-word", named = standing, known = known.join(", ")))?;
    if !is_slug(name) {
        return Err(phrase!("front-bad-slug", slug = name));
    }
    if by.is_empty() || by.chars().count() > MOST_NAME {
        return Err(phrase!("adopt-bad-name", most = MOST_NAME));
    }
    let announced = Announced { title: title.clone(), series: series.clone(), planned, standing, reason: reason.clone() }.tidy();
    let told = Told { name: name.clone(), number, announced, by: by.clone(), at };
    Ok(Entry { line, unit: (unit.clone(), since), told })
}

/// `2027-01-12`, or with its hour in Viet Nam: `2027-01-12T08:00`.
fn when(text: &str) -> Option<When> {
    let day: Option<NaiveDate> = calendar::read_day(text).filter(|_| text.len() == 10);
    let hour = || NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok().map(calendar::utc);
    day.map(|day| When { at: calendar::midnight(day), day_only: true }).or_else(|| Some(When { at: hour()?, day_only: false }))
}

fn written(planned: When) -> String {
    let local = calendar::local(planned.at);
    if planned.day_only { local.date().to_string() } else { local.format("%Y-%m-%dT%H:%M").to_string() }
}

/// What speaks of what is not there.
pub fn judge(entries: &[Entry], is_unit: impl Fn(&Key) -> bool) -> Vec<Issue> {
    let lost = entries.iter().filter(|entry| !is_unit(&entry.unit));
    lost.map(|entry| Issue { file: FILE.into(), line: entry.line, phrase: phrase!("import-unknown-unit", unit = entry.unit.0) }).collect()
}

/// Adds what is not there yet. Errors: `Issues` at the line of a version whose number another one bears, that follows none, or that
/// the one before it does not let follow.
pub fn keep(c: &mut Conn, act: Act, entries: &[Entry]) -> Result<(), Refusal> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids = book::ids(c)?;
    let mut stored: BTreeMap<(i64, String), Vec<Version>> = BTreeMap::new();
    for version in all(c)? {
        stored.entry((version.unit_id, version.name.clone())).or_default().push(version);
    }
    let mut units: BTreeMap<i64, Unit> = BTreeMap::new();
    let mut last: BTreeMap<(i64, &str), (i32, Announced)> = BTreeMap::new();
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|entry| (&entry.unit, &entry.told.name, entry.told.number));
    for entry in order {
        let told = &entry.told;
        let fault = |phrase| Refusal::Issues(vec![Issue { file: FILE.into(), line: entry.line, phrase }]);
        let id = ids.get(&entry.unit).copied().ok_or(Refusal::Missing)?;
        let known = stored.get(&(id, told.name.clone())).map_or(&[][..], Vec::as_slice);
        if let Some(version) = known.iter().find(|version| version.number == told.number) {
            if (&version.announced()?, &version.actor, version.at) != (&told.announced, &told.by, told.at) {
                return Err(fault(phrase!("release-number-taken", number = told.number, name = told.name)));
            }
            continue;
        }
        let stored_last = known.last().map(|version| Ok::<_, Refusal>((version.number, version.announced()?))).transpose()?;
        let before = last.remove(&(id, told.name.as_str())).or(stored_last);
        let number = before.as_ref().map_or(0, |(number, _)| *number);
        if told.number != number + 1 {
            return Err(fault(phrase!("release-number-gap", number = told.number, name = told.name)));
        }
        let before = before.map(|(_, before)| before);
        if let Some((_, phrase)) = told.announced.faults(before.as_ref()).into_iter().next() {
            return Err(fault(phrase));
        }
        if step(before.as_ref(), &told.announced).is_none() {
            return Err(fault(phrase!("release-bad-step", number = told.number, name = told.name)));
        }
        if let std::collections::btree_map::Entry::Vacant(vacant) = units.entry(id) {
            vacant.insert(unit::with_ids(c, &[id])?.pop().ok_or(Refusal::Missing)?);
        }
        append(c, act, &units[&id], before.as_ref(), told)?;
        last.insert((id, &told.name), (told.number, told.announced.clone()));
    }
    Ok(())
}

/// All of them as the file; empty where there are none.
pub fn written_all(c: &mut Conn) -> Result<String, Refusal> {
    let versions = all(c)?;
    if versions.is_empty() {
        return Ok(String::new());
    }
    let mut ids: Vec<i64> = versions.iter().map(|version| version.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut units: BTreeMap<i64, Unit> = BTreeMap::new();
    for ids in ids.chunks(800) {
        units.extend(unit::with_ids(c, ids)?.into_iter().map(|unit| (unit.id, unit)));
    }
    let mut out = book::writer(&COLUMNS);
    for version in versions {
        let Some(unit) = units.get(&version.unit_id) else { continue };
        let planned = written(version.planned());
        book::write(
            &mut out,
            &[
                unit.code.clone(),
                book::recorded(unit.valid_from),
                version.name,
                version.number.to_string(),
                calendar::rfc3339(version.at),
                version.actor,
                version.title,
                version.series,
                planned,
                version.standing_name,
                version.reason,
            ],
        );
    }
    Ok(book::text(out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_and_an_hour_are_read_as_they_are_written_and_nothing_else_is() {
        for text in ["2027-01-12", "2027-01-12T08:00"] {
            assert_eq!(when(text).map(written).as_deref(), Some(text));
        }
        for wrong in ["", "12/01/2027", "2027-1-12", "2027-02-30", "2027-01-12T25:00", "2027-01-12T08:00:00+07:00", " 2027-01-12"] {
            assert_eq!(when(wrong), None, "{wrong}");
        }
    }
}
