//! Places as a file, `places.csv`: read with the line of every fault, and written back the same. Codes are secrets and stand
//! in no file: a place that comes in anew gets a new one.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::kinds::{PLACES, Place as Kind, word_of};
use super::places::{self, MOST_PLACES, Place, Told};
use crate::kit::calendar::read_day;
use crate::kit::fold::is_slug;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{places as rows, units};

pub const FILE: &str = "places.csv";
const COLUMNS: [&str; 9] = ["unit", "slug", "kind", "name", "location", "keeper", "phone", "opened", "closed"];

/// A place as a file tells of it: of the unit with this label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub unit: String,
    pub slug: String,
    pub told: Told,
    pub line: usize,
}

/// Every fault of the file at once.
pub fn read(text: &str) -> Result<Vec<Entry>, Vec<Issue>> {
    let mut issues = Vec::new();
    let mut object = |line: usize, phrase| issues.push(Issue { file: FILE.to_owned(), line, phrase });
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    if head != COLUMNS {
        object(1, phrase!("places-file-head", columns = COLUMNS.join(",")));
        return Err(issues);
    }
    let (mut entries, mut met, mut counts) = (Vec::new(), HashSet::new(), HashMap::<String, usize>::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                object(error.position().map_or(0, |at| at.line() as usize), phrase!("places-file-row", count = COLUMNS.len()));
                continue;
            }
        };
        let line = record.position().map_or(0, |at| at.line() as usize);
        let cells: Vec<&str> = record.iter().map(str::trim).collect();
        let [unit, slug, kind, name, location, keeper, phone, opened, closed] = cells[..] else {
            object(line, phrase!("places-file-row", count = COLUMNS.len()));
            continue;
        };
        if !is_slug(slug) {
            object(line, phrase!("front-bad-slug", slug = slug));
        } else if !met.insert((unit.to_owned(), slug.to_owned())) {
            object(line, phrase!("places-twice", slug = slug));
        }
        let of_unit = counts.entry(unit.to_owned()).or_default();
        *of_unit += 1;
        if *of_unit == MOST_PLACES + 1 {
            object(line, phrase!("places-too-many", most = MOST_PLACES));
        }
        let known = PLACES.iter().find(|(word, _)| *word == kind).map(|(_, kind)| *kind);
        if known.is_none() {
            object(line, phrase!("kinds-unknown-word", named = kind, known = PLACES.map(|(word, _)| word).join(", ")));
        }
        let mut day = |text: &str| -> Option<NaiveDate> {
            let read = read_day(text);
            if read.is_none() && !text.is_empty() {
                object(line, phrase!("places-bad-day", day = text));
            }
            read
        };
        let (opened_on, closed_on) = (day(opened), day(closed));
        if opened.is_empty() {
            object(line, phrase!("front-empty", key = "opened"));
        }
        let own = str::to_owned;
        let told = Told {
            kind: known.unwrap_or(Kind::Other),
            name: own(name),
            location: own(location),
            keeper: own(keeper),
            phone: own(phone),
            opened_on: opened_on.unwrap_or(NaiveDate::MIN),
            closed_on,
        };
        let told = told.tidy();
        told.faults().into_iter().for_each(|(_, phrase)| object(line, phrase));
        entries.push(Entry { unit: own(unit), slug: own(slug), told, line });
    }
    if issues.is_empty() { Ok(entries) } else { Err(issues) }
}

/// Entries of units that there are none of.
pub fn judge(entries: &[Entry], labels: &HashSet<&str>) -> Vec<Issue> {
    let unknown = entries.iter().filter(|entry| !labels.contains(entry.unit.as_str()));
    unknown.map(|entry| Issue { file: FILE.to_owned(), line: entry.line, phrase: phrase!("places-no-unit", unit = entry.unit) }).collect()
}

pub fn written(entries: &[Entry]) -> String {
    let mut out = csv::Writer::from_writer(Vec::new());
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    // Into memory nothing fails to be written.
    let _ = out.write_record(COLUMNS);
    for Entry { unit, slug, told, .. } in entries {
        let (opened, closed) = (day(Some(told.opened_on)), day(told.closed_on));
        let kind = word_of(&PLACES, &told.kind);
        let _ = out.write_record([unit, slug, kind, &told.name, &told.location, &told.keeper, &told.phone, &opened, &closed]);
    }
    String::from_utf8(out.into_inner().unwrap_or_default()).unwrap_or_default()
}

