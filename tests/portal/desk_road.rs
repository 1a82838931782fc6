//! The road at the desk's own pages where it is narrow: a correction filed in another unit, an older draft that comes back,
//! a tab that is late, an urgent notice that its own publisher takes away again.

use bangtin::edition::{Edition, UNCONFIRMED};
use bangtin::person::access::Role;
use bangtin::store::schema::{editions, revisions};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::desk_walls::{TEXTS, begun};
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply};

const QUEUE: &str = "/ban-bien-tap/cho-xu-ly";
pub const HERE: &str = "xa-dong-kieu";
const THERE: &str = "xa-ben-gao";

/// Who works everywhere, who works in Đông Kiều, who works in Bến Gạo.
pub fn office() -> Portal {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    let portal = Portal::with(&folder);
    portal.get("/");
    let (here, there) = (Some(unit(&portal, "Đông Kiều")), Some(unit(&portal, "Bến Gạo")));
    let people = [
        ("viet.le", "Lê Thị Viết", &[Role::Editor] as &[Role], None),
        ("duyet.pham", "Phạm Văn Duyệt", &[Role::Reviewer, Role::Publisher], None),
        ("dang.vu", "Vũ Hải Đăng", &[Role::Reviewer, Role::Publisher], here),
        ("khan.do", "Đỗ Minh Khan", &[Role::UrgentPublisher], here),
        ("sua.ngo", "Ngô Văn Sửa", &[Role::Editor], there),
        ("xem.ly", "Lý Thị Xem", &[Role::Reviewer, Role::Publisher], there),
    ];
    for (login, name, roles, unit) in people {
        added(&portal, login, name, &roles.iter().map(|one| role(*one, unit)).collect::<Vec<_>>());
    }
    portal
}

pub fn path(document: i64) -> String {
    format!("{TEXTS}/{document}")
}

pub fn value(reply: &Reply, name: &str) -> String {
    reply.attributes(&format!("input[name={name}]"), "value").into_iter().next().unwrap_or_default()
}

/// Saves these words over what stands.
pub fn saves(browser: &mut Browser, document: i64, unit: &str, body: &str, then: &str) -> Reply {
    let form = format!("{}/sua", path(document));
    let base = value(&browser.get(&form), "base");
    let fields = [
        ("base", base.as_str()),
        ("title", "Họp chợ"),
        ("lead", "Tóm tắt."),
        ("body", body),
        ("unit", unit),
        ("section", "tin-dia-phuong"),
        ("change_note", "Sửa cho rõ."),
        ("then", then),
    ];
    browser.post(&form, &fields)
}

/// Acts on what the page of the act itself shows.
pub fn acts(browser: &mut Browser, document: i64, end: &str, more: &[(&str, &str)]) -> Reply {
    let page = browser.get(&format!("{}/{end}", path(document)));
    let (seal, revision) = (value(&page, "seal"), value(&page, "revision"));
    browser.post(&format!("{}/{end}", path(document)), &[more, &[("seal", seal.as_str()), ("revision", revision.as_str())]].concat())
}

pub fn moved(reply: &Reply) {
    assert_eq!(reply.status, 303, "{} {}", reply.text("h1"), reply.text("main"));
}

/// All the way to the page, and some time after.
fn published(portal: &Portal, body: &str) -> i64 {
    let (mut writer, mut reviewer) = (Browser::of(portal, "viet.le"), Browser::of(portal, "duyet.pham"));
    let document = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, document, HERE, body, "submit"));
    moved(&acts(&mut reviewer, document, "duyet", &[("when", "now")]));
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    document
}

fn all(portal: &Portal, document: i64) -> Vec<Edition> {
    let mut c = portal.app.web.store.read().expect("it opens");
    let query = editions::table.filter(editions::document_id.eq(document)).order(editions::number.asc());
    query.select(Edition::as_select()).load(&mut *c).expect("editions")
}

fn revision(portal: &Portal, body: &str) -> String {
    let mut c = portal.app.web.store.read().expect("it opens");
    let id: i64 = revisions::table.filter(revisions::body.eq(body)).select(revisions::id).first(&mut *c).expect("it was saved");
    id.to_string()
}

