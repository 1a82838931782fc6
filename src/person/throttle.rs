//! How often somebody may be wrong. Pauses grow to a quarter of an hour and never shut anybody out for good; a refused
//! attempt adds nothing to them. An account that does not exist is counted like one that does.

use std::net::IpAddr;

use chrono::TimeDelta;
use diesel::prelude::*;

use super::session::home;
use crate::kit::clock::Moment;
use crate::kit::digest::sha256_of;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::store::Conn;
use crate::store::schema::tries;
use crate::{on_conn, phrase};

/// What somebody may be wrong about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    Password,
    Code,
}

/// Free attempts: of one household at one account, of all unknown places at it, of a household at all accounts (a hall
/// may share an address), and of a whole IPv6 network.
const AT_ONE: i32 = 5;
const AT_ACCOUNT: i32 = 10;
const OF_HOUSEHOLD: i32 = 20;
const OF_NETWORK: i32 = 200;
const FIRST_PAUSE: i64 = 30;
const LONGEST_PAUSE: i64 = 900;
/// After so long without a mistake, none is remembered.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);
/// The same for a household, where one may be wrong and many come after him.
const BRIEFLY: TimeDelta = TimeDelta::hours(1);

/// Whoever tries, at which account, from where.
#[derive(Clone, Copy)]
pub struct Knock<'k> {
    pub gate: Gate,
    pub login: &'k str,
    pub from: Option<IpAddr>,
    /// He has signed in from there before.
    pub is_known: bool,
}

struct Count {
    key: String,
    free: i32,
    /// A success clears it.
    is_cleared: bool,
    /// It begins anew an hour after its pause was over.
    is_brief: bool,
}

impl Knock<'_> {
    /// What of this attempt is counted. Whoever is at home in a place does not pay for the others there.
    fn counts(&self) -> Vec<Count> {
        let (gate, home) = (format!("{:?}", self.gate), home(self.from));
        let count = |parts: &[&str], free: i32| Count { key: sha256_of(parts), free, is_cleared: false, is_brief: false };
        let mut counts = vec![Count { is_cleared: true, ..count(&[&gate, "one", self.login, &home], AT_ONE) }];
        if !self.is_known {
            counts.push(Count { is_cleared: true, ..count(&[&gate, "account", self.login], AT_ACCOUNT) });
            counts.push(Count { is_brief: true, ..count(&[&gate, "household", &home], OF_HOUSEHOLD) });
            if let Some(IpAddr::V6(_)) = self.from {
                counts.push(count(&[&gate, "network", &home[..12]], OF_NETWORK));
            }
        }
        counts
    }
}

/// Counts an attempt before it is looked at, so that many at once count too. `Some`: how many seconds to wait instead.
pub fn knock(c: &mut Conn, knock: &Knock, now: Moment) -> Result<Option<i64>, Refusal> {
    diesel::delete(tries::table.filter(tries::last_at.le(now - REMEMBERED))).execute(c)?;
    let counts = knock.counts();
    let keys: Vec<&str> = counts.iter().map(|count| count.key.as_str()).collect();
    let rows: Vec<(String, i32, Moment)> =
        tries::table.filter(tries::key.eq_any(&keys)).select((tries::key, tries::count, tries::waits_until)).load(c)?;
    if let Some(until) = rows.iter().map(|row| row.2).max().filter(|until| *until > now) {
        return Ok(Some((until - now).num_seconds()));
    }
    for Count { key, free, is_brief, .. } in &counts {
        let row = rows.iter().find(|row| row.0 == *key && !(*is_brief && row.2 <= now - BRIEFLY));
        let count = row.map_or(0, |row| row.1).saturating_add(1);
        keep(c, key, count, now, now + pause(count - free))?;
    }
    Ok(None)
}

/// It was right: what it counted is taken back, and the account's own mistakes with it.
pub fn forgive(c: &mut Conn, knock: &Knock, now: Moment) -> Result<(), Refusal> {
    for Count { key, is_cleared, .. } in knock.counts() {
        if is_cleared {
            diesel::delete(tries::table.find(&key)).execute(c)?;
        } else if let Some(count) = tries::table.find(&key).select(tries::count).first::<i32>(c).optional()? {
            keep(c, &key, (count - 1).max(0), now, now)?;
        }
    }
    Ok(())
}

/// How long to wait, as a person reads it: in whole minutes.
pub fn said(seconds: i64) -> Phrase {
    phrase!("person-wait", minutes = (seconds + 59) / 60)
}

fn pause(beyond: i32) -> TimeDelta {
    if beyond <= 0 {
        return TimeDelta::zero();
    }
    let doubled = FIRST_PAUSE.saturating_mul(1 << (beyond - 1).min(10));
    TimeDelta::seconds(doubled.min(LONGEST_PAUSE))
}

fn keep(c: &mut Conn, key: &str, count: i32, now: Moment, until: Moment) -> Result<(), Refusal> {
    let values = (tries::count.eq(count), tries::last_at.eq(now), tries::waits_until.eq(until));
    on_conn!(c, |c| diesel::insert_into(tries::table)
        .values((tries::key.eq(key), values))
        .on_conflict(tries::key)
        .do_update()
        .set(values)
        .execute(c))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_quarter_of_an_hour_and_no_further() {
        let seconds: Vec<i64> = (0..9).chain([31, 32, 1_000, i32::MAX]).map(|beyond| pause(beyond).num_seconds()).collect();
        assert_eq!(seconds, [0, 30, 60, 120, 240, 480, 900, 900, 900, 900, 900, 900, 900]);
    }
}
