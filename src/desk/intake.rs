//! The figures of a report at the desk: a spreadsheet is sent, looked at, answered for and kept. Nothing is figures before all of it is
//! clear; what the report had before stays in its history.

use super::door::{Outcome, Visit};
use super::files_list::{Taken, free_name, take};
use super::intake_fields::answers as typed_answers;
use super::intake_job::{Job, job};
use super::intake_page::{self, Open};
use super::press::press;
use crate::approval::write::attach;
use crate::approval::{Text, current};
use crate::edition::Kind;
use crate::edition::body::{Files, parse};
use crate::edition::state::State;
use crate::edition::written::issue;
use crate::kit::digest::sha256;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::sheet::{Bad, Book};
use crate::kit::words::{Lang, Phrase};
use crate::kit::{calendar, filetype};
use crate::person::Act;
use crate::phrase;
use crate::report::check::Verdict;
use crate::report::indicators::Indicators;
use crate::report::intake::guess::{self, With};
use crate::report::intake::look::Look;
use crate::report::intake::memory::{self, Intake};
use crate::report::intake::take::{Taken as Made, take as made_of};
use crate::report::intake::{Answers, own};
use crate::report::observation::Figures;
use crate::report::{Accepted, FOLDER, Report, law, rules, series};
use crate::store::shelf::{self, Medium};
use crate::store::{Conn, Snapshot};
use crate::unit;
use crate::web::answer::Reading;

pub const FIGURES: &str = "/ban-bien-tap/van-ban/{id}/so-lieu";

/// What stands when a sheet is looked at.
pub struct Seen {
    pub answers: Answers,
    pub made: Made,
    /// It is a file of ours, and nothing is asked.
    pub is_own: bool,
    /// The sheet and the row of its heads, of a file of ours.
    pub keys: Vec<String>,
}

/// Errors: `Missing` for what is no report; `WrongState` where it is no draft any more.
pub fn draft(c: &mut Conn, act: Act, document: i64) -> Result<(Text, Report), Refusal> {
    let text = current(c, act, document)?;
    if text.kind != Kind::Report {
        return Err(Refusal::Missing);
    }
    text.must_mend(c, act)?;
    match text.edition.state() {
        State::Draft => {}
        State::Submitted | State::Approved => return Err(Refusal::WrongState(phrase!("edit-on-its-way"))),
        _ => return Err(Refusal::WrongState(phrase!("edit-published"))),
    }
    let report = parse(&text.revision.facts)?;
    Ok((text, report))
}

pub fn page(visit: &Visit) -> Result<Outcome, Refusal> {
    show(visit, &[])
}

fn show(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let (text, report) = draft(&mut reading.c, visit.act()?, document)?;
    let Some(intake) = memory::find(&mut reading.c, document, visit.actor()?.id)? else {
        return intake_page::none(visit, &mut reading, &text, &report, issues);
    };
    let Some(job) = job_of(visit, &intake) else { return intake_page::none(visit, &mut reading, &text, &report, issues) };
    let book = match job.book() {
        None => return intake_page::waiting(visit, &mut reading, &text, &intake, &job),
        Some(Err(bad)) => {
            let issues = [issue("file", 0, told(bad, &intake.name))];
            drop(reading);
            visit.write(|c, _| memory::end(c, document, visit.actor()?.id))?;
            return show(visit, &issues);
        }
        Some(Ok(book)) => book,
    };
    let (known, units, own_code) = around(&mut reading.c, &text, visit)?;
    let with = With { known: &known, units: &units };
    let stored: Option<Answers> = serde_json::from_str(&intake.answers).ok();
    let seen = look_at(&mut reading.c, &text, book, stored, &with, &own_code, &job)?;
    let open = Open { book, intake: &intake, with: &with, seen: &seen };
    intake_page::open(visit, &mut reading, &text, &report, &open, issues)
}

fn job_of(visit: &Visit, intake: &Intake) -> Option<std::sync::Arc<Job>> {
    job(&intake.digest, &intake.name, || visit.web.shelf.take(&intake.digest, "").ok())
}

type Around = (Indicators, Vec<(String, String)>, String);

