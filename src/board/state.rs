//! What a board was told, what it remembers through a power cut, and what it tells its screen.

use serde::{Deserialize, Serialize};

use super::time::Known;
use crate::bulletin::judge::{Mark, Trust};
use crate::kit::clock::Moment;

/// What a board was told when it was started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme and host.
    pub portal: String,
    pub code: String,
    /// The portal's key, where it was given by hand.
    pub key: Option<String>,
}

/// What outlives the program beside the bulletin itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Lasting {
    pub portal: String,
    pub code: String,
    pub trust: Option<Trust>,
    /// The board's own key, by its name in the ring.
    pub own: String,
    pub mark: Option<Mark>,
    pub whole_mark: Option<Mark>,
    pub content: String,
    pub fresh_until: Option<Moment>,
    pub heard_at: Option<Moment>,
    pub known: Known,
}

/// What the screen asks every other second.
#[derive(Debug, Serialize)]
pub struct State {
    pub now: String,
    pub clock: &'static str,
    /// How far the machine's own clock is from the time that is known.
    pub astray_seconds: i64,
    pub heard_at: Option<String>,
    pub issued_at: Option<String>,
    pub fresh_until: Option<String>,
    pub content: Option<String>,
    pub fault: &'static str,
    pub pairing: Option<String>,
    /// Files that are here.
    pub files: Vec<String>,
}
