//! Files from the shelf: sent piece by piece, in part when only a part is asked for (RFC 9110, §14), and never kept,
//! because whether a file may be seen is asked each time.
//!
//! `actix-files` makes its validators from the disk's own times and numbers, which differ from node to node and cannot
//! be replaced; a download resumed with If-Range needs the digest.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header::{self, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::rt::task::{JoinHandle, spawn_blocking};
use actix_web::web::{Bytes, Data, block};
use actix_web::{HttpRequest, HttpResponse};

use super::answer::{self, Reading, language};
use super::{Web, error};
use crate::kit::refusal::Refusal;

const PIECE: u64 = 64 * 1024;

/// A file that may be seen now.
pub struct Given {
    pub path: PathBuf,
    pub mime: &'static str,
    /// Strong: it changes with what stands under the address.
    pub etag: String,
    pub disposition: Option<String>,
}

/// What is left to send when it is known what is asked for.
enum Body {
    Unchanged,
    Whole { length: u64, file: Option<File> },
    Part { range: Range, length: u64, file: File },
    Beyond { length: u64 },
}

/// Answers with a file that `find` allows, at this instant, or as `web::error` says.
pub async fn give<F>(web: Data<Web>, request: &HttpRequest, find: F) -> HttpResponse
where
    F: FnOnce(&mut Reading) -> Result<Given, Refusal> + Send + 'static,
{
    let (lang, _) = language(request.path());
    let (shared, asked) = (web.clone(), Asked::of(request));
    let found = block(move || {
        let given = find(&mut shared.reading(lang, shared.clock.now())?)?;
        asked.open(given)
    })
    .await
    .unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)));
    match found {
        Ok((given, body)) => {
            let is_image = given.mime.starts_with("image/") && !matches!(body, Body::Unchanged);
            let mut response = respond(given, body);
            let headers = response.headers_mut();
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
            if is_image {
                headers.insert(answer::ANYWHERE.0, answer::ANYWHERE.1);
            }
            response
        }
        Err(refusal) => error::answer(&web, request, &refusal).await,
    }
}

/// Answers with a file that somebody in particular may see: under no mark by which it could be known again, and saying
/// nothing of who may keep it.
pub async fn hand(web: &Data<Web>, request: &HttpRequest, given: Given) -> HttpResponse {
    let asked = Asked::of(request);
    match block(move || asked.open(given)).await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled))) {
        Ok((given, body)) => {
            let mut response = respond(given, body);
            response.headers_mut().remove(header::ETAG);
            response
        }
        Err(refusal) => error::answer(web, request, &refusal).await,
    }
}

fn respond(given: Given, body: Body) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ETAG, given.etag)).insert_header((header::ACCEPT_RANGES, "bytes"));
    if let Body::Unchanged = body {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response.content_type(given.mime);
    // Never packed: pictures are already, and a packed attachment could not be sent in parts.
    if let Some(disposition) = given.disposition.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response.insert_header((header::CONTENT_DISPOSITION, disposition));
    }
    match body {
        Body::Unchanged => response.finish(),
        Body::Whole { length, file } => response.body(Pieces::new(file, length)),
        Body::Part { range, length, file } => {
            response.status(StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{length}", range.first, range.last)));
            response.body(Pieces::new(Some(file), range.last - range.first + 1))
        }
        Body::Beyond { length } => {
            response.status(StatusCode::RANGE_NOT_SATISFIABLE);
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{length}")));
            response.insert_header((header::CONTENT_TYPE, "text/plain; charset=utf-8"));
            response.finish()
        }
    }
}

struct Asked {
    known: Option<String>,
    range: Option<String>,
    if_range: Option<String>,
    is_head: bool,
}

impl Asked {
    fn of(request: &HttpRequest) -> Asked {
        let said = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Asked {
            known: answer::known(request),
            range: said(header::RANGE),
            if_range: said(header::IF_RANGE),
            is_head: request.method() == Method::HEAD,
        }
    }

