//! Judging a folder against what is stored: everything that must hold before any of it is kept.

use std::collections::{HashMap, HashSet};

use super::SITE;
use super::known::{Document, Group, Known, Target, dated, groups, is_for_the_public, target};
use super::scan::{Common, Scanned};
use crate::edition::Kind;
use crate::edition::state::State;
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::Issue;
use crate::kit::words::Phrase;
use crate::phrase;
use crate::posting::adopt_file;
use crate::posting::groups::{GROUPS, Groups};
use crate::posting::{placements_file, places_file, plan_file};
use crate::report::release_file;
use crate::unit::book::{Book, Key, UNITS};
use crate::web::site::Site;

/// Everything about the folder as a whole that must hold before any of it is kept.
pub fn judge(scanned: &Scanned, known: &Known, site: Option<&Site>, book: Option<&Book>, now: Moment, issues: &mut Vec<Issue>) {
    judge_lists(scanned, known, site, issues);
    if scanned.site.is_some() {
        judge_own_unit(site, book, now, issues);
    }
    if let (Some(places), Some(book)) = (&scanned.places, book) {
        issues.extend(places_file::judge(places, &book.entries.iter().map(|entry| entry.label.as_str()).collect()));
    }
    judge_unit_groups(scanned, known, book, issues);
    let groups = groups(scanned);
    let is_posting = |slug: &str| groups.contains_key(&(Kind::Posting, slug.to_owned())) || known.document(Kind::Posting, slug).is_some();
    let listed = scanned.places.iter().flatten().map(|entry| (entry.unit.clone(), entry.slug.clone()));
    let places: HashSet<(String, String)> = known.places.iter().cloned().chain(listed).collect();
    let is_place = |unit: &str, place: &str| places.contains(&(unit.to_owned(), place.to_owned()));
    issues.extend(placements_file::judge(&scanned.placements, is_posting, is_place));
    if let Some(book) = book {
        let keys: HashSet<&Key> = book.entries.iter().map(|entry| &entry.key).collect();
        issues.extend(adopt_file::judge(&scanned.adoptions, is_posting, |key| keys.contains(key)));
        issues.extend(release_file::judge(&scanned.releases, |key| keys.contains(key)));
        issues.extend(plan_file::judge(&scanned.plans, now, is_posting, |key| keys.contains(key)));
    }
    let mut former: HashMap<(Kind, &str), &str> = HashMap::new();
    for ((kind, slug), group) in &groups {
        let document = known.document(*kind, slug);
        let dated = dated(group, document, now);
        let mut next = document.map_or(1, |document| document.editions.len() as i32 + 1);
        let mut seen: HashMap<Option<i32>, &str> = HashMap::new();
        for (number, text) in &group.texts {
            let mut object = |line, phrase| issues.push(Issue { file: text.file.to_owned(), line, phrase });
            if let Some(first) = seen.insert(*number, text.file) {
                object(0, phrase!("import-slug-twice", slug = slug, other = first));
                continue;
            }
            // The keeper may have removed a section since, when nothing that stands was in it.
            let is_over = text.is_draft || text.withdrawn.is_some() || is_followed(group, document, *number);
            let is_of_site = text.facts.filed_under() == "section";
            if is_of_site && !is_over && !text.section.is_empty() && site.is_some_and(|site| site.section(text.section).is_none()) {
                object(text.lines.section, phrase!("import-unknown-section", section = text.section));
            }
            let day = dated.map(|dated| calendar::local(dated.at).date());
            if !text.unit.is_empty() && book.is_some_and(|book| day.is_none_or(|day| book.on_day(text.unit, day).is_none())) {
                let day = day.map(calendar::day).unwrap_or_default();
                object(text.lines.unit, phrase!("import-unknown-unit-on-day", unit = text.unit, day = day));
            }
            if let Some(withdrawn) = text.withdrawn.filter(|withdrawn| !withdrawn.replaced_by.is_empty()) {
                let to = (*kind, withdrawn.replaced_by.clone());
                if withdrawn.replaced_by == *slug || !(groups.contains_key(&to) || known.documents.contains_key(&to)) {
                    object(text.lines.withdrawn, phrase!("import-unknown-replacement", slug = withdrawn.replaced_by));
                }
            }
            if let Some(owner) = known.former.get(&(*kind, slug.clone()))
                && document.is_none_or(|document| document.id != *owner)
            {
                object(0, phrase!("import-slug-promised", slug = slug));
            }
            for old in text.former {
                let name = (*kind, old.clone());
                let taken = groups.contains_key(&name)
                    || known.documents.contains_key(&name)
                    || former.get(&(*kind, old.as_str())).is_some_and(|other| *other != slug)
                    || known.former.get(&name).is_some_and(|id| document.is_none_or(|document| document.id != *id));
                if taken {
                    object(text.lines.former, phrase!("import-former-taken", slug = old));
                }
                former.insert((*kind, old), slug);
            }
            if let Some(number) = *number {
                let is_told = text.is_draft || text.minor || !text.change_note.is_empty();
                if !is_told && follows_one(group, document, number) {
                    object(text.lines.change_note, phrase!("import-no-change-note"));
                }
                if number > next {
                    object(0, phrase!("import-edition-gap", number = number, next = next));
                }
                next = next.max(number + 1);
            }
            judge_stored(text, *number, document, dated, now, &mut object);
        }
    }
}

