//! Lists of postings, the archive, the day: what they hold at every instant, and what they never say.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::folder::Folder;
use crate::portal::{Portal, at, morning};
use crate::store::postgres;

const RATES: &str = "kind = \"lai-suat-cho-vay\"";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules();
    folder
}

fn bring(portal: &Portal, folder: &Folder) {
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

/// The addresses of a list's rows, in their order, without what they have in common.
fn listed(portal: &Portal, path: &str) -> Vec<String> {
    let page = portal.get(path);
    assert_eq!(page.status, 200, "{path}");
    page.attributes(".notice-title a", "href")
        .iter()
        .map(|href| href.trim_start_matches("/en").trim_start_matches("/niem-yet/").to_owned())
        .collect()
}

#[test]
fn a_list_is_narrowed_by_unit_group_kind_and_words_together() {
    for url in [None, Some(postgres())] {
        let portal = Portal::on(url);
        let folder = folder();
        folder
            .posting("ngan-sach", "kind = \"ngan-sach-xa\"\npublished = 2026-11-10\nnumber = \"12/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-09", "Một.")
            .posting("lai-suat", &format!("{RATES}\nunit = \"99002\"\npublished = 2026-11-12"), "Hai.")
            .posting("ho-tro", "kind = \"chinh-sach-ho-tro\"\ntitle = \"Hỗ trợ trồng đậu tương\"\npublished = 2026-11-11", "Ba.")
            .posting("tinh", "unit = \"99\"\npublished = 2026-11-13", "Bốn.")
            .posting(
                "khan",
                "kind = \"thong-bao-khan\"\npriority = \"urgent\"\npublished = 2026-11-01\nuntil = 2026-11-30\nunit = \"99002\"",
                "Năm.",
            );
        bring(&portal, &folder);
        for (query, wanted) in [
            ("", vec!["khan", "tinh", "lai-suat", "ho-tro", "ngan-sach"]),
            ("?don-vi=huong-lua", vec!["khan", "tinh", "lai-suat", "ho-tro", "ngan-sach"]),
            ("?don-vi=xa-dong-kieu", vec!["ho-tro", "ngan-sach"]),
            ("?don-vi=xa-ben-gao", vec!["khan", "lai-suat"]),
            ("?don-vi=xa-gao-ha", vec![]),
            ("?nhom=7", vec!["lai-suat", "ho-tro"]),
            ("?nhom=7&don-vi=xa-ben-gao", vec!["lai-suat"]),
            ("?loai=ngan-sach-xa", vec!["ngan-sach"]),
            ("?loai=ngan-sach-xa&don-vi=xa-ben-gao", vec![]),
            ("?loai=ngan-sach-xa&nhom=2", vec!["ngan-sach"]),
            ("?tu=DAU+TUONG", vec!["ho-tro"]),
            ("?tu=12%2Ftb", vec!["ngan-sach"]),
            ("?tu=ubnd+%C4%91%C3%B4ng+ki%E1%BB%81u&nhom=2", vec!["ngan-sach"]),
            ("?tu=kh%C3%B4ng+c%C3%B3+%C4%91%C3%A2u", vec![]),
            ("?don-vi=&nhom=&loai=&tu=&trang-thai=dang-niem-yet", vec!["khan", "tinh", "lai-suat", "ho-tro", "ngan-sach"]),
        ] {
            assert_eq!(listed(&portal, &format!("/niem-yet{query}")), wanted, "{query}");
            assert_eq!(listed(&portal, &format!("/en/niem-yet{query}")), wanted, "/en {query}");
        }
    }
}

#[test]
fn a_list_that_nobody_can_mean_says_what_to_do() {
    let folder = folder();
    folder.posting("a", "", "Một.");
    let portal = Portal::with(&folder);
    for query in
        ["don-vi=khong-co", "don-vi=%2e%2e%2f", "nhom=99", "nhom=x", "loai=khong-co", "trang-thai=thu-hoi", "nhom=2&loai=cong-khai-khac"]
    {
        let page = portal.get(&format!("/niem-yet?{query}"));
        assert_eq!((page.status, page.texts(".notice-list li").len()), (200, 0), "{query}");
        assert!(!page.text("p.notice").is_empty() && page.body.contains("noindex"), "{query}");
    }
    for query in ["trang=0", "trang=2", "trang=x", "nhom=99&trang=2", "tu=a&trang=9999999999"] {
        assert_eq!(portal.get(&format!("/niem-yet?{query}")).status, 404, "{query}");
    }
    assert!(portal.get("/niem-yet?loai=ngan-sach-xa").text(".nothing-text").contains("lưu trữ"));
    assert_eq!(portal.get("/niem-yet?tu=%00%ff&don-vi=%00").status, 200);
}

#[test]
fn a_list_goes_on_for_pages_and_holds_each_posting_once() {
    let folder = folder();
    for number in 0..45 {
        folder.posting(
            &format!("so-{number:02}"),
            &format!("unit = \"{}\"\npublished = 2026-11-{:02}", ["99001", "99002"][number % 2], number / 5 + 1),
            "Một.",
        );
    }
    let portal = Portal::with(&folder);
    let pages: Vec<Vec<String>> = (1..=3).map(|page| listed(&portal, &format!("/niem-yet?nhom=14&trang={page}"))).collect();
    let mut all: Vec<String> = pages.concat();
    assert_eq!((pages[0].len(), pages[2].len(), all.len()), (20, 5, 45));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 45);
    let page = portal.get("/niem-yet?nhom=14&trang=2");
    assert_eq!(page.attributes(".pager a", "href"), ["/niem-yet?nhom=14", "/niem-yet?nhom=14&trang=3"]);
    assert_eq!(portal.get("/niem-yet?nhom=14&trang=4").status, 404);
}

