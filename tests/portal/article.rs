//! An article's page, its addresses, and how its readers are counted.

use bangtin::edition::Kind;

use crate::folder::Folder;
use crate::portal::{PHONE, Portal, at};

fn rich() -> Folder {
    let folder = Folder::new();
    folder
        .picture("pictures/ruong.png", 1800, 900)
        .picture("pictures/than.png", 500, 400)
        .file("attachments/so-lieu.csv", "xã,hộ\nĐông Kiều,12\n")
        .article(
            "day-du",
            "title = \"Vụ mùa ở Đông Kiều\"\nlead = \"Năng suất tăng.\"\npublished = 2026-11-20T07:30:00\nbyline = \"Lê Thị Mẫu\"\nsource_credit = \"Trạm khuyến nông (mẫu)\"\nsource_url = \"https://nguon.example/\"\nviews = 364\nsample = true\nformer = [\"dia-chi-cu\", \"dia-chi-cu-hon\"]\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"Ruộng lúa chín\"\ncaption = \"Ảnh minh họa\"\ncredit = \"Tổ vẽ\"\n\n[[attachments]]\nfile = \"attachments/so-lieu.csv\"\ntitle = \"Số liệu theo xã\"",
            "Mở đầu[^1].\n\n## Kết quả\n\n| Xã | Hộ |\n|---|--:|\n| Đông Kiều | 12 |\n\n- một\n- hai\n\n> Lời dân.\n\n![Kho thóc](pictures/than.png \"Kho thóc, ảnh minh họa\")\n\n[^1]: Nguồn: trạm.",
        )
        .article("ben-canh", "published = 2026-11-19", "Bài cùng mục.");
    folder
}

