//! What a citizen sees of a report: the figures that stand above all, the tables, how they agree, where they come from.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::Serialize;

use super::check::{Verdict, What};
use super::headlines::meant;
use super::indicators::Indicator;
use super::layout::{self, INDICATOR, UNIT};
use super::loaded::{Loaded, figure, measure_name};
use super::table::{Notes, TableShown, table};
use super::{Early, Headline, RELATED, Report, SERIES, law, release_shown, told};
use crate::edition::body::{Files, parse};
use crate::edition::find::Filter;
use crate::edition::find_past::Past;
use crate::edition::page::{EditionShown, history};
use crate::edition::{Edition, Kind, Revision, change, find, keys};
use crate::kit::number;
use crate::kit::refusal::Refusal;
use crate::unit;
use crate::web::answer::Reading;
use crate::web::view::{Date, Link};

#[derive(Debug, Serialize)]
pub struct Shown {
    pub title: String,
    pub lead: String,
    pub section: Option<Link>,
    pub unit: Option<Link>,
    pub date: Date,
    pub updated: Option<Date>,
    pub source: String,
    pub method: String,
    /// Who saw it before everybody did.
    pub early: Vec<String>,
    pub headlines: Vec<HeadlineShown>,
    pub tables: Vec<TableShown>,
    /// Notes that figures bear, numbered as they are marked.
    pub notes: Vec<String>,
    pub has_preliminary: bool,
    pub checks: Vec<CheckShown>,
    /// How many agree without a word.
    pub agreed: usize,
    pub definitions: Vec<Definition>,
    pub body: String,
    /// A newer report of the same series.
    pub newer: Option<Link>,
    /// The next one that is announced.
    pub next: Option<release_shown::Row>,
    pub series: Vec<Link>,
    pub articles: Vec<Link>,
    pub original: String,
    pub sample: bool,
    pub editions: Vec<EditionShown>,
    /// Where its files begin: its own address, or that of its edition.
    pub path: String,
}

#[derive(Debug, Serialize)]
pub struct HeadlineShown {
    pub name: String,
    pub value: String,
    pub measure: String,
    pub period: String,
    pub place: String,
}

#[derive(Debug, Serialize)]
pub struct CheckShown {
    /// `rounded`, `allowed`, `off`.
    pub verdict: &'static str,
    pub name: String,
    pub sum: String,
    pub difference: String,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct Definition {
    pub name: String,
    /// Where it is shown through time.
    pub path: String,
    /// What it is, or at least by what it is measured.
    pub text: String,
}

pub fn shown(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let mut shown = set(reading, edition, revision)?;
    shown.updated = (edition.number > 1).then(|| reading.date(edition.starts_at, false));
    shown.editions = history(reading, Kind::Report, slug, edition)?;
    shown.path = Kind::Report.path(slug);
    let report: Report = parse(&revision.facts)?;
    series(reading, &report, slug, edition, &mut shown)?;
    shown.next = release_shown::next(reading, edition.unit_id, &report.series)?;
    for article in &report.related {
        if let Some(title) = find::title_of(&mut reading.c, Kind::Article, article, reading.now)? {
            shown.articles.push(Link::new(title, Kind::Article.path(article)));
        }
    }
    Ok(shown)
}

/// An edition as it stood: with the figures of its day.
pub fn past(reading: &mut Reading, slug: &str, past: &Past) -> Result<Shown, Refusal> {
    let mut shown = set(reading, &past.edition, &past.revision)?;
    shown.path = Kind::Report.edition_path(slug, past.edition.number);
    Ok(shown)
}

/// The other reports of its series, newest first; and whether one of them is newer.
fn series(reading: &mut Reading, report: &Report, slug: &str, edition: &Edition, shown: &mut Shown) -> Result<(), Refusal> {
    if report.series.is_empty() {
        return Ok(());
    }
    reading.c.look(edition.unit_id.into_iter().flat_map(|unit| change::words(Kind::Report, &Filter::Units(vec![unit]))));
    let slugs = keys::speaking(&mut reading.c, Kind::Report, SERIES, &report.series, reading.now)?;
    let mut others = Vec::new();
    for other in slugs.into_iter().filter(|other| other != slug) {
        if let find::Found::Here(here) = find::at_address(&mut reading.c, Kind::Report, &other, reading.now)? {
            // A series is one unit's.
            if here.0.unit_id != edition.unit_id {
                continue;
            }
            others.push((here.0.dated_at, Link::new(here.1.title, Kind::Report.path(&other))));
        }
    }
    others.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    shown.newer = others.first().filter(|(at, _)| *at > edition.dated_at).map(|(_, link)| link.clone());
    shown.series = others.into_iter().map(|(_, link)| link).collect();
    Ok(())
}

fn set(reading: &mut Reading, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let told = Loaded::load(reading, edition, revision)?;
    let mut notes = Notes::default();
    let tables: Vec<TableShown> =
        layout::grids(&told.figures, &told.report.tables, &told.known).iter().map(|grid| table(reading, &told, grid, &mut notes)).collect();
    let (checks, agreed) = checks(reading, edition, &told)?;
    let original = if told.report.original_public { files_path(revision, &told.report.original)? } else { String::new() };
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        section: section(reading, &edition.section),
        unit: unit::page::placed(reading, edition.unit_id)?,
        date: reading.date(edition.dated_at, edition.day_only),
        updated: None,
        source: told.report.source.clone(),
        method: told.report.method.clone(),
        early: told.report.early.iter().map(Early::told).collect(),
        headlines: told.report.headlines.iter().filter_map(|one| headline(reading, &told, one)).collect(),
        tables,
        notes: notes.all,
        has_preliminary: told.figures.rows.iter().any(|one| one.is_preliminary),
        checks,
        agreed,
        definitions: definitions(reading, &told),
        body: revision.html.clone(),
        newer: None,
        next: None,
        series: Vec::new(),
        articles: Vec::new(),
        original,
        sample: told.report.sample,
        editions: Vec::new(),
        path: String::new(),
    })
}

