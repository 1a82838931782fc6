//! A unit's board in its other forms: feeds, a calendar, plain text, warnings. What hangs there stands in each of them, what
//! went is told of without a word of its text, and each is valid by its own standard.

use std::collections::BTreeSet;

use chrono::Duration;
use icalendar::{Calendar, CalendarDateTime, Component, DatePerhapsTime};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, Reply, at};
use crate::{schema, store};

const FEEDS: [&str; 3] = ["atom.xml", "rss.xml", "feed.json"];
const FORMS: [&str; 6] = ["atom.xml", "rss.xml", "feed.json", "lich.ics", "bulletin.txt", "cap.xml"];
const KEY: &str = "LÚA-CHÍN-VÀNG";

/// Hương Lúa with three communes.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules().file("site.toml", SITE.replace("owner", "unit = \"99\"\nowner"));
    add(&folder, "99004,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n", "");
    folder
}

fn add(folder: &Folder, units: &str, changes: &str) {
    for (name, more) in [("units.csv", units), ("unit-changes.csv", changes)] {
        let text = std::fs::read_to_string(folder.path().join(name)).expect("the list");
        folder.file(name, format!("{text}{more}"));
    }
}

/// What communes say of what comes to them: `posting,code,act,text,at`.
fn say(folder: &Folder, rows: &[(&str, &str, &str, &str, &str)]) {
    let rows: String = rows
        .iter()
        .map(|(posting, code, act, text, at)| format!("{posting},{code},2025-07-01,{act},{text},kieu.do,{at}+07:00\n"))
        .collect();
    folder.file("adoptions.csv", format!("posting,unit,unit_valid_from,act,text,by,at\n{rows}"));
}

