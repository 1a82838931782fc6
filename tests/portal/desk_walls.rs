//! The desk's door under attack: every address of the table, so that a new one cannot forget. Nothing is done without a
//! session and its mark, nothing is kept by caches, and no public page knows of a cookie.

use std::cell::RefCell;

use bangtin::desk::door::{DESK, For, SECOND_FACTOR, SIGN_IN};
use bangtin::desk::ways::{LONG, WAYS, Way};
use bangtin::kit::digest::sha256_of;
use bangtin::person::access::Role;
use bangtin::person::{keep, link};
use bangtin::store::log;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::folder::{Folder, SITE};
use crate::people::{Browser, COMMAND, PASSWORD, added, done, role, unit};
use crate::portal::{Portal, Reply};

pub const TEXTS: &str = "/ban-bien-tap/van-ban";
const ME: &str = "/ban-bien-tap/toi";

/// What stands in the holes of an address.
#[derive(Clone, Debug)]
pub struct Ids {
    pub document: i64,
    pub secret: String,
    pub file: String,
    pub session: i64,
    pub token: i64,
    pub login: String,
    /// Of a unit.
    pub label: String,
}

impl Ids {
    pub fn address(&self, path: &str) -> String {
        let holes = [
            ("{id}", self.document.to_string()),
            ("{secret}", self.secret.clone()),
            ("{name:.*}", self.file.clone()),
            ("{session}", self.session.to_string()),
            ("{token}", self.token.to_string()),
            ("{login}", self.login.clone()),
            ("{kind}", "lich-hop".to_owned()),
            ("{label}", self.label.clone()),
            ("{unit}", self.label.clone()),
            ("{year}", "2026".to_owned()),
            ("{place}", "1".to_owned()),
            ("{row}", "1".to_owned()),
            ("{group}", "ven-song".to_owned()),
            ("{webhook}", "1".to_owned()),
            ("{delivery}", "1".to_owned()),
            ("{board}", "1".to_owned()),
            ("{ending}", "csv".to_owned()),
            ("{number}", "1".to_owned()),
            ("{code}", "du-no".to_owned()),
            ("{release}", "bao-cao-2027-01-12".to_owned()),
        ];
        let filled = holes.iter().fold(path.to_owned(), |path, (hole, text)| path.replace(hole, text));
        assert!(!filled.contains('{'), "nobody says what stands in {path}");
        filled
    }
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    data_version: i64,
}

/// A portal with a text that shows and staff to whom no second factor is asked.
pub struct Walls {
    pub portal: Portal,
    beside: RefCell<SqliteConnection>,
}

pub fn all_roles(unit: Option<i64>) -> Vec<bangtin::person::access::Grant> {
    Role::ALL.into_iter().map(|one| role(one, unit)).collect()
}

impl Walls {
    pub fn open() -> Walls {
        let folder = Folder::new();
        folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
        folder.picture("pictures/a.png", 700, 400);
        folder.article("mot", "[picture]\nfile = \"pictures/a.png\"\nalt = \"Đường\"", "Bài một.");
        let portal = Portal::with(&folder);
        portal.get("/");
        let file = portal.var.path().join("bangtin.sqlite");
        let beside = RefCell::new(SqliteConnection::establish(&file.to_string_lossy()).expect("the file opens"));
        Walls { portal, beside }
    }

    /// Another number after any write at all, whoever made it.
    pub fn written(&self) -> (i64, i64) {
        let found: Version = diesel::sql_query("PRAGMA data_version").get_result(&mut *self.beside.borrow_mut()).expect("it tells");
        (found.data_version, self.portal.app.web.store.write(log::position).expect("it can be read"))
    }

    /// Whoever may do everything, and one of everything that is his.
    pub fn everything(&self) -> (Browser<'_>, Ids) {
        added(&self.portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
        added(&self.portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(unit(&self.portal, "Đông Kiều")))]);
        let mut browser = Browser::of(&self.portal, "ca.bui");
        let ids = things(&mut browser, "xa-dong-kieu", "tham.tran");
        (browser, ids)
    }
}

