//! What was done with sheets at boards goes out with an export and comes in again: the same rows, the same photographs, and
//! nothing that a file could bring beside them.

use std::collections::BTreeMap;
use std::fs;

use bangtin::app::verify::verify;
use bangtin::kit::digest::sha256;
use bangtin::kit::picture::Picture;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Role;
use bangtin::posting::placements::{Placement, What, placements};
use bangtin::posting::placements_note::{self as note, Report};
use bangtin::posting::places;
use bangtin::store::log;

use crate::folder::{Folder, png};
use crate::people::{added, done, role, unit};
use crate::placements::{id, portal_on};
use crate::places::place;
use crate::portal::{Portal, at};
use crate::store::postgres;

const HEAD: &str = "posting,unit,place,edition,what,at,received,by,name,way,note,strikes,key,photo\n";

fn is_whole(portal: &Portal) -> bool {
    verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty()
}

fn named(refusal: Refusal) -> Vec<(String, usize, &'static str)> {
    let Refusal::Issues(issues) = refusal else { panic!("{refusal:?}") };
    crate::import_faults::named(&issues)
}

fn rows(portal: &Portal) -> i64 {
    portal.app.web.store.write(log::position).expect("it can be read")
}

/// What the rows come to, by the place's name.
fn hung(portal: &Portal, slug: &str) -> BTreeMap<String, Vec<Placement>> {
    let mut c = portal.app.web.store.read().expect("it opens");
    let found = note::rows_of(&mut c, id(portal, slug)).expect("they can be read");
    let named = |id| places::with_id(&mut c, id).expect("it is there").name;
    let mut all = placements(&found).into_iter().collect::<Vec<_>>();
    all.sort_by_key(|(place, _)| *place);
    let names: Vec<String> = all.iter().map(|(place, _)| *place).map(named).collect();
    names.into_iter().zip(all.into_iter().map(|(_, of_place)| of_place)).collect()
}

/// Noted at two boards, by phones and at the desk, with a photograph and with a mistake that was set right.
fn noted(database: Option<String>) -> Portal {
    let portal = portal_on(database);
    let tham = added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    let (document, two, ten) = (id(&portal, "du-toan"), place(&portal, "thon-2"), place(&portal, "thon-10"));
    let photo = Picture::decode(&png(900, 600)).expect("a picture").reduced(640).expect("a JPEG");
    let digest = sha256(&photo);
    portal.app.web.shelf.put(&digest, "", &photo).expect("it is kept");
    let own = Report { document, number: 1, what: What::Hung, at: at("2026-11-21T07:00:00"), name: "", photo: "", note: "", key: "" };
    let at_board = |what, when, key, photo| {
        let report = Report { what, at: at(when), key, photo, name: "Vì Thị Hai, \"trưởng thôn\"", ..own.clone() };
        portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &two.code, &report)).expect("it is noted")
    };
    portal.clock.set(at("2026-11-21T09:00:00"));
    at_board(What::Hung, "2026-11-20T09:00:00", "k1", digest.as_str());
    at_board(What::Interrupted, "2026-11-20T15:00:00", "k2", "");
    at_board(What::Resumed, "2026-11-21T08:30:00", "k3", "");
    let report = Report { key: "k4", note: "Gọi điện báo", ..own.clone() };
    let wrong = done(&portal, &tham, |c, act| note::at_desk(c, act, ten.id, &report)).expect("it is noted");
    done(&portal, &tham, |c, act| note::strike(c, act, wrong.id, "Nhầm thôn")).expect("it is struck");
    portal
}

fn journey(first: Option<String>, second: Option<String>) {
    let portal = noted(first);
    let out = portal.export();
    let file = fs::read_to_string(out.path().join("placements.csv")).expect("it is among the files");
    assert_eq!((file.lines().count(), file.starts_with(HEAD)), (6, true), "{file}");
    assert!(file.contains(",struck,") && file.contains("Nhầm thôn,k4,strike:k4,"), "{file}");
    assert_eq!(fs::read_dir(out.path().join("placement-photos")).expect("a folder").count(), 1);

    let other = Portal::reopen(tempfile::TempDir::new().expect("a folder"), second, &[]);
    other.clock.set(at("2026-12-01T08:00:00"));
    other.import(&out).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
    assert_eq!(hung(&other, "du-toan"), hung(&portal, "du-toan"));
    assert_eq!(hung(&other, "du-toan").len(), 1, "what was struck hangs nowhere there either");
    let (left, right) = (out.contents(), other.export().contents());
    assert_eq!(left.iter().map(|(name, _)| name).collect::<Vec<_>>(), right.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for ((name, left), (_, right)) in left.iter().zip(&right) {
        assert!(left == right, "{name}");
    }
    assert!(is_whole(&portal) && is_whole(&other));
    assert!(other.get("/niem-yet/du-toan").text(".posting-hanging").contains("Nhà văn hóa thôn 2"));

    let before = rows(&other);
    other.import(&out).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
    assert_eq!(rows(&other), before, "what is there already is not noted twice");
    // A row that came struck is struck for ever.
    let tham = added(&other, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, Some(unit(&other, "Đông Kiều")))]);
    let found = note::rows_of(&mut other.app.web.store.read().expect("it opens"), id(&other, "du-toan")).expect("they can be read");
    let wrong = found.iter().find(|row| row.key == "k4").expect("it came").id;
    let again = done(&other, &tham, |c, act| note::strike(c, act, wrong, "Lần nữa"));
    assert!(matches!(again, Err(Refusal::WrongState(_))), "{again:?}");
    // And one that stands can be struck there.
    let right = found.iter().find(|row| row.key == "k1").expect("it came").id;
    done(&other, &tham, |c, act| note::strike(c, act, right, "Chưa treo")).expect("it is struck");
    assert!(is_whole(&other));
}