/// The list of indicators, the units of which the report may speak, and its own unit's code.
fn around(c: &mut Snapshot, text: &Text, visit: &Visit) -> Result<Around, Refusal> {
    let known = rules::indicators(c)?;
    let Some(own) = text.edition.unit_id.map(|id| unit::with_ids(c, &[id])).transpose()?.and_then(|mut found| found.pop()) else {
        return Ok((known, Vec::new(), String::new()));
    };
    let today = calendar::local(visit.now).date();
    let mut all = unit::ever_below(c, &own)?;
    all.retain(|unit| unit.is_in_force(today) || own.valid_until.is_some());
    all.push(own.clone());
    let named = all.into_iter().map(|unit| (unit.code.clone(), unit.name(&visit.web.words, LANG)));
    Ok((known, named.collect(), own.code))
}

/// The sheet as it was answered for; as it is guessed, with what was answered for one like it, where it was not.
fn look_at(
    c: &mut Conn,
    text: &Text,
    book: &Book,
    stored: Option<Answers>,
    with: &With,
    own_code: &str,
    job: &Job,
) -> Result<Seen, Refusal> {
    if let Some(sheet) = own::find(book) {
        let made = own::take(&sheet, with.known, own_code);
        return Ok(Seen { answers: stored.unwrap_or_default(), made, is_own: true, keys: Vec::new() });
    }
    let chosen = stored.as_ref().map_or_else(|| guess::sheet(book), |stored| stored.sheet);
    let Some(sheet) = book.sheets.get(chosen) else { return Err(Refusal::Missing) };
    let converted = stored.as_ref().is_some_and(|stored| stored.converted);
    let look = Look::at(sheet, converted);
    let answers = match stored.filter(|stored| stored.last > 0 || !stored.columns.is_empty()) {
        Some(stored) => stored,
        None => {
            let guess = guess::answers(chosen, &look, with, converted);
            match memory::recall(c, text.edition.unit_id, &memory::shape(&look, &guess))? {
                Some(before) => guess::recalled(guess, &before),
                None => guess,
            }
        }
    };
    let heads = look.heads(answers.first);
    let keys = guess::columns(&look, answers.label, &heads).into_iter().map(|(_, key, _)| key).collect();
    let made = made_of(&look, &answers, with, own_code, &|step, steps| job.tell(step, steps));
    Ok(Seen { answers, made, is_own: false, keys })
}

fn told(bad: &Bad, name: &str) -> Phrase {
    match bad {
        Bad::NotASheet => phrase!("intake-not-a-sheet", name = name),
        Bad::Encrypted => phrase!("intake-encrypted", name = name),
        Bad::OldWord => phrase!("intake-word", name = name),
        Bad::Html => phrase!("intake-html", name = name),
        Bad::Xml2003 => phrase!("intake-xml", name = name),
        Bad::TooLarge { .. } => phrase!("intake-too-large", name = name),
        Bad::Broken { what } => phrase!("intake-broken", name = name, what = what),
        Bad::Empty => phrase!("intake-empty", name = name),
    }
}

pub fn act(visit: &Visit) -> Result<Outcome, Refusal> {
    let asked = visit.fields.text("do");
    let (deed, of) = asked.split_once(':').unwrap_or((&asked, ""));
    let done = match deed {
        "send" => send(visit),
        "answer" => answer(visit, None),
        "sheet" => answer(visit, of.parse().ok()),
        "convert" => convert(visit),
        "keep" => answer(visit, None).and_then(|_| keep(visit)),
        "accept" => accept(visit),
        "drop" => drop_it(visit),
        _ => Err(Refusal::Missing),
    };
    match done {
        Ok(done) => Ok(Outcome::To(format!("{}{done}", visit.path))),
        Err(Refusal::Issues(issues)) => show(visit, &issues),
        Err(other) => Err(other),
    }
}

