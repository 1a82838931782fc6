//! What is kept is true: an answer is made once, and anew when something on it has changed, and only then.

use std::io::Write;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at, morning};

const SECTIONS: [&str; 2] = ["tin-dia-phuong", "van-hoa"];
const UNITS: [&str; 3] = ["99", "99001", "99002"];

/// Texts of two months in two sections and three units: three pages of the front page.
fn many() -> Folder {
    let folder = Folder::new();
    folder.page("gioi-thieu", "Giới thiệu").page("so-do-trang", "Sơ đồ");
    for number in 0..45 {
        let (section, unit) = (SECTIONS[number % 2], UNITS[number / 2 % 3]);
        let published = format!("2026-{:02}-{:02}T07:00:00", 10 + number / 30, number % 30 % 20 + 1);
        folder.article(
            &format!("bai-{number}"),
            &format!("section = \"{section}\"\nunit = \"{unit}\"\npublished = {published}"),
            "Thân bài.",
        );
    }
    folder
}

/// Which of these are made anew when asked for now.
fn made_anew(portal: &Portal, paths: &[&str]) -> Vec<String> {
    let anew = |path: &&&str| {
        let before = portal.app.web.kept.made();
        portal.get(path);
        portal.app.web.kept.made() > before
    };
    paths.iter().filter(anew).map(|path| (*path).to_owned()).collect()
}

fn correct(folder: &Folder, slug: &str, section: &str, unit: &str, published: &str) {
    folder.article(
        &format!("{slug}@2"),
        &format!("title = \"Đã sửa\"\nsection = \"{section}\"\nunit = \"{unit}\"\npublished = {published}\nchange_note = \"Sửa tên\""),
        "Thân bài đã sửa.",
    );
}

#[test]
fn what_nothing_has_touched_is_made_once() {
    let portal = Portal::with(&many());
    let paths = ["/", "/?trang=2", "/tin/bai-1", "/chuyen-muc/van-hoa", "/atom.xml", "/en"];
    assert_eq!(made_anew(&portal, &paths), paths);
    assert_eq!(made_anew(&portal, &paths), Vec::<String>::new());
    portal.clock.set(morning() + chrono::Duration::days(20));
    assert_eq!(made_anew(&portal, &paths), ["/tin/bai-1"], "time alone changes none of these but a count of views");
}

#[test]
fn a_correction_makes_anew_the_pages_that_show_it_and_no_other() {
    let folder = many();
    let portal = Portal::with(&folder);
    let all = [
        "/",
        "/?trang=2",
        "/?trang=3",
        "/chuyen-muc/tin-dia-phuong",
        "/chuyen-muc/van-hoa",
        "/don-vi/huong-lua",
        "/don-vi/xa-dong-kieu",
        "/luu-tru/2026/10",
        "/luu-tru/2026/11",
        "/tin/bai-0",
        "/tin/bai-2",
        "/trang/gioi-thieu",
    ];
    made_anew(&portal, &all);
    // Among the oldest: it is on the last page of the front page, of its province and of its month.
    correct(&folder, "bai-2", "tin-dia-phuong", "99001", "2026-10-03T07:00:00");
    portal.import(&folder).expect("a sound correction");
    let anew = made_anew(&portal, &all);
    let showing: Vec<&str> = all.iter().copied().filter(|path| portal.get(path).body.contains("Đã sửa")).collect();
    assert_eq!(showing, ["/?trang=3", "/don-vi/xa-dong-kieu", "/tin/bai-2"]);
    assert_eq!(anew, showing);
}

#[test]
fn a_new_text_touches_its_own_section_and_unit_and_no_other() {
    let folder = many();
    let portal = Portal::with(&folder);
    let all = ["/", "/chuyen-muc/tin-dia-phuong", "/chuyen-muc/van-hoa", "/don-vi/xa-dong-kieu", "/don-vi/xa-ben-gao", "/luu-tru/2026/10"];
    made_anew(&portal, &all);
    folder.article("moi", "section = \"van-hoa\"\nunit = \"99001\"\npublished = 2026-11-21T07:00:00", "Mới.");
    portal.import(&folder).expect("a sound text");
    assert_eq!(made_anew(&portal, &all), ["/", "/chuyen-muc/van-hoa", "/don-vi/xa-dong-kieu"]);
    folder.article("nhap", "section = \"van-hoa\"\nstate = \"draft\"", "Nháp.");
    portal.import(&folder).expect("a sound draft");
    assert_eq!(made_anew(&portal, &all), Vec::<String>::new(), "a draft changes nothing that anybody sees");
    folder.file("site.toml", crate::folder::SITE.replace("Cổng thử", "Cổng khác"));
    portal.import(&folder).expect("a sound description");
    assert_eq!(made_anew(&portal, &all), all, "the site's own words stand on every page");
}

