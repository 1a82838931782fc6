//! An indicator through time: what may be compared stands together, units that merged are told apart, and what does not show is not
//! heard of.

use std::fs;
use std::path::Path;

use crate::folder::{Folder, SITE};
use crate::portal::{Portal, Reply, at};
use crate::store::postgres;

pub const DU_NO: &str = "/so-lieu/chi-tieu/du-no";
const CHO_VAY: &str = "/so-lieu/chi-tieu/cho-vay";

/// The province's portal, with the indicators that are shipped.
pub fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("site.toml", format!("unit = \"99\"\n{SITE}"));
    indicators(&folder);
    folder
}

pub fn indicators(folder: &Folder) {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/indicators.toml");
    folder.file("indicators.toml", fs::read(shipped).expect("it is shipped"));
}

/// Each row: `indicator,unit,period,chuong-trinh,value,measure,status,note`.
pub fn report(folder: &Folder, slug: &str, unit: &str, published: &str, rows: &[&str], more: &str) {
    let head = "indicator,unit,period,chuong-trinh,value,measure,status,note\n";
    folder.file(&format!("figures/{slug}.csv"), format!("{head}{}\n", rows.join("\n")));
    let front = format!(
        "+++\ntitle = \"Báo cáo {slug}\"\nsection = \"tin-dia-phuong\"\nunit = \"{unit}\"\npublished = {published}\ndata = \"figures/{slug}.csv\"\nsource = \"Phòng giao dịch (mẫu)\"\n{more}\n+++\n"
    );
    folder.file(&format!("reports/{slug}.md"), front);
}

pub fn imported(portal: &Portal, folder: &Folder) {
    portal.import(folder).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
}

/// Tables by their titles, each with its rows as they are read.
fn tables(reply: &Reply) -> Vec<(String, Vec<String>)> {
    assert_eq!(reply.status, 200, "{}", reply.body);
    let find = |selector: &str| scraper::Selector::parse(selector).expect("a sound selector");
    let said = |element: scraper::ElementRef| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let table = |table: scraper::ElementRef| {
        let title = table.select(&find(".figure-title")).map(said).next().unwrap_or_default();
        let row =
            |row: scraper::ElementRef| row.select(&find("th, td")).map(said).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ");
        (title, table.select(&find("tbody tr")).map(row).collect())
    };
    reply.html().select(&find(".figure-table")).map(table).collect()
}

fn table(title: &str, rows: &[&str]) -> (String, Vec<String>) {
    (title.to_owned(), rows.iter().map(|row| (*row).to_owned()).collect())
}

