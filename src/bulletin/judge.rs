//! What a follower takes and what it refuses, each with its own reason: the rules of the protocol (§2–§4, §8), without a line
//! and without a store.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::seal::digest_without;
use super::shape::{self, Bulletin, Timestamp, WellKnown};
use super::{PROTOCOL, keys};
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::sign::Public;

/// So far ahead of one's own clock a document may be issued.
const AHEAD: Duration = Duration::minutes(5);
const MOST_KEYS: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    NoAnswer,
    Cut,
    BadSignature,
    UnknownKey,
    RevokedKey,
    WrongUnit,
    Replayed,
    FromTheFuture,
    NotUnderstood,
    BadDigest,
}

impl Refused {
    /// As the protocol calls it.
    pub fn word(self) -> &'static str {
        match self {
            Refused::NoAnswer => "no-answer",
            Refused::Cut => "cut",
            Refused::BadSignature => "bad-signature",
            Refused::UnknownKey => "unknown-key",
            Refused::RevokedKey => "revoked-key",
            Refused::WrongUnit => "wrong-unit",
            Refused::Replayed => "replayed",
            Refused::FromTheFuture => "from-the-future",
            Refused::NotUnderstood => "not-understood",
            Refused::BadDigest => "bad-digest",
        }
    }
}

/// A document as it came: its bytes, the name of the key, and the signature.
#[derive(Clone, Debug)]
pub struct Received {
    pub bytes: Vec<u8>,
    pub key: String,
    pub signature: Vec<u8>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trusted {
    /// Base64 of 32 bytes.
    pub public: String,
    /// What it signs later is refused.
    pub until: Option<String>,
}

/// Whose word counts, by the names of keys; and whose never will again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trust {
    pub trusted: BTreeMap<String, Trusted>,
    pub revoked: BTreeSet<String>,
    /// When the last document of keys was issued that was taken.
    #[serde(default)]
    pub told_at: String,
}

/// What a follower holds already.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub series: String,
    pub number: i64,
    pub issued_at: Moment,
}

/// RFC 3339.
pub fn instant(text: &str) -> Option<Moment> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc())
}

fn read<T: DeserializeOwned>(bytes: &[u8], kind: &str) -> Result<T, Refused> {
    #[derive(Deserialize)]
    struct Head {
        protocol: String,
        kind: String,
    }
    let head: Head = serde_json::from_slice(bytes).map_err(|_| Refused::NotUnderstood)?;
    if head.protocol != PROTOCOL || head.kind != kind {
        return Err(Refused::NotUnderstood);
    }
    serde_json::from_slice(bytes).map_err(|_| Refused::NotUnderstood)
}

impl Trust {
    pub fn pin(public: &Public) -> Trust {
        let trusted = BTreeMap::from([(public.id(), Trusted { public: public.written(), until: None })]);
        Trust { trusted, ..Trust::default() }
    }

    /// Whether these bytes are the portal's own.
    pub fn verify(&self, received: &Received) -> Result<&Trusted, Refused> {
        if self.revoked.contains(&received.key) {
            return Err(Refused::RevokedKey);
        }
        let key = self.trusted.get(&received.key).ok_or(Refused::UnknownKey)?;
        let public = Public::read(&key.public).ok_or(Refused::UnknownKey)?;
        if public.verifies(&received.bytes, &received.signature) { Ok(key) } else { Err(Refused::BadSignature) }
    }

    /// The document, if a key signed it whose time was not over when it was issued.
    fn signed<T: DeserializeOwned>(&self, received: &Received, kind: &str, issued: impl Fn(&T) -> &str) -> Result<(T, Moment), Refused> {
        let key = self.verify(received)?;
        let document: T = read(&received.bytes, kind)?;
        let issued = instant(issued(&document)).ok_or(Refused::NotUnderstood)?;
        match key.until.as_deref().map(instant) {
            Some(None) => Err(Refused::NotUnderstood),
            Some(Some(until)) if issued > until => Err(Refused::RevokedKey),
            _ => Ok((document, issued)),
        }
    }

