//! What staff print of a posting: the sheet that hangs, with the names that paper may bear; the record of its hanging and
//! the record of its end, from the placements.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;

use super::coming::at_label;
use super::door::{Outcome, Visit};
use super::hangs::{self, Seen};
use super::texts::name_of;
use crate::approval;
use crate::channel::page::verdict;
use crate::channel::paper::{Copy, sheet};
use crate::edition::body::parse;
use crate::edition::{Kind, find};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::paper::{Press, Printed};
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::law::{self, Rules};
use crate::posting::paper::{Cited, Evidence, Form, Gap, Hung, Letterhead, Record, Signer, Stage, Writer};
use crate::posting::placements::{Placement, Row, What, cover};
use crate::posting::placements_note::{BOARD, SCREEN};
use crate::posting::screens::Screens;
use crate::posting::{Posting, adopt, reach, told};
use crate::web::answer::Reading;

pub const SHEET: &str = "/ban-bien-tap/van-ban/{id}/to-niem-yet.pdf";
pub const POSTED: &str = "/ban-bien-tap/van-ban/{id}/bien-ban.pdf";
pub const CLOSED: &str = "/ban-bien-tap/van-ban/{id}/bien-ban-ket-thuc.pdf";

fn form(visit: &Visit) -> Form {
    if visit.query.text("chu") == "lon" { Form::Large } else { Form::Normal }
}

/// The words in force, as they are to hang. For whoever may look at the posting; and where a unit is named (`don-vi`), for
/// whoever keeps the places of that unit, while the posting hangs there.
pub fn printed_sheet(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let label = hangs::asked(visit);
    if !label.is_empty() {
        return coming_sheet(visit, reading, &label);
    }
    let text = approval::published(&mut reading.c, visit.act()?, visit.id("id")?)?;
    if text.kind != Kind::Posting {
        return Err(Refusal::Missing);
    }
    let rules = Rules::load(&mut reading.c)?;
    let sheet = sheet(&mut reading, &rules, &text.edition, &text.revision, form(visit), Copy::Board)?;
    drop(reading);
    give(visit, &text.slug, |press, words| sheet.print(press, words))
}

/// Names go onto paper in the hands of those alone who hang it, and with its end nobody prints them any more.
fn coming_sheet(visit: &Visit, mut reading: Reading, label: &str) -> Result<Outcome, Refusal> {
    let unit = at_label(visit, &mut reading, label, Verb::KeepPlaces)?;
    let coming = adopt::coming(&mut reading.c, unit.id, visit.id("id")?, visit.now)?;
    let same = reach::same(&mut reading.c, unit.id, calendar::local(visit.now).date())?;
    let document = coming.edition.document_id;
    let stand = adopt::stands(&mut reading.c, &same, &[document])?.remove(&document).unwrap_or_default();
    if stand.out.is_some() {
        return Err(Refusal::WrongState(phrase!("coming-out-no-paper")));
    }
    let rules = Rules::load(&mut reading.c)?;
    let revision = find::words(&mut reading.c, &coming.edition)?;
    let mut sheet = sheet(&mut reading, &rules, &coming.edition, &revision, form(visit), Copy::Board)?;
    if !stand.line.is_empty() {
        let unit = unit.name(&reading.web.words, Lang::Vi);
        sheet.facts.more.push((reading.web.words.say(Lang::Vi, &phrase!("coming-line-on-paper", unit = unit)), stand.line));
    }
    drop(reading);
    give(visit, &coming.slug, |press, words| sheet.print(press, words))
}

pub fn posted(visit: &Visit) -> Result<Outcome, Refusal> {
    recorded(visit, Stage::Posting)
}

pub fn closed(visit: &Visit) -> Result<Outcome, Refusal> {
    recorded(visit, Stage::Closing)
}

