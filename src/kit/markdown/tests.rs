//! What is set, and what no author can bring into a page.

use super::*;
use proptest::prelude::*;

fn html(body: &str) -> String {
    let labels = Labels { table: "Bảng".into(), footnotes: "Chú thích".into(), back: "Về chỗ chú thích".into() };
    render(body, &labels, &|name| {
        (name == "pictures/a.png").then(|| Image {
            src: "/anh/a-480.jpg".into(),
            srcset: "/anh/a-480.jpg 480w".into(),
            webp: "/anh/a-480.webp 480w".into(),
            width: 480,
            height: 270,
        })
    })
}

#[test]
fn a_picture_alone_becomes_a_figure_with_its_caption() {
    let made = html("![Đồng lúa](pictures/a.png \"Ảnh minh họa\")\n");
    let start = "<figure><picture><source type=\"image/webp\" srcset=\"/anh/a-480.webp 480w\" sizes=\"";
    assert!(made.starts_with(start) && made.contains("><img src=\"/anh/a-480.jpg\" srcset=\"/anh/a-480.jpg 480w\""), "{made}");
    assert!(made.contains("alt=\"Đồng lúa\"") && made.contains("<figcaption>Ảnh minh họa</figcaption>"), "{made}");
}

#[test]
fn decoration_is_said_so_and_has_neither_words_nor_a_caption() {
    let made = html("![](pictures/a.png \"Trang trí\")\n");
    assert!(made.contains("alt=\"\"") && !made.contains("figcaption"), "{made}");
    let faults = |body: &str| -> Vec<Option<ImageFault>> { images(body).expect("no tangle").iter().map(|image| image.fault).collect() };
    assert_eq!(faults("![](a.png \"trang trí\")"), [None]);
    assert_eq!(faults("![Đường hoa `18`](a.png \"Chú thích\")"), [None]);
    for undescribed in ["![](a.png)", "![ ](a.png \"Chú thích\")", "Chữ ![][anh] chữ.\n\n[anh]: a.png"] {
        assert_eq!(faults(undescribed), [Some(ImageFault::Undescribed)], "{undescribed}");
    }
    assert_eq!(faults("![Đường hoa](a.png \"trang trí\")"), [Some(ImageFault::DescribedDecoration)]);
}

#[test]
fn what_is_emphasised_right_above_a_table_is_its_caption_and_names_it() {
    let table = "| Việc | Số |\n|---|---:|\n| Thu | 1 |\n";
    let made = html(&format!("*Thu nợ & lãi (đơn vị: **triệu đồng**)*\n\n{table}"));
    let start = "<figure><figcaption>Thu nợ &amp; lãi (đơn vị: <strong>triệu đồng</strong>)</figcaption><div class=\"table\"";
    assert!(made.starts_with(start) && made.trim_end().ends_with("</table></div></figure>"), "{made}");
    assert!(made.contains("aria-label=\"Thu nợ &amp; lãi (đơn vị: triệu đồng). Bảng\""), "{made}");
    for other in ["*Thu* nợ\n\n", "*Thu*\n\nNợ\n\n", "**Thu**\n\n", "*Thu* *nợ*\n\n"] {
        let made = html(&format!("{other}{table}"));
        assert!(!made.contains("figure") && made.contains("aria-label=\"Bảng\""), "{made}");
    }
    assert!(!html("*Thu*").contains("figure"));
}

#[test]
fn a_picture_that_would_be_read_as_words_is_named() {
    let unread = |name: &str, line| Ok(vec![Shown { name: name.to_owned(), line, fault: Some(ImageFault::Unread) }]);
    assert_eq!(images("Một.\n\nHai ![Đường [hoa]](anh cua toi.png) ba.\n"), unread("anh cua toi.png", 3));
    assert_eq!(images("- ![Đường](anh cua toi.png \"Chú thích\")\n"), unread("anh cua toi.png \"Chú thích\"", 1));
    assert_eq!(images("![x](<anh cua toi.png>)"), Ok(vec![Shown { name: "anh cua toi.png".to_owned(), line: 1, fault: None }]));
    for words in ["Hay quá![1] Xem [bài](/tin/a).", "`![x](a b.png)`", "    ![x](a b.png)", "\\![x](a b.png)", "Ba![", "![x] (a b.png)"] {
        assert_eq!(images(words), Ok(Vec::new()), "{words}");
    }
}

#[test]
fn a_picture_that_an_author_writes_as_html_is_none_of_ours_and_goes() {
    let place = "/anh/0000000000000000000000000000000000000000000000000000000000000000-0";
    for body in [
        "<img src=\"/anh/a-480.jpg\">",
        "<picture><source srcset=\"/anh/a-480.webp\"><img src=\"/anh/a-480.jpg\" srcset=\"/anh/b.jpg 1w\"></picture>",
        &format!("<img src=\"{place}\">"),
        "a <img src=/anh/a-480.jpg alt='x'> b",
        "<img>",
    ] {
        for (made, ours) in [(html(body), 0), (html(&format!("{body}\n\n![Lúa](pictures/a.png)\n")), 1)] {
            assert_eq!((made.matches("<img").count(), made.matches("<picture><source").count()), (ours, ours), "{body} gave {made}");
            assert!(!made.contains("/anh/b") && !made.contains("/anh/0"), "{body} gave {made}");
        }
    }
    // A place of ours inside an attribute stays words: what is set there would end the attribute.
    let made =
        html("<div class=\"table\" role=\"region\" aria-label=\"\n\n![x onclick=alert(1) y](pictures/a.png)\n\n\">\n\nChữ\n\n</div>\n");
    let parsed = scraper::Html::parse_fragment(&made);
    assert!(
        parsed.root_element().descendants().all(|node| node.value().as_element().is_none_or(|e| e.attr("onclick").is_none())),
        "{made}"
    );
    assert!(!made.contains("<picture"), "{made}");
}

#[test]
fn tables_name_their_columns_and_keep_their_alignment() {
    let made = html("| Xã | Hộ |\n|---|--:|\n| Đông Kiều | 12 |\n");
    assert!(made.contains("<th scope=\"col\">Xã</th>") && made.contains("<td class=\"right\">12</td>"), "{made}");
    assert!(made.contains("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Bảng\">"), "{made}");
}

#[test]
fn what_is_moved_by_the_keyboard_can_be_reached_by_it_and_has_a_name_of_its_own() {
    let table = "| Xã | Hộ |\n|---|--:|\n| Đông Kiều | 12 |\n\nChữ.\n\n";
    let made = html(&format!("{table}{table}```\nbangtin board\n```\n"));
    assert!(made.contains("aria-label=\"Bảng\">") && made.contains("aria-label=\"Bảng (2)\">"), "{made}");
    assert!(made.contains("<pre tabindex=\"0\"><code>bangtin board"), "{made}");
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
    assert_eq!(images("Một.\n\n![a](x.png)\n"), Ok(vec![Shown { name: "x.png".to_owned(), line: 3, fault: None }]));
}

proptest! {
    #[test]
    fn no_text_breaks_the_renderer(body in "[\\[\\]\\^!()|:\\-#>*_`~<a\n ]{0,200}") {
        let made = html(&body);
        prop_assert!(!made.contains("<script"));
    }
}
