//! The laws of the house. No background task runs in these tests, every cache is on, and the clock is driven.

use bangtin::channel::{CHANNELS, Channel};
use bangtin::edition::Kind;
use chrono::Duration;

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at, morning};

/// Everything a citizen's machine may ask for that could name an article.
const OUTPUTS: [&str; 24] = [
    "/",
    "/?trang=2",
    "/en/",
    "/chuyen-muc/tin-dia-phuong",
    "/en/chuyen-muc/tin-dia-phuong",
    "/don-vi/xa-dong-kieu",
    "/don-vi/huong-lua",
    "/luu-tru/2026/11",
    "/luu-tru/2026/12",
    "/atom.xml",
    "/rss.xml",
    "/feed.json",
    "/en/feed.json",
    "/chuyen-muc/tin-dia-phuong/atom.xml",
    "/chuyen-muc/tin-dia-phuong/feed.json",
    "/don-vi/xa-dong-kieu/rss.xml",
    "/don-vi/huong-lua/feed.json",
    "/sitemap.xml",
    "/sitemap/pages.xml",
    "/sitemap/2026-11.xml",
    "/sitemap/2026-12.xml",
    "/robots.txt",
    "/trang/so-do-trang",
    "/tin/lang-gieng",
];

fn everything(portal: &Portal, slug: &str) -> Vec<(String, Reply)> {
    let own = [format!("/tin/{slug}"), format!("/en/tin/{slug}"), format!("/tin/{slug}/")];
    OUTPUTS.iter().map(|path| path.to_string()).chain(own).map(|path| (path.clone(), portal.get(&path))).collect()
}

/// The outputs in which a word stands, in the body or in any header but the place one is sent to.
fn showing(portal: &Portal, slug: &str, word: &str) -> Vec<String> {
    everything(portal, slug)
        .into_iter()
        .filter(|(_, reply)| {
            let headers = reply.headers().iter().filter(|(name, _)| name != "location").any(|(_, value)| value.contains(word));
            headers || reply.body.contains(word)
        })
        .map(|(path, _)| path)
        .collect()
}

fn neighbour(folder: &Folder) -> &Folder {
    folder.page("so-do-trang", "Sơ đồ trang").article("lang-gieng", "published = 2026-11-10T08:00:00", "Bài bên cạnh.")
}

#[test]
fn a_scheduled_text_appears_and_vanishes_at_its_instant_on_every_output() {
    let folder = Folder::new();
    neighbour(&folder).article(
        "hen-gio",
        "title = \"Hẹn giờ LÚA-CHÍN\"\npublished = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00",
        "Thân bài LÚA-CHÍN.",
    );
    let portal = Portal::with(&folder);
    let (start, end) = (at("2026-11-21T09:00:00"), at("2026-11-21T10:00:00"));

    portal.clock.set(start - Duration::seconds(1));
    assert_eq!(showing(&portal, "hen-gio", "LÚA-CHÍN"), Vec::<String>::new());
    assert_eq!(portal.get("/tin/hen-gio").status, 404);

    portal.clock.set(start);
    let shown = showing(&portal, "hen-gio", "LÚA-CHÍN");
    for path in [
        "/",
        "/en/",
        "/chuyen-muc/tin-dia-phuong",
        "/don-vi/xa-dong-kieu",
        "/don-vi/huong-lua",
        "/luu-tru/2026/11",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/chuyen-muc/tin-dia-phuong/atom.xml",
        "/don-vi/huong-lua/feed.json",
        "/tin/hen-gio",
        "/en/tin/hen-gio",
        "/tin/lang-gieng",
    ] {
        assert!(shown.iter().any(|known| known == path), "{path} does not show it: {shown:?}");
    }
    assert!(portal.get("/sitemap/2026-11.xml").body.contains("/tin/hen-gio<"));

    portal.clock.set(end - Duration::seconds(1));
    assert_eq!(showing(&portal, "hen-gio", "LÚA-CHÍN"), shown);

    portal.clock.set(end);
    assert_eq!(showing(&portal, "hen-gio", "LÚA-CHÍN"), Vec::<String>::new());
    assert!(!portal.get("/sitemap/2026-11.xml").body.contains("/tin/hen-gio"));
    assert_eq!(portal.get("/tin/hen-gio").status, 410);

    // And back: nothing that was kept speaks for another instant than its own.
    portal.clock.set(start);
    assert_eq!(showing(&portal, "hen-gio", "LÚA-CHÍN"), shown);
}

