//! The log as staff read it: found by who, what, where and when, no further than one may see, and taken along so that a
//! stranger can check it.

use bangtin::desk::log::read;
use bangtin::edition::change::UNSEEN;
use bangtin::edition::step;
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::Lang;
use bangtin::on_conn;
use bangtin::person::access::Role;
use bangtin::person::{Act, Who, keep};
use bangtin::store::log_find::{Found, Wanted, find};
use diesel::connection::SimpleConnection;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::desk_breach::form_of;
use crate::desk_walls::{TEXTS, begun};
use crate::folder::Folder;
use crate::people::{Browser, COMMAND, added, done, role, unit};
use crate::portal::{Portal, at};
use crate::store::postgres;

const LOG: &str = "/ban-bien-tap/nhat-ky";

fn folder() -> Folder {
    let folder = Folder::new();
    // Nobody here has a second thing to show.
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", crate::folder::SITE));
    folder
        .article("cho-phien", "title = \"Chợ phiên Đông Kiều\"", "Chợ họp.")
        .article("duong-hoa", "title = \"Đường hoa Bến Gạo\"\nunit = \"99002\"", "Đường hoa.")
        .page("gioi-thieu", "Giới thiệu");
    folder
}

fn office(portal: &Portal) {
    portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(portal.get("/").status, 200);
    let (here, beside) = (unit(portal, "Đông Kiều"), unit(portal, "Bến Gạo"));
    added(portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    added(portal, "minh.le", "Lê Quang Minh", &[role(Role::Publisher, Some(here))]);
    added(portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(here))]);
    added(portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, Some(beside))]);
    added(portal, "hai.noi", "Vũ Hai Nơi", &[role(Role::Author, Some(here)), role(Role::Author, Some(beside))]);
}

fn both() -> [Portal; 2] {
    [None, Some(postgres())].map(|url| {
        let portal = Portal::on(url);
        office(&portal);
        portal
    })
}

fn found(portal: &Portal, wanted: Wanted, before: Option<i64>, most: usize) -> Found {
    find(&mut portal.app.web.store.read().expect("it answers"), &wanted.tidy(), before, most, None).expect("it can be read")
}

fn subjects(found: &Found) -> Vec<&str> {
    found.rows.iter().map(|row| row.subject.as_str()).collect()
}

#[test]
fn rows_are_found_by_who_what_where_and_when_on_both_databases() {
    for portal in both() {
        let all = found(&portal, Wanted::default(), None, 1_000);
        let count = portal.app.web.store.known_position() as usize;
        assert_eq!((all.rows.len(), all.next, all.is_cut), (count, None, false));
        assert!(all.rows.is_sorted_by_key(|row| -row.position));
        let is = |wanted: Wanted, holds: &dyn Fn(&bangtin::store::log::Row) -> bool| {
            let rows: Vec<i64> = found(&portal, wanted.clone(), None, 1_000).rows.iter().map(|row| row.position).collect();
            let expected: Vec<i64> = all.rows.iter().filter(|row| holds(row)).map(|row| row.position).collect();
            assert!(!expected.is_empty() && expected.len() < count, "{wanted:?}");
            assert_eq!(rows, expected, "{wanted:?}");
        };
        let wanted = Wanted::default;
        is(Wanted { actor: "import".into(), ..wanted() }, &|row| row.actor == "import");
        is(Wanted { act: "published".into(), ..wanted() }, &|row| row.act == "published");
        is(Wanted { actor: "import".into(), act: "published".into(), ..wanted() }, &|row| row.actor == "import" && row.act == "published");
        is(Wanted { subject: "person".into(), ..wanted() }, &|row| row.subject.starts_with("person/"));
        is(Wanted { subject: "article/cho-phien".into(), ..wanted() }, &|row| row.subject.starts_with("article/cho-phien/"));
        is(Wanted { subject: "person/tham.tran".into(), ..wanted() }, &|row| row.subject == "person/tham.tran");
        is(Wanted { text: "Chợ phiên".into(), ..wanted() }, &|row| row.subject.contains("cho-phien"));
        is(Wanted { act: "published".into(), text: "duong".into(), ..wanted() }, &|row| {
            row.act == "published" && row.subject.contains("duong")
        });
        // No sign of a pattern means anything here.
        assert_eq!(subjects(&found(&portal, Wanted { text: "%".into(), ..wanted() }, None, 9)).len(), 9);
        assert_eq!(subjects(&found(&portal, Wanted { subject: "article/cho".into(), ..wanted() }, None, 9)), Vec::<&str>::new());
        assert_eq!(subjects(&found(&portal, Wanted { actor: "khong".into(), ..wanted() }, None, 9)), Vec::<&str>::new());

        let later = at("2026-11-23T09:00:00");
        portal.clock.set(later);
        done(&portal, &COMMAND, |c, act| keep::rename(c, act, "tham.tran", "Trần Thị Thắm Mới")).expect("she is there");
        let renamed = |wanted: Wanted| subjects(&found(&portal, wanted, None, 1_000)).join(" ");
        let (day, next) = (at("2026-11-23T00:00:00"), at("2026-11-24T00:00:00"));
        assert_eq!(renamed(Wanted { from: Some(day), until: Some(next), ..wanted() }), "person/tham.tran");
        assert_eq!(renamed(Wanted { from: Some(next), ..wanted() }), "");
        assert_eq!(found(&portal, Wanted { until: Some(day), ..wanted() }, None, 1_000).rows.len(), count);
        // A clock that was set back hides nothing.
        portal.clock.set(at("2026-11-20T09:00:00"));
        done(&portal, &COMMAND, |c, act| keep::rename(c, act, "son.do", "Đỗ Văn Sơn Mới")).expect("he is there");
        assert_eq!(renamed(Wanted { from: Some(day), until: Some(next), ..wanted() }), "person/tham.tran");
        assert_eq!(renamed(Wanted { until: Some(at("2026-11-21T00:00:00")), ..wanted() }), "person/son.do");
    }
}

