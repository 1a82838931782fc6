//! Whoever stands at a board says what he did with a sheet: with the place's code and no account, in two taps. The first
//! page says what will be recorded, the second records it. With a script the first is made on the phone, and what could not
//! be sent is sent again under its own key (`static/js/board.js`).

use std::net::IpAddr;

use actix_web::http::{StatusCode, header};
use actix_web::web::{Bytes, Data, Payload, block};
use actix_web::{HttpRequest, HttpResponse};
use chrono::TimeDelta;
use serde::Serialize;
use tokio::sync::Semaphore;

use super::verdict::{self, judged, path, word};
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::plain;
use crate::kit::picture::Picture;
use crate::kit::refusal::Refusal;
use crate::kit::secret::plain_code;
use crate::kit::words::{Lang, Phrase};
use crate::phrase;
use crate::posting::placements::What;
use crate::posting::placements_note::{self as note, Report};
use crate::posting::places::{self, Place};
use crate::web::answer::{Answer, Reading, language};
use crate::web::limit::{HOUR, Limit};
use crate::web::{Web, error, form, guard};

/// Of the first page's answers.
const MOST_ASKED: usize = 2_000;
/// A phone's photograph as it comes, with the rest of the form.
const MOST_SENT: usize = 12 * 1024 * 1024;
/// In pixels: enough to read what hangs there.
const LONGEST: u32 = 1280;
/// Photographs on their way at once: each is some megabytes, and more when it is decoded.
static PHOTOS: Semaphore = Semaphore::const_new(4);

/// What was sent, as far as it can be read.
#[derive(Clone, Debug, Default)]
struct Sent {
    code: String,
    paper: Option<i32>,
    what: Option<What>,
    key: String,
    name: String,
    /// How long ago it was done, by the phone's own watch.
    ago: TimeDelta,
    photo: Bytes,
}

impl Sent {
    fn of(fields: impl IntoIterator<Item = (String, Bytes)>) -> Sent {
        let mut sent = Sent::default();
        for (name, bytes) in fields {
            if name == "anh" {
                sent.photo = bytes;
                continue;
            }
            let text = plain(&String::from_utf8_lossy(&bytes)).replace('\0', "");
            match name.as_str() {
                "ma" => sent.code = plain_code(&text).chars().take(20).collect(),
                "ban" => sent.paper = number(&text),
                "viec" => sent.what = What::said(&text),
                "khoa" => sent.key = text,
                "ten" => sent.name = text,
                "tuoi" => sent.ago = text.parse::<u32>().map_or(TimeDelta::zero(), |seconds| TimeDelta::seconds(seconds.into())),
                _ => {}
            }
        }
        sent
    }
}

/// An edition's number, as addresses write it.
pub fn number(text: &str) -> Option<i32> {
    text.parse::<i32>().ok().filter(|number| (1..=9_999).contains(number) && number.to_string() == text)
}

enum Outcome {
    /// The page to be shown, with its status.
    Page(StatusCode, Box<Answer>),
    Noted(What),
    TooOften,
}

/// The first tap: what will be recorded, where.
pub async fn ask(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, payload: Payload, document: i64) -> HttpResponse {
    let body = match form::read(&web, &request, payload, MOST_ASKED).await {
        Ok(body) => body,
        Err((status, key)) => return error::page(&web, &request, status, key, Some(&path(document, None))).await,
    };
    let fields = form_urlencoded::parse(&body).into_owned().map(|(name, text)| (name, Bytes::from(text)));
    let sent = Sent::of(fields);
    let (lang, _) = language(request.path());
    let (now, client, shared) = (web.clock.now(), guard::client(&request), web.clone());
    let outcome = block(move || -> Result<Outcome, Refusal> {
        let mut reading = shared.reading(lang, now)?;
        // Whether there is anything to confirm comes before whose code it is.
        judged(&mut reading, document, sent.paper)?;
        if !limit.allows(client, thing("ask", document, &sent.code), now) {
            return Ok(Outcome::TooOften);
        }
        let place = places::with_code(&mut reading.c, &sent.code, now)?;
        match (place, sent.what) {
            (Some(place), Some(what)) => confirm(&mut reading, document, &sent, &place, what, String::new()),
            (None, _) => again(&mut reading, document, &sent, &phrase!("placements-bad-code")),
            (_, None) => again(&mut reading, document, &sent, &phrase!("board-no-act")),
        }
    });
    answered(&web, &request, document, outcome.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))).await
}

/// The second tap.
pub async fn keep(web: Data<Web>, limit: Data<Limit>, request: HttpRequest, payload: Payload, document: i64) -> HttpResponse {
    let Ok(_turn) = PHOTOS.try_acquire() else {
        return answered(&web, &request, document, Err(Refusal::Trouble(phrase!("board-busy")))).await;
    };
    let sent = match form::read_parts(&web, &request, payload, MOST_SENT).await {
        Ok(parts) => Sent::of(parts),
        Err((status, key)) => return error::page(&web, &request, status, key, Some(&path(document, None))).await,
    };
    let (lang, _) = language(request.path());
    let (now, client, shared) = (web.clock.now(), guard::client(&request), web.clone());
    let outcome = block(move || kept(&shared, &limit, lang, now, client, document, &sent));
    answered(&web, &request, document, outcome.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))).await
}

