//! Pictures and attachments: which of them go out, under which addresses, whole or in part.

use bangtin::kit::digest::sha256;
use bangtin::store::shelf::Shelf;
use tempfile::TempDir;

use crate::desk_walls::all_roles;
use crate::folder::{Folder, png};
use crate::people::{Browser, added};
use crate::portal::{Portal, at};

const TABLE: &str = "xã,hộ\nĐông Kiều,12\nBến Gạo,34\n";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.picture("pictures/ruong.png", 1800, 900).file("attachments/so-lieu.csv", TABLE).article(
        "day-du",
        "until = 2026-11-30\n\n[picture]\nfile = \"pictures/ruong.png\"\nalt = \"Ruộng\"\n\n[[attachments]]\nfile = \"attachments/so-lieu.csv\"\ntitle = \"Số liệu\"",
        "Nội dung.",
    );
    folder
}

fn table() -> String {
    format!("/tep/{}/so-lieu.csv", sha256(TABLE.as_bytes()))
}

fn picture() -> String {
    sha256(&png(1800, 900))
}

#[test]
fn a_picture_goes_out_in_the_widths_that_pages_name_and_never_as_it_was_given() {
    let portal = Portal::with(&folder());
    let digest = picture();
    for width in ["240", "360", "480", "720", "960", "1600"] {
        let reply = portal.get(&format!("/anh/{digest}-{width}.webp"));
        assert_eq!((reply.status, reply.header("content-type")), (200, "image/webp"), "{width}");
    }
    let jpeg = portal.get(&format!("/anh/{digest}-240.jpg"));
    assert_eq!((jpeg.status, jpeg.header("content-type")), (200, "image/jpeg"));
    for name in ["240.jpeg", "240.png", "240", "240.jpg.webp", "1800.jpg", "0240.jpg"] {
        assert_eq!(portal.get(&format!("/anh/{digest}-{name}")).status, 404, "{name}");
    }
    for width in ["+480", "0480", "481", "1800", "0", "-480", "480.webp", "480%2F..%2Fx", ""] {
        assert_eq!(portal.get(&format!("/anh/{digest}-{width}.webp")).status, 404, "{width}");
    }
    for name in ["ruong.png", "so-lieu.csv", "x", "ruong.webp"] {
        assert_eq!(portal.get(&format!("/tep/{digest}/{name}")).status, 404, "{name} is the original, with all that a camera noted");
    }
}

#[test]
fn an_attachment_has_the_name_that_its_text_gives_it_and_no_other() {
    let portal = Portal::with(&folder());
    let digest = sha256(TABLE.as_bytes());
    assert_eq!(portal.get(&table()).status, 200);
    for name in ["khac.csv", "SO-LIEU.csv", "so-lieu.html", "attachments%2Fso-lieu.csv", "%00", "csv"] {
        assert_eq!(portal.get(&format!("/tep/{digest}/{name}")).status, 404, "{name}");
    }
    assert_eq!(portal.get(&format!("/anh/{digest}-0.webp")).status, 404);
}

#[test]
fn a_picture_that_is_attached_too_leads_to_its_widest_rendition() {
    let folder = folder();
    folder.article("kem-anh", "[[attachments]]\nfile = \"pictures/ruong.png\"\ntitle = \"Ảnh ruộng\"", "Tải ảnh ở dưới.");
    let portal = Portal::with(&folder);
    let address = portal.get("/tin/kem-anh").attributes(".attachments a", "href").remove(0);
    let file = portal.get(&address);
    assert_eq!((file.status, file.header("content-type")), (200, "image/webp"), "{address}: its PNG is lighter than any JPEG as wide");
}

