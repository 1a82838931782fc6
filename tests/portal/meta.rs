//! What pages tell machines of themselves: schema.org, Open Graph, Dublin Core.

use serde_json::Value;

use crate::cards::hostile;
use crate::folder::{Folder, SITE};
use crate::portal::{Portal, Reply, at};

/// The fifteen elements of ISO 15836.
const ELEMENTS: [&str; 15] = [
    "contributor",
    "coverage",
    "creator",
    "date",
    "description",
    "format",
    "identifier",
    "language",
    "publisher",
    "relation",
    "rights",
    "source",
    "subject",
    "title",
    "type",
];

fn folder() -> Folder {
    let folder = Folder::new();
    let contact = "\n[contact]\naddress = \"Số 1, đường Mẫu\"\nphone = \"0900 000 000\"\nemail = \"bangtin@thu.example\"\n\n[[sections]]";
    folder
        .file("site.toml", SITE.replacen("\n[[sections]]", contact, 1))
        .page("gioi-thieu", "Giới thiệu")
        .page("lien-he", "Liên hệ")
        .picture("pictures/ruong.png", 1800, 900)
        .article(
            "mot",
            "title = \"Vụ mùa\"\nlead = \"Năng suất tăng.\"\nbyline = \"Lê Thị Mẫu\"\nsource_credit = \"Trạm khuyến nông (mẫu)\"\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"Ruộng\"",
            "Thân.",
        )
        .article("hai", "published = 2026-11-19\nsource_credit = \"Báo Mẫu\"", "Thân.")
        .article("ba", "published = 2026-11-18", "Thân.");
    folder
}

const DATA: &str = "script[type='application/ld+json']";

fn graph(page: &Reply) -> Vec<Value> {
    assert_eq!(page.texts(DATA).len(), 1, "one block of data");
    // Not the harness's text, which folds white space.
    let text =
        page.body.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the block");
    let read: Value = serde_json::from_str(text).expect("JSON");
    assert_eq!(read["@context"], "https://schema.org");
    read["@graph"].as_array().expect("a graph").clone()
}

fn node(page: &Reply, kind: &str) -> Value {
    graph(page).into_iter().find(|node| node["@type"] == kind).unwrap_or_else(|| panic!("no {kind}"))
}

fn meta(page: &Reply, name: &str) -> Vec<String> {
    [format!("meta[property='{name}']"), format!("meta[name='{name}']")]
        .iter()
        .flat_map(|selector| page.attributes(selector, "content"))
        .collect()
}

/// An address of the site, asked of the test's own server.
fn follow(portal: &Portal, address: &Value) -> Reply {
    let path =
        address.as_str().and_then(|address| address.strip_prefix("https://thu.example")).unwrap_or_else(|| panic!("{address} is not ours"));
    portal.get(path)
}

#[test]
fn an_article_tells_who_when_where_and_shows_a_picture() {
    let portal = Portal::with(&folder());
    let page = portal.get("/tin/mot");
    let report = node(&page, "NewsArticle");
    assert_eq!((&report["headline"], &report["description"]), (&"Vụ mùa".into(), &"Năng suất tăng.".into()));
    assert_eq!(report["datePublished"], "2026-11-20T07:30:00+07:00");
    assert_eq!(report["dateModified"], report["datePublished"]);
    assert_eq!(report["author"], serde_json::json!({"@type": "Person", "name": "Lê Thị Mẫu"}));
    assert_eq!((&report["inLanguage"], &report["isAccessibleForFree"]), (&"vi".into(), &true.into()));
    assert_eq!(report["articleSection"], "Tin địa phương");
    assert_eq!(report["contentLocation"]["name"], "xã Đông Kiều, tỉnh Hương Lúa");
    assert_eq!(follow(&portal, &report["contentLocation"]["url"]).status, 200);
    assert_eq!(report["mainEntityOfPage"], "https://thu.example/tin/mot");
    let pictures = report["image"].as_array().expect("pictures");
    assert_eq!(pictures.len(), 2, "the article's own and the card");
    for picture in pictures {
        assert!(follow(&portal, picture).header("content-type").starts_with("image/"), "{picture}");
    }
    let office = node(&page, "GovernmentOrganization");
    assert_eq!((&report["publisher"]["@id"], &office["name"]), (&office["@id"], &"UBND tỉnh Hương Lúa (mẫu)".into()));
    assert_eq!(follow(&portal, &office["logo"]).header("content-type"), "image/svg+xml");
}

