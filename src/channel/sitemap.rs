//! Site maps (sitemaps.org protocol 0.9) and robots.txt (RFC 9309). An index leads to one map of pages and one of each
//! archive month, so that a new text makes only its own month's map anew, and crawlers fetch only that.
//!
//! Every page is there in both languages, each naming the other (`xhtml:link`): the interface around a text is
//! translated, the text itself is not.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use crate::channel::page::{releases, series, unit_board};
use crate::channel::{CHANNELS, Channel, picture};
use crate::edition::Kind;
use crate::edition::body::{Files, learn_renditions, parse};
use crate::edition::find::{self, NEWEST, Way};
use crate::edition::find_part;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::posting::boards;
use crate::report::through_time::{Asked, SERIES};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::{POSTINGS, REPORTS, UNITS};
use crate::web::site::Site;

/// The protocol allows 50,000 addresses and 50 MB in one file. A text has two addresses, and with the longest slug and
/// the most pictures about 7 KB: so many keep to both, and one file never grows long to make.
const TEXTS: i64 = 5_000;
const PICTURES: usize = 20;
/// The protocol's limit, for what is not split.
const PAGES: usize = 50_000 / Lang::ALL.len();

/// What the names of their maps begin with.
const OF_POSTINGS: &str = "niem-yet-";
const OF_REPORTS: &str = "so-lieu-";

const XML: &str = "application/xml; charset=utf-8";

#[derive(Serialize)]
struct IndexParts {
    parts: Vec<Url>,
}

#[derive(Serialize)]
struct Parts {
    urls: Vec<Url>,
}

#[derive(Default, Serialize)]
struct Url {
    loc: String,
    lastmod: Option<String>,
    alternates: Vec<Alternate>,
    pictures: Vec<String>,
}

#[derive(Clone, Serialize)]
struct Alternate {
    lang: &'static str,
    href: String,
}

/// Which map is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Pages,
    /// A month as 202611, and which of its maps, from 1.
    Month(i32, i64),
    /// The same, of postings.
    Postings(i32, i64),
    /// And of reports.
    Reports(i32, i64),
}

impl Part {
    /// `pages`, `2026-11`, `2026-11-2`. One address a map: neither `2026-11-1` nor `2026-11-02` is one.
    pub fn named(name: &str) -> Option<Part> {
        if name == "pages" {
            return Some(Part::Pages);
        }
        if let Some(month) = name.strip_prefix(OF_POSTINGS) {
            return match Part::named(month) {
                Some(Part::Month(month, number)) => Some(Part::Postings(month, number)),
                _ => None,
            };
        }
        if let Some(month) = name.strip_prefix(OF_REPORTS) {
            return match Part::named(month) {
                Some(Part::Month(month, number)) => Some(Part::Reports(month, number)),
                _ => None,
            };
        }
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let mut fields = name.splitn(3, '-');
        let (year, month) = (fields.next()?, fields.next()?);
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        let number = match fields.next() {
            None => 1,
            Some(number) if digits(number) && !number.starts_with('0') && number.len() <= 6 => number.parse().ok().filter(|n| *n > 1)?,
            Some(_) => return None,
        };
        Some(Part::Month(year.parse::<i32>().ok()? * 100 + month.parse::<i32>().ok()?, number))
    }

    fn path(self) -> String {
        match self {
            Part::Pages => "/sitemap/pages.xml".to_owned(),
            Part::Month(month, 1) => format!("/sitemap/{:04}-{:02}.xml", month / 100, month % 100),
            Part::Month(month, number) => format!("/sitemap/{:04}-{:02}-{number}.xml", month / 100, month % 100),
            Part::Postings(month, number) => Part::Month(month, number).path().replacen("/sitemap/", &format!("/sitemap/{OF_POSTINGS}"), 1),
            Part::Reports(month, number) => Part::Month(month, number).path().replacen("/sitemap/", &format!("/sitemap/{OF_REPORTS}"), 1),
        }
    }
}

