//! What was heard of an indicator, set in the order of time and by what may be compared; and when predecessors may be added up. Pure.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::heard::{Heard, Teller};
use super::indicators::{Indicator, Indicators, OVER_UNITS, exact_sum};
use super::observation::{Observation, Value};
use super::runs::{Run, runs};
use crate::kit::clock::Moment;
use crate::kit::period::Period;

/// One figure as somebody says it, in the indicator's own measure where that can be written exactly, and else in its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub value: Value,
    pub measure: String,
    pub is_preliminary: bool,
    pub note: String,
    pub teller: usize,
    /// Who said something else of the same before.
    pub others: Vec<(usize, Value, String)>,
}

/// All that was said of one period, by column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub period: Period,
    pub said: BTreeMap<String, Said>,
}

impl Said {
    pub fn of(teller: usize, one: &Observation, known: &Indicators, indicator: &Indicator) -> Said {
        let converted = match one.value {
            Value::Number(value) => known.convert(value, &one.measure, &indicator.measure).map(Value::Number),
            other => Some(other),
        };
        let (value, measure) = match converted {
            Some(value) => (value, &indicator.measure),
            None => (one.value, &one.measure),
        };
        let (measure, note) = (measure.clone(), one.note.clone());
        Said { value, measure, is_preliminary: one.is_preliminary, note, teller, others: Vec::new() }
    }

    fn differs(&self, other: &Said) -> bool {
        (self.value.number(), &self.measure) != (other.value.number(), &other.measure)
    }
}

/// Each column, period and figure comes to its line; of one thing that is told twice what was published last counts, and what was
/// said otherwise before stays beside it. Of no stated time nobody knows whether two speak of one, so each teller has a line.
pub fn lines(told: Vec<(String, Period, Said)>, order: impl Fn(usize) -> (Moment, Moment, i64)) -> Vec<(Run, Vec<Line>)> {
    let mut told = told;
    told.sort_by_key(|(_, _, said)| order(said.teller));
    let periods: Vec<Period> = told.iter().map(|(_, period, _)| *period).collect();
    let place = |period: Period, teller: usize| (period.to_string(), (period == Period::NotStated).then_some(teller));
    let mut by_place: BTreeMap<(String, Option<usize>), BTreeMap<String, Said>> = BTreeMap::new();
    let mut tellers: BTreeSet<usize> = BTreeSet::new();
    for (column, period, said) in told {
        if period == Period::NotStated {
            tellers.insert(said.teller);
        }
        let line = by_place.entry(place(period, said.teller)).or_default();
        match line.get_mut(&column) {
            None => drop(line.insert(column, said)),
            Some(before) => {
                let mut others = std::mem::take(&mut before.others);
                others.push((before.teller, before.value, before.measure.clone()));
                *before = Said { others, ..said };
            }
        }
    }
    // Only against what counts in the end is anything said otherwise.
    for said in by_place.values_mut().flat_map(BTreeMap::values_mut) {
        let mut others = std::mem::take(&mut said.others);
        others.retain(|(teller, value, measure)| {
            let other = Said { value: *value, measure: measure.clone(), teller: *teller, ..said.clone() };
            said.differs(&other)
        });
        said.others = others;
    }
    let mut tellers: Vec<usize> = tellers.into_iter().collect();
    tellers.sort_by_key(|teller| order(*teller));
    let mut take = |period: Period, teller: usize| {
        let said = by_place.remove(&place(period, teller))?;
        Some(Line { period, said })
    };
    let of_run = |(run, periods): (Run, Vec<Period>)| {
        let lines = match run {
            Run::Unstated => tellers.iter().filter_map(|teller| take(Period::NotStated, *teller)).collect(),
            _ => periods.into_iter().filter_map(|period| take(period, 0)).collect(),
        };
        (run, lines)
    };
    runs(&periods).into_iter().map(of_run).collect()
}

/// What was heard, by the members of one dimension; an empty column is the whole. What is split otherwise is left out.
pub fn by(heard: &Heard, dimension: &str, known: &Indicators, indicator: &Indicator) -> Vec<(Run, Vec<Line>)> {
    let column = |one: &Observation| match one.members.as_slice() {
        [] => Some(String::new()),
        [(of, member)] if of == dimension => Some(member.clone()),
        _ => None,
    };
    let told = heard.said.iter().filter_map(|(teller, one)| Some((column(one)?, one.period, Said::of(*teller, one, known, indicator))));
    lines(told.collect(), |teller| order(&heard.tellers, teller))
}

pub fn order(tellers: &[Teller], teller: usize) -> (Moment, Moment, i64) {
    tellers.get(teller).map_or((Moment::MIN, Moment::MIN, 0), Teller::order)
}

/// Why predecessors are not added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// A part of one went in: nobody knows how much of its figures.
    Part,
    /// What this counts is not added up over units.
    Indicator,
}

