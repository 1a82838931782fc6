//! A text as a tree of plain data, for ways out that set it themselves: paper first. It is read with the options of the
//! public HTML; what an author wrote as HTML stands as its words.

pub mod lines;

use std::collections::HashMap;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Parser, Tag, TagEnd};
use serde::Serialize;

use super::past::paragraphs;
use super::{CLEANER, close_of, is_caption, is_decorative, options, plain};

/// Nesting beyond which everything stands on one level: deeper, nothing is legible.
const MOST_DEPTH: usize = 8;

#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// `level`: 1 stands right below the title, and none skips one.
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    Paragraph {
        text: Vec<Inline>,
    },
    /// `start`: the number of the first; none for bullets.
    List {
        start: Option<u64>,
        items: Vec<Vec<Block>>,
    },
    Quote {
        blocks: Vec<Block>,
    },
    Code {
        text: String,
    },
    Table(Table),
    /// A picture that stands alone, as what describes it.
    Picture {
        alt: String,
        caption: String,
    },
    Rule,
}

#[derive(Clone, Debug, Serialize, PartialEq, Default)]
pub struct Table {
    /// What it shows, in which unit.
    pub caption: Vec<Inline>,
    /// One for each column.
    pub sides: Vec<Side>,
    /// Empty where no cell of it says anything.
    pub head: Vec<Vec<Inline>>,
    /// Each as long as `sides`.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

#[derive(Clone, Copy, Debug, Serialize, PartialEq, Eq, Default)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    #[default]
    Start,
    Center,
    End,
}

#[derive(Clone, Debug, Serialize, PartialEq)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Inline {
    Text {
        text: String,
    },
    Strong {
        text: Vec<Inline>,
    },
    Emphasis {
        text: Vec<Inline>,
    },
    Struck {
        text: Vec<Inline>,
    },
    Code {
        text: String,
    },
    Link {
        address: String,
        text: Vec<Inline>,
    },
    Raised {
        text: String,
    },
    Lowered {
        text: String,
    },
    Picture {
        alt: String,
    },
    /// Said at its first mention; the later ones only name the number.
    Note {
        number: usize,
        blocks: Vec<Block>,
    },
    Break,
}

/// Only for texts that [`super::images`] found sound: it bounds what this costs.
pub fn tree(body: &str) -> Vec<Block> {
    let events: Vec<Event> = Parser::new_ext(body, options()).collect();
    let mut notes = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        if let Event::Start(Tag::FootnoteDefinition(name)) = event {
            notes.entry(name.to_string()).or_insert(&events[index + 1..index + close_of(&events[index..])]);
        }
    }
    let mut maker = Maker { notes, numbers: HashMap::new(), level: 0 };
    maker.blocks(&events, 0)
}

/// The words of a run, without what they look like.
pub fn words(text: &[Inline]) -> String {
    let mut told = String::new();
    for one in text {
        match one {
            Inline::Text { text } | Inline::Code { text } | Inline::Raised { text } | Inline::Lowered { text } => told.push_str(text),
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Struck { text } | Inline::Link { text, .. } => {
                told.push_str(&words(text));
            }
            Inline::Picture { alt } => told.push_str(alt),
            Inline::Note { number, .. } => told.push_str(&number.to_string()),
            Inline::Break => told.push('\n'),
        }
    }
    told
}

struct Maker<'e> {
    notes: HashMap<String, &'e [Event<'e>]>,
    numbers: HashMap<String, usize>,
    /// Of the last heading.
    level: u8,
}

