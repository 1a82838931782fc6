//! One way from a question to an answer: the same instant and the same state of the store for everything inside,
//! made once, kept while true, conditional.

use actix_web::http::header::{self, Header, HeaderName, HeaderValue, HttpDate, IfModifiedSince};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, block};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::SystemTime;

use super::coding::{Coded, Coding};
use super::kept::{Entry, Turn};
use super::layout::Around;
use super::signed::Signed;
use super::view::{Date, FeedLink, Link, OtherLang, Page};
use super::{Face, Lowered, Web, error};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::qr;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::store::Snapshot;

pub const HTML: &str = "text/html; charset=utf-8";

/// What other sites may show inside their own pages: pictures, in feeds and previews.
pub(super) const ANYWHERE: (HeaderName, HeaderValue) =
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));

/// Everything one answer is made from. `now` is read once, and the store is seen in one state: no page may be half
/// before and half after an instant or an act.
pub struct Reading<'w> {
    pub web: &'w Web,
    pub c: Snapshot,
    pub now: Moment,
    pub lang: Lang,
    pub face: Arc<Face>,
    /// The number of the last change that this state has in it.
    pub(super) since: u64,
    /// The first instant known so far at which what is made here stops being true.
    pub(super) stops_at: Moment,
}

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub mime: &'static str,
    pub body: Bytes,
    pub coded: Coded,
    pub etag: String,
    pub cache_control: &'static str,
    pub location: Option<String>,
    pub policy: Option<HeaderValue>,
    /// A header by which somebody knows this answer from a stranger's.
    pub marker: Option<(&'static str, &'static str)>,
    pub made_at: Moment,
    /// The instant at which this answer stops being true.
    pub stops_at: Moment,
    /// The document whose reading this is.
    pub counts: Option<i64>,
    pub signed: Option<Signed>,
    /// Of questions without end, whose answers would take the room of those that others ask too.
    pub once: bool,
}

/// In the response's extensions: a reader has read this document.
#[derive(Clone, Copy, Debug)]
pub struct Counts(pub i64);

impl Answer {
    /// Caches may hold it and must ask again each time: nobody can call back what was handed out.
    pub fn new(reading: &Reading, mime: &'static str, body: impl Into<Bytes>) -> Answer {
        let body = body.into();
        Answer {
            status: StatusCode::OK,
            mime,
            etag: format!("W/\"{}\"", &digest::sha256(&body)[..32]),
            body,
            coded: Coded::default(),
            cache_control: "public, no-cache",
            location: None,
            policy: None,
            marker: None,
            made_at: reading.now,
            stops_at: reading.stops_at,
            counts: None,
            signed: None,
            once: false,
        }
    }

    pub(super) fn coding(&self, request: &HttpRequest) -> Coding {
        // A part is a part of what was signed.
        if self.signed.is_some() && request.headers().contains_key(header::RANGE) {
            return Coding::Plain;
        }
        Coding::of(request, self.mime, self.body.len())
    }

    /// For one asker alone: packed quickly, and kept by nobody.
    pub fn sent_to_one(self, request: &HttpRequest) -> HttpResponse {
        let coding = self.coding(request);
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CACHE_CONTROL, "no-store")).insert_header((header::VARY, "accept-encoding"));
        if let Some(policy) = self.policy {
            response.insert_header((header::CONTENT_SECURITY_POLICY, policy));
        }
        if let Some(name) = coding.name() {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(name)));
        }
        response.insert_header((header::CONTENT_TYPE, self.mime)).body(self.coded.make(coding, &self.body))
    }

    pub fn moved(reading: &Reading, path: &str) -> Answer {
        let mut answer = Answer::new(reading, HTML, Bytes::new());
        answer.status = StatusCode::MOVED_PERMANENTLY;
        answer.location = Some(format!("{}{path}", reading.lang.base()));
        answer
    }
}

