//! The editions of a text that others have followed. They may be read while the text itself shows, so that a
//! correction does not hide what was corrected; what was withdrawn, or has outlived its own term, is told of and no more.
//!
//! All of it changes with the text's own topic, which [`find::at_address`] notes; the ends that the store's turns do
//! not tell, since a successor came before them, are noted here.

use diesel::prelude::*;

use super::find::{self, Found};
use super::terms::readable;
use super::{Edition, Kind, Revision};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};

pub struct Past {
    pub edition: Edition,
    pub revision: Revision,
    /// What stands in its place since; none for the one that shows now.
    pub successor: Option<Edition>,
    /// The next one whose words may be read.
    pub next: Option<(Edition, Revision)>,
    /// The one that shows now.
    pub now: (Edition, Revision),
}

pub enum FoundPast {
    Here(Box<Past>),
    Moved {
        slug: String,
    },
    /// `title`: that of the edition that shows now.
    Ended {
        at: Moment,
        title: String,
    },
    Withdrawn {
        at: Moment,
        reason: String,
        title: String,
    },
    /// The text's own address says what there is to say.
    NoText,
}

/// Errors: `Missing` for a number that the public has not seen.
pub fn at_address(c: &mut Snapshot, kind: Kind, slug: &str, number: i32, now: Moment) -> Result<FoundPast, Refusal> {
    let here = match find::at_address(c, kind, slug, now)? {
        Found::Here(here) => *here,
        // An address that nobody was ever given is none, whatever became of the text.
        Found::Moved { slug } => return was_seen(c, kind, &slug, number, now).map(|()| FoundPast::Moved { slug }),
        Found::Ended { .. } | Found::Withdrawn { .. } => return was_seen(c, kind, slug, number, now).map(|()| FoundPast::NoText),
    };
    let seen = find::history(c, here.0.document_id, now)?;
    let place = seen.iter().position(|edition| edition.number == number).ok_or(Refusal::Missing)?;
    let edition = seen[place].clone();
    if !may_be_read(c, &edition, now) {
        let title = here.1.title;
        return Ok(match edition.withdrawn_at.filter(|at| *at <= now) {
            Some(at) => FoundPast::Withdrawn { at, reason: edition.withdrawn_reason, title },
            None => FoundPast::Ended { at: edition.ends_at.unwrap_or(edition.shown_until), title },
        });
    }
    let later = &seen[place + 1..];
    let successor = later.iter().min_by_key(|later| later.shown_from).cloned();
    let next = later.iter().find(|later| may_be_read(c, later, now)).cloned();
    let revision = words(c, &edition)?;
    let next = next.map(|next| words(c, &next).map(|words| (next, words))).transpose()?;
    Ok(FoundPast::Here(Box::new(Past { edition, revision, successor, next, now: here })))
}

/// Errors: `Missing` for a number that the public has not seen.
fn was_seen(c: &mut Snapshot, kind: Kind, slug: &str, number: i32, now: Moment) -> Result<(), Refusal> {
    let seen = editions::table
        .inner_join(documents::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .filter(editions::number.eq(number).and(find::was_shown(now)));
    Ok(seen.select(editions::id).first::<i64>(&mut **c).map(drop)?)
}

/// Whether its words may be read now; notes when that ends.
pub fn may_be_read(c: &mut Snapshot, edition: &Edition, now: Moment) -> bool {
    let ends = [edition.ends_at, edition.withdrawn_at].into_iter().flatten();
    ends.filter(|at| *at > now).for_each(|at| c.until(at));
    readable(&edition.terms(), now)
}

fn words(c: &mut Snapshot, edition: &Edition) -> Result<Revision, Refusal> {
    Ok(revisions::table.find(edition.revision_id).select(Revision::as_select()).first(&mut **c)?)
}
