//! What hung in a unit not long ago and hangs there no more: since when, and why. Nothing here reads the words of a text.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Duration;
use diesel::prelude::*;

use super::Here;
use crate::edition::{Edition, Kind as TextKind, URGENT, change, keys};
use crate::kit::calendar;
use crate::kit::clock::{Moment, NEVER};
use crate::kit::refusal::Refusal;
use crate::posting::adopt::{self, Adoption, IN, OUT};
use crate::posting::reach::{self, Rule, Sent};
use crate::store::schema::{documents, editions};
use crate::web::answer::Reading;

const CHUNK: usize = 400;
/// Beginnings and ends looked at; a unit with more in that time tells of fewer.
const MOST_TURNS: usize = 20_000;

/// A posting that is told of no more than this.
pub struct Gone {
    pub document_id: i64,
    pub slug: String,
    pub first_slug: String,
    /// When it was last there.
    pub at: Moment,
    pub why: Why,
    /// Any edition of it stood above every page.
    pub was_urgent: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// The public reason, since when it is public.
    Withdrawn {
        at: Moment,
        reason: String,
    },
    /// By the posting at this address, where that one shows now.
    Replaced {
        by: Option<String>,
    },
    Ended,
    /// It hangs elsewhere, and this unit took it down.
    Out,
    /// It hangs elsewhere: a correction is not for this unit any more.
    Moved,
}

impl Why {
    /// It is over wherever it hung.
    pub fn is_over(&self) -> bool {
        !matches!(self, Why::Out | Why::Moved)
    }
}

/// Those that went in so long a time up to now, newest first. `here`: all that hangs in the unit now.
pub fn gone(reading: &mut Reading, here: &Here, within: Duration, limit: usize) -> Result<Vec<Gone>, Refusal> {
    let now = reading.now;
    let since = now.checked_sub_signed(within).unwrap_or_default();
    let same = reach::same(&mut reading.c, here.place.unit().id, calendar::local(now).date())?;
    let mut ids: BTreeSet<i64> =
        reach::turned(&mut reading.c, &here.place, (since, now), MOST_TURNS)?.into_iter().map(|(_, document)| document).collect();
    ids.extend(adopt::taken_out(&mut reading.c, &same, since)?);
    for one in &here.hung {
        ids.remove(&one.document_id);
    }
    let ids: Vec<i64> = ids.into_iter().collect();
    let said = adopt::said(&mut reading.c, &same, &ids)?;
    let mut gone = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let rows: Vec<(Edition, String, String)> = editions::table
            .inner_join(documents::table)
            .filter(editions::document_id.eq_any(ids).and(editions::kind.eq(TextKind::Posting.name())))
            .filter(crate::edition::find::was_shown(now))
            .order((editions::document_id.asc(), editions::number.asc()))
            .select((Edition::as_select(), documents::slug, documents::first_slug))
            .load(&mut *reading.c)?;
        let revisions: Vec<i64> = rows.iter().map(|(edition, ..)| edition.revision_id).collect();
        let to = reach::targets(&mut reading.c, &revisions)?;
        for of in rows.chunk_by(|one, other| one.0.document_id == other.0.document_id) {
            gone.extend(of_document(reading, here, of, &to, &said, since)?);
        }
    }
    gone.sort_by_key(|one| std::cmp::Reverse((one.at, one.document_id)));
    gone.truncate(limit);
    // The oldest is forgotten.
    gone.iter().filter_map(|one| one.at.checked_add_signed(within)).for_each(|at| reading.until(at));
    Ok(gone)
}