#[test]
fn figures_of_many_reports_stand_by_what_may_be_compared_and_each_leads_to_its_report() {
    for database in [None, Some(postgres())] {
        let folder = folder();
        let rows = ["du-no,,2026-03-31,,414,ty-dong,,", "cho-vay,,2026-01-01/2026-03-31,,12150,trieu-dong,,"];
        report(&folder, "quy-1", "99", "2026-04-12T08:00:00", &rows, "");
        let rows = [
            "du-no,,2026-06-30,,416000.5,trieu-dong,preliminary,",
            "du-no,,2026-06-30,ho-ngheo,97000,trieu-dong,,Theo danh sách mới.",
            "du-no,,2026-06-30,ho-can-ngheo,319000.5,trieu-dong,,",
            "cho-vay,,2026-04-01/2026-06-30,,13000,trieu-dong,,",
            "cho-vay,,2026-01-01/2026-06-30,,25150,trieu-dong,,",
        ];
        report(&folder, "quy-2", "99", "2026-07-12T08:00:00", &rows, "sample = true");
        let portal = Portal::on(database);
        imported(&portal, &folder);
        let page = portal.get(DU_NO);
        assert_eq!(tables(&page), [table("Tại từng thời điểm", &["31/3/2026 414.000", "30/6/2026 416.000,5*"])]);
        assert_eq!(page.attributes(".series-figure a", "href"), ["/so-lieu/quy-1", "/so-lieu/quy-2"]);
        assert!(page.text(".page-lead").contains("triệu đồng") && page.text(".page-lead").contains("mẫu"), "{}", page.text(".page-lead"));
        assert!(page.body.contains("Số sơ bộ, có thể được cập nhật"), "{}", page.body);

        let split = portal.get(&format!("{DU_NO}?theo=chuong-trinh"));
        let rows = ["31/3/2026 414.000", "30/6/2026 416.000,5* 97.000(1) 319.000,5"];
        assert_eq!(tables(&split), [table("Tại từng thời điểm", &rows)]);
        assert_eq!(split.texts("thead th"), ["Kỳ", "Tổng số", "Hộ nghèo", "Hộ cận nghèo"]);
        assert_eq!(split.text("#ghi-chu-1"), "Theo danh sách mới.");

        // A quarter is not read below a half year.
        let lent = tables(&portal.get(CHO_VAY));
        let quarters = table("Từng quý", &["Quý I/2026 12.150", "Quý II/2026 13.000"]);
        assert_eq!(lent, [quarters, table("Từng kỳ 6 tháng", &["6 tháng đầu năm 2026 25.150"])]);

        let english = portal.get("/en/so-lieu/chi-tieu/du-no");
        assert_eq!(tables(&english), [table("As of each day", &["31 Mar 2026 414,000", "30 Jun 2026 416,000.5*"])]);
        let csv = portal.get("/so-lieu/chi-tieu/du-no.csv");
        let plain = csv.body.replace('"', "");
        let lines: Vec<&str> = plain.lines().collect();
        assert_eq!(lines.len(), 3, "{}", csv.body);
        assert!(
            lines[2].contains("du-no,told,Tại từng thời điểm,99,,tỉnh Hương Lúa,,,2026-06-30,30/6/2026,,416000.5,trieu-dong,,preliminary")
        );
        assert!(lines[2].ends_with("https://thu.example/so-lieu/quy-2"), "{}", lines[2]);
        let json: serde_json::Value = serde_json::from_str(&portal.get("/so-lieu/chi-tieu/du-no.json").body).expect("it is JSON");
        assert_eq!(json["figures"][0]["value"], "414000");
        assert_eq!(json["figures"][0]["report"]["url"], "https://thu.example/so-lieu/quy-1");

        // Every name in a report leads here, and so do the list of indicators and the map of pages.
        let links = portal.get("/so-lieu/quy-1").attributes(".figure-table th a, .report-about dt a", "href");
        assert!(links.iter().filter(|link| *link == DU_NO).count() >= 2, "{links:?}");
        let index = portal.get("/so-lieu/chi-tieu");
        assert_eq!(index.attributes(".report-list h2 a", "href"), [DU_NO, CHO_VAY]);
        assert!(index.text(".report-list").contains("2 báo cáo"), "{}", index.text(".report-list"));
        assert!(portal.get("/sitemap/pages.xml").body.contains("https://thu.example/so-lieu/chi-tieu/du-no<"));
    }
}

#[test]
fn of_one_figure_that_is_told_twice_the_last_published_counts_and_the_page_says_so() {
    let folder = folder();
    report(&folder, "sau", "99", "2026-07-12T08:00:00", &["du-no,,2026-03-31,,414000,trieu-dong,,"], "");
    report(&folder, "truoc", "99", "2026-04-12T08:00:00", &["du-no,,2026-03-31,,413.5,ty-dong,,"], "");
    report(&folder, "giua", "99", "2026-05-12T08:00:00", &["du-no,,2026-03-31,,414,ty-dong,,"], "");
    let portal = Portal::with(&folder);
    let page = portal.get(DU_NO);
    assert_eq!(tables(&page), [table("Tại từng thời điểm", &["31/3/2026 414.000(1)"])]);
    assert_eq!(page.attributes(".series-figure > a", "href"), ["/so-lieu/sau"]);
    let note = page.text("#ghi-chu-1");
    assert!(note.contains("12/04/2026") && note.contains("413.500") && note.ends_with("Báo cáo truoc"), "{note}");
    assert_eq!(page.texts(".series-notes li").len(), 1, "who says the same says nothing else");

    // Of no stated time nobody knows whether two reports speak of one.
    let rows = ["du-no,,,,400000,trieu-dong,,"];
    report(&folder, "khong-neu", "99", "2026-04-13T08:00:00", &rows, "");
    report(&folder, "cung-khong", "99", "2026-06-13T08:00:00", &["du-no,,,,405000,trieu-dong,,"], "");
    imported(&portal, &folder);
    let unstated =
        table("Không nêu thời điểm, không so sánh được với nhau", &["không nêu thời điểm 400.000", "không nêu thời điểm 405.000"]);
    assert_eq!(tables(&portal.get(DU_NO))[1], unstated);
}

