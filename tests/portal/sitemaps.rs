//! What crawlers are told: the index of site maps, its parts, and robots.txt.

use std::collections::BTreeSet;

use bangtin::on_conn;
use diesel::connection::SimpleConnection;

use crate::folder::Folder;
use crate::portal::{Portal, at};
use crate::{schema, store};

fn folder() -> Folder {
    let folder = Folder::new();
    folder
        .page("gioi-thieu", "Giới thiệu")
        .picture("pictures/ruong.png", 1800, 900)
        .article("mot", "published = 2026-11-20T07:30:00\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"Ruộng\"", "Một.")
        .article("hai", "published = 2026-09-19\nsection = \"van-hoa\"", "Hai.")
        .article("ba", "published = 2026-09-30T08:00:00\nuntil = 2026-11-21T09:00:00", "Ba.")
        .article("hen-gio", "published = 2026-12-24T08:00:00\nunit = \"99002\"", "Hẹn giờ.");
    folder
}

fn locs(map: &str) -> Vec<String> {
    map.split("<loc>")
        .skip(1)
        .filter_map(|rest| Some(rest.split("</loc>").next()?.strip_prefix("https://thu.example")?.to_owned()))
        .collect()
}

fn lastmod(index: &str, path: &str) -> String {
    let line = index.split("<sitemap>").find(|line| line.contains(&format!("{path}<"))).expect("it is in the index");
    line.split("<lastmod>").nth(1).and_then(|rest| rest.split('<').next()).expect("an hour").to_owned()
}

/// Every address in every part that the index leads to.
fn everything(portal: &Portal) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in locs(&portal.get("/sitemap.xml").body) {
        let reply = portal.get(&part);
        schema::check(&part, &reply);
        for loc in locs(&reply.body) {
            assert!(found.insert(loc.clone()), "{loc} is there twice");
        }
    }
    found
}

#[test]
fn the_site_map_names_every_public_address_in_both_languages_and_no_other() {
    let (sqlite, postgres) = (Portal::with(&folder()), Portal::on(Some(store::postgres())));
    postgres.import(&folder()).unwrap_or_else(|refusal| panic!("{}", postgres.told(&refusal)));
    for portal in [&sqlite, &postgres] {
        schema::check("/sitemap.xml", &portal.get("/sitemap.xml"));
        assert_eq!(locs(&portal.get("/sitemap.xml").body), ["/sitemap/pages.xml", "/sitemap/2026-09.xml", "/sitemap/2026-11.xml"]);
        let wanted = [
            "/",
            "/chuyen-muc/tin-dia-phuong",
            "/chuyen-muc/van-hoa",
            "/trang/gioi-thieu",
            "/niem-yet",
            "/so-lieu",
            "/so-lieu/lich",
            "/don-vi",
            "/don-vi/huong-lua",
            "/don-vi/xa-dong-kieu",
            "/luu-tru/2026/09",
            "/luu-tru/2026/11",
            "/tin/mot",
            "/tin/hai",
            "/tin/ba",
        ];
        let wanted: BTreeSet<String> = wanted.iter().flat_map(|path| [path.to_string(), format!("/en{path}")]).collect();
        let found = everything(portal).into_iter().filter(|loc| !loc.starts_with("/anh/")).collect::<BTreeSet<_>>();
        assert_eq!(found, wanted);
        for path in found {
            assert_eq!(portal.get(&path).status, 200, "{path}");
        }
    }
    for part in ["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/2026-09.xml", "/sitemap/2026-11.xml"] {
        assert_eq!(sqlite.get(part).body, postgres.get(part).body, "{part}");
    }
}

#[test]
fn a_page_names_its_other_language_and_an_article_its_pictures() {
    let portal = Portal::with(&folder());
    let map = portal.get("/sitemap/2026-11.xml").body;
    for base in ["", "/en"] {
        let url =
            map.split("<url>").find(|url| url.contains(&format!("<loc>https://thu.example{base}/tin/mot</loc>"))).expect("the address");
        for (lang, path) in [("vi", "/tin/mot"), ("en", "/en/tin/mot")] {
            assert!(url.contains(&format!("hreflang=\"{lang}\" href=\"https://thu.example{path}\"")), "{url}");
        }
        assert!(url.contains("<lastmod>2026-11-21T08:00:00+07:00</lastmod>"), "when it came in: {url}");
    }
    let pictures: Vec<&str> = map.split("<image:loc>https://thu.example").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert_eq!(pictures.len(), 1);
    assert_eq!(portal.get(pictures[0]).status, 200);
}

