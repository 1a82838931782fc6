//! Pictures as browsers are offered them, and as the program makes them by itself when something is missing.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::time::{Duration, Instant, SystemTime};

use bangtin::app::pictures::Maker;
use bangtin::app::verify;
use bangtin::kit::digest::sha256;
use bangtin::on_conn;
use bangtin::store::shelf;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};

use crate::folder::Folder;
use crate::portal::Portal;
use crate::process::{Office, PATIENCE};
use crate::store::postgres;

/// What renditions were before there was any JPEG.
const OF_OLD: &str = "UPDATE media SET recipe = 1, renditions = '480.webp 960.webp 1200.webp' WHERE width > 0";

/// Slopes with grain on them, as a camera sees them.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let grain = (x.wrapping_mul(7919) ^ y.wrapping_mul(104_729)) % 23;
        image::Rgb([(x * 200 / width + grain) as u8, (y * 200 / height + grain) as u8, (90 + grain) as u8])
    });
    let mut bytes = Vec::new();
    image::DynamicImage::ImageRgb8(picture).write_to(&mut Cursor::new(&mut bytes), image::ImageFormat::Jpeg).expect("memory takes it");
    bytes
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.file("pictures/ruong.jpg", photo(1200, 800)).file("pictures/kho.jpg", photo(700, 500)).article(
        "anh",
        "[picture]\nfile = \"pictures/ruong.jpg\"\nalt = \"Ruộng\"\nfocus = \"28% 64%\"",
        "Mở đầu.\n\n![Kho](pictures/kho.jpg \"Kho thóc\")\n\n![](pictures/kho.jpg \"trang trí\")",
    );
    // What stands beside the first in its list of related texts.
    folder.article("ben-canh", "[picture]\nfile = \"pictures/kho.jpg\"\ndecorative = true", "Không lời.");
    folder
}

fn raw(portal: &Portal, sql: &str) {
    portal.app.web.store.write(|c| Ok(on_conn!(c, |c| c.batch_execute(sql))?)).expect("whoever holds the database can do this");
}

/// Every address in a srcset, with the width that it claims.
fn offered(srcset: &str) -> Vec<(String, u32)> {
    srcset
        .split(", ")
        .map(|one| one.split_once(' ').expect("an address and a width"))
        .map(|(address, width)| (address.to_owned(), width.trim_end_matches('w').parse().expect("a width")))
        .collect()
}

fn make_all(portal: &Portal) -> usize {
    let mut maker = Maker::new(&portal.app);
    let Some(mut round) = maker.look(true).expect("the store answers") else { return 0 };
    while maker.step(&mut round) {}
    round.made
}

fn found(portal: &Portal) -> (usize, Vec<&'static str>) {
    let findings = verify::verify(&portal.app.web.store, &portal.app.web.shelf).expect("it can be verified");
    (findings.lacking, findings.faults.iter().map(|fault| fault.key).collect())
}

#[test]
fn every_picture_is_offered_in_two_formats_and_every_address_offered_is_there() {
    let portal = Portal::with(&folder());
    let original = [sha256(&photo(1200, 800)), sha256(&photo(700, 500))].map(|digest| {
        let path = portal.app.web.shelf.path(&digest, "");
        (digest, fs::metadata(path).expect("it is on the shelf").len())
    });
    let mut formats = BTreeSet::new();
    for path in ["/", "/tin/anh", "/tin/ben-canh", "/chuyen-muc/tin-dia-phuong", "/don-vi/xa-dong-kieu"] {
        let page = portal.get(path);
        let (images, pictures) =
            (page.attributes("main img", "src"), page.attributes("main picture > source[type='image/webp']", "srcset"));
        assert!(!images.is_empty() && images.len() == pictures.len(), "{path}: {images:?} {pictures:?}");
        let inside = page.attributes("main picture > source + img", "src");
        assert_eq!(images, inside, "{path}: each stands behind its source");
        for attribute in ["width", "height", "alt", "sizes", "decoding"] {
            assert_eq!(page.attributes("main img", attribute).len(), images.len(), "{path} {attribute}");
        }
        assert_eq!(page.attributes("main img", "sizes"), page.attributes("main source", "sizes"), "{path}");
        let srcsets = pictures.iter().chain(&page.attributes("main img", "srcset")).flat_map(|srcset| offered(srcset)).collect::<Vec<_>>();
        for (address, width) in srcsets.into_iter().chain(images.into_iter().map(|address| (address, 0))) {
            let reply = portal.get(&address);
            assert_eq!(reply.status, 200, "{path} names {address}");
            let kind = if address.ends_with(".webp") { "image/webp" } else { "image/jpeg" };
            assert_eq!(reply.header("content-type"), kind, "{address}");
            let picture = image::load_from_memory(&reply.bytes).expect("it is a picture");
            assert!(width == 0 || picture.width() == width, "{address} is {} wide", picture.width());
            let most = original.iter().find(|(digest, _)| address.contains(digest.as_str())).expect("one of ours").1;
            assert!(reply.bytes.len() as u64 <= most, "{address} is heavier than its original");
            formats.insert(kind);
        }
    }
    assert_eq!(formats.len(), 2);
    let page = portal.get("/tin/anh");
    assert_eq!(page.attributes(".prose img", "alt"), ["Kho", ""]);
    assert_eq!(page.texts(".prose figcaption"), ["Kho thóc"]);
}

