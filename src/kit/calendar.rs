//! Days and hours as they are written in Viet Nam. Stored times are UTC; shown times are UTC+7, without
//! daylight saving since 1975.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, Timelike};

use super::clock::{Moment, NEVER};
use super::fold::capitalised;
use super::words::{Lang, Words};
use crate::phrase;

const OFFSET: Duration = Duration::hours(7);

/// The wall clock in Viet Nam at a moment.
pub fn local(at: Moment) -> NaiveDateTime {
    at.checked_add_signed(OFFSET).unwrap_or(at)
}

/// The moment at which the wall clock in Viet Nam shows this.
pub fn utc(local: NaiveDateTime) -> Moment {
    local.checked_sub_signed(OFFSET).unwrap_or(local)
}

/// The first moment of a day in Viet Nam.
pub fn midnight(day: NaiveDate) -> Moment {
    utc(day.and_time(chrono::NaiveTime::MIN))
}

/// `2027-05-01`, as a form or a program sends it; years as in files.
pub fn read_day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok().filter(|day| (1900..3000).contains(&day.year()))
}

/// Whether a day begins in Viet Nam at this moment.
pub fn is_midnight(at: Moment) -> bool {
    local(at).time() == chrono::NaiveTime::MIN
}

/// When today ends in Viet Nam.
pub fn tomorrow(at: Moment) -> Moment {
    local(at).date().succ_opt().map_or(NEVER, midnight)
}

/// The first moment of the year after this one, in Viet Nam.
pub fn new_year(at: Moment) -> Moment {
    NaiveDate::from_ymd_opt(local(at).year() + 1, 1, 1).map_or(NEVER, midnight)
}

/// A month as one number that sorts: 202611.
pub fn month_number(at: Moment) -> i32 {
    let day = local(at).date();
    day.year() * 100 + day.month() as i32
}

/// `17/06/2021`.
pub fn day(day: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// `17/06/2021 10:18`, or the day alone when the hour is not known.
pub fn short(at: Moment, day_only: bool) -> String {
    let at = local(at);
    if day_only { day(at.date()) } else { format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute()) }
}

/// The same for a reader: `17/06/2021 10:18`; in English `17 Jun 2021, 10:18`, where nobody reads the day for the month.
pub fn brief(at: Moment, day_only: bool, words: &Words, lang: Lang) -> String {
    let at = local(at);
    let date = brief_day(at.date(), words, lang);
    if day_only {
        return date;
    }
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    words.say(lang, &phrase!("calendar-brief-time", date = date, time = time))
}

/// `17/06/2021`, or `17 Jun 2021`.
pub fn brief_day(date: NaiveDate, words: &Words, lang: Lang) -> String {
    let month: String = words.text(lang, MONTHS[date.month0() as usize]).chars().take(3).collect();
    words.say(lang, &phrase!("calendar-brief", day = date.day(), month_name = month, year = date.year(), written = day(date)))
}

/// `Thứ Năm, 17/06/2021, 10:18`: as the press writes it; in English `Thursday 17 June 2021, 10:18`.
pub fn long(at: Moment, day_only: bool, words: &Words, lang: Lang) -> String {
    let at = local(at);
    let weekday = words.text(lang, WEEKDAYS[at.weekday().num_days_from_monday() as usize]);
    let date = written(at.date(), words, lang);
    if day_only {
        words.say(lang, &phrase!("calendar-long", weekday = weekday, date = date))
    } else {
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        words.say(lang, &phrase!("calendar-long-time", weekday = weekday, date = date, time = time))
    }
}

/// `17/06/2021`; in English `17 June 2021`.
pub fn written(date: NaiveDate, words: &Words, lang: Lang) -> String {
    let name = words.text(lang, MONTHS[date.month0() as usize]);
    let phrase =
        phrase!("calendar-date", day = date.day(), month = date.month(), year = date.year(), written = day(date), month_name = name);
    words.say(lang, &phrase)
}

/// `thứ Sáu 06/11/2026` within a sentence; in English `Friday 6 November 2026`.
pub fn running(date: NaiveDate, words: &Words, lang: Lang) -> String {
    let weekday = words.text(lang, WEEKDAYS[date.weekday().num_days_from_monday() as usize]);
    // Sunday has no number, and keeps its capital.
    let weekday = weekday.strip_prefix("Thứ").map_or(weekday.clone(), |rest| format!("thứ{rest}"));
    words.say(lang, &phrase!("calendar-running", weekday = weekday, date = written(date, words, lang)))
}

/// `16:00 thứ Sáu 06/11/2026` within a sentence.
pub fn running_time(at: Moment, words: &Words, lang: Lang) -> String {
    let at = local(at);
    let time = format!("{:02}:{:02}", at.hour(), at.minute());
    words.say(lang, &phrase!("calendar-running-time", time = time, date = running(at.date(), words, lang)))
}

/// `Tháng 11`, where the year stands above.
pub fn month_alone(number: i32, words: &Words, lang: Lang) -> String {
    capitalised(&words.text(lang, month_name(number)))
}

fn month_name(number: i32) -> &'static str {
    usize::try_from(number % 100 - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or(MONTHS[0])
}

/// `Tháng 11 năm 2026`.
pub fn month(number: i32, words: &Words, lang: Lang) -> String {
    let (year, month) = (number / 100, number % 100);
    words.say(lang, &phrase!("calendar-month", month = month, year = year, month_name = words.text(lang, month_name(number))))
}

/// RFC 3339 with the offset of Viet Nam, or the date alone when the hour is not known.
pub fn iso(at: Moment, day_only: bool) -> String {
    let at = local(at);
    // As chrono writes them itself, which is several times as fast as a pattern; a bulletin has a thousand.
    if day_only { at.date().to_string() } else { format!("{:?}+07:00", at.with_nanosecond(0).unwrap_or(at)) }
}

/// RFC 3339, always with a time: what Atom and logs want.
pub fn rfc3339(at: Moment) -> String {
    iso(at, false)
}

/// RFC 822 with the offset of Viet Nam and, as everybody writes it since RFC 1123, a year of four digits: what RSS wants.
pub fn rfc822(at: Moment) -> String {
    local(at).format("%a, %d %b %Y %H:%M:%S +0700").to_string()
}

const WEEKDAYS: [&str; 7] = [
    "calendar-monday",
    "calendar-tuesday",
    "calendar-wednesday",
    "calendar-thursday",
    "calendar-friday",
    "calendar-saturday",
    "calendar-sunday",
];

const MONTHS: [&str; 12] = [
    "calendar-january",
    "calendar-february",
    "calendar-march",
    "calendar-april",
    "calendar-may",
    "calendar-june",
    "calendar-july",
    "calendar-august",
    "calendar-september",
    "calendar-october",
    "calendar-november",
    "calendar-december",
];
