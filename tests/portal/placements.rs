//! What the code on a sheet says, and what whoever stands at a board may say with the place's code: in two taps, without an
//! account, twice over a bad line and once in the record.

use bangtin::app::verify::verify;
use bangtin::kit::clock::Moment;
use bangtin::kit::picture::Picture;
use bangtin::person::access::Role;
use bangtin::posting::placements::{Row, Standing, What, placements};
use bangtin::posting::placements_note::{self as note, KIND, Report};
use bangtin::store::log;
use bangtin::store::schema::documents;
use chrono::Duration;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use tempfile::TempDir;

use crate::folder::{Folder, png};
use crate::people::{Browser, added, role, unit};
use crate::places::{folder, place};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

/// A posting of the commune, with what it says more.
pub fn posted(folder: &Folder, slug: &str, more: &str) {
    folder.posting(slug, &format!("kind = \"ngan-sach-xa\"\nlead = \"Tóm tắt\"\n{more}"), "Công khai.");
}

pub fn portal_on(database: Option<String>) -> Portal {
    let folder = folder();
    posted(&folder, "du-toan", "title = \"Công khai dự toán\"");
    posted(&folder, "kin", "title = \"KÍN\"\nstate = \"draft\"");
    posted(&folder, "hen", "title = \"KÍN\"\npublished = 2026-12-24T08:00:00");
    posted(&folder, "het-han", "title = \"KÍN\"\npublished = 2026-10-01");
    posted(
        &folder,
        "da-rut",
        "title = \"KÍN\"\n\n[withdrawn]\nat = 2026-11-21T07:00:00\nreason = \"Nhầm số thu\"\nreplaced_by = \"du-toan\"",
    );
    folder.page("trang", "Trang");
    let portal = Portal::reopen(TempDir::new().expect("a temporary folder"), database, &["127.0.0.1"]);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal
}

fn portal() -> Portal {
    portal_on(None)
}

pub fn id(portal: &Portal, slug: &str) -> i64 {
    let mut c = portal.app.web.store.read().expect("it opens");
    documents::table.filter(documents::slug.eq(slug)).select(documents::id).first(&mut *c).expect("it is there")
}

fn rows(portal: &Portal, document: i64) -> Vec<Row> {
    note::rows_of(&mut portal.app.web.store.read().expect("it opens"), document).expect("it can be read")
}

fn second_edition(portal: &Portal) {
    let folder = Folder::new();
    posted(&folder, "du-toan", "title = \"Công khai dự toán, bản sửa\"\nchange_note = \"Sửa số chi\"");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

fn said(reply: &Reply) -> String {
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.text("section.verdict-said")
}

/// The second tap of a form, as the first page gives it.
fn confirmed<'r>(first: &'r Reply, more: &[(&'static str, &'r [u8])]) -> Vec<(String, Vec<u8>)> {
    let names = first.attributes(".board-confirm [type=hidden]", "name");
    let values = first.attributes(".board-confirm [type=hidden]", "value");
    let own = names.into_iter().zip(values).map(|(name, value)| (name, value.into_bytes()));
    own.chain(more.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec()))).collect()
}

fn send(portal: &Portal, path: &str, parts: &[(String, Vec<u8>)]) -> Reply {
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    portal.post_parts(path, &[], &parts)
}

