//! Where postings hang: the places of a unit. What a place is called may change; it is never deleted, for what hung there
//! is told by it. Its code stands on a card at the board: who types it says that he stands there, and no more.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::{Map, json};

use super::kinds::{PLACES, Place as Kind, word_of};
use crate::edition::of_units::{CODE_RENEWED, PLACE};
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::{alphabetical, nfc, slug};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::secret;
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{places, units};

pub const MOST_NAME: usize = 120;
pub const MOST_WORDS: usize = 200;
pub const MOST_PHONE: usize = 30;
/// Of one unit.
pub const MOST_PLACES: usize = 500;
const CHUNK: usize = 800;
/// Letters of a code: forty bits.
const CODE: usize = 8;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = places)]
pub struct Place {
    pub id: i64,
    pub unit_id: i64,
    /// Its name in files, given once.
    pub slug: String,
    #[diesel(column_name = kind)]
    pub kind_name: String,
    pub name: String,
    pub location: String,
    /// Who looks after it, and his telephone: for the desk only.
    pub keeper: String,
    pub phone: String,
    /// As it is kept: in small letters, without the hyphen.
    pub code: String,
    pub opened_on: NaiveDate,
    /// The last day on which it is used.
    pub closed_on: Option<NaiveDate>,
}

/// What is said of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub kind: Kind,
    pub name: String,
    pub location: String,
    pub keeper: String,
    pub phone: String,
    pub opened_on: NaiveDate,
    pub closed_on: Option<NaiveDate>,
}

impl Place {
    /// A kind of a later program is some other one.
    pub fn kind(&self) -> Kind {
        PLACES.iter().find(|(word, _)| *word == self.kind_name).map_or(Kind::Other, |(_, kind)| *kind)
    }

    /// Whether a sheet hangs there; elsewhere a posting is read out or shown.
    pub fn bears_paper(&self) -> bool {
        self.kind().is_board()
    }

    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.opened_on <= day && self.closed_on.is_none_or(|last| day <= last)
    }

    /// By which the log vouches for it; not for its code and its telephone, which a digest in the open would give away.
    fn seal(&self) -> String {
        let closed = self.closed_on.map(|day| day.to_string()).unwrap_or_default();
        let (id, unit, opened) = (self.id.to_string(), self.unit_id.to_string(), self.opened_on.to_string());
        digest::sha256_of(&[&id, &unit, &self.slug, &self.kind_name, &self.name, &self.location, &opened, &closed])
    }

    /// As it is printed and typed: `7K2M-9QX4`.
    pub fn code_shown(&self) -> String {
        let (one, other) = self.code.split_at_checked(CODE / 2).unwrap_or((&self.code, ""));
        format!("{one}-{other}").to_uppercase()
    }

    pub fn told(&self) -> Told {
        Told {
            kind: self.kind(),
            name: self.name.clone(),
            location: self.location.clone(),
            keeper: self.keeper.clone(),
            phone: self.phone.clone(),
            opened_on: self.opened_on,
            closed_on: self.closed_on,
        }
    }
}

impl Told {
    /// On one line each, in one form.
    pub fn tidy(self) -> Told {
        let tidy = |text: String| nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let (name, location, keeper) = (tidy(self.name), tidy(self.location), tidy(self.keeper));
        Told { name, location, keeper, phone: tidy(self.phone), ..self }
    }

    /// What is wrong, each with its field.
    pub fn faults(&self) -> Vec<(&'static str, Phrase)> {
        let mut faults = Vec::new();
        if self.name.is_empty() {
            faults.push(("name", phrase!("places-no-name")));
        }
        let lengths = [("name", &self.name, MOST_NAME), ("location", &self.location, MOST_WORDS), ("keeper", &self.keeper, MOST_NAME)];
        for (field, text, most) in lengths {
            if text.chars().count() > most || text.chars().any(char::is_control) {
                faults.push((field, phrase!("places-too-long", most = most)));
            }
        }
        let is_number = self.phone.chars().all(|c| c.is_ascii_digit() || " +-.()".contains(c));
        if !is_number || self.phone.len() > MOST_PHONE {
            faults.push(("phone", phrase!("places-bad-phone")));
        }
        if self.closed_on.is_some_and(|last| last < self.opened_on) {
            faults.push(("closed_on", phrase!("places-closed-before")));
        }
        faults
    }
}