fn recorded(visit: &Visit, stage: Stage) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let seen = hangs::recorded(visit, &mut reading)?;
    let Seen { edition, revision, rows, places, .. } = &seen;
    // What was said not to be so is no witness, nor is whoever said that.
    let struck: BTreeSet<i64> = rows.iter().filter_map(|row| row.strikes).collect();
    let standing = || rows.iter().filter(|row| row.strikes.is_none() && !struck.contains(&row.id));
    let posting: Posting = parse(&revision.facts)?;
    let rules = Rules::load(&mut reading.c)?;
    let kind = rules.catalogue.kind(&edition.section);
    let (words, now) = (reading.web.words.clone(), reading.now);
    let posted = calendar::local(edition.dated_at).date();
    let (first, last) = hangs::period(edition, now);
    let ids: Vec<i64> = places.iter().map(|place| place.id).collect();
    let all = Screens::at(&mut reading.c, &ids)?.placements(rows, now);
    let names = names(&mut reading, rows)?;
    let wanted = kind.map_or_else(|| posting.places(), |kind| law::places(&posting, kind));
    let (mut hung, mut gaps, mut least) = (Vec::new(), Vec::new(), None::<u32>);
    for place in places {
        let Some(of_place) = all.get(&place.id) else {
            if place.bears_paper() && place.is_open(posted) && wanted.contains(&place.kind()) {
                let reason = words.text(Lang::Vi, "hangs-never");
                let to = Some(edition.shown_until).filter(|until| *until <= now);
                gaps.push(Gap { place: place.name.clone(), from: edition.dated_at.max(edition.shown_from), to, reason });
            }
            continue;
        };
        // A screen that is off by night shows on no whole day; its hours are told by its gaps.
        let is_screen = rows.iter().any(|row| row.place_id == place.id && row.way == SCREEN);
        if place.bears_paper() && !is_screen {
            let days = cover(of_place, first, last, now).hung;
            least = Some(least.map_or(days, |least| least.min(days)));
        }
        for placement in of_place {
            let of_rows: Vec<&Row> = standing().filter(|row| row.place_id == place.id && is_within(placement, row)).collect();
            hung.push(Hung {
                place: place.name.clone(),
                hung: Some(placement.from),
                taken_down: placement.until,
                by: by(&words, &names, &of_rows),
                evidence: evidence(&of_rows),
            });
        }
        let of_rows: Vec<&Row> = standing().filter(|row| row.place_id == place.id).collect();
        let told = gaps_of(of_place, &of_rows, Some(edition.shown_until).filter(|until| *until <= now), &words);
        gaps.extend(told.into_iter().map(|(from, to, reason)| Gap { place: place.name.clone(), from, to, reason }));
    }
    let unit = seen.of(&mut reading)?;
    let unit_name = unit.as_ref().map(|unit| unit.name(&words, Lang::Vi)).unwrap_or_default();
    let office = words.say(Lang::Vi, &phrase!("posting-committee", unit = unit_name));
    let counted = kind.and_then(|kind| law::counted(&posting, kind, posted, &rules.holidays));
    let screens = standing().any(|row| row.way == SCREEN);
    let record = Record {
        stage,
        early: stage == Stage::Closing && edition.shown_until > now,
        letterhead: Letterhead {
            issuer: office.clone(),
            place: unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
            ..Letterhead::default()
        },
        made_at: String::new(),
        made: None,
        writers: Vec::<Writer>::new(),
        witnesses: Vec::new(),
        posting: Cited {
            kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
            number: posting.number.clone(),
            title: revision.title.clone(),
            issuer: posting.issuer.clone(),
            dated: posting.issued,
        },
        posted: Some(posted),
        ends: edition.ends_at.map(law::last_day),
        counted: counted.map(|(counted, days, measure)| told::counted(&counted, days, measure, &words, Lang::Vi)).unwrap_or_default(),
        rule: kind.map(|kind| format!("{} ({})", kind.rule, kind.source)).unwrap_or_default(),
        days: least,
        screens: if screens { words.text(Lang::Vi, "paper-record-screens") } else { String::new() },
        placements: hung,
        gaps,
        signer: Signer::default(),
        requester: posting.requester.clone(),
        sample: posting.sample,
        version: edition.number,
        address: format!("{}{}", reading.face.site.address, verdict::path(edition.document_id, Some(edition.number))),
        printed_at: now,
    };
    let name = if stage == Stage::Posting { "bien-ban-niem-yet" } else { "bien-ban-ket-thuc-niem-yet" };
    drop(reading);
    give(visit, name, |press, words| record.print(press, words))
}

