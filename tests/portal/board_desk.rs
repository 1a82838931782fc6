//! The desk's pages of electronic boards: how each is, what it shows, how it has been; many at once in a tree; and nobody sees more
//! than he looks after.

use bangtin::app::alarms::Watcher;
use bangtin::board::report::{self, Answer, Report, Showing, Told};
use bangtin::kit::digest::base64;
use bangtin::kit::sign::Signer;
use bangtin::person::access::Role;
use chrono::Duration;

use crate::folder::Folder;
use crate::people::{Browser, added, role, unit};
use crate::places::{all, folder};
use crate::portal::Portal;

const ALL: &str = "/ban-bien-tap/bang-dien-tu";
const ONE: &str = "/ban-bien-tap/bang-dien-tu/1";

struct Machine {
    signer: Signer,
    code: &'static str,
    count: i64,
}

impl Machine {
    /// Paired by the staff of the whole portal, where the commune's board hangs.
    fn at(portal: &Portal, code: &'static str, name: &str, label: &str) -> Machine {
        let mut machine = Machine { signer: Signer::draw().expect("a key"), code, count: 0 };
        let pairing = machine.tell(portal, &Told::default()).code;
        let seat = all(portal, name).into_iter().find(|place| place.slug == "tru-so").expect("it is there").id.to_string();
        let list = format!("/ban-bien-tap/don-vi/{label}/bang-dien-tu");
        let reply =
            Browser::of(portal, "ca.tinh").post(&list, &[("code", &pairing), ("place", &seat), ("opens", "07:00"), ("closes", "17:00")]);
        assert_eq!(reply.status, 303, "{}", reply.text("main"));
        machine
    }

    fn tell(&mut self, portal: &Portal, told: &Told) -> Answer {
        self.count += 1;
        let public = self.signer.public().written();
        let report = Report { unit: self.code.to_owned(), public, count: self.count, told: told.clone(), events: Vec::new() };
        let body = serde_json::to_string(&report).expect("JSON");
        let said = format!("keyid=\"{}\", sig=:{}:", self.signer.id(), base64(&self.signer.sign(body.as_bytes())));
        let reply = portal.post(&report::path(self.code), &[("bulletin-signature", &said), ("content-type", "application/json")], &body);
        serde_json::from_str(&reply.body).unwrap_or_else(|_| panic!("{} {}", reply.status, reply.body))
    }
}

fn told() -> Told {
    Told { version: env!("CARGO_PKG_VERSION").to_owned(), number: 9_999, clock: "sure".to_owned(), is_visible: true, ..Told::default() }
}

fn showing(slug: &str) -> Option<Vec<Showing>> {
    let (id, since) = (format!("https://thu.example/niem-yet/{slug}"), "2026-11-21T08:00:00+07:00".to_owned());
    Some(vec![Showing { id, edition: 1, digest: "ab".repeat(32), since }])
}

/// Two communes with a board each, whose staff see their own; and whoever looks after the province.
fn province() -> (Portal, Folder, Machine, Machine) {
    let folder = folder();
    folder.posting("noi-quy", "title = \"Nội quy\"\nperiod = \"3000 days\"", "Không hút thuốc.");
    let portal = Portal::with(&folder);
    portal.app.begin_keys().expect("a key can be made");
    added(&portal, "ca.tinh", "Hà Văn Cả", &[role(Role::BoardKeeper, None)]);
    added(&portal, "vi.lo", "Lò Thị Vi", &[role(Role::BoardKeeper, Some(unit(&portal, "Đông Kiều")))]);
    added(&portal, "ben.gao", "Quàng Thị Thơm", &[role(Role::BoardKeeper, Some(unit(&portal, "Bến Gạo")))]);
    let mut one = Machine::at(&portal, "99001", "Đông Kiều", "xa-dong-kieu");
    let mut other = Machine::at(&portal, "99002", "Bến Gạo", "xa-ben-gao");
    one.tell(&portal, &Told { showing: showing("noi-quy"), ..told() });
    other.tell(&portal, &told());
    (portal, folder, one, other)
}

