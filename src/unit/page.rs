//! What a citizen sees of a unit: its place in the tree, what it was, and what became of it. The texts below it
//! are filled in by the floor that knows them.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Change, RANKS, Unit, after, ancestors, before, ever_below};
use crate::kit::calendar;
use crate::kit::fold::{capitalised, letter};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::web::answer::Reading;
use crate::web::view::{Link, Page};

/// So many are taken in at a glance; more stand folded, by letter.
const AT_A_GLANCE: usize = 30;

#[derive(Debug, Serialize)]
pub struct Shown {
    pub unit: Head,
    pub ancestors: Vec<Link>,
    /// Below a former unit: those of its last day.
    pub children: Choice,
    /// Below a unit in force: those that are no more, with the names that people still use.
    pub former: Choice,
    pub before: Vec<Turn>,
    pub after: Vec<Turn>,
}

#[derive(Debug, Serialize)]
pub struct Head {
    pub name: String,
    /// The name, and of a former unit its end, which tells it from the one that bears its name now.
    pub title: String,
    /// `(đến 30/06/2025)`, of a former unit.
    pub ended: String,
    pub short: String,
    pub kind: String,
    pub code: String,
    pub span: String,
    pub former: bool,
    pub sample: bool,
}

/// Units to choose one from.
#[derive(Debug, Default, Serialize)]
pub struct Choice {
    /// `51 phường, 75 xã`.
    pub tally: String,
    pub is_long: bool,
    /// By letter where there are many; else one group.
    pub groups: Vec<Group>,
}

#[derive(Debug, Serialize)]
pub struct Group {
    pub letter: char,
    pub id: String,
    pub units: Vec<Link>,
}

#[derive(Debug, Serialize)]
pub struct Turn {
    pub name: String,
    pub path: String,
    pub extent: String,
    pub date: String,
}

/// Everything the unit's page says of the unit itself.
pub fn shown(reading: &mut Reading, unit: &Unit) -> Result<Shown, Refusal> {
    let today = calendar::local(reading.now).date();
    let day = unit.valid_until.map_or(today, |last| last.min(today));
    let ancestors = ancestors(&mut reading.c, unit)?;
    let (here, others): (Vec<Unit>, Vec<Unit>) = ever_below(&mut reading.c, unit)?.into_iter().partition(|unit| unit.is_in_force(day));
    let former: Vec<Unit> = others.into_iter().filter(|other| other.is_former(day) && !unit.is_former(today)).collect();
    let (before, after) = (before(&mut reading.c, unit)?, after(&mut reading.c, unit)?);
    Ok(Shown {
        unit: Head {
            name: named(reading, unit),
            title: titled(reading, unit),
            ended: ended(reading, unit),
            short: unit.name.clone(),
            kind: rank(reading, &unit.rank),
            code: unit.code.clone(),
            span: span(reading, unit),
            former: unit.is_former(today),
            sample: unit.sample,
        },
        ancestors: ancestors.iter().map(|unit| link(reading, unit)).collect(),
        children: Choice::of(reading, &here, "chu"),
        former: Choice::of(reading, &former, "cu"),
        before: turns(reading, &before),
        after: turns(reading, &after),
    })
}

/// The unit whose portal this is, as its description says, and the units below it.
#[derive(Debug, Serialize)]
pub struct Own {
    pub unit: Link,
    pub children: Choice,
}

/// `None` where the site's description names none, or one that is no more.
pub fn own(reading: &mut Reading) -> Result<Option<Own>, Refusal> {
    let today = calendar::local(reading.now).date();
    let code = reading.face.site.unit.clone();
    if code.is_empty() {
        return Ok(None);
    }
    let Some(unit) = super::on_day(&mut reading.c, &code, today)? else {
        // Another may bear the code from a day on.
        reading.until(calendar::tomorrow(reading.now));
        return Ok(None);
    };
    let below = ever_below(&mut reading.c, &unit)?;
    if let Some(day) = super::next_turn(below.iter().chain([&unit]), today) {
        reading.until(calendar::midnight(day));
    }
    let here: Vec<Unit> = below.into_iter().filter(|unit| unit.is_in_force(today)).collect();
    Ok(Some(Own { unit: link(reading, &unit), children: Choice::of(reading, &here, "chu") }))
}

