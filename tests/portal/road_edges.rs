//! The road at its edges: what nobody saw, what was taken from another's unit, what came too late.

use bangtin::app::verify::verify;
use bangtin::approval::publish::{Timing, publish, reschedule, unschedule, urge};
use bangtin::approval::review::{approve, submit};
use bangtin::approval::trash::discard;
use bangtin::approval::undo::undo;
use bangtin::approval::write::{Filed, Saved, begin_next, save};
use bangtin::approval::{current, editions, past};
use bangtin::edition::find_desk::{self, Changes};
use bangtin::edition::find_documents::{Sort, Wanted, documents};
use bangtin::edition::state::State;
use bangtin::edition::{Edition, find_history};
use bangtin::kit::refusal::Refusal;
use bangtin::person::Who;
use bangtin::person::access::{Grant, Reach, Role};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, at};
use crate::road::{Desk, person, said, written};

/// Published under these words, as the next edition of a text.
fn corrected(desk: &Desk, document: i64, body: &str, timing: Timing) -> Edition {
    let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, document)));
    desk.must(desk.save("man.le", next.id, &written("Một", body), &Filed { minor: true, ..desk.filed() }));
    desk.must(desk.submit("man.le", next.id));
    desk.must(desk.approve("duyet.pham", next.id));
    desk.must(desk.publish("dang.vu", next.id, timing))
}

#[test]
fn a_draft_with_any_picture_and_a_section_that_is_gone_come_back_from_an_export() {
    let desk = Desk::open(None);
    let first = desk.published("Một", "Bản một.");
    let drafts = desk.begin("man.le", "Nháp", "![ảnh](https://xa.example/a.png)\n\n![]()\n\n![ảnh](../../ngoai.png)");
    let gone = desk.published("Hai", "Chữ.");
    desk.pass(3_600);
    desk.must(desk.withdraw("dang.vu", gone.id));
    let thrown = desk.begin("man.le", "Ba", "Chữ.");
    let seal = desk.seal(thrown.id);
    desk.must(desk.act("man.le", |c, act| discard(c, act, thrown.id, &seal)));
    // All that still stands is filed elsewhere; then the section is removed.
    let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, first.document_id)));
    let filed = Filed { section: "van-hoa".into(), minor: true, ..desk.filed() };
    desk.must(desk.save("man.le", next.id, &written("Một", "Bản hai."), &filed));
    desk.must(desk.submit("man.le", next.id));
    desk.must(desk.approve("duyet.pham", next.id));
    desk.must(desk.publish("dang.vu", next.id, Timing::default()));
    let site = Folder::empty();
    site.file("site.toml", SITE.replace("slug = \"tin-dia-phuong\"", "slug = \"tin-moi\""));
    desk.portal.import(&site).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    assert_eq!(desk.text(drafts.id).edition.section, "tin-dia-phuong");

    let out = desk.portal.export();
    let fresh = Portal::open();
    fresh.import(&out).unwrap_or_else(|refusal| panic!("{}", fresh.told(&refusal)));
    assert_eq!(out.contents(), fresh.export().contents());
    // What is to stand is judged as before.
    let folder = Folder::new();
    folder.article("bon", "section = \"da-bo\"", "Chữ.");
    assert!(fresh.import(&folder).is_err());
}