impl Reading<'_> {
    /// Some of what is shown changes at this instant, for a reason that is in no text's terms: a day ends.
    pub fn until(&mut self, at: Moment) {
        self.stops_at = self.stops_at.min(at);
    }

    pub fn say(&self, phrase: &crate::kit::words::Phrase) -> String {
        self.web.words.say(self.lang, phrase)
    }

    pub fn word(&self, key: &str) -> String {
        self.web.words.text(self.lang, key)
    }

    pub fn date(&self, at: Moment, day_only: bool) -> Date {
        Date {
            iso: calendar::iso(at, day_only),
            text: calendar::brief(at, day_only, &self.web.words, self.lang),
            day: calendar::brief(at, true, &self.web.words, self.lang),
            long: calendar::long(at, day_only, &self.web.words, self.lang),
        }
    }

    /// A page with the address it was asked under.
    pub fn page(&self, kind: &'static str, title: impl Into<String>, path: &str) -> Page {
        let canonical = format!("{}{}{path}", self.face.site.address, self.lang.base());
        Page {
            kind,
            title: title.into(),
            path: path.to_owned(),
            other_lang: Some(OtherLang::of(&self.web.words, self.lang, path)),
            feeds: FeedLink::all(&self.face.site.name, ""),
            crumbs: vec![Link::new(self.word("site-home"), "/")],
            qr: qr::code(&canonical),
            canonical,
            ..Page::default()
        }
    }

    pub fn html<T: Serialize>(&mut self, template: &str, page: &Page, parts: &T) -> Result<Answer, Refusal> {
        let strip = self.strip()?;
        let html = self.web.html(Around { face: &self.face, lang: self.lang, now: self.now, strip: &strip }, template, page, parts)?;
        let mut answer = Answer::new(self, HTML, html);
        answer.policy = HeaderValue::from_str(&self.face.style(page.kind).policy).ok();
        Ok(answer)
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

/// What is kept under exactly this address and may be given without asking anybody. This comes before the router, so
/// that reading is a look-up.
pub(super) fn at_once(web: &Data<Web>, request: &HttpRequest) -> Option<HttpResponse> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) || !Web::is_fresh(web) {
        return None;
    }
    let address = request.uri().path_and_query()?.as_str();
    let now = web.clock.now();
    let entry = web.kept.find(address, now)?;
    let coding = entry.answer.coding(request);
    let body = entry.answer.coded.ready(coding, &entry.answer.body)?;
    refine(web, &entry, coding);
    Some(respond(request, &entry.answer, body, now))
}

/// Answers from what is kept, or makes the answer once, however many ask for it. `address`, without the language's
/// prefix, is the one under which it is linked; it must hold everything that the answer depends on beside time and
/// the store.
pub async fn answer<F>(web: Data<Web>, request: &HttpRequest, address: String, make: F) -> HttpResponse
where
    F: FnOnce(&mut Reading) -> Result<Answer, Refusal> + Send + 'static,
{
    let (lang, _) = language(request.path());
    let now = web.clock.now();
    match entry(&web, lang, now, address, make).await {
        Ok(entry) => packed(request, entry, now).await,
        Err(refusal) => error::answer(&web, request, &refusal).await,
    }
}

/// The same for whoever wants the answer itself and sends it to nobody. `now`: an instant that has just been.
pub async fn entry<F>(web: &Data<Web>, lang: Lang, now: Moment, address: String, make: F) -> Result<Arc<Entry>, Refusal>
where
    F: FnOnce(&mut Reading) -> Result<Answer, Refusal> + Send + 'static,
{
    let address = format!("{}{address}", lang.base());
    Web::keep_up(web).await?;
    if let Some(entry) = web.kept.find(&address, now) {
        return Ok(entry);
    }
    let making = match web.kept.turn(&address) {
        Turn::Make(making) => Some(making),
        Turn::Wait(mut done) => {
            // An error is the end of the making: its sender is gone.
            let _ = done.changed().await;
            if let Some(entry) = web.kept.find(&address, now) {
                return Ok(entry);
            }
            // It was nothing to keep: an address that is none, a state that is over. Each makes its own.
            None
        }
    };
    let shared = web.clone();
    block(move || -> Result<Arc<Entry>, Refusal> {
        // Here, and not with the asker, who may leave: those who wait must not each begin.
        let _making = making;
        let mut reading = shared.reading(lang, now)?;
        let mut answer = make(&mut reading)?;
        let looks = reading.c.looked_at();
        answer.stops_at = answer.stops_at.min(reading.c.stops_at()).min((shared.follow.next_turn)(&mut reading.c, &looks, now)?);
        Ok(shared.kept.keep(address, answer, looks, reading.since))
    })
    .await
    .unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))
}

/// Beyond this the finest packing takes seconds, in bytes.
const MOST_REFINED: usize = 256 * 1024;

/// Whoever asks for an answer that is there already has it packed as finely as can be, for those who come after. One
/// at a time: it takes a core for as long as a hundred answers do.
fn refine(web: &Data<Web>, entry: &Arc<Entry>, coding: Coding) {
    // What is signed is known by a strong mark, and stays the same to the last byte.
    let is_fixed = entry.answer.signed.is_some() || entry.answer.body.len() > MOST_REFINED;
    if is_fixed || !entry.answer.coded.is_rough(coding) || web.is_refining.swap(true, Ordering::AcqRel) {
        return;
    }
    if !entry.answer.coded.may_refine(coding) {
        web.is_refining.store(false, Ordering::Release);
    } else {
        let (shared, entry) = (web.clone(), entry.clone());
        drop(block(move || {
            let _lowered = Lowered(&shared.is_refining);
            entry.answer.coded.refine(&entry.answer.body);
        }));
    }
}

