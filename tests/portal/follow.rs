//! Another portal follows: what a province posts hangs in a commune's own installation, as it does there, and no longer.

use bangtin::app::follow::{self, Outcome};
use bangtin::bulletin::follow::{Row, all};
use bangtin::bulletin::judge::Refused;
use bangtin::kit::refusal::Refusal;

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, at, morning};

/// The province's portal, under its own address, and the commune's.
fn two() -> (Portal, Folder, Portal) {
    let province = Portal::open();
    let folder = Folder::new();
    folder.rules().file("site.toml", SITE.replace("https://thu.example", &province.address));
    folder.posting("cua-tinh", "title = \"Của tỉnh\"\nunit = \"99\"\nto = [\"below\"]\nnumber = \"12/TB-UBND\"\nissuer = \"UBND tỉnh Hương Lúa\"\nissued = 2026-11-19", "Cho **mọi xã**.");
    folder.posting("rieng-tinh", "title = \"Riêng của tỉnh\"\nunit = \"99\"", "Chỉ ở tỉnh.");
    province.import(&folder).unwrap_or_else(|refusal| panic!("{}", province.told(&refusal)));
    province.app.begin_keys().expect("a key can be made");
    let commune = Folder::new();
    commune.rules().file("site.toml", SITE.replace("name = \"Bảng Tin thử\"", "name = \"Cổng xã\"\nunit = \"99001\""));
    let commune = Portal::with(&commune);
    commune.app.begin_keys().expect("a key can be made");
    (province, folder, commune)
}

fn begin(commune: &Portal, province: &Portal) -> Row {
    follow::begin(&commune.app, &province.address, "99001", None, None).unwrap_or_else(|refusal| panic!("{}", commune.told(&refusal))).0
}

fn sync(commune: &Portal) -> Outcome {
    let row = all(&mut commune.app.web.store.read().expect("a connection")).expect("rows").remove(0);
    follow::sync(&commune.app, &row, None).unwrap_or_else(|refusal| panic!("{}", commune.told(&refusal))).0
}

fn board(portal: &Portal) -> String {
    portal.get("/bang-tin/99001").body
}

#[test]
fn what_a_province_posts_hangs_in_the_communes_own_portal_with_its_origin() {
    let (province, _folder, commune) = two();
    begin(&commune, &province);
    assert!(matches!(sync(&commune), Outcome::Taken(tally) if tally.came == 1));
    let page = board(&commune);
    assert!(page.contains("Của tỉnh") && page.contains("tỉnh Hương Lúa, gửi xã Đông Kiều") && !page.contains("Riêng của tỉnh"), "{page}");
    let text = commune.get("/niem-yet/cua-tinh");
    assert!(text.body.contains("<strong>mọi xã</strong>") && text.body.contains("12/TB-UBND"));
    assert!(text.body.contains(&province.address), "whoever reads it is told from where it came");
    assert_eq!(sync(&commune), Outcome::Same);
}

#[test]
fn a_correction_there_is_one_here_and_so_is_its_undoing() {
    let (province, folder, commune) = two();
    begin(&commune, &province);
    sync(&commune);
    commune.clock.set(morning() + chrono::Duration::minutes(10));
    province.clock.set(morning() + chrono::Duration::minutes(10));
    let front = "title = \"Của tỉnh, đã sửa\"\nunit = \"99\"\nto = [\"below\"]\nchange_note = \"Sửa số\"";
    folder.posting("cua-tinh@2", front, "Cho mọi xã, đã sửa.");
    province.import(&folder).expect("it is sound");
    assert!(matches!(sync(&commune), Outcome::Taken(tally) if tally.changed == 1));
    assert!(board(&commune).contains("Của tỉnh, đã sửa"));
    assert!(commune.get("/niem-yet/cua-tinh").body.contains("Sửa số"));
    // Taken back before anybody saw it, it leaves the words before it.
    let gone = |at: &str| format!("{front}\n[withdrawn]\nat = 2026-11-21T{at}\nreason = \"Đăng nhầm\"");
    folder.posting("cua-tinh@2", &gone("08:10:00"), "Cho mọi xã, đã sửa.");
    province.import(&folder).unwrap_or_else(|refusal| panic!("{}", province.told(&refusal)));
    assert!(matches!(sync(&commune), Outcome::Taken(tally) if tally.changed == 1));
    assert!(board(&commune).contains("Của tỉnh") && !board(&commune).contains("đã sửa"));
}

