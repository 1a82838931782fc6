//! What a board tells its portal: how it is, and what was on its screen from when to when. It is signed by the board's own key over its
//! exact bytes; each event has a name, so that what is sent twice over a bad line was done once. What was on the screen becomes rows of
//! the posting record like any other, sealed by the log, with the digest of what was shown.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::roll::{self, Row};
use super::time::ASTRAY_OF_LINE;
use crate::bulletin::compose::slug_of;
use crate::bulletin::judge::{Received, instant};
use crate::edition::Kind;
use crate::kit::clock::Moment;
use crate::kit::digest::is_digest;
use crate::kit::refusal::Refusal;
use crate::kit::sign::Public;
use crate::person::{Act, Who};
use crate::posting::placements::What;
use crate::posting::placements_note::{self as note, Report as Noted};
use crate::posting::places;
use crate::store::Conn;
use crate::store::schema::documents;
use crate::store::schema_out::boards;

/// Of one report; the rest comes with the next.
pub const MOST_EVENTS: usize = 200;
pub const MOST_BYTES: usize = 256 * 1024;

pub fn path(code: &str) -> String {
    format!("/bang-tin/{code}/bang")
}

/// What goes to `path`. Boards are renewed one by one: fields and words are only added, and whoever does not know one passes it over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    pub unit: String,
    /// Base64 of the key that signs this.
    pub public: String,
    /// Greater with each report: an older one that is sent again tells nothing of how the board is.
    pub count: i64,
    pub told: Told,
    pub events: Vec<Event>,
}

/// How a board is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    pub version: String,
    /// Of the bulletin that it holds.
    pub number: i64,
    /// Whether its time is vouched for, in a word (`time::Trust`), and how far its machine's clock is off.
    pub clock: String,
    pub astray_seconds: i64,
    pub fault: String,
    /// Whether the screen said lately that somebody can see it.
    pub is_visible: bool,
    /// It is higher than wide.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_upright: bool,
    /// What is in the screen's round now, each since when; `None` where it is what was told last: lines are paid for by the byte.
    pub showing: Option<Vec<Showing>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Showing {
    pub id: String,
    pub edition: i32,
    pub digest: String,
    pub since: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Event {
    /// Hexadecimal digits, the same whenever it is sent.
    pub key: String,
    /// `began`, `broke` (the screen was dark, or nobody can say what it showed), `ended` (it is in the round no more).
    pub what: String,
    pub id: String,
    pub edition: i32,
    pub digest: String,
    pub at: String,
}

/// What the board is answered.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// To be shown until somebody types it; empty for one that is paired.
    pub code: String,
    /// Where it stands.
    pub place: String,
    pub is_paired: bool,
    /// It was taken off the roll: its key is worth nothing any more.
    pub is_unpaired: bool,
    /// Keys of events that need not be sent again.
    pub taken: Vec<String>,
}

/// Errors: `Missing` for what no board of this portal can have said.
pub fn take(c: &mut Conn, now: Moment, unit_code: &str, received: &Received) -> Result<Answer, Refusal> {
    let report: Report = serde_json::from_slice(&received.bytes).map_err(|_| Refusal::Missing)?;
    let public = Public::read(&report.public).filter(|public| public.id() == received.key).ok_or(Refusal::Missing)?;
    if report.unit != unit_code || !public.verifies(&received.bytes, &received.signature) || report.events.len() > MOST_EVENTS {
        return Err(Refusal::Missing);
    }
    let row = roll::known(c, now, unit_code, &public)?;
    let (Some(place), true) = (row.place_id, row.is_paired()) else {
        return Ok(Answer { code: row.code.clone(), is_unpaired: row.unpaired_at.is_some(), ..Answer::default() });
    };
    if report.count > row.count {
        let mut told = report.told.clone();
        if let Some(showing) = told.showing.take() {
            let showing = serde_json::to_string(&showing).map_err(Refusal::broken)?;
            diesel::update(boards::table.find(row.id)).set(boards::showing.eq(showing)).execute(c)?;
        }
        let told = serde_json::to_string(&told).map_err(Refusal::broken)?;
        diesel::update(boards::table.find(row.id))
            .set((boards::count.eq(report.count), boards::heard_at.eq(now), boards::told.eq(told)))
            .execute(c)?;
    }
    let place = places::with_id(c, place)?;
    let mut taken = Vec::with_capacity(report.events.len());
    for event in &report.events {
        happened(c, now, &row, &place, event)?;
        taken.push(event.key.clone());
    }
    Ok(Answer { place: place.name, is_paired: true, taken, ..Answer::default() })
}

/// What cannot be is passed over: it would be sent again for ever.
fn happened(c: &mut Conn, now: Moment, row: &Row, place: &places::Place, event: &Event) -> Result<(), Refusal> {
    let what = match event.what.as_str() {
        "began" => What::Hung,
        "broke" => What::Interrupted,
        "ended" => What::TakenDown,
        _ => return Ok(()),
    };
    let slug = slug_of(&event.id);
    let known = documents::table.filter(documents::kind.eq(Kind::Posting.name()).and(documents::first_slug.eq(slug)));
    let document: Option<i64> = known.select(documents::id).first(c).optional()?;
    let (Some(document), Some(at), true) = (document, instant(&event.at), is_digest(&event.digest)) else { return Ok(()) };
    // Before somebody said where the board stands, it hung nowhere; a clock that is a little slow means then.
    let Some(paired) = row.paired_at.filter(|paired| *paired <= at + ASTRAY_OF_LINE) else { return Ok(()) };
    let at = at.max(paired);
    let key = format!("{}-{}", row.key, event.key);
    let noted = Noted { document, number: event.edition, what, at, name: "", photo: "", note: &event.digest, key: &key };
    match note::at_screen(c, Act { now, who: &Who::Machine(note::SCREEN) }, place, &noted) {
        Err(Refusal::Missing | Refusal::Stale | Refusal::WrongState(_) | Refusal::Issues(_)) => Ok(()),
        noted => noted.map(drop),
    }
}
