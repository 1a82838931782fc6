//! The laws of the house, for postings and on every way out: page, list, archive, feed, calendar file, site map, board, day,
//! register, plan, paper, card, verdict, and the API. No task runs here, every cache is on, and the clock is driven.

use std::collections::{BTreeSet, VecDeque};
use std::io::Cursor;
use std::process::{Command, Stdio};

use bangtin::kit::fold::fold;
use bangtin::person::access::Role;
use bangtin::posting::placements::What;
use bangtin::posting::placements_note::{self as note, Report};
use calamine::{Reader, Xlsx};
use chrono::Duration;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use unicode_normalization::UnicodeNormalization;

use crate::folder::Folder;
use crate::people::{added, role, unit};
use crate::placements::id;
use crate::places::place;
use crate::portal::{Portal, Reply, at};

const KEY: &str = "LÚA-CHÍN-VÀNG";

/// Everything that could name a posting of the commune, but for its own addresses.
const OUTPUTS: [&str; 42] = [
    "/",
    "/en/",
    "/niem-yet",
    "/en/niem-yet",
    "/niem-yet?trang-thai=luu-tru",
    "/niem-yet?don-vi=xa-dong-kieu",
    "/niem-yet?loai=cap-gcn-lan-dau",
    "/niem-yet?loai=cap-gcn-lan-dau&trang-thai=luu-tru",
    "/niem-yet?tu=lua+chin",
    "/niem-yet?tu=lua+chin&trang-thai=luu-tru",
    "/niem-yet/atom.xml",
    "/niem-yet/rss.xml",
    "/niem-yet/feed.json",
    "/en/niem-yet/feed.json",
    "/niem-yet/ngay?don-vi=xa-dong-kieu&ngay=2026-11-21",
    "/don-vi/xa-dong-kieu",
    "/don-vi/huong-lua",
    "/don-vi/xa-dong-kieu/da-cong-khai",
    "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4",
    "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.csv",
    "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.xlsx",
    "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.pdf",
    "/don-vi/xa-dong-kieu/ke-hoach-cong-khai",
    "/bang-tin/99001",
    "/bang-tin/99",
    "/bang-tin/99001/man-hinh",
    "/bang-tin/99001/atom.xml",
    "/bang-tin/99001/rss.xml",
    "/bang-tin/99001/feed.json",
    "/bang-tin/99001/lich.ics",
    "/bang-tin/99001/bulletin.txt",
    "/bang-tin/99001/cap.xml",
    "/bang-tin/99/feed.json",
    "/bang-tin/99/bulletin.txt",
    "/atom.xml",
    "/sitemap.xml",
    "/sitemap/pages.xml",
    "/sitemap/2026-11.xml",
    "/sitemap/niem-yet-2026-11.xml",
    "/sitemap/2026-12.xml",
    "/trang/so-do-trang",
    "/niem-yet/lang-gieng",
];

fn own(portal: &Portal, slug: &str) -> Vec<String> {
    let id = id(portal, slug);
    let page = format!("/niem-yet/{slug}");
    let of = ["", ".pdf", ".pdf?chu=lon", ".ics", ".cap", "/ban/1"].map(|end| format!("{page}{end}"));
    of.into_iter().chain([format!("/en{page}"), format!("/the{page}.png"), format!("/n/{id}"), format!("/n/{id}?ban=1")]).collect()
}

/// What a reader of that file reads: a PDF's words, a workbook's cells, or the text as it is.
fn said(reply: &Reply) -> String {
    let headers: String = reply.headers().iter().filter(|(name, _)| name != "location").map(|(_, value)| format!(" {value}")).collect();
    words(reply) + &headers
}

/// Without its headers, in which digits stand that nobody wrote.
fn words(reply: &Reply) -> String {
    match reply.header("content-type") {
        "application/pdf" => {
            let mut reader = Command::new("pdftotext").args(["-raw", "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
            let reader = reader.as_mut().expect("poppler-utils is installed");
            std::io::Write::write_all(&mut reader.stdin.take().expect("its input"), &reply.bytes).expect("it reads");
            let mut out = String::new();
            std::io::Read::read_to_string(&mut reader.stdout.take().expect("its output"), &mut out).expect("it is text");
            reader.wait().expect("it ends");
            // Where a line ends a word may have been parted.
            format!("{out} {}", out.replace("-\n", "-").replace('\n', " "))
        }
        kind if kind.ends_with("spreadsheetml.sheet") => {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&reply.bytes[..])).expect("a workbook");
            let sheet = book.worksheet_range_at(0).expect("a sheet").expect("it can be read");
            sheet.rows().flatten().map(|cell| format!("{cell} ")).collect()
        }
        _ => reply.body.clone(),
    }
}

