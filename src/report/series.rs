//! Figures in the database: made from the files on the shelf, to ask across reports. Which of them show is asked of the editions
//! each time, as of any text.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::check::Earlier;
use super::observation::{Figures, Observation, Value, exact};
use crate::edition::Kind;
use crate::edition::terms::visible_at;
use crate::kit::clock::Moment;
use crate::kit::period::Period;
use crate::kit::refusal::Refusal;
use crate::on_conn;
use crate::store::Conn;
use crate::store::schema::{editions, revision_media};
use crate::store::schema_out::{data_indicators, observations};

/// Rows in one statement: eleven values each, and both databases take 32,766.
const CHUNK: usize = 1_000;

#[derive(Insertable, Queryable)]
#[diesel(table_name = observations)]
#[diesel(treat_none_as_default_value = false)]
pub(super) struct Row {
    pub data: String,
    row: i32,
    indicator: String,
    unit_code: String,
    first_day: Option<NaiveDate>,
    last_day: Option<NaiveDate>,
    members: String,
    value: String,
    measure: String,
    is_preliminary: bool,
    note: String,
}

impl Row {
    pub fn observation(self) -> Result<Observation, Refusal> {
        Ok(Observation {
            value: number(&self.value)?,
            indicator: self.indicator,
            unit: self.unit_code,
            period: period(self.first_day, self.last_day),
            members: parted(&self.members),
            measure: self.measure,
            is_preliminary: self.is_preliminary,
            note: self.note,
        })
    }
}

fn joined(members: &[(String, String)]) -> String {
    members.iter().map(|(dimension, member)| format!("{dimension}={member}\n")).collect()
}

pub(super) fn parted(members: &str) -> Vec<(String, String)> {
    members.lines().filter_map(|line| line.split_once('=')).map(|(dimension, member)| (dimension.to_owned(), member.to_owned())).collect()
}

fn days(period: Period) -> (Option<NaiveDate>, Option<NaiveDate>) {
    match period {
        Period::Day(day) => (None, Some(day)),
        Period::Span(from, to) => (Some(from), Some(to)),
        Period::NotStated => (None, None),
    }
}

fn period(first: Option<NaiveDate>, last: Option<NaiveDate>) -> Period {
    match (first, last) {
        (Some(from), Some(to)) => Period::Span(from, to),
        (_, Some(day)) => Period::Day(day),
        (_, None) => Period::NotStated,
    }
}

fn number(text: &str) -> Result<Value, Refusal> {
    match text {
        "-" => Ok(Value::Nothing),
        "…" => Ok(Value::Unknown),
        _ => exact(text).map(Value::Number).ok_or_else(|| Refusal::broken(format!("a stored figure is no number: {text}"))),
    }
}

/// Files a file's figures under its digest; once for each file.
pub fn learn(c: &mut Conn, data: &str, figures: &Figures) -> Result<(), Refusal> {
    let known = observations::table.filter(observations::data.eq(data)).select(observations::row).limit(1).load::<i32>(c)?;
    if !known.is_empty() {
        return Ok(());
    }
    let rows: Vec<Row> = figures
        .rows
        .iter()
        .zip(0..)
        .map(|(one, row)| {
            let (first_day, last_day) = days(one.period);
            Row {
                data: data.to_owned(),
                row,
                indicator: one.indicator.clone(),
                unit_code: one.unit.clone(),
                first_day,
                last_day,
                members: joined(&one.members),
                value: one.value.written(),
                measure: one.measure.clone(),
                is_preliminary: one.is_preliminary,
                note: one.note.clone(),
            }
        })
        .collect();
    for chunk in rows.chunks(CHUNK) {
        on_conn!(&mut *c, |c| diesel::insert_into(observations::table).values(chunk).execute(c))?;
    }
    let indicators: BTreeSet<&str> = rows.iter().map(|row| row.indicator.as_str()).collect();
    let of = |indicator: &&str| (data_indicators::data.eq(data.to_owned()), data_indicators::indicator.eq((*indicator).to_owned()));
    for chunk in indicators.iter().map(of).collect::<Vec<_>>().chunks(CHUNK) {
        on_conn!(&mut *c, |c| diesel::insert_into(data_indicators::table).values(chunk.to_vec()).execute(c))?;
    }
    Ok(())
}

/// A file's figures as they were filed. Errors: `Missing` where none were.
pub fn figures(c: &mut Conn, data: &str) -> Result<Figures, Refusal> {
    let rows: Vec<Row> = observations::table.filter(observations::data.eq(data)).order(observations::row.asc()).load(c)?;
    if rows.is_empty() {
        return Err(Refusal::Missing);
    }
    let mut figures = Figures::default();
    for row in rows {
        for (dimension, _) in parted(&row.members) {
            if !figures.dimensions.contains(&dimension) {
                figures.dimensions.push(dimension);
            }
        }
        figures.rows.push(row.observation()?);
    }
    Ok(figures)
}

/// What a file says of these indicators as wholes, split by nothing.
pub fn wholes(c: &mut Conn, data: &str, indicators: &[&str]) -> Result<Vec<Observation>, Refusal> {
    let of = observations::data.eq(data).and(observations::indicator.eq_any(indicators)).and(observations::members.eq(""));
    let rows: Vec<Row> = observations::table.filter(of).order(observations::row.asc()).load(c)?;
    rows.into_iter().map(Row::observation).collect()
}

/// What other reports of the same unit say now of these indicators as of, or up to, these days: what a new one is held against.
/// `(unit, document)`: whose, and which one is left out.
pub fn earlier(
    c: &mut Conn,
    (unit, document): (Option<i64>, i64),
    (indicators, days): (&[&str], &[NaiveDate]),
    now: Moment,
) -> Result<Earlier, Refusal> {
    if days.is_empty() {
        return Ok(Earlier::new());
    }
    let mut reports = editions::table
        .inner_join(revision_media::table.on(revision_media::revision_id.eq(editions::revision_id)))
        .filter(editions::kind.eq(Kind::Report.name()).and(editions::document_id.ne(document)).and(visible_at(now)))
        .order((editions::dated_at.asc(), editions::id.asc()))
        .select(revision_media::digest)
        .into_boxed();
    reports = match unit {
        Some(unit) => reports.filter(editions::unit_id.eq(unit)),
        None => reports.filter(editions::unit_id.is_null()),
    };
    let mut earlier = Earlier::new();
    for data in reports.load::<String>(c)? {
        let of = observations::data.eq(&data).and(observations::indicator.eq_any(indicators)).and(observations::last_day.eq_any(days));
        for row in observations::table.filter(of).load::<Row>(c)? {
            let one = row.observation()?;
            // What was said last counts.
            if let Some(value) = one.value.number() {
                earlier.insert((one.indicator, one.unit, one.members, one.period), (value, one.measure));
            }
        }
    }
    Ok(earlier)
}
