//! Places of posting: a unit's own staff keep them at the desk and in a file; their codes stand on a card and nowhere else.

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use bangtin::person::access::Role;
use bangtin::posting::places::{self, Place};
use bangtin::store::{log, topic};

use crate::folder::{Folder, SITE};
use crate::import_faults::named;
use crate::people::{Browser, COMMAND, added, done, role, unit};
use crate::portal::{Portal, Reply};
use crate::store::postgres;

const HEAD: &str = "unit,slug,kind,name,location,keeper,phone,opened,closed\n";
const LIST: &str = "/ban-bien-tap/don-vi/xa-dong-kieu/noi-niem-yet";

pub fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    folder.rules();
    let rows = "xa-dong-kieu,thon-10,villages,Nhà văn hóa thôn 10,,Lò Văn Mười,0900 000 010,2026-01-01,\n\
                xa-dong-kieu,thon-2,villages,Nhà văn hóa thôn 2,Cạnh sân bóng,Vì Thị Hai,0900 000 002,2026-01-01,\n\
                xa-dong-kieu,tru-so,seat,Bảng ở trụ sở UBND xã,,,,2025-07-01,\n\
                xa-ben-gao,tru-so,seat,Bảng Bến Gạo,,,,2025-07-01,\n";
    folder.file("places.csv", format!("{HEAD}{rows}"));
    folder
}

pub fn all(portal: &Portal, of: &str) -> Vec<Place> {
    let unit = unit(portal, of);
    places::of_unit(&mut portal.app.web.store.read().expect("it opens"), unit).expect("it can be read")
}

pub fn place(portal: &Portal, slug: &str) -> Place {
    all(portal, "Đông Kiều").into_iter().find(|place| place.slug == slug).expect("it is there")
}

fn rows(portal: &Portal) -> i64 {
    portal.app.web.store.write(log::position).expect("it can be read")
}

fn titles(reply: &Reply) -> Vec<String> {
    reply.texts("section[aria-labelledby=open] .row-title")
}

const NEW: [(&str, &str); 7] = [
    ("name", "Điểm giao dịch xã"),
    ("kind", "points"),
    ("location", "Hội trường UBND xã"),
    ("keeper", "Quàng Thị Thơm"),
    ("phone", "0900 000 003"),
    ("opened_on", "2026-11-02"),
    ("closed_on", ""),
];

#[test]
fn a_unit_s_staff_keep_its_places_and_see_each_with_its_code() {
    for database in [None, Some(postgres())] {
        let portal = Portal::on(database);
        portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let here = unit(&portal, "Đông Kiều");
        added(&portal, "giu.bang", "Lò Thị Giữ", &[role(Role::BoardKeeper, Some(here))]);
        let mut keeper = Browser::of(&portal, "giu.bang");
        let page = keeper.get(LIST);
        assert_eq!(titles(&page), ["Bảng ở trụ sở UBND xã", "Nhà văn hóa thôn 2", "Nhà văn hóa thôn 10"]);
        assert!(page.body.contains(&place(&portal, "thon-2").code_shown()) && page.body.contains("0900 000 002"));
        let reply = keeper.post(LIST, &NEW);
        assert_eq!((reply.status, reply.header("location")), (303, format!("{LIST}?da=place-added").as_str()), "{}", reply.body);
        let new = place(&portal, "diem-giao-dich-xa");
        assert_eq!((new.name.as_str(), new.kind_name.as_str(), new.closed_on), ("Điểm giao dịch xã", "points", None));
        assert_eq!(titles(&keeper.get(LIST)).len(), 4);

        // What is wrong comes back beside its field, with what was typed.
        for (field, text, told) in [
            ("name", "", "Hãy ghi tên"),
            ("phone", "gọi bà Hai", "Số điện thoại"),
            ("opened_on", "hôm qua", "ngày"),
            ("closed_on", "2026-11-01", "Ngày cuối cùng"),
            ("location", &"dài ".repeat(60), "Dài quá"),
        ] {
            let fields: Vec<_> = NEW.iter().filter(|(name, _)| *name != field).copied().chain([(field, text)]).collect();
            let reply = keeper.post(LIST, &fields);
            assert_eq!(reply.status, 422, "{field}");
            assert!(reply.text(&format!("#i-{field}")).contains(told), "{field}: {}", reply.text(&format!("#i-{field}")));
            assert_eq!(reply.attributes("#f-keeper", "value"), ["Quàng Thị Thơm"]);
        }
        assert_eq!(all(&portal, "Đông Kiều").len(), 4);

        let path = format!("/ban-bien-tap/noi-niem-yet/{}", new.id);
        let before = rows(&portal);
        let same: Vec<_> = NEW.iter().filter(|(_, text)| !text.is_empty()).copied().collect();
        assert_eq!(keeper.post(&path, &same).status, 303);
        assert_eq!(rows(&portal), before, "what says nothing new is no act");
        let closed: Vec<_> = same.iter().copied().chain([("closed_on", "2026-11-20")]).collect();
        assert_eq!(keeper.post(&path, &closed).status, 303);
        let page = keeper.get(LIST);
        assert_eq!((titles(&page).len(), page.texts("section[aria-labelledby=closed] .row-title").len()), (3, 1));
        assert!(!page.body.contains(&new.code_shown()), "a place that is used no more needs no code");
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    }
}

