//! A commune with a board at its office: the portal, the line between them, the machine with its clocks, and the screen on it.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

use bangtin::app::board::{Asked, Board, open};
use bangtin::board::mirror::Outcome;
use bangtin::board::record::{Seen, SeenItem};
use bangtin::board::time::{Host, Steady};
use bangtin::bulletin::judge::instant;
use bangtin::bulletin::shape::{Bulletin, Item};
use bangtin::kit::clock::{Clock, Moment};
use bangtin::person::access::Role;
use bangtin::posting::placements::{Placement, placements};
use bangtin::posting::placements_note as note;
use chrono::Duration;
use tempfile::TempDir;

use crate::bad_line::BadLine;
use crate::folder::Folder;
use crate::people::{Browser, added, role, unit};
use crate::placements::id;
use crate::places::{folder, place};
use crate::portal::{Portal, at};
use crate::process::PATIENCE;

pub const LIST: &str = "/ban-bien-tap/don-vi/xa-dong-kieu/bang-dien-tu";
/// As often as the program writes down what is on the screen.
pub const KEEPS_EVERY: Duration = Duration::minutes(2);

pub struct Commune {
    pub portal: Portal,
    pub folder: Folder,
    pub disk: TempDir,
    pub line: BadLine,
    pub wall: Clock,
    pub keeps_time: bool,
    steady: Arc<AtomicI64>,
    board: Option<Board>,
    /// What the bulletin holds, by its content.
    read: RefCell<(String, Vec<Item>)>,
}

impl Commune {
    pub fn new() -> Commune {
        let folder = folder();
        folder.posting("noi-quy", "title = \"Nội quy\"\nperiod = \"3000 days\"", "Không hút thuốc.");
        folder.posting("lich-hop", "title = \"Lịch họp\"\nperiod = \"3000 days\"", "Họp thứ Hai.");
        Commune::with(folder)
    }

