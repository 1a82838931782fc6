//! Pictures and attachments by their digest: served while some visible text shows them, and to nobody else.

use crate::bulletin;
use crate::edition::Kind;
use crate::edition::body::{FileRef, Files, parse};
use crate::edition::find;
use crate::kit::calendar;
use crate::kit::digest::is_digest;
use crate::kit::filetype::TYPES;
use crate::kit::picture::Rendition;
use crate::kit::refusal::Refusal;
use crate::posting::kinds::{After, Catalogue};
use crate::posting::rules;
use crate::store::shelf;
use crate::web::answer::Reading;
use crate::web::file::Given;

/// Any file of the shelf, by the same names: for staff, who choose among all of them.
pub fn on_shelf(reading: &mut Reading, name: &str) -> Result<Given, Refusal> {
    let Some((digest, own)) = name.split_once('/') else { return rendition(reading, name) };
    if !is_digest(digest) {
        return Err(Refusal::Missing);
    }
    let medium = shelf::find(&mut reading.c, digest)?.filter(|medium| !medium.is_picture()).ok_or(Refusal::Missing)?;
    Ok(whole(reading, &FileRef::from(medium), own))
}

/// A file of a text that the public does not see yet, for those who may: by the same names, and as that text names it.
pub fn of_draft(reading: &mut Reading, files: &Files, name: &str) -> Result<Given, Refusal> {
    match name.split_once('/') {
        None => {
            let (digest, _) = name.split_once('-').ok_or(Refusal::Missing)?;
            if !files.values().any(|file| file.digest == digest && file.is_picture()) {
                return Err(Refusal::Missing);
            }
            rendition(reading, name)
        }
        Some((digest, own)) => {
            let file = files.iter().find(|(known, file)| file.digest == digest && known.rsplit('/').next() == Some(own));
            let (_, file) = file.filter(|(_, file)| !file.is_picture()).ok_or(Refusal::Missing)?;
            Ok(whole(reading, file, own))
        }
    }
}

/// `{digest}-{width}.webp` or `.jpg`, as they were recorded when they were made. Never the picture as it was given, which may say where
/// and by whom it was taken.
pub fn picture(reading: &mut Reading, name: &str) -> Result<Given, Refusal> {
    let (digest, _) = name.split_once('-').filter(|(digest, _)| is_digest(digest)).ok_or(Refusal::Missing)?;
    if !shown(reading, digest)?.iter().any(|(_, file)| file.is_picture()) {
        return Err(Refusal::Missing);
    }
    rendition(reading, name)
}

fn rendition(reading: &mut Reading, name: &str) -> Result<Given, Refusal> {
    let (digest, part) = name.split_once('-').filter(|(digest, _)| is_digest(digest)).ok_or(Refusal::Missing)?;
    // Compared as text: one picture has one address, and `0960` is none.
    let rendition = Rendition::named(part).ok_or(Refusal::Missing)?;
    let medium = shelf::find(&mut reading.c, digest)?.filter(|medium| medium.renditions().contains(&rendition)).ok_or(Refusal::Missing)?;
    Ok(Given {
        path: reading.web.shelf.path(digest, part),
        mime: rendition.format.mime(),
        etag: format!("\"{digest}-{rendition}-{}\"", medium.recipe),
        disposition: None,
    })
}

/// `{digest}/{name}`, under a name that a visible text gives it.
pub fn attachment(reading: &mut Reading, digest: &str, name: &str) -> Result<Given, Refusal> {
    if !is_digest(digest) {
        return Err(Refusal::Missing);
    }
    let files = shown(reading, digest)?;
    let mut attached = files.iter().filter(|(_, file)| !file.is_picture());
    let (_, file) = attached.find(|(known, _)| known.rsplit('/').next() == Some(name)).ok_or(Refusal::Missing)?;
    Ok(whole(reading, file, name))
}

/// `{sha256}/{name}` as a unit's bulletin names it: of what shows, and of what comes into sight there.
pub fn of_bulletin(reading: &mut Reading, code: &str, sha256: &str, name: &str) -> Result<Given, Refusal> {
    if !is_digest(sha256) {
        return Err(Refusal::Missing);
    }
    let picture = name.split_once('-').map(|(of, _)| of).filter(|of| is_digest(of));
    let seen = match picture {
        Some(_) => self::picture(reading, name),
        None => attachment(reading, sha256, name),
    };
    match seen {
        Err(Refusal::Missing) if bulletin::compose::names(reading, code, picture.unwrap_or(sha256))? => match picture {
            Some(_) => rendition(reading, name),
            None => {
                let medium = shelf::find(&mut reading.c, sha256)?.filter(|medium| !medium.is_picture()).ok_or(Refusal::Missing)?;
                Ok(whole(reading, &FileRef::from(medium), name))
            }
        },
        seen => seen,
    }
}

fn whole(reading: &Reading, file: &FileRef, name: &str) -> Given {
    // RFC 6266 with RFC 8187: a Vietnamese name survives, and nothing in it can end the header.
    let encoded: String = name
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._".contains(&b) { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect();
    Given {
        path: reading.web.shelf.path(&file.digest, ""),
        mime: mime(&file.mime),
        etag: format!("\"{}\"", file.digest),
        disposition: Some(format!("attachment; filename*=UTF-8''{encoded}")),
    }
}

/// How the texts that are visible now name this file, and as what.
fn shown(reading: &mut Reading, digest: &str) -> Result<Vec<(String, FileRef)>, Refusal> {
    let mut texts = find::showing(&mut reading.c, digest, reading.now)?;
    if texts.is_empty() {
        // What is over and still read under a banner gives its files too.
        texts = find::showed_last(&mut reading.c, Kind::Posting, digest, reading.now)?;
        let catalogue = if texts.is_empty() { Catalogue::default() } else { rules::catalogue(&mut reading.c)? };
        texts.retain(|(_, section, ..)| catalogue.kind(section).is_some_and(|kind| kind.after == After::Banner));
    }
    if texts.is_empty() {
        return Err(Refusal::Missing);
    }
    let mut shown = Vec::new();
    for (kind, _, facts, files) in texts {
        let kind = Kind::named(&kind).ok_or(Refusal::Missing)?;
        let kept = crate::channel::facts(kind, &facts)?.keeps_back(calendar::local(reading.now).date());
        let given = parse::<Files>(&files)?.into_iter().filter(|(name, _)| !kept.contains(name));
        shown.extend(given.filter(|(_, file)| file.digest == digest));
    }
    Ok(shown)
}

fn mime(stored: &str) -> &'static str {
    TYPES.iter().find(|(_, mime)| *mime == stored).map_or("application/octet-stream", |(_, mime)| mime)
}
