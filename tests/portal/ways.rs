//! How a citizen finds her commune and its news: from the menu, from the front page, from the name it used to have.

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, at};

/// A portal of the province Hương Lúa.
fn own() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", SITE.replace("owner", "unit = \"99\"\nowner"));
    folder
}

fn add_units(folder: &Folder, rows: &str) {
    let units = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    folder.file("units.csv", format!("{units}{rows}"));
}

/// Forty communes more, of two letters.
fn large(folder: &Folder) {
    let row = |number: usize| {
        let name = ["Đồng", "Ấp"][number % 2];
        format!("991{number:02},2025-07-01,,{name} {number},xa,99,xa-{number}-huong-lua,true\n")
    };
    add_units(folder, &(0..40).map(row).collect::<String>());
}

fn place_of(body: &str, text: &str) -> usize {
    body.find(text).unwrap_or_else(|| panic!("{text} is missing"))
}

#[test]
fn every_page_leads_to_the_communes() {
    let folder = own();
    folder.article("mot", "", "Một.").page("gioi-thieu", "Giới thiệu");
    let portal = Portal::with(&folder);
    for path in ["/", "/tin/mot", "/chuyen-muc/van-hoa", "/luu-tru/2026/11", "/trang/gioi-thieu", "/don-vi", "/khong-co"] {
        let page = portal.get(path);
        for menu in [".sections-strip", ".sections-fold"] {
            assert!(page.attributes(&format!("{menu} a"), "href").contains(&"/don-vi".to_owned()), "{menu} of {path}");
        }
    }
    let here = |path: &str| portal.get(path).attributes(".sections-strip a[href='/don-vi']", "aria-current");
    assert_eq!((here("/don-vi"), here("/don-vi/xa-dong-kieu"), here("/")), (vec!["page".into()], vec!["true".into()], vec![]));
    assert_eq!(portal.get("/en/don-vi").text("h1"), "Communes and wards");
    assert!(portal.get("/sitemap/pages.xml").body.contains("<loc>https://thu.example/don-vi</loc>"));
}

#[test]
fn the_sites_own_communes_come_first_and_stand_on_the_front_page() {
    let folder = own();
    folder.page("so-do-trang", "Sơ đồ trang");
    add_units(&folder, "01,,,Hà Nội,thanh_pho,,ha-noi,\n");
    let portal = Portal::with(&folder);
    let own = ["/don-vi/huong-lua", "/don-vi/xa-ben-gao", "/don-vi/xa-dong-kieu"];
    assert_eq!(portal.get("/don-vi").attributes("main a", "href"), [&own[..], &["/don-vi/ha-noi"]].concat());
    assert_eq!(portal.get("/").attributes(".home-units li a", "href"), own[1..]);
    let map = portal.get("/trang/so-do-trang").body;
    assert!(place_of(&map, "/don-vi/xa-dong-kieu\"") < place_of(&map, "/don-vi/ha-noi\""));

    folder.file("site.toml", SITE);
    portal.import(&folder).expect("a portal of no unit");
    assert_eq!(portal.get("/don-vi").attributes("main a", "href"), ["/don-vi/ha-noi", "/don-vi/huong-lua"]);
    add_units(&folder, "02,,2025-06-30,Hà Cũ,tinh,,tinh-ha-cu-den-2025,\n");
    portal.import(&folder).expect("a sound list");
    assert_eq!(portal.get("/don-vi").attributes("main .choice a", "href"), ["/don-vi/tinh-ha-cu-den-2025"], "an old province leads on too");
    assert_eq!(portal.get("/").texts(".home-units").len(), 0);
}

#[test]
fn a_commune_leaves_the_front_page_when_its_last_day_is_over_and_not_before() {
    let folder = own();
    add_units(&folder, "99009,,2026-11-25,Sắp Thôi,xa,99,xa-sap-thoi,true\n99010,2026-11-26,,Mới Lập,xa,99,xa-moi-lap,true\n");
    let portal = Portal::with(&folder);
    let shown = || portal.get("/").attributes(".home-units li a", "href").join(" ");
    assert!(shown().contains("xa-sap-thoi") && !shown().contains("xa-moi-lap"));
    let made = portal.app.web.kept.made();
    portal.clock.set(at("2026-11-25T23:59:59"));
    assert!(shown().contains("xa-sap-thoi"));
    assert_eq!(portal.app.web.kept.made(), made, "until then nothing is made anew");
    portal.clock.set(at("2026-11-26T00:00:00"));
    assert!(!shown().contains("xa-sap-thoi") && shown().contains("xa-moi-lap"));
    assert!(portal.get("/don-vi").body.contains("/don-vi/xa-moi-lap"));
}

