//! The page of a posting: while it hangs, and when its time is over or another stands in its place.

use serde::Serialize;

use super::text::gone_from;
use super::{calendar, tell};
use crate::channel::{card, feed};
use crate::edition::body::parse;
use crate::edition::find;
use crate::edition::{Edition, Kind, Revision, keys};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::posting::kinds::After;
use crate::posting::law::Rules;
use crate::posting::page::{self, Shown};
use crate::unit;
use crate::web::answer::{Answer, Reading};
use crate::web::error::Replacement;
use crate::web::layout::POSTINGS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::{FeedLink, Link};

#[derive(Serialize)]
struct Parts {
    posting: Shown,
    /// Its days, for a calendar; empty where it tells none, and when it is over.
    calendar: String,
}

pub fn posting(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    set(reading, &rules, slug, edition, revision)
}

fn set(reading: &mut Reading, rules: &Rules, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let posting = page::shown(reading, rules, slug, edition, revision)?;
    let shows = edition.shown_from <= reading.now && reading.now < edition.shown_until;
    let has_days = shows && calendar::has_days(&parse(&revision.facts)?, edition);
    let calendar = if has_days { calendar::path(slug) } else { String::new() };
    let mut page = reading.page("posting", &revision.title, &Kind::Posting.path(slug));
    page.description.clone_from(&revision.lead);
    page.crumbs.push(Link::new(reading.word("posting-list"), POSTINGS));
    page.feeds.extend(FeedLink::all(&feed::titled(reading, &reading.word("posting-list")), POSTINGS));
    // What is over is kept for whoever asks, and is no answer to what holds today.
    page.noindex = edition.shown_until <= reading.now;
    let mut graph = Graph::default();
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    let meta = Meta {
        language: "vi",
        date: posting.date.iso.clone(),
        published: posting.date.iso.clone(),
        subject: posting.kind.clone(),
        coverage: posting.unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        ..Meta::default()
    };
    let card = card::Card::of_posting(reading, rules, slug, edition, revision)?;
    tell(reading, &mut page, &card, meta, graph)?;
    reading.html("posting/page.html", &page, &Parts { posting, calendar })
}

/// Its time is over: what its kind says stands at its address.
pub fn over(reading: &mut Reading, slug: &str, at: Moment, last: &Edition) -> Result<Answer, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let path = Kind::Posting.path(slug);
    let subject = keys::subject(Kind::Posting, slug);
    let by = match last.replaced_at.filter(|at| *at <= reading.now) {
        Some(_) => keys::speaking(&mut reading.c, Kind::Posting, keys::REPLACES, &subject, reading.now)?.pop(),
        None => None,
    };
    let replacement = match by {
        Some(by) => find::title_of(&mut reading.c, Kind::Posting, &by, reading.now)?
            .map(|title| Replacement { title, path: Kind::Posting.path(&by) }),
        None => None,
    };
    let from = unit::page::placed(reading, last.unit_id)?;
    match page::after(&rules, last) {
        After::Banner => {
            let revision = find::words(&mut reading.c, last)?;
            set(reading, &rules, slug, last, &revision)
        }
        After::Stub => {
            let title = find::words(&mut reading.c, last)?.title;
            gone_from(reading, &path, "posting-ended", at, &title, replacement, from)
        }
        After::Request => gone_from(reading, &path, "posting-asked-ended", at, "", replacement, from),
    }
}

/// The words of an old edition say what stood; what it is now is told at its own address.
pub fn past(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let mut shown = page::shown(reading, &rules, slug, edition, revision)?;
    shown.attachments.clear();
    shown.editions.clear();
    Ok(shown)
}
