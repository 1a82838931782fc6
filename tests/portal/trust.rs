//! What a session, a link or a guess in the wrong hands is worth: no more than it was, and no longer than its owner lets it.

use bangtin::person::access::{Role, Verb};
use bangtin::person::{Act, second, session, sign_in};
use bangtin::store::Conn;
use bangtin::store::schema::{log, recovery_codes};
use diesel::prelude::*;

use crate::folder::{Folder, SITE};
use crate::people::{Browser, COMMAND, PASSWORD, added, done, limits, role, unit};
use crate::portal::{Portal, Reply};
use crate::store::postgres;

const ME: &str = "/ban-bien-tap/toi";
const TOKENS: &str = "/ban-bien-tap/toi/ma-truy-cap";
const ENROL: &str = "/ban-bien-tap/toi/xac-thuc-hai-lop";
const NEW: &str = "giếng làng năm ấy cạn trơ";

/// Nobody here is obliged to have a second factor.
fn office() -> Portal {
    settled(Portal::open())
}

fn settled(portal: Portal) -> Portal {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(portal.get("/").status, 200);
    portal
}

/// How often each of these stands in the log about somebody.
fn told(portal: &Portal, login: &str, acts: &[&str]) -> Vec<i64> {
    let mut c = portal.app.web.store.read().expect("it answers");
    let mut count = |act: &str| {
        let rows = log::table.filter(log::subject.eq(format!("person/{login}")).and(log::act.eq(act)));
        rows.count().get_result(&mut *c).expect("it can be read")
    };
    acts.iter().map(|act| count(act)).collect()
}

fn sound(portal: &Portal) {
    let found = bangtin::app::verify::verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
}

fn api(portal: &Portal, token: &str) -> u16 {
    portal.ask("GET", "/api/v1/me", &[("authorization", &format!("Bearer {token}"))]).status
}

fn token(browser: &mut Browser, name: &str) -> String {
    let made = browser.post(TOKENS, &[("token_name", name), ("scope", "write"), ("days", "366"), ("token_password", PASSWORD)]);
    assert_eq!(made.status, 200, "{}", made.text(".issues"));
    made.text(".secret")
}

#[test]
fn what_programs_were_let_do_ends_with_the_password_and_with_a_second_factor() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let mut browser = Browser::of(&portal, "tham.tran");
    let one = token(&mut browser, "máy một");
    assert_eq!(api(&portal, &one), 200);
    let secret = browser.get(ENROL).attributes("input[name=secret]", "value").remove(0);
    let code = second::shown(&secret, portal.clock.now()).expect("a key");
    let page = browser.post(ENROL, &[("secret", &secret), ("code", &code), ("sau", "")]);
    assert!(page.text("main").contains("Các mã cho chương trình cũng đã hết hiệu lực"), "{}", page.text("main"));
    assert_eq!((api(&portal, &one), told(&portal, "tham.tran", &["tokens_revoked"])), (401, vec![1]));

    let two = token(&mut browser, "máy hai");
    assert_eq!(api(&portal, &two), 200);
    let changed = browser.post("/ban-bien-tap/toi/mat-khau", &[("old", PASSWORD), ("password", NEW), ("again", NEW)]);
    assert_eq!(changed.status, 303, "{}", changed.text(".issues"));
    let page = browser.get(changed.header("location"));
    assert!(page.text("body").contains("Các mã cho chương trình cũng đã hết hiệu lực"), "{}", page.text("body"));
    assert_eq!((api(&portal, &two), told(&portal, "tham.tran", &["tokens_revoked", "password_set"])), (401, vec![2, 2]));
    sound(&portal);
}

#[test]
fn a_session_makes_no_token_without_the_password_and_may_guess_it_no_more_than_elsewhere() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let mut browser = Browser::of(&portal, "tham.tran");
    let mut ask = |name: &str, password: &str| {
        browser.post(TOKENS, &[("token_name", name), ("scope", "write"), ("days", "30"), ("token_password", password)])
    };
    // A slip in the form is no attempt.
    for _ in 0..9 {
        let slip = ask("", "sai mật khẩu rồi");
        assert_eq!((slip.texts("#i-token_name").len(), slip.texts("#i-token_password").len()), (1, 0), "{}", slip.text("main"));
    }
    let said: Vec<(u16, bool)> = ["", "sai", "sai", "sai", "sai", "sai", PASSWORD]
        .iter()
        .map(|typed| ask("máy", typed))
        .map(|reply| (reply.status, reply.text("#i-token_password").contains("chờ")))
        .collect();
    let wrong = (422, false);
    assert_eq!(said, [wrong, wrong, wrong, wrong, wrong, wrong, (422, true)], "and then the right one waits too");
    assert_eq!(told(&portal, "tham.tran", &["token_created"]), [0]);
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::seconds(30));
    let before = browser.cookie.clone();
    token(&mut browser, "máy");
    assert_ne!(browser.cookie, before, "who has shown who he is goes on under a new token");
    assert_eq!((browser.get(ME).status, told(&portal, "tham.tran", &["token_created"])), (200, vec![1]));
}

