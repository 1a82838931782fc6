//! Abbreviations: which a reader knows, which need their full name once, and which nobody can guess.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::kit::markdown::Run;

/// `abbreviation,meaning,known,source`; `known` where every reader knows it.
const LIST: &str = include_str!("../../../content/abbreviations.csv");
const LONGEST: usize = 10;
/// How far from it an explanation may stand, in bytes.
const NEAR: usize = 300;
/// Different ones in one text that are looked into.
const MOST: usize = 100;
/// So many words in capitals, one after another, are shouted and not abbreviated.
const SHOUTED: usize = 3;
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

struct Known {
    meaning: String,
    is_plain: bool,
}

static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut rows = csv::Reader::from_reader(LIST.as_bytes());
    let rows = rows.records().map(|row| row.expect("a test reads the list inside the program"));
    rows.map(|row| (row[0].to_owned(), Known { meaning: row[1].to_owned(), is_plain: !row[2].is_empty() })).collect()
});

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    pub line: usize,
    pub short: String,
    /// What it mostly stands for, where the list says so.
    pub meaning: Option<&'static str>,
}

/// Every abbreviation that the text leaves to guess, once each. `Hội đồng quản trị (HĐQT)` explains one.
pub fn unexplained(runs: &[Run]) -> Vec<Unexplained> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for run in runs {
        for (place, short) in shorts(&run.text) {
            let known = KNOWN.get(short);
            if known.is_some_and(|known| known.is_plain)
                || seen.len() >= MOST
                || !seen.insert(short)
                || runs.iter().any(|run| explains(&run.text, short))
            {
                continue;
            }
            found.push(Unexplained {
                line: run.line_at(place),
                short: short.to_owned(),
                meaning: known.map(|known| known.meaning.as_str()),
            });
        }
    }
    found
}

/// `(place, abbreviation)` of everything that is written like one.
fn shorts(text: &str) -> Vec<(usize, &str)> {
    let mut all: Vec<(usize, &str)> = Vec::new();
    // Words in capitals that stand together.
    let mut row: Vec<&str> = Vec::new();
    for word in text.split_whitespace() {
        if word.contains(char::is_alphabetic) && !word.contains(char::is_lowercase) {
            row.push(word);
            if word.ends_with([',', '.', ';', ':', ')', '!', '?']) {
                spill(text, &mut row, &mut all);
            }
        } else {
            spill(text, &mut row, &mut all);
            all.extend(parts(text, word));
        }
    }
    spill(text, &mut row, &mut all);
    all
}

fn spill<'t>(text: &'t str, row: &mut Vec<&'t str>, all: &mut Vec<(usize, &'t str)>) {
    let words = std::mem::take(row);
    if words.len() < SHOUTED && !words.iter().any(|word| has_tone(word)) {
        all.extend(words.into_iter().flat_map(|word| parts(text, word)));
    }
}

/// `QWR`, also from within `(QWR/ZKP)`; nothing of an address or of a document's number.
fn parts<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = (usize, &'t str)> {
    let is_coded = word.contains("://") || word.contains(['@', '_']) || (word.contains('/') && word.contains(|c: char| c.is_ascii_digit()));
    let parts = word.split(|c: char| !c.is_alphanumeric() && c != '&').filter(move |part| !is_coded && is_short(part));
    parts.map(|part| (part.as_ptr() as usize - text.as_ptr() as usize, part))
}

fn has_tone(word: &str) -> bool {
    word.nfd().any(|c| TONES.contains(&c))
}

fn is_short(part: &str) -> bool {
    let letters = part.chars().filter(|c| c.is_alphabetic()).count();
    let is_capital = part.chars().all(|c| c.is_uppercase() || c == '&');
    let is_roman = part.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    (2..=LONGEST).contains(&letters) && is_capital && !is_roman && !has_tone(part)
}

/// `… (HĐQT)`, `HĐQT (…)`, `gọi tắt là HĐQT`.
fn explains(text: &str, short: &str) -> bool {
    text.match_indices(short).any(|(at, _)| {
        let end = at + short.len();
        let before = &text[text.floor_char_boundary(at.saturating_sub(NEAR))..at];
        let after = &text[end..text.floor_char_boundary((end + NEAR).min(text.len()))];
        let is_whole = !after.starts_with(char::is_alphanumeric) && !before.ends_with(char::is_alphanumeric);
        let full = |words: &str| words.split_whitespace().filter(|word| word.chars().any(char::is_lowercase)).count() >= 2;
        let stands_behind = before.trim_end().ends_with("là") && (before.contains("tắt là") || before.contains("gọi là"));
        let in_brackets = before.rsplit_once('(').is_some_and(|(words, own)| own.trim().is_empty() && full(words)) && after.contains(')');
        let before_brackets =
            after.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).is_some_and(|(words, _)| full(words));
        is_whole && (stands_behind || in_brackets || before_brackets)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_to_guess(text: &str) -> Vec<String> {
        let runs: Vec<Run> = text.split("\n\n").map(|text| Run { line: 1, text: text.to_owned() }).collect();
        unexplained(&runs).into_iter().map(|found| found.short).collect()
    }

    #[test]
    fn the_list_is_sound() {
        assert!(KNOWN.len() > 50, "{}", KNOWN.len());
        let rows = LIST.lines().count() - 1;
        assert_eq!(KNOWN.len(), rows, "one stands there twice");
        for (short, known) in KNOWN.iter() {
            assert!(!known.meaning.is_empty() && is_short(short), "{short}");
        }
    }

    #[test]
    fn only_what_a_reader_cannot_know_is_named() {
        assert_eq!(left_to_guess("UBND xã và HĐND họp về BHYT."), Vec::<String>::new());
        assert_eq!(left_to_guess("Vay GQVL qua PGD, vay GQVL lần hai; TK&VV."), ["GQVL", "PGD", "TK&VV"]);
        assert_eq!(
            left_to_guess("Theo Quyết định 2553/QĐ-TTg, thư a@XYZ.vn, https://XYZ.vn/ABC, quý III, kênh N4, cúm A H5N1"),
            Vec::<String>::new()
        );
        assert_eq!(left_to_guess("ZKP/QWR"), ["ZKP", "QWR"]);
    }

    #[test]
    fn shouting_is_no_abbreviation() {
        assert_eq!(left_to_guess("THÔNG BÁO về việc QWR"), ["QWR"]);
        assert_eq!(left_to_guess("THONG BAO KHAN gửi bà con"), Vec::<String>::new());
        assert_eq!(left_to_guess("các hội: QWR, ZKP, WRT, QXZ."), ["QWR", "ZKP", "WRT", "QXZ"]);
    }

    #[test]
    fn one_explanation_is_enough_wherever_it_stands() {
        for text in [
            "Ban quản trị khu (QWR) họp. QWR quyết định.",
            "QWR họp.\n\nBan quản trị khu (QWR).",
            "QWR (ban quản trị khu) họp.",
            "Ban quản trị khu, gọi tắt là QWR, họp.",
            "Ban quản trị khu (sau đây gọi là QWR) họp.",
        ] {
            assert_eq!(left_to_guess(text), Vec::<String>::new(), "{text}");
        }
        for text in ["QWR (2026) họp.", "Hội nghị bàn QWR (xem ảnh.", "Ban quản trị khu (QWRT) họp cùng QWR (x)."] {
            assert!(left_to_guess(text).contains(&"QWR".to_owned()), "{text}");
        }
    }
}
