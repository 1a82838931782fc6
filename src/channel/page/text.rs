//! The page of one text, whatever its kind; and what its address says when the text is not there any more.

use actix_web::http::StatusCode;
use serde::Serialize;

use super::{Year, posting, report, tell, years};
use crate::article;
use crate::article::page::{Card, Shown, related, section};
use crate::channel::card;
use crate::edition::find::{self, Found, NEWEST, Way};
use crate::edition::{Edition, Kind, Revision};
use crate::kit::calendar;
use crate::kit::clock::Moment;
use crate::kit::refusal::Refusal;
use crate::phrase;
use crate::standing;
use crate::unit::page::{Own, link, own};
use crate::unit::provinces;
use crate::web::answer::{Answer, Reading};
use crate::web::error::{self, Replacement};
use crate::web::layout::STANDING;
use crate::web::meta::{Graph, Meta, Office, WebPage};
use crate::web::view::{Link, OtherLang, Page};

/// The standing page whose lists the program makes.
const SITE_MAP: &str = "so-do-trang";

pub fn text(reading: &mut Reading, kind: Kind, slug: &str) -> Result<Answer, Refusal> {
    match find::at_address(&mut reading.c, kind, slug, reading.now)? {
        Found::Here(found) => {
            let (edition, revision) = *found;
            match kind {
                Kind::Article => article(reading, slug, &edition, &revision),
                Kind::Page if slug == SITE_MAP => site_map(reading, slug, &edition, &revision),
                Kind::Page => standing(reading, slug, &edition, &revision),
                Kind::Posting => posting::posting(reading, slug, &edition, &revision),
                Kind::Report => report::report(reading, slug, &edition, &revision),
            }
        }
        Found::Moved { slug } => Ok(Answer::moved(reading, &kind.path(&slug))),
        Found::Ended { at, last } if kind == Kind::Posting => posting::over(reading, slug, at, &last),
        Found::Ended { at, .. } => gone(reading, &kind.path(slug), "ended", at, "", None),
        Found::Withdrawn { at, reason, replaced_by } => {
            let title = find::title_of(&mut reading.c, kind, &replaced_by, reading.now)?;
            let replacement = title.map(|title| Replacement { title, path: kind.path(&replaced_by) });
            gone(reading, &kind.path(slug), "gone", at, &reason, replacement)
        }
    }
}

/// The page as it would be if this edition were the one that shows: for those who may see it before the public.
pub fn preview(reading: &mut Reading, kind: Kind, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    match kind {
        Kind::Article => article(reading, slug, edition, revision),
        Kind::Page => standing(reading, slug, edition, revision),
        Kind::Posting => posting::posting(reading, slug, edition, revision),
        Kind::Report => report::report(reading, slug, edition, revision),
    }
}

#[derive(Serialize)]
struct ArticleParts {
    article: Shown,
    related: Vec<Card>,
    /// The figures that it speaks of.
    reports: Vec<Link>,
}

fn article(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let article = article::page::shown(reading, slug, edition, revision)?;
    let related = related(reading, edition)?;
    let reports = crate::report::page::of_article(reading, slug)?;
    let mut page = reading.page("article", &revision.title, &Kind::Article.path(slug));
    page.description.clone_from(&revision.lead);
    page.crumbs.extend(section(reading, &edition.section));
    let card = card::Card::of_article(reading, slug, edition, revision)?;
    let mut graph = Graph::default();
    graph.add(&article::page::Report::of(reading, &article, &page, card.address(reading)?))?;
    graph.add(&Office::new(&reading.face.site))?;
    tell(reading, &mut page, &card, article::page::meta(&article), graph)?;
    let mut answer = reading.html("article/page.html", &page, &ArticleParts { article, related, reports })?;
    answer.counts = Some(edition.document_id);
    Ok(answer)
}

#[derive(Serialize)]
struct StandingParts {
    document: standing::page::Shown,
}

fn standing(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let document = standing::page::shown(reading, slug, edition, revision)?;
    let mut page = reading.page("standing", &revision.title, &Kind::Page.path(slug));
    page.description.clone_from(&revision.lead);
    tell_standing(reading, &mut page, edition)?;
    reading.html("standing/page.html", &page, &StandingParts { document })
}

