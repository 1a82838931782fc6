//! Atom (RFC 4287): the newest articles, whole.

use serde::Serialize;

use crate::article::Article;
use crate::article::page::section;
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::find::{self, Filter};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::store::log;
use crate::web::answer::{Answer, Reading};

const ENTRIES: i64 = 20;

#[derive(Serialize)]
struct Parts<'a> {
    site: &'a crate::web::site::Site,
    feed: Head,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Head {
    title: String,
    id: String,
    #[serde(rename = "self")]
    here: String,
    alternate: String,
    updated: String,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    title: String,
    link: String,
    published: String,
    updated: String,
    summary: String,
    content: String,
    author: String,
    category: Option<Category>,
}

#[derive(Serialize)]
struct Category {
    term: String,
    label: String,
}

pub fn atom(reading: &mut Reading) -> Result<Answer, Refusal> {
    let address = reading.face.site.address.clone();
    let listed = find::list(&mut reading.c, Kind::Article, &Filter::All, reading.now, 0, ENTRIES)?;
    let mut entries = Vec::with_capacity(listed.len());
    for row in &listed {
        let article: Article = parse(&row.facts)?;
        let link = format!("{address}{}", Kind::Article.path(&row.slug));
        let html = find::html_of(&mut reading.c, row.revision_id)?;
        entries.push(Entry {
            id: link.clone(),
            title: printable(&row.title),
            link,
            published: calendar::rfc3339(row.dated_at),
            updated: calendar::rfc3339(row.starts_at),
            summary: printable(&row.lead),
            content: printable(&html),
            author: printable(if article.byline.is_empty() { &article.source_credit } else { &article.byline }),
            category: section(reading, &row.section).map(|link| Category { term: row.section.clone(), label: link.name }),
        });
    }
    // The newest entry's hour; a feed that is still empty was last changed when the portal was.
    let newest = listed.iter().map(|row| row.starts_at).max();
    let updated = newest.or(log::latest(&mut reading.c)?).unwrap_or(reading.now);
    let parts = Parts {
        site: &reading.face.site,
        feed: Head {
            title: printable(&reading.face.site.name),
            id: format!("{address}/atom.xml"),
            here: format!("{address}/atom.xml"),
            alternate: format!("{address}/"),
            updated: calendar::rfc3339(updated),
        },
        entries,
    };
    let context = tera::Context::from_serialize(&parts).map_err(Refusal::broken)?;
    let xml = reading.web.view.render("feed/atom.xml", &context)?;
    Ok(Answer::new(reading, "application/atom+xml; charset=utf-8", xml))
}

/// XML 1.0 has no place for most control characters, escaped or not (§2.2, Char).
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect()
}
