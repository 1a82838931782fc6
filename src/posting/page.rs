//! What a citizen sees of a posting: its facts, what it is now in plain words, how its days were counted, and what it has
//! to do with other postings.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::kinds::{After, Kind, PLACES, word_of};
use super::law::{self, Rules};
use super::placements::Standing;
use super::placements_note;
use super::status::{self, Status};
use super::{AMENDS, CORRECTS, Posting, board, told};
use crate::edition::body::{Files, parse};
use crate::edition::page::{EditionShown, history};
use crate::edition::{Edition, Kind as TextKind, Revision, keys};
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, number};
use crate::phrase;
use crate::unit;
use crate::web::answer::Reading;
use crate::web::view::{Date, Link};

/// A line of the facts: plain words, or a day.
#[derive(Debug, Serialize)]
pub struct Fact {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct StatusShown {
    /// Of the style and the mark beside it.
    pub name: &'static str,
    pub word: String,
    /// In one sentence, with the day.
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct AttachmentShown {
    pub title: String,
    /// Empty for what only paper bears.
    pub path: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub size: String,
}

/// Postings that have to do with this one in one way.
#[derive(Debug, Serialize)]
pub struct Related {
    pub name: String,
    pub links: Vec<Link>,
}

/// A place where it is said to hang, or to have hung.
#[derive(Debug, Serialize)]
pub struct Hanging {
    pub place: String,
    pub location: String,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub struct Shown {
    pub title: String,
    pub lead: String,
    pub kind: String,
    pub group: String,
    pub unit: Option<Link>,
    pub date: Date,
    pub status: StatusShown,
    /// How its last day was counted, with the rule; empty where nothing is counted.
    pub counted: String,
    pub rule: String,
    /// What is read before the text, and what stands beside it.
    pub facts: Vec<Fact>,
    pub more: Vec<Fact>,
    pub legal_basis: Vec<String>,
    pub related: Vec<Related>,
    pub body: String,
    pub attachments: Vec<AttachmentShown>,
    /// Lists that hang on paper and nowhere else.
    pub on_paper: Vec<String>,
    pub is_urgent: bool,
    pub drill: bool,
    pub sample: bool,
    pub editions: Vec<EditionShown>,
    /// Where it hangs, since when.
    pub hanging: Vec<Hanging>,
    /// Where it hung, and was taken down.
    pub hung: Vec<Hanging>,
    /// The text in the portal that it came from.
    pub source: Option<Link>,
    /// Its address on paper, for ever.
    pub verdict: String,
}

/// What a kind says of a posting whose time is over; the narrowest where nobody knows its kind any more.
pub fn after(rules: &Rules, edition: &Edition) -> After {
    rules.catalogue.kind(&edition.section).map_or(After::Request, |kind| kind.after)
}

pub fn shown(reading: &mut Reading, rules: &Rules, slug: &str, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let posting: Posting = parse(&revision.facts)?;
    let now = reading.now;
    status::next_turn(&posting, edition, now).into_iter().for_each(|at| reading.until(at));
    let kind = rules.catalogue.kind(&edition.section);
    let related = related(reading, rules, &posting, slug)?;
    let sent_to = board::fact(reading, &posting, edition, slug)?;
    let status = status::status(&posting, edition, now);
    let (first, more) = facts(reading, &posting, kind, edition, &status);
    let (attachments, on_paper) = attachments(reading, &posting, revision)?;
    let (words, lang) = (reading.web.words.clone(), reading.lang);
    let posted = calendar::local(edition.dated_at).date();
    let counted = kind.and_then(|kind| law::counted(&posting, kind, posted, &rules.holidays));
    // What ends otherwise than it was counted was prolonged, or cut short, by somebody.
    let counted = counted.filter(|(counted, ..)| edition.ends_at == Some(law::after(counted.last)));
    let group = kind.and_then(|kind| kind.group).and_then(|number| rules.catalogue.group(number));
    let (hanging, hung) = hanging(reading, edition)?;
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        kind: kind.map(|kind| kind.name(lang).to_owned()).unwrap_or_default(),
        group: group.map(|group| group.name(lang).to_owned()).unwrap_or_default(),
        unit: unit::page::placed(reading, edition.unit_id)?,
        date: reading.date(edition.dated_at, edition.day_only),
        status: told_status(reading, &status),
        counted: counted.map(|(counted, days, measure)| told::counted(&counted, days, measure, &words, lang)).unwrap_or_default(),
        rule: kind.map(|kind| told::rule(kind, &words, lang)).unwrap_or_default(),
        facts: first,
        more: more.into_iter().chain(sent_to).collect(),
        legal_basis: posting.legal_basis.clone(),
        related,
        body: revision.html.clone(),
        attachments,
        on_paper,
        is_urgent: edition.priority == crate::edition::URGENT,
        drill: posting.drill,
        sample: posting.sample,
        editions: history(reading, TextKind::Posting, slug, edition)?,
        hanging,
        hung,
        source: posting.source.as_ref().map(|source| Link::new(source.name.clone(), source.url.clone())),
        verdict: format!("/n/{}", edition.document_id),
    })
}

/// For whoever asks in the street as well as for its page.
pub fn told_status(reading: &Reading, status: &Status) -> StatusShown {
    let day = |day| calendar::running(day, &reading.web.words, reading.lang);
    let hour = |at| calendar::running_time(at, &reading.web.words, reading.lang);
    // What ends at 24:00 of a day ends with that day.
    let end = |at: Moment| if calendar::is_midnight(at) { day(law::last_day(at)) } else { hour(at) };
    let text = match status {
        Status::NotYet { from } => reading.say(&phrase!("posting-is-not-yet", day = day(*from))),
        Status::InForce => reading.word("posting-is-in-force"),
        Status::EndingSoon { at } => reading.say(&phrase!("posting-is-ending-soon", until = ends(reading, *at))),
        Status::Ended { at } => reading.say(&phrase!("posting-is-ended", day = end(*at))),
        Status::Expired { last } => reading.say(&phrase!("posting-is-expired", day = day(*last))),
        Status::Suspended(suspended) => match suspended.until {
            Some(until) => {
                let (from, until) = (day(suspended.from), day(until));
                reading.say(&phrase!("posting-is-suspended-until", from = from, until = until, reason = suspended.reason))
            }
            None => reading.say(&phrase!("posting-is-suspended", from = day(suspended.from), reason = suspended.reason)),
        },
        Status::Withdrawn { at } => reading.say(&phrase!("posting-is-withdrawn", day = hour(*at))),
        Status::Replaced { at } => reading.say(&phrase!("posting-is-replaced", day = day(calendar::local(*at).date()))),
    };
    StatusShown { name: status.name(), word: reading.word(&format!("posting-status-{}", status.name())), text }
}

/// When it comes down, as it stands after "until".
pub fn until(reading: &Reading, edition: &Edition) -> String {
    edition.ends_at.map_or_else(|| reading.word("posting-until-replaced"), |at| ends(reading, at))
}

fn ends(reading: &Reading, at: Moment) -> String {
    let (words, lang) = (&reading.web.words, reading.lang);
    match calendar::is_midnight(at) {
        true => reading.say(&phrase!("posting-until-day", day = calendar::running(law::last_day(at), words, lang))),
        false => calendar::running_time(at, words, lang),
    }
}

/// What a reader wants before the text; the rest stands beside it.
const FIRST: [&str; 5] = ["posting-number", "posting-issuer", "posting-until", "posting-event", "posting-comments"];

/// Those that come first, and the rest.
fn facts(reading: &Reading, posting: &Posting, kind: Option<&Kind>, edition: &Edition, status: &Status) -> (Vec<Fact>, Vec<Fact>) {
    let (words, lang) = (&reading.web.words, reading.lang);
    let day = |day| calendar::running(day, words, lang);
    let (mut first, mut more) = (Vec::new(), Vec::new());
    let mut add = |key: &str, text: String| {
        if !text.is_empty() {
            let facts = if FIRST.contains(&key) { &mut first } else { &mut more };
            facts.push(Fact { name: reading.word(key), text });
        }
    };
    add("posting-number", posting.number.clone());
    add("posting-issuer", posting.issuer.clone());
    add("posting-requester", posting.requester.clone());
    add(
        "posting-signer",
        [&posting.signer_title[..], &posting.signer].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" "),
    );
    add("posting-issued", posting.issued.map(day).unwrap_or_default());
    add("posting-effective", posting.effective.map(day).unwrap_or_default());
    add("posting-expires", posting.expires.map(day).unwrap_or_default());
    add("posting-hung", calendar::long(edition.dated_at, edition.day_only, words, lang));
    let until = match status {
        Status::Replaced { at } => reading.say(&phrase!("posting-until-was-replaced", day = day(calendar::local(*at).date()))),
        _ => until(reading, edition),
    };
    add("posting-until", until);
    add("posting-event", posting.event.map(day).unwrap_or_default());
    add(
        "posting-comments",
        match (posting.comments_from, posting.comments_until) {
            (None, None) => String::new(),
            (Some(from), Some(until)) => reading.say(&phrase!("posting-comments-both", from = day(from), until = day(until))),
            (Some(from), None) => reading.say(&phrase!("posting-comments-since", from = day(from))),
            (None, Some(until)) => reading.say(&phrase!("posting-comments-by", until = day(until))),
        },
    );
    add("posting-objections", posting.objections.clone());
    let places = kind.map(|kind| law::places(posting, kind)).unwrap_or_else(|| posting.places());
    let names: Vec<String> = places.iter().map(|place| reading.word(&format!("posting-place-{}", word_of(&PLACES, place)))).collect();
    add("posting-places", names.join(", "));
    (first, more)
}

