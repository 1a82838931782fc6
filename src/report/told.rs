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
