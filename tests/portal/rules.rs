//! The rules of postings: days off and kinds, as files and at the desk. What is told wrongly is named and changes nothing;
//! only who keeps the whole portal keeps them; and the log vouches for what stands.

use std::sync::Mutex;

use bangtin::app::exchange::Porter;
use bangtin::app::verify::verify;
use bangtin::kit::days::{Holidays, Measure};
use bangtin::kit::digest::sha256;
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::{Lang, Phrase};
use bangtin::person::access::Role;
use bangtin::posting::holidays::Calendar;
use bangtin::posting::kinds::{Carry, Catalogue, Kind, Term};
use bangtin::posting::told;
use bangtin::store::settings;

use crate::folder::{Folder, SITE};
use crate::import_faults::named;
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply};
use crate::store::postgres;

const DAYS: &str = "/ban-bien-tap/ngay-nghi";
const KINDS: &str = "/ban-bien-tap/loai-niem-yet";
const NEW: &str = "/ban-bien-tap/them-loai-niem-yet";
const FILES: [&str; 2] = ["holidays.toml", "posting-kinds.toml"];

fn shipped(name: &str) -> String {
    std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(name)).expect("it is shipped")
}

/// The portal's own rules, and a site where nobody is asked for a second factor.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    for name in FILES {
        folder.file(name, shipped(name));
    }
    folder
}

fn portal() -> Portal {
    let portal = Portal::with(&folder());
    added(&portal, "hoa.le", "Lê Thị Hoa", &[role(Role::Keeper, None)]);
    portal
}

fn rows(portal: &Portal) -> i64 {
    portal.app.web.store.write(bangtin::store::log::position).expect("it can be read")
}

fn stored(portal: &Portal, name: &str) -> String {
    let mut c = portal.app.web.store.read().expect("it opens");
    settings::find(&mut c, name).expect("it can be read").unwrap_or_default()
}

fn calendar(portal: &Portal) -> Calendar {
    Calendar::read(FILES[0], &stored(portal, FILES[0])).expect("what is kept is sound")
}

fn catalogue(portal: &Portal) -> Catalogue {
    Catalogue::read(FILES[1], &stored(portal, FILES[1])).expect("what is kept is sound")
}

pub fn before(reply: &Reply) -> String {
    reply.attributes("input[name=before]", "value").first().expect("the form says what it was made from").clone()
}

/// What a page's form would send as it stands, with these fields in place of its own.
pub fn filled<'f>(reply: &Reply, form: &str, instead: &[(&'f str, &'f str)]) -> Vec<(String, String)> {
    let html = reply.html();
    let of = |selector: String| {
        let selector = scraper::Selector::parse(&selector).expect("a sound selector");
        html.select(&selector).map(|found| found.value().clone()).collect::<Vec<_>>()
    };
    let start = format!("form[action='{form}']");
    let mut fields = Vec::new();
    for input in of(format!("{start} input")) {
        let is_sent = !matches!(input.attr("type"), Some("checkbox")) || input.attr("checked").is_some();
        if is_sent {
            fields.push((input.attr("name").unwrap_or_default().to_owned(), input.attr("value").unwrap_or_default().to_owned()));
        }
    }
    let select = scraper::Selector::parse(&format!("{start} select")).expect("a sound selector");
    let chosen = scraper::Selector::parse("option[selected], option").expect("a sound selector");
    for select in html.select(&select) {
        let options: Vec<_> = select.select(&chosen).collect();
        let one = options.iter().find(|option| option.attr("selected").is_some()).or(options.first()).expect("it has choices");
        fields.push((select.attr("name").unwrap_or_default().to_owned(), one.attr("value").unwrap_or_default().to_owned()));
    }
    let area = scraper::Selector::parse(&format!("{start} textarea")).expect("a sound selector");
    for area in html.select(&area) {
        fields.push((area.attr("name").unwrap_or_default().to_owned(), area.text().collect::<String>()));
    }
    fields.retain(|(name, _)| name != "mark" && !instead.iter().any(|(other, _)| other == name));
    fields.extend(instead.iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    fields
}

pub fn send(browser: &mut Browser, path: &str, fields: &[(String, String)]) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    browser.post(path, &fields)
}

#[test]
fn the_shipped_rules_are_sound_and_stand_as_the_desk_would_write_them() {
    let calendar = Calendar::read(FILES[0], &shipped(FILES[0])).expect("it is sound");
    assert_eq!(calendar.written(), shipped(FILES[0]));
    let catalogue = Catalogue::read(FILES[1], &shipped(FILES[1])).expect("it is sound");
    assert_eq!(catalogue.written(), shipped(FILES[1]));
    // Of neither year everything is known, and nobody says so.
    assert!(calendar.complete.is_empty() && !calendar.holidays().knows(2026));
    let lacks = |year| calendar.lacks(year).iter().map(|lack| lack.due.name.clone()).collect::<Vec<_>>();
    assert_eq!(lacks(2026), ["Quốc khánh", "Giỗ Tổ Hùng Vương"]);
    assert_eq!(lacks(2027), ["Tết Nguyên đán", "Quốc khánh", "Giỗ Tổ Hùng Vương"]);
    // The fourteen groups of Article 11, and at least one kind in each.
    assert_eq!(catalogue.groups.iter().map(|group| group.number).collect::<Vec<_>>(), (1..=14).collect::<Vec<u8>>());
    for group in &catalogue.groups {
        assert!(catalogue.kinds.iter().any(|kind| kind.group == Some(group.number)), "{}", group.name);
        assert!(!group.name_en.is_empty());
    }
    for kind in &catalogue.kinds {
        assert!(!kind.name_en.is_empty(), "{}", kind.slug);
        assert!(!kind.people || kind.web > Carry::Full, "{}", kind.slug);
    }
    // Who receives for his health or his need is never told of with HIV.
    for slug in ["tro-cap-hang-thang", "tiep-nhan-co-so-tro-giup", "muc-do-khuyet-tat", "suc-khoe-nhap-ngu"] {
        assert!(catalogue.kind(slug).is_some_and(|kind| kind.note.contains("HIV") && kind.people), "{slug}");
    }
    let outage = catalogue.kind("tam-ngung-he-thong").expect("it is there");
    assert_eq!((outage.ahead, catalogue.kind("thong-bao-khan").map(|kind| kind.urgent)), (Some((7, Measure::Working)), Some(true)));
    let poor = catalogue.kind("ket-qua-ho-ngheo").expect("it is there");
    assert_eq!(poor.term, Term::Days { days: 30, measure: Measure::Calendar, consecutive: true });
    assert_eq!((poor.loudspeaker_days, poor.web, poor.group), (3, Carry::Totals, Some(7)));
}

