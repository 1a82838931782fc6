//! The ways on which a bulletin goes out: asked for, waited for, listened to; with its signature, its schema and its files.

pub mod hub;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use quick_cache::sync::Cache;
use tokio::time::{Instant, interval_at, timeout};

use super::file;
use crate::bulletin::{self, changes, keys};
use crate::kit::refusal::Refusal;
use crate::kit::sign::Bytes64;
use crate::kit::words::Lang;
use crate::web::answer::{entry as kept, known};
use crate::web::kept::Entry;
use crate::web::{Web, error, guard};
use hub::{Hub, Listener, State};

/// Signatures of what was handed out, remembered for those who ask for both one after the other.
const MOST_SIGNATURES: usize = 100_000;
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Whoever listens comes again now and then, so that several nodes share them.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// When there are too many who listen, in seconds.
const COME_AGAIN: &str = "30";

pub struct Out {
    pub hub: Arc<Hub>,
    signatures: Cache<String, Bytes64>,
}

impl Default for Out {
    fn default() -> Out {
        Out { hub: Arc::default(), signatures: Cache::new(MOST_SIGNATURES) }
    }
}

/// A code is digits, and no more than any ever had.
fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The bulletin that is in force, kept or made.
async fn entry(web: &Data<Web>, code: &str) -> Result<Arc<Entry>, Refusal> {
    let (now, asked) = (web.clock.now(), code.to_owned());
    kept(web, Lang::Vi, now, bulletin::path(code), move |reading| bulletin::bulletin(reading, &asked)).await
}

/// The timestamp of that: made without the bulletin being made again.
async fn stamp(web: &Data<Web>, code: &str) -> Result<Arc<Entry>, Refusal> {
    let whole = entry(web, code).await?;
    let Some((number, content)) = whole.answer.signed.as_ref().map(|signed| (signed.number, signed.content.clone())) else {
        return Ok(whole);
    };
    let (now, asked) = (web.clock.now(), code.to_owned());
    kept(web, Lang::Vi, now, bulletin::timestamp_path(code), move |reading| {
        // It is true while that bulletin is.
        reading.c.look(whole.looks().iter().copied());
        reading.until(whole.answer.stops_at);
        bulletin::timestamp(reading, &asked, number, &content)
    })
    .await
}

async fn remembered(web: Data<Web>, out: Data<Out>, request: &HttpRequest, made: Result<Arc<Entry>, Refusal>) -> HttpResponse {
    match made {
        Ok(entry) => {
            if let Some(signed) = &entry.answer.signed {
                out.signatures.insert(signed.digest.clone(), signed.signature);
            }
            crate::web::answer::packed(request, entry, web.clock.now()).await
        }
        Err(refusal) => error::answer(&web, request, &refusal).await,
    }
}

pub async fn whole(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    let made = if is_code(&code) { entry(&web, &code).await } else { Err(Refusal::Missing) };
    remembered(web, out, &request, made).await
}

pub async fn timestamp(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    if !is_code(&code) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    let made = match stamp(&web, &code).await {
        Ok(made) => wait_where_known(&web, &out, &request, &code, made).await,
        Err(refusal) => Err(refusal),
    };
    remembered(web, out, &request, made).await
}

/// Whoever holds what there is waits until there is something else, as long as he says.
async fn wait_where_known(web: &Data<Web>, out: &Out, request: &HttpRequest, code: &str, made: Arc<Entry>) -> Result<Arc<Entry>, Refusal> {
    let (Some(wait), Some(signed)) = (wait(request.query_string()), &made.answer.signed) else { return Ok(made) };
    if !known(request).is_some_and(|known| signed.is_known(&known)) {
        return Ok(made);
    }
    let now = State { number: signed.number, content: signed.content.clone() };
    match Hub::listen(&out.hub, web, code, guard::client(request), now.clone()) {
        Some(mut listener) => {
            heard(&mut listener, &now, wait).await;
            stamp(web, code).await
        }
        None => Ok(made),
    }
}

/// Until there is something else than this to hear, or the time is over.
async fn heard(listener: &mut Listener, now: &State, wait: Duration) {
    // An error is the end of the room: the server stops.
    let _ = timeout(wait, listener.states.wait_for(|state| state.content != now.content)).await;
}

/// `wait=25`, in seconds.
fn wait(query: &str) -> Option<Duration> {
    let seconds: u64 = query.split('&').find_map(|pair| pair.strip_prefix("wait="))?.parse().ok()?;
    Some(Duration::from_secs(seconds.min(u64::from(keys::MOST_WAIT)))).filter(|wait| !wait.is_zero())
}

pub async fn changed(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    let Some(cursor) = changes::Cursor::of(request.query_string()).filter(|_| is_code(&code)) else {
        return error::answer(&web, &request, &Refusal::Missing).await;
    };
    let made = match wait(request.query_string()) {
        None => told(&web, &code, cursor).await,
        Some(wait) => told_or_heard(&web, &out, &request, &code, cursor, wait).await,
    };
    remembered(web, out, &request, made.map(|(entry, _)| entry)).await
}

/// With whether there is anything in it.
async fn told(web: &Data<Web>, code: &str, cursor: changes::Cursor) -> Result<(Arc<Entry>, bool), Refusal> {
    let (now, asked) = (web.clock.now(), code.to_owned());
    let made = kept(web, Lang::Vi, now, cursor.address(code), move |reading| changes::changes(reading, &asked, cursor)).await?;
    let is_empty = made.answer.signed.as_ref().is_some_and(|signed| signed.content.is_empty());
    Ok((made, !is_empty))
}

