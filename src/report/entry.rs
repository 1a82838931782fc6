//! One entry of the list of indicators, of whichever of its four parts: put in, taken out, and who else speaks of it.

use super::indicators::{Dimension, Identity, Indicator, Indicators, Measure, Rule};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Indicators,
    Measures,
    Dimensions,
    Identities,
}

impl Part {
    pub const ALL: [Part; 4] = [Part::Indicators, Part::Measures, Part::Dimensions, Part::Identities];

    /// As the file calls it.
    pub fn table(self) -> &'static str {
        match self {
            Part::Indicators => "indicators",
            Part::Measures => "measures",
            Part::Dimensions => "dimensions",
            Part::Identities => "identities",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    Indicator(Indicator),
    Measure(Measure),
    Dimension(Dimension),
    Identity(Identity),
}

impl Entry {
    pub fn part(&self) -> Part {
        match self {
            Entry::Indicator(_) => Part::Indicators,
            Entry::Measure(_) => Part::Measures,
            Entry::Dimension(_) => Part::Dimensions,
            Entry::Identity(_) => Part::Identities,
        }
    }

    pub fn code(&self) -> &str {
        match self {
            Entry::Indicator(one) => &one.code,
            Entry::Measure(one) => &one.code,
            Entry::Dimension(one) => &one.code,
            Entry::Identity(one) => &one.code,
        }
    }

    /// An identity has none but its code.
    pub fn name(&self) -> &str {
        match self {
            Entry::Indicator(one) => &one.name,
            Entry::Measure(one) => &one.name,
            Entry::Dimension(one) => &one.name,
            Entry::Identity(one) => &one.code,
        }
    }
}

impl Rule {
    /// Every indicator that it is reckoned from.
    pub fn terms(&self) -> Vec<&str> {
        match self {
            Rule::Sum { plus, minus, minus_if_told } => plus.iter().chain(minus).chain(minus_if_told).map(String::as_str).collect(),
            Rule::Ratio { part, whole } => vec![part, whole],
            Rule::Share { of } => vec![of],
            Rule::Growth { now, base } => vec![now, base],
        }
    }
}

impl Indicators {
    pub fn codes(&self, part: Part) -> Vec<&str> {
        match part {
            Part::Indicators => self.indicators.iter().map(|one| one.code.as_str()).collect(),
            Part::Measures => self.measures.iter().map(|one| one.code.as_str()).collect(),
            Part::Dimensions => self.dimensions.iter().map(|one| one.code.as_str()).collect(),
            Part::Identities => self.identities.iter().map(|one| one.code.as_str()).collect(),
        }
    }

    pub fn at(&self, part: Part, at: usize) -> Option<Entry> {
        match part {
            Part::Indicators => self.indicators.get(at).cloned().map(Entry::Indicator),
            Part::Measures => self.measures.get(at).cloned().map(Entry::Measure),
            Part::Dimensions => self.dimensions.get(at).cloned().map(Entry::Dimension),
            Part::Identities => self.identities.get(at).cloned().map(Entry::Identity),
        }
    }

    pub fn entry(&self, part: Part, code: &str) -> Option<Entry> {
        self.at(part, self.codes(part).iter().position(|known| *known == code)?)
    }

    /// In the place of the one with this code, or behind all others. Gives where it stands; `None` where there is no such code.
    pub fn put(&mut self, existing: Option<&str>, entry: Entry) -> Option<usize> {
        let part = entry.part();
        let at = match existing {
            Some(code) => Some(self.codes(part).iter().position(|known| *known == code)?),
            None => None,
        };
        match entry {
            Entry::Indicator(one) => placed(&mut self.indicators, at, one),
            Entry::Dimension(one) => placed(&mut self.dimensions, at, one),
            Entry::Identity(one) => placed(&mut self.identities, at, one),
            Entry::Measure(one) => {
                let of = one.of.clone();
                let at = placed(&mut self.measures, at, one);
                // The file is read from above: what is so many of another stands below that.
                let base = self.measures.iter().position(|known| known.code == of);
                match base.filter(|base| *base > at) {
                    Some(base) => {
                        let one = self.measures.remove(at);
                        self.measures.insert(base, one);
                        base
                    }
                    None => at,
                }
            }
        }
        .into()
    }

