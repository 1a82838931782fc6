//! Between the shapes of programs and the house's own.

use std::collections::HashMap;

use chrono::SubsecRound;

use super::shape::{
    ArticleFacts, AttachmentFacts, EditionHead, EditionText, KindName, Listed, PageFacts, PictureFacts, Place, PostingFacts, ReportFacts,
    Words,
};
use crate::approval::Text;
use crate::approval::write::Filed;
use crate::article::{Article, Attachment, Picture};
use crate::edition::body::parse;
use crate::edition::find_desk::Row;
use crate::edition::written::{Facts, Written, issue};
use crate::edition::{Edition, Kind, Revision, UNCONFIRMED};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::{Issue, Refusal};
use crate::phrase;
use crate::posting::Posting;
use crate::report::Report;
use crate::standing::Standing;
use crate::store::Conn;
use crate::unit;

impl From<Kind> for KindName {
    fn from(kind: Kind) -> KindName {
        match kind {
            Kind::Article => KindName::Article,
            Kind::Page => KindName::Page,
            Kind::Posting => KindName::Posting,
            Kind::Report => KindName::Report,
        }
    }
}

impl From<KindName> for Kind {
    fn from(kind: KindName) -> Kind {
        match kind {
            KindName::Article => Kind::Article,
            KindName::Page => Kind::Page,
            KindName::Posting => Kind::Posting,
            KindName::Report => Kind::Report,
        }
    }
}

pub fn shown(at: Moment) -> String {
    calendar::rfc3339(at)
}

/// RFC 3339, to the second.
pub fn moment(field: &str, text: Option<&str>) -> Result<Option<Moment>, Issue> {
    let Some(text) = text.filter(|text| !text.is_empty()) else { return Ok(None) };
    let read = chrono::DateTime::parse_from_rfc3339(text).ok().map(|at| at.naive_utc().trunc_subsecs(0));
    let known = read.filter(|at| (1900..3000).contains(&chrono::Datelike::year(at)));
    known.map(Some).ok_or_else(|| issue(field, 0, phrase!("api-bad-time")))
}

/// The codes of units, by their ids.
pub type Codes = HashMap<i64, String>;

pub fn codes<'e>(c: &mut Conn, editions: impl IntoIterator<Item = &'e Edition>) -> Result<Codes, Refusal> {
    let mut ids: Vec<i64> = editions.into_iter().filter_map(|edition| edition.unit_id).collect();
    ids.sort_unstable();
    ids.dedup();
    Ok(unit::with_ids(c, &ids)?.into_iter().map(|unit| (unit.id, unit.code)).collect())
}

pub fn head(edition: &Edition, codes: &Codes) -> EditionHead {
    EditionHead {
        id: edition.id,
        document: edition.document_id,
        number: edition.number,
        state: edition.state_name.clone(),
        unit: edition.unit_id.and_then(|id| codes.get(&id).cloned()),
        section: edition.section.clone(),
        starts: shown(edition.starts_at),
        ends: edition.ends_at.map(shown),
        superseded: edition.superseded_at.map(shown),
        withdrawn: edition.withdrawn_at.map(shown),
        withdrawn_reason: edition.withdrawn_reason.clone(),
        replaced_by: edition.replaced_by.clone(),
        change_note: edition.change_note.clone(),
        minor: edition.minor,
        unconfirmed: edition.urgent == UNCONFIRMED,
        drafted_by: edition.drafted_by.clone(),
        revision: edition.revision_id,
    }
}

pub fn listed(row: &Row, codes: &Codes) -> Listed {
    Listed { kind: row.kind.into(), slug: row.slug.clone(), title: row.title.clone(), edition: head(&row.edition, codes) }
}

pub fn text(c: &mut Conn, text: &Text) -> Result<EditionText, Refusal> {
    let codes = codes(c, [&text.edition])?;
    let Told { article, page, posting, report } = facts(text.kind, &text.revision)?;
    Ok(EditionText {
        head: head(&text.edition, &codes),
        kind: text.kind.into(),
        slug: text.slug.clone(),
        seal: text.seal(),
        title: text.revision.title.clone(),
        lead: text.revision.lead.clone(),
        body: text.revision.body.clone(),
        article,
        page,
        posting,
        report,
    })
}

/// What a text says beside its words: of its own kind only.
#[derive(Default)]
pub struct Told {
    pub article: Option<ArticleFacts>,
    pub page: Option<PageFacts>,
    pub posting: Option<PostingFacts>,
    pub report: Option<ReportFacts>,
}

