//! What a check says in a line of reckoning, as somebody would write it on the margin.

use super::check::{Checked, What};
use super::indicators::Indicators;
use super::observation::Figures;
use crate::kit::number::exact;
use crate::kit::words::Lang;

/// Terms that a line bears; of a longer sum its ends.
const SHOWN: usize = 12;
/// Decimals of what was reckoned where the report shows none.
const PLACES: u32 = 4;

/// `96.400 + 78.250 + … = 420.900 ≠ 420.000 triệu đồng`.
pub fn arithmetic(checked: &Checked, figures: &Figures, known: &Indicators, lang: Lang) -> String {
    let value = |row: usize| {
        figures.rows.get(row).map_or_else(String::new, |one| {
            let number = one.value.number().unwrap_or_default();
            // Another measure than the result's is told with the figure.
            let other = (one.measure != checked.measure).then(|| known.measure(&one.measure)).flatten();
            let name = other.map(|measure| format!("\u{a0}{}", measure.name(lang))).unwrap_or_default();
            format!("{}{name}", exact(number, None, lang))
        })
    };
    let reckoned = match checked.what {
        What::Parts | What::Sum | What::Opening | What::Jump => checked.reckoned.normalize(),
        What::Ratio | What::Growth => checked.reckoned.round_dp(checked.told.scale().max(PLACES)).normalize(),
    };
    let sum = match checked.what {
        What::Opening | What::Jump => String::new(),
        What::Growth => {
            let rows: Vec<String> = checked.terms.iter().map(|term| value(term.row)).collect();
            let [now, base] = rows.as_slice() else { return String::new() };
            format!("({now} − {base}) ÷ {base} × 100 = ")
        }
        What::Ratio => {
            let rows: Vec<String> = checked.terms.iter().map(|term| value(term.row)).collect();
            let by_hundred = known.measure(&checked.measure).is_some_and(|measure| measure.is_per_cent());
            format!("{}{} = ", rows.join(" ÷ "), if by_hundred { " × 100" } else { "" })
        }
        What::Parts | What::Sum => {
            let mut text = String::new();
            let count = checked.terms.len();
            for (place, term) in checked.terms.iter().enumerate() {
                if count > SHOWN && place == SHOWN / 2 {
                    text.push_str(" + …");
                }
                if count > SHOWN && (SHOWN / 2..count - SHOWN / 2).contains(&place) {
                    continue;
                }
                if place > 0 || term.sign != '+' {
                    text.push_str(&format!(" {} ", term.sign));
                }
                text.push_str(&value(term.row));
            }
            format!("{} = ", text.trim())
        }
    };
    let sign = if checked.told == checked.reckoned {
        "="
    } else if checked.what == What::Jump {
        "→"
    } else {
        "≠"
    };
    let measure = known.measure(&checked.measure).map(|measure| measure.name(lang).to_owned()).unwrap_or_default();
    let told = exact(checked.told, None, lang);
    // A sum that comes out says its result once.
    if sign == "=" && !sum.is_empty() {
        return format!("{sum}{told} {measure}");
    }
    format!("{sum}{} {sign} {told} {measure}", exact(reckoned, None, lang))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::*;
    use crate::kit::period::Period;
    use crate::report::check::{Earlier, checks};
    use crate::report::observation::{Observation, Value};

    /// Every figure that a file may hold: 28 digits, and up to 28 of them behind the point.
    fn number() -> impl Strategy<Value = Decimal> {
        (any::<i64>(), any::<u32>(), 0u32..=28).prop_map(|(high, low, scale)| {
            let mantissa = (i128::from(high) << 32 | i128::from(low)) % 10_i128.pow(28);
            Decimal::from_i128_with_scale(mantissa, scale)
        })
    }

    proptest! {
        #[test]
        fn no_figure_is_too_long_to_be_checked_and_told(rows in prop::collection::vec(
            (any::<prop::sample::Index>(), 0usize..2, 0usize..3, 0usize..3, number(), prop_oneof![Just(false), Just(true)]), 1..12)) {
            let known = Indicators::read("indicators.toml", include_str!("../../content/indicators.toml")).expect("it is shipped");
            let periods = ["2026-09-30", "2025-12-31", "2026-01-01/2026-09-30"].map(|period| Period::read(period).expect("a period"));
            let members = ["", "ho-ngheo", "ho-can-ngheo"];
            let rows: Vec<Observation> = rows.into_iter().map(|(at, unit, period, member, value, other)| {
                let indicator = &known.indicators[at.index(known.indicators.len())];
                let measure = if other && indicator.measure == "trieu-dong" { "dong" } else { indicator.measure.as_str() };
                Observation {
                    indicator: indicator.code.clone(),
                    unit: ["", "99001"][unit].to_owned(),
                    period: periods[period],
                    members: Some(members[member]).filter(|code| !code.is_empty()).map(|code| ("chuong-trinh".to_owned(), code.to_owned())).into_iter().collect(),
                    value: Value::Number(value),
                    measure: measure.to_owned(),
                    is_preliminary: false,
                    note: String::new(),
                }
            }).collect();
            let earlier: Earlier = rows.iter().map(|one| {
                let value = (one.value.number().expect("a number"), one.measure.clone());
                ((one.indicator.clone(), one.unit.clone(), one.members.clone(), periods[1]), value)
            }).collect();
            let figures = Figures { dimensions: vec!["chuong-trinh".to_owned()], rows };
            for one in checks(&figures, &known, &earlier) {
                for lang in [Lang::Vi, Lang::En] {
                    prop_assert!(!arithmetic(&one, &figures, &known, lang).is_empty());
                    prop_assert!(!exact(one.difference(), None, lang).is_empty());
                }
            }
        }
    }
}
