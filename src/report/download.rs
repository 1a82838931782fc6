//! A report to take along: CSV with what describes it (W3C CSVW), a workbook, JSON. The figures are the same in each to the last digit.

use rust_decimal::Decimal;
use serde_json::{Value as Json, json};

use super::Early;
use super::layout::{self, INDICATOR, UNIT};
use super::loaded::{Loaded, measure_name};
use super::observation::{Observation, Value};
use super::table::{Notes, TableShown, table};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::table::{Cell, Column, Table, csv_line, workbook};
use crate::web::answer::Reading;

/// The first columns of the plain table, the dimensions' two each between them, and the last.
pub const FIRST: [&str; 6] = ["indicator", "indicator_name", "unit", "unit_name", "period", "period_name"];
pub const LAST: [&str; 6] = ["value", "measure", "measure_name", "missing", "status", "note"];
pub const SHEET: &str = "Dữ liệu";

/// `nothing` for `-`, `unknown` for `…`: in words, so that no program takes a dash for a number.
fn missing(value: Value) -> &'static str {
    match value {
        Value::Number(_) => "",
        Value::Nothing => "nothing",
        Value::Unknown => "unknown",
    }
}

fn plain_number(value: Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number),
        Value::Nothing | Value::Unknown => None,
    }
}

/// Heads of the plain table.
pub fn heads(dimensions: &[String]) -> Vec<String> {
    let middle = dimensions.iter().flat_map(|code| [code.clone(), format!("{code}_name")]);
    FIRST.map(str::to_owned).into_iter().chain(middle).chain(LAST.map(str::to_owned)).collect()
}

/// One figure with all that it is, as a row of the plain table.
fn row(reading: &Reading, told: &Loaded, one: &Observation) -> Vec<Cell> {
    let unit = if one.unit.is_empty() { &told.own_code } else { &one.unit };
    let mut cells: Vec<Cell> = vec![
        one.indicator.as_str().into(),
        told.label(INDICATOR, &one.indicator, reading).into(),
        unit.as_str().into(),
        told.label(UNIT, &one.unit, reading).into(),
        one.period.to_string().into(),
        one.period.named(reading.lang).into(),
    ];
    for dimension in &told.figures.dimensions {
        let member = one.member(dimension).unwrap_or_default();
        cells.push(member.into());
        cells.push(if member.is_empty() { Cell::Empty } else { told.label(dimension, member, reading).into() });
    }
    cells.push(plain_number(one.value).map_or(Cell::Empty, Cell::Exact));
    cells.push(one.measure.as_str().into());
    cells.push(measure_name(told, one, reading).into());
    cells.push(missing(one.value).into());
    cells.push(if one.is_preliminary { "preliminary" } else { "final" }.into());
    cells.push(one.note.as_str().into());
    cells
}

