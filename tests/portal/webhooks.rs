//! Whoever wants to be told is told: of what happened, in order, signed, until he takes it; and nobody else is called.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Instant;

use bangtin::app::config::Config;
use bangtin::app::webhooks::Teller;
use bangtin::app::{App, words};
use bangtin::bulletin::webhook::{self, Delivery};
use bangtin::bulletin::webhook_line::Doors;
use bangtin::bulletin::webhook_tries::claim;
use bangtin::kit::clock::Clock;
use bangtin::kit::digest;
use bangtin::kit::sign::Public;
use bangtin::kit::words::Lang;
use bangtin::person::Act;
use bangtin::person::access::Role;
use bangtin::store::{log, reaches};
use chrono::Duration;
use serde_json::Value;

use crate::folder::{Folder, SITE};
use crate::people::{Browser, COMMAND, added, role, unit};
use crate::portal::{Portal, Reply, at, morning};
use crate::process::{Office, PATIENCE};
use crate::store::postgres;

const LIST: &str = "/ban-bien-tap/don-vi/xa-dong-kieu/bao-may-khac";
const ONE: &str = "/ban-bien-tap/bao-may-khac/1";
const NOTICE: &str = "title = \"Thông báo của xã\"";

/// What somebody was sent.
#[derive(Clone, Debug)]
struct Heard {
    path: String,
    headers: Vec<(String, String)>,
    body: String,
}

impl Heard {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("it is JSON")
    }

    /// What it tells, each by its kind and the end of its id.
    fn told(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let end = |id: String| id.rsplit('/').next().unwrap_or_default().to_owned();
        self.json()["events"].as_array().expect("a list").iter().map(|one| (text(&one["type"]), end(text(&one["id"])))).collect()
    }
}

