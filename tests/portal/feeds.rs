//! Feeds of the site, its sections and units, in three formats; and what they say of texts that are gone.

use std::collections::BTreeSet;

use bangtin::on_conn;
use chrono::Duration;
use diesel::connection::SimpleConnection;

use crate::folder::Folder;
use crate::portal::{Portal, at, morning};
use crate::{schema, store};

const FILES: [&str; 3] = ["atom.xml", "rss.xml", "feed.json"];
const SECTION: &str = "/chuyen-muc/tin-dia-phuong";
const OTHER_SECTION: &str = "/chuyen-muc/van-hoa";
const UNIT: &str = "/don-vi/xa-dong-kieu";
const OTHER_UNIT: &str = "/don-vi/xa-ben-gao";
const PROVINCE: &str = "/don-vi/huong-lua";
/// The site itself stands at the empty path.
const SCOPES: [&str; 6] = ["", SECTION, OTHER_SECTION, UNIT, OTHER_UNIT, PROVINCE];

fn both(folder: &Folder) -> [Portal; 2] {
    let portals = [Portal::open(), Portal::on(Some(store::postgres()))];
    for portal in &portals {
        portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    }
    portals
}

fn rich() -> Folder {
    let folder = Folder::new();
    folder
        .picture("pictures/ruong.png", 1800, 900)
        .picture("pictures/than.png", 500, 400)
        .file("attachments/so-lieu.csv", "xã,hộ\nĐông Kiều,12\n")
        .article(
            "day-du",
            "title = \"Một & “hai” <ba>\"\nlead = \"Năng suất > 6 tấn & tăng.\"\nbyline = \"Lê Thị Mẫu\"\nsample = true\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"Ruộng \\\"chín\\\"\"\n\n[[attachments]]\nfile = \"attachments/so-lieu.csv\"\ntitle = \"Số liệu theo xã\"",
            "Xem [bài bên](/tin/ngay-tron), [trang sau](ngay-tron?a=1&b=2) và [cổng khác](https://khac.example/x)[^1].\n\n![Kho thóc](pictures/than.png \"Kho\")\n\n`href=\"/x\"` ]]> \u{7}\n\n[^1]: Nguồn: trạm.",
        )
        .article("ngay-tron", "title = \"Ngày trơn\"\npublished = 2026-11-19", "Thân.")
        .article("cho-khac", "section = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-11-18T09:00:00", "Ở chỗ khác.")
        .article(
            "rut",
            "title = \"LÚA-RỤNG\"\nlead = \"LÚA-RỤNG\"\npublished = 2026-11-10T08:00:00\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"LÚA-RỤNG\"\n\n[withdrawn]\nat = 2026-11-21T08:30:00\nreason = \"Nhầm lịch <của> xã & bên\"",
            "LÚA-RỤNG",
        );
    folder
}

/// `ref` and `when` of every deleted entry, as written.
fn deleted(feed: &str) -> Vec<(String, String)> {
    let field = |tag: &str, name: &str| tag.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
    feed.split("<at:deleted-entry ")
        .skip(1)
        .map(|rest| {
            let tag = rest.split('>').next().expect("a tag ends");
            (field(tag, "ref").expect("a ref"), field(tag, "when").expect("a when"))
        })
        .collect()
}

fn withdrawn(feed: &str) -> Vec<(String, String)> {
    let feed: serde_json::Value = serde_json::from_str(feed).expect("JSON");
    let list = feed["_bangtin"]["withdrawn"].as_array().expect("a list").clone();
    list.iter().map(|one| (one["id"].as_str().expect("an id").into(), one["when"].as_str().expect("a time").into())).collect()
}

fn updated(feed: &str) -> String {
    feed.split("<updated>").nth(1).and_then(|rest| rest.split('<').next()).expect("an hour").to_owned()
}

/// The scopes whose feed shows a deleted entry of this text, the same in both formats that can.
fn told(portal: &Portal, slug: &str) -> Vec<&'static str> {
    let id = format!("https://thu.example/tin/{slug}");
    let tells = |scope: &&str| {
        let atom = deleted(&portal.get(&format!("{scope}/atom.xml")).body);
        assert_eq!(atom, withdrawn(&portal.get(&format!("{scope}/feed.json")).body), "{scope}");
        // RFC 6721, §3: never two with the same ref and when.
        assert_eq!(atom.iter().collect::<BTreeSet<_>>().len(), atom.len(), "{scope}");
        atom.iter().any(|(entry, _)| *entry == id)
    };
    SCOPES.into_iter().filter(tells).collect()
}

