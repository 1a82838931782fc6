//! The citizen's pages: what each noun shows of itself, put together.

pub mod archive;
pub mod board;
pub mod calendar;
pub mod day;
pub mod design;
mod figures;
pub mod home;
pub mod past;
pub mod plan;
pub mod posting;
pub mod postings;
pub mod protocol;
pub mod register;
pub mod releases;
pub mod report;
pub mod reports;
pub mod screen;
pub mod section;
pub mod series;
pub mod text;
pub mod unit;
pub mod unit_board;
pub mod unit_calendar;
pub mod units;
pub mod useful;
pub mod verdict;

use serde::Serialize;

use super::card;
use crate::article::page::{Card, cards};
use crate::edition::Kind;
use crate::edition::find::{self, Filter};
use crate::kit::calendar as days;
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;
use crate::web::meta::{Breadcrumbs, Graph, Meta, WebPage};
use crate::web::view::{Link, Page};

/// Cards on one page of a list.
const PER_PAGE: i64 = 20;

/// How far ahead a list is counted. A longer one does not say how long it is: counting would cost more the more there
/// is, for a number that nobody turns to.
const COUNTED: i64 = 50;

#[derive(Debug, Serialize)]
pub struct Pager {
    number: i64,
    /// Of pages; absent where there are more than anybody counts.
    count: Option<i64>,
    previous: Option<String>,
    next: Option<String>,
}

/// Months under their year, both newest first.
#[derive(Debug, Serialize)]
pub struct Year {
    pub year: String,
    pub months: Vec<Link>,
}

fn years(reading: &Reading, months: &[i32]) -> Vec<Year> {
    let link = |month: i32| Link::new(days::month_alone(month, &reading.web.words, reading.lang), month_path(month));
    let of = |months: &[i32]| months.iter().map(|month| link(*month)).collect();
    months
        .chunk_by(|one, other| one / 100 == other / 100)
        .map(|part| Year { year: (part[0] / 100).to_string(), months: of(part) })
        .collect()
}

fn month_link(reading: &Reading, month: i32) -> Link {
    Link::new(days::month(month, &reading.web.words, reading.lang), month_path(month))
}

fn month_path(month: i32) -> String {
    format!("/luu-tru/{}/{:02}", month / 100, month % 100)
}

/// One page of a list. Errors: `Missing` for a page beyond the last; the first is there even when it is empty.
fn stream(reading: &mut Reading, filter: &Filter, path: &str, number: i64) -> Result<(Vec<Card>, Pager), Refusal> {
    let (listed, has_next) = find::page(&mut reading.c, Kind::Article, filter, reading.now, (number - 1) * PER_PAGE, PER_PAGE)?;
    if listed.is_empty() && number > 1 {
        return Err(Refusal::Missing);
    }
    let count = match has_next {
        false => Some(number),
        true => find::pages(&mut reading.c, Kind::Article, filter, reading.now, PER_PAGE, COUNTED)?,
    };
    let pager = Pager {
        number,
        count,
        previous: (number > 1).then(|| numbered(path, number - 1)),
        next: has_next.then(|| numbered(path, number + 1)),
    };
    Ok((cards(reading, &listed)?, pager))
}

fn numbered(path: &str, number: i64) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}?trang={number}") }
}

/// Tells machines of a page, when all else is known of it: its share card, what `meta` holds, and `graph`, with the way
/// here added.
fn tell(reading: &Reading, page: &mut Page, card: &card::Card, meta: Meta, mut graph: Graph) -> Result<(), Refusal> {
    if !page.crumbs.is_empty() {
        graph.add(&Breadcrumbs::new(reading, page))?;
    }
    page.meta = Some(Meta { card: card.address(reading)?, graph: graph.text(), ..meta });
    Ok(())
}

/// The same for a list of articles, newest first; what it is about, if anything.
fn tell_list<T: Serialize>(reading: &Reading, page: &mut Page, card: &card::Card, cards: &[Card], about: Option<T>) -> Result<(), Refusal> {
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, page, about))?;
    // A list is as old as what was added last.
    let date = cards.first().map(|card| card.date.iso.clone()).unwrap_or_default();
    tell(reading, page, card, Meta { date, ..Meta::default() }, graph)
}

/// `Title – trang 2`: two pages of one list must not bear one title.
fn titled(reading: &Reading, title: &str, number: i64) -> String {
    if number == 1 {
        return title.to_owned();
    }
    reading.say(&crate::phrase!("site-title-page", title = title, number = number))
}