#[test]
fn an_edition_that_nobody_saw_is_nobodys_newest() {
    let desk = Desk::open(None);
    let folder = Folder::new();
    folder.article("mot", "", "Bản một.");
    desk.portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    let now = desk.portal.clock.now();
    let found = documents(&mut c, &Reach::Everywhere, &Wanted::default(), Sort::Newest, 1, now).expect("a page");
    let document = found.listed[0].document;
    let unseen = corrected(&desk, document, "Bản hai.", Timing { starts: Some(at("2026-11-21T19:00:00")), ends: None });
    desk.must(desk.withdraw("dang.vu", unseen.id));
    let is_first = |when: &str| {
        let shown = desk.must(desk.act("man.le", |c, act| current(c, act, document)));
        assert_eq!((shown.edition.number, shown.revision.body.as_str()), (1, "Bản một."), "{when}");
        let mut c = desk.portal.app.web.store.read().expect("a connection");
        let found = documents(&mut c, &Reach::Everywhere, &Wanted::default(), Sort::Newest, 1, now).expect("a page");
        let row = &found.listed[0].row.edition;
        assert_eq!((row.number, row.state(), row.drafted_by.as_str()), (1, State::Published, ""), "{when}");
    };
    is_first("withdrawn while it waited");
    // The same folder again brings nothing, and is not refused.
    let report = desk.portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", desk.portal.told(&refusal)));
    assert_eq!((report.unchanged, report.published), (1, 0));
    // A correction begins from what citizens read.
    let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, document)));
    assert_eq!(desk.text(next.id).revision.body, "Bản một.");
    let seal = desk.seal(next.id);
    desk.must(desk.act("man.le", |c, act| discard(c, act, next.id, &seal)));
    is_first("and its successor thrown away");
    // The same after an undone publication and an unscheduled one.
    for timing in [Timing::default(), Timing { starts: Some(at("2026-11-21T20:00:00")), ends: None }] {
        let unseen = corrected(&desk, document, "Bản sau.", timing);
        let seal = desk.seal(unseen.id);
        match timing.starts {
            None => drop(desk.must(desk.act("dang.vu", |c, act| undo(c, act, &desk.press(), document)))),
            Some(_) => drop(desk.must(desk.act("dang.vu", |c, act| unschedule(c, act, &desk.press(), unseen.id, &seal)))),
        }
        let draft = desk.must(desk.act("man.le", |c, act| current(c, act, document))).edition;
        assert_eq!(draft.state(), State::Draft);
        let seal = desk.seal(draft.id);
        desk.must(desk.act("man.le", |c, act| discard(c, act, draft.id, &seal)));
        is_first("taken back");
    }
    desk.verified();
}

#[test]
fn another_end_leaves_the_start_and_another_start_asks_for_its_place() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Hẹn giờ", "Chữ.");
    desk.must(desk.submit("man.le", draft.id));
    desk.must(desk.approve("duyet.pham", draft.id));
    let (ten, eleven) = (at("2026-11-21T10:00:00"), at("2026-11-21T11:00:00"));
    desk.must(desk.publish("dang.vu", draft.id, Timing { starts: Some(ten), ends: None }));
    let again = |timing: Timing| -> Result<Edition, Refusal> {
        let seal = desk.seal(draft.id);
        desk.act("dang.vu", |c, act| reschedule(c, act, &desk.press(), draft.id, &seal, timing))
    };
    let moved = desk.must(again(Timing { starts: None, ends: Some(eleven) }));
    assert_eq!((moved.starts_at, moved.ends_at), (ten, Some(eleven)));
    assert_eq!(desk.portal.get("/tin/hen-gio").status, 404);
    assert_eq!(said(again(Timing { starts: None, ends: Some(ten) })), "ends:road-ends-too-early");
    // Its unit will have ceased to be by then.
    let database = desk.portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&database.to_string_lossy()).expect("the file opens");
    c.batch_execute("UPDATE units SET valid_until = '2026-12-31' WHERE label = 'xa-dong-kieu'").expect("it is written");
    let late = Timing { starts: Some(at("2027-01-10T10:00:00")), ends: None };
    assert_eq!(said(again(late)), "unit:road-unit-former");
    assert_eq!(desk.must(again(Timing { starts: Some(eleven), ends: None })).starts_at, eleven);
}