/// As those say who stand at the boards; who they are is nobody's business. Where it hangs, and where it hung.
fn hanging(reading: &mut Reading, edition: &Edition) -> Result<(Vec<Hanging>, Vec<Hanging>), Refusal> {
    let (all, screens) = placements_note::hanging(&mut reading.c, edition.document_id, reading.now)?;
    screens.next_turn(reading.now).into_iter().for_each(|at| reading.until(at));
    let of: BTreeSet<i64> = all.iter().map(|(place, _)| place.unit_id).filter(|unit| Some(*unit) != edition.unit_id).collect();
    let units = unit::with_ids(&mut reading.c, &of.into_iter().collect::<Vec<_>>())?;
    let names: HashMap<i64, String> = units.iter().map(|unit| (unit.id, unit::page::named(reading, unit))).collect();
    let at = |reading: &Reading, at: Moment| calendar::brief(at, false, &reading.web.words, reading.lang);
    let (mut hanging, mut hung, mut elsewhere) = (Vec::new(), Vec::new(), BTreeMap::<i64, usize>::new());
    let is_many = all.iter().filter(|(place, _)| names.contains_key(&place.unit_id)).count() > MOST_ELSEWHERE;
    for (place, placements) in all {
        let Some(last) = placements.last() else { continue };
        let text = match (last.until, last.standing()) {
            (Some(until), _) => reading.say(&phrase!("posting-hung-from-to", from = at(reading, last.from), until = at(reading, until))),
            (None, Standing::Interrupted) if screens.is_at(place.id) => {
                let since = last.interruptions.last().map_or(last.from, |(dark, _)| *dark);
                reading.say(&phrase!("posting-shown-interrupted", since = at(reading, since)))
            }
            (None, Standing::Interrupted) => reading.word("posting-hung-interrupted"),
            (None, _) => reading.say(&phrase!("posting-hung-since", from = at(reading, last.from))),
        };
        let unit = names.get(&place.unit_id);
        match unit.filter(|_| is_many) {
            Some(_) if last.until.is_none() => *elsewhere.entry(place.unit_id).or_default() += 1,
            Some(_) => {}
            None => {
                let location = [place.location.as_str(), unit.map_or("", String::as_str)].into_iter().filter(|part| !part.is_empty());
                let one = Hanging { location: location.collect::<Vec<_>>().join(", "), place: place.name, text };
                if last.until.is_some() { &mut hung } else { &mut hanging }.push(one);
            }
        }
    }
    if !elsewhere.is_empty() {
        let (count, units) = (elsewhere.values().sum::<usize>(), elsewhere.len());
        let place = reading.say(&phrase!("posting-hung-elsewhere", count = count, units = units));
        hanging.push(Hanging { place, location: String::new(), text: String::new() });
    }
    Ok((hanging, hung))
}

