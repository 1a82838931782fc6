//! A board as it looks now, small: what it told last of what is in its round, in the shape of its screen; and how it is, in words.

use serde::Serialize;

use super::told;
use crate::board::alarms::Alarm;
use crate::board::health::Health;
use crate::board::roll::{self, Row};
use crate::bulletin::compose;
use crate::bulletin::judge::instant;
use crate::edition::{Kind, find_document, find_urgent};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::web::answer::Reading;
use crate::web::view::Link;

/// On the small picture; the rest is told beside it.
const MOST_PAINTED: usize = 5;
const MOST_TOLD: usize = 100;
/// Of a word that a board says of itself, in letters.
const MOST_WORD: usize = 40;

#[derive(Serialize)]
pub struct Item {
    pub text: Link,
    pub since: String,
}

/// For `templates/parts/board_screen.html`.
#[derive(Serialize)]
pub struct Screen {
    pub unit: String,
    /// `lit`, `urgent`, `dark`, `silent`, `blank`.
    pub state: &'static str,
    pub is_upright: bool,
    /// What is on the picture instead of texts, or over them.
    pub veil: String,
    pub painted: Vec<String>,
    pub more: String,
    /// All that it shows, each since when.
    pub items: Vec<Item>,
}

/// `unit`: whose bulletin it shows.
pub fn screen(reading: &mut Reading, board: &Row, health: Health, unit: &str) -> Result<Screen, Refusal> {
    let urgent: Vec<String> =
        find_urgent::urgent(&mut reading.c, Kind::Posting, reading.now)?.into_iter().map(|urgent| urgent.slug).collect();
    let mut items: Vec<(bool, Item)> = Vec::new();
    for one in roll::showing(&mut reading.c, board.id)?.iter().take(MOST_TOLD) {
        let known = find_document::shown_first_at(&mut reading.c, Kind::Posting, compose::slug_of(&one.id), reading.now)?;
        let Some((title, slug)) = known else { continue };
        let at = instant(&one.since).map(|at| told::at(reading, at)).unwrap_or_default();
        let item = Item { text: Link::new(title, Kind::Posting.path(&slug)), since: reading.say(&phrase!("boards-since", at = at)) };
        items.push((urgent.contains(&slug), item));
    }
    items.sort_by_key(|(is_urgent, _)| !is_urgent);
    // An urgent one is on the screen alone.
    let is_urgent = items.first().is_some_and(|(is_urgent, _)| *is_urgent);
    let painted = items.iter().filter(|(urgent, _)| *urgent == is_urgent).map(|(_, item)| item.text.name.clone());
    let painted: Vec<String> = painted.collect();
    let more = painted.len().saturating_sub(MOST_PAINTED);
    let told = board.told();
    let (state, veil) = match health {
        Health::Silent => {
            let since = board.heard_at.or(board.paired_at).map(|at| told::at(reading, at)).unwrap_or_default();
            ("silent", reading.say(&phrase!("boards-veil-silent", at = since)))
        }
        Health::Resting => ("dark", reading.word("boards-veil-resting")),
        _ if !told.is_visible => ("dark", reading.word("boards-veil-dark")),
        _ if items.is_empty() => ("blank", reading.word("boards-showing-none")),
        _ => (if is_urgent { "urgent" } else { "lit" }, String::new()),
    };
    Ok(Screen {
        unit: unit.to_owned(),
        state,
        is_upright: told.is_upright,
        veil,
        painted: painted.into_iter().take(MOST_PAINTED).collect(),
        more: if more > 0 { reading.say(&phrase!("boards-painted-more", count = more)) } else { String::new() },
        items: items.into_iter().map(|(_, item)| item).collect(),
    })
}

/// A later version of the board may have words that this portal does not know.
pub fn fault(reading: &Reading, word: &str) -> String {
    let key = format!("screen-fault-{word}");
    match reading.web.words.keys(reading.lang).contains(&key) {
        true => reading.word(&key),
        false => reading.say(&phrase!("boards-fault-unknown", word = word.chars().take(MOST_WORD).collect::<String>())),
    }
}

/// How it is, in words.
pub fn health(reading: &Reading, board: &Row, health: Health) -> String {
    match health {
        Health::Ill => reading.say(&phrase!("boards-ill", why = fault(reading, &board.told().fault))),
        health => reading.word(&format!("boards-{}", health.name())),
    }
}

/// Of the states of texts, whose sign it is shown with.
pub fn sign(health: Health) -> &'static str {
    match health {
        Health::Well => "published",
        Health::OtherVersion | Health::Resting => "draft",
        Health::Dark | Health::Stale => "submitted",
        Health::LacksUrgent => "urgent",
        Health::Silent | Health::WrongClock | Health::Ill => "withdrawn",
    }
}

pub fn alarm(reading: &mut Reading, alarm: &Alarm) -> Result<(String, String), Refusal> {
    let titled = match alarm.document_id {
        Some(document) => {
            let title = find_document::title_now(&mut reading.c, document, reading.now)?;
            let title = title.unwrap_or_else(|| reading.word("boards-urgent"));
            (reading.say(&phrase!("boards-alarm-urgent", title = title)), super::coverage::ONE.replace("{id}", &document.to_string()))
        }
        None if alarm.what == Health::Ill.name() => {
            (reading.say(&phrase!("boards-ill", why = fault(reading, &alarm.fault))), String::new())
        }
        None => match Health::ALL.iter().find(|health| health.name() == alarm.what) {
            Some(health) => (reading.word(&format!("boards-{}", health.name())), String::new()),
            None => (reading.word("boards-fault-other"), String::new()),
        },
    };
    Ok(titled)
}
