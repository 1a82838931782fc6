//! Units through time: a code is not an identity, and an old place leads to what became of it.

use crate::folder::Folder;
use crate::portal::Portal;

fn portal() -> Portal {
    let folder = Folder::new();
    folder
        .article("cu", "unit = \"99002\"\npublished = 2025-05-01", "Tin của xã Gạo Thượng.")
        .article("moi", "unit = \"99002\"\npublished = 2026-05-01", "Tin của xã Bến Gạo.")
        .article("huyen", "unit = \"998\"\npublished = 2024-05-01", "Tin của huyện.");
    Portal::with(&folder)
}

#[test]
fn a_text_belongs_to_the_unit_that_bore_the_code_on_its_day() {
    let portal = portal();
    assert!(portal.get("/tin/cu").text(".kicker").contains("xã Gạo Thượng"));
    assert!(portal.get("/tin/moi").text(".kicker").contains("xã Bến Gạo"));
    let old = portal.get("/don-vi/xa-gao-thuong");
    assert!(old.body.contains("/tin/cu") && !old.body.contains("/tin/moi"));
}

#[test]
fn a_units_page_shows_its_place_what_it_was_and_what_became_of_it() {
    let portal = portal();
    let now = portal.get("/don-vi/xa-ben-gao");
    assert_eq!(now.text("h1"), "xã Bến Gạo");
    let links = now.attributes("main a", "href");
    for path in ["/don-vi/huong-lua", "/don-vi/xa-gao-thuong", "/don-vi/xa-gao-ha"] {
        assert!(links.contains(&path.to_owned()), "{path} is missing: {links:?}");
    }
    let said = now.text(".history");
    assert!(said.contains("toàn bộ") && said.contains("một phần") && said.contains("01/07/2025"), "{said}");

    let before = portal.get("/don-vi/xa-gao-ha");
    assert!(before.text("main").contains("30/06/2025") && before.attributes("main a", "href").contains(&"/don-vi/xa-ben-gao".to_owned()));

    let district = portal.get("/don-vi/huyen-ben-gao");
    assert!(district.text(".notice").contains("Đơn vị hành chính này đã kết thúc hoạt động."), "{}", district.text(".notice"));
    assert!(district.attributes("main a", "href").contains(&"/don-vi/xa-gao-ha".to_owned()), "its communes lead on");
    assert_eq!(district.attributes(".history .unit-links a", "href"), ["/don-vi/xa-ben-gao"], "and so does it, once");
    assert!(district.body.contains("/tin/huyen") && district.body.contains("/tin/cu"), "its texts and those below it");
}

#[test]
fn a_province_shows_the_texts_of_everything_below_it() {
    let page = portal().get("/don-vi/huong-lua");
    for path in ["/tin/cu", "/tin/moi", "/tin/huyen"] {
        assert!(page.body.contains(path), "{path}");
    }
}

#[test]
fn the_official_list_is_whole() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("the list is there");
    let book = bangtin::unit::book::Book::read(&read("units.csv"), &read("unit-changes.csv")).expect("the list is sound");
    let in_force: Vec<_> = book.entries.iter().filter(|entry| entry.valid_until.is_none() && !entry.sample).collect();
    assert_eq!(in_force.iter().filter(|entry| entry.parent.is_none()).count(), 34, "provinces");
    assert_eq!(in_force.iter().filter(|entry| entry.parent.is_some()).count(), 3_321, "communes");
    let on = |code: &str, day: &str| book.on_day(code, day.parse().expect("a day")).map(|entry| format!("{} {}", entry.rank, entry.name));
    assert_eq!(on("273", "2025-06-30").as_deref(), Some("huyen Đan Phượng"));
    assert_eq!(on("273", "2025-07-01"), None);
    assert_eq!(on("09784", "2025-06-30").as_deref(), Some("thi_tran Phùng"));
    assert_eq!(on("09784", "2025-07-01").as_deref(), Some("xa Đan Phượng"));
    assert_eq!(on("75", "2026-04-29").as_deref(), Some("tinh Đồng Nai"));
    assert_eq!(on("75", "2026-04-30").as_deref(), Some("thanh_pho Đồng Nai"));
}

#[test]
fn an_address_that_was_given_out_is_not_taken_back() {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    let renamed = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list").replace("xa-dong-kieu", "dong-kieu-moi");
    folder.file("units.csv", renamed).file("site.toml", crate::folder::SITE.replace("tin-dia-phuong", "tin-xa"));
    let refusal = portal.import(&folder).expect_err("two addresses would go");
    let bangtin::kit::refusal::Refusal::Issues(issues) = refusal else { panic!("{refusal}") };
    let found: Vec<_> = issues.iter().map(|issue| (issue.file.as_str(), issue.phrase.key)).collect();
    assert!(found.contains(&("units.csv", "unit-label-fixed")) && found.contains(&("site.toml", "site-section-in-use")), "{found:?}");
    assert_eq!(portal.get("/don-vi/xa-dong-kieu").status, 200);
}

#[test]
fn the_list_can_be_mended_and_a_circle_in_it_is_named() {
    let folder = Folder::new();
    let portal = Portal::with(&folder);
    let changes = std::fs::read_to_string(folder.path().join("unit-changes.csv")).expect("the list");
    folder.file("unit-changes.csv", changes.replace("part", "whole"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert!(!portal.get("/don-vi/xa-ben-gao").text(".history").contains("một phần"));

    let units = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    folder.file("unit-changes.csv", format!("{changes}99003,,99002,2025-07-01,part,2025-07-01\n"));
    folder.file(
        "units.csv",
        units.replace("99,,,Hương Lúa,tinh,,", "99,,,Hương Lúa,tinh,99,") + "99001,2026-01-01,,Đông Kiều,xa,99,xa-dong-kieu-moi,true\n",
    );
    let refusal = portal.import(&folder).expect_err("three faults");
    let bangtin::kit::refusal::Refusal::Issues(issues) = refusal else { panic!("{refusal}") };
    let found: Vec<_> = issues.iter().map(|issue| (issue.file.as_str(), issue.line, issue.phrase.key)).collect();
    for fault in
        [("units.csv", 2, "unit-above-itself"), ("units.csv", 8, "unit-code-borne-twice"), ("unit-changes.csv", 5, "unit-link-twice")]
    {
        assert!(found.contains(&fault), "{fault:?} is not among {found:?}");
    }
}
