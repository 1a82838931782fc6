//! Every address of the desk, whom it is for, what reads it and what acts on it. Whatever is here needs a session unless
//! it says otherwise, and whatever acts needs the session's mark: `door` sees to both.

use actix_web::HttpRequest;
use actix_web::web::{Data, Payload, ServiceConfig, get, post, resource};

use super::door::{For, Handler, open};
use super::{frame, units};
use crate::web::Web;

pub struct Way {
    pub path: &'static str,
    pub kind: For,
    pub read: Option<Handler>,
    pub act: Option<Handler>,
    /// The longest body, in bytes.
    pub most: usize,
}

/// A few short answers.
const SHORT: usize = 16 * 1024;
/// A text with everything beside it: two million bytes of Markdown (`edition::file::MAX_BYTES`), each Vietnamese letter of
/// three bytes sent as nine.
pub const LONG: usize = 7 * 1024 * 1024;

pub const WAYS: &[Way] = &[reads(frame::UNITS, units::units)];

const fn reads(path: &'static str, read: Handler) -> Way {
    Way { path, kind: For::Staff, read: Some(read), act: None, most: 0 }
}

const fn acts(path: &'static str, act: Handler) -> Way {
    Way { path, kind: For::Staff, read: None, act: Some(act), most: SHORT }
}

const fn both(path: &'static str, read: Handler, act: Handler) -> Way {
    Way { path, kind: For::Staff, read: Some(read), act: Some(act), most: SHORT }
}

const fn long(way: Way) -> Way {
    Way { most: LONG, ..way }
}

const fn open_to(kind: For, way: Way) -> Way {
    Way { kind, ..way }
}

pub fn routes(urls: &mut ServiceConfig) {
    for way in WAYS {
        let mut resource = resource(way.path);
        if let Some(read) = way.read {
            let answer = move |web: Data<Web>, request: HttpRequest, payload: Payload| open(web, request, payload, way.kind, 0, read);
            resource = resource.route(get().to(answer));
        }
        if let Some(act) = way.act {
            let answer = move |web: Data<Web>, request: HttpRequest, payload: Payload| open(web, request, payload, way.kind, way.most, act);
            resource = resource.route(post().to(answer));
        }
        urls.service(resource);
    }
}
