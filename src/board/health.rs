//! How a board is, as whoever looks after it wants to know: the gravest thing first.

use chrono::Duration;

use super::alarms::Alarm;
use super::roll::Row;
use crate::kit::clock::Moment;
use crate::posting::screens::SILENT;

/// News reaches a board within seconds, and what changed nothing on it within the time after which it asks again.
const LATE: Duration = Duration::minutes(40);
/// A screen that is switched on in the morning says so when its browser is up.
const AWAKE: Duration = Duration::minutes(30);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// An urgent posting is not on its screen that should be: asked of the coverage, and kept as an alarm.
    LacksUrgent,
    /// It never spoke, or not for long.
    Silent,
    /// It cannot know what time it is, or its machine's clock is wrong.
    WrongClock,
    /// Something went wrong with its line or its disk, and it says what.
    Ill,
    /// It shows an older bulletin than there is.
    Stale,
    /// Nobody can see its screen.
    Dark,
    /// Its program is another than the portal's.
    OtherVersion,
    Well,
    /// It is not to be seen now.
    Resting,
}

impl Health {
    pub const ALL: [Health; 8] =
        [Health::Silent, Health::WrongClock, Health::Ill, Health::Stale, Health::Dark, Health::OtherVersion, Health::Well, Health::Resting];

    pub fn name(self) -> &'static str {
        match self {
            Health::LacksUrgent => "urgent",
            Health::Silent => "silent",
            Health::OtherVersion => "version-other",
            Health::WrongClock => "clock",
            Health::Ill => "ill",
            Health::Stale => "stale",
            Health::Dark => "dark",
            Health::Well => "well",
            Health::Resting => "resting",
        }
    }

    /// Somebody has to look after it.
    pub fn is_wanting(self) -> bool {
        !matches!(self, Health::Well | Health::Resting | Health::OtherVersion)
    }
}

/// With what is asked of more than the board's own row, as whoever watches boards found it.
pub fn with_alarms(health: Health, open: &[Alarm]) -> Health {
    let is = |what: Health| open.iter().any(|alarm| alarm.what == what.name());
    match health {
        Health::Silent => health,
        _ if is(Health::LacksUrgent) => Health::LacksUrgent,
        Health::Well | Health::OtherVersion if is(Health::Stale) => Health::Stale,
        health => health,
    }
}

/// `number`: of the unit's bulletin, and since when that is so.
pub fn health(row: &Row, number: (i64, Moment), now: Moment) -> Health {
    let (told, hours) = (row.told(), row.hours());
    let heard = row.heard_at.or(row.paired_at).unwrap_or(now);
    if hours.between(heard, now) > SILENT {
        return Health::Silent;
    }
    let is_open = hours.is_open(now);
    if row.heard_at.is_none() || (!is_open && (now - heard > SILENT || !told.is_visible)) {
        return if is_open { Health::Silent } else { Health::Resting };
    }
    // Between closing and what it says next nothing is asked of it.
    let awake = hours.between(now - AWAKE, now) >= AWAKE;
    match told {
        told if told.clock != "sure" || told.astray_seconds != 0 => Health::WrongClock,
        told if !told.fault.is_empty() => Health::Ill,
        told if told.number < number.0 && now - number.1 > LATE && now - heard <= SILENT => Health::Stale,
        told if !told.is_visible && awake => Health::Dark,
        told if told.version != env!("CARGO_PKG_VERSION") => Health::OtherVersion,
        _ => Health::Well,
    }
}

#[cfg(test)]
mod tests {
    use super::super::report::Told;
    use super::super::roll::DAY;
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
            opens: 0,
            closes: DAY,
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

    #[test]
    fn who_is_switched_off_for_the_night_is_not_broken() {
        let well = Told {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            number: 9,
            clock: "sure".to_owned(),
            is_visible: true,
            ..Told::default()
        };
        // It opens at seven and closes at five; `at(0)` is eight in the morning.
        let of = |heard: Option<i64>, told: &Told, now: i64| {
            health(&Row { opens: 7 * 60, closes: 17 * 60, ..row(heard, told) }, (9, at(0)), at(now))
        };
        let (five, seven) = (9 * 60, 23 * 60);
        assert_eq!(of(Some(five - 5), &well, five - 1), Health::Well);
        assert_eq!(of(Some(five - 5), &well, five + 200), Health::Resting);
        assert_eq!(of(Some(five - 5), &well, seven + 60), Health::Well, "it may say a word yet");
        assert_eq!(of(Some(five - 5), &well, seven + 66), Health::Silent);
        assert_eq!(of(Some(five - 75), &well, five + 300), Health::Silent, "it was silent before it closed");
        let dark = Told { is_visible: false, ..well };
        assert_eq!(of(Some(five + 5), &dark, five + 10), Health::Resting);
        assert_eq!(of(Some(seven + 1), &dark, seven + 5), Health::Well, "its browser is on its way");
        assert_eq!(of(Some(seven + 1), &dark, seven + 31), Health::Dark);
    }
}
