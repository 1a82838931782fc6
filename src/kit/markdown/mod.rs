//! Markdown to safe HTML, once, when a text is saved (CommonMark 0.31 with tables, footnotes, strikethrough).
//!
//! Whatever an author writes passes through the sanitiser last, so nothing above it has to be trusted.

mod absolute;
mod clean;
mod images;
pub mod mirrored;
pub mod past;
mod survey;
pub mod tree;

pub use absolute::absolute;
use clean::CLEANER;
pub use images::{ImageFault, Shown, images};
pub use survey::{Heading, Link, Run, Survey, Table, survey};

use std::collections::HashMap;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::kit::digest::sha256;
use crate::kit::fold::slug;

/// A picture ready to stand in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub src: String,
    /// For browsers that know no WebP.
    pub srcset: String,
    /// Empty when there is no choice to give.
    pub webp: String,
    pub width: u32,
    pub height: u32,
}

/// What the page says to a screen reader, in the language of the text.
pub struct Labels {
    pub table: String,
    pub footnotes: String,
    pub back: String,
}

/// `resolve` answers for every picture by the name it has in the text.
pub fn render(body: &str, labels: &Labels, resolve: &dyn Fn(&str) -> Option<Image>) -> String {
    let events: Vec<Event> = Parser::new_ext(body, options()).collect();
    // No text can hold its own digest, so no author can write a place of ours.
    let place = format!("/anh/{}-", sha256(body.as_bytes()));
    let mut maker = Maker {
        labels,
        resolve,
        place,
        pictures: Vec::new(),
        ids: HashMap::new(),
        tables: HashMap::new(),
        numbers: HashMap::new(),
        notes: Vec::new(),
    };
    let mut made = String::with_capacity(body.len() * 2);
    maker.write(&events, &mut made);
    maker.footnotes(&mut made);
    maker.set_pictures(&CLEANER.clean(&made).to_string())
}

/// The title that says, in place of a caption, that a picture only adorns: `![](hoa-van.png "trang trí")`.
const DECORATIVE: &str = "trang trí";

fn is_decorative(title: &str) -> bool {
    title.trim().to_lowercase() == DECORATIVE
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

struct Maker<'a> {
    labels: &'a Labels,
    resolve: &'a dyn Fn(&str) -> Option<Image>,
    /// Stands in the unclean HTML where a picture of ours goes, with its number.
    place: String,
    pictures: Vec<String>,
    /// How often each heading has been seen.
    ids: HashMap<String, usize>,
    /// And the name of each table: to whoever cannot see them, two of one name are one.
    tables: HashMap<String, usize>,
    /// Footnotes are numbered in the order in which the text cites them.
    numbers: HashMap<String, usize>,
    notes: Vec<(String, String)>,
}

