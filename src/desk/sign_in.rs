//! How somebody comes in and goes: his password, his second factor, a one-time link. Whatever is wrong at the first
//! page, it says the same.

use serde::Serialize;

use super::door::{DESK, Outcome, SECOND_FACTOR, SIGN_IN, Visit, own_path};
use super::frame;
use super::told::{self, Told};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Phrase;
use crate::person::session::{self, Stage};
use crate::person::{Act, Who, link, password, sign_in, throttle};
use crate::phrase;

pub const LINK: &str = "/ban-bien-tap/lien-ket";
pub const SIGN_OUT: &str = "/ban-bien-tap/dang-xuat";

#[derive(Serialize)]
struct SignIn {
    login: String,
    back: String,
    issues: Vec<Told>,
}

/// Where he wanted to go, if that is ours.
fn back(visit: &Visit) -> String {
    let asked = if visit.is_sent() { visit.fields.text("sau") } else { visit.query.text("sau") };
    own_path(&asked).filter(|path| *path != SIGN_IN).unwrap_or_default().to_owned()
}

/// To the next thing that is asked of him, with the way back.
fn onward(stage: Stage, back: &str) -> String {
    let to = match stage {
        Stage::SecondFactor => SECOND_FACTOR,
        Stage::Enrol => super::door::ENROL,
        Stage::Full if back.is_empty() => DESK,
        Stage::Full => return back.to_owned(),
    };
    if back.is_empty() { to.to_owned() } else { with_back(to, back) }
}

fn with_back(to: &str, back: &str) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("sau", back).finish();
    format!("{to}?{query}")
}

pub fn page(visit: &Visit) -> Result<Outcome, Refusal> {
    if let Some(signed) = &visit.signed {
        return Ok(Outcome::To(onward(signed.stage, &back(visit))));
    }
    let mut reading = visit.reading()?;
    let parts = SignIn { login: String::new(), back: back(visit), issues: Vec::new() };
    let title = reading.word("sign-in-title");
    frame::shown(visit, &mut reading, "desk/sign_in.html", &title, &parts)
}

pub fn enter(visit: &Visit) -> Result<Outcome, Refusal> {
    let given = sign_in::Given {
        login: &visit.fields.text("login"),
        password: &visit.fields.text("password"),
        from: visit.from,
        agent: &visit.agent,
    };
    let wrong = match sign_in::sign_in(&visit.web.store, visit.now, &visit.limits, &given)? {
        sign_in::Outcome::In(entered) => {
            // Whoever sat here before is not left signed in behind the new one.
            if let Some(signed) = &visit.signed {
                visit.web.store.write(|c| {
                    let who = Who::Person(signed.actor.clone());
                    session::sign_out(c, Act { now: visit.now, who: &who }, signed.session_id)
                })?;
            }
            return Ok(Outcome::Entered { token: entered.token, to: onward(entered.signed.stage, &back(visit)) });
        }
        sign_in::Outcome::Wrong => phrase!("sign-in-wrong"),
        sign_in::Outcome::Wait(seconds) => throttle::said(seconds),
    };
    let mut reading = visit.reading()?;
    let issues = told::issues(&reading, &[at("login", wrong)]);
    let login: String = visit.fields.line("login").chars().take(60).collect();
    let parts = SignIn { login, back: back(visit), issues };
    let title = reading.word("sign-in-title");
    frame::again(visit, &mut reading, "desk/sign_in.html", &title, &parts)
}

fn at(field: &str, phrase: Phrase) -> Issue {
    Issue { file: field.to_owned(), line: 0, phrase }
}

#[derive(Serialize)]
struct Second {
    back: String,
    name: String,
    issues: Vec<Told>,
}

pub fn second_page(visit: &Visit) -> Result<Outcome, Refusal> {
    let signed = visit.signed.as_ref().ok_or(Refusal::Missing)?;
    let mut reading = visit.reading()?;
    let parts = Second { back: back(visit), name: signed.actor.name.clone(), issues: Vec::new() };
    let title = reading.word("second-title");
    frame::shown(visit, &mut reading, "desk/second.html", &title, &parts)
}

