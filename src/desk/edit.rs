//! Writing: a text is filled in and saved as often as its author likes. What was typed is never lost: it is held
//! while it is typed, held again when a session is over, and kept beside what somebody else saved first.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::conflict::{MERGED, conflict};
use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::files_list::listed;
use super::form::{self, Form, Shown};
use super::frame::{self, TEXTS};
use super::press::press;
use super::texts::sent_back;
use super::unsaved::Offer;
use super::{told, unsaved};
use crate::approval::held::Held;
use crate::approval::write::{Saved, begin_next, save};
use crate::approval::{Text, current, held, presence, review, text};
use crate::edition::Kind;
use crate::edition::state::State;
use crate::edition::step;
use crate::kit::merge;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::secret;
use crate::person::access::Verb;
use crate::person::roll;
use crate::phrase;
use crate::posting::Posting;
use crate::store::Conn;
use crate::web::answer::Reading;

/// A draft beside what is published.
pub fn next(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| begin_next(c, act, document))?;
    Ok(Outcome::To(format!("{TEXTS}/{document}/sua")))
}

#[derive(Serialize)]
struct Mark {
    name: String,
    mark: &'static str,
    example: String,
}

const MARKS: [(&str, &str); 7] = [
    ("edit-mark-heading", "## "),
    ("edit-mark-bold", "**|**"),
    ("edit-mark-italic", "*|*"),
    ("edit-mark-list", "- "),
    ("edit-mark-numbers", "1. "),
    ("edit-mark-quote", "> "),
    ("edit-mark-link", "[|](https://)"),
];

#[derive(Serialize)]
struct Edit {
    base_path: String,
    form: Shown,
    issues: Vec<told::Told>,
    others: Vec<String>,
    /// Why the draft came back, and from whom.
    reason: String,
    reason_by: String,
    /// What stands in the form was typed before and never saved.
    held: String,
    /// Which page this is, and what it shows of what waits: sent with all that is typed here.
    tab: String,
    stood_on: String,
    beside: Vec<Offer>,
    marks: Vec<Mark>,
    /// The files beside it, of a kind that has any.
    has_files: bool,
    files: Vec<Attached>,
}

#[derive(Serialize)]
struct Attached {
    title: String,
    paper_only: bool,
}

/// The draft of a document that is still being written. Errors: `WrongState` when it is on its way or published.
fn draft(c: &mut Conn, visit: &Visit, document: i64) -> Result<Text, Refusal> {
    let found = current(c, visit.act()?, document)?;
    match found.edition.state() {
        State::Draft => Ok(found),
        State::Submitted | State::Approved => Err(Refusal::WrongState(phrase!("edit-on-its-way"))),
        _ => Err(Refusal::WrongState(phrase!("edit-published"))),
    }
}

fn path(document: i64) -> String {
    format!("{TEXTS}/{document}/sua")
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let (form, held) = {
        let mut reading = visit.reading()?;
        let text = draft(&mut reading.c, visit, document)?;
        text.must_mend(&mut reading.c, visit.act()?)?;
        let form = Form::of(&mut reading.c, &text)?;
        let held = held::find(&mut reading.c, visit.actor()?.id, &path(document))?;
        (held.as_ref().map(|held| Form::read(&Fields::held(held), &form)).unwrap_or(form), held)
    };
    visit.write(|c, act| {
        let text = draft(c, visit, document)?;
        presence::note(c, text.edition.id, visit.actor()?.id, act.now)
    })?;
    show(visit, document, form, held.as_ref(), &[])
}

