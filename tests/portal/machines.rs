//! What machines read: a feed, health; and the headers that every answer bears.

use crate::folder::Folder;
use crate::portal::Portal;

fn portal() -> Portal {
    let folder = Folder::new();
    folder
        .page("gioi-thieu", "Giới thiệu")
        .article(
            "mot",
            "title = \"Một & “hai” <ba>\"\nlead = \"Dẫn\"\nbyline = \"Lê Thị Mẫu\"\npublished = 2026-11-20T07:30:00",
            "Thân *bài* & <b>hơn</b>.",
        )
        .article("hai", "title = \"Ngày trơn\"\npublished = 2026-11-19", "Thân.");
    Portal::with(&folder)
}

#[test]
fn the_feed_is_atom_that_a_reader_understands() {
    let reply = portal().get("/atom.xml");
    assert_eq!(reply.header("content-type"), "application/atom+xml; charset=utf-8");
    let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a feed reader reads it");
    assert_eq!(feed.feed_type, feed_rs::model::FeedType::Atom);
    assert_eq!(feed.title.expect("a title").content, "Bảng Tin thử");
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_ref().expect("a title").content, "Một & “hai” <ba>");
    assert_eq!(entry.links[0].href, "https://thu.example/tin/mot");
    assert_eq!(entry.published.expect("a date").to_rfc3339(), "2026-11-20T00:30:00+00:00");
    assert_eq!(entry.authors[0].name.as_deref(), Some("Lê Thị Mẫu"));
    assert!(entry.content.as_ref().and_then(|content| content.body.as_ref()).expect("the whole text").contains("<em>bài</em>"));
    assert_eq!(feed.entries.len(), 2, "standing pages are no news");
}

#[test]
fn health_is_told_apart_from_readiness() {
    let portal = portal();
    assert_eq!(portal.get("/healthz").body, "ok\n");
    assert_eq!(portal.get("/readyz").body, "ready\n", "how much has happened here is nobody's business");
    assert_eq!(portal.get("/healthz").header("cache-control"), "no-store");
}

#[test]
fn every_answer_bears_the_headers_that_keep_a_browser_honest() {
    let portal = portal();
    let mut ids = Vec::new();
    for path in ["/", "/tin/mot", "/khong-co", "/atom.xml", "/healthz", "/robots.txt", "/static/css/base.css", "/tin/mot/"] {
        let reply = portal.get(path);
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "strict-origin-when-cross-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(reply.header(name), value, "{path}");
        }
        assert!(reply.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
        assert!(reply.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert_eq!(reply.header("server"), "", "{path}");
        ids.push(reply.header("x-request-id").to_owned());
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 8, "each request has an id of its own");
}

#[test]
fn the_policy_allows_exactly_the_style_that_is_in_the_page() {
    let page = portal().get("/");
    let style = page.body.split("<style>").nth(1).and_then(|rest| rest.split("</style>").next()).expect("a style");
    assert!(page.header("content-security-policy").contains(&bangtin::kit::digest::csp_source(style)));
}

#[test]
fn answers_are_compressed_for_whoever_asks() {
    let portal = portal();
    let plain = portal.get("/");
    let packed = portal.ask("GET", "/", &[("accept-encoding", "br")]);
    assert_eq!(packed.header("content-encoding"), "br");
    assert!(packed.bytes.len() * 2 < plain.bytes.len(), "{} of {}", packed.bytes.len(), plain.bytes.len());
    assert!(packed.header("vary").to_lowercase().contains("accept-encoding"));
}

#[test]
fn fixed_files_are_kept_for_ever_under_their_version_and_no_longer_without_it() {
    let portal = portal();
    let font = portal.get("/").attributes("link[rel=preload]", "href").remove(0);
    let reply = portal.get(&font);
    assert_eq!((reply.status, reply.header("cache-control")), (200, "public, max-age=31536000, immutable"), "{font}");
    let bare = portal.get(font.split('?').next().expect("a path"));
    assert_eq!((bare.status, bare.header("cache-control")), (200, "no-cache"));
    for climbing in ["/static/../Cargo.toml", "/static/%2e%2e/Cargo.toml", "/static/fonts/../../Cargo.toml"] {
        assert_ne!(portal.get(climbing).status, 200, "{climbing}");
    }
}

#[test]
fn methods_that_no_page_takes_are_refused() {
    let portal = portal();
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        let status = portal.ask(method, "/tin/mot", &[]).status;
        assert!(matches!(status, 404 | 405), "{method} gave {status}");
    }
}

#[test]
fn an_address_that_cannot_be_one_is_missing_on_both_databases() {
    let (sqlite, postgres) = (portal(), Portal::on(Some(crate::store::postgres())));
    for portal in [&sqlite, &postgres] {
        for base in ["", "/en"] {
            for path in [
                "/tin/%00",
                "/tin/mot%00",
                "/trang/%00",
                "/chuyen-muc/%00",
                "/chuyen-muc/%00/atom.xml",
                "/don-vi/%00/feed.json",
                "/don-vi/%00",
                "/don-vi/xa%00",
                "/tep/%00/%00",
                "/anh/%00-1.webp",
            ] {
                assert_eq!(portal.get(&format!("{base}{path}")).status, 404, "{base}{path}");
            }
        }
    }
}

#[test]
fn broken_addresses_break_nothing() {
    let portal = portal();
    for path in [
        "/tin/%00",
        "/tin/%ff%fe",
        "/tin/%2e%2e%2f",
        "/tin/a'b\"c",
        "/don-vi/%27%20OR%201=1",
        "//evil.example/",
        "/\\evil.example/",
        "/tin/%0d%0aX: y",
        "/?trang=99999999999999999999",
        "/anh/%00-1.webp",
    ] {
        let request = ureq::http::Uri::try_from(format!("{}{path}", portal.address));
        if request.is_err() {
            continue;
        }
        let reply = portal.get(path);
        assert!((300..500).contains(&reply.status), "{path} gave {}", reply.status);
        assert!(!reply.header("location").starts_with("//") && !reply.header("location").contains("evil"), "{path} leads away");
    }
    assert_eq!(portal.get("/").status, 200);
}
