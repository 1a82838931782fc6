//! A report that waits for its hour: before it nothing anywhere tells of it, and at its hour everything does; and the persons on its
//! list, each with a link of his own, whose every opening is noted. No background task runs, every cache is on, the clock is driven.

use bangtin::app::verify::verify;
use bangtin::edition::Kind;
use bangtin::person::access::Role;
use bangtin::store::schema::documents;
use bangtin::store::schema_out::{early_links, early_openings};
use bangtin::store::{log, shelf};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::desk_walls::TEXTS;
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

const HOUR: &str = "2026-11-21T09:00:00";
const SERIES: &str = "series = \"tin-dung-xa\"";
const MINH: &str = "Lê Quang Minh";
const LIST: &str = "\n\n[[early]]\nname = \"Lê Quang Minh\"\noffice = \"Văn phòng UBND tỉnh\"\n\n[[early]]\nname = \"Vũ Thị Hoa\"";

/// What tells of it: its title, its lead, its figure as it is written and as it is kept, its address, a name on its list.
const WORDS: [&str; 6] = ["LÚA-CHÍN", "987.654", "987654", "hen-gio", "Quang Minh", "Trổ bông"];

pub fn report(folder: &Folder, slug: &str, published: &str, value: &str, more: &str) {
    let figures = format!("indicator,unit,period,value,measure,status,note\ndu-no,,2026-09-30,{value},trieu-dong,,\n");
    folder.file(&format!("figures/{slug}.csv"), figures);
    let front = "section = \"tin-dia-phuong\"\nunit = \"99001\"";
    folder.file(
        &format!("reports/{slug}.md"),
        format!(
            "+++\n{front}\npublished = {published}\ndata = \"figures/{slug}.csv\"\nsource = \"Thống kê xã\"\n{more}\n+++\n\nThân báo cáo.\n"
        ),
    );
}

/// With neighbours of every sort: a report of its series, an article that it belongs to, a calendar that announces it.
pub fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    let shipped = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/indicators.toml");
    folder.file("indicators.toml", std::fs::read(shipped).expect("it is shipped"));
    folder.page("so-do-trang", "Sơ đồ trang").article("lang-gieng", "published = 2026-11-10T08:00:00", "Bài bên cạnh.");
    report(&folder, "ky-truoc", "2026-10-10T08:00:00", "1000", &format!("title = \"Kỳ trước\"\nlead = \"Kỳ trước.\"\n{SERIES}"));
    folder.file(
        "release-calendar.csv",
        "unit,unit_valid_from,name,number,at,by,title,series,planned,standing,reason\n99001,2025-07-01,ky-nay,1,2026-11-01T08:00:00+07:00,thong.ke,Số liệu kỳ này,tin-dung-xa,2026-11-21T09:00,confirmed,\n",
    );
    folder
}

pub fn with_report(more: &str) -> Folder {
    let folder = folder();
    let facts = format!(
        "title = \"Hẹn giờ LÚA-CHÍN\"\nlead = \"Trổ bông.\"\n{SERIES}\nrelated = [\"lang-gieng\"]{more}\n\n[[headlines]]\nindicator = \"du-no\""
    );
    report(&folder, "hen-gio", HOUR, "987654", &facts);
    folder
}