#[test]
fn the_code_on_a_sheet_says_for_ever_what_became_of_it_and_nothing_that_is_not_public() {
    for portal in [portal_on(None), portal_on(Some(postgres()))] {
        let n = |slug: &str| format!("/n/{}", id(&portal, slug));
        let here = n("du-toan");
        assert!(said(&portal.get(&here)).contains("Bản mới nhất là bản số 1"));
        assert!(said(&portal.get(&format!("{here}?ban=1"))).starts_with("Tờ này là bản mới nhất Công khai dự toán"));
        second_edition(&portal);
        let old = portal.get(&format!("{here}?ban=1"));
        assert!(said(&old).contains("Tờ giấy là bản số 1; hiện nay là bản số 2."), "a kept answer is made anew");
        assert_eq!(old.attributes("section.verdict-said a", "href"), [KIND.path("du-toan")]);
        assert_eq!(old.texts(".board-ask button"), ["Đã gỡ", "Bị rách, mất"], "nobody is asked to hang what is old");
        assert_eq!(portal.get(&here).texts(".board-ask button"), ["Đã treo", "Đã gỡ", "Bị rách, mất", "Đã treo lại"]);
        let english = portal.get(&format!("/en{here}?ban=1"));
        assert!(said(&english).contains("The sheet is version 1; current is version 2."));
        let ended = said(&portal.get(&n("het-han")));
        assert!(ended.contains("đã hết thời hạn niêm yết") && ended.contains("02/11/2026"), "{ended}");
        let withdrawn = said(&portal.get(&n("da-rut")));
        assert!(withdrawn.contains("Nhầm số thu") && withdrawn.contains("Được thay bằng “Công khai dự toán, bản sửa”"), "{withdrawn}");
        for path in [
            n("kin"),
            n("hen"),
            n("trang"),
            format!("{here}?ban=3"),
            format!("{here}?ban=0"),
            format!("{here}?ban=x"),
            "/n/0".to_owned(),
            "/n/99999".to_owned(),
            "/n/01".to_owned(),
            "/n/99999999999999999999".to_owned(),
        ] {
            for path in [path.clone(), format!("/en{path}")] {
                let reply = portal.get(&path);
                assert_eq!((reply.status, reply.body.contains("KÍN")), (404, false), "{path}");
            }
        }
        for path in [n("het-han"), n("da-rut")] {
            assert!(!portal.get(&path).body.contains("KÍN"), "{path}");
        }
        // Law 1: the clock alone makes the one that waits a posting.
        portal.clock.set(at("2026-12-24T07:59:59"));
        assert_eq!(portal.get(&n("hen")).status, 404);
        portal.clock.set(at("2026-12-24T08:00:00"));
        assert!(said(&portal.get(&n("hen"))).contains("bản số 1"));
    }
}

#[test]
fn two_taps_and_a_code_record_that_a_sheet_hangs_and_a_bad_line_records_it_once() {
    for portal in [portal_on(None), portal_on(Some(postgres()))] {
        let (document, place) = (id(&portal, "du-toan"), place(&portal, "thon-2"));
        let path = format!("/n/{document}");
        let typed = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("ma", place.code_shown().to_lowercase().as_str()), ("ban", "1"), ("viec", "hung")])
            .finish();
        let first = portal.post(&path, &[], &typed);
        assert_eq!((first.status, first.header("cache-control"), first.header("set-cookie")), (200, "no-store", ""));
        let told = first.text(".board-facts");
        assert!(
            told.contains("Đã treo") && told.contains("Nhà văn hóa thôn 2, Cạnh sân bóng") && told.contains("21/11/2026 08:00"),
            "{told}"
        );
        assert!(rows(&portal, document).is_empty(), "one tap records nothing");
        let mut parts = confirmed(&first, &[("ten", "Vì Thị Hai".as_bytes()), ("anh", b"")]);
        for _ in 0..3 {
            let reply = send(&portal, &format!("{path}/ghi"), &parts);
            let to = format!("{path}/da-ghi?viec=hung");
            assert_eq!((reply.status, reply.header("location")), (303, to.as_str()), "{}", reply.body);
            assert!(portal.get(&to).text("h1").contains("Đã ghi nhận"));
        }
        let all = rows(&portal, document);
        assert_eq!(all.len(), 1, "the same key is noted once");
        let row = &all[0];
        assert_eq!((row.place_id, row.number, row.what(), row.at), (place.id, 1, Some(What::Hung), portal.clock.now()));
        assert_eq!((row.name.as_str(), row.actor.as_str(), row.way.as_str()), ("Vì Thị Hai", "board", "phone"));
        assert_eq!(placements(&all)[&place.id][0].standing(), Standing::Hanging);
        // The same key for another thing is nobody's.
        parts.iter_mut().filter(|(name, _)| name == "viec").for_each(|(_, value)| *value = b"taken_down".to_vec());
        assert_eq!(send(&portal, &format!("{path}/ghi"), &parts).status, 409);

        let mut seen = Vec::new();
        log::verify(&mut portal.app.web.store.read().expect("it opens"), |row| {
            seen.push((row.act.clone(), row.subject.clone(), row.facts.clone()))
        })
        .expect("it can be read");
        let (act, subject, facts) = seen.last().expect("a row");
        assert_eq!((act.as_str(), subject.as_str()), ("hung", format!("{}/du-toan/1", KIND.name()).as_str()));
        assert!(facts.contains("Nhà văn hóa thôn 2") && !facts.contains("Vì Thị Hai") && !facts.contains(&place.code), "{facts}");
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    }
}

