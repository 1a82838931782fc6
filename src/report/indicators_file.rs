//! `indicators.toml`: read with every fault at its line, and written back the same.

use std::str::FromStr;

use rust_decimal::Decimal;

use super::indicators::{Dimension, Identity, Indicator, Indicators, Measure, Member, NATURES, Nature, OVER_TIME, OVER_UNITS, Rule};
use crate::kit::fold::is_slug;
use crate::kit::front::{Front, Sheet, Writer};
use crate::kit::refusal::Issue;
use crate::phrase;

/// Characters of a name, and of a definition.
const MOST_NAME: usize = 200;
const MOST_TEXT: usize = 3_000;
/// Of indicators; of members of one dimension.
const MOST: usize = 2_000;
/// Decimals that anybody shows.
const MOST_PLACES: i64 = 8;

impl Indicators {
    /// Every fault of the file at once.
    pub fn read(file: &str, text: &str) -> Result<Indicators, Vec<Issue>> {
        let sheet = Sheet::read(file, text, 1);
        let front = sheet.root();
        let mut all = Indicators::default();
        for row in bounded(&front, "measures") {
            let measure = read_measure(&row, &all);
            row.finish();
            all.measures.push(measure);
        }
        for row in bounded(&front, "dimensions") {
            let dimension = read_dimension(&row, &all);
            row.finish();
            all.dimensions.push(dimension);
        }
        let rows = bounded(&front, "indicators");
        for row in &rows {
            let indicator = read_indicator(row, &all);
            all.indicators.push(indicator);
        }
        // One may speak of another that stands further down.
        for row in rows {
            let opens = row.text("opens").unwrap_or_default();
            known(&row, "opens", &opens, &all);
            row.finish();
        }
        for row in bounded(&front, "identities") {
            let identity = read_identity(&row, &all);
            row.finish();
            all.identities.extend(identity);
        }
        front.finish();
        let issues = sheet.into_issues();
        if issues.is_empty() { Ok(all) } else { Err(issues) }
    }

    pub fn written(&self) -> String {
        let mut out = Writer::default();
        for one in &self.measures {
            out.heading("[[measures]]").text("code", &one.code).text("name", &one.name).text("name_en", &one.name_en);
            if one.of != one.code {
                out.text("of", &one.of).text("factor", &one.factor.to_string());
            }
            out.flag("whole", one.is_whole);
        }
        for one in &self.dimensions {
            out.heading("[[dimensions]]").text("code", &one.code).text("name", &one.name).text("name_en", &one.name_en);
            for member in &one.members {
                out.heading("[[dimensions.members]]").text("code", &member.code);
                out.text("name", &member.name).text("name_en", &member.name_en).texts("also", &member.also);
            }
        }
        for one in &self.indicators {
            out.heading("[[indicators]]").text("code", &one.code).text("name", &one.name).text("name_en", &one.name_en);
            out.texts("also", &one.also);
            out.text("measure", &one.measure)
                .text("nature", NATURES.iter().find(|(_, nature)| *nature == one.nature).map_or("", |(word, _)| word));
            if let Some(places) = one.places {
                out.counts("places", [i64::from(places)]);
            }
            out.texts("adds", &one.adds).text("opens", &one.opens);
            out.text("jump", &one.jump.map(|jump| jump.to_string()).unwrap_or_default());
            out.text("definition", &one.definition).text("source", &one.source);
        }
        for one in &self.identities {
            out.heading("[[identities]]").text("code", &one.code).text("result", &one.result);
            match &one.rule {
                Rule::Sum { plus, minus, minus_if_told } => {
                    out.texts("plus", plus).texts("minus", minus).texts("minus_if_told", minus_if_told);
                }
                Rule::Ratio { part, whole } => drop(out.text("part", part).text("whole", whole)),
                Rule::Share { of } => drop(out.text("share", of)),
                Rule::Growth { now, base } => drop(out.text("now", now).text("base", base)),
            }
            if !one.tolerance.is_zero() {
                out.text("tolerance", &one.tolerance.to_string());
            }
            out.text("reason", &one.reason);
        }
        out.toml().to_owned()
    }
}

fn bounded<'s>(front: &Front<'s>, key: &str) -> Vec<Front<'s>> {
    let mut rows = front.tables(key);
    if rows.len() > MOST {
        front.object(key, phrase!("indicators-too-many", most = MOST));
        rows.truncate(MOST);
    }
    rows
}

fn read_measure(row: &Front, all: &Indicators) -> Measure {
    let code = code(row, |code| all.measure(code).is_some());
    let of = row.text("of").unwrap_or_else(|| code.clone());
    let factor = decimal(row, "factor");
    if of != code {
        if all.measure(&of).is_none_or(|base| base.of != base.code) {
            row.object("of", phrase!("indicators-no-measure", code = of));
        }
        if factor.is_none_or(|factor| factor <= Decimal::ZERO) {
            row.object("factor", phrase!("indicators-bad-factor"));
        }
    } else if factor.is_some() {
        row.object("factor", phrase!("kinds-idle-key", key = "factor", other = "of"));
    }
    Measure {
        name: line(row, "name", true),
        name_en: line(row, "name_en", false),
        factor: factor.unwrap_or(Decimal::ONE),
        is_whole: row.flag("whole"),
        code,
        of,
    }
}

