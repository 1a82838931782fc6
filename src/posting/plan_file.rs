//! Plans as a file, `plans.csv`: a line for each item of each version, so that an export is whole and an import adds the
//! versions that are not there yet.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Days;
use super::kinds::{Catalogue, PLACES};
use super::plan::{Item, MOST_ITEMS, MOST_WORDS};
use super::plan_keep::{MOST_NOTE, Told, Version, all, append};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::is_slug;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::unit::book::{self, Key};
use crate::unit::{self, UNRECORDED, Unit};

pub const FILE: &str = "plans.csv";
const COLUMNS: [&str; 15] =
    ["unit", "unit_valid_from", "year", "number", "at", "by", "note", "content", "kind", "group", "forms", "due", "period", "who", "done"];
/// Of a login.
const MOST_NAME: usize = 100;

/// A version with the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub line: usize,
    pub unit: Key,
    pub told: Told,
    items: Vec<Item>,
}

/// Of a version: its first line, by whom, with which note, when, and its items so far.
type Gathered = (usize, String, String, Moment, Vec<Item>);

/// Errors: every fault of the file.
pub fn read(text: &str, now: Moment) -> Result<Vec<Entry>, Vec<Issue>> {
    let mut issues = Vec::new();
    let mut found: BTreeMap<(Key, i32, i32), Gathered> = BTreeMap::new();
    for (line, row) in book::rows(FILE, text, &COLUMNS, &mut issues) {
        let mut object = |phrase| issues.push(Issue { file: FILE.into(), line, phrase });
        let [unit, since, year, number, at, by, note, content, kind, group, forms, due, period, who, done] = row.as_slice() else {
            continue;
        };
        let since = if since.is_empty() { Some(UNRECORDED) } else { since.parse().ok() };
        let at = chrono::DateTime::parse_from_rfc3339(at).ok().map(|at| at.naive_utc());
        let at = at.filter(|at| *at <= now && at.and_utc().timestamp_subsec_nanos() == 0);
        let year = year.parse().ok().filter(|year: &i32| (2000..=9999).contains(year));
        let number = number.parse().ok().filter(|number: &i32| *number > 0);
        let (Some(since), Some(at), Some(year), Some(number)) = (since, at, year, number) else {
            object(phrase!("plan-bad-line"));
            continue;
        };
        if by.is_empty() || by.chars().count() > MOST_NAME {
            object(phrase!("adopt-bad-name", most = MOST_NAME));
        }
        if note.chars().count() > MOST_NOTE {
            object(phrase!("plan-too-long", most = MOST_NOTE));
        }
        if content.is_empty() || content.chars().count() > MOST_WORDS || who.chars().count() > MOST_WORDS {
            object(phrase!("plan-too-long", most = MOST_WORDS));
        }
        let list = |text: &str| text.split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let known = PLACES.map(|(word, _)| word);
        for word in list(forms).iter().filter(|word| !known.contains(&word.as_str())) {
            object(phrase!("kinds-unknown-word", named = word, known = known.join(", ")));
        }
        let days: Vec<Option<NaiveDate>> = list(due).iter().map(|day| day.parse().ok()).collect();
        if days.contains(&None) {
            object(phrase!("plan-bad-date", day = due));
        }
        if !kind.is_empty() && !is_slug(kind) {
            object(phrase!("front-bad-slug", slug = kind));
        }
        for slug in list(done).iter().filter(|slug| !is_slug(slug)) {
            object(phrase!("front-bad-slug", slug = slug));
        }
        let read_period = Days::read(period);
        if !period.is_empty() && read_period.is_none() {
            object(phrase!("posting-bad-period", period = period));
        }
        let read_group = group.parse().ok().filter(|group: &u8| *group > 0);
        if !group.is_empty() && read_group.is_none() {
            object(phrase!("plan-unknown-group", group = group));
        }
        let item = Item {
            content: content.clone(),
            kind: kind.clone(),
            group: read_group,
            forms: list(forms),
            due: days.into_iter().flatten().collect(),
            period: read_period,
            who: who.clone(),
            done: list(done),
        };
        let version =
            found.entry(((unit.clone(), since), year, number)).or_insert_with(|| (line, by.clone(), note.clone(), at, Vec::new()));
        if (&version.1, &version.2, version.3) != (by, note, at) {
            object(phrase!("plan-torn-version", number = number));
        }
        version.4.push(item.tidy());
        if version.4.len() > MOST_ITEMS {
            object(phrase!("plan-too-many", most = MOST_ITEMS));
        }
    }
    if !issues.is_empty() {
        return Err(issues);
    }
    let mut entries = Vec::new();
    for ((unit, year, number), (line, by, note, at, items)) in found {
        match serde_json::to_string(&items) {
            Ok(text) => entries.push(Entry { line, unit, told: Told { year, number, text, note, by, at }, items }),
            Err(_) => issues.push(Issue { file: FILE.into(), line, phrase: phrase!("plan-bad-line") }),
        }
    }
    if issues.is_empty() { Ok(entries) } else { Err(issues) }
}

