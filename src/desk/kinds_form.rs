//! The form of one kind of posting: what it says is written as the catalogue's file, and judged as that is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, KINDS};
use super::rules::{Field, told};
use super::told::{Choice, Told, by_field};
use crate::kit::days::{MOST_DAYS, Measure};
use crate::kit::fold::{capitalised, slug};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::kinds::{AFTERS, After, CARRIES, Carry, Catalogue, Kind, MEASURES, PLACES, TERMS, Term, word_of};
use crate::posting::rules;
use crate::store::settings;
use crate::web::answer::Reading;

pub const NEW: &str = "/ban-bien-tap/them-loai-niem-yet";
pub const KIND: &str = "/ban-bien-tap/loai-niem-yet/{kind}";
pub const REMOVE: &str = "/ban-bien-tap/loai-niem-yet/{kind}/bo";

#[derive(Serialize)]
struct Parts {
    title: String,
    action: String,
    groups: Vec<(String, Vec<Field>)>,
    issues: Vec<Told>,
    before: String,
    /// Its address, which stays.
    slug: String,
    is_checked: bool,
}

pub fn new(visit: &Visit) -> Result<Outcome, Refusal> {
    // Where nothing is said the law's general rule stands, and names are carried nowhere.
    let usual = [("term", "days"), ("days", "30"), ("consecutive", "1"), ("place", "seat"), ("place", "portal")];
    let narrow = [("paper", "totals"), ("web", "totals"), ("after", "request")];
    let typed = Fields::of(usual.into_iter().chain(narrow));
    page(visit, None, &typed, Vec::new(), false)
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let catalogue = rules::catalogue(&mut reading.c)?;
    drop(reading);
    let kind = catalogue.kind(visit.part("kind")).ok_or(Refusal::Missing)?;
    page(visit, Some(&kind.slug), &typed_of(kind), Vec::new(), false)
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, None)
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, Some(visit.part("kind")))
}

fn kept(visit: &Visit, existing: Option<&str>) -> Result<Outcome, Refusal> {
    let reading = visit.reading()?;
    let mut wrong = Vec::new();
    let kind = read(&reading, &visit.fields, existing, &mut wrong);
    drop(reading);
    let (before, mut text, what) = (visit.fields.text("before"), String::new(), kind.name.clone());
    let is_sound = wrong.is_empty();
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let mut catalogue = rules::catalogue(c)?;
        let stored = catalogue.clone();
        match existing {
            Some(slug) => match catalogue.kinds.iter_mut().find(|known| known.slug == slug) {
                Some(known) => *known = kind,
                None => return Err(Refusal::Missing),
            },
            None => catalogue.kinds.push(kind),
        }
        text = catalogue.written();
        // What could not be read at all was said already; the rest of the form is judged all the same.
        if !is_sound {
            return Err(Refusal::Issues(Catalogue::read(rules::KINDS.name, &text).err().unwrap_or_default()));
        }
        if catalogue == stored { Ok(()) } else { rules::keep(c, act, &rules::KINDS, &before, &text, &what).map(drop) }
    });
    let mut is_stale = false;
    match outcome {
        Ok(()) => return Ok(Outcome::To(format!("{KINDS}?da=saved"))),
        Err(Refusal::Issues(issues)) => {
            let reading = visit.reading()?;
            for found in told(&reading, &text, &issues, "") {
                let found = Told { field: form_name(found.field), ..found };
                if !wrong.iter().any(|told| told.field == found.field) {
                    wrong.push(found);
                }
            }
        }
        Err(Refusal::Stale) => {
            is_stale = true;
            wrong.push(Told { field: String::new(), text: visit.web.words.text(Lang::Vi, "rules-stale") });
        }
        Err(other) => return Err(other),
    }
    page(visit, existing, &visit.fields, wrong, is_stale)
}

/// The form's name of what the file calls by this key.
fn form_name(key: String) -> String {
    match key.as_str() {
        "places" => "place".to_owned(),
        // A new kind's address comes from its name.
        "slug" => "name".to_owned(),
        _ => key,
    }
}

