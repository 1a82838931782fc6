//! Postings on their other ways out: feeds, site maps, calendar files, and the few that stand on other pages.

use crate::folder::Folder;
use crate::portal::{Portal, at};

fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules();
    folder
}

fn bring(portal: &Portal, folder: &Folder) {
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

const NUMBERED: &str = "number = \"12/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19";

#[test]
fn feeds_tell_of_postings_whole_and_then_that_they_are_gone() {
    let folder = folder();
    folder
        .posting("lau", NUMBERED, "Toàn văn của {{Trần Văn Bình}}.")
        .posting("het", "published = 2026-10-20\nuntil = 2026-11-23", "Sắp hết.")
        .posting("hen", "published = 2026-11-22T08:00:00", "Hẹn giờ.")
        .article("bai", "", "Bài viết.");
    let portal = Portal::with(&folder);
    for lang in ["", "/en"] {
        let reply = portal.get(&format!("{lang}/niem-yet/atom.xml"));
        let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a sound feed");
        let titles: Vec<String> = feed.entries.iter().map(|entry| entry.title.clone().expect("a title").content).collect();
        assert_eq!(titles, ["12/TB-UBND – Niêm yết lau", "Niêm yết het"]);
        assert_eq!(feed.entries[0].id, "https://thu.example/niem-yet/lau");
        assert_eq!(feed.entries[0].authors[0].name.as_deref(), Some("UBND xã Đông Kiều"));
        assert!(reply.body.contains("Toàn văn của") && !reply.body.contains("Bình"), "a marked name goes out nowhere");
    }
    assert!(portal.get("/niem-yet/rss.xml").body.contains("<title>12/TB-UBND – Niêm yết lau</title>"));
    let json: serde_json::Value = serde_json::from_str(&portal.get("/niem-yet/feed.json").body).expect("JSON");
    assert_eq!((json["items"].as_array().expect("items").len(), &json["home_page_url"]), (2, &"https://thu.example/niem-yet".into()));
    assert!(!portal.get("/atom.xml").body.contains("niem-yet"), "news is a feed of its own");
    portal.clock.set(at("2026-11-24T00:00:00"));
    let gone = portal.get("/niem-yet/atom.xml");
    assert!(
        gone.body.contains("deleted-entry ref=\"https://thu.example/niem-yet/het\"") && !gone.body.contains("Sắp hết"),
        "{}",
        gone.body
    );
    assert!(gone.body.contains("Hẹn giờ"));
    folder.posting(
        "lau",
        &format!("{NUMBERED}\n[withdrawn]\nat = 2026-11-23T09:00:00\nreason = \"Ban hành nhầm\""),
        "Toàn văn của {{Trần Văn Bình}}.",
    );
    bring(&portal, &folder);
    for file in ["atom.xml", "rss.xml", "feed.json"] {
        let body = portal.get(&format!("/niem-yet/{file}")).body;
        assert!(!body.contains("Niêm yết lau") && !body.contains("Toàn văn") && !body.contains("12/TB-UBND"), "{file}");
    }
    assert!(portal.get("/niem-yet/atom.xml").body.contains("Ban hành nhầm"));
}

#[test]
fn site_maps_lead_to_what_shows_and_to_nothing_else() {
    let folder = folder();
    folder.posting("lau", "", "Một.").posting("het", "published = 2026-10-20\nuntil = 2026-11-23", "Hai.").posting(
        "hen",
        "published = 2026-12-22",
        "Ba.",
    );
    let portal = Portal::with(&folder);
    let maps = || portal.get("/sitemap.xml").body;
    assert!(
        maps().contains("/sitemap/niem-yet-2026-11.xml")
            && maps().contains("/sitemap/niem-yet-2026-10.xml")
            && !maps().contains("niem-yet-2026-12")
    );
    let november = portal.get("/sitemap/niem-yet-2026-11.xml");
    assert!(
        november.body.contains("<loc>https://thu.example/niem-yet/lau</loc>")
            && november.body.contains("<loc>https://thu.example/en/niem-yet/lau</loc>")
    );
    assert!(!november.body.contains("luu-tru"), "the archive of articles is not one of postings");
    assert!(portal.get("/sitemap/pages.xml").body.contains("<loc>https://thu.example/niem-yet</loc>"));
    portal.clock.set(at("2026-11-24T00:00:00"));
    assert!(!maps().contains("niem-yet-2026-10") && portal.get("/sitemap/niem-yet-2026-10.xml").status == 404);
    folder.posting("lau", "[withdrawn]\nat = 2026-11-23T09:00:00\nreason = \"Nhầm\"", "Một.");
    bring(&portal, &folder);
    assert_eq!((portal.get("/sitemap/niem-yet-2026-11.xml").status, maps().contains("niem-yet-2026-11")), (404, false));
}

/// Lines of a calendar file, unfolded (RFC 5545, §3.1).
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "a line is too long, or ends otherwise: {text}");
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

