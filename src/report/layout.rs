//! Figures set as a table: which axis runs down, which across, where the totals stand. Pure: the same figures are the same table.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::Table;
use super::indicators::Indicators;
use super::observation::{Figures, Observation};
use crate::kit::period::Period;
use crate::kit::words::Lang;

pub const INDICATOR: &str = "indicator";
pub const UNIT: &str = "unit";
pub const PERIOD: &str = "period";

/// A table by the numbers of its figures; the words are put to it by whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grid {
    pub title: String,
    pub row_axis: String,
    pub column_axes: Vec<String>,
    /// An axis along which all of it stands in one place, and that place.
    pub fixed: Vec<(String, String)>,
    /// Keys along the axis; an empty one is the whole.
    pub rows: Vec<String>,
    pub columns: Vec<Vec<String>>,
    /// Row by row: which figure stands there.
    pub cells: Vec<Vec<Option<usize>>>,
}

/// As the report says; where it says nothing, by the figures' own shape: a table for what is not split, and one for each
/// dimension that anything is split by.
pub fn grids(figures: &Figures, tables: &[Table], known: &Indicators) -> Vec<Grid> {
    if tables.is_empty() {
        return by_shape(figures, known);
    }
    let of = |table: &Table| {
        let is_meant = |one: &Observation| table.indicators.is_empty() || table.indicators.contains(&one.indicator);
        // What is split by nothing that the table shows is the whole of it.
        let shown: Vec<&str> = table.columns.iter().map(String::as_str).chain([table.rows.as_str()]).collect();
        let fits = |one: &Observation| one.members.iter().all(|(dimension, _)| shown.contains(&dimension.as_str()));
        let mut chosen: Vec<usize> =
            (0..figures.rows.len()).filter(|at| is_meant(&figures.rows[*at]) && fits(&figures.rows[*at])).collect();
        let dimensions: Vec<&str> = figures.dimensions.iter().map(String::as_str).filter(|dimension| shown.contains(dimension)).collect();
        if table.indicators.is_empty() && !dimensions.is_empty() {
            let split = split_by(figures, &dimensions);
            chosen.retain(|at| split.contains(figures.rows[*at].indicator.as_str()));
        }
        set(figures, known, &table.title, &table.rows, &table.columns, &chosen)
    };
    tables.iter().map(of).filter(|grid| !grid.rows.is_empty()).collect()
}

/// What a figure is split by: its dimensions, and the units below the report's own.
fn split(one: &Observation) -> Vec<&str> {
    let units = (!one.unit.is_empty()).then_some(UNIT);
    one.members.iter().map(|(dimension, _)| dimension.as_str()).chain(units).collect()
}

/// Indicators with a figure that is split by one of these.
fn split_by<'f>(figures: &'f Figures, axes: &[&str]) -> BTreeSet<&'f str> {
    let is_split = |one: &&Observation| split(one).iter().any(|axis| axes.contains(axis));
    figures.rows.iter().filter(is_split).map(|one| one.indicator.as_str()).collect()
}

fn by_shape(figures: &Figures, known: &Indicators) -> Vec<Grid> {
    let mut signatures: Vec<Vec<&str>> = Vec::new();
    for one in &figures.rows {
        let signature = split(one);
        if !signatures.contains(&signature) {
            signatures.push(signature);
        }
    }
    signatures.sort_by_key(Vec::len);
    let mut grids = Vec::new();
    for signature in signatures {
        let meant = split_by(figures, &signature);
        let is_of = |one: &Observation| {
            let own = split(one);
            own == signature || (own.is_empty() && meant.contains(one.indicator.as_str()))
        };
        let chosen: Vec<usize> = (0..figures.rows.len()).filter(|at| is_of(&figures.rows[*at])).collect();
        let varies = |axis: &str| {
            let first = chosen.first().map(|at| key(&figures.rows[*at], axis));
            chosen.iter().any(|at| Some(key(&figures.rows[*at], axis)) != first)
        };
        let mut axes: Vec<String> = signature.iter().map(|dimension| (*dimension).to_owned()).collect();
        axes.extend([INDICATOR, PERIOD].into_iter().filter(|axis| varies(axis)).map(str::to_owned));
        // Where each indicator is told for one time only, the time stands beside it.
        let mut seen = BTreeSet::new();
        let is_once = chosen.iter().all(|at| seen.insert(figures.rows[*at].indicator.as_str()));
        if is_once && axes.first().is_some_and(|axis| axis == INDICATOR) {
            axes.truncate(1);
        }
        if axes.is_empty() {
            axes.push(INDICATOR.to_owned());
        }
        let rows = axes.remove(0);
        // What changes least often stands above.
        axes.sort_by_key(|axis| u8::from(axis == INDICATOR));
        grids.push(set(figures, known, "", &rows, &axes, &chosen));
    }
    grids
}

/// Where a figure stands on an axis; empty where it is the whole.
fn key(one: &Observation, axis: &str) -> String {
    match axis {
        INDICATOR => one.indicator.clone(),
        UNIT => one.unit.clone(),
        PERIOD => one.period.to_string(),
        dimension => one.member(dimension).unwrap_or_default().to_owned(),
    }
}

