//! What a unit disclosed in a quarter: a page, the same on paper, and two tables to take along.

use serde::Serialize;

use super::tell;
use crate::channel::card;
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::refusal::Refusal;
use crate::kit::table::{self, Cell, Column, Table};
use crate::kit::words::Lang;
use crate::phrase;
use crate::posting::paper::{self, Disclosed, DisclosedBy, Letterhead, Signer};
use crate::posting::quarter::Quarter;
use crate::posting::register::{MOST, Register, register};
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

/// The ways in which it is taken along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Pdf,
    Xlsx,
    Csv,
}

impl Form {
    pub const ALL: [Form; 3] = [Form::Pdf, Form::Xlsx, Form::Csv];

    pub fn ending(self) -> &'static str {
        match self {
            Form::Pdf => "pdf",
            Form::Xlsx => "xlsx",
            Form::Csv => "csv",
        }
    }
}

/// `/don-vi/{label}/da-cong-khai`: of the quarter that goes on.
pub fn root(label: &str) -> String {
    format!("/don-vi/{label}/da-cong-khai")
}

pub fn path(label: &str, quarter: Quarter) -> String {
    format!("{}/{}", root(label), quarter.slug())
}

#[derive(Serialize)]
struct File {
    name: &'static str,
    path: String,
}

#[derive(Serialize)]
struct Parts {
    register: Register,
    count: String,
    /// Up to when it is told; empty for a quarter that is over.
    so_far: String,
    files: Vec<File>,
    /// What begins the names of those who take them along.
    file_name: String,
    before: Option<Link>,
    after: Option<Link>,
    unit: Link,
    board: String,
    plan: String,
    sample: bool,
    most: String,
}

pub fn current(reading: &mut Reading, label: &str) -> Result<Answer, Refusal> {
    let today = calendar::local(reading.now).date();
    // Of one that is no more, its last.
    let last = unit::at_label(&mut reading.c, label)?.valid_until;
    let quarter = Quarter::of(last.map_or(today, |last| last.min(today)));
    page(reading, label, quarter, &root(label))
}

pub fn of_quarter(reading: &mut Reading, label: &str, quarter: Quarter) -> Result<Answer, Refusal> {
    page(reading, label, quarter, &path(label, quarter))
}

pub fn named(reading: &Reading, quarter: Quarter) -> String {
    reading.say(&phrase!("register-quarter", quarter = quarter.roman(), number = quarter.number, year = quarter.year))
}

fn page(reading: &mut Reading, label: &str, quarter: Quarter, address: &str) -> Result<Answer, Refusal> {
    let today = calendar::local(reading.now).date();
    let unit = unit::at_label(&mut reading.c, label)?;
    let register = register(reading, &unit, quarter)?;
    let name = unit::page::named(reading, &unit);
    let title = reading.say(&phrase!("register-title", quarter = named(reading, quarter), unit = name));
    let mut page = reading.page("register", title, address);
    page.description = reading.say(&phrase!("register-lead", unit = name));
    let above = unit::ancestors(&mut reading.c, &unit)?;
    page.crumbs.extend(above.iter().map(|unit| unit::page::link(reading, unit)));
    page.crumbs.push(unit::page::link(reading, &unit));
    // The one that goes on is found under its own address too.
    page.canonical = format!("{}{}{}", reading.face.site.address, reading.lang.base(), path(label, quarter));
    let mut graph = Graph::default();
    let about = unit::page::Place::at(reading, &unit::page::link(reading, &unit));
    graph.add(&WebPage::new("CollectionPage", reading, &page, Some(about)))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta { coverage: name, ..Meta::default() }, graph)?;
    let link = |quarter: Quarter| Link::new(named(reading, quarter), path(label, quarter));
    let is_current = today <= quarter.last();
    let parts = Parts {
        count: reading.web.words.counted(reading.lang, "register-count", register.rows.len()),
        so_far: if is_current { reading.say(&phrase!("register-so-far", day = calendar::day(today))) } else { String::new() },
        files: Form::ALL.map(|form| File { name: form.ending(), path: format!("{}.{}", path(label, quarter), form.ending()) }).into(),
        file_name: format!("da-cong-khai-{label}-"),
        before: quarter.before().filter(|_| !register.is_first).map(link),
        after: quarter.after().filter(|after| after.first() <= unit.valid_until.map_or(today, |last| last.min(today))).map(link),
        unit: unit::page::link(reading, &unit),
        board: super::unit_board::path(&unit.code),
        plan: super::plan::root(label),
        sample: unit.sample,
        most: if register.more { reading.say(&phrase!("register-more", most = MOST)) } else { String::new() },
        register,
    };
    reading.html("posting/register.html", &page, &parts)
}

