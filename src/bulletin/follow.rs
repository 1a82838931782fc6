//! Bulletins of other portals that this one follows: what hangs there hangs here, as texts like any other, with where they came
//! from; nobody here changes them. Each change is one transaction with the mark of the bulletin that brought it. What is gone
//! there is withdrawn here, and what ends there ends here by itself, line or no line.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::{Map, json};

use super::follow_take;
use super::judge::{Mark, Refused, Trust};
use crate::edition::written::Press;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::Act;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema_out::{followed, sources};
use crate::unit;

/// What the log's subjects begin with that speak of what is followed.
pub const SOURCE: &str = "source/";
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = sources)]
pub struct Row {
    pub id: i64,
    pub portal: String,
    pub unit_code: String,
    pub hangs_in: String,
    pub trust: String,
    pub name: String,
    pub series: String,
    pub number: i64,
    pub content: String,
    pub issued_at: Moment,
    pub whole_issued_at: Moment,
    pub fresh_until: Moment,
    pub heard_at: Option<Moment>,
    pub fault: String,
    pub failures: i32,
    pub stopped_at: Option<Moment>,
}

impl Row {
    pub fn trust(&self) -> Trust {
        serde_json::from_str(&self.trust).unwrap_or_default()
    }

    /// `None` before the first bulletin.
    pub fn mark(&self) -> Option<Mark> {
        (!self.series.is_empty()).then(|| Mark { series: self.series.clone(), number: self.number, issued_at: self.issued_at })
    }

    /// The same for bulletins: one that stays is older than the timestamps that name it.
    pub fn whole_mark(&self) -> Option<Mark> {
        self.mark().map(|mark| Mark { issued_at: self.whole_issued_at, ..mark })
    }
}

pub fn all(c: &mut Conn) -> Result<Vec<Row>, Refusal> {
    Ok(sources::table.filter(sources::stopped_at.is_null()).order(sources::id.asc()).select(Row::as_select()).load(c)?)
}

/// Those that hang on a unit's board.
pub fn of_unit(c: &mut Conn, code: &str) -> Result<Vec<Row>, Refusal> {
    let of = sources::table.filter(sources::stopped_at.is_null().and(sources::hangs_in.eq(code)));
    Ok(of.order(sources::id.asc()).select(Row::as_select()).load(c)?)
}

/// Begins to follow, or goes on with what was stopped. Errors: no unit here bears the code.
pub fn begin(c: &mut Conn, act: Act, portal: &str, unit_code: &str, hangs_in: &str, trust: &Trust) -> Result<Row, Refusal> {
    let today = calendar::local(act.now).date();
    if unit::on_day(c, hangs_in, today)?.is_none() {
        return Err(Refusal::Trouble(phrase!("follow-unknown-unit", code = hangs_in)));
    }
    let same = sources::portal.eq(portal).and(sources::unit_code.eq(unit_code)).and(sources::hangs_in.eq(hangs_in));
    let trust = serde_json::to_string(trust).map_err(Refusal::broken)?;
    let known: Option<i64> = sources::table.filter(same).select(sources::id).first(c).optional()?;
    let id: i64 = match known {
        Some(id) => {
            let again = (sources::stopped_at.eq(None::<Moment>), sources::trust.eq(&trust), sources::fault.eq(""), sources::failures.eq(0));
            diesel::update(sources::table.find(id)).set(again).execute(c)?;
            id
        }
        None => diesel::insert_into(sources::table)
            .values((
                (sources::portal.eq(portal), sources::unit_code.eq(unit_code), sources::hangs_in.eq(hangs_in), sources::trust.eq(&trust)),
                (sources::name.eq(""), sources::series.eq(""), sources::number.eq(0), sources::content.eq("")),
                (
                    sources::issued_at.eq(act.now),
                    sources::whole_issued_at.eq(act.now),
                    sources::fresh_until.eq(act.now),
                    sources::fault.eq(""),
                    sources::failures.eq(0),
                ),
            ))
            .returning(sources::id)
            .get_result(c)?,
    };
    let facts = [("portal", portal), ("unit", unit_code), ("in", hangs_in)].map(|(name, fact)| (name.to_owned(), json!(fact)));
    act.record(c, "followed", format!("{SOURCE}{id}"), Map::from_iter(facts))?;
    Ok(sources::table.find(id).select(Row::as_select()).first(c)?)
}

/// Follows no more; what came from there is withdrawn, for nobody would hear of its end.
pub fn stop(c: &mut Conn, act: Act, press: &Press, row: &Row) -> Result<(), Refusal> {
    let reason = press.words.text(Lang::Vi, "follow-stopped-reason");
    for (_, known) in known(c, row)? {
        follow_take::gone(c, act, known.0, &reason, "")?;
    }
    diesel::update(sources::table.find(row.id)).set(sources::stopped_at.eq(act.now)).execute(c)?;
    act.record(c, "unfollowed", format!("{SOURCE}{}", row.id), Map::new()).map(drop)
}

/// Keys as they are known now.
pub fn trusts(c: &mut Conn, row: &Row, trust: &Trust) -> Result<(), Refusal> {
    let trust = serde_json::to_string(trust).map_err(Refusal::broken)?;
    diesel::update(sources::table.find(row.id)).set(sources::trust.eq(trust)).execute(c)?;
    Ok(())
}

/// The line is alive, and nothing is new.
pub fn heard(c: &mut Conn, now: Moment, row: &Row, mark: &Mark, fresh_until: Moment) -> Result<(), Refusal> {
    diesel::update(sources::table.find(row.id))
        .set((
            sources::series.eq(&mark.series),
            sources::number.eq(mark.number),
            sources::issued_at.eq(mark.issued_at),
            sources::fresh_until.eq(fresh_until),
            sources::heard_at.eq(now),
            sources::fault.eq(""),
            sources::failures.eq(0),
        ))
        .execute(c)?;
    Ok(())
}

/// A try was for nothing; what is held stays.
pub fn failed(c: &mut Conn, row: &Row, why: Refused) -> Result<(), Refusal> {
    diesel::update(sources::table.find(row.id))
        .set((sources::fault.eq(why.word()), sources::failures.eq(sources::failures + 1)))
        .execute(c)?;
    Ok(())
}

pub(super) type Known = (i64, i32, String);

/// By item: the document here, and what of it was taken over last.
pub(super) fn known(c: &mut Conn, row: &Row) -> Result<BTreeMap<String, Known>, Refusal> {
    let rows: Vec<(String, i64, i32, String)> = followed::table
        .filter(followed::source_id.eq(row.id))
        .select((followed::item, followed::document_id, followed::edition, followed::digest))
        .load(c)?;
    Ok(rows.into_iter().map(|(item, document, edition, digest)| (item, (document, edition, digest))).collect())
}

/// Ids of what is held of a source, for whoever compares.
pub fn held(c: &mut Conn, row: &Row) -> Result<BTreeSet<(String, i32)>, Refusal> {
    Ok(known(c, row)?.into_iter().map(|(item, (_, edition, _))| (item, edition)).collect())
}
