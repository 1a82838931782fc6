//! How far postings have come: of each that hangs in a unit one line, and of one a number, what is wrong and where, and the
//! tree of units; and the whole list as a table to take along.

use std::collections::BTreeMap;

use serde::Serialize;

use super::coming::{at_label, choices, texts};
use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::hangs;
use super::places::kind_name;
use super::told::{self, Choice};
use crate::approval::current;
use crate::edition::Kind as TextKind;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table::{Cell, Column, Table};
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::coverage::{At, Coverage, Part, Tally, coverage, in_unit};
use crate::posting::coverage_tree::{Node, above, tree};
use crate::posting::groups;
use crate::posting::reach::{self, Place as Standing, Rule};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/van-ban/{id}/do-phu";
pub const CSV: &str = "/ban-bien-tap/van-ban/{id}/do-phu.csv";
pub const XLSX: &str = "/ban-bien-tap/van-ban/{id}/do-phu.xlsx";
/// Postings of one unit that are told of; a unit with more looks at them by their own pages.
const MOST: usize = 60;
/// Places told on one page; all of them stand in the table.
const MOST_PLACES: usize = 200;
/// Units that stand in a tree with all below them; of more only the upper ones, each with its way.
const MOST_UNITS: usize = 300;

/// The states, the worst first, each with its number.
fn counts(tally: &Tally) -> [(At, usize); 8] {
    [
        (At::Left, tally.left),
        (At::Torn(Moment::MIN), tally.torn),
        (At::Down(Moment::MIN), tally.down),
        (At::Old(0), tally.old),
        (At::Silent(Moment::MIN), tally.silent),
        (At::Out, tally.out),
        (At::Current, tally.current),
        (At::Over, tally.over),
    ]
}

/// `143 trên 147 nơi treo bản 4; 3 nơi chưa có tin từ thứ Hai 16/11; 1 nơi không niêm yết`
pub fn told(reading: &Reading, coverage: &Coverage) -> String {
    let tally = coverage.tally();
    let say = |phrase| reading.say(&phrase);
    if tally.places == 0 {
        return reading.word("coverage-no-places");
    }
    if coverage.is_over {
        return match tally.left {
            0 => reading.word("coverage-over"),
            left => say(phrase!("coverage-over-left", left = left, places = tally.places)),
        };
    }
    let mut lines = vec![say(phrase!("coverage-told", current = tally.current, places = tally.places, number = coverage.edition.number))];
    let since = coverage.parts.iter().flat_map(|part| &part.places).filter_map(|(_, at)| match at {
        At::Silent(since) => Some(*since),
        _ => None,
    });
    if let Some(since) = since.min() {
        let day = calendar::running(calendar::local(since).date(), &reading.web.words, reading.lang);
        lines.push(say(phrase!("coverage-told-silent", count = tally.silent, since = day)));
    }
    let others = [("coverage-told-old", tally.old), ("coverage-told-torn", tally.torn), ("coverage-told-down", tally.down)];
    lines.extend(
        others
            .into_iter()
            .chain([("coverage-told-out", tally.out)])
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| reading.web.words.counted(reading.lang, key, count)),
    );
    lines.join("; ")
}

/// A share of a hundred for a bar, and for whoever listens.
fn share(tally: &Tally) -> usize {
    (tally.current * 100).checked_div(tally.places).unwrap_or(0)
}

#[derive(Serialize)]
struct Row {
    title: String,
    path: String,
    told: String,
    share: usize,
    /// Somebody has to go somewhere.
    wants: bool,
    origin: String,
}

#[derive(Serialize)]
struct List {
    units: Vec<Choice>,
    unit: String,
    rows: Vec<Row>,
    told: String,
}

/// What hangs in a unit, and how far each has come: its own wherever it is to hang, what came to it in its own places.
pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let units = choices(visit, &mut reading)?;
    let chosen = match visit.query.find("don-vi") {
        Some(label) => Some(at_label(visit, &mut reading, label, Verb::Look)?),
        None => units.first().cloned(),
    };
    let title = reading.word("desk-way-coverage");
    let mut parts = List { units: Vec::new(), unit: String::new(), rows: Vec::new(), told: String::new() };
    if let Some(unit) = chosen {
        let (words, lang) = (reading.web.words.clone(), reading.lang);
        let choice = |known: &Unit| Choice::new(known.label.clone(), capitalised(&known.name(&words, lang)), &unit.label);
        parts.units = units.iter().map(choice).collect();
        parts.unit = capitalised(&unit.name(&words, lang));
        let (rows, more) = rows(&mut reading, &unit)?;
        let wanting = rows.iter().filter(|row| row.wants).count();
        parts.told = match more {
            true => reading.say(&phrase!("coverage-list-more", most = MOST, wanting = wanting)),
            false => reading.say(&phrase!("coverage-list-told", count = rows.len(), wanting = wanting)),
        };
        parts.rows = rows;
    }
    frame::shown(visit, &mut reading, "desk/coverages.html", &title, &parts)
}

