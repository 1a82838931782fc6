//! How Vietnamese offices write figures: read exactly, and never guessed. A text that two habits of writing read differently has two
//! readings, and only other texts of the same file, or a person, may decide between them. Pure; every value is an exact decimal.

pub mod dates;
pub mod measure;
mod read;
pub mod spoken;
#[cfg(test)]
mod tests;
mod tidy;

use rust_decimal::Decimal;

/// Characters of a text that is looked at; a longer one is no figure and no day.
pub const MOST_CHARS: usize = 200;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// In its own measure; of a mixed one (`3 tỷ 654 triệu`) in the smallest that is named.
    pub value: Decimal,
    /// By its name where it is known (`triệu đồng`, `%`, `lượt hộ`, `triệu đồng/hộ`), else as it was written; empty for none.
    pub measure: String,
    /// `gần`, `hơn`, `trên`, `khoảng`, `xấp xỉ`, or empty. The value is exact all the same.
    pub hedge: String,
    /// Decimals as written, 0 to 28.
    pub places: u8,
    /// The sign of a note behind it: `*`, `(1)`, `²`; empty for none.
    pub mark: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    Figure(Figure),
    /// Two or more readings, the likelier first: the Vietnamese one before the English one, a loss before an aside.
    Doubt(Vec<Figure>),
    /// `14.206/18.450`, `2.758.926 triệu đồng/98.081 hộ`: each a `Figure` or a `Doubt`.
    Series(Vec<Read>),
    None(NoneKind),
    NotAFigure,
}

/// What stands where no figure does. Dash and dots are explained in the statistical yearbooks (Quảng Trị 2021, p. 5: "(-) no
/// social-economic facts occurred; (...) facts occurred but no information"); the other signs are habits, and nobody's rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoneKind {
    Blank,
    /// `-`, `–`, `—`: nothing of it occurred.
    Nothing,
    /// `…`, `...`: there is some, and no count of it.
    NotAvailable,
    /// `x`: the cell is not to be filled.
    NotApplicable,
    /// `//`, as in the cell above: whoever takes it for blank loses a figure.
    Ditto,
    /// `k`: it says that nothing is said.
    NotStated,
}

/// Which of dot and comma groups, and which one begins the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Way {
    /// `1.234,5`
    Vietnamese,
    /// `1,234.5`
    English,
}

/// The text that shows a habit, for "vì ô B7 viết 1.234,5".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Its index among the texts that were learned from.
    pub at: usize,
    pub text: String,
}

/// What the other texts of a column or a file have shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Habit {
    /// The first text that only the Vietnamese way reads, and the first that only the English way does.
    pub vietnamese: Option<Evidence>,
    pub english: Option<Evidence>,
    /// The number of decimals that all figures without a doubt have; `None` where they differ. It decides nothing.
    pub places: Option<u8>,
}

/// What one text says, by itself.
pub fn read(text: &str) -> Read {
    read_with(text, &Habit::default())
}

/// What one text says where others have shown how their writer writes.
pub fn read_with(text: &str, habit: &Habit) -> Read {
    let found = match read::found(text) {
        read::Found::Nothing(kind) => return Read::None(kind),
        read::Found::Stretches(found) => found,
    };
    let mut told: Vec<Read> = found.into_iter().map(|stretch| settled(stretch, habit.way())).collect();
    match told.len() {
        0 => Read::NotAFigure,
        1 => told.remove(0),
        _ => Read::Series(told),
    }
}

fn settled(mut readings: Vec<read::Reading>, way: Option<Way>) -> Read {
    let fits = |reading: &read::Reading| reading.way.is_none() || reading.way == way;
    if way.is_some() && readings.iter().any(fits) {
        readings.retain(fits);
    }
    let mut figures: Vec<Figure> = readings.into_iter().map(|reading| reading.figure).collect();
    match figures.len() {
        0 => Read::NotAFigure,
        1 => Read::Figure(figures.remove(0)),
        _ => Read::Doubt(figures),
    }
}

impl Habit {
    pub fn learn<T: AsRef<str>>(texts: &[T]) -> Habit {
        let mut habit = Habit::default();
        let mut places = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            let read::Found::Stretches(stretches) = read::found(text.as_ref()) else { continue };
            for readings in stretches {
                if let [only] = readings.as_slice() {
                    places.push(only.figure.places);
                }
                let shown = readings.first().and_then(|first| first.way);
                let evidence = match shown.filter(|_| readings.iter().all(|other| other.way == shown)) {
                    Some(Way::Vietnamese) => &mut habit.vietnamese,
                    Some(Way::English) => &mut habit.english,
                    None => continue,
                };
                evidence.get_or_insert_with(|| Evidence { at, text: text.as_ref().trim().to_owned() });
            }
        }
        habit.places = places.first().copied().filter(|first| places.iter().all(|other| other == first));
        habit
    }

    /// Only where the evidence is unanimous.
    pub fn way(&self) -> Option<Way> {
        match (&self.vietnamese, &self.english) {
            (Some(_), None) => Some(Way::Vietnamese),
            (None, Some(_)) => Some(Way::English),
            _ => None,
        }
    }

    /// What it rests on, where it decides anything.
    pub fn evidence(&self) -> Option<&Evidence> {
        match self.way()? {
            Way::Vietnamese => self.vietnamese.as_ref(),
            Way::English => self.english.as_ref(),
        }
    }

    /// The two that speak against each other.
    pub fn contradiction(&self) -> Option<(&Evidence, &Evidence)> {
        self.vietnamese.as_ref().zip(self.english.as_ref())
    }
}
