//! Tells whoever wants to be told that a bulletin has changed. It follows the log and the clock: what happened is made a row,
//! a row is sent until it is taken. Nothing a reader sees depends on it.
//!
//! Any number of processes may do it at once: what is told is made under the cursor that it moves, and a try is claimed
//! before it is made ([`crate::bulletin::webhook_tries`]).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::web::{Data, block};
use chrono::TimeDelta;
use rand::RngExt;
use tokio::sync::{Notify, Semaphore};

use super::App;
use crate::bulletin::webhook::{self, Made, Webhook};
use crate::bulletin::webhook_line::{Doors, Letter, Line};
use crate::bulletin::webhook_tries::{self, Try};
use crate::bulletin::{canonical, keys};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::unit;
use crate::web::Web;

/// How often this process looks whether it has written anything itself.
const BEAT: Duration = Duration::from_millis(250);
/// How often the database is asked, while nothing happens here.
const ASK_EVERY: Duration = Duration::from_secs(1);
/// After the database did not answer.
const AFTER_FAULT: Duration = Duration::from_secs(5);
const MOST_AT_ONCE: usize = 4;
/// What waits for an address that does not answer; what happens after that is told together when it does.
const MOST_WAITING: i64 = 20;
/// Of the feed, told at once.
const MOST_PAGES: usize = 10;
/// After a fault of ours, or while there is no key to sign with.
const AGAIN: TimeDelta = TimeDelta::minutes(1);
const FORGET_EVERY: TimeDelta = TimeDelta::hours(1);

pub struct Teller {
    web: Data<Web>,
    sender: Arc<Sender>,
    /// The log as it was when everybody was told last.
    position: Option<i64>,
    /// The next instant at which the clock itself may have something to tell.
    turn: Moment,
    /// Who could not be told everything yet.
    behind: BTreeSet<i64>,
    forgets_at: Moment,
}

struct Sender {
    web: Data<Web>,
    line: Line,
}

impl Teller {
    pub fn new(app: &App) -> Teller {
        let web = app.web.clone();
        let line = Line::new(Doors::of(web.guard.tells_neighbours));
        let sender = Arc::new(Sender { web: web.clone(), line });
        Teller { web, sender, position: None, turn: NEVER, behind: BTreeSet::new(), forgets_at: Moment::MIN }
    }

    /// Makes and sends all that is due now, one after the other. Gives how many tries that were.
    pub fn step(&mut self) -> Result<usize, Refusal> {
        let mut count = 0;
        loop {
            self.look()?;
            let tries = self.claim(MOST_AT_ONCE)?;
            if tries.is_empty() {
                return Ok(count);
            }
            count += tries.len();
            tries.iter().try_for_each(|one| self.sender.send(one))?;
        }
    }

    /// Makes rows of what has happened since it was looked last.
    fn look(&mut self) -> Result<(), Refusal> {
        let now = self.web.clock.now();
        self.forget(now)?;
        let is_quiet = self.position == Some(self.web.store.refresh_position()?) && now < self.turn;
        if is_quiet && self.behind.is_empty() {
            return Ok(());
        }
        let mut reading = self.web.reading(Lang::Vi, now)?;
        let mut all = webhook::told(&mut reading.c)?;
        all.retain(|one| !is_quiet || self.behind.contains(&one.id));
        let (position, turn) = (reading.c.position, webhook::next_turn(&mut reading.c, now)?);
        drop(reading);
        self.behind.clear();
        (self.position, self.turn) = (Some(position), turn);
        for one in &all {
            // One that cannot be told holds up nobody.
            match self.tell(one, now) {
                Ok(true) => {}
                Ok(false) => drop(self.behind.insert(one.id)),
                Err(refusal) => {
                    tracing::warn!("a webhook ({}) could not be told: {refusal}", one.id);
                    self.turn = self.turn.min(now + AGAIN);
                }
            }
        }
        Ok(())
    }

