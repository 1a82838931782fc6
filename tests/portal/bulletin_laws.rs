//! The laws of the house, for bulletins: nothing runs in the background, every cache is on, and the clock is driven.

use bangtin::app::verify::verify;
use bangtin::edition::reaching;
use chrono::Duration;
use serde_json::Value;

use crate::folder::Folder;
use crate::portal::{Portal, at, morning};

const FORMS: [&str; 3] = ["bulletin.json", "timestamp.json", "changes?after=0"];

fn signing(folder: &Folder) -> Portal {
    let portal = Portal::with(folder);
    portal.app.begin_keys().expect("a key can be made");
    portal
}

fn get(portal: &Portal, form: &str) -> Value {
    let reply = portal.get(&format!("/bang-tin/99001/{form}"));
    assert_eq!(reply.status, 200, "{}", reply.body);
    serde_json::from_str(&reply.body).expect("it is JSON")
}

fn types(portal: &Portal) -> Vec<String> {
    let feed = get(portal, "changes?after=0");
    let events = feed["events"].as_array().expect("a list").iter();
    let told = events.map(|event| event["type"].as_str().unwrap_or_default().to_owned());
    told.filter(|kind| kind != "reread").collect()
}

#[test]
fn law_1_what_is_over_is_in_no_form_from_its_instant_on() {
    let folder = Folder::new();
    folder.rules().posting("co-han", "title = \"Có hạn\"\npublished = 2026-11-01\nuntil = 2026-12-02T17:00:00", "Hết giờ là hết.");
    let portal = signing(&folder);
    portal.clock.set(at("2026-12-02T16:59:59"));
    let before = FORMS.map(|form| get(&portal, form));
    assert!(before[0].to_string().contains("Có hạn") && types(&portal) == ["posted"]);
    portal.clock.set(at("2026-12-02T17:00:00"));
    let after = FORMS.map(|form| get(&portal, form));
    assert!(!after[0].to_string().contains("Có hạn"));
    assert_ne!(after[1]["content"], before[1]["content"], "whoever asks only whether there is anything new is told");
    assert_eq!(types(&portal), ["posted", "ended"]);
    // And back: nothing that was kept speaks for another instant than its own.
    portal.clock.set(at("2026-12-02T16:59:59"));
    assert_eq!(get(&portal, "timestamp.json")["content"], before[1]["content"]);
}

#[test]
fn law_2_what_is_not_published_moves_no_number_no_mark_and_no_byte() {
    let folder = Folder::new();
    folder.rules().posting("co-san", "title = \"Có sẵn\"", "Đang treo.");
    let portal = signing(&folder);
    let before = FORMS.map(|form| portal.get(&format!("/bang-tin/99001/{form}")));
    folder.posting("nhap", "title = \"Lúa chín\"\nstate = \"draft\"", "Chưa ai được biết.");
    folder.posting("giu-kin", "title = \"Lúa chín\"\nheld_back = true\npublished = 2026-11-22T06:00:00", "Giữ kín.");
    folder.posting("con-xa", "title = \"Lúa chín\"\npublished = 2027-03-01T06:00:00", "Còn xa.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for (form, before) in FORMS.iter().zip(before) {
        let after = portal.get(&format!("/bang-tin/99001/{form}"));
        assert_eq!((after.header("etag"), &after.body), (before.header("etag"), &before.body), "{form}");
    }
    for form in ["bulletin.json.sig?of=0", "tep/0/a", "events/x"] {
        assert_eq!(portal.get(&format!("/bang-tin/99001/{form}")).status, 404, "{form}");
    }
}

#[test]
fn law_5_what_follows_the_log_can_be_thrown_away_and_made_again_on_both_databases() {
    for database in [None, Some(crate::store::postgres())] {
        law_5(database);
    }
}

