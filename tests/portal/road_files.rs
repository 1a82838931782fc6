//! What was made at the desk goes out as files and comes back as what it was.

use bangtin::app::exchange::Report;
use bangtin::app::verify::verify;
use bangtin::approval::publish::Timing;
use bangtin::approval::trash::discard;
use bangtin::approval::undo::undo;
use bangtin::approval::write::{Filed, begin, begin_next};
use bangtin::article::{Article, Attachment, Picture};
use bangtin::edition::file;
use bangtin::edition::written::{Written, canonical, source_of};
use bangtin::edition::{Edition, Kind};
use bangtin::kit::calendar;
use bangtin::kit::front::When;
use bangtin::standing::Standing;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use proptest::prelude::*;

use crate::folder::Folder;
use crate::portal::{Portal, at};
use crate::road::{Desk, written};

/// One text in every state that the desk knows.
fn busy() -> Desk {
    let desk = Desk::open(None);
    let folder = Folder::new();
    folder.picture("pictures/cho.png", 700, 400).file("attachments/gia.csv", "rau,8000\n");
    folder.article(
        "mang-anh",
        "[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ\"\n\n[[attachments]]\nfile = \"attachments/gia.csv\"\ntitle = \"Giá\"",
        "Ảnh.",
    );
    desk.portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    let facts = Article {
        byline: "Lê Thị Mận".into(),
        picture: Some(Picture { file: "pictures/cho.png".into(), undescribed: true, ..Picture::default() }),
        attachments: vec![Attachment { file: "attachments/gia.csv".into(), title: "Giá rau".into() }],
        ..Article::default()
    };
    let rich = Written {
        body: "Chợ.\n\n![Chợ](pictures/cho.png)\n\n![](pictures/chua-co.png)\n".into(),
        facts: Box::new(facts),
        ..written("Nháp", "")
    };
    let filed = Filed { ends: Some(at("2027-01-31T17:00:00")), ..desk.filed() };
    desk.must(desk.act("man.le", |c, act| begin(c, act, &desk.press(), Kind::Article, None, &filed, &rich)));
    desk.must(desk.act("man.le", |c, act| {
        begin(c, act, &desk.press(), Kind::Article, None, &Filed { section: String::new(), ..desk.filed() }, &written("", ""))
    }));
    let submitted = desk.begin("man.le", "Đã trình", "Chữ.");
    desk.must(desk.submit("man.le", submitted.id));
    let approved = desk.begin("man.le", "Đã duyệt", "Chữ.");
    desk.must(desk.submit("man.le", approved.id));
    desk.must(desk.approve("duyet.pham", approved.id));
    let gone = desk.begin("man.le", "Bỏ đi", "Chữ.");
    let seal = desk.seal(gone.id);
    desk.must(desk.act("man.le", |c, act| discard(c, act, gone.id, &seal)));
    // Thrown away between two that stay, undone, and corrected in a small way.
    let corrected = desk.published("Đính chính", "Bản một.");
    desk.pass(60);
    let next = |desk: &Desk| -> Edition { desk.must(desk.act("man.le", |c, act| begin_next(c, act, corrected.document_id))) };
    let thrown = next(&desk);
    let seal = desk.seal(thrown.id);
    desk.must(desk.act("man.le", |c, act| discard(c, act, thrown.id, &seal)));
    let minor = next(&desk);
    desk.must(desk.save("man.le", minor.id, &written("Đính chính", "Bản ba."), &Filed { minor: true, ..desk.filed() }));
    let road = |edition: i64| {
        desk.must(desk.submit("man.le", edition));
        desk.must(desk.approve("duyet.pham", edition));
        desk.must(desk.publish("dang.vu", edition, Timing::default()));
    };
    road(minor.id);
    desk.must(desk.act("dang.vu", |c, act| undo(c, act, &desk.press(), corrected.document_id)));
    road(minor.id + 1);
    desk.pass(60);
    next(&desk);
    desk
}

