//! A sheet and what was said of it, made into figures; or into what is still open, cell by cell. Pure.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::guess::{self, With};
use super::look::{self, Look, alphabet_of};
use super::names::{self, fitted};
use super::{Answers, Column, Role, SKIP, cell_name};
use crate::kit::figure::{self, Evidence, Figure, Habit, NoneKind, Read, Way};
use crate::kit::fold::nfc;
use crate::kit::period::Period;
use crate::kit::sheet::{Cell, Value as Held};
use crate::kit::words::Phrase;
use crate::phrase;
use crate::report::indicators::{Nature, PER_CENT};
use crate::report::layout::{INDICATOR, PERIOD, UNIT};
use crate::report::observation::{Figures, MOST, MOST_NOTE, Observation, Value, exact};

/// Problems and doubts that one page bears.
pub const NAMED: usize = 100;

/// A cell that may be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    pub cell: String,
    pub text: String,
    pub readings: Vec<Figure>,
}

/// A cell with which nothing can be done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub cell: String,
    pub phrase: Phrase,
}

#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub figures: Figures,
    /// Of each figure: the cell that it comes from.
    pub cells: Vec<String>,
    pub doubts: Vec<Doubt>,
    pub problems: Vec<Problem>,
    /// How many there are of each, named or not.
    pub doubtful: usize,
    pub wrong: usize,
    /// Labels that nobody knows, each with its first row.
    pub unknown: Vec<(String, u32)>,
    /// Hidden rows with figures that were left out.
    pub hidden: usize,
    /// Cells with letters of before Unicode.
    pub legacy: usize,
    /// What shows how the file writes its figures: the cell and its text.
    pub evidence: Option<(String, String)>,
}

impl Taken {
    pub fn is_clear(&self) -> bool {
        self.doubtful == 0 && self.wrong == 0 && self.unknown.is_empty() && !self.figures.rows.is_empty()
    }

    fn object(&mut self, cell: &str, phrase: Phrase) {
        self.wrong += 1;
        if self.problems.len() < NAMED {
            self.problems.push(Problem { cell: cell.to_owned(), phrase });
        }
    }
}

/// One column of figures with what it says of them.
struct Across<'a> {
    at: u32,
    column: &'a Column,
    period: Option<Period>,
}

pub fn take(look: &Look, answers: &Answers, with: &With, own_code: &str, tell: &dyn Fn(usize, usize)) -> Taken {
    let mut taken = Taken::default();
    let heads = look.heads(answers.first);
    let columns = guess::columns(look, answers.label, &heads);
    let of_role = |role: Role| columns.iter().filter(move |(_, key, _)| answers.columns.get(key).is_some_and(|column| column.role == role));
    let measure_at = of_role(Role::Measure).map(|(at, ..)| *at).next();
    let note_at = of_role(Role::Note).map(|(at, ..)| *at).next();
    let mut across = Vec::new();
    for (at, key, _) in of_role(Role::Figures) {
        let Some(column) = answers.columns.get(key) else { continue };
        let period = names::period(&column.period);
        if !column.period.trim().is_empty() && period.is_none() {
            taken.object(&cell_name(answers.first.saturating_sub(1), *at), phrase!("intake-bad-period", text = column.period));
        }
        across.push(Across { at: *at, column, period });
    }
    let all_period = names::period(&answers.all.period);
    if !answers.all.period.trim().is_empty() && all_period.is_none() {
        taken.object("", phrase!("intake-bad-period", text = answers.all.period));
    }
    let rows: Vec<u32> = look.filled().filter(|row| (answers.first..=answers.last).contains(row)).collect();
    let habit = habit(look, &rows, &across, answers, &mut taken);
    let mut places: HashMap<Where, usize> = HashMap::new();
    for (done, row) in rows.iter().copied().enumerate() {
        if done.is_multiple_of(500) {
            tell(done, rows.len());
        }
        let has_figures = across.iter().any(|one| look.cell(row, one.at).is_some());
        if look.is_hidden(row) && !answers.with_hidden {
            taken.hidden += usize::from(has_figures);
            continue;
        }
        let text = look.text(row, answers.label);
        let label = look::label(&text);
        if !has_figures {
            continue;
        }
        let code = match answers.rows.get(&label) {
            Some(code) if code == SKIP => continue,
            Some(code) => code.clone(),
            // A row without a label under one that has one goes on with it only where cells were merged.
            None => {
                let is_new = !taken.unknown.iter().any(|(known, _)| look::label(known) == label);
                if is_new {
                    taken.unknown.push((text, row));
                }
                continue;
            }
        };
        let row_measure = measure_at.map(|at| look.text(row, at)).filter(|text| !text.is_empty());
        let note = note_at.map(|at| nfc(&look.text(row, at))).unwrap_or_default();
        for one in &across {
            let Some(cell) = look.cell(row, one.at) else { continue };
            let name = cell_name(row, one.at);
            taken.legacy += usize::from(matches!(&cell.value, Held::Text(text) if alphabet_of(cell, text).is_some()));
            let Some((value, written)) = value(cell, &name, answers, &habit, &mut taken) else { continue };
            let Some(place) = place(&code, one, answers, all_period, own_code, with, &name, &mut taken) else { continue };
            let (indicator, unit, period, members) = place;
            let told = [written.as_deref().unwrap_or_default(), row_measure.as_deref().unwrap_or_default()];
            let Some((value, measure)) = measured(value, cell, told, &indicator, one, answers, with, &name, &mut taken) else { continue };
            let key = (indicator.clone(), unit.clone(), period, members.clone());
            if let Some(before) = places.get(&key) {
                let other = &taken.figures.rows[*before];
                // A total told twice is one figure.
                if other.value.number() != value.number() || other.measure != measure {
                    let first = taken.cells[*before].clone();
                    taken.object(&name, phrase!("intake-two-figures", other = first));
                }
                continue;
            }
            if taken.figures.rows.len() >= MOST {
                taken.object(&name, phrase!("figures-too-many", most = MOST));
                return taken;
            }
            for (dimension, _) in &members {
                if !taken.figures.dimensions.contains(dimension) {
                    taken.figures.dimensions.push(dimension.clone());
                }
            }
            places.insert(key, taken.figures.rows.len());
            taken.cells.push(name);
            let note = note.chars().take(MOST_NOTE).collect();
            taken.figures.rows.push(Observation {
                indicator,
                unit,
                period,
                members,
                value,
                measure,
                is_preliminary: answers.is_preliminary,
                note,
            });
        }
    }
    for (at, phrase) in taken.figures.faults(with.known) {
        let cell = taken.cells.get(at).cloned().unwrap_or_default();
        taken.object(&cell, phrase);
    }
    tell(rows.len(), rows.len());
    taken
}