fn sound(told: &Told) -> Result<Told, Refusal> {
    let told = told.clone().tidy();
    let faults = told.faults();
    if faults.is_empty() {
        return Ok(told);
    }
    Err(Refusal::Issues(faults.into_iter().map(|(field, phrase)| Issue { file: field.to_owned(), line: 0, phrase }).collect()))
}

/// A new place of a unit. Gives its id.
pub fn add(c: &mut Conn, act: Act, unit: i64, told: &Told) -> Result<i64, Refusal> {
    act.must(c, Verb::KeepPlaces, Some(unit))?;
    let told = sound(told)?;
    let taken: Vec<String> = places::table.filter(places::unit_id.eq(unit)).select(places::slug).load(c)?;
    let base = match slug(&told.name) {
        slug if slug.is_empty() => "noi".to_owned(),
        slug => slug.chars().take(100).collect::<String>().trim_end_matches('-').to_owned(),
    };
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    let free = std::iter::once(base.clone()).chain(numbered).find(|slug| !taken.contains(slug)).unwrap_or(base);
    add_named(c, act, unit, &free, &told)
}

/// The same under a name in files that is free.
pub(super) fn add_named(c: &mut Conn, act: Act, unit: i64, slug: &str, told: &Told) -> Result<i64, Refusal> {
    let there: i64 = places::table.filter(places::unit_id.eq(unit)).count().get_result(c)?;
    if there >= MOST_PLACES as i64 {
        return Err(Refusal::WrongState(phrase!("places-too-many", most = MOST_PLACES)));
    }
    let id: i64 = diesel::insert_into(places::table)
        .values((
            places::unit_id.eq(unit),
            places::slug.eq(slug),
            places::kind.eq(word_of(&PLACES, &told.kind)),
            places::name.eq(&told.name),
            places::location.eq(&told.location),
            places::keeper.eq(&told.keeper),
            places::phone.eq(&told.phone),
            places::code.eq(code()?),
            places::opened_on.eq(told.opened_on),
            places::closed_on.eq(told.closed_on),
            places::created_at.eq(act.now),
        ))
        .returning(places::id)
        .get_result(c)?;
    record(c, act, "place_added", id)?;
    Ok(id)
}

/// Nothing is written where nothing is otherwise.
pub fn change(c: &mut Conn, act: Act, id: i64, told: &Told) -> Result<(), Refusal> {
    let place = with_id(c, id)?;
    act.must(c, Verb::KeepPlaces, Some(place.unit_id))?;
    let told = sound(told)?;
    if told == place.told() {
        return Ok(());
    }
    diesel::update(places::table.find(id))
        .set((
            places::kind.eq(word_of(&PLACES, &told.kind)),
            places::name.eq(&told.name),
            places::location.eq(&told.location),
            places::keeper.eq(&told.keeper),
            places::phone.eq(&told.phone),
            places::opened_on.eq(told.opened_on),
            places::closed_on.eq(told.closed_on),
        ))
        .execute(c)?;
    let is_closed = told.closed_on.is_some() && place.closed_on.is_none();
    record(c, act, if is_closed { "place_closed" } else { "place_changed" }, id)
}

/// The old one says nothing from now on.
pub fn renew_code(c: &mut Conn, act: Act, id: i64) -> Result<(), Refusal> {
    let place = with_id(c, id)?;
    act.must(c, Verb::KeepPlaces, Some(place.unit_id))?;
    diesel::update(places::table.find(id)).set(places::code.eq(code()?)).execute(c)?;
    record(c, act, CODE_RENEWED, id)
}

fn code() -> Result<String, Refusal> {
    let code = secret::plain_code(&secret::code()?);
    Ok(code.chars().take(CODE).collect())
}

