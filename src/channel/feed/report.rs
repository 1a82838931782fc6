//! A report as an entry of a feed: its words, and its figures to take along.

use super::{Category, Entry, File, link, printable};
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::find::{self, Listed};
use crate::kit::markdown;
use crate::kit::refusal::Refusal;
use crate::report::Report;
use crate::report::page::section;
use crate::web::answer::Reading;

/// Endings, and what each is.
const FILES: [(&str, &str); 3] =
    [("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), ("json", "application/json")];

pub(super) fn entry(reading: &mut Reading, row: &Listed, id: String) -> Result<Entry, Refusal> {
    let report: Report = parse(&row.facts)?;
    let html = find::html_of(&mut reading.c, row.revision_id)?;
    let link = link(reading, Kind::Report, &row.slug);
    let mut categories = Vec::new();
    if let Some(section) = section(reading, &row.section) {
        categories.push(Category { term: row.section.clone(), label: printable(&section.name) });
    }
    if report.sample {
        categories.push(Category { term: "mau".to_owned(), label: reading.word("site-sample") });
    }
    let attachments = FILES.map(|(ending, mime)| File {
        url: format!("{link}.{ending}"),
        mime: mime.to_owned(),
        title: printable(&format!("{} ({})", row.title, ending.to_uppercase())),
        // They are made when they are asked for.
        bytes: None,
    });
    Ok(Entry {
        id,
        title: printable(&row.title),
        published: row.dated_at.into(),
        updated: row.starts_at.into(),
        summary: printable(&row.lead),
        content: printable(&markdown::absolute(&html, &link)),
        author: printable(&report.source),
        categories,
        picture: None,
        attachments: attachments.into(),
        link,
    })
}