/// The scopes whose feeds carry this text, the same in all three formats.
fn carried(portal: &Portal, slug: &str) -> Vec<&'static str> {
    let id = format!("https://thu.example/tin/{slug}");
    let carries = |scope: &&str| {
        let found = FILES.map(|file| {
            let feed = feed_rs::parser::parse(&portal.get(&format!("{scope}/{file}")).bytes[..]).expect("a reader understands it");
            feed.entries.iter().any(|entry| entry.id == id)
        });
        assert!(found.iter().all(|one| *one == found[0]), "{scope}: {found:?}");
        found[0]
    };
    SCOPES.into_iter().filter(carries).collect()
}

#[test]
fn every_feed_is_valid_by_its_own_schema_and_the_same_on_both_databases() {
    let [sqlite, postgres] = both(&rich());
    for hour in ["2026-11-21T08:29:59", "2026-11-21T08:30:00"] {
        for portal in [&sqlite, &postgres] {
            portal.clock.set(at(hour));
        }
        for scope in SCOPES {
            for base in ["", "/en"] {
                for file in FILES {
                    let path = format!("{base}{scope}/{file}");
                    let reply = sqlite.get(&path);
                    schema::check(&path, &reply);
                    assert_eq!(reply.body, postgres.get(&path).body, "{path}");
                    let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a reader understands it");
                    assert!(feed.title.expect("a title").content.contains("Bảng Tin thử"), "{path}");
                }
            }
        }
    }
    schema::check("/atom.xml", &Portal::with(&Folder::new()).get("/atom.xml"));
    schema::check("/feed.json", &Portal::with(&Folder::new()).get("/feed.json"));
    schema::check("/rss.xml", &Portal::with(&Folder::new()).get("/rss.xml"));
}

#[test]
fn the_schemas_of_feeds_are_not_asleep() {
    let portal = Portal::with(&rich());
    portal.clock.set(at("2026-11-21T08:30:00"));
    let changed = |path: &str, from: &str, to: &str| {
        let body = portal.get(path).body;
        assert!(body.contains(from), "{path} has no {from}");
        body.replacen(from, to, 1)
    };
    for (from, to) in [
        ("<updated>2026", "<updated>hôm qua 2026"),
        ("<entry ", "<muc/><entry "),
        ("<id>", "<id/><id>"),
        ("</title>", "</title><title>x</title>"),
        ("<at:deleted-entry ref=", "<at:deleted-entry x="),
        ("when=\"2026-11-21T08:30:00+07:00\"", "when=\"2026-11-21T08:30:00\""),
        ("<at:comment>", "<at:comment/><at:comment>"),
        ("<at:by>", "<at:lai/><at:by>"),
    ] {
        let document = changed("/atom.xml", from, to);
        assert!(schema::atom(&document).is_some(), "{from} → {to} passes");
    }
    for (from, to) in [
        ("+0700</pubDate>", "+07:00</pubDate>"),
        ("<link>", "<link>tin/"),
        ("isPermaLink=\"true\">http", "isPermaLink=\"true\">tag"),
        ("<description>", "<mota>x</mota><description>"),
        ("version=\"2.0\"", "version=\"2.1\""),
    ] {
        assert!(schema::rss(&changed("/rss.xml", from, to)).is_some(), "{from} → {to} passes");
    }
    for (from, to) in [
        ("version/1.1", "version/1.0"),
        ("\"content_html\"", "\"content\""),
        ("\"id\":", "\"ID\":"),
        ("2026-11-20T07:30:00+07:00", "20/11/2026"),
        ("\"image\":\"https:", "\"image\":\""),
        ("\"_bangtin\"", "\"bangtin\""),
    ] {
        let at_items = portal.get("/feed.json").body;
        let at_items = at_items.rfind(from).map(|at| format!("{}{to}{}", &at_items[..at], &at_items[at + from.len()..]));
        assert!(schema::json_feed(&at_items.expect("it is there")).is_some(), "{from} → {to} passes");
    }
}

