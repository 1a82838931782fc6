//! News feeds of the site, a section or a unit: the newest articles, whole, and what is gone again; one of postings; and one of
//! what hangs on each board. One reading of them, three writers.
//!
//! An entry's id is the first address its text ever had: `first_address` of the site and the first slug of the
//! document. It never changes (RFC 4287, §4.2.6), and it goes on answering, because a published address does.
//!
//! What was withdrawn or ended in the last 90 days is told of in every feed where the public has seen it: in Atom as
//! a deleted entry (RFC 6721), in JSON Feed as `_bangtin.withdrawn`. RSS 2.0 has no way to say it, so there the text
//! is only missing. A correction that moves a text takes it out of its former section's feed without a word: it is
//! not gone, and a reader of both feeds, who knows it by one id, would delete what still stands.

pub mod board;
mod json;
pub(super) mod posting;
mod report;

use serde::Serialize;

use crate::article::Article;
use crate::article::page::section;
use crate::bulletin::{Whose, whose};
use crate::channel::picture;
use crate::edition::Kind;
use crate::edition::body::{Files, learn_renditions, parse};
use crate::edition::find::{self, Filter, Listed};
use crate::edition::find_gone::{self, Gone};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::markdown;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::posting::law::Rules;
use crate::store::log;
use crate::unit;
use crate::web::answer::{Answer, Reading};
use crate::web::layout::{POSTINGS, REPORTS};
use crate::web::view::FeedFormat;

const ENTRIES: usize = 20;
const TOMBSTONES: i64 = 50;
/// Texts are written in Vietnamese, whatever language the feed around them speaks.
const WRITTEN_IN: &str = Lang::Vi.tag();

/// What a feed carries: articles, postings, or all that hangs in a unit.
#[derive(Clone, Debug)]
pub enum Scope {
    Site,
    Section(String),
    /// By its label; with everything below it.
    Unit(String),
    Postings,
    Reports,
    /// By its code.
    Board(String),
}

/// What every format says, each in its own way. Addresses are absolute, texts are fit for XML.
#[derive(Debug, Serialize)]
pub(super) struct Feed {
    id: String,
    title: String,
    about: String,
    lang: &'static str,
    written_in: &'static str,
    /// Its own address.
    here: String,
    /// The page that lists the same.
    page: String,
    /// Whether the ids still lead to the texts: not once the portal has left its first domain.
    ids_lead: bool,
    author: String,
    icon: String,
    updated: Time,
    entries: Vec<Entry>,
    tombstones: Vec<Tombstone>,
}

#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    title: String,
    link: String,
    published: Time,
    updated: Time,
    summary: String,
    content: String,
    author: String,
    categories: Vec<Category>,
    picture: Option<File>,
    attachments: Vec<File>,
}

#[derive(Debug, Serialize)]
struct Category {
    term: String,
    label: String,
}

#[derive(Debug, Serialize)]
pub(super) struct File {
    url: String,
    mime: String,
    title: String,
    /// Not known of a rendition.
    bytes: Option<i64>,
}

#[derive(Debug, Serialize)]
struct Tombstone {
    id: String,
    link: String,
    at: Time,
    reason: String,
}

#[derive(Debug, Serialize)]
struct Time {
    rfc3339: String,
    rfc822: String,
}

impl From<Moment> for Time {
    fn from(at: Moment) -> Time {
        Time { rfc3339: calendar::rfc3339(at), rfc822: calendar::rfc822(at) }
    }
}

/// `Văn hóa – Cổng xã Đông Kiều`: a reader's list shows feeds of many sites.
pub fn titled(reading: &Reading, name: &str) -> String {
    format!("{name} – {}", reading.face.site.name)
}

