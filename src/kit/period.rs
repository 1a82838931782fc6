//! What a figure is of in time: a day as of which it stands, or a span over which it was counted. Whole months, quarters and
//! years are known by their names.

use std::fmt;

use chrono::{Datelike, Duration, Months, NaiveDate};

use super::calendar;
use super::words::Lang;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Period {
    /// As of the end of this day: of a stock.
    Day(NaiveDate),
    /// From the first day to the last, with both: of a flow.
    Span(NaiveDate, NaiveDate),
    /// The text that it comes from does not say.
    #[default]
    NotStated,
}

/// What stands where no period is told, in a file and on a page.
pub const NOT_STATED: [&str; 2] = ["không nêu thời điểm", "date not stated"];

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Period {
    /// `2026-09-30`; `2026-01-01/2026-09-30` (ISO 8601, 4.4); empty for what is not stated.
    pub fn read(text: &str) -> Option<Period> {
        let text = text.trim();
        if text.is_empty() {
            return Some(Period::NotStated);
        }
        match text.split_once('/') {
            None => calendar::read_day(text).map(Period::Day),
            Some((from, to)) => Period::span(calendar::read_day(from)?, calendar::read_day(to)?),
        }
    }

    /// `None` where it ends before it begins.
    pub fn span(from: NaiveDate, to: NaiveDate) -> Option<Period> {
        (from <= to).then_some(Period::Span(from, to))
    }

    pub fn first_day(self) -> Option<NaiveDate> {
        match self {
            Period::Day(day) | Period::Span(day, _) => Some(day),
            Period::NotStated => None,
        }
    }

    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Period::Day(day) | Period::Span(_, day) => Some(day),
            Period::NotStated => None,
        }
    }

    /// In the order of time; what is not stated first.
    pub fn order(self) -> (Option<NaiveDate>, Option<NaiveDate>) {
        match self {
            Period::Day(day) => (Some(day), None),
            Period::Span(from, to) => (Some(to), Some(from)),
            Period::NotStated => (None, None),
        }
    }

    /// So many whole months from the first of one; `None` for any other span.
    fn months(self) -> Option<(i32, u32, u32)> {
        let Period::Span(from, to) = self else { return None };
        if from.day() != 1 || to.succ_opt()?.day() != 1 {
            return None;
        }
        let count = (to.year() - from.year()) * 12 + to.month() as i32 - from.month() as i32 + 1;
        Some((from.year(), from.month(), u32::try_from(count).ok()?))
    }

    /// The same days a year before; 29 February becomes the 28th, and a month's last day stays one.
    pub fn year_before(self) -> Option<Period> {
        let back = |day: NaiveDate| {
            let is_last = day.succ_opt().is_some_and(|next| next.day() == 1);
            let then = day.checked_sub_months(Months::new(12))?;
            if is_last { then.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt() } else { Some(then) }
        };
        match self {
            Period::Day(day) => back(day).map(Period::Day),
            Period::Span(from, to) => Period::span(from.checked_sub_months(Months::new(12))?, back(to)?),
            Period::NotStated => None,
        }
    }

    /// The same length just before: quarter and quarter, month and month, year and year. `None` of a day, of other spans, and of what is
    /// counted on from 1 January (6 or 9 months), for nobody counts the nine months before.
    pub fn before(self) -> Option<Period> {
        let (_, month, count) = self.months()?;
        if month == 1 && !matches!(count, 1 | 3) && count % 12 != 0 {
            return None;
        }
        let Period::Span(from, _) = self else { return None };
        Period::span(from.checked_sub_months(Months::new(count))?, from.pred_opt()?)
    }

    /// The day as of which a year that holds it was opened: 31 December before.
    pub fn opening(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.last_day()?.year().checked_sub(1)?, 12, 31)
    }

    /// How many days it is long; of a day none.
    pub fn days(self) -> Option<i64> {
        match self {
            Period::Span(from, to) => Some((to - from + Duration::days(1)).num_days()),
            _ => None,
        }
    }

    /// `Quý III/2026`, `9 tháng năm 2026`, `30/9/2026`: as a column is headed.
    pub fn named(self, lang: Lang) -> String {
        match (lang, self) {
            (Lang::Vi, Period::NotStated) => NOT_STATED[0].to_owned(),
            (Lang::En, Period::NotStated) => NOT_STATED[1].to_owned(),
            (_, Period::Day(day)) => written(day, lang),
            (_, Period::Span(from, to)) => match self.months() {
                Some((year, 1, 12)) => {
                    if lang == Lang::Vi {
                        format!("Năm {year}")
                    } else {
                        year.to_string()
                    }
                }
                Some((year, month, 3)) if month % 3 == 1 => {
                    let quarter = ROMAN[(month / 3) as usize % 4];
                    if lang == Lang::Vi { format!("Quý {quarter}/{year}") } else { format!("Q{} {year}", month / 3 + 1) }
                }
                Some((year, 1, 6)) => {
                    if lang == Lang::Vi {
                        format!("6 tháng đầu năm {year}")
                    } else {
                        format!("First half of {year}")
                    }
                }
                Some((year, 7, 6)) => {
                    if lang == Lang::Vi {
                        format!("6 tháng cuối năm {year}")
                    } else {
                        format!("Second half of {year}")
                    }
                }
                Some((year, month, 1)) => match lang {
                    Lang::Vi => format!("Tháng {month}/{year}"),
                    Lang::En => format!("{} {year}", MONTHS_EN[(month - 1) as usize % 12]),
                },
                Some((year, 1, count)) if count < 12 => match lang {
                    Lang::Vi => format!("{count} tháng năm {year}"),
                    Lang::En => format!("Jan–{} {year}", MONTHS_EN[(count - 1) as usize % 12]),
                },
                _ => format!("{}–{}", written(from, lang), written(to, lang)),
            },
        }
    }

    /// The same within a sentence: `đến 30/9/2026`, `trong quý III/2026`.
    pub fn told(self, lang: Lang) -> String {
        match (lang, self) {
            (_, Period::NotStated) => self.named(lang),
            (Lang::Vi, Period::Day(day)) => format!("đến {}", written(day, lang)),
            (Lang::En, Period::Day(day)) => format!("as of {}", written(day, lang)),
            (Lang::Vi, _) => format!("trong {}", lowered(&self.named(lang))),
            (Lang::En, _) => format!("in {}", self.named(lang)),
        }
    }
}

fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// `30/9/2026`, as offices write a day of statistics; `30 Sep 2026`.
fn written(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{}/{}/{}", day.day(), day.month(), day.year()),
        Lang::En => format!("{} {} {}", day.day(), MONTHS_EN[day.month0() as usize % 12], day.year()),
    }
}

/// As [`Period::read`] reads it.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Day(day) => write!(f, "{day}"),
            Period::Span(from, to) => write!(f, "{from}/{to}"),
            Period::NotStated => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn whole_months_are_called_as_offices_call_them() {
        let named = |text: &str, lang| Period::read(text).map(|period| period.named(lang));
        for (text, vi, en) in [
            ("2026-09-30", "30/9/2026", "30 Sep 2026"),
            ("2026-07-01/2026-09-30", "Quý III/2026", "Q3 2026"),
            ("2026-01-01/2026-09-30", "9 tháng năm 2026", "Jan–Sep 2026"),
            ("2026-01-01/2026-06-30", "6 tháng đầu năm 2026", "First half of 2026"),
            ("2026-07-01/2026-12-31", "6 tháng cuối năm 2026", "Second half of 2026"),
            ("2026-01-01/2026-01-31", "Tháng 1/2026", "Jan 2026"),
            ("2024-02-01/2024-02-29", "Tháng 2/2024", "Feb 2024"),
            ("2024-02-01/2024-02-28", "1/2/2024–28/2/2024", "1 Feb 2024–28 Feb 2024"),
            ("2025-01-01/2025-12-31", "Năm 2025", "2025"),
            ("2025-10-01/2026-03-31", "1/10/2025–31/3/2026", "1 Oct 2025–31 Mar 2026"),
            ("", "không nêu thời điểm", "date not stated"),
        ] {
            assert_eq!(named(text, Lang::Vi).as_deref(), Some(vi));
            assert_eq!(named(text, Lang::En).as_deref(), Some(en));
        }
        for wrong in ["30/9/2026", "2026-13-01", "2026-09-30/2026-01-01", "2026", "/"] {
            assert_eq!(Period::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_came_before_is_as_long_and_the_year_before_ends_where_its_month_ends() {
        let read = |text: &str| Period::read(text).expect("a period");
        assert_eq!(read("2026-07-01/2026-09-30").before(), Some(read("2026-04-01/2026-06-30")));
        assert_eq!(read("2026-01-01/2026-12-31").before(), Some(read("2025-01-01/2025-12-31")));
        assert_eq!(read("2026-09-30").before(), None);
        assert_eq!(read("2025-02-28").year_before(), Some(read("2024-02-29")));
        assert_eq!(read("2024-02-01/2024-02-29").year_before(), Some(read("2023-02-01/2023-02-28")));
        assert_eq!(read("2026-09-30").opening(), NaiveDate::from_ymd_opt(2025, 12, 31));
    }

    proptest! {
        #[test]
        fn a_period_is_read_as_it_was_written(from in 0i64..200_000, length in 0i64..4_000, is_day: bool) {
            let day = |days| NaiveDate::from_ymd_opt(1900, 1, 1).and_then(|first| first.checked_add_signed(Duration::days(days)));
            let (from, to) = (day(from).expect("a day"), day(from + length).expect("a day"));
            let period = if is_day { Period::Day(from) } else { Period::Span(from, to) };
            prop_assert_eq!(Period::read(&period.to_string()), Some(period));
            prop_assert!(!period.named(Lang::Vi).is_empty() && !period.named(Lang::En).is_empty());
            let _ = (period.before(), period.year_before());
        }
    }
}
