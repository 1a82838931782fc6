//! What comes to a unit from elsewhere, and what the unit does with it: a list, and of each a page with the unit's own line
//! and the way out and back in.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::coming_over::{Over, over};
use super::door::{Outcome, Visit};
use super::form::own_units;
use super::frame::{self, COMING};
use super::texts::name_of;
use super::told::{self, Choice, Told, by_field};
use super::{papers, placements};
use crate::channel::paper;
use crate::edition::{Edition, Kind as TextKind};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::{Reach, Verb};
use crate::phrase;
use crate::posting::adopt::{self, MOST_LINE, MOST_REASON, Stand};
use crate::posting::reach::{self, Hung, Place, Rule};
use crate::posting::{board, groups, page};
use crate::store::schema::{documents, editions, revisions};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/gui-ve/{id}";
/// Units to choose from; whoever works for more chooses those of the site's own.
const MOST_UNITS: usize = 400;
/// Rows of the list: more have never come to one place at a time.
const MOST: usize = 300;

#[derive(Serialize)]
struct Row {
    title: String,
    path: String,
    origin: String,
    until: String,
    line: String,
    reason: String,
}

#[derive(Serialize)]
struct List {
    units: Vec<Choice>,
    unit: String,
    board: String,
    rows: Vec<Row>,
    told: String,
    /// What is over, for whoever keeps the places.
    over: Vec<Over>,
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let units = choices(visit, &mut reading)?;
    let chosen = match visit.query.find("don-vi") {
        Some(label) => Some(at_label(visit, &mut reading, label, Verb::Look)?),
        None => units.first().cloned(),
    };
    let title = reading.word("desk-way-coming");
    let Some(unit) = chosen else {
        let parts =
            List { units: Vec::new(), unit: String::new(), board: String::new(), rows: Vec::new(), told: String::new(), over: Vec::new() };
        return frame::shown(visit, &mut reading, "desk/coming.html", &title, &parts);
    };
    let today = calendar::local(reading.now).date();
    let groups = groups::groups(&mut reading.c)?;
    let place = Place::of(&mut reading.c, &unit, &groups, today)?;
    let mut hung = reach::hanging(&mut reading.c, &place, visit.now)?;
    hung.retain(|one| one.rule != Rule::Own);
    let count = hung.len();
    hung.truncate(MOST);
    let ids: Vec<i64> = hung.iter().map(|one| one.document_id).collect();
    let same = reach::same(&mut reading.c, unit.id, today)?;
    let mut stands = adopt::stands(&mut reading.c, &same, &ids)?;
    let texts = texts(&mut reading, &hung)?;
    let mut rows = Vec::new();
    for one in &hung {
        let Some((edition, title)) = texts.get(&one.edition_id) else { continue };
        let stand = stands.remove(&one.document_id).unwrap_or_default();
        let sender = sender(&mut reading, edition)?;
        rows.push(Row {
            title: title.clone(),
            path: address(one.document_id, &unit),
            origin: capitalised(&board::origin(&reading, &groups, &place, &one.rule, sender.as_ref())),
            until: page::until(&reading, edition),
            line: stand.line,
            reason: stand.out.map(|out| out.reason).unwrap_or_default(),
        });
    }
    let (words, lang) = (reading.web.words.clone(), reading.lang);
    let choices = units.iter().map(|known| Choice::new(known.label.clone(), capitalised(&known.name(&words, lang)), &unit.label));
    let parts = List {
        units: choices.collect(),
        unit: capitalised(&unit.name(&words, lang)),
        board: crate::channel::page::unit_board::path(&unit.code),
        told: words.counted(lang, "coming-told", count),
        over: match visit.actor()?.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))? {
            true => over(&mut reading, &unit)?,
            false => Vec::new(),
        },
        rows,
    };
    frame::shown(visit, &mut reading, "desk/coming.html", &title, &parts)
}

fn address(document: i64, unit: &Unit) -> String {
    format!("{COMING}/{document}?don-vi={}", unit.label)
}

