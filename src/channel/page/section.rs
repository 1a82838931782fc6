//! A section's page: what it is about, and its texts.

use serde::Serialize;

use super::{Pager, numbered, stream, tell_list, titled};
use crate::article::page::Card;
use crate::channel::{card, feed};
use crate::edition::find::Filter;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};
use crate::web::view::FeedLink;

#[derive(Serialize)]
struct Parts {
    section: Head,
    cards: Vec<Card>,
    pager: Pager,
}

#[derive(Serialize)]
struct Head {
    name: String,
    about: String,
    path: String,
}

pub fn section(reading: &mut Reading, slug: &str, number: i64) -> Result<Answer, Refusal> {
    let section = reading.face.site.section(slug).cloned().ok_or(Refusal::Missing)?;
    let path = section.path();
    let (cards, pager) = stream(reading, &Filter::Section(section.slug.clone()), &path, number)?;
    let name = section.name(reading.lang).to_owned();
    let mut page = reading.page("section", titled(reading, &name, number), &numbered(&path, number));
    page.path.clone_from(&path);
    let about = section.about(reading.lang).to_owned();
    page.description.clone_from(&about);
    page.feeds.extend(FeedLink::all(&feed::titled(reading, &name), &path));
    tell_list(reading, &mut page, &card::Card::of_section(reading, &section), &cards, None::<()>)?;
    reading.html("section/page.html", &page, &Parts { section: Head { name, about, path }, cards, pager })
}
