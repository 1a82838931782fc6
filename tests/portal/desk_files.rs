//! Files beside a draft, as a clerk sends them: in the preview before they are public, public with their text, and on paper
//! only where that was said; what is wrong with a file is told at it, and nothing else that was said is lost.

use std::fs;

use bangtin::app::verify::verify;
use bangtin::approval::write::{Filed, begin};
use bangtin::article::{Article, Attachment};
use bangtin::desk::press::press;
use bangtin::edition::Kind;
use bangtin::edition::written::Written;
use bangtin::kit::digest::sha256;
use bangtin::person::access::Role;
use bangtin::store::log;
use scraper::Selector;
use tempfile::TempDir;

use crate::desk_road::{HERE, acts, moved, path, value};
use crate::desk_walls::begun;
use crate::folder::{Folder, SITE, png};
use crate::people::{Browser, added, done, role, unit, who};
use crate::portal::{Portal, Reply};
use crate::store::postgres;

const PDF: &[u8] = b"%PDF-1.7\nGiay cua xa.\n%%EOF\n";
const LIST: &[u8] = b"%PDF-1.7\nDanh sach ho ngheo.\n%%EOF\n";

/// A clerk of Đông Kiều, her reviewer, and a clerk of the commune beside.
pub fn office(database: Option<String>) -> Portal {
    let folder = Folder::new();
    folder.rules().file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    folder.file("unit-groups.toml", "[[groups]]\nslug = \"ven-song\"\nname = \"Ven sông\"\nunits = [\"99002\"]\n");
    folder.posting("ho-ngheo", "kind = \"ket-qua-ho-ngheo\"", "Kết quả.");
    folder.posting("goc", "places = [\"seat\", \"villages\"]", "Nội dung sai.");
    let portal = Portal::reopen(TempDir::new().expect("a temporary folder"), database, &["127.0.0.1"]);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.get("/");
    let (here, there) = (Some(unit(&portal, "Đông Kiều")), Some(unit(&portal, "Bến Gạo")));
    added(&portal, "viet.le", "Lê Thị Viết", &[role(Role::Author, here)]);
    added(&portal, "duyet.pham", "Phạm Văn Duyệt", &[role(Role::Reviewer, here), role(Role::Publisher, here)]);
    added(&portal, "sua.ngo", "Ngô Văn Sửa", &[role(Role::Editor, there)]);
    portal
}

pub fn posting(browser: &mut Browser) -> i64 {
    posting_of(browser, "cong-khai-khac")
}

pub fn posting_of(browser: &mut Browser, kind: &str) -> i64 {
    let fields = [("kind", "posting"), ("title", "Công khai kết quả rà soát"), ("unit", HERE), ("posting_kind", kind)];
    let to = browser.post("/ban-bien-tap/van-ban/moi", &fields).header("location").to_owned();
    to.split('/').nth(3).and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("{to}"))
}

fn tep(document: i64) -> String {
    format!("{}/tep", path(document))
}

