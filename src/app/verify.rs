//! `bangtin verify`: the log is recomputed row by row, and every text and file is compared with what was recorded.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use diesel::prelude::*;
use serde_json::Value;

use crate::app::exchange::SETTINGS;
use crate::bulletin::keys;
use crate::edition::step::Step;
use crate::edition::{Edition, Revision};
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::picture::{Picture, RECIPE};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::person::proof;
use crate::phrase;
use crate::posting::adopt;
use crate::posting::plan_keep;
use crate::posting::{placements_note, places};
use crate::report::release_keep;
use crate::store::log::{self, Verdict};
use crate::store::schema;
use crate::store::schema::{documents, editions, former_slugs, media, revisions};
use crate::store::shelf::{Medium, Shelf};
use crate::store::{Conn, Store, settings};
use crate::unit;
use crate::unit::book::{Book, UNITS};

#[derive(Debug, Default)]
pub struct Findings {
    pub rows: i64,
    /// The digest of the last of them.
    pub last: String,
    pub editions: usize,
    pub files: usize,
    pub people: usize,
    /// Pictures of which something is still to be made; a running server does that by itself.
    pub lacking: usize,
    /// What is not as it was recorded, the log's first broken row first.
    pub faults: Vec<Phrase>,
}

pub fn verify(store: &Store, shelf: &Shelf) -> Result<Findings, Refusal> {
    let mut c = store.snapshot()?;
    let mut findings = Findings::default();
    let mut told = Told::default();
    match log::verify(&mut c, |row| told.hear(row))? {
        Verdict::Whole { rows, last } => (findings.rows, findings.last) = (rows, last),
        Verdict::Broken { position } => {
            findings.faults.push(phrase!("verify-broken-row", position = position));
            return Ok(findings);
        }
    }
    texts(&mut c, &told, &mut findings)?;
    steps(&mut c, &mut told, &mut findings)?;
    addresses(&mut c, &told, &mut findings)?;
    lists(&mut c, &told, &mut findings)?;
    adoptions(&mut c, &mut told, &mut findings)?;
    plans(&mut c, &mut told, &mut findings)?;
    findings.faults.extend(release_keep::compare(&mut c, &told.releases)?);
    findings.people = told.people.len();
    findings.faults.extend(proof::compare(&mut c, &told.people)?);
    findings.faults.extend(placements_note::compare(&mut c, &told.placements)?);
    findings.faults.extend(places::compare(&mut c, &told.places)?);
    findings.faults.extend(keys::compare(&mut c, &told.keys)?);
    files(&mut c, shelf, &mut findings)?;
    Ok(findings)
}

/// What the log says of each thing last.
#[derive(Default)]
struct Told {
    /// By subject (`article/slug/1`): the seal of the edition as its last act left it.
    editions: BTreeMap<String, String>,
    /// By position: what a step must be, as one digest.
    steps: HashMap<i64, String>,
    /// By address (`article/slug`): which document it is, whatever its address was before.
    documents: HashMap<String, usize>,
    met: usize,
    /// By document and number: the digest of the words the edition was given last.
    words: HashMap<String, String>,
    /// By name (`site.toml`, `units.csv`): the digest of the list.
    lists: HashMap<String, String>,
    /// Former addresses, each with the document it leads to.
    former: BTreeSet<(String, String)>,
    /// By subject (`person/tham.tran`): what somebody is and may.
    people: BTreeMap<String, String>,
    /// By position: the seal of what was noted of a board.
    placements: HashMap<i64, String>,
    /// By place: the seal of its last act; empty where that was before acts bore one.
    places: HashMap<i64, String>,
    /// By position: what a unit did with a posting of another.
    adoptions: BTreeMap<i64, String>,
    /// By id: the seal of a signing key's last act.
    keys: HashMap<String, String>,
    /// By position: a version of a plan.
    plans: BTreeMap<i64, String>,
    /// By position: a version of what a unit announced.
    releases: BTreeMap<i64, String>,
}

