//! One state at a time: what a reading sees while others write, how processes make room for each other, and which
//! face an answer bears.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command};

use bangtin::edition::Kind;
use bangtin::edition::find::{self, Filter};
use bangtin::kit::words::Lang;
use bangtin::on_conn;
use bangtin::store::{Address, Snapshot, Store, fault, log};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::folder::{Folder, SITE};
use crate::portal::{PHONE, Portal, at};
use crate::process::Office;
use crate::store::postgres;

/// The advisory lock of whoever writes on PostgreSQL.
const WRITERS_LOCK: i64 = 7_310_042_026;

fn one() -> Folder {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    folder
}

fn note(store: &Store, subject: &str) -> i64 {
    store.write(|c| log::append(c, at("2026-11-21T08:00:00"), "thử", "ghi", subject.into(), Default::default())).expect("it can be written")
}

#[test]
fn a_reading_sees_one_state_whatever_is_written_meanwhile() {
    for portal in [Portal::open(), Portal::on(Some(postgres()))] {
        let folder = one();
        portal.import(&folder).expect("sound files");
        let mut reading = portal.app.web.reading(Lang::Vi, portal.clock.now()).expect("it can be read");
        let count = |c: &mut Snapshot| find::list(c, Kind::Article, &Filter::All, portal.clock.now(), 100).expect("a list").len();
        assert_eq!(count(&mut reading.c), 1);
        let before = reading.c.position;
        folder.file("site.toml", SITE.replace("Bảng Tin thử", "Bảng Tin mới")).article("hai", "", "Hai.");
        portal.import(&folder).expect("sound files");
        assert_eq!(log::position(&mut reading.c).expect("a position"), before);
        assert_eq!(count(&mut reading.c), 1, "half of another state");
        drop(reading);
        let mut reading = portal.app.web.reading(Lang::Vi, portal.clock.now()).expect("it can be read");
        assert!(reading.c.position > before && count(&mut reading.c) == 2);
        assert_eq!(reading.face.site.name, "Bảng Tin mới");
    }
}

#[test]
fn a_reading_that_ends_badly_leaves_nothing_open() {
    for portal in [Portal::open(), Portal::on(Some(postgres()))] {
        let store = &portal.app.web.store;
        for _ in 0..20 {
            let mut snapshot = store.snapshot().expect("there is a connection");
            assert!(on_conn!(&mut *snapshot, |c| c.batch_execute("SELECT nothing FROM nowhere")).is_err());
            assert!(on_conn!(&mut *snapshot, |c| c.batch_execute("DELETE FROM settings")).is_err(), "a reader cannot write");
        }
        let panicked = std::thread::scope(|scope| {
            let thread = scope.spawn(|| {
                let _snapshot = store.snapshot().expect("there is a connection");
                panic!("as a fault of ours would");
            });
            thread.join().is_err()
        });
        assert!(panicked);
        let written = note(store, "sau đó");
        for _ in 0..20 {
            assert_eq!(store.snapshot().expect("there is a connection").position, written);
        }
    }
}

#[test]
fn the_first_answer_after_a_start_has_a_face_even_when_it_is_an_error() {
    let var = Portal::with(&one()).stop();
    let portal = Portal::reopen(var, None, &[]);
    let reply = portal.get("/khong-co");
    assert_eq!(reply.status, 404);
    assert!(reply.body.contains("Bảng Tin thử") && reply.body.contains("Tin địa phương"), "{}", reply.body);
    assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
}

#[test]
fn an_error_page_shows_the_site_as_it_is_now() {
    let folder = one();
    let portal = Portal::with(&folder);
    assert!(portal.get("/").body.contains("Bảng Tin thử"));
    for (path, name) in [("/khong-co", "Bảng Tin mới"), ("/?trang=0", "Bảng Tin mới hơn"), ("/tin/%00", "Bảng Tin mới nhất")]
    {
        folder.file("site.toml", SITE.replace("Bảng Tin thử", name));
        portal.import(&folder).expect("sound files");
        let reply = portal.get(path);
        assert!(reply.status == 404 && reply.body.contains(&format!("{name}<")), "{path}: {}", reply.body);
    }
}

#[test]
fn processes_that_start_together_on_an_empty_folder_all_start() {
    for _ in 0..8 {
        let var = TempDir::new().expect("a temporary folder");
        let address = Address::of(None, var.path()).expect("a file");
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| drop(Store::open(&address).unwrap_or_else(|refusal| panic!("{refusal}"))));
            }
        });
    }
}

/// Holds the right to write on PostgreSQL until it is dropped.
fn writing(url: &str) -> PgConnection {
    let mut other = PgConnection::establish(url).expect("a connection");
    other.batch_execute(&format!("SELECT pg_advisory_lock({WRITERS_LOCK})")).expect("nobody else holds it");
    other
}

