//! One's own account: password, second factor, the devices on which one is signed in, tokens for programs.

use serde::Serialize;

use super::door::{DESK, ENROL, Outcome, SIGN_IN, Visit, own_path};
use super::frame::{self, ME};
use super::told::{self, Choice, Told};
use crate::kit::qr;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Verb;
use crate::person::session::{self, Session, Signed, Stage};
use crate::person::{Act, Who, password, roll, second, token};
use crate::phrase;
use crate::web::answer::Reading;

pub const PASSWORD: &str = "/ban-bien-tap/toi/mat-khau";
pub const CODES: &str = "/ban-bien-tap/toi/ma-du-phong";
pub const REMOVE: &str = "/ban-bien-tap/toi/tat-xac-thuc";
pub const SESSIONS: &str = "/ban-bien-tap/toi/phien";
pub const SESSION: &str = "/ban-bien-tap/toi/phien/{session}";
pub const TOKENS: &str = "/ban-bien-tap/toi/ma-truy-cap";
pub const TOKEN: &str = "/ban-bien-tap/toi/ma-truy-cap/{token}";
const DAYS: [i64; 4] = [30, 90, 180, 366];

#[derive(Serialize)]
pub struct Device {
    id: i64,
    name: String,
    address: String,
    began: String,
    seen: String,
    here: bool,
}

