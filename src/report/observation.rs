//! One figure that knows what it is, and the file of figures that a report is made of: CSV (RFC 4180), UTF-8, a line each, exact
//! decimals as machines write them.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::indicators::{Indicators, Nature};
use crate::kit::fold::nfc;
use crate::kit::period::Period;
use crate::kit::refusal::Issue;
use crate::kit::words::Phrase;
use crate::phrase;

/// The columns that every file has; dimensions stand between `period` and `value`.
pub const HEADS: [&str; 7] = ["indicator", "unit", "period", "value", "measure", "status", "note"];
const BEFORE: usize = 3;

/// Figures of one report.
pub const MOST: usize = 100_000;
/// Characters of a note.
pub const MOST_NOTE: usize = 1_000;
/// Digits that every store, file and program of ours holds exactly.
pub const MOST_DIGITS: usize = 28;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    pub indicator: String,
    /// As borne on the last day of its period; empty for the report's own unit.
    pub unit: String,
    pub period: Period,
    /// Dimension and member, in the file's order of dimensions; a dimension that it is not split by is left out.
    pub members: Vec<(String, String)>,
    pub value: Value,
    pub measure: String,
    pub is_preliminary: bool,
    pub note: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    Number(Decimal),
    /// Nothing of it occurred: `-` in statistics.
    Nothing,
    /// There may be some, and nobody knows: `…`.
    Unknown,
}

impl Value {
    pub fn number(self) -> Option<Decimal> {
        match self {
            Value::Number(number) => Some(number),
            Value::Nothing => Some(Decimal::ZERO),
            Value::Unknown => None,
        }
    }

    pub fn written(self) -> String {
        match self {
            Value::Number(number) => number.to_string(),
            Value::Nothing => "-".to_owned(),
            Value::Unknown => "…".to_owned(),
        }
    }

    fn read(text: &str) -> Option<Value> {
        match text {
            "-" => Some(Value::Nothing),
            "…" => Some(Value::Unknown),
            _ => exact(text).map(Value::Number),
        }
    }
}

/// `-1234.50`, every digit of it kept. `None` for whatever else a number may be written as.
pub fn exact(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain(whole) || !is_plain(rest) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    Decimal::from_str_exact(text).ok()
}

/// What makes one figure another.
pub type Key<'o> = (&'o str, &'o str, Period, &'o [(String, String)]);

impl Observation {
    pub fn key(&self) -> Key<'_> {
        (&self.indicator, &self.unit, self.period, &self.members)
    }

    pub fn member(&self, dimension: &str) -> Option<&str> {
        self.members.iter().find(|(known, _)| known == dimension).map(|(_, member)| member.as_str())
    }
}

/// The figures of one report, and the dimensions that any of them is split by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub dimensions: Vec<String>,
    pub rows: Vec<Observation>,
}

impl Figures {
    /// Read alone, without the list of indicators: what a file that was judged once says.
    pub fn read(file: &str, text: &str) -> Result<Figures, Vec<Issue>> {
        let mut issues = Vec::new();
        let figures = Figures::gather(file, text, &mut issues);
        if issues.is_empty() { Ok(figures) } else { Err(issues) }
    }

