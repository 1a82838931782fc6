//! Standing pages from the desk: begun, reviewed, corrected and taken along like any other text.

use bangtin::app::verify::verify;
use bangtin::person::access::{Role, Verb};
use bangtin::person::token;
use serde_json::json;

use crate::desk_walls::{TEXTS, all_roles};
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, done, role, unit};
use crate::portal::{Portal, Reply};

const NEW: &str = "/ban-bien-tap/van-ban/moi";

/// Bùi Thị Ca may do everything everywhere, Vũ Văn Mạnh too; Trần Thị Thắm writes for Đông Kiều.
fn office() -> Portal {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    let portal = Portal::with(&folder);
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    added(&portal, "manh.vu", "Vũ Văn Mạnh", &all_roles(None));
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(unit(&portal, "Đông Kiều")))]);
    portal
}

fn number(reply: &Reply) -> i64 {
    let to = reply.header("location");
    to.split('/').nth(3).and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("{to} {}", reply.text("main")))
}

fn field(browser: &Browser, path: &str, name: &str) -> String {
    let found = browser.get(path).attributes(&format!("form [name={name}]"), "value");
    found.into_iter().next().unwrap_or_else(|| panic!("{path} has no {name}"))
}

fn save(browser: &mut Browser, document: i64, more: &[(&str, &str)]) -> Reply {
    let path = format!("{TEXTS}/{document}/sua");
    let base = field(browser, &path, "base");
    browser.post(&path, &[&[("base", base.as_str())], more].concat())
}

/// Submitted by its writer, approved and published by somebody else.
fn publish(writer: &mut Browser, chief: &mut Browser, document: i64) {
    let text = format!("{TEXTS}/{document}");
    let seal = field(writer, &text, "seal");
    assert_eq!(writer.post(&format!("{text}/gui"), &[("seal", &seal)]).header("location"), format!("{text}?da=submitted"));
    let path = format!("{text}/duyet");
    let (seal, revision) = (field(chief, &path, "seal"), field(chief, &path, "revision"));
    let done = chief.post(&path, &[("seal", &seal), ("revision", &revision), ("when", "now")]);
    assert_eq!(done.status, 303, "{}", done.text("main"));
}

#[test]
fn a_page_is_begun_at_the_desk_and_comes_back_from_an_export() {
    let portal = office();
    let (mut author, mut chief) = (Browser::of(&portal, "tham.tran"), Browser::of(&portal, "manh.vu"));
    assert_eq!(author.get(NEW).attributes("input[name=kind]", "value"), ["article", "page", "posting", "report"]);
    assert_eq!(author.get(NEW).attributes("input[name=kind][checked]", "value"), ["article"], "most of what is written is news");
    // A page has no section, whatever the form sent with it.
    let fields = [("kind", "page"), ("title", "Hướng dẫn tiếp dân"), ("unit", "xa-dong-kieu"), ("section", "van-hoa")];
    let document = number(&author.post(NEW, &fields));
    let editor = author.get(&format!("{TEXTS}/{document}/sua"));
    assert_eq!(editor.attributes("#f-review", "type"), ["date"]);
    assert!(editor.attributes("#f-byline, #f-picture", "name").is_empty(), "a page bears no name and no picture of its own");
    assert!(editor.attributes("#f-section", "name").is_empty(), "nor does it stand in a section");
    assert_eq!(portal.get("/trang/huong-dan-tiep-dan").status, 404);

    let first = [("title", "Hướng dẫn tiếp dân"), ("body", "Sáng thứ Năm."), ("unit", "xa-dong-kieu"), ("review", "2027-05-01")];
    assert_eq!(save(&mut author, document, &first).status, 303);
    publish(&mut author, &mut chief, document);
    let page = portal.get("/trang/huong-dan-tiep-dan");
    assert_eq!((page.status, page.text("h1").as_str()), (200, "Hướng dẫn tiếp dân"));
    assert!(page.text(".text-dates").contains("01/05/2027"), "{}", page.text(".text-dates"));

    // Another day of review is a correction like any other.
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::minutes(5));
    author.post(&format!("{TEXTS}/{document}/ban-moi"), &[]);
    let second = [&first[..3], &[("review", "2028-05-01"), ("change_note", "Đã rà soát")]].concat();
    assert_eq!(save(&mut author, document, &second).status, 303);
    publish(&mut author, &mut chief, document);
    assert!(portal.get("/trang/huong-dan-tiep-dan").text(".text-dates").contains("01/05/2028"));
    let past = portal.get("/trang/huong-dan-tiep-dan/ban/1");
    assert_eq!(past.texts(".changes h3"), ["Ngày rà soát tiếp theo"], "{}", past.text(".changes"));
    assert!(past.text(".changes p[lang] del").contains("01/05/2027") && past.text(".changes p[lang] ins").contains("01/05/2028"));

    let folder = portal.export();
    let written: Vec<String> = folder.contents().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("pages/")).collect();
    assert_eq!(written.len(), 2, "{written:?}");
    let other = Portal::with(&folder);
    assert_eq!(other.export().contents(), folder.contents());
    other.clock.set(portal.clock.now());
    let (there, here) = (other.get("/trang/huong-dan-tiep-dan"), portal.get("/trang/huong-dan-tiep-dan"));
    assert_eq!((there.text(".prose"), there.text(".text-dates")), (here.text(".prose"), here.text(".text-dates")));
    for portal in [&portal, &other] {
        let proof = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
        assert!(proof.faults.is_empty(), "{:?}", proof.faults);
    }
}