impl Told {
    fn hear(&mut self, row: &log::Row) {
        let Ok(Value::Object(facts)) = serde_json::from_str(&row.facts) else { return };
        let fact = |name: &str| facts.get(name).and_then(Value::as_str);
        if facts.contains_key("edition") {
            let place = self.place(&row.subject);
            if let Some(digest) = fact("digest").filter(|_| matches!(row.act.as_str(), "drafted" | "revised" | "attached")) {
                self.words.insert(place.clone(), digest.to_owned());
            }
            if let Some(step) = fact("step") {
                let parts = [&place, step, &row.actor, fact("edition").unwrap_or_default(), fact("reason").unwrap_or_default()];
                // Every step is on the words its edition has then, but for one on words beside it.
                let words = fact("digest").or(self.words.get(&place).map(String::as_str));
                self.steps.insert(row.position, step_of(row.at, parts, words.unwrap_or_default()));
            }
        }
        if let Some(place) = places::of_subject(&row.subject) {
            self.places.insert(place, fact(places::SEAL).unwrap_or_default().to_owned());
        }
        if let Some((id, seal)) = row.subject.strip_prefix(keys::KEY).zip(fact("key")) {
            self.keys.insert(id.to_owned(), seal.to_owned());
        }
        if let Some(seal) = fact("placement") {
            self.placements.insert(row.position, seal.to_owned());
        }
        if let Some(slug) = fact("to").filter(|_| row.act == "readdressed") {
            self.readdress(&row.subject, slug);
        } else if let Some(seal) = fact("adoption") {
            self.adoptions.insert(row.position, seal.to_owned());
        } else if let Some(seal) = fact("plan") {
            self.plans.insert(row.position, seal.to_owned());
        } else if let Some(seal) = fact("release") {
            self.releases.insert(row.position, seal.to_owned());
        } else if let Some(seal) = fact("person") {
            self.people.insert(row.subject.clone(), seal.to_owned());
        } else if let Some(Value::String(seal)) = facts.get("edition") {
            self.editions.insert(row.subject.clone(), seal.clone());
        } else if let Some(Value::String(former)) = facts.get("former") {
            self.former.insert((row.subject.clone(), former.clone()));
        } else if let Some(Value::String(digest)) = facts.get("digest") {
            self.lists.insert(row.subject.clone(), digest.clone());
        }
    }
}

impl Told {
    /// An edition by its document and number, from its subject (`article/slug/1`).
    fn place(&mut self, subject: &str) -> String {
        let (address, number) = subject.rsplit_once('/').unwrap_or((subject, ""));
        let document = *self.documents.entry(address.to_owned()).or_insert(self.met);
        self.met = self.met.max(document + 1);
        format!("{document}/{number}")
    }

    /// What was told of a text before it had this address.
    fn readdress(&mut self, before: &str, slug: &str) {
        let Some((kind, _)) = before.split_once('/') else { return };
        if let Some(document) = self.documents.remove(before) {
            self.documents.insert(format!("{kind}/{slug}"), document);
        }
        let place = format!("{before}/");
        let moved: Vec<String> = self
            .editions
            .range(place.clone()..)
            .map(|(subject, _)| subject.clone())
            .take_while(|subject| subject.starts_with(&place))
            .collect();
        for subject in moved {
            if let Some(seal) = self.editions.remove(&subject) {
                self.editions.insert(format!("{kind}/{slug}/{}", &subject[place.len()..]), seal);
            }
        }
    }
}

/// `parts`: of which edition, its name, who, the edition's seal, the reason. `words`: their digest.
fn step_of(at: Moment, parts: [&str; 5], words: &str) -> String {
    let [place, name, actor, seal, reason] = parts;
    digest::sha256_of(&[&at.to_string(), place, name, actor, seal, reason, words])
}

/// Every step has its row in the log, and says what that says; and every row that tells of a step has it.
fn steps(c: &mut Conn, told: &mut Told, findings: &mut Findings) -> Result<(), Refusal> {
    let mut last = 0;
    loop {
        let rows: Vec<(Step, Revision, i32, String, String)> = schema::steps::table
            .inner_join(revisions::table)
            .inner_join(editions::table.inner_join(documents::table))
            .filter(schema::steps::id.gt(last))
            .order(schema::steps::id.asc())
            .limit(500)
            .select((Step::as_select(), Revision::as_select(), editions::number, documents::kind, documents::slug))
            .load(c)?;
        let Some((step, ..)) = rows.last() else { break };
        last = step.id;
        for (step, revision, number, kind, slug) in rows {
            let subject = format!("{kind}/{slug}/{number}");
            if revision.seal() != revision.digest {
                findings.faults.push(phrase!("verify-changed-text", subject = subject));
            }
            let place = told.place(&subject);
            let found = step_of(step.at, [&place, &step.name, &step.actor, &step.seal, &step.note], &revision.digest);
            if told.steps.remove(&step.position) != Some(found) {
                findings.faults.push(phrase!("verify-changed-step", step = step.name, subject = subject));
            }
        }
    }
    let mut lost: Vec<i64> = told.steps.keys().copied().collect();
    lost.sort_unstable();
    findings.faults.extend(lost.into_iter().map(|position| phrase!("verify-lost-step", position = position)));
    Ok(())
}

