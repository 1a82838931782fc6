//! The page of a report, and its figures as files: of the edition that shows, and of those that others have followed.

use serde::Serialize;

use super::tell;
use super::text::text;
use crate::channel::{card, feed};
use crate::edition::find::{self, Found};
use crate::edition::find_past::{self, FoundPast};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::refusal::Refusal;
use crate::kit::table;
use crate::report::download::{self, About};
use crate::report::loaded::Loaded;
use crate::report::page::{self, Shown};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::REPORTS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::{FeedLink, Link};

#[derive(Serialize)]
struct Parts {
    report: Shown,
}

pub fn report(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let report = page::shown(reading, slug, edition, revision)?;
    let mut page = reading.page("report", &revision.title, &Kind::Report.path(slug));
    page.description.clone_from(&revision.lead);
    page.crumbs.push(Link::new(reading.word("report-list"), REPORTS));
    page.feeds.extend(FeedLink::all(&feed::titled(reading, &reading.word("report-list")), REPORTS));
    let mut graph = Graph::default();
    let address = format!("{}{}", reading.face.site.address, page.path);
    let distribution = |ending: &str, mime: &str| serde_json::json!({ "@type": "DataDownload", "encodingFormat": mime, "contentUrl": format!("{address}.{ending}") });
    // Dataset (schema.org), as search engines for data read it.
    graph.add(&serde_json::json!({
        "@type": "Dataset",
        "name": report.title,
        "description": report.lead,
        "url": address,
        "datePublished": report.date.iso,
        "isBasedOn": report.source,
        "spatialCoverage": report.unit.as_ref().map(|unit| unit.name.clone()),
        "distribution": [distribution("csv", "text/csv"), distribution("xlsx", table::XLSX), distribution("json", "application/json")],
    }))?;
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    let meta = Meta {
        language: "vi",
        date: report.date.iso.clone(),
        published: report.date.iso.clone(),
        subject: report.section.as_ref().map(|section| section.name.clone()).unwrap_or_default(),
        coverage: report.unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
        ..Meta::default()
    };
    let card = card::Card::of_report(reading, slug, edition, revision)?;
    tell(reading, &mut page, &card, meta, graph)?;
    reading.html("report/page.html", &page, &Parts { report })
}

/// As which file its figures are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Csv,
    /// What describes the CSV.
    Csvw,
    Xlsx,
    Json,
}

impl Form {
    pub const ALL: [Form; 4] = [Form::Csv, Form::Csvw, Form::Xlsx, Form::Json];

    pub fn ending(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Csvw => "csv-metadata.json",
            Form::Xlsx => "xlsx",
            Form::Json => "json",
        }
    }
}

/// The figures that show now. What is gone says so as its page does.
pub fn file(reading: &mut Reading, slug: &str, form: Form) -> Result<Answer, Refusal> {
    match find::at_address(&mut reading.c, Kind::Report, slug, reading.now)? {
        Found::Here(found) => {
            let (edition, revision) = *found;
            made(reading, slug, (&edition, &revision), edition.number, form)
        }
        Found::Moved { slug } => Ok(Answer::moved(reading, &format!("{}.{}", Kind::Report.path(&slug), form.ending()))),
        Found::Ended { .. } | Found::Withdrawn { .. } => text(reading, Kind::Report, slug),
    }
}

/// The figures as an edition told them, at its address for ever.
pub fn past_file(reading: &mut Reading, slug: &str, number: i32, form: Form) -> Result<Answer, Refusal> {
    match find_past::at_address(&mut reading.c, Kind::Report, slug, number, reading.now)? {
        FoundPast::Here(past) => made(reading, slug, (&past.edition, &past.revision), past.now.0.number, form),
        FoundPast::Moved { slug } => Ok(Answer::moved(reading, &format!("{}.{}", Kind::Report.edition_path(&slug, number), form.ending()))),
        // The page of the edition has the reason.
        _ => super::past::edition(reading, Kind::Report, slug, number),
    }
}

/// The figures of an edition as a file, whatever shows: for those who may see it before the public.
pub fn preview_file(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision, form: Form) -> Result<Answer, Refusal> {
    made(reading, slug, (edition, revision), edition.number, form)
}

fn made(reading: &mut Reading, slug: &str, (edition, revision): (&Edition, &Revision), newest: i32, form: Form) -> Result<Answer, Refusal> {
    let told = Loaded::load(reading, edition, revision)?;
    let about = About::of(reading, &told, slug, edition, newest, revision);
    Ok(match form {
        Form::Csv => Answer::new(reading, table::CSV, download::csv(reading, &told)),
        Form::Csvw => Answer::new(reading, "application/csvm+json", pretty(&download::csvw(reading, &told, &about))?),
        Form::Xlsx => Answer::new(reading, table::XLSX, download::xlsx(reading, &told, &about)?),
        Form::Json => Answer::new(reading, "application/json", pretty(&download::json(reading, &told, &about))?),
    })
}

fn pretty(value: &serde_json::Value) -> Result<Vec<u8>, Refusal> {
    serde_json::to_vec_pretty(value).map_err(Refusal::broken)
}
