//! The whole way of a text and of a posting in a real browser, which a child process drives (`tests/browser/story.mjs`,
//! `posting.mjs`), while the clock stands here. It needs Chromium and Node.js: `tests/run` has them, and asks for it with
//! `--ignored`.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use bangtin::person::access::{Grant, Role};
use bangtin::person::{keep, link};

use crate::folder::{Folder, SITE};
use crate::people::{COMMAND, done, office, role, unit};
use crate::portal::{Portal, at};

/// Who it is for the child, his login and name, where he works and what he may.
type Person = (&'static str, &'static str, &'static str, &'static str, &'static [Role]);

const STAFF: [Person; 3] = [
    ("author", "tham.tran", "Trần Thị Thắm", "Đông Kiều", &[Role::Author]),
    ("editor", "lua.do", "Đỗ Thị Lúa", "Đông Kiều", &[Role::Editor]),
    ("reviewer", "lan.pham", "Phạm Thị Lan", "Đông Kiều", &[Role::Reviewer, Role::Publisher]),
];

const PROVINCE: [Person; 6] = [
    ("writer", "nga.bach", "Bạch Thị Ngà", "Hương Lúa", &[Role::Editor]),
    ("approver", "khanh.vu", "Vũ Văn Khánh", "Hương Lúa", &[Role::Reviewer, Role::Publisher]),
    ("99001", "bach.kieu", "Kiều Văn Bách", "Đông Kiều", &[Role::Publisher, Role::BoardKeeper]),
    ("99002", "chuan.vi", "Vi Văn Chuẩn", "Bến Gạo", &[Role::Publisher, Role::BoardKeeper]),
    ("99003", "dao.kim", "Kim Thị Đào", "Cầu Mây", &[Role::Publisher, Role::BoardKeeper]),
    ("99004", "sen.y", "Y Sen Kla", "Ea H'Mai", &[Role::Publisher, Role::BoardKeeper]),
];

/// The province and its four communes, each with a board at its seat, one in a village, and what hangs nothing.
fn province() -> Portal {
    let folder = Folder::empty();
    let site = SITE.replace("owner", "unit = \"99\"\nowner");
    folder.file("site.toml", format!("{site}\n[desk]\nsecond_factor = []\n")).rules();
    folder.file(
        "units.csv",
        "code,valid_from,valid_until,name,type,parent_code,label,sample\n\
         99,,,Hương Lúa,tinh,,huong-lua,true\n\
         99001,2025-07-01,,Đông Kiều,xa,99,xa-dong-kieu,true\n\
         99002,2025-07-01,,Bến Gạo,xa,99,xa-ben-gao,true\n\
         99003,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n\
         99004,2025-07-01,,Ea H'Mai,xa,99,xa-ea-hmai,true\n",
    );
    let head = "unit,slug,kind,name,location,keeper,phone,opened,closed\n";
    let of = |(label, name): (&str, &str)| {
        format!(
            "{label},loa,loudspeaker,Loa {name},,,,2025-07-01,\n{label},thon-1,villages,Nhà văn hóa Thôn 1 {name},,,,2025-07-01,\n\
             {label},tru-so,seat,Bảng tin {name},Cổng trụ sở,,,2025-07-01,\n"
        )
    };
    let communes = [("xa-dong-kieu", "Đông Kiều"), ("xa-ben-gao", "Bến Gạo"), ("phuong-cau-may", "Cầu Mây"), ("xa-ea-hmai", "Ea H'Mai")];
    let places: String = communes.into_iter().map(of).collect();
    folder.file("places.csv", format!("{head}huong-lua,tru-so,seat,Bảng tin tỉnh,,,,2025-07-01,\n{places}"));
    let portal = Portal::with(&folder);
    portal.app.begin_keys().expect("a key can be made");
    portal
}

/// Does what the child asks for, until it ends. Each of the people comes in by a link of his own.
fn walk(mut portal: Portal, file: &str, name: &str, people: &[Person]) {
    let mut links = serde_json::Map::new();
    for (who, login, full_name, place, roles) in people {
        let place = unit(&portal, place);
        let grants: Vec<Grant> = roles.iter().map(|held| role(*held, Some(place))).collect();
        let token = done(&portal, &COMMAND, |c, act| keep::add(c, act, login, full_name, &grants)).expect("he is new");
        links.insert(who.to_string(), serde_json::json!({ "login": login, "path": link::path(&token) }));
    }
    let mut child = Command::new("node")
        .args(["--test-reporter=spec", "--test-reporter-destination=stderr", file])
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
    walk(office(), "story.mjs", "road", &STAFF);
}

#[test]
#[ignore = "needs Chromium and Node.js; tests/run has them"]
fn nothing_typed_in_a_browser_is_lost() {
    walk(office(), "story.mjs", "typed", &STAFF);
}

#[test]
#[ignore = "needs Chromium and Node.js; tests/run has them"]
fn a_posting_of_a_province_hangs_in_its_communes_until_its_counted_day_in_a_browser() {
    walk(province(), "posting.mjs", "posting", &PROVINCE);
}