fn show(visit: &Visit, document: i64, form: Form, held: Option<&Held>, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, document)?;
    let others = names(&mut reading, visit, &text)?;
    let mut checks = super::checks::of_form(&mut reading, &text, &form)?;
    // Whoever has just saved is told what will hold it back, before he sends it on its way.
    if visit.query.text("da") == "saved" && issues.is_empty() && held.is_none() {
        super::checks::add_lacking(visit, &mut reading, &text, &mut checks)?;
    }
    // What holds it back is said once, as that.
    let told = told::issues(&reading, issues);
    checks.retain(|check| !told.iter().any(|told| told.text == check.text));
    // A form that comes back is the page that it was.
    let (tab, stood_on) = match visit.fields.find(held::PAGE) {
        Some(tab) => (tab.to_owned(), visit.fields.text(held::STOOD_ON)),
        None => (secret::token()?[..16].to_owned(), held.map(held::stamp).unwrap_or_default()),
    };
    let files = listed(text.kind, &text.revision.facts)?.into_iter();
    let files: Vec<Attached> = files.map(|one| Attached { title: one.title, paper_only: one.paper_only }).collect();
    let steps = step::of(&mut reading.c, &[text.edition.id])?;
    let (reason_by, reason) = sent_back(&mut reading, &text, &steps)?;
    let parts = Edit {
        reason,
        reason_by,
        beside: unsaved::beside(visit, &mut reading, &path(document))?,
        tab,
        stood_on,
        base_path: format!("{TEXTS}/{document}"),
        form: form::shown(&mut reading, visit.who()?, form, issues, checks)?,
        issues: told.into_iter().map(|told| told::Told { field: form::field(&told.field).to_owned(), ..told }).collect(),
        others,
        held: held.map(|held| reading.say(&phrase!("edit-held", at = told::at(&reading, held.at)))).unwrap_or_default(),
        has_files: !matches!(text.kind, Kind::Page | Kind::Report),
        files,
        marks: MARKS.map(|(word, mark)| Mark { name: reading.word(word), mark, example: reading.word("edit-mark-example") }).into(),
    };
    let title = format!("{}: {}", reading.word("edit-heading"), super::texts::titled(&reading, &text.revision.title));
    let mut answer = frame::page(visit, &mut reading, "desk/edit.html", title, &parts)?;
    if !issues.is_empty() {
        answer.status = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(Outcome::page(answer))
}

fn names(reading: &mut Reading, visit: &Visit, text: &Text) -> Result<Vec<String>, Refusal> {
    let others = presence::others(&mut reading.c, text.edition.id, visit.actor()?.id, visit.now)?;
    others.into_iter().map(|(id, _)| Ok(roll::with_id(&mut reading.c, id)?.name)).collect()
}

/// Saves, and goes on as the button said. Whatever refuses it, the form comes back as it was typed.
pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let as_was = {
        let mut reading = visit.reading()?;
        let text = current(&mut reading.c, visit.act()?, document)?;
        text.must_mend(&mut reading.c, visit.act()?)?;
        Form::of(&mut reading.c, &text)?
    };
    let mut form = Form::read(&visit.fields, &as_was);
    match visit.fields.text("take").as_str() {
        // Put together from both sides: it stands on what the other had saved.
        "merged" => {
            form = Form::read_as(&visit.fields, MERGED, &as_was);
            form.body = visit.fields.text("merged");
            form.base = visit.fields.number("theirs").unwrap_or(form.base);
        }
        "mine" => form.base = visit.fields.number("theirs").unwrap_or(form.base),
        _ => {}
    }
    let saved = visit.write(|c, act| {
        let text = current(c, act, document)?;
        let (written, filed) = both(form.written(text.kind, &text.revision), form.filed(c, &text.edition, act.now))?;
        let saved = save(c, act, &press(&visit.web.words), text.edition.id, form.base, &written, &filed)?;
        set_aside(c, visit, &text, &form)?;
        presence::leave(c, text.edition.id, visit.actor()?.id)?;
        Ok(saved)
    });
    match saved {
        Ok(Saved::Kept(edition)) => match visit.fields.text("then").as_str() {
            "submit" => submitted(visit, document, edition.id, form),
            "files" => Ok(Outcome::To(format!("{TEXTS}/{document}/tep"))),
            "preview" => Ok(Outcome::To(format!("{TEXTS}/{document}/xem-truoc?da=saved"))),
            _ => {
                let done = if merge::undecided(&form.body).is_some() { "two-versions" } else { "saved" };
                Ok(Outcome::To(format!("{}?da={done}", path(document))))
            }
        },
        Ok(Saved::Beside(beside)) => {
            let theirs = {
                let mut reading = visit.reading()?;
                let text = text(&mut reading.c, visit.act()?, beside.edition.id)?;
                Form::of(&mut reading.c, &text)?
            };
            conflict(visit, document, &form, &theirs, *beside)
        }
        Err(Refusal::Issues(issues)) => show(visit, document, form, None, &issues),
        // What was typed is held at the door.
        Err(other) => Err(other),
    }
}

/// What is wrong on either side is told at once.
fn both<A, B>(one: Result<A, Refusal>, other: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (one, other) {
        (Err(Refusal::Issues(mut issues)), Err(Refusal::Issues(more))) => {
            issues.extend(more);
            Err(Refusal::Issues(issues))
        }
        (one, other) => Ok((one?, other?)),
    }
}

