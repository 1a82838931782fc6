//! Coming in and going: what is right opens, what is wrong says nothing, and nobody is shut out for good.

use std::io::{Read, Write};
use std::net::TcpStream;

use bangtin::person::access::Role;
use bangtin::person::{Who, keep, second, session};
use chrono::TimeDelta;

use crate::folder::SITE;
use crate::people::{Browser, COMMAND, PASSWORD, added, done, office, role, who};
use crate::portal::{Portal, Reply};

const SIGN_IN: &str = "/ban-bien-tap/dang-nhap";
const ENROL: &str = "/ban-bien-tap/toi/xac-thuc-hai-lop";
const SECOND: &str = "/ban-bien-tap/ma-xac-thuc";
const ME: &str = "/ban-bien-tap/toi";

fn pass(portal: &Portal, time: TimeDelta) {
    portal.clock.set(portal.clock.now() + time);
}

/// Tries from an address, as a proxy in front of us would say it.
fn from(portal: &Portal, address: &str, login: &str, password: &str) -> Reply {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("login", login).append_pair("password", password).finish();
    portal.post(SIGN_IN, &[("x-forwarded-for", address)], &body)
}

/// A portal behind a proxy, with an author in it.
fn behind_a_proxy() -> Portal {
    let portal = Portal::reopen(office().stop(), None, &["127.0.0.1"]);
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    portal
}

/// Signs in from an address until told to wait: how often it may be wrong there.
fn mistakes(portal: &Portal, address: &str, login: &str) -> usize {
    (0..50).take_while(|_| !from(portal, address, login, "sai mật khẩu rồi").text(".issues").contains("chờ")).count()
}

#[test]
fn no_answer_tells_whether_an_account_exists() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    added(&portal, "khoa.roi", "Đã Khóa", &[role(Role::Author, None)]);
    done(&portal, &COMMAND, |c, act| keep::disable(c, act, "khoa.roi")).expect("it is done");
    done(&portal, &COMMAND, |c, act| keep::add(c, act, "chua.dat", "Chưa Đặt", &[role(Role::Author, None)])).expect("new");
    let said = |login: &str, password: &str| {
        let reply = Browser::new(&portal).sign_in(login, password);
        let mut headers: Vec<(String, String)> = reply.headers().to_vec();
        headers.retain(|(name, _)| !["date", "x-request-id"].contains(&name.as_str()));
        (reply.status, headers, reply.body.replace(login, "…"))
    };
    // The logins are of one length, so that every header may be compared.
    let wrong = said("tham.tran", "sai mật khẩu rồi");
    assert_eq!(wrong.0, 422);
    for (login, password) in [("khong.co1", PASSWORD), ("khoa.roi1", PASSWORD), ("tham/tran", PASSWORD)] {
        assert_eq!(said(login, password), wrong, "{login}");
    }
    let wrong = said("chua.dat", "sai mật khẩu rồi");
    for login in ["khoa.roi", "khongco1", "chua.dat"] {
        assert_eq!(said(login, PASSWORD), wrong, "{login}");
    }
}

#[test]
fn a_token_from_outside_is_never_taken_over() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let planted = "ab".repeat(32);
    let mut browser = Browser { portal: &portal, cookie: format!("bangtin={planted}") };
    let reply = browser.sign_in("tham.tran", PASSWORD);
    assert_eq!((reply.status, reply.header("location")), (303, "/ban-bien-tap"));
    let cookie = reply.header("set-cookie");
    for part in ["HttpOnly", "SameSite=", "Path=/ban-bien-tap"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!browser.cookie.contains(&planted), "a new one");
    let thief = Browser { portal: &portal, cookie: format!("bangtin={planted}") };
    assert_eq!(thief.get(ME).status, 303, "who planted it is still outside");
    let first = browser.cookie.clone();
    browser.sign_in("tham.tran", PASSWORD);
    assert_ne!(browser.cookie, first);
    assert_eq!(Browser { portal: &portal, cookie: first }.get(ME).status, 303, "the one before is over");
    assert_eq!(browser.get(ME).status, 200);
}