    pub fn with(folder: Folder) -> Commune {
        let portal = Portal::with(&folder);
        portal.app.begin_keys().expect("a key can be made");
        added(&portal, "vi.lo", "Lò Thị Vi", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
        let memory = Path::new("/dev/shm");
        // What a card does is another test's; a month is written down some twenty thousand times.
        let disk = if memory.is_dir() { TempDir::new_in(memory) } else { TempDir::new() }.expect("a temporary folder");
        let (line, wall) = (BadLine::to(&portal.address), Clock::driven(portal.clock.now()));
        let (steady, read) = (Arc::default(), RefCell::default());
        let mut commune = Commune { portal, folder, disk, line, wall, keeps_time: true, steady, board: None, read };
        commune.power();
        commune
    }

    /// The program starts, after it was stopped in whatever way.
    pub fn power(&mut self) {
        self.cut();
        let host = Host { clock: self.wall.clone(), steady: Steady::Driven(self.steady.clone()), keeps_time: self.keeps_time };
        let (from, folder) = (self.line.address.clone(), self.disk.path().join("board"));
        let asked = Asked { from, unit: "99001".to_owned(), folder, listen: String::new(), key: None };
        // A process that another test starts at this instant holds the folder's lock until it has become itself.
        let began = Instant::now();
        self.board = loop {
            match open(&asked, host.clone()) {
                Ok(board) => break Some(board),
                Err(_) if began.elapsed() < PATIENCE => std::thread::yield_now(),
                Err(refusal) => panic!("{}", self.portal.told(&refusal)),
            }
        };
    }

    pub fn cut(&mut self) {
        self.board = None;
    }

    pub fn board(&self) -> &Board {
        self.board.as_ref().expect("it runs")
    }

    pub fn has_power(&self) -> bool {
        self.board.is_some()
    }

    pub fn pass(&self, time: Duration) {
        self.portal.clock.set(self.portal.clock.now() + time);
        self.wall.set(self.wall.now() + time);
        self.steady.fetch_add(time.num_seconds(), Ordering::SeqCst);
    }

    pub fn to(&self, local: &str) {
        self.pass(at(local) - self.portal.clock.now());
    }

    /// The line is there: the board hears and tells.
    pub fn online(&self) {
        assert!(self.speaks_with_portal());
    }

    /// Whether the line was there: the board hears and tells, or finds that it cannot.
    pub fn speaks_with_portal(&self) -> bool {
        let board = self.board();
        if matches!(board.mirror.hear(false), Outcome::Refused(_)) {
            return false;
        }
        board.witness.pass(&board.mirror);
        board.witness.report(&board.mirror).expect("the portal takes it");
        true
    }

    /// What may be on the screen by the board's own time; the urgent alone where there is any, as `screen_rules.js` has it.
    fn turns(&self, now: Option<Moment>) -> Vec<SeenItem> {
        let Some(shown) = self.board().mirror.shown() else { return Vec::new() };
        let mut read = self.read.borrow_mut();
        if read.0 != shown.content {
            let bulletin: Bulletin = serde_json::from_str(&shown.text).expect("it was judged");
            *read = (shown.content, bulletin.items);
        }
        // Where the clock is not to be trusted it would show what has no end; none of that may count, so all of it is said.
        let is_on = |item: &&Item| {
            now.is_none_or(|now| {
                instant(&item.from).is_some_and(|from| from <= now)
                    && item.until.as_deref().and_then(instant).is_none_or(|until| now < until)
            })
        };
        let on: Vec<&Item> = read.1.iter().filter(is_on).collect();
        let is_alarm = on.iter().any(|item| item.priority == "urgent");
        let turns = on.into_iter().filter(|item| !is_alarm || item.priority == "urgent");
        turns.map(|item| SeenItem { id: item.id.clone(), edition: item.edition, digest: item.digest.clone() }).collect()
    }

    /// The screen says what can be seen on it.
    pub fn says(&self) {
        let board = self.board();
        let items = self.turns(board.mirror.sure());
        board.witness.seen(&board.mirror, Seen { visible: true, items, upright: false });
    }

    /// What goes by the clock alone.
    pub fn ticks(&self) {
        let board = self.board();
        board.mirror.forget();
        board.witness.pass(&board.mirror);
    }

    pub fn keeps(&self) {
        let board = self.board();
        board.witness.keep(&board.mirror);
    }

    /// The screen turns through all that may be shown, until then.
    pub fn shows_until(&self, local: &str) {
        let end = at(local);
        loop {
            self.says();
            self.ticks();
            if self.wall.now() == end {
                return self.keeps();
            }
            self.pass((end - self.wall.now()).min(Duration::minutes(1)));
        }
    }

    pub fn keeper(&self) -> Browser<'_> {
        Browser::of(&self.portal, "vi.lo")
    }

    pub fn paired() -> Commune {
        let commune = Commune::new();
        commune.pair();
        commune
    }

    /// Somebody types the code on its screen, and says that it stands at the commune's office.
    pub fn pair(&self) {
        self.online();
        let code = self.board().witness.code().expect("its screen shows one");
        let place = place(&self.portal, "tru-so").id.to_string();
        let reply = self.keeper().post(LIST, &[("code", &code), ("place", &place)]);
        assert_eq!(reply.status, 303, "{}", reply.body);
        self.online();
        assert!(self.board().witness.is_paired() && self.board().witness.code().is_none());
    }

    pub fn import(&self) {
        self.portal.import(&self.folder).unwrap_or_else(|refusal| panic!("{}", self.portal.told(&refusal)));
    }

    /// Where and when, of one posting at the place where the board stands.
    pub fn record(&self, slug: &str) -> Vec<Placement> {
        let rows = note::rows_of(&mut self.portal.app.web.store.read().expect("it opens"), id(&self.portal, slug)).expect("rows");
        placements(&rows).remove(&place(&self.portal, "tru-so").id).unwrap_or_default()
    }
}