#[test]
fn the_samples_of_posted_days_are_told_in_words() {
    let portal = Portal::open();
    let mut holidays = Calendar::read(FILES[0], &shipped(FILES[0])).expect("it is sound").holidays();
    holidays.tell(2026);
    holidays.tell(2027);
    let told = |holidays: &Holidays, from: &str, days, measure, lang| {
        let counted = holidays.count(from.parse().expect("a day"), days, measure).expect("a short period");
        told::counted(&counted, days, measure, &portal.words, lang).replace('\u{a0}', " ")
    };
    let vi = |from, days, measure| told(&holidays, from, days, measure, Lang::Vi);
    assert_eq!(
        vi("2026-11-06", 15, Measure::Calendar),
        "Niêm yết thứ Sáu 06/11/2026 (không tính). Ngày thứ 15 là thứ Bảy 21/11/2026, nghỉ cuối tuần, nên kéo dài đến hết thứ Hai 23/11/2026."
    );
    assert_eq!(
        vi("2026-11-02", 15, Measure::Calendar),
        "Niêm yết thứ Hai 02/11/2026 (không tính). Ngày thứ 15 là thứ Ba 17/11/2026, hết ngày ấy là hết thời hạn."
    );
    assert_eq!(
        vi("2026-11-09", 7, Measure::Working),
        "Niêm yết thứ Hai 09/11/2026 (không tính). Ngày làm việc thứ 7 là thứ Tư 18/11/2026, hết ngày ấy là hết thời hạn."
    );
    let victory = vi("2027-04-15", 15, Measure::Calendar);
    assert!(victory.contains("thứ Sáu 30/04/2027, nghỉ Ngày Chiến thắng, rồi nghỉ Ngày Quốc tế Lao động, rồi nghỉ cuối tuần"), "{victory}");
    let en = told(&holidays, "2026-11-06", 15, Measure::Calendar, Lang::En);
    assert!(en.starts_with("Posted on Friday 6 November 2026 (not counted). Day 15 is Saturday 21 November 2026 (a weekend)"), "{en}");
    let unsure = told(&Holidays::default(), "2026-12-18", 15, Measure::Working, Lang::Vi);
    assert!(unsure.ends_with("Lịch nghỉ năm 2026, 2027 chưa đủ, nên ngày cuối còn có thể thay đổi."), "{unsure}");
}

/// In with a folder, and out as they came.
fn journey(portal: &Portal) {
    let folder = folder();
    portal.import(&folder).expect("a sound folder");
    let (was, at) = (FILES.map(|name| stored(portal, name)), rows(portal));
    assert_eq!(was, FILES.map(shipped));
    portal.import(&folder).expect("the same again");
    assert_eq!(rows(portal), at, "what is unchanged writes nothing");
    let out = portal.export().contents();
    for name in FILES {
        let found = out.iter().find(|(known, _)| known == name).map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        assert_eq!(found, Some(shipped(name)));
    }
    // A folder without them leaves what is there; a comment is kept as it was written.
    let only = Folder::empty();
    only.file(FILES[0], format!("# Của văn phòng\n{}", was[0]));
    portal.import(&only).expect("one list alone");
    assert!(stored(portal, FILES[0]).starts_with("# Của văn phòng"));
    assert_eq!(stored(portal, FILES[1]), was[1]);
    assert_eq!(rows(portal), at + 1);
    assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    // Whoever changes them behind the program's back is found.
    portal.app.web.store.write(|c| settings::keep(c, FILES[1], "")).expect("it is kept");
    let faults = verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults;
    assert_eq!(faults.iter().map(|fault| (fault.key, fault.args[0].1.as_str())).collect::<Vec<_>>(), [("verify-changed-list", FILES[1])]);
}

#[test]
fn rules_come_in_with_a_folder_and_go_out_as_they_came() {
    journey(&Portal::open());
}

#[test]
fn so_they_do_on_postgresql() {
    journey(&Portal::on(Some(postgres())));
}

