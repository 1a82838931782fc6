//! Reports: figures that agree wherever they are told, that keep what they were, and that are held back where they do not agree.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use bangtin::kit::period::Period;
use bangtin::kit::sheet;
use bangtin::report::indicators::Indicators;
use bangtin::report::intake::own;
use bangtin::report::observation::{Figures, Observation, Value};
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::folder::Folder;
use crate::portal::{Portal, at};
use crate::store::postgres;

pub const HEADS: &str = "indicator,unit,period,chuong-trinh,value,measure,status,note";

/// The list of indicators that is shipped.
pub fn indicators(folder: &Folder) -> &Folder {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/indicators.toml");
    folder.file("indicators.toml", fs::read(shipped).expect("it is shipped"))
}

pub fn known() -> Indicators {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/indicators.toml");
    Indicators::read("indicators.toml", &fs::read_to_string(shipped).expect("it is shipped")).expect("it is sound")
}

/// Rows without their heads.
pub fn report(folder: &Folder, slug: &str, more: &str, rows: &str) {
    folder.file(&format!("figures/{slug}.csv"), format!("{HEADS}\n{rows}"));
    let (keys, tables) =
        more.split_once("\n[").map_or((more.to_owned(), String::new()), |(keys, rest)| (keys.to_owned(), format!("\n[{rest}")));
    let usual = [("title", "Kết quả tín dụng"), ("section", "van-hoa"), ("unit", "99"), ("source", "Sở thử")];
    let usual: String =
        usual.iter().filter(|(key, _)| !keys.contains(&format!("{key} ="))).map(|(key, value)| format!("{key} = \"{value}\"\n")).collect();
    let published = if keys.contains("published =") { "" } else { "published = 2026-11-20\n" };
    folder.file(
        &format!("reports/{slug}.md"),
        format!("+++\n{usual}{published}data = \"figures/{slug}.csv\"\n{keys}\n{tables}\n+++\n\nLời dẫn.\n"),
    );
}

const ROWS: &str = "du-no,,2026-09-30,,420000,trieu-dong,,\n\
                    du-no,,2026-09-30,ho-ngheo,300000,trieu-dong,,\n\
                    du-no,,2026-09-30,nha-o-xa-hoi,120000,trieu-dong,,\n\
                    cho-vay,,2026-01-01/2026-09-30,,38940.25,trieu-dong,preliminary,Số ước\n";

fn json(body: &str) -> Json {
    serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {body}"))
}

/// Every figure of a workbook's last sheet, in whatever form it stands there.
fn of_workbook(bytes: &[u8]) -> BTreeSet<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.to_vec())).expect("a workbook");
    let name = book.sheet_names().last().expect("a sheet").clone();
    let range = book.worksheet_range(&name).expect("it can be read");
    let cells = range.used_cells().filter_map(|(_, _, cell)| match cell {
        Data::Float(number) => Some(number.to_string()),
        Data::Int(number) => Some(number.to_string()),
        _ => None,
    });
    cells.collect()
}

