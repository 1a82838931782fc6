//! What was done with sheets at places as a file, `placements.csv`, with its photographs beside it: an export is whole, and
//! an import adds what is not there yet. A row is known by its key, and one that is there already must say the same.

use std::collections::{BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::placements::{Row, What};
use super::placements_note::{DESK, KIND, MOST_KEY, MOST_NAME, MOST_NOTE, MOST_ROWS, PHONE, SCREEN, write};
use crate::edition::state::State;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest::is_digest;
use crate::kit::fold::is_slug;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, placements as rows, places, units};
use crate::unit::book;

pub const FILE: &str = "placements.csv";
/// Where the photographs lie, each under its digest.
const PHOTOS: &str = "placement-photos";
const COLUMNS: [&str; 14] =
    ["posting", "unit", "place", "edition", "what", "at", "received", "by", "name", "way", "note", "strikes", "key", "photo"];
/// Of a login.
const MOST_LOGIN: usize = 100;
const MOST_NUMBER: i32 = 9_999;
/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;

/// A row as it goes from one store to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub posting: String,
    /// The label of the place's unit, as in `places.csv`.
    pub unit: String,
    pub place: String,
    /// Of the edition that is on the paper.
    pub number: i32,
    pub what: What,
    pub at: Moment,
    pub received: Moment,
    pub by: String,
    pub name: String,
    pub way: String,
    pub note: String,
    /// The key of the row that was wrong; empty for none.
    pub strikes: String,
    pub key: String,
    /// The digest of its photograph; empty for none.
    pub photo: String,
}

/// Where a photograph lies in a folder.
pub fn photo_name(digest: &str) -> String {
    format!("{PHOTOS}/{digest}.jpg")
}

fn photo_digest(name: &str) -> Option<&str> {
    name.strip_prefix(PHOTOS)?.strip_prefix('/')?.strip_suffix(".jpg").filter(|digest| is_digest(digest))
}

fn moment(text: &str) -> Option<Moment> {
    let at = chrono::DateTime::parse_from_rfc3339(text).ok()?.naive_utc();
    (at.and_utc().timestamp_subsec_nanos() == 0).then_some(at)
}

