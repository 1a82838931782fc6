//! What a unit plans to disclose in a year (Law 10/2022/QH15, Article 14.1): content, form, time, how long, who. And what
//! became of each of its days, told by the postings themselves: nobody ticks anything off.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Days;
use super::kinds::{Catalogue, PLACES};
use crate::kit::fold::{is_slug, nfc};
use crate::kit::words::Phrase;
use crate::phrase;

/// A form of ours holds so many.
pub const MOST_ITEMS: usize = 100;
pub const MOST_WORDS: usize = 300;
/// Of one item: every week of a year.
pub const MOST_DAYS: usize = 53;
pub const MOST_DONE: usize = 60;
/// So long before a day it is told that it comes.
const SOON: i64 = 14;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Item {
    pub content: String,
    /// The kind of posting by which it is known that it was done; or else a group of the law.
    pub kind: String,
    pub group: Option<u8>,
    /// Kinds of places.
    pub forms: Vec<String>,
    /// The last days on which it is to be disclosed, in order; none: whenever there is something to disclose.
    pub due: Vec<NaiveDate>,
    /// How long; empty: as its kind says.
    pub period: Option<Days>,
    /// A position or an office.
    pub who: String,
    /// Postings that are told to be this, whatever their kind.
    pub done: Vec<String>,
}

impl Item {
    /// In one form, so that the same is written the same.
    pub fn tidy(self) -> Item {
        let tidy = |text: String| nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
        let (content, who) = (tidy(self.content), tidy(self.who));
        let (mut due, mut done) = (self.due, self.done);
        due.sort_unstable();
        due.dedup();
        done.dedup();
        let forms = PLACES.iter().map(|(word, _)| (*word).to_owned()).filter(|word| self.forms.contains(word)).collect();
        // A kind says its group.
        let group = if self.kind.is_empty() { self.group } else { None };
        Item { content, who, due, done, forms, group, ..self }
    }

    /// What is wrong, each with its field.
    pub fn faults(&self, year: i32, catalogue: &Catalogue, is_posting: impl Fn(&str) -> bool) -> Vec<(&'static str, Phrase)> {
        let mut faults = Vec::new();
        if self.content.is_empty() {
            faults.push(("content", phrase!("plan-no-content")));
        }
        for (field, text) in [("content", &self.content), ("who", &self.who)] {
            if text.chars().count() > MOST_WORDS || text.chars().any(char::is_control) {
                faults.push((field, phrase!("plan-too-long", most = MOST_WORDS)));
            }
        }
        if !self.kind.is_empty() && catalogue.kind(&self.kind).is_none() {
            faults.push(("of", phrase!("posting-unknown-kind", kind = self.kind)));
        }
        if let Some(group) = self.group.filter(|group| catalogue.group(*group).is_none()) {
            faults.push(("of", phrase!("plan-unknown-group", group = group)));
        }
        if self.due.len() > MOST_DAYS {
            faults.push(("due", phrase!("plan-too-many-days", most = MOST_DAYS)));
        }
        if let Some(day) = self.due.iter().find(|day| day.year() != year) {
            faults.push(("due", phrase!("plan-other-year", day = crate::kit::calendar::day(*day), year = year)));
        }
        if self.done.len() > MOST_DONE {
            faults.push(("done", phrase!("plan-too-many-done", most = MOST_DONE)));
        }
        if let Some(slug) = self.done.iter().find(|slug| !is_slug(slug) || !is_posting(slug)) {
            faults.push(("done", phrase!("posting-unknown-posting", slug = slug)));
        }
        faults
    }
}

/// A posting of the unit that the public has seen, and that was not taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub slug: String,
    pub title: String,
    pub kind: String,
    pub group: Option<u8>,
    pub day: NaiveDate,
    /// It must not be named any more: its kind is.
    pub is_gone: bool,
    /// Somebody noted that it hung on a board, wherever.
    pub on_boards: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// So many days after its last day; 0 for in time.
    Done {
        late: i64,
    },
    Late {
        days: i64,
    },
    Soon {
        days: i64,
    },
    Planned,
}

/// One planned day, with the posting that it led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub due: NaiveDate,
    /// Which of the postings.
    pub by: Option<usize>,
    pub standing: Standing,
}

/// What became of one item: its days; and for one without days, what was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    pub turns: Vec<Turn>,
    pub arisen: Vec<usize>,
}

/// So long before its day something may be disclosed and still be that.
const EARLY: i64 = 92;

