//! Days and spans as offices write them: `30/9/2026`, `ngày 30 tháng 9 năm 2026`, `Quý III/2026`, `9 tháng năm 2026`, `tính đến hết
//! tháng 7/2026`. Day before month, always. What may be two days, or no day, is asked.

use chrono::{Datelike, Months, NaiveDate};

use super::tidy::tidied;
use crate::kit::period::{NOT_STATED, Period};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayRead {
    Period(Period),
    /// The readings that there are, the likelier first; none where something is missing.
    Doubt(Why, Vec<Period>),
    NotADay,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// `30/9/26`
    Century,
    /// `1/7`: a day without its year, or a fraction, or a name.
    NoYear { day: u32, month: u32 },
    /// `đến tháng 7/2026`: with that month, or without it. `đến hết` says so.
    Until,
    /// `2026`, `2021-2025`: years, or numbers.
    BareNumber,
}

/// What one text says of time; empty is `NotStated`. Days lie in the years 1900 to 2999.
pub fn day(text: &str) -> DayRead {
    let Some(text) = tidied(text).map(|text| text.to_lowercase()) else { return DayRead::NotADay };
    if text == NOT_STATED[0] {
        return DayRead::Period(Period::NotStated);
    }
    if let Some(period) = Period::read(&text) {
        return DayRead::Period(period);
    }
    let words = words(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    // `trong quý III/2026`; of a single day nobody says so.
    if let ["trong", rest @ ..] = words.as_slice() {
        return named(rest).unwrap_or(DayRead::NotADay);
    }
    until(&words).or_else(|| one(&words)).or_else(|| range(&words)).unwrap_or(DayRead::NotADay)
}

/// Words, numbers and signs, each by itself: `9t/2026` is `9 t / 2026`.
fn words(text: &str) -> Vec<String> {
    #[derive(PartialEq)]
    enum Sort {
        Number,
        Word,
        Sign,
        Gap,
    }
    let mut words: Vec<String> = Vec::new();
    let mut before = Sort::Gap;
    for c in text.chars() {
        let sort = match c {
            ' ' | ',' => Sort::Gap,
            c if c.is_ascii_digit() => Sort::Number,
            c if c.is_alphabetic() => Sort::Word,
            _ => Sort::Sign,
        };
        let c = if c == '—' { '–' } else { c };
        match words.last_mut() {
            Some(last) if sort == before && matches!(sort, Sort::Number | Sort::Word) => last.push(c),
            _ if sort != Sort::Gap => words.push(c.to_string()),
            _ => {}
        }
        before = sort;
    }
    words
}

/// `tính đến hết tháng 7/2026`: as of its last day.
fn until(words: &[&str]) -> Option<DayRead> {
    let words = words.strip_prefix(&["tính"]).unwrap_or(words);
    let words = words.strip_prefix(&["đến"]).or_else(|| words.strip_prefix(&["tới"]))?;
    let words = words.strip_prefix(&["thời", "điểm"]).unwrap_or(words);
    let (words, is_closed) = closed(words);
    Some(match one(words)? {
        DayRead::Period(Period::NotStated) => return None,
        DayRead::Period(period) => {
            let last = Period::Day(period.last_day()?);
            let is_day = matches!(period, Period::Day(_));
            if is_day || is_closed {
                DayRead::Period(last)
            } else {
                DayRead::Doubt(Why::Until, vec![last, Period::Day(period.first_day()?.pred_opt()?)])
            }
        }
        DayRead::Doubt(Why::BareNumber, readings) => {
            let ends = readings.into_iter().filter_map(Period::last_day).map(Period::Day).collect();
            DayRead::Doubt(Why::BareNumber, ends)
        }
        other => other,
    })
}

/// Without `hết` or `cuối`, and whether there was one.
fn closed<'w, 't>(words: &'w [&'t str]) -> (&'w [&'t str], bool) {
    match words {
        ["hết" | "cuối", rest @ ..] => (rest, true),
        _ => (words, false),
    }
}

