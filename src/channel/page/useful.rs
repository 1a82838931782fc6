//! The question under every text: how its answer is taken, and the page that thanks for it.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Payload, block};
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use super::text;
use crate::edition::Kind;
use crate::edition::answers::{self, Answer};
use crate::edition::find::{self, Found};
use crate::kit::refusal::Refusal;
use crate::web::answer::{self as made, Reading, language};
use crate::web::limit::{HOUR, Limit};
use crate::web::view::Link;
use crate::web::{Web, error, form, guard};

/// Longer than both answers, short enough to be read at once.
const MOST_BYTES: usize = 64;

enum Taken {
    /// For the text at this address, which may have moved meanwhile.
    Counted(String),
    TooOften,
    NotThere,
}

pub async fn take(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, payload: Payload, kind: Kind, slug: String) -> HttpResponse {
    let back = kind.path(&slug);
    let given = form::read(&web, &request, payload, MOST_BYTES).await;
    let given = given.and_then(|body| Answer::read(&body).ok_or((StatusCode::UNPROCESSABLE_ENTITY, "type")));
    let given = match given {
        Ok(given) => given,
        Err((status, key)) => return error::page(&web, &request, status, key, Some(&back)).await,
    };
    let (lang, _) = language(request.path());
    let (now, client) = (web.clock.now(), guard::client(&request));
    let (shared, asked) = (web.clone(), slug.clone());
    let taken = block(move || -> Result<Taken, Refusal> {
        let found = here(&mut shared.reading(lang, now)?, kind, &asked);
        let (document, slug) = match found {
            Err(Refusal::Missing) | Ok(None) => return Ok(Taken::NotThere),
            Err(other) => return Err(other),
            Ok(Some(found)) => found,
        };
        if !limit.allows(client, document, now) {
            return Ok(Taken::TooOften);
        }
        shared.store.write(|c| answers::add(c, document, given))?;
        Ok(Taken::Counted(slug))
    });
    match taken.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled))) {
        Ok(Taken::Counted(slug)) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("{}{}/cam-on", lang.base(), kind.path(&slug))))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish(),
        Ok(Taken::TooOften) => {
            let mut response = error::page(&web, &request, StatusCode::TOO_MANY_REQUESTS, "often", Some(&back)).await;
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(HOUR.num_seconds()));
            response
        }
        // The text's own address knows whether there is anything to say about it.
        Ok(Taken::NotThere) => made::answer(web, &request, kind.path(&slug), move |reading| text::text(reading, kind, &slug)).await,
        Err(refusal) => error::answer(&web, &request, &refusal).await,
    }
}

/// The text that shows at an address now, or at the one that it moved to.
fn here(reading: &mut Reading, kind: Kind, slug: &str) -> Result<Option<(i64, String)>, Refusal> {
    let mut slug = slug.to_owned();
    let mut found = find::at_address(&mut reading.c, kind, &slug, reading.now)?;
    if let Found::Moved { slug: now_at } = found {
        found = find::at_address(&mut reading.c, kind, &now_at, reading.now)?;
        slug = now_at;
    }
    Ok(match found {
        Found::Here(found) => Some((found.0.document_id, slug)),
        Found::Moved { .. } | Found::Ended { .. } | Found::Withdrawn { .. } => None,
    })
}

/// Somebody opened the form's address by hand, or by another method.
pub async fn only_sent(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let (_, path) = language(request.path());
    let mut response = error::page(&web, &request, StatusCode::METHOD_NOT_ALLOWED, "method", path.strip_suffix("/gop-y")).await;
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("POST"));
    response
}

#[derive(Serialize)]
struct Thanks {
    text: Link,
    is_article: bool,
}

pub fn thanks(reading: &mut Reading, kind: Kind, slug: &str) -> Result<made::Answer, Refusal> {
    let Found::Here(found) = find::at_address(&mut reading.c, kind, slug, reading.now)? else {
        return text::text(reading, kind, slug);
    };
    let mut page = reading.page("thanks", reading.word("useful-thanks"), &format!("{}/cam-on", kind.path(slug)));
    page.noindex = true;
    page.crumbs.clear();
    let parts = Thanks { text: Link::new(found.1.title, kind.path(slug)), is_article: kind == Kind::Article };
    reading.html("answer/thanks.html", &page, &parts)
}
