//! What was typed and neither saved nor sent: it waits for whoever typed it, nothing pushes it out, and he is told of it.

use bangtin::approval::held;
use bangtin::desk::door::{DESK, SIGN_IN};
use bangtin::person::access::Role;
use bangtin::person::{Who, keep};
use bangtin::store::schema::{documents, revisions, steps};
use chrono::TimeDelta;
use diesel::prelude::*;

use crate::desk_walls::{TEXTS, Walls, all_roles, begun, mark_of};
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, done, role, unit, who};
use crate::portal::{Portal, Reply};

const UNSAVED: &str = "/ban-bien-tap/chua-luu";

/// Three texts that show, and somebody who may do everything.
fn office() -> Portal {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    folder.article("mot", "", "Bài một.").article("hai", "", "Bài hai.").article("ba", "", "Bài ba.");
    let portal = Portal::with(&folder);
    portal.get("/");
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    portal
}

/// Sent from a page that was opened in this session, whatever the session is worth by now.
fn sent(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Reply {
    let mark = mark_of(browser.cookie.trim_start_matches("bangtin="));
    browser.post_marked(path, &[fields, &[("mark", mark.as_str())]].concat())
}

fn run_out(portal: &Portal) {
    portal.clock.set(portal.clock.now() + TimeDelta::minutes(61));
}

fn words<'w>(body: &'w str, base: &'w str) -> Vec<(&'w str, &'w str)> {
    vec![("base", base), ("title", "Họp chợ"), ("body", body), ("unit", "xa-dong-kieu"), ("section", "tin-dia-phuong"), ("then", "stay")]
}

fn base_of(browser: &Browser, path: &str) -> String {
    browser.get(path).attributes("input[name=base]", "value").remove(0)
}

fn body_of(browser: &Browser, path: &str) -> String {
    browser.get(path).text("textarea[name=body]")
}

/// What waits for somebody, as his own page lists it.
fn listed(browser: &Browser) -> Vec<String> {
    browser.get(DESK).attributes(&format!("a[href^='{UNSAVED}?']"), "href")
}

fn id(portal: &Portal, login: &str) -> i64 {
    let Who::Person(actor) = who(portal, login) else { panic!("a person") };
    actor.id
}

#[test]
fn what_the_page_keeps_by_itself_when_a_session_is_over_stands_in_the_form_after_signing_in() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (text, path) = (format!("{TEXTS}/{document}"), format!("{TEXTS}/{document}/sua"));
    let base = base_of(&browser, &path);
    run_out(&portal);
    let mut typed = String::new();
    for word in "Câu gõ sau khi hết".split(' ') {
        typed.push_str(&format!("{word} "));
        sent(&mut browser, &format!("{text}/giu"), &words(&typed, &base));
    }
    let kept = sent(&mut browser, &format!("{text}/giu"), &words("Câu gõ sau khi hết phiên.", &base));
    assert_eq!((kept.status, kept.header("location")), (303, format!("{SIGN_IN}?sau={text}").as_str()));
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    assert!(browser.get(&text).body.contains(&format!("href=\"{path}\"")), "the text's page leads to it");
    assert_eq!(body_of(&browser, &path), "Câu gõ sau khi hết phiên.");
    assert_eq!(listed(&browser).len(), 1, "and not each of its words");
    // Typing on, and another machine typing something else, write over none of it.
    assert_eq!(browser.post(&format!("{text}/giu"), &words("Câu gõ ở máy khác.", &base)).status, 200);
    assert_eq!(browser.post(&format!("{text}/giu"), &words("Câu gõ ở máy khác nữa.", &base)).status, 200);
    assert_eq!(listed(&browser).len(), 2);
    assert_eq!(browser.post(&path, &words("Câu đã lưu.", &base)).status, 303);
    assert_eq!(listed(&browser), Vec::<String>::new(), "it is in the history now");
    let mut c = portal.app.web.store.read().expect("it opens");
    let bodies: Vec<String> = revisions::table.select(revisions::body).load(&mut *c).expect("revisions");
    assert!(bodies.contains(&"Câu gõ sau khi hết phiên.".to_owned()), "{bodies:?}");
}

