//! What the form of a report asks beside its words. Its figures come in a way of their own.

use serde::Serialize;

use super::fields::Fields;
use super::posting_form::slug;
use crate::report::{Early, Report};

/// Its lines, with the word for each. Articles stand in one field on a line each.
pub const LINES: [(&str, &str); 5] = [
    ("report_source", "report-source"),
    ("method", "report-method"),
    ("series", "report-series"),
    ("related", "report-articles"),
    ("early", "early-list"),
];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ReportForm {
    pub report_source: String,
    pub method: String,
    pub series: String,
    pub related: String,
    /// A person on a line, with the office after a semicolon.
    pub early: String,
}

impl ReportForm {
    pub fn of(report: &Report) -> ReportForm {
        ReportForm {
            report_source: report.source.clone(),
            method: report.method.clone(),
            series: report.series.clone(),
            related: report.related.join("\n"),
            early: report.early.iter().map(Early::told).collect::<Vec<_>>().join("\n"),
        }
    }

    pub fn read(fields: &Fields, prefix: &str) -> ReportForm {
        let line = |name: &str| fields.line(&format!("{prefix}{name}"));
        let text = |name: &str| fields.text(&format!("{prefix}{name}"));
        ReportForm {
            report_source: line("report_source"),
            method: text("method"),
            series: line("series"),
            related: text("related"),
            early: text("early"),
        }
    }

    pub fn line(&self, name: &str) -> &str {
        match name {
            "report_source" => &self.report_source,
            "method" => &self.method,
            "series" => &self.series,
            "early" => &self.early,
            _ => &self.related,
        }
    }

    /// `before`: what the report says already; its figures stay.
    pub fn written(&self, before: Report) -> Report {
        let related = self.related.lines().map(slug).filter(|slug| !slug.is_empty());
        Report {
            source: self.report_source.clone(),
            method: self.method.trim().to_owned(),
            series: crate::kit::fold::slug(&self.series),
            related: related.collect(),
            early: self.early.lines().filter_map(Early::read).collect(),
            ..before
        }
    }
}
