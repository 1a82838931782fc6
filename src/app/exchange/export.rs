//! Everything that an import would bring, as the files it would bring it from.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use diesel::prelude::*;

use super::{Porter, SETTINGS, kept};
use crate::article::Article;
use crate::edition::body::{Body, parse};
use crate::edition::file::{self, Plain, Withdrawn};
use crate::edition::state::State;
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest::sha256;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::adopt::{self, Line};
use crate::posting::law::{self, Rules};
use crate::posting::{Posting, adopt_file, placements_file, places_file, plan_file};
use crate::report::{Report, release_file};
use crate::standing::Standing;
use crate::store::schema::{documents, editions, former_slugs, revisions, units};
use crate::store::{Conn, settings, shelf};
use crate::unit::book::{self, Book};

/// Texts held in memory at a time.
const BATCH: i64 = 500;

/// Into a folder that is new or empty. Says how many files it wrote.
pub fn export(porter: &Porter, folder: &Path) -> Result<usize, Refusal> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Refusal::Trouble(phrase!("export-not-empty", path = folder.display())));
    }
    let mut c = porter.store.snapshot()?;
    let mut written = 0;
    let mut write = |name: &str, bytes: &[u8]| -> Result<(), Refusal> {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| Refusal::io(parent, error))?;
        written += 1;
        fs::write(&path, bytes).map_err(|error| Refusal::io(&path, error))
    };
    for setting in SETTINGS {
        if let Some(text) = settings::find(&mut c, setting.name)? {
            write(setting.name, text.as_bytes())?;
        }
    }
    let rules = Rules::load(&mut c)?;
    let book = Book::stored(&mut c)?;
    if !book.entries.is_empty() {
        write(book::UNITS, book.units_csv().as_bytes())?;
        write(book::CHANGES, book.changes_csv().as_bytes())?;
    }
    let places = places_file::stored(&mut c)?;
    if !places.is_empty() {
        write(places_file::FILE, places_file::written(&places).as_bytes())?;
    }
    let adoptions: Vec<Line> = adopt::lines(&mut c)?.into_iter().map(|(_, line)| line).collect();
    if !adoptions.is_empty() {
        write(adopt_file::FILE, adopt_file::written(&adoptions).as_bytes())?;
    }
    let plans = plan_file::written_all(&mut c)?;
    if !plans.is_empty() {
        write(plan_file::FILE, plans.as_bytes())?;
    }
    let releases = release_file::written_all(&mut c)?;
    if !releases.is_empty() {
        write(release_file::FILE, releases.as_bytes())?;
    }
    let placements = placements_file::lines(&mut c)?;
    if !placements.is_empty() {
        write(placements_file::FILE, placements_file::written(&placements).as_bytes())?;
    }
    let photos: BTreeSet<&String> = placements.iter().map(|line| &line.photo).filter(|photo| !photo.is_empty()).collect();
    for photo in photos {
        write(&placements_file::photo_name(photo), &porter.shelf.take(photo, "")?)?;
    }
    for (name, digest) in shelf::names(&mut c)? {
        write(&name, &porter.shelf.take(&digest, "")?)?;
    }
    let (mut last, mut by_their_day) = (0, Vec::new());
    loop {
        let rows = batch(&mut c, last)?;
        let Some((edition, ..)) = rows.last() else { break };
        last = edition.id;
        for (edition, revision, kind, slug, unit) in rows {
            let Some(kind) = Kind::ALL.into_iter().find(|known| known.name() == kind) else { continue };
            // What was thrown away stays away, but where later editions would lose their numbers.
            if edition.state() == State::Discarded && !is_followed(&mut c, &edition)? {
                continue;
            }
            let former = if edition.number == 1 { former(&mut c, edition.document_id)? } else { Vec::new() };
            let unit = unit.unwrap_or_default();
            let mut is_by_its_day = false;
            let text = match kind {
                Kind::Article => file::write(&plain::<Article>(&edition, revision, unit, former)?),
                Kind::Page => file::write(&plain::<Standing>(&edition, revision, unit, former)?),
                Kind::Report => file::write(&plain::<Report>(&edition, revision, unit, former)?),
                Kind::Posting => {
                    is_by_its_day = kept::is_by_its_day(&rules, &edition, &revision, porter.now)?;
                    let mut posting = plain::<Posting>(&edition, revision, unit, former)?;
                    // An end that is counted is counted again.
                    posting.until = posting.until.filter(|until| Some(until.at) != counted(&rules, &edition, &posting.facts));
                    file::write(&posting)
                }
            };
            let name = file::name(kind, &slug, edition.number);
            write(&name, text.as_bytes())?;
            if is_by_its_day {
                by_their_day.push((name, sha256(text.as_bytes())));
            }
        }
    }
    if !by_their_day.is_empty() {
        by_their_day.sort();
        write(kept::FILE, kept::written(&by_their_day).as_bytes())?;
    }
    Ok(written)
}

fn counted(rules: &Rules, edition: &Edition, posting: &Posting) -> Option<Moment> {
    let kind = rules.catalogue.kind(&edition.section)?;
    law::end(posting, kind, calendar::local(edition.dated_at).date(), &rules.holidays)
}

type Row = (Edition, Revision, String, String, Option<String>);

fn batch(c: &mut Conn, after: i64) -> Result<Vec<Row>, Refusal> {
    Ok(editions::table
        .inner_join(revisions::table)
        .inner_join(documents::table)
        .left_join(units::table.on(editions::unit_id.eq(units::id.nullable())))
        .filter(editions::id.gt(after))
        .order(editions::id.asc())
        .limit(BATCH)
        .select((Edition::as_select(), Revision::as_select(), documents::kind, documents::slug, units::code.nullable()))
        .load(c)?)
}

fn is_followed(c: &mut Conn, edition: &Edition) -> Result<bool, Refusal> {
    let later = editions::table.filter(editions::document_id.eq(edition.document_id).and(editions::number.gt(edition.number)));
    let mut later = later.filter(editions::state.ne(State::Discarded.name())).select(editions::id).limit(1).load::<i64>(c)?;
    Ok(later.pop().is_some())
}

fn former(c: &mut Conn, document: i64) -> Result<Vec<String>, Refusal> {
    Ok(former_slugs::table
        .filter(former_slugs::document_id.eq(document))
        .order(former_slugs::slug.asc())
        .select(former_slugs::slug)
        .load(c)?)
}

fn plain<B: Body>(edition: &Edition, revision: Revision, unit: String, former: Vec<String>) -> Result<Plain<B>, Refusal> {
    let exactly = |at| When { at, day_only: false };
    // Only a first edition bears the document's own date, and then only if it was not rescheduled since.
    let published = if edition.number == 1 && edition.starts_at == edition.dated_at {
        When { at: edition.dated_at, day_only: edition.day_only }
    } else {
        exactly(edition.starts_at)
    };
    Ok(Plain {
        title: revision.title,
        lead: revision.lead,
        section: edition.section.clone(),
        unit,
        published,
        until: edition.ends_at.map(exactly),
        is_draft: !edition.state().was_published(),
        is_discarded: edition.state() == State::Discarded,
        minor: edition.minor,
        former,
        change_note: edition.change_note.clone(),
        withdrawn: edition.withdrawn_at.map(|at| Withdrawn {
            at: exactly(at),
            reason: edition.withdrawn_reason.clone(),
            replaced_by: edition.replaced_by.clone(),
        }),
        facts: parse(&revision.facts)?,
        body: revision.body,
    })
}
