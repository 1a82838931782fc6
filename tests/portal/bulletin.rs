//! The bulletin as it goes out: what is in it, and that what is in it is so.

use std::process::Command;

use bangtin::kit::digest;
use bangtin::kit::sign::Public;
use serde_json::Value;

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at, morning};

const BULLETIN: &str = "/bang-tin/99001/bulletin.json";

/// A portal that signs, with these files imported.
fn signing(folder: &Folder) -> Portal {
    let portal = Portal::with(folder);
    portal.app.begin_keys().expect("a key can be made");
    portal
}

fn json(reply: &Reply) -> Value {
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
