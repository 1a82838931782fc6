//! What a text is told before it is submitted: every fault at its place, and sound texts little or nothing.

use std::path::Path;

use bangtin::edition::body::Body;
use bangtin::edition::checks::{Asked, Check, Given, Level, Picture, checks, look_over};
use bangtin::edition::file::{self, Incoming};
use bangtin::kit::words::Lang;
use bangtin::{article::Article, posting::Posting, standing::Standing};

use crate::folder::Folder;
use crate::portal::{Portal, at, morning};
use crate::store::postgres;

fn sound() -> Given<'static> {
    Given {
        title: "Thông xe cầu Bến Gạo",
        lead: "Cầu dài 318 m nối hai bờ sông.",
        body: "Sáng nay xã thông xe cầu.",
        is_filed: true,
        section: "tin-dia-phuong",
        unit: "99002",
        now: morning(),
        site: "https://huonglua.example",
        path: "/tin/thong-xe",
        ..Given::default()
    }
}

/// `!body:3 check-no-title`; what must be mended has the mark.
fn told(given: &Given) -> Vec<String> {
    let mut look = |asked: Asked| matches!(asked, Asked::Path("/tin/co" | "/en/tin/co" | "/") | Asked::File("pictures/a.png"));
    checks(given, &mut look).iter().map(brief).collect()
}

fn brief(check: &Check) -> String {
    let mark = if check.level == Level::Must { "!" } else { "" };
    format!("{mark}{}:{} {}", check.field, check.line, check.phrase.key.trim_start_matches("check-"))
}

fn of_body(body: &str) -> Vec<String> {
    told(&Given { body, ..sound() })
}

#[test]
fn a_sound_text_is_told_nothing() {
    assert_eq!(told(&sound()), Vec::<String>::new());
    let picture = Some(Picture { file: "pictures/a.png", alt: "Cây cầu", is_decorative: false });
    let body = "Mở [cầu](/tin/co) và [trang đầu](https://huonglua.example/).\n\n## Một\n\n### Hai\n\n## Ba\n\nXem [mục Ba](#muc-ba) và [bạn](https://ban.example/x).\n\n\
                ![Cầu](pictures/a.png)\n\n![](pictures/a.png \"trang trí\")\n\n| Thu |\n|---|\n| 1 |\n\nNộp trước ngày 22/11/2026, thứ Hai ngày 23/11/2026. Chú thích[^1]\n\n[^1]: Số 2.";
    assert_eq!(told(&Given { picture, body, ends: Some(at("2027-01-01T00:00:00")), ..sound() }), Vec::<String>::new());
}

#[test]
fn what_a_form_lacks_is_named_at_its_field() {
    let empty = Given { title: " ", lead: "", body: "\n", section: "", unit: "", needs_note: true, ..sound() };
    assert_eq!(
        told(&empty),
        ["!title:0 no-title", "!body:0 no-body", "!section:0 no-section", "!unit:0 no-unit", "!change_note:0 no-note", "lead:0 no-lead"]
    );
    assert_eq!(told(&Given { section: "", unit: "", is_filed: false, ..sound() }), Vec::<String>::new());
    assert_eq!(told(&Given { needs_note: true, is_minor: true, ..sound() }), Vec::<String>::new());
    assert_eq!(told(&Given { needs_note: true, change_note: "Sửa số.", ..sound() }), Vec::<String>::new());
    assert_eq!(told(&Given { title: &"Thông xe cầu ".repeat(10), ..sound() }), ["title:0 title-long"]);
    assert_eq!(told(&Given { title: "THÔNG XE CẦU BẾN GẠO", ..sound() }), ["title:0 title-capitals"]);
    assert_eq!(told(&Given { title: "UBND xã", ..sound() }), Vec::<String>::new());
}

#[test]
fn terms_that_nobody_would_see_are_named() {
    let (past, now, later) = (at("2026-11-20T08:00:00"), morning(), at("2026-11-22T08:00:00"));
    assert_eq!(told(&Given { starts: Some(past), ..sound() }), ["starts:0 starts-past"]);
    assert_eq!(told(&Given { ends: Some(now), ..sound() }), ["!ends:0 ends-past"]);
    assert_eq!(told(&Given { starts: Some(later), ends: Some(later), ..sound() }), ["!ends:0 ends-first"]);
    assert_eq!(told(&Given { starts: Some(now), ends: Some(later), ..sound() }), Vec::<String>::new());
}

#[test]
fn pictures_are_known_and_described() {
    let lead = |file, alt, is_decorative| told(&Given { picture: Some(Picture { file, alt, is_decorative }), ..sound() });
    assert_eq!(lead("pictures/a.png", "", false), ["!picture:0 picture-text"]);
    assert_eq!(lead("pictures/a.png", "Cầu", true), ["!picture:0 picture-both"]);
    assert_eq!(lead("pictures/a.png", "", true), Vec::<String>::new());
    assert_eq!(lead("pictures/b.png", "Cầu", false), ["!picture:0 picture-unknown"]);
    assert_eq!(of_body("x\n\n![](pictures/a.png)"), ["!body:3 image-text"]);
    assert_eq!(of_body("![Cầu](pictures/a.png \"trang trí\")"), ["!body:1 image-both"]);
    assert_eq!(of_body("![Cầu](pictures/b.png)"), ["!body:1 picture-unknown"]);
    assert_eq!(of_body("\n![Cầu](anh cua toi.jpg)"), ["!body:2 image-unread"]);
}

