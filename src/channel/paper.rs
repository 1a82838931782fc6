//! Postings on paper. What the public is given is the web's form; the form that hangs, with the names that paper may
//! bear, is staff's to print.

use super::page::verdict;
use crate::edition::body::parse;
use crate::edition::find::{self, Found};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::fold::capitalised;
use crate::kit::markdown::tree;
use crate::kit::mask::{Way, masked};
use crate::kit::refusal::Refusal;
use crate::kit::words::Lang;
use crate::posting::kinds::{After, PLACES, word_of};
use crate::posting::law::{self, Rules};
use crate::posting::paper::{Facts, Form, Letterhead, Sheet, Signer};
use crate::posting::{Posting, page, told};
use crate::unit;
use crate::web::answer::{Answer, Reading};

pub const MIME: &str = "application/pdf";

/// A posting's own sheet, at its address while the page there can be read.
pub fn pdf(reading: &mut Reading, slug: &str, form: Form) -> Result<Answer, Refusal> {
    let kind = Kind::Posting;
    let rules = Rules::load(&mut reading.c)?;
    let (edition, revision) = match find::at_address(&mut reading.c, kind, slug, reading.now)? {
        Found::Here(found) => *found,
        Found::Ended { last, .. } if page::after(&rules, &last) == After::Banner => {
            let revision = find::words(&mut reading.c, &last)?;
            (*last, revision)
        }
        Found::Moved { slug } => return Ok(Answer::moved(reading, &address(&slug, form))),
        _ => return super::page::text::text(reading, kind, slug),
    };
    let sheet = sheet(reading, &rules, &edition, &revision, form, Copy::Web)?;
    let printed = sheet.print(reading.web.paper.press()?, &reading.web.words)?;
    if let Some(warning) = printed.warning {
        tracing::warn!(slug, "a sheet was printed with a fault: {}", reading.web.words.say(Lang::Vi, &warning));
    }
    Ok(Answer::new(reading, MIME, printed.pdf))
}

/// Under which a sheet is linked.
pub fn address(slug: &str, form: Form) -> String {
    let path = Kind::Posting.path(slug);
    match form {
        Form::Normal => format!("{path}.pdf"),
        Form::Large => format!("{path}.pdf?{LARGE}"),
    }
}

pub const LARGE: &str = "chu=lon";

/// Whose eyes it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copy {
    Web,
    /// To hang: with what paper may bear.
    Board,
}

pub fn sheet(
    reading: &mut Reading,
    rules: &Rules,
    edition: &Edition,
    revision: &Revision,
    form: Form,
    copy: Copy,
) -> Result<Sheet, Refusal> {
    let posting: Posting = parse(&revision.facts)?;
    let way = if copy == Copy::Board { posting.paper_way() } else { posting.web_way() };
    let kind = rules.catalogue.kind(&edition.section);
    let words = reading.web.words.clone();
    let posted = calendar::local(edition.dated_at).date();
    let counted = kind.and_then(|kind| law::counted(&posting, kind, posted, &rules.holidays));
    let counted = counted.filter(|(counted, ..)| edition.ends_at == Some(law::after(counted.last)));
    let places = kind.map(|kind| law::places(&posting, kind)).unwrap_or_else(|| posting.places());
    let place_name = |place| capitalised(&words.text(Lang::Vi, &format!("posting-place-{}", word_of(&PLACES, place))));
    let unit = unit::with_ids(&mut reading.c, &edition.unit_id.into_iter().collect::<Vec<_>>())?.pop();
    let listed = posting.attachments.iter().filter(|one| copy == Copy::Board || !one.paper_only);
    let today = calendar::local(reading.now).date();
    let is_over = edition.shown_until <= reading.now;
    Ok(Sheet {
        form,
        letterhead: Letterhead {
            superior: String::new(),
            issuer: posting.issuer.clone(),
            number: posting.number.clone(),
            place: unit.as_ref().map(|unit| unit.name.clone()).unwrap_or_default(),
            dated: Some(posting.issued.unwrap_or(posted)),
        },
        kind: String::new(),
        title: masked(&revision.title, Way::Hidden),
        lead: masked(&revision.lead, Way::Hidden),
        legal_basis: posting.legal_basis.clone(),
        body: tree::tree(&masked(&revision.body, way)),
        attachments: listed.filter(|one| one.until.is_none_or(|until| today <= until)).map(|one| one.title.clone()).collect(),
        signer: (!posting.signer.is_empty() || !posting.signer_title.is_empty()).then(|| Signer {
            authority: String::new(),
            title: posting.signer_title.clone(),
            name: posting.signer.clone(),
        }),
        recipients: Vec::new(),
        facts: Facts {
            posted: Some(posted),
            ends: edition.ends_at.map(last_day),
            counted: match &counted {
                Some((counted, days, measure)) => told::counted(counted, *days, *measure, &words, Lang::Vi),
                None if edition.ends_at.is_none() => words.text(Lang::Vi, "posting-until-replaced"),
                None => String::new(),
            },
            places: places.iter().map(place_name).collect(),
            objections: Some(posting.objections.clone()).filter(|line| !line.is_empty()).into_iter().collect(),
            comments: posting.comments_from.zip(posting.comments_until),
            more: Vec::new(),
        },
        sample: posting.sample,
        notice: if is_over { words.text(Lang::Vi, "posting-status-ended") } else { String::new() },
        version: edition.number,
        address: format!("{}{}", reading.face.site.address, verdict::path(edition.document_id, Some(edition.number))),
        printed_at: reading.now,
    })
}

fn last_day(ends_at: crate::kit::clock::Moment) -> chrono::NaiveDate {
    if calendar::is_midnight(ends_at) { law::last_day(ends_at) } else { calendar::local(ends_at).date() }
}
