//! The bulletin as it goes out: what is in it, and that what is in it is so.

use std::process::Command;

use bangtin::bulletin::judge::{Received, Refused, Trust};
use bangtin::kit::digest;
use bangtin::kit::sign::Public;
use serde_json::Value;

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at, morning};
use crate::report_series::{indicators, report};

const BULLETIN: &str = "/bang-tin/99001/bulletin.json";

/// A portal that signs, with these files imported.
pub fn signing(folder: &Folder) -> Portal {
    let portal = Portal::with(folder);
    portal.app.begin_keys().expect("a key can be made");
    portal
}

pub fn json(reply: &Reply) -> Value {
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).expect("it is JSON")
}

fn titles(document: &Value) -> Vec<String> {
    document["items"].as_array().expect("a list").iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The signature that a header bears.
fn signature(reply: &Reply) -> (String, Vec<u8>) {
    let said = reply.header("bulletin-signature");
    let between = |from: &str, to: &str| said.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(text, _)| text.to_owned());
    let key = between("keyid=\"", "\"").expect("the key is named");
    (key, digest::of_base64(&between("sig=:", ":").expect("it bears the signature")).expect("it is base64"))
}

fn postings() -> Folder {
    let folder = Folder::new();
    folder.rules().posting("thong-bao", "title = \"Thông báo của xã\"", "Thân bài.");
    folder.posting("cua-tinh", "title = \"Của tỉnh\"\nunit = \"99\"\nto = [\"below\"]", "Cho mọi xã.");
    folder.posting("ngay-mai", "title = \"Ngày mai\"\npublished = 2026-11-22T06:00:00", "Sẽ treo.");
    folder.posting("tuan-sau", "title = \"Tuần sau\"\npublished = 2026-11-27T06:00:00", "Còn xa.");
    folder.posting("giu-kin", "title = \"Giữ kín\"\npublished = 2026-11-22T06:00:00\nheld_back = true", "Chưa ai biết.");
    folder
}

#[test]
fn a_bulletin_holds_what_hangs_and_what_soon_will_and_nothing_else() {
    let portal = signing(&postings());
    let document = json(&portal.get(BULLETIN));
    assert_eq!(titles(&document), ["Ngày mai", "Thông báo của xã", "Của tỉnh"]);
    assert_eq!(document["items"][2]["origin"]["rule"], "below");
    assert_eq!(document["items"][0]["from"], "2026-11-22T06:00:00+07:00");
    // Held back, it comes at its hour and not before.
    portal.clock.set(at("2026-11-22T05:59:59"));
    assert!(!titles(&json(&portal.get(BULLETIN))).contains(&"Giữ kín".to_owned()));
    portal.clock.set(at("2026-11-22T06:00:00"));
    assert!(titles(&json(&portal.get(BULLETIN))).contains(&"Giữ kín".to_owned()));
    // What is a week off comes into sight a day before.
    portal.clock.set(at("2026-11-26T05:59:59"));
    assert!(!titles(&json(&portal.get(BULLETIN))).contains(&"Tuần sau".to_owned()));
    portal.clock.set(at("2026-11-26T06:00:00"));
    assert!(titles(&json(&portal.get(BULLETIN))).contains(&"Tuần sau".to_owned()));
}

#[test]
fn whoever_has_the_portals_key_sees_that_these_bytes_are_its_own() {
    let portal = signing(&postings());
    let keys = json(&portal.get("/.well-known/bangtin.json"));
    let public = Public::read(keys["keys"][0]["public"].as_str().expect("a key")).expect("a sound key");
    for path in [BULLETIN, "/bang-tin/99001/timestamp.json", "/bang-tin/99001/changes?after=0", "/.well-known/bangtin.json"] {
        let reply = portal.get(path);
        let (key, signature) = signature(&reply);
        assert_eq!(key, public.id());
        assert!(public.verifies(&reply.bytes, &signature), "{path}");
        let (_, address) = reply.header("bulletin-signature").split_once("address=\"").expect("where it stands alone");
        assert_eq!(portal.get(address.trim_end_matches('"')).bytes, signature, "{path}");
        let mut other = reply.bytes.clone();
        other[20] ^= 1;
        assert!(!public.verifies(&other, &signature));
    }
    assert_eq!(portal.get("/bang-tin/99001/bulletin.json.sig").bytes, portal.get("/bang-tin/99001/bulletin.sig").bytes);
}

