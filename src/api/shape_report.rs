//! The shapes of a report, as programs send and are sent them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Its figures are files: `/so-lieu/{slug}.json` once it shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReportFacts {
    /// The file of its figures, by name; only the desk and an import change it.
    pub data: String,
    /// Who counted, and where it is written.
    pub source: String,
    pub method: String,
    /// Reports of one series are releases of one statistic.
    pub series: String,
    /// Slugs of articles.
    pub related: Vec<String>,
}
