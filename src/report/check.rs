//! Whether figures agree with each other: parts and their sum, a share, a balance, a year's opening, a leap. A check says what it
//! reckoned and never mends anything; what is off a person may accept, with a reason that everybody reads.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use rust_decimal::{Decimal, RoundingStrategy};

use super::indicators::{Identity, Indicator, Indicators, OVER_UNITS, Rule};
use super::observation::{Figures, Observation, exact};
use crate::kit::period::Period;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Names it for ever: an acceptance speaks of it by this.
    pub code: String,
    pub what: What,
    pub indicator: String,
    pub unit: String,
    pub period: Period,
    pub members: Vec<(String, String)>,
    /// As the report says, and as it was reckoned, in the measure of the result.
    pub told: Decimal,
    pub reckoned: Decimal,
    pub measure: String,
    /// Sign and figure, in the order of the sum: by number of the row, or a value of another measure.
    pub terms: Vec<Term>,
    pub verdict: Verdict,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    pub sign: char,
    pub row: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The parts along an axis and their whole.
    Parts,
    Sum,
    Ratio,
    Growth,
    /// The base of a year and last year's closing.
    Opening,
    /// A leap against the period before.
    Jump,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Holds,
    /// Off by no more than figures that were rounded each for itself can be.
    Rounded,
    /// Off within what the rule allows, and why it does.
    Allowed {
        reason: String,
    },
    Off,
}

impl Checked {
    pub fn difference(&self) -> Decimal {
        self.told.checked_sub(self.reckoned).unwrap_or(Decimal::MAX)
    }
}

/// What stood before, from reports that show: by indicator, unit and members.
pub type Earlier = HashMap<(String, String, Vec<(String, String)>, Period), (Decimal, String)>;

/// One unit, one time, one part: where identities hold.
type Place<'f> = (&'f str, Option<NaiveDate>, &'f [(String, String)]);

/// An indicator, a unit and one part of it, at whatever time.
type Thing<'f> = (&'f str, &'f str, &'f [(String, String)]);

/// The figures by what they are of: a report has thousands, and each is held against few.
#[derive(Default)]
struct Places<'f> {
    /// By indicator at every place.
    here: BTreeMap<Place<'f>, BTreeMap<&'f str, usize>>,
    through_time: HashMap<Thing<'f>, Vec<usize>>,
}

impl<'f> Places<'f> {
    fn of(figures: &'f Figures) -> Places<'f> {
        let mut places = Places::default();
        for (at, one) in figures.rows.iter().enumerate() {
            places.through_time.entry((&one.indicator, &one.unit, &one.members)).or_default().push(at);
            let place = places.here.entry((&one.unit, one.period.last_day(), &one.members)).or_default();
            // Of two spans with one end the longer is the year's.
            let is_longer = |other: &usize| one.period.days() > figures.rows[*other].period.days();
            if place.get(one.indicator.as_str()).is_none_or(is_longer) {
                place.insert(&one.indicator, at);
            }
        }
        places
    }

    fn all<'s>(&'s self, indicator: &'s str, unit: &'s str, members: &'s [(String, String)]) -> &'s [usize] {
        self.through_time.get(&(indicator, unit, members)).map_or(&[], Vec::as_slice)
    }
}

pub fn checks(figures: &Figures, known: &Indicators, earlier: &Earlier) -> Vec<Checked> {
    let mut found = Vec::new();
    let places = Places::of(figures);
    for place in places.here.keys() {
        for identity in &known.identities {
            found.extend(identity_of(figures, known, identity, &places, place));
        }
    }
    parts(figures, known, &mut found);
    for (at, one) in figures.rows.iter().enumerate() {
        let Some(indicator) = known.indicator(&one.indicator) else { continue };
        found.extend(opening(known, indicator, (at, one), earlier));
        found.extend(jump(figures, known, &places, indicator, (at, one), earlier));
    }
    found
}

/// Half of the last place that a figure is written with: what rounding may have taken from it. Of the last place that there is
/// (28), nothing.
fn half(value: Decimal) -> Decimal {
    Decimal::try_new(5, value.scale() + 1).unwrap_or_default()
}

struct Side<'f> {
    figures: &'f Figures,
    known: &'f Indicators,
    measure: &'f str,
}

