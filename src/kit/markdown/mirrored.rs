//! HTML for those who keep a copy: whole addresses, and each picture in one size under one address, so that a copy of it can
//! stand in its place.

use super::absolute::{absolute, tag_end};

/// Attributes that choose among sizes, or say when to load.
const CHOOSING: [&str; 4] = ["srcset", "sizes", "loading", "decoding"];

/// `html` is ours, so that every attribute stands in double quotes. With it the addresses of its pictures, as they stood.
pub fn mirrored(html: &str, page: &str) -> (String, Vec<String>) {
    let mut out = String::with_capacity(html.len());
    let mut pictures = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(tag_end(tag));
        out.push_str(text);
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>']).next().unwrap_or_default();
        match name {
            "picture" | "source" => {}
            "img" => pictures.extend(push_picture(tag, &mut out)),
            _ => out.push_str(tag),
        }
        rest = after;
    }
    out.push_str(rest);
    (absolute(&out, page), pictures)
}

/// Gives its address.
fn push_picture(tag: &str, out: &mut String) -> Option<String> {
    let mut source = None;
    let mut rest = tag;
    while let Some((before, value)) = rest.split_once("=\"") {
        let Some((value, after)) = value.split_once('"') else { break };
        let (head, name) = before.rsplit_once(' ').unwrap_or(("", before));
        out.push_str(head);
        if !CHOOSING.contains(&name) {
            out.push_str(&format!(" {name}=\"{value}\""));
        }
        if name == "src" {
            source = Some(value.to_owned());
        }
        rest = after;
    }
    out.push_str(rest);
    source
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_keeps_one_size_and_its_words() {
        let html = "<p>Chợ &lt; xã</p><figure><picture><source type=\"image/webp\" srcset=\"/anh/a-480.webp 480w\" sizes=\"x\">\
                    <img src=\"/anh/a-480.jpg\" srcset=\"/anh/a-480.jpg 480w\" sizes=\"x\" width=\"480\" height=\"320\" alt=\"1 > 0\" \
                    loading=\"lazy\" decoding=\"async\"></picture></figure><a href=\"/tin/b\">b</a>";
        let (out, pictures) = mirrored(html, "https://thu.example/niem-yet/x");
        assert_eq!(
            out,
            "<p>Chợ &lt; xã</p><figure><img src=\"https://thu.example/anh/a-480.jpg\" width=\"480\" height=\"320\" alt=\"1 > 0\"></figure>\
             <a href=\"https://thu.example/tin/b\">b</a>"
        );
        assert_eq!(pictures, ["/anh/a-480.jpg"]);
    }
}
