//! Periods of the law, counted in days as the Civil Code 2015 says (Articles 147 and 148): the day of the event is not
//! counted, the period begins on the next one and ends with its last; where that is a weekend day or a holiday, with the
//! next working day. Which days are off is decided every year (Labour Code 2019, Article 112), so an office keeps them as
//! data: nothing here knows of any.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Duration, NaiveDate, Weekday};

/// Ten years: no period of the law that ends is longer.
pub const MOST_DAYS: u16 = 3_660;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// Every day.
    Calendar,
    /// Neither weekends nor holidays.
    Working,
}

/// The days on which offices are closed although it is no weekend, and the weekend days on which they are open for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    off: BTreeMap<NaiveDate, String>,
    open: BTreeMap<NaiveDate, String>,
    years: BTreeSet<i32>,
}

/// Why nobody works on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rest {
    Saturday,
    Sunday,
    /// By its name.
    Holiday(String),
}

/// A period, with what it takes to explain it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The day of the event, which is not counted.
    pub event: NaiveDate,
    pub first: NaiveDate,
    /// The day that the number of days comes to.
    pub due: NaiveDate,
    /// The day with which it ends: `due`, or the next working day.
    pub last: NaiveDate,
    /// From `due` to the day before `last`: why each of them could not be the last. Empty where `due` is.
    pub rests: Vec<(NaiveDate, Rest)>,
    /// Somebody has said which days are off in every year that was asked about.
    pub is_sure: bool,
    /// The years of which nobody has.
    pub unknown: Vec<i32>,
}

impl Holidays {
    /// From the first day to the last, both inclusive.
    pub fn close(&mut self, from: NaiveDate, to: NaiveDate, name: &str) {
        self.off.extend(from.iter_days().take_while(|day| *day <= to).map(|day| (day, name.to_owned())));
    }

    /// A day of the weekend on which offices work in place of another.
    pub fn open(&mut self, day: NaiveDate, name: &str) {
        self.open.insert(day, name.to_owned());
    }

    /// All days of this year that are off have been told.
    pub fn tell(&mut self, year: i32) {
        self.years.insert(year);
    }

