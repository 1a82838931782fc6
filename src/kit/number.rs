//! Numbers as Vietnamese reads them: 1.234.567 and 1,5 MB (in English 1,234,567 and 1.5 MB).

use rust_decimal::{Decimal, RoundingStrategy};

use super::words::Lang;

/// Groups of three.
pub fn grouped(value: i64, lang: Lang) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(if lang == Lang::Vi { '.' } else { ',' });
        }
        text.push(digit);
    }
    text
}

/// An exact figure: `1.234,5`, in English `1,234.5`. `places`: so many decimals, halves away from zero; `None`: as it was given.
pub fn exact(value: Decimal, places: Option<u32>, lang: Lang) -> String {
    let value = places.map_or(value, |places| value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero));
    let digits = value.abs().to_string();
    let (whole, rest) = digits.split_once('.').unwrap_or((&digits, ""));
    // Noughts are put behind the text here: a figure of 28 digits has no room for them, and `rust_decimal` panics when it is asked to write them.
    let noughts = places.map_or(0, |places| (places as usize).saturating_sub(rest.len()));
    let (group, point) = if lang == Lang::Vi { ('.', ',') } else { (',', '.') };
    let mut text = String::with_capacity(digits.len() * 4 / 3 + 2);
    if value.is_sign_negative() && !value.is_zero() {
        text.push('−');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if rest.len() + noughts > 0 {
        text.push(point);
        text.push_str(rest);
        text.extend(std::iter::repeat_n('0', noughts));
    }
    text
}

/// A file's size in kB or MB (powers of 1000, as file managers show it), with one decimal below 10.
pub fn size(bytes: i64, lang: Lang) -> String {
    let (unit, tenths) = match bytes {
        ..1_000_000 => ("kB", (bytes + 50) / 100),
        _ => ("MB", (bytes + 50_000) / 100_000),
    };
    let tenths = tenths.max(i64::from(bytes > 0));
    let whole = tenths / 10;
    if whole >= 10 || tenths % 10 == 0 {
        format!("{}\u{a0}{unit}", grouped(whole, lang))
    } else {
        let point = if lang == Lang::Vi { ',' } else { '.' };
        format!("{whole}{point}{}\u{a0}{unit}", tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_keeps_every_digit_that_it_was_given() {
        let of = |text: &str| Decimal::from_str_exact(text).expect("a number");
        for (text, places, vi, en) in [
            ("61582", None, "61.582", "61,582"),
            ("-1234.50", None, "−1.234,50", "−1,234.50"),
            ("0.624", None, "0,624", "0.624"),
            ("123456789012345.6789", None, "123.456.789.012.345,6789", "123,456,789,012,345.6789"),
            ("1.855", Some(2), "1,86", "1.86"),
            ("42", Some(2), "42,00", "42.00"),
            ("-0.4", Some(0), "0", "0"),
            (
                "-9999999999999999999999999999",
                Some(6),
                "−9.999.999.999.999.999.999.999.999.999,000000",
                "−9,999,999,999,999,999,999,999,999,999.000000",
            ),
            (
                "1.234567890123456789012345678",
                Some(60),
                "1,234567890123456789012345678000000000000000000000000000000000",
                "1.234567890123456789012345678000000000000000000000000000000000",
            ),
        ] {
            assert_eq!((exact(of(text), places, Lang::Vi), exact(of(text), places, Lang::En)), (vi.to_owned(), en.to_owned()));
        }
    }

    #[test]
    fn thousands_are_grouped_as_the_reader_expects() {
        assert_eq!(grouped(364, Lang::Vi), "364");
        assert_eq!(grouped(1_234_567, Lang::Vi), "1.234.567");
        assert_eq!(grouped(-61_582, Lang::En), "−61,582");
        assert_eq!(size(1_549_000, Lang::Vi), "1,5\u{a0}MB");
        assert_eq!(size(120_400, Lang::Vi), "120\u{a0}kB");
        assert_eq!(size(12, Lang::Vi), "0,1\u{a0}kB");
    }
}