#[test]
fn every_channel_follows_the_same_instants() {
    let folder = Folder::new();
    neighbour(&folder).article("hen-gio", "title = \"LÚA-CHÍN\"\npublished = 2026-11-21T09:00:00", "LÚA-CHÍN");
    let portal = Portal::with(&folder);
    for channel in CHANNELS {
        let path = match channel {
            Channel::Page => "/tin/hen-gio",
            Channel::Feed => "/atom.xml",
            Channel::Sitemap => "/sitemap/2026-11.xml",
            Channel::Card => "/the/tin/hen-gio.png",
        };
        // A picture has no words.
        let tells = |reply: crate::portal::Reply| reply.body.contains("hen-gio\"") || reply.header("content-type") == "image/png";
        assert!(channel.carries(Kind::Article), "{channel:?}");
        portal.clock.set(at("2026-11-21T08:59:59"));
        assert!(!tells(portal.get(path)), "{channel:?} is early");
        portal.clock.set(at("2026-11-21T09:00:00"));
        let reply = portal.get(path);
        assert!(reply.body.contains("hen-gio") || tells(reply), "{channel:?} is late");
    }
}

#[test]
fn nothing_of_an_unpublished_text_is_reachable() {
    let folder = Folder::new();
    neighbour(&folder)
        .picture("pictures/CHUA-DANG.png", 640, 360)
        .file("attachments/CHUA-DANG.csv", "xã;hộ\nCHUA-DANG;1\n")
        .article(
            "nhap-CHUA-DANG".to_lowercase().as_str(),
            "title = \"Nháp CHUA-DANG\"\nlead = \"CHUA-DANG\"\nstate = \"draft\"\nbyline = \"CHUA-DANG\"\nformer = [\"cu-nhap\"]\n\n[picture]\nfile = \"pictures/CHUA-DANG.png\"\nalt = \"CHUA-DANG\"\n\n[[attachments]]\nfile = \"attachments/CHUA-DANG.csv\"\ntitle = \"CHUA-DANG\"",
            "CHUA-DANG",
        )
        .article(
            "hen-chua-dang",
            "title = \"Hẹn CHUA-DANG\"\npublished = 2026-12-24T08:00:00\nformer = [\"cu-hen\"]\nviews = 987654321",
            "CHUA-DANG ![CHUA-DANG](pictures/CHUA-DANG.png)",
        );
    let portal = Portal::with(&folder);
    for slug in ["nhap-chua-dang", "hen-chua-dang", "cu-nhap", "cu-hen"] {
        assert_eq!(showing(&portal, slug, "CHUA-DANG"), Vec::<String>::new());
        for (path, reply) in everything(&portal, slug) {
            assert!(!reply.body.contains("987.654.321") && !reply.body.contains(&format!("tin/{slug}\"")), "{path} tells of {slug}");
        }
        // Neither is it told apart from what never was: same status, same bytes, no ETag, no place to go.
        let (own, never) = (portal.get(&format!("/tin/{slug}")), portal.get("/tin/chua-bao-gio-co"));
        assert_eq!((own.status, &own.body), (404, &never.body), "{slug}");
        assert_eq!((own.header("etag"), own.header("location")), ("", ""), "{slug}");
    }
    let files = portal.app.web.store.read().map(|mut c| bangtin::store::shelf::names(&mut c)).expect("a reader").expect("the names");
    assert_eq!(files.len(), 2);
    for (name, digest) in files {
        for path in [
            format!("/anh/{digest}-480.webp"),
            format!("/anh/{digest}-240.jpg"),
            format!("/anh/{digest}-640.webp"),
            format!("/tep/{digest}/x.csv"),
            format!("/anh/{digest}"),
        ] {
            assert_eq!(portal.get(&path).status, 404, "{name} is at {path}");
        }
    }
    // In December the month page exists only from Christmas Eve on.
    assert_eq!(portal.get("/luu-tru/2026/12").status, 404);
    assert!(!portal.get("/").body.contains("/luu-tru/2026/12"));
}