#[test]
fn an_export_takes_every_row_and_photograph_along_and_another_portal_tells_the_same() {
    journey(None, None);
}

#[test]
fn so_it_does_between_databases() {
    journey(Some(postgres()), None);
    journey(None, Some(postgres()));
}

#[test]
fn a_row_that_cannot_be_is_refused_at_its_line_and_nothing_is_kept() {
    let portal = noted(None);
    let out = portal.export();
    let whole = fs::read_to_string(out.path().join("placements.csv")).expect("it is among the files");
    let before = rows(&portal);
    let refused = |text: &str| {
        let folder = Folder::empty();
        for (name, bytes) in out.contents().iter().filter(|(name, _)| name.starts_with("placement-photos/")) {
            folder.file(name, bytes);
        }
        folder.file("placements.csv", text);
        let refusal = portal.import(&folder).expect_err(text);
        assert_eq!(rows(&portal), before, "{text}");
        named(refusal)
    };
    let row = |from: &str, to: &str| {
        let sound = "du-toan,xa-dong-kieu,thon-2,1,taken_down,2026-11-21T08:40:00+07:00,2026-11-21T08:41:00+07:00,board,,phone,,,k9,";
        assert!(sound.contains(from), "{from}");
        format!("{whole}{}\n", sound.replacen(from, to, 1))
    };
    for (from, to, key) in [
        ("du-toan", "khong-co", "posting-unknown-posting"),
        ("thon-2", "thon-3", "placements-no-place"),
        ("xa-dong-kieu", "xa-ben-gao", "placements-no-place"),
        (",1,", ",2,", "placements-no-edition"),
        ("du-toan", "kin", "placements-no-edition"),
        (",k9,", ",k3,", "placements-key-twice"),
        ("taken_down,2026-11-21T08:40", "taken_down,2026-11-21T09:40", "placements-received-before"),
        ("2026-11-21T08:41", "2026-11-21T09:41", "adopt-bad-moment"),
    ] {
        let told = refused(&row(from, to));
        assert_eq!(told.len(), 1, "{to}: {told:?}");
        assert_eq!((told[0].1, told[0].2), (7, key), "{to}");
    }
    // The same key and another story; a strike of nothing, and of what is struck already.
    let one = |text: &str| refused(&format!("{HEAD}{text}\n")).into_iter().map(|(_, line, key)| (line, key)).collect::<Vec<_>>();
    let head = "du-toan,xa-dong-kieu,thon-2,1";
    let times = "2026-11-20T09:00:00+07:00,2026-11-21T09:00:00+07:00";
    assert_eq!(one(&format!("{head},taken_down,{times},board,,phone,,,k1,")), [(2, "placements-key-taken")]);
    assert_eq!(one(&format!("{head},struck,{times},tham.tran,,desk,Sai,k4,strike:k4b,")), [(2, "placements-strike-unknown")]);
    let ten = head.replace("thon-2", "thon-10");
    assert_eq!(one(&format!("{ten},struck,{times},tham.tran,,desk,Sai,k4,again,")), [(2, "placements-struck-already")]);
    assert!(is_whole(&portal));
}

#[test]
fn a_photograph_comes_in_only_as_it_went_out() {
    let portal = noted(None);
    let out = portal.export();
    let (name, bytes) = out.contents().into_iter().find(|(name, _)| name.starts_with("placement-photos/")).expect("there is one");
    let fresh = || {
        let other = Portal::open();
        other.clock.set(at("2026-12-01T08:00:00"));
        other
    };
    let refused = |portal: &Portal| {
        let refusal = portal.import(&out).expect_err("it is not that photograph");
        named(refusal).into_iter().map(|(_, line, key)| (line, key)).collect::<Vec<_>>()
    };
    let other = fresh();
    out.file(&name, [&bytes[..], b"x"].concat());
    assert_eq!(refused(&other), [(2, "placements-photo-changed")]);
    fs::remove_file(out.path().join(&name)).expect("it was there");
    assert_eq!(refused(&other), [(2, "import-no-file")]);
    // Under their own digests: what bears where it was taken, and what is no picture at all.
    let exif = b"Exif\0\0GPS-20.8-104.5";
    let mut tells = bytes[..2].to_vec();
    tells.extend([0xff, 0xe1]);
    tells.extend((exif.len() as u16 + 2).to_be_bytes());
    tells.extend_from_slice(exif);
    tells.extend_from_slice(&bytes[2..]);
    let list = fs::read_to_string(out.path().join("placements.csv")).expect("the list");
    for photo in [tells, b"ten,ngay sinh\nai do,1980\n".to_vec(), [&bytes[..], b"PK\x03\x04"].concat()] {
        let digest = sha256(&photo);
        let own = format!("placement-photos/{digest}.jpg");
        out.file("placements.csv", list.replace(&name, &own)).file(&own, &photo);
        assert_eq!(refused(&other), [(2, "placements-photo-tells")]);
        assert!(!other.app.web.shelf.holds(&digest, ""));
        fs::remove_file(out.path().join(own)).expect("it was there");
    }
    out.file("placements.csv", list).file(&name, &bytes);
    other.import(&out).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
    let digest = sha256(&bytes);
    assert!(other.app.web.shelf.take(&digest, "").expect("it is there") == bytes);
    assert_eq!(other.get(&format!("/anh/{digest}-480.webp")).status, 404, "it is on no page");
    // Whoever exchanges it on the disk is found out.
    assert!(is_whole(&other));
    fs::write(other.app.web.shelf.path(&digest, ""), png(10, 10)).expect("it can be written");
    assert!(!is_whole(&other));
}