async fn told_or_heard(
    web: &Data<Web>,
    out: &Out,
    request: &HttpRequest,
    code: &str,
    cursor: changes::Cursor,
    wait: Duration,
) -> Result<(Arc<Entry>, bool), Refusal> {
    // From before it is looked at, so that nothing falls between the two.
    let whole = entry(web, code).await?;
    let now = whole.answer.signed.as_ref().map(|signed| State { number: signed.number, content: signed.content.clone() });
    let listener = now.clone().and_then(|now| Hub::listen(&out.hub, web, code, guard::client(request), now));
    let made = told(web, code, cursor).await?;
    let (Some(mut listener), Some(now), false) = (listener, now, made.1) else { return Ok(made) };
    heard(&mut listener, &now, wait).await;
    told(web, code, cursor).await
}

/// The signature alone: 64 bytes.
async fn signature(web: Data<Web>, out: Data<Out>, request: HttpRequest, made: Result<Arc<Entry>, Refusal>) -> HttpResponse {
    let asked = request.query_string().split('&').find_map(|pair| pair.strip_prefix("of="));
    let found = match &made {
        Ok(entry) => match (entry.answer.signed.as_ref(), asked) {
            (Some(signed), None) => Some(signed.signature),
            (Some(signed), Some(of)) if signed.digest == of => Some(signed.signature),
            (_, Some(of)) => out.signatures.get(of),
            (None, None) => None,
        },
        Err(_) => asked.and_then(|of| out.signatures.get(of)),
    };
    match (found, made) {
        (Some(signature), _) => HttpResponse::Ok()
            .insert_header((header::CONTENT_TYPE, "application/octet-stream"))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"))
            .body(signature.to_vec()),
        (None, Err(refusal)) => error::answer(&web, &request, &refusal).await,
        (None, Ok(_)) => error::answer(&web, &request, &Refusal::Missing).await,
    }
}

pub async fn whole_signature(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    let made = if is_code(&code) { entry(&web, &code).await } else { Err(Refusal::Missing) };
    signature(web, out, request, made).await
}

pub async fn timestamp_signature(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    let made = if is_code(&code) { stamp(&web, &code).await } else { Err(Refusal::Missing) };
    signature(web, out, request, made).await
}

/// Of what was just told: each is made for its asker, and remembered.
pub async fn changed_signature(web: Data<Web>, out: Data<Out>, request: HttpRequest, _code: Path<String>) -> HttpResponse {
    signature(web, out, request, Err(Refusal::Missing)).await
}

pub async fn portal(web: Data<Web>, out: Data<Out>, request: HttpRequest) -> HttpResponse {
    let made = kept(&web, Lang::Vi, web.clock.now(), keys::WELL_KNOWN.to_owned(), keys::well_known).await;
    remembered(web, out, &request, made).await
}

pub async fn portal_signature(web: Data<Web>, out: Data<Out>, request: HttpRequest) -> HttpResponse {
    let made = kept(&web, Lang::Vi, web.clock.now(), keys::WELL_KNOWN.to_owned(), keys::well_known).await;
    signature(web, out, request, made).await
}

/// A file by the bulletin that names it: also of what is going to hang.
pub async fn given(web: Data<Web>, request: HttpRequest, path: Path<(String, String, String)>) -> HttpResponse {
    let (code, sha256, name) = path.into_inner();
    if !is_code(&code) {
        return error::answer(&web, &request, &Refusal::Missing).await;
    }
    crate::web::file::give(web, &request, move |reading| file::of_bulletin(reading, &code, &sha256, &name)).await
}

/// Server-sent events (HTML Living Standard, §9.2): nothing but that there is something new.
pub async fn events(web: Data<Web>, out: Data<Out>, request: HttpRequest, code: Path<String>) -> HttpResponse {
    let made = if is_code(&code) { entry(&web, &code).await } else { Err(Refusal::Missing) };
    let whole = match made {
        Ok(whole) => whole,
        Err(refusal) => return error::answer(&web, &request, &refusal).await,
    };
    let Some(now) = whole.answer.signed.as_ref().map(|signed| State { number: signed.number, content: signed.content.clone() }) else {
        // The code's heir has the bulletin.
        let heir = whole.answer.location.clone().unwrap_or_default().replace("bulletin.json", "events");
        return HttpResponse::MovedPermanently().insert_header((header::LOCATION, heir)).finish();
    };
    let Some(listener) = Hub::listen(&out.hub, &web, &code, guard::client(&request), now.clone()) else {
        return HttpResponse::ServiceUnavailable().insert_header((header::RETRY_AFTER, COME_AGAIN)).finish();
    };
    let begins = Instant::now();
    // The room may know more than was read before it was entered.
    let first = (listener, interval_at(begins + HEARTBEAT, HEARTBEAT), Some(now));
    let told = stream::unfold(first, move |(mut listener, mut beat, first)| async move {
        if let Some(state) = first {
            return Some((Ok::<Bytes, Infallible>(event(&state, "retry: 3000\n")), (listener, beat, None)));
        }
        if begins.elapsed() > LONGEST {
            return None;
        }
        let piece = tokio::select! {
            changed = listener.states.changed() => match changed {
                Ok(()) => { let state = listener.states.borrow_and_update().clone(); event(&state, "") }
                Err(_) => return None,
            },
            _ = beat.tick() => Bytes::from_static(b":\n\n"),
        };
        Some((Ok(piece), (listener, beat, None)))
    });
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream; charset=utf-8"))
        .insert_header((header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        // A proxy that gathers pieces would hold an urgent one.
        .insert_header(("x-accel-buffering", "no"))
        .streaming(told)
}

fn event(state: &State, before: &str) -> Bytes {
    let State { number, content } = state;
    Bytes::from(format!("{before}id: {number}\nevent: bulletin\ndata: {{\"number\":{number},\"content\":\"{content}\"}}\n\n"))
}
