//! The list of indicators at the desk: a clerk keeps measures, dimensions, indicators and checks without a file; what published figures
//! stand on is neither taken away nor made to say something else, whoever asks for it.

use bangtin::app::verify::verify;
use bangtin::kit::refusal::Refusal;
use bangtin::person::Who;
use bangtin::person::access::Role;
use bangtin::report::entry::{Entry, Part};
use bangtin::report::indicators::{Indicators, Nature, Rule};
use bangtin::report::rules;
use bangtin::store::settings;
use rust_decimal::Decimal;

use crate::desk_files;
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, done, role, unit};
use crate::portal::{Portal, Reply};
use crate::report_intake;
use crate::reports::{indicators, report};
use crate::rules::{before, filled, send};
use crate::store::postgres;

const LIST: &str = "/ban-bien-tap/chi-tieu";
const NAME: &str = "indicators.toml";
const SAVED: &str = "/ban-bien-tap/chi-tieu?da=saved";

/// Where entries stand, and where a new one is made.
const INDICATOR: (&str, &str) = (LIST, "/ban-bien-tap/them-chi-tieu");
const MEASURE: (&str, &str) = ("/ban-bien-tap/don-vi-do", "/ban-bien-tap/them-don-vi-do");
const DIMENSION: (&str, &str) = ("/ban-bien-tap/cach-chia", "/ban-bien-tap/them-cach-chia");
const IDENTITY: (&str, &str) = ("/ban-bien-tap/phep-kiem-tra", "/ban-bien-tap/them-phep-kiem-tra");
const PARTS: [(Part, (&str, &str)); 4] =
    [(Part::Indicators, INDICATOR), (Part::Measures, MEASURE), (Part::Dimensions, DIMENSION), (Part::Identities, IDENTITY)];

const ROWS: &str = "du-no,,2026-09-30,,420000,trieu-dong,,\n\
                    du-no,,2026-09-30,ho-ngheo,300000,trieu-dong,,\n\
                    du-no,,2026-09-30,nha-o-xa-hoi,120000,trieu-dong,,\n\
                    cho-vay,,2026-01-01/2026-09-30,,39,ty-dong,,\n";

fn bare() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    folder
}

/// The list that is shipped, and figures of four things: published, and in a draft.
fn portal(database: Option<String>) -> Portal {
    let (portal, folder) = (Portal::on(database), bare());
    indicators(&folder);
    report(&folder, "ket-qua", "", ROWS);
    report(&folder, "nhap", "state = \"draft\"", "khach-hang,,2026-09-30,,98,khach-hang,,\n");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    portal.get("/");
    keeper(&portal);
    portal
}

fn keeper(portal: &Portal) -> Who {
    added(portal, "hoa.le", "Lê Thị Hoa", &[role(Role::Keeper, None)])
}

fn stored(portal: &Portal) -> String {
    let mut c = portal.app.web.store.read().expect("it opens");
    settings::find(&mut c, NAME).expect("it can be read").unwrap_or_default()
}

fn list(portal: &Portal) -> Indicators {
    Indicators::read(NAME, &stored(portal)).expect("what is kept is sound")
}

fn rows(portal: &Portal) -> i64 {
    portal.app.web.store.write(bangtin::store::log::position).expect("it can be read")
}

/// The form at this address, sent with these fields in place of its own.
fn sent(browser: &mut Browser, path: &str, instead: &[(&str, &str)]) -> Reply {
    let form = browser.get(path);
    assert_eq!(form.status, 200, "{path}: {}", form.text("main"));
    send(browser, path, &filled(&form, path, instead))
}

fn kept(browser: &mut Browser, path: &str, instead: &[(&str, &str)]) {
    let reply = sent(browser, path, instead);
    assert_eq!((reply.status, reply.header("location")), (303, SAVED), "{path}: {}", reply.text(".issues"));
}

fn refused(browser: &mut Browser, path: &str, instead: &[(&str, &str)], field: &str, said: &str) {
    let reply = sent(browser, path, instead);
    assert_eq!(reply.status, 422, "{path} {instead:?}");
    let at = if field == "adds" { "#f-adds .issue".to_owned() } else { format!("#i-{field}") };
    assert!(reply.text(&at).contains(said), "{path} {instead:?}: {}", reply.text(".issues"));
    assert_eq!(reply.attributes(&format!(".issues a[href='#f-{field}']"), "href").len(), 1, "{path}: {}", reply.text(".issues"));
    assert_eq!(reply.texts(".issues li").len(), 1, "{path} {instead:?}: {}", reply.text(".issues"));
}

