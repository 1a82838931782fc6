//! Whether a text was useful to its readers: two counts a document, and nothing about who answered or when. Counts
//! only grow.

use std::collections::HashMap;

use diesel::prelude::*;

use super::Kind;
use crate::kit::refusal::Refusal;
use crate::store::Conn;
use crate::store::schema::{answers, documents, editions, revisions};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Useful,
    NotUseful,
}

impl Answer {
    /// What the form under a text sends, and nothing else.
    pub fn read(body: &[u8]) -> Option<Answer> {
        match body {
            b"ich=co" => Some(Answer::Useful),
            b"ich=khong" => Some(Answer::NotUseful),
            _ => None,
        }
    }
}

/// Added in SQL: two nodes that count together lose nothing.
pub fn add(c: &mut Conn, document: i64, answer: Answer) -> Result<(), Refusal> {
    let (useful, not_useful) = match answer {
        Answer::Useful => (1i64, 0i64),
        Answer::NotUseful => (0, 1),
    };
    let known = diesel::update(answers::table.find(document))
        .set((answers::useful.eq(answers::useful + useful), answers::not_useful.eq(answers::not_useful + not_useful)))
        .execute(c)?;
    if known == 0 {
        let row = (answers::document_id.eq(document), answers::useful.eq(useful), answers::not_useful.eq(not_useful));
        diesel::insert_into(answers::table).values(row).execute(c)?;
    }
    Ok(())
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    pub path: String,
    /// Of the newest edition, whatever its state: for the office's eyes only.
    pub title: String,
    pub useful: i64,
    pub not_useful: i64,
}

/// Every text that anybody answered about; first those that left most readers without help.
pub fn tallies(c: &mut Conn) -> Result<Vec<Tally>, Refusal> {
    let titles: HashMap<i64, String> = editions::table
        .inner_join(revisions::table)
        .filter(editions::document_id.eq_any(answers::table.select(answers::document_id)))
        .order(editions::number.asc())
        .select((editions::document_id, revisions::title))
        .load::<(i64, String)>(c)?
        .into_iter()
        .collect();
    let rows: Vec<(i64, String, String, i64, i64)> = answers::table
        .inner_join(documents::table)
        .order((answers::not_useful.desc(), answers::useful.asc(), answers::document_id.asc()))
        .select((documents::id, documents::kind, documents::slug, answers::useful, answers::not_useful))
        .load(c)?;
    let tally = |(id, kind, slug, useful, not_useful): (i64, String, String, i64, i64)| {
        let kind = Kind::ALL.into_iter().find(|known| known.name() == kind)?;
        Some(Tally { path: kind.path(&slug), title: titles.get(&id).cloned().unwrap_or_default(), useful, not_useful })
    };
    Ok(rows.into_iter().filter_map(tally).collect())
}
