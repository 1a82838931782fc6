//! Boards as a tree of the units in which they stand: how many there are and how they are, with all below; and how many units at the
//! end of the tree have none.

use std::collections::{BTreeMap, HashMap};

use super::health::Health;
use crate::unit::Unit;

/// In numbers of boards, but for the last two, which are of units with nothing below them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub boards: usize,
    /// By [`Health::ALL`].
    pub of: [usize; Health::ALL.len()],
    pub units: usize,
    pub without: usize,
}

impl Tally {
    pub fn count(&self, health: Health) -> usize {
        Health::ALL.iter().zip(self.of).find(|(known, _)| **known == health).map_or(0, |(_, count)| count)
    }

    /// Boards that somebody has to look after.
    pub fn wanting(&self) -> usize {
        Health::ALL.iter().zip(self.of).filter(|(health, _)| health.is_wanting()).map(|(_, count)| count).sum()
    }

    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            boards: self.boards + other.boards,
            of: std::array::from_fn(|at| self.of[at] + other.of[at]),
            units: self.units + other.units,
            without: self.without + other.without,
        }
    }
}

/// A unit with all below it.
#[derive(Clone, Debug)]
pub struct Node {
    pub unit: Unit,
    pub tally: Tally,
    pub below: Vec<Node>,
}

impl Node {
    /// Units in it that have a board, with those above them.
    pub fn len_shown(&self) -> usize {
        usize::from(self.tally.boards > 0) + self.below.iter().map(Node::len_shown).sum::<usize>()
    }
}

/// In the order of `units`; whose parent is not among them stands at the top.
pub fn tree(units: &[Unit], boards: &HashMap<i64, Vec<Health>>) -> Vec<Node> {
    let known: HashMap<i64, &Unit> = units.iter().map(|unit| (unit.id, unit)).collect();
    let mut below: BTreeMap<Option<i64>, Vec<i64>> = BTreeMap::new();
    for unit in units {
        below.entry(unit.parent_id.filter(|id| known.contains_key(id))).or_default().push(unit.id);
    }
    fn node(
        id: i64,
        known: &HashMap<i64, &Unit>,
        below: &BTreeMap<Option<i64>, Vec<i64>>,
        boards: &HashMap<i64, Vec<Health>>,
    ) -> Option<Node> {
        let under: Vec<Node> = below.get(&Some(id)).into_iter().flatten().filter_map(|id| node(*id, known, below, boards)).collect();
        let own = boards.get(&id).map_or(&[][..], Vec::as_slice);
        let is_end = under.is_empty();
        let tally = Tally {
            boards: own.len(),
            of: std::array::from_fn(|at| own.iter().filter(|health| **health == Health::ALL[at]).count()),
            units: usize::from(is_end),
            without: usize::from(is_end && own.is_empty()),
        };
        let tally = under.iter().map(|node| node.tally).fold(tally, Tally::plus);
        Some(Node { unit: (*known.get(&id)?).clone(), tally, below: under })
    }
    below.get(&None).into_iter().flatten().filter_map(|id| node(*id, &known, &below, boards)).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;

    fn unit(id: i64, parent_id: Option<i64>) -> Unit {
        let text = || id.to_string();
        let valid_from = NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day");
        Unit {
            id,
            code: text(),
            valid_from,
            valid_until: None,
            name: text(),
            rank: "xa".to_owned(),
            parent_id,
            label: text(),
            sample: true,
        }
    }

    proptest! {
        #[test]
        fn every_board_is_counted_once_and_every_unit_at_the_end_has_some_or_none(communes in proptest::collection::vec((0i64..3, proptest::collection::vec(0usize..8, 0..4)), 0..12), own in 0usize..4) {
            let mut units: Vec<Unit> = (0..3).map(|id| unit(1_000 + id, None)).collect();
            let mut boards: HashMap<i64, Vec<Health>> = HashMap::from([(1_000, vec![Health::Well; own])]);
            for (id, (province, healths)) in (1..).zip(&communes) {
                units.push(unit(id, Some(1_000 + province)));
                boards.insert(id, healths.iter().map(|at| Health::ALL[*at]).collect());
            }
            let tree = tree(&units, &boards);
            let all = tree.iter().map(|node| node.tally).fold(Tally::default(), Tally::plus);
            let every: Vec<Health> = boards.values().flatten().copied().collect();
            prop_assert_eq!((all.boards, all.of.iter().sum::<usize>()), (every.len(), every.len()));
            for health in Health::ALL {
                prop_assert_eq!(all.count(health), every.iter().filter(|known| **known == health).count());
            }
            prop_assert_eq!(all.wanting(), every.iter().filter(|health| health.is_wanting()).count());
            let empty = communes.iter().filter(|(_, healths)| healths.is_empty()).count();
            let bare = (0..3).filter(|province| communes.iter().all(|(of, _)| of != province)).count();
            prop_assert_eq!(all.units, communes.len() + bare);
            let first_is_bare = communes.iter().all(|(of, _)| *of != 0) && own > 0;
            prop_assert_eq!(all.without, empty + bare - usize::from(first_is_bare));
        }
    }
}
