//! What a citizen sees of a standing page.

use serde::Serialize;

use super::Standing;
use crate::edition::body::parse;
use crate::edition::{Edition, Revision};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;
use crate::web::view::Date;

#[derive(Debug, Serialize)]
pub struct Shown {
    pub title: String,
    pub lead: String,
    pub body: String,
    pub updated: Option<Date>,
    pub review: Option<Date>,
}

pub fn shown(reading: &Reading, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let standing: Standing = parse(&revision.facts)?;
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        body: revision.html.clone(),
        updated: Some(reading.date(edition.starts_at, true)),
        review: standing.review.map(|day| reading.date(calendar::midnight(day), true)),
    })
}

/// What schema.org calls a page that tells how to reach the office.
pub const CONTACT: &str = "ContactPage";

/// What schema.org calls the page at an address.
pub fn kind_of(path: &str) -> &'static str {
    match path {
        "/trang/lien-he" => CONTACT,
        "/trang/gioi-thieu" => "AboutPage",
        _ => "WebPage",
    }
}