pub fn index(reading: &mut Reading) -> Result<Answer, Refusal> {
    let address = reading.face.site.address.clone();
    let line = |part: Part, changed_at: Option<Moment>| Url {
        loc: format!("{address}{}", part.path()),
        lastmod: changed_at.map(calendar::rfc3339),
        ..Url::default()
    };
    let mut newest = None;
    for kind in kinds() {
        newest = newest.max(find_part::changed_at(&mut reading.c, kind, reading.now)?);
    }
    let mut parts = vec![line(Part::Pages, newest)];
    type Named = fn(i32, i64) -> Part;
    for (kind, part) in
        [(Kind::Article, Part::Month as Named), (Kind::Posting, Part::Postings as Named), (Kind::Report, Part::Reports as Named)]
    {
        let mut months = find::months(&mut reading.c, kind, reading.now, NEWEST, Way::Before, usize::MAX)?;
        months.reverse();
        for month in months {
            // Counting a month costs as much as it holds, so only those that have changed are counted again.
            let told = reading.fragment(&part(month, 1).path(), |reading| {
                let told = find_part::part(&mut reading.c, kind, month, reading.now)?;
                serde_json::to_vec(&told).map_err(Refusal::broken)
            })?;
            let (texts, changed_at): (i64, Moment) = serde_json::from_slice(&told).map_err(Refusal::broken)?;
            let count = (texts + TEXTS - 1) / TEXTS;
            parts.extend((1..=count).map(|number| line(part(month, number), Some(changed_at))));
        }
    }
    let context = tera::Context::from_serialize(&IndexParts { parts }).map_err(Refusal::broken)?;
    let xml = reading.web.view.render("feed/siteindex.xml", &context)?;
    Ok(Answer::new(reading, XML, xml))
}

/// Errors: `Missing` for a month, or a part of one, that has nothing to show.
pub fn part(reading: &mut Reading, part: Part) -> Result<Answer, Refusal> {
    let urls = match part {
        Part::Pages => pages(reading)?,
        Part::Month(month, number) => month_of(reading, Kind::Article, month, number)?,
        Part::Postings(month, number) => month_of(reading, Kind::Posting, month, number)?,
        Part::Reports(month, number) => month_of(reading, Kind::Report, month, number)?,
    };
    let context = tera::Context::from_serialize(&Parts { urls }).map_err(Refusal::broken)?;
    let xml = reading.web.view.render("feed/sitemap.xml", &context)?;
    Ok(Answer::new(reading, XML, xml))
}

fn kinds() -> impl Iterator<Item = Kind> {
    debug_assert!(CHANNELS.contains(&Channel::Sitemap));
    Kind::ALL.into_iter().filter(|kind| Channel::Sitemap.carries(*kind))
}

/// One page under each of its addresses.
fn both(site: &Site, path: &str, lastmod: Option<Moment>, pictures: Vec<String>) -> [Url; 2] {
    let alternates = Lang::ALL.map(|lang| Alternate { lang: lang.tag(), href: format!("{}{}{path}", site.address, lang.base()) });
    let lastmod = lastmod.map(calendar::rfc3339);
    let [first, second] = alternates.clone();
    let url =
        |alternate: Alternate, pictures| Url { loc: alternate.href, lastmod: lastmod.clone(), alternates: alternates.to_vec(), pictures };
    // A picture is the same in every language.
    [url(first, pictures), url(second, Vec::new())]
}

/// The home page, sections, indicators, standing pages, every unit whose page has a text to show, and every board with something on it.
fn pages(reading: &mut Reading) -> Result<Vec<Url>, Refusal> {
    let site = reading.face.site.clone();
    let mut paths = vec![("/".to_owned(), find_part::changed_at(&mut reading.c, Kind::Article, reading.now)?)];
    paths.extend([UNITS, POSTINGS, REPORTS, releases::PATH].map(|path| (path.to_owned(), None)));
    paths.extend(site.sections.iter().map(|section| (section.path(), None)));
    let told = series::told(reading)?;
    paths.extend((!told.is_empty()).then(|| (SERIES.to_owned(), None)));
    paths.extend(told.into_iter().map(|(indicator, _)| (Asked { indicator, ..Asked::default() }.address(""), None)));
    let standing = find::addresses(&mut reading.c, Kind::Page, reading.now, PAGES as i64)?;
    paths.extend(standing.into_iter().map(|(slug, since)| (Kind::Page.path(&slug), Some(since))));
    paths.extend(units(reading)?.into_iter().map(|unit| (unit.path(), None)));
    // Units begin and end at midnight.
    reading.until(calendar::tomorrow(reading.now));
    paths.extend(boards::boards(&mut reading.c, reading.now)?.into_iter().map(|unit| (unit_board::path(&unit.code), None)));
    paths.truncate(PAGES);
    Ok(paths.iter().flat_map(|(path, since)| both(&site, path, *since, Vec::new())).collect())
}

