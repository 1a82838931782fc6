//! Where a posting hangs: which of those that show are a unit's, each with the rule by which it came there; and the other
//! way, in which units one hangs. The question is put once, as a pure function ([`Place::rule`]); the store is only asked
//! for what may answer it, by indexes, so that a board costs what its unit has.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::groups::Groups;
use super::law::{BELOW, GROUP};
use super::{FOR, groups};
use crate::edition::{Kind as TextKind, reached, reaching};
use crate::kit::calendar;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::store::reaches;
use crate::store::schema::{editions, revision_keys, units};
use crate::store::{Conn, Snapshot};
use crate::unit::lineage::{self, Link, bearers, heirs, leading_from, leading_to, renamed_from};
use crate::unit::{self, Unit};

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;

/// Why a posting hangs in a unit, the nearest reason first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Own,
    /// It was that of a unit which this one took in.
    Former(i64),
    /// It names the unit, or one that this one took in.
    Named(i64),
    Group(String),
    /// It is for all below the unit that sent it.
    Below(i64),
    /// It is for every unit of the portal.
    Everywhere,
}

/// What counts of a posting for where it hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    pub unit_id: Option<i64>,
    pub to: Vec<String>,
    pub posted: NaiveDate,
}

/// A unit on a day, with all by which a posting may come to it. A day beside something: only what was posted before it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Itself first, then what it took in.
    members: Vec<(Unit, Option<NaiveDate>)>,
    above: BTreeMap<i64, Option<NaiveDate>>,
    groups: BTreeMap<String, Option<NaiveDate>>,
    /// The next day on which any of it may be otherwise.
    pub next_turn: Option<NaiveDate>,
}

fn counts(before: &Option<NaiveDate>, posted: NaiveDate) -> bool {
    before.is_none_or(|before| posted < before)
}

/// The wider of two: without a day, or up to the later one.
fn widen<K: Ord>(all: &mut BTreeMap<K, Option<NaiveDate>>, key: K, before: Option<NaiveDate>) {
    let known = all.entry(key).or_insert(before);
    *known = known.zip(before).map(|(known, before)| known.max(before));
}

impl Place {
    pub fn of(c: &mut Conn, unit: &Unit, groups: &Groups, day: NaiveDate) -> Result<Place, Refusal> {
        let lineage = lineage::lineage(c, unit, day)?;
        let mut above = BTreeMap::new();
        for (member, before) in &lineage.members {
            for higher in unit::ancestors(c, member)? {
                widen(&mut above, higher.id, *before);
            }
        }
        // One that was only renamed speaks on.
        let highest: Vec<i64> = above.keys().copied().collect();
        let links = leading_to(c, &highest)?;
        for id in highest {
            let (mut before, mut at) = (above[&id], id);
            let mut seen = BTreeSet::from([id]);
            while let Some(link) = renamed_from(at, &links, day).filter(|link| seen.insert(link.old)) {
                before = Some(before.map_or(link.from, |before| before.min(link.from)));
                widen(&mut above, link.old, before);
                at = link.old;
            }
        }
        let codes: Vec<String> = lineage.members.iter().map(|(member, _)| member.code.clone()).collect();
        let borne: BTreeSet<i64> = bearers(c, &codes, day)?.into_iter().map(|unit| unit.id).collect();
        let mut of_groups = BTreeMap::new();
        for (member, before) in lineage.members.iter().filter(|(member, _)| borne.contains(&member.id)) {
            // A group that still names what is no more means what took it in.
            let before = before.filter(|_| !member.is_former(day));
            groups.of(&member.code).for_each(|slug| widen(&mut of_groups, slug.to_owned(), before));
        }
        // Others may bear these codes from a day on.
        let later: Option<NaiveDate> = units::table
            .filter(units::code.eq_any(&codes).and(units::valid_from.gt(day)))
            .select(diesel::dsl::min(units::valid_from))
            .first(c)?;
        let renamed = links.iter().map(|link| link.from).filter(|from| *from > day).min();
        let own = unit::next_turn([unit], day);
        let next_turn = [lineage.next_turn(day), later, renamed, own].into_iter().flatten().min();
        Ok(Place { members: lineage.members, above, groups: of_groups, next_turn })
    }

    pub fn unit(&self) -> &Unit {
        &self.members[0].0
    }

    pub fn member(&self, id: i64) -> Option<&Unit> {
        self.members.iter().map(|(unit, _)| unit).find(|unit| unit.id == id)
    }

