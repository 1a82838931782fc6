//! Content comes in whole or not at all, once however often it is brought, and in one form however it was typed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bangtin::app::exchange::Report;
use bangtin::store::schema::{documents, editions, revisions};
use diesel::prelude::*;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::folder::{Folder, SITE, png};
use crate::import_faults::{issues, named};
use crate::portal::Portal;

/// Where a change would show.
const PAGES: [&str; 13] = [
    "/",
    "/en",
    "/tin/cho-phien",
    "/tin/duong-hoa",
    "/tin/le-hoi",
    "/trang/gioi-thieu",
    "/chuyen-muc/tin-dia-phuong",
    "/chuyen-muc/van-hoa",
    "/don-vi/xa-dong-kieu",
    "/luu-tru/2026/11",
    "/atom.xml",
    "/sitemap/2026-11.xml",
    "/robots.txt",
];

fn position(portal: &Portal) -> i64 {
    portal.app.web.store.refresh_position().expect("the log can be read")
}

/// Every page's status, tag and bytes.
fn pages(portal: &Portal) -> Vec<(u16, String, Vec<u8>)> {
    PAGES.iter().map(|path| portal.get(path)).map(|reply| (reply.status, reply.header("etag").to_owned(), reply.bytes)).collect()
}

/// What lies on the media shelf, by path.
fn shelf(portal: &Portal) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).expect("the shelf is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else {
                found.insert(path.display().to_string(), fs::read(&path).expect("it can be read"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&portal.var.path().join("media"), &mut found);
    found
}

/// Number and body of every stored edition of an article.
fn stored(portal: &Portal, slug: &str) -> Vec<(i32, String, String)> {
    let mut c = portal.app.web.store.read().expect("a reader");
    editions::table
        .inner_join(revisions::table)
        .inner_join(documents::table)
        .filter(documents::slug.eq(slug))
        .order(editions::number.asc())
        .select((editions::number, editions::state, revisions::body))
        .load(&mut *c)
        .expect("the store can be read")
}

fn market() -> Folder {
    let folder = Folder::new();
    folder.picture("pictures/cho.png", 700, 400).page("gioi-thieu", "Giới thiệu");
    folder.article("cho-phien", "[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ buổi sớm\"\n", "Chợ họp từ tinh mơ.");
    folder.article("duong-hoa", "published = 2026-11-18\n", "Đường hoa dài một cây số.");
    folder
}

#[test]
fn all_faults_of_a_folder_come_in_one_go_and_nothing_changes() {
    let folder = market();
    let portal = Portal::with(&folder);
    let before = (position(&portal), pages(&portal), shelf(&portal));
    // Sound, and each would show: a new text with a new picture, another wording, a new name of the site.
    folder.picture("pictures/hoi.png", 320, 200);
    folder.article("le-hoi", "[picture]\nfile = \"pictures/hoi.png\"\nalt = \"Hội làng\"\n", "Hội mở từ sáng.");
    folder.article(
        "cho-phien",
        "change_note = \"Sửa giờ.\"\n\n[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ buổi sớm\"\n",
        "Chợ họp từ bốn giờ.",
    );
    folder.file("site.toml", SITE.replace("Bảng Tin thử", "Bảng Tin đổi tên"));
    // And six that are not.
    folder.file("articles/khong-ten.md", "+++\nsection = \"van-hoa\"\nunit = \"99001\"\npublished = 2026-11-20\n+++\n");
    folder.article("sai-ngay", "published = \"mai\"\n", "Chữ.");
    folder.article("sai-xa", "unit = \"998\"\n", "Chữ.");
    folder.article("thieu-anh", "", "![Ảnh](pictures/khong-co.png)");
    folder.file("articles/ma-cu.md", b"+++\ntitle = \"Ch\xee\"\n+++\n");
    folder.file("pages/lien-he.md", "Không có phần đầu.\n");

    let found = issues(&portal, &folder);
    let wanted = [
        ("articles/khong-ten.md", 2, "front-missing"),
        ("articles/ma-cu.md", 2, "import-not-utf8"),
        ("articles/sai-ngay.md", 5, "front-mistyped"),
        ("articles/sai-xa.md", 5, "import-unknown-unit-on-day"),
        ("articles/thieu-anh.md", 10, "import-no-file"),
        ("pages/lien-he.md", 1, "front-no-fence"),
    ];
    assert_eq!(named(&found), wanted.map(|(file, line, key)| (file.to_owned(), line, key)));
    assert_eq!((position(&portal), pages(&portal), shelf(&portal)), before);
    assert_eq!(stored(&portal, "le-hoi"), []);
    assert_eq!(portal.get("/tin/le-hoi").status, 404);

    // Once they are mended, all of it comes.
    for name in [
        "articles/khong-ten.md",
        "articles/ma-cu.md",
        "articles/sai-ngay.md",
        "articles/sai-xa.md",
        "articles/thieu-anh.md",
        "pages/lien-he.md",
    ] {
        fs::remove_file(folder.path().join(name)).expect("it is there");
    }
    let report = portal.import(&folder).expect("the rest is sound");
    assert_eq!(report, Report { published: 2, unchanged: 2, pictures: 1, ..Report::default() });
    let now = pages(&portal);
    assert!(position(&portal) > before.0 && shelf(&portal).len() > before.2.len());
    // Whatever lists the new text is another page than before, so that the silence above was not a page kept too long.
    for path in ["/", "/tin/cho-phien", "/tin/le-hoi", "/atom.xml", "/sitemap/2026-11.xml"] {
        let at = PAGES.iter().position(|known| *known == path).expect("it is one of the pages");
        assert_ne!(now[at], before.1[at], "{path}");
    }
}

#[test]
fn the_same_folder_brought_twice_changes_nothing() {
    let folder = market();
    folder.article("ban-nhap", "state = \"draft\"\n", "Chưa đăng.");
    folder.article(
        "rut-bai",
        "former = [\"bai-cu\"]\n\n[withdrawn]\nat = 2026-11-20T09:00:00\nreason = \"Đăng nhầm\"\nreplaced_by = \"cho-phien\"\n",
        "Nhầm.",
    );
    folder.article("le-hoi", "published = 2026-12-24T08:00:00\nuntil = 2026-12-26\n", "Hội mở từ sáng.");
    folder.article("lich", "", "Bản một.").article("lich@2", "published = 2026-11-20T09:00:00\nchange_note = \"Sửa giờ\"\n", "Bản hai.");
    let portal = Portal::open();
    let first = portal.import(&folder).expect("everything is sound");
    assert_eq!(first, Report { published: 7, drafted: 1, pictures: 1, ..Report::default() });
    let before = (position(&portal), pages(&portal), shelf(&portal), stored(&portal, "lich"));
    let second = portal.import(&folder).expect("everything is still sound");
    assert_eq!(second, Report { unchanged: 8, ..Report::default() });
    assert_eq!((position(&portal), pages(&portal), shelf(&portal), stored(&portal, "lich")), before);
}

#[test]
fn other_words_become_the_second_edition_and_the_page_says_what_changed() {
    let folder = market();
    let portal = Portal::with(&folder);
    assert!(portal.get("/tin/cho-phien").texts(".editions li").is_empty());
    folder.article(
        "cho-phien",
        "change_note = \"Sửa giờ họp chợ\"\n\n[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ buổi sớm\"\n",
        "Chợ họp từ bốn giờ.",
    );
    let before = position(&portal);
    let report = portal.import(&folder).expect("everything is sound");
    assert_eq!(report, Report { published: 1, unchanged: 2, ..Report::default() });
    // Drafted, the first superseded, published.
    assert_eq!(position(&portal), before + 3);

    let page = portal.get("/tin/cho-phien");
    assert_eq!(page.text(".prose"), "Chợ họp từ bốn giờ.");
    let told = page.texts(".editions li");
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("Bản 2") && told[0].contains("Sửa giờ họp chợ") && told[0].contains("21/11/2026 08:00"), "{told:?}");
    assert!(told[1].contains("Bản 1") && told[1].contains("20/11/2026 07:30"), "{told:?}");
    assert_eq!(
        stored(&portal, "cho-phien"),
        [(1, "superseded".into(), "Chợ họp từ tinh mơ.".into()), (2, "published".into(), "Chợ họp từ bốn giờ.".into())]
    );
    assert_eq!(portal.import(&folder).expect("everything is sound"), Report { unchanged: 3, ..Report::default() });
}

