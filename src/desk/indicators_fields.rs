//! The fields of the list of indicators: what each part is asked for, and where what is wrong with its file stands in its form.

use std::collections::BTreeMap;

use serde::Serialize;

use super::fields::Fields;
use super::indicators_read::{RULES, SIGNS, rows};
use super::indicators_told::axis;
use super::rules::Field;
use super::told::{Choice, Told};
use crate::kit::fold::capitalised;
use crate::kit::refusal::Issue;
use crate::phrase;
use crate::report::entry::Part;
use crate::report::indicators::{Indicators, NATURES, OVER_TIME, OVER_UNITS};
use crate::web::answer::Reading;

/// A group of fields, and what stands in rows below them.
#[derive(Default, Serialize)]
pub struct Section {
    title: String,
    help: String,
    fields: Vec<Field>,
    members: Vec<Member>,
    terms: Vec<Term>,
    issue: String,
}

#[derive(Serialize)]
struct Member {
    at: usize,
    title: String,
    name: String,
    name_en: String,
    also: String,
    code: String,
    issues: BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Term {
    at: usize,
    title: String,
    sign_title: String,
    terms: Vec<Choice>,
    signs: Vec<Choice>,
}

struct Form<'f> {
    reading: &'f Reading<'f>,
    typed: &'f Fields,
    wrong: &'f BTreeMap<String, String>,
    known: &'f Indicators,
}

/// `existing`: the code of what is changed.
pub fn sections(
    reading: &Reading,
    part: Part,
    existing: Option<&str>,
    (typed, wrong): (&Fields, &BTreeMap<String, String>),
    known: &Indicators,
) -> Vec<Section> {
    let form = Form { reading, typed, wrong, known };
    match part {
        Part::Indicators => form.indicator(existing),
        Part::Measures => form.measure(existing),
        Part::Dimensions => form.dimension(),
        Part::Identities => form.identity(existing),
    }
}

/// Fields with a sentence of help.
const HELPED: [&str; 14] =
    ["also", "nature", "places", "adds", "opens", "jump", "definition", "of", "factor", "is_whole", "code", "rule", "tolerance", "reason"];

