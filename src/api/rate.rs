//! How often one token may ask, and how often an address may come with none that opens. Kept in memory, by the minute.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{TimeDelta, Timelike};

use crate::kit::clock::Moment;

/// In a minute. A program that copies a whole office takes a page of forty texts at a time.
pub const OF_TOKEN: u32 = 300;
const OF_STRANGER: u32 = 30;
/// Askers remembered at once. When there is no room, strangers wait for the next minute, and tokens do not.
const ROOM: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asker {
    Token(i64),
    /// By the household of an address.
    Stranger([u8; 8]),
}

#[derive(Default)]
pub struct Rate(Mutex<Minute>);

#[derive(Default)]
struct Minute {
    began: Moment,
    counts: HashMap<Asker, u32>,
}

impl Rate {
    /// Counts it. How many more are allowed in this minute; `Err`: none, and after so many seconds again.
    pub fn counts(&self, asker: Asker, now: Moment) -> Result<u32, i64> {
        let began = now.with_second(0).unwrap_or(now);
        let wait = (began + TimeDelta::minutes(1) - now).num_seconds().max(1);
        let most = if matches!(asker, Asker::Token(_)) { OF_TOKEN } else { OF_STRANGER };
        let mut minute = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if minute.began != began {
            *minute = Minute { began, counts: HashMap::new() };
        }
        if minute.counts.len() >= ROOM && !minute.counts.contains_key(&asker) {
            return if matches!(asker, Asker::Token(_)) { Ok(most) } else { Err(wait) };
        }
        let count = minute.counts.entry(asker).or_default();
        if *count >= most {
            return Err(wait);
        }
        *count += 1;
        Ok(most - *count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asker_has_a_minute_of_his_own() {
        let (rate, now) = (Rate::default(), chrono::DateTime::UNIX_EPOCH.naive_utc() + TimeDelta::seconds(20));
        let heard = (0..1_000).filter(|_| rate.counts(Asker::Token(1), now).is_ok()).count();
        assert_eq!(heard, OF_TOKEN as usize);
        assert_eq!(rate.counts(Asker::Token(1), now), Err(40));
        assert_eq!(rate.counts(Asker::Token(2), now), Ok(OF_TOKEN - 1));
        assert_eq!((0..100).filter(|_| rate.counts(Asker::Stranger([1; 8]), now).is_ok()).count(), OF_STRANGER as usize);
        assert!(rate.counts(Asker::Token(1), now + TimeDelta::seconds(40)).is_ok());
    }

    #[test]
    fn many_strangers_shut_nobody_out_who_has_a_token() {
        let (rate, now) = (Rate::default(), chrono::DateTime::UNIX_EPOCH.naive_utc());
        let heard = (0..20_000u64).filter(|number| rate.counts(Asker::Stranger(number.to_be_bytes()), now).is_ok()).count();
        assert_eq!(heard, ROOM);
        assert!(rate.counts(Asker::Token(1), now).is_ok());
    }
}