/// The outputs in which something stands.
fn showing(portal: &Portal, slug: &str, key: &str) -> BTreeSet<String> {
    let all = OUTPUTS.iter().map(|path| path.to_string()).chain(own(portal, slug));
    all.filter(|path| said(&portal.get(path)).contains(key)).collect()
}

/// A kind whose texts are given on request alone when their time is over.
fn folder(more: &str) -> Folder {
    let folder = crate::places::folder();
    folder.page("so-do-trang", "Sơ đồ trang").posting("lang-gieng", "published = 2026-11-10", "Bên cạnh.");
    folder.posting(
        "thu",
        &format!("title = \"Hồ sơ {KEY}\"\nlead = \"Tóm tắt {KEY}\"\nkind = \"cap-gcn-lan-dau\"\n{more}"),
        &format!("Thân {KEY}."),
    );
    folder
}

#[test]
fn law_1_a_posting_appears_and_vanishes_at_its_instants_on_every_output() {
    let portal = Portal::with(&folder("published = 2026-11-21T09:00:00"));
    let start = at("2026-11-21T09:00:00");
    // Fifteen days of its kind from a Saturday on: a Sunday, so Monday's end.
    let end = at("2026-12-08T00:00:00");
    portal.clock.set(start - Duration::seconds(1));
    assert_eq!(showing(&portal, "thu", KEY), BTreeSet::new());
    portal.clock.set(start);
    let shown = showing(&portal, "thu", KEY);
    let id = id(&portal, "thu");
    for path in [
        "/",
        "/niem-yet",
        "/en/niem-yet",
        "/niem-yet?don-vi=xa-dong-kieu",
        "/niem-yet?loai=cap-gcn-lan-dau",
        "/niem-yet?tu=lua+chin",
        "/niem-yet/atom.xml",
        "/niem-yet/rss.xml",
        "/niem-yet/feed.json",
        "/niem-yet/ngay?don-vi=xa-dong-kieu&ngay=2026-11-21",
        "/don-vi/xa-dong-kieu",
        "/don-vi/xa-dong-kieu/da-cong-khai",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.csv",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.xlsx",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.pdf",
        "/bang-tin/99001",
        "/bang-tin/99001/man-hinh",
        "/bang-tin/99001/atom.xml",
        "/bang-tin/99001/rss.xml",
        "/bang-tin/99001/feed.json",
        "/bang-tin/99001/lich.ics",
        "/bang-tin/99001/bulletin.txt",
        "/niem-yet/thu",
        "/en/niem-yet/thu",
        "/niem-yet/thu.pdf",
        "/niem-yet/thu.ics",
        &format!("/n/{id}"),
    ] {
        assert!(shown.contains(path), "{path} does not show it: {shown:?}");
    }
    assert!(portal.get("/sitemap/niem-yet-2026-11.xml").body.contains("/niem-yet/thu<"));
    portal.clock.set(end - Duration::seconds(1));
    let last = showing(&portal, "thu", KEY);
    assert!(last.is_superset(&shown.iter().filter(|path| !path.contains("ngay=")).cloned().collect()), "{last:?}");
    portal.clock.set(end);
    assert_eq!(showing(&portal, "thu", KEY), BTreeSet::new(), "what is given on request alone is named nowhere");
    assert!(!portal.get("/sitemap/niem-yet-2026-11.xml").body.contains("/niem-yet/thu<"));
    for path in own(&portal, "thu") {
        let reply = portal.get(&path);
        let wanted = if path.starts_with("/n/") { 200 } else { 410 };
        // It is not urgent, and so no warning.
        let is_none = path.ends_with(".png") || path.ends_with(".cap");
        assert!(reply.status == wanted || (is_none && reply.status == 404), "{path}: {}", reply.status);
    }
    // And back: nothing that was kept speaks for another instant than its own.
    portal.clock.set(start);
    assert_eq!(showing(&portal, "thu", KEY), shown);
}