type Answers = VecDeque<(u16, &'static str)>;

/// Somebody who wants to be told, on a port of this machine.
struct Receiver {
    address: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    arrived: Arc<Condvar>,
    /// What he answers next; 200 where nothing is said.
    answers: Arc<Mutex<Answers>>,
}

impl Receiver {
    fn open() -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let (heard, answers) = (Arc::<Mutex<Vec<Heard>>>::default(), Arc::<Mutex<Answers>>::default());
        let arrived = Arc::<Condvar>::default();
        let (hears, answering, arrives) = (heard.clone(), answers.clone(), arrived.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                answer(stream, &hears, &answering);
                arrives.notify_all();
            }
        });
        Receiver { address, heard, arrived, answers }
    }

    fn url(&self) -> String {
        format!("{}/bao?khoa=bi-mat", self.address)
    }

    fn heard(&self) -> Vec<Heard> {
        self.heard.lock().expect("nobody panics with it").clone()
    }

    /// The next that comes, or is there, after so many; the test ends where it never does.
    fn hears(&self, count: usize) -> Heard {
        let (heard, _) = self
            .arrived
            .wait_timeout_while(self.heard.lock().expect("nobody panics with it"), PATIENCE, |heard| heard.len() <= count)
            .expect("nobody panics with it");
        heard.get(count).cloned().unwrap_or_else(|| panic!("nothing came after {count}"))
    }

    fn answers(&self, answers: &[(u16, &'static str)]) {
        self.answers.lock().expect("nobody panics with it").extend(answers);
    }
}

fn answer(mut stream: TcpStream, heard: &Mutex<Vec<Heard>>, answers: &Mutex<Answers>) {
    let mut reader = BufReader::new(stream.try_clone().expect("it can be shared"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a line");
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        let Some((name, value)) = line.trim().split_once(':') else { break };
        headers.push((name.to_lowercase(), value.trim().to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length").and_then(|(_, value)| value.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("the whole body");
    heard.lock().expect("nobody panics with it").push(Heard { path, headers, body: String::from_utf8(body).expect("UTF-8") });
    let (status, more) = answers.lock().expect("nobody panics with it").pop_front().unwrap_or((200, ""));
    // 0: he hangs up.
    if status > 0 {
        let sent = format!("HTTP/1.1 {status} X\r\n{more}content-length: 2\r\nconnection: close\r\n\r\nok");
        drop(stream.write_all(sent.as_bytes()));
    }
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules().file("site.toml", format!("{SITE}\n[desk]\nidle_minutes = 1440\nabsolute_hours = 72\nsecond_factor = []\n"));
    folder.posting("thong-bao", NOTICE, "Thân bài.");
    folder
}

/// A portal that signs and may tell its neighbours; with somebody who publishes in the commune.
fn telling(folder: &Folder, database: Option<String>) -> Portal {
    let portal = Portal::telling(folder, database);
    portal.app.begin_keys().expect("a key can be made");
    let here = unit(&portal, "Đông Kiều");
    added(&portal, "dang.vu", "Vũ Thị Đăng", &[role(Role::Publisher, Some(here))]);
    portal
}

fn adds(browser: &mut Browser, url: &str) -> Reply {
    browser.post(LIST, &[("url", url), ("note", "Bảng điện tử")])
}

/// With a receiver that was just added.
fn told(portal: &Portal) -> (Receiver, Browser<'_>) {
    let receiver = Receiver::open();
    let mut browser = Browser::of(portal, "dang.vu");
    let reply = adds(&mut browser, &receiver.url());
    assert_eq!((reply.status, reply.header("location")), (303, format!("{ONE}?da=webhook-added").as_str()), "{}", reply.text("main"));
    (receiver, browser)
}

/// As whoever holds the machine could, wherever it leads.
fn adds_itself(app: &App, url: &str) {
    let now = app.web.clock.now();
    let mut reading = app.web.reading(Lang::Vi, now).expect("it opens");
    let unit = bangtin::unit::at_label(&mut reading.c, "xa-dong-kieu").expect("it is there");
    let from = webhook::here(&mut reading, &unit).expect("it can be read");
    drop(reading);
    let act = Act { now, who: &COMMAND };
    app.web.store.write(|c| webhook::add(c, act, &unit, (url, ""), from, Doors::Any)).expect("it is allowed");
}

fn import(portal: &Portal, folder: &Folder) {
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

fn step(teller: &mut Teller) -> usize {
    teller.step().unwrap_or_else(|refusal| panic!("{refusal}"))
}

fn passes(portal: &Portal, seconds: i64) {
    portal.clock.set(portal.clock.now() + Duration::seconds(seconds));
}

fn sent(portal: &Portal) -> Vec<Delivery> {
    webhook::deliveries(&mut portal.app.web.store.read().expect("it opens"), 1, 0, 2_000).expect("it can be read")
}

fn of(kind: &str, slug: &str) -> (String, String) {
    (kind.to_owned(), slug.to_owned())
}

#[test]
fn what_happens_is_told_at_once_with_a_signature_of_the_portals_key() {
    for database in [None, Some(postgres())] {
        let folder = folder();
        let portal = telling(&folder, database);
        let (receiver, _) = told(&portal);
        let mut teller = Teller::new(&portal.app);
        assert_eq!(step(&mut teller), 0, "what was before is not told");
        folder.posting("moi", "title = \"Mới\"", "Của riêng xã.");
        import(&portal, &folder);
        assert_eq!(step(&mut teller), 1);
        let heard = receiver.heard();
        let one = &heard[0];
        assert_eq!((heard.len(), one.path.as_str(), one.header("content-type")), (1, "/bao?khoa=bi-mat", "application/json"));
        assert_eq!(one.told(), [of("posted", "moi")]);
        let document = one.json();
        assert_eq!((&document["kind"], &document["unit"]["code"], &document["more"]), (&"notice".into(), &"99001".into(), &false.into()));
        assert!(!one.body.contains("Của riêng xã"), "it holds no words");
        // Standard Webhooks: the identifier, the time and the body are signed together.
        let keys: Value = serde_json::from_str(&portal.get("/.well-known/bangtin.json").body).expect("JSON");
        let public = Public::read(keys["keys"][0]["public"].as_str().expect("a key")).expect("a sound key");
        let signature = one.header("webhook-signature").strip_prefix("v1a,").and_then(digest::of_base64).expect("a signature");
        let (id, time) = (one.header("webhook-id"), one.header("webhook-timestamp"));
        assert_eq!((one.header("bulletin-key"), time), (public.id().as_str(), morning().and_utc().timestamp().to_string().as_str()));
        assert!(public.verifies(format!("{id}.{time}.{}", one.body).as_bytes(), &signature));
        assert!(!public.verifies(format!("{id}.1.{}", one.body).as_bytes(), &signature));
        // Whoever asks at the address that it names goes on from there.
        let next = document["next"].as_str().expect("an address");
        let more: Value = serde_json::from_str(&portal.get(next).body).expect("JSON");
        assert_eq!(more["events"].as_array().map(Vec::len), Some(0), "{next}");
        assert_eq!((step(&mut teller), receiver.heard().len()), (0, 1));
    }
}

#[test]
fn what_is_not_taken_is_tried_again_under_its_name_after_longer_and_longer_pauses() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, _) = told(&portal);
    // A fault, a dropped line, a redirect that nobody follows, too many at once.
    receiver.answers(&[(500, ""), (0, ""), (302, "location: /khac\r\n"), (307, "location: /khac\r\n"), (429, "retry-after: 1\r\n")]);
    let mut teller = Teller::new(&portal.app);
    folder.posting("moi", "title = \"Mới\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    for (count, (least, most)) in (2..).zip([(5, 6), (30, 36), (120, 144), (600, 720), (3_600, 4_320)]) {
        passes(&portal, least - 1);
        assert_eq!(step(&mut teller), 0, "not before {least} seconds");
        passes(&portal, most - least + 1);
        assert_eq!(step(&mut teller), 1, "after {most} seconds");
        assert_eq!(receiver.heard().len(), count);
    }
    let heard = receiver.heard();
    assert!(heard.iter().all(|one| one.path.starts_with("/bao?") && one.body == heard[0].body), "each try is the same");
    assert!(heard.iter().all(|one| one.header("webhook-id") == heard[0].header("webhook-id")));
    let times: Vec<&str> = heard.iter().map(|one| one.header("webhook-timestamp")).collect();
    assert!(times.windows(2).all(|two| two[0] < two[1]), "signed anew each time: {times:?}");
    let rows = sent(&portal);
    assert_eq!((rows.len(), rows[0].state.as_str(), rows[0].attempts, rows[0].last_status), (1, "delivered", 6, 200));
    passes(&portal, 10 * 24 * 3_600);
    assert_eq!(step(&mut teller), 0);
}

#[test]
fn an_address_that_never_answers_is_given_up_after_three_days_and_the_desk_says_so() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, browser) = told(&portal);
    receiver.answers(&[(500, ""); 100]);
    let mut teller = Teller::new(&portal.app);
    folder.posting("moi", "title = \"Mới\"", "Của xã.");
    import(&portal, &folder);
    step(&mut teller);
    assert!(browser.get(ONE).text("main").contains("Không gửi được từ 21/11/2026 08:00"));
    assert!(browser.get(LIST).text("main").contains("máy nhận trả lời 500"));
    for _ in 0..3 * 24 * 2 + 2 {
        passes(&portal, 1_800);
        step(&mut teller);
    }
    let browser = Browser::of(&portal, "dang.vu");
    let rows = sent(&portal);
    assert_eq!((rows[0].state.as_str(), rows[0].last_status), ("given_up", 500));
    assert!((14..=20).contains(&rows[0].attempts), "{}", rows[0].attempts);
    let page = browser.get(ONE);
    assert!(page.text(".rows").contains("Thôi không gửi nữa") && page.text("main").contains("Không gửi được từ"), "{}", page.text("main"));
}

#[test]
fn what_happens_is_told_in_its_order_also_when_the_first_of_it_is_not_taken() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, _) = told(&portal);
    receiver.answers(&[(500, ""), (500, "")]);
    let mut teller = Teller::new(&portal.app);
    for slug in ["mot", "hai", "ba"] {
        folder.posting(slug, "title = \"Việc mới\"", "Của xã.");
        passes(&portal, 1);
        import(&portal, &folder);
        step(&mut teller);
    }
    passes(&portal, 60);
    step(&mut teller);
    passes(&portal, 60);
    step(&mut teller);
    let taken: Vec<_> = receiver.heard().iter().skip(2).flat_map(Heard::told).collect();
    assert_eq!(taken, [of("posted", "mot"), of("posted", "hai"), of("posted", "ba")]);
    assert!(receiver.heard()[..2].iter().all(|one| one.told() == [of("posted", "mot")]));
}

