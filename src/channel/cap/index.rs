//! The warnings of a unit as an Atom feed: the newest message of each that hangs there, and for a week of each that is over.

use std::cmp::Reverse;

use chrono::Duration;
use serde::Serialize;

use super::{Head, MIME, Warned, path as message_path, warned};
use crate::bulletin::{Whose, whose};
use crate::channel::feed::board::reason;
use crate::channel::feed::{printable, titled};
use crate::channel::page::unit_board;
use crate::edition::find_urgent;
use crate::kit::calendar;
use crate::kit::mask::masked;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board::{self, gone, words};
use crate::store::log;
use crate::unit;
use crate::web::answer::{Answer, Reading};

const TEMPLATE: &str = "cap/index.xml";
/// So long those who listen seldom are told that a warning is over.
const REMEMBERED: Duration = Duration::days(7);
const MOST: usize = 100;

pub fn path(code: &str) -> String {
    format!("{}/cap.xml", unit_board::path(code))
}

#[derive(Serialize)]
struct Index {
    id: String,
    title: String,
    lang: &'static str,
    here: String,
    page: String,
    author: String,
    icon: String,
    updated: String,
    mime: &'static str,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    /// A message is never another one.
    id: String,
    title: String,
    message: String,
    page: String,
    updated: String,
    summary: String,
}

pub fn file(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &path(&heir))),
    };
    let here = board::now(reading, &unit)?;
    // What was urgent and is so no more has an address of its own all the same.
    let ids: Vec<i64> = here.hung.iter().map(|one| one.document_id).collect();
    let urgent = find_urgent::ever(&mut reading.c, &ids, reading.now)?;
    let hung: Vec<_> = here.hung.iter().filter(|one| urgent.contains(&one.document_id)).take(MOST).cloned().collect();
    let mut found: Vec<(Warned, Head)> = Vec::new();
    for one in words::words(reading, &here, &hung)? {
        if let Some(warned) = warned(reading, one.listed.document_id, &one.listed.slug, &one.first_slug)? {
            let head = warned.head(reading)?;
            found.push((warned, head));
        }
    }
    for one in gone::gone(reading, &here, REMEMBERED, usize::MAX)? {
        if !(one.was_urgent && one.why.is_over()) {
            continue;
        }
        if let Some(warned) = warned(reading, one.document_id, &one.slug, &one.first_slug)? {
            let head = warned.head(reading)?;
            found.push((warned, head));
        }
    }
    found.sort_by_key(|(warned, head)| Reverse((head.sent_at, warned.newest().document_id)));
    found.truncate(MOST);
    let newest = found.first().map(|(_, head)| head.sent_at);
    let updated = newest.or(log::began(&mut reading.c)?).unwrap_or_default();
    let site = reading.face.site.clone();
    let address = path(&unit.code);
    let name = reading.say(&phrase!("forms-warnings-of", unit = unit::page::named(reading, &unit)));
    let index = Index {
        id: format!("{}{address}", site.first_address),
        title: printable(&titled(reading, &name)),
        lang: reading.lang.tag(),
        here: format!("{}{address}", site.address),
        page: format!("{}{}", site.address, unit_board::path(&unit.code)),
        author: printable(if site.owner.is_empty() { &site.name } else { &site.owner }),
        icon: format!("{}/static/icon.svg", site.address),
        updated: calendar::rfc3339(updated),
        mime: MIME,
        entries: found.iter().map(|(warned, head)| entry(reading, warned, head)).collect(),
    };
    let mut context = tera::Context::new();
    context.insert("index", &index);
    Ok(Answer::new(reading, "application/atom+xml; charset=utf-8", reading.web.view.render(TEMPLATE, &context)?))
}

fn entry(reading: &Reading, warned: &Warned, head: &Head) -> Entry {
    let (revision, way) = (&warned.revision, warned.posting.web_way());
    let (title, summary) = match &head.why {
        None => (masked(&revision.title, way), masked(&revision.lead, way)),
        Some(why) => (reading.word("forms-warning-over"), reason(reading, why)),
    };
    let site = &reading.face.site;
    Entry {
        id: format!("{}{}#{}", site.first_address, message_path(&warned.first_slug), head.identifier),
        title: printable(&title),
        message: format!("{}{}", site.address, message_path(&warned.slug)),
        page: warned.address(reading),
        updated: head.sent.clone(),
        summary: printable(&summary),
    }
}