fn is_whole(portal: &Portal) -> bool {
    verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be read").faults.is_empty()
}

#[test]
fn a_clerk_builds_the_list_from_nothing_without_a_file() {
    let portal = Portal::with(&bare());
    keeper(&portal);
    let mut browser = Browser::of(&portal, "hoa.le");
    assert!(browser.get("/ban-bien-tap").attributes(".desk-strip a", "href").contains(&LIST.to_owned()));
    let empty = browser.get(LIST);
    assert!(empty.text(".empty").contains("Bắt đầu từ đơn vị đo"), "{}", empty.text("main"));
    assert_eq!(empty.attributes(".empty a", "href"), [MEASURE.1]);
    assert_eq!(browser.get(INDICATOR.1).attributes("main .note a", "href"), [MEASURE.1], "there is no measure to choose");
    kept(&mut browser, MEASURE.1, &[("name", "triệu đồng"), ("name_en", "million VND")]);
    kept(&mut browser, MEASURE.1, &[("name", "đồng")]);
    // The one that it is so many of stands below it, and the file is read from above.
    kept(&mut browser, "/ban-bien-tap/don-vi-do/trieu-dong", &[("of", "dong"), ("factor", "1.000.000")]);
    kept(&mut browser, MEASURE.1, &[("name", "hộ"), ("is_whole", "1")]);
    kept(&mut browser, MEASURE.1, &[("name", "%")]);
    kept(
        &mut browser,
        DIMENSION.1,
        &[
            ("name", "Chương trình"),
            ("member_name-0", "Hộ nghèo"),
            ("member_name-2", "Học sinh, sinh viên"),
            ("member_name_en-2", "Students"),
            ("member_also-2", "HSSV, Sinh viên"),
        ],
    );
    let of = [("measure", "trieu-dong"), ("nature", "stock"), ("adds", "unit"), ("adds", "chuong-trinh")];
    let balance = [
        ("name", "Tổng dư nợ"),
        ("also", "Dư nợ, DN"),
        ("jump", "30%"),
        ("places", "1"),
        ("definition", "Số còn nợ."),
        ("source", "TT 05"),
    ];
    kept(&mut browser, INDICATOR.1, &[&of[..], &balance].concat());
    kept(&mut browser, INDICATOR.1, &[&of[..], &[("name", "Dư nợ đầu năm"), ("opens", "tong-du-no")]].concat());
    kept(&mut browser, INDICATOR.1, &[("name", "Cho vay"), ("measure", "trieu-dong"), ("nature", "flow"), ("adds", "period")]);
    kept(&mut browser, INDICATOR.1, &[("name", "Tỷ lệ tăng"), ("measure", "phan-tram"), ("nature", "ratio")]);
    let sum = [
        ("code", "Cân đối"),
        ("result", "tong-du-no"),
        ("rule", "sum"),
        ("term-0", "du-no-dau-nam"),
        ("term-1", "cho-vay"),
        ("sign-1", "minus_if_told"),
        ("tolerance", "0,1"),
        ("reason", "Điều chỉnh không nêu."),
    ];
    kept(&mut browser, IDENTITY.1, &sum);
    kept(
        &mut browser,
        IDENTITY.1,
        &[("code", "ty-le"), ("result", "ty-le-tang"), ("rule", "ratio"), ("part", "cho-vay"), ("whole", "tong-du-no")],
    );
    kept(&mut browser, IDENTITY.1, &[("code", "ty-trong"), ("result", "ty-le-tang"), ("rule", "share"), ("share", "tong-du-no")]);
    kept(
        &mut browser,
        IDENTITY.1,
        &[("code", "tang"), ("result", "ty-le-tang"), ("rule", "growth"), ("now", "tong-du-no"), ("base", "du-no-dau-nam")],
    );

    let list = list(&portal);
    assert_eq!(list.codes(Part::Measures), ["dong", "trieu-dong", "ho", "phan-tram"]);
    let million = list.measure("trieu-dong").expect("it is there");
    assert_eq!((million.of.as_str(), million.factor, million.name_en.as_str()), ("dong", Decimal::from(1_000_000), "million VND"));
    assert!(list.measure("ho").is_some_and(|one| one.is_whole));
    let dimension = list.dimension("chuong-trinh").expect("its code comes from its name");
    let members: Vec<_> = dimension.members.iter().map(|one| (one.code.as_str(), one.name_en.as_str(), one.also.join("|"))).collect();
    assert_eq!(members, [("ho-ngheo", "", String::new()), ("hoc-sinh-sinh-vien", "Students", "HSSV|Sinh viên".to_owned())]);
    let balance = list.indicator("tong-du-no").expect("it is there");
    assert_eq!((balance.nature, balance.places, balance.jump), (Nature::Stock, Some(1), Some(Decimal::from(30))));
    assert_eq!((balance.also.join("|"), balance.adds.join("|")), ("Dư nợ|DN".to_owned(), "unit|chuong-trinh".to_owned()));
    assert_eq!((balance.definition.as_str(), balance.source.as_str()), ("Số còn nợ.", "TT 05"));
    assert_eq!(list.indicator("du-no-dau-nam").map(|one| one.opens.as_str()), Some("tong-du-no"));
    let rules: Vec<_> = list.identities.iter().map(|one| (one.code.as_str(), one.rule.clone())).collect();
    let code = str::to_owned;
    assert_eq!(
        rules,
        [
            ("can-doi", Rule::Sum { plus: vec![code("du-no-dau-nam")], minus: vec![], minus_if_told: vec![code("cho-vay")] }),
            ("ty-le", Rule::Ratio { part: code("cho-vay"), whole: code("tong-du-no") }),
            ("ty-trong", Rule::Share { of: code("tong-du-no") }),
            ("tang", Rule::Growth { now: code("tong-du-no"), base: code("du-no-dau-nam") }),
        ]
    );
    assert_eq!(list.identities[0].tolerance, Decimal::new(1, 1));

    let page = browser.get(LIST);
    let text = page.text("main").replace('\u{a0}', " ");
    for part in [
        "1 triệu đồng = 1.000.000 đồng.",
        "Không quy đổi ra đơn vị đo khác. Chỉ đếm số nguyên.",
        "2 phần: Hộ nghèo, Học sinh, sinh viên.",
        "Đo bằng triệu đồng. Số tại một ngày, không cộng các kỳ với nhau. Cộng được theo: địa bàn, Chương trình. Tăng hay giảm quá 30% so với kỳ trước thì hỏi lại.",
        "Là số đầu năm của “Tổng dư nợ”.",
        "Tổng dư nợ = Dư nợ đầu năm − Cho vay (nếu có nêu). Cho phép lệch 0,1%: Điều chỉnh không nêu.",
        "Tỷ lệ tăng = Cho vay ÷ Tổng dư nợ × 100.",
        "Tỷ lệ tăng = số của từng phần ÷ tổng số của Tổng dư nợ × 100.",
        "Tỷ lệ tăng = (Tổng dư nợ − Dư nợ đầu năm) ÷ Dư nợ đầu năm × 100.",
        "Chưa có số liệu nào đang công bố. Dùng ở 3 mục khác của danh mục.",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!((page.texts(".empty").len(), page.texts("main section").len()), (0, 4));
    let log = browser.get("/ban-bien-tap/nhat-ky").text("main table");
    assert!(log.contains("Sửa danh mục chỉ tiêu") && log.contains("Tên: Phép kiểm tra “can-doi”"), "{log}");
    assert!(browser.get("/ban-bien-tap/nhat-ky").attributes("main table a", "href").contains(&LIST.to_owned()));
    assert!(is_whole(&portal));
}

/// Every form as it stands; then each part changed, and taken away.
fn journey(portal: &Portal) {
    let mut browser = Browser::of(portal, "hoa.le");
    let was = stored(portal);
    for (part, (one, _)) in PARTS {
        for code in list(portal).codes(part) {
            let at = rows(portal);
            kept(&mut browser, &format!("{one}/{code}"), &[]);
            assert_eq!(rows(portal), at, "{one}/{code}: what is unchanged writes nothing");
        }
    }
    assert_eq!(stored(portal), was);
    let text = browser.get(LIST).text("main").replace('\u{a0}', " ");
    assert!(text.contains("3 số liệu đang công bố."), "of the balance: {text}");
    assert!(text.contains(
        "Đo bằng khách hàng. Số tại một ngày, không cộng các kỳ với nhau. Cộng được theo: địa bàn. Chưa có số liệu nào đang công bố."
    ));

    // Names change, codes stay, and what is published stays where it is.
    kept(&mut browser, "/ban-bien-tap/chi-tieu/du-no", &[("name", "Dư nợ tín dụng"), ("jump", ""), ("also", "Dư nợ\nDN; cũ")]);
    kept(&mut browser, "/ban-bien-tap/don-vi-do/trieu-dong", &[("name", "triệu VND")]);
    kept(
        &mut browser,
        "/ban-bien-tap/cach-chia/chuong-trinh",
        &[
            ("member_name-0", "Hộ nghèo cũ"),
            ("member_name-1", ""),
            ("member_name_en-1", ""),
            ("member_also-1", ""),
            ("member_name-8", "Nước sạch mới"),
        ],
    );
    kept(&mut browser, "/ban-bien-tap/phep-kiem-tra/ty-trong", &[("tolerance", "1"), ("reason", "Làm tròn.")]);
    let changed = list(portal);
    let balance = changed.indicator("du-no").expect("its code stays");
    assert_eq!((balance.name.as_str(), balance.jump, balance.also.join("|")), ("Dư nợ tín dụng", None, "Dư nợ|DN|cũ".to_owned()));
    assert_eq!(changed.measure("trieu-dong").map(|one| one.name.as_str()), Some("triệu VND"));
    let members: Vec<&str> = changed.dimension("chuong-trinh").expect("it is there").members.iter().map(|one| one.code.as_str()).collect();
    assert_eq!((members[0], members.contains(&"ho-can-ngheo"), members.last()), ("ho-ngheo", false, Some(&"nuoc-sach-moi")));
    assert!(changed.identities.iter().any(|one| one.code == "ty-trong" && one.tolerance == Decimal::ONE));
    let public = portal.get("/so-lieu/ket-qua").text("main");
    assert!(public.contains("Dư nợ tín dụng") && public.contains("Hộ nghèo cũ") && public.contains("triệu VND"), "{public}");

    for ((one, _), code) in [(IDENTITY, "ty-trong"), (INDICATOR, "ty-trong"), (DIMENSION, "to-chuc"), (MEASURE, "nghin-dong")] {
        let path = format!("{one}/{code}");
        // Others speak of this one first.
        if code == "to-chuc" {
            for other in list(portal).indicators.iter().filter(|other| other.adds_over("to-chuc")) {
                let adds: Vec<(&str, &str)> =
                    other.adds.iter().filter(|axis| *axis != "to-chuc").map(|axis| ("adds", axis.as_str())).collect();
                kept(&mut browser, &format!("{LIST}/{}", other.code), &adds);
            }
        }
        assert_eq!(browser.get(&path).attributes("main a[href$='/bo']", "href"), [format!("{path}/bo")]);
        let question = browser.get(&format!("{path}/bo"));
        assert_eq!((question.texts(".issue").len(), question.texts("button.danger").len()), (0, 1), "{path}: {}", question.text("main"));
        let stale = browser.post(&format!("{path}/bo"), &[("before", "x")]);
        assert!(stale.status == 422 && stale.text(".issue").contains("Có người vừa lưu"), "{}", stale.text("main"));
        let gone = browser.post(&format!("{path}/bo"), &[("before", &before(&question))]);
        assert_eq!((gone.status, gone.header("location")), (303, SAVED), "{path}: {}", gone.text("main"));
        for path in [format!("{path}/bo"), path] {
            assert_eq!(browser.get(&path).status, 404, "{path}");
            assert_eq!(browser.post(&path, &[("before", "x"), ("name", "x")]).status, 404, "{path}");
        }
    }
    let log = browser.get("/ban-bien-tap/nhat-ky").text("main table");
    assert!(log.contains("Tên: Bỏ: Cách chia “Tổ chức nhận ủy thác”"), "{log}");
    assert!(is_whole(portal));
}

#[test]
fn each_part_is_changed_and_taken_away_and_its_code_stays() {
    journey(&portal(None));
}

#[test]
fn so_it_is_on_postgresql() {
    journey(&portal(Some(postgres())));
}

#[test]
fn what_is_wrong_is_told_at_its_field_and_what_was_typed_comes_back() {
    let portal = portal(None);
    let mut browser = Browser::of(&portal, "hoa.le");
    let was = stored(&portal);
    let indicator = [("name", "Số trâu"), ("measure", "ho"), ("nature", "stock"), ("definition", "Con từ một tuổi.")];
    let measure = [("name", "tạ"), ("of", "dong"), ("factor", "2")];
    let dimension = [("name", "Giới tính"), ("member_name-1", "Nữ")];
    let identity = [("code", "Thử"), ("result", "du-no"), ("rule", "sum"), ("term-0", "cho-vay")];
    let needed = "Hãy điền ô này.";
    type Case<'c> = (&'c str, &'c [(&'c str, &'c str)], &'c [(&'c str, &'c str)], &'c str, &'c str);
    let cases: [Case; 27] = [
        (INDICATOR.1, &indicator, &[("name", "")], "name", needed),
        (INDICATOR.1, &indicator, &[("name", "!!!")], "name", "Tên phải có chữ cái"),
        (INDICATOR.1, &indicator, &[("name", "Dư nợ")], "name", "Đã có mục mang mã “du-no”"),
        (INDICATOR.1, &indicator, &[("measure", "")], "measure", needed),
        (INDICATOR.1, &indicator, &[("nature", "")], "nature", needed),
        (INDICATOR.1, &indicator, &[("adds", "period")], "adds", "không cộng dồn theo thời gian"),
        (INDICATOR.1, &indicator, &[("nature", "ratio"), ("adds", "unit")], "adds", "Tỷ lệ không cộng được"),
        (INDICATOR.1, &indicator, &[("places", "9")], "places", "từ 0 đến 8"),
        (INDICATOR.1, &indicator, &[("jump", "nhiều")], "jump", "Chưa rõ “nhiều” là số nào"),
        (MEASURE.1, &measure, &[("name", "")], "name", needed),
        (MEASURE.1, &measure, &[("name", "Triệu đồng")], "name", "Đã có mục mang mã “trieu-dong”"),
        (MEASURE.1, &measure, &[("factor", "")], "factor", needed),
        (MEASURE.1, &measure, &[("factor", "1.000")], "factor", "Chưa rõ “1.000” là số nào"),
        (MEASURE.1, &measure, &[("factor", "0")], "factor", "lớn hơn 0"),
        (MEASURE.1, &measure, &[("of", "")], "factor", "Hãy chọn quy đổi ra đơn vị đo nào"),
        (DIMENSION.1, &dimension, &[("name", "")], "name", needed),
        (DIMENSION.1, &dimension, &[("name", "Unit")], "name", "Đã có mục mang mã “unit”"),
        (DIMENSION.1, &dimension, &[("member_name-1", "")], "members", "ít nhất một"),
        (DIMENSION.1, &dimension, &[("member_name-2", "NỮ")], "member_name-2", "Đã có mục mang mã “nu”"),
        (DIMENSION.1, &dimension, &[("member_name_en-2", "Men")], "member_name-2", needed),
        (DIMENSION.1, &dimension, &[("member_name-0", "***")], "member_name-0", "Tên phải có chữ cái"),
        (IDENTITY.1, &identity, &[("code", "")], "code", needed),
        (IDENTITY.1, &identity, &[("code", "Cân đối")], "code", "Đã có mục mang mã “can-doi”"),
        (IDENTITY.1, &identity, &[("result", "")], "result", needed),
        (IDENTITY.1, &identity, &[("term-0", "")], "rule", "còn thiếu số"),
        (IDENTITY.1, &identity, &[("rule", "ratio"), ("part", "cho-vay")], "whole", needed),
        (IDENTITY.1, &identity, &[("tolerance", "5")], "tolerance", "phải có lý do"),
    ];
    for (path, good, change, field, said) in cases {
        let typed: Vec<_> = good.iter().filter(|(name, _)| !change.iter().any(|(other, _)| other == name)).chain(change).copied().collect();
        refused(&mut browser, path, &typed, field, said);
    }
    assert_eq!(stored(&portal), was);
    let reply = sent(&mut browser, INDICATOR.1, &[&indicator[1..], &[("adds", "unit"), ("adds", "to-chuc"), ("opens", "thu-no")]].concat());
    assert_eq!(reply.text("#f-definition"), "Con từ một tuổi.");
    assert_eq!(reply.attributes("#f-adds input[checked]", "value"), ["unit", "to-chuc"]);
    assert_eq!(reply.attributes("#f-opens option[selected]", "value"), ["thu-no"]);
    let reply = sent(&mut browser, DIMENSION.1, &[("member_name-1", "Nữ"), ("member_also-1", "Phụ nữ")]);
    assert_eq!(
        (reply.attributes("#f-member_name-1", "value"), reply.attributes("#f-member_also-1", "value")),
        (vec!["Nữ".to_owned()], vec!["Phụ nữ".to_owned()])
    );
    // What would leave another entry without sense says which.
    let reply = sent(&mut browser, "/ban-bien-tap/don-vi-do/dong", &[("of", "ho"), ("factor", "5")]);
    assert!(reply.status == 422 && reply.text(".issues").contains("Mục “triệu đồng” sẽ không còn đúng"), "{}", reply.text(".issues"));
    assert_eq!(stored(&portal), was);
}

