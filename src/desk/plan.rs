//! What a unit discloses by law, at one place: its plans with what is late, its registers, and each of them as a posting to
//! hang, begun with everything in it.

use chrono::Datelike;
use serde::Serialize;

use super::coming::{at_label, choices};
use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::plan_form;
use super::press::press;
use super::told::Choice;
use crate::approval::write::{Filed, begin};
use crate::channel::page::{plan, register};
use crate::edition::Kind as TextKind;
use crate::edition::find_documents::open_titled;
use crate::edition::written::Written;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::kinds::{CARRIES, word_of};
use crate::posting::quarter::Quarter;
use crate::posting::register::{Register, register as made};
use crate::posting::{Posting, plan_shown, rules};
use crate::unit::Unit;
use crate::web::answer::Reading;

pub const POST: &str = "/ban-bien-tap/ke-hoach/niem-yet";

/// The kinds under which these lists hang; where a keeper has dropped one, nothing is offered.
const OF_REGISTERS: &str = "danh-muc-da-cong-khai";
const OF_PLANS: &str = "ke-hoach-cong-khai";
/// Quarters that are told.
const QUARTERS: usize = 5;

#[derive(Serialize)]
struct YearShown {
    year: String,
    /// What of it is done and late; empty where there is no plan.
    told: String,
    late: usize,
    edit: String,
    public: String,
}

#[derive(Serialize)]
struct QuarterShown {
    name: String,
    public: String,
    slug: String,
    now: bool,
}

#[derive(Serialize)]
struct List {
    units: Vec<Choice>,
    unit: String,
    label: String,
    years: Vec<YearShown>,
    quarters: Vec<QuarterShown>,
    hangs_registers: bool,
    hangs_plans: bool,
    /// Whoever publishes there makes its plan.
    plans: bool,
    action: &'static str,
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let units = choices(visit, &mut reading)?;
    let chosen = match visit.query.find("don-vi") {
        Some(label) => Some(at_label(visit, &mut reading, label, Verb::Look)?),
        None => units.first().cloned(),
    };
    let catalogue = rules::catalogue(&mut reading.c)?;
    let mut parts = List {
        units: Vec::new(),
        unit: String::new(),
        label: String::new(),
        years: Vec::new(),
        quarters: Vec::new(),
        hangs_registers: catalogue.kind(OF_REGISTERS).is_some(),
        hangs_plans: catalogue.kind(OF_PLANS).is_some(),
        plans: false,
        action: POST,
    };
    if let Some(unit) = chosen {
        let (words, lang) = (reading.web.words.clone(), reading.lang);
        let choice = |known: &Unit| Choice::new(known.label.clone(), capitalised(&known.name(&words, lang)), &unit.label);
        parts.units = units.iter().map(choice).collect();
        parts.unit = capitalised(&unit.name(&words, lang));
        parts.label.clone_from(&unit.label);
        let (actor, at) = (visit.actor()?, Some(unit.id));
        parts.plans = actor.may(&mut reading.c, Verb::Publish, at)?;
        let writes = actor.may(&mut reading.c, Verb::Write, at)?;
        (parts.hangs_registers, parts.hangs_plans) = (parts.hangs_registers && writes, parts.hangs_plans && writes);
        let today = calendar::local(reading.now).date();
        for year in [today.year() + 1, today.year(), today.year() - 1] {
            let shown = plan_shown::shown(&mut reading, &unit, year)?;
            parts.years.push(YearShown {
                year: year.to_string(),
                told: shown.as_ref().map(|shown| plan_shown::tally(&reading, shown)).unwrap_or_default(),
                late: shown.as_ref().map_or(0, |shown| shown.late),
                edit: plan_form::path(&unit.label, year),
                public: plan::path(&unit.label, year),
            });
        }
        let quarters = std::iter::successors(Some(Quarter::of(today)), |quarter| quarter.before());
        parts.quarters = quarters
            .take(QUARTERS)
            .map(|quarter| QuarterShown {
                name: register::named(&reading, quarter),
                public: register::path(&unit.label, quarter),
                slug: quarter.slug(),
                now: today <= quarter.last(),
            })
            .collect();
    }
    let title = reading.word("desk-way-plans");
    frame::shown(visit, &mut reading, "desk/plans.html", &title, &parts)
}

