//! The line to a portal that is followed: documents with their signatures, and files, whole or not at all. Whatever answers at
//! the other end may be anything.

use std::io::{BufRead, BufReader, Read};
use std::time::Duration;

use rand::RngExt;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use ureq::Agent;
use ureq::http::Response;

use super::judge::{Received, Refused};
use crate::kit::digest::{self, base64};

const CONNECT: Duration = Duration::from_secs(10);
/// Beyond what a long poll waits.
const WHOLE: Duration = Duration::from_secs(90);
const MOST_DOCUMENT: u64 = 32 * 1024 * 1024;
const MOST_FILE: u64 = 256 * 1024 * 1024;
const MOST_REDIRECTS: u32 = 3;
/// The longest pause after failures, in seconds.
const MOST_PAUSE: u64 = 300;
/// The portal ends a stream sooner.
const LISTENED: Duration = Duration::from_secs(75 * 60);
/// Nothing heard on a stream for so long, and it counts as dead: its portal sends something every 15 seconds. Nobody tells whoever only
/// listens that the line behind him is gone.
pub const DEAF: Duration = Duration::from_secs(45);
const MOST_EVENT: u64 = 64 * 1024;
/// Of what a report is answered.
const MOST_ANSWER: u64 = 256 * 1024;

/// Of an event; it is not signed, and is nothing but a reason to ask.
#[derive(Deserialize)]
struct Told {
    content: String,
}

pub struct Line {
    agent: Agent,
    /// Scheme and host.
    pub portal: String,
}

/// As much of a document as came before a line was cut.
#[derive(Clone, Debug, Default)]
pub struct Part {
    etag: String,
    bytes: Vec<u8>,
}

/// What came, or that it is known.
pub enum Came {
    Document(Received, String),
    Unchanged,
}

impl Line {
    pub fn to(portal: &str) -> Line {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .max_redirects(MOST_REDIRECTS)
            .user_agent(concat!("bangtin/", env!("CARGO_PKG_VERSION")))
            // Each question has one answer: nothing is said that a portal does not need.
            .accept("")
            .build();
        Line { agent: Agent::new_with_config(config), portal: portal.to_owned() }
    }

    /// `known`: the mark of what is held. With it the mark of what came.
    pub fn document(&self, path: &str, known: Option<&str>) -> Result<Came, Refused> {
        let mut request = self.agent.get(format!("{}{path}", self.portal)).header("accept-encoding", "gzip");
        if let Some(known) = known {
            request = request.header("if-none-match", known);
        }
        let response = request.call().map_err(failed)?;
        match response.status().as_u16() {
            304 => return Ok(Came::Unchanged),
            200 => {}
            404 | 410 => return Err(Refused::NotUnderstood),
            _ => return Err(Refused::NoAnswer),
        }
        let said = |response: &Response<ureq::Body>, name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (signature, content, etag) =
            (said(&response, "bulletin-signature"), said(&response, "content-digest"), said(&response, "etag"));
        let is_packed = said(&response, "content-encoding").is_some_and(|coding| coding == "gzip");
        let bytes = whole(response, MOST_DOCUMENT)?;
        if content.is_some_and(|content| content != format!("sha-256=:{}:", base64(&Sha256::digest(&bytes)))) {
            return Err(Refused::Cut);
        }
        let bytes = if is_packed { unpacked(&bytes)? } else { bytes };
        // A page of somebody in between bears none.
        let (key, signature) = signature.as_deref().and_then(read_signature).ok_or(Refused::NotUnderstood)?;
        Ok(Came::Document(Received { bytes, key, signature }, etag.unwrap_or_default()))
    }

    /// A document on a line that cuts answers short: what came stays in `part`, and the next try asks for the rest of the same one
    /// (RFC 9110, §14.2), so that any line that carries something carries all of it in the end.
    pub fn document_from(&self, path: &str, part: &mut Part) -> Result<Received, Refused> {
        let mut request = self.agent.get(format!("{}{path}", self.portal)).header("accept-encoding", "identity");
        if !part.bytes.is_empty() {
            request = request.header("range", format!("bytes={}-", part.bytes.len())).header("if-range", &part.etag);
        }
        let response = request.call().map_err(failed)?;
        let said = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        match response.status().as_u16() {
            206 => {}
            200 => *part = Part { etag: said("etag").unwrap_or_default(), bytes: Vec::new() },
            404 | 410 | 416 => return Err(Refused::NotUnderstood),
            _ => return Err(Refused::NoAnswer),
        }
        let (key, signature) = said("bulletin-signature").as_deref().and_then(read_signature).ok_or(Refused::NotUnderstood)?;
        let length = said("content-length").and_then(|length| length.parse::<u64>().ok()).unwrap_or(0) + part.bytes.len() as u64;
        let most = MOST_DOCUMENT.saturating_sub(part.bytes.len() as u64);
        let came = response.into_body().into_reader().take(most).read_to_end(&mut part.bytes);
        match came {
            Ok(_) if part.bytes.len() as u64 == length => Ok(Received { bytes: std::mem::take(&mut part.bytes), key, signature }),
            _ => Err(Refused::Cut),
        }
    }

