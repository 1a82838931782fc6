//! The register of a quarter: everything that a unit disclosed, in which forms, when and where (Law 10/2022/QH15, Article
//! 13.2; Law 104/2016/QH13, Article 19.1.g). Nobody writes it: it is read from the postings and from what was noted at places.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Duration, NaiveDate};
use serde::Serialize;

use super::adopt::{self, OutWithin};
use super::groups::{self, Groups};
use super::kinds::{After, Kind, PLACES, Place as PlaceKind, word_of};
use super::law::{self, Rules, after};
use super::placements::{Placement, Row as Noted};
use super::places::{self, Place};
use super::quarter::Quarter;
use super::reach::{self, Place as Standing, Rule};
use super::screens::Screens;
use super::span::{self, Hung};
use super::{board, page, placements_note as note};
use crate::edition::{Edition, Kind as TextKind, of_units, reached};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::capitalised;
use crate::kit::mask::{Way, masked};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// More than any unit discloses in a quarter; beyond it the register says that it goes on.
pub const MOST: usize = 1_000;

/// A form of disclosure (Law 10/2022/QH15, Article 12.1).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Form {
    pub name: String,
    pub from: NaiveDate,
    /// `None` while it goes on; a day that is still to come is what its period says.
    pub to: Option<NaiveDate>,
    pub when: String,
    pub places: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Row {
    pub number: usize,
    /// Of what must not be named any more, its kind.
    pub content: String,
    /// Empty where nothing can be read any more.
    pub path: String,
    pub document: String,
    pub issuer: String,
    pub kind: String,
    /// Of the fourteen of Article 11.
    pub group: Option<u8>,
    /// The same with its name.
    pub of_group: String,
    pub forms: Vec<Form>,
    /// It went on from an earlier quarter.
    pub carried: bool,
    pub notes: Vec<String>,
    pub sample: bool,
}

#[derive(Debug, Serialize)]
pub struct Register {
    pub rows: Vec<Row>,
    pub new: usize,
    /// There was more.
    pub more: bool,
    /// Nothing hung there before this quarter.
    #[serde(skip)]
    pub is_first: bool,
}

/// Errors: `Missing` for a quarter that has not begun, in which the unit was not, or before anything hung there.
pub fn register(reading: &mut Reading, unit: &Unit, quarter: Quarter) -> Result<Register, Refusal> {
    let today = calendar::local(reading.now).date();
    let first = quarter.first().max(unit.valid_from);
    let last = unit.valid_until.map_or(quarter.last(), |until| quarter.last().min(until));
    if first > today || last < first {
        return Err(Refusal::Missing);
    }
    if today <= last {
        reading.until(calendar::tomorrow(reading.now));
    }
    let day = last.min(today);
    let (rules, groups) = (Rules::load(&mut reading.c)?, groups::groups(&mut reading.c)?);
    let standing = Standing::of(&mut reading.c, unit, &groups, day)?;
    let span = (calendar::midnight(first), after(last));
    let (all, more) = span::hung(&mut reading.c, &standing, span, reading.now, MOST)?;
    // Before the first there is nothing to list, however far back somebody asks.
    let oldest = span::first_day(&mut reading.c, &standing, reading.now)?;
    if day < today && oldest.is_none_or(|oldest| last < oldest) {
        return Err(Refusal::Missing);
    }
    let is_first = oldest.is_none_or(|oldest| first <= oldest) || first > quarter.first();
    reading.c.look([reached::adopted(&unit.code)]);
    let same = reach::same(&mut reading.c, unit.id, day)?;
    let coming: Vec<i64> = all.iter().filter(|one| one.rule != Rule::Own).map(|one| one.document_id).collect();
    let said = adopt::said(&mut reading.c, &same, &coming)?;
    let own: Vec<Place> = places::of_units(&mut reading.c, &standing.ids())?;
    let ids: Vec<i64> = own.iter().map(|place| place.id).collect();
    let documents: Vec<i64> = all.iter().map(|one| one.document_id).collect();
    let mut noted = note::rows_at(&mut reading.c, &documents, &ids)?;
    let involved: BTreeSet<i64> = noted.values().flatten().map(|row| row.place_id).collect();
    reading.c.look(involved.into_iter().map(of_units::place));
    let mut rows: Vec<Row> = Vec::new();
    let screens = Screens::at(&mut reading.c, &ids)?;
    screens.next_turn(reading.now).into_iter().for_each(|at| reading.until(at));
    let of = Of { rules: &rules, groups: &groups, standing: &standing, places: &own, screens: &screens, quarter, day };
    for hung in &all {
        let noted = noted.remove(&hung.document_id).unwrap_or_default();
        let none = Vec::new();
        let within = (span.0.max(hung.first().shown_from), span.1.min(hung.last().shown_until).min(reading.now + Duration::seconds(1)));
        let out = adopt::out_within(said.get(&hung.document_id).unwrap_or(&none), within);
        rows.extend(of.row(reading, hung, &noted, out, rows.len() + 1)?);
    }
    let new = rows.iter().filter(|row| !row.carried).count();
    Ok(Register { rows, new, more, is_first })
}

