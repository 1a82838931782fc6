//! Floor 1: the walls of HTTP. What every answer shares, whatever noun it speaks of.

pub mod answer;
pub mod asset;
pub mod coding;
pub mod error;
pub mod file;
pub mod form;
pub mod guard;
pub mod kept;
pub mod layout;
pub mod limit;
pub mod meta;
pub mod paper;
pub mod part;
pub mod screen;
pub mod signed;
pub mod site;
pub mod stream;
pub mod turn;
pub mod view;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use actix_web::web::{Bytes, Data, block};

use crate::kit::calendar;
use crate::kit::clock::{Clock, Moment};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::store::ring::Ring;
use crate::store::shelf::Shelf;
use crate::store::topic::{Changed, Look};
use crate::store::{Conn, Lasting, Snapshot, Store, settings};
use kept::Kept;
use site::Site;
use view::View;

/// The name under which the site's own description is kept.
pub const SITE_SETTING: &str = "site.toml";
/// How old this process's idea of the log may be, in microseconds, when another process writes: from `ASK_AGAIN` on
/// somebody asks the database while the others are still answered, and past `TOO_OLD` everybody waits for its answer.
const ASK_AGAIN: u64 = 30_000;
const TOO_OLD: u64 = 40_000;

/// What only the nouns above can say of the log.
#[derive(Clone, Copy)]
pub struct Follow {
    /// What the rows after a position have changed of what shows from an instant on.
    pub since: fn(&mut Conn, i64, Moment) -> Result<Changed, Refusal>,
    /// The next instant at which something that was looked at changes by itself.
    pub next_turn: fn(&mut Conn, &[Look], Moment) -> Result<Moment, Refusal>,
    /// What stands above every page, as JSON; nothing where nothing does.
    pub strip: fn(&mut answer::Reading) -> Result<Vec<u8>, Refusal>,
}

/// What every page is made from. One for the whole server.
pub struct Web {
    pub store: Store,
    pub shelf: Shelf,
    pub ring: Ring,
    pub words: Arc<Words>,
    pub view: View,
    pub clock: Clock,
    pub kept: Kept,
    pub guard: guard::Guard,
    pub errors: error::Pages,
    pub paper: paper::Paper,
    follow: Follow,
    born: Instant,
    /// When the database was last asked for its position: microseconds since `born`.
    asked: AtomicU64,
    is_asking: AtomicBool,
    /// Whether somebody is packing an answer as finely as can be.
    is_refining: AtomicBool,
    face: RwLock<Arc<Face>>,
}

/// The site as it looks now: its description, and the styles made from it.
pub struct Face {
    pub site: Site,
    styles: Arc<view::Styles>,
    /// The log position of the state that it was read from.
    position: i64,
}

impl Face {
    /// Of a program that has no site: a board's.
    pub fn bare(view: &View) -> Face {
        view.face(Site::default(), NOWHERE)
    }
}

/// Lowers a flag when what it stood for is over, in whatever way that ends.
struct Lowered<'f>(&'f AtomicBool);

impl Drop for Lowered<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// The position of a face that was read from nowhere.
const NOWHERE: i64 = -1;

impl Web {
    /// Errors: the database does not answer.
    pub fn new(
        Lasting { store, shelf, ring }: Lasting,
        words: Arc<Words>,
        view: View,
        clock: Clock,
        guard: guard::Guard,
        follow: Follow,
    ) -> Result<Web, Refusal> {
        // Before the first answer, which may be an error and must look like the site all the same.
        let face = RwLock::new(Arc::new(view.face(Site::default(), NOWHERE)));
        let mut c = store.snapshot()?;
        let kept = Kept::new(c.position);
        let (born, asked, is_asking) = (Instant::now(), AtomicU64::new(0), AtomicBool::new(false));
        let web = Web {
            store,
            shelf,
            ring,
            words,
            view,
            clock,
            kept,
            guard,
            errors: error::Pages::default(),
            paper: paper::Paper::default(),
            follow,
            born,
            asked,
            is_asking,
            is_refining: AtomicBool::new(false),
            face,
        };
        let outcome = web.face(&mut c);
        drop(c);
        match outcome {
            // An import mends it, so the program must open.
            Err(Refusal::Issues(issues)) => tracing::error!("{SITE_SETTING} as it is stored: {issues:?}"),
            outcome => drop(outcome?),
        }
        Ok(web)
    }

    /// How long ago the database was asked for its position, in microseconds; `None` when this process knows already
    /// that there is something to catch up with.
    fn age(&self) -> Option<u64> {
        let age = (self.born.elapsed().as_micros() as u64).saturating_sub(self.asked.load(Ordering::Acquire));
        (self.store.known_position() == self.kept.position()).then_some(age)
    }