    /// What comes of a file from a place in it on, and where that is; whose digest it has is for the reader to see. Only from the
    /// portal itself.
    pub fn file_from(&self, url: &str, from: u64, length: i64) -> Result<(u64, impl Read + use<>), Refused> {
        if !self.is_its(url) || length as u64 > MOST_FILE {
            return Err(Refused::NotUnderstood);
        }
        let mut request = self.agent.get(url).header("accept-encoding", "identity");
        if from > 0 {
            request = request.header("range", format!("bytes={from}-"));
        }
        let response = request.call().map_err(failed)?;
        let from = match response.status().as_u16() {
            206 => from,
            200 => 0,
            404 | 410 | 416 => return Err(Refused::NotUnderstood),
            _ => return Err(Refused::NoAnswer),
        };
        Ok((from, response.into_body().into_reader().take(length as u64 - from.min(length as u64) + 1)))
    }

    /// The stream of events, until it ends: `heard` is told of the content that each names, and, with `None`, that the line is alive.
    pub fn events(&self, path: &str, mut heard: impl FnMut(Option<&str>)) -> Result<(), Refused> {
        let config =
            self.agent.get(format!("{}{path}", self.portal)).config().timeout_global(Some(LISTENED)).timeout_per_read(Some(DEAF)).build();
        let response = config.header("accept", "text/event-stream").call().map_err(failed)?;
        let is_stream = response.headers().get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        match response.status().as_u16() {
            200 if is_stream => {}
            200 => return Err(Refused::NotUnderstood),
            _ => return Err(Refused::NoAnswer),
        }
        let mut lines = BufReader::new(response.into_body().into_reader().take(MOST_DOCUMENT));
        let mut line = String::new();
        loop {
            line.clear();
            match lines.by_ref().take(MOST_EVENT).read_line(&mut line) {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                Err(_) => return Err(Refused::Cut),
            }
            let told = line.strip_prefix("data:").and_then(|data| serde_json::from_str::<Told>(data.trim()).ok());
            heard(told.as_ref().map(|told| told.content.as_str()));
        }
    }

    /// Sends a document that is signed by its sender; what comes back.
    pub fn tell(&self, path: &str, body: &[u8], key: &str, signature: &[u8]) -> Result<Vec<u8>, Refused> {
        let said = format!("keyid=\"{key}\", sig=:{}:", base64(signature));
        let request = self.agent.post(format!("{}{path}", self.portal)).header("content-type", "application/json");
        let response = request.header("bulletin-signature", said).send(body).map_err(failed)?;
        match response.status().as_u16() {
            200 => whole(response, MOST_ANSWER),
            404 | 410 => Err(Refused::NotUnderstood),
            _ => Err(Refused::NoAnswer),
        }
    }

    fn is_its(&self, url: &str) -> bool {
        url.strip_prefix(&self.portal).is_some_and(|path| path.starts_with('/'))
    }

    /// A file by its digest; only from the portal itself.
    pub fn file(&self, url: &str, sha256: &str, length: i64) -> Result<Vec<u8>, Refused> {
        if !self.is_its(url) || length as u64 > MOST_FILE {
            return Err(Refused::NotUnderstood);
        }
        let response = self.agent.get(url).header("accept-encoding", "identity").call().map_err(failed)?;
        if response.status().as_u16() != 200 {
            return Err(Refused::NoAnswer);
        }
        let bytes = whole(response, MOST_FILE)?;
        if bytes.len() as i64 == length && digest::sha256(&bytes) == sha256 { Ok(bytes) } else { Err(Refused::BadDigest) }
    }
}

fn failed(_: ureq::Error) -> Refused {
    Refused::NoAnswer
}

fn whole(response: Response<ureq::Body>, most: u64) -> Result<Vec<u8>, Refused> {
    let said: Option<u64> = response.headers().get("content-length").and_then(|value| value.to_str().ok()?.parse().ok());
    if said.is_some_and(|said| said > most) {
        return Err(Refused::NotUnderstood);
    }
    let bytes = response.into_body().into_with_config().limit(most).read_to_vec().map_err(|_| Refused::Cut)?;
    if said.is_some_and(|said| said != bytes.len() as u64) { Err(Refused::Cut) } else { Ok(bytes) }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut out = Vec::new();
    flate2::read::GzDecoder::new(bytes).take(MOST_DOCUMENT + 1).read_to_end(&mut out).map_err(|_| Refused::Cut)?;
    if out.len() as u64 > MOST_DOCUMENT { Err(Refused::NotUnderstood) } else { Ok(out) }
}

/// Before the n-th try after a failure: drawn at random, so that those who lost the line together do not come back together.
pub fn pause(failures: u32) -> Duration {
    let most = 2u64.saturating_pow(failures.min(16)).min(MOST_PAUSE);
    Duration::from_millis(rand::rng().random_range(0..=most * 1_000))
}

/// `keyid="…", sig=:…:` (RFC 8941).
pub fn read_signature(text: &str) -> Option<(String, Vec<u8>)> {
    let part = |name: &str| text.split(',').find_map(|part| part.trim().strip_prefix(name));
    let key = part("keyid=\"")?.strip_suffix('"')?;
    let signature = part("sig=:")?.strip_suffix(':')?;
    Some((key.to_owned(), digest::of_base64(signature)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_read_from_its_header_and_from_nothing_else() {
        let said = format!("keyid=\"3f9c0a7be21d4456\", sig=:{}:, address=\"/x.sig?of=y\"", base64(&[7; 64]));
        assert_eq!(read_signature(&said), Some(("3f9c0a7be21d4456".to_owned(), vec![7; 64])));
        for broken in ["", "keyid=\"a\"", "sig=:AAAA:", "keyid=\"a\", sig=:###:"] {
            assert_eq!(read_signature(broken), None, "{broken}");
        }
    }
}