fn send(visit: &Visit) -> Result<String, Refusal> {
    let document = visit.id("id")?;
    {
        let mut reading = visit.reading()?;
        draft(&mut reading.c, visit.act()?, document)?;
    }
    let taken = take(&visit.web.shelf, visit.file.as_ref(), "file", false)?;
    let name = visit.file.as_ref().and_then(|file| file.file.clone()).unwrap_or_default();
    let name: String = name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    visit.write(|c, act| {
        draft(c, act, document)?;
        memory::begin(c, document, visit.actor()?.id, (&name, &taken.medium.digest), visit.now)
    })?;
    Ok(String::new())
}

/// Keeps what was said so far. `sheet`: another one is to be looked at, from the beginning.
fn answer(visit: &Visit, sheet: Option<usize>) -> Result<String, Refusal> {
    let (document, person) = (visit.id("id")?, visit.actor()?.id);
    let mut reading = visit.reading()?;
    let (text, _) = draft(&mut reading.c, visit.act()?, document)?;
    let Some(intake) = memory::find(&mut reading.c, document, person)? else { return Ok(String::new()) };
    let Some(job) = job_of(visit, &intake) else { return Ok(String::new()) };
    let Some(Ok(book)) = job.book() else { return Ok(String::new()) };
    let (known, units, own_code) = around(&mut reading.c, &text, visit)?;
    let with = With { known: &known, units: &units };
    let stored: Option<Answers> = serde_json::from_str(&intake.answers).ok();
    let answers = match sheet {
        Some(sheet) if sheet < book.sheets.len() => Answers { sheet, ..Answers::default() },
        _ => {
            let seen = look_at(&mut reading.c, &text, book, stored, &with, &own_code, &job)?;
            typed_answers(&visit.fields, &seen.answers, &seen.keys)
        }
    };
    drop(reading);
    visit.write(|c, act| {
        draft(c, act, document)?;
        memory::answer(c, intake.id, &answers)
    })?;
    Ok(String::new())
}

/// Letters of before Unicode are turned into today's, or left: then all is guessed anew.
fn convert(visit: &Visit) -> Result<String, Refusal> {
    let (document, person) = (visit.id("id")?, visit.actor()?.id);
    visit.write(|c, act| {
        draft(c, act, document)?;
        let Some(intake) = memory::find(c, document, person)? else { return Ok(()) };
        let before: Answers = serde_json::from_str(&intake.answers).unwrap_or_default();
        memory::answer(c, intake.id, &Answers { sheet: before.sheet, converted: !before.converted, ..Answers::default() })
    })?;
    Ok(String::new())
}

fn drop_it(visit: &Visit) -> Result<String, Refusal> {
    let (document, person) = (visit.id("id")?, visit.actor()?.id);
    visit.write(|c, act| {
        draft(c, act, document)?;
        memory::end(c, document, person)
    })?;
    Ok("?da=intake-dropped".to_owned())
}

