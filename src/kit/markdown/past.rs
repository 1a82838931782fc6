//! HTML of ours as it was once saved: as plain paragraphs, and without the pictures that are not there any more.

use super::absolute::tag_end;

/// What begins or ends a paragraph.
const BLOCKS: [&str; 18] = [
    "p",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "hr",
    "div",
    "section",
    "table",
    "thead",
    "tbody",
    "tr",
    "figure",
    "figcaption",
];
const PICTURE: &str = "<picture>";
const PICTURE_END: &str = "</picture>";
const IMAGE: &str = "<img ";

/// The words of each paragraph. A row of a table is one, so that a number stays beside what it counts; a picture
/// stands as what describes it, after `picture`.
pub fn paragraphs(html: &str, picture: &str) -> Vec<String> {
    let mut made = vec![String::new()];
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(tag_end(tag));
        push(&mut made, text);
        rest = after;
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/']).next().unwrap_or_default();
        match name {
            "img" => {
                let alt = attribute(tag, "alt").unwrap_or_default();
                if !alt.is_empty() {
                    push(&mut made, &format!(" [{picture} {alt}] "));
                }
            }
            // Marks of footnotes and the ways back from them are no words.
            "sup" if tag.starts_with("<sup class=\"footnote-reference\"") => rest = after_end(rest, "</sup>"),
            "a" if tag.starts_with("<a class=\"back\"") || tag.contains(" class=\"back\"") => rest = after_end(rest, "</a>"),
            "td" | "th" if tag.starts_with("</") => push(&mut made, " · "),
            "br" => push(&mut made, " "),
            name if BLOCKS.contains(&name) => made.push(String::new()),
            _ => {}
        }
    }
    push(&mut made, rest);
    let tidy = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(" ·").to_owned();
    made.into_iter().map(tidy).filter(|text| !text.is_empty()).collect()
}

fn push(made: &mut [String], escaped: &str) {
    if let Some(last) = made.last_mut() {
        last.push_str(&plain(escaped));
    }
}

fn plain(escaped: &str) -> String {
    let plain = escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", "\u{a0}");
    plain.replace("&amp;", "&")
}

fn after_end<'h>(html: &'h str, end: &str) -> &'h str {
    html.split_once(end).map_or("", |(_, after)| after)
}

fn attribute<'h>(tag: &'h str, name: &str) -> Option<&'h str> {
    let (_, value) = tag.split_once(&format!(" {name}=\""))?;
    value.split('"').next()
}

/// Each picture whose digest is not there any more gives way to its description; what only adorned goes.
pub fn without_pictures(html: &str, picture: &str, is_there: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(IMAGE) {
        let image = &rest[at..at + tag_end(&rest[at..])];
        // The choice of formats around it goes or stays with it.
        let start = rest[..at].rfind(PICTURE).filter(|start| !rest[*start..at].contains(PICTURE_END)).unwrap_or(at);
        let mut end = at + image.len();
        if start < at && rest[end..].starts_with(PICTURE_END) {
            end += PICTURE_END.len();
        }
        out.push_str(&rest[..start]);
        let digest = attribute(image, "src").and_then(|src| src.strip_prefix("/anh/")).and_then(|name| name.split('-').next());
        if digest.is_some_and(is_there) {
            out.push_str(&rest[start..end]);
        } else if let Some(alt) = attribute(image, "alt").filter(|alt| !alt.is_empty()) {
            out.push_str(&format!("<span class=\"absent\">{picture} {alt}</span>"));
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::markdown::{Image, Labels, render};

    fn html(body: &str) -> String {
        let labels = Labels { table: "Bảng".into(), footnotes: "Chú thích".into(), back: "Trở lại".into() };
        let image = |name: &str| Image {
            src: format!("/anh/{name}-960.jpg"),
            srcset: format!("/anh/{name}-960.jpg 960w"),
            webp: if name == "co" { format!("/anh/{name}-960.webp 960w") } else { String::new() },
            width: 960,
            height: 480,
        };
        render(body, &labels, &|name| Some(image(name)))
    }

    #[test]
    fn a_text_becomes_its_paragraphs() {
        let body = "Mở đầu[^1] **đậm** & <b>.\n\n## Mục\n\n- một\n- hai\n\n| Xã | Hộ |\n|---|--:|\n| Đông Kiều | 12 |\n\n![Kho \"thóc\" > 1](co \"Ảnh kho\")\n\n> Lời\n> dân.\n\n[^1]: Nguồn.";
        assert_eq!(
            paragraphs(&html(body), "Ảnh:"),
            [
                "Mở đầu đậm & .",
                "Mục",
                "một",
                "hai",
                "Xã · Hộ",
                "Đông Kiều · 12",
                "[Ảnh: Kho \"thóc\" > 1]",
                "Ảnh kho",
                "Lời dân.",
                "Nguồn."
            ]
        );
        assert_eq!(paragraphs("", "Ảnh:"), Vec::<String>::new());
        assert_eq!(paragraphs("chữ <p", "Ảnh:"), ["chữ"]);
    }

    #[test]
    fn a_picture_that_is_gone_leaves_its_description() {
        let page = html("Trước ![Một > hai](mot) sau.\n\n![Hai](co \"Chú thích\")\n\n![](mot \"trang trí\")\n\n![Ba](ba)\n");
        let left = without_pictures(&page, "Ảnh:", &|digest| digest == "ba");
        assert!(left.contains("Trước <span class=\"absent\">Ảnh: Một &gt; hai</span> sau."), "{left}");
        assert!(left.contains("<figure><span class=\"absent\">Ảnh: Hai</span><figcaption>Chú thích</figcaption></figure>"), "{left}");
        assert_eq!((left.matches("<img").count(), left.matches("absent").count()), (1, 2), "{left}");
        assert!(left.contains("/anh/ba-960.jpg") && !left.contains("/anh/co-") && !left.contains("<picture>"), "{left}");
        assert_eq!(without_pictures(&page, "Ảnh:", &|_| true), page);
    }
}