/// A day, or a span that has a name.
fn one(words: &[&str]) -> Option<DayRead> {
    let words = match words {
        ["ngày", "mùng" | "mồng", rest @ ..] | ["ngày" | "mùng" | "mồng", rest @ ..] => {
            // A day by its number, or the word was of something else.
            return numbered(rest);
        }
        words => words,
    };
    numbered(words).or_else(|| named(words))
}

fn named(words: &[&str]) -> Option<DayRead> {
    let period = match words {
        ["năm", y] | ["cả", "năm", y] => months(year(y)?, 1, 12),
        ["tháng", m, "năm" | "/" | "-", y] => months(year(y)?, number(m, 1..=12)?, 1),
        [m, "/" | "-", y] if m.len() <= 2 && y.len() == 4 => months(year(y)?, number(m, 1..=12)?, 1),
        [y, "-", m] if y.len() == 4 && m.len() == 2 => months(year(y)?, number(m, 1..=12)?, 1),
        ["quý" | "q", q, "năm" | "/" | "-", y] | ["quý", q, "/", "năm", y] | ["quý" | "q", q, y] => quarter(q, y),
        [q, "/" | "-", y] | [q, "năm", y] | [q, y] if q.starts_with('q') => quarter(q.strip_prefix('q')?, y),
        [n, "tháng" | "t", "đầu", "năm", y] | [n, "tháng" | "t", "năm" | "/", y] | [n, "tháng" | "t", y] => {
            months(year(y)?, 1, count(n)?)
        }
        [n, "tháng" | "t", "cuối", "năm", y] => count(n).and_then(|n| months(year(y)?, 13 - n, n)),
        ["giai", "đoạn", from, "-" | "–" | "đến", to] => years(from, to),
        [y] if y.len() == 4 => return Some(DayRead::Doubt(Why::BareNumber, vec![months(year(y)?, 1, 12)?])),
        [from, "-" | "–", to] if from.len() == 4 && to.len() == 4 => {
            return Some(DayRead::Doubt(Why::BareNumber, vec![years(from, to)?]));
        }
        _ => None,
    };
    period.map(DayRead::Period)
}

/// `30/9/2026`, `30 tháng 9 năm 2026`, `30/9`.
fn numbered(words: &[&str]) -> Option<DayRead> {
    let (d, m, y) = match words {
        [y, a @ ("/" | "-"), m, b, d] if a == b && y.len() == 4 => (d, m, Some(y)),
        [d, a @ ("/" | "-" | "."), m, b, y] if a == b => (d, m, Some(y)),
        [d, "tháng", m, "năm" | "/" | "-", y] => (d, m, Some(y)),
        [d, "/" | "tháng", m] => (d, m, None),
        _ => return None,
    };
    let (d, m) = (number(d, 1..=31)?, number(m, 1..=12)?);
    let Some(y) = y else {
        // Any year with a 29 February, for nobody knows which it is.
        return NaiveDate::from_ymd_opt(2000, m, d).map(|_| DayRead::Doubt(Why::NoYear { day: d, month: m }, Vec::new()));
    };
    if y.len() == 2 {
        let short: i32 = y.parse().ok()?;
        let readings: Vec<Period> =
            [2000, 1900].iter().filter_map(|century| NaiveDate::from_ymd_opt(century + short, m, d)).map(Period::Day).collect();
        return (!readings.is_empty()).then_some(DayRead::Doubt(Why::Century, readings));
    }
    NaiveDate::from_ymd_opt(year(y)?, m, d).map(|day| DayRead::Period(Period::Day(day)))
}

/// `từ 01/01 đến 30/9/2026`, `01/01–30/09/2026`, `từ đầu năm đến hết tháng 9/2026`.
fn range(words: &[&str]) -> Option<DayRead> {
    let words = words.strip_prefix(&["từ"]).unwrap_or(words);
    if let Some(period) = months_between(words) {
        return Some(DayRead::Period(period));
    }
    // A hyphen may as well stand within a day; only one of them can have a day on either side.
    let signs = words.iter().enumerate().filter(|(_, word)| matches!(**word, "đến" | "–" | "-"));
    signs.map(|(at, _)| (&words[..at], closed(&words[at + 1..]).0)).find_map(|(left, right)| between(left, right)).map(DayRead::Period)
}