#[test]
fn only_who_writes_everywhere_begins_a_page_of_the_whole_portal() {
    let portal = office();
    let (mut author, mut chief) = (Browser::of(&portal, "tham.tran"), Browser::of(&portal, "ca.bui"));
    let whole = |browser: &Browser| browser.get(NEW).attributes("#f-unit option[value='-']", "value").len();
    assert_eq!((whole(&author), whole(&chief)), (0, 1));
    let fields = [("kind", "page"), ("title", "Giới thiệu"), ("unit", "-")];
    assert_eq!(author.post(NEW, &fields).status, 404);
    let document = number(&chief.post(NEW, &fields));
    assert_eq!(chief.get(&format!("{TEXTS}/{document}/sua")).attributes("#f-unit option[selected]", "value"), [""]);
    assert_eq!(author.get(&format!("{TEXTS}/{document}")).status, 404);

    // News is always somebody's; what was typed comes back.
    let refused = chief.post(NEW, &[("kind", "article"), ("title", "Tin của ai"), ("unit", "-"), ("section", "van-hoa")]);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.text("#i-unit"), "Tin bài phải thuộc một đơn vị. Hãy chọn một đơn vị trong danh sách.");
    assert_eq!(refused.attributes("#f-title", "value"), ["Tin của ai"]);
    assert_eq!(refused.attributes("#f-unit option[selected], #f-section option[selected]", "value"), ["-", "van-hoa"]);
    let refused = author.post(NEW, &[("kind", "bulletin"), ("title", "Gì đây"), ("unit", "xa-dong-kieu"), ("section", "van-hoa")]);
    assert_eq!((refused.status, refused.text("#i-kind").as_str()), (422, "Hãy chọn loại văn bản."));
    let refused = author.post(NEW, &[("kind", "page"), ("title", ""), ("unit", "xa-dong-kieu")]);
    assert_eq!((refused.status, refused.text(".issues li").as_str()), (422, "Hãy ghi tiêu đề."));
    assert_eq!(refused.attributes("input[name=kind][checked]", "value"), ["page"]);
}

#[test]
fn a_day_of_review_that_is_none_is_told_at_its_field_and_nothing_is_saved() {
    let portal = office();
    let mut author = Browser::of(&portal, "tham.tran");
    let document = number(&author.post(NEW, &[("kind", "page"), ("title", "Liên hệ"), ("unit", "xa-dong-kieu")]));
    let base = field(&author, &format!("{TEXTS}/{document}/sua"), "base");
    for wrong in ["2027-02-30", "mai", "31/02/2027", "12027-05-01", "0001-01-01"] {
        let fields = [("title", "Liên hệ"), ("body", "Số 1 đường Lúa."), ("unit", "xa-dong-kieu"), ("review", wrong), ("ends", "mai")];
        let refused = save(&mut author, document, &fields);
        assert_eq!(refused.status, 422, "{wrong}");
        assert_eq!(refused.text("#i-review"), "Ngày này không đúng. Hãy ghi ngày, tháng, năm, ví dụ 01/05/2027.");
        assert_eq!(refused.texts(".issues li").len(), 2, "both fields are told at once");
        assert_eq!(refused.attributes("#f-review", "value"), [wrong]);
        assert_eq!(refused.text("#f-body"), "Số 1 đường Lúa.");
        assert_eq!(field(&author, &format!("{TEXTS}/{document}/sua"), "base"), base);
    }
    let fields = [("title", "Liên hệ"), ("body", "Số 1 đường Lúa."), ("unit", "xa-dong-kieu"), ("review", "2026-11-21")];
    assert_eq!(save(&mut author, document, &fields).status, 303, "advice keeps nobody from saving");
    let told = author.get(&format!("{TEXTS}/{document}/sua")).text("#a-review");
    assert!(told.contains("21/11/2026"), "{told}");
    assert_eq!(save(&mut author, document, &[&fields[..3], &[("review", "2026-11-22")]].concat()).status, 303);
    assert_eq!(author.get(&format!("{TEXTS}/{document}/sua")).texts("#a-review").len(), 0);
}

#[test]
fn a_program_begins_a_page_too() {
    let portal = office();
    let who = crate::people::who(&portal, "tham.tran");
    let made = done(&portal, &who, |c, act| token::create(c, act, "máy", &[Verb::Look, Verb::Write], 30)).expect("his own");
    let headers = [("authorization", format!("Bearer {made}")), ("content-type", "application/json".to_owned())];
    let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let sent = json!({
        "kind": "page",
        "words": { "title": "Giờ làm việc", "body": "Từ 7 giờ.", "page": { "review": "2027-05-01" } },
        "place": { "unit": "99001" },
    });
    let begun = portal.send("POST", "/api/v1/documents", &headers, sent.to_string());
    assert_eq!(begun.status, 201, "{}", begun.body);
    let begun: serde_json::Value = serde_json::from_str(&begun.body).expect("JSON");
    assert_eq!((&begun["kind"], &begun["page"]["review"], &begun["article"]), (&json!("page"), &json!("2027-05-01"), &json!(null)));
    let author = Browser::of(&portal, "tham.tran");
    let editor = author.get(&format!("{TEXTS}/{}/sua", begun["document"]));
    assert_eq!(editor.attributes("#f-review", "value"), ["2027-05-01"]);
    let whole = json!({ "kind": "page", "words": { "title": "Giới thiệu" }, "place": { "unit": null } });
    assert_eq!(portal.send("POST", "/api/v1/documents", &headers, whole.to_string()).status, 404);
}