#[test]
fn law_2_nothing_of_an_unpublished_posting_is_reachable() {
    for more in ["state = \"draft\"", "published = 2027-01-05T08:00:00"] {
        let with = Portal::with(&folder(&format!("{more}\nnumber = \"{KEY}/TB\"\nissuer = \"UBND\"\nissued = 2026-11-02")));
        let without = Portal::with(&folder("state = \"draft\"\nunit = \"99002\""));
        assert_eq!(showing(&with, "thu", KEY), BTreeSet::new());
        for path in OUTPUTS {
            let [one, other] = [&with, &without].map(|portal| portal.get(path));
            assert_eq!(one.status, other.status, "{path}");
            if one.header("content-type") != "application/pdf" {
                assert_eq!(one.header("etag"), other.header("etag"), "{path}: not even its tag tells that something waits");
            }
        }
        for path in own(&with, "thu") {
            assert_eq!(with.get(&path).status, 404, "{path}");
        }
        assert_eq!(with.get("/api/v1/documents").status, 401, "programs have to say who asks");
    }
}

#[test]
fn law_3_every_address_that_was_public_answers_for_ever() {
    let portal = Portal::with(&folder("former = [\"dia-chi-cu\"]"));
    let document = id(&portal, "thu");
    for end in ["", ".pdf"] {
        let moved = portal.get(&format!("/niem-yet/dia-chi-cu{end}"));
        assert_eq!((moved.status, moved.header("location")), (301, format!("/niem-yet/thu{end}").as_str()));
    }
    let next = Folder::empty();
    next.rules().posting(
        "thu",
        "title = \"Hồ sơ đã sửa\"\nlead = \"Tóm tắt\"\nkind = \"cap-gcn-lan-dau\"\nchange_note = \"Sửa diện tích\"",
        "Thân mới.",
    );
    portal.import(&next).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let first = portal.get("/niem-yet/thu/ban/1");
    assert!(first.status == 200 && first.body.contains(KEY), "the words that stood are still there");
    let verdict = portal.get(&format!("/n/{document}?ban=1"));
    assert!(verdict.text("main").contains("Tờ giấy là bản số 1; hiện nay là bản số 2."), "{}", verdict.text("main"));
    portal.clock.set(at("2026-11-21T08:30:00"));
    let gone = Folder::empty();
    gone.rules().posting(
        "thu",
        "title = \"Hồ sơ đã sửa\"\nlead = \"Tóm tắt\"\nkind = \"cap-gcn-lan-dau\"\nchange_note = \"Sửa diện tích\"\n\n[withdrawn]\nat = 2026-11-21T08:10:00\nreason = \"Nhầm thửa đất\"\nreplaced_by = \"lang-gieng\"",
        "Thân mới.",
    );
    portal.import(&gone).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(showing(&portal, "thu", "Thân mới"), BTreeSet::new());
    for end in ["", ".pdf", ".pdf?chu=lon", ".ics"] {
        let reply = portal.get(&format!("/niem-yet/thu{end}"));
        assert_eq!(reply.status, 410, "{end}");
        assert!(reply.body.contains("Nhầm thửa đất") && reply.body.contains("/niem-yet/lang-gieng"), "{end}: {}", reply.text("main"));
    }
    for path in [format!("/n/{document}"), format!("/n/{document}?ban=1"), format!("/n/{document}?ban=2")] {
        let reply = portal.get(&path);
        assert!(reply.status == 200 && reply.body.contains("Nhầm thửa đất"), "{path}: {}", reply.text("main"));
    }
}

