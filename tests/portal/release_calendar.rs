//! What units announce that they will publish: told ahead, kept as it was announced, and settled by the reports themselves. No
//! background task runs, and the clock is driven.

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Role;
use bangtin::report::release_keep::{self, Change};
use bangtin::store::schema_out::releases;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, done, role, unit, who};
use crate::portal::{Portal, Reply, at};
use crate::report_embargo::{folder as reports, report};
use crate::store::postgres;

const PAGE: &str = "/so-lieu/lich";
const DESK: &str = "/ban-bien-tap/lich-so-lieu";

fn office(database: Option<String>) -> Portal {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    let portal = Portal::on(database);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.get("/");
    let here = Some(unit(&portal, "Đông Kiều"));
    added(&portal, "dang.vu", "Vũ Hải Đăng", &[role(Role::Publisher, here)]);
    added(&portal, "man.le", "Lê Văn Mẫn", &[role(Role::Author, here)]);
    added(&portal, "xem.ly", "Lý Thị Xem", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
    portal
}

fn announce(browser: &mut Browser, title: &str, day: &str, hour: &str, confirmed: bool) -> Reply {
    let mut fields = vec![("unit", "xa-dong-kieu"), ("title", title), ("series", "tin-dung-xa"), ("day", day), ("hour", hour)];
    fields.extend(confirmed.then_some(("confirmed", "1")));
    browser.post(DESK, &fields)
}

fn one(name: &str) -> String {
    format!("{DESK}/xa-dong-kieu/{name}")
}

fn moved(reply: &Reply) {
    assert_eq!(reply.status, 303, "{} {}", reply.text("h1"), reply.text(".issues"));
}

#[test]
fn a_release_is_told_ahead_and_when_it_moves_its_old_date_stays_with_the_reason() {
    for database in [None, Some(postgres())] {
        let portal = office(database);
        assert!(portal.get(PAGE).text(".empty").contains("Chưa có đơn vị nào báo trước"));
        let mut writer = Browser::of(&portal, "man.le");
        moved(&announce(&mut writer, "Kết quả tín dụng quý IV", "2026-12-10", "", false));
        let name = "ket-qua-tin-dung-quy-iv-2026-12-10";
        let page = portal.get(PAGE);
        assert_eq!(page.texts(".release-month"), ["Tháng 12 năm 2026"]);
        assert!(page.text(".is-provisional").contains("10/12/2026") && page.text(".is-provisional").contains("Ngày dự kiến"));
        let mut publisher = Browser::of(&portal, "dang.vu");
        moved(&publisher.post(&one(name), &[("then", "confirm"), ("before", "1")]));
        assert!(portal.get(PAGE).text(".is-confirmed").contains("Đã chốt ngày"));
        moved(&publisher.post(
            &one(name),
            &[("then", "move"), ("before", "2"), ("day", "2027-01-08"), ("hour", "08:30"), ("reason", "Chờ đối chiếu số liệu")],
        ));
        let page = portal.get(PAGE);
        assert_eq!(page.texts(".release-month"), ["Tháng 1 năm 2027"]);
        let row = page.text(".release-list li");
        assert!(row.contains("Chuyển từ 10/12/2026 sang 08/01/2027 08:30 (báo ngày 21/11/2026). Lý do: Chờ đối chiếu số liệu"), "{row}");
        assert!(portal.get(&format!("/en{PAGE}")).text(".release-list li").contains("Moved from 10 Dec 2026 to 8 Jan 2027, 08:30"));
        let file = portal.get(&format!("{PAGE}.ics"));
        assert_eq!((file.status, file.header("content-type")), (200, "text/calendar; charset=utf-8"));
        for line in [
            "UID:ket-qua-tin-dung-quy-iv-2026-12-10.xa-dong-kieu@thu.example",
            "DTSTART:20270108T013000Z",
            "SEQUENCE:2",
            "STATUS:CONFIRMED",
        ] {
            assert!(file.body.contains(line), "{line}: {}", file.body);
        }
        moved(&publisher.post(&one(name), &[("then", "cancel"), ("before", "3"), ("why", "Gộp vào báo cáo năm")]));
        let row = portal.get(PAGE).text(".is-cancelled");
        assert!(
            row.contains("Không công bố") && row.contains("Lý do: Gộp vào báo cáo năm") && row.contains("Chuyển từ 10/12/2026"),
            "{row}"
        );
        assert!(portal.get(&format!("{PAGE}.ics")).body.contains("STATUS:CANCELLED"));
        let versions: Vec<(i32, String)> = releases::table
            .order(releases::number.asc())
            .select((releases::number, releases::standing))
            .load(&mut *portal.app.web.store.read().expect("it opens"))
            .expect("rows");
        let versions: Vec<(i32, &str)> = versions.iter().map(|(number, standing)| (*number, standing.as_str())).collect();
        assert_eq!(versions, [(1, "provisional"), (2, "confirmed"), (3, "confirmed"), (4, "cancelled")], "none is edited");
        let edited = portal.app.web.store.write(|c| Ok(diesel::update(releases::table).set(releases::reason.eq("khác")).execute(c)?));
        assert!(edited.is_err(), "nor can be");
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it runs").faults.is_empty());
    }
}

#[test]
fn whoever_writes_announces_what_is_meant_and_only_who_publishes_says_what_is_sure() {
    let portal = office(None);
    let (mut writer, mut publisher, mut other) =
        (Browser::of(&portal, "man.le"), Browser::of(&portal, "dang.vu"), Browser::of(&portal, "xem.ly"));
    assert_eq!(announce(&mut writer, "Kết quả năm 2026", "2027-01-12", "", true).status, 403, "sure is what a publisher says");
    moved(&announce(&mut writer, "Kết quả năm 2026", "2027-01-12", "", false));
    assert_eq!(announce(&mut other, "Kết quả năm 2026", "2027-01-12", "", false).status, 404);
    let name = "ket-qua-nam-2026-2027-01-12";
    for change in [("then", "confirm"), ("then", "cancel"), ("then", "move")] {
        let fields = [change, ("before", "1"), ("day", "2027-01-13"), ("reason", "Chờ số liệu"), ("why", "Chờ số liệu")];
        assert_eq!(writer.post(&one(name), &fields).status, 404, "{change:?}");
        assert_eq!(other.post(&one(name), &fields).status, 404, "{change:?}");
    }
    // The verb asks by itself, whoever calls it.
    let by = |login: &str, change: Change| {
        let here = unit(&portal, "Đông Kiều");
        done(&portal, &who(&portal, login), |c, act| {
            let unit = bangtin::unit::with_ids(c, &[here])?.remove(0);
            release_keep::change(c, act, &unit, name, 1, change)
        })
    };
    let cancel = || Change::Cancel { reason: "Không đủ số liệu".to_owned() };
    assert!(matches!(by("man.le", Change::Confirm), Err(Refusal::Forbidden)) && matches!(by("man.le", cancel()), Err(Refusal::Forbidden)));
    assert!(matches!(by("xem.ly", Change::Confirm), Err(Refusal::Missing)));
    assert!(writer.get(DESK).body.contains("Kết quả năm 2026") && !writer.get(DESK).body.contains(&one(name)));
    // What is wrong stands at its field, and what was typed comes back.
    for (fields, field) in [
        (vec![("title", "Số"), ("day", "2027-01-12")], "title"),
        (vec![("title", "Kết quả quý I"), ("day", "hôm nào đó")], "day"),
        (vec![("title", "Kết quả quý I"), ("day", "2026-11-20")], "day"),
        (vec![("title", "Kết quả quý I"), ("day", "2026-11-21"), ("hour", "06:00")], "day"),
        (vec![("title", "Kết quả quý I"), ("day", "2040-01-01")], "day"),
        (vec![("title", "Kết quả quý I"), ("day", "2027-01-12"), ("hour", "25:00")], "hour"),
    ] {
        let refused = publisher.post(DESK, &[&fields[..], &[("unit", "xa-dong-kieu")]].concat());
        assert_eq!((refused.status, refused.attributes(".issues a", "href")), (422, vec![format!("#f-{field}")]), "{fields:?}");
        assert_eq!(refused.attributes("#f-title", "value"), [fields[0].1]);
    }
    for (fields, field) in [
        (vec![("then", "move"), ("day", "2027-01-20"), ("reason", "")], "reason"),
        (vec![("then", "move"), ("day", "2027-01-12"), ("reason", "Chờ số liệu")], "day"),
        (vec![("then", "move"), ("day", "2026-11-01"), ("reason", "Chờ số liệu")], "day"),
        (vec![("then", "cancel"), ("why", "  ")], "why"),
    ] {
        let refused = publisher.post(&one(name), &[&fields[..], &[("before", "1")]].concat());
        assert_eq!((refused.status, refused.attributes(".issues a", "href")), (422, vec![format!("#f-{field}")]), "{fields:?}");
    }
    let typed = publisher.post(&one(name), &[("then", "move"), ("before", "1"), ("day", "2027-01-12"), ("reason", "Đang gõ dở")]);
    assert!(typed.text("#f-reason").contains("Đang gõ dở"));
    moved(&publisher.post(&one(name), &[("then", "confirm"), ("before", "1")]));
    let stale = publisher.post(&one(name), &[("then", "cancel"), ("before", "1"), ("why", "Không đủ số liệu")]);
    assert!(stale.status == 422 && stale.text(".issues").contains("Người khác vừa đổi"), "{}", stale.text(".issues"));
    assert_eq!(publisher.get(&one("khong-co")).status, 404);
}

/// A report of the series on this instant, with those before it.
fn came(portal: &Portal, folder: &Folder, slug: &str, published: &str) {
    report(folder, slug, published, "2000", &format!("title = \"Báo cáo {slug}\"\nlead = \"Kỳ.\"\nseries = \"tin-dung-xa\""));
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

#[test]
fn a_report_settles_what_was_announced_and_the_page_is_true_at_its_instant_without_any_task() {
    let folder = reports();
    let portal = Portal::with(&folder);
    let state = |portal: &Portal| portal.get(PAGE).attributes(".release-list li", "class").join(" ");
    assert_eq!(state(&portal), "is-confirmed");
    let next = portal.get("/so-lieu/ky-truoc");
    assert!(next.text("main").contains("Kỳ tới: Số liệu kỳ này, 21/11/2026 09:00"), "{}", next.text("main"));
    // Its hour passes, and an hour's grace.
    portal.clock.set(at("2026-11-21T09:59:59"));
    assert_eq!(state(&portal), "is-confirmed");
    portal.clock.set(at("2026-11-21T10:00:00"));
    assert_eq!(state(&portal), "is-overdue");
    assert!(portal.get("/so-lieu/ky-truoc").text("main").contains("Quá hẹn, chưa công bố"));
    // One that waits for its hour settles nothing before it.
    came(&portal, &folder, "ky-nay", "2026-11-23T08:00:00");
    portal.clock.set(at("2026-11-23T07:59:59"));
    assert_eq!(state(&portal), "is-overdue");
    assert!(!portal.get(PAGE).body.contains("/so-lieu/ky-nay") && portal.get("/so-lieu/ky-truoc").body.contains("Kỳ tới:"));
    portal.clock.set(at("2026-11-23T08:00:00"));
    assert_eq!(state(&portal), "is-published");
    let row = portal.get(PAGE);
    assert!(row.text(".is-published").contains("Công bố 23/11/2026 08:00, muộn 2 ngày"), "{}", row.text(".is-published"));
    assert_eq!(row.attributes(".release-title a", "href"), ["/so-lieu/ky-nay"]);
    assert!(!portal.get("/so-lieu/ky-truoc").body.contains("Kỳ tới:"));
    // An amendment is no release of its own, and what is taken back settles nothing any more.
    let file = folder.path().join("reports/ky-nay.md");
    let text = std::fs::read_to_string(&file).expect("it is there");
    let amended = text.replace("lead = \"Kỳ.\"", "lead = \"Đã sửa.\"\nchange_note = \"Sửa số\"");
    folder.file("reports/ky-nay@2.md", &amended);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert!(portal.get(PAGE).text(".is-published").contains("muộn 2 ngày"));
    portal.clock.set(at("2026-11-23T09:00:00"));
    let end = amended.rfind("\n+++\n").expect("its front matter ends");
    let withdrawn = "\n[withdrawn]\nat = 2026-11-23T09:00:00\nreason = \"Nhầm số\"";
    folder.file("reports/ky-nay@2.md", format!("{}{withdrawn}{}", &amended[..end], &amended[end..]));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(state(&portal), "is-overdue");
    // A year later it is told no more.
    portal.clock.set(at("2027-11-24T08:00:00"));
    assert!(portal.get(PAGE).text(".empty").contains("Chưa có đơn vị nào"), "{}", portal.get(PAGE).text("main"));
}

#[test]
fn what_is_kept_of_the_calendar_is_made_anew_when_it_changes_and_only_then() {
    let folder = reports();
    let portal = Portal::with(&folder);
    let paths =
        [PAGE, "/so-lieu/lich.ics", "/so-lieu/lich?don-vi=xa-dong-kieu", "/so-lieu/lich?don-vi=xa-ben-gao", "/so-lieu/ky-truoc", "/"];
    let made = || -> Vec<&str> {
        let anew = |path: &&&str| {
            let before = portal.app.web.kept.made();
            portal.get(path);
            portal.app.web.kept.made() > before
        };
        paths.iter().filter(anew).copied().collect()
    };
    made();
    assert_eq!(made(), Vec::<&str>::new());
    let moved = "99001,2025-07-01,ky-nay,2,2026-11-20T08:00:00+07:00,thong.ke,Số liệu kỳ này,tin-dung-xa,2026-11-25T09:00,confirmed,Chờ đối chiếu\n";
    let calendar = std::fs::read_to_string(folder.path().join("release-calendar.csv")).expect("it is there") + moved;
    folder.file("release-calendar.csv", calendar);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(made(), [PAGE, "/so-lieu/lich.ics", "/so-lieu/lich?don-vi=xa-dong-kieu", "/so-lieu/ky-truoc"]);
    folder.article("bai-khac", "published = 2026-11-20T08:00:00", "Bài khác.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(made(), ["/"], "an article is none of its business");
    for missing in ["/so-lieu/lich?don-vi=khong-co", "/so-lieu/lich?don-vi=%00", "/so-lieu/lich.ics?don-vi=khong-co"] {
        assert_eq!(portal.get(missing).status, 404, "{missing}");
    }
}

#[test]
fn a_calendar_goes_out_with_an_export_and_comes_in_again_and_every_fault_has_its_line() {
    let portal = office(None);
    let mut staff = Browser::of(&portal, "dang.vu");
    moved(&announce(&mut staff, "Kết quả năm 2026", "2027-01-12", "08:00", false));
    moved(&announce(&mut staff, "Kết quả năm 2026", "2027-01-12", "", true));
    let second = "ket-qua-nam-2026-2027-01-12-2";
    moved(&staff.post(&one(second), &[("then", "move"), ("before", "1"), ("day", "15/01/2027"), ("reason", "Chờ, \"đối chiếu\"")]));
    let out = portal.export();
    let written = std::fs::read_to_string(out.path().join("release-calendar.csv")).expect("it is exported");
    assert!(written.contains(",2027-01-12T08:00,provisional,") && written.contains(",2027-01-15,confirmed,"), "{written}");
    for database in [None, Some(postgres())] {
        let other = Portal::on(database);
        other.import(&out).unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
        assert_eq!(other.get(PAGE).body, portal.get(PAGE).body);
        assert_eq!(std::fs::read_to_string(other.export().path().join("release-calendar.csv")).expect("again"), written);
        other.import(&out).expect("the same again changes nothing");
        assert!(verify(&other.app.web.store, &other.app.web.shelf).expect("it runs").faults.is_empty());
    }
    for (from, to, key) in [
        (",2,2026", ",x,2026", "release-bad-line"),
        (",2,2026", ",3,2026", "release-number-gap"),
        ("2027-01-15", "15/01/2027", "release-bad-planned"),
        ("2027-01-15,confirmed", "2027-01-15,sure", "kinds-unknown-word"),
        ("2027-01-15,confirmed", "2027-01-15,provisional", "release-bad-step"),
        ("Chờ, \"\"đối chiếu\"\"", "", "release-no-reason"),
        ("99001,2025-07-01,ket-qua-nam-2026-2027-01-12-2,2", "99009,2025-07-01,ket-qua-nam-2026-2027-01-12-2,2", "import-unknown-unit"),
    ] {
        assert!(written.contains(from), "{from}: {written}");
        out.file("release-calendar.csv", written.replace(from, to));
        let Err(Refusal::Issues(issues)) = Portal::open().import(&out) else { panic!("{key} is let through") };
        let found: Vec<(&str, usize, &str)> = issues.iter().map(|issue| (issue.file.as_str(), issue.line, issue.phrase.key)).collect();
        assert!(found.contains(&("release-calendar.csv", 4, key)), "{key}: {found:?}");
    }
    out.file("release-calendar.csv", written.replace("Kết quả năm 2026", "Kết quả năm khác"));
    let Err(Refusal::Issues(issues)) = portal.import(&out) else { panic!("what was announced is not edited") };
    assert_eq!(issues[0].phrase.key, "release-number-taken");
}

#[test]
fn whoever_changes_what_was_announced_in_the_database_shows() {
    let portal = office(None);
    moved(&announce(&mut Browser::of(&portal, "dang.vu"), "Kết quả năm 2026", "2027-01-12", "08:00", true));
    let file = portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&file.to_string_lossy()).expect("the file opens");
    let faults =
        || verify(&portal.app.web.store, &portal.app.web.shelf).expect("it runs").faults.iter().map(|fault| fault.key).collect::<Vec<_>>();
    assert_eq!(faults(), Vec::<&str>::new());
    c.batch_execute("DROP TRIGGER releases_are_not_edited; UPDATE releases SET planned_at = '2027-02-12 01:00:00'")
        .expect("it can be tampered with");
    assert_eq!(faults(), ["verify-changed-release"]);
    c.batch_execute("DROP TRIGGER releases_are_not_cut; DELETE FROM releases").expect("and cut");
    assert_eq!(faults(), ["verify-lost-release"]);
}
