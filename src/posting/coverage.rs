//! How far a posting has come: of all places where it is to hang, how many hang the words in force, and what is wrong at each
//! other one. A number, a list, and a tree of units, from what was noted at the places.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use super::Posting;
use super::adopt::{self, Out, Stand};
use super::former::Held;
use super::law::{self, Rules};
use super::placements::{Placement, Row, Standing};
use super::placements_note as note;
use super::places::{self, Place};
use super::reach::{self, Sent};
use super::screens::Screens;
use crate::edition::body::parse;
use crate::edition::find::was_shown;
use crate::edition::{Edition, Kind as TextKind};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{editions, revisions};
use crate::unit::Unit;

/// Names asked for at once: both databases take so many.
const MOST_AT_ONCE: usize = 400;
/// Postings whose rows are held at once: a province's hang at a thousand places each.
const ROWS_AT_ONCE: usize = 10;

/// What is known of one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// It hangs what is in force.
    Current,
    /// It hangs an older version.
    Old(i32),
    /// Torn or lost, since then.
    Torn(Moment),
    /// Taken down before its time.
    Down(Moment),
    /// Nobody has said anything since it was to be hung.
    Silent(Moment),
    /// Its unit does not hang it.
    Out,
    /// Its time is over, and it hangs still.
    Left,
    /// Its time is over, and it came down, or nobody ever said that it hung.
    Over,
}

impl At {
    /// For words and styles.
    pub fn name(self) -> &'static str {
        match self {
            At::Current => "current",
            At::Old(_) => "old",
            At::Torn(_) => "torn",
            At::Down(_) => "down",
            At::Silent(_) => "silent",
            At::Out => "out",
            At::Left => "left",
            At::Over => "over",
        }
    }

    pub fn since(self) -> Option<Moment> {
        match self {
            At::Torn(at) | At::Down(at) | At::Silent(at) => Some(at),
            _ => None,
        }
    }

    /// Somebody has to go there.
    pub fn is_wanting(self) -> bool {
        !matches!(self, At::Current | At::Out | At::Over)
    }
}

/// In numbers of places, but for the last two, which are of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub places: usize,
    pub current: usize,
    pub old: usize,
    pub torn: usize,
    pub down: usize,
    pub silent: usize,
    pub out: usize,
    pub left: usize,
    pub over: usize,
    /// Units that do not hang it.
    pub units_out: usize,
    /// Units for which no place is known where it could hang.
    pub units_placeless: usize,
}

impl Tally {
    fn add(&mut self, at: At) {
        self.places += 1;
        *match at {
            At::Current => &mut self.current,
            At::Old(_) => &mut self.old,
            At::Torn(_) => &mut self.torn,
            At::Down(_) => &mut self.down,
            At::Silent(_) => &mut self.silent,
            At::Out => &mut self.out,
            At::Left => &mut self.left,
            At::Over => &mut self.over,
        } += 1;
    }

    pub fn plus(self, other: Tally) -> Tally {
        Tally {
            places: self.places + other.places,
            current: self.current + other.current,
            old: self.old + other.old,
            torn: self.torn + other.torn,
            down: self.down + other.down,
            silent: self.silent + other.silent,
            out: self.out + other.out,
            left: self.left + other.left,
            over: self.over + other.over,
            units_out: self.units_out + other.units_out,
            units_placeless: self.units_placeless + other.units_placeless,
        }
    }

    /// Places to which somebody has to go.
    pub fn wanting(&self) -> usize {
        self.old + self.torn + self.down + self.silent + self.left
    }
}

/// A unit with its places, in the order of lists.
#[derive(Clone, Debug)]
pub struct Part {
    pub unit: Unit,
    pub places: Vec<(Place, At)>,
    pub out: Option<Out>,
}

impl Part {
    pub fn tally(&self) -> Tally {
        let is_out = self.out.is_some();
        let mut tally =
            Tally { units_out: usize::from(is_out), units_placeless: usize::from(!is_out && self.places.is_empty()), ..Tally::default() };
        self.places.iter().for_each(|(_, at)| tally.add(*at));
        tally
    }
}

/// Of one posting.
#[derive(Clone, Debug)]
pub struct Coverage {
    pub edition: Edition,
    /// It hangs nowhere any more, by its own end or by an act.
    pub is_over: bool,
    pub parts: Vec<Part>,
}

impl Coverage {
    pub fn tally(&self) -> Tally {
        self.parts.iter().map(Part::tally).fold(Tally::default(), Tally::plus)
    }
}

/// What is asked of every place alike.
pub struct Asked {
    pub number: i32,
    pub since: Moment,
    pub is_over: bool,
}