/// `tháng 1–9/2026`, `tháng 1 đến hết tháng 9 năm 2026`.
fn months_between(words: &[&str]) -> Option<Period> {
    let ["tháng", from, "-" | "–" | "đến", rest @ ..] = words else { return None };
    let rest = closed(rest).0;
    let [to, "năm" | "/", y] = rest.strip_prefix(&["tháng"]).unwrap_or(rest) else { return None };
    let (from, to) = (number(from, 1..=12)?, number(to, 1..=12)?);
    months(year(y)?, from, (to + 1).checked_sub(from).filter(|count| *count > 0)?)
}

fn between(left: &[&str], right: &[&str]) -> Option<Period> {
    let DayRead::Period(right) = one(right)? else { return None };
    let last = right.last_day()?;
    let from = match left {
        ["đầu", "năm"] => NaiveDate::from_ymd_opt(last.year(), 1, 1)?,
        ["đầu", "năm", y] => NaiveDate::from_ymd_opt(year(y)?, 1, 1)?,
        left => match one(left)? {
            DayRead::Period(left) => left.first_day()?,
            // The year is said once for both; one that passes from December to January says it twice.
            DayRead::Doubt(Why::NoYear { day, month }, _) => NaiveDate::from_ymd_opt(last.year(), month, day)?,
            _ => return None,
        },
    };
    Period::span(from, last)
}

fn months(year: i32, month: u32, count: u32) -> Option<Period> {
    let from = NaiveDate::from_ymd_opt(year, month, 1)?;
    Period::span(from, from.checked_add_months(Months::new(count))?.pred_opt()?)
}

fn years(from: &str, to: &str) -> Option<Period> {
    Period::span(NaiveDate::from_ymd_opt(year(from)?, 1, 1)?, NaiveDate::from_ymd_opt(year(to)?, 12, 31)?)
}

fn quarter(written: &str, y: &str) -> Option<Period> {
    let number = match written {
        "1" | "i" | "một" => 1,
        "2" | "ii" | "hai" => 2,
        "3" | "iii" | "ba" => 3,
        "4" | "iv" | "tư" => 4,
        _ => return None,
    };
    months(year(y)?, number * 3 - 2, 3)
}

/// A number of months, of which the usual ones are also spelt out.
fn count(written: &str) -> Option<u32> {
    match written {
        "ba" => Some(3),
        "sáu" => Some(6),
        "chín" => Some(9),
        written => number(written, 1..=12),
    }
}

/// One or two digits.
fn number(written: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    (written.len() <= 2).then(|| written.parse().ok())?.filter(|number| range.contains(number))
}

