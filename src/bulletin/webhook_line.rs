//! The line to whoever is told. An address is typed by a person and may lead anywhere, so it leads to the open network only,
//! unless the machine's holder says otherwise: the name is looked up once, and the connection is made to what was found and
//! judged. No other host in between, no way on to another address, and nothing of an answer but its status.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::time::Duration;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::webhook_tries::Came;
use crate::kit::words::Phrase;
use crate::phrase;

pub const MOST_URL: usize = 500;
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(15);
/// Read of an answer, and thrown away.
const MOST_ANSWER: u64 = 4 * 1024;

/// Where anything may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doors {
    /// The open network, by HTTPS.
    Public,
    /// This machine and its neighbours too, and HTTP.
    Any,
}

impl Doors {
    pub fn of(is_private: bool) -> Doors {
        if is_private { Doors::Any } else { Doors::Public }
    }

    fn opens(self, address: IpAddr) -> bool {
        self == Doors::Any || is_public(address)
    }
}

/// An address as it is kept. Errors: for what it is none of ours to call.
pub fn read(text: &str, doors: Doors) -> Result<String, Phrase> {
    let text = text.trim();
    if text.len() > MOST_URL {
        return Err(phrase!("webhook-long", most = MOST_URL));
    }
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && !b"\\\"<>^`{|}#".contains(&byte));
    let uri: Uri = text.parse().ok().filter(|_| is_plain).ok_or_else(|| phrase!("webhook-no-address"))?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else { return Err(phrase!("webhook-no-address")) };
    if authority.as_str().contains('@') {
        return Err(phrase!("webhook-with-user"));
    }
    match (scheme, doors) {
        ("https", _) | ("http", Doors::Any) => {}
        ("http", Doors::Public) => return Err(phrase!("webhook-needs-https")),
        _ => return Err(phrase!("webhook-no-address")),
    }
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    let is_named = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:".contains(&byte)) && !host.is_empty();
    // What follows the colon is a port, or it is no address.
    let is_ported = authority.as_str() == authority.host() || authority.port_u16().is_some_and(|port| port > 0);
    if !is_named || !is_ported {
        return Err(phrase!("webhook-no-address"));
    }
    let is_own = host.eq_ignore_ascii_case("localhost") || host.to_ascii_lowercase().ends_with(".localhost");
    if doors == Doors::Public && (is_own || host.parse().is_ok_and(|address| !is_public(address))) {
        return Err(phrase!("webhook-private"));
    }
    Ok(text.to_owned())
}

/// Scheme and host: what may be told of an address to whoever does not keep it.
pub fn host(url: &str) -> String {
    let uri: Option<Uri> = url.parse().ok();
    uri.and_then(|uri| Some(format!("{}://{}", uri.scheme_str()?, uri.authority()?))).unwrap_or_default()
}

/// Whether a name leads nowhere that is open, as far as it is known now. It is asked again at each try.
pub fn leads_inside(url: &str, doors: Doors) -> bool {
    if doors == Doors::Any {
        return false;
    }
    let names = Guarded { doors, names: DefaultResolver::default() };
    let config = Config::builder().proxy(None).build();
    let timeout = NextTimeout { after: CONNECT.into(), reason: ureq::Timeout::Resolve, ..NextTimeout::default() };
    url.parse().is_ok_and(|uri: Uri| matches!(names.resolve(&uri, &config, timeout), Err(Error::Other(_))))
}

/// An address of the open network (the registries of special-purpose addresses: RFC 6890 and those that go on from it).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => is_public_6(address),
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !matches!(
        (a, b, c),
        // This network, private, loopback, link-local; those of a provider's own, of protocols, of examples and of trials.
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            // To many, kept, to all.
            | (224.., ..)
    )
}

fn is_public_6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    match parts {
        // An address of version 4 behind a translator (RFC 6052).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_4(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low))),
        // Protocols' own, Teredo among them; examples; version 4 inside version 6.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x2002, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All that is given out; loopback, mapped, local and to many lie beyond.
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[derive(Debug)]
struct Guarded {
    doors: Doors,
    names: DefaultResolver,
}

#[derive(Debug, thiserror::Error)]
#[error("the name leads to no open address")]
struct Inside;

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut open = self.empty();
        found.iter().filter(|address| self.doors.opens(address.ip())).for_each(|address| open.push(*address));
        if open.is_empty() { Err(Error::Other(Box::new(Inside))) } else { Ok(open) }
    }
}

/// What is sent with a body.
pub struct Letter<'l> {
    /// The `webhook-id`.
    pub name: &'l str,
    /// Unix seconds.
    pub at: i64,
    /// Base64.
    pub signature: &'l str,
    pub key: &'l str,
    pub body: &'l str,
}

pub struct Line {
    agent: Agent,
}