#[test]
fn links_lead_somewhere_and_say_where() {
    for broken in
        ["/tin/khong", "https://huonglua.example/tin/khong?a=1#b", "khong", "../don-vi/khong", "//huonglua.example/x", "https://[x/"]
    {
        assert_eq!(of_body(&format!("Đọc\n[bài ấy]({broken})")), ["!body:2 link-broken"], "{broken}");
    }
    for sound in [
        "/tin/co",
        "co",
        "/tin/co?trang=2#x",
        "/en/tin/co",
        "tel:0900000099",
        "mailto:a@b.example",
        "https://khac.example/tin/khong",
        "/tin/thong-xe",
    ] {
        assert_eq!(of_body(&format!("[bài ấy]({sound})")), Vec::<String>::new(), "{sound}");
    }
    for nothing in ["bấm vào đây", "Tại đây", "**xem thêm**", "Click here!", "« ở đây »", "chi tiết…"] {
        assert_eq!(of_body(&format!("[{nothing}](/tin/co)")), ["body:1 link-says-nothing"], "{nothing}");
    }
    assert_eq!(of_body("<https://khac.example/>"), ["body:1 link-bare"]);
    assert_eq!(of_body("[](/tin/co) và [bài]()"), ["!body:1 link-wordless", "!body:1 link-nowhere"]);
    assert_eq!(of_body("## Một\n\n[mục hai](#muc-hai), [mục một](#muc-mot)"), ["!body:3 link-anchor"]);
}

#[test]
fn headings_go_down_step_by_step_and_tables_name_their_columns() {
    assert_eq!(of_body("# Một\n\n## Hai"), ["body:1 heading-first"]);
    assert_eq!(of_body("## Một\n\n#### Hai"), ["body:3 heading-skips"]);
    assert_eq!(of_body("### Một"), ["body:1 heading-skips"]);
    assert_eq!(of_body("x\n\n| | |\n|---|---|\n| Thu | 1 |"), ["body:3 table-header"]);
}

#[test]
fn dates_are_looked_up_in_the_calendar() {
    assert_eq!(of_body("Họp xong.\nĐăng ký trước ngày 20/11/2026."), ["body:2 date-past"]);
    assert_eq!(of_body("Đăng ký đến hết ngày 21 tháng 11 năm 2026."), Vec::<String>::new());
    assert_eq!(of_body("Đến hết ngày 31/12/2023, dư nợ đạt 12 triệu đồng."), Vec::<String>::new());
    assert_eq!(of_body("Họp ngày 31/11/2026."), ["body:1 date-impossible"]);
    assert_eq!(of_body("Họp thứ Ba, ngày 24/11/2026, rồi thứ Ba 25/11/2026."), ["body:1 date-weekday"]);
    assert_eq!(told(&Given { lead: "Hạn chót 1/1/2026.", ..sound() }), ["lead:0 date-past"]);
}

#[test]
fn abbreviations_and_lost_letters_are_named_once() {
    assert_eq!(of_body("Vay GQVL.\n\nVay GQVL và QWR."), ["body:1 abbreviation-known", "body:3 abbreviation"]);
    assert_eq!(told(&Given { lead: "Ban quản trị khu (QWR) họp.", body: "QWR họp.", ..sound() }), Vec::<String>::new());
    assert_eq!(of_body("một\n\nx\u{fffd}\n\ny\u{fffd}"), ["!body:3 characters-lost"]);
    assert_eq!(of_body("Céng hßa x· héi chñ nghÜa ViÖt Nam"), ["!body:1 old-alphabet"]);
}

#[test]
fn no_text_is_looked_at_for_ever() {
    let one = |part: &str| part.repeat(200_000 / part.len());
    for body in [
        one("[a](b) "),
        one("31/12/2020 "),
        one("> "),
        one("QWR ("),
        one("(QWRX) x x "),
        one("A"),
        one("[a](#b)\n\n"),
        one("![](c)"),
        one("trước 1/1/2020 "),
    ] {
        assert!(of_body(&body).len() <= 100);
    }
    // Advice, however much of it, does not hide what must be mended.
    assert!(of_body(&("# a\n\n".repeat(3_000) + "[bài](/tin/khong)")).contains(&"!body:6001 link-broken".to_owned()));
}

fn texts<B: Body>() -> Vec<Incoming<B>> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(B::KIND.folder());
    let mut paths: Vec<_> = std::fs::read_dir(content).expect("the folder is there").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let read = |path: std::path::PathBuf| {
        let name = format!("{}/{}", B::KIND.folder(), path.file_name().expect("a name").to_string_lossy());
        file::read(&name, &std::fs::read_to_string(&path).expect("a text")).expect("a sound file")
    };
    paths.into_iter().map(read).collect()
}

