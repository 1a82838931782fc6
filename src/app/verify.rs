//! `bangtin verify`: the log is recomputed row by row, and every text and file is compared with what was recorded.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::Value;

use crate::edition::{Edition, Revision};
use crate::kit::digest;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::log::{self, Verdict};
use crate::store::schema::{documents, editions, media, revisions};
use crate::store::shelf::{Medium, Shelf};
use crate::store::{Conn, Store};

#[derive(Debug, Default)]
pub struct Findings {
    pub rows: i64,
    pub editions: usize,
    pub files: usize,
    /// What is not as it was recorded, the log's first broken row first.
    pub faults: Vec<Phrase>,
}

pub fn verify(store: &Store, shelf: &Shelf) -> Result<Findings, Refusal> {
    let mut c = store.read()?;
    let mut findings = Findings::default();
    // The digest that the log last recorded for each edition.
    let mut recorded: HashMap<String, String> = HashMap::new();
    match log::verify(&mut c, |row| {
        if let Ok(Value::Object(facts)) = serde_json::from_str(&row.facts)
            && let Some(Value::String(digest)) = facts.get("digest")
        {
            recorded.insert(row.subject.clone(), digest.clone());
        }
    })? {
        Verdict::Whole { rows } => findings.rows = rows,
        Verdict::Broken { position } => {
            findings.faults.push(phrase!("verify-broken-row", position = position));
            return Ok(findings);
        }
    }
    texts(&mut c, &recorded, &mut findings)?;
    files(&mut c, shelf, &mut findings)?;
    Ok(findings)
}

fn texts(c: &mut Conn, recorded: &HashMap<String, String>, findings: &mut Findings) -> Result<(), Refusal> {
    let mut last = 0;
    loop {
        let rows: Vec<(Edition, Revision, String, String)> = editions::table
            .inner_join(revisions::table)
            .inner_join(documents::table)
            .filter(editions::id.gt(last))
            .order(editions::id.asc())
            .limit(500)
            .select((Edition::as_select(), Revision::as_select(), documents::kind, documents::slug))
            .load(c)?;
        let Some((edition, ..)) = rows.last() else { return Ok(()) };
        last = edition.id;
        for (edition, revision, kind, slug) in rows {
            let subject = format!("{kind}/{slug}/{}", edition.number);
            if revision.seal() != revision.digest || recorded.get(&subject) != Some(&revision.digest) {
                findings.faults.push(phrase!("verify-changed-text", subject = subject));
            }
            if edition.terms().span() != (edition.shown_from, edition.shown_until) {
                findings.faults.push(phrase!("verify-changed-terms", subject = subject));
            }
            findings.editions += 1;
        }
    }
}

fn files(c: &mut Conn, shelf: &Shelf, findings: &mut Findings) -> Result<(), Refusal> {
    let known: Vec<Medium> = media::table.select(Medium::as_select()).order(media::digest.asc()).load(c)?;
    for medium in known {
        let sound = shelf.take(&medium.digest, "").is_ok_and(|bytes| digest::sha256(&bytes) == medium.digest);
        if !sound {
            findings.faults.push(phrase!("verify-changed-file", digest = medium.digest));
        }
        findings.files += 1;
    }
    Ok(())
}
