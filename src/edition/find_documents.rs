//! The desk's list of all texts, and its trash. A text stands where its newest edition does that was not thrown away;
//! the rows of `documents` say so (`entry`), so that a page of the list is steps of an index.

use std::collections::HashMap;

use diesel::prelude::*;

use super::find_desk::{Backend, Row, Stepped, rows, within};
use super::find_history;
use super::state::State;
use super::step;
use super::terms::visible_at;
use super::{Edition, Kind};
use crate::kit::clock::Moment;
use crate::kit::fold;
use crate::kit::refusal::Refusal;
use crate::person::access::Reach;
use crate::store::Conn;
use crate::store::schema::{documents, editions};

pub const PER_PAGE: usize = 40;
/// Further down nobody turns pages; he asks for less.
pub const MOST_PAGES: usize = 50;
/// Words of a search, and letters of each.
const MOST_WORDS: usize = 6;
const MOST_LETTERS: usize = 60;
/// Titles that hold all words of a search, where they are looked up one by one.
const FEW_TITLES: usize = 1000;
/// Where more titles than these hold them, so many pages are told of: whoever is on the last one types another word.
const PAGES_OF_MANY: usize = 10;
/// So few units' texts are sooner found by their units.
const FEW_UNITS: usize = 8;

#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub kind: Option<Kind>,
    /// Of the newest edition. `None`: whatever is not in the trash.
    pub state: Option<State>,
    /// These units alone.
    pub units: Option<Vec<i64>>,
    pub section: Option<String>,
    /// Words of the title, with or without their marks.
    pub text: String,
    /// Whose draft the newest edition is.
    pub by: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the last act on it.
    #[default]
    Newest,
    Oldest,
    Title,
}

/// A text on its way to the public, of one unit and section, under this title, marks forgiven.
pub fn open_titled(c: &mut Conn, kind: Kind, unit: i64, section: &str, title: &str) -> Result<Option<i64>, Refusal> {
    let open = [State::Draft, State::Submitted, State::Approved].map(State::name);
    Ok(documents::table
        .filter(documents::unit_id.eq(unit).and(documents::section.eq(section)).and(documents::kind.eq(kind.name())))
        .filter(documents::folded.eq(fold::fold(title)).and(documents::state.eq_any(open)))
        .select(documents::id)
        .first(c)
        .optional()?)
}

#[derive(Clone, Debug)]
pub struct Listed {
    pub document: i64,
    pub touched_at: Moment,
    /// Its newest edition.
    pub row: Row,
    /// The number of the edition that shows now.
    pub shows: Option<i32>,
}

#[derive(Clone, Debug)]
pub struct Page {
    pub listed: Vec<Listed>,
    pub pages: usize,
    /// As far as they were counted.
    pub count: usize,
    /// There are more than were counted.
    pub is_more: bool,
}