#[test]
fn page_after_page_shows_every_row_once() {
    let portal = Portal::open();
    office(&portal);
    for wanted in [
        Wanted::default(),
        Wanted { subject: "person".into(), ..Wanted::default() },
        Wanted { act: "password_set".into(), ..Wanted::default() },
    ] {
        let whole: Vec<i64> = found(&portal, wanted.clone(), None, 1_000).rows.iter().map(|row| row.position).collect();
        let (mut seen, mut before) = (Vec::new(), None);
        loop {
            let page = found(&portal, wanted.clone(), before, 2);
            assert!(!page.rows.is_empty() && page.rows.len() <= 2);
            seen.extend(page.rows.iter().map(|row| row.position));
            before = page.next;
            if before.is_none() {
                break;
            }
        }
        assert_eq!(seen, whole);
    }
}

/// The numbers from one to another as `n`, to select from.
pub fn series(c: &bangtin::store::Conn, from: i64, to: i64) -> String {
    match c {
        bangtin::store::Conn::Sqlite(_) => {
            format!("(WITH RECURSIVE s(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM s WHERE n < {to}) SELECT n FROM s)")
        }
        bangtin::store::Conn::Postgres(_) => format!("(SELECT generate_series({from}, {to}) AS n) AS s"),
    }
}

/// Rows of a long past, for measuring only: they are no part of a chain.
fn long_past(portal: &Portal, count: i64) {
    let sql = |next: &str, series: &str| {
        format!(
            "INSERT INTO log (position, at, actor, act, subject, facts, previous, digest) SELECT {next} + n, '2026-11-21 01:00:00', 'son.do', 'revised', 'article/bai-' || n || '/1', '{{}}', '', '' FROM {series}"
        )
    };
    let last = portal.app.web.store.known_position();
    portal
        .app
        .web
        .store
        .write(|c| {
            let series = series(c, 1, count);
            on_conn!(c, |c| c.batch_execute(&sql(&last.to_string(), &series)))?;
            Ok(())
        })
        .expect("the rows can be written");
}