/// A key is of one row for ever, and a strike's is made from that of what it strikes.
fn is_key(text: &str, what: Option<What>) -> bool {
    let own = if what == Some(What::Struck) { text.strip_prefix(super::placements_note::STRIKE).unwrap_or(text) } else { text };
    (1..=MOST_KEY).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Each with its line. Errors: every fault of the file.
pub fn read(text: &str, now: Moment) -> Result<Vec<(usize, Line)>, Vec<Issue>> {
    let (mut issues, mut found) = (Vec::new(), Vec::new());
    let mut met = HashSet::new();
    for (line, row) in book::rows(FILE, text, &COLUMNS, &mut issues) {
        let mut object = |phrase| issues.push(Issue { file: FILE.to_owned(), line, phrase });
        let [posting, unit, place, edition, what, at, received, by, name, way, note, strikes, key, photo] = row.as_slice() else {
            continue;
        };
        for slug in [posting, place].into_iter().filter(|slug| !is_slug(slug)) {
            object(phrase!("front-bad-slug", slug = slug));
        }
        let number = edition.parse().ok().filter(|number| (1..=MOST_NUMBER).contains(number));
        if number.is_none() {
            object(phrase!("placements-bad-number", number = edition));
        }
        let act = What::said(what).or((what == What::Struck.name()).then_some(What::Struck));
        if act.is_none() {
            let known = What::SAID.map(What::name).join(", ");
            object(phrase!("kinds-unknown-word", named = what, known = format!("{known}, {}", What::Struck.name())));
        }
        if ![DESK, PHONE, SCREEN].contains(&way.as_str()) {
            object(phrase!("kinds-unknown-word", named = way, known = [DESK, PHONE, SCREEN].join(", ")));
        }
        let moments = moment(at).zip(moment(received)).filter(|(_, received)| *received <= now);
        if moments.is_none() {
            object(phrase!("adopt-bad-moment"));
        }
        if moments.is_some_and(|(at, received)| received < at) {
            object(phrase!("placements-received-before"));
        }
        if by.is_empty() || by.chars().count() > MOST_LOGIN {
            object(phrase!("adopt-bad-name", most = MOST_LOGIN));
        }
        for (text, most) in [(name, MOST_NAME), (note, MOST_NOTE)] {
            if text.chars().count() > most || text.chars().any(char::is_control) {
                object(phrase!("places-too-long", most = most));
            }
        }
        if !is_key(key, act) {
            object(phrase!("placements-bad-key", most = MOST_KEY));
        } else if !met.insert(key.clone()) {
            object(phrase!("placements-key-twice", key = key));
        }
        if (act == Some(What::Struck)) == strikes.is_empty() || (!strikes.is_empty() && note.is_empty()) {
            object(phrase!("placements-bad-strike"));
        }
        let digest = photo_digest(photo).map(str::to_owned).or(photo.is_empty().then(String::new));
        if digest.is_none() {
            object(phrase!("placements-bad-photo-name", name = photo_name("…")));
        }
        if let (Some(number), Some(what), Some((at, received)), Some(photo)) = (number, act, moments, digest) {
            let own = String::clone;
            let (posting, unit, place, by, name) = (own(posting), own(unit), own(place), own(by), own(name));
            let (way, note, strikes, key) = (own(way), own(note), own(strikes), own(key));
            found.push((line, Line { posting, unit, place, number, what, at, received, by, name, way, note, strikes, key, photo }));
        }
    }
    if issues.is_empty() { Ok(found) } else { Err(issues) }
}

pub fn written(lines: &[Line]) -> String {
    let mut out = book::writer(&COLUMNS);
    for line in lines {
        let own = String::clone;
        let photo = if line.photo.is_empty() { String::new() } else { photo_name(&line.photo) };
        let row = [
            own(&line.posting),
            own(&line.unit),
            own(&line.place),
            line.number.to_string(),
            line.what.name().to_owned(),
            calendar::rfc3339(line.at),
            calendar::rfc3339(line.received),
            own(&line.by),
            own(&line.name),
            own(&line.way),
            own(&line.note),
            own(&line.strikes),
            own(&line.key),
            photo,
        ];
        book::write(&mut out, &row);
    }
    book::text(out)
}

/// All rows as they go out, in the order in which they arrived.
pub fn lines(c: &mut Conn) -> Result<Vec<Line>, Refusal> {
    let found: Vec<(Row, String, String)> = rows::table
        .inner_join(places::table.inner_join(units::table))
        .order(rows::id.asc())
        .select((Row::as_select(), places::slug, units::label))
        .load(c)?;
    let ids: BTreeSet<i64> = found.iter().map(|(row, ..)| row.document_id).collect();
    let mut slugs: HashMap<i64, String> = HashMap::new();
    for ids in ids.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        let of = documents::table.filter(documents::id.eq_any(ids)).select((documents::id, documents::slug));
        slugs.extend(of.load::<(i64, String)>(c)?);
    }
    let keys: HashMap<i64, String> = found.iter().map(|(row, ..)| (row.id, row.key.clone())).collect();
    let line = |(row, place, unit): (Row, String, String)| {
        Some(Line {
            posting: slugs.get(&row.document_id)?.clone(),
            unit,
            place,
            number: row.number,
            what: row.what()?,
            at: row.at,
            received: row.received_at,
            strikes: row.strikes.and_then(|id| keys.get(&id).cloned()).unwrap_or_default(),
            by: row.actor,
            name: row.name,
            way: row.way,
            note: row.note,
            key: row.key,
            photo: row.photo,
        })
    };
    Ok(found.into_iter().filter_map(line).collect())
}

/// The places there are, by their unit's label and their own name in files.
pub fn known_places(c: &mut Conn) -> Result<HashSet<(String, String)>, Refusal> {
    let all = places::table.inner_join(units::table).select((units::label, places::slug));
    Ok(all.load::<(String, String)>(c)?.into_iter().collect())
}

/// What is wrong with rows that speak of what is not there.
pub fn judge(rows: &[(usize, Line)], is_posting: impl Fn(&str) -> bool, is_place: impl Fn(&str, &str) -> bool) -> Vec<Issue> {
    let mut issues = Vec::new();
    for (line, row) in rows {
        let mut object = |phrase| issues.push(Issue { file: FILE.to_owned(), line: *line, phrase });
        if !is_posting(&row.posting) {
            object(phrase!("posting-unknown-posting", slug = row.posting));
        }
        if !is_place(&row.unit, &row.place) {
            object(phrase!("placements-no-place", unit = row.unit, place = row.place));
        }
    }
    issues
}

/// What the rows of a file stand beside.
struct Stored {
    places: HashMap<(String, String), (i64, String)>,
    postings: HashMap<String, i64>,
    /// That the public has seen, or will see: no other hangs anywhere.
    published: HashSet<(i64, i32)>,
    by_key: HashMap<String, Row>,
    struck: HashSet<i64>,
    /// Rows of one posting at one place.
    counts: HashMap<(i64, i64), i64>,
}

