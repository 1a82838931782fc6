//! Two people saved the same text: both versions side by side, both put together, and a choice. Nothing was overwritten.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::form::Form;
use super::frame::{self, TEXTS};
use super::texts::name_of;
use super::told;
use crate::approval::held;
use crate::approval::write::Beside;
use crate::edition::Kind;
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
    name: String,
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

/// What the fields of both sides put together are named by, beside those of one's own.
pub const MERGED: &str = "m_";

/// Both texts side by side, and both put together. `theirs`: the form as it stands now.
pub fn conflict(visit: &Visit, document: i64, form: &Form, theirs: &Form, beside: Beside) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let who = name_of(&mut reading.c, &beside.by)?;
    let kind = Kind::named(form.kind).ok_or(Refusal::Missing)?;
    let base = beside.base.as_ref().map(|base| Form::words(kind, base)).transpose()?.unwrap_or_default();
    let merged = merge::merge(&base.body, &form.body, &theirs.body);
    let (told_as, merged) = match merged.merged() {
        Some(text) => ("conflict-merged-clean", text),
        None => {
            let line = |mark: &str, word: &str| format!("{mark} {}", reading.word(word));
            let (begin, end) = (line(merge::BEGIN, "conflict-mark-mine"), line(merge::END, "conflict-mark-end"));
            ("conflict-merged-marked", merged.marked(&begin, &line("====", "conflict-mark-theirs"), &end))
        }
    };
    let hidden = |name: &str, text: &str| Hidden { name: name.to_owned(), text: text.to_owned() };
    let mut hiddens =
        vec![hidden("theirs", &beside.theirs.id.to_string()), hidden("base", &form.base.to_string()), hidden("body", &form.body)];
    hiddens.extend([held::PAGE, held::STOOD_ON].map(|name| hidden(name, &visit.fields.text(name))));
    let mut parts = Vec::new();
    for (((name, word, is_words, mine), (.., theirs)), (.., was)) in form.lines().into_iter().zip(theirs.lines()).zip(base.lines()) {
        // Where it was filed before nobody knows any more: what the other has just kept stands.
        let is_theirs = if is_words { mine == was } else { !theirs.is_empty() };
        hiddens.push(hidden(name, mine));
        hiddens.push(hidden(&format!("{MERGED}{name}"), if is_theirs { theirs } else { mine }));
        if mine != theirs {
            parts.push(Sides { name: reading.word(word), mine: mine.to_owned(), theirs: theirs.to_owned() });
        }
    }
    if form.body != theirs.body {
        parts.push(Sides { name: reading.word("edit-body"), mine: form.body.clone(), theirs: theirs.body.clone() });
    }
    let decorative = if form.decorative == base.decorative { theirs.decorative } else { form.decorative };
    for (name, mine, both) in [("minor", form.minor, theirs.minor), ("decorative", form.decorative, decorative)] {
        hiddens.extend(mine.then(|| hidden(name, "1")));
        hiddens.extend(both.then(|| hidden(&format!("{MERGED}{name}"), "1")));
    }
    let parts = Conflict {
        base_path: format!("{TEXTS}/{document}"),
        lead: reading.say(&phrase!("conflict-lead", name = who, at = told::at(&reading, beside.at))),
        parts,
        hiddens,
        merged,
        merged_told: reading.word(told_as),
    };
    let title = reading.word("conflict-title");
    let mut answer = frame::page(visit, &mut reading, "desk/conflict.html", title, &parts)?;
    answer.status = StatusCode::CONFLICT;
    Ok(Outcome::page(answer))
}
