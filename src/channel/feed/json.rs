//! JSON Feed 1.1, with an object of our own for what is gone.

use serde_json::{Map, Value, json};

use super::{Entry, Feed, File};
use crate::kit::refusal::Refusal;
use crate::web::answer::{Answer, Reading};

pub fn write(reading: &Reading, feed: &Feed) -> Result<Answer, Refusal> {
    let withdrawn: Vec<Value> = feed
        .tombstones
        .iter()
        .map(|gone| json!({"id": gone.id, "url": gone.link, "when": gone.at.rfc3339, "reason": gone.reason}))
        .collect();
    let whole = object([
        ("version", json!("https://jsonfeed.org/version/1.1")),
        ("title", json!(feed.title)),
        ("home_page_url", json!(feed.page)),
        ("feed_url", json!(feed.here)),
        ("description", json!(feed.about)),
        ("icon", json!(feed.icon)),
        ("authors", authors(&feed.author)),
        ("language", json!(feed.lang)),
        ("items", Value::Array(feed.entries.iter().map(|entry| item(feed, entry)).collect())),
        // An extension's name begins with an underscore; this one tells when the feed changed and what is gone.
        ("_bangtin", json!({"updated": feed.updated.rfc3339, "withdrawn": withdrawn})),
    ]);
    let text = serde_json::to_string(&whole).map_err(Refusal::broken)?;
    Ok(Answer::new(reading, "application/feed+json", text))
}

fn item(feed: &Feed, entry: &Entry) -> Value {
    object([
        ("id", json!(entry.id)),
        ("url", json!(entry.link)),
        ("title", json!(entry.title)),
        ("summary", json!(entry.summary)),
        ("content_html", json!(entry.content)),
        ("image", json!(entry.picture.as_ref().map(|picture| &picture.url))),
        ("date_published", json!(entry.published.rfc3339)),
        ("date_modified", json!(entry.updated.rfc3339)),
        ("authors", authors(&entry.author)),
        ("tags", json!(entry.categories.iter().map(|category| &category.label).collect::<Vec<_>>())),
        ("language", json!(feed.written_in)),
        ("attachments", Value::Array(entry.attachments.iter().map(attachment).collect())),
    ])
}

fn authors(name: &str) -> Value {
    if name.is_empty() { Value::Null } else { json!([{"name": name}]) }
}

fn attachment(file: &File) -> Value {
    object([("url", json!(file.url)), ("mime_type", json!(file.mime)), ("title", json!(file.title)), ("size_in_bytes", json!(file.bytes))])
}

/// What is not known is not there. An empty list of items is a list, and an empty text is a text.
fn object<const N: usize>(pairs: [(&str, Value); N]) -> Value {
    let is_known = |name: &str, value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty() || name == "content_html",
        Value::Array(list) => !list.is_empty() || name == "items",
        _ => true,
    };
    let known = pairs.into_iter().filter(|(name, value)| is_known(name, value));
    Value::Object(known.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}
