//! What a board knows of the time. Its clock may never have been set, may jump, and may be years off when power comes back; what
//! ends at an instant must not show past it all the same. So the clock is believed only as long as something vouches for it: what
//! the portal signed lately, the time that went by since it was last believed, or a clock of the machine that runs without power.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use chrono::Duration;
use serde::{Deserialize, Serialize};

use crate::kit::clock::{Clock, Moment};

/// So far the clock may be from what is vouched for. Corrections by the network are smaller.
const ASTRAY: Duration = Duration::minutes(2);
/// The same against what the portal signed: its documents are kept for a minute, and lines are slow.
pub(super) const ASTRAY_OF_LINE: Duration = Duration::minutes(5);

/// What tells the time on a machine.
#[derive(Clone, Debug)]
pub struct Host {
    pub clock: Clock,
    pub steady: Steady,
    /// Whether it has a clock that ran while it was without power.
    pub keeps_time: bool,
}

/// Counts seconds, and is never set.
#[derive(Clone, Debug)]
pub enum Steady {
    System(Instant),
    Driven(Arc<AtomicI64>),
}

impl Host {
    pub fn system() -> Host {
        Host { clock: Clock::System, steady: Steady::System(Instant::now()), keeps_time: keeps_time() }
    }

    fn seconds(&self) -> i64 {
        match &self.steady {
            Steady::System(began) => i64::try_from(began.elapsed().as_secs()).unwrap_or(i64::MAX),
            Steady::Driven(seconds) => seconds.load(Ordering::SeqCst),
        }
    }
}

/// Whether the kernel knows of a clock with a battery that says the same as the clock we read.
fn keeps_time() -> bool {
    let read = |path: &str| std::fs::read_to_string(path).ok();
    let since: Option<i64> = read("/sys/class/rtc/rtc0/since_epoch").and_then(|text| text.trim().parse().ok());
    let now = Clock::System.now().and_utc().timestamp();
    since.is_some_and(|since| (since - now).abs() <= ASTRAY.num_seconds())
}

/// What outlives a power cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// It is not earlier than this: the portal signed it, or the board believed it.
    pub latest: Option<Moment>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// Vouched for.
    Sure,
    /// It is behind what is known to be over.
    Unset,
    /// It says another time than what went by since it was believed.
    Jumped,
    /// Power came back, and nothing says how long it was gone.
    Unproved,
}

impl Trust {
    /// As the screen is told.
    pub fn name(self) -> &'static str {
        match self {
            Trust::Sure => "sure",
            Trust::Unset => "unset",
            Trust::Jumped => "jumped",
            Trust::Unproved => "unproved",
        }
    }
}

/// The board's time: the best that is known, whether it is vouched for, and how far the machine's clock is from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told {
    pub now: Moment,
    pub trust: Trust,
    pub astray: Duration,
}

#[derive(Debug)]
pub struct Watch {
    host: Host,
    known: Known,
    /// An instant that was believed, and what the steady clock said then.
    anchor: Option<(Moment, i64)>,
    /// Whether the portal's first word since the start bore out what the battery said; `None` before it.
    proved: Option<bool>,
}

impl Watch {
    pub fn new(host: Host, known: Known) -> Watch {
        let mut watch = Watch { host, known, anchor: None, proved: None };
        let wall = watch.host.clock.now();
        if watch.host.keeps_time && known.latest.is_none_or(|latest| wall >= latest - ASTRAY) {
            watch.believe(wall);
        }
        watch
    }

    pub fn known(&self) -> Known {
        self.known
    }

    pub fn proved(&self) -> Option<bool> {
        self.proved
    }

    fn believe(&mut self, now: Moment) {
        self.anchor = Some((now, self.host.seconds()));
        self.known.latest = self.known.latest.max(Some(now));
    }