fn outputs() -> Vec<String> {
    let mut all: Vec<String> = [
        "/",
        "/?trang=2",
        "/chuyen-muc/tin-dia-phuong",
        "/don-vi",
        "/don-vi/xa-dong-kieu",
        "/don-vi/huong-lua",
        "/luu-tru/2026/11",
        "/so-lieu",
        "/so-lieu?trang=2",
        "/so-lieu/lich",
        "/so-lieu/lich?don-vi=xa-dong-kieu",
        "/so-lieu/lich.ics",
        "/so-lieu/dcat.jsonld",
        "/so-lieu/ky-truoc",
        "/so-lieu/ky-truoc.json",
        "/so-lieu/ky-truoc/ban/1",
        "/so-lieu/hen-gio",
        "/so-lieu/hen-gio/",
        "/so-lieu/hen-gio/ban/1",
        "/so-lieu/hen-gio/ban/2",
        "/tin/lang-gieng",
        "/trang/so-do-trang",
        "/niem-yet",
        "/bang-tin/99001",
        "/the/so-lieu/hen-gio.png",
        "/the/so-lieu/ky-truoc.png",
        "/the/don-vi/xa-dong-kieu.png",
        "/tim-kiem?q=chin",
    ]
    .map(String::from)
    .into();
    for feed in ["atom.xml", "rss.xml", "feed.json"] {
        let places = ["", "/so-lieu", "/chuyen-muc/tin-dia-phuong", "/don-vi/xa-dong-kieu", "/don-vi/huong-lua", "/niem-yet"];
        all.extend(places.map(|place| format!("{place}/{feed}")));
    }
    for ending in ["csv", "xlsx", "json", "csv-metadata.json", "pdf"] {
        all.extend([format!("/so-lieu/hen-gio.{ending}"), format!("/so-lieu/hen-gio/ban/1.{ending}")]);
    }
    let english: Vec<String> = all.iter().map(|path| format!("/en{path}")).collect();
    let machines = [
        "/sitemap.xml",
        "/sitemap/pages.xml",
        "/sitemap/so-lieu-2026-10.xml",
        "/sitemap/so-lieu-2026-11.xml",
        "/robots.txt",
        "/bang-tin/99001/bulletin.json",
        "/bang-tin/99001/changes?after=0",
        "/bang-tin/99001/changes",
        "/bang-tin/99001/bulletin.json.sig",
        "/.well-known/bangtin.json",
        "/api/v1/documents",
        "/api/v1/documents?kind=report",
        "/api/v1/openapi.json",
        "/ban-bien-tap/xem-som/hen-gio",
    ];
    all.into_iter().chain(english).chain(machines.map(String::from)).collect()
}

/// Of a file of figures, wherever it could lie.
fn files(portal: &Portal) -> Vec<String> {
    let names = portal.app.web.store.read().map(|mut c| shelf::names(&mut c)).expect("a reader").expect("the names");
    let (_, digest) = names.into_iter().find(|(name, _)| name.ends_with("hen-gio.csv")).expect("its figures are on the shelf");
    ["x.csv", "hen-gio.csv", "figures/hen-gio.csv"].map(|name| format!("/tep/{digest}/{name}")).into()
}

/// The outputs in which any word of it stands, in the body or in a header. What one asked for oneself tells nothing.
fn showing(portal: &Portal) -> Vec<String> {
    let paths = outputs().into_iter().chain(files(portal));
    paths
        .filter(|path| {
            let reply = portal.get(path);
            let mut text = reply.body.clone();
            reply.headers().iter().for_each(|(_, value)| text.push_str(value));
            if path.contains("hen-gio") {
                let asked = path.split('?').next().unwrap_or_default().trim_start_matches("/en");
                text = text.replace(asked, "").replace(asked.trim_end_matches('/'), "");
            }
            // A workbook's words are packed; a card is a picture.
            let is_packed = path.contains("hen-gio") && reply.status == 200;
            is_packed || WORDS.iter().any(|word| text.contains(word))
        })
        .collect()
}

/// What differs between two answers: the instant of making, who asked and the key of a portal are no part of them.
fn said(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let mut headers = reply.headers().to_vec();
    headers.retain(|(name, _)| !["date", "x-request-id", "content-digest", "bangtin-signature", "repr-digest"].contains(&name.as_str()));
    headers.sort();
    (reply.status, headers, reply.body.clone())
}

fn is_signed(path: &str) -> bool {
    ["/bulletin.json", "/changes", "/bangtin.json"].iter().any(|end| path.contains(end))
}

