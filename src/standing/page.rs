//! What a citizen sees of a standing page.

use serde::Serialize;

use super::Standing;
use crate::edition::body::{Files, parse};
use crate::edition::find_past::Past;
use crate::edition::page::{EditionShown, history};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::markdown::past::without_pictures;
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
    pub editions: Vec<EditionShown>,
}

pub fn shown(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let editions = history(reading, Kind::Page, slug, edition)?;
    Ok(Shown { editions, ..set(reading, edition, revision)? })
}

/// An edition as it stood, with the pictures that what shows now still gives out.
pub fn past(reading: &Reading, past: &Past) -> Result<Shown, Refusal> {
    let now: Files = parse(&past.now.1.files)?;
    let is_there = |digest: &str| now.values().any(|file| file.digest == digest);
    let body = without_pictures(&past.revision.html, &reading.word("article-picture-described"), &is_there);
    Ok(Shown { body, ..set(reading, &past.edition, &past.revision)? })
}

fn set(reading: &Reading, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let standing: Standing = parse(&revision.facts)?;
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        body: revision.html.clone(),
        updated: Some(reading.date(edition.starts_at, true)),
        review: standing.review.map(|day| reading.date(calendar::midnight(day), true)),
        editions: Vec::new(),
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
