//! A refusal becomes a status and a page here, and nowhere else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse};
use chrono::Datelike;
use serde::Serialize;

use super::answer::language;
use super::coding::{Coded, Coding};
use super::guard::{request_id, without_secrets};
use super::layout::{Around, UNITS};
use super::view::{Link, OtherLang, Page};
use super::{Face, Web};
use crate::kit::calendar;
use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Words};
use crate::phrase;

#[derive(Debug, Default, Serialize)]
pub struct Shown {
    pub status: u16,
    pub key: &'static str,
    pub title: String,
    pub text: String,
    pub reason: String,
    /// What the date is that of.
    pub date_label: String,
    pub date: String,
    pub replacement: Option<Replacement>,
    pub request: String,
}

#[derive(Debug, Serialize)]
pub struct Replacement {
    pub title: String,
    pub path: String,
}

#[derive(Serialize)]
pub struct Parts {
    pub error: Shown,
    pub ways: Vec<Link>,
}

fn status(refusal: &Refusal) -> (StatusCode, &'static str) {
    match refusal {
        Refusal::Missing => (StatusCode::NOT_FOUND, "missing"),
        Refusal::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::WrongState(_) | Refusal::Stale => (StatusCode::CONFLICT, "conflict"),
        Refusal::Issues(_) => (StatusCode::UNPROCESSABLE_ENTITY, "issues"),
        Refusal::Trouble(_) => (StatusCode::SERVICE_UNAVAILABLE, "trouble"),
        Refusal::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
    }
}

/// The ways on from a page that could not be shown.
pub fn ways(words: &Words, lang: Lang) -> Vec<Link> {
    vec![
        Link::new(words.text(lang, "error-way-home"), "/"),
        Link::new(words.text(lang, "site-units"), UNITS),
        Link::new(words.text(lang, "site-map"), "/trang/so-do-trang"),
        Link::new(words.text(lang, "site-contact"), "/trang/lien-he"),
    ]
}

pub async fn answer(web: &Data<Web>, request: &HttpRequest, refusal: &Refusal) -> HttpResponse {
    let (status, key) = status(refusal);
    if status.is_server_error() {
        tracing::error!(request = %request_id(request), path = %without_secrets(request.path()), "{refusal}");
    }
    page(web, request, status, key, None).await
}

/// The status, the key of its words, and the language they are said in.
type Name = (u16, &'static str, Lang);

/// Pages that say the same to everybody are made and packed once for each face of the site: there are as many as
/// there are statuses and languages, however many addresses are asked for that are none.
#[derive(Default)]
pub struct Pages(Mutex<HashMap<Name, Arc<Made>>>);

struct Made {
    face: Arc<Face>,
    /// The footer bears it.
    year: i32,
    /// What stands above every page.
    strip: Bytes,
    body: Bytes,
    coded: Coded,
}

impl Pages {
    fn find(&self, name: Name, face: &Arc<Face>, year: i32, strip: &Bytes) -> Option<Arc<Made>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(&name).filter(|made| Arc::ptr_eq(&made.face, face) && made.year == year && made.strip == *strip).cloned()
    }

    fn keep(&self, name: Name, made: &Arc<Made>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name, made.clone());
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

const HTML: &str = "text/html; charset=utf-8";
const KIND: &str = "error";

/// A status that only HTTP knows of, or one that stands for a refusal. `back`: the page that somebody came from.
pub async fn page(web: &Data<Web>, request: &HttpRequest, status: StatusCode, key: &'static str, back: Option<&str>) -> HttpResponse {
    let (lang, _) = language(request.path());
    // What just failed is not asked again.
    let face = if status.is_server_error() { web.last_face() } else { Web::current_face(web).await };
    let (name, year) = ((status.as_u16(), key, lang), calendar::local(web.clock.now()).year());
    let strip = if status.is_server_error() { Bytes::new() } else { Web::strip(web, lang).await };
    // A fault's page bears its own number, and a way back is the asker's own.
    let is_common = back.is_none() && !status.is_server_error();
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    let made = match web.errors.find(name, &face, year, &strip).filter(|_| is_common) {
        Some(made) => made,
        None => match html(web, &face, request, (status, key), back, &strip) {
            Ok(html) => {
                let made = Arc::new(Made { face, year, strip, body: html.into(), coded: Coded::default() });
                if is_common {
                    web.errors.keep(name, &made);
                }
                made
            }
            Err(fault) => {
                tracing::error!("the error page itself: {fault}");
                return response.content_type("text/plain; charset=utf-8").body(web.words.text(lang, &format!("http-{key}-text")));
            }
        },
    };
    let coding = Coding::of(request, HTML, made.body.len());
    if let Some(name) = coding.name() {
        response.insert_header((header::CONTENT_ENCODING, name));
    }
    response
        .insert_header((header::VARY, "accept-encoding"))
        .insert_header((header::CONTENT_SECURITY_POLICY, made.face.style(KIND).policy.clone()))
        .content_type(HTML)
        .body(made.coded.make(coding, &made.body))
}

fn html(
    web: &Web,
    face: &Face,
    request: &HttpRequest,
    (status, key): (StatusCode, &'static str),
    back: Option<&str>,
    strip: &[u8],
) -> Result<String, Refusal> {
    let (lang, _) = language(request.path());
    let shown = Shown {
        status: status.as_u16(),
        key,
        title: web.words.text(lang, &format!("http-{key}-title")),
        text: web.words.text(lang, &format!("http-{key}-text")),
        request: if status.is_server_error() { request_id(request) } else { String::new() },
        ..Shown::default()
    };
    let mut page = Page { kind: KIND, title: shown.title.clone(), noindex: true, ..Page::default() };
    page.other_lang = Some(OtherLang::of(&web.words, lang, "/"));
    let back = back.map(|path| Link::new(web.words.text(lang, "error-way-back"), path));
    let parts = Parts { error: shown, ways: back.into_iter().chain(ways(&web.words, lang)).collect() };
    web.html(Around { face, lang, now: web.clock.now(), strip }, "error/page.html", &page, &parts)
}

/// What a person at the command line is told.
pub fn told(words: &Words, lang: Lang, refusal: &Refusal) -> String {
    match refusal {
        Refusal::WrongState(phrase) | Refusal::Trouble(phrase) => words.say(lang, phrase),
        Refusal::Issues(issues) => {
            let mut text = words.say(lang, &phrase!("cli-issues", count = issues.len()));
            for issue in issues {
                text.push('\n');
                text.push_str(&issue.file);
                if issue.line > 0 {
                    text.push_str(&format!(":{}", issue.line));
                }
                text.push_str(": ");
                text.push_str(&words.say(lang, &issue.phrase));
            }
            text
        }
        other => words.say(lang, &phrase!("cli-broken", reason = other)),
    }
}
