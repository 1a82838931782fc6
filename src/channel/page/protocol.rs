//! The protocol's own document, as it stands in the repository, and the schemas of what it speaks of.

use serde::Serialize;

use super::tell;
use crate::bulletin::shape;
use crate::channel::card;
use crate::kit::markdown::{self, Labels};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, WebPage};

pub const PATH: &str = "/giao-thuc";
const VIETNAMESE: &str = include_str!("../../../docs/protocol.md");
const ENGLISH: &str = include_str!("../../../docs/protocol.en.md");
pub const SCHEMAS: [&str; 4] = [shape::BULLETIN, shape::TIMESTAMP, shape::CHANGES, shape::PORTAL];

#[derive(Serialize)]
struct Parts {
    title: String,
    body: String,
    /// Addresses of schemas and examples.
    schemas: Vec<(String, String)>,
}

pub fn protocol(reading: &mut Reading) -> Result<Answer, Refusal> {
    let text = if reading.lang == Lang::En { ENGLISH } else { VIETNAMESE };
    // Its first line is its title.
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let title = title.trim_start_matches("# ").to_owned();
    let labels =
        Labels { table: reading.word("text-table"), footnotes: reading.word("text-footnotes"), back: reading.word("text-footnote-back") };
    let mut page = reading.page("protocol", title.clone(), PATH);
    page.description = reading.word("protocol-about");
    let mut graph = Graph::default();
    graph.add(&WebPage::new("TechArticle", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    let schemas = SCHEMAS.iter().map(|name| (format!("{name}.json"), schema_path(name))).collect();
    let parts = Parts { title, body: markdown::render(body, &labels, &|_| None), schemas };
    reading.html("protocol/page.html", &page, &parts)
}

pub fn schema_path(name: &str) -> String {
    format!("/bang-tin/schema/{name}.json")
}

/// JSON Schema 2020-12, made from the shapes that the program writes.
pub fn schema(reading: &mut Reading, name: &str) -> Result<Answer, Refusal> {
    let mut schema = schema_of(name).ok_or(Refusal::Missing)?;
    let id = format!("{}{}", reading.face.site.address, schema_path(name));
    schema.insert("$id".to_owned(), serde_json::Value::String(id));
    let text = serde_json::to_string_pretty(schema.as_value()).map_err(Refusal::broken)?;
    Ok(Answer::new(reading, "application/schema+json", text))
}

pub fn schema_of(name: &str) -> Option<schemars::Schema> {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let make = settings.into_generator();
    Some(match name {
        shape::BULLETIN => make.into_root_schema_for::<shape::Bulletin>(),
        shape::TIMESTAMP => make.into_root_schema_for::<shape::Timestamp>(),
        shape::CHANGES => make.into_root_schema_for::<shape::Changes>(),
        shape::PORTAL => make.into_root_schema_for::<shape::WellKnown>(),
        _ => return None,
    })
}