fn read_dimension(row: &Front, all: &Indicators) -> Dimension {
    let code = code(row, |code| {
        all.dimension(code).is_some() || [OVER_UNITS, OVER_TIME].contains(&code) || crate::report::observation::HEADS.contains(&code)
    });
    let mut members: Vec<Member> = Vec::new();
    for row in bounded(row, "members") {
        let code = self::code(&row, |code| members.iter().any(|member| member.code == code));
        members.push(Member { code, name: line(&row, "name", true), name_en: line(&row, "name_en", false), also: row.texts("also") });
        row.finish();
    }
    if members.is_empty() {
        row.object("members", phrase!("indicators-no-members"));
    }
    Dimension { code, name: line(row, "name", true), name_en: line(row, "name_en", false), members }
}

fn read_indicator(row: &Front, all: &Indicators) -> Indicator {
    let code = code(row, |code| all.indicator(code).is_some());
    let measure = row.required("measure");
    if !measure.is_empty() && all.measure(&measure).is_none() {
        row.object("measure", phrase!("indicators-no-measure", code = measure));
    }
    let named = row.required("nature");
    let nature = NATURES.iter().find(|(word, _)| *word == named).map(|(_, nature)| *nature);
    if nature.is_none() && !named.is_empty() {
        row.object("nature", phrase!("kinds-unknown-word", named = named, known = NATURES.map(|(word, _)| word).join(", ")));
    }
    let nature = nature.unwrap_or(Nature::Flow);
    let adds = row.texts("adds");
    for axis in &adds {
        if ![OVER_UNITS, OVER_TIME].contains(&axis.as_str()) && all.dimension(axis).is_none() {
            row.object("adds", phrase!("indicators-no-axis", axis = axis));
        }
    }
    match nature {
        Nature::Stock if adds.iter().any(|axis| axis == OVER_TIME) => row.object("adds", phrase!("indicators-stock-over-time")),
        Nature::Ratio if !adds.is_empty() => row.object("adds", phrase!("indicators-ratio-adds")),
        _ => {}
    }
    let places = row.counts("places");
    if places.len() > 1 || places.iter().any(|places| *places > MOST_PLACES) {
        row.object("places", phrase!("indicators-bad-places", most = MOST_PLACES));
    }
    Indicator {
        code,
        name: line(row, "name", true),
        name_en: line(row, "name_en", false),
        also: row.texts("also"),
        measure,
        places: places.first().and_then(|places| u32::try_from(*places).ok()),
        nature,
        adds,
        opens: row.text("opens").unwrap_or_default(),
        jump: decimal(row, "jump"),
        definition: text(row, "definition"),
        source: text(row, "source"),
    }
}

fn read_identity(row: &Front, all: &Indicators) -> Option<Identity> {
    let code = code(row, |code| all.identities.iter().any(|known| known.code == code));
    let one = |key: &str| {
        let code = row.text(key).unwrap_or_default();
        known(row, key, &code, all);
        code
    };
    let many = |key: &str| {
        let codes = row.texts(key);
        codes.iter().for_each(|code| known(row, key, code, all));
        codes
    };
    let result = row.required("result");
    known(row, "result", &result, all);
    let (plus, minus, minus_if_told) = (many("plus"), many("minus"), many("minus_if_told"));
    let (part, whole, share, now, base) = (one("part"), one("whole"), one("share"), one("now"), one("base"));
    let has_minus = !minus.is_empty() || !minus_if_told.is_empty();
    let rule = match [&part, &whole, &share, &now, &base].map(|code| code.is_empty()) {
        [true, true, true, true, true] if !plus.is_empty() => Some(Rule::Sum { plus, minus, minus_if_told }),
        _ if !plus.is_empty() || has_minus => None,
        [false, false, true, true, true] => Some(Rule::Ratio { part, whole }),
        [true, true, false, true, true] => Some(Rule::Share { of: share }),
        [true, true, true, false, false] => Some(Rule::Growth { now, base }),
        _ => None,
    };
    if rule.is_none() {
        row.object("code", phrase!("indicators-no-rule", code = code));
    }
    let tolerance = decimal(row, "tolerance").unwrap_or_default();
    let reason = text(row, "reason");
    if tolerance.is_sign_negative() || tolerance > Decimal::from(100) || tolerance.is_zero() != reason.is_empty() {
        row.object("tolerance", phrase!("indicators-bad-tolerance"));
    }
    Some(Identity { code, result, rule: rule?, tolerance, reason })
}

fn known(row: &Front, key: &str, code: &str, all: &Indicators) {
    if !code.is_empty() && all.indicator(code).is_none() {
        row.object(key, phrase!("indicators-unknown", code = code));
    }
}

fn code(row: &Front, is_taken: impl Fn(&str) -> bool) -> String {
    let code = row.required("code");
    if code.is_empty() {
    } else if !is_slug(&code) {
        row.object("code", phrase!("front-bad-slug", slug = code));
    } else if is_taken(&code) {
        row.object("code", phrase!("kinds-twice", slug = code));
    }
    code
}

/// In the machine's form: `0.5`.
fn decimal(row: &Front, key: &str) -> Option<Decimal> {
    let text = row.text(key)?;
    let found = Decimal::from_str(&text).ok();
    if found.is_none() {
        row.object(key, phrase!("indicators-bad-number", text = text));
    }
    found
}

fn line(row: &Front, key: &str, is_needed: bool) -> String {
    let text = if is_needed { row.required(key) } else { row.text(key).unwrap_or_default() };
    if text.chars().count() > MOST_NAME || text.contains('\n') {
        row.object(key, phrase!("rules-too-long", most = MOST_NAME));
    }
    text
}

fn text(row: &Front, key: &str) -> String {
    let text = row.text(key).unwrap_or_default();
    if text.chars().count() > MOST_TEXT {
        row.object(key, phrase!("rules-too-long", most = MOST_TEXT));
    }
    text
}
