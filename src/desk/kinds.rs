//! The kinds of posting by group, each with what it asks for in a sentence and with the rule that says so.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::frame::{self, KINDS};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::kinds::{CARRIES, Carry, Kind, word_of};
use crate::posting::{rules, told};
use crate::web::answer::Reading;

#[derive(Serialize)]
struct Row {
    name: String,
    path: String,
    rule: String,
    /// What paper and the web carry, where that is not everything.
    carries: String,
    source: String,
    is_checked: bool,
    is_urgent: bool,
}

#[derive(Serialize)]
struct Group {
    id: String,
    name: String,
    article: String,
    kinds: Vec<Row>,
}

#[derive(Serialize)]
struct Parts {
    groups: Vec<Group>,
    told: String,
}

pub fn kinds(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let catalogue = rules::catalogue(&mut reading.c)?;
    let rows = |group: Option<u8>| catalogue.kinds.iter().filter(|kind| kind.group == group).map(|kind| row(&reading, kind)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for group in &catalogue.groups {
        let name = if reading.lang == Lang::En && !group.name_en.is_empty() { &group.name_en } else { &group.name };
        groups.push(Group {
            id: format!("nhom-{}", group.number),
            name: reading.say(&phrase!("kinds-group", number = group.number, name = name)),
            article: group.article.clone(),
            kinds: rows(Some(group.number)),
        });
    }
    groups.push(Group { id: "nhom-khac".to_owned(), name: reading.word("kinds-group-none"), article: String::new(), kinds: rows(None) });
    groups.retain(|group| !group.kinds.is_empty());
    let unchecked = catalogue.kinds.iter().filter(|kind| !kind.checked).count();
    let told = match catalogue.kinds.len() {
        0 => String::new(),
        count => reading.say(&phrase!("kinds-told", count = count, unchecked = unchecked)),
    };
    let title = reading.word("desk-way-kinds");
    frame::shown(visit, &mut reading, "desk/kinds.html", &title, &Parts { groups, told })
}

fn row(reading: &Reading, kind: &Kind) -> Row {
    let carried = |carry: Carry| reading.word(&format!("kinds-carry-{}", word_of(&CARRIES, &carry)));
    let carries = match (kind.paper, kind.web) {
        (Carry::Full, Carry::Full) => String::new(),
        (paper, web) => reading.say(&phrase!("kinds-carries", paper = carried(paper), web = carried(web))),
    };
    Row {
        name: kind.name(reading.lang).to_owned(),
        path: format!("{KINDS}/{}", kind.slug),
        rule: told::rule(kind, &reading.web.words, reading.lang),
        carries,
        source: kind.source.clone(),
        is_checked: kind.checked,
        is_urgent: kind.urgent,
    }
}
