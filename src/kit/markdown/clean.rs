//! What of HTML a text may hold, whoever wrote it: the last word on everything that is rendered here.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

pub(super) static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
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
            ("img", HashSet::from(["src"])),
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
        // What may be wider than a phone is moved by the keyboard, too.
        .set_tag_attribute_values(HashMap::from([("pre", HashMap::from([("tabindex", "0")]))]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .link_rel(Some("noopener"))
        // No page of ours makes a reader's device call another host.
        .attribute_filter(|element, attribute, value| match (element, attribute) {
            ("img", "src") if !value.starts_with("/anh/") => None,
            ("div", "role") if value != "region" => None,
            _ => Some(value.into()),
        });
    cleaner
});