#[test]
fn with_nothing_running_a_posting_comes_goes_and_is_archived_at_its_instant() {
    let folder = folder();
    folder
        .posting("hen", "published = 2026-11-22T08:00:00", "Hẹn giờ.")
        .posting("het", "kind = \"ngan-sach-xa\"\npublished = 2026-10-22T00:00:00\nuntil = 2026-11-24T10:00:00", "Sắp hết.")
        .posting(
            "theo-yeu-cau",
            "kind = \"phuong-an-boi-thuong\"\npublished = 2026-10-22T00:00:00\nuntil = 2026-11-24T10:00:00",
            "Có tên người.",
        )
        .posting("cu", &format!("{RATES}\npublished = 2026-11-01"), "Cũ.")
        .posting("moi", &format!("{RATES}\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"cu\"]"), "Mới.");
    let portal = Portal::with(&folder);
    let both = || (listed(&portal, "/niem-yet"), listed(&portal, "/niem-yet?trang-thai=luu-tru"));
    let told = |shown: &[&str], over: &[&str]| {
        let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
        (owned(shown), owned(over))
    };
    assert_eq!(both(), told(&["cu", "theo-yeu-cau", "het"], &[]));
    portal.clock.set(at("2026-11-22T07:59:59"));
    assert_eq!(both(), told(&["cu", "theo-yeu-cau", "het"], &[]));
    portal.clock.set(at("2026-11-22T08:00:00"));
    assert_eq!(both(), told(&["hen", "cu", "theo-yeu-cau", "het"], &[]));
    assert_eq!(portal.get("/niem-yet?loai=ngan-sach-xa").text(".notice-state strong"), "Sắp hết thời hạn");
    portal.clock.set(at("2026-11-24T10:00:00"));
    assert_eq!(both(), told(&["hen", "cu"], &["het"]));
    let archive = portal.get("/niem-yet?trang-thai=luu-tru");
    assert!(!archive.body.contains("theo-yeu-cau") && archive.body.contains("theo yêu cầu"), "what is given on request is not named");
    portal.clock.set(at("2026-12-01T00:00:00"));
    assert_eq!(both(), told(&["moi", "hen"], &["cu", "het"]));
    folder.posting("moi", &format!("{RATES}\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"cu\"]\n[withdrawn]\nat = 2026-12-01T00:00:00\nreason = \"Nhầm\""), "Mới.");
    bring(&portal, &folder);
    assert_eq!(both(), told(&["hen", "cu"], &["het"]), "what was withdrawn is on neither list, and what it replaced is back");
}