#[test]
fn what_a_phone_sends_late_bears_the_time_at_which_it_was_done() {
    let portal = portal();
    let (document, place) = (id(&portal, "du-toan"), place(&portal, "thon-2"));
    let key = |number: &str| format!("dien-thoai-{number}");
    let note = |number: &str, what: &str, ago: &str| {
        let key = key(number);
        let parts: [(&str, &[u8]); 5] =
            [("ma", place.code.as_bytes()), ("ban", b"1"), ("viec", what.as_bytes()), ("khoa", key.as_bytes()), ("tuoi", ago.as_bytes())];
        portal.post_parts(&format!("/n/{document}/ghi"), &[], &parts)
    };
    // The second came first, and the first three hours late.
    assert_eq!(note("2", "taken_down", "60").status, 303);
    assert_eq!(note("1", "hung", "10800").status, 303);
    assert_eq!(note("3", "hung", "99999999999").status, 303, "what is no age means now");
    let all = rows(&portal, document);
    let now = portal.clock.now();
    assert_eq!(all.iter().map(|row| now - row.at).collect::<Vec<_>>(), [Duration::seconds(60), Duration::hours(3), Duration::zero()]);
    assert!(all.iter().all(|row| row.received_at == now));
    let hung = &placements(&all)[&place.id];
    assert_eq!((hung.len(), hung[0].from, hung[0].until), (2, now - Duration::hours(3), Some(now - Duration::seconds(60))));
}

#[test]
fn a_wrong_code_is_told_at_its_field_costs_time_and_tells_nothing() {
    let portal = portal();
    let (document, place) = (id(&portal, "du-toan"), place(&portal, "thon-2"));
    let ask = |from: &str, code: &str| {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs([("ma", code), ("ban", "1"), ("viec", "hung")]).finish();
        portal.post(&format!("/n/{document}"), &[("x-forwarded-for", from)], &body)
    };
    let wrong = ask("203.0.113.1", "0000-0000");
    assert_eq!((wrong.status, wrong.attributes("#f-ma", "value")), (422, vec!["00000000".to_owned()]));
    assert!(wrong.text("#i-ma").contains("Mã này không đúng") && !wrong.body.contains("Nhà văn hóa"));
    let heard = (0..100).filter(|n| ask("203.0.113.2", &format!("0000-{n:04}")).status == 422).count();
    assert_eq!(heard, 60, "one address tries so often within an hour");
    assert_eq!(ask("203.0.113.2", &place.code).status, 429, "and then knows of a right one no more than of a wrong one");
    assert_eq!(ask("203.0.113.3", &place.code).status, 200);
    // Of what is not public nobody hears whether a code is right.
    for slug in ["kin", "hen"] {
        for code in [place.code.as_str(), "00000000"] {
            let parts: [(&str, &[u8]); 4] = [("ma", code.as_bytes()), ("ban", b"1"), ("viec", b"hung"), ("khoa", b"a")];
            let path = format!("/n/{}", id(&portal, slug));
            assert_eq!(portal.post_parts(&format!("{path}/ghi"), &[], &parts).status, 404);
            assert_eq!(portal.post(&path, &[], &format!("ma={code}&viec=hung")).status, 404);
        }
    }
    let own = format!("/n/{document}/ghi");
    let parts = |code: &str| -> Vec<(String, Vec<u8>)> {
        [("ma", code), ("ban", "1"), ("viec", "hung"), ("khoa", "a")].map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec())).into()
    };
    assert_eq!(send(&portal, &own, &parts("00000000")).status, 422);
    let foreign = portal.post_parts(&own, &[("sec-fetch-site", "cross-site")], &[("ma", place.code.as_bytes())]);
    assert_eq!((foreign.status, portal.get(&own).status, portal.post(&own, &[], "ma=1").status), (403, 405, 415));
    let long = [parts(&place.code), vec![("anh".to_owned(), vec![0; 13 * 1024 * 1024])]].concat();
    assert_eq!(send(&portal, &own, &long).status, 413);
    for key in ["", "có dấu", &"a".repeat(65)] {
        let mut odd = parts(&place.code);
        odd[3].1 = key.as_bytes().to_vec();
        assert!((400..500).contains(&send(&portal, &own, &odd).status), "{key}");
    }
    assert!(rows(&portal, document).is_empty());
}