#[test]
fn a_question_looks_only_so_far_and_says_so() {
    for portal in both() {
        let last = portal.app.web.store.known_position();
        long_past(&portal, 250_000);
        // Whoever is named is found at once, however long ago.
        let named = found(&portal, Wanted { actor: "import".into(), act: "published".into(), ..Wanted::default() }, None, 50);
        assert_eq!((named.rows.len(), named.is_cut), (3, false));
        let one = found(&portal, Wanted { subject: "article/cho-phien".into(), ..Wanted::default() }, None, 50);
        assert_eq!((one.rows.len(), one.is_cut), (2, false));
        // A word that may stand anywhere is looked for a stretch at a time.
        let wanted = Wanted { text: "cho-phien".into(), ..Wanted::default() };
        let near = found(&portal, wanted.clone(), None, 50);
        assert_eq!((near.rows.len(), near.is_cut), (0, true));
        assert!(near.next.is_some_and(|next| next > last), "{:?}", near.next);
        // Whoever goes on comes to it, and to the end.
        let (mut far, mut pages) = (near, 1);
        while far.is_cut {
            assert!(far.rows.is_empty() && pages < 10, "{pages}");
            far = found(&portal, wanted.clone(), far.next, 50);
            pages += 1;
        }
        assert_eq!((far.rows.len(), far.next), (2, None));
        // So is one's own among everybody's.
        let who = crate::people::who(&portal, "minh.le");
        let mut c = portal.app.web.store.read().expect("it answers");
        let own = read(&mut c, Act { now: portal.clock.now(), who: &who }, &Wanted::default(), None, 50).expect("he may");
        assert_eq!((own.rows.len(), own.is_cut), (0, true));
    }
}

#[test]
fn who_keeps_one_commune_reads_of_its_texts_and_people_and_of_no_others() {
    for portal in both() {
        let seen = |who: &Who| -> Vec<String> {
            let mut c = portal.app.web.store.read().expect("it answers");
            let found = read(&mut c, Act { now: portal.clock.now(), who }, &Wanted::default(), None, 1_000).expect("he may");
            let mut subjects: Vec<String> = found.rows.into_iter().map(|row| row.subject).collect();
            subjects.sort();
            subjects.dedup();
            subjects
        };
        assert_eq!(seen(&crate::people::who(&portal, "minh.le")), ["article/cho-phien/1", "person/minh.le", "person/tham.tran"]);
        let all = seen(&crate::people::who(&portal, "lan.pham"));
        assert!(all.iter().any(|subject| subject == "site.toml") && all.iter().any(|subject| subject == "person/hai.noi"), "{all:?}");
        let author = crate::people::who(&portal, "tham.tran");
        let mut c = portal.app.web.store.read().expect("it answers");
        let refused = read(&mut c, Act { now: portal.clock.now(), who: &author }, &Wanted::default(), None, 10);
        assert!(matches!(refused, Err(Refusal::Forbidden)));
    }
}

/// Other words for a draft, as its form sends them.
fn saved(browser: &mut Browser, document: i64, title: &str) {
    let form = form_of(browser, &format!("{TEXTS}/{document}/sua"), "/sua");
    let fields: Vec<(&str, &str)> = form.fields.iter().map(|(name, value, _)| (name.as_str(), value.as_str())).collect();
    let fields: Vec<(&str, &str)> = fields.into_iter().map(|(name, value)| (name, if name == "title" { title } else { value })).collect();
    assert_eq!(browser.post_marked(&form.action, &fields).status, 303);
}