/// A draft of the posting that has this list in it: the law has the list hang where the rest hangs (Law 10/2022/QH15,
/// Article 13.2).
pub fn post(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = at_label(visit, &mut reading, &visit.fields.text("unit"), Verb::Write)?;
    let asked = visit.fields.text("which");
    let (slug, title, body) = match Quarter::read(&asked) {
        Some(quarter) => {
            let register = made(&mut reading, &unit, quarter)?;
            let name = register::named(&reading, quarter);
            let title = phrase!("plan-post-register", quarter = name, unit = unit.name(&reading.web.words, Lang::Vi));
            (OF_REGISTERS, reading.say(&title), of_register(&reading, &register))
        }
        None => {
            let year = plan::year(&asked).ok_or(Refusal::Missing)?;
            let shown = plan_shown::shown(&mut reading, &unit, year)?.ok_or(Refusal::Missing)?;
            let title = phrase!("plan-title", year = year, unit = unit.name(&reading.web.words, Lang::Vi));
            (OF_PLANS, reading.say(&title), of_plan(&reading, &shown))
        }
    };
    drop(reading);
    // Whoever presses twice goes on with the draft that is there.
    let there = open_titled(&mut visit.reading()?.c, TextKind::Posting, unit.id, slug, &title)?;
    if let Some(document) = there {
        return Ok(Outcome::To(format!("{TEXTS}/{document}?da=draft-there")));
    }
    let begun = visit.write(|c, act| {
        let catalogue = rules::catalogue(c)?;
        let kind = catalogue.kind(slug).ok_or(Refusal::Missing)?;
        let issuer = visit.web.words.say(Lang::Vi, &phrase!("posting-committee", unit = unit.name(&visit.web.words, Lang::Vi)));
        let carry = |carry| word_of(&CARRIES, &carry).to_owned();
        let facts = Posting { issuer, paper: carry(kind.paper), web: carry(kind.web), ..Posting::default() };
        let written = Written { title: title.clone(), lead: String::new(), body: body.clone(), facts: Box::new(facts) };
        let filed = Filed { unit_id: Some(unit.id), section: slug.to_owned(), ..Filed::default() };
        begin(c, act, &press(&visit.web.words), TextKind::Posting, None, &filed, &written)
    })?;
    Ok(Outcome::To(format!("{TEXTS}/{}/sua", begun.document_id)))
}

/// What stands in a cell of a table of Markdown, as it is.
fn cell(text: &str) -> String {
    let mut out = String::new();
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\`*_{}[]<>#|~".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn table(heads: &[String], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(" | "));
    let rule = format!("|{}\n", " --- |".repeat(heads.len()));
    rows.fold(line(heads) + &rule, |all, row| all + &line(&row))
}

fn of_register(reading: &Reading, register: &Register) -> String {
    let heads = ["number", "content", "document", "how", "notes"].map(|name| reading.word(&format!("register-column-{name}")));
    let rows = register.rows.iter().map(|row| {
        let forms: Vec<String> =
            row.forms.iter().map(|form| format!("{}: {} {}", form.name, form.when, form.places.join(", ")).trim_end().to_owned()).collect();
        vec![row.number.to_string(), row.content.clone(), row.document.clone(), forms.join("; "), row.notes.join("; ")]
    });
    table(&heads, rows)
}

fn of_plan(reading: &Reading, plan: &plan_shown::Shown) -> String {
    let heads = [
        "register-column-number",
        "register-column-content",
        "plan-column-forms",
        "plan-column-due",
        "plan-column-period",
        "plan-column-who",
    ];
    let heads = heads.map(|key| reading.word(key));
    let rows = plan.rows.iter().map(|row| {
        let due: Vec<&str> = row.turns.iter().map(|turn| turn.due.as_str()).collect();
        let due = if due.is_empty() { reading.word("plan-arising") } else { due.join(", ") };
        vec![row.number.to_string(), row.content.clone(), row.forms.clone(), due, row.period.clone(), row.who.clone()]
    });
    table(&heads, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_a_cell_stays_in_it_and_is_read_as_nothing_else() {
        assert_eq!(cell("a | b\n*c* <d> {{Tên}}"), "a \\| b \\*c\\* \\<d\\> \\{\\{Tên\\}\\}");
        let made = table(&["Một".to_owned(), "Hai".to_owned()], [vec!["1".to_owned(), "a|b".to_owned()]].into_iter());
        assert_eq!(made, "| Một | Hai |\n| --- | --- |\n| 1 | a\\|b |\n");
    }
}