/// What the form says. `wrong`: what is no number.
fn read(reading: &Reading, fields: &Fields, existing: Option<&str>, wrong: &mut Vec<Told>) -> Kind {
    let mut days = |name: &str, is_needed: bool| -> u16 {
        let typed = fields.line(name);
        let found = typed.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
        if found.is_none() && (is_needed || !typed.is_empty()) {
            wrong.push(Told { field: name.to_owned(), text: reading.say(&phrase!("posting-bad-days", most = MOST_DAYS)) });
        }
        found.unwrap_or_default()
    };
    fn one<T: Copy>(fields: &Fields, name: &str, all: &[(&'static str, T)]) -> Option<T> {
        all.iter().find(|(word, _)| *word == fields.text(name)).map(|(_, one)| *one)
    }
    let measure = |name: &str| one(fields, name, &MEASURES).unwrap_or(Measure::Calendar);
    let term = match fields.text("term").as_str() {
        // A number that was not understood is said already, and stands for one that is.
        "days" => Term::Days { days: days("days", true).max(1), measure: measure("measure"), consecutive: fields.has("consecutive") },
        "permanent" => Term::Permanent,
        "until_replaced" => Term::UntilReplaced,
        _ => Term::Stated,
    };
    let (loudspeaker_days, ahead, deadline) = (days("loudspeaker_days", false), days("ahead_days", false), days("deadline_days", false));
    let name = fields.line("name");
    Kind {
        slug: existing.map_or_else(|| slug(&name), str::to_owned),
        name_en: fields.line("name_en"),
        group: fields.number("group").map(|number| u8::try_from(number).unwrap_or(u8::MAX)),
        term,
        places: PLACES.iter().filter(|(word, _)| fields.all("place").any(|ticked| ticked == *word)).map(|(_, place)| *place).collect(),
        loudspeaker_days,
        ahead: (ahead > 0).then(|| (ahead, measure("ahead_measure"))),
        deadline,
        after: one(fields, "after", &AFTERS).unwrap_or(After::Request),
        paper: one(fields, "paper", &CARRIES).unwrap_or(Carry::Totals),
        web: one(fields, "web", &CARRIES).unwrap_or(Carry::Totals),
        people: fields.has("people"),
        urgent: fields.has("urgent"),
        source: fields.line("source"),
        rule: fields.text("rule").trim().to_owned(),
        note: fields.text("note").trim().to_owned(),
        checked: fields.has("checked"),
        name,
    }
}

/// What a form would have sent to come to this.
fn typed_of(kind: &Kind) -> Fields {
    let mut typed = vec![
        ("name", kind.name.clone()),
        ("name_en", kind.name_en.clone()),
        ("group", kind.group.map(|number| number.to_string()).unwrap_or_default()),
        ("after", word_of(&AFTERS, &kind.after).to_owned()),
        ("paper", word_of(&CARRIES, &kind.paper).to_owned()),
        ("web", word_of(&CARRIES, &kind.web).to_owned()),
        ("source", kind.source.clone()),
        ("rule", kind.rule.clone()),
        ("note", kind.note.clone()),
    ];
    match kind.term {
        Term::Days { days, measure, consecutive } => {
            typed.extend([("term", "days".to_owned()), ("days", days.to_string()), ("measure", word_of(&MEASURES, &measure).to_owned())]);
            typed.extend(consecutive.then(|| ("consecutive", "1".to_owned())));
        }
        Term::Permanent => typed.push(("term", "permanent".to_owned())),
        Term::UntilReplaced => typed.push(("term", "until_replaced".to_owned())),
        Term::Stated => typed.push(("term", "stated".to_owned())),
    }
    typed.extend(kind.places.iter().map(|place| ("place", word_of(&PLACES, place).to_owned())));
    if let Some((days, measure)) = kind.ahead {
        typed.extend([("ahead_days", days.to_string()), ("ahead_measure", word_of(&MEASURES, &measure).to_owned())]);
    }
    let numbers = [("loudspeaker_days", kind.loudspeaker_days), ("deadline_days", kind.deadline)];
    typed.extend(numbers.into_iter().filter(|(_, days)| *days > 0).map(|(name, days)| (name, days.to_string())));
    let ticks = [("people", kind.people), ("urgent", kind.urgent), ("checked", kind.checked)];
    typed.extend(ticks.into_iter().filter(|(_, is_ticked)| *is_ticked).map(|(name, _)| (name, "1".to_owned())));
    Fields::of(typed)
}

fn page(visit: &Visit, existing: Option<&str>, typed: &Fields, issues: Vec<Told>, is_stale: bool) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let catalogue = rules::catalogue(&mut reading.c)?;
    let before = match visit.fields.text("before") {
        // Whoever is told that others have changed something may keep his own all the same.
        before if before.is_empty() || is_stale => settings::seal(&mut reading.c, rules::KINDS.name)?,
        before => before,
    };
    let title = reading.word(if existing.is_some() { "kinds-edit" } else { "kinds-new" });
    let parts = Parts {
        action: existing.map_or_else(|| NEW.to_owned(), |slug| format!("{KINDS}/{slug}")),
        groups: groups(&reading, typed, &catalogue, &by_field(&issues)),
        before,
        slug: existing.unwrap_or_default().to_owned(),
        is_checked: existing.is_none() || typed.has("checked"),
        issues,
        title: title.clone(),
    };
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/kind.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/kind.html", &title, &parts)
    }
}