/// How this file writes its figures, by what only one way reads; or by what was answered.
fn habit(look: &Look, rows: &[u32], across: &[Across], answers: &Answers, taken: &mut Taken) -> Habit {
    let mut texts: Vec<(String, String)> = Vec::new();
    for row in rows {
        for one in across {
            if let Some(Cell { value: Held::Text(text), .. }) = look.cell(*row, one.at) {
                texts.push((text.clone(), cell_name(*row, one.at)));
            }
        }
    }
    let plain: Vec<&str> = texts.iter().map(|(text, _)| text.as_str()).collect();
    let mut habit = Habit::learn(&plain);
    let answered = |text: &str| Some(Evidence { at: 0, text: text.to_owned() });
    match answers.way.as_str() {
        "vi" => habit = Habit { vietnamese: answered("1.234,5"), english: None, places: None },
        "en" => habit = Habit { vietnamese: None, english: answered("1,234.5"), places: None },
        _ => taken.evidence = habit.evidence().and_then(|shown| texts.get(shown.at)).map(|(text, name)| (name.clone(), text.clone())),
    }
    habit
}

/// The figure of a cell, and the measure that stands in it.
fn value(cell: &Cell, name: &str, answers: &Answers, habit: &Habit, taken: &mut Taken) -> Option<(Value, Option<String>)> {
    if let Some(chosen) = answers.cells.get(name) {
        return match chosen.as_str() {
            SKIP => None,
            "-" => Some((Value::Nothing, None)),
            "…" => Some((Value::Unknown, None)),
            number => exact(number).map(|number| (Value::Number(number), measure_of(cell))),
        };
    }
    match &cell.value {
        Held::Number(number) => Some((Value::Number(*number), None)),
        Held::Text(text) => match figure::read_with(text, habit) {
            Read::Figure(figure) => Some((Value::Number(figure.value), Some(figure.measure))),
            Read::Doubt(readings) => {
                taken.doubtful += 1;
                if taken.doubts.len() < NAMED {
                    taken.doubts.push(Doubt { cell: name.to_owned(), text: text.trim().to_owned(), readings });
                }
                None
            }
            Read::None(NoneKind::Nothing) => Some((Value::Nothing, None)),
            Read::None(NoneKind::NotAvailable) => Some((Value::Unknown, None)),
            Read::None(NoneKind::Blank | NoneKind::NotApplicable | NoneKind::NotStated) => None,
            Read::None(NoneKind::Ditto) => {
                taken.object(name, phrase!("intake-ditto"));
                None
            }
            Read::Series(_) => {
                taken.object(name, phrase!("intake-series", text = text.trim()));
                None
            }
            Read::NotAFigure => {
                taken.object(name, phrase!("intake-no-figure", text = text.trim().chars().take(60).collect::<String>()));
                None
            }
        },
        Held::Fault(fault) => {
            taken.object(name, phrase!("intake-fault", fault = fault));
            None
        }
        Held::Day(_) | Held::Time(_) => {
            taken.object(name, phrase!("intake-day"));
            None
        }
        Held::Flag(_) => {
            taken.object(name, phrase!("intake-no-figure", text = "TRUE/FALSE"));
            None
        }
    }
}

