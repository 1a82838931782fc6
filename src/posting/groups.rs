//! Named groups of units, `unit-groups.toml`: a posting for one hangs in each of its units, as the group stands when
//! somebody looks. A keeper changes them; a text keeps the group's slug for ever.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::law::GROUP;
use super::{FOR, kinds_file::MOST_NAME, rules};
use crate::edition::state::State;
use crate::kit::clock::Moment;
use crate::kit::fold::is_slug;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::{Issue, Refusal};
use crate::kit::words::Lang;
use crate::person::Act;
use crate::person::access::Verb;
use crate::phrase;
use crate::store::Conn;
use crate::store::schema::{editions, revision_keys, units};
use crate::store::settings::{self, Setting};

pub const GROUPS: Setting =
    Setting { name: "unit-groups.toml", act: "groups_kept", check: |file, text| Groups::read(file, text).map(drop) };

const MOST_GROUPS: usize = 200;
/// More than there are communes in the country.
const MOST_UNITS: usize = 4_000;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups(pub Vec<Group>);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    /// Codes: each means the unit that bears it, or bore it last.
    pub units: Vec<String>,
}

impl Group {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }
}

impl Groups {
    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Groups, Vec<Issue>> {
        Groups::read_by(file, text, |_| true)
    }

    /// The same by whoever knows which codes there are or were.
    pub fn read_by(file: &str, text: &str, is_unit: impl Fn(&str) -> bool) -> Result<Groups, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut groups = Groups::default();
        let rows = front.tables("groups");
        if rows.len() > MOST_GROUPS {
            front.object("groups", phrase!("groups-too-many", most = MOST_GROUPS));
        }
        for row in rows {
            let group = Group {
                slug: row.required("slug"),
                name: named(&row, "name", true),
                name_en: named(&row, "name_en", false),
                units: row.texts("units"),
            };
            if !group.slug.is_empty() && !is_slug(&group.slug) {
                row.object("slug", phrase!("front-bad-slug", slug = group.slug));
            } else if groups.find(&group.slug).is_some() {
                row.object("slug", phrase!("groups-twice", slug = group.slug));
            }
            if group.units.is_empty() {
                row.object("units", phrase!("groups-empty"));
            } else if group.units.len() > MOST_UNITS {
                row.object("units", phrase!("groups-too-many-units", most = MOST_UNITS));
            }
            let mut seen = BTreeSet::new();
            for code in &group.units {
                if !seen.insert(code) {
                    row.object("units", phrase!("groups-unit-twice", code = code));
                } else if !is_unit(code) {
                    row.object("units", phrase!("groups-unknown-unit", code = code));
                }
            }
            row.finish();
            groups.0.push(group);
        }
        front.finish();
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(groups) } else { Err(issues) }
    }

    /// As a file: read again it gives the same.
    pub fn written(&self) -> String {
        let mut out = Writer::default();
        for group in &self.0 {
            out.heading("[[groups]]").text("slug", &group.slug).text("name", &group.name).text("name_en", &group.name_en);
            out.texts("units", &group.units);
        }
        out.toml().to_owned()
    }

    pub fn find(&self, slug: &str) -> Option<&Group> {
        self.0.iter().find(|group| group.slug == slug)
    }

    /// Those that hold this code, by their slugs.
    pub fn of(&self, code: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |group| group.units.iter().any(|unit| unit == code)).map(|group| group.slug.as_str())
    }

    /// What a text that speaks of a group may not lose.
    pub fn lacking<'u>(&self, used: &'u BTreeSet<String>) -> impl Iterator<Item = &'u String> {
        used.iter().filter(|slug| self.find(slug).is_none())
    }
}

fn named(row: &Front, key: &str, is_needed: bool) -> String {
    let text = if is_needed { row.required(key) } else { row.text(key).unwrap_or_default() };
    if text.chars().count() > MOST_NAME || text.contains('\n') {
        row.object(key, phrase!("rules-too-long", most = MOST_NAME));
    }
    text
}

