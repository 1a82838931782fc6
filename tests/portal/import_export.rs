//! What was imported can be had back, byte for byte; and the founding reports are in `content/` as written.

use std::fs;
use std::path::Path;

use bangtin::app::exchange::Report;
use bangtin::article::{Article, Attachment, Focus, Picture};
use bangtin::edition::file::{self, Plain, Withdrawn};
use bangtin::kit::calendar;
use bangtin::kit::digest::sha256;
use bangtin::kit::front::When;
use proptest::prelude::*;
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use crate::folder::Folder;
use crate::portal::{Portal, at};

/// One of everything that a file can say, each file in its canonical form.
fn rich() -> Folder {
    let folder = Folder::new();
    folder.picture("pictures/cho.png", 700, 400).picture("pictures/duong-hoa.png", 320, 200);
    folder.file("attachments/gia-rau.csv", "mặt hàng,giá\nrau muống,8000\n").file("attachments/lich.pdf", b"%PDF-1.4\n\x00\xff");
    let head = |title: &str, published: &str| {
        format!("+++\ntitle = \"{title}\"\nlead = \"Tóm tắt\"\nsection = \"tin-dia-phuong\"\nunit = \"99001\"\npublished = {published}\n")
    };
    folder.file(
        "articles/cho-phien.md",
        head("Chợ “phiên” \\\"Kiều\\\" C:\\\\rau", "2026-11-20T07:30:00")
            + "until = 2027-01-31T17:00:00\nbyline = \"Lê Thị Mận\"\nsource_credit = \"UBND xã Đông Kiều (mẫu)\"\nsource_url = \"https://vidu.huonglua.example/cho?a=1\"\nviews = 364\nsample = true\nformer = [\"cho-cu\", \"hop-cho\"]\n\n[picture]\nfile = \"pictures/cho.png\"\ndecorative = true\nfocus = \"5% 100%\"\ncaption = \"Chợ sớm\"\ncredit = \"Ban Biên tập\"\n\n[[attachments]]\nfile = \"attachments/gia-rau.csv\"\ntitle = \"Giá rau\"\n\n[[attachments]]\nfile = \"attachments/lich.pdf\"\ntitle = \"Lịch (PDF)\"\n+++\n\n## Giá\n\n| Rau | Giá |\n|---|--:|\n| muống | 8.000 |\n\nXem ghi chú.[^1]\n\n![Đường](pictures/duong-hoa.png \"Chú thích\")\n\n> Chợ vui.\n\n[^1]: Giá tại chợ.\n",
    );
    folder.file("articles/ngay-cu.md", head("Ngày không rõ giờ", "2026-03-08") + "+++\n\nMột  hai\\\nba.\n");
    folder.file(
        "articles/ban-nhap.md",
        head("Nháp", "2026-12-01T08:00:00") + "until = 2026-12-09T08:00:00\nstate = \"draft\"\n+++\n\nChưa xong.\n",
    );
    folder.file("articles/hen-gio.md", head("Hẹn giờ", "2026-12-24T08:00:00") + "+++\n\nĐến giờ mới hiện.\n");
    folder.file("articles/khong-chu.md", head("Không có thân bài", "2026-11-19T08:00:00") + "+++\n");
    folder.file(
        "articles/rut-bai.md",
        head("Rút", "2026-11-18T08:00:00")
            + "\n[withdrawn]\nat = 2026-11-19T09:00:00\nreason = \"Đăng nhầm\"\nreplaced_by = \"cho-phien\"\n+++\n\nNhầm.\n",
    );
    folder.file("articles/lich.md", head("Lịch", "2026-11-10T08:00:00") + "+++\n\nBản một.\n");
    folder.file("articles/lich@2.md", head("Lịch", "2026-11-12T08:00:00") + "change_note = \"Sửa giờ\"\n+++\n\nBản hai.\n");
    folder.file("articles/lich@3.md", head("Lịch", "2026-12-12T08:00:00") + "change_note = \"Thêm thứ Bảy\"\n+++\n\nBản ba, hẹn giờ.\n");
    folder.file(
        "articles/lich@4.md",
        head("Lịch", "2026-12-20T08:00:00") + "state = \"draft\"\nchange_note = \"Còn viết\"\n+++\n\nBản bốn, nháp.\n",
    );
    // A unit as it was then.
    folder.file("articles/huyen-cu.md", head("Thời huyện", "2024-03-08T08:00:00").replace("99001", "998") + "+++\n\nChữ.\n");
    folder.page("gioi-thieu", "Giới thiệu");
    folder.file("pages/lien-he.md", "+++\ntitle = \"Liên hệ\"\nlead = \"Gọi ai\"\npublished = 2026-11-01\nreview = 2027-05-01\nformer = [\"dia-chi\"]\n+++\n\nSố máy.\n");
    folder
}

