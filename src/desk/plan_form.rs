//! The form of a year's disclosure plan: a row for each item, more on asking, from last year's or from the groups of the law.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::coming::at_label;
use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, PLANS};
use super::posting_form;
use super::rules::day;
use super::told::{self, Choice, Told, by_field};
use crate::approval::held;
use crate::channel::page::plan as page;
use crate::kit::calendar;
use crate::kit::days::MOST_DAYS;
use crate::kit::fold::capitalised;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Verb;
use crate::phrase;
use crate::posting::kinds::PLACES;
use crate::posting::plan::{Item, MOST_ITEMS, MOST_WORDS};
use crate::posting::plan_keep::{self, MOST_NOTE};
use crate::posting::{Days, reach, rules};
use crate::unit::Unit;
use crate::web::answer::Reading;

pub const ONE: &str = "/ban-bien-tap/ke-hoach/{unit}/{year}";
/// Empty rows that stand below what is there, and those that are added on asking.
const EMPTY: usize = 2;
const MORE: usize = 5;
/// How an item of a group is told from one of a kind.
const GROUP: &str = "group:";

pub fn path(label: &str, year: i32) -> String {
    format!("{PLANS}/{label}/{year}")
}

/// As it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    content: String,
    of: String,
    forms: Vec<String>,
    due: String,
    period: String,
    measure: String,
    who: String,
    done: String,
}

impl Line {
    fn of(item: &Item) -> Line {
        let group = item.group.map(|group| format!("{GROUP}{group}")).unwrap_or_default();
        Line {
            content: item.content.clone(),
            of: if item.kind.is_empty() { group } else { item.kind.clone() },
            forms: item.forms.clone(),
            due: item.due.iter().map(|day| calendar::day(*day)).collect::<Vec<_>>().join(", "),
            period: item.period.map(|period| period.days.to_string()).unwrap_or_default(),
            measure: if item.period.is_some_and(|period| period.working) { "working" } else { "calendar" }.to_owned(),
            who: item.who.clone(),
            done: item.done.join("\n"),
        }
    }

    fn read(fields: &Fields, at: usize) -> Line {
        let line = |name: &str| fields.line(&format!("{name}-{at}"));
        Line {
            content: line("content"),
            of: line("of"),
            forms: fields.all(&format!("forms-{at}")).map(str::to_owned).collect(),
            due: line("due"),
            period: line("period"),
            measure: line("measure"),
            who: line("who"),
            done: fields.text(&format!("done-{at}")),
        }
    }

    /// A row that is taken out is emptied.
    fn is_empty(&self) -> bool {
        [&self.content, &self.due, &self.period, &self.who, &self.done].iter().all(|text| text.trim().is_empty())
    }

    /// What it says, and what of it says nothing.
    fn item(&self) -> (Item, Vec<(&'static str, crate::kit::words::Phrase)>) {
        let mut wrong = Vec::new();
        let mut due = Vec::new();
        for typed in self.due.split([',', ';', '\n']).map(str::trim).filter(|typed| !typed.is_empty()) {
            match day(typed) {
                Some(day) => due.push(day),
                None => wrong.push(("due", phrase!("plan-bad-date", day = typed))),
            }
        }
        let period = match self.period.as_str() {
            "" => None,
            typed => {
                let days = typed.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days));
                if days.is_none() {
                    wrong.push(("period", phrase!("plan-bad-period", most = MOST_DAYS)));
                }
                days.map(|days| Days { days, working: self.measure == "working" })
            }
        };
        let group = self.of.strip_prefix(GROUP).and_then(|group| group.parse().ok());
        let kind = if self.of.starts_with(GROUP) { String::new() } else { self.of.clone() };
        let done = self.done.lines().map(posting_form::slug).filter(|slug| !slug.is_empty()).collect();
        let (content, who) = (self.content.clone(), self.who.clone());
        (Item { content, kind, group, forms: self.forms.clone(), due, period, who, done }, wrong)
    }
}

#[derive(Serialize)]
struct Shown {
    at: usize,
    /// Of its fold; empty for a new one.
    name: String,
    is_open: bool,
    content: String,
    of: Vec<Choice>,
    forms: Vec<Choice>,
    due: String,
    period: String,
    measure: Vec<Choice>,
    who: String,
    done: String,
    issues: std::collections::BTreeMap<String, String>,
}

