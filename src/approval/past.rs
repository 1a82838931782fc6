//! Words of the past, taken up again.

use diesel::prelude::*;

use super::write::{Filed, nameable};
use super::{current, dated, editions_of, open_already, open_of};
use crate::edition::Edition;
use crate::edition::state::State;
use crate::edition::verbs::{self, Filing};
use crate::edition::written::{Press, Written};
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::store::schema::units;

/// As a new draft, or as the next revision of the draft that is there. `seal`: of the text as it was seen, the one that
/// is worked on ([`current`]): it is a save, and pushes out nothing that was saved since. Errors: `Stale` when it is
/// another by now; `WrongState` while an edition waits for approval or publication, or is worked on in another unit.
pub fn restore_revision(c: &mut Conn, act: Act, press: &Press, document: i64, revision: i64, seal: &str) -> Result<Edition, Refusal> {
    let text = current(c, act, document)?;
    let (revision, _) = super::revision(c, act, document, revision)?;
    let all = editions_of(c, document)?;
    if let Some(open) = open_of(&all).filter(|open| open.id != text.edition.id) {
        act.must(c, Verb::Write, text.edition.unit_id)?;
        return Err(open_already(open));
    }
    text.is_seen(seal)?;
    let newest = text.edition.clone();
    let written = Written::of(press, text.kind, &revision)?;
    let unit: Option<String> = match newest.unit_id {
        Some(id) => units::table.find(id).select(units::code).first(c).optional()?,
        None => None,
    };
    let files = nameable(c, act, &written)?;
    let words = written.set(press, &newest.section, &unit.unwrap_or_default(), &files);
    if newest.state().is_open() {
        if newest.state() != State::Draft {
            return Err(open_already(&newest));
        }
        text.must_mend(c, act)?;
        let filing = Filing {
            unit_id: newest.unit_id,
            section: newest.section.clone(),
            dated: When { at: newest.dated_at, day_only: newest.day_only },
            starts_at: newest.starts_at,
            ends_at: newest.ends_at,
            change_note: newest.change_note.clone(),
            minor: newest.minor,
        };
        return verbs::revise(c, act, text.kind, newest, &words, &filing);
    }
    act.must(c, Verb::Write, newest.unit_id)?;
    let filed = Filed::of(&newest, act.now);
    let filing = Filing {
        unit_id: filed.unit_id,
        section: filed.section,
        dated: dated(&all, act.now, act.now),
        starts_at: act.now,
        ends_at: filed.ends.filter(|ends| *ends > act.now),
        change_note: String::new(),
        minor: false,
    };
    verbs::draft(c, act, text.kind, document, &words, &filing, act.who.name())
}