#[test]
fn what_stored_figures_or_other_entries_use_is_not_taken_away() {
    let portal = portal(None);
    let mut browser = Browser::of(&portal, "hoa.le");
    let (was, at) = (stored(&portal), rows(&portal));
    for ((one, _), code, said) in [
        (INDICATOR, "du-no", &["“Tổng dư nợ” đang được dùng ở: Dư nợ đầu năm; can-doi", "Chỉ tiêu “Tổng dư nợ” đã có 3 số liệu"][..]),
        (INDICATOR, "khach-hang", &["binh-quan", "đã có 1 số liệu, kể cả ở bản nháp"]),
        (INDICATOR, "thu-no", &["đang được dùng ở: can-doi; tang-so-phat-sinh"]),
        (MEASURE, "trieu-dong", &["đang được dùng ở: Tổng dư nợ; ", "Đơn vị đo “triệu đồng” đã có 4 số liệu"]),
        (MEASURE, "ty-dong", &["Đơn vị đo “tỷ đồng” đã có 1 số liệu"]),
        (MEASURE, "dong", &["đang được dùng ở: nghìn đồng; triệu đồng; tỷ đồng"]),
        (DIMENSION, "chuong-trinh", &["đang được dùng ở: Tổng dư nợ", "Đã có 2 số liệu chia theo “Chương trình tín dụng”"]),
        (DIMENSION, "to-chuc", &["đang được dùng ở: Tổng dư nợ"]),
    ] {
        let path = format!("{one}/{code}/bo");
        let page = browser.get(&path);
        assert_eq!((page.status, page.texts("button.danger").len()), (200, 0), "{path}");
        // Whoever sends it all the same is told the same.
        for page in [browser.post(&path, &[("before", &before(&page))]), page] {
            let told = page.texts(".issue");
            assert_eq!(told.len(), said.len(), "{path}: {told:?}");
            assert!(told.iter().zip(said).all(|(told, said)| told.contains(said)), "{path}: {told:?}");
        }
        assert_eq!(browser.post(&path, &[("before", "x")]).status, 422);
    }
    let empty = [("member_name-0", ""), ("member_name_en-0", ""), ("member_also-0", "")];
    refused(&mut browser, "/ban-bien-tap/cach-chia/chuong-trinh", &empty, "member_name-0", "Đã có 1 số liệu của phần “Hộ nghèo”");
    assert_eq!((stored(&portal), rows(&portal)), (was, at));
}