/// In the order of the items, each with the year of its plan. `posted`: by day. Each posting is counted once: first as what it is
/// told to be, then by its kind, then by its group; and always as the day that it is nearest to. Plans of neighbouring years are
/// settled together, so that what came in December is not counted in both.
pub fn settle(items: &[(i32, &Item)], posted: &[Posted], today: NaiveDate) -> Vec<Settled> {
    let mut settling = Settling {
        posted,
        used: vec![false; posted.len()],
        settled: items
            .iter()
            .map(|(_, item)| Settled {
                turns: item.due.iter().map(|due| Turn { due: *due, by: None, standing: Standing::Planned }).collect(),
                arisen: Vec::new(),
            })
            .collect(),
    };
    settling.pass(items, |item, one| item.done.contains(&one.slug), |_, _, _| true);
    settling.pass(items, |item, one| !item.kind.is_empty() && item.kind == one.kind, is_for);
    settling.pass(items, |item, one| item.group.is_some() && item.group == one.group, is_for);
    let mut settled = settling.settled;
    for turn in settled.iter_mut().flat_map(|settled| &mut settled.turns) {
        let left = (turn.due - today).num_days();
        turn.standing = match turn.by {
            Some(at) => Standing::Done { late: (posted[at].day - turn.due).num_days().max(0) },
            None if left < 0 => Standing::Late { days: -left },
            None if left <= SOON => Standing::Soon { days: left },
            None => Standing::Planned,
        };
    }
    settled
}

/// Whether what was posted on a day may be what was due then: not before the day that was due before it, nor long before it.
fn is_for(item: &Item, turn: usize, day: NaiveDate) -> bool {
    let before = turn.checked_sub(1).and_then(|before| item.due.get(before));
    item.due.get(turn).is_some_and(|due| (*due - day).num_days() <= EARLY) && before.is_none_or(|before| *before < day)
}

struct Settling<'s> {
    posted: &'s [Posted],
    used: Vec<bool>,
    settled: Vec<Settled>,
}

impl Settling<'_> {
    /// The nearest pairs first; then what has no day.
    fn pass(&mut self, items: &[(i32, &Item)], is_of: impl Fn(&Item, &Posted) -> bool, may: impl Fn(&Item, usize, NaiveDate) -> bool) {
        let mut pairs: Vec<(i64, usize, usize, usize)> = Vec::new();
        for (at, one) in self.posted.iter().enumerate().filter(|(at, _)| !self.used[*at]) {
            for (number, (_, item)) in items.iter().enumerate().filter(|(_, (_, item))| is_of(item, one)) {
                let turns = item.due.iter().enumerate().filter(|(turn, _)| may(item, *turn, one.day));
                pairs.extend(turns.map(|(turn, due)| ((one.day - *due).num_days().abs(), at, number, turn)));
            }
        }
        pairs.sort_unstable();
        for (_, at, number, turn) in pairs {
            let open = &mut self.settled[number].turns[turn].by;
            if !self.used[at] && open.is_none() {
                *open = Some(at);
                self.used[at] = true;
            }
        }
        for (settled, (year, item)) in self.settled.iter_mut().zip(items).filter(|(_, (_, item))| item.due.is_empty()) {
            for (at, one) in self.posted.iter().enumerate() {
                if !self.used[at] && one.day.year() == *year && is_of(item, one) {
                    settled.arisen.push(at);
                    self.used[at] = true;
                }
            }
        }
    }
}

/// What was kept of one plan, to tell what a change changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    pub added: Vec<String>,
    pub dropped: Vec<String>,
    pub otherwise: Vec<String>,
}

