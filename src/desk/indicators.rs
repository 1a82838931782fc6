//! The portal's list of indicators at the desk: what is counted, in what, by what it is split and what must hold of it, each in a sentence.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame;
use super::indicators_told::{told, used};
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::report::entry::Part;
use crate::report::rules;
use crate::report::uses::Uses;

/// Where each part is kept: its entries stand below the one, a new one is made at the other.
pub const ADDRESSES: [(Part, &str, &str); 4] = [
    (Part::Indicators, frame::INDICATORS, NEW_INDICATOR),
    (Part::Measures, "/ban-bien-tap/don-vi-do", "/ban-bien-tap/them-don-vi-do"),
    (Part::Dimensions, "/ban-bien-tap/cach-chia", "/ban-bien-tap/them-cach-chia"),
    (Part::Identities, "/ban-bien-tap/phep-kiem-tra", "/ban-bien-tap/them-phep-kiem-tra"),
];
pub const NEW_INDICATOR: &str = "/ban-bien-tap/them-chi-tieu";

/// Where entries of this part stand, and where a new one is made.
pub fn addresses(part: Part) -> (&'static str, &'static str) {
    ADDRESSES.into_iter().find(|(known, ..)| *known == part).map_or((frame::INDICATORS, NEW_INDICATOR), |(_, one, new)| (one, new))
}

/// Which part an address is of.
pub fn part_of(path: &str) -> Part {
    let is_of = |(_, one, new): &(Part, &str, &str)| path == *new || path.strip_prefix(one).is_some_and(|rest| rest.starts_with('/'));
    ADDRESSES.into_iter().find(is_of).map_or(Part::Indicators, |(part, ..)| part)
}

#[derive(Serialize)]
struct Row {
    name: String,
    path: String,
    told: String,
    used: String,
}

#[derive(Serialize)]
struct Section {
    id: &'static str,
    name: String,
    help: String,
    add: String,
    new: &'static str,
    none: String,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Parts {
    sections: Vec<Section>,
    /// Where whoever has nothing begins.
    first: &'static str,
    is_empty: bool,
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let known = rules::indicators(&mut reading.c)?;
    let shown = Uses::shown(&mut reading.c, visit.now)?;
    let sections = Part::ALL.map(|part| {
        let (one, new) = addresses(part);
        let id = part.table();
        let rows = known.codes(part).into_iter().enumerate().filter_map(|(at, code)| {
            let entry = known.at(part, at)?;
            Some(Row {
                name: entry.name().to_owned(),
                path: format!("{one}/{code}"),
                told: told(&reading, &entry, &known),
                used: used(&reading, part, code, &known, &shown),
            })
        });
        Section {
            id,
            name: reading.word(&format!("indicators-part-{id}")),
            help: reading.word(&format!("indicators-part-{id}-help")),
            add: reading.word(&format!("indicators-add-{id}")),
            new,
            none: reading.word(&format!("indicators-none-{id}")),
            rows: rows.collect(),
        }
    });
    let is_empty = sections.iter().all(|section| section.rows.is_empty());
    let parts = Parts { sections: sections.into(), first: addresses(Part::Measures).1, is_empty };
    let title = reading.word("desk-way-indicators");
    frame::shown(visit, &mut reading, "desk/indicators.html", &title, &parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_of_one_part() {
        for (part, one, new) in ADDRESSES {
            for path in [new.to_owned(), format!("{one}/du-no"), format!("{one}/du-no/bo")] {
                assert_eq!(part_of(&path), part, "{path}");
            }
        }
    }
}
