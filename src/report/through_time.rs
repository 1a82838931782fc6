//! An indicator through time: all that its page and its files are made from.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::heard::{Heard, heard};
use super::indicators::{Indicator, Indicators};
use super::line::{self, Apart, Line, Said, may_add, sum};
use super::rules;
use super::runs::Run;
use crate::kit::calendar;
use crate::kit::fold::is_slug;
use crate::kit::period::Period;
use crate::kit::refusal::Refusal;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// Where every series begins.
pub const SERIES: &str = "/so-lieu/chi-tieu";

/// What is asked for; empty where nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub indicator: String,
    /// A unit's code, or its label where another bears the code now.
    pub unit: String,
    /// A dimension.
    pub by: String,
}

impl Asked {
    /// The one address under which it is linked; `ending`: of a file of the same.
    pub fn address(&self, ending: &str) -> String {
        let told = [("don-vi", &self.unit), ("theo", &self.by)].into_iter().filter(|(_, value)| !value.is_empty());
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(told).finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{SERIES}/{}{ending}{mark}{query}", self.indicator)
    }
}

/// All that a series' outputs are made from.
pub struct Series {
    pub asked: Asked,
    pub known: Indicators,
    pub indicator: Indicator,
    pub unit: Option<Unit>,
    pub heard: Heard,
    /// By which its columns are; empty where they are not split.
    pub by: String,
    /// Members in the order of their list; an empty one is the whole.
    pub columns: Vec<String>,
    pub lines: Vec<(Run, Vec<Line>)>,
    pub before: Vec<Before>,
    pub after: Vec<unit::Change>,
}

/// What the units that went into this one on a day say of the time before it.
pub struct Before {
    pub from: NaiveDate,
    /// Each with whether all of it went in, and who says what of it.
    pub units: Vec<(Unit, bool)>,
    pub heard: Heard,
    /// Columns are the units' ids.
    pub lines: Vec<(Run, Vec<Line>)>,
    pub apart: Option<Apart>,
}

impl Series {
    /// Errors: `Missing` for an indicator, a unit or a dimension that nobody knows.
    pub fn load(reading: &mut Reading, asked: &Asked) -> Result<Series, Refusal> {
        // Units begin and end at midnight.
        reading.until(calendar::tomorrow(reading.now));
        let known = rules::indicators(&mut reading.c)?;
        let indicator = known.indicator(&asked.indicator).ok_or(Refusal::Missing)?.clone();
        if !asked.by.is_empty() && known.dimension(&asked.by).is_none() {
            return Err(Refusal::Missing);
        }
        let unit = asked_unit(reading, &asked.unit)?;
        let heard = heard(&mut reading.c, &indicator.code, unit.as_ref(), reading.now)?;
        let is_whole = heard.said.iter().any(|(_, one)| one.members.is_empty());
        // What is nowhere told whole is shown by what it is told by.
        let first = dimensions(&heard, &known).first().map(|code| (*code).to_owned()).filter(|_| asked.by.is_empty() && !is_whole);
        let by = first.unwrap_or_else(|| asked.by.clone());
        let lines = line::by(&heard, &by, &known, &indicator);
        let told: BTreeSet<&str> =
            lines.iter().flat_map(|(_, lines)| lines).flat_map(|line| line.said.keys()).map(String::as_str).collect();
        let members = known.dimension(&by).map(|dimension| dimension.members.as_slice()).unwrap_or_default();
        let order = [""].into_iter().chain(members.iter().map(|member| member.code.as_str()));
        let columns = order.filter(|code| told.contains(code)).map(str::to_owned).collect();
        let (before, after) = match &unit {
            Some(unit) => (before(reading, unit, &known, &indicator)?, unit::after(&mut reading.c, unit)?),
            None => Default::default(),
        };
        let today = calendar::local(reading.now).date();
        let after = after.into_iter().filter(|change| change.effective <= today).collect();
        Ok(Series { asked: asked.clone(), known, indicator, unit, heard, by, columns, lines, before, after })
    }

    pub fn column_name(&self, reading: &Reading, column: &str) -> String {
        let member = self.known.dimension(&self.by).and_then(|dimension| dimension.member(column));
        member.map_or_else(|| reading.word("report-whole"), |member| member.name(reading.lang).to_owned())
    }

