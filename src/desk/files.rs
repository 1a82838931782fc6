//! The files beside a draft: sent, named, put in order, replaced, taken away. Each act is one save of its own, on the words
//! as they stand, so that whoever writes in its form meanwhile is not in the way.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::files_list::{MAX_TITLE, MOST_FILES, free_name, listed, take, with};
use super::frame::{self, TEXTS};
use super::press::press;
use super::preview::lent_path;
use super::text_facts::told_of;
use super::texts::titled;
use super::told::{self, Told, by_field};
use super::unsaved::{self, Offer};
use crate::approval::write::{attach, shelve};
use crate::approval::{Text, current, held};
use crate::edition::Kind;
use crate::edition::body::FileRef;
use crate::edition::state::State;
use crate::edition::written::{issue, shelved};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::{calendar, digest, filetype};
use crate::person::Act;
use crate::phrase;
use crate::posting::{Attachment, rules};
use crate::store::{Conn, shelf};
use crate::web::answer::Reading;

pub const FILES: &str = "/ban-bien-tap/van-ban/{id}/tep";
/// Where what is sent stands on the shelf.
const ATTACHMENTS: &str = "attachments";
const PICTURES: &str = "pictures";

#[derive(Serialize)]
struct Row {
    number: usize,
    file: String,
    /// As it is told on the disk of whoever downloads it.
    name: String,
    about: String,
    path: String,
    title: String,
    paper_only: bool,
    until: String,
    title_issue: String,
    until_issue: String,
    again_issue: String,
}

/// A picture that was sent here a moment ago.
#[derive(Serialize)]
struct Picture {
    src: String,
    line: String,
}

#[derive(Serialize)]
struct New {
    title: String,
    paper_only: bool,
    until: String,
    issue: String,
    title_issue: String,
    until_issue: String,
    picture_issue: String,
    list_issue: String,
}

#[derive(Serialize)]
struct Parts {
    base_path: String,
    path: String,
    heading: String,
    /// The list that its form was made from.
    seen: String,
    has_list: bool,
    is_posting: bool,
    rows: Vec<Row>,
    is_full: bool,
    new: New,
    picture: Option<Picture>,
    most: u64,
    accept: String,
    issues: Vec<Told>,
    stood_on: String,
    beside: Vec<Offer>,
}

/// Errors: `WrongState` where it is no draft any more.
fn draft(c: &mut Conn, act: Act, document: i64) -> Result<(Text, Vec<Attachment>), Refusal> {
    let text = current(c, act, document)?;
    text.must_mend(c, act)?;
    match text.edition.state() {
        State::Draft => {}
        State::Submitted | State::Approved => return Err(Refusal::WrongState(phrase!("edit-on-its-way"))),
        _ => return Err(Refusal::WrongState(phrase!("edit-published"))),
    }
    let files = listed(text.kind, &text.revision.facts)?;
    Ok((text, files))
}

fn seal(files: &[Attachment]) -> Result<String, Refusal> {
    Ok(digest::sha256(serde_json::to_string(files).map_err(Refusal::broken)?.as_bytes()))
}

fn wrong(field: &str, phrase: crate::kit::words::Phrase) -> Refusal {
    Refusal::Issues(vec![issue(field, 0, phrase)])
}

pub fn files(visit: &Visit) -> Result<Outcome, Refusal> {
    let typed = visit.typed(&mut visit.reading()?.c)?;
    show(visit, &typed, &[])
}