/// As a browser sends the form of a page with a file in it.
pub fn send(browser: &Browser, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Reply {
    let mark = value(&browser.get("/ban-bien-tap/toi"), "mark");
    let mut body = Vec::new();
    for (name, text) in fields.iter().chain(&[("mark", mark.as_str())]) {
        body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n").bytes());
    }
    if let Some((name, bytes)) = file {
        let head = "Content-Type: application/octet-stream";
        body.extend(format!("--ranh\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{head}\r\n\r\n").bytes());
        body.extend_from_slice(bytes);
        body.extend(b"\r\n");
    }
    body.extend(b"--ranh--\r\n");
    let headers = [("cookie", browser.cookie.as_str()), ("content-type", "multipart/form-data; boundary=ranh")];
    browser.portal.send("POST", path, &headers, body)
}

/// A form as it stands in its page, and as a browser would send it back.
pub fn filled(page: &Reply) -> Vec<(String, String)> {
    let html = page.html();
    let all = Selector::parse("form.editor :is(input, textarea, select)").expect("a selector");
    let chosen = Selector::parse("option[selected]").expect("a selector");
    html.select(&all)
        .filter(|one| one.value().attr("type") != Some("checkbox") || one.value().attr("checked").is_some())
        .filter_map(|one| {
            let text = match one.value().name() {
                "textarea" => one.text().collect::<String>().trim_start_matches('\n').to_owned(),
                "select" => one.select(&chosen).next()?.value().attr("value")?.to_owned(),
                _ => one.value().attr("value").unwrap_or("on").to_owned(),
            };
            Some((one.value().attr("name")?.to_owned(), text))
        })
        .filter(|(name, _)| name != "mark")
        .collect()
}

/// The form of a text, with these lines in place of its own.
pub fn saves(browser: &mut Browser, form: &[(String, String)], document: i64, lines: &[(&str, &str)]) -> Reply {
    let own = form.iter().map(|(name, text)| (name.as_str(), text.as_str())).filter(|(name, _)| lines.iter().all(|(line, _)| line != name));
    let fields: Vec<(&str, &str)> = own.chain(lines.iter().copied()).collect();
    browser.post(&format!("{}/sua", path(document)), &fields)
}

pub fn published(portal: &Portal, browser: &mut Browser, document: i64) {
    let form = filled(&browser.get(&format!("{}/sua", path(document))));
    let lines = [("lead", "Tóm tắt."), ("body", "Nội dung công khai."), ("then", "submit")];
    moved(&saves(browser, &form, document, &lines));
    moved(&acts(&mut Browser::of(portal, "duyet.pham"), document, "duyet", &[("when", "now")]));
}

/// Whoever may not look at a text cannot have its files by naming them in one of his own.
#[test]
fn naming_a_file_of_another_units_draft_lends_it_to_nobody() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    moved(&send(&clerk, &tep(document), &[("do", "add"), ("title", "Danh sách hộ"), ("paper_only", "1")], Some(("DS.PDF", LIST))));
    let drafted = |login: &str, of: &str| {
        let attachments = vec![Attachment { file: "attachments/ds.pdf".to_owned(), title: "Của tôi".to_owned() }];
        let facts = Box::new(Article { attachments, ..Article::default() });
        let written = Written { title: format!("Mượn tệp {login}"), lead: "Tóm tắt.".to_owned(), body: "Chữ.".to_owned(), facts };
        let filed = Filed { unit_id: Some(unit(&portal, of)), section: "nong-nghiep-nong-thon".to_owned(), ..Filed::default() };
        done(&portal, &who(&portal, login), |c, act| begin(c, act, &press(&portal.words), Kind::Article, None, &filed, &written))
            .expect("a draft is saved whatever it names")
            .document_id
    };
    let list = format!("/ban-bien-tap/tep/{}/ds.pdf", sha256(LIST));
    let (own, foreign) = (drafted("viet.le", "Đông Kiều"), drafted("sua.ngo", "Bến Gạo"));
    assert!(clerk.get(&list).bytes == LIST && Browser::of(&portal, "sua.ngo").get(&list).status == 404, "it is not lent");
    let told = |login: &str, document: i64| {
        Browser::of(&portal, login).get(&format!("{}/trang", path(document))).attributes(".attachments a", "href")
    };
    assert_eq!(told("viet.le", own), std::slice::from_ref(&list));
    assert_eq!(told("sua.ngo", foreign), Vec::<String>::new());
    // And it does not go out with his text: it is to him a file that is not there.
    let page = Browser::of(&portal, "sua.ngo").get(&path(foreign)).text("main");
    assert!(page.contains("attachments/ds.pdf"), "{page}");
    let mut editor = Browser::of(&portal, "sua.ngo");
    let form = filled(&editor.get(&format!("{}/sua", path(foreign))));
    let sent = saves(&mut editor, &form, foreign, &[("then", "submit")]);
    assert!(sent.status != 303 && sent.text("main").contains("attachments/ds.pdf"), "{} {}", sent.status, sent.text("main"));
}

