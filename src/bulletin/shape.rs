//! The documents of the protocol, as they are written and read. What stands here is a promise to followers of others:
//! within a version a field is added and none is taken away. What stands in a bulletin's lists has its fields in the order of
//! canonical JSON, for `seal` writes it as it stands. Instants are RFC 3339, days are `2026-11-23`.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

pub const BULLETIN: &str = "bulletin";
pub const TIMESTAMP: &str = "timestamp";
pub const CHANGES: &str = "changes";
pub const NOTICE: &str = "notice";
pub const ALARMS: &str = "alarms";
pub const PORTAL: &str = "portal";

/// Where the digest of an item will stand.
pub const UNSEALED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// `/bang-tin/{code}/bulletin.json`: all that a unit publishes now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Bulletin {
    /// `bangtin/1`.
    pub protocol: String,
    /// `bulletin`.
    pub kind: String,
    pub portal: Portal,
    pub unit: Unit,
    /// A UUID of version 7: a later series is greater.
    pub series: String,
    /// The position in the portal's log of the last act that touched the unit or one above it.
    pub number: i64,
    /// Equal where two bulletins differ in nothing but their times of issue and their number.
    pub content: String,
    pub issued_at: String,
    pub fresh_until: String,
    /// Everything that begins before this instant is in it, but what its office holds back.
    pub horizon: String,
    /// The most pressing first.
    pub items: Vec<Item>,
    /// The newest first.
    pub articles: Vec<Article>,
    /// Of the newest report first; empty before there were any.
    #[serde(deserialize_with = "known")]
    pub figures: Vec<Figure>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Portal {
    pub address: String,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unit {
    /// Digits.
    pub code: String,
    pub name: String,
    pub url: String,
}

/// A posting. It shows in `[from, until)` and at no other time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Item {
    pub amends: Vec<String>,
    pub comments_from: Option<String>,
    pub comments_until: Option<String>,
    pub corrects: Vec<String>,
    /// SHA-256 of this object without this field, as canonical JSON (RFC 8785).
    pub digest: String,
    pub drill: bool,
    pub edition: i32,
    pub effective: Option<String>,
    pub event: Option<String>,
    /// Its last day.
    pub expires: Option<String>,
    pub files: Vec<File>,
    pub from: String,
    /// What must be disclosed under this heading; empty where it is none of the groups.
    pub group: String,
    /// Paragraphs, headings, lists, tables, quotations, links and pictures, with absolute addresses.
    pub html: String,
    /// Its first address: the same for ever, in every edition and every unit.
    pub id: String,
    /// The day of the document itself.
    pub issued: Option<String>,
    pub issuer: String,
    pub lead: String,
    pub legal_basis: Vec<String>,
    /// What the unit itself adds.
    pub line: String,
    /// The same words as they were written, without the names that the web does not carry.
    pub markdown: String,
    /// What this edition changed.
    pub note: String,
    pub number: String,
    /// `null` for the unit's own.
    pub origin: Option<Origin>,
    /// The date that it bears.
    pub posted_at: String,
    /// `normal`, `priority` or `urgent`.
    pub priority: String,
    /// Ids.
    pub replaces: Vec<String>,
    pub sample: bool,
    pub signer: String,
    /// Of what the portal itself follows.
    pub source: Option<Source>,
    pub suspended: Option<Suspended>,
    pub title: String,
    #[serde(rename = "type")]
    pub kind: Type,
    pub until: Option<String>,
    pub url: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Type {
    pub name: String,
    pub slug: String,
}

/// From whom it came here, by which rule, and that in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Of the unit that sent it; empty where the portal itself did.
    pub code: String,
    pub name: String,
    /// `former`, `named`, `group`, `below` or `everywhere`.
    pub rule: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Suspended {
    pub from: String,
    pub reason: String,
    pub until: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct File {
    pub bytes: i64,
    /// As its office called it.
    pub name: String,
    pub sha256: String,
    /// By which address `html` names it; `null` for what is no picture in the text.
    pub shown_as: Option<String>,
    pub title: String,
    #[serde(rename = "type")]
    pub mime: String,
    /// The instant at which this file goes, where that is before its posting does.
    pub until: Option<String>,
    pub url: String,
}

/// Whose bulletin this came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    pub portal: String,
    pub unit: String,
    /// Where it stands there.
    pub url: String,
}

/// News of the unit. It shows in `[from, until)` and at no other time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    pub byline: String,
    pub digest: String,
    pub edition: i32,
    /// The pictures in its text.
    pub files: Vec<File>,
    pub from: String,
    pub html: String,
    pub id: String,
    pub lead: String,
    /// The one that stands above it.
    pub picture: Option<File>,
    pub posted_at: String,
    pub sample: bool,
    pub title: String,
    pub until: Option<String>,
    pub url: String,
}

