//! A text as the public will see it, for those who may see it before: the real page, with the files it shows. Behind
//! the desk's door for staff, behind a link's secret for whom it was shared with.

use actix_web::http::header::HeaderValue;
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::press::press;
use super::texts::{head, titled};
use super::told::Choice;
use crate::approval::{Text, current, numbered, ready, share};
use crate::channel::page::past::{Change, changes};
use crate::channel::page::report::{Form, preview_file};
use crate::channel::page::text::preview;
use crate::channel::{facts, file};
use crate::edition::Kind;
use crate::edition::body::{Files, parse};
use crate::edition::find_history;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::person::access::Verb;
use crate::phrase;
use crate::web::answer::{Answer, Reading};

/// Where a shared draft is read.
pub const SHARED: &str = "/ban-bien-tap/xem";
/// Where staff are given files that no visible text shows.
const FILES: &str = "/ban-bien-tap/tep";

const PAPER: &str = "print";
/// As wide as what it is read on.
const WIDTHS: [(&str, &str); 3] = [("phone", "preview-phone"), ("desktop", "preview-desktop"), (PAPER, "preview-print")];

#[derive(Serialize)]
struct Parts {
    base_path: String,
    frame: String,
    widths: Vec<Choice>,
    width: &'static str,
}

pub fn framed(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let found = chosen(visit, &mut reading, document)?;
    let asked = visit.query.text("co");
    let width = WIDTHS.into_iter().find(|(value, _)| *value == asked).map_or(WIDTHS[0].0, |(value, _)| value);
    let here = |value: &str| format!("{TEXTS}/{document}/xem-truoc?ban={}&co={value}", found.edition.number);
    let paper = if width == PAPER { "&giay=1" } else { "" };
    let parts = Parts {
        base_path: format!("{TEXTS}/{document}"),
        frame: format!("{}{paper}", frame_of(&found)),
        widths: WIDTHS.map(|(value, word)| Choice::new(here(value), reading.word(word), &here(width))).into(),
        width,
    };
    let title = format!("{}: {}", reading.word("preview-title"), titled(&reading, &found.revision.title));
    frame::shown(visit, &mut reading, "desk/preview.html", &title, &parts)
}

pub fn frame_of(text: &Text) -> String {
    format!("{TEXTS}/{}/trang?ban={}", text.edition.document_id, text.edition.number)
}

/// The edition that a page's address names, else the one that is worked on.
fn chosen(visit: &Visit, reading: &mut Reading, document: i64) -> Result<Text, Refusal> {
    let act = visit.act()?;
    match visit.query.number("ban") {
        None => current(&mut reading.c, act, document),
        Some(number) => numbered(&mut reading.c, act, document, number),
    }
}

/// The page itself, to stand in a frame of the desk's or to be printed.
pub fn alone(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let text = chosen(visit, &mut reading, visit.id("id")?)?;
    let figures = format!("{TEXTS}/{}/ban/{}/so-lieu", text.edition.document_id, text.edition.number);
    let mut answer = made(&mut reading, &text, FILES, &figures)?;
    if visit.query.has("giay") {
        // As paper shows it, on the screen.
        let html = String::from_utf8(answer.body.to_vec()).map_err(Refusal::broken)?;
        answer.body = html.replace("media=\"print\"", "media=\"all\"").into();
    }
    Ok(Outcome::page(answer))
}