#[test]
fn what_published_figures_say_is_not_made_to_say_something_else() {
    let portal = portal(None);
    let mut browser = Browser::of(&portal, "hoa.le");
    let (was, at) = (stored(&portal), rows(&portal));
    let (balance, million, customers) =
        ("/ban-bien-tap/chi-tieu/du-no", "/ban-bien-tap/don-vi-do/trieu-dong", "/ban-bien-tap/don-vi-do/khach-hang");
    for (path, change, field) in [
        (balance, &[("measure", "dong")][..], "measure"),
        (balance, &[("nature", "flow")], "nature"),
        (million, &[("factor", "1000")], "factor"),
    ] {
        refused(&mut browser, path, change, field, "sẽ nói khác đi");
    }
    let reply = sent(&mut browser, million, &[("of", ""), ("factor", "")]);
    assert!(reply.text("#i-of").contains("Đã có 4 số liệu đo bằng “triệu đồng”"), "{}", reply.text(".issues"));
    assert_eq!((stored(&portal), rows(&portal)), (was.clone(), at));
    // A file may not do it either.
    for (from, to, said) in [
        ("\"du-no\"", "\"du-no-khac\"", "Chỉ tiêu “Tổng dư nợ” đã có 3 số liệu"),
        ("nature = \"stock\"", "nature = \"flow\"", "Chỉ tiêu “Tổng dư nợ” đã có 3 số liệu: đổi đơn vị đo hay loại số"),
        ("factor = \"1000000\"", "factor = \"1001\"", "Đã có 4 số liệu đo bằng “triệu đồng”"),
        ("code = \"ho-ngheo\"", "code = \"ngheo\"", "Đã có 1 số liệu của phần “Hộ nghèo”"),
    ] {
        let (folder, text) = (Folder::empty(), was.replace(from, to));
        assert_ne!(text, was, "{from}");
        folder.file(NAME, &text);
        let told = portal.told(&portal.import(&folder).expect_err("figures are of it"));
        assert!(told.contains(said), "{from}: {told}");
    }
    assert_eq!((stored(&portal), rows(&portal)), (was, at));
    // Of what no figure is, anything may change; and of what only a draft speaks of, whose author was mistaken.
    kept(&mut browser, customers, &[("is_whole", "")]);
    kept(&mut browser, "/ban-bien-tap/chi-tieu/khach-hang", &[("measure", "ho")]);
    kept(&mut browser, "/ban-bien-tap/chi-tieu/lao-dong-co-viec", &[("measure", "ho"), ("nature", "stock"), ("adds", "unit")]);
    kept(&mut browser, "/ban-bien-tap/don-vi-do/nghin-dong", &[("factor", "1001")]);
    kept(&mut browser, "/ban-bien-tap/don-vi-do/luot-ho", &[("is_whole", "")]);
    assert!(is_whole(&portal));
}