    fn gather(file: &str, text: &str, issues: &mut Vec<Issue>) -> Figures {
        let fault = |line: usize, phrase: Phrase| Issue { file: file.to_owned(), line, phrase };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut figures = Figures::default();
        let (mut places, mut lines) = (Vec::new(), Vec::new());
        for (index, record) in reader.records().enumerate() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    issues.push(fault(error.position().map_or(0, |at| at.line() as usize), phrase!("figures-bad-csv", reason = error)));
                    break;
                }
            };
            let line = record.position().map_or(index + 1, |at| at.line() as usize);
            let cells: Vec<String> = record.iter().map(|cell| nfc(cell.trim())).collect();
            if index == 0 {
                match heads(&cells) {
                    Ok(dimensions) => {
                        places = (0..cells.len()).collect();
                        figures.dimensions = dimensions;
                    }
                    Err(phrase) => {
                        issues.push(fault(line, phrase));
                        break;
                    }
                }
                continue;
            }
            if cells.len() != places.len() {
                issues.push(fault(line, phrase!("figures-bad-width", found = cells.len(), wanted = places.len())));
                continue;
            }
            if figures.rows.len() >= MOST {
                issues.push(fault(line, phrase!("figures-too-many", most = MOST)));
                break;
            }
            match row(&cells, &figures.dimensions) {
                Ok(one) => {
                    lines.push(line);
                    figures.rows.push(one);
                }
                Err(phrase) => issues.push(fault(line, phrase)),
            }
        }
        let mut seen = HashSet::with_capacity(figures.rows.len());
        for (one, line) in figures.rows.iter().zip(lines) {
            if !seen.insert(one.key()) {
                issues.push(fault(line, phrase!("figures-twice", indicator = one.indicator)));
            }
        }
        issues.sort_by_key(|issue| issue.line);
        if figures.rows.is_empty() && issues.is_empty() {
            issues.push(fault(1, phrase!("figures-none")));
        }
        figures
    }

    /// Read, and held against the list of indicators.
    pub fn judged(file: &str, text: &str, known: &Indicators) -> Result<Figures, Vec<Issue>> {
        let figures = Figures::read(file, text)?;
        let mut issues: Vec<Issue> = Vec::new();
        // A row is a line, but where a note is broken into several.
        for (at, phrase) in figures.faults(known) {
            issues.push(Issue { file: file.to_owned(), line: at + 2, phrase });
        }
        if issues.is_empty() { Ok(figures) } else { Err(issues) }
    }

    /// What the list of indicators says against them, each with its row from 0.
    pub fn faults(&self, known: &Indicators) -> Vec<(usize, Phrase)> {
        let mut faults = Vec::new();
        for dimension in self.dimensions.iter().filter(|code| known.dimension(code).is_none()) {
            faults.push((0, phrase!("figures-no-dimension", code = dimension)));
        }
        for (at, one) in self.rows.iter().enumerate() {
            let Some(indicator) = known.indicator(&one.indicator) else {
                faults.push((at, phrase!("indicators-unknown", code = one.indicator)));
                continue;
            };
            let (Some(measure), Some(own)) = (known.measure(&one.measure), known.measure(&indicator.measure)) else {
                faults.push((at, phrase!("indicators-no-measure", code = one.measure)));
                continue;
            };
            if measure.of != own.of {
                faults.push((at, phrase!("figures-other-measure", found = measure.name, wanted = own.name, indicator = indicator.name)));
            }
            if measure.is_whole && one.value.number().is_some_and(|value| !value.fract().is_zero()) {
                faults.push((at, phrase!("figures-not-whole", value = one.value.written(), measure = measure.name)));
            }
            match (indicator.nature, one.period) {
                (Nature::Stock, Period::Span(..)) => faults.push((at, phrase!("figures-stock-span", indicator = indicator.name))),
                (Nature::Flow, Period::Day(_)) => faults.push((at, phrase!("figures-flow-day", indicator = indicator.name))),
                _ => {}
            }
            for (dimension, member) in &one.members {
                if known.dimension(dimension).is_some_and(|dimension| dimension.member(member).is_none()) {
                    faults.push((at, phrase!("figures-no-member", dimension = dimension, member = member)));
                }
            }
        }
        faults
    }

    /// The canonical file: read again it is the same, and written again the same bytes.
    pub fn written(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
        let mut heads: Vec<&str> = HEADS[..BEFORE].to_vec();
        heads.extend(self.dimensions.iter().map(String::as_str));
        heads.extend(&HEADS[BEFORE..]);
        let mut rows = vec![heads.into_iter().map(str::to_owned).collect::<Vec<String>>()];
        for one in &self.rows {
            let mut cells = vec![one.indicator.clone(), one.unit.clone(), one.period.to_string()];
            cells.extend(self.dimensions.iter().map(|dimension| one.member(dimension).unwrap_or_default().to_owned()));
            let status = if one.is_preliminary { "preliminary" } else { "" };
            cells.extend([one.value.written(), one.measure.clone(), status.to_owned(), one.note.clone()]);
            rows.push(cells);
        }
        for row in rows {
            // Memory takes whatever is written into it.
            let _ = writer.write_record(row);
        }
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

/// The dimensions that a file's first line names.
fn heads(cells: &[String]) -> Result<Vec<String>, Phrase> {
    let wrong = || phrase!("figures-bad-heads", wanted = HEADS.join(","));
    let Some(count) = cells.len().checked_sub(HEADS.len()) else { return Err(wrong()) };
    let dimensions = &cells[BEFORE..BEFORE + count];
    let fixed = cells[..BEFORE].iter().chain(&cells[BEFORE + count..]);
    let distinct: HashSet<&String> = dimensions.iter().collect();
    if !fixed.eq(HEADS.iter()) || distinct.len() != count || count > 8 {
        return Err(wrong());
    }
    Ok(dimensions.to_vec())
}

fn row(cells: &[String], dimensions: &[String]) -> Result<Observation, Phrase> {
    let [indicator, unit, period, rest @ ..] = cells else { return Err(phrase!("figures-none")) };
    let (members, rest) = rest.split_at(dimensions.len());
    let [value, measure, status, note] = rest else { return Err(phrase!("figures-none")) };
    if indicator.is_empty() {
        return Err(phrase!("figures-no-indicator"));
    }
    if note.chars().count() > MOST_NOTE {
        return Err(phrase!("rules-too-long", most = MOST_NOTE));
    }
    let members = dimensions.iter().zip(members).filter(|(_, member)| !member.is_empty());
    Ok(Observation {
        indicator: indicator.clone(),
        unit: unit.clone(),
        period: Period::read(period).ok_or_else(|| phrase!("figures-bad-period", text = period))?,
        members: members.map(|(dimension, member)| (dimension.clone(), member.clone())).collect(),
        value: Value::read(value).ok_or_else(|| phrase!("figures-bad-value", text = value))?,
        measure: measure.clone(),
        is_preliminary: match status.as_str() {
            "" | "final" => false,
            "preliminary" => true,
            other => return Err(phrase!("figures-bad-status", text = other)),
        },
        note: note.clone(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_fault_of_a_file_is_named_at_its_line() {
        let text = "indicator,unit,period,value,measure,status,note\n\
                    du-no,,2026-09-30,1.234,5,trieu-dong,,\n\
                    du-no,,2026-09-30,\"1.234,5\",trieu-dong,,\n\
                    du-no,,30/9/2026,1,trieu-dong,,\n\
                    du-no,,2026-09-30,1,trieu-dong,,\n\
                    du-no,,2026-09-30,2,trieu-dong,maybe,\n\
                    du-no,,2026-09-30,2,trieu-dong,,\n";
        let found: Vec<(usize, &str)> =
            Figures::read("a.csv", text).expect_err("faults").iter().map(|issue| (issue.line, issue.phrase.key)).collect();
        assert_eq!(
            found,
            [
                (2, "figures-bad-width"),
                (3, "figures-bad-value"),
                (4, "figures-bad-period"),
                (6, "figures-bad-status"),
                (7, "figures-twice")
            ]
        );
        assert_eq!(Figures::read("a.csv", "a,b\n").expect_err("heads")[0].phrase.key, "figures-bad-heads");
        assert_eq!(Figures::read("a.csv", "").expect_err("nothing")[0].phrase.key, "figures-none");
    }

    #[test]
    fn a_number_is_every_digit_of_it_or_none() {
        for sound in ["0", "-1", "61582", "0.0001", "123456789012345.6789", "-0.5", "1.50"] {
            assert_eq!(exact(sound).map(|value| value.to_string()).as_deref(), Some(sound));
        }
        for wrong in ["", "-", "1e5", "+1", "01", ".5", "5.", "1,5", "1 000", "NaN", "0.12345678901234567890123456789012"] {
            assert_eq!(exact(wrong), None, "{wrong}");
        }
    }

    fn any_figures() -> impl Strategy<Value = Figures> {
        let value = prop_oneof![
            (any::<i64>(), 0u32..=10).prop_map(|(digits, places)| Value::Number(Decimal::new(digits, places))),
            Just(Value::Nothing),
            Just(Value::Unknown),
        ];
        let one = ("[a-z]{1,4}", "[0-9]{0,5}", 0usize..4, proptest::option::of("[a-z]{1,3}"), value, any::<bool>(), "[a-zớ,\"\n ]{0,12}");
        proptest::collection::vec(one, 1..30).prop_map(|rows| {
            let periods = ["", "2026-09-30", "2026-01-01/2026-09-30", "2025-12-31"];
            let mut seen = HashSet::new();
            let rows = rows.into_iter().filter_map(|(indicator, unit, period, member, value, is_preliminary, note)| {
                let one = Observation {
                    indicator,
                    unit,
                    period: Period::read(periods[period])?,
                    members: member.map(|member| ("nhom".to_owned(), member)).into_iter().collect(),
                    value,
                    measure: "trieu-dong".to_owned(),
                    is_preliminary,
                    note: nfc(note.trim()),
                };
                seen.insert(format!("{:?}", one.key())).then_some(one)
            });
            Figures { dimensions: vec!["nhom".to_owned()], rows: rows.collect() }
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back_to_the_last_digit(figures in any_figures()) {
            let text = figures.written();
            let again = Figures::read("a.csv", &text);
            prop_assert_eq!(again.as_ref(), Ok(&figures));
            prop_assert_eq!(again.expect("read").written(), text);
        }

        #[test]
        fn no_text_breaks_the_reader(text in "\\PC{0,200}") {
            let _ = Figures::read("a.csv", &text);
        }
    }
}
