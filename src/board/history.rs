//! How a board has been: of each day, how long it was to be seen, and how much of that it was well.

use chrono::{Days, Duration, NaiveDate};

use super::alarms::Alarm;
use super::roll::Row;
use crate::kit::calendar;
use crate::kit::clock::Moment;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub day: NaiveDate,
    /// How long it was to be seen.
    pub open: Duration,
    /// And was well all that time.
    pub well: Duration,
}

impl Day {
    /// Of a hundred; nothing of a day on which it was not to be seen. No day on which anything failed is a whole one.
    pub fn share(&self) -> Option<i64> {
        (self.open > Duration::zero()).then(|| self.well.num_seconds() * 100 / self.open.num_seconds().max(1))
    }
}

/// The last so many days, oldest first, the day that is not over with what is over of it. `alarms`: all that reach into them.
pub fn days(row: &Row, alarms: &[Alarm], now: Moment, count: u64) -> Vec<Day> {
    let hours = row.hours();
    let began = row.paired_at.unwrap_or(now);
    let ended = row.unpaired_at.unwrap_or(now).min(now);
    let bad = stretches(alarms.iter().filter(|alarm| alarm.is_told()), ended);
    let today = calendar::local(now).date();
    let first = today.checked_sub_days(Days::new(count.saturating_sub(1))).unwrap_or(today);
    first
        .iter_days()
        .take_while(|day| *day <= today)
        .map(|day| {
            let from = calendar::midnight(day).max(began);
            let until = calendar::midnight(day.succ_opt().unwrap_or(day)).min(ended);
            let open = hours.between(from, until);
            let lost = bad.iter().map(|(one, other)| hours.between((*one).max(from), (*other).min(until)));
            Day { day, open, well: open - lost.fold(Duration::zero(), |sum, one| sum + one) }
        })
        .collect()
}

/// What overlaps is one.
fn stretches<'a>(alarms: impl Iterator<Item = &'a Alarm>, until: Moment) -> Vec<(Moment, Moment)> {
    let mut all: Vec<(Moment, Moment)> = alarms.map(|alarm| (alarm.raised_at, alarm.cleared_at.unwrap_or(until))).collect();
    all.sort_unstable();
    let mut found: Vec<(Moment, Moment)> = Vec::new();
    for (from, until) in all {
        match found.last_mut() {
            Some((_, last)) if from <= *last => *last = (*last).max(until),
            _ => found.push((from, until)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::roll::DAY;
    use super::*;

    fn at(local: &str) -> Moment {
        calendar::utc(local.parse().expect("a moment"))
    }

    fn row(opens: i32, closes: i32) -> Row {
        let text = String::new;
        Row {
            id: 1,
            public: text(),
            key: text(),
            unit_code: text(),
            code: text(),
            asked_at: at("2026-11-01T00:00:00"),
            place_id: Some(1),
            paired_at: Some(at("2026-11-21T12:00:00")),
            paired_by: text(),
            unpaired_at: None,
            count: 1,
            heard_at: None,
            told: text(),
            opens,
            closes,
        }
    }

    fn alarm(what: &str, from: &str, until: Option<&str>) -> Alarm {
        let (what, fault) = (what.to_owned(), String::new());
        Alarm { id: 1, board_id: 1, what, document_id: None, fault, raised_at: at(from), cleared_at: until.map(at) }
    }

    #[test]
    fn a_day_is_as_whole_as_the_hours_in_which_nothing_failed() {
        let alarms = [
            alarm("silent", "2026-11-22T16:00:00", Some("2026-11-23T08:00:00")),
            alarm("dark", "2026-11-22T15:30:00", Some("2026-11-22T16:30:00")),
            alarm("version-other", "2026-11-21T00:00:00", None),
        ];
        let shares = |row: &Row| days(row, &alarms, at("2026-11-23T12:00:00"), 4).iter().map(Day::share).collect::<Vec<_>>();
        assert_eq!(shares(&row(7 * 60, 17 * 60)), [None, Some(100), Some(85), Some(80)]);
        assert_eq!(shares(&row(0, DAY)), [None, Some(100), Some(64), Some(33)]);
    }

    proptest! {
        #[test]
        fn no_day_is_more_than_whole_or_less_than_nothing(opens in 0..DAY, long in 1..DAY, alarms in proptest::collection::vec((0i64..4_000, 0i64..2_000, any::<bool>()), 0..9)) {
            let from = at("2026-11-21T12:00:00");
            let minute = |minutes: i64| from + Duration::minutes(minutes);
            let alarms: Vec<Alarm> = alarms
                .into_iter()
                .map(|(raised, lasts, is_open)| Alarm { raised_at: minute(raised), cleared_at: (!is_open).then(|| minute(raised + lasts)), ..alarm("silent", "2026-11-21T12:00:00", None) })
                .collect();
            for day in days(&row(opens, (opens + long).min(DAY)), &alarms, minute(4_000), 5) {
                prop_assert!(day.well >= Duration::zero() && day.well <= day.open && day.open <= Duration::days(1), "{day:?}");
                prop_assert!(day.share().is_none_or(|share| (0..=100).contains(&share)));
            }
        }
    }
}
