//! The units in which somebody works: what he holds there, and the ways to their texts, people and public pages.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, PEOPLE, TEXTS};
use crate::kit::calendar;
use crate::kit::fold::{capitalised, fold};
use crate::kit::refusal::Refusal;
use crate::person::access::{Reach, Verb};
use crate::unit::{self, Unit};

/// A page of units. A country has three thousand.
const MOST: usize = 200;

#[derive(Serialize)]
struct Shown {
    name: String,
    /// The unit above it.
    above: String,
    roles: Vec<String>,
    former: bool,
    public: String,
    texts: String,
    people: String,
}

#[derive(Serialize)]
struct Parts {
    search: String,
    told: String,
    units: Vec<Shown>,
    keeps_people: bool,
}

pub fn units(visit: &Visit) -> Result<Outcome, Refusal> {
    let actor = visit.actor()?.clone();
    let mut reading = visit.reading()?;
    let search = visit.query.line("tim");
    let wanted = fold(&search);
    let mut all: Vec<Unit> = match actor.reach(&mut reading.c, Verb::Look)? {
        Reach::Everywhere => unit::all(&mut reading.c)?,
        Reach::Units(ids) => unit::with_ids(&mut reading.c, &ids.into_iter().collect::<Vec<_>>())?,
    };
    let today = calendar::local(visit.now).date();
    let held = |unit: &Unit| actor.grants.iter().any(|grant| grant.unit_id == Some(unit.id));
    all.retain(|unit| wanted.is_empty() || fold(&unit.name).contains(&wanted) || unit.code == search);
    // One's own first, then what is in force.
    all.sort_by_cached_key(|unit| {
        (!held(unit), unit.is_former(today), unit.parent_id.is_some(), crate::kit::fold::alphabetical(&unit.name))
    });
    let count = all.len();
    all.truncate(MOST);
    let above: Vec<i64> = all.iter().filter_map(|unit| unit.parent_id).collect();
    let above = unit::with_ids(&mut reading.c, &above)?;
    let (words, lang) = (reading.web.words.clone(), reading.lang);
    let shown = all.iter().map(|unit| Shown {
        name: capitalised(&unit.name(&words, lang)),
        above: above.iter().find(|above| Some(above.id) == unit.parent_id).map(|above| above.name(&words, lang)).unwrap_or_default(),
        roles: actor
            .grants
            .iter()
            .filter(|grant| grant.unit_id == Some(unit.id))
            .map(|grant| reading.word(&format!("role-{}", grant.role.name())))
            .collect(),
        former: unit.is_former(today),
        public: unit.path(),
        texts: format!("{TEXTS}?don-vi={}", unit.label),
        people: format!("{PEOPLE}?don-vi={}", unit.label),
    });
    let told = words.counted(lang, if count > MOST { "desk-units-told-more" } else { "desk-units-told" }, count);
    let parts = Parts { search, told, units: shown.collect(), keeps_people: actor.may_somewhere(Verb::KeepPeople) };
    let title = reading.word("desk-way-units");
    frame::shown(visit, &mut reading, "desk/units.html", &title, &parts)
}
