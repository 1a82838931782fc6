//! Keeps what is not well at boards: raises it, clears it, and tells whoever wants to be told. The desk reads what is kept; nothing that
//! a citizen sees depends on it.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use actix_web::web::{Data, block};
use chrono::TimeDelta;

use super::App;
use crate::board::alarms::{self, Alarm};
use crate::board::roll::{self, Row};
use crate::board::watch::Watch;
use crate::bulletin::webhook::{self, Webhook};
use crate::bulletin::{PROTOCOL, canonical, compose, shape};
use crate::edition::{Kind, find_document};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::posting::places;
use crate::unit;
use crate::web::Web;
use crate::web::answer::Reading;

const EVERY: Duration = Duration::from_secs(20);
const FORGET_EVERY: TimeDelta = TimeDelta::hours(12);
/// Told at once; a province without power is told of in several letters.
const MOST_TOLD: usize = 200;

pub struct Watcher {
    web: Data<Web>,
    watch: Watch,
    forgets_at: Moment,
}

impl Watcher {
    pub fn new(app: &App) -> Watcher {
        Watcher { web: app.web.clone(), watch: Watch::default(), forgets_at: Moment::MIN }
    }

    /// Looks once. Gives how many alarms were raised or cleared.
    pub fn step(&mut self) -> Result<usize, Refusal> {
        let now = self.web.clock.now();
        if now >= self.forgets_at {
            self.forgets_at = now + FORGET_EVERY;
            self.web.store.write(|c| alarms::forget(c, now))?;
        }
        let mut reading = self.web.reading(Lang::Vi, now)?;
        let news = self.watch.look(&mut reading)?;
        if news.is_empty() {
            return Ok(0);
        }
        let letters = Letters::of(&mut reading, &news.iter().map(|(board, _)| *board).collect::<Vec<_>>())?;
        let documents: BTreeSet<i64> = news.iter().flat_map(|(_, wrong)| wrong).filter_map(|wrong| wrong.document).collect();
        let open = alarms::open(&mut reading.c, &news.iter().map(|(board, _)| *board).collect::<Vec<_>>())?;
        let documents = documents.into_iter().chain(open.values().flatten().filter_map(|alarm| alarm.document_id));
        let items = items(&mut reading, documents.collect())?;
        // Who holds one reader must not wait for the writer.
        drop(reading);
        self.web.store.write(|c| {
            let mut changed = Vec::new();
            for (board, wrong) in &news {
                changed.extend(alarms::settle(c, now, *board, wrong)?);
            }
            for (webhook, body, count) in letters.written(&changed, &items, now)? {
                webhook::tell_alarms(c, now, webhook, (&body, count))?;
            }
            Ok(changed.len())
        })
    }
}

/// By id, what its postings are known by.
fn items(reading: &mut Reading, documents: BTreeSet<i64>) -> Result<BTreeMap<i64, String>, Refusal> {
    let first = find_document::first_slugs(&mut reading.c, &documents.into_iter().collect::<Vec<_>>())?;
    Ok(first.into_iter().map(|(id, slug)| (id, compose::id(reading, Kind::Posting, &slug))).collect())
}

/// What is needed to write to whoever wants to be told.
struct Letters {
    webhooks: Vec<(Webhook, String)>,
    /// By board, with the units that it stands in, and the name of its place.
    boards: BTreeMap<i64, (Row, BTreeSet<i64>, String)>,
    address: String,
}

impl Letters {
    fn of(reading: &mut Reading, ids: &[i64]) -> Result<Letters, Refusal> {
        let address = reading.face.site.address.clone();
        let mut letters = Letters { webhooks: Vec::new(), boards: BTreeMap::new(), address };
        for webhook in webhook::told_of_boards(&mut reading.c)? {
            if let Some(unit) = unit::with_ids(&mut reading.c, &[webhook.unit_id])?.pop() {
                letters.webhooks.push((webhook, unit.code));
            }
        }
        if letters.webhooks.is_empty() {
            return Ok(letters);
        }
        let mut above: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
        for id in ids {
            let row = roll::with_id(&mut reading.c, *id)?;
            let Some(place) = row.place_id else { continue };
            let place = places::with_id(&mut reading.c, place)?;
            if let Entry::Vacant(entry) = above.entry(place.unit_id) {
                let mut all = BTreeSet::from([place.unit_id]);
                for unit in unit::with_ids(&mut reading.c, &[place.unit_id])? {
                    all.extend(unit::ancestors(&mut reading.c, &unit)?.into_iter().map(|unit| unit.id));
                }
                entry.insert(all);
            }
            letters.boards.insert(*id, (row, above[&place.unit_id].clone(), place.name));
        }
        Ok(letters)
    }

    /// To whom, what, and how much of it.
    fn written(&self, changed: &[Alarm], items: &BTreeMap<i64, String>, now: Moment) -> Result<Vec<(i64, String, usize)>, Refusal> {
        let mut written = Vec::new();
        for (webhook, code) in &self.webhooks {
            let its = changed.iter().filter_map(|alarm| {
                let (row, above, place) = self.boards.get(&alarm.board_id)?;
                above.contains(&webhook.unit_id).then(|| self.told(alarm, row, place, items))
            });
            let its: Vec<shape::Alarm> = its.collect();
            for alarms in its.chunks(MOST_TOLD) {
                let document = shape::Alarms {
                    protocol: PROTOCOL.to_owned(),
                    kind: shape::ALARMS.to_owned(),
                    unit: shape::Code { code: code.clone() },
                    issued_at: calendar::rfc3339(now),
                    alarms: alarms.to_vec(),
                };
                written.push((webhook.id, canonical(&document)?, alarms.len()));
            }
        }
        Ok(written)
    }

    fn told(&self, alarm: &Alarm, row: &Row, place: &str, items: &BTreeMap<i64, String>) -> shape::Alarm {
        shape::Alarm {
            id: alarm.id,
            board: row.key.clone(),
            unit: shape::Code { code: row.unit_code.clone() },
            place: place.to_owned(),
            what: alarm.what.clone(),
            fault: alarm.fault.clone(),
            item: alarm.document_id.and_then(|id| items.get(&id).cloned()),
            raised_at: calendar::rfc3339(alarm.raised_at),
            cleared_at: alarm.cleared_at.map(calendar::rfc3339),
            url: format!("{}{}/{}", self.address, crate::desk::frame::BOARDS, row.id),
        }
    }
}

/// Runs until the runtime stops. A failure is logged and tried again at the next turn.
pub async fn run(mut watcher: Watcher) {
    let mut every = tokio::time::interval(EVERY);
    every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        every.tick().await;
        let looked = block(move || {
            let looked = watcher.step();
            (watcher, looked)
        });
        let Ok((returned, looked)) = looked.await else { return };
        watcher = returned;
        if let Err(refusal) = looked {
            tracing::warn!("boards were not looked after: {refusal}");
        }
    }
}
