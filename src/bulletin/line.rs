//! The line to a portal that is followed: documents with their signatures, and files, whole or not at all. Whatever answers at
//! the other end may be anything.

use std::io::Read;
use std::time::Duration;

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

pub struct Line {
    agent: Agent,
    /// Scheme and host.
    pub portal: String,
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

    /// A file by its digest; only from the portal itself.
    pub fn file(&self, url: &str, sha256: &str, length: i64) -> Result<Vec<u8>, Refused> {
        if !url.strip_prefix(&self.portal).is_some_and(|path| path.starts_with('/')) || length as u64 > MOST_FILE {
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