#[test]
fn a_form_that_was_overtaken_keeps_what_both_have_typed() {
    let portal = portal(None);
    added(&portal, "son.ngo", "Ngô Văn Sơn", &[role(Role::Keeper, None)]);
    let (mut first, mut second) = (Browser::of(&portal, "hoa.le"), Browser::of(&portal, "son.ngo"));
    let form = second.get(MEASURE.1);
    kept(&mut first, MEASURE.1, &[("name", "tấn")]);
    let late = send(&mut second, MEASURE.1, &filled(&form, MEASURE.1, &[("name", "con"), ("is_whole", "1")]));
    assert!(late.status == 422 && late.text(".issues").contains("Có người vừa lưu"), "{}", late.text("main"));
    assert_eq!((late.attributes("#f-name", "value"), late.attributes("#f-is_whole[checked]", "name").len()), (vec!["con".to_owned()], 1));
    assert_eq!(send(&mut second, MEASURE.1, &filled(&late, MEASURE.1, &[])).status, 303);
    assert!(list(&portal).measure("tan").is_some() && list(&portal).measure("con").is_some());
    // Of one dimension both give it a part.
    let path = "/ban-bien-tap/cach-chia/to-chuc";
    let form = second.get(path);
    kept(&mut first, path, &[("member_name-4", "Hội Người cao tuổi")]);
    let late = send(&mut second, path, &filled(&form, path, &[("member_name-4", "Hội Chữ thập đỏ")]));
    assert_eq!(late.status, 422);
    let shown: Vec<String> = late.attributes("input[name^='member_name-']", "value");
    assert!(shown.contains(&"Hội Chữ thập đỏ".to_owned()) && shown.contains(&"Hội Người cao tuổi".to_owned()), "{shown:?}");
    assert_eq!(send(&mut second, path, &filled(&late, path, &[])).status, 303);
    let members = |portal: &Portal| -> Vec<String> {
        list(portal).dimension("to-chuc").expect("it is there").members.iter().map(|one| one.code.clone()).collect()
    };
    assert_eq!(members(&portal)[4..], ["hoi-chu-thap-do", "hoi-nguoi-cao-tuoi"]);
    // A row that a form never had takes nothing away.
    let form = second.get(path);
    let mut fields = filled(&form, path, &[("name", "Tổ chức")]);
    fields.retain(|(name, _)| !name.ends_with("-0"));
    assert_eq!(send(&mut second, path, &fields).status, 303);
    assert_eq!((members(&portal).len(), members(&portal).contains(&"hoi-phu-nu".to_owned())), (6, true));
}

