//! What applied in a unit on a day, and what hung there: one page for any day that has come.

use std::collections::HashMap;

use actix_web::web::Query;
use chrono::NaiveDate;
use serde::Serialize;

use super::postings::{choosable, own};
use super::tell;
use crate::channel::card;
use crate::kit::calendar;
use crate::kit::fold::{capitalised, is_slug};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::day::{Day, day};
use crate::posting::law::Rules;
use crate::unit::{self, Unit};
use crate::web::answer::{Answer, Reading};
use crate::web::layout::POSTINGS;
use crate::web::meta::{Graph, Meta, WebPage};
use crate::web::view::Link;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub unit: String,
    pub day: String,
}

impl Asked {
    pub fn of(query: &str) -> Asked {
        let fields = Query::<HashMap<String, String>>::from_query(query).map(Query::into_inner).unwrap_or_default();
        let field = |name: &str| -> String { fields.get(name).map_or("", |text| text.trim()).chars().take(120).collect() };
        Asked { unit: field("don-vi"), day: field("ngay") }
    }

    pub fn address(&self) -> String {
        address(&self.unit, &self.day)
    }
}

fn address(unit: &str, day: &str) -> String {
    let told: Vec<(&str, &str)> = [("don-vi", unit), ("ngay", day)].into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&told).finish();
    if told.is_empty() { format!("{POSTINGS}/ngay") } else { format!("{POSTINGS}/ngay?{query}") }
}

/// The page's address for a unit and a day.
pub fn path(unit: Option<&Unit>, day: Option<NaiveDate>) -> String {
    address(unit.map(|unit| unit.label.as_str()).unwrap_or_default(), &day.map(|day| day.to_string()).unwrap_or_default())
}

#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
    chosen: bool,
}

#[derive(Serialize)]
struct Parts {
    unit: Option<Link>,
    label: String,
    /// In words; empty where none was told.
    date: String,
    iso: String,
    today: String,
    told: Day,
    units: Vec<Choice>,
    wrong: Vec<String>,
    list: String,
}

pub fn on_day(reading: &mut Reading, asked: &Asked) -> Result<Answer, Refusal> {
    let today = calendar::local(reading.now).date();
    let mut wrong = Vec::new();
    let unit = match &asked.unit[..] {
        "" => own(reading)?,
        label => match if is_slug(label) { unit::at_label(&mut reading.c, label) } else { Err(Refusal::Missing) } {
            Ok(unit) => Some(unit),
            Err(Refusal::Missing) => {
                wrong.push(reading.say(&phrase!("posting-list-no-unit", label = label)));
                None
            }
            Err(refusal) => return Err(refusal),
        },
    };
    let date = match &asked.day[..] {
        "" => {
            reading.until(calendar::tomorrow(reading.now));
            Some(today)
        }
        text => match calendar::read_day(text) {
            Some(date) if date <= today => Some(date),
            Some(_) => {
                wrong.push(reading.word("posting-day-to-come"));
                None
            }
            None => {
                wrong.push(reading.say(&phrase!("posting-day-no-day", day = text)));
                None
            }
        },
    };
    let told = match (&unit, date) {
        (Some(unit), Some(date)) => {
            let rules = Rules::load(&mut reading.c)?;
            day(reading, &rules, unit, date)?
        }
        _ => Day::default(),
    };
    let mut units = choosable(reading)?;
    units.extend(unit.iter().filter(|unit| units.iter().all(|known| known.id != unit.id)).cloned().collect::<Vec<_>>());
    let label = unit.as_ref().map(|unit| unit.label.clone()).unwrap_or_default();
    let named = |unit: &Unit| capitalised(&unit::page::titled(reading, unit));
    let units = units.iter().map(|unit| Choice { value: unit.label.clone(), name: named(unit), chosen: unit.label == label }).collect();
    let shown = unit.as_ref().map(|unit| Link::new(named(unit), unit.path()));
    let title = match (&shown, date) {
        (Some(unit), Some(date)) => {
            let day = calendar::written(date, &reading.web.words, reading.lang);
            reading.say(&phrase!("posting-day-title", unit = unit.name, day = day))
        }
        _ => reading.word("posting-day"),
    };
    let mut page = reading.page("postings", title, &asked.address());
    page.path = format!("{POSTINGS}/ngay");
    page.crumbs.push(Link::new(reading.word("posting-list"), POSTINGS));
    page.description = reading.word("posting-day-about");
    // Days without end, for whoever asks; a list for machines there is elsewhere.
    page.noindex = *asked != Asked::default();
    let mut graph = Graph::default();
    graph.add(&WebPage::new("WebPage", reading, &page, None::<()>))?;
    tell(reading, &mut page, &card::Card::of_site(reading), Meta::default(), graph)?;
    let is_once = !asked.day.is_empty() || !wrong.is_empty();
    let parts = Parts {
        unit: shown,
        list: super::postings::Asked { unit: label.clone(), number: 1, ..Default::default() }.address(),
        label,
        date: date.map(|date| calendar::running(date, &reading.web.words, reading.lang)).unwrap_or_default(),
        iso: date.map_or_else(|| asked.day.clone(), |date| date.to_string()),
        today: today.to_string(),
        told,
        units,
        wrong,
    };
    // The latest day that may be asked for stands in the form.
    reading.until(calendar::tomorrow(reading.now));
    let mut answer = reading.html("posting/day.html", &page, &parts)?;
    answer.once = is_once;
    Ok(answer)
}
