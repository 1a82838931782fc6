//! What is stored, as far as a folder is judged and kept by it; and what each of its texts is to what is stored.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;

use super::SITE;
use super::scan::{Common, Scanned};
use crate::edition::body::Files;
use crate::edition::state::State;
use crate::edition::written::{shelved, source_of};
use crate::edition::{Edition, Kind};
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::groups::{self, GROUPS};
use crate::posting::placements_file;
use crate::store::schema::{documents, editions, former_slugs, revisions};
use crate::store::{Conn, log, settings};
use crate::unit::book::Book;

/// The files of a folder, by the name that its texts use.
pub type Media = Files;

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 400;

/// What is stored of that which a folder speaks of, and no more: one text is judged as fast beside a hundred thousand
/// others as beside none.
pub struct Known {
    /// Of the log when this was read: whoever keeps by it asks whether it is still so.
    pub position: i64,
    pub site: Option<String>,
    /// The sections that published texts stand in; read only for a folder that describes the site anew.
    pub sections: BTreeSet<String>,
    pub book: Book,
    /// The groups that texts are for; read only for a folder that has a list of groups.
    pub groups: BTreeSet<String>,
    /// By their unit's label and their own name; read only for a folder that tells what was done at places.
    pub places: HashSet<(String, String)>,
    pub media: Media,
    pub documents: HashMap<(Kind, String), Document>,
    pub former: HashMap<(Kind, String), i64>,
}

pub struct Document {
    pub id: i64,
    /// By number, with the source each came from.
    pub editions: BTreeMap<i32, (Edition, String)>,
}

impl Known {
    pub fn load(c: &mut Conn, scanned: &Scanned, now: Moment) -> Result<Known, Refusal> {
        let mut slugs: BTreeSet<&str> = BTreeSet::new();
        let mut files: BTreeSet<&str> = BTreeSet::new();
        for text in scanned.all() {
            slugs.insert(text.slug);
            slugs.extend(text.former.iter().map(String::as_str));
            slugs.extend(text.withdrawn.map(|withdrawn| withdrawn.replaced_by.as_str()));
            files.extend(text.files.iter().map(|named| named.name.as_str()));
        }
        slugs.extend(scanned.adoptions.iter().map(|(_, row)| row.posting.as_str()));
        slugs.extend(scanned.placements.iter().map(|(_, row)| row.posting.as_str()));
        slugs.extend(scanned.plans.iter().flat_map(|entry| entry.named()).map(String::as_str));
        let (slugs, files): (Vec<&str>, Vec<&str>) = (slugs.into_iter().collect(), files.into_iter().collect());
        let site = settings::find(c, SITE)?;
        let describes_anew = scanned.setting(SITE).is_some_and(|text| site.as_ref() != Some(text));
        Ok(Known {
            position: log::position(c)?,
            sections: if describes_anew { sections(c)? } else { BTreeSet::new() },
            site,
            book: Book::stored(c)?,
            groups: if scanned.setting(GROUPS.name).is_some() { groups::used(c, now)? } else { BTreeSet::new() },
            places: if scanned.placements.is_empty() { HashSet::new() } else { placements_file::known_places(c)? },
            media: shelved(c, &files)?,
            documents: documents_at(c, &slugs)?,
            former: former_at(c, &slugs)?,
        })
    }

    pub fn document(&self, kind: Kind, slug: &str) -> Option<&Document> {
        self.documents.get(&(kind, slug.to_owned()))
    }
}

fn sections(c: &mut Conn) -> Result<BTreeSet<String>, Refusal> {
    let published = editions::table.filter(editions::state.eq(State::Published.name()).and(editions::kind.ne(Kind::Posting.name())));
    Ok(published.select(editions::section).distinct().load(c)?.into_iter().collect())
}

fn documents_at(c: &mut Conn, slugs: &[&str]) -> Result<HashMap<(Kind, String), Document>, Refusal> {
    let mut found = HashMap::new();
    for slugs in slugs.chunks(CHUNK) {
        let rows: Vec<(i64, String, String)> = documents::table
            .filter(documents::kind.eq_any(Kind::ALL.map(Kind::name)).and(documents::slug.eq_any(slugs)))
            .select((documents::id, documents::kind, documents::slug))
            .load(c)?;
        let ids: Vec<i64> = rows.iter().map(|(id, _, _)| *id).collect();
        let stored: Vec<(Edition, String)> = editions::table
            .inner_join(revisions::table)
            .filter(editions::document_id.eq_any(ids))
            .select((Edition::as_select(), revisions::source))
            .load(c)?;
        let mut editions: HashMap<i64, BTreeMap<i32, (Edition, String)>> = HashMap::new();
        for (edition, source) in stored {
            editions.entry(edition.document_id).or_default().insert(edition.number, (edition, source));
        }
        found.extend(rows.into_iter().filter_map(|(id, kind, slug)| {
            let document = Document { id, editions: editions.remove(&id).unwrap_or_default() };
            Some(((Kind::named(&kind)?, slug), document))
        }));
    }
    Ok(found)
}

fn former_at(c: &mut Conn, slugs: &[&str]) -> Result<HashMap<(Kind, String), i64>, Refusal> {
    let mut found = HashMap::new();
    for slugs in slugs.chunks(CHUNK) {
        let rows: Vec<(String, String, i64)> = former_slugs::table
            .filter(former_slugs::kind.eq_any(Kind::ALL.map(Kind::name)).and(former_slugs::slug.eq_any(slugs)))
            .select((former_slugs::kind, former_slugs::slug, former_slugs::document_id))
            .load(c)?;
        found.extend(rows.into_iter().filter_map(|(kind, slug, id)| Some(((Kind::named(&kind)?, slug), id))));
    }
    Ok(found)
}

