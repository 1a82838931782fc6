//! When a board is to be seen. Whoever switches it off for the night has no broken board, and is not to be told of one every evening.

use chrono::{Duration, NaiveTime, Timelike};

use super::roll::DAY;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;

/// Of each day, in minutes after midnight of Viet Nam: from the one to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    pub opens: i32,
    pub closes: i32,
}

impl Hours {
    pub const ALWAYS: Hours = Hours { opens: 0, closes: DAY };

    /// As a form has it, `07:00` and `17:30`; both empty: always. Errors: `Issues` at `opens`, `closes`.
    pub fn read(opens: &str, closes: &str) -> Result<Hours, Refusal> {
        let (opens, closes) = (opens.trim(), closes.trim());
        if opens.is_empty() && closes.is_empty() {
            return Ok(Hours::ALWAYS);
        }
        let minutes = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok().map(|time| (time.num_seconds_from_midnight() / 60) as i32);
        // The last minute of a day is written as the first of the next.
        let until = if matches!(closes, "24:00" | "00:00") { Some(DAY) } else { minutes(closes) };
        let issue = |field: &str, phrase| Issue { file: field.to_owned(), line: 0, phrase };
        let (from, until) = (minutes(opens), until);
        let mut issues = Vec::new();
        if from.is_none() {
            issues.push(issue("opens", phrase!("boards-bad-time")));
        }
        match until {
            None => issues.push(issue("closes", phrase!("boards-bad-time"))),
            Some(until) if from.is_some_and(|from| from >= until) => issues.push(issue("closes", phrase!("boards-bad-hours"))),
            _ => {}
        }
        match (from, until) {
            (Some(opens), Some(closes)) if issues.is_empty() => Ok(Hours { opens, closes }),
            _ => Err(Refusal::Issues(issues)),
        }
    }

    /// As a form has it.
    pub fn told(self) -> (String, String) {
        let told = |minutes: i32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        if self == Hours::ALWAYS { (String::new(), String::new()) } else { (told(self.opens), told(self.closes)) }
    }

    pub fn is_open(self, at: Moment) -> bool {
        let minute = (calendar::local(at).num_seconds_from_midnight() / 60) as i32;
        (self.opens..self.closes).contains(&minute)
    }

    /// How long it was to be seen between two instants.
    pub fn between(self, from: Moment, until: Moment) -> Duration {
        if from >= until {
            return Duration::zero();
        }
        let (first, last) = (calendar::local(from).date(), calendar::local(until).date());
        let of = |day| {
            let midnight = calendar::midnight(day);
            let opens = midnight + Duration::minutes(self.opens.into());
            let closes = midnight + Duration::minutes(self.closes.into());
            (closes.min(until) - opens.max(from)).max(Duration::zero())
        };
        if first == last {
            return of(first);
        }
        let between = i32::try_from((last - first).num_days() - 1).unwrap_or(i32::MAX / DAY);
        of(first) + of(last) + Duration::minutes(i64::from(self.closes - self.opens) * i64::from(between))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(local: &str) -> Moment {
        calendar::utc(local.parse().expect("a moment"))
    }

    #[test]
    fn what_is_typed_is_read_and_told_again() {
        for (opens, closes) in [("07:00", "17:30"), ("00:00", "12:00"), ("07:00", "24:00"), ("", "")] {
            let hours = Hours::read(opens, closes).expect("hours");
            assert_eq!(hours.told(), (opens.to_owned(), closes.to_owned()));
        }
        for (opens, closes) in [("07:00", ""), ("", "07:00"), ("bảy", "17:00"), ("17:00", "07:00"), ("07:00", "07:00"), ("7:60", "8:00")]
        {
            assert!(matches!(Hours::read(opens, closes), Err(Refusal::Issues(_))), "{opens} {closes}");
        }
    }

    #[test]
    fn a_night_is_no_time_in_which_a_board_is_to_be_seen() {
        let hours = Hours::read("07:00", "17:30").expect("hours");
        assert!(!hours.is_open(at("2026-11-23T06:59:59")) && hours.is_open(at("2026-11-23T07:00:00")));
        assert!(hours.is_open(at("2026-11-23T17:29:59")) && !hours.is_open(at("2026-11-23T17:30:00")));
        let between = |from, until| hours.between(at(from), at(until)).num_minutes();
        assert_eq!(between("2026-11-23T17:00:00", "2026-11-24T07:10:00"), 40);
        assert_eq!(between("2026-11-23T18:00:00", "2026-11-24T06:00:00"), 0);
        assert_eq!(between("2026-11-20T17:00:00", "2026-11-23T08:00:00"), 30 + 2 * 630 + 60);
        assert_eq!(between("2026-11-23T08:00:00", "2026-11-23T08:00:00"), 0);
    }

    proptest! {
        #[test]
        fn time_in_which_it_is_to_be_seen_is_the_sum_of_its_parts(opens in 0..DAY, long in 1..DAY, from in 0i64..9_000, one in 0i64..9_000, other in 0i64..9_000) {
            let hours = Hours { opens, closes: (opens + long).min(DAY) };
            let minute = |minutes: i64| at("2026-11-20T00:00:00") + Duration::minutes(minutes);
            let (from, middle, until) = (minute(from), minute(from + one), minute(from + one + other));
            prop_assert_eq!(hours.between(from, until), hours.between(from, middle) + hours.between(middle, until));
            prop_assert!(hours.between(from, until) <= until - from);
            prop_assert_eq!(Hours::ALWAYS.between(from, until), until - from);
            let counted = (0..one).filter(|minutes| hours.is_open(from + Duration::minutes(*minutes))).count() as i64;
            prop_assert_eq!(hours.between(from, middle).num_minutes(), counted);
        }
    }
}