    /// The one question.
    pub fn rule(&self, sent: &Sent) -> Option<Rule> {
        let (own, taken_in) = self.members.split_first()?;
        if sent.unit_id == Some(own.0.id) {
            return Some(Rule::Own);
        }
        let is_of = |(unit, before): &&(Unit, Option<NaiveDate>)| sent.unit_id == Some(unit.id) && counts(before, sent.posted);
        let former = taken_in.iter().find(is_of).map(|(unit, _)| Rule::Former(unit.id));
        // A code means who bore it on that day.
        let is_named = |(unit, before): &&(Unit, Option<NaiveDate>)| {
            sent.to.contains(&unit.code) && unit.is_in_force(sent.posted) && counts(before, sent.posted)
        };
        let named = || self.members.iter().find(is_named).map(|(unit, _)| Rule::Named(unit.id));
        let group = || {
            let mut groups = sent.to.iter().filter_map(|to| to.strip_prefix(GROUP));
            groups
                .find(|group| self.groups.get(*group).is_some_and(|before| counts(before, sent.posted)))
                .map(|slug| Rule::Group(slug.to_owned()))
        };
        let below = || {
            let is_below = sent.to.iter().any(|to| to == BELOW);
            match sent.unit_id.filter(|_| is_below) {
                None => is_below.then_some(Rule::Everywhere),
                Some(id) => self.above.get(&id).filter(|before| counts(before, sent.posted)).map(|_| Rule::Below(id)),
            }
        };
        former.or_else(named).or_else(group).or_else(below)
    }

    pub(super) fn values(&self) -> Vec<String> {
        let codes = self.members.iter().map(|(unit, _)| unit.code.clone());
        codes.chain(self.groups.keys().map(|slug| format!("{GROUP}{slug}"))).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Itself and what it took in.
    pub fn ids(&self) -> Vec<i64> {
        self.members.iter().map(|(unit, _)| unit.id).collect()
    }

    /// The circles in which an act is seen here ([`crate::store::reaches`]).
    pub fn scopes(&self) -> Vec<String> {
        let own = self.members.iter().flat_map(|(unit, _)| [reaching::own(unit.id), reaching::news(unit.id), reaching::at(&unit.code)]);
        let below = self.higher().into_iter().map(Some).chain([None]).map(reaching::below);
        let to = self.values().into_iter().map(|value| reaching::to(&value));
        let all: BTreeSet<String> = own.chain(below).chain(to).chain([reaches::ALL.to_owned()]).collect();
        all.into_iter().collect()
    }

    pub(super) fn higher(&self) -> Vec<i64> {
        self.above.keys().copied().collect()
    }
}

/// A posting in its place on a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hung {
    pub edition_id: i64,
    pub document_id: i64,
    pub revision_id: i64,
    pub unit_id: Option<i64>,
    pub dated_at: Moment,
    pub priority: i32,
    pub rule: Rule,
}

type Row = (i64, i64, i64, Option<i64>, Moment, i32);

/// All that hangs in a unit now: most pressing first, then newest first.
pub fn hanging(c: &mut Snapshot, place: &Place, now: Moment) -> Result<Vec<Hung>, Refusal> {
    with_own(c, place, (now, now))
}

/// All that hangs in a unit now, and all that is going to.
pub fn ahead(c: &mut Snapshot, place: &Place, now: Moment) -> Result<Vec<Hung>, Refusal> {
    with_own(c, place, (now, NEVER))
}

/// What shows after the first of two instants and begins by the second.
#[auto_type]
fn shows(after: Moment, by: Moment) -> _ {
    let is_seen = editions::shown_from.lt(editions::shown_until);
    editions::shown_from.le(by).and(editions::shown_until.gt(after)).and(is_seen)
}

fn with_own(c: &mut Snapshot, place: &Place, span: (Moment, Moment)) -> Result<Vec<Hung>, Refusal> {
    c.look(reached::own(TextKind::Posting, place.ids()));
    let columns = (editions::id, editions::document_id, editions::revision_id, editions::unit_id, editions::dated_at, editions::priority);
    let own = editions::table.filter(editions::kind.eq(TextKind::Posting.name())).filter(shows(span.0, span.1));
    let own: Vec<Row> = own.filter(editions::unit_id.eq_any(place.ids())).select(columns).load(&mut **c)?;
    sorted(c, place, own, span)
}

