//! Share cards: what a social network shows of a page, 1200 × 630 pixels, drawn by the program. A text has one only
//! while it is visible; before, it has none, and afterwards its address says what the page's says.

pub mod draw;
pub mod lines;
pub mod phrase;

use serde::Serialize;

use super::page::text;
use crate::article;
use crate::article::Article;
use crate::edition::body::parse;
use crate::edition::find::{self, Found};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::digest;
use crate::kit::fold::capitalised;
use crate::kit::mask::{Way, masked};
use crate::kit::refusal::Refusal;
use crate::posting::kinds::After;
use crate::posting::law::Rules;
use crate::posting::{self, Posting};
use crate::report::Report;
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::asset;
use crate::web::site::Section;
use draw::Painter;

const MIME: &str = "image/png";
/// What every card is drawn after, for telling when one looks otherwise.
const TEMPLATE: &str = include_str!("../../../templates/card/card.svg");

/// What a card shows.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Card {
    /// Without the language's prefix.
    pub path: String,
    pub kicker: String,
    pub place: String,
    pub title: String,
    pub lead: String,
    pub date: String,
    pub sample: bool,
}

impl Card {
    pub fn of_site(reading: &Reading) -> Card {
        let site = &reading.face.site;
        Card {
            path: "/the/trang-chu.png".to_owned(),
            title: site.name.clone(),
            lead: site.tagline(reading.lang).to_owned(),
            sample: site.sample,
            ..Card::default()
        }
    }

    pub fn of_section(reading: &Reading, section: &Section) -> Card {
        Card {
            path: format!("/the/chuyen-muc/{}.png", section.slug),
            kicker: reading.word("site-section"),
            title: section.name(reading.lang).to_owned(),
            lead: section.about(reading.lang).to_owned(),
            sample: reading.face.site.sample,
            ..Card::default()
        }
    }

    pub fn of_unit(reading: &mut Reading, unit: &Unit) -> Result<Card, Refusal> {
        let above = unit::ancestors(&mut reading.c, unit)?;
        let place: Vec<String> = above.iter().rev().map(|unit| unit::page::named(reading, unit)).collect();
        let is_former = unit.is_former(calendar::local(reading.now).date());
        Ok(Card {
            path: format!("/the/don-vi/{}.png", unit.label),
            kicker: reading.word("unit-news"),
            place: capitalised(&place.join(", ")),
            title: capitalised(&unit::page::titled(reading, unit)),
            lead: if is_former { reading.word("unit-former") } else { String::new() },
            sample: unit.sample,
            ..Card::default()
        })
    }

