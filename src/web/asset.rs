//! Fixed files of the program itself: fonts and icons, addressed with a version so that they may be kept for ever.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use crate::kit::digest;

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

pub fn text(name: &str) -> Option<String> {
    Static::get(name).and_then(|file| String::from_utf8(file.data.into_owned()).ok())
}

/// Adds to every address of a fixed file the first digits of its digest.
pub fn versioned(text: &str) -> String {
    let mut text = text.to_owned();
    for name in Static::iter() {
        let address = format!("/static/{name}");
        if text.contains(&address)
            && let Some(file) = Static::get(&name)
        {
            text = text.replace(&address, &format!("{address}?v={}", &digest::sha256(&file.data)[..8]));
        }
    }
    text
}

pub async fn serve(request: HttpRequest, name: actix_web::web::Path<String>) -> HttpResponse {
    let Some((file, mime)) = Static::get(&name).zip(mime(&name)) else {
        return HttpResponse::NotFound().finish();
    };
    let digest = digest::sha256(&file.data);
    let kept = if request.query_string() == format!("v={}", &digest[..8]) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let etag = format!("\"{}\"", &digest[..32]);
    let known = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let mut response =
        if known.is_some_and(|known| super::answer::matches(known, &etag)) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::CONTENT_TYPE, mime)).insert_header((header::CACHE_CONTROL, kept)).insert_header((header::ETAG, etag));
    if known.is_some_and(|known| super::answer::matches(known, &format!("\"{}\"", &digest[..32]))) {
        return response.finish();
    }
    response.body(file.data.into_owned())
}

fn mime(name: &str) -> Option<&'static str> {
    Some(match name.rsplit_once('.')?.1 {
        "woff2" => "font/woff2",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
