//! What a unit plans to disclose in a year, what became of it, what is late, and what was changed since: a page, the same on
//! paper, and two tables to take along.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::register::{self, Form};
use super::tell;
use crate::channel::card;
use crate::edition::{Kind, of_units};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table::{self, Cell, Column, Table};
use crate::kit::words::Lang;
use crate::phrase;
use crate::posting::law::Rules;
use crate::posting::paper::listing::Listing;
use crate::posting::paper::{Letterhead, Signer};
use crate::posting::plan::{Item, Posted, Settled, Standing, changed, settle};
use crate::posting::plan_keep::{self, Version};
use crate::posting::reach;
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

pub fn root(label: &str) -> String {
    format!("/don-vi/{label}/ke-hoach-cong-khai")
}

pub fn path(label: &str, year: i32) -> String {
    format!("{}/{year}", root(label))
}

/// A year as addresses have it.
pub fn year(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year: &i32| (2000..=9999).contains(year) && year.to_string() == text)
}

#[derive(Debug, Serialize)]
pub struct TurnShown {
    pub due: String,
    #[serde(skip)]
    pub day: Option<NaiveDate>,
    /// Of the style.
    pub state: &'static str,
    pub told: String,
    pub by: Option<Link>,
}

#[derive(Debug, Serialize)]
pub struct Row {
    pub number: usize,
    pub content: String,
    /// The kind or the group by which it is known.
    pub of: String,
    pub forms: String,
    pub period: String,
    pub who: String,
    pub turns: Vec<TurnShown>,
    /// Of what is disclosed whenever there is something.
    pub arisen: Vec<TurnShown>,
}

