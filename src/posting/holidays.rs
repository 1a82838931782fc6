//! The calendar of days off, `holidays.toml`: what each year's decisions say. The program knows of no holiday by itself,
//! and a year is sure only when somebody has said that all of it is here and nothing that the law gives is missing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::kit::calendar;
use crate::kit::days::Holidays;
use crate::kit::fold::fold;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::Issue;
use crate::phrase;

pub const YEARS: RangeInclusive<i32> = 2000..=2100;
/// The longest Tết is ten days; whatever is longer than a month is a slip of the hand.
const MOST_DAYS: i64 = 31;
const MOST_NAME: usize = 200;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Years of which somebody has said that every day off is told.
    pub complete: BTreeSet<i32>,
    pub due: Vec<Due>,
    pub off: Vec<Off>,
    pub exchanged: Vec<Exchanged>,
}

/// What the law gives in every year, by the name that its days off bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub name: String,
    pub days: u16,
    /// In words: `10/3 âm lịch`.
    pub when: String,
    pub source: String,
}

/// Days without work, both inclusive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Off {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub name: String,
    pub source: String,
}

/// A weekend day on which offices work in place of another that is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    pub day: NaiveDate,
    pub instead_of: NaiveDate,
    pub source: String,
}

/// What the law gives and nobody has told of a year yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack<'c> {
    pub due: &'c Due,
    pub told: u16,
}

impl Calendar {
    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Calendar, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut calendar = Calendar::default();
        for year in front.counts("complete") {
            match i32::try_from(year).ok().filter(|year| YEARS.contains(year)) {
                None => front.object("complete", bad_year(year)),
                Some(year) if !calendar.complete.insert(year) => front.object("complete", phrase!("holidays-year-twice", year = year)),
                Some(_) => {}
            }
        }
        for row in front.tables("due") {
            let days = row.count("days").unwrap_or_default();
            if !(1..=MOST_DAYS).contains(&days) {
                row.object("days", phrase!("holidays-bad-due", most = MOST_DAYS));
            }
            let due = Due {
                name: named(&row, "name"),
                days: days as u16,
                when: row.text("when").unwrap_or_default(),
                source: named(&row, "source"),
            };
            row.finish();
            calendar.due.push(due);
        }
        let mut seen = BTreeMap::new();
        for row in front.tables("off") {
            calendar.off.extend(off(&row, &mut seen));
            row.finish();
        }
        for row in front.tables("exchanged") {
            calendar.exchanged.extend(exchanged(&row, &mut seen));
            row.finish();
        }
        front.finish();
        calendar.off.sort_by_key(|off| off.from);
        calendar.exchanged.sort_by_key(|exchanged| exchanged.day);
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(calendar) } else { Err(issues) }
    }

    /// As a file: read again it gives the same.
    pub fn written(&self) -> String {
        let mut out = Writer::default();
        out.counts("complete", self.complete.iter().map(|year| i64::from(*year)));
        for due in &self.due {
            out.heading("[[due]]").text("name", &due.name).count("days", due.days.into()).text("when", &due.when);
            out.text("source", &due.source);
        }
        for off in &self.off {
            out.heading("[[off]]").day("from", Some(off.from)).day("to", Some(off.to)).text("name", &off.name).text("source", &off.source);
        }
        for one in &self.exchanged {
            out.heading("[[exchanged]]").day("day", Some(one.day)).day("instead_of", Some(one.instead_of)).text("source", &one.source);
        }
        out.toml().to_owned()
    }

    /// For counting. Only a year that lacks nothing is sure, whatever was said of it.
    pub fn holidays(&self) -> Holidays {
        let mut holidays = Holidays::default();
        for off in &self.off {
            holidays.close(off.from, off.to, &off.name);
        }
        for one in &self.exchanged {
            holidays.open(one.day, &calendar::day(one.instead_of));
        }
        for year in self.complete.iter().filter(|year| self.lacks(**year).is_empty()) {
            holidays.tell(*year);
        }
        holidays
    }

    pub fn lacks(&self, year: i32) -> Vec<Lack<'_>> {
        let told = |due: &Due| {
            let name = fold(&due.name);
            let days = self.off.iter().filter(|off| fold(&off.name) == name).flat_map(Off::days);
            days.filter(|day| day.year() == year).count() as u16
        };
        self.due.iter().map(|due| Lack { due, told: told(due) }).filter(|lack| lack.told < lack.due.days).collect()
    }

    /// Days off that are weekend days anyway, and no working day is off after them: the next one may be (Labour Code 2019,
    /// Article 111.3).
    pub fn unmoved(&self, year: i32) -> Vec<&Off> {
        let is_off = |day: NaiveDate| self.off.iter().any(|off| off.days().any(|one| one == day));
        let in_year = self.off.iter().filter(|off| off.from.year() == year);
        in_year
            .filter(|off| off.days().all(is_weekend))
            .filter(|off| !off.to.iter_days().skip(1).find(|day| !is_weekend(*day)).is_some_and(is_off))
            .collect()
    }
}

