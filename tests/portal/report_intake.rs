//! A clerk's spreadsheet at the desk: real files of LibreOffice, in four formats, become the same figures; what is doubtful is asked, and
//! nothing is kept before it is answered; the answers are known for the next file.

use bangtin::edition::Kind;
use bangtin::person::access::Role;
use bangtin::store::schema::documents;
use diesel::prelude::*;

use crate::desk_files::send;
use crate::folder::{Folder, SITE};
use crate::people::{Browser, added, role, unit};
use crate::portal::{Portal, Reply};
use crate::reports::indicators;

const NEW: &str = "/ban-bien-tap/van-ban/moi";

pub fn office() -> Portal {
    let folder = Folder::new();
    indicators(&folder).file("site.toml", format!("{SITE}\n[desk]\nsecond_factor = []\n"));
    let units = "code,valid_from,valid_until,name,type,parent_code,label,sample\n\
        99,,,Hương Lúa,tinh,,huong-lua,true\n99001,2025-07-01,,Đông Kiều,xa,99,xa-dong-kieu,true\n\
        99002,2025-07-01,,Bến Gạo,xa,99,xa-ben-gao,true\n99003,2025-07-01,,Cầu Mây,phuong,99,phuong-cau-may,true\n\
        99004,2025-07-01,,Ea H'Mai,xa,99,xa-ea-h-mai,true\n";
    folder.file("units.csv", units).file("unit-changes.csv", "old_code,old_valid_from,new_code,new_valid_from,extent,effective\n");
    let portal = Portal::with(&folder);
    portal.get("/");
    let here = Some(unit(&portal, "Hương Lúa"));
    added(&portal, "viet.le", "Lê Thị Viết", &[role(Role::Author, here)]);
    added(&portal, "duyet.pham", "Phạm Văn Duyệt", &[role(Role::Reviewer, here), role(Role::Publisher, here)]);
    portal
}

pub fn begun(browser: &mut Browser, title: &str) -> String {
    let fields = [("kind", "report"), ("title", title), ("unit", "huong-lua"), ("section", "van-hoa")];
    let to = browser.post(NEW, &fields).header("location").to_owned();
    to.strip_suffix("/sua").unwrap_or_else(|| panic!("{to}")).to_owned()
}

pub fn sheet(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/portal/sheets").join(name);
    std::fs::read(path).expect("it is there")
}

#[test]
fn a_report_called_as_a_page_of_the_portals_own_is_given_another_address() {
    let portal = office();
    let mut clerk = Browser::of(&portal, "viet.le");
    for (title, slug) in [("Lịch", "lich-2"), ("Chỉ tiêu", "chi-tieu-2")] {
        begun(&mut clerk, title);
        let slugs: Vec<String> = documents::table
            .filter(documents::kind.eq(Kind::Report.name()))
            .select(documents::slug)
            .load(&mut *portal.app.web.store.read().expect("it opens"))
            .expect("rows");
        assert!(slugs.contains(&slug.to_owned()), "{title}: {slugs:?}");
    }
}

/// The page once the file has been read.
pub fn read(browser: &Browser, path: &str) -> Reply {
    loop {
        let page = browser.get(path);
        if page.attributes("[data-refresh]", "data-refresh").is_empty() {
            return page;
        }
        std::thread::yield_now();
    }
}

/// The form as it stands, with other answers in it.
fn answered(page: &Reply, answers: &[(&str, &str)]) -> Vec<(String, String)> {
    let html = page.html();
    let all = scraper::Selector::parse("form.intake :is(input, select)").expect("a selector");
    let chosen = scraper::Selector::parse("option[selected]").expect("a selector");
    let first = scraper::Selector::parse("option").expect("a selector");
    let mut fields = Vec::new();
    for one in html.select(&all) {
        let Some(name) = one.attr("name").filter(|name| *name != "mark") else { continue };
        if one.attr("type") == Some("checkbox") && one.attr("checked").is_none() {
            continue;
        }
        let value = match one.value().name() {
            "select" => one.select(&chosen).next().or_else(|| one.select(&first).next()).and_then(|one| one.attr("value")),
            _ => one.attr("value"),
        };
        let said = answers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value).or(value).unwrap_or_default();
        fields.push((name.to_owned(), said.to_owned()));
    }
    fields
}