/// When an edition that may be here began or ended, after one instant and by another, with its document; the first so many.
pub fn turned(c: &mut Conn, place: &Place, (after, by): (Moment, Moment), limit: usize) -> Result<Vec<(Moment, i64)>, Refusal> {
    let of_kind =
        || editions::table.filter(editions::kind.eq(TextKind::Posting.name()).and(editions::shown_from.lt(editions::shown_until)));
    let named: Vec<String> = place.values().into_iter().chain([BELOW.to_owned()]).collect();
    let sent = || {
        let sent = revision_keys::table.inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)));
        let sent = sent.filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq_any(named.clone())));
        sent.filter(editions::kind.eq(TextKind::Posting.name()).and(editions::shown_from.lt(editions::shown_until)))
    };
    let (begins, ends) = (editions::shown_from, editions::shown_until);
    let (of_own, most) = (editions::unit_id.eq_any(place.ids()), limit as i64 + 1);
    let begun = of_kind().filter(of_own.clone()).filter(begins.gt(after).and(begins.le(by))).order(begins.asc()).limit(most);
    let mut found: Vec<(Moment, i64)> = begun.select((begins, editions::document_id)).load(c)?;
    let ended = of_kind().filter(of_own).filter(ends.gt(after).and(ends.le(by))).order(ends.asc()).limit(most);
    found.extend(ended.select((ends, editions::document_id)).load::<(Moment, i64)>(c)?);
    let begun = sent().filter(begins.gt(after).and(begins.le(by))).order(begins.asc()).limit(most);
    found.extend(begun.select((begins, editions::document_id)).load::<(Moment, i64)>(c)?);
    let ended = sent().filter(ends.gt(after).and(ends.le(by))).order(ends.asc()).limit(most);
    found.extend(ended.select((ends, editions::document_id)).load::<(Moment, i64)>(c)?);
    found.sort_unstable();
    found.dedup();
    found.truncate(limit + 1);
    Ok(found)
}

/// The same of what came from others alone.
pub fn coming(c: &mut Snapshot, place: &Place, now: Moment) -> Result<Vec<Hung>, Refusal> {
    sorted(c, place, Vec::new(), (now, now))
}

/// These, and what came from others.
fn sorted(c: &mut Snapshot, place: &Place, mut rows: Vec<Row>, span: (Moment, Moment)) -> Result<Vec<Hung>, Refusal> {
    let higher = place.higher();
    c.look(higher.iter().map(|id| reached::below(Some(*id))).chain([reached::below(None)]));
    c.look(place.values().iter().map(|value| reached::sent(value)));
    let columns = (editions::id, editions::document_id, editions::revision_id, editions::unit_id, editions::dated_at, editions::priority);
    let of_kind = || editions::table.filter(editions::kind.eq(TextKind::Posting.name())).filter(shows(span.0, span.1));
    let is_below = || {
        let key = revision_keys::table.filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq(BELOW)));
        diesel::dsl::exists(key.filter(revision_keys::revision_id.eq(editions::revision_id)))
    };
    rows.extend(of_kind().filter(editions::unit_id.eq_any(&higher)).filter(is_below()).select(columns).load::<Row>(&mut **c)?);
    rows.extend(of_kind().filter(editions::unit_id.is_null()).filter(is_below()).select(columns).load::<Row>(&mut **c)?);
    let named = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq_any(place.values())))
        .filter(editions::kind.eq(TextKind::Posting.name()))
        .filter(shows(span.0, span.1));
    rows.extend(named.select(columns).load::<Row>(&mut **c)?);
    rows.sort_unstable();
    rows.dedup();
    let revisions: Vec<i64> = rows.iter().map(|row| row.2).collect();
    let to = targets(c, &revisions)?;
    let mut hung: Vec<Hung> = rows
        .into_iter()
        .filter_map(|(edition_id, document_id, revision_id, unit_id, dated_at, priority)| {
            let to = to.get(&revision_id).cloned().unwrap_or_default();
            let rule = place.rule(&Sent { unit_id, to, posted: calendar::local(dated_at).date() })?;
            Some(Hung { edition_id, document_id, revision_id, unit_id, dated_at, priority, rule })
        })
        .collect();
    hung.sort_by_key(|one| std::cmp::Reverse((one.priority, one.dated_at, one.document_id)));
    Ok(hung)
}

