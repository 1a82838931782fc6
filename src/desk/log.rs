//! The log as staff read it: who did what, when and from where, newest first; and as files to take along. Whoever may
//! read it in some units only is shown what was done with their texts and their people.

use actix_web::web::Bytes;
use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::Value;

use super::door::{Outcome, Visit};
use super::frame::{self, GROUPS, HOLIDAYS, INDICATORS, KINDS, LOG, PEOPLE, SETTINGS, TEXTS, UNITS};
use super::told::{self, Choice};
use crate::bulletin::webhook_tries::TELLER;
use crate::edition::find_reach;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::table;
use crate::kit::words::{Lang, Words};
use crate::person::access::{Reach, Verb};
use crate::person::{Act, PERSON, roll};
use crate::posting::placements_note::{BOARD, SCREEN};
use crate::posting::{groups, rules};
use crate::report::rules as indicators;
use crate::store::log::Row;
use crate::store::log_find::{self, Found, Wanted};
use crate::store::{Conn, log_file};
use crate::unit::book;
use crate::web::SITE_SETTING;
use crate::web::answer::Reading;
use crate::web::stream::Source;

const PER_PAGE: usize = 50;
/// What the machine's holder is called.
const MACHINES: [&str; 7] = ["import", "command", "system", "follow", BOARD, SCREEN, TELLER];
/// What a row tells beside its act, each with its word; the rest is for machines.
const TOLD: [&str; 17] = [
    "unit",
    "line",
    "place",
    "reason",
    "approval",
    "starts_at",
    "ends_at",
    "at",
    "replaced_by",
    "former",
    "to",
    "name",
    "role",
    "roles",
    "scope",
    "second",
    "token",
];

#[derive(Serialize)]
struct Fact {
    name: String,
    text: String,
}

#[derive(Serialize)]
struct Line {
    position: i64,
    at: String,
    iso: String,
    who: String,
    /// Empty where there is no page of his that one may open.
    who_href: String,
    act: String,
    what: String,
    what_href: String,
    /// The subject as the log has it.
    subject: String,
    facts: Vec<Fact>,
    from: String,
}

#[derive(Serialize)]
struct Parts {
    actor: String,
    text: String,
    acts: Vec<Choice>,
    kinds: Vec<Choice>,
    from: String,
    until: String,
    issue: String,
    is_set: bool,
    lines: Vec<Line>,
    told: String,
    newest: String,
    next: String,
    csv: String,
    json: String,
    /// Only some units' rows are shown.
    in_part: bool,
}

/// What was asked for in the address, and what of it could not be read.
struct Asked {
    wanted: Wanted,
    issue: Option<&'static str>,
}

impl Asked {
    fn of(visit: &Visit) -> Asked {
        let day = |name: &str| -> Result<Option<NaiveDate>, &'static str> {
            let text = visit.query.line(name);
            let read = NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok().filter(|day| (1900..3000).contains(&chrono::Datelike::year(day)));
            if text.is_empty() { Ok(None) } else { read.map(Some).ok_or("log-bad-day") }
        };
        let (from, until) = (day("tu-ngay"), day("den-ngay"));
        let issue = match (&from, &until) {
            (Err(key), _) | (_, Err(key)) => Some(*key),
            (Ok(Some(from)), Ok(Some(until))) if until < from => Some("log-days-turned"),
            _ => None,
        };
        let from = from.ok().flatten().map(calendar::midnight);
        let until = until.ok().flatten().and_then(|day| day.checked_add_days(Days::new(1))).map(calendar::midnight);
        let (actor, act) = (visit.query.line("nguoi").to_lowercase(), visit.query.line("viec"));
        let (subject, text) = (visit.query.line("loai"), visit.query.line("tim"));
        Asked { wanted: Wanted { actor, act, subject, text, from, until }.tidy(), issue }
    }
}

