//! The desk's door: whose visit it is, what he sends, and how he is answered. Nothing behind it is kept by caches, and
//! nothing is done for a page that is not ours: a form needs the session's own mark, and a browser that says where it
//! comes from must come from here.

use std::net::IpAddr;

use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Data, Payload, block};
use actix_web::{HttpRequest, HttpResponse};

use super::fields::Fields;
use super::listen::{Heard, listen};
pub use super::outcome::Outcome;
use super::outcome::send;
use super::over::Typed;
use super::ways::Way;
use super::{frame, over};
use crate::approval::held;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::session::{self, Limits, Signed, Stage};
use crate::person::{Act, Actor, Who};
use crate::store::Conn;
use crate::web::answer::Reading;
use crate::web::form::Part;
use crate::web::{Web, error, guard};

pub const DESK: &str = "/ban-bien-tap";
pub const SIGN_IN: &str = "/ban-bien-tap/dang-nhap";
pub const SECOND_FACTOR: &str = "/ban-bien-tap/ma-xac-thuc";
pub const ENROL: &str = "/ban-bien-tap/toi/xac-thuc-hai-lop";
/// The session's token: 256 random bits, and the store knows only their digest.
pub(super) const COOKIE: &str = "bangtin";
/// A browser's name is told to its owner in the list of his sessions, and no longer than this.
const MOST_AGENT: usize = 200;
/// Of a path's own parts.
const MOST_PART: usize = 400;

/// Whom a page is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Whoever comes: the page where one signs in.
    Anyone,
    /// Who has given his password, and has a second thing to show or to set up.
    HalfSigned(Stage),
    /// Staff, and whoever must first set up a second factor: the page where one does.
    Enrolling,
    Staff,
}

/// One question to the desk, with everything that is known of who asks.
#[derive(Clone)]
pub struct Visit {
    pub web: Data<Web>,
    pub now: Moment,
    pub from: Option<IpAddr>,
    pub agent: String,
    pub path: String,
    pub query: Fields,
    /// What was sent; empty for a page that is only read.
    pub fields: Fields,
    /// The file that was sent with it.
    pub file: Option<Part>,
    /// What the browser holds, whatever it is worth.
    pub token: Option<String>,
    pub signed: Option<Signed>,
    /// As the site says now, also where nobody has opened a page since it said so.
    pub limits: Limits,
    /// Whose session it was, where time alone has ended it.
    pub(super) was: Option<i64>,
    /// It was somebody's session, and was ended from elsewhere.
    is_ended: bool,
    /// Present for staff only: nobody else can act.
    who: Option<Who>,
    pub(super) is_secure: bool,
    parts: Vec<(String, String)>,
}

pub type Handler = fn(&Visit) -> Result<Outcome, Refusal>;

impl Visit {
    /// Errors: `Forbidden` for whoever is not signed in to the end.
    pub fn who(&self) -> Result<&Who, Refusal> {
        self.who.as_ref().ok_or(Refusal::Forbidden)
    }

    pub fn actor(&self) -> Result<&Actor, Refusal> {
        self.who()?.actor().ok_or(Refusal::Forbidden)
    }

