//! A first look at a text before it is set: the pictures it names, and whether a person can have written it.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::{is_decorative, options};

/// Nesting, and marks that open something, beyond which a text is no text that a person wrote.
const MOST_DEPTH: usize = 50;
const MOST_BLOCKS: usize = 20_000;
const MOST_TAGS: usize = 5_000;

/// A picture as a text names it, with its line in the text (from 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    pub name: String,
    pub line: usize,
    pub fault: Option<ImageFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFault {
    /// Neither described nor said to be decoration.
    Undescribed,
    /// Both.
    DescribedDecoration,
    /// `![…](…)` that is read as words, mostly because of spaces in the name.
    Unread,
}

/// Every picture named in the text. Errors: the line at which the text becomes a tangle that would take for ever to
/// set.
pub fn images(body: &str) -> Result<Vec<Shown>, usize> {
    for (index, line) in body.lines().enumerate() {
        let opening = line.chars().take_while(|c| matches!(c, '>' | '-' | '+' | '*' | ' ' | '\t')).filter(|c| *c == '>').count();
        let marks = line.split_whitespace().take_while(|word| matches!(*word, "-" | "+" | "*")).count();
        if opening.max(marks) > MOST_DEPTH {
            return Err(index + 1);
        }
    }
    if body.matches('<').count() > MOST_TAGS || body.matches("![").count() > MOST_TAGS || body.matches("[^").count() > MOST_TAGS {
        return Err(1);
    }
    let mut found: Vec<Shown> = Vec::new();
    let (mut depth, mut blocks, mut line, mut counted) = (0usize, 0usize, 1usize, 0usize);
    // Pictures that stand open, as places in `found`, with what describes each: one may stand in another's description.
    let mut open: Vec<(usize, bool, String)> = Vec::new();
    let mut is_code = false;
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        if range.start > counted {
            line += body.as_bytes()[counted..range.start].iter().filter(|b| **b == b'\n').count();
            counted = range.start;
        }
        match &event {
            Event::Start(_) => {
                depth += 1;
                blocks += 1;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MOST_DEPTH || blocks > MOST_BLOCKS {
            return Err(line);
        }
        match event {
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                open.push((found.len(), is_decorative(&title), String::new()));
                found.push(Shown { name: dest_url.into_string(), line, fault: None });
            }
            Event::End(TagEnd::Image) => {
                if let Some((place, is_decorative, alt)) = open.pop() {
                    found[place].fault = match (alt.trim().is_empty(), is_decorative) {
                        (true, false) => Some(ImageFault::Undescribed),
                        (false, true) => Some(ImageFault::DescribedDecoration),
                        _ => None,
                    };
                }
            }
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Text(text) => {
                if let Some((_, _, alt)) = open.last_mut() {
                    alt.push_str(&text);
                } else if !is_code && let Some(name) = unread(body, range.start, range.end) {
                    found.push(Shown { name, line, fault: Some(ImageFault::Unread) });
                }
            }
            Event::Code(text) => {
                if let Some((_, _, alt)) = open.last_mut() {
                    alt.push_str(&text);
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// What stands in brackets where somebody meant a picture and words were read.
fn unread(body: &str, start: usize, end: usize) -> Option<String> {
    // The parser ends a run of words at every bracket, so a run holds one such mark at most, or its first half.
    let bang = start + body.get(start..end)?.rfind('!')?;
    let rest = body[bang..].strip_prefix("![").filter(|_| !body[..bang].ends_with('\\'))?;
    let paragraph = rest.split("\n\n").next()?;
    let (mut depth, mut is_escaped) = (1, false);
    let close = paragraph.char_indices().find(|(_, c)| {
        depth += if is_escaped { 0 } else { i32::from(*c == '[') - i32::from(*c == ']') };
        is_escaped = !is_escaped && *c == '\\';
        depth == 0
    });
    let after = paragraph[close?.0 + 1..].strip_prefix('(')?;
    let name = after.split(['\n', ')']).next()?;
    Some(name.to_owned())
}
