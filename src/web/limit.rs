//! How often one address may do something within an hour. It is kept in memory only, under a random key that is
//! thrown away with the hour, so that nobody can tell afterwards whose count it was.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;

use crate::kit::clock::Moment;

pub const HOUR: TimeDelta = TimeDelta::hours(1);
/// Of one thing: a household, or the hall of a commune, may share an address.
const OF_ONE: u16 = 5;
const OF_ALL: u16 = 60;
/// Of a whole IPv6 network, which may have 65,536 households or one man's invention.
const OF_NETWORK: u16 = 600;
/// Counts held at once, three for an address and a thing. When there is no room, nothing is allowed until the hour is over.
const ROOM: usize = 20_000;

#[derive(Default)]
pub struct Limit {
    hour: Mutex<Option<Hour>>,
}

struct Hour {
    began: Moment,
    key: RandomState,
    counts: HashMap<u64, u16>,
}

impl Limit {
    /// Counts the attempt when it is allowed.
    pub fn allows(&self, client: Option<IpAddr>, thing: i64, now: Moment) -> bool {
        self.forget(now);
        let mut hour = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        let hour = hour.get_or_insert_with(|| Hour { began: now, key: RandomState::new(), counts: HashMap::new() });
        let client = client.map(household);
        let network = client.filter(|line| line[0] != 0).map(|line| [line[0], line[1], line[2], line[3], line[4], line[5]]);
        let allowed = [(hour.key.hash_one(client), OF_ALL), (hour.key.hash_one((client, thing)), OF_ONE)];
        let allowed = allowed.into_iter().chain(network.map(|network| (hour.key.hash_one(network), OF_NETWORK)));
        let so_far = |key: u64| hour.counts.get(&key).copied().unwrap_or_default();
        if allowed.clone().any(|(key, most)| so_far(key) >= most) || hour.counts.len() + allowed.clone().count() > ROOM {
            return false;
        }
        for (key, _) in allowed {
            *hour.counts.entry(key).or_default() += 1;
        }
        true
    }

    /// Drops an hour that is over. Called also when nobody asks.
    pub fn forget(&self, now: Moment) {
        let mut hour = self.hour.lock().unwrap_or_else(PoisonError::into_inner);
        if hour.as_ref().is_some_and(|hour| now < hour.began || now >= hour.began + HOUR) {
            *hour = None;
        }
    }
}

/// An IPv6 line has a whole /64 to itself.
pub fn household(address: IpAddr) -> [u8; 8] {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, d] = v4.octets();
            [0, 0, 0, 0, a, b, c, d]
        }
        IpAddr::V6(v6) => {
            let [a, b, c, d, e, f, g, h, ..] = v6.octets();
            [a, b, c, d, e, f, g, h]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Option<IpAddr> {
        text.parse().ok()
    }

    fn allowed(limit: &Limit, client: &str, things: impl Iterator<Item = i64>, now: Moment) -> usize {
        things.filter(|thing| limit.allows(address(client), *thing, now)).count()
    }

    fn now() -> Moment {
        chrono::DateTime::UNIX_EPOCH.naive_utc()
    }

    #[test]
    fn one_address_is_heard_so_often_about_one_thing_and_about_all() {
        let limit = Limit::default();
        assert_eq!(allowed(&limit, "203.0.113.9", std::iter::repeat_n(1, 50), now()), usize::from(OF_ONE));
        assert_eq!(allowed(&limit, "203.0.113.9", 2..500, now()), usize::from(OF_ALL - OF_ONE));
        assert_eq!(allowed(&limit, "203.0.113.10", 1..2, now()), 1, "the neighbour has an hour of his own");
        assert_eq!(allowed(&limit, "2001:db8::1", std::iter::repeat_n(1, 5), now()), 5);
        assert!(!limit.allows(address("2001:db8::ffff"), 1, now()), "one line, one household");
    }

    #[test]
    fn an_hour_that_is_over_is_forgotten_with_its_key() {
        let limit = Limit::default();
        assert_eq!(allowed(&limit, "203.0.113.9", std::iter::repeat_n(1, 9), now()), 5);
        limit.forget(now() + HOUR - TimeDelta::seconds(1));
        assert!(!limit.allows(address("203.0.113.9"), 1, now()));
        limit.forget(now() + HOUR);
        assert!(limit.hour.lock().expect("nobody panicked").is_none());
        assert!(limit.allows(address("203.0.113.9"), 1, now() + HOUR));
    }

    #[test]
    fn one_network_cannot_speak_for_all_by_inventing_households() {
        let limit = Limit::default();
        let heard = (0..20_000).filter(|n| limit.allows(address(&format!("2001:db8:7:{n:x}::1")), 1, now())).count();
        assert_eq!(heard, usize::from(OF_NETWORK));
        assert!(limit.allows(address("2001:db8:8::1"), 1, now()), "the network beside it is heard");
        assert!(limit.allows(address("203.0.113.9"), 1, now()));
    }

    #[test]
    fn many_addresses_find_no_more_room_than_there_is() {
        let limit = Limit::default();
        let heard = (0..50_000u32).filter(|n| limit.allows(Some(IpAddr::V4((*n).into())), 1, now())).count();
        assert_eq!(heard, ROOM / 2);
        assert_eq!(limit.hour.lock().expect("nobody panicked").as_ref().map(|hour| hour.counts.len()), Some(ROOM));
    }
}