#[test]
fn a_folder_with_broken_rules_changes_nothing_and_hears_of_every_fault() {
    let portal = portal();
    let (was, at) = (FILES.map(|name| stored(&portal, name)), rows(&portal));
    let folder = folder();
    let days = shipped(FILES[0]).replacen("2026-02-22", "2026-01-22", 1).replacen("day = 2026-01-10", "day = 2026-01-09", 1);
    let kinds = shipped(FILES[1]).replacen("group = 1\n", "group = 15\n", 1).replacen("days = 40", "days = 0", 1);
    folder.file(FILES[0], &days).file(FILES[1], &kinds).file("site.toml", SITE.replace("Bảng Tin thử", "Tên khác"));
    let Err(Refusal::Issues(found)) = portal.import(&folder) else { panic!("it was taken") };
    let line = |text: &str, part: &str| 1 + text.lines().position(|line| line == part).expect("it is there");
    assert_eq!(
        named(&found),
        [
            (FILES[0].to_owned(), line(&days, "to = 2026-01-22"), "holidays-turned"),
            (FILES[0].to_owned(), line(&days, "day = 2026-01-09"), "holidays-no-weekend"),
            (FILES[1].to_owned(), line(&kinds, "group = 15"), "kinds-no-group"),
            (FILES[1].to_owned(), line(&kinds, "days = 0"), "kinds-bad-days"),
        ]
    );
    assert_eq!((FILES.map(|name| stored(&portal, name)), rows(&portal)), (was, at));
}

#[test]
fn every_fault_of_a_kind_is_named_by_its_line() {
    let sound = "[[groups]]\nnumber = 7\nname = \"Hỗ trợ\"\narticle = \"khoản 7\"\n\n[[kinds]]\nslug = \"a\"\nname = \"A\"\ngroup = 7\n\
        term = \"days\"\ndays = 30\nmeasure = \"calendar\"\nplaces = [\"seat\"]\nafter = \"stub\"\npaper = \"full\"\nweb = \"totals\"\n\
        source = \"Điều 13\"\nrule = \"ít nhất 30 ngày\"\n";
    assert_eq!(Catalogue::read("k", sound).map(|sound| sound.written()), Ok(sound.to_owned()));
    for (from, to, line, key) in [
        ("slug = \"a\"", "slug = \"A b\"", 7, "front-bad-slug"),
        ("group = 7", "group = 8", 9, "kinds-no-group"),
        ("number = 7", "number = 0", 2, "kinds-bad-number"),
        ("term = \"days\"", "term = \"mãi\"", 10, "kinds-unknown-word"),
        ("term = \"days\"\ndays = 30\n", "term = \"permanent\"\n", 11, "kinds-idle-key"),
        ("days = 30", "days = 4000", 11, "kinds-bad-days"),
        ("\ndays = 30", "", 6, "kinds-bad-days"),
        ("\"calendar\"", "\"lunar\"", 12, "kinds-unknown-word"),
        ("[\"seat\"]", "[]", 13, "kinds-no-place"),
        ("[\"seat\"]", "[\"chợ\"]", 13, "kinds-unknown-word"),
        ("after = ", "loudspeaker_days = 3\nafter = ", 14, "kinds-no-loudspeaker"),
        ("after = ", "ahead_measure = \"working\"\nafter = ", 14, "kinds-idle-key"),
        ("web = \"totals\"", "web = \"full\"\npeople = true", 16, "kinds-people-on-web"),
        ("paper = \"full\"\nweb = \"totals\"", "paper = \"totals\"\nweb = \"full\"", 16, "kinds-web-wider"),
        ("term = \"days\"\ndays = 30\nmeasure = \"calendar\"", "term = \"permanent\"\nurgent = true", 11, "kinds-urgent-endless"),
        ("source = \"Điều 13\"\n", "", 6, "front-missing"),
        ("rule = \"ít nhất 30 ngày\"", "rule = \"\"", 18, "front-empty"),
        ("rule = ", "chekced = true\nrule = ", 18, "front-unknown-key"),
        (
            "[[kinds]]",
            "[[kinds]]\nslug = \"a\"\nname = \"A\"\nterm = \"stated\"\nplaces = [\"seat\"]\nsource = \"x\"\nrule = \"x\"\n[[kinds]]",
            14,
            "kinds-twice",
        ),
    ] {
        assert!(sound.contains(from), "{from}");
        let found = Catalogue::read("k", &sound.replacen(from, to, 1)).expect_err(to);
        // A group that is none leaves its kind without one.
        let told: Vec<_> = found.iter().map(|issue| (issue.line, issue.phrase.key)).filter(|told| line != 2 || told.0 == 2).collect();
        assert_eq!(told, [(line, key)], "{to}");
    }
    // What says nothing of its persons carries the least.
    let silent = sound.replace("paper = \"full\"\nweb = \"totals\"\n", "");
    let read = Catalogue::read("k", &silent).expect("it is sound");
    assert_eq!((read.kinds[0].paper, read.kinds[0].web, read.kinds[0].checked), (Carry::Totals, Carry::Totals, false));
}

