//! A first look at a text before it is set: the pictures it names, and whether a person can have written it.

use pulldown_cmark::{Event, Parser, Tag};

use super::options;

/// Nesting, and marks that open something, beyond which a text is no text that a person wrote.
const MOST_DEPTH: usize = 50;
const MOST_BLOCKS: usize = 20_000;
const MOST_TAGS: usize = 5_000;

/// Every picture named in the text, with its line in it (from 1). Errors: the line at which the text becomes a tangle
/// that would take for ever to set.
pub fn images(body: &str) -> Result<Vec<(String, usize)>, usize> {
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
    let mut found = Vec::new();
    let (mut depth, mut blocks, mut line, mut counted) = (0usize, 0usize, 1usize, 0usize);
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
        if let Event::Start(Tag::Image { dest_url, .. }) = event {
            found.push((dest_url.into_string(), line));
        }
    }
    Ok(found)
}
