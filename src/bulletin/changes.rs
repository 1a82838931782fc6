//! What happened in a unit, told by the positions of the log: the acts that reached it, and between them what the clock alone
//! did, which has no row anywhere and is read from the terms as they stand. So the feed begins with the log, nobody keeps
//! it, and it holds no word of any text. Told in this order, an event may come twice and never not at all.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Duration};
use diesel::prelude::*;

use super::shape::{self, Changes, Event};
use super::{PROTOCOL, Whose, compose, keys, place, sign, whose};
use crate::edition::{Edition, Kind, keys as words};
use crate::kit::calendar;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::posting::adopt::{self, Adoption, Stand};
use crate::posting::reach::{self, Place, Rule, Sent};
use crate::store::reaches::{self, Reach};
use crate::store::schema::{documents, editions, log};
use crate::unit::Unit;
use crate::web::answer::{Answer, Reading};

/// Events of one answer.
const MOST: usize = 100;
/// Turns of the clock looked at for one; where more fall on one instant, that is told of as one.
const MOST_TURNS: usize = 400;
const CHUNK: usize = 400;

/// Before everything, and within what both databases can say.
const LONG_AGO: Moment = match chrono::NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => match day.and_hms_opt(0, 0, 0) {
        Some(moment) => moment,
        None => panic!("midnight exists"),
    },
    None => panic!("the first day of year 1 exists"),
};

/// How far a follower has come: the position of an act, and, past what the clock did after it, the instant of that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub after: i64,
    /// Unix seconds; 0 for the act itself.
    pub at: i64,
}

impl Cursor {
    pub fn of(query: &str) -> Option<Cursor> {
        let number = |name: &str| {
            let mut found = query.split('&').filter_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            match found.next() {
                None => Some(0),
                Some(text) if (1..=18).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()) => text.parse().ok(),
                Some(_) => None,
            }
        };
        Some(Cursor { after: number("after")?, at: number("at")? })
    }

    /// The same place in the log, at an instant.
    fn after(self, at: Moment) -> Cursor {
        Cursor { after: self.after, at: at.and_utc().timestamp() }
    }

    pub fn address(self, code: &str) -> String {
        let at = if self.at == 0 { String::new() } else { format!("&at={}", self.at) };
        format!("/bang-tin/{code}/changes?after={}{at}", self.after)
    }
}

/// What is known of the documents that were ever here.
struct Told {
    place: Place,
    editions: HashMap<i64, Vec<Edition>>,
    slugs: HashMap<i64, (String, String)>,
    to: BTreeMap<i64, Vec<String>>,
    answers: BTreeMap<i64, Vec<Adoption>>,
    acts: HashMap<i64, Vec<Reach>>,
}

/// What changed, in one word of the protocol.
#[derive(Clone, Debug)]
struct Change {
    cursor: Cursor,
    at: Moment,
    document: i64,
    kind: &'static str,
    edition: Option<i32>,
    reason: String,
}

pub fn changes(reading: &mut Reading, code: &str, cursor: Cursor) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &cursor.address(&heir))),
    };
    let document = since(reading, &unit, cursor, shape::CHANGES)?;
    // What tells whether it says anything.
    let (number, content) = (document.number, if document.events.is_empty() { "" } else { "told" });
    let mut answer = sign(reading, &document, &cursor.address(code), number, content)?;
    // Whoever asks from where he is, asks it once.
    answer.once = true;
    Ok(answer)
}

