//! Whose a place is when its unit is no more: a board stays under the unit that told of it, and hangs what comes to whatever
//! took that unit in.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::places::Place;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::unit::lineage::{Link, forebears, heirs, leading_from, leading_to};
use crate::unit::{self, Unit};

const CHUNK: usize = 800;

/// By unit whose places they are: in which unit they are now, each with the day before which it was another's. The first is
/// the one that took it in whole.
pub struct Held(BTreeMap<i64, Vec<(i64, Option<NaiveDate>)>>);

impl Held {
    /// `units`: in force on that day. However many they are, it asks as often as they changed one after the other.
    pub fn of(c: &mut Conn, units: &[i64], day: NaiveDate) -> Result<Held, Refusal> {
        let links = leading_to(c, units)?;
        let old: BTreeSet<i64> = links.iter().map(|link| link.old).collect();
        let living = in_force(c, &old.into_iter().collect::<Vec<_>>(), day)?;
        // Who gave a part away keeps its boards, and those of what it had taken in.
        let links: Vec<Link> = links.into_iter().filter(|link| !living.contains(&link.old)).collect();
        let mut held: BTreeMap<i64, Vec<(i64, Option<NaiveDate>)>> = units.iter().map(|unit| (*unit, vec![(*unit, None)])).collect();
        for is_whole in [true, false] {
            let mut by_new: BTreeMap<i64, Vec<Link>> = BTreeMap::new();
            links.iter().filter(|link| link.is_whole || !is_whole).for_each(|link| by_new.entry(link.new).or_default().push(*link));
            for unit in units {
                for (old, before) in forebears(*unit, &leading(*unit, &by_new), day) {
                    let holders = held.entry(old).or_default();
                    if holders.iter().all(|(known, _)| known != unit) {
                        holders.push((*unit, Some(before)));
                    }
                }
            }
        }
        Ok(Held(held))
    }

    /// Itself and what it took in.
    pub fn ids(&self) -> Vec<i64> {
        self.0.keys().copied().collect()
    }

    /// Of these units the one in which a place is.
    pub fn holder(&self, place: &Place, units: &BTreeSet<i64>) -> Option<(i64, Option<NaiveDate>)> {
        self.0.get(&place.unit_id)?.iter().find(|(unit, _)| units.contains(unit)).copied()
    }
}

/// Of many changes those that lead to one unit.
fn leading(unit: i64, by_new: &BTreeMap<i64, Vec<Link>>) -> Vec<Link> {
    let (mut found, mut met, mut next) = (Vec::new(), BTreeSet::from([unit]), vec![unit]);
    while let Some(at) = next.pop() {
        for link in by_new.get(&at).into_iter().flatten() {
            found.push(*link);
            next.extend(met.insert(link.old).then_some(link.old));
        }
    }
    found
}

fn in_force(c: &mut Conn, ids: &[i64], day: NaiveDate) -> Result<BTreeSet<i64>, Refusal> {
    let mut all = BTreeSet::new();
    for ids in ids.chunks(CHUNK) {
        all.extend(unit::with_ids(c, ids)?.into_iter().filter(|unit| unit.is_in_force(day)).map(|unit| unit.id));
    }
    Ok(all)
}

/// The units that have a unit's places on a day: itself while it is in force, then all that took it in.
pub fn holders(c: &mut Conn, unit: i64, day: NaiveDate) -> Result<Vec<Unit>, Refusal> {
    let own = unit::with_ids(c, &[unit])?;
    if own.iter().any(|own| own.is_in_force(day)) {
        return Ok(own);
    }
    let mut links = leading_from(c, &[unit])?;
    let ids: Vec<i64> = links.iter().map(|link| link.new).collect();
    let living = in_force(c, &ids, day)?;
    links.retain(|link| !living.contains(&link.old));
    let ids: Vec<i64> = heirs([unit], &links, NaiveDate::MIN, day).into_iter().filter(|id| living.contains(id)).collect();
    unit::with_ids(c, &ids)
}

/// Errors: as if the place were asked for in its own unit.
pub fn must(c: &mut Conn, act: Act, verb: Verb, place: &Place) -> Result<(), Refusal> {
    let outcome = act.must(c, verb, Some(place.unit_id));
    if outcome.is_err() {
        for unit in holders(c, place.unit_id, calendar::local(act.now).date())? {
            if unit.id != place.unit_id && act.who.may(c, verb, Some(unit.id))? {
                return Ok(());
            }
        }
    }
    outcome
}
