//! What must hold before a text goes on its way: the least that a reader is owed, and whatever a check says must be
//! mended. Advice stands beside the fields and is no business of the road.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::{Text, editions_of};
use crate::edition::Edition;
use crate::edition::body::{Files, parse};
use crate::edition::checks::{Given, Level, look_over};
use crate::edition::written::{Press, Written, issue, shelved};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::markdown::{self, ImageFault};
use crate::kit::merge;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::Act;
use crate::phrase;
use crate::store::schema::units;
use crate::store::{Conn, settings};
use crate::unit::Unit;
use crate::web::SITE_SETTING;
use crate::web::site::Site;

/// Checks of which the road says the same in its own words.
const SAID: [&str; 6] =
    ["check-no-title", "check-no-body", "check-image-text", "check-image-both", "check-image-unread", "check-picture-unknown"];

/// Errors: `Issues`, all of them, by field.
pub fn hold(c: &mut Conn, act: Act, press: &Press, text: &Text) -> Result<(), Refusal> {
    let issues = lacking(c, act, press, text)?;
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}

/// What a text still lacks, for its author to see before he submits it.
pub fn lacking(c: &mut Conn, act: Act, press: &Press, text: &Text) -> Result<Vec<Issue>, Refusal> {
    let Text { edition, revision, kind, .. } = text;
    let written = Written::of(press, *kind, revision)?;
    let mut issues = Vec::new();
    let mut lack = |field: &str, line, phrase| issues.push(issue(field, line, phrase));
    if written.title.is_empty() {
        lack("title", 0, phrase!("road-no-title"));
    }
    if written.body.is_empty() && !kind.may_be_wordless() {
        lack("body", 0, phrase!("road-no-body"));
    }
    // Two people's words stand there beside each other, and nobody has chosen.
    if let Some(line) = merge::undecided(&written.body) {
        lack("body", line, phrase!("road-two-versions"));
    }
    let site = site(c)?;
    let given = Given {
        title: &written.title,
        lead: &written.lead,
        body: &written.body,
        starts: Some(edition.starts_at),
        now: act.now,
        site: site.as_ref().map_or("", |site| &site.address),
        path: &kind.path(&text.slug),
        may_be_wordless: kind.may_be_wordless(),
        ..Given::default()
    };
    for check in look_over(c, &given)? {
        if check.level == Level::Must && !SAID.contains(&check.phrase.key) {
            lack(check.field, check.line, check.phrase);
        }
    }
    let is_filed = written.facts.is_filed();
    let is_of_site = written.facts.filed_under() == "section";
    if edition.section.is_empty() && is_filed {
        lack("section", 0, if is_of_site { phrase!("road-no-section") } else { phrase!("posting-no-kind") });
    } else if is_of_site && !edition.section.is_empty() && site.as_ref().is_none_or(|site| site.section(&edition.section).is_none()) {
        lack("section", 0, phrase!("road-section-unknown"));
    }
    match edition.unit_id {
        None if is_filed => lack("unit", 0, phrase!("road-no-unit")),
        _ => place(c, act, text)?.into_iter().for_each(|issue| lack("unit", 0, issue.phrase)),
    }
    let ruling = (press.rule)(c, &Text { edition: ruled(edition, act.now), ..text.clone() }.case())?;
    ruling.issues.into_iter().for_each(|(field, line, phrase)| lack(field, line, phrase));
    written.facts.wants().into_iter().for_each(|(field, phrase)| lack(field, 0, phrase));
    let images = markdown::images(&written.body).unwrap_or_default();
    for image in images.clone() {
        match image.fault {
            None => {}
            Some(ImageFault::Undescribed) => lack("body", image.line, phrase!("image-undescribed", name = image.name)),
            Some(ImageFault::DescribedDecoration) => lack("body", image.line, phrase!("image-described-decoration", name = image.name)),
            Some(ImageFault::Unread) => lack("body", image.line, phrase!("image-unread", name = image.name)),
        }
    }
    let named: BTreeSet<(String, bool)> = written.named().into_iter().collect();
    let files = shelved(c, &named.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>())?;
    // A file that is no picture is there when its writer was allowed to name it.
    let own: Files = parse(&text.revision.files)?;
    for (name, is_picture) in &named {
        // Where it is to be mended: in the text that names it, or in the field of files.
        let in_text = images.iter().find(|image| image.name == *name).map(|image| ("body", image.line));
        let (field, line) = in_text.unwrap_or((if *is_picture { "picture" } else { "attachments" }, 0));
        match files.get(name) {
            None => lack(field, line, phrase!("road-no-file", name = name)),
            Some(file) if *is_picture && !file.is_picture() => lack(field, line, phrase!("import-no-picture", name = name)),
            Some(file) if !file.is_picture() && !own.contains_key(name) => lack(field, line, phrase!("road-no-file", name = name)),
            Some(_) => {}
        }
    }
    let starts = edition.starts_at.max(act.now);
    if edition.ends_at.is_some_and(|ends| ends <= starts) {
        lack("ends", 0, phrase!("road-ends-too-early"));
    }
    if !edition.minor && edition.change_note.is_empty() && follows_one(c, text)? {
        lack("change_note", 0, phrase!("road-no-note"));
    }
    Ok(issues)
}