    /// What time it is. Small corrections of the clock are followed, and do not add up: it is held against what went by since the
    /// anchor.
    pub fn tell(&mut self) -> Told {
        let wall = self.host.clock.now();
        let Some((at, seconds)) = self.anchor else {
            let is_behind = self.known.latest.is_some_and(|latest| wall < latest - ASTRAY);
            let now = self.known.latest.filter(|_| is_behind).unwrap_or(wall);
            return Told { now, trust: if is_behind { Trust::Unset } else { Trust::Unproved }, astray: Duration::zero() };
        };
        let due = at + Duration::seconds(self.host.seconds() - seconds);
        if (wall - due).abs() <= ASTRAY {
            self.known.latest = self.known.latest.max(Some(wall));
            return Told { now: wall, trust: Trust::Sure, astray: Duration::zero() };
        }
        Told { now: due, trust: Trust::Jumped, astray: wall - due }
    }

    /// The portal signed something just now, and vouches for it until then. Where the clock says another time, the portal's counts,
    /// and what goes by from here on.
    pub fn heard(&mut self, issued: Moment, fresh_until: Moment) {
        let wall = self.host.clock.now();
        self.known.latest = self.known.latest.max(Some(issued));
        let is_within = |at: Moment, most: Moment| issued - ASTRAY_OF_LINE <= at && at <= most;
        let due = self.anchor.map(|(at, seconds)| at + Duration::seconds(self.host.seconds() - seconds));
        let soon = issued + ASTRAY_OF_LINE;
        // What was believed, and what went by since, may be nearer than a document that was kept for a while; a clock that jumped by
        // less than such a document stays fresh is not.
        let most = if self.proved.is_some() { fresh_until.max(soon) } else { soon };
        self.proved = self.proved.or(Some(due.is_some_and(|due| is_within(due, soon))));
        self.believe(if is_within(wall, soon) { wall } else { due.filter(|due| is_within(*due, most)).unwrap_or(issued) });
    }