fn measure_of(cell: &Cell) -> Option<String> {
    let Held::Text(text) = &cell.value else { return None };
    match figure::read(text) {
        Read::Figure(figure) => Some(figure.measure),
        Read::Doubt(readings) => readings.into_iter().next().map(|figure| figure.measure),
        _ => None,
    }
}

type Where = (String, String, Period, Vec<(String, String)>);

/// Of which indicator, unit, time and part: as the row says, then the column, then all of it.
#[expect(clippy::too_many_arguments, reason = "each says another part of where a figure stands")]
fn place(
    code: &str,
    one: &Across,
    answers: &Answers,
    all_period: Option<Period>,
    own_code: &str,
    with: &With,
    name: &str,
    taken: &mut Taken,
) -> Option<Where> {
    let (mut indicator, mut unit, mut period, mut members) = (String::new(), String::new(), None, Vec::new());
    match answers.axis.as_str() {
        INDICATOR => indicator = code.to_owned(),
        UNIT => unit = code.to_owned(),
        PERIOD => period = Period::read(code),
        dimension if !code.is_empty() => members.push((dimension.to_owned(), code.to_owned())),
        _ => {}
    }
    if indicator.is_empty() {
        indicator = if one.column.indicator.is_empty() { answers.all.indicator.clone() } else { one.column.indicator.clone() };
    }
    if indicator.is_empty() {
        taken.object(name, phrase!("intake-no-indicator"));
        return None;
    }
    match one.column.part.split_once(':') {
        Some((axis, part)) if axis == UNIT => unit = part.to_owned(),
        Some((dimension, part)) => members.push((dimension.to_owned(), part.to_owned())),
        None => {}
    }
    if unit == own_code {
        unit.clear();
    }
    members.sort();
    let period = period.or(one.period).or(all_period).unwrap_or_default();
    // What opens a year stands as of the last one's end.
    let known = with.known.indicator(&indicator);
    let nature = known.map_or(Nature::Ratio, |known| known.nature);
    let opens = known.is_some_and(|known| !known.opens.is_empty());
    let period = match period.opening().filter(|_| opens) {
        Some(opening) if period.last_day().is_some_and(|day| day > opening) => Period::Day(opening),
        _ => fitted(period, nature),
    };
    Some((indicator, unit, period, members))
}

/// In the measure that is nearest to the figure: its own, its row's, its column's, that of all, its indicator's.
#[expect(clippy::too_many_arguments, reason = "each may say in what it is measured")]
fn measured(
    value: Value,
    cell: &Cell,
    told: [&str; 2],
    indicator: &str,
    one: &Across,
    answers: &Answers,
    with: &With,
    name: &str,
    taken: &mut Taken,
) -> Option<(Value, String)> {
    let mut code = None;
    if let Some(text) = told.into_iter().find(|text| !text.is_empty()) {
        code = names::measure(with.known, text).map(str::to_owned);
        if code.is_none() {
            taken.object(name, phrase!("intake-no-measure", text = text));
            return None;
        }
    }
    let own = with.known.indicator(indicator).map(|known| known.measure.clone()).unwrap_or_default();
    let family = |code: &str| with.known.measure(code).map(|measure| measure.of.clone());
    let fits = |code: &String| !code.is_empty() && family(code) == family(&own);
    if code.is_none() && cell.is_percent {
        code = Some(PER_CENT.to_owned());
    }
    // What a head or a title says is of those figures alone that can be so measured.
    let code = code
        .or_else(|| Some(one.column.measure.clone()).filter(fits))
        .or_else(|| Some(answers.all.measure.clone()).filter(fits))
        .unwrap_or(own);
    let value = match value {
        Value::Number(number) if cell.is_percent && code == PER_CENT && matches!(cell.value, Held::Number(_)) => {
            Value::Number(number.checked_mul(Decimal::ONE_HUNDRED)?.normalize())
        }
        value => value,
    };
    Some((value, code))
}

/// For a page: the two ways of writing, by the word that an answer bears.
pub fn way(word: &str) -> Option<Way> {
    match word {
        "vi" => Some(Way::Vietnamese),
        "en" => Some(Way::English),
        _ => None,
    }
}