/// What a browser calls itself, as people call it; the order matters, for each claims to be its forebears.
pub fn device(reading: &Reading, session: &Session, own: Option<i64>) -> Device {
    let agent = session.agent.as_str();
    let find = |known: &[(&'static str, &'static str)]| known.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = find(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("coc_coc", "Cốc Cốc"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    let name = match (browser, system) {
        (Some(browser), Some(system)) => reading.say(&phrase!("me-device", browser = browser, system = system)),
        _ => reading.word("me-device-unknown"),
    };
    Device {
        id: session.id,
        name,
        address: session.address.clone(),
        began: told::at(reading, session.created_at),
        seen: told::at(reading, session.seen_at),
        here: own == Some(session.id),
    }
}

#[derive(Serialize)]
struct HeldToken {
    id: i64,
    name: String,
    scope: Vec<String>,
    created: String,
    used: String,
    ends: String,
}

#[derive(Serialize)]
struct Scope {
    value: &'static str,
    name: String,
    ticked: bool,
}

#[derive(Serialize)]
struct Parts {
    name: String,
    login: String,
    roles: Vec<String>,
    has_second: bool,
    second_needed: bool,
    codes_left: String,
    devices: Vec<Device>,
    tokens: Vec<HeldToken>,
    scopes: Vec<Scope>,
    days: Vec<Choice>,
    token_name: String,
    least: usize,
    issues: Vec<Told>,
    wrong: std::collections::BTreeMap<String, String>,
}

fn signed(visit: &Visit) -> Result<&Signed, Refusal> {
    visit.signed.as_ref().ok_or(Refusal::Forbidden)
}

/// In one's own name, also before the second factor is set up.
fn act_of<T>(visit: &Visit, verb: impl FnOnce(&mut crate::store::Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
    let token = visit.token.as_deref().ok_or(Refusal::Forbidden)?;
    visit.web.store.write(|c| {
        // As he stands now: much may have been taken from him while his form was on its way.
        let signed = session::at_door(c, token, visit.from, visit.now, &visit.limits)?;
        let signed = signed.filter(|signed| signed.stage != Stage::SecondFactor).ok_or(Refusal::Forbidden)?;
        let who = Who::Person(signed.actor);
        verb(c, Act { now: visit.now, who: &who })
    })
}

pub fn me(visit: &Visit) -> Result<Outcome, Refusal> {
    shown(visit, &[])
}

fn shown(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let signed = signed(visit)?;
    let limits = visit.limits.clone();
    let mut reading = visit.reading()?;
    let person = roll::with_id(&mut reading.c, signed.actor.id)?;
    let sessions = session::open(&mut reading.c, person.id, visit.now, &limits)?;
    let tokens = token::open(&mut reading.c, person.id, visit.now)?;
    let left = second::codes_left(&mut reading.c, person.id)?;
    let roles = super::people::roles(&mut reading, &signed.actor.grants)?;
    let issues = told::issues(&reading, issues);
    let mut wrong: std::collections::BTreeMap<String, String> =
        ["old", "password", "again", "code", "token_name", "scope", "days", "token_password"]
            .into_iter()
            .map(|field| (field.to_owned(), String::new()))
            .collect();
    wrong.extend(told::by_field(&issues));
    let tokens = tokens.iter().map(|token| HeldToken {
        id: token.id,
        name: token.name.clone(),
        scope: token.scope().into_iter().map(|verb| reading.say(&verb.said())).collect(),
        created: told::at(&reading, token.created_at),
        used: token.last_used_at.map(|at| told::at(&reading, at)).unwrap_or_default(),
        ends: told::at(&reading, token.ends_at),
    });
    let ticked = |verb: Verb| visit.fields.all("scope").any(|name| name == verb.name());
    let days = visit.fields.text("days");
    let chosen = if days.is_empty() { "90" } else { &days };
    let parts = Parts {
        name: person.name.clone(),
        login: person.login.clone(),
        roles,
        has_second: person.has_second_factor(),
        second_needed: limits.needs_second_factor(&signed.actor),
        codes_left: reading.web.words.counted(reading.lang, "me-codes-left", usize::try_from(left).unwrap_or_default()),
        devices: sessions.iter().map(|session| device(&reading, session, Some(signed.session_id))).collect(),
        tokens: tokens.collect(),
        scopes: token::SCOPE
            .into_iter()
            .filter(|verb| signed.actor.may_somewhere(*verb))
            .map(|verb| Scope { value: verb.name(), name: reading.say(&verb.said()), ticked: ticked(verb) })
            .collect(),
        days: DAYS
            .into_iter()
            .map(|days| Choice::new(days.to_string(), reading.web.words.counted(reading.lang, "me-token-days", days as usize), chosen))
            .collect(),
        token_name: visit.fields.line("token_name"),
        least: password::LEAST,
        issues,
        wrong,
    };
    let title = reading.word("desk-me");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/me.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/me.html", &title, &parts)
    }
}

fn mended(visit: &Visit, refusal: Refusal) -> Result<Outcome, Refusal> {
    match refusal {
        Refusal::Issues(issues) => shown(visit, &issues),
        refusal => Err(refusal),
    }
}

pub fn password(visit: &Visit) -> Result<Outcome, Refusal> {
    let (old, new) = (visit.fields.text("old"), visit.fields.text("password"));
    if new != visit.fields.text("again") {
        return shown(visit, &[Issue { file: "again".to_owned(), line: 0, phrase: phrase!("password-differs") }]);
    }
    let site = visit.reading()?.face.site.name.clone();
    let session = signed(visit)?.session_id;
    let changed = password::prepare(&visit.web.store, visit.act()?, &old, &new, &site)
        .and_then(|change| visit.write(|c, act| password::change(c, act, session, &change)));
    match changed {
        Ok(token) => Ok(Outcome::Entered { token, to: format!("{ME}?da=password-changed") }),
        Err(refusal) => mended(visit, refusal),
    }
}

#[derive(Serialize)]
struct Enrol {
    secret: String,
    /// In groups of four, as people type it.
    spaced: String,
    code: Option<qr::Code>,
    needed: bool,
    back: String,
    issues: Vec<Told>,
    issue: String,
}

/// After enrolling, where he was going.
fn back(visit: &Visit) -> String {
    let asked = if visit.is_sent() { visit.fields.text("sau") } else { visit.query.text("sau") };
    own_path(&asked).filter(|path| *path != ENROL && *path != SIGN_IN).unwrap_or_default().to_owned()
}

pub fn enrol_page(visit: &Visit) -> Result<Outcome, Refusal> {
    let signed = signed(visit)?;
    let site = visit.reading()?.face.site.name.clone();
    offered(visit, second::offer(&signed.actor.login, &site)?, &[])
}

fn offered(visit: &Visit, offer: second::Offer, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let signed = signed(visit)?;
    let mut reading = visit.reading()?;
    if roll::with_id(&mut reading.c, signed.actor.id)?.has_second_factor() {
        return Ok(Outcome::To(ME.to_owned()));
    }
    let issues = told::issues(&reading, issues);
    let letters: Vec<char> = offer.secret.chars().collect();
    let parts = Enrol {
        spaced: letters.chunks(4).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join(" "),
        code: qr::code(&offer.address),
        secret: offer.secret,
        needed: visit.limits.needs_second_factor(&signed.actor),
        back: back(visit),
        issue: told::by_field(&issues).remove("code").unwrap_or_default(),
        issues,
    };
    let title = reading.word("enrol-title");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/enrol.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/enrol.html", &title, &parts)
    }
}

pub fn enrol(visit: &Visit) -> Result<Outcome, Refusal> {
    let (secret, typed) = (visit.fields.text("secret"), visit.fields.text("code"));
    let session = signed(visit)?.session_id;
    match act_of(visit, |c, act| second::enrol(c, act, session, &secret, &typed)) {
        Ok(renewed) => codes_shown(visit, renewed, true),
        Err(Refusal::Issues(issues)) => {
            let site = visit.reading()?.face.site.name.clone();
            let login = &signed(visit)?.actor.login;
            // The secret that the phone has learnt, so long as it is one.
            let offer = second::offer_again(&secret, login, &site).or_else(|_| second::offer(login, &site))?;
            offered(visit, offer, &issues)
        }
        Err(refusal) => Err(refusal),
    }
}

#[derive(Serialize)]
struct Codes {
    /// The second factor is new; else only the codes are.
    enrolled: bool,
    codes: Vec<String>,
    to: String,
}

/// Once, and as whom he has become: the forms of this page bear the new token's mark.
fn codes_shown(visit: &Visit, renewed: second::Renewed, enrolled: bool) -> Result<Outcome, Refusal> {
    let token = renewed.token;
    let visit = visit.renewed(&token)?;
    let mut reading = visit.reading()?;
    let back = back(&visit);
    let parts = Codes { enrolled, codes: renewed.codes, to: if back.is_empty() { DESK.to_owned() } else { back } };
    let title = reading.word("codes-title");
    let answer = frame::page(&visit, &mut reading, "desk/codes.html", title, &parts)?;
    Ok(Outcome::EnteredPage { token, answer: Box::new(answer) })
}

/// What needs a code: the attempt counts, also when it is wrong.
fn proven<T>(visit: &Visit, verb: impl FnOnce(&mut crate::store::Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
    visit.write(second::knock)?;
    visit.write(verb)
}

pub fn codes(visit: &Visit) -> Result<Outcome, Refusal> {
    let (typed, session) = (visit.fields.text("code"), signed(visit)?.session_id);
    match proven(visit, |c, act| second::renew_codes(c, act, session, &typed)) {
        Ok(renewed) => codes_shown(visit, renewed, false),
        Err(refusal) => mended(visit, refusal),
    }
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let (typed, session) = (visit.fields.text("code"), signed(visit)?.session_id);
    let needed = visit.limits.second_factor.clone();
    match proven(visit, |c, act| second::remove(c, act, session, &typed, &needed)) {
        Ok(token) => Ok(Outcome::Entered { token, to: format!("{ME}?da=person-changed") }),
        Err(refusal) => mended(visit, refusal),
    }
}

pub fn end_sessions(visit: &Visit) -> Result<Outcome, Refusal> {
    let session = signed(visit)?.session_id;
    let token = visit.write(|c, act| session::revoke_others_of_mine(c, act, session))?;
    Ok(Outcome::Entered { token, to: format!("{ME}?da=session-ended") })
}

pub fn end_session(visit: &Visit) -> Result<Outcome, Refusal> {
    let (signed, session) = (signed(visit)?, visit.id("session")?);
    visit.write(|c, act| session::revoke(c, act, &signed.actor.login, session))?;
    if session == signed.session_id {
        return Ok(Outcome::Left { to: format!("{SIGN_IN}?da=signed-out") });
    }
    Ok(Outcome::To(format!("{ME}?da=session-ended")))
}

#[derive(Serialize)]
struct NewToken {
    token: String,
}

pub fn new_token(visit: &Visit) -> Result<Outcome, Refusal> {
    let scope: Vec<Verb> = visit.fields.all("scope").filter_map(Verb::named).collect();
    let (name, days) = (visit.fields.line("token_name"), visit.fields.number("days").unwrap_or_default());
    let asked = token::Asked { name: &name, scope: &scope, days };
    let session = signed(visit)?.session_id;
    let made = visit
        .write(|c, act| token::judge(c, act, &asked))
        .and_then(|_| password::prove(&visit.web.store, visit.act()?, "token_password", &visit.fields.text("token_password")))
        .and_then(|proven| visit.write(|c, act| token::create_proven(c, act, session, &proven, &asked)));
    match made {
        Ok((token, renewed)) => {
            let visit = visit.renewed(&renewed)?;
            let mut reading = visit.reading()?;
            let title = reading.word("token-title");
            let answer = frame::page(&visit, &mut reading, "desk/token.html", title, &NewToken { token })?;
            Ok(Outcome::EnteredPage { token: renewed, answer: Box::new(answer) })
        }
        Err(refusal) => mended(visit, refusal),
    }
}

pub fn end_token(visit: &Visit) -> Result<Outcome, Refusal> {
    let (login, token) = (&signed(visit)?.actor.login, visit.id("token")?);
    visit.write(|c, act| token::revoke(c, act, login, token))?;
    Ok(Outcome::To(format!("{ME}?da=token-ended")))
}