#[test]
fn only_who_keeps_the_whole_portal_keeps_its_rules() {
    let portal = portal();
    let here = unit(&portal, "Đông Kiều");
    let all: Vec<_> = Role::ALL.into_iter().filter(|one| *one != Role::Keeper).map(|one| role(one, None)).collect();
    added(&portal, "lan.pham", "Phạm Thị Lan", &all);
    added(&portal, "son.nguyen", "Nguyễn Văn Sơn", &[role(Role::Keeper, Some(here))]);
    let at = |portal: &Portal| FILES.map(|name| stored(portal, name));
    let was = at(&portal);
    let keeper = Browser::of(&portal, "hoa.le");
    let (days, kind) = (before(&keeper.get(DAYS)), before(&keeper.get(NEW)));
    let menu = |browser: &Browser| browser.get("/ban-bien-tap").attributes(".desk-strip a", "href");
    assert!(menu(&keeper).contains(&DAYS.to_owned()) && menu(&keeper).contains(&KINDS.to_owned()));
    for (login, status) in [("lan.pham", 403), ("son.nguyen", 404)] {
        let mut browser = Browser::of(&portal, login);
        assert!(!menu(&browser).contains(&DAYS.to_owned()) && !menu(&browser).contains(&KINDS.to_owned()), "{login}");
        for path in [DAYS, &format!("{DAYS}/bo?ngay=2026-01-01"), KINDS, NEW, &format!("{KINDS}/lai-suat-cho-vay")] {
            assert_eq!(browser.get(path).status, status, "{login} {path}");
        }
        let off = [("off_from", "2026-04-27"), ("off_name", "x"), ("off_source", "x"), ("before", days.as_str())];
        let worked =
            [("exchanged_day", "2026-04-25"), ("exchanged_instead_of", "2026-04-27"), ("exchanged_source", "x"), ("before", &days)];
        let done = [("nam", "2026"), ("complete", "1"), ("before", days.as_str())];
        let gone = [("ngay", "2026-01-01"), ("before", days.as_str())];
        let new = [("name", "Loại mới"), ("term", "stated"), ("place", "seat"), ("source", "x"), ("rule", "x"), ("before", &kind)];
        let acts: [(&str, &[(&str, &str)]); 6] = [
            (DAYS, &off),
            (&format!("{DAYS}/lam-bu"), &worked),
            (&format!("{DAYS}/du"), &done),
            (&format!("{DAYS}/bo"), &gone),
            (NEW, &new),
            (&format!("{KINDS}/lai-suat-cho-vay"), &new),
        ];
        for (path, fields) in acts {
            assert_eq!(browser.post(path, fields).status, status, "{login} {path}");
        }
    }
    assert_eq!(at(&portal), was);
}

#[test]
fn a_keeper_tells_a_year_to_its_end() {
    let portal = portal();
    let mut browser = Browser::of(&portal, "hoa.le");
    let page = browser.get(&format!("{DAYS}?nam=2027"));
    let told = page.texts("main .sheet:first-of-type .advice");
    assert!(told[0].starts_with("Năm 2026 chưa đủ ngày nghỉ: Quốc khánh") && told[0].contains("mới có 1 trong 2 ngày"), "{told:?}");
    assert!(told[1].starts_with("Năm 2027 chưa đủ ngày nghỉ: thiếu Tết Nguyên đán") && told[1].contains("Giỗ Tổ Hùng Vương"), "{told:?}");
    assert!(page.body.contains("thứ Bảy 01/05/2027, trùng cuối tuần"), "{}", page.text("main"));
    let off = |browser: &mut Browser, from: &str, to: &str, name: &str| {
        let seen = before(&browser.get(DAYS));
        let fields =
            [("off_from", from), ("off_to", to), ("off_name", name), ("off_source", "Thông báo 12/TB-MAU"), ("before", seen.as_str())];
        browser.post(DAYS, &[&fields[..], &[("nam", "2027")]].concat())
    };
    for (from, to, name) in [
        ("2027-02-05", "2027-02-11", "tết nguyên đán"),
        ("16/04/2027", "", "Giỗ Tổ Hùng Vương"),
        ("2027-09-03", "", "Quốc khánh"),
        ("2027-05-03", "", "Nghỉ bù"),
    ] {
        let reply = off(&mut browser, from, to, name);
        assert_eq!((reply.status, reply.header("location")), (303, "/ban-bien-tap/ngay-nghi?nam=2027&da=saved"), "{}", reply.text("main"));
    }
    assert!(calendar(&portal).lacks(2027).is_empty() && !calendar(&portal).holidays().knows(2027));
    let seen = before(&browser.get(DAYS));
    assert_eq!(browser.post(&format!("{DAYS}/du"), &[("nam", "2027"), ("complete", "1"), ("before", &seen)]).status, 303);
    assert!(calendar(&portal).holidays().knows(2027));
    let page = browser.get(&format!("{DAYS}?nam=2027"));
    assert!(page.body.contains("Năm 2027 đã đủ ngày nghỉ.") && !page.body.contains("trùng cuối tuần"));
    // It is counted by at once, and told in words.
    let tried = browser.get(&format!("{DAYS}?nam=2027&tu=2027-04-01&so=15&cach=calendar")).text("main .note[role=status]");
    assert_eq!(
        tried,
        "Niêm yết thứ Năm 01/04/2027 (không tính). Ngày thứ 15 là thứ Sáu 16/04/2027, nghỉ Giỗ Tổ Hùng Vương, rồi nghỉ cuối tuần, nên kéo dài đến hết thứ Hai 19/04/2027."
    );
    // Taken away again, after a question; and whoever said that the year is complete is contradicted.
    let question = browser.get(&format!("{DAYS}/bo?ngay=2027-04-16"));
    assert!(question.text("main").contains("Giỗ Tổ Hùng Vương"));
    let seen = before(&question);
    assert_eq!(browser.post(&format!("{DAYS}/bo"), &[("ngay", "2027-04-16"), ("before", &seen)]).status, 303);
    assert!(!calendar(&portal).holidays().knows(2027));
    assert!(browser.get(DAYS).body.contains("Năm 2027 được đánh dấu là đủ nhưng thiếu Giỗ Tổ Hùng Vương"));
    assert_eq!(browser.get(&format!("{DAYS}/bo?ngay=2027-04-16")).status, 404);
    assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    let log = browser.get("/ban-bien-tap/nhat-ky").text("main table");
    assert!(
        log.contains("Sửa lịch ngày nghỉ") && log.contains("Tên: Bỏ ngày 16/04/2027") && log.contains("Tên: Nghỉ bù: 03/05/2027"),
        "{log}"
    );
}

