//! The shapes of a posting, as programs send and are sent them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A notice as a legal act. Days are written `2026-12-01`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct PostingFacts {
    /// Number and symbol: `566/TB-UBND`. An issuer gives it once a year.
    pub number: String,
    pub issuer: String,
    /// Who asked for it to be hung, where that is not the issuer.
    pub requester: String,
    pub signer: String,
    pub signer_title: String,
    pub legal_basis: Vec<String>,
    pub issued: Option<String>,
    /// From this day it applies; null: from the day on which it is hung.
    pub effective: Option<String>,
    /// The last day on which it applies.
    pub expires: Option<String>,
    pub suspended: Option<SuspendedFacts>,
    /// Where it hangs longer than its kind asks for.
    pub period: Option<DaysFacts>,
    /// The event that it must be told before.
    pub event: Option<String>,
    pub comments_from: Option<String>,
    pub comments_until: Option<String>,
    /// Where to object or to ask.
    pub objections: String,
    /// Kinds of places; none: those of its kind.
    pub places: Vec<String>,
    /// For whom beside its own unit: `below`, codes of units, `group:` and the slug of a group.
    pub to: Vec<String>,
    /// 0 normal, 1 priority, 2 urgent.
    #[schemars(range(min = 0, max = 2))]
    pub priority: i32,
    pub drill: bool,
    /// Nobody is given it before it begins, those who mirror boards neither.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub held_back: bool,
    /// Slugs of postings.
    pub replaces: Vec<String>,
    pub amends: Vec<String>,
    pub corrects: String,
    pub review: Option<String>,
    /// `full`, `masked` or `totals`: what a form may show of its persons. Empty: nothing.
    pub paper: String,
    pub web: String,
    pub attachments: Vec<PostingAttachment>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SuspendedFacts {
    pub from: String,
    pub until: Option<String>,
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DaysFacts {
    #[schemars(range(min = 1, max = 3660))]
    pub days: u16,
    pub working: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PostingAttachment {
    pub file: String,
    pub title: String,
    /// A list of persons: printed, and given out in no other way.
    pub paper_only: bool,
    pub until: Option<String>,
}
