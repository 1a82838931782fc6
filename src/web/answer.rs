//! One way from a question to an answer: the same instant and the same state of the store for everything inside,
//! kept while true, conditional.

use actix_web::http::header;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, block};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use std::sync::Arc;

use super::kept::Key;
use super::view::{Date, Link, OtherLang, Page};
use super::{Face, Web, error};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::store::Snapshot;

const HTML: &str = "text/html; charset=utf-8";

/// Everything one answer is made from. `now` is read once, and the store is seen in one state: no page may be half
/// before and half after an instant or an act.
pub struct Reading<'w> {
    pub web: &'w Web,
    pub c: Snapshot,
    pub now: Moment,
    pub lang: Lang,
    /// Without the language's prefix.
    pub path: String,
    pub face: Arc<Face>,
    pub position: i64,
}

#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub mime: &'static str,
    pub body: Bytes,
    pub etag: String,
    pub cache_control: &'static str,
    pub location: Option<String>,
    pub policy: Option<String>,
    pub made_at: Moment,
    /// The instant at which this answer stops being true.
    pub stops_at: Moment,
    /// The document whose reading this is.
    pub counts: Option<i64>,
}

/// In the response's extensions: a reader has read this document.
#[derive(Clone, Copy, Debug)]
pub struct Counts(pub i64);

impl Answer {
    /// Caches may hold it and must ask again each time: nobody can call back what was handed out.
    pub fn new(reading: &Reading, mime: &'static str, body: impl Into<Bytes>, stops_at: Moment) -> Answer {
        let body = body.into();
        Answer {
            status: StatusCode::OK,
            mime,
            etag: format!("W/\"{}\"", &digest::sha256(&body)[..32]),
            body,
            cache_control: "public, no-cache",
            location: None,
            policy: None,
            made_at: reading.now,
            stops_at,
            counts: None,
        }
    }

    pub fn moved(reading: &Reading, path: &str, stops_at: Moment) -> Answer {
        let mut answer = Answer::new(reading, HTML, Bytes::new(), stops_at);
        answer.status = StatusCode::MOVED_PERMANENTLY;
        answer.location = Some(format!("{}{path}", reading.lang.base()));
        answer
    }
}

impl Reading<'_> {
    pub fn say(&self, phrase: &crate::kit::words::Phrase) -> String {
        self.web.words.say(self.lang, phrase)
    }

    pub fn word(&self, key: &str) -> String {
        self.web.words.text(self.lang, key)
    }

    pub fn date(&self, at: Moment, day_only: bool) -> Date {
        Date {
            iso: calendar::iso(at, day_only),
            text: calendar::short(at, day_only),
            long: calendar::long(at, day_only, &self.web.words, self.lang),
        }
    }

    /// A page with the address it was asked under.
    pub fn page(&self, kind: &'static str, title: impl Into<String>, path: &str) -> Page {
        let other = self.lang.other();
        Page {
            kind,
            title: title.into(),
            canonical: format!("{}{}{path}", self.face.site.address, self.lang.base()),
            path: path.to_owned(),
            other_lang: Some(OtherLang {
                lang: other.tag(),
                name: self.web.words.text(other, "site-language-name"),
                href: format!("{}{path}", other.base()),
            }),
            feed: true,
            crumbs: vec![Link::new(self.word("site-home"), "/")],
            ..Page::default()
        }
    }

    pub fn html<T: Serialize>(&self, template: &str, page: &Page, parts: &T, stops_at: Moment) -> Result<Answer, Refusal> {
        let html = self.web.html(&self.face, self.lang, self.now, template, page, parts)?;
        let mut answer = Answer::new(self, HTML, html, stops_at);
        answer.policy = Some(self.face.style(page.kind).policy.clone());
        Ok(answer)
    }
}

#[derive(Serialize)]
struct NavLink {
    name: String,
    path: String,
    here: bool,
}

#[derive(Serialize)]
struct Nav {
    sections: Vec<NavLink>,
    pages: Vec<Link>,
}

/// The standing pages that every page leads to, with the word that names each.
pub const STANDING: [(&str, &str); 5] = [
    ("site-about", "/trang/gioi-thieu"),
    ("site-contact", "/trang/lien-he"),
    ("site-accessibility", "/trang/tro-nang"),
    ("site-privacy", "/trang/rieng-tu"),
    ("site-map", "/trang/so-do-trang"),
];

