//! People: who is added, what he may, how he is let go; and that the log vouches for all of it.

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::{Grant, Role, Verb};
use bangtin::person::session::{self, Limits};
use bangtin::person::{Act, Actor, Door, Who, keep, link, roll, second, sign_in, token};
use bangtin::store::Conn;
use bangtin::store::schema::{grants, persons, units};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::folder::Folder;
use crate::portal::{Portal, Reply};
use crate::store::postgres;

pub const PASSWORD: &str = "trâu vàng uống nước sông xanh";
pub const COMMAND: Who = Who::Machine("command");

/// The portal's units and nothing else.
pub fn office() -> Portal {
    Portal::with(&Folder::new())
}

/// The unit that bears this code and name.
pub fn unit(portal: &Portal, name: &str) -> i64 {
    let mut c = portal.app.web.store.read().expect("it opens");
    units::table.filter(units::name.eq(name).and(units::valid_until.is_null())).select(units::id).first(&mut *c).expect("it is there")
}

pub fn role(role: Role, unit_id: Option<i64>) -> Grant {
    Grant { role, unit_id }
}

pub fn limits(portal: &Portal) -> Limits {
    Limits::of(&portal.app.web.last_face().site.desk)
}

/// A verb in somebody's name.
pub fn done<T>(portal: &Portal, who: &Who, verb: impl FnOnce(&mut Conn, Act) -> Result<T, Refusal>) -> Result<T, Refusal> {
    portal.app.web.store.write(|c| verb(c, Act { now: portal.clock.now(), who }))
}

/// Adds somebody and lets him set the usual password.
pub fn added(portal: &Portal, login: &str, name: &str, roles: &[Grant]) -> Who {
    let token = done(portal, &COMMAND, |c, act| keep::add(c, act, login, name, roles)).expect("he is new");
    let answer = link::Answer { token: &token, login: "", name: "", password: PASSWORD, from: None, agent: "" };
    link::follow(&portal.app.web.store, portal.clock.now(), &limits(portal), "Bảng Tin thử", &answer).expect("the link is good");
    who(portal, login)
}

/// Somebody as he stands before the house now.
pub fn who(portal: &Portal, login: &str) -> Who {
    let mut c = portal.app.web.store.read().expect("it opens");
    let person = roll::at_login(&mut c, login).expect("he is there");
    Who::Person(person.actor(&mut c, None, Door::Desk).expect("it can be read"))
}

/// A browser with one cookie.
pub struct Browser<'p> {
    pub portal: &'p Portal,
    pub cookie: String,
}