impl Side<'_> {
    /// In the measure of the result, with what rounding may have taken; things that are counted are not rounded.
    fn value(&self, at: usize) -> Option<(Decimal, Decimal)> {
        let one = &self.figures.rows[at];
        let number = one.value.number()?;
        let is_whole = self.known.measure(&one.measure).is_some_and(|measure| measure.is_whole);
        let slack = if is_whole { Decimal::ZERO } else { half(number) };
        let slack = self.known.convert(slack, &one.measure, self.measure)?;
        Some((self.known.convert(number, &one.measure, self.measure)?, slack))
    }
}

/// What an indicator says at a place: there, or for the whole year that the place lies in (a plan), or when that year began (an opening).
fn term(figures: &Figures, known: &Indicators, places: &Places, place: &Place, code: &str) -> Option<usize> {
    if let Some(here) = places.here.get(place).and_then(|here| here.get(code)) {
        return Some(*here);
    }
    let opens = known.indicator(code).is_some_and(|indicator| !indicator.opens.is_empty());
    let day = place.1?;
    let opening = Period::Day(day).opening().filter(|_| opens);
    let is_meant = |period: Period| match period {
        Period::Span(from, to) => from <= day && day <= to,
        Period::Day(on) => opening.is_some_and(|opening| on == opening),
        Period::NotStated => false,
    };
    let all = places.all(code, place.0, place.2).iter().copied();
    all.filter(|at| is_meant(figures.rows[*at].period)).min_by_key(|at| figures.rows[*at].period.days())
}

fn identity_of(figures: &Figures, known: &Indicators, identity: &Identity, places: &Places, place: &Place) -> Option<Checked> {
    let at = |code: &str| term(figures, known, places, place, code);
    let result = places.here.get(place)?.get(identity.result.as_str()).copied()?;
    let one = &figures.rows[result];
    let told = one.value.number()?;
    let (what, terms, reckoned, slack, largest, is_whole_story) = match &identity.rule {
        Rule::Sum { plus, minus, minus_if_told } => {
            let side = Side { figures, known, measure: &one.measure };
            let mut terms = Vec::new();
            for code in plus {
                terms.push(Term { sign: '+', row: at(code)? });
            }
            for code in minus {
                terms.push(Term { sign: '−', row: at(code)? });
            }
            let told_too: Vec<usize> = minus_if_told.iter().filter_map(|code| at(code)).collect();
            let is_whole_story = told_too.len() == minus_if_told.len();
            terms.extend(told_too.into_iter().map(|row| Term { sign: '−', row }));
            let (sum, slack, largest) = sum(&side, &terms, told)?;
            (What::Sum, terms, sum, slack, largest, is_whole_story)
        }
        Rule::Ratio { part, whole } => {
            let terms = vec![Term { sign: '+', row: at(part)? }, Term { sign: '÷', row: at(whole)? }];
            let reckoned = ratio(figures, known, terms[0].row, terms[1].row, &one.measure)?;
            (What::Ratio, terms, reckoned, half(told), told.abs(), false)
        }
        Rule::Share { of } => {
            let all = term(figures, known, places, &(place.0, place.1, &[]), of).filter(|_| !place.2.is_empty())?;
            let terms = vec![Term { sign: '+', row: at(of)? }, Term { sign: '÷', row: all }];
            let reckoned = ratio(figures, known, terms[0].row, terms[1].row, &one.measure)?;
            (What::Ratio, terms, reckoned, half(told), told.abs(), false)
        }
        Rule::Growth { now, base } => {
            let terms = vec![Term { sign: '+', row: at(now)? }, Term { sign: '÷', row: at(base)? }];
            let reckoned = growth(figures, known, terms[0].row, terms[1].row)?;
            (What::Growth, terms, reckoned, half(told), told.abs(), false)
        }
    };
    let off = told.checked_sub(reckoned)?.abs();
    let allowed = largest.checked_mul(identity.tolerance)?.checked_div(Decimal::ONE_HUNDRED)?;
    let is_rounded = matches!(what, What::Ratio | What::Growth) && as_shown(reckoned, told) == told;
    let verdict = match () {
        // A ratio has more places than anybody shows.
        () if off.is_zero() || is_rounded => Verdict::Holds,
        () if what == What::Sum && off <= slack => Verdict::Rounded,
        // Where all is told nothing explains the rest.
        () if !is_whole_story && off <= allowed => Verdict::Allowed { reason: identity.reason.clone() },
        () => Verdict::Off,
    };
    Some(Checked { terms, verdict, reckoned, ..said(&identity.code, what, one, told) })
}