fn rows(reading: &mut Reading, unit: &Unit) -> Result<(Vec<Row>, bool), Refusal> {
    let today = calendar::local(reading.now).date();
    let groups = groups::groups(&mut reading.c)?;
    let place = Standing::of(&mut reading.c, unit, &groups, today)?;
    let mut hung = reach::hanging(&mut reading.c, &place, reading.now)?;
    let more = hung.len() > MOST;
    hung.truncate(MOST);
    let coming: Vec<i64> = hung.iter().filter(|one| one.rule != Rule::Own).map(|one| one.document_id).collect();
    let here = in_unit(&mut reading.c, unit, &coming, reading.now)?;
    let mut here: BTreeMap<i64, Coverage> = coming.into_iter().zip(here).collect();
    let texts = texts(reading, &hung)?;
    let mut rows = Vec::new();
    for one in &hung {
        let Some((_, title)) = texts.get(&one.edition_id) else { continue };
        let (coverage, path) = match here.remove(&one.document_id) {
            Some(coverage) => (coverage, hangs::path_of(one.document_id, Some(unit))),
            None => (coverage(&mut reading.c, one.document_id, reading.now)?, format!("{TEXTS}/{}/do-phu", one.document_id)),
        };
        let tally = coverage.tally();
        rows.push(Row {
            title: title.clone(),
            path,
            told: told(reading, &coverage),
            share: share(&tally),
            wants: tally.wanting() > 0,
            origin: if one.rule == Rule::Own { String::new() } else { reading.word("coverage-coming") },
        });
    }
    // What wants somebody's feet comes first; the rest in the order of the board.
    rows.sort_by_key(|row| !row.wants);
    Ok((rows, more))
}

#[derive(Serialize)]
struct Count {
    state: &'static str,
    name: String,
    count: usize,
}

#[derive(Serialize)]
struct PlaceShown {
    name: String,
    unit: String,
    kind: String,
    told: String,
}

#[derive(Serialize)]
struct States {
    state: &'static str,
    name: String,
    places: Vec<PlaceShown>,
}

#[derive(Serialize)]
struct OutShown {
    unit: String,
    reason: String,
    about: String,
}

#[derive(Serialize)]
struct NodeShown {
    unit: String,
    told: String,
    share: usize,
    wants: bool,
    /// To the same page of what stands below; empty where all of it stands here.
    path: String,
    below: Vec<NodeShown>,
}

#[derive(Serialize)]
struct One {
    title: String,
    path: String,
    back: String,
    /// Of which unit and below; empty for all.
    within: String,
    told: String,
    share: usize,
    counts: Vec<Count>,
    wanting: Vec<States>,
    more: usize,
    out: Vec<OutShown>,
    placeless: Vec<String>,
    tree: Vec<NodeShown>,
}

pub fn one(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, document)?;
    if text.kind != TextKind::Posting {
        return Err(Refusal::Missing);
    }
    let mut coverage = coverage(&mut reading.c, document, reading.now)?;
    let higher = above(&mut reading.c, &coverage.parts)?;
    let within = match visit.query.find("don-vi") {
        Some(label) => Some(unit::at_label(&mut reading.c, label)?),
        None => None,
    };
    if let Some(within) = &within {
        let parents: BTreeMap<i64, Option<i64>> = higher.iter().map(|unit| (unit.id, unit.parent_id)).collect();
        coverage.parts.retain(|part| {
            let mut at = Some(part.unit.id);
            while let Some(id) = at.filter(|id| *id != within.id) {
                at = if id == part.unit.id { part.unit.parent_id } else { parents.get(&id).copied().flatten() };
            }
            at.is_some()
        });
    }
    let named = |reading: &Reading, unit: &Unit| capitalised(&unit.name(&reading.web.words, reading.lang));
    let tally = coverage.tally();
    let mut wanting: BTreeMap<&str, States> = BTreeMap::new();
    let (mut told_of, mut more) = (0, 0);
    for part in &coverage.parts {
        for (place, at) in part.places.iter().filter(|(_, at)| at.is_wanting()) {
            if told_of == MOST_PLACES {
                more += 1;
                continue;
            }
            told_of += 1;
            let name = reading.word(&format!("coverage-state-{}", at.name()));
            let states = wanting.entry(at.name()).or_insert_with(|| States { state: at.name(), name, places: Vec::new() });
            states.places.push(PlaceShown {
                name: place.name.clone(),
                unit: named(&reading, &part.unit),
                kind: kind_name(&reading, place.kind()),
                told: about(&reading, *at),
            });
        }
    }
    let mut out = Vec::new();
    for part in &coverage.parts {
        if let Some(one) = &part.out {
            let by = super::texts::name_of(&mut reading.c, &one.actor)?;
            let about = reading.say(&phrase!("step-by", name = by, at = told::at(&reading, one.at)));
            out.push(OutShown { unit: named(&reading, &part.unit), reason: one.reason.clone(), about });
        }
    }
    let path = format!("{TEXTS}/{document}/do-phu");
    let is_placeless = |part: &&Part| part.out.is_none() && part.places.is_empty();
    let nodes = tree(&coverage.parts, &higher);
    let is_whole = coverage.parts.len() <= MOST_UNITS || nodes.len() == 1;
    let parts = One {
        title: text.revision.title.clone(),
        back: format!("{TEXTS}/{document}"),
        within: within.as_ref().map(|unit| named(&reading, unit)).unwrap_or_default(),
        told: told(&reading, &coverage),
        share: share(&tally),
        counts: counts(&tally)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(at, count)| Count { state: at.name(), name: reading.word(&format!("coverage-state-{}", at.name())), count })
            .collect(),
        wanting: counts(&tally).into_iter().filter_map(|(at, _)| wanting.remove(at.name())).collect(),
        more,
        out,
        placeless: coverage.parts.iter().filter(is_placeless).map(|part| named(&reading, &part.unit)).take(MOST_PLACES).collect(),
        tree: nodes.iter().map(|node| node_shown(&reading, node, &path, is_whole)).collect(),
        path,
    };
    let title = reading.word("coverage-title");
    frame::shown(visit, &mut reading, "desk/coverage.html", &title, &parts)
}

