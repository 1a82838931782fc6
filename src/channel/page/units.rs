//! The way to every unit: the site's own first, then by province.

use serde::Serialize;

use super::tell;
use crate::channel::card;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::unit::page::{Own, link, own};
use crate::unit::provinces;
use crate::web::answer::{Answer, Reading};
use crate::web::layout::UNITS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

#[derive(Serialize)]
struct Parts {
    own: Option<Own>,
    provinces: Vec<Link>,
}

pub fn units(reading: &mut Reading) -> Result<Answer, Refusal> {
    // Units begin and end at midnight.
    reading.until(calendar::tomorrow(reading.now));
    let own = own(reading)?;
    let mut provinces: Vec<Link> =
        provinces(&mut reading.c, calendar::local(reading.now).date())?.iter().map(|unit| link(reading, unit)).collect();
    provinces.retain(|province| own.as_ref().is_none_or(|own| own.unit.path != province.path));
    let mut page = reading.page("units", reading.word("units-title"), UNITS);
    page.description = reading.word("units-lead");
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    reading.html("unit/index.html", &page, &Parts { own, provinces })
}
