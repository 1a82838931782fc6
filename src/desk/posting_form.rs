//! What the form of a posting asks beside its words: each line by its name, as a person types it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::fields::Fields;
use super::told::Choice;
use crate::edition::written::issue;
use crate::kit::calendar;
use crate::kit::days::MOST_DAYS;
use crate::kit::fold::capitalised;
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::posting::kinds::{CARRIES, PLACES};
use crate::posting::law::{BELOW, GROUP};
use crate::posting::{Days, PRIORITIES, Posting, Suspended};
use crate::posting::{groups, rules};
use crate::unit;
use crate::web::answer::Reading;

/// Its lines, with the word for each. Several things stand in one field on a line each.
pub const LINES: [(&str, &str); 28] = [
    ("number", "posting-number"),
    ("issuer", "posting-issuer"),
    ("requester", "posting-requester"),
    ("signer", "posting-signer-name"),
    ("signer_title", "posting-signer-title"),
    ("issued", "posting-issued"),
    ("legal_basis", "posting-legal-basis"),
    ("effective", "posting-effective"),
    ("expires", "posting-expires"),
    ("period", "posting-period-days"),
    ("period_measure", "posting-period-measure"),
    ("event", "posting-event"),
    ("comments_from", "posting-comments-from"),
    ("comments_until", "posting-comments-until"),
    ("objections", "posting-objections"),
    ("places", "posting-places"),
    ("to", "posting-to"),
    ("priority", "posting-priority"),
    ("drill", "posting-drill"),
    ("held_back", "posting-held-back"),
    ("replaces", "posting-replaces"),
    ("amends", "posting-amends"),
    ("corrects", "posting-corrects"),
    ("suspended_from", "posting-suspended-from"),
    ("suspended_until", "posting-suspended-until"),
    ("suspended_reason", "posting-suspended-reason"),
    ("paper", "posting-paper"),
    ("web", "posting-web"),
];