#[test]
fn a_correction_a_withdrawal_and_what_the_clock_does_are_told() {
    let folder = folder();
    folder.posting("het-han", "title = \"Hết hạn\"\nuntil = 2026-12-25", "Đến hết ngày 25.");
    folder.posting("ngay-mai", "title = \"Ngày mai\"\npublished = 2026-11-22T06:00:00", "Sẽ treo.");
    let portal = telling(&folder, None);
    let (receiver, _) = told(&portal);
    let mut teller = Teller::new(&portal.app);
    let mut tells = |expected: (String, String)| {
        let before = receiver.heard().len();
        assert_eq!(step(&mut teller), 1, "{expected:?}");
        assert_eq!(receiver.heard()[before].told(), [expected]);
    };
    passes(&portal, 60);
    folder.posting("thong-bao@2", &format!("{NOTICE}\nchange_note = \"Sửa số\""), "Thân bài, đã sửa.");
    import(&portal, &folder);
    tells(of("revised", "thong-bao"));
    portal.clock.set(at("2026-11-21T08:10:00"));
    let gone = "[withdrawn]\nat = 2026-11-21T08:10:00\nreason = \"Đăng nhầm\"";
    folder.posting("thong-bao@2", &format!("{NOTICE}\nchange_note = \"Sửa số\"\n{gone}"), "Thân bài, đã sửa.");
    import(&portal, &folder);
    tells(of("withdrawn", "thong-bao"));
    assert_eq!(receiver.heard().last().map(|one| one.json()["events"][0]["reason"].clone()), Some("Đăng nhầm".into()));
    portal.clock.set(at("2026-11-22T05:59:59"));
    let mut other = Teller::new(&portal.app);
    assert_eq!(step(&mut other), 0);
    portal.clock.set(at("2026-11-22T06:00:00"));
    tells(of("posted", "ngay-mai"));
    // The end of the day, by the clock alone; by a teller that has just started.
    portal.clock.set(at("2026-12-26T00:00:00"));
    drop(other);
    assert_eq!(step(&mut Teller::new(&portal.app)), 1);
    let last: Vec<(String, String)> = receiver.heard().last().expect("it was told").told();
    assert!(last.contains(&of("ended", "het-han")), "{last:?}");
}