    pub fn act(&self) -> Result<Act<'_>, Refusal> {
        Ok(Act { now: self.now, who: self.who()? })
    }

    /// One transaction in this person's name, as he stands when it begins: much may have been taken from him while his
    /// form was on its way. Errors: `Forbidden` for whoever is no longer signed in to the end.
    pub fn write<T>(&self, verb: impl FnOnce(&mut Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
        let token = self.token.as_deref().filter(|_| self.who.is_some()).ok_or(Refusal::Forbidden)?;
        self.web.store.write(|c| {
            let signed = session::at_door(c, token, self.from, self.now, &self.limits)?;
            let signed = signed.filter(|signed| signed.stage == Stage::Full).ok_or(Refusal::Forbidden)?;
            let who = Who::Person(signed.actor);
            verb(c, Act { now: self.now, who: &who })
        })
    }

    pub fn reading(&self) -> Result<Reading<'_>, Refusal> {
        self.web.reading(Lang::Vi, self.now)
    }

    /// A part of the path that is a number of ours. Errors: `Missing` for what is none.
    pub fn id(&self, name: &str) -> Result<i64, Refusal> {
        let part = self.part(name);
        let read = part.parse::<i64>().ok().filter(|id| *id > 0 && id.to_string() == part);
        read.ok_or(Refusal::Missing)
    }

    pub fn part(&self, name: &str) -> &str {
        self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, part)| part)
    }

    /// What every form of this session carries.
    pub fn mark(&self) -> String {
        self.token.as_deref().map(mark).unwrap_or_default()
    }

    /// The same visit once its session has a new token: as whom he has become by what he did.
    pub fn renewed(&self, token: &str) -> Result<Visit, Refusal> {
        let signed = session::at_door(&mut *self.web.store.read()?, token, self.from, self.now, &self.limits)?;
        Ok(Visit { token: Some(token.to_owned()), ..self.clone() }.of(signed))
    }

    fn of(mut self, signed: Option<Signed>) -> Visit {
        self.who = signed.as_ref().filter(|signed| signed.stage == Stage::Full).map(|signed| Who::Person(signed.actor.clone()));
        self.signed = signed;
        self
    }

    pub fn is_sent(&self) -> bool {
        !self.fields.is_empty()
    }

    /// What was sent; on a page that is only read, what was sent here before and held.
    pub fn typed(&self, c: &mut Conn) -> Result<Fields, Refusal> {
        if self.is_sent() {
            return Ok(self.fields.clone());
        }
        Ok(held::find(c, self.actor()?.id, &self.path)?.map(|held| Fields::held(&held)).unwrap_or_default())
    }

    /// Which state of what waits here its form shows.
    pub fn stood_on(&self, c: &mut Conn) -> Result<String, Refusal> {
        if self.is_sent() {
            return Ok(self.fields.text(held::STOOD_ON));
        }
        Ok(held::find(c, self.actor()?.id, &self.path)?.map(|held| held::stamp(&held)).unwrap_or_default())
    }

    /// Somebody sits before the page that asked by itself.
    pub fn is_attended(&self, c: &mut Conn) -> Result<(), Refusal> {
        self.signed.as_ref().map_or(Ok(()), |signed| session::seen(c, signed.session_id, self.now))
    }
}

/// Known to nobody who does not hold the session's token.
fn mark(token: &str) -> String {
    digest::sha256_of(&["form", token])[..32].to_owned()
}

/// Where somebody may be sent after he has signed in: to the desk and nowhere else.
pub fn own_path(path: &str) -> Option<&str> {
    let is_ours = path == DESK || path.strip_prefix(DESK).is_some_and(|rest| rest.starts_with(['/', '?']));
    let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') && !path.contains("//") && path.len() <= 500;
    // A browser reads `%2e` in a path as the dot it stands for.
    let dots = path.split('?').next().unwrap_or_default().to_lowercase().replace("%2e", ".");
    (is_ours && is_plain && !dots.split('/').any(|part| matches!(part, "." | ".."))).then_some(path)
}

/// Lets a visit in, has it answered, and sends the answer. Whatever it is, it is nobody else's to keep, find or hear of.
pub async fn open(web: Data<Web>, request: HttpRequest, payload: Payload, way: &Way, most: usize, handler: Handler) -> HttpResponse {
    let mut response = answered(web, request, payload, way, most, handler).await;
    let headers = response.headers_mut();
    for (name, value) in [(header::CACHE_CONTROL, "no-store"), (header::REFERRER_POLICY, "same-origin"), (ROBOTS, "noindex")] {
        headers.insert(name, header::HeaderValue::from_static(value));
    }
    response
}

const ROBOTS: header::HeaderName = header::HeaderName::from_static("x-robots-tag");