impl Entry {
    /// Postings that it names.
    pub fn named(&self) -> impl Iterator<Item = &String> {
        self.items.iter().flat_map(|item| &item.done)
    }
}

/// What the form would refuse, and what speaks of what is not there. A kind or a group that was dropped since is forgiven: a
/// version is never edited.
pub fn judge(entries: &[Entry], now: Moment, is_posting: impl Fn(&str) -> bool, is_unit: impl Fn(&Key) -> bool) -> Vec<Issue> {
    let this = calendar::local(now).date().year();
    let (none, mut issues) = (Catalogue::default(), Vec::new());
    for entry in entries {
        let mut object = |phrase| issues.push(Issue { file: FILE.into(), line: entry.line, phrase });
        for item in &entry.items {
            let faults = item.faults(entry.told.year, &none, &is_posting);
            faults.into_iter().filter(|(field, _)| *field != "of").for_each(|(_, phrase)| object(phrase));
        }
        if !(entry.unit.1.year()..=this + 1).contains(&entry.told.year) {
            object(phrase!("plan-bad-year"));
        }
        if !is_unit(&entry.unit) {
            object(phrase!("import-unknown-unit", unit = entry.unit.0));
        }
    }
    issues
}

/// Adds what is not there yet. Errors: `Issues` at the line of a version whose number another one bears, or that follows none.
pub fn keep(c: &mut Conn, act: Act, entries: &[Entry]) -> Result<(), Refusal> {
    if entries.is_empty() {
        return Ok(());
    }
    let ids = book::ids(c)?;
    let mut stored: BTreeMap<(i64, i32), BTreeMap<i32, Version>> = BTreeMap::new();
    for version in all(c)? {
        stored.entry((version.unit_id, version.year)).or_default().insert(version.number, version);
    }
    let mut units: BTreeMap<i64, Unit> = BTreeMap::new();
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by_key(|entry| (&entry.unit, entry.told.year, entry.told.number));
    let mut last: BTreeMap<(i64, i32), i32> = BTreeMap::new();
    for entry in order {
        let told = &entry.told;
        let fault = |phrase| Refusal::Issues(vec![Issue { file: FILE.into(), line: entry.line, phrase }]);
        let id = ids.get(&entry.unit).copied().ok_or(Refusal::Missing)?;
        let known = stored.get(&(id, told.year));
        if let Some(version) = known.and_then(|known| known.get(&told.number)) {
            if (&version.text, &version.note, &version.actor, version.at) != (&told.text, &told.note, &told.by, told.at) {
                return Err(fault(phrase!("plan-number-taken", number = told.number, year = told.year)));
            }
            continue;
        }
        let newest = last.entry((id, told.year)).or_insert_with(|| known.and_then(|known| known.keys().last().copied()).unwrap_or(0));
        if told.number != *newest + 1 {
            return Err(fault(phrase!("plan-number-gap", number = told.number, year = told.year)));
        }
        *newest = told.number;
        if let std::collections::btree_map::Entry::Vacant(vacant) = units.entry(id) {
            vacant.insert(unit::with_ids(c, &[id])?.pop().ok_or(Refusal::Missing)?);
        }
        append(c, act, &units[&id], told)?;
    }
    Ok(())
}

/// All of them as the file.
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
        for item in version.items()? {
            let due: Vec<String> = item.due.iter().map(NaiveDate::to_string).collect();
            book::write(
                &mut out,
                &[
                    unit.code.clone(),
                    book::recorded(unit.valid_from),
                    version.year.to_string(),
                    version.number.to_string(),
                    calendar::rfc3339(version.at),
                    version.actor.clone(),
                    version.note.clone(),
                    item.content,
                    item.kind,
                    item.group.map(|group| group.to_string()).unwrap_or_default(),
                    item.forms.join(";"),
                    due.join(";"),
                    item.period.map(Days::written).unwrap_or_default(),
                    item.who,
                    item.done.join(";"),
                ],
            );
        }
    }
    Ok(book::text(out))
}