#[derive(Serialize)]
struct Parts {
    unit: String,
    plan_year: String,
    action: String,
    back: String,
    public: String,
    before: i32,
    is_new: bool,
    rows: Vec<Shown>,
    count: usize,
    note: String,
    note_issue: String,
    issues: Vec<Told>,
    most_words: usize,
    most_note: usize,
    /// To begin from; empty where there is nothing.
    last_year: String,
    groups: String,
}

struct Typed {
    lines: Vec<Line>,
    before: i32,
    note: String,
}

fn asked(visit: &Visit, reading: &mut Reading, verb: Verb) -> Result<(Unit, i32), Refusal> {
    let unit = at_label(visit, reading, visit.part("unit"), verb)?;
    Ok((unit, page::year(visit.part("year")).ok_or(Refusal::Missing)?))
}

fn read(fields: &Fields) -> Typed {
    let count = fields.number("count").and_then(|count| usize::try_from(count).ok()).unwrap_or(0).min(MOST_ITEMS + MORE);
    Typed {
        lines: (0..count).map(|at| Line::read(fields, at)).collect(),
        before: fields.number("before").and_then(|number| i32::try_from(number).ok()).unwrap_or(0),
        note: fields.text("note"),
    }
}

pub fn edit(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (unit, year) = asked(visit, &mut reading, Verb::Publish)?;
    let held = visit.typed(&mut reading.c)?;
    if held.has("count") {
        return show(visit, &mut reading, &unit, year, read(&held), Vec::new());
    }
    let same = same(&mut reading, &unit)?;
    let newest = plan_keep::versions(&mut reading.c, &same, year)?.into_iter().next();
    let before = newest.as_ref().map_or(0, |one| one.number);
    let items = match (newest, visit.query.text("tu").as_str()) {
        (Some(newest), _) => newest.items()?,
        (None, "nam-truoc") => last_year(&mut reading, &unit, year)?,
        (None, "nhom") => {
            let catalogue = rules::catalogue(&mut reading.c)?;
            catalogue.groups.into_iter().map(|group| Item { content: group.name, group: Some(group.number), ..Item::default() }).collect()
        }
        _ => Vec::new(),
    };
    let mut lines: Vec<Line> = items.iter().map(Line::of).collect();
    lines.extend((0..EMPTY).map(|_| Line::default()));
    show(visit, &mut reading, &unit, year, Typed { lines, before, note: String::new() }, Vec::new())
}

fn same(reading: &mut Reading, unit: &Unit) -> Result<Vec<i64>, Refusal> {
    reach::same(&mut reading.c, unit.id, calendar::local(reading.now).date())
}

/// The same days a year later; what was told to be done was that year's.
fn last_year(reading: &mut Reading, unit: &Unit, year: i32) -> Result<Vec<Item>, Refusal> {
    let same = same(reading, unit)?;
    let last = plan_keep::versions(&mut reading.c, &same, year - 1)?.into_iter().next();
    let Some(last) = last else { return Ok(Vec::new()) };
    let later = |day: &NaiveDate| day.with_year(year).or_else(|| day.pred_opt().and_then(|day| day.with_year(year)));
    let items = last.items()?.into_iter();
    Ok(items.map(|item| Item { due: item.due.iter().filter_map(later).collect(), done: Vec::new(), ..item }).collect())
}

