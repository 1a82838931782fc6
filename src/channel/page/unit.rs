//! A unit's page: its place, its past, and the texts of it and of everything below.

use serde::Serialize;

use super::{Pager, numbered, stream, tell_list, titled};
use crate::article::page::Card;
use crate::channel::card;
use crate::edition::find::{self, Filter};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::unit::{self, page::Shown};
use crate::web::answer::{Answer, Reading};

#[derive(Serialize)]
struct Parts {
    #[serde(flatten)]
    shown: Shown,
    cards: Vec<Card>,
    pager: Pager,
}

pub fn unit(reading: &mut Reading, label: &str, number: i64) -> Result<Answer, Refusal> {
    let turn = find::next_turn(&mut reading.c, reading.now)?;
    // "Former" and "in force" change at midnight.
    let tomorrow = calendar::midnight(calendar::local(reading.now).date() + chrono::Days::new(1));
    let unit = unit::at_label(&mut reading.c, label)?;
    let path = unit.path();
    let ids = unit::with_descendants(&mut reading.c, &unit)?;
    let (cards, pager) = stream(reading, &Filter::Units(ids), &path, number)?;
    let shown = unit::page::shown(reading, &unit)?;
    let mut page = reading.page("unit", titled(reading, &shown.unit.name, number), &numbered(&path, number));
    page.path.clone_from(&path);
    page.crumbs.extend(shown.ancestors.iter().cloned());
    let card = card::Card::of_unit(reading, &unit)?;
    let place = unit::page::Place::of(reading, &shown, &page);
    tell_list(reading, &mut page, &card, &cards, Some(place))?;
    reading.html("unit/page.html", &page, &Parts { shown, cards, pager }, turn.min(tomorrow))
}