#[test]
fn a_picture_is_served_while_a_visible_text_shows_it_and_no_longer() {
    let folder = Folder::new();
    folder.picture("pictures/a.png", 640, 360).article(
        "anh",
        "published = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00\n\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Ruộng\"",
        "Có ảnh.",
    );
    let portal = Portal::with(&folder);
    portal.clock.set(at("2026-11-21T09:00:00"));
    let src = portal.get("/tin/anh").attributes(".article-picture img", "src").remove(0);
    let srcset = portal.get("/tin/anh").attributes(".article-picture source", "srcset").remove(0);
    let webp = srcset.split(' ').next().expect("an address").to_owned();
    for (address, mime) in [(src, "image/jpeg"), (webp, "image/webp")] {
        portal.clock.set(at("2026-11-21T09:00:00"));
        let reply = portal.get(&address);
        assert_eq!((reply.status, reply.header("content-type")), (200, mime));
        assert!(image::load_from_memory(&reply.bytes).is_ok(), "it is a picture");
        for outside in ["2026-11-21T08:59:59", "2026-11-21T10:00:00"] {
            portal.clock.set(at(outside));
            assert_eq!(portal.get(&address).status, 404, "{address} at {outside}");
        }
    }
}

#[test]
fn a_withdrawn_address_says_when_and_why_and_what_replaces_it_and_nothing_else() {
    let folder = Folder::new();
    neighbour(&folder)
        .article(
            "rut",
            "title = \"LÚA-RỤNG\"\nlead = \"LÚA-RỤNG\"\n\n[withdrawn]\nat = 2026-11-21T08:30:00\nreason = \"Nhầm lịch của xã bên\"\nreplaced_by = \"thay\"",
            "LÚA-RỤNG",
        )
        .article("thay", "title = \"Lịch đúng\"", "Lịch đúng.");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/tin/rut").status, 200, "it is withdrawn only from 8:30 on");
    portal.clock.set(at("2026-11-21T08:30:00"));
    assert_eq!(showing(&portal, "rut", "LÚA-RỤNG"), Vec::<String>::new());
    let gone = portal.get("/tin/rut");
    assert_eq!(gone.status, 410);
    let said = gone.text("main");
    assert!(said.contains("Nhầm lịch của xã bên") && said.contains("21/11/2026") && said.contains("Lịch đúng"), "{said}");
    assert!(gone.attributes("main a", "href").contains(&"/tin/thay".to_owned()));
}

#[test]
fn what_was_withdrawn_before_its_start_was_never_there() {
    let folder = Folder::new();
    neighbour(&folder).article(
        "chua-kip",
        "title = \"LÚA-NON\"\npublished = 2026-11-25T08:00:00\n\n[withdrawn]\nat = 2026-11-22T08:00:00\nreason = \"LÚA-NON\"",
        "LÚA-NON",
    );
    let portal = Portal::with(&folder);
    for day in ["2026-11-21T08:00:00", "2026-11-23T08:00:00", "2026-11-26T08:00:00"] {
        portal.clock.set(at(day));
        assert_eq!(portal.get("/tin/chua-kip").status, 404, "{day}");
        assert_eq!(showing(&portal, "chua-kip", "LÚA-NON"), Vec::<String>::new(), "{day}");
    }
}