#[test]
fn a_session_ends_when_nobody_sits_there_and_after_a_day_s_work() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let owner = |browser: &Browser| {
        let token = browser.cookie.trim_start_matches("bangtin=").to_owned();
        portal.app.web.store.write(|c| session::expired_owner(c, &token)).expect("it can be read").map(|(_, login)| login)
    };
    let browser = Browser::of(&portal, "tham.tran");
    for _ in 0..3 {
        pass(&portal, TimeDelta::minutes(59));
        assert_eq!(browser.get(ME).status, 200, "he works on");
    }
    pass(&portal, TimeDelta::minutes(60));
    let sent = browser.get(ME);
    assert_eq!((sent.status, sent.header("location")), (303, "/ban-bien-tap/dang-nhap?sau=/ban-bien-tap/toi"));
    assert_eq!(owner(&browser).as_deref(), Some("tham.tran"), "what he typed is his");

    let browser = Browser::of(&portal, "tham.tran");
    for _ in 0..23 {
        pass(&portal, TimeDelta::minutes(30));
        assert_eq!(browser.get(ME).status, 200);
    }
    pass(&portal, TimeDelta::minutes(30));
    assert_eq!(browser.get(ME).status, 303, "twelve hours are over");

    let mut browser = Browser::of(&portal, "tham.tran");
    let before = Browser { portal: &portal, cookie: browser.cookie.clone() };
    assert_eq!(browser.post("/ban-bien-tap/dang-xuat", &[]).status, 303);
    assert_eq!(before.get(ME).status, 303);
    assert_eq!(owner(&before), None, "who has signed out is gone");
}

#[test]
fn the_site_says_how_long_a_session_lasts() {
    let portal = office();
    for wrong in
        ["idle_minutes = 4", "idle_minutes = 1441", "absolute_hours = 0", "absolute_hours = 73", "second_factor = [\"vua\"]", "khac = 1"]
    {
        let folder = crate::folder::Folder::new();
        folder.file("site.toml", format!("{SITE}\n[desk]\n{wrong}\n"));
        let refusal = portal.import(&folder).expect_err("it is refused");
        assert!(portal.told(&refusal).contains(&format!(":{}", SITE.lines().count() + 3)), "{wrong}: {}", portal.told(&refusal));
    }
    let folder = crate::folder::Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nidle_minutes = 5\nabsolute_hours = 1\nsecond_factor = [\"author\"]\n"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.get("/");
    added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    assert_eq!(Browser::new(&portal).sign_in("tham.tran", PASSWORD).header("location"), ENROL);
    let keeper = Browser::of(&portal, "lan.pham");
    assert_eq!(keeper.get(ME).status, 200);
    pass(&portal, TimeDelta::minutes(5));
    assert_eq!(keeper.get(ME).status, 303);
}

#[test]
fn mistakes_cost_time_and_never_the_account() {
    let portal = behind_a_proxy();
    assert_eq!(mistakes(&portal, "203.0.113.9", "tham.tran"), 6);
    let told = from(&portal, "203.0.113.9", "tham.tran", PASSWORD);
    assert!(told.text(".issues").contains("1\u{a0}phút") || told.text(".issues").contains("1 phút"), "{}", told.text(".issues"));
    assert_eq!(mistakes(&portal, "203.0.113.10", "khong.co"), 6, "the same for nobody");
    pass(&portal, TimeDelta::seconds(30));
    assert_eq!(mistakes(&portal, "203.0.113.9", "tham.tran"), 1, "one more, and a longer pause");
    pass(&portal, TimeDelta::seconds(30));
    assert_eq!(mistakes(&portal, "203.0.113.9", "tham.tran"), 0);
    for _ in 0..12 {
        pass(&portal, TimeDelta::minutes(15));
        assert_eq!(mistakes(&portal, "203.0.113.9", "tham.tran"), 1, "a quarter of an hour is the longest pause");
    }
    pass(&portal, TimeDelta::minutes(15));
    assert_eq!(from(&portal, "203.0.113.9", "tham.tran", PASSWORD).status, 303, "and the right password opens");
    assert_eq!(mistakes(&portal, "198.51.100.77", "tham.tran"), 6, "the account begins anew, from everywhere");
}

#[test]
fn strangers_do_not_shut_out_whoever_is_at_home() {
    let portal = behind_a_proxy();
    assert_eq!(from(&portal, "198.51.100.7", "tham.tran", PASSWORD).status, 303);
    // Ten mistakes of all strangers together, from wherever they come.
    let heard = (1..40).filter(|n| mistakes(&portal, &format!("203.0.113.{n}"), "tham.tran") > 0).count();
    assert!(heard <= 3, "{heard}");
    assert_eq!(from(&portal, "192.0.2.1", "tham.tran", PASSWORD).status, 422, "a new place waits");
    assert_eq!(from(&portal, "198.51.100.7", "tham.tran", PASSWORD).status, 303, "the known one does not");
    // One household cannot try everybody.
    let heard: usize =
        (0..40).map(|n| usize::from(!from(&portal, "192.0.2.9", &format!("ai.{n}"), "x").text(".issues").contains("chờ"))).sum();
    assert_eq!(heard, 21);
    // Nor does it shut out whoever is at home there, and for the others it is over in an hour.
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, None)]);
    for address in ["198.51.100.7", "198.51.100.8"] {
        for n in 0..21 {
            from(&portal, address, &format!("khac.{n}"), "x");
        }
    }
    assert_eq!(from(&portal, "198.51.100.7", "tham.tran", PASSWORD).status, 303);
    assert_eq!(from(&portal, "198.51.100.7", "son.do", PASSWORD).status, 422);
    pass(&portal, TimeDelta::seconds(30 + 3599));
    assert_eq!(mistakes(&portal, "198.51.100.7", "khac.98"), 1, "what came before still counts");
    pass(&portal, TimeDelta::seconds(60 + 3600));
    assert_eq!(mistakes(&portal, "198.51.100.7", "khac.99"), 6, "and is forgotten");
    assert_eq!(from(&portal, "198.51.100.7", "son.do", PASSWORD).status, 303);
    pass(&portal, TimeDelta::days(31));
    mistakes(&portal, "203.0.113.200", "tham.tran");
    mistakes(&portal, "203.0.113.201", "tham.tran");
    assert_eq!(from(&portal, "198.51.100.7", "tham.tran", PASSWORD).status, 422, "a month later it is a place like any other");
}

