//! An answer whose exact bytes are signed: its signature and its digest go with it, its ETag is strong, and a part of it can be
//! asked for (RFC 9110, §14), so that a cut download goes on where it stopped.

use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use sha2::{Digest, Sha256};

use super::answer::{Answer, matches};
use super::coding::Coding;
use super::file::Range;
use crate::kit::digest::{base64, hex};
use crate::kit::sign::{Bytes64, Signer};

pub const SIGNATURE: HeaderName = HeaderName::from_static("bulletin-signature");
/// RFC 9530.
const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");

#[derive(Clone, Debug)]
pub struct Signed {
    /// The name of the key.
    key: String,
    pub signature: Bytes64,
    /// What of it matters to whoever asks whether there is anything new: its number, and what tells its content.
    pub number: i64,
    pub content: String,
    /// SHA-256 of the bytes that are signed.
    pub digest: String,
    /// The same, as it goes with them when they are sent uncoded.
    content_digest: String,
    /// Where the signature is given alone.
    address: String,
}

impl Signed {
    /// `address`: the one of the answer itself.
    pub fn of(signer: &Signer, body: &[u8], address: &str, number: i64, content: &str) -> Signed {
        let sum = Sha256::digest(body);
        let (digest, content_digest) = (hex(&sum), content_digest(&sum));
        let address = format!("{}.sig?of={digest}", address.split('?').next().unwrap_or_default());
        Signed {
            key: signer.id().to_owned(),
            number,
            content: content.to_owned(),
            signature: signer.sign(body),
            digest,
            content_digest,
            address,
        }
    }

    /// Strong: the bytes of each coding are known by another.
    pub(super) fn etag(&self, coding: Coding) -> String {
        let ending = coding.name().map(|name| format!("-{name}")).unwrap_or_default();
        format!("\"{}{ending}\"", &self.digest[..32])
    }

    /// Whether a list of marks names this document, however it was coded.
    pub fn is_known(&self, known: &str) -> bool {
        Coding::ALL.iter().any(|coding| matches(known, &self.etag(*coding)))
    }

    pub(super) fn tell(&self, response: &mut HttpResponseBuilder, coding: Coding) {
        response.insert_header((header::ETAG, self.etag(coding)));
        // A dictionary of RFC 8941.
        let said = format!("keyid=\"{}\", sig=:{}:, address=\"{}\"", self.key, base64(&self.signature), self.address);
        response.insert_header((SIGNATURE, said));
        response.insert_header((header::ACCEPT_RANGES, HeaderValue::from_static("bytes")));
    }

    /// `body`: in the coding that the answer is sent in.
    pub(super) fn body(&self, mut response: HttpResponseBuilder, request: &HttpRequest, answer: &Answer, body: Bytes) -> HttpResponse {
        response.insert_header((header::CONTENT_TYPE, HeaderValue::from_static(answer.mime)));
        let said = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
        let of_this = said(header::IF_RANGE).is_none_or(|etag| etag.trim() == self.etag(Coding::Plain));
        let range = said(header::RANGE).filter(|_| of_this && *request.method() == Method::GET);
        let length = body.len() as u64;
        match range.and_then(|field| Range::read(field, length)) {
            Some(Some(range)) => {
                let part = body.slice(range.first as usize..range.last as usize + 1);
                response.status(StatusCode::PARTIAL_CONTENT);
                response.insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{length}", range.first, range.last)));
                response.insert_header((CONTENT_DIGEST, content_digest(&Sha256::digest(&part))));
                response.body(part)
            }
            Some(None) => {
                response.status(StatusCode::RANGE_NOT_SATISFIABLE);
                response.insert_header((header::CONTENT_RANGE, format!("bytes */{length}")));
                response.finish()
            }
            None => {
                let coding = answer.coding(request);
                if let Some(name) = coding.name() {
                    response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(name)));
                }
                let digest = match coding {
                    Coding::Plain => self.content_digest.clone(),
                    _ => content_digest(&Sha256::digest(&body)),
                };
                response.insert_header((CONTENT_DIGEST, digest));
                response.body(body)
            }
        }
    }
}

fn content_digest(digest: &[u8]) -> String {
    format!("sha-256=:{}:", base64(digest))
}
