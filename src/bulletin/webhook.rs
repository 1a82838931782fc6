//! Whom a unit has told when its bulletin changes: an address each, and how far in the change feed it was told. Whoever
//! publishes in the unit keeps them, or keeps the portal. Each act is a row of the log, which touches no bulletin and holds
//! no more of an address than its host: the rest may be a secret of whoever is told.

use diesel::prelude::*;
use serde_json::{Map, json};
use uuid::Uuid;

use super::changes::{self, Cursor};
use super::shape::{self, Changes};
use super::webhook_line::{self, Doors};
use super::webhook_tries::WAITING;
use crate::edition::Kind;
use crate::edition::of_units::WEBHOOK;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::fold::nfc;
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{editions, units};
use crate::store::schema_out::{deliveries, webhooks};
use crate::unit::Unit;
use crate::web::answer::Reading;

pub const MOST_NOTE: usize = 120;
/// Of one unit.
pub const MOST: i64 = 20;
/// What is sent once more, or for trial, and waits, of one address.
const MOST_BESIDE: i64 = 20;
/// Kept of each, beside what still waits.
pub const MOST_KEPT: i64 = 1_000;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = webhooks)]
pub struct Webhook {
    pub id: i64,
    pub unit_id: i64,
    pub url: String,
    /// For the desk only.
    pub note: String,
    pub created_at: Moment,
    pub created_by: String,
    pub paused_at: Option<Moment>,
    pub told_after: i64,
    pub told_at: i64,
    /// Since when no try has been taken.
    pub failing_since: Option<Moment>,
    /// It is told of the alarms of the unit's boards, too.
    pub tells_boards: bool,
}

impl Webhook {
    pub fn cursor(&self) -> Cursor {
        Cursor { after: self.told_after, at: self.told_at }
    }
}

/// What one was sent, or is to be.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = deliveries)]
pub struct Delivery {
    pub id: i64,
    pub webhook_id: i64,
    /// The `webhook-id`.
    pub name: String,
    pub body: String,
    /// How many it tells; 0 for a trial.
    pub events: i32,
    pub is_beside: bool,
    pub made_at: Moment,
    pub state: String,
    pub began_at: Moment,
    pub attempts: i32,
    pub next_at: Moment,
    pub claimed_until: Option<Moment>,
    pub last_at: Option<Moment>,
    /// 0 where there was no answer.
    pub last_status: i32,
    /// Why there was none, in a word.
    pub last_error: String,
}

/// Errors: `Missing` for whoever may not know of the unit, else `Forbidden`.
pub fn must(c: &mut Conn, act: Act, unit: i64) -> Result<(), Refusal> {
    if act.who.may(c, Verb::KeepSite, None)? { Ok(()) } else { act.must(c, Verb::Publish, Some(unit)) }
}

pub fn with_id(c: &mut Conn, id: i64) -> Result<Webhook, Refusal> {
    webhooks::table.find(id).select(Webhook::as_select()).first(c).optional()?.ok_or(Refusal::Missing)
}

/// Oldest first.
pub fn of_unit(c: &mut Conn, unit: i64) -> Result<Vec<Webhook>, Refusal> {
    let of = webhooks::table.filter(webhooks::unit_id.eq(unit));
    Ok(of.order(webhooks::id.asc()).select(Webhook::as_select()).load(c)?)
}

/// Those that are told now.
pub fn told(c: &mut Conn) -> Result<Vec<Webhook>, Refusal> {
    let of = webhooks::table.filter(webhooks::paused_at.is_null());
    Ok(of.order(webhooks::id.asc()).select(Webhook::as_select()).load(c)?)
}

/// Those that are told of boards, too.
pub fn told_of_boards(c: &mut Conn) -> Result<Vec<Webhook>, Refusal> {
    let of = webhooks::table.filter(webhooks::paused_at.is_null().and(webhooks::tells_boards.eq(true)));
    Ok(of.order(webhooks::id.asc()).select(Webhook::as_select()).load(c)?)
}