#[test]
fn what_is_another_units_is_not_told_and_what_comes_from_above_is() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, _) = told(&portal);
    let mut teller = Teller::new(&portal.app);
    folder.posting("cua-ben-gao", "title = \"Của Bến Gạo\"\nunit = \"99002\"", "Ở đó.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 0);
    folder.posting("cua-tinh", "title = \"Của tỉnh\"\nunit = \"99\"\nto = [\"below\"]", "Cho mọi xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    assert_eq!(receiver.heard()[0].told(), [of("posted", "cua-tinh")]);
}

#[test]
fn whoever_answers_that_he_is_gone_is_told_no_more_until_somebody_resumes_it() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    receiver.answers(&[(410, "")]);
    let mut teller = Teller::new(&portal.app);
    folder.posting("mot", "title = \"Một\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    assert!(browser.get(ONE).text("main").contains("Tạm dừng từ"));
    folder.posting("hai", "title = \"Hai\"", "Của xã.");
    import(&portal, &folder);
    passes(&portal, 3_600);
    assert_eq!(step(&mut teller), 0);
    assert_eq!(browser.post(&format!("{ONE}/gui-thu"), &[]).status, 409, "what is paused is sent nothing");
    assert_eq!(browser.post(&format!("{ONE}/gui-tiep"), &[]).status, 303);
    assert_eq!(step(&mut teller), 1);
    assert_eq!(receiver.heard().last().map(Heard::told), Some(vec![of("posted", "hai")]), "what happened meanwhile is told");
    assert_eq!(sent(&portal)[1].state, "given_up");
    let acts = portal.app.web.store.write(|c| log::acts_since(c, 0, 1_000)).expect("the log");
    let acts: Vec<&str> = acts.iter().filter(|(_, subject)| subject == "webhook/1/xa-dong-kieu").map(|(act, _)| act.as_str()).collect();
    assert_eq!(acts, ["webhook_added", "webhook_paused", "webhook_resumed"]);
}

#[test]
fn what_was_removed_or_paused_is_sent_nothing() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    receiver.answers(&[(500, "")]);
    let mut teller = Teller::new(&portal.app);
    folder.posting("mot", "title = \"Một\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    assert_eq!(browser.post(&format!("{ONE}/tam-dung"), &[]).header("location"), format!("{ONE}?da=webhook-paused"));
    passes(&portal, 3_600);
    assert_eq!(step(&mut teller), 0);
    assert_eq!(browser.post(&format!("{ONE}/gui-tiep"), &[]).status, 303);
    let sure = browser.get(&format!("{ONE}/bo"));
    assert!(sure.status == 200 && sure.text("main").contains("Không gửi gì tới địa chỉ này nữa"));
    assert_eq!(browser.post(&format!("{ONE}/bo"), &[]).header("location"), format!("{LIST}?da=webhook-removed"));
    folder.posting("hai", "title = \"Hai\"", "Của xã.");
    import(&portal, &folder);
    passes(&portal, 3_600);
    assert_eq!((step(&mut teller), receiver.heard().len(), sent(&portal).len()), (0, 1, 0));
    assert_eq!(browser.get(ONE).status, 404);
    assert!(browser.get(LIST).text(".empty").contains("Chưa có địa chỉ nào"));
}

#[test]
fn the_desk_sends_a_trial_and_any_delivery_again_under_its_name() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    assert!(browser.get(ONE).text(".empty").contains("Chưa gửi gì"));
    let mut teller = Teller::new(&portal.app);
    assert_eq!(browser.post(&format!("{ONE}/gui-thu"), &[]).header("location"), format!("{ONE}?da=webhook-tried"));
    assert_eq!(step(&mut teller), 1);
    let trial = receiver.heard()[0].clone();
    assert_eq!((trial.told(), trial.json()["kind"].clone()), (vec![], "notice".into()));
    folder.posting("mot", "title = \"Một\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    let page = browser.get(ONE);
    let rows = page.texts(".rows > li");
    assert!(
        rows.len() == 2 && rows[0].contains("1 việc") && rows[0].contains("máy nhận trả lời 200") && rows[1].contains("gửi thử"),
        "{rows:?}"
    );
    let again = page.attributes(".rows form", "action");
    assert_eq!(browser.post(&again[0], &[]).header("location"), format!("{ONE}?da=webhook-again"));
    assert_eq!(step(&mut teller), 1);
    let heard = receiver.heard();
    assert_eq!((heard[2].header("webhook-id"), &heard[2].body), (heard[1].header("webhook-id"), &heard[1].body));
    // One that is waiting for its next try goes at once.
    receiver.answers(&[(500, ""), (500, ""), (500, "")]);
    folder.posting("hai", "title = \"Hai\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    passes(&portal, 6);
    assert_eq!((step(&mut teller), step(&mut teller)), (1, 0));
    let again = browser.get(ONE).attributes(".rows form", "action");
    browser.post(&again[0], &[]);
    assert_eq!((step(&mut teller), sent(&portal)[0].attempts), (1, 3));
    // Nothing of it is an act.
    let rows = portal.app.web.store.write(log::position).expect("the log");
    browser.post(&format!("{ONE}/gui-thu"), &[]);
    step(&mut teller);
    assert_eq!(portal.app.web.store.write(log::position).expect("the log"), rows);
}

#[test]
fn several_that_run_at_once_send_each_once() {
    for database in [None, Some(postgres())] {
        let folder = folder();
        let portal = telling(&folder, database);
        let (receiver, _) = told(&portal);
        let mut tellers: Vec<Teller> = (0..4).map(|_| Teller::new(&portal.app)).collect();
        for number in 0..4 {
            folder.posting(&format!("so-{number}"), "title = \"Việc mới\"", "Của xã.");
            import(&portal, &folder);
            passes(&portal, 1);
            let tried: usize = std::thread::scope(|scope| {
                let running: Vec<_> = tellers.iter_mut().map(|teller| scope.spawn(|| step(teller))).collect();
                running.into_iter().map(|one| one.join().expect("it ends well")).sum()
            });
            assert_eq!((tried, receiver.heard().len()), (1, number + 1));
        }
    }
}

#[test]
fn a_try_whose_maker_died_is_made_again_under_its_name() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, _) = told(&portal);
    let mut teller = Teller::new(&portal.app);
    folder.posting("mot", "title = \"Một\"", "Của xã.");
    import(&portal, &folder);
    assert_eq!(step(&mut teller), 1);
    // As it stood when somebody had begun, and was killed before he could say what came of it.
    let name = receiver.heard()[0].header("webhook-id").to_owned();
    portal
        .app
        .web
        .store
        .write(|c| {
            webhook::again(c, Act { now: portal.clock.now(), who: &COMMAND }, 1, 1)?;
            claim(c, portal.clock.now(), 4)
        })
        .expect("it is claimed");
    passes(&portal, 29);
    assert_eq!(step(&mut Teller::new(&portal.app)), 0, "it may still be under way");
    passes(&portal, 1);
    assert_eq!(step(&mut Teller::new(&portal.app)), 1);
    assert_eq!(receiver.heard()[1].header("webhook-id"), name);
}

