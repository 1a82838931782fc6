//! Floor 5: the bulletin is what a unit publishes now, whole, for anybody to mirror: composed when it is asked for, of one
//! state of the store and at one instant, kept while it is true, signed over its exact bytes. The protocol is a document of
//! its own (`docs/protocol.en.md`), by which others write followers; nothing here may say more than it or less.

pub mod changes;
pub mod choice;
pub mod compose;
pub mod follow;
pub mod follow_take;
pub mod judge;
pub mod keys;
pub mod line;
mod news;
pub mod pin;
pub mod seal;
pub mod shape;
pub mod webhook;
pub mod webhook_line;
pub mod webhook_tries;

use chrono::Duration;
use serde::Serialize;

use seal::Sealed;

use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::posting::groups;
use crate::posting::reach::Place;
use crate::store::{log, reaches};
use crate::unit::lineage::{Bearing, bearing};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::signed::Signed;

pub const PROTOCOL: &str = "bangtin/1";
pub const MIME: &str = "application/json";
/// A bulletin is issued anew after this long, and vouched for so long.
const REISSUED: Duration = Duration::minutes(30);
const VOUCHED: Duration = Duration::minutes(60);
/// The same of a timestamp: so long that a board which listens to the events beside it need ask but three times an hour, on a line
/// that is paid for by the megabyte.
const TICK: Duration = Duration::seconds(60);
const TICK_VOUCHED: Duration = Duration::minutes(30);

pub fn path(code: &str) -> String {
    format!("/bang-tin/{code}/bulletin.json")
}

pub fn timestamp_path(code: &str) -> String {
    format!("/bang-tin/{code}/timestamp.json")
}

/// Whose bulletin a code asks for: the unit itself, or the code of its only heir. Errors: `Missing` for what is nobody's,
/// and for what became several.
pub enum Whose {
    Unit(Unit),
    Heir(String),
}

pub fn whose(reading: &mut Reading, code: &str) -> Result<Whose, Refusal> {
    match bearing(&mut reading.c, code, calendar::local(reading.now).date())? {
        Bearing::Here(unit) => Ok(Whose::Unit(unit)),
        Bearing::Became { mut now, .. } => {
            // Another may bear the code, or this one become something else.
            reading.until(calendar::tomorrow(reading.now));
            match now.pop().filter(|_| now.is_empty()) {
                Some(heir) => Ok(Whose::Heir(heir.code)),
                None => Err(Refusal::Missing),
            }
        }
    }
}

/// What begins before this instant is in a bulletin that is issued now.
pub fn horizon(reading: &Reading) -> Moment {
    reading.now + Duration::hours(reading.face.site.bulletin.hours)
}

/// The position of the last act that touched a unit or one above it.
pub fn number(reading: &mut Reading, place: &Place) -> Result<i64, Refusal> {
    let horizon = horizon(reading);
    reaches::last(&mut reading.c, &place.scopes(), reading.now, horizon)
}

/// The same, with the instant of that act; of nothing that ever happened, with that of the reading.
pub fn number_since(reading: &mut Reading, place: &Place) -> Result<(i64, Moment), Refusal> {
    let number = number(reading, place)?;
    Ok((number, log::at(&mut reading.c, number)?.unwrap_or(reading.now)))
}

pub fn place(reading: &mut Reading, unit: &Unit) -> Result<Place, Refusal> {
    let groups = groups::groups(&mut reading.c)?;
    let today = calendar::local(reading.now).date();
    let place = Place::of(&mut reading.c, unit, &groups, today)?;
    place.next_turn.into_iter().for_each(|day| reading.until(calendar::midnight(day)));
    Ok(place)
}

/// The whole document of a code, or the way to its heir's.
pub fn bulletin(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &path(&heir))),
    };
    let bulletin = compose::compose(reading, &unit)?;
    reading.until(reading.now + REISSUED);
    let number = bulletin.number;
    let sealed = Sealed::of(bulletin)?;
    sign_text(reading, sealed.text, &path(code), number, &sealed.content)
}

/// Which bulletin is in force, as it was made or found just now, and that the line is alive.
pub fn timestamp(reading: &mut Reading, code: &str, number: i64, content: &str) -> Result<Answer, Refusal> {
    let document = shape::Timestamp {
        protocol: PROTOCOL.to_owned(),
        kind: shape::TIMESTAMP.to_owned(),
        unit: shape::Code { code: code.to_owned() },
        series: keys::series(&mut reading.c)?,
        number,
        content: content.to_owned(),
        issued_at: calendar::rfc3339(reading.now),
        fresh_until: calendar::rfc3339(reading.now + TICK_VOUCHED),
    };
    reading.until(reading.now + TICK);
    sign(reading, &document, &timestamp_path(code), number, content)
}

/// A document as it goes out, with the signature of its bytes.
pub fn sign<T: Serialize>(reading: &mut Reading, document: &T, address: &str, number: i64, content: &str) -> Result<Answer, Refusal> {
    sign_text(reading, canonical(document)?, address, number, content)
}

fn sign_text(reading: &mut Reading, text: String, address: &str, number: i64, content: &str) -> Result<Answer, Refusal> {
    let signer = keys::signer(reading)?;
    let mut answer = Answer::new(reading, MIME, text);
    answer.signed = Some(Signed::of(&signer, &answer.body, address, number, content));
    Ok(answer)
}

/// As RFC 8785 writes it: our documents hold neither fractions nor names beyond ASCII, so that sorted and without spaces is
/// all it takes.
pub fn canonical<T: Serialize>(document: &T) -> Result<String, Refusal> {
    Ok(serde_json::to_value(document).map_err(Refusal::broken)?.to_string())
}

/// The unit as its documents name it.
pub fn named(reading: &Reading, unit: &Unit) -> shape::Unit {
    let url = format!("{}/bang-tin/{}", reading.face.site.address, unit.code);
    shape::Unit { code: unit.code.clone(), name: unit::page::named(reading, unit), url }
}
