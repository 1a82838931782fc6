//! The days of all that hangs in a unit now, as a calendar that phones follow (RFC 5545, with what RFC 7986 adds): each day
//! is known there by what it is known by in its posting's own file, so that nobody has it twice.

use icalendar::{Event, Parameter, Property, ValueType};

use super::calendar::{self, MIME, Told};
use super::unit_board;
use crate::bulletin::{Whose, whose};
use crate::channel::feed;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board::{self, words};
use crate::unit;
use crate::web::answer::{Answer, Reading};

/// A calendar without a component is none (RFC 5545, §3.6), and phones go on following one in which nothing stands today.
const OUR_ZONE: &str = "BEGIN:VTIMEZONE\r\nTZID:Asia/Ho_Chi_Minh\r\nBEGIN:STANDARD\r\nDTSTART:19750613T000000\r\nTZOFFSETFROM:+0800\r\nTZOFFSETTO:+0700\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
const END: &str = "END:VCALENDAR";

pub fn path(code: &str) -> String {
    format!("{}/lich.ics", unit_board::path(code))
}

pub fn file(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &path(&heir))),
    };
    let here = board::now(reading, &unit)?;
    let hung: Vec<_> = here.hung.iter().take(board::MOST).cloned().collect();
    let mut events = Vec::new();
    for one in words::words(reading, &here, &hung)? {
        let told =
            Told { slug: &one.listed.slug, first: &one.first_slug, title: &one.listed.title, posting: &one.posting, edition: &one.edition };
        events.extend(calendar::events(reading, &told)?);
    }
    let name = reading.say(&phrase!("board-of", unit = unit::page::named(reading, &unit)));
    let name = feed::titled(reading, &name);
    Ok(Answer::new(reading, MIME, followed(&name, events)))
}

/// A calendar that phones go on asking for.
pub(super) fn followed(name: &str, events: Vec<Event>) -> String {
    let name = calendar::line(name);
    let is_empty = events.is_empty();
    let mut file = calendar::begun();
    file.append_property(("NAME", name.as_str())).append_property(("X-WR-CALNAME", name.as_str()));
    file.append_property(("X-WR-TIMEZONE", "Asia/Ho_Chi_Minh"));
    let mut often = Property::new("REFRESH-INTERVAL", "PT1H");
    often.append_parameter(Parameter::from(ValueType::Duration));
    file.append_property(often.done()).append_property(("X-PUBLISHED-TTL", "PT1H"));
    file.extend(events);
    let mut text = file.done().to_string();
    if is_empty && let Some(at) = text.rfind(END) {
        text.insert_str(at, OUR_ZONE);
    }
    text
}
