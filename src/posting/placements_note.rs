//! Who notes that a posting hangs, and how: at the desk by whoever keeps the place, at the board by whoever types its code.
//! Each is a row that is never edited, with its row in the log; a wrong one is struck by another, with a reason.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::TimeDelta;
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use serde_json::{Map, json};

use super::placements::{Placement, Row, What, placements};
use super::places::{self, Place};
use super::reach::{self, Place as Standing, Sent};
use super::screens::{self, Screens};
use super::{former, groups};
use crate::edition::terms::visible_at;
use crate::edition::{Edition, Kind, of_units};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::nfc;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::person::access::Verb;
use crate::person::{Act, Who, fault};
use crate::phrase;
use crate::store::schema::{documents, editions, placements as rows};
use crate::store::{Conn, Snapshot};

/// Whoever holds a place's code and needs no account.
pub const BOARD: &str = "board";
pub(super) const DESK: &str = "desk";
pub const PHONE: &str = "phone";
/// A machine at the board, which says itself what was on its screen.
pub const SCREEN: &str = "screen";
pub const MOST_NAME: usize = 80;
pub const MOST_NOTE: usize = 500;
pub(super) const MOST_KEY: usize = 64;
/// What the key of a strike begins with: no sheet's form can send such a key, and no row is struck twice.
pub(super) const STRIKE: &str = "strike:";
/// How long a phone may have waited for a line.
const LATE: TimeDelta = TimeDelta::days(30);
/// Of one posting at one place: nobody hangs a sheet so often.
pub(super) const MOST_ROWS: i64 = 500;
/// A screen goes dark every evening and whenever power goes; so much of one posting takes years.
const MOST_OF_SCREEN: i64 = 20_000;
const CHUNK: usize = 400;

/// What somebody says that he did.
#[derive(Clone, Debug)]
pub struct Report<'r> {
    pub document: i64,
    /// Of the edition on the paper.
    pub number: i32,
    pub what: What,
    pub at: Moment,
    /// Never needed.
    pub name: &'r str,
    pub photo: &'r str,
    pub note: &'r str,
    /// Drawn by whoever sends it: the same one is noted once.
    pub key: &'r str,
}

/// At the desk. Errors: `Issues` at `at`, `name`, `note`.
pub fn at_desk(c: &mut Conn, act: Act, place: i64, report: &Report) -> Result<Row, Refusal> {
    let place = places::with_id(c, place)?;
    former::must(c, act, Verb::KeepPlaces, &place)?;
    note(c, act, DESK, &place, report)
}

/// At the board, by the code that stands there. Errors: `Issues` at `code` where it opens nothing.
pub fn at_board(c: &mut Conn, now: Moment, code: &str, report: &Report) -> Result<Row, Refusal> {
    let place = places::with_code(c, code, now)?.ok_or_else(|| fault("code", phrase!("placements-bad-code")))?;
    let at = report.at.max(now - LATE);
    note(c, Act { now, who: &Who::Machine(BOARD) }, PHONE, &place, &Report { at, ..report.clone() })
}

/// By the machine that stands there; what it says that was shown was shown already, however late the line brings it.
pub fn at_screen(c: &mut Conn, act: Act, place: &Place, report: &Report) -> Result<Row, Refusal> {
    note(c, act, SCREEN, place, report)
}