    /// What the portal's own document says of its keys: endorsements, then revocations, and then it must be signed by a key that is
    /// trusted (§3), and be no older than the last that was taken. On an error nothing of it counts. `now`: as in `bulletin`.
    pub fn learn(&self, received: &Received, now: Option<Moment>) -> Result<(Trust, WellKnown), Refused> {
        let document: WellKnown = read(&received.bytes, shape::PORTAL)?;
        if document.keys.len() > MOST_KEYS {
            return Err(Refused::NotUnderstood);
        }
        let mut trust = self.clone();
        let public = |key: &shape::Key| Public::read(&key.public).filter(|public| public.id() == key.id);
        loop {
            let before = trust.trusted.len();
            for key in &document.keys {
                let (Some(by), Some(endorsement)) = (&key.endorsed_by, &key.endorsement) else { continue };
                if trust.revoked.contains(&key.id) || trust.trusted.contains_key(&key.id) {
                    continue;
                }
                let Some(public) = public(key) else { continue };
                let statement = keys::endorsement(&key.id, &key.public, &key.since);
                if trust.says(by, &statement, endorsement) {
                    trust.trusted.insert(key.id.clone(), Trusted { public: public.written(), until: None });
                }
            }
            if trust.trusted.len() == before {
                break;
            }
        }
        for key in &document.keys {
            if let Some(known) = trust.trusted.get_mut(&key.id) {
                // It may be told to end earlier, and never later: who stole it would say otherwise.
                let earlier = |one: &str, other: &str| instant(one) < instant(other);
                match (&known.until, &key.until) {
                    (Some(known), Some(new)) if !earlier(new, known) => {}
                    (_, Some(new)) => known.until = Some(new.clone()),
                    (_, None) => {}
                }
            }
        }
        let mut gone = BTreeSet::new();
        for key in &document.keys {
            let Some(revocation) = &key.revocation else { continue };
            let statement = keys::revocation(&key.id, &revocation.at);
            if revocation.by != key.id && trust.says(&revocation.by, &statement, &revocation.signature) {
                gone.insert(key.id.clone());
            }
        }
        for id in gone {
            trust.trusted.remove(&id);
            trust.revoked.insert(id);
        }
        trust.verify(received)?;
        let issued = instant(&document.issued_at).ok_or(Refused::NotUnderstood)?;
        if instant(&self.told_at).is_some_and(|told| issued < told) {
            return Err(Refused::Replayed);
        }
        if now.is_some_and(|now| issued > now + AHEAD) {
            return Err(Refused::FromTheFuture);
        }
        trust.told_at.clone_from(&document.issued_at);
        Ok((trust, document))
    }

    fn says(&self, by: &str, statement: &str, signature: &str) -> bool {
        let public = self.trusted.get(by).and_then(|key| Public::read(&key.public));
        public.zip(digest::of_base64(signature)).is_some_and(|(public, signature)| public.verifies(statement.as_bytes(), &signature))
    }
}

/// Whether it comes after what is held (§4). `now`: one's own clock, where it can be trusted.
fn in_order(code: &str, of: (&str, &str, i64, Moment), held: Option<&Mark>, now: Option<Moment>) -> Result<(), Refused> {
    let (unit, series, number, issued) = of;
    if unit != code {
        return Err(Refused::WrongUnit);
    }
    if let Some(held) = held {
        let is_older = series < held.series.as_str()
            || (series == held.series && (number < held.number || (number == held.number && issued < held.issued_at)));
        if is_older {
            return Err(Refused::Replayed);
        }
    }
    if now.is_some_and(|now| issued > now + AHEAD) { Err(Refused::FromTheFuture) } else { Ok(()) }
}

pub fn bulletin(
    trust: &Trust,
    received: &Received,
    code: &str,
    held: Option<&Mark>,
    now: Option<Moment>,
) -> Result<(Bulletin, Mark), Refused> {
    let (document, issued) = trust.signed::<Bulletin>(received, shape::BULLETIN, |document| &document.issued_at)?;
    in_order(code, (&document.unit.code, &document.series, document.number, issued), held, now)?;
    // As it came: what a follower does not know of an item is in its digest all the same.
    let mut whole: Value = serde_json::from_slice(&received.bytes).map_err(|_| Refused::NotUnderstood)?;
    for list in ["items", "articles", "figures"] {
        for item in whole.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
            let told = item["digest"].as_str().map(str::to_owned);
            // Figures had no shape before they were told: what bears no digest is of a kind that is not known here.
            if list == "figures" && told.is_none() {
                continue;
            }
            if told != Some(digest_without(item, &["digest"])) {
                return Err(Refused::BadDigest);
            }
        }
    }
    let mark = Mark { series: document.series.clone(), number: document.number, issued_at: issued };
    Ok((document, mark))
}

pub fn timestamp(
    trust: &Trust,
    received: &Received,
    code: &str,
    held: Option<&Mark>,
    now: Option<Moment>,
) -> Result<(Timestamp, Mark), Refused> {
    let (document, issued) = trust.signed::<Timestamp>(received, shape::TIMESTAMP, |document| &document.issued_at)?;
    in_order(code, (&document.unit.code, &document.series, document.number, issued), held, now)?;
    let mark = Mark { series: document.series.clone(), number: document.number, issued_at: issued };
    Ok((document, mark))
}