/// What was held of a session that was over, or by another page, goes into the history beside what was saved now; what
/// was held while this was typed is in it.
fn set_aside(c: &mut Conn, visit: &Visit, text: &Text, form: &Form) -> Result<(), Refusal> {
    let (person, path, sent) = (visit.actor()?.id, path(text.edition.document_id), visit.fields.encoded());
    for held in held::waiting(c, person, &path)? {
        let before = Form::read(&Fields::held(&held), form);
        if !held::is_in(&held, &sent) && before.says_more_than(form) {
            let act = visit.act()?;
            // The history keeps what was typed; where the text belongs is said by who saved it.
            let kept = Form { unit: form.unit.clone(), section: form.section.clone(), ..before.clone() }.filed(c, &text.edition, act.now);
            let kept = both(before.written(text.kind, &text.revision), kept)
                .and_then(|(written, filed)| save(c, act, &press(&visit.web.words), text.edition.id, 0, &written, &filed));
            match kept {
                Ok(_) => {}
                // No history takes it as it is: it goes on waiting.
                Err(Refusal::Issues(_)) => continue,
                Err(other) => return Err(other),
            }
        }
        held::let_go(c, person, &held.address)?;
    }
    Ok(())
}

/// A draft that was to be submitted as it stands, and lacks something.
pub fn lacking(visit: &Visit, document: i64, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let form = {
        let mut reading = visit.reading()?;
        let text = draft(&mut reading.c, visit, document)?;
        Form::of(&mut reading.c, &text)?
    };
    show(visit, document, form, None, issues)
}

fn submitted(visit: &Visit, document: i64, edition: i64, form: Form) -> Result<Outcome, Refusal> {
    let outcome = visit.write(|c, act| {
        let seal = text(c, act, edition)?.seal();
        review::submit(c, act, &press(&visit.web.words), edition, &seal)
    });
    match outcome {
        Ok(_) => Ok(Outcome::To(format!("{TEXTS}/{document}?da=submitted"))),
        // It is saved; only what it lacks keeps it here.
        Err(Refusal::Issues(issues)) => {
            let base = {
                let mut reading = visit.reading()?;
                text(&mut reading.c, visit.act()?, edition)?.revision.id
            };
            show(visit, document, Form { base, ..form }, None, &issues)
        }
        Err(other) => Err(other),
    }
}

#[derive(Serialize)]
struct Kept {
    at: String,
    others: Vec<String>,
}

/// What is being typed, kept while it is: sent by the page's script every few moments.
pub fn hold(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| {
        let text = draft(c, visit, document)?;
        text.must_mend(c, act)?;
        // A script may send by itself what it has sent before; whoever typed something is there.
        let (person, path, typed) = (visit.actor()?.id, path(document), visit.fields.encoded());
        if held::is_new(c, person, &path, &typed)? {
            visit.is_attended(c)?;
        }
        held::hold(c, person, &path, &typed, act.now)?;
        presence::note(c, text.edition.id, visit.actor()?.id, act.now)
    })?;
    told(visit)
}

/// Who else has it open; and whoever asks has, while he may write there.
pub fn others(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let is_due = {
        let mut reading = visit.reading()?;
        let text = current(&mut reading.c, visit.act()?, document)?;
        let may = text.edition.state() == State::Draft && text.must_mend(&mut reading.c, visit.act()?).is_ok();
        (may && !presence::is_fresh(&mut reading.c, text.edition.id, visit.actor()?.id, visit.now)?).then_some(text.edition.id)
    };
    if let Some(edition) = is_due {
        visit.write(|c, act| presence::note(c, edition, visit.actor()?.id, act.now))?;
    }
    told(visit)
}

fn told(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let text = current(&mut reading.c, visit.act()?, visit.id("id")?)?;
    let others = names(&mut reading, visit, &text)?;
    let at = crate::kit::calendar::local(visit.now).format("%H:%M:%S").to_string();
    let json = serde_json::to_string(&Kept { at, others }).map_err(Refusal::broken)?;
    Ok(Outcome::Given { mime: "application/json", bytes: json.into() })
}

/// What was held and shown is let go, and the draft is as it was saved.
pub fn let_go(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| {
        current(c, act, document)?;
        held::done(c, visit.actor()?.id, &path(document), &visit.fields.encoded())
    })?;
    Ok(Outcome::To(format!("{}?da=forgotten", path(document))))
}

/// The words of a body as readers will see them: for the page's script.
pub fn tried(visit: &Visit) -> Result<Outcome, Refusal> {
    if !visit.actor()?.may_somewhere(Verb::Write) {
        return Err(Refusal::Forbidden);
    }
    let mut reading = visit.reading()?;
    // Of a posting it says how much the web may name.
    let way = visit.fields.find("web").map(|web| Posting { web: web.to_owned(), ..Posting::default() }.web_way());
    let html = form::preview(&mut reading, &visit.fields.text("body"), way)?;
    Ok(Outcome::Given { mime: "text/html; charset=utf-8", bytes: super::preview::at_the_desk(&html).into() })
}
