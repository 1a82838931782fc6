//! The electronic boards of many units: how many there are and how they are, which of them want somebody, and the tree of units.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Serialize;

use super::boards::list_of;
use super::door::{Outcome, Visit};
use super::frame::{self, BOARDS, UNITS};
use super::told;
use super::{board_one, board_shown};
use crate::board::alarms;
use crate::board::health::{Health, health, with_alarms};
use crate::board::roll::{self, Row as Board};
use crate::board::tree::{Node, Tally, tree as made};
use crate::kit::calendar;
use crate::kit::fold::{alphabetical, capitalised};
use crate::kit::number::grouped;
use crate::kit::refusal::Refusal;
use crate::person::access::{Reach, Verb};
use crate::phrase;
use crate::posting::places::{self, Place};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Link;

/// Units that stand in the tree with all below them; of more only the upper ones, each with its way.
const MOST_UNITS: usize = 300;
/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;
/// Boards in one list; there is a number of all.
const MOST_LISTED: usize = 100;

#[derive(Serialize)]
struct Count {
    state: &'static str,
    name: String,
    count: usize,
    path: String,
    is_chosen: bool,
}

#[derive(Serialize)]
struct Line {
    place: Link,
    unit: String,
    state: &'static str,
    told: String,
    since: String,
}

#[derive(Serialize)]
struct NodeShown {
    unit: Link,
    told: String,
    share: usize,
    wants: String,
    below: Vec<NodeShown>,
}

#[derive(Serialize)]
struct Parts {
    /// Of which unit and below; empty for all that one looks after.
    within: String,
    whole: String,
    told: String,
    counts: Vec<Count>,
    heading: String,
    lines: Vec<Line>,
    more: usize,
    tree: Vec<NodeShown>,
    without: String,
    is_empty: bool,
    units: &'static str,
}

/// To the only unit whose boards one keeps, or to all of them at once.
pub fn tree(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let actor = visit.actor()?;
    let reach = actor.reach(&mut reading.c, Verb::KeepPlaces)?;
    if reach.is_nowhere() {
        return Err(Refusal::Forbidden);
    }
    let within = match visit.query.find("don-vi") {
        Some(label) => Some(unit::at_label(&mut reading.c, label)?),
        None => None,
    };
    if within.as_ref().is_some_and(|unit| !reach.covers(Some(unit.id))) {
        return Err(Refusal::Missing);
    }
    let ids = reached(&mut reading, &reach, within.as_ref())?;
    let boards = boards(&mut reading, &ids)?;
    let units = units(&mut reading, &ids, &boards)?;
    if let ([one], None) = (&units[..], &within) {
        return Ok(Outcome::To(list_of(&one.label)));
    }
    let mut of_units: HashMap<i64, Vec<Health>> = HashMap::new();
    boards.iter().for_each(|one| of_units.entry(one.place.unit_id).or_default().push(one.health));
    let nodes = made(&units, &of_units);
    let all = nodes.iter().map(|node| node.tally).reduce(Tally::plus).unwrap_or_default();
    let chosen = visit.query.find("tinh-trang").and_then(|name| Health::ALL.into_iter().find(|health| health.name() == name));
    let base = within.as_ref().map(|unit| format!("don-vi={}", unit.label)).unwrap_or_default();
    let (lines, more) = lines(&reading, &boards, &units, chosen);
    let is_deep = nodes.iter().map(Node::len_shown).sum::<usize>() <= MOST_UNITS;
    let levels = if is_deep { usize::MAX } else { usize::from(nodes.len() == 1) };
    let heading = match chosen {
        Some(health) => reading.word(&format!("boards-{}", heading_of(health))),
        None => reading.word("boards-wanting"),
    };
    let parts = Parts {
        within: within.as_ref().map(|unit| capitalised(&unit.name(&reading.web.words, reading.lang))).unwrap_or_default(),
        whole: BOARDS.to_owned(),
        told: match all.wanting() {
            0 => reading.say(&phrase!("boards-told-well", boards = all.boards)),
            wanting => reading.say(&phrase!("boards-told", boards = all.boards, wanting = wanting)),
        },
        counts: counts(&reading, &all, chosen, &base),
        heading,
        lines,
        more,
        tree: nodes.iter().filter(|node| node.tally.boards > 0).map(|node| shown(&reading, node, levels)).collect(),
        without: match all.without {
            0 => String::new(),
            without => {
                let told = |count: usize| grouped(count as i64, reading.lang);
                reading.say(&phrase!("boards-without", without = told(without), units = told(all.units)))
            }
        },
        is_empty: all.boards == 0,
        units: UNITS,
    };
    let title = reading.word("boards-title");
    frame::shown(visit, &mut reading, "desk/boards_tree.html", &title, &parts)
}

/// Units that one looks after, and that ever were.
fn reached(reading: &mut Reading, reach: &Reach, within: Option<&Unit>) -> Result<Vec<i64>, Refusal> {
    Ok(match (within, reach) {
        (Some(unit), _) => unit::with_descendants(&mut reading.c, unit)?,
        (None, Reach::Units(ids)) => ids.iter().copied().collect(),
        (None, Reach::Everywhere) => {
            let mut all = Vec::new();
            for province in unit::provinces(&mut reading.c)? {
                all.extend(unit::with_descendants(&mut reading.c, &province)?);
            }
            all
        }
    })
}