/// Published addresses answer for ever: those of units and of sections too.
fn judge_lists(scanned: &Scanned, known: &Known, site: Option<&Site>, issues: &mut Vec<Issue>) {
    if let Some(book) = &scanned.book {
        let labels: HashMap<_, _> = book.entries.iter().map(|entry| (&entry.key, &entry.label)).collect();
        for entry in &known.book.entries {
            if let Some(label) = labels.get(&entry.key).filter(|label| **label != &entry.label) {
                let phrase = phrase!("unit-label-fixed", code = entry.key.0, label = entry.label, other = label);
                issues.push(Issue { file: UNITS.into(), line: 0, phrase });
            }
        }
    }
    if let (Some(_), Some(site)) = (&scanned.site, site) {
        let used = known.sections.iter().filter(|section| !section.is_empty() && site.section(section).is_none());
        for section in used {
            issues.push(Issue { file: SITE.into(), line: 0, phrase: phrase!("site-section-in-use", section = section) });
        }
    }
}

/// Whether a later edition stands, or stood, in its place.
fn is_followed(group: &Group, document: Option<&Document>, number: Option<i32>) -> bool {
    let Some(number) = number else { return false };
    let comes = |text: &Common| !text.is_draft && is_for_the_public(text);
    let stored = document.and_then(|document| document.editions.get(&number));
    stored.is_some_and(|(edition, _)| edition.state() == State::Superseded)
        || group.texts.iter().any(|(other, text)| other.is_some_and(|other| other > number) && comes(text))
}

/// Whether the public sees, or saw, an edition before this one: then it is told what changed.
fn follows_one(group: &Group, document: Option<&Document>, number: i32) -> bool {
    let is_seen = |text: &Common| !text.is_draft && is_for_the_public(text);
    let among = group.texts.iter().any(|(other, text)| other.is_some_and(|other| other < number) && is_seen(text));
    among || document.is_some_and(|document| document.editions.range(..number).any(|(_, (edition, _))| edition.is_seen()))
}

/// Groups are of units that are there or were, and none is gone that a text is for.
fn judge_unit_groups(scanned: &Scanned, known: &Known, book: Option<&Book>, issues: &mut Vec<Issue>) {
    let (Some(text), Some(book)) = (scanned.setting(GROUPS.name), book) else { return };
    let codes: HashSet<&str> = book.entries.iter().map(|entry| entry.key.0.as_str()).collect();
    match Groups::read_by(GROUPS.name, text, |code| codes.contains(code)) {
        Err(found) => issues.extend(found),
        Ok(groups) => {
            let lacking = groups.lacking(&known.groups).map(|slug| phrase!("groups-in-use", slug = slug));
            issues.extend(lacking.map(|phrase| Issue { file: GROUPS.name.into(), line: 0, phrase }));
        }
    }
}

