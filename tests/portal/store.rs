//! The store: one story on both databases, steps that go up and down, a log that cannot be rewritten unseen.

use bangtin::app::verify::verify;
use bangtin::on_conn;
use bangtin::store::migrate;
use bangtin::store::{Address, Conn, Store};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::folder::Folder;
use crate::portal::{Portal, at};

/// A database of one's own in the cluster that the tests are given.
pub fn postgres() -> String {
    let cluster = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL names a PostgreSQL cluster; ./tests/run starts one");
    let name = format!("bangtin_{}", uuid::Uuid::now_v7().simple());
    let mut admin = PgConnection::establish(&cluster).expect("the cluster answers");
    admin.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database can be made");
    let (before, options) =
        cluster.split_once('?').map_or((cluster.as_str(), String::new()), |(url, options)| (url, format!("?{options}")));
    let root = before.rsplit_once('/').map_or(before, |(root, _)| root);
    format!("{root}/{name}{options}")
}

fn raw(portal: &Portal, sql: &str) {
    let mut c = SqliteConnection::establish(&portal.var.path().join("bangtin.sqlite").to_string_lossy()).expect("the file opens");
    c.batch_execute(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// From a first import to a withdrawal, with what the public sees after each step.
fn story(portal: &Portal) {
    let folder = Folder::new();
    folder
        .page("gioi-thieu", "Giới thiệu")
        .picture("pictures/a.png", 700, 400)
        .article("mot", "title = \"Đường về xã\"\npublished = 2026-11-20T07:30:00\nformer = [\"cu\"]\n\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Đường\"", "Bản một, 61.582 triệu đồng.")
        .article("hai", "published = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00", "Hẹn giờ.")
        .article("nhap", "state = \"draft\"", "Nháp.");
    let report = portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!((report.published, report.drafted, report.pictures), (3, 1, 1));
    assert_eq!(portal.get("/tin/mot").text(".prose"), "Bản một, 61.582 triệu đồng.");
    assert_eq!(portal.get("/tin/cu").header("location"), "/tin/mot");
    assert_eq!((portal.get("/tin/hai").status, portal.get("/tin/nhap").status), (404, 404));
    assert_eq!(portal.get("/trang/gioi-thieu").status, 200);

    let again = portal.import(&folder).expect("the same files");
    assert_eq!((again.published, again.drafted, again.changed, again.unchanged), (0, 0, 0, 4));

    portal.clock.set(at("2026-11-21T09:00:00"));
    assert_eq!(portal.get("/tin/hai").status, 200);
    portal.clock.set(at("2026-11-21T10:00:00"));
    assert_eq!(portal.get("/tin/hai").status, 410);

    folder.article("mot", "title = \"Đường về xã\"\npublished = 2026-11-20T07:30:00\nformer = [\"cu\"]\nchange_note = \"Sửa số.\"\n\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Đường\"", "Bản hai, 61.583 triệu đồng.");
    folder.article("nhap", "", "Đăng rồi.");
    let report = portal.import(&folder).expect("sound files");
    assert_eq!((report.published, report.unchanged), (2, 2));
    let page = portal.get("/tin/mot");
    assert!(page.text(".prose").contains("61.583") && page.text("main").contains("Sửa số."));
    assert_eq!(portal.get("/tin/nhap").status, 200);

    for _ in 0..4 {
        portal.get("/tin/mot");
    }
    portal.app.flush().expect("it can be written");
    portal.clock.set(portal.clock.now() + chrono::Duration::minutes(1));
    assert_eq!(portal.get("/tin/mot").texts(".article-facts dd").last().map(String::as_str), Some("6"), "four readings, and two before");

    folder.article("mot", "title = \"Đường về xã\"\npublished = 2026-11-20T07:30:00\nformer = [\"cu\"]\nchange_note = \"Sửa số.\"\n\n[picture]\nfile = \"pictures/a.png\"\nalt = \"Đường\"\n\n[withdrawn]\nat = 2026-11-21T10:02:00\nreason = \"Số chưa đúng\"", "Bản hai, 61.583 triệu đồng.");
    portal.clock.set(at("2026-11-21T10:02:00"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let gone = portal.get("/tin/mot");
    assert_eq!(gone.status, 410);
    assert!(gone.text("main").contains("Số chưa đúng"));
    assert!(!portal.get("/").body.contains("Đường về xã"));

    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    assert_eq!((found.editions, found.files), (5, 1));

    // What is exported is what a fresh portal takes, and gives back the same bytes.
    let first = portal.export();
    let fresh = Portal::open();
    fresh.import(&first).unwrap_or_else(|refusal| panic!("{}", fresh.told(&refusal)));
    assert_eq!(first.contents(), fresh.export().contents());
}

#[test]
fn the_story_holds_on_sqlite() {
    story(&Portal::open());
}

#[test]
fn the_story_holds_on_postgresql() {
    story(&Portal::on(Some(postgres())));
}

#[test]
fn lists_are_the_same_on_both_databases() {
    let folder = Folder::new();
    for number in 1..=30 {
        folder.article(&format!("bai-{number}"), &format!("published = 2026-10-{number:02}\ntitle = \"Bài {number}\""), "Nội dung.");
    }
    let (sqlite, postgres) = (Portal::open(), Portal::on(Some(postgres())));
    for portal in [&sqlite, &postgres] {
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    }
    for path in [
        "/",
        "/?trang=2",
        "/chuyen-muc/tin-dia-phuong?trang=2",
        "/luu-tru/2026/10",
        "/don-vi/huong-lua",
        "/atom.xml",
        "/sitemap.xml",
        "/sitemap/2026-10.xml",
        "/tin/bai-7",
    ] {
        assert_eq!(sqlite.get(path).body, postgres.get(path).body, "{path}");
    }
}

/// Name and columns of every table, in order.
fn shape(c: &mut Conn) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lines: Vec<Line> = match c {
        Conn::Sqlite(c) => diesel::sql_query(
            "SELECT m.name || '.' || p.name AS line FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'",
        )
        .load(c),
        Conn::Postgres(c) => diesel::sql_query(
            "SELECT table_name || '.' || column_name AS line FROM information_schema.columns \
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'",
        )
        .load(c),
    }
    .expect("the catalogue can be read");
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.line).collect();
    lines.sort();
    lines
}

#[test]
fn every_step_of_the_schema_goes_up_down_and_up_again_alike() {
    let var = TempDir::new().expect("a temporary folder");
    let mut sqlite = Conn::Sqlite(SqliteConnection::establish(&var.path().join("a.sqlite").to_string_lossy()).expect("a file"));
    let mut postgres = Conn::Postgres(PgConnection::establish(&postgres()).expect("a database"));
    let mut shapes = Vec::new();
    for c in [&mut sqlite, &mut postgres] {
        migrate::bring_up(c).expect("up");
        let up = shape(c);
        assert!(up.iter().any(|line| line == "editions.shown_until"), "{up:?}");
        migrate::take_down(c).expect("down");
        assert_eq!(shape(c), Vec::<String>::new());
        migrate::bring_up(c).expect("up again");
        assert_eq!(shape(c), up);
        shapes.push(up);
    }
    assert_eq!(shapes[0], shapes[1]);
}

#[test]
fn the_log_and_the_revisions_cannot_be_edited_or_cut() {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    for (portal, label) in [(Portal::open(), "sqlite"), (Portal::on(Some(postgres())), "postgresql")] {
        portal.import(&folder).expect("sound files");
        for sql in ["UPDATE log SET actor = 'x'", "DELETE FROM log", "UPDATE revisions SET title = 'x'", "DELETE FROM revisions"] {
            let outcome = portal.app.web.store.write(|c| Ok(on_conn!(c, |c| c.batch_execute(sql))?));
            assert!(outcome.is_err(), "{label} let through: {sql}");
        }
        assert_eq!(portal.get("/tin/mot").status, 200, "{label}");
    }
}

#[test]
fn tampering_shows_at_the_row_where_it_was_done() {
    let folder = Folder::new();
    for number in 1..=5 {
        folder.article(&format!("bai-{number}"), "", "Nội dung.");
    }
    let portal = Portal::with(&folder);
    raw(&portal, "DROP TRIGGER log_is_not_edited; UPDATE log SET actor = 'ai đó' WHERE position = 4");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert_eq!(found.faults.iter().map(|fault| (fault.key, fault.args[0].1.as_str())).collect::<Vec<_>>(), [("verify-broken-row", "4")]);
}

#[test]
fn a_row_cut_out_of_the_log_shows() {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    raw(&portal, "DROP TRIGGER log_is_not_cut; DELETE FROM log WHERE position = 2");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert_eq!(found.faults[0].args[0].1, "2");
}

#[test]
fn words_changed_behind_the_programs_back_show() {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    raw(&portal, "DROP TRIGGER revisions_are_not_edited; UPDATE revisions SET html = '<p>Hai.</p>'");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert_eq!(
        found.faults.iter().map(|fault| (fault.key, fault.args[0].1.as_str())).collect::<Vec<_>>(),
        [("verify-changed-text", "article/mot/1")]
    );
    raw(&portal, "UPDATE editions SET shown_until = '2020-01-01 00:00:00'");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.iter().any(|fault| fault.key == "verify-changed-terms"));
}

#[test]
fn terms_lists_and_lost_rows_show_too() {
    for (sql, key) in [
        ("UPDATE editions SET starts_at = '2030-01-01 00:00:00', shown_from = '2030-01-01 00:00:00'", "verify-changed-edition"),
        ("UPDATE editions SET change_note = 'x'", "verify-changed-edition"),
        ("DELETE FROM editions", "verify-lost-edition"),
        ("UPDATE former_slugs SET slug = 'khac'", "verify-changed-address"),
        ("DELETE FROM former_slugs", "verify-changed-address"),
        ("UPDATE settings SET text = text || ' '", "verify-changed-list"),
        ("UPDATE units SET name = 'Khác' WHERE code = '99001'", "verify-changed-list"),
    ] {
        let folder = Folder::new();
        folder.article("mot", "former = [\"cu\"]", "Một.");
        let portal = Portal::with(&folder);
        raw(&portal, sql);
        let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
        assert!(found.faults.iter().any(|fault| fault.key == key), "{sql}: {:?}", found.faults);
    }
}

#[test]
fn two_imports_at_once_are_judged_by_what_is_there() {
    let portal = Portal::with(&Folder::new());
    let folders: Vec<Folder> = (0..2)
        .map(|side| {
            let folder = Folder::new();
            for number in 0..40 {
                folder.article(&format!("bai-{number}"), &format!("former = [\"cu-{side}-{number}\"]"), &format!("Của bên {side}."));
            }
            folder
        })
        .collect();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = folders.iter().map(|folder| scope.spawn(|| portal.import(folder))).collect();
        running.into_iter().map(|import| import.join().expect("no import panics")).collect()
    });
    // Whoever came second was judged by what the first had published, and nothing of it was kept.
    let refused: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().err()).map(|refusal| portal.told(refusal)).collect();
    assert!(refused.len() == 1 && refused[0].matches("bài này đã hiện với người đọc").count() == 40, "{refused:?}");
    let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
    assert_eq!((found.editions, found.faults.len()), (40, 0), "{:?}", found.faults);
    let side = portal.get("/tin/bai-0").text(".prose").chars().filter(char::is_ascii_digit).collect::<String>();
    for number in 0..40 {
        assert_eq!(portal.get(&format!("/tin/bai-{number}")).text(".prose"), format!("Của bên {side}."));
        assert_eq!(portal.get(&format!("/tin/cu-{side}-{number}")).status, 301);
    }
}