fn groups(reading: &Reading, typed: &Fields, catalogue: &Catalogue, wrong: &BTreeMap<String, String>) -> Vec<(String, Vec<Field>)> {
    let word = |key: &str| reading.word(&format!("kinds-{}", key.replace('_', "-")));
    let helped = [
        "name_en",
        "days",
        "loudspeaker_days",
        "ahead_days",
        "deadline_days",
        "after",
        "web",
        "people",
        "urgent",
        "rule",
        "note",
        "checked",
    ];
    let field = |name: &'static str, kind: &'static str| Field {
        name,
        kind,
        label: word(if name == "group" { "group_choice" } else { name }),
        help: if helped.contains(&name) { word(&format!("{name}_help")) } else { String::new() },
        text: match kind {
            "area" => typed.text(name),
            "check" => if typed.has(name) { "1" } else { "" }.to_owned(),
            _ => typed.line(name),
        },
        issue: wrong.get(name).cloned().unwrap_or_default(),
        options: Vec::new(),
    };
    let chosen = |name: &'static str, options: Vec<(String, String)>| {
        let now = typed.text(name);
        Field { options: options.into_iter().map(|(value, said)| Choice::new(value, said, &now)).collect(), ..field(name, "choose") }
    };
    let words = |name: &str, all: &[&str]| all.iter().map(|one| ((*one).to_owned(), word(&format!("{name}_{one}")))).collect();
    let measures = || words("measure", &MEASURES.map(|(word, _)| word));
    let carries = || words("carry", &CARRIES.map(|(word, _)| word));
    let numbered = catalogue.groups.iter().map(|group| {
        let said = reading.say(&phrase!("kinds-group", number = group.number, name = group.name));
        (group.number.to_string(), said)
    });
    let places = PLACES.iter().map(|(value, _)| Choice {
        value: (*value).to_owned(),
        name: capitalised(&reading.word(&format!("posting-place-{value}"))),
        chosen: typed.all("place").any(|ticked| ticked == *value),
        ..Choice::default()
    });
    vec![
        (
            word("part_name"),
            vec![
                field("name", "text"),
                field("name_en", "text"),
                chosen("group", std::iter::once((String::new(), reading.word("kinds-group-none"))).chain(numbered).collect()),
            ],
        ),
        (
            word("part_term"),
            vec![
                chosen("term", words("term", &TERMS)),
                field("days", "number"),
                chosen("measure", measures()),
                field("consecutive", "check"),
                field("urgent", "check"),
                field("ahead_days", "number"),
                chosen("ahead_measure", measures()),
                field("deadline_days", "number"),
            ],
        ),
        (word("part_places"), vec![Field { options: places.collect(), ..field("place", "checks") }, field("loudspeaker_days", "number")]),
        (
            word("part_people"),
            vec![
                field("people", "check"),
                chosen("paper", carries()),
                chosen("web", carries()),
                chosen("after", words("after", &AFTERS.map(|(word, _)| word))),
                field("note", "area"),
            ],
        ),
        (word("part_source"), vec![field("source", "text"), field("rule", "area"), field("checked", "check")]),
    ]
}

#[derive(Serialize)]
struct Removal {
    name: String,
    rule: String,
    source: String,
    action: String,
    back: String,
    before: String,
    /// How many texts are of it and what to do; it can be removed where this is empty.
    used: String,
    issue: String,
}

pub fn remove_page(visit: &Visit) -> Result<Outcome, Refusal> {
    removal(visit, String::new())
}

fn removal(visit: &Visit, issue: String) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let catalogue = rules::catalogue(&mut reading.c)?;
    let kind = catalogue.kind(visit.part("kind")).ok_or(Refusal::Missing)?;
    let count = rules::uses(&mut reading.c, &kind.slug)?;
    let name = kind.name(reading.lang).to_owned();
    let back = format!("{KINDS}/{}", kind.slug);
    let parts = Removal {
        rule: crate::posting::told::rule(kind, &reading.web.words, reading.lang),
        source: kind.source.clone(),
        action: format!("{back}/bo"),
        back,
        before: settings::seal(&mut reading.c, rules::KINDS.name)?,
        used: if count > 0 { reading.say(&phrase!("kinds-in-use", name = name, count = count)) } else { String::new() },
        issue,
        name,
    };
    let title = reading.word("kinds-remove");
    if parts.issue.is_empty() {
        frame::shown(visit, &mut reading, "desk/kind_remove.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/kind_remove.html", &title, &parts)
    }
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let before = visit.fields.text("before");
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let mut catalogue = rules::catalogue(c)?;
        let at = catalogue.kinds.iter().position(|kind| kind.slug == visit.part("kind")).ok_or(Refusal::Missing)?;
        let kind = catalogue.kinds.remove(at);
        let what = visit.web.words.say(Lang::Vi, &phrase!("kinds-what-removed", name = kind.name));
        rules::keep(c, act, &rules::KINDS, &before, &catalogue.written(), &what).map(drop)
    });
    match outcome {
        Ok(()) => Ok(Outcome::To(format!("{KINDS}?da=saved"))),
        Err(Refusal::Issues(issues)) => {
            let told = issues.first().map(|issue| visit.web.words.say(Lang::Vi, &issue.phrase)).unwrap_or_default();
            removal(visit, told)
        }
        Err(Refusal::Stale) => removal(visit, visit.web.words.text(Lang::Vi, "rules-stale")),
        Err(other) => Err(other),
    }
}
