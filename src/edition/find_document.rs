//! A text by the number that it bears whatever its address becomes: what a code on paper leads to; and the way back.

use diesel::prelude::*;

use super::Kind;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::documents;

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