fn law_5(database: Option<String>) {
    let folder = Folder::new();
    folder.rules().posting("mot", "title = \"Một\"", "Một.").posting("hai", "title = \"Hai\"\nunit = \"99\"\nto = [\"below\"]", "Hai.");
    let portal = Portal::on(database);
    portal.import(&folder).expect("it is sound");
    portal.app.begin_keys().expect("a key can be made");
    portal.clock.set(morning() + Duration::minutes(5));
    folder.posting("mot@2", "title = \"Một, sửa\"\nchange_note = \"Sửa\"", "Một.");
    portal.import(&folder).expect("it is sound");
    portal.clock.set(morning() + Duration::minutes(10));
    folder.posting(
        "hai",
        "title = \"Hai\"\nunit = \"99\"\nto = [\"below\"]\n[withdrawn]\nat = 2026-11-21T08:10:00\nreason = \"Nhầm\"",
        "Hai.",
    );
    portal.import(&folder).expect("it is sound");
    let (whole, feed) = (get(&portal, "bulletin.json"), get(&portal, "changes?after=0"));
    assert_eq!(types(&portal), ["posted", "posted", "revised", "withdrawn"]);
    portal.app.web.store.write(reaching::make).expect("it is made again");
    portal.app.web.kept.forget();
    let (again, told) = (get(&portal, "bulletin.json"), get(&portal, "changes?after=0"));
    assert_eq!((&again["number"], &again["content"]), (&whole["number"], &whole["content"]));
    assert_eq!(told["events"], feed["events"]);
}

