//! Boards that are not well are told of: to whoever looks after them, and to machines that want to be told; and no longer than it lasts.

use bangtin::app::alarms::Watcher;
use bangtin::board::alarms::{self, Alarm};
use bangtin::board::report::{self, Answer, Event, Report, Showing, Told};
use bangtin::board::roll;
use bangtin::bulletin::webhook;
use bangtin::bulletin::webhook_line::Doors;
use bangtin::kit::clock::Moment;
use bangtin::kit::digest::base64;
use bangtin::kit::sign::Signer;
use bangtin::person::access::Role;
use bangtin::posting::coverage::{At, coverage};
use bangtin::posting::placements_note as note;
use chrono::Duration;
use serde_json::Value;

use crate::folder::Folder;
use crate::people::{Browser, added, done, role, unit};
use crate::placements::id;
use crate::places::{folder, place};
use crate::portal::{Portal, at};
use crate::store::postgres;

const LIST: &str = "/ban-bien-tap/don-vi/xa-dong-kieu/bang-dien-tu";
const URGENT: &str = "title = \"Sơ tán trước 20 giờ\"\nkind = \"thong-bao-khan\"\npriority = \"urgent\"\nlead = \"Rời nhà ngay.\"\n\
                      issuer = \"Ban Chỉ huy\"\nobjections = \"Trực: 0900\"\nuntil = 2026-11-22T06:00:00\nunit = \"99\"\nto = [\"below\"]";

/// A machine at the seat of a commune, as its portal hears it.
struct Office {
    portal: Portal,
    folder: Folder,
    signer: Signer,
    count: i64,
}

impl Office {
    fn on(database: Option<String>) -> Office {
        let folder = folder();
        folder.posting("noi-quy", "title = \"Nội quy\"\nperiod = \"3000 days\"", "Không hút thuốc.");
        let portal = Portal::telling(&folder, database);
        portal.app.begin_keys().expect("a key can be made");
        added(&portal, "vi.lo", "Lò Thị Vi", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
        added(&portal, "ben.gao", "Quàng Thị Thơm", &[role(Role::BoardKeeper, Some(unit(&portal, "Bến Gạo")))]);
        let mut office = Office { portal, folder, signer: Signer::draw().expect("a key"), count: 0 };
        let code = office.tell(&Told::default(), Vec::new()).code;
        let seat = place(&office.portal, "tru-so").id.to_string();
        let reply = Browser::of(&office.portal, "vi.lo").post(LIST, &[("code", &code), ("place", &seat)]);
        assert_eq!(reply.status, 303, "{}", reply.text("main"));
        office.well();
        office
    }

    fn tell(&mut self, told: &Told, events: Vec<Event>) -> Answer {
        self.count += 1;
        let public = self.signer.public().written();
        let report = Report { unit: "99001".to_owned(), public, count: self.count, told: told.clone(), events };
        let body = serde_json::to_string(&report).expect("JSON");
        let said = format!("keyid=\"{}\", sig=:{}:", self.signer.id(), base64(&self.signer.sign(body.as_bytes())));
        let headers = [("bulletin-signature", said.as_str()), ("content-type", "application/json")];
        let reply = self.portal.post(&report::path("99001"), &headers, &body);
        serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{} {}", reply.status, reply.body))
    }

    fn told() -> Told {
        Told { version: env!("CARGO_PKG_VERSION").to_owned(), number: 9_999, clock: "sure".to_owned(), is_visible: true, ..Told::default() }
    }

    /// It speaks, and all is well.
    fn well(&mut self) -> Answer {
        self.tell(&Office::told(), Vec::new())
    }

    fn begins(&mut self, slug: &str, edition: i32) {
        self.began(slug, edition, self.portal.clock.now());
    }

    fn began(&mut self, slug: &str, edition: i32, at: Moment) {
        let now = bangtin::kit::calendar::rfc3339(at);
        let (id, digest) = (format!("https://thu.example/niem-yet/{slug}"), "ab".repeat(32));
        let event = Event {
            key: format!("{:040x}", self.count),
            what: "began".to_owned(),
            id: id.clone(),
            edition,
            digest: digest.clone(),
            at: now.clone(),
        };
        let showing = vec![Showing { id, edition, digest, since: now }];
        let answer = self.tell(&Told { showing: Some(showing), ..Office::told() }, vec![event]);
        assert_eq!(answer.taken.len(), 1);
    }

    fn pass(&self, minutes: i64) {
        self.portal.clock.set(self.portal.clock.now() + Duration::minutes(minutes));
    }

    fn import(&self) {
        self.portal.import(&self.folder).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal)));
    }

    fn open(&self) -> Vec<Alarm> {
        alarms::all_open(&mut self.portal.app.web.store.read().expect("it opens")).expect("alarms")
    }

    fn home(&self, login: &str) -> Vec<String> {
        Browser::of(&self.portal, login).get("/ban-bien-tap").texts("section[aria-labelledby=reminders] .row-title")
    }

    fn at_seat(&self, slug: &str) -> At {
        let document = id(&self.portal, slug);
        let found =
            coverage(&mut self.portal.app.web.store.read().expect("it opens"), document, self.portal.clock.now()).expect("a coverage");
        let seat = place(&self.portal, "tru-so").id;
        found
            .parts
            .iter()
            .flat_map(|part| &part.places)
            .find(|(place, _)| place.id == seat)
            .map(|(_, at)| *at)
            .expect("it is to hang there")
    }
}

