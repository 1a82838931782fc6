//! The list of postings: what hangs now or what is over, by unit, group of the law, kind and words. Each choice is an
//! address to share, and works without a script.

use std::cmp::Reverse;
use std::collections::HashMap;

use actix_web::web::Query;
use serde::Serialize;

use super::{Pager, tell, titled};
use crate::channel::{card, feed};
use crate::edition::find_shelf::{self, Shelf};
use crate::edition::{Kind, URGENT};
use crate::kit::calendar;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board;
use crate::posting::kinds::After;
use crate::posting::law::Rules;
use crate::posting::list::{self, RowShown, Words};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::POSTINGS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::FeedLink;

const PER_PAGE: i64 = 20;
/// Words are sought among so many at once; whoever wants to goes on to older ones.
const LOOKED: usize = 500;
const MOST_WORDS: usize = 100;
const OVER: &str = "luu-tru";
const SHOWN: &str = "dang-niem-yet";

/// What is asked for; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub unit: String,
    pub group: String,
    pub kind: String,
    pub state: String,
    pub words: String,
    pub number: i64,
    /// Words are sought from this document on.
    pub after: Option<i64>,
}

impl Asked {
    pub fn of(query: &str, number: i64) -> Asked {
        let fields = Query::<HashMap<String, String>>::from_query(query).map(Query::into_inner).unwrap_or_default();
        let field = |name: &str| -> String {
            let text = fields.get(name).map_or("", |text| text.trim());
            text.chars().filter(|c| !c.is_control()).take(MOST_WORDS).collect()
        };
        let state = Some(field("trang-thai")).filter(|state| state != SHOWN).unwrap_or_default();
        let words = field("tu");
        let after = field("sau").parse().ok().filter(|_| !words.is_empty());
        Asked { unit: field("don-vi"), group: field("nhom"), kind: field("loai"), state, words, number, after }
    }

