//! How far postings have come: of each that hangs in a unit one line, and of one a number, what is wrong and where, and the
//! tree of units.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
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
use crate::kit::words::{Lang, Words};
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::coverage::{At, Coverage, Part, Tally, coverage, coverages, in_unit};
use crate::posting::coverage_tree::{Node, above, tree};
use crate::posting::groups;
use crate::posting::places::Place;
use crate::posting::reach::{self, Place as Standing, Rule};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/van-ban/{id}/do-phu";
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
pub(super) fn told(words: &Words, lang: Lang, coverage: &Coverage) -> String {
    let tally = coverage.tally();
    let say = |phrase| words.say(lang, &phrase);
    if tally.places == 0 {
        return words.text(lang, "coverage-no-places");
    }
    if coverage.is_over {
        return match tally.left {
            0 => words.text(lang, "coverage-over"),
            left => say(phrase!("coverage-over-left", left = left, places = tally.places)),
        };
    }
    let mut lines = vec![say(phrase!("coverage-told", current = tally.current, places = tally.places, number = coverage.edition.number))];
    let since = coverage.parts.iter().flat_map(|part| &part.places).filter_map(|(_, at)| match at {
        At::Silent(since) => Some(calendar::local(*since).date()),
        _ => None,
    });
    let days: BTreeSet<NaiveDate> = since.collect();
    if let Some(first) = days.first() {
        let since = calendar::running(*first, words, lang);
        lines.push(match days.len() {
            1 => say(phrase!("coverage-told-silent", count = tally.silent, since = since)),
            _ => say(phrase!("coverage-told-silent-longest", count = tally.silent, since = since)),
        });
    }
    let others = [("coverage-told-old", tally.old), ("coverage-told-torn", tally.torn), ("coverage-told-down", tally.down)];
    lines.extend(
        others
            .into_iter()
            .chain([("coverage-told-out", tally.out)])
            .filter(|(_, count)| *count > 0)
            .map(|(key, count)| words.counted(lang, key, count)),
    );
    lines.join("; ")
}

/// Where somebody has to go, the worst first and then in the order of units; and how many more there are.
fn worst_first(parts: &[Part], most: usize) -> (Vec<(&Unit, &Place, At)>, usize) {
    let order = counts(&Tally::default()).map(|(at, _)| at.name());
    let all = parts.iter().flat_map(|part| part.places.iter().map(move |(place, at)| (&part.unit, place, *at)));
    let mut all: Vec<(&Unit, &Place, At)> = all.filter(|(_, _, at)| at.is_wanting()).collect();
    all.sort_by_key(|(_, _, at)| order.iter().position(|name| *name == at.name()));
    let more = all.len().saturating_sub(most);
    all.truncate(most);
    (all, more)
}

/// Of one posting in the list: its places are looked at no further.
struct Covered {
    told: String,
    tally: Tally,
}