fn whats(all: &[Alarm]) -> Vec<&str> {
    all.iter().map(|alarm| alarm.what.as_str()).collect()
}

#[test]
fn a_board_that_falls_silent_is_told_of_until_it_speaks_again() {
    for database in [None, Some(postgres())] {
        let mut office = Office::on(database);
        office.begins("noi-quy", 1);
        let heard = office.portal.clock.now();
        let mut watcher = Watcher::new(&office.portal.app);
        assert_eq!((watcher.step().expect("it looks"), office.at_seat("noi-quy")), (0, At::Current));
        office.pass(70);
        assert_eq!(watcher.step().expect("it looks"), 0, "it may speak yet");
        office.pass(1);
        assert_eq!(watcher.step().expect("it looks"), 1);
        let open = office.open();
        assert_eq!((whats(&open), open[0].raised_at), (vec!["silent"], heard));
        // Whoever begins to watch anew tells nothing twice.
        assert_eq!((watcher.step().expect("it looks"), Watcher::new(&office.portal.app).step().expect("it looks")), (0, 0));
        // Nobody answers for what it showed since: neither the number nor the page says that it hangs there.
        assert_eq!(office.at_seat("noi-quy"), At::Torn(heard));
        assert!(office.portal.get("/niem-yet/noi-quy").text("main").contains("màn hình không hiện từ"), "the citizen is told, too");
        let home = office.home("vi.lo");
        assert!(home.iter().any(|line| line.contains("1 bảng điện tử") && line.contains("Bảng ở trụ sở UBND xã")), "{home:?}");
        assert!(!office.home("ben.gao").iter().any(|line| line.contains("bảng điện tử")), "it is none of a neighbour's business");
        let page = Browser::of(&office.portal, "vi.lo").get(LIST);
        assert_eq!(page.texts(".desk-strip a[href$='/bang-dien-tu'] .count"), ["1"], "{}", page.text("main"));
        assert!(page.text("main").contains("Im lặng"), "{}", page.text("main"));
        office.pass(10);
        office.well();
        let spoke = office.portal.clock.now();
        assert_eq!(watcher.step().expect("it looks"), 1);
        assert!(office.open().is_empty() && !office.home("vi.lo").iter().any(|line| line.contains("bảng điện tử")));
        assert_eq!(office.at_seat("noi-quy"), At::Current);
        office.pass(1);
        let page = office.portal.get("/niem-yet/noi-quy").text("main");
        assert!(!page.contains("màn hình không hiện từ"), "and the citizen is told that it is there again: {page}");
        let kept = alarms::of_board(&mut office.portal.app.web.store.read().expect("it opens"), 1, None, 9).expect("its history");
        assert_eq!((whats(&kept), kept[0].cleared_at), (vec!["silent"], Some(spoke)));
    }
}

