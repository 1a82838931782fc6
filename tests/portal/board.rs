//! A board's mirror: whatever happens to its line, its clock and its disk, it holds the last good bulletin, and nothing past its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bangtin::app::board::{Asked, open};
use bangtin::board::held::State;
use bangtin::board::mirror::{Mirror, Outcome};
use bangtin::board::time::{Host, Steady};
use bangtin::bulletin::judge::Refused;
use bangtin::kit::clock::Clock;
use chrono::Duration;
use serde_json::Value;
use tempfile::TempDir;

use crate::bad_line::{BadLine, Weather};
use crate::folder::{Folder, SITE};
use crate::portal::{Portal, at, morning};

/// A portal, a bad line, and a machine behind it whose clocks are driven.
struct Stand {
    portal: Portal,
    folder: Folder,
    line: BadLine,
    disk: TempDir,
    wall: Clock,
    steady: Arc<AtomicI64>,
    keeps_time: bool,
    mirror: Option<Arc<Mirror>>,
}

impl Stand {
    fn new() -> Stand {
        let portal = Portal::open();
        let folder = Folder::new();
        folder.rules().file("site.toml", SITE.replace("https://thu.example", &portal.address)).picture("pictures/cho.png", 700, 400);
        folder.posting("mai-mai", "title = \"Nội quy\"\nperiod = \"3000 days\"", "Không có hạn.\n\n![Chợ](pictures/cho.png)");
        folder.posting("het-han", "title = \"Có hạn\"\nuntil = 2026-12-25T17:00:00", "Đến chiều thứ Sáu.");
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal.app.begin_keys().expect("a key can be made");
        let line = BadLine::to(&portal.address);
        let mut stand = Stand {
            portal,
            folder,
            line,
            disk: TempDir::new().expect("a temporary folder"),
            wall: Clock::driven(morning()),
            steady: Arc::default(),
            keeps_time: true,
            mirror: None,
        };
        stand.power();
        stand
    }

    /// The program starts, after it was stopped in whatever way.
    fn power(&mut self) {
        self.mirror = None;
        let host = Host { clock: self.wall.clone(), steady: Steady::Driven(self.steady.clone()), keeps_time: self.keeps_time };
        let folder = self.disk.path().join("board");
        let asked = Asked { from: self.line.address.clone(), unit: "99001".to_owned(), folder, listen: String::new(), key: None };
        self.mirror = Some(open(&asked, host).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal))));
    }

    fn mirror(&self) -> &Mirror {
        self.mirror.as_ref().expect("it runs")
    }

    fn pass(&self, time: Duration) {
        self.portal.clock.set(self.portal.clock.now() + time);
        self.wall.set(self.wall.now() + time);
        self.steady.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }

    fn sync(&self) -> Outcome {
        let outcome = self.mirror().hear(false);
        self.mirror().fetch();
        outcome
    }

    /// Titles of what the screen is given, whenever it may show it.
    fn titles(&self) -> Vec<String> {
        self.mirror().forget();
        let Some(shown) = self.mirror().shown() else { return Vec::new() };
        let document: Value = serde_json::from_str(&shown.text).expect("JSON");
        document["items"].as_array().expect("a list").iter().map(|item| item["title"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn state(&self) -> State {
        self.mirror().state()
    }

    fn kept(&self, name: &str) -> std::path::PathBuf {
        self.disk.path().join("board").join(name)
    }

    fn withdraw(&self) {
        let gone = "title = \"Có hạn\"\nuntil = 2026-12-25T17:00:00\n[withdrawn]\nat = 2026-11-21T09:00:00\nreason = \"Đăng nhầm\"";
        self.folder.posting("het-han", gone, "Đến chiều thứ Sáu.");
        self.portal.import(&self.folder).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal)));
    }

    /// Whether any file of the folder holds these words.
    fn disk_holds(&self, words: &str) -> bool {
        let mut folders = vec![self.disk.path().to_owned()];
        let mut found = false;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                if entry.path().is_dir() {
                    folders.push(entry.path());
                } else {
                    let bytes = std::fs::read(entry.path()).expect("a file");
                    found |= bytes.windows(words.len()).any(|part| part == words.as_bytes());
                }
            }
        }
        found
    }
}

