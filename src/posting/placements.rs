//! What rows about one posting come to, place by place: since when it hangs there, when it was interrupted and when it was
//! taken down, and which days of its period that leaves out. Pure: rows come in any order, late and twice, and tell the same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::kit::calendar::midnight;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::store::schema::placements;

/// One row: what somebody did, or says that he did.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = placements)]
pub struct Row {
    pub id: i64,
    pub place_id: i64,
    pub document_id: i64,
    /// Of the edition that is on the paper.
    pub number: i32,
    #[diesel(column_name = what)]
    pub what_name: String,
    pub at: Moment,
    pub received_at: Moment,
    pub actor: String,
    pub name: String,
    pub way: String,
    /// The digest of a file of the shelf that no page shows; empty for none.
    pub photo: String,
    pub note: String,
    pub strikes: Option<i64>,
    pub key: String,
    pub position: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    // In the order in which they are done within one second: the old sheet goes before the new one comes.
    TakenDown,
    Hung,
    Interrupted,
    Resumed,
    /// Sets another row right: what that one says was not so.
    Struck,
}

impl What {
    /// What a person at a board may say.
    pub const SAID: [What; 4] = [What::Hung, What::TakenDown, What::Interrupted, What::Resumed];

    /// The name in the log, too.
    pub fn name(self) -> &'static str {
        match self {
            What::Hung => "hung",
            What::TakenDown => "taken_down",
            What::Interrupted => "interrupted",
            What::Resumed => "resumed",
            What::Struck => "struck",
        }
    }

    pub fn said(name: &str) -> Option<What> {
        What::SAID.into_iter().find(|what| what.name() == name)
    }
}

impl Row {
    /// A word that this program does not know says nothing.
    pub fn what(&self) -> Option<What> {
        What::SAID.into_iter().chain([What::Struck]).find(|what| what.name() == self.what_name)
    }

    /// What the log vouches for.
    pub fn seal(&self) -> String {
        let strikes = self.strikes.map(|id| id.to_string()).unwrap_or_default();
        digest::sha256_of(&[
            &self.place_id.to_string(),
            &self.document_id.to_string(),
            &self.number.to_string(),
            &self.what_name,
            &self.at.to_string(),
            &self.received_at.to_string(),
            &self.actor,
            &self.name,
            &self.way,
            &self.photo,
            &self.note,
            &strikes,
            &self.key,
        ])
    }
}

/// Once hung, until taken down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    pub from: Moment,
    /// `None`: not taken down.
    pub until: Option<Moment>,
    /// Torn or lost, until it hung again; the last may still go on.
    pub interruptions: Vec<(Moment, Option<Moment>)>,
    /// Which edition was on the paper, each since when.
    pub editions: Vec<(Moment, i32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Hanging,
    Interrupted,
    TakenDown,
}

impl Placement {
    pub fn standing(&self) -> Standing {
        match (self.until, self.interruptions.last()) {
            (Some(_), _) => Standing::TakenDown,
            (None, Some((_, None))) => Standing::Interrupted,
            _ => Standing::Hanging,
        }
    }

    /// The edition on the paper at last.
    pub fn number(&self) -> i32 {
        self.editions.last().map_or(0, |(_, number)| *number)
    }

    /// It is not the words in force that hang there.
    pub fn is_old(&self, current: i32) -> bool {
        self.standing() != Standing::TakenDown && self.number() < current
    }

    /// From when to when it hung, without its interruptions; what goes on goes on until `now`.
    fn spans(&self, now: Moment) -> Vec<(Moment, Moment)> {
        let mut spans = Vec::new();
        let mut from = self.from;
        for (torn, again) in &self.interruptions {
            spans.push((from, *torn));
            from = again.or(self.until).unwrap_or(now);
        }
        spans.push((from, self.until.unwrap_or(now)));
        spans.retain(|(from, until)| from < until);
        spans
    }
}

/// By place, oldest first.
pub fn placements(rows: &[Row]) -> BTreeMap<i64, Vec<Placement>> {
    let struck: BTreeSet<i64> = rows.iter().filter(|row| row.what() == Some(What::Struck)).filter_map(|row| row.strikes).collect();
    // What was told of the same minute counts in the order in which it arrived.
    let mut told: Vec<(Moment, i64, What, i32, i64)> = rows
        .iter()
        .filter(|row| !struck.contains(&row.id))
        .filter_map(|row| Some((row.at, row.id, row.what().filter(|what| *what != What::Struck)?, row.number, row.place_id)))
        .collect();
    told.sort_unstable();
    // And the same said again says nothing more.
    let mut said: BTreeSet<(Moment, What, i32, i64)> = BTreeSet::new();
    told.retain(|(at, _, what, number, place)| said.insert((*at, *what, *number, *place)));
    let mut all: BTreeMap<i64, Vec<Placement>> = BTreeMap::new();
    for (at, _, what, number, place) in told {
        let of_place = all.entry(place).or_default();
        let open = of_place.last_mut().filter(|last| last.until.is_none());
        match (open, what) {
            (None, What::Hung | What::Resumed) => {
                of_place.push(Placement { from: at, until: None, interruptions: Vec::new(), editions: vec![(at, number)] });
            }
            (Some(open), What::Hung | What::Resumed) => {
                if let Some((_, again @ None)) = open.interruptions.last_mut() {
                    *again = Some(at);
                }
                if open.number() != number {
                    open.editions.push((at, number));
                }
            }
            (Some(open), What::TakenDown) => open.until = Some(at),
            (Some(open), What::Interrupted) if open.standing() == Standing::Hanging => open.interruptions.push((at, None)),
            // Said again, or of what hangs no more.
            _ => {}
        }
    }
    all.retain(|_, of_place| !of_place.is_empty());
    all
}

