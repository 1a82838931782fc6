//! The one source of change: append-only rows with dense positions, each holding the digest of the one before.

use diesel::prelude::*;
use serde_json::{Map, Value};

use super::Conn;
use super::schema::log;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::refusal::Refusal;

/// What the first row holds in place of a predecessor.
const GENESIS: &str = "";
const BATCH: i64 = 2_000;

#[derive(Queryable, Selectable, Insertable, Debug, Clone)]
#[diesel(table_name = log)]
pub struct Row {
    pub position: i64,
    pub at: Moment,
    /// Who: `import`, `system`, or a person.
    pub actor: String,
    /// What: `published`, `withdrawn`, …
    pub act: String,
    /// On what: `article/cong-tac-giao-dich-xa/1`.
    pub subject: String,
    /// A JSON object, keys in order.
    pub facts: String,
    pub previous: String,
    pub digest: String,
}

impl Row {
    fn seal(&self) -> String {
        digest::sha256_of(&[
            &self.position.to_string(),
            &self.at.to_string(),
            &self.actor,
            &self.act,
            &self.subject,
            &self.facts,
            &self.previous,
        ])
    }
}

/// Appends inside the caller's transaction, so that an act and its row are one.
pub fn append(c: &mut Conn, at: Moment, actor: &str, act: &str, subject: String, facts: Map<String, Value>) -> Result<i64, Refusal> {
    let last: Option<(i64, String)> = log::table.order(log::position.desc()).select((log::position, log::digest)).first(c).optional()?;
    let (position, previous) = last.unwrap_or((0, GENESIS.to_owned()));
    let mut row = Row {
        position: position + 1,
        at,
        actor: actor.to_owned(),
        act: act.to_owned(),
        subject,
        facts: Value::Object(facts).to_string(),
        previous,
        digest: String::new(),
    };
    row.digest = row.seal();
    diesel::insert_into(log::table).values(&row).execute(c)?;
    Ok(row.position)
}

/// 0 when nothing has happened yet.
pub fn position(c: &mut Conn) -> Result<i64, Refusal> {
    Ok(log::table.select(diesel::dsl::max(log::position)).first::<Option<i64>>(c)?.unwrap_or(0))
}

/// `(act, subject)` of the rows after a position, the first so many.
pub fn acts_since(c: &mut Conn, position: i64, limit: i64) -> Result<Vec<(String, String)>, Refusal> {
    let rows = log::table.filter(log::position.gt(position)).order(log::position.asc()).limit(limit);
    Ok(rows.select((log::act, log::subject)).load(c)?)
}

/// When the act of a position was done.
pub fn at(c: &mut Conn, position: i64) -> Result<Option<Moment>, Refusal> {
    Ok(log::table.filter(log::position.eq(position)).select(log::at).first(c).optional()?)
}

/// When the first thing happened: the portal's birth.
pub fn began(c: &mut Conn) -> Result<Option<Moment>, Refusal> {
    Ok(log::table.order(log::position.asc()).select(log::at).first(c).optional()?)
}

pub enum Verdict {
    Whole {
        rows: i64,
        /// The digest of the last row: whoever noted it one day sees by it that nothing was cut off since.
        last: String,
    },
    /// The first row whose position, predecessor or digest is not what it must be.
    Broken { position: i64 },
}

/// Recomputes the whole chain; `each` sees every sound row in order.
pub fn verify(c: &mut Conn, mut each: impl FnMut(&Row)) -> Result<Verdict, Refusal> {
    let (mut position, mut previous) = (0, GENESIS.to_owned());
    loop {
        let rows: Vec<Row> =
            log::table.filter(log::position.gt(position)).order(log::position.asc()).limit(BATCH).select(Row::as_select()).load(c)?;
        if rows.is_empty() {
            return Ok(Verdict::Whole { rows: position, last: previous });
        }
        for row in rows {
            if row.position != position + 1 || row.previous != previous || row.digest != row.seal() {
                return Ok(Verdict::Broken { position: position + 1 });
            }
            each(&row);
            position = row.position;
            previous = row.digest;
        }
    }
}