impl Web {
    /// `parts` is a map; its fields stand beside what every page has.
    pub(super) fn html<T: Serialize>(
        &self,
        face: &Face,
        lang: Lang,
        now: Moment,
        template: &str,
        page: &Page,
        parts: &T,
    ) -> Result<String, Refusal> {
        let mut context = tera::Context::from_serialize(parts).map_err(Refusal::broken)?;
        let nav = Nav {
            sections: face
                .site
                .sections
                .iter()
                .map(|section| NavLink { name: section.name(lang).to_owned(), path: section.path(), here: page.path == section.path() })
                .collect(),
            pages: STANDING.iter().map(|(word, path)| Link::new(self.words.text(lang, word), *path)).collect(),
        };
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

/// The language a path asks for, and the path without its prefix.
pub fn language(path: &str) -> (Lang, &str) {
    match path.strip_prefix("/en") {
        Some("") => (Lang::En, "/"),
        Some(rest) if rest.starts_with('/') => (Lang::En, rest),
        _ => (Lang::Vi, path),
    }
}

/// Answers from what is kept, or makes the answer once. `name` must hold everything that the answer depends on
/// beside language and time.
pub async fn answer<F>(web: Data<Web>, request: &HttpRequest, name: String, make: F) -> HttpResponse
where
    F: FnOnce(&mut Reading) -> Result<Answer, Refusal> + Send + 'static,
{
    let (lang, path) = language(request.path());
    let now = web.clock.now();
    if let Some(position) = web.fresh_position()
        && let Some(kept) = web.kept.find(&Key { name: name.clone(), lang, position }, now)
    {
        return respond(request, &kept);
    }
    let (shared, path) = (web.clone(), path.to_owned());
    let made = block(move || -> Result<Answer, Refusal> {
        let mut reading = shared.reading(lang, &path, now)?;
        let key = Key { name, lang, position: reading.position };
        if let Some(kept) = shared.kept.find(&key, now) {
            return Ok(kept);
        }
        let answer = make(&mut reading)?;
        if answer.stops_at > now {
            shared.kept.keep(key, &answer);
        }
        Ok(answer)
    })
    .await
    .unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)));
    match made {
        Ok(answer) => respond(request, &answer),
        Err(refusal) => error::answer(&web, request, &refusal).await,
    }
}

fn respond(request: &HttpRequest, answer: &Answer) -> HttpResponse {
    let unchanged = answer.status == StatusCode::OK && known(request).is_some_and(|known| matches(known, &answer.etag));
    let mut response = HttpResponse::build(if unchanged { StatusCode::NOT_MODIFIED } else { answer.status });
    response.insert_header((header::CACHE_CONTROL, answer.cache_control));
    if answer.status == StatusCode::OK {
        response.insert_header((header::ETAG, answer.etag.clone()));
    }
    if let Some(location) = &answer.location {
        response.insert_header((header::LOCATION, location.clone()));
    }
    if let Some(policy) = &answer.policy {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy.clone()));
    }
    let mut response = if unchanged { response.finish() } else { response.content_type(answer.mime).body(answer.body.clone()) };
    if let Some(document) = answer.counts
        && request.method() == Method::GET
    {
        response.extensions_mut().insert(Counts(document));
    }
    response
}

/// What the asker holds already, as it says.
pub(super) fn known(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok())
}

/// If-None-Match (RFC 9110, §13.1.2): weak comparison.
pub fn matches(field: &str, etag: &str) -> bool {
    let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    field.trim() == "*" || field.split(',').any(|tag| bare(tag) == bare(etag))
}

/// The number of a list's page: absent is 1; anything but a positive whole number is no page of ours.
pub fn page_number(query: &str) -> Option<i64> {
    let written = query.split('&').find_map(|pair| pair.strip_prefix("trang="));
    match written {
        None => Some(1),
        // A parser would take `+2` too.
        Some(number) if !number.bytes().all(|b| b.is_ascii_digit()) => None,
        Some(number) => number.parse().ok().filter(|number| (1..=1_000_000).contains(number)),
    }
}

/// Addresses that are none: a slash too many leads on, everything else is missing.
pub async fn nothing_here(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let path = request.path();
    let trimmed = path.trim_end_matches('/');
    // A second slash at the start would name another host.
    if path.ends_with('/') && trimmed.starts_with('/') && !trimmed.starts_with("//") && !trimmed.contains('\\') {
        return HttpResponse::MovedPermanently().insert_header((header::LOCATION, trimmed.to_owned())).finish();
    }
    error::answer(&web, &request, &Refusal::Missing).await
}