    /// Without this entry, whoever speaks of it.
    pub fn without(&self, part: Part, code: &str) -> Indicators {
        let mut rest = self.clone();
        match part {
            Part::Indicators => rest.indicators.retain(|one| one.code != code),
            Part::Measures => rest.measures.retain(|one| one.code != code),
            Part::Dimensions => rest.dimensions.retain(|one| one.code != code),
            Part::Identities => rest.identities.retain(|one| one.code != code),
        }
        rest
    }

    /// The names of the other entries that would say nothing without this one.
    pub fn speakers(&self, part: Part, code: &str) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        let is_said = |one: &Indicator| match part {
            Part::Indicators => one.opens == code && one.code != code,
            Part::Measures => one.measure == code,
            Part::Dimensions => one.adds_over(code),
            Part::Identities => false,
        };
        found.extend(self.indicators.iter().filter(|one| is_said(one)).map(|one| one.name.as_str()));
        if part == Part::Measures {
            found.extend(self.measures.iter().filter(|one| one.of == code && one.code != code).map(|one| one.name.as_str()));
        }
        if part == Part::Indicators {
            let is_in = |one: &&Identity| one.result == code || one.rule.terms().contains(&code);
            found.extend(self.identities.iter().filter(is_in).map(|one| one.code.as_str()));
        }
        found
    }
}

fn placed<T>(all: &mut Vec<T>, at: Option<usize>, one: T) -> usize {
    match at.and_then(|at| all.get_mut(at)) {
        Some(place) => *place = one,
        None => all.push(one),
    }
    at.unwrap_or(all.len() - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "[[measures]]\ncode = \"trieu\"\nname = \"triệu\"\n\n[[measures]]\ncode = \"dong\"\nname = \"đồng\"\n\n\
        [[dimensions]]\ncode = \"nhom\"\nname = \"Nhóm\"\n\n[[dimensions.members]]\ncode = \"a\"\nname = \"A\"\n\n\
        [[indicators]]\ncode = \"dau\"\nname = \"Đầu\"\nmeasure = \"dong\"\nnature = \"stock\"\nadds = [\"nhom\"]\nopens = \"no\"\n\n\
        [[indicators]]\ncode = \"no\"\nname = \"Nợ\"\nmeasure = \"trieu\"\nnature = \"stock\"\n\n\
        [[identities]]\ncode = \"can-doi\"\nresult = \"no\"\nplus = [\"dau\"]\n";

    fn list() -> Indicators {
        Indicators::read("i", LIST).expect("it is sound")
    }

    #[test]
    fn whoever_speaks_of_an_entry_is_named() {
        let list = list();
        assert_eq!(list.speakers(Part::Indicators, "no"), ["Đầu", "can-doi"]);
        assert_eq!(list.speakers(Part::Indicators, "dau"), ["can-doi"]);
        assert_eq!(list.speakers(Part::Measures, "dong"), ["Đầu"]);
        assert_eq!(list.speakers(Part::Dimensions, "nhom"), ["Đầu"]);
        assert!(list.speakers(Part::Identities, "can-doi").is_empty());
        for part in Part::ALL {
            for code in list.codes(part) {
                let text = list.without(part, code).written();
                assert_eq!(Indicators::read("i", &text).is_ok(), list.speakers(part, code).is_empty(), "{part:?} {code}");
            }
        }
    }

    #[test]
    fn a_measure_stands_below_the_one_that_it_is_so_many_of() {
        let mut list = list();
        let Some(Entry::Measure(one)) = list.entry(Part::Measures, "trieu") else { panic!("it is there") };
        let changed = Measure { of: "dong".to_owned(), factor: 1_000_000.into(), ..one };
        assert_eq!(list.put(Some("trieu"), Entry::Measure(changed)), Some(1));
        assert_eq!(list.codes(Part::Measures), ["dong", "trieu"]);
        assert_eq!(Indicators::read("i", &list.written()), Ok(list));
    }
}
