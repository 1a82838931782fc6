//! Two people changed one text. What each changed alone goes together, paragraph by paragraph and, inside a paragraph,
//! word by word; where both changed the same words, both versions stay whole and a person decides.

use std::collections::HashMap;
use std::ops::Range;

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Pieces of two versions together beyond which nobody waits for a comparison; what is longer is left to a person.
const MOST_PIECES: usize = 20_000;

/// A stretch of the text that comes of it. Spaces and line ends belong to the words before them, so that all parts in
/// their order are the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase", tag = "kind", content = "text")]
pub enum Part {
    /// As it stood, or as both changed it.
    Same(String),
    Mine(String),
    Theirs(String),
    Conflict {
        mine: String,
        theirs: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Mine,
    Theirs,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Merge {
    pub parts: Vec<Part>,
}

impl Merge {
    /// The text, if nobody has to decide anything.
    pub fn merged(&self) -> Option<String> {
        let has_conflict = self.parts.iter().any(|part| matches!(part, Part::Conflict { .. }));
        (!has_conflict).then(|| self.preferring(Side::Mine))
    }

    /// The text, with this side's words wherever both changed the same ones.
    pub fn preferring(&self, side: Side) -> String {
        let text = |part: &Part| match (part, side) {
            (Part::Same(text) | Part::Mine(text) | Part::Theirs(text), _) => text.clone(),
            (Part::Conflict { mine, .. }, Side::Mine) => mine.clone(),
            (Part::Conflict { theirs, .. }, Side::Theirs) => theirs.clone(),
        };
        self.parts.iter().map(text).collect()
    }

    /// The text, with both sides of what nobody has decided, each on lines of its own between these marks.
    pub fn marked(&self, begin: &str, between: &str, end: &str) -> String {
        let mut text = String::new();
        let own_line = |text: &mut String, part: &str| {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(part);
        };
        for part in &self.parts {
            match part {
                Part::Same(part) | Part::Mine(part) | Part::Theirs(part) => text.push_str(part),
                Part::Conflict { mine, theirs } => {
                    for part in [begin, mine, between, theirs, end] {
                        own_line(&mut text, part);
                    }
                    text.push('\n');
                }
            }
        }
        text
    }
}

/// What a marked place begins and ends with; a word for people may follow on the line.
pub const BEGIN: &str = "<<<<";
pub const END: &str = ">>>>";

/// The line, from 1, of the first place that nobody has decided.
pub fn undecided(text: &str) -> Option<usize> {
    text.lines().position(|line| [BEGIN, END].iter().any(|mark| line.trim_start().starts_with(mark))).map(|line| line + 1)
}

/// `base` is what both began with. Texts with plain line ends ([`super::fold::plain`]).
pub fn merge(base: &str, mine: &str, theirs: &str) -> Merge {
    let mut parts = Vec::new();
    for chunk in chunks([base, mine, theirs], Level::Paragraphs) {
        match chunk {
            Chunk::Plain(part) => push(&mut parts, part),
            Chunk::Both([base, mine, theirs]) => within(base, mine, theirs).into_iter().for_each(|part| push(&mut parts, part)),
        }
    }
    Merge { parts }
}

/// Paragraphs that both changed, word by word.
fn within(base: &str, mine: &str, theirs: &str) -> Vec<Part> {
    let parts: Vec<Part> = chunks([base, mine, theirs], Level::Words)
        .into_iter()
        .map(|chunk| match chunk {
            Chunk::Plain(part) => part,
            Chunk::Both([_, mine, theirs]) => Part::Conflict { mine: mine.to_owned(), theirs: theirs.to_owned() },
        })
        .collect();
    let stays: usize = parts.iter().map(|part| if let Part::Same(text) = part { text.len() } else { 0 }).sum();
    let is_at_odds = parts.iter().any(|part| matches!(part, Part::Conflict { .. }));
    // Written anew by both: shreds of two sentences help nobody to choose.
    if is_at_odds && stays * 2 < mine.len().max(theirs.len()) {
        return vec![Part::Conflict { mine: mine.to_owned(), theirs: theirs.to_owned() }];
    }
    parts
}

fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), part) {
        (_, Part::Same(text) | Part::Mine(text) | Part::Theirs(text)) if text.is_empty() => {}
        (Some(Part::Same(before)), Part::Same(text))
        | (Some(Part::Mine(before)), Part::Mine(text))
        | (Some(Part::Theirs(before)), Part::Theirs(text)) => before.push_str(&text),
        (_, part) => parts.push(part),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Paragraphs,
    Words,
}

