//! Floor 4: a posting (niêm yết) is a notice as a legal act: it has a number, a clock, places and a record. Its words change
//! only by a new edition with a public note; what it gives way to, and what it corrects, are postings of their own.

pub mod adopt;
pub mod adopt_file;
pub mod board;
pub mod boards;
pub mod coverage;
pub mod coverage_tree;
pub mod day;
pub mod former;
pub mod groups;
pub mod holidays;
pub mod kinds;
mod kinds_file;
pub mod law;
pub mod list;
pub mod page;
pub mod paper;
mod period;
pub mod placements;
pub mod placements_file;
pub mod placements_note;
pub mod places;
pub mod places_file;
pub mod places_page;
pub mod plan;
pub mod plan_file;
pub mod plan_keep;
pub mod plan_shown;
pub mod quarter;
pub mod reach;
pub mod recount;
pub mod register;
pub mod rules;
pub mod screens;
mod source;
pub mod span;
pub mod status;
pub mod strip;
pub mod told;

pub use period::Days;
pub use source::Source;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::edition::body::Body;
use crate::edition::compare::Said;
use crate::edition::keys::{self, Key};
use crate::edition::{Kind as TextKind, URGENT, reaching};
use crate::kit::calendar;
use crate::kit::fold::{fold, is_slug};
use crate::kit::front::{Front, Writer};
use crate::kit::mask::Way;
use crate::kit::words::Phrase;
use crate::phrase;
use kinds::{CARRIES, Carry, PLACES, Place, word_of};

