//! What a unit disclosed in a quarter and plans to disclose in a year: read from its postings and from what was noted at its
//! places, the same on the page, on paper and in tables.

use std::io::Cursor;

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Role;
use bangtin::posting::placements::What;
use bangtin::posting::placements_note::{self as note, Report};
use bangtin::store::schema::plans;
use calamine::{Data, Reader, Xlsx};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::folder::Folder;
use crate::papers::words;
use crate::people::{Browser, added, role, unit};
use crate::placements::id;
use crate::places::{all, folder as places};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

const HERE: &str = "/don-vi/xa-dong-kieu/da-cong-khai";
const PLAN: &str = "/don-vi/xa-dong-kieu/ke-hoach-cong-khai";
const FORM: &str = "/ban-bien-tap/ke-hoach/xa-dong-kieu/2026";

/// Everything that a register has to tell apart.
fn folder() -> Folder {
    let folder = places();
    folder
        .posting("du-toan", "title = \"Dự toán ngân sách\"\nkind = \"ngan-sach-xa\"\npublished = 2026-11-02\nnumber = \"7/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-10-20", "Nội dung.")
        .posting("cu", "title = \"Nhiệm vụ cán bộ\"\nkind = \"nhiem-vu-can-bo\"\npublished = 2026-08-03", "Nội dung.")
        .posting("quy-truoc", "title = \"Của quý trước\"\npublished = 2026-07-03\nuntil = 2026-09-01", "Nội dung.")
        .posting("tu-tinh", "title = \"Của tỉnh gửi mọi xã\"\nunit = \"99\"\nto = [\"below\"]\npublished = 2026-11-05", "Nội dung.")
        .posting("xa-khac", "title = \"Của xã khác\"\nunit = \"99002\"", "Nội dung.")
        .posting("ho-so", "title = \"KÍN: hồ sơ của ai\"\nkind = \"cap-gcn-lan-dau\"\npublished = 2026-10-12\nnumber = \"8/TB-UBND\"", "Hồ sơ của {{Lý Văn Khuất}}.")
        .posting("da-rut", "title = \"KÍN: đã rút\"\npublished = 2026-11-03\n\n[withdrawn]\nat = 2026-11-10T07:00:00\nreason = \"Nhầm số thu\"", "Nội dung.")
        .posting("nhap", "title = \"KÍN: nháp\"\nstate = \"draft\"", "Nội dung.")
        .posting("hen", "title = \"KÍN: hẹn\"\npublished = 2026-12-24T08:00:00", "Nội dung.");
    folder
}

fn on(database: Option<String>) -> Portal {
    let portal = Portal::on(database);
    portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal
}

/// Noted at the place of that name in files, by its code.
fn noted(portal: &Portal, slug: &str, of: &str, place: &str, what: What, when: &str) {
    let unit = if place == "bang-ben-gao" { "Bến Gạo" } else { "Đông Kiều" };
    let board = all(portal, unit).into_iter().find(|one| one.slug == place || unit == "Bến Gạo").expect("a place");
    assert_eq!(of, unit);
    let key = format!("{slug}-{place}-{}-{}", what.name().replace('_', "-"), when.replace([':', '-'], ""));
    let report =
        Report { document: id(portal, slug), number: 1, what, at: at(when), name: "Đỗ Thị Hạnh", photo: "", note: "", key: &key };
    portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
}

fn hung(portal: &Portal) {
    noted(portal, "du-toan", "Đông Kiều", "tru-so", What::Hung, "2026-11-02T09:00:00");
    noted(portal, "du-toan", "Đông Kiều", "thon-2", What::Hung, "2026-11-03T09:00:00");
    noted(portal, "du-toan", "Đông Kiều", "thon-2", What::TakenDown, "2026-11-20T09:00:00");
}

fn titles(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.texts(".listing-title")
}

