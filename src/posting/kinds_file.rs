//! The catalogue of kinds as a file: read with every fault at its line, and written back the same.

use crate::kit::days::{MOST_DAYS, Measure};
use crate::kit::fold::is_slug;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::Issue;
use crate::phrase;

use super::kinds::{AFTERS, After, CARRIES, Carry, Catalogue, Group, Kind, MEASURES, PLACES, Place, TERMS, Term, word_of};

/// Characters of what stands on one line.
pub const MOST_NAME: usize = 300;
/// Of a rule, as long as an article's paragraph.
pub const MOST_RULE: usize = 3_000;
pub const MOST_KINDS: usize = 500;

impl Catalogue {
    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Catalogue, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut catalogue = Catalogue::default();
        for row in front.tables("groups") {
            let number = row.count("number").and_then(|number| u8::try_from(number).ok()).unwrap_or_default();
            if !(1..=99).contains(&number) {
                row.object("number", phrase!("kinds-bad-number"));
            } else if catalogue.group(number).is_some() {
                row.object("number", phrase!("kinds-group-twice", number = number));
            }
            let group = Group { number, name: line(&row, "name"), name_en: line_if_any(&row, "name_en"), article: line(&row, "article") };
            row.finish();
            catalogue.groups.push(group);
        }
        let rows = front.tables("kinds");
        if rows.len() > MOST_KINDS {
            front.object("kinds", phrase!("kinds-too-many", most = MOST_KINDS));
        }
        for row in rows {
            let kind = read_kind(&row, &catalogue);
            row.finish();
            catalogue.kinds.push(kind);
        }
        front.finish();
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(catalogue) } else { Err(issues) }
    }

    pub fn written(&self) -> String {
        let mut out = Writer::default();
        for group in &self.groups {
            out.heading("[[groups]]").count("number", group.number.into()).text("name", &group.name).text("name_en", &group.name_en);
            out.text("article", &group.article);
        }
        self.kinds.iter().for_each(|kind| write_kind(kind, &mut out));
        out.toml().to_owned()
    }
}

fn read_kind(row: &Front, catalogue: &Catalogue) -> Kind {
    let kind = Kind {
        slug: row.required("slug"),
        name: line(row, "name"),
        name_en: line_if_any(row, "name_en"),
        group: row.count("group").map(|number| u8::try_from(number).unwrap_or(u8::MAX)),
        term: term(row),
        places: places(row),
        loudspeaker_days: days(row, "loudspeaker_days").unwrap_or_default(),
        ahead: days(row, "ahead_days").map(|days| (days, measure(row, "ahead_measure"))),
        deadline: days(row, "deadline_days").unwrap_or_default(),
        after: one_of(row, "after", &AFTERS).unwrap_or(After::Request),
        // Nobody carries names further for having said nothing.
        paper: one_of(row, "paper", &CARRIES).unwrap_or(Carry::Totals),
        web: one_of(row, "web", &CARRIES).unwrap_or(Carry::Totals),
        people: row.flag("people"),
        urgent: row.flag("urgent"),
        source: line(row, "source"),
        rule: text(row, "rule", MOST_RULE, true),
        note: text(row, "note", MOST_RULE, false),
        checked: row.flag("checked"),
    };
    if kind.slug.is_empty() {
    } else if !is_slug(&kind.slug) {
        row.object("slug", phrase!("front-bad-slug", slug = kind.slug));
    } else if catalogue.kind(&kind.slug).is_some() {
        row.object("slug", phrase!("kinds-twice", slug = kind.slug));
    }
    if let Some(number) = kind.group.filter(|number| catalogue.group(*number).is_none()) {
        row.object("group", phrase!("kinds-no-group", number = number));
    }
    if kind.ahead.is_none() && row.text("ahead_measure").is_some() {
        row.object("ahead_measure", phrase!("kinds-idle-key", key = "ahead_measure", other = "ahead_days"));
    }
    if kind.loudspeaker_days > 0 && !kind.places.contains(&Place::Loudspeaker) {
        row.object("loudspeaker_days", phrase!("kinds-no-loudspeaker"));
    }
    if kind.urgent && matches!(kind.term, Term::Permanent | Term::UntilReplaced) {
        row.object("urgent", phrase!("kinds-urgent-endless"));
    }
    if kind.people && kind.web == Carry::Full {
        row.object("web", phrase!("kinds-people-on-web"));
    } else if kind.web < kind.paper {
        row.object("web", phrase!("kinds-web-wider"));
    }
    kind
}

