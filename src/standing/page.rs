//! What a citizen sees of a standing page.

use serde::Serialize;

use super::Standing;
use crate::edition::body::parse;
use crate::edition::{Edition, Revision};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;

#[derive(Debug, Serialize)]
pub struct Shown {
    pub title: String,
    pub lead: String,
    pub body: String,
    pub updated: Option<Day>,
    pub review: Option<Day>,
}

#[derive(Debug, Serialize)]
pub struct Day {
    pub iso: String,
    pub text: String,
    pub long: String,
}

pub fn shown(reading: &Reading, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let standing: Standing = parse(&revision.facts)?;
    let day = |at| Day {
        iso: calendar::iso(at, true),
        text: calendar::short(at, true),
        long: calendar::long(at, true, &reading.web.words, reading.lang),
    };
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        body: revision.html.clone(),
        updated: Some(day(edition.starts_at)),
        review: standing.review.map(calendar::midnight).map(day),
    })
}