    pub fn of_article(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Card, Refusal> {
        let place = crate::unit::page::placed(reading, edition.unit_id)?;
        Ok(Card {
            path: format!("/the/tin/{slug}.png"),
            kicker: article::page::section(reading, &edition.section).map(|link| link.name).unwrap_or_default(),
            place: place.map(|link| capitalised(&link.name)).unwrap_or_default(),
            title: revision.title.clone(),
            lead: revision.lead.clone(),
            date: calendar::short(edition.dated_at, true),
            sample: parse::<Article>(&revision.facts)?.sample,
        })
    }

    pub fn of_report(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Card, Refusal> {
        let place = crate::unit::page::placed(reading, edition.unit_id)?;
        Ok(Card {
            path: format!("/the/so-lieu/{slug}.png"),
            kicker: reading.word("report-list"),
            place: place.map(|link| capitalised(&link.name)).unwrap_or_default(),
            title: revision.title.clone(),
            lead: revision.lead.clone(),
            date: calendar::short(edition.dated_at, true),
            sample: parse::<Report>(&revision.facts)?.sample,
        })
    }

    pub fn of_posting(reading: &mut Reading, rules: &Rules, slug: &str, edition: &Edition, revision: &Revision) -> Result<Card, Refusal> {
        let posting: Posting = parse(&revision.facts)?;
        let place = crate::unit::page::placed(reading, edition.unit_id)?;
        let kind = rules.catalogue.kind(&edition.section).map(|kind| kind.name(reading.lang).to_owned()).unwrap_or_default();
        // Whoever sees no more than the card must know that it is a drill.
        let kicker = if posting.drill { reading.word("posting-drill-tag") } else { kind };
        Ok(Card {
            path: posting_path(slug),
            kicker,
            place: place.map(|link| capitalised(&link.name)).unwrap_or_default(),
            title: masked(&revision.title, Way::Hidden),
            lead: masked(&revision.lead, Way::Hidden),
            date: calendar::short(edition.dated_at, true),
            sample: posting.sample,
        })
    }

    /// With the first digits of the digest of all that it shows: networks keep what they fetched, and fetch anew where
    /// the address is another.
    pub fn address(&self, reading: &Reading) -> Result<String, Refusal> {
        let site = &reading.face.site;
        let shown = serde_json::to_string(self).map_err(Refusal::broken)?;
        let icon = asset::text("icon.svg").unwrap_or_default();
        let version = digest::sha256_of(&[&shown, &site.name, &site.accent, &icon, TEMPLATE, env!("CARGO_PKG_VERSION")]);
        Ok(format!("{}{}{}?v={}", site.address, reading.lang.base(), self.path, &version[..8]))
    }

    fn answer(&self, reading: &Reading, painter: &Painter) -> Result<Answer, Refusal> {
        Ok(Answer::new(reading, MIME, painter.draw(reading, self)?))
    }
}

fn posting_path(slug: &str) -> String {
    format!("/the/niem-yet/{slug}.png")
}

/// The home page's, and that of every page without a card of its own.
pub fn site(reading: &mut Reading, painter: &Painter) -> Result<Answer, Refusal> {
    Card::of_site(reading).answer(reading, painter)
}

pub fn section(reading: &mut Reading, painter: &Painter, slug: &str) -> Result<Answer, Refusal> {
    let section = reading.face.site.section(slug).cloned().ok_or(Refusal::Missing)?;
    Card::of_section(reading, &section).answer(reading, painter)
}

pub fn unit(reading: &mut Reading, painter: &Painter, label: &str) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    // A unit becomes a former one at midnight.
    reading.until(calendar::tomorrow(reading.now));
    Card::of_unit(reading, &unit)?.answer(reading, painter)
}

pub fn article(reading: &mut Reading, painter: &Painter, slug: &str) -> Result<Answer, Refusal> {
    match find::at_address(&mut reading.c, Kind::Article, slug, reading.now)? {
        Found::Here(found) => {
            let (edition, revision) = *found;
            Card::of_article(reading, slug, &edition, &revision)?.answer(reading, painter)
        }
        Found::Moved { slug } => Ok(Answer::moved(reading, &format!("/the/tin/{slug}.png"))),
        Found::Ended { .. } | Found::Withdrawn { .. } => text::text(reading, Kind::Article, slug),
    }
}

pub fn report(reading: &mut Reading, painter: &Painter, slug: &str) -> Result<Answer, Refusal> {
    match find::at_address(&mut reading.c, Kind::Report, slug, reading.now)? {
        Found::Here(found) => {
            let (edition, revision) = *found;
            Card::of_report(reading, slug, &edition, &revision)?.answer(reading, painter)
        }
        Found::Moved { slug } => Ok(Answer::moved(reading, &format!("/the/so-lieu/{slug}.png"))),
        Found::Ended { .. } | Found::Withdrawn { .. } => text::text(reading, Kind::Report, slug),
    }
}

/// There exactly while the posting's words can be read at its address.
pub fn posting(reading: &mut Reading, painter: &Painter, slug: &str) -> Result<Answer, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let (edition, revision) = match find::at_address(&mut reading.c, Kind::Posting, slug, reading.now)? {
        Found::Here(found) => *found,
        Found::Ended { last, .. } if posting::page::after(&rules, &last) == After::Banner => {
            let revision = find::words(&mut reading.c, &last)?;
            (*last, revision)
        }
        Found::Moved { slug } => return Ok(Answer::moved(reading, &posting_path(&slug))),
        _ => return text::text(reading, Kind::Posting, slug),
    };
    Card::of_posting(reading, &rules, slug, &edition, &revision)?.answer(reading, painter)
}