#[test]
fn one_that_does_not_answer_is_told_of_a_long_time_together_and_holds_up_nobody() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    let other = Receiver::open();
    assert_eq!(adds(&mut browser, &other.url()).status, 303);
    receiver.answers(&[(503, ""); 500]);
    let mut teller = Teller::new(&portal.app);
    for number in 0..30 {
        folder.posting(&format!("so-{number}"), "title = \"Việc mới\"", "Của xã.");
        passes(&portal, 1);
        import(&portal, &folder);
        step(&mut teller);
    }
    let all: Vec<_> = (0..30).map(|number| of("posted", &format!("so-{number}"))).collect();
    assert_eq!(other.heard().iter().flat_map(Heard::told).collect::<Vec<_>>(), all);
    assert_eq!(sent(&portal).len(), 20, "no more wait");
    let tried = receiver.heard().len();
    receiver.answers.lock().expect("nobody panics with it").clear();
    passes(&portal, 3_600);
    while step(&mut teller) > 0 {}
    let heard = receiver.heard();
    assert_eq!(heard[tried..].iter().flat_map(Heard::told).collect::<Vec<_>>(), all);
    assert_eq!(heard.len() - tried, 21, "what came after the last that could wait is told together");
}

#[test]
fn addresses_of_the_inner_network_are_refused_at_the_field_and_never_called() {
    let folder = folder();
    let portal = Portal::with(&folder);
    portal.app.begin_keys().expect("a key can be made");
    added(&portal, "dang.vu", "Vũ Thị Đăng", &[role(Role::Publisher, Some(unit(&portal, "Đông Kiều")))]);
    let mut browser = Browser::of(&portal, "dang.vu");
    for (url, told) in [
        ("https://127.0.0.1/a", "mạng nội bộ"),
        ("https://10.0.0.1/a", "mạng nội bộ"),
        ("https://169.254.169.254/latest/meta-data", "mạng nội bộ"),
        ("https://[::1]/a", "mạng nội bộ"),
        ("https://[::ffff:192.168.1.1]/a", "mạng nội bộ"),
        ("https://localhost/a", "mạng nội bộ"),
        // Other ways of writing 127.0.0.1: what the name leads to is what counts.
        ("https://2130706433/a", "mạng nội bộ"),
        ("https://127.1/a", "mạng nội bộ"),
        ("http://xa.example/a", "https://"),
        ("https://ai:mat-khau@xa.example/a", "tên đăng nhập"),
        ("ftp://xa.example/a", "chưa phải một địa chỉ"),
        ("", "chưa phải một địa chỉ"),
    ] {
        let reply = adds(&mut browser, url);
        assert_eq!(reply.status, 422, "{url}");
        assert!(reply.text("#i-url").contains(told), "{url}: {}", reply.text("#i-url"));
        assert_eq!(reply.attributes("#f-note", "value"), ["Bảng điện tử"], "what was typed stands there");
    }
    // An address that was added when it was allowed, or whose name leads elsewhere since.
    let receiver = Receiver::open();
    adds_itself(&portal.app, &receiver.url());
    assert_eq!(browser.post(&format!("{ONE}/gui-thu"), &[]).status, 303);
    assert_eq!(step(&mut Teller::new(&portal.app)), 1);
    assert!(receiver.heard().is_empty());
    assert!(browser.get(ONE).text(".rows").contains("địa chỉ dẫn vào mạng nội bộ"));
}