/// What every row of one register is read by.
struct Of<'o> {
    rules: &'o Rules,
    groups: &'o Groups,
    standing: &'o Standing,
    places: &'o [Place],
    screens: &'o Screens,
    quarter: Quarter,
    /// The last day that is told of.
    day: NaiveDate,
}

impl Of<'_> {
    /// `None` for what the unit did not hang: that is not its disclosure.
    fn row(&self, reading: &mut Reading, hung: &Hung, noted: &[Noted], out: OutWithin, number: usize) -> Result<Option<Row>, Refusal> {
        let (now, last) = (reading.now, hung.last().clone());
        // What is taken back, or comes down, is told otherwise from that instant on.
        let turns = [hung.edition.withdrawn_at, last.withdrawn_at, Some(last.shown_until)];
        turns.into_iter().flatten().filter(|at| *at > now).for_each(|at| reading.until(at));
        let kind = self.rules.catalogue.kind(&hung.edition.section);
        let kind_name = kind.map(|kind| kind.name(reading.lang).to_owned()).unwrap_or_default();
        let from = calendar::local(hung.first().dated_at).date();
        let hangings = self.screens.placements(noted, now);
        let mut forms = at_places(reading, self.places, &hangings, self.quarter);
        let day = |at: Moment| calendar::local(at).date();
        // No day of it is whole that ended on the day on which it came.
        let is_out = match out {
            OutWithin::Never => false,
            OutWithin::Since(at) => day(at) <= from,
            OutWithin::Throughout => true,
        };
        if is_out && forms.is_empty() {
            return Ok(None);
        }
        let to = ends(&last).map(last_day_of);
        let to = if let OutWithin::Since(at) = out { Some(to.map_or(day(at), |to| to.min(day(at)))) } else { to };
        forms.insert(0, portal(reading, from, to));
        let is_over = last.shown_until <= now;
        let (gone, is_gone) = match hung.withdrawn(now) {
            Some(one) => {
                let day = one.withdrawn_at.map(|at| calendar::day(calendar::local(at).date())).unwrap_or_default();
                (Some(reading.say(&phrase!("register-note-withdrawn", day = day, reason = one.withdrawn_reason))), true)
            }
            None if is_over && page::after(self.rules, &last) == After::Request => (Some(reading.word("register-note-on-request")), true),
            None => (None, false),
        };
        let mut notes: Vec<String> = self.origin(reading, hung)?.into_iter().chain(gone).collect();
        if let OutWithin::Since(at) = out {
            notes.push(reading.say(&phrase!("register-note-out", day = calendar::day(day(at)))));
        }
        notes.extend(changes(reading, hung, self.quarter));
        notes.extend(duties(reading, self.rules, kind, hung, from, &forms));
        notes.extend(self.nowhere(reading, kind, hung, &hangings));
        let group = kind.and_then(|kind| self.rules.catalogue.group(kind.group?));
        Ok(Some(Row {
            number,
            content: if is_gone { kind_name.clone() } else { masked(&hung.title, Way::Hidden) },
            path: if is_gone { String::new() } else { TextKind::Posting.path(&hung.slug) },
            document: hung.posting.number.clone(),
            issuer: hung.posting.issuer.clone(),
            kind: kind_name,
            of_group: group.map(|group| reading.say(&group.told(reading.lang))).unwrap_or_default(),
            group: kind.and_then(|kind| kind.group),
            forms,
            carried: from < self.quarter.first(),
            notes,
            sample: hung.posting.sample,
        }))
    }

    /// Its rule asks for paper, and nobody ever noted any: either it hung nowhere, or it cannot be shown that it did.
    fn nowhere(&self, reading: &Reading, kind: Option<&Kind>, hung: &Hung, hangings: &BTreeMap<i64, Vec<Placement>>) -> Option<String> {
        let boards: Vec<PlaceKind> = law::places(&hung.posting, kind?).into_iter().filter(|place| place.is_board()).collect();
        let is_noted = |place: &&Place| hangings.get(&place.id).is_some_and(|all| !all.is_empty());
        let noted = self.places.iter().filter(|place| place.kind().is_board()).filter(is_noted).count();
        if boards.is_empty() {
            return None;
        }
        if noted > 0 {
            let asked = || self.places.iter().filter(|place| boards.contains(&place.kind()) && place.is_open(self.day));
            let (all, lacking) = (asked().count(), asked().filter(|place| !is_noted(place)).count());
            return (lacking > 0).then(|| reading.say(&phrase!("register-note-lacking", lacking = lacking, all = all)));
        }
        let words: Vec<String> =
            boards.into_iter().map(|place| reading.word(&format!("posting-place-{}", word_of(&PLACES, &place)))).collect();
        Some(reading.say(&phrase!("register-note-nowhere", places = words.join(", "))))
    }

    /// From whom it came; nothing for the unit's own.
    fn origin(&self, reading: &mut Reading, hung: &Hung) -> Result<Option<String>, Refusal> {
        if hung.rule == Rule::Own {
            return Ok(None);
        }
        let sender = unit::with_ids(&mut reading.c, &hung.edition.unit_id.into_iter().collect::<Vec<_>>())?.pop();
        Ok(Some(capitalised(&board::origin(reading, self.groups, self.standing, &hung.rule, sender.as_ref()))))
    }
}

