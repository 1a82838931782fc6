//! The addresses of sheets, of the codes on them and on places' cards, as they are read: numbers of ours and nothing else.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use crate::channel::page::{board, verdict};
use crate::channel::paper;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::posting::paper::Form;
use crate::posting::placements::What;
use crate::web::answer::{answer, if_kept};
use crate::web::limit::Limit;
use crate::web::{Web, error};

/// What stands in the address of a code on paper; anything but a number of ours is none.
fn document_of(id: &str) -> Option<i64> {
    id.parse::<i64>().ok().filter(|read| *read > 0 && read.to_string() == id)
}

/// A part of what stands behind the `?`.
fn asked(request: &HttpRequest, name: &str) -> Option<String> {
    form_urlencoded::parse(request.query_string().as_bytes()).find(|(known, _)| known == name).map(|(_, text)| text.into_owned())
}

pub async fn verdict_page(web: Data<Web>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let paper = asked(&request, "ban");
    let number = paper.as_deref().and_then(board::number);
    let Some(document) = document_of(&id).filter(|_| paper.is_none() || number.is_some()) else { return missing(&web, &request).await };
    answer(web, &request, verdict::path(document, number), move |reading| verdict::verdict(reading, document, number)).await
}

pub async fn board_asked(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, id: Path<String>, sent: Payload) -> HttpResponse {
    let Some(document) = document_of(&id) else { return missing(&web, &request).await };
    board::ask(web, limit, request, sent, document).await
}

pub async fn board_noted(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, id: Path<String>, sent: Payload) -> HttpResponse {
    let Some(document) = document_of(&id) else { return missing(&web, &request).await };
    board::keep(web, limit, request, sent, document).await
}

pub async fn board_done(web: Data<Web>, request: HttpRequest, id: Path<String>) -> HttpResponse {
    let what = asked(&request, "viec").and_then(|name| What::said(&name));
    let Some((document, what)) = document_of(&id).zip(what) else { return missing(&web, &request).await };
    answer(web, &request, format!("/n/{document}/da-ghi?viec={}", what.name()), move |reading| board::done(reading, document, what)).await
}

pub async fn place_code(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "/n/noi".to_owned(), verdict::remember).await
}

/// A form's address, opened by hand.
pub async fn only_sent(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    otherwise(web, request, "POST").await
}

/// A sheet's own address is read, and told what was done with the sheet.
pub async fn read_and_sent(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    otherwise(web, request, "GET, HEAD, POST").await
}

async fn otherwise(web: Data<Web>, request: HttpRequest, allowed: &'static str) -> HttpResponse {
    let mut response = error::page(&web, &request, StatusCode::METHOD_NOT_ALLOWED, "method", None).await;
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allowed));
    response
}

async fn missing(web: &Data<Web>, request: &HttpRequest) -> HttpResponse {
    error::answer(web, request, &Refusal::Missing).await
}

/// Whoever waits for the press holds nothing that a page needs.
pub async fn printed(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    let form = if request.query_string() == paper::LARGE { Form::Large } else { Form::Normal };
    let address = paper::address(&slug, form);
    if let Some(kept) = if_kept(&web, &request, &address).await {
        return kept;
    }
    let turn = match web.paper.turns.turn().await {
        Ok(turn) => turn,
        Err(refusal) => return error::answer(&web, &request, &refusal).await,
    };
    answer(web, &request, address, move |reading| {
        let _turn = turn;
        paper::pdf(reading, &slug, form)
    })
    .await
}
