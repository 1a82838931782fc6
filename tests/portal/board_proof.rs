//! What a board says that it showed: paired at the desk by the code on its screen, told over a bad line twice and noted once, with its
//! gaps, and worth nothing from whoever is not that board.

use bangtin::app::verify::verify;
use bangtin::board::record::Seen;
use bangtin::board::report::{self, Answer, Report};
use bangtin::kit::digest::{base64, is_digest};
use bangtin::kit::sign::Signer;
use bangtin::posting::placements::placements;
use bangtin::posting::placements_note as note;
use chrono::Duration;

use crate::commune::{Commune, LIST};
use crate::placements::id;
use crate::places::place;
use crate::portal::{Portal, at};

#[test]
fn a_board_is_paired_by_the_code_on_its_screen_and_by_no_other() {
    let commune = Commune::new();
    commune.online();
    let code = commune.board().witness.code().expect("its screen shows one");
    assert_eq!(code.len(), 7, "{code}");
    let mut keeper = commune.keeper();
    let page = keeper.get(LIST);
    assert!(page.body.contains("bangtin board --from https://thu.example --unit 99001"), "{}", page.body);
    let seat = place(&commune.portal, "tru-so").id.to_string();
    let wrong = if code.starts_with('1') { "200 000" } else { "100 000" };
    let refused = keeper.post(LIST, &[("code", wrong), ("place", &seat)]);
    assert!(refused.status == 422 && refused.body.contains("mã ấy") && refused.body.contains(wrong), "{} {}", refused.status, refused.body);
    let elsewhere = crate::places::all(&commune.portal, "Bến Gạo")[0].id.to_string();
    assert_eq!(keeper.post(LIST, &[("code", &code), ("place", &elsewhere)]).status, 422);
    // An hour later another stands there.
    commune.pass(Duration::minutes(61));
    let mut keeper = commune.keeper();
    assert_eq!(keeper.post(LIST, &[("code", &code), ("place", &seat)]).status, 422);
    commune.online();
    let code = commune.board().witness.code().expect("its screen shows one");
    assert_eq!(keeper.post(LIST, &[("code", &code.replace(' ', "")), ("place", &seat)]).status, 303);
    commune.online();
    assert!(commune.board().witness.is_paired());
    let page = keeper.get(LIST);
    assert!(page.body.contains("Bảng ở trụ sở UBND xã") && page.body.contains("Màn hình tắt"), "{}", page.text("main"));
}

#[test]
fn what_was_on_the_screen_is_in_the_posting_record_with_its_gaps() {
    let mut commune = Commune::paired();
    commune.to("2026-11-21T09:00:00");
    commune.shows_until("2026-11-21T12:00:00");
    commune.online();
    let begun = commune.record("noi-quy");
    assert_eq!((begun.len(), begun[0].from, begun[0].until), (1, at("2026-11-21T09:00:00"), None));
    let page = commune.keeper().get(LIST);
    assert!(page.body.contains("Đang hiện đúng") && page.texts(".boards details li").len() == 2, "{}", page.text("main"));
    // The power goes, and comes again at two.
    commune.to("2026-11-21T14:00:00");
    commune.power();
    commune.shows_until("2026-11-21T15:00:00");
    // One is withdrawn while nobody can reach the board; it learns of it at four.
    let gone = "title = \"Lịch họp\"\nperiod = \"3000 days\"\n[withdrawn]\nat = 2026-11-21T15:00:00\nreason = \"Hoãn họp\"";
    commune.folder.posting("lich-hop", gone, "Họp thứ Hai.");
    commune.portal.import(&commune.folder).unwrap_or_else(|refusal| panic!("{}", commune.portal.told(&refusal)));
    commune.shows_until("2026-11-21T16:00:00");
    commune.online();
    // A cover hangs over the screen until the next morning.
    commune.to("2026-11-22T07:00:00");
    commune.board().witness.pass(&commune.board().mirror);
    commune.shows_until("2026-11-22T08:00:00");
    commune.online();
    let (stays, went) = (commune.record("noi-quy"), commune.record("lich-hop"));
    let gap = |from: &str, until: &str| (at(from), Some(at(until)));
    assert_eq!(
        stays[0].interruptions,
        [gap("2026-11-21T12:00:00", "2026-11-21T14:00:00"), gap("2026-11-21T16:00:00", "2026-11-22T07:00:00")]
    );
    assert_eq!((stays.len(), stays[0].until), (1, None));
    assert_eq!((went.len(), went[0].from, went[0].until), (1, at("2026-11-21T09:00:00"), Some(at("2026-11-21T16:00:00"))));
    assert_eq!(went[0].interruptions, [gap("2026-11-21T12:00:00", "2026-11-21T14:00:00")]);
    let found = verify(&commune.portal.app.web.store, &commune.portal.app.web.shelf).expect("it can be read");
    assert!(found.faults.is_empty(), "{:?}", found.faults);
    // An export takes it along.
    let again = Portal::open();
    again.clock.set(commune.portal.clock.now());
    again.import(&commune.portal.export()).unwrap_or_else(|refusal| panic!("{}", again.told(&refusal)));
    let rows = note::rows_of(&mut again.app.web.store.read().expect("it opens"), id(&again, "noi-quy")).expect("rows");
    assert_eq!(placements(&rows).remove(&place(&again, "tru-so").id), Some(stays));
    // At the desk it is a board's word, and of a digest people are shown the first letters.
    let page = commune.keeper().get(&format!("/ban-bien-tap/van-ban/{}/noi-treo", id(&commune.portal, "noi-quy")));
    let told = page.text("main");
    assert!(told.contains("Bảng điện tử") && told.contains("Không hiện") && told.contains("Mã nội dung đã hiện"), "{told}");
    assert!(!told.split_whitespace().any(is_digest) && !told.contains(" screen "), "{told}");
}

