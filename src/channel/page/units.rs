//! The way to every unit: the site's own first, then by province.

use serde::Serialize;

use super::tell;
use crate::channel::card;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::unit::page::{Choice, Own, link, own};
use crate::unit::{Unit, provinces};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::UNITS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

#[derive(Serialize)]
struct Parts {
    own: Option<Own>,
    provinces: Vec<Link>,
    /// With the names that people still use.
    former: Choice,
}

pub fn units(reading: &mut Reading) -> Result<Answer, Refusal> {
    // Units begin and end at midnight.
    reading.until(calendar::tomorrow(reading.now));
    let own = own(reading)?;
    let today = calendar::local(reading.now).date();
    let (former, others): (Vec<Unit>, Vec<Unit>) = provinces(&mut reading.c)?.into_iter().partition(|unit| unit.is_former(today));
    let is_own = |link: &Link| own.as_ref().is_some_and(|own| own.unit.path == link.path);
    let others = others.iter().filter(|unit| unit.is_in_force(today)).map(|unit| link(reading, unit)).filter(|link| !is_own(link));
    let provinces: Vec<Link> = others.collect();
    let former = Choice::of(reading, &former, "cu");
    let mut page = reading.page("units", reading.word("units-title"), UNITS);
    page.description = reading.word("units-lead");
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    reading.html("unit/index.html", &page, &Parts { own, provinces, former })
}