/// Where he may answer for a unit; those in which he holds a role first.
pub(super) fn choices(visit: &Visit, reading: &mut Reading) -> Result<Vec<Unit>, Refusal> {
    let actor = visit.actor()?.clone();
    let today = calendar::local(reading.now).date();
    let held: Vec<i64> = actor.grants.iter().filter_map(|grant| grant.unit_id).collect();
    // Whoever publishes there answers for it, and whoever keeps its places hangs it.
    let answers = actor.reach(&mut reading.c, Verb::Publish)?;
    let reach = match (answers, actor.reach(&mut reading.c, Verb::KeepPlaces)?) {
        (Reach::Units(ids), Reach::Units(more)) => Reach::Units(ids.union(&more).copied().collect()),
        _ => Reach::Everywhere,
    };
    let mut units = match reach {
        Reach::Units(ids) if ids.len() <= MOST_UNITS => unit::with_ids(&mut reading.c, &ids.into_iter().collect::<Vec<_>>())?,
        reach => own_units(reading)?.into_iter().filter(|unit| reach.covers(Some(unit.id))).collect(),
    };
    units.retain(|unit| unit.is_in_force(today));
    units.sort_by_cached_key(|unit| (!held.contains(&unit.id), unit.parent_id.is_none(), crate::kit::fold::alphabetical(&unit.name)));
    Ok(units)
}

/// Errors: `Missing` where he may not do this, or where no such unit is in force.
pub(super) fn at_label(visit: &Visit, reading: &mut Reading, label: &str, verb: Verb) -> Result<Unit, Refusal> {
    let today = calendar::local(reading.now).date();
    let unit = unit::at_label(&mut reading.c, label)?;
    if !unit.is_in_force(today) || !visit.actor()?.may(&mut reading.c, verb, Some(unit.id))? {
        return Err(Refusal::Missing);
    }
    Ok(unit)
}

pub(super) type Texts = HashMap<i64, (Edition, String)>;

pub(super) fn texts(reading: &mut Reading, hung: &[Hung]) -> Result<Texts, Refusal> {
    let ids: Vec<i64> = hung.iter().map(|one| one.edition_id).collect();
    let found: Vec<(Edition, String)> = editions::table
        .inner_join(revisions::table)
        .filter(editions::id.eq_any(ids))
        .select((Edition::as_select(), revisions::title))
        .load(&mut *reading.c)?;
    Ok(found.into_iter().map(|(edition, title)| (edition.id, (edition, title))).collect())
}

fn sender(reading: &mut Reading, edition: &Edition) -> Result<Option<Unit>, Refusal> {
    match edition.unit_id {
        Some(id) => Ok(unit::with_ids(&mut reading.c, &[id])?.pop()),
        None => Ok(None),
    }
}

#[derive(Serialize)]
struct Said {
    what: String,
    about: String,
    text: String,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    lead: String,
    action: String,
    label: String,
    unit: String,
    origin: String,
    until: String,
    public: String,
    /// What is printed and noted of it; empty for whoever may not.
    papers: Papers,
    is_out: bool,
    reason_now: String,
    may: bool,
    line: String,
    reason: String,
    most_line: usize,
    most_reason: usize,
    issues: Vec<Told>,
    line_issue: String,
    reason_issue: String,
    history: Vec<Said>,
    back: String,
}

#[derive(Default, Serialize)]
struct Papers {
    sheet: String,
    large: String,
    hangs: String,
    record: String,
}

/// For whoever keeps the unit's places.
fn papers(document: i64, unit: &Unit) -> Papers {
    let at = |path: &str| format!("{}?don-vi={}", path.replace("{id}", &document.to_string()), unit.label);
    Papers {
        sheet: at(papers::SHEET),
        large: format!("{}&{}", at(papers::SHEET), paper::LARGE),
        hangs: at(placements::HANGS),
        record: at(papers::POSTED),
    }
}

pub fn one(visit: &Visit) -> Result<Outcome, Refusal> {
    page(visit, &visit.query.text("don-vi"), Vec::new())
}