/// Both ways: every edition is as the log left it, and everything the log tells of is there.
fn texts(c: &mut Conn, told: &Told, findings: &mut Findings) -> Result<(), Refusal> {
    let mut found: HashSet<String> = HashSet::new();
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
        let Some((edition, ..)) = rows.last() else { break };
        last = edition.id;
        for (edition, revision, kind, slug) in rows {
            let subject = format!("{kind}/{slug}/{}", edition.number);
            if revision.seal() != revision.digest {
                findings.faults.push(phrase!("verify-changed-text", subject = subject));
            } else if told.editions.get(&subject) != Some(&edition.seal(&revision.digest)) {
                findings.faults.push(phrase!("verify-changed-edition", subject = subject));
            }
            if edition.terms().span() != (edition.shown_from, edition.shown_until) {
                findings.faults.push(phrase!("verify-changed-terms", subject = subject));
            }
            found.insert(subject);
            findings.editions += 1;
        }
    }
    let mut lost: Vec<&String> = told.editions.keys().filter(|subject| !found.contains(*subject)).collect();
    lost.sort();
    findings.faults.extend(lost.into_iter().map(|subject| phrase!("verify-lost-edition", subject = subject)));
    Ok(())
}

fn addresses(c: &mut Conn, told: &Told, findings: &mut Findings) -> Result<(), Refusal> {
    let rows: Vec<(String, String, String)> = former_slugs::table
        .inner_join(documents::table.on(documents::id.eq(former_slugs::document_id)))
        .select((documents::kind, documents::slug, former_slugs::slug))
        .load(c)?;
    let kept: BTreeSet<(String, String)> = rows.into_iter().map(|(kind, slug, former)| (format!("{kind}/{slug}"), former)).collect();
    findings.faults.extend(told.former.symmetric_difference(&kept).map(|(_, former)| phrase!("verify-changed-address", address = former)));
    Ok(())
}

fn plans(c: &mut Conn, told: &mut Told, findings: &mut Findings) -> Result<(), Refusal> {
    for version in plan_keep::all(c)? {
        if told.plans.remove(&version.position) != Some(version.seal()) {
            let unit = unit::with_ids(c, &[version.unit_id])?.pop().map(|unit| unit.label).unwrap_or_default();
            findings.faults.push(phrase!("verify-changed-plan", unit = unit, year = version.year, number = version.number));
        }
    }
    findings.faults.extend(told.plans.keys().map(|position| phrase!("verify-lost-plan", position = position)));
    Ok(())
}

/// Both ways: each is what the log says of it, and everything the log tells of is there.
fn adoptions(c: &mut Conn, told: &mut Told, findings: &mut Findings) -> Result<(), Refusal> {
    for (position, line) in adopt::lines(c)? {
        if told.adoptions.remove(&position) != Some(line.seal()) {
            findings.faults.push(phrase!("verify-changed-adoption", posting = line.posting, unit = line.unit.0));
        }
    }
    findings.faults.extend(told.adoptions.keys().map(|position| phrase!("verify-lost-adoption", position = position)));
    Ok(())
}

fn lists(c: &mut Conn, told: &Told, findings: &mut Findings) -> Result<(), Refusal> {
    let mut lists = Vec::new();
    for setting in SETTINGS {
        lists.push((setting.name, settings::find(c, setting.name)?.map(|text| digest::sha256(text.as_bytes()))));
    }
    let book = Book::stored(c)?;
    let units = (!book.entries.is_empty()).then(|| digest::sha256(book.text().as_bytes()));
    lists.push((UNITS, units));
    for (name, stored) in lists {
        if told.lists.get(name) != stored.as_ref() {
            findings.faults.push(phrase!("verify-changed-list", name = name));
        }
    }
    Ok(())
}

fn files(c: &mut Conn, shelf: &Shelf, findings: &mut Findings) -> Result<(), Refusal> {
    let known: Vec<Medium> = media::table.select(Medium::as_select()).order(media::digest.asc()).load(c)?;
    for medium in known {
        let original = shelf.take(&medium.digest, "");
        let is_sound = original.as_ref().is_ok_and(|bytes| digest::sha256(bytes) == medium.digest);
        findings.lacking += usize::from(medium.lacks(shelf));
        // What citizens are given is made from the original, so it can be made and compared again; but not what an
        // earlier way made.
        let is_comparable = medium.is_picture() && medium.recipe == RECIPE;
        let shown = original.ok().filter(|_| is_comparable).and_then(|bytes| Picture::decode(&bytes).ok()?.renditions(bytes.len()).ok());
        let is_shown = shown.iter().flatten().all(|(rendition, made)| {
            let held = shelf.take(&medium.digest, &rendition.to_string());
            matches!(held, Err(Refusal::Missing)) || held.is_ok_and(|held| held == *made)
        });
        if !is_sound || !is_shown {
            findings.faults.push(phrase!("verify-changed-file", digest = medium.digest));
        }
        findings.files += 1;
    }
    for digest in placements_note::photos(c)? {
        if !shelf.take(&digest, "").is_ok_and(|bytes| digest::sha256(&bytes) == digest) {
            findings.faults.push(phrase!("verify-changed-file", digest = digest));
        }
        findings.files += 1;
    }
    Ok(())
}
