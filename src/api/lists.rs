//! What waits, what was done, and who asks.

use super::ask::{Ask, Reply};
use super::problem::Fault;
use super::shape::{LogAsked, LogPage, LogRow, Me, Queue, RoleHeld, Waiting};
use super::words::{codes, listed, moment, shown};
use crate::desk::log;
use crate::edition::find_desk;
use crate::kit::refusal::Refusal;
use crate::person::Door;
use crate::person::access::{Reach, Verb};
use crate::store::log_find::Wanted;
use crate::unit;

const QUEUED: i64 = 100;
const ROWS: usize = 100;

pub fn queue(ask: &Ask) -> Result<Reply, Fault> {
    let mut c = ask.read()?;
    let actor = ask.actor()?;
    let nowhere = Reach::Units(Default::default());
    let mut groups = Vec::new();
    for (verb, is_review) in [(Verb::Review, true), (Verb::Publish, false)] {
        let reach = actor.reach(&mut c, verb)?;
        let (review, publish) = if is_review { (&reach, &nowhere) } else { (&nowhere, &reach) };
        let waiting = find_desk::queue(&mut c, review, publish, &actor.login, 0, QUEUED)?;
        let codes = codes(&mut c, waiting.iter().map(|one| &one.row.edition))?;
        let shown = waiting.iter().map(|one| Waiting {
            listed: listed(&one.row, &codes),
            since: shown(one.since),
            by: one.by.clone(),
            is_own: one.is_own,
        });
        groups.push(shown.collect());
    }
    let confirm = actor.reach(&mut c, Verb::Confirm)?;
    let unconfirmed = find_desk::unconfirmed(&mut c, &confirm, &actor.login)?;
    let codes = codes(&mut c, unconfirmed.iter().map(|one| &one.row.edition))?;
    let confirm = unconfirmed.iter().filter_map(|one| {
        let step = one.last.as_ref()?;
        Some(Waiting { listed: listed(&one.row, &codes), since: shown(step.at), by: step.actor.clone(), is_own: step.actor == actor.login })
    });
    let confirm = confirm.collect();
    let (publish, review) = (groups.pop().unwrap_or_default(), groups.pop().unwrap_or_default());
    Reply::of(Queue { review, publish, confirm })
}

pub fn log(ask: &Ask) -> Result<Reply, Fault> {
    let asked: LogAsked = ask.query()?;
    let read = |field: &str, text: &Option<String>| moment(field, text.as_deref()).map_err(|issue| Refusal::Issues(vec![issue]));
    let wanted = Wanted {
        from: read("from", &asked.from)?,
        until: read("until", &asked.until)?,
        actor: asked.actor.unwrap_or_default(),
        act: asked.act.unwrap_or_default(),
        subject: asked.subject.unwrap_or_default(),
        text: asked.text.unwrap_or_default(),
    };
    let found = log::read(&mut *ask.read()?, ask.act(), &wanted.tidy(), asked.before, ROWS)?;
    let rows = found.rows.into_iter().map(|row| LogRow {
        position: row.position,
        at: row.at.to_string(),
        actor: row.actor,
        act: row.act,
        subject: row.subject,
        facts: row.facts,
        previous: row.previous,
        digest: row.digest,
    });
    Reply::of(LogPage { rows: rows.collect(), next: found.next, is_cut: found.is_cut })
}

pub fn me(ask: &Ask) -> Result<Reply, Fault> {
    let actor = ask.actor()?;
    let Door::Token { name, scope } = &actor.door else { return Err(Refusal::Forbidden.into()) };
    let ids: Vec<i64> = actor.grants.iter().filter_map(|grant| grant.unit_id).collect();
    let units = unit::with_ids(&mut *ask.read()?, &ids)?;
    let code = |id: i64| units.iter().find(|unit| unit.id == id).map(|unit| unit.code.clone());
    Reply::of(Me {
        login: actor.login.clone(),
        name: actor.name.clone(),
        token: name.clone(),
        scope: scope.iter().map(|verb| verb.name().to_owned()).collect(),
        roles: actor
            .grants
            .iter()
            .map(|grant| RoleHeld { role: grant.role.name().to_owned(), unit: grant.unit_id.and_then(code) })
            .collect(),
    })
}