#[test]
fn a_board_that_is_switched_off_for_the_night_wakes_nobody() {
    let mut office = Office::on(None);
    let mut watcher = Watcher::new(&office.portal.app);
    let hours = bangtin::board::hours::Hours::read("07:00", "17:00").expect("hours");
    let keeper = crate::people::who(&office.portal, "vi.lo");
    done(&office.portal, &keeper, |c, act| roll::keep_hours(c, act, 1, hours)).expect("the keeper says so");
    let stranger = crate::people::who(&office.portal, "ben.gao");
    assert!(done(&office.portal, &stranger, |c, act| roll::keep_hours(c, act, 1, hours)).is_err());
    office.portal.clock.set(at("2026-11-23T16:58:00"));
    office.well();
    for local in ["2026-11-23T17:30:00", "2026-11-23T23:00:00", "2026-11-24T06:59:00", "2026-11-24T08:05:00"] {
        office.portal.clock.set(at(local));
        assert_eq!(watcher.step().expect("it looks"), 0, "{local}");
    }
    office.portal.clock.set(at("2026-11-24T08:09:00"));
    assert_eq!((watcher.step().expect("it looks"), whats(&office.open())), (1, vec!["silent"]), "but in the morning it is missed");
}

#[test]
fn an_urgent_posting_that_is_not_on_a_screen_within_its_limit_is_told_of() {
    let mut office = Office::on(None);
    let mut watcher = Watcher::new(&office.portal.app);
    office.folder.posting("so-tan", URGENT, "Mang theo giấy tờ.");
    office.import();
    let published = office.portal.clock.now();
    office.well();
    office.pass(5);
    assert_eq!(watcher.step().expect("it looks"), 0);
    office.pass(1);
    assert_eq!(watcher.step().expect("it looks"), 1);
    let open = office.open();
    assert_eq!((whats(&open), open[0].document_id), (vec!["urgent"], Some(id(&office.portal, "so-tan"))));
    assert!(open[0].raised_at <= published, "{open:?}");
    let home = office.home("vi.lo");
    assert!(home[0].contains("Sơ tán trước 20 giờ") && home[0].contains("1 bảng"), "it stands first: {home:?}");
    office.begins("so-tan", 1);
    assert_eq!((watcher.step().expect("it looks"), office.open().len()), (1, 0));
    // A screen that goes dark shows it no more.
    let now = bangtin::kit::calendar::rfc3339(office.portal.clock.now());
    let id = "https://thu.example/niem-yet/so-tan".to_owned();
    let dark = Event { key: "c".repeat(40), what: "broke".to_owned(), id, edition: 1, digest: "ab".repeat(32), at: now };
    office.tell(&Told { is_visible: false, ..Office::told() }, vec![dark]);
    office.pass(6);
    watcher.step().expect("it looks");
    assert_eq!(whats(&office.open()), ["urgent", "dark"]);
    // And when it is over, nothing is missing.
    office.portal.clock.set(at("2026-11-22T06:00:00"));
    office.well();
    watcher.step().expect("it looks");
    assert!(office.open().is_empty(), "{:?}", office.open());
}