const BOTH: [&str; 2] = ["Có hạn", "Nội quy"];

fn sorted(mut titles: Vec<String>) -> Vec<String> {
    titles.sort();
    titles
}

#[test]
fn a_board_holds_the_bulletin_and_its_files_and_has_them_again_after_a_power_cut() {
    let mut stand = Stand::new();
    assert_eq!((stand.titles().len(), stand.state().content), (0, None));
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!(sorted(stand.titles()), BOTH);
    let state = stand.state();
    assert_eq!((state.clock, state.fault, state.files.len()), ("sure", "", 1));
    let (bytes, mime) = stand.mirror().file(&state.files[0]).expect("it is here");
    assert_eq!((mime.as_str(), bangtin::kit::digest::sha256(&bytes)), ("image/jpeg", state.files[0].clone()));
    assert_eq!(stand.sync(), Outcome::Same);
    stand.line.set(Weather::Down);
    stand.power();
    assert_eq!(sorted(stand.titles()), BOTH);
    assert_eq!(stand.state().files, state.files);
    assert!(stand.mirror().file(&"0".repeat(64)).is_none());
}

#[test]
fn whatever_becomes_of_the_line_the_last_good_bulletin_stays_and_the_reason_is_told() {
    let stand = Stand::new();
    stand.sync();
    stand.pass(Duration::minutes(10));
    stand.folder.posting("moi", "title = \"Mới\"\npublished = 2026-11-21T06:05:00", "Vừa đăng.");
    stand.portal.import(&stand.folder).expect("it is sound");
    let weathers = [
        (Weather::Down, Refused::NoAnswer),
        (Weather::Ill, Refused::NoAnswer),
        (Weather::Captive, Refused::NotUnderstood),
        (Weather::Cut(60), Refused::Cut),
        (Weather::Twisted, Refused::Cut),
    ];
    for (weather, why) in weathers {
        stand.line.set(weather);
        assert_eq!(stand.sync(), Outcome::Refused(why), "{weather:?}");
        assert_eq!((sorted(stand.titles()), stand.state().fault), (BOTH.map(str::to_owned).to_vec(), why.word()), "{weather:?}");
        stand.pass(Duration::hours(3));
    }
    stand.line.set(Weather::Fair);
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!((stand.titles().len(), stand.state().fault), (3, ""));
}

#[test]
fn a_line_that_cuts_every_answer_carries_all_of_it_in_the_end() {
    let stand = Stand::new();
    stand.sync();
    stand.pass(Duration::minutes(10));
    let long: String = (0..400)
        .map(|number| format!("Đoạn {number} {}.\n\n", bangtin::kit::digest::sha256(&[number as u8, (number / 256) as u8])))
        .collect();
    stand.folder.posting("dai", "title = \"Dài\"\npublished = 2026-11-21T06:05:00", &long).picture("pictures/ben.png", 900, 500);
    stand.folder.posting("anh", "title = \"Có ảnh\"\npublished = 2026-11-21T06:05:00", "![Bến](pictures/ben.png)");
    stand.portal.import(&stand.folder).expect("it is sound");
    stand.line.set(Weather::Cut(9_000));
    let mut tries = 0;
    while stand.titles().len() < 4 {
        stand.sync();
        tries += 1;
        assert!(tries < 40, "it never came: {:?}", stand.state());
    }
    assert!(tries > 3, "nothing was cut");
    while stand.mirror().fetch() > 0 {
        tries += 1;
        assert!(tries < 80, "its pictures never came: {:?}", stand.state());
    }
    assert_eq!((stand.state().files.len(), stand.state().fault), (2, ""));
}

