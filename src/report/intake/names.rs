//! What is meant by a text of a spreadsheet: an indicator, a member, a unit, a measure, a period. The likeliest is proposed, never taken
//! unseen.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::kit::figure::dates::{self, DayRead};
use crate::kit::figure::measure;
use crate::kit::fold::fold;
use crate::kit::period::Period;
use crate::report::indicators::{Indicators, Nature};

/// Words of the rank that stand before a unit's name, folded.
const RANKS: [&str; 14] =
    ["tinh", "thanh pho", "xa", "phuong", "dac khu", "thi tran", "thi xa", "huyen", "quan", "tp", "tt", "tx", "p", "x"];
/// What offices call the whole.
const WHOLES: [&str; 12] = [
    "tong",
    "tong so",
    "tong cong",
    "cong",
    "tong chung",
    "toan tinh",
    "toan thanh pho",
    "toan huyen",
    "toan xa",
    "cong chung",
    "ca nam",
    "chung",
];
/// Syllables in a hundred that two names must share.
const ALIKE: usize = 60;

/// Folded, without its number (`1.`, `II.`, `a)`, `-`), marks of notes and signs.
pub fn bare(text: &str) -> String {
    let folded = fold(text);
    let mut rest = folded.trim().trim_start_matches(['-', '+', '*', '•', '–', ' ']);
    if let Some((number, tail)) =
        rest.split_once(['.', ')', '/']).filter(|(_, tail)| tail.starts_with(' ') || tail.starts_with(char::is_alphabetic))
    {
        let is_number = number.len() <= 5 && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || "ivxabcde".contains(c));
        if is_number {
            rest = tail;
        }
    }
    let spaced: String = rest.chars().map(|c| if c.is_alphanumeric() || c == '&' { c } else { ' ' }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn is_whole(text: &str) -> bool {
    let bare = bare(text);
    WHOLES.contains(&bare.as_str()) || bare.strip_prefix("tong cong ").or_else(|| bare.strip_prefix("tong so ")).is_some()
}

/// How alike two bare texts are, of a hundred.
fn likeness(one: &str, other: &str) -> usize {
    if one == other {
        return 100;
    }
    let (one, other): (BTreeSet<&str>, BTreeSet<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    let shared = one.intersection(&other).count();
    let all = one.union(&other).count().max(1);
    // A name with all its words in a longer head is meant by it.
    let within = if shared == other.len() && other.len() >= 2 { 70 } else { 0 };
    (shared * 99 / all).max(within)
}

/// The code whose names are likest. Of two alike none, but for the longer name: it says more.
fn likest<'n>(text: &str, names: impl Iterator<Item = (&'n str, String)>) -> Option<(usize, &'n str)> {
    let bare = bare(text);
    if bare.is_empty() {
        return None;
    }
    let mut best: Option<(usize, usize, &str)> = None;
    for (code, name) in names {
        let one = (likeness(&bare, &name), name.len(), code);
        if one.0 >= ALIKE && best.is_none_or(|best| (one.0, one.1) > (best.0, best.1)) {
            best = Some(one);
        }
    }
    best.map(|(score, _, code)| (score, code))
}

pub fn indicator<'k>(known: &'k Indicators, text: &str) -> Option<(usize, &'k str)> {
    // A head's measure and time are no part of the name.
    let text = text.split('(').next().unwrap_or_default();
    let names = known.indicators.iter().flat_map(|one| {
        let all = std::iter::once(&one.name).chain(&one.also).chain([&one.code].into_iter().filter(|_| true));
        all.map(move |name| (one.code.as_str(), bare(name)))
    });
    likest(text, names)
}

pub fn member<'k>(known: &'k Indicators, dimension: &str, text: &str) -> Option<(usize, &'k str)> {
    let members = known.dimension(dimension)?.members.iter();
    likest(text, members.flat_map(|one| std::iter::once(&one.name).chain(&one.also).map(move |name| (one.code.as_str(), bare(name)))))
}

/// `units`: code and name, as borne now. By the name alone or with its rank.
pub fn unit<'u>(units: &'u [(String, String)], text: &str) -> Option<(usize, &'u str)> {
    let wanted = without_rank(&bare(text));
    let found: Vec<&(String, String)> = units.iter().filter(|(_, name)| without_rank(&bare(name)) == wanted).collect();
    match found.as_slice() {
        [one] => Some((100, one.0.as_str())),
        // `Bến Gạo` and `Bến Gáo` without their marks: the marks decide.
        [_, ..] => {
            let exact = |name: &str| name.to_lowercase().ends_with(&text.trim().to_lowercase());
            let mut exact = found.iter().filter(|(_, name)| exact(name));
            exact.next().filter(|_| exact.next().is_none()).map(|one| (100, one.0.as_str()))
        }
        [] => None,
    }
}