/// It is shared under the site's own card.
fn tell_standing(reading: &Reading, page: &mut Page, edition: &Edition) -> Result<(), Refusal> {
    let site = &reading.face.site;
    let kind = standing::page::kind_of(&page.path);
    let mut graph = Graph::default();
    // The page of how to reach the office says it to machines too.
    if kind == standing::page::CONTACT {
        graph.add(&WebPage::new(kind, reading, page, Some(Office::id(site))))?;
        graph.add(&Office::in_full(site))?;
    } else {
        graph.add(&WebPage::new(kind, reading, page, None::<()>))?;
    }
    let meta = Meta { language: "vi", date: calendar::iso(edition.starts_at, true), ..Meta::default() };
    tell(reading, page, &card::Card::of_site(reading), meta, graph)
}

#[derive(Serialize)]
struct SiteMapParts {
    document: standing::page::Shown,
    sections: Vec<Link>,
    own: Option<Own>,
    provinces: Vec<Link>,
    pages: Vec<Link>,
    years: Vec<Year>,
}

fn site_map(reading: &mut Reading, slug: &str, edition: &Edition, revision: &Revision) -> Result<Answer, Refusal> {
    let today = calendar::local(reading.now).date();
    let own = own(reading)?;
    let mut provinces = provinces(&mut reading.c)?;
    provinces.retain(|unit| unit.is_in_force(today));
    let months = find::months(&mut reading.c, Kind::Article, reading.now, NEWEST, Way::Before, usize::MAX)?;
    let parts = SiteMapParts {
        document: standing::page::shown(reading, slug, edition, revision)?,
        sections: reading.face.site.sections.iter().map(|section| Link::new(section.name(reading.lang), section.path())).collect(),
        own,
        provinces: provinces.iter().map(|unit| link(reading, unit)).collect(),
        pages: STANDING.iter().map(|(word, path)| Link::new(reading.word(word), *path)).collect(),
        years: years(reading, &months),
    };
    let mut page = reading.page("site-map", &revision.title, &Kind::Page.path(slug));
    page.description.clone_from(&revision.lead);
    tell_standing(reading, &mut page, edition)?;
    reading.until(calendar::tomorrow(reading.now));
    reading.html("standing/site_map.html", &page, &parts)
}

/// An address that once answered owes a reason, and never the text: no title, no picture, no lead.
pub(super) fn gone(
    reading: &mut Reading,
    path: &str,
    key: &'static str,
    at: Moment,
    reason: &str,
    replacement: Option<Replacement>,
) -> Result<Answer, Refusal> {
    gone_from(reading, path, key, at, reason, replacement, None)
}

/// `from`: whom to ask, where that is known.
pub(super) fn gone_from(
    reading: &mut Reading,
    path: &str,
    key: &'static str,
    at: Moment,
    reason: &str,
    replacement: Option<Replacement>,
    from: Option<Link>,
) -> Result<Answer, Refusal> {
    let long = |at: Moment, day_only: bool| calendar::long(at, day_only, &reading.web.words, reading.lang);
    // What a whole day was given for was there until that day's end.
    let last_day =
        |at: Moment| at.checked_sub_signed(chrono::Duration::days(1)).filter(|_| key.ends_with("ended") && calendar::is_midnight(at));
    let shown = error::Shown {
        status: StatusCode::GONE.as_u16(),
        key,
        title: reading.word(&format!("http-{key}-title")),
        text: match &from {
            Some(from) => reading.say(&phrase!("http-asked-of", text = reading.word(&format!("http-{key}-text")), unit = from.name)),
            None => reading.word(&format!("http-{key}-text")),
        },
        reason: reason.to_owned(),
        date_label: reading.word(&format!("http-{key}-date")),
        date: last_day(at).map_or_else(|| long(at, false), |day| long(day, true)),
        replacement,
        request: String::new(),
    };
    let mut page = Page { kind: "error", title: shown.title.clone(), noindex: true, ..Page::default() };
    page.other_lang = Some(OtherLang::of(&reading.web.words, reading.lang, path));
    let ways = from.into_iter().chain(error::ways(&reading.web.words, reading.lang)).collect();
    let parts = error::Parts { error: shown, ways };
    let mut answer = reading.html("error/page.html", &page, &parts)?;
    answer.status = StatusCode::GONE;
    Ok(answer)
}