/// A sign-in from an address, as a proxy in front of us would say it: all of the answer that may be compared.
fn from(portal: &Portal, address: &str, login: &str, password: &str) -> (u16, String, String) {
    let body = form_urlencoded::Serializer::new(String::new()).append_pair("login", login).append_pair("password", password).finish();
    let reply: Reply = portal.post("/ban-bien-tap/dang-nhap", &[("x-forwarded-for", address)], &body);
    (reply.status, reply.text(".issues"), reply.body.replace(login, "…"))
}

/// Two portals that differ only in whether somebody is known in the hall from which all this comes.
fn twins() -> [Portal; 2] {
    [true, false].map(|is_known| {
        let portal = Portal::reopen(office().stop(), None, &["127.0.0.1"]);
        if is_known {
            added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
            assert_eq!(from(&portal, HALL, "tham.tran", PASSWORD).0, 303);
        }
        portal
    })
}

const HALL: &str = "198.51.100.7";

#[test]
fn no_pause_and_no_count_tells_who_is_known_where_others_were_wrong() {
    let [known, nobody] = twins();
    let others: Vec<String> = (0..9).map(|n| format!("ai.do.so{n}")).collect();
    let mut waited = 0;
    for step in 0..90 {
        // Now and then so long that one pause is over and another is not; the hall's mistakes are its own all the while.
        let time = [0, 0, 0, 3, 0, 27, 0, 0, 61, 0, 7, 0, 240][step % 13];
        let login = if step % 3 == 1 { "tham.tran" } else { &others[step * 5 % 9] };
        let address = if step % 11 == 10 { "203.0.113.40" } else { HALL };
        let [one, other] = [&known, &nobody].map(|portal| {
            portal.clock.set(portal.clock.now() + chrono::TimeDelta::seconds(time));
            from(portal, address, login, "x")
        });
        assert_eq!((one.0, &one.1), (other.0, &other.1), "step {step}: {login} from {address}");
        assert!(one.2 == other.2, "step {step}: the pages differ");
        waited += usize::from(one.1.contains("chờ"));
    }
    assert!((20..80).contains(&waited), "{waited}: both answers came");
}

#[test]
fn who_is_known_comes_in_where_others_were_wrong_and_ends_nobody_s_pause() {
    let [portal, _] = twins();
    let heard = (0..40).take_while(|n| !from(&portal, HALL, &format!("khac.{n}"), "x").1.contains("chờ")).count();
    assert_eq!(heard, 21);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, None)]);
    assert_eq!(from(&portal, HALL, "son.do", PASSWORD).0, 422, "whoever is new here waits, also with the right password");
    assert!(from(&portal, HALL, "tham.tran", "x").1.contains("chờ"), "and so it is said to whoever is wrong");
    assert_eq!(from(&portal, HALL, "tham.tran", PASSWORD).0, 303);
    assert_eq!(from(&portal, HALL, "son.do", PASSWORD).0, 422);
}

fn linked(page: &Reply) -> String {
    let link = page.text(".secret");
    assert!(link.contains("/ban-bien-tap/lien-ket?ma="), "{}", page.body);
    link.split_once("?ma=").map(|(_, secret)| secret.to_owned()).expect("a secret")
}

fn opens(portal: &Portal, secret: &str) -> u16 {
    let page = portal.get(&format!("/ban-bien-tap/lien-ket?ma={secret}")).status;
    if page != 200 {
        let mut stranger = Browser::new(portal);
        let sent = stranger.post("/ban-bien-tap/lien-ket", &[("ma", secret), ("password", NEW), ("again", NEW)]);
        assert_eq!((sent.status, stranger.cookie.as_str()), (404, ""), "{}", sent.text("main"));
    }
    page
}