fn page(visit: &Visit, label: &str, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let unit = at_label(visit, &mut reading, label, Verb::Look)?;
    let coming = adopt::coming(&mut reading.c, unit.id, visit.id("id")?, visit.now)?;
    let document = coming.edition.document_id;
    let today = calendar::local(reading.now).date();
    let same = reach::same(&mut reading.c, unit.id, today)?;
    let rows = adopt::history(&mut reading.c, document)?;
    let own: Vec<_> = rows.iter().filter(|row| same.contains(&row.unit_id)).collect();
    let stand = Stand::of(own.iter().copied());
    let mut history = Vec::new();
    for row in own.iter().rev() {
        let name = name_of(&mut reading.c, &row.actor)?;
        let what = match row.act.as_str() {
            adopt::LINE if row.text.is_empty() => "coming-was-line-removed",
            adopt::LINE => "coming-was-line",
            adopt::OUT => "coming-was-out",
            _ => "coming-was-in",
        };
        let about = reading.say(&phrase!("step-by", name = name, at = told::at(&reading, row.at)));
        history.push(Said { what: reading.word(what), about, text: row.text.clone() });
    }
    let groups = groups::groups(&mut reading.c)?;
    let place = Place::of(&mut reading.c, &unit, &groups, today)?;
    let sender = sender(&mut reading, &coming.edition)?;
    let (title, lead): (String, String) =
        revisions::table.find(coming.edition.revision_id).select((revisions::title, revisions::lead)).first(&mut *reading.c)?;
    let wrong: BTreeMap<String, String> = by_field(&issues);
    let typed = |name: &str, stored: &str| visit.fields.find(name).map_or_else(|| stored.to_owned(), str::to_owned);
    let issue = |name: &str| wrong.get(name).cloned().unwrap_or_default();
    let parts = Parts {
        lead,
        action: format!("{COMING}/{document}"),
        label: unit.label.clone(),
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        origin: capitalised(&board::origin(&reading, &groups, &place, &coming.rule, sender.as_ref())),
        until: page::until(&reading, &coming.edition),
        public: TextKind::Posting.path(&coming.slug),
        papers: match visit.actor()?.may(&mut reading.c, Verb::KeepPlaces, Some(unit.id))? {
            true => papers(document, &unit),
            false => Papers::default(),
        },
        is_out: stand.out.is_some(),
        reason_now: stand.out.map(|out| out.reason).unwrap_or_default(),
        may: visit.actor()?.may(&mut reading.c, Verb::Publish, Some(unit.id))?,
        line: typed("line", &stand.line),
        reason: typed("reason", ""),
        most_line: MOST_LINE,
        most_reason: MOST_REASON,
        line_issue: issue("line"),
        reason_issue: issue("reason"),
        issues,
        history,
        back: format!("{COMING}?don-vi={}", unit.label),
        title: title.clone(),
    };
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/coming_one.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/coming_one.html", &title, &parts)
    }
}

pub fn answer(visit: &Visit) -> Result<Outcome, Refusal> {
    let (document, label) = (visit.id("id")?, visit.fields.text("don-vi"));
    let mut reading = visit.reading()?;
    let unit = at_label(visit, &mut reading, &label, Verb::Look)?;
    drop(reading);
    let outcome = visit.write(|c, act| match visit.fields.text("then").as_str() {
        "line" => adopt::keep_line(c, act, unit.id, document, &visit.fields.text("line")),
        "out" => adopt::opt_out(c, act, unit.id, document, &visit.fields.text("reason")),
        "in" => adopt::opt_in(c, act, unit.id, document),
        _ => Err(Refusal::Missing),
    });
    match outcome {
        Ok(()) => Ok(Outcome::To(format!("{}&da=saved", address(document, &unit)))),
        Err(Refusal::Issues(issues)) => {
            let reading = visit.reading()?;
            let issues = told::issues(&reading, &issues);
            drop(reading);
            page(visit, &label, issues)
        }
        Err(other) => Err(other),
    }
}

/// A posting that its sender looks at: its slug, and what shows of it now.
pub(super) fn showing(reading: &mut Reading, document: i64) -> Result<Option<Edition>, Refusal> {
    Ok(editions::table
        .inner_join(documents::table)
        .filter(editions::document_id.eq(document).and(documents::kind.eq(TextKind::Posting.name())))
        .filter(crate::edition::terms::visible_at(reading.now))
        .select(Edition::as_select())
        .first(&mut *reading.c)
        .optional()?)
}