#[test]
fn many_communes_stand_folded_above_the_news_by_letter() {
    let folder = own();
    large(&folder);
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    let page = portal.get("/don-vi/huong-lua");
    assert!(place_of(&page.body, "id=\"children\"") < place_of(&page.body, "id=\"news\""), "the places come before the news");
    assert_eq!(page.text(".choice summary"), "Chọn xã, phường 42 xã");
    assert_eq!(page.attributes(".choice", "open"), Vec::<String>::new());
    assert_eq!(page.texts(".letters a"), ["A", "B", "Đ"], "Ấ is looked up under A, and Đ is no D");
    for place in page.attributes(".letters a", "href") {
        assert_eq!(page.attributes(&format!(".by-letter [id='{}']", &place[1..]), "id").len(), 1, "{place}");
    }
    assert_eq!(page.attributes(".by-letter a", "href").len(), 42);
    // On the page that is for choosing, nothing needs unfolding.
    assert_eq!(portal.get("/don-vi").attributes(".choice", "open").len(), 1);
    assert_eq!(portal.get("/en/don-vi/huong-lua").text(".choice .count"), "42 communes");
}

#[test]
fn an_old_name_leads_to_the_commune_of_today() {
    let portal = Portal::with(&own());
    let province = portal.get("/don-vi/huong-lua");
    assert_eq!(province.text(".unit-aside .choice summary"), "Đơn vị cũ 1 huyện");
    assert_eq!(province.attributes(".unit-aside .choice a", "href"), ["/don-vi/huyen-ben-gao"]);
    let district = portal.get("/don-vi/huyen-ben-gao");
    assert_eq!(district.attributes(".children a", "href"), ["/don-vi/xa-gao-ha", "/don-vi/xa-gao-thuong"]);

    let folder = own();
    let changes = std::fs::read_to_string(folder.path().join("unit-changes.csv")).expect("the list");
    folder.file("unit-changes.csv", changes.replace("99003,,99002,2025-07-01,part", "99003,,99002,2025-07-01,whole"));
    let portal = Portal::with(&folder);
    let old = portal.get("/don-vi/xa-gao-ha");
    assert_eq!(old.text("h1"), "xã Gạo Hạ (đến 30/06/2025)");
    assert_eq!(old.text("title"), "Xã Gạo Hạ (đến 30/06/2025) – Bảng Tin thử");
    assert_eq!(old.attributes("meta[property='og:title']", "content"), ["Xã Gạo Hạ (đến 30/06/2025)"]);
    let said = old.text("main");
    for words in [
        "Đơn vị hành chính này đã kết thúc hoạt động.",
        "Thời gian hoạt động",
        "Đến hết ngày 30/06/2025",
        "Địa bàn này nay thuộc: Xã Bến Gạo tiếp nhận toàn bộ",
    ] {
        assert!(said.contains(words), "{words} is not in {said}");
    }
    let english = portal.get("/en/don-vi/xa-gao-ha").text("main");
    for words in ["(until 30 June 2025)", "In operation", "Until 30 June 2025", "took over the whole area"] {
        assert!(english.contains(words), "{words} is not in {english}");
    }
}

#[test]
fn an_empty_list_promises_nothing_that_cannot_come_and_says_where_to_look() {
    let portal = Portal::with(&own());
    let promise = "Tin mới hiện ở đây";
    let old = portal.get("/don-vi/xa-gao-ha");
    assert!(!old.body.contains(promise), "no news comes of a unit that is no more");
    assert_eq!(old.attributes(".unit-news .ways a", "href"), ["/don-vi/xa-ben-gao"]);
    let now = portal.get("/don-vi/xa-dong-kieu");
    assert!(now.body.contains(promise));
    assert_eq!(now.attributes(".nothing .ways a", "href"), ["/don-vi/huong-lua", "/", "/trang/lien-he"]);
    assert_eq!(
        portal.get("/").attributes(".nothing .ways a", "href"),
        ["/don-vi", "/trang/lien-he"],
        "whoever is at home is not sent there"
    );
    assert_eq!(portal.get("/chuyen-muc/van-hoa").attributes(".nothing .ways a", "href"), ["/", "/don-vi", "/trang/lien-he"]);
}

#[test]
fn a_card_names_its_unit_where_that_says_something() {
    let folder = own();
    folder.article("xa", "", "Tin của xã.").article("tinh", "unit = \"99\"\npublished = 2026-11-19", "Tin của tỉnh.");
    let portal = Portal::with(&folder);
    for path in ["/chuyen-muc/tin-dia-phuong", "/don-vi/huong-lua", "/luu-tru/2026/11"] {
        let said = portal.get(path).texts(".stream .card-meta");
        assert!(said[0].contains("Xã Đông Kiều") && !said[1].contains("Hương Lúa"), "{path}: {said:?}");
    }
    assert!(portal.get("/").text(".lead-card .card-meta").contains("Xã Đông Kiều"));
    assert!(!portal.get("/don-vi/xa-dong-kieu").text(".stream .card-meta").contains("Đông Kiều"), "it is that commune's own page");
}