#[test]
fn a_withdrawal_reaches_every_feed_where_the_text_stood_at_its_instant_and_no_other() {
    for portal in both(&rich()) {
        let (before, instant) = (at("2026-11-21T08:29:59"), at("2026-11-21T08:30:00"));
        portal.clock.set(before);
        assert_eq!(carried(&portal, "rut"), ["", SECTION, UNIT, PROVINCE]);
        assert_eq!(told(&portal, "rut"), Vec::<&str>::new());
        let (quiet, hour) = (portal.get(&format!("{OTHER_SECTION}/atom.xml")).body, updated(&portal.get("/atom.xml").body));
        assert!(!portal.get("/atom.xml").body.contains("Nhầm lịch") && !portal.get("/feed.json").body.contains("Nhầm lịch"));

        portal.clock.set(instant);
        assert_eq!(carried(&portal, "rut"), Vec::<&str>::new());
        assert_eq!(told(&portal, "rut"), ["", SECTION, UNIT, PROVINCE]);
        let feed = portal.get("/atom.xml").body;
        assert_eq!(deleted(&feed), [("https://thu.example/tin/rut".to_owned(), "2026-11-21T08:30:00+07:00".to_owned())]);
        assert!(feed.contains("<at:comment>Nhầm lịch &lt;của&gt; xã &amp; bên</at:comment>"), "{feed}");
        assert!(feed.contains("<at:by><name>UBND tỉnh Hương Lúa (mẫu)</name></at:by>"), "{feed}");
        assert!(updated(&feed) > hour && updated(&feed) == "2026-11-21T08:30:00+07:00", "the feed says that it changed");
        let json: serde_json::Value = serde_json::from_str(&portal.get("/feed.json").body).expect("JSON");
        assert_eq!(json["_bangtin"]["withdrawn"][0]["reason"], "Nhầm lịch <của> xã & bên");
        assert_eq!(json["_bangtin"]["withdrawn"][0]["url"], "https://thu.example/tin/rut");
        for scope in SCOPES {
            for file in FILES {
                assert!(!portal.get(&format!("{scope}/{file}")).body.contains("LÚA-RỤNG"), "{scope}/{file}");
            }
        }
        assert_eq!(portal.get(&format!("{OTHER_SECTION}/atom.xml")).body, quiet, "nothing happened there");

        // And back: nothing that was kept speaks for another instant than its own.
        portal.clock.set(before);
        assert_eq!(told(&portal, "rut"), Vec::<&str>::new());
    }
}

#[test]
fn a_tombstone_is_taken_away_after_ninety_days_and_the_feed_never_grows_younger() {
    for portal in both(&rich()) {
        let end = at("2026-11-21T08:30:00") + Duration::days(90);
        portal.clock.set(end - Duration::seconds(1));
        assert_eq!(told(&portal, "rut"), ["", SECTION, UNIT, PROVINCE]);
        let before = updated(&portal.get("/atom.xml").body);
        portal.clock.set(end);
        assert_eq!(told(&portal, "rut"), Vec::<&str>::new());
        assert_eq!(updated(&portal.get("/atom.xml").body), before);
    }
}

#[test]
fn what_has_ended_is_told_of_from_its_end_and_no_more_once_it_is_back() {
    let folder = Folder::new();
    folder.article("hen-gio", "published = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00", "Hẹn giờ.");
    for portal in both(&folder) {
        for (hour, is_carried, is_told) in [
            ("2026-11-21T08:59:59", false, false),
            ("2026-11-21T09:00:00", true, false),
            ("2026-11-21T09:59:59", true, false),
            ("2026-11-21T10:00:00", false, true),
        ] {
            portal.clock.set(at(hour));
            assert_eq!((!carried(&portal, "hen-gio").is_empty(), !told(&portal, "hen-gio").is_empty()), (is_carried, is_told), "{hour}");
        }
        assert!(portal.get("/atom.xml").body.contains("<at:comment>Bài này đã hết thời hạn đăng</at:comment>"));
        assert!(portal.get("/en/atom.xml").body.contains("<at:comment>") && !portal.get("/en/atom.xml").body.contains("hết thời hạn"));
        let again = Folder::new();
        again.article("hen-gio", "published = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00", "Hẹn giờ.").file(
            "articles/hen-gio@2.md",
            "+++\ntitle = \"Bài\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = 2026-11-21T11:00:00\nchange_note = \"Đăng lại.\"\n+++\n\nLại.\n",
        );
        portal.import(&again).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(told(&portal, "hen-gio"), ["", SECTION, UNIT, PROVINCE], "until it is back it is gone");
        portal.clock.set(at("2026-11-21T11:00:00"));
        assert_eq!((told(&portal, "hen-gio"), carried(&portal, "hen-gio").len()), (Vec::new(), 4));
    }
}

