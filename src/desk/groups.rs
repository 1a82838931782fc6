//! Named groups of units: which there are, who is in each, and the form of one, judged as its file is.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, GROUPS};
use super::rules::{Field, told};
use super::told::{Told, by_field};
use crate::kit::calendar;
use crate::kit::fold::{capitalised, slug};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::groups::{self, Group, Groups};
use crate::store::schema::units;
use crate::store::settings;
use crate::unit::Unit;
use crate::web::answer::Reading;

pub const NEW: &str = "/ban-bien-tap/them-nhom-don-vi";
pub const ONE: &str = "/ban-bien-tap/nhom-don-vi/{group}";
pub const REMOVE: &str = "/ban-bien-tap/nhom-don-vi/{group}/bo";
/// Names told of one group; the rest is a number.
const SHOWN: usize = 40;

#[derive(Serialize)]
struct Row {
    name: String,
    slug: String,
    path: String,
    told: String,
    units: String,
}

#[derive(Serialize)]
struct List {
    groups: Vec<Row>,
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let groups = groups::groups(&mut reading.c)?;
    let codes: Vec<&str> = groups.0.iter().flat_map(|group| group.units.iter().take(SHOWN)).map(String::as_str).collect();
    let names = names(&mut reading, &codes)?;
    let rows = groups.0.iter().map(|group| {
        let mut units: Vec<String> = group.units.iter().take(SHOWN).map(|code| names.get(code).unwrap_or(code).clone()).collect();
        units.extend((group.units.len() > SHOWN).then(|| "…".to_owned()));
        Row {
            name: group.name.clone(),
            slug: group.slug.clone(),
            path: format!("{GROUPS}/{}", group.slug),
            told: reading.web.words.counted(reading.lang, "groups-told", group.units.len()),
            units: units.join(", "),
        }
    });
    let parts = List { groups: rows.collect() };
    let title = reading.word("desk-way-groups");
    frame::shown(visit, &mut reading, "desk/groups.html", &title, &parts)
}

/// By code: the name of the unit that bears it, or bore it last.
fn names(reading: &mut Reading, codes: &[&str]) -> Result<HashMap<String, String>, Refusal> {
    let today = calendar::local(reading.now).date();
    let found: Vec<Unit> = units::table
        .filter(units::code.eq_any(codes).and(units::valid_from.le(today)))
        .order(units::valid_from.asc())
        .select(Unit::as_select())
        .load(&mut *reading.c)?;
    Ok(found.into_iter().map(|unit| (unit.code.clone(), unit.name(&reading.web.words, reading.lang))).collect())
}

#[derive(Serialize)]
struct Form {
    title: String,
    action: String,
    slug: String,
    fields: Vec<Field>,
    issues: Vec<Told>,
    before: String,
    remove: String,
}

pub fn new(visit: &Visit) -> Result<Outcome, Refusal> {
    page(visit, None, &Fields::default(), Vec::new(), false)
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let groups = groups::groups(&mut reading.c)?;
    let group = groups.find(visit.part("group")).ok_or(Refusal::Missing)?;
    let codes: Vec<&str> = group.units.iter().map(String::as_str).collect();
    let names = names(&mut reading, &codes)?;
    let line = |code: &&str| names.get(*code).map_or_else(|| (*code).to_owned(), |name| format!("{code} {}", capitalised(name)));
    let lines: Vec<String> = codes.iter().map(line).collect();
    let typed = Fields::of([("name", group.name.clone()), ("name_en", group.name_en.clone()), ("units", lines.join("\n"))]);
    drop(reading);
    page(visit, Some(visit.part("group")), &typed, Vec::new(), false)
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, None)
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    kept(visit, Some(visit.part("group")))
}

pub fn remove(visit: &Visit) -> Result<Outcome, Refusal> {
    let slug = visit.part("group");
    let what = visit.web.words.say(Lang::Vi, &phrase!("groups-what-removed", name = slug));
    changed(visit, Some(slug), &what, |groups| {
        let before = groups.0.len();
        groups.0.retain(|group| group.slug != slug);
        if groups.0.len() == before { Err(Refusal::Missing) } else { Ok(()) }
    })
}

