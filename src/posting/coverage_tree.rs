//! A coverage as a tree of units: what each comes to, with all below it.

use std::collections::{BTreeMap, BTreeSet};

use super::coverage::{Part, Tally};
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::unit::{self, Unit};

/// A unit in the tree, with all below it.
#[derive(Clone, Debug)]
pub struct Node {
    pub unit: Unit,
    pub tally: Tally,
    /// How many of the units where it is to hang stand here.
    pub units: usize,
    pub below: Vec<Node>,
}

/// The units of a coverage under those above them, in the order of its parts. `above`: every unit above one of them.
pub fn tree(parts: &[Part], above: &[Unit]) -> Vec<Node> {
    let mut known: BTreeMap<i64, &Unit> = above.iter().map(|unit| (unit.id, unit)).collect();
    known.extend(parts.iter().map(|part| (part.unit.id, &part.unit)));
    let mut met: BTreeSet<i64> = BTreeSet::new();
    let mut below: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    let mut own: BTreeMap<i64, Tally> = BTreeMap::new();
    for part in parts {
        own.insert(part.unit.id, part.tally());
        let mut at = Some(part.unit.id);
        while let Some(unit) = at.and_then(|id| known.get(&id)) {
            let parent = unit.parent_id.filter(|id| known.contains_key(id));
            if !met.insert(unit.id) {
                break;
            }
            below.entry(parent).or_default().push(unit.id);
            at = parent;
        }
    }
    fn node(id: i64, known: &BTreeMap<i64, &Unit>, below: &BTreeMap<Option<i64>, Vec<i64>>, own: &BTreeMap<i64, Tally>) -> Option<Node> {
        let unit = (*known.get(&id)?).clone();
        let under: Vec<Node> = below.get(&Some(id)).into_iter().flatten().filter_map(|id| node(*id, known, below, own)).collect();
        let tally = under.iter().map(|node| node.tally).fold(own.get(&id).copied().unwrap_or_default(), Tally::plus);
        let units = under.iter().map(|node| node.units).sum::<usize>() + usize::from(own.contains_key(&id));
        Some(Node { unit, tally, units, below: under })
    }
    below.get(&None).into_iter().flatten().filter_map(|id| node(*id, &known, &below, &own)).collect()
}

/// Every unit above these.
pub fn above(c: &mut Conn, parts: &[Part]) -> Result<Vec<Unit>, Refusal> {
    let mut all: BTreeMap<i64, Unit> = BTreeMap::new();
    let mut next: Vec<i64> = parts.iter().filter_map(|part| part.unit.parent_id).collect();
    while !next.is_empty() {
        next.sort_unstable();
        next.dedup();
        let mut found = Vec::new();
        for ids in next.chunks(800) {
            found.extend(unit::with_ids(c, ids)?);
        }
        next = found.iter().filter_map(|unit| unit.parent_id).filter(|id| !all.contains_key(id)).collect();
        all.extend(found.into_iter().map(|unit| (unit.id, unit)));
    }
    Ok(all.into_values().collect())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::kit::clock::Moment;
    use crate::posting::coverage::At;
    use crate::posting::places::Place;

    fn opened() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day")
    }

    fn unit(id: i64, parent_id: Option<i64>) -> Unit {
        let text = || id.to_string();
        let (name, rank) = (text(), "xa".to_owned());
        Unit { id, code: text(), valid_from: opened(), valid_until: None, name, rank, parent_id, label: text(), sample: true }
    }

    fn place(id: i64, unit_id: i64) -> Place {
        let text = String::new;
        Place {
            id,
            unit_id,
            slug: text(),
            kind_name: "seat".to_owned(),
            name: text(),
            location: text(),
            keeper: text(),
            phone: text(),
            code: text(),
            opened_on: opened(),
            closed_on: None,
        }
    }

    const STATES: [At; 8] =
        [At::Current, At::Old(1), At::Torn(Moment::MIN), At::Down(Moment::MIN), At::Silent(Moment::MIN), At::Out, At::Left, At::Over];

    proptest! {
        #[test]
        fn every_place_is_counted_once_and_the_tree_counts_what_its_leaves_do(parts in proptest::collection::vec((0i64..3, proptest::collection::vec(0usize..8, 0..5)), 0..12)) {
            let provinces: Vec<Unit> = (0..3).map(|id| unit(1_000 + id, None)).collect();
            let parts: Vec<Part> = parts
                .into_iter()
                .enumerate()
                .map(|(id, (province, states))| Part {
                    unit: unit(id as i64, Some(1_000 + province)),
                    places: states.iter().enumerate().map(|(at, state)| (place((id * 10 + at) as i64, id as i64), STATES[*state])).collect(),
                    out: None,
                })
                .collect();
            let all = parts.iter().map(Part::tally).fold(Tally::default(), Tally::plus);
            let tree = tree(&parts, &provinces);
            prop_assert_eq!(tree.iter().map(|node| node.tally).fold(Tally::default(), Tally::plus), all);
            prop_assert_eq!(tree.iter().map(|node| node.units).sum::<usize>(), parts.len());
            prop_assert_eq!(all.current + all.out + all.over + all.wanting(), all.places);
            prop_assert!(tree.iter().all(|node| !node.below.is_empty()));
        }
    }
}
