//! What a bulletin carries beside its postings, as the unit chose: its latest news, and the figures that stand above all others in
//! its newest reports.

use std::collections::HashMap;

use diesel::prelude::*;

use super::choice::{self, Choice};
use super::compose::{id, instant, picture, pictures};
use super::shape::{Article, Coded, Figure, UNSEALED};
use crate::article::{self, Article as Facts};
use crate::edition::body::{FileRef, Files, learn_renditions, parse};
use crate::edition::find::{self, Filter};
use crate::edition::{Kind, find_gone};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::markdown::mirrored::mirrored;
use crate::kit::refusal::Refusal;
use crate::posting::board::Here;
use crate::report::headlines;
use crate::report::observation::Value;
use crate::store::schema::editions;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// Whose news: the unit's own, and those above it if it chose them.
fn whose(reading: &mut Reading, unit: &Unit, here: &Here, choice: Choice) -> Result<Vec<i64>, Refusal> {
    let mut units = here.place.ids();
    if choice.above {
        units.extend(unit::ancestors(&mut reading.c, unit)?.iter().map(|unit| unit.id));
    }
    Ok(units)
}

/// Which edition of each document shows now, and when it does.
fn spans(reading: &mut Reading, revisions: Vec<i64>) -> Result<HashMap<i64, (i32, Moment, Moment)>, Refusal> {
    let shown: Vec<(i64, (i32, Moment, Moment))> = editions::table
        .filter(editions::revision_id.eq_any(revisions))
        .filter(crate::edition::terms::visible_at(reading.now))
        .select((editions::document_id, (editions::number, editions::shown_from, editions::shown_until)))
        .load(&mut *reading.c)?;
    Ok(shown.into_iter().collect())
}

/// As many of the newest as the unit chose.
pub fn articles(reading: &mut Reading, unit: &Unit, here: &Here) -> Result<Vec<Article>, Refusal> {
    let choice = choice::of(&mut reading.c, &unit.code)?;
    if choice.articles == 0 {
        return Ok(Vec::new());
    }
    let units = whose(reading, unit, here, choice)?;
    let listed = find::list(&mut reading.c, Kind::Article, &Filter::Units(units), reading.now, choice.articles)?;
    let documents: Vec<i64> = listed.iter().map(|row| row.document_id).collect();
    let firsts = find_gone::slugs(&mut reading.c, &documents)?;
    let shown = spans(reading, listed.iter().map(|row| row.revision_id).collect())?;
    let mut articles = Vec::with_capacity(listed.len());
    for row in listed {
        let Some((edition, from, until)) = shown.get(&row.document_id).copied() else { continue };
        let facts: Facts = parse(&row.facts)?;
        let mut files = [parse::<Files>(&row.files)?];
        learn_renditions(&mut reading.c, &mut files)?;
        let url = format!("{}{}", reading.face.site.address, Kind::Article.path(&row.slug));
        let (html, paths) = mirrored(&find::html_of(&mut reading.c, row.revision_id)?, &url);
        let above: Option<&article::Picture> = facts.picture.as_ref();
        let path = above.and_then(|one| files[0].get(&one.file)).and_then(FileRef::image).map(|image| image.src);
        let mut shown = match path {
            Some(path) => picture(reading, unit, &path)?,
            None => None,
        };
        if let (Some(shown), Some(above)) = (&mut shown, above) {
            shown.title.clone_from(&above.alt);
        }
        let first = firsts.get(&row.document_id).map_or(&row.slug, |(_, first)| first);
        articles.push(Article {
            id: id(reading, Kind::Article, first),
            edition,
            url,
            from: calendar::rfc3339(from),
            until: instant(until),
            posted_at: calendar::rfc3339(row.dated_at),
            title: row.title,
            lead: row.lead,
            byline: if facts.byline.is_empty() { facts.source_credit } else { facts.byline },
            html,
            picture: shown,
            files: pictures(reading, unit, &paths, &files[0])?,
            sample: facts.sample,
            digest: UNSEALED.to_owned(),
        });
    }
    Ok(articles)
}

/// As many as the unit chose, of the newest report first.
pub fn figures(reading: &mut Reading, unit: &Unit, here: &Here) -> Result<Vec<Figure>, Refusal> {
    let choice = choice::of(&mut reading.c, &unit.code)?;
    if choice.figures == 0 {
        return Ok(Vec::new());
    }
    let units = whose(reading, unit, here, choice)?;
    let told = headlines::newest(reading, units, choice.figures)?;
    let documents: Vec<i64> = told.iter().map(|one| one.report.document_id).collect();
    let firsts = find_gone::slugs(&mut reading.c, &documents)?;
    let shown = spans(reading, told.iter().map(|one| one.report.revision_id).collect())?;
    let mut figures = Vec::new();
    for one in told {
        let report = one.report;
        let Some((edition, from, until)) = shown.get(&report.document_id).copied() else { continue };
        let first = firsts.get(&report.document_id).map_or(&report.slug, |(_, first)| first);
        for figure in one.figures {
            let (value, missing) = match figure.one.value {
                Value::Number(number) => (number.to_string(), ""),
                Value::Nothing => (String::new(), "nothing"),
                Value::Unknown => (String::new(), "unknown"),
            };
            figures.push(Figure {
                digest: UNSEALED.to_owned(),
                edition,
                from: calendar::rfc3339(from),
                id: id(reading, Kind::Report, first),
                indicator: Coded { code: figure.one.indicator, name: figure.indicator },
                measure: Coded { code: figure.one.measure, name: figure.measure },
                missing: missing.to_owned(),
                name: figure.name,
                period: Coded { code: figure.one.period.to_string(), name: figure.one.period.named(reading.lang) },
                place: Coded { code: figure.one.unit, name: figure.place },
                posted_at: calendar::rfc3339(report.dated_at),
                preliminary: figure.one.is_preliminary,
                sample: one.sample,
                title: report.title.clone(),
                until: instant(until),
                url: format!("{}{}", reading.face.site.address, Kind::Report.path(&report.slug)),
                value,
            });
        }
    }
    figures.truncate(choice.figures);
    Ok(figures)
}
