//! What hangs on a unit's board as a feed: its own and what came to it, each with where it came from and what the unit adds.
//!
//! An entry is a sheet on this board: its id is the text's first address with the board after `#`. For a reader of several
//! boards the same text hangs on each, and one that takes it down deletes it there and nowhere else.

use std::cmp::Reverse;

use chrono::Duration;

use super::{Changing, Entry, Feed, Named, Tombstone, frame, id, link, posting, printable, titled};
use crate::channel::page::unit_board;
use crate::edition::{Kind, find_gone};
use crate::kit::fold::capitalised;
use crate::kit::markdown::escaped;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board::gone::{self, Gone, Why};
use crate::posting::board::words::{self, Hanging};
use crate::posting::board::{self};
use crate::posting::law::Rules;
use crate::store::log;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::FeedFormat;

const ENTRIES: usize = 50;
const TOMBSTONES: usize = 50;
/// A reader that has not asked for so long holds the text no more, or never will ask again.
const REMEMBERED: Duration = Duration::days(90);

pub fn path(code: &str, format: FeedFormat) -> String {
    format!("{}/{}", unit_board::path(code), format.file())
}

pub(super) fn read(reading: &mut Reading, unit: &Unit, format: FeedFormat) -> Result<Feed, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let here = board::now(reading, unit)?;
    let mut hung = here.hung.clone();
    hung.sort_by_key(|one| Reverse((one.dated_at, one.document_id)));
    hung.truncate(ENTRIES);
    let all = words::words(reading, &here, &hung)?;
    let mut entries = Vec::with_capacity(all.len());
    for one in &all {
        entries.push(entry(reading, &rules, unit, one)?);
    }
    let gone = gone::gone(reading, &here, REMEMBERED, TOMBSTONES)?;
    let revisions: Vec<i64> = all.iter().map(|one| one.listed.revision_id).collect();
    let came_in = find_gone::came_in(&mut reading.c, &revisions)?;
    let told = gone.iter().flat_map(|one| [Some(one.at), reason_at(one)]).flatten();
    let newest = all.iter().map(updated).chain(came_in).chain(told).max();
    let updated = newest.or(log::began(&mut reading.c)?).unwrap_or_default();
    let name = unit::page::named(reading, unit);
    let named = Named {
        title: titled(reading, &reading.say(&phrase!("board-of", unit = name))),
        about: reading.say(&phrase!("board-lead", unit = name)),
        path: unit_board::path(&unit.code),
    };
    let tombstones = gone.iter().map(|one| tombstone(reading, unit, one)).collect();
    Ok(frame(reading, named, format, Changing { updated, entries, tombstones }))
}

fn on_board(reading: &Reading, unit: &Unit, first_slug: &str) -> String {
    format!("{}#bang-tin-{}", id(reading, Kind::Posting, first_slug), unit.code)
}

/// A unit's own word counts as a change of what hangs there.
fn updated(one: &Hanging) -> crate::kit::clock::Moment {
    one.said_at.map_or(one.listed.starts_at, |said| said.max(one.listed.starts_at))
}

fn entry(reading: &mut Reading, rules: &Rules, unit: &Unit, one: &Hanging) -> Result<Entry, Refusal> {
    let id = on_board(reading, unit, &one.first_slug);
    let mut entry = posting::entry(reading, rules, &one.listed, id)?;
    let mut above = String::new();
    if !one.origin.is_empty() {
        above.push_str(&format!("<p>{}</p>\n", escaped(&capitalised(&one.origin))));
    }
    if !one.line.is_empty() {
        let line = escaped(&one.line).replace('\n', "<br>");
        above.push_str(&format!("<p><strong>{}</strong> {line}</p>\n", escaped(&reading.word("board-line"))));
    }
    entry.content.insert_str(0, &printable(&above));
    entry.updated = updated(one).into();
    Ok(entry)
}

/// When a reason became public, where that was after the text was gone.
fn reason_at(gone: &Gone) -> Option<crate::kit::clock::Moment> {
    match &gone.why {
        Why::Withdrawn { at, .. } => Some(*at),
        _ => None,
    }
}

fn tombstone(reading: &Reading, unit: &Unit, gone: &Gone) -> Tombstone {
    Tombstone {
        id: on_board(reading, unit, &gone.first_slug),
        link: link(reading, Kind::Posting, &gone.slug),
        at: gone.at.into(),
        reason: printable(&reason(reading, &gone.why)),
    }
}

/// Why something is gone, in a sentence without a word of its text.
pub fn reason(reading: &Reading, why: &Why) -> String {
    match why {
        Why::Withdrawn { reason, .. } if !reason.is_empty() => reason.clone(),
        Why::Withdrawn { .. } => reading.word("posting-status-withdrawn"),
        Why::Replaced { by: Some(by) } => reading.say(&phrase!("forms-replaced-by", address = link(reading, Kind::Posting, by))),
        Why::Replaced { by: None } => reading.word("posting-status-replaced"),
        Why::Ended => reading.word("posting-status-ended"),
        Why::Out => reading.word("forms-taken-down"),
        Why::Moved => reading.word("forms-moved"),
    }
}