#[test]
fn law_7_a_figure_goes_out_as_it_was_written_on_every_output() {
    let table = "| Chương trình | %/năm |\n| --- | ---: |\n| Cận nghèo | 7,488 |\n| Hộ nghèo | 6,24 |\n";
    let folder = folder("");
    folder.posting("lai", "title = \"Lãi suất 7,488 %/năm\"\nlead = \"Từ 7,92 xuống 7,488 %/năm\"", table);
    let portal = Portal::with(&folder);
    for path in [
        "/niem-yet/lai",
        "/en/niem-yet/lai",
        "/niem-yet/lai.pdf",
        "/niem-yet/lai.pdf?chu=lon",
        "/niem-yet/atom.xml",
        "/niem-yet/rss.xml",
        "/niem-yet/feed.json",
        "/niem-yet",
        "/bang-tin/99001",
        "/bang-tin/99001/atom.xml",
        "/bang-tin/99001/rss.xml",
        "/bang-tin/99001/feed.json",
        "/bang-tin/99001/bulletin.txt",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.csv",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.xlsx",
        "/don-vi/xa-dong-kieu/da-cong-khai/2026-q4.pdf",
    ] {
        let text = words(&portal.get(path));
        assert!(text.contains("7,488"), "{path}: {text}");
        for wrong in ["7.488", "7,49", "7488"] {
            assert!(!text.contains(wrong), "{path} says {wrong}");
        }
    }
}

/// Every address of ours that a page, a feed, a site map or a calendar names, from the front page on.
fn reachable(portal: &Portal, starts: &[String]) -> Vec<(String, Reply)> {
    let mut met: BTreeSet<String> = BTreeSet::new();
    let mut next: VecDeque<String> = starts.iter().cloned().collect();
    let mut found = Vec::new();
    let address = links();
    while let Some(path) = next.pop_front() {
        if !met.insert(path.clone()) || met.len() > 900 {
            continue;
        }
        let reply = portal.get(&path);
        if reply.status < 400 || reply.status == 410 {
            next.extend(address(&reply.body));
            next.extend(Some(reply.header("location")).filter(|to| to.starts_with('/')).map(str::to_owned));
        }
        found.push((path, reply));
    }
    assert!(met.len() <= 900, "there are more pages than this test looks at");
    found
}

fn links() -> impl Fn(&str) -> Vec<String> {
    |body: &str| {
        let mut all = Vec::new();
        for opening in ["href=\"", "src=\"", "srcset=\"", "content=\"", "<loc>", "\"url\":\"", "\"home_page_url\":\"", "\"id\":\""] {
            for rest in body.split(opening).skip(1) {
                let end = rest.find(['"', '<', ' ']).unwrap_or(rest.len());
                let link = rest[..end].replace("&amp;", "&");
                let link = link
                    .strip_prefix("https://thu.example")
                    .map(|rest| if rest.is_empty() { "/" } else { rest }.to_owned())
                    .unwrap_or(link);
                let is_ours = link.starts_with('/') && !link.starts_with("//") && !link.starts_with("/ban-bien-tap");
                all.extend(is_ours.then(|| link.split('#').next().unwrap_or_default().to_owned()));
            }
        }
        all
    }
}

/// Three words that stand in no other text of a portal.
fn any_name() -> impl Strategy<Value = Vec<String>> {
    let first = ["Khuyếch", "Nghuệch", "Thoắng", "Ngoẵng", "Khươm"];
    let middle = ["Quỵch", "Xuyềnh", "Ghẹc", "Chuệu", "Vuồng"];
    let last = ["Oẳn", "Ưỡng", "Yểng", "Ỗm", "Ẩng", "Đuỗn"];
    (0usize..5, 0usize..5, 0usize..6).prop_map(move |(one, two, three)| vec![first[one].into(), middle[two].into(), last[three].into()])
}

