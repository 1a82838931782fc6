//! The citizen's pages: what each noun shows of itself, put together.

pub mod archive;
pub mod design;
pub mod home;
pub mod section;
pub mod text;
pub mod unit;

use serde::Serialize;

use crate::article::page::{Card, cards};
use crate::edition::Kind;
use crate::edition::find::{self, Filter};
use crate::kit::refusal::Refusal;
use crate::web::answer::Reading;

/// Cards on one page of a list.
const PER_PAGE: i64 = 20;

#[derive(Debug, Serialize)]
pub struct Pager {
    number: i64,
    count: i64,
    previous: Option<String>,
    next: Option<String>,
}

/// One page of a list. Errors: `Missing` for a page beyond the last; the first is there even when it is empty.
fn stream(reading: &mut Reading, filter: &Filter, path: &str, number: i64) -> Result<(Vec<Card>, Pager), Refusal> {
    let total = find::count(&mut reading.c, Kind::Article, filter, reading.now)?;
    let count = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
    if number > count {
        return Err(Refusal::Missing);
    }
    let listed = find::list(&mut reading.c, Kind::Article, filter, reading.now, (number - 1) * PER_PAGE, PER_PAGE)?;
    let pager = Pager {
        number,
        count,
        previous: (number > 1).then(|| numbered(path, number - 1)),
        next: (number < count).then(|| numbered(path, number + 1)),
    };
    Ok((cards(reading, &listed)?, pager))
}

fn numbered(path: &str, number: i64) -> String {
    if number == 1 { path.to_owned() } else { format!("{path}?trang={number}") }
}

/// `Title – trang 2`: two pages of one list must not bear one title.
fn titled(reading: &Reading, title: &str, number: i64) -> String {
    if number == 1 {
        return title.to_owned();
    }
    reading.say(&crate::phrase!("site-title-page", title = title, number = number))
}
