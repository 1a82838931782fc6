//! The question under every text: its answers are counted, and nobody who gave one is known.

use bangtin::app::feedback;
use bangtin::app::verify::verify;
use bangtin::edition::answers::{Tally, tallies};
use bangtin::kit::words::Lang;
use bangtin::store::schema::answers;
use chrono::Duration;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at};
use crate::process::Office;
use crate::store::postgres;

const YES: &str = "ich=co";
const NO: &str = "ich=khong";

fn folder() -> Folder {
    let folder = Folder::new();
    folder
        .page("gioi-thieu", "Giới thiệu")
        .article("cho-phien", "title = \"Chợ phiên & “lễ”\"\nformer = [\"cho-cu\"]", "Chợ họp từ tinh mơ.")
        .article("duong-hoa", "", "Đường hoa.")
        .article("nhap", "title = \"KÍN\"\nstate = \"draft\"\nformer = [\"nhap-cu\"]", "KÍN")
        .article("hen", "title = \"KÍN\"\npublished = 2026-12-24T08:00:00", "KÍN")
        .article("het-han", "title = \"KÍN\"\nuntil = 2026-11-21T07:00:00", "KÍN")
        .article("da-rut", "title = \"KÍN\"\n\n[withdrawn]\nat = 2026-11-21T07:00:00\nreason = \"Nhầm số\"", "KÍN");
    folder
}

fn both() -> [Portal; 2] {
    [None, Some(postgres())].map(|url| {
        let portal = Portal::on(url);
        portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal
    })
}

fn counted(portal: &Portal) -> Vec<(String, i64, i64)> {
    let tallies = tallies(&mut portal.app.web.store.snapshot().expect("it answers")).expect("it can be read");
    tallies.into_iter().map(|Tally { path, useful, not_useful, .. }| (path, useful, not_useful)).collect()
}

fn is_thanked(reply: &Reply, to: &str) {
    assert_eq!((reply.status, reply.header("location"), reply.header("cache-control")), (303, to, "no-store"));
    assert_eq!((reply.body.as_str(), reply.header("set-cookie")), ("", ""));
}

