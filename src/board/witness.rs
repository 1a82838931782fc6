//! The board's word for what was on its screen: kept on its disk until its portal has it, and signed with a key that it made itself and
//! that somebody at the desk said is this board's.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::folder::RECORD;
use super::mirror::Mirror;
use super::record::{Record, Seen};
use super::report::{self, Answer, Event, MOST_EVENTS, Report, Showing, Told};
use crate::bulletin::judge::Refused;

#[derive(Default)]
struct Inner {
    record: Record,
    answer: Answer,
    /// What the portal was told last of what is shown, and took.
    known: Option<Vec<Showing>>,
}

pub struct Witness {
    inner: Mutex<Inner>,
    /// Whoever writes down what is known: the newest comes last.
    keeping: Mutex<()>,
}

impl Witness {
    pub fn open(mirror: &Mirror) -> Witness {
        let mut record: Record = mirror.folder().kept(RECORD).unwrap_or_default();
        record.start();
        let witness = Witness { inner: Mutex::new(Inner { record, ..Inner::default() }), keeping: Mutex::default() };
        witness.keep(mirror);
        witness
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A disk that takes nothing loses what is not sent; the portal then sees a gap.
    pub fn keep(&self, mirror: &Mirror) {
        let _keeping = self.keeping.lock().unwrap_or_else(PoisonError::into_inner);
        let record = self.lock().record.clone();
        if let Err(error) = mirror.folder().keep(RECORD, &record) {
            tracing::warn!("what was shown is not on the disk: {error}");
        }
    }

    /// What the screen says; nothing of it counts without a time that is vouched for, or that is in no bulletin here. Gives whether
    /// there is news for the portal.
    pub fn seen(&self, mirror: &Mirror, mut seen: Seen) -> bool {
        let proved = mirror.proved();
        let (Some(now), Some(round)) = (mirror.sure(), mirror.round()) else { return false };
        seen.items.retain(|item| round.contains_key(item));
        self.noted(mirror, proved, |record| record.seen(&seen, now))
    }

    /// Time went by. Gives whether there is news for the portal.
    pub fn pass(&self, mirror: &Mirror) -> bool {
        let proved = mirror.proved();
        let Some(now) = mirror.sure() else { return false };
        let round = mirror.round();
        self.noted(mirror, proved, |record| record.pass(now, round.as_ref()))
    }

    /// `proved` was asked before the time was, so that none counts as borne out that was told before.
    fn noted(&self, mirror: &Mirror, proved: Option<bool>, note: impl FnOnce(&mut Record) -> bool) -> bool {
        let is_news = {
            let mut inner = self.lock();
            inner.record.prove(proved);
            note(&mut inner.record)
        };
        if is_news {
            self.keep(mirror);
        }
        is_news
    }

    /// What the screen shows until somebody types it.
    pub fn code(&self) -> Option<String> {
        let inner = self.lock();
        let code = &inner.answer.code;
        let (one, other) = code.split_at_checked(3)?;
        Some(format!("{one} {other}"))
    }

    pub fn is_paired(&self) -> bool {
        self.lock().record.is_paired
    }

    /// What is ready to be told, and was not taken yet.
    pub fn waiting(&self) -> Vec<Event> {
        self.lock().record.waiting(usize::MAX)
    }

    /// Tells the portal how the board is and what was shown; as often as there is more to tell.
    pub fn report(&self, mirror: &Mirror) -> Result<(), Refused> {
        loop {
            let state = mirror.state();
            let (report, showing) = {
                let mut inner = self.lock();
                inner.record.count += 1;
                let showing = inner.record.showing();
                let is_news = inner.known.as_ref() != Some(&showing);
                let report = Report {
                    unit: mirror.code().to_owned(),
                    public: mirror.own().public().written(),
                    count: inner.record.count,
                    told: Told {
                        version: env!("CARGO_PKG_VERSION").to_owned(),
                        number: mirror.number(),
                        clock: state.clock.to_owned(),
                        astray_seconds: state.astray_seconds,
                        fault: state.fault.to_owned(),
                        is_visible: mirror.sure().is_some_and(|now| inner.record.is_visible(now)),
                        is_upright: inner.record.is_upright,
                        showing: is_news.then(|| showing.clone()),
                    },
                    events: inner.record.waiting(MOST_EVENTS),
                };
                (report, showing)
            };
            // What was counted is not counted again after a power cut.
            self.keep(mirror);
            let body = serde_json::to_vec(&report).map_err(|_| Refused::NotUnderstood)?;
            let own = mirror.own();
            let answered = mirror.line().tell(&report::path(mirror.code()), &body, own.id(), &own.sign(&body))?;
            let answer: Answer = serde_json::from_slice(&answered).map_err(|_| Refused::NotUnderstood)?;
            let mut inner = self.lock();
            let before = report.events.len();
            inner.record.taken(&answer.taken);
            let took = !answer.taken.is_empty();
            inner.known = Some(showing).filter(|_| answer.is_paired);
            let is_other = std::mem::replace(&mut inner.record.is_paired, answer.is_paired) != answer.is_paired;
            inner.answer = answer;
            drop(inner);
            if took || is_other {
                self.keep(mirror);
            }
            if !took || before < MOST_EVENTS {
                return Ok(());
            }
        }
    }
}
