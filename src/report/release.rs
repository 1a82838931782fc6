//! What a unit announces that it will publish, and what became of it: told by the reports themselves, nobody ticks anything
//! off. European Statistics Code of Practice, 6.4 and 13.3: dates are known ahead, and a departure from them is told with its reason.

use chrono::{Duration, NaiveDate};

use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::{fold, is_slug, nfc, plain};
use crate::kit::front::When;
use crate::kit::words::Phrase;
use crate::phrase;

/// In characters.
pub const TITLE: std::ops::RangeInclusive<usize> = 5..=300;
pub const REASON: std::ops::RangeInclusive<usize> = 5..=500;
/// Further ahead a date is a slip of the hand.
pub const FURTHEST: Duration = Duration::days(366 * 5);
/// So long before its day something may come and still be that.
const EARLY: Duration = Duration::days(28);
/// What comes so long after its hour came at its hour: somebody pressed a button.
const GRACE: Duration = Duration::hours(1);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Provisional,
    Confirmed,
    Cancelled,
}

impl Standing {
    pub const ALL: [Standing; 3] = [Standing::Provisional, Standing::Confirmed, Standing::Cancelled];

    pub fn name(self) -> &'static str {
        match self {
            Standing::Provisional => "provisional",
            Standing::Confirmed => "confirmed",
            Standing::Cancelled => "cancelled",
        }
    }

    pub fn named(name: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.name() == name)
    }
}

/// What is announced, as one version has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announced {
    pub title: String,
    /// Of reports; empty: it is known by its title.
    pub series: String,
    pub planned: When,
    pub standing: Standing,
    /// Why it was moved or cancelled. It is public.
    pub reason: String,
}

impl Announced {
    /// In one form, so that the same is written the same.
    pub fn tidy(self) -> Announced {
        let tidy = |text: &str| nfc(&plain(text).split_whitespace().collect::<Vec<_>>().join(" "));
        let at = if self.planned.day_only { calendar::midnight(day(self.planned)) } else { self.planned.at };
        Announced { title: tidy(&self.title), reason: tidy(&self.reason), planned: When { at, ..self.planned }, ..self }
    }

    /// What a version of itself says wrong, each with its field, whenever it is looked at.
    pub fn faults(&self, before: Option<&Announced>) -> Vec<(&'static str, Phrase)> {
        let mut faults = Vec::new();
        let length = self.title.chars().count();
        if !TITLE.contains(&length) || self.title.chars().any(char::is_control) {
            faults.push(("title", phrase!("release-bad-title", least = TITLE.start(), most = TITLE.end())));
        }
        if !self.series.is_empty() && !is_slug(&self.series) {
            faults.push(("series", phrase!("front-bad-slug", slug = self.series)));
        }
        let length = self.reason.chars().count();
        let is_asked = matches!(step(before, self), Some(Step::Moved | Step::Cancelled));
        if is_asked && length < *REASON.start() {
            faults.push(("reason", phrase!("release-no-reason")));
        }
        if length > *REASON.end() || self.reason.chars().any(char::is_control) {
            faults.push(("reason", phrase!("release-long-reason", most = REASON.end())));
        }
        faults
    }
}

/// What a version did to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Announced,
    Confirmed,
    Moved,
    Cancelled,
}

impl Step {
    /// As the log calls it.
    pub fn act(self) -> &'static str {
        match self {
            Step::Announced => "release_announced",
            Step::Confirmed => "release_confirmed",
            Step::Moved => "release_moved",
            Step::Cancelled => "release_cancelled",
        }
    }
}

/// `None` where nothing changed that may: what is cancelled stays so, and nothing gets less sure.
pub fn step(before: Option<&Announced>, after: &Announced) -> Option<Step> {
    let Some(before) = before else { return (after.standing != Standing::Cancelled).then_some(Step::Announced) };
    let is_same = (&before.title, &before.series) == (&after.title, &after.series);
    match (before.standing, after.standing) {
        _ if !is_same => None,
        (Standing::Cancelled, _) => None,
        (_, Standing::Cancelled) => (before.planned == after.planned).then_some(Step::Cancelled),
        (now, then) if before.planned != after.planned => (now == then).then_some(Step::Moved),
        (Standing::Provisional, Standing::Confirmed) => Some(Step::Confirmed),
        _ => None,
    }
}

pub fn day(planned: When) -> NaiveDate {
    calendar::local(planned.at).date()
}

/// From when on it is overdue.
pub fn passes(planned: When) -> Moment {
    if planned.day_only { calendar::tomorrow(planned.at) } else { planned.at + GRACE }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    Early { days: i64 },
    OnTime,
    LaterThatDay,
    Late { days: i64 },
}

