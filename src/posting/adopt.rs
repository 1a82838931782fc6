//! What a unit does with a posting that comes to it from elsewhere: it adds a line of its own (whom to ask, at what hour, in
//! which room), or does not hang it and says why. Rows are never edited: the last word of a unit counts, each is an act in
//! the log, and the sender reads them all.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use serde_json::{Map, json};

use super::groups;
use super::reach::{self, Place, Rule, Sent};
use crate::edition::terms::visible_at;
use crate::edition::{Edition, Kind as TextKind, reached, reaching};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::digest;
use crate::kit::fold::plain;
use crate::kit::refusal::Refusal;
use crate::person::access::Verb;
use crate::person::{Act, fault};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{adoptions, documents, editions, units};
use crate::unit::lineage::{heirs, leading_from};
use crate::unit::{self, Unit};

pub const LINE: &str = reached::ADOPTED[0];
pub const OUT: &str = reached::ADOPTED[1];
pub const IN: &str = reached::ADOPTED[2];
/// As the log calls the last two, for whoever matches on acts.
pub const OUT_ACT: &str = "opted_out";
pub const IN_ACT: &str = "opted_in";

/// Characters of a unit's own line, and of a reason.
pub const MOST_LINE: usize = 500;
pub const LEAST_REASON: usize = 5;
pub const MOST_REASON: usize = 2_000;
const CHUNK: usize = 800;

#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = adoptions)]
pub struct Adoption {
    pub id: i64,
    pub document_id: i64,
    pub unit_id: i64,
    pub act: String,
    /// The line, empty where it was taken back; or the reason.
    pub text: String,
    pub actor: String,
    pub at: Moment,
    pub position: i64,
}

/// What a unit says of one posting now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    /// Its own line; empty where it has none.
    pub line: String,
    pub out: Option<Out>,
    /// Of its last word.
    pub at: Option<Moment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Out {
    pub reason: String,
    pub actor: String,
    pub at: Moment,
}

impl Stand {
    /// `rows`: in their order.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Adoption>) -> Stand {
        let mut stand = Stand::default();
        for row in rows {
            stand.at = Some(row.at);
            match row.act.as_str() {
                LINE => stand.line.clone_from(&row.text),
                OUT => stand.out = Some(Out { reason: row.text.clone(), actor: row.actor.clone(), at: row.at }),
                _ => stand.out = None,
            }
        }
        stand
    }
}

/// A posting that hangs now, in a unit to which it came from elsewhere.
pub struct Coming {
    pub unit: Unit,
    pub slug: String,
    pub edition: Edition,
    pub rule: Rule,
}

/// Errors: `Missing` for what does not hang now, or not there.
pub fn coming(c: &mut Conn, unit: i64, document: i64, now: Moment) -> Result<Coming, Refusal> {
    let today = calendar::local(now).date();
    let unit = unit::with_ids(c, &[unit])?.pop().filter(|unit| unit.is_in_force(today)).ok_or(Refusal::Missing)?;
    let (edition, slug): (Edition, String) = editions::table
        .inner_join(documents::table)
        .filter(editions::document_id.eq(document).and(editions::kind.eq(TextKind::Posting.name())))
        .filter(visible_at(now))
        .select((Edition::as_select(), documents::slug))
        .first(c)?;
    let groups = groups::groups(c)?;
    let place = Place::of(c, &unit, &groups, today)?;
    let rule = place.rule(&sent(c, &edition)?).filter(|rule| *rule != Rule::Own).ok_or(Refusal::Missing)?;
    Ok(Coming { unit, slug, edition, rule })
}

/// Whether a posting comes to a unit by any rule, its own among them; whether it shows now is another question.
pub fn comes(c: &mut Conn, edition: &Edition, unit: &Unit, now: Moment) -> Result<bool, Refusal> {
    let groups = groups::groups(c)?;
    let place = Place::of(c, unit, &groups, calendar::local(now).date())?;
    Ok(place.rule(&sent(c, edition)?).is_some())
}

