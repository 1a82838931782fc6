//! The one source of "now". A driven clock lets a test stand at any instant.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDateTime, Utc};

/// A moment in UTC, in whole seconds. SQLite compares times as text and PostgreSQL keeps
/// microseconds: whole seconds compare alike on both.
pub type Moment = NaiveDateTime;

/// "Never": greater than every moment that is stored, so that `now < NEVER` holds on both databases.
pub const NEVER: Moment = match chrono::NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => match day.and_hms_opt(0, 0, 0) {
        Some(moment) => moment,
        None => panic!("midnight exists"),
    },
    None => panic!("the last day of 9999 exists"),
};

#[derive(Clone, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// Unix seconds, moved by whoever holds the other end.
    Driven(Arc<AtomicI64>),
}

impl Clock {
    pub fn driven(at: Moment) -> Self {
        Clock::Driven(Arc::new(AtomicI64::new(at.and_utc().timestamp())))
    }

    pub fn now(&self) -> Moment {
        match self {
            Clock::System => whole(Utc::now()),
            Clock::Driven(seconds) => DateTime::from_timestamp(seconds.load(Ordering::SeqCst), 0).map_or(NEVER, |at| at.naive_utc()),
        }
    }

    /// Moves a driven clock; the system's clock is not ours to move.
    pub fn set(&self, at: Moment) {
        if let Clock::Driven(seconds) = self {
            seconds.store(at.and_utc().timestamp(), Ordering::SeqCst);
        }
    }
}

fn whole(at: DateTime<Utc>) -> Moment {
    DateTime::from_timestamp(at.timestamp(), 0).map_or(NEVER, |at| at.naive_utc())
}