fn year(written: &str) -> Option<i32> {
    (written.len() == 4).then(|| written.parse().ok())?.filter(|year| (1900..3000).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        match day(text) {
            DayRead::Period(period) => period.to_string(),
            DayRead::Doubt(why, readings) => format!("{why:?} {}", readings.iter().map(Period::to_string).collect::<Vec<_>>().join(" | ")),
            DayRead::NotADay => "not".to_owned(),
        }
    }

    fn all_told(table: &[(&str, &str)]) {
        let wrong: Vec<_> = table
            .iter()
            .map(|(texts, is)| (texts, is))
            .flat_map(|(texts, is)| texts.split('|').map(move |text| (text, is, told(text))))
            .filter(|(_, is, told)| told != *is)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn days_and_spans_are_read_as_offices_write_them() {
        all_told(&[
            (
                "30/9/2026|30-09-2026|30.9.2026|2026-09-30|2026/09/30|ngày 30 tháng 9 năm 2026|30 tháng 9 năm 2026|Ngày 30/09/2026|30 tháng 9/2026|３０/９/２０２６",
                "2026-09-30",
            ),
            ("ngày mùng 8 tháng 3 năm 2024|ngày 08/03/2024|mồng 8/3/2024", "2024-03-08"),
            (
                "đến 30/6/2017|tính đến 30/6/2017|tính đến ngày 30/6/2017|đến hết ngày 30 tháng 6 năm 2017|đến thời điểm 30/6/2017|đến hết tháng 6/2017",
                "2017-06-30",
            ),
            ("tính đến hết tháng 7/2026|tính đến hết tháng 7 năm 2026|đến cuối tháng 7/2026", "2026-07-31"),
            ("đến hết quý III/2026|đến hết 9 tháng năm 2026", "2026-09-30"),
            ("đến hết năm 2025", "2025-12-31"),
            ("9/2026|Tháng 9/2026|tháng 9 năm 2026|tháng 09-2026|2026-09", "2026-09-01/2026-09-30"),
            (
                "Quý III/2026|quý 3 năm 2026|Q3/2026|quý III năm 2026|QUÝ III-2026|Q3-2026|QIII/2026|quý ba năm 2026|Q3 2026|trong quý III/2026",
                "2026-07-01/2026-09-30",
            ),
            ("quý tư năm 2026|Q4/2026|quý IV/2026", "2026-10-01/2026-12-31"),
            ("6 tháng đầu năm 2026|sáu tháng đầu năm 2026|6T/2026|6 tháng năm 2026|6T đầu năm 2026", "2026-01-01/2026-06-30"),
            ("6 tháng cuối năm 2026", "2026-07-01/2026-12-31"),
            (
                "9 tháng năm 2026|9T/2026|9T2026|9 tháng đầu năm 2026|9 tháng/2026|9 tháng 2026|tháng 1–9/2026|tháng 1 đến tháng 9 năm 2026|từ tháng 1 đến tháng 9/2026|từ tháng 1 đến hết tháng 9/2026",
                "2026-01-01/2026-09-30",
            ),
            (
                "01/01–30/09/2026|01/01/2026–30/09/2026|01/01/2026 - 30/09/2026|1/1-30/9/2026|từ 01/01 đến 30/9/2026|từ ngày 01/01/2026 đến ngày 30/9/2026|từ đầu năm đến 30/9/2026|từ đầu năm 2026 đến hết tháng 9/2026|2026-01-01/2026-09-30",
                "2026-01-01/2026-09-30",
            ),
            ("năm 2025|Năm 2025|cả năm 2025", "2025-01-01/2025-12-31"),
            ("giai đoạn 2021-2025|giai đoạn 2021 – 2025", "2021-01-01/2025-12-31"),
            ("15/12/2026–15/01/2027", "2026-12-15/2027-01-15"),
            ("29/2/2024", "2024-02-29"),
            ("|  |không nêu thời điểm", ""),
        ]);
    }

    #[test]
    fn what_may_be_two_days_or_none_is_asked_about() {
        all_told(&[
            ("30/9/26|30-9-26|ngày 30 tháng 9 năm 26", "Century 2026-09-30 | 1926-09-30"),
            ("29/2/00", "Century 2000-02-29"),
            ("1/7|01/07|ngày 1/7|ngày 1 tháng 7|đến 1/7", "NoYear { day: 1, month: 7 } "),
            ("29/2", "NoYear { day: 29, month: 2 } "),
            ("đến tháng 7/2026|tính đến tháng 7 năm 2026", "Until 2026-07-31 | 2026-06-30"),
            ("đến năm 2030", "Until 2030-12-31 | 2029-12-31"),
            ("2026", "BareNumber 2026-01-01/2026-12-31"),
            ("2020-2025|2020–2025", "BareNumber 2020-01-01/2025-12-31"),
        ]);
    }

    #[test]
    fn what_is_no_day_is_not_made_one() {
        all_told(&[(
            "30/2/2026|29/2/2026|9/30/2026|31/9/2026|13/2026|0/2026|1/7/20261|1/7/0026|30/9-2026|trong 30/9/2026|30 9 2026|1-7|1.7|24/30|quý V/2026|Q5/2026|13 tháng năm 2026|0 tháng năm 2026\
|từ đầu năm đến nay|từ 30/9/2026 đến 1/1/2026|15/12–15/01/2027|năm|tháng|đến|tính|/|–|Thôn 10|61.582|1.234.567|2026-13-01|2026-09-30/2026-01-01|30/9/2026 10:18|đến không nêu thời điểm|3/1899|3/3000",
            "not",
        )]);
        assert_eq!(day(&"1/".repeat(500)), DayRead::NotADay);
    }
}
