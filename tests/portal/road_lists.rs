//! What the desk finds: the queue, the lists, the calendar. Nobody is told of what is not in his reach.

use std::collections::BTreeSet;

use bangtin::approval::publish::Timing;
use bangtin::approval::review::take_back;
use bangtin::approval::trash::discard;
use bangtin::approval::write::{Filed, begin, begin_next};
use bangtin::edition::find_desk::{self, Changes, Turn};
use bangtin::edition::find_documents::{self, Page, Sort, Wanted};
use bangtin::edition::state::State;
use bangtin::edition::{Kind, entry, find_history};
use bangtin::kit::refusal::Refusal;
use bangtin::on_conn;
use bangtin::person::access::{Grant, Reach, Role};
use bangtin::store::Conn;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;

use crate::folder::Folder;
use crate::people::{Browser, added, role};
use crate::portal::at;
use crate::road::{Desk, person, said, written};
use crate::store::postgres;

fn ask<T>(desk: &Desk, question: impl FnOnce(&mut Conn) -> Result<T, Refusal>) -> T {
    desk.must(question(&mut desk.portal.app.web.store.read().expect("a connection")))
}

fn slugs(page: &Page) -> Vec<&str> {
    page.listed.iter().map(|listed| listed.row.slug.as_str()).collect()
}

#[test]
fn the_queue_tells_what_waits_since_when_and_what_it_changes() {
    for desk in [Desk::open(None), Desk::open(Some(postgres()))] {
        let (here, there) = (Reach::Units(BTreeSet::from([desk.dong_kieu])), Reach::Units(BTreeSet::from([desk.ben_gao])));
        let nowhere = Reach::Units(BTreeSet::new());
        let standing = desk.published("Đã đăng", "Một hai ba bốn.");
        desk.pass(60);
        let first = desk.begin("ca.bui", "Bài đầu", "Chữ.");
        desk.must(desk.submit("ca.bui", first.id));
        desk.pass(60);
        let next = desk.must(desk.act("man.le", |c, act| begin_next(c, act, standing.document_id)));
        let filed = Filed { minor: true, ..desk.filed() };
        desk.must(desk.save("man.le", next.id, &written("Đã đăng", "Một hai năm bốn."), &filed));
        let since = desk.portal.clock.now();
        desk.must(desk.submit("man.le", next.id));
        let waiting = ask(&desk, |c| find_desk::queue(c, &here, &nowhere, "duyet.pham", 0, 50));
        let told: Vec<_> = waiting.iter().map(|one| (one.row.slug.as_str(), one.by.as_str(), one.changes, one.is_own)).collect();
        let changed = Changes::Words { gone: 1, new: 1 };
        assert_eq!(told, [("bai-dau", "ca.bui", Changes::First, false), ("da-dang", "man.le", changed, false)]);
        let count = |login: &str| ask(&desk, |c| find_desk::queue_count(c, &here, &nowhere, login));
        assert_eq!((waiting[1].since, count("duyet.pham")), (since, 2));
        // Nobody is told to do what he may not: his own text waits for somebody else, whatever the limit.
        let others = ask(&desk, |c| find_desk::queue(c, &here, &nowhere, "ca.bui", 0, 1));
        assert_eq!((others[0].row.slug.as_str(), count("ca.bui"), count("man.le")), ("da-dang", 1, 1));
        // One had a hand in it and another began it.
        desk.must(desk.act("ca.bui", |c, act| take_back(c, act, first.id)));
        desk.must(desk.save("tham.tran", first.id, &written("Bài đầu", "Chữ khác."), &desk.filed()));
        desk.must(desk.submit("ca.bui", first.id));
        assert_eq!((count("tham.tran"), count("duyet.pham")), (1, 2));
        assert!(ask(&desk, |c| find_desk::queue(c, &there, &there, "ca.bui", 0, 50)).is_empty());
        assert!(ask(&desk, |c| find_desk::queue(c, &nowhere, &here, "dang.vu", 0, 50)).is_empty());
        desk.must(desk.approve("duyet.pham", next.id));
        let approved = ask(&desk, |c| find_desk::queue(c, &nowhere, &here, "dang.vu", 0, 50));
        assert_eq!(approved.iter().map(|one| (one.row.edition.id, one.by.as_str())).collect::<Vec<_>>(), [(next.id, "duyet.pham")]);
        assert_eq!(ask(&desk, |c| find_desk::mine(c, &here, "man.le")).len(), 1);
        assert_eq!(ask(&desk, |c| find_desk::mine_published(c, &here, "man.le", 5)).len(), 1);
        // Whoever no longer belongs there is told of nothing there.
        assert!(ask(&desk, |c| find_desk::mine(c, &there, "man.le")).is_empty());
        assert!(ask(&desk, |c| find_desk::mine_published(c, &there, "man.le", 5)).is_empty());
    }
}