#[test]
fn what_was_typed_is_held_for_its_owner_s_page_and_for_no_other_site_nor_after_he_has_left() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let path = format!("{TEXTS}/{document}/sua");
    let base = base_of(&browser, &path);
    let send = |cookie: &str, mark: &str, from: &str, body: &str| {
        let fields = [words(body, &base), vec![("mark", mark)]].concat();
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("cookie", cookie), ("sec-fetch-site", from)];
        portal.post(&path, if from.is_empty() { &headers[..1] } else { &headers }, &form)
    };
    let old = mark_of(browser.cookie.trim_start_matches("bangtin="));
    let before = browser.cookie.clone();
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    assert_ne!(browser.cookie, before);
    // A page that was opened in the session before: nothing is done for it, and what was typed there waits.
    for (from, body, is_held) in
        [("", "Không rõ từ đâu.", false), ("cross-site", "Từ nơi khác.", false), ("same-origin", "Ở tab cũ.", true)]
    {
        let refused = send(&browser.cookie, &old, from, body);
        assert_eq!(refused.status, 403, "{from:?}");
        assert_eq!(refused.text("main").contains("đã được giữ"), is_held, "{from:?}: {}", refused.text("main"));
        assert_eq!(body_of(&browser, &path).contains(body), is_held, "{from:?}");
    }
    let waits = listed(&browser);
    assert_eq!(waits.len(), 1);
    // Whoever has signed out, and who never was in, leaves nothing behind.
    let gone = browser.cookie.clone();
    let mark = mark_of(gone.trim_start_matches("bangtin="));
    assert_eq!(sent(&mut browser, "/ban-bien-tap/dang-xuat", &[]).status, 303);
    let stranger = "ab".repeat(32);
    let told = send(&gone, &mark, "same-origin", "Của ai đó.");
    assert!(
        told.status == 403 && told.text("main").contains("chưa được lưu"),
        "he is told while his browser still has it: {}",
        told.text("main")
    );
    for (cookie, mark) in [(format!("bangtin={stranger}").as_str(), mark_of(&stranger).as_str()), ("", "")] {
        let reply = send(cookie, mark, "same-origin", "Của ai đó.");
        assert_eq!((reply.status, reply.header("location")), (303, format!("{SIGN_IN}?sau={path}").as_str()));
    }
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    assert_eq!(listed(&browser), waits);
    // One's own session that has run out, with a mark that was never its own.
    let cookie = browser.cookie.clone();
    run_out(&portal);
    assert_eq!(send(&cookie, "doan", "", "Đoán mò.").status, 403);
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    assert_eq!(listed(&browser), waits);
}

#[test]
fn a_reason_for_many_texts_comes_back_with_the_texts_after_signing_in() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let many = format!("{TEXTS}/nhieu");
    assert_eq!(browser.get(&many).header("location"), TEXTS, "nothing waits there");
    let ids = browser.get(TEXTS).attributes("input[name=chosen]", "value");
    assert_eq!(ids.len(), 3);
    let first = browser.post(&many, &[("viec", "withdraw"), ("chosen", &ids[0]), ("chosen", &ids[1])]);
    let seals = first.attributes("input[name=chosen]", "value");
    assert_eq!((first.status, seals.len()), (200, 2));
    let reason = "Số liệu của quý chưa được xác nhận.";
    let picked = |chosen: &[String]| chosen.iter().map(|seal| ("chosen".to_owned(), seal.clone())).collect::<Vec<_>>();
    let form = |reason: &str, chosen: &[String]| {
        let typed = [("viec", "withdraw"), ("lam", "1"), ("giu", ""), ("reason", reason)];
        [typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(), picked(chosen)].concat()
    };
    let send = |browser: &mut Browser, fields: &[(String, String)]| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        sent(browser, &many, &fields)
    };
    run_out(&portal);
    let away = send(&mut browser, &form(reason, &seals));
    assert_eq!((away.status, away.header("location")), (303, format!("{SIGN_IN}?sau={many}").as_str()));
    // Of another choice something was typed in another tab of that session.
    let other = send(&mut browser, &form("Một lý do khác hẳn.", &ids[2..]));
    assert_eq!(other.status, 303);
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    let waits = listed(&browser);
    assert_eq!(waits.len(), 2);
    let whole = |path: &String| browser.get(path).text("main");
    let wanted = waits.iter().find(|path| whole(path).contains(reason)).expect("it is listed").clone();
    assert!(whole(&wanted).contains("2 văn bản"), "{}", whole(&wanted));
    let address = browser.get(&wanted).attributes("input[name=o]", "value").remove(0);
    let opened = browser.post(UNSAVED, &[("o", &address), ("viec", "mo")]);
    assert_eq!(opened.header("location"), many);
    let page = browser.get(&many);
    assert_eq!(page.text("textarea[name=reason]"), reason);
    assert_eq!(page.attributes("input[name=chosen]", "value"), seals, "the same texts, as they stand");
    assert_eq!(portal.get("/tin/mot").status, 200, "and nothing was done for it");
    // The form that came back does it, and lets go of itself and of nothing else.
    let fields: Vec<(String, String)> = ["viec", "lam", "giu", "chosen"]
        .iter()
        .flat_map(|name| {
            page.attributes(&format!("form.sheet input[name={name}]"), "value").into_iter().map(|value| (name.to_string(), value))
        })
        .chain([("reason".to_owned(), page.text("textarea[name=reason]"))])
        .collect();
    let done = send(&mut browser, &fields);
    assert_eq!(done.header("location"), format!("{TEXTS}?da=bulk"), "{}", done.text("main"));
    let shown = ["mot", "hai", "ba"].iter().filter(|slug| portal.get(&format!("/tin/{slug}")).status == 200).count();
    assert_eq!(shown, 1);
    let waits = listed(&browser);
    assert!(waits.len() == 1 && browser.get(&waits[0]).text("main").contains("Một lý do khác hẳn."), "{waits:?}");
}

