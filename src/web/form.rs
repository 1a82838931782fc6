//! What a reader sends: a short form from a page of ours, or nothing.

use std::time::Duration;

use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, BytesMut, Payload};

use futures_util::StreamExt;

use super::Web;

const TYPE: &str = "application/x-www-form-urlencoded";
/// RFC 7578: a form with a file.
const PARTS: &str = "multipart/form-data";
/// Fields of such a form.
const MOST_PARTS: usize = 20;
/// What comes in one breath, however slow the line.
const SHORT: usize = 64 * 1024;
/// Beyond it nobody sends by hand what he typed: it is a file.
const LARGE: usize = 16 * 1024 * 1024;
/// What is too large is heard to its end, so far: a browser that is cut off shows no page that could say so.
const HEARD: usize = 10;

/// How long a body of so many bytes may be on its way: a whole text comes over a village's line, too.
fn patience(most: usize) -> Duration {
    Duration::from_secs(match most {
        most if most > LARGE => 900,
        most if most > SHORT => 120,
        _ => 10,
    })
}

/// A status and the words for it (`http-…`).
pub type Wrong = (StatusCode, &'static str);

/// The body as it was sent, at most so many bytes.
pub async fn read(web: &Web, request: &HttpRequest, payload: Payload, most: usize) -> Result<Bytes, Wrong> {
    expect(web, request, &[TYPE])?;
    match tokio::time::timeout(patience(most), payload.to_bytes_limited(most)).await {
        Ok(Ok(Ok(body))) => Ok(body),
        Ok(Ok(Err(_))) => Err((StatusCode::BAD_REQUEST, "invalid")),
        Ok(Err(_)) => Err((StatusCode::PAYLOAD_TOO_LARGE, "large")),
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "invalid")),
    }
}

/// The fields of a form with a file, by name, all of them together at most so many bytes.
pub async fn read_parts(web: &Web, request: &HttpRequest, payload: Payload, most: usize) -> Result<Vec<(String, Bytes)>, Wrong> {
    expect(web, request, &[PARTS])?;
    match tokio::time::timeout(patience(most), parts(request, payload, most)).await {
        Ok(read) => read,
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "invalid")),
    }
}

async fn parts(request: &HttpRequest, payload: Payload, most: usize) -> Result<Vec<(String, Bytes)>, Wrong> {
    let mut left = most;
    let mut read = Vec::new();
    let mut form = Multipart::new(request.headers(), payload);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| (StatusCode::BAD_REQUEST, "invalid"))?;
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes(left).await.map_err(|_| (StatusCode::PAYLOAD_TOO_LARGE, "large"))?;
        let bytes = bytes.map_err(|_| (StatusCode::BAD_REQUEST, "invalid"))?;
        left -= bytes.len();
        read.push((name, bytes));
        if read.len() > MOST_PARTS {
            return Err((StatusCode::BAD_REQUEST, "invalid"));
        }
    }
    Ok(read)
}

/// A field of a form with a file.
#[derive(Clone, Debug)]
pub struct Part {
    pub name: String,
    /// What its sender calls the file; `None` for a field without one.
    pub file: Option<String>,
    pub bytes: Bytes,
    /// It was longer than is taken; only its beginning is here.
    pub is_cut: bool,
}

pub fn has_parts(request: &HttpRequest) -> bool {
    kind(request).eq_ignore_ascii_case(PARTS)
}

/// The fields of a form with a file, the file at most so many bytes. Only the first file is kept, and only where `take` gives
/// it a turn for what was typed before it; whatever else comes is heard to its end and let go. `None` of `take`: it is not kept
/// and nobody is told. Its error is the answer, once everything was heard.
pub async fn read_files<T>(
    web: &Web,
    request: &HttpRequest,
    payload: Payload,
    most: usize,
    take: impl AsyncFnOnce(&[Part]) -> Result<Option<T>, Wrong>,
) -> Result<(Vec<Part>, Option<T>), Wrong> {
    expect(web, request, &[PARTS])?;
    match tokio::time::timeout(patience(most), files(request, payload, most, take)).await {
        Ok(read) => read,
        Err(_) => Err((StatusCode::REQUEST_TIMEOUT, "invalid")),
    }
}

