//! Places that tell of themselves: where a machine stands which says what was on its screen. What such a place
//! shows is known as long as the machine speaks; from its last word on nobody answers for it.

use std::collections::{BTreeMap, HashMap};

use chrono::Duration;
use diesel::prelude::*;

use super::placements::{Placement, Row, Standing, What, placements};
use super::placements_note as note;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::placements as rows;
use crate::store::schema_out::boards;

/// A machine speaks twice an hour, if there is nothing to tell; after so long without a word it is silent.
pub const SILENT: Duration = Duration::minutes(70);
const AGAIN: Duration = Duration::minutes(1);
const CHUNK: usize = 400;

/// Which places have a machine now, and when each spoke last.
#[derive(Clone, Debug, Default)]
pub struct Screens(HashMap<i64, Moment>);

impl Screens {
    pub fn at(c: &mut Conn, places: &[i64]) -> Result<Screens, Refusal> {
        let mut found = HashMap::new();
        for places in places.chunks(CHUNK) {
            let of = boards::table.filter(boards::place_id.eq_any(places).and(boards::paired_at.is_not_null()));
            let of = of.filter(boards::unpaired_at.is_null()).select((boards::place_id, boards::paired_at, boards::heard_at));
            for (place, paired, heard) in of.load::<(Option<i64>, Option<Moment>, Option<Moment>)>(c)? {
                if let (Some(place), Some(paired)) = (place, paired) {
                    found.insert(place, heard.unwrap_or(paired).max(paired));
                }
            }
        }
        Ok(Screens(found))
    }

    pub fn is_at(&self, place: i64) -> bool {
        self.0.contains_key(&place)
    }

    /// Until when what is told of these places is true: one falls silent if it says nothing before, and one that is silent may speak
    /// at any time, of which the log says nothing.
    pub fn next_turn(&self, now: Moment) -> Option<Moment> {
        self.0.values().map(|heard| if now - *heard > SILENT { now + AGAIN } else { *heard + SILENT + Duration::seconds(1) }).min()
    }

    /// What rows come to, as far as anybody answers for it: what a silent machine showed is interrupted since its last word.
    pub fn placements(&self, rows: &[Row], now: Moment) -> BTreeMap<i64, Vec<Placement>> {
        let mut all = placements(rows);
        for (place, of_place) in &mut all {
            let silent = self.0.get(place).filter(|heard| now - **heard > SILENT);
            let (Some(heard), Some(last)) = (silent, of_place.last_mut()) else { continue };
            if last.standing() == Standing::Hanging {
                let known = last.interruptions.last().and_then(|(_, again)| *again).unwrap_or(last.from);
                last.interruptions.push(((*heard).max(known), None));
            }
        }
        all
    }
}

pub fn is_at(c: &mut Conn, place: i64) -> Result<bool, Refusal> {
    Ok(Screens::at(c, &[place])?.is_at(place))
}

/// What hangs at a place by anybody's word: each posting with the edition, and the last that was said of it.
pub fn hanging_at(c: &mut Conn, place: i64) -> Result<Vec<(i64, i32, Moment)>, Refusal> {
    let documents: Vec<i64> = rows::table
        .filter(rows::place_id.eq(place).and(rows::what.ne(What::TakenDown.name())))
        .select(rows::document_id)
        .distinct()
        .load(c)?;
    let mut found = Vec::new();
    for (document, rows) in note::rows_at(c, &documents, &[place])? {
        let last_word = rows.iter().map(|row| row.at).max().unwrap_or_default();
        if let Some(last) = placements(&rows).remove(&place).and_then(|mut all| all.pop())
            && last.standing() != Standing::TakenDown
        {
            found.push((document, last.number(), last_word));
        }
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Moment {
        "2026-11-23T01:00:00".parse::<Moment>().expect("a moment") + Duration::minutes(minutes)
    }

    fn row(id: i64, what: What, minutes: i64) -> Row {
        let text = String::new;
        Row {
            id,
            place_id: 7,
            document_id: 1,
            number: 1,
            what_name: what.name().to_owned(),
            at: at(minutes),
            received_at: at(minutes),
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

    #[test]
    fn from_its_last_word_on_nobody_answers_for_a_silent_machine() {
        let screens = Screens(HashMap::from([(7, at(30))]));
        let of = |rows: &[Row], now: i64| screens.placements(rows, at(now)).remove(&7).and_then(|mut all| all.pop()).expect("one");
        let hung = row(1, What::Hung, 0);
        assert_eq!(of(std::slice::from_ref(&hung), 100).standing(), Standing::Hanging);
        assert_eq!(of(std::slice::from_ref(&hung), 101).interruptions, [(at(30), None)]);
        assert_eq!(screens.next_turn(at(99)), Some(at(100) + Duration::seconds(1)), "it is silent from then on, and not at that instant");
        assert_eq!(screens.next_turn(at(101)), Some(at(102)));
        // What was told of already is told once.
        let torn = [hung.clone(), row(2, What::Interrupted, 20)];
        assert_eq!(of(&torn, 300).interruptions, [(at(20), None)]);
        let again = [hung.clone(), row(2, What::Interrupted, 20), row(3, What::Resumed, 40)];
        assert_eq!(of(&again, 300).interruptions, [(at(20), Some(at(40))), (at(40), None)]);
        let down = [hung, row(2, What::TakenDown, 20)];
        assert_eq!((of(&down, 300).until, of(&down, 300).interruptions.len()), (Some(at(20)), 0));
        assert!(Screens::default().placements(&torn[..1], at(999))[&7][0].interruptions.is_empty(), "paper says nothing and hangs");
    }
}
