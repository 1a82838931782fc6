//! Units in lists that go on for pages: searched without marks, those that never ended first, and provinces before
//! communes. One index holds what is looked through, so that a page costs what it shows.

use diesel::dsl::not;
use diesel::prelude::*;

use super::{RANKS, Unit};
use crate::kit::fold::fold;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::units;

type Backend = <Conn as diesel::Connection>::Backend;

/// Of a name that is searched.
const MOST_WORDS: usize = 8;
const MOST_LETTERS: usize = 40;

/// Which units a list is of.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only these; `None`: any.
    pub only: Option<Vec<i64>>,
    /// None of these.
    pub but: Vec<i64>,
    pub search: Search,
}

/// Words without marks: each is part of a name, or a code.
#[derive(Clone, Debug, Default)]
pub struct Search(Vec<String>);

impl Search {
    pub fn of(text: &str) -> Search {
        let folded = fold(text);
        // `Xã Đông Kiều` is asked for by the name that the list has: `Đông Kiều`.
        let rank = RANKS.iter().find_map(|rank| folded.strip_prefix(&rank.replace('_', " "))?.strip_prefix(' '));
        let words = rank.unwrap_or(&folded).split(' ').filter(|word| !word.is_empty()).take(MOST_WORDS);
        Search(words.map(|word| word.chars().take(MOST_LETTERS).filter(|c| *c != '\0').collect()).collect())
    }

    /// As the database finds it.
    pub fn finds(&self, unit: &Unit) -> bool {
        let folded = fold(&unit.name);
        self.0.iter().all(|word| folded.contains(word) || unit.code == *word)
    }
}

fn query(wanted: &Wanted) -> units::BoxedQuery<'_, Backend> {
    let mut query = units::table.into_boxed::<Backend>();
    if let Some(ids) = &wanted.only {
        query = query.filter(units::id.eq_any(ids));
    }
    if !wanted.but.is_empty() {
        query = query.filter(not(units::id.eq_any(&wanted.but)));
    }
    for word in &wanted.search.0 {
        let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(units::folded.like(pattern).escape('\\').or(units::code.eq(word).nullable()));
    }
    query
}

pub fn count(c: &mut Conn, wanted: &Wanted) -> Result<usize, Refusal> {
    let count: i64 = query(wanted).count().get_result(c)?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Of each kind in the order of their names without marks.
pub fn page(c: &mut Conn, wanted: &Wanted, skip: usize, most: usize) -> Result<Vec<Unit>, Refusal> {
    let order = (units::valid_until.is_not_null().asc(), units::parent_id.is_not_null().asc(), units::folded.asc(), units::id.asc());
    Ok(query(wanted).order(order).offset(skip as i64).limit(most as i64).select(Unit::as_select()).load(c)?)
}

/// Whether there are units from before the list knew their names without marks.
pub fn lacks_names(c: &mut Conn) -> Result<bool, Refusal> {
    Ok(diesel::select(diesel::dsl::exists(units::table.filter(units::folded.is_null()))).get_result(c)?)
}

pub fn fold_names(c: &mut Conn) -> Result<(), Refusal> {
    let lacking: Vec<(i64, String)> = units::table.filter(units::folded.is_null()).select((units::id, units::name)).load(c)?;
    for (id, name) in &lacking {
        diesel::update(units::table.find(id)).set(units::folded.eq(fold(name))).execute(c)?;
    }
    Ok(())
}