async fn answered(web: Data<Web>, request: HttpRequest, payload: Payload, way: &Way, most: usize, handler: Handler) -> HttpResponse {
    let kind = way.kind;
    let mut visit = match enter(&web, &request, way.by_itself).await {
        Ok(visit) => visit,
        Err(refusal) => return error::answer(&web, &request, &refusal).await,
    };
    let is_post = request.method() == Method::POST;
    let mut file_turn = None;
    if is_post {
        // Who may not enter is not listened to at length; he might, and his time ran out while he wrote.
        let is_known = visit.signed.is_some() || visit.was.is_some() || visit.is_ended;
        let most = if is_known { most } else { most.min(OF_STRANGERS) };
        let sender = visit.signed.as_ref().filter(|signed| signed.stage == Stage::Full).map(|signed| (signed.actor.id, visit.mark()));
        match listen(&web, &request, payload, way, most, sender).await {
            Ok(Heard { fields, file, turn }) => (visit.fields, visit.file, file_turn) = (fields, file, turn),
            Err((status, key)) => return error::page(&web, &request, status, key, None).await,
        }
        let needs_mark = visit.token.is_some() && kind != For::Anyone;
        if needs_mark && !crate::kit::secret::is_same(&visit.fields.text("mark"), &visit.mark()) {
            // He may have signed in anew beside this form, whose mark is that of the session before: nothing is done for it,
            // and what he typed stands there when he opens it again.
            let is_ours = request.headers().get("sec-fetch-site").is_some_and(|site| site == "same-origin");
            let typed = if is_ours { over::hold(&visit, &request).await } else { Typed::Nothing };
            let key = match typed {
                Typed::Nothing => "outdated",
                Typed::Held => "outdated-held",
                Typed::Lost => return lost(&visit, &request).await,
            };
            let back = over::back(&visit, &request).to_owned();
            return error::page(&web, &request, StatusCode::FORBIDDEN, key, Some(&back)).await;
        }
    }
    let stage = visit.signed.as_ref().map(|signed| signed.stage);
    let to = match (kind, stage) {
        (For::Anyone, _) | (For::Staff, Some(Stage::Full)) | (For::Enrolling, Some(Stage::Full | Stage::Enrol)) => None,
        (For::HalfSigned(asked), Some(stage)) if asked == stage => None,
        (For::HalfSigned(_), Some(Stage::Full)) => Some(DESK.to_owned()),
        (_, Some(Stage::SecondFactor)) => Some(SECOND_FACTOR.to_owned()),
        (_, Some(Stage::Enrol)) => Some(ENROL.to_owned()),
        (_, None) => Some(over::sign_in(&visit, &request)),
    };
    if let Some(to) = to {
        if is_post {
            match over::hold(&visit, &request).await {
                Typed::Lost => return lost(&visit, &request).await,
                // Nobody knows who sits there now, so nothing is kept; but the browser still has it.
                Typed::Nothing if visit.is_ended && over::is_typed(&visit, &request) => {
                    return error::page(&web, &request, StatusCode::FORBIDDEN, "session-ended", Some(SIGN_IN)).await;
                }
                _ => {}
            }
        }
        return send(&visit, &request, Outcome::To(to)).await;
    }
    let outcome = block(move || {
        let outcome = handler(&visit);
        visit.file = None;
        drop(file_turn);
        (visit, outcome)
    })
    .await;
    match outcome {
        Ok((visit, Ok(outcome))) => send(&visit, &request, outcome).await,
        Ok((visit, Err(refusal))) => {
            // What was written is not written twice, whatever was in the way: also where he was let in when he began,
            // and no longer is. What is to be mended comes back in its form.
            let comes_back = matches!(refusal, Refusal::Issues(_));
            let typed = if is_post && !comes_back { over::hold(&visit, &request).await } else { Typed::Nothing };
            if typed == Typed::Lost {
                return lost(&visit, &request).await;
            }
            refused(visit, &request, refusal, typed == Typed::Held).await
        }
        Err(cancelled) => error::answer(&web, &request, &Refusal::broken(cancelled)).await,
    }
}

/// Whoever typed is told so while his browser still has it.
async fn lost(visit: &Visit, request: &HttpRequest) -> HttpResponse {
    error::page(&visit.web, request, StatusCode::CONFLICT, "unheld", None).await
}

/// For a body that comes without a session: a name, a password, a way back.
const OF_STRANGERS: usize = 16 * 1024;