/// A paragraph or a word, with the room after it.
#[derive(Clone, Copy)]
struct Piece<'t> {
    content: &'t str,
    room: &'t str,
}

enum Chunk<'t> {
    Plain(Part),
    /// Base, mine, theirs: both changed it, differently.
    Both([&'t str; 3]),
}

impl Level {
    fn pieces(self, text: &str) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = match self {
                Level::Words => rest.find(char::is_whitespace).unwrap_or(rest.len()),
                Level::Paragraphs => paragraph_end(rest),
            };
            let room_end = end + rest[end..].find(|c: char| !c.is_whitespace()).unwrap_or(rest.len() - end);
            // A paragraph's indent is its own: it may make a list or a code block of it.
            let room_end = match self {
                Level::Paragraphs if room_end < rest.len() => rest[..room_end].rfind('\n').map_or(room_end, |at| at + 1),
                _ => room_end,
            };
            pieces.push(Piece { content: &rest[..end], room: &rest[end..room_end] });
            rest = &rest[room_end..];
        }
        pieces
    }

    /// Whether this parts one piece from the next.
    fn parts(self, room: &str) -> bool {
        match self {
            Level::Words => !room.is_empty(),
            Level::Paragraphs => room.bytes().filter(|byte| *byte == b'\n').count() > 1,
        }
    }
}

/// Where the blank line after the first paragraph begins, or the white end of the text.
fn paragraph_end(text: &str) -> usize {
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
    }
    text[..end].trim_end().len()
}

/// One change: these pieces of the base became those.
type Hunk = (Range<usize>, Range<usize>);

