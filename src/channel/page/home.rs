//! The front page: one lead story, the top ones, each section's newest, and everything by date.

use serde::Serialize;

use super::figures::{self, Figure};
use super::postings::{self, Few};
use super::{Pager, Year, numbered, stream, tell, tell_list, years};
use crate::article::page::{Card, cards};
use crate::channel::card;
use crate::edition::Kind;
use crate::edition::find::{self, Filter, NEWEST, Way};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::page::{Own, own};
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, Office, WebPage};

const TOP: usize = 4;
const BLOCK: usize = 4;
const MONTHS: usize = 12;

#[derive(Serialize)]
struct Parts {
    lead: Option<Card>,
    top: Vec<Card>,
    latest: Vec<Card>,
    blocks: Vec<Block>,
    own: Option<Own>,
    #[serde(flatten)]
    few: Option<Few>,
    figures: Vec<Figure>,
    years: Vec<Year>,
    pager: Pager,
}

#[derive(Serialize)]
struct Block {
    name: String,
    path: String,
    cards: Vec<Card>,
}

pub fn home(reading: &mut Reading, number: i64) -> Result<Answer, Refusal> {
    let (mut latest, pager) = stream(reading, &Filter::All, "/", number)?;
    let months = find::months(&mut reading.c, Kind::Article, reading.now, NEWEST, Way::Before, MONTHS)?;
    let years = years(reading, &months);
    let mut parts = Parts {
        lead: None,
        top: Vec::new(),
        latest: Vec::new(),
        blocks: Vec::new(),
        own: None,
        few: None,
        figures: Vec::new(),
        years,
        pager,
    };
    let date = latest.first().map(|card| card.date.iso.clone()).unwrap_or_default();
    if number == 1 {
        parts.own = own(reading)?;
        let unit = postings::own(reading)?;
        parts.few = Some(postings::few(reading, unit.as_ref())?);
        parts.figures = figures::of_unit(reading, unit.as_ref())?;
    }
    if number == 1 && !latest.is_empty() {
        // The newest story that has a picture leads, if it is among the newest.
        let first = latest.iter().take(TOP + 1).position(|card| card.picture.is_some()).unwrap_or(0);
        parts.lead = Some(latest.remove(first));
        parts.top = latest.drain(..TOP.min(latest.len())).collect();
        parts.blocks = blocks(reading, &parts)?;
        // No story stands twice on one page.
        latest.retain(|card| !parts.blocks.iter().flat_map(|block| &block.cards).any(|shown| shown.document == card.document));
    }
    parts.latest = latest;
    let title = match number {
        1 => reading.face.site.name.clone(),
        _ => reading.say(&phrase!("home-older-page", number = number)),
    };
    let mut page = reading.page("home", title, &numbered("/", number));
    page.description = reading.face.site.tagline(reading.lang).to_owned();
    page.crumbs.clear();
    let card = card::Card::of_site(reading);
    if number == 1 {
        let mut graph = Graph::default();
        graph.add(&Office::in_full(&reading.face.site))?;
        graph.add(&WebPage::new("WebSite", reading, &page, None::<()>).published_by(Office::id(&reading.face.site)))?;
        tell(reading, &mut page, &card, Meta { date, ..Meta::default() }, graph)?;
    } else {
        tell_list(reading, &mut page, &card, &parts.latest, None::<()>)?;
    }
    reading.html("home/page.html", &page, &parts)
}

/// Each section's newest, but for what already stands above.
fn blocks(reading: &mut Reading, parts: &Parts) -> Result<Vec<Block>, Refusal> {
    let above: Vec<i64> = parts.lead.iter().chain(&parts.top).map(|card| card.document).collect();
    let sections = reading.face.site.sections.clone();
    let mut blocks = Vec::new();
    for section in sections {
        let filter = Filter::Section(section.slug.clone());
        let listed = find::list_besides(&mut reading.c, Kind::Article, &filter, reading.now, BLOCK, &above)?;
        if !listed.is_empty() {
            let mut cards = cards(reading, &listed)?;
            // The newest with a picture heads the block, as one heads the page.
            let first = cards.iter().position(|card| card.picture.is_some()).unwrap_or(0);
            cards[..=first].rotate_right(1);
            blocks.push(Block { name: section.name(reading.lang).to_owned(), path: section.path(), cards });
        }
    }
    Ok(blocks)
}