pub fn timing(planned: When, came: Moment) -> Timing {
    let days = (calendar::local(came).date() - day(planned)).num_days();
    match days {
        0 if came < passes(planned) => Timing::OnTime,
        0 => Timing::LaterThatDay,
        // An hour shortly before midnight has its grace too.
        1 if came < passes(planned) => Timing::OnTime,
        days if days < 0 => Timing::Early { days: -days },
        days => Timing::Late { days },
    }
}

/// One that was announced, as it stands now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub unit: i64,
    pub announced: Announced,
    pub since: Moment,
}

/// A report that the public has seen, and that was not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub unit: i64,
    pub slug: String,
    pub title: String,
    pub series: String,
    /// When it was first seen.
    pub at: Moment,
}

impl Due {
    fn is_of(&self, came: &Came) -> bool {
        let named = match self.announced.series.is_empty() {
            true => fold(&self.announced.title) == fold(&came.title),
            false => self.announced.series == came.series,
        };
        named && self.unit == came.unit && self.since <= came.at && self.announced.standing != Standing::Cancelled
    }
}

/// Which report each led to. Reports of a series come in their order: one is what was due last by its day; where that came already,
/// what is due soon; else the last that is missing. Each is counted once.
pub fn settle(due: &[Due], came: &[Came]) -> Vec<Option<usize>> {
    let mut settled = vec![None; due.len()];
    let mut order: Vec<usize> = (0..came.len()).collect();
    order.sort_by_key(|at| (came[*at].at, &came[*at].slug));
    for at in order {
        let on = calendar::local(came[at].at).date();
        let of: Vec<(NaiveDate, usize)> = due
            .iter()
            .enumerate()
            .filter(|(_, due)| due.is_of(&came[at]))
            .map(|(number, due)| (day(due.announced.planned), number))
            .collect();
        let last = of.iter().map(|(day, _)| *day).filter(|day| *day <= on).max();
        let open = || of.iter().filter(|(_, number)| settled[*number].is_none());
        let found = open().filter(|(day, _)| Some(*day) == last).min();
        let found = found.or_else(|| open().filter(|(day, _)| *day > on && *day - on <= EARLY).min());
        let found = found.or_else(|| open().filter(|(day, _)| *day < on).max()).map(|(_, number)| *number);
        if let Some(number) = found {
            settled[number] = Some(at);
        }
    }
    settled
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(local: &str) -> Moment {
        calendar::utc(local.parse().expect("a local time"))
    }

    fn planned(text: &str) -> When {
        When { at: calendar::midnight(text.parse().expect("a day")), day_only: true }
    }

    fn announced(day: &str) -> Announced {
        let (title, series) = ("Kết quả tín dụng".to_owned(), "tin-dung".to_owned());
        Announced { title, series, planned: planned(day), standing: Standing::Confirmed, reason: String::new() }
    }

    fn due(day: &str) -> Due {
        Due { unit: 1, announced: announced(day), since: at("2026-01-01T00:00:00") }
    }

    fn came(day: &str) -> Came {
        let at = at(&format!("{day}T08:00:00"));
        Came { unit: 1, slug: day.to_owned(), title: "Báo cáo".to_owned(), series: "tin-dung".to_owned(), at }
    }

    #[test]
    fn a_report_is_what_was_due_last_else_what_is_due_soon_else_what_is_missing() {
        let all = [due("2026-07-10"), due("2026-10-12"), due("2027-01-12")];
        let of = |came: &[Came]| settle(&all, came);
        assert_eq!(of(&[came("2026-07-10"), came("2026-10-12")]), [Some(0), Some(1), None]);
        // Long after its day, and near to the next one's, it is still what was due.
        assert_eq!(of(&[came("2026-07-10"), came("2026-12-20")]), [Some(0), Some(1), None]);
        assert_eq!(of(&[came("2026-07-10"), came("2026-10-12"), came("2027-01-10")]), [Some(0), Some(1), Some(2)]);
        assert_eq!(of(&[came("2026-10-12"), came("2026-11-03")]), [Some(1), Some(0), None], "and what was missed comes late");
        assert_eq!(of(&[came("2026-10-12")]), [None, Some(0), None], "what was missed takes nothing from what came in time");
        assert_eq!(of(&[came("2026-05-01")]), [None, None, None], "a report of another time is none of these");
    }

    #[test]
    fn what_was_cancelled_or_announced_later_or_is_another_unit_s_is_not_it() {
        let cancelled = Due { announced: Announced { standing: Standing::Cancelled, ..announced("2026-07-10") }, ..due("2026-07-10") };
        let later = Due { since: at("2026-07-10T08:00:01"), ..due("2026-07-10") };
        let others = Due { unit: 2, ..due("2026-07-10") };
        assert_eq!(settle(&[cancelled, later, others], &[came("2026-07-10")]), [None, None, None]);
        let titled = Due {
            announced: Announced { series: String::new(), title: "BÁO  cáo".replace("  ", " "), ..announced("2026-07-10") },
            ..due("2026-07-10")
        };
        assert_eq!(settle(&[titled], &[came("2026-07-10")]), [Some(0)], "without a series it is known by its title");
    }

    #[test]
    fn in_time_is_its_day_or_within_the_hour_after_its_hour() {
        let hour = When { at: at("2026-10-12T08:00:00"), day_only: false };
        for (planned, came, wanted) in [
            (planned("2026-10-12"), "2026-10-12T23:59:59", Timing::OnTime),
            (planned("2026-10-12"), "2026-10-13T00:00:00", Timing::Late { days: 1 }),
            (planned("2026-10-12"), "2026-10-11T23:59:59", Timing::Early { days: 1 }),
            (hour, "2026-10-12T08:59:59", Timing::OnTime),
            (hour, "2026-10-12T09:00:00", Timing::LaterThatDay),
            (hour, "2026-10-14T08:00:00", Timing::Late { days: 2 }),
            (When { at: at("2026-10-12T23:30:00"), day_only: false }, "2026-10-13T00:10:00", Timing::OnTime),
        ] {
            assert_eq!(timing(planned, at(came)), wanted, "{came}");
        }
    }

    #[test]
    fn a_version_does_one_thing_and_what_is_cancelled_stays_so() {
        let (first, confirmed) = (Announced { standing: Standing::Provisional, ..announced("2026-10-09") }, announced("2026-10-09"));
        let moved = Announced { reason: "Chờ đối chiếu".to_owned(), ..announced("2026-10-12") };
        let cancelled = Announced { standing: Standing::Cancelled, ..confirmed.clone() };
        assert_eq!(step(None, &first), Some(Step::Announced));
        assert_eq!(step(Some(&first), &confirmed), Some(Step::Confirmed));
        assert_eq!(step(Some(&confirmed), &moved), Some(Step::Moved));
        assert_eq!(step(Some(&confirmed), &cancelled), Some(Step::Cancelled));
        for (before, after) in [(&cancelled, &confirmed), (&confirmed, &first), (&confirmed, &confirmed), (&first, &moved)] {
            assert_eq!(step(Some(before), after), None);
        }
        assert!(moved.faults(Some(&confirmed)).is_empty());
        assert_eq!(Announced { reason: String::new(), ..moved }.faults(Some(&confirmed))[0].0, "reason");
        assert_eq!(cancelled.faults(Some(&confirmed))[0].0, "reason");
    }

    proptest! {
        #[test]
        fn each_report_is_counted_once_and_what_comes_on_its_day_is_that(
            days in proptest::collection::btree_set(1u32..300, 0..8), dues in proptest::collection::btree_set(1u32..300, 1..8),
        ) {
            let of = |number: &u32| NaiveDate::from_yo_opt(2026, *number).expect("a day").to_string();
            let all: Vec<Due> = dues.iter().map(|day| due(&of(day))).collect();
            let reports: Vec<Came> = days.iter().map(|day| came(&of(day))).collect();
            let settled = settle(&all, &reports);
            let mut used: Vec<usize> = settled.iter().flatten().copied().collect();
            let count = used.len();
            used.sort_unstable();
            used.dedup();
            prop_assert_eq!(used.len(), count);
            for (due, by) in all.iter().zip(&settled) {
                let on = day(due.announced.planned);
                let on_its_day = reports.iter().any(|one| calendar::local(one.at).date() == on);
                // It may have come before its day; else it is what came on it.
                prop_assert!(!on_its_day || by.is_some());
                if let Some(by) = by {
                    prop_assert!(on - calendar::local(reports[*by].at).date() <= EARLY);
                }
            }
            // Nothing is missing for which something came that is none of the others.
            for (at, one) in reports.iter().enumerate().filter(|(at, _)| !used.contains(at)) {
                let on = calendar::local(one.at).date();
                prop_assert!(all.iter().zip(&settled).all(|(due, by)| by.is_some_and(|by| by != at) || day(due.announced.planned) > on));
            }
        }
    }
}