#[test]
fn whoever_publishes_in_the_unit_or_keeps_the_portal_keeps_its_addresses_and_nobody_else() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut publisher) = told(&portal);
    let (here, beside) = (unit(&portal, "Đông Kiều"), unit(&portal, "Bến Gạo"));
    added(&portal, "sua.lo", "Lò Thị Sửa", &[role(Role::Editor, Some(here)), role(Role::Reviewer, Some(here))]);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Publisher, Some(beside))]);
    added(&portal, "giu.lan", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let deeds = ["/gui-thu", "/tam-dung", "/gui-tiep", "/gui-lai/1", "/bo"].map(|deed| format!("{ONE}{deed}"));
    publisher.post(&deeds[0], &[]);
    let choice = "/ban-bien-tap/don-vi/xa-dong-kieu/ban-tin";
    for (login, status) in [("sua.lo", 403), ("son.do", 404)] {
        let mut browser = Browser::of(&portal, login);
        for path in [LIST, ONE, deeds[4].as_str()] {
            assert_eq!(browser.get(path).status, status, "{login} {path}");
        }
        for path in deeds.iter().map(String::as_str) {
            assert_eq!(browser.post(path, &[]).status, status, "{login} {path}");
        }
        assert_eq!(adds(&mut browser, &receiver.url()).status, status);
        assert_eq!(browser.post(choice, &[("articles", "3"), ("before", "5")]).status, status);
        let linked = browser.get("/ban-bien-tap/don-vi").attributes("a", "href").contains(&LIST.to_owned());
        assert!(!linked, "{login} is led nowhere");
    }
    assert_eq!(Browser::of(&portal, "sua.lo").get("/ban-bien-tap/bao-may-khac").status, 403);
    assert_eq!(publisher.get("/ban-bien-tap/bao-may-khac").header("location"), LIST);
    let mut keeper = Browser::of(&portal, "giu.lan");
    assert!(keeper.get("/ban-bien-tap/don-vi").attributes("a", "href").contains(&LIST.to_owned()));
    assert_eq!((keeper.get(LIST).status, keeper.post(&deeds[4], &[]).status), (200, 303));
    // The log tells who and where, and no more of an address than its host.
    let told = keeper.get("/ban-bien-tap/nhat-ky?viec=webhook_added").text("main");
    assert!(told.contains("Thêm địa chỉ được báo") && told.contains(&receiver.address) && !told.contains("bi-mat"), "{told}");
}

