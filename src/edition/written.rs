//! Words as they are written, at the desk or in a file, and what is set from them: the canonical form that tells
//! whether anything is new, the HTML, the files they show.

use std::borrow::Cow;
use std::collections::BTreeSet;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use super::body::{Body, FileRef, Files};
use super::compare::Said;
use super::keys::{self, Key};
use super::verbs::Words as Set;
use super::{Edition, Kind, Revision};
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::{nfc, plain};
use crate::kit::front::Writer;
use crate::kit::markdown::{self, Labels};
use crate::kit::mask::{self, Way};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::{Phrase, Words};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{media, media_names, revision_media};
use crate::store::shelf::Medium;

pub const MAX_TITLE: usize = 300;
pub const MAX_LEAD: usize = 2_000;
/// In bytes. With what stands around it, a text is still a file that can be brought in again.
pub const MAX_BODY: usize = 1_900_000;
const MAX_FACTS: usize = 60_000;
/// Names asked for at once: both databases take so many.
const CHUNK: usize = 400;

/// What a kind adds to a text, whatever the kind.
pub trait Facts {
    fn json(&self) -> String;
    /// Whether it must say its section and its unit.
    fn is_filed(&self) -> bool;
    /// Under what: `section` of the site, or what its kind calls so.
    fn filed_under(&self) -> &'static str;
    fn keys(&self, out: &mut Writer);
    fn tables(&self, out: &mut Writer);
    /// The files it names; `true` where it must be a picture.
    fn named(&self) -> Vec<(String, bool)>;
    /// What it says beside the words, part by part.
    fn said(&self) -> Vec<Said>;
    /// Files that it names and gives to nobody on this day.
    fn keeps_back(&self, today: NaiveDate) -> Vec<String>;
    /// What the web makes of marked names; `None` where nothing is a mark.
    fn hides(&self) -> Option<Way>;
    /// What it is looked up by.
    fn found_by(&self) -> Vec<Key>;
    /// What must be mended before anybody approves it, by its field.
    fn wants(&self) -> Vec<(&'static str, Phrase)>;
}

impl<B: Body> Facts for B {
    fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    fn is_filed(&self) -> bool {
        B::IS_FILED
    }

    fn filed_under(&self) -> &'static str {
        B::FILED_UNDER
    }

    fn keys(&self, out: &mut Writer) {
        self.write_keys(out);
    }

    fn tables(&self, out: &mut Writer) {
        self.write_tables(out);
    }

    fn named(&self) -> Vec<(String, bool)> {
        self.files().into_iter().map(|(name, is_picture)| (name.to_owned(), is_picture)).collect()
    }

    fn said(&self) -> Vec<Said> {
        B::said(self)
    }

    fn keeps_back(&self, today: NaiveDate) -> Vec<String> {
        B::keeps_back(self, today)
    }

    fn hides(&self) -> Option<Way> {
        B::hides(self)
    }

    fn found_by(&self) -> Vec<Key> {
        B::found_by(self)
    }

    fn wants(&self) -> Vec<(&'static str, Phrase)> {
        self.unfinished()
    }
}

/// The words as somebody typed them. A draft may lack anything; what it may not hold is what no store or reader takes.
pub struct Written {
    pub title: String,
    pub lead: String,
    pub body: String,
    pub facts: Box<dyn Facts>,
}

pub type ReadFacts = fn(Kind, &str) -> Result<Box<dyn Facts>, Refusal>;

/// An edition on its way out, with the start, the date and the end that it is to have.
#[derive(Clone, Copy)]
pub struct Case<'c> {
    pub kind: Kind,
    pub slug: &'c str,
    pub edition: &'c Edition,
    pub revision: &'c Revision,
}

/// What the rules of its kind say of it.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    pub ends_at: Option<Moment>,
    /// What holds it back: field, line, what to do.
    pub issues: Vec<(&'static str, usize, Phrase)>,
}

pub type Rule = fn(&mut Conn, &Case) -> Result<Ruling, Refusal>;

/// What the floors above lend for setting words: the language they are in, and what each kind's facts are.
#[derive(Clone, Copy)]
pub struct Press<'p> {
    pub words: &'p Words,
    /// Reads facts as they are stored.
    pub facts: ReadFacts,
    /// Asks the rules of its kind.
    pub rule: Rule,
}

impl Written {
    /// The words of a revision, to be written again.
    pub fn of(press: &Press, kind: Kind, revision: &Revision) -> Result<Written, Refusal> {
        let facts = (press.facts)(kind, &revision.facts)?;
        Ok(Written { title: revision.title.clone(), lead: revision.lead.clone(), body: revision.body.clone(), facts })
    }