/// Newest first.
pub fn deliveries(c: &mut Conn, webhook: i64, from: i64, most: i64) -> Result<Vec<Delivery>, Refusal> {
    let of = deliveries::table.filter(deliveries::webhook_id.eq(webhook)).order(deliveries::id.desc());
    Ok(of.offset(from).limit(most).select(Delivery::as_select()).load(c)?)
}

pub fn count(c: &mut Conn, webhook: i64) -> Result<i64, Refusal> {
    Ok(deliveries::table.filter(deliveries::webhook_id.eq(webhook)).count().get_result(c)?)
}

/// The last try of each.
pub fn last_tried(c: &mut Conn, webhook: i64) -> Result<Option<Delivery>, Refusal> {
    let of = deliveries::table.filter(deliveries::webhook_id.eq(webhook).and(deliveries::last_at.is_not_null()));
    Ok(of.order((deliveries::last_at.desc(), deliveries::id.desc())).select(Delivery::as_select()).first(c).optional()?)
}

/// The next instant at which a posting anywhere begins or ends; `NEVER` where none does.
pub fn next_turn(c: &mut Conn, now: Moment) -> Result<Moment, Refusal> {
    let of = || editions::table.filter(editions::kind.eq(Kind::Posting.name()));
    let begins: Option<Moment> = of().filter(editions::shown_from.gt(now)).select(diesel::dsl::min(editions::shown_from)).first(c)?;
    let ends: Option<Moment> = of().filter(editions::shown_until.gt(now)).select(diesel::dsl::min(editions::shown_until)).first(c)?;
    Ok(begins.into_iter().chain(ends).min().unwrap_or(NEVER))
}

/// From where on a new one is told.
pub fn here(reading: &mut Reading, unit: &Unit) -> Result<Cursor, Refusal> {
    let place = super::place(reading, unit)?;
    changes::behind(reading, &place.scopes())
}

/// What is to be told after a cursor, as it is sent.
pub fn notice(reading: &mut Reading, unit: &Unit, cursor: Cursor) -> Result<(Changes, Cursor), Refusal> {
    let document = changes::since(reading, unit, cursor, shape::NOTICE)?;
    let next = document.next.split_once('?').and_then(|(_, query)| Cursor::of(query)).unwrap_or(cursor);
    Ok((document, next))
}

/// A notice that tells nothing: for trial.
pub fn trial(reading: &mut Reading, unit: &Unit, cursor: Cursor) -> Result<String, Refusal> {
    let (document, _) = notice(reading, unit, cursor)?;
    super::canonical(&Changes { events: Vec::new(), next: cursor.address(&unit.code), more: false, ..document })
}

fn fault(field: &str, phrase: Phrase) -> Refusal {
    Refusal::Issues(vec![Issue { file: field.to_owned(), line: 0, phrase }])
}

/// `url`: as it was typed. Gives its id. Errors: what is wrong with it, at its field.
pub fn add(c: &mut Conn, act: Act, unit: &Unit, (url, note): (&str, &str), from: Cursor, doors: Doors) -> Result<i64, Refusal> {
    must(c, act, unit.id)?;
    let url = webhook_line::read(url, doors).map_err(|phrase| fault("url", phrase))?;
    let note = nfc(&note.split_whitespace().collect::<Vec<_>>().join(" "));
    if note.chars().count() > MOST_NOTE || note.chars().any(char::is_control) {
        return Err(fault("note", phrase!("rules-too-long", most = MOST_NOTE)));
    }
    let known = of_unit(c, unit.id)?;
    if known.iter().any(|webhook| webhook.url == url) {
        return Err(fault("url", phrase!("webhook-twice")));
    }
    if known.len() as i64 >= MOST {
        return Err(fault("", phrase!("webhook-too-many", most = MOST)));
    }
    let id: i64 = diesel::insert_into(webhooks::table)
        .values((
            webhooks::unit_id.eq(unit.id),
            webhooks::url.eq(&url),
            webhooks::note.eq(&note),
            webhooks::created_at.eq(act.now),
            webhooks::created_by.eq(act.who.name()),
            webhooks::told_after.eq(from.after),
            webhooks::told_at.eq(from.at),
        ))
        .returning(webhooks::id)
        .get_result(c)?;
    let webhook = with_id(c, id)?;
    record(c, act, "webhook_added", &webhook, "")?;
    Ok(id)
}