impl Form<'_> {
    fn word(&self, key: &str) -> String {
        self.reading.word(key)
    }

    fn field(&self, name: &'static str, kind: &'static str) -> Field {
        let key = name.replace('_', "-");
        Field {
            name,
            kind,
            label: self.word(&format!("indicators-field-{key}")),
            help: if HELPED.contains(&name) { self.word(&format!("indicators-help-{key}")) } else { String::new() },
            text: match kind {
                "area" => self.typed.text(name),
                "check" => if self.typed.has(name) { "1" } else { "" }.to_owned(),
                _ => self.typed.line(name),
            },
            issue: self.wrong.get(name).cloned().unwrap_or_default(),
            options: Vec::new(),
        }
    }

    fn chosen(&self, name: &'static str, options: Vec<(String, String)>) -> Field {
        let now = self.typed.line(name);
        let options = options.into_iter().map(|(value, said)| Choice::new(value, said, &now));
        Field { options: options.collect(), ..self.field(name, "choose") }
    }

    /// Indicators to choose from; `none`: what choosing none of them says.
    fn indicators(&self, none: &str, but: Option<&str>) -> Vec<(String, String)> {
        let all = self.known.indicators.iter().filter(|one| Some(one.code.as_str()) != but);
        let all = all.map(|one| (one.code.clone(), one.name(self.reading.lang).to_owned()));
        std::iter::once((String::new(), self.word(none))).chain(all).collect()
    }

    fn section(&self, key: &str, fields: Vec<Field>) -> Section {
        Section { title: self.word(&format!("indicators-group-{key}")), fields, ..Section::default() }
    }

    fn indicator(&self, existing: Option<&str>) -> Vec<Section> {
        let measures = self.known.measures.iter().map(|one| (one.code.clone(), one.name(self.reading.lang).to_owned()));
        let measures = std::iter::once((String::new(), self.word("edit-choose"))).chain(measures);
        let natures = NATURES.iter().map(|(word, _)| ((*word).to_owned(), self.word(&format!("indicators-nature-{word}"))));
        let natures = std::iter::once((String::new(), self.word("edit-choose"))).chain(natures);
        let axes = [OVER_UNITS, OVER_TIME].into_iter().chain(self.known.dimensions.iter().map(|one| one.code.as_str()));
        let adds = axes.map(|code| Choice {
            value: code.to_owned(),
            name: capitalised(&axis(self.reading, self.known, code)),
            chosen: self.typed.all("adds").any(|ticked| ticked == code),
            ..Choice::default()
        });
        vec![
            self.section("name", vec![self.field("name", "text"), self.field("name_en", "text"), self.field("also", "area")]),
            self.section(
                "what",
                vec![
                    self.chosen("measure", measures.collect()),
                    self.chosen("nature", natures.collect()),
                    Field { options: adds.collect(), ..self.field("adds", "checks") },
                    self.field("places", "text"),
                ],
            ),
            self.section(
                "checks",
                vec![self.field("jump", "text"), self.chosen("opens", self.indicators("indicators-opens-none", existing))],
            ),
            self.section("definition", vec![self.field("definition", "area"), self.field("source", "text")]),
        ]
    }

    fn measure(&self, existing: Option<&str>) -> Vec<Section> {
        let bases = self.known.measures.iter().filter(|one| one.of == one.code && Some(one.code.as_str()) != existing);
        let bases = bases.map(|one| (one.code.clone(), one.name(self.reading.lang).to_owned()));
        let bases = std::iter::once((String::new(), self.word("indicators-of-none"))).chain(bases);
        vec![
            self.section("name", vec![self.field("name", "text"), self.field("name_en", "text")]),
            self.section(
                "converts",
                vec![self.chosen("of", bases.collect()), self.field("factor", "text"), self.field("is_whole", "check")],
            ),
        ]
    }

    fn dimension(&self) -> Vec<Section> {
        let member = |at: usize| {
            let of = |name: &str| self.typed.line(&format!("{name}-{at}"));
            let issues = self.wrong.iter().filter_map(|(field, text)| {
                let (name, number) = field.rsplit_once('-')?;
                (number == at.to_string()).then(|| (name.to_owned(), text.clone()))
            });
            Member {
                at,
                title: self.reading.say(&phrase!("indicators-member", number = at + 1)),
                name: of("member_name"),
                name_en: of("member_name_en"),
                also: of("member_also"),
                code: of("member_code"),
                issues: issues.collect(),
            }
        };
        let name = self.section("name", vec![self.field("name", "text"), self.field("name_en", "text")]);
        let members = Section {
            help: self.word("indicators-members-help"),
            members: (0..rows(self.typed)).map(member).collect(),
            issue: self.wrong.get("members").cloned().unwrap_or_default(),
            ..self.section("members", Vec::new())
        };
        vec![name, members]
    }

    fn identity(&self, existing: Option<&str>) -> Vec<Section> {
        let all = || self.indicators("edit-choose", None);
        let term = |at: usize| {
            let (term, sign) = (self.typed.line(&format!("term-{at}")), self.typed.line(&format!("sign-{at}")));
            let signs = SIGNS.map(|word| Choice::new(word, self.word(&format!("indicators-sign-{word}")), &sign));
            Term {
                at,
                title: self.reading.say(&phrase!("indicators-term", number = at + 1)),
                sign_title: self.reading.say(&phrase!("indicators-term-sign", number = at + 1)),
                terms: all().into_iter().map(|(value, name)| Choice::new(value, name, &term)).collect(),
                signs: signs.into(),
            }
        };
        let rules = RULES.map(|word| (word.to_owned(), self.word(&format!("indicators-rule-{word}"))));
        let mut first = if existing.is_none() { vec![self.field("code", "text")] } else { Vec::new() };
        first.extend([self.chosen("result", all()), self.chosen("rule", rules.into())]);
        let sum = Section {
            help: self.word("indicators-terms-help"),
            terms: (0..rows(self.typed)).map(term).collect(),
            ..self.section("sum", Vec::new())
        };
        vec![
            self.section("rule", first),
            sum,
            self.section("ratio", vec![self.chosen("part", all()), self.chosen("whole", all())]),
            self.section("share", vec![self.chosen("share", all())]),
            self.section("growth", vec![self.chosen("now", all()), self.chosen("base", all())]),
            self.section("tolerance", vec![self.field("tolerance", "text"), self.field("reason", "area")]),
        ]
    }
}

/// Where a line of the written list stands: its table, the number of the entry in it, that of its member, and the key.
#[derive(Debug, Default, PartialEq, Eq)]
struct Place {
    table: String,
    entry: usize,
    member: Option<usize>,
    key: String,
}