fn show(visit: &Visit, typed: &Fields, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let (text, files) = draft(&mut reading.c, visit.act()?, document)?;
    let told = told::issues(&reading, issues);
    let beside_fields = by_field(&told);
    let wrong = |field: &str| beside_fields.get(field).cloned().unwrap_or_default();
    let names: Vec<&str> = files.iter().map(|one| one.file.as_str()).collect();
    let media = shelved(&mut reading.c, &names)?;
    // What was typed comes back beside the file that it was typed for.
    let typed_for = |file: &str| typed.all("name").position(|name| name == file);
    let rows = files.iter().enumerate().map(|(number, one)| {
        let (about, path) = told_of(&reading, &media, &one.file);
        let at = typed_for(&one.file);
        let of = |name: &str| at.and_then(|at| typed.all(name).nth(at)).map(str::to_owned);
        Row {
            number,
            name: one.file.rsplit('/').next().unwrap_or_default().to_owned(),
            about,
            path,
            title: of("titled").unwrap_or_else(|| one.title.clone()),
            paper_only: if at.is_some() { typed.all("paper_only_of").any(|file| file == one.file) } else { one.paper_only },
            until: of("until_of").unwrap_or_else(|| one.until.map(|day| day.to_string()).unwrap_or_default()),
            title_issue: wrong(&format!("titled-{number}")),
            until_issue: wrong(&format!("until-{number}")),
            again_issue: wrong(&format!("again-{number}")),
            file: one.file.clone(),
        }
    });
    let rows = rows.collect();
    let is_posting = text.kind == Kind::Posting;
    let is_of_people = is_posting && rules::catalogue(&mut reading.c)?.kind(&text.edition.section).is_some_and(|kind| kind.people);
    let is_new_typed = typed.text("do") == "add";
    let parts = Parts {
        base_path: format!("{TEXTS}/{document}"),
        path: visit.path.clone(),
        heading: titled(&reading, &text.revision.title),
        seen: seal(&files)?,
        has_list: text.kind != Kind::Page,
        is_posting,
        is_full: files.len() >= MOST_FILES,
        rows,
        new: New {
            title: typed.text("title"),
            paper_only: if is_new_typed { typed.has("paper_only") } else { is_of_people },
            until: typed.text("until"),
            issue: wrong("file"),
            title_issue: wrong("title"),
            until_issue: wrong("until"),
            picture_issue: wrong("picture"),
            list_issue: wrong("list"),
        },
        picture: sent_picture(&mut reading, &visit.query.text("anh"))?,
        most: filetype::MAX_BYTES,
        accept: filetype::TYPES
            .iter()
            .map(|(ending, _)| *ending)
            .chain(filetype::PICTURES)
            .map(|ending| format!(".{ending}"))
            .collect::<Vec<_>>()
            .join(","),
        issues: told.clone(),
        stood_on: visit.stood_on(&mut reading.c)?,
        beside: unsaved::beside(visit, &mut reading, &visit.path)?,
    };
    let title = format!("{}: {}", reading.word("files-title"), parts.heading);
    match issues.is_empty() {
        true => frame::shown(visit, &mut reading, "desk/files.html", &title, &parts),
        false => frame::again(visit, &mut reading, "desk/files.html", &title, &parts),
    }
}

fn sent_picture(reading: &mut Reading, name: &str) -> Result<Option<Picture>, Refusal> {
    if !name.starts_with(PICTURES) {
        return Ok(None);
    }
    let found = shelf::named(&mut reading.c, name)?.map(FileRef::from);
    let image = found.and_then(|file| file.image());
    let line = reading.say(&phrase!("files-picture-line", name = name));
    Ok(image.map(|image| Picture { src: lent_path(&image.src), line }))
}

pub fn act(visit: &Visit) -> Result<Outcome, Refusal> {
    let asked = visit.fields.text("do");
    let (deed, of) = asked.split_once(':').unwrap_or((&asked, ""));
    let done = match deed {
        "add" => add(visit),
        "again" => again(visit, of),
        "picture" => picture(visit),
        "keep" | "up" | "down" | "remove" => arrange(visit, deed, of),
        _ => Err(Refusal::Missing),
    };
    match done {
        Ok(done) => Ok(Outcome::To(format!("{}?{done}", visit.path))),
        Err(Refusal::Issues(issues)) => show(visit, &visit.fields, &issues),
        Err(other) => Err(other),
    }
}

/// What one of these acts makes of the list, kept.
fn change(visit: &Visit, change: impl FnOnce(&mut Conn, &mut Vec<Attachment>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| {
        let (text, mut files) = draft(c, act, document)?;
        change(c, &mut files)?;
        let facts = with(text.kind, &text.revision.facts, files)?;
        attach(c, act, &press(&visit.web.words), text.edition.id, facts)?;
        held::done(c, visit.actor()?.id, &visit.path, &visit.fields.encoded())
    })
}

/// Nothing is put on the shelf for whoever may not, or for a list that is full.
fn may_send(visit: &Visit) -> Result<Text, Refusal> {
    let mut reading = visit.reading()?;
    Ok(draft(&mut reading.c, visit.act()?, visit.id("id")?)?.0)
}

fn add(visit: &Visit) -> Result<String, Refusal> {
    let text = may_send(visit)?;
    if text.kind == Kind::Page {
        return Err(Refusal::Missing);
    }
    let full = || wrong("file", phrase!("files-too-many", most = MOST_FILES));
    if listed(text.kind, &text.revision.facts)?.len() >= MOST_FILES {
        return Err(full());
    }
    let typed = &visit.fields;
    let mut issues = Vec::new();
    let title = title_of(&typed.line("title"), "title", false, &mut issues);
    let until = until_of(visit, &typed.line("until"), "until", &mut issues);
    let taken = match take(&visit.web.shelf, visit.file.as_ref(), "file", false) {
        Ok(taken) => Some(taken),
        Err(Refusal::Issues(more)) => {
            issues.splice(0..0, more);
            None
        }
        Err(other) => return Err(other),
    };
    let Some(taken) = taken.filter(|_| issues.is_empty()) else { return Err(Refusal::Issues(issues)) };
    change(visit, |c, files| {
        if files.len() >= MOST_FILES {
            return Err(full());
        }
        let name = free_name(c, ATTACHMENTS, &taken, "file")?;
        if let Some(known) = files.iter().find(|one| one.file == name) {
            return Err(wrong("file", phrase!("files-twice", title = known.title)));
        }
        shelf::record(c, &visit.web.shelf, &name, &taken.medium)?;
        let title = if title.is_empty() { taken.title.clone() } else { title };
        files.push(Attachment { file: name, title, paper_only: typed.has("paper_only"), until });
        Ok(())
    })?;
    Ok("da=file-added".to_owned())
}