#[test]
fn a_cell_that_is_amended_is_amended_in_every_output_and_the_old_address_keeps_the_old_value() {
    for database in [None, Some(postgres())] {
        let portal = Portal::on(database);
        let folder = Folder::new();
        indicators(&folder);
        report(&folder, "ket-qua", "[[headlines]]\nindicator = \"du-no\"", ROWS);
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        assert!(portal.get("/so-lieu/ket-qua").text(".figure-value").starts_with("420.000"), "the headline");
        let amended = ROWS.replace("420000", "420001").replace("120000", "120001");
        report(
            &folder,
            "ket-qua@2",
            "published = 2026-11-21T07:00:00\nchange_note = \"Sửa dư nợ\"\n[[headlines]]\nindicator = \"du-no\"",
            &amended,
        );
        portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
        for (base, new, old) in [("/so-lieu/ket-qua", "420001", "420000"), ("/so-lieu/ket-qua/ban/1", "420000", "420001")] {
            let (said, other) = (format!("{}.{}", &new[..3], &new[3..]), format!("{}.{}", &old[..3], &old[3..]));
            let page = portal.get(base);
            assert_eq!(page.status, 200, "{base}");
            assert!(page.text(".figure-value").starts_with(&said), "{base}: the headline");
            let cells = page.texts(".figure-table td");
            assert!(cells.contains(&said) && !cells.contains(&other), "{base}: {cells:?}");
            let csv = portal.get(&format!("{base}.csv"));
            assert!(csv.body.contains(&format!("\"{new}\"")) && !csv.body.contains(&format!("\"{old}\"")), "{}", csv.body);
            let told = json(&portal.get(&format!("{base}.json")).body);
            let values: Vec<&str> =
                told["observations"].as_array().expect("figures").iter().filter_map(|one| one["value"].as_str()).collect();
            assert!(values.contains(&new) && !values.contains(&old), "{base}.json: {values:?}");
            assert_eq!(told["newest_edition"], 2, "an old one says that there is a newer");
            let figures = of_workbook(&portal.get(&format!("{base}.xlsx")).bytes);
            assert!(figures.contains(new) && !figures.contains(old), "{base}.xlsx: {figures:?}");
        }
        let old = portal.get("/so-lieu/ket-qua/ban/1");
        assert!(old.text(".edition-note").contains("Sửa dư nợ"), "{}", old.text(".edition-note"));
        let history = portal.get("/so-lieu/ket-qua");
        assert!(
            history.text(".editions").contains("Sửa dư nợ")
                && history.attributes(".editions a", "href").contains(&"/so-lieu/ket-qua/ban/1".to_owned())
        );
        let feed = portal.get("/so-lieu/atom.xml");
        assert!(feed.body.contains("/so-lieu/ket-qua.csv") && feed.body.contains("<updated>2026-11-21T"), "{}", feed.body);
        let catalogue = json(&portal.get("/so-lieu/dcat.jsonld").body);
        assert_eq!(catalogue["dcat:dataset"][0]["dct:modified"]["@value"].as_str().map(|at| &at[..10]), Some("2026-11-21"));
    }
}

#[test]
fn no_text_bears_the_address_of_a_page_of_the_portals_own() {
    let portal = Portal::open();
    for (folder, name) in [("reports", "lich"), ("reports", "chi-tieu"), ("postings", "ngay")] {
        let brought = Folder::new();
        indicators(&brought);
        report(&brought, "khac", "", ROWS);
        if folder == "reports" {
            report(&brought, name, "", ROWS);
        } else {
            brought.posting(name, "", "Lời.");
        }
        let refusal = portal.import(&brought).expect_err("it is refused");
        let told = portal.told(&refusal);
        assert!(told.contains(&format!("{folder}/{name}.md: “{name}” là địa chỉ của một trang có sẵn của cổng")), "{told}");
        assert_eq!(portal.get("/so-lieu/khac").status, 404, "nothing of it was taken");
    }
}

#[test]
fn a_workbook_says_of_every_row_what_its_table_says_on_the_page() {
    let portal = Portal::open();
    let folder = Folder::new();
    indicators(&folder);
    let early = "[[early]]\nname = \"Lê Quang Minh\"\noffice = \"Văn phòng thử\"";
    report(&folder, "ket-qua", early, "du-no,,2026-09-30,,420000,trieu-dong,,\ncho-vay,,2026-01-01/2026-09-30,,38940,trieu-dong,,\n");
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let page = portal.get("/so-lieu/ket-qua");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(portal.get("/so-lieu/ket-qua.xlsx").bytes)).expect("a workbook");
    let name = book.sheet_names().first().expect("a sheet").clone();
    let range = book.worksheet_range(&name).expect("it can be read");
    let told: Vec<String> = range.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for said in page.texts(".figure-table tbody :is(th > a, td.is-period), .figure-table thead th") {
        assert!(told.contains(&said), "{said}: {told:?}");
    }
    assert_eq!(page.texts(".figure-table td.is-period").len(), 2);
    // Who saw it early is told wherever the report is.
    assert!(page.text(".report-about").contains("Lê Quang Minh; Văn phòng thử"));
    let told = json(&portal.get("/so-lieu/ket-qua.json").body);
    assert_eq!(told["seen_early_by"], serde_json::json!(["Lê Quang Minh; Văn phòng thử"]));
}