/// A draft in a unit with a link to it, another session, a token for programs.
pub fn things(browser: &mut Browser, unit: &str, login: &str) -> Ids {
    let document = begun(browser, unit, "Họp chợ sớm hơn");
    let lent = browser.post(&format!("{TEXTS}/{document}/chia-se"), &[]).body;
    let (_, secret) = lent.split_once("/ban-bien-tap/xem/").expect("the link is shown");
    let secret: String = secret.chars().take_while(char::is_ascii_alphanumeric).collect();
    let fields = [("token_name", "máy"), ("scope", "look"), ("days", "30"), ("token_password", PASSWORD)];
    assert_eq!(browser.post("/ban-bien-tap/toi/ma-truy-cap", &fields).status, 200);
    let own = browser.get(ME);
    let number = |start: &str| -> i64 {
        let actions = own.attributes(&format!("form[action^='{start}/']"), "action");
        actions.iter().filter_map(|action| action.rsplit('/').next()?.parse().ok()).next_back().expect("it is listed")
    };
    let (session, token) = (number("/ban-bien-tap/toi/phien"), number("/ban-bien-tap/toi/ma-truy-cap"));
    let page = browser.portal.get("/tin/mot").body;
    let (_, file) = page.split_once("\"/anh/").expect("a picture");
    let file = file.split(['"', ' ', ',']).next().expect("its name").to_owned();
    Ids { document, secret, file, session, token, login: login.to_owned(), label: "xa-dong-kieu".to_owned() }
}

pub fn begun(browser: &mut Browser, unit: &str, title: &str) -> i64 {
    let begun = browser.post(&format!("{TEXTS}/moi"), &[("title", title), ("unit", unit), ("section", "tin-dia-phuong")]);
    let to = begun.header("location").to_owned();
    to.split('/').nth(3).and_then(|id| id.parse().ok()).unwrap_or_else(|| panic!("{to} {}", begun.text("main")))
}

fn token_of(browser: &Browser) -> String {
    browser.cookie.trim_start_matches("bangtin=").to_owned()
}

/// As the desk makes it; whoever chose a token can make it too.
pub fn mark_of(token: &str) -> String {
    sha256_of(&["form", token])[..32].to_owned()
}

fn for_staff() -> impl Iterator<Item = &'static Way> {
    WAYS.iter().filter(|way| way.kind != For::Anyone)
}

#[test]
fn without_a_session_every_address_leads_to_sign_in_and_nothing_is_written() {
    let walls = Walls::open();
    let (_, ids) = walls.everything();
    let invented = "ab".repeat(32);
    let before = walls.written();
    for way in for_staff() {
        let path = ids.address(way.path);
        for token in ["", "rubbish", &invented, &ids.secret] {
            let cookie = format!("bangtin={token}");
            let headers: &[(&str, &str)] = if token.is_empty() { &[] } else { &[("cookie", &cookie)] };
            if way.read.is_some() {
                let reply = walls.portal.ask("GET", &path, headers);
                assert_eq!(reply.status, 303, "{path}");
                assert!(reply.header("location").starts_with(SIGN_IN), "{path}: {}", reply.header("location"));
                assert!(reply.body.is_empty() && reply.header("set-cookie").is_empty(), "{path}");
            }
            if way.act.is_some() {
                let reply = walls.portal.post(&path, headers, &format!("title=x&reason=x&mark={}", mark_of(token)));
                assert_eq!(reply.status, 303, "{path}: {}", reply.body);
                assert!(reply.header("location").starts_with(SIGN_IN) && reply.header("set-cookie").is_empty(), "{path}");
            }
        }
    }
    assert_eq!(walls.written(), before);
}