#[test]
fn a_focal_point_is_kept_in_sight_where_a_picture_is_cropped_and_only_there() {
    let portal = Portal::with(&folder());
    assert_eq!(portal.get("/tin/ben-canh").attributes(".related .card-picture img", "class"), ["fx-30 fy-60"]);
    assert!(portal.get("/tin/anh").attributes(".article-picture img", "class").is_empty());
    let css = portal.get("/").text("style");
    assert!(css.contains(".fx-30") && css.contains(".fy-60"), "the classes mean something");
}

#[test]
fn the_formats_of_one_width_are_told_apart_by_their_tags() {
    let portal = Portal::with(&folder());
    let digest = sha256(&photo(700, 500));
    let [jpeg, webp] = ["jpg", "webp"].map(|ending| portal.get(&format!("/anh/{digest}-480.{ending}")));
    assert_ne!(jpeg.header("etag"), webp.header("etag"));
    let address = format!("/anh/{digest}-480.jpg");
    let known = portal.ask("GET", &address, &[("if-none-match", jpeg.header("etag"))]);
    assert_eq!((known.status, known.bytes.len()), (304, 0));
    let part = portal.ask("GET", &address, &[("range", "bytes=2-9"), ("if-range", jpeg.header("etag"))]);
    assert_eq!((part.status, &part.bytes[..]), (206, &jpeg.bytes[2..10]));
}

#[test]
fn pictures_of_a_database_from_before_jpeg_go_on_showing_and_get_theirs_in_the_background() {
    for url in [None, Some(postgres())] {
        let portal = Portal::on(url.clone());
        portal.import(&folder()).expect("sound files");
        let digest = sha256(&photo(1200, 800));
        let held = |part: &str| portal.app.web.shelf.path(&digest, part);
        let webp = fs::read(held("480.webp")).expect("it is made");
        for part in ["240.jpg", "360.jpg", "480.jpg", "720.jpg", "960.jpg", "1200.jpg", "240.webp"] {
            fs::remove_file(held(part)).expect("it is made");
        }
        raw(&portal, OF_OLD);
        assert_eq!(found(&portal), (2, vec![]), "what is still to be made is no fault");
        let page = portal.get("/tin/anh");
        assert!(page.attributes(".article-picture source", "srcset").is_empty());
        for (address, _) in offered(&page.attributes(".article-picture img", "srcset").remove(0)) {
            assert_eq!(portal.get(&address).header("content-type"), "image/webp", "{address}");
        }
        assert_eq!(portal.get(&format!("/anh/{digest}-240.jpg")).status, 404);

        assert_eq!(make_all(&portal), 2);
        assert_eq!((make_all(&portal), found(&portal)), (0, (0, vec![])), "once is enough");
        assert_eq!(portal.get(&format!("/anh/{digest}-240.jpg")).status, 200);
        assert!(fs::read(held("480.webp")).expect("it is there") == webp, "what was there already is the same");
        // A page that is made from now on offers both.
        let portal = Portal::reopen(portal.stop(), url, &[]);
        assert_eq!(portal.get("/tin/anh").attributes(".article-picture source", "type"), ["image/webp"]);
    }
}

