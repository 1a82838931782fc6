//! Floor 1: the walls of HTTP. What every answer shares, whatever noun it speaks of.

pub mod answer;
pub mod asset;
pub mod error;
pub mod guard;
pub mod kept;
pub mod site;
pub mod view;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::kit::clock::{Clock, Moment};
use crate::kit::refusal::Refusal;
use crate::kit::words::Words;
use crate::store::shelf::Shelf;
use crate::store::{Reader, Store, settings};
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
    face: Mutex<Option<(i64, Arc<Face>)>>,
}

/// The site as it looks now: its description, the style made from it, and that style's place in the policy.
pub struct Face {
    pub site: Site,
    pub css: String,
    pub policy: String,
}

impl Web {
    pub fn new(store: Store, shelf: Shelf, words: Arc<Words>, view: View, clock: Clock, guard: guard::Guard) -> Web {
        Web { store, shelf, words, view, clock, kept: Kept::default(), guard, asked: Mutex::default(), face: Mutex::default() }
    }

    /// The position to answer from when it was asked for a moment ago; `None` when it is time to ask again.
    fn fresh_position(&self) -> Option<i64> {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.filter(|asked| asked.elapsed() < POSITION_AGE).map(|_| self.store.known_position())
    }

    fn position(&self) -> Result<i64, Refusal> {
        let position = self.store.refresh_position()?;
        *self.asked.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(position)
    }

    fn face(&self, c: &mut Reader, position: i64) -> Result<Arc<Face>, Refusal> {
        let mut held = self.face.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, face)) = held.as_ref()
            && *at == position
        {
            return Ok(face.clone());
        }
        let text = settings::find(c, SITE_SETTING)?.unwrap_or_default();
        let site = if text.is_empty() { Site::default() } else { Site::read(SITE_SETTING, &text).map_err(Refusal::Issues)? };
        let face = Arc::new(self.view.face(site));
        *held = Some((position, face.clone()));
        Ok(face)
    }

    /// The last face shown: an error page must not need the database that just failed.
    fn last_face(&self) -> Arc<Face> {
        let held = self.face.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().map_or_else(|| Arc::new(self.view.face(Site::default())), |(_, face)| face.clone())
    }

    /// Begins one reading, at one instant.
    pub fn reading(&self, lang: crate::kit::words::Lang, path: &str, now: Moment) -> Result<answer::Reading<'_>, Refusal> {
        let position = self.position()?;
        let mut c = self.store.read()?;
        let face = self.face(&mut c, position)?;
        Ok(answer::Reading { web: self, c, now, lang, path: path.to_owned(), face, position })
    }
}