#[test]
fn a_withdrawal_there_is_one_here_with_its_reason() {
    let (province, folder, commune) = two();
    begin(&commune, &province);
    sync(&commune);
    for portal in [&province, &commune] {
        portal.clock.set(morning() + chrono::Duration::minutes(20));
    }
    let front = "title = \"Của tỉnh\"\nunit = \"99\"\nto = [\"below\"]\nnumber = \"12/TB-UBND\"\nissuer = \"UBND tỉnh Hương Lúa\"\nissued = 2026-11-19";
    let gone = "\n[withdrawn]\nat = 2026-11-21T08:20:00\nreason = \"Đăng nhầm\"";
    folder.posting("cua-tinh", &format!("{front}{gone}"), "Cho **mọi xã**.");
    province.import(&folder).unwrap_or_else(|refusal| panic!("{}", province.told(&refusal)));
    assert!(matches!(sync(&commune), Outcome::Taken(tally) if tally.gone == 1));
    assert!(!board(&commune).contains("Của tỉnh"));
    let page = commune.get("/niem-yet/cua-tinh");
    assert!(page.status == 410 && page.body.contains("Đăng nhầm"), "{} {}", page.status, page.body);
}

#[test]
fn without_a_line_it_ends_at_its_own_time() {
    let (province, folder, commune) = two();
    folder.posting("co-han", "title = \"Có hạn\"\nunit = \"99\"\nto = [\"below\"]\nuntil = 2026-12-25", "Đến hết ngày 25.");
    province.import(&folder).unwrap_or_else(|refusal| panic!("{}", province.told(&refusal)));
    begin(&commune, &province);
    sync(&commune);
    drop(province);
    commune.clock.set(at("2026-12-25T23:59:59"));
    assert!(board(&commune).contains("Có hạn"));
    assert_eq!(sync(&commune), Outcome::Refused(Refused::NoAnswer));
    commune.clock.set(at("2026-12-26T00:00:00"));
    assert!(!board(&commune).contains("Có hạn"));
}

#[test]
fn nobody_here_changes_what_is_another_portals() {
    let (province, _folder, commune) = two();
    begin(&commune, &province);
    sync(&commune);
    use bangtin::edition::state::State;
    use bangtin::edition::{Edition, Kind, verbs};
    use bangtin::person::{Act, Actor, Door, Who};
    use bangtin::store::schema::editions;
    use diesel::prelude::*;
    let who =
        Who::Person(Actor { id: 1, login: "van.thu".into(), name: "Văn Thư".into(), grants: Vec::new(), from: None, door: Door::Desk });
    let outcome = commune.app.web.store.write(|c| {
        let edition: Edition = editions::table.filter(editions::state.eq(State::Published.name())).select(Edition::as_select()).first(c)?;
        let leave = verbs::Leave { at: commune.clock.now(), reason: "thôi", replaced_by: "" };
        verbs::withdraw(c, Act { now: commune.clock.now(), who: &who }, Kind::Posting, edition, leave)
    });
    assert!(matches!(outcome, Err(Refusal::WrongState(told)) if told.key == "edition-followed"));
    assert!(board(&commune).contains("Của tỉnh"));
}

#[test]
fn a_rotated_key_is_taken_on_the_old_ones_word_and_a_strangers_is_not() {
    let (province, folder, commune) = two();
    begin(&commune, &province);
    sync(&commune);
    bangtin::app::keys::rotate(&province.app, None).expect("it can be rotated");
    folder.posting("sau-doi-khoa", "title = \"Sau khi đổi khóa\"\nunit = \"99\"\nto = [\"below\"]", "Mới.");
    province.import(&folder).expect("it is sound");
    assert!(matches!(sync(&commune), Outcome::Taken(tally) if tally.came == 1));
    // A key that nobody vouches for: lost and made anew, or a thief's.
    bangtin::app::keys::replace(&province.app).expect("it can be replaced");
    province.clock.set(morning() + chrono::Duration::days(3));
    commune.clock.set(morning() + chrono::Duration::days(3));
    assert_eq!(sync(&commune), Outcome::Refused(Refused::UnknownKey));
    assert!(board(&commune).contains("Sau khi đổi khóa"), "what was held stays");
}

#[test]
fn who_stops_following_takes_down_what_came() {
    let (province, _folder, commune) = two();
    begin(&commune, &province);
    sync(&commune);
    follow::stop(&commune.app, &province.address, "99001").expect("it is followed");
    assert!(!board(&commune).contains("Của tỉnh"));
    assert!(matches!(follow::stop(&commune.app, &province.address, "99001"), Err(Refusal::Trouble(_))));
}