impl Line {
    pub fn new(doors: Doors) -> Line {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_resolve(Some(CONNECT))
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(WHOLE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Another host in between would look up the name by itself.
            .proxy(None)
            // A name is looked up for each try.
            .max_idle_connections(0)
            .user_agent(concat!("bangtin/", env!("CARGO_PKG_VERSION")))
            .build();
        let names = Guarded { doors, names: DefaultResolver::default() };
        Line { agent: Agent::with_parts(config, DefaultConnector::default(), names) }
    }

    /// One try (Standard Webhooks 1.0).
    pub fn send(&self, url: &str, letter: &Letter) -> Came {
        let sent = self
            .agent
            .post(url)
            .header("content-type", "application/json")
            .header("webhook-id", letter.name)
            .header("webhook-timestamp", letter.at.to_string())
            .header("webhook-signature", format!("v1a,{}", letter.signature))
            .header("bulletin-key", letter.key)
            .send(letter.body);
        match sent {
            Ok(response) => {
                let status = response.status().as_u16();
                let asked = response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.trim().parse().ok());
                // Whoever answers may close in peace; what he says is nobody's here.
                let _ = response.into_body().into_with_config().limit(MOST_ANSWER).read_to_vec();
                Came::Answer(status, asked)
            }
            Err(error) => Came::Nothing(why(&error)),
        }
    }
}

/// By a word that the desk has in people's language.
fn why(error: &Error) -> &'static str {
    match error {
        Error::Other(_) => "inside",
        Error::HostNotFound => "no-host",
        Error::Timeout(ureq::Timeout::Resolve) => "no-host",
        Error::Timeout(_) => "late",
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => "no-trust",
        // The machine's own look-up of names says so too.
        Error::Io(error) if error.to_string().contains("lookup") => "no-host",
        _ => "no-answer",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refused(text: &str) -> &'static str {
        read(text, Doors::Public).map_or_else(|phrase| phrase.key, |_| "")
    }

    #[test]
    fn an_address_leads_to_the_open_network_by_https_and_to_nobody_in_particular() {
        for sound in ["https://xa.example/bao?k=1", "https://xa.example:8443/", "https://93.184.216.34/a", "https://[2606:4700::1111]/"] {
            assert_eq!(read(&format!(" {sound} "), Doors::Public), Ok(sound.to_owned()));
        }
        for (text, key) in [
            ("", "webhook-no-address"),
            ("xa.example/bao", "webhook-no-address"),
            ("//xa.example/bao", "webhook-no-address"),
            ("ftp://xa.example/", "webhook-no-address"),
            ("file:///etc/passwd", "webhook-no-address"),
            ("https:///a", "webhook-no-address"),
            ("https://xa.example:0/", "webhook-no-address"),
            ("https://xa.example:99999/", "webhook-no-address"),
            ("https://xa.example:/", "webhook-no-address"),
            ("https://xa example/", "webhook-no-address"),
            ("https://xã.example/", "webhook-no-address"),
            ("https://xa.example/#a", "webhook-no-address"),
            ("http://xa.example/", "webhook-needs-https"),
            ("https://a:b@xa.example/", "webhook-with-user"),
            ("https://xa.example@127.0.0.1/", "webhook-with-user"),
            ("https://localhost/", "webhook-private"),
            ("https://a.LOCALHOST:8443/", "webhook-private"),
            ("https://127.0.0.1/", "webhook-private"),
            ("https://169.254.169.254/latest", "webhook-private"),
            ("https://[::1]/", "webhook-private"),
            ("https://[::ffff:10.0.0.1]/", "webhook-private"),
            ("https://[fd00::1]:8443/", "webhook-private"),
        ] {
            assert_eq!(refused(text), key, "{text}");
        }
        assert_eq!(refused(&format!("https://xa.example/{}", "a".repeat(MOST_URL))), "webhook-long");
        assert!(read("http://127.0.0.1:8099/a", Doors::Any).is_ok() && read("http://a@127.0.0.1/", Doors::Any).is_err());
        assert_eq!(host("https://xa.example:8443/mat-khau?k=1"), "https://xa.example:8443");
    }

    #[test]
    fn what_is_not_of_the_open_network_is_known_by_its_number() {
        let is_open = |text: &str| is_public(text.parse().expect("an address"));
        for inside in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.255.255.255",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:1ff::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fdff::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_open(inside), "{inside}");
        }
        for open in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:200::1",
            "2606:4700::1111",
            "64:ff9b::808:808",
        ] {
            assert!(is_open(open), "{open}");
        }
    }

    #[test]
    fn a_name_that_leads_inside_is_not_called() {
        let line = Line::new(Doors::Public);
        let letter = Letter { name: "a", at: 0, signature: "", key: "", body: "{}" };
        for inside in ["http://localhost:9/", "http://127.1:9/", "http://2130706433:9/", "http://[::1]:9/"] {
            assert_eq!(line.send(inside, &letter), Came::Nothing("inside"), "{inside}");
            assert!(leads_inside(inside, Doors::Public) && !leads_inside(inside, Doors::Any), "{inside}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_fault_and_what_is_taken_is_a_host_alone(text in "(https?://)?[a-z0-9@:./\\[\\]#? %ạ\\\\-]{0,40}") {
            if let Ok(url) = read(&text, Doors::Public) {
                prop_assert!(url.starts_with("https://") && !url[8..].split(['/', '?']).next().unwrap_or_default().contains('@'));
                prop_assert!(!host(&url).is_empty());
            }
        }
    }
}
