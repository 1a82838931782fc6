//! Every URL, on one page. These addresses are promises: other people's software stands on them.

use actix_web::http::{StatusCode, header};
use actix_web::web::{Data, Path, Payload, ServiceConfig, get, head, post, resource, scope};
use actix_web::{HttpRequest, HttpResponse, Resource, Route, web as http};

use super::{boards, bulletins, registers, reports, sheets};
use crate::channel::card::{self, draw::Painter};
use crate::channel::feed::{self, Scope};
use crate::channel::file;
use crate::channel::page::{archive, calendar, day, design, home, past, postings, protocol, section, text, unit, units, useful};
use crate::channel::sitemap::{self, Part};
use crate::desk::ways;
use crate::edition::Kind;
use crate::kit::fold::is_slug;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading, answer, if_kept, nothing_here, page_number};
use crate::web::file::give;
use crate::web::layout::{POSTINGS, UNITS};
use crate::web::limit::Limit;
use crate::web::view::FeedFormat;
use crate::web::{Web, asset, error};

pub fn routes(urls: &mut ServiceConfig) {
    urls.service(on("/healthz", get().to(healthz), head().to(healthz)))
        .service(on("/readyz", get().to(readyz), head().to(readyz)))
        .service(on("/sitemap.xml", get().to(site_index), head().to(site_index)))
        .service(on("/sitemap/{name}.xml", get().to(site_map), head().to(site_map)))
        .service(on("/robots.txt", get().to(robots), head().to(robots)))
        .service(on("/anh/{name}", get().to(picture), head().to(picture)))
        .service(on("/tep/{digest}/{name}", get().to(attachment), head().to(attachment)))
        .service(on("/favicon.ico", get().to(icon), head().to(icon)))
        .service(on("/static/{name:.*}", get().to(asset::serve), head().to(asset::serve)))
        .configure(bulletins::routes)
        .configure(boards::routes)
        .configure(ways::routes)
        .configure(crate::api::ways::routes)
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
    for format in FeedFormat::ALL {
        let (site, section, unit) = (
            move |web, request| site_feed(web, request, format),
            move |web, request, slug| section_feed(web, request, slug, format),
            move |web, request, label| unit_feed(web, request, label, format),
        );
        let file = format.file();
        let postings = move |web, request| postings_feed(web, request, format);
        urls.service(on(&format!("/{file}"), get().to(site), head().to(site)))
            .service(on(&format!("{POSTINGS}/{file}"), get().to(postings), head().to(postings)))
            .service(on(&format!("/chuyen-muc/{{slug}}/{file}"), get().to(section), head().to(section)))
            .service(on(&format!("/don-vi/{{label}}/{file}"), get().to(unit), head().to(unit)));
    }
    urls.configure(registers::routes)
        .configure(reports::routes)
        .service(on("/", get().to(home_page), head().to(home_page)))
        .service(on("", get().to(home_page), head().to(home_page)))
        .service(on("/chuyen-muc/{slug}", get().to(section_page), head().to(section_page)))
        .service(on(UNITS, get().to(units_page), head().to(units_page)))
        .service(on("/don-vi/{label}", get().to(unit_page), head().to(unit_page)))
        .service(on(protocol::PATH, get().to(protocol_page), head().to(protocol_page)))
        .service(on("/bang-tin/{code}", get().to(boards::page), head().to(boards::page)))
        .service(on("/tin/{slug}", get().to(article_page), head().to(article_page)))
        .service(on("/trang/{slug}", get().to(standing_page), head().to(standing_page)))
        .service(on("/niem-yet/{slug}.pdf", get().to(sheets::printed), head().to(sheets::printed)))
        .service(on(POSTINGS, get().to(postings_page), head().to(postings_page)))
        .service(on("/niem-yet/ngay", get().to(day_page), head().to(day_page)))
        .service(on("/niem-yet/{slug}.ics", get().to(posting_calendar), head().to(posting_calendar)))
        .service(on("/niem-yet/{slug}", get().to(posting_page), head().to(posting_page)))
        .service(on("/niem-yet/{slug}/ban/{number}", get().to(posting_edition), head().to(posting_edition)))
        .service(on("/tin/{slug}/ban/{number}", get().to(article_edition), head().to(article_edition)))
        .service(on("/trang/{slug}/ban/{number}", get().to(standing_edition), head().to(standing_edition)))
        .service(resource("/tin/{slug}/gop-y").route(post().to(article_answer)).default_service(http::to(useful::only_sent)))
        .service(resource("/trang/{slug}/gop-y").route(post().to(standing_answer)).default_service(http::to(useful::only_sent)))
        .service(on("/tin/{slug}/cam-on", get().to(article_thanks), head().to(article_thanks)))
        .service(on("/trang/{slug}/cam-on", get().to(standing_thanks), head().to(standing_thanks)))
        .service(on("/n/noi", get().to(sheets::place_code), head().to(sheets::place_code)))
        .service(
            resource("/n/{id}")
                .route(get().to(sheets::verdict_page))
                .route(head().to(sheets::verdict_page))
                .route(post().to(sheets::board_asked))
                .default_service(http::to(sheets::read_and_sent)),
        )
        .service(resource("/n/{id}/ghi").route(post().to(sheets::board_noted)).default_service(http::to(sheets::only_sent)))
        .service(on("/n/{id}/da-ghi", get().to(sheets::board_done), head().to(sheets::board_done)))
        .service(on("/luu-tru/{year}/{month}", get().to(archive_page), head().to(archive_page)))
        .service(on("/the/trang-chu.png", get().to(site_card), head().to(site_card)))
        .service(on("/the/chuyen-muc/{slug}.png", get().to(section_card), head().to(section_card)))
        .service(on("/the/don-vi/{label}.png", get().to(unit_card), head().to(unit_card)))
        .service(on("/the/niem-yet/{slug}.png", get().to(posting_card), head().to(posting_card)))
        .service(on("/the/tin/{slug}.png", get().to(article_card), head().to(article_card)));
}