#[test]
fn an_older_document_of_keys_does_not_take_back_what_a_newer_one_said() {
    let portal = signing(&postings());
    let ask = || {
        let reply = portal.get("/.well-known/bangtin.json");
        let (key, signature) = signature(&reply);
        (Received { key, signature, bytes: reply.bytes.clone() }, json(&reply))
    };
    let (early, document) = ask();
    let public = Public::read(document["keys"][0]["public"].as_str().expect("a key")).expect("a sound key");
    portal.clock.set(at("2026-11-23T08:00:00"));
    bangtin::app::keys::rotate(&portal.app, None).expect("it can be rotated");
    let (late, _) = ask();
    let pinned = Trust::pin(&public);
    assert!(pinned.learn(&early, None).is_ok());
    assert_eq!(pinned.learn(&late, Some(at("2026-11-23T07:00:00"))).err(), Some(Refused::FromTheFuture));
    let (trust, _) = pinned.learn(&late, Some(at("2026-11-23T08:01:00"))).expect("it is the newest");
    assert_eq!(trust.learn(&early, None).err(), Some(Refused::Replayed));
    assert!(trust.learn(&late, None).is_ok());
}

#[test]
fn openssl_alone_verifies_a_bulletin() {
    let portal = signing(&postings());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("it can be written");
        path
    };
    let keys = json(&portal.get("/.well-known/bangtin.json"));
    let key = file("key.pem", keys["keys"][0]["pem"].as_str().expect("PEM").as_bytes());
    let reply = portal.get(BULLETIN);
    let signature = file("sig", &portal.get("/bang-tin/99001/bulletin.json.sig").bytes);
    let holds = |document: &std::path::Path| {
        let mut openssl = Command::new("openssl");
        openssl
            .args(["pkeyutl", "-verify", "-pubin", "-rawin", "-inkey"])
            .arg(&key)
            .arg("-in")
            .arg(document)
            .arg("-sigfile")
            .arg(&signature);
        openssl.output().expect("openssl is installed (tests/run --prepare)").status.success()
    };
    assert!(holds(&file("bulletin.json", &reply.bytes)));
    assert!(!holds(&file("other.json", &reply.bytes[1..])));
}

#[test]
fn a_digest_goes_with_every_form_and_a_cut_download_goes_on() {
    use sha2::{Digest, Sha256};
    let folder = postings();
    folder.posting("dai", "title = \"Dài\"", &"Một đoạn văn để bản tin đủ dài. ".repeat(200));
    let portal = signing(&folder);
    let whole = portal.get(BULLETIN);
    let of = |bytes: &[u8]| format!("sha-256=:{}:", digest::base64(&Sha256::digest(bytes)));
    assert_eq!(whole.header("content-digest"), of(&whole.bytes));
    let etag = whole.header("etag").to_owned();
    assert!(!etag.starts_with("W/"), "{etag}");
    for coding in ["gzip", "br", "zstd"] {
        let coded = portal.ask("GET", BULLETIN, &[("accept-encoding", coding)]);
        assert_ne!(coded.header("etag"), etag, "each coding has a mark of its own");
        let known = portal.ask("GET", BULLETIN, &[("accept-encoding", coding), ("if-none-match", coded.header("etag"))]);
        assert_eq!(known.status, 304);
    }
    let part = portal.ask("GET", BULLETIN, &[("range", "bytes=1000-"), ("if-range", &etag), ("accept-encoding", "gzip")]);
    assert_eq!((part.status, part.header("content-digest").to_owned()), (206, of(&whole.bytes[1000..])));
    assert_eq!(part.bytes, &whole.bytes[1000..]);
    let stale = portal.ask("GET", BULLETIN, &[("range", "bytes=1000-"), ("if-range", "\"other\"")]);
    assert_eq!((stale.status, stale.bytes.len()), (200, whole.bytes.len()));
    assert_eq!(portal.ask("GET", BULLETIN, &[("range", "bytes=9999999-")]).status, 416);
}

#[test]
fn the_number_is_that_of_the_last_act_that_touched_the_unit_or_one_above_it() {
    let folder = postings();
    let portal = signing(&folder);
    let number = |code: &str| json(&portal.get(&format!("/bang-tin/{code}/timestamp.json")))["number"].as_i64().expect("a number");
    let (here, there) = (number("99001"), number("99002"));
    folder.posting("moi", "title = \"Mới\"", "Của riêng xã.");
    portal.import(&folder).expect("it is sound");
    assert!(number("99001") > here);
    assert_eq!(number("99002"), there, "what is another's touches nobody else");
    folder.posting("cua-tinh@2", "title = \"Của tỉnh, sửa\"\nunit = \"99\"\nto = [\"below\"]\nchange_note = \"Sửa\"", "Cho mọi xã.");
    portal.import(&folder).expect("it is sound");
    assert!(number("99001") == number("99002") && number("99002") > there);
}

