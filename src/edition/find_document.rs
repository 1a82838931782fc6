//! A text by the number that it bears whatever its address becomes: what a code on paper leads to; and the way back.

use diesel::prelude::*;

use super::Kind;
use super::terms::visible_at;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions};

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 400;

/// Its kind and its address now. Whether the public may know of it is for `find` to say.
pub fn at_id(c: &mut Conn, id: i64) -> Result<(Kind, String), Refusal> {
    let (kind, slug): (String, String) = documents::table.find(id).select((documents::kind, documents::slug)).first(c)?;
    Ok((Kind::named(&kind).ok_or(Refusal::Missing)?, slug))
}

/// Its number, and the address that it had first. As above; whoever asks has looked at the address.
pub fn at_slug(c: &mut Conn, kind: Kind, slug: &str) -> Result<(i64, String), Refusal> {
    let bears = documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)));
    Ok(bears.select((documents::id, documents::first_slug)).first(c)?)
}

/// The title that shows now and the address, by the address that a text had first; `None` where nothing of it shows.
pub fn shown_first_at(c: &mut Conn, kind: Kind, first_slug: &str, now: Moment) -> Result<Option<(String, String)>, Refusal> {
    let found = editions::table.inner_join(documents::table).inner_join(revisions::table);
    let found = found.filter(documents::kind.eq(kind.name()).and(documents::first_slug.eq(first_slug))).filter(visible_at(now));
    Ok(found.select((revisions::title, documents::slug)).first(c).optional()?)
}

/// The title that shows now; `None` where nothing of it shows.
pub fn title_now(c: &mut Conn, id: i64, now: Moment) -> Result<Option<String>, Refusal> {
    let found = editions::table.inner_join(revisions::table).filter(editions::document_id.eq(id)).filter(visible_at(now));
    Ok(found.select(revisions::title).first(c).optional()?)
}

/// The addresses that these had first.
pub fn first_slugs(c: &mut Conn, ids: &[i64]) -> Result<Vec<(i64, String)>, Refusal> {
    let mut found = Vec::new();
    for ids in ids.chunks(CHUNK) {
        found.extend(documents::table.filter(documents::id.eq_any(ids)).select((documents::id, documents::first_slug)).load(c)?);
    }
    Ok(found)
}
