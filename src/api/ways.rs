//! Every operation of the API, in one table: it is served from here and described from here, so that neither can know
//! of one that the other does not.

use actix_web::http::Method;
use actix_web::web::{Data, Payload, ServiceConfig, get, head, method, resource, scope};
use actix_web::{HttpRequest, web as http};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::ask::Handler;
use super::coverage::{self, Coverage};
use super::rate::Rate;
use super::shape::{
    Because, Document, DocumentPage, DocumentsAsked, EditionText, History, LogAsked, LogPage, Me, NewText, Queue, RevisionText, SavedText,
    Times, Withdrawal,
};
use super::{document, door, lists, road, texts};
use crate::person::access::Verb;
use crate::web::Web;

pub const ROOT: &str = "/api/v1";
pub const DOCUMENT: &str = "/openapi.json";

pub type Shape = fn(&mut SchemaGenerator) -> Schema;

pub struct Way {
    pub name: &'static str,
    pub method: Verbal,
    /// Below [`ROOT`].
    pub path: &'static str,
    /// What a token must open, all of it. Where one of several verbs is enough, the verb itself asks.
    pub scope: &'static [Verb],
    pub query: Option<Shape>,
    pub body: Option<Shape>,
    pub reply: Shape,
    pub status: u16,
    /// Refused without `If-Match`.
    pub is_conditional: bool,
    /// Answers with an `ETag`.
    pub is_sealed: bool,
    /// The longest body, in bytes.
    pub most: usize,
    pub handler: Handler,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verbal {
    Get,
    Post,
    Put,
}

impl Verbal {
    pub fn name(self) -> &'static str {
        match self {
            Verbal::Get => "get",
            Verbal::Post => "post",
            Verbal::Put => "put",
        }
    }

    fn method(self) -> Method {
        match self {
            Verbal::Get => Method::GET,
            Verbal::Post => Method::POST,
            Verbal::Put => Method::PUT,
        }
    }
}

fn shape<T: JsonSchema>(schemas: &mut SchemaGenerator) -> Schema {
    schemas.subschema_for::<T>()
}

const SHORT: usize = 16 * 1024;
/// A text of two million bytes of Markdown, each of them written as an escape.
const LONG: usize = 6 * 1024 * 1024;

const fn reads(name: &'static str, path: &'static str, scope: &'static [Verb], reply: Shape, handler: Handler) -> Way {
    Way {
        name,
        method: Verbal::Get,
        path,
        scope,
        query: None,
        body: None,
        reply,
        status: 200,
        is_conditional: false,
        is_sealed: false,
        most: 0,
        handler,
    }
}

/// On what was seen, and gives the edition as it is then.
const fn acts(name: &'static str, path: &'static str, scope: &'static [Verb], body: Option<Shape>, handler: Handler) -> Way {
    let way = reads(name, path, scope, shape::<EditionText>, handler);
    Way { method: Verbal::Post, body, is_conditional: true, is_sealed: true, most: SHORT, ..way }
}

const fn asked(query: Shape, way: Way) -> Way {
    Way { query: Some(query), ..way }
}

const LOOK: &[Verb] = &[Verb::Look];

