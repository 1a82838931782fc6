//! One text and all its readings. Dot and comma are tried both ways, the Vietnamese and the English one; what both ways read
//! differently stays two readings here.

use rust_decimal::Decimal;

use super::dates::{self, DayRead};
use super::tidy::tidied;
use super::{Figure, NoneKind, Way, measure};

#[derive(Clone, Debug)]
pub struct Reading {
    pub figure: Figure,
    /// The way that it takes; `None` where both read it alike.
    pub way: Option<Way>,
}

pub enum Found {
    Nothing(NoneKind),
    /// One, or several in a series, each with its readings; none where it is no figure.
    Stretches(Vec<Vec<Reading>>),
}

pub fn found(text: &str) -> Found {
    let Some(text) = tidied(text) else { return Found::Stretches(Vec::new()) };
    let kind = match text.as_str() {
        "" => NoneKind::Blank,
        "-" | "–" | "—" => NoneKind::Nothing,
        "…" | "..." | ".." => NoneKind::NotAvailable,
        "x" | "X" => NoneKind::NotApplicable,
        "//" => NoneKind::Ditto,
        "k" | "K" => NoneKind::NotStated,
        text => {
            let one = stretch(text);
            return Found::Stretches(if one.is_empty() { series(text) } else { vec![one] });
        }
    };
    Found::Nothing(kind)
}

/// `14.206/18.450`; but `1/7`, `30/9/2026` and `12/15` may be a day, a fraction or a name.
fn series(text: &str) -> Vec<Vec<Reading>> {
    if !text.contains('/') || dates::day(text) != DayRead::NotADay {
        return Vec::new();
    }
    let parts: Vec<Vec<Reading>> = text.split('/').map(|part| stretch(part.trim())).collect();
    let is_told = |reading: &Reading| reading.way.is_some() || !reading.figure.measure.is_empty();
    let is_series = parts.iter().all(|part| !part.is_empty()) && parts.iter().flatten().any(is_told);
    if is_series { parts } else { Vec::new() }
}

/// One figure with what stands around it. Empty: it is none.
fn stretch(text: &str) -> Vec<Reading> {
    let (hedge, rest) = hedge(text.strip_prefix('\'').unwrap_or(text));
    let (inner, behind) = match rest.strip_prefix('(') {
        None => (rest, None),
        Some(rest) => match rest.split_once(')') {
            Some((inner, behind)) => (inner.trim(), Some(behind)),
            None => return Vec::new(),
        },
    };
    let (sign, body) = sign(inner);
    let mut amounts = amounts(body);
    let is_wrapped = behind.is_some();
    // A loss in brackets is a bare number; `(5,04%)` may as well be an aside.
    let is_aside = is_wrapped && amounts.iter().any(|amount| !amount.tail.measure.is_empty());
    if let Some(behind) = behind {
        let Some(tail) = tail(behind) else { return Vec::new() };
        if amounts.iter().any(|amount| !amount.tail.mark.is_empty()) || is_aside && !tail.measure.is_empty() {
            return Vec::new();
        }
        for amount in &mut amounts {
            amount.tail.mark.clone_from(&tail.mark);
            if !is_aside {
                amount.tail.measure.clone_from(&tail.measure);
            }
        }
    }
    // Nobody counts parts of a person: there only one way of reading is left.
    if amounts.iter().any(|amount| amount.places == 0 && measure::is_counted(&amount.tail.measure)) {
        amounts.retain(|amount| amount.places == 0);
    }
    let signs: &[bool] = match sign {
        Sign::Minus => &[true],
        // `- 12,5` may be an item of a list.
        Sign::MinusApart => &[true, false],
        Sign::Plus => &[false],
        Sign::None if is_aside => &[true, false],
        Sign::None => &[is_wrapped],
    };
    let mut readings: Vec<Reading> = Vec::new();
    for is_minus in signs {
        for amount in &amounts {
            let mut value = amount.value;
            value.set_sign_negative(*is_minus && !value.is_zero());
            if readings.iter().any(|other| other.figure.value == value && other.way == amount.way) {
                continue;
            }
            let Tail { measure, mark } = amount.tail.clone();
            let figure = Figure { value, measure, hedge: hedge.to_owned(), places: amount.places, mark };
            readings.push(Reading { figure, way: amount.way });
        }
    }
    readings
}

fn hedge(text: &str) -> (&'static str, &str) {
    for hedge in ["gần", "hơn", "trên", "khoảng", "xấp xỉ"] {
        let length: usize = text.chars().take(hedge.chars().count()).map(char::len_utf8).sum();
        let (head, rest) = text.split_at(length);
        if head.to_lowercase() == hedge && rest.starts_with(' ') {
            return (hedge, rest.trim_start());
        }
    }
    ("", text)
}

