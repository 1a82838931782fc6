//! Share cards: every page names one, and none tells of what may not be seen.

use crate::folder::Folder;
use crate::portal::{Portal, Reply, at};

const PAGES: [&str; 8] =
    ["/", "/chuyen-muc/tin-dia-phuong", "/don-vi/xa-dong-kieu", "/tin/mot", "/luu-tru/2026/11", "/trang/gioi-thieu", "/en/", "/en/tin/mot"];

fn folder() -> Folder {
    let folder = Folder::new();
    folder.page("gioi-thieu", "Giới thiệu").article("mot", "title = \"Vụ mùa ở Đông Kiều\"\nformer = [\"cu\"]", "Thân.");
    folder
}

/// Without the site's own address, which is not where the test listens.
fn card_of(page: &Reply) -> String {
    let address = page.attributes("meta[property='og:image']", "content").remove(0);
    address.strip_prefix("https://thu.example").expect("an absolute address").to_owned()
}

fn pixels(card: &Reply) -> image::RgbImage {
    image::load_from_memory_with_format(&card.bytes, image::ImageFormat::Png).expect("a sound PNG").into_rgb8()
}

/// What is drawn in the title's white, as (left, top, right, bottom).
fn white(card: &Reply) -> Option<(u32, u32, u32, u32)> {
    // Above the foot, where the site's name is white too, and below the line that says where.
    let picture = pixels(card);
    let found = picture.enumerate_pixels().filter(|(_, y, pixel)| (120..516).contains(y) && pixel.0.iter().all(|c| *c > 245));
    found.fold(None, |edges, (x, y, _)| {
        let (left, top, right, bottom) = edges.unwrap_or((x, y, x, y));
        Some((left.min(x), top.min(y), right.max(x), bottom.max(y)))
    })
}