#[test]
fn whatever_waits_is_listed_read_gone_on_with_or_dropped_by_its_owner_alone() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (text, path) = (format!("{TEXTS}/{document}"), format!("{TEXTS}/{document}/sua"));
    let base = base_of(&browser, &path);
    assert!(!browser.get(DESK).body.contains("id=\"unsaved\""));
    let over = browser.cookie.clone();
    run_out(&portal);
    for body in ["Ở tab thứ nhất <b>đậm</b>.", "Ở tab thứ hai."] {
        browser.cookie = over.clone();
        sent(&mut browser, &path, &words(body, &base));
    }
    // A button with no word beside it waits for nobody.
    sent(&mut browser, &format!("{text}/bo"), &[("seal", "x")]);
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    let own = browser.get(DESK);
    assert!(own.text("#unsaved").contains("chưa lưu") && own.text("section[aria-labelledby=unsaved]").contains("30 ngày"));
    let waits = listed(&browser);
    assert_eq!(waits.len(), 2);
    let first = waits.iter().find(|path| browser.get(path).text("main").contains("Ở tab thứ nhất")).expect("it is there").clone();
    let page = browser.get(&first);
    assert!(page.body.contains("&lt;b&gt;đậm") && page.text("h1") == "Họp chợ", "{}", page.text("main"));
    let address = page.attributes("input[name=o]", "value").remove(0);
    assert_eq!(body_of(&browser, &path), "Ở tab thứ hai.");
    // Nobody else's to see, to open or to drop.
    added(&portal, "duyet.pham", "Phạm Thị Duyệt", &all_roles(None));
    let mut other = Browser::of(&portal, "duyet.pham");
    assert_eq!((other.get(&first).status, listed(&other).len()), (404, 0));
    assert_eq!(other.post(UNSAVED, &[("o", &address), ("viec", "mo")]).status, 404);
    other.post(UNSAVED, &[("o", &address), ("viec", "bo")]);
    assert_eq!(listed(&browser), waits);
    assert_eq!(browser.get(UNSAVED).status, 404);
    // The one beside comes to stand in the form, and the other waits in its place.
    assert_eq!(browser.post(UNSAVED, &[("o", &address), ("viec", "mo")]).header("location"), path);
    assert_eq!(body_of(&browser, &path), "Ở tab thứ nhất <b>đậm</b>.");
    assert_eq!(listed(&browser).len(), 2);
    assert!(browser.get(&first).text("main").contains("Ở tab thứ hai."));
    let dropped = browser.post(UNSAVED, &[("o", &address), ("viec", "bo")]);
    assert_eq!(dropped.header("location"), "/ban-bien-tap?da=forgotten");
    assert_eq!((listed(&browser).len(), body_of(&browser, &path).as_str()), (1, "Ở tab thứ nhất <b>đậm</b>."));
    // Its day comes.
    portal.clock.set(portal.clock.now() + TimeDelta::days(31));
    assert_eq!(listed(&Browser::of(&portal, "ca.bui")).len(), 0);
}

