//! What a form of the desk sends: fields; and where a page asks for one, a file.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::web::Payload;
use tokio::sync::Semaphore;

use super::fields::Fields;
use super::ways::Way;
use crate::web::Web;
use crate::web::form::{self, Part, Wrong};

/// Files on their way at once: each is held in memory until it is whole.
static FILES: Semaphore = Semaphore::const_new(8);

/// Errors: a status and its words. `most`: the longest body, or the longest file.
pub async fn listen(web: &Web, request: &HttpRequest, payload: Payload, way: &Way, most: usize) -> Result<(Fields, Option<Part>), Wrong> {
    const BAD: Wrong = (StatusCode::BAD_REQUEST, "invalid");
    if !(way.takes_files && form::has_parts(request)) {
        let body = form::read(web, request, payload, most.min(way.longest())).await?;
        return Ok((Fields::read(&body).ok_or(BAD)?, None));
    }
    // Whoever is not signed in may send next to nothing, and takes nobody's turn.
    let _turn = match most > way.longest() {
        true => Some(FILES.try_acquire().map_err(|_| (StatusCode::SERVICE_UNAVAILABLE, "trouble"))?),
        false => None,
    };
    let (files, typed): (Vec<Part>, Vec<Part>) =
        form::read_files(web, request, payload, most).await?.into_iter().partition(|part| part.file.is_some());
    let fields = Fields::typed(typed.iter().map(|part| (part.name.as_str(), &part.bytes[..]))).ok_or(BAD)?;
    // A field of files that was left empty sends one without a name.
    Ok((fields, files.into_iter().find(|part| part.file.as_ref().is_some_and(|name| !name.is_empty()))))
}