#[test]
fn older_news_has_a_heading_of_its_own() {
    let folder = own();
    for number in 0..24 {
        let section = ["tin-dia-phuong", "van-hoa"][number % 2];
        folder.article(&format!("bai-{number}"), &format!("section = \"{section}\"\npublished = 2026-11-{:02}", number % 20 + 1), "Bài.");
    }
    let portal = Portal::with(&folder);
    let first = portal.get("/");
    let months = first.html();
    let aside = scraper::Selector::parse("[aria-labelledby=months] a[rel=next]").expect("a selector");
    assert_eq!(months.select(&aside).count(), 0, "the way on is none of the months'");
    assert_eq!(first.attributes("a[rel=next]", "href"), ["/?trang=2"]);
    let second = portal.get("/?trang=2");
    assert_eq!(second.texts("h1"), ["Tin cũ hơn, trang 2"]);
    assert_eq!(second.text("title"), "Tin cũ hơn, trang 2 – Bảng Tin thử");
    assert!(!second.body.contains("Mới nhất") && second.attributes("h1.unseen", "class").is_empty());
}

#[test]
fn where_all_that_is_new_stands_above_the_older_news_stand_under_their_own_name() {
    let folder = own();
    // Sixteen sections take up whatever the top of the page does not.
    let sections: String = (0..16).map(|number| format!("\n[[sections]]\nslug = \"muc-{number}\"\nname = \"Mục {number}\"\n")).collect();
    folder.file("site.toml", format!("{}{sections}", SITE.replace("owner", "unit = \"99\"\nowner")));
    for number in 0..30 {
        let more = format!("section = \"muc-{}\"\npublished = 2026-10-{:02}", number % 16, 30 - number);
        folder.article(&format!("bai-{number}"), &more, "Bài.");
    }
    let page = Portal::with(&folder).get("/");
    assert_eq!(page.texts(".stream").len(), 0);
    assert_eq!(page.texts("section.home-older h2"), ["Tin cũ hơn"]);
    assert_eq!(page.attributes("section.home-older a", "href"), ["/?trang=2"]);
}

#[test]
fn months_stand_in_the_order_they_are_read_in_under_their_year() {
    let folder = own();
    folder.page("so-do-trang", "Sơ đồ trang");
    for (number, month) in ["2025-11", "2025-12", "2026-01", "2026-02", "2026-04"].iter().enumerate() {
        folder.article(&format!("bai-{number}"), &format!("published = {month}-10"), "Bài.");
    }
    let portal = Portal::with(&folder);
    for path in ["/", "/trang/so-do-trang"] {
        let page = portal.get(path);
        assert_eq!(page.texts(".year"), ["Năm 2026", "Năm 2025"], "{path}");
        assert_eq!(page.texts(".months a"), ["Tháng 4", "Tháng 2", "Tháng 1", "Tháng 12", "Tháng 11"], "{path}");
    }
    let page = portal.get("/luu-tru/2026/02");
    assert_eq!(page.attributes("a[rel=prev]", "href"), ["/luu-tru/2026/01"]);
    assert_eq!(page.attributes("a[rel=next]", "href"), ["/luu-tru/2026/04"]);
    assert!(place_of(&page.body, "rel=\"prev\"") < place_of(&page.body, "rel=\"next\""));
    assert_eq!(page.texts(".months a"), ["Tháng 1", "Tháng 2", "Tháng 4", "2025"]);
    assert_eq!(page.attributes(".months [aria-current]", "href"), ["/luu-tru/2026/02"]);
    assert_eq!(page.attributes(".months a", "href").last().map(String::as_str), Some("/luu-tru/2025/12"));
    assert_eq!(portal.get("/en/luu-tru/2026/02").texts(".months a")[0], "January");
}

#[test]
fn english_lists_say_that_their_texts_are_vietnamese() {
    let folder = own();
    let site = std::fs::read_to_string(folder.path().join("site.toml")).expect("the site");
    folder.file("site.toml", site.replace("unit =", "owner_en = \"People’s Committee\"\ntagline_en = \"A test\"\nunit ="));
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    for path in ["/", "/chuyen-muc/tin-dia-phuong", "/don-vi/xa-dong-kieu", "/luu-tru/2026/11"] {
        let english = portal.get(&format!("/en{}", path.trim_end_matches('/')));
        assert_eq!(english.texts(".vietnamese-only"), ["These texts are in Vietnamese only."], "{path}");
        assert!(english.text(".foot-owner").contains("Published by People’s Committee"), "{path}");
        assert_eq!(english.text(".wordmark-tagline"), "A test");
        assert_eq!(portal.get(path).texts(".vietnamese-only").len(), 0, "{path}");
    }
    assert_eq!(portal.get("/en/chuyen-muc/van-hoa").texts(".vietnamese-only").len(), 0, "there are none to speak of");
    assert!(portal.get("/").text(".foot-owner").contains("UBND tỉnh Hương Lúa"));
}