fn set(figures: &Figures, known: &Indicators, title: &str, rows: &str, columns: &[String], chosen: &[usize]) -> Grid {
    let aligned = aligned(figures, chosen);
    // Where each figure stands on each axis, told once: a table has thousands.
    let keys = |axis: &str| -> Vec<String> {
        let of = |(at, aligned): (&usize, &String)| if axis == PERIOD { aligned.clone() } else { key(&figures.rows[*at], axis) };
        chosen.iter().zip(&aligned).map(of).collect()
    };
    let on_rows = keys(rows);
    let mut on_columns: Vec<(&String, Vec<String>)> = Vec::new();
    let mut fixed: Vec<(String, String)> = Vec::new();
    for axis in columns {
        let keys = keys(axis);
        match keys.first().filter(|first| axis != INDICATOR && keys.iter().all(|key| key == *first)) {
            Some(first) => fixed.push((axis.clone(), first.clone())),
            None => on_columns.push((axis, keys)),
        }
    }
    let row_keys = in_order(known, rows, &on_rows, chosen);
    let orders: Vec<HashMap<&str, usize>> = on_columns.iter().map(|(axis, keys)| in_order(known, axis, keys, chosen)).map(places).collect();
    let tuple = |at: usize| on_columns.iter().map(|(_, keys)| keys[at].as_str()).collect::<Vec<&str>>();
    let mut column_keys: Vec<Vec<&str>> = (0..chosen.len()).map(tuple).collect::<HashSet<_>>().into_iter().collect();
    column_keys.sort_by_cached_key(|keys| keys.iter().zip(&orders).map(|(key, order)| order.get(key).copied()).collect::<Vec<_>>());
    let row_places = places(row_keys.clone());
    let column_places: HashMap<&[&str], usize> = column_keys.iter().map(Vec::as_slice).zip(0..).collect();
    let mut cells = vec![vec![None; column_keys.len()]; row_keys.len()];
    for (at, figure) in chosen.iter().enumerate().rev() {
        if let (Some(row), Some(column)) = (row_places.get(on_rows[at].as_str()), column_places.get(tuple(at).as_slice())) {
            cells[*row][*column] = Some(*figure);
        }
    }
    let owned = |keys: Vec<&str>| keys.into_iter().map(str::to_owned).collect::<Vec<String>>();
    Grid {
        title: title.to_owned(),
        row_axis: rows.to_owned(),
        column_axes: on_columns.iter().map(|(axis, _)| (*axis).clone()).collect(),
        fixed,
        rows: owned(row_keys),
        columns: column_keys.into_iter().map(owned).collect(),
        cells,
    }
}

/// The keys of an axis, each once; `keys` are those of the figures, in their order.
fn in_order<'k>(known: &Indicators, axis: &str, keys: &'k [String], chosen: &[usize]) -> Vec<&'k str> {
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    for (key, at) in keys.iter().zip(chosen) {
        firsts.entry(key).or_insert(*at);
    }
    let mut found: Vec<&str> = firsts.keys().copied().collect();
    found.sort_by_cached_key(|key| rank(known, axis, key, firsts[key]));
    found
}

fn places(keys: Vec<&str>) -> HashMap<&str, usize> {
    keys.into_iter().zip(0..).collect()
}

/// What is counted from the year's first day to a day, and what stands on that day, are read side by side: they share a column where
/// no two figures would then stand in one place.
fn aligned(figures: &Figures, chosen: &[usize]) -> Vec<String> {
    let plain = |at: &usize| figures.rows[*at].period.to_string();
    let by_end = |at: &usize| figures.rows[*at].period.last_day().map(|day| Period::Day(day).to_string()).unwrap_or_default();
    let mut seen = HashSet::new();
    let is_clear = chosen.iter().all(|at| {
        let one = &figures.rows[*at];
        seen.insert((one.indicator.as_str(), one.unit.as_str(), one.members.as_slice(), one.period.last_day()))
    });
    let has_both = chosen.iter().any(|at| matches!(figures.rows[*at].period, Period::Day(_)))
        && chosen.iter().any(|at| matches!(figures.rows[*at].period, Period::Span(..)));
    chosen.iter().map(|at| if is_clear && has_both { by_end(at) } else { plain(at) }).collect()
}

/// The whole first; then as the list of indicators has it, time as it passed, units as the file has them.
fn rank(known: &Indicators, axis: &str, key: &str, first: usize) -> (u8, usize, String) {
    let place = match axis {
        INDICATOR => known.indicators.iter().position(|indicator| indicator.code == key),
        UNIT => Some(first),
        PERIOD => {
            let end = Period::read(key).map(Period::order);
            return (u8::from(!key.is_empty()), 0, format!("{end:?}"));
        }
        dimension => known.dimension(dimension).and_then(|dimension| dimension.members.iter().position(|member| member.code == key)),
    };
    (u8::from(!key.is_empty()), place.unwrap_or(usize::MAX), key.to_owned())
}

/// What a reader calls a key; `units` knows those of units.
pub fn label(known: &Indicators, axis: &str, key: &str, units: &HashMap<String, String>, lang: Lang) -> Option<String> {
    match axis {
        INDICATOR => Some(known.indicator(key).map_or_else(|| key.to_owned(), |indicator| indicator.name(lang).to_owned())),
        PERIOD => Some(Period::read(key).map_or_else(|| key.to_owned(), |period| period.named(lang))),
        UNIT => Some(units.get(key).cloned().unwrap_or_else(|| key.to_owned())),
        _ if key.is_empty() => None,
        dimension => {
            let member = known.dimension(dimension).and_then(|dimension| dimension.member(key));
            Some(member.map_or_else(|| key.to_owned(), |member| member.name(lang).to_owned()))
        }
    }
}