#[test]
fn law_8_a_name_that_is_marked_stands_in_no_byte_that_can_be_reached() {
    let places = [
        "Ông {}, thửa 214.",
        "- mục một\n- bà {} và **{}**",
        "| Họ tên | Diện tích |\n| --- | ---: |\n| {} | 312,5 |\n",
        "## Hồ sơ của {}\n\nNội dung.",
        "> {} đề nghị.",
        "Theo đơn[^1] của *{}*.\n\n[^1]: Đơn của {}, ngày 02/11.",
        "Xem [hồ sơ của {}](https://vidu.example/ho-so).",
    ];
    let mut runner = TestRunner::new(Config { cases: 6, failure_persistence: None, ..Config::default() });
    let case = (any_name(), proptest::collection::vec(0usize..places.len(), 1..5), 0usize..3, any::<bool>());
    runner
        .run(&case, |(name, where_, web, is_apart)| {
            let full = name.join(" ");
            // As it is typed on some keyboards: letter and mark apart.
            let typed = if is_apart { full.chars().flat_map(apart).collect() } else { full.clone() };
            let body: Vec<String> = where_.iter().map(|at| places[*at].replace("{}", &format!("{{{{{typed}}}}}"))).collect();
            let folder = crate::places::folder();
            let list = format!("ten\n{full}\n");
            folder.file("attachments/danh-sach.csv", &list).page("so-do-trang", "Sơ đồ trang").article("tin", "", "Tin.");
            let web = ["totals", "masked", "masked"][web];
            let facts = format!(
                "title = \"Niêm yết hồ sơ đất\"\nlead = \"Hồ sơ lần đầu\"\nkind = \"cap-gcn-lan-dau\"\nnumber = \"8/TB-UBND\"\nissuer = \"UBND xã\"\nissued = 2026-11-19\npaper = \"full\"\nweb = \"{web}\"\n[[attachments]]\nfile = \"attachments/danh-sach.csv\"\ntitle = \"Danh sách kèm theo\"\npaper_only = true"
            );
            folder.posting("ho-so", &facts, &body.join("\n\n"));
            let portal = Portal::with(&folder);
            let next = Folder::empty();
            next.rules().file("attachments/danh-sach.csv", &list);
            next.posting("ho-so", &facts.replace("kind =", "change_note = \"Sửa số\"\npublished = 2026-11-21T07:00:00\nkind ="), &format!("{}\n\nThêm.", body.join("\n\n")));
            portal.import(&next).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
            let board = place(&portal, "tru-so");
            let report = Report { document: id(&portal, "ho-so"), number: 2, what: What::Hung, at: at("2026-11-21T07:30:00"), name: &full, photo: "", note: &full, key: "k-1" };
            portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
            let digest = bangtin::kit::digest::sha256(list.as_bytes());
            let mut starts: Vec<String> = ["/", "/en/"].map(String::from).into();
            starts.extend(OUTPUTS.iter().map(|path| path.to_string()));
            starts.extend(own(&portal, "ho-so"));
            starts.push(format!("/tep/{digest}/danh-sach.csv"));
            portal.app.begin_keys().expect("a key can be made");
            let of_board = ["bulletin.json", "timestamp.json", "changes?after=0"].map(|end| format!("/bang-tin/99001/{end}"));
            starts.extend(of_board.into_iter().chain([format!("/bang-tin/99001/tep/{digest}/danh-sach.csv")]));
            let all = reachable(&portal, &starts);
            prop_assert!(all.iter().any(|(path, reply)| path == "/niem-yet/ho-so" && reply.status == 200));
            prop_assert!(all.iter().any(|(path, reply)| path == "/niem-yet/ho-so.pdf" && reply.status == 200));
            prop_assert!(all.iter().any(|(path, reply)| path == "/bang-tin/99001/bulletin.json" && reply.body.contains("Niêm yết hồ sơ đất")));
            prop_assert!(all.len() > 40, "{} addresses", all.len());
            for (path, reply) in &all {
                let text = said(reply);
                let apart: String = text.chars().flat_map(apart).collect();
                for word in &name {
                    let word_apart: String = word.chars().flat_map(self::apart).collect();
                    prop_assert!(!text.contains(word.as_str()) && !apart.contains(&word_apart), "{} says {}", path, word);
                }
                // Nor in the letters by which things are found and addressed.
                prop_assert!(!fold(&text).contains(&fold(&full)), "{} says it folded", path);
            }
            // What staff print is another matter: the test would see a name if there were one.
            added(&portal, "do", "Đỗ", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
            let hangs = crate::people::Browser::of(&portal, "do").get(&format!("/ban-bien-tap/van-ban/{}/to-niem-yet.pdf", id(&portal, "ho-so")));
            prop_assert!(said(&hangs).contains(&name[0]));
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

/// A letter and its marks, one after the other (Unicode, NFD), for those that Vietnamese uses.
fn apart(letter: char) -> Vec<char> {
    letter.nfd().collect()
}
