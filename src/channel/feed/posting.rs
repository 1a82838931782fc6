//! A posting as an entry of a feed: whole, with the files that the web may carry.

use super::{Category, Entry, File, link, printable};
use crate::edition::Kind;
use crate::edition::body::{Files, learn_renditions, parse};
use crate::edition::find::{self, Listed};
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, markdown};
use crate::posting::Posting;
use crate::posting::law::{Rules, after};
use crate::web::answer::Reading;

pub(super) fn entry(reading: &mut Reading, rules: &Rules, row: &Listed, id: String) -> Result<Entry, Refusal> {
    let posting: Posting = parse(&row.facts)?;
    let mut files = [parse::<Files>(&row.files)?];
    learn_renditions(&mut reading.c, &mut files)?;
    let [files] = files;
    let html = find::html_of(&mut reading.c, row.revision_id)?;
    let link = link(reading, Kind::Posting, &row.slug);
    let mut categories = Vec::new();
    if let Some(kind) = rules.catalogue.kind(&row.section) {
        categories.push(Category { term: row.section.clone(), label: printable(kind.name(reading.lang)) });
    }
    if posting.drill {
        categories.push(Category { term: "dien-tap".to_owned(), label: reading.word("posting-drill-tag") });
    }
    if posting.sample {
        categories.push(Category { term: "mau".to_owned(), label: reading.word("site-sample") });
    }
    let attachments = attachments(reading, &posting, &files);
    let number = if posting.number.is_empty() { String::new() } else { format!("{} – ", posting.number) };
    Ok(Entry {
        id,
        title: printable(&format!("{number}{}", row.title)),
        published: row.dated_at.into(),
        updated: row.starts_at.into(),
        summary: printable(&row.lead),
        content: printable(&markdown::absolute(&html, &link)),
        author: printable(&posting.issuer),
        categories,
        picture: None,
        attachments,
        link,
    })
}

/// What the web may carry beside the text, while it may.
pub fn attachments(reading: &mut Reading, posting: &Posting, files: &Files) -> Vec<File> {
    let (today, address) = (calendar::local(reading.now).date(), reading.face.site.address.clone());
    let mut attachments = Vec::new();
    for attachment in posting.attachments.iter().filter(|attachment| posting.is_attached(attachment, today)) {
        attachment.until.into_iter().for_each(|until| reading.until(after(until)));
        if let Some(file) = files.get(&attachment.file).filter(|file| !file.is_picture()) {
            attachments.push(File {
                url: format!("{address}{}", file.path(&attachment.file)),
                mime: file.mime.split(';').next().unwrap_or_default().to_owned(),
                title: printable(&attachment.title),
                bytes: Some(file.bytes),
            });
        }
    }
    attachments
}
