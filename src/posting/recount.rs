//! Another calendar of days off: what was counted by the old one is counted again, as long as it is not over. What
//! somebody ended otherwise than it was counted stays as he left it.

use diesel::prelude::*;

use super::holidays::Calendar;
use super::law;
use super::{Posting, rules};
use crate::edition::body::parse;
use crate::edition::state::State;
use crate::edition::verbs;
use crate::edition::{Edition, Kind};
use crate::kit::calendar as days;
use crate::kit::front::When;
use crate::kit::refusal::Refusal;
use crate::person::Act;
use crate::store::Conn;
use crate::store::schema::{editions, revisions};

/// How many end otherwise now. An end that would be past by now is left as it was: nothing is ended backwards.
pub fn recount(c: &mut Conn, act: Act, old: &Calendar, new: &Calendar) -> Result<usize, Refusal> {
    let catalogue = rules::catalogue(c)?;
    let (before, after) = (old.holidays(), new.holidays());
    let standing: Vec<(Edition, String)> = editions::table
        .inner_join(revisions::table)
        .filter(editions::kind.eq(Kind::Posting.name()).and(editions::state.eq(State::Published.name())))
        .filter(editions::shown_until.gt(act.now).and(editions::ends_at.is_not_null()))
        .order(editions::id.asc())
        .select((Edition::as_select(), revisions::facts))
        .load(c)?;
    let mut changed = 0;
    for (edition, facts) in standing {
        let posting: Posting = parse(&facts)?;
        let Some(kind) = catalogue.kind(&edition.section) else { continue };
        let posted = days::local(edition.dated_at).date();
        let counted = |holidays| law::counted(&posting, kind, posted, holidays).map(|(counted, ..)| law::after(counted.last));
        let (was, is) = (counted(&before), counted(&after));
        if was.is_none() || edition.ends_at != was || is == was || is.is_none_or(|at| at <= act.now) {
            continue;
        }
        let starts = When { at: edition.starts_at, day_only: edition.day_only };
        verbs::reschedule(c, act, Kind::Posting, edition, starts, is)?;
        changed += 1;
    }
    Ok(changed)
}