impl Choice {
    /// Of units in alphabetical order. `id`: what the places of the letters on the page begin with.
    pub fn of(reading: &Reading, units: &[Unit], id: &str) -> Choice {
        let is_long = units.len() > AT_A_GLANCE;
        let mut groups: Vec<Group> = Vec::new();
        for unit in units {
            let first = if is_long { letter(&unit.name) } else { ' ' };
            // Numbers are not in the order of their first digits.
            match groups.iter_mut().find(|group| group.letter == first) {
                Some(group) => group.units.push(link(reading, unit)),
                None => {
                    let units = vec![link(reading, unit)];
                    groups.push(Group { letter: first, id: format!("{id}-{}", first.to_lowercase()), units });
                }
            }
        }
        let tally = RANKS.iter().filter_map(|rank| {
            let count = units.iter().filter(|unit| unit.rank == **rank).count();
            (count > 0).then(|| reading.web.words.counted(reading.lang, &format!("unit-count-{}", rank.replace('_', "-")), count))
        });
        Choice { tally: tally.collect::<Vec<_>>().join(", "), is_long, groups }
    }
}

pub fn named(reading: &Reading, unit: &Unit) -> String {
    unit.name(&reading.web.words, reading.lang)
}

/// `xã Gạo Thượng (đến 30/06/2025)` of a unit that is no more: another may bear its name.
pub fn titled(reading: &Reading, unit: &Unit) -> String {
    format!("{} {}", named(reading, unit), ended(reading, unit)).trim_end().to_owned()
}

fn ended(reading: &Reading, unit: &Unit) -> String {
    let last = unit.valid_until.filter(|_| unit.is_former(calendar::local(reading.now).date()));
    last.map(|last| reading.say(&phrase!("unit-ended", until = written(reading, last)))).unwrap_or_default()
}

/// `xã Đông Kiều, tỉnh Hương Lúa`: a commune's name alone is not unique in the country.
pub fn placed(reading: &mut Reading, unit: Option<i64>) -> Result<Option<Link>, Refusal> {
    let Some(id) = unit else { return Ok(None) };
    let Some(unit) = super::with_ids(&mut reading.c, &[id])?.into_iter().next() else { return Ok(None) };
    let mut name = named(reading, &unit);
    if let Some(province) = super::ancestors(&mut reading.c, &unit)?.first() {
        name = format!("{name}, {}", named(reading, province));
    }
    Ok(Some(Link::new(name, unit.path())))
}

pub fn link(reading: &Reading, unit: &Unit) -> Link {
    Link::new(named(reading, unit), unit.path())
}

/// The word for a rank alone, as a heading: `Xã`.
fn rank(reading: &Reading, rank: &str) -> String {
    reading.word(&format!("unit-rank-{}", rank.replace('_', "-")))
}

fn written(reading: &Reading, day: NaiveDate) -> String {
    calendar::written(day, &reading.web.words, reading.lang)
}

fn span(reading: &Reading, unit: &Unit) -> String {
    let from = (unit.valid_from != super::UNRECORDED).then(|| written(reading, unit.valid_from));
    let until = unit.valid_until.map(|last| written(reading, last));
    match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => reading.say(&phrase!("unit-span-from", from = from)),
        (None, Some(until)) => reading.say(&phrase!("unit-span-until", until = until)),
        (Some(from), Some(until)) => reading.say(&phrase!("unit-span", from = from, until = until)),
    }
}

fn turns(reading: &Reading, changes: &[Change]) -> Vec<Turn> {
    changes
        .iter()
        .filter_map(|change| {
            let unit = change.unit.as_ref()?;
            let date = written(reading, change.effective);
            Some(Turn { name: capitalised(&named(reading, unit)), path: unit.path(), extent: change.extent.clone(), date })
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