fn assert_same(left: &Folder, right: &Folder, but: &[&str]) {
    let (left, right) = (left.contents(), right.contents());
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&left), names(&right));
    for ((name, left), (_, right)) in left.iter().zip(&right).filter(|((name, _), _)| !but.contains(&name.as_str())) {
        assert!(left == right, "{name}:\n{}\nis not\n{}", String::from_utf8_lossy(left), String::from_utf8_lossy(right));
    }
}

#[test]
fn an_export_gives_back_what_came_in_byte_for_byte() {
    let folder = rich();
    let first = Portal::with(&folder).export();
    // The list of units comes back sorted, whatever order it came in.
    assert_same(&folder, &first, &["units.csv", "unit-changes.csv"]);
    let again = Portal::open();
    let report = again.import(&first).expect("an export can be imported");
    assert_eq!(report, Report { published: 11, drafted: 2, pictures: 2, ..Report::default() });
    assert_same(&first, &again.export(), &[]);
}

#[test]
fn an_export_brings_nothing_new_to_the_portal_it_came_from() {
    let portal = Portal::with(&rich());
    let before = portal.app.web.store.refresh_position().expect("the log can be read");
    let report = portal.import(&portal.export()).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    assert_eq!(report, Report { unchanged: 13, ..Report::default() });
    assert_eq!(portal.app.web.store.refresh_position().expect("the log can be read"), before);
}

#[test]
fn an_edition_that_came_without_a_number_is_exported_with_one() {
    let folder = Folder::new();
    folder.article("cho-phien", "", "Bản một.");
    let portal = Portal::with(&folder);
    folder.article("cho-phien", "change_note = \"Sửa giờ.\"\n", "Bản hai.");
    portal.import(&folder).expect("everything is sound");
    let out = portal.export();
    let text = fs::read_to_string(out.path().join("articles/cho-phien@2.md")).expect("the second edition is there");
    assert!(
        text.contains("published = 2026-11-21T08:00:00\n") && text.ends_with("change_note = \"Sửa giờ.\"\n+++\n\nBản hai.\n"),
        "{text}"
    );
    assert_same(&out, &Portal::with(&out).export(), &[]);
}

#[test]
fn an_export_overwrites_nothing() {
    let portal = Portal::with(&rich());
    let folder = Folder::empty();
    folder.file("cua-toi.txt", "Giữ lấy.");
    let refusal = bangtin::app::exchange::export(&portal.porter(), folder.path()).expect_err("the folder is not empty");
    assert!(portal.told(&refusal).contains(&folder.path().display().to_string()));
    assert_eq!(folder.contents(), [("cua-toi.txt".to_owned(), "Giữ lấy.".as_bytes().to_vec())]);
}