fn note(c: &mut Conn, act: Act, way: &str, place: &Place, report: &Report) -> Result<Row, Refusal> {
    if report.key.is_empty() || report.key.len() > MOST_KEY || !report.key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
        return Err(Refusal::Missing);
    }
    // What was sent twice over a bad line was done once; another thing under the same key is nobody's.
    if let Some(known) = rows::table.filter(rows::key.eq(report.key)).select(Row::as_select()).first::<Row>(c).optional()? {
        let is_same = (known.place_id, known.document_id) == (place.id, report.document) && known.what() == Some(report.what);
        return if is_same { Ok(known) } else { Err(Refusal::Stale) };
    }
    // What a machine shows is said by the machine: a sheet of paper beside it hangs at a place of its own.
    if way != SCREEN && screens::is_at(c, place.id)? {
        return Err(fault("place", phrase!("placements-tells-itself", place = place.name)));
    }
    let slug = posting(c, report.document)?;
    let edition: Edition = editions::table
        .filter(editions::document_id.eq(report.document).and(editions::number.eq(report.number)))
        .select(Edition::as_select())
        .first(c)?;
    // The public has seen what hangs on its boards, or will have.
    if !edition.is_seen() || (way == PHONE && !edition.has_begun(act.now)) {
        return Err(Refusal::Missing);
    }
    // A clock that is a little fast means now.
    let at = report.at.min(act.now);
    if report.at > act.now + TimeDelta::minutes(10) {
        return Err(fault("at", phrase!("placements-in-future")));
    }
    let day = calendar::local(at).date();
    if day < place.opened_on || (report.what != What::TakenDown && !place.is_open(day)) {
        return Err(fault("at", phrase!("placements-place-shut", day = calendar::day(day))));
    }
    let so_far: Vec<Row> = rows::table
        .filter(rows::document_id.eq(report.document).and(rows::place_id.eq(place.id)))
        .order(rows::id.asc())
        .select(Row::as_select())
        .load(c)?;
    let most = if way == SCREEN { MOST_OF_SCREEN } else { MOST_ROWS };
    if so_far.len() as i64 >= most {
        return Err(Refusal::WrongState(phrase!("placements-too-many", most = most)));
    }
    match report.what {
        What::Hung | What::Resumed if so_far.is_empty() && !is_sent_there(c, &edition, place, act.now)? => {
            return Err(fault("place", phrase!("placements-not-sent-there", place = place.name)));
        }
        // A phone without a line may send the second of two before the first.
        What::TakenDown | What::Interrupted if way == DESK && !hangs_before(&so_far, place.id, at) => {
            return Err(fault("what", phrase!("placements-not-hung", place = place.name)));
        }
        _ => {}
    }
    let (name, told) = (line("name", report.name, MOST_NAME)?, line("note", report.note, MOST_NOTE)?);
    let row = Row {
        id: 0,
        place_id: place.id,
        document_id: report.document,
        number: report.number,
        what_name: report.what.name().to_owned(),
        at,
        received_at: act.now,
        actor: act.who.name().to_owned(),
        name,
        way: way.to_owned(),
        photo: report.photo.to_owned(),
        note: told,
        strikes: None,
        key: report.key.to_owned(),
        position: 0,
    };
    write(c, act, row, &slug, &place.name)
}