impl<'e> Maker<'e> {
    fn blocks(&mut self, events: &'e [Event<'e>], depth: usize) -> Vec<Block> {
        let mut made = Vec::new();
        let mut index = 0;
        let mut caption = Vec::new();
        while index < events.len() {
            let rest = &events[index..];
            let end = match rest[0] {
                Event::Start(_) => close_of(rest),
                _ => 0,
            };
            let inside = if end > 0 { &rest[1..end] } else { &[] };
            match &rest[0] {
                Event::Start(Tag::Paragraph) if is_caption(rest) => caption = self.run(&inside[1..inside.len() - 1], depth),
                Event::Start(Tag::Paragraph) => made.extend(self.paragraph(inside, depth)),
                Event::Start(Tag::Heading { level, .. }) => {
                    self.level = shown(*level).min(self.level + 1);
                    made.push(Block::Heading { level: self.level, text: self.run(inside, depth) });
                }
                Event::Start(Tag::List(start)) => {
                    let items = self.items(inside, depth + 1);
                    if depth < MOST_DEPTH {
                        made.push(Block::List { start: *start, items });
                    } else {
                        made.extend(items.into_iter().flatten());
                    }
                }
                Event::Start(Tag::BlockQuote(_)) => {
                    let blocks = self.blocks(inside, depth + 1);
                    if depth < MOST_DEPTH {
                        made.push(Block::Quote { blocks });
                    } else {
                        made.extend(blocks);
                    }
                }
                Event::Start(Tag::CodeBlock(_)) => made.push(Block::Code { text: plain(inside).trim_end().to_owned() }),
                Event::Start(Tag::HtmlBlock) => {
                    let html: String =
                        inside.iter().filter_map(|event| if let Event::Html(html) = event { Some(&**html) } else { None }).collect();
                    let told = paragraphs(&CLEANER.clean(&html).to_string(), "");
                    made.extend(told.into_iter().map(|text| Block::Paragraph { text: vec![Inline::Text { text }] }));
                }
                Event::Start(Tag::Table(sides)) => {
                    let sides = sides.iter().map(|side| side_of(*side)).collect();
                    made.push(Block::Table(self.table(inside, sides, std::mem::take(&mut caption), depth)));
                }
                // Said where they are cited.
                Event::Start(Tag::FootnoteDefinition(_)) => {}
                Event::Rule => made.push(Block::Rule),
                // A list's item holds its words bare where its items stand close together.
                _ => {
                    let length = rest.iter().position(begins_block).unwrap_or(rest.len()).max(1);
                    made.extend(self.paragraph(&rest[..length], depth));
                    index += length;
                    continue;
                }
            }
            index += end + 1;
        }
        made
    }

    fn paragraph(&mut self, events: &'e [Event<'e>], depth: usize) -> Option<Block> {
        if let Some(Event::Start(Tag::Image { title, .. })) = events.first()
            && close_of(events) + 1 == events.len()
        {
            let (alt, caption) = (plain(events), title.trim().to_owned());
            let says_nothing = is_decorative(title) || (alt.is_empty() && caption.is_empty());
            return (!says_nothing).then_some(Block::Picture { alt, caption });
        }
        let text = self.run(events, depth);
        (!words(&text).trim().is_empty()).then_some(Block::Paragraph { text })
    }

    fn items(&mut self, events: &'e [Event<'e>], depth: usize) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        let mut index = 0;
        while index < events.len() {
            let end = close_of(&events[index..]);
            items.push(self.blocks(&events[index + 1..index + end], depth));
            index += end + 1;
        }
        items
    }

    fn table(&mut self, events: &'e [Event<'e>], sides: Vec<Side>, caption: Vec<Inline>, depth: usize) -> Table {
        let mut made = Table { caption, sides, ..Table::default() };
        let mut row = Vec::new();
        let mut index = 0;
        while index < events.len() {
            match &events[index] {
                Event::Start(Tag::TableCell) => {
                    let end = close_of(&events[index..]);
                    row.push(self.run(&events[index + 1..index + end], depth));
                    index += end;
                }
                Event::End(TagEnd::TableHead) => made.head = std::mem::take(&mut row),
                Event::End(TagEnd::TableRow) => {
                    row.resize(made.sides.len(), Vec::new());
                    made.rows.push(std::mem::take(&mut row));
                }
                _ => {}
            }
            index += 1;
        }
        if made.head.iter().all(|cell| words(cell).trim().is_empty()) {
            made.head.clear();
        }
        made
    }

    fn run(&mut self, events: &'e [Event<'e>], depth: usize) -> Vec<Inline> {
        let mut made = Vec::new();
        let mut index = 0;
        while index < events.len() {
            let rest = &events[index..];
            let end = match rest[0] {
                Event::Start(_) => close_of(rest),
                _ => 0,
            };
            let inside = if end > 0 { &rest[1..end] } else { &[] };
            let is_deep = depth >= MOST_DEPTH;
            match &rest[0] {
                Event::Text(text) => push(&mut made, text),
                Event::SoftBreak => push(&mut made, " "),
                Event::HardBreak => made.push(Inline::Break),
                Event::Code(text) => made.push(Inline::Code { text: text.to_string() }),
                Event::FootnoteReference(name) => made.push(self.note(name, depth)),
                Event::InlineHtml(html) => {
                    let raised = ["sup", "sub"].into_iter().find(|name| html.eq_ignore_ascii_case(&format!("<{name}>")));
                    let closed = raised.and_then(|name| {
                        rest.iter()
                            .position(|event| matches!(event, Event::InlineHtml(html) if html.eq_ignore_ascii_case(&format!("</{name}>"))))
                    });
                    if let (Some(name), Some(at)) = (raised, closed) {
                        let text = plain(&rest[1..at]);
                        made.push(if name == "sup" { Inline::Raised { text } } else { Inline::Lowered { text } });
                        index += at;
                    } else if html.to_ascii_lowercase().starts_with("<br") {
                        made.push(Inline::Break);
                    }
                }
                Event::Start(Tag::Image { title, .. }) => {
                    let alt = plain(&rest[..end]);
                    if !is_decorative(title) && !alt.is_empty() {
                        made.push(Inline::Picture { alt });
                    }
                }
                Event::Start(tag) => {
                    let text = self.run(inside, depth + 1);
                    match tag {
                        _ if is_deep => made.extend(text),
                        Tag::Strong => made.push(Inline::Strong { text }),
                        Tag::Emphasis => made.push(Inline::Emphasis { text }),
                        Tag::Strikethrough => made.push(Inline::Struck { text }),
                        Tag::Link { dest_url, .. } => made.push(Inline::Link { address: dest_url.to_string(), text }),
                        _ => made.extend(text),
                    }
                }
                _ => {}
            }
            index += end + 1;
        }
        made
    }

    fn note(&mut self, name: &str, depth: usize) -> Inline {
        let next = self.numbers.len() + 1;
        let number = *self.numbers.entry(name.to_owned()).or_insert(next);
        // Said already, or notes within notes within notes: its number alone.
        let events = if number == next && depth < MOST_DEPTH { self.notes.get(name).copied() } else { None };
        let level = self.level;
        let blocks = events.map(|events| self.blocks(events, depth + MOST_DEPTH / 2)).unwrap_or_default();
        self.level = level;
        Inline::Note { number, blocks }
    }
}

/// Words that follow each other are one text: a letter and its marks must not be set apart.
fn push(made: &mut Vec<Inline>, more: &str) {
    match made.last_mut() {
        Some(Inline::Text { text }) => text.push_str(more),
        _ => made.push(Inline::Text { text: more.to_owned() }),
    }
}

fn begins_block(event: &Event) -> bool {
    matches!(
        event,
        Event::Start(
            Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::List(_)
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::Table(_)
                | Tag::FootnoteDefinition(_)
        ) | Event::Rule
    )
}

fn shown(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => 1,
        HeadingLevel::H3 => 2,
        _ => 3,
    }
}

fn side_of(side: Alignment) -> Side {
    match side {
        Alignment::Center => Side::Center,
        Alignment::Right => Side::End,
        _ => Side::Start,
    }
}

#[cfg(test)]
mod tests;