#[test]
fn the_reason_of_a_withdrawal_after_the_end_is_told_from_its_own_instant() {
    let folder = Folder::new();
    folder.article(
        "het-roi-rut",
        "published = 2026-11-01\nuntil = 2026-11-21T09:00:00\n\n[withdrawn]\nat = 2026-11-21T10:00:00\nreason = \"Số sai.\"",
        "x",
    );
    for portal in both(&folder) {
        portal.clock.set(at("2026-11-21T09:59:59"));
        let before = portal.get("/atom.xml").body;
        assert!(before.contains("hết thời hạn đăng") && !before.contains("Số sai."), "{before}");
        portal.clock.set(at("2026-11-21T10:00:00"));
        let after = portal.get("/atom.xml").body;
        assert!(after.contains("<at:comment>Số sai.</at:comment>") && updated(&after) > updated(&before), "{after}");
        assert_eq!(deleted(&after)[0].1, "2026-11-21T09:00:00+07:00", "it was gone before");
    }
}

#[test]
fn a_text_that_moved_leaves_its_old_feeds_in_silence_and_is_withdrawn_in_all() {
    let folder = Folder::new();
    folder.article("doi-cho", "published = 2026-11-01", "Một.").file(
        "articles/doi-cho@2.md",
        "+++\ntitle = \"Bài\"\nsection = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-11-21T09:00:00\nchange_note = \"Đổi chỗ.\"\n\n[withdrawn]\nat = 2026-11-21T10:00:00\nreason = \"Sai.\"\n+++\n\nHai.\n",
    );
    for portal in both(&folder) {
        assert_eq!(carried(&portal, "doi-cho"), ["", SECTION, UNIT, PROVINCE]);
        let before = updated(&portal.get(&format!("{SECTION}/atom.xml")).body);
        portal.clock.set(at("2026-11-21T09:00:00"));
        assert_eq!(carried(&portal, "doi-cho"), ["", OTHER_SECTION, OTHER_UNIT, PROVINCE]);
        assert_eq!(told(&portal, "doi-cho"), Vec::<&str>::new(), "it is not gone");
        assert!(updated(&portal.get(&format!("{SECTION}/atom.xml")).body) > before);
        portal.clock.set(at("2026-11-21T10:00:00"));
        assert_eq!((told(&portal, "doi-cho"), carried(&portal, "doi-cho")), (SCOPES.to_vec(), Vec::new()));
    }
}

#[test]
fn nothing_is_told_of_what_nobody_saw() {
    let folder = Folder::new();
    folder
        .article("nhap", "state = \"draft\"", "x")
        .article("chua-kip", "published = 2026-11-25T08:00:00\n\n[withdrawn]\nat = 2026-11-22T08:00:00\nreason = \"BI-MAT\"", "x")
        .article("dung", "published = 2026-11-10T08:00:00", "MỘT")
        .file(
            "articles/dung@2.md",
            "+++\ntitle = \"Bài\"\nsection = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-11-25T08:00:00\nchange_note = \"BI-MAT\"\n\n[withdrawn]\nat = 2026-11-22T08:00:00\nreason = \"BI-MAT\"\n+++\n\nBI-MAT\n",
        );
    for portal in both(&folder) {
        let quiet = portal.get(&format!("{OTHER_SECTION}/atom.xml"));
        for hour in ["2026-11-21T08:00:00", "2026-11-23T08:00:00", "2026-11-26T08:00:00"] {
            portal.clock.set(at(hour));
            for scope in SCOPES {
                for file in FILES {
                    let body = portal.get(&format!("{scope}/{file}")).body;
                    assert!(
                        !body.contains("BI-MAT") && !body.contains("deleted-entry") && !body.contains("chua-kip"),
                        "{scope}/{file} {hour}"
                    );
                }
            }
            assert_eq!(portal.get(&format!("{OTHER_SECTION}/atom.xml")).header("etag"), quiet.header("etag"), "{hour}");
        }
        portal.clock.set(morning());
        // Work on what nobody sees does not show in an empty feed either.
        folder.article("nhap-hai", "section = \"van-hoa\"\nstate = \"draft\"", "x");
        portal.clock.set(at("2026-11-21T08:05:00"));
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(portal.get(&format!("{OTHER_SECTION}/atom.xml")).header("etag"), quiet.header("etag"));
    }
}

