//! A month's page, and the way to the months beside it.

use serde::Serialize;

use super::home::month_link;
use super::{Pager, numbered, stream, tell_list, titled};
use crate::article::page::Card;
use crate::channel::card;
use crate::edition::Kind;
use crate::edition::find::{self, Filter};
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};
use crate::web::view::Link;

#[derive(Serialize)]
struct Parts {
    month: Head,
    cards: Vec<Card>,
    pager: Pager,
}

#[derive(Serialize)]
struct Head {
    name: String,
    previous: Option<Link>,
    next: Option<Link>,
}

/// Errors: `Missing` for a month that has nothing to show.
pub fn archive(reading: &mut Reading, month: i32, number: i64) -> Result<Answer, Refusal> {
    let stops_at = find::next_turn(&mut reading.c, reading.now)?;
    let months = find::months(&mut reading.c, Kind::Article, reading.now)?;
    let place = months.iter().position(|known| *known == month).ok_or(Refusal::Missing)?;
    let here = month_link(reading, month);
    // Months are listed newest first.
    let beside = |index: Option<usize>| index.and_then(|index| months.get(index)).map(|month| month_link(reading, *month));
    let head = Head { name: here.name.clone(), previous: beside(place.checked_add(1)), next: beside(place.checked_sub(1)) };
    let (cards, pager) = stream(reading, &Filter::Month(month), &here.path, number)?;
    let mut page = reading.page("archive", titled(reading, &here.name, number), &numbered(&here.path, number));
    page.path.clone_from(&here.path);
    tell_list(reading, &mut page, &card::Card::of_site(reading), &cards, None::<()>)?;
    reading.html("archive/page.html", &page, &Parts { month: head, cards, pager }, stops_at)
}