const DAYS: &str = "title = \"Lấy ý kiến; phương án, đợt 2 cho đường liên xã từ thôn Đông đến thôn Hạ\"\nevent = 2026-12-20\ncomments_from = 2026-11-20\ncomments_until = 2026-12-01\neffective = 2026-11-25";

#[test]
fn a_calendar_file_tells_every_day_of_a_posting() {
    let folder = folder();
    folder.posting("y-kien", DAYS, "Nội dung.").posting("mai-mai", "kind = \"thu-tuc-hanh-chinh\"", "Không có ngày nào.");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/niem-yet/y-kien").attributes(".posting-ways a", "href"), ["/niem-yet/y-kien.ics"]);
    let reply = portal.get("/niem-yet/y-kien.ics");
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/calendar; charset=utf-8"));
    let lines = unfolded(&reply.body);
    assert_eq!((lines[0].as_str(), lines[lines.len() - 1].as_str()), ("BEGIN:VCALENDAR", "END:VCALENDAR"));
    assert_eq!(lines.iter().filter(|line| *line == "BEGIN:VEVENT").count(), 4);
    for line in [
        "VERSION:2.0",
        "UID:event-y-kien@thu.example",
        "DTSTART;VALUE=DATE:20261220",
        "DTEND;VALUE=DATE:20261221",
        "UID:comments-y-kien@thu.example",
        "DTSTART;VALUE=DATE:20261120",
        "DTEND;VALUE=DATE:20261202",
        "UID:effective-y-kien@thu.example",
        "DTSTART;VALUE=DATE:20261125",
        "UID:end-y-kien@thu.example",
        "DTSTART;VALUE=DATE:20261221",
        "SEQUENCE:0",
        "STATUS:CONFIRMED",
        "URL:https://thu.example/niem-yet/y-kien",
        "SUMMARY:Diễn ra: Lấy ý kiến\\; phương án\\, đợt 2 cho đường liên xã từ thôn Đông đến thôn Hạ",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line} in {lines:#?}");
    }
    assert!(unfolded(&portal.get("/en/niem-yet/y-kien.ics").body).iter().any(|line| line.starts_with("SUMMARY:Takes place: ")));
    assert_eq!(portal.get("/niem-yet/mai-mai.ics").status, 404);
    assert!(portal.get("/niem-yet/mai-mai").attributes(".posting-ways a", "href").is_empty());
    // A correction keeps the names and counts on.
    folder.posting("y-kien@2", &format!("{}\nchange_note = \"Dời ngày họp\"", DAYS.replace("2026-12-20", "2026-12-22")), "Nội dung.");
    bring(&portal, &folder);
    let lines = unfolded(&portal.get("/niem-yet/y-kien.ics").body);
    for line in ["UID:event-y-kien@thu.example", "DTSTART;VALUE=DATE:20261222", "SEQUENCE:1"] {
        assert!(lines.contains(&line.to_owned()), "{line} in {lines:#?}");
    }
}

#[test]
fn a_calendar_file_says_what_is_called_off_and_goes_with_its_posting() {
    let folder = folder();
    folder
        .posting("cu", "kind = \"lai-suat-cho-vay\"\nevent = 2026-12-20\ncomments_until = 2026-11-28", "Cũ.")
        .posting("moi", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"cu\"]", "Mới.")
        .posting("nham", DAYS, "Nhầm.")
        .posting("hen", &format!("{DAYS}\npublished = 2026-11-22T08:00:00"), "Hẹn giờ.");
    let portal = Portal::with(&folder);
    let status = || -> Vec<String> {
        let lines = unfolded(&portal.get("/niem-yet/cu.ics").body);
        lines.into_iter().filter(|line| line.starts_with("STATUS:")).collect()
    };
    assert_eq!(portal.get("/niem-yet/hen.ics").status, 404, "nothing is told before its hour");
    assert_eq!(status(), ["STATUS:CONFIRMED", "STATUS:CONFIRMED"], "nothing is told of what is not public yet");
    portal.clock.set(at("2026-11-25T00:00:00"));
    assert_eq!(status(), ["STATUS:CANCELLED", "STATUS:CONFIRMED"]);
    assert_eq!(portal.get("/niem-yet/hen.ics").status, 200);
    portal.clock.set(at("2026-12-01T00:00:00"));
    assert_eq!(portal.get("/niem-yet/cu.ics").status, 410, "the page stays under its banner, and its days are over");
    folder.posting("nham", &format!("{DAYS}\n[withdrawn]\nat = 2026-11-30T09:00:00\nreason = \"Ban hành nhầm\""), "Nhầm.");
    bring(&portal, &folder);
    for path in ["/niem-yet/nham.ics", "/en/niem-yet/nham.ics"] {
        let gone = portal.get(path);
        assert!(gone.status == 410 && gone.body.contains("Ban hành nhầm") && !gone.body.contains("Lấy ý kiến"), "{path}");
    }
}