#[test]
fn an_entry_keeps_its_id_when_its_text_or_the_portal_moves() {
    let folder = Folder::new();
    folder.article("dau-tien", "", "Một.").file(
        "site.toml",
        crate::folder::SITE
            .replace("address = \"https://thu.example\"", "address = \"https://moi.example\"\nfirst_address = \"https://thu.example\""),
    );
    for portal in both(&folder) {
        // As a verb that moves a text to another address would leave it.
        let moved = "INSERT INTO former_slugs (kind, slug, document_id) SELECT kind, slug, id FROM documents; UPDATE documents SET slug = 'dia-chi-moi'";
        portal.app.web.store.write(|c| Ok(on_conn!(c, |c| c.batch_execute(moved))?)).expect("it is moved");
        for file in FILES {
            let feed = feed_rs::parser::parse(&portal.get(&format!("/{file}")).bytes[..]).expect("a reader understands it");
            assert_eq!(feed.entries[0].id, "https://thu.example/tin/dau-tien", "{file}");
            assert_eq!(feed.entries[0].links[0].href, "https://moi.example/tin/dia-chi-moi", "{file}");
            schema::check(&format!("/{file}"), &portal.get(&format!("/{file}")));
        }
        assert_eq!(portal.get("/tin/dau-tien").header("location"), "/tin/dia-chi-moi", "and the id still leads to it");
        assert!(portal.get("/rss.xml").body.contains("isPermaLink=\"false\""), "but not from the first domain");
    }
}