#[test]
fn the_list_is_searched_without_marks_sorted_and_told_by_pages() {
    for desk in [Desk::open(None), Desk::open(Some(postgres()))] {
        for number in 1..=41 {
            desk.begin("man.le", &format!("Thông báo số {number}"), "Chữ.");
            desk.pass(1);
        }
        let draft = desk.begin("hoa.nguyen", "Đường về 100% xã_mới", "Chữ.");
        desk.published("Chợ phiên", "Chữ.");
        let away = person("tinh.ho", vec![Grant { role: Role::Author, unit_id: None }]);
        let filed = Filed { unit_id: Some(desk.ben_gao), ..desk.filed() };
        desk.must(desk.act_as(&away, |c, act| begin(c, act, &desk.press(), Kind::Article, None, &filed, &written("Ở Bến Gạo", "Chữ."))));
        let now = desk.portal.clock.now();
        let here = Reach::Units(BTreeSet::from([desk.dong_kieu]));
        let find =
            |reach: &Reach, wanted: Wanted, sort, page| ask(&desk, |c| find_documents::documents(c, reach, &wanted, sort, page, now));
        let all = find(&here, Wanted::default(), Sort::Newest, 1);
        assert_eq!(
            (all.count, all.pages, all.is_more, slugs(&all)[..2].to_vec()),
            (43, 2, false, vec!["cho-phien", "duong-ve-100-xa-moi"])
        );
        assert_eq!((all.listed[0].shows, all.listed[1].shows), (Some(1), None));
        assert_eq!(find(&here, Wanted::default(), Sort::Newest, 2).listed.len(), 3);
        assert_eq!(find(&Reach::Everywhere, Wanted::default(), Sort::Newest, 1).count, 44);
        let found = |text: &str| {
            let page = find(&here, Wanted { text: text.into(), ..Wanted::default() }, Sort::Title, 1);
            page.listed.into_iter().map(|listed| listed.row.slug).collect::<Vec<_>>()
        };
        assert_eq!(found("xa DUONG"), ["duong-ve-100-xa-moi"]);
        assert_eq!(found("Đường"), ["duong-ve-100-xa-moi"]);
        // What stands for anything in a query stands for itself in a search.
        assert_eq!(found("0%"), ["duong-ve-100-xa-moi"]);
        assert_eq!(found("xa_moi"), ["duong-ve-100-xa-moi"]);
        assert_eq!((found("%bao"), found("_"), found("\\")), (vec![], vec!["duong-ve-100-xa-moi".to_owned()], vec![]));
        assert_eq!(found("ben gao").len(), 0);
        assert_eq!(found("thong so 40"), ["thong-bao-so-40"]);
        let by = Wanted {
            by: Some("hoa.nguyen".into()),
            state: Some(State::Draft),
            section: Some("tin-dia-phuong".into()),
            ..Wanted::default()
        };
        assert_eq!(slugs(&find(&here, by, Sort::Oldest, 1)), ["duong-ve-100-xa-moi"]);
        assert_eq!(find(&here, Wanted { kind: Some(Kind::Page), ..Wanted::default() }, Sort::Newest, 1).count, 0);
        let beyond = desk
            .portal
            .app
            .web
            .store
            .read()
            .map(|mut c| find_documents::documents(&mut c, &here, &Wanted::default(), Sort::Newest, 3, now));
        assert_eq!(said(beyond.expect("a connection")), "missing");
        // Thrown away it is in the trash, and in no list.
        let seal = desk.seal(draft.id);
        desk.must(desk.act("hoa.nguyen", |c, act| discard(c, act, draft.id, &seal)));
        assert_eq!(found("duong").len(), 0);
        let (thrown, is_more) = ask(&desk, |c| find_documents::trash(c, &here, 1));
        assert_eq!((thrown.len(), thrown[0].row.slug.as_str(), is_more), (1, "duong-ve-100-xa-moi", false));
        assert_eq!(thrown[0].last.as_ref().map(|step| step.actor.as_str()), Some("hoa.nguyen"));
    }
}

