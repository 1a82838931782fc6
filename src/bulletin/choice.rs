//! What a unit's bulletin carries beside its postings, `bulletins.toml`: how many of its latest news and of its newest
//! figures, and whether those of the units above it too.

use std::collections::BTreeMap;

use serde_json::{Map, json};

use super::webhook;
use crate::edition::reaching;
use crate::kit::digest;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::reaches::{self, Reach};
use crate::store::settings::{self, Setting};
use crate::unit::Unit;

pub const BULLETINS: Setting =
    Setting { name: "bulletins.toml", act: "bulletins_kept", check: |file, text| Choices::read(file, text).map(drop) };

pub const MOST_ARTICLES: usize = 20;
pub const MOST_FIGURES: usize = 20;
/// More than there are units in the country.
const MOST_UNITS: usize = 5_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices(pub BTreeMap<String, Choice>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub articles: usize,
    pub figures: usize,
    /// With the news of the units above it.
    pub above: bool,
}

impl Default for Choice {
    fn default() -> Choice {
        Choice { articles: 5, figures: 5, above: false }
    }
}

impl Choice {
    /// In short: how many news, a sign for those of the units above, and how many figures. A form bears it to say what it was opened
    /// on.
    pub fn told(self) -> String {
        format!("{}{};{}", self.articles, if self.above { "+" } else { "" }, self.figures)
    }

    /// A form from before there were figures says nothing of them.
    pub fn of_told(text: &str) -> Option<Choice> {
        let (news, figures) = match text.split_once(';') {
            Some((news, figures)) => (news, figures.parse().ok()?),
            None => (text, Choice::default().figures),
        };
        let (number, above) = news.strip_suffix('+').map_or((news, false), |number| (number, true));
        number.parse().ok().map(|articles| Choice { articles, figures, above })
    }
}

impl Choices {
    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Choices, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut choices = Choices::default();
        let rows = front.tables("units");
        if rows.len() > MOST_UNITS {
            front.object("units", phrase!("bulletins-too-many", most = MOST_UNITS));
        }
        for row in rows {
            let (code, choice) = Choices::row(&row);
            if choices.0.insert(code.clone(), choice).is_some() {
                row.object("code", phrase!("bulletins-twice", code = code));
            }
            row.finish();
        }
        front.finish();
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(choices) } else { Err(issues) }
    }

    fn row(row: &Front) -> (String, Choice) {
        let code = row.required("code");
        let count = |key: &'static str, usual: usize, most: usize| {
            let told = row.count(key).unwrap_or(usual as i64);
            usize::try_from(told).ok().filter(|told| *told <= most).unwrap_or_else(|| {
                row.object(key, phrase!("site-bad-span", key = key, least = 0, most = most));
                0
            })
        };
        let usual = Choice::default();
        let (articles, figures) = (count("articles", usual.articles, MOST_ARTICLES), count("figures", usual.figures, MOST_FIGURES));
        (code, Choice { articles, figures, above: row.flag("above") })
    }

    /// As a file: read again it gives the same.
    pub fn written(&self) -> String {
        let mut out = Writer::default();
        for (code, choice) in &self.0 {
            out.heading("[[units]]")
                .text("code", code)
                .count("articles", choice.articles as i64)
                .count("figures", choice.figures as i64)
                .flag("above", choice.above);
        }
        out.toml().to_owned()
    }
}

pub fn all(c: &mut Conn) -> Result<Choices, Refusal> {
    let Some(text) = settings::find(c, BULLETINS.name)? else { return Ok(Choices::default()) };
    Choices::read(BULLETINS.name, &text).map_err(Refusal::Issues)
}

/// Of the unit with this code.
pub fn of(c: &mut Conn, code: &str) -> Result<Choice, Refusal> {
    Ok(all(c)?.0.get(code).copied().unwrap_or_default())
}

/// The verb, for whoever publishes in the unit or keeps the portal. It reaches whoever mirrors this unit and nobody else.
/// Errors: `Issues` at `articles` and `figures`; `Stale` when the choice is no longer the one that was seen (`before`).
pub fn choose(c: &mut Conn, act: Act, unit: &Unit, before: Choice, choice: Choice) -> Result<(), Refusal> {
    webhook::must(c, act, unit.id)?;
    let told = [("articles", choice.articles, MOST_ARTICLES), ("figures", choice.figures, MOST_FIGURES)];
    let wrong = told.into_iter().filter(|(_, told, most)| told > most);
    let issues: Vec<Issue> = wrong
        .map(|(field, _, most)| Issue { file: field.to_owned(), line: 0, phrase: phrase!("bulletins-articles", most = most) })
        .collect();
    if !issues.is_empty() {
        return Err(Refusal::Issues(issues));
    }
    let mut choices = all(c)?;
    let stored = choices.0.get(&unit.code).copied().unwrap_or_default();
    if stored == choice {
        return Ok(());
    }
    if stored != before {
        return Err(Refusal::Stale);
    }
    choices.0.insert(unit.code.clone(), choice);
    let text = choices.written();
    settings::keep(c, BULLETINS.name, &text)?;
    let facts = [("digest", digest::sha256(text.as_bytes())), ("unit", unit.code.clone()), ("name", choice.told())];
    let facts = facts.into_iter().map(|(name, fact)| (name.to_owned(), json!(fact)));
    let position = act.record(c, BULLETINS.act, BULLETINS.name.to_owned(), Map::from_iter(facts))?;
    let (scope, act_name) = (reaching::news(unit.id), BULLETINS.act.to_owned());
    let (at, counts_from) = (act.now, act.now);
    reaches::add(c, &Reach { scope, position, at, act: act_name, document_id: None, number: None, counts_from, held_back: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again_and_what_is_wrong_is_told_at_its_place() {
        let text = "[[units]]\ncode = \"99001\"\narticles = 3\nfigures = 2\nabove = true\n";
        let choices = Choices::read("bulletins.toml", text).expect("it is sound");
        assert_eq!(choices.0["99001"], Choice { articles: 3, figures: 2, above: true });
        assert_eq!(Choice::of_told(&choices.0["99001"].told()), Some(choices.0["99001"]));
        assert_eq!(Choice::of_told("7+"), Some(Choice { articles: 7, above: true, ..Choice::default() }));
        assert_eq!(Choices::read("x", &choices.written()), Ok(choices));
        let wrong = "[[units]]\ncode = \"99001\"\narticles = 99\nfigures = -1\n\n[[units]]\ncode = \"99001\"\nabove = 1\n";
        let lines: Vec<usize> = Choices::read("x", wrong).expect_err("four faults").iter().map(|issue| issue.line).collect();
        assert!(lines.len() >= 4 && lines.contains(&3) && lines.contains(&4), "{lines:?}");
    }
}
