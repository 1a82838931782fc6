//! The list of reports, newest first; and the same for machines, as a catalogue of open data (DCAT 3, W3C Recommendation, 2024).

use serde::Serialize;

use super::{Pager, numbered, tell, titled};
use crate::channel::{card, feed};
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::edition::find::{self, Filter, Listed};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::kit::table;
use crate::report::Report;
use crate::report::page::section;
use crate::report::through_time::SERIES;
use crate::unit;
use crate::web::answer::{Answer, Reading};
use crate::web::layout::REPORTS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::{Date, FeedLink, Link};

const PER_PAGE: i64 = 20;
const COUNTED: i64 = 50;
/// Of one catalogue: what harvesters take at once.
const MOST: usize = 2_000;

pub const CATALOGUE: &str = "/so-lieu/dcat.jsonld";

#[derive(Serialize)]
struct RowShown {
    title: String,
    path: String,
    lead: String,
    unit: Option<Link>,
    section: Option<Link>,
    date: Date,
    sample: bool,
}

#[derive(Serialize)]
struct Parts {
    rows: Vec<RowShown>,
    pager: Pager,
    catalogue: &'static str,
    indicators: &'static str,
}

/// Errors: `Missing` for a page beyond the last.
pub fn reports(reading: &mut Reading, number: i64) -> Result<Answer, Refusal> {
    let (listed, has_next) = find::page(&mut reading.c, Kind::Report, &Filter::All, reading.now, (number - 1) * PER_PAGE, PER_PAGE)?;
    if listed.is_empty() && number > 1 {
        return Err(Refusal::Missing);
    }
    let count = match has_next {
        false => Some(number),
        true => find::pages(&mut reading.c, Kind::Report, &Filter::All, reading.now, PER_PAGE, COUNTED)?,
    };
    let pager = Pager {
        number,
        count,
        previous: (number > 1).then(|| numbered(REPORTS, number - 1)),
        next: has_next.then(|| numbered(REPORTS, number + 1)),
    };
    let rows = listed.iter().map(|row| shown(reading, row)).collect::<Result<Vec<RowShown>, Refusal>>()?;
    let title = reading.word("report-list");
    let mut page = reading.page("reports", titled(reading, &title, number), &numbered(REPORTS, number));
    page.description = reading.word("report-list-about");
    page.feeds = FeedLink::all(&feed::titled(reading, &title), REPORTS);
    let mut graph = Graph::default();
    graph.add(&WebPage::new("CollectionPage", reading, &page, None::<()>))?;
    let date = rows.first().map(|row| row.date.iso.clone()).unwrap_or_default();
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { date, ..Meta::default() }, graph)?;
    reading.html("report/list.html", &page, &Parts { rows, pager, catalogue: CATALOGUE, indicators: SERIES })
}

fn shown(reading: &mut Reading, row: &Listed) -> Result<RowShown, Refusal> {
    Ok(RowShown {
        title: row.title.clone(),
        path: Kind::Report.path(&row.slug),
        lead: row.lead.clone(),
        unit: unit::page::placed(reading, row.unit_id)?,
        section: section(reading, &row.section),
        date: reading.date(row.dated_at, row.day_only),
        sample: parse::<Report>(&row.facts)?.sample,
    })
}

/// JSON-LD 1.1. A data set's id is its first address, which no move changes.
pub fn catalogue(reading: &mut Reading) -> Result<Answer, Refusal> {
    let site = reading.face.site.clone();
    let listed = find::list(&mut reading.c, Kind::Report, &Filter::All, reading.now, MOST)?;
    let mut sets = Vec::with_capacity(listed.len());
    for row in &listed {
        let report: Report = parse(&row.facts)?;
        let address = format!("{}{}", site.address, Kind::Report.path(&row.slug));
        let place = unit::page::placed(reading, row.unit_id)?;
        let file = |ending: &str, mime: &str| {
            serde_json::json!({
                "@type": "dcat:Distribution",
                "dcat:accessURL": { "@id": address },
                "dcat:downloadURL": { "@id": format!("{address}.{ending}") },
                "dcat:mediaType": { "@id": format!("https://www.iana.org/assignments/media-types/{mime}") },
            })
        };
        let files = [file("csv", "text/csv"), file("xlsx", table::XLSX), file("json", "application/json")];
        sets.push(serde_json::json!({
            "@id": address,
            "@type": "dcat:Dataset",
            "dct:title": { "@value": row.title, "@language": "vi" },
            "dct:description": { "@value": row.lead, "@language": "vi" },
            "dct:issued": { "@value": calendar::iso(row.dated_at, row.day_only), "@type": if row.day_only { "xsd:date" } else { "xsd:dateTime" } },
            "dct:modified": { "@value": calendar::rfc3339(row.starts_at), "@type": "xsd:dateTime" },
            "dct:publisher": { "@type": "foaf:Agent", "foaf:name": place.as_ref().map_or(&site.owner, |unit| &unit.name) },
            "dct:spatial": place.as_ref().map(|unit| serde_json::json!({ "@type": "dct:Location", "rdfs:label": unit.name })),
            "dct:source": report.source,
            "dcat:landingPage": { "@id": address },
            "dcat:distribution": files,
        }));
    }
    let here = format!("{}{CATALOGUE}", site.address);
    let document = serde_json::json!({
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": here,
        "@type": "dcat:Catalog",
        "dct:title": { "@value": format!("{} – {}", reading.word("report-list"), site.name), "@language": reading.lang.tag() },
        "dct:publisher": { "@type": "foaf:Agent", "foaf:name": if site.owner.is_empty() { &site.name } else { &site.owner } },
        "foaf:homepage": { "@id": site.address },
        "dcat:dataset": sets,
    });
    let bytes = serde_json::to_vec_pretty(&document).map_err(Refusal::broken)?;
    Ok(Answer::new(reading, "application/ld+json", bytes))
}