#[test]
fn what_the_public_has_seen_is_not_changed_without_a_word_to_the_public() {
    let folder = market();
    let portal = Portal::with(&folder);
    folder.article("duong-hoa", "published = 2026-11-18\n", "Đường hoa dài hai cây số.");
    assert_eq!(named(&issues(&portal, &folder)), [("articles/duong-hoa.md".to_owned(), 2, "import-needs-note")]);
    assert_eq!(portal.get("/tin/duong-hoa").text(".prose"), "Đường hoa dài một cây số.");
}

#[test]
fn what_nobody_has_seen_yet_may_be_written_anew_and_its_first_words_never_show() {
    let folder = market();
    folder.article("le-hoi", "published = 2026-11-21T09:00:00\n", "Hội mở lúc SÁU giờ.");
    let portal = Portal::with(&folder);
    folder.article("le-hoi", "published = 2026-11-21T10:00:00\n", "Hội mở lúc bảy giờ.");
    for _ in 0..2 {
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    }
    folder.article("le-hoi", "published = 2026-11-21T11:00:00\n", "Hội mở lúc bảy giờ.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for (hour, status) in [("09", 404), ("10", 404), ("11", 200)] {
        portal.clock.set(crate::portal::at(&format!("2026-11-21T{hour}:00:00")));
        assert_eq!(portal.get("/tin/le-hoi").status, status, "{hour}");
        assert!(!portal.get("/").body.contains("SÁU") && !portal.get("/tin/le-hoi").body.contains("SÁU"), "{hour}");
    }
    let page = portal.get("/tin/le-hoi");
    assert!(page.text(".prose").contains("bảy giờ") && page.texts(".editions li").is_empty());
    assert!(page.text(".article-facts").contains("11:00"), "{}", page.text(".article-facts"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

#[test]
fn a_new_term_for_the_same_words_is_no_new_edition() {
    let folder = market();
    let portal = Portal::with(&folder);
    folder.article("duong-hoa", "published = 2026-11-18\nuntil = 2026-11-21T07:59:59\n", "Đường hoa dài một cây số.");
    let report = portal.import(&folder).expect("everything is sound");
    assert_eq!(report, Report { changed: 1, unchanged: 2, ..Report::default() });
    assert_eq!(portal.get("/tin/duong-hoa").status, 410);
    assert_eq!(stored(&portal, "duong-hoa").len(), 1);
}

#[test]
fn decomposed_text_becomes_composed_wherever_it_stands() {
    let composed = market();
    let more = "lead = \"Phiên chợ Tết ở Đông Kiều\"\nbyline = \"Nguyễn Thị Hường\"\n\n[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ buổi sớm\"\ncaption = \"Bến Gạo\"\n";
    composed.article("cho-phien", more, "## Giữa phiên\n\nNgười Bến Gạo gánh rau sang.");
    let decomposed = Folder::empty();
    for (name, bytes) in composed.contents() {
        match String::from_utf8(bytes) {
            Ok(text) => decomposed.file(&name, text.nfd().collect::<String>()),
            Err(binary) => decomposed.file(&name, binary.into_bytes()),
        };
    }
    assert!(!is_nfc(&fs::read_to_string(decomposed.path().join("articles/cho-phien.md")).expect("it is text")));
    let portal = Portal::with(&decomposed);
    let twin = Portal::with(&composed);
    for path in PAGES {
        let reply = portal.get(path);
        assert!(is_nfc(&reply.body), "{path}");
        // The ports differ, and nothing else.
        assert_eq!(reply.body.replace(&portal.address, ""), twin.get(path).body.replace(&twin.address, ""), "{path}");
    }
    assert_eq!(portal.get("/tin/cho-phien").text("h2"), "Giữa phiên");
    // To the store they are one: neither brings anything after the other.
    let before = position(&portal);
    assert_eq!(portal.import(&composed).expect("everything is sound"), Report { unchanged: 3, ..Report::default() });
    assert_eq!(position(&portal), before);
}

#[test]
fn a_file_whose_name_is_decomposed_on_disk_is_found() {
    let name = "pictures/chợ-sớm.png";
    let (on_disk, in_text): (String, String) = (name.nfd().collect(), name.nfc().collect());
    let folder = Folder::new();
    folder.file(&on_disk, png(64, 48));
    for (slug, named) in [("mot", &on_disk), ("hai", &in_text)] {
        folder.article(slug, &format!("[picture]\nfile = \"{named}\"\nalt = \"Chợ\"\n"), "Chữ.");
    }
    let portal = Portal::open();
    let report = portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!((report.published, report.pictures), (2, 1));
    assert_eq!(portal.get("/tin/mot").attributes("article img", "src"), portal.get("/tin/hai").attributes("article img", "src"));
    let names: Vec<String> =
        portal.export().contents().into_iter().map(|(name, _)| name).filter(|name| name.starts_with("pictures")).collect();
    assert_eq!(names, [in_text]);
}

#[test]
fn what_windows_editors_add_is_not_text() {
    let plain = market();
    let windows = Folder::empty();
    for (name, bytes) in plain.contents() {
        match String::from_utf8(bytes) {
            Ok(text) => windows.file(&name, format!("\u{feff}{}", text.replace('\n', "\r\n"))),
            Err(binary) => windows.file(&name, binary.into_bytes()),
        };
    }
    let portal = Portal::with(&windows);
    assert_eq!(portal.get("/tin/cho-phien").text(".prose"), "Chợ họp từ tinh mơ.");
    let before = position(&portal);
    let report = portal.import(&plain).expect("everything is sound");
    assert_eq!(report, Report { unchanged: 3, ..Report::default() });
    assert_eq!(position(&portal), before);
}

#[test]
fn a_text_too_deep_in_folders_is_not_left_out_in_silence() {
    let portal = Portal::open();
    let folder = Folder::new();
    folder.file(
        "articles/a/b/c/d/e/f/g/h/cho.md",
        "+++\ntitle = \"Chợ\"\nsection = \"van-hoa\"\nunit = \"99001\"\npublished = 2026-11-20\n+++\n\nChợ.\n",
    );
    // Read it or say why not.
    match portal.import(&folder) {
        Ok(report) => assert_eq!(report.published, 1),
        Err(refusal) => assert!(portal.told(&refusal).contains("articles/a/b/c")),
    }
}
