//! A posting's papers at their addresses: the web's form for everybody, what hangs for staff, and the records of hanging.

use std::process::Command;

use bangtin::person::access::Role;
use bangtin::posting::placements::What;
use bangtin::posting::placements_note::{self as note, Report};

use crate::folder::Folder;
use crate::people::{Browser, added, role, unit};
use crate::placements::id;
use crate::places::place;
use crate::portal::{Portal, Reply, at};

/// Its words with one space between them, as another program reads them.
pub fn words(reply: &Reply) -> String {
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/pdf"), "{}", reply.body);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("to.pdf");
    std::fs::write(&path, &reply.bytes).expect("it is written");
    let said = Command::new("pdftotext").arg("-raw").arg(&path).arg("-").output().expect("poppler-utils is installed");
    String::from_utf8_lossy(&said.stdout).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn folder() -> Folder {
    let folder = crate::places::folder();
    folder.file("attachments/ds.csv", "ten\nai do\n");
    folder.posting(
        "ho-so",
        "title = \"Niêm yết hồ sơ cấp giấy chứng nhận\"\nkind = \"cap-gcn-lan-dau\"\npublished = 2026-11-20\nnumber = \"8/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19\npaper = \"full\"\nweb = \"masked\"\n[[attachments]]\nfile = \"attachments/ds.csv\"\ntitle = \"Danh sách kèm theo\"\npaper_only = true",
        "Hồ sơ của ông {{Lý Văn Khuất}}, thửa 214.",
    );
    folder
}

#[test]
fn everybody_is_given_the_web_s_form_and_staff_what_hangs() {
    let portal = Portal::with(&folder());
    let sheet = words(&portal.get("/niem-yet/ho-so.pdf"));
    assert!(sheet.contains("Bản thể hiện để niêm yết") || sheet.contains("BẢN THỂ HIỆN ĐỂ NIÊM YẾT"), "{sheet}");
    assert!(sheet.contains("ông L.V.K., thửa 214") && sheet.contains("8/TB-UBND"), "{sheet}");
    assert!(!sheet.contains("Khuất") && !sheet.contains("Danh sách kèm theo"), "{sheet}");
    assert!(sheet.contains(&format!("/n/{}?ban=1", id(&portal, "ho-so"))), "{sheet}");
    assert!(words(&portal.get("/niem-yet/ho-so.pdf?chu=lon")).contains("ông L.V.K."));

    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    added(&portal, "la.nguyen", "Nguyễn Thị Lá", &[role(Role::Editor, Some(unit(&portal, "Bến Gạo")))]);
    let path = format!("/ban-bien-tap/van-ban/{}/to-niem-yet.pdf", id(&portal, "ho-so"));
    let hangs = words(&Browser::of(&portal, "tham.tran").get(&path));
    assert!(hangs.contains("ông Lý Văn Khuất, thửa 214") && hangs.contains("Danh sách kèm theo"), "{hangs}");
    assert_eq!(Browser::of(&portal, "la.nguyen").get(&path).status, 404, "another commune's staff");
    assert_eq!(portal.get(&path).status, 303, "nobody else");
}

#[test]
fn a_sheet_is_gone_with_its_page_at_the_same_instant() {
    let portal = Portal::with(&folder());
    assert_eq!(portal.get("/niem-yet/ho-so.pdf").status, 200);
    // Fifteen days from a Friday: a Saturday, so the next Monday.
    portal.clock.set(at("2026-12-07T23:59:59"));
    assert_eq!(portal.get("/niem-yet/ho-so.pdf").status, 200);
    portal.clock.set(at("2026-12-08T00:00:00"));
    let over = portal.get("/niem-yet/ho-so.pdf");
    assert_eq!(over.status, portal.get("/niem-yet/ho-so").status);
    assert_eq!(over.status, 410);
    assert!(!over.body.contains("Niêm yết hồ sơ"));
    assert_eq!(portal.get("/niem-yet/khong-co.pdf").status, 404);
}

#[test]
fn a_record_tells_what_hung_where_and_when_it_did_not() {
    let portal = Portal::with(&folder());
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    let board = place(&portal, "thon-2");
    let document = id(&portal, "ho-so");
    for (number, (what, when, note)) in [
        (What::Hung, "2026-11-20T09:00:00", ""),
        (What::Interrupted, "2026-11-22T10:00:00", "Mưa gió làm rách"),
        (What::Resumed, "2026-11-24T08:00:00", ""),
    ]
    .into_iter()
    .enumerate()
    {
        portal.clock.set(at("2026-11-24T09:00:00"));
        let key = format!("k{number}");
        let report = Report { document, number: 1, what, at: at(when), name: "Đỗ Thị Hạnh", photo: "", note, key: &key };
        portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
    }
    let staff = Browser::of(&portal, "tham.tran");
    let record = words(&staff.get(&format!("/ban-bien-tap/van-ban/{document}/bien-ban.pdf")));
    for told in [board.name.as_str(), "Đỗ Thị Hạnh", "Mưa gió làm rách", "8/TB-UBND", "22/11/2026"] {
        assert!(record.contains(told), "{told}: {record}");
    }
    let closing = words(&staff.get(&format!("/ban-bien-tap/van-ban/{document}/bien-ban-ket-thuc.pdf")));
    assert!(closing.to_lowercase().contains("kết thúc niêm yết"), "{closing}");
    let page = portal.get("/niem-yet/ho-so");
    assert!(page.text(".posting-hanging").contains(&board.name), "{}", page.text("footer"));
    assert!(!page.body.contains("Đỗ Thị Hạnh"), "who hung it is for staff");
}

/// A province's posting with names, for all its communes; one who keeps boards in each of two.
fn sent() -> Portal {
    let folder = folder();
    folder.posting(
        "gui-ve",
        "unit = \"99\"\nto = [\"below\"]\ntitle = \"Niêm yết hồ sơ gửi các xã\"\nkind = \"cap-gcn-lan-dau\"\npublished = 2026-11-20\nnumber = \"9/TB-UBND\"\nissuer = \"UBND tỉnh Hương Lúa\"\npaper = \"full\"\nweb = \"masked\"",
        "Hồ sơ của bà {{Quàng Thị Lặng}}, thửa 9.",
    );
    folder.posting("rieng", "unit = \"99\"\ntitle = \"Niêm yết riêng\"", "Không gửi ai.");
    let portal = Portal::with(&folder);
    added(&portal, "giu.bang", "Lò Thị Giữ", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
    added(&portal, "giu.ben", "Hà Văn Giữ", &[role(Role::BoardKeeper, Some(unit(&portal, "Bến Gạo")))]);
    added(&portal, "dang.vu", "Vũ Thị Đăng", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    portal
}

#[test]
fn a_commune_prints_what_hangs_with_it_while_it_hangs_and_nobody_else_does() {
    let portal = sent();
    let document = id(&portal, "gui-ve");
    let sheet = format!("/ban-bien-tap/van-ban/{document}/to-niem-yet.pdf?don-vi=xa-dong-kieu");
    let (keeper, publisher) = (Browser::of(&portal, "giu.bang"), Browser::of(&portal, "dang.vu"));
    let page = keeper.get(&format!("/ban-bien-tap/gui-ve/{document}?don-vi=xa-dong-kieu"));
    assert_eq!(page.status, 200, "{}", page.body);
    let links = page.attributes("section[aria-labelledby=papers] a", "href");
    assert_eq!(page.texts("section[aria-labelledby=papers] a")[..3], ["In tờ niêm yết", "In tờ niêm yết cỡ chữ lớn", "Ghi nơi treo"]);
    assert_eq!(links[0], sheet);
    assert!(links.iter().all(|path| keeper.get(path).status == 200), "{links:?}");
    assert!(keeper.get("/ban-bien-tap").attributes("nav a", "href").contains(&"/ban-bien-tap/gui-ve".to_owned()));
    assert!(keeper.get("/ban-bien-tap/gui-ve").body.contains("Niêm yết hồ sơ gửi các xã"));
    let hangs = words(&keeper.get(&sheet));
    assert!(hangs.contains("Quàng Thị Lặng") && hangs.contains(&format!("/n/{document}?ban=1")), "{hangs}");
    assert!(!hangs.contains("Tại xã Đông Kiều"), "it has no line of its own yet");
    // What the unit adds stands on its own paper.
    let mut publishing = Browser::of(&portal, "dang.vu");
    let told = [("don-vi", "xa-dong-kieu"), ("then", "line"), ("line", "Hỏi tại phòng 2, sáng thứ Hai")];
    assert_eq!(publishing.post(&format!("/ban-bien-tap/gui-ve/{document}"), &told).status, 303);
    let hangs = words(&keeper.get(&sheet));
    assert!(hangs.contains("Tại xã Đông Kiều") && hangs.contains("Hỏi tại phòng 2, sáng thứ Hai"), "{hangs}");
    let web = words(&portal.get("/niem-yet/gui-ve.pdf"));
    assert!(!web.contains("Lặng") && !web.contains("phòng 2"));

    let status = |browser: &Browser, path: &str| browser.get(path).status;
    assert_eq!(status(&publisher, &sheet), 404, "who does not hang it is not given the names");
    assert_eq!(status(&Browser::of(&portal, "giu.ben"), &sheet), 404, "another commune's paper");
    assert_eq!(portal.get(&sheet).status, 303, "nobody from outside");
    let own = format!("/ban-bien-tap/van-ban/{}/to-niem-yet.pdf?don-vi=xa-dong-kieu", id(&portal, "rieng"));
    assert_eq!(status(&keeper, &own), 404, "what never came to it");
    assert_eq!(status(&keeper, &sheet.replace("xa-dong-kieu", "khong-co")), 404);
    // Whoever opted out prints nothing until it is in again.
    let out = [("don-vi", "xa-dong-kieu"), ("then", "out"), ("reason", "Không có đất như vậy")];
    assert_eq!(publishing.post(&format!("/ban-bien-tap/gui-ve/{document}"), &out).status, 303);
    let refused = keeper.get(&sheet);
    assert!(refused.status == 409 && !refused.body.contains("Lặng"), "{}", refused.status);
    assert_eq!(keeper.get(&format!("/ban-bien-tap/gui-ve/{document}?don-vi=xa-dong-kieu")).texts("#papers").len(), 0);
    publishing.post(&format!("/ban-bien-tap/gui-ve/{document}"), &[("don-vi", "xa-dong-kieu"), ("then", "in")]);
    portal.clock.set(at("2026-12-07T23:59:59"));
    assert_eq!(status(&Browser::of(&portal, "giu.bang"), &sheet), 200);
    portal.clock.set(at("2026-12-08T00:00:00"));
    assert_eq!(status(&Browser::of(&portal, "giu.bang"), &sheet), 404, "with its end nobody prints the names any more");
}

#[test]
fn each_commune_notes_and_records_its_own_places_and_sees_no_other_s() {
    let portal = sent();
    let document = id(&portal, "gui-ve");
    let at_unit = |path: &str, label: &str| format!("/ban-bien-tap/van-ban/{document}/{path}?don-vi={label}");
    let mut keeper = Browser::of(&portal, "giu.bang");
    let page = keeper.get(&at_unit("noi-treo", "xa-dong-kieu"));
    let missing = page.texts(".note li");
    assert_eq!(missing, ["Bảng ở trụ sở UBND xã", "Nhà văn hóa thôn 2", "Nhà văn hóa thôn 10"]);
    let choices = page.texts(".ticks label");
    assert_eq!(choices, missing, "and no board of another");
    let board = place(&portal, "thon-2");
    let (key, place_id) = (page.attributes("[name=key]", "value").remove(0), board.id.to_string());
    let fields = [
        ("don-vi", "xa-dong-kieu"),
        ("key", &key),
        ("place", &place_id),
        ("what", "hung"),
        ("number", "1"),
        ("at", "2026-11-21T07:00"),
        ("name", ""),
        ("note", ""),
    ];
    let noted = keeper.post(&format!("/ban-bien-tap/van-ban/{document}/noi-treo"), &fields);
    assert_eq!((noted.status, noted.header("location")), (303, &*format!("{}&da=placement-noted", at_unit("noi-treo", "xa-dong-kieu"))));
    let page = keeper.get(&at_unit("noi-treo", "xa-dong-kieu"));
    assert_eq!(
        (page.texts(".note li").len(), page.texts("section.sheet[aria-labelledby^=place-] h2")),
        (2, vec!["Nhà văn hóa thôn 2".to_owned()])
    );
    let mut other = Browser::of(&portal, "giu.ben");
    let page = other.get(&at_unit("noi-treo", "xa-ben-gao"));
    assert_eq!(page.texts(".note li"), ["Bảng Bến Gạo"]);
    assert!(!page.body.contains("Nhà văn hóa thôn 2"));
    assert_eq!(other.get(&at_unit("noi-treo", "xa-dong-kieu")).status, 404);
    let fields = [fields[0], ("key", "khac"), fields[2], fields[3], fields[4], fields[5], fields[6], fields[7]];
    assert_eq!(other.post(&format!("/ban-bien-tap/van-ban/{document}/noi-treo"), &fields).status, 404, "nor notes at its boards");

    let record = words(&keeper.get(&at_unit("bien-ban.pdf", "xa-dong-kieu")));
    assert!(record.contains("Nhà văn hóa thôn 2") && record.to_uppercase().contains("XÃ ĐÔNG KIỀU"), "{record}");
    let theirs = words(&other.get(&at_unit("bien-ban.pdf", "xa-ben-gao")));
    assert!(!theirs.contains("thôn 2") && theirs.to_uppercase().contains("XÃ BẾN GẠO"), "{theirs}");
    // A wrong row is set right, and the way back leads to the same places.
    let strike = keeper.get(&at_unit("noi-treo", "xa-dong-kieu")).attributes("a[href$=dinh-chinh]", "href").remove(0);
    assert_eq!(other.get(&strike).status, 404);
    let struck = keeper.post(&strike, &[("reason", "Nhầm thôn")]);
    assert_eq!((struck.status, struck.header("location")), (303, &*format!("{}&da=placement-struck", at_unit("noi-treo", "xa-dong-kieu"))));
    let report = Report { document, number: 1, what: What::Hung, at: at("2026-11-21T07:30:00"), name: "", photo: "", note: "", key: "k-2" };
    portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
    // The record of what hung is there when its time is over, too; of what never came there is none.
    portal.clock.set(at("2026-12-09T08:00:00"));
    let keeper = Browser::of(&portal, "giu.bang");
    let over = keeper.get("/ban-bien-tap/gui-ve");
    assert_eq!(over.texts("section[aria-labelledby=over] .row-title"), ["Niêm yết hồ sơ gửi các xã Còn treo, hãy gỡ"]);
    let links = over.attributes("section[aria-labelledby=over] a", "href");
    assert_eq!(links, [at_unit("noi-treo", "xa-dong-kieu"), at_unit("bien-ban-ket-thuc.pdf", "xa-dong-kieu")]);
    let elsewhere = Browser::of(&portal, "giu.ben").get("/ban-bien-tap/gui-ve");
    assert_eq!(elsewhere.texts("section[aria-labelledby=over]").len(), 0, "nothing hung there");
    assert!(!Browser::of(&portal, "dang.vu").get("/ban-bien-tap/gui-ve").body.contains("Niêm yết hồ sơ gửi các xã"));
    let report = Report { what: What::TakenDown, at: portal.clock.now(), key: "k-3", ..report };
    portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
    assert_eq!(keeper.get("/ban-bien-tap/gui-ve").texts("section[aria-labelledby=over] .row-title"), ["Niêm yết hồ sơ gửi các xã"]);
    assert_eq!(keeper.get(&at_unit("bien-ban-ket-thuc.pdf", "xa-dong-kieu")).status, 200);
    let never = format!("/ban-bien-tap/van-ban/{}/noi-treo?don-vi=xa-dong-kieu", id(&portal, "rieng"));
    assert_eq!(keeper.get(&never).status, 404);
}

#[test]
fn whose_note_was_not_so_and_whoever_said_that_are_no_witnesses() {
    let portal = Portal::with(&folder());
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    let (board, document) = (place(&portal, "thon-2"), id(&portal, "ho-so"));
    portal.clock.set(at("2026-11-24T09:00:00"));
    let noted = |what, when: &str, name, photo| {
        let report = Report { document, number: 1, what, at: at(when), name, photo, note: "", key: name };
        portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted")
    };
    let told = |path: &str| words(&Browser::of(&portal, "tham.tran").get(&format!("/ban-bien-tap/van-ban/{document}/{path}")));
    noted(What::Hung, "2026-11-20T09:00:00", "Hanh", "");
    let before = told("bien-ban.pdf");
    let wrong = noted(What::Hung, "2026-11-22T10:00:00", "Sai", &"a".repeat(64));
    assert!(told("bien-ban.pdf").contains("Hanh, Sai"));
    let strike = format!("/ban-bien-tap/noi-treo/{}/dinh-chinh", wrong.id);
    assert_eq!(Browser::of(&portal, "tham.tran").post(&strike, &[("reason", "Nhầm văn bản")]).status, 303);
    assert_eq!(told("bien-ban.pdf"), before, "as if it had never been said, its photograph too");
    let closing = told("bien-ban-ket-thuc.pdf");
    assert!(closing.contains("Hanh") && !closing.contains("Sai") && !closing.contains("tham.tran"), "{closing}");
}

#[test]
fn records_are_for_whoever_keeps_the_places_or_works_for_the_sender() {
    let portal = sent();
    added(&portal, "soan.dong", "Hà Thị Soạn", &[role(Role::Author, Some(unit(&portal, "Đông Kiều")))]);
    added(&portal, "soan.tinh", "Lê Thị Soạn", &[role(Role::Author, Some(unit(&portal, "Hương Lúa")))]);
    let path = |slug: &str, name: &str, more: &str| format!("/ban-bien-tap/van-ban/{}/{name}{more}", id(&portal, slug));
    let status = |login: &str, path: &str| Browser::of(&portal, login).get(path).status;
    const HERE: &str = "?don-vi=xa-dong-kieu";
    for name in ["bien-ban.pdf", "bien-ban-ket-thuc.pdf"] {
        for (login, wanted) in [("giu.bang", 200), ("soan.tinh", 200), ("soan.dong", 404), ("dang.vu", 404), ("giu.ben", 404)] {
            assert_eq!(status(login, &path("gui-ve", name, HERE)), wanted, "{login} {name}");
        }
        // Counting numbers opens what came to a place that one keeps, and nothing else.
        for (login, slug, wanted) in [
            ("giu.bang", "gui-ve", 200),
            ("giu.bang", "rieng", 404),
            ("giu.ben", "ho-so", 404),
            ("dang.vu", "gui-ve", 404),
            ("soan.tinh", "rieng", 200),
        ] {
            assert_eq!(status(login, &path(slug, name, "")), wanted, "{login} {slug} {name}");
        }
    }
    for (login, slug, wanted) in [("giu.ben", "ho-so", 404), ("giu.bang", "rieng", 404), ("giu.bang", "gui-ve", 200)] {
        assert_eq!(status(login, &path(slug, "noi-treo", "")), wanted, "{login} {slug}");
    }
    // Whoever may look sees where it hangs while everybody may read it, without its records.
    let looked = Browser::of(&portal, "soan.dong").get(&path("gui-ve", "noi-treo", HERE));
    assert!(looked.status == 200 && !looked.body.contains("bien-ban"), "{}", looked.body);
    assert!(Browser::of(&portal, "giu.bang").get(&path("gui-ve", "noi-treo", HERE)).body.contains("bien-ban.pdf"));
    portal.clock.set(at("2026-12-09T08:00:00"));
    assert_eq!(status("soan.dong", &path("gui-ve", "noi-treo", HERE)), 404);
    assert_eq!(status("giu.bang", &path("gui-ve", "bien-ban-ket-thuc.pdf", HERE)), 200);
}

#[test]
fn what_still_hangs_is_told_however_much_was_noted_since() {
    let folder = folder();
    let sent = "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-20";
    let slugs: Vec<String> = (0..201).map(|number| format!("so-{number}")).collect();
    for slug in &slugs {
        folder.posting(slug, sent, "Nội dung.");
    }
    folder.posting("con-treo", sent, "Nội dung.").posting("da-go", sent, "Nội dung.");
    let portal = Portal::with(&folder);
    added(&portal, "giu.bang", "Lò Thị Giữ", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    let board = place(&portal, "thon-2");
    portal.clock.set(at("2026-11-22T09:00:00"));
    let known: Vec<(String, i64)> = ["con-treo".to_owned(), "da-go".to_owned()]
        .into_iter()
        .chain(slugs)
        .map(|slug| {
            let document = id(&portal, &slug);
            (slug, document)
        })
        .collect();
    let mut wrong = 0;
    let noted = portal.app.web.store.write(|c| {
        for (slug, document) in &known {
            for (what, when) in [(What::Hung, "2026-11-21T08:00:00"), (What::TakenDown, "2026-11-22T08:00:00")] {
                let key = format!("{slug}-{}", what.name().replace('_', "-"));
                let report = Report { document: *document, number: 1, what, at: at(when), name: "", photo: "", note: "", key: &key };
                let row = note::at_board(c, portal.clock.now(), &board.code, &report)?;
                wrong = if slug == "con-treo" { row.id } else { wrong };
            }
        }
        Ok(())
    });
    noted.unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.clock.set(at("2027-03-01T08:00:00"));
    let shown = || Browser::of(&portal, "giu.bang").get("/ban-bien-tap/gui-ve").texts("section[aria-labelledby=over] .row-title");
    assert!(shown().len() == 30 && shown().iter().all(|title| !title.contains("Còn treo")), "{:?}", shown());
    // That it came down was not so.
    let strike = format!("/ban-bien-tap/noi-treo/{wrong}/dinh-chinh");
    assert_eq!(Browser::of(&portal, "tham.tran").post(&strike, &[("reason", "Chưa gỡ")]).status, 303);
    assert_eq!((shown().len(), shown()[0].as_str()), (30, "Niêm yết con-treo Còn treo, hãy gỡ"));
}
