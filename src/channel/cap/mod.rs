//! Urgent postings as warnings that machines understand, OASIS Common Alerting Protocol 1.2: a posting's address gives the
//! newest message of it. An edition is an `Alert`, each later one an `Update` of all before it, and its end a `Cancel`, which
//! goes on answering. What nobody here knows (how severe, how certain) is said to be unknown.
//!
//! A message is known by its sender, identifier and hour for ever, and says the same as long as it is given.

mod area;
pub mod index;

use serde::Serialize;

use self::area::Area;
use super::feed::board::reason;
use super::feed::posting::attachments;
use super::feed::{File, printable};
use crate::edition::body::{Files, learn_renditions, parse};
use crate::edition::find::{self, Found};
use crate::edition::{Edition, Kind, Revision, URGENT, find_document};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::markdown::tree::lines::{Labels, lines};
use crate::kit::markdown::tree::tree;
use crate::kit::mask::masked;
use crate::kit::refusal::Refusal;
use crate::posting::Posting;
use crate::posting::board::gone::{self, Why};
use crate::posting::law::Rules;
use crate::unit;
use crate::web::answer::{Answer, Reading};

const MIME: &str = "application/cap+xml";
const TEMPLATE: &str = "cap/alert.xml";
/// Messages that a later one names: those before were named by them.
const MOST_NAMED: usize = 20;

pub fn path(slug: &str) -> String {
    format!("{}.cap", Kind::Posting.path(slug))
}

#[derive(Serialize)]
struct Message {
    head: Head,
    info: Info,
}

/// What tells a message from every other.
#[derive(Clone, Debug, Serialize)]
pub struct Head {
    identifier: String,
    sender: String,
    sent: String,
    status: &'static str,
    msg_type: &'static str,
    note: String,
    /// `sender,identifier,sent` of each that came before, apart by spaces.
    references: String,
    #[serde(skip)]
    pub sent_at: Moment,
    /// Why it is over, in a message that says so.
    #[serde(skip)]
    pub why: Option<Why>,
}

/// What is empty is left out.
#[derive(Default, Serialize)]
struct Info {
    event: String,
    urgency: &'static str,
    onset: String,
    expires: String,
    sender_name: String,
    headline: String,
    description: String,
    web: String,
    contact: String,
    number: String,
    resources: Vec<File>,
    areas: Vec<Area>,
}

/// A posting that is or was urgent, with what the public has seen of it.
pub struct Warned {
    slug: String,
    first_slug: String,
    /// From the first one that was urgent, oldest first.
    editions: Vec<Edition>,
    /// What stands in the newest of them.
    revision: Revision,
    posting: Posting,
}

/// Errors: `Missing` for what was never urgent.
pub fn file(reading: &mut Reading, slug: &str) -> Result<Answer, Refusal> {
    if let Found::Moved { slug } = find::at_address(&mut reading.c, Kind::Posting, slug, reading.now)? {
        return Ok(Answer::moved(reading, &path(&slug)));
    }
    let (document, first_slug) = find_document::at_slug(&mut reading.c, Kind::Posting, slug)?;
    let warned = warned(reading, document, slug, &first_slug)?.ok_or(Refusal::Missing)?;
    let head = warned.head(reading)?;
    let info = match &head.why {
        None => warned.info(reading)?,
        Some(why) => warned.over(reading, why)?,
    };
    let mut context = tera::Context::new();
    context.insert("message", &Message { head, info });
    Ok(Answer::new(reading, MIME, reading.web.view.render(TEMPLATE, &context)?))
}

/// `None` for what was never urgent.
pub fn warned(reading: &mut Reading, document: i64, slug: &str, first_slug: &str) -> Result<Option<Warned>, Refusal> {
    let mut editions = find::history(&mut reading.c, document, reading.now)?;
    let Some(first) = editions.iter().position(|edition| edition.priority == URGENT) else { return Ok(None) };
    editions.drain(..first);
    let Some(newest) = editions.last() else { return Ok(None) };
    let revision = find::words(&mut reading.c, newest)?;
    let posting = parse(&revision.facts)?;
    Ok(Some(Warned { slug: slug.to_owned(), first_slug: first_slug.to_owned(), editions, revision, posting }))
}

impl Warned {
    fn newest(&self) -> &Edition {
        // It is made with one at least.
        &self.editions[self.editions.len() - 1]
    }

    fn identifier(&self, reading: &Reading, edition: &Edition) -> String {
        format!("{}:niem-yet:{}:{}", sender(reading), self.first_slug, edition.number)
    }