pub fn facts(kind: Kind, revision: &Revision) -> Result<Told, Refusal> {
    Ok(match kind {
        Kind::Article => {
            let article: Article = parse(&revision.facts)?;
            let picture = article.picture.map(|picture| PictureFacts {
                decorative: picture.alt.is_empty() && !picture.undescribed,
                file: picture.file,
                alt: picture.alt,
                caption: picture.caption,
                credit: picture.credit,
            });
            let attachments = article.attachments.into_iter().map(|one| AttachmentFacts { file: one.file, title: one.title });
            let facts = ArticleFacts {
                byline: article.byline,
                source_credit: article.source_credit,
                source_url: article.source_url,
                picture,
                attachments: attachments.collect(),
            };
            Told { article: Some(facts), ..Told::default() }
        }
        Kind::Page => {
            let standing: Standing = parse(&revision.facts)?;
            Told { page: Some(PageFacts { review: standing.review.map(|day| day.to_string()) }), ..Told::default() }
        }
        // The same names on both sides.
        Kind::Posting => Told { posting: Some(parse(&revision.facts)?), ..Told::default() },
        Kind::Report => Told { report: Some(parse(&revision.facts)?), ..Told::default() },
    })
}

/// `before`: what the edition says already; of it stays what no program may write.
pub fn written(words: Words, kind: Kind, before: Option<&Revision>) -> Result<Written, Refusal> {
    let others = [
        ("article", words.article.is_some(), Kind::Article),
        ("page", words.page.is_some(), Kind::Page),
        ("posting", words.posting.is_some(), Kind::Posting),
        ("report", words.report.is_some(), Kind::Report),
    ];
    if let Some((field, ..)) = others.into_iter().find(|(_, is_told, of)| *is_told && *of != kind) {
        return Err(wrong(field, "api-other-kind"));
    }
    let facts: Box<dyn Facts> = match kind {
        Kind::Article => {
            let mut article: Article = before.map_or_else(|| Ok(Article::default()), |before| parse(&before.facts))?;
            let sent = words.article.unwrap_or_default();
            let old = article.picture.take();
            article.byline = sent.byline;
            article.source_credit = sent.source_credit;
            article.source_url = sent.source_url;
            article.picture = sent.picture.filter(|picture| !picture.file.is_empty()).map(|picture| Picture {
                // What must stay in sight is that of another picture.
                focus: old.filter(|old| old.file == picture.file).and_then(|old| old.focus),
                undescribed: picture.alt.is_empty() && !picture.decorative,
                alt: if picture.decorative { String::new() } else { picture.alt },
                file: picture.file,
                caption: picture.caption,
                credit: picture.credit,
            });
            article.attachments = sent.attachments.into_iter().map(|one| Attachment { file: one.file, title: one.title }).collect();
            Box::new(article)
        }
        Kind::Page => {
            let review = match words.page.unwrap_or_default().review.filter(|day| !day.is_empty()) {
                None => None,
                Some(day) => Some(calendar::read_day(&day).ok_or_else(|| wrong("page.review", "api-bad-day"))?),
            };
            Box::new(Standing { review })
        }
        Kind::Report => {
            let report: Report = before.map_or_else(|| Ok(Report::default()), |before| parse(&before.facts))?;
            let sent = words.report.unwrap_or_default();
            Box::new(Report { source: sent.source, method: sent.method, series: sent.series, related: sent.related, ..report })
        }
        Kind::Posting => {
            let sent = serde_json::to_value(words.posting.unwrap_or_default()).map_err(Refusal::broken)?;
            let mut posting: Posting = serde_json::from_value(sent).map_err(|_| wrong("posting", "api-bad-day"))?;
            // Only a file says that it is made up.
            posting.sample = before.map(|before| parse::<Posting>(&before.facts)).transpose()?.is_some_and(|before| before.sample);
            Box::new(posting)
        }
    };
    Ok(Written { title: words.title, lead: words.lead, body: words.body, facts })
}

/// Errors: `Issues` at the fields that name nothing.
pub fn filed(c: &mut Conn, place: &Place, now: Moment) -> Result<Filed, Refusal> {
    let mut issues = Vec::new();
    let mut read = |field: &str, text: &Option<String>| {
        moment(field, text.as_deref()).unwrap_or_else(|issue| {
            issues.push(issue);
            None
        })
    };
    let (starts, ends) = (read("starts", &place.starts), read("ends", &place.ends));
    let unit_id = match place.unit.as_deref() {
        None => None,
        Some(code) => {
            let found = unit::on_day(c, code, calendar::local(now).date())?;
            if found.is_none() {
                issues.push(issue("unit", 0, phrase!("road-unit-unknown")));
            }
            found.map(|unit| unit.id)
        }
    };
    if !issues.is_empty() {
        return Err(Refusal::Issues(issues));
    }
    Ok(Filed { unit_id, section: place.section.clone(), starts, ends, change_note: place.change_note.clone(), minor: place.minor })
}

fn wrong(field: &str, key: &'static str) -> Refusal {
    Refusal::Issues(vec![issue(field, 0, crate::kit::words::Phrase { key, args: Vec::new() })])
}
