//! A refusal becomes a status and a page here, and nowhere else.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::Web;
use super::answer::language;
use super::guard::request_id;
use super::view::{Link, Page};
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
        Link::new(words.text(lang, "site-map"), "/trang/so-do-trang"),
        Link::new(words.text(lang, "site-contact"), "/trang/lien-he"),
    ]
}

pub async fn answer(web: &Data<Web>, request: &HttpRequest, refusal: &Refusal) -> HttpResponse {
    let (status, key) = status(refusal);
    if status.is_server_error() {
        tracing::error!(request = %request_id(request), path = request.path(), "{refusal}");
    }
    page(web, request, status, key, None).await
}

/// A status that only HTTP knows of, or one that stands for a refusal. `back`: the page that somebody came from.
pub async fn page(web: &Data<Web>, request: &HttpRequest, status: StatusCode, key: &'static str, back: Option<&str>) -> HttpResponse {
    let id = request_id(request);
    let (lang, _) = language(request.path());
    let shown = Shown {
        status: status.as_u16(),
        key,
        title: web.words.text(lang, &format!("http-{key}-title")),
        text: web.words.text(lang, &format!("http-{key}-text")),
        request: if status.is_server_error() { id } else { String::new() },
        ..Shown::default()
    };
    // What just failed is not asked again.
    let face = if status.is_server_error() { web.last_face() } else { Web::current_face(web).await };
    let page = Page { kind: "error", title: shown.title.clone(), noindex: true, ..Page::default() };
    let text = shown.text.clone();
    let back = back.map(|path| Link::new(web.words.text(lang, "error-way-back"), path));
    let parts = Parts { error: shown, ways: back.into_iter().chain(ways(&web.words, lang)).collect() };
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.insert_header((header::RETRY_AFTER, "5"));
    }
    match web.html(&face, lang, web.clock.now(), "error/page.html", &page, &parts) {
        Ok(html) => response
            .insert_header((header::CONTENT_SECURITY_POLICY, face.style(page.kind).policy.clone()))
            .content_type("text/html; charset=utf-8")
            .body(html),
        Err(fault) => {
            tracing::error!("the error page itself: {fault}");
            response.content_type("text/plain; charset=utf-8").body(text)
        }
    }
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