impl Maker<'_> {
    fn write(&mut self, events: &[Event], out: &mut String) {
        let mut index = 0;
        let mut columns: Vec<Alignment> = Vec::new();
        let mut cell = 0;
        let mut head = false;
        let mut caption: Option<String> = None;
        while index < events.len() {
            match &events[index] {
                Event::Start(Tag::Paragraph) if is_lone_image(&events[index..]) => {
                    index += self.figure(&events[index..], out);
                }
                Event::Start(Tag::Paragraph) if is_caption(&events[index..]) => {
                    let end = close_of(&events[index..]);
                    let words = &events[index + 2..index + end - 1];
                    out.push_str("<figure><figcaption>");
                    self.write(words, out);
                    out.push_str("</figcaption>");
                    caption = Some(plain(words));
                    index += end;
                }
                Event::Start(Tag::Image { .. }) => index += self.inline_image(&events[index..], out) - 1,
                Event::Start(Tag::Heading { level, .. }) => {
                    let level = shown(*level);
                    let end = close_of(&events[index..]);
                    let id = heading_id(&plain(&events[index..index + end]), &mut self.ids);
                    out.push_str(&format!("<{level} id=\"{id}\">"));
                }
                Event::End(TagEnd::Heading(level)) => out.push_str(&format!("</{}>\n", shown(*level))),
                Event::Start(Tag::Table(alignments)) => {
                    columns.clone_from(alignments);
                    let named = caption.as_ref().map_or(String::new(), |caption| format!("{caption}. "));
                    let mut name = named + &self.labels.table;
                    let seen = self.tables.entry(name.clone()).or_default();
                    *seen += 1;
                    if *seen > 1 {
                        name.push_str(&format!(" ({seen})"));
                    }
                    let region = format!("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>", escaped(&name));
                    out.push_str(&region);
                }
                Event::End(TagEnd::Table) => {
                    out.push_str(if caption.take().is_some() { "</tbody></table></div></figure>\n" } else { "</tbody></table></div>\n" });
                }
                Event::Start(Tag::TableHead) => {
                    head = true;
                    cell = 0;
                    out.push_str("<thead><tr>");
                }
                Event::End(TagEnd::TableHead) => {
                    head = false;
                    out.push_str("</tr></thead><tbody>\n");
                }
                Event::Start(Tag::TableRow) => {
                    cell = 0;
                    out.push_str("<tr>");
                }
                Event::End(TagEnd::TableRow) => out.push_str("</tr>\n"),
                Event::Start(Tag::TableCell) => {
                    out.push_str(if head { "<th scope=\"col\"" } else { "<td" });
                    out.push_str(match columns.get(cell) {
                        Some(Alignment::Right) => " class=\"right\">",
                        Some(Alignment::Center) => " class=\"center\">",
                        _ => ">",
                    });
                }
                Event::End(TagEnd::TableCell) => {
                    cell += 1;
                    out.push_str(if head { "</th>" } else { "</td>" });
                }
                Event::FootnoteReference(name) => {
                    let next = self.numbers.len() + 1;
                    let number = *self.numbers.entry(name.to_string()).or_insert(next);
                    let id = if number == next { format!(" id=\"fnref-{number}\"") } else { String::new() };
                    out.push_str(&format!("<sup class=\"footnote-reference\"{id}><a href=\"#fn-{number}\">{number}</a></sup>"));
                }
                Event::Start(Tag::FootnoteDefinition(name)) => {
                    let end = close_of(&events[index..]);
                    let mut note = String::new();
                    self.write(&events[index + 1..index + end], &mut note);
                    self.notes.push((name.to_string(), note));
                    index += end;
                }
                other => html::push_html(out, std::iter::once(other.clone())),
            }
            index += 1;
        }
    }

    /// Writes the paragraph as a figure and says how many events it took beyond the first.
    fn figure(&mut self, events: &[Event], out: &mut String) -> usize {
        let Event::Start(Tag::Image { dest_url, title, .. }) = &events[1] else { return 0 };
        let end = close_of(events);
        let alt = plain(&events[1..end]);
        if let Some(image) = (self.resolve)(dest_url) {
            out.push_str("<figure>");
            self.push_image(&image, &alt, out);
            if !title.is_empty() && !is_decorative(title) {
                out.push_str(&format!("<figcaption>{}</figcaption>", escaped(title)));
            }
            out.push_str("</figure>\n");
        }
        end
    }

    fn inline_image(&mut self, events: &[Event], out: &mut String) -> usize {
        let Event::Start(Tag::Image { dest_url, .. }) = &events[0] else { return 1 };
        let end = close_of(events);
        if let Some(image) = (self.resolve)(dest_url) {
            self.push_image(&image, &plain(&events[..end]), out);
        }
        end + 1
    }

    fn push_image(&mut self, image: &Image, alt: &str, out: &mut String) {
        out.push_str(&format!("<img src=\"{}{}\">", self.place, self.pictures.len()));
        self.pictures.push(picture(image, alt));
    }

    /// Our pictures into the places kept for them; a picture that an author wrote as HTML goes.
    fn set_pictures(&self, clean: &str) -> String {
        let mut out = String::with_capacity(clean.len() + self.pictures.len() * 900);
        let mut rest = clean;
        // A quote inside a value is escaped by the cleaner, so this can only be an element.
        while let Some(at) = rest.find(IMAGE) {
            out.push_str(&rest[..at]);
            let (src, after) = rest[at + IMAGE.len()..].split_once("\">").unwrap_or_default();
            let number = src.strip_prefix(&self.place).and_then(|number| number.parse::<usize>().ok());
            out.push_str(number.and_then(|number| self.pictures.get(number)).map_or("", String::as_str));
            rest = after;
        }
        out.push_str(rest);
        out.replace("<img>", "")
    }

    fn footnotes(&mut self, out: &mut String) {
        let mut notes: Vec<(usize, String)> =
            std::mem::take(&mut self.notes).into_iter().filter_map(|(name, note)| Some((*self.numbers.get(&name)?, note))).collect();
        if notes.is_empty() {
            return;
        }
        notes.sort_by_key(|(number, _)| *number);
        out.push_str(&format!("<section class=\"footnotes\" aria-label=\"{}\"><ol>\n", escaped(&self.labels.footnotes)));
        for (number, note) in notes {
            let back = format!(" <a class=\"back\" href=\"#fnref-{number}\" aria-label=\"{} {number}\">↩</a>", escaped(&self.labels.back));
            let note = note.trim_end();
            let with_back = match note.strip_suffix("</p>") {
                Some(open) => format!("{open}{back}</p>"),
                None => format!("{note}{back}"),
            };
            out.push_str(&format!("<li id=\"fn-{number}\">{with_back}</li>\n"));
        }
        out.push_str("</ol></section>\n");
    }
}