/// Errors: `Missing` for a section or a unit that there is not.
pub fn feed(reading: &mut Reading, scope: &Scope, format: FeedFormat) -> Result<Answer, Refusal> {
    let feed = match scope {
        Scope::Board(code) => match whose(reading, code)? {
            Whose::Unit(unit) => board::read(reading, &unit, format)?,
            Whose::Heir(heir) => return Ok(Answer::moved(reading, &board::path(&heir, format))),
        },
        _ => read(reading, scope, format)?,
    };
    match format {
        // RFC 4287, with deleted entries (RFC 6721).
        FeedFormat::Atom => xml(reading, &feed, "feed/atom.xml", "application/atom+xml; charset=utf-8"),
        // RSS Advisory Board, 2.0.11, with whole texts (content), authors (Dublin Core) and files (Media RSS).
        FeedFormat::Rss => xml(reading, &feed, "feed/rss.xml", "application/rss+xml; charset=utf-8"),
        FeedFormat::Json => json::write(reading, &feed),
    }
}

fn xml(reading: &Reading, feed: &Feed, template: &str, mime: &'static str) -> Result<Answer, Refusal> {
    let mut context = tera::Context::new();
    context.insert("feed", feed);
    Ok(Answer::new(reading, mime, reading.web.view.render(template, &context)?))
}

fn read(reading: &mut Reading, scope: &Scope, format: FeedFormat) -> Result<Feed, Refusal> {
    let site = reading.face.site.clone();
    let kind = match scope {
        Scope::Postings => Kind::Posting,
        Scope::Reports => Kind::Report,
        _ => Kind::Article,
    };
    let (title, about, path, filter) = match scope {
        Scope::Postings => {
            let (title, about) = (reading.word("posting-list"), reading.word("posting-list-about"));
            (titled(reading, &title), about, POSTINGS.to_owned(), Filter::All)
        }
        Scope::Reports => {
            let (title, about) = (reading.word("report-list"), reading.word("report-list-about"));
            (titled(reading, &title), about, REPORTS.to_owned(), Filter::All)
        }
        Scope::Site => (site.name.clone(), site.tagline.clone(), String::new(), Filter::All),
        Scope::Section(slug) => {
            let section = site.section(slug).ok_or(Refusal::Missing)?;
            let filter = Filter::Section(section.slug.clone());
            (titled(reading, section.name(reading.lang)), section.about.clone(), section.path(), filter)
        }
        // It is read by `board`.
        Scope::Board(_) => return Err(Refusal::Missing),
        Scope::Unit(label) => {
            let unit = unit::at_label(&mut reading.c, label)?;
            let ids = unit::with_descendants(&mut reading.c, &unit)?;
            (titled(reading, &unit::page::named(reading, &unit)), String::new(), unit.path(), Filter::Units(ids))
        }
    };
    let listed = find::list(&mut reading.c, kind, &filter, reading.now, ENTRIES)?;
    let documents: Vec<i64> = listed.iter().map(|row| row.document_id).collect();
    let slugs = find_gone::slugs(&mut reading.c, &documents)?;
    let rules = if kind == Kind::Posting { Some(Rules::load(&mut reading.c)?) } else { None };
    let mut entries = Vec::with_capacity(listed.len());
    for row in &listed {
        let slug = slugs.get(&row.document_id).map_or(&row.slug, |(_, first)| first);
        let id = id(reading, kind, slug);
        entries.push(match &rules {
            Some(rules) => posting::entry(reading, rules, row, id)?,
            None if kind == Kind::Report => report::entry(reading, row, id)?,
            None => entry(reading, row, id)?,
        });
    }
    let told = find_gone::gone(&mut reading.c, kind, &filter, reading.now, TOMBSTONES)?;
    let last_end = find_gone::last_end(&mut reading.c, kind, &filter, reading.now)?;
    let reasons = told.gone.iter().filter_map(|gone| gone.withdrawn.as_ref().map(|(at, _)| *at));
    let words: Vec<i64> = listed.iter().map(|row| row.revision_id).collect();
    let came_in = find_gone::came_in(&mut reading.c, &words)?;
    let newest = listed.iter().map(|row| row.starts_at).chain(came_in).chain(last_end).chain(reasons).max();
    // A feed that is still empty was last changed when the portal began. What was done since on texts that nobody
    // has seen is nobody's business.
    let updated = newest.or(log::began(&mut reading.c)?).unwrap_or_default();
    reading.c.until(told.stops_at);
    let tombstones = told.gone.iter().map(|gone| tombstone(reading, kind, gone)).collect();
    Ok(frame(reading, Named { title, about, path }, format, Changing { updated, entries, tombstones }))
}

