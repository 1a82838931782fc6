//! The official list as a book of two tables, `units.csv` and `unit-changes.csv`: read with the line of every
//! fault, compared with what is stored, written back the same.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{RANKS, UNRECORDED, Unit};
use crate::kit::fold::{fold, is_slug, nfc};
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{unit_changes, units};

pub const UNITS: &str = "units.csv";
pub const CHANGES: &str = "unit-changes.csv";
const UNIT_COLUMNS: [&str; 8] = ["code", "valid_from", "valid_until", "name", "type", "parent_code", "label", "sample"];
const CHANGE_COLUMNS: [&str; 6] = ["old_code", "old_valid_from", "new_code", "new_valid_from", "extent", "effective"];

/// Province, district, commune, and one to spare.
const MOST_LEVELS: usize = 4;

/// A unit's identity: its code and the first day it bore it.
pub type Key = (String, NaiveDate);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: Key,
    pub valid_until: Option<NaiveDate>,
    pub name: String,
    pub rank: String,
    pub parent: Option<Key>,
    pub label: String,
    pub sample: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    pub old: Key,
    pub new: Option<Key>,
    pub extent: String,
    pub effective: NaiveDate,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    pub entries: Vec<Entry>,
    pub links: Vec<Link>,
}

impl Book {
    pub fn read(units_csv: &str, changes_csv: &str) -> Result<Book, Vec<Issue>> {
        let mut issues = Vec::new();
        let rows = rows(UNITS, units_csv, &UNIT_COLUMNS, &mut issues);
        let mut entries: Vec<(Entry, String, usize)> = Vec::with_capacity(rows.len());
        let (mut keys, mut labels) = (HashSet::new(), HashSet::new());
        for (line, row) in rows {
            let mut object = |phrase| issues.push(Issue { file: UNITS.into(), line, phrase });
            let [code, from, until, name, rank, parent, label, sample] = row.as_slice() else { continue };
            if code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit()) {
                object(phrase!("unit-bad-code", code = code));
            }
            let from = if from.is_empty() { Some(UNRECORDED) } else { from.parse().ok() };
            let until = if until.is_empty() { Some(None) } else { until.parse().ok().map(Some) };
            let (Some(from), Some(until)) = (from, until) else {
                object(phrase!("unit-bad-day"));
                continue;
            };
            if until.is_some_and(|until| until < from) {
                object(phrase!("unit-ends-before-it-begins"));
            }
            if name.is_empty() {
                object(phrase!("front-empty", key = "name"));
            }
            if !RANKS.contains(&rank.as_str()) {
                object(phrase!("unit-bad-rank", rank = rank));
            }
            if !is_slug(label) {
                object(phrase!("front-bad-slug", slug = label));
            } else if !labels.insert(label.clone()) {
                object(phrase!("unit-label-twice", label = label));
            }
            if !keys.insert((code.clone(), from)) {
                object(phrase!("unit-twice", code = code));
            }
            let entry = Entry {
                key: (code.clone(), from),
                valid_until: until,
                name: name.clone(),
                rank: rank.clone(),
                parent: None,
                label: label.clone(),
                sample: sample == "true",
            };
            entries.push((entry, parent.clone(), line));
        }
        let mut spans: HashMap<String, Vec<(NaiveDate, Option<NaiveDate>)>> = HashMap::new();
        for (entry, _, _) in &entries {
            spans.entry(entry.key.0.clone()).or_default().push((entry.key.1, entry.valid_until));
        }
        let mut book = Book::default();
        let lines: Vec<usize> = entries.iter().map(|(_, _, line)| *line).collect();
        for (mut entry, parent, line) in entries {
            if !parent.is_empty() {
                // Of the units that bore the parent's code, the one in force last while this one was.
                let last = entry.valid_until.unwrap_or(NaiveDate::MAX);
                let bearer = spans.get(&parent).and_then(|spans| {
                    spans
                        .iter()
                        .filter(|(from, until)| *from <= last && until.is_none_or(|until| until >= entry.key.1))
                        .max_by_key(|span| span.0)
                });
                match bearer {
                    Some((from, _)) => entry.parent = Some((parent, *from)),
                    None => issues.push(Issue { file: UNITS.into(), line, phrase: phrase!("unit-unknown-parent", code = parent) }),
                }
            }
            book.entries.push(entry);
        }
        book.judge_tree(&lines, &mut issues);
        read_links(changes_csv, &keys, &mut book, &mut issues);
        if issues.is_empty() { Ok(book) } else { Err(issues) }
    }

    /// Nothing stands above itself, and a code is borne by one unit at a time. `lines` are those of the entries.
    fn judge_tree(&self, lines: &[usize], issues: &mut Vec<Issue>) {
        let parents: HashMap<&Key, &Key> = self.entries.iter().filter_map(|entry| Some((&entry.key, entry.parent.as_ref()?))).collect();
        let mut by_code: HashMap<&str, Vec<&Entry>> = HashMap::new();
        for (entry, line) in self.entries.iter().zip(lines) {
            let mut object = |phrase| issues.push(Issue { file: UNITS.into(), line: *line, phrase });
            let above = std::iter::successors(Some(&entry.key), |key| parents.get(*key).copied());
            if above.take(MOST_LEVELS + 1).count() > MOST_LEVELS {
                object(phrase!("unit-above-itself", code = entry.key.0));
            }
            let bearers = by_code.entry(&entry.key.0).or_default();
            let overlaps = |other: &&Entry| {
                other.valid_until.is_none_or(|until| until >= entry.key.1) && entry.valid_until.is_none_or(|until| until >= other.key.1)
            };
            if bearers.iter().any(overlaps) {
                object(phrase!("unit-code-borne-twice", code = entry.key.0));
            }
            bearers.push(entry);
        }
    }

    /// The unit that bore this code on that day.
    pub fn on_day(&self, code: &str, day: NaiveDate) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key.0 == code && entry.key.1 <= day && entry.valid_until.is_none_or(|until| until >= day))
    }

    /// As stored.
    pub fn stored(c: &mut Conn) -> Result<Book, Refusal> {
        let rows: Vec<Unit> = units::table.order((units::code.asc(), units::valid_from.asc())).select(Unit::as_select()).load(c)?;
        let keys: HashMap<i64, Key> = rows.iter().map(|unit| (unit.id, (unit.code.clone(), unit.valid_from))).collect();
        let entries = rows
            .iter()
            .map(|unit| Entry {
                key: (unit.code.clone(), unit.valid_from),
                valid_until: unit.valid_until,
                name: unit.name.clone(),
                rank: unit.rank.clone(),
                parent: unit.parent_id.and_then(|id| keys.get(&id).cloned()),
                label: unit.label.clone(),
                sample: unit.sample,
            })
            .collect();
        let links: Vec<(i64, Option<i64>, String, NaiveDate)> = unit_changes::table
            .order(unit_changes::id.asc())
            .select((unit_changes::old_unit_id, unit_changes::new_unit_id, unit_changes::extent, unit_changes::effective))
            .load(c)?;
        let links = links
            .into_iter()
            .filter_map(|(old, new, extent, effective)| {
                Some(Link { old: keys.get(&old)?.clone(), new: new.and_then(|id| keys.get(&id).cloned()), extent, effective })
            })
            .collect();
        Ok(Book { entries, links })
    }

    /// Brings the stored list to this one. Says whether anything changed. A unit that texts may stand on is
    /// never removed: one missing from the new list is left as it is.
    pub fn keep(&self, c: &mut Conn) -> Result<bool, Refusal> {
        let stored = Book::stored(c)?;
        let known: HashMap<&Key, &Entry> = stored.entries.iter().map(|entry| (&entry.key, entry)).collect();
        let mut changed = false;
        for entry in &self.entries {
            match known.get(&entry.key) {
                Some(same) if **same == *entry => continue,
                Some(_) => {
                    diesel::update(units::table.filter(units::code.eq(&entry.key.0).and(units::valid_from.eq(entry.key.1))))
                        .set((
                            units::valid_until.eq(entry.valid_until),
                            units::name.eq(&entry.name),
                            units::folded.eq(fold(&entry.name)),
                            units::rank.eq(&entry.rank),
                            units::label.eq(&entry.label),
                            units::sample.eq(entry.sample),
                        ))
                        .execute(c)?;
                }
                None => {
                    diesel::insert_into(units::table)
                        .values((
                            units::code.eq(&entry.key.0),
                            units::valid_from.eq(entry.key.1),
                            units::valid_until.eq(entry.valid_until),
                            units::name.eq(&entry.name),
                            units::folded.eq(fold(&entry.name)),
                            units::rank.eq(&entry.rank),
                            units::label.eq(&entry.label),
                            units::sample.eq(entry.sample),
                        ))
                        .execute(c)?;
                }
            }
            changed = true;
        }
        let ids = ids(c)?;
        for entry in &self.entries {
            let before = known.get(&entry.key).and_then(|known| known.parent.as_ref());
            if before != entry.parent.as_ref() {
                let parent = entry.parent.as_ref().and_then(|key| ids.get(key).copied());
                let own = ids.get(&entry.key).copied().unwrap_or_default();
                diesel::update(units::table.find(own)).set(units::parent_id.eq(parent)).execute(c)?;
            }
        }
        // What became of what is the list's own word: a link that it no longer has was a mistake.
        if stored.links != self.links {
            diesel::delete(unit_changes::table).execute(c)?;
            for link in &self.links {
                let Some(old) = ids.get(&link.old).copied() else { continue };
                let new = link.new.as_ref().and_then(|key| ids.get(key).copied());
                diesel::insert_into(unit_changes::table)
                    .values((
                        unit_changes::old_unit_id.eq(old),
                        unit_changes::new_unit_id.eq(new),
                        unit_changes::extent.eq(&link.extent),
                        unit_changes::effective.eq(link.effective),
                    ))
                    .execute(c)?;
            }
            changed = true;
        }
        Ok(changed)
    }

    /// Both tables, for a digest.
    pub fn text(&self) -> String {
        self.units_csv() + &self.changes_csv()
    }

    pub fn units_csv(&self) -> String {
        let mut out = writer(&UNIT_COLUMNS);
        for entry in &self.entries {
            write(
                &mut out,
                &[
                    entry.key.0.clone(),
                    recorded(entry.key.1),
                    entry.valid_until.map(|day| day.to_string()).unwrap_or_default(),
                    entry.name.clone(),
                    entry.rank.clone(),
                    entry.parent.as_ref().map(|key| key.0.clone()).unwrap_or_default(),
                    entry.label.clone(),
                    if entry.sample { "true".into() } else { String::new() },
                ],
            );
        }
        text(out)
    }

    pub fn changes_csv(&self) -> String {
        let mut out = writer(&CHANGE_COLUMNS);
        for link in &self.links {
            let (new_code, new_from) = link.new.as_ref().map(|key| (key.0.clone(), recorded(key.1))).unwrap_or_default();
            write(
                &mut out,
                &[link.old.0.clone(), recorded(link.old.1), new_code, new_from, link.extent.clone(), link.effective.to_string()],
            );
        }
        text(out)
    }
}