impl Covered {
    fn of(words: &Words, lang: Lang, coverage: &Coverage) -> Covered {
        Covered { told: told(words, lang, coverage), tally: coverage.tally() }
    }
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

/// How many of what hangs in a unit want somebody to go somewhere.
pub(super) fn wanting(reading: &mut Reading, unit: &Unit) -> Result<usize, Refusal> {
    Ok(rows(reading, unit)?.0.iter().filter(|row| row.wants).count())
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
    let (words, lang) = (reading.web.words.clone(), reading.lang);
    let mut known: BTreeMap<i64, Covered> = BTreeMap::new();
    here.iter().for_each(|coverage| drop(known.insert(coverage.edition.document_id, Covered::of(&words, lang, coverage))));
    let own: Vec<i64> = hung.iter().filter(|one| one.rule == Rule::Own).map(|one| one.document_id).collect();
    let mut found = Vec::new();
    coverages(&mut reading.c, &own, reading.now, |coverage| {
        found.push((coverage.edition.document_id, Covered::of(&words, lang, &coverage)))
    })?;
    known.extend(found);
    let texts = texts(reading, &hung)?;
    let mut rows = Vec::new();
    for one in &hung {
        let Some((_, title)) = texts.get(&one.edition_id) else { continue };
        let Some(Covered { told, tally }) = known.remove(&one.document_id) else { continue };
        let path = match one.rule {
            Rule::Own => format!("{TEXTS}/{}/do-phu", one.document_id),
            _ => hangs::path_of(one.document_id, Some(unit)),
        };
        rows.push(Row {
            title: title.clone(),
            path,
            told,
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
    /// To the same page of it and what stands below; empty where there is nothing else.
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
    /// Where it hangs as it should, as many as stand on one page.
    hung: Vec<PlaceShown>,
    out: Vec<OutShown>,
    placeless: Vec<String>,
    more_placeless: usize,
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
    let (worst, more) = worst_first(&coverage.parts, MOST_PLACES);
    for (unit, place, at) in worst {
        let name = reading.word(&format!("coverage-state-{}", at.name()));
        let states = wanting.entry(at.name()).or_insert_with(|| States { state: at.name(), name, places: Vec::new() });
        states.places.push(PlaceShown {
            name: place.name.clone(),
            unit: named(&reading, unit),
            kind: kind_name(&reading, place.kind()),
            told: about(&reading, at),
        });
    }
    let all = coverage.parts.iter().flat_map(|part| part.places.iter().map(move |(place, at)| (&part.unit, place, *at)));
    let hung = all.filter(|(_, _, at)| *at == At::Current).take(MOST_PLACES).map(|(unit, place, at)| PlaceShown {
        name: place.name.clone(),
        unit: named(&reading, unit),
        kind: kind_name(&reading, place.kind()),
        told: about(&reading, at),
    });
    let hung: Vec<PlaceShown> = hung.collect();
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
    let ways = Ways { path: &path, is_whole, is_one: coverage.parts.len() == 1 };
    let parts = One {
        title: text.revision.title.clone(),
        back: format!("{TEXTS}/{document}"),
        within: within.as_ref().map(|unit| named(&reading, unit)).unwrap_or_default(),
        told: told(&reading.web.words, reading.lang, &coverage),
        share: share(&tally),
        counts: counts(&tally)
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(at, count)| Count { state: at.name(), name: reading.word(&format!("coverage-state-{}", at.name())), count })
            .collect(),
        wanting: counts(&tally).into_iter().filter_map(|(at, _)| wanting.remove(at.name())).collect(),
        more,
        hung,
        out,
        more_placeless: coverage.parts.iter().filter(is_placeless).count().saturating_sub(MOST_PLACES),
        placeless: coverage.parts.iter().filter(is_placeless).map(|part| named(&reading, &part.unit)).take(MOST_PLACES).collect(),
        tree: nodes.iter().map(|node| node_shown(&reading, node, &ways)).collect(),
        path,
    };
    let title = reading.word("coverage-title");
    frame::shown(visit, &mut reading, "desk/coverage.html", &title, &parts)
}

pub(super) fn about(reading: &Reading, at: At) -> String {
    match at {
        At::Old(number) => reading.say(&phrase!("coverage-hangs", number = number)),
        At::Silent(since) => reading.say(&phrase!("coverage-due-since", at = told::at(reading, since))),
        at => at.since().map(|since| reading.say(&phrase!("coverage-since", at = told::at(reading, since)))).unwrap_or_default(),
    }
}

/// Where the nodes of a tree lead.
struct Ways<'w> {
    path: &'w str,
    /// All of it stands here.
    is_whole: bool,
    /// There is but one unit.
    is_one: bool,
}

fn node_shown(reading: &Reading, node: &Node, ways: &Ways) -> NodeShown {
    let tally = &node.tally;
    let folded = !ways.is_whole && !node.below.is_empty();
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
        path: if ways.is_one { String::new() } else { format!("{}?don-vi={}", ways.path, node.unit.label) },
        below: if folded { Vec::new() } else { node.below.iter().map(|one| node_shown(reading, one, ways)).collect() },
    }
}