/// By what each item is called.
pub fn changed(before: &[Item], after: &[Item]) -> Changed {
    let known = |items: &'_ [Item], item: &Item| items.iter().any(|one| one.content == item.content);
    let name = |item: &Item| item.content.clone();
    Changed {
        added: after.iter().filter(|item| !known(before, item)).map(name).collect(),
        dropped: before.iter().filter(|item| !known(after, item)).map(name).collect(),
        otherwise: after.iter().filter(|item| known(before, item) && !before.contains(item)).map(name).collect(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        format!("2026-{text}").parse().expect("a day")
    }

    fn quarterly() -> Item {
        let due = ["01-15", "04-15", "07-15", "10-15"].map(day).into();
        Item { content: "Ngân sách".to_owned(), kind: "ngan-sach-xa".to_owned(), due, ..Item::default() }
    }

    fn posted(slug: &str, kind: &str, at: &str) -> Posted {
        Posted {
            slug: slug.to_owned(),
            title: slug.to_owned(),
            kind: kind.to_owned(),
            group: Some(2),
            day: day(at),
            is_gone: false,
            on_boards: true,
        }
    }

    fn standings(settled: &Settled) -> Vec<Standing> {
        settled.turns.iter().map(|turn| turn.standing).collect()
    }

    #[test]
    fn what_was_posted_settles_the_day_it_is_nearest_to_and_what_is_missing_is_late() {
        let all = [posted("quy-1", "ngan-sach-xa", "01-10"), posted("quy-2", "ngan-sach-xa", "04-20")];
        let settled = settle(&[(2026, &quarterly())], &all, day("10-05"));
        let wanted = [Standing::Done { late: 0 }, Standing::Done { late: 5 }, Standing::Late { days: 82 }, Standing::Soon { days: 10 }];
        assert_eq!(standings(&settled[0]), wanted);
        // One that came in its time is that, however much was missed before it.
        let last = [posted("chin-thang", "ngan-sach-xa", "10-10")];
        let wanted = [Standing::Late { days: 278 }, Standing::Late { days: 188 }, Standing::Late { days: 97 }, Standing::Done { late: 0 }];
        assert_eq!(standings(&settle(&[(2026, &quarterly())], &last, day("10-20"))[0]), wanted);
        // Two in one week are not two quarters.
        let two = [posted("quy-1", "ngan-sach-xa", "01-10"), posted("dinh-chinh", "ngan-sach-xa", "01-12")];
        let settled = settle(&[(2026, &quarterly())], &two, day("01-20"));
        assert_eq!(standings(&settled[0]), [Standing::Done { late: 0 }, Standing::Planned, Standing::Planned, Standing::Planned]);
    }

    #[test]
    fn what_is_told_to_be_it_counts_before_what_is_of_its_kind_and_that_before_its_group() {
        let by_group = Item { group: Some(2), kind: String::new(), due: vec![day("03-01")], ..quarterly() };
        let told =
            Item { content: "Khác".to_owned(), kind: String::new(), due: vec![day("02-01")], done: vec!["a".to_owned()], ..quarterly() };
        let items = [by_group, quarterly(), told];
        let all = [posted("a", "ngan-sach-xa", "01-05"), posted("b", "ngan-sach-xa", "01-06"), posted("c", "khac", "01-07")];
        let of = |items: &[Item]| settle(&items.iter().map(|item| (2026, item)).collect::<Vec<_>>(), &all, day("01-10"));
        let settled = of(&items);
        assert_eq!(settled.iter().map(|one| one.turns[0].by).collect::<Vec<_>>(), [Some(2), Some(1), Some(0)]);
        let whenever = Item { due: Vec::new(), ..quarterly() };
        assert_eq!(of(&[whenever])[0].arisen, [0, 1]);
    }

    #[test]
    fn what_comes_at_the_turn_of_a_year_is_counted_once_and_in_the_plan_it_is_nearest_to() {
        let at = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let item = |due: &str| Item { due: vec![at(due)], ..quarterly() };
        let (old, new) = (item("2025-12-20"), item("2026-01-30"));
        let came = |on: &str| [Posted { day: at(on), ..posted("mot", "ngan-sach-xa", "01-01") }];
        for (on, wanted) in [("2025-12-20", [true, false]), ("2026-01-05", [true, false]), ("2026-01-20", [false, true])] {
            let settled = settle(&[(2025, &old), (2026, &new)], &came(on), at("2026-02-10"));
            assert_eq!([0, 1].map(|number: usize| settled[number].turns[0].by.is_some()), wanted, "{on}");
        }
    }

    #[test]
    fn a_change_is_told_by_what_came_went_and_is_otherwise() {
        let (one, other) = (quarterly(), Item { content: "Phí".to_owned(), ..quarterly() });
        let later = Item { due: vec![day("02-15")], ..quarterly() };
        let told = changed(&[one, other.clone()], &[later, Item { content: "Mới".to_owned(), ..other }]);
        let name = |text: &str| vec![text.to_owned()];
        assert_eq!(told, Changed { added: name("Mới"), dropped: name("Phí"), otherwise: name("Ngân sách") });
    }

    proptest! {
        #[test]
        fn each_posting_is_counted_once_and_none_is_late_that_has_one(
            days in proptest::collection::vec(1u32..365, 0..12), dues in proptest::collection::vec(1u32..365, 1..6), today in 1u32..365,
        ) {
            let of = |number: u32| NaiveDate::from_yo_opt(2026, number).expect("a day");
            let mut days = days; days.sort_unstable();
            let all: Vec<Posted> = days.iter().map(|at| Posted { day: of(*at), ..posted("x", "ngan-sach-xa", "01-01") }).collect();
            let item = Item { due: dues.into_iter().map(of).collect(), ..quarterly() }.tidy();
            let items = [item.clone(), Item { content: "Nhóm".to_owned(), kind: String::new(), group: Some(2), ..item }];
            let settled = settle(&items.iter().map(|item| (2026, item)).collect::<Vec<_>>(), &all, of(today));
            let mut by: Vec<usize> = settled.iter().flat_map(|one| one.turns.iter().filter_map(|turn| turn.by)).collect();
            let count = by.len();
            by.sort_unstable();
            by.dedup();
            prop_assert_eq!(by.len(), count);
            for turn in settled.iter().flat_map(|one| &one.turns) {
                let is_late = matches!(turn.standing, Standing::Late { .. });
                prop_assert_eq!(is_late, turn.by.is_none() && turn.due < of(today));
            }
            // Nothing stays open for which there was something.
            for (item, one) in items.iter().zip(&settled) {
                for (turn, _) in one.turns.iter().enumerate().filter(|(_, turn)| turn.by.is_none()) {
                    prop_assert!(all.iter().enumerate().all(|(at, posted)| by.contains(&at) || !is_for(item, turn, posted.day)));
                }
            }
        }
    }
}
