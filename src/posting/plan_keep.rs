//! Plans as they are kept: a row for each version, none ever edited, each with its row in the log. What settles them is read
//! from the postings.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use serde_json::{Map, json};

use super::kinds::After;
use super::law::Rules;
use super::placements::placements;
use super::plan::{Item, MOST_DONE, MOST_ITEMS, Posted};
use super::{CORRECTS, Posting, page, placements_note as note, places, reach, register};
use crate::edition::body::parse;
use crate::edition::find::{Filter, was_shown};
use crate::edition::{Edition, Kind as TextKind, change, of_units, reached};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::plain;
use crate::kit::mask::{Way, masked};
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Verb;
use crate::person::{Act, fault};
use crate::phrase;
use crate::store::schema::{documents, editions, plans, revision_keys, revisions};
use crate::store::{Conn, Snapshot};
use crate::unit::Unit;

pub const MOST_NOTE: usize = 500;
/// More than any unit posts in three years.
const MOST_POSTED: i64 = 9_000;
/// Versions of one year's plan that are told.
const MOST_VERSIONS: i64 = 100;
const CHUNK: usize = 400;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = plans)]
pub struct Version {
    pub id: i64,
    pub unit_id: i64,
    pub year: i32,
    /// From 1 on, without a gap.
    pub number: i32,
    #[diesel(column_name = items)]
    pub text: String,
    /// What was changed, and why; of the first nothing need be said.
    pub note: String,
    pub actor: String,
    pub at: Moment,
    pub position: i64,
}

impl Version {
    pub fn items(&self) -> Result<Vec<Item>, Refusal> {
        serde_json::from_str(&self.text).map_err(Refusal::broken)
    }

    /// What the log vouches for.
    pub fn seal(&self) -> String {
        seal(self.year, self.number, &self.text, &self.note, &self.actor, self.at)
    }
}

fn seal(year: i32, number: i32, text: &str, note: &str, actor: &str, at: Moment) -> String {
    digest::sha256_of(&[&year.to_string(), &number.to_string(), text, note, actor, &at.to_string()])
}

/// Newest first. `units`: itself and what it was before it was renamed ([`reach::same`]).
pub fn versions(c: &mut Conn, units: &[i64], year: i32) -> Result<Vec<Version>, Refusal> {
    let of = plans::table.filter(plans::unit_id.eq_any(units).and(plans::year.eq(year)));
    Ok(of.order(plans::number.desc()).limit(MOST_VERSIONS).select(Version::as_select()).load(c)?)
}

/// The years that have a plan, newest first.
pub fn years(c: &mut Conn, units: &[i64]) -> Result<Vec<i32>, Refusal> {
    Ok(plans::table.filter(plans::unit_id.eq_any(units)).select(plans::year).distinct().order(plans::year.desc()).load(c)?)
}