/// As many places as the report shows, halves away from zero: as offices round.
pub fn as_shown(reckoned: Decimal, told: Decimal) -> Decimal {
    reckoned.round_dp_with_strategy(told.scale(), RoundingStrategy::MidpointAwayFromZero)
}

/// The sum, what rounding may have taken from it and from `told`, and the largest figure in it.
fn sum(side: &Side, terms: &[Term], told: Decimal) -> Option<(Decimal, Decimal, Decimal)> {
    let (mut sum, mut slack, mut largest) = (Decimal::ZERO, Decimal::ZERO, told.abs());
    for term in terms {
        let (value, half) = side.value(term.row)?;
        sum = if term.sign == '+' { sum.checked_add(value)? } else { sum.checked_sub(value)? };
        slack = slack.checked_add(half)?;
        largest = largest.max(value.abs());
    }
    // What is counted one by one is nowhere rounded, its sum neither.
    let own = if slack.is_zero() { Decimal::ZERO } else { half(told) };
    Some((sum, slack.checked_add(own)?, largest))
}

/// In the measure of the result: hundredths, or one per other (`triệu đồng/hộ`, by the name of the measure above the line).
fn ratio(figures: &Figures, known: &Indicators, part: usize, whole: usize, measure: &str) -> Option<Decimal> {
    let (part, whole) = (&figures.rows[part], &figures.rows[whole]);
    let (above, below) = (part.value.number()?, whole.value.number()?);
    let result = known.measure(measure)?;
    if result.is_per_cent() {
        return above.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(known.convert(below, &whole.measure, &part.measure)?);
    }
    above.checked_div(below)
}

fn growth(figures: &Figures, known: &Indicators, now: usize, base: usize) -> Option<Decimal> {
    let (now, base) = (&figures.rows[now], &figures.rows[base]);
    let base = known.convert(base.value.number()?, &base.measure, &now.measure)?;
    now.value.number()?.checked_sub(base)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)
}

fn said(code: &str, what: What, one: &Observation, told: Decimal) -> Checked {
    let members: String = one.members.iter().map(|(_, member)| format!("/{member}")).collect();
    Checked {
        code: format!("{code}:{}:{}:{}{members}", one.indicator, one.unit, one.period),
        what,
        indicator: one.indicator.clone(),
        unit: one.unit.clone(),
        period: one.period,
        members: one.members.clone(),
        told,
        reckoned: told,
        measure: one.measure.clone(),
        terms: Vec::new(),
        verdict: Verdict::Holds,
    }
}

/// Along each dimension, and along the units where the report's own stands above them: for those that add up so.
fn parts(figures: &Figures, known: &Indicators, found: &mut Vec<Checked>) {
    let has_units = figures.rows.iter().any(|one| one.unit.is_empty());
    for axis in figures.dimensions.iter().map(String::as_str).chain(has_units.then_some(OVER_UNITS)) {
        type Whole<'f> = (&'f str, &'f str, Period, Vec<&'f (String, String)>);
        let mut groups: Vec<(Option<usize>, Vec<usize>)> = Vec::new();
        let mut by_whole: HashMap<Whole, usize> = HashMap::new();
        for (at, one) in figures.rows.iter().enumerate() {
            if !known.indicator(&one.indicator).is_some_and(|indicator| indicator.adds_over(axis)) {
                continue;
            }
            let is_part = if axis == OVER_UNITS { !one.unit.is_empty() } else { one.member(axis).is_some() };
            let unit = if axis == OVER_UNITS { "" } else { one.unit.as_str() };
            let members = one.members.iter().filter(|(dimension, _)| dimension != axis).collect();
            let place = *by_whole.entry((one.indicator.as_str(), unit, one.period, members)).or_insert(groups.len());
            if place == groups.len() {
                groups.push(Default::default());
            }
            let group = &mut groups[place];
            if is_part { group.1.push(at) } else { group.0 = Some(at) }
        }
        for (whole, parts) in groups {
            let (Some(whole), false) = (whole, parts.is_empty()) else { continue };
            let one = &figures.rows[whole];
            let Some(told) = one.value.number() else { continue };
            let side = Side { figures, known, measure: &one.measure };
            let terms: Vec<Term> = parts.into_iter().map(|row| Term { sign: '+', row }).collect();
            let Some((reckoned, slack, _)) = sum(&side, &terms, told) else { continue };
            let off = told.checked_sub(reckoned).map_or(Decimal::MAX, |off| off.abs());
            let verdict = if off.is_zero() {
                Verdict::Holds
            } else if off <= slack {
                Verdict::Rounded
            } else {
                Verdict::Off
            };
            found.push(Checked { terms, reckoned, verdict, ..said(&format!("parts-{axis}"), What::Parts, one, told) });
        }
    }
}

