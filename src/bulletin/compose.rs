//! A bulletin put together: what shows in a unit now and what soon will, with every word that the web may carry and no
//! other.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;

use super::shape::{Bulletin, File, Item, Origin, Portal, Source, Suspended, Type, UNSEALED};
use super::{PROTOCOL, VOUCHED, Whose, horizon, keys, named, news, shape, whose};
use crate::edition::body::{Body, FileRef, Files, learn_renditions, parse};
use crate::edition::find;
use crate::edition::{Edition, Kind, URGENT};
use crate::kit::clock::{Moment, NEVER};
use crate::kit::markdown::mirrored::mirrored;
use crate::kit::mask::masked;
use crate::kit::refusal::Refusal;
use crate::kit::{calendar, digest};
use crate::posting::board::{self, Here};
use crate::posting::law::after;
use crate::posting::reach::Rule;
use crate::posting::{PRIORITIES, Posting, kinds::word_of, rules};
use crate::store::reaches;
use crate::store::schema::{documents, editions, revision_media, revisions};
use crate::unit::{self, Unit};
use crate::web::answer::Reading;

/// More hang nowhere; what is less pressing is left out.
const MOST: usize = 1_000;
const CHUNK: usize = 400;

/// Everything of a unit, at the instant and in the state of the reading; its digests are for `seal` to make.
pub fn compose(reading: &mut Reading, unit: &Unit) -> Result<Bulletin, Refusal> {
    let mut here = board::ahead(reading, unit)?;
    let (now, horizon) = (reading.now, horizon(reading));
    let rows = rows(reading, &here)?;
    let begins = |edition: i64| rows.get(&edition).map_or(NEVER, |row| row.edition.shown_from);
    // What comes within sight later makes another bulletin then.
    let later = here.hung.iter().map(|one| begins(one.edition_id)).filter(|from| *from > horizon && *from < NEVER).min();
    later.into_iter().for_each(|from| reading.until(from - (horizon - now)));
    here.hung.retain(|one| begins(one.edition_id) <= horizon);
    here.hung.truncate(MOST);
    let items = items(reading, unit, &here, rows)?;
    let articles = news::articles(reading, unit, &here)?;
    let figures = news::figures(reading, unit, &here)?;
    let number = reaches::last(&mut reading.c, &here.place.scopes(), now, horizon)?;
    let site = &reading.face.site;
    Ok(Bulletin {
        protocol: PROTOCOL.to_owned(),
        kind: shape::BULLETIN.to_owned(),
        portal: Portal { name: site.name.clone(), address: site.address.clone() },
        unit: named(reading, unit),
        series: keys::series(&mut reading.c)?,
        number,
        content: String::new(),
        issued_at: calendar::rfc3339(now),
        fresh_until: calendar::rfc3339(now + VOUCHED),
        horizon: calendar::rfc3339(horizon),
        items,
        articles,
        figures,
    })
}

struct Row {
    edition: Edition,
    slug: String,
    first_slug: String,
    title: String,
    lead: String,
    facts: String,
    files: Files,
    body: String,
    html: String,
}

type Found = (Edition, (String, String), (String, String, String, String, String, String));

/// By edition.
fn rows(reading: &mut Reading, here: &Here) -> Result<HashMap<i64, Row>, Refusal> {
    let ids: Vec<i64> = here.hung.iter().map(|one| one.edition_id).collect();
    let mut rows = HashMap::with_capacity(ids.len());
    for ids in ids.chunks(CHUNK) {
        let found: Vec<Found> = editions::table
            .inner_join(documents::table)
            .inner_join(revisions::table)
            .filter(editions::id.eq_any(ids))
            .select((
                Edition::as_select(),
                (documents::slug, documents::first_slug),
                (revisions::title, revisions::lead, revisions::facts, revisions::files, revisions::body, revisions::html),
            ))
            .load(&mut *reading.c)?;
        for (edition, (slug, first_slug), (title, lead, facts, files, body, html)) in found {
            let files = parse(&files)?;
            rows.insert(edition.id, Row { edition, slug, first_slug, title, lead, facts, files, body, html });
        }
    }
    Ok(rows)
}

