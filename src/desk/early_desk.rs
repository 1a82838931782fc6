//! Who may see a report before its hour: at the desk, for whoever publishes it. Links are made, shown once and ended, and it says who
//! opened what.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::early::AT;
use super::frame::{self, TEXTS};
use super::texts::{Head, head, name_of};
use super::told;
use crate::approval::{Text, current, scheduled};
use crate::edition::Kind;
use crate::edition::body::parse;
use crate::kit::refusal::Refusal;
use crate::kit::secret;
use crate::person::Act;
use crate::phrase;
use crate::report::Report;
use crate::report::early::{self, Link};
use crate::store::Conn;
use crate::web::answer::Reading;

pub const LIST: &str = "/ban-bien-tap/van-ban/{id}/xem-som";

#[derive(Serialize)]
struct Person {
    name: String,
    office: String,
    /// Whether there is a link that opens something now.
    has_link: bool,
    lines: Vec<String>,
}

#[derive(Serialize)]
struct Parts {
    text: Head,
    base_path: String,
    action: String,
    /// When everybody will see it; empty for what does not wait.
    until: String,
    people: Vec<Person>,
    /// Who is on its list no more.
    former: Vec<Person>,
}

/// What waits for its hour, else what is worked on or stands.
fn chosen(c: &mut Conn, act: Act, document: i64) -> Result<Text, Refusal> {
    let text = match scheduled(c, act, document) {
        Err(Refusal::Missing) => current(c, act, document)?,
        other => other?,
    };
    if text.kind == Kind::Report { Ok(text) } else { Err(Refusal::Missing) }
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let mut reading = visit.reading()?;
    let text = chosen(&mut reading.c, visit.act()?, document)?;
    let links = early::links(&mut reading.c, visit.act()?, &text)?;
    let is_waiting = early::is_waiting(&text.edition, visit.now);
    let report: Report = parse(&text.revision.facts)?;
    let mut people = Vec::new();
    for one in &report.early {
        people.push(person(&mut reading, &text, &one.name, &one.office, &links, is_waiting)?);
    }
    let mut gone: Vec<&String> =
        links.iter().map(|link| &link.name).filter(|name| !report.early.iter().any(|one| one.name == **name)).collect();
    gone.sort();
    gone.dedup();
    let mut former = Vec::new();
    for name in gone {
        former.push(person(&mut reading, &text, name, "", &links, false)?);
    }
    let base_path = format!("{TEXTS}/{document}");
    let parts = Parts {
        action: format!("{base_path}/xem-som"),
        base_path,
        until: if is_waiting { told::at(&reading, text.edition.starts_at) } else { String::new() },
        people,
        former,
        text: head(&mut reading, &text)?,
    };
    let title = format!("{}: {}", reading.word("early-title"), parts.text.title);
    frame::shown(visit, &mut reading, "desk/early_list.html", &title, &parts)
}

fn person(reading: &mut Reading, text: &Text, name: &str, office: &str, links: &[Link], is_waiting: bool) -> Result<Person, Refusal> {
    let own: Vec<&Link> = links.iter().filter(|link| link.name == name).collect();
    let is_good = |link: &&&Link| is_waiting && link.edition == text.edition.id && !link.is_ended;
    let good = own.iter().find(is_good);
    let mut lines = Vec::new();
    if let Some(link) = good {
        let (by, at) = (name_of(&mut reading.c, &link.made_by)?, told::at(reading, link.made_at));
        lines.push(reading.say(&phrase!("early-link-made", name = by, at = at)));
    }
    let mut openings: Vec<&(String, crate::kit::clock::Moment)> = own.iter().flat_map(|link| &link.opened).collect();
    openings.sort_by_key(|(_, at)| *at);
    match (openings.first(), openings.last()) {
        (Some((_, first)), Some((_, last))) => {
            let (first, last) = (told::at(reading, *first), told::at(reading, *last));
            lines.push(reading.say(&phrase!("early-opened", count = openings.len(), first = first, last = last)));
            let mut files: Vec<&str> = openings.iter().map(|(what, _)| what.as_str()).filter(|what| *what != "page").collect();
            files.sort_unstable();
            files.dedup();
            if !files.is_empty() {
                lines.push(reading.say(&phrase!("early-files", files = files.join(", "))));
            }
        }
        _ => lines.push(reading.word("early-unopened")),
    }
    Ok(Person { name: name.to_owned(), office: office.to_owned(), has_link: good.is_some(), lines })
}

#[derive(Serialize)]
struct Made {
    told: String,
    address: String,
    back: String,
}

/// The link is shown once: the store keeps its digest.
pub fn act(visit: &Visit) -> Result<Outcome, Refusal> {
    let document = visit.id("id")?;
    let name = visit.fields.text("name");
    let back = format!("{TEXTS}/{document}/xem-som");
    if visit.fields.text("then") == "end" {
        visit.write(|c, act| {
            let text = chosen(c, act, document)?;
            early::end(c, act, text.edition.id, &name)
        })?;
        return Ok(Outcome::To(format!("{back}?da=early-ended")));
    }
    let token = secret::token()?;
    let until = visit.write(|c, act| {
        let text = chosen(c, act, document)?;
        early::lend(c, act, text.edition.id, &name, &token)?;
        Ok(text.edition.starts_at)
    })?;
    let mut reading = visit.reading()?;
    let told = phrase!("early-made-told", name = name, until = told::at(&reading, until));
    let parts = Made { told: reading.say(&told), address: format!("{}{AT}/{token}", reading.face.site.address), back };
    let title = reading.word("early-made");
    frame::shown(visit, &mut reading, "desk/early_made.html", &title, &parts)
}
