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