#[test]
fn many_writers_at_once_lose_nothing() {
    for portal in [Portal::open(), Portal::on(Some(postgres()))] {
        let store = &portal.app.web.store;
        std::thread::scope(|scope| {
            for writer in 0..8 {
                scope.spawn(move || {
                    for number in 0..25 {
                        store
                            .write(|c| {
                                bangtin::store::log::append(
                                    c,
                                    at("2026-11-21T08:00:00"),
                                    "thử",
                                    "đếm",
                                    format!("{writer}/{number}"),
                                    Default::default(),
                                )
                            })
                            .expect("every write is taken");
                    }
                });
            }
        });
        let found = verify(store, &portal.app.web.shelf).expect("it can be read");
        assert_eq!((found.rows, found.faults.len()), (200, 0));
    }
}

#[test]
fn two_nodes_write_at_once_whatever_isolation_the_server_gives_by_default() {
    for isolation in ["repeatable read", "serializable"] {
        let url = postgres();
        let name = url.rsplit('/').next().and_then(|rest| rest.split('?').next()).expect("a name").to_owned();
        PgConnection::establish(&url)
            .expect("it answers")
            .batch_execute(&format!("ALTER DATABASE {name} SET default_transaction_isolation = '{isolation}'"))
            .expect("its owner may");
        let portal = Portal::on(Some(url.clone()));
        let other = Store::open(&Address::of(Some(&url), std::path::Path::new("var")).expect("its form is sound")).expect("it opens");
        let nodes = [&portal.app.web.store, &other];
        std::thread::scope(|scope| {
            for (writer, store) in nodes.into_iter().cycle().take(4).enumerate() {
                scope.spawn(move || {
                    for number in 0..25 {
                        let subject = format!("{writer}/{number}");
                        let written = store.write(|c| {
                            bangtin::store::log::append(c, at("2026-11-21T08:00:00"), "thử", "đếm", subject, Default::default())
                        });
                        written.unwrap_or_else(|refusal| panic!("{isolation}: {refusal}"));
                    }
                });
            }
        });
        let found = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
        assert_eq!((found.rows, found.faults.len()), (100, 0), "{isolation}");
    }
}