#[test]
fn a_later_edition_takes_over_at_its_own_instant_and_says_what_changed() {
    let folder = Folder::new();
    neighbour(&folder)
        .article("so-lieu", "title = \"Ngân sách\"\npublished = 2026-10-15", "Chi 12.985 triệu đồng.")
        .file(
            "articles/so-lieu@2.md",
            "+++\ntitle = \"Ngân sách\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = 2026-11-21T09:00:00\nchange_note = \"Sửa số chi.\"\n+++\n\nChi 12.895 triệu đồng.\n",
        );
    let portal = Portal::with(&folder);
    let before = portal.get("/tin/so-lieu");
    assert!(before.text(".prose").contains("12.985") && !before.body.contains("12.895") && !before.body.contains("Sửa số chi"));
    portal.clock.set(at("2026-11-21T09:00:00"));
    let after = portal.get("/tin/so-lieu");
    assert!(after.text(".prose").contains("12.895") && !after.text(".prose").contains("12.985"));
    assert!(after.text("main").contains("Sửa số chi."), "the public is told what changed");
    assert!(after.body.contains("21/11/2026 09:00") || after.body.contains("21/11/2026, 09:00"), "and when");
    // It stays where its date put it.
    assert!(portal.get("/luu-tru/2026/10").body.contains("/tin/so-lieu"));
    assert!(!portal.get("/luu-tru/2026/11").body.contains("/tin/so-lieu\""));
}

#[test]
fn a_correction_withdrawn_before_its_start_leaves_the_first_edition_standing() {
    let folder = Folder::new();
    neighbour(&folder).article("so-lieu", "published = 2026-10-15", "Chi 12.985.").file(
        "articles/so-lieu@2.md",
        "+++\ntitle = \"Ngân sách\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = 2026-11-25T09:00:00\nchange_note = \"Sửa.\"\n\n[withdrawn]\nat = 2026-11-22T08:00:00\nreason = \"Nhầm\"\n+++\n\nChi 1.\n",
    );
    let portal = Portal::with(&folder);
    for day in ["2026-11-21T08:00:00", "2026-11-23T08:00:00", "2026-11-26T08:00:00"] {
        portal.clock.set(at(day));
        let page = portal.get("/tin/so-lieu");
        assert_eq!((page.status, page.text(".prose").as_str()), (200, "Chi 12.985."), "{day}");
        assert!(!page.body.contains("Nhầm") && !page.body.contains("Sửa."), "{day}");
    }
}

/// Edition `number` of `so-lieu`, as a file.
fn correction(folder: &Folder, number: i32, published: &str, more: &str, body: &str) {
    folder.file(
        &format!("articles/so-lieu@{number}.md"),
        format!(
            "+++\ntitle = \"Số liệu\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = {published}\nchange_note = \"Sửa.\"\n{more}+++\n\n{body}\n"
        ),
    );
}

#[test]
fn an_urgent_correction_overtakes_a_scheduled_one_and_stands_alone() {
    let folder = Folder::new();
    neighbour(&folder).article("so-lieu", "title = \"Số liệu\"\npublished = 2026-10-01", "MỘT");
    correction(&folder, 2, "2026-12-25T08:00:00", "", "HAI");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/tin/so-lieu").text(".prose"), "MỘT");
    portal.clock.set(at("2026-11-21T09:00:00"));
    correction(&folder, 3, "2026-11-21T09:00:00", "", "BA");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for day in ["2026-11-21T09:00:00", "2026-12-26T08:00:00"] {
        portal.clock.set(at(day));
        assert_eq!(portal.get("/tin/so-lieu").text(".prose"), "BA", "{day}");
        let feed = portal.get("/atom.xml").body;
        assert_eq!(feed.matches("<id>https://thu.example/tin/so-lieu</id>").count(), 1, "{day}");
        assert!(feed.contains("BA") && !feed.contains("MỘT") && !feed.contains("HAI"), "{day}");
        assert_eq!(portal.get("/chuyen-muc/tin-dia-phuong").body.matches("href=\"/tin/so-lieu\"").count(), 1, "{day}");
    }
}

#[test]
fn a_scheduled_correction_may_be_moved_and_the_page_never_goes_empty() {
    let folder = Folder::new();
    neighbour(&folder).article("so-lieu", "title = \"Số liệu\"\npublished = 2026-10-01", "MỘT");
    correction(&folder, 2, "2026-11-25T08:00:00", "", "HAI");
    let portal = Portal::with(&folder);
    correction(&folder, 2, "2026-11-28T08:00:00", "", "HAI");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for (day, body) in [("2026-11-25T08:00:00", "MỘT"), ("2026-11-27T23:00:00", "MỘT"), ("2026-11-28T08:00:00", "HAI")] {
        portal.clock.set(at(day));
        let page = portal.get("/tin/so-lieu");
        assert_eq!((page.status, page.text(".prose").as_str()), (200, body), "{day}");
    }
}