#[test]
fn a_text_is_not_taken_from_a_unit_that_has_no_say() {
    let desk = Desk::open(None);
    let both = |login: &str, roles: &[Role]| {
        let units = [desk.dong_kieu, desk.ben_gao];
        person(login, units.iter().flat_map(|unit| roles.iter().map(|role| Grant { role: *role, unit_id: Some(*unit) })).collect())
    };
    let there = |login: &str, role: Role| person(login, vec![Grant { role, unit_id: Some(desk.ben_gao) }]);
    let text = desk.published("Một", "Bản một.");
    desk.pass(3_600);
    let writer = both("ca.hai", &[Role::Editor]);
    let next = desk.must(desk.act_as(&writer, |c, act| begin_next(c, act, text.document_id)));
    let away = Filed { unit_id: Some(desk.ben_gao), minor: true, ..desk.filed() };
    desk.must(desk.act_as(&writer, |c, act| save(c, act, &desk.press(), next.id, next.revision_id, &written("Một", "Bản hai."), &away)));
    let seal = desk.seal(next.id);
    let urged =
        desk.act_as(&there("khan.xa", Role::UrgentPublisher), |c, act| urge(c, act, &desk.press(), next.id, &seal, "Việc rất gấp.", None));
    assert_eq!(said(urged), "road-two-units");
    let seal = desk.seal(next.id);
    desk.must(desk.act_as(&writer, |c, act| submit(c, act, &desk.press(), next.id, &seal)));
    let submitted = desk.text(next.id);
    desk.must(desk.act_as(&there("duyet.xa", Role::Reviewer), |c, act| approve(c, act, next.id, submitted.revision.id, &submitted.seal())));
    let put_on = |who| {
        let seal = desk.seal(next.id);
        desk.act_as(&who, |c, act| publish(c, act, &desk.press(), next.id, &seal, Timing::default()))
    };
    assert_eq!(said(put_on(there("dang.xa", Role::Publisher))), "road-two-units");
    assert_eq!(desk.must(put_on(both("dang.hai", &[Role::Publisher]))).unit_id, Some(desk.ben_gao));

    // A discarded edition filed elsewhere neither locks out the owners, who do not see it, nor opens the text to others.
    let text = desk.published("Hai", "Bản một.");
    let next = desk.must(desk.act_as(&writer, |c, act| begin_next(c, act, text.document_id)));
    desk.must(desk.act_as(&writer, |c, act| save(c, act, &desk.press(), next.id, next.revision_id, &written("Hai", "Bản hai."), &away)));
    let seal = desk.seal(next.id);
    desk.must(desk.act_as(&writer, |c, act| discard(c, act, next.id, &seal)));
    assert_eq!(desk.must(desk.act("man.le", |c, act| editions(c, act, text.document_id))).len(), 1);
    let seal = desk.seal(text.id);
    let restore =
        |who| desk.act_as(&who, |c, act| past::restore_revision(c, act, &desk.press(), text.document_id, text.revision_id, &seal));
    assert_eq!(said(restore(there("sua.xa", Role::Editor))), "missing");
    let restored = desk.must(restore(desk.who("man.le")));
    assert_eq!((restored.unit_id, restored.state()), (Some(desk.dong_kieu), State::Draft));
}

#[test]
fn a_note_that_came_too_late_is_kept_and_whoever_typed_the_words_has_a_hand_in_them() {
    let desk = Desk::open(None);
    let draft = desk.begin("man.le", "Một", "Gốc.");
    desk.must(desk.save("tham.tran", draft.id, &written("Một", "Của biên tập viên."), &desk.filed()));
    let filed = Filed { change_note: "Sửa giá rau.".into(), ..desk.filed() };
    let second = person("sua.duyet", [Role::Editor, Role::Reviewer].map(|role| Grant { role, unit_id: Some(desk.dong_kieu) }).into());
    let stale = |who: &Who, body: &str| {
        let saved = desk.act_as(who, |c, act| save(c, act, &desk.press(), draft.id, draft.revision_id, &written("Một", body), &filed));
        let Saved::Beside(beside) = desk.must(saved) else { panic!("it was overwritten") };
        beside.mine
    };
    let asides = || {
        let history = desk.must(desk.act("man.le", |c, _| find_history::history(c, &Reach::Everywhere, draft.document_id)));
        let steps: Vec<_> = history.into_iter().flat_map(|told| told.steps).filter(|step| step.name == "set_aside").collect();
        steps.into_iter().map(|step| (step.revision_id, step.note)).collect::<Vec<_>>()
    };
    // The words are those that it began with; only the note is new. Sent twice, it is kept once.
    for _ in 0..2 {
        assert_eq!(stale(&desk.who("man.le"), "Gốc."), draft.revision_id);
    }
    assert_eq!(asides(), [(draft.revision_id, "Sửa giá rau.".to_owned())]);
    // What one typed and another took up is not approved by the first.
    let typed = stale(&second, "Của người duyệt.");
    let seal = desk.seal(draft.id);
    desk.must(desk.act("tham.tran", |c, act| past::restore_revision(c, act, &desk.press(), draft.document_id, typed, &seal)));
    desk.must(desk.submit("tham.tran", draft.id));
    let submitted = desk.text(draft.id);
    let own = desk.act_as(&second, |c, act| approve(c, act, draft.id, submitted.revision.id, &submitted.seal()));
    assert_eq!(said(own), "road-own-text");
    desk.must(desk.approve("duyet.pham", draft.id));
    desk.verified();
}