#[test]
fn before_its_hour_nothing_anywhere_tells_of_a_report_and_at_its_hour_everything_does() {
    let portal = Portal::with(&with_report(LIST));
    let without = Portal::with(&folder());
    for portal in [&portal, &without] {
        portal.app.begin_keys().expect("a key can be made");
    }
    for instant in ["2026-11-21T08:00:00", "2026-11-21T08:59:59"] {
        portal.clock.set(at(instant));
        without.clock.set(at(instant));
        assert_eq!(showing(&portal), Vec::<String>::new(), "{instant}");
        for path in outputs().iter().filter(|path| !is_signed(path)) {
            // Twice, so that what is kept speaks too.
            portal.get(path);
            without.get(path);
            let (own, other) = (said(&portal.get(path)), said(&without.get(path)));
            assert_eq!((own.0, &own.1), (other.0, &other.1), "{path} at {instant}");
            let differ: Vec<_> = own.2.lines().zip(other.2.lines()).filter(|(one, other)| one != other).collect();
            assert!(own.2 == other.2, "{path} at {instant}: {differ:?}");
        }
        // Neither a count nor a number of a bulletin: what is signed is the same but for what each portal draws for itself, and its digest.
        for path in ["/bang-tin/99001/bulletin.json", "/bang-tin/99001/changes?after=0"] {
            let told = |portal: &Portal| {
                let mut told: serde_json::Value =
                    serde_json::from_str(&portal.get(path).body).unwrap_or_else(|_| panic!("{path}: {}", portal.get(path).body));
                for own in ["key", "signature", "series", "content", "cursor", "next"] {
                    told.as_object_mut().and_then(|told| told.remove(own));
                }
                told
            };
            assert_eq!(told(&portal), told(&without), "{path} at {instant}");
        }
        for path in
            ["/so-lieu/hen-gio", "/so-lieu/hen-gio.csv", "/so-lieu/hen-gio.xlsx", "/so-lieu/hen-gio/ban/1", "/the/so-lieu/hen-gio.png"]
        {
            let reply = portal.get(path);
            assert_eq!((reply.status, reply.header("etag"), reply.header("last-modified")), (404, "", ""), "{path}");
        }
        assert!(files(&portal).iter().all(|path| portal.get(path).status == 404));
    }
    portal.clock.set(at(HOUR));
    let shown = showing(&portal);
    for path in [
        "/don-vi/xa-dong-kieu",
        "/so-lieu",
        "/en/so-lieu",
        "/so-lieu/lich",
        "/so-lieu/lich?don-vi=xa-dong-kieu",
        "/so-lieu/lich.ics",
        "/so-lieu/dcat.jsonld",
        "/so-lieu/ky-truoc",
        "/tin/lang-gieng",
        "/so-lieu/atom.xml",
        "/so-lieu/rss.xml",
        "/so-lieu/feed.json",
        "/so-lieu/hen-gio",
        "/so-lieu/hen-gio.csv",
        "/so-lieu/hen-gio.xlsx",
        "/so-lieu/hen-gio.json",
        "/so-lieu/hen-gio.csv-metadata.json",
        "/the/so-lieu/hen-gio.png",
        "/sitemap/so-lieu-2026-11.xml",
    ] {
        assert!(shown.iter().any(|known| known == path), "{path} does not show it: {shown:?}");
    }
    let page = portal.get("/so-lieu/hen-gio");
    assert!(page.text(".report-about").contains("Lê Quang Minh; Văn phòng UBND tỉnh; Vũ Thị Hoa"), "{}", page.text("main"));
    assert!(portal.get("/so-lieu/lich").text("section[aria-labelledby=out] .is-published").contains("21/11/2026 09:00, đúng hẹn"));
    // And back: nothing that was kept speaks for another instant than its own.
    portal.clock.set(at("2026-11-21T08:59:59"));
    assert_eq!(showing(&portal), Vec::<String>::new());
}

