//! A link to a draft for somebody who has no account. It ends by its time, and with the draft.

use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Map, json};

use super::{Text, at, load};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest::sha256;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::shares;

pub const LONGEST: Duration = Duration::days(14);
/// Links to one draft at a time.
const MOST: i64 = 20;
/// Of a secret, in characters; whoever makes it sees to its chance.
const SECRET: usize = 32;

#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct Share {
    pub made_by: String,
    pub ends_at: Moment,
}

/// The store keeps the digest of the secret and not the secret.
pub fn share(c: &mut Conn, act: Act, edition: i64, secret: &str, ends_at: Moment) -> Result<(), Refusal> {
    let text = load(c, edition)?;
    must_share(c, act, &text)?;
    if !text.edition.state().is_open() {
        return Err(Refusal::WrongState(phrase!("road-share-open")));
    }
    if secret.len() < SECRET {
        return Err(Refusal::broken("a secret that can be guessed"));
    }
    if ends_at <= act.now || ends_at - act.now > LONGEST {
        return Err(at("ends", phrase!("road-share-term", days = LONGEST.num_days())));
    }
    let those = shares::table.filter(shares::edition_id.eq(edition));
    diesel::delete(those.filter(shares::ends_at.le(act.now))).execute(c)?;
    if those.count().get_result::<i64>(c)? >= MOST {
        return Err(Refusal::WrongState(phrase!("road-share-many")));
    }
    diesel::insert_into(shares::table)
        .values((
            shares::digest.eq(sha256(secret.as_bytes())),
            shares::edition_id.eq(edition),
            shares::made_by.eq(act.who.name()),
            shares::ends_at.eq(ends_at),
        ))
        .execute(c)?;
    tell(c, act, &text, "shared", Map::from_iter([("until".to_owned(), json!(calendar::rfc3339(ends_at)))]))
}

/// Every link to it leads nowhere from now on.
pub fn unshare(c: &mut Conn, act: Act, edition: i64) -> Result<(), Refusal> {
    let text = load(c, edition)?;
    must_share(c, act, &text)?;
    if forget(c, edition)? > 0 { tell(c, act, &text, "unshared", Map::new()) } else { Ok(()) }
}

/// What a secret opens. Errors: `Missing`, whatever the reason.
pub fn shared(c: &mut Conn, secret: &str, now: Moment) -> Result<Text, Refusal> {
    let edition: i64 = shares::table.find(sha256(secret.as_bytes())).filter(shares::ends_at.gt(now)).select(shares::edition_id).first(c)?;
    let text = load(c, edition)?;
    if text.edition.state().is_open() { Ok(text) } else { Err(Refusal::Missing) }
}

/// The links that lead to it now.
pub fn links(c: &mut Conn, act: Act, edition: i64) -> Result<Vec<Share>, Refusal> {
    let text = super::text(c, act, edition)?;
    if !text.edition.state().is_open() {
        return Ok(Vec::new());
    }
    let links = shares::table.filter(shares::edition_id.eq(edition).and(shares::ends_at.gt(act.now)));
    Ok(links.order(shares::ends_at.asc()).select((shares::made_by, shares::ends_at)).load(c)?)
}

pub(super) fn forget(c: &mut Conn, edition: i64) -> Result<usize, Refusal> {
    Ok(diesel::delete(shares::table.filter(shares::edition_id.eq(edition))).execute(c)?)
}

/// Whoever mends it, and whoever may publish it.
fn must_share(c: &mut Conn, act: Act, text: &Text) -> Result<(), Refusal> {
    if act.who.may(c, Verb::Publish, text.edition.unit_id)? { Ok(()) } else { text.must_mend(c, act) }
}

fn tell(c: &mut Conn, act: Act, text: &Text, name: &str, facts: Map<String, serde_json::Value>) -> Result<(), Refusal> {
    act.record(c, name, format!("{}/{}/{}", text.kind.name(), text.slug, text.edition.number), facts).map(drop)
}