fn place(text: &str, line: usize) -> Option<Place> {
    let mut at = Place::default();
    for (index, content) in text.lines().enumerate() {
        if content.starts_with('[') {
            let name = content.trim_matches(['[', ']']);
            match name.split_once('.') {
                Some(_) => at.member = Some(at.member.map_or(0, |member| member + 1)),
                None => {
                    let entry = if name == at.table { at.entry + 1 } else { 0 };
                    at = Place { table: name.to_owned(), entry, ..Place::default() };
                }
            }
        }
        if index + 1 == line {
            let key = content.split_once(" = ").map_or(String::new(), |(key, _)| key.to_owned());
            return Some(Place { key, ..at });
        }
    }
    None
}

/// What was kept from being kept: the list as it was written, and the entry in it that the form is of.
pub struct Refused<'r> {
    pub part: Part,
    pub text: &'r str,
    pub at: usize,
    /// The row of the form in which each member stood.
    pub rows: &'r [usize],
    pub typed: &'r Fields,
    pub known: &'r Indicators,
}

impl Refused<'_> {
    pub fn told(&self, reading: &Reading, issues: &[Issue]) -> Vec<Told> {
        issues.iter().map(|issue| self.one(reading, issue)).collect()
    }

    fn one(&self, reading: &Reading, issue: &Issue) -> Told {
        let arg = |wanted: &str| issue.phrase.args.iter().find(|(name, _)| *name == wanted).map(|(_, said)| said.as_str());
        let said = match issue.phrase.key {
            "front-missing" | "front-empty" => reading.word("settings-needed"),
            "kinds-twice" => reading.say(&phrase!("indicators-taken", code = arg("slug").unwrap_or_default())),
            "indicators-no-rule" => reading.word("indicators-rule-lacks"),
            _ => capitalised(&reading.say(&issue.phrase)),
        };
        let Some(place) = place(self.text, issue.line) else {
            return Told { field: self.unplaced(arg("key"), arg("member")), text: said };
        };
        if place.table != self.part.table() || place.entry != self.at {
            // Another entry says nothing any more because of this one.
            let part = Part::ALL.into_iter().find(|part| part.table() == place.table);
            let other = part.and_then(|part| self.known.at(part, place.entry)).map(|entry| entry.name().to_owned());
            let text = reading.say(&phrase!("indicators-elsewhere", name = other.unwrap_or_default(), text = said));
            return Told { field: String::new(), text };
        }
        let key = match issue.phrase.key {
            "indicators-no-members" => "members",
            "indicators-no-rule" => "rule",
            "indicators-bad-factor" => "factor",
            "indicators-bad-tolerance" => "tolerance",
            _ => arg("key").unwrap_or(&place.key),
        };
        let row = place.member.and_then(|member| self.rows.get(member));
        Told { field: field_of(self.part, key, row.copied()), text: said }
    }

    /// What stored figures do not let go of has no line.
    fn unplaced(&self, key: Option<&str>, member: Option<&str>) -> String {
        let is_of = |at: &usize| member.is_some_and(|code| self.typed.line(&format!("member_code-{at}")) == code);
        match (0..rows(self.typed)).find(is_of) {
            Some(row) => format!("member_name-{row}"),
            None => field_of(self.part, key.unwrap_or_default(), None),
        }
    }
}

/// The form's name of what the file calls by this key.
fn field_of(part: Part, key: &str, row: Option<usize>) -> String {
    if let Some(row) = row {
        let name = if matches!(key, "name_en" | "also") { key } else { "name" };
        return format!("member_{name}-{row}");
    }
    match (part, key) {
        (Part::Identities, "plus" | "minus" | "minus_if_told") => "rule",
        (Part::Identities, "code") => "code",
        // A code comes from the name.
        (_, "code") => "name",
        (Part::Measures, "whole") => "is_whole",
        _ => key,
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_of_an_entry_and_of_its_member() {
        let text = "[[measures]]\ncode = \"a\"\n\n[[measures]]\ncode = \"b\"\n\n[[dimensions]]\ncode = \"d\"\n\n[[dimensions.members]]\n\
            code = \"x\"\n\n[[dimensions.members]]\ncode = \"y\"\n\n[[dimensions]]\ncode = \"e\"\n";
        let at = |line| place(text, line).map(|place| (place.table, place.entry, place.member, place.key));
        let of = |table: &str, entry, member, key: &str| Some((table.to_owned(), entry, member, key.to_owned()));
        assert_eq!(at(5), of("measures", 1, None, "code"));
        assert_eq!(at(8), of("dimensions", 0, None, "code"));
        assert_eq!(at(13), of("dimensions", 0, Some(1), ""));
        assert_eq!(at(14), of("dimensions", 0, Some(1), "code"));
        assert_eq!(at(17), of("dimensions", 1, None, "code"));
        assert_eq!(at(0), None);
    }
}
