//! What a citizen sees of an article: itself, and as a card in any list.

use std::collections::HashMap;

use serde::Serialize;

use super::{Article, Focus, views};
use crate::edition::body::{FileRef, Files, learn_renditions, parse};
use crate::edition::find::{self, Filter, Listed};
use crate::edition::find_past::Past;
use crate::edition::page::{EditionShown, history};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::fold::capitalised;
use crate::kit::markdown::past::without_pictures;
use crate::kit::number;
use crate::kit::refusal::Refusal;
use crate::unit::page::Place;
use crate::unit::{self, Unit};
use crate::web::answer::Reading;
use crate::web::meta::{Meta, Office, Ref};
use crate::web::view::{Date, Link, Page};

const RELATED: usize = 4;

#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    pub src: String,
    pub srcset: String,
    /// Empty when there is no choice to give.
    pub webp: String,
    pub width: u32,
    pub height: u32,
    /// Classes that keep the focal point in sight where the picture is cropped.
    pub focus: String,
    pub alt: String,
    pub caption: String,
    pub credit: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Card {
    #[serde(skip)]
    pub document: i64,
    pub title: String,
    pub path: String,
    pub lead: String,
    pub section: Option<Link>,
    pub unit: Option<Link>,
    /// The unit's name where it stands alone; empty where it would say nothing: of the unit whose portal this is.
    pub place: String,
    pub date: Date,
    pub picture: Option<Picture>,
    pub sample: bool,
}

#[derive(Debug, Serialize)]
pub struct Shown {
    pub title: String,
    pub lead: String,
    pub section: Option<Link>,
    pub unit: Option<Link>,
    pub date: Date,
    pub updated: Option<Date>,
    pub views: String,
    pub byline: String,
    pub source_credit: String,
    pub source_url: String,
    pub picture: Option<Picture>,
    pub body: String,
    pub attachments: Vec<AttachmentShown>,
    pub sample: bool,
    pub editions: Vec<EditionShown>,
}

#[derive(Debug, Serialize)]
pub struct AttachmentShown {
    pub title: String,
    /// Empty where the file is not given out any more.
    pub path: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub size: String,
}

