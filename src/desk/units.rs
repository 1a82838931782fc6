//! The units in which somebody works: what he holds there, and the ways to their texts, people and public pages. His own
//! come first, then those of the portal; a country's others go on for pages.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::form::own_units;
use super::frame::{self, PEOPLE, TEXTS, UNITS};
use super::places::list_of;
use super::{boards, webhooks};
use crate::kit::calendar;
use crate::kit::fold::{alphabetical, capitalised};
use crate::kit::refusal::Refusal;
use crate::person::Actor;
use crate::person::access::{Reach, Verb};
use crate::unit::find::{self, Search, Wanted};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// A page of the others.
const PER_PAGE: usize = 50;

#[derive(Serialize)]
struct Shown {
    name: String,
    /// The unit above it.
    above: String,
    roles: Vec<String>,
    former: bool,
    public: String,
    texts: String,
    places: String,
    people: String,
    /// Empty for whoever may not have anybody told.
    webhooks: String,
    boards: String,
}

#[derive(Serialize)]
struct Group {
    id: &'static str,
    name: String,
    units: Vec<Shown>,
}

#[derive(Serialize)]
struct Parts {
    search: String,
    told: String,
    /// Without those that have no unit.
    groups: Vec<Group>,
    keeps_people: bool,
    previous: String,
    next: String,
}

pub fn units(visit: &Visit) -> Result<Outcome, Refusal> {
    let actor = visit.actor()?.clone();
    let mut reading = visit.reading()?;
    let page = match visit.query.find("trang") {
        None => 1,
        Some(_) => {
            visit.query.number("trang").and_then(|page| usize::try_from(page).ok()).filter(|page| *page > 0).ok_or(Refusal::Missing)?
        }
    };
    let text = visit.query.line("tim");
    let search = Search::of(&text);
    let reach = actor.reach(&mut reading.c, Verb::Look)?;
    let (mut held, mut own) = first(&mut reading, &actor, &reach)?;
    let but = held.iter().chain(&own).map(|unit| unit.id).collect();
    let only = match reach {
        Reach::Everywhere => None,
        Reach::Units(ids) => Some(ids.into_iter().collect()),
    };
    for group in [&mut held, &mut own] {
        group.retain(|unit| search.finds(unit));
    }
    let wanted = Wanted { only, but, search };
    let others = find::count(&mut reading.c, &wanted)?;
    let pages = others.div_ceil(PER_PAGE).max(1);
    if page > pages {
        return Err(Refusal::Missing);
    }
    let count = held.len() + own.len() + others;
    let others = find::page(&mut reading.c, &wanted, (page - 1) * PER_PAGE, PER_PAGE)?;
    let mut groups = Vec::new();
    // Of a site that names no unit those are the provinces.
    let own_word = if reading.face.site.unit.is_empty() { "desk-units-provinces" } else { "desk-units-own" };
    for (id, word, units) in [("held", "desk-units-held", held), ("own", own_word, own), ("others", "desk-units-others", others)] {
        if !units.is_empty() && (page == 1 || id == "others") {
            groups.push(Group { id, name: reading.word(word), units: shown(&mut reading, &actor, &units)? });
        }
    }
    let link = |page: usize| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !text.is_empty() {
            query.append_pair("tim", &text);
        }
        query.append_pair("trang", &page.to_string());
        format!("{UNITS}?{}", query.finish())
    };
    let parts = Parts {
        told: reading.web.words.counted(reading.lang, "desk-units-told", count),
        groups,
        keeps_people: actor.may_somewhere(Verb::KeepPeople),
        previous: if page > 1 { link(page - 1) } else { String::new() },
        next: if page < pages { link(page + 1) } else { String::new() },
        search: text,
    };
    let title = reading.word("desk-way-units");
    frame::shown(visit, &mut reading, "desk/units.html", &title, &parts)
}

/// Those in which he holds a role, and those of the portal that are in force, as far as he may look at them.
fn first(reading: &mut Reading, actor: &Actor, reach: &Reach) -> Result<(Vec<Unit>, Vec<Unit>), Refusal> {
    let ids: Vec<i64> = actor.grants.iter().filter_map(|grant| grant.unit_id).collect();
    let mut held = unit::with_ids(&mut reading.c, &ids)?;
    held.sort_by_cached_key(|unit| (unit.parent_id.is_some(), alphabetical(&unit.name)));
    let today = calendar::local(reading.now).date();
    let mut own = own_units(reading)?;
    own.retain(|unit| unit.is_in_force(today) && reach.covers(Some(unit.id)) && !ids.contains(&unit.id));
    for group in [&mut held, &mut own] {
        group.retain(|unit| reach.covers(Some(unit.id)));
    }
    Ok((held, own))
}

fn shown(reading: &mut Reading, actor: &Actor, units: &[Unit]) -> Result<Vec<Shown>, Refusal> {
    let mut ids: Vec<i64> = units.iter().filter_map(|unit| unit.parent_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let above = unit::with_ids(&mut reading.c, &ids)?;
    let (words, lang) = (&reading.web.words, reading.lang);
    let today = calendar::local(reading.now).date();
    let keeps_site = actor.may(&mut reading.c, Verb::KeepSite, None)?;
    let publishes = actor.reach(&mut reading.c, Verb::Publish)?;
    let may_tell = |unit: &Unit| keeps_site || publishes.covers(Some(unit.id));
    let each = units.iter().map(|unit| Shown {
        name: capitalised(&unit.name(words, lang)),
        above: above.iter().find(|above| Some(above.id) == unit.parent_id).map(|above| above.name(words, lang)).unwrap_or_default(),
        roles: actor
            .grants
            .iter()
            .filter(|grant| grant.unit_id == Some(unit.id))
            .map(|grant| reading.word(&format!("role-{}", grant.role.name())))
            .collect(),
        former: unit.is_former(today),
        public: unit.path(),
        texts: format!("{TEXTS}?don-vi={}", unit.label),
        places: list_of(&unit.label),
        people: format!("{PEOPLE}?don-vi={}", unit.label),
        boards: boards::list_of(&unit.label),
        webhooks: if may_tell(unit) { webhooks::list_of(&unit.label) } else { String::new() },
    });
    Ok(each.collect())
}
