//! What figures there are: measures, what is counted in them, and by what it is split. One text for the whole portal
//! (`indicators.toml`), so that what two reports call by one code is one thing.

use rust_decimal::Decimal;

use crate::kit::words::Lang;

/// Of a ratio in hundredths.
pub const PER_CENT: &str = "phan-tram";
/// The axes along which parts may be added up, beside the dimensions.
pub const OVER_UNITS: &str = "unit";
pub const OVER_TIME: &str = "period";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    pub code: String,
    pub name: String,
    pub name_en: String,
    /// The measure that it is so many of, and how many; its own code and 1 where it is nothing of another.
    pub of: String,
    pub factor: Decimal,
    /// It counts things: there is no half of one.
    pub is_whole: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub code: String,
    pub name: String,
    pub name_en: String,
    /// What offices call it besides, in their own files: `GQVL`, `NS&VSMT`.
    pub also: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub code: String,
    pub name: String,
    pub name_en: String,
    pub members: Vec<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    /// As of a day: it is never added up over time.
    Stock,
    /// Over a span.
    Flow,
    /// A relation of two: it is never added up at all.
    Ratio,
}

pub const NATURES: [(&str, Nature); 3] = [("stock", Nature::Stock), ("flow", Nature::Flow), ("ratio", Nature::Ratio)];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    pub code: String,
    pub name: String,
    pub name_en: String,
    /// What offices call it besides.
    pub also: Vec<String>,
    pub measure: String,
    /// Decimals with which it is shown; none: as it was given.
    pub places: Option<u32>,
    pub nature: Nature,
    /// Along what its parts make a whole.
    pub adds: Vec<String>,
    /// It is what this one stood at when the year began.
    pub opens: String,
    /// A change against the period before of more per cent than this wants a word.
    pub jump: Option<Decimal>,
    pub definition: String,
    pub source: String,
}

/// What must hold between figures of one unit and one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    pub code: String,
    pub result: String,
    pub rule: Rule,
    /// Per cent of the largest figure in it by which it may be off, and why.
    pub tolerance: Decimal,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Plus, minus, and minus what is not always told: where it is not told, the tolerance counts.
    Sum { plus: Vec<String>, minus: Vec<String>, minus_if_told: Vec<String> },
    /// One by another; in hundredths where the result is.
    Ratio { part: String, whole: String },
    /// A part in hundredths of what is not split.
    Share { of: String },
    /// By how many hundredths one is more than another.
    Growth { now: String, base: String },
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Indicators {
    pub measures: Vec<Measure>,
    pub dimensions: Vec<Dimension>,
    pub indicators: Vec<Indicator>,
    pub identities: Vec<Identity>,
}

impl Indicators {
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.code == code)
    }

    pub fn dimension(&self, code: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|dimension| dimension.code == code)
    }

    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }

    /// Exactly, or not at all: between measures of one family, and only where the result can be written down.
    pub fn convert(&self, value: Decimal, from: &str, to: &str) -> Option<Decimal> {
        if from == to {
            return Some(value);
        }
        let (from, to) = (self.measure(from)?, self.measure(to)?);
        if from.of != to.of {
            return None;
        }
        let found = value.checked_mul(from.factor)?.checked_div(to.factor)?;
        (found.checked_mul(to.factor)? == value.checked_mul(from.factor)?).then(|| found.normalize())
    }

    /// The sum, in the measure of the first. `None` for what is not added up: measures of two families (`hộ` and `lượt hộ`), or more
    /// than can be held exactly.
    pub fn add(&self, figures: &[(Decimal, &str)]) -> Option<Decimal> {
        let (_, measure) = figures.first()?;
        figures.iter().try_fold(Decimal::ZERO, |sum, (value, of)| exact_sum(sum, self.convert(*value, of, measure)?))
    }
}

/// `None` where digits would be lost.
pub fn exact_sum(one: Decimal, other: Decimal) -> Option<Decimal> {
    let sum = one.checked_add(other)?;
    (sum.checked_sub(one)? == other).then_some(sum)
}

impl Measure {
    pub fn name(&self, lang: Lang) -> &str {
        in_lang(&self.name, &self.name_en, lang)
    }

    pub fn is_per_cent(&self) -> bool {
        self.code == PER_CENT
    }
}

impl Indicator {
    pub fn name(&self, lang: Lang) -> &str {
        in_lang(&self.name, &self.name_en, lang)
    }

    pub fn adds_over(&self, axis: &str) -> bool {
        self.adds.iter().any(|known| known == axis)
    }
}

impl Dimension {
    pub fn name(&self, lang: Lang) -> &str {
        in_lang(&self.name, &self.name_en, lang)
    }

    pub fn member(&self, code: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.code == code)
    }
}

impl Member {
    pub fn name(&self, lang: Lang) -> &str {
        in_lang(&self.name, &self.name_en, lang)
    }
}

fn in_lang<'t>(vi: &'t str, en: &'t str, lang: Lang) -> &'t str {
    if lang == Lang::En && !en.is_empty() { en } else { vi }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money() -> Indicators {
        let measure = |code: &str, of: &str, factor: i64, is_whole| Measure {
            code: code.to_owned(),
            name: code.to_owned(),
            name_en: String::new(),
            of: of.to_owned(),
            factor: Decimal::from(factor),
            is_whole,
        };
        Indicators {
            measures: vec![
                measure("dong", "dong", 1, false),
                measure("trieu-dong", "dong", 1_000_000, false),
                measure("ty-dong", "dong", 1_000_000_000, false),
                measure("ho", "ho", 1, true),
                measure("luot-ho", "luot-ho", 1, true),
            ],
            ..Indicators::default()
        }
    }

    #[test]
    fn households_are_never_added_to_loans_of_households() {
        let known = money();
        let of = |value: i64| Decimal::from(value);
        assert_eq!(known.add(&[(of(525), "ho"), (of(1_665), "luot-ho")]), None);
        assert_eq!(known.add(&[(of(525), "ho"), (of(1_665), "ho")]), Some(of(2_190)));
        assert_eq!(known.add(&[(of(62), "ty-dong"), (of(500), "trieu-dong")]), Some(Decimal::new(625, 1)));
        assert_eq!(known.convert(of(1), "ho", "luot-ho"), None);
    }

    proptest! {
        #[test]
        fn millions_are_thousandths_of_thousand_millions_exactly(digits in -999_999_999_999_999_i64..=999_999_999_999_999, places in 0u32..=4) {
            let known = money();
            let value = Decimal::new(digits, places);
            let larger = known.convert(value, "trieu-dong", "ty-dong").expect("it can be written");
            prop_assert_eq!(larger * Decimal::from(1_000), value);
            prop_assert_eq!(known.convert(larger, "ty-dong", "trieu-dong"), Some(value.normalize()));
        }
    }
}