/// A line says a code, and behind it whatever helps to read it.
fn read(fields: &Fields, existing: Option<&str>) -> Group {
    let name = fields.line("name");
    let code = |line: &str| line.split([' ', ',', ';', '\t']).find(|part| !part.is_empty()).map(str::to_owned);
    let mut units: Vec<String> = Vec::new();
    for code in fields.text("units").lines().filter_map(code) {
        if !units.contains(&code) {
            units.push(code);
        }
    }
    Group { slug: existing.map_or_else(|| slug(&name), str::to_owned), name_en: fields.line("name_en"), units, name }
}

fn kept(visit: &Visit, existing: Option<&str>) -> Result<Outcome, Refusal> {
    let group = read(&visit.fields, existing);
    let what = group.name.clone();
    changed(visit, existing, &what, |groups| {
        match existing {
            Some(slug) => *groups.0.iter_mut().find(|known| known.slug == slug).ok_or(Refusal::Missing)? = group,
            None => groups.0.push(group),
        }
        Ok(())
    })
}

fn changed(
    visit: &Visit,
    existing: Option<&str>,
    what: &str,
    edit: impl FnOnce(&mut Groups) -> Result<(), Refusal>,
) -> Result<Outcome, Refusal> {
    let (before, mut text) = (visit.fields.text("before"), String::new());
    let outcome = visit.write(|c, act| {
        act.must(c, Verb::KeepSite, None)?;
        let stored = groups::groups(c)?;
        let mut changed = stored.clone();
        edit(&mut changed)?;
        if changed == stored {
            return Ok(());
        }
        text = changed.written();
        groups::keep(c, act, &before, &text, what)
    });
    let (issues, is_stale) = match outcome {
        Ok(()) => return Ok(Outcome::To(format!("{GROUPS}?da=saved"))),
        Err(Refusal::Issues(issues)) => {
            let reading = visit.reading()?;
            let named = |told: Told| match told.field.as_str() {
                // A new group's address comes from its name.
                "slug" => Told { field: "name".to_owned(), ..told },
                "name" | "name_en" | "units" | "" => told,
                _ => Told { field: String::new(), ..told },
            };
            (told(&reading, &text, &issues, "").into_iter().map(named).collect(), false)
        }
        Err(Refusal::Stale) => (vec![Told { field: String::new(), text: visit.web.words.text(Lang::Vi, "rules-stale") }], true),
        Err(other) => return Err(other),
    };
    page(visit, existing, &visit.fields, issues, is_stale)
}

fn page(visit: &Visit, existing: Option<&str>, typed: &Fields, issues: Vec<Told>, is_stale: bool) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, Verb::KeepSite, None)?;
    let groups = groups::groups(&mut reading.c)?;
    let known = existing.and_then(|slug| groups.find(slug));
    // Whoever could not remove a group typed nothing.
    let is_typed = typed.has("name") || known.is_none();
    let text =
        |name: &'static str, stored: fn(&Group) -> String| if is_typed { typed.text(name) } else { known.map(stored).unwrap_or_default() };
    let wrong: BTreeMap<String, String> = by_field(&issues);
    let field = |name: &'static str, kind: &'static str, text: String| Field {
        name,
        kind,
        label: reading.word(&format!("groups-{}", name.replace('_', "-"))),
        help: if name == "units" { reading.word("groups-units-help") } else { String::new() },
        text,
        issue: wrong.get(name).cloned().unwrap_or_default(),
        options: Vec::new(),
    };
    let fields = vec![
        field("name", "text", text("name", |group| group.name.clone())),
        field("name_en", "text", text("name_en", |group| group.name_en.clone())),
        field("units", "area", text("units", |group| group.units.join("\n"))),
    ];
    let before = match visit.fields.text("before") {
        before if before.is_empty() || is_stale => settings::seal(&mut reading.c, groups::GROUPS.name)?,
        before => before,
    };
    let title = reading.word(if existing.is_some() { "groups-edit" } else { "groups-new" });
    let path = existing.map(|slug| format!("{GROUPS}/{slug}"));
    let parts = Form {
        action: path.clone().unwrap_or_else(|| NEW.to_owned()),
        remove: path.map(|path| format!("{path}/bo")).unwrap_or_default(),
        slug: existing.unwrap_or_default().to_owned(),
        fields,
        before,
        issues,
        title: title.clone(),
    };
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/group.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/group.html", &title, &parts)
    }
}