#[test]
fn what_the_public_has_begun_to_see_is_not_unpublished_by_moving_a_date() {
    let folder = Folder::new();
    folder.article("mot", "published = 2026-11-20T07:30:00", "Một.");
    let portal = Portal::with(&folder);
    folder.article("mot", "published = 2027-10-01T07:30:00", "Một.");
    let refusal = portal.import(&folder).expect_err("the date is public");
    assert!(portal.told(&refusal).contains("articles/mot.md:5: ngày của bài"), "{}", portal.told(&refusal));
    assert_eq!(portal.get("/tin/mot").status, 200);
}

#[test]
fn a_correction_begins_when_it_comes_in_and_not_before() {
    let folder = Folder::new();
    neighbour(&folder).article("so-lieu", "title = \"Số liệu\"\npublished = 2026-10-10", "MỘT");
    let portal = Portal::with(&folder);
    portal.clock.set(at("2026-11-21T09:00:00"));
    correction(&folder, 2, "2026-10-01T08:00:00", "", "HAI");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let page = portal.get("/tin/so-lieu");
    assert_eq!(page.text(".prose"), "HAI");
    assert!(page.texts(".editions li").len() == 2 && page.text("main").contains("Sửa."), "both editions are told of");
    assert!(page.text(".article-facts").contains("21/11/2026, 09:00"), "{}", page.text(".article-facts"));
    portal.import(&folder).expect("and the same files again change nothing");
}

#[test]
fn the_reason_of_what_nobody_saw_stays_inside() {
    let folder = Folder::new();
    neighbour(&folder).article("so-lieu", "title = \"Số liệu\"\npublished = 2026-10-01\nuntil = 2026-10-10", "MỘT");
    correction(&folder, 2, "2026-11-01T08:00:00", "\n[withdrawn]\nat = 2026-10-20T08:00:00\nreason = \"BI-MAT\"\n", "HAI");
    let portal = Portal::with(&folder);
    let gone = portal.get("/tin/so-lieu");
    assert_eq!(gone.status, 410);
    assert!(!gone.body.contains("BI-MAT") && !gone.body.contains("HAI"));
}

#[test]
fn a_promised_address_is_not_given_to_another_text() {
    let folder = Folder::new();
    folder.article("mot", "former = [\"cu\"]", "Một.");
    let portal = Portal::with(&folder);
    let other = Folder::new();
    other.article("cu", "state = \"draft\"", "Bài khác.");
    let refusal = portal.import(&other).expect_err("the address is promised");
    assert!(portal.told(&refusal).contains("đã hứa dẫn tới một bài khác"));
    assert_eq!(portal.get("/tin/cu").header("location"), "/tin/mot");
}

#[test]
fn an_old_file_neither_overwrites_a_draft_nor_brings_back_old_words() {
    let (one, two) = (Folder::new(), Folder::new());
    one.article("so-lieu", "title = \"Số liệu\"", "MỘT");
    two.article("so-lieu", "title = \"Số liệu\"", "MỘT");
    correction(&two, 2, "2026-11-22T08:00:00", "state = \"draft\"\n", "HAI");
    let portal = Portal::with(&one);
    portal.import(&two).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let report = portal.import(&one).expect("the same file as at first");
    assert_eq!((report.unchanged, report.published, report.changed), (1, 0, 0));
    assert_eq!(portal.get("/tin/so-lieu").text(".prose"), "MỘT");
    correction(&two, 2, "2026-11-21T08:00:00", "", "HAI");
    portal.import(&two).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.clock.set(at("2026-11-22T08:00:00"));
    let refusal = portal.import(&one).expect_err("these are old words");
    assert!(portal.told(&refusal).contains("bản cũ đã được thay"), "{}", portal.told(&refusal));
    assert_eq!(portal.get("/tin/so-lieu").text(".prose"), "HAI");
}

