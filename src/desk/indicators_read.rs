//! What the forms of the list of indicators say, and what they would have sent to come to an entry.

use rust_decimal::Decimal;

use super::door::Visit;
use super::fields::Fields;
use super::told::Told;
use crate::kit::figure::{Read as Figure, read as figure};
use crate::kit::fold::slug;
use crate::kit::words::{Lang, Phrase};
use crate::phrase;
use crate::report::entry::{Entry, Part};
use crate::report::indicators::{
    Dimension, Identity, Indicator, Indicators, Measure, Member, NATURES, Nature, OVER_TIME, OVER_UNITS, PER_CENT, Rule,
};

/// Rows that stand below what is there, those that are added on asking, and those that one form sends (`Fields` takes 2,000 fields).
pub const EMPTY: usize = 3;
pub const MORE: usize = 5;
pub const MOST_ROWS: usize = 400;
/// Decimals that anybody shows.
const MOST_PLACES: u32 = 8;

pub const RULES: [&str; 4] = ["sum", "ratio", "share", "growth"];
pub const SIGNS: [&str; 3] = ["plus", "minus", "minus_if_told"];

/// What a form says.
pub struct Said {
    pub entry: Entry,
    /// In which row of the form each member stood.
    pub rows: Vec<usize>,
    /// What could not be understood at all.
    pub wrong: Vec<Told>,
}

struct Form<'v> {
    visit: &'v Visit,
    fields: &'v Fields,
    wrong: Vec<Told>,
}

/// How many rows a form has.
pub fn rows(fields: &Fields) -> usize {
    fields.number("count").and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(MOST_ROWS)
}

/// `existing`: the code of the entry that is changed, which stays.
pub fn read(visit: &Visit, part: Part, existing: Option<&str>, known: &Indicators) -> Said {
    let mut form = Form { visit, fields: &visit.fields, wrong: Vec::new() };
    let mut rows = Vec::new();
    let code = existing.map_or_else(|| form.code(part), str::to_owned);
    let entry = match part {
        Part::Indicators => Entry::Indicator(form.indicator(code, known)),
        Part::Measures => Entry::Measure(form.measure(code)),
        Part::Dimensions => Entry::Dimension(form.dimension(code, existing.and_then(|code| known.dimension(code)), &mut rows)),
        Part::Identities => Entry::Identity(form.identity(code)),
    };
    Said { entry, rows, wrong: form.wrong }
}