/// Where somebody may read the log. Errors: as for whatever one may not do anywhere.
fn reach(c: &mut Conn, act: Act) -> Result<Reach, Refusal> {
    let reach = act.who.reach(c, Verb::ReadLog)?;
    if reach.is_nowhere() { Err(Refusal::Forbidden) } else { Ok(reach) }
}

/// A page of the log for whoever asks.
pub fn read(c: &mut Conn, act: Act, wanted: &Wanted, before: Option<i64>, most: usize) -> Result<Found, Refusal> {
    let reach = reach(c, act)?;
    let mut judge = |c: &mut Conn, rows: &[Row]| find_reach::within(c, &reach, rows);
    match reach {
        Reach::Everywhere => log_find::find(c, wanted, before, most, None),
        Reach::Units(_) => log_find::find(c, wanted, before, most, Some(&mut judge)),
    }
}

pub fn log(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let asked = Asked::of(visit);
    let act = visit.act()?;
    let reach = reach(&mut reading.c, act)?;
    let before = visit.query.number("truoc").filter(|before| *before > 0);
    let found = match asked.issue {
        Some(_) => Found::default(),
        None => read(&mut reading.c, act, &asked.wanted, before, PER_PAGE)?,
    };
    let parts = parts(visit, &mut reading, &reach, &asked, before, &found)?;
    let title = reading.word("desk-way-log");
    if asked.issue.is_some() {
        return frame::again(visit, &mut reading, "desk/log.html", &title, &parts);
    }
    frame::shown(visit, &mut reading, "desk/log.html", &title, &parts)
}

fn parts(visit: &Visit, reading: &mut Reading, reach: &Reach, asked: &Asked, before: Option<i64>, found: &Found) -> Result<Parts, Refusal> {
    let lines = lines(visit, reading, reach, &found.rows)?;
    let done = log_find::acts(&mut reading.c)?;
    let wanted = &asked.wanted;
    let mut acts = vec![Choice::new("", reading.word("log-any-act"), &wanted.act)];
    let mut named: Vec<Choice> = done.into_iter().map(|act| Choice::new(act.clone(), act_name(reading, &act), &wanted.act)).collect();
    named.sort_by_cached_key(|choice| crate::kit::fold::alphabetical(&choice.name));
    acts.extend(named);
    let kinds = [("", "log-any-kind"), ("article", "log-kind-article"), ("page", "log-kind-page"), ("person", "log-kind-person")];
    let kinds = kinds.into_iter().map(|(value, word)| Choice::new(value, reading.word(word), &wanted.subject)).collect();
    let own = |path: &str, before: Option<i64>| address(visit, path, before);
    let told = match (found.is_cut, found.rows.last(), found.next) {
        (true, Some(row), _) => reading.say(&crate::phrase!("log-cut", at = told::at(reading, row.at))),
        (true, None, _) => reading.word("log-cut-empty"),
        (false, ..) => String::new(),
    };
    Ok(Parts {
        actor: wanted.actor.clone(),
        text: visit.query.line("tim"),
        acts,
        kinds,
        from: visit.query.line("tu-ngay"),
        until: visit.query.line("den-ngay"),
        issue: asked.issue.map(|key| reading.word(key)).unwrap_or_default(),
        is_set: *wanted != Wanted::default() || asked.issue.is_some(),
        lines,
        told,
        newest: before.map(|_| own(LOG, None)).unwrap_or_default(),
        next: found.next.map(|next| own(LOG, Some(next))).unwrap_or_default(),
        csv: own(&format!("{LOG}/nhat-ky.csv"), None),
        json: own(&format!("{LOG}/nhat-ky.jsonl"), None),
        in_part: *reach != Reach::Everywhere,
    })
}

