//! What the cells of an XLSX share: how they look (ECMA-376, part 1, §18.8) and their texts (§18.4).

use std::collections::HashMap;

use super::Bad;
use super::form::Look;
use super::limits::{MOST_SHARED, MOST_STYLES, Tally, too_large};
use super::pack::Pack;
use super::text::{counted, legacy};
use super::xlsx::is_true;
use super::xlsx_text::{is_trimmed, note_font, push, trim, unescaped};
use super::xml::Piece;

#[derive(Default)]
struct Font {
    name: String,
    is_bold: bool,
}

/// A text that cells share, and its font of before Unicode where a part of it has one.
pub(super) struct Shared {
    pub text: Box<str>,
    pub font: Box<str>,
}

/// By the number that a cell gives. A part that is not there says nothing.
pub(super) fn looks(pack: &mut Pack, path: &str, tally: &Tally) -> Result<Vec<Look>, Bad> {
    let Some(mut xml) = pack.part(path, &tally.unpacked)? else { return Ok(Vec::new()) };
    let mut written: HashMap<u16, Look> = HashMap::new();
    let (mut fonts, mut looks): (Vec<Font>, Vec<(u16, usize)>) = (Vec::new(), Vec::new());
    // The same elements stand under other lists too, for other ends.
    let mut list = String::new();
    loop {
        match xml.next()? {
            Piece::Open(tag) => match (list.as_str(), tag.local()) {
                ("", name @ ("numFmts" | "fonts" | "cellXfs")) => list = name.to_owned(),
                ("numFmts", "numFmt") => {
                    let said = tag.said(["numFmtId", "formatCode"]);
                    if let [Some(id), Some(code)] = xml.said(said)? {
                        written.insert(number(&id), Look::written(&code));
                    }
                }
                ("fonts", "font") => fonts.push(Font::default()),
                ("fonts", "name" | "b") => {
                    let (is_name, said) = (tag.local() == "name", tag.said(["val"]));
                    let [said] = xml.said(said)?;
                    if let Some(font) = fonts.last_mut() {
                        if is_name {
                            font.name = legacy(&said.unwrap_or_default());
                        } else {
                            font.is_bold = said.is_none() || is_true(said.as_deref());
                        }
                    }
                }
                ("cellXfs", "xf") => {
                    let said = tag.said(["numFmtId", "fontId"]);
                    let [format, font] = xml.said(said)?;
                    let font = font.and_then(|font| font.trim().parse().ok()).unwrap_or(usize::MAX);
                    looks.push((format.map_or(0, |format| number(&format)), font));
                }
                ("", "styleSheet") => {}
                _ => {
                    // Nothing below is asked for but what stands in the three lists.
                    if list.is_empty() {
                        xml.skip()?;
                    }
                }
            },
            Piece::Close(tag) if tag.local_name().into_inner() == list => list.clear(),
            Piece::End => break,
            _ => {}
        }
        if fonts.len().max(looks.len()).max(written.len()) > MOST_STYLES {
            return Err(too_large("formats", MOST_STYLES));
        }
    }
    let look = |(format, font): (u16, usize)| {
        // A book may write a format under a number that means something everywhere.
        let look = written.get(&format).cloned().or_else(|| Look::numbered(format)).unwrap_or_default();
        match fonts.get(font) {
            Some(font) => Look { font: font.name.clone(), is_bold: font.is_bold, ..look },
            None => look,
        }
    };
    Ok(looks.into_iter().map(look).collect())
}

fn number(said: &str) -> u16 {
    said.trim().parse().unwrap_or(0)
}

pub(super) fn shared(pack: &mut Pack, path: &str, tally: &mut Tally) -> Result<Vec<Shared>, Bad> {
    let unpacked = std::cell::Cell::new(tally.unpacked.get());
    let Some(mut xml) = pack.part(path, &unpacked)? else { return Ok(Vec::new()) };
    let mut shared: Vec<Shared> = Vec::new();
    let (mut is_open, mut is_text, mut is_sound) = (false, false, false);
    let (mut text, mut font, mut trimmed_from) = (String::new(), String::new(), None);
    loop {
        match xml.next()? {
            Piece::Open(tag) => match tag.local() {
                "si" => {
                    is_open = true;
                    text.clear();
                    font.clear();
                }
                "t" => {
                    let space = tag.said(["xml:space"]);
                    trimmed_from = is_trimmed(xml.said(space)?).then_some(text.len());
                    is_text = is_open && !is_sound;
                }
                "rPh" => is_sound = true,
                "rFont" if is_open && !is_sound => {
                    let said = tag.said(["val"]);
                    if let [Some(other)] = xml.said(said)? {
                        note_font(&mut font, &other);
                    }
                }
                _ => {}
            },
            Piece::Text(piece) if is_text => push(&mut text, &piece)?,
            Piece::Close(tag) => match tag.local_name().into_inner() {
                "t" => {
                    if let Some(from) = trimmed_from.take() {
                        trim(&mut text, from);
                    }
                    is_text = false;
                }
                "rPh" => is_sound = false,
                "si" => {
                    is_open = false;
                    let text = unescaped(std::mem::take(&mut text));
                    counted(&text)?;
                    tally.shared_text(text.len().saturating_add(font.len()))?;
                    if shared.len() >= MOST_SHARED {
                        return Err(too_large("shared texts", MOST_SHARED));
                    }
                    shared.push(Shared { text: text.into(), font: font.as_str().into() });
                }
                _ => {}
            },
            Piece::End => break,
            _ => {}
        }
    }
    drop(xml);
    tally.unpacked.set(unpacked.get());
    Ok(shared)
}