#[test]
fn an_offices_own_limit_holds() {
    let mut office = Office::on(None);
    let text = std::fs::read_to_string(office.folder.path().join("site.toml")).expect("it is there");
    office.folder.file("site.toml", format!("{text}\n[boards]\nurgent_minutes = 30\n"));
    office.folder.posting("so-tan", URGENT, "Mang theo giấy tờ.");
    office.import();
    office.well();
    let mut watcher = Watcher::new(&office.portal.app);
    office.pass(30);
    assert_eq!(watcher.step().expect("it looks"), 0);
    office.pass(1);
    assert_eq!(watcher.step().expect("it looks"), 1);
    assert!(
        office
            .portal
            .export()
            .contents()
            .iter()
            .any(|(name, bytes)| name == "site.toml" && String::from_utf8_lossy(bytes).contains("urgent_minutes = 30"))
    );
    office.folder.file("site.toml", format!("{text}\n[boards]\nurgent_minutes = 0\n"));
    let refusal = office.portal.import(&office.folder).expect_err("nothing is on a screen before it is there");
    assert!(office.portal.told(&refusal).contains("urgent_minutes"));
}

#[test]
fn a_machine_that_wants_to_be_told_is_told_of_the_boards_below_it_and_others_are_not() {
    let mut office = Office::on(None);
    let command = |office: &Office| {
        let keeper = added(&office.portal, "tinh", "Hà Thị Nga", &[role(Role::Publisher, None)]);
        let mut made = Vec::new();
        for (name, path, tells) in [("Hương Lúa", "tinh", true), ("Đông Kiều", "xa", false), ("Bến Gạo", "khac", true)] {
            let of = unit(&office.portal, name);
            let of = bangtin::unit::with_ids(&mut office.portal.app.web.store.read().expect("it opens"), &[of]).expect("units").remove(0);
            let from = webhook::here(
                &mut office.portal.app.web.reading(bangtin::kit::words::Lang::Vi, office.portal.clock.now()).expect("it opens"),
                &of,
            );
            let (url, from) = (format!("http://127.0.0.1:9/{path}"), from.expect("a cursor"));
            made.push(
                done(&office.portal, &keeper, |c, act| webhook::add(c, act, &of, (&url, ""), from, Doors::Any)).expect("it is taken"),
            );
            if tells {
                done(&office.portal, &keeper, |c, act| webhook::keep_boards(c, act, made[made.len() - 1], true)).expect("it is kept");
            }
        }
        made
    };
    let made = command(&office);
    let mut watcher = Watcher::new(&office.portal.app);
    office.pass(71);
    watcher.step().expect("it looks");
    let sent = |office: &Office, of: i64| -> Vec<Value> {
        let all = webhook::deliveries(&mut office.portal.app.web.store.read().expect("it opens"), of, 0, 9).expect("deliveries");
        all.iter().map(|one| serde_json::from_str(&one.body).expect("JSON")).collect()
    };
    assert_eq!(made.iter().map(|id| sent(&office, *id).len()).collect::<Vec<_>>(), [1, 0, 0]);
    let told = &sent(&office, made[0])[0];
    assert_eq!((told["kind"].as_str(), told["unit"]["code"].as_str()), (Some("alarms"), Some("99")));
    let alarm = &told["alarms"][0];
    assert_eq!((alarm["what"].as_str(), alarm["place"].as_str()), (Some("silent"), Some("Bảng ở trụ sở UBND xã")));
    assert!(
        alarm["cleared_at"].is_null()
            && alarm["item"].is_null()
            && alarm["url"].as_str().is_some_and(|url| url.ends_with("/bang-dien-tu/1"))
    );
    office.well();
    watcher.step().expect("it looks");
    let cleared = &sent(&office, made[0])[0];
    assert_eq!(cleared["alarms"][0]["id"], alarm["id"]);
    assert!(cleared["alarms"][0]["cleared_at"].is_string());
    // At the desk it is a box to tick, for whoever keeps the address.
    let mut clerk = Browser::of(&office.portal, "tinh");
    let page = clerk.get(&format!("/ban-bien-tap/bao-may-khac/{}", made[0]));
    assert_eq!(page.attributes("input[name=tells]", "checked").len(), 1, "{}", page.text("main"));
    assert_eq!(clerk.post(&format!("/ban-bien-tap/bao-may-khac/{}/bao-bang", made[0]), &[]).status, 303);
    office.pass(71);
    watcher.step().expect("it looks");
    assert_eq!(sent(&office, made[0]).len(), 2, "it wants to be told no more");
}