    /// The newest message: what it is, and since when.
    pub fn head(&self, reading: &mut Reading) -> Result<Head, Refusal> {
        let newest = self.newest();
        let is_over = newest.shown_until <= reading.now;
        let why = if is_over { Some(gone::why(reading, newest, &self.slug)?) } else { None };
        let mut identifier = self.identifier(reading, newest);
        let mut sent_at = newest.shown_from;
        match &why {
            None => {}
            Some(Why::Withdrawn { at, .. }) => {
                identifier.push_str(":withdrawn");
                sent_at = *at;
            }
            Some(why) => {
                identifier.push_str(if matches!(why, Why::Replaced { .. }) { ":replaced" } else { ":ended" });
                sent_at = newest.shown_until;
            }
        }
        let before = if is_over { &self.editions[..] } else { &self.editions[..self.editions.len() - 1] };
        let named = &before[before.len().saturating_sub(MOST_NAMED)..];
        let named = named
            .iter()
            .map(|edition| format!("{},{},{}", sender(reading), self.identifier(reading, edition), calendar::rfc3339(edition.shown_from)));
        let references = named.collect::<Vec<_>>().join(" ");
        let is_sample = self.posting.sample || reading.face.site.sample;
        let mut note = Vec::new();
        if self.posting.drill {
            note.push(reading.word("forms-drill"));
        }
        if is_sample {
            note.push(reading.word("forms-sample"));
        }
        note.extend(why.as_ref().map(|why| reason(reading, why)));
        Ok(Head {
            identifier,
            sender: sender(reading).to_owned(),
            sent: calendar::rfc3339(sent_at),
            status: if self.posting.drill || is_sample { "Exercise" } else { "Actual" },
            msg_type: match (is_over, references.is_empty()) {
                (true, _) => "Cancel",
                (false, true) => "Alert",
                (false, false) => "Update",
            },
            note: printable(&note.join(" ")),
            references,
            sent_at,
            why,
        })
    }

    fn address(&self, reading: &Reading) -> String {
        format!("{}{}", reading.face.site.address, Kind::Posting.path(&self.slug))
    }

    fn event(&self, reading: &mut Reading) -> Result<String, Refusal> {
        let rules = Rules::load(&mut reading.c)?;
        let kind = rules.catalogue.kind(&self.newest().section);
        Ok(kind.map_or_else(|| reading.word("posting-list"), |kind| kind.name(reading.lang).to_owned()))
    }

    /// The unit, or whose portal it is.
    fn place(&self, reading: &mut Reading) -> Result<String, Refusal> {
        let placed = unit::page::placed(reading, self.newest().unit_id)?.map(|unit| unit.name);
        let site = &reading.face.site;
        Ok(placed.unwrap_or_else(|| if site.owner.is_empty() { site.name.clone() } else { site.owner.clone() }))
    }

    fn info(&self, reading: &mut Reading) -> Result<Info, Refusal> {
        let (edition, posting) = (self.newest(), &self.posting);
        let address = self.address(reading);
        let (way, revision) = (posting.web_way(), &self.revision);
        let (picture, note) = (reading.word("paper-picture"), reading.word("forms-note"));
        let body = lines(&tree(&masked(&revision.body, way)), &address, &Labels { picture: &picture, note: &note });
        let told: Vec<String> = [masked(&revision.lead, way), body].into_iter().filter(|part| !part.is_empty()).collect();
        let mut files = [parse::<Files>(&revision.files)?];
        learn_renditions(&mut reading.c, &mut files)?;
        let [files] = files;
        // What it calls to, or begins to apply, after it was sent.
        let onset = [posting.event, posting.effective].into_iter().flatten().map(calendar::midnight).filter(|at| *at > edition.shown_from);
        let onset = onset.min();
        let place = self.place(reading)?;
        Ok(Info {
            event: printable(&self.event(reading)?),
            urgency: if onset.is_some() { "Future" } else { "Unknown" },
            onset: onset.map(calendar::rfc3339).unwrap_or_default(),
            expires: edition.ends_at.map(calendar::rfc3339).unwrap_or_default(),
            sender_name: printable(if posting.issuer.is_empty() { &place } else { &posting.issuer }),
            headline: printable(&masked(&revision.title, way)),
            description: printable(&told.join("\n\n")),
            web: address,
            contact: printable(&posting.objections),
            number: printable(&posting.number),
            resources: attachments(reading, posting, &files),
            areas: area::areas(reading, posting, edition)?,
        })
    }

    /// That it is over, without a word of it.
    fn over(&self, reading: &mut Reading, why: &Why) -> Result<Info, Refusal> {
        let name = match why {
            Why::Withdrawn { .. } => "posting-status-withdrawn",
            Why::Replaced { .. } => "posting-status-replaced",
            Why::Ended | Why::Out | Why::Moved => "posting-status-ended",
        };
        Ok(Info {
            event: printable(&self.event(reading)?),
            urgency: "Past",
            sender_name: printable(&self.place(reading)?),
            headline: reading.word(name),
            description: printable(&reason(reading, why)),
            web: self.address(reading),
            areas: area::areas(reading, &self.posting, self.newest())?,
            ..Info::default()
        })
    }
}

/// The portal's first name in the network: it knows its messages by it, wherever it moves.
fn sender<'r>(reading: &'r Reading) -> &'r str {
    let address = &reading.face.site.first_address;
    address.split_once("://").map_or(address, |(_, host)| host)
}
