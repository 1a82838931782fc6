//! A board and a portal one version apart: fields and words are only added, and whoever does not know one passes it over (§12 of the
//! protocol). What this version said and wrote down lies in `tests/skew`, and is understood for ever.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bangtin::app::board::{Asked, Board, open};
use bangtin::board::mirror::Outcome;
use bangtin::board::report::{self, Answer};
use bangtin::board::time::Host;
use bangtin::bulletin::judge::{self, Received, Refused, Trust};
use bangtin::bulletin::line::read_signature;
use bangtin::bulletin::seal::digest_without;
use bangtin::kit::digest::{self, base64, of_base64};
use bangtin::kit::sign::{Public, Signer};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::bad_line::{Weather, read_request};
use crate::commune::{Commune, LIST};
use crate::places::place;
use crate::portal::{Reply, at};

/// A portal of another version: this one's answers, changed, and signed as it would sign them.
fn portal_that(commune: &Commune, says: impl Fn(&str, &mut Value) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = format!("http://{}", listener.local_addr().expect("it is bound"));
    let (to, signer) = (commune.portal.address.clone(), signer(commune));
    let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
    std::thread::spawn(move || {
        for mut asker in listener.incoming().flatten() {
            let Ok((head, told)) = read_request(&mut asker) else { continue };
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name).map(|value| value.trim().to_owned()));
            let answered = match told.is_empty() {
                true => agent.get(format!("{to}{path}")).header("accept-encoding", "identity").call(),
                false => {
                    let signed = header("bulletin-signature:").unwrap_or_default();
                    let request = agent.post(format!("{to}{path}")).header("content-type", "application/json");
                    request.header("bulletin-signature", signed).send(&told[..])
                }
            };
            let mut answer = answered.expect("the portal answers");
            let status = answer.status().as_u16();
            let mut body = answer.body_mut().read_to_vec().expect("the whole body");
            if let Ok(mut value) = serde_json::from_slice::<Value>(&body) {
                says(&path, &mut value);
                body = value.to_string().into_bytes();
            }
            let signed = format!("keyid=\"{}\", sig=:{}:", signer.id(), base64(&signer.sign(&body)));
            let length = body.len();
            let head = format!(
                "HTTP/1.1 {status} OK\r\nbulletin-signature: {signed}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
            );
            let _ = asker.write_all(head.as_bytes()).and_then(|()| asker.write_all(&body));
        }
    });
    address
}

fn signer(commune: &Commune) -> Arc<Signer> {
    let rows = bangtin::bulletin::keys::all(&mut commune.portal.app.web.store.read().expect("it opens")).expect("keys");
    commune.portal.app.web.ring.find(&rows[0].id).expect("it can be read").expect("it is here")
}

/// As the protocol has it after whatever was changed in it.
fn sealed(list: &mut Value) {
    for one in list.as_array_mut().expect("a list") {
        let sum = digest_without(one, &["digest"]);
        one["digest"] = json!(sum);
    }
}

fn titles(board: &Board) -> Vec<String> {
    let Some(shown) = board.mirror.shown() else { return Vec::new() };
    let document: Value = serde_json::from_str(&shown.text).expect("JSON");
    document["items"].as_array().expect("a list").iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect()
}

fn newer(path: &str, value: &mut Value) {
    value["weather"] = json!({ "rain": [1, 2, 3] });
    if path.ends_with("/bulletin.json") {
        value["figures"] = json!([{ "name": "Giá lúa", "rows": [[1, 2]] }]);
        let item = &mut value["items"][0];
        item["priority"] = json!("solemn");
        item["type"] = json!({ "slug": "loa", "name": "Bài phát thanh", "voice": "nữ" });
        item["group"] = json!("sound");
        item["audio"] = json!({ "url": "https://thu.example/am-thanh/1.opus", "seconds": 90 });
        item["origin"] = json!({ "code": "99", "name": "tỉnh", "rule": "river", "text": "Cùng sông", "river": 7 });
        sealed(&mut value["items"]);
    }
    if path.ends_with("bangtin.json") {
        let key = json!({ "id": "f".repeat(16), "alg": "ML-DSA-65", "public": "AAAA", "pem": "", "since": "2026-11-21T08:00:00+07:00",
            "until": null, "endorsed_by": null, "endorsement": null, "revocation": null, "purpose": "later" });
        value["keys"].as_array_mut().expect("a list").push(key);
    }
    if path.ends_with("/bang") {
        value["ask_again_seconds"] = json!(60);
        value["words"] = json!({ "vi": "Cảm ơn" });
    }
}