fn items(reading: &mut Reading, unit: &Unit, here: &Here, mut rows: HashMap<i64, Row>) -> Result<Vec<Item>, Refusal> {
    let catalogue = rules::catalogue(&mut reading.c)?;
    let mut senders: Vec<i64> = here.hung.iter().filter_map(|one| one.unit_id).collect();
    senders.sort_unstable();
    senders.dedup();
    let senders: HashMap<i64, Unit> = unit::with_ids(&mut reading.c, &senders)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let mut items = Vec::with_capacity(here.hung.len());
    for one in &here.hung {
        let Some(mut row) = rows.remove(&one.edition_id) else { continue };
        let posting: Posting = parse(&row.facts)?;
        let (edition, begins) = (&row.edition, row.edition.shown_from);
        // Held back, it is told of from its own instant on, which is a turn of its own.
        if posting.held_back && begins > reading.now {
            continue;
        }
        let mut given = [std::mem::take(&mut row.files)];
        learn_renditions(&mut reading.c, &mut given)?;
        let [given] = given;
        let page = format!("{}{}", reading.face.site.address, Kind::Posting.path(&row.slug));
        let (html, pictures) = mirrored(&row.html, &page);
        let mut files = attachments(reading, unit, &posting, &given, begins)?;
        files.extend(self::pictures(reading, unit, &pictures, &given)?);
        let sender = one.unit_id.and_then(|id| senders.get(&id));
        let origin = (one.rule != Rule::Own).then(|| Origin {
            code: sender.map(|unit| unit.code.clone()).unwrap_or_default(),
            name: sender.map_or_else(|| owner(reading), |unit| unit::page::named(reading, unit)),
            rule: rule_word(&one.rule).to_owned(),
            text: board::origin(reading, &here.groups, &here.place, &one.rule, sender),
        });
        let kind = catalogue.kind(&edition.section);
        let group = kind.and_then(|kind| kind.group).and_then(|number| catalogue.group(number));
        let way = posting.web_way();
        let signer = [posting.signer_title.as_str(), &posting.signer].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
        let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
        items.push(Item {
            id: id(reading, Kind::Posting, &row.first_slug),
            edition: edition.number,
            url: page,
            from: calendar::rfc3339(begins),
            until: instant(edition.shown_until),
            posted_at: calendar::rfc3339(edition.dated_at),
            title: masked(&row.title, way),
            lead: masked(&row.lead, way),
            html,
            markdown: masked(&row.body, way),
            number: posting.number.clone(),
            issuer: posting.issuer.clone(),
            signer: signer.join(" "),
            kind: Type { slug: edition.section.clone(), name: kind.map(|kind| kind.name(reading.lang).to_owned()).unwrap_or_default() },
            group: group.map(|group| group.name(reading.lang).to_owned()).unwrap_or_default(),
            priority: word_of(&PRIORITIES, &edition.priority.clamp(0, URGENT)).to_owned(),
            drill: posting.drill,
            sample: posting.sample,
            origin,
            line: here.stands.get(&one.document_id).map(|stand| stand.line.clone()).unwrap_or_default(),
            issued: day(posting.issued),
            legal_basis: posting.legal_basis.clone(),
            effective: day(posting.effective),
            expires: day(posting.expires),
            suspended: posting.suspended.as_ref().map(|one| Suspended {
                from: one.from.to_string(),
                until: one.until.map(|day| day.to_string()),
                reason: one.reason.clone(),
            }),
            event: day(posting.event),
            comments_from: day(posting.comments_from),
            comments_until: day(posting.comments_until),
            note: edition.change_note.clone(),
            replaces: ids(reading, &posting.replaces)?,
            amends: ids(reading, &posting.amends)?,
            corrects: ids(reading, &Some(posting.corrects.clone()).into_iter().filter(|slug| !slug.is_empty()).collect::<Vec<_>>())?,
            files,
            source: posting.source.clone().map(|source| Source { portal: source.portal, unit: source.unit, url: source.url }),
            digest: UNSEALED.to_owned(),
        });
    }
    Ok(items)
}

fn owner(reading: &Reading) -> String {
    let site = &reading.face.site;
    if site.owner.is_empty() { site.name.clone() } else { site.owner.clone() }
}

pub fn rule_word(rule: &Rule) -> &'static str {
    match rule {
        Rule::Own => "own",
        Rule::Former(_) => "former",
        Rule::Named(_) => "named",
        Rule::Group(_) => "group",
        Rule::Below(_) => "below",
        Rule::Everywhere => "everywhere",
    }
}

/// A text's first address: what it is known by for ever.
pub fn id(reading: &Reading, kind: Kind, first_slug: &str) -> String {
    format!("{}{}", reading.face.site.first_address, kind.path(first_slug))
}

/// The address of a text within its portal, of what it is known by.
pub fn slug_of(id: &str) -> &str {
    id.rsplit_once('/').map(|(_, slug)| slug).unwrap_or_default()
}

pub(super) fn instant(at: Moment) -> Option<String> {
    (at < NEVER).then(|| calendar::rfc3339(at))
}

/// Of those postings that the public has seen, under whatever address they are named here.
fn ids(reading: &mut Reading, slugs: &[String]) -> Result<Vec<String>, Refusal> {
    let mut ids = Vec::new();
    for slug in slugs {
        let known = documents::table.filter(documents::kind.eq(Kind::Posting.name()).and(documents::slug.eq(slug)));
        let known: Option<(i64, String)> = known.select((documents::id, documents::first_slug)).first(&mut *reading.c).optional()?;
        reading.c.look([crate::edition::change::text(Kind::Posting, slug)]);
        let Some((document, first)) = known else { continue };
        let seen = editions::table.filter(editions::document_id.eq(document)).filter(find::was_shown(reading.now));
        if diesel::select(diesel::dsl::exists(seen)).get_result::<bool>(&mut *reading.c)? {
            ids.push(id(reading, Kind::Posting, &first));
        }
    }
    Ok(ids)
}

