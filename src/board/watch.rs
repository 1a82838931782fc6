//! Looks after all boards of a portal: which are not well, and on which an urgent posting is not to be seen that should be. It costs a
//! look at their rows; what a unit's bulletin is now is asked for but every ten minutes, since a board may be late so long.

use std::collections::{BTreeMap, HashMap};

use chrono::{Duration, NaiveDate};

use super::alarms::{self, Alarm, URGENT, Wrong};
use super::health::{Health, health};
use super::roll::{self, Row};
use crate::bulletin;
use crate::edition::{Kind, find_urgent};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::posting::coverage::{At, coverage};
use crate::unit;
use crate::web::answer::Reading;

const COUNTED: Duration = Duration::minutes(10);

/// What one looks at again and again.
#[derive(Debug, Default)]
pub struct Watch {
    /// By unit: the number of its bulletin, and since when that is so.
    numbers: HashMap<String, (i64, Moment)>,
    counted: Option<(Moment, NaiveDate)>,
}

impl Watch {
    /// What is wrong at each board of which that is news; nothing for one means that all is well again.
    pub fn look(&mut self, reading: &mut Reading) -> Result<Vec<(i64, Vec<Wrong>)>, Refusal> {
        let boards = roll::paired(&mut reading.c)?;
        if boards.is_empty() {
            return Ok(Vec::new());
        }
        self.count(reading, &boards)?;
        let mut urgent = unseen(reading, &boards)?;
        let mut open: HashMap<i64, Vec<Alarm>> = HashMap::new();
        alarms::all_open(&mut reading.c)?.into_iter().for_each(|alarm| open.entry(alarm.board_id).or_default().push(alarm));
        let mut news = Vec::new();
        for board in &boards {
            let number = self.numbers.get(&board.unit_code).copied().unwrap_or((0, reading.now));
            let mut wrong = urgent.remove(&board.id).unwrap_or_default();
            wrong.extend(ill(board, number, reading.now));
            if alarms::is_news(open.get(&board.id).map_or(&[], Vec::as_slice), &wrong) {
                news.push((board.id, wrong));
            }
        }
        Ok(news)
    }

    fn count(&mut self, reading: &mut Reading, boards: &[Row]) -> Result<(), Refusal> {
        let today = calendar::local(reading.now).date();
        let is_known = self.counted.is_some_and(|(at, day)| day == today && reading.now - at < COUNTED && reading.now >= at);
        if !is_known {
            self.numbers.clear();
            self.counted = Some((reading.now, today));
        }
        for board in boards {
            if self.numbers.contains_key(&board.unit_code) {
                continue;
            }
            // Of a unit that is no more its heirs' boards tell.
            let number = match unit::on_day(&mut reading.c, &board.unit_code, today)? {
                Some(unit) => {
                    let place = bulletin::place(reading, &unit)?;
                    bulletin::number_since(reading, &place)?
                }
                None => (0, reading.now),
            };
            self.numbers.insert(board.unit_code.clone(), number);
        }
        Ok(())
    }
}

fn ill(board: &Row, number: (i64, Moment), now: Moment) -> Option<Wrong> {
    let health = health(board, number, now);
    let fault = if health == Health::Ill { board.told().fault } else { String::new() };
    let since = if health == Health::Silent { board.heard_at.or(board.paired_at).unwrap_or(now) } else { now };
    (!matches!(health, Health::Well | Health::Resting)).then(|| Wrong { what: health.name(), document: None, fault, since })
}

/// Urgent postings that a board should have shown by now, by board.
fn unseen(reading: &mut Reading, boards: &[Row]) -> Result<BTreeMap<i64, Vec<Wrong>>, Refusal> {
    let mut found: BTreeMap<i64, Vec<Wrong>> = BTreeMap::new();
    let limit = Duration::minutes(reading.face.site.boards.urgent_minutes);
    let of_place: HashMap<i64, &Row> = boards.iter().filter_map(|board| Some((board.place_id?, board))).collect();
    for urgent in find_urgent::urgent(&mut reading.c, Kind::Posting, reading.now)? {
        let coverage = coverage(&mut reading.c, urgent.document_id, reading.now)?;
        let shown = coverage.edition.shown_from;
        for (place, at) in coverage.parts.iter().flat_map(|part| &part.places) {
            let Some(board) = of_place.get(&place.id) else { continue };
            let since = match at {
                At::Silent(_) | At::Old(_) => shown,
                At::Torn(at) | At::Down(at) => shown.max(*at),
                At::Current | At::Out | At::Left | At::Over => continue,
            };
            let since = since.max(board.paired_at.unwrap_or(since));
            if board.hours().between(since, reading.now) > limit {
                let wrong = Wrong { what: URGENT.name(), document: Some(urgent.document_id), fault: String::new(), since };
                found.entry(board.id).or_default().push(wrong);
            }
        }
    }
    Ok(found)
}