#[test]
fn what_is_withdrawn_during_an_outage_is_gone_with_the_first_word_of_the_line() {
    let stand = Stand::new();
    stand.sync();
    stand.line.set(Weather::Down);
    stand.pass(Duration::hours(2));
    stand.withdraw();
    assert_eq!(stand.sync(), Outcome::Refused(Refused::NoAnswer));
    assert_eq!(sorted(stand.titles()), BOTH, "it cannot know");
    stand.line.set(Weather::Fair);
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!(stand.titles(), ["Nội quy"]);
    assert!(!stand.disk_holds("Đến chiều thứ Sáu"), "its words are gone from the disk");
}

#[test]
fn a_fortnight_without_a_line_takes_down_what_is_over_by_the_boards_own_clock() {
    let mut stand = Stand::new();
    stand.sync();
    stand.line.set(Weather::Down);
    stand.pass(at("2026-12-25T16:59:59") - morning());
    assert_eq!(sorted(stand.titles()), BOTH);
    stand.pass(Duration::seconds(1));
    assert_eq!(stand.titles(), ["Nội quy"]);
    assert!(!stand.disk_holds("Đến chiều thứ Sáu"), "nor is it left on the disk");
    stand.pass(Duration::days(14));
    stand.power();
    assert_eq!(stand.titles(), ["Nội quy"]);
    assert_eq!(stand.state().clock, "sure", "its clock has a battery");
    stand.line.set(Weather::Fair);
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!(stand.titles(), ["Nội quy"]);
}

#[test]
fn without_a_battery_a_board_says_that_it_cannot_know_the_time_until_the_portal_tells_it() {
    let mut stand = Stand::new();
    stand.keeps_time = false;
    stand.power();
    assert_eq!(stand.state().clock, "unproved");
    stand.sync();
    assert_eq!(stand.state().clock, "sure");
    stand.line.set(Weather::Down);
    // Power is gone for weeks, and the clock with it.
    stand.portal.clock.set(morning() + Duration::days(40));
    stand.steady.store(0, Ordering::SeqCst);
    stand.wall.set(at("1970-01-01T07:00:30"));
    stand.power();
    assert_eq!(stand.state().clock, "unset");
    assert_eq!(sorted(stand.titles()), BOTH, "what it may show of it is for the screen, which knows what ends");
    stand.line.set(Weather::Fair);
    stand.sync();
    let state = stand.state();
    assert_eq!((state.clock, state.now.as_str()), ("sure", "2026-12-31T08:00:00+07:00"));
    assert!(state.astray_seconds < -1_000_000_000, "{}", state.astray_seconds);
    assert_eq!(stand.titles(), ["Nội quy"]);
}

#[test]
fn another_portal_at_the_same_address_is_believed_in_nothing() {
    let stand = Stand::new();
    stand.sync();
    let other = Stand::new();
    other.folder.posting("gia", "title = \"Giả\"", "Không phải của cổng này.");
    other.portal.import(&other.folder).expect("it is sound");
    stand.line.lead_to(&other.portal.address);
    assert_eq!(stand.sync(), Outcome::Refused(Refused::UnknownKey));
    assert_eq!(sorted(stand.titles()), BOTH);
    assert_eq!(stand.state().fault, "unknown-key");
}

#[test]
fn a_copy_that_lost_a_sector_is_read_from_the_other_and_two_are_got_anew() {
    let mut stand = Stand::new();
    stand.sync();
    let cases: [(&[&str], usize); 3] = [(&["bulletin"], 2), (&["bulletin.spare"], 2), (&["bulletin", "bulletin.spare"], 0)];
    for (broken, left) in cases {
        stand.mirror = None;
        for name in broken {
            let path = stand.kept(name);
            let mut bytes = std::fs::read(&path).expect("it is there");
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x20;
            std::fs::write(&path, bytes).expect("it can be written");
        }
        stand.power();
        assert_eq!(stand.titles().len(), left, "{broken:?}");
    }
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!(sorted(stand.titles()), BOTH);
}