/// The events after a cursor, and the cursor behind them.
pub fn since(reading: &mut Reading, unit: &Unit, cursor: Cursor, kind: &str) -> Result<Changes, Refusal> {
    let place = place(reading, unit)?;
    let scopes = place.scopes();
    let number = super::number(reading, &place)?;
    // What it looks at is what the bulletin does; this is how a change wakes whoever waits.
    let ahead = reach::ahead(&mut reading.c, &place, reading.now)?;
    drop(ahead);
    reading.c.look([crate::edition::reached::adopted(&unit.code)]);
    let rows = reaches::after(&mut reading.c, &scopes, cursor.after, MOST + 1)?;
    let is_cut = rows.len() > MOST;
    let from = began(reading, cursor)?;
    let turns = reach::turned(&mut reading.c, &place, (from, reading.now), MOST_TURNS)?;
    // How far the clock is told of here; what comes after it is for the next answer.
    let by = match turns.get(MOST_TURNS) {
        None => reading.now,
        Some((next, _)) if turns[0].0 < *next => *next - Duration::seconds(1),
        Some((next, _)) => *next,
    };
    let is_late = by < reading.now;
    let is_crowded = turns.len() > MOST_TURNS && turns[0].0 == by;
    let edges: BTreeSet<i64> = turns.iter().filter(|(at, _)| *at <= by && !is_crowded).map(|(_, document)| *document).collect();
    let mut ids = edges.clone();
    ids.extend(rows.iter().filter_map(|row| row.document_id));
    let told = Told::load(reading, unit, place, &ids)?;
    let mut all: Vec<Change> = rows.iter().filter_map(|row| told.of_act(row, reading.now)).collect();
    let last = rows.last().filter(|_| is_cut).map_or(i64::MAX, |row| row.position);
    // Of what is told this time, the end.
    let end = match is_late {
        true => Cursor { after: reaches::up_to(&mut reading.c, &scopes, by, reading.now)?, at: by.and_utc().timestamp() },
        false => Cursor { after: i64::MAX, at: i64::MAX },
    };
    if is_crowded {
        all.push(Change { cursor: end.min(cursor.after(by)), at: by, document: 0, kind: "reread", edition: None, reason: String::new() });
    }
    for document in edges {
        for mut change in told.by_clock(document, from, by) {
            change.cursor =
                Cursor { after: reaches::up_to(&mut reading.c, &scopes, change.at, reading.now)?, at: change.at.and_utc().timestamp() };
            if change.cursor > cursor && change.cursor.after < last {
                all.push(change);
            }
        }
    }
    all.retain(|change| change.cursor <= end);
    all.sort_by_key(|change| (change.cursor, change.document));
    all.dedup_by(|one, other| one.cursor == other.cursor && one.document == other.document && one.kind == other.kind);
    let more = is_cut || is_late || all.len() > MOST;
    // All that happened at one instant is told together.
    let mut most = all.len().min(MOST);
    while most > 0 && most < all.len() && all[most].cursor == all[most - 1].cursor {
        most += 1;
    }
    all.truncate(most);
    let behind = behind(reading, &scopes)?;
    let behind = Cursor { after: behind.after.max(cursor.after), ..behind };
    let next = match all.last().filter(|_| more) {
        Some(last) => last.cursor,
        // Rows that tell nothing here are passed all the same.
        None if more => end.min(Cursor { after: last.saturating_sub(1), at: 0 }).max(cursor),
        None => behind.max(cursor),
    };
    let mut events = Vec::with_capacity(all.len());
    for change in all {
        events.push(told.event(reading, change)?);
    }
    Ok(Changes {
        protocol: PROTOCOL.to_owned(),
        kind: kind.to_owned(),
        unit: shape::Code { code: unit.code.clone() },
        series: keys::series(&mut reading.c)?,
        number,
        issued_at: calendar::rfc3339(reading.now),
        asked: cursor.address(&unit.code),
        events,
        next: next.address(&unit.code),
        more,
    })
}

/// Where a follower stands who was told everything.
pub fn behind(reading: &mut Reading, scopes: &[String]) -> Result<Cursor, Refusal> {
    let after = reaches::up_to(&mut reading.c, scopes, reading.now, reading.now)?;
    Ok(Cursor { after, at: reading.now.and_utc().timestamp() })
}

/// The instant after which what the clock did was not told yet.
fn began(reading: &mut Reading, cursor: Cursor) -> Result<Moment, Refusal> {
    if cursor.at > 0 {
        return Ok(DateTime::from_timestamp(cursor.at, 0).map_or(NEVER, |at| at.naive_utc()));
    }
    let row: Option<Moment> =
        log::table.filter(log::position.le(cursor.after)).order(log::position.desc()).select(log::at).first(&mut *reading.c).optional()?;
    Ok(row.filter(|_| cursor.after > 0).map_or(LONG_AGO, |at| at - Duration::seconds(1)))
}