impl Off {
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let to = self.to;
        self.from.iter_days().take_while(move |day| *day <= to)
    }
}

pub fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

fn bad_year(year: impl std::fmt::Display) -> crate::kit::words::Phrase {
    phrase!("holidays-bad-year", year = year, first = YEARS.start(), last = YEARS.end())
}

/// One short line that must be there.
fn named(row: &Front, key: &str) -> String {
    let text = row.required(key);
    if text.chars().count() > MOST_NAME || text.contains('\n') {
        row.object(key, phrase!("rules-too-long", most = MOST_NAME));
    }
    text
}

fn day(row: &Front, key: &str) -> Option<NaiveDate> {
    if row.lacks(key) {
        row.object(key, phrase!("front-missing", key = key));
        return None;
    }
    let day = row.day(key)?;
    if !YEARS.contains(&day.year()) {
        row.object(key, bad_year(day.year()));
        return None;
    }
    Some(day)
}

/// `seen`: every day that was told, with the row's line.
fn off(row: &Front, seen: &mut BTreeMap<NaiveDate, usize>) -> Option<Off> {
    let (from, to) = (day(row, "from"), day(row, "to"));
    let (name, source) = (named(row, "name"), named(row, "source"));
    let off = Off { from: from?, to: to?, name, source };
    let count = (off.to - off.from).num_days() + 1;
    if count < 1 {
        row.object("to", phrase!("holidays-turned", from = calendar::day(off.from), to = calendar::day(off.to)));
        return None;
    }
    if count > MOST_DAYS {
        row.object("to", phrase!("holidays-too-long", days = count, most = MOST_DAYS));
        return None;
    }
    let twice: Vec<NaiveDate> = off.days().filter(|day| seen.insert(*day, row.line_of("from")).is_some()).collect();
    if let Some(day) = twice.first() {
        row.object("from", phrase!("holidays-day-twice", day = calendar::day(*day)));
    }
    Some(off)
}

