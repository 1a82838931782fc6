//! What can go wrong around the program: each time it says what, changes nothing, and loses nothing.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use bangtin::kit::digest::sha256;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sqlite::SqliteConnection;

use crate::folder::Folder;
use crate::process::{Office, Said, said};

/// The script could not make the disk that a test needs.
const NO_DISK: i32 = 97;

fn open(database: &Path) -> SqliteConnection {
    SqliteConnection::establish(&database.to_string_lossy()).expect("the database is there")
}

/// An office whose content is in.
fn settled() -> Office {
    let office = Office::new();
    office.done(&["import", "content"]);
    office
}

fn is_whole(office: &Office) {
    assert!(office.done(&["verify"]).contains("nguyên vẹn"));
    let report = office.done(&["import", "content"]);
    assert!(report.contains("0 bản đăng mới") && report.contains("3 giữ nguyên"), "{report}");
}

/// A script that may mount what it likes, seen by nobody else: root needs a name space for mounts alone, anybody else
/// becomes root in one of users. `$1` is the program.
fn on_its_own_disk(office: &Office, script: &str) -> Said {
    let mut command = office.command("unshare");
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root {
        command.args(["--user", "--map-root-user"]);
    }
    command.args(["--mount", "sh", "-euc", script, "sh", env!("CARGO_BIN_EXE_bangtin")]);
    let said = said(&mut command);
    assert!(
        said.ended.code() != Some(NO_DISK) && !said.err.contains("unshare"),
        "this test needs user name spaces (kernel.unprivileged_userns_clone = 1): {}",
        said.err
    );
    said
}

#[test]
fn a_port_in_use_is_named() {
    let office = settled();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("it has one").to_string();
    let office = office.with("BANGTIN_LISTEN", &address);
    let told = office.refused(&["serve"]);
    assert!(told.contains(&address) && told.contains("BANGTIN_LISTEN"), "{told}");
    // One of two is taken: neither is opened.
    let office = office.with("BANGTIN_LISTEN", &format!("127.0.0.1:0,{address}"));
    assert!(office.refused(&["serve"]).contains(&address));
    is_whole(&office);
}

#[test]
fn a_database_newer_than_the_program_is_left_alone() {
    let office = settled();
    open(&office.database())
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000100'); PRAGMA wal_checkpoint(TRUNCATE)")
        .expect("a step from the future");
    let before = fs::read(office.database()).expect("it can be read");
    for verb in [&["serve"][..], &["import", "content"], &["export", "out"], &["verify"]] {
        let told = office.refused(verb);
        assert!(told.contains("20990101000100") && told.contains("mới hơn"), "{told}");
    }
    assert!(!office.path("out").exists());
    assert!(fs::read(office.database()).expect("it can be read") == before, "the file was touched");
    open(&office.database())
        .batch_execute("DELETE FROM __diesel_schema_migrations WHERE version = '20990101000100'")
        .expect("the step is there");
    is_whole(&office);
}

#[test]
fn a_file_that_is_no_database_is_named_and_kept() {
    let office = Office::new();
    fs::create_dir(office.path("var")).expect("a new folder");
    let letter = "Đây là một lá thư, không phải cơ sở dữ liệu.\n".repeat(200);
    fs::write(office.database(), &letter).expect("the file can be written");
    for verb in [&["serve"][..], &["import", "content"], &["verify"]] {
        let told = office.refused(verb);
        assert!(told.contains("không phải của Bảng Tin") && told.contains("bangtin.sqlite"), "{told}");
    }
    assert_eq!(fs::read_to_string(office.database()).expect("it is still text"), letter);
}

