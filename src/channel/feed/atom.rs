//! Atom (RFC 4287), with deleted entries (RFC 6721).

use serde::Serialize;

use super::Feed;
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};

#[derive(Serialize)]
struct Parts<'a> {
    feed: &'a Feed,
}

pub fn write(reading: &Reading, feed: &Feed) -> Result<Answer, Refusal> {
    let context = tera::Context::from_serialize(&Parts { feed }).map_err(Refusal::broken)?;
    let xml = reading.web.view.render("feed/atom.xml", &context)?;
    Ok(Answer::new(reading, "application/atom+xml; charset=utf-8", xml))
}