#[test]
fn what_cannot_be_held_any_more_is_said_while_the_browser_still_has_it() {
    let walls = Walls::open();
    let portal = &walls.portal;
    let (mut browser, _) = walls.everything();
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (text, path) = (format!("{TEXTS}/{document}"), format!("{TEXTS}/{document}/sua"));
    let base = base_of(&browser, &path);
    let person = id(portal, "ca.bui");
    for number in 0..held::MOST {
        let address = format!("{TEXTS}/{}/khan", 1_000 + number);
        let held = portal.app.web.store.write(|c| held::hold(c, person, &address, "reason=Lời dở", portal.clock.now()));
        held.expect("there is room");
    }
    let said = |reply: &Reply| (reply.status, reply.text("main").contains("chưa giữ lại được"));
    assert_eq!(said(&browser.post(&format!("{text}/giu"), &words("Câu thừa.", &base))), (409, true));
    let own = browser.get(DESK);
    assert_eq!(listed(&browser).len(), 50);
    assert!(own.text("section[aria-labelledby=unsaved]").contains("Còn 150 nội dung"), "{}", own.text("main"));
    // Saving needs no room.
    assert_eq!(browser.post(&path, &words("Câu đã lưu.", &base)).status, 303);
    run_out(portal);
    assert_eq!(said(&sent(&mut browser, &path, &words("Câu thừa.", &base))), (409, true));
    let all = portal.app.web.store.write(|c| held::all(c, person, portal.clock.now())).expect("it can be read");
    assert!(all.len() == 200 && all.iter().all(|(address, _)| address.ends_with("/khan")), "nothing was pushed out");
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    let waits = listed(&browser).remove(0);
    let address = browser.get(&waits).attributes("input[name=o]", "value").remove(0);
    browser.post(UNSAVED, &[("o", &address), ("viec", "bo")]);
    let base = base_of(&browser, &path);
    assert_eq!(browser.post(&format!("{text}/giu"), &words("Câu thừa.", &base)).status, 200, "there is room again");
}

/// The names and values of every field of the form that is sent there, as a browser would send them.
fn page_of(reply: &Reply) -> Vec<(String, String)> {
    ["base", "trang", "tren"]
        .map(|name| (name.to_owned(), reply.attributes(&format!("form.editor input[name={name}]"), "value").remove(0)))
        .into()
}

fn from_page<'p>(page: &'p [(String, String)], body: &'p str) -> Vec<(&'p str, &'p str)> {
    let typed = words(body, "").into_iter().filter(|(name, _)| *name != "base");
    page.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(typed).collect()
}

fn bodies_kept(portal: &Portal) -> Vec<String> {
    let mut c = portal.app.web.store.read().expect("it opens");
    revisions::table.select(revisions::body).load(&mut *c).expect("revisions")
}

#[test]
fn what_a_page_of_an_ended_session_has_typed_is_not_written_over_by_what_is_typed_on_in_another() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (text, path) = (format!("{TEXTS}/{document}"), format!("{TEXTS}/{document}/sua"));
    let (old, first) = (browser.cookie.clone(), page_of(&browser.get(&path)));
    run_out(&portal);
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    let second = page_of(&browser.get(&path));
    // The first page goes on, with the mark of the session before.
    let mark = mark_of(old.trim_start_matches("bangtin="));
    let fields = [from_page(&first, "Ở trang cũ."), vec![("mark", mark.as_str())]].concat();
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let refused = portal.post(&format!("{text}/giu"), &[("cookie", browser.cookie.as_str()), ("sec-fetch-site", "same-origin")], &form);
    assert_eq!(refused.status, 403);
    assert_eq!(browser.post(&format!("{text}/giu"), &from_page(&second, "Ở trang mới.")).status, 200);
    let waits = listed(&browser);
    assert_eq!(waits.len(), 2);
    assert!(waits.iter().any(|path| browser.get(path).text("main").contains("Ở trang cũ.")));
    // The form says that there is more, and leads to it.
    let offered = browser.get(&path).attributes(&format!(".note a[href^='{UNSAVED}?']"), "href");
    assert!(offered.len() == 1 && browser.get(&offered[0]).text("main").contains("Ở trang cũ."), "{offered:?}");
}