/// The same question at another address, or from another place on.
fn address(visit: &Visit, path: &str, before: Option<i64>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for name in ["nguoi", "viec", "loai", "tim", "tu-ngay", "den-ngay"] {
        let text = visit.query.line(name);
        if !text.is_empty() {
            query.append_pair(name, &text);
        }
    }
    if let Some(before) = before {
        query.append_pair("truoc", &before.to_string());
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn lines(visit: &Visit, reading: &mut Reading, reach: &Reach, rows: &[Row]) -> Result<Vec<Line>, Refusal> {
    let titles = find_reach::titles(&mut reading.c, reach, rows)?;
    let act = visit.act()?;
    let people: std::collections::HashMap<String, String> =
        roll::visible_to(&mut reading.c, act)?.into_iter().map(|listed| (listed.person.login, listed.person.name)).collect();
    let keeps = visit.actor()?.may_somewhere(Verb::KeepPeople);
    let full = |login: &str| people.get(login).map(|name| format!("{name} ({login})"));
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        let facts: Value = serde_json::from_str(&row.facts).unwrap_or_default();
        let (what, what_href) = match (find_reach::text_of(&row.subject), row.subject.strip_prefix(PERSON)) {
            (Some(_), _) => match titles.get(&row.position) {
                Some((document, title)) => (title.clone(), format!("{TEXTS}/{document}")),
                None => (row.subject.clone(), String::new()),
            },
            (None, Some(login)) => match full(login) {
                Some(name) if keeps => (name, format!("{PEOPLE}/{login}")),
                Some(name) => (name, String::new()),
                None => (login.to_owned(), String::new()),
            },
            (None, None) if row.subject == SITE_SETTING => (reading.word("desk-way-settings"), SETTINGS.to_owned()),
            (None, None) if row.subject == rules::HOLIDAYS.name => (reading.word("desk-way-holidays"), HOLIDAYS.to_owned()),
            (None, None) if row.subject == rules::KINDS.name => (reading.word("desk-way-kinds"), KINDS.to_owned()),
            (None, None) if row.subject == groups::GROUPS.name => (reading.word("desk-way-groups"), GROUPS.to_owned()),
            (None, None) if row.subject == indicators::INDICATORS.name => (reading.word("desk-way-indicators"), INDICATORS.to_owned()),
            (None, None) if row.subject == book::UNITS => (reading.word("desk-way-units"), UNITS.to_owned()),
            (None, None) => (row.subject.clone(), String::new()),
        };
        lines.push(Line {
            position: row.position,
            at: told::at(reading, row.at),
            iso: calendar::rfc3339(row.at),
            who: match full(&row.actor) {
                Some(name) => name,
                None if MACHINES.contains(&row.actor.as_str()) => reading.word(&format!("log-actor-{}", row.actor)),
                None => row.actor.clone(),
            },
            who_href: if keeps && people.contains_key(&row.actor) { format!("{PEOPLE}/{}", row.actor) } else { String::new() },
            act: act_name(reading, &row.act),
            what,
            what_href,
            subject: row.subject.clone(),
            facts: told_facts(reading, &facts),
            from: facts.get("from").and_then(Value::as_str).unwrap_or_default().to_owned(),
        });
    }
    Ok(lines)
}

pub(super) fn act_name(reading: &Reading, act: &str) -> String {
    named(&reading.web.words, reading.lang, act)
}

/// An act that no words name, of a later program, is told by its own name.
fn named(words: &Words, lang: Lang, act: &str) -> String {
    let key = format!("log-act-{}", act.replace('_', "-"));
    if words.keys(lang).contains(&key) { words.text(lang, &key) } else { act.to_owned() }
}

fn told_facts(reading: &Reading, facts: &Value) -> Vec<Fact> {
    let told = TOLD.into_iter().filter_map(|name| {
        let text = match facts.get(name)? {
            Value::String(text) => spoken(reading, name, text),
            Value::Array(all) => {
                all.iter().filter_map(Value::as_str).map(|text| spoken(reading, name, text)).collect::<Vec<_>>().join(", ")
            }
            Value::Number(number) => number.to_string(),
            _ => String::new(),
        };
        (!text.is_empty()).then(|| Fact { name: reading.word(&format!("log-fact-{}", name.replace('_', "-"))), text })
    });
    told.collect()
}

/// Codes as people call them.
fn spoken(reading: &Reading, name: &str, text: &str) -> String {
    use crate::person::access::Role;
    match name {
        "starts_at" | "ends_at" | "at" => moment(text).map_or_else(|| text.to_owned(), |at| told::at(reading, at)),
        "role" | "roles" => {
            let (role, unit) = text.split_once('@').unwrap_or((text, ""));
            let role = Role::named(role).map_or_else(|| role.to_owned(), |role| reading.word(&format!("role-{}", role.name())));
            if unit.is_empty() { role } else { format!("{role} ({unit})") }
        }
        "scope" => {
            let verbs = text.split(' ').filter_map(Verb::named);
            verbs.map(|verb| reading.word(&format!("verb-{}", verb.name().replace('_', "-")))).collect::<Vec<_>>().join("; ")
        }
        "approval" | "second" => {
            let key = format!("log-{name}-{text}");
            if reading.web.words.keys(reading.lang).contains(&key) { reading.word(&key) } else { text.to_owned() }
        }
        _ => text.to_owned(),
    }
}

/// As `calendar::rfc3339` writes it.
fn moment(text: &str) -> Option<Moment> {
    chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc())
}