/// RFC 9110, §15.5.6: whoever asks otherwise is told how.
pub(super) async fn only_read(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let mut response = error::page(&web, &request, StatusCode::METHOD_NOT_ALLOWED, "method", None).await;
    response.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD"));
    response
}

pub(super) fn on(path: &str, get: Route, head: Route) -> Resource {
    resource(path).route(get).route(head).default_service(http::to(only_read))
}

async fn home_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(number) = page_number(request.query_string()) else { return missing(&web, &request).await };
    answer(web, &request, listed("/", number), move |reading| home::home(reading, number)).await
}

async fn section_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    let Some(number) = numbered(&slug, &request) else { return missing(&web, &request).await };
    let address = listed(&format!("/chuyen-muc/{slug}"), number);
    answer(web, &request, address, move |reading| section::section(reading, &slug, number)).await
}

async fn units_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, UNITS.to_owned(), units::units).await
}

async fn unit_page(web: Data<Web>, request: HttpRequest, label: Path<String>) -> HttpResponse {
    let Some(number) = numbered(&label, &request) else { return missing(&web, &request).await };
    let address = listed(&format!("/don-vi/{label}"), number);
    answer(web, &request, address, move |reading| unit::unit(reading, &label, number)).await
}

async fn protocol_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, protocol::PATH.to_owned(), protocol::protocol).await
}

async fn article_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, Kind::Article.path(&slug), move |reading| text::text(reading, Kind::Article, &slug)).await
}

async fn standing_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, Kind::Page.path(&slug), move |reading| text::text(reading, Kind::Page, &slug)).await
}

async fn postings_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let Some(number) = page_number(request.query_string()) else { return missing(&web, &request).await };
    let asked = postings::Asked::of(request.query_string(), number);
    answer(web, &request, asked.address(), move |reading| postings::postings(reading, &asked)).await
}

async fn day_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    let asked = day::Asked::of(request.query_string());
    answer(web, &request, asked.address(), move |reading| day::on_day(reading, &asked)).await
}

async fn posting_page(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, Kind::Posting.path(&slug), move |reading| text::text(reading, Kind::Posting, &slug)).await
}

async fn posting_calendar(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, calendar::path(&slug), move |reading| calendar::file(reading, &slug)).await
}

async fn posting_edition(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    edition(web, request, Kind::Posting, path.into_inner()).await
}

async fn article_edition(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    edition(web, request, Kind::Article, path.into_inner()).await
}

async fn standing_edition(web: Data<Web>, request: HttpRequest, path: Path<(String, String)>) -> HttpResponse {
    edition(web, request, Kind::Page, path.into_inner()).await
}

pub(super) async fn edition(web: Data<Web>, request: HttpRequest, kind: Kind, (slug, number): (String, String)) -> HttpResponse {
    let read = number.parse::<i32>().ok().filter(|read| (1..=9_999).contains(read) && read.to_string() == number);
    let Some(number) = read.filter(|_| is_slug(&slug)) else { return missing(&web, &request).await };
    answer(web, &request, kind.edition_path(&slug, number), move |reading| past::edition(reading, kind, &slug, number)).await
}

async fn article_answer(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, slug: Path<String>, sent: Payload) -> HttpResponse {
    given(web, limit, request, Kind::Article, slug, sent).await
}

async fn standing_answer(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, slug: Path<String>, sent: Payload) -> HttpResponse {
    given(web, limit, request, Kind::Page, slug, sent).await
}

async fn given(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, kind: Kind, slug: Path<String>, sent: Payload) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    useful::take(web, limit, request, sent, kind, slug.into_inner()).await
}

async fn article_thanks(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    thanked(web, request, Kind::Article, slug).await
}

async fn standing_thanks(web: Data<Web>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    thanked(web, request, Kind::Page, slug).await
}

async fn thanked(web: Data<Web>, request: HttpRequest, kind: Kind, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    answer(web, &request, format!("{}/cam-on", kind.path(&slug)), move |reading| useful::thanks(reading, kind, &slug)).await
}