#[test]
fn the_queue_compares_no_long_texts() {
    let desk = Desk::open(None);
    let words = |count: usize| "chữ ".repeat(count);
    let text = desk.published("Một", &words(3_000));
    let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, text.document_id)));
    for (count, expected) in [(3_001, Changes::Words { gone: 0, new: 1 }), (5_000, Changes::TooLong)] {
        desk.must(desk.save("man.le", next.id, &written("Một", &words(count)), &desk.filed()));
        let edition = desk.text(next.id).edition;
        let found = desk.must(desk.act("man.le", |c, _| find_desk::changes(c, &[&edition])));
        assert_eq!(found[&next.id], expected);
    }
}

#[test]
fn a_step_put_beside_another_text_or_other_words_is_found_out() {
    for sql in [
        "UPDATE steps SET edition_id = (SELECT MIN(id) FROM editions) WHERE name = 'submitted'",
        "UPDATE steps SET revision_id = (SELECT MIN(id) FROM revisions) WHERE name = 'submitted'",
    ] {
        let desk = Desk::open(None);
        desk.begin("man.le", "Khác", "Khác.");
        // Its address is that of its title from the second save on.
        let draft = desk.begin("man.le", "", "");
        desk.must(desk.save("man.le", draft.id, &written("Một", "Chữ."), &desk.filed()));
        desk.must(desk.submit("man.le", draft.id));
        desk.verified();
        let database = desk.portal.var.path().join("bangtin.sqlite");
        let mut c = SqliteConnection::establish(&database.to_string_lossy()).expect("the file opens");
        c.batch_execute(&format!("DROP TRIGGER steps_are_not_edited; {sql}")).expect("it is written");
        let found = verify(&desk.portal.app.web.store, &desk.portal.app.web.shelf).expect("it can be read");
        assert!(found.faults.iter().any(|fault| fault.key == "verify-changed-step"), "{sql}: {:?}", found.faults);
    }
}

#[test]
fn a_first_publication_that_was_undone_leaves_an_address_that_says_so() {
    let desk = Desk::open(None);
    let text = desk.published("Một", "Chữ.");
    desk.pass(30);
    assert_eq!(desk.portal.get("/tin/mot").status, 200);
    desk.must(desk.act("dang.vu", |c, act| undo(c, act, &desk.press(), text.document_id)));
    let page = desk.portal.get("/tin/mot");
    assert!(page.status == 410 && page.body.contains("Hoàn tác ngay sau khi đăng"), "{} {}", page.status, page.body);
    // It is undone once, and its words are a draft again.
    assert_eq!(said(desk.act("dang.vu", |c, act| undo(c, act, &desk.press(), text.document_id))), "road-undo-late");
    let draft = desk.must(desk.act("man.le", |c, act| current(c, act, text.document_id)));
    assert_eq!((draft.edition.number, draft.edition.state(), draft.revision.body.as_str()), (2, State::Draft, "Chữ."));
    desk.verified();
}
