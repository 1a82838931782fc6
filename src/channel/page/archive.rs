//! A month's page, and the way to the months around it.

use serde::Serialize;

use super::{Pager, Year, month_link, numbered, stream, tell_list, titled, years};
use crate::article::page::Card;
use crate::channel::card;
use crate::edition::Kind;
use crate::edition::find::{self, Filter, Way};
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};
use crate::web::view::Link;

/// Later than every month of its year, and earlier.
const LAST: i32 = 99;
const FIRST: i32 = 0;

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
    /// This month's year, oldest month first.
    years: Vec<Year>,
    /// The years beside it that have anything, each with the month that is nearest.
    years_beside: Vec<Link>,
}

/// Errors: `Missing` for a month that has nothing to show.
pub fn archive(reading: &mut Reading, month: i32, number: i64) -> Result<Answer, Refusal> {
    let here = month_link(reading, month);
    let (cards, pager) = stream(reading, &Filter::Month(month), &here.path, number)?;
    if cards.is_empty() {
        return Err(Refusal::Missing);
    }
    let year = month / 100 * 100;
    let mut months = |from: i32, way, limit| find::months(&mut reading.c, Kind::Article, reading.now, from, way, limit);
    let (previous, next) = (months(month, Way::Before, 1)?, months(month, Way::After, 1)?);
    let mut of_year = months(year + FIRST, Way::After, 12)?;
    of_year.retain(|month| *month < year + LAST);
    let beside = [months(year + FIRST, Way::Before, 1)?, months(year + LAST, Way::After, 1)?].concat();
    let link = |found: &[i32]| found.first().map(|month| month_link(reading, *month));
    let head = Head {
        name: here.name.clone(),
        previous: link(&previous),
        next: link(&next),
        years: years(reading, &of_year),
        years_beside: beside.into_iter().map(|month| Link::new((month / 100).to_string(), month_link(reading, month).path)).collect(),
    };
    let mut page = reading.page("archive", titled(reading, &here.name, number), &numbered(&here.path, number));
    page.path.clone_from(&here.path);
    tell_list(reading, &mut page, &card::Card::of_site(reading), &cards, None::<()>)?;
    reading.html("archive/page.html", &page, &Parts { month: head, cards, pager })
}
