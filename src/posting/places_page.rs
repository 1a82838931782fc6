//! Where a unit posts, as a citizen reads it: what a place is called and where it is. Who keeps it, his telephone and its code
//! are for the desk.

use chrono::NaiveDate;
use serde::Serialize;

use super::kinds::{PLACES, word_of};
use super::places::{self, Place};
use crate::edition::of_units;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::unit::Unit;
use crate::web::answer::Reading;

#[derive(Debug, Serialize)]
pub struct Shown {
    pub name: String,
    pub location: String,
}

/// Places of one kind, in the order of lists.
#[derive(Debug, Serialize)]
pub struct Group {
    pub kind: String,
    pub places: Vec<Shown>,
}

/// Those that are used today. A unit that is no more posts nowhere.
pub fn shown(reading: &mut Reading, unit: &Unit) -> Result<Vec<Group>, Refusal> {
    let today = calendar::local(reading.now).date();
    if !unit.is_in_force(today) {
        return Ok(Vec::new());
    }
    reading.c.look([of_units::places(&unit.label)]);
    let all = places::of_unit(&mut reading.c, unit.id)?;
    next_turn(&all, today).into_iter().for_each(|day| reading.until(calendar::midnight(day)));
    let mut groups: Vec<(&str, Group)> = Vec::new();
    for place in all.into_iter().filter(|place| place.is_open(today)) {
        let kind = word_of(&PLACES, &place.kind());
        let shown = Shown { name: place.name, location: place.location };
        match groups.last_mut().filter(|(last, _)| *last == kind) {
            Some((_, group)) => group.places.push(shown),
            None => groups.push((kind, Group { kind: reading.word(&format!("place-kind-{kind}")), places: vec![shown] })),
        }
    }
    Ok(groups.into_iter().map(|(_, group)| group).collect())
}

/// The next day on which one of them begins or ends.
fn next_turn(all: &[Place], today: NaiveDate) -> Option<NaiveDate> {
    let turns = all.iter().flat_map(|place| [Some(place.opened_on), place.closed_on.and_then(|last| last.succ_opt())]);
    turns.flatten().filter(|day| *day > today).min()
}