#[test]
fn a_search_that_very_many_titles_answer_finds_what_the_others_find_and_says_that_there_is_more() {
    for desk in [Desk::open(None), Desk::open(Some(postgres()))] {
        desk.published("Chợ phiên", "Chữ.");
        let mine = desk.begin("man.le", "Đường về xóm chợ", "Chữ.");
        let rows = |from: i64, to: i64| {
            desk.portal
                .app
                .web
                .store
                .write(|c| {
                    let series = crate::log::series(c, from, to);
                    // Older than both, published, and in the section and place of the one that was begun.
                    let sql = format!(
                        "INSERT INTO documents (kind, slug, created_at, first_slug, touched_at, newest_number, newest_id, state, unit_id, section, folded)
                         SELECT 'article', 'cu-' || n, '2026-01-01 00:00:00', 'cu-' || n, '2026-01-01 00:00:00', 1, {}, 'published', {}, 'tin-dia-phuong', 'duong lang so ' || n
                         FROM {series}",
                        mine.id, desk.dong_kieu
                    );
                    on_conn!(c, |c| c.batch_execute(&sql))?;
                    Ok(())
                })
                .expect("the rows can be written");
        };
        let now = desk.portal.clock.now();
        let ask_for =
            |wanted: Wanted, sort, page| ask(&desk, |c| find_documents::documents(c, &Reach::Everywhere, &wanted, sort, page, now));
        let told = |wanted: Wanted| {
            let page = ask_for(wanted, Sort::Newest, 1);
            (page.count, page.pages, page.is_more)
        };
        let text = |text: &str| Wanted { text: text.into(), ..Wanted::default() };
        rows(1, 999);
        assert_eq!(told(text("đường")), (1000, 25, false));
        rows(1000, 1000);
        assert_eq!(told(text("đường")), (400, 10, true));
        assert_eq!(slugs(&ask_for(text("đường"), Sort::Newest, 1)), ["duong-ve-xom-cho"]);
        assert_eq!(ask_for(text("đường"), Sort::Oldest, 10).count, 400);
        // Whatever else is asked narrows it as it does elsewhere.
        assert_eq!(told(text("đường 777")), (1, 1, false));
        assert_eq!(told(text("đường chợ")), (1, 1, false));
        assert_eq!(told(Wanted { state: Some(State::Draft), ..text("đường") }), (1, 1, false));
        assert_eq!(told(Wanted { state: Some(State::Published), ..text("đường") }), (400, 10, true));
        assert_eq!(told(Wanted { section: Some("tin-dia-phuong".into()), ..text("đường") }), (400, 10, true));
        assert_eq!(told(Wanted { section: Some("su-kien".into()), ..text("đường") }), (0, 1, false));
        assert_eq!(told(Wanted { kind: Some(Kind::Article), ..text("đường") }), (400, 10, true));
        assert_eq!(told(Wanted { kind: Some(Kind::Page), ..text("đường") }), (0, 1, false));
        assert_eq!(told(Wanted { units: Some(vec![desk.ben_gao]), ..text("đường") }), (0, 1, false));
        assert_eq!(told(Wanted { by: Some("man.le".into()), ..text("đường") }), (1, 1, false));
        assert_eq!(told(Wanted::default()), (1002, 26, false));
        added(&desk.portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Author, None)]);
        let browser = Browser::of(&desk.portal, "lan.pham");
        let seen = |search: &str| browser.get(&format!("/ban-bien-tap/van-ban?tim={search}")).text("main [role=status]");
        assert!(seen("duong").contains("Hơn 400 văn bản"), "{}", seen("duong"));
        assert!(seen("duong+cho").starts_with("1 văn bản"), "{}", seen("duong+cho"));
    }
}