    /// The one address under which it is linked.
    pub fn address(&self) -> String {
        let after = self.after.map(|after| after.to_string()).unwrap_or_default();
        let number = if self.number > 1 { self.number.to_string() } else { String::new() };
        let fields = [
            ("don-vi", &self.unit),
            ("nhom", &self.group),
            ("loai", &self.kind),
            ("trang-thai", &self.state),
            ("tu", &self.words),
            ("sau", &after),
            ("trang", &number),
        ];
        let told: Vec<(&str, &String)> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        if told.is_empty() {
            return POSTINGS.to_owned();
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(told).finish();
        format!("{POSTINGS}?{query}")
    }

    fn page(&self, number: i64) -> String {
        Asked { number, ..self.clone() }.address()
    }
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct KindsOfGroup {
    name: String,
    kinds: Vec<Choice>,
}

#[derive(Serialize)]
struct Way {
    name: String,
    path: String,
    here: bool,
}

#[derive(Serialize)]
struct Parts {
    asked: Shown,
    rows: Vec<RowShown>,
    pager: Pager,
    /// On to older ones, where words have been sought among as many as are looked through at once.
    further: String,
    units: Vec<Choice>,
    groups: Vec<Choice>,
    kinds: Vec<KindsOfGroup>,
    states: Vec<Way>,
    /// What cannot be found because it is asked for wrongly, and what to do.
    wrong: Vec<String>,
    /// Kinds whose texts are given on request when they are over.
    on_request: bool,
}

#[derive(Serialize)]
struct Shown {
    unit: String,
    words: String,
    is_over: bool,
    is_narrowed: bool,
    /// By more than words.
    is_filtered: bool,
    day: String,
}

/// What is asked for as a shelf, and what was wrong with it.
struct Wanted {
    shelf: Shelf,
    unit: Option<Unit>,
    names: Vec<String>,
    wrong: Vec<String>,
    on_request: bool,
}

fn wanted(reading: &mut Reading, rules: &Rules, asked: &Asked) -> Result<Wanted, Refusal> {
    let is_over = asked.state == OVER;
    let mut wanted =
        Wanted { shelf: Shelf { over: is_over, ..Shelf::default() }, unit: None, names: Vec::new(), wrong: Vec::new(), on_request: false };
    if !asked.unit.is_empty() {
        let found = if is_slug(&asked.unit) { unit::at_label(&mut reading.c, &asked.unit) } else { Err(Refusal::Missing) };
        match found {
            Ok(unit) => {
                wanted.shelf.units = Some(unit::with_descendants(&mut reading.c, &unit)?);
                wanted.names.push(unit::page::titled(reading, &unit));
                wanted.unit = Some(unit);
            }
            Err(Refusal::Missing) => wanted.wrong.push(reading.say(&phrase!("posting-list-no-unit", label = asked.unit))),
            Err(refusal) => return Err(refusal),
        }
    }
    let lang = reading.lang;
    let mut kinds: Vec<_> = rules.catalogue.kinds.iter().collect();
    if !asked.group.is_empty() {
        match asked.group.parse().ok().and_then(|number| rules.catalogue.group(number)) {
            Some(group) => {
                kinds.retain(|kind| kind.group == Some(group.number));
                wanted.names.push(group.name(lang).to_owned());
            }
            None => wanted.wrong.push(reading.say(&phrase!("posting-list-no-group", group = asked.group))),
        }
    }
    if !asked.kind.is_empty() {
        match rules.catalogue.kind(&asked.kind) {
            Some(kind) if !kinds.contains(&kind) => {
                wanted.wrong.push(reading.say(&phrase!("posting-list-other-group", kind = kind.name(lang))));
            }
            Some(kind) => {
                kinds = vec![kind];
                wanted.names.push(kind.name(lang).to_owned());
            }
            None => wanted.wrong.push(reading.say(&phrase!("posting-list-no-kind", kind = asked.kind))),
        }
    }
    if !asked.state.is_empty() && !is_over {
        wanted.wrong.push(reading.say(&phrase!("posting-list-no-state", state = asked.state)));
    }
    if is_over {
        wanted.names.push(reading.word("posting-archive"));
        wanted.on_request = kinds.iter().any(|kind| kind.after == After::Request);
        kinds.retain(|kind| kind.after != After::Request);
    }
    if is_over || !asked.group.is_empty() || !asked.kind.is_empty() {
        wanted.shelf.sections = Some(kinds.iter().map(|kind| kind.slug.clone()).collect());
    }
    Ok(wanted)
}

/// Errors: `Missing` for a page beyond the last.
pub fn postings(reading: &mut Reading, asked: &Asked) -> Result<Answer, Refusal> {
    let rules = Rules::load(&mut reading.c)?;
    let wanted = wanted(reading, &rules, asked)?;
    let mut pager = Pager { number: asked.number, count: Some(1), previous: None, next: None };
    let (mut found, mut further) = (Vec::new(), String::new());
    if !wanted.wrong.is_empty() {
        if asked.number > 1 {
            return Err(Refusal::Missing);
        }
    } else {
        let (shelf, now) = (&wanted.shelf, reading.now);
        let is_first = asked.number == 1 && asked.after.is_none();
        let words = Words::of(&asked.words);
        if is_first && !shelf.over {
            found = find_shelf::urgent(&mut reading.c, Kind::Posting, shelf, now)?;
            found.retain(|row| words.are_in(row));
        }
        if asked.words.is_empty() {
            let offset = (asked.number - 1) * PER_PAGE;
            let (rows, has_next) = find_shelf::page(&mut reading.c, Kind::Posting, shelf, now, offset, PER_PAGE)?;
            if rows.is_empty() && asked.number > 1 {
                return Err(Refusal::Missing);
            }
            found.extend(rows);
            pager.count = (!has_next).then_some(asked.number);
            pager.previous = (asked.number > 1).then(|| asked.page(asked.number - 1));
            pager.next = has_next.then(|| asked.page(asked.number + 1));
        } else {
            let most = (PER_PAGE as usize, LOOKED);
            let says = |row: &find_shelf::Row| words.are_in(row);
            let (rows, next) = find_shelf::search(&mut reading.c, Kind::Posting, shelf, now, asked.after, most, says)?;
            found.extend(rows);
            further = next.map(|next| Asked { after: Some(next), ..asked.clone() }.address()).unwrap_or_default();
        }
    }
    let rows = list::rows(reading, &rules, &found)?;
    let name = match &wanted.names[..] {
        [] => reading.word("posting-list"),
        names => reading.say(&phrase!("posting-list-of", about = names.join(" · "))),
    };
    let mut page = reading.page("postings", titled(reading, &name, asked.number), &asked.address());
    page.path = POSTINGS.to_owned();
    page.description = reading.word(if wanted.shelf.over { "posting-archive-about" } else { "posting-list-about" });
    page.noindex = wanted.shelf.over || !asked.words.is_empty() || !wanted.wrong.is_empty();
    page.feeds.extend(FeedLink::all(&feed::titled(reading, &reading.word("posting-list")), POSTINGS));
    let mut graph = Graph::default();
    let about = wanted.unit.as_ref().map(|unit| unit::page::Place::at(reading, &unit::page::link(reading, unit)));
    graph.add(&WebPage::new("CollectionPage", reading, &page, about))?;
    let date = found.first().map(|row| calendar::iso(row.edition.dated_at, row.edition.day_only)).unwrap_or_default();
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { date, ..Meta::default() }, graph)?;
    let parts = parts(reading, &rules, asked, wanted, (rows, pager, further))?;
    let is_once = !asked.words.is_empty() || !parts.wrong.is_empty();
    let mut answer = reading.html("posting/list.html", &page, &parts)?;
    answer.once = is_once;
    Ok(answer)
}

fn parts(
    reading: &mut Reading,
    rules: &Rules,
    asked: &Asked,
    wanted: Wanted,
    (rows, pager, further): (Vec<RowShown>, Pager, String),
) -> Result<Parts, Refusal> {
    let lang = reading.lang;
    let chosen = |value: &str, name: String, asked: &str| Choice { value: value.to_owned(), name, chosen: value == asked };
    let groups = rules.catalogue.groups.iter().map(|group| {
        let number = group.number.to_string();
        chosen(&number, format!("{number}. {}", group.name(lang)), &asked.group)
    });
    let of_group = |number: Option<u8>| -> Vec<Choice> {
        let of = rules.catalogue.kinds.iter().filter(|kind| kind.group == number);
        of.map(|kind| chosen(&kind.slug, kind.name(lang).to_owned(), &asked.kind)).collect()
    };
    let named = rules.catalogue.groups.iter().map(|group| (format!("{}. {}", group.number, group.name(lang)), Some(group.number)));
    let kinds = named.chain([(reading.word("posting-list-other-kinds"), None)]);
    let kinds = kinds.map(|(name, number)| KindsOfGroup { name, kinds: of_group(number) }).filter(|group| !group.kinds.is_empty());
    let state = |name: &str, state: &str| {
        let to = Asked { state: state.to_owned(), number: 1, after: None, ..asked.clone() };
        Way { name: reading.word(name), path: to.address(), here: asked.state == state }
    };
    let states = vec![state("posting-list-shown", ""), state("posting-archive", OVER)];
    let (groups, kinds): (Vec<_>, Vec<_>) = (groups.collect(), kinds.collect());
    Ok(Parts {
        asked: Shown {
            unit: wanted.unit.as_ref().map(|unit| unit.label.clone()).unwrap_or_default(),
            words: asked.words.clone(),
            is_over: wanted.shelf.over,
            is_narrowed: Asked { state: String::new(), number: 1, after: None, ..asked.clone() } != Asked::of("", 1),
            is_filtered: [&asked.unit, &asked.group, &asked.kind].iter().any(|told| !told.is_empty()),
            day: super::day::path(wanted.unit.as_ref(), None),
        },
        rows,
        pager,
        further,
        units: units(reading, wanted.unit.as_ref())?,
        groups,
        kinds,
        states,
        wrong: wanted.wrong,
        on_request: wanted.on_request,
    })
}

const FEW: usize = 4;

/// The few that stand on a page of something else, the most pressing first, and the address of all of them.
#[derive(Serialize)]
pub(super) struct Few {
    postings: Vec<RowShown>,
    notices: String,
}

/// Of everybody; of a unit and all below it; of one that has nothing below it, its own and what came to it.
pub(super) fn few(reading: &mut Reading, unit: Option<&Unit>) -> Result<Few, Refusal> {
    let units = unit.map(|unit| unit::with_descendants(&mut reading.c, unit)).transpose()?;
    let (today, now) = (calendar::local(reading.now).date(), reading.now);
    let is_alone = units.as_ref().is_some_and(|units| units.len() == 1);
    let shelf = Shelf { units, ..Shelf::default() };
    let mut found = find_shelf::urgent(&mut reading.c, Kind::Posting, &shelf, now)?;
    found.truncate(FEW);
    if found.len() < FEW {
        found.extend(find_shelf::newest(&mut reading.c, Kind::Posting, &shelf, now, FEW - found.len())?);
    }
    if let Some(unit) = unit.filter(|unit| is_alone && unit.is_in_force(today)) {
        let coming = board::coming(reading, unit, FEW)?;
        let places: Vec<find_shelf::Place> = coming.iter().map(|one| (one.dated_at, one.document_id, one.edition_id)).collect();
        found.extend(find_shelf::rows(&mut reading.c, Kind::Posting, &places)?);
        found.sort_by_key(|row| Reverse((row.edition.priority == URGENT, row.edition.dated_at, row.edition.document_id)));
        found.truncate(FEW);
    }
    let label = unit.map(|unit| unit.label.clone()).unwrap_or_default();
    let notices = Asked { unit: label, number: 1, ..Asked::default() }.address();
    let rules = Rules::load(&mut reading.c)?;
    let mut postings = list::rows(reading, &rules, &found)?;
    // Whose page this is needs no saying.
    let own = unit.map(Unit::path);
    postings.iter_mut().for_each(|row| row.unit = row.unit.take().filter(|unit| own.as_ref() != Some(&unit.path)));
    Ok(Few { postings, notices })
}

/// The unit whose portal this is and those below it, or the provinces; and the one that is asked for.
fn units(reading: &mut Reading, asked: Option<&Unit>) -> Result<Vec<Choice>, Refusal> {
    let mut units = choosable(reading)?;
    if let Some(unit) = asked.filter(|unit| units.iter().all(|known| known.id != unit.id)) {
        units.push(unit.clone());
    }
    let label = asked.map(|unit| unit.label.as_str()).unwrap_or_default();
    let choice = |unit: &Unit| {
        let name = crate::kit::fold::capitalised(&unit::page::titled(reading, unit));
        Choice { value: unit.label.clone(), name, chosen: unit.label == label }
    };
    Ok(units.iter().map(choice).collect())
}

pub(super) fn choosable(reading: &mut Reading) -> Result<Vec<Unit>, Refusal> {
    let today = calendar::local(reading.now).date();
    let own = own(reading)?;
    let mut units = match &own {
        Some(own) => unit::ever_below(&mut reading.c, own)?,
        None => unit::provinces(&mut reading.c)?,
    };
    if let Some(day) = unit::next_turn(units.iter().chain(&own), today) {
        reading.until(calendar::midnight(day));
    }
    units.retain(|unit| unit.is_in_force(today));
    Ok(own.into_iter().chain(units).collect())
}

/// The unit whose portal this is.
pub(super) fn own(reading: &mut Reading) -> Result<Option<Unit>, Refusal> {
    let (code, today) = (reading.face.site.unit.clone(), calendar::local(reading.now).date());
    if code.is_empty() {
        return Ok(None);
    }
    let found = unit::on_day(&mut reading.c, &code, today)?;
    if found.is_none() {
        // Another may bear the code from a day on.
        reading.until(calendar::tomorrow(reading.now));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::Asked;

    #[test]
    fn each_question_has_one_address() {
        for (query, address) in [
            ("", "/niem-yet"),
            ("don-vi=&nhom=&loai=&trang-thai=dang-niem-yet&tu=", "/niem-yet"),
            ("tu=%C4%91%E1%BA%A5t+%C4%91ai&don-vi=xa-dong-kieu", "/niem-yet?don-vi=xa-dong-kieu&tu=%C4%91%E1%BA%A5t+%C4%91ai"),
            ("sau=7", "/niem-yet"),
            ("trang-thai=luu-tru&x=1&nhom=2", "/niem-yet?nhom=2&trang-thai=luu-tru"),
        ] {
            assert_eq!(Asked::of(query, 1).address(), address, "{query}");
        }
        assert_eq!(Asked::of("nhom=2", 3).address(), "/niem-yet?nhom=2&trang=3");
    }
}
