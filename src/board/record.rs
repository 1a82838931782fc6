//! What was on this board's screen, from when to when. The screen says what can be seen, every few seconds and only while it can be
//! seen; a posting that comes round again and again is shown all that time. Power may go at any instant: what nobody can answer for is
//! a gap, never a guess.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use serde::{Deserialize, Serialize};

use super::report::{Event, Showing};
use super::time::ASTRAY_OF_LINE;
use crate::bulletin::judge::instant;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;

/// A round takes no longer than this; what did not come round within it was not shown in between.
const ROUND: Duration = Duration::minutes(30);
/// The screen speaks every ten seconds; for so long its last word counts, and what it showed broke off with it.
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
    /// When it is over, as far as is known.
    #[serde(default)]
    until: Option<Moment>,
}

/// What outlives a power cut: what was being shown when it was last written down, and what was not sent yet. Another version of the
/// program may have written it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    open: Vec<Open>,
    waiting: Vec<Event>,
    /// When anybody could last see the screen.
    spoken: Option<Moment>,
    /// How many reports were made.
    pub count: i64,
    /// Somebody said where this board stands: before that, what it shows is nobody's proof.
    pub is_paired: bool,
    pub is_upright: bool,
    /// What broke off and may come again, each with its end: that it is over is told although it never shows again.
    dark: Vec<(SeenItem, Option<Moment>)>,
    /// So many of the last that wait were noted by a clock that only its battery vouches for.
    unproved: usize,
    /// The portal has not borne out this clock since the program started.
    #[serde(skip)]
    doubts: bool,
}

impl Record {
    /// The program starts: what was shown was shown until it was last seen, and then nobody knows.
    pub fn start(&mut self) {
        self.doubts = self.unproved > 0;
        for one in std::mem::take(&mut self.open) {
            self.broke(one);
        }
    }

    /// Whether the portal bore out the clock since the program started; `None`: it was not heard yet. What a clock said that was wrong
    /// was never so.
    pub fn prove(&mut self, proved: Option<bool>) {
        self.doubts = proved.is_none();
        if proved == Some(false) && self.unproved > 0 {
            let ends: BTreeMap<SeenItem, Option<Moment>> = self.open.drain(..).map(|one| (one.item, one.until)).collect();
            for event in self.waiting.split_off(self.waiting.len().saturating_sub(self.unproved)) {
                let item = SeenItem { id: event.id, edition: event.edition, digest: event.digest };
                if !self.dark.iter().any(|(known, _)| *known == item) {
                    let until = ends.get(&item).copied().flatten();
                    self.dark.push((item, until));
                }
            }
            self.spoken = None;
        }
        if proved.is_some() {
            self.unproved = 0;
        }
    }

    fn broke(&mut self, one: Open) {
        self.tell("broke", &one.item, one.last);
        self.dark.push((one.item, one.until));
    }

    fn tell(&mut self, what: &str, item: &SeenItem, at: Moment) {
        let at = calendar::rfc3339(at);
        let key = digest::sha256_of(&[what, &item.id, &item.edition.to_string(), &item.digest, &at])[..40].to_owned();
        let (id, digest) = (item.id.clone(), item.digest.clone());
        self.waiting.push(Event { key, what: what.to_owned(), id, edition: item.edition, digest, at });
        self.unproved += usize::from(self.doubts);
        // The oldest gives way; its portal then sees a gap, which is true.
        let beyond = self.waiting.len().saturating_sub(MOST_EVENTS);
        self.waiting.drain(..beyond);
    }

    /// A clock that was set back by a little stands still until it is where it was.
    fn steadied(&self, now: Moment) -> Moment {
        self.spoken.filter(|spoken| now < *spoken && *spoken - now <= ASTRAY_OF_LINE).unwrap_or(now)
    }

    /// The screen shows this now. `now`: a time that is vouched for; without one nothing is said of any instant. Gives whether there is news.
    pub fn seen(&mut self, seen: &Seen, now: Moment) -> bool {
        if !seen.visible || !self.is_paired {
            return false;
        }
        let now = self.steadied(now);
        let mut is_news = self.pass(now, None);
        self.spoken = Some(now);
        self.is_upright = seen.upright;
        for item in &seen.items {
            if let Some(one) = self.open.iter_mut().find(|one| one.item == *item) {
                one.last = now;
                continue;
            }
            self.dark.retain(|(known, _)| known != item);
            self.open.push(Open { item: item.clone(), from: now, last: now, until: None });
            self.tell("began", item, now);
            is_news = true;
        }
        is_news
    }

