//! Postings: what is refused and where, what gives way to what, what is urgent, and what nobody may read.

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use chrono::Duration;

use crate::folder::Folder;
use crate::import_faults::named;
use crate::portal::{Portal, at, morning};
use crate::store::postgres;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules();
    folder
}

/// The faults of a folder: file, line, key of the words.
fn faults(folder: &Folder) -> Vec<(String, usize, &'static str)> {
    match Portal::open().import(folder) {
        Err(Refusal::Issues(issues)) => named(&issues),
        other => panic!("it was not refused: {other:?}"),
    }
}

fn refuses(folder: &Folder, key: &str) -> bool {
    faults(folder).iter().any(|(.., found)| *found == key)
}

const NUMBERED: &str = "number = \"12/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19";

#[test]
fn what_the_rules_do_not_allow_is_refused_at_its_key_and_changes_nothing() {
    for (more, at_key, wanted) in [
        ("until = 2026-12-05", "until", "posting-too-short"),
        ("until = 2026-11-10", "until", "front-until-before-published"),
        ("kind = \"khong-co\"", "kind", "posting-unknown-kind"),
        ("kind = \"thong-bao-khan\"\npriority = \"urgent\"", "kind", "posting-urgent-endless"),
        ("kind = \"thong-bao-khan\"\nuntil = 2026-11-25", "kind", "posting-urgent-kind"),
        ("kind = \"lai-suat-cho-vay\"\npriority = \"urgent\"", "kind", "posting-urgent-endless"),
        ("kind = \"lai-suat-cho-vay\"\nuntil = 2027-01-01", "until", "posting-needs-no-end"),
        ("to = [\"12345\"]", "to", "posting-unknown-unit"),
        ("replaces = [\"khong-co\"]", "replaces", "posting-unknown-posting"),
        ("replaces = [\"a\"]", "replaces", "posting-of-itself"),
        ("kind = \"tam-ngung-he-thong\"\nevent = 2026-11-24\nuntil = 2026-11-25", "event", "posting-too-late"),
        ("kind = \"tam-ngung-he-thong\"\nuntil = 2026-11-25", "kind", "posting-no-event"),
        ("effective = 2026-12-01\nexpires = 2026-11-30", "expires", "posting-expires-before"),
        ("comments_from = 2026-12-01\ncomments_until = 2026-11-30", "comments_until", "posting-comments-before"),
        ("kind = \"ket-qua-ho-ngheo\"\nweb = \"full\"", "web", "posting-carries-more"),
        ("lead = \"Về ông {{Trần Văn Bình}}\"", "lead", "posting-name-in-title"),
        ("drill = true", "drill", "posting-drill-of-what"),
        ("period = \"lâu lâu\"", "period", "posting-bad-period"),
        ("period = \"20 days\"", "period", "posting-too-short"),
    ] {
        let folder = folder();
        folder.posting("a", more, "Nội dung.");
        let text = std::fs::read_to_string(folder.path().join("postings/a.md")).expect("it was written");
        let line = 1 + text.lines().position(|line| line.starts_with(&format!("{at_key} = "))).expect("the key is there");
        assert_eq!(faults(&folder), [("postings/a.md".to_owned(), line, wanted)], "{more}");
    }
}

#[test]
fn an_issuer_gives_a_number_once_a_year() {
    let folder = folder();
    folder.posting("a", NUMBERED, "Một.").posting("b", &NUMBERED.replace("UBND", "Ubnd"), "Hai.");
    assert!(refuses(&folder, "posting-number-taken"));
    let other = self::folder();
    other.posting("a", NUMBERED, "Một.").posting("b", &NUMBERED.replace("Đông Kiều", "Bến Gạo"), "Hai.");
    other.posting("c", &NUMBERED.replace("2026-11-19", "2025-11-19"), "Ba.");
    Portal::with(&other);
}

#[test]
fn postings_never_replace_each_other_in_a_circle() {
    let folder = folder();
    folder.posting("a", "replaces = [\"c\"]", "Một.").posting("b", "replaces = [\"a\"]", "Hai.").posting("c", "replaces = [\"b\"]", "Ba.");
    assert!(refuses(&folder, "posting-circle"));
    let turned = self::folder();
    turned.posting("a", "corrects = \"b\"", "Một.").posting("b", "replaces = [\"a\"]", "Hai.");
    assert!(refuses(&turned, "posting-circle"));
}