fn office(database: Option<String>, more: &str) -> (Portal, i64) {
    let portal = Portal::on(database);
    portal.import(&with_report(more)).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.get("/");
    let here = Some(unit(&portal, "Đông Kiều"));
    added(&portal, "dang.vu", "Vũ Hải Đăng", &[role(Role::Publisher, here)]);
    added(&portal, "man.le", "Lê Văn Mẫn", &[role(Role::Editor, here)]);
    added(&portal, "xem.ly", "Lý Thị Xem", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
    let mut c = portal.app.web.store.read().expect("it opens");
    let of = documents::table.filter(documents::kind.eq(Kind::Report.name()).and(documents::slug.eq("hen-gio")));
    let document = of.select(documents::id).first(&mut *c).expect("it is there");
    drop(c);
    (portal, document)
}

fn lent(browser: &mut Browser, document: i64, name: &str) -> String {
    let reply = browser.post(&format!("{TEXTS}/{document}/xem-som"), &[("name", name)]);
    assert_eq!(reply.status, 200, "{}", reply.text("main"));
    let address = reply.text(".secret");
    address.strip_prefix("https://thu.example").expect("it is ours").to_owned()
}

#[test]
fn each_person_on_the_list_opens_it_by_his_own_link_until_its_hour_and_the_desk_knows() {
    for database in [None, Some(postgres())] {
        let (portal, document) = office(database, LIST);
        let mut staff = Browser::of(&portal, "dang.vu");
        let list = format!("{TEXTS}/{document}/xem-som");
        assert_eq!(staff.get(&list).texts(".rows .row-title"), [MINH, "Vũ Thị Hoa"]);
        let (minh, hoa) = (lent(&mut staff, document, MINH), lent(&mut staff, document, "Vũ Thị Hoa"));
        assert!(minh != hoa && minh.rsplit('/').next().is_some_and(|secret| secret.len() >= 32));
        let kept: Vec<String> =
            early_links::table.select(early_links::digest).load(&mut *portal.app.web.store.read().expect("it opens")).expect("rows");
        assert!(kept.iter().all(|digest| !minh.contains(digest.as_str())), "the store keeps no secret");
        let outer = portal.get(&minh);
        let banner = "Cấm công bố trước 21/11/2026 09:00. Chỉ dành cho: Lê Quang Minh; Văn phòng UBND tỉnh.";
        assert!(outer.status == 200 && outer.text(".embargo").starts_with(banner), "{}", outer.text("main"));
        let page = portal.get(&format!("{minh}/trang"));
        assert_eq!(page.text(".embargo"), banner);
        assert!(page.body.contains("LÚA-CHÍN") && page.text("main").contains("987.654"), "{}", page.text("main"));
        // Its files by the same secret, and at no other address.
        let links = page.attributes(".report-files a", "href");
        assert_eq!(links.len(), 4, "{links:?}");
        for link in &links {
            assert!(link.starts_with(&format!("{minh}/so-lieu.")), "{link}");
            let file = portal.get(link);
            assert_eq!((file.status, file.header("cache-control"), file.header("etag")), (200, "no-store", ""), "{link}");
            assert_eq!(portal.get(&link.replace(&minh, "/ban-bien-tap/xem-som/00112233445566778899aabbccddeeff")).status, 404);
        }
        assert!(portal.get(&format!("{minh}/so-lieu.csv")).body.contains("987654"));
        assert_eq!(portal.get(&format!("{minh}/so-lieu.exe")).status, 404);
        assert_eq!(showing(&portal), Vec::<String>::new(), "a link makes nothing public");
        // Nor does anything that readers see know of links: nothing is made anew, and no bulletin has a new number.
        let made = portal.app.web.kept.made();
        lent(&mut staff, document, "Vũ Thị Hoa");
        portal.get(&format!("{minh}/so-lieu.csv"));
        for path in ["/so-lieu", "/so-lieu/ky-truoc", "/don-vi/xa-dong-kieu", "/bang-tin/99001/bulletin.json"] {
            portal.get(path);
        }
        assert_eq!(portal.app.web.kept.made(), made);
        let hoa = lent(&mut staff, document, "Vũ Thị Hoa");
        // The desk knows who opened what.
        portal.clock.set(at("2026-11-21T08:30:00"));
        portal.get(&format!("{minh}/trang"));
        let told = Browser::of(&portal, "dang.vu").get(&list).texts(".rows li");
        assert!(told[0].contains("Đã mở 6 lần: lần đầu 21/11/2026 08:00, gần nhất 21/11/2026 08:30."), "{told:?}");
        assert!(told[0].contains("Tệp đã mở: csv, csv-metadata.json, json, xlsx.") && told[1].contains("Chưa mở."), "{told:?}");
        let acts: Vec<String> = portal
            .app
            .web
            .store
            .write(|c| Ok(bangtin::store::schema::log::table.select(bangtin::store::schema::log::act).load(c)?))
            .expect("the log");
        assert_eq!(acts.iter().filter(|act| *act == "early_opened").count(), 1, "the first time is an act");
        // Each link opens for its own person alone; one that is taken back leads nowhere, the other's still does.
        assert!(portal.get(&hoa).text(".embargo").contains("Vũ Thị Hoa") && !portal.get(&hoa).body.contains("Minh"));
        let mut staff = Browser::of(&portal, "dang.vu");
        assert_eq!(staff.post(&list, &[("name", MINH), ("then", "end")]).status, 303);
        let gone = |address: &str| ["", "/trang", "/so-lieu.csv", "/so-lieu/xlsx"].map(|end| portal.get(&format!("{address}{end}")).status);
        assert_eq!((gone(&minh), gone(&hoa)[0]), ([404; 4], 200));
        // A new link takes the place of the old.
        let again = lent(&mut staff, document, "Vũ Thị Hoa");
        assert_eq!((gone(&hoa), portal.get(&again).status), ([404; 4], 200));
        // At its hour it leads to where everybody finds it, and is noted no more.
        let openings =
            || early_openings::table.count().get_result::<i64>(&mut *portal.app.web.store.read().expect("it opens")).expect("a number");
        let before = openings();
        portal.clock.set(at(HOUR));
        for (end, to) in [("", "/so-lieu/hen-gio"), ("/trang", "/so-lieu/hen-gio"), ("/so-lieu.csv", "/so-lieu/hen-gio.csv")] {
            let reply = portal.get(&format!("{again}{end}"));
            assert_eq!((reply.status, reply.header("location")), (303, to));
        }
        assert_eq!((openings(), gone(&minh)), (before, [404; 4]));
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it runs").faults.is_empty());
    }
}

#[test]
fn a_link_ends_at_once_with_its_hour_and_with_its_person_s_place_on_the_list() {
    let (portal, document) = office(None, LIST);
    let mut staff = Browser::of(&portal, "dang.vu");
    let minh = lent(&mut staff, document, MINH);
    assert_eq!(portal.get(&minh).status, 200);
    // Moved to another hour, it is good until that.
    let text = format!("{TEXTS}/{document}");
    let seal = |staff: &Browser, page: &str| staff.get(page).attributes("input[name=seal]", "value").remove(0);
    let page = format!("{text}/thoi-gian");
    let moved = staff.post(&page, &[("seal", &seal(&staff, &page)), ("starts", "2026-11-21T10:00"), ("when", "later")]);
    assert_eq!(moved.status, 303, "{}", moved.text("main"));
    portal.clock.set(at("2026-11-21T09:30:00"));
    assert!(portal.get(&minh).text(".embargo").contains("21/11/2026 10:00"));
    assert_eq!(portal.get("/so-lieu/hen-gio").status, 404);
    // Its hour is cancelled. Nobody has sat there for long.
    let mut staff = Browser::of(&portal, "dang.vu");
    let form = format!("form[action='{text}/huy-hen'] input[name=seal]");
    let seal = staff.get(&text).attributes(&form, "value").remove(0);
    assert_eq!(staff.post(&format!("{text}/huy-hen"), &[("seal", &seal)]).status, 303);
    assert_eq!(["", "/trang", "/so-lieu.csv"].map(|end| portal.get(&format!("{minh}{end}")).status), [404; 3]);
    assert_eq!(staff.post(&format!("{text}/xem-som"), &[("name", MINH)]).status, 409, "what waits for no hour is lent to nobody");
    let told = staff.get(&format!("{text}/xem-som")).text("main");
    assert!(told.contains("không ở trong thời gian chờ đăng"), "{told}");
    // Taken off the list by a draft that is put on again: the link to what was before stays dead.
    let shorter = with_report("\n\n[[early]]\nname = \"Vũ Thị Hoa\"");
    let again = Portal::with(&with_report(LIST));
    added(&again, "dang.vu", "Vũ Hải Đăng", &[role(Role::Publisher, Some(unit(&again, "Đông Kiều")))]);
    again.get("/");
    let minh = lent(&mut Browser::of(&again, "dang.vu"), document, MINH);
    assert_eq!(again.get(&minh).status, 200);
    again.import(&shorter).unwrap_or_else(|refusal| panic!("{}", again.told(&refusal)));
    assert_eq!(["", "/trang", "/so-lieu.csv"].map(|end| again.get(&format!("{minh}{end}")).status), [404; 3]);
    let mut staff = Browser::of(&again, "dang.vu");
    assert_eq!(staff.post(&format!("{text}/xem-som"), &[("name", MINH)]).status, 422, "who is not on the list is lent nothing");
    let hoa = lent(&mut staff, document, "Vũ Thị Hoa");
    again.clock.set(at(HOUR) - TimeDelta::seconds(1));
    assert_eq!(again.get(&hoa).status, 200);
    again.clock.set(at(HOUR));
    let page = again.get("/so-lieu/hen-gio");
    assert!(!page.body.contains("Quang Minh") && page.text(".report-about").contains("Vũ Thị Hoa"));
}

#[test]
fn only_who_publishes_there_lends_and_sees_who_opened_it() {
    let (portal, document) = office(None, LIST);
    let list = format!("{TEXTS}/{document}/xem-som");
    let position = || portal.app.web.store.write(log::position).expect("it can be read");
    for (login, wanted) in [("man.le", 403), ("xem.ly", 404)] {
        let mut browser = Browser::of(&portal, login);
        let before = position();
        assert_eq!(browser.get(&list).status, wanted, "{login}");
        assert_eq!(browser.post(&list, &[("name", MINH)]).status, wanted, "{login}");
        assert_eq!(browser.post(&list, &[("name", MINH), ("then", "end")]).status, wanted, "{login}");
        assert_eq!(position(), before, "{login}");
    }
    let other: i64 = {
        let mut c = portal.app.web.store.read().expect("it opens");
        documents::table.filter(documents::slug.eq("lang-gieng")).select(documents::id).first(&mut *c).expect("an article")
    };
    assert_eq!(Browser::of(&portal, "dang.vu").get(&format!("{TEXTS}/{other}/xem-som")).status, 404, "an article has no such list");
}

#[test]
fn a_list_goes_out_and_comes_in_with_its_report_and_a_bad_one_is_refused_at_its_line() {
    let portal = Portal::with(&with_report(LIST));
    let out = portal.export();
    let written = std::fs::read_to_string(out.path().join("reports/hen-gio.md")).expect("it is exported");
    assert!(
        written.contains("[[early]]\nname = \"Lê Quang Minh\"\noffice = \"Văn phòng UBND tỉnh\"\n\n[[early]]\nname = \"Vũ Thị Hoa\"\n"),
        "{written}"
    );
    let other = Portal::with(&out);
    assert_eq!(other.export().contents(), out.contents());
    for (wrong, key) in [
        ("\n\n[[early]]\nname = \"A\"\n\n[[early]]\nname = \"A\"".to_owned(), "hai lần trong danh sách"),
        ("\n\n[[early]]\noffice = \"A\"".to_owned(), "name"),
        ((0..31).map(|number| format!("\n\n[[early]]\nname = \"Người {number}\"")).collect(), "Nhiều hơn 30 người"),
    ] {
        let portal = Portal::open();
        let refused = portal.import(&with_report(&wrong)).expect_err("it is wrong");
        assert!(portal.told(&refused).contains(key), "{}", portal.told(&refused));
    }
}

#[test]
fn the_form_of_a_report_keeps_its_list_and_says_what_is_wrong_with_it() {
    let (portal, _) = office(None, LIST);
    let folder = with_report(LIST);
    report(&folder, "nhap", "2026-11-20T08:00:00", "5", &format!("title = \"Nháp\"\nlead = \"Nháp.\"\nstate = \"draft\"{LIST}"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let document: i64 = {
        let mut c = portal.app.web.store.read().expect("it opens");
        documents::table.filter(documents::slug.eq("nhap")).select(documents::id).first(&mut *c).expect("a draft")
    };
    let mut staff = Browser::of(&portal, "man.le");
    let form = format!("{TEXTS}/{document}/sua");
    let typed = staff.get(&form);
    assert_eq!(typed.text("#f-early"), "Lê Quang Minh; Văn phòng UBND tỉnh Vũ Thị Hoa");
    let base = typed.attributes("input[name=base]", "value").remove(0);
    let mut sent = |early: &str, then: &str, base: &str| {
        let fields = [
            ("base", base),
            ("title", "Nháp"),
            ("lead", "Nháp."),
            ("body", "Thân báo cáo."),
            ("unit", "xa-dong-kieu"),
            ("section", "tin-dia-phuong"),
            ("report_source", "Thống kê xã"),
            ("early", early),
            ("then", then),
        ];
        staff.post(&form, &fields)
    };
    assert_eq!(sent("Đỗ Thị Hạnh; Sở Tài chính\n\n Lê  Quang Minh", "", &base).status, 303);
    let typed = Browser::of(&portal, "man.le").get(&form);
    assert_eq!(typed.text("#f-early"), "Đỗ Thị Hạnh; Sở Tài chính Lê Quang Minh");
    let base = typed.attributes("input[name=base]", "value").remove(0);
    let refused = sent("Đỗ Thị Hạnh\nĐỗ Thị Hạnh; Sở Tài chính", "submit", &base);
    assert!(refused.text("#i-early").contains("hai lần trong danh sách xem trước"), "{} {}", refused.status, refused.text("main"));
}