/// The verb. `before`: the number of the version that was seen, 0 for none. `field` names what is wrong of an item as
/// `content-3`. Errors: `Stale` where another came first.
pub fn keep(c: &mut Conn, act: Act, unit: &Unit, year: i32, before: i32, items: Vec<Item>, note: &str) -> Result<i32, Refusal> {
    act.must(c, Verb::Publish, Some(unit.id))?;
    let today = calendar::local(act.now).date();
    let same = reach::same(c, unit.id, today)?;
    let newest = versions(c, &same, year)?.into_iter().next();
    if newest.as_ref().map_or(0, |one| one.number) != before {
        return Err(Refusal::Stale);
    }
    if !(unit.valid_from.year()..=today.year() + 1).contains(&year) || unit.valid_until.is_some_and(|last| last.year() < year) {
        return Err(fault("year", phrase!("plan-bad-year")));
    }
    let items: Vec<Item> = items.into_iter().map(Item::tidy).collect();
    if items.is_empty() {
        return Err(fault("content-0", phrase!("plan-empty")));
    }
    if items.len() > MOST_ITEMS {
        return Err(fault("content-0", phrase!("plan-too-many", most = MOST_ITEMS)));
    }
    let rules = Rules::load(c)?;
    // No more than a form may name: the rest is refused by its number.
    let named: Vec<&String> = items.iter().flat_map(|item| item.done.iter().take(MOST_DONE)).collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    for named in named.chunks(CHUNK) {
        let of = documents::table.filter(documents::kind.eq(TextKind::Posting.name()).and(documents::slug.eq_any(named)));
        known.extend(of.select(documents::slug).load::<String>(c)?);
    }
    let mut issues = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let found = item.faults(year, &rules.catalogue, |slug| known.contains(slug));
        issues.extend(found.into_iter().map(|(field, phrase)| Issue { file: format!("{field}-{at}"), line: 0, phrase }));
    }
    let note = plain(note).trim().to_owned();
    if note.chars().count() > MOST_NOTE {
        issues.push(Issue { file: "note".to_owned(), line: 0, phrase: phrase!("plan-too-long", most = MOST_NOTE) });
    }
    let text = serde_json::to_string(&items).map_err(Refusal::broken)?;
    if let Some(newest) = &newest {
        if newest.text == text {
            return if issues.is_empty() { Ok(newest.number) } else { Err(Refusal::Issues(issues)) };
        }
        // Changes are disclosed again, with what they are.
        if note.is_empty() {
            issues.push(Issue { file: "note".to_owned(), line: 0, phrase: phrase!("plan-no-note") });
        }
    }
    if !issues.is_empty() {
        return Err(Refusal::Issues(issues));
    }
    append(c, act, unit, &Told { year, number: before + 1, text, note, by: act.who.name().to_owned(), at: act.now })?;
    Ok(before + 1)
}

/// A version as it goes from one store to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub year: i32,
    pub number: i32,
    pub text: String,
    pub note: String,
    pub by: String,
    pub at: Moment,
}

/// The row and its act are one transaction, the caller's.
pub fn append(c: &mut Conn, act: Act, unit: &Unit, told: &Told) -> Result<(), Refusal> {
    let seal = seal(told.year, told.number, &told.text, &told.note, &told.by, told.at);
    let mut facts = Map::from_iter([("plan".to_owned(), json!(seal)), ("number".to_owned(), json!(told.number))]);
    if !told.note.is_empty() {
        facts.insert("reason".to_owned(), json!(told.note));
    }
    let position = act.record(c, "plan_kept", format!("{}{}/{}", of_units::PLAN, unit.label, told.year), facts)?;
    diesel::insert_into(plans::table)
        .values((
            plans::unit_id.eq(unit.id),
            plans::year.eq(told.year),
            plans::number.eq(told.number),
            plans::items.eq(&told.text),
            plans::note.eq(&told.note),
            plans::actor.eq(&told.by),
            plans::at.eq(told.at),
            plans::position.eq(position),
        ))
        .execute(c)?;
    Ok(())
}

/// Every version of every plan, in the order in which they came.
pub fn all(c: &mut Conn) -> Result<Vec<Version>, Refusal> {
    Ok(plans::table.order(plans::id.asc()).select(Version::as_select()).load(c)?)
}

/// What was posted too late for a decision.
#[derive(Clone, Debug)]
pub struct Tardy {
    pub posted: Posted,
    pub issued: NaiveDate,
    pub due: NaiveDate,
}