/// Ids by key, for whoever has just kept a book.
pub fn ids(c: &mut Conn) -> Result<HashMap<Key, i64>, Refusal> {
    let rows: Vec<(String, NaiveDate, i64)> = units::table.select((units::code, units::valid_from, units::id)).load(c)?;
    Ok(rows.into_iter().map(|(code, from, id)| ((code, from), id)).collect())
}

fn read_links(text: &str, keys: &HashSet<Key>, book: &mut Book, issues: &mut Vec<Issue>) {
    let mut seen = HashSet::new();
    for (line, row) in rows(CHANGES, text, &CHANGE_COLUMNS, issues) {
        let mut object = |phrase| issues.push(Issue { file: CHANGES.into(), line, phrase });
        let [old_code, old_from, new_code, new_from, extent, effective] = row.as_slice() else { continue };
        let day = |text: &str| if text.is_empty() { Some(UNRECORDED) } else { text.parse().ok() };
        let (Some(old_from), Some(new_from), Ok(effective)) = (day(old_from), day(new_from), effective.parse()) else {
            object(phrase!("unit-bad-day"));
            continue;
        };
        let old = (old_code.clone(), old_from);
        let new = (!new_code.is_empty()).then(|| (new_code.clone(), new_from));
        for key in std::iter::once(&old).chain(&new) {
            if !keys.contains(key) {
                object(phrase!("import-unknown-unit", unit = key.0));
            }
        }
        if !matches!((extent.as_str(), &new), ("whole" | "part", Some(_)) | ("abolished", None)) {
            object(phrase!("unit-bad-extent", extent = extent));
        }
        if !seen.insert((old.clone(), new.clone(), effective)) {
            object(phrase!("unit-link-twice", code = old.0));
        }
        book.links.push(Link { old, new, extent: extent.clone(), effective });
    }
}

