//! The keys that sign what goes out, as the world knows them: each vouched for by the one before it, so that who trusts one
//! comes to trust the next; a key that was stolen is revoked by another. The private halves are in [`crate::store::ring`]. Each act is
//! a row of the log.

use std::sync::Arc;

use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Map, json};

use super::shape::{self, Key, Revocation, WellKnown};
use super::{PROTOCOL, sign};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::sign::{Public, Signer};
use crate::kit::words::Phrase;
use crate::kit::{calendar, digest};
use crate::person::{Act, Who};
use crate::phrase;
use crate::store::ring::Ring;
use crate::store::schema_out::signing_keys;
use crate::store::{Conn, Store, settings};
use crate::web::answer::{Answer, Reading};

pub const WELL_KNOWN: &str = "/.well-known/bangtin.json";
/// What the log's subjects begin with that speak of keys.
pub const KEY: &str = "key/";
const SERIES: &str = "bulletin-series";
/// So long the old key is still taken after another has come, for nodes that have not heard of it.
const OVERLAP: Duration = Duration::hours(24);
pub const ASK_EVERY: u32 = 10;
pub const MOST_WAIT: u32 = 25;

#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = signing_keys)]
pub struct Row {
    pub id: String,
    pub public: String,
    pub since: Moment,
    pub until: Option<Moment>,
    pub endorsed_by: String,
    pub endorsement: String,
    pub revoked_at: Option<Moment>,
    pub revoked_by: String,
    pub revoked_reason: String,
    pub revocation: String,
}

impl Row {
    fn of(signer: &Signer, now: Moment) -> Row {
        Row {
            id: signer.id().to_owned(),
            public: signer.public().written(),
            since: now,
            until: None,
            endorsed_by: String::new(),
            endorsement: String::new(),
            revoked_at: None,
            revoked_by: String::new(),
            revoked_reason: String::new(),
            revocation: String::new(),
        }
    }

    pub fn is_in_force(&self) -> bool {
        self.until.is_none() && self.revoked_at.is_none()
    }

    /// What the log vouches for.
    fn seal(&self) -> String {
        let moment = |at: Option<Moment>| at.map(|at| at.to_string()).unwrap_or_default();
        let (since, until, revoked) = (self.since.to_string(), moment(self.until), moment(self.revoked_at));
        digest::sha256_of(&[
            &self.public,
            &since,
            &until,
            &self.endorsed_by,
            &self.endorsement,
            &revoked,
            &self.revoked_by,
            &self.revocation,
        ])
    }

    fn shown(&self) -> Result<Key, Refusal> {
        let public = Public::read(&self.public).ok_or_else(|| Refusal::broken(format!("key {} is none", self.id)))?;
        let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Ok(Key {
            id: self.id.clone(),
            alg: "Ed25519".to_owned(),
            public: self.public.clone(),
            pem: public.pem()?,
            since: calendar::rfc3339(self.since),
            until: self.until.map(calendar::rfc3339),
            endorsed_by: told(&self.endorsed_by),
            endorsement: told(&self.endorsement),
            revocation: self.revoked_at.map(|at| Revocation {
                at: calendar::rfc3339(at),
                by: self.revoked_by.clone(),
                reason: self.revoked_reason.clone(),
                signature: self.revocation.clone(),
            }),
        })
    }
}

/// What a key signs to vouch for another.
pub fn endorsement(id: &str, public: &str, since: &str) -> String {
    format!("bangtin-key-1\n{id}\n{public}\n{since}\n")
}

/// What a key signs to take another's word away.
pub fn revocation(id: &str, at: &str) -> String {
    format!("bangtin-revocation-1\n{id}\n{at}\n")
}

/// All there ever were, oldest first.
pub fn all(c: &mut Conn) -> Result<Vec<Row>, Refusal> {
    Ok(signing_keys::table.order((signing_keys::since.asc(), signing_keys::id.asc())).select(Row::as_select()).load(c)?)
}

/// Errors: `Broken` where no key was ever made.
pub fn series(c: &mut Conn) -> Result<String, Refusal> {
    settings::find(c, SERIES)?.ok_or_else(|| Refusal::Trouble(phrase!("keys-none")))
}