/// A text of Đông Kiều with words that the public never saw, and a correction of it that is filed in Bến Gạo.
fn corrected_elsewhere(portal: &Portal) -> i64 {
    let (mut writer, mut reviewer) = (Browser::of(portal, "viet.le"), Browser::of(portal, "duyet.pham"));
    let document = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, document, HERE, "Lời kín.", "submit"));
    let sent = [("reason", "Lý do riêng của Đông Kiều.")];
    moved(&acts(&mut reviewer, document, "tra-lai", &sent));
    moved(&saves(&mut writer, document, HERE, "Lời mở.", "submit"));
    moved(&acts(&mut reviewer, document, "duyet", &[("when", "now")]));
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    moved(&writer.post(&format!("{}/ban-moi", path(document)), &[]));
    moved(&saves(&mut writer, document, THERE, "Lời của Bến Gạo.", "stay"));
    moved(&saves(&mut writer, document, THERE, "Lời sau của Bến Gạo.", "stay"));
    document
}

#[test]
fn a_unit_sees_of_a_text_only_the_editions_that_are_its_own() {
    let portal = office();
    let document = corrected_elsewhere(&portal);
    let mut editor = Browser::of(&portal, "sua.ngo");
    let page = editor.get(&path(document));
    assert_eq!(page.status, 200);
    assert!(page.text("main").contains("Bản 2") && !page.text("main").contains("Bản 1"), "{}", page.text("main"));
    assert!(!page.body.contains("Lý do riêng"), "why another unit sent it back is told");
    let (hidden, own, last) =
        (revision(&portal, "Lời kín."), revision(&portal, "Lời của Bến Gạo."), revision(&portal, "Lời sau của Bến Gạo."));
    for (old, new, status) in [(&hidden, &last, 404), (&last, &hidden, 404), (&own, &last, 200)] {
        assert_eq!(editor.get(&format!("{}/so-sanh?cu={old}&moi={new}", path(document))).status, status, "{old} {new}");
    }
    assert_eq!(editor.get(&format!("{}/xem-truoc?ban=1", path(document))).status, 404);
    let seal = value(&page, "seal");
    let restore = format!("{}/phuc-hoi-ban", path(document));
    assert_eq!(editor.post(&restore, &[("revision", &hidden), ("seal", &seal)]).status, 404);
    assert_eq!(editor.get(&format!("{}/sua", path(document))).text("textarea[name=body]"), "Lời sau của Bến Gạo.");
    moved(&editor.post(&restore, &[("revision", &own), ("seal", &seal)]));
    assert_eq!(editor.get(&format!("{}/sua", path(document))).text("textarea[name=body]"), "Lời của Bến Gạo.");
    // Whoever works in both sees both.
    let whole = Browser::of(&portal, "viet.le").get(&path(document));
    assert!(whole.text("main").contains("Bản 1") && whole.body.contains("Lý do riêng"));
}

#[test]
fn a_correction_filed_in_another_unit_blocks_the_road_on_neither_side() {
    let portal = office();
    let document = corrected_elsewhere(&portal);
    let mut writer = Browser::of(&portal, "viet.le");
    moved(&saves(&mut writer, document, THERE, "Lời cuối của Bến Gạo.", "submit"));
    let mut there = Browser::of(&portal, "xem.ly");
    let links = there.get(QUEUE).attributes("main a", "href");
    assert!(links.contains(&format!("{}/duyet", path(document))), "{links:?}");
    let page = there.get(&format!("{}/duyet", path(document)));
    assert_eq!(page.status, 200, "{}", page.text("main"));
    assert!(!page.body.contains("Lời mở."), "what the other unit has published is compared");
    assert!(page.text("main").contains("đơn vị khác"), "{}", page.text("main"));
    moved(&acts(&mut there, document, "duyet", &[("when", "none")]));
    // Taking the text over takes a say in both units, and whoever has it in one is told so.
    let refused = acts(&mut there, document, "dang", &[("when", "now")]);
    assert!(refused.status == 409 && refused.text("main").contains("đơn vị khác"), "{} {}", refused.status, refused.text("main"));

    let mut here = Browser::of(&portal, "dang.vu");
    let list = here.get(TEXTS);
    assert!(list.attributes("main a", "href").contains(&path(document)), "it left the list of the unit where it stands");
    let page = here.get(&path(document));
    assert_eq!(page.status, 200, "{}", page.text("main"));
    assert!(page.text("main").contains("Bản 1") && !page.text("main").contains("Bản 2"), "{}", page.text("main"));
    let ways = page.attributes("main a.button", "href");
    assert!(ways.contains(&format!("{}/go", path(document))), "{ways:?}");
    assert!(!page.attributes("main form", "action").contains(&format!("{}/ban-moi", path(document))), "another is on its way");
    moved(&acts(&mut here, document, "go", &[("reason", "Số liệu chưa đúng."), ("replaced_by", "")]));
    portal.clock.set(portal.clock.now() + TimeDelta::seconds(1));
    assert_eq!(portal.get("/tin/hop-cho").status, 410);
}