/// The texts of one document, by the edition each is meant to be.
pub struct Group<'s> {
    pub texts: Vec<(Option<i32>, Common<'s>)>,
}

/// A file without a number is edition 1 when its later editions lie beside it, and "the newest" when it is alone.
pub fn groups(scanned: &Scanned) -> BTreeMap<(Kind, String), Group<'_>> {
    let mut groups: BTreeMap<(Kind, String), Group> = BTreeMap::new();
    for text in scanned.all() {
        groups.entry((text.kind, text.slug.to_owned())).or_insert(Group { texts: Vec::new() }).texts.push((text.number, text));
    }
    for group in groups.values_mut() {
        if group.texts.len() > 1 {
            group.texts.iter_mut().for_each(|(number, _)| *number = Some(number.unwrap_or(1)));
        }
        group.texts.sort_by_key(|(number, _)| *number);
    }
    groups
}

/// It is shown to the public, or will be: not taken back before its hour, and not thrown away.
pub fn is_for_the_public(text: &Common) -> bool {
    !text.is_discarded && text.withdrawn.is_none_or(|withdrawn| withdrawn.at.at > text.published.at)
}

/// The date that the document bears: that under which the public first saw it, or is to see it.
pub fn dated(group: &Group, document: Option<&Document>, now: Moment) -> Option<When> {
    let seen = document.and_then(|document| document.editions.values().find(|(edition, _)| edition.has_begun(now)));
    match seen {
        Some((first, _)) => Some(When { at: first.dated_at, day_only: first.day_only }),
        // What was taken back before its hour, or thrown away, gave the document no date.
        None => group.texts.iter().find(|(_, text)| is_for_the_public(text)).or(group.texts.first()).map(|(_, text)| text.published),
    }
}

/// What a text of a folder is to the stored document.
pub enum Target<'d> {
    /// Its next edition, perhaps its first.
    New,
    /// Other words or terms for a draft.
    Draft(&'d Edition, &'d str),
    /// The words of this edition; its terms may still differ.
    Standing(&'d Edition),
}

/// Errors: what was published is not edited, what is older does not come back in silence, and a numbered draft is
/// not overwritten by a file that has no number.
pub fn target<'d>(text: &Common, number: Option<i32>, document: Option<&'d Document>) -> Result<Target<'d>, Phrase> {
    let Some(document) = document else { return Ok(Target::New) };
    let next = document.editions.len() + 1;
    if let Some(number) = number {
        return match document.editions.get(&number) {
            None => Ok(Target::New),
            Some((edition, source)) if edition.state() == State::Draft => Ok(Target::Draft(edition, source)),
            Some((edition, source)) if matches_state(text, edition) && same_source(text, source) => Ok(Target::Standing(edition)),
            Some((edition, _)) if !edition.state().was_published() => Err(at_the_desk(edition)),
            Some(_) => Err(phrase!("import-edition-fixed", number = number, next = next)),
        };
    }
    let last = document.editions.values().next_back();
    let draft = last.filter(|(edition, _)| edition.state() == State::Draft);
    let waiting = last.filter(|(edition, _)| matches!(edition.state(), State::Submitted | State::Approved));
    let was_published = || document.editions.values().rev().filter(|(edition, _)| edition.state().was_published());
    // What was taken back unseen is nobody's newest edition, but where there is no other.
    let is_alone = was_published().all(|(edition, _)| edition.is_void());
    let mut published = was_published().filter(|(edition, _)| is_alone || !edition.is_void());
    let taken_back = || was_published().find(|(edition, source)| edition.is_void() && same_source(text, source));
    match (published.next(), draft) {
        (None, Some((edition, source))) => Ok(Target::Draft(edition, source)),
        (None, None) if let Some((edition, source)) = waiting => match text.is_draft && same_source(text, source) {
            true => Ok(Target::Standing(edition)),
            false => Err(at_the_desk(edition)),
        },
        (None, None) => Ok(Target::New),
        (Some((edition, source)), _) if same_source(text, source) => Ok(Target::Standing(edition)),
        _ if text.withdrawn.is_some()
            && let Some((edition, _)) = taken_back() =>
        {
            Ok(Target::Standing(edition))
        }
        _ if published.any(|(_, source)| same_source(text, source)) => Err(phrase!("import-older-words", next = next)),
        (_, Some((draft, _))) => Err(phrase!("import-draft-waits", number = draft.number)),
        (Some(_), None) if let Some((edition, _)) = waiting => Err(at_the_desk(edition)),
        (Some((edition, _)), None) if edition.state() == State::Withdrawn => Err(phrase!("import-withdrawn-stays", next = next)),
        (Some(_), None) => Ok(Target::New),
    }
}

/// Whether a file says of an edition what has become of it so far.
fn matches_state(text: &Common, edition: &Edition) -> bool {
    match edition.state() {
        State::Discarded => text.is_discarded,
        State::Submitted | State::Approved => text.is_draft && !text.is_discarded,
        _ => true,
    }
}

/// It is on its way there, or in the trash: no file goes over the heads of those who read it.
fn at_the_desk(edition: &Edition) -> Phrase {
    phrase!("import-at-the-desk", number = edition.number, state = edition.state_name)
}

impl Document {
    /// The public has seen it, or sees it now.
    pub fn has_begun(&self, now: Moment) -> bool {
        self.editions.values().any(|(edition, _)| edition.has_begun(now))
    }
}

fn same_source(text: &Common, source: &str) -> bool {
    source.starts_with(&source_of(text.words, None))
}
