//! What a board says that it showed: paired at the desk by the code on its screen, told over a bad line twice and noted once, with its
//! gaps, and worth nothing from whoever is not that board.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bangtin::app::board::{Asked, Board, open};
use bangtin::app::verify::verify;
use bangtin::board::mirror::Outcome;
use bangtin::board::record::{Seen, SeenItem};
use bangtin::board::report::{self, Answer, Report};
use bangtin::board::time::{Host, Steady};
use bangtin::kit::clock::Clock;
use bangtin::kit::digest::base64;
use bangtin::kit::sign::Signer;
use bangtin::person::access::Role;
use bangtin::posting::placements::{Placement, placements};
use bangtin::posting::placements_note as note;
use chrono::Duration;
use tempfile::TempDir;

use crate::folder::Folder;
use crate::people::{Browser, added, role, unit};
use crate::placements::id;
use crate::places::{folder, place};
use crate::portal::{Portal, at};

const LIST: &str = "/ban-bien-tap/don-vi/xa-dong-kieu/bang-dien-tu";

struct Commune {
    portal: Portal,
    folder: Folder,
    disk: TempDir,
    wall: Clock,
    steady: Arc<AtomicI64>,
    board: Option<Board>,
}

impl Commune {
    fn new() -> Commune {
        let folder = folder();
        folder.posting("noi-quy", "title = \"Nội quy\"\nperiod = \"3000 days\"", "Không hút thuốc.");
        folder.posting("lich-hop", "title = \"Lịch họp\"\nperiod = \"3000 days\"", "Họp thứ Hai.");
        let portal = Portal::with(&folder);
        portal.app.begin_keys().expect("a key can be made");
        added(&portal, "vi.lo", "Lò Thị Vi", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
        let (disk, wall) = (TempDir::new().expect("a temporary folder"), Clock::driven(portal.clock.now()));
        let mut commune = Commune { portal, folder, disk, wall, steady: Arc::default(), board: None };
        commune.power();
        commune
    }

    fn power(&mut self) {
        self.board = None;
        let host = Host { clock: self.wall.clone(), steady: Steady::Driven(self.steady.clone()), keeps_time: true };
        let (from, folder) = (self.portal.address.clone(), self.disk.path().join("board"));
        let asked = Asked { from, unit: "99001".to_owned(), folder, listen: String::new(), key: None };
        self.board = Some(open(&asked, host).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal))));
    }

    fn board(&self) -> &Board {
        self.board.as_ref().expect("it runs")
    }

    fn pass(&self, time: Duration) {
        self.portal.clock.set(self.portal.clock.now() + time);
        self.wall.set(self.wall.now() + time);
        self.steady.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }

    fn to(&self, local: &str) {
        self.pass(at(local) - self.portal.clock.now());
    }

    /// The line is there: the board hears and tells.
    fn online(&self) {
        let board = self.board();
        assert!(!matches!(board.mirror.hear(false), Outcome::Refused(_)));
        board.witness.pass(&board.mirror);
        board.witness.report(&board.mirror).expect("the portal takes it");
    }

    /// The screen turns through all that may be shown, until then.
    fn shows_until(&self, local: &str) {
        let end = at(local);
        loop {
            let board = self.board();
            let items: Vec<SeenItem> = board.mirror.round().unwrap_or_default().into_keys().collect();
            for item in items {
                board.witness.seen(&board.mirror, Seen { visible: true, items: vec![item], upright: false });
            }
            board.witness.pass(&board.mirror);
            board.witness.keep(&board.mirror);
            if self.wall.now() == end {
                return;
            }
            self.pass((end - self.wall.now()).min(Duration::minutes(10)));
        }
    }

    fn keeper(&self) -> Browser<'_> {
        Browser::of(&self.portal, "vi.lo")
    }

    fn paired() -> Commune {
        let commune = Commune::new();
        commune.online();
        let code = commune.board().witness.code().expect("its screen shows one");
        let place = place(&commune.portal, "tru-so").id.to_string();
        let reply = commune.keeper().post(LIST, &[("code", &code), ("place", &place)]);
        assert_eq!(reply.status, 303, "{}", reply.body);
        commune.online();
        assert!(commune.board().witness.is_paired() && commune.board().witness.code().is_none());
        commune
    }

    /// Where and when, of one posting at the place where the board stands.
    fn record(&self, slug: &str) -> Vec<Placement> {
        let rows = note::rows_of(&mut self.portal.app.web.store.read().expect("it opens"), id(&self.portal, slug)).expect("rows");
        placements(&rows).remove(&place(&self.portal, "tru-so").id).unwrap_or_default()
    }
}