/// `rows`: every edition of one document that the public has seen, oldest first.
fn of_document(
    reading: &mut Reading,
    here: &Here,
    rows: &[(Edition, String, String)],
    to: &BTreeMap<i64, Vec<String>>,
    said: &BTreeMap<i64, Vec<Adoption>>,
    since: Moment,
) -> Result<Option<Gone>, Refusal> {
    let now = reading.now;
    let rule = |edition: &Edition| {
        let to = to.get(&edition.revision_id).cloned().unwrap_or_default();
        here.place.rule(&Sent { unit_id: edition.unit_id, to, posted: calendar::local(edition.dated_at).date() })
    };
    let Some((last, slug, first_slug)) = rows.last() else { return Ok(None) };
    let said = said.get(&last.document_id).map_or(&[][..], Vec::as_slice);
    let out = out(said);
    let ends = rows.iter().filter_map(|(edition, ..)| {
        let span = (edition.shown_from, edition.shown_until.min(now));
        match rule(edition)? {
            Rule::Own => Some(span.1),
            _ => last_instant(span, &out),
        }
    });
    let Some(at) = ends.max().filter(|at| *at > since) else { return Ok(None) };
    let shown = rows.iter().map(|(edition, ..)| edition).find(|edition| edition.shown_until > now);
    let why = match shown {
        Some(edition) if rule(edition).is_some() => Why::Out,
        Some(_) => Why::Moved,
        None => why(reading, last, slug)?,
    };
    Ok(Some(Gone {
        document_id: last.document_id,
        slug: slug.clone(),
        first_slug: first_slug.clone(),
        at,
        why,
        was_urgent: rows.iter().any(|(edition, ..)| edition.priority == URGENT),
    }))
}

/// Why a posting is over that the public has seen. `last`: the edition that showed last.
pub fn why(reading: &mut Reading, last: &Edition, slug: &str) -> Result<Why, Refusal> {
    let now = reading.now;
    reading.c.look([change::text(TextKind::Posting, slug)]);
    // A reason may become public of what is over already.
    last.withdrawn_at.filter(|at| *at > now).into_iter().for_each(|at| reading.until(at));
    if let Some(at) = last.withdrawn_at.filter(|at| *at <= now) {
        return Ok(Why::Withdrawn { at, reason: last.withdrawn_reason.clone() });
    }
    if last.replaced_at == Some(last.shown_until) {
        let subject = keys::subject(TextKind::Posting, slug);
        let by = keys::speaking(&mut reading.c, TextKind::Posting, keys::REPLACES, &subject, now)?.pop();
        return Ok(Why::Replaced { by });
    }
    Ok(Why::Ended)
}

/// When the unit hung nothing of it, oldest first and apart from each other. `said`: oldest first.
fn out(said: &[Adoption]) -> Vec<(Moment, Moment)> {
    let mut spans: Vec<(Moment, Moment)> = Vec::new();
    for row in said {
        let open = spans.last_mut().filter(|span| span.1 == NEVER);
        match (row.act.as_str(), open) {
            (OUT, None) => spans.push((row.at, NEVER)),
            (IN, Some(open)) => open.1 = row.at,
            _ => {}
        }
    }
    spans
}

/// The end of what is left of a span outside all of these; `None` where nothing is.
fn last_instant(span: (Moment, Moment), out: &[(Moment, Moment)]) -> Option<Moment> {
    let mut end = span.1;
    for (from, until) in out.iter().rev() {
        if *from < end && end <= *until {
            end = *from;
        }
    }
    (end > span.0).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: i64) -> Moment {
        Moment::default() + Duration::hours(hour)
    }

    #[test]
    fn what_was_taken_down_was_last_there_then() {
        let out = [(at(3), at(5)), (at(8), NEVER)];
        for (span, wanted) in [
            ((1, 2), Some(2)),
            ((1, 4), Some(3)),
            ((1, 5), Some(3)),
            ((4, 5), None),
            ((3, 7), Some(7)),
            ((1, 20), Some(8)),
            ((8, 20), None),
        ] {
            assert_eq!(last_instant((at(span.0), at(span.1)), &out), wanted.map(at), "{span:?}");
        }
    }

    #[test]
    fn a_unit_that_says_it_twice_took_it_down_once() {
        let row = |act: &str, hour: i64| Adoption {
            id: 1,
            document_id: 1,
            unit_id: 1,
            act: act.to_owned(),
            text: String::new(),
            actor: String::new(),
            at: at(hour),
            position: 1,
        };
        let said = [row(OUT, 1), row(OUT, 2), row(adopt::LINE, 3), row(IN, 4), row(IN, 5), row(OUT, 6)];
        assert_eq!(out(&said), [(at(1), at(4)), (at(6), NEVER)]);
        assert_eq!(out(&[]), []);
    }
}