#[test]
fn what_is_wrong_with_days_off_is_told_at_the_field_and_what_was_typed_comes_back() {
    let portal = portal();
    let mut browser = Browser::of(&portal, "hoa.le");
    let was = stored(&portal, FILES[0]);
    let seen = before(&browser.get(DAYS));
    let good = [("off_from", "2026-04-27"), ("off_to", "2026-04-28"), ("off_name", "Nghỉ thử"), ("off_source", "Nguồn thử")];
    for (field, typed, wrong, said) in [
        ("off_from", "", "off_from", "Hãy điền ô này."),
        ("off_from", "mai", "off_from", "Ngày chưa đúng."),
        ("off_from", "2026-02-30", "off_from", "Ngày chưa đúng."),
        ("off_from", "1999-04-27", "off_from", "Năm 1999 không nằm trong khoảng"),
        ("off_to", "2026-04-26", "off_to", "Ngày cuối (26/04/2026) đứng trước ngày đầu"),
        ("off_to", "2026-06-28", "off_to", "là quá dài"),
        ("off_to", "2026-04-30", "off_from", "Ngày 30/04/2026 đã được ghi"),
        ("off_name", " ", "off_name", "Hãy điền ô này."),
        ("off_source", "", "off_source", "Hãy điền ô này."),
    ] {
        let fields: Vec<_> = good.iter().map(|(name, text)| (*name, if *name == field { typed } else { text })).collect();
        let reply = browser.post(DAYS, &[&fields[..], &[("before", seen.as_str()), ("nam", "2026")]].concat());
        assert_eq!(reply.status, 422, "{field} = {typed}");
        assert!(reply.text(&format!("#i-{wrong}")).contains(said), "{field} = {typed}: {}", reply.text(".issues"));
        assert!(!reply.attributes(&format!(".issues a[href='#f-{wrong}']"), "href").is_empty(), "{field} = {typed}");
        if field != "off_name" {
            assert_eq!(reply.attributes("#f-off_name", "value"), ["Nghỉ thử"], "what was typed comes back");
        }
    }
    let worked = |browser: &mut Browser, day: &str, instead: &str| {
        let fields = [("exchanged_day", day), ("exchanged_instead_of", instead), ("exchanged_source", "x"), ("before", seen.as_str())];
        browser.post(&format!("{DAYS}/lam-bu"), &fields)
    };
    assert!(worked(&mut browser, "2026-04-27", "2026-04-24").text("#i-exchanged_day").contains("không phải là thứ Bảy hay Chủ Nhật"));
    assert!(worked(&mut browser, "2026-04-25", "2026-04-26").text("#i-exchanged_instead_of").contains("vốn là cuối tuần"));
    for (query, wrong) in [("tu=&so=15", "tu"), ("tu=2026-11-06&so=0", "so"), ("tu=2026-11-06&so=99999999999", "so")] {
        let reply = browser.get(&format!("{DAYS}?{query}"));
        assert!(reply.status == 200 && !reply.text(&format!("#i-{wrong}")).is_empty(), "{query}");
    }
    for strange in ["nam=99999999999", "nam=-1", "nam=x", "tu=0001-01-01&so=3660&cach=x"] {
        assert_eq!(browser.get(&format!("{DAYS}?{strange}")).status, 200, "{strange}");
    }
    assert_eq!(stored(&portal, FILES[0]), was);
    assert_eq!(worked(&mut browser, "2026-04-25", "2026-04-27").status, 303);
    // Made from what stood before that: refused, with everything that was typed, and taken when sent again.
    let fields = [&good[..], &[("before", seen.as_str())]].concat();
    let stale = browser.post(DAYS, &fields);
    assert!(stale.status == 422 && stale.text(".issues").contains("Có người vừa lưu thay đổi khác"), "{}", stale.text("main"));
    assert_eq!(stale.attributes("#f-off_source", "value"), ["Nguồn thử"]);
    let seen = before(&stale);
    let again = [&good[..], &[("before", seen.as_str())]].concat();
    assert_eq!(browser.post(DAYS, &again).status, 303);
    assert_eq!((calendar(&portal).exchanged.len(), calendar(&portal).off.iter().filter(|off| off.name == "Nghỉ thử").count()), (2, 1));
}

