//! Who moved a text along, and why. A step is written with its row of the log and never edited.

use std::collections::HashMap;

use diesel::prelude::*;
use serde::Serialize;

use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::steps;

/// The acts that are steps. What follows from one, as that an edition is superseded, is none of its own.
pub const NAMES: [&str; 14] = [
    "drafted",
    "revised",
    "set_aside",
    "submitted",
    "taken_back",
    "sent_back",
    "approved",
    "published",
    "confirmed",
    "withdrawn",
    "undone",
    "discarded",
    "restored",
    "rescheduled",
];

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Serialize)]
#[diesel(table_name = steps)]
pub struct Step {
    pub id: i64,
    pub edition_id: i64,
    /// The words it was made on; of `set_aside` those that were kept beside.
    pub revision_id: i64,
    pub name: String,
    /// A login, or what the machine did.
    pub actor: String,
    pub at: Moment,
    /// The reason that was given.
    pub note: String,
    /// Of the edition as the step left it.
    pub seal: String,
    /// Of its row in the log.
    pub position: i64,
}

/// Of these editions, oldest first.
pub fn of(c: &mut Conn, editions: &[i64]) -> Result<Vec<Step>, Refusal> {
    Ok(steps::table.filter(steps::edition_id.eq_any(editions)).order(steps::id.asc()).select(Step::as_select()).load(c)?)
}

/// The last step of this name on each.
pub fn last_named(c: &mut Conn, editions: &[i64], names: &[&str]) -> Result<HashMap<i64, Step>, Refusal> {
    let rows: Vec<Step> = steps::table
        .filter(steps::edition_id.eq_any(editions).and(steps::name.eq_any(names)))
        .order(steps::id.asc())
        .select(Step::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(|step| (step.edition_id, step)).collect())
}