#[test]
fn a_correction_hangs_wherever_the_error_hung() {
    let folder = folder();
    folder.posting("loi", "to = [\"99002\"]\nplaces = [\"seat\", \"villages\"]", "Sai.");
    folder.posting("dinh-chinh", "corrects = \"loi\"\nplaces = [\"seat\"]", "Đúng.");
    assert!(refuses(&folder, "posting-correction-places") && refuses(&folder, "posting-correction-units"));
    folder.posting("dinh-chinh", "corrects = \"loi\"\nto = [\"99002\"]\nplaces = [\"seat\", \"villages\", \"portal\"]", "Đúng.");
    let portal = Portal::with(&folder);
    let (error, correction) = (portal.get("/niem-yet/loi"), portal.get("/niem-yet/dinh-chinh"));
    assert_eq!(error.attributes(".posting-related a", "href"), ["/niem-yet/dinh-chinh"]);
    assert_eq!(correction.attributes(".posting-related a", "href"), ["/niem-yet/loi"]);
    assert!(error.body.contains("Sai.") && correction.body.contains("Đúng."));
}

#[test]
fn a_period_ends_on_the_counted_day_and_says_how_it_was_counted() {
    let folder = folder();
    // Fifteen days from a Friday: a Saturday, so the next working day.
    folder.posting("thua-ke", "kind = \"thu-ly-thua-ke\"\npublished = 2026-11-06", "Nội dung ngày đếm.");
    let portal = Portal::with(&folder);
    let page = portal.get("/niem-yet/thua-ke");
    assert_eq!(page.text(".posting-status strong"), "Sắp hết thời hạn");
    assert!(page.text(".posting-status span").contains("23/11/2026"), "{}", page.text(".posting-status"));
    assert!(page.text(".counted p").contains("21/11/2026"));
    portal.clock.set(at("2026-11-23T23:59:59"));
    assert_eq!(portal.get("/niem-yet/thua-ke").status, 200);
    portal.clock.set(at("2026-11-24T00:00:00"));
    let over = portal.get("/niem-yet/thua-ke");
    assert_eq!(over.status, 410);
    assert!(!over.body.contains("Nội dung ngày đếm") && !over.body.contains("Niêm yết thua-ke"), "what is given on request says no title");
}