/// What counts of an edition for where it hangs.
pub fn sent(c: &mut Conn, edition: &Edition) -> Result<Sent, Refusal> {
    let to = reach::targets(c, &[edition.revision_id])?.remove(&edition.revision_id).unwrap_or_default();
    Ok(Sent { unit_id: edition.unit_id, to, posted: calendar::local(edition.dated_at).date() })
}

fn must(c: &mut Conn, act: Act, unit: i64, document: i64) -> Result<(Coming, Stand), Refusal> {
    act.must(c, Verb::Publish, Some(unit))?;
    let coming = coming(c, unit, document, act.now)?;
    let same = reach::same(c, unit, calendar::local(act.now).date())?;
    let stand = stands(c, &same, &[document])?.remove(&document).unwrap_or_default();
    Ok((coming, stand))
}

/// Writes the unit's own line, or takes it back (`""`).
pub fn keep_line(c: &mut Conn, act: Act, unit: i64, document: i64, line: &str) -> Result<(), Refusal> {
    let (coming, stand) = must(c, act, unit, document)?;
    let line = plain(line).trim().to_owned();
    if line.chars().count() > MOST_LINE {
        return Err(fault("line", phrase!("adopt-line-too-long", most = MOST_LINE)));
    }
    if line == stand.line { Ok(()) } else { add(c, act, &coming, LINE, &line) }
}

pub fn opt_out(c: &mut Conn, act: Act, unit: i64, document: i64, reason: &str) -> Result<(), Refusal> {
    let (coming, stand) = must(c, act, unit, document)?;
    let reason = plain(reason).trim().to_owned();
    if !(LEAST_REASON..=MOST_REASON).contains(&reason.chars().count()) {
        return Err(fault("reason", phrase!("adopt-bad-reason", least = LEAST_REASON, most = MOST_REASON)));
    }
    if stand.out.is_some() {
        return Err(Refusal::WrongState(phrase!("adopt-out-already")));
    }
    add(c, act, &coming, OUT, &reason)
}

pub fn opt_in(c: &mut Conn, act: Act, unit: i64, document: i64) -> Result<(), Refusal> {
    let (coming, stand) = must(c, act, unit, document)?;
    if stand.out.is_none() {
        return Err(Refusal::WrongState(phrase!("adopt-in-already")));
    }
    add(c, act, &coming, IN, "")
}

fn add(c: &mut Conn, act: Act, coming: &Coming, name: &str, text: &str) -> Result<(), Refusal> {
    let row = Line {
        posting: coming.slug.clone(),
        unit: (coming.unit.code.clone(), coming.unit.valid_from),
        act: name.to_owned(),
        text: text.to_owned(),
        by: act.who.name().to_owned(),
        at: act.now,
    };
    append(c, act, &row, coming.edition.document_id, coming.unit.id)
}

/// A row as it goes from one store to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    pub posting: String,
    pub unit: unit::book::Key,
    pub act: String,
    pub text: String,
    pub by: String,
    pub at: Moment,
}

impl Line {
    /// What the log vouches for.
    pub fn seal(&self) -> String {
        let (code, since) = (&self.unit.0, self.unit.1.to_string());
        digest::sha256_of(&[&self.posting, code, &since, &self.act, &self.text, &self.by, &self.at.to_string()])
    }
}

/// The row and its act are one transaction, the caller's.
pub fn append(c: &mut Conn, act: Act, line: &Line, document: i64, unit: i64) -> Result<(), Refusal> {
    let mut facts = Map::from_iter([("adoption".to_owned(), json!(line.seal())), ("unit".to_owned(), json!(line.unit.0))]);
    if !line.text.is_empty() {
        facts.insert(if line.act == OUT { "reason" } else { "line" }.to_owned(), json!(line.text));
    }
    let subject = reached::subject(TextKind::Posting, &line.posting, &line.unit.0);
    let position = match line.act.as_str() {
        LINE => act.record(c, "line_kept", subject, facts)?,
        OUT => act.record(c, "opted_out", subject, facts)?,
        _ => act.record(c, "opted_in", subject, facts)?,
    };
    reaching::answered(c, (position, act.now), &line.act, &line.unit.0, document)?;
    diesel::insert_into(adoptions::table)
        .values((
            adoptions::document_id.eq(document),
            adoptions::unit_id.eq(unit),
            adoptions::act.eq(&line.act),
            adoptions::text.eq(&line.text),
            adoptions::actor.eq(&line.by),
            adoptions::at.eq(line.at),
            adoptions::position.eq(position),
        ))
        .execute(c)?;
    Ok(())
}

