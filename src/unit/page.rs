//! What a citizen sees of a unit: its place in the tree, what it was, and what became of it. The texts below it
//! are filled in by the floor that knows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Change, RANKS, Unit, after, ancestors, before, children};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::web::answer::Reading;
use crate::web::view::{Link, Page};

#[derive(Debug, Serialize)]
pub struct Shown {
    pub unit: Head,
    pub ancestors: Vec<Link>,
    pub children: Vec<Group>,
    pub before: Vec<Turn>,
    pub after: Vec<Turn>,
    pub abolished: String,
}

#[derive(Debug, Serialize)]
pub struct Head {
    pub name: String,
    pub short: String,
    pub kind: String,
    pub code: String,
    pub span: String,
    pub former: bool,
    pub sample: bool,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub name: String,
    pub units: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub struct Turn {
    pub name: String,
    pub path: String,
    pub extent: String,
    pub date: String,
}

/// Everything the unit's page says of the unit itself. A former unit's children are those of its last day.
pub fn shown(reading: &mut Reading, unit: &Unit) -> Result<Shown, Refusal> {
    let today = calendar::local(reading.now).date();
    let day = unit.valid_until.map_or(today, |last| last.min(today));
    let ancestors = ancestors(&mut reading.c, unit)?;
    let below = children(&mut reading.c, unit, day)?;
    let (before, after) = (before(&mut reading.c, unit)?, after(&mut reading.c, unit)?);
    let abolished = after.iter().find(|change| change.extent == "abolished").map(|change| change.effective);
    Ok(Shown {
        unit: Head {
            name: named(reading, unit),
            short: unit.name.clone(),
            kind: rank(reading, &unit.rank),
            code: unit.code.clone(),
            span: span(reading, unit),
            former: unit.is_former(today),
            sample: unit.sample,
        },
        ancestors: ancestors.iter().map(|unit| link(reading, unit)).collect(),
        children: groups(reading, &below),
        before: turns(reading, &before),
        after: turns(reading, &after),
        abolished: abolished.map(|day| reading.say(&phrase!("unit-abolished-on", date = calendar::day(day)))).unwrap_or_default(),
    })
}

pub fn named(reading: &Reading, unit: &Unit) -> String {
    unit.name(&reading.web.words, reading.lang)
}

pub fn link(reading: &Reading, unit: &Unit) -> Link {
    Link::new(named(reading, unit), unit.path())
}

/// The word for a rank alone, as a heading: `Xã`.
fn rank(reading: &Reading, rank: &str) -> String {
    reading.word(&format!("unit-rank-{}", rank.replace('_', "-")))
}

fn span(reading: &Reading, unit: &Unit) -> String {
    let from = (unit.valid_from != super::UNRECORDED).then(|| calendar::day(unit.valid_from));
    let until = unit.valid_until.map(calendar::day);
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => reading.say(&phrase!("unit-span-from", from = from)),
        (None, Some(until)) => reading.say(&phrase!("unit-span-until", until = until)),
        (Some(from), Some(until)) => reading.say(&phrase!("unit-span", from = from, until = until)),
    }
}

fn groups(reading: &Reading, below: &[Unit]) -> Vec<Group> {
    RANKS
        .iter()
        .filter_map(|of| {
            let units: Vec<Link> =
                below.iter().filter(|unit| unit.rank == **of).map(|unit| Link::new(unit.name.clone(), unit.path())).collect();
            (!units.is_empty()).then(|| Group { name: rank(reading, of), units })
        })
        .collect()
}

fn turns(reading: &Reading, changes: &[Change]) -> Vec<Turn> {
    let day = |day: NaiveDate| calendar::day(day);
    changes
        .iter()
        .filter_map(|change| {
            let unit = change.unit.as_ref()?;
            Some(Turn { name: named(reading, unit), path: unit.path(), extent: change.extent.clone(), date: day(change.effective) })
        })
        .collect()
}

/// A unit for machines: a place. Who governs it is not ours to say.
#[derive(Debug, Serialize)]
pub struct Place {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: String,
    url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    identifier: String,
    #[serde(rename = "containedInPlace", skip_serializing_if = "Option::is_none")]
    within: Option<Box<Place>>,
}

impl Place {
    pub fn of(reading: &Reading, shown: &Shown, page: &Page) -> Place {
        let above = shown.ancestors.iter().fold(None, |within, link| Some(Box::new(Place { within, ..Place::at(reading, link) })));
        let (name, identifier) = (shown.unit.name.clone(), shown.unit.code.clone());
        // Every page of its list speaks of the one unit.
        let url = format!("{}{}{}", reading.face.site.address, reading.lang.base(), page.path);
        Place { kind: PLACE, name, url, identifier, within: above }
    }

    pub fn at(reading: &Reading, link: &Link) -> Place {
        let url = format!("{}{}{}", reading.face.site.address, reading.lang.base(), link.path);
        Place { kind: PLACE, name: link.name.clone(), url, identifier: String::new(), within: None }
    }
}

const PLACE: &str = "AdministrativeArea";