#[derive(Debug, Serialize)]
pub struct Change {
    pub told: String,
    pub note: String,
    pub lines: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct TardyShown {
    pub posting: Link,
    pub told: String,
}

/// A year's plan as it stands today.
#[derive(Debug, Serialize)]
pub struct Shown {
    pub rows: Vec<Row>,
    pub done: usize,
    pub late: usize,
    pub days: usize,
    pub tardy: Vec<TardyShown>,
    pub changes: Vec<Change>,
    pub version: i32,
    pub since: String,
}

/// `None` where the unit has no plan for that year.
pub fn shown(reading: &mut Reading, unit: &Unit, year: i32) -> Result<Option<Shown>, Refusal> {
    let same = same(reading, unit)?;
    let versions = plan_keep::versions(&mut reading.c, &same, year)?;
    let Some(newest) = versions.first() else { return Ok(None) };
    let items = newest.items()?;
    // What comes nearer, and what gets late, is told anew each day.
    reading.until(calendar::tomorrow(reading.now));
    let rules = Rules::load(&mut reading.c)?;
    let today = calendar::local(reading.now).date();
    let (posted, tardy) = plan_keep::posted(&mut reading.c, &same, &rules, year, reading.now)?;
    // What its neighbours have taken is not this year's.
    let mut beside: Vec<(i32, Item)> = Vec::new();
    for other in [year - 1, year + 1] {
        let newest = plan_keep::versions(&mut reading.c, &same, other)?.into_iter().next();
        beside.extend(newest.map(|newest| newest.items()).transpose()?.unwrap_or_default().into_iter().map(|item| (other, item)));
    }
    let together: Vec<(i32, &Item)> =
        items.iter().map(|item| (year, item)).chain(beside.iter().map(|(year, item)| (*year, item))).collect();
    let mut settled = settle(&together, &posted, today);
    settled.truncate(items.len());
    let all = || settled.iter().flat_map(|one| &one.turns);
    let rows = (1..).zip(items.iter().zip(&settled)).map(|(number, (item, settled))| row(reading, &rules, number, item, settled, &posted));
    let day = calendar::day;
    let tardy = tardy.into_iter().map(|one| TardyShown {
        told: reading.say(&phrase!("plan-tardy-told", issued = day(one.issued), due = day(one.due), posted = day(one.posted.day))),
        posting: link(&one.posted),
    });
    Ok(Some(Shown {
        rows: rows.collect(),
        done: all().filter(|turn| turn.by.is_some()).count(),
        late: all().filter(|turn| matches!(turn.standing, Standing::Late { .. })).count(),
        days: all().count(),
        tardy: tardy.collect(),
        changes: changes(reading, &versions)?,
        version: newest.number,
        since: calendar::day(calendar::local(newest.at).date()),
    }))
}

/// Itself and what it was before it was renamed, each looked at for its plans.
fn same(reading: &mut Reading, unit: &Unit) -> Result<Vec<i64>, Refusal> {
    let same = reach::same(&mut reading.c, unit.id, calendar::local(reading.now).date())?;
    let labels: Vec<String> = unit::with_ids(&mut reading.c, &same)?.into_iter().map(|unit| unit.label).collect();
    reading.c.look(labels.iter().map(|label| of_units::plan(label)));
    Ok(same)
}

fn link(one: &Posted) -> Link {
    Link::new(one.title.clone(), if one.is_gone { String::new() } else { Kind::Posting.path(&one.slug) })
}

fn row(reading: &Reading, rules: &Rules, number: usize, item: &Item, settled: &Settled, posted: &[Posted]) -> Row {
    let turn = |due: Option<NaiveDate>, by: Option<usize>, standing: Standing| {
        let at = by.and_then(|at| posted.get(at)).map(|one| calendar::day(one.day)).unwrap_or_default();
        let (state, told) = match standing {
            Standing::Done { late: 0 } => ("done", reading.say(&phrase!("plan-done", day = at))),
            Standing::Done { late } => ("done-late", reading.say(&phrase!("plan-done-late", day = at, days = late))),
            Standing::Late { days } => ("late", reading.say(&phrase!("plan-late", days = days))),
            Standing::Soon { days: 0 } => ("soon", reading.word("plan-today")),
            Standing::Soon { days } => ("soon", reading.say(&phrase!("plan-soon", days = days))),
            Standing::Planned => ("planned", reading.word("plan-planned")),
        };
        TurnShown { due: due.map(calendar::day).unwrap_or_default(), day: due, state, told, by: by.and_then(|at| posted.get(at)).map(link) }
    };
    let kind = rules.catalogue.kind(&item.kind);
    let group = item.group.and_then(|group| rules.catalogue.group(group));
    let of = match (kind, group) {
        (Some(kind), _) => kind.name(reading.lang).to_owned(),
        (None, Some(group)) => crate::posting::list::group_name(group, reading.lang).to_owned(),
        (None, None) => String::new(),
    };
    let places: Vec<String> = item.forms.iter().map(|word| reading.word(&format!("posting-place-{word}"))).collect();
    let period = match (item.period, kind) {
        (Some(period), _) if period.working => reading.say(&phrase!("plan-working-days", days = period.days)),
        (Some(period), _) => reading.say(&phrase!("plan-days", days = period.days)),
        (None, Some(_)) => reading.word("plan-as-kind"),
        (None, None) => String::new(),
    };
    Row {
        number,
        content: item.content.clone(),
        of,
        forms: capitalised(&places.join(", ")),
        period,
        who: item.who.clone(),
        turns: settled.turns.iter().map(|one| turn(Some(one.due), one.by, one.standing)).collect(),
        arisen: settled.arisen.iter().map(|at| turn(None, Some(*at), Standing::Done { late: 0 })).collect(),
    }
}

/// Newest first, each against the one before it.
fn changes(reading: &Reading, versions: &[Version]) -> Result<Vec<Change>, Refusal> {
    let mut told = Vec::new();
    for pair in versions.windows(2) {
        let [after, before] = pair else { continue };
        let what = changed(&before.items()?, &after.items()?);
        let line = |key: &'static str, names: Vec<String>| {
            let list = names.join("; ");
            (!names.is_empty()).then(|| reading.word(key) + " " + &list)
        };
        let day = calendar::day(calendar::local(after.at).date());
        told.push(Change {
            told: reading.say(&phrase!("plan-change", number = after.number, day = day)),
            note: after.note.clone(),
            lines: [
                line("plan-change-added", what.added),
                line("plan-change-dropped", what.dropped),
                line("plan-change-otherwise", what.otherwise),
            ]
            .into_iter()
            .flatten()
            .collect(),
        });
    }
    Ok(told)
}

