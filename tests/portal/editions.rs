//! An edition that others have followed can be read at its own address, as it stood, and says what it is.

use bangtin::app::verify;

use crate::desk_walls::all_roles;
use crate::folder::Folder;
use crate::people::{Browser, added};
use crate::portal::{Portal, Reply, at};

const SECOND: &str = "published = 2026-11-20T09:00:00\nchange_note = \"Sửa số hộ\"\n";

/// A report that was corrected: twelve households became fourteen.
fn corrected() -> Folder {
    let folder = Folder::new();
    folder
        .article("lich", "title = \"Lịch họp chợ\"\nlead = \"Có 12 hộ bán.\"", "Chợ họp **sáng** thứ Bảy.\n\n- Rau: 12 hộ\n- Cá: 5 hộ")
        .article(
            "lich@2",
            &format!("title = \"Lịch họp chợ\"\nlead = \"Có 14 hộ bán.\"\n{SECOND}"),
            "Chợ họp **sáng** thứ Bảy.\n\n- Rau: 14 hộ\n- Cá: 5 hộ",
        );
    folder
}

fn take_back(folder: &Folder, slug: &str, head: &str, when: &str, body: &str) {
    folder.article(slug, &format!("{head}\n\n[withdrawn]\nat = {when}\nreason = \"Có thông tin cá nhân\""), body);
}

fn changes(reply: &Reply) -> (Vec<String>, Vec<String>) {
    (reply.texts(".changes > p[lang] > del"), reply.texts(".changes > p[lang] > ins"))
}