/// By revision: whom it is for beside its own unit.
pub fn targets(c: &mut Conn, revisions: &[i64]) -> Result<BTreeMap<i64, Vec<String>>, Refusal> {
    let mut found: BTreeMap<i64, Vec<String>> = BTreeMap::new();
    for revisions in revisions.chunks(CHUNK) {
        let rows: Vec<(i64, String)> = revision_keys::table
            .filter(revision_keys::revision_id.eq_any(revisions).and(revision_keys::name.eq(FOR)))
            .select((revision_keys::revision_id, revision_keys::value))
            .load(c)?;
        rows.into_iter().for_each(|(revision, to)| found.entry(revision).or_default().push(to));
    }
    Ok(found)
}

/// The other way: every unit in force on a day in which such a posting hangs, its own or what took that in among them.
pub fn units(c: &mut Conn, sent: &Sent, day: NaiveDate) -> Result<Vec<Unit>, Refusal> {
    // Each with the day after which its changes count.
    let mut starts: Vec<i64> = sent.unit_id.into_iter().collect();
    let mut living: Vec<i64> = Vec::new();
    if sent.to.iter().any(|to| to == BELOW) {
        starts.extend(below(c, sent, day)?);
    }
    let codes: Vec<String> = sent.to.iter().filter(|to| *to != BELOW && !to.starts_with(GROUP)).cloned().collect();
    for codes in codes.chunks(CHUNK) {
        let named: Vec<Unit> = units::table.filter(units::code.eq_any(codes)).select(Unit::as_select()).load(c)?;
        starts.extend(named.iter().filter(|unit| unit.is_in_force(sent.posted)).map(|unit| unit.id));
    }
    if sent.to.iter().any(|to| to.starts_with(GROUP)) {
        let groups = groups::groups(c)?;
        let codes: BTreeSet<String> =
            sent.to.iter().filter_map(|to| groups.find(to.strip_prefix(GROUP)?)).flat_map(|group| group.units.clone()).collect();
        for unit in bearers(c, &codes.into_iter().collect::<Vec<_>>(), day)? {
            if unit.is_former(day) { &mut living } else { &mut starts }.push(unit.id);
        }
    }
    let links = leading_from(c, &starts.iter().chain(&living).copied().collect::<Vec<_>>())?;
    let mut all = heirs(starts, &links, sent.posted, day);
    all.extend(heirs(living, &links, NaiveDate::MIN, day));
    let mut found = Vec::new();
    for ids in all.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        found.extend(unit::with_ids(c, ids)?.into_iter().filter(|unit| unit.is_in_force(day)));
    }
    found.sort_by_cached_key(|unit| (unit.parent_id.is_some(), crate::kit::fold::alphabetical(&unit.name)));
    Ok(found)
}

/// All that ever stood below the unit that sent it, under whatever name that unit has gone on.
fn below(c: &mut Conn, sent: &Sent, day: NaiveDate) -> Result<Vec<i64>, Refusal> {
    let Some(own) = sent.unit_id else { return Ok(units::table.select(units::id).load(c)?) };
    let on: Vec<Link> = leading_from(c, &[own])?;
    let ends: Vec<i64> = on.iter().map(|link| link.new).collect();
    let links = leading_to(c, &ends)?;
    let mut names = vec![own];
    let mut at = 0;
    while let Some(id) = names.get(at).copied() {
        at += 1;
        let next = on.iter().filter(|link| link.old == id && sent.posted < link.from && !names.contains(&link.new));
        let next: Vec<i64> =
            next.filter(|link| renamed_from(link.new, &links, day).is_some_and(|one| one.old == id)).map(|link| link.new).collect();
        names.extend(next);
    }
    let mut all = Vec::new();
    for unit in unit::with_ids(c, &names)? {
        let ids = unit::with_descendants(c, &unit)?;
        all.extend(ids.into_iter().filter(|id| *id != unit.id));
    }
    Ok(all)
}

/// The unit that this one was before it was only renamed, and that one's, newest first: what they said of a posting holds.
pub fn same(c: &mut Conn, unit: i64, day: NaiveDate) -> Result<Vec<i64>, Refusal> {
    let links = leading_to(c, &[unit])?;
    let mut all = vec![unit];
    while let Some(link) = all.last().and_then(|id| renamed_from(*id, &links, day)).filter(|link| !all.contains(&link.old)) {
        all.push(link.old);
    }
    Ok(all)
}