#[test]
fn a_rendition_that_was_lost_is_made_again_as_it_was_and_one_that_was_changed_is_named() {
    let portal = Portal::with(&folder());
    let digest = sha256(&photo(700, 500));
    let path = portal.app.web.shelf.path(&digest, "480.jpg");
    let whole = fs::read(&path).expect("it is made");
    fs::remove_file(&path).expect("whoever holds the disk can do this");
    assert_eq!(found(&portal), (1, vec![]));
    let maker = Maker::new(&portal.app);
    assert!(maker.look(false).expect("the store answers").is_none(), "the database alone cannot know");
    assert_eq!(make_all(&portal), 1);
    assert!(fs::read(&path).expect("it is there again") == whole);
    fs::write(&path, b"x").expect("whoever holds the disk can do this");
    assert_eq!(found(&portal), (0, vec!["verify-changed-file"]));
}

#[test]
fn a_damaged_original_is_tried_once_and_the_others_are_made() {
    let portal = Portal::with(&folder());
    raw(&portal, OF_OLD);
    let digest = sha256(&photo(700, 500));
    fs::write(portal.app.web.shelf.path(&digest, ""), b"no picture any more").expect("whoever holds the disk can do this");
    let mut maker = Maker::new(&portal.app);
    let mut round = maker.look(false).expect("the store answers").expect("two are to be made");
    while maker.step(&mut round) {}
    assert_eq!(round.made, 1);
    drop(round);
    assert!(maker.look(true).expect("the store answers").is_none(), "it is not tried for ever");
    let recipe = shelf::find(&mut portal.app.web.store.read().expect("a reader"), &digest).expect("it answers").map(|medium| medium.recipe);
    assert_eq!(recipe, Some(1));
    assert_eq!(portal.get("/tin/anh").status, 200);
}

#[test]
fn of_several_takers_one_makes_the_pictures() {
    let portal = Portal::with(&folder());
    raw(&portal, OF_OLD);
    let (one, other) = (Maker::new(&portal.app), Maker::new(&portal.app));
    let round = one.look(true).expect("the store answers").expect("there is something to make");
    assert!(other.look(true).expect("the store answers").is_none(), "somebody is at it");
    drop(round);
    assert!(other.look(true).expect("the store answers").is_some(), "whoever ends lets go");
}

#[test]
fn what_interrupted_writers_left_is_swept_away_when_it_is_old() {
    let portal = Portal::with(&folder());
    let place = portal.app.web.shelf.path(&sha256(&photo(700, 500)), "");
    let beside = ["cu.part", "moi.part"].map(|name| place.with_file_name(name));
    for path in &beside {
        fs::write(path, b"half").expect("the folder is there");
    }
    let long_ago = SystemTime::now() - Duration::from_secs(2 * 60 * 60);
    for path in [&beside[0], &place] {
        fs::File::options().append(true).open(path).and_then(|file| file.set_modified(long_ago)).expect("its time can be set");
    }
    assert_eq!(portal.app.web.shelf.sweep().expect("it can be swept"), 1);
    assert_eq!((beside[0].exists(), beside[1].exists(), place.exists()), (false, true, true));
}

#[test]
fn a_running_portal_makes_what_a_killed_one_left_undone() {
    let office = Office::empty();
    office.take(&folder());
    office.done(&["import", "content"]);
    // As after a kill between two files: some stand, and the row says nothing of them.
    SqliteConnection::establish(&office.database().to_string_lossy())
        .and_then(|mut c| c.batch_execute(OF_OLD).map_err(|error| diesel::ConnectionError::BadConnection(error.to_string())))
        .expect("whoever holds the file can do this");
    let digest = sha256(&photo(700, 500));
    let lost = office.path("var/media").join(&digest[..2]).join(format!("{digest}-240.webp"));
    fs::remove_file(&lost).expect("it is made");
    assert!(office.done(&["verify"]).contains("2 ảnh"), "verify says how many");
    let serving = office.serve();
    let began = Instant::now();
    while serving.ask(&format!("/anh/{digest}-240.webp"), &[]).0 != 200 {
        assert!(began.elapsed() < PATIENCE, "nobody made it");
    }
    assert!(lost.is_file());
    while office.done(&["verify"]).contains("ảnh còn thiếu") {
        assert!(began.elapsed() < PATIENCE, "nobody made the other");
    }
}
