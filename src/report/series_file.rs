//! A series to take along: the same figures as on its page, to the last digit, each with who says it.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::heard::Teller;
use super::line::Said;
use super::observation::Value;
use super::series_page::run_name;
use super::through_time::Series;
use crate::edition::Kind;
use crate::kit::calendar;
use crate::kit::period::Period;
use crate::kit::table::{MARK, csv_line};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// One figure of the series, whoever says it.
struct Row<'s> {
    /// `told`; `predecessor`, of a unit that went into this one; `reckoned`, added up here.
    origin: &'static str,
    run: String,
    unit: Option<&'s Unit>,
    /// Of a predecessor: from when, and whether all of it went in.
    went: Option<(String, bool)>,
    member: String,
    period: Period,
    value: Value,
    measure: String,
    is_preliminary: bool,
    note: String,
    teller: Option<&'s Teller>,
    others: Vec<(Value, String, Option<&'s Teller>)>,
    terms: Vec<Decimal>,
}

fn told<'s>(said: &Said, tellers: &'s [Teller], row: Row<'s>) -> Row<'s> {
    let others = said.others.iter().map(|(teller, value, measure)| (*value, measure.clone(), tellers.get(*teller)));
    Row {
        value: said.value,
        measure: said.measure.clone(),
        is_preliminary: said.is_preliminary,
        note: said.note.clone(),
        teller: tellers.get(said.teller),
        others: others.collect(),
        ..row
    }
}

fn rows<'s>(reading: &Reading, series: &'s Series) -> Vec<Row<'s>> {
    let empty = |origin: &'static str, run: &str, unit: Option<&'s Unit>, period: Period| Row {
        origin,
        run: run.to_owned(),
        unit,
        went: None,
        member: String::new(),
        period,
        value: Value::Unknown,
        measure: series.indicator.measure.clone(),
        is_preliminary: false,
        note: String::new(),
        teller: None,
        others: Vec::new(),
        terms: Vec::new(),
    };
    let mut rows = Vec::new();
    for (run, lines) in &series.lines {
        let run = run_name(reading, *run, lines);
        for line in lines {
            for column in &series.columns {
                let Some(said) = line.said.get(column) else { continue };
                let row = Row { member: column.clone(), ..empty("told", &run, series.unit.as_ref(), line.period) };
                rows.push(told(said, &series.heard.tellers, row));
            }
        }
    }
    for before in &series.before {
        for (run, lines) in &before.lines {
            let run = run_name(reading, *run, lines);
            for line in lines {
                for (unit, is_whole) in &before.units {
                    let Some(said) = line.said.get(&unit.id.to_string()) else { continue };
                    let went = Some((before.from.to_string(), *is_whole));
                    let row = Row { went, ..empty("predecessor", &run, Some(unit), line.period) };
                    rows.push(told(said, &before.heard.tellers, row));
                }
                if let Some((sum, terms)) = series.sum(before, line) {
                    let is_preliminary = line.said.values().any(|said| said.is_preliminary);
                    let row = empty("reckoned", &run, series.unit.as_ref(), line.period);
                    rows.push(Row { value: Value::Number(sum), is_preliminary, terms, ..row });
                }
            }
        }
    }
    rows
}

fn missing(value: Value) -> &'static str {
    match value {
        Value::Number(_) => "",
        Value::Nothing => "nothing",
        Value::Unknown => "unknown",
    }
}

fn plain(value: Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Nothing | Value::Unknown => None,
    }
}

fn url(reading: &Reading, teller: &Teller) -> String {
    format!("{}{}", reading.face.site.address, Kind::Report.path(&teller.slug))
}

fn from(unit: &Unit) -> Option<String> {
    (unit.valid_from != unit::UNRECORDED).then(|| unit.valid_from.to_string())
}

const HEADS: [&str; 18] = [
    "indicator",
    "origin",
    "run",
    "unit",
    "unit_from",
    "unit_name",
    "extent",
    "merged_on",
    "period",
    "period_name",
    "member",
    "value",
    "measure",
    "missing",
    "status",
    "terms",
    "note",
    "report",
];

/// RFC 4180, UTF-8 with its mark. Terms of what is reckoned stand with a plus between them.
pub fn csv(reading: &Reading, series: &Series) -> Vec<u8> {
    let mut out = MARK.to_owned() + &csv_line(&HEADS);
    for row in rows(reading, series) {
        let (went, is_whole) = row.went.clone().map_or((String::new(), None), |(on, is_whole)| (on, Some(is_whole)));
        let terms = row.terms.iter().map(Decimal::to_string).collect::<Vec<String>>().join("+");
        let cells = [
            series.indicator.code.clone(),
            row.origin.to_owned(),
            row.run,
            row.unit.map(|unit| unit.code.clone()).unwrap_or_default(),
            row.unit.and_then(from).unwrap_or_default(),
            row.unit.map(|unit| unit::page::named(reading, unit)).unwrap_or_default(),
            is_whole.map_or("", |is_whole| if is_whole { "whole" } else { "part" }).to_owned(),
            went,
            row.period.to_string(),
            row.period.named(reading.lang),
            row.member,
            plain(row.value).unwrap_or_default(),
            row.measure,
            missing(row.value).to_owned(),
            if row.is_preliminary { "preliminary" } else { "final" }.to_owned(),
            terms,
            row.note,
            row.teller.map(|teller| url(reading, teller)).unwrap_or_default(),
        ];
        out.push_str(&csv_line(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    out.into_bytes()
}

/// Figures are texts in it, so that no program rounds them.
pub fn json(reading: &Reading, series: &Series) -> Json {
    let unit = |unit: &Unit| json!({ "code": unit.code, "valid_from": from(unit), "valid_until": unit.valid_until.map(|day| day.to_string()), "name": unit::page::named(reading, unit) });
    let by = |teller: &Teller| json!({ "title": teller.title, "url": url(reading, teller), "published": calendar::iso(teller.dated_at, teller.day_only), "sample": teller.sample });
    let one = |row: Row| {
        let others = row.others.iter().map(|(value, measure, teller)| {
            json!({ "value": plain(*value), "missing": missing(*value), "measure": measure, "report": teller.map(by) })
        });
        json!({
            "origin": row.origin,
            "run": row.run,
            "unit": row.unit.map(unit),
            "merged_on": row.went.as_ref().map(|(on, _)| on),
            "extent": row.went.as_ref().map(|(_, is_whole)| if *is_whole { "whole" } else { "part" }),
            "member": row.member,
            "period": row.period.to_string(),
            "value": plain(row.value),
            "missing": missing(row.value),
            "measure": row.measure,
            "status": if row.is_preliminary { "preliminary" } else { "final" },
            "terms": row.terms.iter().map(Decimal::to_string).collect::<Vec<String>>(),
            "note": row.note,
            "report": row.teller.map(by),
            "told_otherwise": others.collect::<Vec<Json>>(),
        })
    };
    let indicator = &series.indicator;
    json!({
        "indicator": indicator.code,
        "name": indicator.name(reading.lang),
        "definition": indicator.definition,
        "measure": indicator.measure,
        "dimension": series.by,
        "unit": series.unit.as_ref().map(unit),
        "url": format!("{}{}", reading.face.site.address, series.asked.address("")),
        "became": series.after.iter().filter_map(|change| {
            let heir = change.unit.as_ref()?;
            Some(json!({ "unit": unit(heir), "extent": change.extent, "on": change.effective.to_string() }))
        }).collect::<Vec<Json>>(),
        "figures": rows(reading, series).into_iter().map(one).collect::<Vec<Json>>(),
    })
}
