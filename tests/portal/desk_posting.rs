//! The form of a posting, as a clerk meets it: units by their names, words of her language, what is rare folded away.

use bangtin::kit::mask::Way;
use bangtin::posting::Posting;
use chrono::TimeDelta;

use crate::desk_files::{filled, office, posting, posting_of, published, saves};
use crate::desk_road::{moved, path};
use crate::people::Browser;
use crate::portal::{Reply, at};

fn form(browser: &Browser, document: i64) -> Reply {
    browser.get(&format!("{}/sua", path(document)))
}

fn open_folds(page: &Reply) -> Vec<String> {
    page.texts("details.fold[open] > summary")
}

#[test]
fn what_is_rare_is_folded_until_it_holds_something_or_wants_mending() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let page = form(&clerk, document);
    assert_eq!(open_folds(&page), Vec::<String>::new());
    assert_eq!(page.attributes("form.editor button[name=then]", "value")[0], "stay", "whoever presses Enter in a line saves");
    assert_eq!(page.texts("details.fold > summary").len(), 9);
    assert!(!page.text("#h-body").contains("ngoặc nhọn"), "no names are asked for where no persons are");
    let lines = [("suspended_from", "2026-12-01"), ("comments_until", "ngày mai")];
    let refused = saves(&mut clerk, &filled(&page), document, &lines);
    assert_eq!((refused.status, open_folds(&refused)), (422, vec!["Lấy ý kiến".to_owned(), "Tạm ngưng hiệu lực".to_owned()]));
    assert_eq!(refused.attributes("#f-suspended_from", "value"), ["2026-12-01"]);
    let people = posting_of(&mut clerk, "ket-qua-ho-ngheo");
    let page = form(&clerk, people);
    assert!(page.text("#h-body").contains("ngoặc nhọn"));
    assert_eq!(open_folds(&page), ["Dữ liệu cá nhân"]);
}

#[test]
fn a_posting_is_for_units_that_are_chosen_by_name_and_a_code_is_told_back_with_its_name() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let own = filled(&form(&clerk, document));
    let lines = [("to", "below"), ("to", "group:ven-song"), ("to_codes", "99002, 12345"), ("then", "stay")];
    moved(&saves(&mut clerk, &own, document, &lines));
    let page = form(&clerk, document);
    assert_eq!(page.attributes("input[name=to][checked]", "value"), ["below", "group:ven-song"]);
    assert_eq!(page.text("#f-to").matches("Nhóm Ven sông").count(), 1);
    assert_eq!(page.texts("#n-to_codes li"), ["99002: Xã Bến Gạo", "12345: hiện không có đơn vị nào mang mã này"]);
    assert_eq!(page.text("#f-to_codes").split_whitespace().collect::<Vec<_>>(), ["99002", "12345"]);
    // Sent again as it stands, it says the same.
    let ticked = [("to", "below"), ("to", "group:ven-song"), ("lead", "Tóm tắt."), ("body", "Nội dung."), ("then", "submit")];
    let refused = saves(&mut clerk, &filled(&page), document, &ticked);
    assert!(refused.status == 422 && refused.text("#i-to").contains("không có đơn vị nào mang mã “12345”"), "{}", refused.text("main"));
}

#[test]
fn a_kind_that_is_urgent_begins_urgent_and_is_refused_as_anything_less() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting_of(&mut clerk, "thong-bao-khan");
    let page = form(&clerk, document);
    assert_eq!(page.attributes("#f-priority option[selected]", "value"), ["urgent"]);
    let lines = [("priority", "normal"), ("ends", "2026-11-25T17:00"), ("lead", "Tóm tắt."), ("body", "Nước lên."), ("then", "stay")];
    moved(&saves(&mut clerk, &filled(&page), document, &lines));
    let told = clerk.get(&format!("{}/sua?da=saved", path(document)));
    assert!(told.text("#a-priority").contains("hãy chọn mức “Khẩn cấp”"), "whoever saves is told what will hold it back");
    let refused = saves(&mut clerk, &filled(&told), document, &[("then", "submit")]);
    assert!(refused.status == 422 && refused.text("#i-priority").contains("là tin khẩn"), "{}", refused.text("main"));
    moved(&saves(&mut clerk, &filled(&refused), document, &[("priority", "urgent"), ("then", "submit")]));
}