#[test]
fn what_is_withdrawn_or_still_to_come_gives_no_figure_anywhere() {
    let portal = Portal::open();
    let folder = Folder::new();
    indicators(&folder);
    report(&folder, "het", "\n[withdrawn]\nat = 2026-11-20T12:00:00\nreason = \"Sai nguồn\"", ROWS);
    report(&folder, "sap-toi", "title = \"Sắp công bố\"\npublished = 2026-12-01T08:00:00", &ROWS.replace("38940.25", "77777.25"));
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    for ending in ["", ".csv", ".xlsx", ".json", ".csv-metadata.json"] {
        let gone = portal.get(&format!("/so-lieu/het{ending}"));
        assert_eq!(gone.status, 410, "{ending}");
        assert!(gone.body.contains("Sai nguồn") && !gone.body.contains("38940") && !gone.body.contains("38.940"), "{ending}");
        assert_eq!(portal.get(&format!("/so-lieu/sap-toi{ending}")).status, 404, "{ending}");
        assert_eq!(portal.get(&format!("/so-lieu/sap-toi/ban/1{ending}")).status, 404, "{ending}");
    }
    for path in ["/so-lieu", "/so-lieu/atom.xml", "/so-lieu/dcat.jsonld", "/sitemap/pages.xml", "/don-vi/huong-lua", "/"] {
        let body = portal.get(path).body;
        assert!(!body.contains("Sắp công bố") && !body.contains("77.777") && !body.contains("sap-toi"), "{path}");
    }
    portal.clock.set(at("2026-12-01T08:00:00"));
    assert!(portal.get("/so-lieu/sap-toi.csv").body.contains("77777.25"));
    assert!(portal.get("/so-lieu").body.contains("Sắp công bố"));
}