#[test]
fn no_address_twice_and_no_more_than_a_unit_may_have() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    assert!(adds(&mut browser, &receiver.url()).text("#i-url").contains("đã có trong danh sách"));
    let long = "dài ".repeat(60);
    assert!(browser.post(LIST, &[("url", "http://127.0.0.1:9/a"), ("note", &long)]).text("#i-note").contains("120"));
    for number in 1..webhook::MOST {
        assert_eq!(adds(&mut browser, &format!("http://127.0.0.1:9/{number}")).status, 303);
    }
    assert!(adds(&mut browser, "http://127.0.0.1:9/them").text(".issues").contains("nhiều nhất 20"));
}

#[test]
fn old_deliveries_are_forgotten_and_what_waits_is_not() {
    let folder = folder();
    let portal = telling(&folder, None);
    let (receiver, mut browser) = told(&portal);
    let mut teller = Teller::new(&portal.app);
    browser.post(&format!("{ONE}/gui-thu"), &[]);
    step(&mut teller);
    let trials = || sent(&portal).iter().filter(|one| one.events == 0).count();
    passes(&portal, 90 * 24 * 3_600);
    step(&mut teller);
    assert_eq!(trials(), 1);
    passes(&portal, 3_601);
    step(&mut teller);
    assert_eq!((trials(), receiver.heard().len()), (0, 2), "the notice came down meanwhile, and that was told");
    for _ in 0..1_005 {
        passes(&portal, 1);
        let act = Act { now: portal.clock.now(), who: &COMMAND };
        portal.app.web.store.write(|c| webhook::try_out(c, act, 1, "{}")).expect("it is allowed");
        step(&mut teller);
    }
    assert!((1_000..=1_001).contains(&sent(&portal).len()), "{}", sent(&portal).len());
    let mut browser = Browser::of(&portal, "dang.vu");
    let page = browser.get(ONE);
    assert_eq!(page.texts(".rows > li").len(), 50);
    assert!(page.body.contains(&format!("href=\"{ONE}?trang=2\"")) && browser.get(&format!("{ONE}?trang=99")).status == 404);
    assert_eq!(browser.post(&format!("{ONE}/bo"), &[]).status, 303);
}

