//! Pages for what is not there: they help, they are made once, and no number of wrong addresses fills anything.

use std::io::Read;

use crate::folder::Folder;
use crate::portal::{Portal, at};

fn portal() -> Portal {
    let folder = Folder::new();
    folder.article("mot", "", "Một.").article("tan", "title = \"LÚA-TÀN\"\nuntil = 2026-11-20", "LÚA-TÀN").article(
        "rut",
        "title = \"LÚA-RÚT\"\n\n[withdrawn]\nat = 2026-11-20T09:00:00\nreason = \"Nhầm ngày\"\nreplaced_by = \"mot\"",
        "LÚA-RÚT",
    );
    Portal::with(&folder)
}

#[test]
fn a_page_that_is_not_there_shows_the_ways_on_in_both_languages() {
    let portal = portal();
    for (base, status, other) in [("", "Lỗi 404", "/en"), ("/en", "Error 404", "/")] {
        let page = portal.get(&format!("{base}/khong-co"));
        assert_eq!((page.status, page.text(".error .kicker").as_str()), (404, status));
        let ways = page.attributes(".error .ways a, .error .columns a", "href");
        let expected = ["/", "/don-vi", "/trang/so-do-trang", "/trang/lien-he", "/chuyen-muc/tin-dia-phuong", "/chuyen-muc/van-hoa"];
        assert_eq!(ways, expected.map(|way| format!("{base}{way}")));
        assert_eq!(page.attributes(".masthead a.language", "href"), [other]);
        assert_eq!(portal.get(other).status, 200);
    }
}

#[test]
fn a_text_that_is_gone_says_since_when_and_why_and_in_both_languages() {
    let portal = portal();
    for (path, label, date) in [
        ("/tin/tan", "Ngày hết hạn", "Thứ Sáu, 20/11/2026"),
        ("/en/tin/tan", "Expired on", "Friday 20 November 2026"),
        ("/tin/rut", "Ngày gỡ", "Thứ Sáu, 20/11/2026, 09:00"),
        ("/en/tin/rut", "Withdrawn on", "Friday 20 November 2026, 09:00"),
    ] {
        let page = portal.get(path);
        assert_eq!(page.status, 410, "{path}");
        assert_eq!((page.text(".error-facts dt").as_str(), page.text(".error-facts dd").as_str()), (label, date), "{path}");
        assert!(!page.body.contains("LÚA-") && !page.text("main").contains("410"), "it is a notice and no error: {path}");
        let other = path.strip_prefix("/en").map_or(format!("/en{path}"), str::to_owned);
        assert_eq!(page.attributes(".masthead a.language", "href"), [other], "{path}");
        assert_eq!(page.texts(".error .columns a").len(), 2, "every section is a way on: {path}");
    }
    let withdrawn = portal.get("/tin/rut");
    assert!(withdrawn.text(".error-facts").contains("Nhầm ngày"));
    assert!(withdrawn.attributes(".error-facts a", "href").contains(&"/tin/mot".to_owned()));
}

#[test]
fn an_error_goes_out_packed_as_its_reader_takes_it() {
    let portal = portal();
    let plain = portal.ask("GET", "/khong-co", &[("accept-encoding", "identity")]);
    assert_eq!((plain.header("content-encoding"), plain.header("vary")), ("", "accept-encoding"));
    for coding in ["br", "zstd", "gzip"] {
        let packed = portal.ask("GET", "/khong-co", &[("accept-encoding", coding)]);
        assert_eq!((packed.status, packed.header("content-encoding"), packed.header("vary")), (404, coding, "accept-encoding"));
        assert_eq!(packed.header("cache-control"), "no-store");
        assert_eq!(packed.header("content-security-policy"), plain.header("content-security-policy"));
        let mut unpacked = Vec::new();
        match coding {
            "br" => drop(brotli::Decompressor::new(&packed.bytes[..], 4096).read_to_end(&mut unpacked).expect("it is brotli")),
            "zstd" => unpacked = zstd::decode_all(&packed.bytes[..]).expect("it is zstd"),
            // The client undoes this one by itself, if it can.
            _ => drop(flate2::read::GzDecoder::new(&packed.bytes[..]).read_to_end(&mut unpacked).expect("it is gzip")),
        }
        assert!(unpacked == plain.bytes && packed.bytes.len() < plain.bytes.len() / 2, "{coding}");
        let head = portal.ask("HEAD", "/khong-co", &[("accept-encoding", coding)]);
        assert_eq!((head.status, head.bytes.len(), head.header("content-encoding")), (404, 0, coding));
        assert_eq!(head.header("content-length"), packed.bytes.len().to_string());
    }
}

#[test]
fn no_number_of_wrong_addresses_is_kept() {
    let portal = portal();
    // What stands above every page is made with the first of each language.
    for path in ["/don-vi", "/en/don-vi"] {
        assert_eq!(portal.get(path).status, 200);
    }
    let answers = portal.app.web.kept.made();
    for number in 0..1_500 {
        let base = ["", "/en"][number % 2];
        for path in [format!("{base}/khong-co-{number}"), format!("{base}/tin/mot/ban/{}", number + 2), format!("{base}/tin/?x={number}")] {
            portal.get(&path);
        }
    }
    assert_eq!(portal.app.web.kept.made(), answers);
    assert_eq!(portal.app.web.errors.count(), 2, "one page in each language");
    // Another method, another page: still as many as there are kinds.
    portal.ask("DELETE", "/", &[]);
    assert_eq!(portal.app.web.errors.count(), 3);
}

#[test]
fn an_error_page_bears_the_year_in_which_it_is_asked_for() {
    let portal = portal();
    assert!(portal.get("/khong-co").text(".foot-end").contains("2026"));
    portal.clock.set(at("2027-01-01T00:00:00"));
    assert!(portal.get("/khong-co").text(".foot-end").contains("2027"));
}
