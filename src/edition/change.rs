//! What a row of the log, or an instant, changes of what readers see: in the same topics that [`super::find`] notes
//! while it looks. So a kept answer is made anew when, and only when, something on it has changed.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::find::Filter;
use super::{Kind, URGENT, keys, of_units, reached};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::person::PERSON;
use crate::store::Conn;
use crate::store::log;
use crate::store::schema::{documents, editions};
use crate::store::topic::{Changed, Look, Topic, Touch};

/// Beyond so many rows at once it is cheaper to make everything anew than to tell what is not touched.
const MOST_ROWS: i64 = 500;
/// Acts on a text that no reader sees anything of.
pub const UNSEEN: [&str; 19] = [
    "drafted",
    "revised",
    "attached",
    "picture_shelved",
    "set_aside",
    "submitted",
    "taken_back",
    "sent_back",
    "approved",
    "confirmed",
    "discarded",
    "restored",
    "readdressed",
    "shared",
    "unshared",
    "early_lent",
    "early_ended",
    "early_opened",
    "address_kept",
];
/// What is told beside a text's words, on its own page and nowhere else: that it hangs, or hangs no more.
pub const BESIDE: [&str; 5] = ["hung", "taken_down", "interrupted", "resumed", "struck"];
/// Coming turns that are compared with what an answer looked at, before it is simply held no longer than the last.
const MOST_TURNS: i64 = 200;

/// A text at its address, whatever is seen of it.
pub fn text(kind: Kind, slug: &str) -> Topic {
    Topic::of((kind.name(), "text", slug))
}

/// Which texts a list holds and in what order, by their dates.
pub fn list(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "list", filter)
}

/// How many texts have come into a list: touched once for each.
pub fn come(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "come", filter)
}

/// How many have gone from it.
pub fn gone(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "gone", filter)
}

/// Which texts a list holds, and every word of theirs.
pub fn words(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "words", filter)
}

/// Which editions that stood in a list are over.
pub fn ends(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "ends", filter)
}

/// Which texts a list of what is over holds, and in what order.
pub fn over(kind: Kind, filter: &Filter) -> Vec<Topic> {
    filed(kind, "over", filter)
}

/// The same two lists, of one unit's texts in one section.
pub fn at_place(kind: Kind, is_over: bool, unit: i64, section: &str) -> Topic {
    Topic::of((kind.name(), if is_over { "over" } else { "list" }, "place", unit, section))
}

/// What stands above every page.
pub fn urgent() -> Topic {
    Topic::of(("urgent",))
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
    document_id: i64,
    number: i32,
    unit_id: Option<i64>,
    section: String,
    month: i32,
    dated_at: Moment,
    day_only: bool,
    ends_at: Option<Moment>,
    withdrawn_at: Option<Moment>,
    replaced_at: Option<Moment>,
    priority: i32,
    shown_from: Moment,
    shown_until: Moment,
}

impl Placed {
    /// It takes over without a gap, in the same place of every list, and for as long: the lists stay as they are.
    fn continues(&self, before: &Placed) -> bool {
        let ends = |one: &Placed| (one.ends_at, one.withdrawn_at, one.replaced_at);
        let place = |one: &Placed| (one.unit_id, one.section.clone(), one.dated_at, one.day_only, one.priority, ends(one));
        before.shown_from < before.shown_until && before.shown_until == self.shown_from && place(self) == place(before)
    }

    /// Every list that it stands in.
    fn lists(&self) -> impl Iterator<Item = Filter> {
        let lists = [Filter::All, Filter::Section(self.section.clone()), Filter::Month(self.month)];
        lists.into_iter().chain(self.unit_id.map(|id| Filter::Units(vec![id])))
    }
}

/// All editions of these texts, in the order of their numbers.
fn placed(c: &mut Conn, documents: &[i64]) -> Result<Vec<Placed>, Refusal> {
    Ok(editions::table
        .filter(editions::document_id.eq_any(documents))
        .order((editions::document_id.asc(), editions::number.asc()))
        .select((
            editions::document_id,
            editions::number,
            editions::unit_id,
            editions::section,
            editions::month,
            editions::dated_at,
            editions::day_only,
            editions::ends_at,
            editions::withdrawn_at,
            editions::replaced_at,
            editions::priority,
            editions::shown_from,
            editions::shown_until,
        ))
        .load(c)?)
}

/// What a change of one text is, for the lists it stands in.
#[derive(Clone, Copy)]
struct Effect {
    comes: bool,
    goes: bool,
    /// Something of it is over, or is so no more.
    ends: bool,
    /// The same, but for what takes over from itself, or has only been told to end.
    over: bool,
}

