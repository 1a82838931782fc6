//! Power goes at any instant: the program itself, killed again and again while the bulletin that it mirrors changes. What it holds after
//! every start is one that the portal signed, or that one less what was over, and never an older one than it had shown.
//!
//! `BOARD_KILLS` says how often; 1,000 take some minutes.

use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bangtin::bulletin::judge::instant;
use bangtin::kit::clock::Clock;
use bangtin::kit::{calendar, digest};
use rand::RngExt;
use serde_json::Value;
use tempfile::TempDir;

use crate::bad_line::{BadLine, Weather};
use crate::folder::{Folder, SITE};
use crate::portal::Portal;
use crate::process::PATIENCE;

/// Side by side, each with a line and a disk of its own.
const BOARDS: usize = 3;
/// So long a file is that it does not come in one piece.
const FILE: usize = 300_000;
/// So many hang at a time of what comes and goes.
const HANGING: usize = 6;

/// A portal by the clock of this machine, whose bulletin is never the same for long.
struct Office {
    portal: Portal,
    round: usize,
    /// Words and file of what hangs since the last rounds.
    hanging: VecDeque<(usize, String, String)>,
    editions: usize,
    edited_at: String,
}

impl Office {
    fn open() -> Office {
        let portal = Portal::open();
        portal.clock.set(Clock::System.now());
        let folder = Folder::new();
        folder.rules().file("site.toml", SITE.replace("https://thu.example", &portal.address)).picture("pictures/cho.png", 700, 400);
        folder.posting("noi-quy", &front("period = \"3000 days\""), "Không có hạn.\n\n![Chợ](pictures/cho.png)");
        // So much that writing it down takes a while.
        let long = "Đoạn văn của một thông báo niêm yết ở xã, dài như ngoài đời.\n\n".repeat(300);
        for number in 0..6 {
            folder.posting(&format!("dai-{number}"), &front("period = \"3000 days\""), &format!("{number}\n\n{long}"));
        }
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal.app.begin_keys().expect("a key can be made");
        Office { portal, round: 0, hanging: VecDeque::new(), editions: 1, edited_at: String::new() }
    }

    /// Something new with a file, at times for a few seconds only; something gone; and a new edition of what stands.
    fn change(&mut self) {
        let now = Clock::System.now();
        self.portal.clock.set(now);
        let folder = Folder::empty();
        self.round += 1;
        let file = format!("attachments/so-{}.csv", self.round);
        let rows: String = (0..FILE / 65).map(|row| format!("{}\n", digest::sha256(format!("{} {row}", self.round).as_bytes()))).collect();
        folder.file(&file, &rows);
        let attached = format!("[[attachments]]\nfile = \"{file}\"\ntitle = \"Danh sách {}\"", self.round);
        let words = match self.round % 3 {
            0 => front(&format!("until = {}\n{attached}", local(now + chrono::Duration::seconds(4)))),
            _ => front(&format!("period = \"3000 days\"\n{attached}")),
        };
        folder.posting(&format!("viec-{}", self.round), &words, "Việc mới.");
        if !self.round.is_multiple_of(3) {
            self.hanging.push_back((self.round, words, rows));
        }
        if self.hanging.len() > HANGING
            && let Some((round, words, rows)) = self.hanging.pop_front()
        {
            let gone = format!("{words}\n[withdrawn]\nat = {}\nreason = \"Đăng nhầm\"", local(now));
            folder.file(&format!("attachments/so-{round}.csv"), rows).posting(&format!("viec-{round}"), &gone, "Việc mới.");
        }
        let at = local(now);
        if at != self.edited_at {
            self.editions += 1;
            let words =
                format!("title = \"Nội quy\"\nperiod = \"3000 days\"\npublished = {at}\nchange_note = \"Sửa lần {}\"", self.editions);
            folder.posting(&format!("noi-quy@{}", self.editions), &words, &format!("Bản {}.", self.editions));
            self.edited_at = at;
        }
        self.portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal)));
    }
}