/// The page as it would be published. `files` and `figures`: where the files that it leads to are given to whoever may see it now.
pub(super) fn made(reading: &mut Reading, text: &Text, files: &str, figures: &str) -> Result<Answer, Refusal> {
    let edition = ready::as_published(&mut reading.c, &press(&reading.web.words.clone()), text, reading.now)?;
    let mut answer = preview(reading, text.kind, &text.slug, &edition, &text.revision)?;
    let html = String::from_utf8(answer.body.to_vec()).map_err(Refusal::broken)?;
    let mut html = lent(&html, files);
    if text.kind == Kind::Report {
        html = html.replace(&format!("\"{}.", text.kind.path(&text.slug)), &format!("\"{figures}."));
    }
    answer.body = html.into();
    // Ours may frame it, and nobody else.
    let policy = answer.policy.as_ref().and_then(|policy| policy.to_str().ok());
    let policy = policy.map(|policy| policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
    answer.policy = policy.and_then(|policy| HeaderValue::from_str(&policy).ok());
    answer.counts = None;
    Ok(answer)
}

/// The same page with its files at an address that asks who comes.
fn lent(html: &str, files: &str) -> String {
    let mut html = html.replace("\"/anh/", &format!("\"{files}/")).replace(", /anh/", &format!(", {files}/"));
    html = html.replace("\"/tep/", &format!("\"{files}/"));
    html
}

/// The same of one address.
pub fn lent_path(path: &str) -> String {
    let own = path.strip_prefix("/anh/").or(path.strip_prefix("/tep/"));
    own.map_or(path.to_owned(), |own| format!("{FILES}/{own}"))
}

/// Words set for the desk's own pages.
pub fn at_the_desk(html: &str) -> String {
    lent(html, FILES)
}

/// A file of the shelf, for staff. They choose among all pictures; of the rest, which may be lists of persons, each is given what
/// a text names that he may look at, and what everybody is given.
pub fn file(visit: &Visit) -> Result<Outcome, Refusal> {
    if !visit.actor()?.may_somewhere(Verb::Look) {
        return Err(Refusal::Missing);
    }
    let mut reading = visit.reading()?;
    let name = visit.part("name");
    if let Some((digest, own)) = name.split_once('/') {
        let reach = visit.who()?.reach(&mut reading.c, Verb::Look)?;
        if !find_history::names_file(&mut reading.c, &reach, digest)? {
            return Ok(Outcome::Shelved(file::attachment(&mut reading, digest, own)?));
        }
    }
    Ok(Outcome::Shelved(file::on_shelf(&mut reading, name)?))
}

#[derive(Serialize)]
struct SharedParts {
    frame: String,
    title: String,
}

/// For whoever has the link: the page, said to be a draft.
pub fn shared(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let secret = visit.part("secret").to_owned();
    let text = share::shared(&mut reading.c, &secret, visit.now)?;
    let title = titled(&reading, &text.revision.title);
    let parts = SharedParts { frame: format!("{SHARED}/{secret}/trang"), title: title.clone() };
    frame::shown(visit, &mut reading, "desk/shared.html", &title, &parts)
}

pub fn shared_alone(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let secret = visit.part("secret").to_owned();
    let text = share::shared(&mut reading.c, &secret, visit.now)?;
    let own = format!("{SHARED}/{secret}");
    Ok(Outcome::page(made(&mut reading, &text, &format!("{own}/tep"), &format!("{own}/so-lieu"))?))
}

/// The figures of an edition that is not out, in the form that the address ends with.
pub fn figures(visit: &Visit) -> Result<Outcome, Refusal> {
    let number = visit.part("number").parse().map_err(|_| Refusal::Missing)?;
    let mut reading = visit.reading()?;
    let text = numbered(&mut reading.c, visit.act()?, visit.id("id")?, number)?;
    own_figures(visit, &mut reading, &text)
}

pub fn shared_figures(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let text = share::shared(&mut reading.c, visit.part("secret"), visit.now)?;
    own_figures(visit, &mut reading, &text)
}

/// Errors: `Missing` for what is no report, and for a form that there is not.
pub(super) fn own_figures(visit: &Visit, reading: &mut Reading, text: &Text) -> Result<Outcome, Refusal> {
    let ending = visit.part("ending");
    let form = Form::ALL.into_iter().find(|form| form.ending() == ending && text.kind == Kind::Report).ok_or(Refusal::Missing)?;
    let answer = preview_file(reading, &text.slug, &text.edition, &text.revision, form)?;
    Ok(Outcome::File { mime: answer.mime, name: format!("{}.{ending}", text.slug), bytes: answer.body })
}

/// Of that draft's own files, and of no others.
pub fn shared_file(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let text = share::shared(&mut reading.c, visit.part("secret"), visit.now)?;
    own_file(visit, &mut reading, &text)
}

/// Of this text, and of no other.
pub(super) fn own_file(visit: &Visit, reading: &mut Reading, text: &Text) -> Result<Outcome, Refusal> {
    let mut files: Files = parse(&text.revision.files)?;
    // A list that only paper bears is lent to nobody outside.
    let kept = facts(text.kind, &text.revision.facts)?.keeps_back(calendar::local(visit.now).date());
    files.retain(|name, _| !kept.contains(name));
    Ok(Outcome::Shelved(file::of_draft(reading, &files, visit.part("name"))?))
}

/// So long does a link made here last.
const LASTS: chrono::Duration = chrono::Duration::days(7);

#[derive(Serialize)]
struct Made {
    told: String,
    address: String,
    base_path: String,
}

/// The link is shown once: the store keeps its digest.
pub fn lend(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let token = secret::token()?;
    let until = visit.now + LASTS;
    visit.write(|c, act| {
        let text = current(c, act, document)?;
        share::share(c, act, text.edition.id, &token, until)
    })?;
    let mut reading = visit.reading()?;
    let parts = Made {
        told: reading.say(&phrase!("share-told", until = super::told::at(&reading, until))),
        address: format!("{}{SHARED}/{token}", reading.face.site.address),
        base_path: format!("{TEXTS}/{document}"),
    };
    let title = reading.word("share-made");
    frame::shown(visit, &mut reading, "desk/share.html", &title, &parts)
}

pub fn take_back(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| {
        let text = current(c, act, document)?;
        share::unshare(c, act, text.edition.id)
    })?;
    Ok(Outcome::To(format!("{TEXTS}/{document}?da=unshared")))
}

#[derive(Serialize)]
struct Compared {
    base_path: String,
    old: String,
    new: String,
    parts: Vec<Change>,
    is_too_long: bool,
}

/// Two revisions of one text, word by word.
pub fn compare(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let found = current(&mut reading.c, visit.act()?, document)?;
    let mut of = |name: &str| {
        let id = visit.query.number(name).ok_or(Refusal::Missing)?;
        crate::approval::revision(&mut reading.c, visit.act()?, document, id)
    };
    let ((old, old_at), (new, new_at)) = (of("cu")?, of("moi")?);
    let made = changes(&reading, found.kind, &old, &new)?;
    let said = |reading: &Reading, at| reading.say(&phrase!("compare-revision", at = super::told::at(reading, at)));
    let parts = Compared {
        base_path: format!("{TEXTS}/{document}"),
        old: said(&reading, old_at),
        new: said(&reading, new_at),
        is_too_long: made.is_none(),
        parts: made.unwrap_or_default(),
    };
    let title = format!("{}: {}", reading.word("compare-title"), head(&mut reading, &found)?.title);
    frame::shown(visit, &mut reading, "desk/compare.html", &title, &parts)
}
