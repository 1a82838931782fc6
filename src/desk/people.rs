//! The people whom a keeper keeps: the list, with search and filters, and the form for somebody new.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, PEOPLE};
use super::told::{self, Choice, Told};
use crate::edition::written::issue;
use crate::kit::calendar;
use crate::kit::fold::{alphabetical, capitalised, fold};
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::{Grant, Reach, Role, Verb};
use crate::person::roll::Person;
use crate::person::{keep, link, roll};
use crate::phrase;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

pub const NEW: &str = "/ban-bien-tap/them-nguoi";
/// People on one page of the list.
const PER_PAGE: usize = 50;
/// Units in a form's list of choices: more are found by their page, which leads here.
const MOST_UNITS: usize = 400;

#[derive(Serialize)]
pub struct Row {
    name: String,
    login: String,
    path: String,
    roles: Vec<String>,
    state: String,
}

#[derive(Serialize)]
struct Parts {
    search: String,
    units: Vec<Choice>,
    roles: Vec<Choice>,
    told: String,
    people: Vec<Row>,
    page: usize,
    before: String,
    after: String,
}

/// Roles with their units: `Biên tập viên – xã Đông Kiều`.
pub fn roles(reading: &mut Reading, grants: &[Grant]) -> Result<Vec<String>, Refusal> {
    let ids: Vec<i64> = grants.iter().filter_map(|grant| grant.unit_id).collect();
    let units = unit::with_ids(&mut reading.c, &ids)?;
    Ok(grants.iter().map(|grant| role_said(reading, *grant, &units)).collect())
}

pub fn role_said(reading: &Reading, grant: Grant, units: &[Unit]) -> String {
    let role = reading.say(&grant.role.said());
    let unit = units.iter().find(|unit| Some(unit.id) == grant.unit_id);
    let place = unit.map_or_else(|| reading.word("people-everywhere"), |unit| unit.name(&reading.web.words, reading.lang));
    reading.say(&phrase!("people-role-in", role = role, place = place))
}

/// Why somebody cannot come in, if he cannot.
pub fn state(reading: &Reading, person: &Person) -> String {
    match (person.disabled_at, &person.password_hash) {
        (Some(_), _) => reading.word("people-disabled"),
        (None, None) => reading.word("people-no-password"),
        _ => String::new(),
    }
}

pub fn path(login: &str) -> String {
    format!("{PEOPLE}/{login}")
}

/// The units in which one may give roles, in force today, with `value` as an id. The whole portal is the empty choice.
pub fn unit_choices(visit: &Visit, reading: &mut Reading, chosen: &str, is_by_label: bool) -> Result<(bool, Vec<Choice>), Refusal> {
    let reach = visit.actor()?.reach(&mut reading.c, Verb::KeepPeople)?;
    let today = calendar::local(visit.now).date();
    let mut units = match &reach {
        // A country's communes make no list to choose from.
        Reach::Everywhere => super::form::own_units(reading)?,
        Reach::Units(ids) => unit::with_ids(&mut reading.c, &ids.iter().copied().collect::<Vec<_>>())?,
    };
    units.retain(|unit| unit.is_in_force(today));
    units.sort_by_cached_key(|unit| (unit.parent_id.is_some(), alphabetical(&unit.name)));
    let value = |unit: &Unit| if is_by_label { unit.label.clone() } else { unit.id.to_string() };
    // What is chosen stays choosable, however many there are.
    if !chosen.is_empty() && !units.iter().take(MOST_UNITS).any(|unit| value(unit) == chosen) {
        let elsewhere = match chosen.parse() {
            Ok(id) if !is_by_label => unit::with_ids(&mut reading.c, &[id])?.pop(),
            _ => unit::at_label(&mut reading.c, chosen).ok(),
        };
        units.truncate(MOST_UNITS);
        units.extend(elsewhere);
    }
    let shown = units.iter().take(MOST_UNITS + 1);
    let choices = shown.map(|unit| Choice::new(value(unit), capitalised(&unit.name(&reading.web.words, reading.lang)), chosen));
    Ok((reach == Reach::Everywhere, choices.collect()))
}

