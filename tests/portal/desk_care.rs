//! What the desk does so that nobody does by haste what he did not mean: nothing is given, taken or thrown away because
//! a form stood so.

use bangtin::person::access::Role;
use bangtin::store::schema::editions;
use diesel::prelude::*;

use crate::desk_walls::{TEXTS, Walls, begun};
use crate::people::{Browser, added, role, unit};

fn approved(walls: &Walls, browser: &mut Browser, title: &str) -> i64 {
    let document = begun(browser, "xa-dong-kieu", title);
    let mut c = walls.portal.app.web.store.read().expect("a reader");
    let base: i64 =
        editions::table.filter(editions::document_id.eq(document)).select(editions::revision_id).first(&mut *c).expect("it is there");
    drop(c);
    let base = base.to_string();
    let fields = [
        ("base", base.as_str()),
        ("title", title),
        ("lead", "Tóm tắt."),
        ("body", "Chợ họp từ 5 giờ."),
        ("unit", "xa-dong-kieu"),
        ("section", "tin-dia-phuong"),
        ("then", "submit"),
    ];
    let sent = browser.post(&format!("{TEXTS}/{document}/sua"), &fields);
    assert_eq!(sent.status, 303, "{}", sent.text("main"));
    document
}

fn seal(browser: &Browser, path: &str) -> (String, String) {
    let page = browser.get(path);
    let of = |name: &str| page.attributes(&format!("main input[name={name}]"), "value").first().cloned().unwrap_or_default();
    (of("seal"), of("revision"))
}

#[test]
fn an_hour_that_was_filled_in_is_not_thrown_away_because_at_once_stood_chosen() {
    let walls = Walls::open();
    let here = unit(&walls.portal, "Đông Kiều");
    added(&walls.portal, "man.le", "Lê Văn Mẫn", &[role(Role::Author, Some(here))]);
    added(&walls.portal, "duyet.pham", "Phạm Thị Duyệt", &[role(Role::Reviewer, Some(here)), role(Role::Publisher, Some(here))]);
    let document = approved(&walls, &mut Browser::of(&walls.portal, "man.le"), "Chợ họp sớm");
    let mut reviewer = Browser::of(&walls.portal, "duyet.pham");
    let path = format!("{TEXTS}/{document}/duyet");
    let (seal, revision) = seal(&reviewer, &path);
    let fields = |when: &'static str| {
        [("seal", seal.clone()), ("revision", revision.clone()), ("when", when.to_owned()), ("starts", "2026-11-23T07:00".to_owned())]
    };
    let mut sends = |when| {
        let fields = fields(when);
        reviewer.post(&path, &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let refused = sends("now");
    assert_eq!(refused.status, 422, "{}", refused.text("main"));
    assert!(refused.text("#i-starts").contains("chọn đăng ngay"), "{}", refused.text("main"));
    assert_eq!(refused.attributes("#f-starts", "value"), ["2026-11-23T07:00"]);
    assert_eq!(walls.portal.get("/tin/cho-hop-som").status, 404);
    assert_eq!(sends("later").status, 303);
    assert_eq!(walls.portal.get("/tin/cho-hop-som").status, 404, "it waits for its hour");
}

#[test]
fn what_takes_something_from_a_person_is_said_once_more_and_a_role_is_chosen_by_who_gives_it() {
    let walls = Walls::open();
    let here = unit(&walls.portal, "Đông Kiều");
    added(&walls.portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    added(&walls.portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(here))]);
    let mut keeper = Browser::of(&walls.portal, "lan.pham");
    let person = "/ban-bien-tap/nguoi/tham.tran";
    let page = keeper.get(person);
    let forms = page.attributes("main form", "action");
    assert_eq!(forms, [format!("{person}/giao-vai-tro"), format!("{person}/ten")], "nothing is taken by one button of this page");
    for (way, said) in [("dat-lai", "phải đặt mật khẩu mới"), ("khoa", "bị đăng xuất ngay"), ("phien", "trên mọi thiết bị")]
    {
        let before = walls.written();
        let sure = keeper.get(&format!("{person}/{way}"));
        assert!(
            sure.status == 200 && sure.text("main").contains(said) && sure.text("main").contains("Trần Thị Thắm"),
            "{way}: {}",
            sure.text("main")
        );
        assert_eq!(sure.attributes("main form", "action"), [format!("{person}/{way}")]);
        assert_eq!(walls.written(), before, "{way}: it was only asked");
    }
    let taken = page.attributes("main a[href*='/bo-vai-tro']", "href");
    assert_eq!(taken.len(), 1);
    let sure = keeper.get(&taken[0]);
    assert!(sure.text("main").contains("Người viết – xã Đông Kiều"), "{}", sure.text("main"));
    // As the form stands, nothing is given: neither the first role nor the whole portal.
    let before = walls.written();
    let unchosen = keeper.post(&format!("{person}/giao-vai-tro"), &[("role", ""), ("unit", "?")]);
    assert_eq!((unchosen.status, unchosen.texts("#i-role").len(), unchosen.texts("#i-unit").len()), (422, 1, 1));
    assert_eq!(page.attributes("#f-role option[selected], #f-unit option[selected]", "value"), ["", "?"]);
    let empty = keeper.post("/ban-bien-tap/them-nguoi", &[("login", ""), ("name", ""), ("unit", "?")]);
    let faults = ["#i-name", "#i-login", "#i-unit", "#f-role .issue"].map(|at| empty.texts(at).len());
    assert_eq!((empty.status, faults), (422, [1; 4]), "all that is wrong, at once");
    assert_eq!(walls.written().1, before.1);
    assert_eq!(keeper.post(&taken[0].replace("?role=author&unit=", "?"), &[("role", "author"), ("unit", &here.to_string())]).status, 303);
}

