//! Two followers that know nothing of each other, one of them written from the document alone in another language, come to show
//! what the portal shows, after whatever happened to it and to the line.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use bangtin::app::follow::{self, Outcome};
use bangtin::bulletin::follow::all;
use bangtin::edition::state::State;
use bangtin::edition::verbs::{self, Filing, Leave};
use bangtin::edition::written::{Press, Written};
use bangtin::edition::{Edition, Kind};
use bangtin::kit::calendar;
use bangtin::kit::clock::Moment;
use bangtin::kit::digest::base64;
use bangtin::kit::front::When;
use bangtin::person::{Act, Who};
use bangtin::posting::{Posting, adopt};
use bangtin::store::schema::{editions, units};
use chrono::Duration;
use diesel::prelude::*;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bad_line::{BadLine, Weather};
use crate::folder::{Folder, SITE};
use crate::portal::{Portal, morning};

/// The other follower, asked line by line.
struct Python {
    child: Child,
    into: ChildStdin,
    out: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl Python {
    fn follow(from: &str, unit: &str, key: &str) -> Python {
        let folder = TempDir::new().expect("a temporary folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/follower/follower.py");
        let mut child = Command::new("python3")
            .arg(script)
            .args(["--from", from, "--unit", unit, "--key", key, "--folder"])
            .arg(folder.path().join("held"))
            .arg("serve")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed (tests/run --prepare)");
        let (into, out) = (child.stdin.take().expect("a pipe"), child.stdout.take().expect("a pipe"));
        Python { child, into, out: BufReader::new(out), _folder: folder }
    }

    fn ask(&mut self, what: &str, now: Moment) -> Value {
        self.tell(json!({"do": what, "now": calendar::rfc3339(now)}))
    }

    fn tell(&mut self, command: Value) -> Value {
        writeln!(self.into, "{command}").expect("it listens");
        let mut line = String::new();
        self.out.read_line(&mut line).expect("it answers");
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("it died: {line}"))
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const COMMAND: Who = Who::Machine("command");

#[derive(Clone, Debug)]
enum Step {
    /// Of the commune, or of the province for all below it or for a name; it begins after so many hours, and ends after so many.
    Post {
        from: usize,
        begins: i64,
        lasts: Option<i64>,
        held_back: bool,
    },
    Correct {
        which: usize,
        to: usize,
    },
    Withdraw(usize),
    Reinstate(usize),
    Reschedule {
        which: usize,
        lasts: i64,
    },
    Replace {
        which: usize,
    },
    Out(usize),
    In(usize),
    Line(usize),
    Wait(i64),
    Restart,
    Rotate,
    Revoke,
    Site,
    Weather(Weather),
    Sync,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let which = || 0usize..8;
    let weather = prop_oneof![
        Just(Weather::Fair),
        Just(Weather::Down),
        (0usize..3_000).prop_map(Weather::Cut),
        Just(Weather::Captive),
        Just(Weather::Ill),
        Just(Weather::Twisted),
    ];
    let step = prop_oneof![
        6 => (0usize..4, prop_oneof![Just(0i64), 1i64..60], proptest::option::of(1i64..90), any::<bool>())
            .prop_map(|(from, begins, lasts, held_back)| Step::Post { from, begins, lasts, held_back }),
        3 => (which(), 0usize..4).prop_map(|(which, to)| Step::Correct { which, to }),
        2 => which().prop_map(Step::Withdraw),
        1 => which().prop_map(Step::Reinstate),
        2 => (which(), 1i64..90).prop_map(|(which, lasts)| Step::Reschedule { which, lasts }),
        1 => which().prop_map(|which| Step::Replace { which }),
        1 => which().prop_map(Step::Out),
        1 => which().prop_map(Step::In),
        1 => which().prop_map(Step::Line),
        4 => (0i64..40).prop_map(Step::Wait),
        1 => Just(Step::Restart),
        1 => Just(Step::Rotate),
        1 => Just(Step::Revoke),
        1 => Just(Step::Site),
        3 => weather.prop_map(Step::Weather),
        4 => Just(Step::Sync),
    ];
    proptest::collection::vec(step, 4..22)
}

struct World {
    portal: Option<Portal>,
    now: Moment,
    line: BadLine,
    python: Python,
    commune: Portal,
    documents: Vec<i64>,
    folder: Folder,
    last_number: (String, i64),
}

impl World {
    fn new() -> World {
        let portal = Portal::open();
        let line = BadLine::to(&portal.address);
        let folder = Folder::new();
        folder.rules().file("site.toml", SITE.replace("https://thu.example", &line.address));
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal.app.begin_keys().expect("a key can be made");
        let keys: Value = serde_json::from_str(&portal.get("/.well-known/bangtin.json").body).expect("JSON");
        let key = keys["keys"][0]["public"].as_str().expect("a key").to_owned();
        let python = Python::follow(&line.address, "99001", &key);
        let own = Folder::new();
        own.rules().file("site.toml", SITE.replace("owner", "unit = \"99001\"\nowner"));
        let commune = Portal::with(&own);
        follow::begin(&commune.app, &line.address, "99001", None, Some(&key))
            .unwrap_or_else(|refusal| panic!("{}", commune.told(&refusal)));
        let now = morning();
        World { portal: Some(portal), now, line, python, commune, documents: Vec::new(), folder, last_number: (String::new(), 0) }
    }

    fn portal(&self) -> &Portal {
        self.portal.as_ref().expect("it runs")
    }

    fn act(&self) -> Act<'static> {
        Act { now: self.now, who: &COMMAND }
    }

    fn unit(&self, code: &str) -> i64 {
        let mut c = self.portal().app.web.store.read().expect("a connection");
        let of = units::table.filter(units::code.eq(code).and(units::valid_until.is_null()));
        of.select(units::id).first(&mut *c).expect("it is there")
    }

    /// Whose it is, and for whom beside that.
    fn sender(&self, from: usize) -> (i64, Vec<String>) {
        match from {
            0 => (self.unit("99001"), Vec::new()),
            1 => (self.unit("99"), vec!["below".to_owned()]),
            2 => (self.unit("99"), vec!["99001".to_owned()]),
            _ => (self.unit("99"), Vec::new()),
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn draft(
        &self,
        document: i64,
        number: usize,
        from: usize,
        starts: Moment,
        ends: Option<Moment>,
        held_back: bool,
        replaces: Vec<String>,
    ) {
        let (unit, to) = self.sender(from);
        let portal = self.portal();
        let posting = Posting { to, held_back, replaces, ..Posting::default() };
        let written = Written {
            title: format!("Văn bản {document}, lần {number}"),
            lead: String::new(),
            body: format!("Nội dung **{document}** lần {number}.\n\n- một\n- hai\n"),
            facts: Box::new(posting),
        };
        let press = Press { words: &portal.words, facts: bangtin::channel::facts, rule: bangtin::channel::rule };
        let words = written.set(&press, "cong-khai-khac", "99", &BTreeMap::new());
        let filing = Filing {
            unit_id: Some(unit),
            section: "cong-khai-khac".to_owned(),
            dated: When { at: starts, day_only: false },
            starts_at: starts,
            ends_at: ends,
            change_note: if number > 1 { "Sửa".to_owned() } else { String::new() },
            minor: false,
        };
        let done = portal.app.web.store.write(|c| {
            let edition = verbs::draft(c, self.act(), Kind::Posting, document, &words, &filing, "")?;
            verbs::publish(c, self.act(), Kind::Posting, edition, "waived", "")
        });
        done.unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    }

    fn editions(&self, document: i64) -> Vec<Edition> {
        let mut c = self.portal().app.web.store.read().expect("a connection");
        let of = editions::table.filter(editions::document_id.eq(document)).order(editions::number.asc());
        of.select(Edition::as_select()).load(&mut *c).expect("its editions")
    }

    fn document(&self, which: usize) -> Option<i64> {
        (!self.documents.is_empty()).then(|| self.documents[which % self.documents.len()])
    }

    fn newest(&self, which: usize, state: State) -> Option<(i64, Edition)> {
        let document = self.document(which)?;
        Some((document, self.editions(document).into_iter().rev().find(|edition| edition.state() == state)?))
    }

    fn create(&mut self) -> i64 {
        let slug = format!("van-ban-{}", self.documents.len() + 1);
        let document = self.portal().app.web.store.write(|c| verbs::create(c, self.act(), Kind::Posting, &slug)).expect("a new address");
        self.documents.push(document);
        document
    }

    fn take(&mut self, step: &Step) {
        let now = self.now;
        match step {
            Step::Post { from, begins, lasts, held_back } => {
                let starts = now + Duration::hours(*begins);
                let document = self.create();
                self.draft(document, 1, *from, starts, lasts.map(|lasts| starts + Duration::hours(lasts)), *held_back, Vec::new());
            }
            Step::Correct { which, to } => {
                let Some((document, before)) = self.newest(*which, State::Published) else { return };
                let number = self.editions(document).len() + 1;
                if before.has_begun(now) {
                    self.draft(document, number, *to, now, before.ends_at.filter(|end| *end > now), false, Vec::new());
                }
            }
            Step::Withdraw(which) => {
                let Some((_, edition)) = self.newest(*which, State::Published) else { return };
                let leave = Leave { at: now, reason: "Đăng nhầm", replaced_by: "" };
                self.portal().app.web.store.write(|c| verbs::withdraw(c, self.act(), Kind::Posting, edition, leave)).expect("it stands");
            }
            Step::Reinstate(which) => {
                let Some((document, edition)) = self.newest(*which, State::Withdrawn) else { return };
                if self.editions(document).last().is_some_and(|last| last.id == edition.id) {
                    self.portal()
                        .app
                        .web
                        .store
                        .write(|c| verbs::reinstate(c, self.act(), Kind::Posting, edition))
                        .expect("it was withdrawn");
                }
            }
            Step::Reschedule { which, lasts } => {
                let Some((_, edition)) = self.newest(*which, State::Published) else { return };
                let starts = When { at: edition.starts_at, day_only: false };
                let ends = Some(now.max(edition.starts_at) + Duration::hours(*lasts));
                self.portal()
                    .app
                    .web
                    .store
                    .write(|c| verbs::reschedule(c, self.act(), Kind::Posting, edition, starts, ends))
                    .expect("it stands");
            }
            Step::Replace { which } => {
                let Some(document) = self.document(*which) else { return };
                let of = self.documents.iter().position(|known| *known == document).expect("it is ours") + 1;
                let new = self.create();
                self.draft(new, 1, 0, now, None, false, vec![format!("van-ban-{of}")]);
            }
            Step::Out(which) | Step::In(which) | Step::Line(which) => {
                let Some(document) = self.document(*which) else { return };
                let unit = self.unit("99001");
                // What does not come there now is answered by nobody.
                let _ = self.portal().app.web.store.write(|c| match step {
                    Step::Out(_) => adopt::opt_out(c, self.act(), unit, document, "Không liên quan đến xã"),
                    Step::In(_) => adopt::opt_in(c, self.act(), unit, document),
                    _ => adopt::keep_line(c, self.act(), unit, document, "Hỏi tại phòng một cửa"),
                });
            }
            Step::Wait(hours) => self.wait(Duration::hours(*hours)),
            Step::Restart => {
                let var = self.portal.take().expect("it runs").stop();
                let portal = Portal::reopen(var, None, &[]);
                portal.clock.set(self.now);
                self.line.lead_to(&portal.address);
                self.portal = Some(portal);
            }
            Step::Rotate => drop(bangtin::app::keys::rotate(&self.portal().app, None).expect("it can be rotated")),
            Step::Revoke => {
                let rows = bangtin::bulletin::keys::all(&mut self.portal().app.web.store.read().expect("a connection")).expect("keys");
                if let Some(old) = rows.iter().find(|row| !row.is_in_force() && row.revoked_at.is_none()) {
                    bangtin::app::keys::revoke(&self.portal().app, &old.id, "đã lộ").expect("another is in force");
                }
            }
            Step::Site => {
                let site = std::fs::read_to_string(self.folder.path().join("site.toml")).expect("the site");
                self.folder.file("site.toml", site.replace("tagline = \"", "tagline = \"Vẫn là "));
                self.portal().import(&self.folder).expect("it is sound");
            }
            Step::Weather(weather) => self.line.set(*weather),
            Step::Sync => drop(self.sync()),
        }
        self.wait(Duration::minutes(7));
    }

    fn wait(&mut self, time: Duration) {
        self.now += time;
        self.portal().clock.set(self.now);
        self.commune.clock.set(self.now);
    }

    /// Both try. What they show in between is never over, and never what nobody may know of.
    fn sync(&mut self) -> (Value, Outcome) {
        let told = self.python.ask("sync", self.now);
        let row = all(&mut self.commune.app.web.store.read().expect("a connection")).expect("rows").remove(0);
        let (outcome, _) = follow::sync(&self.commune.app, &row, None).unwrap_or_else(|refusal| panic!("{}", self.commune.told(&refusal)));
        (told, outcome)
    }

    /// What a citizen sees on the portal's own page.
    fn truth(&self, portal: &Portal) -> BTreeSet<String> {
        let page = portal.get("/bang-tin/99001");
        assert_eq!(page.status, 200);
        page.texts(".board-title").into_iter().collect()
    }

    fn shown(&mut self) -> BTreeSet<String> {
        let shown = self.python.ask("show", self.now);
        shown["items"].as_array().expect("a list").iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn number(&mut self) -> (String, i64) {
        let stamp: Value = serde_json::from_str(&self.portal().get("/bang-tin/99001/timestamp.json").body).expect("JSON");
        (stamp["series"].as_str().unwrap_or_default().to_owned(), stamp["number"].as_i64().expect("a number"))
    }

    /// What the feed of changes comes to, told from its beginning.
    fn folded(&self) -> BTreeMap<String, i64> {
        let (mut next, mut set) = ("/bang-tin/99001/changes?after=0".to_owned(), BTreeMap::new());
        loop {
            let page: Value = serde_json::from_str(&self.portal().get(&next).body).expect("JSON");
            for event in page["events"].as_array().expect("a list") {
                let id = event["id"].as_str().unwrap_or_default().to_owned();
                match event["type"].as_str().unwrap_or_default() {
                    "posted" | "revised" | "restored" => drop(set.insert(id, event["edition"].as_i64().unwrap_or(0))),
                    "withdrawn" | "ended" | "replaced" => drop(set.remove(&id)),
                    "reread" => {}
                    other => panic!("{other}"),
                }
            }
            if page["more"] != true {
                return set;
            }
            page["next"].as_str().expect("an address").clone_into(&mut next);
        }
    }

    fn in_bulletin(&self) -> BTreeMap<String, i64> {
        let whole: Value = serde_json::from_str(&self.portal().get("/bang-tin/99001/bulletin.json").body).expect("JSON");
        let at = |item: &Value, name: &str| item[name].as_str().and_then(bangtin::bulletin::judge::instant);
        let items = whole["items"].as_array().expect("a list").iter();
        let shown = items
            .filter(|item| at(item, "from").is_some_and(|from| from <= self.now) && at(item, "until").is_none_or(|until| self.now < until));
        shown.map(|item| (item["id"].as_str().unwrap_or_default().to_owned(), item["edition"].as_i64().unwrap_or(0))).collect()
    }
}

fn story(steps: &[Step]) -> Result<(), TestCaseError> {
    let mut world = World::new();
    world.sync();
    for step in steps {
        world.take(step);
        let number = world.number();
        prop_assert!(number >= world.last_number, "{number:?} after {:?}", world.last_number);
        world.last_number = number;
        prop_assert_eq!(world.folded(), world.in_bulletin(), "the feed of changes tells another story");
    }
    world.line.set(Weather::Fair);
    let (told, outcome) = world.sync();
    prop_assert_eq!(&told["ok"], true, "{}", told);
    prop_assert!(!matches!(outcome, Outcome::Refused(_)), "{:?}", outcome);
    let truth = world.truth(world.portal());
    prop_assert_eq!(&world.shown(), &truth);
    prop_assert_eq!(&world.truth(&world.commune), &truth);
    // And a day later without a line, by their own clocks; what would have begun was known ahead.
    world.line.set(Weather::Down);
    world.wait(Duration::hours(23));
    let shown = world.shown();
    let truth = world.truth(world.portal());
    let late: Vec<&String> = shown.difference(&truth).collect();
    prop_assert!(late.is_empty(), "it shows what is over: {late:?}");
    prop_assert!(world.truth(&world.commune).is_subset(&truth));
    let told = world.python.ask("changes", world.now);
    prop_assert_eq!(&told["ok"], false);
    world.line.set(Weather::Fair);
    let told = world.python.ask("sync", world.now);
    prop_assert_eq!(&told["ok"], true, "{}", told);
    let told = world.python.ask("changes", world.now);
    let set: BTreeMap<String, i64> =
        serde_json::from_value::<Vec<(String, i64)>>(told["set"].clone()).expect("a set").into_iter().collect();
    prop_assert_eq!(set, world.in_bulletin());
    Ok(())
}

#[test]
fn both_followers_show_what_the_portal_shows_after_whatever_happened() {
    let mut runner = TestRunner::new(Config { cases: 14, max_shrink_iters: 60, ..Config::with_source_file(file!()) });
    runner.run(&steps(), |steps| story(&steps)).unwrap_or_else(|fault| panic!("{fault}"));
}

/// What a forger, a thief of old documents or a bad line hands over, each refused by both with its own reason.
#[test]
fn what_is_not_the_portals_own_and_newest_is_refused_by_both_each_with_its_reason() {
    use bangtin::bulletin::judge::{self, Mark, Received, Trust};
    use bangtin::kit::sign::{Public, Signer};
    let mut world = World::new();
    let document = world.create();
    world.draft(document, 1, 0, world.now, None, false, Vec::new());
    let get = |world: &World, path: &str| {
        let reply = world.portal().get(path);
        let (key, signature) = bangtin::bulletin::line::read_signature(reply.header("bulletin-signature")).expect("it is signed");
        Received { bytes: reply.bytes, key, signature }
    };
    let keys: Value = serde_json::from_str(&world.portal().get("/.well-known/bangtin.json").body).expect("JSON");
    let trust = Trust::pin(&Public::read(keys["keys"][0]["public"].as_str().expect("a key")).expect("a key"));
    let older = get(&world, "/bang-tin/99001/bulletin.json");
    world.wait(Duration::minutes(1));
    world.draft(document, 2, 0, world.now, None, false, Vec::new());
    assert_eq!(world.python.ask("sync", world.now)["ok"], true);
    let newest = get(&world, "/bang-tin/99001/bulletin.json");
    let (held, mark) = judge::bulletin(&trust, &newest, "99001", None, Some(world.now)).expect("it is the portal's own");
    assert_eq!(held.items.len(), 1);
    // As the portal itself would sign it, so that only what it says is wrong.
    let signed = |change: &dyn Fn(&mut Value)| {
        let rows = bangtin::bulletin::keys::all(&mut world.portal().app.web.store.read().expect("a connection")).expect("keys");
        let signer = world.portal().app.web.ring.find(&rows[0].id).expect("it is ours").expect("it is here");
        let mut value: Value = serde_json::from_slice(&newest.bytes).expect("JSON");
        change(&mut value);
        let bytes = value.to_string().into_bytes();
        Received { signature: signer.sign(&bytes).to_vec(), key: signer.id().to_owned(), bytes }
    };
    let mut tampered = newest.clone();
    let at = tampered.bytes.len() / 2;
    tampered.bytes[at] ^= 1;
    let truncated = Received { bytes: newest.bytes[..newest.bytes.len() - 10].to_vec(), ..newest.clone() };
    let stranger = Signer::draw().expect("random bytes");
    let strangers =
        Received { signature: stranger.sign(&newest.bytes).to_vec(), key: stranger.id().to_owned(), bytes: newest.bytes.clone() };
    let cases: Vec<(&str, Received, &[&str])> = vec![
        ("tampered", tampered, &["bad-signature"]),
        // Without its envelope nobody sees that it was cut; its signature does not hold.
        ("truncated", truncated, &["bad-signature", "cut"]),
        ("signed by a stranger", strangers, &["unknown-key"]),
        ("another unit's", get(&world, "/bang-tin/99002/bulletin.json"), &["wrong-unit"]),
        ("an older number", older, &["replayed"]),
        ("an older series", signed(&|value| value["series"] = json!("00000000-0000-7000-8000-000000000000")), &["replayed"]),
        ("an older issue", signed(&|value| value["issued_at"] = json!("2026-11-20T00:00:00+07:00")), &["replayed"]),
        ("from the future", signed(&|value| value["issued_at"] = json!("2030-01-01T00:00:00+07:00")), &["from-the-future"]),
        ("another protocol", signed(&|value| value["protocol"] = json!("bangtin/9")), &["not-understood"]),
        ("another document", signed(&|value| value["kind"] = json!("timestamp")), &["not-understood"]),
        ("words that are not those of their digest", signed(&|value| value["items"][0]["title"] = json!("Khác")), &["bad-digest"]),
    ];
    let mark = Mark { ..mark };
    for (name, received, wanted) in cases {
        let own = judge::bulletin(&trust, &received, "99001", Some(&mark), Some(world.now)).expect_err(name).word();
        assert!(wanted.contains(&own), "{name}: {own}");
        let told = world.python.tell(json!({
            "do": "check", "what": "bulletin", "now": calendar::rfc3339(world.now),
            "document": base64(&received.bytes), "signature": base64(&received.signature), "keyid": received.key,
        }));
        assert!(told["ok"] == false && wanted.contains(&told["reason"].as_str().unwrap_or_default()), "{name}: {told}");
    }
    let shown: BTreeSet<String> = [format!("Văn bản {document}, lần 2")].into();
    assert_eq!(world.shown(), shown, "what was refused changed nothing");
    // On the line itself, what each kind of weather is called.
    for (weather, wanted) in [
        (Weather::Down, &["no-answer", "cut"][..]),
        (Weather::Ill, &["no-answer"]),
        (Weather::Cut(30), &["cut"]),
        (Weather::Captive, &["not-understood", "bad-signature"]),
        (Weather::Twisted, &["cut", "bad-signature"]),
    ] {
        world.line.set(weather);
        world.wait(Duration::minutes(2));
        let (told, outcome) = world.sync();
        let Outcome::Refused(own) = outcome else { panic!("{weather:?} was taken for good") };
        assert!(wanted.contains(&own.word()), "{weather:?}: {}", own.word());
        assert!(told["ok"] == false && wanted.contains(&told["reason"].as_str().unwrap_or_default()), "{weather:?}: {told}");
        assert_eq!(world.shown(), shown);
    }
}

#[test]
fn what_a_unit_opted_out_of_and_was_then_moved_to_it_hangs_there_for_both() {
    let post = |from, begins, lasts, held_back| Step::Post { from, begins, lasts, held_back };
    let steps = [
        post(1, 0, None, false),
        post(0, 0, None, false),
        Step::Out(0),
        Step::Out(0),
        post(0, 10, Some(34), true),
        Step::Correct { which: 3, to: 0 },
    ];
    story(&steps).unwrap_or_else(|fault| panic!("{fault}"));
}