fn local(at: bangtin::kit::clock::Moment) -> String {
    calendar::local(at).format("%Y-%m-%dT%H:%M:%S").to_string()
}

/// Published so long ago that it may end at once, whenever the test runs.
fn front(more: &str) -> String {
    format!("published = {}\n{more}", local(Clock::System.now() - chrono::Duration::days(40)))
}

/// The program on a board, until it is killed.
struct Board {
    child: Child,
    address: String,
    agent: ureq::Agent,
}

impl Board {
    fn start(line: &BadLine, disk: &TempDir) -> Board {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bangtin"))
            .args(["board", "--from", &line.address, "--unit", "99001", "--listen", "127.0.0.1:0", "--in", "board"])
            .env_clear()
            .current_dir(disk.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program starts");
        let mut said = String::new();
        BufReader::new(child.stdout.take().expect("it is piped")).read_line(&mut said).expect("it speaks");
        let address = said.rsplit_once("http://").map(|(_, address)| format!("http://{}", address.trim().trim_end_matches('/')));
        let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).build());
        Board { child, address: address.unwrap_or_else(|| panic!("it says no address: {said}")), agent }
    }

    fn ask(&self, path: &str) -> (u16, Vec<u8>) {
        let mut response = self.agent.get(format!("{}{path}", self.address)).call().expect("the board answers");
        (response.status().as_u16(), response.body_mut().read_to_vec().expect("the whole body"))
    }

    fn shown(&self) -> Option<String> {
        let (status, body) = self.ask("/bulletin.json");
        (status == 200).then(|| String::from_utf8(body).expect("it is text"))
    }

    fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it is our child");
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What one disk has been seen to hold.
#[derive(Default)]
struct Seen {
    number: i64,
    known: BTreeSet<String>,
}

impl Seen {
    /// It is one that the portal signed, or that one less what was over; and none older than the last.
    fn check(&mut self, text: Option<&str>, line: &BadLine, when: &str) {
        let Some(text) = text else {
            assert_eq!(self.number, 0, "{when}: it has nothing any more");
            return;
        };
        let shown: Value = serde_json::from_str(text).expect("it is JSON");
        let number = shown["number"].as_i64().expect("it has a number");
        assert!(number >= self.number, "{when}: it shows {number} and has shown {}", self.number);
        self.number = number;
        if self.known.contains(text) {
            return;
        }
        let signed = line.signed.lock().expect("it is whole").clone();
        let is_signed = signed.iter().any(|one| one == text) || signed.iter().any(|one| is_rest(&shown, one));
        assert!(is_signed, "{when}: nobody signed {text}");
        self.known.insert(text.to_owned());
    }
}

/// Whether it is this one less some of what is over.
fn is_rest(shown: &Value, signed: &str) -> bool {
    let mut signed: Value = serde_json::from_str(signed).expect("it is JSON");
    if signed["number"] != shown["number"] || signed["issued_at"] != shown["issued_at"] {
        return false;
    }
    let now = Clock::System.now();
    for list in ["items", "articles"] {
        let left = shown[list].as_array().expect("a list");
        let is_over = |one: &Value| one["until"].as_str().and_then(instant).is_some_and(|until| until <= now);
        let all = signed[list].as_array_mut().expect("a list");
        all.retain(|one| left.contains(one) || !is_over(one));
    }
    signed == *shown
}