fn about(reading: &Reading, at: At) -> String {
    match at {
        At::Old(number) => reading.say(&phrase!("coverage-hangs", number = number)),
        at => at.since().map(|since| reading.say(&phrase!("coverage-since", at = told::at(reading, since)))).unwrap_or_default(),
    }
}

fn node_shown(reading: &Reading, node: &Node, path: &str, is_whole: bool) -> NodeShown {
    let tally = &node.tally;
    let folded = !is_whole && !node.below.is_empty();
    NodeShown {
        unit: capitalised(&node.unit.name(&reading.web.words, reading.lang)),
        told: match tally.places {
            0 if tally.units_out > 0 => reading.word("coverage-node-out"),
            0 => reading.word("coverage-node-placeless"),
            places if tally.wanting() == 0 => reading.say(&phrase!("coverage-node", current = tally.current, places = places)),
            places => reading.say(&phrase!("coverage-node-wants", current = tally.current, places = places, wanting = tally.wanting())),
        },
        share: share(tally),
        wants: tally.wanting() > 0,
        path: if folded { format!("{path}?don-vi={}", node.unit.label) } else { String::new() },
        below: if folded { Vec::new() } else { node.below.iter().map(|one| node_shown(reading, one, path, is_whole)).collect() },
    }
}

const COLUMNS: [(&str, u16); 7] = [
    ("coverage-column-unit", 30),
    ("coverage-column-code", 10),
    ("coverage-column-place", 40),
    ("coverage-column-kind", 20),
    ("coverage-column-state", 28),
    ("coverage-column-since", 13),
    ("coverage-column-note", 50),
];

pub fn csv(visit: &Visit) -> Result<Outcome, Refusal> {
    let (table, name) = table(visit)?;
    Ok(Outcome::File { mime: crate::kit::table::CSV, name: format!("{name}.csv"), bytes: table.csv().into() })
}

pub fn xlsx(visit: &Visit) -> Result<Outcome, Refusal> {
    let (table, name) = table(visit)?;
    Ok(Outcome::File { mime: crate::kit::table::XLSX, name: format!("{name}.xlsx"), bytes: table.xlsx()?.into() })
}

/// Every place of every unit, and a line for each unit without one.
fn table(visit: &Visit) -> Result<(Table, String), Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, document)?;
    if text.kind != TextKind::Posting {
        return Err(Refusal::Missing);
    }
    let coverage = coverage(&mut reading.c, document, reading.now)?;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for part in &coverage.parts {
        let unit = capitalised(&part.unit.name(&reading.web.words, reading.lang));
        let reason = part.out.as_ref().map(|out| out.reason.clone()).unwrap_or_default();
        let mut row = |place: &str, kind: String, state: String, since: Option<Moment>, note: String| {
            let since = Cell::day(since.map(|since| calendar::local(since).date()));
            rows.push(vec![
                unit.as_str().into(),
                part.unit.code.as_str().into(),
                place.into(),
                kind.into(),
                state.into(),
                since,
                note.into(),
            ]);
        };
        if part.places.is_empty() {
            let key = if part.out.is_some() { "coverage-state-out" } else { "coverage-node-placeless" };
            row("", String::new(), reading.word(key), part.out.as_ref().map(|out| out.at), reason.clone());
        }
        for (place, at) in &part.places {
            let note = match at {
                At::Old(_) => about(&reading, *at),
                At::Out => reason.clone(),
                _ => String::new(),
            };
            let state = reading.word(&format!("coverage-state-{}", at.name()));
            row(&place.name, kind_name(&reading, place.kind()), state, at.since(), note);
        }
    }
    let table = Table {
        title: text.revision.title.clone(),
        sheet: reading.word("coverage-title"),
        about: vec![told(&reading, &coverage), told::at(&reading, reading.now)],
        columns: COLUMNS.map(|(head, width)| Column { head: reading.word(head), width }).into(),
        rows,
        made_at: reading.now,
    };
    Ok((table, format!("do-phu-{}", text.slug)))
}
