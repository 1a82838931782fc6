//! Figures in a unit's bulletin, on its page and on the front page: as many as were chosen, each with all that it is, and none that does
//! not show.

use serde_json::Value;

use crate::bulletin::{json, signing};
use crate::folder::Folder;
use crate::portal::{Portal, at};
use crate::report_series::{folder, imported, report};

const BULLETIN: &str = "/bang-tin/99001/bulletin.json";
const ROWS: [&str; 3] = [
    "du-no,,2026-09-30,,128400.50,trieu-dong,preliminary,",
    "cho-vay,,2026-01-01/2026-09-30,,-,trieu-dong,,",
    "khach-hang,,2026-09-30,,2980,khach-hang,,",
];
const HEADLINES: &str =
    "sample = true\n\n[[headlines]]\nindicator = \"du-no\"\n\n[[headlines]]\nindicator = \"cho-vay\"\nlabel = \"Cho vay 9 tháng\"\n";

fn of(unit: &str) -> Folder {
    let folder = folder();
    report(&folder, "chin-thang", unit, "2026-10-12T08:00:00", &ROWS, HEADLINES);
    folder.rules();
    folder
}

fn figures(portal: &Portal) -> Vec<Value> {
    json(&portal.get(BULLETIN))["figures"].as_array().expect("a list").clone()
}