#[test]
fn a_part_of_a_file_is_sent_to_whoever_asks_for_a_part() {
    let portal = Portal::with(&folder());
    let whole = portal.get(&table());
    assert_eq!((whole.status, whole.body.as_str(), whole.header("accept-ranges")), (200, TABLE, "bytes"));
    let length = TABLE.len();
    let etag = whole.header("etag").to_owned();
    assert!(etag.starts_with('"'), "{etag} is strong");
    for (range, first, last) in [("bytes=0-", 0, length - 1), ("bytes=3-9", 3, 9), ("bytes=-5", length - 5, length - 1)] {
        for headers in [vec![("range", range)], vec![("range", range), ("if-range", &etag), ("accept-encoding", "br, gzip")]] {
            let part = portal.ask("GET", &table(), &headers);
            assert_eq!(part.status, 206, "{range}");
            assert_eq!(part.bytes, TABLE.as_bytes()[first..=last], "{range}");
            assert_eq!(part.header("content-range"), format!("bytes {first}-{last}/{length}"), "{range}");
            assert_eq!((part.header("etag"), part.header("content-encoding")), (etag.as_str(), ""), "{range}");
        }
    }
    let beyond = portal.ask("GET", &table(), &[("range", "bytes=9999-")]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, format!("bytes */{length}").as_str()));
    for headers in
        [[("range", "bytes=0-1,3-4"), ("x", "")], [("range", "lines=1-2"), ("x", "")], [("range", "bytes=0-1"), ("if-range", "\"khac\"")]]
    {
        let whole = portal.ask("GET", &table(), &headers);
        assert_eq!((whole.status, whole.body.as_str()), (200, TABLE), "{headers:?}");
    }
}

#[test]
fn a_large_file_arrives_whole_and_as_it_was() {
    let rows: String = (0..120_000).map(|row| format!("{row},Đông Kiều\n")).collect();
    let folder = folder();
    folder.file("attachments/lon.csv", &rows).article(
        "lon",
        "[[attachments]]\nfile = \"attachments/lon.csv\"\ntitle = \"Bảng lớn\"",
        "Xem tệp.",
    );
    let portal = Portal::with(&folder);
    let address = format!("/tep/{}/lon.csv", sha256(rows.as_bytes()));
    let reply = portal.ask("GET", &address, &[("accept-encoding", "br")]);
    assert_eq!((reply.header("content-length"), reply.header("content-encoding")), (rows.len().to_string().as_str(), ""));
    assert!(reply.bytes == rows.as_bytes());
    let head = portal.ask("HEAD", &address, &[("accept-encoding", "br")]);
    assert_eq!((head.status, head.header("content-length"), head.bytes.len()), (200, rows.len().to_string().as_str(), 0));
    let end = portal.ask("GET", &address, &[("range", "bytes=1000000-")]);
    assert!(end.status == 206 && end.bytes == rows.as_bytes()[1_000_000..]);
}

#[test]
fn a_file_that_is_known_is_not_opened_again_and_still_ends_with_its_text() {
    let portal = Portal::with(&folder());
    for (address, name) in [(table(), "\"{}\""), (format!("/anh/{}-960.webp", picture()), "\"{}-960.webp-3\"")] {
        let digest = if address.starts_with("/anh") { picture() } else { sha256(TABLE.as_bytes()) };
        let first = portal.get(&address);
        let etag = first.header("etag").to_owned();
        assert_eq!((first.status, etag.as_str()), (200, name.replace("{}", &digest).as_str()));
        assert_eq!((first.header("cache-control"), first.header("last-modified")), ("public, no-cache", ""));
        let part = if address.starts_with("/anh") { "960.webp" } else { "" };
        std::fs::remove_file(portal.app.web.shelf.path(&digest, part)).expect("it is on the shelf");
        let known = portal.ask("GET", &address, &[("if-none-match", &etag)]);
        assert_eq!((known.status, known.header("etag"), known.bytes.len()), (304, etag.as_str(), 0));
        assert_eq!(portal.get(&address).status, 404, "it was not kept in memory either");
        portal.clock.set(at("2026-12-01T00:00:00"));
        let over = portal.ask("GET", &address, &[("if-none-match", &etag)]);
        assert_eq!((over.status, over.header("etag")), (404, ""));
        portal.clock.set(crate::portal::morning());
    }
}

