//! What holds a report back: figures that nobody knows, units that nobody bears, and checks that are off while nobody has said why they
//! stand all the same.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::check::{Checked, Verdict, checks, days_before};
use super::observation::Figures;
use super::{Report, early, indicators::Indicators, rules, series, told};
use crate::edition::body::{Files, parse};
use crate::edition::written::{Case, Ruling};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::store::Conn;
use crate::unit;

/// Faults of one kind that are named at once.
const NAMED: usize = 20;

/// `case.edition`: with the start and the date that it is to have.
pub fn rule(c: &mut Conn, case: &Case) -> Result<Ruling, Refusal> {
    let report: Report = parse(&case.revision.facts)?;
    let mut ruling = Ruling { ends_at: case.edition.ends_at, issues: Vec::new() };
    ruling.issues.extend(early::faults(&report.early).into_iter().map(|phrase| ("early", 0, phrase)));
    let files: Files = parse(&case.revision.files)?;
    let Some(file) = files.get(&report.data) else { return Ok(ruling) };
    let known = rules::indicators(c)?;
    let figures = match series::figures(c, &file.digest) {
        Err(Refusal::Missing) => {
            ruling.issues.push(("data", 0, phrase!("figures-none")));
            return Ok(ruling);
        }
        other => other?,
    };
    for (row, phrase) in figures.faults(&known).into_iter().take(NAMED) {
        ruling.issues.push(("data", row + 2, phrase));
    }
    let day = calendar::local(case.edition.dated_at).date();
    let mut asked: Vec<(&str, NaiveDate)> = figures
        .rows
        .iter()
        .filter(|one| !one.unit.is_empty())
        .map(|one| (one.unit.as_str(), one.period.last_day().unwrap_or(day)))
        .collect();
    asked.sort_unstable();
    asked.dedup();
    for (code, day) in asked {
        if unit::on_day(c, code, day)?.is_none() {
            ruling.issues.push(("data", 0, phrase!("import-unknown-unit-on-day", unit = code, day = calendar::day(day))));
        }
    }
    let checked = checked(c, case.edition.unit_id, case.edition.document_id, &figures, &known, case.edition.starts_at)?;
    for one in checked.iter().filter(|one| one.verdict == Verdict::Off && report.acceptance(&one.code).is_none()) {
        let sum = told::arithmetic(one, &figures, &known, crate::kit::words::Lang::Vi);
        ruling.issues.push(("accepted", 0, phrase!("report-check-off", sum = sum, code = one.code)));
    }
    Ok(ruling)
}

/// Every check of these figures, against what other reports of the unit say at this instant.
pub fn checked(
    c: &mut Conn,
    unit: Option<i64>,
    document: i64,
    figures: &Figures,
    known: &Indicators,
    at: crate::kit::clock::Moment,
) -> Result<Vec<Checked>, Refusal> {
    let used: BTreeSet<&str> = figures.rows.iter().map(|one| one.indicator.as_str()).collect();
    let opened = used.iter().filter_map(|code| known.indicator(code)).map(|indicator| indicator.opens.as_str());
    let asked: BTreeSet<&str> = opened.chain(used.iter().copied()).filter(|code| !code.is_empty()).collect();
    let (asked, days): (Vec<&str>, Vec<NaiveDate>) = (asked.into_iter().collect(), days_before(figures, known).into_iter().collect());
    let earlier = series::earlier(c, (unit, document), (&asked, &days), at)?;
    Ok(checks(figures, known, &earlier))
}