#[test]
fn the_schemas_of_site_maps_are_not_asleep() {
    let portal = Portal::with(&folder());
    for (path, from, to) in [
        ("/sitemap/2026-11.xml", "<lastmod>2026-11-21T", "<lastmod>21/11/2026 "),
        ("/sitemap/2026-11.xml", "image:loc>", "image:src>"),
        ("/sitemap/2026-11.xml", "hreflang=\"en\"", "lang=\"en\""),
        ("/sitemap/2026-11.xml", "<url><loc>", "<url><x/><loc>"),
    ] {
        let map = portal.get(path).body;
        assert!(map.contains(from) && schema::sitemap(&map.replace(from, to)).is_some(), "{from} → {to} passes");
    }
    let index = portal.get("/sitemap.xml").body;
    assert!(schema::siteindex(&index.replace("<loc>", "<url>").replace("</loc>", "</url>")).is_some());
    assert!(schema::siteindex(&index.replace("T08:00:00+07:00", " sáng")).is_some());
}

#[test]
fn a_month_appears_ends_and_changes_at_its_instants_and_alone() {
    let portal = Portal::with(&folder());
    let maps =
        |portal: &Portal| ["pages", "2026-09", "2026-11"].map(|name| portal.get(&format!("/sitemap/{name}.xml")).header("etag").to_owned());
    assert_eq!(portal.get("/sitemap/2026-12.xml").status, 404);
    let (before, index) = (maps(&portal), portal.get("/sitemap.xml").body);
    assert_eq!(lastmod(&index, "/sitemap/2026-09.xml"), "2026-11-21T08:00:00+07:00", "what came in under an older date");

    portal.clock.set(at("2026-11-21T09:00:00"));
    let index = portal.get("/sitemap.xml").body;
    assert!(!portal.get("/sitemap/2026-09.xml").body.contains("/tin/ba<"));
    assert_eq!(lastmod(&index, "/sitemap/2026-09.xml"), "2026-11-21T09:00:00+07:00", "what ended changed its month");
    assert_eq!(lastmod(&index, "/sitemap/2026-11.xml"), "2026-11-21T08:00:00+07:00");
    assert_eq!(lastmod(&index, "/sitemap/pages.xml"), "2026-11-21T09:00:00+07:00");
    let after = maps(&portal);
    assert!(before[1] != after[1] && before[2] == after[2], "and no other");

    portal.clock.set(at("2026-12-24T08:00:00"));
    assert!(portal.get("/sitemap/2026-12.xml").body.contains("/tin/hen-gio<"));
    assert!(portal.get("/sitemap.xml").body.contains("/sitemap/2026-12.xml<"));
    assert!(portal.get("/sitemap/pages.xml").body.contains("/don-vi/xa-ben-gao<"));

    let head = portal.ask("HEAD", "/sitemap/2026-12.xml", &[]);
    let known = portal.ask("GET", "/sitemap/2026-12.xml", &[("if-none-match", head.header("etag"))]);
    assert_eq!((head.status, head.bytes.len(), known.status), (200, 0, 304));
}

