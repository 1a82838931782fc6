//! Who may see a report before its hour: persons on a list that everybody is told afterwards, each with a secret link of his own, and
//! what each opened. European Statistics Code of Practice, 6.7: access before release is limited, controlled and made public.

use std::collections::BTreeSet;

use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Map, json};

use super::{Early, Report};
use crate::approval::{self, Text};
use crate::edition::body::parse;
use crate::edition::state::State;
use crate::edition::{Edition, Kind};
use crate::kit::clock::Moment;
use crate::kit::digest::sha256;
use crate::kit::fold::{nfc, plain};
use crate::kit::refusal::Refusal;
use crate::kit::words::Phrase;
use crate::person::access::Verb;
use crate::person::{Act, Who, fault};
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::editions;
use crate::store::schema_out::{early_links, early_openings};

pub const MOST: usize = 30;
/// Of a name, and of an office, in characters.
pub const MOST_WORDS: usize = 120;
/// Of a secret, in characters; whoever makes it sees to its chance.
const SECRET: usize = 32;
/// Whoever looks again so soon has not opened it anew.
const ONE_OPENING: Duration = Duration::minutes(10);
const HOLDER: Who = Who::Machine("early");

impl Early {
    /// `Nguyễn Văn A; Văn phòng UBND tỉnh`, on one line.
    pub fn told(&self) -> String {
        if self.office.is_empty() { self.name.clone() } else { format!("{}; {}", self.name, self.office) }
    }

    /// As it is typed; `None` for an empty line.
    pub fn read(line: &str) -> Option<Early> {
        let tidy = |text: &str| nfc(&plain(text).split_whitespace().collect::<Vec<_>>().join(" "));
        let (name, office) = line.split_once(';').unwrap_or((line, ""));
        let early = Early { name: tidy(name), office: tidy(office) };
        (early != Early::default()).then_some(early)
    }
}

/// What is wrong with a list: a name is what a link is known by.
pub fn faults(list: &[Early]) -> Vec<Phrase> {
    let mut faults = Vec::new();
    if list.len() > MOST {
        faults.push(phrase!("early-too-many", most = MOST));
    }
    let mut names = BTreeSet::new();
    for one in list {
        let is_long = [&one.name, &one.office].iter().any(|text| text.chars().count() > MOST_WORDS || text.chars().any(char::is_control));
        if one.name.is_empty() || is_long {
            faults.push(phrase!("early-bad-name", most = MOST_WORDS));
        } else if !names.insert(&one.name) {
            faults.push(phrase!("early-twice", name = one.name));
        }
    }
    faults
}

/// Approved, put on, and not yet at its hour.
pub fn is_waiting(edition: &Edition, now: Moment) -> bool {
    edition.state() == State::Published && edition.starts_at > now
}

fn listed(text: &Text) -> Result<Vec<Early>, Refusal> {
    if text.kind == Kind::Report { Ok(parse::<Report>(&text.revision.facts)?.early) } else { Ok(Vec::new()) }
}

/// A link for one person on the list, in the place of the one he had. The store keeps the digest of the secret and not the secret.
pub fn lend(c: &mut Conn, act: Act, edition: i64, name: &str, secret: &str) -> Result<(), Refusal> {
    let text = approval::text(c, act, edition)?;
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    if !is_waiting(&text.edition, act.now) {
        return Err(Refusal::WrongState(phrase!("early-not-waiting")));
    }
    if !listed(&text)?.iter().any(|one| one.name == name) {
        return Err(fault("name", phrase!("early-unlisted")));
    }
    if secret.len() < SECRET {
        return Err(Refusal::broken("a secret that can be guessed"));
    }
    over(c, act, edition, name)?;
    diesel::insert_into(early_links::table)
        .values((
            early_links::digest.eq(sha256(secret.as_bytes())),
            early_links::edition_id.eq(edition),
            early_links::name.eq(name),
            early_links::made_by.eq(act.who.name()),
            early_links::made_at.eq(act.now),
        ))
        .execute(c)?;
    tell(c, act, &text, "early_lent", name)
}

/// His link leads nowhere from now on.
pub fn end(c: &mut Conn, act: Act, edition: i64, name: &str) -> Result<(), Refusal> {
    let text = approval::text(c, act, edition)?;
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    if over(c, act, edition, name)? > 0 { tell(c, act, &text, "early_ended", name) } else { Ok(()) }
}

fn over(c: &mut Conn, act: Act, edition: i64, name: &str) -> Result<usize, Refusal> {
    let open = early_links::table.filter(early_links::edition_id.eq(edition).and(early_links::name.eq(name)));
    Ok(diesel::update(open.filter(early_links::ended_at.is_null())).set(early_links::ended_at.eq(act.now)).execute(c)?)
}

fn tell(c: &mut Conn, act: Act, text: &Text, did: &str, name: &str) -> Result<(), Refusal> {
    let facts = Map::from_iter([("name".to_owned(), json!(name))]);
    act.record(c, did, format!("{}/{}/{}", text.kind.name(), text.slug, text.edition.number), facts).map(drop)
}

