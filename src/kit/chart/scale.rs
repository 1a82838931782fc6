//! From numbers to places: a linear scale, and the round numbers that stand along it.

use super::Words;

/// Spans narrower than this, measured by the largest number, are widened: below it a double has no digits left.
const NARROWEST: f64 = 1e-9;

#[derive(Clone, Copy, Debug)]
pub struct Scale {
    low: f64,
    high: f64,
    /// Numbers are divided by it first, so that no difference of two grows beyond what a double holds.
    unit: f64,
    from: f32,
    to: f32,
}

impl Scale {
    pub fn new(low: f64, high: f64, from: f32, to: f32) -> Scale {
        let unit = low.abs().max(high.abs());
        let unit = if unit > 0.0 { unit } else { 1.0 };
        Scale { low: low / unit, high: high / unit, unit, from, to }
    }

    pub fn at(&self, number: f64) -> f32 {
        let span = self.high - self.low;
        let part = if span > 0.0 { ((number / self.unit - self.low) / span).clamp(0.0, 1.0) } else { 0.0 };
        self.from + (self.to - self.from) * part as f32
    }
}

/// From zero, or through it.
pub fn from_zero(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let (low, high) = numbers.fold((0.0f64, 0.0f64), |(low, high), number| (low.min(number), high.max(number)));
    if low == high { (0.0, 1.0) } else { (low, high) }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    pub number: f64,
    pub text: String,
}

/// Round numbers from the one below `low` to the one above `high`; at most `most`, which is 3 or more.
pub fn ticks(low: f64, high: f64, most: usize, words: &Words) -> Vec<Tick> {
    let (low, high) = widened(low, high);
    let most = most.max(3);
    let mut exponent = ((high - low) / most as f64).log10().floor() as i32;
    loop {
        for (digits, shift) in [(1i64, 0), (2, 0), (25, -1), (5, 0)] {
            let step = power(digits, exponent + shift);
            let (first, last) = ((low / step + 1e-6).floor() as i64, (high / step - 1e-6).ceil() as i64);
            if step > 0.0 && last.saturating_sub(first) < most as i64 {
                let tick = |times: i64| Tick {
                    number: power(times * digits, exponent + shift),
                    text: written(times * digits, exponent + shift, words),
                };
                return (first..=last).map(tick).collect();
            }
        }
        exponent += 1;
    }
}

/// Those of the ticks that stand within a span that is not stretched to them.
pub fn ticks_within(low: f64, high: f64, most: usize, words: &Words) -> Vec<Tick> {
    let slack = (high - low).abs() * 1e-6;
    ticks(low, high, most + 2, words).into_iter().filter(|tick| tick.number >= low - slack && tick.number <= high + slack).collect()
}

fn widened(low: f64, high: f64) -> (f64, f64) {
    let largest = low.abs().max(high.abs());
    if largest < 1e-290 {
        return (0.0, 1.0);
    }
    if high - low >= largest * NARROWEST { (low, high) } else { (low - largest * NARROWEST, high + largest * NARROWEST) }
}

/// Divides where the exponent is below zero: 3 / 10 is 0,3, and 3 × 0,1 is not.
fn power(digits: i64, exponent: i32) -> f64 {
    if exponent >= 0 { digits as f64 * 10f64.powi(exponent) } else { digits as f64 / 10f64.powi(-exponent) }
}

/// `digits` × 10^`exponent` with every digit, or as a power where nobody could read so many.
fn written(digits: i64, exponent: i32, words: &Words) -> String {
    if digits == 0 {
        return "0".to_owned();
    }
    let (mut number, mut exponent) = (digits.unsigned_abs(), exponent);
    while number.is_multiple_of(10) {
        number /= 10;
        exponent += 1;
    }
    let mut text = String::from(if digits < 0 { "−" } else { "" });
    let own = number.to_string();
    if own.len() as i32 + exponent > 19 || exponent < -9 {
        if number > 1 {
            text.push_str(&own);
            text.push('×');
        }
        text.push_str("10");
        text.extend(exponent.to_string().chars().map(raised));
        return text;
    }
    let places = (-exponent).max(0) as usize;
    let digits = format!("{own}{}", "0".repeat(exponent.max(0) as usize));
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, rest) = padded.split_at(padded.len() - places);
    group(&mut text, whole, words);
    if !rest.is_empty() {
        text.push(sign(words.point, ','));
        text.push_str(rest);
    }
    text
}

