//! Pages made once and kept, each until its instant or until the log moves on.
//!
//! The log position is part of the key, so that a change anywhere needs nobody to come and clear anything: the
//! old pages are simply never asked for again and make room when room is needed.

use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};

use super::answer::Answer;
use crate::kit::clock::Moment;
use crate::kit::words::Lang;

/// Memory for pages, in bytes.
const ROOM: u64 = 24 * 1024 * 1024;
const LIKELY_PAGES: usize = 2_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub name: String,
    pub lang: Lang,
    pub position: i64,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Key, Answer> for Weight {
    fn weight(&self, key: &Key, answer: &Answer) -> u64 {
        (key.name.len() + answer.body.len() + 256) as u64
    }
}

pub struct Kept {
    pages: Cache<Key, Answer, Weight>,
}

impl Default for Kept {
    fn default() -> Self {
        // One room: in the many small ones that are usual a site map of several megabytes would find no place.
        let options = OptionsBuilder::new().shards(1).estimated_items_capacity(LIKELY_PAGES).weight_capacity(ROOM).build();
        let options = options.expect("both capacities are given");
        Kept { pages: Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default()) }
    }
}

impl Kept {
    /// Only what is still true at `now`.
    pub fn find(&self, key: &Key, now: Moment) -> Option<Answer> {
        self.pages.get(key).filter(|answer| now >= answer.made_at && now < answer.stops_at)
    }

    pub fn keep(&self, key: Key, answer: &Answer) {
        self.pages.insert(key, answer.clone());
    }

    /// For what changes without the log: a page's count of views.
    pub fn forget(&self, is_stale: impl Fn(&Answer) -> bool) {
        self.pages.retain(|_, answer| !is_stale(answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::clock::NEVER;

    #[test]
    fn an_answer_of_many_megabytes_is_kept() {
        let now = chrono::DateTime::UNIX_EPOCH.naive_utc();
        let key = Key { name: "sitemap".into(), lang: Lang::Vi, position: 1 };
        let answer = Answer {
            status: actix_web::http::StatusCode::OK,
            mime: "application/xml",
            body: vec![b' '; 12 * 1024 * 1024].into(),
            etag: String::new(),
            cache_control: "public, no-cache",
            location: None,
            policy: None,
            made_at: now,
            stops_at: NEVER,
            counts: None,
        };
        let kept = Kept::default();
        kept.keep(key.clone(), &answer);
        assert!(kept.find(&key, now).is_some());
    }
}