/// Errors: what is stored is no list of groups.
pub fn groups(c: &mut Conn) -> Result<Groups, Refusal> {
    let text = settings::find(c, GROUPS.name)?.unwrap_or_default();
    Groups::read(GROUPS.name, &text).map_err(Refusal::Issues)
}

/// Groups that a text is for which hangs, or may yet.
pub fn used(c: &mut Conn, now: Moment) -> Result<BTreeSet<String>, Refusal> {
    let values: Vec<String> = revision_keys::table
        .inner_join(editions::table.on(editions::revision_id.eq(revision_keys::revision_id)))
        .filter(revision_keys::name.eq(FOR).and(revision_keys::value.like(format!("{GROUP}%"))))
        .filter(editions::shown_until.gt(now).and(editions::state.ne(State::Discarded.name())))
        .select(revision_keys::value)
        .distinct()
        .load(c)?;
    Ok(values.iter().filter_map(|value| value.strip_prefix(GROUP)).map(str::to_owned).collect())
}

/// The verb. `what`: for whoever reads the log. Errors: every fault with its line, a group that is in use and gone among
/// them; `Stale` when others have changed the list since it was read (`before`: its seal).
pub fn keep(c: &mut Conn, act: Act, before: &str, text: &str, what: &str) -> Result<(), Refusal> {
    act.must(c, Verb::KeepSite, None)?;
    let known: BTreeSet<String> = units::table.select(units::code).distinct().load(c)?.into_iter().collect();
    let groups = Groups::read_by(GROUPS.name, text, |code| known.contains(code)).map_err(Refusal::Issues)?;
    let used = used(c, act.now)?;
    let lacking = groups.lacking(&used).map(|slug| phrase!("groups-in-use", slug = slug));
    let issues: Vec<Issue> = lacking.map(|phrase| Issue { file: GROUPS.name.to_owned(), line: 0, phrase }).collect();
    if !issues.is_empty() {
        return Err(Refusal::Issues(issues));
    }
    rules::keep(c, act, &GROUPS, before, text, what).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "[[groups]]\nslug = \"ven-song\"\nname = \"Ven sông\"\nunits = [\"99001\", \"99002\"]\n";

    #[test]
    fn every_fault_is_named_by_its_line() {
        assert_eq!(Groups::read("g", SOUND).map(|sound| sound.written()), Ok(SOUND.to_owned()));
        for (from, to, line, key) in [
            ("ven-song", "Ven sông", 2, "front-bad-slug"),
            ("name = \"Ven sông\"\n", "", 1, "front-missing"),
            ("[\"99001\", \"99002\"]", "[]", 4, "groups-empty"),
            ("99002", "99001", 4, "groups-unit-twice"),
            ("99002", "99009", 4, "groups-unknown-unit"),
            ("units", "unist", 4, "front-unknown-key"),
            ("[[groups]]", "[[groups]]\nslug = \"ven-song\"\nname = \"A\"\nunits = [\"99001\"]\n[[groups]]", 6, "groups-twice"),
        ] {
            let found = Groups::read_by("g", &SOUND.replacen(from, to, 1), |code| ["99001", "99002"].contains(&code)).expect_err(to);
            assert!(found.iter().any(|issue| (issue.line, issue.phrase.key) == (line, key)), "{to}: {found:?}");
        }
    }

    #[test]
    fn a_group_that_is_spoken_of_is_missed() {
        let groups = Groups::read("g", SOUND).expect("it is sound");
        let used = BTreeSet::from(["ven-song".to_owned(), "vung-cao".to_owned()]);
        assert_eq!(groups.lacking(&used).collect::<Vec<_>>(), ["vung-cao"]);
        assert_eq!((groups.of("99002").collect::<Vec<_>>(), groups.of("99003").count()), (vec!["ven-song"], 0));
    }
}
