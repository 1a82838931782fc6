//! What hangs on a unit's board now, as a citizen reads it: the urgent first, then by group of what must be disclosed; each
//! with its end, where it came from, and the unit's own line. And of one posting, whom it is for.

pub mod gone;
pub mod words;

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::adopt::{self, Stand};
use super::groups::{self, Groups};
use super::law::{BELOW, GROUP, Rules};
use super::reach::{self, Hung, Place, Rule, Sent};
use super::status::{self, Status};
use super::{Posting, page};
use crate::edition::body::parse;
use crate::edition::{Edition, Kind as TextKind, URGENT, reached};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::Snapshot;
use crate::store::schema::{documents, editions, revisions};
use crate::unit::lineage::bearers;
use crate::unit::page::{named, titled};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::view::Date;

/// More than hang anywhere; a board with more says so.
pub const MOST: usize = 500;
/// Names told of whom a posting is for; the rest is a number.
const NAMED: usize = 12;
const CHUNK: usize = 800;

#[derive(Debug, Serialize)]
pub struct Item {
    pub title: String,
    pub path: String,
    pub kind: String,
    pub number: String,
    pub date: Date,
    pub until: String,
    /// Of the style, and in a word; empty for what is simply in force.
    pub status: &'static str,
    pub status_word: String,
    /// From whom, and by which rule; empty for what is the unit's own.
    pub origin: String,
    /// What the unit adds to it.
    pub line: String,
    pub drill: bool,
    pub sample: bool,
}

#[derive(Debug, Serialize)]
pub struct Part {
    pub id: String,
    pub name: String,
    pub is_urgent: bool,
    pub items: Vec<Item>,
}

#[derive(Debug, Serialize)]
pub struct Board {
    pub parts: Vec<Part>,
    pub tally: String,
    /// There are more than are shown.
    pub more: String,
}

/// All that hangs in a unit in force, the most pressing first, with what it says to what came to it.
pub struct Here {
    pub place: Place,
    pub groups: Groups,
    pub hung: Vec<Hung>,
    pub stands: BTreeMap<i64, Stand>,
}

type Ask = fn(&mut Snapshot, &Place, Moment) -> Result<Vec<Hung>, Refusal>;

fn here(reading: &mut Reading, unit: &Unit, ask: Ask) -> Result<Here, Refusal> {
    let today = calendar::local(reading.now).date();
    let groups = groups::groups(&mut reading.c)?;
    let place = Place::of(&mut reading.c, unit, &groups, today)?;
    place.next_turn.into_iter().for_each(|day| reading.until(calendar::midnight(day)));
    let mut hung = ask(&mut reading.c, &place, reading.now)?;
    reading.c.look([reached::adopted(&unit.code)]);
    let same = reach::same(&mut reading.c, unit.id, today)?;
    let coming: Vec<i64> = hung.iter().filter(|one| one.rule != Rule::Own).map(|one| one.document_id).collect();
    let stands = adopt::stands(&mut reading.c, &same, &coming)?;
    hung.retain(|one| stands.get(&one.document_id).is_none_or(|stand| stand.out.is_none()));
    Ok(Here { place, groups, hung, stands })
}

/// All that hangs in a unit now.
pub fn now(reading: &mut Reading, unit: &Unit) -> Result<Here, Refusal> {
    here(reading, unit, reach::hanging)
}

/// All that hangs in a unit, and all that is going to, whenever that is.
pub fn ahead(reading: &mut Reading, unit: &Unit) -> Result<Here, Refusal> {
    here(reading, unit, reach::ahead)
}

/// The first few of what came there from others.
pub fn coming(reading: &mut Reading, unit: &Unit, most: usize) -> Result<Vec<Hung>, Refusal> {
    let mut hung = here(reading, unit, reach::coming)?.hung;
    hung.truncate(most);
    Ok(hung)
}