/// Whether a row tells of this placement and not of one before or after it.
fn is_within(placement: &Placement, row: &Row) -> bool {
    row.at >= placement.from && placement.until.is_none_or(|until| row.at <= until)
}

fn evidence(rows: &[&Row]) -> Evidence {
    match () {
        () if rows.iter().any(|row| !row.photo.is_empty()) => Evidence::Photo,
        () if rows.iter().any(|row| row.way == SCREEN) => Evidence::Signed,
        () => Evidence::None,
    }
}

type Dark = (Moment, Option<Moment>, String);

/// When it did not hang at one place, in order: from its first placement to the end of its last, and no further than `over`.
fn gaps_of(of_place: &[Placement], rows: &[&Row], over: Option<Moment>, words: &Words) -> Vec<Dark> {
    let mut gaps: Vec<Dark> = Vec::new();
    for (at, placement) in of_place.iter().enumerate() {
        for (from, to) in &placement.interruptions {
            let why = rows.iter().find(|row| row.what() == Some(What::Interrupted) && row.at == *from);
            let reason = match why {
                Some(row) if row.way == SCREEN => words.text(Lang::Vi, "paper-record-screen-dark"),
                Some(row) => row.note.clone(),
                // Nobody said so: a board that is silent vouches for nothing since its last word.
                None => words.text(Lang::Vi, "paper-record-screen-silent"),
            };
            gaps.push((*from, to.or(placement.until).or(over), reason));
        }
        if let (Some(until), Some(next)) = (placement.until, of_place.get(at + 1)) {
            gaps.push((until, Some(next.from), words.text(Lang::Vi, "paper-record-hung-again")));
        }
    }
    // A new sheet in the place of the old is no gap, nor is what comes after the end.
    gaps.retain(|(from, to, _)| over.is_none_or(|over| *from < over) && to.is_none_or(|to| to - *from >= Duration::minutes(1)));
    gaps
}

/// Of the staff who noted something in nobody's name: a record names persons, not logins.
fn names(reading: &mut Reading, rows: &[Row]) -> Result<BTreeMap<String, String>, Refusal> {
    let mut names = BTreeMap::new();
    for row in rows.iter().filter(|row| row.name.is_empty() && row.actor != BOARD && row.way != SCREEN) {
        if !names.contains_key(&row.actor) {
            names.insert(row.actor.clone(), name_of(&mut reading.c, &row.actor)?);
        }
    }
    Ok(names)
}

/// Who told of it, each once.
fn by(words: &Words, staff: &BTreeMap<String, String>, rows: &[&Row]) -> String {
    let mut names: Vec<String> = Vec::new();
    for row in rows {
        let name = if row.name.is_empty() && row.actor == BOARD {
            words.text(Lang::Vi, "log-actor-board")
        } else if row.way == SCREEN {
            words.text(Lang::Vi, "paper-record-screen")
        } else if row.name.is_empty() {
            staff.get(&row.actor).unwrap_or(&row.actor).clone()
        } else {
            row.name.clone()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// Whoever waits for the press holds nothing that a page needs.
fn give(visit: &Visit, name: &str, print: impl FnOnce(&Press, &Words) -> Result<Printed, Refusal>) -> Result<Outcome, Refusal> {
    let paper = &visit.web.paper;
    let _turn = paper.turns.turn_here()?;
    let printed = print(paper.press()?, &visit.web.words)?;
    Ok(Outcome::File { name: format!("{name}.pdf"), mime: crate::channel::paper::MIME, bytes: printed.pdf.into() })
}