#[test]
fn a_unit_chooses_what_its_bulletin_carries_and_nobody_elses_changes() {
    let folder = folder();
    for slug in ["mot", "hai", "ba"] {
        folder.article(slug, "", "Tin của xã.");
    }
    folder.article("tin-tinh", "unit = \"99\"", "Tin của tỉnh.");
    let portal = telling(&folder, None);
    let mut browser = Browser::of(&portal, "dang.vu");
    let json = |path: &str| -> Value { serde_json::from_str(&portal.get(path).body).expect("JSON") };
    let articles = || json("/bang-tin/99001/bulletin.json")["articles"].as_array().map_or(0, Vec::len);
    let number = |code: &str| json(&format!("/bang-tin/{code}/timestamp.json"))["number"].as_i64().expect("a number");
    let (here, beside) = (number("99001"), number("99002"));
    assert_eq!(articles(), 3);
    let page = browser.get(LIST);
    assert_eq!(
        (page.attributes("#f-articles", "value"), page.attributes("[name=before]", "value")),
        (vec!["5".into()], vec!["5;5".into()])
    );
    let choice = "/ban-bien-tap/don-vi/xa-dong-kieu/ban-tin";
    let reply = browser.post(choice, &[("articles", "2"), ("before", "5")]);
    assert_eq!((reply.status, reply.header("location")), (303, format!("{LIST}?da=saved").as_str()), "{}", reply.text("main"));
    assert_eq!(articles(), 2);
    assert!(number("99001") > here && number("99002") == beside, "only who mirrors this unit is told");
    // A tab from before that.
    let reply = browser.post(choice, &[("articles", "7"), ("before", "5")]);
    assert_eq!((reply.status, reply.attributes("#f-articles", "value")), (422, vec!["7".to_owned()]));
    assert_eq!(reply.attributes("[name=before]", "value"), ["2;5"], "sent again it is taken");
    for wrong in ["21", "-1", "", "năm"] {
        let reply = browser.post(choice, &[("articles", wrong), ("before", "2")]);
        assert!(reply.status == 422 && reply.text("#i-articles").contains("từ 0 đến 20"), "{wrong}");
    }
    assert_eq!(browser.post(choice, &[("articles", "20"), ("above", "1"), ("before", "2")]).status, 303);
    assert_eq!(articles(), 4, "with those of the province");
    for wrong in ["21", "-1", "năm"] {
        let reply = browser.post(choice, &[("articles", "20"), ("figures", wrong), ("above", "1"), ("before", "20+;5")]);
        assert!(reply.status == 422 && reply.text("#i-figures").contains("từ 0 đến 20"), "{wrong}");
    }
    assert_eq!(browser.post(choice, &[("articles", "20"), ("figures", "3"), ("above", "1"), ("before", "20+;5")]).status, 303);
    assert_eq!(browser.get(LIST).attributes("#f-figures", "value"), ["3"]);
    assert_eq!(browser.get(LIST).attributes("[name=above]", "checked").len(), 1);
    let found = bangtin::app::verify::verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert!(
        portal
            .export()
            .contents()
            .iter()
            .any(|(name, bytes)| name == "bulletins.toml" && bytes.starts_with(b"[[units]]\ncode = \"99001\"\narticles = 20"))
    );
}

#[test]
fn whom_a_unit_has_told_touches_no_bulletin() {
    let folder = folder();
    let portal = telling(&folder, None);
    let stamp = || portal.get("/bang-tin/99001/timestamp.json").body;
    let mut other = Browser::of(&portal, "dang.vu");
    other.get(LIST);
    let before = (stamp(), portal.app.web.store.write(reaches::position).expect("it can be read"), portal.app.web.kept.made());
    assert_eq!(adds(&mut other, "http://127.0.0.1:9/a").status, 303);
    other.post(&format!("{ONE}/tam-dung"), &[]);
    assert_eq!(other.post(&format!("{ONE}/bo"), &[]).status, 303);
    assert_eq!((stamp(), portal.app.web.store.write(reaches::position).expect("it can be read"), portal.app.web.kept.made()), before);
}

#[test]
fn a_running_server_tells_of_what_an_import_beside_it_did_and_of_what_happened_while_it_was_dead() {
    let office = Office::empty().with("BANGTIN_WEBHOOKS_PRIVATE", "true");
    let folder = folder();
    let posts = |slug: &str| {
        folder.posting(slug, "title = \"Lãi suất\"\nkind = \"lai-suat-cho-vay\"\npublished = 2025-08-01", "Của xã.");
        office.take(&folder);
        office.done(&["import", "content"]);
    };
    office.take(&folder);
    let serving = office.serve();
    let receiver = Receiver::open();
    let environment = [("BANGTIN_VAR".to_owned(), office.path("var").display().to_string())].into();
    let config = Config::read("", "", &environment).expect("sound settings");
    let own = words::load(std::path::Path::new("/nowhere")).expect("the words inside the program");
    let beside = App::open(&config, Arc::new(own), Clock::System).expect("it is shared");
    adds_itself(&beside, &receiver.url());
    receiver.answers(&[(500, "")]);
    posts("mot");
    let first = receiver.hears(0);
    assert_eq!(first.told(), [of("posted", "mot")]);
    assert_eq!(receiver.hears(1).header("webhook-id"), first.header("webhook-id"), "it was not taken, and is tried again");
    let began = Instant::now();
    let is_noted = || {
        let sent = webhook::deliveries(&mut beside.web.store.read().expect("it opens"), 1, 0, 1).expect("it can be read");
        sent[0].state == "delivered"
    };
    while !is_noted() && began.elapsed() < PATIENCE {
        std::thread::yield_now();
    }
    serving.signal("KILL");
    drop(serving);
    posts("hai");
    let _serving = office.serve();
    assert_eq!(receiver.hears(2).told(), [of("posted", "hai")]);
}