/// Names, and neither code nor telephone.
fn record(c: &mut Conn, act: Act, name: &str, id: i64) -> Result<(), Refusal> {
    let (place, label): (Place, String) =
        places::table.inner_join(units::table).filter(places::id.eq(id)).select((Place::as_select(), units::label)).first(c)?;
    let facts = [("name", json!(place.name)), (SEAL, json!(place.seal()))].map(|(name, fact)| (name.to_owned(), fact));
    act.record(c, name, format!("{PLACE}{id}/{label}/{}", place.slug), Map::from_iter(facts)).map(drop)
}

/// The fact of a row of the log that bears a place's seal.
pub const SEAL: &str = "sealed_place";

/// Of which place a row of the log speaks.
pub fn of_subject(subject: &str) -> Option<i64> {
    subject.strip_prefix(PLACE)?.split('/').next()?.parse().ok()
}

/// What is otherwise than the log says. `sealed`: by place, the seal of its last act, empty where it had none.
pub fn compare(c: &mut Conn, sealed: &HashMap<i64, String>) -> Result<Vec<Phrase>, Refusal> {
    let (mut faults, mut met) = (Vec::new(), 0);
    let mut after = 0;
    loop {
        let all: Vec<Place> =
            places::table.filter(places::id.gt(after)).order(places::id.asc()).limit(CHUNK as i64).select(Place::as_select()).load(c)?;
        let Some(last) = all.last() else { break };
        after = last.id;
        for place in &all {
            match sealed.get(&place.id) {
                Some(seal) if seal.is_empty() || *seal == place.seal() => met += 1,
                Some(_) => {
                    met += 1;
                    faults.push(phrase!("verify-changed-place", name = place.name, slug = place.slug));
                }
                None => faults.push(phrase!("verify-unknown-place", name = place.name, slug = place.slug)),
            }
        }
    }
    if met < sealed.len() {
        faults.push(phrase!("verify-lost-place", count = sealed.len() - met));
    }
    Ok(faults)
}

pub fn with_id(c: &mut Conn, id: i64) -> Result<Place, Refusal> {
    Ok(places::table.find(id).select(Place::as_select()).first(c)?)
}

pub fn with_ids(c: &mut Conn, ids: &[i64]) -> Result<Vec<Place>, Refusal> {
    Ok(sorted(places::table.filter(places::id.eq_any(ids)).select(Place::as_select()).load(c)?))
}

/// By what was typed. `None` too where the place is not used on that day.
pub fn with_code(c: &mut Conn, typed: &str, now: Moment) -> Result<Option<Place>, Refusal> {
    let code = secret::plain_code(typed);
    if code.len() != CODE {
        return Ok(None);
    }
    let found: Option<Place> = places::table.filter(places::code.eq(&code)).select(Place::as_select()).first(c).optional()?;
    let today = crate::kit::calendar::local(now).date();
    Ok(found.filter(|place| place.is_open(today)))
}

/// Of several units, each by kind and then in the order of the alphabet.
pub fn of_units(c: &mut Conn, units: &[i64]) -> Result<Vec<Place>, Refusal> {
    let mut all = Vec::new();
    for units in units.chunks(CHUNK) {
        all.extend(places::table.filter(places::unit_id.eq_any(units)).select(Place::as_select()).load::<Place>(c)?);
    }
    Ok(sorted(all))
}

/// Of one unit: by kind, then in the order of the alphabet, Thôn 2 before Thôn 10.
pub fn of_unit(c: &mut Conn, unit: i64) -> Result<Vec<Place>, Refusal> {
    Ok(sorted(places::table.filter(places::unit_id.eq(unit)).select(Place::as_select()).load(c)?))
}

pub fn sorted(mut all: Vec<Place>) -> Vec<Place> {
    all.sort_by_cached_key(|place| (PLACES.iter().position(|(_, kind)| *kind == place.kind()), alphabetical(&place.name), place.id));
    all
}