#[test]
fn an_old_edition_is_read_as_it_stood_and_says_that_it_is_old() {
    let portal = Portal::with(&corrected());
    for (base, old, link) in
        [("", "Đây là bản cũ", "Đọc bản hiện hành (bản 2)"), ("/en", "This is an old version", "Read the current version (version 2)")]
    {
        let page = portal.get(&format!("{base}/tin/lich/ban/1"));
        assert_eq!(page.status, 200);
        assert_eq!(page.text(".prose"), "Chợ họp sáng thứ Bảy. Rau: 12 hộ Cá: 5 hộ");
        assert_eq!((page.text("h1"), page.text("header .page-lead")), ("Lịch họp chợ".into(), "Có 12 hộ bán.".into()));
        let note = page.text(".edition-note");
        assert!(note.starts_with(old) && note.contains("09:00") && note.contains("Sửa số hộ") && note.contains(link), "{note}");
        assert!(page.attributes(".edition-note a", "href").contains(&format!("{base}/tin/lich")));
        assert_eq!(page.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(page.attributes("link[rel=canonical]", "href"), [format!("https://thu.example{base}/tin/lich")]);
        assert_eq!(
            page.attributes(".masthead a.language", "href"),
            [if base.is_empty() { "/en/tin/lich/ban/1" } else { "/tin/lich/ban/1" }]
        );
        assert!(page.attributes("link[rel=alternate][hreflang]", "href").is_empty(), "what is not to be indexed has no versions");
        assert!(page.text(".printed").contains(&format!("https://thu.example{base}/tin/lich/ban/1")), "paper says which edition it is");
        let head = portal.ask("HEAD", &format!("{base}/tin/lich/ban/1"), &[]);
        assert_eq!((head.status, head.header("etag")), (200, page.header("etag")));
    }
    // The one that shows has an address of its own too, and it will not change.
    let now = portal.get("/tin/lich/ban/2");
    assert_eq!((now.status, now.text(".edition-note h2").as_str()), (200, "Đây là bản hiện hành"));
    assert!(now.text(".prose").contains("14 hộ") && now.texts(".changes").is_empty());
    assert_eq!(portal.get("/tin/lich").attributes(".editions a", "href"), ["/tin/lich/ban/1"]);
    assert_eq!(portal.get("/en/tin/lich").attributes(".editions a", "href"), ["/en/tin/lich/ban/1"]);
}

#[test]
fn what_the_next_edition_changed_is_marked_word_by_word_and_said_aloud() {
    let portal = Portal::with(&corrected());
    let page = portal.get("/tin/lich/ban/1");
    let (gone, new) = changes(&page);
    assert_eq!(gone, ["[đã bỏ: 12 ]", "[đã bỏ: 12 ]"]);
    assert_eq!(new, ["[mới: 14 ]", "[mới: 14 ]"]);
    assert_eq!(page.texts(".changes h3"), ["Tóm tắt", "Nội dung"]);
    assert!(!page.text(".changes").contains("Cá"), "what stayed is not told again");
    // A correction of nothing but a picture says so.
    let folder = Folder::new();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", crate::folder::SITE));
    folder.picture("pictures/a.png", 400, 300).article("anh", "title = \"Ảnh\"", "Chữ.").article(
        "anh@2",
        &format!("title = \"Ảnh\"\n{SECOND}\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Chợ\""),
        "Chữ.",
    );
    let portal = Portal::with(&folder);
    assert!(portal.get("/tin/anh/ban/1").text(".changes").contains("Lời văn không đổi"));
    // Staff are told of that too.
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    let staff = Browser::of(&portal, "ca.bui");
    let compared = |old: i64, new: i64| staff.get(&format!("/ban-bien-tap/van-ban/1/so-sanh?cu={old}&moi={new}"));
    assert_eq!(compared(1, 2).texts(".changes h3"), ["Ảnh đầu bài", "Lời tả ảnh"]);
    let told = compared(1, 2).texts(".changes p[lang]");
    assert!(told[0].contains("pictures/a.png") && told[1].contains("Chợ"), "{told:?}");
    assert!(compared(2, 2).text(".changes h3").is_empty());
}

#[test]
fn what_is_written_in_a_text_stays_text_among_the_changes() {
    let folder = Folder::new();
    folder.article("ma", "title = \"Mã\"", "Viết &lt;script&gt;một&lt;/script&gt; ở đây.").article(
        "ma@2",
        &format!("title = \"Mã\"\n{SECOND}"),
        "Viết &lt;script&gt;hai&lt;/script&gt; ở đây.",
    );
    let page = Portal::with(&folder).get("/tin/ma/ban/1");
    assert_eq!(changes(&page).0, ["[đã bỏ: <script>một</script> ]"]);
    assert!(!page.body.contains("<script>một") && !page.body.contains("<script>hai"));
}

#[test]
fn only_what_the_public_has_seen_has_an_address() {
    let folder = corrected();
    folder.article("lich@3", "title = \"SẮP-TỚI\"\npublished = 2026-11-22T08:00:00\nchange_note = \"SẮP-TỚI\"", "SẮP-TỚI").article(
        "lich@4",
        "title = \"NHÁP\"\nstate = \"draft\"\npublished = 2026-11-23\nchange_note = \"NHÁP\"",
        "NHÁP",
    );
    let portal = Portal::with(&folder);
    for path in [
        "/tin/lich/ban/3",
        "/tin/lich/ban/4",
        "/tin/lich/ban/5",
        "/tin/lich/ban/0",
        "/tin/lich/ban/01",
        "/tin/lich/ban/+1",
        "/tin/lich/ban/x",
    ] {
        let reply = portal.get(path);
        assert!(reply.status == 404 && !reply.body.contains("SẮP-TỚI") && !reply.body.contains("NHÁP"), "{path}: {}", reply.status);
    }
    for path in ["/tin/lich/ban/1", "/tin/lich/ban/2", "/tin/lich"] {
        assert!(!portal.get(path).body.contains("SẮP-TỚI"), "{path}");
    }
    // Time alone makes the second one old, on pages that are kept already.
    portal.clock.set(at("2026-11-22T08:00:00"));
    assert!(portal.get("/tin/lich/ban/2").text(".edition-note").contains("Đây là bản cũ"));
    assert!(portal.get("/tin/lich/ban/1").text(".edition-note").contains("Đọc bản hiện hành (bản 3)"));
    assert_eq!(portal.get("/tin/lich/ban/3").status, 200);
    assert_eq!(portal.get("/tin/lich").attributes(".editions a", "href"), ["/tin/lich/ban/2", "/tin/lich/ban/1"]);
}

#[test]
fn an_old_edition_goes_with_its_text() {
    for (more, until) in [("until = 2026-11-21T12:00:00\n", "2026-11-21T12:00:00"), ("", "")] {
        let folder = Folder::new();
        folder.article("lich", more, "LÚA-CŨ").article("lich@2", &format!("{SECOND}{more}"), "Bản hai.");
        let portal = Portal::with(&folder);
        assert!(portal.get("/tin/lich/ban/1").body.contains("LÚA-CŨ"));
        if until.is_empty() {
            take_back(&folder, "lich@2", SECOND, "2026-11-21T08:00:00", "Bản hai.");
            portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        } else {
            portal.clock.set(at(until));
        }
        for path in ["/tin/lich", "/tin/lich/ban/1", "/tin/lich/ban/2", "/en/tin/lich/ban/1"] {
            let reply = portal.get(path);
            assert!(reply.status == 410 && !reply.body.contains("LÚA-CŨ"), "{path}: {}", reply.status);
        }
        assert_eq!(portal.get("/tin/lich/ban/3").status, 404, "it was never given to anybody");
    }
}

#[test]
fn an_edition_that_outlived_its_own_term_is_read_no_more_though_the_text_lives_on() {
    let folder = Folder::new();
    folder.article("lich", "until = 2026-11-21T12:00:00", "LÚA-CŨ").article("lich@2", SECOND, "Bản hai.");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/tin/lich/ban/1").status, 200);
    assert_eq!(portal.get("/tin/lich").attributes(".editions a", "href").len(), 1);
    portal.clock.set(at("2026-11-21T12:00:00"));
    let gone = portal.get("/tin/lich/ban/1");
    assert!(gone.status == 410 && !gone.body.contains("LÚA-CŨ") && gone.text("main").contains("12:00"), "{}", gone.text("main"));
    assert!(portal.get("/tin/lich").attributes(".editions a", "href").is_empty() && portal.get("/tin/lich").status == 200);
}

#[test]
fn the_words_of_an_old_edition_can_be_taken_back_while_the_text_stays() {
    let folder = Folder::new();
    let (second, third) = (
        "published = 2026-11-20T09:00:00\nchange_note = \"Thêm SỐ-ĐIỆN-THOẠI\"",
        "published = 2026-11-20T10:00:00\nchange_note = \"Bỏ danh sách\"",
    );
    folder.article("lich", "", "Bản một.").article("lich@2", second, "Bản SỐ-ĐIỆN-THOẠI.").article("lich@3", third, "Bản ba.");
    let portal = Portal::with(&folder);
    assert!(portal.get("/tin/lich/ban/2").body.contains("SỐ-ĐIỆN-THOẠI"));
    assert!(portal.get("/tin/lich/ban/1").body.contains("SỐ-ĐIỆN-THOẠI"), "among the changes");
    // Announced for noon, it goes at noon: here and wherever it was compared.
    take_back(&folder, "lich@2", second, "2026-11-21T12:00:00", "Bản SỐ-ĐIỆN-THOẠI.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(portal.get("/tin/lich/ban/2").status, 200);
    portal.clock.set(at("2026-11-21T12:00:00"));
    let gone = portal.get("/tin/lich/ban/2");
    assert_eq!(gone.status, 410);
    assert!(gone.text("main").contains("Có thông tin cá nhân") && gone.text("main").contains("21/11/2026"), "{}", gone.text("main"));
    for path in ["/tin/lich", "/tin/lich/ban/1", "/tin/lich/ban/2", "/tin/lich/ban/3", "/en/tin/lich/ban/1", "/atom.xml"] {
        assert!(!portal.get(path).body.contains("SỐ-ĐIỆN-THOẠI"), "{path}");
    }
    let first = portal.get("/tin/lich/ban/1");
    assert_eq!(first.text(".changes h2"), "Những chỗ đã sửa ở bản 3", "compared with the next that may be read");
    assert!(first.text(".edition-note").contains("thay bằng bản 2"), "what happened is not told otherwise");
    let page = portal.get("/tin/lich");
    assert_eq!((page.status, page.attributes(".editions a", "href")), (200, vec!["/tin/lich/ban/1".to_owned()]));
    assert!(page.text(".editions").contains("Đã gỡ: Có thông tin cá nhân"));
    // The proof holds, and all of it can be carried elsewhere.
    let findings = verify::verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be verified");
    assert!(findings.faults.is_empty(), "{:?}", findings.faults);
    let elsewhere = Portal::open();
    elsewhere.clock.set(at("2026-11-21T12:00:00"));
    elsewhere.import(&portal.export()).unwrap_or_else(|refusal| panic!("{}", elsewhere.told(&refusal)));
    assert_eq!((elsewhere.get("/tin/lich/ban/2").status, elsewhere.get("/tin/lich/ban/1").status), (410, 200));
    assert_eq!(elsewhere.export().contents(), portal.export().contents());
}

#[test]
fn an_old_edition_is_not_taken_back_for_a_time_in_which_it_stood() {
    let folder = corrected();
    let portal = Portal::with(&folder);
    let head = "title = \"Lịch họp chợ\"\nlead = \"Có 12 hộ bán.\"";
    take_back(&folder, "lich", head, "2026-11-20T08:00:00", "Chợ họp **sáng** thứ Bảy.\n\n- Rau: 12 hộ\n- Cá: 5 hộ");
    let refusal = portal.import(&folder).expect_err("it stood until nine");
    let told = portal.told(&refusal);
    assert!(told.contains("articles/lich.md:") && told.contains("20/11/2026 09:00"), "{told}");
    assert_eq!(portal.get("/tin/lich/ban/1").status, 200);
}

#[test]
fn a_text_whose_correction_is_still_to_come_can_be_taken_down_at_once() {
    let folder = Folder::new();
    let second = "published = 2026-11-22T08:00:00\nchange_note = \"Bỏ tên\"";
    folder.article("lich", "", "TÊN-RIÊNG.").article("lich@2", second, "Bản hai.");
    let portal = Portal::with(&folder);
    assert!(portal.get("/tin/lich").body.contains("TÊN-RIÊNG"));
    take_back(&folder, "lich", "", "2026-11-21T08:00:00", "TÊN-RIÊNG.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!((portal.get("/tin/lich").status, portal.get("/tin/lich/ban/1").status), (410, 410));
    portal.clock.set(at("2026-11-22T08:00:00"));
    assert_eq!((portal.get("/tin/lich").status, portal.get("/tin/lich/ban/1").status), (200, 410));
    assert!(!portal.get("/tin/lich/ban/2").body.contains("TÊN-RIÊNG"));
}

#[test]
fn no_file_comes_back_by_an_old_edition() {
    let folder = Folder::new();
    folder
        .picture("pictures/dau.png", 600, 300)
        .picture("pictures/trong.png", 640, 320)
        .picture("pictures/giu.png", 320, 320)
        .file("attachments/a.csv", "a,b\n")
        .article(
            "anh",
            "[picture]\nfile = \"pictures/dau.png\"\nalt = \"Cổng chợ\"\n\n[[attachments]]\nfile = \"attachments/a.csv\"\ntitle = \"Danh sách\"",
            "![Người bán](pictures/trong.png)\n\n![Cây đa](pictures/giu.png)",
        )
        .article("anh@2", SECOND, "![Cây đa](pictures/giu.png)");
    let portal = Portal::with(&folder);
    let page = portal.get("/tin/anh/ban/1");
    assert_eq!(page.texts("p.absent, .prose .absent"), ["Ảnh: Cổng chợ", "Ảnh: Người bán"]);
    assert_eq!(page.attributes("main img", "alt"), ["Cây đa"]);
    for src in page.attributes("main img", "src") {
        assert_eq!(portal.get(&src).status, 200, "{src}");
    }
    assert!(page.text(".attachments").contains("Danh sách") && page.attributes(".attachments a", "href").is_empty());
    // Whoever knows the file's address is given it no more than before.
    let own = Folder::new();
    own.picture("pictures/dau.png", 600, 300).article("rieng", "[picture]\nfile = \"pictures/dau.png\"\nalt = \"Cổng\"", "Chữ.");
    let src = Portal::with(&own).get("/tin/rieng").attributes(".article-picture img", "src").remove(0);
    assert_eq!(portal.get(&src).status, 404);
}

#[test]
fn a_standing_page_has_its_editions_too() {
    let folder = Folder::new();
    let head = "+++\ntitle = \"Liên hệ\"\npublished = 2026-11-01\n";
    folder
        .file("pages/lien-he.md", format!("{head}+++\n\nSố cũ 111.\n"))
        .file("pages/lien-he@2.md", format!("{head}change_note = \"Đổi số\"\n+++\n\nSố mới 222.\n").replace("11-01", "11-10"));
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/trang/lien-he").attributes(".editions a", "href"), ["/trang/lien-he/ban/1"]);
    let page = portal.get("/trang/lien-he/ban/1");
    assert_eq!((page.status, page.text(".prose").as_str()), (200, "Số cũ 111."));
    assert!(page.text(".edition-note").contains("Đổi số"));
    assert_eq!(changes(&page), (vec!["[đã bỏ: cũ 111. ]".to_owned()], vec!["[mới: mới 222. ]".to_owned()]));
    assert_eq!(portal.get("/en/trang/lien-he/ban/1").status, 200);
}

#[test]
fn old_editions_stand_in_no_list_and_follow_their_text_to_another_address() {
    let folder = corrected();
    folder.article("rieng", "former = [\"ten-cu\"]", "Bản một.").article("rieng@2", SECOND, "Bản hai.");
    let portal = Portal::with(&folder);
    let maps = [
        "/sitemap.xml",
        "/sitemap/2026-11.xml",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/",
        "/chuyen-muc/tin-dia-phuong",
        "/luu-tru/2026/11",
    ];
    for path in maps {
        let reply = portal.get(path);
        assert!(reply.status == 200 && !reply.body.contains("/ban/"), "{path}: {}", reply.status);
    }
    let moved = portal.get("/tin/ten-cu/ban/1");
    assert_eq!((moved.status, moved.header("location")), (301, "/tin/rieng/ban/1"));
    assert_eq!(portal.get("/en/tin/ten-cu/ban/1").header("location"), "/en/tin/rieng/ban/1");
}

#[test]
fn reading_an_old_edition_counts_as_no_reading_of_the_text() {
    let portal = Portal::with(&corrected());
    portal.get("/tin/lich/ban/1");
    portal.get("/tin/lich/ban/2");
    portal.app.flush().expect("it can be written");
    portal.clock.set(portal.clock.now() + chrono::Duration::minutes(1));
    assert!(!portal.get("/tin/lich").text(".article-facts").contains("Lượt xem"));
}

#[test]
fn an_old_edition_is_made_anew_when_its_text_changes_and_only_then() {
    let folder = corrected();
    folder.article("khac", "", "Khác.");
    let portal = Portal::with(&folder);
    let is_made_anew = || {
        let before = portal.app.web.kept.made();
        portal.get("/tin/lich/ban/1");
        portal.app.web.kept.made() > before
    };
    assert_eq!((is_made_anew(), is_made_anew()), (true, false));
    folder.article("khac@2", SECOND, "Khác hai.");
    portal.import(&folder).expect("a sound correction");
    assert!(!is_made_anew(), "another text is no matter of its");
    folder.article("lich@3", "published = 2026-11-21T08:00:00\nchange_note = \"Sửa nữa\"", "Bản ba.");
    portal.import(&folder).expect("a sound correction");
    assert!(is_made_anew());
    assert!(portal.get("/tin/lich/ban/1").text(".edition-note").contains("bản 3"));
}