async fn archive_page(web: Data<Web>, request: HttpRequest, month: Path<(String, String)>) -> HttpResponse {
    let (year, month) = month.into_inner();
    // One address a month: /2026/9 is none.
    let month = digits(&year, 4).zip(digits(&month, 2)).map(|(year, month)| year * 100 + month);
    let (Some(month), Some(number)) = (month, page_number(request.query_string())) else { return missing(&web, &request).await };
    answer(web, &request, listed(&format!("/luu-tru/{}/{:02}", month / 100, month % 100), number), move |reading| {
        archive::archive(reading, month, number)
    })
    .await
}

async fn design_page(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "/he-thong-giao-dien".to_owned(), design::design).await
}

async fn site_card(web: Data<Web>, painter: Data<Painter>, request: HttpRequest) -> HttpResponse {
    draw(web, painter, &request, "/the/trang-chu.png".to_owned(), card::site).await
}

async fn section_card(web: Data<Web>, painter: Data<Painter>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    draw(web, painter, &request, format!("/the/chuyen-muc/{slug}.png"), move |reading, painter| card::section(reading, painter, &slug))
        .await
}

async fn unit_card(web: Data<Web>, painter: Data<Painter>, request: HttpRequest, label: Path<String>) -> HttpResponse {
    if !is_slug(&label) {
        return missing(&web, &request).await;
    }
    draw(web, painter, &request, format!("/the/don-vi/{label}.png"), move |reading, painter| card::unit(reading, painter, &label)).await
}

async fn article_card(web: Data<Web>, painter: Data<Painter>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    draw(web, painter, &request, format!("/the/tin/{slug}.png"), move |reading, painter| card::article(reading, painter, &slug)).await
}

async fn posting_card(web: Data<Web>, painter: Data<Painter>, request: HttpRequest, slug: Path<String>) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    draw(web, painter, &request, format!("/the/niem-yet/{slug}.png"), move |reading, painter| card::posting(reading, painter, &slug)).await
}

/// A card's address bears a version in its query, for networks that fetch a picture once: it is no part of the name.
pub(super) async fn draw<F>(web: Data<Web>, painter: Data<Painter>, request: &HttpRequest, address: String, make: F) -> HttpResponse
where
    F: FnOnce(&mut Reading, &Painter) -> Result<Answer, Refusal> + Send + 'static,
{
    if let Some(kept) = if_kept(&web, request, &address).await {
        return kept;
    }
    // Before the database is asked: who waits here holds nothing that a page needs.
    let turn = match painter.turns.turn().await {
        Ok(turn) => turn,
        Err(refusal) => return error::answer(&web, request, &refusal).await,
    };
    answer(web, request, address, move |reading| {
        let _turn = turn;
        make(reading, &painter)
    })
    .await
}

async fn site_feed(web: Data<Web>, request: HttpRequest, format: FeedFormat) -> HttpResponse {
    let address = format!("/{}", format.file());
    answer(web, &request, address, move |reading| feed::feed(reading, &Scope::Site, format)).await
}

async fn postings_feed(web: Data<Web>, request: HttpRequest, format: FeedFormat) -> HttpResponse {
    let address = format!("{POSTINGS}/{}", format.file());
    answer(web, &request, address, move |reading| feed::feed(reading, &Scope::Postings, format)).await
}

async fn section_feed(web: Data<Web>, request: HttpRequest, slug: Path<String>, format: FeedFormat) -> HttpResponse {
    if !is_slug(&slug) {
        return missing(&web, &request).await;
    }
    let address = format!("/chuyen-muc/{slug}/{}", format.file());
    let scope = Scope::Section(slug.into_inner());
    answer(web, &request, address, move |reading| feed::feed(reading, &scope, format)).await
}

async fn unit_feed(web: Data<Web>, request: HttpRequest, label: Path<String>, format: FeedFormat) -> HttpResponse {
    if !is_slug(&label) {
        return missing(&web, &request).await;
    }
    let address = format!("/don-vi/{label}/{}", format.file());
    let scope = Scope::Unit(label.into_inner());
    answer(web, &request, address, move |reading| feed::feed(reading, &scope, format)).await
}

async fn site_index(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "/sitemap.xml".to_owned(), sitemap::index).await
}

async fn site_map(web: Data<Web>, request: HttpRequest, name: Path<String>) -> HttpResponse {
    let Some(part) = Part::named(&name) else { return missing(&web, &request).await };
    answer(web, &request, format!("/sitemap/{name}.xml"), move |reading| sitemap::part(reading, part)).await
}

async fn robots(web: Data<Web>, request: HttpRequest) -> HttpResponse {
    answer(web, &request, "/robots.txt".to_owned(), sitemap::robots).await
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

/// A list's page as it is linked.
fn listed(path: &str, number: i64) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}?trang={number}") }
}

/// So many digits and nothing else: a parser would take `+9` too.
fn digits(text: &str, count: usize) -> Option<i32> {
    if text.len() == count && text.bytes().all(|b| b.is_ascii_digit()) { text.parse().ok() } else { None }
}

async fn missing(web: &Data<Web>, request: &HttpRequest) -> HttpResponse {
    error::answer(web, request, &Refusal::Missing).await
}