#[test]
fn an_older_draft_does_not_come_back_after_a_newer_edition_was_published() {
    let portal = office();
    let document = published(&portal, "Bản một.");
    let (mut writer, mut reviewer) = (Browser::of(&portal, "viet.le"), Browser::of(&portal, "duyet.pham"));
    moved(&writer.post(&format!("{}/ban-moi", path(document)), &[]));
    moved(&saves(&mut writer, document, HERE, "Bản hai.", "stay"));
    moved(&acts(&mut writer, document, "bo", &[]));
    // Nothing was published since: it comes back, and goes again.
    moved(&writer.post(&format!("{}/khoi-phuc", path(document)), &[]));
    moved(&acts(&mut writer, document, "bo", &[]));
    moved(&writer.post(&format!("{}/ban-moi", path(document)), &[]));
    moved(&saves(&mut writer, document, HERE, "Bản ba.", "submit"));
    moved(&acts(&mut reviewer, document, "duyet", &[("when", "now")]));
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    let refused = writer.post(&format!("{}/khoi-phuc", path(document)), &[]);
    assert!(refused.status == 409 && refused.text("main").contains("Lấy lại nội dung này"), "{} {}", refused.status, refused.text("main"));
    let states: Vec<String> = all(&portal, document).into_iter().map(|edition| edition.state_name).collect();
    assert_eq!(states, ["superseded", "discarded", "published"]);
    // What it says instead does it.
    let (page, old) = (writer.get(&path(document)), revision(&portal, "Bản hai."));
    moved(&writer.post(&format!("{}/phuc-hoi-ban", path(document)), &[("revision", &old), ("seal", &value(&page, "seal"))]));
    assert_eq!(writer.get(&format!("{}/sua", path(document))).text("textarea[name=body]"), "Bản hai.");
}

#[test]
fn words_taken_back_from_a_late_tab_do_not_push_out_what_was_saved_since() {
    let portal = office();
    let mut writer = Browser::of(&portal, "viet.le");
    let document = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, document, HERE, "Bản một.", "stay"));
    moved(&saves(&mut writer, document, HERE, "Bản hai.", "stay"));
    let tab = writer.get(&path(document));
    let restore = format!("{}/phuc-hoi-ban", path(document));
    let form = format!("form[action='{restore}'] input[name=seal]");
    let seal = tab.attributes(&form, "value").into_iter().next().unwrap_or_default();
    moved(&saves(&mut writer, document, HERE, "Bản ba.", "stay"));
    let old = revision(&portal, "Bản một.");
    let body = |browser: &Browser| browser.get(&format!("{}/sua", path(document))).text("textarea[name=body]");
    for late in [seal.as_str(), ""] {
        let refused = writer.post(&restore, &[("revision", &old), ("seal", late)]);
        assert!(refused.status == 409 && refused.text("main").contains("mở lại văn bản"), "{} {}", refused.status, refused.text("main"));
        assert!(refused.attributes("main a", "href").contains(&path(document)), "it leads nowhere");
        assert_eq!(body(&writer), "Bản ba.");
    }
    let seal = writer.get(&path(document)).attributes(&form, "value").remove(0);
    moved(&writer.post(&restore, &[("revision", &old), ("seal", &seal)]));
    assert_eq!(body(&writer), "Bản một.");
}

/// Published on one person's word.
pub fn urged(portal: &Portal, body: &str) -> i64 {
    let mut urgent = Browser::of(portal, "khan.do");
    let document = begun(&mut urgent, HERE, "Họp chợ");
    moved(&saves(&mut urgent, document, HERE, body, "stay"));
    moved(&acts(&mut urgent, document, "khan", &[("reason", "Nước lên rất nhanh."), ("ends", "")]));
    document
}

fn confirms(browser: &Browser) -> Vec<String> {
    browser.get(QUEUE).attributes("section[aria-labelledby=g-urgent] a", "href")
}

