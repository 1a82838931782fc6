//! How rules and counted periods are told in plain words, to staff and to citizens alike.

use super::kinds::{Kind, MEASURES, PLACES, Term, word_of};
use crate::kit::calendar::running;
use crate::kit::days::{Counted, Measure, Rest};
use crate::kit::words::{Lang, Words};
use crate::phrase;

/// `Niêm yết thứ Sáu 06/11/2026 (không tính). Ngày thứ 15 là thứ Bảy 21/11/2026, nghỉ cuối tuần, nên kéo dài đến hết thứ
/// Hai 23/11/2026.`
pub fn counted(counted: &Counted, days: u16, measure: Measure, words: &Words, lang: Lang) -> String {
    let (due, measure) = (running(counted.due, words, lang), word_of(&MEASURES, &measure));
    let mut told = vec![words.say(lang, &phrase!("posting-counted-from", day = running(counted.event, words, lang)))];
    told.push(match rests(&counted.rests, words, lang) {
        rests if rests.is_empty() => words.say(lang, &phrase!("posting-counted-to", days = days, measure = measure, due = due)),
        rests => {
            let last = running(counted.last, words, lang);
            words.say(lang, &phrase!("posting-counted-on", days = days, measure = measure, due = due, rests = rests, last = last))
        }
    });
    if !counted.unknown.is_empty() {
        let years: Vec<String> = counted.unknown.iter().map(i32::to_string).collect();
        told.push(words.say(lang, &phrase!("posting-counted-unsure", years = years.join(", "))));
    }
    told.join(" ")
}

/// Each reason once, in the order of its days.
fn rests(rests: &[(chrono::NaiveDate, Rest)], words: &Words, lang: Lang) -> String {
    let mut told: Vec<String> = Vec::new();
    for (_, rest) in rests {
        let one = match rest {
            Rest::Saturday | Rest::Sunday => words.text(lang, "posting-rest-weekend"),
            Rest::Holiday(name) => words.say(lang, &phrase!("posting-rest-holiday", name = name)),
        };
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told.join(&words.text(lang, "posting-then"))
}

/// What a kind asks for, in one sentence or two.
pub fn rule(kind: &Kind, words: &Words, lang: Lang) -> String {
    let measure = |measure: Measure| word_of(&MEASURES, &measure);
    let term = match kind.term {
        Term::Days { days, measure: by, consecutive } => {
            let key = if consecutive {
                phrase!("posting-rule-consecutive", days = days, measure = measure(by))
            } else {
                phrase!("posting-rule-days", days = days, measure = measure(by))
            };
            words.say(lang, &key)
        }
        Term::Permanent => words.text(lang, "posting-rule-permanent"),
        Term::UntilReplaced => words.text(lang, "posting-rule-until-replaced"),
        Term::Stated if kind.urgent => words.text(lang, "posting-rule-urgent"),
        Term::Stated => words.text(lang, "posting-rule-stated"),
    };
    let places: Vec<String> =
        kind.places.iter().map(|place| words.text(lang, &format!("posting-place-{}", word_of(&PLACES, place)))).collect();
    let mut told = vec![words.say(lang, &phrase!("posting-rule-where", term = term, places = places.join(", ")))];
    if kind.loudspeaker_days > 0 {
        told.push(words.say(lang, &phrase!("posting-rule-loudspeaker", days = kind.loudspeaker_days)));
    }
    if let Some((days, by)) = kind.ahead {
        told.push(words.say(lang, &phrase!("posting-rule-ahead", days = days, measure = measure(by))));
    }
    if kind.deadline > 0 {
        told.push(words.say(lang, &phrase!("posting-rule-deadline", days = kind.deadline)));
    }
    told.join(" ")
}