#[test]
fn nobody_keeps_the_places_of_another_unit_and_whoever_only_looks_sees_no_code() {
    let portal = Portal::with(&folder());
    let (here, beside) = (unit(&portal, "Đông Kiều"), unit(&portal, "Bến Gạo"));
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Editor, Some(beside))]);
    added(&portal, "duyet.le", "Lê Thị Duyệt", &[role(Role::Reviewer, Some(here))]);
    let place = place(&portal, "thon-2");
    let (path, code) = (format!("/ban-bien-tap/noi-niem-yet/{}", place.id), place.code_shown());
    let mut stranger = Browser::of(&portal, "son.do");
    for get in [LIST, path.as_str(), &format!("{path}/the")] {
        assert_eq!(stranger.get(get).status, 404, "{get}");
    }
    for post in [LIST, path.as_str(), &format!("{path}/doi-ma")] {
        assert_eq!(stranger.post(post, &NEW).status, 404, "{post}");
    }
    let mut reviewer = Browser::of(&portal, "duyet.le");
    let page = reviewer.get(LIST);
    assert_eq!((page.status, titles(&page).len()), (200, 3));
    assert!(!page.body.contains(&code) && page.attributes("main form", "action").is_empty());
    for get in [path.as_str(), &format!("{path}/the")] {
        assert_eq!(reviewer.get(get).status, 403, "{get}");
    }
    for post in [LIST, path.as_str(), &format!("{path}/doi-ma")] {
        assert_eq!(reviewer.post(post, &NEW).status, 403, "{post}");
    }
    assert_eq!(self::place(&portal, "thon-2"), place);
}

#[test]
fn a_renewed_code_stops_the_old_one_and_the_card_says_the_new_one() {
    let portal = Portal::with(&folder());
    added(&portal, "hoa.le", "Lê Thị Hoa", &[role(Role::Editor, None)]);
    let (old, now) = (place(&portal, "thon-2"), portal.clock.now());
    let path = format!("/ban-bien-tap/noi-niem-yet/{}", old.id);
    assert_eq!((old.code.len(), Browser::of(&portal, "hoa.le").post(&format!("{path}/doi-ma"), &[]).status), (8, 303));
    let new = place(&portal, "thon-2");
    let found = |typed: &str| {
        let found = portal.app.web.store.write(|c| places::with_code(c, typed, now)).expect("it can be read");
        found.map(|place| place.id)
    };
    assert_ne!(old.code, new.code);
    assert_eq!(found(&old.code), None);
    for typed in [new.code.clone(), new.code_shown(), new.code_shown().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "I")]
    {
        assert_eq!(found(&typed), Some(new.id), "{typed}");
    }
    for wrong in ["", "-", &new.code[1..], "aaaaaaaa", "' OR 1=1 --"] {
        assert_eq!(found(wrong), None, "{wrong}");
    }
    let card = Browser::of(&portal, "hoa.le").get(&format!("{path}/the"));
    assert_eq!((card.status, card.text(".place-code strong")), (200, new.code_shown()));
    assert_eq!(card.attributes(".place-qr path", "d").len(), 1);
    let log = std::fs::read(portal.var.path().join("bangtin.sqlite")).is_ok();
    assert!(log && !told_in_log(&portal).contains(&new.code), "no code stands in the log");
}

fn told_in_log(portal: &Portal) -> String {
    let mut all = String::new();
    let mut c = portal.app.web.store.read().expect("it opens");
    log::verify(&mut c, |row| all.push_str(&format!("{} {} {}\n", row.act, row.subject, row.facts))).expect("it can be read");
    all
}

#[test]
fn places_come_and_go_as_a_file_without_their_codes() {
    let portal = Portal::with(&folder());
    let codes: Vec<String> = all(&portal, "Đông Kiều").into_iter().map(|place| place.code).collect();
    let out = portal.export();
    let file = std::fs::read_to_string(out.path().join("places.csv")).expect("it is exported");
    assert!(file.starts_with(HEAD) && codes.iter().all(|code| !file.contains(code)));
    let before = rows(&portal);
    portal.import(&out).expect("it is its own");
    assert_eq!(rows(&portal), before, "nothing new is said");
    let other = Portal::with(&out);
    let told = |portal: &Portal| all(portal, "Đông Kiều").into_iter().map(|place| (place.slug.clone(), place.told())).collect::<Vec<_>>();
    assert_eq!(told(&other), told(&portal));
    assert!(all(&other, "Đông Kiều").iter().all(|place| !codes.contains(&place.code)), "each gets a code of its own");

    let folder = Folder::new();
    folder.file("places.csv", format!("{HEAD}xa-khong-co,a,seat,A,,,,2026-01-01,\n"));
    let Err(Refusal::Issues(issues)) = portal.import(&folder) else { panic!("there is no such unit") };
    assert_eq!(named(&issues), [("places.csv".to_owned(), 2, "places-no-unit")]);
    folder.file("places.csv", format!("{HEAD}xa-dong-kieu,thon-2,villages,Nhà văn hóa Thôn Hai,,,,2026-01-01,2026-11-30\n"));
    portal.import(&folder).expect("it is sound");
    assert_eq!((place(&portal, "thon-2").name.as_str(), all(&portal, "Đông Kiều").len()), ("Nhà văn hóa Thôn Hai", 3));
}