async fn files<T>(
    request: &HttpRequest,
    payload: Payload,
    most: usize,
    take: impl AsyncFnOnce(&[Part]) -> Result<Option<T>, Wrong>,
) -> Result<(Vec<Part>, Option<T>), Wrong> {
    const BAD: Wrong = (StatusCode::BAD_REQUEST, "invalid");
    let mut read: Vec<Part> = Vec::new();
    let (mut count, mut heard, mut take, mut turn) = (0, 0, Some(take), Ok(None));
    let mut form = Multipart::new(request.headers(), payload);
    while let Some(field) = form.next().await {
        let mut field = field.map_err(|_| BAD)?;
        count += 1;
        if count > MOST_PARTS {
            return Err(BAD);
        }
        let file = field.content_disposition().and_then(|said| said.get_filename()).map(str::to_owned);
        let mut is_kept = file.is_none();
        // A field of files that was left empty sends one without a name.
        if file.as_ref().is_some_and(|name| !name.is_empty())
            && let Some(take) = take.take()
        {
            turn = take(&read).await;
            is_kept = matches!(turn, Ok(Some(_)));
        }
        let room = match (is_kept, &file) {
            (false, _) => 0,
            (true, Some(_)) => most,
            (true, None) => SHORT,
        };
        let (mut bytes, mut is_cut) = (BytesMut::new(), false);
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_| BAD)?;
            heard += piece.len();
            if heard > most.saturating_mul(HEARD) {
                return Err((StatusCode::PAYLOAD_TOO_LARGE, "large"));
            }
            let fits = piece.len().min(room - bytes.len());
            bytes.extend_from_slice(&piece[..fits]);
            is_cut |= fits < piece.len();
        }
        if is_cut && file.is_none() {
            return Err((StatusCode::PAYLOAD_TOO_LARGE, "large"));
        }
        if is_kept {
            read.push(Part { name: field.name().unwrap_or_default().to_owned(), file, bytes: bytes.freeze(), is_cut });
        }
    }
    turn.map(|turn| (read, turn))
}

fn kind(request: &HttpRequest) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    kind.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_owned()
}

/// From a page of ours, in one of these forms.
fn expect(web: &Web, request: &HttpRequest, wanted: &[&str]) -> Result<(), Wrong> {
    let said = |name: &str| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    if is_foreign(said("sec-fetch-site").as_deref(), said("origin").as_deref(), &[said("host"), host(&web.last_face().site.address)]) {
        return Err((StatusCode::FORBIDDEN, "foreign"));
    }
    let kind = kind(request);
    if !wanted.iter().any(|wanted| kind.eq_ignore_ascii_case(wanted)) {
        return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "type"));
    }
    Ok(())
}

/// Whether a browser says that another site's page sends this. `Sec-Fetch-Site` cannot be forged by a page; older
/// browsers send `Origin`. Who sends neither is no browser, and has no reader's good name to misuse.
fn is_foreign(site: Option<&str>, origin: Option<&str>, own: &[Option<String>]) -> bool {
    match (site, origin) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => !own.contains(&host(origin).or_else(|| Some(String::from("null")))),
        (None, None) => false,
    }
}

/// Host and port of an address.
fn host(address: &str) -> Option<String> {
    Some(address.split_once("://")?.1.split('/').next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_waited_for_and_a_short_answer_is_not() {
        assert_eq!([64, 16 * 1024, 7 * 1024 * 1024, 20 * 1024 * 1024].map(|most| patience(most).as_secs()), [10, 10, 120, 900]);
    }

    #[actix_web::test]
    async fn of_all_the_files_in_a_form_the_first_alone_is_kept_and_only_in_its_turn() {
        const BUSY: Wrong = (StatusCode::SERVICE_UNAVAILABLE, "trouble");
        let part = |name: &str, file: &str, text: &str| {
            format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
        };
        let named = "; filename=\"a.pdf\"";
        let parts = [
            part("mark", "", "m"),
            part("file", "; filename=\"\"", "left empty"),
            part("file", named, "the first"),
            part("file", named, "the second"),
            part("title", "", "its title"),
            part("file", named, "the third"),
        ];
        let body = Bytes::from(format!("{}--ranh--\r\n", parts.concat()));
        for (turn, kept) in
            [(Ok(Some(7)), Some(vec!["m", "the fir", "its title"])), (Ok(None), Some(vec!["m", "its title"])), (Err(BUSY), None)]
        {
            let request = actix_web::test::TestRequest::post().insert_header(("content-type", "multipart/form-data; boundary=ranh"));
            let (request, mut payload) = request.set_payload(body.clone()).to_http_parts();
            let payload = <Payload as actix_web::FromRequest>::from_request(&request, &mut payload).await.expect("a body");
            let read = files(&request, payload, 7, async |typed: &[Part]| {
                assert_eq!(typed.iter().map(|part| part.name.as_str()).collect::<Vec<_>>(), ["mark"]);
                turn
            })
            .await;
            let told = read.as_ref().map(|(read, turn)| (read.iter().map(|part| &part.bytes[..]).collect::<Vec<_>>(), *turn)).ok();
            assert_eq!(told, kept.map(|kept| (kept.into_iter().map(str::as_bytes).collect(), turn.ok().flatten())));
        }
    }

    #[test]
    fn only_pages_of_ours_may_send_a_form() {
        let own = [Some("10.0.0.5:8080".to_owned()), Some("xa.example".to_owned())];
        for (site, origin) in [
            (Some("same-origin"), Some("https://xa.example")),
            (None, Some("https://xa.example")),
            (None, Some("http://10.0.0.5:8080")),
            (None, None),
        ] {
            assert!(!is_foreign(site, origin, &own), "{site:?} {origin:?}");
        }
        for (site, origin) in [
            (Some("cross-site"), Some("https://xa.example")),
            (Some("same-site"), None),
            (None, Some("https://xa.example.evil.example")),
            (None, Some("null")),
            (None, Some("")),
            (None, Some("https://xa.example:444")),
        ] {
            assert!(is_foreign(site, origin, &own), "{site:?} {origin:?}");
        }
        assert!(is_foreign(None, Some("null"), &[None, None]));
    }
}