fn post(browser: &mut Browser, path: &str, deed: &str, page: &Reply, answers: &[(&str, &str)]) -> Reply {
    let mut fields = answered(page, answers);
    fields.push(("do".to_owned(), deed.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields)
}

/// Which select asks about this label.
fn row_of(page: &Reply, label: &str) -> String {
    let html = page.html();
    let labels = scraper::Selector::parse(".intake-open label").expect("a selector");
    let asked = html.select(&labels).find(|one| one.text().collect::<String>().starts_with(label));
    let field = asked.and_then(|one| one.attr("for")).and_then(|id| id.strip_prefix("f-"));
    field.unwrap_or_else(|| panic!("{label} is not asked about: {}", page.text(".intake-open"))).to_owned()
}

#[test]
fn one_sheet_in_four_formats_is_the_same_figures_once_its_doubts_are_answered() {
    let portal = office();
    let mut clerk = Browser::of(&portal, "viet.le");
    let mut all = Vec::new();
    for ending in ["xlsx", "xls", "ods", "csv"] {
        let base = begun(&mut clerk, &format!("Theo xã {ending}"));
        let path = format!("{base}/so-lieu");
        assert!(clerk.get(&path).text("main").contains("Báo cáo chưa có số liệu"));
        let sent = send(&clerk, &path, &[("do", "send")], Some((&format!("Theo xã.{ending}"), &sheet(&format!("theo-xa.{ending}")))));
        assert_eq!(sent.status, 303, "{}", sent.body);
        let page = read(&clerk, &path);
        if all.is_empty() {
            let doubts = page.text(".intake-open");
            assert!(doubts.contains("E7 128.400: một trăm hai mươi tám nghìn bốn trăm, hay 128 phẩy 400?"), "{doubts}");
            // Nothing is kept while anything is open, whatever a form says.
            let refused = post(&mut clerk, &path, "keep", &page, &[]);
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert!(refused.text(".issues").contains("chưa có gì được ghi"), "{}", refused.text(".issues"));
            let row = row_of(&page, "Cộng khu vực I");
            let to = post(&mut clerk, &path, "answer", &page, &[("way", "vi"), (row.as_str(), "~")]);
            assert_eq!(to.status, 303, "{}", to.body);
        } else {
            assert!(page.texts(".intake-open").is_empty(), "{ending}: what was answered once is known: {}", page.text(".intake-open"));
        }
        let page = read(&clerk, &path);
        assert!(page.text("#made").starts_with("20 số liệu"), "{ending}: {}", page.text("#made"));
        let kept = post(&mut clerk, &path, "keep", &page, &[]);
        assert_eq!((kept.status, kept.header("location")), (303, format!("{path}?da=figures-kept").as_str()), "{}", kept.body);
        let tables: Vec<String> = clerk.get(&path).texts(".figure-table tbody td");
        assert!(tables.contains(&"128.400".to_owned()) && tables.contains(&"420.000".to_owned()), "{tables:?}");
        all.push(tables);
    }
    assert!(all.iter().all(|tables| tables == &all[0]), "{all:?}");
}

#[test]
fn what_is_kept_goes_the_road_to_the_public_with_its_file() {
    let portal = office();
    let mut clerk = Browser::of(&portal, "viet.le");
    let base = begun(&mut clerk, "Theo xã");
    let path = format!("{base}/so-lieu");
    send(&clerk, &path, &[("do", "send")], Some(("xa.ods", &sheet("theo-xa.ods"))));
    let page = read(&clerk, &path);
    let row = row_of(&page, "Cộng khu vực I");
    post(&mut clerk, &path, "answer", &page, &[("way", "vi"), (row.as_str(), "~")]);
    let page = read(&clerk, &path);
    post(&mut clerk, &path, "keep", &page, &[]);
    // Without a source it is not sent for review.
    let seal = clerk.get(&base).attributes("form[action$=\"/gui\"] input[name=seal]", "value").pop().expect("it can be sent");
    let refused = clerk.post(&format!("{base}/gui"), &[("seal", &seal)]);
    assert_ne!(refused.status, 303, "who counted must be said");
    let form = clerk.get(&format!("{base}/sua"));
    let said = crate::desk_files::filled(&form);
    let mut fields: Vec<(&str, &str)> =
        said.iter().map(|(name, value)| (name.as_str(), value.as_str())).filter(|(name, _)| *name != "mark").collect();
    fields.retain(|(name, _)| *name != "report_source");
    fields.extend([("report_source", "Ngân hàng thử, báo cáo tháng 9"), ("then", "stay")]);
    assert_eq!(clerk.post(&format!("{base}/sua"), &fields).status, 303);
    let seal = clerk.get(&base).attributes("form[action$=\"/gui\"] input[name=seal]", "value").pop().expect("it can be sent");
    let sent = clerk.post(&format!("{base}/gui"), &[("seal", &seal)]);
    assert_eq!(sent.status, 303, "{}", sent.text(".issues"));
    // Its files are read before they are out, by staff and by whoever is shown the draft; and by nobody else.
    let linked = |page: &Reply| page.attributes(".report-files a", "href");
    let links = linked(&clerk.get(&format!("{base}/trang?ban=1")));
    assert_eq!(links.len(), 4, "{links:?}");
    for link in &links {
        assert_eq!((clerk.get(link).status, portal.get(link).status == 200), (200, false), "{link}");
    }
    assert!(clerk.get(&links[1]).body.contains("\"128400\""), "{links:?}");
    let lent = clerk.post(&format!("{base}/chia-se"), &[]).text(".secret");
    let lent = lent.strip_prefix("https://thu.example").unwrap_or(&lent).to_owned();
    let links = linked(&portal.get(&format!("{lent}/trang")));
    assert!(links.len() == 4 && links.iter().all(|link| link.starts_with(&lent) && portal.get(link).status == 200), "{lent}: {links:?}");
    assert_eq!(portal.get(&format!("{lent}/so-lieu.exe")).status, 404);
    let mut chief = Browser::of(&portal, "duyet.pham");
    let page = chief.get(&format!("{base}/duyet"));
    let of = |name: &str| page.attributes(&format!("form[action$=\"/duyet\"] input[name={name}]"), "value").pop().unwrap_or_default();
    let done = chief.post(&format!("{base}/duyet"), &[("seal", &of("seal")), ("revision", &of("revision")), ("when", "now")]);
    assert_eq!(done.status, 303, "{}", done.text("main"));
    let public = portal.get("/so-lieu/theo-xa");
    assert_eq!(public.status, 200);
    assert!(public.text("#source + dl, .report-about").contains("Ngân hàng thử"), "{}", public.text(".report-about"));
    assert!(portal.get("/so-lieu/theo-xa.csv").body.contains("\"128400\""));
    // The file it came from is kept, and given to nobody who was not meant to have it.
    let export = portal.export();
    let names: Vec<String> = export.contents().into_iter().map(|(name, _)| name).collect();
    assert!(names.contains(&"figures/theo-xa-goc.ods".to_owned()) && names.contains(&"figures/theo-xa.csv".to_owned()), "{names:?}");
    let digest = bangtin::kit::digest::sha256(&sheet("theo-xa.ods"));
    assert_eq!(portal.get(&format!("/tep/{digest}/theo-xa-goc.ods")).status, 404);
}

#[test]
fn a_file_that_is_no_sheet_is_told_of_by_what_it_is() {
    let portal = office();
    let clerk = &mut Browser::of(&portal, "viet.le");
    let base = begun(clerk, "Theo xã");
    let path = format!("{base}/so-lieu");
    for (name, bytes, told) in [
        ("a.csv", b"".as_slice(), "không có gì bên trong"),
        ("a.pdf", b"%PDF-1.7\n%%EOF\n", "không phải bảng tính"),
        ("b.csv", b"\n\n;;;\n", "không có ô nào"),
    ] {
        let sent = send(clerk, &path, &[("do", "send")], Some((name, bytes)));
        let said = if sent.status == 303 { read(clerk, &path).text("main") } else { sent.text("main") };
        assert!(said.to_lowercase().contains(told), "{name}: {said}");
        assert_eq!(clerk.get(&path).status, 200);
    }
    let anybody = portal.post(&path, &[], "do=send");
    assert!(anybody.status == 303 || anybody.status == 403, "{}", anybody.status);
}