/// Another file in the place of one, under its title.
fn again(visit: &Visit, of: &str) -> Result<String, Refusal> {
    let text = may_send(visit)?;
    let number = listed(text.kind, &text.revision.facts)?.iter().position(|one| one.file == of);
    let field = format!("again-{}", number.ok_or_else(|| wrong("list", phrase!("files-stale")))?);
    let taken = take(&visit.web.shelf, visit.file.as_ref(), &field, false)?;
    change(visit, |c, files| {
        let name = free_name(c, ATTACHMENTS, &taken, &field)?;
        if let Some(known) = files.iter().find(|one| one.file == name && one.file != of) {
            return Err(wrong(&field, phrase!("files-twice", title = known.title)));
        }
        let one = files.iter_mut().find(|one| one.file == of).ok_or_else(|| wrong("list", phrase!("files-stale")))?;
        shelf::record(c, &visit.web.shelf, &name, &taken.medium)?;
        one.file = name;
        Ok(())
    })?;
    Ok("da=files-kept".to_owned())
}

fn picture(visit: &Visit) -> Result<String, Refusal> {
    may_send(visit)?;
    let taken = take(&visit.web.shelf, visit.file.as_ref(), "picture", true)?;
    let document = visit.id("id")?;
    let name = visit.write(|c, act| {
        let (text, _) = draft(c, act, document)?;
        let name = free_name(c, PICTURES, &taken, "picture")?;
        shelve(c, act, &visit.web.shelf, text.edition.id, &name, &taken.medium)?;
        Ok(name)
    })?;
    Ok(format!("da=picture-kept&{}", form_urlencoded::Serializer::new(String::new()).append_pair("anh", &name).finish()))
}

/// Titles, days and order, all as they stand in the form, and what its button says more.
fn arrange(visit: &Visit, deed: &str, of: &str) -> Result<String, Refusal> {
    let typed = &visit.fields;
    change(visit, |_, files| {
        if seal(files)? != typed.text("seen") {
            return Err(wrong("list", phrase!("files-stale")));
        }
        let mut issues = Vec::new();
        for (number, one) in files.iter_mut().enumerate() {
            let Some(at) = typed.all("name").position(|name| name == one.file) else { continue };
            let of = |name: &str| typed.all(name).nth(at).unwrap_or_default().trim().to_owned();
            one.title = title_of(&of("titled"), &format!("titled-{number}"), true, &mut issues);
            let until = of("until_of");
            // A day that has passed meanwhile stays what it was.
            if one.until.map(|day| day.to_string()).unwrap_or_default() != until {
                one.until = until_of(visit, &until, &format!("until-{number}"), &mut issues);
            }
            one.paper_only = typed.all("paper_only_of").any(|file| file == one.file);
        }
        let place = files.iter().position(|one| one.file == of);
        match (deed, place) {
            ("up", Some(place)) if place > 0 => files.swap(place, place - 1),
            ("down", Some(place)) if place + 1 < files.len() => files.swap(place, place + 1),
            ("remove", Some(place)) => {
                files.remove(place);
                // What is taken away need not be mended first.
                issues.retain(|issue: &Issue| !issue.file.ends_with(&format!("-{place}")));
            }
            _ => {}
        }
        if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
    })?;
    Ok("da=files-kept".to_owned())
}

fn title_of(typed: &str, field: &str, is_needed: bool, issues: &mut Vec<Issue>) -> String {
    let length = typed.chars().count();
    if length > MAX_TITLE {
        issues.push(issue(field, 0, phrase!("road-too-long", length = length, most = MAX_TITLE)));
    } else if is_needed && typed.is_empty() {
        issues.push(issue(field, 0, phrase!("files-untitled")));
    }
    typed.to_owned()
}

fn until_of(visit: &Visit, typed: &str, field: &str, issues: &mut Vec<Issue>) -> Option<chrono::NaiveDate> {
    let day = super::rules::day(typed);
    if day.is_none() && !typed.is_empty() {
        issues.push(issue(field, 0, phrase!("edit-bad-day")));
    }
    if day.is_some_and(|day| day < calendar::local(visit.now).date()) {
        issues.push(issue(field, 0, phrase!("files-until-past")));
    }
    day
}