#[test]
fn a_photograph_is_kept_without_where_it_was_taken_and_only_the_unit_s_staff_see_it() {
    let portal = portal();
    let (document, place) = (id(&portal, "du-toan"), place(&portal, "thon-2"));
    let picture = Picture::decode(&png(2600, 1300)).expect("a picture").reduced(2600).expect("a JPEG");
    let mut photo = picture[..2].to_vec();
    let exif = b"Exif\0\0GPS-20.8-104.5-MAY-CUA-BA-HAI";
    photo.extend([0xff, 0xe1]);
    photo.extend((exif.len() as u16 + 2).to_be_bytes());
    photo.extend_from_slice(exif);
    photo.extend_from_slice(&picture[2..]);
    let send = |photo: &[u8], key: &[u8]| {
        let parts: [(&str, &[u8]); 5] = [("ma", place.code.as_bytes()), ("ban", b"1"), ("viec", b"hung"), ("khoa", key), ("anh", photo)];
        portal.post_parts(&format!("/n/{document}/ghi"), &[], &parts)
    };
    let bad = send(b"MZ not a picture", b"1");
    assert!(bad.status == 422 && bad.text(".board-issue").contains("Không đọc được tệp ảnh"), "{}", bad.status);
    assert_eq!(bad.attributes(".board-confirm [name=khoa]", "value"), ["1"], "what was typed comes back");
    assert_eq!(send(&photo, b"1").status, 303);
    let row = rows(&portal, document).remove(0);
    let kept = portal.app.web.shelf.take(&row.photo, "").expect("it is on the shelf");
    assert!(!kept.windows(4).any(|four| four == b"GPS-" || four == b"Exif"));
    let seen = Picture::decode(&kept).expect("a picture");
    assert_eq!((seen.width(), seen.height()), (1280, 640));
    for path in [format!("/tep/{}/anh.jpg", row.photo), format!("/anh/{}-480.webp", row.photo), format!("/anh/{}", row.photo)] {
        assert_eq!(portal.get(&path).status, 404, "{path}");
    }
    assert!(!portal.get(&format!("/n/{document}")).body.contains(&row.photo));
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Editor, Some(unit(&portal, "Bến Gạo")))]);
    added(&portal, "duyet.le", "Lê Thị Duyệt", &[role(Role::Reviewer, Some(unit(&portal, "Đông Kiều")))]);
    let path = format!("/ban-bien-tap/anh-noi-treo/{}", row.id);
    assert_eq!((Browser::of(&portal, "son.do").get(&path).status, portal.get(&path).status), (404, 303));
    let lent = Browser::of(&portal, "duyet.le").get(&path);
    assert_eq!((lent.status, lent.header("content-type"), lent.bytes == kept), (200, "image/jpeg", true));
}

fn noted(portal: &Portal, what: What, at: Moment, key: &str) -> Result<Row, bangtin::kit::refusal::Refusal> {
    let (document, place) = (id(portal, "du-toan"), place(portal, "thon-2"));
    let report = Report { document, number: 1, what, at, name: "", photo: "", note: "", key };
    portal.app.web.store.write(|c| note::at_board(c, portal.clock.now(), &place.code, &report))
}

#[test]
fn rows_are_never_edited_and_whoever_gets_past_that_is_found_out() {
    for database in [None, Some(postgres())] {
        let portal = portal_on(database.clone());
        noted(&portal, What::Hung, portal.clock.now(), "1").expect("it hangs");
        for sql in ["UPDATE placements SET note = 'khác'", "DELETE FROM placements"] {
            let outcome = portal.app.web.store.write(|c| {
                bangtin::on_conn!(c, |c| c.batch_execute(sql))?;
                Ok(())
            });
            assert!(outcome.is_err(), "{sql}");
        }
        let past = |sql: &str| {
            let outcome = portal.app.web.store.write(|c| {
                bangtin::on_conn!(c, |c| c.batch_execute(sql))?;
                Ok(())
            });
            outcome.expect("the guards are gone");
            let faults = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults;
            faults.into_iter().map(|phrase| phrase.key).collect::<Vec<_>>()
        };
        let open = match database {
            None => "DROP TRIGGER placements_are_not_edited; DROP TRIGGER placements_are_not_cut",
            Some(_) => "DROP TRIGGER placements_are_kept ON placements",
        };
        assert!(past(open).is_empty());
        // A board that is called otherwise, or counted no more, is found out too.
        for sql in ["name = 'Thôn Ma' WHERE slug = 'thon-2'", "closed_on = '2026-11-01' WHERE slug = 'thon-10'"] {
            let before = past("SELECT 1").len();
            assert_eq!(past(&format!("UPDATE places SET {sql}"))[before..], ["verify-changed-place"], "{sql}");
        }
        past("UPDATE places SET name = 'Nhà văn hóa thôn 2' WHERE slug = 'thon-2'");
        assert!(past("UPDATE places SET closed_on = NULL").is_empty());
        assert_eq!(past("UPDATE placements SET number = 2"), ["verify-changed-placement"]);
        assert_eq!(past("DELETE FROM placements"), ["verify-lost-placement"]);
    }
}