#[test]
fn nobody_takes_his_own_urgent_notice_off_the_list() {
    for end in ["go", "hoan-tac"] {
        let portal = office();
        let document = urged(&portal, "Lũ về.");
        portal.clock.set(portal.clock.now() + TimeDelta::seconds(20));
        let (mut urgent, mut second) = (Browser::of(&portal, "khan.do"), Browser::of(&portal, "dang.vu"));
        let way = format!("{}/xac-nhan?ban=1", path(document));
        assert_eq!(confirms(&second), [way.as_str()]);
        moved(&acts(&mut urgent, document, end, &[("reason", "Đăng nhầm."), ("replaced_by", "")]));
        portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
        assert_eq!(portal.get("/tin/hop-cho").status, 410, "{end}");
        assert_eq!(confirms(&second), [way.as_str()], "after {end} it left the list");
        assert!(second.get(QUEUE).text("section[aria-labelledby=g-urgent]").contains("chính người đăng khẩn"), "{end}");
        assert!(confirms(&urgent).is_empty());
        let seal = value(&second.get(&way), "seal");
        assert_eq!(urgent.post(&way, &[("seal", &seal)]).status, 403);
        let page = second.get(&way);
        assert!(page.status == 200 && page.text("main").contains("đã xem"), "{} {}", page.status, page.text("main"));
        moved(&second.post(&way, &[("seal", &seal)]));
        assert!(confirms(&second).is_empty());
        assert!(second.get(&path(document)).text("main").contains("Xác nhận"));
        let found = bangtin::app::verify::verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read");
        assert!(found.faults.is_empty(), "{:?}", found.faults);
    }
    // Whom a second person takes it from has been looked at.
    let portal = office();
    let document = urged(&portal, "Lũ về.");
    let mut second = Browser::of(&portal, "dang.vu");
    moved(&acts(&mut second, document, "go", &[("reason", "Đăng nhầm."), ("replaced_by", "")]));
    assert!(confirms(&second).is_empty() && confirms(&Browser::of(&portal, "duyet.pham")).is_empty());
}

#[test]
fn what_was_urged_and_then_corrected_is_seen_before_it_is_confirmed_and_can_be_taken_off() {
    let portal = office();
    let document = urged(&portal, "Lũ về lúc năm giờ.");
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    let (mut writer, mut reviewer) = (Browser::of(&portal, "viet.le"), Browser::of(&portal, "duyet.pham"));
    moved(&writer.post(&format!("{}/ban-moi", path(document)), &[]));
    moved(&saves(&mut writer, document, HERE, "Lũ về lúc sáu giờ.", "submit"));
    moved(&acts(&mut reviewer, document, "duyet", &[("when", "now")]));
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    assert!(portal.get("/tin/hop-cho/ban/1").body.contains("năm giờ"));
    let mut second = Browser::of(&portal, "dang.vu");
    let way = |end: &str| format!("{}/{end}?ban=1", path(document));
    let page = second.get(&path(document));
    let note = page.text(".note");
    assert!(note.contains("Nước lên rất nhanh.") && note.contains("Bản 1"), "{note}");
    let links = page.attributes(".note a", "href");
    for link in [way("xac-nhan"), way("go"), way("xem-truoc")] {
        assert!(links.contains(&link), "{link}: {links:?}");
    }
    // The button stands with the words that it confirms, and not with those that followed.
    let confirm = second.get(&way("xac-nhan"));
    assert_eq!(confirm.attributes("iframe", "src"), [format!("{}/trang?ban=1", path(document))]);
    assert!(second.get(&confirm.attributes("iframe", "src")[0]).body.contains("năm giờ"));
    assert_ne!(value(&confirm, "seal"), value(&second.get(&format!("{}/go", path(document))), "seal"));
    let taken = second.get(&way("go"));
    assert!(taken.attributes("main a", "href").contains(&way("xem-truoc")), "{}", taken.body);
    let action = taken.attributes("main form", "action").remove(0);
    let seal = value(&taken, "seal");
    // Without a reason it is asked for one, of the same edition.
    let again = second.post(&action, &[("seal", &seal), ("reason", ""), ("replaced_by", "")]);
    assert_eq!((again.status, value(&again, "seal")), (422, seal.clone()));
    moved(&second.post(&action, &[("seal", &seal), ("reason", "Giờ lũ về không đúng."), ("replaced_by", "")]));
    portal.clock.set(portal.clock.now() + TimeDelta::seconds(1));
    assert_eq!(portal.get("/tin/hop-cho/ban/1").status, 410);
    assert_eq!(portal.get("/tin/hop-cho").text(".prose"), "Lũ về lúc sáu giờ.");
    assert!(confirms(&second).is_empty());
    assert_eq!(all(&portal, document)[0].urgent, UNCONFIRMED);
    assert_eq!(second.get(&way("go")).status, 409, "it is gone already");
    assert_eq!(second.get(&format!("{}/go?ban=9", path(document))).status, 404);
}

