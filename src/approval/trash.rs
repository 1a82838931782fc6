//! Into the trash and out of it. Nothing is thrown away for good.

use super::{editions_of, load, open_already, open_of, presence, share};
use crate::edition::Edition;
use crate::edition::entry::Told;
use crate::edition::state::{Move, State};
use crate::edition::verbs;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;

pub fn discard(c: &mut Conn, act: Act, edition: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    text.is_in(&[State::Draft])?;
    text.is_seen(seal)?;
    // A link to it does not come back with it.
    share::forget(c, edition)?;
    presence::forget(c, edition)?;
    verbs::advance(c, act, text.kind, text.edition, Move::Discard, Told::of("discarded"))
}

/// Errors: `WrongState` while another edition of its text is on its way, and after a later one was published: in its place
/// an older one would never show.
pub fn restore(c: &mut Conn, act: Act, edition: i64) -> Result<Edition, Refusal> {
    let text = load(c, edition)?;
    text.must_mend(c, act)?;
    text.is_in(&[State::Discarded])?;
    let all = editions_of(c, text.edition.document_id)?;
    if let Some(open) = open_of(&all) {
        return Err(open_already(open));
    }
    let is_later = |other: &&Edition| other.number > text.edition.number && other.state().was_published() && !other.is_void();
    if let Some(later) = all.iter().find(is_later) {
        return Err(Refusal::WrongState(phrase!("road-older-draft", number = later.number)));
    }
    verbs::advance(c, act, text.kind, text.edition, Move::Restore, Told::of("restored"))
}