#[test]
fn a_draft_s_files_go_out_at_the_desk_and_by_a_link_as_the_public_will_be_given_them() {
    let folder = folder();
    let rows: String = (0..20_000).map(|row| format!("{row},Bến Gạo\n")).collect();
    folder.file("site.toml", format!("{}\n[desk]\nsecond_factor = []\n", crate::folder::SITE));
    folder.file("attachments/chua-dang.csv", &rows).picture("pictures/cho.png", 800, 400).article(
        "ban-nhap-cho",
        "state = \"draft\"\n\n[picture]\nfile = \"pictures/cho.png\"\nalt = \"Chợ\"\n\n[[attachments]]\nfile = \"attachments/chua-dang.csv\"\ntitle = \"Bảng\"",
        "Nội dung.",
    );
    let portal = Portal::with(&folder);
    added(&portal, "ca.bui", "Bùi Thị Ca", &all_roles(None));
    let mut staff = Browser::of(&portal, "ca.bui");
    let text = staff.get("/ban-bien-tap/van-ban?trang-thai=draft").attributes(".rows a", "href").remove(0);
    let lent = staff.post(&format!("{text}/chia-se"), &[]).body;
    let (_, secret) = lent.split_once("/ban-bien-tap/xem/").expect("the link is shown");
    let secret: String = secret.chars().take_while(char::is_ascii_alphanumeric).collect();
    let (file, image) = (sha256(rows.as_bytes()), sha256(&png(800, 400)));
    assert_eq!(portal.get(&format!("/tep/{file}/chua-dang.csv")).status, 404);
    for (base, cookie) in [("/ban-bien-tap/tep".to_owned(), staff.cookie.as_str()), (format!("/ban-bien-tap/xem/{secret}/tep"), "")] {
        let address = format!("{base}/{file}/chua-dang.csv");
        let ask = |headers: &[(&str, &str)]| portal.ask("GET", &address, &[headers, &[("cookie", cookie)]].concat());
        let whole = ask(&[]);
        assert_eq!((whole.status, whole.header("content-type")), (200, "text/csv; charset=utf-8"), "{base}");
        assert_eq!(whole.header("content-disposition"), "attachment; filename*=UTF-8''chua-dang.csv");
        assert_eq!((whole.header("cache-control"), whole.header("accept-ranges")), ("no-store", "bytes"));
        assert_eq!((whole.header("content-length"), whole.body == rows), (rows.len().to_string().as_str(), true));
        // Nobody could know it again by, or tell whether he had been given it before.
        assert_eq!((whole.header("etag"), whole.header("last-modified")), ("", ""));
        let part = ask(&[("range", "bytes=100000-")]);
        assert_eq!((part.status, &part.bytes[..]), (206, &rows.as_bytes()[100_000..]));
        assert_eq!(ask(&[("range", "bytes=99999999-")]).status, 416);
        let picture = portal.ask("GET", &format!("{base}/{image}-480.webp"), &[("cookie", cookie)]);
        assert_eq!((picture.status, picture.header("content-type"), picture.header("content-disposition")), (200, "image/webp", ""));
        assert_eq!(picture.header("cross-origin-resource-policy"), "same-origin", "no other site shows it");
        assert_eq!(portal.ask("GET", &format!("{base}/{image}-481.webp"), &[("cookie", cookie)]).status, 404);
    }
    assert_eq!(portal.get(&format!("/ban-bien-tap/xem/{secret}/tep/{}/so-lieu.csv", sha256(TABLE.as_bytes()))).status, 404);
    // The page of the draft leads to them.
    let page = staff.get(&format!("{text}/trang"));
    assert_eq!(page.attributes(".attachments a", "href"), [format!("/ban-bien-tap/tep/{file}/chua-dang.csv")]);
}

#[test]
fn two_that_put_the_same_file_on_the_shelf_do_not_trip_over_each_other() {
    let var = TempDir::new().expect("a temporary folder");
    let shelf = Shelf::open(var.path()).expect("it can be made");
    let bytes = vec![7; 20_000];
    for round in 0..20_u8 {
        let digest = sha256(&[round]);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| shelf.put(&digest, "480.webp", &bytes).expect("everybody puts it there"));
            }
        });
        assert_eq!(shelf.take(&digest, "480.webp").expect("it is there"), bytes);
        let beside = std::fs::read_dir(shelf.path(&digest, "").parent().expect("a folder")).expect("it can be read");
        assert!(beside.flatten().all(|entry| !entry.file_name().to_string_lossy().ends_with(".part")));
    }
}
