//! What somebody typed and neither saved nor sent: all of it on his own page, and each to be read, gone on with or
//! dropped, also where its form cannot be opened any more.

use serde::Serialize;

use super::door::{DESK, Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, TEXTS};
use super::texts::titled;
use super::told;
use crate::approval::{current, held};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::web::answer::Reading;

pub const UNSAVED: &str = "/ban-bien-tap/chua-luu";
/// So many are listed, the newest first.
const MOST_LISTED: usize = 50;

/// By the end of a form's address: the words for what it does.
const FORMS: [(&str, &str); 11] = [
    ("tep", "files-title"),
    ("sua", "edit-heading"),
    ("moi", "new-title"),
    ("nhieu", "texts-bulk"),
    ("duyet", "review-approve"),
    ("tra-lai", "back-title"),
    ("dang", "publish-title"),
    ("khan", "urge-title"),
    ("thoi-gian", "reschedule-title"),
    ("go", "withdraw-title"),
    ("bo", "discard-title"),
];

/// What people type, and what it is called where they do.
const TYPED: [(&str, &str); 15] = [
    ("title", "edit-title"),
    ("lead", "edit-lead"),
    ("body", "edit-body"),
    ("merged", "edit-body"),
    ("reason", "unsaved-reason"),
    ("replaced_by", "withdraw-pointer"),
    ("starts", "publish-starts"),
    ("ends", "edit-ends"),
    ("byline", "edit-byline"),
    ("source_credit", "edit-source"),
    ("source_url", "edit-source-url"),
    ("alt", "edit-alt"),
    ("caption", "edit-caption"),
    ("credit", "edit-credit"),
    ("change_note", "edit-note"),
];

#[derive(Serialize)]
pub struct Row {
    title: String,
    path: String,
    about: Vec<String>,
}

#[derive(Serialize)]
pub struct Unsaved {
    pub rows: Vec<Row>,
    help: String,
    /// Said where there are more than are listed.
    more: String,
}

pub fn listed(visit: &Visit, reading: &mut Reading) -> Result<Unsaved, Refusal> {
    let all = held::all(&mut reading.c, visit.actor()?.id, visit.now)?;
    let mut rows = Vec::new();
    for (address, at) in all.iter().take(MOST_LISTED) {
        let at = told::at(reading, *at);
        let deed = deed(reading, address);
        let (title, about) = match title(visit, reading, address)? {
            Some(title) => (title, vec![deed, at]),
            None => (deed, vec![at]),
        };
        rows.push(Row { title, path: page_of(address), about });
    }
    let more = match all.len() - rows.len() {
        0 => String::new(),
        more => reading.web.words.counted(reading.lang, "mine-unsaved-more", more),
    };
    let help = reading.web.words.counted(reading.lang, "mine-unsaved-help", held::LASTING_DAYS as usize);
    Ok(Unsaved { rows, help, more })
}

/// What waits beside what a form shows.
#[derive(Serialize)]
pub struct Offer {
    path: String,
    at: String,
}

pub fn beside(visit: &Visit, reading: &mut Reading, address: &str) -> Result<Vec<Offer>, Refusal> {
    let beside = held::beside(&mut reading.c, visit.actor()?.id, address)?;
    Ok(beside.into_iter().map(|held| Offer { path: page_of(&held.address), at: told::at(reading, held.at) }).collect())
}

fn page_of(address: &str) -> String {
    format!("{UNSAVED}?{}", form_urlencoded::Serializer::new(String::new()).append_pair("o", address).finish())
}

fn deed(reading: &Reading, address: &str) -> String {
    let end = held::form_of(address).rsplit('/').next().unwrap_or_default();
    FORMS.iter().find(|(known, _)| *known == end).map(|(_, word)| reading.word(word)).unwrap_or_default()
}

/// Of the text it is about. None: it is about no text yet, or about many.
fn title(visit: &Visit, reading: &mut Reading, address: &str) -> Result<Option<String>, Refusal> {
    let part = address.strip_prefix(TEXTS).and_then(|rest| rest.split('/').nth(1));
    let Some(document) = part.and_then(|part| part.parse().ok()) else { return Ok(None) };
    match current(&mut reading.c, visit.act()?, document) {
        Ok(text) => Ok(Some(titled(reading, &text.revision.title))),
        Err(Refusal::Missing) => Ok(Some(reading.word("unsaved-gone"))),
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct Written {
    name: String,
    text: String,
}

#[derive(Serialize)]
struct Parts {
    title: String,
    deed: String,
    lead: String,
    address: String,
    written: Vec<Written>,
}

pub fn page(visit: &Visit) -> Result<Outcome, Refusal> {
    let address = visit.query.text("o");
    let mut reading = visit.reading()?;
    let held = held::find(&mut reading.c, visit.actor()?.id, &address)?.ok_or(Refusal::Missing)?;
    let typed = Fields::held(&held);
    let mut written: Vec<Written> = TYPED
        .iter()
        .map(|(field, word)| Written { name: reading.word(word), text: said(&reading, &typed.text(field)) })
        .filter(|written| !written.text.trim().is_empty())
        .collect();
    let chosen = typed.all("chosen").count();
    if chosen > 0 {
        let word = format!("bulk-{}", typed.text("viec"));
        let name = if super::lists::BULKS.iter().any(|(act, _)| *act == typed.text("viec")) { reading.word(&word) } else { String::new() };
        written.insert(0, Written { name, text: reading.web.words.counted(reading.lang, "texts-told", chosen) });
    }
    let deed = deed(&reading, &address);
    let (title, deed) = match title(visit, &mut reading, &address)? {
        Some(title) => (title, deed),
        None => (deed, String::new()),
    };
    let parts = Parts { title, deed, lead: reading.say(&phrase!("unsaved-lead", at = told::at(&reading, held.at))), address, written };
    let title = format!("{}: {}", reading.word("mine-unsaved"), parts.title);
    frame::shown(visit, &mut reading, "desk/unsaved.html", &title, &parts)
}

/// An hour as a browser's field sends it, as people say it; any other text as it is.
fn said(reading: &Reading, text: &str) -> String {
    told::moment(text).map_or_else(|| text.to_owned(), |at| told::at(reading, at))
}

/// On to its form, which shows it; or it is dropped.
pub fn act(visit: &Visit) -> Result<Outcome, Refusal> {
    let address = visit.fields.text("o");
    if visit.fields.text("viec") == "bo" {
        visit.write(|c, _| held::let_go(c, visit.actor()?.id, &address))?;
        return Ok(Outcome::To(format!("{DESK}?da=forgotten")));
    }
    visit.write(|c, _| held::bring_forward(c, visit.actor()?.id, &address))?;
    Ok(Outcome::To(held::form_of(&address).to_owned()))
}
