//! What a text's page tells of its editions.

use serde::Serialize;

use super::find_past::may_be_read;
use super::{Edition, Kind, find};
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;
use crate::web::view::Date;

#[derive(Debug, Serialize)]
pub struct EditionShown {
    pub number: i32,
    pub date: Date,
    pub note: String,
    /// Nothing that was told is otherwise since.
    pub minor: bool,
    pub here: bool,
    /// Where it can be read; empty for the one on the page, and for one that nobody may read any more.
    pub path: String,
    /// Why it was taken back.
    pub withdrawn: String,
}

/// Every edition that the public has seen, newest first. `here`: the one on the page.
pub fn history(reading: &mut Reading, kind: Kind, slug: &str, here: &Edition) -> Result<Vec<EditionShown>, Refusal> {
    let editions = find::history(&mut reading.c, here.document_id, reading.now)?;
    let shown = editions.into_iter().rev().map(|edition| {
        let is_here = edition.number == here.number;
        let is_withdrawn = edition.withdrawn_at.is_some_and(|at| at <= reading.now);
        EditionShown {
            number: edition.number,
            date: reading.date(edition.starts_at, edition.day_only && edition.number == 1),
            here: is_here,
            path: match !is_here && may_be_read(&mut reading.c, &edition, reading.now) {
                true => kind.edition_path(slug, edition.number),
                false => String::new(),
            },
            // It may be what had to be taken back.
            minor: edition.minor && !is_withdrawn,
            note: if is_withdrawn || edition.minor { String::new() } else { edition.change_note },
            withdrawn: if is_withdrawn { edition.withdrawn_reason } else { String::new() },
        }
    });
    Ok(shown.collect())
}