#[derive(Serialize)]
struct File {
    name: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Parts {
    plan: Option<Shown>,
    tally: String,
    years: Vec<Link>,
    files: Vec<File>,
    unit: Link,
    register: String,
    board: String,
    sample: bool,
}

/// Of this year, or of the newest that there is.
pub fn current(reading: &mut Reading, label: &str) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    reading.until(calendar::new_year(reading.now));
    let this = calendar::local(reading.now).date().year();
    let same = same(reading, &unit)?;
    let years = plan_keep::years(&mut reading.c, &same)?;
    let year = if years.contains(&this) { this } else { years.first().copied().unwrap_or(this) };
    page(reading, &unit, year, &root(label))
}

/// Errors: `Missing` for a year without a plan.
pub fn of_year(reading: &mut Reading, label: &str, year: i32) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    page(reading, &unit, year, &path(label, year))
}

fn page(reading: &mut Reading, unit: &Unit, year: i32, address: &str) -> Result<Answer, Refusal> {
    let plan = shown(reading, unit, year)?;
    if plan.is_none() && address != root(&unit.label) {
        return Err(Refusal::Missing);
    }
    let name = unit::page::named(reading, unit);
    let mut page = reading.page("register", reading.say(&phrase!("plan-title", year = year, unit = name)), address);
    page.description = capitalised(&reading.say(&phrase!("plan-lead", unit = name)));
    let above = unit::ancestors(&mut reading.c, unit)?;
    page.crumbs.extend(above.iter().map(|unit| unit::page::link(reading, unit)));
    page.crumbs.push(unit::page::link(reading, unit));
    if plan.is_some() {
        page.canonical = format!("{}{}{}", reading.face.site.address, reading.lang.base(), path(&unit.label, year));
    }
    let mut graph = Graph::default();
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { coverage: name, ..Meta::default() }, graph)?;
    let same = same(reading, unit)?;
    let years = plan_keep::years(&mut reading.c, &same)?;
    let years = years.into_iter().filter(|one| *one != year || plan.is_none());
    let files = Form::ALL.map(|form| File { name: form.ending(), path: format!("{}.{}", path(&unit.label, year), form.ending()) });
    let parts = Parts {
        tally: plan.as_ref().map(|plan| tally(reading, plan)).unwrap_or_default(),
        years: years.map(|year| Link::new(year.to_string(), path(&unit.label, year))).collect(),
        files: if plan.is_some() { files.into() } else { Vec::new() },
        plan,
        unit: unit::page::link(reading, unit),
        register: register::root(&unit.label),
        board: super::unit_board::path(&unit.code),
        sample: unit.sample,
    };
    reading.html("posting/plan.html", &page, &parts)
}

/// `Đã công khai 6 trên 9 lần; 1 lần quá hạn.`
pub fn tally(reading: &Reading, plan: &Shown) -> String {
    match plan.days {
        0 => reading.web.words.counted(reading.lang, "plan-tally-none", plan.rows.len()),
        days => reading.say(&phrase!("plan-tally", done = plan.done, days = days, late = plan.late)),
    }
}

/// Errors: `Missing` for a year without a plan.
pub fn file(reading: &mut Reading, label: &str, year: i32, form: Form) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    let lang = reading.lang;
    // Paper is Vietnamese.
    if form == Form::Pdf {
        reading.lang = Lang::Vi;
    }
    let plan = shown(reading, &unit, year)?.ok_or(Refusal::Missing)?;
    if form == Form::Pdf {
        reading.lang = lang;
        return print(reading, &unit, year, plan);
    }
    let table = table(reading, &unit, year, &plan);
    Ok(match form {
        Form::Csv => Answer::new(reading, table::CSV, table.csv()),
        _ => Answer::new(reading, table::XLSX, table.xlsx()?),
    })
}

const PAPER: [(&str, u16, &str); 7] = [
    ("paper-row", 11, "center"),
    ("paper-register-content", 0, "left"),
    ("paper-register-forms", 46, "left"),
    ("paper-plan-due", 28, "left"),
    ("paper-plan-period", 30, "left"),
    ("paper-plan-who", 42, "left"),
    ("paper-plan-state", 48, "left"),
];