#[test]
fn a_text_without_a_byline_has_an_office_for_its_author() {
    let portal = Portal::with(&folder());
    let page = portal.get("/tin/hai");
    let report = node(&page, "NewsArticle");
    assert_eq!(report["author"], serde_json::json!({"@type": "Organization", "name": "Báo Mẫu"}));
    assert_eq!(report["datePublished"], "2026-11-19", "nobody knew the hour");
    assert_eq!(node(&portal.get("/tin/ba"), "NewsArticle")["author"], report["publisher"], "who publishes answers for it");
}

#[test]
fn a_corrected_article_says_when() {
    let folder = folder();
    folder.article("mot@2", "title = \"Vụ mùa\"\nchange_note = \"Sửa.\"\npublished = 2026-11-21T07:00:00", "Thân hai.");
    let page = Portal::with(&folder).get("/tin/mot");
    let report = node(&page, "NewsArticle");
    assert_eq!(report["datePublished"], "2026-11-20T07:30:00+07:00");
    assert_eq!(report["dateModified"], "2026-11-21T07:00:00+07:00");
    assert_eq!(meta(&page, "article:modified_time"), ["2026-11-21T07:00:00+07:00"]);
    assert_eq!(meta(&page, "DCTERMS.modified"), ["2026-11-21T07:00:00+07:00"]);
}

#[test]
fn the_way_to_a_page_is_told_with_addresses_that_answer() {
    let portal = Portal::with(&folder());
    for (path, steps) in [
        ("/tin/mot", 3),
        ("/en/tin/mot", 3),
        ("/chuyen-muc/tin-dia-phuong", 2),
        ("/don-vi/xa-dong-kieu", 3),
        ("/luu-tru/2026/11", 2),
        ("/trang/gioi-thieu", 2),
    ] {
        let page = portal.get(path);
        let list = node(&page, "BreadcrumbList");
        let items = list["itemListElement"].as_array().expect("steps");
        assert_eq!(items.len(), steps, "{path}: {list}");
        for (index, item) in items.iter().enumerate() {
            assert_eq!(item["position"], index + 1, "{path}");
            assert!(item["name"].as_str().is_some_and(|name| !name.is_empty()), "{path}");
            assert_eq!(follow(&portal, &item["item"]).status, 200, "{path}: {item}");
        }
        assert_eq!(items[steps - 1]["item"].as_str(), page.attributes("link[rel=canonical]", "href").first().map(String::as_str), "{path}");
    }
}

#[test]
fn who_answers_for_the_site_is_told_where_people_look_for_it() {
    let portal = Portal::with(&folder());
    for path in ["/", "/en/", "/trang/lien-he"] {
        let office = node(&portal.get(path), "GovernmentOrganization");
        for (key, said) in [
            ("name", "UBND tỉnh Hương Lúa (mẫu)"),
            ("address", "Số 1, đường Mẫu"),
            ("telephone", "0900 000 000"),
            ("email", "bangtin@thu.example"),
            ("url", "https://thu.example/"),
        ] {
            assert_eq!(office[key], said, "{path}");
        }
    }
    assert_eq!(node(&portal.get("/"), "WebSite")["name"], "Bảng Tin thử");
    assert_eq!(node(&portal.get("/trang/lien-he"), "ContactPage")["about"], serde_json::json!({"@id": "https://thu.example/#owner"}));
    assert_eq!(node(&portal.get("/trang/gioi-thieu"), "AboutPage")["name"], "Giới thiệu");
}

#[test]
fn a_unit_is_a_place_within_places_and_nobody_is_said_to_govern_it() {
    let page = Portal::with(&folder()).get("/don-vi/huyen-ben-gao");
    let place = &node(&page, "CollectionPage")["about"];
    assert_eq!(
        (&place["@type"], &place["name"], &place["identifier"]),
        (&"AdministrativeArea".into(), &"huyện Bến Gạo".into(), &"998".into())
    );
    assert_eq!(place["containedInPlace"]["name"], "tỉnh Hương Lúa");
    assert!(graph(&page).iter().all(|node| node["@type"] != "GovernmentOrganization"));
}

