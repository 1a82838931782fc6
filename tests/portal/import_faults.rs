//! Whatever is wrong with a content folder is named by file, line and reason.

use std::fs;
use std::os::unix::fs::symlink;

use bangtin::kit::refusal::{Issue, Refusal};
use tempfile::TempDir;

use crate::folder::{Folder, SITE, png};
use crate::portal::Portal;

/// A file, a line, the key of a reason.
pub type Named = (String, usize, &'static str);

/// A sound article, one key on each line: 2 title, 3 section, 4 unit, 5 published, 6 end of the front matter, 8 body.
pub const SOUND: &str = "+++\ntitle = \"Chợ phiên Đông Kiều\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = 2026-11-20T07:30:00\n+++\n\nChợ họp từ tinh mơ.\n";
pub const CHO: &str = "articles/cho-phien.md";

/// The sound article with another text on one of its lines.
fn with(line: usize, text: &str) -> String {
    SOUND
        .lines()
        .enumerate()
        .map(|(index, known)| if index + 1 == line { text } else { known })
        .filter(|line| *line != "-")
        .collect::<Vec<_>>()
        .join("\n")
        + "\n"
}

/// The sound article with more front matter, from line 6 on.
fn more(keys: &str) -> String {
    with(6, &format!("{keys}\n+++"))
}

pub fn issues(portal: &Portal, folder: &Folder) -> Vec<Issue> {
    match portal.import(folder) {
        Err(Refusal::Issues(issues)) => issues,
        other => panic!("the folder has faults, and the import said {other:?}"),
    }
}

pub fn named(issues: &[Issue]) -> Vec<Named> {
    issues.iter().map(|issue| (issue.file.clone(), issue.line, issue.phrase.key)).collect()
}

fn list(wanted: &[(&str, usize, &'static str)]) -> Vec<Named> {
    wanted.iter().map(|(file, line, key)| (file.to_string(), *line, *key)).collect()
}

/// A folder made sound but for what `spoil` does to it has exactly these faults, and a clerk is told each in words.
pub fn brings(portal: &Portal, spoil: impl FnOnce(&Folder) -> &Folder, wanted: &[(&str, usize, &'static str)]) -> Vec<Issue> {
    let folder = Folder::new();
    spoil(&folder);
    let before = portal.app.web.store.refresh_position().expect("the log can be read");
    let found = issues(portal, &folder);
    assert_eq!(named(&found), list(wanted));
    let told = portal.told(&Refusal::Issues(found.clone()));
    for issue in &found {
        let place = if issue.line > 0 { format!("{}:{}: ", issue.file, issue.line) } else { format!("{}: ", issue.file) };
        let line = told.lines().find(|line| line.starts_with(&place)).unwrap_or_else(|| panic!("no line begins with {place}: {told}"));
        assert!(!line.contains(issue.phrase.key), "a key is no sentence: {line}");
    }
    assert_eq!(portal.app.web.store.refresh_position().expect("the log can be read"), before, "{wanted:?} changed something");
    found
}

/// For what is more than a file more.
pub fn also(spoil: impl FnOnce(&Folder)) -> impl FnOnce(&Folder) -> &Folder {
    |folder| {
        spoil(folder);
        folder
    }
}

fn has(issue: &Issue, name: &str, value: &str) {
    assert!(issue.phrase.args.iter().any(|(known, said)| *known == name && said == value), "{name} is not {value} in {:?}", issue.phrase);
}

#[test]
fn what_a_text_must_say_and_does_not_is_named_with_its_line() {
    let portal = Portal::open();
    for (text, line, key) in [
        (with(2, "-"), 2, "front-missing"),
        (with(2, "title = \"  \""), 2, "front-empty"),
        (with(2, "title = 7"), 2, "front-mistyped"),
        (with(3, "-"), 2, "front-missing"),
        (with(4, "-"), 2, "front-missing"),
        (with(5, "-"), 2, "front-missing"),
        (with(5, "published = \"hôm qua\""), 5, "front-mistyped"),
        (with(5, "published = 07:30:00"), 5, "front-mistyped"),
        (more("until = 2026-11-20T07:30:00"), 6, "front-until-before-published"),
        (more("state = \"nháp\""), 6, "front-bad-state"),
        (more("sample = true\nviews = -1"), 7, "front-mistyped"),
        (more("byline = \"Lê Thị Mận\"\nauthor = \"Lê Thị Mận\""), 7, "front-unknown-key"),
        (more("byline = \"Lê\\u0000Thị\""), 6, "front-null"),
        (more("source_url = \"javascript:alert(1)\""), 6, "article-bad-source"),
        (more("former = [\"Địa chỉ cũ\"]"), 6, "front-bad-slug"),
        (with(1, "-"), 1, "front-no-fence"),
        ("Chợ họp từ tinh mơ.\n".to_owned(), 1, "front-no-fence"),
        (String::new(), 1, "front-no-fence"),
        (with(6, "-"), 7, "front-no-fence"),
    ] {
        brings(&portal, |folder| folder.file(CHO, text), &[(CHO, line, key)]);
    }
}

#[test]
fn a_line_that_cannot_be_read_is_named_and_no_other() {
    let portal = Portal::open();
    for (line, text, key) in [
        (5, "published = 2026-02-30", "front-mistyped"),
        (5, "published = 20/11/2026", "front-mistyped"),
        (5, "published = 2026-13-01T07:30:00", "front-mistyped"),
        (2, "title = \"Chợ", "front-bad-toml"),
        (2, "title \"Chợ\"", "front-bad-toml"),
        (3, "section = tin-dia-phuong", "front-bad-toml"),
    ] {
        let folder = Folder::new();
        folder.file(CHO, with(line, text));
        let found = named(&issues(&portal, &folder));
        // More than one may be said of it: what the format finds wrong, and what the key wants.
        assert!(found.iter().all(|(file, found, _)| (file.as_str(), *found) == (CHO, line)), "{text}: {found:?}");
        assert!(found.iter().any(|(.., found)| *found == key), "{text}: {found:?}");
    }
}

#[test]
fn a_place_or_section_that_is_not_there_is_named_with_its_line() {
    let portal = Portal::open();
    fn spoilt(text: String) -> impl FnOnce(&Folder) -> &Folder {
        move |folder| folder.file(CHO, text)
    }
    let found = brings(&portal, spoilt(with(4, "unit = \"12345\"")), &[(CHO, 4, "import-unknown-unit-on-day")]);
    has(&found[0], "unit", "12345");
    // A district that ended with June 2025, and a commune that began with July.
    let found = brings(&portal, spoilt(with(4, "unit = \"998\"")), &[(CHO, 4, "import-unknown-unit-on-day")]);
    has(&found[0], "day", "20/11/2026");
    let early = with(5, "published = 2025-06-30T23:59:59");
    let found = brings(&portal, spoilt(early), &[(CHO, 4, "import-unknown-unit-on-day")]);
    has(&found[0], "day", "30/06/2025");
    let found = brings(&portal, spoilt(with(3, "section = \"the-thao\"")), &[(CHO, 3, "import-unknown-section")]);
    has(&found[0], "section", "the-thao");
}

#[test]
fn a_picture_or_attachment_that_will_not_do_is_named_where_the_text_names_it() {
    let portal = Portal::open();
    let picture = |file: &str| more(&format!("\n[picture]\nfile = \"{file}\"\nalt = \"Chợ\""));
    let body = |file: &str| with(8, &format!("Đoạn một.\n\n![Chợ]({file})"));
    let whole = png(64, 64);
    let film = [&whole[..], b"\0\0\0\x18ftypmp42<script>alert(1)</script>"].concat();
    let archive = [&whole[..], b"PK\x03\x04"].concat();
    let mut torn = whole.clone();
    torn[60] ^= 0xff;
    let files: [(&str, &[u8], &str); 7] = [
        ("pictures/khong-co.png", b"", "import-no-file"),
        ("pictures/chu.png", "đây là chữ".as_bytes(), "import-no-picture"),
        ("pictures/ve.png", b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "import-no-picture"),
        ("pictures/dut.png", &whole[..whole.len() / 2], "import-picture-cut-off"),
        ("pictures/rach.png", &torn, "import-picture-damaged"),
        ("pictures/phim.png", &film, "import-picture-disguised"),
        ("pictures/nen.png", &archive, "import-picture-disguised"),
    ];
    for (name, bytes, key) in files {
        for (text, line) in [(picture(name), 7), (body(name), 10)] {
            let found = brings(
                &portal,
                |folder| if bytes.is_empty() { folder.file(CHO, text) } else { folder.file(CHO, text).file(name, bytes) },
                &[(CHO, line, key)],
            );
            has(&found[0], "name", name);
        }
    }
    let attached = more("\n[[attachments]]\nfile = \"attachments/cai-dat.exe\"\ntitle = \"Cài đặt\"");
    brings(&portal, |folder| folder.file(CHO, attached).file("attachments/cai-dat.exe", b"MZ"), &[(CHO, 7, "import-bad-type")]);
    let undescribed = more("\n[picture]\nfile = \"pictures/cho.png\"");
    brings(&portal, |folder| folder.file(CHO, undescribed).picture("pictures/cho.png", 64, 48), &[(CHO, 7, "article-no-alt")]);
}

#[test]
fn a_picture_is_described_or_said_to_be_decoration_and_never_both() {
    let portal = Portal::open();
    let lead = |lines: &str| more(&format!("\n[picture]\nfile = \"pictures/cho.png\"\n{lines}"));
    for (text, line, key) in [
        (lead("alt = \"\""), 9, "article-no-alt"),
        (lead("alt = \"Chợ\"\ndecorative = true"), 10, "article-alt-and-decorative"),
        (lead("decorative = false"), 7, "article-no-alt"),
        (with(8, "Một.\n\n![](pictures/cho.png)"), 10, "image-undescribed"),
        (with(8, "![](pictures/cho.png \"Chú thích\")"), 8, "image-undescribed"),
        (with(8, "![Chợ](pictures/cho.png \"trang trí\")"), 8, "image-described-decoration"),
        (with(8, "Một.\n\n![Chợ](pictures/cho sớm.png)"), 10, "image-unread"),
    ] {
        let found = brings(&portal, |folder| folder.file(CHO, text).picture("pictures/cho.png", 64, 48), &[(CHO, line, key)]);
        if key.starts_with("image-un") {
            assert!(portal.told(&Refusal::Issues(found)).contains("pictures/cho"), "{key}");
        }
    }
    for focus in ["30%", "30 60", "30% 101%", "-1% 5%", "30% 60% 5%", "giữa", "0030% 5%", "1.5% 2%"] {
        let text = lead(&format!("alt = \"Chợ\"\nfocus = \"{focus}\""));
        let found = brings(&portal, |folder| folder.file(CHO, text).picture("pictures/cho.png", 64, 48), &[(CHO, 10, "article-bad-focus")]);
        has(&found[0], "focus", focus);
    }
}

#[test]
fn a_name_that_climbs_out_of_the_folder_is_refused_though_a_picture_is_there() {
    let portal = Portal::open();
    let outside = TempDir::new().expect("a temporary folder");
    fs::write(outside.path().join("secret.png"), png(8, 8)).expect("the file can be written");
    let place = outside.path().file_name().expect("it has a name").to_string_lossy().into_owned();
    for name in
        [format!("../{place}/secret.png"), format!("pictures/../../{place}/secret.png"), format!("{}/secret.png", outside.path().display())]
    {
        let spoil = |folder: &Folder| {
            folder.picture("pictures/cho.png", 8, 8).file(CHO, with(8, &format!("![Chợ]({name})")));
            assert!(folder.path().join(&name).is_file(), "the picture can be reached by that name");
        };
        let found = brings(&portal, also(spoil), &[(CHO, 8, "import-bad-file-name")]);
        has(&found[0], "name", &name);
    }
}

#[test]
fn a_link_out_of_the_folder_is_not_followed() {
    let portal = Portal::open();
    let outside = TempDir::new().expect("a temporary folder");
    fs::write(outside.path().join("secret.png"), png(8, 8)).expect("the file can be written");
    fs::write(outside.path().join("secret.md"), SOUND).expect("the file can be written");
    let shown = |folder: &Folder| {
        folder.file(CHO, with(8, "![Chợ](pictures/cho.png)"));
    };
    let file_linked = |folder: &Folder| {
        shown(folder);
        fs::create_dir(folder.path().join("pictures")).expect("a new folder");
        symlink(outside.path().join("secret.png"), folder.path().join("pictures/cho.png")).expect("a link");
    };
    brings(&portal, also(file_linked), &[(CHO, 8, "import-no-file")]);
    fs::rename(outside.path().join("secret.png"), outside.path().join("cho.png")).expect("the same folder");
    let folder_linked = |folder: &Folder| {
        shown(folder);
        symlink(outside.path(), folder.path().join("pictures")).expect("a link");
    };
    brings(&portal, also(folder_linked), &[(CHO, 8, "import-no-file")]);
}

#[test]
fn a_text_that_a_link_leads_out_of_the_folder_for_is_not_read() {
    let portal = Portal::open();
    let outside = TempDir::new().expect("a temporary folder");
    fs::write(outside.path().join("cho-phien.md"), SOUND).expect("the file can be written");
    let folder = Folder::new();
    fs::create_dir(folder.path().join("articles")).expect("a new folder");
    symlink(outside.path().join("cho-phien.md"), folder.path().join(CHO)).expect("a link");
    let found = named(&issues(&portal, &folder));
    assert!(found.iter().any(|(file, ..)| file == CHO), "{found:?}");
    let folder = Folder::new();
    symlink(outside.path(), folder.path().join("articles")).expect("a link");
    assert!(!issues(&portal, &folder).is_empty());
}

#[test]
fn the_first_byte_that_is_no_text_is_named_by_its_line() {
    let portal = Portal::open();
    // In windows-1258, as an old editor saves it: é is one byte.
    let spoilt = |text: &str, line: usize| -> Vec<u8> {
        let lines = text
            .lines()
            .enumerate()
            .map(|(index, known)| if index + 1 == line { [known.as_bytes(), b" \xe9"].concat() } else { known.as_bytes().to_vec() });
        lines.collect::<Vec<_>>().join(&b'\n')
    };
    for line in [1, 2, 5, 8] {
        brings(&portal, |folder| folder.file(CHO, spoilt(SOUND, line)), &[(CHO, line, "import-not-utf8")]);
    }
    brings(&portal, |folder| folder.file(CHO, spoilt(&with(8, "Một\r\nHai\r\nBa"), 10)), &[(CHO, 10, "import-not-utf8")]);
    brings(&portal, |folder| folder.file("site.toml", spoilt(SITE, 3)), &[("site.toml", 3, "import-not-utf8")]);
    let units = fs::read_to_string(Folder::new().path().join("units.csv")).expect("it is text");
    brings(&portal, |folder| folder.file("units.csv", spoilt(&units, 4)), &[("units.csv", 4, "import-not-utf8")]);
}

#[test]
fn two_hundred_megabytes_of_text_are_refused_unread() {
    let portal = Portal::open();
    fn sized(name: &str, bytes: u64) -> impl FnOnce(&Folder) -> &Folder {
        move |folder| {
            folder.file(name, "");
            fs::File::options()
                .write(true)
                .open(folder.path().join(name))
                .and_then(|file| file.set_len(bytes))
                .expect("a file may have a hole");
            folder
        }
    }
    let found = brings(&portal, sized(CHO, 200_000_000), &[(CHO, 0, "import-too-large")]);
    has(&found[0], "size", "200");
    // No memory holds this one: whoever tries to read it says something else.
    brings(&portal, sized(CHO, 1 << 40), &[(CHO, 0, "import-too-large")]);
    brings(&portal, sized("units.csv", 1 << 40), &[("units.csv", 0, "import-too-large")]);
    brings(&portal, sized("site.toml", 1 << 40), &[("site.toml", 0, "import-too-large")]);
    let shown = with(8, "![Chợ](pictures/cho.png)");
    brings(&portal, |folder| sized("pictures/cho.png", 1 << 40)(folder.file(CHO, shown)), &[(CHO, 8, "import-file-too-large")]);
}

#[test]
fn two_files_of_one_address_are_both_named() {
    let portal = Portal::open();
    let found = brings(
        &portal,
        |folder| folder.file("articles/2025/cho.md", SOUND).file("articles/2026/cho.md", SOUND),
        &[("articles/2026/cho.md", 0, "import-slug-twice")],
    );
    has(&found[0], "other", "articles/2025/cho.md");
    // A page of the same name has another address.
    let folder = Folder::new();
    folder.file("articles/lien-he.md", SOUND).page("lien-he", "Liên hệ");
    assert_eq!(portal.import(&folder).expect("both are sound").published, 2);
}

#[test]
fn editions_come_in_order_and_say_what_changed() {
    let portal = Portal::open();
    let noted = more("change_note = \"Sửa giờ họp chợ\"");
    brings(
        &portal,
        |folder| folder.file(CHO, SOUND).file("articles/cho-phien@2.md", SOUND),
        &[("articles/cho-phien@2.md", 2, "import-no-change-note")],
    );
    brings(
        &portal,
        |folder| folder.file(CHO, SOUND).file("articles/cho-phien@3.md", &noted),
        &[("articles/cho-phien@3.md", 0, "import-edition-gap")],
    );
    brings(&portal, |folder| folder.file("articles/cho-phien@2.md", &noted), &[("articles/cho-phien@2.md", 0, "import-edition-gap")]);
    for name in [
        "articles/cho-phien@0.md",
        "articles/cho-phien@02.md",
        "articles/cho-phien@+2.md",
        "articles/cho-phien@hai.md",
        "articles/cho-phien@.md",
    ] {
        brings(&portal, |folder| folder.file(name, &noted), &[(name, 0, "import-bad-edition-name")]);
    }
    brings(&portal, |folder| folder.file("articles/Chợ phiên.md", SOUND), &[("articles/Chợ phiên.md", 0, "front-bad-slug")]);
    brings(&portal, |folder| folder.file("articles/cho-phien.docx", b"PK"), &[("articles/cho-phien.docx", 0, "import-not-markdown")]);
}

#[test]
fn an_address_that_belongs_to_another_text_is_named_with_its_line() {
    let portal = Portal::open();
    let former = more("byline = \"Lê Thị Mận\"\nformer = [\"hop-cho\"]");
    brings(&portal, |folder| folder.file(CHO, &former).file("articles/hop-cho.md", SOUND), &[(CHO, 7, "import-former-taken")]);
    brings(
        &portal,
        |folder| folder.file(CHO, &former).file("articles/tin-cho.md", &former),
        &[("articles/tin-cho.md", 7, "import-former-taken")],
    );
    let withdrawn = |by: &str| more(&format!("\n[withdrawn]\nat = 2026-11-20T09:00:00\nreason = \"Đăng nhầm\"\nreplaced_by = \"{by}\""));
    brings(&portal, |folder| folder.file(CHO, withdrawn("tin-nao-day")), &[(CHO, 7, "import-unknown-replacement")]);
    brings(&portal, |folder| folder.file(CHO, withdrawn("cho-phien")), &[(CHO, 7, "import-unknown-replacement")]);
    let draft = more("state = \"draft\"\n\n[withdrawn]\nat = 2026-11-20T09:00:00\nreason = \"Đăng nhầm\"");
    brings(&portal, |folder| folder.file(CHO, draft), &[(CHO, 8, "front-draft-withdrawn")]);
    // What is stored already counts as much as what lies beside.
    let folder = Folder::new();
    folder.file("articles/hop-cho.md", SOUND).file("articles/tin-cho.md", more("former = [\"cho-cu\"]"));
    portal.import(&folder).expect("both are sound");
    brings(&portal, |folder| folder.file(CHO, &former), &[(CHO, 7, "import-former-taken")]);
    brings(&portal, |folder| folder.file(CHO, more("former = [\"cho-cu\"]")), &[(CHO, 6, "import-former-taken")]);
}

#[test]
fn what_was_published_is_not_undone_by_a_file() {
    let portal = Portal::open();
    let second = more("change_note = \"Sửa giờ họp chợ\"");
    let withdrawn = more("\n[withdrawn]\nat = 2026-11-20T09:00:00\nreason = \"Đăng nhầm\"");
    let shown = with(8, "![Chợ](pictures/cho.png)");
    let folder = Folder::new();
    folder.picture("pictures/cho.png", 64, 48).file(CHO, &shown);
    folder.file("articles/lich.md", SOUND).file("articles/lich@2.md", &second).file("articles/nham.md", withdrawn);
    portal.import(&folder).expect("everything is sound");
    let edited = second.replace("tinh mơ", "bốn giờ");
    brings(
        &portal,
        |folder| folder.file("articles/lich.md", SOUND).file("articles/lich@2.md", &edited),
        &[("articles/lich@2.md", 0, "import-edition-fixed")],
    );
    let rewritten = SOUND.replace("tinh mơ", "bốn giờ");
    brings(
        &portal,
        |folder| folder.file("articles/lich.md", rewritten).file("articles/lich@2.md", &second),
        &[("articles/lich.md", 0, "import-edition-fixed")],
    );
    let drafted = more("byline = \"\"\nstate = \"draft\"");
    brings(&portal, |folder| folder.file(CHO, drafted), &[(CHO, 7, "import-draft-of-published")]);
    brings(&portal, |folder| folder.file("articles/nham.md", SOUND), &[("articles/nham.md", 0, "import-withdrawn-stays")]);
    brings(&portal, |folder| folder.file(CHO, &shown).picture("pictures/cho.png", 65, 48), &[(CHO, 8, "import-file-changed")]);
}
