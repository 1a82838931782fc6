//! What an entry of the list of indicators is, in a sentence that needs no knowledge of its file.

use crate::kit::number::exact;
use crate::kit::words::{Lang, Words};
use crate::phrase;
use crate::report::entry::{Entry, Part};
use crate::report::indicators::{Identity, Indicator, Indicators, Measure, NATURES, Nature, OVER_TIME, OVER_UNITS, Rule};
use crate::report::uses::Uses;
use crate::web::answer::Reading;

/// Members that a line names; of more their number.
const SHOWN: usize = 12;

pub fn told(reading: &Reading, entry: &Entry, known: &Indicators) -> String {
    match entry {
        Entry::Indicator(one) => indicator(reading, one, known),
        Entry::Measure(one) => measure(reading, one, known),
        Entry::Dimension(one) => {
            let mut names: Vec<&str> = one.members.iter().take(SHOWN).map(|member| member.name(reading.lang)).collect();
            names.extend((one.members.len() > SHOWN).then_some("…"));
            format!("{}: {}.", reading.web.words.counted(reading.lang, "indicators-members", one.members.len()), names.join(", "))
        }
        Entry::Identity(one) => identity(reading, one, known),
    }
}

/// How many figures the public is shown of it, and who else speaks of it.
pub fn used(reading: &Reading, part: Part, code: &str, known: &Indicators, shown: &Uses) -> String {
    let mut told = Vec::new();
    if part != Part::Identities {
        let count = usize::try_from(shown.count(part, code, known)).unwrap_or_default();
        told.push(reading.web.words.counted(reading.lang, "indicators-shown", count));
    }
    let speakers = known.speakers(part, code).len();
    if speakers > 0 {
        told.push(reading.web.words.counted(reading.lang, "indicators-speakers", speakers));
    }
    told.join(" ")
}

/// Of an indicator by its code; the code where there is none.
fn name<'k>(reading: &Reading, known: &'k Indicators, code: &'k str) -> &'k str {
    known.indicator(code).map_or(code, |one| one.name(reading.lang))
}

pub fn axis(reading: &Reading, known: &Indicators, axis: &str) -> String {
    match axis {
        OVER_UNITS => reading.word("indicators-axis-unit"),
        OVER_TIME => reading.word("indicators-axis-period"),
        code => known.dimension(code).map_or(code, |one| one.name(reading.lang)).to_owned(),
    }
}

fn measure(reading: &Reading, one: &Measure, known: &Indicators) -> String {
    let mut told = vec![match known.measure(&one.of).filter(|base| base.code != one.code) {
        Some(base) => {
            let factor = exact(one.factor, None, reading.lang);
            reading.say(&phrase!("indicators-converts", name = one.name(reading.lang), factor = factor, base = base.name(reading.lang)))
        }
        None => reading.word("indicators-converts-not"),
    }];
    told.extend(one.is_whole.then(|| reading.word("indicators-counts-whole")));
    told.join(" ")
}

fn indicator(reading: &Reading, one: &Indicator, known: &Indicators) -> String {
    let measure = known.measure(&one.measure).map_or(one.measure.as_str(), |measure| measure.name(reading.lang));
    let nature = NATURES.iter().find(|(_, nature)| *nature == one.nature).map_or("", |(word, _)| word);
    let mut told =
        vec![reading.say(&phrase!("indicators-counted-in", measure = measure)), reading.word(&format!("indicators-nature-{nature}-told"))];
    if one.nature != Nature::Ratio {
        let axes: Vec<String> = one.adds.iter().map(|code| axis(reading, known, code)).collect();
        told.push(match axes.is_empty() {
            true => reading.word("indicators-adds-not"),
            false => reading.say(&phrase!("indicators-adds", axes = axes.join(", "))),
        });
    }
    if !one.opens.is_empty() {
        told.push(reading.say(&phrase!("indicators-opens", name = name(reading, known, &one.opens))));
    }
    if let Some(jump) = one.jump {
        told.push(reading.say(&phrase!("indicators-jump", jump = exact(jump, None, reading.lang))));
    }
    told.join(" ")
}

/// `Tổng dư nợ = Dư nợ đầu năm + Doanh số cho vay − Doanh số thu nợ`.
fn identity(reading: &Reading, one: &Identity, known: &Indicators) -> String {
    let name = |code: &str| name(reading, known, code).to_owned();
    let by_hundred = known.indicator(&one.result).and_then(|result| known.measure(&result.measure)).is_some_and(|one| one.is_per_cent());
    let reckoned = match &one.rule {
        Rule::Sum { plus, minus, minus_if_told } => {
            let mut text = plus.iter().map(|code| name(code)).collect::<Vec<_>>().join(" + ");
            for code in minus {
                text.push_str(&format!(" − {}", name(code)));
            }
            for code in minus_if_told {
                text.push_str(&format!(" − {} {}", name(code), reading.word("indicators-if-told")));
            }
            text
        }
        Rule::Ratio { part, whole } => format!("{} ÷ {}{}", name(part), name(whole), if by_hundred { " × 100" } else { "" }),
        Rule::Share { of } => reading.say(&phrase!("indicators-share-of", name = name(of))),
        Rule::Growth { now, base } => format!("({0} − {1}) ÷ {1} × 100", name(now), name(base)),
    };
    let mut told = format!("{} = {reckoned}.", name(&one.result));
    if !one.tolerance.is_zero() {
        let tolerance = exact(one.tolerance, None, reading.lang);
        told.push(' ');
        told.push_str(&reading.say(&phrase!("indicators-tolerates", tolerance = tolerance, reason = one.reason)));
    }
    told
}

/// For the log, which is one for all: Vietnamese.
pub fn what(words: &Words, entry: &Entry) -> String {
    let name = entry.name();
    words.say(
        Lang::Vi,
        &match entry.part() {
            Part::Indicators => phrase!("indicators-what-indicator", name = name),
            Part::Measures => phrase!("indicators-what-measure", name = name),
            Part::Dimensions => phrase!("indicators-what-dimension", name = name),
            Part::Identities => phrase!("indicators-what-identity", name = name),
        },
    )
}
