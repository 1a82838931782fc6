//! How a board is, as whoever looks after it wants to know: the gravest thing first.

use chrono::Duration;

use super::roll::Row;
use crate::kit::clock::Moment;

/// A board speaks twice an hour, if there is nothing to tell; after so long without a word it is silent.
const SILENT: Duration = Duration::minutes(70);
/// News reaches a board within seconds, and what changed nothing on it within the time after which it asks again.
const LATE: Duration = Duration::minutes(40);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// It never spoke, or not for long.
    Silent,
    /// Its program is another than the portal's.
    OtherVersion,
    /// It cannot know what time it is, or its machine's clock is wrong.
    WrongClock,
    /// Something went wrong with its line or its disk, and it says what.
    Ill,
    /// It shows an older bulletin than there is.
    Stale,
    /// Nobody can see its screen.
    Dark,
    Well,
}

impl Health {
    pub fn name(self) -> &'static str {
        match self {
            Health::Silent => "silent",
            Health::OtherVersion => "version-other",
            Health::WrongClock => "clock",
            Health::Ill => "ill",
            Health::Stale => "stale",
            Health::Dark => "dark",
            Health::Well => "well",
        }
    }
}

/// `number`: of the unit's bulletin now, and since when that is so.
pub fn health(row: &Row, number: (i64, Moment), now: Moment) -> Health {
    let told = row.told();
    match row.heard_at {
        None => Health::Silent,
        Some(heard) if now - heard > SILENT => Health::Silent,
        _ if told.clock != "sure" || told.astray_seconds != 0 => Health::WrongClock,
        _ if !told.fault.is_empty() => Health::Ill,
        _ if told.number < number.0 && now - number.1 > LATE => Health::Stale,
        _ if !told.is_visible => Health::Dark,
        _ if told.version != env!("CARGO_PKG_VERSION") => Health::OtherVersion,
        _ => Health::Well,
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Told;
    use super::*;

    fn at(minutes: i64) -> Moment {
        "2026-11-23T01:00:00".parse::<Moment>().expect("a moment") + Duration::minutes(minutes)
    }

    fn row(heard: Option<i64>, told: &Told) -> Row {
        let text = String::new;
        Row {
            id: 1,
            public: text(),
            key: text(),
            unit_code: text(),
            code: text(),
            asked_at: at(0),
            place_id: Some(1),
            paired_at: Some(at(0)),
            paired_by: text(),
            unpaired_at: None,
            count: 1,
            heard_at: heard.map(at),
            told: serde_json::to_string(told).expect("it can be written"),
        }
    }

    #[test]
    fn the_gravest_is_told_first() {
        let well = Told {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            number: 9,
            clock: "sure".to_owned(),
            is_visible: true,
            ..Told::default()
        };
        let of = |heard, told: &Told| health(&row(heard, told), (9, at(0)), at(100));
        assert_eq!(of(Some(50), &well), Health::Well);
        assert_eq!(of(Some(10), &well), Health::Silent);
        assert_eq!(of(None, &well), Health::Silent);
        assert_eq!(of(Some(50), &Told { clock: "unset".to_owned(), ..well.clone() }), Health::WrongClock);
        assert_eq!(of(Some(50), &Told { astray_seconds: -400, ..well.clone() }), Health::WrongClock);
        assert_eq!(of(Some(50), &Told { fault: "disk-full".to_owned(), ..well.clone() }), Health::Ill);
        assert_eq!(of(Some(50), &Told { number: 8, ..well.clone() }), Health::Stale);
        assert_eq!(health(&row(Some(50), &Told { number: 8, ..well.clone() }), (9, at(90)), at(100)), Health::Well, "it may come yet");
        assert_eq!(of(Some(50), &Told { is_visible: false, ..well.clone() }), Health::Dark);
        assert_eq!(of(Some(50), &Told { version: "0".to_owned(), ..well }), Health::OtherVersion);
    }
}