/// All that one text's change touches, but for the months. Wherever any edition of its stood: a feed tells of what is
/// gone where it once was.
fn touches(kind: Kind, slug: &str, all: &[Placed], effect: Effect) -> Vec<Touch> {
    let mut touches = vec![Touch::all(text(kind, slug))];
    if all.iter().any(|one| one.priority == URGENT) {
        touches.push(Touch::all(urgent()));
    }
    // One text is one more or one less, in however many places of a list its editions stood.
    let mut counted: BTreeMap<Topic, Moment> = BTreeMap::new();
    for one in all {
        for filter in one.lists() {
            touches.extend(words(kind, &filter).into_iter().map(Touch::all));
            if effect.ends {
                touches.extend(ends(kind, &filter).into_iter().map(Touch::all));
            }
            let lists = if effect.comes || effect.goes { list(kind, &filter) } else { Vec::new() };
            let overs = if effect.over { over(kind, &filter) } else { Vec::new() };
            touches.extend(lists.into_iter().chain(overs).map(|topic| Touch { topic, at: Some(one.dated_at) }));
            let more = if effect.comes { come(kind, &filter) } else { Vec::new() };
            let fewer = if effect.goes { gone(kind, &filter) } else { Vec::new() };
            counted.extend(more.into_iter().chain(fewer).map(|topic| (topic, one.dated_at)));
        }
        for is_over in [false, true] {
            let is_touched = if is_over { effect.over } else { effect.comes || effect.goes };
            let topic = one.unit_id.filter(|_| is_touched).map(|unit| at_place(kind, is_over, unit, &one.section));
            touches.extend(topic.map(|topic| Touch { topic, at: Some(one.dated_at) }));
        }
    }
    touches.extend(counted.into_iter().map(|(topic, at)| Touch { topic, at: Some(at) }));
    touches
}

/// What the rows after a position have changed of what shows from `now` on. Drafts change nothing that anybody
/// sees, and an address that leads on led nowhere before.
pub fn since(c: &mut Conn, position: i64, now: Moment) -> Result<Changed, Refusal> {
    let rows = log::acts_since(c, position, MOST_ROWS + 1)?;
    if rows.len() as i64 > MOST_ROWS {
        return Ok(Changed::Everything);
    }
    let mut texts: BTreeMap<(Kind, String), Vec<(String, i32)>> = BTreeMap::new();
    let mut changed = Vec::new();
    for (act, subject) in rows {
        if subject.starts_with(PERSON) {
            continue;
        }
        if let Some(touched) = of_units::by_row(&act, &subject) {
            changed.extend(touched);
            continue;
        }
        if reached::ADOPTED.contains(&act.as_str()) {
            changed.extend(reached::by_subject(&subject));
            continue;
        }
        let mut parts = subject.split('/');
        // The site, the list of units: they stand behind every page.
        let Some((kind, slug)) = parts.next().and_then(Kind::named).zip(parts.next()) else { return Ok(Changed::Everything) };
        let number = parts.next().and_then(|number| number.parse().ok()).unwrap_or(0);
        if BESIDE.contains(&act.as_str()) {
            changed.push(Touch::all(text(kind, slug)));
        } else if !UNSEEN.contains(&act.as_str()) {
            texts.entry((kind, slug.to_owned())).or_default().push((act, number));
        }
    }
    let mut moved: Vec<(Kind, Vec<Placed>)> = Vec::new();
    for ((kind, slug), acts) in texts {
        let document = documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(&slug)));
        let document: Option<i64> = document.select(documents::id).first(c).optional()?;
        let all = placed(c, document.as_slice())?;
        let stays = only_words(&all, &acts);
        let only = |name: &str| acts.iter().all(|(act, _)| act == name);
        let is_new = all.len() == 1 && only("published");
        let (comes, goes) = (!stays && !only("withdrawn"), !stays && !is_new);
        // What begins and never ends is nowhere told of as gone.
        let ends = all.len() > 1 || all.iter().any(|one| one.shown_until < NEVER) || acts.iter().any(|(act, _)| act != "published");
        let is_over = all.len() > 1 || all.iter().any(|one| one.shown_until <= now) || acts.iter().any(|(act, _)| act != "published");
        changed.extend(touches(kind, &slug, &all, Effect { comes, goes, ends, over: !stays && is_over }));
        changed.extend(keys::touches(c, kind, document.as_slice())?.into_iter().map(|(_, touch)| touch));
        changed.extend(reached::touches(c, kind, document.as_slice())?.into_iter().map(|(_, touch)| touch));
        if !stays {
            moved.push((kind, all));
        }
    }
    // Several that come or go together cannot vouch for each other's month.
    let together: Vec<i64> = moved.iter().flat_map(|(_, all)| all).map(|one| one.document_id).collect();
    for (kind, all) in &moved {
        let of: BTreeSet<i32> = all.iter().map(|one| one.month).collect();
        for month in of {
            if standing(c, *kind, month, now, &together)?.is_empty() {
                changed.push(Touch::all(months(*kind)));
            }
        }
    }
    Ok(Changed::Some(changed))
}