const BEN_GAO: &str = "?don-vi=99002";

fn merged() -> Folder {
    let folder = folder();
    let rows = ["du-no,99002,2024-12-31,,50000,trieu-dong,,", "du-no,99003,2024-12-31,,40000,trieu-dong,,"];
    report(&folder, "nam-2024", "998", "2025-01-12T08:00:00", &rows, "");
    let rows = ["du-no,99002,2025-12-31,,91000,trieu-dong,,", "cho-vay,99002,2025-01-01/2025-12-31,,9000,trieu-dong,,"];
    report(&folder, "nam-2025", "99", "2026-01-12T08:00:00", &rows, "");
    folder
}

/// Both went in whole.
fn whole(folder: &Folder) {
    let changes = fs::read_to_string(folder.path().join("unit-changes.csv")).expect("the list");
    folder.file("unit-changes.csv", changes.replace("part", "whole"));
}

#[test]
fn what_went_in_in_part_is_shown_apart_and_never_added() {
    let portal = Portal::with(&merged());
    let page = portal.get(&format!("{DU_NO}{BEN_GAO}"));
    let own = table("Tại từng thời điểm", &["31/12/2025 91.000"]);
    // The code of one who went in is that of the unit now: its figures stand with the unit that bore it then.
    assert_eq!(tables(&page), [own, table("Tại từng thời điểm", &["31/12/2024 40.000 50.000"])]);
    let said = page.text(".series-before");
    assert!(
        said.starts_with("Trước ngày 01/07/2025") && said.contains("Xã Gạo Hạ một phần") && said.contains("Xã Gạo Thượng toàn bộ"),
        "{said}"
    );
    assert!(said.contains("Không cộng lại vì có đơn vị chỉ nhập một phần"), "{said}");
    assert!(page.texts(".is-reckoned").is_empty() && !portal.get(&format!("{DU_NO}.json{BEN_GAO}")).body.contains("reckoned"));

    let former = portal.get(&format!("{DU_NO}?don-vi=xa-gao-thuong"));
    assert_eq!(tables(&former), [table("Tại từng thời điểm", &["31/12/2024 50.000"])]);
    assert!(former.text(".notice").contains("Xã Bến Gạo toàn bộ, 01/07/2025"), "{}", former.text(".notice"));
    assert_eq!(former.attributes(".notice a", "href"), [format!("{DU_NO}{BEN_GAO}")]);

    // A span that began before the unit did is the unit's as the report says, and the page says since when it is there.
    let lent = portal.get(&format!("{CHO_VAY}{BEN_GAO}"));
    assert_eq!(tables(&lent)[0], table("Từng năm", &["Năm 2025(1) 9.000"]));
    assert!(lent.text("#ghi-chu-1").contains("01/07/2025"));
}

#[test]
fn what_went_in_whole_is_added_up_where_it_adds_up_and_the_terms_are_shown() {
    let folder = merged();
    whole(&folder);
    let more = [
        "du-no,99002,2024-06-30,,48000,trieu-dong,,",
        "du-no,99003,2024-09-30,,…,trieu-dong,,",
        "du-no,99002,2024-09-30,,49000,trieu-dong,,",
        "ty-le-no-qua-han,99002,2024-12-31,,0.2,phan-tram,,",
        "ty-le-no-qua-han,99003,2024-12-31,,0.4,phan-tram,,",
    ];
    report(&folder, "them", "998", "2025-01-13T08:00:00", &more, "");
    let portal = Portal::with(&folder);
    let page = portal.get(&format!("{DU_NO}{BEN_GAO}"));
    let rows = ["30/6/2024 48.000", "30/9/2024 … 49.000", "31/12/2024 40.000 50.000 90.000 = 40.000 + 50.000"];
    assert_eq!(tables(&page)[1], table("Tại từng thời điểm", &rows));
    assert_eq!(page.texts(".series-before thead th"), ["Kỳ", "Xã Gạo Hạ", "Xã Gạo Thượng", "Cộng lại (cổng tự tính)"]);
    assert_eq!(page.texts(".is-reckoned").len(), 1);
    let csv = portal.get(&format!("{DU_NO}.csv{BEN_GAO}")).body.replace('"', "");
    let sum: Vec<&str> = csv.lines().filter(|line| line.contains(",reckoned,")).collect();
    assert!(sum.len() == 1 && sum[0].contains(",90000,trieu-dong,,final,40000+50000,"), "{csv}");

    let ratio = portal.get(&format!("/so-lieu/chi-tieu/ty-le-no-qua-han{BEN_GAO}"));
    assert!(ratio.texts(".is-reckoned").is_empty() && ratio.text(".series-before").contains("chỉ tiêu này không cộng được"));
}