/// How much of a period a posting hung at one place, in whole days of Viet Nam.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Days on which it hung from their first moment to their last.
    pub hung: u32,
    /// Days that are over on which it did not, each stretch by its first and last.
    pub gaps: Vec<(NaiveDate, NaiveDate)>,
    /// Days that are not over yet.
    pub to_come: u32,
}

impl Cover {
    pub fn missing(&self) -> u32 {
        self.gaps.iter().map(|(from, to)| (*to - *from).num_days() as u32 + 1).sum()
    }
}

/// Longer than any period of the law; a posting that hangs for ever is looked at no further.
const MOST_DAYS: usize = 3_660;

/// Of the period from `first` to `last`, both inclusive, which is told by the law: the day of hanging is not one of them.
pub fn cover(placements: &[Placement], first: NaiveDate, last: NaiveDate, now: Moment) -> Cover {
    let mut spans: Vec<(Moment, Moment)> = placements.iter().flat_map(|placement| placement.spans(now)).collect();
    spans.sort_unstable();
    // What ends when the next begins is one: a new sheet in the place of the old leaves no gap.
    let mut joined: Vec<(Moment, Moment)> = Vec::new();
    for (from, until) in spans {
        match joined.last_mut().filter(|before| from <= before.1) {
            Some(before) => before.1 = before.1.max(until),
            None => joined.push((from, until)),
        }
    }
    let mut cover = Cover::default();
    for day in first.iter_days().take_while(|day| *day <= last).take(MOST_DAYS) {
        let (begins, ends) = (midnight(day), day.succ_opt().map_or(Moment::MAX, midnight));
        if ends > now {
            cover.to_come += 1;
        } else if joined.iter().any(|(from, until)| *from <= begins && ends <= *until) {
            cover.hung += 1;
        } else {
            match cover.gaps.last_mut().filter(|gap| gap.1.succ_opt() == Some(day)) {
                Some(gap) => gap.1 = day,
                None => cover.gaps.push((day, day)),
            }
        }
    }
    cover
}

#[cfg(test)]
mod tests {
    use chrono::{Duration, NaiveDate};
    use proptest::prelude::*;

    use super::*;
    use crate::kit::calendar::utc;