#[test]
fn a_page_is_made_anew_when_it_comes_out_another_and_not_otherwise() {
    let folder = many();
    folder.article(
        "sap-het",
        "section = \"van-hoa\"\nunit = \"99001\"\npublished = 2026-10-04T07:00:00\nuntil = 2026-11-21T10:00:00",
        "Cũ.",
    );
    let portal = Portal::with(&folder);
    let mut all: Vec<String> =
        ["/", "/?trang=2", "/?trang=3", "/en/?trang=2", "/atom.xml", "/feed.json", "/trang/so-do-trang"].map(String::from).into();
    all.extend(SECTIONS.iter().flat_map(|slug| ["", "?trang=2", "/atom.xml"].map(|end| format!("/chuyen-muc/{slug}{end}"))));
    all.extend(
        ["huong-lua", "huong-lua?trang=2", "huong-lua?trang=3", "xa-dong-kieu", "xa-ben-gao"].map(|label| format!("/don-vi/{label}")),
    );
    all.extend(
        ["10", "10?trang=2", "11", "10.xml"]
            .map(|month| format!("/luu-tru/2026/{month}").replace("/luu-tru/2026/10.xml", "/sitemap/2026-10.xml")),
    );
    all.extend((0..45).map(|number| format!("/tin/bai-{number}")));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let bodies = || -> Vec<String> { all.iter().map(|path| portal.get(path).body).collect() };
    let mut before = bodies();
    let mut only_what_differs = |what: &str, at_least: usize| {
        let anew = made_anew(&portal, &all);
        let after = bodies();
        let differ: Vec<&str> =
            all.iter().zip(before.iter().zip(&after)).filter(|(_, (one, other))| one != other).map(|(path, _)| *path).collect();
        assert_eq!(anew, differ, "{what}");
        assert!(differ.len() >= at_least && differ.len() < all.len() / 2, "{what}: {differ:?}");
        before = after;
    };
    folder.article("chen-giua", "section = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-10-14T08:00:00", "Giữa.");
    portal.import(&folder).expect("a sound text");
    only_what_differs("a text under an older date", 4);
    folder.article("chen-giua", "section = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-10-14T08:00:00\n[withdrawn]\nat = 2026-11-21T08:00:00\nreason = \"Nhầm\"", "Giữa.");
    portal.import(&folder).expect("a sound withdrawal");
    only_what_differs("its withdrawal", 4);
    folder.article("cuoi-1", "section = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-10-01T06:00:00", "Cuối.");
    folder.article("cuoi-2", "section = \"van-hoa\"\nunit = \"99002\"\npublished = 2026-10-01T06:00:00", "Cuối.");
    portal.import(&folder).expect("sound texts");
    only_what_differs("two at the end of every list", 3);
    portal.clock.set(at("2026-11-21T08:00:30"));
    only_what_differs("half a minute", 0);
    portal.clock.set(at("2026-11-21T09:59:59"));
    made_anew(&portal, &all);
    portal.clock.set(at("2026-11-21T10:00:00"));
    only_what_differs("an end", 3);
}

#[test]
fn a_month_that_appears_or_vanishes_with_several_texts_at_once_is_seen_by_its_neighbours() {
    let folder = many();
    let portal = Portal::with(&folder);
    let neighbours = ["/luu-tru/2026/10", "/trang/so-do-trang"];
    let leads = |path: &&&str| portal.get(path).body.contains("/luu-tru/2026/08");
    assert_eq!(neighbours.iter().filter(leads).count(), 0);
    let august = |more: &str| {
        for number in 0..3 {
            folder.article(&format!("thang-tam-{number}"), &format!("published = 2026-08-10\n{more}"), "Cùng một ngày.");
        }
        portal.import(&folder).expect("sound texts");
    };
    august("");
    assert_eq!(neighbours.iter().filter(leads).count(), 2);
    august("\n[withdrawn]\nat = 2026-11-21T07:59:00\nreason = \"Nhầm\"");
    assert_eq!((portal.get("/luu-tru/2026/08").status, neighbours.iter().filter(leads).count()), (404, 0));
}

