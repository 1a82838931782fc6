//! The reader of figures against a writer of them that shares no line with it: `tests/kit/figure_writer.py`, written from the domain notes alone.

use std::path::Path;
use std::process::Command;

use bangtin::kit::figure::spoken::{Region, spoken};
use bangtin::kit::figure::{Figure, Habit, Read, read, read_with};
use rust_decimal::Decimal;

const SEEDS: [u32; 4] = [1, 2, 3, 2026];
const LINES: u32 = 4_000;

struct Line {
    value: Decimal,
    text: String,
    words: String,
    column: u32,
    convention: String,
    region: Region,
    is_doubtful: bool,
    measure: String,
    hedge: String,
    mark: String,
}

fn lines(seed: u32) -> Vec<Line> {
    let writer = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/kit/figure_writer.py");
    let out = Command::new("python3").arg(writer).args([seed.to_string(), LINES.to_string()]).output().expect("python3 is installed");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let lines: Vec<Line> = text.lines().map(line).collect();
    assert_eq!(lines.len(), LINES as usize);
    lines
}

fn line(text: &str) -> Line {
    let [value, style, text, words] = text.split('\t').collect::<Vec<_>>().try_into().expect("four fields");
    let [column, convention, region, sureness, measure, hedge, mark] =
        style.split(';').collect::<Vec<_>>().try_into().expect("seven parts");
    Line {
        value: Decimal::from_str_exact(value).expect("a decimal"),
        text: text.to_owned(),
        words: words.to_owned(),
        column: column.parse().expect("a number"),
        convention: convention.to_owned(),
        region: if region == "north" { Region::North } else { Region::South },
        is_doubtful: sureness == "doubt",
        measure: measure.to_owned(),
        hedge: hedge.to_owned(),
        mark: mark.to_owned(),
    }
}

impl Line {
    fn is(&self, figure: &Figure) -> bool {
        figure.value == self.value
            && figure.value.scale() == self.value.scale()
            && u32::from(figure.places) == self.value.scale()
            && figure.measure == self.measure
            && figure.hedge == self.hedge
            && figure.mark == self.mark
    }

    /// Whether a reading is right where the line stands without others.
    fn is_read(&self, read: &Read) -> bool {
        match read {
            Read::Figure(figure) => !self.is_doubtful && self.is(figure),
            Read::Doubt(readings) => self.is_doubtful && readings.iter().any(|one| self.is(one)),
            _ => false,
        }
    }
}

fn none_wrong(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} lines, of them\n{}", wrong.len(), wrong.iter().take(25).cloned().collect::<Vec<_>>().join("\n"));
}

#[test]
fn whatever_another_writer_writes_is_read_exactly_or_asked_about() {
    let mut wrong = Vec::new();
    for line in SEEDS.into_iter().flat_map(lines) {
        let read = read(&line.text);
        if !line.is_read(&read) {
            wrong.push(format!("{:?} is {} {}: {read:?}", line.text, line.value, line.measure));
        }
    }
    none_wrong(&wrong);
}

#[test]
fn whoever_knows_the_habit_has_no_doubt_left() {
    let (vietnamese, english) = (Habit::learn(&["1.234,5"]), Habit::learn(&["1,234.5"]));
    let mut wrong = Vec::new();
    for line in SEEDS.into_iter().flat_map(lines) {
        let read = read_with(&line.text, if line.convention == "vi" { &vietnamese } else { &english });
        if !matches!(&read, Read::Figure(figure) if line.is(figure)) {
            wrong.push(format!("{:?} is {} {}: {read:?}", line.text, line.value, line.measure));
        }
    }
    none_wrong(&wrong);
}

#[test]
fn a_column_tells_its_own_habit_and_never_the_wrong_one() {
    let mut wrong = Vec::new();
    let (mut settled, mut asked) = (0, 0);
    for seed in SEEDS {
        for column in lines(seed).chunk_by(|one, next| one.column == next.column) {
            let texts: Vec<&str> = column.iter().map(|line| line.text.as_str()).collect();
            let habit = Habit::learn(&texts);
            for line in column.iter().filter(|line| line.is_doubtful) {
                let read = read_with(&line.text, &habit);
                let is_right = match &read {
                    Read::Figure(figure) => {
                        line.is(figure) && habit.evidence().is_some_and(|evidence| texts[evidence.at].trim() == evidence.text)
                    }
                    _ => habit.way().is_none() && line.is_read(&read),
                };
                *(if habit.way().is_some() { &mut settled } else { &mut asked }) += 1;
                if !is_right {
                    wrong.push(format!("{:?} among {texts:?}: {read:?}", line.text));
                }
            }
        }
    }
    none_wrong(&wrong);
    assert!(settled > 500 && asked > 50, "both happen: {settled}, {asked}");
}

#[test]
fn both_writers_say_a_figure_in_the_same_words() {
    let mut wrong = Vec::new();
    for line in SEEDS.into_iter().flat_map(lines) {
        let said = spoken(line.value, line.region);
        if said != line.words {
            wrong.push(format!("{}: {said:?}, {:?}", line.value, line.words));
        }
    }
    none_wrong(&wrong);
}