/// What this version could have left out and an older one never knew: nothing is there that has no value.
fn older(path: &str, value: &mut Value) {
    fn bare(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.retain(|_, field| !field.is_null());
                fields.values_mut().for_each(bare);
            }
            Value::Array(all) => all.iter_mut().for_each(bare),
            _ => {}
        }
    }
    bare(value);
    if path.ends_with("/bulletin.json") {
        sealed(&mut value["items"]);
    }
    if path.ends_with("/bang") {
        let fields = value.as_object_mut().expect("an object");
        fields.retain(|name, _| ["code", "is_paired", "taken"].contains(&name.as_str()));
    }
}

#[test]
fn a_board_goes_on_with_a_portal_of_the_next_version_and_of_the_last() {
    for (which, says) in [("newer", newer as fn(&str, &mut Value)), ("older", older)] {
        let mut commune = Commune::new();
        let address = portal_that(&commune, says);
        commune.line.lead_to(&address);
        commune.pair();
        assert_eq!(titles(commune.board()).len(), 2, "{which}");
        commune.to("2026-11-21T09:00:00");
        commune.shows_until("2026-11-21T10:00:00");
        commune.online();
        let hung = commune.record("noi-quy");
        assert_eq!((hung.len(), hung[0].from, hung[0].until), (1, at("2026-11-21T09:00:00"), None), "{which}");
        let waiting = commune.board().witness.code();
        assert!(waiting.is_none() && commune.board().witness.is_paired(), "{which}");
        // What it does not know goes through to the screen, whose program may know it, and stays through a power cut.
        let holds = |commune: &Commune| commune.board().mirror.shown().expect("it holds one").text.contains("am-thanh/1.opus");
        assert_eq!(holds(&commune), which == "newer");
        commune.line.set(Weather::Down);
        commune.power();
        assert_eq!((titles(commune.board()).len(), holds(&commune)), (2, which == "newer"), "{which}");
    }
}

#[test]
fn a_document_of_another_protocol_changes_nothing_on_the_screen() {
    let commune = Commune::paired();
    let address = portal_that(&commune, |_, value| value["protocol"] = json!("bangtin/2"));
    commune.line.lead_to(&address);
    assert_eq!(commune.board().mirror.hear(false), Outcome::Refused(Refused::NotUnderstood));
    assert_eq!((titles(commune.board()).len(), commune.board().mirror.state().fault), (2, "not-understood"));
}

/// A board of any version: what it says, signed with its own key.
struct Other<'c> {
    commune: &'c Commune,
    own: Signer,
}

impl Other<'_> {
    fn tells(&self, mut report: Value) -> Answer {
        report["unit"] = json!("99001");
        report["public"] = json!(self.own.public().written());
        let reply = sent(self.commune, &report.to_string(), self.own.id(), &self.own.sign(report.to_string().as_bytes()));
        assert_eq!(reply.status, 200, "{report} {}", reply.body);
        serde_json::from_str(&reply.body).expect("an answer")
    }

    fn paired(commune: &Commune) -> Other<'_> {
        let other = Other { commune, own: Signer::draw().expect("a key") };
        let code = other.tells(json!({ "count": 1 })).code;
        let place = place(&commune.portal, "tru-so").id.to_string();
        assert_eq!(commune.keeper().post(LIST, &[("code", &code), ("place", &place)]).status, 303);
        other
    }
}

fn sent(commune: &Commune, body: &str, key: &str, signature: &[u8]) -> Reply {
    let said = format!("keyid=\"{key}\", sig=:{}:", base64(signature));
    commune.portal.post(&report::path("99001"), &[("bulletin-signature", &said), ("content-type", "application/json")], body)
}

