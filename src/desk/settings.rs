//! The site's description as a form: who runs it, what it is called, its sections, and how staff sign in. What the form
//! cannot say is kept as it was.

use serde::Serialize;

use super::door::{Outcome, Visit};
use super::fields::Fields;
use super::frame::{self, SETTINGS};
use crate::edition::site;
use crate::kit::digest;
use crate::kit::refusal::{Issue, Refusal};
use crate::person::access::Role;
use crate::phrase;
use crate::store::settings;
use crate::web::SITE_SETTING;
use crate::web::answer::Reading;
use crate::web::site::{Contact, Desk, Section, Site};

#[derive(Serialize)]
struct Field {
    name: &'static str,
    label: String,
    help: String,
    text: String,
    issue: String,
    kind: &'static str,
}

#[derive(Serialize)]
struct SectionForm {
    number: usize,
    slug: String,
    name: String,
    name_en: String,
    about: String,
    about_en: String,
    /// Its address is in use, so it stays.
    stays: bool,
    issue: String,
}

#[derive(Serialize)]
struct RoleBox {
    value: &'static str,
    name: String,
    ticked: bool,
}

#[derive(Serialize)]
struct Told {
    field: String,
    text: String,
}

#[derive(Serialize)]
struct Parts {
    groups: Vec<(String, Vec<Field>)>,
    sections: Vec<SectionForm>,
    roles: Vec<RoleBox>,
    issues: Vec<Told>,
    /// The description that was read: another one kept meanwhile is not overwritten.
    before: String,
}

pub fn settings(visit: &Visit) -> Result<Outcome, Refusal> {
    let mut reading = visit.reading()?;
    visit.act()?.must(&mut reading.c, crate::person::access::Verb::KeepSite, None)?;
    let before = read_from(&mut reading)?;
    let site = reading.face.site.clone();
    let parts = parts(&mut reading, &site, "", &[], before)?;
    let title = reading.word("desk-way-settings");
    frame::shown(visit, &mut reading, "desk/settings.html", &title, &parts)
}

pub fn keep(visit: &Visit) -> Result<Outcome, Refusal> {
    let current = visit.web.last_face();
    let written = read(&visit.fields, &current.site);
    let text = written.written();
    let before = visit.fields.text("before");
    match visit.write(|c, act| site::describe(c, act, &before, &text)) {
        Ok(()) => Ok(Outcome::To(format!("{SETTINGS}?da=settings-kept"))),
        Err(refusal @ (Refusal::Issues(_) | Refusal::Stale)) => {
            let mut reading = visit.reading()?;
            let issues = match refusal {
                Refusal::Issues(issues) => issues,
                // Somebody else kept another one meanwhile: it is read before this one is kept in its place.
                _ => vec![Issue { file: String::new(), line: 0, phrase: phrase!("settings-stale") }],
            };
            let before = read_from(&mut reading)?;
            let parts = parts(&mut reading, &written, &text, &issues, before)?;
            let title = reading.word("desk-way-settings");
            frame::again(visit, &mut reading, "desk/settings.html", &title, &parts)
        }
        Err(other) => Err(other),
    }
}

/// The digest of the description that a form was made from.
fn read_from(reading: &mut Reading) -> Result<String, Refusal> {
    Ok(digest::sha256(settings::find(&mut reading.c, SITE_SETTING)?.unwrap_or_default().as_bytes()))
}

/// What the form says; what it does not speak of stays.
fn read(fields: &Fields, current: &Site) -> Site {
    let numbered = |name: &str, default: i64| match fields.line(name).as_str() {
        "" => default,
        // Nothing is written for none at all, and none at all is wrong.
        _ => fields.number(name).filter(|number| *number != 0).unwrap_or(-1),
    };
    let mut sections = Vec::new();
    for number in 0..fields.all("section_slug").count().min(100) {
        let of = |name: &str| fields.all(name).nth(number).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let section = Section {
            slug: of("section_slug"),
            name: of("section_name"),
            name_en: of("section_name_en"),
            about: of("section_about"),
            about_en: of("section_about_en"),
        };
        // An empty row is no section.
        if section
            != (Section { slug: String::new(), name: String::new(), name_en: String::new(), about: String::new(), about_en: String::new() })
        {
            sections.push(section);
        }
    }
    Site {
        name: fields.line("name"),
        tagline: fields.line("tagline"),
        address: fields.line("address"),
        owner: fields.line("owner"),
        tagline_en: fields.line("tagline_en"),
        owner_en: fields.line("owner_en"),
        accent: fields.line("accent"),
        accent_dark: fields.line("accent_dark"),
        contact: Contact {
            address: fields.line("contact_address"),
            phone: fields.line("contact_phone"),
            email: fields.line("contact_email"),
        },
        sections,
        desk: Desk {
            idle_minutes: numbered("idle_minutes", current.desk.idle_minutes),
            absolute_hours: numbered("absolute_hours", current.desk.absolute_hours),
            second_factor: Role::ALL
                .map(Role::name)
                .into_iter()
                .filter(|role| fields.all("second_factor").any(|ticked| ticked == *role))
                .map(str::to_owned)
                .collect(),
        },
        ..current.clone()
    }
}