#[test]
fn what_is_told_of_one_minute_counts_as_it_arrived_and_a_board_of_others_hangs_nothing() {
    for portal in [portal_on(None), portal_on(Some(postgres()))] {
        let now = portal.clock.now();
        for (what, key) in [(What::Hung, "1"), (What::TakenDown, "2"), (What::Resumed, "3"), (What::Interrupted, "4")] {
            noted(&portal, what, now, key).expect("it is noted");
        }
        let told = |portal: &Portal| {
            let mut c = portal.app.web.store.read().expect("it opens");
            let rows = note::rows_of(&mut c, id(portal, "du-toan")).expect("they are there");
            placements(&rows).into_values().flatten().last().map(|one| one.standing())
        };
        assert_eq!(told(&portal), Some(Standing::Interrupted), "torn was the last");
        // It was not sent to the commune beside: no code of a board there makes it hang.
        let stranger = crate::places::all(&portal, "Bến Gạo").into_iter().next().expect("a place");
        let document = id(&portal, "du-toan");
        let report = Report { document, number: 1, what: What::Hung, at: now, name: "", photo: "", note: "", key: "6" };
        let refusal = portal.app.web.store.write(|c| note::at_board(c, now, &stranger.code, &report)).expect_err("it is not for there");
        assert!(portal.told(&refusal).contains("không gửi tới"), "{}", portal.told(&refusal));
    }
}

#[test]
fn what_hangs_where_touches_the_posting_s_own_page_and_no_list() {
    let portal = portal();
    let position = portal.app.web.store.write(log::position).expect("it can be read");
    noted(&portal, What::Hung, portal.clock.now(), "1").expect("it hangs");
    let changed = bangtin::edition::change::since(&mut portal.app.web.store.read().expect("it opens"), position, portal.clock.now());
    let bangtin::store::topic::Changed::Some(touches) = changed.expect("it can be read") else { panic!("it is not everything") };
    assert_eq!(touches.iter().map(|touch| touch.topic).collect::<Vec<_>>(), [bangtin::edition::change::text(KIND, "du-toan")]);
    let mut c = portal.app.web.store.snapshot().expect("it opens");
    let hanging = note::hanging(&mut c, id(&portal, "du-toan"), portal.clock.now()).expect("it can be read");
    assert_eq!(hanging.0.iter().map(|(place, of)| (place.name.as_str(), of.len())).collect::<Vec<_>>(), [("Nhà văn hóa thôn 2", 1)]);
    assert_eq!(c.looked_at().len(), 1, "a place that is called otherwise makes it another");
}

const AT: &str = "2026-11-20T08:00";

fn record<'f>(place: &'f str, what: &'f str, at: &'f str, key: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![("place", place), ("what", what), ("at", at), ("number", "1"), ("key", key), ("note", "Chị Hai báo qua điện thoại")]
}