#[test]
fn a_verb_opens_the_store_while_an_import_runs_on_postgresql() {
    let url = postgres();
    drop(Store::open(&Address::Postgres(url.clone())).expect("a fresh database"));
    let _importing = writing(&url);
    // A wait would become an error instead of a test without end.
    let hasty = format!("{url}{}options=-c%20lock_timeout%3D2000", if url.contains('?') { '&' } else { '?' });
    Store::open(&Address::Postgres(hasty)).unwrap_or_else(|refusal| panic!("{refusal}"));
}

#[test]
fn views_wait_while_another_process_writes_on_postgresql() {
    let url = postgres();
    let portal = Portal::on(Some(url.clone()));
    portal.import(&one()).expect("sound files");
    portal.get("/tin/mot");
    let importing = writing(&url);
    let refusal = portal.app.flush().expect_err("somebody else is writing");
    assert!(fault::is_busy(&refusal), "{refusal}");
    drop(importing);
    portal.app.flush().expect("the right to write is free");
    portal.clock.set(portal.clock.now() + chrono::Duration::minutes(1));
    assert_eq!(portal.get("/tin/mot").texts(".article-facts dd").last().map(String::as_str), Some("1"));
}

/// The program, and what it says on standard error line by line.
struct Running {
    child: Child,
    address: String,
    errors: std::io::Lines<BufReader<std::process::ChildStderr>>,
}

impl Running {
    fn start(office: &Office) -> Running {
        let mut child = office.command(env!("CARGO_BIN_EXE_bangtin")).arg("serve").spawn().expect("the program starts");
        let errors = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let mut said = BufReader::new(child.stdout.take().expect("it is piped")).lines().map_while(Result::ok);
        let address = said.find_map(|line| line.split_once("http://").map(|(_, rest)| format!("http://{}", rest.trim())));
        Running { child, address: address.expect("it serves"), errors }
    }

    fn get(&self, path: &str, forwarded: &[&str]) -> u16 {
        let agent = ureq::Agent::new_with_config(ureq::Agent::config_builder().http_status_as_error(false).user_agent(PHONE).build());
        let mut request = agent.get(format!("{}{path}", self.address));
        for line in forwarded {
            request = request.header("X-Forwarded-For", *line);
        }
        request.call().expect("it answers").status().as_u16()
    }

    fn ask_to_stop(&self) {
        let sent = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
    }

    /// The next line on standard error that says this.
    fn hear(&mut self, wanted: &str) -> String {
        let heard = self.errors.by_ref().map_while(Result::ok).find(|line| line.contains(wanted));
        heard.unwrap_or_else(|| panic!("it ended and never said {wanted}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_stop_while_somebody_else_writes_waits_and_loses_no_view() {
    let office = Office::new();
    let mut running = Running::start(&office);
    for _ in 0..3 {
        assert_eq!(running.get("/tin/cho-phien", &[]), 200);
    }
    let mut other = SqliteConnection::establish(&office.database().to_string_lossy()).expect("the file opens");
    other.batch_execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE").expect("nobody else writes");
    running.ask_to_stop();
    running.hear("the last views wait");
    other.batch_execute("ROLLBACK").expect("it was begun");
    assert!(running.child.wait().expect("it is our child").success());
    use bangtin::store::schema::views;
    let counted: Vec<i64> = views::table.select(views::counted).load(&mut other).expect("they were written");
    assert_eq!(counted, [3]);
}

#[test]
fn what_a_proxy_adds_counts_on_whichever_line_it_stands() {
    let office = Office::new().with("BANGTIN_LOG", "json").with("BANGTIN_PROXIES", "127.0.0.0/8");
    let mut running = Running::start(&office);
    for (lines, client) in [
        (&["198.51.100.7", "203.0.113.77"][..], "203.0.113.0"),
        (&["198.51.100.7", "203.0.113.77, 127.0.0.9"], "203.0.113.0"),
        (&["198.51.100.7", "203.0.113.77", "127.0.0.9"], "203.0.113.0"),
    ] {
        running.get("/tin/cho-phien", lines);
        let line: serde_json::Value = serde_json::from_str(&running.hear("\"answered\"")).expect("a line of JSON");
        assert_eq!(line["client"], client, "{lines:?}");
    }
}

#[test]
fn the_index_of_a_list_holds_all_that_the_list_asks() {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let portal = Portal::open();
    let path = portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens");
    let filters = [("kind", ""), ("section", "AND section = 's'"), ("unit", "AND unit_id IN (1, 2)"), ("month", "AND month = 202611")];
    for (index, filter) in filters {
        let source = format!("editions INDEXED BY editions_by_{index}");
        let found = format!("FROM {source} WHERE kind = 'article' AND shown_from <= '2026-11-21' AND shown_until > '2026-11-21' {filter}");
        for query in [format!("SELECT count(*) {found}"), format!("SELECT id {found} ORDER BY dated_at DESC, document_id DESC LIMIT 20")] {
            let plan: Vec<Line> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(&mut c).expect("a sound query");
            let plan: Vec<&str> = plan.iter().map(|line| line.detail.as_str()).collect();
            assert!(plan[0].contains("COVERING INDEX"), "{query}: {plan:?}");
        }
    }
}