/// Sets up a phone at the page; gives its secret and the recovery codes.
fn enrolled(browser: &mut Browser) -> (String, Vec<String>) {
    let page = browser.get(ENROL);
    let secret = page.attributes("input[name=secret]", "value").remove(0);
    let typed: String = page.text(".secret").chars().filter(|c| !c.is_whitespace()).collect();
    assert_eq!(typed, secret, "the key can also be typed");
    assert_eq!(page.texts(".enrol-code svg").len(), 1);
    let wrong = browser.post(ENROL, &[("secret", &secret), ("code", "000000"), ("sau", "")]);
    assert_eq!((wrong.status, wrong.attributes("input[name=secret]", "value").remove(0)), (422, secret.clone()), "the phone's key stays");
    let code = second::shown(&secret, browser.portal.clock.now()).expect("a key");
    let shown = browser.post(ENROL, &[("secret", &secret), ("code", &code), ("sau", "")]);
    assert_eq!(shown.texts(".codes li").len(), 10, "{}", shown.body);
    (secret, shown.texts(".codes li"))
}

#[test]
fn who_has_the_password_alone_is_out_when_a_second_factor_is_set_up_and_stays_apart() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let (mut here, there) = (Browser::of(&portal, "tham.tran"), Browser::of(&portal, "tham.tran"));
    enrolled(&mut here);
    assert_eq!((here.get(ME).status, there.get(ME).status), (200, 303));
    // Whoever comes again and again with the password pushes out nobody but himself.
    let half: Vec<Browser> = (0..25)
        .map(|_| {
            pass(&portal, TimeDelta::seconds(1));
            Browser::of(&portal, "tham.tran")
        })
        .collect();
    assert_eq!(here.get(ME).status, 200);
    let open = half.iter().filter(|browser| browser.get(SECOND).status == 200).count();
    assert_eq!((open, half[24].get(SECOND).status), (5, 200));
}

#[test]
fn codes_cannot_be_tried_from_a_session_either() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let mut browser = Browser::of(&portal, "tham.tran");
    let (_, codes) = enrolled(&mut browser);
    let (renew, remove) = ("/ban-bien-tap/toi/ma-du-phong", "/ban-bien-tap/toi/tat-xac-thuc");
    let told: Vec<bool> = [renew, remove]
        .iter()
        .cycle()
        .take(8)
        .map(|path| {
            let reply = browser.post(path, &[("code", "123456")]);
            assert_eq!(reply.status, 422);
            reply.text("#i-code").contains("chờ")
        })
        .collect();
    assert_eq!(told, [false, false, false, false, false, false, true, true]);
    assert_eq!(browser.post(renew, &[("code", &codes[0])]).status, 422, "the right one waits too");
    pass(&portal, TimeDelta::seconds(30));
    let shown = browser.post(renew, &[("code", &codes[0])]).texts(".codes li");
    assert_eq!(shown.len(), 10, "and is not used up by that");
    for _ in 0..5 {
        assert!(!browser.post(remove, &[("code", "123456")]).text("#i-code").contains("chờ"), "it has cleared the others");
    }
    assert_eq!(browser.post(remove, &[("code", &shown[0])]).status, 303);
}