/// Nothing is made or sent until it is resumed; then it is told what happened meanwhile. `why`: for whoever reads the log.
pub fn pause(c: &mut Conn, act: Act, id: i64, why: &str) -> Result<(), Refusal> {
    let webhook = with_id(c, id)?;
    must(c, act, webhook.unit_id)?;
    if webhook.paused_at.is_some() {
        return Ok(());
    }
    diesel::update(webhooks::table.find(id)).set(webhooks::paused_at.eq(act.now)).execute(c)?;
    record(c, act, "webhook_paused", &webhook, why)
}

/// Whether it is told of the alarms of the unit's boards, and of those below it.
pub fn keep_boards(c: &mut Conn, act: Act, id: i64, tells: bool) -> Result<(), Refusal> {
    let webhook = with_id(c, id)?;
    must(c, act, webhook.unit_id)?;
    if webhook.tells_boards == tells {
        return Ok(());
    }
    diesel::update(webhooks::table.find(id)).set(webhooks::tells_boards.eq(tells)).execute(c)?;
    record(c, act, if tells { "webhook_boards" } else { "webhook_no_boards" }, &webhook, "")
}

/// What waits is tried at once.
pub fn resume(c: &mut Conn, act: Act, id: i64) -> Result<(), Refusal> {
    let webhook = with_id(c, id)?;
    must(c, act, webhook.unit_id)?;
    if webhook.paused_at.is_none() {
        return Ok(());
    }
    diesel::update(webhooks::table.find(id)).set(webhooks::paused_at.eq(None::<Moment>)).execute(c)?;
    hurry(c, act.now, id)?;
    record(c, act, "webhook_resumed", &webhook, "")
}

/// With all that it was sent.
pub fn remove(c: &mut Conn, act: Act, id: i64) -> Result<(), Refusal> {
    let webhook = with_id(c, id)?;
    must(c, act, webhook.unit_id)?;
    diesel::delete(deliveries::table.filter(deliveries::webhook_id.eq(id))).execute(c)?;
    diesel::delete(webhooks::table.find(id)).execute(c)?;
    record(c, act, "webhook_removed", &webhook, "")
}

/// A trial, sent beside what waits. Errors: `WrongState` while it is paused, or when many wait.
pub fn try_out(c: &mut Conn, act: Act, id: i64, body: &str) -> Result<(), Refusal> {
    may_send(c, act, id)?;
    make(c, act.now, id, Made { body, events: 0, is_beside: true })
}

/// Alarms, beside what happens in the bulletin: they wait for nothing that waits there.
pub fn tell_alarms(c: &mut Conn, now: Moment, id: i64, (body, events): (&str, usize)) -> Result<(), Refusal> {
    make(c, now, id, Made { body, events, is_beside: true })
}

/// Sends one again, whatever became of it, under the name that it has.
pub fn again(c: &mut Conn, act: Act, id: i64, delivery: i64) -> Result<(), Refusal> {
    may_send(c, act, id)?;
    let of = deliveries::table.find(delivery).filter(deliveries::webhook_id.eq(id));
    let delivery: Delivery = of.select(Delivery::as_select()).first(c).optional()?.ok_or(Refusal::Missing)?;
    if delivery.state == WAITING {
        return hurry(c, act.now, id);
    }
    diesel::update(deliveries::table.find(delivery.id))
        .set((
            deliveries::state.eq(WAITING),
            deliveries::is_beside.eq(true),
            deliveries::began_at.eq(act.now),
            deliveries::attempts.eq(0),
            deliveries::next_at.eq(act.now),
            deliveries::claimed_until.eq(None::<Moment>),
        ))
        .execute(c)?;
    Ok(())
}