/// Every file that it says it has is that file.
fn gives_what_it_names(board: &Board) -> usize {
    let (_, state) = board.ask("/state.json");
    let state: Value = serde_json::from_slice(&state).expect("it is JSON");
    let files: Vec<&str> = state["files"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    for sha256 in &files {
        let (status, bytes) = board.ask(&format!("/tep/{sha256}"));
        // It may have gone with its text since it was named.
        assert!(status == 404 || (status == 200 && digest::sha256(&bytes) == **sha256), "{sha256}: {status}, {} bytes", bytes.len());
    }
    files.len()
}

/// Whether anything on the disk is being written: the state, a bulletin, or a file that is whole but for its name.
fn is_writing(disk: &TempDir) -> bool {
    let ends = |entry: std::fs::DirEntry| entry.path().extension().is_some_and(|ending| ending == "part");
    ["board", "board/files"].iter().any(|folder| std::fs::read_dir(disk.path().join(folder)).into_iter().flatten().flatten().any(ends))
}

/// Kills, how many of them left something half-written, and files that were asked for.
#[derive(Debug, Default)]
struct Life {
    kills: usize,
    torn: usize,
    files: usize,
}

/// Starts, shows, is killed; so often.
fn live(line: &BadLine, left: &AtomicUsize) -> Life {
    let (disk, mut seen, mut rng, mut life) = (TempDir::new().expect("a temporary folder"), Seen::default(), rand::rng(), Life::default());
    while left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
        let is_cut = rng.random_range(0..4) == 0;
        line.set(if is_cut { Weather::Down } else { Weather::Fair });
        let board = Board::start(line, &disk);
        seen.check(board.shown().as_deref(), line, "at its start");
        life.files += gives_what_it_names(&board);
        line.set(Weather::Fair);
        let until = Instant::now() + Duration::from_millis(rng.random_range(0..900));
        while Instant::now() < until {
            seen.check(board.shown().as_deref(), line, "in its life");
        }
        // Half of them go while something is written, whenever that is; where nothing is, by the clock all the same.
        if rng.random_bool(0.5) {
            let last = Instant::now() + Duration::from_millis(600);
            while !is_writing(&disk) && Instant::now() < last {
                std::hint::spin_loop();
            }
        }
        board.kill();
        life.kills += 1;
        life.torn += usize::from(is_writing(&disk));
    }
    // And in the end it has come to what the portal shows.
    line.set(Weather::Fair);
    let board = Board::start(line, &disk);
    let began = Instant::now();
    loop {
        seen.check(board.shown().as_deref(), line, "in the end");
        let (_, state) = board.ask("/state.json");
        let state: Value = serde_json::from_slice(&state).expect("it is JSON");
        if state["fault"] == "" && state["files"].as_array().is_some_and(|files| files.len() > HANGING) {
            break;
        }
        assert!(began.elapsed() < PATIENCE, "it never had everything: {state}");
    }
    life
}

#[test]
fn killed_at_any_instant_a_board_holds_one_bulletin_that_was_signed_and_none_older_than_it_had_shown() {
    let kills: usize = std::env::var("BOARD_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(120);
    let mut office = Office::open();
    let lines: Vec<BadLine> = (0..BOARDS).map(|_| BadLine::to(&office.portal.address)).collect();
    let (left, is_over, began) = (AtomicUsize::new(kills), AtomicBool::new(false), Instant::now());
    let told = std::thread::scope(|scope| {
        let boards: Vec<_> = lines.iter().map(|line| scope.spawn(|| live(line, &left))).collect();
        let changing = scope.spawn(|| {
            while !is_over.load(Ordering::SeqCst) {
                office.change();
            }
            office.round
        });
        let ended: Vec<_> = boards.into_iter().map(|board| board.join()).collect();
        is_over.store(true, Ordering::SeqCst);
        let rounds = changing.join().expect("the portal goes on");
        (ended, rounds)
    });
    let lives: Vec<Life> = told.0.into_iter().map(|life| life.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect();
    let signed: usize = lines.iter().map(|line| line.signed.lock().expect("it is whole").len()).sum();
    println!("{lives:?}, {} changes, {signed} bulletins carried, {:?}", told.1, began.elapsed());
    assert_eq!(lives.iter().map(|life| life.kills).sum::<usize>(), kills);
}
