//! Whom a posting is for: what comes to a unit and by which rule, what the unit does with it, and what is left of it all
//! when its time is over or the unit became another.

use std::collections::BTreeMap;

use bangtin::app::verify::verify;
use bangtin::edition::Edition;
use bangtin::kit::calendar;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Role;
use bangtin::posting::adopt;
use bangtin::posting::groups;
use bangtin::posting::reach::{self, Place};
use bangtin::store::schema::{adoptions, documents, editions, units};
use bangtin::unit::Unit;
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::folder::{Folder, SITE};
use crate::import_faults::named;
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

const COMMUNES: [&str; 4] = ["99001", "99002", "99004", "99005"];

const GROUP: &str =
    "[[groups]]\nslug = \"ven-song\"\nname = \"Các xã ven sông\"\nname_en = \"River communes\"\nunits = [\"99002\", \"99004\"]\n";

/// Hương Lúa with four communes, its rules, and a group of two of them; nobody is asked for a second factor.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", SITE.replace("owner", "unit = \"99\"\nowner")));
    add(&folder, "99004,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n99005,2025-07-01,,Ea Kla,xa,99,xa-ea-kla,true\n", "");
    folder.file("unit-groups.toml", GROUP);
    folder
}

fn add(folder: &Folder, units: &str, changes: &str) {
    for (name, more) in [("units.csv", units), ("unit-changes.csv", changes)] {
        let text = std::fs::read_to_string(folder.path().join(name)).expect("the list");
        folder.file(name, format!("{text}{more}"));
    }
}

fn of_province(folder: &Folder, slug: &str, to: &str) {
    folder.posting(slug, &format!("unit = \"99\"\nto = [{to}]"), "Nội dung.");
}

fn board(portal: &Portal, code: &str) -> Reply {
    let page = portal.get(&format!("/bang-tin/{code}"));
    assert_eq!(page.status, 200, "{code}: {}", page.body);
    page
}

/// What hangs there, in its order.
fn hangs(portal: &Portal, code: &str) -> Vec<String> {
    let links = board(portal, code).attributes(".board-title a", "href");
    links.iter().map(|path| path.trim_start_matches("/niem-yet/").to_owned()).collect()
}

fn origins(portal: &Portal, code: &str) -> Vec<String> {
    board(portal, code).texts(".board-origin")
}

fn document(portal: &Portal, slug: &str) -> i64 {
    let mut c = portal.app.web.store.read().expect("it opens");
    documents::table.filter(documents::slug.eq(slug)).select(documents::id).first(&mut *c).expect("it is there")
}

fn is_whole(portal: &Portal) -> bool {
    verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty()
}

#[test]
fn a_posting_hangs_where_its_rule_says_and_the_board_tells_the_rule() {
    let folder = folder();
    of_province(&folder, "moi-xa", "\"below\"");
    of_province(&folder, "mot-xa", "\"99005\"");
    of_province(&folder, "ven-song", "\"group:ven-song\"");
    folder.posting("tinh", "unit = \"99\"", "Của tỉnh.").posting("xa", "unit = \"99005\"", "Của xã.");
    folder.posting("hang-xom", "unit = \"99001\"\nto = [\"99005\"]", "Của xã bên.");
    let portal = Portal::with(&folder);
    let sorted = |code: &str| {
        let mut slugs = hangs(&portal, code);
        slugs.sort();
        slugs
    };
    assert_eq!((sorted("99001"), sorted("99002")), (vec!["hang-xom".into(), "moi-xa".into()], vec!["moi-xa".into(), "ven-song".into()]));
    let own: Vec<String> = hangs(&portal, "99");
    assert_eq!(own.len(), 4, "what a province sends hangs on its own board too: {own:?}");
    assert_eq!(sorted("99005"), ["hang-xom", "moi-xa", "mot-xa", "xa"]);
    let mut from = origins(&portal, "99002");
    from.sort();
    assert_eq!(from, ["Của tỉnh Hương Lúa, gửi mọi xã, phường", "Của tỉnh Hương Lúa, gửi nhóm Các xã ven sông"]);
    let mut from = origins(&portal, "99005");
    from.sort();
    assert_eq!(from, ["Của tỉnh Hương Lúa, gửi mọi xã, phường", "Của tỉnh Hương Lúa, gửi xã Ea Kla", "Của xã Đông Kiều, gửi xã Ea Kla"]);
    assert_eq!(board(&portal, "99005").text("h1"), "Bảng tin xã Ea Kla");
    assert!(board(&portal, "99005").text(".page-lead").contains("4 văn bản, trong đó 3"));
    let english = portal.get("/en/bang-tin/99002");
    assert_eq!(english.text("h1"), "Notice board of Bến Gạo commune");
    assert!(english.texts(".board-origin").join(" ").contains("for the group River communes"), "{:?}", english.texts(".board-origin"));
    let ways = portal.get("/don-vi/xa-ben-gao").attributes(".board-link a", "href");
    assert_eq!(ways, ["/bang-tin/99002", "/don-vi/xa-ben-gao/da-cong-khai", "/don-vi/xa-ben-gao/ke-hoach-cong-khai"]);
    // Of a posting's own page: whom it is for.
    let facts = |slug: &str| portal.get(&format!("/niem-yet/{slug}")).text(".posting-more");
    assert!(facts("moi-xa").contains("Gửi tớimọi xã, phường của tỉnh Hương Lúa"), "{}", facts("moi-xa"));
    assert!(facts("ven-song").contains("nhóm Các xã ven sông") && facts("mot-xa").contains("Gửi tớixã Ea Kla"));
    assert!(!facts("xa").contains("Gửi tới"));
    for nowhere in ["/bang-tin/77777", "/bang-tin/abc", "/bang-tin/99001x", "/bang-tin/99001%00", "/bang-tin/9999999999999999"] {
        assert_eq!(portal.get(nowhere).status, 404, "{nowhere}");
    }
}

