//! Days as a workbook counts them. In the system of 1900 day 1 is 01/01/1900, and day 60 is a 29/02/1900 that never was: it was
//! taken over from Lotus 1-2-3 ([MS-XLS] 2.5.165 and Microsoft's article 214326). In that of 1904 day 0 is 01/01/1904.

use chrono::{Days, NaiveDate, NaiveDateTime, TimeDelta};

use super::Value;
use super::form::{Counts, Look};
use super::number;

/// 31/12/9999.
const LAST: f64 = 2_958_465.0;
/// The day that never was.
const NEVER: u64 = 60;

/// What a number is under its format; `written` is how it stands in the file, for one that no Decimal holds. A number before
/// the first day, or after the last, is shown by no format as a day, and stays a number.
pub(super) fn value(number: f64, written: &str, look: &Look, is_1904: bool) -> Value {
    if look.counts != Counts::Things
        && let Some(value) = day(number, look.counts, is_1904)
    {
        return value;
    }
    number::of_text(written).map_or_else(|| Value::Text(written.to_owned()), Value::Number)
}

fn day(number: f64, counts: Counts, is_1904: bool) -> Option<Value> {
    if !(0.0..LAST + 1.0).contains(&number) {
        return None;
    }
    // To the millisecond: a third of a day has no end as a double, and 10:18 should not become 10:17:59.
    let parts = (number.fract() * 86_400_000.0).round() as i64;
    let whole = number.trunc() as u64;
    // A formula that points to an empty cell comes to nought, and no office wrote 00/01/1900.
    if !is_1904 && whole == 0 && counts == Counts::Days {
        return None;
    }
    if !is_1904 && whole == NEVER {
        return Some(Value::Text("29/02/1900".to_owned()));
    }
    let first = if is_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?
    } else if whole < NEVER {
        NaiveDate::from_ymd_opt(1899, 12, 31)?
    } else {
        NaiveDate::from_ymd_opt(1899, 12, 30)?
    };
    let date = first.checked_add_days(Days::new(whole))?;
    if counts == Counts::Days {
        return Some(Value::Day(date));
    }
    date.and_hms_opt(0, 0, 0)?.checked_add_signed(TimeDelta::milliseconds(parts)).map(Value::Time)
}

/// `2026-03-31`, `2026-03-31T10:18:00` or `10:18:00` (ISO 8601, as ODS and newer XLSX write it). `counts` as the format shows it, where that
/// is known. `None` for anything else.
pub(super) fn of_iso(text: &str, counts: Option<Counts>) -> Option<Value> {
    let text = text.trim().trim_end_matches('Z');
    if text.len() > 40 || !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let clock = |time: &str| chrono::NaiveTime::parse_from_str(time, "%H:%M:%S%.f").ok();
    if text.get(2..3) == Some(":") {
        return Some(Value::Time(NaiveDate::from_ymd_opt(1899, 12, 31)?.and_time(clock(text)?)));
    }
    let (day, time) = text.split_once('T').map_or((text, None), |(day, time)| (day, Some(time)));
    let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?;
    let at: NaiveDateTime = match time {
        Some(time) => date.and_time(clock(time)?),
        None => date.and_hms_opt(0, 0, 0)?,
    };
    let shows_hours = counts.map_or(time.is_some(), |counts| counts == Counts::Hours);
    Some(if shows_hours { Value::Time(at) } else { Value::Day(date) })
}

/// `PT12H30M00S`, counted from day 0 as XLSX counts it. `None` for anything else.
pub(super) fn of_duration(text: &str) -> Option<Value> {
    let rest = text.trim().strip_prefix('P')?;
    let (days, rest) = rest.split_once('T').unwrap_or((rest, ""));
    let days = match days.strip_suffix('D') {
        Some(days) => days.parse::<u32>().ok()?,
        None if days.is_empty() => 0,
        None => return None,
    };
    let mut milliseconds = i64::from(days) * 86_400_000;
    let mut rest = rest;
    for (unit, size) in [('H', 3_600_000), ('M', 60_000)] {
        if let Some((count, after)) = rest.split_once(unit) {
            milliseconds = milliseconds.checked_add(i64::from(count.parse::<u32>().ok()?) * size)?;
            rest = after;
        }
    }
    if let Some(seconds) = rest.strip_suffix('S') {
        let seconds: f64 = seconds.parse().ok().filter(|seconds| (0.0..1e9).contains(seconds))?;
        milliseconds = milliseconds.checked_add((seconds * 1000.0).round() as i64)?;
    } else if !rest.is_empty() {
        return None;
    }
    day(milliseconds as f64 / 86_400_000.0, Counts::Hours, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(number: f64, counts: Counts, is_1904: bool) -> String {
        match value(number, &number.to_string(), &Look { counts, ..Look::default() }, is_1904) {
            Value::Day(day) => day.to_string(),
            Value::Time(time) => time.to_string(),
            Value::Text(text) => format!("text {text}"),
            Value::Number(number) => format!("number {number}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        for (number, is_1904, day) in [
            (0.0, false, "number 0"),
            (1.0, false, "1900-01-01"),
            (59.0, false, "1900-02-28"),
            (60.0, false, "text 29/02/1900"),
            (61.0, false, "1900-03-01"),
            (46_112.0, false, "2026-03-31"),
            (46_112.75, false, "2026-03-31"),
            (44_650.0, true, "2026-03-31"),
            (0.0, true, "1904-01-01"),
            (60.0, true, "1904-03-01"),
            (2_958_465.0, false, "9999-12-31"),
            (2_958_466.0, false, "number 2958466"),
            (-1.0, false, "number -1"),
            (f64::NAN, false, "text NaN"),
        ] {
            assert_eq!(told(number, Counts::Days, is_1904), day, "{number}");
        }
        assert_eq!(told(46_112.0 + 10.3 / 24.0, Counts::Hours, false), "2026-03-31 10:18:00");
        assert_eq!(told(46_112.999_999_999_9, Counts::Hours, false), "2026-04-01 00:00:00");
        assert_eq!(told(0.5, Counts::Hours, false), "1899-12-31 12:00:00");
    }

    #[test]
    fn days_written_out_are_read() {
        let iso = |text: &str| of_iso(text, None).map(|value| format!("{value:?}"));
        assert_eq!(iso("2026-03-31").as_deref(), Some("Day(2026-03-31)"));
        assert_eq!(iso("2026-03-31T10:18:00").as_deref(), Some("Time(2026-03-31T10:18:00)"));
        assert_eq!(iso("2026-03-31T10:18:00.500Z").as_deref(), Some("Time(2026-03-31T10:18:00.500)"));
        assert_eq!(iso("10:18:00").as_deref(), Some("Time(1899-12-31T10:18:00)"));
        for no in ["", "10:18 AM", "31/03/2026", "2026-13-01", "+999999999-01-01", "2026-02-29", "T10:00:00"] {
            assert_eq!(iso(no), None, "{no}");
        }
        let duration = |text: &str| of_duration(text).map(|value| format!("{value:?}"));
        assert_eq!(duration("PT07H30M00S").as_deref(), Some("Time(1899-12-31T07:30:00)"));
        assert_eq!(duration("PT30H00M00.5S").as_deref(), Some("Time(1900-01-01T06:00:00.500)"));
        assert_eq!(duration("P1DT2H").as_deref(), Some("Time(1900-01-01T02:00:00)"));
        for no in ["", "P1Y", "PT", "PT1X", "-PT1H", "PT-1H", "PT99999999999H", "PT1e300S"].iter().filter(|no| **no != "PT") {
            assert_eq!(duration(no), None, "{no}");
        }
    }
}
