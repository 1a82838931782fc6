//! What the pages of the portal's rules share: a rule is written as its file, and what is wrong with the file is told
//! beside the field that the line came from.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::fields::Fields;
use super::settings::place;
use super::told::{Choice, Told};
use crate::kit::fold::capitalised;
use crate::kit::refusal::Issue;
use crate::web::answer::Reading;

/// A field of a form that a template walks through.
#[derive(Serialize)]
pub struct Field {
    pub name: &'static str,
    /// Of the template's parts: `text`, `number`, `date`, `area`, `choose`, `check` (one box), `checks` (several).
    pub kind: &'static str,
    pub label: String,
    pub help: String,
    pub text: String,
    pub issue: String,
    pub options: Vec<Choice>,
}

/// `text`: the file that was refused. `prefix`: what stands before the keys in the form's names.
pub fn told(reading: &Reading, text: &str, issues: &[Issue], prefix: &str) -> Vec<Told> {
    let told = issues.iter().map(|issue| {
        // What is missing has no line of its own.
        let named = issue.phrase.args.iter().find(|(name, _)| *name == "key").map(|(_, key)| key.clone());
        let key = named.unwrap_or_else(|| place(text, issue.line).1);
        let text = match issue.phrase.key {
            "front-missing" | "front-empty" => reading.word("settings-needed"),
            _ => capitalised(&reading.say(&issue.phrase)),
        };
        Told { field: format!("{prefix}{key}"), text }
    });
    told.collect()
}

/// A day as a browser's field sends it, or as it is typed where there is no such field: `2026-11-06`, `06/11/2026`.
pub fn day(text: &str) -> Option<NaiveDate> {
    let read = ["%Y-%m-%d", "%d/%m/%Y"].iter().find_map(|format| NaiveDate::parse_from_str(text.trim(), format).ok());
    read.filter(|day| (1900..3000).contains(&day.year()))
}

/// The day of a field that must be there, or what is wrong with it.
pub fn day_of(reading: &Reading, fields: &Fields, name: &str, wrong: &mut Vec<Told>) -> Option<NaiveDate> {
    let typed = fields.line(name);
    let found = day(&typed);
    if found.is_none() {
        let key = if typed.is_empty() { "settings-needed" } else { "rules-bad-day" };
        wrong.push(Told { field: name.to_owned(), text: reading.word(key) });
    }
    found
}

/// One line that must be there.
pub fn line_of(reading: &Reading, fields: &Fields, name: &str, wrong: &mut Vec<Told>) -> String {
    let typed = fields.line(name);
    if typed.is_empty() {
        wrong.push(Told { field: name.to_owned(), text: reading.word("settings-needed") });
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn a_day_is_read_as_browsers_send_it_and_as_people_type_it() {
        assert_eq!(day("2026-11-06"), day(" 06/11/2026 "));
        assert!(day("06/11/2026").is_some());
        for wrong in ["", "6", "31/02/2026", "2026-13-01", "06/11/0026", "mai"] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
    }
}
