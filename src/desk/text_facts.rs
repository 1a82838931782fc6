//! What a text is beside its words, for those who approve it and those who hang it: where it is filed, when it shows, the
//! number and the signer that it bears, the files that go with it.

use serde::Serialize;

use super::files_list::listed;
use super::preview::lent_path;
use super::texts::{name_of, place};
use super::told;
use crate::approval::Text;
use crate::edition::Kind;
use crate::edition::body::{Files, parse};
use crate::kit::calendar;
use crate::kit::filetype;
use crate::kit::number;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::posting::law::{self, Rules};
use crate::posting::{self, Posting, board};
use crate::web::answer::Reading;

#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    pub name: String,
    pub text: String,
}

/// A file that goes with a text, as staff are given it.
#[derive(Debug, Serialize)]
pub struct Beside {
    title: String,
    about: String,
    /// Empty where there is no such file.
    path: String,
    paper_only: bool,
}

pub fn facts(reading: &mut Reading, text: &Text) -> Result<Vec<Fact>, Refusal> {
    let edition = &text.edition;
    let (word, section, ends, counted) = match text.kind {
        Kind::Posting => posting_facts(reading, text)?,
        Kind::Article | Kind::Page | Kind::Report => {
            let section = reading.face.site.section(&edition.section).map(|section| section.name.clone());
            let ends = edition.ends_at.map_or(reading.word("text-no-end"), |at| told::at(reading, at));
            ("text-section", section.unwrap_or(edition.section.clone()), ends, String::new())
        }
    };
    let author = if edition.drafted_by.is_empty() { String::new() } else { name_of(&mut reading.c, &edition.drafted_by)? };
    let starts = edition.state().was_published() || edition.starts_at > reading.now;
    let mut facts = vec![
        ("text-unit", place(reading, edition)?),
        (word, section),
        ("text-starts", if starts { told::at(reading, edition.starts_at) } else { String::new() }),
        ("text-ends", ends),
        ("posting-how-counted", counted),
    ];
    facts.extend(of_document(reading, text)?);
    facts.extend([
        ("text-address", text.kind.path(&text.slug)),
        ("text-drafted-by", author),
        ("text-note", if edition.minor { reading.word("text-minor") } else { edition.change_note.clone() }),
    ]);
    facts.retain(|(_, text)| !text.is_empty());
    Ok(facts.into_iter().map(|(word, text)| Fact { name: reading.word(word), text }).collect())
}

/// Its kind, when it ends and how that is counted: of what is not published yet, as if it were hung at once.
fn posting_facts(reading: &mut Reading, text: &Text) -> Result<(&'static str, String, String, String), Refusal> {
    let edition = &text.edition;
    let (rules, posting): (Rules, Posting) = (Rules::load(&mut reading.c)?, parse(&text.revision.facts)?);
    let Some(kind) = rules.catalogue.kind(&edition.section) else {
        return Ok(("posting-kind", edition.section.clone(), reading.word("text-no-end"), String::new()));
    };
    let is_out = edition.state().was_published();
    let posted = if is_out { edition.dated_at } else { edition.dated_at.max(reading.now) };
    let posted = calendar::local(posted).date();
    let counted = law::counted(&posting, kind, posted, &rules.holidays);
    let ends_at = if is_out { edition.ends_at } else { edition.ends_at.or_else(|| law::end(&posting, kind, posted, &rules.holidays)) };
    let ends = match ends_at {
        None => reading.word("posting-until-replaced"),
        Some(at) if calendar::is_midnight(at) => {
            let day = calendar::running(law::last_day(at), &reading.web.words, reading.lang);
            reading.say(&phrase!("posting-until-day", day = day))
        }
        Some(at) => told::at(reading, at),
    };
    let counted = counted.filter(|(counted, ..)| ends_at == Some(law::after(counted.last)));
    let (words, lang) = (&reading.web.words, reading.lang);
    let how = counted.map(|(counted, days, measure)| posting::told::counted(&counted, days, measure, words, lang));
    Ok(("posting-kind", kind.name.clone(), ends, how.unwrap_or_default()))
}

/// What the document itself bears.
fn of_document(reading: &mut Reading, text: &Text) -> Result<Vec<(&'static str, String)>, Refusal> {
    if text.kind != Kind::Posting {
        return Ok(Vec::new());
    }
    let posting: Posting = parse(&text.revision.facts)?;
    let signer = [&posting.signer_title, &posting.signer]
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    let sent = board::sent_to(reading, &posting, &text.edition, &text.slug)?;
    let day = |day: Option<chrono::NaiveDate>| day.map(calendar::day).unwrap_or_default();
    Ok(vec![
        ("posting-number", posting.number),
        ("posting-issuer", posting.issuer),
        ("posting-issued", day(posting.issued)),
        ("posting-effective", day(posting.effective)),
        ("posting-signer", signer),
        ("posting-to", sent),
    ])
}

/// In their order; those that only paper bears among them.
pub fn beside(reading: &Reading, text: &Text) -> Result<Vec<Beside>, Refusal> {
    let files: Files = parse(&text.revision.files)?;
    let all = listed(text.kind, &text.revision.facts)?.into_iter();
    Ok(all
        .map(|one| {
            let (about, path) = told_of(reading, &files, &one.file);
            Beside { title: one.title, about, path, paper_only: one.paper_only }
        })
        .collect())
}

/// What a file is called and weighs, and where staff are given it.
pub fn told_of(reading: &Reading, files: &Files, name: &str) -> (String, String) {
    let Some(file) = files.get(name) else { return (reading.word("files-missing"), String::new()) };
    let ending = filetype::ending(name).to_uppercase();
    let path = if file.is_picture() { file.widest() } else { Some(file.path(name)) };
    (format!("{ending}, {}", number::size(file.bytes, reading.lang)), path.map(|path| lent_path(&path)).unwrap_or_default())
}
