//! The addresses of a unit's board: its page, and its other forms, each as the program reads it that follows it. Those are in
//! Vietnamese alone, for that is the language of what hangs there.

use actix_web::web::{Data, Path, ServiceConfig, get, head};
use actix_web::{HttpRequest, HttpResponse};

use super::routes::on;
use crate::channel::feed::{self, Scope};
use crate::channel::page::{screen, unit_board, unit_calendar};
use crate::channel::{cap, plain};
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading, answer};
use crate::web::view::FeedFormat;
use crate::web::{Web, error};

pub fn routes(urls: &mut ServiceConfig) {
    for format in FeedFormat::ALL {
        let board = move |web, request, code| feed(web, request, code, format);
        urls.service(on(&feed::board::path("{code}", format), get().to(board), head().to(board)));
    }
    urls.service(on(&screen::path("{code}"), get().to(on_screen), head().to(on_screen)))
        .service(on(&screen::worker_path("{code}"), get().to(screen_worker), head().to(screen_worker)))
        .service(on("/bang-tin/{code}/lich.ics", get().to(calendar), head().to(calendar)))
        .service(on("/bang-tin/{code}/bulletin.txt", get().to(text), head().to(text)))
        .service(on("/bang-tin/{code}/cap.xml", get().to(warnings), head().to(warnings)))
        .service(on("/niem-yet/{slug}.cap", get().to(warning), head().to(warning)));
}

pub async fn page(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    form(web, request, code, unit_board::path, unit_board::board).await
}

async fn feed(web: Data<Web>, request: HttpRequest, code: Path<String>, format: FeedFormat) -> HttpResponse {
    form(
        web,
        request,
        code,
        |code| feed::board::path(code, format),
        move |reading, code| feed::feed(reading, &Scope::Board(code.to_owned()), format),
    )
    .await
}

async fn on_screen(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    form(web, request, code, screen::path, screen::page).await
}

async fn screen_worker(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    match screen::worker(&code).filter(|_| unit_board::is_code(&code)) {
        Some(worker) => worker,
        None => error::answer(&web, &request, &Refusal::Missing).await,
    }
}

async fn calendar(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    form(web, request, code, unit_calendar::path, unit_calendar::file).await
}

async fn text(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    form(web, request, code, plain::path, plain::file).await
}

async fn warnings(web: Data<Web>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    form(web, request, code, cap::index::path, cap::index::file).await
}

async fn warning(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    answer(web, &request, cap::path(&slug), move |reading| cap::file(reading, &slug)).await
}

async fn form<M>(web: Data<Web>, request: HttpRequest, code: Path<String>, path: impl FnOnce(&str) -> String, make: M) -> HttpResponse
where
    M: FnOnce(&mut Reading, &str) -> Result<Answer, Refusal> + Send + 'static,
{
    if !unit_board::is_code(&code) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    answer(web, &request, path(&code), move |reading| make(reading, &code)).await
}
