//! A sheet on its way to figures, as a page: the grid with what each row and column is, what is not clear yet, and what comes of it.

use std::sync::atomic::Ordering;

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, TEXTS};
use super::indicators::NEW_INDICATOR;
use super::intake::{LANG, Seen};
use super::intake_fields::MOST;
use super::intake_job::Job;
use super::intake_sheet::{ProblemShown, SheetShown, asked, bare};
use super::texts::titled;
use super::told::{self, Told, by_field};
use crate::approval::Text;
use crate::edition::body::{Files, parse};
use crate::kit::filetype;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::sheet::Book;
use crate::person::access::Verb;
use crate::report::check::Verdict;
use crate::report::indicators::Indicators;
use crate::report::intake::guess::With;
use crate::report::intake::memory::Intake;
use crate::report::layout::{self, INDICATOR};
use crate::report::loaded::Loaded;
use crate::report::observation::Figures;
use crate::report::table::{Notes, TableShown, table};
use crate::report::{Report, law, rules, series, told as sums};
use crate::web::answer::Reading;

pub struct Open<'o> {
    pub book: &'o Book,
    pub intake: &'o Intake,
    pub with: &'o With<'o>,
    pub seen: &'o Seen,
}

#[derive(Serialize)]
pub struct CheckShown {
    at: usize,
    code: String,
    sum: String,
    reason: String,
}

#[derive(Serialize)]
struct Parts {
    /// Of the addresses that tables lead to.
    base: &'static str,
    base_path: String,
    path: String,
    heading: String,
    most: u64,
    file_issue: String,
    issues: Vec<Told>,
    /// Of the figures that the report has.
    tables: Vec<TableShown>,
    count: usize,
    original: String,
    checks: Vec<CheckShown>,
    /// Of a file that is being read: rows gone through, and of how many.
    waits: bool,
    step: usize,
    steps: usize,
    sheet: Option<SheetShown>,
    /// Where whoever keeps the list of indicators adds one; empty for others.
    new_indicator: &'static str,
}

fn parts(visit: &Visit, reading: &Reading, text: &Text, issues: &[Issue]) -> Parts {
    let told = told::issues(reading, issues);
    Parts {
        base: LANG.base(),
        base_path: format!("{TEXTS}/{}", text.edition.document_id),
        path: visit.path.clone(),
        heading: titled(reading, &text.revision.title),
        most: filetype::MAX_BYTES,
        file_issue: by_field(&told).remove("file").unwrap_or_default(),
        issues: told,
        tables: Vec::new(),
        count: 0,
        original: String::new(),
        checks: Vec::new(),
        waits: false,
        step: 0,
        steps: 0,
        sheet: None,
        new_indicator: "",
    }
}

fn answer(visit: &Visit, reading: &mut Reading, parts: &Parts, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let title = format!("{}: {}", reading.word("report-figures"), parts.heading);
    match issues.is_empty() {
        true => frame::shown(visit, reading, "desk/figures.html", &title, parts),
        false => frame::again(visit, reading, "desk/figures.html", &title, parts),
    }
}

/// No file is on its way: what the report has, and a place to send one.
pub fn none(visit: &Visit, reading: &mut Reading, text: &Text, report: &Report, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut parts = parts(visit, reading, text, issues);
    let files: Files = parse(&text.revision.files)?;
    if let Some(file) = files.get(&report.data) {
        let figures = series::figures(&mut reading.c, &file.digest)?;
        let known = rules::indicators(&mut reading.c)?;
        parts.count = figures.rows.len();
        let loaded = loaded(reading, text, report, figures, known)?;
        parts.checks = checks(reading, text, &loaded)?;
        parts.tables = tables(reading, &loaded);
        parts.original = report.original.rsplit('/').next().unwrap_or_default().to_owned();
    }
    answer(visit, reading, &parts, issues)
}

pub fn waiting(visit: &Visit, reading: &mut Reading, text: &Text, intake: &Intake, job: &Job) -> Result<Outcome, Refusal> {
    let mut parts = parts(visit, reading, text, &[]);
    parts.waits = true;
    parts.original.clone_from(&intake.name);
    (parts.step, parts.steps) = (job.step.load(Ordering::Relaxed), job.steps.load(Ordering::Relaxed));
    answer(visit, reading, &parts, &[])
}

fn loaded(reading: &mut Reading, text: &Text, report: &Report, figures: Figures, known: Indicators) -> Result<Loaded, Refusal> {
    Loaded::of(reading, report.clone(), figures, known, &text.edition)
}

fn tables(reading: &Reading, loaded: &Loaded) -> Vec<TableShown> {
    let mut notes = Notes::default();
    let grids = layout::grids(&loaded.figures, &loaded.report.tables, &loaded.known);
    grids.iter().take(20).map(|grid| table(reading, loaded, grid, &mut notes)).collect()
}

fn checks(reading: &mut Reading, text: &Text, loaded: &Loaded) -> Result<Vec<CheckShown>, Refusal> {
    let edition = &text.edition;
    let checked = law::checked(&mut reading.c, edition.unit_id, edition.document_id, &loaded.figures, &loaded.known, edition.starts_at)?;
    let off = checked.into_iter().filter(|one| one.verdict == Verdict::Off).take(MOST).enumerate();
    Ok(off
        .map(|(at, one)| CheckShown {
            at,
            sum: format!(
                "{}: {}",
                loaded.label(INDICATOR, &one.indicator, reading),
                sums::arithmetic(&one, &loaded.figures, &loaded.known, LANG)
            ),
            reason: loaded.report.acceptance(&one.code).unwrap_or_default().to_owned(),
            code: one.code,
        })
        .collect())
}

pub fn open(visit: &Visit, reading: &mut Reading, text: &Text, report: &Report, open: &Open, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut parts = parts(visit, reading, text, issues);
    let made = &open.seen.made;
    let mut shown = if open.seen.is_own { bare(open) } else { asked(reading, open) };
    shown.is_own = open.seen.is_own;
    shown.ready = made.is_clear();
    shown.count = made.figures.rows.len();
    shown.problems = made
        .problems
        .iter()
        .enumerate()
        .map(|(at, one)| ProblemShown { at: made.doubts.len() + at, cell: one.cell.clone(), text: reading.say(&one.phrase) })
        .collect();
    shown.more_problems = made.wrong - made.problems.len();
    if !made.figures.rows.is_empty() && made.wrong == 0 {
        let loaded = loaded(reading, text, report, made.figures.clone(), open.with.known.clone())?;
        shown.checks = checks(reading, text, &loaded)?;
        shown.tables = tables(reading, &loaded);
    }
    if visit.actor()?.may(&mut reading.c, Verb::KeepSite, None)? {
        parts.new_indicator = NEW_INDICATOR;
    }
    parts.sheet = Some(shown);
    answer(visit, reading, &parts, issues)
}
