//! A report before its hour, for a person on its list, by his own link: the page and its files, under whose name and until when. Each
//! opening is noted; nothing of it lies at any other address.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame;
use super::preview::{made, own_figures, own_file};
use super::told;
use crate::edition::Kind;
use crate::kit::markdown::escaped;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::report::early::{self, Lent};
use crate::web::answer::Reading;

pub const AT: &str = "/ban-bien-tap/xem-som";
pub const PAGE: &str = "/ban-bien-tap/xem-som/{secret}";
pub const ALONE: &str = "/ban-bien-tap/xem-som/{secret}/trang";
pub const FIGURES: &str = "/ban-bien-tap/xem-som/{secret}/so-lieu.{ending}";
pub const FILE: &str = "/ban-bien-tap/xem-som/{secret}/tep/{name:.*}";

fn lent(visit: &Visit, reading: &mut Reading) -> Result<Lent, Refusal> {
    early::lent(&mut reading.c, visit.part("secret"), visit.now)
}

/// In a transaction of its own: whoever reads holds nobody up.
fn note(visit: &Visit, what: &str) -> Result<(), Refusal> {
    visit.web.store.write(|c| early::opened(c, visit.part("secret"), what, visit.now))
}

/// `Cấm công bố trước 08:00 12/01/2027. Chỉ dành cho …`
fn banner(reading: &Reading, lent: &Lent) -> String {
    let until = told::at(reading, lent.text.edition.starts_at);
    reading.say(&phrase!("early-banner", until = until, name = lent.early.told()))
}

#[derive(Serialize)]
struct Parts {
    banner: String,
    title: String,
    frame: String,
}

pub fn page(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let lent = lent(visit, &mut reading)?;
    if lent.is_out {
        return Ok(Outcome::To(Kind::Report.path(&lent.text.slug)));
    }
    let title = lent.text.revision.title.clone();
    let frame = format!("{AT}/{}/trang", visit.part("secret"));
    let parts = Parts { banner: banner(&reading, &lent), title: title.clone(), frame };
    frame::shown(visit, &mut reading, "desk/early.html", &title, &parts)
}

/// The page itself, which says on paper too whom it is for.
pub fn alone(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let lent = lent(visit, &mut reading)?;
    if lent.is_out {
        return Ok(Outcome::To(Kind::Report.path(&lent.text.slug)));
    }
    let own = format!("{AT}/{}", visit.part("secret"));
    let mut answer = made(&mut reading, &lent.text, &format!("{own}/tep"), &format!("{own}/so-lieu"))?;
    let html = String::from_utf8(answer.body.to_vec()).map_err(Refusal::broken)?;
    let banner = format!("<aside class=\"embargo\">{}</aside>\n<main", escaped(&banner(&reading, &lent)));
    answer.body = html.replacen("<main", &banner, 1).into();
    drop(reading);
    note(visit, "page")?;
    Ok(Outcome::page(answer))
}

pub fn figures(visit: &Visit) -> Result<Outcome, Refusal> {
    let ending = visit.part("ending");
    let mut reading = visit.reading()?;
    let lent = lent(visit, &mut reading)?;
    if lent.is_out {
        return Ok(Outcome::To(format!("{}.{ending}", Kind::Report.path(&lent.text.slug))));
    }
    let outcome = own_figures(visit, &mut reading, &lent.text)?;
    drop(reading);
    note(visit, ending)?;
    Ok(outcome)
}

pub fn file(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let lent = lent(visit, &mut reading)?;
    own_file(visit, &mut reading, &lent.text)
}
