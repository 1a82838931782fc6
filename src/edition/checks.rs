//! What a second pair of eyes sees in a text before it goes out: what must be mended, and what had better be. Nothing
//! here keeps a person from saving; nobody submits a text, or publishes one without approval, while anything of
//! [`Level::Must`] is left (`approval::ready`).

use std::collections::HashSet;

use ammonia::Url;
use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::find_link;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::fold::{fold, nfc};
use crate::kit::markdown::{self, ImageFault, Run, Survey};
use crate::kit::prose::{abbreviations, dates, garbled};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::Conn;

/// Told at once; what a person mends makes room for the rest.
const MOST: usize = 100;
/// A title as long as a search engine and a phone show it, in characters.
const LONG_TITLE: usize = 110;
/// Link texts that say nothing, folded.
const EMPTY_WORDS: [&str; 22] = [
    "bam vao day",
    "bam day",
    "nhan vao day",
    "an vao day",
    "kich vao day",
    "click vao day",
    "click here",
    "here",
    "vao day",
    "tai day",
    "o day",
    "day",
    "xem them",
    "xem tai day",
    "xem chi tiet",
    "chi tiet",
    "doc them",
    "duong dan",
    "link",
    "lien ket",
    "read more",
    "more",
];
/// Which every page of ours makes of its own heading.
const OWN_ANCHORS: [&str; 2] = ["fn-", "fnref-"];

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A reader would be misled or shut out: it holds the text back.
    Must,
    Advice,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// `title`, `lead`, `body`, `section`, `unit`, `picture`, `change_note`, `starts`, `ends`, `review`.
    pub field: &'static str,
    /// In the body, from 1; 0 where a field as a whole is meant.
    pub line: usize,
    pub level: Level,
    pub phrase: Phrase,
}

/// A text as it stands in its form.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'t> {
    pub title: &'t str,
    pub lead: &'t str,
    pub body: &'t str,
    /// Whether its kind says enough without a text.
    pub may_be_wordless: bool,
    /// Whether its kind is filed under a section and a unit at all.
    pub is_filed: bool,
    pub section: &'t str,
    pub unit: &'t str,
    pub picture: Option<Picture<'t>>,
    pub change_note: &'t str,
    pub is_minor: bool,
    /// Readers have seen an earlier edition.
    pub needs_note: bool,
    pub starts: Option<Moment>,
    pub ends: Option<Moment>,
    /// The day on which somebody looks at it again.
    pub review: Option<NaiveDate>,
    pub now: Moment,
    /// Our own, absolute, without a slash at the end; and where the text stands or will stand in it: `/tin/abc`.
    pub site: &'t str,
    pub path: &'t str,
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Picture<'t> {
    pub file: &'t str,
    pub alt: &'t str,
    pub is_decorative: bool,
}

