//! What a text is made of, with the line of each thing in it (from 1): for those who look a text over before it goes out.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Parser, Tag, TagEnd};

use super::{heading_id, options};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Survey {
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
    pub tables: Vec<Table>,
    /// Its words, a paragraph, heading, list item or cell each; code is not among them.
    pub runs: Vec<Run>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    pub line: usize,
    /// As it is written: one mark is 1.
    pub level: usize,
    /// Its anchor in the page.
    pub id: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    pub line: usize,
    pub address: String,
    /// What a reader is shown of it, a picture's description with it.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub line: usize,
    pub has_header: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    pub line: usize,
    pub text: String,
}

impl Run {
    /// The line of a place in the text.
    pub fn line_at(&self, place: usize) -> usize {
        self.line + self.text.as_bytes()[..place].iter().filter(|byte| **byte == b'\n').count()
    }
}

/// Only for texts that [`super::images`] found sound: it bounds what this costs.
pub fn survey(body: &str) -> Survey {
    let mut survey = Survey::default();
    let mut ids: HashMap<String, usize> = HashMap::new();
    let (mut line, mut counted) = (1, 0);
    let mut run = Run::default();
    let mut heading: Option<(usize, String)> = None;
    let mut links: Vec<Link> = Vec::new();
    let (mut is_code, mut in_head) = (false, false);
    for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
        if range.start > counted {
            line += body.as_bytes()[counted..range.start].iter().filter(|byte| **byte == b'\n').count();
            counted = range.start;
        }
        let words = match &event {
            Event::Text(_) if is_code => "",
            Event::Text(text) => text.as_ref(),
            // One line end each, so that places can be counted.
            Event::SoftBreak | Event::HardBreak => "\n",
            _ => "",
        };
        if run.text.is_empty() {
            run.line = line;
        }
        run.text.push_str(words);
        let shown = if let Event::Code(text) = &event { text.as_ref() } else { words };
        links.iter_mut().for_each(|link| link.text.push_str(shown));
        if let Some((_, text)) = &mut heading {
            text.push_str(if shown == "\n" { " " } else { shown });
        }
        let parts_runs = parts_runs(&event);
        match &event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((depth(*level), String::new())),
            Event::End(TagEnd::Heading(_)) => {
                if let Some((level, text)) = heading.take() {
                    survey.headings.push(Heading { line, level, id: heading_id(&text, &mut ids) });
                }
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                let address = if *link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                links.push(Link { line, address, text: String::new() });
            }
            Event::End(TagEnd::Link) => survey.links.extend(links.pop()),
            Event::Start(Tag::CodeBlock(_)) => is_code = true,
            Event::End(TagEnd::CodeBlock) => is_code = false,
            Event::Start(Tag::Table(_)) => survey.tables.push(Table { line, has_header: false }),
            Event::Start(Tag::TableHead) => in_head = true,
            Event::End(TagEnd::TableHead) => in_head = false,
            _ => {}
        }
        if in_head && !shown.trim().is_empty() {
            survey.tables.iter_mut().last().into_iter().for_each(|table| table.has_header = true);
        }
        if parts_runs {
            take(&mut survey.runs, &mut run);
        }
    }
    take(&mut survey.runs, &mut run);
    survey
}

/// A run ends where a block begins or ends.
fn parts_runs(event: &Event) -> bool {
    match event {
        Event::Start(tag) => !is_inline(&tag.to_end()),
        Event::End(end) => !is_inline(end),
        _ => false,
    }
}

fn is_inline(end: &TagEnd) -> bool {
    matches!(end, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

fn take(runs: &mut Vec<Run>, run: &mut Run) {
    let run = std::mem::take(run);
    if !run.text.trim().is_empty() {
        runs.push(run);
    }
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_found_at_its_line() {
        let body = "# Một\n\nMở [đầu](/tin/a \"x\") và\nhai **ba** <a@b.vn>.\n\n### Hai\n\n- mục\n- `mã` <https://a.vn/>\n\n|a|b|\n|-|-|\n|1|2|\n\n| | |\n|-|-|\n|1|2|\n\n```\nUBND\n```\n\n# Một\n";
        let found = survey(body);
        let headings: Vec<_> = found.headings.iter().map(|heading| (heading.line, heading.level, heading.id.as_str())).collect();
        assert_eq!(headings, [(1, 1, "muc-mot"), (6, 3, "muc-hai"), (23, 1, "muc-mot--2")]);
        let links: Vec<_> = found.links.iter().map(|link| (link.line, link.address.as_str(), link.text.as_str())).collect();
        assert_eq!(links, [(3, "/tin/a", "đầu"), (4, "mailto:a@b.vn", "a@b.vn"), (9, "https://a.vn/", "https://a.vn/")]);
        assert_eq!(found.tables, [Table { line: 11, has_header: true }, Table { line: 15, has_header: false }]);
        let runs: Vec<_> = found.runs.iter().map(|run| (run.line, run.text.as_str())).collect();
        assert_eq!(runs[..4], [(1, "Một"), (3, "Mở đầu và\nhai ba a@b.vn."), (6, "Hai"), (8, "mục")]);
        assert!(runs.iter().all(|(_, text)| !text.contains("UBND") && !text.contains("mã")), "{runs:?}");
        assert_eq!(found.runs[1].line_at("Mở đầu và\nhai".len()), 4);
    }
}
