//! Beginning: what kind of text it is, whose it is, and what it is called. Everything else is written afterwards.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::form;
use super::frame::{self, TEXTS};
use super::posting_form;
use super::press::press;
use super::told;
use crate::approval::held;
use crate::approval::write::{Filed, begin};
use crate::article::Article;
use crate::edition::written::{Facts, Written, issue};
use crate::edition::{Kind, URGENT};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Lang;
use crate::person::access::{Reach, Verb};
use crate::phrase;
use crate::posting::kinds::{CARRIES, Carry, Catalogue, word_of};
use crate::posting::{self, Posting, rules};
use crate::report::Report;
use crate::standing::Standing;
use crate::unit;

/// What stands for the whole portal in the list of units: no unit's label. Only a page may be of no unit.
const WHOLE: &str = "-";

#[derive(Serialize)]
struct NewForm {
    kinds: Vec<told::Choice>,
    kind_issue: String,
    title: String,
    title_issue: String,
    unit_issue: String,
    section_issue: String,
    units: Vec<told::Choice>,
    sections: Vec<told::Choice>,
    posting_kinds: Vec<told::Choice>,
    posting_kind_issue: String,
}

#[derive(Serialize)]
struct New {
    form: NewForm,
    issues: Vec<told::Told>,
}

pub fn new(visit: &Visit) -> Result<Outcome, Refusal> {
    if !visit.actor()?.may_somewhere(Verb::Write) {
        return Err(Refusal::Forbidden);
    }
    new_again(visit, &[])
}

fn new_again(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let typed = visit.typed(&mut reading.c)?;
    let (unit, section) = (typed.line("unit"), typed.line("section"));
    let kind = kind_of(&typed).map_or("", Kind::name);
    let issues = told::issues(&reading, issues);
    let mut beside = told::by_field(&issues);
    let mut of = |name: &str| beside.remove(name).unwrap_or_default();
    let mut units = form::units(&mut reading, visit.actor()?, Verb::Write, false, &unit)?;
    if visit.actor()?.reach(&mut reading.c, Verb::Write)? == Reach::Everywhere {
        units.insert(1, told::Choice::new(WHOLE, reading.word("new-whole-portal"), &unit));
    }
    let form = NewForm {
        kinds: Kind::ALL.map(|known| told::Choice::new(known.name(), reading.word(&format!("new-kind-{}", known.name())), kind)).into(),
        kind_issue: of("kind"),
        title: typed.line("title"),
        title_issue: of("title"),
        unit_issue: of("unit"),
        section_issue: of("section"),
        units,
        sections: form::sections(&reading, &section),
        posting_kinds: posting_form::kinds(&mut reading, &typed.line("posting_kind"))?,
        posting_kind_issue: of("posting_kind"),
    };
    let title = reading.word("new-title");
    let parts = New { form, issues };
    match parts.issues.is_empty() {
        true => frame::shown(visit, &mut reading, "desk/new.html", &title, &parts),
        false => frame::again(visit, &mut reading, "desk/new.html", &title, &parts),
    }
}

/// An article, unless somebody says otherwise.
fn kind_of(typed: &Fields) -> Option<Kind> {
    typed.find("kind").map_or(Some(Kind::Article), Kind::named)
}

/// A few lines are enough to begin, and they must be right: they say whose the text is.
pub fn start(visit: &Visit) -> Result<Outcome, Refusal> {
    let (title, label, mut section) = (visit.fields.line("title"), visit.fields.line("unit"), visit.fields.line("section"));
    let chosen = kind_of(&visit.fields);
    let kind = chosen.unwrap_or(Kind::Article);
    let mut issues = Vec::new();
    if chosen.is_none() {
        issues.push(issue("kind", 0, phrase!("edit-unknown-kind")));
    }
    if title.is_empty() {
        issues.push(issue("title", 0, phrase!("edit-needs-title")));
    }
    match kind {
        Kind::Page => section.clear(),
        Kind::Posting => section = visit.fields.line("posting_kind"),
        Kind::Article | Kind::Report if visit.web.last_face().site.section(&section).is_some() => {}
        Kind::Article | Kind::Report => issues.push(issue("section", 0, phrase!("edit-unknown-section"))),
    }
    let begun = visit.write(|c, act| {
        let catalogue = if kind == Kind::Posting { rules::catalogue(c)? } else { Catalogue::default() };
        let posting_kind = catalogue.kind(&section);
        if kind == Kind::Posting && posting_kind.is_none() {
            issues.push(issue("posting_kind", 0, phrase!("posting-no-kind")));
        }
        let mut issuer = String::new();
        let unit = match unit::at_label(c, &label) {
            Ok(unit) => {
                issuer = visit.web.words.say(Lang::Vi, &phrase!("posting-committee", unit = unit.name(&visit.web.words, Lang::Vi)));
                Some(unit.id)
            }
            Err(Refusal::Missing) => {
                match (label.as_str(), kind) {
                    (WHOLE, Kind::Page) => {}
                    (WHOLE, Kind::Article | Kind::Report) => issues.push(issue("unit", 0, phrase!("edit-article-of-nobody"))),
                    (WHOLE, Kind::Posting) => issues.push(issue("unit", 0, phrase!("posting-of-nobody"))),
                    _ => issues.push(issue("unit", 0, phrase!("edit-unknown-unit"))),
                }
                None
            }
            Err(other) => return Err(other),
        };
        if !issues.is_empty() {
            return Err(Refusal::Issues(issues));
        }
        let facts: Box<dyn Facts> = match kind {
            Kind::Article => Box::new(Article { byline: visit.actor()?.name.clone(), ..Article::default() }),
            Kind::Page => Box::new(Standing::default()),
            Kind::Report => Box::new(Report::default()),
            Kind::Posting => {
                let carry =
                    |of: fn(&posting::kinds::Kind) -> Carry| posting_kind.map_or("", |kind| word_of(&CARRIES, &of(kind))).to_owned();
                let priority = if posting_kind.is_some_and(|kind| kind.urgent) { URGENT } else { 0 };
                let (paper, web) = (carry(|kind| kind.paper), carry(|kind| kind.web));
                Box::new(Posting { issuer, paper, web, priority, ..Posting::default() })
            }
        };
        let written = Written { title, lead: String::new(), body: String::new(), facts };
        let filed = Filed { unit_id: unit, section, ..Filed::default() };
        held::let_go(c, visit.actor()?.id, &visit.path)?;
        begin(c, act, &press(&visit.web.words), kind, None, &filed, &written)
    });
    match begun {
        Ok(edition) => Ok(Outcome::To(format!("{TEXTS}/{}/sua", edition.document_id))),
        Err(Refusal::Issues(issues)) => new_again(visit, &issues),
        Err(other) => Err(other),
    }
}