#[test]
fn what_a_machine_says_and_what_people_say_of_paper_are_never_told_of_one_place_together() {
    let mut office = Office::on(None);
    office.begins("noi-quy", 1);
    let mut keeper = Browser::of(&office.portal, "vi.lo");
    let (seat, hall) = (place(&office.portal, "tru-so").id.to_string(), place(&office.portal, "thon-2").id.to_string());
    let document = id(&office.portal, "noi-quy");
    let path = format!("/ban-bien-tap/van-ban/{document}/noi-treo");
    let said = |what: &'static str, place: &str, key: &str| {
        vec![
            ("place", place.to_owned()),
            ("what", what.to_owned()),
            ("at", "2026-11-21T08:00".to_owned()),
            ("number", "1".to_owned()),
            ("key", key.to_owned()),
        ]
    };
    let mut say =
        |fields: Vec<(&str, String)>| keeper.post(&path, &fields.iter().map(|(name, text)| (*name, text.as_str())).collect::<Vec<_>>());
    let reply = say(said("hung", &hall, "k1"));
    assert_eq!(reply.status, 303, "{}", reply.text("main"));
    let reply = say(said("taken_down", &seat, "k2"));
    assert!(reply.status == 422 && reply.body.contains("tự báo"), "{} {}", reply.status, reply.text("main"));
    // Another machine stands neither where one stands nor where paper hangs.
    let mut other = Office { signer: Signer::draw().expect("a key"), count: 0, ..office };
    let code = other.tell(&Told::default(), Vec::new()).code;
    for (place, why) in [(&seat, "đã có một bảng điện tử"), (&hall, "đang treo 1 văn bản giấy")] {
        let reply = Browser::of(&other.portal, "vi.lo").post(LIST, &[("code", &code), ("place", place)]);
        assert!(reply.status == 422 && reply.body.contains(why) && reply.body.contains(&code), "{}", reply.text("main"));
    }
    // Taken off, the first showed until its last word, and then nothing.
    other.pass(30);
    let removed = Browser::of(&other.portal, "vi.lo").post("/ban-bien-tap/bang-dien-tu/1/go", &[("reason", "Máy hỏng")]);
    assert_eq!(removed.status, 303);
    assert!(matches!(other.at_seat("noi-quy"), At::Down(_)), "{:?}", other.at_seat("noi-quy"));
    assert_eq!(Browser::of(&other.portal, "vi.lo").post(LIST, &[("code", &code), ("place", &seat)]).status, 303);
}

#[test]
fn a_board_whose_clock_is_a_little_slow_does_not_lose_its_first_word_and_one_that_is_hours_behind_proves_nothing() {
    let mut office = Office::on(None);
    let paired = office.portal.clock.now();
    office.began("noi-quy", 1, paired - Duration::hours(2));
    assert!(matches!(office.at_seat("noi-quy"), At::Silent(_)), "before it was paired it hung nowhere");
    office.began("noi-quy", 1, paired - Duration::seconds(40));
    assert_eq!(office.at_seat("noi-quy"), At::Current);
    let rows = note::rows_of(&mut office.portal.app.web.store.read().expect("it opens"), id(&office.portal, "noi-quy")).expect("rows");
    assert_eq!(rows.iter().map(|row| row.at).collect::<Vec<_>>(), [paired], "and not before somebody said where it stands");
}

#[test]
fn the_staff_of_the_whole_portal_see_every_board_that_wants_somebody() {
    let office = Office::on(None);
    office.pass(71);
    Watcher::new(&office.portal.app).step().expect("it looks");
    added(&office.portal, "tat.ca", "Hà Văn Cả", &[role(Role::BoardKeeper, None)]);
    assert!(office.home("tat.ca").iter().any(|line| line.contains("1 bảng điện tử")));
}