/// The key that signs now: the one in force, or, on a node that does not have it yet, one whose word still counts. With the
/// instant at which it does no more.
pub fn signing(c: &mut Conn, ring: &Ring, now: Moment) -> Result<(Arc<Signer>, Option<Moment>), Refusal> {
    let mut rows = all(c)?;
    rows.retain(|row| row.revoked_at.is_none() && row.until.is_none_or(|until| now < until));
    rows.sort_by_key(|row| !row.is_in_force());
    for row in &rows {
        if let Some(signer) = ring.find(&row.id)? {
            return Ok((signer, row.until));
        }
    }
    Err(Refusal::Trouble(if rows.is_empty() { phrase!("keys-none") } else { phrase!("keys-lost") }))
}

pub fn signer(reading: &mut Reading) -> Result<Arc<Signer>, Refusal> {
    let (signer, until) = signing(&mut reading.c, &reading.web.ring, reading.now)?;
    until.into_iter().for_each(|until| reading.until(until));
    Ok(signer)
}

/// Once, before anything is signed: a key of one's own, or the one that was given. Errors: there are keys, and here is none.
pub fn begin(store: &Store, ring: &Ring, now: Moment) -> Result<(), Refusal> {
    let rows = all(&mut *store.read()?)?;
    if rows.is_empty() {
        return store.write(|c| {
            // Another may have been faster.
            if !all(c)?.is_empty() {
                return Ok(());
            }
            let signer = match ring.given() {
                Some(given) => given,
                None => {
                    let signer = Signer::draw()?;
                    ring.keep(&signer)?;
                    Arc::new(signer)
                }
            };
            let act = Act { who: &Who::Machine("system"), now };
            add(c, act, &Row::of(&signer, now), "key_made")?;
            begin_series(c, act)
        });
    }
    if let Some(given) = ring.given().filter(|given| rows.iter().all(|row| row.id != given.id())) {
        return Err(Refusal::Trouble(phrase!("keys-unknown-given", id = given.id())));
    }
    for row in rows.iter().filter(|row| row.is_in_force()) {
        if ring.find(&row.id)?.is_some() {
            return Ok(());
        }
    }
    Err(Refusal::Trouble(phrase!("keys-lost")))
}

fn add(c: &mut Conn, act: Act, row: &Row, name: &str) -> Result<(), Refusal> {
    diesel::insert_into(signing_keys::table).values(row).execute(c)?;
    told(c, act, row, name)
}

fn change(c: &mut Conn, act: Act, row: &Row, name: &str) -> Result<(), Refusal> {
    diesel::update(signing_keys::table.find(&row.id))
        .set((
            signing_keys::until.eq(row.until),
            signing_keys::revoked_at.eq(row.revoked_at),
            signing_keys::revoked_by.eq(&row.revoked_by),
            signing_keys::revoked_reason.eq(&row.revoked_reason),
            signing_keys::revocation.eq(&row.revocation),
        ))
        .execute(c)?;
    told(c, act, row, name)
}

fn told(c: &mut Conn, act: Act, row: &Row, name: &str) -> Result<(), Refusal> {
    let mut facts = Map::from_iter([("key".to_owned(), json!(row.seal()))]);
    if !row.revoked_reason.is_empty() {
        facts.insert("reason".to_owned(), json!(row.revoked_reason));
    }
    act.record(c, name, format!("{KEY}{}", row.id), facts).map(drop)
}

/// After a restore from a backup numbers begin again where it stood: a new series tells followers that this is no replay.
pub fn begin_series(c: &mut Conn, act: Act) -> Result<(), Refusal> {
    let series = uuid::Uuid::now_v7().to_string();
    settings::keep(c, SERIES, &series)?;
    act.record(c, "series_begun", format!("series/{series}"), Map::new()).map(drop)
}

fn in_force(c: &mut Conn) -> Result<Row, Refusal> {
    all(c)?.into_iter().rev().find(Row::is_in_force).ok_or_else(|| Refusal::Trouble(phrase!("keys-none")))
}