#[test]
fn only_what_shows_a_scheduled_text_waits_for_its_instant() {
    let folder = many();
    folder.article("sap-toi", "section = \"van-hoa\"\nunit = \"99001\"\npublished = 2026-11-21T09:00:00", "Sắp tới.");
    let portal = Portal::with(&folder);
    let all = ["/", "/chuyen-muc/tin-dia-phuong", "/chuyen-muc/van-hoa", "/trang/gioi-thieu"];
    made_anew(&portal, &all);
    portal.clock.set(at("2026-11-21T08:59:59"));
    assert_eq!(made_anew(&portal, &all), Vec::<String>::new());
    portal.clock.set(at("2026-11-21T09:00:00"));
    assert_eq!(made_anew(&portal, &all), ["/", "/chuyen-muc/van-hoa"]);
}

#[test]
fn those_who_ask_first_together_are_answered_by_one_making() {
    let portal = Portal::with(&many());
    // What stands above every page is made with the first of them.
    portal.get("/trang/gioi-thieu");
    let before = portal.app.web.kept.made();
    let bodies: Vec<String> = std::thread::scope(|threads| {
        let asking: Vec<_> = (0..24).map(|_| threads.spawn(|| portal.get("/chuyen-muc/van-hoa").body)).collect();
        asking.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    assert!(bodies.iter().all(|body| body == &bodies[0]) && bodies[0].contains("bai-1"));
    assert_eq!(portal.app.web.kept.made() - before, 1);
}

#[test]
fn a_first_asker_who_leaves_makes_nobody_else_begin_anew() {
    let portal = Portal::with(&many());
    let kept = &portal.app.web.kept;
    // What stands above every page is made with the first of them.
    portal.get("/trang/gioi-thieu");
    for number in 0..15 {
        let path = format!("/tin/bai-{number}");
        let before = kept.made();
        let mut leaving = std::net::TcpStream::connect(portal.address.trim_start_matches("http://")).expect("it listens");
        let reset = socket2::SockRef::from(&leaving).set_linger(Some(std::time::Duration::ZERO));
        reset.expect("a reset instead of a farewell");
        leaving.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).expect("it reads");
        while !kept.is_under_way(&path) && kept.made() == before {
            std::thread::yield_now();
        }
        std::thread::scope(|threads| {
            let asking: Vec<_> = (0..6).map(|_| threads.spawn(|| portal.get(&path).status)).collect();
            drop(leaving);
            assert!(asking.into_iter().all(|one| one.join().expect("an answer") == 200));
        });
        assert_eq!(kept.made() - before, 1, "{path}");
    }
}

#[test]
fn those_who_ask_together_for_what_is_not_there_are_all_told_so() {
    let portal = Portal::with(&many());
    std::thread::scope(|threads| {
        let asking: Vec<_> = (0..24).map(|_| threads.spawn(|| portal.get("/tin/khong-co").status)).collect();
        assert!(asking.into_iter().all(|one| one.join().expect("an answer") == 404));
    });
}

#[test]
fn a_page_goes_out_in_the_form_its_reader_takes() {
    let portal = Portal::with(&many());
    let plain = portal.get("/");
    assert_eq!(plain.header("vary"), "accept-encoding");
    for (asked, given) in [("br", "br"), ("zstd", "zstd"), ("gzip, deflate", "gzip"), ("identity", ""), ("br;q=0", ""), ("!!;q=x,,", "")] {
        // The agent of these tests unpacks nothing by itself when the header is set by hand.
        let reply = portal.ask("GET", "/", &[("accept-encoding", asked)]);
        assert_eq!(reply.header("content-encoding"), given, "{asked}");
        assert_eq!(reply.header("vary"), "accept-encoding", "{asked}");
        let unpacked = match given {
            "br" => {
                let mut out = Vec::new();
                brotli::BrotliDecompress(&mut &reply.bytes[..], &mut out).expect("it is brotli");
                out
            }
            "zstd" => zstd::decode_all(&reply.bytes[..]).expect("it is zstd"),
            "gzip" => std::io::read_to_string(flate2::read::GzDecoder::new(&reply.bytes[..])).expect("it is gzip").into_bytes(),
            _ => reply.bytes.clone(),
        };
        assert!(unpacked == plain.bytes, "{asked}");
        let head = portal.ask("HEAD", "/", &[("accept-encoding", asked)]);
        assert_eq!(head.header("content-length"), reply.bytes.len().to_string(), "{asked}");
    }
}

#[test]
fn a_date_tells_whether_a_page_has_changed_when_the_asker_has_no_better_word() {
    let folder = many();
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/").header("last-modified"), "", "in this second another page may follow");
    portal.clock.set(at("2026-11-21T08:00:01"));
    let date = portal.get("/").header("last-modified").to_owned();
    assert_eq!(date, "Sat, 21 Nov 2026 01:00:00 GMT");
    let since = |date: &str| portal.ask("GET", "/", &[("if-modified-since", date)]).status;
    assert_eq!((since(&date), since("Sat, 21 Nov 2026 00:59:59 GMT"), since("hôm qua")), (304, 200, 200));
    let both = [("if-modified-since", date.as_str()), ("if-none-match", "\"khac\"")];
    assert_eq!(portal.ask("GET", "/", &both).status, 200, "the tag is the better word");
    folder.article("moi", "published = 2026-11-21T07:00:00", "Mới.");
    portal.import(&folder).expect("a sound text");
    assert_eq!(since(&date), 200);
}

#[derive(Clone, Debug)]
enum Act {
    Publish { text: usize, section: usize, unit: usize, hours: i64, until: Option<i64> },
    Correct { text: usize, section: usize, unit: usize, hours: i64, until: Option<i64> },
    Withdraw { text: usize, hours: i64 },
    Wait { hours: i64 },
}

fn acts() -> impl Strategy<Value = Act> {
    let until = || proptest::option::weighted(0.3, 1i64..30);
    prop_oneof![
        3 => (0usize..4, 0usize..2, 0usize..3, -900i64..10, until())
            .prop_map(|(text, section, unit, hours, until)| Act::Publish { text, section, unit, hours, until }),
        3 => (0usize..48, 0usize..2, 0usize..3, -2i64..10, until())
            .prop_map(|(text, section, unit, hours, until)| Act::Correct { text, section, unit, hours, until }),
        2 => (0usize..48, -2i64..10).prop_map(|(text, hours)| Act::Withdraw { text, hours }),
        3 => (1i64..12).prop_map(|hours| Act::Wait { hours }),
    ]
}

fn written(local: chrono::NaiveDateTime) -> String {
    local.format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Acts on the folder as an office would; gives whether the clock alone moved.
fn act(portal: &Portal, folder: &Folder, act: &Act) {
    let now = bangtin::kit::calendar::local(portal.clock.now());
    let hour = |hours: i64| written(now + chrono::Duration::hours(hours));
    let end = |until: &Option<i64>, start: i64| until.map_or(String::new(), |more| format!("\nuntil = {}", hour(start.max(0) + more)));
    match act {
        Act::Wait { hours } => portal.clock.set(portal.clock.now() + chrono::Duration::hours(*hours)),
        Act::Publish { text, section, unit, hours, until } => {
            let (slug, section, unit) = (format!("moi-{text}"), SECTIONS[*section], UNITS[*unit]);
            // Far enough back it is a day of a month that may stand empty, without an hour.
            let published = if *hours < -400 { "2026-08-10".to_owned() } else { hour(*hours) };
            let more = format!("section = \"{section}\"\nunit = \"{unit}\"\npublished = {published}{}", end(until, *hours));
            folder.article(&slug, &more, "Thân.");
        }
        Act::Correct { text, section, unit, hours, until } => {
            let (slug, section, unit) = (format!("bai-{text}"), SECTIONS[*section], UNITS[*unit]);
            let number = (2..9).find(|number| !folder.path().join(format!("articles/{slug}@{number}.md")).exists()).unwrap_or(9);
            let more = format!(
                "title = \"Sửa lần {number}\"\nsection = \"{section}\"\nunit = \"{unit}\"\npublished = {}\nchange_note = \"Sửa\"{}",
                hour(*hours),
                end(until, *hours)
            );
            folder.article(&format!("{slug}@{number}"), &more, "Thân đã sửa.");
        }
        Act::Withdraw { text, hours } => {
            let path = folder.path().join(format!("articles/bai-{text}.md"));
            if let Ok(file) = std::fs::read_to_string(&path) {
                let end = file.rfind("\n+++\n").expect("front matter ends");
                let withdrawn = format!("{}\n[withdrawn]\nat = {}\nreason = \"Nhầm\"{}", &file[..end], hour(*hours), &file[end..]);
                std::fs::write(&path, withdrawn).expect("the file can be written");
            }
        }
    }
}

/// What a refused import leaves behind would be refused each time after.
fn import_or_undo(portal: &Portal, folder: &Folder, before: Vec<(String, Vec<u8>)>) -> bool {
    if portal.import(folder).is_ok() {
        return true;
    }
    for (name, _) in folder.contents() {
        std::fs::remove_file(folder.path().join(name)).expect("it was there");
    }
    for (name, bytes) in before {
        folder.file(&name, bytes);
    }
    false
}

#[test]
fn whatever_happens_what_is_kept_is_what_would_be_made_now() {
    let mut paths: Vec<String> = [
        "/",
        "/?trang=2",
        "/?trang=3",
        "/en",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/sitemap.xml",
        "/sitemap/pages.xml",
        "/sitemap/2026-10.xml",
        "/don-vi",
        "/chuyen-muc/van-hoa/atom.xml",
        "/don-vi/huong-lua/feed.json",
        "/bang-tin/99001",
        "/bang-tin/99001/man-hinh",
        "/bang-tin/99001/feed.json",
        "/bang-tin/99001/atom.xml",
        "/bang-tin/99001/rss.xml",
        "/bang-tin/99001/lich.ics",
        "/bang-tin/99001/bulletin.txt",
        "/bang-tin/99001/cap.xml",
        "/trang/so-do-trang",
    ]
    .map(String::from)
    .into();
    paths.extend(SECTIONS.map(|slug| format!("/chuyen-muc/{slug}")));
    paths.extend(["huong-lua", "xa-dong-kieu", "xa-ben-gao"].map(|label| format!("/don-vi/{label}")));
    paths.extend(["/en/trang/so-do-trang", "/the/trang-chu.png", "/the/don-vi/xa-dong-kieu.png"].map(String::from));
    paths.extend(["08", "09", "10", "11"].map(|month| format!("/luu-tru/2026/{month}")));
    paths.extend((0..48).step_by(3).map(|number| format!("/tin/bai-{number}")));
    paths.extend((0..48).step_by(5).flat_map(|number| [1, 2].map(|edition| format!("/tin/bai-{number}/ban/{edition}"))));
    paths.extend((0..4).map(|number| format!("/tin/moi-{number}")));
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6);
    let mut runner = TestRunner::new(Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() });
    let taken = std::cell::Cell::new(0);
    let steps = proptest::collection::vec(proptest::collection::vec(acts(), 1..4), 4..9);
    let outcome = runner.run(&steps, |story| {
        let folder = many();
        let portal = Portal::with(&folder);
        let all = || -> Vec<Reply> { paths.iter().map(|path| portal.get(path)).collect() };
        all();
        for step in &story {
            let before = folder.contents();
            step.iter().for_each(|one| act(&portal, &folder, one));
            if !step.iter().all(|one| matches!(one, Act::Wait { .. })) && import_or_undo(&portal, &folder, before) {
                taken.set(taken.get() + 1);
            }
            let kept = all();
            portal.app.web.kept.forget();
            for ((path, kept), anew) in paths.iter().zip(kept).zip(all()) {
                prop_assert_eq!(kept.status, anew.status, "{} after {:?}", path, step);
                prop_assert_eq!(kept.body, anew.body, "{} after {:?}", path, step);
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(taken.get() > 5, "only {} acts were taken: the stories say nothing", taken.get());
}
