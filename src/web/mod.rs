//! Floor 1: the walls of HTTP. What every answer shares, whatever noun it speaks of.

pub mod answer;
pub mod asset;
pub mod error;
pub mod file;
pub mod guard;
pub mod kept;
pub mod site;
pub mod view;

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::{Data, block};

use crate::kit::clock::{Clock, Moment};
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::store::shelf::Shelf;
use crate::store::{Snapshot, Store, settings};
use kept::Kept;
use site::Site;
use view::View;

/// The name under which the site's own description is kept.
pub const SITE_SETTING: &str = "site.toml";
/// How stale this process's idea of the log may be when another process writes.
const POSITION_AGE: Duration = Duration::from_millis(25);

/// What every page is made from. One for the whole server.
pub struct Web {
    pub store: Store,
    pub shelf: Shelf,
    pub words: Arc<Words>,
    pub view: View,
    pub clock: Clock,
    pub kept: Kept,
    pub guard: guard::Guard,
    asked: Mutex<Option<Instant>>,
    face: RwLock<Arc<Face>>,
}

/// The site as it looks now: its description, and the styles made from it.
pub struct Face {
    pub site: Site,
    styles: Arc<view::Styles>,
    /// The log position of the state that it was read from.
    position: i64,
}

/// The position of a face that was read from nowhere.
const NOWHERE: i64 = -1;

impl Web {
    /// Errors: the database does not answer.
    pub fn new(store: Store, shelf: Shelf, words: Arc<Words>, view: View, clock: Clock, guard: guard::Guard) -> Result<Web, Refusal> {
        // Before the first answer, which may be an error and must look like the site all the same.
        let face = RwLock::new(Arc::new(view.face(Site::default(), NOWHERE)));
        let web = Web { store, shelf, words, view, clock, kept: Kept::default(), guard, asked: Mutex::default(), face };
        match web.face(&mut web.store.snapshot()?) {
            // An import mends it, so the program must open.
            Err(Refusal::Issues(issues)) => tracing::error!("{SITE_SETTING} as it is stored: {issues:?}"),
            outcome => drop(outcome?),
        }
        Ok(web)
    }

    /// The position to answer from when it was asked for a moment ago; `None` when it is time to ask again.
    fn fresh_position(&self) -> Option<i64> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.filter(|asked| asked.elapsed() < POSITION_AGE).map(|_| self.store.known_position())
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
    fn last_face(&self) -> Arc<Face> {
        self.face.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The face as it is now where the database says so without waiting, else the last one.
    async fn current_face(web: &Data<Web>) -> Arc<Face> {
        let last = web.last_face();
        if web.fresh_position() == Some(last.position) {
            return last;
        }
        let shared = web.clone();
        let asked = block(move || {
            let mut c = shared.store.snapshot_at_once()?;
            shared.face(&mut c).ok()
        });
        asked.await.ok().flatten().unwrap_or(last)
    }

    /// Begins one reading, at one instant and of one state.
    pub fn reading(&self, lang: crate::kit::words::Lang, path: &str, now: Moment) -> Result<answer::Reading<'_>, Refusal> {
        let began = Instant::now();
        let mut c = self.store.snapshot()?;
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(began);
        let (face, position) = (self.face(&mut c)?, c.position);
        Ok(answer::Reading { web: self, c, now, lang, path: path.to_owned(), face, position })
    }
}