#[test]
fn whoever_keeps_one_unit_is_led_to_its_places_and_a_change_of_one_makes_no_other_page_anew() {
    let portal = Portal::with(&folder());
    added(&portal, "giu.bang", "Lò Thị Giữ", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
    let keeper = Browser::of(&portal, "giu.bang");
    assert_eq!(keeper.get("/ban-bien-tap/noi-niem-yet").header("location"), LIST);
    let place = place(&portal, "thon-2");
    let (_, made) = (portal.get("/don-vi/huong-lua"), portal.app.web.kept.made());
    let position = rows(&portal);
    done(&portal, &COMMAND, |c, act| places::renew_code(c, act, place.id)).expect("the machine's holder may");
    let changed = bangtin::edition::change::since(&mut portal.app.web.store.read().expect("it opens"), position, portal.clock.now());
    let topics = match changed.expect("it can be read") {
        topic::Changed::Some(touches) => touches.into_iter().map(|touch| touch.topic).collect::<Vec<_>>(),
        topic::Changed::Everything => panic!("a place is not everything"),
    };
    assert_eq!(topics, [], "a code stands on no page");
    portal.get("/don-vi/huong-lua");
    assert_eq!(portal.app.web.kept.made(), made);
    let missing = done(&portal, &COMMAND, |c, act| places::renew_code(c, act, 9_999));
    assert!(matches!(missing, Err(Refusal::Missing)));
}

#[test]
fn citizens_read_where_a_unit_posts_and_a_change_of_one_place_makes_anew_the_pages_that_tell_it_and_no_other() {
    for database in [None, Some(postgres())] {
        let portal = Portal::on(database);
        portal.import(&folder()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        let told = |path: &str| portal.get(path).texts(".posted-at li");
        let (board, page) = ("/bang-tin/99001", "/don-vi/xa-dong-kieu");
        let first = ["Bảng ở trụ sở UBND xã", "Nhà văn hóa thôn 2Cạnh sân bóng", "Nhà văn hóa thôn 10"];
        assert_eq!(told(board), first);
        assert_eq!(told(page), first);
        assert_eq!(portal.get(board).texts(".posted-at h3"), ["Bảng ở trụ sở", "Nhà văn hóa, điểm sinh hoạt thôn, tổ dân phố"]);
        assert_eq!(portal.get("/en/bang-tin/99001").text(".posted-at h2"), "Places of posting");
        assert_eq!(told("/don-vi/huong-lua").len(), 0, "the province has told of none");
        let codes: Vec<String> = all(&portal, "Đông Kiều").into_iter().map(|place| place.code_shown()).collect();
        for path in [board, page] {
            let page = portal.get(path).body;
            for secret in codes.iter().map(String::as_str).chain(["Lò Văn Mười", "Vì Thị Hai", "0900 000 002"]) {
                assert!(!page.contains(secret), "{path} tells {secret}");
            }
        }
        let paths = [board, page, "/bang-tin/99002", "/don-vi/xa-ben-gao", "/don-vi/huong-lua", "/", "/niem-yet", "/bang-tin/99"];
        let made_anew = || {
            let is_anew = |path: &&str| {
                let before = portal.app.web.kept.made();
                portal.get(path);
                portal.app.web.kept.made() > before
            };
            paths.into_iter().filter(is_anew).collect::<Vec<_>>()
        };
        made_anew();
        assert_eq!(made_anew(), [""; 0]);
        let thon_2 = place(&portal, "thon-2");
        done(&portal, &COMMAND, |c, act| places::renew_code(c, act, thon_2.id)).expect("the machine's holder may");
        assert_eq!(made_anew(), [""; 0], "a code stands on no page");
        let unit_id = unit(&portal, "Đông Kiều");
        let new = places::Told { name: "Chợ Kiều".to_owned(), ..thon_2.told() };
        done(&portal, &COMMAND, |c, act| places::add(c, act, unit_id, &new)).expect("the machine's holder may");
        assert_eq!(made_anew(), [board, page]);
        assert!(told(board).contains(&"Chợ KiềuCạnh sân bóng".to_owned()));
        let today = bangtin::kit::calendar::local(portal.clock.now()).date();
        let closed = places::Told { closed_on: Some(today), ..thon_2.told() };
        done(&portal, &COMMAND, |c, act| places::change(c, act, thon_2.id, &closed)).expect("the machine's holder may");
        assert_eq!(made_anew(), [board, page]);
        assert_eq!(told(board).len(), 4, "its last day is today");
        portal.clock.set(crate::portal::at("2026-11-22T00:00:00"));
        assert_eq!(told(board).len(), 3, "and over at midnight, with nobody doing anything");
        assert!(!told(page).iter().any(|place| place.contains("thôn 2")));
    }
}
