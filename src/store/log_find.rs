//! Looking things up in the log, newest first, a page at a time. What a question costs is bounded, however long the log
//! is and however little in it answers: rows are gone through in stretches of positions, and whoever is named is jumped
//! to by an index.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::Conn;
use super::log::{self, Row};
use super::schema::log as rows;
use crate::kit::clock::Moment;
use crate::kit::fold::fold;
use crate::kit::refusal::Refusal;

/// Rows gone through for one page; then whoever asks is told how far that was.
const MOST_LOOKED: i64 = 60_000;
/// The same where each row has to be judged by itself.
const MOST_JUDGED: i64 = 4_000;
const FIRST_STRETCH: i64 = 1_000;
/// Rows read at once.
const BATCH: i64 = 500;
/// Subjects that begin alike and are few are looked up one by one; more are met on the way.
const FEW: i64 = 2_000;
const LONGEST: usize = 200;

type Backend = <Conn as diesel::Connection>::Backend;
/// Says of each of these rows whether whoever asks may see it.
pub type Judge<'j> = &'j mut dyn FnMut(&mut Conn, &[Row]) -> Result<Vec<bool>, Refusal>;

/// What is asked for; what is empty asks for everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub actor: String,
    pub act: String,
    /// What the subject begins with, up to a whole part: `person`, `article/lich-tiem`.
    pub subject: String,
    /// Anywhere in the subject.
    pub text: String,
    pub from: Option<Moment>,
    /// Exclusive.
    pub until: Option<Moment>,
}

#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Newest first.
    pub rows: Vec<Row>,
    /// The next page begins before this position; `None`: that was all.
    pub next: Option<i64>,
    /// Nothing more was found, and older rows were not looked at yet.
    pub is_cut: bool,
}

impl Wanted {
    /// What may be asked of a subject: its own letters, so that a title finds its address and no sign has a meaning of its own.
    pub fn tidy(self) -> Wanted {
        let own = |text: &str| -> String {
            let folded = fold(text).replace(' ', "-");
            folded.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/')).take(LONGEST).collect()
        };
        Wanted { subject: own(self.subject.trim_end_matches('/')), text: own(&self.text), ..self }
    }

    fn filtered<'q>(&self) -> rows::BoxedQuery<'q, Backend> {
        let mut query = rows::table.into_boxed::<Backend>();
        // A longer text is in no index of names: where subjects are searched, `log_by_position` alone has all that is asked.
        let is_searched = !self.text.is_empty();
        if !self.actor.is_empty() {
            query = match is_searched {
                true => query.filter(rows::actor.concat("").eq(self.actor.clone())),
                false => query.filter(rows::actor.eq(self.actor.clone())),
            };
        }
        if !self.act.is_empty() {
            query = match is_searched {
                true => query.filter(rows::act.concat("").eq(self.act.clone())),
                false => query.filter(rows::act.eq(self.act.clone())),
            };
        }
        if !self.subject.is_empty() {
            query = query.filter(rows::subject.eq(self.subject.clone()).or(rows::subject.like(format!("{}/%", self.subject))));
        }
        if !self.text.is_empty() {
            query = query.filter(rows::subject.like(format!("%{}%", self.text)));
        }
        if let Some(from) = self.from {
            query = query.filter(rows::at.ge(from));
        }
        if let Some(until) = self.until {
            query = query.filter(rows::at.lt(until));
        }
        query
    }

    /// The positions between which all answers lie, both inclusive. A clock may have gone back, so both are asked for, and
    /// of all rows of these days: `+ 0` keeps the databases from walking all positions until a day fits, and leaves them
    /// `log_by_time`, which holds all that is asked.
    pub fn bounds(&self, c: &mut Conn) -> Result<(i64, i64), Refusal> {
        let first = match self.from {
            Some(from) => rows::table.filter(rows::at.ge(from)).select(diesel::dsl::min(rows::position + 0)).first::<Option<i64>>(c)?,
            None => Some(1),
        };
        let last = match self.until {
            Some(until) => rows::table.filter(rows::at.lt(until)).select(diesel::dsl::max(rows::position + 0)).first::<Option<i64>>(c)?,
            None => Some(log::position(c)?),
        };
        Ok((first.unwrap_or(i64::MAX), last.unwrap_or(0)))
    }

    /// The newest position up to this one at which whoever and whatever is named may stand.
    fn jump(&self, c: &mut Conn, upto: i64) -> Result<Option<i64>, Refusal> {
        let mut upto = upto;
        let below = |upto: i64| rows::table.filter(rows::position.le(upto)).order(rows::position.desc()).select(rows::position);
        if !self.actor.is_empty() {
            let Some(at) = below(upto).filter(rows::actor.eq(&self.actor)).first(c).optional()? else { return Ok(None) };
            upto = at;
        }
        if !self.act.is_empty() {
            let Some(at) = below(upto).filter(rows::act.eq(&self.act)).first(c).optional()? else { return Ok(None) };
            upto = at;
        }
        Ok(Some(upto))
    }