pub fn role_choices(reading: &Reading, chosen: &str) -> Vec<Choice> {
    Role::ALL.into_iter().map(|role| Choice::new(role.name(), reading.say(&role.said()), chosen)).collect()
}

pub fn list(visit: &Visit) -> Result<Outcome, Refusal> {
    if !visit.actor()?.may_somewhere(Verb::KeepPeople) {
        return Err(Refusal::Missing);
    }
    let mut reading = visit.reading()?;
    let (search, label, role) = (visit.query.line("tim"), visit.query.line("don-vi"), visit.query.line("vai-tro"));
    let wanted = fold(&search);
    let below: Option<Vec<i64>> = match label.as_str() {
        "" => None,
        label => Some(unit::at_label(&mut reading.c, label).and_then(|unit| unit::with_descendants(&mut reading.c, &unit))?),
    };
    let mut found = roll::visible_to(&mut reading.c, visit.act()?)?;
    found.retain(|listed| {
        let is_there = |grant: &Grant| below.as_ref().is_none_or(|ids| grant.unit_id.is_some_and(|id| ids.contains(&id)));
        let is_so = |grant: &Grant| role.is_empty() || grant.role.name() == role;
        let is_named = wanted.is_empty() || fold(&listed.person.name).contains(&wanted) || listed.person.login.contains(&wanted);
        let is_unfiltered = below.is_none() && role.is_empty();
        is_named && (is_unfiltered || listed.grants.iter().any(|grant| is_there(grant) && is_so(grant)))
    });
    // As people are called here: by the last word of their name.
    found.sort_by_cached_key(|listed| {
        let name = &listed.person.name;
        (listed.person.disabled_at.is_some(), alphabetical(name.split(' ').next_back().unwrap_or_default()), alphabetical(name))
    });
    let count = found.len();
    let page = visit.query.number("trang").and_then(|page| usize::try_from(page).ok()).filter(|page| *page > 0).unwrap_or(1);
    let shown = found.iter().skip((page - 1).saturating_mul(PER_PAGE)).take(PER_PAGE);
    let mut people = Vec::new();
    for listed in shown {
        people.push(Row {
            name: listed.person.name.clone(),
            login: listed.person.login.clone(),
            path: path(&listed.person.login),
            roles: roles(&mut reading, &listed.grants)?,
            state: state(&reading, &listed.person),
        });
    }
    let to = |page: usize| {
        let query = [("tim", search.as_str()), ("don-vi", &label), ("vai-tro", &role), ("trang", &page.to_string())];
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(query.iter().filter(|(_, text)| !text.is_empty())).finish();
        format!("{PEOPLE}?{query}")
    };
    let (_, units) = unit_choices(visit, &mut reading, &label, true)?;
    let parts = Parts {
        units: std::iter::once(Choice::new("", reading.word("people-any-unit"), &label)).chain(units).collect(),
        roles: std::iter::once(Choice::new("", reading.word("people-any-role"), &role)).chain(role_choices(&reading, &role)).collect(),
        told: reading.web.words.counted(reading.lang, "people-told", count),
        people,
        page,
        before: if page > 1 { to(page - 1) } else { String::new() },
        after: if page.saturating_mul(PER_PAGE) < count { to(page + 1) } else { String::new() },
        search,
    };
    let title = reading.word("people-title");
    frame::shown(visit, &mut reading, "desk/people.html", &title, &parts)
}

#[derive(Serialize)]
struct New {
    name: String,
    login: String,
    units: Vec<Choice>,
    roles: Vec<Ticked>,
    issues: Vec<Told>,
    name_issue: String,
    login_issue: String,
    role_issue: String,
    unit_issue: String,
}

#[derive(Serialize)]
struct Ticked {
    value: String,
    name: String,
    ticked: bool,
}

pub fn new(visit: &Visit) -> Result<Outcome, Refusal> {
    asked(visit, &[])
}