#[test]
fn the_desk_shows_where_it_hangs_and_what_is_missing_records_for_others_and_sets_right() {
    for portal in [portal_on(None), portal_on(Some(postgres()))] {
        let here = unit(&portal, "Đông Kiều");
        added(&portal, "giu.bang", "Lò Thị Giữ", &[role(Role::BoardKeeper, Some(here))]);
        added(&portal, "duyet.le", "Lê Thị Duyệt", &[role(Role::Reviewer, Some(here))]);
        added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Reviewer, Some(unit(&portal, "Bến Gạo")))]);
        let (document, place) = (id(&portal, "du-toan"), place(&portal, "thon-2"));
        let path = format!("/ban-bien-tap/van-ban/{document}/noi-treo");
        let mut keeper = Browser::of(&portal, "giu.bang");
        let page = keeper.get(&path);
        assert_eq!(page.status, 200, "{}", page.body);
        assert_eq!(page.texts(".note li"), ["Bảng ở trụ sở UBND xã", "Nhà văn hóa thôn 2", "Nhà văn hóa thôn 10"]);
        assert!(page.text("main").contains("từ 21/11/2026 đến hết 21/12/2026, ngày treo không tính"), "{}", page.text("main"));
        let number = place.id.to_string();
        for (field, text, told) in
            [("at", "2026-11-22T08:00", "chưa đến"), ("at", "hôm qua", "ngày và giờ"), ("at", "2025-12-31T08:00", "không dùng")]
        {
            let mut fields = record(&number, "hung", AT, "a");
            fields.iter_mut().filter(|(name, _)| *name == field).for_each(|pair| pair.1 = text);
            let reply = keeper.post(&path, &fields);
            assert!(reply.status == 422 && reply.text("#i-at").contains(told), "{}: {}", reply.status, reply.text("#i-at"));
            assert_eq!(reply.attributes("#f-note", "value"), ["Chị Hai báo qua điện thoại"]);
        }
        let nowhere: Vec<_> = record(&number, "hung", AT, "a").into_iter().filter(|(name, _)| *name != "place").collect();
        assert!(keeper.post(&path, &nowhere).text("#f-place .issue").contains("ít nhất một nơi"));
        for _ in 0..2 {
            let reply = keeper.post(&path, &record(&number, "hung", AT, "a"));
            assert_eq!((reply.status, reply.header("location")), (303, format!("{path}?da=placement-noted").as_str()), "{}", reply.body);
        }
        keeper.post(&path, &record(&number, "taken_down", "2026-11-21T07:00", "b"));
        let all = rows(&portal, document);
        assert_eq!(all.iter().map(|row| (row.actor.as_str(), row.way.as_str())).collect::<Vec<_>>(), [("giu.bang", "desk"); 2]);
        let page = keeper.get(&path);
        assert_eq!((page.texts(".note li").len(), page.text("section.sheet .state")), (2, "Đã gỡ".to_owned()));

        // Several at once, or none: one of these places is not the unit's.
        let villages =
            [crate::placements::place(&portal, "tru-so").id.to_string(), crate::placements::place(&portal, "thon-10").id.to_string()];
        let several = |second: &'static str, key: &'static str| -> Vec<(&str, String)> {
            let mut fields: Vec<(&str, String)> = vec![("place", villages[0].clone()), ("place", second.to_owned())];
            fields.extend(record("", "hung", AT, key).into_iter().skip(1).map(|(name, text)| (name, text.to_owned())));
            fields
        };
        let sent = |keeper: &mut Browser, fields: &[(&str, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
            keeper.post(&path, &fields)
        };
        assert_eq!(sent(&mut keeper, &several("999999", "d")).status, 404);
        assert_eq!(rows(&portal, document).len(), 2, "all of them or none");
        let mut both = several("999999", "e");
        both[1].1.clone_from(&villages[1]);
        assert_eq!(sent(&mut keeper, &both).status, 303);
        assert_eq!((rows(&portal, document).len(), keeper.get(&path).texts(".note li").len()), (4, 0));

        // It was another sheet that was taken down.
        let strike = format!("/ban-bien-tap/noi-treo/{}/dinh-chinh", all[1].id);
        assert_eq!(keeper.post(&strike, &[("reason", " ")]).status, 422);
        assert_eq!(keeper.post(&strike, &[("reason", "Nhầm với tờ khác")]).header("location"), format!("{path}?da=placement-struck"));
        assert_eq!(keeper.post(&strike, &[("reason", "Nhầm")]).status, 409, "once is enough");
        let page = keeper.get(&path);
        assert_eq!((page.text("section.sheet .state"), page.texts("s").len()), ("Đang treo".to_owned(), 1));
        assert!(page.text("main").contains("Nhầm với tờ khác"));
        // A new edition makes the paper old.
        second_edition(&portal);
        assert!(keeper.get(&path).text("section.sheet > .issue").contains("bản số 1, đã cũ; hiện nay là bản số 2"));

        // Whoever only looks changes nothing, and who may not look knows of nothing.
        let mut reviewer = Browser::of(&portal, "duyet.le");
        assert_eq!((reviewer.get(&path).status, reviewer.get(&path).attributes("main form", "action").len()), (200, 0));
        assert_eq!(reviewer.post(&path, &record(&number, "hung", AT, "c")).status, 403);
        assert_eq!(reviewer.post(&strike, &[("reason", "Nhầm")]).status, 403);
        let stranger = Browser::of(&portal, "son.do");
        assert_eq!((stranger.get(&path).status, stranger.get(&strike).status), (404, 404));
        assert_eq!(rows(&portal, document).len(), 5);
        assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    }
}
