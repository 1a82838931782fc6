//! What stands around every page of the desk: the ways, what waits, who is signed in, and what was just done.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::http::header::HeaderValue;
use serde::Serialize;

use super::door::{DESK, Outcome, Visit};
use crate::board::alarms;
use crate::edition::find_desk;
use crate::kit::refusal::Refusal;
use crate::person::Actor;
use crate::person::access::Verb;
use crate::store::Conn;
use crate::web::answer::{Answer, Reading};
use crate::web::view::{Link, Page};

pub const TEXTS: &str = "/ban-bien-tap/van-ban";
pub const QUEUE: &str = "/ban-bien-tap/cho-xu-ly";
pub const CALENDAR: &str = "/ban-bien-tap/lich";
pub const PEOPLE: &str = "/ban-bien-tap/nguoi";
pub const UNITS: &str = "/ban-bien-tap/don-vi";
pub const PLACES: &str = "/ban-bien-tap/noi-niem-yet";
pub const LOG: &str = "/ban-bien-tap/nhat-ky";
pub const KINDS: &str = "/ban-bien-tap/loai-niem-yet";
pub const COMING: &str = "/ban-bien-tap/gui-ve";
pub const COVERAGE: &str = "/ban-bien-tap/do-phu";
pub const PLANS: &str = "/ban-bien-tap/ke-hoach";
pub const RELEASES: &str = "/ban-bien-tap/lich-so-lieu";
pub const GROUPS: &str = "/ban-bien-tap/nhom-don-vi";
pub const INDICATORS: &str = "/ban-bien-tap/chi-tieu";
pub const HOLIDAYS: &str = "/ban-bien-tap/ngay-nghi";
pub const BOARDS: &str = "/ban-bien-tap/bang-dien-tu";
pub const WEBHOOKS: &str = "/ban-bien-tap/bao-may-khac";
pub const SETTINGS: &str = "/ban-bien-tap/cai-dat";
pub const ME: &str = "/ban-bien-tap/toi";

/// The desk's ways, each with its word and with what one must be allowed somewhere to be shown it.
const WAYS: [(&str, &str, Verb); 19] = [
    ("desk-way-mine", DESK, Verb::Look),
    ("desk-way-queue", QUEUE, Verb::Look),
    ("desk-way-texts", TEXTS, Verb::Look),
    ("desk-way-coming", COMING, Verb::Publish),
    ("desk-way-coverage", COVERAGE, Verb::Publish),
    ("desk-way-plans", PLANS, Verb::Publish),
    ("desk-way-releases", RELEASES, Verb::Write),
    ("desk-way-calendar", CALENDAR, Verb::Look),
    ("desk-way-people", PEOPLE, Verb::KeepPeople),
    ("desk-way-units", UNITS, Verb::Look),
    ("desk-way-places", PLACES, Verb::KeepPlaces),
    ("desk-way-boards", BOARDS, Verb::KeepPlaces),
    ("desk-way-webhooks", WEBHOOKS, Verb::Publish),
    ("desk-way-log", LOG, Verb::ReadLog),
    ("desk-way-kinds", KINDS, Verb::KeepSite),
    ("desk-way-groups", GROUPS, Verb::KeepSite),
    ("desk-way-holidays", HOLIDAYS, Verb::KeepSite),
    ("desk-way-indicators", INDICATORS, Verb::KeepSite),
    ("desk-way-settings", SETTINGS, Verb::KeepSite),
];

/// Of these whoever keeps places sees what he has to do.
const HUNG: [&str; 3] = [COMING, COVERAGE, PLANS];

#[derive(Serialize)]
struct Way {
    name: String,
    path: &'static str,
    here: bool,
    /// How much waits there; 0 is not shown.
    count: usize,
}

#[derive(Serialize)]
struct Frame {
    /// Empty for whoever is not signed in.
    name: String,
    login: String,
    mark: String,
    ways: Vec<Way>,
    done: String,
    /// The document whose last act may still be undone.
    undo: Option<Undo>,
}