#[test]
fn more_rows_without_a_script_lose_nothing_and_keep_nothing() {
    let portal = portal(None);
    let mut browser = Browser::of(&portal, "hoa.le");
    let (was, at) = (stored(&portal), rows(&portal));
    let count = |page: &Reply| page.texts("main fieldset legend").len();
    assert_eq!(count(&browser.get(DIMENSION.1)), 3);
    let typed = [
        ("name", "Giới tính"),
        ("name_en", "Sex"),
        ("member_name-0", "Nữ"),
        ("member_name_en-0", "Women"),
        ("member_also-0", "Đàn bà"),
        ("member_name-2", "Nam"),
        ("then", "more"),
    ];
    let more = sent(&mut browser, DIMENSION.1, &typed);
    assert_eq!((more.status, count(&more), more.texts(".issues").len()), (200, 8, 0), "{}", more.text("main"));
    for (name, text) in &typed[..6] {
        assert_eq!(more.attributes(&format!("#f-{name}"), "value"), [*text]);
    }
    assert_eq!((stored(&portal), rows(&portal)), (was, at), "nothing is kept yet");
    let reply = send(&mut browser, DIMENSION.1, &filled(&more, DIMENSION.1, &[("member_name-7", "Không nêu")]));
    assert_eq!(reply.status, 303, "{}", reply.text(".issues"));
    let names: Vec<String> =
        list(&portal).dimension("gioi-tinh").expect("it is there").members.iter().map(|one| one.name.clone()).collect();
    assert_eq!(names, ["Nữ", "Nam", "Không nêu"]);
    // The same for what is there already, and for the figures of a sum.
    let path = "/ban-bien-tap/cach-chia/gioi-tinh";
    let more = sent(&mut browser, path, &[("member_name-1", "Đàn ông"), ("then", "more")]);
    assert_eq!((more.attributes("#f-member_name-1", "value"), count(&more)), (vec!["Đàn ông".to_owned()], 11));
    assert_eq!(more.attributes("input[name='member_code-1']", "value"), ["nam"], "it stays the one that it is");
    let path = "/ban-bien-tap/phep-kiem-tra/can-doi";
    let more = sent(&mut browser, path, &[("sign-1", "minus"), ("reason", "Khác."), ("then", "more")]);
    assert_eq!(
        (more.attributes("#f-sign-1 option[selected]", "value"), more.text("#f-reason")),
        (vec!["minus".to_owned()], "Khác.".to_owned())
    );
    assert_eq!(more.attributes("select[name^='term-']", "name").len(), 12);
    assert_eq!(more.attributes("#f-term-3 option[selected]", "value"), ["xoa-no"]);
    // A form may say that it has as many rows as it likes.
    for count in ["99999999999", "-1", "x"] {
        assert_eq!(sent(&mut browser, DIMENSION.1, &[("count", count), ("then", "more")]).status, 200, "{count}");
    }
}