#[test]
fn every_page_has_what_open_graph_and_dublin_core_require() {
    let portal = Portal::with(&folder());
    for path in [
        "/",
        "/?trang=1",
        "/chuyen-muc/tin-dia-phuong",
        "/don-vi/xa-dong-kieu",
        "/luu-tru/2026/11",
        "/trang/gioi-thieu",
        "/tin/mot",
        "/en/",
        "/en/tin/mot",
    ] {
        let page = portal.get(path);
        let one = |name: &str| {
            let found = meta(&page, name);
            assert_eq!(found.len(), 1, "{path}: {name} is {found:?}");
            found.into_iter().next().unwrap_or_default()
        };
        let canonical = page.attributes("link[rel=canonical]", "href").remove(0);
        assert_eq!((one("og:url"), one("DC.identifier")), (canonical.clone(), canonical), "{path}");
        assert_eq!(one("og:type"), if path.contains("/tin/") { "article" } else { "website" }, "{path}");
        assert_eq!(one("og:title"), one("DC.title"), "{path}");
        assert_eq!(one("og:site_name"), "Bảng Tin thử", "{path}");
        let locales = if path.starts_with("/en") { ["en_US", "vi_VN"] } else { ["vi_VN", "en_US"] };
        assert_eq!([one("og:locale"), one("og:locale:alternate")], locales, "{path}");
        assert_eq!(one("twitter:card"), "summary_large_image", "{path}");
        assert!(!one("og:image").is_empty() && !one("og:image:alt").is_empty(), "{path}");
        for required in ["DC.creator", "DC.publisher", "DC.date", "DC.language"] {
            assert!(!one(required).is_empty(), "{path}: {required}");
        }
        for name in page.attributes("meta", "name").iter().filter_map(|name| name.strip_prefix("DC.").map(str::to_owned)) {
            assert!(ELEMENTS.contains(&name.as_str()), "{path}: Dublin Core has no {name}");
        }
        assert_eq!(page.attributes("link[rel='schema.DC']", "href"), ["http://purl.org/dc/elements/1.1/"], "{path}");
    }
    let page = portal.get("/en/tin/mot");
    assert_eq!(meta(&page, "DC.language"), ["vi"], "the text is Vietnamese under any interface");
    assert_eq!(meta(&page, "DC.creator"), ["Lê Thị Mẫu"]);
    assert_eq!(meta(&page, "article:published_time"), ["2026-11-20T07:30:00+07:00"]);
    assert_eq!(meta(&page, "article:section"), ["Local news"]);
}

#[test]
fn a_page_that_shows_nothing_tells_machines_nothing() {
    let folder = folder();
    folder.article("rut", "title = \"LÚA-KÍN\"\n\n[withdrawn]\nat = 2026-11-21T07:30:00\nreason = \"Nhầm\"", "Thân.");
    let portal = Portal::with(&folder);
    portal.clock.set(at("2026-11-21T09:00:00"));
    for (path, status) in [("/tin/rut", 410), ("/khong-co", 404)] {
        let page = portal.get(path);
        assert_eq!(page.status, status);
        assert!(page.texts(DATA).is_empty() && meta(&page, "og:title").is_empty() && meta(&page, "DC.title").is_empty(), "{path}");
        assert!(!page.body.contains("LÚA-KÍN"));
    }
}

#[test]
fn no_title_breaks_out_of_the_head() {
    let folder = Folder::new();
    for (slug, title) in hostile() {
        folder.article(slug, &format!("title = \"{title}\"\nlead = \"{title}\""), "Thân.");
    }
    let portal = Portal::with(&folder);
    for (slug, written) in hostile() {
        let page = portal.get(&format!("/tin/{slug}"));
        let title = bangtin::kit::fold::nfc(&written.replace("\\\"", "\""));
        assert_eq!(node(&page, "NewsArticle")["headline"], title, "{slug}");
        assert_eq!(meta(&page, "og:title"), std::slice::from_ref(&title), "{slug}");
        assert!(page.texts("head b").is_empty() && page.texts("body > b").is_empty(), "{slug}");
        assert_eq!(page.texts("main h1").len(), 1, "{slug}: the page goes on");
    }
}
