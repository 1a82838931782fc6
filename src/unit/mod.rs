//! Floor 2: the tree of administrative units through time. A unit is (code, valid from): codes were reused in
//! the reform of 2025, so a code alone is not an identity. Rows come from the official list and change only by
//! an import of a newer one.

pub mod book;
pub mod find;
pub mod lineage;
pub mod page;

use std::collections::HashSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::kit::fold::alphabetical;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{unit_changes, units};

/// Stored where our records do not say since when.
pub const UNRECORDED: NaiveDate = match NaiveDate::from_ymd_opt(1, 1, 1) {
    Some(day) => day,
    None => panic!("the first day of year 1 exists"),
};

/// Codes asked for at once: both databases take so many.
const CODES: usize = 800;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = units)]
pub struct Unit {
    pub id: i64,
    pub code: String,
    pub valid_from: NaiveDate,
    /// The last day in force.
    pub valid_until: Option<NaiveDate>,
    /// Without the word for its rank, as decreed: never re-spelled.
    pub name: String,
    /// `tinh`, `thanh_pho`, `xa`, `phuong`, `dac_khu`, `huyen`, `quan`, `thi_xa`, `thi_tran`.
    pub rank: String,
    pub parent_id: Option<i64>,
    pub label: String,
    pub sample: bool,
}

pub const RANKS: [&str; 9] = ["tinh", "thanh_pho", "quan", "huyen", "thi_xa", "thi_tran", "phuong", "xa", "dac_khu"];

impl Unit {
    pub fn path(&self) -> String {
        format!("/don-vi/{}", self.label)
    }

    pub fn is_former(&self, today: NaiveDate) -> bool {
        self.valid_until.is_some_and(|last| last < today)
    }

    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.valid_from <= day && !self.is_former(day)
    }

    /// `xã Đan Phượng`; in English `Đan Phượng commune`.
    pub fn name(&self, words: &Words, lang: Lang) -> String {
        let named = match self.rank.as_str() {
            "tinh" => phrase!("unit-named-tinh", name = self.name),
            "thanh_pho" => phrase!("unit-named-thanh-pho", name = self.name),
            "quan" => phrase!("unit-named-quan", name = self.name),
            "huyen" => phrase!("unit-named-huyen", name = self.name),
            "thi_xa" => phrase!("unit-named-thi-xa", name = self.name),
            "thi_tran" => phrase!("unit-named-thi-tran", name = self.name),
            "phuong" => phrase!("unit-named-phuong", name = self.name),
            "dac_khu" => phrase!("unit-named-dac-khu", name = self.name),
            _ => phrase!("unit-named-xa", name = self.name),
        };
        words.say(lang, &named)
    }
}

pub fn at_label(c: &mut Conn, label: &str) -> Result<Unit, Refusal> {
    Ok(units::table.filter(units::label.eq(label)).select(Unit::as_select()).first(c)?)
}

pub fn with_ids(c: &mut Conn, ids: &[i64]) -> Result<Vec<Unit>, Refusal> {
    Ok(units::table.filter(units::id.eq_any(ids)).select(Unit::as_select()).load(c)?)
}

/// The unit that bore this code on that day.
pub fn on_day(c: &mut Conn, code: &str, day: NaiveDate) -> Result<Option<Unit>, Refusal> {
    Ok(units::table
        .filter(units::code.eq(code).and(units::valid_from.le(day)).and(units::valid_until.is_null().or(units::valid_until.ge(day))))
        .select(Unit::as_select())
        .first(c)
        .optional()?)
}

/// Every unit that ever bore one of these codes.
pub fn ever_bearing(c: &mut Conn, codes: &[String]) -> Result<Vec<Unit>, Refusal> {
    let mut found = Vec::new();
    for codes in codes.chunks(CODES) {
        found.extend(units::table.filter(units::code.eq_any(codes)).select(Unit::as_select()).load::<Unit>(c)?);
    }
    Ok(found)
}

/// From the province down to the unit's own parent.
pub fn ancestors(c: &mut Conn, unit: &Unit) -> Result<Vec<Unit>, Refusal> {
    let mut line = Vec::new();
    let mut next = unit.parent_id;
    while let Some(id) = next {
        let parent: Unit = units::table.find(id).select(Unit::as_select()).first(c)?;
        next = parent.parent_id;
        line.push(parent);
        if line.len() > 8 {
            return Err(Refusal::broken(format!("unit {} stands above itself", unit.label)));
        }
    }
    line.reverse();
    Ok(line)
}