pub fn stored(c: &mut Conn) -> Result<Vec<Entry>, Refusal> {
    let mut found: Vec<(Place, String)> = rows::table.inner_join(units::table).select((Place::as_select(), units::label)).load(c)?;
    // Databases do not agree on where a hyphen stands in the alphabet.
    found.sort_by(|a, b| (&a.1, &a.0.slug).cmp(&(&b.1, &b.0.slug)));
    Ok(found.into_iter().map(|(place, unit)| Entry { unit, slug: place.slug.clone(), told: place.told(), line: 0 }).collect())
}

/// Brings each place to what its file says; what no file names stays as it is. After `judge`.
pub fn keep(c: &mut Conn, act: Act, entries: &[Entry]) -> Result<(), Refusal> {
    let ids: HashMap<String, i64> = units::table.select((units::label, units::id)).load::<(String, i64)>(c)?.into_iter().collect();
    let known: Vec<(i64, i64, String)> = rows::table.select((rows::id, rows::unit_id, rows::slug)).load(c)?;
    let known: HashMap<(i64, &str), i64> = known.iter().map(|(id, unit, slug)| ((*unit, slug.as_str()), *id)).collect();
    for entry in entries {
        let unit = *ids.get(&entry.unit).ok_or(Refusal::Missing)?;
        match known.get(&(unit, entry.slug.as_str())) {
            Some(id) => places::change(c, act, *id, &entry.told)?,
            None => drop(places::add_named(c, act, unit, &entry.slug, &entry.told)?),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEAD: &str = "unit,slug,kind,name,location,keeper,phone,opened,closed\n";

    fn faults(rows: &str) -> Vec<(usize, &'static str)> {
        read(&format!("{HEAD}{rows}")).err().unwrap_or_default().iter().map(|issue| (issue.line, issue.phrase.key)).collect()
    }

    #[test]
    fn each_fault_is_told_with_its_line() {
        let sound = "xa-dong-kieu,thon-2,villages,Thôn 2,,,0900 000 002,2026-01-01,\n";
        assert_eq!(faults(sound), []);
        assert_eq!(faults(&format!("{sound}{sound}")), [(3, "places-twice")]);
        for (row, key) in [
            ("xa,Thon,seat,A,,,,2026-01-01,", "front-bad-slug"),
            ("xa,a,square,A,,,,2026-01-01,", "kinds-unknown-word"),
            ("xa,a,seat,,,,,2026-01-01,", "places-no-name"),
            ("xa,a,seat,A,,,gọi sau,2026-01-01,", "places-bad-phone"),
            ("xa,a,seat,A,,,,hôm qua,", "places-bad-day"),
            ("xa,a,seat,A,,,,,", "front-empty"),
            ("xa,a,seat,A,,,,2026-01-02,2026-01-01", "places-closed-before"),
            ("xa,a,seat,A", "places-file-row"),
        ] {
            assert_eq!(faults(&format!("{row}\n")), [(2, key)], "{row}");
        }
        assert_eq!(read("slug,unit\n").err().map(|issues| issues[0].phrase.key), Some("places-file-head"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(names in proptest::collection::vec("[A-Za-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ\",\\n ]{0,20}[a-z]", 0..6), kind in 0..PLACES.len(), day in 0i64..9_000) {
            let opened_on = NaiveDate::from_ymd_opt(2010, 1, 1).expect("a day") + chrono::Duration::days(day);
            let entry = |(number, name): (usize, &String)| Entry {
                unit: "xa-dong-kieu".to_owned(),
                slug: format!("noi-{number}"),
                told: Told {
                    kind: PLACES[kind].1,
                    name: name.clone(),
                    location: name.clone(),
                    keeper: String::new(),
                    phone: "+84 900".to_owned(),
                    opened_on,
                    closed_on: (number % 2 == 0).then_some(opened_on),
                }
                .tidy(),
                line: 0,
            };
            let entries: Vec<Entry> = names.iter().enumerate().map(entry).collect();
            let again = read(&written(&entries)).map(|all| all.into_iter().map(|entry| Entry { line: 0, ..entry }).collect::<Vec<_>>());
            prop_assert_eq!(again, Ok(entries));
        }
    }
}
