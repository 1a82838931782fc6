//! The boards of a portal: each known by a key of its own, which it made itself. Until somebody at the desk types the code that its
//! screen shows, and says where it stands, it is nobody's; whoever is taken off the roll never comes back with the same key.

use chrono::Duration;
use diesel::prelude::*;
use rand::RngExt;
use serde_json::{Map, json};

use super::alarms;
use super::hours::Hours;
use super::report::{Showing, Told};
use crate::edition::of_units::BOARD;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::sign::Public;
use crate::person::access::Verb;
use crate::person::{Act, Who, fault};
use crate::phrase;
use crate::posting::placements::What;
use crate::posting::placements_note::{self as note, Report as Noted};
use crate::posting::places::{self, Place};
use crate::posting::screens;
use crate::store::Conn;
use crate::store::schema_out::boards;
use crate::unit;

/// A code that stood so long gives way to another when its board asks again, and opens nothing after the second.
const CODE_STANDS: Duration = Duration::minutes(30);
const CODE_LASTS: Duration = Duration::minutes(60);
/// Of one unit, that wait for somebody to type their codes.
const MOST_WAITING: i64 = 20;
pub const MOST_REASON: usize = 200;
/// In minutes.
pub const DAY: i32 = 24 * 60;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = boards)]
pub struct Row {
    pub id: i64,
    pub public: String,
    pub key: String,
    pub unit_code: String,
    pub code: String,
    pub asked_at: Moment,
    pub place_id: Option<i64>,
    pub paired_at: Option<Moment>,
    pub paired_by: String,
    pub unpaired_at: Option<Moment>,
    pub count: i64,
    pub heard_at: Option<Moment>,
    pub told: String,
    /// When it is to be seen, each day, in minutes after midnight of Viet Nam.
    pub opens: i32,
    pub closes: i32,
}

impl Row {
    /// What it told of itself last; empty before its first word, and where a later program told it.
    pub fn told(&self) -> Told {
        serde_json::from_str(&self.told).unwrap_or_default()
    }

    pub fn hours(&self) -> Hours {
        Hours { opens: self.opens, closes: self.closes }
    }

    pub fn is_paired(&self) -> bool {
        self.paired_at.is_some() && self.unpaired_at.is_none()
    }
}

/// As people type it: six digits, however they are set.
fn digits(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect()
}

/// The board of a key, which waits with a code where nobody knows it yet. Errors: `Missing` for a unit that is not, `WrongState` where too
/// many wait.
pub fn known(c: &mut Conn, now: Moment, unit_code: &str, public: &Public) -> Result<Row, Refusal> {
    let stale = boards::table.filter(boards::paired_at.is_null().and(boards::asked_at.lt(now - CODE_STANDS)));
    diesel::delete(stale).execute(c)?;
    let known = boards::table.filter(boards::key.eq(public.id())).select(Row::as_select()).first(c).optional()?;
    if let Some(row) = known {
        let row: Row = row;
        return if row.unit_code == unit_code { Ok(row) } else { Err(Refusal::Missing) };
    }
    unit::on_day(c, unit_code, calendar::local(now).date())?.ok_or(Refusal::Missing)?;
    let waiting = boards::table.filter(boards::unit_code.eq(unit_code).and(boards::paired_at.is_null()));
    if waiting.count().get_result::<i64>(c)? >= MOST_WAITING {
        return Err(Refusal::WrongState(phrase!("boards-too-many-wait")));
    }
    let code = loop {
        let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
        let same = boards::table.filter(boards::code.eq(&code)).select(boards::id);
        if same.first::<i64>(c).optional()?.is_none() {
            break code;
        }
    };
    let id: i64 = diesel::insert_into(boards::table)
        .values((
            boards::public.eq(public.written()),
            boards::key.eq(public.id()),
            boards::unit_code.eq(unit_code),
            boards::code.eq(code),
            boards::asked_at.eq(now),
            boards::paired_by.eq(""),
            boards::count.eq(0),
            boards::told.eq(""),
            boards::showing.eq("[]"),
            boards::opens.eq(0),
            boards::closes.eq(DAY),
        ))
        .returning(boards::id)
        .get_result(c)?;
    with_id(c, id)
}

pub fn with_id(c: &mut Conn, id: i64) -> Result<Row, Refusal> {
    boards::table.find(id).select(Row::as_select()).first(c).optional()?.ok_or(Refusal::Missing)
}

/// Those that stand somewhere, by when they were paired.
pub fn of_unit(c: &mut Conn, code: &str) -> Result<Vec<Row>, Refusal> {
    let of = boards::table.filter(boards::unit_code.eq(code).and(boards::paired_at.is_not_null()).and(boards::unpaired_at.is_null()));
    Ok(of.order((boards::paired_at.asc(), boards::id.asc())).select(Row::as_select()).load(c)?)
}

/// Those that stand there no more, the last to go first.
pub fn gone_of_unit(c: &mut Conn, code: &str, most: i64) -> Result<Vec<Row>, Refusal> {
    let of = boards::table.filter(boards::unit_code.eq(code).and(boards::unpaired_at.is_not_null()));
    Ok(of.order((boards::unpaired_at.desc(), boards::id.desc())).limit(most).select(Row::as_select()).load(c)?)
}

/// Every one that stands somewhere.
pub fn paired(c: &mut Conn) -> Result<Vec<Row>, Refusal> {
    let of = boards::table.filter(boards::paired_at.is_not_null().and(boards::unpaired_at.is_null()));
    Ok(of.order(boards::id.asc()).select(Row::as_select()).load(c)?)
}

