//! The number that stands in a cell. A workbook keeps an IEEE 754 double, and Excel shows 15 significant digits of it (Excel
//! specifications and limits, "Number precision"): those are the number, and what a formula leaves behind them is noise.

use rust_decimal::Decimal;

/// Significant digits.
const DIGITS: u32 = 15;

/// Of a number as XML writes it: `61582`, `-0.5`, `1E+20`. No more than 15 digits are taken as they stand. `None` for what is no
/// number, and for one beyond 7.9 × 10²⁸; what is smaller than 10⁻²⁸ is nought.
pub(super) fn of_text(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (is_negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (digits, power) = match rest.split_once(['e', 'E']) {
        Some((digits, power)) => (digits, power_of(power)?),
        None => (rest, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.len() + part.len() == 0 || !whole.bytes().chain(part.bytes()).all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let mut mantissa: u64 = 0;
    // Noughts put off until a digit follows them, and digits that count.
    let (mut noughts, mut length) = (0_u32, 0_u32);
    for digit in whole.bytes().chain(part.bytes()).map(|digit| digit - b'0') {
        if digit == 0 {
            noughts = noughts.saturating_add(u32::from(mantissa != 0));
            continue;
        }
        length = length.saturating_add(noughts).saturating_add(1);
        if length > DIGITS {
            return of_double(text.parse().ok()?);
        }
        mantissa = mantissa.checked_mul(10_u64.checked_pow(noughts + 1)?)?.checked_add(u64::from(digit))?;
        noughts = 0;
    }
    let power = power.checked_add(i64::from(noughts))?.checked_sub(i64::try_from(part.len()).ok()?)?;
    made(is_negative, mantissa, power)
}

/// Of a double, by its 15 digits. `None` also for what is no number at all.
pub(super) fn of_double(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    // Written with 15 digits it comes back above, and not here again.
    let text = format!("{value:.14e}");
    of_text(&text)
}

fn power_of(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    // More digits than that say the same: far too many.
    let power: i64 = digits.get(..9).unwrap_or(digits).parse().ok()?;
    Some(if text.starts_with('-') { -power } else { power })
}

fn made(is_negative: bool, mantissa: u64, power: i64) -> Option<Decimal> {
    let mut mantissa = i128::from(mantissa);
    if mantissa == 0 {
        return Some(Decimal::ZERO);
    }
    let mut scale = power.checked_neg()?;
    if scale < 0 {
        let power = u32::try_from(power).ok().filter(|power| *power <= Decimal::MAX_SCALE)?;
        mantissa = mantissa.checked_mul(10_i128.checked_pow(power)?)?;
        scale = 0;
    }
    let most = i64::from(Decimal::MAX_SCALE);
    if scale > most {
        // Beyond what a Decimal holds only a formula's noise is written: 5.55111512312578E-17 where nought is meant.
        let Some(divisor) = u32::try_from(scale - most).ok().and_then(|places| 10_i128.checked_pow(places)) else {
            return Some(Decimal::ZERO);
        };
        mantissa = (mantissa + divisor / 2) / divisor;
        scale = most;
    }
    let number = Decimal::try_from_i128_with_scale(if is_negative { -mantissa } else { mantissa }, u32::try_from(scale).ok()?).ok()?;
    Some(number.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> String {
        of_text(text).map_or_else(|| "none".to_owned(), |number| number.to_string())
    }

    #[test]
    fn a_number_is_the_fifteen_digits_that_excel_shows() {
        for (text, number) in [
            ("61582", "61582"),
            ("-0.5", "-0.5"),
            ("1.50", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("0.30000000000000004", "0.3"),
            ("1234.4999999999998", "1234.5"),
            ("123456789012345678", "123456789012346000"),
            ("100000000000000000000", "100000000000000000000"),
            ("1E+20", "100000000000000000000"),
            ("1e-7", "0.0000001"),
            ("000123.4500", "123.45"),
            ("-0", "0"),
            ("0.00E5", "0"),
            ("5.5511151231257827E-17", "0.0000000000000000555111512313"),
            ("4.9406564584124654E-324", "0"),
            ("1E-999999999999", "0"),
            ("7.9E+28", "79000000000000000000000000000"),
            ("8E+28", "none"),
            ("1E+999999999999", "none"),
            ("NaN", "none"),
            ("", "none"),
            ("-", "none"),
            ("1,5", "none"),
            ("0x10", "none"),
            ("1e", "none"),
            ("1.2.3", "none"),
            ("١", "none"),
        ] {
            assert_eq!(told(text), number, "{text}");
        }
    }

    #[test]
    fn a_double_that_is_no_number_is_none() {
        assert_eq!(of_double(f64::NAN), None);
        assert_eq!(of_double(f64::INFINITY), None);
        assert_eq!(of_double(0.1 + 0.2).map(|number| number.to_string()).as_deref(), Some("0.3"));
        assert_eq!(of_double(-0.0), Some(Decimal::ZERO));
    }

    proptest::proptest! {
        #[test]
        fn a_double_of_fifteen_digits_is_read_back(mantissa in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..12) {
            let number = Decimal::new(mantissa, scale).normalize();
            let double: f64 = number.to_string().parse().expect("a double");
            proptest::prop_assert_eq!(of_double(double), Some(number));
            proptest::prop_assert_eq!(of_text(&format!("{double}")), Some(number));
            proptest::prop_assert_eq!(of_text(&format!("{double:e}")), Some(number));
        }
    }
}