impl<'p> Browser<'p> {
    pub fn new(portal: &'p Portal) -> Browser<'p> {
        Browser { portal, cookie: String::new() }
    }

    /// Signed in with the usual password; no second factor is asked of whom this is for.
    pub fn of(portal: &'p Portal, login: &str) -> Browser<'p> {
        let mut browser = Browser::new(portal);
        let reply = browser.sign_in(login, PASSWORD);
        assert_eq!(reply.status, 303, "{}", reply.body);
        browser
    }

    pub fn sign_in(&mut self, login: &str, password: &str) -> Reply {
        self.post("/ban-bien-tap/dang-nhap", &[("login", login), ("password", password)])
    }

    pub fn get(&self, path: &str) -> Reply {
        self.portal.ask("GET", path, &[("cookie", &self.cookie)])
    }

    /// A form of ours, with the mark that the desk's pages carry for this session.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let mark = self.mark();
        self.post_marked(path, &[fields, &[("mark", mark.as_str())]].concat())
    }

    pub fn post_marked(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let reply = self.portal.post(path, &[("cookie", &self.cookie)], &body);
        if let Some((_, rest)) = reply.header("set-cookie").split_once("bangtin=") {
            let token = rest.split(';').next().unwrap_or_default();
            self.cookie = if token.is_empty() { String::new() } else { format!("bangtin={token}") };
        }
        reply
    }

    fn mark(&self) -> String {
        if self.cookie.is_empty() {
            return String::new();
        }
        let on = |path: &str| self.get(path).attributes("input[name=mark]", "value").into_iter().next();
        ["/ban-bien-tap/toi", "/ban-bien-tap/ma-xac-thuc", "/ban-bien-tap/toi/xac-thuc-hai-lop"]
            .into_iter()
            .find_map(on)
            .unwrap_or_default()
    }
}

fn key(refusal: Refusal) -> String {
    match refusal {
        Refusal::Missing => "missing".to_owned(),
        Refusal::Forbidden => "forbidden".to_owned(),
        Refusal::WrongState(phrase) => phrase.key.to_owned(),
        Refusal::Issues(issues) => format!("{}: {}", issues[0].file, issues[0].phrase.key),
        other => other.to_string(),
    }
}

fn refused<T>(outcome: Result<T, Refusal>) -> String {
    outcome.err().map(key).expect("it is refused")
}

fn actor(who: &Who) -> &Actor {
    who.actor().expect("a person")
}

#[test]
fn a_keeper_of_a_commune_keeps_its_people_and_nobody_who_may_more() {
    let portal = office();
    let (province, here, beside) = (unit(&portal, "Hương Lúa"), unit(&portal, "Đông Kiều"), unit(&portal, "Bến Gạo"));
    let keeper = added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, Some(here))]);
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(here))]);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, Some(beside))]);
    added(&portal, "minh.le", "Lê Quang Minh", &[role(Role::Keeper, None), role(Role::Author, Some(here))]);

    done(&portal, &keeper, |c, act| keep::add(c, act, "hoa.vu", "Vũ Thị Hoa", &[role(Role::Author, Some(here))])).expect("her own commune");
    for place in [Some(beside), Some(province), None] {
        let add = done(&portal, &keeper, |c, act| keep::add(c, act, "moi.nguoi", "Người Mới", &[role(Role::Author, place)]));
        assert_eq!(refused(add), "missing", "{place:?}");
        let grant = done(&portal, &keeper, |c, act| keep::grant(c, act, "tham.tran", role(Role::Author, place)));
        assert_eq!(refused(grant), "missing", "{place:?}");
    }
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::add(c, act, "moi.nguoi", "Người Mới", &[]))), "missing");
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::reset(c, act, "son.do"))), "missing", "she may not know of him");
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::reset(c, act, "khong.co"))), "missing");
    // The portal's keeper writes in her commune too: she sees him, and may not become him.
    for verb in [keep::disable, keep::enable] {
        assert_eq!(refused(done(&portal, &keeper, |c, act| verb(c, act, "minh.le"))), "forbidden");
    }
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::reset(c, act, "minh.le"))), "forbidden");
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::rename(c, act, "minh.le", "Ai Đó"))), "forbidden");
    assert_eq!(refused(done(&portal, &keeper, |c, act| session::revoke_all(c, act, "minh.le", None))), "forbidden");
    done(&portal, &keeper, |c, act| keep::revoke(c, act, "minh.le", role(Role::Author, Some(here)))).expect("a role in her commune");
    assert_eq!(refused(done(&portal, &keeper, |c, act| keep::revoke(c, act, "minh.le", role(Role::Keeper, None)))), "missing");

    let seen = done(&portal, &keeper, roll::visible_to).expect("she may look");
    assert_eq!(seen.iter().map(|listed| listed.person.login.as_str()).collect::<Vec<_>>(), ["hoa.vu", "lan.pham", "tham.tran"]);
    let author = who(&portal, "tham.tran");
    assert!(done(&portal, &author, roll::visible_to).expect("nothing is there").is_empty());
    assert_eq!(refused(done(&portal, &author, |c, act| keep::grant(c, act, "tham.tran", role(Role::Keeper, Some(here))))), "missing");
}

#[test]
fn the_portal_is_never_left_without_a_keeper() {
    let portal = office();
    let keeper = added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let take = |from: &str| done(&portal, &keeper, |c, act| keep::revoke(c, act, from, role(Role::Keeper, None)));
    assert_eq!(refused(take("lan.pham")), "person-last-keeper");
    // One who has never come in cannot let anybody in.
    let token = done(&portal, &COMMAND, |c, act| keep::add(c, act, "minh.le", "Lê Quang Minh", &[role(Role::Keeper, None)]));
    assert_eq!(refused(take("lan.pham")), "person-last-keeper");
    let token = token.expect("he is new");
    let answer = link::Answer { token: &token, login: "", name: "", password: PASSWORD, from: None, agent: "" };
    link::follow(&portal.app.web.store, portal.clock.now(), &limits(&portal), "", &answer).expect("the link is good");
    done(&portal, &keeper, |c, act| keep::disable(c, act, "minh.le")).expect("she remains");
    assert_eq!(refused(take("lan.pham")), "person-last-keeper", "a disabled keeper opens nothing");
    done(&portal, &keeper, |c, act| keep::enable(c, act, "minh.le")).expect("she may");
    take("lan.pham").expect("he remains");
    let other = who(&portal, "minh.le");
    assert_eq!(refused(done(&portal, &other, |c, act| keep::disable(c, act, "minh.le"))), "person-not-oneself");
    assert_eq!(refused(done(&portal, &other, |c, act| keep::reset(c, act, "minh.le"))), "person-not-oneself");
}