/// What it told last of what is in its round.
pub fn showing(c: &mut Conn, id: i64) -> Result<Vec<Showing>, Refusal> {
    let text: String = boards::table.find(id).select(boards::showing).first(c)?;
    Ok(serde_json::from_str(&text).unwrap_or_default())
}

/// Somebody typed the code that a screen shows, and said where it stands and when it is to be seen. Errors: `Issues` at `code`, `place`:
/// what a machine says and what people say of paper are never told of one place together.
pub fn pair(c: &mut Conn, act: Act, unit: &unit::Unit, code: &str, place: i64, hours: Hours) -> Result<Row, Refusal> {
    act.must(c, Verb::KeepPlaces, Some(unit.id))?;
    let place = own_place(c, act, unit, place)?;
    if screens::is_at(c, place.id)? {
        return Err(fault("place", phrase!("boards-place-taken", place = place.name)));
    }
    let paper = screens::hanging_at(c, place.id)?.len();
    if paper > 0 {
        return Err(fault("place", phrase!("boards-place-of-paper", place = place.name, count = paper)));
    }
    let waiting = boards::table.filter(boards::code.eq(digits(code)).and(boards::unit_code.eq(&unit.code)));
    let waiting = waiting.filter(boards::paired_at.is_null().and(boards::asked_at.ge(act.now - CODE_LASTS)));
    let found: Option<i64> = waiting.select(boards::id).first(c).optional()?;
    let id = found.filter(|_| !digits(code).is_empty()).ok_or_else(|| fault("code", phrase!("boards-bad-code")))?;
    diesel::update(boards::table.find(id))
        .set((
            (boards::code.eq(""), boards::place_id.eq(place.id), boards::paired_at.eq(act.now), boards::paired_by.eq(act.who.name())),
            (boards::opens.eq(hours.opens), boards::closes.eq(hours.closes)),
        ))
        .execute(c)?;
    let row = with_id(c, id)?;
    record(c, act, "board_paired", &row, &place, &[])?;
    Ok(row)
}

/// When it is to be seen from now on.
pub fn keep_hours(c: &mut Conn, act: Act, id: i64, hours: Hours) -> Result<(), Refusal> {
    let row = with_id(c, id)?;
    let place = places::with_id(c, row.place_id.ok_or(Refusal::Missing)?)?;
    act.must(c, Verb::KeepPlaces, Some(place.unit_id))?;
    if !row.is_paired() {
        return Err(Refusal::WrongState(phrase!("boards-unpaired-already")));
    }
    if row.hours() == hours {
        return Ok(());
    }
    diesel::update(boards::table.find(id)).set((boards::opens.eq(hours.opens), boards::closes.eq(hours.closes))).execute(c)?;
    let (opens, closes) = hours.told();
    record(c, act, "board_hours", &row, &place, &[("opens", opens), ("closes", closes)])
}

/// It is told no more, and what it says counts for nothing from here on. What was on its screen was there until its last word.
pub fn unpair(c: &mut Conn, act: Act, id: i64, reason: &str) -> Result<Row, Refusal> {
    let row = with_id(c, id)?;
    let place = places::with_id(c, row.place_id.ok_or(Refusal::Missing)?)?;
    act.must(c, Verb::KeepPlaces, Some(place.unit_id))?;
    if !row.is_paired() {
        return Err(Refusal::WrongState(phrase!("boards-unpaired-already")));
    }
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    if reason.is_empty() || reason.chars().count() > MOST_REASON {
        return Err(fault("reason", phrase!("boards-no-reason", most = MOST_REASON)));
    }
    diesel::update(boards::table.find(id)).set(boards::unpaired_at.eq(act.now)).execute(c)?;
    record(c, act, "board_unpaired", &row, &place, &[("reason", reason)])?;
    for (document, number, last) in screens::hanging_at(c, place.id)? {
        let (at, key) = (row.heard_at.unwrap_or(last).max(last), format!("{}-off-{document}", row.key));
        let down = Noted { document, number, what: What::TakenDown, at, name: "", photo: "", note: "", key: &key };
        note::at_screen(c, Act { now: act.now, who: &Who::Machine(note::SCREEN) }, &place, &down)?;
    }
    alarms::settle(c, act.now, id, &[])?;
    Ok(row)
}

fn own_place(c: &mut Conn, act: Act, unit: &unit::Unit, place: i64) -> Result<Place, Refusal> {
    let today = calendar::local(act.now).date();
    let place = places::with_id(c, place).map_err(|_| fault("place", phrase!("boards-no-place")))?;
    if place.unit_id != unit.id || !place.is_open(today) {
        return Err(fault("place", phrase!("boards-no-place")));
    }
    Ok(place)
}

fn record(c: &mut Conn, act: Act, name: &str, row: &Row, place: &Place, more: &[(&str, String)]) -> Result<(), Refusal> {
    let label = unit::with_ids(c, &[place.unit_id])?.pop().map(|unit| unit.label).unwrap_or_default();
    let facts = [("place", json!(place.name)), ("public", json!(row.public))].map(|(name, fact)| (name.to_owned(), fact));
    let more = more.iter().map(|(name, fact)| ((*name).to_owned(), json!(fact)));
    act.record(c, name, format!("{BOARD}{}/{label}", row.id), Map::from_iter(facts.into_iter().chain(more))).map(drop)
}
