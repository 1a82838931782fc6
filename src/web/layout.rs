//! What stands around every page, whatever it shows: the sections, the standing pages, the style of its kind.

use serde::Serialize;
use serde_json::Value;

use super::view::{Link, Page};
use super::{Face, Web};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;

#[derive(Serialize)]
struct NavLink {
    name: String,
    path: String,
    here: bool,
}

#[derive(Serialize)]
struct Nav {
    sections: Vec<NavLink>,
    /// The way to every unit.
    units: NavLink,
    postings: NavLink,
    reports: NavLink,
    pages: Vec<Link>,
}

pub const UNITS: &str = "/don-vi";
/// Where every list of postings begins.
pub const POSTINGS: &str = "/niem-yet";
/// And every list of reports.
pub const REPORTS: &str = "/so-lieu";

/// The standing pages that every page leads to, with the word that names each.
pub const STANDING: [(&str, &str); 5] = [
    ("site-about", "/trang/gioi-thieu"),
    ("site-contact", "/trang/lien-he"),
    ("site-accessibility", "/trang/tro-nang"),
    ("site-privacy", "/trang/rieng-tu"),
    ("site-map", "/trang/so-do-trang"),
];

/// What stands around a page beside its own words.
pub(super) struct Around<'a> {
    pub face: &'a Face,
    pub lang: Lang,
    pub now: Moment,
    /// What stands above every page, as JSON.
    pub strip: &'a [u8],
}

impl Web {
    /// `parts` is a map; its fields stand beside what every page has.
    pub(super) fn html<T: Serialize>(&self, around: Around, template: &str, page: &Page, parts: &T) -> Result<String, Refusal> {
        let Around { face, lang, now, strip } = around;
        let mut context = tera::Context::from_serialize(parts).map_err(Refusal::broken)?;
        let nav = Nav {
            sections: face
                .site
                .sections
                .iter()
                .map(|section| NavLink { name: section.name(lang).to_owned(), path: section.path(), here: page.path == section.path() })
                .collect(),
            units: NavLink { name: self.words.text(lang, "site-units"), path: UNITS.to_owned(), here: page.path.starts_with(UNITS) },
            postings: NavLink {
                name: self.words.text(lang, "site-postings"),
                path: POSTINGS.to_owned(),
                here: page.path.starts_with(POSTINGS),
            },
            reports: NavLink {
                name: self.words.text(lang, "site-reports"),
                path: REPORTS.to_owned(),
                here: page.path.starts_with(REPORTS),
            },
            pages: STANDING.iter().map(|(word, path)| Link::new(self.words.text(lang, word), *path)).collect(),
        };
        let strip: Value = if strip.is_empty() { Value::Null } else { serde_json::from_slice(strip).map_err(Refusal::broken)? };
        context.insert("strip", &strip);
        context.insert("site", &face.site);
        context.insert("lang", lang.tag());
        context.insert("base", lang.base());
        context.insert("css", &face.style(page.kind).css);
        context.insert("page", page);
        context.insert("nav", &nav);
        context.insert("year", &calendar::local(now).format("%Y").to_string());
        self.view.render(template, &context)
    }
}
