//! How often an article is read: counted in memory, without cookies and without a trace of who, and written in
//! batches. What is lost when the power goes is at most one batch.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;
use aho_corasick::AhoCorasick;
use diesel::prelude::*;

use crate::kit::refusal::Refusal;
use crate::store::schema::views;
use crate::store::{Conn, Store};
use crate::web::answer::Counts;

/// Words by which programs that fetch pages for other programs name themselves.
const MACHINES: [&str; 24] = [
    "bot",
    "crawl",
    "spider",
    "slurp",
    "curl",
    "wget",
    "python",
    "java/",
    "go-http",
    "ruby",
    "perl",
    "php",
    "okhttp",
    "httpclient",
    "axios",
    "node-fetch",
    "headless",
    "lighthouse",
    "preview",
    "facebookexternalhit",
    "monitor",
    "uptime",
    "scan",
    "feed",
];

static MACHINE: LazyLock<AhoCorasick> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(MACHINES).expect("a handful of short words"));

#[derive(Default)]
pub struct Counter {
    /// One number a text, however often it is read.
    waiting: Mutex<HashMap<i64, i64>>,
    writing: Mutex<()>,
}

impl Counter {
    pub fn count(&self, document: i64) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner).entry(document).or_default() += 1;
    }

    /// Writes what waits. On failure it goes on waiting.
    pub fn flush(&self, store: &Store) -> Result<(), Refusal> {
        // One at a time: the last flush before the end must find what one that is failing still holds.
        let _alone = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let batch = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if batch.is_empty() {
            return Ok(());
        }
        let written = store.write(|c| batch.iter().try_for_each(|(document, more)| add(c, *document, *more)));
        if let Err(refusal) = written {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            for (document, more) in batch {
                *waiting.entry(document).or_default() += more;
            }
            return Err(refusal);
        }
        Ok(())
    }
}

/// Added in SQL: two nodes that count together lose nothing.
fn add(c: &mut Conn, document: i64, more: i64) -> Result<(), Refusal> {
    let known = diesel::update(views::table.find(document)).set(views::counted.eq(views::counted + more)).execute(c)?;
    if known == 0 {
        diesel::insert_into(views::table).values((views::document_id.eq(document), views::counted.eq(more))).execute(c)?;
    }
    Ok(())
}

/// What has been written so far.
pub fn counted(c: &mut Conn, document: i64) -> Result<i64, Refusal> {
    Ok(views::table.find(document).select(views::counted).first(c).optional()?.unwrap_or(0))
}

/// Counts whoever was given an article to read, from whichever room it came.
pub async fn watch(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let response = next.call(request).await?;
    let counts = response.response().extensions().get::<Counts>().copied();
    if let Some(Counts(document)) = counts {
        let said = |name: &str| response.request().headers().get(name).and_then(|value| value.to_str().ok());
        if is_reader(said(header::USER_AGENT.as_str()), said("sec-purpose"))
            && let Some(counter) = response.request().app_data::<Data<Counter>>()
        {
            counter.count(document);
        }
    }
    Ok(response)
}

/// Whether a person is likely to be reading. A page fetched ahead of time is not yet read.
fn is_reader(user_agent: Option<&str>, purpose: Option<&str>) -> bool {
    let ahead = purpose.is_some_and(|purpose| purpose.contains("prefetch") || purpose.contains("prerender"));
    !ahead && user_agent.is_some_and(|agent| !agent.is_empty() && !MACHINE.is_match(agent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_counted_and_machines_are_not() {
        assert!(is_reader(Some("Mozilla/5.0 (Linux; Android 9; SM-J400F) Chrome/126.0 Mobile Safari/537.36"), None));
        assert!(is_reader(Some("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile Safari/604.1"), None));
        for machine in ["Mozilla/5.0 (compatible; Googlebot/2.1)", "curl/8.5", "python-requests/2.32", "CocCocBot-web/1.0", ""] {
            assert!(!is_reader(Some(machine), None), "{machine}");
        }
        assert!(!is_reader(None, None));
        assert!(!is_reader(Some("Mozilla/5.0 Chrome/126"), Some("prefetch;prerender")));
    }
}
