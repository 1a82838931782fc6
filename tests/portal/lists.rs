//! Home, sections, months: newest first, page by page, the same everywhere.

use crate::folder::Folder;
use crate::portal::Portal;

fn many(count: usize) -> Folder {
    let folder = Folder::new();
    folder.page("so-do-trang", "Sơ đồ trang");
    for number in 1..=count {
        let day = 1 + number % 28;
        let section = if number % 2 == 0 { "tin-dia-phuong" } else { "van-hoa" };
        folder.article(
            &format!("bai-{number:03}"),
            &format!("section = \"{section}\"\npublished = 2026-{:02}-{day:02}T{:02}:00:00", 1 + number % 10, number % 24),
            "Nội dung.",
        );
    }
    folder
}

#[test]
fn every_text_is_on_exactly_one_page_of_each_list_and_newer_comes_first() {
    let portal = Portal::with(&many(65));
    for (path, expected) in [("/chuyen-muc/tin-dia-phuong", 32), ("/chuyen-muc/van-hoa", 33), ("/don-vi/xa-dong-kieu", 65)] {
        let mut found: Vec<(String, String)> = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(here) = next {
            let page = portal.get(&here);
            assert_eq!(page.status, 200, "{here}");
            let dates = page.attributes(".stream article time", "datetime");
            let links = page.attributes(".stream article .card-title a", "href");
            assert_eq!(dates.len(), links.len(), "{here}");
            found.extend(dates.into_iter().zip(links));
            next = page.attributes("a[rel=next]", "href").into_iter().next();
        }
        assert_eq!(found.len(), expected, "{path}");
        assert!(found.windows(2).all(|pair| pair[0].0 >= pair[1].0), "{path} is out of order");
        let mut links: Vec<&String> = found.iter().map(|(_, link)| link).collect();
        links.sort();
        links.dedup();
        assert_eq!(links.len(), expected, "{path} shows a text twice");
    }
}

#[test]
fn the_front_page_and_those_behind_it_show_every_text_and_none_twice_on_one_page() {
    let portal = Portal::with(&many(65));
    let mut seen = std::collections::BTreeSet::new();
    let mut next = Some("/".to_owned());
    while let Some(here) = next {
        let page = portal.get(&here);
        let links = page.attributes("main .card-title a", "href");
        let once: std::collections::BTreeSet<&String> = links.iter().collect();
        assert_eq!(once.len(), links.len(), "{here} shows a text twice");
        for list in [".front article time", ".stream article time"] {
            let dates = page.attributes(list, "datetime");
            assert!(dates.windows(2).all(|pair| pair[0] >= pair[1]), "{list} on {here} is out of order");
        }
        next = page.attributes("a[rel=next]", "href").into_iter().next();
        seen.extend(links);
    }
    assert_eq!(seen.len(), 65);
}

#[test]
fn a_section_is_headed_by_its_newest_text_that_has_a_picture() {
    let folder = many(12);
    folder.picture("pictures/anh.png", 800, 600).article(
        "co-anh",
        "section = \"van-hoa\"\npublished = 2026-03-01\n\n[picture]\nfile = \"pictures/anh.png\"\nalt = \"Ảnh\"",
        "Nội dung.",
    );
    let page = Portal::with(&folder).get("/");
    let heads = page.attributes(".block .tall-card .card-title a", "href");
    assert!(heads.contains(&"/tin/co-anh".to_owned()), "{heads:?}");
}

#[test]
fn the_places_for_postings_and_figures_take_no_room_while_they_are_empty() {
    let portal = Portal::with(&many(3));
    for path in ["/", "/don-vi/xa-dong-kieu"] {
        assert_eq!(portal.get(path).texts(".places, .postings, .figures").len(), 0, "{path}");
    }
}

#[test]
fn months_lead_to_the_months_beside_them() {
    let portal = Portal::with(&many(40));
    let page = portal.get("/luu-tru/2026/05");
    assert_eq!(page.text("h1"), "Tháng 5 năm 2026");
    let links = page.attributes("main a", "href");
    assert!(links.contains(&"/luu-tru/2026/04".to_owned()) && links.contains(&"/luu-tru/2026/06".to_owned()), "{links:?}");
    for other in ["/luu-tru/2026/5", "/luu-tru/2026/+5", "/luu-tru/+202/605", "/luu-tru/2026/05?trang=+1"] {
        assert_eq!(portal.get(other).status, 404, "one address a month, and {other} is another");
    }
}

#[test]
fn an_empty_portal_is_calm() {
    let portal = Portal::with(&Folder::new());
    for path in ["/", "/chuyen-muc/van-hoa", "/don-vi/xa-dong-kieu"] {
        let page = portal.get(path);
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text("main").contains("Chưa có tin nào ở đây."), "{path}");
    }
    assert_eq!(portal.get("/atom.xml").status, 200);
    assert_eq!(portal.get("/sitemap.xml").status, 200);
}

#[test]
fn a_portal_without_any_content_still_answers() {
    let portal = Portal::open();
    assert_eq!(portal.get("/").status, 200);
    assert_eq!(portal.get("/atom.xml").status, 200);
    assert_eq!(portal.get("/tin/x").status, 404);
}

#[test]
fn the_english_pages_speak_english_around_vietnamese_texts() {
    let portal = Portal::with(&many(5));
    let page = portal.get("/en/chuyen-muc/tin-dia-phuong");
    assert_eq!(page.attributes("html", "lang"), ["en"]);
    assert_eq!(page.text("h1"), "Local news");
    assert!(page.attributes("main article a", "href").iter().all(|href| href.starts_with("/en/")), "links stay in the reader's language");
    let alternates = page.attributes("link[rel=alternate][hreflang]", "href");
    assert!(alternates.contains(&"https://thu.example/chuyen-muc/tin-dia-phuong".to_owned()), "{alternates:?}");
    assert_eq!(portal.get("/en").status, 200);
    assert_eq!(portal.get("/english").status, 404);
}