/// Whether what predecessors say may be added up. `wholes`: of every unit that ever went in, whether all of it did.
pub fn may_add(indicator: &Indicator, wholes: &[bool]) -> Result<(), Apart> {
    if wholes.iter().any(|is_whole| !is_whole) {
        return Err(Apart::Part);
    }
    if indicator.adds_over(OVER_UNITS) { Ok(()) } else { Err(Apart::Indicator) }
}

/// What all of these columns say of one period, added up; with the terms in the order of the columns. `None` where one of them says
/// nothing, nobody knows, or a figure is in another measure.
pub fn sum(line: &Line, columns: &[String], indicator: &Indicator) -> Option<(Decimal, Vec<Decimal>)> {
    if line.period == Period::NotStated || columns.len() < 2 {
        return None;
    }
    let term = |column: &String| {
        let said = line.said.get(column).filter(|said| said.measure == indicator.measure)?;
        said.value.number()
    };
    let terms: Vec<Decimal> = columns.iter().map(term).collect::<Option<_>>()?;
    let sum = terms.iter().try_fold(Decimal::ZERO, |sum, term| exact_sum(sum, *term))?;
    Some((sum, terms))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::indicators::Nature;
    use super::*;

    fn indicator(adds: &[&str]) -> Indicator {
        Indicator {
            also: Vec::new(),
            code: "du-no".to_owned(),
            name: String::new(),
            name_en: String::new(),
            measure: "trieu-dong".to_owned(),
            places: None,
            nature: Nature::Stock,
            adds: adds.iter().map(|axis| (*axis).to_owned()).collect(),
            opens: String::new(),
            jump: None,
            definition: String::new(),
            source: String::new(),
        }
    }

    fn any_said() -> impl Strategy<Value = (String, Period, Said)> {
        let value =
            prop_oneof![(0i64..4).prop_map(|value| Value::Number(Decimal::from(value))), Just(Value::Nothing), Just(Value::Unknown)];
        let measure = prop_oneof![4 => Just("trieu-dong"), 1 => Just("dong")];
        (0usize..3, 0usize..4, 0usize..5, value, measure).prop_map(|(column, period, teller, value, measure)| {
            let period = ["", "2025-12-31", "2026-03-31", "2026-01-01/2026-03-31"][period];
            let said = Said { value, measure: measure.to_owned(), is_preliminary: false, note: String::new(), teller, others: Vec::new() };
            (column.to_string(), Period::read(period).expect("a period"), said)
        })
    }

    fn at(teller: usize) -> (Moment, Moment, i64) {
        (Moment::MIN, Moment::MIN, teller as i64)
    }

    proptest! {
        #[test]
        fn what_was_published_last_counts_and_what_was_said_otherwise_stays_beside_it(
            told in proptest::collection::vec(any_said(), 0..30),
        ) {
            for line in lines(told.clone(), at).into_iter().flat_map(|(_, lines)| lines) {
                for (column, said) in &line.said {
                    let of: Vec<&Said> = told
                        .iter()
                        .filter(|(other, period, _)| (other, *period) == (column, line.period))
                        .map(|(_, _, said)| said)
                        .filter(|other| line.period != Period::NotStated || other.teller == said.teller)
                        .collect();
                    let last = of.iter().map(|said| said.teller).max();
                    prop_assert_eq!(last, Some(said.teller));
                    for other in of.iter().filter(|other| other.teller != said.teller) {
                        let is_beside = said.others.iter().any(|(teller, _, _)| *teller == other.teller);
                        prop_assert!(is_beside || !said.differs(other) || of.iter().filter(|one| one.teller == other.teller).count() > 1);
                    }
                    let own = (said.value.number(), &said.measure);
                    prop_assert!(said.others.iter().all(|(_, value, measure)| (value.number(), measure) != own));
                }
            }
        }

        #[test]
        fn a_part_or_what_does_not_add_up_is_never_added(wholes in proptest::collection::vec(any::<bool>(), 0..6), adds: bool) {
            let indicator = indicator(if adds { &["unit"] } else { &["period"] });
            let may = may_add(&indicator, &wholes).is_ok();
            prop_assert_eq!(may, adds && wholes.iter().all(|is_whole| *is_whole));
        }

        #[test]
        fn a_sum_is_of_all_its_terms_in_one_measure_or_there_is_none(told in proptest::collection::vec(any_said(), 0..30)) {
            let columns: Vec<String> = (0..3).map(|column| column.to_string()).collect();
            let indicator = indicator(&["unit"]);
            for line in lines(told, at).into_iter().flat_map(|(_, lines)| lines) {
                let whole = columns.iter().all(|column| line.said.get(column).is_some_and(|said| {
                    said.measure == indicator.measure && said.value.number().is_some()
                }));
                let found = sum(&line, &columns, &indicator);
                prop_assert_eq!(found.is_some(), whole && line.period != Period::NotStated);
                if let Some((sum, terms)) = found {
                    prop_assert_eq!(terms.len(), columns.len());
                    prop_assert_eq!(terms.iter().sum::<Decimal>(), sum);
                }
            }
        }
    }
}