/// That the session goes on under another token: with the one before nothing is read and nothing is done.
fn went_on(portal: &Portal, before: &str, browser: &Browser, what: &str) {
    assert_ne!(browser.cookie, before, "{what}");
    let old = Browser { portal, cookie: before.to_owned() };
    let out = old.get(ME);
    assert_eq!((out.status, out.header("location")), (303, "/ban-bien-tap/dang-nhap?sau=/ban-bien-tap/toi"), "{what}");
    let mark = crate::desk_walls::mark_of(before.trim_start_matches("bangtin="));
    let token = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("token_name", "Máy của kẻ gian"),
            ("scope", "write"),
            ("days", "30"),
            ("token_password", PASSWORD),
            ("mark", mark.as_str()),
        ])
        .finish();
    let sent = portal.post("/ban-bien-tap/toi/ma-truy-cap", &[("cookie", before)], &token);
    assert!(sent.status == 303 && sent.header("location").starts_with(SIGN_IN), "{what}: {}", sent.status);
    let page = browser.get(ME);
    assert!(page.status == 200 && !page.body.contains("Máy của kẻ gian"), "{what}");
    assert_eq!(page.texts("form[action^='/ban-bien-tap/toi/phien/']").len(), 1, "{what}: it is still one session");
}

#[test]
fn whoever_changes_how_he_shows_who_he_is_goes_on_under_a_new_token() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let mut browser = Browser::of(&portal, "tham.tran");
    let (mut before, mut codes) = (browser.cookie.clone(), Vec::<String>::new());
    for what in ["enrolling", "renewing the codes"] {
        let page = if codes.is_empty() {
            let secret = browser.get(ENROL).attributes("input[name=secret]", "value").remove(0);
            let code = second::shown(&secret, portal.clock.now()).expect("a key");
            browser.post(ENROL, &[("secret", &secret), ("code", &code), ("sau", "")])
        } else {
            browser.post("/ban-bien-tap/toi/ma-du-phong", &[("code", &codes[0])])
        };
        assert_eq!(page.status, 200, "{what}: {}", page.text("main"));
        codes = page.texts(".codes li");
        assert_eq!(codes.len(), 10, "{what}");
        went_on(&portal, &before, &browser, what);
        // The page that came with the new token: its forms bear that one's mark, and are taken.
        let marks = page.attributes("form input[name=mark]", "value");
        assert!(!marks.is_empty() && page.header("set-cookie").contains("HttpOnly"), "{what}");
        for mark in marks {
            let kept = browser.post_marked("/ban-bien-tap/van-ban/moi", &[("title", ""), ("mark", &mark)]);
            assert_eq!(kept.status, 422, "{what}: it is heard");
        }
        before = browser.cookie.clone();
    }
    let new = "giếng làng năm ấy cạn trơ";
    for (what, path, fields) in [
        ("another password", "mat-khau", vec![("old", PASSWORD), ("password", new), ("again", new)]),
        ("ending all others", "phien", vec![]),
        ("without a second factor", "tat-xac-thuc", vec![("code", codes[1].as_str())]),
    ] {
        // What is refused changes nothing.
        let wrong: Vec<(&str, &str)> = fields.iter().map(|(name, _)| (*name, "sai rồi")).collect();
        if !wrong.is_empty() {
            assert_eq!((browser.post(&format!("{ME}/{path}"), &wrong).status, &browser.cookie), (422, &before), "{what}");
        }
        let done = browser.post(&format!("{ME}/{path}"), &fields);
        assert!(done.status == 303 && done.header("location").starts_with(ME), "{what}: {}", done.text("main"));
        went_on(&portal, &before, &browser, what);
        before = browser.cookie.clone();
    }
}