#[test]
fn a_file_is_lent_with_its_draft_public_with_its_text_and_a_list_for_paper_never() {
    for portal in [office(None), office(Some(postgres()))] {
        let mut clerk = Browser::of(&portal, "viet.le");
        let document = posting(&mut clerk);
        let here = tep(document);
        assert!(clerk.get(&here).text("main").contains("Chưa có tệp nào"));
        let sent = send(&clerk, &here, &[("do", "add"), ("title", "")], Some(("Kết quả rà soát.pdf", PDF)));
        assert_eq!((sent.status, sent.header("location")), (303, format!("{here}?da=file-added").as_str()), "{}", sent.text("main"));
        moved(&send(&clerk, &here, &[("do", "add"), ("title", "Danh sách hộ"), ("paper_only", "1")], Some(("DS.PDF", LIST))));
        let page = clerk.get(&here);
        assert_eq!(page.attributes("input[name=titled]", "value"), ["Kết quả rà soát", "Danh sách hộ"]);
        assert_eq!(page.texts(".files-row .row-about a"), ["ket-qua-ra-soat.pdf", "ds.pdf"]);
        let (own, list) = (format!("/tep/{}/ket-qua-ra-soat.pdf", sha256(PDF)), format!("/tep/{}/ds.pdf", sha256(LIST)));
        let lent = |path: &str| clerk.get(&format!("/ban-bien-tap{path}"));
        assert!(lent(&own).bytes == PDF && lent(&list).bytes == LIST, "whoever sent it may look at it");
        let beside = Browser::of(&portal, "sua.ngo");
        let of_beside = |path: &str| beside.get(&format!("/ban-bien-tap{path}")).status;
        assert_eq!((of_beside(&own), of_beside(&list)), (404, 404), "who may not look at the text is lent none of its files");
        assert_eq!((portal.get(&own).status, portal.get(&list).status), (404, 404), "a draft's file is nobody else's");
        let preview = clerk.get(&format!("{}/trang", path(document)));
        assert_eq!(preview.attributes(".attachments a", "href"), [format!("/ban-bien-tap{own}")]);
        assert!(preview.text("article").contains("Danh sách hộ"));
        let shared = clerk.post(&format!("{}/chia-se", path(document)), &[]).body;
        let (_, secret) = shared.split_once("/ban-bien-tap/xem/").expect("a link");
        let secret: String = secret.chars().take_while(char::is_ascii_alphanumeric).collect();
        let of_link = |path: &str| portal.get(&format!("/ban-bien-tap/xem/{secret}{path}"));
        assert!(of_link(&own).bytes == PDF, "whoever has the link reads the files");
        assert_eq!(of_link(&list).status, 404, "but not what only paper bears");

        published(&portal, &mut clerk, document);
        let address = "/niem-yet/cong-khai-ket-qua-ra-soat";
        let public = portal.get(address);
        assert_eq!(public.attributes(".attachments a", "href"), [own.as_str()]);
        assert!(public.text("article").contains("Danh sách hộ") && !public.body.contains(&sha256(LIST)));
        assert!(portal.get(&own).bytes == PDF);
        assert_eq!((of_beside(&own), of_beside(&list)), (200, 404), "beside the text he is given what everybody is given");
        assert_eq!(portal.get(&own).header("content-type"), "application/pdf");
        for path in [list.clone(), format!("/tep/{}/DS.PDF", sha256(LIST)), format!("/anh/{}-480.jpg", sha256(LIST))] {
            assert_eq!(portal.get(&path).status, 404, "{path}");
        }
        assert_eq!(clerk.get(&here).status, 409, "what is published is no draft");
        assert_eq!(send(&clerk, &here, &[("do", "add")], Some(("a.pdf", PDF))).status, 409);
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
        let mut c = portal.app.web.store.read().expect("it opens");
        let acts: Vec<String> = log::acts_since(&mut c, 0, 10_000).expect("the log").into_iter().map(|(act, _)| act).collect();
        assert_eq!(acts.iter().filter(|act| *act == "attached").count(), 2);
        // An export is whole, and comes back as it was.
        let folder = portal.export();
        let kept = fs::read(folder.path().join("attachments/ket-qua-ra-soat.pdf")).expect("it is exported");
        assert!(kept == PDF);
        let other = Portal::open();
        other.import(&folder).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
        assert!(other.get(&own).bytes == PDF && other.get(&list).status == 404);
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_it_and_what_was_typed_stays() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let here = tep(document);
    let large = vec![b'%'; 20 * 1024 * 1024 + 1];
    let before = portal.app.web.store.write(log::position).expect("it can be read");
    for (name, bytes, told) in [
        ("quét.pdf", &large[..], "Tệp “quét.pdf” lớn hơn 20 MB."),
        ("trống.pdf", b"", "Tệp “trống.pdf” không có gì bên trong."),
        ("cai-dat.exe", b"MZ", "Không nhận loại tệp của “cai-dat.exe”."),
        ("trang.html", b"<p>", "Không nhận loại tệp"),
        ("vẽ.svg", b"<svg/>", "Không nhận loại tệp"),
        ("macro.docm", b"PK\x03\x04", "Không nhận loại tệp"),
        ("giả.pdf", b"MZ\x90\0", "không đúng với đuôi tệp"),
        ("giả.docx", b"PK\x03\x04", "không đúng với đuôi tệp"),
        ("khóa.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "đặt mật khẩu"),
        ("giả.png", b"MZ", "không phải là ảnh"),
        ("trang.xml", b"<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\">x</h:script>", "không đúng với đuôi tệp"),
    ] {
        let fields = [("do", "add"), ("title", "Tên đã gõ"), ("until", "2026-12-31"), ("paper_only", "1")];
        let reply = send(&clerk, &here, &fields, Some((name, bytes)));
        let said = (reply.status, reply.text("#i-file").contains(told));
        assert_eq!(said, (422, true), "{name}: {}", reply.text("main"));
        assert_eq!(reply.attributes("#f-title", "value"), ["Tên đã gõ"]);
        assert_eq!(reply.attributes("#f-until", "value"), ["2026-12-31"]);
        assert_eq!(reply.attributes("[name=paper_only]", "checked").len(), 1);
    }
    // Nothing is kept of a file before it is known whose it is: the mark comes first, as in every form of ours.
    let head = "Content-Disposition: form-data; name=";
    let mark = value(&clerk.get("/ban-bien-tap/toi"), "mark");
    let field = |name: &str, text: &str| format!("--ranh\r\n{head}\"{name}\"\r\n\r\n{text}\r\n");
    let file = format!("--ranh\r\n{head}\"file\"; filename=\"a.pdf\"\r\n\r\n%PDF-1.7\r\n");
    let body = [field("do", "add"), file, field("mark", &mark), "--ranh--\r\n".to_owned()].concat();
    let headers = [("cookie", clerk.cookie.as_str()), ("content-type", "multipart/form-data; boundary=ranh")];
    let late = portal.send("POST", &here, &headers, body);
    assert!(late.status == 422 && late.text("#i-file").contains("Hãy chọn một tệp."), "{}", late.text("main"));
    let reply = send(&clerk, &here, &[("do", "add"), ("until", "2026-11-01")], None);
    assert!(reply.text("#i-file").contains("Hãy chọn một tệp.") && reply.text("#i-until").contains("đã qua"));
    assert_eq!(portal.app.web.store.write(log::position).expect("it can be read"), before, "nothing was kept");

    // Nobody of another unit, nobody who only looks, nobody outside.
    let other = Browser::of(&portal, "sua.ngo");
    assert_eq!((other.get(&here).status, send(&other, &here, &[("do", "add")], Some(("a.pdf", PDF))).status), (404, 404));
    let reviewer = Browser::of(&portal, "duyet.pham");
    assert_eq!(send(&reviewer, &here, &[("do", "add")], Some(("a.pdf", PDF))).status, 403);
    assert!(!portal.app.web.shelf.holds(&sha256(PDF), ""), "what may not be sent is not kept");
    let outside = portal.send("POST", &here, &[("content-type", "multipart/form-data; boundary=ranh")], "--ranh--\r\n");
    assert_eq!(outside.status, 303);
    let cookie = [("cookie", clerk.cookie.as_str()), ("content-type", "multipart/form-data; boundary=ranh")];
    assert_eq!(portal.send("POST", &here, &cookie, "--ranh--\r\n").status, 403, "a form without the session's mark");
}

#[test]
fn files_are_named_ordered_replaced_and_taken_away_and_two_clerks_do_not_undo_each_other() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let here = tep(document);
    for (name, bytes) in [("Biểu.pdf", PDF), ("Biểu.pdf", LIST), ("số.csv", "hộ;số\nAn;1\n".as_bytes())] {
        moved(&send(&clerk, &here, &[("do", "add")], Some((name, bytes))));
    }
    let files = |browser: &Browser| browser.get(&here).attributes("input[name=name]", "value");
    assert_eq!(files(&clerk), ["attachments/bieu.pdf", "attachments/bieu-2.pdf", "attachments/so.csv"], "no name hides another's file");
    let twice = send(&clerk, &here, &[("do", "add")], Some(("Khác tên.pdf", PDF)));
    assert_eq!(twice.status, 303, "the same bytes under another name are another attachment");
    let seen = value(&clerk.get(&here), "seen");
    let names = files(&clerk);
    let list = |deed: &str, seen: &str, titles: [&str; 4]| -> Vec<(String, String)> {
        let mut fields = vec![("do".to_owned(), deed.to_owned()), ("seen".to_owned(), seen.to_owned())];
        for (name, title) in names.iter().zip(titles) {
            let pairs = [("name", name.as_str()), ("titled", title), ("until_of", "")];
            fields.extend(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())));
        }
        fields
    };
    let mut post = |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        clerk.post(&here, &fields)
    };
    moved(&post(list("down:attachments/bieu.pdf", &seen, ["Biểu một", "Biểu hai", "Số liệu", "Bản khác"])));
    let late = post(list("keep", &seen, ["Tên của tab cũ", "Biểu hai", "Số liệu", "Bản khác"]));
    assert_eq!(late.status, 422, "{}", late.text("main"));
    assert!(late.text(".issues").contains("Có người vừa đổi danh sách tệp này"));
    assert_eq!(late.attributes("input[name=titled]", "value"), ["Biểu hai", "Tên của tab cũ", "Số liệu", "Bản khác"], "typed and not lost");
    let untitled = post(list("keep", &value(&late, "seen"), ["Biểu một", "", "Số liệu", "Bản khác"]));
    assert_eq!((untitled.status, untitled.text("#i-titled-0").as_str()), (422, "Hãy ghi tên cho tệp này."));
    moved(&post(list("remove:attachments/bieu-2.pdf", &value(&late, "seen"), ["Biểu một", "", "Số liệu", "Bản khác"])));
    assert_eq!(files(&clerk), ["attachments/bieu.pdf", "attachments/so.csv", "attachments/khac-ten.pdf"]);
    moved(&send(&clerk, &here, &[("do", "again:attachments/bieu.pdf")], Some(("bản mới.pdf", LIST))));
    assert_eq!(files(&clerk), ["attachments/ban-moi.pdf", "attachments/so.csv", "attachments/khac-ten.pdf"]);
    assert_eq!(clerk.get(&here).attributes("input[name=titled]", "value")[0], "Biểu một", "the new file stands under the old title");
    let gone = send(&clerk, &here, &[("do", "again:attachments/bieu.pdf")], Some(("x.pdf", PDF)));
    assert_eq!(gone.status, 422);
    for number in 3..30 {
        let bytes = format!("%PDF-1.7\n{number}");
        moved(&send(&clerk, &here, &[("do", "add")], Some((&format!("{number}.pdf"), bytes.as_bytes()))));
    }
    let full = send(&clerk, &here, &[("do", "add")], Some(("nua.pdf", b"%PDF-1.7\nnua")));
    assert!(full.status == 422 && full.text(".issues").contains("nhiều nhất 30 tệp"), "{}", full.text("main"));
}

