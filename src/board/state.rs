//! What a board was told, and what it tells its screen.

use serde::Serialize;

/// What a board was told when it was started.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Scheme and host.
    pub portal: String,
    pub code: String,
    /// The portal's key, where it was given by hand.
    pub key: Option<String>,
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