/// What a secret opens, and for whom.
#[derive(Clone, Debug)]
pub struct Lent {
    pub text: Text,
    pub early: Early,
    /// Its hour has come: it is where everybody finds it.
    pub is_out: bool,
    digest: String,
}

/// Asked anew each time: whoever is taken off the list, and whatever is taken back from its hour, is off at once. Errors: `Missing`,
/// whatever the reason.
pub fn lent(c: &mut Conn, secret: &str, now: Moment) -> Result<Lent, Refusal> {
    let of = early_links::table.find(sha256(secret.as_bytes())).filter(early_links::ended_at.is_null());
    let (digest, edition, name): (String, i64, String) =
        of.select((early_links::digest, early_links::edition_id, early_links::name)).first(c)?;
    let text = approval::text(c, Act { now, who: &HOLDER }, edition)?;
    let early = listed(&text)?.into_iter().find(|one| one.name == name).ok_or(Refusal::Missing)?;
    let is_out = text.edition.shown_from <= now && now < text.edition.shown_until;
    if is_out || is_waiting(&text.edition, now) { Ok(Lent { text, early, is_out, digest }) } else { Err(Refusal::Missing) }
}

/// Notes that it was opened. `what`: `page`, or the ending of a file. The first time is an act in the log.
pub fn opened(c: &mut Conn, secret: &str, what: &str, now: Moment) -> Result<(), Refusal> {
    let lent = lent(c, secret, now)?;
    let of = early_openings::table.filter(early_openings::digest.eq(&lent.digest));
    let last: Option<Moment> = of.filter(early_openings::what.eq(what)).select(diesel::dsl::max(early_openings::at)).first(c)?;
    if lent.is_out || last.is_some_and(|last| now - last < ONE_OPENING) {
        return Ok(());
    }
    let is_first = of.count().get_result::<i64>(c)? == 0;
    diesel::insert_into(early_openings::table)
        .values((early_openings::digest.eq(&lent.digest), early_openings::what.eq(what), early_openings::at.eq(now)))
        .execute(c)?;
    if is_first { tell(c, Act { now, who: &HOLDER }, &lent.text, "early_opened", &lent.early.name) } else { Ok(()) }
}

/// One person's link, and what was opened by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub edition: i64,
    pub name: String,
    pub made_by: String,
    pub made_at: Moment,
    pub is_ended: bool,
    /// In the order in which it was opened: the page or a file's ending, and when.
    pub opened: Vec<(String, Moment)>,
}

/// Every link that was ever made to an edition of a document, in the order in which they were made. For whoever publishes there.
pub fn links(c: &mut Conn, act: Act, text: &Text) -> Result<Vec<Link>, Refusal> {
    act.must(c, Verb::Publish, text.edition.unit_id)?;
    type Row = (String, i64, String, String, Moment, Option<Moment>);
    let own: Vec<i64> = editions::table.filter(editions::document_id.eq(text.edition.document_id)).select(editions::id).load(c)?;
    let rows: Vec<Row> = early_links::table.filter(early_links::edition_id.eq_any(own)).order(early_links::made_at.asc()).load(c)?;
    let digests: Vec<&String> = rows.iter().map(|row| &row.0).collect();
    let openings: Vec<(String, String, Moment)> = early_openings::table
        .filter(early_openings::digest.eq_any(digests))
        .order(early_openings::id.asc())
        .select((early_openings::digest, early_openings::what, early_openings::at))
        .load(c)?;
    let opened = |digest: &str| openings.iter().filter(|row| row.0 == digest).map(|(_, what, at)| (what.clone(), *at)).collect();
    Ok(rows
        .iter()
        .map(|(digest, edition, name, made_by, made_at, ended_at)| Link {
            edition: *edition,
            name: name.clone(),
            made_by: made_by.clone(),
            made_at: *made_at,
            is_ended: ended_at.is_some(),
            opened: opened(digest),
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_read_as_he_is_told_and_a_list_names_nobody_twice() {
        let early = |name: &str, office: &str| Early { name: name.to_owned(), office: office.to_owned() };
        for (line, wanted) in [
            ("Lê Quang Minh; UBND tỉnh", Some(early("Lê Quang Minh", "UBND tỉnh"))),
            ("  Lê   Quang Minh ", Some(early("Lê Quang Minh", ""))),
            ("; UBND tỉnh", Some(early("", "UBND tỉnh"))),
            ("  ", None),
        ] {
            assert_eq!(Early::read(line), wanted, "{line}");
            assert!(wanted.is_none_or(|one| Early::read(&one.told()) == Some(one)));
        }
        assert!(faults(&[early("A", ""), early("B", "A")]).is_empty());
        let keys = |list: &[Early]| faults(list).iter().map(|fault| fault.key).collect::<Vec<_>>();
        assert_eq!(keys(&[early("A", ""), early("A", "B")]), ["early-twice"]);
        assert_eq!(keys(&[early("", "B")]), ["early-bad-name"]);
        let many: Vec<Early> = (0..=MOST).map(|number| early(&number.to_string(), "")).collect();
        assert_eq!(keys(&many), ["early-too-many"]);
    }
}