fn ends(last: &Edition) -> Option<Moment> {
    [last.ends_at, last.withdrawn_at, last.replaced_at].into_iter().flatten().min()
}

/// What ends at 24:00 of a day ends with that day.
fn last_day_of(at: Moment) -> NaiveDate {
    calendar::local(at - Duration::seconds(1)).date()
}

fn portal(reading: &Reading, from: NaiveDate, to: Option<NaiveDate>) -> Form {
    let when = told(reading, from, to);
    Form { name: reading.word("register-form-portal"), from, to, when, places: Vec::new() }
}

fn told(reading: &Reading, from: NaiveDate, to: Option<NaiveDate>) -> String {
    let (from_told, day) = (calendar::day(from), calendar::day);
    match to {
        Some(to) if to == from => from_told,
        Some(to) if to > calendar::local(reading.now).date() => {
            reading.say(&phrase!("register-from-planned", from = from_told, to = day(to)))
        }
        Some(to) => reading.say(&phrase!("register-from-to", from = from_told, to = day(to))),
        None => reading.say(&phrase!("register-from", from = from_told)),
    }
}

/// By which word a kind of place is a form, in the order of the law.
fn form_of(kind: PlaceKind) -> Option<&'static str> {
    match kind {
        board if board.is_board() => Some("register-form-board"),
        PlaceKind::Loudspeaker => Some("register-form-loudspeaker"),
        PlaceKind::Meetings => Some("register-form-meetings"),
        PlaceKind::Screens => Some("register-form-screens"),
        // Said without being noted.
        _ => None,
    }
}

const FORMS: [&str; 4] = ["register-form-board", "register-form-loudspeaker", "register-form-meetings", "register-form-screens"];

type Days = (NaiveDate, Option<NaiveDate>);

fn days_of(placements: &[Placement], quarter: Quarter) -> Option<Days> {
    let day = |at: Moment| calendar::local(at).date();
    let within = placements.iter().filter(|one| day(one.from) <= quarter.last() && one.until.is_none_or(|at| day(at) >= quarter.first()));
    within.fold(None, |all: Option<Days>, one| {
        let (from, to) = (day(one.from), one.until.map(day));
        Some(match all {
            Some((first, last)) => (first.min(from), last.zip(to).map(|(last, to)| last.max(to))),
            None => (from, to),
        })
    })
}