#[test]
fn two_pages_of_one_session_hold_nothing_over_each_other_and_one_that_begins_from_the_other_goes_on() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (path, keep) = (format!("{TEXTS}/{document}/sua"), format!("{TEXTS}/{document}/giu"));
    let (first, second) = (page_of(&browser.get(&path)), page_of(&browser.get(&path)));
    for (page, body) in [(&first, "Câu"), (&first, "Câu ở tab đầu."), (&second, "Câu"), (&second, "Câu ở tab sau.")] {
        assert_eq!(browser.post(&keep, &from_page(page, body)).status, 200);
    }
    assert_eq!(browser.post(&keep, &from_page(&first, "Câu ở tab đầu, gõ tiếp.")).status, 200);
    let said = |browser: &Browser| listed(browser).iter().map(|path| browser.get(path).text("main")).collect::<Vec<_>>();
    let waits = said(&browser);
    assert_eq!(waits.len(), 2);
    for body in ["Câu ở tab đầu, gõ tiếp.", "Câu ở tab sau."] {
        assert!(waits.iter().any(|text| text.contains(body)), "{body} {waits:?}");
    }
    // Opened anew it shows what was typed last in front, and going on from there is no third text.
    let third = page_of(&browser.get(&path));
    assert_eq!(body_of(&browser, &path), "Câu ở tab sau.");
    for body in ["Câu ở tab sau, sửa lại", "Câu ở tab sau, sửa lại."] {
        assert_eq!(browser.post(&keep, &from_page(&third, body)).status, 200);
        assert_eq!(listed(&browser).len(), 2);
    }
    // Whoever drops what his form showed drops nothing newer.
    let seen = third[2].1.clone();
    assert_eq!(browser.post(&format!("{TEXTS}/{document}/bo-giu"), &[("tren", &seen)]).status, 303);
    assert_eq!(listed(&browser).len(), 2);
    // Saved from one page, what the other typed is in the history, and what this one did is what was saved.
    assert_eq!(browser.post(&path, &from_page(&third, "Câu đã lưu.")).status, 303);
    assert_eq!(listed(&browser), Vec::<String>::new());
    let bodies = bodies_kept(&portal);
    assert!(bodies.contains(&"Câu ở tab đầu, gõ tiếp.".to_owned()) && bodies.contains(&"Câu đã lưu.".to_owned()), "{bodies:?}");
    assert!(!bodies.iter().any(|body| body.contains("sửa lại")), "{bodies:?}");
    let fourth = page_of(&browser.get(&path));
    browser.post(&keep, &from_page(&fourth, "Bỏ đi."));
    let seen = page_of(&browser.get(&path))[2].1.clone();
    browser.post(&format!("{TEXTS}/{document}/bo-giu"), &[("tren", &seen)]);
    assert_eq!(listed(&browser), Vec::<String>::new());
}

#[test]
fn what_was_typed_beside_the_text_itself_reaches_the_history_too() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let path = format!("{TEXTS}/{document}/sua");
    let base = base_of(&browser, &path);
    let over = browser.cookie.clone();
    run_out(&portal);
    let more = [("byline", "Bùi Thị Ca"), ("source_credit", "Theo Đài xã"), ("change_note", "Sửa giờ họp")];
    for (name, typed) in more {
        browser.cookie = over.clone();
        assert_eq!(sent(&mut browser, &path, &[words("Cùng một câu.", &base), vec![(name, typed)]].concat()).status, 303);
    }
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    assert_eq!(listed(&browser).len(), 3);
    assert_eq!(browser.post(&path, &words("Cùng một câu.", &base)).status, 303);
    assert_eq!(listed(&browser), Vec::<String>::new());
    let mut c = portal.app.web.store.read().expect("it opens");
    let facts: Vec<String> = revisions::table.select(revisions::facts).load(&mut *c).expect("revisions");
    let notes: Vec<String> = steps::table.select(steps::note).load(&mut *c).expect("steps");
    for (_, typed) in more {
        assert!(facts.iter().chain(&notes).any(|kept| kept.contains(typed)), "{typed} {facts:?} {notes:?}");
    }
}

