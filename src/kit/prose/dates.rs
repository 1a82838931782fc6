//! Dates as Vietnamese prose writes them: `18/12/2026`, `ngày 18 tháng 12 năm 2026`, `thứ Sáu, 18/12/2026`.

use chrono::{NaiveDate, Weekday};

const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("thứ hai", "thứ 2", Weekday::Mon),
    ("thứ ba", "thứ 3", Weekday::Tue),
    ("thứ tư", "thứ 4", Weekday::Wed),
    ("thứ năm", "thứ 5", Weekday::Thu),
    ("thứ sáu", "thứ 6", Weekday::Fri),
    ("thứ bảy", "thứ 7", Weekday::Sat),
    ("chủ nhật", "chúa nhật", Weekday::Sun),
];
/// Whatever of these stands shortly before a date, the date is the last on which something can be done.
const LIMITS: [&str; 8] = ["trước", "hạn cuối", "hạn chót", "chậm nhất", "muộn nhất", "hết hạn", "hạn nộp", "hạn đăng ký"];
/// Only where people are asked to do something: a report counts up to a day as well.
const ENDS: [&str; 4] = ["đến hết", "đến ngày", "đến hết ngày", "hết ngày"];
const ASKED: [&str; 10] = ["nộp", "đăng ký", "đăng kí", "tiếp nhận", "nhận hồ sơ", "góp ý", "từ ngày", "thời hạn", "niêm yết", "áp dụng"];
/// Between such words and their date: `trước 17 giờ 00, thứ Sáu ngày`.
const APART: usize = 7;
/// So much of a sentence is looked at, in bytes.
const SENTENCE: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// Where it begins and ends in the text.
    pub at: usize,
    pub end: usize,
    /// `None` for a day that no calendar has, such as 31/11.
    pub day: Option<NaiveDate>,
    /// As it is written before the date.
    pub weekday: Option<Weekday>,
    /// Something must be done by then.
    pub is_limit: bool,
}

pub fn dates(text: &str) -> Vec<Dated> {
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(at) = text[next..].find(|c: char| c.is_ascii_digit()).map(|at| at + next) {
        let is_inside = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | ',' | '-'));
        let Some((day, end)) = numeric(&text[at..]).or_else(|| in_words(&text[at..])).filter(|_| !is_inside) else {
            next = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - at);
            continue;
        };
        let before = sentence_before(&text[..at]);
        found.push(Dated { at, end: at + end, day, weekday: weekday(&before), is_limit: is_limit(&before) });
        next = at + end;
    }
    found
}

fn digits(text: &str, most: usize) -> Option<(u32, usize)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    if end == 0 || end > most {
        return None;
    }
    Some((text[..end].parse().ok()?, end))
}