fn exchanged(row: &Front, seen: &mut BTreeMap<NaiveDate, usize>) -> Option<Exchanged> {
    let (worked, instead_of, source) = (day(row, "day"), day(row, "instead_of"), named(row, "source"));
    let one = Exchanged { day: worked?, instead_of: instead_of?, source };
    if !is_weekend(one.day) {
        row.object("day", phrase!("holidays-no-weekend", day = calendar::day(one.day)));
    } else if seen.insert(one.day, row.line_of("day")).is_some() {
        row.object("day", phrase!("holidays-day-twice", day = calendar::day(one.day)));
    }
    if is_weekend(one.instead_of) {
        row.object("instead_of", phrase!("holidays-instead-weekend", day = calendar::day(one.instead_of)));
    }
    Some(one)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    const SOUND: &str = "complete = [2026]\n\n[[due]]\nname = \"Quốc khánh\"\ndays = 2\nsource = \"Điều 112\"\n\n\
        [[off]]\nfrom = 2026-09-01\nto = 2026-09-02\nname = \"Quốc khánh\"\nsource = \"Điều 112\"\n\n\
        [[exchanged]]\nday = 2026-01-10\ninstead_of = 2026-01-02\nsource = \"thông báo\"\n";

    #[test]
    fn every_fault_is_named_by_its_line() {
        assert_eq!(Calendar::read("holidays.toml", SOUND).map(|sound| sound.written()), Ok(SOUND.to_owned()));
        for (from, to, line, key) in [
            ("to = 2026-09-02", "to = 2026-08-31", 10, "holidays-turned"),
            ("to = 2026-09-02", "to = 2026-10-02", 10, "holidays-too-long"),
            ("from = 2026-09-01", "from = 1999-09-01", 9, "holidays-bad-year"),
            ("day = 2026-01-10", "day = 2101-01-01", 15, "holidays-bad-year"),
            ("[2026]", "[1999]", 1, "holidays-bad-year"),
            ("[2026]", "[2026, 2026]", 1, "holidays-year-twice"),
            ("day = 2026-01-10", "day = 2026-01-09", 15, "holidays-no-weekend"),
            ("instead_of = 2026-01-02", "instead_of = 2026-01-03", 16, "holidays-instead-weekend"),
            ("to = 2026-09-02\nname = \"Quốc khánh\"", "to = 2026-09-02", 8, "front-missing"),
            ("source = \"thông báo\"", "source = \"\"", 17, "front-empty"),
            ("days = 2", "days = 0", 5, "holidays-bad-due"),
            ("to = 2026-09-02", "until = 2026-09-02", 10, "front-unknown-key"),
            (
                "[[exchanged]]\nday = 2026-01-10",
                "[[exchanged]]\nday = 2026-09-05\ninstead_of = 2026-09-04\nsource = \"x\"\n[[exchanged]]\nday = 2026-09-05",
                19,
                "holidays-day-twice",
            ),
            (
                "[[exchanged]]",
                "[[off]]\nfrom = 2026-09-02\nto = 2026-09-04\nname = \"x\"\nsource = \"x\"\n[[exchanged]]",
                15,
                "holidays-day-twice",
            ),
        ] {
            assert!(SOUND.contains(from), "{from}");
            let issues = Calendar::read("holidays.toml", &SOUND.replacen(from, to, 1)).expect_err(to);
            assert!(issues.iter().any(|issue| (issue.line, issue.phrase.key) == (line, key)), "{to}: {issues:?}");
        }
        let both = SOUND.replace("2026-09-01", "2026-09-03").replace("2026-01-10", "2026-01-09");
        assert_eq!(Calendar::read("holidays.toml", &both).expect_err("two faults").len(), 2);
    }

    #[test]
    fn a_year_is_sure_only_when_nothing_is_missing_that_the_law_gives() {
        let mut calendar = Calendar::read("holidays.toml", SOUND).expect("it is sound");
        assert!(calendar.lacks(2026).is_empty() && calendar.holidays().knows(2026));
        let lacks = |calendar: &Calendar, year| calendar.lacks(year).iter().map(|lack| lack.told).collect::<Vec<_>>();
        assert_eq!(lacks(&calendar, 2027), [0]);
        calendar.complete.insert(2027);
        assert!(!calendar.holidays().knows(2027), "whatever was said");
        calendar.off[0].from = day("2026-09-02");
        assert_eq!(lacks(&calendar, 2026), [1]);
        assert!(!calendar.holidays().knows(2026));
    }

    #[test]
    fn a_holiday_on_a_weekend_asks_for_the_day_after() {
        let mut calendar = Calendar::default();
        let off = |from: &str, to: &str| Off { from: day(from), to: day(to), name: "x".to_owned(), source: "x".to_owned() };
        calendar.off = vec![off("2027-04-30", "2027-04-30"), off("2027-05-01", "2027-05-01"), off("2026-02-14", "2026-02-22")];
        assert_eq!(calendar.unmoved(2027).iter().map(|off| off.from).collect::<Vec<_>>(), [day("2027-05-01")]);
        calendar.off.push(off("2027-05-03", "2027-05-03"));
        assert!(calendar.unmoved(2027).is_empty() && calendar.unmoved(2026).is_empty());
    }

    /// Spans a month apart at least, so that none is told twice; a Saturday in place of the Friday before.
    fn any_calendar() -> impl Strategy<Value = Calendar> {
        let text = "[^\u{0}\n\r]{0,12}[a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ\"\\\\]";
        let off = proptest::collection::vec((0u32..16, 0i64..31, text, text), 0..30);
        let years = proptest::collection::btree_set(2000i32..2101, 0..5);
        (years, off, proptest::collection::vec((text, 1u16..9, text), 0..4)).prop_map(move |(complete, spans, due)| {
            let mut calendar = Calendar { complete, ..Calendar::default() };
            let tidy = |text: &str| crate::kit::fold::nfc(text.trim());
            for (name, days, source) in due {
                calendar.due.push(Due { name: tidy(&name), days, when: String::new(), source: tidy(&source) });
            }
            let mut from = day("2000-01-01");
            for (later, length, name, source) in spans {
                from += chrono::Duration::days(40 + i64::from(later) * 50);
                let to = from + chrono::Duration::days(length);
                calendar.off.push(Off { from, to, name: tidy(&name), source: tidy(&source) });
                let saturday = to.iter_days().skip(1).find(|day| day.weekday() == Weekday::Sat).expect("one comes");
                let friday = saturday.pred_opt().expect("a day");
                calendar.exchanged.push(Exchanged { day: saturday, instead_of: friday, source: tidy(&source) });
            }
            calendar.off.retain(|off| YEARS.contains(&off.to.year()));
            calendar.exchanged.retain(|one| YEARS.contains(&one.day.year()));
            calendar
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_and_counts_alike(calendar in any_calendar()) {
            let again = Calendar::read("holidays.toml", &calendar.written());
            prop_assert_eq!(again.as_ref(), Ok(&calendar));
            let holidays = calendar.holidays();
            prop_assert!(calendar.off.iter().flat_map(Off::days).all(|day| !holidays.is_working(day)));
            prop_assert!(calendar.exchanged.iter().all(|one| holidays.is_working(one.day)));
        }
    }
}