#[test]
fn a_register_names_what_was_disclosed_in_which_form_when_and_where() {
    for database in [None, Some(postgres())] {
        let portal = on(database);
        hung(&portal);
        let page = portal.get(HERE);
        let land = "Hồ sơ cấp Giấy chứng nhận quyền sử dụng đất lần đầu";
        let wanted = ["Nhiệm vụ cán bộ", land, "Dự toán ngân sách", "Nội dung công khai khác", "Của tỉnh gửi mọi xã"];
        assert_eq!(titles(&page), wanted);
        assert_eq!(titles(&portal.get(&format!("{HERE}/2026-q4"))), wanted);
        assert_eq!(titles(&portal.get(&format!("{HERE}/2026-q3"))), ["Của quý trước", "Nhiệm vụ cán bộ"]);
        assert!(!page.body.contains("KÍN") && !page.body.contains("Khuất"), "what must not be named is not");
        let rows = page.texts("tbody tr");
        assert!(rows[0].contains("Tiếp tục từ quý trước"), "{}", rows[0]);
        assert!(rows[4].contains("gửi mọi xã, phường"), "{}", rows[4]);
        assert!(rows[1].contains("Nội dung được cung cấp theo yêu cầu") && rows[1].contains("12/10/2026 – 27/10/2026"), "{}", rows[1]);
        for told in [
            "7/TB-UBND",
            "Nhóm 2: Ngân sách, tài chính",
            "Cổng thông tin điện tử từ 02/11/2026, dự kiến đến hết 02/12/2026",
            "Niêm yết từ 02/11/2026",
            "Công khai muộn: hạn là 27/10/2026",
        ] {
            assert!(rows[2].contains(told), "{told}: {}", rows[2]);
        }
        assert!(rows[2].contains("Bảng ở trụ sở UBND xã; Nhà văn hóa thôn 2 (03/11/2026 – 20/11/2026)"), "{}", rows[2]);
        let nowhere = "Chưa ghi nhận đã niêm yết ở nơi nào. Theo quy định của loại: trụ sở";
        assert!(rows[0].contains(nowhere) && rows[4].contains(nowhere), "{} {}", rows[0], rows[4]);
        assert!(!rows[2].contains(nowhere), "it hung: {}", rows[2]);
        assert!(rows[3].contains("Đã thu hồi ngày 10/11/2026. Lý do: Nhầm số thu"), "{}", rows[3]);
        assert!(!page.body.contains("Đỗ Thị Hạnh"), "who hung it is for staff");
        for missing in ["2027-q1", "2026-q2", "2001-q1", "2026-q5", "2026-q4.html", "2026-Q4", "2026", "1999-q4"] {
            assert_eq!(portal.get(&format!("{HERE}/{missing}")).status, 404, "{missing}");
        }
        assert_eq!(portal.get("/don-vi/khong-co/da-cong-khai").status, 404);
        assert!(
            portal.get(&format!("/en{HERE}/2026-q4")).text("h1").contains("what xã Đông Kiều disclosed")
                || portal.get(&format!("/en{HERE}/2026-q4")).text("h1").contains("Đông Kiều commune disclosed")
        );
    }
}

#[test]
fn paper_and_tables_say_what_the_page_does() {
    let portal = on(None);
    hung(&portal);
    let titles = titles(&portal.get(&format!("{HERE}/2026-q4")));
    let paper = words(&portal.get(&format!("{HERE}/2026-q4.pdf")));
    assert!(paper.contains("DANH SÁCH NỘI DUNG ĐÃ CÔNG KHAI Quý IV năm 2026 của Ủy ban nhân dân xã Đông Kiều"), "{paper}");
    let csv = portal.get(&format!("{HERE}/2026-q4.csv"));
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.bytes.starts_with("\u{feff}".as_bytes()), "Excel needs its mark");
    let mut lines = csv::ReaderBuilder::new().from_reader(&csv.bytes[3..]);
    let rows: Vec<Vec<String>> = lines.records().map(|row| row.expect("a line").iter().map(str::to_owned).collect()).collect();
    let xlsx = portal.get(&format!("{HERE}/2026-q4.xlsx"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&xlsx.bytes[..])).expect("a workbook");
    let sheet = book.worksheet_range("2026-q4").expect("its sheet");
    let cells: Vec<Vec<Data>> = sheet.rows().map(<[Data]>::to_vec).collect();
    let head = cells.iter().position(|row| row[0] == Data::String("STT".to_owned())).expect("the heads");
    assert_eq!(cells.len() - head - 1, rows.len(), "a line for each form of each disclosure");
    assert_eq!(rows.len(), titles.len() + 1, "one of them hung on boards, too");
    for (row, cells) in rows.iter().zip(&cells[head + 1..]) {
        assert_eq!(cells[1], Data::String(row[1].clone()));
        assert!(titles.contains(&row[1]) && paper.contains(&row[2]), "{row:?}");
        assert!(matches!(cells[7], Data::DateTime(_)), "a day is a day: {:?}", cells[7]);
    }
    let board = rows.iter().find(|row| row[6] == "Niêm yết").expect("it hung");
    assert_eq!((&board[7][..], &board[8][..]), ("2026-11-02", ""));
    let portal_of = rows.iter().find(|row| row[2] == "7/TB-UBND" && row[6] != "Niêm yết").expect("it is on the portal");
    assert_eq!((&portal_of[8][..], &portal_of[9][..]), ("", "2026-12-02"), "what is to come is no day on which it came down");
    assert!(paper.contains("Nhà văn hóa thôn 2 (03/11/2026 – 20/11/2026)"), "{paper}");
    for body in [&paper, &String::from_utf8_lossy(&csv.bytes).into_owned()] {
        assert!(!body.contains("KÍN") && !body.contains("Khuất"));
    }
}