/// What only the store can say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked<'t> {
    /// Does this path of ours answer? Without host, question and anchor.
    Path(&'t str),
    /// Does the shelf hold a file of this name?
    File(&'t str),
}

/// With the store's answers. Links may lead to what will show by the time this text does.
pub fn look_over(c: &mut Conn, given: &Given) -> Result<Vec<Check>, Refusal> {
    let at = given.starts.unwrap_or(given.now).max(given.now);
    let mut fault = None;
    let checks = checks(given, &mut |asked| {
        let answer = match asked {
            Asked::Path(path) => find_link::leads_somewhere(c, path, at),
            Asked::File(name) => find_link::knows_file(c, name),
        };
        answer.unwrap_or_else(|refusal| {
            fault.get_or_insert(refusal);
            true
        })
    });
    fault.map_or(Ok(checks), Err)
}

/// What must be mended first, then by field and line.
pub fn checks(given: &Given, look: &mut dyn FnMut(Asked) -> bool) -> Vec<Check> {
    let (title, lead, body) = (nfc(given.title), nfc(given.lead), nfc(given.body));
    let given = &Given { title: &title, lead: &lead, body: &body, ..*given };
    let mut found = Found(Vec::new());
    fields(given, &mut found);
    terms(given, &mut found);
    if let Some(picture) = &given.picture {
        lead_picture(picture, look, &mut found);
    }
    let mut runs = vec![Run { line: 0, text: title.clone() }, Run { line: 0, text: lead.clone() }];
    match markdown::images(&body) {
        Err(line) => found.must("body", line, phrase!("check-tangled")),
        Ok(images) => {
            for image in &images {
                body_picture(image, look, &mut found);
            }
            let survey = markdown::survey(&body);
            headings(&survey, &mut found);
            links(given, &survey, look, &mut found);
            for table in survey.tables.iter().filter(|table| !table.has_header) {
                found.advice("body", table.line, phrase!("check-table-header"));
            }
            runs.extend(survey.runs);
        }
    }
    prose(given, &runs, &mut found);
    let mut found = found.0;
    found.sort_by_key(|check| (check.level, check.line));
    found.truncate(MOST);
    found
}

struct Found(Vec<Check>);

impl Found {
    fn must(&mut self, field: &'static str, line: usize, phrase: Phrase) {
        self.add(field, line, Level::Must, phrase);
    }

    fn advice(&mut self, field: &'static str, line: usize, phrase: Phrase) {
        self.add(field, line, Level::Advice, phrase);
    }

    fn add(&mut self, field: &'static str, line: usize, level: Level, phrase: Phrase) {
        // Of each level, so that advice never hides what must be mended.
        if self.0.iter().filter(|check| check.level == level).count() < MOST {
            self.0.push(Check { field, line, level, phrase });
        }
    }
}

fn fields(given: &Given, found: &mut Found) {
    let title = given.title.trim();
    if title.is_empty() {
        found.must("title", 0, phrase!("check-no-title"));
    }
    let length = title.chars().count();
    if length > LONG_TITLE {
        found.advice("title", 0, phrase!("check-title-long", length = length, most = LONG_TITLE));
    }
    let is_shouted =
        !title.contains(char::is_lowercase) && title.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count() > 2;
    if is_shouted {
        found.advice("title", 0, phrase!("check-title-capitals"));
    }
    if given.lead.trim().is_empty() {
        found.advice("lead", 0, phrase!("check-no-lead"));
    }
    if given.body.trim().is_empty() && !given.may_be_wordless {
        found.must("body", 0, phrase!("check-no-body"));
    }
    if given.is_filed && given.section.trim().is_empty() {
        found.must("section", 0, phrase!("check-no-section"));
    }
    if given.is_filed && given.unit.trim().is_empty() {
        found.must("unit", 0, phrase!("check-no-unit"));
    }
    if given.needs_note && !given.is_minor && given.change_note.trim().is_empty() {
        found.must("change_note", 0, phrase!("check-no-note"));
    }
}

fn terms(given: &Given, found: &mut Found) {
    let starts = given.starts.unwrap_or(given.now);
    if given.starts.is_some_and(|at| at < given.now) {
        found.advice("starts", 0, phrase!("check-starts-past", at = calendar::short(starts, false)));
    }
    match given.ends {
        Some(at) if at <= given.now => found.must("ends", 0, phrase!("check-ends-past", at = calendar::short(at, false))),
        Some(at) if at <= starts => found.must("ends", 0, phrase!("check-ends-first", at = calendar::short(starts, false))),
        _ => {}
    }
    if let Some(day) = given.review.filter(|day| *day <= calendar::local(given.now).date()) {
        found.advice("review", 0, phrase!("check-review-past", day = calendar::day(day)));
    }
}

fn lead_picture(picture: &Picture, look: &mut dyn FnMut(Asked) -> bool, found: &mut Found) {
    let is_described = !picture.alt.trim().is_empty();
    if !picture.file.trim().is_empty() && !look(Asked::File(picture.file)) {
        found.must("picture", 0, phrase!("check-picture-unknown", name = picture.file));
    }
    match (is_described, picture.is_decorative) {
        (false, false) => found.must("picture", 0, phrase!("check-picture-text")),
        (true, true) => found.must("picture", 0, phrase!("check-picture-both")),
        _ => {}
    }
}

fn body_picture(image: &markdown::Shown, look: &mut dyn FnMut(Asked) -> bool, found: &mut Found) {
    let name = &image.name;
    match image.fault {
        Some(ImageFault::Undescribed) => found.must("body", image.line, phrase!("check-image-text", name = name)),
        Some(ImageFault::DescribedDecoration) => found.must("body", image.line, phrase!("check-image-both", name = name)),
        Some(ImageFault::Unread) => return found.must("body", image.line, phrase!("check-image-unread", name = name)),
        None => {}
    }
    if !look(Asked::File(name)) {
        found.must("body", image.line, phrase!("check-picture-unknown", name = name));
    }
}

/// The title is the page's first level, so a text begins with the second and goes down step by step.
fn headings(survey: &Survey, found: &mut Found) {
    let mut last = 1;
    for heading in &survey.headings {
        if heading.level == 1 {
            found.advice("body", heading.line, phrase!("check-heading-first"));
        } else if heading.level > last + 1 {
            let marks = "#".repeat(last + 1);
            found.advice("body", heading.line, phrase!("check-heading-skips", from = last, level = heading.level, marks = marks));
        }
        last = heading.level.max(2);
    }
}

fn links(given: &Given, survey: &Survey, look: &mut dyn FnMut(Asked) -> bool, found: &mut Found) {
    // The address need not exist yet for relative links to be put together.
    let page = Url::parse(given.site).and_then(|site| site.join(if given.path.is_empty() { "/" } else { given.path }));
    let mut asked: HashSet<String> = HashSet::new();
    for link in &survey.links {
        let (address, text) = (link.address.trim(), link.text.trim());
        if address.is_empty() || text.is_empty() {
            let phrase = if address.is_empty() {
                phrase!("check-link-nowhere", text = text)
            } else {
                phrase!("check-link-wordless", address = address)
            };
            found.must("body", link.line, phrase);
            continue;
        }
        let said = fold(text.trim_matches(|c: char| !c.is_alphanumeric()));
        if EMPTY_WORDS.contains(&said.as_str()) {
            found.advice("body", link.line, phrase!("check-link-says-nothing", text = text));
        } else if text.contains("://") || said.starts_with("www.") {
            found.advice("body", link.line, phrase!("check-link-bare", address = text));
        }
        if let Some(anchor) = address.strip_prefix('#') {
            let is_own = OWN_ANCHORS.iter().any(|start| anchor.starts_with(start));
            if !is_own && !survey.headings.iter().any(|heading| heading.id == anchor) {
                found.must("body", link.line, phrase!("check-link-anchor", address = address));
            }
            continue;
        }
        let Ok(page) = &page else { continue };
        let Ok(whole) = page.join(address) else {
            found.must("body", link.line, phrase!("check-link-broken", address = address));
            continue;
        };
        let is_ours = matches!(whole.scheme(), "http" | "https") && whole.host() == page.host() && whole.port() == page.port();
        if is_ours && asked.insert(whole.path().to_owned()) && whole.path() != given.path && !look(Asked::Path(whole.path())) {
            found.must("body", link.line, phrase!("check-link-broken", address = address));
        }
    }
}

fn prose(given: &Given, runs: &[Run], found: &mut Found) {
    let field = |place: usize| ["title", "lead"].get(place).copied().unwrap_or("body");
    let today = calendar::local(given.now).date();
    let mut is_garbled = false;
    for (place, run) in runs.iter().enumerate() {
        // Counted on from date to date: a long text may hold thousands.
        let (mut line, mut counted) = (run.line, 0);
        for dated in dates::dates(&run.text) {
            let written = &run.text[dated.at..dated.end];
            line += run.text[counted..dated.at].matches('\n').count();
            counted = dated.at;
            match (dated.day, dated.weekday) {
                (None, _) => found.advice(field(place), line, phrase!("check-date-impossible", date = written)),
                (Some(day), Some(weekday)) if day.weekday() != weekday => {
                    let weekday = day.weekday();
                    found.advice(field(place), line, phrase!("check-date-weekday", date = written, weekday = weekday));
                }
                (Some(day), _) if dated.is_limit && day < today => {
                    found.advice(field(place), line, phrase!("check-date-past", date = written));
                }
                _ => {}
            }
        }
        // One such place is enough to send for the original.
        if let Some((at, what)) = garbled::garbled(&run.text).filter(|_| !is_garbled) {
            is_garbled = true;
            let phrase = match what {
                garbled::Garbled::Lost => phrase!("check-characters-lost"),
                garbled::Garbled::OldAlphabet => phrase!("check-old-alphabet"),
            };
            found.must(field(place), run.line_at(at), phrase);
        }
    }
    for one in abbreviations::unexplained(runs) {
        let phrase = match one.meaning {
            Some(meaning) => phrase!("check-abbreviation-known", short = one.short, meaning = meaning),
            None => phrase!("check-abbreviation", short = one.short),
        };
        found.advice(if one.line == 0 { "lead" } else { "body" }, one.line, phrase);
    }
}
