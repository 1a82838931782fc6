//! Why something was not done, as programs are told it (RFC 9457): the status, a name that never changes, and words for
//! the person who reads them, in Vietnamese or in English.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use schemars::JsonSchema;
use serde::Serialize;

use crate::kit::refusal::Refusal;
use crate::kit::words::{Lang, Phrase, Words};

pub const MIME: &str = "application/problem+json";

#[derive(Debug)]
pub enum Fault {
    Refused(Refusal),
    /// What only HTTP knows of, with what more there is to say.
    Http(StatusCode, &'static str, String),
    /// Too often; again after so many seconds.
    Often(i64),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::Refused(refusal)
    }
}

impl Fault {
    pub fn http(status: StatusCode, key: &'static str) -> Fault {
        Fault::Http(status, key, String::new())
    }
}

/// A problem (RFC 9457).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Problem {
    /// `urn:bangtin:problem:` and a name that never changes, such as `stale`.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// What to do about it.
    pub detail: String,
    /// What is wrong with what was sent, by its field.
    pub issues: Vec<Issue>,
}

#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Issue {
    pub field: String,
    /// In the field's text, from 1; 0 where the field as a whole is meant.
    pub line: usize,
    pub text: String,
}

fn named(refusal: &Refusal) -> (StatusCode, &'static str) {
    match refusal {
        Refusal::Missing => (StatusCode::NOT_FOUND, "missing"),
        Refusal::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::WrongState(_) => (StatusCode::CONFLICT, "state"),
        // Every act on a text that is there names what it saw, so that what is stale failed its condition (RFC 9110, §15.5.13).
        Refusal::Stale => (StatusCode::PRECONDITION_FAILED, "stale"),
        Refusal::Issues(_) => (StatusCode::UNPROCESSABLE_ENTITY, "issues"),
        Refusal::Trouble(_) => (StatusCode::SERVICE_UNAVAILABLE, "trouble"),
        Refusal::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "broken"),
    }
}

pub fn problem(words: &Words, lang: Lang, fault: &Fault) -> Problem {
    let say = |phrase: &Phrase| words.say(lang, phrase);
    let (status, key, more) = match fault {
        Fault::Refused(refusal) => {
            let (status, key) = named(refusal);
            let more = match refusal {
                Refusal::WrongState(phrase) | Refusal::Trouble(phrase) => say(phrase),
                _ => String::new(),
            };
            (status, key, more)
        }
        Fault::Http(status, key, more) => (*status, *key, more.clone()),
        Fault::Often(_) => (StatusCode::TOO_MANY_REQUESTS, "often", String::new()),
    };
    let issues = match fault {
        Fault::Refused(Refusal::Issues(issues)) => {
            issues.iter().map(|issue| Issue { field: issue.file.clone(), line: issue.line, text: say(&issue.phrase) }).collect()
        }
        _ => Vec::new(),
    };
    Problem {
        kind: format!("urn:bangtin:problem:{key}"),
        title: words.text(lang, &format!("api-problem-{key}")),
        status: status.as_u16(),
        detail: [words.text(lang, &format!("api-problem-{key}-text")), more].join(" ").trim().to_owned(),
        issues,
    }
}

pub fn answer(words: &Words, lang: Lang, fault: &Fault) -> HttpResponse {
    let problem = problem(words, lang, fault);
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_LANGUAGE, lang.tag())).insert_header((header::CACHE_CONTROL, "no-store"));
    match (fault, status) {
        (Fault::Often(seconds), _) => drop(response.insert_header((header::RETRY_AFTER, seconds.to_string()))),
        (_, StatusCode::SERVICE_UNAVAILABLE) => drop(response.insert_header((header::RETRY_AFTER, "5"))),
        (_, StatusCode::UNAUTHORIZED) => drop(response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"bangtin\""))),
        _ => {}
    }
    response.content_type(MIME).body(serde_json::to_string(&problem).unwrap_or_default())
}