/// One list's cards, with the units of all of them found at once.
pub fn cards(reading: &mut Reading, listed: &[Listed]) -> Result<Vec<Card>, Refusal> {
    let mut ids: Vec<i64> = listed.iter().filter_map(|row| row.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let units: HashMap<i64, Unit> = unit::with_ids(&mut reading.c, &ids)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut files = listed.iter().map(|row| parse(&row.files)).collect::<Result<Vec<Files>, Refusal>>()?;
    learn_renditions(&mut reading.c, &mut files)?;
    listed
        .iter()
        .zip(&files)
        .map(|(row, files)| {
            let article: Article = parse(&row.facts)?;
            let unit = row.unit_id.and_then(|id| units.get(&id));
            let place = unit
                .filter(|unit| unit.code != reading.face.site.unit || unit.valid_until.is_some())
                .map(|unit| unit::page::named(reading, unit));
            Ok(Card {
                document: row.document_id,
                title: row.title.clone(),
                path: Kind::Article.path(&row.slug),
                lead: row.lead.clone(),
                section: section(reading, &row.section),
                unit: unit.map(|unit| unit::page::link(reading, unit)),
                place: place.as_deref().map(capitalised).unwrap_or_default(),
                date: reading.date(row.dated_at, row.day_only),
                picture: picture(&article, files),
                sample: article.sample,
            })
        })
        .collect()
}

pub fn shown(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Shown, Refusal> {
    let mut shown = set(reading, edition, revision, |_, _| true)?;
    // A count is no event of the log, and may have been added to on another node: it is told as of the last minute.
    reading.until(reading.now + chrono::Duration::minutes(1));
    let views = parse::<Article>(&revision.facts)?.views.saturating_add(views::counted(&mut reading.c, edition.document_id)?);
    if views > 0 {
        shown.views = number::grouped(views, reading.lang);
    }
    shown.updated = (edition.number > 1).then(|| reading.date(edition.starts_at, false));
    shown.editions = history(reading, Kind::Article, slug, edition)?;
    Ok(shown)
}

/// An edition as it stood, with the files that what shows now still gives out: no file comes back by an old edition.
pub fn past(reading: &mut Reading, past: &Past) -> Result<Shown, Refusal> {
    let now: Files = parse(&past.now.1.files)?;
    let is_there = |digest: &str| now.values().any(|file| file.is_picture() && file.digest == digest);
    let mut shown = set(reading, &past.edition, &past.revision, |name, file| match file.is_picture() {
        true => is_there(&file.digest),
        false => now.get(name).is_some_and(|named| named.digest == file.digest),
    })?;
    let picture = reading.word("article-picture-described");
    shown.body = without_pictures(&past.revision.html, &picture, &is_there);
    Ok(shown)
}

/// What an edition says of itself. `gives`: whether a file of it is given out.
fn set(reading: &mut Reading, edition: &Edition, revision: &Revision, gives: impl Fn(&str, &FileRef) -> bool) -> Result<Shown, Refusal> {
    let article: Article = parse(&revision.facts)?;
    let mut files = parse::<Files>(&revision.files)?;
    let known = files.clone();
    files.retain(|name, file| gives(name, file));
    let mut files = [files];
    learn_renditions(&mut reading.c, &mut files)?;
    let [files] = files;
    let attachments = article
        .attachments
        .iter()
        .filter_map(|attachment| {
            let file = known.get(&attachment.file)?;
            let path = match files.get(&attachment.file) {
                None => String::new(),
                // A picture as it was given may say where it was taken, and goes out as its widest rendition only.
                Some(given) if given.is_picture() => given.widest()?,
                Some(given) => given.path(&attachment.file),
            };
            let ending = if path.is_empty() { &attachment.file } else { &path };
            Some(AttachmentShown {
                title: attachment.title.clone(),
                kind: ending.rsplit_once('.').map_or("", |(_, ending)| ending).to_uppercase(),
                path,
                size: number::size(file.bytes, reading.lang),
            })
        })
        .collect();
    Ok(Shown {
        title: revision.title.clone(),
        lead: revision.lead.clone(),
        section: section(reading, &edition.section),
        unit: unit::page::placed(reading, edition.unit_id)?,
        date: reading.date(edition.dated_at, edition.day_only),
        updated: None,
        views: String::new(),
        byline: article.byline.clone(),
        source_credit: article.source_credit.clone(),
        source_url: article.source_url.clone(),
        picture: picture(&article, &files),
        body: revision.html.clone(),
        attachments,
        sample: article.sample,
        editions: Vec::new(),
    })
}

/// The newest of the same section, this one left out.
pub fn related(reading: &mut Reading, edition: &Edition) -> Result<Vec<Card>, Refusal> {
    let filter = Filter::Section(edition.section.clone());
    let listed = find::list_besides(&mut reading.c, Kind::Article, &filter, reading.now, RELATED, &[edition.document_id])?;
    cards(reading, &listed)
}

pub fn section(reading: &Reading, slug: &str) -> Option<Link> {
    let section = reading.face.site.section(slug)?;
    Some(Link::new(section.name(reading.lang), section.path()))
}

fn picture(article: &Article, files: &Files) -> Option<Picture> {
    let picture = article.picture.as_ref()?;
    let image = files.get(&picture.file)?.image()?;
    Some(Picture {
        src: image.src,
        srcset: image.srcset,
        webp: image.webp,
        width: image.width,
        height: image.height,
        focus: picture.focus.map(Focus::classes).unwrap_or_default(),
        alt: picture.alt.clone(),
        caption: picture.caption.clone(),
        credit: picture.credit.clone(),
    })
}

/// What its page tells machines, but for the graph.
pub fn meta(article: &Shown) -> Meta {
    let name = |link: &Option<Link>| link.as_ref().map(|link| link.name.clone()).unwrap_or_default();
    Meta {
        // The language of the text, whatever that of the page around it.
        language: LANGUAGE,
        published: article.date.iso.clone(),
        modified: article.updated.as_ref().unwrap_or(&article.date).iso.clone(),
        date: article.date.iso.clone(),
        creator: if article.byline.is_empty() { article.source_credit.clone() } else { article.byline.clone() },
        subject: name(&article.section),
        coverage: name(&article.unit),
        source: if article.source_url.is_empty() { article.source_credit.clone() } else { article.source_url.clone() },
        ..Meta::default()
    }
}

const LANGUAGE: &str = "vi";

/// An article for machines.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    headline: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    /// Absolute: the picture, and what is shared.
    image: Vec<String>,
    date_published: &'a str,
    date_modified: &'a str,
    author: Author<'a>,
    publisher: Ref,
    #[serde(skip_serializing_if = "str::is_empty")]
    article_section: &'a str,
    in_language: &'static str,
    is_accessible_for_free: bool,
    main_entity_of_page: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_location: Option<Place>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Author<'a> {
    Named {
        #[serde(rename = "@type")]
        kind: &'static str,
        name: &'a str,
    },
    Office(Ref),
}

impl<'a> Report<'a> {
    pub fn of(reading: &Reading, article: &'a Shown, page: &'a Page, card: String) -> Report<'a> {
        let site = &reading.face.site;
        let picture = article.picture.iter().map(|picture| format!("{}{}", site.address, picture.src));
        let author = match (article.byline.as_str(), article.source_credit.as_str()) {
            ("", "") => Author::Office(Office::id(site)),
            ("", source) => Author::Named { kind: "Organization", name: source },
            (byline, _) => Author::Named { kind: if is_person(byline) { "Person" } else { "Organization" }, name: byline },
        };
        Report {
            kind: "NewsArticle",
            headline: &article.title,
            description: &article.lead,
            image: picture.chain([card]).collect(),
            date_published: &article.date.iso,
            date_modified: &article.updated.as_ref().unwrap_or(&article.date).iso,
            author,
            publisher: Office::id(site),
            article_section: article.section.as_ref().map(|link| link.name.as_str()).unwrap_or_default(),
            in_language: LANGUAGE,
            is_accessible_for_free: true,
            main_entity_of_page: &page.canonical,
            content_location: article.unit.as_ref().map(|link| Place::at(reading, link)),
        }
    }
}