fn files_path(revision: &Revision, name: &str) -> Result<String, Refusal> {
    Ok(parse::<Files>(&revision.files)?.get(name).map(|file| file.path(name)).unwrap_or_default())
}

pub fn section(reading: &Reading, slug: &str) -> Option<Link> {
    reading.face.site.section(slug).map(|section| Link::new(section.name(reading.lang), section.path()))
}

fn headline(reading: &Reading, told: &Loaded, headline: &Headline) -> Option<HeadlineShown> {
    let one = meant(&told.figures.rows, headline)?;
    let name = if headline.label.is_empty() { told.label(INDICATOR, &one.indicator, reading) } else { headline.label.clone() };
    Some(HeadlineShown {
        name,
        value: figure(told, one, reading),
        measure: measure_name(told, one, reading),
        period: one.period.named(reading.lang),
        place: if one.unit.is_empty() { String::new() } else { told.label(UNIT, &one.unit, reading) },
    })
}

fn checks(reading: &mut Reading, edition: &Edition, told: &Loaded) -> Result<(Vec<CheckShown>, usize), Refusal> {
    let at = edition.starts_at.max(edition.shown_from).min(reading.now);
    let checked = law::checked(&mut reading.c, edition.unit_id, edition.document_id, &told.figures, &told.known, at)?;
    let agreed = checked.iter().filter(|one| one.verdict == Verdict::Holds).count();
    let shown = checked.iter().filter(|one| one.verdict != Verdict::Holds).map(|one| {
        let (verdict, reason) = match &one.verdict {
            Verdict::Allowed { reason } => ("allowed", reason.clone()),
            Verdict::Off => ("off", told.report.acceptance(&one.code).unwrap_or_default().to_owned()),
            _ => ("rounded", String::new()),
        };
        let what = match one.what {
            What::Parts => "report-check-parts",
            What::Sum => "report-check-sum",
            What::Ratio => "report-check-ratio",
            What::Growth => "report-check-growth",
            What::Opening => "report-check-opening",
            What::Jump => "report-check-jump",
        };
        let place = if one.unit.is_empty() { String::new() } else { format!(", {}", told.label(UNIT, &one.unit, reading)) };
        CheckShown {
            verdict,
            name: format!("{} – {}{place}", told.label(INDICATOR, &one.indicator, reading), reading.word(what)),
            sum: told::arithmetic(one, &told.figures, &told.known, reading.lang),
            difference: number::exact(shown_difference(one.difference()), None, reading.lang),
            reason,
        }
    });
    Ok((shown.collect(), agreed))
}

/// What was divided has digits without end.
fn shown_difference(difference: Decimal) -> Decimal {
    difference.round_dp(4).normalize()
}

fn definitions(reading: &Reading, told: &Loaded) -> Vec<Definition> {
    let used: BTreeSet<&str> = told.figures.rows.iter().map(|one| one.indicator.as_str()).collect();
    let of = |indicator: &Indicator| {
        let measure = told.known.measure(&indicator.measure).map(|measure| measure.name(reading.lang)).unwrap_or_default();
        let text = if indicator.definition.is_empty() { measure } else { &indicator.definition };
        Definition { name: indicator.name(reading.lang).to_owned(), path: told.series_path(&indicator.code), text: text.to_owned() }
    };
    told.known.indicators.iter().filter(|indicator| used.contains(indicator.code.as_str())).map(of).collect()
}

/// The reports that belong to an article: as links.
pub fn of_article(reading: &mut Reading, slug: &str) -> Result<Vec<Link>, Refusal> {
    let subject = keys::subject(Kind::Article, slug);
    let mut links = Vec::new();
    for report in keys::speaking(&mut reading.c, Kind::Report, RELATED, &subject, reading.now)? {
        if let Some(title) = find::title_of(&mut reading.c, Kind::Report, &report, reading.now)? {
            links.push(Link::new(title, Kind::Report.path(&report)));
        }
    }
    Ok(links)
}