/// `page`: from 1. Errors: `Missing` beyond the last.
pub fn documents(c: &mut Conn, reach: &Reach, wanted: &Wanted, sort: Sort, page: usize, now: Moment) -> Result<Page, Refusal> {
    let words = patterns(&wanted.text);
    let titles = if words.is_empty() { None } else { Some(titles(c, &words)?) };
    // Rows whose title is looked at are gone through in the list's own order, in the one index that has all that is asked:
    // a sum or a longer text is in no other.
    let is_gone_through = matches!(titles, Some(None));
    let most = PER_PAGE * if is_gone_through { PAGES_OF_MANY } else { MOST_PAGES };
    let mut query = documents::table.into_boxed::<Backend>();
    // So few units' texts are put into the order of titles sooner than found in it.
    let is_of_few = sort == Sort::Title && matches!(reach, Reach::Units(ids) if ids.len() <= FEW_UNITS);
    query = match wanted.state {
        Some(state) if is_gone_through || is_of_few => query.filter(documents::state.concat("").eq(state.name())),
        Some(state) => query.filter(documents::state.eq(state.name())),
        None => query.filter(documents::state.ne_all([State::Discarded.name(), ""])),
    };
    if let Reach::Units(ids) = reach {
        let ids: Vec<i64> = ids.iter().copied().collect();
        query = match ids.len() {
            ..=FEW_UNITS => query.filter(documents::unit_id.eq_any(ids)),
            // Many units' texts are sooner found in the order of the list than put into it.
            _ => query.filter((documents::unit_id + 0).eq_any(ids)),
        };
    }
    if let Some(units) = &wanted.units {
        query = query.filter(documents::unit_id.eq_any(units.clone()));
    }
    if let Some(kind) = wanted.kind {
        query = match sort {
            Sort::Newest | Sort::Oldest if !is_gone_through => query.filter(documents::kind.eq(kind.name())),
            // Asked so, no database begins with all texts of a kind.
            _ => query.filter(documents::kind.ne_all(Kind::ALL.into_iter().filter(|other| *other != kind).map(Kind::name))),
        };
    }
    if let Some(section) = &wanted.section {
        query = match is_gone_through {
            true => query.filter(documents::section.concat("").eq(section.clone())),
            false => query.filter(documents::section.eq(section.clone())),
        };
    }
    if let Some(by) = &wanted.by {
        query = query.filter(documents::drafted_by.eq(by.clone()));
    }
    match titles {
        Some(Some(ids)) => query = query.filter(documents::id.eq_any(ids)),
        Some(None) => query = words.into_iter().fold(query, |query, word| query.filter(documents::folded.like(word).escape('\\'))),
        None => {}
    }
    query = match sort {
        Sort::Newest => query.order((documents::touched_at.desc(), documents::id.desc())),
        Sort::Oldest => query.order((documents::touched_at.asc(), documents::id.asc())),
        Sort::Title => query.order((documents::folded.asc(), documents::id.asc())),
    };
    // Numbers are cheap: one look counts them and finds the page.
    let ids: Vec<i64> = query.limit(most as i64 + 1).select(documents::id).load(c)?;
    let is_more = ids.len() > most;
    let count = ids.len().min(most);
    let pages = count.div_ceil(PER_PAGE).max(1);
    if page == 0 || page > pages {
        return Err(Refusal::Missing);
    }
    let ids: Vec<i64> = ids.into_iter().take(most).skip((page - 1) * PER_PAGE).take(PER_PAGE).collect();
    Ok(Page { listed: listed(c, &ids, now)?, pages, count, is_more })
}

/// What a title must be like, the longest word first: it is in the fewest.
fn patterns(text: &str) -> Vec<String> {
    let folded = fold::fold(text);
    let mut words: Vec<String> =
        folded.split_whitespace().take(MOST_WORDS).map(|word| word.chars().take(MOST_LETTERS).filter(|c| *c != '\0').collect()).collect();
    words.sort_by_key(|word: &String| std::cmp::Reverse(word.len()));
    words.into_iter().map(|word| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))).collect()
}

/// The texts whose titles hold all these words, if they are few: found in the index of titles, which has nothing else.
fn titles(c: &mut Conn, words: &[String]) -> Result<Option<Vec<i64>>, Refusal> {
    let all = documents::table.into_boxed::<Backend>().order(documents::folded.asc()).limit(FEW_TITLES as i64 + 1);
    let query = words.iter().fold(all, |query, word| query.filter(documents::folded.like(word.clone()).escape('\\')));
    let ids: Vec<i64> = query.select(documents::id).load(c)?;
    Ok(Some(ids).filter(|ids| ids.len() <= FEW_TITLES))
}