#[test]
fn a_reason_that_waits_beside_another_is_offered_where_it_was_typed_and_outlives_the_other() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = browser.get(TEXTS).attributes("input[name=chosen]", "value")[0].split('.').next().unwrap_or_default().to_owned();
    let path = format!("{TEXTS}/{document}/go");
    let seal = browser.get(&path).attributes("input[name=seal]", "value").remove(0);
    let over = browser.cookie.clone();
    run_out(&portal);
    for reason in ["Số liệu chưa được xác nhận.", "Đăng nhầm chuyên mục."] {
        browser.cookie = over.clone();
        sent(&mut browser, &path, &[("seal", &seal), ("reason", reason)]);
    }
    browser.sign_in("ca.bui", crate::people::PASSWORD);
    let page = browser.get(&path);
    assert_eq!(page.text("textarea[name=reason]"), "Đăng nhầm chuyên mục.");
    let offered = page.attributes(&format!(".note a[href^='{UNSAVED}?']"), "href");
    assert!(offered.len() == 1 && browser.get(&offered[0]).text("main").contains("Số liệu chưa được xác nhận."), "{offered:?}");
    let seen = page.attributes("input[name=tren]", "value").remove(0);
    let seal = page.attributes("input[name=seal]", "value").remove(0);
    let done = browser.post(&path, &[("seal", &seal), ("tren", &seen), ("reason", "Đăng nhầm chuyên mục của xã.")]);
    assert_eq!(done.status, 303, "{}", done.text("main"));
    let waits = listed(&browser);
    assert!(waits.len() == 1 && browser.get(&waits[0]).text("main").contains("Số liệu chưa được xác nhận."), "{waits:?}");
}

#[test]
fn a_page_that_asks_by_itself_keeps_no_session_open_and_whoever_types_does() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let text = format!("{TEXTS}/{document}");
    let page = page_of(&browser.get(&format!("{text}/sua")));
    let minutes = |browser: &mut Browser, typed: &dyn Fn(i64) -> String| -> i64 {
        for minute in (5..=180).step_by(5) {
            portal.clock.set(portal.clock.now() + TimeDelta::minutes(5));
            let (here, kept) =
                (browser.get(&format!("{text}/dang-sua")).status, sent(browser, &format!("{text}/giu"), &from_page(&page, &typed(minute))));
            if (here, kept.status) != (200, 200) {
                return minute;
            }
        }
        180
    };
    assert_eq!(minutes(&mut browser, &|minute| format!("Câu thứ {minute}.")), 180, "somebody types");
    assert_eq!(minutes(&mut browser, &|_| "Câu thứ 180.".to_owned()), 60, "nobody does");
    assert_eq!(browser.get(DESK).header("location"), SIGN_IN);
}

#[test]
fn whoever_has_the_form_open_is_told_of_while_he_only_reads_in_it() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    added(&portal, "duyet.pham", "Phạm Thị Duyệt", &all_roles(None));
    let mut other = Browser::of(&portal, "duyet.pham");
    let document = begun(&mut browser, "xa-dong-kieu", "Họp chợ");
    let (path, here) = (format!("{TEXTS}/{document}/sua"), format!("{TEXTS}/{document}/dang-sua"));
    browser.get(&path);
    for _ in 0..30 {
        portal.clock.set(portal.clock.now() + TimeDelta::seconds(20));
        assert_eq!(browser.get(&here).status, 200);
    }
    assert!(other.get(&here).body.contains("Bùi Thị Ca"));
    // Whoever only asked for the words of the text is no writer of it; gone to the text's page, nor is she any more.
    let base = base_of(&browser, &path);
    let saved = [words("Câu đã lưu.", &base), vec![("then", "preview")]].concat();
    let saved: Vec<_> = saved.into_iter().filter(|field| *field != ("then", "stay")).collect();
    assert_eq!(browser.post(&path, &saved).status, 303);
    assert!(!other.get(&here).body.contains("Bùi Thị Ca"));
    let base = base_of(&other, &path);
    let submitted: Vec<_> =
        words("Câu đã lưu.", &base).into_iter().map(|(name, value)| (name, if name == "then" { "submit" } else { value })).collect();
    other.post(&path, &submitted);
    browser.get(&here);
    assert!(!other.get(&here).body.contains("Bùi Thị Ca"), "nobody writes in what is on its way");
}

