//! What the rules say of a posting before it goes out: when its period ends, and everything for which it is refused, at its
//! field and with the rule. Asked in the transaction that publishes, so that no two take one number.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveDate};
use diesel::prelude::*;

use super::kinds::{Carry, Catalogue, End, Kind, PLACES, Period, Place, Term, word_of};
use super::{CORRECTS, FOR, NUMBER, Posting, groups, rules};
use crate::edition::body::parse;
use crate::edition::keys;
use crate::edition::state::State;
use crate::edition::written::{Case, Ruling};
use crate::edition::{Edition, Kind as TextKind, Revision, URGENT};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::days::{Counted, Holidays, Measure};
use crate::kit::mask;
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions};
use crate::unit;

/// What is for all units below its own, and what is for a group of them.
pub const BELOW: &str = crate::edition::reached::BELOW;
pub const GROUP: &str = "group:";
const MOST_TARGETS: usize = 400;
/// Postings looked through for a circle of replacements.
const MOST_LINKS: usize = 1_000;

/// The rules as they stand.
pub struct Rules {
    pub catalogue: Catalogue,
    pub holidays: Holidays,
}

impl Rules {
    pub fn load(c: &mut Conn) -> Result<Rules, Refusal> {
        Ok(Rules { catalogue: rules::catalogue(c)?, holidays: rules::calendar(c)?.holidays() })
    }
}

/// The period as it is counted from the day on which it is hung; `None` where it is not counted: it has no end, or states
/// its own.
pub fn counted(posting: &Posting, kind: &Kind, posted: NaiveDate, holidays: &Holidays) -> Option<(Counted, u16, Measure)> {
    let (days, measure) = match (posting.period, kind.term) {
        (Some(period), _) => (period.days, period.measure()),
        (None, Term::Days { days, measure, .. }) => (days, measure),
        _ => return None,
    };
    holidays.count(posted, days, measure).map(|counted| (counted, days, measure))
}

/// The instant at which it comes down; `None` for never.
pub fn end(posting: &Posting, kind: &Kind, posted: NaiveDate, holidays: &Holidays) -> Option<Moment> {
    let last = match counted(posting, kind, posted, holidays) {
        Some((counted, ..)) => Some(counted.last),
        None if kind.term == Term::Stated => posting.expires,
        None => None,
    };
    last.map(after)
}

/// The end of a day: 24:00 of it.
pub fn after(day: NaiveDate) -> Moment {
    calendar::midnight(day + Duration::days(1))
}

/// The last whole day before an instant.
pub fn last_day(ends_at: Moment) -> NaiveDate {
    calendar::local(ends_at).date() - Duration::days(1)
}

/// Where it hangs: as it says, or as its kind does.
pub fn places(posting: &Posting, kind: &Kind) -> Vec<Place> {
    let own = posting.places();
    if own.is_empty() { kind.places.clone() } else { own }
}