fn listed(c: &mut Conn, ids: &[i64], now: Moment) -> Result<Vec<Listed>, Refusal> {
    let found: Vec<(i64, Option<i64>, Moment)> =
        documents::table.filter(documents::id.eq_any(ids)).select((documents::id, documents::newest_id, documents::touched_at)).load(c)?;
    let newest: Vec<i64> = found.iter().filter_map(|(_, newest, _)| *newest).collect();
    let mut rows: HashMap<i64, Row> = rows(c, &newest)?.into_iter().map(|row| (row.edition.document_id, row)).collect();
    let touched: HashMap<i64, Moment> = found.into_iter().map(|(id, _, at)| (id, at)).collect();
    let shows: HashMap<i64, i32> = editions::table
        .filter(editions::document_id.eq_any(ids).and(visible_at(now)))
        .select((editions::document_id, editions::number))
        .load::<(i64, i32)>(c)?
        .into_iter()
        .collect();
    let one = |id: &i64| {
        let row = rows.remove(id)?;
        Some(Listed { document: *id, touched_at: *touched.get(id)?, row, shows: shows.get(id).copied() })
    };
    Ok(ids.iter().filter_map(one).collect())
}

/// What shows in these units while a correction of it is on its way in another, where the list has it: of those worked
/// on, which are few.
pub fn shown_elsewhere(c: &mut Conn, reach: &Reach, now: Moment) -> Result<Vec<Row>, Refusal> {
    let Reach::Units(ids) = reach else { return Ok(Vec::new()) };
    let ids: Vec<i64> = ids.iter().copied().collect();
    let open = [State::Draft.name(), State::Submitted.name(), State::Approved.name()];
    let found: Vec<i64> = documents::table
        .inner_join(editions::table.on(editions::document_id.eq(documents::id)))
        .filter(documents::state.eq_any(open))
        .filter(documents::unit_id.is_null().or(documents::unit_id.ne_all(ids.clone())))
        .filter(editions::unit_id.eq_any(ids).and(visible_at(now)))
        .order(editions::id.desc())
        .limit(PER_PAGE as i64)
        .select(editions::id)
        .load(c)?;
    rows(c, &found)
}

/// What was thrown away, the last first, with the step that did it; and whether there is more.
pub fn trash(c: &mut Conn, reach: &Reach, page: usize) -> Result<(Vec<Stepped>, bool), Refusal> {
    if page == 0 || page > MOST_PAGES {
        return Err(Refusal::Missing);
    }
    let query = within(editions::table.filter(editions::state.eq(State::Discarded.name())).into_boxed(), reach);
    let offset = ((page - 1) * PER_PAGE) as i64;
    let mut ids: Vec<i64> = query.order(editions::id.desc()).offset(offset).limit(PER_PAGE as i64 + 1).select(editions::id).load(c)?;
    let is_more = ids.len() > PER_PAGE;
    ids.truncate(PER_PAGE);
    let mut steps = step::last_named(c, &ids, &["discarded"])?;
    let thrown = rows(c, &ids)?.into_iter().map(|row| Stepped { last: steps.remove(&row.edition.id), row });
    Ok((thrown.collect(), is_more))
}

/// Everything of one document that somebody may see.
#[derive(Clone, Debug)]
pub struct Dossier {
    pub id: i64,
    pub kind: Kind,
    pub slug: String,
    pub created_at: Moment,
    /// Newest first.
    pub editions: Vec<Edition>,
    /// The edition that shows now.
    pub shows: Option<i64>,
    /// The one that is still on its way.
    pub open: Option<i64>,
}

/// Errors: `Missing` when none of its editions is in his reach.
pub fn document(c: &mut Conn, reach: &Reach, id: i64, now: Moment) -> Result<Dossier, Refusal> {
    let (kind, slug, created_at): (String, String, Moment) =
        documents::table.find(id).select((documents::kind, documents::slug, documents::created_at)).first(c)?;
    let editions = find_history::editions(c, reach, id)?;
    let shows = editions.iter().find(|edition| edition.shown_from <= now && now < edition.shown_until).map(|edition| edition.id);
    let open = editions.iter().find(|edition| edition.state().is_open()).map(|edition| edition.id);
    Ok(Dossier { id, kind: Kind::named(&kind).ok_or(Refusal::Missing)?, slug, created_at, editions, shows, open })
}
