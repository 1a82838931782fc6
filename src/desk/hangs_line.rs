//! A line of what was noted at a place: when, what, who said so, and whether it still counts.

use std::collections::BTreeMap;

use chrono::Duration;
use serde::Serialize;

use super::placements::{PHOTO, STRIKE};
use super::texts::name_of;
use super::told;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::placements::{Placement, Row, What};
use crate::posting::placements_note as note;
use crate::store::Conn;
use crate::web::answer::Reading;

/// What the people of these rows are called, by their logins.
pub type Names = BTreeMap<String, String>;

pub fn names(c: &mut Conn, rows: &[Row]) -> Result<Names, Refusal> {
    let mut names = Names::new();
    for row in rows.iter().filter(|row| row.actor != note::BOARD && row.actor != note::SCREEN) {
        if !names.contains_key(&row.actor) {
            names.insert(row.actor.clone(), name_of(c, &row.actor)?);
        }
    }
    Ok(names)
}

/// Of a digest, for people.
const DIGITS: usize = 16;

#[derive(Serialize)]
pub struct Line {
    at: String,
    /// Told so much later than it was done that it matters.
    received: String,
    act: String,
    edition: String,
    who: String,
    note: String,
    photo: String,
    /// Why it is not so; the row counts no more.
    struck: String,
    strike: String,
}

pub fn act_name(reading: &Reading, what: What) -> String {
    reading.word(&format!("board-{}", what.name().replace('_', "-")))
}

/// `all`: where the row that strikes it is.
pub fn line(reading: &Reading, row: &Row, all: &[Row], names: &Names, keeps: bool) -> Line {
    let struck = all.iter().find(|other| other.strikes == Some(row.id)).map(|other| other.note.clone());
    let is_strike = row.strikes.is_some();
    let is_shown = row.way == note::SCREEN;
    let who = match (row.actor.as_str(), row.name.as_str()) {
        (note::SCREEN, _) => reading.word("log-actor-screen"),
        (note::BOARD, "") => reading.word("log-actor-board"),
        (note::BOARD, name) => reading.say(&phrase!("hangs-by-board", name = name)),
        (login, name) if !name.is_empty() => {
            let by = names.get(login).cloned().unwrap_or_else(|| login.to_owned());
            reading.say(&phrase!("hangs-by-desk", name = name, by = by))
        }
        (login, _) => names.get(login).cloned().unwrap_or_else(|| login.to_owned()),
    };
    Line {
        at: told::at(reading, row.at),
        received: match row.received_at - row.at > Duration::minutes(10) {
            true => reading.say(&phrase!("hangs-received", at = told::at(reading, row.received_at))),
            false => String::new(),
        },
        act: match row.what() {
            Some(what) if is_shown => reading.word(&format!("hangs-shown-{}", what.name().replace('_', "-"))),
            Some(what) => act_name(reading, what),
            None => String::new(),
        },
        edition: reading.say(&phrase!("board-edition", number = row.number)),
        who,
        // What a screen notes is the digest of what it showed.
        note: match is_shown {
            true if row.note.is_char_boundary(DIGITS) => reading.say(&phrase!("hangs-shown-digest", digest = &row.note[..DIGITS])),
            _ => row.note.clone(),
        },
        photo: if row.photo.is_empty() { String::new() } else { PHOTO.replace("{row}", &row.id.to_string()) },
        strike: if keeps && struck.is_none() && !is_strike { STRIKE.replace("{row}", &row.id.to_string()) } else { String::new() },
        struck: struck.unwrap_or_default(),
    }
}

/// From when to when it hung.
pub fn since(reading: &Reading, placement: &Placement) -> String {
    let from = told::at(reading, placement.from);
    match placement.until {
        Some(until) => reading.say(&phrase!("hangs-from-to", from = from, until = told::at(reading, until))),
        None => reading.say(&phrase!("hangs-since", from = from)),
    }
}
