//! How far a posting has come: a number, a list and a tree, which change with what is noted at boards and with nothing else.

use std::io::Cursor;

use bangtin::kit::clock::Moment;
use bangtin::person::access::Role;
use bangtin::posting::coverage::{At, Tally, coverage};
use bangtin::posting::placements::What;
use bangtin::posting::placements_note::{self as note, Report};
use bangtin::posting::places;
use bangtin::store::schema::units;
use calamine::{Reader, Xlsx};
use diesel::prelude::*;

use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, role, unit};
use crate::placements::id;
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

/// A province with three communes, each with a board at its seat and one in a village; the third told of none.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.rules();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", SITE.replace("owner", "unit = \"99\"\nowner")));
    let units = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    folder.file("units.csv", format!("{units}99004,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n"));
    let head = "unit,slug,kind,name,location,keeper,phone,opened,closed\n";
    let of = |label: &str| {
        format!(
            "{label},tru-so,seat,Trụ sở {label},,,,2025-07-01,\n{label},thon-2,villages,Thôn 2 {label},,,,2025-07-01,\n\
             {label},loa,loudspeaker,Loa {label},,,,2025-07-01,\n"
        )
    };
    folder.file("places.csv", format!("{head}{}{}", of("xa-dong-kieu"), of("xa-ben-gao")));
    folder.posting(
        "moi-xa",
        "title = \"Gửi mọi xã\"\nunit = \"99\"\nto = [\"below\"]\nkind = \"ngan-sach-xa\"\npublished = 2026-11-20",
        "Nội dung.",
    );
    folder
}

fn on(database: Option<String>) -> Portal {
    let portal = Portal::on(database);
    portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal
}

fn noted(portal: &Portal, of: &str, place: &str, number: i32, what: What, when: &str) {
    let mut c = portal.app.web.store.read().expect("it opens");
    // The last of that name, though it may be no more one day.
    let unit = units::table.filter(units::name.eq(of)).order(units::valid_from.desc()).select(units::id).first(&mut *c).expect("a unit");
    let all = places::of_unit(&mut c, unit).expect("they are there");
    drop(c);
    let board = all.into_iter().find(|one| one.slug == place).expect("a place");
    let key = format!("{}-{place}-{}-{number}-{}", board.id, what.name().replace('_', "-"), when.replace([':', '-'], ""));
    let report = Report { document: id(portal, "moi-xa"), number, what, at: at(when), name: "", photo: "", note: "", key: &key };
    portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &board.code, &report)).expect("it is noted");
}

fn tally(portal: &Portal) -> Tally {
    let mut c = portal.app.web.store.read().expect("it opens");
    coverage(&mut c, id(portal, "moi-xa"), portal.clock.now()).expect("it is known").tally()
}

fn page(portal: &Portal, staff: &Browser, more: &str) -> Reply {
    let reply = staff.get(&format!("/ban-bien-tap/van-ban/{}/do-phu{more}", id(portal, "moi-xa")));
    assert_eq!(reply.status, 200, "{} {}", reply.header("location"), reply.body);
    reply
}