async fn enter(web: &Data<Web>, request: &HttpRequest, by_itself: bool) -> Result<Visit, Refusal> {
    let said = |name: header::HeaderName| request.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let is_post = request.method() == Method::POST;
    let mut visit = Visit {
        web: web.clone(),
        now: web.clock.now(),
        from: guard::client(request),
        agent: said(header::USER_AGENT).unwrap_or_default().chars().filter(|c| !c.is_control()).take(MOST_AGENT).collect(),
        path: request.path().to_owned(),
        query: Fields::read(request.query_string().as_bytes()).unwrap_or_default(),
        fields: Fields::default(),
        file: None,
        token: request.cookie(COOKIE).map(|cookie| cookie.value().to_owned()).filter(|token| token.len() <= 100),
        signed: None,
        limits: Limits::of(&Default::default()),
        was: None,
        is_ended: false,
        who: None,
        // A page that came by https sends its forms from there.
        is_secure: match said(header::ORIGIN) {
            Some(origin) => origin.starts_with("https://"),
            None => web.last_face().site.is_https(),
        },
        parts: request.match_info().iter().map(|(name, part)| (name.to_owned(), part.chars().take(MOST_PART).collect())).collect(),
    };
    block(move || {
        let mut reading = visit.reading()?;
        let limits = Limits::of(&reading.face.site.desk);
        let (mut signed, mut was, mut is_ended) = (None, None, false);
        if let Some(token) = &visit.token {
            signed = session::at_door(&mut reading.c, token, visit.from, visit.now, &limits)?;
            if signed.is_none() && is_post {
                was = session::expired_owner(&mut reading.c, token)?.map(|(person, _)| person);
                is_ended = was.is_none() && session::was_one(&mut reading.c, token)?;
            }
        }
        drop(reading);
        (visit.limits, visit.was, visit.is_ended) = (limits, was, is_ended);
        let visit = visit.of(signed);
        // A page that asks by itself keeps no session open before an empty chair.
        if let Some(signed) = visit.signed.as_ref().filter(|_| !by_itself) {
            let late = session::is_seen_late(&mut *visit.web.store.read()?, signed.session_id, visit.now)?;
            let noted = late.then(|| visit.web.store.write(|c| session::seen(c, signed.session_id, visit.now)));
            // While somebody writes for long, reading goes on; it is noted at the next step.
            if let Some(Err(refusal)) = noted {
                tracing::debug!("a session's last sight: {refusal}");
            }
        }
        Ok(visit)
    })
    .await
    .unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled)))
}

async fn refused(visit: Visit, request: &HttpRequest, refusal: Refusal, is_held: bool) -> HttpResponse {
    let web = visit.web.clone();
    // The page of a fault is the same for everybody.
    if matches!(refusal, Refusal::Trouble(_) | Refusal::Broken(_)) || visit.who.is_none() {
        return error::answer(&web, request, &refusal).await;
    }
    let page = block(move || {
        let page = frame::refused(&visit, &refusal, is_held);
        (visit, page)
    });
    match page.await {
        Ok((visit, Ok(answer))) => send(&visit, request, Outcome::page(answer)).await,
        Ok((_, Err(refusal))) => error::answer(&web, request, &refusal).await,
        Err(cancelled) => error::answer(&web, request, &Refusal::broken(cancelled)).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_leads_to_the_desk_and_nowhere_else() {
        for path in [DESK, "/ban-bien-tap/van-ban/12", "/ban-bien-tap/van-ban?trang-thai=draft"] {
            assert_eq!(own_path(path), Some(path));
        }
        for path in [
            "",
            "/",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example/ban-bien-tap",
            "/ban-bien-tapevil",
            "/ban-bien-tap//evil.example",
            "/ban-bien-tap/..//evil.example",
            "/ban-bien-tap/../trang",
            "/ban-bien-tap/%2e%2E/trang",
            "/ban-bien-tap/\r\nset-cookie:a",
            "javascript:alert(1)",
        ] {
            assert_eq!(own_path(path), None, "{path}");
        }
    }
}