#[test]
fn whoever_had_to_set_up_a_second_factor_finds_the_whole_desk_around_the_codes() {
    let portal = office();
    added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let mut browser = Browser::of(&portal, "lan.pham");
    let before = browser.cookie.clone();
    let secret = browser.get(ENROL).attributes("input[name=secret]", "value").remove(0);
    let code = second::shown(&secret, portal.clock.now()).expect("a key");
    let page = browser.post(ENROL, &[("secret", &secret), ("code", &code), ("sau", "/ban-bien-tap/nguoi")]);
    assert_eq!(page.texts(".desk-me-name"), ["Phạm Thị Lan"]);
    assert_eq!(page.attributes(".actions a.button", "href"), ["/ban-bien-tap/nguoi"], "and the way to where she was going");
    went_on(&portal, &before, &browser, "enrolling");
    let mark = page.attributes("form[action='/ban-bien-tap/dang-xuat'] input[name=mark]", "value").remove(0);
    let left = browser.post_marked("/ban-bien-tap/dang-xuat", &[("mark", &mark)]);
    assert_eq!(left.header("location"), "/ban-bien-tap/dang-nhap?da=signed-out");
}

/// Sends a form of which the last byte comes when its sender has been let in and then signed out everywhere.
fn sent_slowly(browser: &Browser, path: &str, fields: &[(&str, &str)]) -> String {
    let portal = browser.portal;
    let mark = browser.get(ME).attributes("input[name=mark]", "value").remove(0);
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).append_pair("mark", &mark).finish();
    let Who::Person(actor) = who(portal, "tham.tran") else { panic!("a person") };
    // So that the door writes down that he is here, which it does before it reads what he sends.
    pass(portal, TimeDelta::minutes(2));
    let mut line = TcpStream::connect(portal.address.trim_start_matches("http://")).expect("the server listens");
    let (most, last) = body.split_at(body.len() - 1);
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{most}",
        browser.cookie,
        body.len()
    );
    line.write_all(head.as_bytes()).expect("it is sent");
    let is_in = || {
        let mut c = portal.app.web.store.read().expect("it opens");
        let open = session::open(&mut c, actor.id, portal.clock.now(), &crate::people::limits(portal)).expect("it can be read");
        open.iter().any(|session| session.seen_at == portal.clock.now())
    };
    while !is_in() {
        std::thread::yield_now();
    }
    done(portal, &COMMAND, |c, act| session::revoke_all(c, act, "tham.tran", None)).expect("it is done");
    line.write_all(last.as_bytes()).expect("it is sent");
    let mut answer = String::new();
    line.read_to_string(&mut answer).expect("an answer");
    answer.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn what_arrives_after_its_sender_was_signed_out_is_not_done() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let token = [("token_name", "Máy"), ("scope", "write"), ("days", "30"), ("token_password", PASSWORD)];
    let told = sent_slowly(&Browser::of(&portal, "tham.tran"), "/ban-bien-tap/toi/ma-truy-cap", &token);
    assert!(told.contains(" 403 "), "{told}");
    let offer = second::offer("tham.tran", "Bảng Tin").expect("there is chance");
    let code = second::shown(&offer.secret, portal.clock.now() + TimeDelta::minutes(2)).expect("a key");
    let told = sent_slowly(&Browser::of(&portal, "tham.tran"), ENROL, &[("secret", &offer.secret), ("code", &code)]);
    assert!(told.contains(" 403 "), "{told}");
    let page = Browser::of(&portal, "tham.tran").get(ME);
    assert_eq!(page.attributes("form[action^='/ban-bien-tap/toi/ma-truy-cap/']", "action").len(), 0);
}