impl Form<'_> {
    fn object(&mut self, field: impl Into<String>, phrase: &Phrase) {
        self.wrong.push(Told { field: field.into(), text: self.visit.web.words.say(Lang::Vi, phrase) });
    }

    fn line(&self, name: &str) -> String {
        self.fields.line(name)
    }

    fn code(&mut self, part: Part) -> String {
        let name = if part == Part::Identities { "code" } else { "name" };
        let typed = self.line(name);
        let code = coded(&typed);
        if code.is_empty() && !typed.is_empty() {
            self.object(name, &phrase!("indicators-no-letters"));
        }
        code
    }

    /// As people write it; none is nothing.
    fn number(&mut self, name: &str, is_per_cent: bool) -> Option<Decimal> {
        let typed = self.line(name);
        let found = number(&typed, is_per_cent);
        if found.is_none() && !typed.is_empty() {
            self.object(name, &phrase!("indicators-unclear-number", text = typed));
        }
        found
    }

    fn indicator(&mut self, code: String, known: &Indicators) -> Indicator {
        let typed = self.line("places");
        let places = typed.parse().ok().filter(|places| *places <= MOST_PLACES);
        if places.is_none() && !typed.is_empty() {
            self.object("places", &phrase!("indicators-unclear-places", most = MOST_PLACES));
        }
        let nature = self.line("nature");
        let nature = NATURES.iter().find(|(word, _)| *word == nature).map(|(_, nature)| *nature);
        if nature.is_none() {
            self.object("nature", &phrase!("settings-needed"));
        }
        let jump = self.number("jump", true);
        // In one order, whatever order they are ticked in: the order of the list.
        let axes = [OVER_UNITS, OVER_TIME].into_iter().chain(known.dimensions.iter().map(|one| one.code.as_str()));
        let stored = known.indicator(&code).map(|one| one.adds.clone()).unwrap_or_default();
        let ticked: Vec<String> = axes.filter(|axis| self.fields.all("adds").any(|one| one == *axis)).map(str::to_owned).collect();
        let is_same = ticked.len() == stored.len() && ticked.iter().all(|axis| stored.contains(axis));
        Indicator {
            name: self.line("name"),
            name_en: self.line("name_en"),
            also: parted(&self.fields.text("also")),
            measure: self.line("measure"),
            places,
            nature: nature.unwrap_or(Nature::Flow),
            adds: if is_same { stored } else { ticked },
            opens: self.line("opens"),
            jump,
            definition: self.fields.text("definition").trim().to_owned(),
            source: self.line("source"),
            code,
        }
    }

    fn measure(&mut self, code: String) -> Measure {
        let of = Some(self.line("of")).filter(|of| !of.is_empty()).unwrap_or_else(|| code.clone());
        let factor = self.number("factor", false);
        if of == code && !self.line("factor").is_empty() {
            self.object("factor", &phrase!("indicators-idle-factor"));
        }
        if of != code && self.line("factor").is_empty() {
            self.object("factor", &phrase!("settings-needed"));
        }
        Measure {
            name: self.line("name"),
            name_en: self.line("name_en"),
            // What was not understood is told already, and stands for something that is.
            factor: factor.filter(|_| of != code).unwrap_or(Decimal::ONE),
            is_whole: self.fields.has("is_whole"),
            code,
            of,
        }
    }

    /// A row that is emptied takes its member away; a member that no row speaks of stays: somebody has put it in meanwhile.
    fn dimension(&mut self, code: String, stored: Option<&Dimension>, rows: &mut Vec<usize>) -> Dimension {
        let stored = stored.map(|stored| stored.members.as_slice()).unwrap_or_default();
        let mut members = Vec::new();
        let mut spoken_of = Vec::new();
        for at in 0..self::rows(self.fields) {
            let of = |name: &str| self.line(&format!("{name}-{at}"));
            let (name, name_en, also, own) = (of("member_name"), of("member_name_en"), of("member_also"), of("member_code"));
            let own = stored.iter().find(|one| one.code == own).map(|one| one.code.clone());
            spoken_of.extend(own.clone());
            if name.is_empty() && name_en.is_empty() && also.is_empty() {
                continue;
            }
            let code = own.unwrap_or_else(|| coded(&name));
            if code.is_empty() && !name.is_empty() {
                self.object(format!("member_name-{at}"), &phrase!("indicators-no-letters"));
            }
            members.push(Member { code, name, name_en, also: parted(&also) });
            rows.push(at);
        }
        members.extend(stored.iter().filter(|one| !spoken_of.contains(&one.code)).cloned());
        Dimension { code, name: self.line("name"), name_en: self.line("name_en"), members }
    }

    fn identity(&mut self, code: String) -> Identity {
        let rule = match self.line("rule").as_str() {
            "ratio" => Rule::Ratio { part: self.needed("part"), whole: self.needed("whole") },
            "share" => Rule::Share { of: self.needed("share") },
            "growth" => Rule::Growth { now: self.needed("now"), base: self.needed("base") },
            _ => {
                let of = |sign: &str| {
                    let is_of = |at: &usize| {
                        self.line(&format!("sign-{at}")) == sign || (sign == SIGNS[0] && !self.fields.has(&format!("sign-{at}")))
                    };
                    (0..self::rows(self.fields))
                        .filter(is_of)
                        .map(|at| self.line(&format!("term-{at}")))
                        .filter(|term| !term.is_empty())
                        .collect()
                };
                Rule::Sum { plus: of(SIGNS[0]), minus: of(SIGNS[1]), minus_if_told: of(SIGNS[2]) }
            }
        };
        let tolerance = self.number("tolerance", true).unwrap_or_default();
        Identity { result: self.line("result"), rule, tolerance, reason: self.fields.text("reason").trim().to_owned(), code }
    }

    fn needed(&mut self, name: &str) -> String {
        let typed = self.line(name);
        if typed.is_empty() {
            self.object(name, &phrase!("settings-needed"));
        }
        typed
    }
}

/// A code from a name. Per cent alone is known by its code.
fn coded(name: &str) -> String {
    if name == "%" { PER_CENT.to_owned() } else { slug(name) }
}

/// `0,5`, `1.000.000`, `30%`. `None` for what two habits read differently, but for a comma: this form is Vietnamese.
fn number(text: &str, is_per_cent: bool) -> Option<Decimal> {
    let one = match figure(text) {
        Figure::Figure(one) => one,
        Figure::Doubt(all) if !text.contains('.') => all.into_iter().next()?,
        _ => return None,
    };
    let is_plain = one.hedge.is_empty() && one.mark.is_empty() && (one.measure.is_empty() || (is_per_cent && one.measure == "%"));
    is_plain.then_some(one.value)
}

