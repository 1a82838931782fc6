//! Kinds of posting, `posting-kinds.toml`: what the law says of each, how long it hangs, where, what paper and the web may
//! carry, and by which rule. An office changes them as the law changes; a text keeps the slug of its kind for ever.

use chrono::NaiveDate;

use crate::kit::calendar;
use crate::kit::days::{Holidays, MOST_DAYS, Measure};
use crate::kit::words::{Lang, Phrase};
use crate::phrase;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// What a commune must disclose (Law 10/2022/QH15, Article 11).
    pub groups: Vec<Group>,
    pub kinds: Vec<Kind>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub number: u8,
    pub name: String,
    pub name_en: String,
    pub article: String,
}

impl Group {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    /// `Nhóm 7: Hỗ trợ, trợ cấp, tín dụng, an sinh xã hội`
    pub fn told(&self, lang: Lang) -> Phrase {
        phrase!("posting-group-named", number = self.number, name = self.name(lang))
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub group: Option<u8>,
    pub term: Term,
    pub places: Vec<Place>,
    /// On the commune's loudspeakers, one day after the other; 0 where no rule says how many.
    pub loudspeaker_days: u16,
    /// So long before an event it must be told.
    pub ahead: Option<(u16, Measure)>,
    /// In working days after the decision; 0 where no rule says.
    pub deadline: u16,
    pub after: After,
    pub paper: Carry,
    pub web: Carry,
    /// It names private persons: such a list never stands whole on the web.
    pub people: bool,
    /// It overrides boards at once, and so must say when it ends.
    pub urgent: bool,
    /// Law and article.
    pub source: String,
    /// The text of the rule, to be quoted.
    pub rule: String,
    /// For whoever writes such a posting.
    pub note: String,
    /// Somebody has compared the rule with the law's own text.
    pub checked: bool,
}

/// How long it hangs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// At least so many days; `consecutive`: one after the other, without interruption.
    Days {
        days: u16,
        measure: Measure,
        consecutive: bool,
    },
    Permanent,
    UntilReplaced,
    /// Until the end that it states itself.
    Stated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Seat,
    Villages,
    Points,
    Portal,
    Loudspeaker,
    Meetings,
    Screens,
    Other,
}

impl Place {
    /// Where paper hangs.
    pub fn is_board(self) -> bool {
        matches!(self, Place::Seat | Place::Villages | Place::Points | Place::Other)
    }

    /// Where whoever comes by can read it: on paper or on a screen.
    pub fn is_read_at(self) -> bool {
        self.is_board() || self == Place::Screens
    }
}

/// What stands at its address when its period is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// All of it, under a banner that says so.
    Banner,
    /// Its title and when it was there.
    Stub,
    /// Whoever wants it asks the office (Law 10/2022/QH15, Article 14.2).
    Request,
}

/// What of its persons a form may show; from the widest to the narrowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Carry {
    Full,
    Masked,
    Totals,
}

pub const PLACES: [(&str, Place); 8] = [
    ("seat", Place::Seat),
    ("villages", Place::Villages),
    ("points", Place::Points),
    ("portal", Place::Portal),
    ("loudspeaker", Place::Loudspeaker),
    ("meetings", Place::Meetings),
    ("screens", Place::Screens),
    ("other", Place::Other),
];
pub const AFTERS: [(&str, After); 3] = [("banner", After::Banner), ("stub", After::Stub), ("request", After::Request)];
pub const CARRIES: [(&str, Carry); 3] = [("full", Carry::Full), ("masked", Carry::Masked), ("totals", Carry::Totals)];
pub const MEASURES: [(&str, Measure); 2] = [("calendar", Measure::Calendar), ("working", Measure::Working)];
pub const TERMS: [&str; 4] = ["days", "permanent", "until_replaced", "stated"];