#[test]
fn what_was_withdrawn_stands_in_no_list_after_its_instant() {
    let folder = folder();
    folder.posting("nham", "number = \"44/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-18", "Nhầm.");
    let portal = Portal::with(&folder);
    let paths = [
        "/niem-yet",
        "/niem-yet?tu=44",
        "/niem-yet?don-vi=xa-dong-kieu",
        "/niem-yet?trang-thai=luu-tru",
        "/niem-yet/ngay?don-vi=xa-dong-kieu",
        "/niem-yet/ngay?don-vi=xa-dong-kieu&ngay=2026-11-20",
    ];
    let showing = || -> Vec<&str> { paths.into_iter().filter(|path| portal.get(path).body.contains("Niêm yết nham")).collect() };
    assert_eq!(showing().len(), 5, "{:?}", showing());
    folder.posting(
        "nham",
        "number = \"44/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-18\n[withdrawn]\nat = 2026-11-22T09:00:00\nreason = \"Ban hành nhầm\"",
        "Nhầm.",
    );
    bring(&portal, &folder);
    portal.clock.set(at("2026-11-22T08:59:59"));
    assert_eq!(showing().len(), 5);
    portal.clock.set(at("2026-11-22T09:00:00"));
    assert_eq!(showing(), Vec::<&str>::new());
    for path in paths {
        assert!(!portal.get(&format!("/en{path}")).body.contains("Niêm yết nham"), "{path}");
    }
}

#[test]
fn the_page_of_a_day_tells_what_applied_then_and_why() {
    for url in [None, Some(postgres())] {
        let portal = Portal::on(url);
        let folder = folder();
        folder
            .posting("dang-hieu-luc", "published = 2026-11-01\neffective = 2026-11-05\nexpires = 2026-11-15", "Một.")
            .posting("ngung", "published = 2026-11-01\n[suspended]\nfrom = 2026-11-08\nuntil = 2026-11-09\nreason = \"Chờ kiểm tra\"", "Hai.")
            .posting("da-thu-hoi", "published = 2026-11-02\nnumber = \"5/TB\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-01\n[withdrawn]\nat = 2026-11-12T09:00:00\nreason = \"Ban hành nhầm\"", "Ba.")
            .posting("xa-khac", "unit = \"99002\"\npublished = 2026-11-01", "Bốn.")
            .posting("cua-tinh", "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-03", "Năm.")
            .posting("tinh-giu", "unit = \"99\"\npublished = 2026-11-03", "Sáu.")
            .posting("danh-sach", "kind = \"thi-hanh-an-dan-su\"\npublished = 2026-11-02\nnumber = \"9/QĐ\"\nissuer = \"Thi hành án\"\nissued = 2026-11-01", "Bảy.")
            .posting("ngay-mai", "published = 2026-11-22", "Tám.");
        bring(&portal, &folder);
        let parts = |day: &str| -> (Vec<String>, Vec<String>) {
            let page = portal.get(&format!("/niem-yet/ngay?don-vi=xa-dong-kieu&ngay={day}"));
            assert_eq!(page.status, 200);
            let of = |section: &str| {
                let all = page.attributes(&format!("[aria-labelledby={section}] .notice-title a"), "href");
                all.iter().map(|href| href.trim_start_matches("/niem-yet/").to_owned()).collect()
            };
            (of("applied"), of("others"))
        };
        assert_eq!(parts("2026-11-04"), (vec!["cua-tinh".into(), "ngung".into()], vec!["dang-hieu-luc".into()]));
        assert_eq!(parts("2026-11-08"), (vec!["cua-tinh".into(), "dang-hieu-luc".into()], vec!["ngung".into()]));
        assert_eq!(parts("2026-11-16"), (vec!["cua-tinh".into(), "ngung".into()], vec!["dang-hieu-luc".into()]));
        assert_eq!(parts("2026-10-31"), (vec![], vec![]));
        let page = portal.get("/niem-yet/ngay?don-vi=xa-dong-kieu&ngay=2026-11-08");
        for said in ["Tạm ngưng từ Chủ nhật 08/11/2026", "Có hiệu lực từ thứ Năm 05/11/2026 đến hết Chủ nhật 15/11/2026"]
        {
            assert!(page.body.to_lowercase().contains(&said.to_lowercase()), "{said}: {:?}", page.texts(".notice-row"));
        }
        // Withdrawn, and given on request now: told of by number and reason, never by title or link.
        let applied = page.texts("[aria-labelledby=applied] .notice-row").join(" ");
        for said in ["5/TB", "Ban hành nhầm", "9/QĐ", "theo yêu cầu"] {
            assert!(applied.contains(said), "{said}: {applied}");
        }
        for never in
            ["Niêm yết da-thu-hoi", "/niem-yet/da-thu-hoi", "Niêm yết danh-sach", "/niem-yet/danh-sach", "ngay-mai", "tinh-giu", "xa-khac"]
        {
            assert!(!page.body.contains(never), "{never}");
        }
        assert!(!portal.get("/niem-yet/ngay?don-vi=xa-dong-kieu&ngay=2026-11-13").body.contains("5/TB"), "it applied no more");
    }
}

