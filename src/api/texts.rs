//! Texts for programs: found, read, begun, saved.

use super::ask::{Ask, Reply};
use super::problem::Fault;
use super::shape::{Document, DocumentPage, DocumentsAsked, EditionHistory, History, ListedDocument, NewText, RevisionHead, RevisionText};
use super::shape::{SavedText, SortName, StepTaken};
use super::words::{self, codes, head, listed, shown};
use crate::approval::write::{self, Saved};
use crate::approval::{self, Text};
use crate::desk::press::press;
use crate::edition::Kind;
use crate::edition::entry::wrong_state;
use crate::edition::find_documents::{self, Sort, Wanted};
use crate::edition::find_history;
use crate::edition::state::State;
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::unit;

/// An edition as it stands now, sealed.
pub fn replied(c: &mut Conn, text: &Text) -> Result<Reply, Fault> {
    let seal = text.seal();
    Ok(Reply::of(words::text(c, text)?)?.sealed(&seal))
}

pub fn edition_path(id: i64) -> String {
    format!("/api/v1/editions/{id}")
}

pub fn list(ask: &Ask) -> Result<Reply, Fault> {
    let asked: DocumentsAsked = ask.query()?;
    let mut c = ask.read()?;
    let reach = ask.who.reach(&mut c, Verb::Look)?;
    let state = match asked.state.as_deref() {
        None => None,
        Some(name) => Some(State::ALL.into_iter().find(|state| state.name() == name).ok_or(Refusal::Missing)?),
    };
    let units = match asked.unit.as_deref() {
        None => None,
        Some(code) => match unit::on_day(&mut c, code, calendar::local(ask.now).date())? {
            Some(unit) => Some(unit::with_descendants(&mut c, &unit)?),
            None => Some(Vec::new()),
        },
    };
    let wanted = Wanted {
        kind: asked.kind.map(Kind::from),
        state,
        units,
        section: asked.section,
        text: asked.text.unwrap_or_default(),
        by: asked.by,
    };
    let sort = match asked.sort {
        Some(SortName::Oldest) => Sort::Oldest,
        Some(SortName::Title) => Sort::Title,
        _ => Sort::Newest,
    };
    let found = find_documents::documents(&mut c, &reach, &wanted, sort, asked.page.unwrap_or(1), ask.now)?;
    let codes = codes(&mut c, found.listed.iter().map(|one| &one.row.edition))?;
    let documents = found.listed.iter().map(|one| ListedDocument {
        listed: listed(&one.row, &codes),
        document: one.document,
        touched: shown(one.touched_at),
        shows: one.shows,
    });
    Reply::of(DocumentPage { documents: documents.collect(), pages: found.pages, count: found.count, is_more: found.is_more })
}

pub fn document(ask: &Ask) -> Result<Reply, Fault> {
    let id = ask.id("document")?;
    let mut c = ask.read()?;
    let reach = ask.who.reach(&mut c, Verb::Look)?;
    let found = find_documents::document(&mut c, &reach, id, ask.now)?;
    let codes = codes(&mut c, &found.editions)?;
    Reply::of(Document {
        id,
        kind: found.kind.into(),
        path: found.kind.path(&found.slug),
        slug: found.slug,
        created: shown(found.created_at),
        shows: found.shows,
        open: found.open,
        editions: found.editions.iter().map(|edition| head(edition, &codes)).collect(),
    })
}

pub fn history(ask: &Ask) -> Result<Reply, Fault> {
    let id = ask.id("document")?;
    let mut c = ask.read()?;
    let reach = ask.who.reach(&mut c, Verb::Look)?;
    let told = find_history::history(&mut c, &reach, id)?;
    let codes = codes(&mut c, told.iter().map(|one| &one.edition))?;
    let editions = told.into_iter().map(|one| EditionHistory {
        edition: head(&one.edition, &codes),
        steps: one
            .steps
            .into_iter()
            .map(|step| StepTaken {
                name: step.name,
                by: step.actor,
                at: shown(step.at),
                note: step.note,
                revision: step.revision_id,
                position: step.position,
            })
            .collect(),
        revisions: one
            .revisions
            .into_iter()
            .map(|head| RevisionHead { id: head.id, made: shown(head.made_at), title: head.title })
            .collect(),
    });
    Reply::of(History { editions: editions.collect() })
}

pub fn revision(ask: &Ask) -> Result<Reply, Fault> {
    let (document, id) = (ask.id("document")?, ask.id("revision")?);
    let mut c = ask.read()?;
    let reach = ask.who.reach(&mut c, Verb::Look)?;
    let kind = find_documents::document(&mut c, &reach, document, ask.now)?.kind;
    let (revision, made_at) = approval::revision(&mut c, ask.act(), document, id)?;
    let words::Told { article, page, posting, report } = words::facts(kind, &revision)?;
    Reply::of(RevisionText {
        id,
        made: shown(made_at),
        title: revision.title,
        lead: revision.lead,
        body: revision.body,
        article,
        page,
        posting,
        report,
    })
}

pub fn edition(ask: &Ask) -> Result<Reply, Fault> {
    let id = ask.id("edition")?;
    let mut c = ask.read()?;
    let text = approval::text(&mut c, ask.act(), id)?;
    replied(&mut c, &text)
}

pub fn begin(ask: &Ask) -> Result<Reply, Fault> {
    let sent: NewText = ask.body()?;
    let kind = Kind::from(sent.kind);
    let written = words::written(sent.words, kind, None)?;
    let text = ask.write(|c, act| {
        let filed = words::filed(c, &sent.place, act.now)?;
        let press = press(&ask.web.words);
        let edition = write::begin(c, act, &press, kind, sent.slug.as_deref(), &filed, &written)?;
        approval::text(c, act, edition.id)
    })?;
    Ok(replied(&mut *ask.read()?, &text)?.made(edition_path(text.edition.id)))
}

pub fn next(ask: &Ask) -> Result<Reply, Fault> {
    let document = ask.id("document")?;
    let text = ask.write(|c, act| {
        // The words that it begins with.
        ask.seal(&approval::begins_from(c, act, document)?.seal())?;
        let edition = write::begin_next(c, act, document)?;
        approval::text(c, act, edition.id)
    })?;
    Ok(replied(&mut *ask.read()?, &text)?.made(edition_path(text.edition.id)))
}

/// In place of the draft that was seen. Nothing of a program is kept beside: it has what it sent.
pub fn save(ask: &Ask) -> Result<Reply, Fault> {
    let id = ask.id("edition")?;
    let sent: SavedText = ask.body()?;
    let text = ask.write(|c, act| {
        let text = approval::text(c, act, id)?;
        ask.seal(&text.seal())?;
        if text.edition.state() != State::Draft {
            return Err(wrong_state(&text.edition));
        }
        let written = words::written(sent.words, text.kind, Some(&text.revision))?;
        let filed = words::filed(c, &sent.place, act.now)?;
        match write::save(c, act, &press(&ask.web.words), id, text.revision.id, &written, &filed)? {
            Saved::Kept(edition) => approval::text(c, act, edition.id),
            Saved::Beside(_) => Err(Refusal::Stale),
        }
    })?;
    replied(&mut *ask.read()?, &text)
}