/// What is kept under an address, for whoever would rather not make it; not before the log has been asked.
pub async fn if_kept(web: &Data<Web>, request: &HttpRequest, address: &str) -> Option<HttpResponse> {
    let (lang, _) = language(request.path());
    let now = web.clock.now();
    Web::keep_up(web).await.ok()?;
    let entry = web.kept.find(&format!("{}{address}", lang.base()), now)?;
    Some(packed(request, entry, now).await)
}

/// In the coding that is asked for, made now if nobody has asked for it before.
pub async fn packed(request: &HttpRequest, entry: Arc<Entry>, now: Moment) -> HttpResponse {
    let coding = entry.answer.coding(request);
    let body = match entry.answer.coded.ready(coding, &entry.answer.body) {
        Some(body) => body,
        None => {
            let entry = entry.clone();
            block(move || {
                let quick = entry.answer.coded.make(coding, &entry.answer.body);
                if entry.answer.mime == HTML && entry.answer.coded.nearly_fits(coding) && entry.answer.coded.may_refine(coding) {
                    entry.answer.coded.refine(&entry.answer.body);
                }
                entry.answer.coded.ready(coding, &entry.answer.body).unwrap_or(quick)
            })
            .await
            .unwrap_or_default()
        }
    };
    respond(request, &entry.answer, body, now)
}

fn respond(request: &HttpRequest, answer: &Answer, body: Bytes, now: Moment) -> HttpResponse {
    let is_whole = answer.status == StatusCode::OK;
    let unchanged = is_whole && is_known(request, answer);
    let mut response = HttpResponse::build(if unchanged { StatusCode::NOT_MODIFIED } else { answer.status });
    response.insert_header((header::CACHE_CONTROL, answer.cache_control));
    response.insert_header((header::VARY, HeaderValue::from_static("accept-encoding")));
    if is_whole {
        match &answer.signed {
            Some(signed) => signed.tell(&mut response, answer.coding(request)),
            None => drop(response.insert_header((header::ETAG, answer.etag.as_str()))),
        }
        // Within its own second another answer may follow, and the date would not tell the two apart (RFC 9110, §8.8.2).
        if answer.made_at < now {
            response.insert_header((header::LAST_MODIFIED, HttpDate::from(SystemTime::from(answer.made_at.and_utc()))));
        }
    }
    if let Some(location) = &answer.location {
        response.insert_header((header::LOCATION, location.as_str()));
    }
    if answer.mime.starts_with("image/") {
        // A preview on another site shows it from here.
        response.insert_header(ANYWHERE);
    }
    if let Some(policy) = &answer.policy {
        response.insert_header((header::CONTENT_SECURITY_POLICY, policy.clone()));
    }
    if let Some(marker) = answer.marker {
        response.insert_header(marker);
    }
    let mut response = if unchanged {
        response.finish()
    } else if let Some(signed) = answer.signed.as_ref().filter(|_| is_whole) {
        signed.body(response, request, answer, body)
    } else {
        if let Some(coding) = answer.coding(request).name() {
            response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(coding)));
        }
        response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(answer.mime))).body(body)
    };
    if let Some(document) = answer.counts
        && request.method() == Method::GET
    {
        response.extensions_mut().insert(Counts(document));
    }
    response
}

/// If-None-Match, and If-Modified-Since only where there is none (RFC 9110, §13.2.2).
fn is_known(request: &HttpRequest, answer: &Answer) -> bool {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return false;
    }
    if request.headers().contains_key(header::IF_NONE_MATCH) {
        return known(request).is_some_and(|known| match &answer.signed {
            Some(signed) => signed.is_known(&known),
            None => matches(&known, &answer.etag),
        });
    }
    let since = request.headers().contains_key(header::IF_MODIFIED_SINCE).then(|| IfModifiedSince::parse(request).ok()).flatten();
    since.is_some_and(|IfModifiedSince(date)| SystemTime::from(date) >= SystemTime::from(answer.made_at.and_utc()))
}

/// What the asker holds already, as it says.
pub fn known(request: &HttpRequest) -> Option<String> {
    let lines: Vec<&str> = request.headers().get_all(header::IF_NONE_MATCH).filter_map(|line| line.to_str().ok()).collect();
    // Several lines are one list (RFC 9110, §5.3).
    (!lines.is_empty()).then(|| lines.join(","))
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