/// The anchor of a heading, after those before it.
fn heading_id(text: &str, ids: &mut HashMap<String, usize>) -> String {
    let base = format!("muc-{}", slug(text)).trim_end_matches('-').to_owned();
    let seen = ids.entry(base.clone()).or_insert(0);
    *seen += 1;
    if *seen == 1 { base } else { format!("{base}--{seen}") }
}

/// The page's title is its only h1, and the outline of a citizen's page ends at h4.
fn shown(level: HeadingLevel) -> &'static str {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => "h2",
        HeadingLevel::H3 => "h3",
        _ => "h4",
    }
}

fn is_lone_image(events: &[Event]) -> bool {
    let Some(Event::Start(Tag::Image { .. })) = events.get(1) else { return false };
    matches!(events.get(1 + close_of(&events[1..]) + 1), Some(Event::End(TagEnd::Paragraph)))
}

/// A paragraph that is one emphasised phrase and stands right above a table: what the table shows, in which unit.
/// It stays in sight while the table is scrolled, so it is no part of it.
fn is_caption(events: &[Event]) -> bool {
    let end = close_of(events);
    matches!(events.get(1), Some(Event::Start(Tag::Emphasis)))
        && close_of(&events[1..]) + 2 == end
        && matches!(events.get(end + 1), Some(Event::Start(Tag::Table(_))))
}

/// How far the event that closes the first one stands from it.
fn close_of(events: &[Event]) -> usize {
    let mut depth = 0usize;
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    events.len().saturating_sub(1)
}

fn plain(events: &[Event]) -> String {
    events
        .iter()
        .map(|event| match event {
            Event::Text(text) | Event::Code(text) => text.as_ref(),
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        })
        .collect()
}

const IMAGE: &str = "<img src=\"";
/// As wide as running text stands (`static/css/article.css`).
const SIZES: &str = "(min-width: 47rem) 43rem, 92vw";

fn picture(image: &Image, alt: &str) -> String {
    let img = format!(
        "<img src=\"{}\" srcset=\"{}\" sizes=\"{SIZES}\" width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
        image.src,
        image.srcset,
        image.width,
        image.height,
        escaped(alt)
    );
    if image.webp.is_empty() {
        return img;
    }
    format!("<picture><source type=\"image/webp\" srcset=\"{}\" sizes=\"{SIZES}\">{img}</picture>", image.webp)
}

/// For text and quoted attributes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests;