fn bring(portal: &Portal, folder: &Folder) {
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

fn form(portal: &Portal, code: &str, form: &str) -> Reply {
    let reply = portal.get(&format!("/bang-tin/{code}/{form}"));
    assert_eq!(reply.status, 200, "{code}/{form}: {}", reply.body);
    reply
}

/// The slugs in a board's feeds, newest first, the same in all three.
fn carried(portal: &Portal, code: &str) -> Vec<String> {
    let found = FEEDS.map(|file| {
        let reply = form(portal, code, file);
        schema::check(&format!("/bang-tin/{code}/{file}"), &reply);
        let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a reader understands it");
        let slug = |id: &str| {
            let of = id.strip_prefix("https://thu.example/niem-yet/").and_then(|rest| rest.strip_suffix(&format!("#bang-tin-{code}")));
            of.unwrap_or_else(|| panic!("{id}")).to_owned()
        };
        feed.entries.iter().map(|entry| slug(&entry.id)).collect::<Vec<_>>()
    });
    assert!(found.iter().all(|one| *one == found[0]), "{found:?}");
    found.into_iter().next().expect("three")
}

/// `(slug, when, why)` of what a board's feeds tell as gone, the same in both that can.
fn gone(portal: &Portal, code: &str) -> Vec<(String, String, String)> {
    let json: serde_json::Value = serde_json::from_str(&form(portal, code, "feed.json").body).expect("JSON");
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = json["_bangtin"]["withdrawn"].as_array().cloned().unwrap_or_default();
    let told: Vec<_> = list.iter().map(|one| (text(&one["id"]), text(&one["when"]), text(&one["reason"]))).collect();
    let atom = form(portal, code, "atom.xml").body;
    assert_eq!(atom.matches("<at:deleted-entry ").count(), told.len(), "{atom}");
    let plain = atom.replace("&lt;", "<").replace("&gt;", ">").replace("&#x2F;", "/");
    for (id, when, reason) in &told {
        assert!(plain.contains(&format!("ref=\"{id}\" when=\"{when}\"")) && plain.contains(&format!(">{reason}<")), "{id}: {atom}");
    }
    let slug = |id: String| id.trim_start_matches("https://thu.example/niem-yet/").split('#').next().unwrap_or_default().to_owned();
    told.into_iter().map(|(id, when, reason)| (slug(id), when, reason)).collect()
}

#[test]
fn every_form_tells_what_hangs_there_and_how_it_came() {
    let folder = folder();
    folder
        .posting(
            "cua-xa",
            "title = \"Của xã & bạn\"\nnumber = \"5/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19",
            "Thân của xã.",
        )
        .posting("moi-xa", "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-19", "Thân của tỉnh.")
        .posting("xa-khac", "unit = \"99002\"", "Của xã khác.")
        .posting("hen", "published = 2026-11-22T08:00:00", "Hẹn giờ.")
        .posting("nhap", "state = \"draft\"", "Nháp.");
    say(&folder, &[("moi-xa", "99001", "line_kept", "Hỏi phòng 2 <sáng>", "2026-11-20T09:00:00")]);
    let [sqlite, postgres] = [Portal::open(), Portal::on(Some(store::postgres()))];
    for portal in [&sqlite, &postgres] {
        bring(portal, &folder);
        assert_eq!(carried(portal, "99001"), ["cua-xa", "moi-xa"]);
        assert_eq!(carried(portal, "99002"), ["xa-khac", "moi-xa"]);
        assert_eq!(carried(portal, "99"), ["moi-xa"]);
        assert!(gone(portal, "99001").is_empty());
    }
    for form in FORMS {
        let path = format!("/bang-tin/99001/{form}");
        assert_eq!(sqlite.get(&path).body, postgres.get(&path).body, "{path}");
    }
    let atom = form(&sqlite, "99001", "atom.xml");
    let feed = feed_rs::parser::parse(&atom.bytes[..]).expect("a feed");
    assert_eq!(feed.title.expect("a title").content, "Bảng tin xã Đông Kiều – Bảng Tin thử");
    let content = |at: usize| feed.entries[at].content.clone().and_then(|content| content.body).expect("the whole text");
    assert_eq!(feed.entries[0].title.clone().expect("a title").content, "5/TB-UBND – Của xã & bạn");
    assert_eq!(content(0), "<p>Thân của xã.</p>", "what is its own says nothing of where it came from");
    assert_eq!(
        content(1),
        "<p>Của tỉnh Hương Lúa, gửi mọi xã, phường</p>\n<p><strong>Tại đây:</strong> Hỏi phòng 2 &lt;sáng&gt;</p>\n<p>Thân của tỉnh.</p>"
    );
    assert_eq!(feed.entries[1].updated.expect("an hour").to_rfc3339(), "2026-11-20T02:00:00+00:00", "its own line is news");
    assert_eq!(feed.entries[1].links[0].href, "https://thu.example/niem-yet/moi-xa");
    // Nothing waits anywhere before its hour, and then it stands there.
    for form in FORMS {
        let body = sqlite.get(&format!("/bang-tin/99001/{form}")).body;
        assert!(!body.contains("Niêm yết hen") && !body.contains("nhap"), "{form}");
    }
    sqlite.clock.set(at("2026-11-22T08:00:00"));
    assert_eq!(carried(&sqlite, "99001")[0], "hen");
    for form in ["lich.ics", "bulletin.txt"] {
        assert!(sqlite.get(&format!("/bang-tin/99001/{form}")).body.contains("Niêm yết hen"), "{form}");
    }
}

#[test]
fn a_board_tells_what_hung_there_and_why_it_went_and_no_word_of_it() {
    let folder = folder();
    let text = |slug: &str, more: &str| {
        folder.posting(slug, &format!("title = \"Tin {KEY}\"\nlead = \"Tóm tắt {KEY}\"\n{more}"), &format!("Thân {KEY}."));
    };
    let hung = "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-10";
    text("het", "published = 2026-10-20\nuntil = 2026-11-21");
    text("rut", hung);
    text("cu", hung);
    text("gui", &format!("{hung}\nunit = \"99\"\nto = [\"below\"]"));
    text("doi", &format!("{hung}\nunit = \"99\"\nto = [\"99001\"]"));
    folder.posting("con", hung, "Còn treo.");
    let portal = Portal::with(&folder);
    let mut all = carried(&portal, "99001");
    all.sort();
    assert_eq!(all, ["con", "cu", "doi", "gui", "het", "rut"]);
    let told = |of: &[(&str, &str, &str)]| -> Vec<(String, String, String)> {
        of.iter().map(|(slug, when, why)| (slug.to_string(), format!("2026-11-22T{when}:00+07:00"), why.to_string())).collect()
    };
    let ended = ("het", "00:00", "Đã hết thời hạn niêm yết");
    portal.clock.set(at("2026-11-22T00:00:00"));
    assert_eq!(gone(&portal, "99001"), told(&[ended]));
    portal.clock.set(at("2026-11-22T10:00:00"));
    text("rut", &format!("{hung}\n[withdrawn]\nat = 2026-11-22T09:00:00\nreason = \"Sai <thẩm quyền>\""));
    folder.posting("moi", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-22T08:00:00\nreplaces = [\"cu\"]", "Thay thế.");
    text(
        "doi@2",
        "kind = \"lai-suat-cho-vay\"\nunit = \"99\"\nto = [\"99002\"]\npublished = 2026-11-22T07:00:00\nchange_note = \"Gửi đúng nơi\"",
    );
    let out = ("gui", "99001", "opted_out", "Không có đối tượng", "2026-11-22T09:30:00");
    say(&folder, &[out]);
    bring(&portal, &folder);
    assert_eq!(carried(&portal, "99001"), ["moi", "con"]);
    let moved = ("doi", "10:00", "Bản sửa của văn bản không còn gửi tới đơn vị này.");
    let taken_down = ("gui", "09:30", "Đơn vị đã thôi niêm yết văn bản này.");
    let rest = [
        ("rut", "09:00", "Sai <thẩm quyền>"),
        ("cu", "08:00", "Đã được thay bằng văn bản ở địa chỉ https://thu.example/niem-yet/moi"),
        ended,
    ];
    assert_eq!(gone(&portal, "99001"), told(&[&[moved, taken_down][..], &rest].concat()));
    for file in FORMS {
        let body = form(&portal, "99001", file).body;
        assert!(!body.contains(KEY) && !body.contains("Không có đối tượng"), "{file}: {body}");
    }
    // Where it still hangs, nothing is told as gone; and an entry of another board is another one.
    assert_eq!((carried(&portal, "99002"), gone(&portal, "99002")), (vec!["gui".into(), "doi".into()], vec![]));
    assert_eq!(carried(&portal, "99004"), ["gui"]);
    // Hung again, it is back.
    portal.clock.set(at("2026-11-22T11:00:00"));
    say(&folder, &[out, ("gui", "99001", "opted_in", "", "2026-11-22T10:30:00")]);
    bring(&portal, &folder);
    assert!(carried(&portal, "99001").contains(&"gui".to_owned()));
    let rest = told(&[&[moved][..], &rest].concat());
    assert_eq!(gone(&portal, "99001"), rest);
    // After ninety days each is forgotten, at its own instant.
    for (instant, left) in [("19T23:59:59", 4), ("20T00:00:00", 3), ("20T08:00:00", 2), ("20T09:59:59", 1), ("20T10:00:00", 0)] {
        portal.clock.set(at(&format!("2027-02-{instant}")));
        assert_eq!(gone(&portal, "99001").iter().filter(|one| rest.contains(one)).count(), left, "{instant}");
    }
}

#[test]
fn what_a_unit_never_hung_is_not_told_of_as_gone() {
    let folder = folder();
    folder.posting("gui", "unit = \"99\"\nto = [\"below\"]\npublished = 2026-11-20T08:00:00\nuntil = 2026-12-25", "Gửi về.");
    say(&folder, &[("gui", "99001", "opted_out", "Không có đối tượng", "2026-11-20T08:00:00")]);
    let portal = Portal::with(&folder);
    assert!(carried(&portal, "99001").is_empty() && gone(&portal, "99001").is_empty());
    portal.clock.set(at("2026-12-26T00:00:00"));
    assert!(gone(&portal, "99001").is_empty());
    assert_eq!(gone(&portal, "99002").len(), 1);
}

#[test]
fn a_correction_keeps_its_entry_and_a_reason_that_comes_late_is_told() {
    let folder = folder();
    folder.posting("tin", "published = 2026-11-10\nuntil = 2026-12-20", "Bản đầu.");
    let portal = Portal::with(&folder);
    assert_eq!(carried(&portal, "99001"), ["tin"]);
    folder.posting(
        "tin@2",
        "title = \"Đã sửa\"\npublished = 2026-11-21T07:00:00\nuntil = 2026-12-20\nchange_note = \"Sửa số\"",
        "Bản hai.",
    );
    bring(&portal, &folder);
    assert_eq!((carried(&portal, "99001"), gone(&portal, "99001")), (vec!["tin".to_owned()], vec![]));
    for file in FEEDS {
        let body = form(&portal, "99001", file).body;
        assert!(body.contains("Bản hai") && !body.contains("Bản đầu"), "{file}");
    }
    folder.posting(
        "tin@2",
        "title = \"Đã sửa\"\npublished = 2026-11-21T07:00:00\nuntil = 2026-12-20\nchange_note = \"Sửa số\"\n[withdrawn]\nat = 2026-12-25T08:00:00\nreason = \"Sai số liệu\"",
        "Bản hai.",
    );
    bring(&portal, &folder);
    let why = |instant: &str| {
        portal.clock.set(at(instant));
        gone(&portal, "99001").into_iter().map(|(_, when, why)| format!("{when} {why}")).collect::<Vec<_>>()
    };
    assert_eq!(why("2026-12-25T07:59:59"), ["2026-12-21T00:00:00+07:00 Đã hết thời hạn niêm yết"]);
    assert_eq!(why("2026-12-25T08:00:00"), ["2026-12-21T00:00:00+07:00 Sai số liệu"]);
}

#[test]
fn a_boards_forms_are_found_on_its_page_and_lead_on_with_its_code() {
    let folder = folder();
    folder.posting("tin", "published = 2026-11-10\nperiod = \"90 days\"", "Nội dung.");
    let portal = Portal::with(&folder);
    let wanted: BTreeSet<String> = FORMS.map(|form| format!("/bang-tin/99001/{form}")).into();
    for base in ["", "/en"] {
        let page = portal.get(&format!("{base}/bang-tin/99001"));
        assert_eq!(page.attributes(".board-forms a", "href").into_iter().collect::<BTreeSet<_>>(), wanted, "{base}");
        let head: BTreeSet<String> = page.attributes("head link[rel=alternate][type]", "href").into_iter().collect();
        assert!(head.is_superset(&wanted), "{base}: {head:?}");
    }
    assert_eq!(portal.get("/bang-tin/99001").text(".board-forms h2"), "Các dạng khác");
    for form in FORMS {
        for nowhere in ["/en/bang-tin/99001", "/bang-tin/77777", "/bang-tin/abc"] {
            assert_eq!(portal.get(&format!("{nowhere}/{form}")).status, 404, "{nowhere}/{form}");
        }
        assert_eq!(portal.get(&format!("/bang-tin/99003/{form}")).header("location"), format!("/bang-tin/99002/{form}"));
        assert_eq!(portal.ask("HEAD", &format!("/bang-tin/99001/{form}"), &[]).status, 200);
        let tag = portal.get(&format!("/bang-tin/99001/{form}")).header("etag").to_owned();
        assert_eq!(portal.ask("GET", &format!("/bang-tin/99001/{form}"), &[("if-none-match", &tag)]).status, 304, "{form}");
    }
    let list = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    folder.file("units.csv", list.replace("99001,2025-07-01,,", "99001,2025-07-01,2026-12-31,"));
    add(&folder, "99010,2027-01-01,,Kiều Gạo,xa,99,xa-kieu-gao,true\n", "99001,2025-07-01,99010,2027-01-01,whole,2027-01-01\n");
    bring(&portal, &folder);
    assert_eq!(carried(&portal, "99001"), ["tin"]);
    portal.clock.set(at("2027-01-01T00:00:00"));
    for form in FORMS {
        let moved = portal.get(&format!("/bang-tin/99001/{form}"));
        assert_eq!((moved.status, moved.header("location")), (301, format!("/bang-tin/99010/{form}").as_str()));
    }
    assert_eq!(carried(&portal, "99010"), ["tin"]);
}

fn calendar(text: &str) -> Calendar {
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    text.parse().unwrap_or_else(|fault| panic!("{fault}: {text}"))
}

/// `(uid, first day, status)` of each, in order.
fn days(text: &str) -> Vec<(String, String, String)> {
    let calendar = calendar(text);
    let mut days: Vec<_> = calendar
        .iter()
        .filter_map(|component| component.as_event())
        .map(|event| {
            let start = match event.get_start().expect("a start") {
                DatePerhapsTime::Date(day) => day.to_string(),
                DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => at.to_rfc3339(),
                other => panic!("{other:?}"),
            };
            let status = event.property_value("STATUS").unwrap_or_default().to_owned();
            (event.get_uid().expect("a name").to_owned(), start, status)
        })
        .collect();
    days.sort();
    days
}

#[test]
fn a_boards_calendar_tells_the_days_of_all_that_hangs_there_by_their_own_names() {
    let folder = folder();
    folder
        .posting("hop", "event = 2026-12-20\ncomments_until = 2026-12-01\nformer = [\"hop-cu\"]", "Họp.")
        .posting("cua-tinh", "unit = \"99\"\nto = [\"below\"]\neffective = 2026-12-05", "Của tỉnh.")
        .posting("cho-khac", "unit = \"99002\"\nevent = 2026-12-11", "Khác.")
        .posting("mai", "kind = \"lai-suat-cho-vay\"\nevent = 2026-12-24", "Thay.")
        .posting("thay", "kind = \"lai-suat-cho-vay\"\npublished = 2026-11-25\neffective = 2026-12-01\nreplaces = [\"mai\"]", "Mới.");
    let portal = Portal::with(&folder);
    let reply = form(&portal, "99001", "lich.ics");
    assert_eq!(reply.header("content-type"), "text/calendar; charset=utf-8");
    for line in ["X-WR-CALNAME:Bảng tin xã Đông Kiều – Bảng Tin thử", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "METHOD:PUBLISH"]
    {
        assert!(reply.body.replace("\r\n ", "").contains(line), "{line}: {}", reply.body);
    }
    let named = |slugs: &[&str]| -> Vec<(String, String, String)> {
        let mut all: Vec<_> = slugs.iter().flat_map(|slug| days(&portal.get(&format!("/niem-yet/{slug}.ics")).body)).collect();
        all.sort();
        all
    };
    assert_eq!(days(&reply.body), named(&["hop", "cua-tinh", "mai"]), "each is known by the same name, wherever it is told");
    assert_eq!(days(&reply.body).len(), 6);
    portal.clock.set(at("2026-11-25T00:00:00"));
    let now = days(&form(&portal, "99001", "lich.ics").body);
    assert_eq!(now, named(&["hop", "cua-tinh", "mai", "thay"]));
    assert!(now.iter().any(|(uid, _, status)| uid == "event-mai@thu.example" && status == "CANCELLED"), "{now:?}");
    portal.clock.set(at("2026-12-01T00:00:00"));
    assert!(!form(&portal, "99001", "lich.ics").body.contains("-mai@"), "it is over");
    // Where nothing stands, a calendar is still one.
    portal.clock.set(at("2027-06-01T00:00:00"));
    let empty = form(&portal, "99004", "lich.ics").body;
    assert!(days(&empty).is_empty() && empty.contains("BEGIN:VTIMEZONE"), "{empty}");
}

#[test]
fn plain_text_says_all_that_hangs_there_line_by_line() {
    let folder = folder();
    folder.file("attachments/danh-sach.csv", "ten\nTrần Văn Bình\n");
    folder
        .posting(
            "khan",
            "kind = \"thong-bao-khan\"\npriority = \"urgent\"\ntitle = \"Sơ tán trước 20 giờ\"\nlead = \"Rời nhà ngay.\"\nuntil = 2026-11-22T06:00:00\nunit = \"99\"\nto = [\"below\"]",
            "1. Cắt điện\n2. Khóa bình ga\n\n| Xã | Điểm sơ tán |\n|---|---|\n| Đông Kiều | Trường học |\n\nXem [hướng dẫn](/trang/lien-he).",
        )
        .posting(
            "ho-so",
            "kind = \"cap-gcn-lan-dau\"\nnumber = \"8/TB-UBND\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19\nweb = \"masked\"\n[[attachments]]\nfile = \"attachments/danh-sach.csv\"\ntitle = \"Danh sách kèm theo\"\npaper_only = true",
            "Hồ sơ của {{Trần Văn Bình}}, thửa 214.",
        );
    say(&folder, &[("khan", "99001", "line_kept", "Gọi trưởng thôn", "2026-11-20T09:00:00")]);
    let portal = Portal::with(&folder);
    let reply = form(&portal, "99001", "bulletin.txt");
    assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
    let wanted = "BẢNG TIN XÃ ĐÔNG KIỀU\nTỉnh Hương Lúa\nThứ Bảy, 21/11/2026\nhttps://thu.example/bang-tin/99001\n\n\n\
        Đang niêm yết 2 văn bản, trong đó 1 văn bản từ nơi khác gửi về.\n\n\n\
        Văn bản 1 trên 2. Khẩn cấp. Sắp hết thời hạn.\nSơ tán trước 20 giờ\n\n\
        Loại niêm yết: Thông báo khẩn\nNgày niêm yết: Thứ Sáu, 20/11/2026\nNiêm yết đến: 06:00 Chủ Nhật 22/11/2026\n\
        Của tỉnh Hương Lúa, gửi mọi xã, phường\nTại đây: Gọi trưởng thôn\n\nRời nhà ngay.\n\n\
        1. Cắt điện\n2. Khóa bình ga\n\nXã: Đông Kiều; Điểm sơ tán: Trường học\n\nXem hướng dẫn (https://thu.example/trang/lien-he).\n\n\
        Địa chỉ: https://thu.example/niem-yet/khan\n\n\n\
        Văn bản 2 trên 2.\nNiêm yết ho-so\n\n";
    assert!(reply.body.starts_with(wanted), "{}", reply.body);
    assert!(
        reply.body.contains("Số, ký hiệu: 8/TB-UBND\nCơ quan ban hành: UBND xã Đông Kiều\n")
            && reply.body.contains("Hồ sơ của T.V.B., thửa 214.")
    );
    assert!(
        !reply.body.contains("Bình") && !reply.body.contains("Danh sách kèm theo") && !reply.body.contains("danh-sach"),
        "{}",
        reply.body
    );
    assert!(reply.body.ends_with("\n\nĐịa chỉ: https://thu.example/niem-yet/ho-so\n"));
    // Of what only paper bears, no form says anything.
    for file in FORMS {
        assert!(!form(&portal, "99001", file).body.contains("anh sách"), "{file}");
    }
    portal.clock.set(at("2026-11-22T00:00:00"));
    assert!(form(&portal, "99001", "bulletin.txt").body.contains("Chủ Nhật, 22/11/2026"), "it bears its day");
    let empty = form(&portal, "99004", "bulletin.txt");
    assert!(empty.body.contains("BẢNG TIN PHƯỜNG CẦU MÂY"));
    portal.clock.set(at("2026-11-22T06:00:00"));
    assert!(form(&portal, "99004", "bulletin.txt").body.ends_with("Hiện không có văn bản nào đang niêm yết tại đây.\n"));
}

const URGENT: &str = "kind = \"thong-bao-khan\"\npriority = \"urgent\"\nissuer = \"Ban Chỉ huy\"\nobjections = \"Trực: 0900\"";

/// The text of every element of this name, as written.
fn said(message: &Reply, name: &str) -> Vec<String> {
    assert_eq!(schema::cap(&message.body), None, "{}", message.body);
    assert_eq!((message.status, message.header("content-type")), (200, "application/cap+xml"));
    let (opening, closing) = (format!("<{name}>"), format!("</{name}>"));
    let parts = message.body.split(&opening).skip(1);
    parts
        .map(|rest| rest.split(&closing).next().unwrap_or_default().replace("&#x2F;", "/").replace("&lt;", "<").replace("&gt;", ">"))
        .collect()
}

fn one(message: &Reply, name: &str) -> String {
    said(message, name).pop().unwrap_or_default()
}

/// The messages in a unit's index, newest first: the title and the address of each.
fn warnings(portal: &Portal, code: &str) -> Vec<(String, String)> {
    let path = format!("/bang-tin/{code}/cap.xml");
    let reply = portal.get(&path);
    schema::check(&path, &reply);
    let feed = feed_rs::parser::parse(&reply.bytes[..]).expect("a reader understands it");
    let message = |entry: &feed_rs::model::Entry| {
        let link = entry.links.iter().find(|link| link.media_type.as_deref() == Some("application/cap+xml")).expect("a message");
        assert_eq!(link.rel.as_deref(), Some("alternate"));
        link.href.trim_start_matches("https://thu.example").to_owned()
    };
    feed.entries.iter().map(|entry| (entry.title.clone().expect("a title").content, message(entry))).collect()
}

#[test]
fn an_urgent_posting_is_a_warning_then_its_updates_then_that_it_is_over() {
    let folder = folder();
    folder.file("attachments/diem.csv", "xã,điểm\n");
    let words = format!(
        "title = \"Sơ tán <ngay>\"\nlead = \"Trước 20 giờ.\"\nnumber = \"9/TB\"\nissued = 2026-11-20\nunit = \"99\"\nto = [\"below\"]\npublished = 2026-11-20T16:00:00\nuntil = 2026-11-24T06:00:00\n{URGENT}"
    );
    let file = "\n[[attachments]]\nfile = \"attachments/diem.csv\"\ntitle = \"Điểm sơ tán\"";
    folder.posting("bao", &format!("{words}\nformer = [\"bao-cu\"]{file}"), "1. Cắt điện\n2. Đưa {{Trần Văn Bình}} đi trước");
    folder.posting("thuong", "", "Không khẩn.").posting(
        "hen",
        &format!("published = 2026-11-23T08:00:00\nuntil = 2026-11-25\n{URGENT}"),
        "Hẹn giờ.",
    );
    let portal = Portal::with(&folder);
    let message = portal.get("/niem-yet/bao.cap");
    for (name, wanted) in [
        ("identifier", "thu.example:niem-yet:bao:1"),
        ("sender", "thu.example"),
        ("sent", "2026-11-20T16:00:00+07:00"),
        ("status", "Actual"),
        ("msgType", "Alert"),
        ("scope", "Public"),
        ("language", "vi-VN"),
        ("category", "Other"),
        ("event", "Thông báo khẩn"),
        ("urgency", "Unknown"),
        ("severity", "Unknown"),
        ("certainty", "Unknown"),
        ("expires", "2026-11-24T06:00:00+07:00"),
        ("senderName", "Ban Chỉ huy"),
        ("headline", "Sơ tán <ngay>"),
        ("description", "Trước 20 giờ.\n\n1. Cắt điện\n2. Đưa (không nêu tên) đi trước"),
        ("web", "https://thu.example/niem-yet/bao"),
        ("contact", "Trực: 0900"),
        ("resourceDesc", "Điểm sơ tán"),
        ("mimeType", "text/csv"),
        ("areaDesc", "tỉnh Hương Lúa"),
    ] {
        assert_eq!(said(&message, name), [wanted], "{name}: {}", message.body);
    }
    assert!(said(&message, "references").is_empty() && said(&message, "note").is_empty());
    assert_eq!(
        (said(&message, "valueName"), said(&message, "value")),
        (vec!["so-ky-hieu".into(), "VN-DVHC".into()], vec!["9/TB".into(), "99".into()])
    );
    assert_eq!(portal.get("/niem-yet/bao-cu.cap").header("location"), "/niem-yet/bao.cap");
    for nowhere in ["thuong", "hen", "khong-co"] {
        assert_eq!(portal.get(&format!("/niem-yet/{nowhere}.cap")).status, 404, "{nowhere}");
    }
    let index = vec![("Sơ tán <ngay>".to_owned(), "/niem-yet/bao.cap".to_owned())];
    assert_eq!((warnings(&portal, "99001"), warnings(&portal, "99")), (index.clone(), index));
    // A correction names what it follows.
    folder.posting(
        "bao@2",
        &format!("{words}\nchange_note = \"Thêm điểm\"{file}").replace("2026-11-20T16", "2026-11-21T07"),
        "Thêm một điểm.",
    );
    bring(&portal, &folder);
    let update = portal.get("/niem-yet/bao.cap");
    let first = "thu.example,thu.example:niem-yet:bao:1,2026-11-20T16:00:00+07:00";
    assert_eq!((one(&update, "msgType"), one(&update, "identifier")), ("Update".into(), "thu.example:niem-yet:bao:2".into()));
    assert_eq!((one(&update, "references"), one(&update, "sent")), (first.into(), "2026-11-21T08:00:00+07:00".into()));
    assert!(one(&update, "description").contains("Thêm một điểm."));
    // Over, it is called off, and the address goes on answering.
    portal.clock.set(at("2026-11-24T06:00:00"));
    let ended = portal.get("/niem-yet/bao.cap");
    let both = format!("{first} thu.example,thu.example:niem-yet:bao:2,2026-11-21T08:00:00+07:00");
    assert_eq!((one(&ended, "msgType"), one(&ended, "references")), ("Cancel".into(), both));
    assert_eq!(
        (one(&ended, "identifier"), one(&ended, "sent")),
        ("thu.example:niem-yet:bao:2:ended".into(), "2026-11-24T06:00:00+07:00".into())
    );
    assert_eq!((one(&ended, "note"), one(&ended, "urgency")), ("Đã hết thời hạn niêm yết".into(), "Past".into()));
    assert!(
        !ended.body.contains("Sơ tán")
            && !ended.body.contains("20 giờ")
            && !ended.body.contains("9/TB")
            && !ended.body.contains("diem.csv")
    );
    let told = ("Một cảnh báo đã hết hiệu lực".to_owned(), "/niem-yet/bao.cap".to_owned());
    assert!(warnings(&portal, "99001").contains(&told));
    portal.clock.set(at("2026-12-01T05:59:59"));
    assert!(warnings(&portal, "99002").contains(&told));
    portal.clock.set(at("2026-12-01T06:00:00"));
    assert!(warnings(&portal, "99002").is_empty(), "a week is enough");
    assert_eq!(one(&portal.get("/niem-yet/bao.cap"), "msgType"), "Cancel");
}

#[test]
fn a_warning_that_is_taken_back_says_why_and_one_that_is_replaced_says_by_what() {
    let folder = folder();
    let urgent = |slug: &str, more: &str| {
        folder.posting(slug, &format!("title = \"{KEY}\"\nuntil = 2026-11-30\n{URGENT}\n{more}"), &format!("Thân {KEY}."));
    };
    urgent("nham", "published = 2026-11-20T08:00:00");
    urgent("cu", "published = 2026-11-20T08:00:00");
    let portal = Portal::with(&folder);
    let before = portal.get("/niem-yet/nham.cap");
    assert!(before.body.contains(KEY) && one(&before, "geocode").contains("<value>99001</value>"), "{}", before.body);
    assert_eq!(one(&before, "areaDesc"), "xã Đông Kiều, tỉnh Hương Lúa");
    portal.clock.set(at("2026-11-21T10:00:00"));
    urgent("nham", "published = 2026-11-20T08:00:00\n[withdrawn]\nat = 2026-11-21T09:00:00\nreason = \"Tin <sai>\"");
    folder.posting("moi", &format!("published = 2026-11-21T09:30:00\nuntil = 2026-11-29\nreplaces = [\"cu\"]\n{URGENT}"), "Thay.");
    bring(&portal, &folder);
    let withdrawn = portal.get("/niem-yet/nham.cap");
    assert_eq!((one(&withdrawn, "msgType"), one(&withdrawn, "note")), ("Cancel".into(), "Tin <sai>".into()));
    assert_eq!(
        (one(&withdrawn, "identifier"), one(&withdrawn, "sent")),
        ("thu.example:niem-yet:nham:1:withdrawn".into(), "2026-11-21T09:00:00+07:00".into())
    );
    assert_eq!(one(&withdrawn, "references"), format!("thu.example,{},{}", one(&before, "identifier"), one(&before, "sent")));
    let replaced = portal.get("/niem-yet/cu.cap");
    assert_eq!(
        (one(&replaced, "msgType"), one(&replaced, "note")),
        ("Cancel".into(), "Đã được thay bằng văn bản ở địa chỉ https://thu.example/niem-yet/moi".into())
    );
    assert!(!withdrawn.body.contains(KEY) && !replaced.body.contains(KEY));
    assert!(!portal.get("/bang-tin/99001/cap.xml").body.contains(KEY));
    assert_eq!(warnings(&portal, "99001").len(), 3);
    assert_eq!(one(&portal.get("/niem-yet/moi.cap"), "msgType"), "Alert", "another posting is another warning");
}

#[test]
fn a_drill_and_a_sample_are_exercises_and_a_warning_names_whom_it_is_for() {
    let folder = folder();
    folder.file("unit-groups.toml", "[[groups]]\nslug = \"ven-song\"\nname = \"Các xã ven sông\"\nunits = [\"99002\", \"99004\"]\n");
    let more = format!("published = 2026-11-20T08:00:00\nuntil = 2026-11-30\n{URGENT}");
    folder
        .posting("dien-tap", &format!("{more}\ndrill = true"), "Diễn tập.")
        .posting("mau", &format!("{more}\nsample = true"), "Mẫu.")
        .posting("mot-xa", &format!("{more}\nunit = \"99\"\nto = [\"99002\", \"group:ven-song\"]\nevent = 2026-11-25"), "Gửi nơi khác.");
    let portal = Portal::with(&folder);
    let drill = portal.get("/niem-yet/dien-tap.cap");
    assert_eq!((one(&drill, "status"), one(&drill, "note")), ("Exercise".into(), "Đây là diễn tập.".into()));
    let sample = portal.get("/niem-yet/mau.cap");
    assert_eq!((one(&sample, "status"), one(&sample, "note")), ("Exercise".into(), "Đây là văn bản mẫu, không phải cảnh báo thật.".into()));
    let sent = portal.get("/niem-yet/mot-xa.cap");
    assert_eq!(said(&sent, "areaDesc"), ["Các xã ven sông", "xã Bến Gạo, tỉnh Hương Lúa"], "and not its sender");
    assert_eq!(said(&sent, "value"), ["99002", "99004", "99002"]);
    assert_eq!((one(&sent, "urgency"), one(&sent, "onset")), ("Future".into(), "2026-11-25T00:00:00+07:00".into()));
    portal.clock.set(at("2026-11-30T00:00:00"));
    assert_eq!(one(&portal.get("/niem-yet/dien-tap.cap"), "status"), "Exercise", "also when it is over");
    // A portal that is a demonstration warns of nothing.
    folder.file("site.toml", SITE.replace("owner", "sample = true\nowner"));
    folder.posting(
        "that",
        &format!("{more}\nperiod = \"60 days\"")
            .replace("until = 2026-11-30\n", "until = 2026-12-30\n")
            .replace("\nperiod = \"60 days\"", ""),
        "Thật.",
    );
    bring(&portal, &folder);
    assert_eq!(one(&portal.get("/niem-yet/that.cap"), "status"), "Exercise");
}

#[derive(Clone, Debug)]
enum Act {
    Post { text: usize, unit: usize, to: usize, hours: i64, until: Option<i64>, urgent: bool },
    Correct { text: usize, unit: usize, to: usize, hours: i64 },
    Withdraw { text: usize, hours: i64 },
    Replace { text: usize, hours: i64 },
    Say { text: usize, out: bool },
    Wait { hours: i64 },
}

fn acts() -> impl Strategy<Value = Act> {
    let until = || proptest::option::weighted(0.5, 1i64..60);
    prop_oneof![
        3 => (0usize..5, 0usize..3, 0usize..4, -60i64..10, until(), any::<bool>())
            .prop_map(|(text, unit, to, hours, until, urgent)| Act::Post { text, unit, to, hours, until, urgent }),
        2 => (0usize..5, 0usize..3, 0usize..4, -2i64..6).prop_map(|(text, unit, to, hours)| Act::Correct { text, unit, to, hours }),
        2 => (0usize..5, -2i64..6).prop_map(|(text, hours)| Act::Withdraw { text, hours }),
        2 => (0usize..5, -2i64..6).prop_map(|(text, hours)| Act::Replace { text, hours }),
        3 => (0usize..5, any::<bool>()).prop_map(|(text, out)| Act::Say { text, out }),
        3 => (1i64..30).prop_map(|hours| Act::Wait { hours }),
        1 => (2_000i64..2_300).prop_map(|hours| Act::Wait { hours }),
    ]
}

/// Does it in the folder, as an office would; what is refused is undone by the caller.
fn act(portal: &Portal, folder: &Folder, act: &Act) {
    const UNITS: [&str; 3] = ["99", "99001", "99002"];
    const TO: [&str; 4] = ["", "\"below\"", "\"99001\"", "\"99002\", \"99004\""];
    let now = bangtin::kit::calendar::local(portal.clock.now());
    let hour = |hours: i64| (now + Duration::hours(hours)).format("%Y-%m-%dT%H:%M:%S").to_string();
    let placed = |unit: &usize, to: &usize| format!("unit = \"{}\"\nto = [{}]", UNITS[*unit], TO[*to]);
    let path = |slug: &str| folder.path().join(format!("postings/{slug}.md"));
    match act {
        Act::Wait { hours } => portal.clock.set(portal.clock.now() + Duration::hours(*hours)),
        Act::Post { text, unit, to, hours, until, urgent } => {
            let kind =
                if *urgent { "kind = \"thong-bao-khan\"\npriority = \"urgent\"" } else { ["kind = \"lai-suat-cho-vay\"", ""][text % 2] };
            let until = until
                .filter(|_| *urgent)
                .or(urgent.then_some(40))
                .map(|more| format!("\nuntil = {}", hour(hours.max(&0) + more)))
                .unwrap_or_default();
            folder.posting(&format!("tin-{text}"), &format!("{kind}\n{}\npublished = {}{until}", placed(unit, to), hour(*hours)), "Thân.");
        }
        Act::Correct { text, unit, to, hours } => {
            let Ok(first) = std::fs::read_to_string(path(&format!("tin-{text}"))) else { return };
            let kept: Vec<&str> =
                first.lines().filter(|line| ["kind", "priority", "until"].iter().any(|key| line.starts_with(key))).collect();
            let number = (2..9).find(|number| !path(&format!("tin-{text}@{number}")).exists()).unwrap_or(9);
            let more = format!("{}\n{}\npublished = {}\nchange_note = \"Sửa\"", kept.join("\n"), placed(unit, to), hour(*hours));
            folder.posting(&format!("tin-{text}@{number}"), &more, "Thân đã sửa.");
        }
        Act::Withdraw { text, hours } => {
            let newest = (2..9).rev().map(|number| format!("tin-{text}@{number}")).find(|slug| path(slug).exists());
            let newest = path(&newest.unwrap_or(format!("tin-{text}")));
            let Ok(file) = std::fs::read_to_string(&newest) else { return };
            let end = file.rfind("\n+++\n").expect("front matter ends");
            let withdrawn = format!("{}\n[withdrawn]\nat = {}\nreason = \"Ban hành nhầm\"{}", &file[..end], hour(*hours), &file[end..]);
            std::fs::write(newest, withdrawn).expect("the file can be written");
        }
        Act::Replace { text, hours } => {
            let more = format!("kind = \"lai-suat-cho-vay\"\npublished = {}\nreplaces = [\"tin-{text}\"]", hour(*hours));
            folder.posting(&format!("thay-{text}"), &more, "Thay thế.");
        }
        Act::Say { text, out } => {
            let name = "adoptions.csv";
            let head = "posting,unit,unit_valid_from,act,text,by,at\n".to_owned();
            let before = std::fs::read_to_string(folder.path().join(name)).unwrap_or(head);
            let (act, why) = if *out { ("opted_out", "Không có đối tượng") } else { ("opted_in", "") };
            folder.file(name, format!("{before}tin-{text},99001,2025-07-01,{act},{why},kieu.do,{}+07:00\n", hour(0)));
        }
    }
}

#[test]
fn whatever_happens_every_form_that_is_kept_is_what_would_be_made_now() {
    let mut paths: Vec<String> =
        ["99", "99001", "99002"].iter().flat_map(|code| FORMS.map(|form| format!("/bang-tin/{code}/{form}"))).collect();
    paths.push("/bang-tin/99001".to_owned());
    paths.extend((0..5).map(|number| format!("/niem-yet/tin-{number}.cap")));
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10);
    let mut runner = TestRunner::new(Config { cases, max_shrink_iters: 60, failure_persistence: None, ..Config::default() });
    let (taken, gone) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
    let steps = proptest::collection::vec(proptest::collection::vec(acts(), 1..4), 4..10);
    let outcome = runner.run(&steps, |story| {
        let folder = folder();
        let portal = Portal::with(&folder);
        let all = || -> Vec<Reply> { paths.iter().map(|path| portal.get(path)).collect() };
        all();
        for step in &story {
            for one in step {
                let before = folder.contents();
                act(&portal, &folder, one);
                if portal.import(&folder).is_ok() {
                    taken.set(taken.get() + 1);
                    continue;
                }
                folder.contents().iter().for_each(|(name, _)| std::fs::remove_file(folder.path().join(name)).expect("it was there"));
                before.into_iter().for_each(|(name, bytes)| assert!(folder.file(&name, bytes).path().exists()));
            }
            let kept = all();
            portal.app.web.kept.forget();
            for ((path, kept), anew) in paths.iter().zip(kept).zip(all()) {
                prop_assert_eq!(kept.status, anew.status, "{} after {:?}", path, step);
                prop_assert_eq!(&kept.body, &anew.body, "{} after {:?}", path, step);
                let fault = match path.rsplit(['/', '.']).next() {
                    Some("cap") if kept.status == 200 => schema::cap(&kept.body),
                    Some("xml") if path.ends_with("atom.xml") || path.ends_with("cap.xml") => schema::atom(&kept.body),
                    _ => None,
                };
                prop_assert_eq!(fault, None, "{}: {}", path, kept.body);
                gone.set(gone.get() + kept.body.matches("<at:deleted-entry").count() + kept.body.matches("<msgType>Cancel").count());
            }
        }
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(taken.get() > 10 && gone.get() > 10, "{taken:?} acts, {gone:?} gone: the stories say nothing");
}