pub fn second(visit: &Visit) -> Result<Outcome, Refusal> {
    let signed = visit.signed.as_ref().ok_or(Refusal::Missing)?;
    let typed = visit.fields.text("code");
    let token = visit.token.as_deref().ok_or(Refusal::Missing)?;
    let wrong = match sign_in::second_factor(&visit.web.store, visit.now, &visit.limits, token, visit.from, &typed) {
        // It was ended while the code was on its way: from the beginning.
        Err(Refusal::Forbidden) => return Ok(Outcome::To(with_back(SIGN_IN, &back(visit)))),
        Err(refusal) => return Err(refusal),
        Ok(sign_in::Outcome::In(entered)) => {
            return Ok(Outcome::Entered { token: entered.token, to: onward(entered.signed.stage, &back(visit)) });
        }
        Ok(sign_in::Outcome::Wrong) => phrase!("second-wrong"),
        Ok(sign_in::Outcome::Wait(seconds)) => throttle::said(seconds),
    };
    let mut reading = visit.reading()?;
    let issues = told::issues(&reading, &[at("code", wrong)]);
    let parts = Second { back: back(visit), name: signed.actor.name.clone(), issues };
    let title = reading.word("second-title");
    frame::again(visit, &mut reading, "desk/second.html", &title, &parts)
}

/// A page of another site must not sign anybody out: this form needs the mark though its page is open to all.
pub fn leave(visit: &Visit) -> Result<Outcome, Refusal> {
    let Some(signed) = &visit.signed else { return Ok(Outcome::Left { to: SIGN_IN.to_owned() }) };
    if !crate::kit::secret::is_same(&visit.fields.text("mark"), &visit.mark()) {
        return Err(Refusal::Forbidden);
    }
    visit.web.store.write(|c| {
        let who = Who::Person(signed.actor.clone());
        session::sign_out(c, Act { now: visit.now, who: &who }, signed.session_id)
    })?;
    Ok(Outcome::Left { to: format!("{SIGN_IN}?da=signed-out") })
}

#[derive(Serialize)]
struct Followed {
    token: String,
    /// Nobody is here yet, so a login and a name are asked for.
    first: bool,
    login: String,
    name: String,
    least: usize,
    issues: Vec<Told>,
    login_issue: String,
    name_issue: String,
    password_issue: String,
}

pub fn link_page(visit: &Visit) -> Result<Outcome, Refusal> {
    linked(visit, &visit.query.text("ma"), &[])
}

pub fn follow(visit: &Visit) -> Result<Outcome, Refusal> {
    let token = visit.fields.text("ma");
    if visit.fields.text("password") != visit.fields.text("again") {
        return linked(visit, &token, &[at("again", phrase!("password-differs"))]);
    }
    let answer = link::Answer {
        token: &token,
        login: &visit.fields.line("login").to_lowercase(),
        name: &visit.fields.line("name"),
        password: &visit.fields.text("password"),
        from: visit.from,
        agent: &visit.agent,
    };
    let site = visit.reading()?.face.site.name.clone();
    match link::follow(&visit.web.store, visit.now, &visit.limits, &site, &answer) {
        Ok(entered) => Ok(Outcome::Entered { token: entered.token, to: onward(entered.signed.stage, "") }),
        Err(Refusal::Issues(issues)) => linked(visit, &token, &issues),
        Err(refusal) => Err(refusal),
    }
}

fn linked(visit: &Visit, token: &str, issues: &[Issue]) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (first, login, name) = match link::find(&mut reading.c, token, visit.now) {
        Ok(link::Bearer::First) => (true, visit.fields.line("login"), visit.fields.line("name")),
        Ok(link::Bearer::Person(person)) => (false, person.login.clone(), person.name.clone()),
        // Who holds a link that is no good is told so, and what to do.
        Err(Refusal::Missing) => {
            let title = reading.word("link-over");
            let answer = frame::page(visit, &mut reading, "desk/link_over.html", title, &())?;
            return Ok(Outcome::page(crate::web::answer::Answer { status: actix_web::http::StatusCode::NOT_FOUND, ..answer }));
        }
        Err(refusal) => return Err(refusal),
    };
    let issues = told::issues(&reading, issues);
    let wrong = told::by_field(&issues);
    let of = |field: &str| wrong.get(field).cloned().unwrap_or_default();
    let parts = Followed {
        token: token.to_owned(),
        first,
        login,
        name,
        least: password::LEAST,
        login_issue: of("login"),
        name_issue: of("name"),
        password_issue: of("password"),
        issues,
    };
    let title = reading.word(if first { "link-first-title" } else { "link-title" });
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/link.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/link.html", &title, &parts)
    }
}
