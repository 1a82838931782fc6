//! A month's page, and the way to the months beside it.

use serde::Serialize;

use super::home::month_link;
use super::{Pager, numbered, stream, tell_list, titled};
use crate::article::page::Card;
use crate::channel::card;
use crate::edition::Kind;
use crate::edition::find::{self, Filter, Way};
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
    let here = month_link(reading, month);
    let (cards, pager) = stream(reading, &Filter::Month(month), &here.path, number)?;
    if cards.is_empty() {
        return Err(Refusal::Missing);
    }
    let mut beside = |way| -> Result<Option<Link>, Refusal> {
        let found = find::months(&mut reading.c, Kind::Article, reading.now, month, way, 1)?;
        Ok(found.first().map(|month| month_link(reading, *month)))
    };
    let (previous, next) = (beside(Way::Before)?, beside(Way::After)?);
    let head = Head { name: here.name.clone(), previous, next };
    let mut page = reading.page("archive", titled(reading, &here.name, number), &numbered(&here.path, number));
    page.path.clone_from(&here.path);
    tell_list(reading, &mut page, &card::Card::of_site(reading), &cards, None::<()>)?;
    reading.html("archive/page.html", &page, &Parts { month: head, cards, pager })
}
