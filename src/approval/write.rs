//! Writing: a text is begun, saved as often as its author likes, and never written over by whoever comes later.

use diesel::prelude::*;
use serde_json::{Map, json};

use super::{Text, at, dated, editions_of, load, open_already, open_of, standing};
use crate::edition::body::Files;
use crate::edition::state::State;
use crate::edition::verbs::{self, Filing};
use crate::edition::written::{Facts, Press, Written, again, issue};
use crate::edition::{Edition, Kind, Revision, find_history, step};
use crate::kit::clock::Moment;
use crate::kit::fold::{self, is_slug, nfc, plain};
use crate::kit::front::When;
use crate::kit::mask;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, former_slugs, revisions, units};
use crate::store::shelf::{self, Medium, Shelf};

const MAX_NOTE: usize = 1_000;
const MAX_SECTION: usize = 120;
/// The address of a draft that has no title yet, with a number after it.
const UNTITLED: &str = "ban-nhap";
/// Addresses tried before a text with so common a title is refused one.
const MOST_ALIKE: usize = 500;

/// Where somebody wants a text, and when: what stands beside the words on the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    pub unit_id: Option<i64>,
    /// A slug; empty while nobody has chosen.
    pub section: String,
    /// `None`: as soon as it is published.
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    /// For the public, from the second edition on.
    pub change_note: String,
    pub minor: bool,
}

impl Filed {
    /// As an edition has it, to be shown in a form.
    pub fn of(edition: &Edition, now: Moment) -> Filed {
        Filed {
            unit_id: edition.unit_id,
            section: edition.section.clone(),
            starts: Some(edition.starts_at).filter(|starts| *starts > now),
            ends: edition.ends_at,
            change_note: edition.change_note.clone(),
            minor: edition.minor,
        }
    }

    fn tidy(&self, c: &mut Conn) -> Result<Filed, Refusal> {
        let filed = Filed { change_note: nfc(plain(&self.change_note).trim()), section: nfc(self.section.trim()), ..self.clone() };
        let mut issues = Vec::new();
        let length = filed.change_note.chars().count();
        if length > MAX_NOTE {
            issues.push(issue("change_note", 0, phrase!("road-too-long", length = length, most = MAX_NOTE)));
        }
        if filed.section.len() > MAX_SECTION || (!filed.section.is_empty() && !is_slug(&filed.section)) {
            issues.push(issue("section", 0, phrase!("road-section-unknown")));
        }
        if filed.change_note.contains('\0') {
            issues.push(issue("change_note", 0, phrase!("road-null")));
        }
        for (field, moment) in [("starts", filed.starts), ("ends", filed.ends)] {
            // As in files: beyond these a year is a slip of the hand, and text no longer sorts by time.
            if moment.is_some_and(|at| !(1900..3000).contains(&chrono::Datelike::year(&at))) {
                issues.push(issue(field, 0, phrase!("road-bad-time")));
            }
        }
        if code(c, filed.unit_id)?.is_none() {
            issues.push(issue("unit", 0, phrase!("road-unit-unknown")));
        }
        if issues.is_empty() { Ok(filed) } else { Err(Refusal::Issues(issues)) }
    }

    /// `before`: the draft as it stands. Whatever is to show at once bears the start it was given first until it does.
    fn filing(&self, all: &[Edition], before: Option<&Edition>, now: Moment) -> Filing {
        let waiting = before.filter(|edition| edition.starts_at <= now);
        let starts_at = self.starts.or(waiting.map(|edition| edition.starts_at)).unwrap_or(now);
        let stays = before.filter(|edition| edition.starts_at == starts_at);
        Filing {
            unit_id: self.unit_id,
            section: self.section.clone(),
            dated: stays.map_or_else(|| dated(all, starts_at, now), |stays| When { at: stays.dated_at, day_only: stays.day_only }),
            starts_at,
            ends_at: self.ends,
            change_note: self.change_note.clone(),
            minor: self.minor,
        }
    }
}

