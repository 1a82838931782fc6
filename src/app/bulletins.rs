//! The addresses of bulletins, for machines; one language serves them all.

use actix_web::http::header;
use actix_web::web::{Bytes, Data, Path, PayloadConfig, ServiceConfig, block, get, head, post, resource};
use actix_web::{HttpRequest, HttpResponse};

use super::routes::{on, only_read};
use crate::board::report;
use crate::bulletin::judge::Received;
use crate::bulletin::keys;
use crate::bulletin::line::read_signature;
use crate::channel::bulletin;
use crate::channel::page::protocol;
use crate::kit::refusal::Refusal;
use crate::web::answer::answer;
use crate::web::signed::SIGNATURE;
use crate::web::{Web, error};

pub fn routes(urls: &mut ServiceConfig) {
    urls.service(on(keys::WELL_KNOWN, get().to(bulletin::portal), head().to(bulletin::portal)))
        .service(on("/.well-known/bangtin.json.sig", get().to(bulletin::portal_signature), head().to(bulletin::portal_signature)))
        .service(on("/bang-tin/schema/{name}.json", get().to(schema), head().to(schema)))
        .service(on("/bang-tin/{code}/bulletin.json", get().to(bulletin::whole), head().to(bulletin::whole)))
        .service(on("/bang-tin/{code}/bulletin.json.sig", get().to(bulletin::whole_signature), head().to(bulletin::whole_signature)))
        .service(on("/bang-tin/{code}/bulletin.sig", get().to(bulletin::whole_signature), head().to(bulletin::whole_signature)))
        .service(on("/bang-tin/{code}/timestamp.json", get().to(bulletin::timestamp), head().to(bulletin::timestamp)))
        .service(on(
            "/bang-tin/{code}/timestamp.json.sig",
            get().to(bulletin::timestamp_signature),
            head().to(bulletin::timestamp_signature),
        ))
        .service(on("/bang-tin/{code}/changes", get().to(bulletin::changed), head().to(bulletin::changed)))
        .service(on("/bang-tin/{code}/changes.sig", get().to(bulletin::changed_signature), head().to(bulletin::changed_signature)))
        .service(on("/bang-tin/{code}/events", get().to(bulletin::events), head().to(only_read)))
        .service(resource(report::path("{code}")).app_data(PayloadConfig::new(report::MOST_BYTES)).route(post().to(told)))
        .service(on("/bang-tin/{code}/tep/{sha256}/{name}", get().to(bulletin::given), head().to(bulletin::given)));
}

/// A board says how it is and what was on its screen.
async fn told(web: Data<Web>, request: HttpRequest, code: Path<String>, body: Bytes) -> HttpResponse {
    let said = request.headers().get(SIGNATURE).and_then(|said| said.to_str().ok()).and_then(read_signature);
    let Some((key, signature)) = said else { return error::answer(&web, &request, &Refusal::Missing).await };
    let (shared, now, received) = (web.clone(), web.clock.now(), Received { bytes: body.to_vec(), key, signature });
    match block(move || shared.store.write(|c| report::take(c, now, &code, &received))).await {
        Ok(Ok(answer)) => HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer),
        Ok(Err(refusal)) => error::answer(&web, &request, &refusal).await,
        Err(error) => error::answer(&web, &request, &Refusal::broken(error)).await,
    }
}

async fn schema(web: Data<Web>, request: HttpRequest, name: Path<String>) -> HttpResponse {
    if !protocol::SCHEMAS.contains(&name.as_str()) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    answer(web, &request, protocol::schema_path(&name), move |reading| protocol::schema(reading, &name)).await
}