#[test]
fn a_login_is_plain_and_never_given_twice() {
    let portal = office();
    let add = |login: &str, name: &str| done(&portal, &COMMAND, |c, act| keep::add(c, act, login, name, &[role(Role::Author, None)]));
    for login in ["", "a", "Thắm", "tham tran", "-tham", "tham.", "tham/tran", "tham\u{0}", &"a".repeat(41), "TRAN"] {
        assert_eq!(refused(add(login, "Trần Thị Thắm")), "login: person-bad-login", "{login}");
    }
    assert_eq!(refused(add("tham.tran", "  ")), "name: person-no-name");
    assert_eq!(refused(add("tham.tran", &"ă".repeat(81))), "name: person-bad-name");
    add("tham.tran", "  Trần   Thị Thắm ").expect("she is new");
    done(&portal, &COMMAND, |c, act| keep::disable(c, act, "tham.tran")).expect("she leaves");
    assert_eq!(refused(add("tham.tran", "Người Khác")), "login: person-login-taken");
    let mut c = portal.app.web.store.read().expect("it opens");
    assert_eq!(roll::at_login(&mut c, "tham.tran").map(|person| person.name).ok().as_deref(), Some("Trần Thị Thắm"));
    drop(c);
    let gone = portal.app.web.store.write(|c| Ok(diesel::delete(persons::table).execute(c)?));
    assert!(gone.is_err(), "nobody is struck off the roll");
}

#[test]
fn a_reset_shuts_every_door_and_opens_one() {
    let portal = office();
    let keeper = added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let author = added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let browser = Browser::of(&portal, "tham.tran");
    assert_eq!(browser.get("/ban-bien-tap/toi").status, 200);
    let key = done(&portal, &author, |c, act| token::create(c, act, "máy", &[Verb::Write], 30)).expect("she may");
    let door = |c: &mut Conn| token::at_door(c, &key, None, portal.clock.now(), &limits(&portal));
    assert!(done(&portal, &COMMAND, |c, _| door(c)).expect("it can be read").is_some());

    let first = done(&portal, &keeper, |c, act| keep::reset(c, act, "tham.tran")).expect("she may");
    let second = done(&portal, &keeper, |c, act| keep::reset(c, act, "tham.tran")).expect("again");
    assert_eq!(browser.get("/ban-bien-tap/toi").status, 303, "the session is over");
    assert!(done(&portal, &COMMAND, |c, _| door(c)).expect("it can be read").is_none(), "and the token");
    assert_eq!(Browser::new(&portal).sign_in("tham.tran", PASSWORD).status, 422, "and the password");
    let mut fresh = Browser::new(&portal);
    assert_eq!(fresh.get(&link::path(&first)).status, 404, "and the link before");
    let new = "giếng làng năm ấy cạn trơ";
    assert_eq!(fresh.get(&link::path(&second)).status, 200);
    let fields = |password: &'static str| [("ma", second.as_str()), ("password", password), ("again", password)];
    let weak = fresh.post("/ban-bien-tap/lien-ket", &fields("matkhau123"));
    assert_eq!((weak.status, weak.texts("#i-password").len()), (422, 1));
    assert_eq!(fresh.post("/ban-bien-tap/lien-ket", &fields(new)).status, 303);
    assert_eq!(fresh.get("/ban-bien-tap/toi").status, 200);
    assert_eq!(Browser::new(&portal).post("/ban-bien-tap/lien-ket", &fields(new)).status, 404, "it works once");
    assert_eq!(Browser::new(&portal).sign_in("tham.tran", new).status, 303);
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::hours(72));
    let late = done(&portal, &keeper, |c, act| keep::reset(c, act, "tham.tran")).expect("she may");
    portal.clock.set(portal.clock.now() + chrono::TimeDelta::hours(72));
    assert_eq!(portal.get(&link::path(&late)).status, 404, "three days, and no longer");
}