/// Those in force, and those that are no more and have a board still, in alphabetical order.
fn units(reading: &mut Reading, ids: &[i64], boards: &[Known]) -> Result<Vec<Unit>, Refusal> {
    let today = calendar::local(reading.now).date();
    let with: HashSet<i64> = boards.iter().map(|one| one.place.unit_id).collect();
    let mut units = Vec::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let found = unit::with_ids(&mut reading.c, ids)?.into_iter();
        units.extend(found.filter(|unit| unit.is_in_force(today) || with.contains(&unit.id)));
    }
    units.sort_by_cached_key(|unit| alphabetical(&unit.name));
    Ok(units)
}

struct Known {
    board: Board,
    place: Place,
    health: Health,
}

/// What stands in these units, the worst first.
fn boards(reading: &mut Reading, units: &[i64]) -> Result<Vec<Known>, Refusal> {
    let ids: HashSet<i64> = units.iter().copied().collect();
    let boards = roll::paired(&mut reading.c)?;
    let mut places: HashMap<i64, Place> = HashMap::new();
    let of: Vec<i64> = boards.iter().filter_map(|board| board.place_id).collect();
    for of in of.chunks(CHUNK) {
        places.extend(places::with_ids(&mut reading.c, of)?.into_iter().map(|place| (place.id, place)));
    }
    let mut open: BTreeMap<i64, Vec<alarms::Alarm>> = BTreeMap::new();
    alarms::all_open(&mut reading.c)?.into_iter().for_each(|alarm| open.entry(alarm.board_id).or_default().push(alarm));
    let known = boards.into_iter().filter_map(|board| {
        let place = places.get(&board.place_id?).filter(|place| ids.contains(&place.unit_id))?.clone();
        // What each unit's bulletin is now is asked by whoever watches boards.
        let health = health(&board, (0, reading.now), reading.now);
        let health = with_alarms(health, open.get(&board.id).map_or(&[], Vec::as_slice));
        Some(Known { board, place, health })
    });
    let mut known: Vec<Known> = known.collect();
    known.sort_by_key(|one| one.health);
    Ok(known)
}

fn counts(reading: &Reading, all: &Tally, chosen: Option<Health>, base: &str) -> Vec<Count> {
    let shown = Health::ALL.into_iter().filter(|health| all.count(*health) > 0 || chosen == Some(*health));
    shown
        .map(|health| Count {
            state: health.name(),
            name: reading.word(&format!("boards-{}", heading_of(health))),
            count: all.count(health),
            path: match chosen == Some(health) {
                true if base.is_empty() => BOARDS.to_owned(),
                true => format!("{BOARDS}?{base}"),
                false => {
                    format!("{BOARDS}?{}tinh-trang={}", if base.is_empty() { String::new() } else { format!("{base}&") }, health.name())
                }
            },
            is_chosen: chosen == Some(health),
        })
        .collect()
}

/// In a list of states; that of one names what went wrong, and what it may be.
fn heading_of(health: Health) -> &'static str {
    match health {
        Health::Ill => "ill-short",
        health => health.name(),
    }
}

fn lines(reading: &Reading, boards: &[Known], units: &[Unit], chosen: Option<Health>) -> (Vec<Line>, usize) {
    let names: HashMap<i64, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let wanted: Vec<&Known> = boards.iter().filter(|one| chosen.map_or(one.health.is_wanting(), |chosen| one.health == chosen)).collect();
    let more = wanted.len().saturating_sub(MOST_LISTED);
    let lines = wanted.into_iter().take(MOST_LISTED).map(|one| Line {
        place: Link::new(one.place.name.clone(), board_one::path_of(one.board.id)),
        unit: names.get(&one.place.unit_id).map(|unit| capitalised(&unit.name(&reading.web.words, reading.lang))).unwrap_or_default(),
        state: board_shown::sign(one.health),
        told: board_shown::health(reading, &one.board, one.health),
        since: match one.board.heard_at {
            Some(at) => reading.say(&phrase!("boards-heard", at = told::at(reading, at))),
            None => reading.say(&phrase!("boards-heard", at = reading.word("boards-never"))),
        },
    });
    (lines.collect(), more)
}

/// `levels`: how many of those below stand here.
fn shown(reading: &Reading, node: &Node, levels: usize) -> NodeShown {
    let tally = node.tally;
    let (well, wanting) = (tally.boards - tally.wanting(), tally.wanting());
    let name = capitalised(&node.unit.name(&reading.web.words, reading.lang));
    let below: Vec<&Node> = node.below.iter().filter(|node| node.tally.boards > 0).collect();
    let path = match node.below.is_empty() {
        true => list_of(&node.unit.label),
        false => format!("{BOARDS}?don-vi={}", node.unit.label),
    };
    NodeShown {
        unit: Link::new(name, path),
        told: reading.say(&phrase!("boards-node", well = well, boards = tally.boards)),
        share: (well * 100).checked_div(tally.boards).unwrap_or(0),
        wants: if wanting > 0 { reading.say(&phrase!("boards-node-wanting", wanting = wanting)) } else { String::new() },
        below: match levels {
            0 => Vec::new(),
            levels => below.into_iter().map(|node| shown(reading, node, levels - 1)).collect(),
        },
    }
}