/// A unit's page shows the texts of everything below it, so those above one that has texts have them too.
fn units(reading: &mut Reading) -> Result<Vec<Unit>, Refusal> {
    let mut found: HashMap<i64, Unit> = HashMap::new();
    let mut wanted: BTreeSet<i64> = find_part::units(&mut reading.c, Kind::Article, reading.now)?.into_iter().collect();
    while !wanted.is_empty() {
        let ids: Vec<i64> = wanted.into_iter().collect();
        let layer = unit::with_ids(&mut reading.c, &ids)?;
        found.extend(layer.into_iter().map(|unit| (unit.id, unit)));
        // None is asked for twice, so this ends whatever the tree is like.
        wanted = found.values().filter_map(|unit| unit.parent_id).filter(|id| !found.contains_key(id)).collect();
    }
    let mut units: Vec<Unit> = found.into_values().collect();
    units.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(units)
}

fn month_of(reading: &mut Reading, kind: Kind, month: i32, number: i64) -> Result<Vec<Url>, Refusal> {
    let site = reading.face.site.clone();
    let rows = find_part::addresses(&mut reading.c, kind, month, reading.now, (number - 1) * TEXTS, TEXTS)?;
    if rows.is_empty() {
        return Err(Refusal::Missing);
    }
    let mut urls = Vec::with_capacity(rows.len() * 2 + 2);
    if number == 1 && kind == Kind::Article {
        urls.extend(both(&site, &format!("/luu-tru/{}/{:02}", month / 100, month % 100), None, Vec::new()));
    }
    let mut files = rows.iter().map(|row| parse(&row.files)).collect::<Result<Vec<Files>, Refusal>>()?;
    learn_renditions(&mut reading.c, &mut files)?;
    for (row, files) in rows.into_iter().zip(files) {
        // A posting's files have days of their own, and go before it does.
        let pictures = files.values().filter(|file| file.is_picture() && kind == Kind::Article).filter_map(picture).take(PICTURES);
        let pictures = pictures.map(|(path, _)| format!("{}{path}", site.address)).collect();
        urls.extend(both(&site, &kind.path(&row.slug), Some(row.starts_at.max(row.made_at)), pictures));
    }
    Ok(urls)
}

#[derive(Serialize)]
struct RobotsParts<'a> {
    site: &'a Site,
}

/// Nothing is closed: further pages of a list (`?trang=`) lead crawlers to texts, and whatever may not be seen is not
/// there for anybody.
pub fn robots(reading: &mut Reading) -> Result<Answer, Refusal> {
    let context = tera::Context::from_serialize(&RobotsParts { site: &reading.face.site }).map_err(Refusal::broken)?;
    let text = reading.web.view.render("feed/robots.txt", &context)?;
    Ok(Answer::new(reading, "text/plain; charset=utf-8", text))
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn every_map_has_one_name() {
        for part in [Part::Pages, Part::Month(202609, 1), Part::Month(202609, 2), Part::Month(202612, 10), Part::Postings(202609, 2)] {
            let path = part.path();
            let name = path.strip_prefix("/sitemap/").and_then(|path| path.strip_suffix(".xml")).expect("its place");
            assert_eq!(Part::named(name), Some(part));
        }
        for other in [
            "2026-9",
            "2026-09-1",
            "2026-09-02",
            "2026-09-0",
            "2026-09-",
            "2026-09-2-2",
            "+026-09",
            "2026-09-x",
            "",
            "Pages",
            "niem-yet-",
            "niem-yet-pages",
            "niem-yet-niem-yet-2026-09",
        ] {
            assert_eq!(Part::named(other), None, "{other}");
        }
    }
}
