//! A broken site or list of units is named by file, line and reason; and no text is blamed for it.

use std::fs;

use bangtin::kit::refusal::Refusal;

use crate::folder::{Folder, SITE};
use crate::import_faults::{CHO, SOUND, also, brings, named};
use crate::portal::Portal;

#[test]
fn a_broken_site_is_named_by_its_lines_and_no_text_is_blamed_for_it() {
    let portal = Portal::open();
    let lines = |from: &str, to: &str| {
        assert!(SITE.contains(from));
        SITE.replace(from, to)
    };
    for (site, line, key) in [
        (lines("name = \"Bảng Tin thử\"\n", ""), 1, "front-missing"),
        (lines("https://thu.example", "https://thu.example/cong"), 3, "site-bad-address"),
        (lines("#14613f", "xanh"), 7, "site-bad-colour"),
        (lines("\"van-hoa\"", "\"tin-dia-phuong\""), 16, "site-section-twice"),
        (lines("\"van-hoa\"", "\"Văn hóa\""), 16, "front-bad-slug"),
        (lines("tagline", "tagine"), 2, "front-unknown-key"),
        (lines("\"Cổng thử\"", "\"Cổng thử"), 2, "front-bad-toml"),
        (lines("[[sections]]", "[[section]]"), 10, "front-unknown-key"),
        (lines("owner", "unit = \"998\"\nowner"), 4, "site-unknown-unit"),
    ] {
        let wanted: &[(&str, usize, &'static str)] = match key {
            "front-unknown-key" if line == 10 => &[("site.toml", 1, "site-no-sections"), ("site.toml", 10, "front-unknown-key")],
            _ => &[("site.toml", line, key)],
        };
        brings(&portal, |folder| folder.file(CHO, SOUND).file("site.toml", site), wanted);
    }
    brings(
        &portal,
        also(|folder| fs::remove_file(folder.path().join("site.toml")).expect("it is there")),
        &[("site.toml", 0, "import-no-site")],
    );
}

#[test]
fn a_broken_list_of_units_is_named_by_its_lines_and_no_text_is_blamed_for_it() {
    let portal = Portal::open();
    let units = fs::read_to_string(Folder::new().path().join("units.csv")).expect("it is text");
    let changes = fs::read_to_string(Folder::new().path().join("unit-changes.csv")).expect("it is text");
    for (file, from, to, line, key) in [
        ("units.csv", "99001,2025-07-01,,Đông Kiều,", "99001,2025-07-01,Đông Kiều,", 4, "unit-bad-row"),
        ("units.csv", "xa-ben-gao", "xa-gao-thuong", 6, "unit-label-twice"),
        ("units.csv", ",xa,99,xa-dong-kieu", ",xa,97,xa-dong-kieu", 4, "unit-unknown-parent"),
        // The district had ended when the commune began.
        ("units.csv", ",xa,99,xa-dong-kieu", ",xa,998,xa-dong-kieu", 4, "unit-unknown-parent"),
        ("units.csv", "99002,2025-07-01", "99002,", 6, "unit-twice"),
        ("units.csv", "99001,", "99OO1,", 4, "unit-bad-code"),
        ("units.csv", "99001,2025-07-01", "99001,01/07/2025", 4, "unit-bad-day"),
        ("units.csv", "2025-06-30,Bến Gạo,huyen", "2025-06-31,Bến Gạo,huyen", 3, "unit-bad-day"),
        ("units.csv", "99001,2025-07-01,,", "99001,2025-07-01,2025-06-30,", 4, "unit-ends-before-it-begins"),
        ("units.csv", "Đông Kiều,xa,", "Đông Kiều,xã,", 4, "unit-bad-rank"),
        ("units.csv", "xa-dong-kieu", "Xã Đông Kiều", 4, "front-bad-slug"),
        ("units.csv", "valid_from", "since", 1, "unit-bad-columns"),
        ("unit-changes.csv", ",part,", ",half,", 4, "unit-bad-extent"),
        ("unit-changes.csv", "99003,,", "99009,,", 4, "import-unknown-unit"),
        ("unit-changes.csv", "part,2025-07-01", "part,", 4, "unit-bad-day"),
    ] {
        let whole = if file == "units.csv" { &units } else { &changes };
        assert!(whole.contains(from), "{from}");
        let folder = Folder::new();
        folder.file(CHO, SOUND).file(file, whole.replacen(from, to, 1));
        let found = portal.import(&folder);
        let Err(Refusal::Issues(found)) = found else { panic!("{from} → {to} was taken") };
        assert!(named(&found).contains(&(file.to_owned(), line, key)), "{from} → {to}: {:?}", named(&found));
        assert!(found.iter().all(|issue| issue.file != CHO), "{from} → {to}: {:?}", named(&found));
    }
}