#[test]
fn the_timestamp_goes_on_while_nothing_happens_and_names_the_same_content() {
    let portal = signing(&postings());
    let whole = json(&portal.get(BULLETIN));
    let first = json(&portal.get("/bang-tin/99001/timestamp.json"));
    assert_eq!(first["content"], whole["content"]);
    portal.clock.set(morning() + chrono::Duration::minutes(2));
    let later = json(&portal.get("/bang-tin/99001/timestamp.json"));
    assert!(later["issued_at"].as_str() > first["issued_at"].as_str() && later["content"] == first["content"]);
    portal.clock.set(morning() + chrono::Duration::minutes(45));
    let again = json(&portal.get(BULLETIN));
    assert!(again["issued_at"] != whole["issued_at"] && again["content"] == whole["content"]);
}

/// The documents of one small portal, at instants that do not change, by the names of their examples.
fn examples() -> Vec<(&'static str, &'static str, Reply)> {
    let folder = Folder::new();
    folder.rules().posting(
        "lich-tiem",
        "title = \"Lịch tiêm chủng tháng 12\"\nnumber = \"12/TB-TYT\"\nissuer = \"Trạm Y tế xã Đông Kiều\"\nissued = 2026-11-19\nsample = true",
        "Trẻ từ 2 tháng tuổi, **8 giờ** thứ Năm.",
    );
    folder.posting("cua-tinh", "title = \"Nghỉ Tết\"\nunit = \"99\"\nto = [\"below\"]\nsample = true", "Cho mọi xã.");
    folder.article("tin-moi", "sample = true", "Một tin.");
    indicators(&folder);
    let rows = ["du-no,,2026-09-30,,128400,trieu-dong,preliminary,"];
    let headline = "sample = true\n\n[[headlines]]\nindicator = \"du-no\"\nperiod = \"2026-09-30\"";
    report(&folder, "tin-dung-9-thang", "99001", "2026-10-12T08:00:00", &rows, headline);
    let portal = signing(&folder);
    portal.clock.set(morning() + chrono::Duration::minutes(1));
    let of = |path: &str| portal.get(path);
    vec![
        ("bulletin", "bulletin.json", of(BULLETIN)),
        ("timestamp", "timestamp.json", of("/bang-tin/99001/timestamp.json")),
        ("changes", "changes.json", of("/bang-tin/99001/changes?after=0")),
        ("portal", "portal.json", of("/.well-known/bangtin.json")),
    ]
}

#[test]
fn real_answers_are_valid_by_the_schemas_that_the_portal_gives() {
    let portal = signing(&postings());
    for (name, _, reply) in examples() {
        let given = portal.get(&format!("/bang-tin/schema/{name}.json"));
        let schema: Value = serde_json::from_str(&given.body).expect("JSON");
        let mut schemas = boon::Schemas::new();
        let mut compiler = boon::Compiler::new();
        compiler.add_resource("https://thu.example/x.json", schema).expect("a schema");
        let index = compiler.compile("https://thu.example/x.json", &mut schemas).expect("it compiles");
        let document = json(&reply);
        if let Err(fault) = schemas.validate(&document, index) {
            panic!("{name}: {fault:#}");
        }
        // A schema that takes anything would say nothing.
        assert!(schemas.validate(&serde_json::json!({"protocol": 1}), index).is_err(), "{name}");
    }
    assert_eq!(portal.get("/bang-tin/schema/other.json").status, 404);
}

/// With `EXAMPLES=write` they are written anew. Keys and signatures are drawn each time, so the shape and all else is compared.
#[test]
fn the_examples_beside_the_document_are_what_the_program_writes() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples");
    for (name, file, reply) in examples() {
        let made = json(&reply);
        let path = folder.join(file);
        if std::env::var_os("EXAMPLES").is_some() {
            std::fs::create_dir_all(&folder).expect("the folder can be made");
            std::fs::write(&path, format!("{}\n", serde_json::to_string_pretty(&made).expect("JSON"))).expect("it can be written");
        }
        let kept: Value = serde_json::from_str(&std::fs::read_to_string(&path).expect("it is there")).expect("JSON");
        let drawn = ["series", "id", "public", "pem", "content"];
        assert_eq!(without(&kept, &drawn, name), without(&made, &drawn, name), "{file}: run this test with EXAMPLES=write");
    }
}

/// A document with nothing in these fields of its own; ids of items stay.
fn without(value: &Value, fields: &[&str], kind: &str) -> Value {
    let mut value = value.clone();
    let blank = |map: &mut serde_json::Map<String, Value>| {
        for field in fields {
            if let Some(known) = map.get_mut(*field) {
                *known = Value::Null;
            }
        }
    };
    if let Some(map) = value.as_object_mut() {
        blank(map);
    }
    if kind == "portal" {
        value["keys"].as_array_mut().expect("a list").iter_mut().filter_map(Value::as_object_mut).for_each(blank);
    }
    value
}