#[test]
fn a_board_is_paired_by_the_code_on_its_screen_and_by_no_other() {
    let commune = Commune::new();
    commune.online();
    let code = commune.board().witness.code().expect("its screen shows one");
    assert_eq!(code.len(), 7, "{code}");
    let mut keeper = commune.keeper();
    let page = keeper.get(LIST);
    assert!(page.body.contains("bangtin board --from https://thu.example --unit 99001"), "{}", page.body);
    let seat = place(&commune.portal, "tru-so").id.to_string();
    let wrong = if code.starts_with('1') { "200 000" } else { "100 000" };
    let refused = keeper.post(LIST, &[("code", wrong), ("place", &seat)]);
    assert!(refused.status == 422 && refused.body.contains("mã ấy") && refused.body.contains(wrong), "{} {}", refused.status, refused.body);
    let elsewhere = crate::places::all(&commune.portal, "Bến Gạo")[0].id.to_string();
    assert_eq!(keeper.post(LIST, &[("code", &code), ("place", &elsewhere)]).status, 422);
    // An hour later another stands there.
    commune.pass(Duration::minutes(61));
    let mut keeper = commune.keeper();
    assert_eq!(keeper.post(LIST, &[("code", &code), ("place", &seat)]).status, 422);
    commune.online();
    let code = commune.board().witness.code().expect("its screen shows one");
    assert_eq!(keeper.post(LIST, &[("code", &code.replace(' ', "")), ("place", &seat)]).status, 303);
    commune.online();
    assert!(commune.board().witness.is_paired());
    let page = keeper.get(LIST);
    assert!(page.body.contains("Bảng ở trụ sở UBND xã") && page.body.contains("Màn hình tắt"), "{}", page.text("main"));
}

