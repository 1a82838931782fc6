//! What an import asks of reports: that their files of figures are sound, and that their figures agree or somebody has said why not.

use diesel::prelude::*;

use super::Porter;
use super::known::Media;
use super::postings::Kept;
use super::scan::Scanned;
use crate::edition::written::Case;
use crate::edition::{Edition, Kind, Revision};
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::report::indicators::Indicators;
use crate::report::observation::Figures;
use crate::report::{law, rules};
use crate::store::schema::{documents, editions, revisions};
use crate::store::{Conn, settings};

/// The figures of every file that a report of the folder names, by digest. Errors: `Issues`, each at the line of its file.
pub fn figures(scanned: &Scanned, media: &Media, porter: &Porter) -> Result<Vec<(String, Figures)>, Refusal> {
    if scanned.reports.is_empty() {
        return Ok(Vec::new());
    }
    let known = match scanned.setting(rules::INDICATORS.name) {
        Some(text) => text.clone(),
        None => settings::find(&mut *porter.store.snapshot()?, rules::INDICATORS.name)?.unwrap_or_default(),
    };
    let known = Indicators::read(rules::INDICATORS.name, &known).map_err(Refusal::Issues)?;
    let (mut all, mut issues): (Vec<(String, Figures)>, Vec<Issue>) = (Vec::new(), Vec::new());
    for report in &scanned.reports {
        let name = &report.plain.facts.data;
        let Some(file) = media.get(name) else { continue };
        if all.iter().any(|(digest, _)| *digest == file.digest) {
            continue;
        }
        let Ok(text) = String::from_utf8(porter.shelf.take(&file.digest, "")?) else {
            issues.push(Issue { file: name.clone(), line: 0, phrase: phrase!("import-not-utf8") });
            continue;
        };
        match Figures::judged(name, &text, &known) {
            Ok(figures) => all.push((file.digest.clone(), figures)),
            Err(found) => issues.extend(found),
        }
    }
    if issues.is_empty() { Ok(all) } else { Err(Refusal::Issues(issues)) }
}

/// Errors: `Issues`, everything that holds back what is not over yet. Asked when all of a folder stands, so that a year's opening is
/// held against the report that the same folder brings.
pub fn judge(c: &mut Conn, kept: &[Kept], porter: &Porter) -> Result<(), Refusal> {
    let mut issues = Vec::new();
    for one in kept {
        let (edition, revision, slug): (Edition, Revision, String) = editions::table
            .inner_join(revisions::table)
            .inner_join(documents::table)
            .filter(editions::id.eq(one.edition))
            .select((Edition::as_select(), Revision::as_select(), documents::slug))
            .first(c)?;
        if edition.shown_until <= porter.now {
            continue;
        }
        let case = Case { kind: Kind::Report, slug: &slug, edition: &edition, revision: &revision };
        for (field, _, phrase) in law::rule(c, &case)?.issues {
            let line = one.keys.iter().find(|(key, _)| key == field || (field == "accepted" && key == "data")).map_or(0, |(_, line)| *line);
            issues.push(Issue { file: one.file.to_owned(), line, phrase });
        }
    }
    if issues.is_empty() { Ok(()) } else { Err(Refusal::Issues(issues)) }
}
