//! The tries of what is told: when the next one is, who makes it, and what became of it. A try is claimed in a row before it
//! is made, so that of several processes one makes it; a claim whose owner died lapses, and the try is made again. What one
//! address is told goes out in order, each when the one before it is done with.

use chrono::Duration;
use diesel::prelude::*;

use super::webhook::{self, Delivery};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::person::{Act, Who};
use crate::store::Conn;
use crate::store::schema_out::{deliveries, webhooks};

pub const WAITING: &str = "waiting";
pub const DELIVERED: &str = "delivered";
pub const GIVEN_UP: &str = "given_up";
/// What the log calls whoever sends.
pub const TELLER: &str = "webhook";

/// After the first tries, in seconds; then again and again after the last of them.
const PAUSES: [i64; 7] = [5, 30, 2 * 60, 10 * 60, 3_600, 3 * 3_600, 6 * 3_600];
/// So much longer a pause may be, by chance: those who lost one address together do not come back together.
const SPREAD: f64 = 0.2;
/// After so long it is given up.
pub const LASTS: Duration = Duration::days(3);
/// Twice as long as any try takes.
const CLAIM: Duration = Duration::seconds(30);
/// What is done with is forgotten after so long.
const KEPT: Duration = Duration::days(90);
/// Nobody is waited for longer, whatever he asks.
const MOST_PAUSE: i64 = 6 * 3_600;
/// Looked at for a claim: enough for every one of them to be of another address.
const MOST_LOOKED: i64 = 200;

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// A status; after how many seconds it asks to be asked again.
    Answer(u16, Option<i64>),
    /// Why there was none, in a word.
    Nothing(&'static str),
}

impl Came {
    pub fn is_taken(self) -> bool {
        matches!(self, Came::Answer(200..=299, _))
    }

    /// Whoever was told wants to be told no more.
    pub fn is_gone(self) -> bool {
        matches!(self, Came::Answer(410, _))
    }
}

/// The instant of the next try after the n-th for nothing; `None` when its three days are over. `chance`: drawn from `[0, 1)`.
pub fn next(began: Moment, attempts: i32, now: Moment, asked: Option<i64>, chance: f64) -> Option<Moment> {
    let last = PAUSES.len() - 1;
    let pause = PAUSES[usize::try_from(attempts - 1).unwrap_or(0).min(last)];
    let spread = (pause as f64 * SPREAD * chance.clamp(0.0, 1.0)) as i64;
    let pause = (pause + spread).max(asked.unwrap_or(0).min(MOST_PAUSE));
    let next = now.checked_add_signed(Duration::seconds(pause))?;
    (next <= began + LASTS).then_some(next)
}

/// A try that is ours to make.
#[derive(Clone, Debug)]
pub struct Try {
    pub delivery: Delivery,
    pub url: String,
}

/// Whether any try may be made now: looked at before anything is locked.
pub fn is_any_due(c: &mut Conn, now: Moment) -> Result<bool, Refusal> {
    Ok(!due(c, now, 1)?.is_empty())
}

fn due(c: &mut Conn, now: Moment, most: i64) -> Result<Vec<(i64, i64)>, Refusal> {
    let is_free = deliveries::claimed_until.is_null().or(deliveries::claimed_until.le(now));
    Ok(deliveries::table
        .inner_join(webhooks::table)
        .filter(deliveries::state.eq(WAITING).and(deliveries::next_at.le(now)).and(is_free))
        .filter(webhooks::paused_at.is_null())
        .order((deliveries::next_at.asc(), deliveries::id.asc()))
        .limit(most)
        .select((deliveries::id, deliveries::webhook_id))
        .load(c)?)
}

/// Claims tries that are due, the longest due first, one of each address at a time.
pub fn claim(c: &mut Conn, now: Moment, most: usize) -> Result<Vec<Try>, Refusal> {
    let busy = deliveries::table.filter(deliveries::state.eq(WAITING).and(deliveries::claimed_until.gt(now)));
    let mut busy: Vec<i64> = busy.select(deliveries::webhook_id).load(c)?;
    let mut tries = Vec::new();
    for (id, webhook) in due(c, now, MOST_LOOKED)? {
        if tries.len() == most {
            break;
        }
        if busy.contains(&webhook) {
            continue;
        }
        busy.push(webhook);
        diesel::update(deliveries::table.find(id)).set(deliveries::claimed_until.eq(now + CLAIM)).execute(c)?;
        let delivery = deliveries::table.find(id).select(Delivery::as_select()).first(c)?;
        tries.push(Try { delivery, url: webhooks::table.find(webhook).select(webhooks::url).first(c)? });
    }
    Ok(tries)
}

/// Lets go of a try that could not be made, for a reason of ours.
pub fn release(c: &mut Conn, id: i64, next_at: Moment) -> Result<(), Refusal> {
    let of = deliveries::table.filter(deliveries::id.eq(id).and(deliveries::state.eq(WAITING)));
    diesel::update(of).set((deliveries::claimed_until.eq(None::<Moment>), deliveries::next_at.eq(next_at))).execute(c)?;
    Ok(())
}