#[test]
fn a_document_shows_to_nobody_who_may_not_see_its_unit() {
    let desk = Desk::open(None);
    let text = desk.published("Một", "Chữ.");
    let (here, there) = (Reach::Units(BTreeSet::from([desk.dong_kieu])), Reach::Units(BTreeSet::from([desk.ben_gao])));
    let now = desk.portal.clock.now();
    let found = ask(&desk, |c| find_documents::document(c, &here, text.document_id, now));
    assert_eq!((found.slug.as_str(), found.shows, found.open), ("mot", Some(text.id), None));
    let mut c = desk.portal.app.web.store.read().expect("a connection");
    assert_eq!(said(find_documents::document(&mut c, &there, text.document_id, now)), "missing");
    assert_eq!(said(find_history::history(&mut c, &there, text.document_id)), "missing");
    assert_eq!(said(find_history::revision(&mut c, &there, text.document_id, text.revision_id)), "missing");
    assert_eq!(said(find_history::revision(&mut c, &here, text.document_id + 1, text.revision_id)), "missing");
    assert_eq!(find_history::revision(&mut c, &here, text.document_id, text.revision_id).expect("it is there").title, "Một");
}

#[test]
fn the_calendar_tells_what_begins_is_planned_and_ends() {
    let desk = Desk::open(None);
    let (nine, ten) = (at("2026-11-21T09:00:00"), at("2026-11-21T10:00:00"));
    let filed = Filed { starts: Some(ten), ..desk.filed() };
    let begun = desk.act("man.le", |c, act| begin(c, act, &desk.press(), Kind::Article, None, &filed, &written("Dự định", "Chữ.")));
    desk.must(begun);
    let text = desk.begin("man.le", "Hẹn giờ", "Chữ.");
    desk.must(desk.submit("man.le", text.id));
    desk.must(desk.approve("duyet.pham", text.id));
    desk.must(desk.publish("dang.vu", text.id, Timing { starts: Some(nine), ends: Some(ten) }));
    let turns = |reach: &Reach, from: &str, to: &str| {
        let (turns, is_more) = ask(&desk, |c| find_desk::calendar(c, reach, at(from), at(to)));
        assert!(!is_more);
        turns.into_iter().map(|one| (one.at, one.turn, one.row.slug)).collect::<Vec<_>>()
    };
    let day = turns(&Reach::Everywhere, "2026-11-21T00:00:00", "2026-11-22T00:00:00");
    assert_eq!(
        day,
        [(nine, Turn::Starts, "hen-gio".to_owned()), (ten, Turn::Planned, "du-dinh".to_owned()), (ten, Turn::Ends, "hen-gio".to_owned())]
    );
    assert_eq!(turns(&Reach::Everywhere, "2026-11-21T09:00:01", "2026-11-21T10:00:00"), []);
    assert_eq!(turns(&Reach::Units(BTreeSet::from([desk.ben_gao])), "2026-11-21T00:00:00", "2026-11-22T00:00:00"), []);
}

#[test]
fn texts_from_before_the_desk_are_in_its_list() {
    let desk = Desk::open(None);
    let folder = Folder::new();
    folder.article("cu", "title = \"Đường cũ\"", "Chữ.").article("nhap", "state = \"draft\"", "Chữ.");
    desk.portal.import(&folder).expect("sound files");
    let path = desk.portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens");
    // As the migration leaves it, which cannot fold.
    c.batch_execute("UPDATE documents SET folded = NULL").expect("it is written");
    let now = desk.portal.clock.now();
    let found = || {
        let wanted = Wanted { text: "duong".into(), ..Wanted::default() };
        ask(&desk, |c| find_documents::documents(c, &Reach::Everywhere, &wanted, Sort::Newest, 1, now)).count
    };
    assert_eq!(found(), 0);
    while ask(&desk, entry::lacks_titles) {
        desk.portal.app.web.store.write(|c| entry::fold_titles(c, 1)).expect("it is written");
    }
    assert_eq!(found(), 1);
}

#[test]
fn the_list_is_read_from_its_index() {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        detail: String,
    }
    let desk = Desk::open(None);
    let path = desk.portal.var.path().join("bangtin.sqlite");
    let mut c = SqliteConnection::establish(&path.to_string_lossy()).expect("the file opens");
    for filter in ["state NOT IN ('discarded', '')", "folded LIKE '%cho%' ESCAPE '\\' AND kind NOT IN ('page') AND state <> 'discarded'"] {
        let query = format!("SELECT id FROM documents WHERE {filter} ORDER BY touched_at DESC, id DESC LIMIT 2001");
        let plan: Vec<Line> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(&mut c).expect("a sound query");
        let plan: Vec<&str> = plan.iter().map(|line| line.detail.as_str()).collect();
        assert!(plan.len() == 1 && plan[0].contains("COVERING INDEX documents_by_touch"), "{query}: {plan:?}");
    }
}