/// Rows with their line, in NFC; a wrong head or a ragged row is an issue.
pub fn rows(file: &str, text: &str, columns: &[&str], issues: &mut Vec<Issue>) -> Vec<(usize, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head_is_right = reader.headers().is_ok_and(|head| head.iter().eq(columns.iter().copied()));
    if !head_is_right {
        issues.push(Issue { file: file.into(), line: 1, phrase: phrase!("unit-bad-columns", columns = columns.join(",")) });
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, |position| position.line() as usize);
                if record.len() == columns.len() {
                    rows.push((line, record.iter().map(|field| nfc(field.trim())).collect()));
                } else {
                    issues.push(Issue {
                        file: file.into(),
                        line,
                        phrase: phrase!("unit-bad-row", wanted = columns.len(), found = record.len()),
                    });
                }
            }
            Err(error) => {
                let line = error.position().map_or(0, |position| position.line() as usize);
                issues.push(Issue { file: file.into(), line, phrase: phrase!("front-bad-toml", reason = error) });
            }
        }
    }
    rows
}

pub fn recorded(day: NaiveDate) -> String {
    if day == UNRECORDED { String::new() } else { day.to_string() }
}

/// A table with its head.
pub fn writer(columns: &[&str]) -> csv::Writer<Vec<u8>> {
    let mut out = csv::Writer::from_writer(Vec::new());
    write(&mut out, &columns.iter().map(|column| (*column).to_owned()).collect::<Vec<_>>());
    out
}

pub fn write(out: &mut csv::Writer<Vec<u8>>, row: &[String]) {
    out.write_record(row).expect("memory takes every row, and every row has the head's length");
}

pub fn text(out: csv::Writer<Vec<u8>>) -> String {
    let bytes = out.into_inner().expect("memory is flushed without error");
    String::from_utf8(bytes).expect("only text was written")
}