fn raised(c: char) -> char {
    match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32('⁰' as u32 + (c as u32 - '0' as u32)).unwrap_or(c),
        _ => c,
    }
}

fn group(text: &mut String, whole: &str, words: &Words) {
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(sign(words.group, '.'));
        }
        text.push(digit);
    }
}

/// Words that nobody filled in are of Vietnamese.
fn sign(given: char, usual: char) -> char {
    if given.is_control() { usual } else { given }
}

/// How many decimals a figure is written with.
pub fn places(text: &str, words: &Words) -> usize {
    text.rsplit_once(sign(words.point, ',')).map_or(0, |(_, rest)| rest.chars().filter(char::is_ascii_digit).count())
}

/// A number reckoned from two figures, with their decimals; signed where it is a difference.
pub fn reckoned(number: f64, places: usize, is_signed: bool, words: &Words) -> String {
    let plain = format!("{:.*}", places.min(12), number.abs());
    let (whole, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let is_zero = !plain.contains(|c: char| ('1'..='9').contains(&c));
    let mut text = String::from(match (is_zero, number < 0.0, is_signed) {
        (true, ..) => "",
        (_, true, _) => "−",
        (_, _, true) => "+",
        _ => "",
    });
    group(&mut text, whole, words);
    if !rest.is_empty() {
        text.push(sign(words.point, ','));
        text.push_str(rest);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(low: f64, high: f64, most: usize) -> String {
        let words = Words { point: ',', group: '.', ..Words::default() };
        ticks(low, high, most, &words).into_iter().map(|tick| tick.text).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_numbers_as_vietnamese_writes_them() {
        assert_eq!(texts(0.0, 4700.0, 6), "0 1.000 2.000 3.000 4.000 5.000");
        assert_eq!(texts(0.0, 9.9, 5), "0 2,5 5 7,5 10");
        assert_eq!(texts(-35.0, 60.0, 6), "−40 −20 0 20 40 60");
        assert_eq!(texts(0.0, 0.0004, 6), "0 0,0001 0,0002 0,0003 0,0004");
        assert_eq!(
            texts(0.0, 1e15, 6),
            "0 200.000.000.000.000 400.000.000.000.000 600.000.000.000.000 800.000.000.000.000 1.000.000.000.000.000"
        );
        assert_eq!(texts(0.0, 2e22, 3), "0 10²² 2×10²²");
        assert_eq!(texts(0.0, 0.0, 6), "0 0,2 0,4 0,6 0,8 1");
    }

    #[test]
    fn ticks_hold_what_they_are_of_and_are_few() {
        for (low, high) in
            [(0.3, 0.7), (96_400.0, 96_400.0), (-1e300, 1e300), (1e15, 1e15 + 1.0), (-7.0, -6.9), (0.0, 1e-280), (1e-300, 2e-300)]
        {
            for most in [3, 5, 6] {
                let ticks = ticks(low, high, most, &Words::default());
                assert!(ticks.len() <= most && ticks.len() >= 2, "{low} {high}: {ticks:?}");
                assert!(ticks.windows(2).all(|pair| pair[0].number < pair[1].number), "{ticks:?}");
                let slack = (high - low).abs().max(high.abs() * 1e-8) * 1e-5;
                assert!(ticks[0].number <= low + slack && ticks[ticks.len() - 1].number >= high - slack, "{low} {high}: {ticks:?}");
            }
        }
    }

    #[test]
    fn a_reckoned_number_keeps_the_decimals_of_its_figures() {
        let words = Words { point: ',', group: '.', ..Words::default() };
        assert_eq!(places("1.234,50", &words), 2);
        assert_eq!(reckoned(1234.5, 2, true, &words), "+1.234,50");
        assert_eq!(reckoned(-0.001, 2, true, &words), "0,00");
        assert_eq!(reckoned(-12.0, 0, true, &words), "−12");
        assert_eq!(reckoned(38.46, 1, false, &words), "38,5");
    }
}