#[test]
fn a_feed_carries_whole_texts_with_whole_addresses() {
    let portal = Portal::with(&rich());
    for (file, mime) in
        FILES.into_iter().zip(["application/atom+xml; charset=utf-8", "application/rss+xml; charset=utf-8", "application/feed+json"])
    {
        let reply = portal.get(&format!("/{file}"));
        assert_eq!(reply.header("content-type"), mime);
        let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a reader understands it");
        let entry = feed.entries.iter().find(|entry| entry.id.ends_with("/day-du")).expect("the entry");
        assert_eq!(entry.title.as_ref().expect("a title").content, "Một & “hai” <ba>", "{file}");
        assert_eq!(entry.summary.as_ref().expect("a lead").content, "Năng suất > 6 tấn & tăng.", "{file}");
        assert_eq!(entry.published.expect("an hour").to_rfc3339(), "2026-11-20T00:30:00+00:00", "{file}");
        assert_eq!(entry.authors[0].name.as_deref(), Some("Lê Thị Mẫu"), "{file}");
        let body = entry.content.as_ref().and_then(|content| content.body.as_ref()).expect("the whole text");
        for part in [
            "<a href=\"https://thu.example/tin/ngay-tron\"",
            "<a href=\"https://thu.example/tin/ngay-tron?a=1&amp;b=2\"",
            "<a href=\"https://khac.example/x\"",
            "<a href=\"https://thu.example/tin/day-du#fn-1\"",
            "src=\"https://thu.example/anh/",
            "srcset=\"https://thu.example/anh/",
            "<code>href=\"/x\"</code>",
        ] {
            assert!(body.contains(part), "{file}: {part} is not in {body}");
        }
        assert!(!body.contains("\"/tin/") && !body.contains("\"/anh/") && !body.contains('\u{7}'), "{file}: {body}");
        // The lead picture and the attachment are there to be fetched.
        let written = reply.body.replace("\\/", "/");
        let address =
            written.split("https://thu.example").find(|rest| rest.starts_with("/anh/") && rest.contains("-960.")).expect("a picture");
        let address: String = address.chars().take_while(|c| c.is_ascii_alphanumeric() || "/-.".contains(*c)).collect();
        assert_eq!(portal.get(&address).status, 200, "{file}: {address}");
        assert!(written.contains("/so-lieu.csv\"") && written.contains("text/csv") && written.contains("Dữ liệu mẫu"), "{file}");
    }
    assert!(portal.get("/rss.xml").body.contains("<pubDate>Fri, 20 Nov 2026 07:30:00 +0700</pubDate>"));
    assert!(portal.get("/rss.xml").body.contains("<guid isPermaLink=\"true\">https://thu.example/tin/day-du</guid>"));
    let english = portal.get("/en/chuyen-muc/tin-dia-phuong/atom.xml").body;
    for part in [
        "xml:lang=\"en\">\n<title>Local news – Bảng Tin thử</title>",
        "<entry xml:lang=\"vi\">",
        "href=\"https://thu.example/en/tin/day-du\"",
        "<id>https://thu.example/tin/day-du</id>",
        "label=\"Local news\"",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
}

#[test]
fn a_feed_stays_short() {
    let folder = Folder::new();
    for number in 1..=25 {
        folder.article(&format!("con-{number}"), &format!("published = 2026-10-{number:02}"), "x");
    }
    for number in 1..=55 {
        let end = format!("2026-11-{:02}T{:02}:00:00", 1 + number / 24, number % 24);
        folder.article(&format!("het-{number}"), &format!("published = 2026-10-01\nuntil = {end}"), "x");
    }
    let portal = Portal::with(&folder);
    let feed = portal.get("/atom.xml").body;
    assert_eq!((feed.matches("<entry ").count(), deleted(&feed).len()), (20, 50));
    assert!(feed.contains("/tin/con-25<") && !feed.contains("/tin/con-5<"));
    let ends: Vec<String> = deleted(&feed).into_iter().map(|(_, when)| when).collect();
    assert!(ends.is_sorted_by(|a, b| a >= b) && ends[0] == "2026-11-03T07:00:00+07:00", "the newest are told of: {ends:?}");
}

#[test]
fn a_feed_answers_like_every_other_address() {
    let portal = Portal::with(&rich());
    for scope in ["", SECTION, UNIT] {
        for file in FILES {
            let path = format!("{scope}/{file}");
            let first = portal.get(&path);
            let head = portal.ask("HEAD", &path, &[]);
            assert_eq!((head.status, head.bytes.len(), head.header("etag")), (200, 0, first.header("etag")), "{path}");
            let again = portal.ask("GET", &path, &[("if-none-match", first.header("etag"))]);
            assert_eq!((again.status, again.bytes.len()), (304, 0), "{path}");
            portal.clock.set(at("2026-11-21T08:30:00"));
            assert_eq!(portal.ask("GET", &path, &[("if-none-match", first.header("etag"))]).status, 200, "{path} has changed");
            portal.clock.set(morning());
        }
    }
    for file in FILES {
        for path in [
            "/chuyen-muc/khong-co",
            "/don-vi/khong-co",
            "/chuyen-muc/%00",
            "/don-vi/%00",
            "/chuyen-muc/Van-Hoa",
            "/tin/day-du",
            "/luu-tru/2026/11",
        ] {
            for base in ["", "/en"] {
                assert_eq!(portal.get(&format!("{base}{path}/{file}")).status, 404, "{base}{path}/{file}");
            }
        }
    }
    assert_eq!(portal.get("/atom.json").status, 404);
}

#[test]
fn every_page_leads_to_the_feeds_that_belong_to_it() {
    let portal = Portal::with(&rich());
    for (page, scopes) in [("/", vec![""]), ("/tin/day-du", vec![""]), (SECTION, vec!["", SECTION]), (UNIT, vec!["", UNIT])] {
        for base in ["", "/en"] {
            let reply = portal.get(&format!("{base}{page}"));
            let links = reply.attributes("link[rel=alternate][type]", "href");
            let wanted: Vec<String> = scopes.iter().flat_map(|scope| FILES.map(|file| format!("{base}{scope}/{file}"))).collect();
            assert_eq!(links, wanted, "{base}{page}");
            let titles: BTreeSet<String> = reply.attributes("link[rel=alternate][type]", "title").into_iter().collect();
            assert_eq!(titles.len(), wanted.len(), "{titles:?}");
            for (link, mime) in links.iter().zip(reply.attributes("link[rel=alternate][type]", "type")) {
                assert!(portal.get(link).header("content-type").starts_with(&mime), "{link}");
            }
        }
    }
    assert_eq!(portal.get("/khong-co").attributes("link[rel=alternate][type]", "href"), Vec::<String>::new());
}