    /// Time went by. `held`: what may be shown now, each with its end; `None` where that is not known. Gives whether there is news.
    pub fn pass(&mut self, now: Moment, held: Option<&BTreeMap<SeenItem, Option<Moment>>>) -> bool {
        let now = self.steadied(now);
        let before = self.waiting.len();
        // A clock that was set back: what is ahead of it was never so. A screen that says nothing shows nothing.
        let is_silent = self.spoken.is_none_or(|spoken| now < spoken || now - spoken > SPOKEN);
        for mut one in std::mem::take(&mut self.open) {
            if is_silent || now - one.last > ROUND {
                self.broke(one);
                continue;
            }
            match over(&one.item, one.until, held, now) {
                Ok(until) => {
                    one.until = until;
                    self.open.push(one);
                }
                Err(at) => self.tell("ended", &one.item, at.max(one.from)),
            }
        }
        for (item, until) in std::mem::take(&mut self.dark) {
            match over(&item, until, held, now) {
                Ok(until) => self.dark.push((item, until)),
                Err(at) => self.tell("ended", &item, at),
            }
        }
        self.waiting.len() != before
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

    /// The oldest that were not taken yet; what is in doubt waits until the portal has borne it out.
    pub fn waiting(&self, most: usize) -> Vec<Event> {
        let sure = self.waiting.len().saturating_sub(self.unproved);
        self.waiting.iter().take(most.min(sure)).cloned().collect()
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

/// Until when it may be shown, or, as an error, since when it may not: what left the bulletin before its end left it now.
fn over(
    item: &SeenItem,
    until: Option<Moment>,
    held: Option<&BTreeMap<SeenItem, Option<Moment>>>,
    now: Moment,
) -> Result<Option<Moment>, Moment> {
    let until = held.and_then(|held| held.get(item)).map_or(until, |until| *until);
    match until {
        Some(until) if until <= now => Err(until),
        _ if held.is_some_and(|held| !held.contains_key(item)) => Err(now),
        until => Ok(until),
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
        for minutes in 0..=5 {
            record.seen(&seen("a"), at(minutes));
        }
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
    fn what_is_over_while_nobody_can_see_it_is_told_with_the_instant_of_its_end() {
        let mut record = Record { is_paired: true, ..Record::default() };
        let held = BTreeMap::from([(item("a"), Some(at(600))), (item("b"), None)]);
        record.seen(&seen("a"), at(0));
        record.seen(&seen("b"), at(0));
        record.pass(at(0), Some(&held));
        // The screen is off for the night, and the power too; the first is taken off the disk before anybody looks.
        record.pass(at(5), Some(&held));
        record.start();
        record.pass(at(900), Some(&BTreeMap::from([(item("b"), None)])));
        record.seen(&seen("b"), at(901));
        let wanted = [("began", "a", 0), ("began", "b", 0), ("broke", "a", 0), ("broke", "b", 0), ("ended", "a", 600), ("began", "b", 901)];
        assert_eq!(told(&record), said(&wanted));
        record.pass(at(902), Some(&BTreeMap::new()));
        assert_eq!(told(&record).last(), said(&[("ended", "b", 902)]).last(), "and each only once");
        record.pass(at(903), Some(&BTreeMap::new()));
        assert_eq!(record.told().len(), wanted.len() + 1);
    }

    #[test]
    fn a_clock_that_is_set_back_by_a_little_breaks_nothing() {
        let mut record = Record { is_paired: true, ..Record::default() };
        for minutes in [0, 1, 2, 1, 0, 1, 2, 3] {
            record.seen(&seen("a"), at(minutes));
            record.pass(at(minutes), None);
        }
        assert_eq!(told(&record), said(&[("began", "a", 0)]));
    }

    #[test]
    fn what_only_a_battery_vouches_for_waits_until_the_portal_bears_it_out() {
        let mut record = Record { is_paired: true, ..Record::default() };
        record.prove(Some(true));
        record.seen(&seen("a"), at(0));
        record.start();
        record.prove(None);
        record.seen(&seen("a"), at(3_000));
        assert_eq!(record.waiting(9).len(), 2, "only what was known before");
        let (mut right, mut wrong) = (record.clone(), record);
        right.prove(Some(true));
        assert_eq!(right.waiting(9).len(), 3);
        wrong.prove(Some(false));
        assert!(wrong.showing().is_empty() && wrong.waiting(9).len() == 2);
        wrong.seen(&seen("a"), at(60));
        assert_eq!(told(&wrong), said(&[("began", "a", 0), ("broke", "a", 0), ("began", "a", 60)]));
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