/// The one question. `of_place`: what was done there, oldest first; `opened`: since when the place is used.
pub fn at(asked: &Asked, of_place: &[Placement], opened: NaiveDate, is_out: bool) -> At {
    let last = of_place.last();
    let hangs = last.is_some_and(|last| last.standing() != Standing::TakenDown);
    match last {
        _ if asked.is_over => {
            if hangs {
                At::Left
            } else {
                At::Over
            }
        }
        // What hangs, hangs, whoever said otherwise.
        None | Some(_) if is_out && !hangs => At::Out,
        None => At::Silent(asked.since.max(calendar::midnight(opened))),
        Some(last) => match last.standing() {
            Standing::Interrupted => At::Torn(last.interruptions.last().map_or(last.from, |(torn, _)| *torn)),
            // The sheet of another version came down, and the new one is not told of yet.
            Standing::TakenDown if last.number() < asked.number => At::Silent(asked.since.max(last.until.unwrap_or(last.from))),
            Standing::TakenDown => At::Down(last.until.unwrap_or(last.from)),
            Standing::Hanging if last.is_old(asked.number) => At::Old(last.number()),
            Standing::Hanging => At::Current,
        },
    }
}

/// What of postings the public sees now, or saw last, in their order; what nobody has seen is left out.
fn seen(c: &mut Conn, documents: &[i64], now: Moment) -> Result<Vec<(Edition, Posting)>, Refusal> {
    let of = editions::table.filter(editions::document_id.eq_any(documents).and(editions::kind.eq(TextKind::Posting.name())));
    let all: Vec<Edition> = of.filter(was_shown(now)).order(editions::number.asc()).select(Edition::as_select()).load(c)?;
    let mut last: BTreeMap<i64, Edition> = all.into_iter().map(|edition| (edition.document_id, edition)).collect();
    let ids: Vec<i64> = last.values().map(|edition| edition.revision_id).collect();
    let facts = revisions::table.filter(revisions::id.eq_any(ids)).select((revisions::id, revisions::facts));
    let facts: HashMap<i64, String> = facts.load::<(i64, String)>(c)?.into_iter().collect();
    let mut found = Vec::new();
    for edition in documents.iter().filter_map(|id| last.remove(id)) {
        let posting = parse(facts.get(&edition.revision_id).map_or("", String::as_str))?;
        found.push((edition, posting));
    }
    Ok(found)
}

/// Wherever it is to hang. Errors: `Missing` for what nobody has seen.
pub fn coverage(c: &mut Conn, document: i64, now: Moment) -> Result<Coverage, Refusal> {
    let mut found = None;
    coverages(c, &[document], now, |coverage| found = Some(coverage))?;
    found.ok_or(Refusal::Missing)
}

/// Of several, one after the other: rules, units and places are read once, and no more is held than one at a time.
pub fn coverages(c: &mut Conn, documents: &[i64], now: Moment, mut each: impl FnMut(Coverage)) -> Result<(), Refusal> {
    let today = calendar::local(now).date();
    let mut found = Vec::new();
    for documents in documents.chunks(MOST_AT_ONCE) {
        found.extend(seen(c, documents, now)?);
    }
    let revisions: Vec<i64> = found.iter().map(|(edition, _)| edition.revision_id).collect();
    let mut to = reach::targets(c, &revisions)?;
    // Most of them go where others of the same sender and day go.
    let mut units: BTreeMap<(Option<i64>, Vec<String>, NaiveDate), Vec<Unit>> = BTreeMap::new();
    let mut asked = Vec::new();
    for (edition, posting) in found {
        let mut to = to.remove(&edition.revision_id).unwrap_or_default();
        to.sort_unstable();
        let sent = Sent { unit_id: edition.unit_id, to, posted: calendar::local(edition.dated_at).date() };
        let key = (sent.unit_id, sent.to.clone(), sent.posted);
        if !units.contains_key(&key) {
            units.insert(key.clone(), reach::units(c, &sent, today)?);
        }
        asked.push((edition, posting, key));
    }
    let ids: BTreeSet<i64> = units.values().flatten().map(|unit| unit.id).collect();
    let known = Known::of(c, &ids.into_iter().collect::<Vec<_>>(), now)?;
    for asked in asked.chunks(ROWS_AT_ONCE) {
        let ids: Vec<i64> = asked.iter().map(|(edition, ..)| edition.document_id).collect();
        let mut rows = note::rows_of_all(c, &ids)?;
        for (edition, posting, key) in asked {
            let stands = adopt::of_document(c, edition.document_id, now)?;
            let rows = rows.remove(&edition.document_id).unwrap_or_default();
            let units = units.get(key).cloned().unwrap_or_default();
            each(known.made((edition.clone(), posting), units, &stands, &rows));
        }
    }
    Ok(())
}

/// In one unit, of several postings: what its own places hang.
pub fn in_unit(c: &mut Conn, unit: &Unit, documents: &[i64], now: Moment) -> Result<Vec<Coverage>, Refusal> {
    let today = calendar::local(now).date();
    let same = reach::same(c, unit.id, today)?;
    let stands = adopt::stands(c, &same, documents)?;
    let known = Known::of(c, &[unit.id], now)?;
    let ids: Vec<i64> = known.places.iter().map(|place| place.id).collect();
    let mut all = Vec::new();
    for documents in documents.chunks(MOST_AT_ONCE) {
        let rows: HashMap<i64, Vec<Row>> = note::rows_at(c, documents, &ids)?;
        for (edition, posting) in seen(c, documents, now)? {
            let stand = stands.get(&edition.document_id).map(|stand| (unit.id, stand.clone()));
            let rows = rows.get(&edition.document_id).map_or(&[][..], Vec::as_slice);
            all.push(known.made((edition, &posting), vec![unit.clone()], &stand.into_iter().collect(), rows));
        }
    }
    Ok(all)
}