fn links(portal: &Portal) {
    let (here, beside) = (unit(portal, "Đông Kiều"), unit(portal, "Bến Gạo"));
    added(portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    added(portal, "kieu.ho", "Hồ Thị Kiều", &[role(Role::Keeper, Some(here))]);
    for login in ["tham.tran", "hoa.vu", "son.do", "moi.ly"] {
        added(portal, login, "Người Dùng", &[role(Role::Author, Some(here))]);
    }
    let (mut chief, mut keeper) = (Browser::of(portal, "lan.pham"), Browser::of(portal, "kieu.ho"));
    let path = |login: &str, way: &str| format!("/ban-bien-tap/nguoi/{login}/{way}");
    let mut reset = |login: &str| linked(&keeper.post(&path(login, "dat-lai"), &[("x", "")]));
    let (tham, hoa, son) = (reset("tham.tran"), reset("hoa.vu"), reset("son.do"));
    let (here, beside) = (here.to_string(), beside.to_string());
    let to = |reply: Reply| reply.header("location").rsplit_once("?da=").map(|(_, done)| done.to_owned()).unwrap_or_default();

    // Within the keeper's reach nothing changes; beyond it the link is void, also when the role is taken again.
    assert_eq!(to(chief.post(&path("tham.tran", "giao-vai-tro"), &[("role", "editor"), ("unit", &here)])), "person-changed");
    assert_eq!(opens(portal, &tham), 200);
    let granted = chief.post(&path("tham.tran", "giao-vai-tro"), &[("role", "publisher"), ("unit", &beside)]);
    assert!(chief.get(granted.header("location")).text("body").contains("không còn dùng được"));
    assert_eq!((to(granted), opens(portal, &tham)), ("link-void".to_owned(), 404));
    assert_eq!(to(chief.post(&path("tham.tran", "bo-vai-tro"), &[("role", "publisher"), ("unit", &beside)])), "person-changed");
    assert_eq!((opens(portal, &tham), told(portal, "tham.tran", &["link_voided"])), (404, vec![1]));
    // A link of whoever may do it is good.
    let again = linked(&chief.post(&path("tham.tran", "dat-lai"), &[("x", "")]));
    assert_eq!(to(chief.post(&path("tham.tran", "giao-vai-tro"), &[("role", "publisher"), ("unit", &beside)])), "person-changed");
    assert_eq!(opens(portal, &again), 200);

    // One that was followed cannot be told from its owner's: whoever gives more is told so, once.
    let follow = [("ma", hoa.as_str()), ("password", PASSWORD), ("again", PASSWORD)];
    assert_eq!(Browser::new(portal).post("/ban-bien-tap/lien-ket", &follow).status, 303);
    assert_eq!(to(chief.post(&path("hoa.vu", "giao-vai-tro"), &[("role", "author"), ("unit", &beside)])), "password-by-link");
    assert_eq!(to(chief.post(&path("hoa.vu", "giao-vai-tro"), &[("role", "editor"), ("unit", &beside)])), "person-changed");

    // Nor does a link outlive the role of whoever gave it.
    assert_eq!(opens(portal, &son), 200);
    assert_eq!(to(chief.post(&path("kieu.ho", "bo-vai-tro"), &[("role", "keeper"), ("unit", &here)])), "person-changed");
    assert_eq!(opens(portal, &son), 404);
    sound(portal);
}

#[test]
fn a_link_makes_nobody_more_than_whoever_gave_it_may_reach_on_both_databases() {
    for url in [None, Some(postgres())] {
        links(&settled(Portal::on(url)));
    }
}

#[test]
fn a_code_for_a_session_that_was_ended_is_not_used_up_and_nobody_is_said_to_have_signed_in() {
    let portal = office();
    let who = added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let offer = second::offer("tham.tran", "Bảng Tin").expect("there is chance");
    let code = second::shown(&offer.secret, portal.clock.now()).expect("a key");
    let codes = done(&portal, &who, |c, act| second::enrol(c, act, 0, &offer.secret, &code)).expect("the code is right").codes;
    let (store, now, limits) = (&portal.app.web.store, portal.clock.now(), limits(&portal));
    let given = sign_in::Given { login: "tham.tran", password: PASSWORD, from: None, agent: "" };
    let half = || match sign_in::sign_in(store, now, &limits, &given) {
        Ok(sign_in::Outcome::In(entered)) => entered,
        _ => panic!("the password is right"),
    };
    let ended = half();
    // While the code was on its way.
    done(&portal, &COMMAND, |c, act| session::revoke_all(c, act, "tham.tran", None)).expect("it is done");
    let late = sign_in::second_factor(store, now, &limits, &ended.token, None, &codes[0]);
    assert!(matches!(late, Err(bangtin::kit::refusal::Refusal::Forbidden)));
    let used = |c: &mut Conn| Ok(recovery_codes::table.filter(recovery_codes::used_at.is_not_null()).count().get_result::<i64>(c)?);
    assert_eq!(store.write(used).expect("it can be read"), 0);
    assert_eq!(told(&portal, "tham.tran", &["signed_in", "password_given"]), [1, 1], "the first by his link");
    let entered = half();
    let second = sign_in::second_factor(store, now, &limits, &entered.token, None, &codes[0]);
    assert!(matches!(second, Ok(sign_in::Outcome::In(_))), "the code is as good as it was");
    assert_eq!(told(&portal, "tham.tran", &["signed_in"]), [2]);
}

#[test]
fn a_verb_that_needs_a_proof_takes_none_for_another_password() {
    let portal = office();
    let who = added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let store = &portal.app.web.store;
    let act = Act { now: portal.clock.now(), who: &who };
    let proven = bangtin::person::password::prove(store, act, "old", PASSWORD).expect("it is right");
    let change = bangtin::person::password::prepare(store, act, PASSWORD, NEW, "").expect("it is right");
    done(&portal, &who, |c, act| bangtin::person::password::change(c, act, 0, &change).map(drop)).ok();
    let asked = bangtin::person::token::Asked { name: "máy", scope: &[Verb::Write], days: 30 };
    let made = done(&portal, &who, |c, act| bangtin::person::token::create_proven(c, act, 0, &proven, &asked));
    assert!(matches!(made, Err(bangtin::kit::refusal::Refusal::Stale)));
}