fn show(visit: &Visit, reading: &mut Reading, unit: &Unit, year: i32, typed: Typed, issues: Vec<Told>) -> Result<Outcome, Refusal> {
    let wrong = by_field(&issues);
    let catalogue = rules::catalogue(&mut reading.c)?;
    let mut of: Vec<(String, String)> = vec![(String::new(), reading.word("plan-form-of-none"))];
    of.extend(catalogue.groups.iter().map(|group| (format!("{GROUP}{}", group.number), reading.say(&group.told(reading.lang)))));
    of.extend(catalogue.kinds.iter().map(|kind| (kind.slug.clone(), kind.name.clone())));
    let row = |(at, line): (usize, &Line)| {
        let issues = wrong.iter().filter_map(|(field, text)| {
            let (name, number) = field.rsplit_once('-')?;
            (number == at.to_string()).then(|| (name.to_owned(), text.clone()))
        });
        let issues: std::collections::BTreeMap<String, String> = issues.collect();
        let form = |(word, _): &(&'static str, _)| Choice {
            value: (*word).to_owned(),
            name: reading.word(&format!("place-kind-{word}")),
            chosen: line.forms.iter().any(|form| form == word),
            ..Choice::default()
        };
        let measure = |word: &str| Choice::new(word, reading.word(&format!("kinds-measure-{word}")), &line.measure);
        Shown {
            at,
            name: if line.content.is_empty() { reading.word("plan-form-new") } else { line.content.clone() },
            is_open: line.content.is_empty() || !issues.is_empty(),
            content: line.content.clone(),
            of: of.iter().map(|(value, name)| Choice::new(value.clone(), name.clone(), &line.of)).collect(),
            forms: PLACES.iter().map(form).collect(),
            due: line.due.clone(),
            period: line.period.clone(),
            measure: ["calendar", "working"].map(measure).into(),
            who: line.who.clone(),
            done: line.done.clone(),
            issues,
        }
    };
    let rows: Vec<Shown> = typed.lines.iter().enumerate().map(row).collect();
    let is_bare = typed.before == 0 && typed.lines.iter().all(Line::is_empty);
    let own = path(&unit.label, year);
    let same = same(reading, unit)?;
    let has_last = is_bare && !plan_keep::versions(&mut reading.c, &same, year - 1)?.is_empty();
    let parts = Parts {
        unit: capitalised(&unit.name(&reading.web.words, reading.lang)),
        plan_year: year.to_string(),
        back: format!("{PLANS}?don-vi={}", unit.label),
        public: page::path(&unit.label, year),
        before: typed.before,
        is_new: typed.before == 0,
        count: rows.len(),
        rows,
        note: typed.note,
        note_issue: wrong.get("note").cloned().unwrap_or_default(),
        most_words: MOST_WORDS,
        most_note: MOST_NOTE,
        last_year: if has_last { format!("{own}?tu=nam-truoc") } else { String::new() },
        groups: if is_bare { format!("{own}?tu=nhom") } else { String::new() },
        action: own,
        issues,
    };
    let title = reading.say(&phrase!("plan-form-title", year = year));
    match parts.issues.is_empty() {
        true => frame::shown(visit, reading, "desk/plan_form.html", &title, &parts),
        false => frame::again(visit, reading, "desk/plan_form.html", &title, &parts),
    }
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    let (unit, year) = asked(visit, &mut reading, Verb::Publish)?;
    let mut typed = read(&visit.fields);
    if visit.fields.text("then") == "more" {
        let room = (MOST_ITEMS + MORE).saturating_sub(typed.lines.len());
        typed.lines.extend((0..MORE.min(room)).map(|_| Line::default()));
        return show(visit, &mut reading, &unit, year, typed, Vec::new());
    }
    drop(reading);
    let mut wrong: Vec<Issue> = Vec::new();
    // What is empty is no item, and each item knows its row.
    let (mut items, mut rows) = (Vec::new(), Vec::new());
    for (at, line) in typed.lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let (item, found) = line.item();
        wrong.extend(found.into_iter().map(|(field, phrase)| Issue { file: format!("{field}-{at}"), line: 0, phrase }));
        items.push(item);
        rows.push(at);
    }
    let kept = visit.write(|c, act| {
        let outcome = plan_keep::keep(c, act, &unit, year, typed.before, items, &typed.note);
        let at_row = |issue: Issue| {
            let (field, number) = issue.file.rsplit_once('-').unwrap_or((&issue.file, ""));
            let row = number.parse().ok().and_then(|at: usize| rows.get(at));
            Issue { file: row.map_or(issue.file.clone(), |row| format!("{field}-{row}")), ..issue }
        };
        match outcome {
            Err(Refusal::Issues(found)) => {
                wrong.extend(found.into_iter().map(at_row));
                Err(Refusal::Issues(wrong.clone()))
            }
            // What says nothing is not kept, however sound the rest is.
            Ok(_) if !wrong.is_empty() => Err(Refusal::Issues(wrong.clone())),
            Ok(number) => {
                held::let_go(c, visit.actor()?.id, &visit.path)?;
                Ok(number)
            }
            other => other,
        }
    });
    match kept {
        Ok(_) => Ok(Outcome::To(format!("{PLANS}?don-vi={}&da=plan-kept", unit.label))),
        Err(Refusal::Issues(issues)) => {
            let mut reading = visit.reading()?;
            let told = told::issues(&reading, &issues);
            show(visit, &mut reading, &unit, year, typed, told)
        }
        Err(Refusal::Stale) => {
            let mut reading = visit.reading()?;
            let stale = vec![Told { field: String::new(), text: reading.word("plan-form-stale") }];
            show(visit, &mut reading, &unit, year, typed, stale)
        }
        Err(other) => Err(other),
    }
}