fn kept(web: &Web, limit: &Limit, lang: Lang, now: Moment, client: Option<IpAddr>, document: i64, sent: &Sent) -> Result<Outcome, Refusal> {
    let mut reading = web.reading(lang, now)?;
    let (_, board) = judged(&mut reading, document, sent.paper)?;
    if !limit.allows(client, thing("keep", document, &sent.code), now) {
        return Ok(Outcome::TooOften);
    }
    let (Some(place), Some(what)) = (places::with_code(&mut reading.c, &sent.code, now)?, sent.what) else {
        return again(&mut reading, document, sent, &phrase!("placements-bad-code"));
    };
    let photo = match reduced(&sent.photo) {
        Ok(photo) => photo,
        Err(told) => {
            let issue = reading.say(&told);
            return confirm(&mut reading, document, sent, &place, what, issue);
        }
    };
    // Who holds one reader must not wait for the writer.
    drop(reading);
    let mut named = String::new();
    if let Some(bytes) = photo {
        named = digest::sha256(&bytes);
        web.shelf.put(&named, "", &bytes)?;
    }
    let report =
        Report { document, number: board.paper, what, at: now - sent.ago, name: &sent.name, photo: &named, note: "", key: &sent.key };
    match web.store.write(|c| note::at_board(c, now, &sent.code, &report)) {
        Ok(_) => Ok(Outcome::Noted(what)),
        Err(Refusal::Issues(issues)) => {
            let mut reading = web.reading(lang, now)?;
            let issue = issues.first().map(|issue| reading.say(&issue.phrase)).unwrap_or_default();
            confirm(&mut reading, document, sent, &place, what, issue)
        }
        Err(other) => Err(other),
    }
}

/// The photograph without where and by whom it was taken, and no larger than it takes to see the board.
fn reduced(photo: &Bytes) -> Result<Option<Vec<u8>>, Phrase> {
    if photo.is_empty() {
        return Ok(None);
    }
    let made = Picture::decode(photo).and_then(|picture| picture.reduced(LONGEST));
    made.map(Some).map_err(|_| phrase!("board-bad-photo"))
}

/// So often one code may be tried at one sheet, from one address.
fn thing(step: &str, document: i64, code: &str) -> i64 {
    let digest = digest::sha256_of(&[step, &document.to_string(), code]);
    i64::from_str_radix(&digest[..15], 16).unwrap_or_default()
}

#[derive(Serialize)]
struct Confirm {
    note: String,
    back: String,
    what: &'static str,
    act: String,
    paper: i32,
    place: String,
    location: String,
    at: String,
    code: String,
    key: String,
    name: String,
    issue: String,
    headline: String,
    holds: bool,
}

#[derive(Serialize)]
struct ConfirmParts {
    confirm: Confirm,
}

fn confirm(reading: &mut Reading, document: i64, sent: &Sent, place: &Place, what: What, issue: String) -> Result<Outcome, Refusal> {
    let (verdict, board) = judged(reading, document, sent.paper)?;
    let status = if issue.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (headline, holds) = verdict.told();
    let parts = ConfirmParts {
        confirm: Confirm {
            note: board.note,
            back: path(document, sent.paper),
            what: what.name(),
            act: word(reading, what),
            paper: board.paper,
            place: place.name.clone(),
            location: place.location.clone(),
            at: reading.date(reading.now - sent.ago, false).text,
            code: place.code_shown(),
            key: if sent.key.is_empty() { uuid::Uuid::now_v7().to_string() } else { sent.key.clone() },
            name: sent.name.clone(),
            issue,
            headline,
            holds,
        },
    };
    let page = verdict::page_of(reading, reading.word("board-confirm-title"), &path(document, None));
    Ok(Outcome::Page(status, Box::new(reading.html("posting/confirm.html", &page, &parts)?)))
}

/// The verdict's page with what was typed, and what is wrong with it.
fn again(reading: &mut Reading, document: i64, sent: &Sent, told: &Phrase) -> Result<Outcome, Refusal> {
    let (verdict, mut board) = judged(reading, document, sent.paper)?;
    board.code.clone_from(&sent.code);
    board.issue = reading.say(told);
    let answer = verdict::shown(reading, document, sent.paper, verdict, board)?;
    Ok(Outcome::Page(StatusCode::UNPROCESSABLE_ENTITY, Box::new(answer)))
}

async fn answered(web: &Data<Web>, request: &HttpRequest, document: i64, outcome: Result<Outcome, Refusal>) -> HttpResponse {
    let (lang, _) = language(request.path());
    match outcome {
        Ok(Outcome::Page(status, mut answer)) => {
            answer.status = status;
            answer.sent_to_one(request)
        }
        Ok(Outcome::Noted(what)) => HttpResponse::SeeOther()
            .insert_header((header::LOCATION, format!("{}/n/{document}/da-ghi?viec={}", lang.base(), what.name())))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish(),
        Ok(Outcome::TooOften) => {
            let mut response = error::page(web, request, StatusCode::TOO_MANY_REQUESTS, "often", Some(&path(document, None))).await;
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(HOUR.num_seconds()));
            response
        }
        Err(refusal) => error::answer(web, request, &refusal).await,
    }
}

#[derive(Serialize)]
struct Done {
    act: String,
    back: String,
}

/// What stands when it is done.
pub fn done(reading: &mut Reading, document: i64, what: What) -> Result<Answer, Refusal> {
    judged(reading, document, None)?;
    let page = verdict::page_of(reading, reading.word("board-done"), &format!("/n/{document}/da-ghi?viec={}", what.name()));
    let parts = Done { act: word(reading, what), back: path(document, None) };
    reading.html("posting/done.html", &page, &parts)
}