#[test]
fn nothing_is_heard_of_a_report_before_its_start_nor_after_it_was_withdrawn() {
    let folder = folder();
    report(&folder, "nay", "99", "2026-10-12T08:00:00", &["du-no,,2026-09-30,,420000,trieu-dong,,"], "");
    let secret =
        ["du-no,,2026-10-31,,424242,trieu-dong,,", "khach-hang,,2026-10-31,,9999,khach-hang,,", "du-no,,2026-09-30,,420001,trieu-dong,,"];
    report(&folder, "mai-sau", "99", "2026-11-21T09:00:00", &secret, "");
    let portal = Portal::with(&folder);
    let addresses = [
        DU_NO,
        "/so-lieu/chi-tieu/du-no.csv",
        "/so-lieu/chi-tieu/du-no.json",
        "/so-lieu/chi-tieu",
        "/so-lieu/chi-tieu/khach-hang",
        "/sitemap/pages.xml",
    ];
    let marks = ["424242", "424.242", "420001", "420.001", "9999", "9.999", "mai-sau", "chi-tieu/khach-hang</loc"];
    let silent = || {
        for address in addresses {
            let body = portal.get(address).body;
            let told: Vec<&str> = marks.into_iter().filter(|mark| body.contains(mark)).collect();
            assert_eq!(told, Vec::<&str>::new(), "{address}");
        }
        let page = portal.get(DU_NO);
        assert_eq!(tables(&page), [table("Tại từng thời điểm", &["30/9/2026 420.000"])]);
        assert!(page.texts(".series-notes li").is_empty());
        let empty = portal.get("/so-lieu/chi-tieu/khach-hang");
        assert!(empty.text(".nothing").contains("Chưa có số liệu của chỉ tiêu này"), "{}", empty.body);
    };
    silent();
    portal.clock.set(at("2026-11-21T09:00:00"));
    let shown = portal.get(DU_NO);
    assert_eq!(tables(&shown), [table("Tại từng thời điểm", &["30/9/2026 420.001(1)", "31/10/2026 424.242"])]);
    assert!(portal.get("/so-lieu/chi-tieu").body.contains("chi-tieu/khach-hang"));

    let withdrawn = "\n[withdrawn]\nat = 2026-11-21T09:30:00\nreason = \"Nhầm kỳ\"";
    report(&folder, "mai-sau", "99", "2026-11-21T09:00:00", &secret, withdrawn);
    imported(&portal, &folder);
    assert_eq!(tables(&portal.get(DU_NO)).len(), 1, "it is withdrawn only from 9:30 on");
    assert!(portal.get(DU_NO).body.contains("424.242"));
    portal.clock.set(at("2026-11-21T09:30:00"));
    silent();
}

#[test]
fn what_nobody_knows_is_not_there() {
    let folder = folder();
    let portal = Portal::with(&folder);
    for address in [
        "/so-lieu/chi-tieu/khong-co",
        "/so-lieu/chi-tieu/du-no?don-vi=12345",
        "/so-lieu/chi-tieu/du-no?don-vi=xa-nao",
        "/so-lieu/chi-tieu/du-no?theo=mau",
    ] {
        assert_eq!(portal.get(address).status, 404, "{address}");
    }
    assert!(portal.get("/so-lieu/chi-tieu").text("main").contains("Chưa có báo cáo nào"));
    assert_eq!(portal.get(DU_NO).status, 200);
}