#[test]
fn coverage_follows_what_is_noted_at_boards_and_what_units_say() {
    for database in [None, Some(postgres())] {
        let portal = on(database);
        added(&portal, "tinh", "Tỉnh", &[role(Role::Publisher, Some(unit(&portal, "Hương Lúa")))]);
        added(&portal, "gao", "Gạo", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
        let staff = Browser::of(&portal, "tinh");
        // A loudspeaker hangs nothing. The province and a ward have told of no place.
        assert_eq!(tally(&portal), Tally { places: 4, silent: 4, units_placeless: 2, ..Tally::default() });
        let told = |what: &str| {
            // Hours pass, and a session with them.
            let said = page(&portal, &Browser::of(&portal, "tinh"), "").text(".coverage-told");
            assert!(said.contains(what), "{what}: {said}");
        };
        told("0 trên 4 nơi treo bản 1; 4 nơi chưa có tin từ");
        noted(&portal, "Đông Kiều", "tru-so", 1, What::Hung, "2026-11-20T09:00:00");
        noted(&portal, "Đông Kiều", "thon-2", 1, What::Hung, "2026-11-20T10:00:00");
        noted(&portal, "Bến Gạo", "tru-so", 1, What::Hung, "2026-11-20T11:00:00");
        noted(&portal, "Bến Gạo", "tru-so", 1, What::Interrupted, "2026-11-20T15:00:00");
        assert_eq!(tally(&portal), Tally { places: 4, current: 2, torn: 1, silent: 1, units_placeless: 2, ..Tally::default() });
        told("2 trên 4 nơi treo bản 1");
        told("1 nơi chưa có tin từ");
        told("1 nơi bị rách, mất");
        // A new version: what hangs is old until it is hung again.
        let next = Folder::empty();
        next.rules().posting(
            "moi-xa",
            "title = \"Gửi mọi xã\"\nunit = \"99\"\nto = [\"below\"]\nkind = \"ngan-sach-xa\"\nchange_note = \"Sửa số\"\npublished = 2026-11-21T07:00:00",
            "Nội dung khác.",
        );
        portal.import(&next).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert_eq!(tally(&portal), Tally { places: 4, old: 2, torn: 1, silent: 1, units_placeless: 2, ..Tally::default() });
        noted(&portal, "Đông Kiều", "tru-so", 2, What::Hung, "2026-11-21T07:30:00");
        told("1 trên 4 nơi treo bản 2");
        let mut commune = Browser::of(&portal, "gao");
        let path = format!("/ban-bien-tap/gui-ve/{}", id(&portal, "moi-xa"));
        noted(&portal, "Bến Gạo", "tru-so", 1, What::TakenDown, "2026-11-21T07:40:00");
        let out = commune.post(&path, &[("don-vi", "xa-ben-gao"), ("then", "out"), ("reason", "Xã không có ngân sách này")]);
        assert_eq!(out.status, 303, "{}", out.body);
        assert_eq!(tally(&portal), Tally { places: 4, current: 1, old: 1, out: 2, units_out: 1, units_placeless: 2, ..Tally::default() });
        let shown = page(&portal, &staff, "");
        assert!(shown.text("section[aria-labelledby=out]").contains("Xã không có ngân sách này"), "{}", shown.body);
        assert!(shown.text("section[aria-labelledby=s-old]").contains("Thôn 2 xa-dong-kieu"), "{}", shown.body);
        let tree = shown.texts(".coverage-tree .coverage-tree > li");
        assert_eq!(tree.len(), 3, "three communes under their province: {tree:?}");
        assert!(shown.text(".coverage-tree").contains("1 trên 4 nơi, 1 nơi cần đến"), "{}", shown.text(".coverage-tree"));
        assert!(tree.iter().all(|unit| !unit.contains("0 nơi cần đến")), "where nobody has to go nothing is said of it: {tree:?}");
        assert!(page(&portal, &staff, "?don-vi=xa-dong-kieu").text(".coverage-told").contains("1 trên 2 nơi treo bản 2"));
        // Its time is over: what hangs still has to come down.
        portal.clock.set(at("2027-01-05T08:00:00"));
        assert_eq!(tally(&portal).left, 2);
        told("2 trên 4 nơi còn treo, cần gỡ");
        noted(&portal, "Đông Kiều", "tru-so", 2, What::TakenDown, "2027-01-05T07:00:00");
        noted(&portal, "Đông Kiều", "thon-2", 1, What::TakenDown, "2027-01-05T07:00:00");
        told("không nơi nào còn treo");
    }
}

#[test]
fn tables_of_a_coverage_have_every_place_and_the_list_what_wants_somebody_first() {
    let portal = on(None);
    added(&portal, "tinh", "Tỉnh", &[role(Role::Publisher, Some(unit(&portal, "Hương Lúa")))]);
    added(&portal, "gao", "Gạo", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
    added(&portal, "viet", "Việt", &[role(Role::Editor, Some(unit(&portal, "Đông Kiều")))]);
    noted(&portal, "Bến Gạo", "tru-so", 1, What::Hung, "2026-11-20T11:00:00");
    noted(&portal, "Bến Gạo", "thon-2", 1, What::Hung, "2026-11-20T11:00:00");
    let staff = Browser::of(&portal, "tinh");
    let csv = page(&portal, &staff, ".csv");
    assert_eq!(csv.body.lines().count(), 1 + 4 + 2, "a line for each place, and for each unit without one: {}", csv.body);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(page(&portal, &staff, ".xlsx").bytes)).expect("a workbook");
    assert!(book.worksheet_range_at(0).expect("a sheet").expect("it can be read").rows().count() > 6);
    let list = staff.get("/ban-bien-tap/do-phu");
    assert!(list.text(".rows").contains("2 trên 4 nơi treo bản 1"), "{}", list.body);
    // A commune is told of its own places alone, and sees nobody else's.
    let commune = Browser::of(&portal, "gao");
    let own = commune.get("/ban-bien-tap/do-phu");
    assert!(own.text(".rows").contains("2 trên 2 nơi treo bản 1"), "{}", own.body);
    let path = format!("/ban-bien-tap/van-ban/{}/do-phu", id(&portal, "moi-xa"));
    for (who, wanted) in [("gao", 404), ("viet", 404)] {
        for ending in ["", ".csv", ".xlsx"] {
            assert_eq!(Browser::of(&portal, who).get(&format!("{path}{ending}")).status, wanted, "{who} {ending}");
        }
    }
    assert_eq!(commune.get("/ban-bien-tap/do-phu?don-vi=xa-dong-kieu").status, 404);
}

#[test]
fn a_place_that_was_opened_later_was_not_silent_before() {
    let portal = on(None);
    let more = Folder::empty();
    let head = "unit,slug,kind,name,location,keeper,phone,opened,closed\n";
    more.file("places.csv", format!("{head}phuong-cau-may,tru-so,seat,Trụ sở phường,,,,2026-11-21,\n"));
    portal.import(&more).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    added(&portal, "tinh", "Tỉnh", &[role(Role::Publisher, Some(unit(&portal, "Hương Lúa")))]);
    let told = page(&portal, &Browser::of(&portal, "tinh"), "").text(".coverage-told");
    assert!(told.contains("5 nơi chưa có tin, lâu nhất từ"), "not all of them since the first day: {told}");
    let mut c = portal.app.web.store.read().expect("it opens");
    let known = coverage(&mut c, id(&portal, "moi-xa"), portal.clock.now()).expect("it is known");
    let since: Vec<Option<Moment>> = known
        .parts
        .iter()
        .filter(|part| part.unit.name == "Cầu Mây")
        .flat_map(|part| part.places.iter().map(|(_, at)| matches!(at, At::Silent(_)).then(|| at.since()).flatten()))
        .collect();
    assert_eq!(since, [Some(at("2026-11-21T00:00:00"))]);
}

#[test]
fn what_hangs_at_a_board_of_a_merged_commune_is_that_of_what_took_it_in() {
    let folder = folder();
    folder.posting(
        "moi-xa",
        "title = \"Gửi mọi xã\"\nunit = \"99\"\nto = [\"below\"]\npublished = 2026-11-10\nperiod = \"90 days\"",
        "Nội dung.",
    );
    let list = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    let list = ["99001,2025-07-01,", "99002,2025-07-01,"]
        .iter()
        .fold(list, |list, row| list.replace(&format!("{row},"), &format!("{row}2026-12-31,")));
    folder.file("units.csv", format!("{list}99010,2027-01-01,,Kiều Gạo,xa,99,xa-kieu-gao,true\n"));
    let list = std::fs::read_to_string(folder.path().join("unit-changes.csv")).expect("the list");
    let whole = |old: &str| format!("{old},2025-07-01,99010,2027-01-01,whole,2027-01-01\n");
    folder.file("unit-changes.csv", format!("{list}{}{}", whole("99001"), whole("99002")));
    let portal = Portal::with(&folder);
    noted(&portal, "Đông Kiều", "tru-so", 1, What::Hung, "2026-11-20T09:00:00");
    let before = tally(&portal);
    portal.clock.set(at("2027-01-04T08:00:00"));
    assert_eq!(before, Tally { places: before.places, current: 1, silent: before.places - 1, units_placeless: 2, ..Tally::default() });
    assert_eq!(tally(&portal), before, "a merger takes no sheet down, and finds none");
    // What came later is for the boards of which the new commune tells, and for those where it hangs.
    let later = Folder::empty();
    later.rules().posting("sau", "unit = \"99\"\nto = [\"below\"]\npublished = 2027-01-04T07:00:00", "Nội dung.");
    portal.import(&later).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let of = |slug: &str| coverage(&mut portal.app.web.store.read().expect("it opens"), id(&portal, slug), portal.clock.now());
    assert_eq!(of("sau").expect("it is known").tally(), Tally { units_placeless: 3, ..Tally::default() });

    // Whoever keeps the places of the new commune is told of it, and takes it down.
    added(&portal, "kieu.gao", "Lò Thị Kiều", &[role(Role::BoardKeeper, Some(unit(&portal, "Kiều Gạo")))]);
    added(&portal, "may.cau", "Hà Văn Mây", &[role(Role::BoardKeeper, Some(unit(&portal, "Cầu Mây")))]);
    let mut keeper = Browser::of(&portal, "kieu.gao");
    let list = keeper.get("/ban-bien-tap/do-phu");
    assert!(list.text(".rows").contains(&format!("1 trên {} nơi treo bản 1", before.places)), "{}", list.body);
    let path = format!("/ban-bien-tap/van-ban/{}/noi-treo", id(&portal, "moi-xa"));
    let page = keeper.get(&format!("{path}?don-vi=xa-kieu-gao"));
    assert_eq!(page.texts("section.sheet[aria-labelledby^=place-] h2"), ["Trụ sở xa-dong-kieu"], "{}", page.body);
    let board = page.attributes("input[name=place]", "value").remove(0);
    let told = [
        ("key", "go-1"),
        ("place", &*board),
        ("what", "taken_down"),
        ("number", "1"),
        ("at", "2027-01-04T07:00"),
        ("name", ""),
        ("note", ""),
    ];
    let told: Vec<_> = [("don-vi", "xa-kieu-gao")].into_iter().chain(told).collect();
    let strike = page.attributes("a[href$=dinh-chinh]", "href").remove(0);
    let mut stranger = Browser::of(&portal, "may.cau");
    assert_eq!((stranger.post(&path, &told).status, stranger.get(&strike).status), (404, 404));
    assert_eq!((keeper.post(&path, &told).status, keeper.get(&strike).status), (303, 200));
    assert_eq!(tally(&portal).down, 1);
    let struck = keeper.get(&format!("{path}?don-vi=xa-kieu-gao")).attributes("a[href$=dinh-chinh]", "href").remove(0);
    let struck = keeper.post(&struck, &[("reason", "Chưa gỡ")]);
    assert_eq!(struck.header("location"), format!("{path}?don-vi=xa-kieu-gao&da=placement-struck"));
    portal.clock.set(at("2027-03-01T08:00:00"));
    assert_eq!((tally(&portal).left, tally(&portal).over), (1, before.places - 1));
    let over = Browser::of(&portal, "kieu.gao").get("/ban-bien-tap/gui-ve");
    assert_eq!(over.texts("section[aria-labelledby=over] .row-title"), ["Gửi mọi xã Còn treo, hãy gỡ"]);
}

#[test]
fn of_many_places_the_worst_are_told_and_how_many_more_there_are() {
    let folder = folder();
    let places = std::fs::read_to_string(folder.path().join("places.csv")).expect("the list");
    let more: String = (10..230).map(|number| format!("xa-ben-gao,thon-{number},villages,Thôn {number},,,,2025-07-01,\n")).collect();
    folder.file("places.csv", format!("{places}{more}"));
    let units = std::fs::read_to_string(folder.path().join("units.csv")).expect("the list");
    let more: String = (300..510).map(|number| format!("99{number},2025-07-01,,Xã {number},xa,99,xa-so-{number},true\n")).collect();
    folder.file("units.csv", format!("{units}{more}"));
    let portal = Portal::with(&folder);
    added(&portal, "tinh", "Tỉnh", &[role(Role::Publisher, Some(unit(&portal, "Hương Lúa")))]);
    noted(&portal, "Đông Kiều", "tru-so", 1, What::Hung, "2026-11-20T09:00:00");
    noted(&portal, "Đông Kiều", "tru-so", 1, What::Interrupted, "2026-11-20T10:00:00");
    let shown = page(&portal, &Browser::of(&portal, "tinh"), "");
    assert!(shown.text("section[aria-labelledby=s-torn]").contains("Trụ sở xa-dong-kieu"), "{}", shown.texts("main h2").join(", "));
    assert_eq!(shown.texts("section[aria-labelledby=s-silent] li").len(), 199);
    assert!(shown.text("main").contains("Còn 24 nơi nữa"));
    assert_eq!(shown.texts("section[aria-labelledby=placeless] li").len(), 200);
    assert!(shown.text("section[aria-labelledby=placeless]").contains("Còn 12 đơn vị nữa"));
}

#[test]
fn whoever_keeps_the_boards_is_reminded_of_what_does_not_hang_and_of_what_the_plan_has_due() {
    let portal = on(None);
    added(&portal, "treo", "Treo", &[role(Role::BoardKeeper, Some(unit(&portal, "Bến Gạo")))]);
    added(&portal, "dang", "Đăng", &[role(Role::Publisher, Some(unit(&portal, "Bến Gạo")))]);
    let mut staff = Browser::of(&portal, "dang");
    let plan = "/ban-bien-tap/ke-hoach/xa-ben-gao/2026";
    let item = [("content-0", "Ngân sách"), ("of-0", "ngan-sach-xa"), ("due-0", "15/10/2026, 30/11/2026")];
    let kept = staff.post(plan, &[&[("count", "1"), ("before", "0"), ("note", "")], &item[..]].concat());
    assert_eq!(kept.status, 303, "{}", kept.text("main"));
    let keeper = Browser::of(&portal, "treo");
    let told = || keeper.get("/ban-bien-tap").texts("section[aria-labelledby=reminders] a");
    let due = ["Kế hoạch công khai của Xã Bến Gạo: 1 lần quá hạn", "Kế hoạch công khai của Xã Bến Gạo: 1 lần sắp tới hạn"];
    assert_eq!(told(), [due[0], due[1], "Xã Bến Gạo: 1 văn bản chưa treo đủ nơi"]);
    let ways = keeper.get("/ban-bien-tap").attributes("nav a", "href");
    for way in ["/ban-bien-tap/gui-ve", "/ban-bien-tap/do-phu", "/ban-bien-tap/ke-hoach"] {
        assert!(ways.iter().any(|known| known == way) && keeper.get(way).status == 200, "{way}");
    }
    // He hangs it everywhere, and is told of it no more; the plan is for others to make.
    noted(&portal, "Bến Gạo", "tru-so", 1, What::Hung, "2026-11-21T07:00:00");
    noted(&portal, "Bến Gạo", "thon-2", 1, What::Hung, "2026-11-21T07:30:00");
    noted(&portal, "Bến Gạo", "loa", 1, What::Hung, "2026-11-21T07:40:00");
    assert_eq!(told(), due);
    let plans = keeper.get("/ban-bien-tap/ke-hoach");
    assert!(plans.text("main").contains("Năm 2026") && plans.attributes("main a.button", "href").is_empty(), "{}", plans.text("main"));
    assert!(staff.get("/ban-bien-tap/ke-hoach").attributes("main a.button", "href").contains(&plan.to_owned()));
}