enum Sign {
    None,
    Plus,
    Minus,
    MinusApart,
}

/// Word processors make an en dash of a hyphen, so it is a minus as well.
fn sign(text: &str) -> (Sign, &str) {
    if let Some(rest) = text.strip_prefix('+') {
        return (Sign::Plus, rest.trim_start());
    }
    match text.strip_prefix(['-', '–']) {
        Some(rest) if rest.starts_with(' ') => (Sign::MinusApart, rest.trim_start()),
        Some(rest) => (Sign::Minus, rest),
        None => (Sign::None, text),
    }
}

/// Without its sign.
#[derive(Clone, Debug)]
struct Amount {
    value: Decimal,
    places: u8,
    way: Option<Way>,
    tail: Tail,
}

#[derive(Clone, Debug, Default)]
struct Tail {
    measure: String,
    mark: String,
}

fn amounts(body: &str) -> Vec<Amount> {
    let (digits, rest) = body.split_at(token(body));
    match tail(rest) {
        Some(tail) => numbers(digits).into_iter().map(|(value, places, way)| Amount { value, places, way, tail: tail.clone() }).collect(),
        None => mixed(body),
    }
}

/// `3.579 tỷ 654 triệu đồng`: whole numbers of falling measures of money, each less than one of the measure before it. The last may
/// have decimals. What it comes to is in the last measure.
fn mixed(body: &str) -> Vec<Amount> {
    let mut sums: Vec<Amount> = Vec::new();
    let mut rest = body;
    let mut before: Option<Decimal> = None;
    loop {
        let (digits, behind) = rest.split_at(token(rest));
        let mut pieces = numbers(if before.is_some() { unpadded(digits) } else { digits });
        let next = behind.find(|c: char| c.is_ascii_digit());
        let last = tail(behind).filter(|tail| money(&tail.measure).is_some());
        let (unit, is_last) = match (&last, next) {
            (Some(tail), _) => (tail.measure.as_str(), true),
            (None, Some(at)) => (behind[..at].trim(), false),
            (None, None) => return Vec::new(),
        };
        let Some((name, factor)) = money(unit) else { return Vec::new() };
        if !is_last {
            pieces.retain(|(_, places, _)| *places == 0);
        }
        if let Some(before) = before {
            let Some(ratio) = before.checked_div(factor) else { return Vec::new() };
            if ratio <= Decimal::ONE || pieces.iter().any(|(value, ..)| *value >= ratio) {
                return Vec::new();
            }
            sums = sums.iter().flat_map(|sum| pieces.iter().filter_map(move |piece| joined(sum, ratio, piece))).collect();
        } else {
            sums = pieces.into_iter().map(|(value, places, way)| Amount { value, places, way, tail: Tail::default() }).collect();
        }
        if is_last {
            let mark = last.map(|tail| tail.mark).unwrap_or_default();
            let tail = Tail { measure: name, mark };
            return sums.into_iter().map(|sum| Amount { tail: tail.clone(), ..sum }).collect();
        }
        // There is a digit at `next`, so every turn is shorter.
        rest = behind.trim_start_matches(|c: char| !c.is_ascii_digit());
        before = Some(factor);
    }
}

/// `3 tỷ 054 triệu` is no code: its zero keeps the place of the hundreds.
fn unpadded(digits: &str) -> &str {
    let is_group = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let bare = digits.trim_start_matches('0');
    if is_group && !bare.is_empty() { bare } else { digits }
}

fn joined(sum: &Amount, ratio: Decimal, (value, places, way): &(Decimal, u8, Option<Way>)) -> Option<Amount> {
    if sum.way.is_some() && way.is_some() && sum.way != *way {
        return None;
    }
    let value = sum.value.checked_mul(ratio)?.checked_add(*value)?;
    Some(Amount { value, places: *places, way: sum.way.or(*way), tail: Tail::default() })
}

/// Within a mixed figure `500 nghìn` is money as well.
fn money(unit: &str) -> Option<(String, Decimal)> {
    let name = measure::named(unit)?;
    let name = if name == "nghìn" { "nghìn đồng".to_owned() } else { name };
    let (base, factor) = measure::scale_of(&name)?;
    (base == "đồng").then_some((name, factor))
}