#[test]
fn a_disk_that_takes_nothing_is_told_of_and_the_screen_goes_on_with_the_newest() {
    let mut stand = Stand::new();
    stand.sync();
    // A folder where the file should go: nothing can be written there, whoever runs the test.
    let in_its_way = stand.disk.path().join("board/bulletin.part");
    std::fs::create_dir(&in_its_way).expect("a folder");
    stand.pass(Duration::minutes(10));
    stand.folder.posting("moi", "title = \"Mới\"\npublished = 2026-11-21T06:05:00", "Vừa đăng.");
    stand.portal.import(&stand.folder).expect("it is sound");
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!((stand.titles().len(), stand.state().fault), (3, "disk-full"));
    stand.power();
    assert_eq!(sorted(stand.titles()), BOTH, "the last good one that the disk took");
    assert_eq!(stand.sync(), Outcome::Taken);
    assert_eq!((stand.titles().len(), stand.state().fault), (3, "disk-full"));
    std::fs::remove_dir(&in_its_way).expect("it is empty");
    assert_eq!(stand.sync(), Outcome::Same);
    assert_eq!(stand.state().fault, "");
    stand.line.set(Weather::Down);
    stand.power();
    assert_eq!(stand.titles().len(), 3, "there was room again");
}

#[test]
fn power_that_went_between_two_copies_leaves_no_word_of_what_is_gone() {
    let mut stand = Stand::new();
    stand.sync();
    let before = std::fs::read(stand.kept("bulletin.spare")).expect("it is there");
    stand.pass(Duration::hours(2));
    stand.withdraw();
    assert_eq!(stand.sync(), Outcome::Taken);
    stand.mirror = None;
    std::fs::write(stand.kept("bulletin.spare"), &before).expect("it can be written");
    std::fs::write(stand.kept("bulletin.part"), &before).expect("it can be written");
    stand.line.set(Weather::Down);
    stand.power();
    assert_eq!(stand.titles(), ["Nội quy"]);
    assert!(!stand.disk_holds("Đến chiều thứ Sáu"));
}

#[test]
fn what_is_over_takes_its_files_along_without_a_line() {
    let stand = Stand::new();
    stand.folder.file("attachments/diem.csv", "thôn,điểm\n");
    let attached = "[[attachments]]\nfile = \"attachments/diem.csv\"\ntitle = \"Điểm\"";
    stand.folder.posting("kem-tep", &format!("title = \"Kèm tệp\"\nuntil = 2026-12-25T17:00:00\n{attached}"), "Xem tệp.");
    stand.portal.import(&stand.folder).unwrap_or_else(|refusal| panic!("{}", stand.portal.told(&refusal)));
    stand.sync();
    assert!(stand.state().files.len() == 2 && stand.disk_holds("thôn,điểm"));
    stand.line.set(Weather::Down);
    stand.pass(Duration::days(40));
    assert_eq!(stand.titles(), ["Nội quy"]);
    assert!(!stand.disk_holds("thôn,điểm"));
    assert_eq!(stand.state().files.len(), 1);
}

#[test]
fn a_revoked_key_takes_nothing_off_the_screen_not_even_when_power_goes() {
    let mut stand = Stand::new();
    stand.sync();
    let old = bangtin::bulletin::keys::all(&mut stand.portal.app.web.store.read().expect("it is open")).expect("it is there").remove(0);
    stand.pass(Duration::minutes(10));
    bangtin::app::keys::rotate(&stand.portal.app, None).expect("it can be rotated");
    bangtin::app::keys::revoke(&stand.portal.app, &old.id, "đã lộ").expect("another is in force");
    // The keys come, and the line goes before the bulletin does.
    stand.line.set(Weather::NoBulletin);
    assert_eq!(stand.sync(), Outcome::Refused(Refused::NoAnswer));
    stand.power();
    assert_eq!(sorted(stand.titles()), BOTH);
    stand.line.set(Weather::Fair);
    assert_eq!(stand.sync(), Outcome::Taken, "it is got anew");
    stand.line.set(Weather::Down);
    stand.power();
    assert_eq!(sorted(stand.titles()), BOTH);
}