fn write_kind(kind: &Kind, out: &mut Writer) {
    out.heading("[[kinds]]").text("slug", &kind.slug).text("name", &kind.name).text("name_en", &kind.name_en);
    out.count("group", kind.group.map_or(0, i64::from));
    match kind.term {
        Term::Days { days, measure, consecutive } => {
            out.text("term", "days")
                .count("days", days.into())
                .text("measure", word_of(&MEASURES, &measure))
                .flag("consecutive", consecutive);
        }
        Term::Permanent => drop(out.text("term", "permanent")),
        Term::UntilReplaced => drop(out.text("term", "until_replaced")),
        Term::Stated => drop(out.text("term", "stated")),
    }
    out.texts("places", &kind.places.iter().map(|place| word_of(&PLACES, place).to_owned()).collect::<Vec<_>>());
    out.count("loudspeaker_days", kind.loudspeaker_days.into());
    if let Some((days, measure)) = kind.ahead {
        out.count("ahead_days", days.into()).text("ahead_measure", word_of(&MEASURES, &measure));
    }
    out.count("deadline_days", kind.deadline.into()).text("after", word_of(&AFTERS, &kind.after));
    out.text("paper", word_of(&CARRIES, &kind.paper)).text("web", word_of(&CARRIES, &kind.web));
    out.flag("people", kind.people).flag("urgent", kind.urgent);
    out.text("source", &kind.source).text("rule", &kind.rule).text("note", &kind.note).flag("checked", kind.checked);
}

fn term(row: &Front) -> Term {
    let named = row.required("term");
    let term = match named.as_str() {
        "days" => Term::Days {
            days: days(row, "days").unwrap_or_else(|| {
                row.object("days", phrase!("kinds-bad-days", most = MOST_DAYS));
                1
            }),
            measure: measure(row, "measure"),
            consecutive: row.flag("consecutive"),
        },
        "permanent" => Term::Permanent,
        "until_replaced" => Term::UntilReplaced,
        "stated" => Term::Stated,
        "" => Term::Stated,
        _ => {
            unknown(row, "term", &named, &TERMS);
            Term::Stated
        }
    };
    if !matches!(term, Term::Days { .. }) {
        // Asked for, so that each is told of once, and of a term that is none only the term itself.
        let given =
            [("days", row.count("days").is_some()), ("measure", row.text("measure").is_some()), ("consecutive", row.flag("consecutive"))];
        for (key, _) in given.into_iter().filter(|(_, is_given)| *is_given && TERMS.contains(&named.as_str())) {
            row.object(key, phrase!("kinds-idle-key", key = key, other = "term = \"days\""));
        }
    }
    term
}

fn places(row: &Front) -> Vec<Place> {
    let mut places = Vec::new();
    let told = row.texts("places");
    if told.is_empty() {
        row.object("places", phrase!("kinds-no-place", key = "places"));
    }
    for named in told {
        match PLACES.iter().find(|(word, _)| *word == named) {
            Some((_, place)) if !places.contains(place) => places.push(*place),
            Some(_) => {}
            None => unknown(row, "places", &named, &PLACES.map(|(word, _)| word)),
        }
    }
    // In the order of the list, whoever wrote them.
    places.sort_by_key(|place| PLACES.iter().position(|(_, known)| known == place));
    places
}

/// A number of days that is there; none is never zero.
fn days(row: &Front, key: &str) -> Option<u16> {
    if row.lacks(key) {
        return None;
    }
    let days = row.count(key).unwrap_or_default();
    if !(1..=i64::from(MOST_DAYS)).contains(&days) {
        row.object(key, phrase!("kinds-bad-days", most = MOST_DAYS));
        return Some(1);
    }
    Some(days as u16)
}

fn measure(row: &Front, key: &str) -> Measure {
    one_of(row, key, &MEASURES).unwrap_or(Measure::Calendar)
}

