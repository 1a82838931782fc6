//! A unit's screen: the shell that a television set keeps, what it says of itself, and what it says where nothing runs in it.
//! How it looks and how it lives without a line is tried in a browser (`tests/browser/screen.test.mjs`).

use std::collections::BTreeSet;

use bangtin::web::screen::{self, Shell};
use chrono::Duration;

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, at};

const SCREEN: &str = "/bang-tin/99001/man-hinh";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules().file("site.toml", SITE.replace("owner", "unit = \"99\"\nowner"));
    folder.posting("cua-xa", "title = \"Của xã & bạn\"", "Thân của xã.");
    folder
}

#[test]
fn the_shell_names_every_address_that_its_script_asks() {
    let portal = Portal::with(&folder());
    portal.app.begin_keys().expect("a key can be made");
    let reply = portal.get(SCREEN);
    assert_eq!(reply.status, 200, "{}", reply.body);
    let of = |name: &str| reply.attributes("html", &format!("data-{name}")).concat();
    for (name, value) in [
        ("code", "99001"),
        ("unit", "xã Đông Kiều"),
        ("portal", "https://thu.example"),
        ("board", "https://thu.example/bang-tin/99001"),
        ("bulletin", "/bang-tin/99001/bulletin.json"),
        ("timestamp", "/bang-tin/99001/timestamp.json"),
        ("worker", "/bang-tin/99001/man-hinh.js"),
        ("limit-hours", "168"),
        ("state", ""),
        ("shown", ""),
        ("files", ""),
    ] {
        assert_eq!(of(name), value, "{name}");
    }
    for path in [of("bulletin"), of("timestamp"), of("worker")].into_iter().chain(reply.attributes("script", "src")) {
        assert_eq!(portal.get(&path).status, 200, "{path}");
    }
    assert!(reply.attributes("script", "src").iter().all(|src| src.starts_with("/static/js/screen") && src.contains("?v=")));
    assert_eq!(reply.texts("h1"), ["Bảng tin xã Đông Kiều"]);
}

#[test]
fn the_shell_is_for_no_search_engine_and_bears_the_mark_by_which_its_worker_knows_it() {
    let portal = Portal::with(&folder());
    for _ in 0..2 {
        // Once made, and once from what is kept.
        let reply = portal.get(SCREEN);
        assert_eq!(reply.header("bulletin-screen"), "1");
        assert_eq!(reply.attributes("meta[name=robots]", "content"), ["noindex"]);
        let policy = reply.header("content-security-policy");
        assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self'") && !policy.contains("unsafe"), "{policy}");
    }
    let tag = portal.get(SCREEN).header("etag").to_owned();
    let known = portal.ask("GET", SCREEN, &[("if-none-match", &tag)]);
    assert_eq!((known.status, known.header("bulletin-screen")), (304, "1"));
    assert_eq!(portal.ask("HEAD", SCREEN, &[]).status, 200);
    assert!(!portal.get("/sitemap.xml").body.contains("man-hinh") && !portal.get("/sitemap/pages.xml").body.contains("man-hinh"));
    assert_eq!(portal.get("/bang-tin/99001").header("bulletin-screen"), "", "no other page bears it");
}

#[test]
fn the_worker_reaches_its_own_screen_and_nothing_beside_it() {
    let portal = Portal::with(&folder());
    let worker = portal.get("/bang-tin/99001/man-hinh.js");
    assert_eq!((worker.status, worker.header("service-worker-allowed")), (200, SCREEN));
    assert_eq!(worker.header("content-type"), "text/javascript; charset=utf-8");
    assert_eq!(worker.header("content-security-policy"), "default-src 'none'; connect-src 'self'");
    assert_eq!(portal.get("/bang-tin/abc/man-hinh.js").status, 404);
}

#[test]
fn a_code_that_nobody_bears_leads_to_its_heir_or_nowhere() {
    let portal = Portal::with(&folder());
    for nowhere in ["/bang-tin/77777/man-hinh", "/bang-tin/abc/man-hinh", "/en/bang-tin/99001/man-hinh"] {
        assert_eq!(portal.get(nowhere).status, 404, "{nowhere}");
    }
    let moved = portal.get("/bang-tin/99003/man-hinh");
    assert_eq!((moved.status, moved.header("location")), (301, "/bang-tin/99002/man-hinh"));
}

#[test]
fn where_nothing_runs_it_lists_what_hangs_and_nothing_else() {
    let folder = folder();
    folder
        .posting("hen", "title = \"Hẹn giờ\"\npublished = 2026-11-22T08:00:00", "Thân hẹn.")
        .posting("nhap", "title = \"Bản nháp\"\nstate = \"draft\"", "Thân nháp.")
        .posting("xa-khac", "title = \"Của xã khác\"\nunit = \"99002\"", "Thân khác.");
    let portal = Portal::with(&folder);
    let listed = |portal: &Portal| portal.get(SCREEN).texts(".plain li a").into_iter().collect::<BTreeSet<_>>();
    let start = at("2026-11-22T08:00:00");
    portal.clock.set(start - Duration::seconds(1));
    assert_eq!(listed(&portal), BTreeSet::from(["Của xã & bạn".to_owned()]));
    for hidden in ["Hẹn giờ", "Bản nháp", "Của xã khác", "hen", "nhap"] {
        assert!(!portal.get(SCREEN).body.contains(&format!(">{hidden}<")), "{hidden}");
    }
    portal.clock.set(start);
    assert_eq!(listed(&portal), BTreeSet::from(["Của xã & bạn".to_owned(), "Hẹn giờ".to_owned()]));
    assert_eq!(portal.get(SCREEN).attributes("noscript", "class").len(), 0);
    assert!(portal.get(SCREEN).body.contains("<noscript><meta http-equiv=\"refresh\" content=\"60\"></noscript>"));
}

#[test]
fn the_units_board_leads_to_its_screen() {
    let portal = Portal::with(&folder());
    for board in ["/bang-tin/99001", "/en/bang-tin/99001"] {
        assert!(portal.get(board).attributes(".board-unit a", "href").contains(&SCREEN.to_owned()), "{board}");
    }
}

#[test]
fn a_device_makes_the_same_page_for_itself() {
    let portal = Portal::with(&folder());
    let web = &portal.app.web;
    let shell = Shell { state: "/state.json".to_owned(), shown: "/shown".to_owned(), files: "/tep/".to_owned(), ..Shell::default() };
    let (html, policy) = screen::page(&web.view, &web.last_face(), &shell).expect("it is made");
    assert!(html.contains("data-state=\"/state.json\" data-shown=\"/shown\" data-files=\"/tep/\" data-worker=\"\""), "{html}");
    assert!(policy.contains("script-src 'self'"));
    let scripts = |html: &str| html.matches("<script src=\"/static/js/screen").count();
    assert_eq!(scripts(&html), scripts(&portal.get(SCREEN).body));
}