#[test]
fn a_database_that_another_program_holds_is_said_to_be_busy() {
    let office = settled();
    let folder = Folder::empty();
    folder.article("le-hoi", "", "Hội mở từ sáng.");
    let more = office.path("them").display().to_string();
    fs::create_dir_all(office.path("them/articles")).expect("a new folder");
    fs::copy(folder.path().join("articles/le-hoi.md"), office.path("them/articles/le-hoi.md")).expect("it can be copied");
    let mut holder = open(&office.database());
    holder.batch_execute("BEGIN EXCLUSIVE").expect("nobody else holds it");
    let told = office.refused(&["import", &more]);
    assert!(told.contains("đang giữ cơ sở dữ liệu"), "{told}");
    holder.batch_execute("ROLLBACK").expect("it was held");
    is_whole(&office);
    assert!(office.done(&["import", &more]).contains("1 bản đăng mới"));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let office = settled();
    let folder = Folder::empty();
    folder.picture("pictures/hoi.png", 64, 48).article(
        "le-hoi",
        "[picture]\nfile = \"pictures/hoi.png\"\nalt = \"Hội\"\n",
        "Hội mở từ sáng.",
    );
    for (name, bytes) in folder.contents() {
        let path = office.path("them").join(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a new folder");
        fs::write(path, bytes).expect("the file can be written");
    }
    let locked = |verb: &str| {
        let script = format!("(mount --bind var var && mount -o remount,bind,ro var) || exit {NO_DISK}; exec \"$1\" {verb}");
        let said = on_its_own_disk(&office, &script);
        assert!(!said.ended.success(), "{verb}: {}{}", said.out, said.err);
        said.err
    };
    for verb in ["import them", "serve"] {
        let told = locked(verb);
        assert!(told.contains("quyền") && told.contains("var/") && !told.contains("panicked"), "{verb}: {told}");
    }
    is_whole(&office);
    // And where there is nothing yet.
    let office = Office::new();
    let script = format!("(mount --bind . . && mount -o remount,bind,ro .) || exit {NO_DISK}; cd \"$PWD\"; exec \"$1\" serve");
    let said = on_its_own_disk(&office, &script);
    assert!(!said.ended.success() && said.err.contains("quyền") && said.err.contains("var"), "{}{}", said.out, said.err);
    assert!(!office.path("var").exists());
}

/// Mounts a small disk on `var`, brings the first content, then more than fits; what is said of it, and what is left.
fn on_a_small_disk(office: &Office, size: &str, fill: &str) -> (String, String) {
    let script = format!(
        "mkdir -p var; mount -t tmpfs -o size={size} tmpfs var || exit {NO_DISK}\n\
         \"$1\" import content >/dev/null\n\
         {fill}\n\
         if \"$1\" import them >/dev/null 2>told; then exit 1; fi\n\
         rm -f var/fill\n\
         \"$1\" verify\n\
         \"$1\" import content\n\
         find var -name '*.part'"
    );
    let said = on_its_own_disk(office, &script);
    let told = fs::read_to_string(office.path("told")).unwrap_or_default();
    assert!(said.ended.success(), "{}{}\n{told}", said.out, said.err);
    (told, said.out)
}

fn assert_kept(told: &str, after: &str) {
    assert!(told.contains("đã đầy") && !told.contains("panicked"), "{told}");
    assert!(after.contains("nguyên vẹn"), "{after}");
    assert!(after.contains("0 bản đăng mới") && after.contains("3 giữ nguyên"), "{after}");
    assert!(!after.contains(".part"), "half a file was left: {after}");
}

#[test]
fn a_disk_that_a_picture_fills_is_named_and_what_was_there_is_whole() {
    let office = Office::new();
    let path = office.path("them");
    fs::create_dir_all(path.join("articles")).expect("a new folder");
    fs::create_dir_all(path.join("attachments")).expect("a new folder");
    fs::write(path.join("attachments/lon.csv"), "8000,9000\n".repeat(900_000)).expect("the file can be written");
    let folder = Folder::empty();
    folder.article("bang-gia", "[[attachments]]\nfile = \"attachments/lon.csv\"\ntitle = \"Bảng giá\"\n", "Xem tệp.");
    fs::copy(folder.path().join("articles/bang-gia.md"), path.join("articles/bang-gia.md")).expect("it can be copied");
    let (told, after) = on_a_small_disk(&office, "6m", ":");
    assert_kept(&told, &after);
    assert!(told.contains("var/media"), "{told}");
}

#[test]
fn a_disk_that_the_database_fills_is_named_and_what_was_there_is_whole() {
    let office = Office::new();
    fs::create_dir_all(office.path("them/articles")).expect("a new folder");
    let folder = Folder::empty();
    for number in 0..60 {
        folder.article(&format!("bai-{number}"), "", &"Một đoạn văn dài vừa phải.\n\n".repeat(400));
    }
    for (name, bytes) in folder.contents() {
        fs::write(office.path("them").join(name), bytes).expect("the file can be written");
    }
    // All but 300 kB is taken.
    let fill = "head -c $(( $(df --output=avail -k var | tail -n 1) * 1024 - 300000 )) /dev/zero > var/fill";
    let (told, after) = on_a_small_disk(&office, "8m", fill);
    assert_kept(&told, &after);
}

#[test]
fn a_log_row_that_was_edited_is_named() {
    let office = settled();
    let mut c = open(&office.database());
    let edit = "UPDATE log SET actor = 'ai đó' WHERE position = 4";
    assert!(c.batch_execute(edit).is_err(), "the log is append-only");
    assert!(c.batch_execute("DELETE FROM log WHERE position = 4").is_err(), "the log is append-only");
    c.batch_execute(&format!("DROP TRIGGER log_is_not_edited; {edit}")).expect("whoever holds the file can do this");
    let said = office.run(&["verify"]);
    assert!(!said.ended.success() && said.out.contains("dòng 4"), "{}{}", said.out, said.err);
}

#[test]
fn a_log_row_that_was_taken_out_is_named() {
    let office = settled();
    open(&office.database())
        .batch_execute("DROP TRIGGER log_is_not_cut; DELETE FROM log WHERE position = 5")
        .expect("whoever holds the file can do this");
    let said = office.run(&["verify"]);
    assert!(!said.ended.success() && said.out.contains("dòng 5"), "{}{}", said.out, said.err);
}

#[test]
fn a_text_that_was_edited_outside_is_named_even_when_its_seal_was_made_anew() {
    use bangtin::store::schema::revisions;
    let office = settled();
    let mut c = open(&office.database());
    let edit = "UPDATE revisions SET html = replace(html, 'tinh mơ', 'trưa')";
    assert!(c.batch_execute(edit).is_err(), "revisions are append-only");
    c.batch_execute(&format!("DROP TRIGGER revisions_are_not_edited; {edit}")).expect("whoever holds the file can do this");
    let names_it = || {
        let said = office.run(&["verify"]);
        assert!(!said.ended.success() && said.out.contains("article/cho-phien/1"), "{}{}", said.out, said.err);
        assert!(!said.out.contains("duong-hoa"), "{}", said.out);
    };
    names_it();
    let (id, parts): (i64, (String, String, String, String, String, String)) = revisions::table
        .filter(revisions::html.like("%trưa%"))
        .select((revisions::id, (revisions::title, revisions::lead, revisions::facts, revisions::files, revisions::body, revisions::html)))
        .first(&mut c)
        .expect("it was edited");
    let seal = bangtin::edition::seal(&parts.0, &parts.1, &parts.2, &parts.3, &parts.4, &parts.5);
    diesel::update(revisions::table.find(id)).set(revisions::digest.eq(seal)).execute(&mut c).expect("the trigger is gone");
    names_it();
}

#[test]
fn a_term_that_was_moved_outside_is_named() {
    let office = settled();
    let edit =
        "UPDATE editions SET shown_until = '2026-11-20 23:00:00' WHERE document_id = (SELECT id FROM documents WHERE slug = 'duong-hoa')";
    open(&office.database()).batch_execute(edit).expect("whoever holds the file can do this");
    let said = office.run(&["verify"]);
    assert!(!said.ended.success() && said.out.contains("article/duong-hoa/1"), "{}{}", said.out, said.err);
}

#[test]
fn a_file_on_the_shelf_that_was_changed_or_lost_is_named() {
    let office = settled();
    let digest = sha256(&fs::read(office.path("content/pictures/cho.png")).expect("it is there"));
    let path = office.path("var/media").join(&digest[..2]).join(&digest);
    let whole = fs::read(&path).expect("it is on the shelf");
    for is_lost in [false, true] {
        if is_lost { fs::remove_file(&path) } else { fs::write(&path, b"x") }.expect("whoever holds the file can do this");
        let said = office.run(&["verify"]);
        assert!(!said.ended.success() && said.out.contains(&digest), "{}{}", said.out, said.err);
        fs::write(&path, &whole).expect("it can be written");
        is_whole(&office);
    }
}

#[test]
fn a_verb_that_only_reads_makes_no_empty_portal_in_the_wrong_folder() {
    let office = Office::empty();
    for verb in [&["verify"][..], &["feedback"][..], &["export", "ra"][..]] {
        let told = office.refused(verb);
        assert!(told.contains("Không có dữ liệu Bảng Tin") && told.contains("/var"), "{told}");
        assert!(!office.path("var").exists() && !office.path("ra").exists());
    }
}