    fn open(&self, given: Given) -> Result<(Given, Body), Refusal> {
        let body = self.body(&given).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Refusal::Missing,
            _ => Refusal::io(&given.path, error),
        })?;
        Ok((given, body))
    }

    /// Opens the file only when something of it will be sent.
    fn body(&self, given: &Given) -> io::Result<Body> {
        if self.known.as_deref().is_some_and(|known| answer::matches(known, &given.etag)) {
            return Ok(Body::Unchanged);
        }
        if self.is_head {
            return Ok(Body::Whole { length: fs::metadata(&given.path)?.len(), file: None });
        }
        let mut file = File::open(&given.path)?;
        let length = file.metadata()?.len();
        // A part of what the asker holds of another file would be of no use to it.
        let range = self.range.as_deref().filter(|_| self.if_range.as_deref().is_none_or(|etag| etag.trim() == given.etag));
        match range.and_then(|field| Range::read(field, length)) {
            None => Ok(Body::Whole { length, file: Some(file) }),
            Some(None) => Ok(Body::Beyond { length }),
            Some(Some(range)) => {
                file.seek(SeekFrom::Start(range.first))?;
                Ok(Body::Part { range, length, file })
            }
        }
    }
}

/// The first and the last byte, both sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub first: u64,
    pub last: u64,
}

impl Range {
    /// `None` for what is no single range of bytes: then the whole is sent, as the RFC allows. `Some(None)` for one
    /// beyond the end.
    pub fn read(field: &str, length: u64) -> Option<Option<Range>> {
        let (first, last) = field.trim().strip_prefix("bytes=")?.trim().split_once('-')?;
        let number = |text: &str| if text.bytes().all(|b| b.is_ascii_digit()) { text.parse::<u64>().ok() } else { None };
        let end = length.checked_sub(1);
        if first.is_empty() {
            let count = number(last)?;
            return Some(end.filter(|_| count > 0).map(|last| Range { first: length.saturating_sub(count), last }));
        }
        let first = number(first)?;
        let last = if last.is_empty() { u64::MAX } else { number(last).filter(|last| *last >= first)? };
        Some(end.filter(|end| first <= *end).map(|end| Range { first, last: last.min(end) }))
    }
}

/// So many bytes from where a file stands, read off the server's threads. Without a file only their number is told,
/// as HEAD wants.
struct Pieces {
    file: Option<File>,
    reading: Option<JoinHandle<io::Result<(File, Bytes)>>>,
    left: u64,
}

impl Pieces {
    fn new(file: Option<File>, length: u64) -> Pieces {
        Pieces { file, reading: None, left: length }
    }
}

impl MessageBody for Pieces {
    type Error = io::Error;

    fn size(&self) -> BodySize {
        BodySize::Sized(self.left)
    }

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, io::Error>>> {
        if self.left > 0
            && let Some(file) = self.file.take()
        {
            let most = self.left.min(PIECE);
            self.reading = Some(spawn_blocking(move || piece(file, most)));
        }
        let Some(reading) = &mut self.reading else { return Poll::Ready(None) };
        let read = ready!(Pin::new(reading).poll(context));
        self.reading = None;
        Poll::Ready(Some(read.map_err(io::Error::other).flatten().map(|(file, bytes)| {
            self.left -= bytes.len() as u64;
            self.file = Some(file);
            bytes
        })))
    }
}

fn piece(mut file: File, most: u64) -> io::Result<(File, Bytes)> {
    let mut bytes = Vec::with_capacity(most as usize);
    Read::by_ref(&mut file).take(most).read_to_end(&mut bytes)?;
    // The length was promised: an end that comes before it must not look like the end of the file.
    if (bytes.len() as u64) < most { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok((file, bytes.into())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_of_bytes_is_understood_and_nothing_else() {
        let of = |field: &str| Range::read(field, 10).map(|range| range.map(|range| (range.first, range.last)));
        assert_eq!(of("bytes=0-"), Some(Some((0, 9))));
        assert_eq!(of("bytes=2-4"), Some(Some((2, 4))));
        assert_eq!(of("bytes=9-99999999999"), Some(Some((9, 9))));
        assert_eq!(of("bytes=-3"), Some(Some((7, 9))));
        assert_eq!(of("bytes=-99"), Some(Some((0, 9))));
        for beyond in ["bytes=10-", "bytes=-0", "bytes=12-13"] {
            assert_eq!(of(beyond), Some(None), "{beyond}");
        }
        for unclear in
            ["bytes=4-2", "bytes=", "bytes=-", "bytes=a-b", "bytes=+1-2", "bytes=0-1,4-5", "lines=1-2", "bytes=1-99999999999999999999"]
        {
            assert_eq!(of(unclear), None, "{unclear}");
        }
        assert_eq!(Range::read("bytes=0-", 0), Some(None));
    }
}