#[test]
fn what_the_desk_made_comes_back_unchanged() {
    let desk = busy();
    let (out, position) = (desk.portal.export(), desk.portal.app.web.store.known_position());
    let report = desk.portal.import(&out).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    // The first, four that are open and two drafts, five of the corrected one; what was thrown away for good is no file.
    assert_eq!(report, Report { unchanged: 10, ..Report::default() });
    assert_eq!(desk.portal.app.web.store.known_position(), position);
    desk.verified();
    // And a fresh portal takes it and gives back the same bytes.
    let fresh = Portal::open();
    fresh.import(&out).unwrap_or_else(|refusal| panic!("{}", fresh.told(&refusal)));
    assert_eq!(out.contents(), fresh.export().contents());
    let found = verify(&fresh.app.web.store, &fresh.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    fresh.clock.set(desk.portal.clock.now());
    assert_eq!(fresh.get("/tin/dinh-chinh").text(".prose"), "Bản ba.");
}

#[test]
fn no_file_goes_over_the_heads_of_those_who_read_a_text() {
    let desk = busy();
    let folder = Folder::new();
    folder.article("da-trinh", "", "Chữ của tệp.").article("da-duyet", "state = \"draft\"", "Chữ của tệp.");
    let refusal = desk.portal.import(&folder).expect_err("both are on their way");
    let told = desk.portal.told(&refusal);
    assert!(told.contains("đang ở bàn biên tập (chờ duyệt)") && told.contains("(đã duyệt, chưa đăng)"), "{told}");
    desk.verified();
}

#[test]
fn a_step_that_is_changed_or_lost_is_found_out() {
    for (sql, key) in [
        ("UPDATE steps SET actor = 'ai.do' WHERE name = 'approved'", "verify-changed-step"),
        ("UPDATE steps SET note = 'Lý do khác.' WHERE name = 'submitted'", "verify-changed-step"),
        ("UPDATE steps SET revision_id = (SELECT MIN(id) FROM revisions) WHERE name = 'approved'", "verify-changed-step"),
        ("DELETE FROM steps WHERE name = 'submitted'", "verify-lost-step"),
        ("UPDATE editions SET drafted_by = 'ai.do' WHERE state = 'approved'", "verify-changed-edition"),
        ("UPDATE editions SET minor = TRUE WHERE state = 'approved'", "verify-changed-edition"),
        ("UPDATE editions SET urgent = 'confirmed' WHERE state = 'approved'", "verify-changed-edition"),
    ] {
        let desk = Desk::open(None);
        desk.begin("man.le", "Khác", "Khác.");
        let draft = desk.begin("man.le", "Một", "Chữ.");
        desk.must(desk.submit("man.le", draft.id));
        desk.must(desk.approve("duyet.pham", draft.id));
        desk.verified();
        let path = desk.portal.var.path().join("bangtin.sqlite");
        let mut c = SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens");
        assert!(sql.contains("editions") || c.batch_execute(sql).is_err(), "{sql}: steps are append-only");
        c.batch_execute(&format!("DROP TRIGGER steps_are_not_edited; DROP TRIGGER steps_are_not_cut; {sql}")).expect("it is written");
        let found = verify(&desk.portal.app.web.store, &desk.portal.app.web.shelf).expect("it can be read");
        assert!(found.faults.iter().any(|fault| fault.key == key), "{sql}: {:?}", found.faults);
    }
}

#[test]
fn a_text_from_before_keeps_the_seal_it_had() {
    let folder = Folder::new();
    folder.article("mot", "", "Một.");
    let portal = Portal::with(&folder);
    let mut c = portal.app.web.store.read().expect("a connection");
    use bangtin::store::schema::{editions, revisions};
    let (edition, digest): (Edition, String) =
        editions::table.inner_join(revisions::table).select((Edition::as_select(), revisions::digest)).first(&mut *c).expect("one");
    // The parts of the seal as they were before the desk came.
    let unit = edition.unit_id.map(|id| id.to_string()).unwrap_or_default();
    let (dated, starts) = (edition.dated_at.to_string(), edition.starts_at.to_string());
    let parts = [digest.as_str(), "1", &unit, "tin-dia-phuong", "published", &dated, "", &starts, "", "", "", "", "", ""];
    assert_eq!(edition.seal(&digest), bangtin::kit::digest::sha256_of(&parts));
}

fn typed() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("chợ "),
            Just("Ế\u{301}"),
            Just("\n"),
            Just("\r\n"),
            Just("\""),
            Just("\\"),
            Just("+++\n"),
            Just("  "),
            Just("# "),
            Just("\u{feff}"),
            Just("\t"),
            Just("đ")
        ],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_file_of_what_was_typed_brings_nothing_new(title in typed(), lead in typed(), body in typed(), byline in typed()) {
        let words = bangtin::app::words::own();
        let press = bangtin::desk::press::press(&words);
        let facts = Article { byline, ..Article::default() };
        let typed = Written { title: format!("T{title}"), lead, body, facts: Box::new(facts) };
        let tidy = typed.tidy(&press, Kind::Article).unwrap_or_else(|refusal| panic!("{refusal}"));
        let stored: Article = serde_json::from_str(&tidy.facts.json()).expect("facts");
        let words = canonical(&tidy.title, &tidy.lead, "tin-dia-phuong", "99001", &*tidy.facts, &tidy.body);
        let plain = file::Plain {
            title: tidy.title,
            lead: tidy.lead,
            section: "tin-dia-phuong".into(),
            unit: "99001".into(),
            published: When { at: calendar::utc("2026-11-20T07:30:00".parse().expect("a time")), day_only: false },
            until: None,
            is_draft: true,
            is_discarded: false,
            former: Vec::new(),
            change_note: String::new(),
            minor: false,
            withdrawn: None,
            facts: stored,
            body: tidy.body,
        };
        let read = file::read::<Article>("articles/bai.md", &file::write(&plain)).unwrap_or_else(|issues| panic!("{issues:?}"));
        prop_assert_eq!(source_of(&read.words, None), source_of(&words, None));
    }
}

#[test]
fn a_page_without_a_section_is_a_text_like_any_other() {
    let desk = Desk::open(None);
    let standing = Written { facts: Box::new(Standing { review: None }), ..written("Giới thiệu", "Chữ.") };
    assert!(!standing.facts.is_filed());
    let filed = Filed { section: String::new(), ..desk.filed() };
    let draft = desk.must(desk.act("man.le", |c, act| begin(c, act, &desk.press(), Kind::Page, None, &filed, &standing)));
    desk.must(desk.submit("man.le", draft.id));
    desk.must(desk.approve("duyet.pham", draft.id));
    desk.must(desk.publish("dang.vu", draft.id, Timing::default()));
    assert_eq!(desk.portal.get("/trang/gioi-thieu").status, 200);
    let report = desk.portal.import(&desk.portal.export()).expect("sound files");
    assert_eq!(report, Report { unchanged: 1, ..Report::default() });
}