/// What is read once, of however many postings is asked.
struct Known {
    rules: Rules,
    held: Held,
    places: Vec<Place>,
    screens: Screens,
    now: Moment,
}

impl Known {
    fn of(c: &mut Conn, units: &[i64], now: Moment) -> Result<Known, Refusal> {
        let held = Held::of(c, units, calendar::local(now).date())?;
        let places = places::of_units(c, &held.ids())?;
        let screens = Screens::at(c, &places.iter().map(|place| place.id).collect::<Vec<_>>())?;
        Ok(Known { rules: Rules::load(c)?, held, places, screens, now })
    }

    fn made(&self, (edition, posting): (Edition, &Posting), units: Vec<Unit>, stands: &BTreeMap<i64, Stand>, rows: &[Row]) -> Coverage {
        let (now, today) = (self.now, calendar::local(self.now).date());
        let wanted = match self.rules.catalogue.kind(&edition.section) {
            Some(kind) => law::places(posting, kind),
            None => posting.places(),
        };
        let posted = calendar::local(edition.dated_at).date();
        let asked = Asked { number: edition.number, since: edition.shown_from, is_over: edition.shown_until <= now };
        let noted = self.screens.placements(rows, now);
        let ids: BTreeSet<i64> = units.iter().map(|unit| unit.id).collect();
        let mut of: HashMap<i64, Vec<Place>> = HashMap::new();
        for place in self.places.iter().filter(|place| place.kind().is_read_at()) {
            let Some((unit, before)) = self.held.holder(place, &ids) else { continue };
            // What came later is for the boards of which the new unit tells.
            let is_its = before.is_none_or(|before| posted < before);
            // A machine shows all that its unit hangs.
            let is_wanted = is_its && place.is_open(today) && (wanted.contains(&place.kind()) || self.screens.is_at(place.id));
            // What hangs somewhere else hangs there, too.
            if is_wanted || noted.contains_key(&place.id) {
                of.entry(unit).or_default().push(place.clone());
            }
        }
        let parts = units.into_iter().map(|unit| {
            // What it said of a text while that came from others is not about its own.
            let stand = stands.get(&unit.id).filter(|_| edition.unit_id != Some(unit.id));
            let out = stand.and_then(|stand| stand.out.clone());
            let places = of.remove(&unit.id).unwrap_or_default().into_iter();
            let places = places.map(|place| {
                let of_place = noted.get(&place.id).map_or(&[][..], Vec::as_slice);
                let at = at(&asked, of_place, place.opened_on, out.is_some());
                (place, at)
            });
            Part { places: places.collect(), unit, out }
        });
        Coverage { is_over: asked.is_over, parts: parts.collect(), edition }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hour(number: i64) -> Moment {
        calendar::midnight(NaiveDate::from_ymd_opt(2026, 11, 2).expect("a day")) + chrono::Duration::hours(number)
    }

    fn opened() -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 7, 1).expect("a day")
    }

    fn hung(from: i64, until: Option<i64>, number: i32) -> Placement {
        Placement { from: hour(from), until: until.map(hour), interruptions: Vec::new(), editions: vec![(hour(from), number)] }
    }

    #[test]
    fn what_is_known_of_a_place_is_one_thing() {
        let asked = Asked { number: 4, since: hour(10), is_over: false };
        let over = Asked { number: 4, since: hour(10), is_over: true };
        let torn = Placement { interruptions: vec![(hour(12), None)], ..hung(11, None, 4) };
        for (of_place, wanted, when_over) in [
            (vec![], At::Silent(hour(10)), At::Over),
            (vec![hung(11, None, 4)], At::Current, At::Left),
            (vec![hung(1, None, 3)], At::Old(3), At::Left),
            (vec![hung(1, Some(11), 3)], At::Silent(hour(11)), At::Over),
            (vec![hung(1, Some(5), 3)], At::Silent(hour(10)), At::Over),
            (vec![hung(11, Some(14), 4)], At::Down(hour(14)), At::Over),
            (vec![torn], At::Torn(hour(12)), At::Left),
        ] {
            assert_eq!(
                (at(&asked, &of_place, opened(), false), at(&over, &of_place, opened(), false)),
                (wanted, when_over),
                "{of_place:?}"
            );
        }
        assert_eq!((at(&asked, &[], opened(), true), at(&asked, &[hung(11, None, 4)], opened(), true)), (At::Out, At::Current));
        let new = NaiveDate::from_ymd_opt(2026, 11, 5).expect("a day");
        assert_eq!(at(&asked, &[], new, false), At::Silent(calendar::midnight(new)), "nobody was to hang it before there was a board");
    }
}