/// By document: what a unit says now. `units`: itself and what it was before it was renamed ([`reach::same`]).
pub fn stands(c: &mut Conn, units: &[i64], documents: &[i64]) -> Result<BTreeMap<i64, Stand>, Refusal> {
    let all = said(c, units, documents)?;
    Ok(all.into_iter().map(|(document, rows)| (document, Stand::of(&rows))).collect())
}

/// By document: all that a unit ever said, oldest first.
pub fn said(c: &mut Conn, units: &[i64], documents: &[i64]) -> Result<BTreeMap<i64, Vec<Adoption>>, Refusal> {
    let mut all: BTreeMap<i64, Vec<Adoption>> = BTreeMap::new();
    for documents in documents.chunks(CHUNK) {
        let rows: Vec<Adoption> = adoptions::table
            .filter(adoptions::unit_id.eq_any(units).and(adoptions::document_id.eq_any(documents)))
            .order((adoptions::at.asc(), adoptions::id.asc()))
            .select(Adoption::as_select())
            .load(c)?;
        rows.into_iter().for_each(|row| all.entry(row.document_id).or_default().push(row));
    }
    Ok(all)
}

/// What a unit took down from its board after an instant, by document; whether it hung it again since is told by its rows.
pub fn taken_out(c: &mut Conn, units: &[i64], since: Moment) -> Result<Vec<i64>, Refusal> {
    let rows = adoptions::table.filter(adoptions::unit_id.eq_any(units).and(adoptions::act.eq(OUT)).and(adoptions::at.gt(since)));
    Ok(rows.select(adoptions::document_id).distinct().load(c)?)
}

/// How far a unit did not hang something in a span of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutWithin {
    Never,
    /// It hung it first, and at the end of the span did not.
    Since(Moment),
    Throughout,
}

/// `rows`: oldest first; `span`: from its first instant to the one after it.
pub fn out_within(rows: &[Adoption], span: (Moment, Moment)) -> OutWithin {
    let mut out: Option<Moment> = None;
    let mut hung = true;
    for row in rows.iter().filter(|row| row.at < span.1) {
        match row.act.as_str() {
            OUT => out = out.or(Some(row.at)),
            IN => out = None,
            _ => continue,
        }
        // What was so before the span began is what it began with.
        if row.at <= span.0 {
            hung = out.is_none();
        } else if out.is_none() {
            hung = true;
        }
    }
    match out {
        Some(_) if !hung => OutWithin::Throughout,
        Some(at) => OutWithin::Since(at),
        None => OutWithin::Never,
    }
}

/// Every row of one posting, oldest first.
pub fn history(c: &mut Conn, document: i64) -> Result<Vec<Adoption>, Refusal> {
    let rows = adoptions::table.filter(adoptions::document_id.eq(document)).order((adoptions::at.asc(), adoptions::id.asc()));
    Ok(rows.select(Adoption::as_select()).load(c)?)
}

