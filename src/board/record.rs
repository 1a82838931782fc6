//! What was on this board's screen, from when to when. The screen says what can be seen, every few seconds and only while it can be
//! seen; a posting that comes round again and again is shown all that time. Power may go at any instant: what nobody can answer for is
//! a gap, never a guess.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::report::{Event, Showing};
use crate::bulletin::judge::instant;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;

/// A round takes no longer than this; what did not come round within it was not shown in between.
const ROUND: Duration = Duration::minutes(30);
/// The screen speaks every ten seconds; for so long its last word counts.
const SPOKEN: Duration = Duration::seconds(60);
/// More wait for the line nowhere: a year of power cuts.
const MOST_EVENTS: usize = 20_000;

/// What the screen says: what can be seen on it now.
#[derive(Clone, Debug, Deserialize)]
pub struct Seen {
    pub visible: bool,
    pub items: Vec<SeenItem>,
    /// The screen is higher than wide.
    #[serde(default)]
    pub upright: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SeenItem {
    pub id: String,
    pub edition: i32,
    pub digest: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Open {
    item: SeenItem,
    from: Moment,
    last: Moment,
}

/// What outlives a power cut: what was being shown when it was last written down, and what was not sent yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    open: Vec<Open>,
    waiting: Vec<Event>,
    /// When anybody could last see the screen.
    spoken: Option<Moment>,
    /// How many reports were made.
    pub count: i64,
    /// Somebody said where this board stands: before that, what it shows is nobody's proof.
    pub is_paired: bool,
    #[serde(default)]
    pub is_upright: bool,
}

impl Record {
    /// The program starts: what was shown was shown until it was last seen, and then nobody knows.
    pub fn start(&mut self) {
        for one in std::mem::take(&mut self.open) {
            self.tell("broke", &one.item, one.last);
        }
    }

    fn tell(&mut self, what: &str, item: &SeenItem, at: Moment) {
        let at = calendar::rfc3339(at);
        let key = digest::sha256_of(&[what, &item.id, &item.edition.to_string(), &item.digest, &at])[..40].to_owned();
        let (id, digest) = (item.id.clone(), item.digest.clone());
        self.waiting.push(Event { key, what: what.to_owned(), id, edition: item.edition, digest, at });
        // The oldest gives way; its portal then sees a gap, which is true.
        let beyond = self.waiting.len().saturating_sub(MOST_EVENTS);
        self.waiting.drain(..beyond);
    }

    /// The screen shows this now. `now`: a time that is vouched for; without one nothing is said of any instant. Gives whether anything began.
    pub fn seen(&mut self, seen: &Seen, now: Moment) -> bool {
        if !seen.visible || !self.is_paired {
            return false;
        }
        self.spoken = Some(now);
        self.is_upright = seen.upright;
        let mut began = false;
        for item in &seen.items {
            let known = self.open.iter_mut().find(|one| one.item == *item);
            match known.filter(|one| now - one.last <= ROUND && now >= one.last) {
                Some(one) => one.last = now,
                None => {
                    self.pass(now, None);
                    self.open.push(Open { item: item.clone(), from: now, last: now });
                    self.tell("began", item, now);
                    began = true;
                }
            }
        }
        began
    }

    /// Time went by. `held`: what may be shown now, each with its end; `None` where that is not known. Gives whether anything ended.
    pub fn pass(&mut self, now: Moment, held: Option<&BTreeMap<SeenItem, Option<Moment>>>) -> bool {
        let mut over: Vec<(&str, SeenItem, Moment)> = Vec::new();
        self.open.retain(|one| {
            // A clock that was set back: what is ahead of it was never so.
            if now < one.last - SPOKEN || now - one.last > ROUND {
                over.push(("broke", one.item.clone(), one.last));
                return false;
            }
            match held.map(|held| held.get(&one.item)) {
                Some(None) => {
                    over.push(("ended", one.item.clone(), now.max(one.last)));
                    false
                }
                Some(Some(Some(until))) if *until <= now => {
                    over.push(("ended", one.item.clone(), (*until).max(one.from)));
                    false
                }
                _ => true,
            }
        });
        let ended = !over.is_empty();
        over.iter().for_each(|(what, item, at)| self.tell(what, item, *at));
        ended
    }

    pub fn is_visible(&self, now: Moment) -> bool {
        self.spoken.is_some_and(|spoken| now - spoken <= SPOKEN)
    }