    /// As a file would give them back. Errors: `Issues` by field, for what cannot even be a draft.
    pub fn tidy(&self, press: &Press, kind: Kind) -> Result<Written, Refusal> {
        let mut issues = Vec::new();
        let title: String = line(&self.title.replace(['\n', '\r', '\t'], " "));
        let lead = line(&self.lead);
        let body = nfc(plain(&self.body).trim_end().trim_start_matches('\n'));
        let mut facts: Value = serde_json::from_str(&self.facts.json()).map_err(Refusal::broken)?;
        tidy(&mut facts);
        let facts = facts.to_string();
        for (field, text, most) in [("title", &title, MAX_TITLE), ("lead", &lead, MAX_LEAD)] {
            let length = text.chars().count();
            if length > most {
                issues.push(issue(field, 0, phrase!("road-too-long", length = length, most = most)));
            }
        }
        for (field, text, most) in [("body", &body, MAX_BODY), ("facts", &facts, MAX_FACTS)] {
            if text.len() > most {
                issues.push(issue(field, 0, phrase!("road-too-large")));
            }
        }
        for (field, text) in [("title", &title), ("lead", &lead), ("body", &body)] {
            if text.contains('\0') {
                issues.push(issue(field, 0, phrase!("road-null")));
            }
        }
        // JSON writes it as an escape.
        if facts.contains("\\u0000") {
            issues.push(issue("facts", 0, phrase!("road-null")));
        }
        if body.len() <= MAX_BODY
            && let Err(at) = markdown::images(&body)
        {
            issues.push(issue("body", at, phrase!("import-tangled")));
        }
        if !issues.is_empty() {
            return Err(Refusal::Issues(issues));
        }
        Ok(Written { title, lead, body, facts: (press.facts)(kind, &facts)? })
    }

    /// Every file it names; `true` where it must be a picture.
    pub fn named(&self) -> Vec<(String, bool)> {
        let images = markdown::images(&self.body).unwrap_or_default().into_iter().map(|image| (image.name, true));
        self.facts.named().into_iter().chain(images).collect()
    }

    /// What stands on the shelf under the names it gives.
    pub fn shelved(&self, c: &mut Conn) -> Result<Files, Refusal> {
        let names: BTreeSet<String> = self.named().into_iter().map(|(name, _)| name).collect();
        shelved(c, &names.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Sets it with these of the files it names. `unit`: the code.
    pub fn set(&self, press: &Press, section: &str, unit: &str, files: &Files) -> Set {
        let words = canonical(&self.title, &self.lead, section, unit, &*self.facts, &self.body);
        set(&self.title, &self.lead, &*self.facts, &self.body, &words, files, &labels(press.words))
    }
}

pub fn issue(field: &str, line: usize, phrase: Phrase) -> Issue {
    Issue { file: field.to_owned(), line, phrase }
}

fn line(text: &str) -> String {
    nfc(plain(text).trim())
}

fn tidy(facts: &mut Value) {
    match facts {
        Value::String(text) => *text = line(text),
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(entries) => entries.values_mut().for_each(tidy),
        _ => {}
    }
}

/// The words that stand inside a text's HTML, in the language of the texts.
pub fn labels(words: &Words) -> Labels {
    let word = |key: &str| words.text(crate::kit::words::Lang::Vi, key);
    Labels { table: word("text-table"), footnotes: word("text-footnotes"), back: word("text-footnote-back") }
}

/// What makes an edition this edition, in one canonical form. Terms and the note on what changed are not among it.
pub fn canonical(title: &str, lead: &str, section: &str, unit: &str, facts: &dyn Facts, body: &str) -> String {
    let mut out = Writer::default();
    out.text("title", title).text("lead", lead).text("section", section).text("unit", unit);
    facts.keys(&mut out);
    facts.tables(&mut out);
    out.file(body)
}

/// `words` is the canonical form of the rest.
pub fn set(title: &str, lead: &str, facts: &dyn Facts, body: &str, words: &str, files: &Files, labels: &Labels) -> Set {
    let shown = facts.hides().map_or(Cow::Borrowed(body), |way| Cow::Owned(mask::masked(body, way)));
    let html = markdown::render(&shown, labels, &|name| files.get(name).and_then(FileRef::image));
    let digests: BTreeSet<&String> = files.values().map(|file| &file.digest).collect();
    Set {
        title: title.to_owned(),
        lead: lead.to_owned(),
        facts: facts.json(),
        keys: facts.found_by(),
        source: source_of(words, Some(files)),
        files: serde_json::to_string(files).unwrap_or_default(),
        body: body.to_owned(),
        html,
        media: digests.into_iter().cloned().collect(),
    }
}

/// A source is the digest of the words, and that of the files they show.
pub fn source_of(words: &str, files: Option<&Files>) -> String {
    let words = digest::sha256(words.as_bytes());
    match files {
        None => words,
        Some(files) => {
            let digests: Vec<&str> = files.values().map(|file| file.digest.as_str()).collect();
            format!("{words}{}", digest::sha256_of(&digests))
        }
    }
}

/// What stands on the shelf under these names.
pub fn shelved(c: &mut Conn, names: &[&str]) -> Result<Files, Refusal> {
    let mut found = Files::new();
    for names in names.chunks(CHUNK) {
        let rows: Vec<(String, Medium)> = media_names::table
            .inner_join(media::table)
            .filter(media_names::name.eq_any(names))
            .select((media_names::name, Medium::as_select()))
            .load(c)?;
        found.extend(rows.into_iter().map(|(name, medium)| (name, FileRef::from(medium))));
    }
    Ok(found)
}

/// The words of a revision as they stand, for another edition filed in the same place.
pub fn again(c: &mut Conn, revision: &Revision) -> Result<Set, Refusal> {
    let media = revision_media::table.filter(revision_media::revision_id.eq(revision.id)).select(revision_media::digest).load(c)?;
    let Revision { title, lead, facts, files, body, html, source, .. } = revision.clone();
    let keys = keys::of(c, revision.id)?;
    Ok(Set { title, lead, facts, files, body, html, source, media, keys })
}
