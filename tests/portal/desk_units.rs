//! The units' page of the desk: one's own first, the portal's next, a country's others by pages.

use bangtin::person::access::Role;
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::desk_walls::all_roles;
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply};
use crate::store::postgres;

const UNITS: &str = "/ban-bien-tap/don-vi";

/// A portal of the province Hương Lúa, among 1,200 communes of another.
fn country() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", SITE.replace("owner", "unit = \"99\"\nowner")));
    let list = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    let others: String = (0..1_200).map(|number| format!("9{number:04},,,Làng {number:04},xa,97,xa-lang-{number},\n")).collect();
    folder.file("units.csv", format!("{list}97,,,Yên Hòa,tinh,,yen-hoa,\n{others}97999,,2025-06-30,An Cũ,xa,97,xa-an-cu,\n"));
    folder
}

fn groups(reply: &Reply) -> Vec<(String, Vec<String>)> {
    let ids = reply.attributes("main section", "aria-labelledby");
    ids.iter().map(|id| (id.clone(), reply.texts(&format!("section[aria-labelledby={id}] .row-title")))).collect()
}

fn group(reply: &Reply, id: &str) -> Vec<String> {
    groups(reply).into_iter().find(|(known, _)| known == id).map(|(_, names)| names).unwrap_or_default()
}

#[test]
fn one_s_own_units_come_first_then_the_portal_s_and_the_country_by_pages() {
    let portal = Portal::with(&country());
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, None), role(Role::Reviewer, Some(unit(&portal, "Làng 0777")))]);
    let keeper = Browser::of(&portal, "ca.bui");
    let first = keeper.get(UNITS);
    assert_eq!(first.text("main p[role=status]"), "1.208 đơn vị.");
    assert_eq!(group(&first, "own"), ["Tỉnh Hương Lúa", "Xã Bến Gạo", "Xã Đông Kiều"], "the province and what is in force below it");
    let others = group(&first, "others");
    assert_eq!((others.len(), others[0].as_str(), others[1].as_str()), (50, "Tỉnh Yên Hòa", "Xã Làng 0000"));
    assert_eq!(groups(&first).len(), 2);

    let writer = Browser::of(&portal, "son.do").get(UNITS);
    assert_eq!(groups(&writer)[0], ("held".to_owned(), vec!["Xã Làng 0777".to_owned()]));
    assert_eq!(group(&writer, "own").len(), 3);

    // Every unit stands on one page, once; what is no more stands last.
    let (mut all, mut path, mut pages) = (Vec::new(), UNITS.to_owned(), 0);
    loop {
        let page = keeper.get(&path);
        all.extend(groups(&page).into_iter().flat_map(|(_, names)| names));
        pages += 1;
        match page.attributes(".pager [rel=next]", "href").into_iter().next() {
            Some(next) => path = next,
            None => break,
        }
    }
    assert_eq!((pages, all.len()), (25, 1_208));
    assert!(all[1_204..].iter().all(|name| name.ends_with("đơn vị cũ")), "{:?}", &all[1_200..]);
    assert_eq!(all.iter().filter(|name| *name == "Xã Đông Kiều").count(), 1);
    for beyond in ["26", "0", "-1", "x", "99999999999999999999"] {
        assert_eq!(keeper.get(&format!("{UNITS}?trang={beyond}")).status, 404, "{beyond}");
    }
}

#[test]
fn a_unit_is_found_without_marks_with_its_rank_or_by_its_code() {
    for database in [None, Some(postgres())] {
        let portal = Portal::on(database);
        portal.import(&country()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
        let keeper = Browser::of(&portal, "ca.bui");
        let found = |text: &str| {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("tim", text).finish();
            let page = keeper.get(&format!("{UNITS}?{query}"));
            (group(&page, "own"), group(&page, "others"), page.text("main p[role=status]"), page.text(".empty-title"))
        };
        for text in ["dong kieu", "Đông Kiều", "XÃ ĐÔNG KIỀU", "99001", "kieu dong"] {
            assert_eq!(found(text).0, ["Xã Đông Kiều"], "{text}");
            assert_eq!(found(text).2, "1 đơn vị.");
        }
        assert_eq!(found("90777").1, ["Xã Làng 0777"]);
        let (_, others, told, _) = found("làng 12");
        assert_eq!((others.len(), told.as_str()), (32, "32 đơn vị."), "0012 to 1112, 0120 to 0129, 1120 to 1129");
        for nothing in ["%", "_", "\\", &"dài".repeat(500)] {
            let (own, others, _, empty) = found(nothing);
            assert!(own.is_empty() && others.is_empty() && empty == "Không có đơn vị nào khớp", "{nothing:?}: {others:?}");
        }
        // A page of what was found leads to the next page of it.
        let page = keeper.get(&format!("{UNITS}?tim=lang&trang=2"));
        assert_eq!(page.attributes(".pager a", "href"), [format!("{UNITS}?tim=lang&trang=1"), format!("{UNITS}?tim=lang&trang=3")]);
    }
}

#[test]
fn whoever_works_for_one_unit_hears_of_no_other() {
    let portal = Portal::with(&country());
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(unit(&portal, "Đông Kiều")))]);
    let author = Browser::of(&portal, "tham.tran");
    let page = author.get(UNITS);
    assert_eq!(groups(&page), [("held".to_owned(), vec!["Xã Đông Kiều".to_owned()])]);
    assert_eq!(page.text("main p[role=status]"), "1 đơn vị.");
    assert_eq!(author.get(&format!("{UNITS}?tim=Hương+Lúa")).texts("main .row-title").len(), 0);
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[test]
fn names_from_before_are_folded_once_and_the_list_is_read_in_the_order_of_its_index() {
    let portal = Portal::with(&country());
    let var = portal.stop();
    let mut beside = SqliteConnection::establish(&var.path().join("bangtin.sqlite").to_string_lossy()).expect("it opens");
    // The portal that stopped may still be closing its file.
    diesel::sql_query("PRAGMA busy_timeout = 20000").execute(&mut beside).expect("it waits");
    diesel::sql_query("UPDATE units SET folded = NULL").execute(&mut beside).expect("as an older program left it");
    drop(beside);
    let portal = Portal::reopen(var, None, &[]);
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    let found = Browser::of(&portal, "ca.bui").get(&format!("{UNITS}?tim=lang+0777"));
    assert_eq!(group(&found, "others"), ["Xã Làng 0777"]);
    let mut beside = SqliteConnection::establish(&portal.var.path().join("bangtin.sqlite").to_string_lossy()).expect("it opens");
    let mut plan = |query: &str| -> String {
        let rows: Vec<Plan> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {query}")).load(&mut beside).expect("a plan");
        rows.into_iter().map(|row| row.detail).collect::<Vec<_>>().join("; ")
    };
    let listed = plan(
        "SELECT * FROM units WHERE NOT (id IN (1, 2)) ORDER BY valid_until IS NOT NULL, parent_id IS NOT NULL, folded, id LIMIT 50 OFFSET 0",
    );
    assert!(listed.contains("units_by_name") && !listed.contains("TEMP B-TREE"), "{listed}");
}