/// An edition as the public would have it if it were published now: with the end that its rule counts. What was published
/// stays as it is.
pub fn as_published(c: &mut Conn, press: &Press, text: &Text, now: Moment) -> Result<Edition, Refusal> {
    if text.edition.state().was_published() {
        return Ok(text.edition.clone());
    }
    let edition = ruled(&text.edition, now);
    let ends_at = (press.rule)(c, &Text { edition: edition.clone(), ..text.clone() }.case())?.ends_at;
    Ok(Edition { ends_at, ..edition })
}

/// As it would be if it were published now: what is to begin at once begins, and bears its date, when it does.
fn ruled(edition: &Edition, now: Moment) -> Edition {
    let starts_at = edition.starts_at.max(now);
    let dated_at = if edition.dated_at == edition.starts_at { starts_at } else { edition.dated_at };
    Edition { starts_at, dated_at, ..edition.clone() }
}

/// The public has seen an edition before this one, or will: it is told what changed, or that nothing did that matters.
pub fn follows_one(c: &mut Conn, text: &Text) -> Result<bool, Refusal> {
    let all = editions_of(c, text.edition.document_id)?;
    Ok(all.iter().any(|other| other.number < text.edition.number && other.is_seen()))
}

/// A text is not put where there is nothing any more; a correction stays where its text stood on its day.
pub(super) fn place(c: &mut Conn, act: Act, text: &Text) -> Result<Option<Issue>, Refusal> {
    let Some(unit) = text.edition.unit_id else { return Ok(None) };
    let unit: Unit = units::table.find(unit).select(Unit::as_select()).first(c)?;
    let is_correction = editions_of(c, text.edition.document_id)?.iter().any(|other| other.has_begun(act.now));
    let dated = if is_correction { text.edition.dated_at } else { text.edition.starts_at.max(act.now) };
    let day = calendar::local(dated).date();
    Ok(match unit.valid_until {
        Some(last) if last < day => Some(issue("unit", 0, phrase!("road-unit-former", name = unit.name, last = calendar::day(last)))),
        _ if !unit.is_in_force(day) => {
            Some(issue("unit", 0, phrase!("road-unit-future", name = unit.name, first = calendar::day(unit.valid_from))))
        }
        _ => None,
    })
}

fn site(c: &mut Conn) -> Result<Option<Site>, Refusal> {
    let Some(text) = settings::find(c, SITE_SETTING)? else { return Ok(None) };
    Ok(Some(Site::read(SITE_SETTING, &text).map_err(Refusal::Issues)?))
}