impl Told {
    fn load(reading: &mut Reading, unit: &Unit, place: Place, ids: &BTreeSet<i64>) -> Result<Told, Refusal> {
        let ids: Vec<i64> = ids.iter().copied().collect();
        let mut found: HashMap<i64, Vec<Edition>> = HashMap::new();
        let mut slugs = HashMap::new();
        for ids in ids.chunks(CHUNK) {
            let rows: Vec<Edition> = editions::table
                .filter(editions::document_id.eq_any(ids).and(editions::kind.eq(Kind::Posting.name())))
                .order((editions::document_id.asc(), editions::number.asc()))
                .select(Edition::as_select())
                .load(&mut *reading.c)?;
            rows.into_iter().for_each(|row| found.entry(row.document_id).or_default().push(row));
            let rows: Vec<(i64, String, String)> = documents::table
                .filter(documents::id.eq_any(ids))
                .select((documents::id, documents::slug, documents::first_slug))
                .load(&mut *reading.c)?;
            slugs.extend(rows.into_iter().map(|(id, slug, first)| (id, (slug, first))));
        }
        let revisions: Vec<i64> = found.values().flatten().map(|edition| edition.revision_id).collect();
        let to = reach::targets(&mut reading.c, &revisions)?;
        let same = reach::same(&mut reading.c, unit.id, calendar::local(reading.now).date())?;
        let answers = adopt::said(&mut reading.c, &same, &ids)?;
        let mut acts: HashMap<i64, Vec<Reach>> = HashMap::new();
        for act in reaches::of_documents(&mut reading.c, &ids)? {
            act.document_id.into_iter().for_each(|document| acts.entry(document).or_default().push(act.clone()));
        }
        Ok(Told { place, editions: found, slugs, to, answers, acts })
    }

    fn rule(&self, edition: &Edition) -> Option<Rule> {
        let to = self.to.get(&edition.revision_id).cloned().unwrap_or_default();
        let posted = calendar::local(edition.dated_at).date();
        self.place.rule(&Sent { unit_id: edition.unit_id, to, posted })
    }

    fn comes(&self, edition: &Edition) -> bool {
        self.rule(edition).is_some()
    }

    /// The unit hung nothing of it then.
    fn is_out(&self, document: i64, at: Moment) -> bool {
        let rows = self.answers.get(&document).map_or(&[][..], Vec::as_slice);
        Stand::of(rows.iter().filter(|row| row.at <= at)).out.is_some()
    }

    /// The edition that shows here at an instant, as its terms stand now.
    fn here(&self, document: i64, at: Moment) -> Option<&Edition> {
        let all = self.editions.get(&document)?;
        let shown = all.iter().find(|edition| edition.shown_from <= at && at < edition.shown_until)?;
        match self.rule(shown)? {
            // What it said of a text while that came from others is not about its own.
            Rule::Own => Some(shown),
            _ => Some(shown).filter(|_| !self.is_out(document, at)),
        }
    }

    /// Whether any edition had shown here before an instant.
    fn was_here(&self, document: i64, before: Moment) -> bool {
        let all = self.editions.get(&document).map_or(&[][..], Vec::as_slice);
        all.iter().any(|edition| edition.shown_from < before && edition.is_seen() && self.comes(edition))
    }

    /// Why nothing of it shows here from an instant on.
    fn gone(&self, document: i64, at: Moment) -> (&'static str, String) {
        let all = self.editions.get(&document).map_or(&[][..], Vec::as_slice);
        let last = all.iter().rev().find(|edition| edition.shown_from <= at && edition.is_seen());
        let past = |end: Option<Moment>| end.is_some_and(|end| end <= at);
        match last {
            Some(edition) if past(edition.withdrawn_at) => ("withdrawn", edition.withdrawn_reason.clone()),
            Some(edition) if past(edition.replaced_at) => ("replaced", String::new()),
            Some(edition) if past(edition.ends_at) => ("ended", String::new()),
            // Its words are for others now, or this unit hangs it no more.
            _ => ("withdrawn", String::new()),
        }
    }