#[test]
fn the_few_that_hang_now_stand_on_the_front_page_and_on_their_units_pages() {
    let folder = folder();
    folder.file("site.toml", crate::folder::SITE.replace("\n[colours]", "unit = \"99001\"\n\n[colours]"));
    folder
        .posting("lau", "published = 2026-11-10", "Một.")
        .posting("het", "published = 2026-10-20\nuntil = 2026-11-23", "Hai.")
        .posting("khan", "kind = \"thong-bao-khan\"\npriority = \"urgent\"\npublished = 2026-11-01\nuntil = 2026-11-30", "Ba.")
        .posting("noi-khac", "unit = \"99002\"\npublished = 2026-11-12", "Bốn.");
    for number in 0..3 {
        folder.posting(&format!("moi-{number}"), "published = 2026-11-15", "Năm.");
    }
    let portal = Portal::with(&folder);
    let few = |path: &str| portal.get(path).attributes(".postings a.posting-title", "href");
    let own = ["/niem-yet/khan", "/niem-yet/moi-2", "/niem-yet/moi-1", "/niem-yet/moi-0"];
    assert_eq!((few("/"), few("/don-vi/xa-dong-kieu")), (own.map(String::from).into(), own.map(String::from).into()));
    assert_eq!(few("/don-vi/xa-ben-gao"), ["/niem-yet/noi-khac"]);
    // What the province sends to all below hangs there too, and says whose it is and that it does not apply yet.
    let sent = Folder::empty();
    sent.rules().posting("tu-tinh", "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-13\neffective = 2027-01-01", "Sáu.");
    bring(&portal, &sent);
    assert_eq!(few("/don-vi/xa-ben-gao"), ["/niem-yet/tu-tinh", "/niem-yet/noi-khac"]);
    let first = portal.get("/don-vi/xa-ben-gao").text(".postings li:first-child");
    assert!(first.contains("Chưa có hiệu lực") && first.contains("Tỉnh Hương Lúa"), "{first}");
    assert_eq!(few("/don-vi/xa-dong-kieu"), own);
    assert_eq!(few("/don-vi/xa-gao-ha"), Vec::<String>::new());
    assert!(portal.get("/don-vi/xa-gao-ha").body.contains("/niem-yet?don-vi=xa-gao-ha"), "a former unit leads to what it posted");
    assert_eq!(portal.get("/").attributes(".postings h2 a", "href"), ["/niem-yet?don-vi=xa-dong-kieu"]);
    assert!(portal.get("/").text(".postings li:nth-child(2)").contains("Niêm yết đến hết"));
    // What stands below the few, elsewhere, or comes in below, leaves them as they are.
    let before = portal.app.web.kept.made();
    folder.posting("xua", "published = 2026-11-05", "Sáu.").posting("noi-khac-2", "unit = \"99002\"\npublished = 2026-11-20", "Bảy.");
    bring(&portal, &folder);
    assert_eq!(few("/don-vi/xa-dong-kieu"), own);
    assert_eq!(portal.app.web.kept.made(), before, "nothing on it has changed");
    assert_eq!(few("/don-vi/xa-ben-gao")[0], "/niem-yet/noi-khac-2");
    portal.clock.set(at("2026-12-01T00:00:00"));
    assert!(!few("/").contains(&"/niem-yet/khan".to_owned()));
    for path in ["/", "/tin", "/niem-yet", "/don-vi"] {
        assert!(portal.get(path).attributes(".sections-strip a", "href").contains(&"/niem-yet".to_owned()), "{path}");
    }
}