fn at_places(reading: &Reading, own: &[Place], all: &BTreeMap<i64, Vec<Placement>>, quarter: Quarter) -> Vec<Form> {
    let mut by_form: BTreeMap<&str, Vec<(&Place, Days)>> = BTreeMap::new();
    for place in own {
        let days = all.get(&place.id).and_then(|of_place| days_of(of_place, quarter));
        if let Some((key, days)) = form_of(place.kind()).zip(days) {
            by_form.entry(key).or_default().push((place, days));
        }
    }
    FORMS
        .into_iter()
        .filter_map(|key| {
            let places = by_form.remove(key)?;
            let from = places.iter().map(|(_, days)| days.0).min()?;
            let to = places.iter().map(|(_, days)| days.1).reduce(|one, other| one.zip(other).map(|(one, other)| one.max(other)))?;
            let name = |(place, days): &(&Place, Days)| match *days == (from, to) {
                true => place.name.clone(),
                false => {
                    let when = told(reading, days.0, days.1);
                    reading.say(&phrase!("register-place-when", place = place.name, when = when))
                }
            };
            let places = places.iter().map(name).collect();
            Some(Form { name: reading.word(key), from, to, when: told(reading, from, to), places })
        })
        .collect()
}

/// Changes must be disclosed again (Law 10/2022/QH15, Article 14.1): the editions that came in this quarter.
fn changes(reading: &Reading, hung: &Hung, quarter: Quarter) -> Option<String> {
    let came = |edition: &&Edition| {
        let day = calendar::local(edition.shown_from).date();
        edition.number > hung.first().number && quarter.first() <= day && day <= quarter.last()
    };
    let told: Vec<String> = hung
        .editions
        .iter()
        .filter(came)
        .map(|edition| {
            let day = calendar::day(calendar::local(edition.shown_from).date());
            reading.say(&phrase!("register-note-edition", number = edition.number, day = day))
        })
        .collect();
    (!told.is_empty()).then(|| told.join("; "))
}

/// What its rule asked for and was not done in time, where that can be told from what was noted.
fn duties(reading: &Reading, rules: &Rules, kind: Option<&Kind>, hung: &Hung, posted: NaiveDate, forms: &[Form]) -> Vec<String> {
    let mut told = Vec::new();
    let Some(kind) = kind else { return told };
    if hung.rule == Rule::Own
        && let Some(due) = late(kind, hung.posting.issued, posted, rules)
    {
        told.push(reading.say(&phrase!("register-note-late", due = calendar::day(due), days = kind.deadline)));
    }
    let spoken = reading.word("register-form-loudspeaker");
    if let Some(form) = forms.iter().find(|form| form.name == spoken)
        && let Some(to) = form.to
    {
        let days = (to - form.from).num_days() + 1;
        if days < i64::from(kind.loudspeaker_days) {
            told.push(reading.say(&phrase!("register-note-loudspeaker", days = days, least = kind.loudspeaker_days)));
        }
    }
    told
}

/// The day by which it had to be disclosed, where it was disclosed after it.
pub fn late(kind: &Kind, issued: Option<NaiveDate>, posted: NaiveDate, rules: &Rules) -> Option<NaiveDate> {
    let due = kind.due_after(issued?, &rules.holidays).filter(|_| kind.deadline > 0)?;
    (posted > due).then_some(due)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn hung(from: &str, until: Option<&str>) -> Placement {
        let at = |text: &str| calendar::utc(format!("{text}T08:00:00").parse().expect("a moment"));
        Placement { from: at(from), until: until.map(at), interruptions: Vec::new(), editions: Vec::new() }
    }

    #[test]
    fn a_form_lasts_from_the_first_hanging_to_the_last_taking_down_of_what_touches_the_quarter() {
        let quarter = Quarter { year: 2026, number: 4 };
        let all = [hung("2026-08-01", Some("2026-09-30")), hung("2026-10-01", Some("2026-10-20")), hung("2026-11-01", None)];
        assert_eq!(days_of(&all, quarter), Some((day("2026-10-01"), None)));
        assert_eq!(days_of(&all[..2], quarter), Some((day("2026-10-01"), Some(day("2026-10-20")))));
        assert_eq!(days_of(&all[..1], quarter), None);
        assert_eq!(days_of(&[hung("2026-01-05", None)], quarter), Some((day("2026-01-05"), None)), "it still hangs there");
    }
}
