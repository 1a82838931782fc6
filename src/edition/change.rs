//! What a row of the log, or an instant, changes of what readers see: in the same topics that [`super::find`] notes
//! while it looks. So a kept answer is made anew when, and only when, something on it has changed.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::Kind;
use super::find::Filter;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::log;
use crate::store::schema::{documents, editions};
use crate::store::topic::{Changed, Topic};

/// Beyond so many rows at once it is cheaper to make everything anew than to tell what is not touched.
const MOST_ROWS: i64 = 500;
/// Coming turns that are compared with what an answer looked at, before it is simply held no longer than the last.
const MOST_TURNS: i64 = 200;

/// A text at its address, whatever is seen of it.
pub fn text(kind: Kind, slug: &str) -> Topic {
    Topic::of((kind.name(), "text", slug))
}

/// Which texts a list holds, and in what order.
pub fn list(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "list", filter)
}

/// Which texts a list holds, and every word of theirs.
pub fn words(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "words", filter)
}

/// Which months hold anything.
pub fn months(kind: Kind) -> Topic {
    Topic::of((kind.name(), "months"))
}

fn filed(kind: Kind, what: &str, filter: &Filter) -> Vec<Topic> {
    match filter {
        Filter::All => vec![Topic::of((kind.name(), what))],
        Filter::Section(slug) => vec![Topic::of((kind.name(), what, "section", slug))],
        Filter::Units(ids) => ids.iter().map(|id| Topic::of((kind.name(), what, "unit", id))).collect(),
        Filter::Month(month) => vec![Topic::of((kind.name(), what, "month", month))],
    }
}

/// Where an edition is filed, and when it shows.
#[derive(Clone, Debug, Queryable)]
struct Placed {
    number: i32,
    unit_id: Option<i64>,
    section: String,
    month: i32,
    dated_at: Moment,
    day_only: bool,
    ends_at: Option<Moment>,
    withdrawn_at: Option<Moment>,
    shown_from: Moment,
    shown_until: Moment,
}

impl Placed {
    /// It takes over without a gap, in the same place of every list, and for as long: the lists stay as they are.
    fn continues(&self, before: &Placed) -> bool {
        let standing = |one: &Placed| (one.unit_id, one.section.clone(), one.dated_at, one.day_only, one.ends_at, one.withdrawn_at);
        before.shown_from < before.shown_until && before.shown_until == self.shown_from && standing(self) == standing(before)
    }
}

/// What the rows after a position have changed. Drafts change nothing that anybody sees.
pub fn since(c: &mut Conn, position: i64) -> Result<Changed, Refusal> {
    let rows = log::acts_since(c, position, MOST_ROWS + 1)?;
    if rows.len() as i64 > MOST_ROWS {
        return Ok(Changed::Everything);
    }
    let mut texts: BTreeMap<(Kind, String), Vec<(String, i32)>> = BTreeMap::new();
    for (act, subject) in rows {
        let mut parts = subject.split('/');
        // The site, the list of units: they stand behind every page.
        let Some((kind, slug)) = parts.next().and_then(Kind::named).zip(parts.next()) else { return Ok(Changed::Everything) };
        let number = parts.next().and_then(|number| number.parse().ok()).unwrap_or(0);
        if !matches!(act.as_str(), "drafted" | "revised") {
            texts.entry((kind, slug.to_owned())).or_default().push((act, number));
        }
    }
    let mut topics = Vec::new();
    let is_alone = texts.len() == 1;
    for ((kind, slug), acts) in texts {
        topics.extend(touched(c, kind, &slug, &acts, is_alone)?);
    }
    Ok(Changed::Topics(topics))
}