#[test]
fn an_answer_is_added_up_and_thanked_for_on_both_databases() {
    for portal in both() {
        let store = &portal.app.web.store;
        let (position, page) = (store.refresh_position().expect("it answers"), portal.get("/tin/cho-phien"));
        assert_eq!(counted(&portal), []);
        let form = page.attributes("form.useful", "action").remove(0);
        let values = page.attributes("form.useful button", "value");
        assert_eq!((form.as_str(), page.attributes("form.useful button", "name").join(" ").as_str()), ("/tin/cho-phien/gop-y", "ich ich"));
        for value in values.iter().chain(&values[..1]) {
            is_thanked(&portal.post(&form, &[], &format!("ich={value}")), "/tin/cho-phien/cam-on");
        }
        is_thanked(&portal.post("/en/trang/gioi-thieu/gop-y", &[], NO), "/en/trang/gioi-thieu/cam-on");
        is_thanked(&portal.post("/tin/cho-cu/gop-y", &[], NO), "/tin/cho-phien/cam-on");
        assert_eq!(counted(&portal), [("/tin/cho-phien".to_owned(), 2, 2), ("/trang/gioi-thieu".to_owned(), 0, 1)]);

        let thanks = portal.get("/tin/cho-phien/cam-on");
        assert_eq!((thanks.status, thanks.text("h1").as_str()), (200, "Cảm ơn bạn đã góp ý"));
        assert_eq!(thanks.attributes("meta[name=robots]", "content"), ["noindex"]);
        assert_eq!(thanks.text(".ways a"), "Trở lại bài “Chợ phiên & “lễ””");
        assert!(thanks.text(".page-lead").contains("Không yêu cầu tài khoản"));
        assert_eq!(thanks.attributes(".ways a", "href"), ["/tin/cho-phien"]);
        let english = portal.get("/en/trang/gioi-thieu/cam-on");
        assert_eq!(english.attributes(".ways a", "href"), ["/en/trang/gioi-thieu"]);
        assert_eq!(portal.get("/tin/cho-cu/cam-on").header("location"), "/tin/cho-phien");

        // Readers are shown no count and make no event: a page they hold stays true.
        assert_eq!(store.refresh_position().expect("it answers"), position);
        assert_eq!(portal.get("/tin/cho-phien").body, page.body);
        assert!(verify(store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    }
}

#[test]
fn answers_that_come_together_are_all_counted_on_both_databases() {
    for url in [None, Some(postgres())] {
        let portal = Portal::reopen(TempDir::new().expect("a temporary folder"), url, &["127.0.0.1"]);
        portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        std::thread::scope(|scope| {
            for reader in 0..8 {
                let portal = &portal;
                scope.spawn(move || {
                    for turn in 0..5 {
                        let address = format!("203.0.113.{reader}");
                        let body = if turn % 2 == 0 { YES } else { NO };
                        is_thanked(&portal.post("/tin/cho-phien/gop-y", &[("x-forwarded-for", &address)], body), "/tin/cho-phien/cam-on");
                    }
                });
            }
        });
        assert_eq!(counted(&portal), [("/tin/cho-phien".to_owned(), 24, 16)]);
    }
}

#[test]
fn nothing_is_kept_of_who_answered() {
    let var = TempDir::new().expect("a temporary folder");
    let portal = Portal::reopen(var, None, &["127.0.0.1"]);
    portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let who = [
        ("x-forwarded-for", "198.51.100.77"),
        ("user-agent", "MAY-CUA-BA-MAU"),
        ("cookie", "ten=BA-MAU"),
        ("referer", "https://thu.example/BA-MAU"),
    ];
    is_thanked(&portal.post("/tin/cho-phien/gop-y", &who, YES), "/tin/cho-phien/cam-on");
    portal.app.flush().expect("it can be written");
    let rows: Vec<(i64, i64, i64)> =
        answers::table.load(&mut *portal.app.web.store.read().expect("it answers")).expect("three numbers a text");
    assert_eq!(rows.iter().map(|row| (row.1, row.2)).collect::<Vec<_>>(), [(1, 0)]);
    let var = portal.stop();
    let mut looked = 0;
    for entry in
        std::fs::read_dir(var.path()).expect("the folder").filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file())
    {
        let bytes = std::fs::read(&entry).expect("a file");
        looked += bytes.len();
        for trace in ["198.51.100", "BA-MAU"] {
            assert!(!bytes.windows(trace.len()).any(|found| found == trace.as_bytes()), "{trace} in {}", entry.display());
        }
    }
    assert!(looked > 10_000, "{looked} bytes");
}

#[test]
fn only_texts_that_show_can_be_answered_about_and_the_others_stay_hidden() {
    for portal in both() {
        for base in ["", "/en"] {
            for (slug, status) in [("nhap", 404), ("hen", 404), ("nhap-cu", 404), ("chua-bao-gio", 404), ("het-han", 410), ("da-rut", 410)]
            {
                for reply in [portal.post(&format!("{base}/tin/{slug}/gop-y"), &[], YES), portal.get(&format!("{base}/tin/{slug}/cam-on"))]
                {
                    assert_eq!(reply.status, status, "{slug}");
                    assert!(!reply.body.contains("KÍN") && reply.header("location").is_empty(), "{slug}: {}", reply.body);
                    if status == 404 {
                        assert_eq!(
                            reply.body,
                            portal.get(&format!("{base}/tin/chua-bao-gio")).body,
                            "{slug} is told apart from what never was"
                        );
                    }
                }
            }
            assert!(portal.post(&format!("{base}/tin/da-rut/gop-y"), &[], YES).text("main").contains("Nhầm số"));
            for odd in ["/tin/A%00/gop-y", "/trang/%ff/gop-y", "/trang/nhap/gop-y", "/tin//gop-y", "/chuyen-muc/van-hoa/gop-y"] {
                assert!(matches!(portal.post(&format!("{base}{odd}"), &[], YES).status, 404 | 405), "{odd}");
            }
        }
        assert_eq!(counted(&portal), []);
        // Its hour has come.
        portal.clock.set(at("2026-12-24T08:00:00"));
        is_thanked(&portal.post("/tin/hen/gop-y", &[], YES), "/tin/hen/cam-on");
    }
}

#[test]
fn what_is_no_answer_is_refused_with_a_way_back_and_counted_nowhere() {
    let portal = Portal::with(&folder());
    let form = "/tin/cho-phien/gop-y";
    let long = "x".repeat(200_000);
    let refused = |reply: Reply, status: u16, what: &str| {
        assert_eq!((reply.status, reply.header("cache-control")), (status, "no-store"), "{what}");
        assert!(reply.attributes("main a", "href").contains(&"/tin/cho-phien".to_owned()), "{what} is a dead end");
        assert!(!reply.text("h1").is_empty() && !reply.text("main").contains("http-"), "{what} says nothing");
    };
    for method in ["GET", "PUT", "DELETE"] {
        let reply = portal.ask(method, form, &[]);
        assert_eq!(reply.header("allow"), "POST", "{method}");
        refused(reply, 405, method);
    }
    for kind in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
        refused(portal.post(form, &[("content-type", kind)], YES), 415, kind);
    }
    for body in ["ich=", "ich=1", "ich=co&ich=khong", "ich=co ", "co", "ich=co%00", "ich=Có"] {
        refused(portal.post(form, &[], body), 422, body);
    }
    refused(portal.ask("POST", form, &[("content-type", "application/x-www-form-urlencoded")]), 422, "nothing");
    refused(portal.post(form, &[], &long), 413, "200 KB");
    for header in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://khac.example"), ("origin", "null")]
    {
        refused(portal.post(form, &[header], YES), 403, header.1);
    }
    assert_eq!(counted(&portal), []);
    for header in [("sec-fetch-site", "same-origin"), ("origin", portal.address.as_str()), ("origin", "https://thu.example")] {
        is_thanked(
            &portal.post(form, &[header, ("content-type", "application/x-www-form-urlencoded;charset=UTF-8")], NO),
            "/tin/cho-phien/cam-on",
        );
    }
    assert_eq!(counted(&portal), [("/tin/cho-phien".to_owned(), 0, 3)]);
}