#[test]
fn whoever_is_disabled_is_out_at_once_and_back_when_enabled() {
    let portal = office();
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, None)]);
    let browser = Browser::of(&portal, "tham.tran");
    done(&portal, &COMMAND, |c, act| keep::disable(c, act, "tham.tran")).expect("it is done");
    assert_eq!(browser.get("/ban-bien-tap/toi").status, 303);
    let refused = Browser::new(&portal).sign_in("tham.tran", PASSWORD);
    let unknown = Browser::new(&portal).sign_in("khong.co", PASSWORD);
    assert_eq!(refused.text(".issues"), unknown.text(".issues"));
    done(&portal, &COMMAND, |c, act| keep::enable(c, act, "tham.tran")).expect("it is done");
    assert_eq!(browser.get("/ban-bien-tap/toi").status, 303, "what was over stays over");
    Browser::of(&portal, "tham.tran");
}

#[test]
fn the_first_link_makes_the_first_person_and_no_other() {
    let portal = office();
    let store = &portal.app.web.store;
    let make = || store.write(|c| link::first(c, portal.clock.now())).expect("it can be written");
    let void = make().expect("nobody is there");
    let token = make().expect("nobody is there yet");
    let mut browser = Browser::new(&portal);
    assert_eq!(browser.get(&link::path(&void)).status, 404, "a newer one was printed");
    assert!(browser.get(&link::path(&token)).text("main").contains("quản trị viên"), "it says what the first person is");
    let sent = |login: &'static str, again: &'static str| {
        [("ma", token.as_str()), ("name", "Phạm Thị Lan"), ("login", login), ("password", PASSWORD), ("again", again)].to_vec()
    };
    let bad = browser.post("/ban-bien-tap/lien-ket", &sent("lan phạm", PASSWORD));
    assert_eq!((bad.status, bad.texts("#i-login").len()), (422, 1));
    assert_eq!(bad.attributes("#f-name", "value"), ["Phạm Thị Lan"], "what was typed comes back");
    assert!(!bad.body.contains(PASSWORD), "but for the password");
    assert_eq!(browser.post("/ban-bien-tap/lien-ket", &sent("lan.pham", "khác")).status, 422);
    let entered = browser.post("/ban-bien-tap/lien-ket", &sent("lan.pham", PASSWORD));
    assert_eq!((entered.status, entered.header("location")), (303, "/ban-bien-tap/toi/xac-thuc-hai-lop"), "a keeper enrols first");
    assert!(make().is_none(), "somebody is there");
    assert_eq!(Browser::new(&portal).post("/ban-bien-tap/lien-ket", &sent("ke.gian", PASSWORD)).status, 404);
    let held: Vec<Role> = actor(&who(&portal, "lan.pham")).grants.iter().map(|grant| grant.role).collect();
    assert_eq!(held, [Role::Keeper, Role::Editor, Role::Reviewer, Role::Publisher]);
}

#[test]
fn a_keeper_works_with_people_by_its_pages() {
    let portal = office();
    let here = unit(&portal, "Đông Kiều");
    let folder = Folder::new();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", crate::folder::SITE));
    portal.import(&folder).expect("sound");
    portal.get("/");
    added(&portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, Some(here))]);
    added(&portal, "xa.la", "Người Xa Lạ", &[role(Role::Author, None)]);
    let mut keeper = Browser::of(&portal, "lan.pham");
    let unit_id = here.to_string();
    let empty = keeper.post("/ban-bien-tap/them-nguoi", &[("login", "tham.tran"), ("name", "Trần Thị Thắm"), ("unit", &unit_id)]);
    assert_eq!((empty.status, empty.attributes("#f-login", "value")), (422, vec!["tham.tran".to_owned()]));
    let fields = [("login", "Tham.Tran"), ("name", "Trần Thị Thắm"), ("unit", unit_id.as_str()), ("role", "author"), ("role", "reviewer")];
    let added = keeper.post("/ban-bien-tap/them-nguoi", &fields);
    assert!(added.text(".secret").starts_with("https://thu.example/ban-bien-tap/lien-ket?ma="), "{}", added.body);
    // Nobody gives what is not his to give, whatever a form says.
    let more = keeper.post("/ban-bien-tap/them-nguoi", &[("login", "ke.gian"), ("name", "Kẻ Gian"), ("unit", ""), ("role", "keeper")]);
    assert_eq!(more.status, 404);
    let list = keeper.get("/ban-bien-tap/nguoi");
    assert_eq!(list.texts(".rows .row-title"), ["Phạm Thị Lan", "Trần Thị Thắm"]);
    assert_eq!(
        keeper.get("/ban-bien-tap/nguoi?tim=tham&don-vi=xa-dong-kieu&vai-tro=reviewer").texts(".rows .row-title"),
        ["Trần Thị Thắm"]
    );
    assert_eq!(keeper.get("/ban-bien-tap/nguoi?vai-tro=statistician").texts(".rows .row-title"), Vec::<String>::new());
    assert_eq!(keeper.get("/ban-bien-tap/nguoi/xa.la").status, 404);
    let page = keeper.get("/ban-bien-tap/nguoi/tham.tran");
    assert!(page.text("main").contains("Người duyệt – xã Đông Kiều"), "{}", page.text("main"));
    for (path, fields) in [
        ("giao-vai-tro", vec![("role", "editor"), ("unit", unit_id.as_str())]),
        ("bo-vai-tro", vec![("role", "reviewer"), ("unit", &unit_id)]),
        ("ten", vec![("name", "Trần Thu Thắm")]),
        ("khoa", vec![("x", "")]),
        ("mo-khoa", vec![("x", "")]),
    ] {
        let reply = keeper.post(&format!("/ban-bien-tap/nguoi/tham.tran/{path}"), &fields);
        assert_eq!(reply.status, 303, "{path}: {}", reply.text("main"));
    }
    let page = keeper.get("/ban-bien-tap/nguoi/tham.tran").text("main");
    assert!(page.contains("Trần Thu Thắm") && page.contains("Biên tập viên – xã Đông Kiều"), "{page}");
    let taken = |role: &str| page.contains(&format!("{role} – xã Đông Kiều"));
    assert!(!taken("Người duyệt"), "{page}");
    assert_eq!(keeper.post("/ban-bien-tap/nguoi/tham.tran/ten", &[("name", "")]).texts("#i-name").len(), 1);
    assert_eq!(keeper.post("/ban-bien-tap/nguoi/tham.tran/dat-lai", &[("x", "")]).texts(".secret").len(), 1);
}