    /// What an act was for this unit; `None` for what it neither saw nor lost.
    fn of_act(&self, row: &Reach, now: Moment) -> Option<Change> {
        let cursor = Cursor { after: row.position, at: 0 };
        let of = |document: i64, kind: &'static str, edition: Option<i32>, reason: String| {
            Some(Change { cursor, at: row.at, document, kind, edition, reason })
        };
        let Some(document) = row.document_id else { return of(0, "reread", None, String::new()) };
        if !self.editions.contains_key(&document) {
            // News: no posting.
            return of(0, "reread", None, String::new()).filter(|_| row.scope.starts_with("news:") && row.counts_from <= now);
        }
        let here = self.here(document, row.at);
        match row.act.as_str() {
            // What goes on by the same act is told there.
            "superseded" | "resettled" if here.is_some() => None,
            // Why, is for the sender to read.
            adopt::OUT_ACT => of(document, "withdrawn", None, String::new()),
            "withdrawn" | "replaced" if row.at < now || here.is_none() => {
                if here.is_some() && row.act == "replaced" {
                    // It is to be, and is not yet.
                    return None;
                }
                let (kind, reason) = if here.is_some() { ("withdrawn", String::new()) } else { self.gone(document, row.at) };
                self.was_here(document, row.at).then(|| of(document, kind, None, reason)).flatten()
            }
            act => match here {
                Some(edition) => {
                    let restores = matches!(act, "undone" | "reinstated" | adopt::IN_ACT);
                    let first = !self.was_here(document, edition.shown_from) && edition.shown_from >= self.first(document);
                    let kind = match act {
                        _ if restores => "restored",
                        "published" if first => "posted",
                        "published" if self.before(document, edition) => "revised",
                        "published" => "restored",
                        _ => "revised",
                    };
                    of(document, kind, Some(edition.number), edition.change_note.clone())
                }
                None if self.was_here(document, row.at) => {
                    let (kind, reason) = self.gone(document, row.at);
                    of(document, kind, None, reason)
                }
                None => None,
            },
        }
    }

    fn first(&self, document: i64) -> Moment {
        let all = self.editions.get(&document).map_or(&[][..], Vec::as_slice);
        all.iter().filter(|edition| edition.is_seen()).map(|edition| edition.shown_from).min().unwrap_or(NEVER)
    }

    /// Whether another edition showed here until this one began.
    fn before(&self, document: i64, edition: &Edition) -> bool {
        let all = self.editions.get(&document).map_or(&[][..], Vec::as_slice);
        all.iter()
            .any(|other| other.number != edition.number && other.shown_until == edition.shown_from && other.is_seen() && self.comes(other))
    }

    /// What the clock did to a document after one instant and by another: each turn that no act made at once.
    fn by_clock(&self, document: i64, after: Moment, by: Moment) -> Vec<Change> {
        let all = self.editions.get(&document).map_or(&[][..], Vec::as_slice);
        let turns: BTreeSet<Moment> = all
            .iter()
            .filter(|edition| edition.is_seen())
            .flat_map(|edition| [edition.shown_from, edition.shown_until])
            .filter(|at| after < *at && *at <= by)
            .collect();
        let acts = self.acts.get(&document).map_or(&[][..], Vec::as_slice);
        let mut changes = Vec::new();
        for at in turns {
            // An act at that instant or later, which made it, tells it itself.
            let is_made = |edition: &Edition| {
                let mut own = acts.iter().filter(|act| act.number == Some(edition.number));
                own.any(|act| act.at >= at && matches!(act.act.as_str(), "published" | "rescheduled") && edition.shown_from == at)
                    || acts.iter().any(|act| act.at == at && act.number == Some(edition.number) && edition.shown_until == at)
            };
            let touched = all.iter().filter(|edition| edition.is_seen() && (edition.shown_from == at || edition.shown_until == at));
            if touched.clone().count() > 0 && touched.clone().all(is_made) {
                continue;
            }
            let cursor = Cursor::default();
            let just_before = at - Duration::seconds(1);
            match (self.here(document, just_before), self.here(document, at)) {
                (_, Some(edition)) => {
                    let kind = match () {
                        () if self.before(document, edition) => "revised",
                        () if self.was_here(document, at) => "restored",
                        () => "posted",
                    };
                    let (edition, reason) = (Some(edition.number), edition.change_note.clone());
                    changes.push(Change { cursor, at, document, kind, edition, reason });
                }
                (Some(_), None) => {
                    let (kind, reason) = self.gone(document, at);
                    changes.push(Change { cursor, at, document, kind, edition: None, reason });
                }
                (None, None) => {}
            }
        }
        changes
    }

    fn event(&self, reading: &mut Reading, change: Change) -> Result<Event, Refusal> {
        let slugs = self.slugs.get(&change.document);
        let shows = change.edition.and_then(|number| self.editions.get(&change.document)?.iter().find(|edition| edition.number == number));
        let replaced_by = match change.kind {
            "replaced" => words::replacement(&mut reading.c, Kind::Posting, change.document)?.map(|(_, slug)| slug),
            _ => None,
        };
        Ok(Event {
            position: change.cursor.after,
            at: calendar::rfc3339(change.at),
            kind: change.kind.to_owned(),
            id: slugs.map(|(_, first)| compose::id(reading, Kind::Posting, first)).unwrap_or_default(),
            edition: change.edition,
            url: slugs.map(|(slug, _)| format!("{}{}", reading.face.site.address, Kind::Posting.path(slug))).unwrap_or_default(),
            until: shows.map(|edition| edition.shown_until).filter(|until| *until < NEVER).map(calendar::rfc3339),
            reason: change.reason,
            replaced_by: replaced_by.map(|slug| compose::id(reading, Kind::Posting, &slug)),
        })
    }
}