#[test]
fn what_is_replaced_gives_way_at_the_instant_the_other_applies_and_comes_back_when_that_is_withdrawn() {
    for url in [None, Some(postgres())] {
        let portal = Portal::on(url);
        let folder = folder();
        folder.posting("cu", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-01", "Lãi suất cũ.");
        folder.posting(
            "moi",
            "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"cu\"]",
            "Lãi suất mới.",
        );
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let status = |path: &str| portal.get(path).text(".posting-status strong");
        assert_eq!(status("/niem-yet/cu"), "Đang có hiệu lực");
        assert!(!portal.get("/niem-yet/cu").body.contains("/niem-yet/moi"), "nothing is told of what is not public yet");
        portal.clock.set(at("2026-11-25T00:00:00"));
        assert_eq!((status("/niem-yet/cu"), status("/niem-yet/moi")), ("Đang có hiệu lực".into(), "Chưa có hiệu lực".into()));
        assert_eq!(portal.get("/niem-yet/cu").attributes(".posting-related a", "href"), ["/niem-yet/moi"]);
        portal.clock.set(at("2026-12-01T00:00:00"));
        let old = portal.get("/niem-yet/cu");
        assert_eq!((old.text(".posting-status strong"), status("/niem-yet/moi")), ("Đã được thay thế".into(), "Đang có hiệu lực".into()));
        assert!(old.body.contains("Lãi suất cũ.") && old.body.contains("noindex"), "a version that was in force is read under a banner");
        folder.posting(
            "moi",
            "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"cu\"]\n[withdrawn]\nat = 2026-12-01T00:00:00\nreason = \"Ban hành nhầm\"",
            "Lãi suất mới.",
        );
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(status("/niem-yet/cu"), "Đang có hiệu lực");
        assert!(!portal.get("/niem-yet/cu").body.contains("Niêm yết moi"), "of what was withdrawn no title is told");
        verify(&portal.app.web.store, &portal.app.web.shelf).expect("the log vouches for all of it");
    }
}

#[test]
fn names_that_are_marked_reach_no_byte_that_goes_out() {
    let folder = folder();
    folder.file("attachments/danh-sach.csv", "ten\nHoàng Thị Ngân\n");
    folder.file("attachments/cong-khai.csv", "so\n1\n");
    folder.posting(
        "danh-sach",
        "kind = \"cap-gcn-lan-dau\"\nweb = \"masked\"\n[[attachments]]\nfile = \"attachments/danh-sach.csv\"\ntitle = \"Danh sách\"\npaper_only = true\n[[attachments]]\nfile = \"attachments/cong-khai.csv\"\ntitle = \"Phần công khai\"",
        "Hồ sơ của ông {{Lý Văn Khuất}} và bà {{Mạc Thị Ẩn}}, thửa 214.",
    );
    folder.posting("hep", "kind = \"cap-gcn-lan-dau\"", "Hồ sơ của ông {{Lý Văn Khuất}}.");
    let portal = Portal::with(&folder);
    let page = portal.get("/niem-yet/danh-sach");
    assert!(page.body.contains("ông L.V.K. và bà M.T.Ẩ., thửa 214"), "{}", page.text(".prose"));
    assert!(portal.get("/niem-yet/hep").body.contains("ông (không nêu tên)"), "where nothing is said, nothing is shown");
    assert_eq!(page.texts(".attachments a").len(), 1);
    let given = page.attributes(".attachments a", "href").remove(0);
    assert_eq!(portal.get(&given).status, 200);
    let digest = bangtin::kit::digest::sha256("ten\nHoàng Thị Ngân\n".as_bytes());
    assert_eq!(portal.get(&format!("/tep/{digest}/danh-sach.csv")).status, 404, "a list that only paper bears");
    for path in ["/", "/niem-yet/danh-sach", "/en/niem-yet/danh-sach", "/niem-yet/danh-sach/ban/1", "/atom.xml", "/sitemap.xml"] {
        let reply = portal.get(path);
        for name in ["Khuất", "Mạc Thị", "Ngân", "danh-sach.csv"] {
            assert!(!reply.body.contains(name), "{path} says {name}");
        }
    }
}

#[test]
fn what_is_urgent_stands_above_every_page_until_its_hour() {
    let folder = folder();
    folder.page("lien-he", "Liên hệ").article("bai", "", "Bài.");
    folder.posting(
        "bao-so-9",
        "title = \"Khẩn: ứng phó bão số 9\"\nkind = \"thong-bao-khan\"\npriority = \"urgent\"\npublished = 2026-11-21T16:00:00\nuntil = 2026-11-22T06:00:00",
        "Sơ tán trước 20 giờ.",
    );
    let portal = Portal::with(&folder);
    let pages = ["/", "/en/", "/tin/bai", "/trang/lien-he", "/don-vi", "/don-vi/xa-dong-kieu", "/chuyen-muc/van-hoa", "/khong-co"];
    let told = |path: &str| portal.get(path).text(".strip");
    for path in pages {
        assert_eq!(told(path), "", "{path} before its hour");
    }
    portal.clock.set(at("2026-11-21T16:00:00"));
    for path in pages {
        assert!(told(path).contains("Khẩn: ứng phó bão số 9"), "{path}: {}", told(path));
    }
    portal.clock.set(at("2026-11-22T05:59:59"));
    assert!(told("/tin/bai").contains("06:00"), "{}", told("/tin/bai"));
    portal.clock.set(at("2026-11-22T06:00:00"));
    for path in pages {
        assert_eq!(told(path), "", "{path} after its hour");
    }
}

#[test]
fn a_drill_says_that_it_is_one() {
    let folder = folder();
    folder.posting("dien-tap", "kind = \"thong-bao-khan\"\npriority = \"urgent\"\ndrill = true\nuntil = 2026-11-22", "Diễn tập.");
    let portal = Portal::with(&folder);
    assert!(portal.get("/").text(".strip").starts_with("DIỄN TẬP"));
    assert!(portal.get("/en/").text(".strip").starts_with("DRILL"));
}

#[test]
fn a_posting_goes_out_as_a_file_and_comes_back_the_same() {
    let folder = folder();
    folder.file("attachments/a.csv", "so\n1\n");
    folder.posting(
        "day-du",
        "lead = \"Trích yếu\"\nnumber = \"9/QĐ-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nrequester = \"Phòng công chứng (mẫu)\"\nsigner = \"Lê Thị Mẫu\"\nsigner_title = \"Chủ tịch\"\nlegal_basis = [\"Luật 10/2022/QH15\", \"Nghị định mẫu\"]\nissued = 2026-11-18\neffective = 2026-11-25\nexpires = 2027-11-25\nperiod = \"45 days\"\nevent = 2026-12-20\ncomments_from = 2026-11-20\ncomments_until = 2026-12-01\nobjections = \"Bộ phận một cửa\"\nplaces = [\"seat\", \"villages\"]\nto = [\"99002\"]\npriority = \"priority\"\namends = [\"goc\"]\nreview = 2027-01-01\npaper = \"full\"\nweb = \"full\"\nsample = true\n[suspended]\nfrom = 2026-12-01\nuntil = 2026-12-05\nreason = \"Chờ kiểm tra\"\n[[attachments]]\nfile = \"attachments/a.csv\"\ntitle = \"Tệp\"\nuntil = 2026-11-30",
        "Nội dung {{Lê Văn Tám}}.",
    );
    folder.posting("goc", "published = 2026-11-10", "Gốc.");
    let portal = Portal::with(&folder);
    let first = portal.export();
    let again = Portal::with(&first);
    assert_eq!(first.contents(), again.export().contents());
    let report = portal.import(&folder).expect("the same folder");
    assert_eq!((report.published, report.changed), (0, 0), "{report:?}");
}

#[test]
fn a_suspended_posting_says_so_for_its_days_and_an_attachment_goes_before_its_posting() {
    let folder = folder();
    folder.file("attachments/a.csv", "so\n1\n");
    folder.posting(
        "ngung",
        "[suspended]\nfrom = 2026-11-23\nuntil = 2026-11-24\nreason = \"Chờ kiểm tra\"\n[[attachments]]\nfile = \"attachments/a.csv\"\ntitle = \"Tệp\"\nuntil = 2026-11-23",
        "Nội dung.",
    );
    let portal = Portal::with(&folder);
    let status = || portal.get("/niem-yet/ngung").text(".posting-status strong");
    let file = portal.get("/niem-yet/ngung").attributes(".attachments a", "href").remove(0);
    assert_eq!((status().as_str(), portal.get(&file).status), ("Đang có hiệu lực", 200));
    portal.clock.set(at("2026-11-23T00:00:00"));
    assert_eq!((status().as_str(), portal.get(&file).status), ("Đang tạm ngưng", 200));
    assert!(portal.get("/niem-yet/ngung").body.contains("Chờ kiểm tra"));
    portal.clock.set(at("2026-11-24T00:00:00"));
    assert_eq!((status().as_str(), portal.get(&file).status), ("Đang tạm ngưng", 404));
    assert!(portal.get("/niem-yet/ngung").texts(".attachments a").is_empty());
    portal.clock.set(at("2026-11-25T00:00:00"));
    assert_eq!(status(), "Đang có hiệu lực");
}

#[test]
fn nothing_of_a_posting_is_seen_before_its_hour() {
    let folder = folder();
    folder.posting(
        "mai-dang",
        "published = 2026-11-22T08:00:00\nnumber = \"77/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-20",
        "Chưa ai biết.",
    );
    let portal = Portal::with(&folder);
    for path in ["/niem-yet/mai-dang", "/en/niem-yet/mai-dang", "/niem-yet/mai-dang/ban/1", "/", "/sitemap.xml", "/don-vi/xa-dong-kieu"] {
        let reply = portal.get(path);
        assert!(!reply.body.contains("Niêm yết mai-dang") && !reply.body.contains("77/TB-UBND"), "{path}");
    }
    assert_eq!(portal.get("/niem-yet/mai-dang").status, 404);
    portal.clock.set(morning() + Duration::days(1));
    assert_eq!(portal.get("/niem-yet/mai-dang").status, 200);
}

#[test]
fn what_is_over_and_still_read_gives_its_files_and_what_is_given_on_request_does_not() {
    let folder = folder();
    folder.file("attachments/bieu.csv", "lai,suat\n6,24\n").file("attachments/di-san.csv", "thua,dat\n");
    folder.posting("bieu", "kind = \"lai-suat-cho-vay\"\n[[attachments]]\nfile = \"attachments/bieu.csv\"\ntitle = \"Biểu\"", "Biểu cũ.");
    folder.posting("bieu-moi", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-22\nreplaces = [\"bieu\"]", "Biểu mới.");
    let request = "kind = \"ngan-sach-xa\"\npublished = 2026-10-01\nuntil = 2026-11-22\n[[attachments]]\nfile = \"attachments/di-san.csv\"\ntitle = \"Tệp\"";
    folder.file("posting-kinds.toml", kinds_with("ngan-sach-xa", "after = \"request\"")).posting("het", request, "Hết.");
    let portal = Portal::with(&folder);
    let files: Vec<String> =
        ["/niem-yet/bieu", "/niem-yet/het"].map(|path| portal.get(path).attributes(".attachments a", "href").remove(0)).into();
    let status = || files.iter().map(|file| portal.get(file).status).collect::<Vec<_>>();
    assert_eq!(status(), [200, 200]);
    portal.clock.set(at("2026-11-23T00:00:00"));
    assert_eq!((portal.get("/niem-yet/bieu").status, portal.get("/niem-yet/het").status), (200, 410));
    assert_eq!(status(), [200, 404]);
}

/// The shipped kinds, with one line of one of them otherwise.
fn kinds_with(slug: &str, line: &str) -> String {
    let text =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/posting-kinds.toml")).expect("shipped");
    let key = line.split(' ').next().expect("a key");
    let (before, of) = text.split_once(&format!("slug = \"{slug}\"")).expect("the kind is shipped");
    let end = of.find("\n[[").unwrap_or(of.len());
    let lines: Vec<String> =
        of[..end].lines().map(|old| if old.starts_with(&format!("{key} = ")) { line.to_owned() } else { old.to_owned() }).collect();
    format!("{before}slug = \"{slug}\"{}{}", lines.join("\n"), &of[end..])
}

#[test]
fn another_calendar_counts_again_what_is_not_over_and_was_counted() {
    let folder = folder();
    folder.posting("dem", "kind = \"thu-ly-thua-ke\"\npublished = 2026-11-06", "Đếm.");
    folder.posting("ghi-ro", "kind = \"thu-ly-thua-ke\"\npublished = 2026-11-06\nuntil = 2026-11-30", "Ghi rõ.");
    folder.posting("xong", "kind = \"thu-ly-thua-ke\"\npublished = 2026-10-01", "Xong.");
    let portal = Portal::with(&folder);
    let until =
        |slug: &str| portal.get(&format!("/niem-yet/{slug}")).texts(".posting-facts dd").into_iter().find(|text| text.starts_with("hết "));
    assert!(until("dem").expect("a day").contains("23/11/2026"));
    let day = "\n[[off]]\nfrom = 2026-11-23\nto = 2026-11-23\nname = \"Nghỉ thêm\"\nsource = \"Quyết định mẫu\"\n";
    let text = std::fs::read_to_string(folder.path().join("holidays.toml")).expect("the calendar");
    let lists = Folder::empty();
    lists.file("holidays.toml", text + day);
    portal.import(&lists).expect("a calendar alone");
    assert!(until("dem").expect("a day").contains("24/11/2026"));
    assert!(until("ghi-ro").expect("a day").contains("30/11/2026"), "what somebody stated stays");
    assert_eq!(portal.get("/niem-yet/xong").status, 410);
    verify(&portal.app.web.store, &portal.app.web.shelf).expect("the log vouches for all of it");
}
