//! A bulletin as its bytes go out, with the digest of each thing in it and of all of it. It may be a megabyte, and is written
//! as JSON once: the shapes' fields stand in the order of canonical JSON (RFC 8785), and digests are put where they go.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::shape::{Bulletin, UNSEALED};
use crate::kit::digest;
use crate::kit::refusal::Refusal;

/// What does not tell one content of a bulletin from another.
const ISSUE: [&str; 5] = ["content", "number", "issued_at", "fresh_until", "horizon"];

pub struct Sealed {
    pub text: String,
    pub content: String,
}

impl Sealed {
    pub fn of(mut bulletin: Bulletin) -> Result<Sealed, Refusal> {
        let items = list(&std::mem::take(&mut bulletin.items))?;
        let articles = list(&std::mem::take(&mut bulletin.articles))?;
        let figures = list(&std::mem::take(&mut bulletin.figures))?;
        let Value::Object(head) = serde_json::to_value(&bulletin).map_err(Refusal::broken)? else {
            return Err(Refusal::broken("a bulletin is an object"));
        };
        let mut fields: BTreeMap<String, String> = head.into_iter().map(|(name, value)| (name, value.to_string())).collect();
        fields.extend([("items".to_owned(), items), ("articles".to_owned(), articles), ("figures".to_owned(), figures)]);
        let content = digest::sha256(written(&fields, &ISSUE).as_bytes());
        fields.insert("content".to_owned(), format!("\"{content}\""));
        Ok(Sealed { text: written(&fields, &[]), content })
    }
}

fn written(fields: &BTreeMap<String, String>, without: &[&str]) -> String {
    let mut text = String::with_capacity(fields.values().map(|value| value.len() + 32).sum());
    for (name, value) in fields.iter().filter(|(name, _)| !without.contains(&name.as_str())) {
        text.push(if text.is_empty() { '{' } else { ',' });
        text.push('"');
        text.push_str(name);
        text.push_str("\":");
        text.push_str(value);
    }
    text.push('}');
    text
}

fn list<T: Serialize>(all: &[T]) -> Result<String, Refusal> {
    let mut text = String::from("[");
    for one in all {
        if text.len() > 1 {
            text.push(',');
        }
        push(one, &mut text)?;
    }
    text.push(']');
    Ok(text)
}

/// Quotes within strings are escaped, so that what marks the place of a digest stands nowhere else.
fn push<T: Serialize>(one: &T, text: &mut String) -> Result<(), Refusal> {
    let bare = serde_json::to_string(one).map_err(Refusal::broken)?;
    let place = format!("\"digest\":\"{UNSEALED}\",");
    let (before, after) = bare.split_once(&place).ok_or_else(|| Refusal::broken("nothing to seal"))?;
    let digest = digest::sha256_joined(&[before, after]);
    text.push_str(before);
    text.push_str(&place.replace(UNSEALED, &digest));
    text.push_str(after);
    Ok(())
}

/// SHA-256 of a document in canonical JSON without these fields, which are taken out of it.
pub fn digest_without(document: &mut Value, fields: &[&str]) -> String {
    if let Value::Object(map) = document {
        fields.iter().for_each(|field| drop(map.remove(*field)));
    }
    digest::sha256(document.to_string().as_bytes())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::shape::{Article, Coded, Figure, File, Item, Origin, Portal, Source, Suspended, Type, Unit};
    use super::*;

    prop_compose! {
        fn file()(words in ".{0,12}", maybe in proptest::option::of(".{0,9}"), bytes in 0i64..1 << 40) -> File {
            let [name, title, url, mime, sha256] = [words.clone(), words.clone(), words.clone(), words.clone(), words];
            File { name, title, url, shown_as: maybe.clone(), mime, bytes, sha256, until: maybe }
        }
    }

    prop_compose! {
        fn item()(
            words in ".{0,40}", list in proptest::collection::vec(".{0,8}", 0..3), maybe in proptest::option::of(".{0,9}"),
            files in proptest::collection::vec(file(), 0..3), yes in any::<bool>(), edition in 1i32..9,
        ) -> Item {
            let some = |text: &String| text.clone();
            let origin = maybe.as_ref().map(|text| Origin { code: some(text), name: some(text), rule: some(text), text: some(text) });
            let suspended = maybe.as_ref().map(|text| Suspended { from: some(text), until: maybe.clone(), reason: some(text) });
            let source = maybe.as_ref().map(|text| Source { portal: some(text), unit: some(text), url: some(text) });
            Item {
                id: some(&words), edition, title: some(&words), html: some(&words), until: maybe.clone(), drill: yes, sample: !yes,
                kind: Type { slug: some(&words), name: some(&words) }, origin, suspended, source, files, legal_basis: list.clone(),
                replaces: list.clone(), amends: list.clone(), corrects: list, effective: maybe, digest: UNSEALED.to_owned(),
                ..Item::default()
            }
        }
    }

    prop_compose! {
        fn bulletin()(
            items in proptest::collection::vec(item(), 0..4), words in ".{0,20}", number in any::<i64>(), picture in proptest::option::of(file()),
        ) -> Bulletin {
            let some = || words.clone();
            let article = Article {
                id: some(), edition: 1, url: some(), from: some(), until: None, posted_at: some(), title: some(), lead: some(),
                byline: some(), html: some(), picture: picture.clone(), files: picture.into_iter().collect(), sample: true,
                digest: UNSEALED.to_owned(),
            };
            let coded = || Coded { code: some(), name: some() };
            let figure = Figure {
                id: some(), indicator: coded(), measure: coded(), period: coded(), place: coded(), value: some(), preliminary: true,
                title: some(), until: Some(some()), digest: UNSEALED.to_owned(), ..Figure::default()
            };
            Bulletin {
                protocol: some(), kind: some(), portal: Portal { name: some(), address: some() },
                unit: Unit { code: some(), name: some(), url: some() }, series: some(), number, content: String::new(), issued_at: some(),
                fresh_until: some(), horizon: some(), items, articles: vec![article], figures: vec![figure],
            }
        }
    }

    proptest! {
        /// As a follower reads it, who knows nothing of how it was written.
        #[test]
        fn what_is_sealed_is_canonical_and_bears_the_digests_that_it_says(bulletin in bulletin()) {
            let sealed = Sealed::of(bulletin.clone()).expect("it can be written");
            let mut read: Value = serde_json::from_str(&sealed.text).expect("it is JSON");
            prop_assert_eq!(&read.to_string(), &sealed.text);
            for list in ["items", "articles", "figures"] {
                for one in read[list].as_array().expect("a list") {
                    let mut bare = one.clone();
                    prop_assert_eq!(one["digest"].as_str().map(str::to_owned), Some(digest_without(&mut bare, &["digest"])));
                }
            }
            prop_assert_eq!(read["items"].as_array().map(Vec::len), Some(bulletin.items.len()));
            prop_assert_eq!(read["content"].as_str(), Some(sealed.content.as_str()));
            prop_assert_eq!(digest_without(&mut read, &ISSUE), sealed.content);
        }
    }
}