fn tep(reading: &Reading, unit: &Unit, sha256: &str, name: &str) -> String {
    format!("{}/bang-tin/{}/tep/{sha256}/{name}", reading.face.site.address, unit.code)
}

/// What the web may carry of them, while it may.
fn attachments(reading: &mut Reading, unit: &Unit, posting: &Posting, files: &Files, begins: Moment) -> Result<Vec<File>, Refusal> {
    let today = calendar::local(reading.now.max(begins)).date();
    let mut given = Vec::new();
    for attachment in posting.attachments.iter().filter(|attachment| posting.is_attached(attachment, today)) {
        let Some(file) = files.get(&attachment.file) else { continue };
        let goes = attachment.until.map(after);
        goes.into_iter().for_each(|at| reading.until(at));
        let name = attachment.file.rsplit('/').next().unwrap_or(&attachment.file);
        let mut one = match file.is_picture() {
            true => match file.widest() {
                Some(path) => picture(reading, unit, &path)?,
                None => None,
            },
            false => Some(whole(reading, unit, file, name)),
        };
        if let Some(one) = &mut one {
            attachment.file.clone_into(&mut one.name);
            one.title.clone_from(&attachment.title);
            one.until = goes.map(calendar::rfc3339);
        }
        given.extend(one);
    }
    Ok(given)
}

fn whole(reading: &Reading, unit: &Unit, file: &FileRef, name: &str) -> File {
    File {
        name: name.to_owned(),
        title: String::new(),
        url: tep(reading, unit, &file.digest, name),
        shown_as: None,
        mime: file.mime.split(';').next().unwrap_or_default().to_owned(),
        bytes: file.bytes,
        sha256: file.digest.clone(),
        until: None,
    }
}

/// The pictures that a text shows, as its HTML names them.
pub(super) fn pictures(reading: &mut Reading, unit: &Unit, paths: &[String], named: &Files) -> Result<Vec<File>, Refusal> {
    let mut files: BTreeMap<&str, File> = BTreeMap::new();
    for path in paths {
        if let Some(mut file) = picture(reading, unit, path)? {
            file.shown_as = Some(format!("{}{path}", reading.face.site.address));
            let own = named.iter().find(|(_, file)| path.strip_prefix("/anh/").is_some_and(|rest| rest.starts_with(&file.digest)));
            if let Some((name, _)) = own {
                file.name.clone_from(name);
            }
            files.insert(path, file);
        }
    }
    Ok(files.into_values().collect())
}

/// `/anh/{digest}-{rendition}`; `None` where nothing has been made of it.
pub(super) fn picture(reading: &mut Reading, unit: &Unit, path: &str) -> Result<Option<File>, Refusal> {
    let Some(name) = path.strip_prefix("/anh/") else { return Ok(None) };
    let Some((of, part)) = name.split_once('-').filter(|(of, _)| digest::is_digest(of)) else { return Ok(None) };
    let Some((sha256, bytes)) = reading.web.shelf.seal(of, part)? else { return Ok(None) };
    let mime = match part.rsplit_once('.').map(|(_, ending)| ending) {
        Some("jpg") => "image/jpeg",
        Some("png") => "image/png",
        _ => "image/webp",
    };
    let url = tep(reading, unit, &sha256, name);
    let (name, title, mime) = (name.to_owned(), String::new(), mime.to_owned());
    Ok(Some(File { name, title, url, shown_as: None, mime, bytes, sha256, until: None }))
}

/// Whether something that is going to hang in a unit, and may be told of already, gives this file.
pub fn names(reading: &mut Reading, code: &str, digest: &str) -> Result<bool, Refusal> {
    let Whose::Unit(unit) = whose(reading, code)? else { return Ok(false) };
    let horizon = horizon(reading);
    let hung = board::ahead(reading, &unit)?.hung;
    for ids in hung.iter().map(|one| one.edition_id).collect::<Vec<_>>().chunks(CHUNK) {
        let found: Vec<(String, String, Moment)> = editions::table
            .inner_join(revisions::table.inner_join(revision_media::table))
            .filter(editions::id.eq_any(ids).and(editions::shown_from.le(horizon)).and(revision_media::digest.eq(digest)))
            .select((revisions::facts, revisions::files, editions::shown_from))
            .load(&mut *reading.c)?;
        for (facts, files, begins) in found {
            let (posting, files): (Posting, Files) = (parse(&facts)?, parse(&files)?);
            let kept = posting.keeps_back(calendar::local(begins.max(reading.now)).date());
            let gives = files.iter().any(|(name, file)| file.digest == digest && !kept.contains(name));
            if gives && !(posting.held_back && begins > reading.now) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