#[test]
fn a_role_that_asks_for_a_second_factor_opens_nothing_before_it() {
    let portal = office();
    added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let mut browser = Browser::new(&portal);
    assert_eq!(browser.sign_in("lan.pham", PASSWORD).header("location"), ENROL);
    for path in ["/ban-bien-tap", ME, "/ban-bien-tap/nguoi", SECOND] {
        assert_eq!((browser.get(path).status, browser.get(path).header("location")), (303, ENROL), "{path}");
    }
    assert_eq!(
        browser
            .post("/ban-bien-tap/them-nguoi", &[("login", "ke.gian"), ("name", "Kẻ Gian"), ("role", "keeper"), ("unit", "")])
            .header("location"),
        ENROL
    );
    let (secret, codes) = enrolled(&mut browser);
    assert_eq!(browser.get("/ban-bien-tap/nguoi").status, 200);
    let removed = browser.post("/ban-bien-tap/toi/tat-xac-thuc", &[("code", &codes[9])]);
    assert_eq!(removed.status, 409, "a role of hers needs it");

    let mut other = Browser::new(&portal);
    assert_eq!(other.sign_in("lan.pham", PASSWORD).header("location"), SECOND);
    let half = other.cookie.clone();
    assert_eq!(other.get("/ban-bien-tap/nguoi").header("location"), SECOND);
    let code = |portal: &Portal| second::shown(&secret, portal.clock.now()).expect("a key");
    assert_eq!(other.post(SECOND, &[("code", &code(&portal))]).status, 422, "the code with which it was set up is used");
    pass(&portal, TimeDelta::seconds(30));
    let used = code(&portal);
    let spaced = format!("{} {}", &used[..3], &used[3..]);
    assert_eq!(other.post(SECOND, &[("code", &spaced), ("sau", "/ban-bien-tap/nguoi")]).header("location"), "/ban-bien-tap/nguoi");
    assert_ne!(other.cookie, half, "the token changes");
    assert_eq!(
        Browser { portal: &portal, cookie: half }.get("/ban-bien-tap/nguoi").header("location"),
        "/ban-bien-tap/dang-nhap?sau=/ban-bien-tap/nguoi"
    );

    let mut thief = Browser::new(&portal);
    thief.sign_in("lan.pham", PASSWORD);
    assert_eq!(thief.post(SECOND, &[("code", &used)]).status, 422, "a code that was looked at over a shoulder is used");
    pass(&portal, TimeDelta::seconds(90));
    assert_eq!(thief.post(SECOND, &[("code", &another(&code(&portal)))]).status, 422);
    pass(&portal, TimeDelta::minutes(10));
    assert_eq!(thief.get(SECOND).status, 303, "and the half session is soon over");
}

#[test]
fn a_recovery_code_works_once_and_the_phone_s_clock_may_be_off_by_a_step() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let (secret, codes) = enrolled(&mut Browser::of(&portal, "tham.tran"));
    let enter = |code: &str| {
        let mut browser = Browser::new(&portal);
        assert_eq!(browser.sign_in("tham.tran", PASSWORD).header("location"), SECOND);
        browser.post(SECOND, &[("code", code)]).status
    };
    assert_eq!(enter(&codes[3].to_uppercase()), 303, "as it is typed");
    assert_eq!(enter(&codes[3]), 422, "once");
    assert_eq!(enter(&codes[4].replace('-', " ")), 303);
    pass(&portal, TimeDelta::minutes(5));
    let now = portal.clock.now();
    let at = |seconds: i64| second::shown(&secret, now + TimeDelta::seconds(seconds)).expect("a key");
    assert_eq!(enter(&at(-60)), 422, "two steps are too many");
    assert_eq!(enter(&at(30)), 303, "one step ahead");
    assert_eq!(enter(&at(0)), 422, "an earlier step is over when a later one was taken");
    let Who::Person(actor) = who(&portal, "tham.tran") else { panic!("a person") };
    let left = portal.app.web.store.write(|c| second::codes_left(c, actor.id)).expect("it can be read");
    assert_eq!(left, 8);
    // Somebody who has the password tries codes: pauses come here too.
    let mut thief = Browser::new(&portal);
    thief.sign_in("tham.tran", PASSWORD);
    let waits = (0..30).filter(|_| thief.post(SECOND, &[("code", "123456")]).text(".issues").contains("chờ")).count();
    assert!(waits >= 20, "{waits}");
}

#[test]
fn the_way_back_leads_to_the_desk_only() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let enter = |back: &str| {
        let mut browser = Browser::new(&portal);
        let fields = [("login", "tham.tran"), ("password", PASSWORD), ("sau", back)];
        browser.post(SIGN_IN, &fields).header("location").to_owned()
    };
    assert_eq!(enter("/ban-bien-tap/toi"), "/ban-bien-tap/toi");
    for evil in [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/ban-bien-tap",
        "https:evil.example",
        "/%2fevil.example",
        "/ban-bien-tap@evil.example",
        "/ban-bien-tap/../../evil",
        "/ban-bien-tap\r\nset-cookie: a=b",
        " /ban-bien-tap",
        "javascript:alert(1)",
    ] {
        assert_eq!(enter(evil), "/ban-bien-tap", "{evil}");
    }
    let page = portal.get("/ban-bien-tap/dang-nhap?sau=%2F%2Fevil.example");
    assert_eq!(page.attributes("input[name=sau]", "value"), [""]);
}

