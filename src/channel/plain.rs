//! All that hangs in a unit as plain text, for terminals, for printers that know letters only, and for those who read by
//! ear: one paragraph a line, however long, for whoever shows it knows how wide it is there.

use crate::bulletin::{Whose, whose};
use crate::edition::{Kind, URGENT};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::markdown::tree::lines::{Labels, lines};
use crate::kit::markdown::tree::tree;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::board::words::{self, Hanging, body_of};
use crate::posting::board::{self, MOST};
use crate::posting::law::Rules;
use crate::posting::page;
use crate::posting::status::{self, Status};
use crate::unit;
use crate::web::answer::{Answer, Reading};

const MIME: &str = "text/plain; charset=utf-8";
/// In bytes. Beyond it a text is told by its address.
const MOST_TEXT: usize = 2 * 1024 * 1024;

pub fn path(code: &str) -> String {
    format!("/bang-tin/{code}/bulletin.txt")
}

pub fn file(reading: &mut Reading, code: &str) -> Result<Answer, Refusal> {
    let unit = match whose(reading, code)? {
        Whose::Unit(unit) => unit,
        Whose::Heir(heir) => return Ok(Answer::moved(reading, &path(&heir))),
    };
    let rules = Rules::load(&mut reading.c)?;
    let here = board::now(reading, &unit)?;
    let hung: Vec<_> = here.hung.iter().take(MOST).cloned().collect();
    let all = words::words(reading, &here, &hung)?;
    let name = unit::page::named(reading, &unit);
    let above: Vec<String> = unit::ancestors(&mut reading.c, &unit)?.iter().rev().map(|unit| unit::page::named(reading, unit)).collect();
    // It bears the day.
    reading.until(calendar::tomorrow(reading.now));
    let mut told = vec![reading.say(&phrase!("board-of", unit = name)).to_uppercase()];
    let head = [capitalised(&above.join(", ")), calendar::long(reading.now, true, &reading.web.words, reading.lang)];
    told[0].extend(head.into_iter().filter(|line| !line.is_empty()).map(|line| format!("\n{line}")));
    told[0].push_str(&format!("\n{}/bang-tin/{}", reading.face.site.address, unit.code));
    let count = here.hung.len();
    told.push(match count {
        0 => reading.word("board-nothing"),
        _ => board::tally(reading, count, board::from_others(&here.hung)),
    });
    let mut length = 0;
    for (index, one) in all.iter().enumerate() {
        let mut item = head_of(reading, &rules, one, (index + 1, count));
        let address = format!("{}{}", reading.face.site.address, Kind::Posting.path(&one.listed.slug));
        if length < MOST_TEXT {
            let (picture, note) = (reading.word("paper-picture"), reading.word("forms-note"));
            let body = body_of(&mut reading.c, one)?;
            item.extend([one.listed.lead.clone(), lines(&tree(&body), &address, &Labels { picture: &picture, note: &note })]);
        } else {
            item.push(reading.word("forms-text-elsewhere"));
        }
        item.push(reading.say(&phrase!("forms-text-address", address = address)));
        item.retain(|part| !part.is_empty());
        length += item.iter().map(String::len).sum::<usize>();
        told.push(item.join("\n\n"));
    }
    if count > MOST {
        told.push(reading.say(&phrase!("board-of-more", most = MOST)));
    }
    // Between two texts there is more room than between two paragraphs.
    let text = format!("{}\n", told.join("\n\n\n"));
    Ok(Answer::new(reading, MIME, text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect::<String>()))
}

/// Its title, and what a reader wants before the text, a line each.
fn head_of(reading: &mut Reading, rules: &Rules, one: &Hanging, (number, count): (usize, usize)) -> Vec<String> {
    let (posting, edition) = (&one.posting, &one.edition);
    let status = status::status(posting, edition, reading.now);
    status::next_turn(posting, edition, reading.now).into_iter().for_each(|at| reading.until(at));
    let mut first = vec![reading.say(&phrase!("forms-text-item", number = number, count = count))];
    let marks = [(edition.priority == URGENT, "board-urgent"), (posting.drill, "posting-drill-tag"), (posting.sample, "site-sample")];
    first.extend(marks.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| reading.word(word)));
    if status != Status::InForce {
        first.push(reading.word(&format!("posting-status-{}", status.name())));
    }
    let named = |reading: &Reading, word: &str, text: &str| match text.is_empty() {
        true => String::new(),
        false => format!("{}: {text}", reading.word(word)),
    };
    let kind = rules.catalogue.kind(&edition.section).map(|kind| kind.name(reading.lang)).unwrap_or_default();
    let hung = calendar::long(edition.dated_at, edition.day_only, &reading.web.words, reading.lang);
    let facts = [
        named(reading, "posting-kind", kind),
        named(reading, "posting-number", &posting.number),
        named(reading, "posting-issuer", &posting.issuer),
        named(reading, "posting-hung", &hung),
        named(reading, "posting-until", &page::until(reading, edition)),
        capitalised(&one.origin),
        if one.line.is_empty() { String::new() } else { format!("{} {}", reading.word("board-line"), one.line) },
    ];
    let facts: Vec<String> = facts.into_iter().filter(|line| !line.is_empty()).collect();
    vec![format!("{}.\n{}", first.join(". "), one.listed.title), facts.join("\n")]
}