#[test]
fn a_portal_takes_what_it_knows_of_a_board_of_the_next_version_and_asks_for_nothing_twice() {
    let commune = Commune::new();
    let other = Other::paired(&commune);
    commune.to("2026-11-21T10:00:00");
    let event = |key: &str, what: &str, at: &str| {
        json!({ "key": key.repeat(40), "what": what, "id": "https://thu.example/niem-yet/noi-quy", "edition": 1, "digest": "d".repeat(64),
            "at": at, "brightness": 80 })
    };
    let events = json!([
        event("a", "began", "2026-11-21T09:00:00+07:00"),
        event("b", "dimmed", "2026-11-21T09:10:00+07:00"),
        { "key": "c".repeat(40), "what": "spoken", "words": "Xin chào" },
        event("d", "broke", "2026-11-21T09:20:00+07:00"),
    ]);
    let told = json!({ "version": "9.9.0", "number": 1, "clock": "sure", "astray_seconds": 0, "fault": "lamp-weak", "is_visible": true,
        "showing": [{ "id": "https://thu.example/niem-yet/noi-quy", "edition": 1, "digest": "d", "since": "2026-11-21T09:00:00+07:00", "lit": 3 }],
        "temperature": 41 });
    let answer = other.tells(json!({ "count": 2, "told": told, "events": events, "lamps": [1, 2] }));
    assert_eq!(answer.taken, ["a", "b", "c", "d"].map(|key| key.repeat(40)), "what it does not know would come for ever");
    let hung = commune.record("noi-quy");
    assert_eq!(hung[0].interruptions, [(at("2026-11-21T09:20:00"), None)]);
    // Words that it does not know are told as such, and a clock that it does not know is no clock to be trusted.
    let page = || commune.keeper().get(LIST).text("main");
    assert!(page().contains("chưa biết (lamp-weak)") && !page().contains("screen-fault"), "{}", page());
    other.tells(json!({ "count": 3, "told": { "version": "9.9.0", "clock": "gps", "is_visible": true } }));
    assert!(page().contains("Đồng hồ"), "{}", page());
    assert!(page().contains("Nội quy"), "what it shows is what it told last");
}

#[test]
fn a_portal_takes_a_board_that_tells_less_of_itself() {
    let commune = Commune::new();
    let other = Other::paired(&commune);
    let answer = other.tells(json!({ "count": 2, "told": { "version": "0.0.1" }, "events": [] }));
    assert!(answer.is_paired && answer.taken.is_empty());
    assert_eq!(commune.keeper().get(LIST).status, 200);
}

/// What was sent, as it was: its exact bytes are signed.
fn skew(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/skew").join(name)
}

fn kept(name: &str) -> Vec<Value> {
    let text = fs::read_to_string(skew(name)).expect("it was recorded");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn received(line: &Value) -> Received {
    let text = |name: &str| line[name].as_str().expect("it was recorded").to_owned();
    Received { bytes: text("body").into_bytes(), key: text("key"), signature: of_base64(&text("signature")).expect("base64") }
}

fn recorded(received: &Received) -> Value {
    json!({ "key": received.key, "signature": base64(&received.signature), "body": String::from_utf8_lossy(&received.bytes) })
}

/// What a board lived through, of which a record was made once.
fn morning_of_a_board() -> Commune {
    let mut commune = Commune::new();
    commune.pair();
    commune.to("2026-11-21T09:00:00");
    commune.shows_until("2026-11-21T10:00:00");
    commune.online();
    commune.to("2026-11-21T11:00:00");
    commune.power();
    commune.shows_until("2026-11-21T11:30:00");
    let gone = "title = \"Lịch họp\"\nperiod = \"3000 days\"\n[withdrawn]\nat = 2026-11-21T11:30:00\nreason = \"Hoãn họp\"";
    commune.folder.posting("lich-hop", gone, "Họp thứ Hai.");
    commune.import();
    commune.online();
    commune
}

#[test]
#[ignore = "records what this version says, for a new version of the protocol only"]
fn what_this_version_says_is_recorded() {
    let commune = morning_of_a_board();
    fs::create_dir_all(skew("")).expect("a folder");
    let write = |name: &str, lines: &[Value]| {
        fs::write(skew(name), lines.iter().map(|line| format!("{line}\n")).collect::<String>()).expect("it can be written");
    };
    let documents = ["/.well-known/bangtin.json", "/bang-tin/99001/timestamp.json", "/bang-tin/99001/bulletin.json"].map(|path| {
        let reply = commune.portal.get(path);
        let (key, signature) = read_signature(reply.header("bulletin-signature")).expect("it is signed");
        recorded(&Received { bytes: reply.bytes, key, signature })
    });
    write("documents.jsonl", &documents);
    let told = commune.line.told.lock().expect("it is whole").clone();
    let reports: Vec<Value> = told
        .iter()
        .map(|(head, body)| {
            let said = head.lines().find_map(|line| line.strip_prefix("bulletin-signature:")).expect("it is signed");
            let (key, signature) = read_signature(said.trim()).expect("it is signed");
            recorded(&Received { bytes: body.clone().into_bytes(), key, signature })
        })
        .collect();
    write("reports.jsonl", &reports);
    // As it lies on the disk, with something that waits.
    commune.line.set(Weather::Down);
    commune.to("2026-11-21T12:00:00");
    commune.ticks();
    let on_disk = |name: &str| {
        let bytes = fs::read(commune.disk.path().join("board").join(name)).expect("it is there");
        serde_json::from_slice::<Value>(&bytes[65..]).expect("JSON")
    };
    write("state.jsonl", &[on_disk("state")]);
    write("record.jsonl", &[on_disk("record")]);
}

#[test]
fn what_an_earlier_portal_signed_is_understood() {
    let [portal, timestamp, bulletin] = <[Value; 3]>::try_from(kept("documents.jsonl")).expect("three");
    let portal = received(&portal);
    let document: Value = serde_json::from_slice(&portal.bytes).expect("JSON");
    let public = Public::read(document["keys"][0]["public"].as_str().expect("a key")).expect("a key");
    let now = Some(at("2026-11-21T11:30:00"));
    let (trust, _) = Trust::pin(&public).learn(&portal, now).expect("its keys");
    let (stamp, mark) = judge::timestamp(&trust, &received(&timestamp), "99001", None, now).expect("a timestamp");
    let (bulletin, _) = judge::bulletin(&trust, &received(&bulletin), "99001", None, now).expect("a bulletin");
    assert_eq!((bulletin.content == stamp.content, mark.number), (true, bulletin.number));
    assert_eq!(bulletin.items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), ["Nội quy"]);
}