#[test]
fn urgent_comes_first_and_the_rest_by_group_and_date() {
    let folder = folder();
    folder.posting("cu", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-02", "Cũ.");
    folder.posting("moi", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-12", "Mới.");
    folder.posting("uu-tien", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-01\npriority = \"priority\"", "Trước.");
    folder.posting(
        "khan",
        "kind = \"thong-bao-khan\"\npriority = \"urgent\"\nuntil = 2026-11-25T12:00:00\nunit = \"99\"\nto = [\"below\"]",
        "Khẩn.",
    );
    let portal = Portal::with(&folder);
    assert_eq!(hangs(&portal, "99001"), ["khan", "uu-tien", "moi", "cu"]);
    assert_eq!(board(&portal, "99001").texts(".board-part h2")[0], "Khẩn cấp");
    let said = board(&portal, "99001").texts(".board-facts");
    assert!(said[0].contains("Đến") && said[0].contains("25/11/2026") && said[1].contains("Đến khi có văn bản thay thế"), "{said:?}");
}

/// The whole story of the issue, on one database.
fn story(url: Option<String>) {
    let portal = Portal::on(url);
    let folder = folder();
    folder.posting("moi-xa", "unit = \"99\"\nto = [\"below\"]\nkind = \"thu-ly-thua-ke\"\npublished = 2026-11-06", "Gửi mọi xã.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for (login, name, commune) in
        [("kieu.do", "Đỗ Thị Kiều", "Đông Kiều"), ("gao.le", "Lê Văn Gạo", "Bến Gạo"), ("tinh.pham", "Phạm Thị Tỉnh", "Hương Lúa")]
    {
        added(&portal, login, name, &[role(Role::Publisher, Some(unit(&portal, commune)))]);
    }
    COMMUNES.iter().for_each(|code| assert_eq!(hangs(&portal, code), ["moi-xa"], "{code}"));
    let id = document(&portal, "moi-xa");
    let mut clerk = Browser::of(&portal, "kieu.do");
    let at_desk = clerk.get("/ban-bien-tap/gui-ve");
    assert!(at_desk.texts(".row-title").iter().any(|title| title.contains("Niêm yết moi-xa")), "{}", at_desk.text("main"));
    assert!(at_desk.text("main").contains("Của tỉnh Hương Lúa, gửi mọi xã, phường"));
    let path = format!("/ban-bien-tap/gui-ve/{id}");
    let label = ("don-vi", "xa-dong-kieu");
    let done = clerk.post(&path, &[label, ("then", "line"), ("line", "Hỏi bà Hoa, phòng 2, sáng thứ Hai.")]);
    assert_eq!(done.status, 303, "{}", done.text("main"));
    let mut other = Browser::of(&portal, "gao.le");
    let label_of_other = ("don-vi", "xa-ben-gao");
    let short = other.post(&path, &[label_of_other, ("then", "out"), ("reason", "bận")]);
    assert_eq!(
        (short.status, short.text(".has-issue .issue")),
        (422, "Hãy ghi lý do, từ 5 đến 2000 ký tự. Nơi gửi sẽ đọc lý do này.".to_owned())
    );
    assert!(short.body.contains("bận"), "what was typed comes back");
    let out = [label_of_other, ("then", "out"), ("reason", "Xã không có hồ sơ thuộc diện này.")];
    assert_eq!(other.post(&path, &out).status, 303);
    assert_eq!(other.post(&path, &out).status, 409, "it is out already");
    // What each citizen sees.
    assert_eq!(board(&portal, "99001").texts(".board-line"), ["Tại đây: Hỏi bà Hoa, phòng 2, sáng thứ Hai."]);
    assert_eq!(
        (hangs(&portal, "99002"), hangs(&portal, "99004"), hangs(&portal, "99005")),
        (vec![], vec!["moi-xa".to_owned()], vec!["moi-xa".to_owned()])
    );
    assert!(!portal.get("/bang-tin/99004").body.contains("bà Hoa") && !portal.get("/bang-tin/99").body.contains("bà Hoa"));
    let page = portal.get("/niem-yet/moi-xa");
    assert!(
        page.text(".posting-more").contains("mọi xã, phường của tỉnh Hương Lúa; 1 nơi không niêm yết"),
        "{}",
        page.text(".posting-more")
    );
    assert!(!page.body.contains("diện này"), "the reason is for whoever sent it");
    // What the province sees.
    let province = Browser::of(&portal, "tinh.pham");
    let told = province.get(&format!("/ban-bien-tap/van-ban/{id}/noi-nhan"));
    assert!(
        told.text(".page-lead").contains("4 nơi")
            && told.text(".page-lead").contains("3 nơi đang niêm yết")
            && told.text(".page-lead").contains("1 nơi không niêm yết"),
        "{}",
        told.text("main")
    );
    assert!(told.text("main").contains("Xã không có hồ sơ thuộc diện này.") && told.text("main").contains("Hỏi bà Hoa"));
    assert!(told.text("main").contains("Lê Văn Gạo"));
    assert!(
        province
            .get(&format!("/ban-bien-tap/van-ban/{id}"))
            .attributes("main a", "href")
            .contains(&format!("/ban-bien-tap/van-ban/{id}/noi-nhan"))
    );
    // Nobody answers for a unit that is not his, and nobody for what is his own.
    assert_eq!(clerk.post(&path, &[label_of_other, ("then", "in")]).status, 404);
    assert_eq!(clerk.get(&format!("{path}?don-vi=xa-ben-gao")).status, 404);
    let mut sender = Browser::of(&portal, "tinh.pham");
    assert_eq!(sender.post(&path, &[("don-vi", "huong-lua"), ("then", "out"), ("reason", "Không cần nữa.")]).status, 404);
    // Each act stands in the log, and as rows that nobody edits.
    assert!(is_whole(&portal));
    let rows = adoptions_of(&portal);
    assert_eq!(rows, ["kieu.do line_kept", "gao.le opted_out"]);
    // Out as a file, and in again elsewhere.
    let out = portal.export();
    let text = std::fs::read_to_string(out.path().join("adoptions.csv")).expect("it is exported");
    assert!(
        text.contains("moi-xa,99002,2025-07-01,opted_out,Xã không có hồ sơ thuộc diện này.,gao.le,2026-11-21T08:00:00+07:00"),
        "{text}"
    );
    let elsewhere = Portal::open();
    elsewhere.import(&out).unwrap_or_else(|refusal| panic!("{}", elsewhere.told(&refusal)));
    assert_eq!((hangs(&elsewhere, "99002"), board(&elsewhere, "99001").texts(".board-line").len()), (vec![], 1));
    assert!(is_whole(&elsewhere));
    elsewhere.import(&out).expect("the same again");
    assert_eq!(adoptions_of(&elsewhere), rows, "what is there already is not added");
    assert_eq!(elsewhere.export().contents(), out.contents());
    // Back in, and the line taken back.
    assert_eq!(other.post(&path, &[label_of_other, ("then", "in")]).status, 303);
    assert_eq!(clerk.post(&path, &[label, ("then", "line"), ("line", "")]).status, 303);
    assert_eq!((hangs(&portal, "99002"), board(&portal, "99001").texts(".board-line").len()), (vec!["moi-xa".to_owned()], 0));
    assert!(!portal.get("/niem-yet/moi-xa").text(".posting-more").contains("không niêm yết"));
    // At the counted end every board is empty within the same second, and nobody did anything.
    portal.clock.set(at("2026-11-23T23:59:59"));
    COMMUNES.iter().for_each(|code| assert_eq!(hangs(&portal, code), ["moi-xa"], "{code}"));
    portal.clock.set(at("2026-11-24T00:00:00"));
    COMMUNES.iter().chain(&["99"]).for_each(|code| assert_eq!(hangs(&portal, code), Vec::<String>::new(), "{code}"));
    assert_eq!(Browser::of(&portal, "kieu.do").get("/ban-bien-tap/gui-ve").texts(".row-title").len(), 0);
    assert!(is_whole(&portal));
}

fn adoptions_of(portal: &Portal) -> Vec<String> {
    let mut c = portal.app.web.store.read().expect("it opens");
    let rows = adoptions::table.order(adoptions::id.asc()).select((adoptions::actor, adoptions::act));
    rows.load::<(String, String)>(&mut *c).expect("they can be read").into_iter().map(|(actor, act)| format!("{actor} {act}")).collect()
}

#[test]
fn a_province_posts_four_communes_inherit_one_adds_a_line_one_opts_out_and_the_end_empties_every_board() {
    story(None);
}

#[test]
fn so_they_do_on_postgresql() {
    story(Some(postgres()));
}

#[test]
fn whoever_edits_what_a_unit_said_is_found_and_a_file_that_speaks_of_nothing_changes_nothing() {
    let folder = folder();
    of_province(&folder, "moi-xa", "\"below\"");
    let head = "posting,unit,unit_valid_from,act,text,by,at\n";
    folder.file("adoptions.csv", format!("{head}moi-xa,99001,2025-07-01,line_kept,Phòng 2,gao.le,2026-11-20T08:00:00+07:00\n"));
    let portal = Portal::with(&folder);
    assert_eq!(board(&portal, "99001").texts(".board-line"), ["Tại đây: Phòng 2"]);
    let wrong = format!(
        "{head}khong-co,99001,2025-07-01,opted_in,,a,2026-11-20T08:00:00+07:00\nmoi-xa,99001,2024-07-01,opted_in,,a,2026-11-20T08:00:00+07:00\n"
    );
    folder.file("adoptions.csv", wrong);
    let Err(Refusal::Issues(found)) = portal.import(&folder) else { panic!("it was taken") };
    assert_eq!(
        named(&found),
        [("adoptions.csv".to_owned(), 2, "posting-unknown-posting"), ("adoptions.csv".to_owned(), 3, "import-unknown-unit")]
    );
    assert!(is_whole(&portal));
    // What no act did is no word of a unit.
    let (document, here) = (document(&portal, "moi-xa"), unit(&portal, "Bến Gạo"));
    let forged = portal.app.web.store.write(|c| {
        let row = (
            adoptions::document_id.eq(document),
            adoptions::unit_id.eq(here),
            adoptions::act.eq("opted_out"),
            adoptions::text.eq("Giả mạo"),
        );
        let rest = (adoptions::actor.eq("gao.le"), adoptions::at.eq(portal.clock.now()), adoptions::position.eq(3));
        Ok(diesel::insert_into(adoptions::table).values((row, rest)).execute(c)?)
    });
    assert_eq!(forged.expect("it is written"), 1);
    let faults = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults;
    assert_eq!(faults.iter().map(|fault| fault.key).collect::<Vec<_>>(), ["verify-changed-adoption"]);
    let edited = portal.app.web.store.write(|c| Ok(diesel::update(adoptions::table).set(adoptions::text.eq("Khác")).execute(c)?));
    assert!(edited.is_err(), "rows are never edited");
}

#[test]
fn a_group_is_named_rightly_or_not_at_all_and_one_in_use_stays() {
    let folder = folder();
    of_province(&folder, "ven-song", "\"group:ven-song\"");
    of_province(&folder, "vung-cao", "\"group:vung-cao\"");
    let Err(Refusal::Issues(found)) = Portal::open().import(&folder) else { panic!("it was taken") };
    assert_eq!(
        named(&found).iter().map(|(file, _, key)| (file.as_str(), *key)).collect::<Vec<_>>(),
        [("postings/vung-cao.md", "posting-unknown-group")]
    );
    std::fs::remove_file(folder.path().join("postings/vung-cao.md")).expect("it was there");
    let portal = Portal::with(&folder);
    folder.file("unit-groups.toml", GROUP.replace("99004", "77777"));
    let Err(Refusal::Issues(found)) = portal.import(&folder) else { panic!("it was taken") };
    assert_eq!(named(&found), [("unit-groups.toml".to_owned(), 5, "groups-unknown-unit")]);
    folder.file("unit-groups.toml", GROUP.replace("ven-song", "ven-bien"));
    let Err(Refusal::Issues(found)) = portal.import(&folder) else { panic!("it was taken") };
    assert_eq!(named(&found), [("unit-groups.toml".to_owned(), 0, "groups-in-use")]);
    // At the desk.
    added(&portal, "hoa.le", "Lê Thị Hoa", &[role(Role::Keeper, None)]);
    let mut keeper = Browser::of(&portal, "hoa.le");
    const LIST: &str = "/ban-bien-tap/nhom-don-vi";
    assert!(keeper.get(LIST).text("main").contains("2 đơn vị: xã Bến Gạo, phường Cầu Mây"), "{}", keeper.get(LIST).text("main"));
    let before = |keeper: &Browser, path: &str| keeper.get(path).attributes("input[name=before]", "value")[0].clone();
    let seal = before(&keeper, &format!("{LIST}/ven-song"));
    let kept =
        keeper.post(&format!("{LIST}/ven-song"), &[("before", &seal), ("name", "Các xã ven sông"), ("units", "99002 Xã Bến Gạo\n77777")]);
    assert_eq!((kept.status, kept.text(".has-issue .issue").contains("77777")), (422, true));
    assert!(kept.text("textarea").contains("99002 Xã Bến Gạo"), "what was typed comes back");
    let gone = keeper.post(&format!("{LIST}/ven-song/bo"), &[("before", &seal)]);
    assert_eq!((gone.status, gone.text(".issues").contains("đang có văn bản gửi tới")), (422, true), "{}", gone.text("main"));
    assert_eq!(hangs(&portal, "99005"), Vec::<String>::new());
    let kept =
        keeper.post(&format!("{LIST}/ven-song"), &[("before", &seal), ("name", "Các xã ven sông"), ("units", "99002 Xã Bến Gạo\n99005")]);
    assert_eq!(kept.status, 303, "{}", kept.text("main"));
    assert_eq!(
        (hangs(&portal, "99005"), hangs(&portal, "99004")),
        (vec!["ven-song".to_owned()], vec![]),
        "who joins has it, who leaves has it no more"
    );
    let stale = keeper.post(&format!("{LIST}/ven-song/bo"), &[("before", &seal)]);
    assert_eq!(stale.status, 422);
    portal.clock.set(at("2027-03-01T08:00:00"));
    let mut keeper = Browser::of(&portal, "hoa.le");
    let seal = before(&keeper, &format!("{LIST}/ven-song"));
    assert_eq!(keeper.post(&format!("{LIST}/ven-song/bo"), &[("before", &seal)]).status, 303, "its posting is over");
    assert!(keeper.get(LIST).text("main").contains("Chưa có nhóm đơn vị nào") && is_whole(&portal));
}

#[test]
fn a_unit_that_takes_in_others_takes_what_is_in_force_for_them_and_no_address_breaks() {
    let folder = folder();
    // Long enough to outlive the merger of 1 January 2027.
    let long = "published = 2026-11-10\nperiod = \"90 days\"";
    folder.posting("cua-kieu", &format!("unit = \"99001\"\n{long}"), "Của xã Đông Kiều.");
    folder.posting("gui-gao", &format!("unit = \"99\"\nto = [\"99002\"]\n{long}"), "Gửi xã Bến Gạo.");
    folder.posting("nhom", &format!("unit = \"99\"\nto = [\"group:ven-song\"]\n{long}"), "Gửi nhóm.");
    folder.posting("rieng", &format!("unit = \"99005\"\n{long}"), "Của xã Ea Kla.");
    let portal = Portal::with(&folder);
    let list = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    // Đông Kiều and Bến Gạo become Kiều Gạo; Ea Kla is renamed; Cầu Mây is cut in two.
    let ended = ["99001,2025-07-01,", "99002,2025-07-01,", "99005,2025-07-01,", "99004,2025-07-01,"];
    let list = ended.iter().fold(list, |list, row| list.replace(&format!("{row},"), &format!("{row}2026-12-31,")));
    folder.file("units.csv", list);
    add(
        &folder,
        "99010,2027-01-01,,Kiều Gạo,xa,99,xa-kieu-gao,true\n99005,2027-01-01,,Ea Mây,xa,99,xa-ea-may,true\n\
         99011,2027-01-01,,Mây Thượng,xa,99,xa-may-thuong,true\n99012,2027-01-01,,Mây Hạ,xa,99,xa-may-ha,true\n",
        "99001,2025-07-01,99010,2027-01-01,whole,2027-01-01\n99002,2025-07-01,99010,2027-01-01,whole,2027-01-01\n\
         99005,2025-07-01,99005,2027-01-01,whole,2027-01-01\n\
         99004,2025-07-01,99011,2027-01-01,part,2027-01-01\n99004,2025-07-01,99012,2027-01-01,part,2027-01-01\n",
    );
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(hangs(&portal, "99001"), ["cua-kieu"]);
    assert_eq!(portal.get("/bang-tin/99010").status, 404, "nobody bears that code yet");
    portal.clock.set(at("2026-12-31T23:59:59"));
    assert_eq!((hangs(&portal, "99001"), hangs(&portal, "99005")), (vec!["cua-kieu".to_owned()], vec!["rieng".to_owned()]));
    portal.clock.set(at("2027-01-01T00:00:00"));
    for old in ["99001", "99002"] {
        let moved = portal.get(&format!("/bang-tin/{old}"));
        assert_eq!((moved.status, moved.header("location")), (301, "/bang-tin/99010"), "{old}");
    }
    let english = portal.get("/en/bang-tin/99001");
    assert_eq!(english.header("location"), "/en/bang-tin/99010");
    let mut here = hangs(&portal, "99010");
    here.sort();
    assert_eq!(here, ["cua-kieu", "gui-gao", "nhom"]);
    let told = origins(&portal, "99010").join("; ");
    assert!(
        told.contains("Của xã Đông Kiều (đến 31/12/2026), nay thuộc xã Kiều Gạo") && told.contains("gửi xã Bến Gạo (đến 31/12/2026)"),
        "{told}"
    );
    let parted = portal.get("/bang-tin/99004");
    assert_eq!(parted.status, 200);
    assert_eq!(parted.attributes(".columns a", "href"), ["/bang-tin/99012", "/bang-tin/99011"]);
    assert_eq!((hangs(&portal, "99011"), hangs(&portal, "99012")), (vec!["nhom".to_owned()], vec!["nhom".to_owned()]));
    // A renamed unit keeps its address, and what hung there.
    assert_eq!((board(&portal, "99005").text("h1"), hangs(&portal, "99005")), ("Bảng tin xã Ea Mây".to_owned(), vec!["rieng".to_owned()]));
    assert_eq!(portal.get("/bang-tin/99003").header("location"), "/bang-tin/99010", "through two reforms");
    assert_eq!(portal.get("/niem-yet/cua-kieu").status, 200);
}

#[test]
fn a_renamed_unit_says_what_it_said_and_a_merged_one_says_it_anew() {
    let folder = folder();
    folder.posting("moi-xa", "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-10\nperiod = \"90 days\"", "Gửi mọi xã.");
    let out = |code: &str| format!("moi-xa,{code},2025-07-01,opted_out,Không có đối tượng,gao.le,2026-11-20T08:00:00+07:00\n");
    folder.file("adoptions.csv", format!("posting,unit,unit_valid_from,act,text,by,at\n{}{}", out("99005"), out("99001")));
    let list = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    let list = ["99001,2025-07-01,", "99002,2025-07-01,", "99005,2025-07-01,"]
        .iter()
        .fold(list, |list, row| list.replace(&format!("{row},"), &format!("{row}2026-12-31,")));
    folder.file("units.csv", list);
    add(
        &folder,
        "99010,2027-01-01,,Kiều Gạo,xa,99,xa-kieu-gao,true\n99005,2027-01-01,,Ea Mây,xa,99,xa-ea-may,true\n",
        "99001,2025-07-01,99010,2027-01-01,whole,2027-01-01\n99002,2025-07-01,99010,2027-01-01,whole,2027-01-01\n\
         99005,2025-07-01,99005,2027-01-01,whole,2027-01-01\n",
    );
    let portal = Portal::with(&folder);
    let said = || portal.get("/niem-yet/moi-xa").text(".posting-more");
    assert!(hangs(&portal, "99005").is_empty() && said().contains("2 nơi không niêm yết"), "{}", said());
    portal.clock.set(at("2027-01-01T00:00:00"));
    assert!(hangs(&portal, "99005").is_empty(), "it bears another name, and no other place");
    assert_eq!(hangs(&portal, "99010"), ["moi-xa"], "those of Bến Gạo never did without it");
    assert!(said().contains("1 nơi không niêm yết"), "{}", said());
}

/// Which of these are made anew when they are asked for now.
fn made_anew<'p>(portal: &Portal, paths: &[&'p str]) -> Vec<&'p str> {
    let anew = |path: &&&str| {
        let before = portal.app.web.kept.made();
        portal.get(path);
        portal.app.web.kept.made() > before
    };
    paths.iter().filter(anew).copied().collect()
}

