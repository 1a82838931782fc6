//! What an import asks the rules of postings: when a period ends that a file only names by its length, and what they
//! refuse, at its line.

use std::collections::{BTreeSet, HashSet};

use diesel::prelude::*;

use super::scan::Common;
use crate::edition::body::parse;
use crate::edition::file::end_of;
use crate::edition::state::State;
use crate::edition::written::Case;
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::front::When;
use crate::kit::refusal::{Issue, Refusal};
use crate::posting::law::{self, Rules};
use crate::store::Conn;
use crate::store::schema::{documents, editions, revisions};

/// As the file says, or as its kind's rule counts from the day on which it is hung.
pub fn ends_at(rules: &Rules, text: &Common, dated: When) -> Result<Option<Moment>, Refusal> {
    let told = text.until.map(end_of);
    if text.kind != Kind::Posting || told.is_some() || text.is_draft {
        return Ok(told);
    }
    let Some(kind) = rules.catalogue.kind(text.section) else { return Ok(None) };
    let posted = calendar::local(dated.at).date();
    Ok(law::end(&parse(&text.facts.json())?, kind, posted, &rules.holidays))
}

/// Where an edition came from.
pub struct Kept<'k> {
    pub edition: i64,
    pub file: &'k str,
    pub keys: &'k [(String, usize)],
}

/// Whether any posting was ever published here. Where none was, an export is restored.
pub fn are_any(c: &mut Conn) -> Result<bool, Refusal> {
    let published = [State::Published, State::Superseded, State::Withdrawn].map(State::name);
    let any = editions::table.inner_join(documents::table).filter(documents::kind.eq(Kind::Posting.name()));
    let any = any.filter(editions::state.eq_any(published)).select(editions::id).limit(1).load::<i64>(c)?;
    Ok(!any.is_empty())
}

/// The files that were excused. Errors: `Issues`, everything that the rules refuse of what is not over yet. Asked when all of a
/// folder stands, so that its texts may speak of each other. What hangs already and is as its export left it (`by_their_day`) is
/// not asked for the time that its kind asks for today: it was allowed when it was put up.
pub fn judge<'k>(
    c: &mut Conn,
    rules: &Rules,
    kept: &[Kept<'k>],
    by_their_day: &HashSet<String>,
    now: Moment,
) -> Result<BTreeSet<&'k str>, Refusal> {
    let (mut issues, mut excused) = (Vec::new(), BTreeSet::new());
    for one in kept {
        let (edition, revision, slug): (Edition, Revision, String) = editions::table
            .inner_join(revisions::table)
            .inner_join(documents::table)
            .filter(editions::id.eq(one.edition))
            .select((Edition::as_select(), Revision::as_select(), documents::slug))
            .first(c)?;
        if edition.shown_until <= now {
            continue;
        }
        let case = Case { kind: Kind::Posting, slug: &slug, edition: &edition, revision: &revision };
        let was_allowed = edition.starts_at <= now && by_their_day.contains(one.file);
        for (field, _, phrase) in law::rule_by(c, rules, &case)?.issues {
            if was_allowed && law::BY_ITS_DAY.contains(&field) {
                excused.insert(one.file);
                continue;
            }
            issues.push(Issue { file: one.file.to_owned(), line: line(one.keys, field), phrase });
        }
    }
    if issues.is_empty() { Ok(excused) } else { Err(Refusal::Issues(issues)) }
}

/// Of the key that a field of the form is in a file; 0 where it is not told.
fn line(keys: &[(String, usize)], field: &str) -> usize {
    let of = |key: &str| keys.iter().find(|(known, _)| known == key).map(|(_, line)| *line);
    let key = match field {
        "section" => "kind",
        "ends" => "until",
        "suspended_until" | "suspended_reason" => "suspended",
        other => other,
    };
    of(key).or_else(|| of("period").filter(|_| field == "ends")).or_else(|| of("kind")).unwrap_or(0)
}
