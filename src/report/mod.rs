//! Floor 4: a report is figures that know what they are: measure, period, place and source, in a file of their own
//! ([`observation`]) that the text names and that its digest seals. An amendment is a new edition with a new file; the old one stays.

pub mod check;
pub mod download;
pub mod early;
pub mod entry;
pub mod headlines;
pub mod heard;
pub mod indicators;
mod indicators_file;
pub mod intake;
pub mod law;
pub mod layout;
pub mod line;
pub mod loaded;
pub mod observation;
pub mod page;
pub mod release;
pub mod release_file;
pub mod release_keep;
pub mod release_shown;
pub mod rules;
pub mod runs;
pub mod series;
pub mod series_file;
pub mod series_page;
pub mod table;
pub mod through_time;
pub mod told;
pub mod uses;

use serde::{Deserialize, Serialize};

use crate::edition::Kind;
use crate::edition::body::Body;
use crate::edition::compare::Said;
use crate::edition::keys::{self, Key};
use crate::kit::fold::is_slug;
use crate::kit::front::{Front, Writer};
use crate::kit::period::Period;
use crate::kit::words::Phrase;
use crate::phrase;

/// What it is looked up by: the file of its figures by digest is in `revision_media`; the series that it continues; an article
/// that it belongs to.
pub const SERIES: &str = "series";
pub const RELATED: &str = "related";

/// Where the files of figures are in a content folder.
pub const FOLDER: &str = "figures";

/// Tables, headline figures and acceptances that one page bears.
const MOST: usize = 60;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The file of figures.
    pub data: String,
    /// The file that the office had, as it was: kept, and given out only if it says so.
    pub original: String,
    pub original_public: bool,
    /// Who counted, and where it is written.
    pub source: String,
    pub method: String,
    /// Reports of one series are releases of one statistic: the newest of them is told on all.
    pub series: String,
    pub headlines: Vec<Headline>,
    /// None: laid out by the figures' own shape.
    pub tables: Vec<Table>,
    pub accepted: Vec<Accepted>,
    /// Addresses of articles.
    pub related: Vec<String>,
    /// Who may see it before its hour. Once it is out, everybody is told.
    pub early: Vec<Early>,
    pub sample: bool,
}

/// A figure that stands above all others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Headline {
    pub indicator: String,
    pub unit: String,
    pub period: String,
    /// In its own words; empty: the indicator's name.
    pub label: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Table {
    pub title: String,
    /// An axis: `indicator`, `unit`, `period` or a dimension.
    pub rows: String,
    pub columns: Vec<String>,
    /// Empty: all there are.
    pub indicators: Vec<String>,
}

/// Somebody looked at what a check says, and says why the figures stand all the same. It is public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    pub check: String,
    pub reason: String,
}

/// A person who may see a report before everybody else does.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Early {
    pub name: String,
    pub office: String,
}

impl Report {
    pub fn acceptance(&self, check: &str) -> Option<&str> {
        self.accepted.iter().find(|accepted| accepted.check == check).map(|accepted| accepted.reason.as_str())
    }
}

impl Body for Report {
    const KIND: Kind = Kind::Report;
    const IS_FILED: bool = true;

