//! The API's door: a token in the `Authorization` header (RFC 6750), and nothing else, says who asks. No cookie counts
//! here, so that no page of another site can ask in somebody's name.

use std::time::Duration;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data, Payload, block};
use actix_web::{HttpRequest, HttpResponse};

use super::ask::{Ask, Reply};
use super::problem::{self, Fault};
use super::rate::{Asker, Rate};
use super::ways::Way;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::person::session::Limits;
use crate::person::{Actor, Door, Who, token};
use crate::web::limit::household;
use crate::web::{Web, guard};

/// For a whole text on a slow line.
const PATIENCE: Duration = Duration::from_secs(30);
/// Of a path's own parts.
const MOST_PART: usize = 128;

pub async fn open(web: Data<Web>, rate: Data<Rate>, request: HttpRequest, payload: Payload, way: &'static Way) -> HttpResponse {
    let lang = language(&request);
    match pass(&web, &rate, &request, payload, way, lang).await {
        Ok((reply, left)) => sent(reply, left, way),
        Err(fault) => refused(&web, &request, lang, &fault),
    }
}

/// An address of the API that is none, or is asked for in a way that is none.
pub async fn nothing(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    refused(&web, &request, language(&request), &Fault::Refused(Refusal::Missing))
}

pub async fn wrong_method(web: Data<Web>, request: HttpRequest, allowed: &'static str) -> HttpResponse {
    let mut response = refused(&web, &request, language(&request), &Fault::http(StatusCode::METHOD_NOT_ALLOWED, "method"));
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
    response
}

fn refused(web: &Web, request: &HttpRequest, lang: Lang, fault: &Fault) -> HttpResponse {
    if let Fault::Refused(refusal @ (Refusal::Broken(_) | Refusal::Trouble(_))) = fault {
        tracing::error!(request = %guard::request_id(request), path = request.path(), "{refusal}");
    }
    problem::answer(&web.words, lang, fault)
}

async fn pass(
    web: &Data<Web>,
    rate: &Data<Rate>,
    request: &HttpRequest,
    payload: Payload,
    way: &'static Way,
    lang: Lang,
) -> Result<(Reply, u32), Fault> {
    let now = web.clock.now();
    let from = guard::client(request);
    let shown = bearer(request);
    let shared = web.clone();
    let found = block(move || -> Result<Option<(Actor, i64, String, Limits)>, Refusal> {
        let Some(shown) = shown else { return Ok(None) };
        let mut reading = shared.reading(lang, now)?;
        let limits = Limits::of(&reading.face.site.desk);
        let found = token::at_door(&mut reading.c, &shown, from, now, &limits)?;
        Ok(found.map(|(actor, id)| (actor, id, shown, limits)))
    });
    let found = found.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))?;
    let Some((actor, id, token, limits)) = found else {
        if let Some(from) = from {
            rate.counts(Asker::Stranger(household(from)), now).map_err(Fault::Often)?;
        }
        return Err(Fault::http(StatusCode::UNAUTHORIZED, "token"));
    };
    let left = rate.counts(Asker::Token(id), now).map_err(Fault::Often)?;
    // Said before anything is read: which of its powers a token lacks is its owner's to know.
    if !way.scope.iter().all(|verb| opens(&actor, *verb)) {
        return Err(Fault::http(StatusCode::FORBIDDEN, "scope"));
    }
    let body = body(request, payload, way).await?;
    let if_match = condition(request)?;
    if way.is_conditional && if_match.is_none() {
        return Err(Fault::http(StatusCode::PRECONDITION_REQUIRED, "condition"));
    }
    let ask = Ask {
        web: web.clone(),
        now,
        lang,
        who: Who::Person(actor),
        token,
        limits,
        query: request.query_string().to_owned(),
        body,
        if_match,
        parts: request.match_info().iter().map(|(name, part)| (name.to_owned(), part.chars().take(MOST_PART).collect())).collect(),
    };
    let reply = block(move || {
        if token::is_used_late(&mut *ask.web.store.read()?, id, now)? {
            ask.web.store.write(|c| token::used(c, id, now))?;
        }
        (way.handler)(&ask)
    });
    let reply = reply.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled).into()))?;
    Ok((reply, left))
}

fn opens(actor: &Actor, verb: Verb) -> bool {
    match &actor.door {
        Door::Token { scope, .. } => scope.contains(&verb),
        Door::Desk => false,
    }
}

fn bearer(request: &HttpRequest) -> Option<String> {
    let said = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = said.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim().to_owned()).filter(|token| token.len() <= 200)
}

async fn body(request: &HttpRequest, payload: Payload, way: &Way) -> Result<Bytes, Fault> {
    let body = match tokio::time::timeout(PATIENCE, payload.to_bytes_limited(way.most)).await {
        Ok(Ok(Ok(body))) => body,
        Ok(Ok(Err(_))) => return Err(Fault::http(StatusCode::BAD_REQUEST, "json")),
        Ok(Err(_)) => return Err(Fault::http(StatusCode::PAYLOAD_TOO_LARGE, "large")),
        Err(_) => return Err(Fault::http(StatusCode::REQUEST_TIMEOUT, "slow")),
    };
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let is_json = kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json");
    if !body.is_empty() && !is_json { Err(Fault::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "type")) } else { Ok(body) }
}

/// RFC 9110, §13.1.1. `*` would say nothing of what was seen, and a weak validator vouches for nothing.
fn condition(request: &HttpRequest) -> Result<Option<Vec<String>>, Fault> {
    let Some(said) = request.headers().get(header::IF_MATCH) else { return Ok(None) };
    let said = said.to_str().unwrap_or_default();
    if said.trim() == "*" {
        return Err(Fault::http(StatusCode::PRECONDITION_REQUIRED, "condition"));
    }
    let seals = said.split(',').filter_map(|one| one.trim().strip_prefix('"')?.strip_suffix('"').map(str::to_owned));
    Ok(Some(seals.take(20).collect()))
}

/// What a program's user reads (RFC 9110, §12.5.4): Vietnamese, unless English is asked for first.
pub fn language(request: &HttpRequest) -> Lang {
    let said = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|said| said.to_str().ok()).unwrap_or_default();
    let weight = |lang: &str| -> f32 {
        let of = said.split(',').filter_map(|one| {
            let (tag, rest) = one.trim().split_once(';').unwrap_or((one.trim(), "q=1"));
            let is_it = tag.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(lang));
            is_it.then(|| rest.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).unwrap_or(1.0))
        });
        of.fold(0.0, f32::max)
    };
    if weight("en") > weight("vi") { Lang::En } else { Lang::Vi }
}

fn sent(reply: Reply, left: u32, way: &Way) -> HttpResponse {
    let mut response = HttpResponse::build(reply.status);
    response.insert_header((header::CACHE_CONTROL, "no-store")).insert_header(("ratelimit-remaining", left.to_string()));
    if let Some(seal) = reply.etag.filter(|_| way.is_sealed) {
        response.insert_header((header::ETAG, format!("\"{seal}\"")));
    }
    if let Some(location) = reply.location {
        response.insert_header((header::LOCATION, location));
    }
    response.content_type("application/json").body(reply.body.to_string())
}
