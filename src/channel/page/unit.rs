//! A unit's page: its place, its past, and the texts of it and of everything below.

use serde::Serialize;

use super::figures::{self, Figure};
use super::postings::{Few, few};
use super::{Pager, numbered, stream, tell_list, titled};
use crate::article::page::Card;
use crate::channel::{card, feed};
use crate::edition::find::Filter;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::posting::places_page;
use crate::unit::{self, page::Shown};
use crate::web::answer::{Answer, Reading};
use crate::web::view::FeedLink;

#[derive(Serialize)]
struct Parts {
    #[serde(flatten)]
    shown: Shown,
    #[serde(flatten)]
    few: Few,
    figures: Vec<Figure>,
    /// Where it posts.
    posted_at: Vec<places_page::Group>,
    cards: Vec<Card>,
    pager: Pager,
}

pub fn unit(reading: &mut Reading, label: &str, number: i64) -> Result<Answer, Refusal> {
    // "Former" and "in force" change at midnight.
    reading.until(calendar::tomorrow(reading.now));
    let unit = unit::at_label(&mut reading.c, label)?;
    let path = unit.path();
    let ids = unit::with_descendants(&mut reading.c, &unit)?;
    let (mut cards, pager) = stream(reading, &Filter::Units(ids), &path, number)?;
    let shown = unit::page::shown(reading, &unit)?;
    let few = few(reading, Some(&unit))?;
    let figures = figures::of_unit(reading, Some(&unit))?;
    let posted_at = places_page::shown(reading, &unit)?;
    // Whose page this is needs no saying on each of its cards.
    cards.iter_mut().filter(|card| card.unit.as_ref().is_some_and(|of| of.path == path)).for_each(|card| card.place.clear());
    let name = capitalised(&shown.unit.title);
    let mut page = reading.page("unit", titled(reading, &name, number), &numbered(&path, number));
    page.path.clone_from(&path);
    page.feeds.extend(FeedLink::all(&feed::titled(reading, &shown.unit.name), &path));
    page.crumbs.extend(shown.ancestors.iter().cloned());
    let card = card::Card::of_unit(reading, &unit)?;
    let place = unit::page::Place::of(reading, &shown, &page);
    tell_list(reading, &mut page, &card, &cards, Some(place))?;
    reading.html("unit/page.html", &page, &Parts { shown, few, figures, posted_at, cards, pager })
}