#[test]
fn what_is_shown_as_a_must_holds_a_text_back() {
    let portal = office();
    let mut writer = Browser::of(&portal, "viet.le");
    let document = begun(&mut writer, HERE, "Họp chợ");
    for (body, said) in [
        ("Xem [lịch chợ](/tin/khong-co).", "/tin/khong-co"),
        ("Xem [lịch chợ]().", "lịch chợ"),
        ("Xem [mục hai](#muc-hai).", "#muc-hai"),
        ("Céng hßa x· héi chñ nghÜa ViÖt Nam, ®éc lËp tù do h¹nh phóc.", "sai bảng mã"),
    ] {
        moved(&saves(&mut writer, document, HERE, body, "stay"));
        let page = writer.get(&path(document));
        let shown = page.text(".reasons .issue");
        assert!(shown.contains(said), "{body}: {shown}");
        let seal = value(&page, "seal");
        let refused = writer.post(&format!("{}/gui", path(document)), &[("seal", &seal)]);
        assert_eq!(refused.status, 422, "{body}");
        assert!(refused.text("main").contains(said), "{body}: {}", refused.text("main"));
        assert_eq!(all(&portal, document)[0].state_name, "draft");
        // The same from the form itself.
        assert_eq!(saves(&mut writer, document, HERE, body, "submit").status, 422, "{body}");
    }
    // What is advice holds nothing back.
    moved(&saves(&mut writer, document, HERE, "Xem [tại đây](https://khac.example/lich).", "submit"));
    assert_eq!(all(&portal, document)[0].state_name, "submitted");
}

#[test]
fn the_queue_says_who_approved_and_counts_all_that_waits() {
    let portal = office();
    let (mut writer, mut reviewer) = (Browser::of(&portal, "viet.le"), Browser::of(&portal, "duyet.pham"));
    let one = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, one, HERE, "Chữ.", "submit"));
    moved(&acts(&mut reviewer, one, "duyet", &[("when", "none")]));
    let seal = {
        let other = begun(&mut writer, HERE, "Họp chợ nữa");
        moved(&saves(&mut writer, other, HERE, "Chữ.", "submit"));
        other
    };
    let page = Browser::of(&portal, "dang.vu").get(QUEUE);
    let group = |name: &str| page.text(&format!("section[aria-labelledby=g-{name}]"));
    assert!(group("publish").contains("Phạm Văn Duyệt duyệt") && !group("publish").contains("Duyệt gửi"), "{}", group("publish"));
    assert!(group("review").contains("Lê Thị Viết gửi"), "{}", group("review"));
    // More than one page of them.
    let source = all(&portal, seal).remove(0);
    portal
        .app
        .web
        .store
        .write(|c| {
            for number in 2..=60 {
                diesel::sql_query(format!(
                    "INSERT INTO documents (kind, slug, first_slug, created_at) SELECT kind, slug || '-x{number}', slug || '-x{number}', created_at FROM documents WHERE id = {seal}"
                ))
                .execute(c)?;
                let columns = "number, kind, month, revision_id, unit_id, section, state, dated_at, day_only, starts_at, ends_at, withdrawn_reason, replaced_by, change_note, shown_from, shown_until, minor, urgent, drafted_by";
                diesel::sql_query(format!(
                    "INSERT INTO editions (document_id, {columns}) SELECT (SELECT MAX(id) FROM documents), {columns} FROM editions WHERE id = {}",
                    source.id
                ))
                .execute(c)?;
            }
            Ok(())
        })
        .expect("they are written");
    let page = Browser::of(&portal, "dang.vu").get(QUEUE);
    assert_eq!(page.text("#g-review .count"), "60");
}
