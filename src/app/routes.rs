//! Every URL, on one page. These addresses are promises: other people's software stands on them.

use actix_web::http::header;
use actix_web::web::{Data, Path, ServiceConfig, get, head, resource, scope};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, web as http};

use crate::article::views::{Counter, is_reader};
use crate::channel::page::{archive, design, home, section, text, unit};
use crate::channel::{feed, file, sitemap};
use crate::edition::Kind;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Counts, answer, nothing_here, page_number};
use crate::web::file::give;
use crate::web::{Web, asset, error};

pub fn routes(urls: &mut ServiceConfig) {
    urls.service(on("/healthz", get().to(healthz), head().to(healthz)))
        .service(on("/readyz", get().to(readyz), head().to(readyz)))
        .service(on("/atom.xml", get().to(atom_feed), head().to(atom_feed)))
        .service(on("/sitemap.xml", get().to(site_map), head().to(site_map)))
        .service(on("/robots.txt", get().to(robots), head().to(robots)))
        .service(on("/anh/{name}", get().to(picture), head().to(picture)))
        .service(on("/tep/{digest}/{name}", get().to(attachment), head().to(attachment)))
        .service(on("/favicon.ico", get().to(icon), head().to(icon)))
        .service(on("/static/{name:.*}", get().to(asset::serve), head().to(asset::serve)))
        .service(scope("/en").configure(pages))
        .configure(pages)
        .default_service(http::to(nothing_here));
}

/// What only those who build the portal see.
pub fn development(urls: &mut ServiceConfig) {
    for path in ["/he-thong-giao-dien", "/en/he-thong-giao-dien"] {
        urls.service(on(path, get().to(design_page), head().to(design_page)));
    }
}

/// What a citizen reads, under both languages.
fn pages(urls: &mut ServiceConfig) {
    urls.service(on("/", get().to(home_page), head().to(home_page)))
        .service(on("", get().to(home_page), head().to(home_page)))
        .service(on("/chuyen-muc/{slug}", get().to(section_page), head().to(section_page)))
        .service(on("/don-vi/{label}", get().to(unit_page), head().to(unit_page)))
        .service(on("/tin/{slug}", get().to(article_page), head().to(article_page)))
        .service(on("/trang/{slug}", get().to(standing_page), head().to(standing_page)))
        .service(on("/luu-tru/{year}/{month}", get().to(archive_page), head().to(archive_page)));
}

fn on(path: &str, get: Route, head: Route) -> Resource {
    resource(path).route(get).route(head)
}

async fn home_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(number) = page_number(request.query_string()) else { return missing(&web, &request).await };
    answer(web, &request, format!("home?{number}"), move |reading| home::home(reading, number)).await
}

async fn section_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let Some(number) = numbered(&slug, &request) else { return missing(&web, &request).await };
    let name = format!("section/{slug}?{number}");
    answer(web, &request, name, move |reading| section::section(reading, &slug, number)).await
}

async fn unit_page(web: Data<Web>, request: HttpRequest, label: Path<String>) -> HttpResponse {
    let Some(number) = numbered(&label, &request) else { return missing(&web, &request).await };
    let name = format!("unit/{label}?{number}");
    answer(web, &request, name, move |reading| unit::unit(reading, &label, number)).await
}

async fn article_page(web: Data<Web>, counter: Data<Counter>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    let response = answer(web, &request, format!("article/{slug}"), move |reading| text::text(reading, Kind::Article, &slug)).await;
    let counts = response.extensions().get::<Counts>().copied();
    let said = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(Counts(document)) = counts
        && is_reader(said(header::USER_AGENT.as_str()), said("sec-purpose"))
    {
        counter.count(document);
    }
    response
}

async fn standing_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, format!("page/{slug}"), move |reading| text::text(reading, Kind::Page, &slug)).await
}

async fn archive_page(web: Data<Web>, request: HttpRequest, month: Path<(String, String)>) -> HttpResponse {
    let (year, month) = month.into_inner();
    // One address a month: /2026/9 is none.
    let month = digits(&year, 4).zip(digits(&month, 2)).map(|(year, month)| year * 100 + month);
    let (Some(month), Some(number)) = (month, page_number(request.query_string())) else { return missing(&web, &request).await };
    answer(web, &request, format!("archive/{month}?{number}"), move |reading| archive::archive(reading, month, number)).await
}

async fn design_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "design".to_owned(), design::design).await
}

async fn atom_feed(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "feed".to_owned(), feed::atom).await
}

async fn site_map(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "sitemap".to_owned(), sitemap::sitemap).await
}

async fn robots(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "robots".to_owned(), sitemap::robots).await
}

async fn picture(web: Data<Web>, request: HttpRequest, name: Path<String>) -> HttpResponse {
    give(web, &request, move |reading| file::picture(reading, &name)).await
}

async fn attachment(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    let (digest, name) = path.into_inner();
    give(web, &request, move |reading| file::attachment(reading, &digest, &name)).await
}

/// The process answers.
async fn healthz() -> HttpResponse {
    plain("ok\n")
}

/// The process can serve: its database answers.
async fn readyz(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let shared = web.clone();
    let asked = http::block(move || shared.store.refresh_position()).await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)));
    match asked {
        Ok(_) => plain("ready\n"),
        Err(refusal) => error::answer(&web, &request, &refusal).await,
    }
}

/// Browsers ask here when a page names no icon, as our error pages in a pinch do not.
async fn icon() -> HttpResponse {
    HttpResponse::MovedPermanently().insert_header((header::LOCATION, "/static/icon.svg")).finish()
}

fn plain(text: &'static str) -> HttpResponse {
    HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).content_type("text/plain; charset=utf-8").body(text)
}

/// The page asked for of a list at an address that may be one. The database is not asked about any other: one of
/// them even refuses to hear some (PostgreSQL a NUL).
fn numbered(slug: &str, request: &HttpRequest) -> Option<i64> {
    if is_slug(slug) { page_number(request.query_string()) } else { None }
}

/// So many digits and nothing else: a parser would take `+9` too.
fn digits(text: &str, count: usize) -> Option<i32> {
    if text.len() == count && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

async fn missing(web: &Data<Web>, request: &HttpRequest) -> HttpResponse {
    error::answer(web, request, &Refusal::Missing).await
}