/// Another key in the place of the one in force, which vouches for it; `new`: one that was made elsewhere. Gives its id.
/// Errors: the old private key is not here.
pub fn rotate(store: &Store, ring: &Ring, act: Act, new: Option<Signer>) -> Result<String, Refusal> {
    if ring.given().is_some() && new.is_none() {
        return Err(Refusal::Trouble(phrase!("keys-rotate-given")));
    }
    let (is_made, new) = match new {
        Some(new) => (false, new),
        None => (true, Signer::draw()?),
    };
    let old = store.write(|c| {
        let mut old = in_force(c)?;
        let voucher = ring.find(&old.id)?.ok_or_else(|| Refusal::Trouble(phrase!("keys-lost")))?;
        if all(c)?.iter().any(|row| row.id == new.id()) {
            return Err(Refusal::Trouble(phrase!("keys-known-already", id = new.id())));
        }
        let mut row = Row::of(&new, act.now);
        let statement = endorsement(&row.id, &row.public, &calendar::rfc3339(row.since));
        row.endorsement = digest::base64(&voucher.sign(statement.as_bytes()));
        row.endorsed_by.clone_from(&old.id);
        if is_made {
            ring.keep(&new)?;
        }
        old.until = Some(act.now + OVERLAP);
        change(c, act, &old, "key_retired")?;
        add(c, act, &row, "key_made")?;
        Ok(old.id)
    })?;
    // It has vouched for the next, and signs no more here.
    if is_made {
        ring.destroy(&old)?;
    }
    Ok(new.id().to_owned())
}

/// A key that nobody vouches for, where the one before it is lost: followers are given it by hand.
pub fn replace(store: &Store, ring: &Ring, act: Act) -> Result<String, Refusal> {
    let new = match ring.given() {
        Some(given) => given,
        None => Arc::new(Signer::draw()?),
    };
    store.write(|c| {
        let known = all(c)?;
        if known.iter().any(|row| row.id == new.id()) {
            return Err(Refusal::Trouble(phrase!("keys-known-already", id = new.id())));
        }
        if ring.given().is_none() {
            ring.keep(&new)?;
        }
        for mut row in known.into_iter().filter(Row::is_in_force) {
            row.until = Some(act.now);
            change(c, act, &row, "key_retired")?;
        }
        add(c, act, &Row::of(&new, act.now), "key_made")
    })?;
    Ok(new.id().to_owned())
}

/// Takes a key's word away for ever: what it signed is not taken any more, whenever that was.
pub fn revoke(store: &Store, ring: &Ring, act: Act, id: &str, reason: &str) -> Result<(), Refusal> {
    store.write(|c| {
        let mut row = all(c)?.into_iter().find(|row| row.id == id).ok_or_else(|| trouble(phrase!("keys-unknown", id = id)))?;
        if row.is_in_force() {
            return Err(trouble(phrase!("keys-revoke-in-force", id = id)));
        }
        if row.revoked_at.is_some() {
            return Err(trouble(phrase!("keys-revoked-already", id = id)));
        }
        let by = in_force(c)?;
        let signer = ring.find(&by.id)?.ok_or_else(|| trouble(phrase!("keys-lost")))?;
        row.revocation = digest::base64(&signer.sign(revocation(id, &calendar::rfc3339(act.now)).as_bytes()));
        (row.revoked_at, row.revoked_by, row.revoked_reason) = (Some(act.now), by.id, reason.to_owned());
        change(c, act, &row, "key_revoked")
    })?;
    ring.destroy(id)
}

fn trouble(phrase: Phrase) -> Refusal {
    Refusal::Trouble(phrase)
}

/// `/.well-known/bangtin.json`.
pub fn well_known(reading: &mut Reading) -> Result<Answer, Refusal> {
    let keys: Result<Vec<Key>, Refusal> = all(&mut reading.c)?.iter().map(Row::shown).collect();
    let site = reading.face.site.clone();
    let document = WellKnown {
        protocol: PROTOCOL.to_owned(),
        kind: shape::PORTAL.to_owned(),
        name: site.name.clone(),
        series: series(&mut reading.c)?,
        issued_at: calendar::rfc3339(reading.now),
        ask_every_seconds: ASK_EVERY,
        most_wait_seconds: MOST_WAIT,
        document: format!("{}/giao-thuc", site.address),
        address: site.address,
        keys: keys?,
    };
    sign(reading, &document, WELL_KNOWN, 0, "")
}

/// What is otherwise than the log says. `sealed`: by id, the seal of a key's last act.
pub fn compare(c: &mut Conn, sealed: &std::collections::HashMap<String, String>) -> Result<Vec<Phrase>, Refusal> {
    let rows = all(c)?;
    let of = |row: &&Row| sealed.get(&row.id) != Some(&row.seal());
    let mut faults: Vec<Phrase> = rows.iter().filter(of).map(|row| phrase!("verify-changed-key", id = row.id)).collect();
    let lost = sealed.keys().filter(|id| rows.iter().all(|row| row.id != **id));
    faults.extend(lost.map(|id| phrase!("verify-lost-key", id = id)));
    Ok(faults)
}