#[test]
fn the_page_of_a_day_answers_for_units_that_are_no_more_and_for_no_day_to_come() {
    let folder = folder();
    folder.posting("xua", "unit = \"99003\"\npublished = 2025-06-01\nkind = \"cong-khai-khac\"", "Xưa.");
    let portal = Portal::with(&folder);
    let page = portal.get("/niem-yet/ngay?don-vi=xa-gao-ha&ngay=2025-06-10");
    assert_eq!(page.attributes("#applied ~ ul .notice-title a", "href"), ["/niem-yet/xua"]);
    assert!(page.text("h1").contains("Gạo Hạ"), "{}", page.text("h1"));
    for (query, said) in
        [("don-vi=xa-gao-ha&ngay=2026-11-22", "chưa tới"), ("ngay=hom-qua", "không phải"), ("don-vi=khong-co", "Không có xã")]
    {
        let page = portal.get(&format!("/niem-yet/ngay?{query}"));
        assert_eq!(page.status, 200);
        assert!(page.text("p.notice").contains(said), "{query}: {}", page.text("p.notice"));
    }
    assert_eq!(portal.get("/niem-yet/ngay").status, 200, "a portal without a unit of its own asks for one");
}

#[test]
fn what_is_asked_for_in_free_words_takes_no_room_among_what_is_kept() {
    let folder = folder();
    folder.posting("a", "", "Một.");
    let portal = Portal::with(&folder);
    let anew = |path: &str| {
        portal.get(path);
        let before = portal.app.web.kept.made();
        portal.get(path);
        portal.app.web.kept.made() > before
    };
    for path in
        ["/niem-yet", "/niem-yet?nhom=14", "/niem-yet?trang-thai=luu-tru", "/niem-yet/ngay", "/niem-yet?don-vi=xa-dong-kieu&nhom=14"]
    {
        assert!(!anew(path), "{path} is kept");
    }
    for path in ["/niem-yet?tu=niem", "/niem-yet?nhom=77", "/niem-yet/ngay?ngay=2026-11-20&don-vi=xa-dong-kieu"] {
        assert!(anew(path), "{path} is not");
    }
}