#[test]
fn one_s_own_password_is_changed_against_the_old_one_and_other_devices_go() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let (mut here, there) = (Browser::of(&portal, "tham.tran"), Browser::of(&portal, "tham.tran"));
    let new = "giếng làng năm ấy cạn trơ";
    let mut change = |old: &str, password: &str, again: &str| {
        here.post("/ban-bien-tap/toi/mat-khau", &[("old", old), ("password", password), ("again", again)])
    };
    for (old, password, again, field) in [
        ("sai", new, new, "old"),
        (PASSWORD, "matkhau123", "matkhau123", "password"),
        (PASSWORD, new, "khác", "again"),
        (PASSWORD, "tham.tran là tôi", "tham.tran là tôi", "password"),
    ] {
        let reply = change(old, password, again);
        assert_eq!((reply.status, reply.texts(&format!("#i-{field}")).len()), (422, 1), "{field}: {}", reply.text("main"));
    }
    assert_eq!(there.get(ME).status, 200);
    assert_eq!(change(PASSWORD, new, new).status, 303);
    assert_eq!((here.get(ME).status, there.get(ME).status), (200, 303));
    assert_eq!(Browser::new(&portal).sign_in("tham.tran", PASSWORD).status, 422);
    // A keyboard that composes its accents otherwise writes the same password.
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(new).collect();
    assert_ne!(decomposed, new);
    let mut other = Browser::new(&portal);
    assert_eq!(other.sign_in("THAM.TRAN ", &decomposed).status, 303);
    let devices = here.get(ME);
    assert_eq!(devices.texts("form[action^='/ban-bien-tap/toi/phien/']").len(), 2);
    assert!(devices.text("main").contains("Chrome trên Android"), "{}", devices.text("main"));
    assert_eq!(here.post("/ban-bien-tap/toi/phien", &[]).status, 303);
    assert_eq!((here.get(ME).status, other.get(ME).status), (200, 303));
}

#[test]
fn a_session_of_somebody_else_is_not_ended_by_guessing_its_number() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, None)]);
    let victim = Browser::of(&portal, "tham.tran");
    let mut other = Browser::of(&portal, "son.do");
    for id in 1..10 {
        let reply = other.post(&format!("/ban-bien-tap/toi/phien/{id}"), &[]);
        if reply.header("location").contains("signed-out") {
            other = Browser::of(&portal, "son.do");
        }
    }
    assert_eq!(victim.get(ME).status, 200);
    // And nothing is done for a page that is not ours.
    let mut browser = Browser::of(&portal, "tham.tran");
    for path in ["/ban-bien-tap/toi/phien", "/ban-bien-tap/dang-xuat", "/ban-bien-tap/toi/ma-truy-cap"] {
        assert_eq!(browser.post_marked(path, &[("mark", "doan")]).status, 403, "{path}");
    }
    assert_eq!(browser.get(ME).status, 200);
}

#[test]
fn a_token_is_shown_once_and_revoked_at_the_page() {
    let portal = office();
    let folder = crate::folder::Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    portal.import(&folder).expect("sound");
    portal.get("/");
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let mut browser = Browser::of(&portal, "tham.tran");
    let tokens = "/ban-bien-tap/toi/ma-truy-cap";
    let wrong = browser.post(tokens, &[("token_name", ""), ("scope", "write"), ("days", "30")]);
    assert_eq!((wrong.status, wrong.texts("#i-token_name").len()), (422, 1));
    let asked = [("token_name", "Máy <b>nhập</b>"), ("scope", "write"), ("scope", "keep_people"), ("days", "30")];
    let made = browser.post(tokens, &[&asked[..], &[("token_password", PASSWORD)]].concat());
    let token = made.text(".secret");
    assert!(token.starts_with("bangtin_"), "{}", made.body);
    let page = browser.get(ME);
    assert!(!page.body.contains(&token) && page.body.contains("Máy &lt;b&gt;"), "{}", page.text("main"));
    let form = page.attributes("form[action^='/ban-bien-tap/toi/ma-truy-cap/']", "action").remove(0);
    assert_eq!(browser.post(&form, &[]).status, 303);
    assert_eq!(browser.post(&form, &[]).status, 404);
}

/// A code that is not this one.
fn another(code: &str) -> String {
    let first = if code.starts_with('7') { '3' } else { '7' };
    std::iter::once(first).chain(code.chars().skip(1)).collect()
}