#[test]
fn a_bulletin_carries_the_figures_that_its_unit_s_newest_reports_put_above_all_others() {
    let folder = of("99001");
    let portal = signing(&folder);
    let before = json(&portal.get(BULLETIN));
    let told = figures(&portal);
    assert_eq!(told.len(), 2);
    let one = &told[0];
    assert_eq!((one["value"].as_str(), one["indicator"]["code"].as_str()), (Some("128400.50"), Some("du-no")));
    assert_eq!((one["indicator"]["name"].as_str(), one["measure"]["name"].as_str()), (Some("Tổng dư nợ"), Some("triệu đồng")));
    assert_eq!((one["period"]["code"].as_str(), one["period"]["name"].as_str()), (Some("2026-09-30"), Some("30/9/2026")));
    assert_eq!((one["title"].as_str(), one["url"].as_str()), (Some("Báo cáo chin-thang"), Some("https://thu.example/so-lieu/chin-thang")));
    assert_eq!((one["preliminary"].as_bool(), one["sample"].as_bool()), (Some(true), Some(true)));
    assert_eq!(
        (told[1]["name"].as_str(), told[1]["value"].as_str(), told[1]["missing"].as_str()),
        (Some("Cho vay 9 tháng"), Some(""), Some("nothing"))
    );

    // What comes with a newer report is told of as news are, and stands first.
    let next = json(&portal.get("/bang-tin/99001/changes?after=0"))["next"].as_str().expect("an address").to_owned();
    let newer = "\n[[headlines]]\nindicator = \"khach-hang\"\n";
    report(&folder, "muoi-thang", "99001", "2026-11-20T08:00:00", &["khach-hang,,2026-10-31,,3000,khach-hang,,"], newer);
    imported(&portal, &folder);
    let values =
        |portal: &Portal| figures(portal).iter().map(|one| one["value"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    assert_eq!(values(&portal), ["3000", "128400.50", ""]);
    let after = json(&portal.get(BULLETIN));
    assert!(after["number"].as_i64() > before["number"].as_i64() && after["content"] != before["content"]);
    let events = json(&portal.get(&next))["events"].clone();
    assert_eq!(events[0]["type"], "reread", "{events}");

    // As many as the unit chose; a file from before there were figures says nothing of them.
    for (choice, expected) in [("figures = 1", vec!["3000"]), ("figures = 0", vec![]), ("articles = 1", vec!["3000", "128400.50", ""])] {
        folder.file("bulletins.toml", format!("[[units]]\ncode = \"99001\"\n{choice}\n"));
        imported(&portal, &folder);
        assert_eq!(values(&portal), expected, "{choice}");
    }
}

#[test]
fn a_figure_that_is_amended_is_amended_in_the_bulletin_on_every_page_and_through_time_at_once() {
    for unit in ["99", "99001"] {
        let folder = of(unit);
        let portal = signing(&folder);
        let (bulletin, place) = (format!("/bang-tin/{unit}/bulletin.json"), if unit == "99" { "huong-lua" } else { "xa-dong-kieu" });
        let of_unit = if unit == "99" { String::new() } else { format!("?don-vi={unit}") };
        let mut outputs = vec![bulletin.clone(), format!("/don-vi/{place}"), "/so-lieu/chin-thang".to_owned()];
        outputs.extend(["", ".csv", ".json"].map(|ending| format!("/so-lieu/chi-tieu/du-no{ending}{of_unit}")));
        outputs.extend((unit == "99").then(|| "/".to_owned()));
        let tells = |path: &str, figure: &str| {
            let body = portal.get(path).body;
            body.contains(figure) || body.contains(&figure.replace('.', ",").replacen("128", "128.", 1))
        };
        for path in &outputs {
            assert!(tells(path, "128400.50") && !tells(path, "128400.75"), "{path}");
        }
        let before = json(&portal.get(&bulletin));
        let rows = ROWS.map(|row| row.replace("128400.50", "128400.75"));
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        report(&folder, "chin-thang@2", unit, "2026-11-20T08:00:00", &rows, &format!("change_note = \"Sửa dư nợ\"\n{HEADLINES}"));
        imported(&portal, &folder);
        for path in &outputs {
            assert!(tells(path, "128400.75") && !tells(path, "128400.50"), "{path}");
        }
        let after = json(&portal.get(&bulletin));
        assert!(after["number"].as_i64() > before["number"].as_i64() && after["content"] != before["content"]);
        assert!(tells("/so-lieu/chin-thang/ban/1", "128400.50"), "its first edition says what it said");
    }
}

#[test]
fn no_figure_is_told_before_its_report_begins_nor_after_it_was_withdrawn() {
    let folder = of("99001");
    report(
        &folder,
        "mai-sau",
        "99001",
        "2026-11-21T09:00:00",
        &["khach-hang,,2026-10-31,,777777,khach-hang,,"],
        "[[headlines]]\nindicator = \"khach-hang\"",
    );
    let portal = signing(&folder);
    let tells = |path: &str| {
        let body = portal.get(path).body;
        body.contains("777777") || body.contains("777.777")
    };
    let places = [BULLETIN, "/don-vi/xa-dong-kieu"];
    assert!(places.iter().all(|path| !tells(path)));
    portal.clock.set(at("2026-11-21T09:00:00"));
    assert!(places.iter().all(|path| tells(path)));
    let withdrawn = "[withdrawn]\nat = 2026-11-21T09:30:00\nreason = \"Nhầm\"\n\n[[headlines]]\nindicator = \"khach-hang\"";
    report(&folder, "mai-sau", "99001", "2026-11-21T09:00:00", &["khach-hang,,2026-10-31,,777777,khach-hang,,"], withdrawn);
    imported(&portal, &folder);
    assert!(places.iter().all(|path| tells(path)), "it is withdrawn only from 9:30 on");
    portal.clock.set(at("2026-11-21T09:30:00"));
    assert!(places.iter().all(|path| !tells(path)));
}

#[test]
fn the_front_page_and_a_unit_s_page_show_the_figures_of_its_newest_report() {
    let folder = of("99");
    let portal = signing(&folder);
    for path in ["/", "/don-vi/huong-lua"] {
        let page = portal.get(path);
        assert_eq!(page.texts(".places .figures dt"), ["Tổng dư nợ", "Cho vay 9 tháng"], "{path}");
        assert_eq!(page.texts(".places .figure-value"), ["128.400,50", "–"]);
        assert!(page.text(".places .figure-period").contains("đến 30/9/2026"));
        assert_eq!(page.attributes(".places .figures dt a", "href")[0], "/so-lieu/chin-thang");
    }
    assert!(portal.get("/don-vi/xa-dong-kieu").texts(".places .figures dt").is_empty(), "they are the province's");
}
