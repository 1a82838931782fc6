//! What a unit has to do, for those who do it: days of its plan that are past or near, and what does not hang yet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::coming::choices;
use super::coverage::{self, ONE as COVERED};
use super::door::Visit;
use super::frame::{BOARDS, COVERAGE, PLANS};
use crate::board::{alarms, roll};
use crate::edition::find_document;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::{places, plan_shown};
use crate::unit;
use crate::web::answer::Reading;
use crate::web::view::Link;

/// Boards named in one line.
const MOST_NAMED: usize = 3;

/// Of his own unit, the first of those that he works for. What hangs at the boards of many units is told on its own page.
pub fn reminders(visit: &Visit, reading: &mut Reading) -> Result<Vec<Link>, Refusal> {
    let actor = visit.actor()?;
    if !actor.may_somewhere(Verb::Publish) && !actor.may_somewhere(Verb::KeepPlaces) {
        return Ok(Vec::new());
    }
    // Nothing is more pressing than what people do not see though they should.
    let mut told = boards(visit, reading)?;
    let Some(unit) = choices(visit, reading)?.into_iter().next() else { return Ok(told) };
    let name = capitalised(&unit.name(&reading.web.words, reading.lang));
    let year = calendar::local(reading.now).date().year();
    if let Some(plan) = plan_shown::shown(reading, &unit, year)? {
        let late = (plan.late > 0).then(|| phrase!("mine-late", unit = name, count = plan.late));
        let soon = (plan.soon > 0).then(|| phrase!("mine-soon", unit = name, count = plan.soon));
        let path = format!("{PLANS}?don-vi={}", unit.label);
        told.extend(late.into_iter().chain(soon).map(|phrase| Link::new(reading.say(&phrase), path.clone())));
    }
    if unit::with_descendants(&mut reading.c, &unit)?.len() == 1 {
        let count = coverage::wanting(reading, &unit)?;
        if count > 0 {
            let unhung = reading.say(&phrase!("mine-unhung", unit = name, count = count));
            told.push(Link::new(unhung, format!("{COVERAGE}?don-vi={}", unit.label)));
        }
    }
    Ok(told)
}

/// Boards that want somebody, in all units that he looks after.
fn boards(visit: &Visit, reading: &mut Reading) -> Result<Vec<Link>, Refusal> {
    let all = alarms::told_within(&mut reading.c, visit.actor()?, Verb::KeepPlaces)?;
    let mut urgent: BTreeMap<i64, usize> = BTreeMap::new();
    all.iter().filter_map(|(_, alarm)| alarm.document_id).for_each(|document| *urgent.entry(document).or_default() += 1);
    let mut told = Vec::new();
    for (document, count) in urgent {
        let Some(title) = find_document::title_now(&mut reading.c, document, reading.now)? else { continue };
        let text = reading.say(&phrase!("mine-boards-urgent", title = title, count = count));
        told.push(Link::new(text, COVERED.replace("{id}", &document.to_string())));
    }
    let units: BTreeSet<i64> = all.iter().map(|(unit, _)| *unit).collect();
    let ids: BTreeSet<i64> = all.iter().filter(|(_, alarm)| alarm.document_id.is_none()).map(|(_, alarm)| alarm.board_id).collect();
    if ids.is_empty() {
        return Ok(told);
    }
    let mut names = Vec::new();
    for id in ids.iter().take(MOST_NAMED) {
        let place = roll::with_id(&mut reading.c, *id)?.place_id.ok_or(Refusal::Missing)?;
        let place = places::with_id(&mut reading.c, place)?;
        // Whoever looks after one unit knows whose it is.
        let of = if units.len() > 1 { unit::with_ids(&mut reading.c, &[place.unit_id])?.pop() } else { None };
        let of = of.map(|unit| format!(" ({})", unit.name(&reading.web.words, reading.lang))).unwrap_or_default();
        names.push(format!("{}{of}", place.name));
    }
    let mut named = names.join(", ");
    if ids.len() > MOST_NAMED {
        named = reading.say(&phrase!("mine-boards-more", places = named, more = ids.len() - MOST_NAMED));
    }
    let text = reading.say(&phrase!("mine-boards-wanting", count = ids.len(), places = named));
    told.push(Link::new(text, BOARDS));
    Ok(told)
}