#[test]
fn a_correction_is_refused_in_the_words_of_the_form() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let own = filled(&form(&clerk, document));
    let lines = [("lead", "Tóm tắt."), ("body", "Nội dung đúng."), ("corrects", "goc"), ("places", "portal"), ("then", "submit")];
    let refused = saves(&mut clerk, &own, document, &lines);
    let told = refused.text("#i-places");
    assert_eq!(refused.status, 422, "{}", refused.text("main"));
    assert!(told.contains("Cần có: trụ sở, nhà văn hóa thôn và tổ dân phố, cổng thông tin.") && !told.contains("seat"), "{told}");
}

#[test]
fn what_is_tried_while_one_types_is_what_the_public_will_read() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting_of(&mut clerk, "ket-qua-ho-ngheo");
    let body = "Ông {{Trần Văn Bình}}.";
    for web in ["totals", "masked"] {
        let own = filled(&form(&clerk, document));
        moved(&saves(&mut clerk, &own, document, &[("body", body), ("web", web), ("then", "stay")]));
        let tried = clerk.post("/ban-bien-tap/xem-thu", &[("body", body), ("web", web)]).body;
        let page = clerk.get(&format!("{}/trang", path(document))).text(".prose");
        let bare = tried.replace("<p>", "").replace("</p>", "");
        assert_eq!(bare.trim(), page.trim(), "{web}");
        assert!(!tried.contains("Trần Văn Bình") && !tried.contains("{{"), "{tried}");
    }
    assert_eq!(Posting { web: "totals".into(), ..Posting::default() }.web_way(), Way::Hidden);
}

#[test]
fn lists_of_the_desk_name_the_kind_of_a_posting() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting(&mut clerk);
    let own = filled(&form(&clerk, document));
    moved(&saves(&mut clerk, &own, document, &[("lead", "Tóm tắt."), ("body", "Nội dung."), ("then", "submit")]));
    let queue = Browser::of(&portal, "duyet.pham").get("/ban-bien-tap/cho-xu-ly");
    assert!(
        queue.text("main").contains("Nội dung công khai khác") && !queue.text("main").contains("cong-khai-khac"),
        "{}",
        queue.text("main")
    );
    let list = clerk.get("/ban-bien-tap/van-ban?loai=posting");
    assert!(list.attributes("select[name=chuyen-muc] option", "value").contains(&"cong-khai-khac".to_owned()));
}

#[test]
fn a_posting_that_another_replaced_says_when_and_one_that_is_gone_says_whom_to_ask() {
    let portal = office(None);
    let mut clerk = Browser::of(&portal, "viet.le");
    let document = posting_of(&mut clerk, "lai-suat-cho-vay");
    published(&portal, &mut clerk, document);
    let until = |slug: &str| portal.get(&format!("/niem-yet/{slug}")).text(".posting-first");
    assert!(until("cong-khai-ket-qua-ra-soat").contains("khi có văn bản thay thế"));
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
    let second = posting_of(&mut clerk, "lai-suat-cho-vay");
    let own = filled(&form(&clerk, second));
    moved(&saves(&mut clerk, &own, second, &[("replaces", "cong-khai-ket-qua-ra-soat"), ("then", "stay")]));
    published(&portal, &mut clerk, second);
    let page = portal.get("/niem-yet/cong-khai-ket-qua-ra-soat");
    assert!(page.text(".posting-first").contains("21/11/2026, khi có văn bản thay thế"), "{} {}", page.status, page.text("main"));
    assert_eq!(page.attributes(".posting-related a", "href"), ["/niem-yet/cong-khai-ket-qua-ra-soat-2"]);
    // One whose time is over, of a kind that is given on request.
    portal.clock.set(at("2027-02-01T08:00:00"));
    let gone = portal.get("/niem-yet/ho-ngheo");
    let ways = gone.attributes(".ways a", "href");
    assert_eq!((gone.status, ways.first().map(String::as_str)), (410, Some("/don-vi/xa-dong-kieu")), "{}", gone.text("main"));
    assert!(gone.text("main").contains("liên hệ xã Đông Kiều"), "{}", gone.text("main"));
}