/// Of a unit, the postings by which a year's plan and its neighbours are settled, by day; and those of that year that came too
/// late after their decision. What was taken back, or corrects another, is neither. Of what is given on request alone the kind is told.
pub fn posted(c: &mut Snapshot, units: &[i64], rules: &Rules, year: i32, now: Moment) -> Result<(Vec<Posted>, Vec<Tardy>), Refusal> {
    let kind = TextKind::Posting;
    c.look(reached::own(kind, units.to_vec()));
    c.look(change::list(kind, &Filter::Units(units.to_vec())));
    let new_year = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
    let (opens, until) = (new_year(year - 1) - chrono::Duration::days(100), new_year(year + 2));
    let found: Vec<i64> = editions::table
        .filter(editions::kind.eq(kind.name()).and(editions::unit_id.eq_any(units)).and(was_shown(now)))
        .filter(editions::dated_at.ge(calendar::midnight(opens)).and(editions::dated_at.lt(calendar::midnight(until))))
        .order(editions::dated_at.asc())
        .limit(MOST_POSTED)
        .select(editions::document_id)
        .load(&mut **c)?;
    let ids: Vec<i64> = found.into_iter().collect::<BTreeSet<_>>().into_iter().collect();
    let (mut all, mut tardy) = (Vec::new(), Vec::new());
    for ids in ids.chunks(CHUNK) {
        let mut of: BTreeMap<i64, Vec<(Edition, String)>> = BTreeMap::new();
        let rows: Vec<(Edition, String)> = editions::table
            .inner_join(documents::table)
            .filter(editions::document_id.eq_any(ids).and(was_shown(now)))
            .order(editions::number.asc())
            .select((Edition::as_select(), documents::slug))
            .load(&mut **c)?;
        rows.into_iter().for_each(|row| of.entry(row.0.document_id).or_default().push(row));
        let revisions_of: Vec<i64> = of.values().filter_map(|rows| rows.last()).map(|(edition, _)| edition.revision_id).collect();
        let words: Vec<(i64, String, String)> = revisions::table
            .filter(revisions::id.eq_any(&revisions_of))
            .select((revisions::id, revisions::title, revisions::facts))
            .load(&mut **c)?;
        let words: BTreeMap<i64, (String, String)> = words.into_iter().map(|(id, title, facts)| (id, (title, facts))).collect();
        let correcting: BTreeSet<i64> = revision_keys::table
            .filter(revision_keys::revision_id.eq_any(&revisions_of).and(revision_keys::name.eq(CORRECTS)))
            .select(revision_keys::revision_id)
            .load::<i64>(&mut **c)?
            .into_iter()
            .collect();
        let noted = note::rows_of_all(c, ids)?;
        let mut involved: Vec<i64> = noted.values().flatten().map(|row| row.place_id).collect();
        involved.sort_unstable();
        involved.dedup();
        c.look(involved.iter().map(|id| of_units::place(*id)));
        let places = places::with_ids(c, &involved)?;
        let boards: BTreeSet<i64> = places.iter().filter(|place| place.kind().is_board()).map(|place| place.id).collect();
        let hung_on = |document: i64| {
            let rows = noted.get(&document).map_or(&[][..], Vec::as_slice);
            placements(rows).iter().any(|(place, all)| boards.contains(place) && !all.is_empty())
        };
        for rows in of.into_values() {
            let (Some((first, _)), Some((last, slug))) = (rows.first(), rows.last()) else { continue };
            let Some((title, facts)) = words.get(&last.revision_id).filter(|_| !correcting.contains(&last.revision_id)) else { continue };
            c.look([change::text(kind, slug)]);
            [last.withdrawn_at, Some(last.shown_until)].into_iter().flatten().filter(|at| *at > now).for_each(|at| c.until(at));
            if last.withdrawn_at.is_some_and(|at| at <= now) {
                continue;
            }
            let known = rules.catalogue.kind(&last.section);
            let is_gone = last.shown_until <= now && page::after(rules, last) == After::Request;
            let one = Posted {
                slug: slug.clone(),
                title: match known.filter(|_| is_gone) {
                    Some(kind) => kind.name.clone(),
                    None if is_gone => String::new(),
                    None => masked(title, Way::Hidden),
                },
                kind: last.section.clone(),
                group: known.and_then(|kind| kind.group),
                day: calendar::local(first.dated_at).date(),
                is_gone,
                on_boards: hung_on(last.document_id),
            };
            let issued = parse::<Posting>(facts)?.issued;
            let due = known.and_then(|kind| register::late(kind, issued, one.day, rules));
            if let Some((due, issued)) = due.zip(issued).filter(|_| one.day.year() == year) {
                tardy.push(Tardy { posted: one.clone(), issued, due });
            }
            all.push(one);
        }
    }
    all.sort_by(|one, other| (one.day, &one.slug).cmp(&(other.day, &other.slug)));
    tardy.sort_by_key(|one| one.posted.day);
    Ok((all, tardy))
}
