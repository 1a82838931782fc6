//! The addresses of reports: the list, each with its figures as files, and every edition with its own.

use actix_web::web::{Data, Path, ServiceConfig, get, head};
use actix_web::{HttpRequest, HttpResponse};

use super::routes::{draw, edition, on};
use crate::channel::card::{self, draw::Painter};
use crate::channel::feed::{self, Scope};
use crate::channel::page::releases;
use crate::channel::page::report::{self, Form};
use crate::channel::page::reports;
use crate::channel::page::series;
use crate::channel::page::text;
use crate::edition::Kind;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::report::through_time::SERIES;
use crate::web::answer::{answer, page_number};
use crate::web::layout::REPORTS;
use crate::web::view::FeedFormat;
use crate::web::{Web, error};

pub fn routes(urls: &mut ServiceConfig) {
    for format in FeedFormat::ALL {
        let feed = move |web, request| feed_of(web, request, format);
        urls.service(on(&format!("{REPORTS}/{}", format.file()), get().to(feed), head().to(feed)));
    }
    urls.service(on(REPORTS, get().to(list), head().to(list)));
    urls.service(on(releases::PATH, get().to(releases_page), head().to(releases_page)));
    urls.service(on(releases::FILE, get().to(releases_file), head().to(releases_file)));
    urls.service(on(reports::CATALOGUE, get().to(catalogue), head().to(catalogue)));
    // Before the reports: no report's address is theirs.
    urls.service(on(SERIES, get().to(indicators), head().to(indicators)));
    for form in series::Form::ALL {
        let of = move |web, request, indicator| of_indicator(web, request, indicator, form);
        urls.service(on(&format!("{SERIES}/{{indicator}}{}", form.ending()), get().to(of), head().to(of)));
    }
    for form in Form::ALL {
        let now = move |web, request, slug| file(web, request, slug, form);
        let past = move |web, request, path| past_file(web, request, path, form);
        urls.service(on(&format!("/so-lieu/{{slug}}.{}", form.ending()), get().to(now), head().to(now)));
        urls.service(on(&format!("/so-lieu/{{slug}}/ban/{{number}}.{}", form.ending()), get().to(past), head().to(past)));
    }
    urls.service(on("/so-lieu/{slug}", get().to(page), head().to(page)))
        .service(on("/so-lieu/{slug}/ban/{number}", get().to(past_page), head().to(past_page)))
        .service(on("/the/so-lieu/{slug}.png", get().to(drawn), head().to(drawn)));
}

async fn missing(web: &Data<Web>, request: &HttpRequest) -> HttpResponse {
    error::answer(web, request, &Refusal::Missing).await
}

async fn feed_of(web: Data<Web>, request: HttpRequest, format: FeedFormat) -> HttpResponse {
    let address = format!("{REPORTS}/{}", format.file());
    answer(web, &request, address, move |reading| feed::feed(reading, &Scope::Reports, format)).await
}

async fn list(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(number) = page_number(request.query_string()) else { return missing(&web, &request).await };
    let address = if number == 1 { REPORTS.to_owned() } else { format!("{REPORTS}?trang={number}") };
    answer(web, &request, address, move |reading| reports::reports(reading, number)).await
}

async fn catalogue(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, reports::CATALOGUE.to_owned(), reports::catalogue).await
}

async fn releases_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(unit) = releases::asked(request.query_string()) else { return missing(&web, &request).await };
    let address = releases::address(releases::PATH, &unit);
    answer(web, &request, address, move |reading| releases::page(reading, &unit)).await
}

async fn releases_file(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(unit) = releases::asked(request.query_string()) else { return missing(&web, &request).await };
    let address = releases::address(releases::FILE, &unit);
    answer(web, &request, address, move |reading| releases::file(reading, &unit)).await
}

async fn indicators(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, SERIES.to_owned(), series::index).await
}

async fn of_indicator(web: Data<Web>, request: HttpRequest, indicator: Path<String>, form: series::Form) -> HttpResponse {
    if !is_slug(&indicator) {
        return missing(&web, &request).await;
    }
    let asked = series::asked(&indicator, request.query_string());
    answer(web, &request, asked.address(form.ending()), move |reading| series::series(reading, &asked, form)).await
}

async fn page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, Kind::Report.path(&slug), move |reading| text::text(reading, Kind::Report, &slug)).await
}

async fn past_page(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    edition(web, request, Kind::Report, path.into_inner()).await
}

async fn file(web: Data<Web>, request: HttpRequest, slug: Path<String>, form: Form) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    let address = format!("{}.{}", Kind::Report.path(&slug), form.ending());
    answer(web, &request, address, move |reading| report::file(reading, &slug, form)).await
}

async fn past_file(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>, form: Form) -> HttpResponse {
    let (slug, number) = path.into_inner();
    let read = number.parse::<i32>().ok().filter(|read| (1..=9_999).contains(read) && read.to_string() == number);
    let Some(number) = read.filter(|_| is_slug(&slug)) else { return missing(&web, &request).await };
    let address = format!("{}.{}", Kind::Report.edition_path(&slug, number), form.ending());
    answer(web, &request, address, move |reading| report::past_file(reading, &slug, number, form)).await
}

async fn drawn(web: Data<Web>, painter: Data<Painter>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    draw(web, painter, &request, format!("/the/so-lieu/{slug}.png"), move |reading, painter| card::report(reading, painter, &slug)).await
}