/// Names between commas or on lines of their own; between semicolons where one of them holds a comma.
fn parted(text: &str) -> Vec<String> {
    let sign = if text.contains(';') { ';' } else { ',' };
    let mut found: Vec<String> = Vec::new();
    for name in text.split([sign, '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        if !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
    }
    found
}

fn joined(names: &[String]) -> String {
    match names {
        all if !all.iter().any(|name| name.contains(',')) => all.join(", "),
        [one] => format!("{one};"),
        all => all.join("; "),
    }
}

fn written(value: Decimal) -> String {
    value.to_string().replace('.', ",")
}

/// What a form would have sent to come to this.
pub fn typed_of(entry: &Entry) -> Fields {
    let mut typed: Vec<(String, String)> = Vec::new();
    let mut say = |name: &str, text: &str| typed.push((name.to_owned(), text.to_owned()));
    match entry {
        Entry::Indicator(one) => {
            let nature = NATURES.iter().find(|(_, nature)| *nature == one.nature).map_or("", |(word, _)| word);
            for (name, text) in [("name", &one.name), ("name_en", &one.name_en), ("measure", &one.measure), ("opens", &one.opens)] {
                say(name, text);
            }
            say("also", &joined(&one.also));
            say("nature", nature);
            say("places", &one.places.map(|places| places.to_string()).unwrap_or_default());
            one.adds.iter().for_each(|axis| say("adds", axis));
            say("jump", &one.jump.map(written).unwrap_or_default());
            say("definition", &one.definition);
            say("source", &one.source);
        }
        Entry::Measure(one) => {
            say("name", &one.name);
            say("name_en", &one.name_en);
            if one.of != one.code {
                say("of", &one.of);
                say("factor", &written(one.factor));
            }
            if one.is_whole {
                say("is_whole", "1");
            }
        }
        Entry::Dimension(one) => {
            say("name", &one.name);
            say("name_en", &one.name_en);
            say("count", &(one.members.len() + EMPTY).to_string());
            for (at, member) in one.members.iter().enumerate() {
                say_member(&mut say, at, member);
            }
        }
        Entry::Identity(one) => {
            say("code", &one.code);
            say("result", &one.result);
            match &one.rule {
                Rule::Sum { plus, minus, minus_if_told } => {
                    let terms = SIGNS.into_iter().zip([plus, minus, minus_if_told]);
                    let terms: Vec<(&str, &String)> = terms.flat_map(|(sign, all)| all.iter().map(move |term| (sign, term))).collect();
                    say("rule", "sum");
                    say("count", &(terms.len() + EMPTY).to_string());
                    for (at, (sign, term)) in terms.into_iter().enumerate() {
                        say(&format!("term-{at}"), term);
                        say(&format!("sign-{at}"), sign);
                    }
                }
                Rule::Ratio { part, whole } => {
                    say("rule", "ratio");
                    say("part", part);
                    say("whole", whole);
                }
                Rule::Share { of } => {
                    say("rule", "share");
                    say("share", of);
                }
                Rule::Growth { now, base } => {
                    say("rule", "growth");
                    say("now", now);
                    say("base", base);
                }
            }
            if !one.tolerance.is_zero() {
                say("tolerance", &written(one.tolerance));
            }
            say("reason", &one.reason);
        }
    }
    if !typed.iter().any(|(name, _)| name == "count") {
        typed.push(("count".to_owned(), EMPTY.to_string()));
    }
    Fields::of(typed)
}

fn say_member(say: &mut impl FnMut(&str, &str), at: usize, member: &Member) {
    say(&format!("member_name-{at}"), &member.name);
    say(&format!("member_name_en-{at}"), &member.name_en);
    say(&format!("member_also-{at}"), &joined(&member.also));
    say(&format!("member_code-{at}"), &member.code);
}

/// The same with members that the form does not speak of behind the others: what somebody else has put in meanwhile.
pub fn with_others(typed: &Fields, stored: &Dimension) -> Fields {
    let count = rows(typed);
    let is_said = |code: &str| (0..count).any(|at| typed.line(&format!("member_code-{at}")) == code);
    let others: Vec<&Member> = stored.members.iter().filter(|one| !is_said(&one.code)).collect();
    let mut all = vec![("count".to_owned(), (count + others.len()).to_string())];
    let mut say = |name: &str, text: &str| all.push((name.to_owned(), text.to_owned()));
    for (at, member) in others.into_iter().enumerate() {
        say_member(&mut say, count + at, member);
    }
    typed.after(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_is_typed_here_or_not_at_all() {
        let of = |text: &str| number(text, true).map(|found| found.to_string());
        for (typed, found) in
            [("0,5", "0.5"), ("1000000", "1000000"), ("1.000.000", "1000000"), ("1,125", "1.125"), ("30%", "30"), ("0,10", "0.10")]
        {
            assert_eq!(of(typed).as_deref(), Some(found), "{typed}");
        }
        for unclear in ["", "1.000", "mười", "1.000 đồng", "khoảng 5", "5; 6"] {
            assert_eq!(of(unclear), None, "{unclear}");
        }
        assert_eq!(number("30%", false), None, "a factor is no per cent");
    }

    #[test]
    fn other_names_come_back_as_they_were_also_with_a_comma_in_them() {
        for names in [&["GQVL", "NS&VSMT"][..], &["Học sinh, sinh viên"], &["Học sinh, sinh viên", "HSSV"], &[]] {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(parted(&joined(&names)), names);
        }
        assert_eq!(parted(" a ,, b,a "), ["a", "b"]);
    }
}
