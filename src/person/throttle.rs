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
    /// Of this household at this account.
    fn own(&self) -> Vec<Count> {
        vec![Count { is_cleared: true, ..self.count(&["one", self.login, &home(self.from)], AT_ONE) }]
    }

    /// What this attempt has in common with those of others.
    fn shared(&self) -> Vec<Count> {
        let home = home(self.from);
        // Who was right where he is known has not tried from where the others did.
        let mut counts = vec![Count { is_cleared: !self.is_known, ..self.count(&["account", self.login], AT_ACCOUNT) }];
        counts.push(Count { is_brief: true, ..self.count(&["household", &home], OF_HOUSEHOLD) });
        if let Some(IpAddr::V6(_)) = self.from {
            counts.push(self.count(&["network", &home[..12]], OF_NETWORK));
        }
        counts
    }

    fn count(&self, parts: &[&str], free: i32) -> Count {
        let gate = format!("{:?}", self.gate);
        Count { key: sha256_of(&[&[gate.as_str()], parts].concat()), free, is_cleared: false, is_brief: false }
    }

    /// Whoever is at home in a place does not pay for the others there.
    fn counts(&self) -> Vec<Count> {
        let mut counts = self.own();
        if !self.is_known {
            counts.extend(self.shared());
        }
        counts
    }
}

/// Counts an attempt before it is looked at, so that many at once count too. `Some`: how many seconds to wait instead.
/// For whoever has shown already that the account is there: what is said differs with `is_known`.
pub fn knock(c: &mut Conn, knock: &Knock, now: Moment) -> Result<Option<i64>, Refusal> {
    forget(c, now)?;
    let counts = knock.counts();
    match waits(c, &counts, now)? {
        Some(seconds) => Ok(Some(seconds)),
        None => count(c, &counts, now).map(|_| None),
    }
}

/// What becomes of an attempt to sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// Whoever is right comes in.
    Freely,
    /// Others were wrong here or at this account: who is right and at home here comes in, and everybody else has to wait
    /// so many seconds.
    Late(i64),
    /// Nobody comes in before so many seconds.
    Wait(i64),
}

/// The same at the first door, where nothing that is said or counted may differ with `is_known`: it would tell which
/// accounts there are.
pub fn hear(c: &mut Conn, knock: &Knock, now: Moment) -> Result<Heard, Refusal> {
    forget(c, now)?;
    let (own, shared) = (knock.own(), knock.shared());
    Ok(match (waits(c, &own, now)?, waits(c, &shared, now)?) {
        (Some(seconds), others) => Heard::Wait(seconds.max(others.unwrap_or_default())),
        (None, Some(seconds)) => Heard::Late(seconds.max(count(c, &own, now)?)),
        (None, None) => {
            count(c, &own, now)?;
            count(c, &shared, now)?;
            Heard::Freely
        }
    })
}

/// It was right: what it counted is taken back, and the account's own mistakes with it.
pub fn forgive(c: &mut Conn, knock: &Knock, now: Moment) -> Result<(), Refusal> {
    take_back(c, &knock.counts(), now)
}

pub fn forgive_heard(c: &mut Conn, knock: &Knock, heard: Heard, now: Moment) -> Result<(), Refusal> {
    take_back(c, &knock.own(), now)?;
    if heard == Heard::Freely { take_back(c, &knock.shared(), now) } else { Ok(()) }
}

fn take_back(c: &mut Conn, counts: &[Count], now: Moment) -> Result<(), Refusal> {
    for Count { key, is_cleared, .. } in counts {
        if *is_cleared {
            diesel::delete(tries::table.find(key)).execute(c)?;
        } else if let Some(count) = tries::table.find(key).select(tries::count).first::<i32>(c).optional()? {
            keep(c, key, (count - 1).max(0), now, now)?;
        }
    }
    Ok(())
}

/// One mistake for an hour: whoever tries ever other names must not fill the table.
fn forget(c: &mut Conn, now: Moment) -> Result<(), Refusal> {
    let single = tries::last_at.le(now - BRIEFLY).and(tries::count.le(1));
    diesel::delete(tries::table.filter(tries::last_at.le(now - REMEMBERED).or(single))).execute(c)?;
    Ok(())
}

/// The longest of the pauses that last.
fn waits(c: &mut Conn, counts: &[Count], now: Moment) -> Result<Option<i64>, Refusal> {
    let keys: Vec<&str> = counts.iter().map(|count| count.key.as_str()).collect();
    let until: Option<Moment> = tries::table.filter(tries::key.eq_any(&keys)).select(diesel::dsl::max(tries::waits_until)).first(c)?;
    Ok(until.filter(|until| *until > now).map(|until| (until - now).num_seconds()))
}

/// Gives the longest pause that follows, in seconds.
fn count(c: &mut Conn, counts: &[Count], now: Moment) -> Result<i64, Refusal> {
    let mut longest = TimeDelta::zero();
    for Count { key, free, is_brief, .. } in counts {
        let row: Option<(i32, Moment)> = tries::table.find(key).select((tries::count, tries::waits_until)).first(c).optional()?;
        let row = row.filter(|(_, until)| !(*is_brief && *until <= now - BRIEFLY));
        let count = row.map_or(0, |(count, _)| count).saturating_add(1);
        let pause = pause(count - free);
        keep(c, key, count, now, now + pause)?;
        longest = longest.max(pause);
    }
    Ok(longest.num_seconds())
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