#[test]
fn a_keeper_reads_adds_and_changes_kinds_of_posting() {
    let portal = portal();
    let mut browser = Browser::of(&portal, "hoa.le");
    let list = browser.get(KINDS);
    let text = list.text("main").replace('\u{a0}', " ");
    for part in [
        "Nhóm 7. Hỗ trợ, trợ cấp, tín dụng, an sinh xã hội",
        "Niêm yết ít nhất 30 ngày liên tục. Nơi niêm yết: trụ sở, nhà văn hóa thôn và tổ dân phố, cổng thông tin, loa truyền thanh. Phát trên loa ít nhất 3 ngày liên tục.",
        "Trên giấy: đầy đủ. Trên mạng: chỉ tổng số.",
        "Phải báo trước ít nhất 7 ngày làm việc.",
        "Chưa đối chiếu với văn bản gốc.",
    ] {
        assert!(text.contains(part), "{part}");
    }
    // The form of every kind, sent as it stands, comes to the kind it was made from.
    for kind in catalogue(&portal).kinds {
        let path = format!("{KINDS}/{}", kind.slug);
        let form = browser.get(&path);
        let at = rows(&portal);
        let reply = send(&mut browser, &path, &filled(&form, &path, &[]));
        assert_eq!((reply.status, rows(&portal)), (303, at), "{path}: {}", reply.text(".issues"));
    }
    assert_eq!(stored(&portal, FILES[1]), shipped(FILES[1]));
    let path = format!("{KINDS}/thu-ly-thua-ke");
    let form = browser.get(&path);
    let stale = filled(&form, &path, &[("days", "20")]);
    let reply = send(&mut browser, &path, &filled(&form, &path, &[("days", "16"), ("measure", "working"), ("checked", "1")]));
    assert_eq!(reply.header("location"), "/ban-bien-tap/loai-niem-yet?da=saved", "{}", reply.text(".issues"));
    let kind = |slug: &str| catalogue(&portal).kind(slug).cloned();
    let changed = kind("thu-ly-thua-ke").expect("it is there");
    assert_eq!((changed.term, changed.checked), (Term::Days { days: 16, measure: Measure::Working, consecutive: false }, true));
    let reply = send(&mut browser, &path, &stale);
    assert!(reply.status == 422 && reply.text(".issues").contains("Có người vừa lưu"), "{}", reply.text("main"));
    assert_eq!(reply.attributes("#f-days", "value"), ["20"]);
    assert_eq!(send(&mut browser, &path, &filled(&reply, &path, &[])).status, 303);
    // A new one: nothing is carried that nobody ticked.
    let form = browser.get(NEW);
    let new = [("name", "Lịch tiêm phòng gia súc"), ("source", "Kế hoạch mẫu"), ("rule", "Niêm yết ít nhất 30 ngày.")];
    assert_eq!(send(&mut browser, NEW, &filled(&form, NEW, &new)).status, 303);
    let added = kind("lich-tiem-phong-gia-suc").expect("its address comes from its name");
    assert_eq!((added.paper, added.web, added.checked), (Carry::Totals, Carry::Totals, false));
    let log = browser.get("/ban-bien-tap/nhat-ky").text("main table");
    assert!(log.contains("Sửa loại niêm yết") && log.contains("Tên: Lịch tiêm phòng gia súc"), "{log}");
    assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
    assert_eq!(browser.get(&format!("{KINDS}/khong-co")).status, 404);
    assert_eq!(browser.post(&format!("{KINDS}/khong-co"), &[("before", "x")]).status, 404);
}

#[test]
fn what_is_wrong_with_a_kind_is_told_at_the_field_and_what_was_typed_comes_back() {
    let portal = portal();
    let mut browser = Browser::of(&portal, "hoa.le");
    let form = browser.get(NEW);
    let good = [("name", "Loại thử"), ("source", "Điều 1"), ("rule", "Lời của quy định")];
    for (change, wrong, said) in [
        (&[("name", "")][..], "name", "Hãy điền ô này."),
        (&[("name", "Lãi suất cho vay")], "name", "Đã có loại mang địa chỉ “lai-suat-cho-vay”"),
        (&[("source", "")], "source", "Hãy điền ô này."),
        (&[("rule", "")], "rule", "Hãy điền ô này."),
        (&[("days", "")], "days", "Số ngày phải từ 1 đến"),
        (&[("days", "ba mươi")], "days", "Số ngày phải từ 1 đến"),
        (&[("days", "99999")], "days", "Số ngày phải từ 1 đến"),
        (&[("group", "77")], "group", "Không có nhóm 77"),
        (&[("place", "")], "place", "Chưa có nơi niêm yết nào"),
        (&[("loudspeaker_days", "3")], "loudspeaker_days", "phải có loa truyền thanh"),
        (&[("term", "permanent"), ("urgent", "1")], "urgent", "Loại khẩn phải kết thúc"),
        (&[("web", "full"), ("paper", "full"), ("people", "1")], "web", "Danh sách người không được đưa đầy đủ lên mạng"),
        (&[("web", "full")], "web", "Trên mạng không được đưa nhiều hơn trên giấy"),
    ] {
        let typed: Vec<_> = good.iter().filter(|(name, _)| !change.iter().any(|(other, _)| other == name)).chain(change).copied().collect();
        let reply = send(&mut browser, NEW, &filled(&form, NEW, &typed));
        assert_eq!(reply.status, 422, "{change:?}");
        let at = if wrong == "place" { "#f-place .issue".to_owned() } else { format!("#i-{wrong}") };
        assert!(reply.text(&at).contains(said), "{change:?}: {}", reply.text(".issues"));
        assert_eq!(reply.texts(".issues li").len(), 1, "{change:?}: {}", reply.text(".issues"));
        if wrong != "rule" {
            assert_eq!(reply.text("#f-rule"), "Lời của quy định", "{change:?}");
        }
    }
    assert_eq!(stored(&portal, FILES[1]), shipped(FILES[1]));
}

