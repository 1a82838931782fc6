//! What a second person says of a text: it reaches whoever wrote it, and takes off the page what one alone put there.

use bangtin::person::access::Role;
use chrono::TimeDelta;

use crate::desk_road::{HERE, acts, moved, office, path, saves, urged, value};
use crate::desk_walls::begun;
use crate::people::{Browser, added, role, unit};

#[test]
fn a_reviewer_takes_off_the_page_what_one_person_alone_put_there_and_nothing_else() {
    let portal = office();
    added(&portal, "chi.tran", "Trần Thị Chi", &[role(Role::Reviewer, Some(unit(&portal, "Đông Kiều")))]);
    let document = urged(&portal, "Lũ về.");
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    let mut reviewer = Browser::of(&portal, "chi.tran");
    let way = format!("{}/go?ban=1", path(document));
    assert!(reviewer.get(&path(document)).attributes(".note a", "href").contains(&way));
    let seal = value(&reviewer.get(&way), "seal");
    moved(&reviewer.post(&way, &[("seal", &seal), ("reason", "Nước chưa lên đến đó."), ("replaced_by", "")]));
    portal.clock.set(portal.clock.now() + TimeDelta::seconds(1));
    assert_eq!(portal.get("/tin/hop-cho").status, 410);

    // Once somebody has confirmed it, it is a text as any other: whoever publishes takes it off.
    let portal = office();
    added(&portal, "chi.tran", "Trần Thị Chi", &[role(Role::Reviewer, Some(unit(&portal, "Đông Kiều")))]);
    let document = urged(&portal, "Lũ về.");
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    let (mut reviewer, mut second) = (Browser::of(&portal, "chi.tran"), Browser::of(&portal, "dang.vu"));
    let seal = value(&reviewer.get(&format!("{}/go", path(document))), "seal");
    let confirm = format!("{}/xac-nhan?ban=1", path(document));
    let seen = value(&second.get(&confirm), "seal");
    moved(&second.post(&confirm, &[("seal", &seen)]));
    let late =
        reviewer.post(&format!("{}/go", path(document)), &[("seal", &seal), ("reason", "Nước chưa lên đến đó."), ("replaced_by", "")]);
    assert_eq!(late.status, 403, "{}", late.text("main"));
    assert_eq!(portal.get("/tin/hop-cho").status, 200);
    assert!(!reviewer.get(&path(document)).attributes("main a", "href").iter().any(|href| href.contains("/go")));
}

#[test]
fn the_reason_stands_before_whoever_mends_until_he_sends_it_again() {
    let portal = office();
    let (mut writer, mut reviewer) = (Browser::of(&portal, "viet.le"), Browser::of(&portal, "dang.vu"));
    let document = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, document, HERE, "Chợ họp sớm hơn.", "submit"));
    moved(&acts(&mut reviewer, document, "tra-lai", &[("reason", "Thiếu giờ họp chợ.")]));
    let form = format!("{}/sua", path(document));
    for page in [path(document), form.clone()] {
        let said = writer.get(&page).texts(".note").join(" ");
        assert!(said.contains("Thiếu giờ họp chợ.") && said.contains("Vũ Hải Đăng"), "{page}: {said}");
    }
    moved(&saves(&mut writer, document, HERE, "Chợ họp lúc 5 giờ.", "stay"));
    assert!(writer.get(&form).texts(".note").join(" ").contains("Thiếu giờ họp chợ."));
    moved(&saves(&mut writer, document, HERE, "Chợ họp lúc 5 giờ.", "submit"));
    assert!(!writer.get(&path(document)).texts(".note").join(" ").contains("Thiếu giờ"));
}

#[test]
fn words_are_offered_back_to_whoever_may_take_them_back() {
    let portal = office();
    let mut writer = Browser::of(&portal, "viet.le");
    let document = begun(&mut writer, HERE, "Họp chợ");
    moved(&saves(&mut writer, document, HERE, "Lời đầu.", "stay"));
    moved(&saves(&mut writer, document, HERE, "Lời sau.", "stay"));
    let offered =
        |login: &str| Browser::of(&portal, login).get(&path(document)).attributes("form[action$='/phuc-hoi-ban']", "action").len();
    assert!(offered("viet.le") > 0);
    assert_eq!(offered("dang.vu"), 0);
    moved(&saves(&mut writer, document, HERE, "Lời sau.", "submit"));
    assert_eq!(offered("viet.le"), 0, "while it is on its way nobody writes");
}