    /// Lines may be added up that say of every unit what it was from its first day on.
    pub fn sum(&self, before: &Before, line: &Line) -> Option<(Decimal, Vec<Decimal>)> {
        let begins = begins(line.period)?;
        let is_within = before.units.iter().all(|(unit, _)| unit.valid_from <= begins);
        let columns: Vec<String> = before.units.iter().map(|(unit, _)| unit.id.to_string()).collect();
        if before.apart.is_some() || !is_within { None } else { sum(line, &columns, &self.indicator) }
    }
}

/// The first day that a figure speaks of.
pub fn begins(period: Period) -> Option<NaiveDate> {
    match period {
        Period::Day(day) | Period::Span(day, _) => Some(day),
        Period::NotStated => None,
    }
}

/// By what any of it is split, and by nothing else beside.
pub fn dimensions<'k>(heard: &Heard, known: &'k Indicators) -> Vec<&'k str> {
    let told = |code: &str| heard.said.iter().any(|(_, one)| matches!(one.members.as_slice(), [(of, _)] if of == code));
    known.dimensions.iter().map(|dimension| dimension.code.as_str()).filter(|code| told(code)).collect()
}

/// Empty: the unit whose portal this is; `None` where that is none, and the portal itself speaks.
fn asked_unit(reading: &mut Reading, asked: &str) -> Result<Option<Unit>, Refusal> {
    let today = calendar::local(reading.now).date();
    if asked.is_empty() {
        let own = reading.face.site.unit.clone();
        return if own.is_empty() { Ok(None) } else { unit::on_day(&mut reading.c, &own, today) };
    }
    if asked.len() <= 10 && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        return unit::lineage::bearers(&mut reading.c, &[asked.to_owned()], today)?.pop().ok_or(Refusal::Missing).map(Some);
    }
    if !is_slug(asked) {
        return Err(Refusal::Missing);
    }
    unit::at_label(&mut reading.c, asked).map(Some)
}

/// As an address names a unit: by its code while that means this unit, and else by its label.
pub fn unit_in_address(reading: &mut Reading, unit: &Unit) -> Result<String, Refusal> {
    let today = calendar::local(reading.now).date();
    if reading.face.site.unit == unit.code && unit.is_in_force(today) {
        return Ok(String::new());
    }
    let bearer = unit::lineage::bearers(&mut reading.c, std::slice::from_ref(&unit.code), today)?.pop();
    Ok(if bearer.is_some_and(|bearer| bearer.id == unit.id) { unit.code.clone() } else { unit.label.clone() })
}

/// Of all that ever went into it by today, by the day on which it did.
fn before(reading: &mut Reading, unit: &Unit, known: &Indicators, indicator: &Indicator) -> Result<Vec<Before>, Refusal> {
    let today = calendar::local(reading.now).date();
    let mut changes = unit::before(&mut reading.c, unit)?;
    changes.retain(|change| change.effective <= today);
    let wholes: Vec<bool> = changes.iter().map(|change| change.extent == "whole").collect();
    let apart = may_add(indicator, &wholes).err();
    let mut found: Vec<Before> = Vec::new();
    for change in changes {
        let Some(unit) = change.unit else { continue };
        let (from, is_whole) = (change.effective, change.extent == "whole");
        if found.last().is_none_or(|last| last.from != from) {
            found.push(Before { from, units: Vec::new(), heard: Heard::default(), lines: Vec::new(), apart });
        }
        found.last_mut().into_iter().for_each(|last| last.units.push((unit.clone(), is_whole)));
    }
    found.reverse();
    for before in &mut found {
        let mut told = Vec::new();
        for (unit, _) in &before.units {
            let of = heard(&mut reading.c, &indicator.code, Some(unit), reading.now)?;
            let offset = before.heard.tellers.len();
            before.heard.tellers.extend(of.tellers);
            for (teller, one) in of.said {
                // What it says of the time after is its own, or a slip.
                let is_before = one.period.last_day().is_none_or(|day| day < before.from);
                if one.members.is_empty() && is_before {
                    told.push((unit.id.to_string(), one.period, Said::of(offset + teller, &one, known, indicator)));
                }
            }
        }
        let tellers = &before.heard.tellers;
        before.lines = line::lines(told, |teller| line::order(tellers, teller));
    }
    Ok(found)
}