/// `18/12/2026`; also with hyphens or points where that gives a day.
fn numeric(text: &str) -> Option<(Option<NaiveDate>, usize)> {
    let (day, mut at) = digits(text, 2)?;
    let sign = text[at..].chars().next().filter(|sign| matches!(sign, '/' | '-' | '.'))?;
    let (month, end) = digits(&text[at + 1..], 2)?;
    at += 1 + end;
    let (year, end) = digits(text[at..].strip_prefix(sign)?, 4)?;
    at += 1 + end;
    // The number of a document goes on: 12/11/2026/QĐ.
    let goes_on = text[at..].starts_with(|c: char| c.is_alphanumeric() || c == '/');
    if year < 1000 || goes_on {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    (sign == '/' || day.is_some()).then_some((day, at))
}

/// `18 tháng 12 năm 2026`.
fn in_words(text: &str) -> Option<(Option<NaiveDate>, usize)> {
    let (day, mut at) = digits(text, 2)?;
    let mut numbers = [0; 2];
    for (number, (word, most)) in numbers.iter_mut().zip([("tháng", 2), ("năm", 4)]) {
        let rest = text[at..].trim_start_matches([',', ' ', '\u{a0}', '\n']).strip_prefix(word)?.trim_start();
        let (value, end) = digits(rest, most)?;
        *number = value;
        at = text.len() - rest.len() + end;
    }
    let [month, year] = numbers;
    (year >= 1000).then(|| (NaiveDate::from_ymd_opt(year as i32, month, day), at))
}

/// What stands before a date in its sentence, in small letters and with plain spaces.
fn sentence_before(text: &str) -> String {
    let text = &text[text.floor_char_boundary(text.len().saturating_sub(SENTENCE))..];
    let begins = [". ", "! ", "? ", ";", "\n"].iter().filter_map(|end| text.rfind(end).map(|at| at + end.len())).max().unwrap_or(0);
    text[begins..].to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn weekday(before: &str) -> Option<Weekday> {
    let before = before.trim_end_matches([',', '(', ' ']);
    let before = before.strip_suffix("ngày").unwrap_or(before).trim_end_matches([',', '(', ' ']);
    WEEKDAYS.iter().find(|(name, number, _)| before.ends_with(name) || before.ends_with(number)).map(|(_, _, day)| *day)
}

fn is_limit(before: &str) -> bool {
    let stands_near = |word: &str| before.rfind(word).is_some_and(|at| before[at + word.len()..].split_whitespace().count() <= APART);
    LIMITS.iter().any(|word| stands_near(word))
        || (ENDS.iter().any(|word| stands_near(word)) && ASKED.iter().any(|word| before.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, Option<String>, Option<Weekday>, bool)> {
        dates(text)
            .into_iter()
            .map(|one| (text[one.at..one.end].to_owned(), one.day.map(|day| day.to_string()), one.weekday, one.is_limit))
            .collect()
    }

    #[test]
    fn dates_are_found_as_they_are_written() {
        let found = |text: &str| told(text).into_iter().map(|(written, day, ..)| (written, day.unwrap_or_default())).collect::<Vec<_>>();
        let one = |written: &str, day: &str| vec![(written.to_owned(), day.to_owned())];
        assert_eq!(found("vào 18/12/2026."), one("18/12/2026", "2026-12-18"));
        assert_eq!(found("ngày 5 tháng\u{a0}9, năm 2026"), one("5 tháng\u{a0}9, năm 2026", "2026-09-05"));
        assert_eq!(found("ngày 5-9-2026 hoặc 05.09.2026"), [one("5-9-2026", "2026-09-05"), one("05.09.2026", "2026-09-05")].concat());
        assert_eq!(found("ngày 31/11/2026"), one("31/11/2026", ""));
        for none in
            ["Nghị định 12/11/2026/NĐ-CP", "1.234.5678 đồng", "24/7", "30/9", "số 0912/3/2026", "2020-2025", "x1/2/2026", "từ 99.99.2026"]
        {
            assert_eq!(found(none), vec![], "{none}");
        }
    }

    #[test]
    fn a_weekday_belongs_to_the_date_behind_it() {
        for (text, day) in [
            ("Thứ Sáu, 18/12/2026", Some(Weekday::Fri)),
            ("vào thứ bảy ngày 19/12/2026", Some(Weekday::Sat)),
            ("Chủ nhật (20/12/2026)", Some(Weekday::Sun)),
            ("sáng thứ 5, ngày 17/12/2026", Some(Weekday::Thu)),
            ("thứ Hai và ngày 17/12/2026", None),
        ] {
            assert_eq!(told(text)[0].2, day, "{text}");
        }
    }

    #[test]
    fn a_limit_is_told_from_a_day_that_figures_are_counted_up_to() {
        for limit in [
            "Đăng ký với trưởng thôn trước ngày 05/9/2026",
            "Nộp chậm nhất 17 giờ 00, thứ Sáu ngày 18/12/2026",
            "Thời hạn nhận góp ý đến hết ngày 09/12/2026",
            "Niêm yết từ ngày 15/10/2026 đến hết ngày 16/11/2026",
        ] {
            assert!(told(limit).last().expect("a date").3, "{limit}");
        }
        for plain in [
            "Đến hết ngày 31/12/2023, dư nợ đạt 367.714 triệu đồng",
            "Chẳng hạn ngày 08/5/2027",
            "Hồ sơ nộp trước. Cuộc họp ngày 08/5/2027",
            "Xã họp ngày 18/12/2026",
        ] {
            assert!(!told(plain).last().expect("a date").3, "{plain}");
        }
    }
}
