//! What a posting is at an instant, in one word: computed when it is read, from what it says and what became of it.

use chrono::{Duration, NaiveDate};

use super::law::after;
use super::{Posting, Suspended};
use crate::edition::Edition;
use crate::kit::calendar;
use crate::kit::clock::Moment;

/// So long before its end it is said to end soon.
pub const SOON: Duration = Duration::days(3);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Hung already, and not yet to be obeyed.
    NotYet {
        from: NaiveDate,
    },
    InForce,
    EndingSoon {
        at: Moment,
    },
    /// Its period is over.
    Ended {
        at: Moment,
    },
    /// It still hangs, and applies no more.
    Expired {
        last: NaiveDate,
    },
    Suspended(Suspended),
    Withdrawn {
        at: Moment,
    },
    Replaced {
        at: Moment,
    },
}

impl Status {
    /// For words and styles.
    pub fn name(&self) -> &'static str {
        match self {
            Status::NotYet { .. } => "not-yet",
            Status::InForce => "in-force",
            Status::EndingSoon { .. } => "ending-soon",
            Status::Ended { .. } => "ended",
            Status::Expired { .. } => "expired",
            Status::Suspended(_) => "suspended",
            Status::Withdrawn { .. } => "withdrawn",
            Status::Replaced { .. } => "replaced",
        }
    }
}

/// What is gravest counts: that it was taken back, that another stands in its place, that it is over, that it is held up.
pub fn status(posting: &Posting, edition: &Edition, now: Moment) -> Status {
    let past = |at: Option<Moment>| at.filter(|at| *at <= now);
    if let Some(at) = past(edition.withdrawn_at) {
        return Status::Withdrawn { at };
    }
    if let Some(at) = past(edition.replaced_at) {
        return Status::Replaced { at };
    }
    if let Some(at) = past(edition.ends_at) {
        return Status::Ended { at };
    }
    if let Some(last) = posting.expires.filter(|last| after(*last) <= now) {
        return Status::Expired { last };
    }
    if let Some(suspended) = &posting.suspended
        && calendar::midnight(suspended.from) <= now
        && suspended.until.is_none_or(|until| now < after(until))
    {
        return Status::Suspended(suspended.clone());
    }
    if let Some(from) = posting.effective.filter(|from| now < calendar::midnight(*from)) {
        return Status::NotYet { from };
    }
    match edition.ends_at.filter(|at| *at - now <= SOON) {
        Some(at) => Status::EndingSoon { at },
        None => Status::InForce,
    }
}

/// The next instant at which it may be another, after this one.
pub fn next_turn(posting: &Posting, edition: &Edition, now: Moment) -> Option<Moment> {
    let suspended = posting.suspended.iter().flat_map(|one| [Some(calendar::midnight(one.from)), one.until.map(after)]);
    let days = [posting.effective.map(calendar::midnight), posting.expires.map(after)].into_iter().chain(suspended);
    let ends = [edition.withdrawn_at, edition.replaced_at, edition.ends_at, edition.ends_at.map(|at| at - SOON)];
    days.chain(ends).flatten().filter(|at| *at > now).min()
}

/// The days on which what it says applies, as far as they are told: from the day it is hung where it says none, to the end
/// of its period where it says neither.
pub fn applies(posting: &Posting, edition: &Edition) -> (NaiveDate, Option<NaiveDate>) {
    let from = posting.effective.unwrap_or_else(|| calendar::local(edition.dated_at).date());
    let day_before = |at: Moment| calendar::local(at - Duration::seconds(1)).date();
    let told = posting.expires.or_else(|| edition.ends_at.filter(|_| posting.effective.is_none()).map(day_before));
    let over = [edition.withdrawn_at, edition.replaced_at].into_iter().flatten().min().map(day_before);
    (from, [told, over].into_iter().flatten().min())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::kit::clock::NEVER;

    fn day(number: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") + Duration::days(number)
    }

    fn edition(ends: Option<Moment>, withdrawn: Option<Moment>, replaced: Option<Moment>) -> Edition {
        Edition {
            id: 1,
            document_id: 1,
            number: 1,
            revision_id: 1,
            unit_id: None,
            section: String::new(),
            state_name: "published".to_owned(),
            dated_at: calendar::midnight(day(0)),
            day_only: true,
            starts_at: calendar::midnight(day(0)),
            ends_at: ends,
            superseded_at: None,
            withdrawn_at: withdrawn,
            withdrawn_reason: String::new(),
            replaced_by: String::new(),
            change_note: String::new(),
            shown_from: calendar::midnight(day(0)),
            shown_until: NEVER,
            minor: false,
            urgent: String::new(),
            drafted_by: String::new(),
            replaced_at: replaced,
            priority: 0,
        }
    }

    #[test]
    fn a_posting_is_told_in_one_word_at_every_instant_of_its_life() {
        let posting = Posting {
            effective: Some(day(5)),
            suspended: Some(Suspended { from: day(8), until: Some(day(9)), reason: "kiểm tra".to_owned() }),
            ..Posting::default()
        };
        let edition = edition(Some(calendar::midnight(day(20))), None, None);
        let name = |number: i64| status(&posting, &edition, calendar::midnight(day(number))).name();
        let told: Vec<&str> = [0, 4, 5, 7, 8, 9, 10, 16, 17, 19, 20].map(name).into();
        let wanted = ["not-yet", "not-yet", "in-force", "in-force", "suspended", "suspended", "in-force", "in-force"];
        assert_eq!(told, [&wanted[..], &["ending-soon", "ending-soon", "ended"]].concat());
    }

    fn some_day() -> impl Strategy<Value = Option<NaiveDate>> {
        proptest::option::of((0i64..25).prop_map(day))
    }

    proptest! {
        #[test]
        fn it_stays_what_it_is_until_its_next_turn(
            effective in some_day(), expires in some_day(), from in some_day(), until in some_day(), ends in some_day(),
            withdrawn in some_day(), replaced in some_day(), now in 0i64..30, later in 0i64..2_592_000,
        ) {
            let suspended = from.map(|from| Suspended { from, until, reason: String::new() });
            let posting = Posting { effective, expires, suspended, ..Posting::default() };
            let edition = edition(ends.map(calendar::midnight), withdrawn.map(calendar::midnight), replaced.map(calendar::midnight));
            let now = calendar::midnight(day(now));
            let then = now + Duration::seconds(later);
            let is_before = next_turn(&posting, &edition, now).is_none_or(|turn| then < turn);
            prop_assert!(!is_before || status(&posting, &edition, then) == status(&posting, &edition, now));
        }
    }
}
