//! What stands before and behind every answer: a request's id, the log line, the client's address, the headers
//! that keep a browser honest.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage, HttpRequest};
use ipnet::IpNet;

use super::{Web, answer};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const FORWARDED_FOR: &str = "x-forwarded-for";

/// On every answer that a browser could show as a page.
const HONEST: [(HeaderName, HeaderValue); 2] = [
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), browsing-topics=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];
/// What boards ask for all day, on lines that are paid by the byte: signed, or a stream of events.
const SIGNED: &str = "bulletin-signature";

#[derive(Debug, Default)]
pub struct Guard {
    /// The only neighbours whose word about a client's address is taken.
    pub proxies: Vec<IpNet>,
    /// Whether this machine and its neighbours may be told of changes: else the open network alone.
    pub tells_neighbours: bool,
}

#[derive(Clone)]
struct RequestId(String);

#[derive(Clone, Copy)]
struct Client(IpAddr);

/// Whose request it is, for limits. It is written nowhere.
pub fn client(request: &HttpRequest) -> Option<IpAddr> {
    request.extensions().get::<Client>().map(|client| client.0)
}

pub fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default()
}

impl Guard {
    /// The client's address: the peer's, or, when the peer is a named proxy, the last address in
    /// X-Forwarded-For that is not itself a named proxy.
    pub fn client(&self, peer: Option<IpAddr>, forwarded: Option<&str>) -> Option<IpAddr> {
        let peer = peer?.to_canonical();
        if !self.is_proxy(peer) {
            return Some(peer);
        }
        let mut client = peer;
        for hop in forwarded.unwrap_or_default().rsplit(',') {
            let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
            client = address.to_canonical();
            if !self.is_proxy(client) {
                break;
            }
        }
        Some(client)
    }

    fn is_proxy(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|net| net.contains(&address))
    }
}

/// Enough of an address to find a faulty network, too little to find a person: /24 of IPv4, /48 of IPv6.
fn shortened(address: IpAddr) -> String {
    match address {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::")
        }
    }
}

/// A path as the log may bear it: a part that is long enough to be a secret, and no name of ours, is left out.
pub fn without_secrets(path: &str) -> String {
    let is_secret = |part: &str| part.len() >= SECRET && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    path.split('/').map(|part| if is_secret(part) { "…" } else { part }).collect::<Vec<_>>().join("/")
}

const SECRET: usize = 32;

pub async fn stand(request: ServiceRequest, next: Next<impl MessageBody + 'static>) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let began = Instant::now();
    let id = uuid::Uuid::now_v7().to_string();
    let web = request.app_data::<Data<Web>>().cloned();
    let kept = web.as_ref().and_then(|web| answer::at_once(web, request.request()));
    let mut response = match kept {
        Some(kept) => request.into_response(kept).map_into_left_body(),
        None => {
            request.extensions_mut().insert(RequestId(id.clone()));
            if let Some(client) = web.as_ref().and_then(|web| asker(&web.guard, request.request())) {
                request.extensions_mut().insert(Client(client));
            }
            next.call(request).await?.map_into_right_body()
        }
    };

    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let is_stream = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
    let is_page = !is_stream && !headers.contains_key(SIGNED);
    for (name, value) in HONEST.into_iter().filter(|_| is_page) {
        headers.insert(name, value);
    }
    if !headers.contains_key("cross-origin-resource-policy") {
        headers.insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin"));
    }
    if is_page && !headers.contains_key(header::REFERRER_POLICY) {
        headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    }
    // RFC 6797: only a site that is reached by https may promise to stay so.
    if web.as_ref().is_some_and(|web| web.last_face().site.is_https()) {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    if tracing::enabled!(tracing::Level::INFO) {
        let request = response.request();
        tracing::info!(
            request = %id,
            method = %request.method(),
            path = %without_secrets(request.path()),
            status = response.status().as_u16(),
            micros = began.elapsed().as_micros() as u64,
            client = web.and_then(|web| asker(&web.guard, request)).map(shortened),
            "answered"
        );
    }
    Ok(response)
}

fn asker(guard: &Guard, request: &HttpRequest) -> Option<IpAddr> {
    // Several lines are one list (RFC 9110, §5.3): what a proxy adds may come on a line of its own. Bytes that are no
    // text stay in their place, so that nobody can hide what follows them.
    let lines = request.headers().get_all(FORWARDED_FOR).map(|line| String::from_utf8_lossy(line.as_bytes()));
    guard.client(request.peer_addr().map(|peer| peer.ip()), Some(&lines.collect::<Vec<_>>().join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &str) -> String {
        let guard = Guard { proxies: vec!["10.0.0.0/8".parse().expect("a network")], ..Guard::default() };
        guard.client(peer.parse().ok(), Some(forwarded)).expect("a peer").to_string()
    }

    #[test]
    fn only_a_named_proxy_may_say_who_the_client_is() {
        assert_eq!(client("203.0.113.9", "198.51.100.7"), "203.0.113.9");
        assert_eq!(client("10.1.2.3", "198.51.100.7"), "198.51.100.7");
        assert_eq!(client("::ffff:10.1.2.3", "198.51.100.7"), "198.51.100.7");
    }

    #[test]
    fn what_opens_a_draft_is_not_written_down() {
        let secret = "0123456789abcdef".repeat(4);
        assert_eq!(without_secrets(&format!("/ban-bien-tap/xem/{secret}/trang")), "/ban-bien-tap/xem/…/trang");
        assert_eq!(
            without_secrets("/tin/cong-tac-giao-dich-xa-va-nhieu-viec-khac-nua"),
            "/tin/cong-tac-giao-dich-xa-va-nhieu-viec-khac-nua"
        );
    }

    #[test]
    fn a_client_cannot_hide_behind_an_address_it_invents() {
        assert_eq!(client("10.1.2.3", "1.1.1.1, 198.51.100.7, 10.9.9.9"), "198.51.100.7");
        assert_eq!(client("10.1.2.3", "rubbish"), "10.1.2.3");
    }
}