/// Paper is Vietnamese; tables speak the language in which they are asked for.
pub fn file(reading: &mut Reading, label: &str, quarter: Quarter, form: Form) -> Result<Answer, Refusal> {
    let unit = unit::at_label(&mut reading.c, label)?;
    if form == Form::Pdf {
        return print(reading, &unit, quarter);
    }
    let register = register(reading, &unit, quarter)?;
    let table = table(reading, &unit, quarter, &register);
    Ok(match form {
        Form::Csv => Answer::new(reading, table::CSV, table.csv()),
        _ => Answer::new(reading, table::XLSX, table.xlsx()?),
    })
}

fn print(reading: &mut Reading, unit: &Unit, quarter: Quarter) -> Result<Answer, Refusal> {
    let lang = std::mem::replace(&mut reading.lang, Lang::Vi);
    let register = register(reading, unit, quarter)?;
    let words = reading.web.words.clone();
    let office = words.say(Lang::Vi, &phrase!("posting-committee", unit = unit.name(&words, Lang::Vi)));
    let row = |row: crate::posting::register::Row| Disclosed {
        content: row.content,
        number: row.document,
        group: row.group,
        forms: row.forms.into_iter().map(|form| DisclosedBy { name: form.name, when: form.when, places: form.places }).collect(),
        note: row.notes.join("; "),
    };
    let paper = paper::Register {
        letterhead: Letterhead {
            issuer: office.clone(),
            place: unit.name.clone(),
            dated: Some(calendar::local(reading.now).date().min(quarter.last())),
            ..Letterhead::default()
        },
        unit: office,
        quarter: quarter.roman().to_owned(),
        year: quarter.year,
        sample: register.rows.iter().any(|row| row.sample) || unit.sample,
        rows: register.rows.into_iter().map(row).collect(),
        signer: Some(Signer::default()),
        printed_at: reading.now,
    };
    reading.lang = lang;
    let printed = paper.print(reading.web.paper.press()?, &words)?;
    if let Some(warning) = printed.warning {
        tracing::warn!(unit = unit.label, "a register was printed with a fault: {}", words.say(Lang::Vi, &warning));
    }
    Ok(Answer::new(reading, crate::channel::paper::MIME, printed.pdf))
}

const COLUMNS: [(&str, u16); 13] = [
    ("register-column-number", 6),
    ("register-column-content", 60),
    ("register-column-document", 16),
    ("register-column-issuer", 28),
    ("register-column-kind", 32),
    ("register-column-group", 8),
    ("register-column-form", 20),
    ("register-column-from", 13),
    ("register-column-to", 13),
    ("register-column-planned", 13),
    ("register-column-places", 44),
    ("register-column-notes", 40),
    ("register-column-address", 40),
];

/// A line for each form of each disclosure.
fn table(reading: &Reading, unit: &Unit, quarter: Quarter, register: &Register) -> Table {
    let (site, today) = (&reading.face.site.address, calendar::local(reading.now).date());
    let line = |row: &crate::posting::register::Row, form: &crate::posting::register::Form| -> Vec<Cell> {
        let address = if row.path.is_empty() { String::new() } else { format!("{site}{}{}", reading.lang.base(), row.path) };
        vec![
            Cell::Number(row.number as i64),
            row.content.as_str().into(),
            row.document.as_str().into(),
            row.issuer.as_str().into(),
            row.kind.as_str().into(),
            row.group.map_or(Cell::Empty, |group| Cell::Number(group.into())),
            form.name.as_str().into(),
            Cell::Day(form.from),
            Cell::day(form.to.filter(|to| *to <= today)),
            Cell::day(form.to.filter(|to| *to > today)),
            form.places.join("; ").into(),
            row.notes.join("; ").into(),
            address.into(),
        ]
    };
    let name = capitalised(&unit::page::named(reading, unit));
    let mut about = vec![format!("{site}{}{}", reading.lang.base(), path(&unit.label, quarter))];
    if unit.sample || register.rows.iter().any(|row| row.sample) {
        about.push(reading.word("site-sample"));
    }
    Table {
        title: reading.say(&phrase!("register-title", quarter = named(reading, quarter), unit = name)),
        sheet: quarter.slug(),
        about,
        columns: COLUMNS.map(|(head, width)| Column { head: reading.word(head), width }).into(),
        rows: register.rows.iter().flat_map(|row| row.forms.iter().map(|form| line(row, form))).collect(),
        made_at: reading.now,
    }
}