    /// All positions of a subject, newest first, if they are few.
    fn few(&self, c: &mut Conn) -> Result<Option<Vec<i64>>, Refusal> {
        if self.subject.is_empty() {
            return Ok(None);
        }
        let (low, high) = (format!("{}/", self.subject), format!("{}0", self.subject));
        // Each database in the way that its index serves; `0` follows `/`.
        let below: Vec<Position> = match c {
            Conn::Sqlite(c) => diesel::sql_query("SELECT position FROM log WHERE subject >= ? AND subject < ? LIMIT ?")
                .bind::<Text, _>(low)
                .bind::<Text, _>(high)
                .bind::<BigInt, _>(FEW + 1)
                .load(c)?,
            Conn::Postgres(c) => diesel::sql_query("SELECT position FROM log WHERE subject LIKE $1 LIMIT $2")
                .bind::<Text, _>(low + "%")
                .bind::<BigInt, _>(FEW + 1)
                .load(c)?,
        };
        let own: Vec<i64> = rows::table.filter(rows::subject.eq(&self.subject)).select(rows::position).limit(FEW + 1).load(c)?;
        let mut all: Vec<i64> = below.into_iter().map(|found| found.position).chain(own).collect();
        all.sort_unstable_by(|one, other| other.cmp(one));
        Ok(Some(all).filter(|all| all.len() as i64 <= FEW))
    }
}

#[derive(diesel::QueryableByName)]
struct Position {
    #[diesel(sql_type = BigInt)]
    position: i64,
}

/// A page of rows before a position; from the newest on, where none is given.
pub fn find(c: &mut Conn, wanted: &Wanted, before: Option<i64>, most: usize, mut judge: Option<Judge>) -> Result<Found, Refusal> {
    let (first, last) = wanted.bounds(c)?;
    let mut upto = before.map_or(last, |before| last.min(before.saturating_sub(1)));
    let mut found = Found::default();
    if let Some(few) = wanted.few(c)? {
        for batch in few.into_iter().filter(|at| (first..=upto).contains(at)).collect::<Vec<_>>().chunks(BATCH as usize) {
            let query = wanted.filtered().filter(rows::position.eq_any(batch.to_vec())).order(rows::position.desc());
            let read: Vec<Row> = query.select(Row::as_select()).load(c)?;
            if take(c, &mut found, read, most, &mut judge)? {
                break;
            }
        }
        return Ok(found);
    }
    // One name alone is found by its index, and costs what it finds.
    let is_named = wanted.actor.is_empty() != wanted.act.is_empty() && wanted.text.is_empty();
    let mut stretch = if is_named { i64::MAX } else { FIRST_STRETCH };
    let mut left = if judge.is_some() { MOST_JUDGED } else { MOST_LOOKED };
    while upto >= first {
        let Some(next) = wanted.jump(c, upto)?.filter(|next| *next >= first) else { return Ok(found) };
        upto = next;
        if left <= 0 {
            found.is_cut = true;
            found.next = Some(upto + 1);
            return Ok(found);
        }
        let mut low = upto.saturating_sub(if is_named { stretch } else { stretch.min(left) - 1 }).max(first);
        let query = wanted.filtered().filter(rows::position.between(low, upto)).order(rows::position.desc()).limit(BATCH);
        let read: Vec<Row> = match wanted.text.is_empty() {
            true => query.select(Row::as_select()).load(c)?,
            // Rows that do not answer are not read.
            false => {
                let found: Vec<i64> = query.select(rows::position).load(c)?;
                let found = rows::table.filter(rows::position.eq_any(found)).order(rows::position.desc());
                found.select(Row::as_select()).load(c)?
            }
        };
        let count = read.len() as i64;
        if count == BATCH {
            low = read.last().map_or(low, |row| row.position);
        } else {
            stretch = stretch.saturating_mul(4);
        }
        if take(c, &mut found, read, most, &mut judge)? {
            return Ok(found);
        }
        left -= if is_named { count } else { upto - low + 1 };
        upto = low - 1;
    }
    Ok(found)
}

/// Whether the page is full, and something comes after it.
fn take(c: &mut Conn, found: &mut Found, read: Vec<Row>, most: usize, judge: &mut Option<Judge>) -> Result<bool, Refusal> {
    let seen = match judge {
        Some(judge) if !read.is_empty() => judge(c, &read)?,
        _ => vec![true; read.len()],
    };
    for (row, _) in read.into_iter().zip(seen).filter(|(_, is_seen)| *is_seen) {
        if found.rows.len() == most {
            found.next = found.rows.last().map(|row| row.position);
            return Ok(true);
        }
        found.rows.push(row);
    }
    Ok(false)
}

/// For taking the log along: the rows that are wanted among those after a position, oldest first, and how far that is;
/// `None` at the end. Rows are never changed, so what is taken piece by piece is one whole, up to the bounds as they were
/// at the beginning.
pub fn onward(
    c: &mut Conn,
    wanted: &Wanted,
    (first, last): (i64, i64),
    after: i64,
    mut judge: Option<Judge>,
) -> Result<Option<(Vec<Row>, i64)>, Refusal> {
    let after = after.max(first.saturating_sub(1));
    if after >= last {
        return Ok(None);
    }
    let upto = (after + BATCH * 4).min(last);
    let query = wanted.filtered().filter(rows::position.between(after + 1, upto)).order(rows::position.asc());
    let mut read: Vec<Row> = query.select(Row::as_select()).load(c)?;
    if let Some(judge) = judge.as_mut().filter(|_| !read.is_empty()) {
        let mut seen = judge(c, &read)?.into_iter();
        read.retain(|_| seen.next().unwrap_or(false));
    }
    Ok(Some((read, upto)))
}

/// What has ever been done here, for a list to choose from: a step of an index each.
pub fn acts(c: &mut Conn) -> Result<Vec<String>, Refusal> {
    let mut acts: Vec<String> = Vec::new();
    loop {
        let last = acts.last().cloned().unwrap_or_default();
        let next: Option<String> = rows::table.filter(rows::act.gt(last)).select(diesel::dsl::min(rows::act)).first(c)?;
        match next {
            Some(act) => acts.push(act),
            None => return Ok(acts),
        }
    }
}
