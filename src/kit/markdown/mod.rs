//! Markdown to safe HTML, once, when a text is saved (CommonMark 0.31 with tables, footnotes, strikethrough).
//!
//! Whatever an author writes passes through the sanitiser last, so nothing above it has to be trusted.

mod absolute;
mod images;

pub use absolute::absolute;
pub use images::images;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use pulldown_cmark::{Alignment, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::kit::fold::slug;

/// A picture ready to stand in a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub src: String,
    pub srcset: String,
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
    let mut maker = Maker { labels, resolve, ids: HashMap::new(), numbers: HashMap::new(), notes: Vec::new() };
    let mut made = String::with_capacity(body.len() * 2);
    maker.write(&events, &mut made);
    maker.footnotes(&mut made);
    CLEANER.clean(&made).to_string()
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

struct Maker<'a> {
    labels: &'a Labels,
    resolve: &'a dyn Fn(&str) -> Option<Image>,
    /// How often each heading has been seen.
    ids: HashMap<String, usize>,
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
        while index < events.len() {
            match &events[index] {
                Event::Start(Tag::Paragraph) if is_lone_image(&events[index..]) => {
                    index += self.figure(&events[index..], out);
                }
                Event::Start(Tag::Image { .. }) => index += self.inline_image(&events[index..], out) - 1,
                Event::Start(Tag::Heading { level, .. }) => {
                    let level = shown(*level);
                    let end = close_of(&events[index..]);
                    let id = self.id(&plain(&events[index..index + end]));
                    out.push_str(&format!("<{level} id=\"{id}\">"));
                }
                Event::End(TagEnd::Heading(level)) => out.push_str(&format!("</{}>\n", shown(*level))),
                Event::Start(Tag::Table(alignments)) => {
                    columns.clone_from(alignments);
                    out.push_str(&format!(
                        "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{}\"><table>",
                        escaped(&self.labels.table)
                    ));
                }
                Event::End(TagEnd::Table) => out.push_str("</tbody></table></div>\n"),
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
            push_image(&image, &alt, out);
            if !title.is_empty() {
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
            push_image(&image, &plain(&events[..end]), out);
        }
        end + 1
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

    fn id(&mut self, text: &str) -> String {
        let base = format!("muc-{}", slug(text)).trim_end_matches('-').to_owned();
        let seen = self.ids.entry(base.clone()).or_insert(0);
        *seen += 1;
        if *seen == 1 { base } else { format!("{base}--{seen}") }
    }
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

fn push_image(image: &Image, alt: &str, out: &mut String) {
    out.push_str(&format!(
        "<img src=\"{}\" srcset=\"{}\" sizes=\"(min-width: 48em) 42rem, 100vw\" width=\"{}\" height=\"{}\" alt=\"{}\" loading=\"lazy\" decoding=\"async\">",
        image.src, image.srcset, image.width, image.height, escaped(alt)
    ));
}

/// For text and quoted attributes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .tags(HashSet::from([
            "p",
            "br",
            "hr",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "blockquote",
            "pre",
            "code",
            "em",
            "strong",
            "del",
            "sup",
            "sub",
            "a",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "figure",
            "figcaption",
            "img",
            "div",
            "section",
            "abbr",
        ]))
        .generic_attributes(HashSet::new())
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "title", "aria-label"])),
            ("abbr", HashSet::from(["title"])),
            ("ol", HashSet::from(["start"])),
            ("th", HashSet::from(["scope"])),
            ("img", HashSet::from(["src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"])),
            ("div", HashSet::from(["role", "tabindex", "aria-label"])),
            ("section", HashSet::from(["aria-label"])),
            ("h2", HashSet::from(["id"])),
            ("h3", HashSet::from(["id"])),
            ("h4", HashSet::from(["id"])),
            ("li", HashSet::from(["id"])),
            ("sup", HashSet::from(["id"])),
        ]))
        .allowed_classes(HashMap::from([
            ("div", HashSet::from(["table"])),
            ("section", HashSet::from(["footnotes"])),
            ("th", HashSet::from(["right", "center"])),
            ("td", HashSet::from(["right", "center"])),
            ("sup", HashSet::from(["footnote-reference"])),
            ("a", HashSet::from(["back"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener"))
        // No page of ours makes a reader's device call another host.
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src" | "srcset") if !value.starts_with("/anh/") => None,
            ("div", "role") if value != "region" => None,
            _ => Some(value.into()),
        });
    cleaner
});

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn html(body: &str) -> String {
        let labels = Labels { table: "Bảng".into(), footnotes: "Chú thích".into(), back: "Về chỗ chú thích".into() };
        render(body, &labels, &|name| {
            (name == "pictures/a.png").then(|| Image {
                src: "/anh/a-480.webp".into(),
                srcset: "/anh/a-480.webp 480w".into(),
                width: 480,
                height: 270,
            })
        })
    }

    #[test]
    fn a_picture_alone_becomes_a_figure_with_its_caption() {
        let made = html("![Đồng lúa](pictures/a.png \"Ảnh minh họa\")\n");
        assert!(made.starts_with("<figure><img src=\"/anh/a-480.webp\""), "{made}");
        assert!(made.contains("alt=\"Đồng lúa\"") && made.contains("<figcaption>Ảnh minh họa</figcaption>"), "{made}");
    }

    #[test]
    fn tables_name_their_columns_and_keep_their_alignment() {
        let made = html("| Xã | Hộ |\n|---|--:|\n| Đông Kiều | 12 |\n");
        assert!(made.contains("<th scope=\"col\">Xã</th>") && made.contains("<td class=\"right\">12</td>"), "{made}");
        assert!(made.contains("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng\">"), "{made}");
    }

    #[test]
    fn footnotes_are_numbered_as_cited_and_lead_back() {
        let made = html("Một[^b] hai[^a].\n\n[^a]: A.\n[^b]: B.\n");
        let (b, a) = (made.find("fn-1\">").expect("first"), made.find("fn-2\">").expect("second"));
        assert!(b < a && made.contains("<li id=\"fn-1\"><p>B. <a class=\"back\" href=\"#fnref-1\""), "{made}");
    }

    #[test]
    fn headings_have_addresses_and_leave_h1_to_the_title() {
        let made = html("# Một\n\n## Một\n");
        assert!(made.contains("<h2 id=\"muc-mot\">Một</h2>") && made.contains("<h2 id=\"muc-mot--2\">"), "{made}");
    }

    #[test]
    fn scripts_styles_and_other_hosts_do_not_pass() {
        for attack in [
            "<script>alert(1)</script>",
            "<p style=\"color:red\" onclick=\"x()\">a</p>",
            "[a](javascript:alert(1))",
            "<img src=\"https://elsewhere.example/a.png\">",
            "<svg onload=alert(1)>",
            "<a href=\"data:text/html,x\">a</a>",
        ] {
            let made = html(attack).to_lowercase();
            for bad in ["script", "style", "onclick", "elsewhere", "svg", "data:", "onload"] {
                assert!(!made.contains(bad), "{attack} gave {made}");
            }
        }
    }

    #[test]
    fn a_tangle_is_refused_at_its_line_before_it_is_set() {
        for tangle in
            [">".repeat(100_000), "- ".repeat(100_000), "<div>".repeat(100_000), "# a\n".repeat(50_000), "![](a.png)\n\n".repeat(50_000)]
        {
            assert!(images(&format!("Mở đầu.\n\n{tangle}")).is_err());
        }
        assert_eq!(images(&format!("Một.\n\n{}", ">".repeat(60))), Err(3));
        assert_eq!(images("Một.\n\n![a](x.png)\n"), Ok(vec![("x.png".to_owned(), 3)]));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_renderer(body in "[\\[\\]\\^!()|:\\-#>*_`~<a\n ]{0,200}") {
            let made = html(&body);
            prop_assert!(!made.contains("<script"));
        }
    }
}