impl Stored {
    fn of(c: &mut Conn, lines: &[(usize, Line)]) -> Result<Stored, Refusal> {
        let all = places::table.inner_join(units::table).select((units::label, places::slug, places::id, places::name));
        let places = all.load::<(String, String, i64, String)>(c)?.into_iter();
        let places = places.map(|(unit, slug, id, name)| ((unit, slug), (id, name))).collect();
        let slugs: BTreeSet<&str> = lines.iter().map(|(_, line)| line.posting.as_str()).collect();
        let mut postings: HashMap<String, i64> = HashMap::new();
        for slugs in slugs.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
            let of = documents::table.filter(documents::kind.eq(KIND.name()).and(documents::slug.eq_any(slugs)));
            postings.extend(of.select((documents::slug, documents::id)).load::<(String, i64)>(c)?);
        }
        let ids: Vec<i64> = postings.values().copied().collect();
        let (mut published, mut struck, mut counts) = (HashSet::new(), HashSet::new(), HashMap::new());
        for ids in ids.chunks(CHUNK) {
            let of = editions::table.filter(editions::document_id.eq_any(ids)).select((
                editions::document_id,
                editions::number,
                editions::state,
            ));
            let seen = of.load::<(i64, i32, String)>(c)?.into_iter();
            published.extend(seen.filter(|(_, _, state)| State::named(state).was_published()).map(|(id, number, _)| (id, number)));
            let of = rows::table.filter(rows::document_id.eq_any(ids)).select((rows::document_id, rows::place_id, rows::strikes));
            for (document, place, strikes) in of.load::<(i64, i64, Option<i64>)>(c)? {
                *counts.entry((document, place)).or_default() += 1;
                struck.extend(strikes);
            }
        }
        let mut by_key: HashMap<String, Row> = HashMap::new();
        let keys: Vec<&str> = lines.iter().flat_map(|(_, line)| [line.key.as_str(), line.strikes.as_str()]).collect();
        for keys in keys.chunks(CHUNK) {
            let found: Vec<Row> = rows::table.filter(rows::key.eq_any(keys)).select(Row::as_select()).load(c)?;
            by_key.extend(found.into_iter().map(|row| (row.key.clone(), row)));
        }
        Ok(Stored { places, postings, published, by_key, struck, counts })
    }

    /// A row that is to be added, with its place's name; `None`: it is there already.
    fn row(&mut self, line: &Line) -> Result<Option<(Row, String)>, Phrase> {
        let place = self.places.get(&(line.unit.clone(), line.place.clone()));
        let (place_id, place) = place.ok_or_else(|| phrase!("placements-no-place", unit = line.unit, place = line.place))?.clone();
        let document = self.postings.get(&line.posting).copied();
        let document_id = document.ok_or_else(|| phrase!("posting-unknown-posting", slug = line.posting))?;
        if !self.published.contains(&(document_id, line.number)) {
            return Err(phrase!("placements-no-edition", slug = line.posting, number = line.number));
        }
        let wrong = match line.strikes.as_str() {
            "" => None,
            key => {
                let is_of_it = |row: &&Row| (row.place_id, row.document_id) == (place_id, document_id) && row.strikes.is_none();
                Some(self.by_key.get(key).filter(is_of_it).ok_or_else(|| phrase!("placements-strike-unknown", key = key))?.id)
            }
        };
        let row = Row {
            id: 0,
            place_id,
            document_id,
            number: line.number,
            what_name: line.what.name().to_owned(),
            at: line.at,
            received_at: line.received,
            actor: line.by.clone(),
            name: line.name.clone(),
            way: line.way.clone(),
            photo: line.photo.clone(),
            note: line.note.clone(),
            strikes: wrong,
            key: line.key.clone(),
            position: 0,
        };
        if let Some(known) = self.by_key.get(&line.key) {
            let is_same = *known == Row { id: known.id, position: known.position, ..row };
            return if is_same { Ok(None) } else { Err(phrase!("placements-key-taken", key = line.key)) };
        }
        if wrong.is_some_and(|id| !self.struck.insert(id)) {
            return Err(phrase!("placements-struck-already"));
        }
        let count = self.counts.entry((document_id, place_id)).or_default();
        *count += 1;
        if *count > MOST_ROWS {
            return Err(phrase!("placements-too-many", most = MOST_ROWS));
        }
        Ok(Some((row, place)))
    }
}

/// Adds what is not there yet, each with its row in the log. Errors: `Issues`, every row that the store refuses.
pub fn keep(c: &mut Conn, act: Act, lines: &[(usize, Line)]) -> Result<(), Refusal> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut stored = Stored::of(c, lines)?;
    let mut issues = Vec::new();
    for (line, told) in lines {
        match stored.row(told) {
            Ok(None) => {}
            Ok(Some((row, place))) => {
                let row = write(c, act, row, &told.posting, &place)?;
                stored.by_key.insert(row.key.clone(), row);
            }
            Err(phrase) => issues.push(Issue { file: FILE.to_owned(), line: *line, phrase }),
        }
    }
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}

#[cfg(test)]
mod tests;