#[test]
fn a_kind_that_no_text_is_of_is_removed_and_one_in_use_says_of_how_many() {
    let portal = portal();
    let mut browser = Browser::of(&portal, "hoa.le");
    let folder = Folder::empty();
    folder.posting("gan", "kind = \"thu-ly-thua-ke\"", "Một.").posting("nhap", "kind = \"thu-ly-thua-ke\"\nstate = \"draft\"", "Hai.");
    folder.posting("xa", "kind = \"thu-ly-thua-ke\"\npublished = 2026-10-01\nuntil = 2026-10-20", "Ba.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let (used, free) = (format!("{KINDS}/thu-ly-thua-ke"), format!("{KINDS}/lich-tiep-cong-dan"));
    assert_eq!(browser.get(&used).attributes("main a[href$='/bo']", "href"), [format!("{used}/bo")]);
    let page = browser.get(&format!("{used}/bo"));
    assert!(page.text(".issue").contains("đang có 3 văn bản") && page.text(".issue").contains("bỏ bản nháp"), "{}", page.text("main"));
    assert_eq!(page.texts("button.danger").len(), 0);
    // Whoever sends it all the same is told the same, and nothing has changed.
    let at = rows(&portal);
    let reply = send(&mut browser, &format!("{used}/bo"), &[("before".to_owned(), before(&page))]);
    assert!(reply.status == 422 && reply.text(".issue").contains("đang có 3 văn bản"), "{}", reply.text("main"));
    assert!(rows(&portal) == at && catalogue(&portal).kind("thu-ly-thua-ke").is_some());
    let page = browser.get(&format!("{free}/bo"));
    assert_eq!((page.texts(".issue").len(), page.texts("button.danger").len()), (0, 1));
    let stale = send(&mut browser, &format!("{free}/bo"), &[("before".to_owned(), "x".to_owned())]);
    assert!(stale.status == 422 && stale.text(".issue").contains("Có người vừa lưu"), "{}", stale.text("main"));
    let reply = send(&mut browser, &format!("{free}/bo"), &[("before".to_owned(), before(&page))]);
    assert_eq!((reply.status, reply.header("location")), (303, "/ban-bien-tap/loai-niem-yet?da=saved"));
    assert!(catalogue(&portal).kind("lich-tiep-cong-dan").is_none());
    assert!(browser.get("/ban-bien-tap/nhat-ky").text("main table").contains("Bỏ loại Lịch tiếp công dân"));
    for path in [format!("{free}/bo"), free] {
        assert_eq!(browser.get(&path).status, 404);
    }
    // A file may not take it away either.
    let lacking = Folder::empty();
    let mut fewer = catalogue(&portal);
    fewer.kinds.retain(|kind| kind.slug != "thu-ly-thua-ke");
    lacking.file(FILES[1], fewer.written());
    let refusal = portal.import(&lacking).expect_err("texts are of it");
    assert!(portal.told(&refusal).contains("đang có 3 văn bản"), "{}", portal.told(&refusal));
    added(&portal, "tham.tran", "Trần Thị Thắm", &[role(Role::Editor, None)]);
    let mut other = Browser::of(&portal, "tham.tran");
    assert!(matches!(other.get(&format!("{used}/bo")).status, 403 | 404));
    assert!(matches!(send(&mut other, &format!("{used}/bo"), &[("before".to_owned(), "x".to_owned())]).status, 403 | 404));
    assert!(verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty());
}

#[test]
fn what_hangs_by_the_rules_of_its_day_comes_in_again_unchanged_and_anything_else_is_judged_by_today_s() {
    let portal = portal();
    let folder = Folder::empty();
    // Fifteen days, as its kind asked then, and carrying on the web what it was let carry.
    let number = "number = \"8/TB\"\nissuer = \"UBND xã Đông Kiều\"\nissued = 2026-11-19";
    folder.posting("ho-so", &format!("kind = \"cap-gcn-lan-dau\"\nweb = \"masked\"\n{number}"), "Của ông {{Lý Văn Khuất}}.");
    folder.posting("du", "kind = \"cong-khai-khac\"", "Ba mươi ngày.");
    folder.posting("hen", "kind = \"cap-gcn-lan-dau\"\npublished = 2026-12-24", "Hẹn.");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert!(!portal.export().path().join("kept-postings.csv").exists(), "nothing hangs otherwise than its rule says");
    let kinds = catalogue(&portal);
    let raised = |change: &dyn Fn(&mut bangtin::posting::kinds::Kind)| {
        let mut kinds = kinds.clone();
        kinds.kinds.iter_mut().filter(|kind| kind.slug == "cap-gcn-lan-dau").for_each(change);
        let folder = Folder::empty();
        folder.file(FILES[1], kinds.written());
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        portal.export()
    };
    let out = raised(&|kind| kind.term = Term::Days { days: 40, measure: Measure::Calendar, consecutive: true });
    let list = std::fs::read_to_string(out.path().join("kept-postings.csv")).expect("one hangs by the rule of its day");
    assert_eq!((list.lines().count(), list.contains("postings/ho-so.md,")), (2, true), "{list}");
    // What is still to come is no such thing: its clerk has time to hang it as long as is asked now.
    let hen = out.path().join("postings/hen.md");
    let text = std::fs::read_to_string(&hen).expect("it is exported");
    let later = Portal::open();
    let refused = |refusal| {
        let Refusal::Issues(issues) = refusal else { panic!("{refusal:?}") };
        issues.into_iter().map(|issue| issue.file).collect::<Vec<_>>()
    };
    assert!(text.contains("until"), "{text}");
    assert_eq!(refused(later.import(&out).expect_err("it is not up yet")), ["postings/hen.md"]);
    std::fs::remove_file(&hen).expect("it was there");
    let other = Portal::open();
    let told = Mutex::new(Vec::new());
    let tell = |phrase: Phrase| told.lock().expect("it is kept").push(phrase);
    let restored = Porter { tell: &tell, ..other.porter() }.import(out.path());
    restored.unwrap_or_else(|refusal| panic!("{}", other.told(&refusal)));
    let told: Vec<Phrase> = told.into_inner().expect("it is kept").into_iter().filter(|phrase| phrase.key == "import-by-its-day").collect();
    assert_eq!(told, [bangtin::phrase!("import-by-its-day", file = "postings/ho-so.md")], "whoever restores is told which");
    let status = |portal: &Portal| portal.get("/niem-yet/ho-so").text(".posting-status");
    assert_eq!(status(&other), status(&portal));
    assert_eq!(other.export().contents(), out.contents(), "and goes out again as it came");
    // One letter otherwise, and it is another posting, judged by the rule of today; so is one that lies beside it.
    let own = out.path().join("postings/ho-so.md");
    let text = std::fs::read_to_string(&own).expect("it is exported");
    std::fs::write(&own, text.replace("Khuất", "Khuất Dạ")).expect("it can be written");
    assert_eq!(refused(Portal::open().import(&out).expect_err("it is changed")), ["postings/ho-so.md"]);
    std::fs::write(&own, &text).expect("it can be written");
    std::fs::write(out.path().join("postings/moi.md"), text.replace("8/TB", "9/TB")).expect("it can be written");
    assert_eq!(refused(Portal::open().import(&out).expect_err("it is new")), ["postings/moi.md"]);
    std::fs::remove_file(out.path().join("postings/moi.md")).expect("it was there");
    // Nor is anything excused that no kind asks for.
    out.posting("trung", number, "Cùng một số.");
    let told = refused(Portal::open().import(&out).expect_err("a number is given once"));
    assert!(told.iter().all(|file| ["postings/ho-so.md", "postings/trung.md"].contains(&file.as_str())), "{told:?}");
    std::fs::remove_file(out.path().join("postings/trung.md")).expect("it was there");
    out.file("kept-postings.csv", format!("{list}postings/khac.md,abc\n"));
    let refusal = Portal::open().import(&out).expect_err("that is no digest");
    assert!(portal.told(&refusal).contains("kept-postings.csv"), "{}", portal.told(&refusal));
    // Anybody can write such a list: where postings were published, it excuses nothing.
    out.file("kept-postings.csv", list);
    let lived = self::folder();
    lived.posting("truoc", "kind = \"cong-khai-khac\"", "Đã có trước.");
    let other = Portal::with(&lived);
    assert_eq!(refused(other.import(&out).expect_err("it is no restore")), ["postings/ho-so.md"]);
    assert!(other.get("/niem-yet/ho-so").status == 404 && other.get("/niem-yet/truoc").status == 200);
}

#[test]
fn whatever_a_keeper_changes_of_a_kind_an_export_comes_in_again_unless_it_shows_more_of_persons() {
    let portal = portal();
    let folder = Folder::empty();
    let facts = "kind = \"cap-gcn-lan-dau\"\npaper = \"full\"\nweb = \"full\"";
    folder.posting(
        "ho-so",
        &format!("{facts}\n[[attachments]]\nfile = \"attachments/ds.csv\"\ntitle = \"Danh sách\""),
        "Của ông {{Lý Văn Khuất}}.",
    );
    folder.file("attachments/ds.csv", "ho;ten\n1;An\n");
    let mut kinds = catalogue(&portal);
    let own = |kinds: &mut Catalogue, change: &dyn Fn(&mut Kind)| {
        kinds.kinds.iter_mut().filter(|kind| kind.slug == "cap-gcn-lan-dau").for_each(change)
    };
    own(&mut kinds, &|kind| (kind.paper, kind.web, kind.people) = (Carry::Full, Carry::Full, false));
    folder.file(FILES[1], kinds.written());
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let days = |days| Term::Days { days, measure: Measure::Calendar, consecutive: true };
    type Change<'c> = &'c dyn Fn(&mut Kind);
    let changes: [(&str, bool, Change); 9] = [
        ("as it was", true, &|_| {}),
        ("longer", true, &|kind| kind.term = days(90)),
        ("with no end", true, &|kind| kind.term = Term::Permanent),
        ("at its own end", true, &|kind| kind.term = Term::Stated),
        ("urgent", true, &|kind| kind.urgent = true),
        ("ahead of an event", true, &|kind| kind.ahead = Some((5, Measure::Working))),
        ("less on paper", false, &|kind| (kind.paper, kind.web) = (Carry::Masked, Carry::Masked)),
        ("less on the web", false, &|kind| kind.web = Carry::Masked),
        ("no list on the web", false, &|kind| (kind.people, kind.web) = (true, Carry::Totals)),
    ];
    for (name, comes_in, change) in changes {
        let (mut changed, folder) = (kinds.clone(), Folder::empty());
        own(&mut changed, change);
        folder.file(FILES[1], changed.written());
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{name}: {}", portal.told(&refusal)));
        assert_eq!(portal.get("/niem-yet/ho-so").status, 200, "{name}: what hangs stays");
        let (out, other) = (portal.export(), Portal::open());
        let told = other.import(&out).err().map(|refusal| other.told(&refusal));
        assert_eq!(told.is_none(), comes_in, "{name}: {told:?}");
        // By a list of his own nobody brings in what shows more.
        if !comes_in {
            let text = std::fs::read(out.path().join("postings/ho-so.md")).expect("it is exported");
            out.file("kept-postings.csv", format!("file,digest\npostings/ho-so.md,{}\n", sha256(&text)));
            let told = other.told(&other.import(&out).expect_err("the list excuses none of this"));
            assert!(told.contains("postings/ho-so.md"), "{name}: {told}");
        }
    }
}