#[test]
fn an_address_that_was_another_text_s_before_tells_nothing_of_it() {
    for portal in both() {
        added(&portal, "ben.vo", "Võ Thị Bến", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
        let (mut here, mut beside) = (Browser::of(&portal, "tham.tran"), Browser::of(&portal, "son.do"));
        let first = begun(&mut here, "xa-dong-kieu", "???");
        saved(&mut here, first, "Kỷ luật ông X");
        let second = begun(&mut beside, "xa-ben-gao", "???");
        let third = begun(&mut here, "xa-dong-kieu", "???");
        let rows = |login: &str, path: &str| Browser::of(&portal, login).get(&format!("{LOG}{path}?tim=ban-nhap"));
        let acts = |login: &str| -> Vec<(String, String)> {
            let file = rows(login, "/nhat-ky.jsonl").body;
            let rows = file.lines().map(|line| serde_json::from_str::<Value>(line).expect("a row"));
            rows.map(|row| [&row["act"], &row["subject"]].map(|part| part.as_str().unwrap_or_default().to_owned()).into()).collect()
        };
        let row = |act: &str, subject: &str| (act.to_owned(), subject.to_owned());
        let [own, moved] = [row("drafted", "article/ban-nhap/1"), row("readdressed", "article/ban-nhap")];
        let revised = row("revised", "article/ban-nhap/1");
        assert_eq!(acts("ben.vo"), std::slice::from_ref(&own), "of the three that have borne it, one is theirs");
        assert_eq!(acts("minh.le"), [own.clone(), revised, moved, row("drafted", "article/ban-nhap-2/1")]);
        for path in ["", "/nhat-ky.csv", "/nhat-ky.jsonl"] {
            let told = rows("ben.vo", path).body;
            assert!(told.contains("article/ban-nhap/1") && !told.contains("ky-luat") && !told.contains("Kỷ luật"), "{told}");
        }
        let who = crate::people::who(&portal, "ben.vo");
        let mut c = portal.app.web.store.read().expect("it answers");
        let found = read(&mut c, Act { now: portal.clock.now(), who: &who }, &Wanted::default(), None, 1_000).expect("he may");
        assert!(found.rows.iter().all(|row| !row.facts.contains("ky-luat") && !row.subject.contains("ky-luat")));
        drop(c);
        // Each row leads to the text of which it speaks, and bears its title.
        let page = rows("lan.pham", "");
        let hrefs = page.attributes("tbody a[href^='/ban-bien-tap/van-ban/']", "href");
        let of = |document: i64| hrefs.iter().filter(|href| **href == format!("{TEXTS}/{document}")).count();
        assert_eq!((of(first), of(second), of(third)), (3, 1, 1), "{hrefs:?}");
        assert_eq!(page.texts("tbody tr").iter().filter(|row| row.contains("Kỷ luật ông X")).count(), 3);
    }
}

#[test]
fn the_page_and_its_files_hold_what_one_may_see_and_nothing_else() {
    let portal = Portal::open();
    office(&portal);
    assert_eq!(portal.get(LOG).status, 303);
    let author = Browser::of(&portal, "tham.tran");
    for path in [LOG, "/ban-bien-tap/nhat-ky/nhat-ky.csv", "/ban-bien-tap/nhat-ky/nhat-ky.jsonl"] {
        assert_eq!(author.get(path).status, 403, "{path}");
    }
    let publisher = Browser::of(&portal, "minh.le");
    let page = publisher.get(LOG);
    assert_eq!(page.status, 200);
    assert!(page.text("main").contains("Chợ phiên Đông Kiều") && page.text(".note").contains("các đơn vị bạn phụ trách"));
    for path in [LOG, "/ban-bien-tap/nhat-ky/nhat-ky.csv", "/ban-bien-tap/nhat-ky/nhat-ky.jsonl"] {
        let reply = publisher.get(path);
        assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"), "{path}");
        for hidden in ["duong-hoa", "Bến Gạo", "son.do", "hai.noi", "gioi-thieu", "site.toml", "lan.pham"] {
            assert!(!reply.text("main").contains(hidden) && (path == LOG || !reply.body.contains(hidden)), "{path}: {hidden}");
        }
    }
    let keeper = Browser::of(&portal, "lan.pham");
    let page = keeper.get(LOG);
    assert!(page.texts(".note").is_empty());
    assert!(page.texts("tbody tr").len() > 10 && page.text("tbody tr").contains("Phạm Thị Lan (lan.pham)"));
    let href = page.attributes("tbody a[href^='/ban-bien-tap/van-ban/']", "href");
    assert!(!href.is_empty() && keeper.get(&href[0]).status == 200, "{href:?}");

    let named = keeper.get(&format!("{LOG}?viec=published&loai=article&tim=Ch%E1%BB%A3+phi%C3%AAn"));
    assert_eq!(named.texts("tbody tr").len(), 1);
    assert!(named.text("tbody tr").contains("không qua duyệt"), "{}", named.text("tbody tr"));
    assert_eq!(named.attributes("select[name=viec] option[selected]", "value"), ["published"]);
    let csv = keeper.get(&named.attributes("a[download]", "href")[0]);
    assert!(csv.body.starts_with("\u{feff}\"Số\",\"Lúc (giờ Việt Nam)\","), "{}", csv.body);
    assert_eq!(csv.body.lines().count(), 2);
    assert!(csv.body.contains("\"Đăng\",\"published\",\"article/cho-phien/1\""), "{}", csv.body);
    assert_eq!(csv.header("content-disposition"), "attachment; filename=\"nhat-ky.csv\"");

    for wrong in ["tu-ngay=hom-qua", "den-ngay=2026-02-30", "tu-ngay=2026-11-22&den-ngay=2026-11-21"] {
        let reply = keeper.get(&format!("{LOG}?{wrong}"));
        assert_eq!(reply.status, 422, "{wrong}");
        assert!(!reply.text(".issue").is_empty(), "{wrong}");
    }
    assert!(keeper.get(&format!("{LOG}?tim=khong-co")).text(".empty").contains("Không có dòng nhật ký nào"));
}

/// As a stranger would, from what is written of the file and with nothing of ours.
fn stranger(file: &str) -> Result<usize, String> {
    let mut previous = String::new();
    for (index, line) in file.lines().enumerate() {
        let row: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let position = row["position"].as_i64().unwrap_or_default();
        let mut hasher = Sha256::new();
        for part in [position.to_string(), text("at"), text("actor"), text("act"), text("subject"), text("facts"), text("previous")] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        if position != index as i64 + 1 || text("previous") != previous || text("digest") != digest {
            return Err(format!("row {}", index + 1));
        }
        previous = digest;
    }
    Ok(file.lines().count())
}

#[test]
fn a_stranger_can_check_the_whole_chain_from_the_file() {
    for portal in both() {
        let keeper = Browser::of(&portal, "lan.pham");
        let file = keeper.get(&format!("{LOG}/nhat-ky.jsonl")).body;
        let rows = portal.app.web.store.refresh_position().expect("it answers") as usize;
        assert!(rows > 20);
        assert_eq!(stranger(&file), Ok(rows));
        let lines: Vec<&str> = file.lines().collect();
        assert_eq!(stranger(&[&lines[..4], &lines[5..]].concat().join("\n")), Err("row 5".to_owned()));
        assert_eq!(stranger(&file.replacen("\"actor\":\"import\"", "\"actor\":\"son.do\"", 1)), Err("row 1".to_owned()));
    }
}

#[test]
fn a_file_is_made_while_it_is_sent_and_is_whole() {
    let portal = Portal::open();
    office(&portal);
    let keeper = Browser::of(&portal, "lan.pham");
    let last = portal.app.web.store.refresh_position().expect("it answers");
    long_past(&portal, 9_000);
    let file = keeper.get(&format!("{LOG}/nhat-ky.jsonl"));
    assert_eq!((file.body.lines().count() as i64, file.header("content-length")), (last + 9_000, ""));
    // Stretches without any such row do not end it.
    let few = keeper.get(&format!("{LOG}/nhat-ky.jsonl?tim=bai-8999"));
    assert_eq!(few.body.lines().count(), 1);
    // With one reader, however many ask at once: none holds one while waiting for another.
    let taken = [(); 3].map(|()| portal.app.web.store.read().expect("there are four"));
    let none = keeper.get(&format!("{LOG}/nhat-ky.csv?tim=khong-co"));
    drop(taken);
    assert_eq!((none.status, none.body.lines().count()), (200, 1));
}

#[test]
fn every_act_has_a_name_that_people_read() {
    let words = bangtin::app::words::own();
    let mut acts: Vec<String> = step::NAMES.iter().chain(&UNSEEN).map(|name| name.to_string()).collect();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|ending| ending != "rs") {
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source is text");
            for opening in ["Told::of(\"", "record(c, act, \"", "act.record(c, \"", "who: &who }, \"", "(); \"", "=> {\n                \""]
            {
                acts.extend(text.split(opening).skip(1).map(|rest| rest.split('"').next().unwrap_or_default().to_owned()));
            }
        }
    }
    acts.extend(["superseded", "reinstated", "resettled", "password_given", "signed_in"].map(str::to_owned));
    acts.retain(|act| act.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') && !act.is_empty());
    assert!(acts.len() > 60, "{acts:?}");
    let unnamed: Vec<&String> =
        acts.iter().filter(|act| !words.keys(Lang::Vi).contains(&format!("log-act-{}", act.replace('_', "-")))).collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}