#[derive(Serialize)]
struct Undo {
    path: String,
}

#[derive(Serialize)]
struct Framed<'p, T> {
    desk: Frame,
    #[serde(flatten)]
    parts: &'p T,
}

/// What was just done, as the address of the next page says it: only these are said.
const DONE: [&str; 53] = [
    "intake-dropped",
    "figures-kept",
    "reasons-kept",
    "draft-there",
    "files-kept",
    "file-added",
    "picture-kept",
    "recounted",
    "saved",
    "two-versions",
    "submitted",
    "taken-back",
    "sent-back",
    "approved",
    "published",
    "scheduled",
    "urged",
    "confirmed",
    "withdrawn",
    "undone",
    "discarded",
    "restored",
    "rescheduled",
    "unscheduled",
    "shared",
    "unshared",
    "signed-out",
    "person-added",
    "person-changed",
    "link-void",
    "password-by-link",
    "password-changed",
    "session-ended",
    "settings-kept",
    "token-ended",
    "forgotten",
    "bulk",
    "place-added",
    "place-code",
    "placement-noted",
    "placement-struck",
    "plan-kept",
    "early-ended",
    "release-announced",
    "release-changed",
    "board-paired",
    "board-unpaired",
    "webhook-added",
    "webhook-again",
    "webhook-paused",
    "webhook-removed",
    "webhook-resumed",
    "webhook-tried",
];

/// A page of the desk, made in this reading.
pub fn page<T: Serialize>(
    visit: &Visit,
    reading: &mut Reading,
    template: &str,
    title: impl Into<String>,
    parts: &T,
) -> Result<Answer, Refusal> {
    let mut page = Page { kind: "desk", title: title.into(), path: visit.path.clone(), noindex: true, ..Page::default() };
    if visit.path != DESK && visit.who().is_ok() {
        page.crumbs = vec![Link::new(reading.word("desk-name"), DESK)];
    }
    let desk = frame(visit, reading)?;
    let mut answer = reading.html(template, &page, &Framed { desk, parts })?;
    // A preview is a page of ours inside a page of ours.
    let policy = answer.policy.as_ref().and_then(|policy| policy.to_str().ok()).map(|policy| format!("{policy}; frame-src 'self'"));
    answer.policy = policy.and_then(|policy| HeaderValue::from_str(&policy).ok());
    Ok(answer)
}

/// The same, as an outcome; with a reading of its own.
pub fn shown<T: Serialize>(visit: &Visit, reading: &mut Reading, template: &str, title: &str, parts: &T) -> Result<Outcome, Refusal> {
    Ok(Outcome::page(page(visit, reading, template, title, parts)?))
}

/// A form that has to be mended.
pub fn again<T: Serialize>(visit: &Visit, reading: &mut Reading, template: &str, title: &str, parts: &T) -> Result<Outcome, Refusal> {
    let mut answer = page(visit, reading, template, title, parts)?;
    answer.status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(Outcome::page(answer))
}