/// Boards of other units that are named; of more, how many there are is told.
const MOST_ELSEWHERE: usize = 30;

/// A file of a posting goes out while its day has not passed and it is no list of persons.
fn attachments(reading: &mut Reading, posting: &Posting, revision: &Revision) -> Result<(Vec<AttachmentShown>, Vec<String>), Refusal> {
    let files: Files = parse(&revision.files)?;
    let mut files = [files];
    crate::edition::body::learn_renditions(&mut reading.c, &mut files)?;
    let [files] = files;
    let today = calendar::local(reading.now).date();
    let (mut shown, mut on_paper) = (Vec::new(), Vec::new());
    for attachment in &posting.attachments {
        if attachment.paper_only {
            on_paper.push(attachment.title.clone());
            continue;
        }
        if !posting.is_attached(attachment, today) {
            continue;
        }
        attachment.until.into_iter().for_each(|until| reading.until(law::after(until)));
        let Some(file) = files.get(&attachment.file) else { continue };
        let path = match file.is_picture() {
            true => file.widest(),
            false => Some(file.path(&attachment.file)),
        };
        let Some(path) = path else { continue };
        shown.push(AttachmentShown {
            title: attachment.title.clone(),
            kind: path.rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase(),
            path,
            size: number::size(file.bytes, reading.lang),
        });
    }
    Ok((shown, on_paper))
}