/// All texts of a kind in the content folder, as they stood in their form when they were written.
fn of_content<B: Body>(portal: &Portal, picture: fn(&B) -> Option<Picture>) -> Vec<(String, Vec<Check>)> {
    let mut c = portal.app.web.store.read().expect("it answers");
    let mut told = Vec::new();
    for text in texts::<B>() {
        let (path, plain) = (B::KIND.path(&text.slug), &text.plain);
        let given = Given {
            title: &plain.title,
            lead: &plain.lead,
            body: &plain.body,
            is_filed: B::IS_FILED,
            section: &plain.section,
            unit: &plain.unit,
            picture: picture(&plain.facts),
            change_note: &plain.change_note,
            needs_note: text.number.is_some_and(|number| number > 1),
            now: plain.published.at,
            // What a text leads to may have come after it.
            starts: Some(morning().max(plain.published.at)),
            site: "https://huonglua.example",
            path: &path,
            ..Given::default()
        };
        told.push((path.clone(), look_over(&mut c, &given).expect("it can be looked over")));
    }
    told
}

fn picture_of(article: &Article) -> Option<Picture<'_>> {
    let picture = article.picture.as_ref()?;
    Some(Picture { file: &picture.file, alt: &picture.alt, is_decorative: picture.alt.is_empty() })
}

#[test]
fn the_texts_that_are_there_must_mend_nothing_and_are_told_little() {
    let portal = Portal::open();
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    portal.porter().import(&content).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let mut told = of_content::<Article>(&portal, picture_of);
    told.extend(of_content::<Standing>(&portal, |_| None));
    told.extend(of_content::<Posting>(&portal, |_| None));
    assert!(told.len() > 75);
    let lines = |level| -> Vec<String> {
        let of = told.iter().flat_map(|(path, checks)| checks.iter().map(move |check| (path, check)));
        of.filter(|(_, check)| check.level == level)
            .map(|(path, check)| format!("{path} {}: {}", brief(check), portal.words.say(Lang::Vi, &check.phrase)))
            .collect()
    };
    assert_eq!(lines(Level::Must), Vec::<String>::new());
    assert!(lines(Level::Advice).len() <= 10, "{:#?}", lines(Level::Advice));
}

#[test]
fn links_are_looked_up_as_readers_will_find_them_on_both_databases() {
    for portal in [None, Some(postgres())].map(Portal::on) {
        let folder = Folder::new();
        folder
            .page("gioi-thieu", "Giới thiệu")
            .article("cho-phien", "former = [\"cho-cu\"]", "Chợ.")
            .article("nhap", "state = \"draft\"", "Nháp.")
            .article("hen", "published = 2026-12-24T08:00:00", "Hẹn.")
            .article("het-han", "until = 2026-11-21T07:00:00", "Hết.")
            .article("da-rut", "\n[withdrawn]\nat = 2026-11-21T07:00:00\nreason = \"Nhầm số\"", "Rút.")
            .picture("pictures/cau.png", 40, 30)
            .article("co-anh", "", "![Cầu](pictures/cau.png)");
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let mut c = portal.app.web.store.read().expect("it answers");
        let mut broken = |path: &str, starts: &str| {
            let body = format!("[bài ấy]({path})");
            let given = Given { body: &body, starts: Some(at(starts)), ..sound() };
            !look_over(&mut c, &given).expect("it can be looked over").is_empty()
        };
        let links = [
            "/",
            "/don-vi",
            "/trang/gioi-thieu",
            "/tin/cho-phien",
            "/tin/cho-cu",
            "/tin/cho-phien/ban/1",
            "/en/tin/cho-phien",
            "/luu-tru/2026/11",
            "/atom.xml",
        ];
        for path in links {
            assert!(!broken(path, "2026-11-21T08:00:00"), "{path}");
            // What is called sound is what a reader is answered.
            assert!(portal.get(path).status < 400, "{path}: {}", portal.get(path).status);
        }
        for path in [
            "/tin/nhap",
            "/tin/hen",
            "/tin/het-han",
            "/tin/da-rut",
            "/tin/cho-phien/ban/2",
            "/trang/khong",
            "/don-vi/khong",
            "/chuyen-muc/khong",
            "/luu-tru/2020/01",
            "/luu-tru/2026/13",
            "/enx",
        ] {
            assert!(broken(path, "2026-11-21T08:00:00"), "{path}");
            assert!(portal.get(path).status >= 400, "{path}: {}", portal.get(path).status);
        }
        // The desk answers staff, and sends readers away.
        assert!(broken("/ban-bien-tap", "2026-11-21T08:00:00"));
        // By the time that this text shows, so does that one.
        assert!(!broken("/tin/hen", "2026-12-24T08:00:00"));
        let section = portal.get("/").attributes("nav a[href^='/chuyen-muc/']", "href").remove(0);
        assert!(!broken(&section, "2026-11-21T08:00:00"), "{section}");
        let mut pictures = |name: &str| {
            let body = format!("![Cầu]({name})");
            look_over(&mut c, &Given { body: &body, ..sound() }).expect("it can be looked over").len()
        };
        assert_eq!((pictures("pictures/cau.png"), pictures("pictures/khong.png")), (0, 1));
    }
}