/// A unit's code; the whole portal's is empty. `None` for a unit that is not there.
fn code(c: &mut Conn, unit: Option<i64>) -> Result<Option<String>, Refusal> {
    match unit {
        None => Ok(Some(String::new())),
        Some(id) => Ok(units::table.find(id).select(units::code).first(c).optional()?),
    }
}

/// The files that his text may name. All staff choose among all pictures; of the rest, which may be lists of persons, only what
/// a text names that he may look at. Any other is to him as if it were not there.
pub(super) fn nameable(c: &mut Conn, act: Act, written: &Written) -> Result<Files, Refusal> {
    let mut files = written.shelved(c)?;
    let reach = act.who.reach(c, Verb::Look)?;
    let others: Vec<(String, String)> =
        files.iter().filter(|(_, file)| !file.is_picture()).map(|(name, file)| (name.clone(), file.digest.clone())).collect();
    for (name, digest) in others {
        if !find_history::names_file(c, &reach, &digest)? {
            files.remove(&name);
        }
    }
    Ok(files)
}

/// A new text, as a draft of whoever begins it. `slug`: an address of his own choice.
pub fn begin(
    c: &mut Conn,
    act: Act,
    press: &Press,
    kind: Kind,
    slug: Option<&str>,
    filed: &Filed,
    written: &Written,
) -> Result<Edition, Refusal> {
    act.must(c, Verb::Write, filed.unit_id)?;
    let (written, filed) = (written.tidy(press, kind)?, filed.tidy(c)?);
    let slug = match slug.map(str::trim).filter(|slug| !slug.is_empty()) {
        Some(slug) => chosen(c, kind, slug)?,
        None => proposed(c, kind, &written.title)?,
    };
    let unit = code(c, filed.unit_id)?.unwrap_or_default();
    let files = nameable(c, act, &written)?;
    let words = written.set(press, &filed.section, &unit, &files);
    let document = verbs::create(c, act, kind, &slug)?;
    verbs::draft(c, act, kind, document, &words, &filed.filing(&[], None, act.now), act.who.name())
}

/// A correction: a draft beside what is published, with its words. Errors: `WrongState` while another is on its way.
pub fn begin_next(c: &mut Conn, act: Act, document: i64) -> Result<Edition, Refusal> {
    let all = editions_of(c, document)?;
    let newest = all.last().ok_or(Refusal::Missing)?;
    let Some(last) = standing(&all) else {
        act.must(c, Verb::Write, newest.unit_id)?;
        return Err(open_of(&all).map_or_else(|| Refusal::WrongState(phrase!("road-nothing-published")), open_already));
    };
    act.must(c, Verb::Write, last.unit_id)?;
    if let Some(open) = open_of(&all) {
        return Err(open_already(open));
    }
    let Text { revision, kind, .. } = load(c, last.id)?;
    let words = again(c, &revision)?;
    let ends = last.ends_at.filter(|ends| *ends > act.now);
    let filed = Filed { unit_id: last.unit_id, section: last.section.clone(), ends, ..Filed::default() };
    verbs::draft(c, act, kind, document, &words, &filed.filing(&all, None, act.now), act.who.name())
}

/// What became of what somebody typed.
#[derive(Debug)]
pub enum Saved {
    /// It is the draft now, or was already.
    Kept(Box<Edition>),
    /// Somebody else was faster, or the text has gone on its way: the edition is as he left it, and what was typed is
    /// kept beside it.
    Beside(Box<Beside>),
}

#[derive(Debug)]
pub struct Beside {
    pub edition: Edition,
    /// The revision that holds what was typed.
    pub mine: i64,
    /// What both began from; none if it is no revision of this text.
    pub base: Option<Revision>,
    pub theirs: Revision,
    /// Whose words those are, and since when they stand.
    pub by: String,
    pub at: Moment,
}