/// What a feed is called, and the page that lists the same.
struct Named {
    title: String,
    about: String,
    path: String,
}

struct Changing {
    updated: Moment,
    entries: Vec<Entry>,
    tombstones: Vec<Tombstone>,
}

fn frame(reading: &Reading, named: Named, format: FeedFormat, changing: Changing) -> Feed {
    let (site, base, file) = (&reading.face.site, reading.lang.base(), format.file());
    let Named { title, about, path } = named;
    Feed {
        id: format!("{}{base}{path}/{file}", site.first_address),
        title: printable(&title),
        about: printable(&about),
        lang: reading.lang.tag(),
        written_in: WRITTEN_IN,
        here: format!("{}{base}{path}/{file}", site.address),
        page: format!("{}{base}{}", site.address, if path.is_empty() { "/" } else { &path }),
        ids_lead: site.first_address == site.address,
        author: printable(if site.owner.is_empty() { &site.name } else { &site.owner }),
        icon: format!("{}/static/icon.svg", site.address),
        updated: changing.updated.into(),
        entries: changing.entries,
        tombstones: changing.tombstones,
    }
}

fn id(reading: &Reading, kind: Kind, first_slug: &str) -> String {
    format!("{}{}", reading.face.site.first_address, kind.path(first_slug))
}

fn link(reading: &Reading, kind: Kind, slug: &str) -> String {
    format!("{}{}{}", reading.face.site.address, reading.lang.base(), kind.path(slug))
}

fn entry(reading: &mut Reading, row: &Listed, id: String) -> Result<Entry, Refusal> {
    let article: Article = parse(&row.facts)?;
    let mut files = [parse::<Files>(&row.files)?];
    learn_renditions(&mut reading.c, &mut files)?;
    let [files] = files;
    let html = find::html_of(&mut reading.c, row.revision_id)?;
    let address = &reading.face.site.address;
    let link = link(reading, Kind::Article, &row.slug);
    let mut categories = Vec::new();
    if let Some(section) = section(reading, &row.section) {
        categories.push(Category { term: row.section.clone(), label: printable(&section.name) });
    }
    if article.sample {
        categories.push(Category { term: "mau".to_owned(), label: reading.word("site-sample") });
    }
    let attachments = article.attachments.iter().filter_map(|attachment| {
        let file = files.get(&attachment.file).filter(|file| !file.is_picture())?;
        Some(File {
            url: format!("{address}{}", file.path(&attachment.file)),
            // Without its parameters, which the address will tell itself.
            mime: file.mime.split(';').next().unwrap_or_default().to_owned(),
            title: printable(&attachment.title),
            bytes: Some(file.bytes),
        })
    });
    let shown = article.picture.as_ref().and_then(|one| Some((one, files.get(&one.file)?)));
    Ok(Entry {
        id,
        title: printable(&row.title),
        published: row.dated_at.into(),
        updated: row.starts_at.into(),
        summary: printable(&row.lead),
        content: printable(&markdown::absolute(&html, &link)),
        author: printable(if article.byline.is_empty() { &article.source_credit } else { &article.byline }),
        categories,
        picture: shown.and_then(|(one, file)| {
            let (path, mime) = picture(file)?;
            Some(File { url: format!("{address}{path}"), mime: mime.to_owned(), title: printable(&one.alt), bytes: None })
        }),
        attachments: attachments.collect(),
        link,
    })
}

/// That there was a text, until when, and the public reason: nothing of its words.
fn tombstone(reading: &Reading, kind: Kind, gone: &Gone) -> Tombstone {
    Tombstone {
        id: id(reading, kind, &gone.first_slug),
        link: link(reading, kind, &gone.slug),
        at: gone.at.into(),
        reason: match &gone.withdrawn {
            Some((_, reason)) => printable(reason),
            None => reading.word("http-ended-title"),
        },
    }
}

/// XML 1.0 has no place for most control characters, escaped or not (§2.2, Char).
pub(super) fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