#[test]
fn every_page_names_a_card_that_answers() {
    let portal = Portal::with(&folder());
    for path in PAGES {
        let page = portal.get(path);
        let card = portal.get(&card_of(&page));
        assert_eq!((card.status, card.header("content-type")), (200, "image/png"), "{path}");
        assert_eq!(card.header("cross-origin-resource-policy"), "cross-origin", "previews on other sites show it");
        assert_eq!(page.header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(pixels(&card).dimensions(), (1200, 630), "{path}");
        let said = |name: &str| page.attributes(&format!("meta[property='og:image:{name}']"), "content").remove(0);
        assert_eq!((said("width"), said("height"), said("type")), ("1200".into(), "630".into(), "image/png".into()), "{path}");
        assert!(card.bytes.len() < 150_000, "{path}: {} bytes", card.bytes.len());
        assert!(white(&card).is_some(), "{path}: no title");
    }
    assert_eq!(portal.get("/the/tin/khong-co.png").status, 404);
    assert_eq!(portal.get("/the/tin/..%2fmot.png").status, 404);
}

#[test]
fn a_card_is_there_exactly_while_its_text_is() {
    let folder = folder();
    folder
        .article("nhap", "title = \"LÚA-KÍN\"\nstate = \"draft\"", "Thân.")
        .article("hen", "title = \"LÚA-KÍN\"\npublished = 2026-11-21T09:00:00\nuntil = 2026-11-21T10:00:00", "Thân.")
        .article("rut", "title = \"LÚA-KÍN\"\n\n[withdrawn]\nat = 2026-11-21T09:30:00\nreason = \"Nhầm lịch\"", "Thân.");
    let portal = Portal::with(&folder);
    let statuses = || ["nhap", "hen", "rut"].map(|slug| portal.get(&format!("/the/tin/{slug}.png")));
    let expect = |wanted: [u16; 3]| {
        for (card, wanted) in statuses().iter().zip(wanted) {
            assert_eq!(card.status, wanted);
            assert!(card.status == 200 || (!card.body.contains("LÚA-KÍN") && !card.header("content-type").contains("image")));
        }
    };
    expect([404, 404, 200]);
    portal.clock.set(at("2026-11-21T09:00:00"));
    expect([404, 200, 200]);
    portal.clock.set(at("2026-11-21T09:30:00"));
    expect([404, 200, 410]);
    portal.clock.set(at("2026-11-21T10:00:00"));
    expect([404, 410, 410]);
}

#[test]
fn a_former_address_leads_to_the_card_under_the_new_one() {
    let moved = Portal::with(&folder()).get("/the/tin/cu.png");
    assert_eq!((moved.status, moved.header("location")), (301, "/the/tin/mot.png"));
}

#[test]
fn a_correction_gives_the_card_another_address_and_nothing_else_does() {
    let folder = folder();
    let portal = Portal::with(&folder);
    let first = card_of(&portal.get("/tin/mot"));
    folder.article("hai", "title = \"Bài khác\"", "Thân.");
    portal.import(&folder).expect("a sound folder");
    assert_eq!(card_of(&portal.get("/tin/mot")), first, "another text changes nothing");
    let before = portal.get(&first);
    folder.article("mot@2", "title = \"Vụ mùa ở xã Đông Kiều\"\nchange_note = \"Sửa tên.\"\npublished = 2026-11-21T07:00:00", "Thân.");
    portal.import(&folder).expect("a sound folder");
    let second = card_of(&portal.get("/tin/mot"));
    assert_ne!(second, first);
    assert_eq!(second.split('?').next(), first.split('?').next(), "but for its version");
    assert_ne!(portal.get(&second).header("etag"), before.header("etag"));
}

#[test]
fn a_card_is_asked_for_again_only_by_its_etag_whatever_stands_in_its_query() {
    let portal = Portal::with(&folder());
    let card = portal.get("/the/tin/mot.png");
    for query in ["", "?v=00000000", "?fbclid=x", "?trang=2"] {
        let again = portal.ask("GET", &format!("/the/tin/mot.png{query}"), &[("if-none-match", card.header("etag"))]);
        assert_eq!((again.status, again.bytes.len()), (304, 0), "{query}");
    }
    assert_eq!(portal.ask("HEAD", "/the/tin/mot.png", &[]).status, 200);
}

#[test]
fn two_portals_draw_the_same_card() {
    let (one, other) = (Portal::with(&folder()), Portal::with(&folder()));
    assert_eq!(one.get("/the/tin/mot.png").bytes, other.get("/the/tin/mot.png").bytes);
}

#[test]
fn pages_do_not_wait_for_cards() {
    let portal = Portal::with(&folder());
    let painter = portal.app.painter.clone();
    let turn = actix_web::rt::System::new().block_on(painter.turns.turn()).expect("nobody else draws");
    std::thread::scope(|scope| {
        let waiting: Vec<_> = (0..8).map(|_| scope.spawn(|| portal.get("/the/tin/mot.png"))).collect();
        // One that did not wait would have ended.
        while painter.turns.waiting() < 8 && waiting.iter().all(|card| !card.is_finished()) {
            std::thread::yield_now();
        }
        // What stands above every page is made with the first of them.
        assert_eq!(portal.get("/don-vi").status, 200);
        let before = portal.app.web.kept.made();
        assert_eq!(portal.get("/tin/mot").status, 200);
        assert_eq!(portal.get("/chuyen-muc/van-hoa").status, 200);
        assert_eq!(portal.app.web.kept.made() - before, 2, "two pages and no card: there is one turn, and it is taken");
        assert!(waiting.iter().all(|card| !card.is_finished()));
        drop(turn);
        for card in waiting {
            assert_eq!(card.join().expect("no panic").status, 200);
        }
    });
}

/// Titles that somebody will write one day.
pub fn hostile() -> Vec<(&'static str, String)> {
    vec![
        ("the-dong", "</script><b>Đậm</b> <!-- & &amp; \\\"nháy\\\" 'đơn' ]]>".to_owned()),
        ("khong-cach", "Khôngcáchnào".repeat(25)),
        ("bieu-tuong", "Lễ hội 🎉 lúa mới 👨‍👩‍👧".to_owned()),
        ("phai-sang-trai", "مرحبا بالعالم".to_owned()),
        ("dao-chieu", "Tin \u{202e}iuv\u{202c} về\u{200b} Bến Gạo".to_owned()),
        ("to-hop", "Zalgo e\u{323}\u{302}\u{301}\u{308}\u{30a} ".repeat(8).trim().to_owned()),
        ("dau-chong", "ẤN ĐỊNH LỄ HỘI NGƯỠNG CỬA ".repeat(11).trim().to_owned()),
        ("dai", "Ủy ban nhân dân tỉnh Hương Lúa ban hành kế hoạch ".repeat(6).trim().to_owned()),
        ("ngan", "Ộ".to_owned()),
    ]
}

#[test]
fn any_title_is_drawn_within_its_card() {
    let folder = Folder::new();
    for (slug, title) in hostile() {
        folder.article(slug, &format!("title = \"{title}\""), "Thân.");
    }
    let portal = Portal::with(&folder);
    for (slug, title) in hostile() {
        let card = portal.get(&format!("/the/tin/{slug}.png"));
        assert_eq!(card.status, 200, "{slug}");
        let (left, top, right, bottom) = white(&card).unwrap_or_else(|| panic!("{slug} is blank"));
        assert!(left >= 70 && right <= 1130, "{slug} reaches from {left} to {right}");
        assert!(top >= 125 && bottom <= 508, "{slug} reaches from {top} down to {bottom}");
        if title.chars().count() > 200 {
            assert!(right > 1000, "{slug} leaves its room unused: {right}");
        }
    }
}

#[test]
fn a_posting_has_a_card_of_its_own_exactly_while_its_words_are_read() {
    let folder = folder();
    folder.rules();
    folder
        .posting("so", "title = \"Công khai dự toán\"\nkind = \"ngan-sach-xa\"\nsample = true", "Một.")
        .posting("nhap", "title = \"LÚA-KÍN\"\nstate = \"draft\"", "Hai.")
        .posting("hen", "title = \"LÚA-KÍN\"\npublished = 2026-12-24", "Ba.")
        .posting("ho-so", "title = \"Hồ sơ đất\"\nkind = \"cap-gcn-lan-dau\"", "Của ông {{Lý Văn Khuất}}.")
        .posting("rut", "title = \"LÚA-KÍN\"\n\n[withdrawn]\nat = 2026-11-21T07:00:00\nreason = \"Nhầm\"", "Bốn.");
    let portal = Portal::with(&folder);
    let card = card_of(&portal.get("/niem-yet/so"));
    assert!(card.starts_with("/the/niem-yet/so.png?v="), "{card}");
    assert_ne!(card, card_of(&portal.get("/niem-yet/ho-so")));
    assert_ne!(card, card_of(&portal.get("/en/niem-yet/so")), "in the words of its reader");
    let drawn = portal.get(&card);
    assert_eq!((drawn.status, drawn.header("content-type"), pixels(&drawn).dimensions()), (200, "image/png", (1200, 630)));
    assert!(white(&drawn).is_some(), "no title");
    for (slug, status) in [("nhap", 404), ("hen", 404), ("khong-co", 404), ("rut", 410)] {
        let reply = portal.get(&format!("/the/niem-yet/{slug}.png"));
        assert_eq!((reply.status, reply.body.contains("LÚA-KÍN")), (status, false), "{slug}");
    }
    // What is over and not read any more has no card; what is read under its banner has it still.
    let until = |slug: &str, at_last: &str, over: &str| {
        portal.clock.set(at(at_last));
        assert_eq!(portal.get(&format!("/the/niem-yet/{slug}.png")).status, 200, "{slug}");
        portal.clock.set(at(over));
        (portal.get(&format!("/niem-yet/{slug}")).status, portal.get(&format!("/the/niem-yet/{slug}.png")).status)
    };
    assert_eq!(until("ho-so", "2026-12-07T23:59:59", "2026-12-08T00:00:00"), (410, 410));
    assert_eq!(until("so", "2026-12-21T23:59:59", "2026-12-22T00:00:00"), (200, 200));
}