/// Everything that hangs in a unit in force.
pub fn shown(reading: &mut Reading, unit: &Unit) -> Result<Board, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let Here { place, groups, mut hung, stands } = now(reading, unit)?;
    let (count, from_others) = (hung.len(), from_others(&hung));
    hung.truncate(MOST);
    let mut items = items(reading, &rules, &groups, &place, &hung, &stands)?;
    let mut parts = Vec::new();
    let urgent = items.remove(&Heading::Urgent).unwrap_or_default();
    parts.push(Part { id: "khan".to_owned(), name: reading.word("board-urgent"), is_urgent: true, items: urgent });
    for group in &rules.catalogue.groups {
        let of = items.remove(&Heading::Group(group.number)).unwrap_or_default();
        parts.push(Part { id: format!("nhom-{}", group.number), name: group.name(reading.lang).to_owned(), is_urgent: false, items: of });
    }
    let others = items.into_values().flatten().collect();
    parts.push(Part { id: "khac".to_owned(), name: reading.word("board-others"), is_urgent: false, items: others });
    parts.retain(|part| !part.items.is_empty());
    // Where there is one part, its name says nothing.
    if let [part] = &mut parts[..]
        && part.id == "khac"
    {
        part.name = reading.word("board-all");
    }
    let tally = tally(reading, count, from_others);
    let more = if count > MOST { reading.say(&phrase!("board-of-more", most = MOST)) } else { String::new() };
    Ok(Board { parts, tally, more })
}

pub fn from_others(hung: &[Hung]) -> usize {
    hung.iter().filter(|one| one.rule != Rule::Own).count()
}

