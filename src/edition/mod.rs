//! Floor 3: how any text lives. A document has numbered editions; the words of an edition are a revision, written
//! once; its terms say when it shows. Published editions are superseded or withdrawn, never edited.

pub mod answers;
pub mod body;
pub mod change;
pub mod checks;
pub mod compare;
pub mod entry;
pub mod file;
pub mod find;
pub mod find_day;
pub mod find_desk;
pub mod find_document;
pub mod find_documents;
pub mod find_gone;
pub mod find_history;
pub mod find_link;
pub mod find_part;
pub mod find_past;
pub mod find_reach;
pub mod find_shelf;
pub mod find_urgent;
pub mod keys;
pub mod of_units;
pub mod page;
pub mod reached;
pub mod reaching;
pub mod site;
pub mod state;
pub mod step;
pub mod terms;
pub mod verbs;
pub mod written;

use diesel::prelude::*;

use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::store::schema::{editions, revisions};
use state::State;
use terms::Terms;

/// The kinds of text. Channels match on it, so that a new kind does not compile until each has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Article,
    Page,
    Posting,
    Report,
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Article, Kind::Page, Kind::Posting, Kind::Report];

    pub fn name(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Page => "page",
            Kind::Posting => "posting",
            Kind::Report => "report",
        }
    }

    pub fn named(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Where its files are in a content folder.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Article => "articles",
            Kind::Page => "pages",
            Kind::Posting => "postings",
            Kind::Report => "reports",
        }
    }

    /// A published address answers for ever.
    pub fn path(self, slug: &str) -> String {
        match self {
            Kind::Article => format!("/tin/{slug}"),
            Kind::Page => format!("/trang/{slug}"),
            Kind::Posting => format!("/niem-yet/{slug}"),
            Kind::Report => format!("/so-lieu/{slug}"),
        }
    }

    /// Addresses below its own that are pages of the portal: no text may bear them, for nobody would ever see it.
    pub fn own_pages(self) -> &'static [&'static str] {
        match self {
            Kind::Posting => &["ngay"],
            Kind::Report => &["chi-tieu", "lich"],
            Kind::Article | Kind::Page => &[],
        }
    }

    /// Whether another text of its kind may take its place.
    pub fn gives_way(self) -> bool {
        self == Kind::Posting
    }

    /// Whether it says enough without a text of its own: figures do.
    pub fn may_be_wordless(self) -> bool {
        self == Kind::Report
    }

    /// Of which kind are the texts that it speaks of by their addresses: their pages change with it.
    pub fn speaks_of(self) -> Option<Kind> {
        match self {
            Kind::Posting => Some(Kind::Posting),
            Kind::Report => Some(Kind::Article),
            Kind::Article | Kind::Page => None,
        }
    }

    /// One edition's own address: it says the same words for ever, or why it says them no more.
    pub fn edition_path(self, slug: &str, number: i32) -> String {
        format!("{}/ban/{number}", self.path(slug))
    }
}

#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = editions)]
pub struct Edition {
    pub id: i64,
    pub document_id: i64,
    pub number: i32,
    pub revision_id: i64,
    pub unit_id: Option<i64>,
    pub section: String,
    #[diesel(column_name = state)]
    pub state_name: String,
    /// The date the text bears and is listed by: that of the first edition.
    pub dated_at: Moment,
    pub day_only: bool,
    pub starts_at: Moment,
    pub ends_at: Option<Moment>,
    pub superseded_at: Option<Moment>,
    pub withdrawn_at: Option<Moment>,
    pub withdrawn_reason: String,
    pub replaced_by: String,
    pub change_note: String,
    pub shown_from: Moment,
    pub shown_until: Moment,
    /// A change that needs no note: nothing that a reader was told is otherwise now.
    pub minor: bool,
    /// Published on one person's word: empty, `unconfirmed` or `confirmed`.
    pub urgent: String,
    /// Whose draft it is; empty for what came as a file.
    pub drafted_by: String,
    /// Since when another text stands in its place, or from when.
    pub replaced_at: Option<Moment>,
    /// How pressing it is: 0 as others, up to [`URGENT`].
    pub priority: i32,
}

/// Stands above every page, and on every board at once.
pub const URGENT: i32 = 2;

pub const UNCONFIRMED: &str = "unconfirmed";
pub const CONFIRMED: &str = "confirmed";

impl Edition {
    pub fn state(&self) -> State {
        State::named(&self.state_name)
    }

    /// The public has seen it, or sees it now.
    pub fn has_begun(&self, now: Moment) -> bool {
        self.shown_from <= now && self.is_seen()
    }

    /// The public has seen it, or will.
    pub fn is_seen(&self) -> bool {
        self.shown_from < self.shown_until
    }

    /// Taken back before anybody saw it: whatever stands beside it counts before it.
    pub fn is_void(&self) -> bool {
        self.state() == State::Withdrawn && !self.is_seen()
    }

    pub fn terms(&self) -> Terms {
        Terms {
            state: self.state(),
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            superseded_at: self.superseded_at,
            withdrawn_at: self.withdrawn_at,
            replaced_at: self.replaced_at,
        }
    }
}

impl Edition {
    /// Everything that rules where, when and with which words it shows, in one digest: what the log vouches for.
    pub fn seal(&self, revision: &str) -> String {
        let moment = |at: Option<Moment>| at.map(|at| at.to_string()).unwrap_or_default();
        let parts = [
            revision,
            &self.number.to_string(),
            &self.unit_id.map(|id| id.to_string()).unwrap_or_default(),
            &self.section,
            &self.state_name,
            &self.dated_at.to_string(),
            if self.day_only { "day" } else { "" },
            &self.starts_at.to_string(),
            &moment(self.ends_at),
            &moment(self.superseded_at),
            &moment(self.withdrawn_at),
            &self.withdrawn_reason,
            &self.replaced_by,
            &self.change_note,
        ];
        // What came later is told only where it says something: the seals of older rows stay true.
        let of = |name: &str, value: &str| if value.is_empty() { None } else { Some(format!("{name}={value}")) };
        let later = [
            of("minor", if self.minor { "true" } else { "" }),
            of("urgent", &self.urgent),
            of("drafted_by", &self.drafted_by),
            of("replaced_at", &moment(self.replaced_at)),
            of("priority", &if self.priority == 0 { String::new() } else { self.priority.to_string() }),
        ];
        let later: Vec<String> = later.into_iter().flatten().collect();
        digest::sha256_of(&parts.into_iter().chain(later.iter().map(String::as_str)).collect::<Vec<_>>())
    }
}

/// The words, and the HTML made from them once.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = revisions)]
pub struct Revision {
    pub id: i64,
    pub title: String,
    pub lead: String,
    /// JSON: what the kind adds.
    pub facts: String,
    /// JSON: the files it names, by name.
    pub files: String,
    pub body: String,
    pub html: String,
    /// Seals all of the above.
    pub digest: String,
    /// The digest of the file it came from, for telling whether a file brings anything new.
    pub source: String,
}

/// The digest of everything that a reader is given.
pub fn seal(title: &str, lead: &str, facts: &str, files: &str, body: &str, html: &str) -> String {
    digest::sha256_of(&[title, lead, facts, files, body, html])
}

impl Revision {
    /// What `digest` must be.
    pub fn seal(&self) -> String {
        seal(&self.title, &self.lead, &self.facts, &self.files, &self.body, &self.html)
    }
}