/// Whether a byline is one person's name: two to five capitalised words, none of which names an office. A credit such
/// as `Theo Báo Nhân Dân` or `Phòng giao dịch Đông Kiều` is none.
pub fn is_person(byline: &str) -> bool {
    const OFFICES: [&str; 10] = ["theo", "ban", "báo", "đài", "phòng", "sở", "hội", "trạm", "trường", "đảng"];
    let words: Vec<&str> = byline.split_whitespace().collect();
    let is_name = |word: &&str| {
        word.starts_with(char::is_uppercase)
            && !(word.len() > 2 && word.chars().all(char::is_uppercase))
            && word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-' | '.'))
    };
    let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    (2..=5).contains(&words.len()) && words.iter().all(is_name) && !OFFICES.contains(&first.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_told_from_an_office() {
        for person in ["Đỗ Thị Hạnh", "H'Linh Êban", "Y Thuân Niê", "Thanh Xuân", "Nguyễn Thị Minh Khai"] {
            assert!(is_person(person), "{person}");
        }
        for other in ["Phòng giao dịch Đông Kiều", "Theo Báo Nhân Dân", "Ban Biên tập", "UBND xã", "Lê A, Trần B", "VTV1", "Tổ 3", "", "PV"]
        {
            assert!(!is_person(other), "{other}");
        }
    }
}