#[test]
fn what_was_typed_where_one_is_let_in_no_more_waits_for_whoever_typed_it() {
    let portal = office();
    let mut browser = Browser::of(&portal, "ca.bui");
    let (here, beside) = (unit(&portal, "Đông Kiều"), unit(&portal, "Bến Gạo"));
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Author, Some(here))]);
    added(&portal, "son.do", "Đỗ Văn Sơn", &[role(Role::Author, Some(here)), role(Role::Reviewer, None)]);
    let mut author = Browser::of(&portal, "tham.tran");
    let mut looker = Browser::of(&portal, "son.do");
    let document = begun(&mut author, "xa-dong-kieu", "Họp chợ");
    let path = format!("{TEXTS}/{document}/sua");
    let base = base_of(&author, &path);
    done(&portal, &who(&portal, "ca.bui"), |c, act| keep::revoke(c, act, "son.do", role(Role::Author, Some(here)))).expect("it is taken");
    let moved: Vec<_> =
        words("", &base).into_iter().map(|(name, value)| (name, if name == "unit" { "xa-ben-gao" } else { value })).collect();
    assert_eq!(browser.post(&path, &moved).status, 303, "{beside}");
    for (browser, status) in [(&mut author, 404), (&mut looker, 403)] {
        let refused = browser.post(&path, &words("Nửa giờ gõ.", &base));
        assert_eq!((refused.status, refused.text("main").contains("đã được giữ")), (status, true), "{}", refused.text("main"));
        let waits = listed(browser);
        assert!(waits.len() == 1 && browser.get(&waits[0]).text("main").contains("Nửa giờ gõ."), "{waits:?}");
        // What its script keeps afterwards is one text more, and not each of its states.
        for body in ["Gõ", "Gõ tiếp."] {
            assert_eq!(browser.post(&path.replace("/sua", "/giu"), &words(body, &base)).status, status);
        }
        let waits = listed(browser);
        assert!(waits.len() == 2 && waits.iter().any(|path| browser.get(path).text("main").contains("Gõ tiếp.")), "{waits:?}");
    }
    // Nothing is said there of a text that he may not see.
    let row = author.get(DESK).text("section[aria-labelledby=unsaved]");
    assert!(row.contains("(văn bản bạn không còn được xem)") && !row.contains("Họp chợ"), "{row}");
}

#[test]
fn two_hundred_texts_are_withdrawn_at_once_for_a_reason_of_two_thousand_letters() {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    for number in 0..200 {
        folder.article(&format!("bai-{number}"), "", "Một câu.");
    }
    let portal = Portal::with(&folder);
    portal.get("/");
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    let mut browser = Browser::of(&portal, "ca.bui");
    let ids: Vec<String> = {
        let mut c = portal.app.web.store.read().expect("it opens");
        documents::table.select(documents::id).load::<i64>(&mut *c).expect("documents").iter().map(i64::to_string).collect()
    };
    let many = format!("{TEXTS}/nhieu");
    let chosen = |of: &[String]| of.iter().map(|one| ("chosen".to_owned(), one.clone())).collect::<Vec<_>>();
    let send = |browser: &mut Browser, fields: &[(&str, &str)], of: &[String]| {
        let chosen = chosen(of);
        let all: Vec<(&str, &str)> = fields.iter().copied().chain(chosen.iter().map(|(name, one)| (name.as_str(), one.as_str()))).collect();
        browser.post(&many, &all)
    };
    let page = send(&mut browser, &[("viec", "withdraw")], &ids);
    let seals = page.attributes("input[name=chosen]", "value");
    assert_eq!(seals.len(), 200);
    let reason = "ệ".repeat(2_000);
    let done = send(&mut browser, &[("viec", "withdraw"), ("lam", "1"), ("giu", ""), ("reason", &reason)], &seals);
    assert_eq!(done.header("location"), format!("{TEXTS}?da=bulk"), "{} {}", done.status, done.text("main"));
    assert!(["bai-0", "bai-199"].iter().all(|slug| portal.get(&format!("/tin/{slug}")).status == 410));
}