    pub fn showing(&self) -> Vec<Showing> {
        let told = |one: &Open| Showing {
            id: one.item.id.clone(),
            edition: one.item.edition,
            digest: one.item.digest.clone(),
            since: calendar::rfc3339(one.from),
        };
        self.open.iter().map(told).collect()
    }

    /// The oldest that were not taken yet.
    pub fn waiting(&self, most: usize) -> Vec<Event> {
        self.waiting.iter().take(most).cloned().collect()
    }

    pub fn taken(&mut self, keys: &[String]) {
        let keys: BTreeSet<&String> = keys.iter().collect();
        self.waiting.retain(|event| !keys.contains(&event.key));
    }

    /// Which end of what was shown is the nearest that was told, for tests and lists.
    pub fn told(&self) -> Vec<(String, String, Option<Moment>)> {
        self.waiting.iter().map(|event| (event.what.clone(), event.id.clone(), instant(&event.at))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Moment {
        "2026-11-23T01:00:00".parse::<Moment>().expect("a moment") + Duration::minutes(minutes)
    }

    fn item(id: &str) -> SeenItem {
        SeenItem { id: id.to_owned(), edition: 1, digest: "d".to_owned() }
    }

    fn seen(id: &str) -> Seen {
        Seen { visible: true, items: vec![item(id)], upright: false }
    }

    fn told(record: &Record) -> Vec<(String, String, i64)> {
        record.told().into_iter().map(|(what, id, when)| (what, id, (when.expect("an instant") - at(0)).num_minutes())).collect()
    }

    fn said(all: &[(&str, &str, i64)]) -> Vec<(String, String, i64)> {
        all.iter().map(|(what, id, minutes)| ((*what).to_owned(), (*id).to_owned(), *minutes)).collect()
    }

    #[test]
    fn what_comes_round_again_is_one_showing_and_what_leaves_the_bulletin_ends() {
        let mut record = Record { is_paired: true, ..Record::default() };
        let held = BTreeMap::from([(item("a"), None), (item("b"), Some(at(31)))]);
        for minutes in 0..40 {
            if minutes < 31 {
                record.seen(&seen(if minutes % 2 == 0 { "a" } else { "b" }), at(minutes));
            } else {
                record.seen(&seen("a"), at(minutes));
            }
            record.pass(at(minutes), Some(&held));
        }
        assert_eq!(told(&record), said(&[("began", "a", 0), ("began", "b", 1), ("ended", "b", 31)]));
        record.pass(at(41), Some(&BTreeMap::new()));
        assert_eq!(told(&record).last(), said(&[("ended", "a", 41)]).last());
        assert!(record.showing().is_empty());
    }

    #[test]
    fn a_power_cut_is_a_gap_from_the_last_word_of_the_screen_to_the_next() {
        let mut record = Record { is_paired: true, ..Record::default() };
        record.seen(&seen("a"), at(0));
        record.seen(&seen("a"), at(5));
        let mut again: Record = serde_json::from_str(&serde_json::to_string(&record).expect("it can be written")).expect("and read");
        again.start();
        again.seen(&seen("a"), at(300));
        assert_eq!(told(&again), said(&[("began", "a", 0), ("broke", "a", 5), ("began", "a", 300)]));
    }

    #[test]
    fn a_screen_that_nobody_can_see_shows_nothing() {
        let mut record = Record { is_paired: true, ..Record::default() };
        assert!(!record.seen(&Seen { visible: false, ..seen("a") }, at(0)));
        assert!(record.showing().is_empty() && !record.is_visible(at(0)));
        record.seen(&seen("a"), at(1));
        assert!(record.is_visible(at(1)) && !record.is_visible(at(3)));
        record.pass(at(40), None);
        assert_eq!(told(&record), said(&[("began", "a", 1), ("broke", "a", 1)]));
    }

    #[test]
    fn before_anybody_said_where_the_board_stands_nothing_is_proof() {
        let mut record = Record::default();
        assert!(!record.seen(&seen("a"), at(0)));
        assert!(record.showing().is_empty() && record.waiting(9).is_empty());
    }

    #[test]
    fn what_was_taken_is_not_sent_again() {
        let mut record = Record { is_paired: true, ..Record::default() };
        record.seen(&seen("a"), at(0));
        record.seen(&seen("b"), at(1));
        let first = record.waiting(1);
        record.taken(&[first[0].key.clone()]);
        assert_eq!(told(&record), said(&[("began", "b", 1)]));
    }
}