#[test]
fn a_failed_transaction_leaves_nothing() {
    let portal = Portal::open();
    let store = &portal.app.web.store;
    let outcome: Result<(), _> = store.write(|c| {
        bangtin::store::log::append(c, at("2026-11-21T08:00:00"), "thử", "đếm", "một".into(), Default::default())?;
        Err(bangtin::kit::refusal::Refusal::Stale)
    });
    assert!(outcome.is_err());
    assert_eq!(store.refresh_position().expect("it answers"), 0);
    store
        .write(|c| bangtin::store::log::append(c, at("2026-11-21T08:00:00"), "thử", "đếm", "hai".into(), Default::default()))
        .expect("the writer is free again");
}

#[test]
fn an_address_that_is_no_database_is_refused() {
    assert!(Address::of(Some("mysql://x"), std::path::Path::new("var")).is_err());
    let unreachable = Address::of(Some("postgres://nobody:bi-mat@127.0.0.1:1/x"), std::path::Path::new("var")).expect("its form is sound");
    let refusal = Store::open(&unreachable).err().expect("nobody is there");
    assert!(
        matches!(&refusal, bangtin::kit::refusal::Refusal::Trouble(phrase) if phrase.key == "trouble-database-unreachable"),
        "{refusal}"
    );
    assert!(!refusal.to_string().contains("bi-mat"));
}