#[test]
fn the_boards_of_a_province_are_a_number_a_list_of_those_that_want_somebody_and_a_tree() {
    let (portal, _folder, mut one, _other) = province();
    let staff = Browser::of(&portal, "ca.tinh");
    let page = staff.get(ALL);
    assert_eq!(page.text(".coverage-told"), "2 bảng điện tử, không bảng nào cần người xem", "{}", page.text("main"));
    assert_eq!(page.texts(".board-counts a"), ["Đang hiện đúng 2"]);
    portal.clock.set(portal.clock.now() + Duration::minutes(71));
    one.tell(&portal, &told());
    // Whoever was away so long signs in anew.
    let staff = Browser::of(&portal, "ca.tinh");
    let page = staff.get(ALL);
    assert_eq!(page.text(".coverage-told"), "2 bảng điện tử, 1 bảng cần người xem");
    assert_eq!(page.texts(".board-counts a"), ["Im lặng quá lâu 1", "Đang hiện đúng 1"]);
    assert_eq!(page.texts("section[aria-labelledby=list] .row-title"), ["Bảng Bến Gạo"]);
    let tree = page.texts(".coverage-tree li > p");
    assert!(tree[0].contains("1/2 bảng hiện tốt") && tree[0].contains("1 cần xem"), "{tree:?}");
    assert!(tree.iter().any(|line| line.contains("Đông Kiều") && line.contains("1/1")), "{tree:?}");
    assert!(!page.text("main").contains("chưa có bảng điện tử"), "{}", page.text("main"));
    let well = staff.get(&format!("{ALL}?tinh-trang=well"));
    assert_eq!(well.texts("section[aria-labelledby=list] .row-title"), ["Bảng ở trụ sở UBND xã"]);
    assert_eq!(well.attributes(".board-counts a[aria-current]", "href"), [ALL]);
    let within = staff.get(&format!("{ALL}?don-vi=xa-ben-gao"));
    assert_eq!(within.text(".coverage-told"), "1 bảng điện tử, 1 bảng cần người xem");
    assert_eq!(staff.get(&format!("{ALL}?don-vi=khong-co")).status, 404);
}

#[test]
fn who_looks_after_one_commune_sees_its_boards_and_no_others() {
    let (portal, _folder, _one, _other) = province();
    let keeper = Browser::of(&portal, "vi.lo");
    let reply = keeper.get(ALL);
    assert_eq!((reply.status, reply.header("location")), (303, "/ban-bien-tap/don-vi/xa-dong-kieu/bang-dien-tu"));
    assert_eq!(keeper.get(&format!("{ALL}?don-vi=xa-ben-gao")).status, 404);
    assert_eq!((keeper.get(ONE).status, keeper.get(&format!("{ALL}/2")).status, keeper.get(&format!("{ALL}/99")).status), (200, 404, 404));
    let mut stranger = Browser::of(&portal, "ben.gao");
    for path in [ONE.to_owned(), format!("{ONE}/go")] {
        assert_eq!(stranger.post(&path, &[("opens", "08:00"), ("closes", "09:00"), ("reason", "x")]).status, 404, "{path}");
    }
    assert_eq!(Browser::of(&portal, "vi.lo").get(ONE).attributes("#f-opens", "value"), ["07:00"]);
}