/// What it is looked up by: its issuer's number in a year, what it corrects or amends, for whom it is beside its own unit.
pub const NUMBER: &str = "number";
pub const CORRECTS: &str = "corrects";
pub const AMENDS: &str = "amends";
pub const FOR: &str = crate::edition::reached::FOR;
/// The days on which what it says applies, `2026-12-01/2027-12-31`; either may be open.
pub const APPLIES: &str = "applies";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Posting {
    /// Number and symbol, as on the document: `566/TB-UBND`.
    pub number: String,
    pub issuer: String,
    /// Who asked the unit to hang it, where that is not the issuer; the record goes back to them.
    pub requester: String,
    pub signer: String,
    pub signer_title: String,
    pub legal_basis: Vec<String>,
    pub issued: Option<NaiveDate>,
    /// From this day it applies; without one, from the day it is hung.
    pub effective: Option<NaiveDate>,
    /// The last day on which it applies.
    pub expires: Option<NaiveDate>,
    /// It applies no more from this day, until it says otherwise again.
    pub suspended: Option<Suspended>,
    /// How many days it hangs, where that is more than its kind asks for.
    pub period: Option<Days>,
    /// The event that it must be told before.
    pub event: Option<NaiveDate>,
    pub comments_from: Option<NaiveDate>,
    pub comments_until: Option<NaiveDate>,
    /// Where to object or to ask.
    pub objections: String,
    /// Kinds of places, where they are not those of its kind.
    pub places: Vec<String>,
    /// Beside its own unit: `below`, codes of units, `group:` and the slug of a group.
    pub to: Vec<String>,
    /// 0, 1 or [`URGENT`].
    pub priority: i32,
    pub drill: bool,
    /// Nobody is given it before it begins, those who mirror boards neither.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub held_back: bool,
    /// Addresses of postings.
    pub replaces: Vec<String>,
    pub amends: Vec<String>,
    pub corrects: String,
    pub review: Option<NaiveDate>,
    /// What each form may show of its persons; nothing where nothing is said.
    pub paper: String,
    pub web: String,
    pub sample: bool,
    /// Of what is another portal's, and stands here as it does there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    pub from: NaiveDate,
    /// With this day; none while nobody knows.
    pub until: Option<NaiveDate>,
    pub reason: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Attachment {
    pub file: String,
    pub title: String,
    /// A list of persons: it is printed, and goes out in no other way.
    pub paper_only: bool,
    /// Its last day, where that is before the posting's.
    pub until: Option<NaiveDate>,
}

pub const PRIORITIES: [(&str, i32); 3] = [("normal", 0), ("priority", 1), ("urgent", URGENT)];

impl Posting {
    /// What no other posting of its issuer says in the year of its issue.
    fn number_key(&self) -> Option<String> {
        let year = self.issued?.year();
        let squeezed = |text: &str| fold(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let (number, issuer) = (squeezed(&self.number).replace(' ', ""), squeezed(&self.issuer));
        (!number.is_empty()).then(|| format!("{issuer}|{year}|{number}"))
    }

    pub fn carry(told: &str) -> Carry {
        CARRIES.iter().find(|(word, _)| *word == told).map_or(Carry::Totals, |(_, carry)| *carry)
    }

    /// What the web makes of a marked name.
    pub fn web_way(&self) -> Way {
        match Posting::carry(&self.web) {
            Carry::Totals => Way::Hidden,
            // A name that somebody marked is a name: the web has it in full from nobody.
            Carry::Masked | Carry::Full => Way::Initials,
        }
    }

    pub fn paper_way(&self) -> Way {
        match Posting::carry(&self.paper) {
            Carry::Totals => Way::Hidden,
            Carry::Masked => Way::Initials,
            Carry::Full => Way::Open,
        }
    }

    pub fn places(&self) -> Vec<Place> {
        self.places.iter().filter_map(|word| PLACES.iter().find(|(known, _)| known == word)).map(|(_, place)| *place).collect()
    }

    /// The last day of an attachment, by which it goes before its posting does.
    pub fn is_attached(&self, attachment: &Attachment, today: NaiveDate) -> bool {
        !attachment.paper_only && attachment.until.is_none_or(|until| today <= until)
    }
}

impl Body for Posting {
    const KIND: TextKind = TextKind::Posting;
    const IS_FILED: bool = true;
    const FILED_UNDER: &'static str = "kind";

    fn read(front: &Front) -> Posting {
        let period = front.text("period").and_then(|text| {
            let period = Days::read(&text);
            if period.is_none() {
                front.object("period", phrase!("posting-bad-period", period = text));
            }
            period
        });
        let suspended = front.table("suspended").and_then(|table| {
            if table.lacks("from") {
                table.object("from", phrase!("front-missing", key = "from"));
            }
            let (from, until, reason) = (table.day("from"), table.day("until"), table.required("reason"));
            table.finish();
            Some(Suspended { from: from?, until, reason })
        });
        let attachments = front.tables("attachments").into_iter().map(|table| {
            let attachment = Attachment {
                file: table.required("file"),
                title: table.required("title"),
                paper_only: table.flag("paper_only"),
                until: table.day("until"),
            };
            table.finish();
            attachment
        });
        let attachments = attachments.collect();
        let priority = front.text("priority").map_or(0, |text| {
            let known = PRIORITIES.iter().find(|(word, _)| *word == text);
            if known.is_none() {
                front.object("priority", phrase!("kinds-unknown-word", named = text, known = PRIORITIES.map(|(word, _)| word).join(", ")));
            }
            known.map_or(0, |(_, priority)| *priority)
        });
        let one_of = |key: &str, known: &[&str]| {
            let text = front.text(key).unwrap_or_default();
            if !text.is_empty() && !known.contains(&text.as_str()) {
                front.object(key, phrase!("kinds-unknown-word", named = text, known = known.join(", ")));
            }
            text
        };
        let carries = CARRIES.map(|(word, _)| word);
        let (paper, web) = (one_of("paper", &carries), one_of("web", &carries));
        let places = front.texts("places");
        let known = PLACES.map(|(word, _)| word);
        for place in places.iter().filter(|place| !known.contains(&place.as_str())) {
            front.object("places", phrase!("kinds-unknown-word", named = place, known = known.join(", ")));
        }
        let slugs = |key: &str| {
            let slugs = front.texts(key);
            slugs.iter().filter(|slug| !is_slug(slug)).for_each(|slug| front.object(key, phrase!("front-bad-slug", slug = slug)));
            slugs
        };
        let (replaces, amends) = (slugs("replaces"), slugs("amends"));
        let corrects = front.text("corrects").unwrap_or_default();
        if !corrects.is_empty() && !is_slug(&corrects) {
            front.object("corrects", phrase!("front-bad-slug", slug = corrects));
        }
        let text = |key: &str| front.text(key).unwrap_or_default();
        Posting {
            number: text("number"),
            issuer: text("issuer"),
            requester: text("requester"),
            signer: text("signer"),
            signer_title: text("signer_title"),
            legal_basis: front.texts("legal_basis"),
            issued: front.day("issued"),
            effective: front.day("effective"),
            expires: front.day("expires"),
            suspended,
            period,
            event: front.day("event"),
            comments_from: front.day("comments_from"),
            comments_until: front.day("comments_until"),
            objections: text("objections"),
            places,
            to: front.texts("to"),
            priority,
            drill: front.flag("drill"),
            held_back: front.flag("held_back"),
            replaces,
            amends,
            corrects,
            review: front.day("review"),
            paper,
            web,
            sample: front.flag("sample"),
            source: Source::read(front),
            attachments,
        }
    }

    fn write_keys(&self, out: &mut Writer) {
        out.text("number", &self.number)
            .text("issuer", &self.issuer)
            .text("requester", &self.requester)
            .text("signer", &self.signer)
            .text("signer_title", &self.signer_title)
            .texts("legal_basis", &self.legal_basis)
            .day("issued", self.issued)
            .day("effective", self.effective)
            .day("expires", self.expires)
            .text("period", &self.period.map(Days::written).unwrap_or_default())
            .day("event", self.event)
            .day("comments_from", self.comments_from)
            .day("comments_until", self.comments_until)
            .text("objections", &self.objections)
            .texts("places", &self.places)
            .texts("to", &self.to)
            .text("priority", if self.priority == 0 { "" } else { word_of(&PRIORITIES, &self.priority) })
            .flag("drill", self.drill)
            .flag("held_back", self.held_back)
            .texts("replaces", &self.replaces)
            .texts("amends", &self.amends)
            .text("corrects", &self.corrects)
            .day("review", self.review)
            .text("paper", &self.paper)
            .text("web", &self.web)
            .flag("sample", self.sample);
    }

    fn write_tables(&self, out: &mut Writer) {
        if let Some(suspended) = &self.suspended {
            out.heading("[suspended]").day("from", Some(suspended.from)).day("until", suspended.until).text("reason", &suspended.reason);
        }
        self.source.iter().for_each(|source| source.write(out));
        for one in &self.attachments {
            out.heading("[[attachments]]").text("file", &one.file).text("title", &one.title);
            out.flag("paper_only", one.paper_only).day("until", one.until);
        }
    }

    fn files(&self) -> Vec<(&str, bool)> {
        self.attachments.iter().map(|attachment| (attachment.file.as_str(), false)).collect()
    }

    fn keeps_back(&self, today: NaiveDate) -> Vec<String> {
        self.attachments
            .iter()
            .filter(|attachment| !self.is_attached(attachment, today))
            .map(|attachment| attachment.file.clone())
            .collect()
    }

    fn hides(&self) -> Option<Way> {
        Some(self.web_way())
    }

    fn found_by(&self) -> Vec<Key> {
        let mut found: Vec<Key> = Vec::new();
        let mut add = |name: &str, value: String| found.push((name.to_owned(), value));
        let subject = |slug: &String| keys::subject(TextKind::Posting, slug);
        self.replaces.iter().for_each(|slug| add(keys::REPLACES, subject(slug)));
        self.amends.iter().for_each(|slug| add(AMENDS, subject(slug)));
        if !self.corrects.is_empty() {
            add(CORRECTS, subject(&self.corrects));
        }
        self.to.iter().for_each(|to| add(FOR, to.clone()));
        self.source.iter().for_each(|source| add(keys::SOURCE, source.url.clone()));
        if self.held_back {
            add(reaching::HELD_BACK, "1".to_owned());
        }
        if self.priority > 0 {
            add(keys::PRIORITY, self.priority.to_string());
        }
        if let Some(day) = self.effective {
            add(keys::EFFECTIVE, day.to_string());
        }
        if self.effective.is_some() || self.expires.is_some() {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            add(APPLIES, format!("{}/{}", day(self.effective), day(self.expires)));
        }
        if let Some(number) = self.number_key() {
            add(NUMBER, number);
        }
        found
    }

    fn said(&self) -> Vec<Said> {
        let day = |day: Option<NaiveDate>| day.map(calendar::day).into_iter().collect::<Vec<String>>();
        let line = |text: &str| vec![text.to_owned()];
        let attachment = |one: &Attachment| format!("{} ({})", one.title, one.file.rsplit('/').next().unwrap_or_default());
        let suspended = self.suspended.iter().map(|suspended| format!("{} {}", calendar::day(suspended.from), suspended.reason));
        vec![
            ("number", line(&self.number)),
            ("issuer", line(&self.issuer)),
            ("signer", line(format!("{} {}", self.signer_title, self.signer).trim())),
            ("legal-basis", self.legal_basis.clone()),
            ("issued", day(self.issued)),
            ("effective", day(self.effective)),
            ("expires", day(self.expires)),
            ("suspended", suspended.collect()),
            ("event", day(self.event)),
            ("comments", [day(self.comments_from), day(self.comments_until)].concat()),
            ("objections", line(&self.objections)),
            ("review", day(self.review)),
            // A list that only paper bears is named nowhere else.
            ("attachments", self.attachments.iter().filter(|one| !one.paper_only).map(attachment).collect()),
        ]
    }

    fn unfinished(&self) -> Vec<(&'static str, Phrase)> {
        let mut wants = Vec::new();
        if self.attachments.iter().any(|attachment| attachment.title.is_empty()) {
            wants.push(("attachments", phrase!("road-attachment-untitled")));
        }
        if !self.number.is_empty() && self.issuer.is_empty() {
            wants.push(("issuer", phrase!("posting-number-of-nobody")));
        }
        if !self.number.is_empty() && self.issued.is_none() {
            wants.push(("issued", phrase!("posting-number-undated")));
        }
        wants
    }
}