#[test]
fn no_act_is_done_without_the_session_s_own_mark_from_a_page_of_ours() {
    let walls = Walls::open();
    let (browser, ids) = walls.everything();
    let other = Browser::of(&walls.portal, "tham.tran");
    let mark = mark_of(&token_of(&browser));
    assert_eq!(browser.get(ME).attributes("input[name=mark]", "value")[0], mark);
    let before = walls.written();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let acting = || WAYS.iter().filter(|way| way.act.is_some() && (way.kind != For::Anyone || way.path.ends_with("dang-xuat")));
    for way in acting() {
        let path = ids.address(way.path);
        let send = |mark: Option<&str>, query: &str, headers: &[(&str, &str)]| {
            let fields = [("revision", "1"), ("title", "Khác"), ("reason", "Một lý do đủ dài"), ("role", "keeper"), ("name", "Khác")];
            let body =
                form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).extend_pairs(mark.map(|m| ("mark", m))).finish();
            let cookie = [("cookie", browser.cookie.as_str())];
            walls.portal.post(&format!("{path}{query}"), &[&cookie, headers].concat(), &body).status
        };
        let others = mark_of(&token_of(&other));
        for wrong in [None, Some(""), Some("doan"), Some(others.as_str()), Some(&mark[..31]), Some(&format!("{mark}0"))] {
            assert_eq!(send(wrong, "", &[]), 403, "{path} with {wrong:?}");
        }
        assert_eq!(send(None, &format!("?mark={mark}"), &[]), 403, "{path}: an address is no form");
        for foreign in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "https://thu.example.evil.example"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert_eq!(send(Some(&mark), "", &[foreign]), 403, "{path} from {foreign:?}");
        }
        for kind in ["text/plain", "multipart/form-data; boundary=x", "application/json", ""] {
            let status = send(Some(&mark), "", &[("content-type", kind)]);
            // Where a file may come, its form is heard, and this one has no mark.
            let refused = if way.takes_files && kind.starts_with("multipart") { matches!(status, 400 | 403) } else { status == 415 };
            assert!(refused, "{path} as {kind:?}: {status}");
        }
        if way.read.is_none() {
            let status = browser.get(&format!("{path}?mark={mark}&reason=abcdef")).status;
            assert!(matches!(status, 404 | 405), "{path} by GET: {status}");
        }
        for method in ["PUT", "DELETE", "PATCH"] {
            let status = walls.portal.ask(method, &path, &[("cookie", &browser.cookie), form]).status;
            assert!(matches!(status, 404 | 405), "{method} {path}: {status}");
        }
    }
    assert_eq!(walls.written(), before);
    // With it everything is heard, so that what was refused above was refused for want of it.
    for way in acting().filter(|way| !way.path.ends_with("dang-xuat")) {
        let path = ids.address(way.path);
        let body = format!("mark={mark}");
        let reply = walls.portal.post(&path, &[("cookie", &browser.cookie), ("sec-fetch-site", "same-origin")], &body);
        assert!(!matches!(reply.status, 403 | 415 | 500..), "{path}: {} {}", reply.status, reply.text("main"));
    }
    assert_ne!(walls.written(), before);
}

fn is_private(reply: &Reply, what: &str) {
    assert_eq!(reply.header("cache-control"), "no-store", "{what}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{what}");
    assert!(reply.header("x-robots-tag").contains("noindex"), "{what}");
    assert!(reply.header("etag").is_empty() && reply.header("last-modified").is_empty(), "{what}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{what}");
    let policy = reply.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors"), "{what}: {policy}");
    for loose in ["unsafe", "*", "http:", "https:", "data: ;"] {
        assert!(!policy.contains(loose), "{what}: {policy}");
    }
    if reply.header("content-type").starts_with("text/html") && reply.body.contains("<body class=\"desk\"") {
        assert_eq!(reply.attributes("meta[name=robots]", "content"), ["noindex"], "{what}");
    }
}

#[test]
fn nothing_of_the_desk_is_kept_by_caches_indexed_or_told_to_other_sites() {
    let walls = Walls::open();
    let (browser, ids) = walls.everything();
    let mark = mark_of(&token_of(&browser));
    let addresses = WAYS.iter().map(|way| (way, ids.address(way.path)));
    let strange = [format!("{DESK}/khong-co"), format!("{TEXTS}/99999"), format!("{TEXTS}/x"), format!("{DESK}/nguoi/khong.co")];
    for path in addresses.clone().filter(|(way, _)| way.read.is_some()).map(|(_, path)| path).chain(strange) {
        for cookie in [browser.cookie.as_str(), ""] {
            let reply = walls.portal.ask("GET", &path, &[("cookie", cookie)]);
            if path.ends_with("/khong-co") {
                assert_eq!(reply.header("cache-control"), "no-store");
                continue;
            }
            is_private(&reply, &path);
        }
    }
    for (_, path) in addresses.filter(|(way, _)| way.act.is_some() && !way.path.ends_with("dang-xuat")) {
        for (cookie, mark) in [("", ""), (browser.cookie.as_str(), ""), (&browser.cookie, mark.as_str())] {
            is_private(&walls.portal.post(&path, &[("cookie", cookie)], &format!("mark={mark}")), &format!("POST {path}"));
        }
    }
}