    pub fn knows(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// `None` on a working day.
    pub fn rest(&self, day: NaiveDate) -> Option<Rest> {
        if let Some(name) = self.off.get(&day) {
            return Some(Rest::Holiday(name.clone()));
        }
        match day.weekday() {
            Weekday::Sat if !self.open.contains_key(&day) => Some(Rest::Saturday),
            Weekday::Sun if !self.open.contains_key(&day) => Some(Rest::Sunday),
            _ => None,
        }
    }

    pub fn is_working(&self, day: NaiveDate) -> bool {
        self.rest(day).is_none()
    }

    /// The period of so many days after an event. `None` for no days, for more than `MOST_DAYS`, and where the calendar ends.
    pub fn count(&self, event: NaiveDate, days: u16, measure: Measure) -> Option<Counted> {
        if days == 0 || days > MOST_DAYS {
            return None;
        }
        let first = event.succ_opt()?;
        let due = match measure {
            Measure::Calendar => event.checked_add_signed(Duration::days(days.into()))?,
            Measure::Working => first.iter_days().filter(|day| self.is_working(*day)).nth(usize::from(days) - 1)?,
        };
        let rests: Vec<(NaiveDate, Rest)> = due.iter_days().map_while(|day| Some((day, self.rest(day)?))).collect();
        let last = due.checked_add_signed(Duration::days(rests.len() as i64))?;
        let asked = match measure {
            Measure::Calendar => due.year()..=last.year(),
            Measure::Working => first.year()..=last.year(),
        };
        let unknown: Vec<i32> = asked.filter(|year| !self.knows(*year)).collect();
        Some(Counted { event, first, due, last, rests, is_sure: unknown.is_empty(), unknown })
    }

    /// The last day on which something may be done that must be done so long before an event. Neither day is counted
    /// twice: of working days, the day itself is the first of them.
    pub fn before(&self, event: NaiveDate, days: u16, measure: Measure) -> Option<NaiveDate> {
        if days == 0 || days > MOST_DAYS {
            return None;
        }
        match measure {
            Measure::Calendar => event.checked_sub_signed(Duration::days(days.into())),
            Measure::Working => {
                let mut day = event;
                for _ in 0..days {
                    day = day.pred_opt()?;
                    while !self.is_working(day) {
                        day = day.pred_opt()?;
                    }
                }
                Some(day)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    /// As they were in 2026: the second of January was off, and its work was done on the tenth.
    fn holidays() -> Holidays {
        let mut holidays = Holidays::default();
        holidays.close(day("2026-01-01"), day("2026-01-02"), "Tết Dương lịch");
        holidays.open(day("2026-01-10"), "làm bù");
        holidays.close(day("2026-02-14"), day("2026-02-22"), "Tết Nguyên đán");
        holidays.tell(2026);
        holidays
    }

    fn last(posted: &str, days: u16, measure: Measure) -> String {
        holidays().count(day(posted), days, measure).expect("a short period").last.to_string()
    }

    #[test]
    fn a_period_begins_on_the_day_after_and_never_ends_on_a_day_of_rest() {
        for (posted, days, ends) in [
            ("2026-11-02", 15, "2026-11-17"),
            ("2026-11-06", 15, "2026-11-23"),
            ("2026-10-15", 30, "2026-11-16"),
            ("2026-11-09", 30, "2026-12-09"),
            // Into Tết, and out at its end.
            ("2026-01-30", 15, "2026-02-23"),
            // A Saturday on which offices worked.
            ("2026-01-05", 5, "2026-01-10"),
        ] {
            assert_eq!(last(posted, days, Measure::Calendar), ends, "{days} days from {posted}");
        }
        let counted = holidays().count(day("2026-11-06"), 15, Measure::Calendar).expect("a short period");
        assert_eq!((counted.first, counted.due), (day("2026-11-07"), day("2026-11-21")));
        assert_eq!(counted.rests, [(day("2026-11-21"), Rest::Saturday), (day("2026-11-22"), Rest::Sunday)]);
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays_and_take_in_exchanged_days() {
        assert_eq!(last("2026-11-09", 7, Measure::Working), "2026-11-18");
        assert_eq!(last("2026-02-13", 1, Measure::Working), "2026-02-23");
        assert_eq!(last("2026-01-08", 2, Measure::Working), "2026-01-10");
        assert_eq!(last("2025-12-31", 1, Measure::Working), "2026-01-05");
    }

    #[test]
    fn what_must_be_told_seven_working_days_before_is_told_by_the_counted_day() {
        assert_eq!(holidays().before(day("2026-12-18"), 7, Measure::Working), Some(day("2026-12-09")));
        assert_eq!(holidays().before(day("2026-12-01"), 5, Measure::Working), Some(day("2026-11-24")));
        assert_eq!(holidays().before(day("2026-12-01"), 2, Measure::Calendar), Some(day("2026-11-29")));
    }

    #[test]
    fn a_year_whose_holidays_nobody_has_told_is_said_to_be_unsure() {
        let sure = |posted: &str, days, measure| holidays().count(day(posted), days, measure).expect("a short period").is_sure;
        assert!(sure("2026-11-02", 15, Measure::Calendar));
        assert!(!sure("2026-12-20", 15, Measure::Calendar));
        assert!(!sure("2025-12-30", 5, Measure::Working));
        // Only the end of a period of all days asks for holidays.
        assert!(sure("2025-12-30", 5, Measure::Calendar));
    }

    #[test]
    fn nothing_is_counted_that_is_no_period() {
        for days in [0, MOST_DAYS + 1] {
            assert_eq!(holidays().count(day("2026-11-02"), days, Measure::Calendar), None);
            assert_eq!(holidays().before(day("2026-11-02"), days, Measure::Working), None);
        }
        assert_eq!(holidays().count(NaiveDate::MAX, 1, Measure::Calendar), None);
        assert_eq!(holidays().count(NaiveDate::MAX, 1, Measure::Working), None);
        assert_eq!(holidays().before(NaiveDate::MIN, 1, Measure::Working), None);
    }

    const FIRST: i64 = 737_425; // 2020-01-01, counted from the year 1.
    const DAYS: i64 = 7_671; // To 2040-12-31.

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0..DAYS).prop_map(|number| NaiveDate::from_num_days_from_ce_opt((FIRST + number) as i32).expect("of our time"))
    }

    /// Closed and opened days of all kinds, also such as contradict each other.
    fn any_holidays() -> impl Strategy<Value = Holidays> {
        let spans = proptest::collection::vec((any_day(), 0i64..12), 0..60);
        (spans, proptest::collection::vec(any_day(), 0..60)).prop_map(|(spans, open)| {
            let mut holidays = Holidays::default();
            for (from, length) in spans {
                holidays.close(from, from + Duration::days(length), "nghỉ");
            }
            for day in open {
                holidays.open(day, "làm bù");
            }
            holidays
        })
    }

    fn between(from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
        from.iter_days().take_while(move |day| *day <= to)
    }

    #[test]
    fn no_day_of_twenty_years_is_counted_otherwise_than_by_hand() {
        let none = Holidays::default();
        for number in 0..DAYS {
            let event = NaiveDate::from_num_days_from_ce_opt((FIRST + number) as i32).expect("of our time");
            for days in [1u16, 3, 7, 15, 20, 30, 40] {
                let mut last = event;
                for _ in 0..days {
                    last = last.succ_opt().expect("of our time");
                }
                while matches!(last.weekday(), Weekday::Sat | Weekday::Sun) {
                    last = last.succ_opt().expect("of our time");
                }
                assert_eq!(none.count(event, days, Measure::Calendar).map(|counted| counted.last), Some(last), "{days} days from {event}");
                let mut left = days;
                let mut last = event;
                while left > 0 {
                    last = last.succ_opt().expect("of our time");
                    left -= u16::from(!matches!(last.weekday(), Weekday::Sat | Weekday::Sun));
                }
                assert_eq!(
                    none.count(event, days, Measure::Working).map(|counted| counted.last),
                    Some(last),
                    "{days} working days from {event}"
                );
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn a_period_ends_on_the_first_working_day_from_the_day_that_is_due(holidays in any_holidays(), event in any_day(), days in 1u16..400) {
            let counted = holidays.count(event, days, Measure::Calendar).expect("a short period");
            prop_assert_eq!(between(counted.first, counted.due).count(), usize::from(days));
            prop_assert!(holidays.is_working(counted.last) && counted.last >= counted.due);
            let rests: Vec<NaiveDate> = counted.rests.iter().map(|(day, _)| *day).collect();
            prop_assert_eq!(&rests, &between(counted.due, counted.last).filter(|day| *day < counted.last).collect::<Vec<_>>());
            prop_assert!(rests.iter().all(|day| !holidays.is_working(*day)));
        }

        #[test]
        fn so_many_working_days_lie_in_a_period_as_were_asked_for(holidays in any_holidays(), event in any_day(), days in 1u16..100) {
            let counted = holidays.count(event, days, Measure::Working).expect("a short period");
            prop_assert_eq!(between(counted.first, counted.last).filter(|day| holidays.is_working(*day)).count(), usize::from(days));
            prop_assert!(counted.rests.is_empty() && holidays.is_working(counted.last));
            let all = holidays.count(event, days, Measure::Calendar).expect("a short period");
            prop_assert!(all.due <= counted.last);
        }

        #[test]
        fn nothing_ends_sooner_for_having_begun_later_or_being_longer(holidays in any_holidays(), event in any_day(), days in 1u16..100, later in 0i64..40, longer in 0u16..40) {
            for measure in [Measure::Calendar, Measure::Working] {
                let one = holidays.count(event, days, measure).expect("a short period").last;
                prop_assert!(one <= holidays.count(event + Duration::days(later), days, measure).expect("a short period").last);
                prop_assert!(one <= holidays.count(event, days + longer, measure).expect("a short period").last);
            }
        }

        #[test]
        fn whoever_tells_it_in_time_has_told_it_so_many_days_before(holidays in any_holidays(), event in any_day(), days in 1u16..60) {
            let by = holidays.before(event, days, Measure::Working).expect("of our time");
            prop_assert!(holidays.is_working(by));
            prop_assert_eq!(between(by, event).filter(|day| *day < event && holidays.is_working(*day)).count(), usize::from(days));
            prop_assert_eq!(holidays.before(event, days, Measure::Calendar), Some(event - Duration::days(days.into())));
        }
    }
}