    /// As `tell`, for whoever may go by what the line says: a clock that is wrong while the time is known.
    pub fn by_line(&mut self, is_alive: bool) -> Told {
        let told = self.tell();
        match told.trust {
            Trust::Jumped if is_alive => Told { trust: Trust::Sure, ..told },
            _ => told,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().expect("a moment")
    }

    struct Machine {
        wall: Clock,
        steady: Arc<AtomicI64>,
    }

    impl Machine {
        fn at(text: &str) -> Machine {
            Machine { wall: Clock::driven(at(text)), steady: Arc::default() }
        }

        fn host(&self, keeps_time: bool) -> Host {
            Host { clock: self.wall.clone(), steady: Steady::Driven(self.steady.clone()), keeps_time }
        }

        fn pass(&self, time: Duration) {
            self.wall.set(self.wall.now() + time);
            self.steady.fetch_add(time.num_seconds(), Ordering::SeqCst);
        }
    }

    #[test]
    fn a_clock_is_unproved_until_the_portal_vouches_for_it_and_goes_on_without_a_line() {
        let machine = Machine::at("2026-11-23T08:00:00");
        let mut watch = Watch::new(machine.host(false), Known::default());
        assert_eq!(watch.tell().trust, Trust::Unproved);
        watch.heard(at("2026-11-23T07:59:30"), at("2026-11-23T08:04:30"));
        machine.pass(Duration::days(14));
        assert_eq!(watch.tell(), Told { now: at("2026-12-07T08:00:00"), trust: Trust::Sure, astray: Duration::zero() });
    }

    #[test]
    fn a_clock_that_jumps_is_noticed_and_the_time_goes_on_as_it_went_by() {
        let machine = Machine::at("2026-11-23T08:00:00");
        let mut watch = Watch::new(machine.host(true), Known::default());
        machine.wall.set(at("2026-11-25T08:00:00"));
        machine.steady.store(60, Ordering::SeqCst);
        let told = watch.tell();
        assert_eq!((told.now, told.trust, told.astray.num_hours()), (at("2026-11-23T08:01:00"), Trust::Jumped, 47));
        // The line says that it was right before: the portal's word counts.
        watch.heard(at("2026-11-23T08:01:00"), at("2026-11-23T08:06:00"));
        assert_eq!((watch.tell().now, watch.by_line(true).trust), (at("2026-11-23T08:01:00"), Trust::Sure));
        // Or that it is right now, after a sleep.
        watch.heard(at("2026-11-25T07:59:50"), at("2026-11-25T08:04:50"));
        assert_eq!((watch.tell().now, watch.tell().trust), (at("2026-11-25T08:00:00"), Trust::Sure));
    }

    #[test]
    fn a_jump_within_what_a_document_stays_fresh_is_a_jump() {
        let machine = Machine::at("2026-11-23T08:00:00");
        let mut watch = Watch::new(machine.host(true), Known::default());
        assert_eq!(watch.proved(), None);
        watch.heard(at("2026-11-23T08:00:00"), at("2026-11-23T08:30:00"));
        assert_eq!(watch.proved(), Some(true));
        machine.wall.set(at("2026-11-23T08:20:00"));
        watch.heard(at("2026-11-23T08:00:00"), at("2026-11-23T08:30:00"));
        assert_eq!(watch.by_line(true).now, at("2026-11-23T08:00:00"));
        // A battery that ran slow is not borne out, and the portal's word counts.
        let mut watch = Watch::new(machine.host(true), Known::default());
        watch.heard(at("2026-11-23T09:00:00"), at("2026-11-23T09:30:00"));
        assert_eq!((watch.proved(), watch.by_line(true).now), (Some(false), at("2026-11-23T09:00:00")));
    }

    #[test]
    fn a_clock_that_was_never_set_is_behind_what_the_portal_signed() {
        let machine = Machine::at("1970-01-01T00:00:10");
        let known = Known { latest: Some(at("2026-11-23T08:00:00")) };
        let mut watch = Watch::new(machine.host(true), known);
        let told = watch.tell();
        assert_eq!((told.now, told.trust), (at("2026-11-23T08:00:00"), Trust::Unset));
        watch.heard(at("2026-11-24T09:00:00"), at("2026-11-24T09:05:00"));
        machine.pass(Duration::hours(5));
        let told = watch.by_line(true);
        assert_eq!((told.now, told.trust), (at("2026-11-24T14:00:00"), Trust::Sure));
        assert!(told.astray < Duration::days(-20_000), "and it can say how wrong the machine is");
    }

    #[test]
    fn after_a_power_cut_only_a_clock_with_a_battery_is_believed() {
        let known = Known { latest: Some(at("2026-11-23T08:00:00")) };
        let machine = Machine::at("2026-11-23T08:00:05");
        assert_eq!(Watch::new(machine.host(false), known).tell().trust, Trust::Unproved);
        assert_eq!(Watch::new(machine.host(true), known).tell().trust, Trust::Sure);
    }

    proptest! {
        /// Whatever the clock does: what is vouched for is never earlier than what was vouched for before, but for small corrections.
        #[test]
        fn time_that_is_vouched_for_never_goes_back(steps in proptest::collection::vec((0i64..3_000, -90_000i64..90_000, any::<bool>()), 1..40)) {
            let machine = Machine::at("2026-11-23T08:00:00");
            let mut watch = Watch::new(machine.host(true), Known::default());
            let (mut truth, mut last) = (at("2026-11-23T08:00:00"), at("2026-11-23T08:00:00"));
            for (passes, jumps, hears) in steps {
                machine.pass(Duration::seconds(passes));
                truth += Duration::seconds(passes);
                machine.wall.set(machine.wall.now() + Duration::seconds(if jumps % 3 == 0 { jumps } else { 0 }));
                if hears {
                    watch.heard(truth, truth + Duration::minutes(5));
                }
                let told = watch.by_line(hears);
                if hears {
                    prop_assert!((told.now - truth).abs() <= ASTRAY_OF_LINE, "{} is far from {truth}", told.now);
                    prop_assert_eq!(told.trust, Trust::Sure);
                }
                prop_assert!(told.now >= last - ASTRAY_OF_LINE * 2);
                last = last.max(told.now);
            }
        }
    }
}