/// `base`: the revision that the writer had before him.
pub fn save(c: &mut Conn, act: Act, press: &Press, edition: i64, base: i64, written: &Written, filed: &Filed) -> Result<Saved, Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    if filed.unit_id != text.edition.unit_id {
        act.must(c, text.mended_by(act), filed.unit_id)?;
    }
    let (written, filed) = (written.tidy(press, text.kind)?, filed.tidy(c)?);
    let unit = code(c, filed.unit_id)?.unwrap_or_default();
    let files = nameable(c, act, &written)?;
    let words = written.set(press, &filed.section, &unit, &files);
    let all = editions_of(c, text.edition.document_id)?;
    let filing = filed.filing(&all, Some(&text.edition), act.now);
    if words.source == text.revision.source && is_filed_so(&text.edition, &filing) {
        return Ok(Saved::Kept(Box::new(text.edition)));
    }
    if text.edition.state() == State::Draft && stands_on(c, &text.edition, base)? {
        let edition = verbs::revise(c, act, text.kind, text.edition, &words, &filing)?;
        if is_given(&text.slug, &all) && names(&written.title) && !all.iter().any(|edition| edition.state().was_published()) {
            let slug = proposed(c, text.kind, &written.title)?;
            verbs::readdress(c, act, text.kind, edition.document_id, &slug)?;
        }
        return Ok(Saved::Kept(Box::new(edition)));
    }
    let of_document = || revisions::table.filter(revisions::document_id.eq(text.edition.document_id));
    // Sent twice, or known from before: nothing to keep a second time.
    let known: Option<i64> = of_document().filter(revisions::source.eq(&words.source)).select(revisions::id).first(c).optional()?;
    let mine = match known {
        Some(known) => {
            // The words alone are known: what was said of them is kept too.
            let is_same =
                (&filed.change_note, filed.minor, filed.ends) == (&text.edition.change_note, text.edition.minor, text.edition.ends_at);
            let is_told = |step: &step::Step| {
                step.name == "set_aside"
                    && (step.revision_id, step.actor.as_str(), &step.note) == (known, act.who.name(), &filed.change_note)
            };
            if !is_same && !step::of(c, &[edition])?.iter().any(is_told) {
                verbs::set_aside_terms(c, act, text.kind, &text.edition, known, &filing)?;
            }
            known
        }
        None => verbs::set_aside(c, act, text.kind, &text.edition, &words, &filed.change_note)?,
    };
    let base = of_document().filter(revisions::id.eq(base)).select(Revision::as_select()).first(c).optional()?;
    let made_at = revisions::table.find(text.revision.id).select(revisions::made_at).first(c)?;
    let last = step::of(c, &[edition])?.into_iter().rev().find(|step| step.revision_id == text.revision.id && step.name != "set_aside");
    let (by, at) = last.map_or((String::new(), made_at), |step| (step.actor, step.at));
    Ok(Saved::Beside(Box::new(Beside { edition: text.edition, mine, base, theirs: text.revision, by, at })))
}

fn is_filed_so(edition: &Edition, filing: &Filing) -> bool {
    edition.unit_id == filing.unit_id
        && edition.section == filing.section
        && (edition.starts_at, edition.ends_at) == (filing.starts_at, filing.ends_at)
        && (&edition.change_note, edition.minor) == (&filing.change_note, filing.minor)
}

/// Whether nobody has changed anything since but the files beside the words, of which no form speaks.
fn stands_on(c: &mut Conn, edition: &Edition, base: i64) -> Result<bool, Refusal> {
    if edition.revision_id == base {
        return Ok(true);
    }
    let steps = step::of(c, &[edition.id])?;
    let is_own = |step: &&step::Step| matches!(step.name.as_str(), "drafted" | "revised" | "attached");
    let mut since = steps.iter().filter(is_own).skip_while(|step| step.revision_id != base);
    Ok(since.next().is_some() && since.all(|step| step.name == "attached"))
}