/// The word that files and forms use for one of a few things.
pub fn word_of<T: PartialEq>(all: &[(&'static str, T)], one: &T) -> &'static str {
    all.iter().find(|(_, known)| known == one).map_or("", |(word, _)| word)
}

/// A period as somebody proposes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The day on which it is hung, which is not counted.
    pub posted: NaiveDate,
    pub end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Open,
    After {
        days: u16,
        measure: Measure,
    },
    /// With this day.
    On(NaiveDate),
}

impl Period {
    /// Its last day; `None` where it has none. Errors: a number of days that is no period.
    pub fn last(self, holidays: &Holidays) -> Result<Option<NaiveDate>, Phrase> {
        match self.end {
            End::Open => Ok(None),
            End::On(day) => Ok(Some(day)),
            End::After { days, measure } => match holidays.count(self.posted, days, measure) {
                Some(counted) => Ok(Some(counted.last)),
                None => Err(phrase!("posting-bad-days", most = MOST_DAYS)),
            },
        }
    }
}

impl Kind {
    pub fn name(&self, lang: Lang) -> &str {
        if lang == Lang::En && !self.name_en.is_empty() { &self.name_en } else { &self.name }
    }

    /// Errors: what the rule does not allow, with the rule quoted. What is accepted is never shorter than the rule's
    /// period as `kit::days` counts it from the same day.
    pub fn check(&self, period: Period, holidays: &Holidays) -> Result<(), Phrase> {
        let last = period.last(holidays)?;
        if last.is_some_and(|last| last < period.posted) {
            return Err(phrase!("posting-ends-before", posted = calendar::day(period.posted)));
        }
        if self.urgent && last.is_none() {
            return Err(phrase!("posting-urgent-endless", kind = self.name));
        }
        match (self.term, last) {
            (Term::Permanent | Term::UntilReplaced, Some(_)) => {
                Err(phrase!("posting-needs-no-end", kind = self.name, rule = self.rule, source = self.source))
            }
            (Term::Days { days, measure, .. }, Some(last)) => {
                let least = holidays.count(period.posted, days, measure).ok_or_else(|| phrase!("posting-bad-days", most = MOST_DAYS))?.last;
                if last >= least {
                    return Ok(());
                }
                Err(phrase!(
                    "posting-too-short",
                    kind = self.name,
                    days = days,
                    measure = word_of(&MEASURES, &measure),
                    least = calendar::day(least),
                    rule = self.rule,
                    source = self.source
                ))
            }
            _ => Ok(()),
        }
    }

    /// The last day on which it may be told, where it must be told before an event.
    pub fn tell_by(&self, event: NaiveDate, holidays: &Holidays) -> Option<NaiveDate> {
        let (days, measure) = self.ahead?;
        holidays.before(event, days, measure)
    }

    /// Errors: too late for the event, with the rule quoted.
    pub fn check_ahead(&self, posted: NaiveDate, event: NaiveDate, holidays: &Holidays) -> Result<(), Phrase> {
        match self.tell_by(event, holidays) {
            Some(by) if posted > by => {
                let (kind, rule, source) = (&self.name, &self.rule, &self.source);
                let by = calendar::day(by);
                Err(phrase!("posting-too-late", kind = kind, event = calendar::day(event), by = by, rule = rule, source = source))
            }
            _ => Ok(()),
        }
    }

    /// The last day on which it may be told after a decision.
    pub fn due_after(&self, decided: NaiveDate, holidays: &Holidays) -> Option<NaiveDate> {
        holidays.count(decided, self.deadline, Measure::Working).map(|counted| counted.last)
    }
}

impl Catalogue {
    pub fn kind(&self, slug: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.slug == slug)
    }

    pub fn group(&self, number: u8) -> Option<&Group> {
        self.groups.iter().find(|group| group.number == number)
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Duration, Weekday};
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    pub fn kind(term: Term) -> Kind {
        Kind {
            slug: "thu".to_owned(),
            name: "Loại thử".to_owned(),
            name_en: String::new(),
            group: None,
            term,
            places: vec![Place::Seat],
            loudspeaker_days: 0,
            ahead: None,
            deadline: 0,
            after: After::Stub,
            paper: Carry::Full,
            web: Carry::Totals,
            people: false,
            urgent: false,
            source: "Điều 13".to_owned(),
            rule: "ít nhất 15 ngày".to_owned(),
            note: String::new(),
            checked: false,
        }
    }

    const FIFTEEN: Term = Term::Days { days: 15, measure: Measure::Calendar, consecutive: true };

    fn key(checked: Result<(), Phrase>) -> &'static str {
        checked.err().map_or("", |phrase| phrase.key)
    }

    #[test]
    fn a_period_below_the_minimum_is_refused_with_the_rule() {
        let holidays = Holidays::default();
        let check = |kind: &Kind, end| kind.check(Period { posted: day("2026-11-06"), end }, &holidays);
        let fifteen = kind(FIFTEEN);
        for (end, wanted) in [
            (End::After { days: 15, measure: Measure::Calendar }, ""),
            (End::After { days: 14, measure: Measure::Calendar }, "posting-too-short"),
            (End::After { days: 11, measure: Measure::Working }, ""),
            (End::After { days: 10, measure: Measure::Working }, "posting-too-short"),
            (End::On(day("2026-11-23")), ""),
            // The fifteenth day is this Saturday, and a period does not end on one.
            (End::On(day("2026-11-21")), "posting-too-short"),
            (End::On(day("2026-11-05")), "posting-ends-before"),
            (End::After { days: 0, measure: Measure::Calendar }, "posting-bad-days"),
            (End::Open, ""),
        ] {
            assert_eq!(key(check(&fifteen, end)), wanted, "{end:?}");
        }
        let told = check(&fifteen, End::On(day("2026-11-21"))).expect_err("it is short");
        assert!(told.args.contains(&("rule", "ít nhất 15 ngày".to_owned())) && told.args.contains(&("least", "23/11/2026".to_owned())));
    }

    #[test]
    fn what_hangs_for_ever_has_no_end_and_what_is_urgent_has_one() {
        let check = |kind: &Kind, end| key(kind.check(Period { posted: day("2026-11-14"), end }, &Holidays::default()));
        let on = End::On(day("2026-11-16"));
        for term in [Term::Permanent, Term::UntilReplaced] {
            assert_eq!((check(&kind(term), on), check(&kind(term), End::Open)), ("posting-needs-no-end", ""));
        }
        let urgent = Kind { urgent: true, ..kind(Term::Stated) };
        assert_eq!((check(&urgent, on), check(&urgent, End::Open)), ("", "posting-urgent-endless"));
        assert_eq!(check(&Kind { urgent: true, ..kind(FIFTEEN) }, End::Open), "posting-urgent-endless");
        assert_eq!((check(&kind(Term::Stated), on), check(&kind(Term::Stated), End::Open)), ("", ""));
    }

    #[test]
    fn an_outage_is_told_seven_working_days_before() {
        let holidays = Holidays::default();
        let outage = Kind { ahead: Some((7, Measure::Working)), ..kind(Term::Stated) };
        let event = day("2026-12-18");
        assert_eq!(outage.tell_by(event, &holidays), Some(day("2026-12-09")));
        assert_eq!(outage.check_ahead(day("2026-12-09"), event, &holidays), Ok(()));
        assert_eq!(key(outage.check_ahead(day("2026-12-10"), event, &holidays)), "posting-too-late");
        assert_eq!(kind(Term::Stated).check_ahead(event, event, &holidays), Ok(()));
        let decided = Kind { deadline: 5, ..kind(Term::Stated) };
        assert_eq!(decided.due_after(day("2026-11-20"), &holidays), Some(day("2026-11-27")));
        assert_eq!(kind(Term::Stated).due_after(event, &holidays), None);
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0i64..7_671).prop_map(|later| day("2020-01-01") + Duration::days(later))
    }

    fn any_measure() -> impl Strategy<Value = Measure> {
        prop_oneof![Just(Measure::Calendar), Just(Measure::Working)]
    }

    fn any_holidays() -> impl Strategy<Value = Holidays> {
        proptest::collection::vec((any_day(), 0i64..10), 0..60).prop_map(|spans| {
            let mut holidays = Holidays::default();
            for (from, length) in spans {
                holidays.close(from, from + Duration::days(length), "nghỉ");
            }
            holidays
        })
    }

    /// By hand, with nothing of `kit::days` but which days are off.
    fn least(posted: NaiveDate, days: u16, measure: Measure, holidays: &Holidays) -> NaiveDate {
        let works = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && holidays.is_working(day);
        let (mut day, mut left) = (posted, days);
        while left > 0 {
            day = day.succ_opt().expect("of our time");
            left -= u16::from(measure == Measure::Calendar || works(day));
        }
        while !works(day) {
            day = day.succ_opt().expect("of our time");
        }
        day
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(600))]

        #[test]
        fn what_is_accepted_is_never_shorter_than_the_minimum_and_what_is_refused_always(
            holidays in any_holidays(), posted in any_day(), days in 1u16..60, measure in any_measure(),
            given in 1u16..70, by in any_measure(), later in 0i64..100,
        ) {
            let kind = kind(Term::Days { days, measure, consecutive: false });
            let least = least(posted, days, measure, &holidays);
            for end in [End::After { days: given, measure: by }, End::On(posted + Duration::days(later)), End::On(least), End::On(least - Duration::days(1))] {
                let period = Period { posted, end };
                let last = period.last(&holidays).expect("a short period").expect("it ends");
                prop_assert_eq!(kind.check(period, &holidays).is_ok(), last >= least, "{:?}", end);
            }
        }
    }
}
