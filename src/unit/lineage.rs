//! What a unit took in, and what took it in: by how far the word of a unit that is no more counts in another. A pure part
//! walks the list of changes; the rest reads as much of the list as is walked.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{Unit, with_ids};
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{unit_changes, units};

/// Changes one after the other: more than any place has seen.
const MOST_STEPS: usize = 12;

/// From this day on one unit is another, or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    pub old: i64,
    pub new: i64,
    pub from: NaiveDate,
    pub is_whole: bool,
}

/// Every unit that has gone into this one by a day, directly or through others, with the day before which what it said
/// counts here: what a unit says after it gave a part away is its own.
pub fn forebears(own: i64, links: &[Link], day: NaiveDate) -> BTreeMap<i64, NaiveDate> {
    let mut found: BTreeMap<i64, NaiveDate> = BTreeMap::new();
    let mut next = vec![(own, NaiveDate::MAX)];
    while let Some((unit, before)) = next.pop() {
        for link in links.iter().filter(|link| link.new == unit && link.from <= day && link.old != own) {
            let counts = link.from.min(before);
            if found.get(&link.old).is_none_or(|known| *known < counts) {
                found.insert(link.old, counts);
                next.push((link.old, counts));
            }
        }
    }
    found
}

/// The other way: every unit in which what one of these said on a day counts by another day; these among them.
pub fn heirs(of: impl IntoIterator<Item = i64>, links: &[Link], said: NaiveDate, day: NaiveDate) -> BTreeSet<i64> {
    let mut found: BTreeSet<i64> = BTreeSet::new();
    let mut next: Vec<i64> = of.into_iter().collect();
    while let Some(unit) = next.pop() {
        if found.insert(unit) {
            next.extend(links.iter().filter(|link| link.old == unit && said < link.from && link.from <= day).map(|link| link.new));
        }
    }
    found
}

/// The one unit that this one is, under another name or bounds: it took in that one, whole, and nothing else.
pub fn renamed_from(unit: i64, links: &[Link], day: NaiveDate) -> Option<Link> {
    let mut of = links.iter().filter(|link| link.new == unit && link.from <= day);
    of.next().filter(|link| link.is_whole && of.next().is_none()).copied()
}

/// All changes that lead to these units, from however long ago, and those to come.
pub fn leading_to(c: &mut Conn, units: &[i64]) -> Result<Vec<Link>, Refusal> {
    walk(c, units, true)
}

/// All changes that lead on from these.
pub fn leading_from(c: &mut Conn, units: &[i64]) -> Result<Vec<Link>, Refusal> {
    walk(c, units, false)
}

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;

fn walk(c: &mut Conn, units: &[i64], is_back: bool) -> Result<Vec<Link>, Refusal> {
    let mut seen: BTreeSet<i64> = units.iter().copied().collect();
    let mut layer: Vec<i64> = seen.iter().copied().collect();
    let mut links: BTreeSet<Link> = BTreeSet::new();
    for _ in 0..MOST_STEPS {
        let mut next = Vec::new();
        for ids in layer.chunks(CHUNK) {
            let query = unit_changes::table
                .select((unit_changes::old_unit_id, unit_changes::new_unit_id, unit_changes::effective, unit_changes::extent))
                .into_boxed::<<Conn as diesel::Connection>::Backend>();
            let rows: Vec<(i64, Option<i64>, NaiveDate, String)> = match is_back {
                true => query.filter(unit_changes::new_unit_id.eq_any(ids)).load(c)?,
                false => query.filter(unit_changes::old_unit_id.eq_any(ids)).load(c)?,
            };
            for (old, new, from, extent) in rows {
                let Some(new) = new else { continue };
                links.insert(Link { old, new, from, is_whole: extent == "whole" });
                let other = if is_back { old } else { new };
                next.extend(seen.insert(other).then_some(other));
            }
        }
        if next.is_empty() {
            break;
        }
        layer = next;
    }
    Ok(links.into_iter().collect())
}

/// A unit and what it took in by a day: itself first, each other with the day before which its word counts.
pub struct Lineage {
    pub members: Vec<(Unit, Option<NaiveDate>)>,
    pub links: Vec<Link>,
}

pub fn lineage(c: &mut Conn, unit: &Unit, day: NaiveDate) -> Result<Lineage, Refusal> {
    let links = leading_to(c, &[unit.id])?;
    let found = forebears(unit.id, &links, day);
    let ids: Vec<i64> = found.keys().copied().collect();
    let mut members = vec![(unit.clone(), None)];
    members.extend(with_ids(c, &ids)?.into_iter().map(|unit| {
        let before = found.get(&unit.id).copied();
        (unit, before)
    }));
    Ok(Lineage { members, links })
}