pub const WAYS: &[Way] = &[
    reads("me", "/me", &[], shape::<Me>, lists::me),
    asked(shape::<DocumentsAsked>, reads("documents", "/documents", LOOK, shape::<DocumentPage>, texts::list)),
    Way {
        status: 201,
        is_conditional: false,
        most: LONG,
        ..acts("begin", "/documents", &[Verb::Look, Verb::Write], Some(shape::<NewText>), texts::begin)
    },
    reads("document", "/documents/{document}", LOOK, shape::<Document>, texts::document),
    reads("history", "/documents/{document}/history", LOOK, shape::<History>, texts::history),
    reads("coverage", "/documents/{document}/coverage", LOOK, shape::<Coverage>, coverage::of_document),
    reads("revision", "/documents/{document}/revisions/{revision}", LOOK, shape::<RevisionText>, texts::revision),
    acts("restore-revision", "/documents/{document}/revisions/{revision}/restore", LOOK, None, road::restore_revision),
    Way { status: 201, ..acts("begin-next", "/documents/{document}/editions", &[Verb::Look, Verb::Write], None, texts::next) },
    acts("undo", "/documents/{document}/undo", LOOK, None, road::undo),
    Way { is_sealed: true, ..reads("edition", "/editions/{edition}", LOOK, shape::<EditionText>, texts::edition) },
    Way { method: Verbal::Put, most: LONG, ..acts("save", "/editions/{edition}", LOOK, Some(shape::<SavedText>), texts::save) },
    acts("submit", "/editions/{edition}/submit", LOOK, None, road::submit),
    acts("take-back", "/editions/{edition}/take-back", LOOK, None, road::take_back),
    acts("send-back", "/editions/{edition}/send-back", LOOK, Some(shape::<Because>), road::send_back),
    acts("approve", "/editions/{edition}/approve", &[Verb::Look, Verb::Review], None, road::approve),
    acts("publish", "/editions/{edition}/publish", &[Verb::Look, Verb::Publish], Some(shape::<Times>), road::publish),
    acts("confirm", "/editions/{edition}/confirm", &[Verb::Look, Verb::Confirm], None, road::confirm),
    acts("reschedule", "/editions/{edition}/reschedule", &[Verb::Look, Verb::Publish], Some(shape::<Times>), road::reschedule),
    acts("unschedule", "/editions/{edition}/unschedule", &[Verb::Look, Verb::Publish], None, road::unschedule),
    acts("withdraw", "/editions/{edition}/withdraw", &[Verb::Look, Verb::Withdraw], Some(shape::<Withdrawal>), road::withdraw),
    acts("discard", "/editions/{edition}/discard", LOOK, None, road::discard),
    acts("restore", "/editions/{edition}/restore", LOOK, None, road::restore),
    reads("queue", "/queue", LOOK, shape::<Queue>, lists::queue),
    asked(shape::<LogAsked>, reads("log", "/log", &[Verb::ReadLog], shape::<LogPage>, lists::log)),
];

/// The paths, each with its operations in the order of the table.
pub fn paths() -> Vec<(&'static str, Vec<&'static Way>)> {
    let mut paths: Vec<(&'static str, Vec<&'static Way>)> = Vec::new();
    for way in WAYS {
        match paths.iter_mut().find(|(path, _)| *path == way.path) {
            Some((_, ways)) => ways.push(way),
            None => paths.push((way.path, vec![way])),
        }
    }
    paths
}

pub fn routes(urls: &mut ServiceConfig) {
    let mut api = scope(ROOT);
    for (path, ways) in paths() {
        let mut here = resource(path);
        for way in &ways {
            let way: &'static Way = way;
            let answer = move |web: Data<Web>, rate: Data<Rate>, request: HttpRequest, payload: Payload| {
                door::open(web, rate, request, payload, way)
            };
            here = here.route(method(way.method.method()).to(answer));
        }
        let allowed: &'static str = match ways.as_slice() {
            [one] => match one.method {
                Verbal::Get => "GET",
                Verbal::Post => "POST",
                Verbal::Put => "PUT",
            },
            ways if ways.iter().any(|way| way.method == Verbal::Put) => "GET, PUT",
            _ => "GET, POST",
        };
        let other = move |web: Data<Web>, request: HttpRequest| door::wrong_method(web, request, allowed);
        api = api.service(here.default_service(http::to(other)));
    }
    let other = |web: Data<Web>, request: HttpRequest| door::wrong_method(web, request, "GET, HEAD");
    let described = resource(DOCUMENT).route(get().to(document::given)).route(head().to(document::given)).default_service(http::to(other));
    urls.service(api.service(described).default_service(http::to(door::nothing)));
}