#[test]
fn a_register_is_true_at_once_after_whatever_happens() {
    let portal = on(None);
    added(&portal, "gao.do", "Đỗ Thị Gạo", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let has = |told: &str| portal.get(HERE).body.contains(told);
    assert!(!has("Niêm yết</strong>"));
    hung(&portal);
    assert!(has("Niêm yết</strong>"), "what is noted at a board stands in it");
    assert!(has("Của tỉnh gửi mọi xã"));
    let path = format!("/ban-bien-tap/gui-ve/{}", id(&portal, "tu-tinh"));
    let mut staff = Browser::of(&portal, "gao.do");
    let out = staff.post(&path, &[("don-vi", "xa-dong-kieu"), ("then", "out"), ("reason", "Xã không có đối tượng")]);
    assert_eq!(out.status, 303, "{}", out.body);
    assert!(has("Của tỉnh gửi mọi xã") && has("Đơn vị không niêm yết từ 21/11/2026"), "it hung there until then");
    // With no task anywhere: at the instant, and not before it.
    portal.clock.set(at("2026-12-24T07:59:59"));
    assert!(!has("KÍN: hẹn"));
    portal.clock.set(at("2026-12-24T08:00:00"));
    assert!(has("KÍN: hẹn"));
    portal.clock.set(at("2027-01-01T00:00:00"));
    assert!(portal.get(HERE).text("h1").contains("Quý I năm 2027"));
    assert!(titles(&portal.get(&format!("{HERE}/2026-q4"))).contains(&"KÍN: hẹn".to_owned()));
}

#[test]
fn what_a_unit_says_today_changes_no_quarter_that_is_over() {
    let portal = on(None);
    added(&portal, "gao.do", "Đỗ Thị Gạo", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let more = Folder::empty();
    more.rules().posting(
        "mai-mai",
        "title = \"Thường xuyên của tỉnh\"\nunit = \"99\"\nto = [\"below\"]\nkind = \"nhiem-vu-can-bo\"\npublished = 2026-08-05",
        "Nội dung.",
    );
    portal.import(&more).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let quarter = |slug: &str| portal.get(&format!("{HERE}/{slug}"));
    assert!(quarter("2026-q3").body.contains("Thường xuyên của tỉnh"));
    let path = format!("/ban-bien-tap/gui-ve/{}", id(&portal, "mai-mai"));
    let out =
        Browser::of(&portal, "gao.do").post(&path, &[("don-vi", "xa-dong-kieu"), ("then", "out"), ("reason", "Xã có quy định riêng")]);
    assert_eq!(out.status, 303, "{}", out.body);
    assert!(quarter("2026-q3").body.contains("Thường xuyên của tỉnh"), "it hung there all the quarter");
    let now = quarter("2026-q4");
    assert!(now.body.contains("Thường xuyên của tỉnh") && now.body.contains("Đơn vị không niêm yết từ 21/11/2026"), "{}", now.text("main"));
    portal.clock.set(at("2027-01-04T08:00:00"));
    assert!(!quarter("2027-q1").body.contains("Thường xuyên của tỉnh"));
    assert_eq!(quarter("2025-q2").status, 404, "there was no such commune");
}

#[test]
fn a_long_register_and_a_long_plan_lose_nothing_on_paper() {
    let folder = folder();
    let mut rows = std::fs::read_to_string(folder.path().join("places.csv")).expect("the places");
    for number in 0..70 {
        rows.push_str(&format!("xa-dong-kieu,cum-{number},villages,Cum{number}x,,,,2026-01-01,\n"));
    }
    folder.file("places.csv", rows);
    let portal = Portal::with(&folder);
    for number in 0..70 {
        noted(&portal, "du-toan", "Đông Kiều", &format!("cum-{number}"), What::Hung, &format!("2026-11-{:02}T09:00:00", 3 + number % 15));
    }
    let paper = words(&portal.get(&format!("{HERE}/2026-q4.pdf")));
    for number in 0..70 {
        assert!(paper.contains(&format!("Cum{number}x")), "{number}: {paper}");
    }
    assert!(paper.contains("Dự toán ngân sách") && paper.contains("7/TB-UBND"), "{paper}");
    added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let days: Vec<String> = (0..52)
        .map(|week| {
            (chrono::NaiveDate::from_ymd_opt(2026, 1, 5).expect("a day") + chrono::Duration::weeks(week)).format("%d/%m/%Y").to_string()
        })
        .collect();
    let due = days.join(", ");
    let weekly = row(0, &[("content", "Lịch tiếp công dân"), ("of", "lich-tiep-cong-dan"), ("due", &due), ("who", "Văn phòng xã")]);
    let kept = sent(&mut Browser::of(&portal, "do"), FORM, "0", "", &[weekly]);
    assert_eq!(kept.status, 303, "{}", kept.text(".issues"));
    let paper = words(&portal.get(&format!("{PLAN}/2026.pdf")));
    for day in days {
        assert!(paper.contains(&day), "{day}: {paper}");
    }
    assert!(paper.contains("Lịch tiếp công dân") && paper.contains("Văn phòng xã"), "{paper}");
}

#[test]
fn a_plan_names_nothing_that_must_not_be_named_any_more() {
    let portal = on(None);
    added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let land = row(0, &[("content", "Hồ sơ đất"), ("of", "cap-gcn-lan-dau"), ("due", "20/10/2026")]);
    let kept = sent(&mut Browser::of(&portal, "do"), FORM, "0", "", &[land]);
    assert_eq!(kept.status, 303, "{}", kept.text(".issues"));
    // Its days are over, and its kind is given on request alone.
    assert_eq!(portal.get("/niem-yet/ho-so").status, 410);
    for path in [PLAN.to_owned(), format!("{PLAN}/2026.csv"), format!("{PLAN}/2026.pdf"), format!("/en{PLAN}")] {
        let reply = portal.get(&path);
        let text = if path.ends_with("pdf") { words(&reply) } else { reply.body.clone() };
        assert!(!text.contains("KÍN") && !text.contains("/niem-yet/ho-so"), "{path}: {text}");
        assert!(text.contains("12/10/2026"), "{path}: that it was done is told");
    }
}

#[test]
fn no_cell_of_a_register_is_a_formula() {
    let folder = places();
    folder.posting("tan-cong", "title = \"=HYPERLINK(\\\"http://x\\\")\"\nnumber = \"+84\"", "Nội dung.");
    let portal = Portal::with(&folder);
    let csv = portal.get(&format!("{HERE}/2026-q4.csv")).body;
    assert!(csv.contains("\"'=HYPERLINK") && csv.contains("\"'+84\""), "{csv}");
    let xlsx = portal.get(&format!("{HERE}/2026-q4.xlsx"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&xlsx.bytes[..])).expect("a workbook");
    assert_eq!(book.worksheet_formula("2026-q4").expect("its sheet").used_cells().count(), 0);
}

fn row<'r>(at: usize, fields: &[(&str, &'r str)]) -> Vec<(String, &'r str)> {
    fields.iter().map(|(name, text)| (format!("{name}-{at}"), *text)).collect()
}