/// The units that ever stood directly below, in alphabetical order.
pub fn ever_below(c: &mut Conn, unit: &Unit) -> Result<Vec<Unit>, Refusal> {
    let mut below: Vec<Unit> = units::table.filter(units::parent_id.eq(unit.id)).select(Unit::as_select()).load(c)?;
    below.sort_by_cached_key(|unit| alphabetical(&unit.name));
    Ok(below)
}

/// The next day on which one of these begins to be in force, or is no longer.
pub fn next_turn<'u>(units: impl IntoIterator<Item = &'u Unit>, today: NaiveDate) -> Option<NaiveDate> {
    let turns = |unit: &Unit| [Some(unit.valid_from), unit.valid_until.and_then(|last| last.succ_opt())];
    units.into_iter().flat_map(turns).flatten().filter(|day| *day > today).min()
}

/// The ids of a unit and of everything that ever stood below it.
pub fn with_descendants(c: &mut Conn, unit: &Unit) -> Result<Vec<i64>, Refusal> {
    let mut ids = vec![unit.id];
    let mut layer = vec![unit.id];
    for _ in 0..3 {
        layer = units::table.filter(units::parent_id.eq_any(&layer)).select(units::id).load(c)?;
        if layer.is_empty() {
            break;
        }
        ids.extend(&layer);
    }
    Ok(ids)
}

/// Every province there ever was, in alphabetical order.
pub fn provinces(c: &mut Conn) -> Result<Vec<Unit>, Refusal> {
    let mut provinces: Vec<Unit> = units::table.filter(units::parent_id.is_null()).select(Unit::as_select()).load(c)?;
    provinces.sort_by_cached_key(|unit| alphabetical(&unit.name));
    Ok(provinces)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `None`: the unit was abolished without a successor.
    pub unit: Option<Unit>,
    /// `whole`, `part` or `abolished`.
    pub extent: String,
    pub effective: NaiveDate,
}

/// What the unit was made of.
pub fn before(c: &mut Conn, unit: &Unit) -> Result<Vec<Change>, Refusal> {
    let rows: Vec<(i64, String, NaiveDate)> = unit_changes::table
        .filter(unit_changes::new_unit_id.eq(unit.id))
        .select((unit_changes::old_unit_id, unit_changes::extent, unit_changes::effective))
        .load(c)?;
    changes(c, rows.into_iter().map(|(id, extent, effective)| (Some(id), extent, effective)).collect())
}

/// What became of it. A unit that was abolished without a successor of its own went wherever those below it went,
/// each of which took a part.
pub fn after(c: &mut Conn, unit: &Unit) -> Result<Vec<Change>, Refusal> {
    let mut became = became(c, &[unit.id])?;
    if became.iter().all(|change| change.unit.is_none()) && !became.is_empty() {
        let below: Vec<i64> = units::table.filter(units::parent_id.eq(unit.id)).select(units::id).load(c)?;
        let mut seen = HashSet::new();
        let parts = self::became(c, &below)?.into_iter().filter(|change| change.unit.as_ref().is_some_and(|unit| seen.insert(unit.id)));
        became.extend(parts.map(|change| Change { extent: "part".to_owned(), ..change }));
    }
    Ok(became)
}

fn became(c: &mut Conn, ids: &[i64]) -> Result<Vec<Change>, Refusal> {
    let rows = unit_changes::table
        .filter(unit_changes::old_unit_id.eq_any(ids))
        .select((unit_changes::new_unit_id, unit_changes::extent, unit_changes::effective))
        .load(c)?;
    changes(c, rows)
}

fn changes(c: &mut Conn, rows: Vec<(Option<i64>, String, NaiveDate)>) -> Result<Vec<Change>, Refusal> {
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.0).collect();
    let found = with_ids(c, &ids)?;
    let mut changes: Vec<Change> = rows
        .into_iter()
        .map(|(id, extent, effective)| Change { unit: found.iter().find(|unit| Some(unit.id) == id).cloned(), extent, effective })
        .collect();
    changes.sort_by_cached_key(|change| (change.effective, change.unit.as_ref().map(|unit| alphabetical(&unit.name))));
    Ok(changes)
}