fn frame(visit: &Visit, reading: &mut Reading) -> Result<Frame, Refusal> {
    let done = visit.query.text("da");
    let done = if DONE.contains(&done.as_str()) { reading.word(&format!("desk-done-{done}")) } else { String::new() };
    let Ok(actor) = visit.actor() else {
        return Ok(Frame { name: String::new(), login: String::new(), mark: visit.mark(), ways: Vec::new(), done, undo: None });
    };
    let waiting = waiting(&mut reading.c, actor)?;
    let alarms = alarms::told_within(&mut reading.c, actor, Verb::KeepPlaces)?;
    let wanting = alarms.iter().map(|(_, alarm)| alarm.board_id).collect::<BTreeSet<_>>().len();
    // The site and its rules are one for the whole portal.
    let keeps_site = actor.may(&mut reading.c, Verb::KeepSite, None)?;
    let may = |verb: Verb| if verb == Verb::KeepSite { keeps_site } else { actor.may_somewhere(verb) };
    // Whoever publishes answers for what comes and for what is due; whoever keeps the places hangs it.
    let hangs = may(Verb::KeepPlaces);
    let shows = |path: &str, verb: Verb| {
        may(verb) || (hangs && HUNG.contains(&path)) || (keeps_site && path == WEBHOOKS) || (path == RELEASES && may(Verb::Publish))
    };
    let ways = WAYS.into_iter().filter(|(_, path, verb)| shows(path, *verb)).map(|(word, path, _)| Way {
        name: reading.word(word),
        path,
        here: way_of(&visit.path)
            .map_or_else(|| visit.path == path || (path != DESK && visit.path.starts_with(&format!("{path}/"))), |way| way == path),
        count: match path {
            QUEUE => waiting,
            BOARDS => wanting,
            _ => 0,
        },
    });
    let undo = visit.query.number("hoan-tac").filter(|_| !done.is_empty()).map(|id| Undo { path: format!("{TEXTS}/{id}/hoan-tac") });
    Ok(Frame { name: actor.name.clone(), login: actor.login.clone(), mark: visit.mark(), ways: ways.collect(), done, undo })
}

/// The way of a page whose address stands below another's: a unit's places.
fn way_of(path: &str) -> Option<&'static str> {
    let of_unit = path.strip_prefix(UNITS)?;
    let below = |way: &'static str| of_unit.ends_with(way.trim_start_matches(DESK)).then_some(way);
    below(PLACES).or_else(|| below(WEBHOOKS)).or_else(|| below(BOARDS))
}

/// How much waits for somebody.
pub fn waiting(c: &mut Conn, actor: &Actor) -> Result<usize, Refusal> {
    let (review, publish, confirm) = (actor.reach(c, Verb::Review)?, actor.reach(c, Verb::Publish)?, actor.reach(c, Verb::Confirm)?);
    let urgent = find_desk::unconfirmed(c, &confirm, &actor.login)?.len();
    Ok(find_desk::queue_count(c, &review, &publish, &actor.login)? + urgent)
}

#[derive(Serialize)]
struct Refused {
    title: String,
    text: String,
    reasons: Vec<String>,
    /// The page from which this was asked; empty where there is none.
    back: String,
    is_held: bool,
}

/// The page of a text or a person, above what is done to it.
fn above(path: &str) -> String {
    let of = |list: &str| path.strip_prefix(list)?.strip_prefix('/')?.split_once('/').map(|(one, _)| format!("{list}/{one}"));
    let account = path.strip_prefix(ME).filter(|rest| rest.starts_with('/')).map(|_| ME.to_owned());
    of(TEXTS).or_else(|| of(PEOPLE)).or(account).unwrap_or_default()
}

/// Why something was not done, inside the desk, with the way back.
/// `is_held`: what was typed waits for him.
pub fn refused(visit: &Visit, refusal: &Refusal, is_held: bool) -> Result<Answer, Refusal> {
    let mut reading = visit.reading()?;
    let (status, key) = match refusal {
        Refusal::Missing => (StatusCode::NOT_FOUND, "missing"),
        Refusal::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::Stale => (StatusCode::CONFLICT, "stale"),
        Refusal::WrongState(_) => (StatusCode::CONFLICT, "state"),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, "issues"),
    };
    let reasons = match refusal {
        Refusal::WrongState(phrase) => vec![reading.say(phrase)],
        Refusal::Issues(issues) => issues.iter().map(|issue| reading.say(&issue.phrase)).collect(),
        _ => Vec::new(),
    };
    // Of what one may not see nothing leads to anything.
    let back = if matches!(refusal, Refusal::Missing | Refusal::Forbidden) { String::new() } else { above(&visit.path) };
    let title = reading.word(&format!("desk-refused-{key}"));
    let parts = Refused { title: title.clone(), text: reading.word(&format!("desk-refused-{key}-text")), reasons, back, is_held };
    let mut answer = page(visit, &mut reading, "desk/refused.html", title, &parts)?;
    answer.status = status;
    Ok(answer)
}