/// Both ways: what it says of others, and what others that show now say of it.
fn related(reading: &mut Reading, rules: &Rules, posting: &Posting, slug: &str) -> Result<Vec<Related>, Refusal> {
    let subject = keys::subject(TextKind::Posting, slug);
    let others = |reading: &mut Reading, name: &str| keys::speaking(&mut reading.c, TextKind::Posting, name, &subject, reading.now);
    let told = [
        ("posting-replaced-by", others(reading, keys::REPLACES)?),
        ("posting-corrected-by", others(reading, CORRECTS)?),
        ("posting-amended-by", others(reading, AMENDS)?),
        ("posting-corrects", Some(posting.corrects.clone()).filter(|slug| !slug.is_empty()).into_iter().collect()),
        ("posting-replaces", posting.replaces.clone()),
        ("posting-amends", posting.amends.clone()),
    ];
    let mut related = Vec::new();
    for (key, slugs) in told {
        let mut links = Vec::new();
        for slug in slugs {
            // What is over is still told of, where its own page tells of it.
            let spoken = keys::spoken_of(&mut reading.c, TextKind::Posting, &slug, reading.now)?;
            let is_told = |section: &str| rules.catalogue.kind(section).is_some_and(|kind| kind.after != After::Request);
            if let Some(spoken) = spoken.filter(|spoken| spoken.shows || is_told(&spoken.section)) {
                links.push(Link::new(spoken.title, TextKind::Posting.path(&slug)));
            }
        }
        if !links.is_empty() {
            related.push(Related { name: reading.word(key), links });
        }
    }
    Ok(related)
}