/// The acts are a correction and nothing else: one new edition in the place of the one before it.
fn only_words(all: &[Placed], acts: &[(String, i32)]) -> bool {
    let mut published = acts.iter().filter(|(act, _)| act == "published").map(|(_, number)| *number);
    let (Some(number), None) = (published.next(), published.next()) else { return false };
    let only = |(act, of): &(String, i32)| (act == "published" && *of == number) || (act == "superseded" && *of == number - 1);
    let Some(place) = all.iter().position(|placed| placed.number == number) else { return false };
    acts.iter().all(only) && place > 0 && place + 1 == all.len() && all[place].continues(&all[place - 1])
}

/// Texts that show in a month from now on for ever: beside one of them, nothing that comes or goes makes the month
/// appear or vanish. Two are enough to say it of each other.
fn standing(c: &mut Conn, kind: Kind, month: i32, now: Moment, but: &[i64]) -> Result<Vec<i64>, Refusal> {
    Ok(editions::table
        .filter(editions::kind.eq(kind.name()).and(editions::month.eq(month)))
        .filter(editions::shown_from.le(now).and(editions::shown_until.eq(NEVER)))
        .filter(editions::document_id.ne_all(but))
        .select(editions::document_id)
        .limit(2)
        .load(c)?)
}

/// An instant at which something of a text begins or ends.
type Turn = (Moment, i64, String, String);

/// The next instant at which something that was looked at begins or ends: until then the answer stays true, unless
/// the log moves.
pub fn next_turn(c: &mut Conn, looks: &[Look], now: Moment) -> Result<Moment, Refusal> {
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
    // What is told of no further is not known further.
    let horizon = |turns: &[Turn]| turns.last().filter(|_| turns.len() as i64 == MOST_TURNS).map_or(NEVER, |turn| turn.0);
    let known_until = horizon(&starts).min(horizon(&ends));
    // A correction's start and the end of what it corrects are one turn of their text.
    let mut turns: BTreeMap<(Moment, i64), (String, String, bool)> = BTreeMap::new();
    for (turn, is_end) in starts.into_iter().map(|turn| (turn, false)).chain(ends.into_iter().map(|turn| (turn, true))) {
        let (at, document, kind, slug) = turn;
        turns.entry((at, document)).or_insert((kind, slug, false)).2 |= is_end;
    }
    let mut documents: Vec<i64> = turns.keys().map(|(_, document)| *document).collect();
    documents.sort_unstable();
    documents.dedup();
    let mut all: HashMap<i64, Vec<Placed>> = HashMap::new();
    for one in placed(c, &documents)? {
        all.entry(one.document_id).or_default().push(one);
    }
    let mut spoken: HashMap<i64, Vec<Touch>> = HashMap::new();
    for kind in Kind::ALL {
        for (document, touch) in keys::touches(c, kind, &documents)?.into_iter().chain(reached::touches(c, kind, &documents)?) {
            spoken.entry(document).or_default().push(touch);
        }
    }
    let mut seen = Seen { looks, spent: HashMap::new() };
    let mut vouching: HashMap<(Kind, i32), Vec<i64>> = HashMap::new();
    for ((at, document), (kind, slug, is_end)) in turns {
        let Some(kind) = Kind::named(&kind) else { return Ok(at) };
        let all = all.get(&document).map_or(&[][..], Vec::as_slice);
        let ends = is_end || all.len() > 1;
        let effect = Effect { comes: !is_end || all.len() > 1, goes: is_end, ends, over: ends };
        let mut touched = touches(kind, &slug, all, effect);
        touched.extend(spoken.remove(&document).unwrap_or_default());
        if seen.changes(&touched) {
            return Ok(at.min(known_until));
        }
        if seen.look(months(kind)).is_none() {
            continue;
        }
        for one in all {
            let others = match vouching.entry((kind, one.month)) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(room) => room.insert(standing(c, kind, one.month, now, &[])?),
            };
            if others.iter().all(|other| *other == document) {
                return Ok(at.min(known_until));
            }
        }
    }
    Ok(known_until)
}

/// What an answer looked at, and how much of what it may spare is spent.
struct Seen<'l> {
    looks: &'l [Look],
    spent: HashMap<Topic, usize>,
}

impl<'l> Seen<'l> {
    fn look(&self, topic: Topic) -> Option<&'l Look> {
        self.looks.binary_search_by_key(&topic, |look| look.topic).ok().map(|place| &self.looks[place])
    }

    /// Whether these make the answer another one.
    fn changes(&mut self, touches: &[Touch]) -> bool {
        touches.iter().any(|touch| {
            let Some(look) = self.look(touch.topic).filter(|look| touch.reaches(look)) else { return false };
            let spent = self.spent.entry(look.counted_with).or_default();
            *spent += 1;
            *spent > look.spare
        })
    }
}