#[test]
fn the_document_stands_in_the_app_in_both_languages_word_for_word() {
    let portal = signing(&postings());
    for (path, title) in [("/giao-thuc", "Bản tin: giao thức"), ("/en/giao-thuc", "The bulletin: a protocol")] {
        let page = portal.get(path);
        assert!(page.status == 200 && page.text("h1").starts_with(title), "{path}: {}", page.status);
        assert!(page.body.contains("bangtin-revocation-1") && page.body.contains("/bang-tin/schema/bulletin.json"));
    }
    // What neither leaves out: every reason and every type of event.
    for text in [include_str!("../../docs/protocol.md"), include_str!("../../docs/protocol.en.md")] {
        for word in ["wrong-unit", "from-the-future", "bad-digest", "revoked-key", "`reread`", "bangtin-key-1", "most_wait_seconds"] {
            assert!(text.contains(word), "{word}");
        }
    }
}

#[test]
fn whoever_waits_is_told_when_something_happens_and_not_before() {
    let portal = signing(&postings());
    let stamp = portal.get("/bang-tin/99001/timestamp.json");
    let etag = stamp.header("etag").to_owned();
    let next = json(&portal.get("/bang-tin/99001/changes?after=0"))["next"].as_str().expect("an address").to_owned();
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| portal.ask("GET", "/bang-tin/99001/timestamp.json?wait=25", &[("if-none-match", &etag)]));
        let changed = scope.spawn(|| portal.get(&format!("{next}&wait=25")));
        // Both are there before it happens.
        while portal.app.out.hub.count() < 2 {
            std::thread::yield_now();
        }
        let folder = postings();
        folder.posting("khan", "title = \"Lũ về\"", "Di dời ngay.");
        portal.import(&folder).expect("it is sound");
        let told = json(&waiting.join().expect("it is answered"));
        assert_ne!(told["content"], json(&stamp)["content"]);
        assert_eq!(json(&changed.join().expect("it is answered"))["events"][0]["type"], "posted");
    });
    assert_eq!(portal.app.out.hub.count(), 0, "nobody listens any more");
}

#[test]
fn whoever_listens_hears_of_an_urgent_posting_at_once() {
    use std::io::{BufRead, BufReader, Write};
    let portal = signing(&postings());
    let mut stream = std::net::TcpStream::connect(portal.address.trim_start_matches("http://")).expect("it listens");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).expect("a timeout");
    write!(stream, "GET /bang-tin/99001/events HTTP/1.1\r\nhost: thu\r\naccept: text/event-stream\r\n\r\n").expect("it listens");
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let mut told = || lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).expect("it is told");
    let first: Value = serde_json::from_str(&told()).expect("JSON");
    assert_eq!(first["content"], json(&portal.get(BULLETIN))["content"]);
    let folder = postings();
    folder.posting("khan", "title = \"Lũ về\"", "Di dời ngay.");
    portal.import(&folder).expect("it is sound");
    let second: Value = serde_json::from_str(&told()).expect("JSON");
    assert_eq!(second["content"], json(&portal.get(BULLETIN))["content"]);
    assert_ne!(first["content"], second["content"]);
    // By the clock alone, with every task stopped but the one that listens: an end is heard of too.
    portal.clock.set(at("2026-11-22T06:00:00"));
    let third: Value = serde_json::from_str(&told()).expect("JSON");
    assert_ne!(second["content"], third["content"], "what was held back begins");
}

#[test]
fn a_file_is_given_to_mirrors_before_its_text_begins_and_to_nobody_else() {
    let folder = postings();
    folder.file("tep/mau-don.pdf", b"%PDF-1.7\nGiay cua xa.\n%%EOF\n");
    folder.posting(
        "co-tep",
        "title = \"Có tệp\"\npublished = 2026-11-22T06:00:00\n\n[[attachments]]\nfile = \"tep/mau-don.pdf\"\ntitle = \"Mẫu đơn\"",
        "Kèm tệp.",
    );
    let portal = signing(&folder);
    let document = json(&portal.get(BULLETIN));
    let item = document["items"].as_array().expect("a list").iter().find(|item| item["title"] == "Có tệp").expect("it is in sight");
    let file = &item["files"][0];
    let path = file["url"].as_str().expect("an address").trim_start_matches("https://thu.example").to_owned();
    let given = portal.get(&path);
    assert_eq!((given.status, digest::sha256(&given.bytes)), (200, file["sha256"].as_str().expect("a digest").to_owned()));
    let public = format!("/tep/{}/mau-don.pdf", file["sha256"].as_str().expect("a digest"));
    assert_eq!(portal.get(&public).status, 404, "the public sees it when it begins");
    assert_eq!(portal.get(&path.replace("/99001/", "/99002/")).status, 404, "another unit's bulletin does not name it");
    portal.clock.set(at("2026-11-22T06:00:00"));
    assert_eq!(portal.get(&public).status, 200);
}