#[test]
fn what_was_on_the_screen_is_in_the_posting_record_with_its_gaps() {
    let mut commune = Commune::paired();
    commune.to("2026-11-21T09:00:00");
    commune.shows_until("2026-11-21T12:00:00");
    commune.online();
    let begun = commune.record("noi-quy");
    assert_eq!((begun.len(), begun[0].from, begun[0].until), (1, at("2026-11-21T09:00:00"), None));
    let page = commune.keeper().get(LIST);
    assert!(page.body.contains("Đang hiện đúng") && page.texts(".boards details li").len() == 2, "{}", page.text("main"));
    // The power goes, and comes again at two.
    commune.to("2026-11-21T14:00:00");
    commune.power();
    commune.shows_until("2026-11-21T15:00:00");
    // One is withdrawn while nobody can reach the board; it learns of it at four.
    let gone = "title = \"Lịch họp\"\nperiod = \"3000 days\"\n[withdrawn]\nat = 2026-11-21T15:00:00\nreason = \"Hoãn họp\"";
    commune.folder.posting("lich-hop", gone, "Họp thứ Hai.");
    commune.portal.import(&commune.folder).unwrap_or_else(|refusal| panic!("{}", commune.portal.told(&refusal)));
    commune.shows_until("2026-11-21T16:00:00");
    commune.online();
    // A cover hangs over the screen until the next morning.
    commune.to("2026-11-22T07:00:00");
    commune.board().witness.pass(&commune.board().mirror);
    commune.shows_until("2026-11-22T08:00:00");
    commune.online();
    let (stays, went) = (commune.record("noi-quy"), commune.record("lich-hop"));
    let gap = |from: &str, until: &str| (at(from), Some(at(until)));
    assert_eq!(
        stays[0].interruptions,
        [gap("2026-11-21T12:00:00", "2026-11-21T14:00:00"), gap("2026-11-21T16:00:00", "2026-11-22T07:00:00")]
    );
    assert_eq!((stays.len(), stays[0].until), (1, None));
    assert_eq!((went.len(), went[0].from, went[0].until), (1, at("2026-11-21T09:00:00"), Some(at("2026-11-21T16:00:00"))));
    assert_eq!(went[0].interruptions, [gap("2026-11-21T12:00:00", "2026-11-21T14:00:00")]);
    let found = verify(&commune.portal.app.web.store, &commune.portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
}

#[test]
fn what_is_told_twice_is_noted_once_and_what_another_tells_is_not_noted() {
    let commune = Commune::paired();
    commune.to("2026-11-21T09:00:00");
    let item =
        commune.board().mirror.round().expect("a bulletin").into_keys().find(|item| item.id.ends_with("noi-quy")).expect("it is there");
    commune.board().witness.seen(&commune.board().mirror, Seen { visible: true, items: vec![item.clone()], upright: false });
    let rows = |commune: &Commune| {
        note::rows_of(&mut commune.portal.app.web.store.read().expect("it opens"), id(&commune.portal, "noi-quy")).expect("rows").len()
    };
    for _ in 0..3 {
        commune.online();
        assert_eq!(rows(&commune), 1);
    }
    let stranger = Signer::draw().expect("a key");
    let event = |what: &str, at: &str| report::Event {
        key: "a".repeat(40),
        what: what.to_owned(),
        id: item.id.clone(),
        edition: 1,
        digest: item.digest.clone(),
        at: at.to_owned(),
    };
    let tell = |signer: &Signer, public: String, twist: bool| {
        let events = vec![event("ended", "2026-11-21T09:00:00+07:00")];
        let report = Report { unit: "99001".to_owned(), public, count: 9, events, ..Report::default() };
        let body = serde_json::to_string(&report).expect("JSON");
        let said = format!("keyid=\"{}\", sig=:{}:", signer.id(), base64(&signer.sign(body.as_bytes())));
        let body = if twist { body.replace("\"count\":9", "\"count\":8") } else { body };
        commune.portal.post(&report::path("99001"), &[("bulletin-signature", &said), ("content-type", "application/json")], &body)
    };
    // Whoever has no place gets a code and nothing else; whoever signs for another, or changed a letter, nothing at all.
    let reply = tell(&stranger, stranger.public().written(), false);
    let answer: Answer = serde_json::from_str(&reply.body).expect("an answer");
    assert!(answer.code.len() == 6 && !answer.is_paired && answer.taken.is_empty());
    let board_key = std::fs::read_dir(commune.disk.path().join("board/keys")).expect("its ring").flatten().next().expect("one key");
    let own = Signer::read(&std::fs::read_to_string(board_key.path()).expect("a key")).expect("a key");
    assert_eq!(tell(&stranger, own.public().written(), false).status, 404);
    assert_eq!(tell(&own, own.public().written(), true).status, 404);
    assert_eq!(rows(&commune), 1);
    // Taken off the roll, it says what it likes.
    let way = "/ban-bien-tap/bang-dien-tu/1/go";
    assert_eq!(commune.keeper().post(way, &[("reason", "")]).status, 422);
    assert_eq!(commune.keeper().post(way, &[("reason", "Máy bị mất trộm")]).status, 303);
    let answer: Answer = serde_json::from_str(&tell(&own, own.public().written(), false).body).expect("an answer");
    assert!(answer.is_unpaired && answer.taken.is_empty() && rows(&commune) == 2);
}