#[test]
fn the_feed_tells_every_kind_of_change_with_its_reason() {
    let folder = Folder::new();
    folder.rules();
    folder.posting("cu", "title = \"Cũ\"", "Cũ.").posting("nham", "title = \"Nhầm\"", "Nhầm.");
    folder.posting("hen-gio", "title = \"Hẹn giờ\"\npublished = 2026-11-21T12:00:00\nuntil = 2026-12-24T12:00:00", "Hẹn.");
    let portal = signing(&folder);
    portal.clock.set(at("2026-11-21T09:00:00"));
    folder.posting("moi", "title = \"Mới\"\npublished = 2026-11-21T09:00:00\nreplaces = [\"cu\"]", "Mới.");
    folder.posting("nham", "title = \"Nhầm\"\n[withdrawn]\nat = 2026-11-21T09:00:00\nreason = \"Đăng nhầm số\"", "Nhầm.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.clock.set(at("2026-12-24T12:00:00"));
    let feed = get(&portal, "changes?after=0");
    let events: Vec<&Value> = feed["events"].as_array().expect("a list").iter().filter(|event| event["type"] != "reread").collect();
    let of = |slug: &str| {
        let own = events.iter().filter(|event| event["id"] == format!("https://thu.example/niem-yet/{slug}"));
        own.map(|event| event["type"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(of("cu"), ["posted", "replaced"]);
    assert_eq!(of("nham"), ["posted", "withdrawn"]);
    assert_eq!(of("hen-gio"), ["posted", "ended"]);
    assert_eq!(of("moi")[0], "posted");
    let one = |kind: &str| events.iter().find(|event| event["type"] == kind).expect("it is told");
    assert_eq!(one("withdrawn")["reason"], "Đăng nhầm số");
    assert_eq!(one("replaced")["replaced_by"], "https://thu.example/niem-yet/moi");
    assert!(!feed.to_string().contains("Hẹn giờ") && !feed.to_string().contains("Nội dung"), "the feed holds no words");
    let times: Vec<&str> = events.iter().map(|event| event["at"].as_str().unwrap_or_default()).collect();
    assert!(times.is_sorted(), "{times:?}");
    // Whoever comes back finds only what he has not heard.
    let next = feed["next"].as_str().expect("an address").to_owned();
    let rest: Value = serde_json::from_str(&portal.get(&next).body).expect("JSON");
    assert_eq!(rest["events"], serde_json::json!([]));
}

#[test]
fn the_private_key_is_in_no_export_no_log_and_no_database() {
    let folder = Folder::new();
    folder.rules().posting("mot", "title = \"Một\"", "Một.");
    let portal = signing(&folder);
    bangtin::app::keys::rotate(&portal.app, None).expect("it can be rotated");
    let rows = bangtin::bulletin::keys::all(&mut portal.app.web.store.read().expect("a connection")).expect("keys");
    let (new, old): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.is_in_force());
    let path = portal.app.web.ring.path(&new[0].id);
    let pem = std::fs::read_to_string(&path).expect("it is there");
    let secret = pem.lines().nth(1).expect("PEM has lines").to_owned();
    assert!(!portal.app.web.ring.path(&old[0].id).exists(), "what signs no more is destroyed");
    let holds = |bytes: &[u8]| bytes.windows(20).any(|part| part == &secret.as_bytes()[secret.len() - 24..secret.len() - 4]);
    let mut folders = vec![portal.var.path().to_owned(), portal.export().path().to_owned()];
    let mut looked = 0;
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else { continue };
        for entry in entries.flatten() {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.path() != path {
                // A database's own passing files may be gone again.
                let Ok(bytes) = std::fs::read(entry.path()) else { continue };
                looked += 1;
                assert!(!holds(&bytes), "{}", entry.path().display());
            }
        }
    }
    assert!(looked > 3 && holds(pem.as_bytes()), "a test that finds nothing anywhere finds nothing");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
}

#[test]
fn a_key_that_was_changed_behind_the_programs_back_is_noticed() {
    use bangtin::store::schema_out::signing_keys;
    use diesel::prelude::*;
    let portal = signing(Folder::new().rules());
    let changed =
        portal.app.web.store.write(|c| Ok(diesel::update(signing_keys::table).set(signing_keys::until.eq(morning())).execute(c)?));
    assert_eq!(changed.expect("one row"), 1);
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.iter().any(|fault| fault.key == "verify-changed-key"), "{:?}", found.faults);
}

#[test]
fn after_a_restore_a_new_series_is_taken_though_its_numbers_are_lower() {
    let portal = signing(Folder::new().rules());
    let series = |portal: &Portal| get(portal, "timestamp.json")["series"].as_str().unwrap_or_default().to_owned();
    let before = series(&portal);
    // A UUID of version 7 holds milliseconds.
    while bangtin::app::keys::begin_series(&portal.app).is_ok() && series(&portal) <= before {}
    assert!(series(&portal) > before);
}

#[test]
fn a_portal_without_its_key_serves_everything_but_what_it_would_sign() {
    let folder = Folder::new();
    folder.rules().posting("mot", "title = \"Một\"", "Một.");
    let portal = Portal::with(&folder);
    assert_eq!(portal.get("/bang-tin/99001").status, 200);
    let reply = portal.get("/bang-tin/99001/bulletin.json");
    assert!(reply.status == 503 || reply.status == 500, "{}", reply.status);
}

#[test]
fn the_feed_is_told_in_pages_that_lose_nothing_however_much_falls_on_one_instant() {
    let folder = Folder::new();
    folder.rules();
    for number in 0..130 {
        // Some begin by the clock, each at its own minute; and all of another lot end at one instant.
        folder.posting(&format!("hen-{number}"), &format!("published = 2026-11-22T{:02}:{:02}:00", number / 60, number % 60), "Hẹn.");
        folder.posting(&format!("cung-het-{number}"), "until = 2026-12-22T12:00:00", "Cùng hết.");
    }
    let portal = signing(&folder);
    portal.clock.set(at("2026-12-22T12:00:00"));
    let (mut next, mut told, mut pages) = ("/bang-tin/99001/changes?after=0".to_owned(), Vec::new(), 0);
    loop {
        let page: Value = serde_json::from_str(&portal.get(&next).body).expect("JSON");
        told.extend(page["events"].as_array().expect("a list").iter().filter(|event| event["type"] != "reread").cloned());
        pages += 1;
        assert!(pages < 20, "it comes to an end");
        if page["more"] != true {
            break;
        }
        next = page["next"].as_str().expect("an address").to_owned();
    }
    let count = |kind: &str| {
        let of = told.iter().filter(|event| event["type"] == kind).map(|event| event["id"].to_string());
        of.collect::<std::collections::BTreeSet<_>>().len()
    };
    assert_eq!((count("posted"), count("ended")), (260, 130), "{pages} pages");
    assert!(pages > 2);
}