#[test]
fn a_month_of_very_many_texts_has_several_maps() {
    let portal = Portal::with(&folder());
    // November's text 5,000 times more; an import would take the test minutes.
    let many = "INSERT INTO documents (id, kind, slug, created_at, first_slug) \
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
        SELECT 1000 + i, kind, slug || '-' || i, created_at, slug || '-' || i FROM documents, n WHERE slug = 'mot'; \
        INSERT INTO editions (document_id, number, revision_id, kind, section, state, dated_at, day_only, month, starts_at, withdrawn_reason, replaced_by, change_note, shown_from, shown_until) \
        WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
        SELECT 1000 + i, 1, revision_id, kind, section, state, dated_at, day_only, month, starts_at, '', '', '', shown_from, shown_until FROM editions, n WHERE kind = 'article' AND month = 202611;";
    portal.app.web.store.write(|c| Ok(on_conn!(c, |c| c.batch_execute(many))?)).expect("they are there");
    let parts = locs(&portal.get("/sitemap.xml").body);
    assert_eq!(parts, ["/sitemap/pages.xml", "/sitemap/2026-09.xml", "/sitemap/2026-11.xml", "/sitemap/2026-11-2.xml"]);
    let texts = |path: &str| locs(&portal.get(path).body).into_iter().filter(|loc| loc.starts_with("/tin/")).count();
    assert_eq!((texts("/sitemap/2026-11.xml"), texts("/sitemap/2026-11-2.xml")), (5000, 1));
    assert!(portal.get("/sitemap/2026-11.xml").bytes.len() < 50_000_000);
    assert_eq!(everything(&portal).iter().filter(|loc| loc.starts_with("/tin/")).count(), 5003);
    for other in [
        "2026-11-1",
        "2026-11-3",
        "2026-11-02",
        "2026-11-99999999999999999999",
        "2026-13",
        "2026-00",
        "2026-9",
        "x",
        "%00",
        "2026-10",
        "Pages",
    ] {
        assert_eq!(portal.get(&format!("/sitemap/{other}.xml")).status, 404, "{other}");
    }
}

#[test]
fn robots_are_led_to_the_index_and_kept_from_nothing() {
    let robots = Portal::with(&folder()).get("/robots.txt");
    assert_eq!((robots.status, robots.header("content-type")), (200, "text/plain; charset=utf-8"));
    assert!(robots.body.contains("\nSitemap: https://thu.example/sitemap.xml\n"), "{}", robots.body);
    assert!(robots.body.lines().filter(|line| line.starts_with("Disallow:")).all(|line| line == "Disallow:"), "{}", robots.body);
}

#[test]
fn boards_with_anything_on_them_are_named_and_others_are_not() {
    for database in [None, Some(store::postgres())] {
        let folder = Folder::new();
        folder.rules();
        let units = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
        folder.file(
            "units.csv",
            format!("{units}99004,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n99005,2025-07-01,,Ea Kla,xa,99,xa-ea-kla,true\n"),
        );
        folder.file("unit-groups.toml", "[[groups]]\nslug = \"ven-song\"\nname = \"Ven sông\"\nunits = [\"99004\"]\n");
        let portal = Portal::on(database);
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let boards = || -> Vec<String> {
            let mut all: Vec<String> = everything(&portal).into_iter().filter(|loc| loc.starts_with("/bang-tin/")).collect();
            all.sort();
            all
        };
        // As every board tells it of itself.
        let told = || -> Vec<String> {
            let codes = ["99", "99001", "99002", "99004", "99005"];
            let filled =
                codes.iter().map(|code| format!("/bang-tin/{code}")).filter(|path| !portal.get(path).texts(".board-title").is_empty());
            filled.collect()
        };
        assert_eq!((boards(), told()), (vec![], vec![]));
        folder.posting("xa", "until = 2026-12-24T08:00:00", "Của xã.");
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(boards(), ["/bang-tin/99001"]);
        folder.posting("nhom", "unit = \"99\"\nto = [\"group:ven-song\", \"99005\"]", "Của tỉnh.");
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(
            (boards(), told()),
            (vec!["/bang-tin/99".to_owned(), "/bang-tin/99001".into(), "/bang-tin/99004".into(), "/bang-tin/99005".into()], boards())
        );
        // What was posted in a commune that another took in hangs there; a draft hangs nowhere.
        folder.posting("cu", "unit = \"99003\"\npublished = 2025-06-20\nkind = \"lai-suat-cho-vay\"", "Của xã cũ.");
        folder.posting("nhap", "unit = \"99002\"\nstate = \"draft\"", "Nháp.");
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!((boards().len(), boards()), (5, told()));
        assert!(everything(&portal).contains("/en/bang-tin/99002"));
        portal.clock.set(at("2026-12-24T08:00:00"));
        assert_eq!(boards(), told(), "its instant takes it off the map");
    }
}