    /// Whether what is kept may be given without waiting. Where that is soon over, somebody is sent to ask.
    fn is_fresh(web: &Data<Web>) -> bool {
        match web.age() {
            Some(age) if age < ASK_AGAIN => true,
            Some(age) if age < TOO_OLD => {
                if !web.is_asking.swap(true, Ordering::AcqRel) {
                    let shared = web.clone();
                    drop(block(move || {
                        let _lowered = Lowered(&shared.is_asking);
                        let caught_up = shared.catch_up();
                        // Soon everybody waits for an answer, and hears what is wrong.
                        if let Err(refusal) = caught_up {
                            tracing::debug!("asking for the position: {refusal}");
                        }
                    }));
                }
                true
            }
            _ => false,
        }
    }

    /// Sees to it that what is kept follows the log. Errors: the database does not answer.
    async fn keep_up(web: &Data<Web>) -> Result<(), Refusal> {
        if Web::is_fresh(web) {
            return Ok(());
        }
        let shared = web.clone();
        block(move || shared.catch_up()).await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))
    }

    fn catch_up(&self) -> Result<(), Refusal> {
        if self.age().is_some_and(|age| age < ASK_AGAIN) {
            return Ok(());
        }
        let began = self.born.elapsed().as_micros() as u64;
        // One question, most of the time: nothing has happened.
        if self.store.refresh_position()? != self.kept.position() {
            return self.look().map(drop);
        }
        self.asked.fetch_max(began, Ordering::AcqRel);
        Ok(())
    }

    /// A state of the store, and the number of the last change that is in it.
    fn look(&self) -> Result<(Snapshot, u64), Refusal> {
        let began = self.born.elapsed().as_micros() as u64;
        let (last, position) = self.kept.last();
        let mut c = self.store.snapshot()?;
        let mut since = last;
        if c.position > position {
            let changed = (self.follow.since)(&mut c, position, self.clock.now())?;
            since = self.kept.follow(last, c.position, changed);
        }
        self.asked.fetch_max(began, Ordering::AcqRel);
        Ok((c, since))
    }

    /// The face of a snapshot's state. Nobody waits here for somebody else's query.
    fn face(&self, c: &mut Snapshot) -> Result<Arc<Face>, Refusal> {
        let held = self.last_face();
        if held.position == c.position {
            return Ok(held);
        }
        let text = settings::find(c, SITE_SETTING)?.unwrap_or_default();
        let site = if text.is_empty() { Site::default() } else { Site::read(SITE_SETTING, &text).map_err(Refusal::Issues)? };
        let face = Arc::new(self.view.face(site, c.position));
        let mut held = self.face.write().unwrap_or_else(PoisonError::into_inner);
        if held.position < face.position {
            *held = face.clone();
        }
        Ok(face)
    }

    /// The newest face that was shown: it needs no database.
    pub fn last_face(&self) -> Arc<Face> {
        self.face.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The face as it is now where the database says so without waiting, else the last one.
    /// What stands above every page, for one that is made apart from the others; nothing while the store does not answer.
    async fn strip(web: &Data<Web>, lang: Lang) -> Bytes {
        let now = web.clock.now();
        if let Some(kept) = part::kept_strip(web, lang, now) {
            return kept;
        }
        let shared = web.clone();
        let made = block(move || shared.reading(lang, now).and_then(|mut reading| reading.strip()));
        made.await.ok().and_then(Result::ok).unwrap_or_default()
    }

    async fn current_face(web: &Data<Web>) -> Arc<Face> {
        let last = web.last_face();
        if last.position == web.kept.position() && web.age().is_some_and(|age| age < TOO_OLD) {
            return last;
        }
        let shared = web.clone();
        let asked = block(move || {
            let began = shared.born.elapsed().as_micros() as u64;
            let mut c = shared.store.snapshot_at_once()?;
            if c.position == shared.kept.position() {
                shared.asked.fetch_max(began, Ordering::AcqRel);
            }
            shared.face(&mut c).ok()
        });
        asked.await.ok().flatten().unwrap_or(last)
    }

    /// Begins one reading, at one instant and of one state.
    pub fn reading(&self, lang: Lang, now: Moment) -> Result<answer::Reading<'_>, Refusal> {
        let (mut c, since) = self.look()?;
        let face = self.face(&mut c)?;
        // The footer bears the year.
        let stops_at = calendar::new_year(now);
        Ok(answer::Reading { web: self, c, now, lang, face, since, stops_at })
    }
}