/// How many hang there, in a sentence; empty where nothing does.
pub fn tally(reading: &Reading, count: usize, from_others: usize) -> String {
    match (count, from_others) {
        (0, _) => String::new(),
        (_, 0) => reading.web.words.counted(reading.lang, "board-told", count),
        _ => reading.say(&phrase!("board-told-both", count = count, others = from_others)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Heading {
    Urgent,
    Group(u8),
    Other,
}

type Row = (Edition, String, String, String);

fn items(
    reading: &mut Reading,
    rules: &Rules,
    groups: &Groups,
    place: &Place,
    hung: &[Hung],
    stands: &BTreeMap<i64, Stand>,
) -> Result<BTreeMap<Heading, Vec<Item>>, Refusal> {
    let mut rows: HashMap<i64, Row> = HashMap::new();
    for hung in hung.chunks(CHUNK) {
        let ids: Vec<i64> = hung.iter().map(|one| one.edition_id).collect();
        let found: Vec<Row> = editions::table
            .inner_join(documents::table)
            .inner_join(revisions::table)
            .filter(editions::id.eq_any(ids))
            .select((Edition::as_select(), documents::slug, revisions::title, revisions::facts))
            .load(&mut *reading.c)?;
        rows.extend(found.into_iter().map(|row| (row.0.id, row)));
    }
    let mut senders: Vec<i64> = hung.iter().filter_map(|one| one.unit_id).collect();
    senders.sort_unstable();
    senders.dedup();
    let senders: HashMap<i64, Unit> = unit::with_ids(&mut reading.c, &senders)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut items: BTreeMap<Heading, Vec<Item>> = BTreeMap::new();
    for one in hung {
        let Some((edition, slug, title, facts)) = rows.remove(&one.edition_id) else { continue };
        let posting: Posting = parse(&facts)?;
        let status = status::status(&posting, &edition, reading.now);
        status::next_turn(&posting, &edition, reading.now).into_iter().for_each(|at| reading.until(at));
        let kind = rules.catalogue.kind(&edition.section);
        let heading = match kind.and_then(|kind| kind.group) {
            _ if edition.priority == URGENT => Heading::Urgent,
            Some(number) if rules.catalogue.group(number).is_some() => Heading::Group(number),
            _ => Heading::Other,
        };
        let sender = one.unit_id.and_then(|id| senders.get(&id));
        items.entry(heading).or_default().push(Item {
            title,
            path: TextKind::Posting.path(&slug),
            kind: kind.map(|kind| kind.name(reading.lang).to_owned()).unwrap_or_default(),
            number: posting.number,
            date: reading.date(edition.dated_at, edition.day_only),
            until: page::until(reading, &edition),
            status: if status == Status::InForce { "" } else { status.name() },
            status_word: if status == Status::InForce { String::new() } else { reading.word(&format!("posting-status-{}", status.name())) },
            origin: origin(reading, groups, place, &one.rule, sender),
            line: stands.get(&one.document_id).map(|stand| stand.line.clone()).unwrap_or_default(),
            drill: posting.drill,
            sample: posting.sample,
        });
    }
    Ok(items)
}

/// From whom it came, and by which rule: `của tỉnh Hương Lúa, gửi mọi xã, phường`.
pub fn origin(reading: &Reading, groups: &Groups, place: &Place, rule: &Rule, sender: Option<&Unit>) -> String {
    let site = &reading.face.site;
    let from = match sender {
        Some(unit) => titled(reading, unit),
        None if site.owner.is_empty() => site.name.clone(),
        None => site.owner.clone(),
    };
    match rule {
        Rule::Own => String::new(),
        Rule::Former(_) => reading.say(&phrase!("reach-former", from = from, unit = named(reading, place.unit()))),
        Rule::Named(id) => {
            let unit = place.member(*id).map(|unit| titled(reading, unit)).unwrap_or_default();
            reading.say(&phrase!("reach-named", from = from, unit = unit))
        }
        Rule::Group(slug) => {
            let group = groups.find(slug).map_or(slug.as_str(), |group| group.name(reading.lang));
            reading.say(&phrase!("reach-group", from = from, group = group))
        }
        Rule::Below(_) => reading.say(&phrase!("reach-below", from = from)),
        Rule::Everywhere => reading.say(&phrase!("reach-everywhere", from = from)),
    }
}

/// Whom a posting is for beside its own unit, in words, and in how many places it does not hang; empty where it is for
/// nobody else.
pub fn sent_to(reading: &mut Reading, posting: &Posting, edition: &Edition, slug: &str) -> Result<String, Refusal> {
    if posting.to.is_empty() {
        return Ok(String::new());
    }
    let posted = calendar::local(edition.dated_at).date();
    let mut told = Vec::new();
    if posting.to.iter().any(|to| to == BELOW) {
        let own = match edition.unit_id {
            Some(id) => unit::with_ids(&mut reading.c, &[id])?.pop(),
            None => None,
        };
        told.push(match own {
            Some(unit) => reading.say(&phrase!("reach-all-of", unit = named(reading, &unit))),
            None => reading.word("reach-all"),
        });
    }
    let groups = groups::groups(&mut reading.c)?;
    let of_groups = posting.to.iter().filter_map(|to| to.strip_prefix(GROUP));
    told.extend(of_groups.map(|slug| {
        let name = groups.find(slug).map_or(slug, |group| group.name(reading.lang));
        reading.say(&phrase!("reach-of-group", group = name))
    }));
    let codes: Vec<String> = posting.to.iter().filter(|to| *to != BELOW && !to.starts_with(GROUP)).cloned().collect();
    let mut units: Vec<Unit> = bearers(&mut reading.c, &codes, posted)?;
    units.sort_by_cached_key(|unit| crate::kit::fold::alphabetical(&unit.name));
    told.extend(units.iter().take(NAMED).map(|unit| named(reading, unit)));
    if units.len() > NAMED {
        told.push(reading.web.words.counted(reading.lang, "reach-more-units", units.len() - NAMED));
    }
    let mut text = told.join(", ");
    let out = out(reading, &posting.to, edition, slug)?;
    if out > 0 {
        text = format!("{text}; {}", reading.web.words.counted(reading.lang, "reach-out", out));
    }
    Ok(text)
}

/// In how many units it would hang and does not.
fn out(reading: &mut Reading, to: &[String], edition: &Edition, slug: &str) -> Result<usize, Refusal> {
    reading.c.look([reached::adoptions(TextKind::Posting, slug)]);
    let stands = adopt::of_document(&mut reading.c, edition.document_id, reading.now)?;
    if stands.values().all(|stand| stand.out.is_none()) {
        return Ok(0);
    }
    // Units come and go at midnight.
    reading.until(calendar::tomorrow(reading.now));
    let sent = Sent { unit_id: edition.unit_id, to: to.to_vec(), posted: calendar::local(edition.dated_at).date() };
    let here = reach::units(&mut reading.c, &sent, calendar::local(reading.now).date())?;
    let others = here.iter().filter(|unit| edition.unit_id != Some(unit.id));
    Ok(others.filter(|unit| stands.get(&unit.id).is_some_and(|stand| stand.out.is_some())).count())
}

/// A line of the facts of a posting's own page.
pub fn fact(reading: &mut Reading, posting: &Posting, edition: &Edition, slug: &str) -> Result<Option<page::Fact>, Refusal> {
    let text = sent_to(reading, posting, edition, slug)?;
    Ok((!text.is_empty()).then(|| page::Fact { name: reading.word("posting-to"), text }))
}