fn chunks<'t>(texts: [&'t str; 3], level: Level) -> Vec<Chunk<'t>> {
    let pieces = texts.map(|text| level.pieces(text));
    let [base, mine, theirs] = &pieces;
    let mut known: HashMap<&str, usize> = HashMap::new();
    let numbers = pieces.each_ref().map(|pieces| {
        let number = |piece: &Piece<'t>| {
            let next = known.len();
            *known.entry(piece.content).or_insert(next)
        };
        pieces.iter().map(number).collect::<Vec<_>>()
    });
    let (Some(by_me), Some(by_them)) = (hunks(&numbers[0], &numbers[1]), hunks(&numbers[0], &numbers[2])) else {
        return whole(texts);
    };
    // Where each piece stands, so that a stretch of pieces is a slice of its text.
    let places = pieces.each_ref().map(|pieces| {
        let ends = pieces.iter().scan(0, |at, piece| {
            *at += piece.content.len() + piece.room.len();
            Some(*at)
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    });
    let slice = |of: usize, range: &Range<usize>| &texts[of][places[of][range.start]..places[of][range.end]];

    let mut made: Vec<Chunk> = Vec::new();
    let (mut at, mut at_mine, mut at_theirs) = (0, 0, 0);
    let (mut by_me, mut by_them) = (by_me.into_iter().peekable(), by_them.into_iter().peekable());
    loop {
        let next = [by_me.peek(), by_them.peek()].into_iter().flatten().map(|(base, _)| base.start).min();
        let start = next.unwrap_or(base.len());
        let stable = start - at;
        let mut end = start;
        let (mut mine_end, mut theirs_end) = (at_mine + stable, at_theirs + stable);
        let (mut changed_by_me, mut changed_by_them) = (false, false);
        // Changes that touch are one.
        loop {
            if let Some((from, to)) = by_me.next_if(|(from, _)| from.start <= end && next.is_some()) {
                theirs_end += from.end.saturating_sub(end);
                mine_end = to.end + end.saturating_sub(from.end);
                end = end.max(from.end);
                changed_by_me = true;
            } else if let Some((from, to)) = by_them.next_if(|(from, _)| from.start <= end && next.is_some()) {
                mine_end += from.end.saturating_sub(end);
                theirs_end = to.end + end.saturating_sub(from.end);
                end = end.max(from.end);
                changed_by_them = true;
            } else {
                break;
            }
        }
        let ranges = [start..end, at_mine + stable..mine_end, at_theirs + stable..theirs_end];
        let [before, my, their] = [0, 1, 2].map(|of| slice(of, &ranges[of]));
        let agree = numbers[1][ranges[1].clone()] == numbers[2][ranges[2].clone()];
        let chunk = match (changed_by_me, changed_by_them) {
            (true, true) if agree => Chunk::Plain(Part::Same(my.to_owned())),
            (true, true) => Chunk::Both([before, my, their]),
            (true, false) => Chunk::Plain(Part::Mine(my.to_owned())),
            _ => Chunk::Plain(Part::Theirs(their.to_owned())),
        };
        let something_follows = match &chunk {
            Chunk::Plain(Part::Mine(text) | Part::Theirs(text) | Part::Same(text)) => !text.is_empty() || end < base.len(),
            _ => true,
        };
        let mut same = String::new();
        for step in 0..stable {
            let three = [base[at + step], mine[at_mine + step], theirs[at_theirs + step]];
            same.push_str(three[0].content);
            same.push_str(room(level, three.map(|piece| piece.room), step + 1 < stable || something_follows));
        }
        made.push(Chunk::Plain(Part::Same(same)));
        made.push(chunk);
        if next.is_none() {
            return made;
        }
        (at, at_mine, at_theirs) = (end, mine_end, theirs_end);
    }
}

/// What stands between a piece that stayed and the next: as whoever changed it wants it, but never nothing.
fn room(level: Level, [base, mine, theirs]: [&str; 3], something_follows: bool) -> &str {
    let chosen = if mine == base { theirs } else { mine };
    if !something_follows || level.parts(chosen) {
        return chosen;
    }
    [mine, theirs, base].into_iter().find(|room| level.parts(room)).unwrap_or(chosen)
}

/// `None` where it would take too long to tell.
fn hunks(base: &[usize], other: &[usize]) -> Option<Vec<Hunk>> {
    let head = base.iter().zip(other).take_while(|(one, other)| one == other).count();
    let tail = base[head..].iter().rev().zip(other[head..].iter().rev()).take_while(|(one, other)| one == other).count();
    let (from, to) = (&base[head..base.len() - tail], &other[head..other.len() - tail]);
    if from.len() + to.len() > MOST_PIECES {
        return None;
    }
    let mut hunks: Vec<Hunk> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, from, to) {
        let (old, new) = match op {
            DiffOp::Equal { .. } => continue,
            op => (op.old_range(), op.new_range()),
        };
        let (old, new) = (old.start + head..old.end + head, new.start + head..new.end + head);
        match hunks.last_mut() {
            Some(last) if last.0.end == old.start && last.1.end == new.start => (last.0.end, last.1.end) = (old.end, new.end),
            _ => hunks.push((old, new)),
        }
    }
    Some(hunks)
}

/// Without looking inside.
fn whole(texts: [&str; 3]) -> Vec<Chunk<'_>> {
    let [base, mine, theirs] = texts;
    vec![if mine == theirs {
        Chunk::Plain(Part::Same(mine.to_owned()))
    } else if mine == base {
        Chunk::Plain(Part::Theirs(theirs.to_owned()))
    } else if theirs == base {
        Chunk::Plain(Part::Mine(mine.to_owned()))
    } else {
        Chunk::Both(texts)
    }]
}

#[cfg(test)]
mod tests;