/// The day of a year's opening: it is often filed under the first day, or the last one before.
fn opens_on(period: Period) -> Option<NaiveDate> {
    match period {
        Period::Day(day) if (day.month(), day.day()) == (12, 31) => Some(day),
        period => period.opening(),
    }
}

/// The last days of all that these figures are held against in other reports.
pub fn days_before(figures: &Figures, known: &Indicators) -> BTreeSet<NaiveDate> {
    let of = |one: &Observation| {
        let Some(indicator) = known.indicator(&one.indicator) else { return [None; 3] };
        let before = |period: Option<Period>| period.filter(|_| indicator.jump.is_some()).and_then(Period::last_day);
        let opening = opens_on(one.period).filter(|_| !indicator.opens.is_empty());
        [opening, before(one.period.before()), before(one.period.year_before())]
    };
    figures.rows.iter().flat_map(of).flatten().collect()
}

/// A year's opening is last year's closing.
fn opening(known: &Indicators, indicator: &Indicator, (at, one): (usize, &Observation), earlier: &Earlier) -> Option<Checked> {
    if indicator.opens.is_empty() {
        return None;
    }
    let told = one.value.number()?;
    let day = opens_on(one.period)?;
    let key = (indicator.opens.clone(), one.unit.clone(), one.members.clone(), Period::Day(day));
    let (closing, measure) = earlier.get(&key)?;
    let reckoned = known.convert(*closing, measure, &one.measure)?;
    let off = told.checked_sub(reckoned)?.abs();
    let slack = half(told).max(half(reckoned));
    let verdict = if off.is_zero() {
        Verdict::Holds
    } else if off <= slack {
        Verdict::Rounded
    } else {
        Verdict::Off
    };
    Some(Checked { reckoned, verdict, terms: vec![Term { sign: '=', row: at }], ..said("opening", What::Opening, one, told) })
}

/// More than its indicator usually moves from one period to the next.
fn jump(
    figures: &Figures,
    known: &Indicators,
    places: &Places,
    indicator: &Indicator,
    (at, one): (usize, &Observation),
    earlier: &Earlier,
) -> Option<Checked> {
    let most = indicator.jump?;
    let told = one.value.number()?;
    let before = |period: Option<Period>| {
        let period = period?;
        let all = places.all(&one.indicator, &one.unit, &one.members).iter().map(|at| &figures.rows[*at]);
        let here = all.into_iter().find(|other| other.period == period);
        let (value, measure) = match here {
            Some(here) => (here.value.number()?, here.measure.as_str()),
            None if earlier.is_empty() => return None,
            None => {
                let key = (one.indicator.clone(), one.unit.clone(), one.members.clone(), period);
                earlier.get(&key).map(|(value, measure)| (*value, measure.as_str()))?
            }
        };
        known.convert(value, measure, &one.measure)
    };
    let reckoned = before(one.period.before()).or_else(|| before(one.period.year_before()))?;
    if reckoned.is_zero() {
        return None;
    }
    let change = told.checked_sub(reckoned)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(reckoned)?;
    let verdict = if change.abs() <= most { Verdict::Holds } else { Verdict::Off };
    Some(Checked { reckoned, verdict, terms: vec![Term { sign: '=', row: at }], ..said("jump", What::Jump, one, told) })
}

/// For tests and files: a figure as machines write it.
pub fn number(text: &str) -> Option<Decimal> {
    exact(text)
}