    fn at(text: &str) -> Moment {
        utc(format!("2026-11-{text}:00").parse().expect("a moment"))
    }

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, number).expect("a day")
    }

    fn row(id: i64, what: What, at: Moment, number: i32) -> Row {
        let text = String::new;
        Row {
            id,
            place_id: 1,
            document_id: 1,
            number,
            what_name: what.name().to_owned(),
            at,
            received_at: at,
            actor: text(),
            name: text(),
            way: text(),
            photo: text(),
            note: text(),
            strikes: None,
            key: id.to_string(),
            position: id,
        }
    }

    fn only(rows: &[Row]) -> Vec<Placement> {
        placements(rows).remove(&1).unwrap_or_default()
    }

    #[test]
    fn a_sheet_that_was_torn_down_for_two_days_lacks_the_days_it_did_not_hang_whole() {
        let rows = [
            row(1, What::Hung, at("02T08:00"), 1),
            row(2, What::Interrupted, at("05T17:00"), 1),
            row(3, What::Resumed, at("07T07:30"), 1),
            row(4, What::TakenDown, at("18T08:00"), 1),
        ];
        let hung = only(&rows);
        assert_eq!((hung.len(), hung[0].standing(), hung[0].number()), (1, Standing::TakenDown, 1));
        let cover = cover(&hung, day(3), day(17), at("20T00:00"));
        assert_eq!((cover.hung, cover.gaps.clone(), cover.to_come, cover.missing()), (12, vec![(day(5), day(7))], 0, 3));
    }

    #[test]
    fn what_a_strike_names_was_never_so() {
        let mut rows = vec![row(1, What::Hung, at("02T08:00"), 1), row(2, What::TakenDown, at("03T08:00"), 1)];
        assert_eq!(only(&rows)[0].standing(), Standing::TakenDown);
        rows.push(Row { strikes: Some(2), ..row(3, What::Struck, at("04T08:00"), 1) });
        assert_eq!(only(&rows)[0].standing(), Standing::Hanging);
    }

    #[test]
    fn a_new_sheet_in_the_place_of_the_old_leaves_no_gap_and_an_old_one_is_known_as_such() {
        let mut rows = vec![row(1, What::Hung, at("02T08:00"), 1)];
        assert!(only(&rows)[0].is_old(2) && !only(&rows)[0].is_old(1));
        rows.push(row(2, What::TakenDown, at("05T09:00"), 1));
        rows.push(row(3, What::Hung, at("05T09:00"), 2));
        let hung = only(&rows);
        assert_eq!((hung.len(), hung[1].number(), hung[1].is_old(2)), (2, 2, false));
        assert_eq!(cover(&hung, day(3), day(7), at("08T00:00")).gaps, []);
        // The new one was hung over the old, and nobody took that down.
        let over = [row(1, What::Hung, at("02T08:00"), 1), row(2, What::Hung, at("05T09:00"), 2)];
        assert_eq!(only(&over)[0].editions, [(at("02T08:00"), 1), (at("05T09:00"), 2)]);
    }

    #[test]
    fn a_day_is_to_come_until_it_is_over() {
        let hung = only(&[row(1, What::Hung, at("02T08:00"), 1)]);
        let of = |now| cover(&hung, day(2), day(4), at(now));
        assert_eq!(of("02T09:00"), Cover { hung: 0, gaps: vec![], to_come: 3 });
        assert_eq!(of("03T00:00"), Cover { hung: 0, gaps: vec![(day(2), day(2))], to_come: 2 });
        assert_eq!(of("03T23:59").hung, 0);
        assert_eq!(of("05T00:00").hung, 2);
        assert_eq!(cover(&[], day(2), day(4), at("05T00:00")).gaps, [(day(2), day(4))], "what never hung lacks every day");
    }

    fn any_rows() -> impl Strategy<Value = Vec<Row>> {
        let one = (0usize..5, 0i64..24 * 20, 1i32..4, 1i64..3, 0i64..30);
        proptest::collection::vec(one, 0..25).prop_map(|rows| {
            rows.into_iter()
                .enumerate()
                .map(|(id, (what, hours, number, place, strikes))| {
                    let what = [What::Hung, What::TakenDown, What::Interrupted, What::Resumed, What::Struck][what];
                    let row = row(id as i64, what, at("01T00:00") + Duration::hours(hours), number);
                    Row { place_id: place, strikes: (what == What::Struck).then_some(strikes), ..row }
                })
                .collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn days_hung_and_days_missing_make_the_period(rows in any_rows(), first in 1u32..15, length in 0i64..20, now in 0i64..40) {
            let (first, now) = (day(first), at("01T00:00") + Duration::days(now));
            let last = first + Duration::days(length);
            for of_place in placements(&rows).values() {
                let cover = cover(of_place, first, last, now);
                prop_assert_eq!(i64::from(cover.hung + cover.missing() + cover.to_come), length + 1);
                prop_assert!(cover.gaps.windows(2).all(|pair| pair[0].1 + Duration::days(1) < pair[1].0), "stretches stand apart");
            }
        }

        #[test]
        fn rows_tell_the_same_in_whatever_order_they_arrive(rows in any_rows(), seed in any::<u64>()) {
            let mut mixed = rows.clone();
            mixed.sort_by_key(|row| digest::sha256(format!("{seed} {}", row.id).as_bytes()));
            prop_assert_eq!(placements(&mixed), placements(&rows));
        }

        #[test]
        fn what_is_confirmed_twice_is_done_once(rows in any_rows(), which in 0usize..25) {
            let Some(again) = rows.get(which).filter(|row| row.what() != Some(What::Struck)) else { return Ok(()) };
            // One that was struck is confirmed anew by its repetition; that is another thing.
            prop_assume!(!rows.iter().any(|row| row.strikes == Some(again.id)));
            let twice: Vec<Row> = rows.iter().cloned().chain([Row { id: 1_000, key: "again".to_owned(), ..again.clone() }]).collect();
            prop_assert_eq!(placements(&twice), placements(&rows));
        }

        #[test]
        fn placements_at_one_place_follow_each_other_and_hold_their_interruptions(rows in any_rows()) {
            for of_place in placements(&rows).values() {
                prop_assert!(of_place.windows(2).all(|pair| pair[0].until.is_some_and(|until| until <= pair[1].from)));
                for one in of_place {
                    prop_assert!(one.until.is_none_or(|until| one.from <= until));
                    prop_assert!(one.interruptions.iter().rev().skip(1).all(|(_, again)| again.is_some()));
                    prop_assert!(one.interruptions.iter().all(|(torn, again)| one.from <= *torn && again.is_none_or(|again| *torn <= again)));
                }
            }
        }
    }
}