/// Codes that are told back with their names.
const MOST_NAMED: usize = 60;
/// Of which a form may send several.
const MANY: [&str; 2] = ["places", "to"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PostingForm(pub BTreeMap<&'static str, String>);

fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// One on a line, however they were typed.
fn targets(chosen: &str, codes: &str) -> String {
    let codes = codes.split(|c: char| c.is_whitespace() || [',', ';'].contains(&c)).filter(|code| !code.is_empty());
    lines(chosen).iter().map(String::as_str).chain(codes).collect::<Vec<_>>().join("\n")
}

fn is_code(target: &str) -> bool {
    target != BELOW && !target.starts_with(GROUP)
}

/// An address as it is copied: whole, from the site on, or the last part alone.
pub(super) fn slug(typed: &str) -> String {
    let path = typed.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    path.rsplit('/').next().unwrap_or_default().trim().to_owned()
}

impl PostingForm {
    pub fn of(posting: &Posting) -> PostingForm {
        let suspended = posting.suspended.as_ref();
        let told: [(&'static str, String); 28] = [
            ("number", posting.number.clone()),
            ("issuer", posting.issuer.clone()),
            ("requester", posting.requester.clone()),
            ("signer", posting.signer.clone()),
            ("signer_title", posting.signer_title.clone()),
            ("issued", day(posting.issued)),
            ("legal_basis", posting.legal_basis.join("\n")),
            ("effective", day(posting.effective)),
            ("expires", day(posting.expires)),
            ("period", posting.period.map(|period| period.days.to_string()).unwrap_or_default()),
            ("period_measure", if posting.period.is_some_and(|period| period.working) { "working" } else { "calendar" }.to_owned()),
            ("event", day(posting.event)),
            ("comments_from", day(posting.comments_from)),
            ("comments_until", day(posting.comments_until)),
            ("objections", posting.objections.clone()),
            ("places", posting.places.join("\n")),
            ("to", posting.to.join("\n")),
            ("priority", PRIORITIES.iter().find(|(_, known)| *known == posting.priority).map_or("normal", |(word, _)| word).to_owned()),
            ("drill", if posting.drill { "1" } else { "" }.to_owned()),
            ("held_back", if posting.held_back { "1" } else { "" }.to_owned()),
            ("replaces", posting.replaces.join("\n")),
            ("amends", posting.amends.join("\n")),
            ("corrects", posting.corrects.clone()),
            ("suspended_from", day(suspended.map(|one| one.from))),
            ("suspended_until", day(suspended.and_then(|one| one.until))),
            ("suspended_reason", suspended.map(|one| one.reason.clone()).unwrap_or_default()),
            ("paper", posting.paper.clone()),
            ("web", posting.web.clone()),
        ];
        PostingForm(BTreeMap::from(told))
    }

    /// From fields whose names begin so.
    pub fn read(fields: &Fields, prefix: &str) -> PostingForm {
        let of = |name: &'static str| {
            let field = format!("{prefix}{name}");
            let text = if MANY.contains(&name) { fields.all(&field).collect::<Vec<_>>().join("\n") } else { fields.text(&field) };
            // What is chosen by its name, and what by its code.
            let text = if name == "to" { targets(&text, &fields.text(&format!("{prefix}to_codes"))) } else { text };
            (name, text.trim().replace("\r\n", "\n"))
        };
        PostingForm(LINES.iter().map(|(name, _)| of(name)).collect())
    }

    pub fn line(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// What it comes to; of `before` stays what no form asks for. Errors: `Issues` at the fields that say nothing.
    pub fn written(&self, before: Posting) -> Result<Posting, Refusal> {
        let mut issues: Vec<Issue> = Vec::new();
        let mut day = |name: &str| {
            let typed = self.line(name);
            let day = super::rules::day(typed);
            if day.is_none() && !typed.is_empty() {
                issues.push(issue(name, 0, phrase!("edit-bad-day")));
            }
            day
        };
        let (issued, effective, expires, event) = (day("issued"), day("effective"), day("expires"), day("event"));
        let (comments_from, comments_until) = (day("comments_from"), day("comments_until"));
        let (from, until) = (day("suspended_from"), day("suspended_until"));
        let reason = self.line("suspended_reason").to_owned();
        if from.is_none() && (until.is_some() || !reason.is_empty()) {
            issues.push(issue("suspended_from", 0, phrase!("posting-suspended-since")));
        }
        let period = match self.line("period") {
            "" => None,
            typed => match typed.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)) {
                Some(days) => Some(Days { days, working: self.line("period_measure") == "working" }),
                None => {
                    issues.push(issue("period", 0, phrase!("posting-bad-days", most = MOST_DAYS)));
                    None
                }
            },
        };
        if !issues.is_empty() {
            return Err(Refusal::Issues(issues));
        }
        let text = |name: &str| self.line(name).to_owned();
        let slugs = |name: &str| lines(self.line(name)).iter().map(|typed| slug(typed)).collect();
        let known = |name: &str, known: &[&str]| known.iter().find(|word| **word == self.line(name)).map_or("", |word| word).to_owned();
        let carries = CARRIES.map(|(word, _)| word);
        let places = lines(self.line("places"));
        Ok(Posting {
            number: text("number"),
            issuer: text("issuer"),
            requester: text("requester"),
            signer: text("signer"),
            signer_title: text("signer_title"),
            legal_basis: lines(self.line("legal_basis")),
            issued,
            effective,
            expires,
            suspended: from.map(|from| Suspended { from, until, reason }),
            period,
            event,
            comments_from,
            comments_until,
            objections: text("objections"),
            // In the order of the list, whoever chose them.
            places: PLACES.iter().map(|(word, _)| word.to_string()).filter(|word| places.contains(word)).collect(),
            to: lines(self.line("to")),
            priority: PRIORITIES.iter().find(|(word, _)| *word == self.line("priority")).map_or(0, |(_, priority)| *priority),
            drill: !self.line("drill").is_empty(),
            held_back: !self.line("held_back").is_empty(),
            replaces: slugs("replaces"),
            amends: slugs("amends"),
            corrects: slug(self.line("corrects")),
            review: before.review,
            paper: known("paper", &carries),
            web: known("web", &carries),
            sample: before.sample,
            source: before.source,
            attachments: before.attachments,
        })
    }
}

/// The lists from which a form of a posting chooses.
#[derive(Serialize)]
pub struct Lists {
    places: Vec<Choice>,
    priorities: Vec<Choice>,
    papers: Vec<Choice>,
    webs: Vec<Choice>,
    measures: Vec<Choice>,
    /// All below its own unit, and every group.
    targets: Vec<Choice>,
    /// Single units, by their codes; and what these codes are called.
    codes: String,
    named: Vec<String>,
    /// Its kind speaks of private persons.
    is_of_people: bool,
    /// Its kind must be told before an event.
    is_ahead: bool,
    /// What its kind asks for, in one or two sentences.
    rule: String,
    source: String,
    note: String,
}

pub fn lists(reading: &mut Reading, form: &PostingForm, kind: &str) -> Result<Lists, Refusal> {
    let catalogue = rules::catalogue(&mut reading.c)?;
    let kind = catalogue.kind(kind);
    let told: Vec<&str> = form.line("to").lines().collect();
    let groups = groups::groups(&mut reading.c)?;
    let tick = |value: String, name: String| Choice { chosen: told.contains(&value.as_str()), value, name, ..Choice::default() };
    let mut targets = vec![tick(BELOW.to_owned(), reading.word("posting-to-below"))];
    let group = |name: &str| reading.say(&phrase!("posting-to-group", name = name));
    targets.extend(groups.0.iter().map(|one| tick(format!("{GROUP}{}", one.slug), group(&one.name))));
    // A group that is there no more can still be let go.
    let gone = told.iter().filter(|to| to.strip_prefix(GROUP).is_some_and(|slug| groups.find(slug).is_none()));
    targets.extend(gone.map(|to| tick((*to).to_owned(), group(to.strip_prefix(GROUP).unwrap_or_default()))));
    let codes: Vec<&str> = told.iter().copied().filter(|to| is_code(to)).collect();
    let today = calendar::local(reading.now).date();
    let mut named = Vec::new();
    for code in codes.iter().take(MOST_NAMED) {
        let unit = unit::on_day(&mut reading.c, code, today)?;
        let name = unit.map(|unit| capitalised(&unit.name(&reading.web.words, reading.lang)));
        let name = name.unwrap_or_else(|| reading.word("posting-to-nobody"));
        named.push(format!("{code}: {name}"));
    }
    let codes = codes.join("\n");
    let chosen: Vec<&str> = form.line("places").lines().collect();
    let places = PLACES.iter().map(|(word, _)| {
        let name = reading.word(&format!("posting-place-{word}"));
        Choice::new(*word, name, if chosen.contains(word) { word } else { "" })
    });
    let places = places.collect();
    let of = |name: &str, words: &[&str], none: Option<&str>, key: fn(&str) -> String| -> Vec<Choice> {
        let first = none.map(|none| Choice::new("", reading.word(none), form.line(name)));
        let rest = words.iter().map(|word| Choice::new(*word, reading.word(&key(word)), form.line(name)));
        first.into_iter().chain(rest).collect()
    };
    let carry = |word: &str| format!("kinds-carry-{word}");
    let carries = CARRIES.map(|(word, _)| word);
    Ok(Lists {
        places,
        targets,
        codes,
        named,
        is_of_people: kind.is_some_and(|kind| kind.people),
        is_ahead: kind.is_some_and(|kind| kind.ahead.is_some()),
        priorities: of("priority", &PRIORITIES.map(|(word, _)| word), None, |word| format!("posting-priority-{word}")),
        papers: of("paper", &carries, Some("posting-carry-none"), carry),
        webs: of("web", &carries, Some("posting-carry-none"), carry),
        measures: of("period_measure", &["calendar", "working"], None, |word| format!("kinds-measure-{word}")),
        rule: kind.map(|kind| crate::posting::told::rule(kind, &reading.web.words, reading.lang)).unwrap_or_default(),
        source: kind.map(|kind| kind.source.clone()).unwrap_or_default(),
        note: kind.map(|kind| kind.note.clone()).unwrap_or_default(),
    })
}

/// Which of its folds stand open: what holds something, what wants mending, what its kind asks for.
pub fn open(form: &PostingForm, lists: &Lists, is_told: impl Fn(&str) -> bool) -> BTreeMap<&'static str, bool> {
    let folds: [(&str, &[&str], bool); 8] = [
        ("requester", &["requester"], false),
        ("event", &["event"], lists.is_ahead),
        ("comments", &["comments_from", "comments_until"], false),
        ("period", &["period"], false),
        ("places", &["places"], false),
        ("to", &["to"], false),
        ("related", &["replaces", "amends", "corrects"], false),
        ("suspended", &["suspended_from", "suspended_until", "suspended_reason"], false),
    ];
    let holds = |lines: &[&str]| lines.iter().any(|line| !form.line(line).is_empty() || is_told(line));
    let people = ("people", lists.is_of_people || is_told("paper") || is_told("web"));
    folds.into_iter().map(|(fold, lines, is_asked)| (fold, is_asked || holds(lines))).chain([people]).collect()
}

/// Kinds to choose from, by the groups of the law.
pub fn kinds(reading: &mut Reading, chosen: &str) -> Result<Vec<Choice>, Refusal> {
    let catalogue = rules::catalogue(&mut reading.c)?;
    let mut choices = vec![Choice::new("", reading.word("edit-choose"), chosen)];
    let others = reading.word("posting-list-other-kinds");
    let groups = catalogue.groups.iter().map(|group| (format!("{}. {}", group.number, group.name), Some(group.number)));
    for (name, number) in groups.chain([(others, None)]) {
        let of = catalogue.kinds.iter().filter(|kind| kind.group == number);
        let mut of: Vec<Choice> = of.map(|kind| Choice::new(kind.slug.clone(), kind.name.clone(), chosen)).collect();
        of.first_mut().into_iter().for_each(|first| first.opens.clone_from(&name));
        of.last_mut().into_iter().for_each(|last| last.closes = true);
        choices.extend(of);
    }
    Ok(choices)
}
