//! A visit whose session is over, or never was: the way to sign in and back, and what was typed meanwhile.

use actix_web::HttpRequest;
use actix_web::web::block;

use super::door::{DESK, SIGN_IN, Visit, own_path};
use super::frame::TEXTS;
use super::ways::WAYS;
use crate::approval::held;
use crate::kit::digest;
use crate::kit::refusal::Refusal;

/// With the way back to the page that was asked for.
pub fn sign_in(visit: &Visit, request: &HttpRequest) -> String {
    let back = own_path(back(visit, request)).filter(|path| *path != DESK);
    back.map_or(SIGN_IN.to_owned(), |path| format!("{SIGN_IN}?sau={path}"))
}

/// A form's own page, where a form was sent, or its text's.
pub fn back<'v>(visit: &'v Visit, request: &HttpRequest) -> &'v str {
    let pattern = request.match_pattern().unwrap_or_default();
    match visit.path.rsplit_once('/') {
        _ if is_read(&pattern) => visit.path.as_str(),
        Some((text, _)) if pattern.starts_with(TEXTS) => text,
        _ => DESK,
    }
}

/// What became of what was sent and not done.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    Nothing,
    Held,
    /// Only the browser still has it.
    Lost,
}

/// What was typed is kept for whose session is over, and for nobody else; and of forms about texts only: others ask for
/// passwords and codes, which are kept nowhere.
pub async fn hold(visit: &Visit, request: &HttpRequest) -> Typed {
    let signed = visit.signed.as_ref().map(|signed| signed.actor.id);
    let Some(person) = visit.was.or(signed).filter(|_| is_typed(visit, request)) else {
        return Typed::Nothing;
    };
    // A page goes on keeping what is typed there, and each time says a little more of the same.
    let (address, typing) = match visit.path.strip_suffix("/giu") {
        Some(text) => (format!("{text}/sua"), Some(digest::sha256_of(&["typing", &visit.fields.text("mark")])[..8].to_owned())),
        None => (visit.path.clone(), None),
    };
    let (web, text, now) = (visit.web.clone(), visit.fields.encoded(), visit.now);
    let kept = block(move || web.store.write(|c| held::hold_over(c, person, &address, &text, typing.as_deref(), now)));
    match kept.await.unwrap_or_else(|cancelled| Err(Refusal::broken(cancelled))) {
        Ok(()) => Typed::Held,
        Err(refusal) => {
            tracing::error!("what was typed could not be kept: {refusal}");
            Typed::Lost
        }
    }
}

/// Whether something was typed into a form about a text.
pub fn is_typed(visit: &Visit, request: &HttpRequest) -> bool {
    shows_again(request) && visit.fields.has_other_than(&held::GIVEN)
}

/// Whether the page of a form about a text can be opened again with what was typed.
fn shows_again(request: &HttpRequest) -> bool {
    let pattern = request.match_pattern().unwrap_or_default();
    pattern.starts_with(TEXTS) && (pattern.ends_with("/giu") || is_read(&pattern))
}

fn is_read(pattern: &str) -> bool {
    WAYS.iter().any(|way| way.path == pattern && way.read.is_some())
}