impl Lineage {
    /// The next day on which it may be another.
    pub fn next_turn(&self, day: NaiveDate) -> Option<NaiveDate> {
        self.links.iter().map(|link| link.from).filter(|from| *from > day).min()
    }
}

/// Who bears each of these codes on a day, or bore it last.
pub fn bearers(c: &mut Conn, codes: &[String], day: NaiveDate) -> Result<Vec<Unit>, Refusal> {
    let mut found: BTreeMap<String, Unit> = BTreeMap::new();
    for codes in codes.chunks(CHUNK) {
        let rows: Vec<Unit> = units::table
            .filter(units::code.eq_any(codes).and(units::valid_from.le(day)))
            .order(units::valid_from.asc())
            .select(Unit::as_select())
            .load(c)?;
        found.extend(rows.into_iter().map(|unit| (unit.code.clone(), unit)));
    }
    Ok(found.into_values().collect())
}

/// What a code means on a day: who bears it, or all that the last who bore it has become.
pub enum Bearing {
    Here(Unit),
    Became { last: Box<Unit>, now: Vec<Unit> },
}

/// Errors: `Missing` for a code that nobody has borne yet.
pub fn bearing(c: &mut Conn, code: &str, day: NaiveDate) -> Result<Bearing, Refusal> {
    let last = bearers(c, &[code.to_owned()], day)?.pop().ok_or(Refusal::Missing)?;
    if !last.is_former(day) {
        return Ok(Bearing::Here(last));
    }
    // Of a unit without a successor of its own, those below it went somewhere.
    let mut ids: Vec<i64> = super::after(c, &last)?.into_iter().filter_map(|change| change.unit).map(|unit| unit.id).collect();
    ids.retain(|id| *id != last.id);
    let links = leading_from(c, &ids)?;
    let all: Vec<i64> = heirs(ids, &links, NaiveDate::MIN, day).into_iter().collect();
    let mut now = with_ids(c, &all)?;
    now.retain(|unit| unit.is_in_force(day));
    now.sort_by_cached_key(|unit| crate::kit::fold::alphabetical(&unit.name));
    Ok(Bearing::Became { last: Box::new(last), now })
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day") + Duration::days(number)
    }

    fn links() -> impl Strategy<Value = Vec<Link>> {
        let link = (0i64..8, 0i64..8, 0i64..20, any::<bool>());
        let link = link.prop_map(|(old, new, from, is_whole)| Link { old, new, from: day(from), is_whole });
        proptest::collection::vec(link, 0..14)
    }

    #[test]
    fn a_unit_that_took_in_another_speaks_for_it_as_far_as_that_was() {
        let link = |old, new, from| Link { old, new, from: day(from), is_whole: true };
        // 1 and 2 became 3, which became 4; 5 gave a part to 4 later and is still there.
        let links = [link(1, 3, 2), link(2, 3, 2), link(3, 4, 6), link(5, 4, 9)];
        let all = |on| forebears(4, &links, day(on)).into_iter().map(|(id, until)| (id, (until - day(0)).num_days())).collect::<Vec<_>>();
        assert_eq!(all(5), []);
        assert_eq!(all(6), [(1, 2), (2, 2), (3, 6)]);
        assert_eq!(all(9), [(1, 2), (2, 2), (3, 6), (5, 9)]);
        assert_eq!(renamed_from(4, &links, day(6)), Some(links[2]));
        assert_eq!((renamed_from(4, &links, day(9)), renamed_from(3, &links, day(9))), (None, None));
    }

    proptest! {
        #[test]
        fn both_ways_say_the_same(links in links(), said in -2i64..22, on in 0i64..22, own in 0i64..8, other in 0i64..8) {
            let counts = forebears(own, &links, day(on)).get(&other).is_some_and(|before| day(said) < *before);
            let is_heir = other != own && heirs([other], &links, day(said), day(on)).contains(&own);
            prop_assert_eq!(counts, is_heir);
        }

        #[test]
        fn what_was_taken_in_stays_taken_in(links in links(), on in 0i64..22, later in 0i64..22) {
            let (before, after) = (forebears(0, &links, day(on)), forebears(0, &links, day(on + later)));
            prop_assert!(before.iter().all(|(id, until)| after.get(id).is_some_and(|known| known >= until)));
        }
    }
}