/// Other files beside the same words. `facts`: as they stand, but for these. Errors: `WrongState` when it is no draft.
pub fn attach(c: &mut Conn, act: Act, press: &Press, edition: i64, facts: Box<dyn Facts>) -> Result<Edition, Refusal> {
    let Text { edition, revision, kind, .. } = {
        let text = load(c, edition)?;
        text.must_mend(c, act)?;
        text.is_in(&[State::Draft])?;
        text
    };
    let written = Written { title: revision.title, lead: revision.lead, body: revision.body, facts }.tidy(press, kind)?;
    let unit = code(c, edition.unit_id)?.unwrap_or_default();
    let files = written.shelved(c)?;
    let words = written.set(press, &edition.section, &unit, &files);
    if words.source == revision.source { Ok(edition) } else { verbs::attach(c, act, kind, edition, &words) }
}

/// A picture that texts may show by this name. For whoever may mend this one.
pub fn shelve(c: &mut Conn, act: Act, shelf: &Shelf, edition: i64, name: &str, medium: &Medium) -> Result<(), Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    text.is_in(&[State::Draft])?;
    shelf::record(c, shelf, name, medium)?;
    let facts = [("name", name), ("file", &medium.digest)].map(|(key, fact)| (key.to_owned(), json!(fact)));
    let subject = format!("{}/{}/{}", text.kind.name(), text.slug, text.edition.number);
    act.record(c, "picture_shelved", subject, Map::from_iter(facts)).map(drop)
}

/// Another address, while the public was never given one.
pub fn readdress(c: &mut Conn, act: Act, edition: i64, slug: &str) -> Result<(), Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    if editions_of(c, text.edition.document_id)?.iter().any(|edition| edition.state().was_published()) {
        return Err(Refusal::WrongState(phrase!("road-address-fixed")));
    }
    if slug.trim() == text.slug {
        return Ok(());
    }
    let slug = chosen(c, text.kind, slug.trim())?;
    verbs::readdress(c, act, text.kind, text.edition.document_id, &slug)
}

/// Whether the program gave a text its address, for want of a title: nobody chooses such a one, but a file may bear it.
fn is_given(slug: &str, all: &[Edition]) -> bool {
    is_untitled(slug) && all.first().is_some_and(|first| !first.drafted_by.is_empty())
}

/// An address for want of a title.
fn is_untitled(slug: &str) -> bool {
    slug.strip_prefix(UNTITLED).is_some_and(|rest| rest.chars().all(|c| c == '-' || c.is_ascii_digit()))
}

/// Whether an address can be made of it.
fn names(title: &str) -> bool {
    let slug = fold::slug(&mask::without(title));
    !slug.is_empty() && !is_untitled(&slug)
}

fn chosen(c: &mut Conn, kind: Kind, slug: &str) -> Result<String, Refusal> {
    if !is_slug(slug) {
        return Err(at("slug", phrase!("road-bad-slug")));
    }
    // It would be taken for one of the program's own, and give way to a title.
    if is_untitled(slug) {
        return Err(at("slug", phrase!("road-slug-of-drafts")));
    }
    if is_taken(c, kind, slug)? {
        return Err(at("slug", phrase!("road-slug-taken")));
    }
    Ok(slug.to_owned())
}

/// From the title, with a number after it where others have the same.
fn proposed(c: &mut Conn, kind: Kind, title: &str) -> Result<String, Refusal> {
    // A name that somebody marked stands in no address, whatever becomes of the title.
    let mut stem = fold::slug(&mask::without(title));
    if stem.is_empty() {
        stem = UNTITLED.to_owned();
    }
    // Room for the number.
    stem.truncate(100);
    let stem = stem.trim_end_matches('-');
    for number in 1..=MOST_ALIKE {
        let slug = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        if !is_taken(c, kind, &slug)? {
            return Ok(slug);
        }
    }
    Err(at("title", phrase!("road-title-common")))
}

fn is_taken(c: &mut Conn, kind: Kind, slug: &str) -> Result<bool, Refusal> {
    if kind.own_pages().contains(&slug) {
        return Ok(true);
    }
    let document = documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)));
    let former = former_slugs::table.filter(former_slugs::kind.eq(kind.name()).and(former_slugs::slug.eq(slug)));
    Ok(diesel::select(diesel::dsl::exists(document)).get_result(c)? || diesel::select(diesel::dsl::exists(former)).get_result(c)?)
}