/// One life on the desk, in verbs; then every tampering with it shows.
fn vouched(portal: &Portal, raw: &dyn Fn(&str)) {
    let here = unit(portal, "Đông Kiều");
    added(portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let author = added(portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(here))]);
    let offer = second::offer("tham.tran", "Bảng Tin").expect("there is chance");
    let code = second::shown(&offer.secret, portal.clock.now()).expect("it can be made");
    let codes = done(portal, &author, |c, act| second::enrol(c, act, 0, &offer.secret, &code)).expect("the code is right").codes;
    done(portal, &author, |c, act| token::create(c, act, "máy", &[Verb::Write], 30)).expect("she may");
    let given = sign_in::Given { login: "tham.tran", password: PASSWORD, from: None, agent: "" };
    let store = &portal.app.web.store;
    let Ok(sign_in::Outcome::In(entered)) = sign_in::sign_in(store, portal.clock.now(), &limits(portal), &given) else {
        panic!("the password is right");
    };
    let second = sign_in::second_factor(store, portal.clock.now(), &limits(portal), &entered.token, None, &codes[0]);
    assert!(matches!(second, Ok(sign_in::Outcome::In(_))));
    done(portal, &COMMAND, |c, act| keep::rename(c, act, "tham.tran", "Trần Thu Thắm")).expect("it is done");
    let faults = || -> Vec<String> {
        let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
        found.faults.iter().map(|fault| portal.words.say(bangtin::kit::words::Lang::Vi, fault)).collect()
    };
    assert_eq!(faults(), Vec::<String>::new());
    for (tamper, mend) in [
        (
            "UPDATE grants SET role = 'keeper', unit_id = NULL WHERE role = 'author'",
            format!(
                "UPDATE grants SET role = 'author', unit_id = {here} WHERE granted_by = 'command' AND person_id = (SELECT id FROM persons WHERE login = 'tham.tran')"
            ),
        ),
        (
            "UPDATE persons SET name = name || 'x' WHERE login = 'tham.tran'",
            "UPDATE persons SET name = 'Trần Thu Thắm' WHERE login = 'tham.tran'".to_owned(),
        ),
        ("UPDATE tokens SET scope = 'write publish'", "UPDATE tokens SET scope = 'write'".to_owned()),
        (
            "UPDATE persons SET password_hash = password_hash || 'x' WHERE login = 'tham.tran'",
            "UPDATE persons SET password_hash = substr(password_hash, 1, length(password_hash) - 1) WHERE login = 'tham.tran'".to_owned(),
        ),
    ] {
        raw(tamper);
        let told = faults();
        assert!(told.len() == 1 && told[0].contains("tham.tran"), "{tamper}: {told:?}");
        raw(&mend);
        assert_eq!(faults(), Vec::<String>::new(), "{mend}");
    }
    raw("INSERT INTO persons (login, name, created_at) VALUES ('ke.gian', 'Kẻ Gian', '2026-11-21 00:00:00')");
    assert!(faults().len() == 1 && faults()[0].contains("ke.gian"));
}

