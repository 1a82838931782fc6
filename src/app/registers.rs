//! The addresses of what units disclosed and plan to disclose, each as a page and as files to take along.

use actix_web::web::{Data, Path, ServiceConfig, get, head};
use actix_web::{HttpRequest, HttpResponse};

use super::routes::on;
use crate::channel::page::plan;
use crate::channel::page::register::{self, Form};
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::posting::quarter::Quarter;
use crate::web::answer::{Answer, Reading, answer, if_kept};
use crate::web::{Web, error};

pub fn routes(urls: &mut ServiceConfig) {
    urls.service(on("/don-vi/{label}/da-cong-khai", get().to(register_now), head().to(register_now)))
        .service(on("/don-vi/{label}/da-cong-khai/{name}", get().to(register_of), head().to(register_of)))
        .service(on("/don-vi/{label}/ke-hoach-cong-khai", get().to(plan_now), head().to(plan_now)))
        .service(on("/don-vi/{label}/ke-hoach-cong-khai/{name}", get().to(plan_of), head().to(plan_of)));
}

/// `2026-q4` is a page, `2026-q4.pdf` a file; another ending is nothing of ours.
fn named(name: &str) -> Option<(&str, Option<Form>)> {
    match name.split_once('.') {
        None => Some((name, None)),
        Some((name, ending)) => Form::ALL.into_iter().find(|form| form.ending() == ending).map(|form| (name, Some(form))),
    }
}

async fn register_now(web: Data<Web>, request: HttpRequest, label: Path<String>) -> HttpResponse {
    if !is_slug(&label) {
        return missing(&web, &request).await;
    }
    answer(web, &request, register::root(&label), move |reading| register::current(reading, &label)).await
}

async fn register_of(web: Data<Web>, request: HttpRequest, asked: Path<(String, String)>) -> HttpResponse {
    let (label, name) = asked.into_inner();
    let found = named(&name).and_then(|(name, form)| Some((Quarter::read(name)?, form)));
    let Some((quarter, form)) = found.filter(|_| is_slug(&label)) else { return missing(&web, &request).await };
    let path = register::path(&label, quarter);
    match form {
        None => answer(web, &request, path, move |reading| register::of_quarter(reading, &label, quarter)).await,
        Some(form) => file(web, request, path, form, move |reading| register::file(reading, &label, quarter, form)).await,
    }
}

async fn plan_now(web: Data<Web>, request: HttpRequest, label: Path<String>) -> HttpResponse {
    if !is_slug(&label) {
        return missing(&web, &request).await;
    }
    answer(web, &request, plan::root(&label), move |reading| plan::current(reading, &label)).await
}

async fn plan_of(web: Data<Web>, request: HttpRequest, asked: Path<(String, String)>) -> HttpResponse {
    let (label, name) = asked.into_inner();
    let found = named(&name).and_then(|(name, form)| Some((plan::year(name)?, form)));
    let Some((year, form)) = found.filter(|_| is_slug(&label)) else { return missing(&web, &request).await };
    let path = plan::path(&label, year);
    match form {
        None => answer(web, &request, path, move |reading| plan::of_year(reading, &label, year)).await,
        Some(form) => file(web, request, path, form, move |reading| plan::file(reading, &label, year, form)).await,
    }
}

/// Whoever waits for the press, or for a workbook, holds nothing that a page needs.
async fn file(
    web: Data<Web>,
    request: HttpRequest,
    path: String,
    form: Form,
    make: impl FnOnce(&mut Reading) -> Result<Answer, Refusal> + Send + 'static,
) -> HttpResponse {
    let address = format!("{path}.{}", form.ending());
    if let Some(kept) = if_kept(&web, &request, &address).await {
        return kept;
    }
    // A line of text is made like a page.
    let turn = match form {
        Form::Csv => None,
        Form::Pdf | Form::Xlsx => match web.paper.turns.turn().await {
            Ok(turn) => Some(turn),
            Err(refusal) => return error::answer(&web, &request, &refusal).await,
        },
    };
    answer(web, &request, address, move |reading| {
        let _turn = turn;
        make(reading)
    })
    .await
}

async fn missing(web: &Data<Web>, request: &HttpRequest) -> HttpResponse {
    error::answer(web, request, &Refusal::Missing).await
}
