//! The shapes that programs send and are sent. What stands here is a promise: a name is added, and none is taken away.
//! Instants are RFC 3339; those that we send bear the offset of Viet Nam.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use super::shape_posting::PostingFacts;
pub use super::shape_report::ReportFacts;

/// What somebody writes. What is left out is empty.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    pub title: String,
    pub lead: String,
    /// Markdown.
    pub body: String,
    /// Of an article only.
    pub article: Option<ArticleFacts>,
    /// Of a standing page only.
    pub page: Option<PageFacts>,
    /// Of a posting only.
    pub posting: Option<PostingFacts>,
    /// Of a report only.
    pub report: Option<ReportFacts>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ArticleFacts {
    pub byline: String,
    /// The organisation it comes from.
    pub source_credit: String,
    pub source_url: String,
    pub picture: Option<PictureFacts>,
    pub attachments: Vec<AttachmentFacts>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PictureFacts {
    /// The name of a file on the shelf.
    pub file: String,
    /// What it shows, for those who do not see it.
    pub alt: String,
    /// It only adorns, so that it needs no `alt`.
    pub decorative: bool,
    pub caption: String,
    pub credit: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttachmentFacts {
    pub file: String,
    pub title: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PageFacts {
    /// The day on which somebody looks at it again: `2027-05-01`.
    pub review: Option<String>,
}

/// Where a text belongs, and when it is to show.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Place {
    /// The code of an administrative unit in force today; null for the whole portal.
    pub unit: Option<String>,
    /// The section's slug; of a posting, that of its kind.
    pub section: String,
    /// Null: as soon as it is published.
    #[schemars(extend("format" = "date-time"))]
    pub starts: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    pub ends: Option<String>,
    /// What changed, for the public; from the second edition on.
    pub change_note: String,
    /// Nothing changed that the public need be told of.
    pub minor: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum KindName {
    #[default]
    Article,
    Page,
    Posting,
    Report,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NewText {
    pub kind: KindName,
    /// An address of one's own choice; left out, it is made from the title.
    pub slug: Option<String>,
    pub words: Words,
    pub place: Place,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SavedText {
    pub words: Words,
    pub place: Place,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Because {
    /// From 5 to 2,000 characters.
    pub reason: String,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Withdrawal {
    /// The public reads it. From 5 to 2,000 characters.
    pub reason: String,
    /// The slug of a text of the same kind that shows now.
    pub replaced_by: Option<String>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// Null: now.
    #[schemars(extend("format" = "date-time"))]
    pub starts: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    pub ends: Option<String>,
}

/// An edition without its words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionHead {
    pub id: i64,
    pub document: i64,
    pub number: i32,
    /// `draft`, `submitted`, `approved`, `published`, `superseded`, `withdrawn`, `discarded`.
    pub state: String,
    pub unit: Option<String>,
    pub section: String,
    #[schemars(extend("format" = "date-time"))]
    pub starts: String,
    #[schemars(extend("format" = "date-time"))]
    pub ends: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    pub superseded: Option<String>,
    #[schemars(extend("format" = "date-time"))]
    pub withdrawn: Option<String>,
    pub withdrawn_reason: String,
    pub replaced_by: String,
    pub change_note: String,
    pub minor: bool,
    /// Published on one person's word, and not confirmed yet.
    pub unconfirmed: bool,
    pub drafted_by: String,
    pub revision: i64,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionText {
    #[serde(flatten)]
    pub head: EditionHead,
    pub kind: KindName,
    pub slug: String,
    /// To be given back with whatever is done next, as `If-Match: "…"`.
    pub seal: String,
    pub title: String,
    pub lead: String,
    pub body: String,
    pub article: Option<ArticleFacts>,
    pub page: Option<PageFacts>,
    pub posting: Option<PostingFacts>,
    pub report: Option<ReportFacts>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Document {
    pub id: i64,
    pub kind: KindName,
    pub slug: String,
    /// Where the public finds it.
    pub path: String,
    #[schemars(extend("format" = "date-time"))]
    pub created: String,
    /// The edition that shows now.
    pub shows: Option<i64>,
    /// The one that is on its way.
    pub open: Option<i64>,
    /// Newest first.
    pub editions: Vec<EditionHead>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct DocumentsAsked {
    pub kind: Option<KindName>,
    /// Of the newest edition. Left out: whatever is not in the trash.
    pub state: Option<String>,
    /// A unit's code; the units below it are meant with it.
    pub unit: Option<String>,
    pub section: Option<String>,
    /// Words of the title, with or without their marks.
    pub text: Option<String>,
    /// A login: whose draft the newest edition is.
    pub by: Option<String>,
    pub sort: Option<SortName>,
    /// From 1.
    #[schemars(range(min = 1))]
    pub page: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SortName {
    /// The last touched first.
    Newest,
    Oldest,
    Title,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Listed {
    pub kind: KindName,
    pub slug: String,
    pub title: String,
    /// Its newest edition.
    pub edition: EditionHead,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ListedDocument {
    #[serde(flatten)]
    pub listed: Listed,
    pub document: i64,
    #[schemars(extend("format" = "date-time"))]
    pub touched: String,
    /// The number of the edition that shows now.
    pub shows: Option<i32>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DocumentPage {
    pub documents: Vec<ListedDocument>,
    pub pages: usize,
    /// As far as they were counted.
    pub count: usize,
    /// There are more than were counted.
    pub is_more: bool,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepTaken {
    pub name: String,
    /// A login, or what the machine did.
    pub by: String,
    #[schemars(extend("format" = "date-time"))]
    pub at: String,
    pub note: String,
    pub revision: i64,
    /// Its row in the log.
    pub position: i64,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RevisionHead {
    pub id: i64,
    #[schemars(extend("format" = "date-time"))]
    pub made: String,
    pub title: String,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct EditionHistory {
    pub edition: EditionHead,
    /// Oldest first.
    pub steps: Vec<StepTaken>,
    /// Oldest first.
    pub revisions: Vec<RevisionHead>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct History {
    /// Newest first.
    pub editions: Vec<EditionHistory>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RevisionText {
    pub id: i64,
    #[schemars(extend("format" = "date-time"))]
    pub made: String,
    pub title: String,
    pub lead: String,
    pub body: String,
    pub article: Option<ArticleFacts>,
    pub page: Option<PageFacts>,
    pub posting: Option<PostingFacts>,
    pub report: Option<ReportFacts>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Waiting {
    #[serde(flatten)]
    pub listed: Listed,
    #[schemars(extend("format" = "date-time"))]
    pub since: String,
    pub by: String,
    /// One had a hand in it oneself: somebody else has to approve it.
    pub is_own: bool,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Queue {
    /// For approval, the longest wait first.
    pub review: Vec<Waiting>,
    /// Approved, for publication.
    pub publish: Vec<Waiting>,
    /// Published on one person's word.
    pub confirm: Vec<Waiting>,
}

#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LogAsked {
    /// A login, `import` or `command`.
    pub actor: Option<String>,
    pub act: Option<String>,
    /// What the subject begins with, up to a whole part: `person`, `article/lich-tiem`.
    pub subject: Option<String>,
    /// Anywhere in the subject.
    pub text: Option<String>,
    /// Inclusive.
    #[schemars(extend("format" = "date-time"))]
    pub from: Option<String>,
    /// Exclusive.
    #[schemars(extend("format" = "date-time"))]
    pub until: Option<String>,
    /// Rows before this position: `next` of the last page.
    pub before: Option<i64>,
}

/// A row of the log, as its digest seals it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LogRow {
    pub position: i64,
    /// UTC, as `2026-11-21 01:00:00`.
    pub at: String,
    pub actor: String,
    pub act: String,
    pub subject: String,
    /// A JSON object, as text.
    pub facts: String,
    pub previous: String,
    pub digest: String,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LogPage {
    /// Newest first.
    pub rows: Vec<LogRow>,
    /// To be given as `before` for older rows; null: that was all.
    pub next: Option<i64>,
    /// Older rows were not looked at yet; `next` goes on.
    pub is_cut: bool,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RoleHeld {
    pub role: String,
    /// A unit's code; null: everywhere.
    pub unit: Option<String>,
}

/// Whose token it is, and what it opens.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Me {
    pub login: String,
    pub name: String,
    pub token: String,
    pub scope: Vec<String>,
    pub roles: Vec<RoleHeld>,
}
