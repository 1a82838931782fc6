//! In which circles an act on a text is seen ([`crate::store::reaches`]): its unit's own, all below that, whom it names. Wherever
//! any edition of it ever stood, for a correction may take it away from somewhere.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use super::change::{BESIDE, UNSEEN};
use super::reached::{ADOPTED, BELOW, FOR, code_of};
use super::{Edition, Kind, keys};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::person::PERSON;
use crate::store::reaches::{self, ALL, Reach};
use crate::store::schema::{documents, editions, log, revision_keys, settings};
use crate::store::{Conn, settings as texts};

/// The key of a text of which nobody is told before it begins.
pub const HELD_BACK: &str = "held_back";
/// Positions gone through at once when the table is made again.
const STRETCH: i64 = 2_000;
/// Where it is kept that the circles are told of every row: the log may begin with rows that reach nobody.
const MADE: &str = "reaches";

/// A unit's own postings.
pub fn own(unit: i64) -> String {
    format!("own:{unit}")
}

/// What is for all below a unit; of no unit: for all there are.
pub fn below(unit: Option<i64>) -> String {
    format!("below:{}", unit.map(|unit| unit.to_string()).unwrap_or_default())
}

/// What names a code, or a group.
pub fn to(value: &str) -> String {
    format!("to:{value}")
}

/// What the unit of a code does with what comes to it.
pub fn at(code: &str) -> String {
    format!("at:{code}")
}

/// A unit's news.
pub fn news(unit: i64) -> String {
    format!("news:{unit}")
}

/// Of an act on an edition, as the act left it; `row`: its position in the log, and when.
pub fn note(c: &mut Conn, row: (i64, Moment), act: &str, kind: Kind, edition: &Edition) -> Result<(), Refusal> {
    if UNSEEN.contains(&act) || BESIDE.contains(&act) || !edition.state().was_published() {
        return Ok(());
    }
    let all: Vec<(Option<i64>, i64)> =
        editions::table.filter(editions::document_id.eq(edition.document_id)).select((editions::unit_id, editions::revision_id)).load(c)?;
    let mut scopes = BTreeSet::new();
    match kind {
        Kind::Page => {}
        Kind::Article | Kind::Report => scopes.extend(all.iter().filter_map(|(unit, _)| *unit).map(news)),
        Kind::Posting => {
            scopes.extend(all.iter().filter_map(|(unit, _)| *unit).map(own));
            let unit: BTreeMap<i64, Option<i64>> = all.iter().map(|(unit, revision)| (*revision, *unit)).collect();
            let sent: Vec<(i64, String)> = revision_keys::table
                .filter(revision_keys::revision_id.eq_any(unit.keys()).and(revision_keys::name.eq(FOR)))
                .select((revision_keys::revision_id, revision_keys::value))
                .load(c)?;
            let of = |(revision, value): (i64, String)| if value == BELOW { below(unit[&revision]) } else { to(&value) };
            scopes.extend(sent.into_iter().map(of));
        }
    }
    // Of news and of figures a bulletin holds nothing before they begin: nor does its number tell of them.
    let held_back = kind != Kind::Posting || keys::of(c, edition.revision_id)?.iter().any(|(name, _)| name == HELD_BACK);
    for scope in scopes {
        let reach = Reach {
            scope,
            position: row.0,
            at: row.1,
            act: act.to_owned(),
            document_id: Some(edition.document_id),
            number: Some(edition.number),
            counts_from: edition.shown_from.max(row.1),
            held_back,
        };
        reaches::add(c, &reach)?;
    }
    Ok(())
}

/// Of what a unit does with a posting that comes to it.
pub fn answered(c: &mut Conn, row: (i64, Moment), act: &str, code: &str, document: i64) -> Result<(), Refusal> {
    add(c, row, act, at(code), Some(document))
}

/// Of what rules the whole portal.
pub fn everybody(c: &mut Conn, row: (i64, Moment), act: &str) -> Result<(), Refusal> {
    add(c, row, act, ALL.to_owned(), None)
}

fn add(c: &mut Conn, (position, at): (i64, Moment), act: &str, scope: String, document_id: Option<i64>) -> Result<(), Refusal> {
    reaches::add(c, &Reach { scope, position, at, act: act.to_owned(), document_id, number: None, counts_from: at, held_back: false })
}

/// Whether the log has rows of which the circles were never told.
pub fn is_lacking(c: &mut Conn) -> Result<bool, Refusal> {
    Ok(texts::find(c, MADE)?.is_none())
}

/// Makes the table again from the log, as the texts stand now.
pub fn make(c: &mut Conn) -> Result<(), Refusal> {
    reaches::forget(c)?;
    let rules: BTreeSet<String> = settings::table.select(settings::name).load::<String>(c)?.into_iter().collect();
    let mut after = 0;
    loop {
        let rows: Vec<(i64, Moment, String, String)> = log::table
            .filter(log::position.gt(after))
            .order(log::position.asc())
            .limit(STRETCH)
            .select((log::position, log::at, log::act, log::subject))
            .load(c)?;
        let Some(last) = rows.last() else { break };
        after = last.0;
        for (position, at, act, subject) in rows {
            again(c, (position, at), &act, &subject, &rules)?;
        }
    }
    texts::keep(c, MADE, "1")
}

fn again(c: &mut Conn, row: (i64, Moment), act: &str, subject: &str, rules: &BTreeSet<String>) -> Result<(), Refusal> {
    if subject.starts_with(PERSON) {
        return Ok(());
    }
    let mut parts = subject.split('/');
    let Some((kind, slug)) = parts.next().and_then(Kind::named).zip(parts.next()) else {
        return if act == "units_listed" || rules.contains(subject) { everybody(c, row, act) } else { Ok(()) };
    };
    let bears = documents::slug.eq(slug).or(documents::first_slug.eq(slug));
    let document: Option<i64> =
        documents::table.filter(documents::kind.eq(kind.name()).and(bears)).select(documents::id).first(c).optional()?;
    let Some(document) = document else { return Ok(()) };
    if ADOPTED.contains(&act) {
        return code_of(subject).map_or(Ok(()), |code| answered(c, row, act, code, document));
    }
    let number: Option<i32> = parts.next().and_then(|number| number.parse().ok());
    let edition = editions::table.filter(editions::document_id.eq(document).and(editions::number.eq(number.unwrap_or(0))));
    match edition.select(Edition::as_select()).first::<Edition>(c).optional()? {
        Some(edition) => note(c, row, act, kind, &edition),
        None => Ok(()),
    }
}