/// The repository's own content, but for what an import leaves alone: read-me files, drawings' sources, words.
#[test]
fn the_content_of_this_repository_comes_back_as_it_is() {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let var = TempDir::new().expect("a temporary folder");
    let portal = Portal::reopen(var, None, &[]);
    portal.porter().import(&content).unwrap_or_else(|refusal| panic!("{}", portal.told(&refusal)));
    let exported = portal.export().contents();
    for (name, bytes) in &exported {
        let own = fs::read(content.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(own == *bytes, "{name}: content/ holds\n{}\nand the export is\n{}", start(&own, bytes), start(bytes, &own));
    }
    for folder in ["articles", "pages", "postings", "attachments"] {
        let count = fs::read_dir(content.join(folder)).expect("the folder is there").count();
        assert_eq!(exported.iter().filter(|(name, _)| name.starts_with(&format!("{folder}/"))).count(), count, "{folder}");
    }
    for name in ["site.toml", "units.csv", "unit-changes.csv"] {
        assert!(exported.iter().any(|(known, _)| known == name), "{name}");
    }
}

/// From the first line on which two texts differ.
fn start(text: &[u8], other: &[u8]) -> String {
    let (text, other) = (String::from_utf8_lossy(text), String::from_utf8_lossy(other));
    let same = text.lines().zip(other.lines()).take_while(|(a, b)| a == b).count();
    text.lines().skip(same).take(3).collect::<Vec<_>>().join("\n")
}

/// Words joined by single spaces, as their authors sent them: title, lead, caption, text, byline. What the old
/// sites had set around them (dates, counters, a section's name, a file name) is not among them.
#[test]
fn the_founding_reports_are_their_authors_words() {
    for (slug, count, digest) in [
        ("cong-tac-giao-dich-xa", 412, "41e6e8c1c6daf199db01d0cee0a9fd3c7b95f9affcd2f8bbeb1627093b2eb405"),
        (
            "ngan-hang-csxh-huyen-dan-phuong-no-luc-thuc-hien-muc-tieu-kep",
            558,
            "526382d23514ea130bda57bef44766c87d05056a23469e7c4fd2ec4756709639",
        ),
    ] {
        let name = format!("articles/{slug}.md");
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content").join(&name)).expect("the report is there");
        let plain = file::read::<Article>(&name, &text).expect("the report is sound").plain;
        let caption = plain.facts.picture.expect("it has a picture").caption;
        let caption = caption.strip_suffix(" (Ảnh minh họa)").expect("the picture is not the one that its author took");
        let whole = [plain.title.as_str(), &plain.lead, caption, &plain.body, &plain.facts.byline].join("\n");
        let words: Vec<&str> = whole.split_whitespace().collect();
        assert_eq!((words.len(), sha256(words.join(" ").as_bytes()).as_str()), (count, digest), "{slug}");
        assert!(!plain.facts.sample, "{slug} is real");
    }
}

/// Characters that a format trips over, more often than chance would bring them.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[^\u{0}]{0,6}",
        2 => prop::sample::select(vec![
            "\"", "\\", "\n", "\r", "\r\n", "\r\r\n", "\t", "+++", "\n+++\n", "\n\n", " ", "\u{a0}", "\u{301}", "\u{323}\u{302}", "\u{feff}", "\u{7f}", "\u{85}",
            "\u{2028}", "e\u{301}", "ế", "[x]", "[[x]]", "= 1", "#", "'''", "\"\"\"", "\u{1100}\u{1161}", "😀", "\u{10ffff}", "Đông Kiều",
        ]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// As a value is kept: composed, without space around it.
fn kept(text: &str) -> String {
    text.trim().nfc().collect::<String>().trim().to_owned()
}

/// As a body is kept: composed, with plain line ends, without empty lines around it.
fn kept_body(text: &str) -> String {
    let mut text: String = text.nfc().collect();
    while text.contains("\r\n") {
        text = text.replace("\r\n", "\n");
    }
    text.trim_end().trim_start_matches('\n').to_owned()
}

fn plain() -> impl Strategy<Value = Plain<Article>> {
    let whole = |at| When { at, day_only: false };
    ((text(), text(), text(), text(), text(), text()), (text(), text(), 0i64..1_000_000, any::<bool>(), any::<bool>())).prop_map(
        move |((title, lead, body, byline, caption, note), (credit, reason, views, is_draft, is_withdrawn))| Plain {
            title: kept(&format!("T{title}")),
            lead: kept(&lead),
            section: "tin-dia-phuong".into(),
            unit: "99001".into(),
            published: if views % 2 == 0 {
                whole(at("2026-11-20T07:30:00"))
            } else {
                When { at: calendar::midnight(at("2026-11-20T07:30:00").date()), day_only: true }
            },
            until: is_draft.then(|| whole(at("2026-12-31T17:00:00"))),
            is_draft,
            is_discarded: is_draft && views % 5 == 0,
            former: if is_draft { Vec::new() } else { vec!["bai-cu".into()] },
            change_note: kept(&note),
            minor: views % 7 == 0,
            withdrawn: (is_withdrawn && !is_draft).then(|| Withdrawn {
                at: whole(at("2026-11-21T07:30:00")),
                reason: kept(&format!("R{reason}")),
                replaced_by: String::new(),
            }),
            facts: Article {
                byline: kept(&byline),
                source_credit: kept(&credit),
                views,
                sample: is_withdrawn,
                picture: (views % 3 == 0).then(|| Picture {
                    undescribed: is_draft && kept(&caption).is_empty(),
                    file: "pictures/cho.png".into(),
                    alt: kept(&caption),
                    caption: kept(&caption),
                    credit: kept(&credit),
                    focus: is_draft.then_some(Focus { left: (views % 101) as u8, top: 7 }),
                }),
                attachments: vec![Attachment { file: "attachments/a.csv".into(), title: kept(&format!("A{note}")) }],
                ..Article::default()
            },
            body: kept_body(&body),
        },
    )
}

fn read(text: &str) -> Plain<Article> {
    file::read("articles/bai.md", text).unwrap_or_else(|issues| panic!("{issues:?} in {text:?}")).plain
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_equal_and_written_again_the_same(plain in plain()) {
        let written = file::write(&plain);
        let back = read(&written);
        prop_assert_eq!((&back.title, &back.lead, &back.body, &back.facts), (&plain.title, &plain.lead, &plain.body, &plain.facts));
        prop_assert_eq!((back.published, back.until, back.is_draft, &back.withdrawn), (plain.published, plain.until, plain.is_draft, &plain.withdrawn));
        prop_assert_eq!((&back.section, &back.unit, &back.former, &back.change_note), (&plain.section, &plain.unit, &plain.former, &plain.change_note));
        prop_assert_eq!(file::write(&back), written);
    }

    #[test]
    fn one_reading_settles_a_text_however_it_was_typed(body in text()) {
        let typed = format!("+++\r\ntitle = \"Chợ\"\r\nsection = \"van-hoa\"\r\nunit = \"99001\"\r\npublished = 2026-11-20\r\n+++\r\n{body}");
        let once = file::write(&read(&typed));
        prop_assert_eq!(file::write(&read(&once)), once);
    }
}