fn touched(c: &mut Conn, kind: Kind, slug: &str, acts: &[(String, i32)], is_alone: bool) -> Result<Vec<Topic>, Refusal> {
    let all: Vec<Placed> = editions::table
        .inner_join(documents::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .order(editions::number.asc())
        .select((
            editions::number,
            editions::unit_id,
            editions::section,
            editions::month,
            editions::dated_at,
            editions::day_only,
            editions::ends_at,
            editions::withdrawn_at,
            editions::shown_from,
            editions::shown_until,
        ))
        .load(c)?;
    let mut topics = vec![text(kind, slug)];
    let stays = only_words(&all, acts);
    for placed in &all {
        for filter in filters(placed.unit_id, &placed.section, placed.month) {
            topics.extend(words(kind, &filter));
            if !stays {
                topics.extend(list(kind, &filter));
            }
        }
        // Several that come or go together cannot vouch for each other's month.
        if !stays && (!is_alone || may_stand_alone(c, kind, placed)?) {
            topics.push(months(kind));
        }
    }
    Ok(topics)
}

/// The acts are a correction and nothing else: one new edition in the place of the one before it.
fn only_words(all: &[Placed], acts: &[(String, i32)]) -> bool {
    let mut published = acts.iter().filter(|(act, _)| act == "published").map(|(_, number)| *number);
    let (Some(number), None) = (published.next(), published.next()) else { return false };
    let only = |(act, of): &(String, i32)| (act == "published" && *of == number) || (act == "superseded" && *of == number - 1);
    let Some(place) = all.iter().position(|placed| placed.number == number) else { return false };
    acts.iter().all(only) && place > 0 && place + 1 == all.len() && all[place].continues(&all[place - 1])
}

/// With two others at least in its month, no act on this one makes the month appear or vanish.
fn may_stand_alone(c: &mut Conn, kind: Kind, placed: &Placed) -> Result<bool, Refusal> {
    let (from, until) = (placed.shown_from, placed.shown_until);
    let beside: Vec<i64> = editions::table
        .filter(editions::kind.eq(kind.name()).and(editions::month.eq(placed.month)))
        .filter(editions::shown_from.le(from).and(editions::shown_until.ge(until)).and(editions::shown_until.gt(editions::shown_from)))
        .select(editions::document_id)
        .limit(3)
        .load(c)?;
    Ok(beside.len() < 3)
}

type Turn = (Moment, i64, String, String);

/// The next instant at which something that was looked at begins or ends: until then the answer stays true, unless
/// the log moves.
pub fn next_turn(c: &mut Conn, topics: &[Topic], now: Moment) -> Result<Moment, Refusal> {
    let rows = || editions::table.inner_join(documents::table).limit(MOST_TURNS);
    let of = (editions::document_id, documents::kind, documents::slug);
    let starts: Vec<Turn> = rows()
        .filter(editions::shown_from.gt(now).and(editions::shown_from.lt(NEVER)))
        .order(editions::shown_from.asc())
        .select((editions::shown_from, of.0, of.1, of.2))
        .load(c)?;
    let ends: Vec<Turn> = rows()
        .filter(editions::shown_until.gt(now).and(editions::shown_until.lt(NEVER)))
        .order(editions::shown_until.asc())
        .select((editions::shown_until, of.0, of.1, of.2))
        .load(c)?;
    if starts.is_empty() && ends.is_empty() {
        return Ok(NEVER);
    }
    // Wherever any edition of theirs stood: a feed tells of what is gone where it once was.
    let documents: Vec<i64> = starts.iter().chain(&ends).map(|turn| turn.1).collect();
    let filed: Vec<(i64, Option<i64>, String, i32)> = editions::table
        .filter(editions::document_id.eq_any(documents))
        .select((editions::document_id, editions::unit_id, editions::section, editions::month))
        .load(c)?;
    let mut places: HashMap<i64, Vec<Filter>> = HashMap::new();
    for (document, unit_id, section, month) in filed {
        places.entry(document).or_default().extend(filters(unit_id, &section, month));
    }
    Ok(first(starts, topics, &places).min(first(ends, topics, &places)))
}

fn first(turns: Vec<Turn>, looked_at: &[Topic], places: &HashMap<i64, Vec<Filter>>) -> Moment {
    let is_full = turns.len() as i64 == MOST_TURNS;
    let last = turns.last().filter(|_| is_full).map_or(NEVER, |turn| turn.0);
    let touching = turns.into_iter().find(|(_, document, kind, slug)| {
        let Some(kind) = Kind::named(kind) else { return true };
        let filed = places.get(document).into_iter().flatten();
        let filed = filed.flat_map(|filter| [list(kind, filter), words(kind, filter)].concat());
        filed.chain([text(kind, slug), months(kind)]).any(|topic| looked_at.binary_search(&topic).is_ok())
    });
    touching.map_or(last, |turn| turn.0)
}

/// Every list that an edition stands in.
fn filters(unit_id: Option<i64>, section: &str, month: i32) -> impl Iterator<Item = Filter> {
    let lists = [Filter::All, Filter::Section(section.to_owned()), Filter::Month(month)];
    lists.into_iter().chain(unit_id.map(|id| Filter::Units(vec![id])))
}