#[test]
fn an_article_shows_everything_it_has() {
    let portal = Portal::with(&rich());
    let page = portal.get("/tin/day-du");
    assert_eq!((page.status, page.header("content-type")), (200, "text/html; charset=utf-8"));
    let said = page.text("main");
    for part in [
        "Tin địa phương",
        "xã Đông Kiều, tỉnh Hương Lúa",
        "Vụ mùa ở Đông Kiều",
        "Năng suất tăng.",
        "Thứ Sáu, 20/11/2026, 07:30",
        "364",
        "Lê Thị Mẫu",
        "Trạm khuyến nông (mẫu)",
        "Ảnh minh họa",
        "Tổ vẽ",
        "Số liệu theo xã",
        "CSV",
        "Dữ liệu mẫu",
        "Bài ben-canh",
    ] {
        assert!(said.contains(part), "{part} is missing in: {said}");
    }
    assert_eq!(page.texts("h1"), ["Vụ mùa ở Đông Kiều"]);
    assert_eq!(page.texts(".prose h2"), ["Kết quả"]);
    assert_eq!(page.texts(".prose .table td.right"), ["12"]);
    assert_eq!(page.texts(".prose blockquote"), ["Lời dân."]);
    assert_eq!(page.texts(".prose figure figcaption"), ["Kho thóc, ảnh minh họa"]);
    assert_eq!(page.attributes(".prose figure img", "alt"), ["Kho thóc"]);
    assert_eq!(page.texts(".prose .footnotes li").len(), 1);
    assert_eq!(page.attributes(".article-picture img", "alt"), ["Ruộng lúa chín"]);
    assert_eq!(page.attributes(".article-picture img", "width"), ["1800"]);
    let srcset = page.attributes(".article-picture img", "srcset").remove(0);
    for address in srcset.split(", ").map(|part| part.split(' ').next().expect("an address")) {
        assert_eq!(portal.get(address).status, 200, "{address}");
    }
    let attachment = page.attributes(".attachments a", "href").remove(0);
    let file = portal.get(&attachment);
    assert_eq!((file.status, file.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(file.header("content-disposition").starts_with("attachment;") && file.body.contains("Đông Kiều,12"));
}

#[test]
fn the_two_founding_reports_are_there_as_their_authors_wrote_them() {
    let portal = Portal::open();
    let content = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    portal.porter().import(&content).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let thanh_hoa = portal.get("/tin/cong-tac-giao-dich-xa");
    assert_eq!(thanh_hoa.text("h1"), "Công tác giao dịch xã");
    assert_eq!(thanh_hoa.attributes(".article-facts time", "datetime"), ["2024-03-08"], "midnight meant that nobody knew the hour");
    assert!(!thanh_hoa.text(".article-facts").contains("00:00"));
    assert!(thanh_hoa.text(".article-facts").contains("Thanh Xuân"));
    assert!(thanh_hoa.text("figcaption").starts_with("Điểm giao dịch xã tạo điều kiện cho người dân vay vốn."));
    assert!(thanh_hoa.text("figcaption").contains("Ảnh minh họa"));
    let said = thanh_hoa.text("main");
    assert!(said.contains("với tổ chức tổ chức chính trị") && said.contains("add giáo dục tài chính"), "the author's own slips stand");
    assert!(!said.contains("h1.jpg") && !said.contains("GMT") && said.matches("Thông qua công tác giao dịch xã").count() == 1);

    let dan_phuong = portal.get("/tin/ngan-hang-csxh-huyen-dan-phuong-no-luc-thuc-hien-muc-tieu-kep");
    assert_eq!(dan_phuong.attributes(".article-facts time", "datetime"), ["2021-06-17T10:18:00+07:00"]);
    assert!(dan_phuong.text(".article-facts").contains("364"));
    assert!(dan_phuong.text(".kicker").contains("huyện Đan Phượng"), "the unit of that day, long abolished");
    assert!(dan_phuong.text("main").contains("45.312 trđ") && dan_phuong.text("main").contains("huyện Đan phượng tiếp tục"));
    assert!(!dan_phuong.text("article").contains("Dữ liệu mẫu"), "it is real");
    // Around them a portal that is alive, all of it marked.
    let mut samples = 0;
    let locs = |path: &str| -> Vec<String> {
        let map = portal.get(path).body;
        let paths = map.split("<loc>").skip(1).filter_map(|rest| rest.split('<').next()?.splitn(4, '/').nth(3));
        paths.map(|path| format!("/{path}")).collect()
    };
    let texts = locs("/sitemap.xml").into_iter().flat_map(|part| locs(&part)).filter(|path| path.starts_with("/tin/"));
    for path in texts.collect::<Vec<_>>() {
        let page = portal.get(&path);
        assert_eq!(page.status, 200, "{path}");
        if path.contains("cong-tac-giao-dich-xa") || path.contains("ngan-hang-csxh-huyen-dan-phuong") {
            continue;
        }
        assert!(page.text("article .kicker").contains("Dữ liệu mẫu"), "{path} is not marked");
        samples += 1;
    }
    assert!(samples >= 30, "{samples} samples");
}

#[test]
fn the_head_says_where_it_is_from_once_and_the_end_leads_to_its_section() {
    let portal = Portal::with(&rich());
    let page = portal.get("/tin/day-du");
    assert_eq!(page.text(".kicker"), "xã Đông Kiều, tỉnh Hương Lúa Dữ liệu mẫu", "the section stands in the way here");
    assert_eq!(page.texts(".crumbs a"), ["Trang chủ", "Tin địa phương"]);
    assert_eq!(page.texts(".article-facts dt"), ["Đăng ngày", "Tác giả", "Lượt xem"]);
    assert_eq!(page.text(".related h2"), "Tin khác cùng chuyên mục Tin địa phương");
    assert_eq!(page.attributes(".related h2 a", "href"), ["/chuyen-muc/tin-dia-phuong"]);
    assert!(page.texts(".related .card-section").is_empty(), "it is the same for all of them");
}

#[test]
fn an_english_page_says_that_its_text_is_vietnamese_and_writes_dates_that_nobody_misreads() {
    let folder = rich();
    folder.page("gioi-thieu", "Giới thiệu").article("som", "published = 2026-11-05", "Sớm.");
    let portal = Portal::with(&folder);
    for path in ["/tin/day-du", "/trang/gioi-thieu"] {
        assert!(portal.get(&format!("/en{path}")).text("main").contains("This page is in Vietnamese only."), "{path}");
        assert!(!portal.get(path).text("main").contains("chỉ có tiếng Việt"), "{path}");
    }
    let page = portal.get("/en/tin/day-du");
    assert!(page.text(".article-facts").contains("Friday 20 November 2026, 07:30"));
    assert!(page.texts(".related time").contains(&"5 Nov 2026".to_owned()), "{:?}", page.texts(".related time"));
    assert!(portal.get("/tin/day-du").texts(".related time").contains(&"05/11/2026".to_owned()));
}

#[test]
fn former_addresses_lead_on_for_ever_in_both_languages() {
    let portal = Portal::with(&rich());
    for (from, to) in [
        ("/tin/dia-chi-cu", "/tin/day-du"),
        ("/tin/dia-chi-cu-hon", "/tin/day-du"),
        ("/en/tin/dia-chi-cu", "/en/tin/day-du"),
        ("/tin/day-du/", "/tin/day-du"),
    ] {
        let reply = portal.get(from);
        assert_eq!((reply.status, reply.header("location")), (301, to), "{from}");
    }
}

#[test]
fn editions_that_come_in_together_may_name_one_former_address() {
    let folder = Folder::new();
    let second = "former = [\"cu\"]\npublished = 2026-11-20T08:00:00\nchange_note = \"Sửa giờ\"";
    folder.article("hai-ban", "former = [\"cu\"]", "Một.").article("hai-ban@2", second, "Hai.");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/tin/cu").header("location"), "/tin/hai-ban");
}

#[test]
fn an_address_that_never_was_shows_a_way_on() {
    let portal = Portal::with(&rich());
    for path in [
        "/tin/khong-co",
        "/trang/khong-co",
        "/chuyen-muc/khong-co",
        "/don-vi/khong-co",
        "/luu-tru/2026/13",
        "/luu-tru/1/1",
        "/gi-do",
        "/?trang=99",
        "/?trang=0",
        "/?trang=x",
        "/anh/x",
        "/tep/x/y",
    ] {
        let reply = portal.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.attributes("main a", "href").contains(&"/".to_owned()), "{path} is a dead end");
        assert_eq!(reply.header("cache-control"), "no-store", "{path}");
    }
}

#[test]
fn an_answer_that_has_not_changed_is_not_sent_again() {
    let portal = Portal::with(&rich());
    for path in ["/", "/tin/day-du", "/atom.xml", "/sitemap.xml", "/trang/../", "/chuyen-muc/van-hoa"] {
        let first = portal.get(path);
        if first.status != 200 {
            continue;
        }
        let again = portal.ask("GET", path, &[("if-none-match", first.header("etag"))]);
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), first.header("etag"), "{path}");
        let head = portal.ask("HEAD", path, &[]);
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, first.header("etag")), "{path}");
    }
    let etag = portal.get("/").header("etag").to_owned();
    let folder = rich();
    folder.article("moi", "title = \"Bài mới\"", "Mới.");
    portal.import(&folder).expect("sound files");
    assert_eq!(portal.ask("GET", "/", &[("if-none-match", &etag)]).status, 200);
}