#[test]
fn the_cookie_is_the_desk_s_alone_and_no_public_page_sets_or_heeds_one() {
    let walls = Walls::open();
    let (browser, ids) = walls.everything();
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("login", "ca.bui").append_pair("password", PASSWORD).finish();
    let host = walls.portal.address.clone();
    for (origin, is_secure) in [("", true), ("https://thu.example", true), (host.as_str(), false)] {
        let headers: &[(&str, &str)] = if origin.is_empty() { &[] } else { &[("origin", origin)] };
        let reply = walls.portal.post(SIGN_IN, headers, &body);
        assert_eq!(reply.status, 303, "{origin}");
        let cookie = reply.header("set-cookie").to_owned();
        let flags: Vec<&str> = cookie.split("; ").skip(1).collect();
        let mut expected = vec!["HttpOnly", "SameSite=Lax", "Path=/ban-bien-tap"];
        expected.extend(is_secure.then_some("Secure"));
        assert!(expected.iter().all(|flag| flags.contains(flag)) && flags.len() == expected.len(), "{origin}: {flags:?}");
    }
    let page = format!("/anh/{}", ids.file);
    for path in [
        "/",
        "/en",
        "/tin/mot",
        "/tin/khong-co",
        "/khong-co",
        "/chuyen-muc/tin-dia-phuong",
        "/don-vi",
        "/don-vi/xa-dong-kieu",
        "/luu-tru/2026/11",
        "/atom.xml",
        "/rss.xml",
        "/feed.json",
        "/sitemap.xml",
        "/robots.txt",
        "/static/js/desk.js",
        &page,
    ] {
        let said = |cookie: &str| {
            let headers = [("cookie", cookie)];
            let reply = walls.portal.ask("GET", path, &headers[usize::from(cookie.is_empty())..]);
            assert_eq!(reply.header("set-cookie"), "", "{path}");
            assert!(!reply.header("vary").to_lowercase().contains("cookie"), "{path}");
            let mut headers = reply.headers().to_vec();
            headers.retain(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
            (reply.status, headers, reply.bytes)
        };
        // The first asking may have made it.
        said("");
        assert_eq!(said(""), said(&browser.cookie), "{path}");
    }
}

#[test]
fn a_planted_token_is_adopted_at_no_step() {
    let walls = Walls::open();
    walls.everything();
    let planted = "cd".repeat(32);
    let first = [("cookie", format!("bangtin={planted}"))];
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("login", "ca.bui").append_pair("password", PASSWORD).finish();
    let entered = walls.portal.post(SIGN_IN, &[("cookie", &first[0].1)], &body);
    let given = entered.header("set-cookie").to_owned();
    assert!(entered.status == 303 && !given.contains(&planted));
    let is_in = |cookie: &str| walls.portal.ask("GET", ME, &[("cookie", cookie)]).status == 200;
    let own = given.split(';').next().expect("a cookie").to_owned();
    assert!(is_in(&own) && !is_in(&first[0].1));
    // Beside the real one, as a neighbouring host could plant it: whoever is meant, it is never the planted one.
    assert!(!is_in(&format!("bangtin={planted}; {own}")));
    // By a one-time link too.
    let token = done(&walls.portal, &COMMAND, |c, act| keep::reset(c, act, "tham.tran")).expect("it is done");
    let fields = [("ma", token.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let entered = walls.portal.post("/ban-bien-tap/lien-ket", &[("cookie", &first[0].1)], &body);
    assert!(entered.status == 303 && !entered.header("set-cookie").contains(&planted), "{}", entered.text("main"));
    assert!(!is_in(&first[0].1));
}

#[test]
fn the_way_back_stays_at_the_desk_wherever_it_is_said() {
    let walls = Walls::open();
    let (browser, _) = walls.everything();
    // A half-open session: the code is still to come.
    let own_only = |location: &str| location == DESK || location.starts_with("/ban-bien-tap?") || location.starts_with("/ban-bien-tap/");
    for evil in [
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "HTTPS://evil.example/ban-bien-tap",
        "javascript:alert(1)",
        "data:text/html,x",
        "/ban-bien-tap@evil.example",
        "/ban-bien-tap.evil.example",
        "/ban-bien-tap/../tin/mot",
        "/ban-bien-tap/%2e%2e/tin/mot",
        "/ban-bien-tap/%2E./tin/mot",
        "/ban-bien-tap/.%2e//evil.example",
        "/ban-bien-tap//evil.example",
        "/ban-bien-tap\t/x",
        "/ban-bien-tap\r\nset-cookie: a=b",
        " /ban-bien-tap",
        "/ban-bien-tap/\u{0}x",
        "/ban-bien-tap/\\evil.example",
        "/ban-bien-tap/ạ",
        "evil.example",
        "?sau=//evil.example",
    ] {
        let query = form_urlencoded::Serializer::new(String::new()).append_pair("sau", evil).finish();
        let shown = walls.portal.get(&format!("{SIGN_IN}?{query}"));
        assert_eq!(shown.attributes("input[name=sau]", "value"), [""], "{evil:?}");
        let turned = browser.get(&format!("{SIGN_IN}?{query}"));
        assert_eq!((turned.status, turned.header("location")), (303, DESK), "{evil:?}: whoever is signed in already");
        let enrol = browser.get(&format!("{}?{query}", bangtin::desk::door::ENROL));
        assert_eq!(enrol.attributes("input[name=sau]", "value"), [""], "{evil:?}");
        let fields = [("login", "ca.bui"), ("password", PASSWORD), ("sau", evil)];
        let entered = Browser::new(&walls.portal).post_marked(SIGN_IN, &fields);
        let to = entered.header("location");
        assert!(matches!(entered.status, 303 | 400) && (to.is_empty() || to == DESK), "{evil:?}: {} {to}", entered.status);
    }
    // Nor does the address that was asked for lead elsewhere.
    for path in ["/ban-bien-tap/van-ban/%2f%2fevil.example", "/ban-bien-tap/nguoi/%0d%0aset-cookie:a=b", "/ban-bien-tap/tep///evil.example"]
    {
        let reply = walls.portal.get(path);
        let to = reply.header("location").to_owned();
        assert!(own_only(&to) || reply.status == 404, "{path}: {to}");
        assert!(!to.contains("%2f%2f") || to.starts_with(SIGN_IN), "{path}: {to}");
        assert_eq!(reply.header("set-cookie"), "", "{path}");
    }
    assert_eq!(walls.portal.get(SECOND_FACTOR).header("location").split('?').next(), Some(SIGN_IN));
}

#[test]
fn a_link_that_is_no_good_does_not_tell_why() {
    let walls = Walls::open();
    let portal = &walls.portal;
    for login in ["tham.tran", "son.do", "hoa.vu"] {
        added(portal, login, "Người Thử", &[role(Role::Author, None)]);
    }
    let reset = |login: &str| done(portal, &COMMAND, |c, act| keep::reset(c, act, login)).expect("it is done");
    let (used, barred, over) = (reset("tham.tran"), reset("son.do"), reset("hoa.vu"));
    let fields = |token: &str| {
        let fields = [("ma", token), ("password", PASSWORD), ("again", PASSWORD), ("login", "ke.gian"), ("name", "Kẻ Gian")];
        form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
    };
    assert_eq!(portal.post("/ban-bien-tap/lien-ket", &[], &fields(&used)).status, 303);
    done(portal, &COMMAND, |c, act| keep::disable(c, act, "son.do")).expect("it is done");
    portal.clock.set(portal.clock.now() + TimeDelta::hours(link::LASTS_HOURS));
    let said = |token: &str| {
        let (read, sent) = (portal.get(&link::path(token)), portal.post("/ban-bien-tap/lien-ket", &[], &fields(token)));
        (read.status, read.body, sent.status, sent.body)
    };
    let nobody = said(&"ef".repeat(32));
    assert_eq!((nobody.0, nobody.2), (404, 404));
    for token in [used.as_str(), &barred, &over, "", "x", &"a".repeat(9_000)] {
        assert_eq!(said(token), nobody, "{token}");
    }
}

#[test]
fn what_is_too_much_or_no_text_is_refused_and_never_a_fault() {
    let walls = Walls::open();
    let (browser, ids) = walls.everything();
    let mark = mark_of(&token_of(&browser));
    let send = |path: &str, body: &str| walls.portal.post(path, &[("cookie", &browser.cookie)], &format!("mark={mark}&{body}")).status;
    let before = walls.written();
    for way in WAYS.iter().filter(|way| way.act.is_some()) {
        let path = ids.address(way.path);
        assert_eq!(send(&path, &format!("title={}", "a".repeat(way.most))), 413, "{path}");
        assert_eq!(send(&path, &"a=1&".repeat(2_001)[..8_004.min(way.most - 50)]), 400, "{path}");
        assert_eq!(send(&path, "title=%00&login=%00&ma=%00"), 400, "{path}");
    }
    assert_eq!(walls.written(), before);
    let stranger = walls.portal.post(&ids.address("/ban-bien-tap/van-ban/{id}/sua"), &[("cookie", "bangtin=x")], &"a".repeat(LONG / 8));
    assert_eq!(stranger.status, 413, "who may not enter is not listened to at length");
    let long = "9".repeat(10_000);
    let (letters, percent) = ("a".repeat(5_000), "%ff%fe".repeat(100));
    let parts = [
        "0",
        "-1",
        "01",
        "+1",
        "1.0",
        "9223372036854775807",
        "9223372036854775808",
        "%00",
        "%ff",
        "..%2f..",
        "",
        "1%20",
        &long,
        &letters,
        &percent,
    ];
    let queries = [
        "trang=-1",
        "trang=0",
        "trang=99999999999999999999",
        "trang=9223372036854775807",
        "trang=%00",
        "tim=%00",
        "tim=%ff%fe",
        "tim=%25_%5c%27%22",
        "thang=2026-13",
        "thang=9999-12",
        "thang=0000-01",
        "thang=-1-01",
        "thang=2999-12",
        "thang=%00",
        "cu=-1&moi=-1",
        "cu=9223372036854775807&moi=0",
        "ban=-1",
        "ban=99999999999",
        "truoc=-1",
        "truoc=9223372036854775807",
        "tu-ngay=x",
        "tu-ngay=0000-00-00",
        "tu-ngay=2999-12-31&den-ngay=2999-12-31",
        "den-ngay=9999-12-31",
        "nguoi=%00",
        "viec=%27",
        "loai=%00",
        "don-vi=%00",
        "don-vi=..%2f",
        "chuyen-muc=%00",
        "sap-xep=%00",
        "vai-tro=%00",
        "da=%00",
        "da=saved&hoan-tac=-1",
        "ma=%00",
        "sau=%00",
        "tim=a%20b%20c%20d%20e%20f%20g",
    ];
    for way in WAYS {
        for part in parts.iter().filter(|_| way.path.contains('{')) {
            let hole = way.path.find('{').expect("it has one");
            let end = hole + way.path[hole..].find('}').expect("and it ends") + 1;
            let path = format!("{}{part}{}", &way.path[..hole], &way.path[end..]);
            let path = Ids { secret: "x".into(), ..ids.clone() }.address(&path);
            if way.read.is_some() {
                let status = browser.get(&path).status;
                assert!((300..500).contains(&status), "{}… {status}", &path[..path.len().min(90)]);
            }
            if way.act.is_some() && !part.is_empty() {
                let status = send(&path, "revision=-1&chosen=-1.x&base=-1&theirs=99999999999999999999&days=-1");
                assert!((300..500).contains(&status), "{}… {status}", &path[..path.len().min(90)]);
            }
        }
        for query in queries.iter().filter(|_| way.read.is_some()) {
            let path = format!("{}?{query}", ids.address(way.path));
            let status = browser.get(&path).status;
            assert!(status < 500, "{path}: {status}");
        }
    }
    let letters = "ạ".repeat(3_000);
    let fields = [
        "title",
        "lead",
        "body",
        "unit",
        "section",
        "ends",
        "starts",
        "reason",
        "replaced_by",
        "name",
        "login",
        "role",
        "code",
        "secret",
        "password",
        "again",
        "old",
        "ma",
        "sau",
        "token_name",
        "scope",
        "days",
        "chosen",
        "viec",
        "before",
        "accent",
        "idle_minutes",
        "section_slug",
        "second_factor",
        "revision",
        "seal",
        "base",
        "theirs",
        "take",
        "then",
        "when",
        "picture",
        "source_url",
        "merged",
        "change_note",
        "address",
    ];
    for way in WAYS.iter().filter(|way| way.act.is_some() && !way.path.ends_with("dang-xuat")) {
        for text in ["%ff%fe%c0%80", "-9223372036854775808", "9".repeat(40).as_str(), "%F0%9F%92%A9%E2%80%AE%EF%BB%BF", "9999-12-31T23:59"]
        {
            let body: Vec<String> = fields.iter().map(|name| format!("{name}={text}")).collect();
            let status = send(&ids.address(way.path), &body.join("&"));
            assert!(status < 500, "{} with {text}: {status}", way.path);
        }
        if way.most > 100_000 {
            assert!(send(&ids.address(way.path), &format!("title={letters}&lead={letters}&body={letters}")) < 500, "{}", way.path);
        }
    }
}
