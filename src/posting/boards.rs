//! Which boards have anything on them, for whoever lists their addresses: asked of the senders and of those they name, each once,
//! and neither of each posting nor of each unit. A unit that answered that it hangs nothing of it has its board all the same.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::law::{BELOW, GROUP};
use super::{FOR, groups};
use crate::edition::find::Filter;
use crate::edition::terms::visible_at;
use crate::edition::{Kind as TextKind, change, find_part};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Snapshot;
use crate::store::schema::{editions, revision_keys, units};
use crate::unit::lineage::{bearers, heirs, leading_from};
use crate::unit::{self, Unit};

/// Names asked for at once: both databases take so many.
const CHUNK: usize = 800;

/// Units in force, by their labels.
pub fn boards(c: &mut Snapshot, now: Moment) -> Result<Vec<Unit>, Refusal> {
    let today = calendar::local(now).date();
    // A correction may be for others than what it corrects.
    c.look(change::words(TextKind::Posting, &Filter::All));
    let mut all: BTreeSet<i64> = find_part::units(c, TextKind::Posting, now)?.into_iter().collect();
    for sender in wide(c, now)? {
        match sender {
            None => all.extend(units::table.select(units::id).load::<i64>(&mut **c)?),
            Some(id) => {
                for unit in unit::with_ids(c, &[id])? {
                    all.extend(unit::with_descendants(c, &unit)?);
                }
            }
        }
    }
    let named = named(c, now)?;
    let groups = groups::groups(c)?;
    let of_groups = named.iter().filter_map(|to| groups.find(to.strip_prefix(GROUP)?)).flat_map(|group| group.units.clone());
    let codes: BTreeSet<String> = named.iter().filter(|to| !to.starts_with(GROUP)).cloned().chain(of_groups).collect();
    all.extend(bearers(c, &codes.into_iter().collect::<Vec<_>>(), today)?.into_iter().map(|unit| unit.id));
    let (mut here, mut former) = (Vec::new(), Vec::new());
    for ids in all.into_iter().collect::<Vec<_>>().chunks(CHUNK) {
        for unit in unit::with_ids(c, ids)? {
            if unit.is_in_force(today) { here.push(unit) } else { former.push(unit.id) }
        }
    }
    // What a former unit posted hangs in what took it in.
    let links = leading_from(c, &former)?;
    let known: BTreeSet<i64> = here.iter().map(|unit| unit.id).collect();
    let heirs: Vec<i64> = heirs(former, &links, NaiveDate::MIN, today).into_iter().filter(|id| !known.contains(id)).collect();
    for ids in heirs.chunks(CHUNK) {
        here.extend(unit::with_ids(c, ids)?.into_iter().filter(|unit| unit.is_in_force(today)));
    }
    here.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(here)
}

/// Who has sent anything to all below; `None`: the portal to every unit.
fn wide(c: &mut Snapshot, now: Moment) -> Result<Vec<Option<i64>>, Refusal> {
    let sent = revision_keys::table.inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)));
    Ok(sent
        .filter(revision_keys::name.eq(FOR).and(revision_keys::value.eq(BELOW)))
        .filter(editions::kind.eq(TextKind::Posting.name()))
        .filter(visible_at(now))
        .select(editions::unit_id)
        .distinct()
        .load(&mut **c)?)
}

/// Codes and groups that anything is for, a step of the index each.
fn named(c: &mut Snapshot, now: Moment) -> Result<Vec<String>, Refusal> {
    let mut found: Vec<String> = Vec::new();
    loop {
        let sent = revision_keys::table.inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)));
        let next: Option<String> = sent
            .filter(revision_keys::name.eq(FOR).and(revision_keys::value.gt(found.last().cloned().unwrap_or_default())))
            .filter(editions::kind.eq(TextKind::Posting.name()))
            .filter(visible_at(now))
            .order(revision_keys::value.asc())
            .select(revision_keys::value)
            .first(&mut **c)
            .optional()?;
        match next {
            Some(next) => found.push(next),
            None => break,
        }
    }
    found.retain(|to| to != BELOW);
    Ok(found)
}