#[test]
fn a_list_is_made_anew_when_it_comes_out_another_and_not_otherwise() {
    let folder = folder();
    for number in 0..30 {
        let (kind, unit) = (["cong-khai-khac", "ngan-sach-xa"][number % 2], ["99001", "99002"][number / 2 % 2]);
        folder.posting(
            &format!("so-{number:02}"),
            &format!("kind = \"{kind}\"\nunit = \"{unit}\"\npublished = 2026-11-{:02}", number / 3 + 1),
            "Một.",
        );
    }
    folder.posting("het", "kind = \"ngan-sach-xa\"\npublished = 2026-10-20\nuntil = 2026-11-22T10:00:00", "Sắp hết.");
    folder.posting("xong", "kind = \"ngan-sach-xa\"\npublished = 2026-10-10\nuntil = 2026-11-20", "Đã hết.");
    let portal = Portal::with(&folder);
    let all = [
        "/niem-yet",
        "/niem-yet?trang=2",
        "/niem-yet?don-vi=xa-dong-kieu",
        "/niem-yet?don-vi=xa-ben-gao",
        "/niem-yet?nhom=2",
        "/niem-yet?nhom=14",
        "/niem-yet?don-vi=xa-dong-kieu&nhom=2",
        "/niem-yet?don-vi=xa-ben-gao&nhom=2",
        "/niem-yet?trang-thai=luu-tru",
        "/niem-yet?don-vi=xa-ben-gao&trang-thai=luu-tru",
        "/niem-yet?nhom=2&trang-thai=luu-tru",
        "/niem-yet?nhom=1",
    ];
    let anew = || -> Vec<&str> {
        let is_made = |path: &&str| {
            let before = portal.app.web.kept.made();
            portal.get(path);
            portal.app.web.kept.made() > before
        };
        all.into_iter().filter(is_made).collect()
    };
    let bodies = || -> Vec<String> { all.iter().map(|path| portal.get(path).body).collect() };
    let mut before = bodies();
    let mut only_what_differs = |what: &str, wanted: &[&str]| {
        let made = anew();
        let after = bodies();
        let differ: Vec<&str> =
            all.iter().zip(before.iter().zip(&after)).filter(|(_, (one, other))| one != other).map(|(path, _)| *path).collect();
        assert_eq!(differ, wanted, "{what}");
        assert_eq!(made, differ, "{what}");
        before = after;
    };
    only_what_differs("nothing", &[]);
    folder.posting("moi", "kind = \"ngan-sach-xa\"\npublished = 2026-11-21", "Mới.");
    bring(&portal, &folder);
    only_what_differs(
        "a new one",
        &["/niem-yet", "/niem-yet?trang=2", "/niem-yet?don-vi=xa-dong-kieu", "/niem-yet?nhom=2", "/niem-yet?don-vi=xa-dong-kieu&nhom=2"],
    );
    portal.clock.set(at("2026-11-22T09:59:59"));
    anew();
    before_turn(&portal, &all);
    portal.clock.set(at("2026-11-22T10:00:00"));
    let made = anew();
    let wanted = [
        "/niem-yet?trang=2",
        "/niem-yet?don-vi=xa-dong-kieu",
        "/niem-yet?nhom=2",
        "/niem-yet?don-vi=xa-dong-kieu&nhom=2",
        "/niem-yet?trang-thai=luu-tru",
        "/niem-yet?nhom=2&trang-thai=luu-tru",
    ];
    assert_eq!(made, wanted, "an end, and nothing else");
    assert_eq!(listed(&portal, "/niem-yet?trang-thai=luu-tru"), ["het", "xong"]);
}

fn before_turn(portal: &Portal, all: &[&str]) {
    all.iter().for_each(|path| drop(portal.get(path)));
}

#[derive(Clone, Debug)]
enum Act {
    Publish { text: usize, kind: usize, unit: usize, days: i64, ends: Option<i64>, replaces: bool },
    Withdraw { text: usize, hours: i64 },
    Wait { hours: i64 },
}

fn acts() -> impl Strategy<Value = Act> {
    let ends = || proptest::option::of(30i64..60);
    prop_oneof![
        4 => (0usize..9, 0usize..3, 0usize..3, -45i64..5, ends(), any::<bool>())
            .prop_map(|(text, kind, unit, days, ends, replaces)| Act::Publish { text, kind, unit, days, ends, replaces }),
        1 => (0usize..9, -2i64..30).prop_map(|(text, hours)| Act::Withdraw { text, hours }),
        2 => (1i64..200).prop_map(|hours| Act::Wait { hours }),
    ]
}