fn may_send(c: &mut Conn, act: Act, id: i64) -> Result<(), Refusal> {
    let webhook = with_id(c, id)?;
    must(c, act, webhook.unit_id)?;
    if webhook.paused_at.is_some() {
        return Err(Refusal::WrongState(phrase!("webhook-is-paused")));
    }
    let of = deliveries::table.filter(deliveries::webhook_id.eq(id).and(deliveries::state.eq(WAITING)));
    let beside: i64 = of.filter(deliveries::is_beside.eq(true)).count().get_result(c)?;
    if beside >= MOST_BESIDE { Err(Refusal::WrongState(phrase!("webhook-many-wait"))) } else { Ok(()) }
}

/// Whatever has its hour is tried now.
fn hurry(c: &mut Conn, now: Moment, id: i64) -> Result<(), Refusal> {
    let of = deliveries::table.filter(deliveries::webhook_id.eq(id).and(deliveries::state.eq(WAITING)));
    diesel::update(of.filter(deliveries::next_at.gt(now).and(deliveries::next_at.lt(NEVER))))
        .set(deliveries::next_at.eq(now))
        .execute(c)?;
    Ok(())
}

/// What is to be sent.
pub struct Made<'m> {
    pub body: &'m str,
    pub events: usize,
    pub is_beside: bool,
}

/// Adds what is told after a cursor, and moves the cursor. False when somebody else has told it already.
pub fn tell(c: &mut Conn, now: Moment, webhook: &Webhook, next: Cursor, made: Option<Made>) -> Result<bool, Refusal> {
    let stands = webhooks::told_after.eq(webhook.told_after).and(webhooks::told_at.eq(webhook.told_at));
    let of = webhooks::table.filter(webhooks::id.eq(webhook.id).and(webhooks::paused_at.is_null()).and(stands));
    let moved = diesel::update(of).set((webhooks::told_after.eq(next.after), webhooks::told_at.eq(next.at))).execute(c)?;
    if moved == 0 {
        return Ok(false);
    }
    made.map_or(Ok(()), |made| make(c, now, webhook.id, made))?;
    Ok(true)
}

fn make(c: &mut Conn, now: Moment, webhook: i64, made: Made) -> Result<(), Refusal> {
    let before = deliveries::table.filter(deliveries::webhook_id.eq(webhook).and(deliveries::state.eq(WAITING)));
    let before: i64 = before.filter(deliveries::is_beside.eq(false)).count().get_result(c)?;
    let next_at = if made.is_beside || before == 0 { now } else { NEVER };
    diesel::insert_into(deliveries::table)
        .values((
            (deliveries::webhook_id.eq(webhook), deliveries::name.eq(Uuid::now_v7().to_string()), deliveries::body.eq(made.body)),
            (deliveries::events.eq(made.events as i32), deliveries::is_beside.eq(made.is_beside), deliveries::made_at.eq(now)),
            (deliveries::state.eq(WAITING), deliveries::began_at.eq(now), deliveries::attempts.eq(0), deliveries::next_at.eq(next_at)),
            (deliveries::last_status.eq(0), deliveries::last_error.eq("")),
        ))
        .execute(c)?;
    let of = deliveries::table.filter(deliveries::webhook_id.eq(webhook)).order(deliveries::id.desc());
    let oldest: Option<i64> = of.offset(MOST_KEPT).select(deliveries::id).first(c).optional()?;
    if let Some(oldest) = oldest {
        let over = deliveries::table.filter(deliveries::webhook_id.eq(webhook).and(deliveries::id.le(oldest)));
        diesel::delete(over.filter(deliveries::state.ne(WAITING))).execute(c)?;
    }
    Ok(())
}

fn record(c: &mut Conn, act: Act, name: &str, webhook: &Webhook, why: &str) -> Result<(), Refusal> {
    let label: String = units::table.find(webhook.unit_id).select(units::label).first(c)?;
    let facts = [("name", webhook_line::host(&webhook.url)), ("reason", why.to_owned())];
    let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty()).map(|(name, fact)| (name.to_owned(), json!(fact)));
    act.record(c, name, format!("{WEBHOOK}{}/{label}", webhook.id), Map::from_iter(facts)).map(drop)
}