fn asked(visit: &Visit, issues: &[Issue]) -> Result<Outcome, Refusal> {
    if !visit.actor()?.may_somewhere(Verb::KeepPeople) {
        return Err(Refusal::Missing);
    }
    let mut reading = visit.reading()?;
    let units = units_to_give(visit, &mut reading)?;
    let issues = told::issues(&reading, issues);
    let wrong = told::by_field(&issues);
    let of = |field: &str| wrong.get(field).cloned().unwrap_or_default();
    let ticked = |name: &str| visit.fields.all("role").any(|role| role == name);
    let parts = New {
        name: visit.fields.line("name"),
        login: visit.fields.line("login"),
        units,
        roles: role_choices(&reading, "")
            .into_iter()
            .map(|choice| Ticked { ticked: ticked(&choice.value), value: choice.value, name: choice.name })
            .collect(),
        name_issue: of("name"),
        login_issue: of("login"),
        role_issue: of("role"),
        unit_issue: of("unit"),
        issues,
    };
    let title = reading.word("people-new");
    if parts.issues.is_empty() {
        frame::shown(visit, &mut reading, "desk/new_person.html", &title, &parts)
    } else {
        frame::again(visit, &mut reading, "desk/new_person.html", &title, &parts)
    }
}

/// What stands in the list of units until one is chosen: nobody is given the whole portal because nobody looked.
const UNCHOSEN: &str = "?";

/// Units in which a role may be given, with the whole portal for who keeps it; none is chosen at first.
pub fn units_to_give(visit: &Visit, reading: &mut Reading) -> Result<Vec<Choice>, Refusal> {
    let chosen = visit.fields.find("unit").unwrap_or(UNCHOSEN).to_owned();
    let known = if chosen == UNCHOSEN { "" } else { chosen.as_str() };
    let (is_everywhere, mut units) = unit_choices(visit, reading, known, false)?;
    if is_everywhere {
        units.insert(0, Choice::new("", capitalised(&reading.word("people-everywhere")), &chosen));
    }
    units.insert(0, Choice::new(UNCHOSEN, reading.word("people-choose-unit"), &chosen));
    Ok(units)
}

/// A unit as a form sends it: an id, or nothing for the whole portal. Errors: `Issues` where none has been chosen.
pub fn sent_unit(fields: &Fields) -> Result<Option<i64>, Refusal> {
    match fields.text("unit").as_str() {
        "" => Ok(None),
        UNCHOSEN => Err(Refusal::Issues(vec![issue("unit", 0, phrase!("people-choose-unit"))])),
        text => text.parse().map(Some).map_err(|_| Refusal::Missing),
    }
}

/// What a person can mend goes to the rest of it.
fn faults<T>(read: Result<T, Refusal>, issues: &mut Vec<Issue>) -> Result<Option<T>, Refusal> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(Refusal::Issues(found)) => {
            issues.extend(found);
            Ok(None)
        }
        Err(other) => Err(other),
    }
}

pub fn add(visit: &Visit) -> Result<Outcome, Refusal> {
    let (login, name) = (visit.fields.line("login").to_lowercase(), visit.fields.line("name"));
    // All that is wrong, told at once.
    let mut issues = Vec::new();
    let unit_id = faults(sent_unit(&visit.fields), &mut issues)?.flatten();
    faults(keep::clean_name(&name), &mut issues)?;
    faults(keep::clean_login(&login), &mut issues)?;
    let grants: Vec<Grant> = visit.fields.all("role").filter_map(Role::named).map(|role| Grant { role, unit_id }).collect();
    if grants.is_empty() {
        issues.push(issue("role", 0, phrase!("people-no-role")));
    }
    if !issues.is_empty() {
        return asked(visit, &issues);
    }
    match visit.write(|c, act| keep::add(c, act, &login, &name, &grants)) {
        Ok(token) => given(visit, &login, &name, &token),
        Err(Refusal::Issues(issues)) => asked(visit, &issues),
        Err(refusal) => Err(refusal),
    }
}

#[derive(Serialize)]
struct Given {
    told: String,
    address: String,
    path: String,
}

/// The page that shows a one-time link, once.
pub fn given(visit: &Visit, login: &str, name: &str, token: &str) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let parts = Given {
        told: reading.say(&phrase!("people-link-told", name = name, login = login, hours = link::LASTS_HOURS)),
        address: format!("{}{}", reading.face.site.address, link::path(token)),
        path: path(login),
    };
    let title = reading.word("people-link");
    frame::shown(visit, &mut reading, "desk/person_link.html", &title, &parts)
}