fn sent(staff: &mut Browser, path: &str, before: &str, note: &str, rows: &[Vec<(String, &str)>]) -> Reply {
    let count = rows.len().to_string();
    let mut fields: Vec<(&str, &str)> = vec![("count", &count), ("before", before), ("note", note)];
    fields.extend(rows.iter().flatten().map(|(name, text)| (name.as_str(), *text)));
    staff.post(path, &fields)
}

fn begun(staff: &mut Browser) {
    let kept = sent(staff, FORM, "0", "", &[budget()]);
    assert_eq!(kept.status, 303, "{}", kept.text(".issues"));
}

fn budget() -> Vec<(String, &'static str)> {
    row(
        0,
        &[
            ("content", "Ngân sách từng quý"),
            ("of", "ngan-sach-xa"),
            ("due", "15/10/2026, 30/11/2026, 20/12/2026"),
            ("who", "Kế toán xã"),
            ("forms", "seat"),
            ("forms", "portal"),
        ],
    )
}

#[test]
fn a_plan_is_settled_by_what_is_posted_and_says_what_is_late() {
    for database in [None, Some(postgres())] {
        let portal = on(database);
        added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
        added(&portal, "la", "Lá", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
        added(&portal, "viet", "Việt", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
        assert!(portal.get(PLAN).body.contains("Chưa có kế hoạch công khai"));
        assert_eq!(portal.get(&format!("{PLAN}/2026")).status, 404);
        let mut staff = Browser::of(&portal, "do");
        let whenever = row(1, &[("content", "Khác, khi có"), ("of", "group:14")]);
        let kept = sent(&mut staff, FORM, "0", "", &[budget(), whenever, row(2, &[])]);
        assert_eq!(kept.status, 303, "{}", kept.text(".issues"));
        let page = portal.get(PLAN);
        let csv = portal.get(&format!("{PLAN}/2026.csv")).body;
        assert!(csv.contains("\"2026-11-30\"") && csv.contains("Khi có phát sinh"), "{csv}");
        let paper = words(&portal.get(&format!("{PLAN}/2026.pdf")));
        assert!(paper.contains("KẾ HOẠCH CÔNG KHAI THÔNG TIN") && paper.contains("Kế toán xã") && paper.contains("30/11/2026"), "{paper}");
        let rows = page.texts("tbody tr");
        assert_eq!(rows.len(), 2);
        assert!(
            rows[0].contains("15/10/2026 Đăng trên cổng 02/11/2026, muộn 18 ngày, chưa ghi nhận niêm yết ở bảng nào Dự toán ngân sách"),
            "{}",
            rows[0]
        );
        assert!(rows[0].contains("30/11/2026 Còn 9 ngày") && rows[0].contains("20/12/2026 Chưa tới hạn"), "{}", rows[0]);
        assert!(rows[0].contains("Kế toán xã"), "{}", rows[0]);
        assert!(rows[1].contains("Khi có phát sinh"), "{}", rows[1]);
        assert!(
            page.text(".listing-told").contains("Đã công khai 1 trên 3 lần theo kế hoạch; 0 lần quá hạn."),
            "{}",
            page.text(".listing-told")
        );
        assert!(page.text(".listing-told").contains("2 văn bản chưa ghi nhận niêm yết ở bảng nào."), "{}", page.text(".listing-told"));
        assert!(page.text(".listing-told").contains("1 nội dung công khai khi có phát sinh, đã có 1 văn bản."));
        hung(&portal);
        let noted = portal.get(PLAN);
        assert!(noted.texts("tbody tr")[0].contains("15/10/2026 Công khai 02/11/2026, muộn 18 ngày Dự toán ngân sách"), "it hangs");
        assert!(noted.text(".listing-told").contains("1 văn bản chưa ghi nhận"), "{}", noted.text(".listing-told"));
        assert!(page.body.contains("Ban hành 20/10/2026, hạn công khai 27/10/2026, công khai 02/11/2026."));
        assert!(!page.body.contains("KÍN"), "neither what is to come nor what was taken back settles anything");
        // Nobody ticks anything: a day passes, and it is late.
        portal.clock.set(at("2026-12-01T00:00:00"));
        assert!(portal.get(PLAN).text(".listing-told").contains("1 lần quá hạn"));
        assert!(portal.get(PLAN).texts(".plan-late").join("").contains("Quá hạn 1 ngày, chưa công khai"));
        let more = Folder::empty();
        more.rules().posting("quy-4", "title = \"Ngân sách quý IV\"\nkind = \"ngan-sach-xa\"\npublished = 2026-12-01", "Nội dung.");
        portal.import(&more).expect("a sound posting");
        assert!(
            portal.get(PLAN).texts("tbody tr")[0]
                .contains("30/11/2026 Đăng trên cổng 01/12/2026, muộn 1 ngày, chưa ghi nhận niêm yết ở bảng nào Ngân sách quý IV")
        );
        // Whoever may not publish there changes nothing, and another unit's staff see no form.
        let other = sent(&mut Browser::of(&portal, "la"), FORM, "1", "Đổi", &[budget()]);
        assert_eq!((other.status, other.header("location")), (404, ""));
        assert!([403, 404].contains(&sent(&mut Browser::of(&portal, "viet"), FORM, "1", "Đổi", &[budget()]).status));
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it runs").faults.is_empty());
    }
}

#[test]
fn a_plan_that_changes_is_disclosed_again_with_what_changed_and_why() {
    let portal = on(None);
    added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let mut staff = Browser::of(&portal, "do");
    begun(&mut staff);
    let fees = || row(1, &[("content", "Mức thu phí"), ("of", "phi-le-phi"), ("due", "01/12/2026")]);
    let without = sent(&mut staff, FORM, "1", "", &[budget(), fees()]);
    assert_eq!(without.status, 422);
    assert!(without.text(".issues").contains("phải công khai lại") && without.body.contains("Mức thu phí"), "what was typed comes back");
    assert_eq!(sent(&mut staff, FORM, "1", "Bổ sung theo nghị quyết", &[budget(), fees()]).status, 303);
    let page = portal.get(PLAN);
    let changes = page.text("section[aria-labelledby=changes]");
    assert!(changes.contains("Bản 2") && changes.contains("Bổ sung theo nghị quyết") && changes.contains("Thêm: Mức thu phí"), "{changes}");
    // Somebody else was first.
    let stale = sent(&mut staff, FORM, "1", "Đổi nữa", &[budget()]);
    assert!(stale.status == 422 && stale.text(".issues").contains("Người khác vừa sửa"), "{}", stale.text(".issues"));
    for (field, text, told) in [
        ("due", "31/02/2026", "không phải một ngày"),
        ("due", "15/01/2027", "không thuộc năm 2026"),
        ("of", "khong-co", "khong-co"),
        ("period", "0", "số ngày từ 1"),
        ("done", "khong-co-bai-nay", "khong-co-bai-nay"),
        ("content", "", "Hãy ghi nội dung"),
    ] {
        let usual = [("content", "Phí"), ("due", "01/12/2026")].into_iter().filter(|(name, _)| *name != field);
        let wrong = sent(&mut staff, FORM, "2", "Đổi", &[row(0, &[]), row(1, &usual.chain([(field, text)]).collect::<Vec<_>>())]);
        assert_eq!(wrong.status, 422, "{field} {text}");
        assert_eq!(wrong.attributes(".issues a", "href"), [format!("#f-{field}-1")], "at its field in its row");
        assert!(wrong.text(".issues").contains(told), "{}", wrong.text(".issues"));
    }
    let more = staff.post(FORM, &[("count", "1"), ("before", "2"), ("content-0", "Đang gõ dở"), ("then", "more")]);
    assert!(more.status == 200 && more.body.contains("Đang gõ dở") && more.texts(".plan-row").len() == 6, "{}", more.body);
    assert_eq!(staff.get("/ban-bien-tap/ke-hoach/xa-dong-kieu/1990").status, 404);
}

#[test]
fn plans_go_out_with_an_export_and_come_in_again_and_every_fault_has_its_line() {
    let portal = on(None);
    added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let mut staff = Browser::of(&portal, "do");
    begun(&mut staff);
    let fees = row(
        1,
        &[
            ("content", "Mức thu phí"),
            ("of", "group:12"),
            ("due", "01/12/2026"),
            ("period", "45"),
            ("measure", "working"),
            ("done", "/niem-yet/cu"),
        ],
    );
    assert_eq!(sent(&mut staff, FORM, "1", "Bổ sung", &[budget(), fees]).status, 303);
    let out = portal.export();
    let written = std::fs::read_to_string(out.path().join("plans.csv")).expect("it is exported");
    for database in [None, Some(postgres())] {
        let other = Portal::on(database);
        other.import(&out).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
        assert_eq!(other.get(&format!("{PLAN}/2026.csv")).bytes, portal.get(&format!("{PLAN}/2026.csv")).bytes);
        assert_eq!(std::fs::read_to_string(other.export().path().join("plans.csv")).expect("again"), written);
        other.import(&out).expect("the same again changes nothing");
        let versions: i64 = plans::table.count().get_result(&mut *other.app.web.store.read().expect("it opens")).expect("a number");
        assert_eq!(versions, 2);
        assert!(verify(&other.app.web.store, &other.app.web.shelf).expect("it runs").faults.is_empty());
    }
    for (from, to, key) in [
        ("2026,1,", "2026,one,", "plan-bad-line"),
        ("2026,2,", "2026,4,", "plan-number-gap"),
        ("2026-10-15", "2026-02-30", "plan-bad-date"),
        ("2026-10-15", "2031-10-15", "plan-other-year"),
        ("2026,1,", "2999,1,", "plan-bad-year"),
        ("seat;portal", "roof", "kinds-unknown-word"),
        (",cu\n", ",khong-co\n", "posting-unknown-posting"),
    ] {
        let other = Portal::open();
        let folder = Folder::empty();
        for (name, bytes) in out.contents().iter().filter(|(name, _)| name != "plans.csv") {
            folder.file(name, bytes);
        }
        folder.file("plans.csv", written.replacen(from, to, if key == "plan-number-gap" { 2 } else { 1 }));
        let Err(Refusal::Issues(issues)) = other.import(&folder) else { panic!("{key}: it was taken") };
        assert!(
            issues.iter().any(|issue| (issue.file.as_str(), issue.phrase.key) == ("plans.csv", key) && issue.line >= 2),
            "{key}: {issues:?}"
        );
    }
}

#[test]
fn a_plan_that_somebody_changed_in_the_database_shows() {
    let portal = on(None);
    added(&portal, "do", "Đỗ", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    begun(&mut Browser::of(&portal, "do"));
    let tamper = |sql: &str| portal.app.web.store.write(|c| Ok(c.batch_execute(sql)?));
    assert!(tamper("UPDATE plans SET items = '[]'").is_err(), "rows are never edited");
    tamper("DROP TRIGGER plans_are_not_edited; UPDATE plans SET note = 'khác'").expect("by whoever holds the database");
    assert_eq!(
        verify(&portal.app.web.store, &portal.app.web.shelf).expect("it runs").faults.iter().map(|fault| fault.key).collect::<Vec<_>>(),
        ["verify-changed-plan"]
    );
}

#[test]
fn a_register_is_made_ready_to_hang_with_everything_in_it() {
    let portal = on(None);
    hung(&portal);
    added(
        &portal,
        "do",
        "Đỗ",
        &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều"))), role(Role::Editor, Some(unit(&portal, "Đông Kiều")))],
    );
    let mut staff = Browser::of(&portal, "do");
    let list = staff.get("/ban-bien-tap/ke-hoach?don-vi=xa-dong-kieu");
    assert!(list.body.contains("Quý IV năm 2026") && list.body.contains("Soạn bản niêm yết"), "{}", list.body);
    let begun = staff.post("/ban-bien-tap/ke-hoach/niem-yet", &[("unit", "xa-dong-kieu"), ("which", "2026-q4")]);
    assert_eq!(begun.status, 303, "{}", begun.body);
    let form = staff.get(begun.header("location"));
    for told in [
        "Danh sách nội dung đã công khai Quý IV năm 2026 của xã Đông Kiều",
        "| 3 | Dự toán ngân sách | 7/TB-UBND |",
        "Bảng ở trụ sở UBND xã",
    ] {
        assert!(form.body.contains(told), "{told}");
    }
    assert_eq!(staff.post("/ban-bien-tap/ke-hoach/niem-yet", &[("unit", "xa-ben-gao"), ("which", "2026-q4")]).status, 404);
    assert_eq!(
        staff.post("/ban-bien-tap/ke-hoach/niem-yet", &[("unit", "xa-dong-kieu"), ("which", "2026")]).status,
        404,
        "there is no plan"
    );
}