#[test]
fn whoever_gives_himself_a_role_in_the_database_shows() {
    let portal = office();
    let file = portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&file.to_string_lossy()).expect("the file opens");
    let c = std::cell::RefCell::new(&mut c);
    vouched(&portal, &|sql| c.borrow_mut().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}")));
}

#[test]
fn and_shows_on_postgresql() {
    let url = postgres();
    let portal = Portal::on(Some(url.clone()));
    portal.import(&Folder::new()).expect("sound files");
    let mut c = PgConnection::establish(&url).expect("the cluster answers");
    let c = std::cell::RefCell::new(&mut c);
    vouched(&portal, &|sql| c.borrow_mut().batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}")));
}

#[test]
fn a_token_opens_its_scope_and_never_more_than_its_owner_may() {
    let portal = office();
    let roles = [Role::Author, Role::Editor, Role::Publisher].map(|name| role(name, None));
    let author = added(&portal, "tham.tran", "Trần Thị Thắm", &roles);
    let create = |scope: &[Verb], days: i64, name: &str| done(&portal, &author, |c, act| token::create(c, act, name, scope, days));
    assert_eq!(refused(create(&[], 30, "máy")), "scope: token-no-scope");
    assert_eq!(refused(create(&[Verb::KeepPeople, Verb::Urge], 30, "máy")), "scope: token-no-scope", "not for programs");
    assert_eq!(refused(create(&[Verb::Write, Verb::Review], 30, "máy")), "scope: token-beyond-owner");
    assert_eq!(refused(create(&[Verb::Write], 400, "máy")), "days: token-bad-days");
    assert_eq!(refused(create(&[Verb::Write], 30, " ")), "token_name: token-bad-name");
    let key = create(&[Verb::Write, Verb::Edit], 30, "máy nhập").expect("she may");
    let shown_to = |at: chrono::TimeDelta, limits: &Limits| {
        let now = portal.clock.now() + at;
        let found = portal.app.web.store.write(|c| token::at_door(c, &key, None, now, limits)).expect("it can be read");
        found.map(|(actor, _)| Who::Person(actor))
    };
    let strict = limits(&portal);
    assert_eq!(strict.second_factor, [Role::Keeper, Role::Publisher]);
    assert!(shown_to(chrono::TimeDelta::zero(), &strict).is_none(), "a role of hers needs a second factor, and she has none");
    let mild = Limits { second_factor: Vec::new(), ..strict };
    let shown = |at: chrono::TimeDelta| shown_to(at, &mild);
    done(&portal, &COMMAND, |c, act| keep::revoke(c, act, "tham.tran", role(Role::Editor, None))).expect("it is done");
    let who = shown(chrono::TimeDelta::zero()).expect("it is good");
    let may = |verb: Verb| portal.app.web.store.write(|c| who.may(c, verb, None)).expect("it can be read");
    assert!(may(Verb::Write));
    assert!(!may(Verb::Publish), "outside its scope");
    assert!(!may(Verb::Edit), "its owner may not");
    assert_eq!(
        refused(done(&portal, &who, |c, act| token::create(c, act, "con", &[Verb::Write], 30))),
        "forbidden",
        "no token makes tokens"
    );
    assert!(shown(chrono::TimeDelta::days(30)).is_none(), "it ends");
    let id = portal.app.web.store.write(|c| token::open(c, actor(&author).id, portal.clock.now())).expect("it can be read")[0].id;
    done(&portal, &author, |c, act| token::revoke(c, act, "tham.tran", id)).expect("her own");
    assert!(shown(chrono::TimeDelta::zero()).is_none(), "it is revoked");
    let facts: Vec<String> = portal
        .app
        .web
        .store
        .write(|c| Ok(bangtin::store::schema::log::table.select(bangtin::store::schema::log::facts).load(c)?))
        .expect("it can be read");
    assert!(facts.iter().all(|facts| !facts.contains(&key[8..]) && !facts.contains("argon2")), "no secret is in the log");
    let rows: i64 = portal.app.web.store.write(|c| Ok(grants::table.count().get_result(c)?)).expect("it can be read");
    assert_eq!(rows, 2);
}