fn without_rank(bare: &str) -> String {
    let rank = RANKS.iter().find(|rank| bare.strip_prefix(**rank).is_some_and(|rest| rest.starts_with(' ')));
    rank.map_or(bare, |rank| bare[rank.len()..].trim_start()).to_owned()
}

/// The code of a measure by how it is written: `trđ`, `ĐVT: triệu đồng`, `(%)`.
pub fn measure<'k>(known: &'k Indicators, written: &str) -> Option<&'k str> {
    let name = measure::named(written).unwrap_or_else(|| written.trim().to_lowercase());
    known.measures.iter().find(|one| one.name.to_lowercase() == name).map(|one| one.code.as_str())
}

/// A measure that a title or a head tells in passing.
pub fn measure_within<'k>(known: &'k Indicators, text: &str) -> Option<&'k str> {
    let lower = text.to_lowercase();
    for word in ["đơn vị tính", "đơn vị", "đvt"] {
        if let Some((_, rest)) = lower.split_once(word) {
            let rest = rest.trim_start_matches([':', ' ', '.']);
            let rest = rest.split([',', ';', ')', '\n']).next().unwrap_or_default();
            if let Some(code) = measure(known, rest) {
                return Some(code);
            }
        }
    }
    let inner = text.split('(').skip(1).filter_map(|rest| rest.split(')').next());
    inner.into_iter().find_map(|inner| measure(known, inner)).or_else(|| text.trim().ends_with('%').then(|| measure(known, "%")).flatten())
}

/// A period that a text tells, alone or within: `KẾT QUẢ … ĐẾN NGÀY 30/9/2026`.
pub fn period(text: &str) -> Option<Period> {
    let whole = |text: &str| match dates::day(text) {
        DayRead::Period(Period::NotStated) | DayRead::NotADay | DayRead::Doubt(..) => None,
        DayRead::Period(period) => Some(period),
    };
    if let Some(found) = whole(text) {
        return Some(found);
    }
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_matches(|c: char| "(),;:.".contains(c))).collect();
    // The longest stretch of words that tells one: of two as long the later, as titles have it.
    (1..=words.len().min(8)).rev().find_map(|length| words.windows(length).rev().find_map(|stretch| whole(&stretch.join(" "))))
}

/// The same time for a stock and for a flow: `30/9/2026` is that day, and what was counted from the year's first day to it.
pub fn fitted(period: Period, nature: Nature) -> Period {
    match (nature, period) {
        (Nature::Stock, Period::Span(_, to)) => Period::Day(to),
        (Nature::Flow, Period::Day(day)) => {
            NaiveDate::from_ymd_opt(day.year(), 1, 1).and_then(|from| Period::span(from, day)).unwrap_or(period)
        }
        _ => period,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_known_without_its_number_and_a_unit_without_its_rank() {
        for (text, bare_one) in [
            ("1. Hộ nghèo", "ho ngheo"),
            ("II. Dư nợ (*)", "du no"),
            ("a) Cho vay", "cho vay"),
            ("- NS&VSMT", "ns&vsmt"),
            ("Thôn 10", "thon 10"),
        ] {
            assert_eq!(bare(text), bare_one);
        }
        let units = [("99001", "xã Đông Kiều"), ("99002", "xã Bến Gạo"), ("99003", "phường Cầu Mây")]
            .map(|(code, name)| (code.to_owned(), name.to_owned()));
        assert_eq!(unit(&units, "Bến Gạo"), Some((100, "99002")));
        assert_eq!(unit(&units, "P. Cầu Mây"), Some((100, "99003")));
        assert_eq!(unit(&units, "1. Xã Đông kiều"), Some((100, "99001")));
        assert_eq!(unit(&units, "Gạo"), None);
        assert!(is_whole("TỔNG CỘNG") && is_whole("Tổng số:") && !is_whole("Tổ trưởng"));
    }

    #[test]
    fn a_title_tells_its_time() {
        let told = |text: &str| period(text).map(|period| period.to_string());
        assert_eq!(told("KẾT QUẢ TÍN DỤNG CHÍNH SÁCH ĐẾN NGÀY 30/9/2026").as_deref(), Some("2026-09-30"));
        assert_eq!(told("Báo cáo Quý III/2026").as_deref(), Some("2026-07-01/2026-09-30"));
        assert_eq!(told("Mẫu số 01/TD"), None);
    }
}
