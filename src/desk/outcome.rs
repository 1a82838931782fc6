//! What came of a visit, and how it is sent: a page, a way on, a file; and the session's cookie, where it changes.

use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};

use super::door::{COOKIE, DESK, Visit};
use crate::web::answer::Answer;
use crate::web::file::{self, Given};
use crate::web::stream::{Source, Stream};

pub enum Outcome {
    Page(Box<Answer>),
    /// On to another page of the desk.
    To(String),
    /// With a new session's token.
    Entered {
        token: String,
        to: String,
    },
    /// A page that is shown once, with a new session's token; its forms bear that one's mark.
    EnteredPage {
        token: String,
        answer: Box<Answer>,
    },
    Left {
        to: String,
    },
    /// For the page's own script.
    Given {
        mime: &'static str,
        bytes: Bytes,
    },
    /// A file of the shelf, as the public is given it.
    Shelved(Given),
    /// To be kept as a file.
    File {
        mime: &'static str,
        name: String,
        bytes: Bytes,
    },
    /// The same, however long: made while it is sent.
    Long {
        mime: &'static str,
        name: String,
        source: Source,
    },
}

impl Outcome {
    pub fn page(answer: Answer) -> Outcome {
        Outcome::Page(Box::new(answer))
    }
}

pub async fn send(visit: &Visit, request: &HttpRequest, outcome: Outcome) -> HttpResponse {
    match outcome {
        Outcome::Page(answer) => answer.sent_to_one(request),
        Outcome::To(to) => onward(&to),
        Outcome::Entered { token, to } => with_cookie(onward(&to), cookie(visit, token)),
        Outcome::EnteredPage { token, answer } => with_cookie(answer.sent_to_one(request), cookie(visit, token)),
        Outcome::Left { to } => {
            let mut gone = cookie(visit, String::new());
            gone.set_max_age(time::Duration::ZERO);
            with_cookie(onward(&to), gone)
        }
        Outcome::Given { mime, bytes } => HttpResponse::Ok().content_type(mime).body(bytes),
        Outcome::Shelved(given) => file::hand(&visit.web, request, given).await,
        Outcome::File { mime, name, bytes } => HttpResponse::Ok()
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .content_type(mime)
            .body(bytes),
        Outcome::Long { mime, name, source } => HttpResponse::Ok()
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .content_type(mime)
            .body(Stream::of(source)),
    }
}

fn onward(to: &str) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.to_owned())).finish()
}

/// Public pages never see it: its path is the desk's.
fn cookie(visit: &Visit, token: String) -> Cookie<'static> {
    Cookie::build(COOKIE, token).path(DESK).http_only(true).same_site(SameSite::Lax).secure(visit.is_secure).finish()
}

fn with_cookie(mut response: HttpResponse, cookie: Cookie<'static>) -> HttpResponse {
    if let Err(error) = response.add_cookie(&cookie) {
        tracing::error!("a cookie could not be set: {error}");
    }
    response
}
