//! The page of an indicator through time, the same as files, and the list of all indicators of which any report says something.

use std::collections::HashMap;

use actix_web::web::Query;
use serde::Serialize;

use super::postings::choosable;
use super::tell;
use crate::channel::card;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table;
use crate::phrase;
use crate::report::heard::counted;
use crate::report::series_page::{Shown, shown};
use crate::report::through_time::{Asked, SERIES, Series, dimensions, unit_in_address};
use crate::report::{rules, series_file};
use crate::unit;
use crate::web::answer::{Answer, Reading};
use crate::web::layout::REPORTS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

/// As which file a series is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Page,
    Csv,
    Json,
}

impl Form {
    pub const ALL: [Form; 3] = [Form::Csv, Form::Json, Form::Page];

    pub fn ending(self) -> &'static str {
        match self {
            Form::Page => "",
            Form::Csv => ".csv",
            Form::Json => ".json",
        }
    }
}

pub fn asked(indicator: &str, query: &str) -> Asked {
    let fields = Query::<HashMap<String, String>>::from_query(query).map(Query::into_inner).unwrap_or_default();
    let field = |name: &str| -> String {
        let text = fields.get(name).map_or("", |text| text.trim());
        text.chars().filter(|c| !c.is_control()).take(100).collect()
    };
    Asked { indicator: indicator.to_owned(), unit: field("don-vi"), by: field("theo") }
}

#[derive(Serialize)]
struct Way {
    name: String,
    path: String,
    here: bool,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Parts {
    series: Shown,
    /// Whole, and by each dimension that anything is split by.
    ways: Vec<Way>,
    units: Vec<Choice>,
    asked: AskedShown,
    is_empty: bool,
    index: &'static str,
}

#[derive(Serialize)]
struct AskedShown {
    path: String,
    by: String,
}

pub fn series(reading: &mut Reading, asked: &Asked, form: Form) -> Result<Answer, Refusal> {
    let series = Series::load(reading, asked)?;
    match form {
        Form::Page => page(reading, series),
        Form::Csv => Ok(Answer::new(reading, table::CSV, series_file::csv(reading, &series))),
        Form::Json => {
            let bytes = serde_json::to_vec_pretty(&series_file::json(reading, &series)).map_err(Refusal::broken)?;
            Ok(Answer::new(reading, "application/json", bytes))
        }
    }
}

fn page(reading: &mut Reading, series: Series) -> Result<Answer, Refusal> {
    let shown = shown(reading, &series)?;
    let own = match &series.unit {
        Some(unit) => unit_in_address(reading, unit)?,
        None => String::new(),
    };
    let asked = Asked { unit: own.clone(), ..series.asked.clone() };
    let title = match &shown.unit {
        Some(unit) => reading.say(&phrase!("series-of-unit", indicator = shown.name, unit = unit.name)),
        None => shown.name.clone(),
    };
    let mut page = reading.page("series", title, &asked.address(""));
    page.description = reading.say(&phrase!("series-about", indicator = shown.name, measure = shown.measure));
    page.crumbs.push(Link::new(reading.word("report-list"), REPORTS));
    page.crumbs.push(Link::new(reading.word("series-index"), SERIES));
    let is_empty = shown.tables.is_empty() && shown.before.iter().all(|before| before.tables.is_empty());
    page.noindex = is_empty;
    let mut graph = Graph::default();
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    let way =
        |code: &str, name: String| Way { name, path: Asked { by: code.to_owned(), ..asked.clone() }.address(""), here: series.by == code };
    let mut ways: Vec<Way> = Vec::new();
    let is_whole = series.heard.said.iter().any(|(_, one)| one.members.is_empty());
    ways.extend(is_whole.then(|| way("", reading.word("series-whole"))));
    for code in dimensions(&series.heard, &series.known) {
        let name = series.known.dimension(code).map(|dimension| dimension.name(reading.lang).to_owned()).unwrap_or_default();
        ways.push(way(code, name));
    }
    let units = units(reading, &series)?;
    let path = Asked { unit: String::new(), by: String::new(), ..asked.clone() }.address("");
    let asked = AskedShown { path, by: asked.by };
    reading.html("report/series.html", &page, &Parts { series: shown, ways, units, asked, is_empty, index: SERIES })
}

/// The unit whose portal this is with those below it, or the provinces, and the one that is shown.
fn units(reading: &mut Reading, series: &Series) -> Result<Vec<Choice>, Refusal> {
    let own = reading.face.site.unit.clone();
    let today = crate::kit::calendar::local(reading.now).date();
    let mut all = Vec::new();
    if !own.is_empty() {
        all.extend(unit::on_day(&mut reading.c, &own, today)?);
    }
    all.extend(choosable(reading)?);
    all.extend(series.unit.clone());
    let (mut units, mut seen) = (Vec::new(), std::collections::BTreeSet::new());
    for unit in all {
        if seen.insert(unit.id) {
            let value = unit_in_address(reading, &unit)?;
            let chosen = series.unit.as_ref().is_some_and(|shown| shown.id == unit.id);
            units.push(Choice { value, name: capitalised(&unit::page::titled(reading, &unit)), chosen });
        }
    }
    Ok(units)
}

#[derive(Serialize)]
struct Row {
    name: String,
    path: String,
    measure: String,
    definition: String,
    reports: String,
}

#[derive(Serialize)]
struct IndexParts {
    rows: Vec<Row>,
    reports: &'static str,
}

/// Those of which a report that shows now says anything, in the order of their list.
pub fn told(reading: &mut Reading) -> Result<Vec<(String, usize)>, Refusal> {
    let known = rules::indicators(&mut reading.c)?;
    let counted = counted(&mut reading.c, reading.now)?;
    let of = |code: &str| Some((code.to_owned(), usize::try_from(*counted.get(code)?).unwrap_or(usize::MAX)));
    Ok(known.indicators.iter().filter_map(|indicator| of(&indicator.code)).collect())
}

pub fn index(reading: &mut Reading) -> Result<Answer, Refusal> {
    let told = told(reading)?;
    let known = rules::indicators(&mut reading.c)?;
    let row = |(code, count): &(String, usize)| {
        let indicator = known.indicator(code)?;
        Some(Row {
            name: indicator.name(reading.lang).to_owned(),
            path: Asked { indicator: code.clone(), ..Asked::default() }.address(""),
            measure: known.measure(&indicator.measure).map(|measure| measure.name(reading.lang).to_owned()).unwrap_or_default(),
            definition: indicator.definition.clone(),
            reports: reading.web.words.counted(reading.lang, "series-reports", *count),
        })
    };
    let rows: Vec<Row> = told.iter().filter_map(row).collect();
    let mut page = reading.page("series", reading.word("series-index"), SERIES);
    page.description = reading.word("series-index-about");
    page.crumbs.push(Link::new(reading.word("report-list"), REPORTS));
    page.noindex = rows.is_empty();
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    reading.html("report/indicators.html", &page, &IndexParts { rows, reports: REPORTS })
}