#[test]
fn what_is_told_twice_is_noted_once_and_what_another_tells_is_not_noted() {
    let commune = Commune::paired();
    commune.to("2026-11-21T09:00:00");
    let item =
        commune.board().mirror.round().expect("a bulletin").into_keys().find(|item| item.id.ends_with("noi-quy")).expect("it is there");
    commune.board().witness.seen(&commune.board().mirror, Seen { visible: true, items: vec![item.clone()], upright: false });
    let rows = |commune: &Commune| {
        note::rows_of(&mut commune.portal.app.web.store.read().expect("it opens"), id(&commune.portal, "noi-quy")).expect("rows").len()
    };
    for _ in 0..3 {
        commune.online();
        assert_eq!(rows(&commune), 1);
    }
    let stranger = Signer::draw().expect("a key");
    let event = |what: &str, at: &str| report::Event {
        key: "a".repeat(40),
        what: what.to_owned(),
        id: item.id.clone(),
        edition: 1,
        digest: item.digest.clone(),
        at: at.to_owned(),
    };
    let tell = |signer: &Signer, public: String, twist: bool| {
        let events = vec![event("ended", "2026-11-21T09:00:00+07:00")];
        let report = Report { unit: "99001".to_owned(), public, count: 9, events, ..Report::default() };
        let body = serde_json::to_string(&report).expect("JSON");
        let said = format!("keyid=\"{}\", sig=:{}:", signer.id(), base64(&signer.sign(body.as_bytes())));
        let body = if twist { body.replace("\"count\":9", "\"count\":8") } else { body };
        commune.portal.post(&report::path("99001"), &[("bulletin-signature", &said), ("content-type", "application/json")], &body)
    };
    // Whoever has no place gets a code and nothing else; whoever signs for another, or changed a letter, nothing at all.
    let reply = tell(&stranger, stranger.public().written(), false);
    let answer: Answer = serde_json::from_str(&reply.body).expect("an answer");
    assert!(answer.code.len() == 6 && !answer.is_paired && answer.taken.is_empty());
    let board_key = std::fs::read_dir(commune.disk.path().join("board/keys")).expect("its ring").flatten().next().expect("one key");
    let own = Signer::read(&std::fs::read_to_string(board_key.path()).expect("a key")).expect("a key");
    assert_eq!(tell(&stranger, own.public().written(), false).status, 404);
    assert_eq!(tell(&own, own.public().written(), true).status, 404);
    assert_eq!(rows(&commune), 1);
    // Taken off the roll, it says what it likes.
    let way = "/ban-bien-tap/bang-dien-tu/1/go";
    assert_eq!(commune.keeper().post(way, &[("reason", "")]).status, 422);
    assert_eq!(commune.keeper().post(way, &[("reason", "Máy bị mất trộm")]).status, 303);
    let answer: Answer = serde_json::from_str(&tell(&own, own.public().written(), false).body).expect("an answer");
    assert!(answer.is_unpaired && answer.taken.is_empty() && rows(&commune) == 2);
}