/// The bytes of digits at the beginning, with the dots, commas, spaces and apostrophes between them.
fn token(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while is_digit(at) || at > 0 && is_digit(at + 1) && matches!(bytes[at], b'.' | b',' | b' ' | b'\'') {
        at += 1;
    }
    at
}

/// Value, decimals and way; the Vietnamese one first. Empty: no number, as codes (`012.345`) and what no decimal can hold.
fn numbers(token: &str) -> Vec<(Decimal, u8, Option<Way>)> {
    let is_neutral = !token.contains(['.', ',']);
    let ways = if is_neutral { &[Way::Vietnamese][..] } else { &[Way::Vietnamese, Way::English] };
    let read = |way: &Way| number(token, *way).map(|(value, places)| (value, places, (!is_neutral).then_some(*way)));
    ways.iter().filter_map(read).collect()
}

fn number(token: &str, way: Way) -> Option<(Decimal, u8)> {
    let (group, point) = if way == Way::Vietnamese { ('.', ',') } else { (',', '.') };
    let (whole, rest) = token.split_once(point).map_or((token, None), |(whole, rest)| (whole, Some(rest)));
    if rest.is_some_and(|rest| !rest.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let signs: Vec<char> = whole.chars().filter(|c| !c.is_ascii_digit()).collect();
    let groups: Vec<&str> = whole.split([group, ' ', '\'', point]).collect();
    let has_groups = groups.len() > 1;
    // One sign throughout. `12 500.000` is spoilt, yet somebody may have meant the dot as one more space: two readings.
    let is_uniform = signs.iter().all(|sign| *sign == signs[0]);
    let is_spoilt = rest.is_none()
        && signs.split_last().is_some_and(|(last, others)| {
            *last == group && !others.is_empty() && !others.contains(&group) && others.iter().all(|sign| *sign == others[0])
        });
    let is_grouped = groups.iter().enumerate().all(|(at, group)| if at == 0 { (1..=3).contains(&group.len()) } else { group.len() == 3 });
    if has_groups && !(is_grouped && (is_uniform || is_spoilt)) {
        return None;
    }
    let mut digits = groups.concat();
    if digits.is_empty() || digits.starts_with('0') && digits.len() > 1 {
        return None;
    }
    let places = rest.map_or(0, str::len);
    if let Some(rest) = rest {
        digits.push('.');
        digits.push_str(rest);
    }
    Some((Decimal::from_str_exact(&digits).ok()?, u8::try_from(places).ok()?))
}

/// What stands behind the digits: a measure and the mark of a note, each or none. `None`: something else.
fn tail(behind: &str) -> Option<Tail> {
    let is_apart = behind.starts_with(' ');
    let behind = behind.trim();
    if behind.is_empty() {
        return Some(Tail::default());
    }
    let cuts = cuts(behind);
    for at in &cuts {
        let (written, mark) = (behind[..*at].trim_end(), behind[*at..].trim());
        let bare = written.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).unwrap_or(written);
        // The end of a sentence may follow a measure; behind digits it would be the number of a paragraph.
        let ended = bare.trim_end_matches(['.', ',', ';']);
        if written.is_empty() {
            return Some(Tail { measure: String::new(), mark: mark.to_owned() });
        }
        if let Some(measure) = measure::named(bare).or_else(|| measure::named(ended)) {
            return Some(Tail { measure, mark: mark.to_owned() });
        }
    }
    let at = *cuts.last()?;
    let written = behind[..at].trim_end().trim_end_matches(['.', ',', ';']);
    (is_apart && measure::may_be(written)).then(|| Tail { measure: written.to_owned(), mark: behind[at..].trim().to_owned() })
}

/// Where the mark of a note may begin, in bytes, the shortest mark first: at the end there is none.
fn cuts(behind: &str) -> Vec<usize> {
    let mut cuts = vec![behind.len()];
    let bracketed = [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| {
        let inner = behind.strip_suffix(close)?;
        let at = inner.rfind(open)?;
        let note = &inner[at + 1..];
        let is_number = (1..=2).contains(&note.len()) && note.bytes().all(|byte| byte.is_ascii_digit());
        let is_letter = note.len() == 1 && note.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_star = (1..=3).contains(&note.len()) && note.bytes().all(|byte| byte == b'*');
        (is_number || is_letter || is_star).then_some(at)
    });
    if let Some(at) = bracketed {
        cuts.push(at);
        return cuts;
    }
    // `m²` ends in no note, `m²¹` does.
    let is_mark = |c: char| matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    cuts.extend(behind.char_indices().rev().take_while(|(_, c)| is_mark(*c)).map(|(at, _)| at));
    cuts
}