#[test]
fn only_who_keeps_the_whole_portal_keeps_the_list() {
    let portal = portal(None);
    let here = unit(&portal, "Đông Kiều");
    let all: Vec<_> = Role::ALL.into_iter().filter(|one| *one != Role::Keeper).map(|one| role(one, None)).collect();
    let lan = added(&portal, "lan.pham", "Phạm Thị Lan", &all);
    let son = added(&portal, "son.nguyen", "Nguyễn Văn Sơn", &[role(Role::Keeper, Some(here))]);
    let was = stored(&portal);
    let seal = before(&Browser::of(&portal, "hoa.le").get(MEASURE.1));
    for (login, status) in [("lan.pham", 403), ("son.nguyen", 404)] {
        let mut browser = Browser::of(&portal, login);
        assert!(!browser.get("/ban-bien-tap").attributes(".desk-strip a", "href").contains(&LIST.to_owned()), "{login}");
        assert_eq!(browser.get(LIST).status, status);
        for (part, (one, new)) in PARTS {
            let code = list(&portal).codes(part)[0].to_owned();
            for path in [new.to_owned(), format!("{one}/{code}"), format!("{one}/{code}/bo")] {
                assert_eq!(browser.get(&path).status, status, "{login} {path}");
                let fields = [("before", seal.as_str()), ("name", "Mới"), ("code", "moi"), ("member_name-0", "a"), ("count", "1")];
                assert_eq!(browser.post(&path, &fields).status, status, "{login} {path}");
                assert_eq!(browser.post(&path, &[&fields[..], &[("then", "more")]].concat()).status, status, "{login} {path}");
            }
        }
    }
    // Nor by any other way than a page.
    let text = list(&portal).without(Part::Identities, "ty-trong").written();
    for who in [&lan, &son] {
        let kept = done(&portal, who, |c, act| rules::keep(c, act, &seal, &text, "x"));
        assert!(matches!(kept, Err(Refusal::Forbidden | Refusal::Missing)), "{kept:?}");
        let gone = done(&portal, who, |c, act| rules::remove(c, act, &seal, (Part::Identities, "ty-trong"), "x"));
        assert!(matches!(gone, Err(Refusal::Forbidden | Refusal::Missing)), "{gone:?}");
    }
    assert_eq!(stored(&portal), was);
    assert!(matches!(list(&portal).entry(Part::Identities, "ty-trong"), Some(Entry::Identity(_))));
}

#[test]
fn whoever_looks_for_an_indicator_that_is_not_there_is_told_who_adds_it() {
    let portal = report_intake::office();
    let here = Some(unit(&portal, "Hương Lúa"));
    added(&portal, "giu.ngo", "Ngô Thị Giữ", &[role(Role::Keeper, None), role(Role::Author, here)]);
    for (login, leads) in [("viet.le", false), ("giu.ngo", true)] {
        let mut clerk = Browser::of(&portal, login);
        let path = format!("{}/so-lieu", report_intake::begun(&mut clerk, &format!("Của {login}")));
        let file = report_intake::sheet("theo-xa.csv");
        assert_eq!(desk_files::send(&clerk, &path, &[("do", "send")], Some(("xa.csv", &file))).status, 303);
        let page = report_intake::read(&clerk, &path);
        assert_eq!(page.attributes(&format!("main a[href='{}']", INDICATOR.1), "href").len(), usize::from(leads), "{login}");
        assert_eq!(page.text("main").contains("Quản trị viên của cả cổng thêm được"), !leads, "{login}");
    }
}