#[test]
fn a_change_by_another_process_is_seen_without_anybody_being_told() {
    let folder = Folder::new();
    neighbour(&folder);
    let portal = Portal::with(&folder);
    assert!(!portal.get("/").body.contains("Từ nơi khác"));
    // A second program on the same data folder, as `bangtin import` is beside a running server.
    let environment = [("BANGTIN_VAR".to_owned(), portal.var.path().display().to_string())].into();
    let config = bangtin::app::config::Config::read("", "", &environment).expect("sound settings");
    let other = bangtin::app::App::open(&config, portal.words.clone(), portal.clock.clone()).expect("it opens beside the first");
    folder.article("khac", "title = \"Từ nơi khác\"", "Mới.");
    let porter = bangtin::app::exchange::Porter {
        store: &other.web.store,
        shelf: &other.web.shelf,
        words: &portal.words,
        now: morning(),
        tell: &|_| {},
    };
    porter.import(folder.path()).expect("sound files");
    // The server may take its word for the log's position for some milliseconds; it needs no signal to look again.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(5);
    while !portal.get("/").body.contains("Từ nơi khác") {
        assert!(std::time::Instant::now() < deadline, "it never showed");
    }
    assert_eq!(portal.get("/tin/khac").status, 200);
}

#[test]
fn text_is_kept_as_its_author_wrote_it() {
    let folder = Folder::new();
    folder.article("nguyen-van", "title = \"Thuỷ lợi ở Thanh Hoá, Thanh Hóa\"", "Xoá nợ, xóa nợ; kỉ luật, kỷ luật; Đăk Lăk, Đắk Lắk; trđ.");
    let portal = Portal::with(&folder);
    let page = portal.get("/tin/nguyen-van");
    assert_eq!(page.text("h1"), "Thuỷ lợi ở Thanh Hoá, Thanh Hóa");
    assert_eq!(page.text(".prose p"), "Xoá nợ, xóa nợ; kỉ luật, kỷ luật; Đăk Lăk, Đắk Lắk; trđ.");
}

#[test]
fn no_page_needs_a_script_a_cookie_or_another_host() {
    let folder = Folder::new();
    neighbour(&folder).picture("pictures/a.png", 640, 360).article(
        "du",
        "source_url = \"https://nguon.example/bai\"\n\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Ruộng\"",
        "Xem [nguồn](https://nguon.example/).\n\n<script src=\"https://x.example/a.js\"></script><img src=\"https://x.example/a.png\">\n",
    );
    let portal = Portal::with(&folder);
    for (path, reply) in everything(&portal, "du") {
        assert_eq!(reply.header("set-cookie"), "", "{path}");
        if !reply.header("content-type").starts_with("text/html") {
            continue;
        }
        // One script, ours, for which nothing waits; that nothing needs it is shown in the browser.
        let scripts = reply.attributes("script[async]", "src");
        assert!(matches!(&scripts[..], [own] if own.starts_with("/static/js/reader.js?v=")), "{path}: {scripts:?}");
        // Data in a script element is nothing that runs.
        let data = reply.texts("script[type='application/ld+json']").len();
        assert_eq!(reply.texts("script").len(), 1 + data, "{path}");
        assert!(reply.texts("iframe, object, embed, base").is_empty(), "{path}");
        let loaded = [
            ("img", "src"),
            ("img", "srcset"),
            ("link[rel=stylesheet]", "href"),
            ("link[rel=preload]", "href"),
            ("link[rel=icon]", "href"),
        ];
        for address in loaded.iter().flat_map(|(selector, attribute)| reply.attributes(selector, attribute)) {
            assert!(address.starts_with('/') && !address.starts_with("//"), "{path} loads {address}");
        }
        let policy = reply.header("content-security-policy");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe") && policy.contains("script-src 'self';"),
            "{path}: {policy}"
        );
        assert!(reply.attributes("[style]", "style").is_empty(), "{path} has inline styles that the policy forbids");
    }
}