#[test]
fn a_colour_that_nobody_could_read_is_refused_at_its_field() {
    let walls = Walls::open();
    added(&walls.portal, "lan.pham", "Phạm Thị Lan", &[role(Role::Keeper, None)]);
    let mut keeper = Browser::of(&walls.portal, "lan.pham");
    let page = keeper.get("/ban-bien-tap/cai-dat");
    let html = page.html();
    let inputs = scraper::Selector::parse("main form[action$='cai-dat'] input[name], main form[action$='cai-dat'] textarea[name]")
        .expect("a selector");
    let standing: Vec<(String, String)> = html
        .select(&inputs)
        .filter(|field| !matches!(field.attr("type"), Some("checkbox" | "radio")) || field.attr("checked").is_some())
        .map(|field| {
            let value = field.attr("value").map(str::to_owned).unwrap_or_else(|| field.text().collect());
            (field.attr("name").unwrap_or_default().to_owned(), value)
        })
        .filter(|(name, _)| name != "mark")
        .collect();
    let mut with = |accent: &str, dark: &str| {
        let fields: Vec<(&str, &str)> = standing
            .iter()
            .map(|(name, value)| match name.as_str() {
                "accent" => (name.as_str(), accent),
                "accent_dark" => (name.as_str(), dark),
                _ => (name.as_str(), value.as_str()),
            })
            .collect();
        keeper.post("/ban-bien-tap/cai-dat", &fields)
    };
    let pale = with("#ffff00", "#7fcf9f");
    assert!(pale.status == 422 && pale.text("#i-accent").contains("1,0"), "{}", pale.text("main"));
    let dark = with("#14613f", "#14613f");
    assert!(dark.status == 422 && dark.text("#i-accent_dark").contains("ít nhất 4,5"), "{}", dark.text("main"));
    assert_eq!(with("#14613f", "#7fcf9f").status, 303);
}

#[test]
fn a_list_that_has_become_shorter_leads_to_its_last_page_and_offers_only_what_one_may_do() {
    let walls = Walls::open();
    let here = unit(&walls.portal, "Đông Kiều");
    added(&walls.portal, "man.le", "Lê Văn Mẫn", &[role(Role::Author, Some(here))]);
    added(&walls.portal, "bang.vu", "Vũ Thị Bảng", &[role(Role::BoardKeeper, Some(here))]);
    added(&walls.portal, "dang.vu", "Vũ Văn Đăng", &[role(Role::Publisher, Some(here))]);
    let of = |login: &str| Browser::of(&walls.portal, login).get(TEXTS).attributes("select[name=viec] option", "value");
    assert_eq!(of("man.le"), ["submit", "discard"]);
    assert_eq!(of("dang.vu"), ["withdraw"]);
    assert_eq!(of("bang.vu"), Vec::<String>::new());
    let beyond = Browser::of(&walls.portal, "man.le").get(&format!("{TEXTS}?sap-xep=cu&trang=9"));
    assert_eq!((beyond.status, beyond.header("location")), (303, format!("{TEXTS}?sap-xep=cu").as_str()));
}

#[test]
fn whoever_was_signed_out_from_elsewhere_is_told_while_his_browser_still_has_what_he_typed() {
    let walls = Walls::open();
    let here = unit(&walls.portal, "Đông Kiều");
    added(&walls.portal, "man.le", "Lê Văn Mẫn", &[role(Role::Author, Some(here))]);
    let mut writer = Browser::of(&walls.portal, "man.le");
    let document = begun(&mut writer, "xa-dong-kieu", "Chợ họp sớm");
    let form = writer.get(&format!("{TEXTS}/{document}/sua"));
    let of = |name: &str| form.attributes(&format!("main form input[name={name}]"), "value").first().cloned().unwrap_or_default();
    let mut other = Browser::of(&walls.portal, "man.le");
    assert_eq!(other.post("/ban-bien-tap/toi/phien", &[]).status, 303);
    let typed = "Chợ họp từ bốn giờ rưỡi. ".repeat(2_000);
    let fields = [("mark", of("mark")), ("base", of("base")), ("title", "Chợ họp sớm".to_owned()), ("body", typed)];
    let told = writer.post_marked(&format!("{TEXTS}/{document}/sua"), &fields.each_ref().map(|(name, value)| (*name, value.as_str())));
    assert_eq!(told.status, 403, "{}", told.text("main"));
    assert!(told.text("main").contains("bấm nút quay lại của trình duyệt"), "{}", told.text("main"));
    assert!(!other.get(&format!("{TEXTS}/{document}/sua")).body.contains("bốn giờ rưỡi"), "of whoever sits there nothing is kept");
    // Where nothing was typed there is nothing to tell.
    let empty = writer.post_marked(&format!("{TEXTS}/{document}/gui"), &[("mark", &of("mark"))]);
    assert_eq!(empty.status, 303);
}
