//! Every word of the interface is there in both languages, and every word that a page asks for exists.

use std::collections::BTreeSet;

use bangtin::app::words::embedded;
use bangtin::kit::words::{Lang, Words};
use bangtin::web::view::View;

fn words() -> Words {
    Words::load(embedded()).expect("the words are sound")
}

#[test]
fn both_languages_have_the_same_words() {
    let words = words();
    let (vi, en) = (words.keys(Lang::Vi), words.keys(Lang::En));
    assert!(vi.len() > 100);
    assert_eq!(vi.difference(en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    assert_eq!(en.difference(vi).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Vietnamese");
}

#[test]
fn no_word_is_given_twice() {
    for lang in Lang::ALL {
        let mut seen = BTreeSet::new();
        for (_, file, text) in embedded().into_iter().filter(|(of, ..)| *of == lang) {
            for line in text.lines().filter(|line| line.chars().next().is_some_and(char::is_alphabetic)) {
                let key = line.split('=').next().unwrap_or_default().trim().to_owned();
                assert!(seen.insert(key.clone()), "{}/{file}: {key}", lang.tag());
            }
        }
    }
}

/// Every template and every source.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = View::template_texts().into_iter().map(|(_, text)| text).collect();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                texts.push(std::fs::read_to_string(path).expect("a source is text"));
            }
        }
    }
    texts
}

/// `t(key="…")` in templates, `phrase!("…")`, `word("…")` and `text(lang, "…")` in the program.
fn asked_for() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut texts = texts();
    for text in &mut texts {
        // A call that was too long for its line.
        *text = text.split("(\n").map(str::trim_start).collect::<Vec<_>>().join("(");
        for opening in ["t(key=\"", "phrase!(\"", "word(\"", "say(\"", "words.text(lang, \"", "words.text(other, \"", "text(Lang::Vi, \""] {
            for rest in text.split(opening).skip(1) {
                keys.insert(rest.split('"').next().unwrap_or_default().to_owned());
            }
        }
    }
    keys
}

#[test]
fn every_word_that_is_asked_for_exists() {
    let words = words();
    let asked = asked_for();
    assert!(asked.len() > 100, "{}", asked.len());
    let missing: Vec<_> = asked
        .iter()
        .filter(|key| key.contains('-') && !key.ends_with('-') && !key.contains('{') && !words.keys(Lang::Vi).contains(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Keys that stand in the texts between quotes, and the beginnings and ends from which others are made at run time:
/// `"state-{}"`, `"{}-title"`, `"settings-section-" ~ part`.
fn named() -> (BTreeSet<String>, Vec<String>, Vec<String>) {
    let (mut keys, mut starts, mut ends) = (BTreeSet::new(), Vec::new(), Vec::new());
    for text in texts() {
        for quoted in text.split('"') {
            let is_key = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            if is_key(quoted) {
                keys.insert(quoted.to_owned());
                if quoted.len() > 3 && quoted.ends_with('-') {
                    starts.push(quoted.to_owned());
                }
            } else if let Some((start, rest)) = quoted.split_once('{') {
                let end = rest.rsplit('}').next().unwrap_or_default();
                if is_key(start) && start.ends_with('-') {
                    starts.push(start.to_owned());
                } else if start.is_empty() && is_key(end) && end.starts_with('-') {
                    ends.push(end.to_owned());
                }
            }
        }
    }
    (keys, starts, ends)
}

#[test]
fn no_word_waits_for_nobody() {
    let (keys, starts, ends) = named();
    let is_made = |key: &str| ends.iter().filter_map(|end| key.strip_suffix(end.as_str())).any(|start| keys.contains(start));
    let is_asked = |key: &str| keys.contains(key) || starts.iter().any(|start| key.starts_with(start.as_str())) || is_made(key);
    let words = words();
    let idle: Vec<_> = words.keys(Lang::Vi).iter().filter(|key| !is_asked(key)).collect();
    assert!(idle.is_empty(), "{idle:?}");
    assert!(!is_asked("idle-word") && !is_asked("article-nobody-asks"));
}

/// What a citizen is shown, without the words for clerks.
const PAGES: [&str; 11] = ["archive", "article", "date", "edition", "error", "home", "places", "site", "standing", "unit", "units"];

#[test]
fn a_number_never_hangs_at_the_end_of_a_line() {
    const NUMBERS: [&str; 8] = ["number", "count", "year", "month", "day", "status", "successor", "version"];
    let mut loose = Vec::new();
    for (lang, file, text) in embedded().into_iter().filter(|(_, file, _)| PAGES.contains(&file.trim_end_matches(".ftl"))) {
        for line in text.lines().filter_map(|line| line.split_once(" = ")).map(|(_, value)| value) {
            for name in NUMBERS {
                let number = format!("{{ ${name} }}");
                for (at, _) in line.match_indices(&number) {
                    let (before, after) = (&line[..at], &line[at + number.len()..]);
                    let is_loose_before = before.ends_with(' ') && before.trim_end().ends_with(char::is_alphabetic);
                    let is_tied = before.ends_with("{\"\\u00A0\"}") || after.starts_with("{\"\\u00A0\"}");
                    if (is_loose_before || after.starts_with(' ')) && !is_tied {
                        loose.push(format!("{}/{file}: {line}", lang.tag()));
                    }
                }
            }
        }
    }
    assert!(loose.is_empty(), "{loose:#?}");
    let words = words();
    assert_eq!(words.text(Lang::Vi, "calendar-november"), "tháng\u{a0}11");
}