/// A portal is of a unit that is there.
fn judge_own_unit(site: Option<&Site>, book: Option<&Book>, now: Moment, issues: &mut Vec<Issue>) {
    let (Some(site), Some(book)) = (site, book) else { return };
    if !site.unit.is_empty() && book.on_day(&site.unit, calendar::local(now).date()).is_none() {
        issues.push(Issue { file: SITE.into(), line: site.unit_line, phrase: phrase!("site-unknown-unit", unit = site.unit) });
    }
}

/// What was published is not edited: neither its words, nor its date, nor what was said of its changes and its end.
fn judge_stored(
    text: &Common,
    number: Option<i32>,
    document: Option<&Document>,
    dated: Option<When>,
    now: Moment,
    object: &mut dyn FnMut(usize, Phrase),
) {
    let edition = match target(text, number, document) {
        Ok(Target::Standing(edition)) => edition,
        Ok(Target::New) => {
            let was_published =
                document.is_some_and(|document| document.editions.values().any(|(edition, _)| edition.state().was_published()));
            if text.is_draft && number.is_none() && was_published {
                object(text.lines.state, phrase!("import-draft-of-published"));
            }
            // What the public has seen is not changed without a word to the public.
            let has_begun = document.is_some_and(|document| document.has_begun(now));
            if number.is_none() && has_begun && !text.is_draft && !text.minor && text.change_note.is_empty() {
                let next = document.map_or(2, |document| document.editions.len() + 1);
                object(text.lines.change_note, phrase!("import-needs-note", slug = text.slug, next = next));
            }
            return;
        }
        Ok(Target::Draft(..)) => return,
        Err(phrase) => return object(0, phrase),
    };
    if !edition.state().was_published() {
        return;
    }
    if text.is_draft {
        object(text.lines.state, phrase!("import-draft-of-published"));
    }
    let is_first = number.unwrap_or(edition.number) == 1;
    let is_alone = document.is_some_and(|document| document.editions.len() == 1);
    let start_differs = match number {
        // Nobody ever saw it: it bears no date but its own.
        Some(1) if !edition.is_seen() => text.published.at != edition.starts_at,
        // A later edition may have been held back to the moment it came in.
        Some(number) if number > 1 => text.published.at > edition.starts_at,
        _ => dated.is_some_and(|dated| dated != text.published),
    };
    let nobody_saw = document.is_none_or(|document| !document.has_begun(now));
    let is_open = !edition.has_begun(now) && (!is_first || is_alone) && (number.is_some() || edition.number == 1 || nobody_saw);
    if start_differs && !is_open {
        object(text.lines.published, phrase!("import-date-fixed"));
    }
    if edition.number > 1 && !text.change_note.is_empty() && text.change_note != edition.change_note {
        object(text.lines.change_note, phrase!("import-note-fixed"));
    }
    let stored = (edition.withdrawn_at, edition.withdrawn_reason.as_str(), edition.replaced_by.as_str());
    match (edition.state(), text.withdrawn) {
        (State::Withdrawn, None) => {
            let next = document.map_or(2, |document| document.editions.len() + 1);
            object(0, phrase!("import-withdrawn-stays", next = next));
        }
        (State::Withdrawn, Some(withdrawn)) if stored != (Some(withdrawn.at.at), &withdrawn.reason, &withdrawn.replaced_by) => {
            object(text.lines.withdrawn, phrase!("import-withdrawal-fixed"));
        }
        // How long it stood is told already; while its successor is still to come, it may be taken down at once.
        (State::Superseded, Some(withdrawn)) if edition.superseded_at.is_some_and(|end| end <= now && withdrawn.at.at < end) => {
            let since = edition.superseded_at.map(|end| calendar::short(end, false)).unwrap_or_default();
            object(text.lines.withdrawn, phrase!("import-withdrawn-too-early", since = since));
        }
        _ => {}
    }
}