#[test]
fn whatever_happens_kept_lists_are_what_would_be_made_now() {
    let mut paths: Vec<String> = Vec::new();
    for query in ["", "?nhom=2", "?nhom=7", "?don-vi=xa-dong-kieu", "?don-vi=huong-lua&nhom=2", "?don-vi=xa-ben-gao&loai=ngan-sach-xa"] {
        let joint = if query.is_empty() { "?" } else { "&" };
        paths.extend([format!("/niem-yet{query}"), format!("/en/niem-yet{query}{joint}trang-thai=luu-tru")]);
    }
    paths.extend(
        ["/", "/don-vi/xa-dong-kieu", "/niem-yet/ngay?don-vi=xa-dong-kieu", "/niem-yet/atom.xml", "/niem-yet/feed.json"].map(String::from),
    );
    paths.extend(
        ["/sitemap.xml", "/sitemap/pages.xml", "/sitemap/niem-yet-2026-11.xml", "/niem-yet/so-1", "/niem-yet/so-1.ics"].map(String::from),
    );
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(6);
    let mut runner = TestRunner::new(Config { cases, max_shrink_iters: 40, failure_persistence: None, ..Config::default() });
    let taken = std::cell::Cell::new(0);
    let steps = proptest::collection::vec(proptest::collection::vec(acts(), 1..4), 4..8);
    let outcome = runner.run(&steps, |story| {
        let folder = folder();
        let portal = Portal::with(&folder);
        let get = || -> Vec<(u16, String)> { paths.iter().map(|path| portal.get(path)).map(|reply| (reply.status, reply.body)).collect() };
        get();
        for step in &story {
            for act in step {
                let now = bangtin::kit::calendar::local(portal.clock.now());
                let day = |days: i64| (now + chrono::Duration::days(days)).format("%Y-%m-%d").to_string();
                match act {
                    Act::Wait { hours } => portal.clock.set(portal.clock.now() + chrono::Duration::hours(*hours)),
                    Act::Publish { text, kind, unit, days, ends, replaces } => {
                        let kind = ["ngan-sach-xa", "lai-suat-cho-vay", "phuong-an-boi-thuong"][*kind];
                        let mut more =
                            format!("kind = \"{kind}\"\nunit = \"{}\"\npublished = {}", ["99", "99001", "99002"][*unit], day(*days));
                        if let Some(ends) = ends.filter(|_| kind != "lai-suat-cho-vay") {
                            more.push_str(&format!("\nuntil = {}", day(days + ends + 10)));
                        }
                        if *replaces && *text > 0 {
                            more.push_str(&format!("\nreplaces = [\"so-{}\"]", text - 1));
                        }
                        import_or_undo(&portal, &folder, &format!("so-{text}"), &more, &taken);
                    }
                    Act::Withdraw { text, hours } => {
                        let path = folder.path().join(format!("postings/so-{text}.md"));
                        if let Ok(file) = std::fs::read_to_string(&path) {
                            let front = file.trim_start_matches("+++\n").split("\n+++\n").next().unwrap_or_default().to_owned();
                            let at = (now + chrono::Duration::hours(*hours)).format("%Y-%m-%dT%H:%M:%S");
                            let more = format!("{front}\n[withdrawn]\nat = {at}\nreason = \"Nhầm\"");
                            import_or_undo(&portal, &folder, &format!("so-{text}"), &more, &taken);
                        }
                    }
                }
            }
            let kept = get();
            portal.app.web.kept.forget();
            for ((path, kept), anew) in paths.iter().zip(kept).zip(get()) {
                prop_assert_eq!(kept, anew, "{} after {:?}", path, step);
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(taken.get() > 5, "only {} acts were taken: the stories say nothing", taken.get());
}

/// What a refused import leaves behind would be refused each time after.
fn import_or_undo(portal: &Portal, folder: &Folder, slug: &str, more: &str, taken: &std::cell::Cell<usize>) {
    let path = folder.path().join(format!("postings/{slug}.md"));
    let before = std::fs::read(&path).ok();
    folder.posting(slug, more, "Thân.");
    if portal.import(folder).is_ok() {
        taken.set(taken.get() + 1);
    } else if let Some(before) = before {
        std::fs::write(&path, before).expect("it can be written");
    } else {
        std::fs::remove_file(&path).expect("it was written");
    }
}

#[test]
fn nothing_is_listed_before_its_hour_in_either_language() {
    let folder = folder();
    folder.posting(
        "mai-dang",
        "published = 2026-11-22T08:00:00\nnumber = \"77/TB\"\nissuer = \"UBND\"\nissued = 2026-11-20",
        "Chưa ai biết.",
    );
    let portal = Portal::with(&folder);
    let paths = [
        "/niem-yet",
        "/niem-yet?nhom=14",
        "/niem-yet?tu=77",
        "/niem-yet?trang-thai=luu-tru",
        "/niem-yet/ngay?don-vi=xa-dong-kieu",
        "/niem-yet/atom.xml",
        "/niem-yet/rss.xml",
        "/niem-yet/feed.json",
        "/sitemap/pages.xml",
        "/sitemap.xml",
        "/sitemap/niem-yet-2026-11.xml",
        "/",
        "/don-vi/xa-dong-kieu",
        "/niem-yet/mai-dang.ics",
    ];
    for path in paths {
        for path in [path.to_owned(), format!("/en{path}")] {
            let reply = portal.get(&path);
            assert!(!reply.body.contains("mai-dang") && !reply.body.contains("77/TB"), "{path}");
        }
    }
    portal.clock.set(morning() + chrono::Duration::days(1));
    assert!(portal.get("/niem-yet").body.contains("77/TB"));
}