#[test]
fn a_boards_page_says_how_it_is_what_to_do_and_how_it_has_been() {
    let (portal, _folder, mut one, _other) = province();
    let mut watcher = Watcher::new(&portal.app);
    let keeper = Browser::of(&portal, "vi.lo");
    let page = keeper.get(ONE);
    assert_eq!(page.texts(".board-now li a"), ["Nội quy"], "{}", page.text("main"));
    assert_eq!(
        (page.texts(".board-screen.is-lit .board-texts li"), page.text(".board-told")),
        (vec!["Nội quy".to_owned()], "Đang hiện đúng".to_owned())
    );
    assert!(page.text("section[aria-labelledby=past]").contains("Chưa có lần nào"));
    portal.clock.set(portal.clock.now() + Duration::minutes(71));
    watcher.step().expect("it looks");
    let keeper = Browser::of(&portal, "vi.lo");
    let page = keeper.get(ONE);
    assert!(
        page.text(".board-veil").contains("Không có tin từ") && page.text("main").contains("Kiểm tra nguồn điện"),
        "{}",
        page.text("main")
    );
    assert_eq!(page.texts("section[aria-labelledby=past] .row-title"), ["Im lặng quá lâu đang diễn ra"]);
    // What a later program says, this one tells as what it is.
    one.tell(&portal, &Told { fault: "lightning".to_owned(), is_upright: true, ..told() });
    watcher.step().expect("it looks");
    let page = keeper.get(ONE);
    assert!(
        page.text(".board-told").contains("cổng này chưa biết (lightning)")
            && page.attributes(".board-screen.is-upright", "class").len() == 1
    );
    one.tell(&portal, &Told { clock: "by-the-sun".to_owned(), ..told() });
    watcher.step().expect("it looks");
    let page = keeper.get(ONE);
    assert!(
        page.text(".board-told").contains("Đồng hồ") && page.text(".board-facts").contains("Chưa biết giờ đúng"),
        "{}",
        page.text("main")
    );
    assert_eq!(page.texts("section[aria-labelledby=past] li .row-about").len(), 3);
    assert!(
        page.texts("section[aria-labelledby=past] .row-about").iter().any(|line| line.contains("1 giờ 11 phút")),
        "{}",
        page.text("main")
    );
    assert_eq!((page.texts(".board-days g").len(), page.texts(".board-days-told li").len()), (30, 30));
    let today = page.texts(".board-days-told li").pop().expect("a day");
    assert!(today.starts_with("21/11/2026: hiện tốt 0 %"), "{today}");
    // A screen that nobody can see is drawn dark.
    one.tell(&portal, &Told { is_visible: false, ..told() });
    assert!(keeper.get(ONE).text(".board-screen.is-dark .board-veil").contains("tắt hoặc bị che"));
}

#[test]
fn the_hours_of_a_board_are_kept_by_its_keeper_and_what_was_typed_wrong_comes_back() {
    let (portal, _folder, _one, _other) = province();
    let mut keeper = Browser::of(&portal, "vi.lo");
    let wrong = keeper.post(ONE, &[("opens", "17:00"), ("closes", "7 giờ")]);
    assert!(wrong.status == 422 && wrong.text("#i-closes").contains("giờ và phút"), "{}", wrong.text("main"));
    assert_eq!(
        (wrong.attributes("#f-opens", "value"), wrong.attributes("#f-closes", "value")),
        (vec!["17:00".to_owned()], vec!["7 giờ".to_owned()])
    );
    assert_eq!(keeper.post(ONE, &[("opens", ""), ("closes", "")]).status, 303);
    let page = keeper.get(ONE);
    assert!(page.text(".board-facts").contains("Hiện cả ngày đêm"));
    let done = page.texts("section[aria-labelledby=done] .rows li");
    assert!(
        done[0].contains("Đổi giờ hiện")
            && done[0].contains("Lò Thị Vi")
            && done[1].contains("Ghép bảng điện tử")
            && done[1].contains("Hà Văn Cả"),
        "{done:?}"
    );
}

#[test]
fn a_board_that_was_taken_off_keeps_its_page_and_its_past() {
    let (portal, _folder, _one, _other) = province();
    let mut keeper = Browser::of(&portal, "vi.lo");
    let refused = keeper.post(&format!("{ONE}/go"), &[("reason", " ")]);
    assert!(refused.status == 422 && refused.text("#i-reason").contains("lý do"), "{}", refused.text("main"));
    let reply = keeper.post(&format!("{ONE}/go"), &[("reason", "Máy hỏng")]);
    assert_eq!((reply.status, reply.header("location")), (303, format!("{ONE}?da=board-unpaired").as_str()));
    let page = keeper.get(ONE);
    assert!(page.text(".board-told").contains("Đã gỡ") && page.text("section[aria-labelledby=done]").contains("Máy hỏng"));
    assert!(page.attributes("form[action='/ban-bien-tap/bang-dien-tu/1']", "action").is_empty(), "nothing is left to change");
    let list = keeper.get("/ban-bien-tap/don-vi/xa-dong-kieu/bang-dien-tu");
    assert!(
        list.texts(".boards > li").is_empty() && list.text("details.sheet").contains("Bảng ở trụ sở UBND xã, gỡ lúc"),
        "{}",
        list.text("main")
    );
    assert_eq!(keeper.get(&format!("{ONE}/go")).status, 409);
    assert!(Browser::of(&portal, "ca.tinh").get(ALL).text("main").contains("1 trên 2 đơn vị cơ sở chưa có bảng điện tử"));
}