#[test]
fn figures_that_do_not_agree_are_held_back_until_somebody_says_in_public_why_they_stand() {
    let folder = Folder::new();
    indicators(&folder);
    // The broken twin of a sound report: one programme is 900 too high, two percentages are wrong.
    let rows = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/figures/tin-dung-huong-lua-9-thang-2026.csv"))
        .expect("shipped");
    let rows: String = rows.lines().skip(1).filter(|row| !row.contains(",9900")).map(|row| format!("{row}\n")).collect();
    let broken = rows.replace(",92300,", ",93200,").replace(",1.86,", ",1.68,").replace(",0.13,", ",1.3,");
    assert_ne!(rows, broken);
    let portal = Portal::open();
    report(&folder, "ket-qua", "", &broken);
    let refusal = portal.import(&folder).expect_err("it does not agree");
    let told = portal.told(&refusal);
    for sum in ["420.900 ≠ 420.000", "1,8552 ≠ 1,68", "0,13 ≠ 1,3"] {
        assert!(told.contains(sum), "{sum} in {told}");
    }
    let codes: Vec<&str> = told.split("phép đối chiếu \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(codes.len() >= 4, "the total, the programme's share, and two ratios: {codes:?}");
    let accepted: String =
        codes.iter().map(|code| format!("\n[[accepted]]\ncheck = \"{code}\"\nreason = \"Chờ đối chiếu với sổ gốc\"\n")).collect();
    report(&folder, "ket-qua", &accepted, &broken);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let page = portal.get("/so-lieu/ket-qua");
    let off = page.texts(".report-checks .is-off");
    assert_eq!(off.len(), codes.len());
    assert!(off.iter().all(|one| one.contains("Chờ đối chiếu với sổ gốc")), "{off:?}");
    // The sound one passes without a word.
    report(&folder, "dung", "", &rows);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert!(portal.get("/so-lieu/dung").texts(".report-checks .is-off").is_empty());
}

#[test]
fn three_million_that_nobody_wrote_off_in_words_are_allowed_with_their_reason() {
    let folder = Folder::new();
    indicators(&folder);
    let rows = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/figures/dan-phuong-2021.csv")).expect("shipped");
    folder.file("figures/dan-phuong.csv", rows);
    let front = "title = \"Đan Phượng\"\nsection = \"van-hoa\"\nunit = \"998\"\npublished = 2021-06-17\ndata = \"figures/dan-phuong.csv\"\nsource = \"Bài báo\"";
    folder.file("reports/dan-phuong.md", format!("+++\n{front}\n+++\n"));
    let page = Portal::with(&folder).get("/so-lieu/dan-phuong");
    let allowed = page.text(".report-checks .is-allowed");
    assert!(allowed.contains("61.582 − 45.312 = 16.270 ≠ 16.267") && allowed.contains("−3") && allowed.contains("xóa nợ"), "{allowed}");
    assert!(page.text(".figure-table").contains("không nêu thời điểm"), "{}", page.text(".figure-table"));
}

#[test]
fn a_csv_is_described_column_by_column_and_each_row_says_all_that_it_is() {
    let folder = Folder::new();
    indicators(&folder);
    report(&folder, "ket-qua", "", ROWS);
    let portal = Portal::with(&folder);
    let csv = portal.get("/so-lieu/ket-qua.csv");
    let mut reader = csv::Reader::from_reader(csv.body.trim_start_matches('\u{feff}').as_bytes());
    let heads: Vec<String> = reader.headers().expect("heads").iter().map(str::to_owned).collect();
    let described = json(&portal.get("/so-lieu/ket-qua.csv-metadata.json").body);
    assert_eq!(described["@context"][0], "http://www.w3.org/ns/csvw");
    assert_eq!(described["url"], "https://thu.example/so-lieu/ket-qua.csv");
    let columns: Vec<&str> =
        described["tableSchema"]["columns"].as_array().expect("columns").iter().filter_map(|one| one["name"].as_str()).collect();
    assert_eq!(columns, heads);
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
    let of = |row: usize, name: &str| rows[row][heads.iter().position(|head| head == name).expect("a head")].to_owned();
    assert_eq!(
        (of(3, "value"), of(3, "status"), of(3, "note"), of(3, "unit")),
        ("38940.25".into(), "preliminary".into(), "Số ước".into(), "99".into())
    );
    assert_eq!((of(1, "chuong-trinh_name"), of(1, "unit_name")), ("Hộ nghèo".into(), "tỉnh Hương Lúa".into()));
}

#[test]
fn a_file_with_a_fault_changes_nothing_and_names_the_line() {
    let portal = Portal::open();
    let folder = Folder::new();
    indicators(&folder);
    report(
        &folder,
        "ket-qua",
        "",
        "du-no,,2026-09-30,,1.234,trieu-dong,,\nluot-ho-vay,,2026-01-01/2026-09-30,,525,ho,,\ndu-no,,2026-01-01/2026-09-30,,5,trieu-dong,,\nkhach-hang,,2026-09-30,,12.5,khach-hang,,\n",
    );
    let told = portal.told(&portal.import(&folder).expect_err("it has faults"));
    for fault in ["ket-qua.csv:3", "không tính bằng hộ", "ket-qua.csv:4", "số thời điểm", "ket-qua.csv:5", "chỉ đếm số nguyên"]
    {
        assert!(told.contains(fault), "{fault} in {told}");
    }
    assert_eq!(portal.get("/so-lieu/ket-qua").status, 404);
}

/// Figures with up to 19 digits before the point and 8 behind, of indicators, times and programmes as they come.
fn any_figures() -> impl Strategy<Value = Figures> {
    let value = prop_oneof![
        6 => (any::<i64>(), 0u32..=8).prop_map(|(digits, places)| Value::Number(Decimal::new(digits, places))),
        4 => (-99_999_999_i64..99_999_999, 0u32..=4).prop_map(|(digits, places)| Value::Number(Decimal::new(digits, places))),
        1 => Just(Value::Nothing),
        1 => Just(Value::Unknown),
    ];
    let programmes: Vec<Option<String>> = std::iter::once(None)
        .chain(known().dimension("chuong-trinh").expect("shipped").members.iter().map(|one| Some(one.code.clone())))
        .collect();
    let note = prop_oneof![Just(String::new()), "[=+@'\\-]{1,2}[a-zA-Z0-9 ]{1,8}[a-z]", "[a-zớ,\";\n]{1,12}"];
    let one = (
        0usize..2,
        0usize..3,
        prop::sample::select(programmes),
        value,
        any::<bool>(),
        note,
        prop::sample::select(vec!["", "99001", "99002"]),
    );
    prop::collection::vec(one, 1..60).prop_map(|rows| {
        let mut seen = BTreeSet::new();
        let days = ["2026-09-30", "2026-06-30", "2025-12-31"];
        let rows = rows.into_iter().filter_map(|(indicator, day, programme, value, is_preliminary, note, unit)| {
            let members: Vec<(String, String)> = programme.into_iter().map(|code| ("chuong-trinh".to_owned(), code)).collect();
            let code = ["no-qua-han", "du-no"][indicator];
            let period = Period::read(days[day])?;
            seen.insert(format!("{code}{unit}{day}{members:?}")).then(|| Observation {
                indicator: code.to_owned(),
                unit: unit.to_owned(),
                period,
                members,
                value,
                measure: "trieu-dong".to_owned(),
                is_preliminary,
                note: note.trim().to_owned(),
            })
        });
        Figures { dimensions: vec!["chuong-trinh".to_owned()], rows: rows.collect() }
    })
}

#[test]
fn what_is_downloaded_and_sent_again_is_the_same_to_the_last_digit() {
    let portal = Portal::open();
    let folder = Folder::new();
    indicators(&folder);
    portal.import(&folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let (known, number) = (known(), std::cell::Cell::new(0));
    // No checks: what random figures come to is nobody's business here.
    folder.file("indicators.toml", {
        let mut without = known.clone();
        without.identities.clear();
        without.indicators.iter_mut().for_each(|one| {
            one.adds.clear();
            one.jump = None;
            one.opens.clear();
        });
        without.written()
    });
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&any_figures(), |figures| {
        number.set(number.get() + 1);
        let slug = format!("thu-{}", number.get());
        report(&folder, &slug, "", "");
        folder.file(&format!("figures/{slug}.csv"), figures.written());
        if let Err(refusal) = portal.import(&folder) {
            return Err(TestCaseError::fail(portal.told(&refusal)));
        }
        for ending in ["csv", "xlsx"] {
            let reply = portal.get(&format!("/so-lieu/{slug}.{ending}"));
            prop_assert_eq!(reply.status, 200);
            let book = sheet::read(&reply.bytes, &format!("a.{ending}")).map_err(|bad| TestCaseError::fail(bad.to_string()))?;
            let sheet = own::find(&book).ok_or_else(|| TestCaseError::fail("it is not known again"))?;
            let taken = own::take(&sheet, &known, "99");
            prop_assert!(taken.wrong == 0, "{:?}", taken.problems);
            // A workbook's line ends are one character.
            prop_assert_eq!(&taken.figures, &figures, "{}", ending);
        }
        Ok(())
    });
    outcome.unwrap_or_else(|error| panic!("{error}"));
}