/// The figures become the report's, with the file that they came from. Errors: `Issues` while anything is open.
fn keep(visit: &Visit) -> Result<String, Refusal> {
    let (document, person) = (visit.id("id")?, visit.actor()?.id);
    let mut reading = visit.reading()?;
    let (text, _) = draft(&mut reading.c, visit.act()?, document)?;
    let intake = memory::find(&mut reading.c, document, person)?.ok_or(Refusal::Stale)?;
    let job = job_of(visit, &intake).ok_or(Refusal::Stale)?;
    let Some(Ok(book)) = job.book() else { return Ok(String::new()) };
    let (known, units, own_code) = around(&mut reading.c, &text, visit)?;
    let with = With { known: &known, units: &units };
    let stored: Option<Answers> = serde_json::from_str(&intake.answers).ok();
    let seen = look_at(&mut reading.c, &text, book, stored, &with, &own_code, &job)?;
    if !seen.made.is_clear() {
        let open = seen.made.doubtful + seen.made.wrong + seen.made.unknown.len();
        return Err(Refusal::Issues(vec![issue("open", 0, phrase!("intake-open", count = open))]));
    }
    let shape = if seen.is_own {
        None
    } else {
        book.sheets.get(seen.answers.sheet).map(|sheet| memory::shape(&Look::at(sheet, seen.answers.converted), &seen.answers))
    };
    let original = medium_of(&mut reading, visit, &intake)?;
    drop(reading);
    let csv = seen.made.figures.written();
    let digest = sha256(csv.as_bytes());
    visit.web.shelf.put(&digest, "", csv.as_bytes())?;
    let plain = |digest: String, bytes: usize| Medium {
        digest,
        mime: "text/csv; charset=utf-8".to_owned(),
        bytes: bytes as i64,
        width: 0,
        height: 0,
        renditions: String::new(),
        recipe: 0,
    };
    let data = Taken::made(&text.slug, "csv", plain(digest.clone(), csv.len()));
    let source = Taken::made(&format!("{}-goc", text.slug), &filetype::ending(&intake.name), original);
    visit.write(|c, act| {
        let (text, mut report) = draft(c, act, document)?;
        let name = free_name(c, FOLDER, &data, "file")?;
        shelf::record(c, &visit.web.shelf, &name, &data.medium)?;
        let kept = free_name(c, FOLDER, &source, "file")?;
        shelf::record(c, &visit.web.shelf, &kept, &source.medium)?;
        series::learn(c, &digest, &seen.made.figures)?;
        (report.data, report.original) = (name, kept);
        still_off(c, &text, &seen.made.figures, &mut report)?;
        if let Some(shape) = &shape {
            memory::remember(c, text.edition.unit_id, shape, &seen.answers, visit.now)?;
        }
        attach(c, act, &press(&visit.web.words), text.edition.id, Box::new(report))?;
        memory::end(c, document, person)
    })?;
    Ok("?da=figures-kept".to_owned())
}

fn medium_of(reading: &mut Reading, visit: &Visit, intake: &Intake) -> Result<Medium, Refusal> {
    if let Some(known) = shelf::find(&mut reading.c, &intake.digest)? {
        return Ok(known);
    }
    let bytes = visit.web.shelf.take(&intake.digest, "")?.len() as i64;
    let ending = filetype::ending(&intake.name);
    let mime = filetype::TYPES.iter().find(|(known, _)| *known == ending).map_or("application/octet-stream", |(_, mime)| mime);
    let (digest, mime) = (intake.digest.clone(), mime.to_owned());
    Ok(Medium { digest, mime, bytes, width: 0, height: 0, renditions: String::new(), recipe: 0 })
}

/// A reason stands while the check that it was given for is off, and no longer.
fn still_off(c: &mut Conn, text: &Text, figures: &Figures, report: &mut Report) -> Result<(), Refusal> {
    let known = rules::indicators(c)?;
    let edition = &text.edition;
    let checked = law::checked(c, edition.unit_id, edition.document_id, figures, &known, edition.starts_at)?;
    report.accepted.retain(|accepted| checked.iter().any(|one| one.verdict == Verdict::Off && one.code == accepted.check));
    Ok(())
}

/// Why figures stand that do not agree: public, with the check.
fn accept(visit: &Visit) -> Result<String, Refusal> {
    let document = visit.id("id")?;
    visit.write(|c, act| {
        let (text, mut report) = draft(c, act, document)?;
        let files: Files = parse(&text.revision.files)?;
        let Some(file) = files.get(&report.data) else { return Ok(()) };
        let figures = series::figures(c, &file.digest)?;
        for at in 0..super::intake_fields::MOST {
            let (Some(code), Some(reason)) = (visit.fields.find(&format!("check-{at}")), visit.fields.find(&format!("reason-{at}"))) else {
                continue;
            };
            report.accepted.retain(|known| known.check != code);
            let reason = reason.trim();
            if reason.chars().count() > 1_000 {
                return Err(Refusal::Issues(vec![issue(&format!("reason-{at}"), 0, phrase!("rules-too-long", most = 1_000))]));
            }
            if !reason.is_empty() {
                report.accepted.push(Accepted { check: code.to_owned(), reason: reason.to_owned() });
            }
        }
        still_off(c, &text, &figures, &mut report)?;
        attach(c, act, &press(&visit.web.words), text.edition.id, Box::new(report)).map(drop)
    })?;
    Ok("?da=reasons-kept".to_owned())
}

/// The language of the desk.
pub const LANG: Lang = Lang::Vi;