    fn read(front: &Front) -> Report {
        let headlines = front.tables("headlines").into_iter().map(|table| {
            let text = |key: &str| table.text(key).unwrap_or_default();
            let headline =
                Headline { indicator: table.required("indicator"), unit: text("unit"), period: text("period"), label: text("label") };
            if Period::read(&headline.period).is_none() {
                table.object("period", phrase!("figures-bad-period", text = headline.period));
            }
            table.finish();
            headline
        });
        let headlines: Vec<Headline> = headlines.collect();
        let tables = front.tables("tables").into_iter().map(|table| {
            let found = Table {
                title: table.text("title").unwrap_or_default(),
                rows: table.required("rows"),
                columns: table.texts("columns"),
                indicators: table.texts("indicators"),
            };
            table.finish();
            found
        });
        let tables: Vec<Table> = tables.collect();
        let accepted = front.tables("accepted").into_iter().map(|table| {
            let accepted = Accepted { check: table.required("check"), reason: table.required("reason") };
            table.finish();
            accepted
        });
        let accepted: Vec<Accepted> = accepted.collect();
        let early = front.tables("early").into_iter().map(|table| {
            let early = Early { name: table.required("name"), office: table.text("office").unwrap_or_default() };
            table.finish();
            early
        });
        let early: Vec<Early> = early.collect();
        early::faults(&early).into_iter().for_each(|phrase| front.object("early", phrase));
        for (key, count) in [("headlines", headlines.len()), ("tables", tables.len()), ("accepted", accepted.len())] {
            if count > MOST {
                front.object(key, phrase!("indicators-too-many", most = MOST));
            }
        }
        let related = front.texts("related");
        related.iter().filter(|slug| !is_slug(slug)).for_each(|slug| front.object("related", phrase!("front-bad-slug", slug = slug)));
        let text = |key: &str| front.text(key).unwrap_or_default();
        let series = text("series");
        if !series.is_empty() && !is_slug(&series) {
            front.object("series", phrase!("front-bad-slug", slug = series));
        }
        Report {
            data: front.required("data"),
            original: text("original"),
            original_public: front.flag("original_public"),
            source: front.required("source"),
            method: text("method"),
            series,
            headlines,
            tables,
            accepted,
            related,
            early,
            sample: front.flag("sample"),
        }
    }

    fn write_keys(&self, out: &mut Writer) {
        out.text("data", &self.data)
            .text("original", &self.original)
            .flag("original_public", self.original_public)
            .text("source", &self.source)
            .text("method", &self.method)
            .text("series", &self.series)
            .texts("related", &self.related)
            .flag("sample", self.sample);
    }

    fn write_tables(&self, out: &mut Writer) {
        for one in &self.headlines {
            out.heading("[[headlines]]").text("indicator", &one.indicator).text("unit", &one.unit);
            out.text("period", &one.period).text("label", &one.label);
        }
        for one in &self.tables {
            out.heading("[[tables]]").text("title", &one.title).text("rows", &one.rows);
            out.texts("columns", &one.columns).texts("indicators", &one.indicators);
        }
        for one in &self.accepted {
            out.heading("[[accepted]]").text("check", &one.check).text("reason", &one.reason);
        }
        for one in &self.early {
            out.heading("[[early]]").text("name", &one.name).text("office", &one.office);
        }
    }

    fn unfinished(&self) -> Vec<(&'static str, Phrase)> {
        let lacks = |field: &'static str, value: &str| value.is_empty().then(|| (field, phrase!("front-empty", key = field)));
        lacks("data", &self.data).into_iter().chain(lacks("source", &self.source)).collect()
    }

    fn files(&self) -> Vec<(&str, bool)> {
        [&self.data, &self.original].into_iter().filter(|name| !name.is_empty()).map(|name| (name.as_str(), false)).collect()
    }

    fn keeps_back(&self, _: chrono::NaiveDate) -> Vec<String> {
        if self.original_public || self.original.is_empty() { Vec::new() } else { vec![self.original.clone()] }
    }

    fn found_by(&self) -> Vec<Key> {
        let series = (!self.series.is_empty()).then(|| (SERIES.to_owned(), self.series.clone()));
        let related = self.related.iter().map(|slug| (RELATED.to_owned(), keys::subject(Kind::Article, slug)));
        series.into_iter().chain(related).collect()
    }

    fn said(&self) -> Vec<Said> {
        let line = |text: &str| vec![text.to_owned()];
        vec![
            ("data", line(&self.data)),
            ("source", line(&self.source)),
            ("method", line(&self.method)),
            ("accepted", self.accepted.iter().map(|one| one.reason.clone()).collect()),
            ("early", self.early.iter().map(Early::told).collect()),
        ]
    }
}