#[test]
fn what_an_earlier_board_told_is_noted_as_it_told_it() {
    let lived = morning_of_a_board();
    let commune = Commune::new();
    let reports: Vec<Received> = kept("reports.jsonl").iter().map(received).collect();
    let tell = |one: &Received| {
        let reply = sent(&commune, &String::from_utf8_lossy(&one.bytes), &one.key, &one.signature);
        assert_eq!(reply.status, 200, "{}", reply.body);
        serde_json::from_str::<Answer>(&reply.body).expect("an answer")
    };
    let code = tell(&reports[0]).code;
    let place = place(&commune.portal, "tru-so").id.to_string();
    assert_eq!(commune.keeper().post(LIST, &[("code", &code), ("place", &place)]).status, 303);
    commune.to("2026-11-21T11:30:00");
    for report in &reports[1..] {
        assert!(tell(report).is_paired);
    }
    for slug in ["noi-quy", "lich-hop"] {
        assert_eq!(commune.record(slug), lived.record(slug), "{slug}");
    }
}

#[test]
fn what_an_earlier_board_wrote_down_outlives_its_program() {
    let commune = Commune::paired();
    // The first of all did not tell what was dark from what was over.
    for recorded in ["record-first.jsonl", "record.jsonl"] {
        let disk = TempDir::new().expect("a temporary folder");
        let folder = disk.path().join("board");
        let asked = || Asked {
            from: commune.portal.address.clone(),
            unit: "99001".to_owned(),
            folder: folder.clone(),
            listen: String::new(),
            key: None,
        };
        let power = || {
            let host = Host { clock: commune.wall.clone(), ..Host::system() };
            open(&asked(), host).unwrap_or_else(|refusal| panic!("{}", commune.portal.told(&refusal)))
        };
        let own = power().mirror.own_key().to_owned();
        // The same machine, but for its key, which is its own.
        for (name, from) in [("state", "state.jsonl"), ("record", recorded)] {
            let mut value = kept(from).remove(0);
            if name == "state" {
                (value["own"], value["portal"]) = (json!(own), json!(commune.portal.address));
            }
            let bytes = value.to_string().into_bytes();
            let whole = [digest::sha256(&bytes).as_bytes(), b"\n", &bytes].concat();
            for copy in [name.to_owned(), format!("{name}.spare")] {
                fs::write(folder.join(copy), &whole).expect("there is room");
            }
        }
        let board = power();
        assert_eq!(board.mirror.own_key(), own, "it is still the board that was paired");
        assert!(board.witness.is_paired(), "{recorded}");
        let waiting = board.witness.waiting().into_iter().map(|event| (event.what, event.at)).collect::<Vec<_>>();
        assert_eq!(waiting, [("broke".to_owned(), "2026-11-21T11:30:00+07:00".to_owned())], "{recorded}: nothing that waits is lost");
    }
}
