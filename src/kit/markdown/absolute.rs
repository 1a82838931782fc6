//! HTML that leaves the house, as it does in a feed: every link and picture under its whole address.

use ammonia::Url;

/// `html` is ours, so that every attribute stands in double quotes; `page` is the absolute address it stands at.
pub fn absolute(html: &str, page: &str) -> String {
    let Ok(base) = Url::parse(page) else { return html.to_owned() };
    let mut out = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        let (tag, after) = tag.split_at(tag_end(tag));
        out.push_str(text);
        push_tag(tag, page, &base, &mut out);
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Just past the `>` that closes the tag: one inside a quoted value does not.
pub(super) fn tag_end(tag: &str) -> usize {
    let mut quoted = false;
    for (at, byte) in tag.bytes().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'>' if !quoted => return at + 1,
            _ => {}
        }
    }
    tag.len()
}

fn push_tag(tag: &str, page: &str, base: &Url, out: &mut String) {
    let mut rest = tag;
    while let Some((before, value)) = rest.split_once("=\"") {
        let Some((value, after)) = value.split_once('"') else { break };
        out.push_str(before);
        out.push_str("=\"");
        match before.rsplit(' ').next() {
            Some("href" | "src") => out.push_str(&whole(value, page, base)),
            Some("srcset") => {
                let each = value.split(", ").map(|one| match one.split_once(' ') {
                    Some((address, width)) => format!("{} {width}", whole(address, page, base)),
                    None => whole(one, page, base),
                });
                out.push_str(&each.collect::<Vec<_>>().join(", "));
            }
            _ => out.push_str(value),
        }
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
}

/// One address of a page under its whole form.
pub fn whole_address(address: &str, page: &str) -> String {
    Url::parse(page).map_or_else(|_| address.to_owned(), |base| whole(address, page, &base))
}

fn whole(address: &str, page: &str, base: &Url) -> String {
    let before_path = address.split(['/', '?', '#']).next().unwrap_or_default();
    if before_path.contains(':') {
        return address.to_owned();
    }
    if address.starts_with('#') {
        return format!("{page}{address}");
    }
    if address.starts_with('/') && !address.starts_with("//") {
        return format!("{}{address}", base.origin().ascii_serialization());
    }
    base.join(address).map_or_else(|_| address.to_owned(), String::from)
}

#[cfg(test)]
mod tests {
    use super::absolute;

    #[test]
    fn every_address_becomes_whole_and_nothing_else_changes() {
        let page = "https://thu.example/tin/mot";
        for (written, sent) in [
            ("<a href=\"/tin/hai\">x</a>", "<a href=\"https://thu.example/tin/hai\">x</a>"),
            ("<a href=\"hai?a=1&amp;b=2\">x</a>", "<a href=\"https://thu.example/tin/hai?a=1&amp;b=2\">x</a>"),
            ("<a href=\"#fn-1\">1</a>", "<a href=\"https://thu.example/tin/mot#fn-1\">1</a>"),
            ("<a href=\"//khac.example/x\">x</a>", "<a href=\"https://khac.example/x\">x</a>"),
            ("<a href=\"https://khac.example/Đường\">x</a>", "<a href=\"https://khac.example/Đường\">x</a>"),
            ("<a href=\"mailto:a@thu.example\">x</a>", "<a href=\"mailto:a@thu.example\">x</a>"),
            (
                "<picture><source srcset=\"/a-480.webp 480w, /a-960.webp 960w\"><img src=\"/a.jpg\" alt=\"1 > 0, src=x\"></picture>",
                "<picture><source srcset=\"https://thu.example/a-480.webp 480w, https://thu.example/a-960.webp 960w\"><img src=\"https://thu.example/a.jpg\" alt=\"1 > 0, src=x\"></picture>",
            ),
            ("<code>href=\"/x\"</code> &lt;a href=\"/x\"&gt;", "<code>href=\"/x\"</code> &lt;a href=\"/x\"&gt;"),
            ("<p title=\"href\">a", "<p title=\"href\">a"),
        ] {
            assert_eq!(absolute(written, page), sent);
        }
    }

    #[test]
    fn a_broken_tag_breaks_nothing() {
        for broken in ["<a href=\"/x", "<", "<a href=", "x > y", ""] {
            assert_eq!(absolute(broken, "https://thu.example/tin/mot"), broken);
        }
    }
}
