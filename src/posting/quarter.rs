//! Quarters of a year, by which the law has what was disclosed listed.

use chrono::{Datelike, Months, NaiveDate};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter {
    pub year: i32,
    /// 1 to 4.
    pub number: u8,
}

/// No register is older.
const FIRST_YEAR: i32 = 2000;
const LAST_YEAR: i32 = 9_999;

impl Quarter {
    pub fn of(day: NaiveDate) -> Quarter {
        Quarter { year: day.year(), number: day.month0() as u8 / 3 + 1 }
    }

    /// `2026-q4`, as addresses have it.
    pub fn read(text: &str) -> Option<Quarter> {
        let (year, number) = text.split_once("-q")?;
        let quarter = Quarter { year: year.parse().ok()?, number: number.parse().ok()? };
        let is_one = (FIRST_YEAR..=LAST_YEAR).contains(&quarter.year) && (1..=4).contains(&quarter.number);
        (is_one && quarter.slug() == text).then_some(quarter)
    }

    pub fn slug(self) -> String {
        format!("{}-q{}", self.year, self.number)
    }

    /// `IV`, as offices count them.
    pub fn roman(self) -> &'static str {
        ["I", "II", "III", "IV"][usize::from(self.number.clamp(1, 4)) - 1]
    }

    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, u32::from(self.number.clamp(1, 4)) * 3 - 2, 1).unwrap_or(NaiveDate::MIN)
    }

    pub fn last(self) -> NaiveDate {
        self.first().checked_add_months(Months::new(3)).and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    pub fn before(self) -> Option<Quarter> {
        self.first().pred_opt().map(Quarter::of).filter(|quarter| quarter.year >= FIRST_YEAR)
    }

    pub fn after(self) -> Option<Quarter> {
        self.last().succ_opt().map(Quarter::of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_follow_each_other_without_a_gap_and_are_read_as_they_are_written() {
        let mut quarter = Quarter { year: 2020, number: 1 };
        while quarter.year < 2041 {
            assert_eq!(Quarter::read(&quarter.slug()), Some(quarter));
            assert_eq!((Quarter::of(quarter.first()), Quarter::of(quarter.last())), (quarter, quarter));
            let next = quarter.after().expect("time goes on");
            assert_eq!((quarter.last().succ_opt(), next.before()), (Some(next.first()), Some(quarter)));
            quarter = next;
        }
        assert_eq!((quarter.before().map(Quarter::roman), quarter.roman()), (Some("IV"), "I"));
        for text in ["2026-q0", "2026-q5", "2026-Q1", "2026-q01", "+2026-q1", "1999-q4", "2026", "q1", "2026-q1x", "-q"] {
            assert_eq!(Quarter::read(text), None, "{text}");
        }
    }
}