fn print(reading: &Reading, unit: &Unit, year: i32, plan: Shown) -> Result<Answer, Refusal> {
    let words = reading.web.words.clone();
    let office = words.say(Lang::Vi, &phrase!("posting-committee", unit = unit.name(&words, Lang::Vi)));
    let rows = plan.rows.iter().map(|row| {
        let none = TurnShown { due: words.text(Lang::Vi, "plan-arising"), day: None, state: "", told: String::new(), by: None };
        let turns: Vec<&TurnShown> = if row.turns.is_empty() { vec![&none] } else { row.turns.iter().collect() };
        let whole = [row.number.to_string(), row.content.clone(), row.forms.clone()];
        let line = |turn: &&TurnShown| {
            let [number, content, forms] = whole.clone();
            vec![number, content, forms, turn.due.clone(), row.period.clone(), row.who.clone(), turn.told.clone()]
        };
        turns.iter().map(line).collect()
    });
    let listing = Listing {
        letterhead: &Letterhead {
            issuer: office.clone(),
            place: unit.name.clone(),
            dated: Some(calendar::local(reading.now).date()),
            ..Letterhead::default()
        },
        kind: words.text(Lang::Vi, "paper-plan"),
        title: words.say(Lang::Vi, &phrase!("paper-plan-title", year = year, unit = office)),
        columns: &PAPER,
        whole: &[0, 1, 2, 4, 5],
        rows: rows.collect(),
        empty: String::new(),
        signer: Some(&Signer::default()),
        sample: unit.sample,
        count: words.say(Lang::Vi, &phrase!("paper-plan-version", number = plan.version, day = plan.since)),
        printed_at: reading.now,
    };
    let printed = listing.print(reading.web.paper.press()?, &words)?;
    Ok(Answer::new(reading, crate::channel::paper::MIME, printed.pdf))
}

const COLUMNS: [(&str, u16); 9] = [
    ("register-column-number", 6),
    ("register-column-content", 60),
    ("plan-column-of", 40),
    ("plan-column-forms", 40),
    ("plan-column-due", 13),
    ("plan-column-period", 20),
    ("plan-column-who", 36),
    ("plan-column-state", 36),
    ("plan-column-posting", 60),
];

fn table(reading: &Reading, unit: &Unit, year: i32, plan: &Shown) -> Table {
    let site = &reading.face.site.address;
    let line = |row: &Row, turn: Option<&TurnShown>| -> Vec<Cell> {
        let due = turn.and_then(|turn| turn.day);
        let by = turn.and_then(|turn| turn.by.as_ref()).filter(|by| !by.path.is_empty());
        let by = by.map(|by| format!("{site}{}{}", reading.lang.base(), by.path)).unwrap_or_default();
        vec![
            Cell::Number(row.number as i64),
            row.content.as_str().into(),
            row.of.as_str().into(),
            row.forms.as_str().into(),
            due.map_or_else(|| reading.word("plan-arising").into(), Cell::Day),
            row.period.as_str().into(),
            row.who.as_str().into(),
            turn.map(|turn| turn.told.as_str()).unwrap_or_default().into(),
            by.into(),
        ]
    };
    let lines = plan.rows.iter().flat_map(|row| {
        let turns: Vec<Option<&TurnShown>> = row.turns.iter().chain(&row.arisen).map(Some).collect();
        let turns = if turns.is_empty() { vec![None] } else { turns };
        turns.into_iter().map(move |turn| (row, turn))
    });
    let name = unit::page::named(reading, unit);
    let mut about = vec![tally(reading, plan), format!("{site}{}{}", reading.lang.base(), path(&unit.label, year))];
    if unit.sample {
        about.push(reading.word("site-sample"));
    }
    Table {
        title: reading.say(&phrase!("plan-title", year = year, unit = name)),
        sheet: year.to_string(),
        about,
        columns: COLUMNS.map(|(head, width)| Column { head: reading.word(head), width }).into(),
        rows: lines.map(|(row, turn)| line(row, turn)).collect(),
        made_at: reading.now,
    }
}