#[test]
fn people_are_counted_without_a_write_in_the_request_and_nobody_is_followed() {
    let portal = Portal::with(&rich());
    let position = portal.app.web.store.refresh_position().expect("it answers");
    for _ in 0..3 {
        let page = portal.get("/tin/day-du");
        assert_eq!(page.header("set-cookie"), "");
        assert!(page.text(".article-facts").contains("364"), "nothing is written yet");
    }
    portal.ask("GET", "/tin/day-du", &[("user-agent", "Googlebot/2.1")]);
    portal.ask("GET", "/tin/day-du", &[("user-agent", PHONE), ("sec-purpose", "prefetch")]);
    portal.ask("HEAD", "/tin/day-du", &[("user-agent", PHONE)]);
    portal.get("/tin/ben-canh");
    portal.app.flush().expect("it can be written");
    portal.clock.set(portal.clock.now() + chrono::Duration::minutes(1));
    assert!(portal.get("/tin/day-du").text(".article-facts").contains("367"));
    assert_eq!(portal.app.web.store.refresh_position().expect("it answers"), position, "a reader is no event of the log");
}

#[test]
fn a_count_beyond_all_counting_still_shows_its_article() {
    let folder = rich();
    folder.article("rat-nhieu", &format!("views = {}", i64::MAX), "Ai cũng đọc.");
    let portal = Portal::with(&folder);
    portal.get("/tin/rat-nhieu");
    portal.app.flush().expect("it can be written");
    assert_eq!(portal.get("/tin/rat-nhieu").status, 200);
}

#[test]
fn counts_survive_a_restart() {
    let portal = Portal::with(&rich());
    for _ in 0..5 {
        portal.get("/tin/day-du");
    }
    let var = portal.stop();
    let again = Portal::reopen(var, None, &[]);
    assert!(again.get("/tin/day-du").text(".article-facts").contains("369"));
}

#[test]
fn an_end_that_is_over_says_so_without_a_word_of_the_text() {
    let folder = rich();
    folder.article("het-han", "title = \"LÚA-TÀN\"\nuntil = 2026-11-20", "LÚA-TÀN");
    let portal = Portal::with(&folder);
    let gone = portal.get("/tin/het-han");
    assert_eq!(gone.status, 410);
    assert!(
        !gone.body.contains("LÚA-TÀN") && gone.text("main").contains("Thứ Sáu, 20/11/2026"),
        "a day given as an end is its last: {}",
        gone.text("main")
    );
    portal.clock.set(at("2026-11-20T23:59:59"));
    assert_eq!(portal.get("/tin/het-han").status, 200);
}

#[test]
fn kinds_keep_their_promised_addresses() {
    assert_eq!(Kind::Article.path("a"), "/tin/a");
    assert_eq!(Kind::Page.path("a"), "/trang/a");
}
