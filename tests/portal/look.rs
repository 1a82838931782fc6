//! The look: each page carries the style it needs and no other, paper leads back to the page, developers see every part.

use crate::folder::Folder;
use crate::portal::Portal;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.page("gioi-thieu", "Giới thiệu").page("so-do-trang", "Sơ đồ trang").article("mot", "", "Thân.");
    folder
}

fn style(body: &str) -> String {
    body.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style").to_owned()
}

#[test]
fn every_kind_of_page_carries_its_own_style_and_a_policy_for_exactly_that() {
    let portal = Portal::with(&folder());
    for (path, own, foreign) in [
        ("/", ".lead-card .card-title", ".edition-date"),
        ("/chuyen-muc/tin-dia-phuong", ".card-large", ".edition-date"),
        ("/don-vi/xa-dong-kieu", ".step-here", ".lead-card .card-title"),
        ("/luu-tru/2026/11", ".card-section", ".step-here"),
        ("/tin/mot", ".edition-date", ".step-here"),
        ("/trang/gioi-thieu", ".text-dates", ".card-section"),
        ("/trang/so-do-trang", ".site-map", ".card-section"),
        ("/khong-co", ".error-facts", ".card-section"),
        ("/en/", ".lead-card .card-title", ".step-here"),
    ] {
        let page = portal.get(path);
        let css = style(&page.body);
        assert!(css.contains(own) && !css.contains(foreign), "{path} needs {own} and not {foreign}");
        assert!(page.header("content-security-policy").contains(&bangtin::kit::digest::csp_source(&css)), "{path}");
        assert!(css.contains("--site-accent:#14613f") && !css.contains("@light") && !css.contains("/*"), "{path}");
    }
}

#[test]
fn paper_bears_a_code_that_leads_back_to_the_page() {
    let portal = Portal::with(&folder());
    for path in ["/", "/tin/mot", "/en/tin/mot", "/trang/gioi-thieu", "/don-vi/xa-dong-kieu", "/chuyen-muc/tin-dia-phuong"] {
        let page = portal.get(path);
        let address = format!("https://thu.example{path}");
        let code = bangtin::kit::qr::code(&address).expect("it fits");
        assert_eq!(page.attributes(".printed .qr path", "d"), [code.path], "{path}");
        assert!(page.text(".printed").contains(&address), "{path} says its address in words too");
        assert!(!page.attributes(".printed .qr", "aria-label").concat().is_empty(), "{path}");
    }
    assert_eq!(portal.get("/khong-co").texts(".qr").len(), 0, "nothing leads to a page that is none");
}

#[test]
fn what_is_for_paper_is_a_file_that_no_reader_of_a_screen_waits_for() {
    let portal = Portal::with(&folder());
    for path in ["/", "/en/tin/mot", "/khong-co"] {
        let page = portal.get(path);
        assert_eq!(page.attributes("link[rel=stylesheet]", "media"), ["print"], "{path}");
        let sheet = page.attributes("link[rel=stylesheet]", "href").remove(0);
        assert!(!style(&page.body).contains("@page") && portal.get(&sheet).body.contains("@page"), "{path}");
        assert!(page.header("content-security-policy").contains("style-src 'self' 'sha256-"), "{path}");
    }
}

#[test]
fn the_design_system_is_open_in_development_only() {
    for path in ["/he-thong-giao-dien", "/en/he-thong-giao-dien"] {
        assert_eq!(Portal::with(&folder()).get(path).status, 404, "{path}");
    }
    let portal = Portal::in_development();
    assert_eq!(portal.get("/he-thong-giao-dien").status, 200, "also before anything is published");
    portal.import(&folder()).expect("sound files");
    let page = portal.get("/he-thong-giao-dien");
    assert_eq!(page.text("h1"), "Hệ thống giao diện");
    assert_eq!(portal.get("/en/he-thong-giao-dien").text("h1"), "Design system");
    for part in [
        ".lead-card",
        ".tall-card",
        ".headline",
        ".card",
        ".nothing",
        ".pager",
        ".choice",
        ".months",
        ".crumbs",
        ".tag",
        ".ways",
        ".postings",
        ".figures",
        ".prose",
        ".prose .table",
        ".prose blockquote",
        ".attachments",
        ".editions",
        ".article-facts",
        ".error-facts",
    ] {
        for side in [".light", ".dark"] {
            assert!(!page.texts(&format!("{side} {part}")).is_empty(), "{side} shows no {part}");
        }
    }
    let accent = page.text(".dark .swatches li");
    assert!(accent.contains("#7fcf9f") && accent.contains("9.9 : 1"), "{accent}");
}
