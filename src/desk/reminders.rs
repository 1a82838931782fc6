//! What a unit has to do, for those who do it: days of its plan that are past or near, and what does not hang yet.

use chrono::Datelike;

use super::coming::choices;
use super::coverage;
use super::door::Visit;
use super::frame::{COVERAGE, PLANS};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::plan_shown;
use crate::unit;
use crate::web::answer::Reading;
use crate::web::view::Link;

/// Of his own unit, the first of those that he works for. What hangs at the boards of many units is told on its own page.
pub fn reminders(visit: &Visit, reading: &mut Reading) -> Result<Vec<Link>, Refusal> {
    let actor = visit.actor()?;
    if !actor.may_somewhere(Verb::Publish) && !actor.may_somewhere(Verb::KeepPlaces) {
        return Ok(Vec::new());
    }
    let Some(unit) = choices(visit, reading)?.into_iter().next() else { return Ok(Vec::new()) };
    let name = capitalised(&unit.name(&reading.web.words, reading.lang));
    let mut told = Vec::new();
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
