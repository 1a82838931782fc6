//! RSS 2.0 (RSS Advisory Board, 2.0.11), with whole texts (content), authors (Dublin Core) and files (Media RSS).

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
    let xml = reading.web.view.render("feed/rss.xml", &context)?;
    Ok(Answer::new(reading, "application/rss+xml; charset=utf-8", xml))
}
