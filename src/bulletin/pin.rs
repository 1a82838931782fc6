//! Which portal is followed, and by which key it is known from the first day on.

use super::judge::{Received, Refused, Trust};
use super::keys::WELL_KNOWN;
use super::line::{Came, Line};
use super::shape;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::sign::Public;
use crate::phrase;

/// Scheme and host, as it was typed.
pub fn portal(url: &str) -> Result<String, Refusal> {
    let url = url.trim().trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).filter(|host| !host.is_empty());
    match host {
        Some(host) if !host.contains(['/', '?', '#', '@', ' ']) => Ok(url.to_owned()),
        _ => Err(Refusal::Trouble(phrase!("follow-bad-address", address = url))),
    }
}

/// Nobody in between can have put a key of his own there.
fn is_safe(portal: &str) -> bool {
    let host = portal.strip_prefix("http://").map(|host| host.rsplit_once(':').map_or(host, |(host, _)| host));
    portal.starts_with("https://") || matches!(host, Some("127.0.0.1" | "localhost" | "[::1]"))
}

/// The key that was given by hand; `None` where the portal's own word is to count. Errors: it is none, or the line is not safe
/// and none was given.
pub fn given(portal: &str, key: Option<&str>) -> Result<Option<Trust>, Refusal> {
    match key {
        Some(key) => Public::read(key).map(|key| Some(Trust::pin(&key))).ok_or_else(|| Refusal::Trouble(phrase!("follow-bad-key"))),
        None if !is_safe(portal) => Err(Refusal::Trouble(phrase!("follow-needs-key"))),
        None => Ok(None),
    }
}

/// The key that signs the portal's own document. `now`: one's own clock, where it can be trusted.
pub fn first_key(line: &Line, now: Option<Moment>) -> Result<Trust, Refused> {
    let Came::Document(received, _) = line.document(WELL_KNOWN, None)? else { return Err(Refused::NoAnswer) };
    let document: shape::WellKnown = serde_json::from_slice(&received.bytes).map_err(|_| Refused::NotUnderstood)?;
    let key = document.keys.iter().find(|key| key.id == received.key).ok_or(Refused::UnknownKey)?;
    let public = Public::read(&key.public).filter(|public| public.id() == received.key).ok_or(Refused::UnknownKey)?;
    Trust::pin(&public).learn(&received, now).map(|(trust, _)| trust)
}

/// What the portal says of its keys now, if those that are trusted vouch for it.
pub fn renewed(line: &Line, trust: &Trust, now: Option<Moment>) -> Result<Trust, Refused> {
    let received: Received = match line.document(WELL_KNOWN, None)? {
        Came::Document(received, _) => received,
        Came::Unchanged => return Err(Refused::NoAnswer),
    };
    trust.learn(&received, now).map(|(trust, _)| trust)
}
