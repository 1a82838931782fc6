//! Fixed files of the program itself: fonts and icons, addressed with a version so that they may be kept for ever.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, OnceLock};

use actix_web::http::header;
use actix_web::web::{Bytes, block};
use actix_web::{HttpRequest, HttpResponse};
use rust_embed::RustEmbed;

use super::answer;
use super::coding::{Coded, Coding};
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

/// What is fixed is looked at once, and not before somebody asks for it: a board asks for little.
struct Fixed {
    body: Bytes,
    coded: Coded,
    mime: &'static str,
    version: String,
    etag: String,
}

static FIXED: LazyLock<HashMap<String, OnceLock<Option<Fixed>>>> =
    LazyLock::new(|| Static::iter().map(|name| (name.into_owned(), OnceLock::new())).collect());

fn fixed(name: &str) -> Option<&'static Fixed> {
    FIXED.get(name)?.get_or_init(|| Fixed::of(name)).as_ref()
}

impl Fixed {
    fn of(name: &str) -> Option<Fixed> {
        let (file, mime) = Static::get(name).zip(mime(name))?;
        let digest = digest::sha256(&file.data);
        let body = match file.data {
            Cow::Borrowed(bytes) => Bytes::from_static(bytes),
            Cow::Owned(bytes) => Bytes::from(bytes),
        };
        let (version, etag) = (format!("v={}", &digest[..8]), format!("W/\"{}\"", &digest[..32]));
        Some(Fixed { body, coded: Coded::default(), mime, version, etag })
    }
}

pub async fn serve(request: HttpRequest, name: actix_web::web::Path<String>) -> HttpResponse {
    let Some(fixed) = fixed(name.as_str()) else { return HttpResponse::NotFound().finish() };
    let kept = if request.query_string() == fixed.version { "public, max-age=31536000, immutable" } else { "no-cache" };
    let is_known = answer::known(&request).is_some_and(|known| answer::matches(&known, &fixed.etag));
    let mut response = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::CACHE_CONTROL, kept)).insert_header((header::ETAG, fixed.etag.as_str()));
    response.insert_header((header::VARY, header::HeaderValue::from_static("accept-encoding")));
    if is_known {
        return response.finish();
    }
    let coding = Coding::of(&request, fixed.mime, fixed.body.len());
    response.insert_header((header::CONTENT_TYPE, fixed.mime));
    if let Some(name) = coding.name() {
        response.insert_header((header::CONTENT_ENCODING, header::HeaderValue::from_static(name)));
    }
    let body = match fixed.coded.ready(coding, &fixed.body) {
        Some(body) => body,
        None => block(move || fixed.coded.make(coding, &fixed.body)).await.unwrap_or_default(),
    };
    response.body(body)
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
