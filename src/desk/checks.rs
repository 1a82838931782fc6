//! Advice beside the fields: what had better be mended before a text goes out.

use serde::Serialize;

use super::door::Visit;
use super::form::{Form, field};
use super::press::press;
use crate::approval::Text;
use crate::approval::ready::lacking;
use crate::edition::checks::{Given, Level, Picture, look_over};
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::web::answer::Reading;

#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    pub field: String,
    pub text: String,
    pub is_must: bool,
}

/// What the road will refuse, beside what is advised already.
pub fn add_lacking(visit: &Visit, reading: &mut Reading, text: &Text, checks: &mut Vec<Shown>) -> Result<(), Refusal> {
    let issues = lacking(&mut reading.c, visit.act()?, &press(&visit.web.words), text)?;
    for told in super::told::issues(reading, &issues) {
        if !checks.iter().any(|check| check.text == told.text) {
            checks.push(Shown { field: field(&told.field).to_owned(), text: told.text, is_must: true });
        }
    }
    Ok(())
}

/// Of a text as it stands in its form, saved or not.
pub fn of_form(reading: &mut Reading, text: &Text, form: &Form) -> Result<Vec<Shown>, Refusal> {
    let site = reading.face.site.address.clone();
    let path = text.kind.path(&text.slug);
    let edition = &text.edition;
    let given = Given {
        title: &form.title,
        lead: &form.lead,
        body: &form.body,
        may_be_wordless: text.kind.may_be_wordless(),
        is_filed: text.kind != crate::edition::Kind::Page,
        section: &form.section,
        unit: &form.unit,
        picture: (!form.picture.is_empty()).then_some(Picture { file: &form.picture, alt: &form.alt, is_decorative: form.decorative }),
        change_note: &form.change_note,
        is_minor: form.minor,
        needs_note: form.needs_note,
        starts: Some(edition.starts_at).filter(|starts| *starts > reading.now),
        ends: super::told::moment(&form.ends),
        review: super::rules::day(&form.review),
        now: reading.now,
        site: &site,
        path: &path,
    };
    let found = look_over(&mut reading.c, &given)?;
    Ok(found
        .into_iter()
        .map(|check| {
            let text = reading.say(&check.phrase);
            Shown {
                field: field(check.field).to_owned(),
                text: if check.line > 0 { reading.say(&phrase!("desk-issue-line", line = check.line, text = text)) } else { text },
                is_must: check.level == Level::Must,
            }
        })
        .collect())
}
