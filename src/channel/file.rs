//! Pictures and attachments by their digest: served while some visible text shows them, and to nobody else.

use crate::edition::find;
use crate::kit::digest::is_digest;
use crate::kit::refusal::Refusal;
use crate::store::shelf;
use crate::web::answer::{Answer, Reading};

/// `{digest}-{width}.webp`.
pub fn picture(reading: &mut Reading, name: &str) -> Result<Answer, Refusal> {
    let (digest, part) = name.split_once('-').filter(|(digest, _)| is_digest(digest)).ok_or(Refusal::Missing)?;
    let width = part.strip_suffix(".webp").and_then(|width| width.parse::<u32>().ok()).ok_or(Refusal::Missing)?;
    find::showing(&mut reading.c, digest, reading.now)?;
    let until = reading.now;
    let bytes = reading.web.shelf.take(digest, &format!("{width}.webp"))?;
    Ok(Answer::new(reading, "image/webp", bytes, until))
}

/// `{digest}/{name}`: the name is for the person who saves it.
pub fn attachment(reading: &mut Reading, digest: &str, name: &str) -> Result<Answer, Refusal> {
    if !is_digest(digest) {
        return Err(Refusal::Missing);
    }
    find::showing(&mut reading.c, digest, reading.now)?;
    let until = reading.now;
    let medium = shelf::find(&mut reading.c, digest)?.ok_or(Refusal::Missing)?;
    let bytes = reading.web.shelf.take(digest, "")?;
    let mut answer = Answer::new(reading, mime(&medium.mime), bytes, until);
    // RFC 6266 with RFC 8187: a Vietnamese name survives, and nothing in it can end the header.
    let encoded: String = name
        .bytes()
        .map(|b| if b.is_ascii_alphanumeric() || b"-._".contains(&b) { (b as char).to_string() } else { format!("%{b:02X}") })
        .collect();
    answer.disposition = Some(format!("attachment; filename*=UTF-8''{encoded}"));
    Ok(answer)
}

/// The types an attachment may have, by its ending. Anything else is refused at the door.
pub const TYPES: [(&str, &str); 14] = [
    ("pdf", "application/pdf"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("zip", "application/zip"),
    ("mp3", "audio/mpeg"),
    ("webp", "image/webp"),
];

fn mime(stored: &str) -> &'static str {
    TYPES.iter().find(|(_, mime)| *mime == stored).map_or("application/octet-stream", |(_, mime)| mime)
}