/// One of the figures that stand above all others in a report of the unit. It shows in `[from, until)` and at no other time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Figure {
    pub digest: String,
    /// Of the report.
    pub edition: i32,
    pub from: String,
    /// Of the report: several figures may have one.
    pub id: String,
    pub indicator: Coded,
    pub measure: Coded,
    /// `nothing`: none of it occurred; `unknown`: nobody knows yet; empty where `value` says how much.
    pub missing: String,
    /// What the report calls it.
    pub name: String,
    /// `code` is a day as of which, or a span `2026-01-01/2026-09-30` over which (ISO 8601); empty where it is not stated.
    pub period: Coded,
    /// The unit that it is of, where that is not the report's own.
    pub place: Coded,
    pub posted_at: String,
    pub preliminary: bool,
    pub sample: bool,
    /// Of the report.
    pub title: String,
    pub until: Option<String>,
    /// Of the report.
    pub url: String,
    /// An exact decimal, `420000` or `-0.5`; empty where there is none.
    pub value: String,
}

/// Those of the kind that this version knows: a later one may have others, and is understood without them.
fn known<'de, D: Deserializer<'de>>(all: D) -> Result<Vec<Figure>, D::Error> {
    let all = Vec::<serde_json::Value>::deserialize(all)?;
    Ok(all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect())
}

/// As machines know it, and as people do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coded {
    pub code: String,
    pub name: String,
}

/// `/bang-tin/{code}/timestamp.json`: which bulletin is in force, and that the line is alive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Timestamp {
    pub protocol: String,
    pub kind: String,
    pub unit: Code,
    pub series: String,
    pub number: i64,
    pub content: String,
    pub issued_at: String,
    pub fresh_until: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Code {
    pub code: String,
}

/// `/bang-tin/{code}/changes`: what happened in a unit, in the order in which it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    pub protocol: String,
    /// `changes`; `notice` in what a webhook is sent.
    pub kind: String,
    pub unit: Code,
    pub series: String,
    pub number: i64,
    pub issued_at: String,
    /// The address that was asked, without `wait`.
    pub asked: String,
    pub events: Vec<Event>,
    /// The address to ask the next time.
    pub next: String,
    /// It has something already.
    pub more: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Event {
    /// Of the act in the log; of what the clock alone did, that of the last act before it.
    pub position: i64,
    pub at: String,
    /// `posted`, `revised`, `restored`, `withdrawn`, `ended`, `replaced` or `reread`; whatever else means `reread`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Empty where it is about everything.
    pub id: String,
    pub edition: Option<i32>,
    pub url: String,
    pub until: Option<String>,
    pub reason: String,
    pub replaced_by: Option<String>,
}

/// What a webhook is sent that wants to be told of a unit's boards, too: what was raised and what was cleared, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alarms {
    pub protocol: String,
    /// `alarms`.
    pub kind: String,
    pub unit: Code,
    pub issued_at: String,
    pub alarms: Vec<Alarm>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alarm {
    /// The same when it is raised and when it is cleared.
    pub id: i64,
    /// The id of the board's key.
    pub board: String,
    /// Whose bulletin it shows.
    pub unit: Code,
    pub place: String,
    /// `silent`, `clock`, `ill`, `stale`, `dark`, `version-other`, `urgent`.
    pub what: String,
    /// Of `ill`: what went wrong, in a word.
    pub fault: String,
    /// Of `urgent`: the item that should be on the screen.
    pub item: Option<String>,
    pub raised_at: String,
    pub cleared_at: Option<String>,
    /// Where the office looks after it.
    pub url: String,
}

/// `/.well-known/bangtin.json`: the portal, and the keys that it signs with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct WellKnown {
    pub protocol: String,
    pub kind: String,
    pub address: String,
    pub name: String,
    pub series: String,
    pub issued_at: String,
    pub ask_every_seconds: u32,
    pub most_wait_seconds: u32,
    /// Where the document of the protocol stands.
    pub document: String,
    /// Oldest first.
    pub keys: Vec<Key>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Key {
    /// The first 16 hexadecimal digits of the SHA-256 of the public key.
    pub id: String,
    /// `Ed25519`.
    pub alg: String,
    /// Base64 of 32 bytes.
    pub public: String,
    pub pem: String,
    pub since: String,
    /// What it signs later than this is refused.
    pub until: Option<String>,
    /// The key that vouches for it, and its signature.
    pub endorsed_by: Option<String>,
    pub endorsement: Option<String>,
    pub revocation: Option<Revocation>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Revocation {
    pub at: String,
    /// Of the key that says so.
    pub by: String,
    pub reason: String,
    pub signature: String,
}