    /// False when there is more to tell than may wait.
    fn tell(&self, one: &Webhook, now: Moment) -> Result<bool, Refusal> {
        let mut one = one.clone();
        for _ in 0..MOST_PAGES {
            let mut reading = self.web.reading(Lang::Vi, now)?;
            if webhook_tries::waiting(&mut reading.c, one.id)? >= MOST_WAITING {
                return Ok(false);
            }
            let unit = unit::with_ids(&mut reading.c, &[one.unit_id])?.pop().ok_or(Refusal::Missing)?;
            let (document, next) = webhook::notice(&mut reading, &unit, one.cursor())?;
            drop(reading);
            // Only time has gone on: the cursor stays, and nothing is written.
            if document.events.is_empty() && !document.more && next.after == one.told_after {
                return Ok(true);
            }
            let body = canonical(&document)?;
            let made = Made { body: &body, events: document.events.len(), is_beside: false };
            let made = (!document.events.is_empty()).then_some(made);
            if !self.web.store.write(|c| webhook::tell(c, now, &one, next, made))? {
                return Ok(false);
            }
            if !document.more {
                return Ok(true);
            }
            (one.told_after, one.told_at) = (next.after, next.at);
        }
        Ok(false)
    }

    fn claim(&self, most: usize) -> Result<Vec<Try>, Refusal> {
        let now = self.web.clock.now();
        if !webhook_tries::is_any_due(&mut *self.web.store.read()?, now)? {
            return Ok(Vec::new());
        }
        self.web.store.write(|c| webhook_tries::claim(c, now, most))
    }

    fn forget(&mut self, now: Moment) -> Result<(), Refusal> {
        if now < self.forgets_at {
            return Ok(());
        }
        self.forgets_at = now + FORGET_EVERY;
        if webhook_tries::is_any_old(&mut *self.web.store.read()?, now)? {
            let count = self.web.store.write(|c| webhook_tries::forget(c, now))?;
            tracing::info!("{count} deliveries to webhooks forgotten");
        }
        Ok(())
    }
}

impl Sender {
    /// One try, and what came of it.
    fn send(&self, one: &Try) -> Result<(), Refusal> {
        let (store, tried) = (&self.web.store, &one.delivery);
        let at = self.web.clock.now();
        let signer = keys::signing(&mut *store.read()?, &self.web.ring, at);
        let signer = match signer {
            Ok((signer, _)) => signer,
            Err(refusal) => {
                store.write(|c| webhook_tries::release(c, tried.id, at + AGAIN))?;
                return Err(refusal);
            }
        };
        let at = at.and_utc().timestamp();
        let signature = digest::base64(&signer.sign(format!("{}.{at}.{}", tried.name, tried.body).as_bytes()));
        let letter = Letter { name: &tried.name, at, signature: &signature, key: signer.id(), body: &tried.body };
        let came = self.line.send(&one.url, &letter);
        let (now, chance) = (self.web.clock.now(), rand::rng().random_range(0.0..1.0));
        store.write(|c| webhook_tries::settle(c, now, tried, came, chance))
    }
}

/// Runs until the runtime stops. What was claimed then is sent after the next start.
pub async fn run(mut teller: Teller) {
    let (slots, done) = (Arc::new(Semaphore::new(MOST_AT_ONCE)), Arc::new(Notify::new()));
    let (mut asked, mut known) = (None::<Instant>, 0);
    loop {
        // What waited for another goes when that one is done with.
        let is_done = tokio::time::timeout(BEAT, done.notified()).await.is_ok();
        let position = teller.web.store.known_position();
        if !is_done && position == known && asked.is_some_and(|asked| asked.elapsed() < ASK_EVERY) {
            continue;
        }
        (asked, known) = (Some(Instant::now()), position);
        let free = slots.available_permits();
        let made = block(move || {
            let tries = teller.look().and_then(|()| if free > 0 { teller.claim(free) } else { Ok(Vec::new()) });
            (teller, tries)
        });
        let Ok((returned, tries)) = made.await else { return };
        teller = returned;
        let tries = match tries {
            Ok(tries) => tries,
            Err(refusal) => {
                tracing::warn!("webhooks wait: {refusal}");
                tokio::time::sleep(AFTER_FAULT).await;
                continue;
            }
        };
        for one in tries {
            let (sender, done, slot) = (teller.sender.clone(), done.clone(), slots.clone().acquire_owned().await);
            actix_web::rt::spawn(async move {
                match block(move || sender.send(&one)).await {
                    Ok(Ok(())) => done.notify_one(),
                    Ok(Err(refusal)) => tracing::warn!("a webhook waits: {refusal}"),
                    Err(_) => {}
                }
                drop(slot);
            });
        }
    }
}