pub fn csv(visit: &Visit) -> Result<Outcome, Refusal> {
    let reading = visit.reading()?;
    let heads = ["position", "at", "actor", "act", "act-code", "subject", "from", "facts", "digest"];
    let heads: Vec<String> = heads.iter().map(|head| reading.word(&format!("log-csv-{head}"))).collect();
    let head = table::MARK.to_owned() + &table::csv_line(&heads.iter().map(String::as_str).collect::<Vec<_>>());
    let words = visit.web.words.clone();
    let lang = reading.lang;
    // Who holds one reader must not wait for another.
    drop(reading);
    let line = move |row: &Row| {
        let facts: Value = serde_json::from_str(&row.facts).unwrap_or_default();
        let act = named(&words, lang, &row.act);
        let at = calendar::local(row.at).format("%Y-%m-%d %H:%M:%S").to_string();
        let from = facts.get("from").and_then(Value::as_str).unwrap_or_default();
        let cells = [&row.position.to_string(), &at, &row.actor, &act, &row.act, &row.subject, from, &row.facts, &row.digest];
        table::csv_line(&cells)
    };
    taken(visit, "text/csv; charset=utf-8", "nhat-ky.csv", head, line)
}

/// Whole, without filters, it is the chain itself, and whoever holds it can check it (`store::log_file`).
pub fn json(visit: &Visit) -> Result<Outcome, Refusal> {
    taken(visit, "application/x-ndjson", "nhat-ky.jsonl", String::new(), log_file::json_line)
}

fn taken(
    visit: &Visit,
    mime: &'static str,
    name: &str,
    head: String,
    line: impl Fn(&Row) -> String + Send + 'static,
) -> Result<Outcome, Refusal> {
    let asked = Asked::of(visit);
    let reach = reach(&mut *visit.web.store.read()?, visit.act()?)?;
    if let Some(key) = asked.issue {
        return Err(Refusal::WrongState(crate::kit::words::Phrase { key, args: Vec::new() }));
    }
    let bounds = asked.wanted.bounds(&mut *visit.web.store.read()?)?;
    let (web, mut after, mut head) = (visit.web.clone(), 0, Some(head));
    let source: Source = Box::new(move || {
        let mut c = web.store.read()?;
        let mut judge = |c: &mut Conn, rows: &[Row]| find_reach::within(c, &reach, rows);
        let judge: Option<log_find::Judge> = if reach == Reach::Everywhere { None } else { Some(&mut judge) };
        let Some((rows, upto)) = log_find::onward(&mut c, &asked.wanted, bounds, after, judge)? else {
            return Ok(head.take().filter(|head| !head.is_empty()).map(Bytes::from));
        };
        after = upto;
        let mut piece = head.take().unwrap_or_default();
        rows.iter().for_each(|row| piece.push_str(&line(row)));
        Ok(Some(piece.into()))
    });
    Ok(Outcome::Long { mime, name: name.to_owned(), source })
}