#[test]
fn a_board_is_made_anew_when_something_on_it_changes_and_only_then() {
    let folder = folder();
    add(&folder, "98,,,Bên Sông,tinh,,tinh-ben-song,true\n98001,,,Làng Bên,xa,98,xa-lang-ben,true\n", "");
    of_province(&folder, "moi-xa", "\"below\"");
    let portal = Portal::with(&folder);
    added(&portal, "kieu.do", "Đỗ Thị Kiều", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let mut clerk = Browser::of(&portal, "kieu.do");
    let all =
        ["/bang-tin/99", "/bang-tin/99001", "/bang-tin/99002", "/bang-tin/99004", "/bang-tin/98", "/bang-tin/98001", "/niem-yet/moi-xa"];
    made_anew(&portal, &all);
    assert!(made_anew(&portal, &all).is_empty());
    let path = format!("/ban-bien-tap/gui-ve/{}", document(&portal, "moi-xa"));
    assert_eq!(clerk.post(&path, &[("don-vi", "xa-dong-kieu"), ("then", "line"), ("line", "Phòng 2")]).status, 303);
    assert_eq!(made_anew(&portal, &all), ["/bang-tin/99001", "/niem-yet/moi-xa"], "a commune's own line is on its own board");
    of_province(&folder, "ven-song", "\"group:ven-song\"");
    portal.import(&folder).expect("a sound posting");
    assert_eq!(made_anew(&portal, &all), ["/bang-tin/99", "/bang-tin/99002", "/bang-tin/99004"]);
    of_province(&folder, "moi-xa-2", "\"below\"");
    portal.import(&folder).expect("a sound posting");
    assert_eq!(made_anew(&portal, &all), &all[..4], "each commune of the province, and no other");
    folder.posting("rieng", "unit = \"98001\"", "Riêng.");
    portal.import(&folder).expect("a sound posting");
    assert_eq!(made_anew(&portal, &all), ["/bang-tin/98001"]);
    // Whoever made it, what is kept is what would be made now.
    let kept: Vec<String> = all.iter().map(|path| portal.get(path).body).collect();
    portal.app.web.kept.forget();
    assert!(all.iter().zip(kept).all(|(path, kept)| portal.get(path).body == kept));
}

/// The store answers as the pure question does, both ways, whatever there is.
#[test]
fn what_the_store_finds_is_what_the_rule_says_of_every_posting_and_every_unit() {
    #[derive(Clone, Debug)]
    struct Posted {
        unit: usize,
        to: Vec<usize>,
        day: u32,
    }
    const UNITS: [&str; 6] = ["99", "99001", "99002", "99004", "99005", "98"];
    const TO: [&str; 8] = ["below", "99001", "99002", "99004", "99005", "98", "group:ven-song", "group:hai"];
    let posted =
        (0..UNITS.len(), proptest::collection::vec(0..TO.len(), 0..3), 1u32..20).prop_map(|(unit, to, day)| Posted { unit, to, day });
    let change = (1usize..5, 1usize..5, any::<bool>(), 8u32..30);
    let steps = (proptest::collection::vec(posted, 3..10), proptest::collection::vec(change, 0..4), 0i64..12);
    let config = Config { cases: 24, max_shrink_iters: 40, failure_persistence: None, ..Config::default() };
    let found = std::cell::Cell::new(0);
    let outcome = TestRunner::new(config).run(&steps, |(postings, changes, later)| {
        let folder = folder();
        add(&folder, "98,,,Tỉnh Bên,tinh,,tinh-ben,true\n", "");
        folder.file("unit-groups.toml", format!("{GROUP}\n[[groups]]\nslug = \"hai\"\nname = \"Hai\"\nunits = [\"99001\", \"98\"]\n"));
        let mut seen = std::collections::BTreeSet::new();
        let rows: String = changes
            .iter()
            .filter(|(old, new, ..)| old != new && seen.insert((*old, *new)))
            .map(|(old, new, whole, day)| {
                let extent = if *whole { "whole" } else { "part" };
                format!("{},2025-07-01,{},2025-07-01,{extent},2026-11-{day:02}\n", UNITS[*old], UNITS[*new])
            })
            .collect();
        add(&folder, "", &rows);
        for (number, one) in postings.iter().enumerate() {
            let mut to: Vec<String> = one.to.iter().map(|to| format!("\"{}\"", TO[*to])).collect();
            to.dedup();
            let more = format!(
                "kind = \"lai-suat-cho-vay\"\nunit = \"{}\"\nto = [{}]\npublished = 2026-11-{:02}",
                UNITS[one.unit],
                to.join(", "),
                one.day
            );
            folder.posting(&format!("van-ban-{number}"), &more, "Nội dung.");
        }
        let portal = Portal::with(&folder);
        let now = portal.clock.now() + chrono::Duration::days(later);
        let day = calendar::local(now).date();
        let mut c = portal.app.web.store.snapshot().expect("it opens");
        let all: Vec<Edition> = editions::table.select(Edition::as_select()).load(&mut *c).expect("they can be read");
        let here: Vec<Unit> = units::table.select(Unit::as_select()).load(&mut *c).expect("they can be read");
        let groups = groups::groups(&mut c).expect("they are sound");
        let mut of_unit: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        for unit in here.iter().filter(|unit| unit.is_in_force(day)) {
            let place = Place::of(&mut c, unit, &groups, day).expect("a place");
            let mut hung: Vec<i64> = reach::hanging(&mut c, &place, now).expect("it answers").iter().map(|one| one.document_id).collect();
            hung.sort_unstable();
            let mut ruled = Vec::new();
            for edition in &all {
                let sent = adopt::sent(&mut c, edition).expect("it answers");
                ruled.extend(place.rule(&sent).map(|_| edition.document_id));
            }
            prop_assert_eq!(&hung, &ruled, "{}", unit.label);
            found.set(found.get() + hung.len());
            of_unit.insert(unit.id, hung);
        }
        for edition in &all {
            let sent = adopt::sent(&mut c, edition).expect("it answers");
            let mut there: Vec<i64> = reach::units(&mut c, &sent, day).expect("it answers").iter().map(|unit| unit.id).collect();
            there.sort_unstable();
            let ruled: Vec<i64> = of_unit.iter().filter(|(_, hung)| hung.contains(&edition.document_id)).map(|(unit, _)| *unit).collect();
            prop_assert_eq!(there, ruled, "document {}", edition.document_id);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(found.get() > 50, "only {} were found: it says nothing", found.get());
}

#[test]
fn what_came_by_a_group_or_from_a_forebear_applied_where_it_hung() {
    let folder = folder();
    of_province(&folder, "ven-song", "\"group:ven-song\"");
    of_province(&folder, "rieng", "\"99004\"");
    let portal = Portal::with(&folder);
    let applied =
        |unit: &str| portal.get(&format!("/niem-yet/ngay?don-vi={unit}&ngay=2026-11-20")).texts("[aria-labelledby=applied] .notice-title");
    assert_eq!(applied("xa-ben-gao"), ["Niêm yết ven-song"]);
    let mut both = applied("phuong-cau-may");
    both.sort();
    assert_eq!(both, ["Niêm yết rieng", "Niêm yết ven-song"]);
    assert_eq!(applied("xa-dong-kieu"), Vec::<String>::new());
    assert_eq!(applied("huong-lua").len(), 2, "a sender's own day has what it sent");
}