/// Whether a posting is for the unit whose place it is, or for one that has its places today.
fn is_sent_there(c: &mut Conn, edition: &Edition, place: &Place, now: Moment) -> Result<bool, Refusal> {
    if edition.unit_id == Some(place.unit_id) {
        return Ok(true);
    }
    let today = calendar::local(now).date();
    let to = reach::targets(c, &[edition.revision_id])?.remove(&edition.revision_id).unwrap_or_default();
    let sent = Sent { unit_id: edition.unit_id, to, posted: calendar::local(edition.dated_at).date() };
    let groups = groups::groups(c)?;
    for holder in former::holders(c, place.unit_id, today)? {
        if Standing::of(c, &holder, &groups, today)?.rule(&sent).is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether it was told to hang at some time up to this one, and not to have been taken down since.
fn hangs_before(rows: &[Row], place: i64, at: Moment) -> bool {
    let before = |one: &Placement| one.from <= at && one.until.is_none_or(|until| at <= until);
    placements(rows).get(&place).is_some_and(|all| all.iter().any(before))
}

/// A row was wrong: says so, and why. Errors: `WrongState` for one that is struck already.
pub fn strike(c: &mut Conn, act: Act, row: i64, reason: &str) -> Result<Row, Refusal> {
    let wrong: Row = rows::table.find(row).select(Row::as_select()).first(c)?;
    let place = places::with_id(c, wrong.place_id)?;
    former::must(c, act, Verb::KeepPlaces, &place)?;
    let reason = line("reason", reason, MOST_NOTE)?;
    if reason.is_empty() {
        return Err(fault("reason", phrase!("placements-no-reason")));
    }
    if wrong.strikes.is_some() {
        return Err(Refusal::Missing);
    }
    if rows::table.filter(rows::strikes.eq(row)).select(rows::id).first::<i64>(c).optional()?.is_some() {
        return Err(Refusal::WrongState(phrase!("placements-struck-already")));
    }
    let slug = posting(c, wrong.document_id)?;
    let text = String::new;
    let strike = Row {
        id: 0,
        what_name: What::Struck.name().to_owned(),
        received_at: act.now,
        actor: act.who.name().to_owned(),
        name: text(),
        way: DESK.to_owned(),
        photo: text(),
        note: reason,
        strikes: Some(row),
        key: format!("{STRIKE}{}", wrong.key),
        position: 0,
        ..wrong
    };
    write(c, act, strike, &slug, &place.name)
}

/// The log says where and when, and vouches for the rest by its seal: who stood at a board is for the desk alone.
pub(super) fn write(c: &mut Conn, act: Act, row: Row, slug: &str, place: &str) -> Result<Row, Refusal> {
    let facts = [("place", json!(place)), ("at", json!(calendar::rfc3339(row.at))), ("placement", json!(row.seal()))];
    let reason = row.strikes.map(|_| ("reason", json!(row.note)));
    let facts = facts.into_iter().chain(reason).map(|(name, fact)| (name.to_owned(), fact));
    let subject = format!("{}/{slug}/{}", KIND.name(), row.number);
    let position = act.record(c, &row.what_name, subject, Map::from_iter(facts))?;
    let id: i64 = diesel::insert_into(rows::table)
        .values((
            rows::place_id.eq(row.place_id),
            rows::document_id.eq(row.document_id),
            rows::number.eq(row.number),
            rows::what.eq(&row.what_name),
            rows::at.eq(row.at),
            rows::received_at.eq(row.received_at),
            rows::actor.eq(&row.actor),
            rows::name.eq(&row.name),
            rows::way.eq(&row.way),
            rows::photo.eq(&row.photo),
            rows::note.eq(&row.note),
            rows::strikes.eq(row.strikes),
            rows::key.eq(&row.key),
            rows::position.eq(position),
        ))
        .returning(rows::id)
        .get_result(c)?;
    Ok(Row { id, position, ..row })
}

/// What hangs at places.
pub const KIND: Kind = Kind::Posting;

/// Errors: `Missing` for what is no posting.
fn posting(c: &mut Conn, document: i64) -> Result<String, Refusal> {
    Ok(documents::table.filter(documents::id.eq(document).and(documents::kind.eq(KIND.name()))).select(documents::slug).first(c)?)
}

fn line(field: &str, typed: &str, most: usize) -> Result<String, Refusal> {
    let text = nfc(&typed.split_whitespace().collect::<Vec<_>>().join(" "));
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(fault(field, phrase!("places-too-long", most = most)));
    }
    Ok(text)
}

/// In the order in which they arrived.
pub fn rows_of(c: &mut Conn, document: i64) -> Result<Vec<Row>, Refusal> {
    Ok(rows::table.filter(rows::document_id.eq(document)).order(rows::id.asc()).select(Row::as_select()).load(c)?)
}

/// Of several postings, wherever: by posting, in the order in which they arrived.
pub fn rows_of_all(c: &mut Conn, documents: &[i64]) -> Result<HashMap<i64, Vec<Row>>, Refusal> {
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    for documents in documents.chunks(CHUNK) {
        let all: Vec<Row> =
            rows::table.filter(rows::document_id.eq_any(documents)).order(rows::id.asc()).select(Row::as_select()).load(c)?;
        all.into_iter().for_each(|row| found.entry(row.document_id).or_default().push(row));
    }
    Ok(found)
}

/// Of several postings, at these places alone: by posting, in the order in which they arrived.
pub fn rows_at(c: &mut Conn, documents: &[i64], places: &[i64]) -> Result<HashMap<i64, Vec<Row>>, Refusal> {
    let mut found: HashMap<i64, Vec<Row>> = HashMap::new();
    for documents in documents.chunks(CHUNK) {
        for places in places.chunks(CHUNK) {
            let of = rows::table.filter(rows::document_id.eq_any(documents).and(rows::place_id.eq_any(places)));
            let all: Vec<Row> = of.order(rows::id.asc()).select(Row::as_select()).load(c)?;
            all.into_iter().for_each(|row| found.entry(row.document_id).or_default().push(row));
        }
    }
    Ok(found)
}

pub fn row(c: &mut Conn, id: i64) -> Result<Row, Refusal> {
    Ok(rows::table.find(id).select(Row::as_select()).first(c)?)
}

/// Where a posting hangs or hung, for its page: in the order of lists, each place with its placements. What would make it
/// otherwise is noted, but for the posting's own topic, which whoever found it has noted. With the machines there.
pub fn hanging(c: &mut Snapshot, document: i64, now: Moment) -> Result<(Vec<At>, Screens), Refusal> {
    let rows = rows_of(c, document)?;
    let ids: Vec<i64> = rows.iter().map(|row| row.place_id).collect::<BTreeSet<_>>().into_iter().collect();
    let screens = Screens::at(c, &ids)?;
    let mut all = screens.placements(&rows, now);
    c.look(ids.iter().map(|id| of_units::place(*id)));
    let places = places::with_ids(c, &ids)?;
    let at = places.into_iter().filter_map(|place| all.remove(&place.id).map(|of_place| (place, of_place)));
    Ok((at.collect(), screens))
}

/// A place, and what was done there, oldest first.
pub type At = (Place, Vec<Placement>);

/// The postings of which anything was noted last at these places, newest first.
pub fn last_noted(c: &mut Conn, places: &[i64], most: usize) -> Result<Vec<i64>, Refusal> {
    let mut found: BTreeMap<i64, i64> = BTreeMap::new();
    for places in places.chunks(CHUNK) {
        let last = diesel::dsl::max(rows::id);
        let noted = rows::table.filter(rows::place_id.eq_any(places)).group_by(rows::document_id);
        let noted = noted.order(last.desc()).limit(i64::try_from(most).unwrap_or(i64::MAX));
        for (document, last) in noted.select((rows::document_id, last)).load::<(i64, Option<i64>)>(c)? {
            let known = found.entry(document).or_default();
            *known = last.map_or(*known, |last| last.max(*known));
        }
    }
    let mut found: Vec<(i64, i64)> = found.into_iter().map(|(document, last)| (last, document)).collect();
    found.sort_unstable_by(|one, other| other.cmp(one));
    found.truncate(most);
    Ok(found.into_iter().map(|(_, document)| document).collect())
}

diesel::alias!(rows as downs: Downs, rows as strikes: Strikes);

/// The postings that show no more and hang at one of these places still, as [`placements`] tells it; not those that this unit
/// sent itself. The oldest first, at most so many.
pub fn standing_over(c: &mut Conn, places: &[i64], sender: i64, now: Moment, most: usize) -> Result<Vec<i64>, Refusal> {
    let mut found: BTreeSet<i64> = BTreeSet::new();
    for places in places.chunks(CHUNK) {
        let struck = || {
            let here = strikes.field(rows::place_id).eq_any(places);
            strikes.filter(here.and(strikes.field(rows::strikes).is_not_null())).select(strikes.field(rows::strikes))
        };
        let down = downs
            .filter(downs.field(rows::document_id).eq(rows::document_id).and(downs.field(rows::place_id).eq(rows::place_id)))
            .filter(downs.field(rows::what).eq(What::TakenDown.name()).and(downs.field(rows::at).gt(rows::at)))
            .filter(downs.field(rows::id).nullable().ne_all(struck()));
        let of = || editions::table.filter(editions::document_id.eq(rows::document_id));
        let hung: Vec<i64> = rows::table
            .filter(rows::place_id.eq_any(places).and(rows::what.eq_any([What::Hung.name(), What::Resumed.name()])))
            .filter(rows::id.nullable().ne_all(struck()))
            .filter(not(exists(down)))
            .filter(not(exists(of().filter(visible_at(now)))))
            .filter(not(exists(of().filter(editions::unit_id.eq(sender)))))
            .select(rows::document_id)
            .distinct()
            .order(rows::document_id.asc())
            .limit(i64::try_from(most).unwrap_or(i64::MAX))
            .load(c)?;
        found.extend(hung);
    }
    Ok(found.into_iter().take(most).collect())
}

/// The digests of all photographs.
pub fn photos(c: &mut Conn) -> Result<Vec<String>, Refusal> {
    Ok(rows::table.filter(rows::photo.ne("")).select(rows::photo).distinct().order(rows::photo.asc()).load(c)?)
}

/// Every row is as the log left it, and every row that the log tells of is there. `told`: the log's seals by position.
pub fn compare(c: &mut Conn, told: &HashMap<i64, String>) -> Result<Vec<Phrase>, Refusal> {
    let (mut faults, mut last, mut met) = (Vec::new(), 0, 0);
    loop {
        let found: Vec<Row> = rows::table.filter(rows::id.gt(last)).order(rows::id.asc()).limit(500).select(Row::as_select()).load(c)?;
        let Some(row) = found.last() else { break };
        last = row.id;
        for row in found {
            match told.get(&row.position) {
                Some(seal) if *seal == row.seal() => met += 1,
                _ => faults.push(phrase!("verify-changed-placement", id = row.id)),
            }
        }
    }
    if met < told.len() && faults.is_empty() {
        faults.push(phrase!("verify-lost-placement", count = told.len() - met));
    }
    Ok(faults)
}
