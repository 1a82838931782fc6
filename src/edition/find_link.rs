//! Whether a path of ours leads a reader anywhere: asked of the links in a text before it goes out.

use diesel::prelude::*;

use super::terms::{readable, visible_at};
use super::{Edition, Kind};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::store::schema::{documents, editions, former_slugs, media, media_names, units};
use crate::store::{Conn, settings};
use crate::web::SITE_SETTING;
use crate::web::site::Site;

/// Paths that are always there.
const STANDING: [&str; 6] = ["/", "/don-vi", "/atom.xml", "/rss.xml", "/feed.json", "/sitemap.xml"];

/// `path` without host, question and anchor, as `/tin/abc`; `at` is when somebody will follow it.
pub fn leads_somewhere(c: &mut Conn, path: &str, at: Moment) -> Result<bool, Refusal> {
    let path = match path.strip_prefix("/en") {
        Some("") => "/",
        Some(rest) if rest.starts_with('/') => rest,
        _ => path,
    };
    if STANDING.contains(&path) {
        return Ok(true);
    }
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    match parts.as_slice() {
        ["tin", slug] => shows(c, Kind::Article, slug, at),
        ["niem-yet", slug] => shows(c, Kind::Posting, slug, at),
        ["niem-yet", slug, "ban", number] => edition_shows(c, Kind::Posting, slug, number, at),
        ["so-lieu", slug] => shows(c, Kind::Report, slug, at),
        ["so-lieu", slug, "ban", number] => edition_shows(c, Kind::Report, slug, number, at),
        ["trang", slug] => shows(c, Kind::Page, slug, at),
        ["tin", slug, "ban", number] => edition_shows(c, Kind::Article, slug, number, at),
        ["trang", slug, "ban", number] => edition_shows(c, Kind::Page, slug, number, at),
        ["don-vi", label] | ["don-vi", label, "atom.xml" | "rss.xml" | "feed.json"] => has_unit(c, label),
        ["chuyen-muc", slug] | ["chuyen-muc", slug, "atom.xml" | "rss.xml" | "feed.json"] => has_section(c, slug),
        ["luu-tru", year, month] => has_month(c, year, month, at),
        ["tep", digest, _] => has_media(c, digest),
        ["anh", name] => has_media(c, name.split('-').next().unwrap_or_default()),
        ["static", ..] => Ok(true),
        _ => Ok(false),
    }
}

/// Whether the shelf knows a file by this name.
pub fn knows_file(c: &mut Conn, name: &str) -> Result<bool, Refusal> {
    Ok(diesel::select(diesel::dsl::exists(media_names::table.find(name))).get_result(c)?)
}

fn shows(c: &mut Conn, kind: Kind, slug: &str, at: Moment) -> Result<bool, Refusal> {
    let here = documents::table.filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)));
    let former = former_slugs::table.filter(former_slugs::kind.eq(kind.name()).and(former_slugs::slug.eq(slug)));
    let document: Option<i64> = match here.select(documents::id).first(c).optional()? {
        Some(id) => Some(id),
        None => former.select(former_slugs::document_id).first(c).optional()?,
    };
    let Some(document) = document else { return Ok(false) };
    let shown = editions::table.filter(editions::document_id.eq(document)).filter(visible_at(at));
    Ok(diesel::select(diesel::dsl::exists(shown)).get_result(c)?)
}

/// An earlier edition is read while its text shows.
fn edition_shows(c: &mut Conn, kind: Kind, slug: &str, number: &str, at: Moment) -> Result<bool, Refusal> {
    let Ok(number) = number.parse::<i32>() else { return Ok(false) };
    let edition: Option<Edition> = editions::table
        .inner_join(documents::table)
        .filter(documents::kind.eq(kind.name()).and(documents::slug.eq(slug)))
        .filter(editions::number.eq(number))
        .select(Edition::as_select())
        .first(c)
        .optional()?;
    Ok(edition.is_some_and(|edition| readable(&edition.terms(), at)) && shows(c, kind, slug, at)?)
}

fn has_unit(c: &mut Conn, label: &str) -> Result<bool, Refusal> {
    Ok(diesel::select(diesel::dsl::exists(units::table.filter(units::label.eq(label)))).get_result(c)?)
}

fn has_section(c: &mut Conn, slug: &str) -> Result<bool, Refusal> {
    let text = settings::find(c, SITE_SETTING)?.unwrap_or_default();
    // A description that cannot be read is told of elsewhere.
    Ok(Site::read(SITE_SETTING, &text).map_or(true, |site| site.sections.iter().any(|section| section.slug == slug)))
}

fn has_month(c: &mut Conn, year: &str, month: &str, at: Moment) -> Result<bool, Refusal> {
    let (Ok(year), Ok(month)) = (year.parse::<i32>(), month.parse::<i32>()) else { return Ok(false) };
    let number = year.saturating_mul(100).saturating_add(month);
    let shown = editions::table.filter(editions::kind.eq(Kind::Article.name()).and(editions::month.eq(number))).filter(visible_at(at));
    Ok((1..=12).contains(&month) && diesel::select(diesel::dsl::exists(shown)).get_result::<bool>(c)?)
}

fn has_media(c: &mut Conn, digest: &str) -> Result<bool, Refusal> {
    Ok(diesel::select(diesel::dsl::exists(media::table.find(digest))).get_result(c)?)
}