/// Where in the form a line of the written description comes from: its table and key.
pub(super) fn place(text: &str, line: usize) -> (String, String, usize) {
    let (mut table, mut number) = (String::new(), 0);
    for (at, content) in text.lines().enumerate() {
        if content.starts_with('[') {
            let name = content.trim_matches(['[', ']']).to_owned();
            number = if name == table { number + 1 } else { 0 };
            table = name;
        }
        if at + 1 == line {
            let key = content.split_once(" = ").map_or(String::new(), |(key, _)| key.to_owned());
            return (table, key, number);
        }
    }
    (String::new(), String::new(), 0)
}

fn parts(reading: &mut Reading, site: &Site, text: &str, issues: &[Issue], before: String) -> Result<Parts, Refusal> {
    let used = site::sections_in_use(&mut reading.c, &reading.face.site.sections)?;
    let mut told = Vec::new();
    let mut found: Vec<(String, usize, String)> = Vec::new();
    for issue in issues {
        let (table, key, number) = place(text, issue.line);
        // What is missing has no line of its own.
        let told_of = |name: &str| issue.phrase.args.iter().find(|(known, _)| *known == name).map(|(_, said)| said.as_str());
        let key = told_of("key").map_or(key, str::to_owned);
        let field = match table.as_str() {
            "" => key,
            "contact" => format!("contact_{key}"),
            "sections" => format!("section_slug-{number}"),
            _ => key,
        };
        // The description's own words are for whoever writes the file.
        let said = match issue.phrase.key {
            "front-missing" => reading.word("settings-needed"),
            "site-bad-span" => {
                let (least, most) = (told_of("least").unwrap_or_default(), told_of("most").unwrap_or_default());
                reading.say(&phrase!("settings-bad-span", least = least, most = most))
            }
            _ => reading.say(&issue.phrase),
        };
        found.push((field.clone(), number, said.clone()));
        told.push(Told { field, text: said });
    }
    let wrong = |name: &str| found.iter().find(|(field, ..)| field == name).map(|(.., said)| said.clone()).unwrap_or_default();
    let field = |name: &'static str, text: &str, kind: &'static str| Field {
        name,
        label: reading.word(&format!("settings-{}", name.replace('_', "-"))),
        help: match name {
            "address" | "owner" | "accent" | "idle_minutes" | "absolute_hours" => {
                reading.word(&format!("settings-{}-help", name.replace('_', "-")))
            }
            _ => String::new(),
        },
        text: text.to_owned(),
        issue: wrong(name),
        kind,
    };
    let groups = vec![
        (
            reading.word("settings-group-name"),
            vec![
                field("name", &site.name, "text"),
                field("tagline", &site.tagline, "text"),
                field("owner", &site.owner, "text"),
                field("tagline_en", &site.tagline_en, "text"),
                field("owner_en", &site.owner_en, "text"),
                field("address", &site.address, "url"),
            ],
        ),
        (
            reading.word("settings-group-contact"),
            vec![
                field("contact_address", &site.contact.address, "text"),
                field("contact_phone", &site.contact.phone, "text"),
                field("contact_email", &site.contact.email, "text"),
            ],
        ),
        (
            reading.word("settings-group-colours"),
            vec![field("accent", &site.accent, "text"), field("accent_dark", &site.accent_dark, "text")],
        ),
        (
            reading.word("settings-group-desk"),
            vec![
                field("idle_minutes", &site.desk.idle_minutes.to_string(), "number"),
                field("absolute_hours", &site.desk.absolute_hours.to_string(), "number"),
            ],
        ),
    ];
    let empty = Section { slug: String::new(), name: String::new(), name_en: String::new(), about: String::new(), about_en: String::new() };
    let sections = site.sections.iter().chain([&empty]).enumerate().map(|(number, section)| SectionForm {
        number,
        slug: section.slug.clone(),
        name: section.name.clone(),
        name_en: section.name_en.clone(),
        about: section.about.clone(),
        about_en: section.about_en.clone(),
        stays: used.contains(&section.slug),
        issue: found
            .iter()
            .find(|(field, at, _)| field.starts_with("section_slug-") && *at == number)
            .map(|(.., said)| said.clone())
            .unwrap_or_default(),
    });
    let roles = Role::ALL.into_iter().map(|role| RoleBox {
        value: role.name(),
        name: reading.word(&format!("role-{}", role.name())),
        ticked: site.desk.second_factor.iter().any(|name| name == role.name()),
    });
    Ok(Parts { groups, sections: sections.collect(), roles: roles.collect(), issues: told, before })
}
