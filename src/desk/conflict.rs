//! Two people saved the same text: both versions side by side, both put together, and a choice. Nothing was overwritten.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::form::Form;
use super::frame::{self, TEXTS};
use super::texts::name_of;
use super::told;
use crate::approval::write::Beside;
use crate::kit::merge;
use crate::kit::refusal::Refusal;
use crate::phrase;

#[derive(Serialize)]
struct Sides {
    name: String,
    mine: String,
    theirs: String,
}

#[derive(Serialize)]
struct Hidden {
    name: &'static str,
    text: String,
}

#[derive(Serialize)]
struct Conflict {
    base_path: String,
    lead: String,
    parts: Vec<Sides>,
    hiddens: Vec<Hidden>,
    merged: String,
    merged_told: String,
}

/// Both texts side by side, and both put together.
pub fn conflict(visit: &Visit, document: i64, form: &Form, beside: Beside) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let who = name_of(&mut reading.c, &beside.by)?;
    let base = beside.base.as_ref().map_or("", |base| base.body.as_str());
    let merged = merge::merge(base, &form.body, &beside.theirs.body);
    let (told_as, merged) = match merged.merged() {
        Some(text) => ("conflict-merged-clean", text),
        None => ("conflict-merged-marked", merged.marked("<<<<", "====", ">>>>")),
    };
    let sides = [
        ("edit-title", &form.title, &beside.theirs.title),
        ("edit-lead", &form.lead, &beside.theirs.lead),
        ("edit-body", &form.body, &beside.theirs.body),
    ];
    let parts = sides.into_iter().filter(|(_, mine, theirs)| mine != theirs).map(|(word, mine, theirs)| Sides {
        name: reading.word(word),
        mine: mine.clone(),
        theirs: theirs.clone(),
    });
    let flag = |name: &'static str, is_set: bool| is_set.then(|| Hidden { name, text: "1".to_owned() });
    let hidden = |name: &'static str, text: &str| Hidden { name, text: text.to_owned() };
    let mut hiddens = vec![
        hidden("theirs", &beside.theirs.id.to_string()),
        hidden("base", &form.base.to_string()),
        hidden("title", &form.title),
        hidden("lead", &form.lead),
        hidden("body", &form.body),
        hidden("unit", &form.unit),
        hidden("section", &form.section),
        hidden("ends", &form.ends),
        hidden("change_note", &form.change_note),
        hidden("byline", &form.byline),
        hidden("source_credit", &form.source_credit),
        hidden("source_url", &form.source_url),
        hidden("picture", &form.picture),
        hidden("alt", &form.alt),
        hidden("caption", &form.caption),
        hidden("credit", &form.credit),
    ];
    hiddens.extend([flag("minor", form.minor), flag("decorative", form.decorative)].into_iter().flatten());
    let parts = Conflict {
        base_path: format!("{TEXTS}/{document}"),
        lead: reading.say(&phrase!("conflict-lead", name = who, at = told::at(&reading, beside.at))),
        parts: parts.collect(),
        hiddens,
        merged,
        merged_told: reading.word(told_as),
    };
    let title = reading.word("conflict-title");
    let mut answer = frame::page(visit, &mut reading, "desk/conflict.html", title, &parts)?;
    answer.status = StatusCode::CONFLICT;
    Ok(Outcome::page(answer))
}