/// Notes what came of a try. What was removed or settled meanwhile stays as it is.
pub fn settle(c: &mut Conn, now: Moment, tried: &Delivery, came: Came, chance: f64) -> Result<(), Refusal> {
    let attempts = tried.attempts + 1;
    let (status, error) = match came {
        Came::Answer(status, _) => (i32::from(status), ""),
        Came::Nothing(why) => (0, why),
    };
    let asked = if let Came::Answer(_, asked) = came { asked } else { None };
    let next_at = if came.is_taken() || came.is_gone() { None } else { next(tried.began_at, attempts, now, asked, chance) };
    let state = match next_at {
        Some(_) => WAITING,
        None if came.is_taken() => DELIVERED,
        None => GIVEN_UP,
    };
    let of = deliveries::table.filter(deliveries::id.eq(tried.id).and(deliveries::state.eq(WAITING)));
    let settled = diesel::update(of)
        .set((
            deliveries::state.eq(state),
            deliveries::attempts.eq(attempts),
            deliveries::next_at.eq(next_at.unwrap_or(NEVER)),
            deliveries::claimed_until.eq(None::<Moment>),
            deliveries::last_at.eq(now),
            deliveries::last_status.eq(status),
            deliveries::last_error.eq(error),
        ))
        .execute(c)?;
    if settled == 0 {
        return Ok(());
    }
    let of = webhooks::table.filter(webhooks::id.eq(tried.webhook_id));
    if came.is_taken() {
        diesel::update(of).set(webhooks::failing_since.eq(None::<Moment>)).execute(c)?;
    } else {
        diesel::update(of.filter(webhooks::failing_since.is_null())).set(webhooks::failing_since.eq(now)).execute(c)?;
    }
    if came.is_gone() {
        let act = Act { now, who: &Who::Machine(TELLER) };
        webhook::pause(c, act, tried.webhook_id, "410")?;
    }
    if state == WAITING || tried.is_beside { Ok(()) } else { call_next(c, now, tried.webhook_id) }
}

/// The oldest of those that wait for each other is the next.
fn call_next(c: &mut Conn, now: Moment, webhook: i64) -> Result<(), Refusal> {
    let waiting = deliveries::table.filter(deliveries::webhook_id.eq(webhook).and(deliveries::state.eq(WAITING)));
    let first: Option<i64> =
        waiting.filter(deliveries::is_beside.eq(false)).order(deliveries::id.asc()).select(deliveries::id).first(c).optional()?;
    if let Some(first) = first {
        diesel::update(deliveries::table.find(first)).set(deliveries::next_at.eq(now)).execute(c)?;
    }
    Ok(())
}

/// How many of one address wait for each other.
pub fn waiting(c: &mut Conn, webhook: i64) -> Result<i64, Refusal> {
    let of = deliveries::table.filter(deliveries::webhook_id.eq(webhook).and(deliveries::state.eq(WAITING)));
    Ok(of.filter(deliveries::is_beside.eq(false)).count().get_result(c)?)
}

/// Whether anything is old enough to be forgotten.
pub fn is_any_old(c: &mut Conn, now: Moment) -> Result<bool, Refusal> {
    let of = deliveries::table.filter(deliveries::made_at.lt(now - KEPT).and(deliveries::state.ne(WAITING)));
    Ok(of.select(deliveries::id).first::<i64>(c).optional()?.is_some())
}

pub fn forget(c: &mut Conn, now: Moment) -> Result<usize, Refusal> {
    let of = deliveries::table.filter(deliveries::made_at.lt(now - KEPT).and(deliveries::state.ne(WAITING)));
    Ok(diesel::delete(of).execute(c)?)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Moment {
        DateTime::from_timestamp(1_790_000_000 + seconds, 0).expect("an instant").naive_utc()
    }

    /// The instants of all tries of what is never taken, in seconds from the first.
    fn walk(chances: &[f64]) -> Vec<i64> {
        let (mut now, mut tries) = (0, vec![0]);
        for (attempts, chance) in (1..).zip(chances) {
            let Some(next) = next(at(0), attempts, at(now), None, *chance) else { return tries };
            now = (next - at(0)).num_seconds();
            tries.push(now);
        }
        panic!("it never ends: {tries:?}");
    }

    #[test]
    fn without_chance_the_pauses_are_those_of_the_protocol() {
        let tries = walk(&[0.0; 40]);
        assert_eq!(tries[..8], [0, 5, 35, 155, 755, 4_355, 15_155, 36_755]);
        assert!(tries.len() > 15 && *tries.last().expect("some") <= LASTS.num_seconds());
    }

    proptest! {
        #[test]
        fn pauses_grow_and_end_within_three_days(chances in proptest::collection::vec(0.0..1.0f64, 40)) {
            let tries = walk(&chances);
            let pauses: Vec<i64> = tries.windows(2).map(|two| two[1] - two[0]).collect();
            prop_assert!(pauses[..7].windows(2).all(|two| two[0] < two[1]), "{pauses:?}");
            prop_assert!(pauses.iter().all(|pause| (5..=6 * 3_600 * 6 / 5).contains(pause)), "{pauses:?}");
            let last = *tries.last().expect("some");
            prop_assert!(last <= LASTS.num_seconds() && last > LASTS.num_seconds() - 8 * 3_600, "{last}");
        }

        #[test]
        fn whoever_asks_for_a_longer_pause_is_given_it_and_no_longer_than_six_hours(attempts in 1..30i32, asked in -5..1_000_000i64, chance in 0.0..1.0f64) {
            let own = next(at(0), attempts, at(0), None, chance).expect("it has just begun");
            let found = next(at(0), attempts, at(0), Some(asked), chance).expect("it has just begun");
            prop_assert!(found >= own && found <= own.max(at(6 * 3_600)));
            prop_assert!(found >= own.max(at(asked.min(6 * 3_600))));
        }
    }
}