#[test]
fn whoever_writes_while_a_file_is_added_has_no_conflict_and_no_file_is_lost() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let form = filled(&clerk.get(&format!("{}/sua", path(document))));
    moved(&send(&clerk, &tep(document), &[("do", "add")], Some(("Biểu.pdf", PDF))));
    let saved = saves(&mut clerk, &form, document, &[("body", "Gõ trong lúc gửi tệp."), ("then", "files")]);
    assert_eq!((saved.status, saved.header("location")), (303, tep(document).as_str()), "{}", saved.text("main"));
    let page = clerk.get(&format!("{}/sua", path(document)));
    assert!(page.text("#f-body").contains("Gõ trong lúc gửi tệp.") && page.text(".editor").contains("Biểu"));
    // Another's words are no file: the tab that is late is told.
    let late = saves(&mut clerk, &form, document, &[("body", "Tab cũ."), ("then", "stay")]);
    assert!(late.status != 303 || !late.header("location").contains("da=saved"), "{}", late.status);
}

#[test]
fn a_picture_goes_to_the_shelf_by_the_same_door_and_into_the_text_by_its_name() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = begun(&mut clerk, HERE, "Họp chợ sớm hơn");
    let here = tep(document);
    let sent = send(&clerk, &here, &[("do", "picture")], Some(("Cổng chợ.PNG", &png(900, 500))));
    moved(&sent);
    let page = clerk.get(sent.header("location"));
    assert!(page.text("code").contains("](pictures/cong-cho.png)"), "{}", page.text("main"));
    let src = page.attributes("img.files-picture", "src").remove(0);
    assert_eq!((clerk.get(&src).status, clerk.get(&src).header("content-type")), (200, "image/jpeg"));
    let form = clerk.get(&format!("{}/sua", path(document)));
    assert!(form.attributes("#f-picture option", "value").contains(&"pictures/cong-cho.png".to_owned()));
    let wrong = send(&clerk, &here, &[("do", "picture")], Some(("a.pdf", PDF)));
    assert!(wrong.status == 422 && wrong.text("#i-picture").contains("không phải là ảnh"));
    // Among the attachments it is a picture, too: what goes out is made anew, without where it was taken.
    moved(&send(&clerk, &here, &[("do", "add")], Some(("Sơ đồ.png", &png(800, 400)))));
    let preview = clerk.get(&format!("{}/trang", path(document)));
    assert!(preview.attributes(".attachments a", "href")[0].starts_with("/ban-bien-tap/tep/"), "{}", preview.text("main"));
}