#[test]
fn one_address_is_not_heard_without_end_and_is_forgotten_within_the_hour() {
    let portal = Portal::reopen(TempDir::new().expect("a temporary folder"), None, &["127.0.0.1"]);
    portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let post = |address: &str| portal.post("/tin/cho-phien/gop-y", &[("x-forwarded-for", address)], NO);
    let heard = (0..12).filter(|_| post("203.0.113.9").status == 303).count();
    let reply = post("203.0.113.9");
    assert_eq!((reply.status, reply.header("retry-after"), reply.header("cache-control")), (429, "3600", "no-store"));
    assert!(reply.text("main").contains("Xin thử lại sau một giờ"));
    assert!(reply.attributes("main a", "href").contains(&"/tin/cho-phien".to_owned()));
    assert_eq!(counted(&portal), [("/tin/cho-phien".to_owned(), 0, heard as i64)], "what was refused was not counted");
    assert!((2..=5).contains(&heard), "{heard}");
    assert_eq!(post("203.0.113.10").status, 303, "a neighbour is another person");
    assert_eq!(portal.get("/tin/cho-phien").status, 200, "whoever answers too often reads on");
    portal.clock.set(portal.clock.now() + Duration::hours(1));
    assert_eq!(post("203.0.113.9").status, 303);
}

#[test]
fn counts_survive_a_restart_and_the_office_sees_first_what_helped_least() {
    let portal = Portal::with(&folder());
    let say = |portal: &Portal| feedback::table(&portal.app.web.store, &portal.words, Lang::Vi).expect("it can be read");
    assert_eq!(say(&portal), None);
    for (path, yes, no) in [("/tin/cho-phien", 4, 1), ("/trang/gioi-thieu", 0, 1), ("/tin/duong-hoa", 1, 3)] {
        for body in std::iter::repeat_n(YES, yes).chain(std::iter::repeat_n(NO, no)) {
            assert_eq!(portal.post(&format!("{path}/gop-y"), &[], body).status, 303);
        }
    }
    let portal = Portal::reopen(portal.stop(), None, &[]);
    let table = say(&portal).expect("there are answers");
    let rows: Vec<Vec<&str>> =
        table.lines().map(|line| line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()).collect();
    assert_eq!(
        rows,
        [
            vec!["Chưa có ích", "Có ích", "Địa chỉ", "Tên"],
            vec!["3", "1", "/tin/duong-hoa", "Bài duong-hoa"],
            vec!["1", "0", "/trang/gioi-thieu", "Giới thiệu"],
            vec!["1", "4", "/tin/cho-phien", "Chợ phiên & “lễ”"],
        ],
        "{table}"
    );
    let column = |line: &str, cell: &str| line.find(cell).map(|at| line[..at].chars().count());
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(column(lines[0], "Địa chỉ"), column(lines[1], "/tin/"), "{table}");
    assert_eq!(column(lines[0], "Tên"), column(lines[3], "Chợ phiên"), "{table}");
}

#[test]
fn the_verb_says_when_nobody_has_answered_and_answers_to_its_vietnamese_name() {
    let office = Office::new();
    office.done(&["import", "content"]);
    assert_eq!(office.done(&["feedback"]), "Chưa có góp ý nào.\n");
    assert_eq!(office.with("BANGTIN_LANG", "en").done(&["gop-y"]), "Nobody has answered yet.\n");
}