/// By unit in force on that day: what each says of one posting. A unit that was only renamed says what it said.
pub fn of_document(c: &mut Conn, document: i64, now: Moment) -> Result<BTreeMap<i64, Stand>, Refusal> {
    let today = calendar::local(now).date();
    let rows = history(c, document)?;
    let spoken: BTreeSet<i64> = rows.iter().map(|row| row.unit_id).collect();
    let links = leading_from(c, &spoken.iter().copied().collect::<Vec<_>>())?;
    let mut said: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
    for unit in spoken {
        for heir in heirs([unit], &links, chrono::NaiveDate::MIN, today) {
            if heir == unit || reach::same(c, heir, today)?.contains(&unit) {
                said.entry(heir).or_default().push(unit);
            }
        }
    }
    let ids: Vec<i64> = said.keys().copied().collect();
    let mut here: BTreeSet<i64> = BTreeSet::new();
    for ids in ids.chunks(CHUNK) {
        here.extend(unit::with_ids(c, ids)?.into_iter().filter(|unit| unit.is_in_force(today)).map(|unit| unit.id));
    }
    let of = |units: &[i64]| Stand::of(rows.iter().filter(|row| units.contains(&row.unit_id)));
    Ok(said.into_iter().filter(|(unit, _)| here.contains(unit)).map(|(unit, units)| (unit, of(&units))).collect())
}

/// All rows, as they go out.
pub fn lines(c: &mut Conn) -> Result<Vec<(i64, Line)>, Refusal> {
    let rows: Vec<(Adoption, String, String, chrono::NaiveDate)> = adoptions::table
        .inner_join(documents::table.on(documents::id.eq(adoptions::document_id)))
        .inner_join(units::table.on(units::id.eq(adoptions::unit_id)))
        .order((adoptions::at.asc(), adoptions::id.asc()))
        .select((Adoption::as_select(), documents::slug, units::code, units::valid_from))
        .load(c)?;
    let line = |(row, posting, code, since): (Adoption, String, String, chrono::NaiveDate)| {
        (row.position, Line { posting, unit: (code, since), act: row.act, text: row.text, by: row.actor, at: row.at })
    };
    Ok(rows.into_iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(act: &str, text: &str) -> Adoption {
        let at = calendar::midnight(chrono::NaiveDate::MIN.max(unit::UNRECORDED));
        Adoption { id: 1, document_id: 1, unit_id: 1, act: act.to_owned(), text: text.to_owned(), actor: "a".to_owned(), at, position: 1 }
    }

    #[test]
    fn what_a_unit_says_today_changes_nothing_of_what_it_hung_before() {
        let at = |hour: i64| row(OUT, "").at + chrono::Duration::hours(hour);
        let said = |act: &str, hour: i64| Adoption { at: at(hour), ..row(act, "") };
        let span = (at(10), at(20));
        for (rows, wanted) in [
            (vec![], OutWithin::Never),
            (vec![said(OUT, 25)], OutWithin::Never),
            (vec![said(OUT, 12)], OutWithin::Since(at(12))),
            (vec![said(OUT, 5)], OutWithin::Throughout),
            (vec![said(OUT, 10)], OutWithin::Throughout),
            (vec![said(OUT, 5), said(IN, 25)], OutWithin::Throughout),
            (vec![said(OUT, 5), said(IN, 12)], OutWithin::Never),
            (vec![said(OUT, 5), said(IN, 12), said(OUT, 15)], OutWithin::Since(at(15))),
            (vec![said(OUT, 5), said(LINE, 12)], OutWithin::Throughout),
        ] {
            assert_eq!(out_within(&rows, span), wanted, "{rows:?}");
        }
    }

    #[test]
    fn the_last_word_of_a_unit_counts() {
        let stand = |rows: &[Adoption]| {
            let stand = Stand::of(rows);
            (stand.line, stand.out.map(|out| out.reason))
        };
        let all = [row(LINE, "Phòng 2"), row(OUT, "không có chợ"), row(LINE, "Phòng 3"), row(IN, ""), row(LINE, "")];
        assert_eq!(stand(&all[..1]), ("Phòng 2".to_owned(), None));
        assert_eq!(stand(&all[..3]), ("Phòng 3".to_owned(), Some("không có chợ".to_owned())));
        assert_eq!(stand(&all[..4]), ("Phòng 3".to_owned(), None));
        assert_eq!(stand(&all), (String::new(), None));
    }
}