struct Found(Vec<(&'static str, usize, Phrase)>);

impl Found {
    fn add(&mut self, field: &'static str, phrase: Phrase) {
        self.0.push((field, 0, phrase));
    }
}

/// `case.edition`: with the start, the date and the end that it is to have. An end that is not told is counted.
pub fn rule(c: &mut Conn, case: &Case) -> Result<Ruling, Refusal> {
    let rules = Rules::load(c)?;
    rule_by(c, &rules, case)
}

/// The same by rules that are at hand.
pub fn rule_by(c: &mut Conn, rules: &Rules, case: &Case) -> Result<Ruling, Refusal> {
    let posting: Posting = parse(&case.revision.facts)?;
    let edition = case.edition;
    let mut found = Found(Vec::new());
    let Some(kind) = rules.catalogue.kind(&edition.section) else {
        if !edition.section.is_empty() {
            found.add("section", phrase!("posting-unknown-kind", kind = edition.section));
        }
        return Ok(Ruling { ends_at: edition.ends_at, issues: found.0 });
    };
    let posted = calendar::local(edition.dated_at).date();
    let ends_at = edition.ends_at.or_else(|| end(&posting, kind, posted, &rules.holidays));
    period(&posting, kind, &rules.holidays, edition, ends_at, &mut found);
    days(&posting, &mut found);
    carried(&posting, kind, case.revision, &mut found);
    number(c, case, &mut found)?;
    related(c, case, &posting, kind, &rules.catalogue, &mut found)?;
    targets(c, &posting, posted, &mut found)?;
    Ok(Ruling { ends_at, issues: found.0 })
}

/// Fields of which a kind's own rule speaks, which a keeper may make stricter, and in which a posting may go on as it was
/// allowed. What it shows of persons is none of them: that is judged by today's rule, whoever brings it.
pub const BY_ITS_DAY: [&str; 3] = ["ends", "event", "priority"];

/// Whether its kind's rule of today refuses in these an edition, whatever else stands in the portal.
pub fn refused_by_kind(rules: &Rules, edition: &Edition, revision: &Revision) -> Result<bool, Refusal> {
    let posting: Posting = parse(&revision.facts)?;
    let Some(kind) = rules.catalogue.kind(&edition.section) else { return Ok(false) };
    let mut found = Found(Vec::new());
    period(&posting, kind, &rules.holidays, edition, edition.ends_at, &mut found);
    Ok(found.0.iter().any(|(field, ..)| BY_ITS_DAY.contains(field)))
}

fn period(posting: &Posting, kind: &Kind, holidays: &Holidays, edition: &Edition, ends_at: Option<Moment>, found: &mut Found) {
    let posted = calendar::local(edition.dated_at).date();
    let end = match ends_at {
        None => End::Open,
        // What ends at an hour hangs for whole days up to the day before, where days are what its rule asks for.
        Some(at) if calendar::is_midnight(at) || matches!(kind.term, Term::Days { .. }) => End::On(last_day(at)),
        Some(at) => End::On(calendar::local(at).date()),
    };
    if let Err(phrase) = kind.check(Period { posted, end }, holidays) {
        found.add("ends", phrase);
    } else if posting.priority == URGENT && ends_at.is_none() {
        found.add("ends", phrase!("posting-urgent-endless", kind = kind.name));
    }
    if kind.urgent && posting.priority != URGENT {
        found.add("priority", phrase!("posting-urgent-kind", kind = kind.name));
    }
    match (kind.ahead, posting.event) {
        (Some((days, measure)), None) => {
            let measure = word_of(&super::kinds::MEASURES, &measure);
            found.add("event", phrase!("posting-no-event", days = days, measure = measure, rule = kind.rule, source = kind.source));
        }
        (_, Some(event)) => {
            kind.check_ahead(posted, event, holidays).err().into_iter().for_each(|phrase| found.add("event", phrase));
        }
        _ => {}
    }
}

fn days(posting: &Posting, found: &mut Found) {
    let before = |one: Option<NaiveDate>, other: Option<NaiveDate>| one.zip(other).is_some_and(|(one, other)| other < one);
    if before(posting.effective, posting.expires) {
        found.add("expires", phrase!("posting-expires-before", effective = posting.effective.map(calendar::day).unwrap_or_default()));
    }
    if before(posting.comments_from, posting.comments_until) {
        let from = posting.comments_from.map(calendar::day).unwrap_or_default();
        found.add("comments_until", phrase!("posting-comments-before", from = from));
    }
    if let Some(suspended) = &posting.suspended {
        if before(Some(suspended.from), suspended.until) {
            found.add("suspended_until", phrase!("posting-suspended-before", from = calendar::day(suspended.from)));
        }
        if suspended.reason.is_empty() {
            found.add("suspended_reason", phrase!("posting-suspended-why"));
        }
    }
    if posting.drill && posting.priority != URGENT {
        found.add("drill", phrase!("posting-drill-of-what"));
    }
}

/// Personal data goes the narrow way: neither form shows more than its kind allows, and a name stands only in the text.
fn carried(posting: &Posting, kind: &Kind, revision: &Revision, found: &mut Found) {
    for (field, told, widest) in [("paper", &posting.paper, kind.paper), ("web", &posting.web, kind.web)] {
        // From the widest to the narrowest.
        if !told.is_empty() && Posting::carry(told) < widest {
            found.add(field, phrase!("posting-carries-more", kind = kind.name, rule = kind.source));
        }
    }
    for (field, text) in [("title", &revision.title), ("lead", &revision.lead)] {
        if mask::has_marks(text) {
            found.add(field, phrase!("posting-name-in-title"));
        }
    }
    if let Some(line) = mask::unclosed(&revision.body) {
        found.0.push(("body", line, phrase!("posting-mark-open")));
    }
    if kind.people && kind.web == Carry::Totals && posting.attachments.iter().any(|one| !one.paper_only) {
        found.add("attachments", phrase!("posting-list-on-web", kind = kind.name));
    }
}

/// A number is given once by an issuer in a year, also where the posting was taken back since.
fn number(c: &mut Conn, case: &Case, found: &mut Found) -> Result<(), Refusal> {
    let Some((_, key)) = keys::of(c, case.revision.id)?.into_iter().find(|(name, _)| name == NUMBER) else { return Ok(()) };
    let taken: Option<(String, String)> = editions::table
        .inner_join(documents::table)
        .inner_join(revisions::table)
        .filter(editions::revision_id.eq_any(keys::revisions_under(c, NUMBER, &key)?))
        .filter(editions::document_id.ne(case.edition.document_id))
        .filter(editions::state.concat("").eq_any(PUBLISHED).and(editions::shown_from.lt(editions::shown_until)))
        .select((revisions::title, documents::slug))
        .first(c)
        .optional()?;
    if let Some((title, slug)) = taken {
        found.add("number", phrase!("posting-number-taken", title = title, slug = slug));
    }
    Ok(())
}

const PUBLISHED: [&str; 3] = [State::Published.name(), State::Superseded.name(), State::Withdrawn.name()];

/// What it says of other postings: they are there, none comes round to it again, and a correction hangs wherever the error
/// hung (Law 104/2016/QH13, Article 22).
fn related(c: &mut Conn, case: &Case, posting: &Posting, kind: &Kind, catalogue: &Catalogue, found: &mut Found) -> Result<(), Refusal> {
    let own = case.edition.document_id;
    let corrects = std::slice::from_ref(&posting.corrects);
    for (field, slugs) in [("replaces", &posting.replaces[..]), ("amends", &posting.amends[..]), ("corrects", corrects)] {
        for slug in slugs.iter().filter(|slug| !slug.is_empty()) {
            let Some((document, edition)) = standing(c, slug)? else {
                found.add(field, phrase!("posting-unknown-posting", slug = slug));
                continue;
            };
            if document == own {
                found.add(field, phrase!("posting-of-itself"));
                continue;
            }
            if field != "amends" && leads_to(c, document, own)? {
                found.add(field, phrase!("posting-circle", slug = slug));
            }
            if field == "corrects" {
                reaches(c, posting, kind, catalogue, &edition, found)?;
            }
        }
    }
    if let Some((at, by)) = keys::replacement(c, TextKind::Posting, own)?
        && at <= case.edition.starts_at
    {
        found.add("title", phrase!("posting-replaced-already", slug = by, day = calendar::short(at, true)));
    }
    Ok(())
}

/// A posting that was published and stands, by its address.
fn standing(c: &mut Conn, slug: &str) -> Result<Option<(i64, Edition)>, Refusal> {
    let newest: Option<Edition> = editions::table
        .inner_join(documents::table)
        .filter(documents::kind.eq(TextKind::Posting.name()).and(documents::slug.eq(slug)))
        .filter(editions::state.eq_any([State::Published.name(), State::Superseded.name()]))
        .order(editions::number.desc())
        .select(Edition::as_select())
        .first(c)
        .optional()?;
    Ok(newest.map(|edition| (edition.document_id, edition)))
}

/// Whether what one posting replaces and corrects comes round to another.
fn leads_to(c: &mut Conn, from: i64, to: i64) -> Result<bool, Refusal> {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(document) = next.pop() {
        if document == to || seen.len() > MOST_LINKS {
            return Ok(true);
        }
        for name in [keys::REPLACES, CORRECTS] {
            for subject in keys::values(c, document, name)? {
                let slug = subject.split_once('/').map_or("", |(_, slug)| slug);
                if let Some((other, _)) = standing(c, slug)?
                    && seen.insert(other)
                {
                    next.push(other);
                }
            }
        }
    }
    Ok(false)
}

fn reaches(c: &mut Conn, posting: &Posting, kind: &Kind, catalogue: &Catalogue, error: &Edition, found: &mut Found) -> Result<(), Refusal> {
    let facts: String = revisions::table.find(error.revision_id).select(revisions::facts).first(c)?;
    let wrong: Posting = parse(&facts)?;
    let hung = match catalogue.kind(&error.section) {
        Some(kind) => places(&wrong, kind),
        None => wrong.places(),
    };
    let own = places(posting, kind);
    if hung.iter().any(|place| !own.contains(place)) {
        let known = |place: &Place| PLACES.iter().position(|(_, known)| known == place);
        let mut all: Vec<Place> = hung.iter().chain(&own).copied().collect();
        all.sort_by_key(known);
        all.dedup();
        // As a file names them, and as a clerk reads them.
        let words: Vec<&str> = all.iter().map(|place| word_of(&PLACES, place)).collect();
        found.add("places", phrase!("posting-correction-places", places = words.join(", ")));
    }
    let told: Vec<String> = keys::of(c, error.revision_id)?.into_iter().filter(|(name, _)| name == FOR).map(|(_, to)| to).collect();
    if told.iter().any(|to| !posting.to.contains(to)) {
        found.add("to", phrase!("posting-correction-units", units = told.join(", ")));
    }
    Ok(())
}

fn targets(c: &mut Conn, posting: &Posting, posted: NaiveDate, found: &mut Found) -> Result<(), Refusal> {
    if posting.to.len() > MOST_TARGETS {
        found.add("to", phrase!("posting-too-many-targets", most = MOST_TARGETS));
        return Ok(());
    }
    let groups = if posting.to.iter().any(|to| to.starts_with(GROUP)) { groups::groups(c)? } else { groups::Groups::default() };
    for to in posting.to.iter().filter(|to| *to != BELOW) {
        match to.strip_prefix(GROUP) {
            Some(group) if groups.find(group).is_none() => {
                let known: Vec<&str> = groups.0.iter().map(|group| group.slug.as_str()).collect();
                found.add("to", phrase!("posting-unknown-group", group = group, known = known.join(", ")));
            }
            None if unit::on_day(c, to, posted)?.is_none() => {
                found.add("to", phrase!("posting-unknown-unit", unit = to, day = calendar::day(posted)));
            }
            _ => {}
        }
    }
    Ok(())
}
