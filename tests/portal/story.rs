//! A text's whole way in a real browser, which a child process drives (`tests/browser/story.mjs`), while the clock stands
//! here. It needs Chromium and Node.js: `tests/run` has them, and asks for it with `--ignored`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use bangtin::person::access::{Grant, Role};
use bangtin::person::{keep, link};

use crate::people::{COMMAND, done, office, role, unit};
use crate::portal::{Portal, at};

const PEOPLE: [(&str, &str, &str, &[Role]); 3] = [
    ("author", "tham.tran", "Trần Thị Thắm", &[Role::Author]),
    ("editor", "lua.do", "Đỗ Thị Lúa", &[Role::Editor]),
    ("reviewer", "lan.pham", "Phạm Thị Lan", &[Role::Reviewer, Role::Publisher]),
];

/// Does what the child asks for, until it ends. Each of the people comes in by a link of his own.
fn walk(name: &str) {
    let mut portal = office();
    let commune = unit(&portal, "Đông Kiều");
    let mut links = serde_json::Map::new();
    for (who, login, full_name, roles) in PEOPLE {
        let grants: Vec<Grant> = roles.iter().map(|held| role(*held, Some(commune))).collect();
        let token = done(&portal, &COMMAND, |c, act| keep::add(c, act, login, full_name, &grants)).expect("he is new");
        links.insert(who.to_owned(), serde_json::json!({ "login": login, "path": link::path(&token) }));
    }
    let mut child = Command::new("node")
        .args(["--test-reporter=spec", "--test-reporter-destination=stderr", "story.mjs"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser"))
        .env("BASE_URL", &portal.address)
        .env("LINKS", serde_json::Value::Object(links).to_string())
        .env("WALK", name)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node starts");
    let mut answers = child.stdin.take().expect("it was piped");
    let wishes = BufReader::new(child.stdout.take().expect("it was piped"));
    for wish in wishes.lines() {
        let wish = wish.expect("a line of text");
        match wish.split_once(' ').unwrap_or((&wish, "")) {
            ("clock", local) => portal.clock.set(at(local)),
            ("restart", _) => {
                let now = portal.clock.now();
                portal = Portal::reopen(portal.stop(), None, &[]);
                portal.clock.set(now);
            }
            _ => panic!("the child asks for what nobody knows: {wish}"),
        }
        writeln!(answers, "ok {}", portal.address).expect("the child listens");
    }
    assert!(child.wait().expect("the child ends").success(), "the walk {name:?} failed; the browser says why above");
}

#[test]
#[ignore = "needs Chromium and Node.js; tests/run has them"]
fn a_text_is_written_sent_back_mended_approved_published_corrected_and_withdrawn_in_a_browser() {
    walk("road");
}

#[test]
#[ignore = "needs Chromium and Node.js; tests/run has them"]
fn nothing_typed_in_a_browser_is_lost() {
    walk("typed");
}