fn one_of<T: Copy>(row: &Front, key: &str, all: &[(&'static str, T)]) -> Option<T> {
    let named = row.text(key)?;
    let found = all.iter().find(|(word, _)| *word == named).map(|(_, one)| *one);
    if found.is_none() {
        unknown(row, key, &named, &all.iter().map(|(word, _)| *word).collect::<Vec<_>>());
    }
    found
}

fn unknown(row: &Front, key: &str, named: &str, known: &[&str]) {
    row.object(key, phrase!("kinds-unknown-word", named = named, known = known.join(", ")));
}

fn line(row: &Front, key: &str) -> String {
    let text = text(row, key, MOST_NAME, true);
    if text.contains('\n') {
        row.object(key, phrase!("rules-too-long", most = MOST_NAME));
    }
    text
}

fn line_if_any(row: &Front, key: &str) -> String {
    if row.lacks(key) { String::new() } else { line(row, key) }
}

fn text(row: &Front, key: &str, most: usize, is_needed: bool) -> String {
    let text = if is_needed { row.required(key) } else { row.text(key).unwrap_or_default() };
    if text.chars().count() > most {
        row.object(key, phrase!("rules-too-long", most = most));
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_measure() -> impl Strategy<Value = Measure> {
        prop_oneof![Just(Measure::Calendar), Just(Measure::Working)]
    }

    fn any_term() -> impl Strategy<Value = Term> {
        prop_oneof![
            (1..=MOST_DAYS, any_measure(), any::<bool>()).prop_map(|(days, measure, consecutive)| Term::Days {
                days,
                measure,
                consecutive
            }),
            Just(Term::Permanent),
            Just(Term::UntilReplaced),
            Just(Term::Stated),
        ]
    }

    /// Of any kind that the rules allow, with texts that only just fit a file.
    fn any_kind() -> impl Strategy<Value = Kind> {
        let text = "[a-zàáảãạăắằâấầêếềôốồơớờưứừýỳỷỹđ\"\\\\ ]{0,20}[a-z\"]";
        let words = (text, text, text, "[a-z\"\n\t ]{0,20}[a-z]", prop_oneof![Just(String::new()), Just("HIV".to_owned())]);
        let numbers = (proptest::option::of(1u8..4), 0u16..40, proptest::option::of((1u16..60, any_measure())), 0u16..40);
        let carries = (0usize..3, 0usize..3, 0usize..3, any::<[bool; 3]>());
        (words, numbers, carries, any_term(), proptest::sample::subsequence(PLACES.to_vec(), 1..=6)).prop_map(
            |(
                (name, name_en, source, rule, note),
                (group, days, ahead, deadline),
                (paper, web, after, [people, urgent, checked]),
                term,
                places,
            )| {
                let places: Vec<Place> = places.into_iter().map(|(_, place)| place).collect();
                let tidy = |text: String| crate::kit::fold::nfc(text.trim());
                let loudspeaker_days = if places.contains(&Place::Loudspeaker) { days } else { 0 };
                let web = CARRIES[paper.max(web)].1;
                Kind {
                    slug: String::new(),
                    name: tidy(name),
                    name_en: tidy(name_en),
                    group,
                    term,
                    places,
                    loudspeaker_days,
                    ahead,
                    deadline,
                    after: AFTERS[after].1,
                    paper: CARRIES[paper].1,
                    web,
                    people: people && web != Carry::Full,
                    urgent: urgent && matches!(term, Term::Stated | Term::Days { .. }),
                    source: tidy(source),
                    rule: tidy(rule),
                    note,
                    checked,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(mut kinds in proptest::collection::vec(any_kind(), 0..6)) {
            kinds.iter_mut().enumerate().for_each(|(number, kind)| kind.slug = format!("loai-{number}"));
            let group = |number: u8| Group { number, name: "Nhóm".to_owned(), name_en: String::new(), article: "khoản".to_owned() };
            let catalogue = Catalogue { groups: (1..4).map(group).collect(), kinds };
            let again = Catalogue::read("posting-kinds.toml", &catalogue.written());
            prop_assert_eq!(again.as_ref(), Ok(&catalogue));
        }
    }
}