/// RFC 4180, UTF-8 with its mark; its columns are described in [`csvw`].
pub fn csv(reading: &Reading, told: &Loaded) -> Vec<u8> {
    let heads = heads(&told.figures.dimensions);
    let mut out = crate::kit::table::MARK.to_owned() + &csv_line(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    for one in &told.figures.rows {
        let cells: Vec<String> = row(reading, told, one).iter().map(Cell::plain).collect();
        out.push_str(&csv_line(&cells.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    out.into_bytes()
}

/// Metadata Vocabulary for Tabular Data (W3C Recommendation, 2015), beside the file under its name.
pub fn csvw(reading: &Reading, told: &Loaded, about: &About) -> Json {
    let heads = heads(&told.figures.dimensions);
    let column = |name: &String| {
        let datatype = match name.as_str() {
            "value" => "decimal",
            _ => "string",
        };
        let base = name.strip_suffix("_name").unwrap_or(name);
        let title = told.known.dimension(base).map_or_else(
            || reading.word(&format!("figures-head-{}", name.replace('_', "-"))),
            |dimension| {
                let of = dimension.name(reading.lang);
                if base == name { format!("{of} ({})", reading.word("figures-head-code")) } else { of.to_owned() }
            },
        );
        json!({ "name": name, "titles": name, "dc:description": title, "datatype": datatype, "null": "" })
    };
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": reading.lang.tag() }],
        "url": about.file("csv"),
        "dc:title": about.title,
        "dc:description": about.lead,
        "dc:publisher": about.publisher,
        "dc:source": told.report.source,
        "dc:issued": about.issued,
        "dc:modified": about.modified,
        "dialect": { "encoding": "utf-8", "header": true, "delimiter": "," },
        "tableSchema": { "columns": heads.iter().map(column).collect::<Vec<Json>>() },
    })
}

/// What a download says of itself.
pub struct About {
    pub title: String,
    pub lead: String,
    pub publisher: String,
    /// Its address without an ending, as others reach it.
    pub address: String,
    /// The address of the report, whatever edition this is.
    pub report: String,
    pub number: i32,
    /// The number of the edition that shows.
    pub newest: i32,
    pub issued: String,
    pub modified: String,
    pub made_at: Moment,
}

impl About {
    pub fn of(reading: &Reading, told: &Loaded, slug: &str, edition: &Edition, newest: i32, revision: &Revision) -> About {
        let site = &reading.face.site;
        let report = Kind::Report.path(slug);
        let own = if edition.number == newest { report.clone() } else { Kind::Report.edition_path(slug, edition.number) };
        About {
            title: revision.title.clone(),
            lead: revision.lead.clone(),
            publisher: told.label(UNIT, "", reading),
            address: format!("{}{own}", site.address),
            report: format!("{}{report}", site.address),
            number: edition.number,
            newest,
            issued: calendar::iso(edition.dated_at, edition.day_only),
            modified: calendar::iso(edition.starts_at, false),
            made_at: edition.starts_at,
        }
    }

    pub fn file(&self, ending: &str) -> String {
        format!("{}.{ending}", self.address)
    }
}

/// Figures are texts in it, so that no program rounds them.
pub fn json(reading: &Reading, told: &Loaded, about: &About) -> Json {
    let one = |one: &Observation| {
        let members: serde_json::Map<String, Json> =
            one.members.iter().map(|(dimension, member)| (dimension.clone(), json!(member))).collect();
        json!({
            "indicator": one.indicator,
            "unit": if one.unit.is_empty() { &told.own_code } else { &one.unit },
            "period": one.period.to_string(),
            "members": members,
            "value": plain_number(one.value).map(|value| value.to_string()),
            "missing": missing(one.value),
            "measure": one.measure,
            "status": if one.is_preliminary { "preliminary" } else { "final" },
            "note": one.note,
        })
    };
    let used = |code: &str| told.figures.rows.iter().any(|one| one.indicator == code);
    let indicators = told.known.indicators.iter().filter(|known| used(&known.code)).map(
        |known| json!({ "code": known.code, "name": known.name(reading.lang), "measure": known.measure, "definition": known.definition }),
    );
    let measures = told.known.measures.iter().filter(|known| told.figures.rows.iter().any(|one| one.measure == known.code));
    let measures = measures
        .map(|known| json!({ "code": known.code, "name": known.name(reading.lang), "of": known.of, "factor": known.factor.to_string() }));
    let dimensions = told.figures.dimensions.iter().filter_map(|code| told.known.dimension(code)).map(|known| {
        let members = known.members.iter().map(|member| json!({ "code": member.code, "name": member.name(reading.lang) }));
        json!({ "code": known.code, "name": known.name(reading.lang), "members": members.collect::<Vec<Json>>() })
    });
    let mut units: Vec<(&String, &String)> = told.units.iter().filter(|(code, _)| !code.is_empty()).collect();
    units.sort();
    let own = [(&told.own_code, told.label(UNIT, "", reading))];
    let units = own
        .iter()
        .map(|(code, name)| json!({ "code": code, "name": name }))
        .chain(units.iter().map(|(code, name)| json!({ "code": code, "name": name })));
    json!({
        "title": about.title,
        "url": about.report,
        "edition": about.number,
        "newest_edition": about.newest,
        "publisher": about.publisher,
        "source": told.report.source,
        "method": told.report.method,
        "issued": about.issued,
        "modified": about.modified,
        "seen_early_by": told.report.early.iter().map(Early::told).collect::<Vec<String>>(),
        "sample": told.report.sample,
        "measures": measures.collect::<Vec<Json>>(),
        "indicators": indicators.collect::<Vec<Json>>(),
        "dimensions": dimensions.collect::<Vec<Json>>(),
        "units": units.collect::<Vec<Json>>(),
        "observations": told.figures.rows.iter().map(one).collect::<Vec<Json>>(),
    })
}

/// A sheet for each table as it is read, and one with every figure and all that it is.
pub fn xlsx(reading: &Reading, told: &Loaded, about: &About) -> Result<Vec<u8>, Refusal> {
    let mut notes = Notes::default();
    let mut sheets = Vec::new();
    for (number, grid) in (1..).zip(layout::grids(&told.figures, &told.report.tables, &told.known)) {
        let shown = table(reading, told, &grid, &mut notes);
        sheets.push(sheet(reading, told, about, number, &shown, &grid.cells));
    }
    let heads = heads(&told.figures.dimensions);
    sheets.push(Table {
        title: about.title.clone(),
        sheet: SHEET.to_owned(),
        about: vec![told.report.source.clone(), about.report.clone()],
        columns: heads.into_iter().map(|head| Column { width: if head == "note" { 40 } else { 18 }, head }).collect(),
        rows: told.figures.rows.iter().map(|one| row(reading, told, one)).collect(),
        made_at: about.made_at,
    });
    workbook(&sheets)
}

fn sheet(reading: &Reading, told: &Loaded, about: &About, number: usize, shown: &TableShown, cells: &[Vec<Option<usize>>]) -> Table {
    let has_notes = shown.rows.iter().any(|row| !row.note.is_empty());
    let mut columns = vec![Column { head: shown.corner.clone(), width: 34 }];
    columns.extend(has_notes.then(|| Column { head: reading.word("report-measure"), width: 16 }));
    columns.extend(shown.has_periods.then(|| Column { head: reading.word("report-period"), width: 22 }));
    let first = shown.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default();
    columns.extend(first.iter().map(|cell| Column { head: cell.of.to_string(), width: 20 }));
    let rows = shown.rows.iter().zip(cells).map(|(row, cells)| {
        let mut line: Vec<Cell> = vec![row.name.as_str().into()];
        line.extend(has_notes.then(|| row.note.as_str().into()));
        line.extend(shown.has_periods.then(|| row.period.as_str().into()));
        line.extend(cells.iter().map(|at| match at.and_then(|at| told.figures.rows.get(at)).map(|one| one.value) {
            None => Cell::Empty,
            Some(Value::Number(number)) => Cell::Exact(number),
            Some(value) => value.written().into(),
        }));
        line
    });
    let measure = (!shown.measure.is_empty()).then(|| format!("{}: {}", reading.word("report-measure"), shown.measure));
    Table {
        title: shown.title.clone(),
        sheet: format!("{} {number}", reading.word("report-table")),
        about: measure.into_iter().chain([told.report.source.clone(), about.report.clone()]).collect(),
        columns,
        rows: rows.collect(),
        made_at: about.made_at,
    }
}
