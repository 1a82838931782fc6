//! Which periods may be read one below the other: days with days, spans with spans of as many months, and what is counted from the
//! year's first day with its like. Pure: the same periods are the same runs.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use crate::kit::period::Period;

/// Why the periods of a run are comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Run {
    /// Each as of a day.
    Days,
    /// Each over so many whole months.
    Months(u32),
    /// Each from 1 January of its year to a day of it.
    YearToDate,
    /// Each over so many days that are no whole months.
    Length(i64),
    /// Nobody knows of what time they are: they are read side by side and never compared.
    Unstated,
}

/// Every period stands in one run, in the order of time. A span from 1 January is one of a length where spans of that length begin in
/// other months too (a quarter), or where no other length begins there (each year's first quarter, or whole years); else it is
/// counted up through its year.
pub fn runs(periods: &[Period]) -> Vec<(Run, Vec<Period>)> {
    let elsewhere: BTreeSet<u32> = periods.iter().filter(|one| opened(**one).is_none()).filter_map(|one| months(*one)).collect();
    let counted_up = |one: Period| opened(one).filter(|_| months(one).is_none_or(|count| !elsewhere.contains(&count)));
    // A part of a year by its last day: the same in each year is one length.
    let ends: BTreeSet<(u32, u32)> = periods.iter().filter_map(|one| counted_up(*one)).map(|last| (last.month(), last.day())).collect();
    let lengths: BTreeSet<Option<u32>> = periods.iter().filter(|one| counted_up(**one).is_some()).map(|one| months(*one)).collect();
    let is_mixed = lengths.len() > 1 || (lengths.contains(&None) && ends.len() > 1);
    let run = |one: Period| match one {
        Period::Day(_) => Run::Days,
        Period::NotStated => Run::Unstated,
        Period::Span(..) if is_mixed && counted_up(one).is_some() => Run::YearToDate,
        Period::Span(..) => match months(one) {
            Some(count) => Run::Months(count),
            None if opened(one).is_some() => Run::YearToDate,
            None => Run::Length(one.days().unwrap_or_default()),
        },
    };
    let mut found: BTreeMap<Run, Vec<Period>> = BTreeMap::new();
    for one in periods {
        let of = found.entry(run(*one)).or_default();
        if !of.contains(one) {
            of.push(*one);
        }
    }
    found.values_mut().for_each(|of| of.sort_by_key(|one| one.order()));
    found.into_iter().collect()
}

/// Whole months that it is long.
fn months(period: Period) -> Option<u32> {
    let Period::Span(from, to) = period else { return None };
    let ends_a_month = to.succ_opt().is_none_or(|next| next.day() == 1);
    let count = (to.year() - from.year()) * 12 + to.month0() as i32 - from.month0() as i32 + 1;
    (from.day() == 1 && ends_a_month).then(|| u32::try_from(count).ok()).flatten()
}

/// The last day of what is counted from 1 January within its year.
fn opened(period: Period) -> Option<NaiveDate> {
    match period {
        Period::Span(from, to) if (from.month(), from.day()) == (1, 1) && from.year() == to.year() => Some(to),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, Months};
    use proptest::prelude::*;

    use super::*;

    fn read(texts: &[&str]) -> Vec<Period> {
        texts.iter().map(|text| Period::read(text).expect("a period")).collect()
    }

    fn named(texts: &[&str]) -> Vec<(Run, Vec<String>)> {
        runs(&read(texts)).into_iter().map(|(run, of)| (run, of.iter().map(Period::to_string).collect())).collect()
    }

    const Q1: &str = "2026-01-01/2026-03-31";
    const Q2: &str = "2026-04-01/2026-06-30";
    const HALF: &str = "2026-01-01/2026-06-30";
    const NINE: &str = "2026-01-01/2026-09-30";
    const YEAR: &str = "2025-01-01/2025-12-31";

    #[test]
    fn quarters_stand_with_quarters_and_what_is_counted_up_with_its_like() {
        let of = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        assert_eq!(named(&[NINE, Q1, YEAR, HALF]), [(Run::YearToDate, of(&[YEAR, Q1, HALF, NINE]))]);
        assert_eq!(named(&[Q2, Q1, YEAR]), [(Run::Months(3), of(&[Q1, Q2])), (Run::Months(12), of(&[YEAR]))]);
        assert_eq!(named(&[Q2, NINE, Q1, HALF]), [(Run::Months(3), of(&[Q1, Q2])), (Run::YearToDate, of(&[HALF, NINE]))]);
        let firsts = ["2025-01-01/2025-03-31", Q1];
        assert_eq!(named(&firsts), [(Run::Months(3), of(&firsts))]);
        let mixed = ["2026-09-30", "", "2026-01-01/2026-09-15", "2026-09-02/2026-09-08", "2025-01-01/2025-09-15"];
        assert_eq!(
            named(&mixed),
            [
                (Run::Days, of(&["2026-09-30"])),
                (Run::YearToDate, of(&["2025-01-01/2025-09-15", "2026-01-01/2026-09-15"])),
                (Run::Length(7), of(&["2026-09-02/2026-09-08"])),
                (Run::Unstated, of(&[""])),
            ]
        );
    }

    fn any_period() -> impl Strategy<Value = Period> {
        let day = (0i64..3_000).prop_map(|days| NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + Duration::days(days));
        let whole = (0u32..60, 1u32..=14).prop_map(|(after, count)| {
            let from = NaiveDate::from_ymd_opt(2020, 1, 1).expect("a day") + Months::new(after);
            Period::Span(from, from + Months::new(count) - Duration::days(1))
        });
        let year = (2020i32..2026, 1i64..366).prop_map(|(year, length)| {
            let from = NaiveDate::from_ymd_opt(year, 1, 1).expect("a day");
            Period::Span(from, from + Duration::days(length - 1))
        });
        prop_oneof![
            day.clone().prop_map(Period::Day),
            whole,
            year,
            (day, 0i64..500).prop_map(|(from, length)| Period::Span(from, from + Duration::days(length))),
            Just(Period::NotStated),
        ]
    }

    proptest! {
        #[test]
        fn every_period_stands_once_among_its_like(periods in proptest::collection::vec(any_period(), 0..40)) {
            let found = runs(&periods);
            let all: Vec<Period> = found.iter().flat_map(|(_, of)| of.clone()).collect();
            prop_assert!(periods.iter().all(|one| all.iter().filter(|other| *other == one).count() == 1));
            prop_assert!(all.iter().all(|one| periods.contains(one)));
            for (run, of) in &found {
                prop_assert!(of.windows(2).all(|pair| pair[0].order() < pair[1].order()));
                for one in of {
                    let fits = match run {
                        Run::Days => matches!(one, Period::Day(_)),
                        Run::Months(count) => months(*one) == Some(*count),
                        Run::YearToDate => opened(*one).is_some(),
                        Run::Length(days) => one.days() == Some(*days) && months(*one).is_none(),
                        Run::Unstated => *one == Period::NotStated,
                    };
                    prop_assert!(fits);
                }
            }
        }

        #[test]
        fn the_order_in_which_they_come_says_nothing(periods in proptest::collection::vec(any_period(), 0..30), turn in 0usize..30) {
            let mut turned = periods.clone();
            let by = turn.min(turned.len());
            turned.rotate_left(by);
            prop_assert_eq!(runs(&periods), runs(&turned));
        }
    }
}
