//! Paper is real: what comes out of the press is read back by another program (Poppler) and compared.

use std::fs;
use std::path::Path;
use std::process::Command;

use bangtin::app::words::embedded;
use bangtin::kit::calendar::utc;
use bangtin::kit::clock::Moment;
use bangtin::kit::markdown::tree::tree;
use bangtin::kit::paper::{Press, Printed};
use bangtin::kit::refusal::Refusal;
use bangtin::kit::words::{Lang, Words};
use bangtin::posting::paper::{
    Cited, Disclosed, DisclosedBy, Evidence, Facts, Form, Gap, Hung, Letterhead, Record, Register, Sheet, Signer, Stage, Writer,
};
use chrono::NaiveDate;

fn words() -> Words {
    Words::load(embedded()).expect("the words are sound")
}

fn press() -> Press {
    Press::new().expect("fonts and templates are sound")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn moment(text: &str) -> Moment {
    utc(chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a moment"))
}

/// What one of Poppler's programs says of a PDF. `SHOTS=folder` keeps the PDF and its pages as pictures.
fn read(printed: &Printed, name: &str, program: &str, options: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(format!("{name}.pdf"));
    fs::write(&path, &printed.pdf).expect("it is written");
    if let Ok(shots) = std::env::var("SHOTS") {
        let kept = Path::new(&shots).join(format!("{name}.pdf"));
        fs::copy(&path, &kept).expect("it is kept");
        let pages = Command::new("pdftoppm").args(["-r", "70", "-png"]).arg(&kept).arg(kept.with_extension("")).status();
        assert!(pages.expect("poppler-utils is installed").success());
    }
    let mut command = Command::new(program);
    command.args(options).arg(&path);
    if program == "pdftotext" {
        command.arg("-");
    }
    let said = command.output().expect("poppler-utils is installed");
    assert!(said.status.success(), "{program}: {}", String::from_utf8_lossy(&said.stderr));
    // Names of parts are told in UTF-16.
    String::from_utf8_lossy(&said.stdout).into_owned()
}

/// Its words with one space between them.
fn text(printed: &Printed, name: &str) -> String {
    read(printed, name, "pdftotext", &["-raw"]).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn letterhead(number: &str, dated: &str) -> Letterhead {
    Letterhead {
        superior: "Ủy ban nhân dân tỉnh Hương Lúa".into(),
        issuer: "Ủy ban nhân dân xã Bến Gạo".into(),
        number: number.into(),
        place: "Bến Gạo".into(),
        dated: Some(day(dated)),
    }
}

const POVERTY: &str = "Ủy ban nhân dân xã Bến Gạo niêm yết công khai kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026 trên địa bàn xã như sau[^1]:\n\n\
## Kết quả rà soát\n\n*Đơn vị tính: hộ*\n\n| Thôn | Hộ nghèo | Hộ cận nghèo | Cộng |\n|---|--:|--:|--:|\n| Thôn 2 | 8 | 14 | 22 |\n| Thôn 10 | 21 | 17 | 38 |\n| Thôn Thượng | 12 | 9 | 21 |\n| **Toàn xã** | **41** | **40** | **81** |\n\n\
## Ý kiến của Nhân dân\n\nHộ gia đình, cá nhân có ý kiến về kết quả rà soát gửi đến:\n\n- **Trực tiếp**: bộ phận tiếp nhận và trả kết quả của xã, giờ hành chính;\n- *Bằng văn bản*: hòm thư góp ý tại trụ sở và nhà văn hóa các thôn.\n\n\
Hết thời hạn niêm yết, Ủy ban nhân dân xã tổng hợp ý kiến, phúc tra và ra quyết định công nhận.\n\n[^1]: Danh sách hộ có tên kèm theo bản giấy, không đăng trên mạng.\n";

fn sheet() -> Sheet {
    Sheet {
        letterhead: letterhead("125/TB-UBND", "2026-11-09"),
        kind: "Thông báo".into(),
        title: "Niêm yết công khai kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026".into(),
        legal_basis: vec!["Căn cứ Luật Thực hiện dân chủ ở cơ sở ngày 10 tháng 11 năm 2022;".into()],
        body: tree(POVERTY),
        attachments: vec!["Danh sách hộ nghèo năm 2026 (bản giấy, 04 trang)".into()],
        signer: Some(Signer {
            authority: "TM. Ủy ban nhân dân".into(), title: "Chủ tịch".into(), name: "Hoàng Văn Mẫu".into()
        }),
        recipients: vec!["Trưởng các thôn;".into(), "Ủy ban MTTQ Việt Nam xã;".into(), "Lưu: VT.".into()],
        facts: Facts {
            posted: Some(day("2026-11-09")),
            ends: Some(day("2026-12-09")),
            counted: "Niêm yết thứ Hai 09/11/2026 (không tính). Ngày thứ 30 là thứ Tư 09/12/2026, hết ngày ấy là hết thời hạn.".into(),
            places: vec!["Trụ sở Ủy ban nhân dân xã".into(), "Nhà văn hóa Thôn 2, Thôn 10, Thôn Thượng".into()],
            objections: vec!["Bộ phận một cửa của xã, đến hết 09/12/2026".into()],
            comments: Some((day("2026-11-10"), day("2026-11-25"))),
            more: vec![],
        },
        sample: true,
        version: 3,
        address: "https://bangtin.example/n/214".into(),
        printed_at: moment("2026-11-09 08:05"),
        ..Sheet::default()
    }
}

/// A table of 40 rows between two paragraphs.
fn wide(columns: usize, cell: &str) -> String {
    let row = |cell: &str| format!("|{}\n", format!(" {cell} |").repeat(columns));
    let head: String = (1..=columns).map(|column| format!(" Cột {column} |")).collect();
    format!("Trước bảng.\n\n|{head}\n{}{}\nSau bảng.\n", row("---"), row(cell).repeat(40))
}

/// Its parts for whoever cannot see them, as Poppler reads them: a line each, without what they look like.
fn structure(printed: &Printed, name: &str) -> Vec<String> {
    let told = read(printed, name, "pdfinfo", &["-struct"]);
    told.lines().map(|line| line.trim().split([' ', '<', ':']).next().unwrap_or_default().to_owned()).collect()
}

fn count(parts: &[String], part: &str) -> usize {
    parts.iter().filter(|one| *one == part).count()
}

#[test]
fn a_sheet_says_in_vietnamese_all_that_it_was_given() {
    let printed = sheet().print(&press(), &words()).expect("it is printed");
    assert_eq!((printed.warning.as_ref(), printed.pages), (None, 1));
    let said = text(&printed, "sheet");
    for part in [
        "Bản thể hiện để niêm yết",
        "DỮ LIỆU MẪU",
        "ỦY BAN NHÂN DÂN TỈNH HƯƠNG LÚA",
        "ỦY BAN NHÂN DÂN XÃ BẾN GẠO",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 125/TB-UBND",
        "Bến Gạo, ngày 09 tháng 11 năm 2026",
        "THÔNG BÁO Niêm yết công khai kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026",
        "Đơn vị tính: hộ Thôn Hộ nghèo Hộ cận nghèo Cộng Thôn 2 8 14 22 Thôn 10 21 17 38",
        "Danh sách hộ có tên kèm theo bản giấy, không đăng trên mạng.",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH Hoàng Văn Mẫu",
        "Thời gian niêm yết Từ thứ Hai 09/11/2026 đến hết thứ Tư 09/12/2026",
        "Nhà văn hóa Thôn 2, Thôn 10, Thôn Thượng",
        "Phiên bản 3, in lúc 08:05 ngày 09/11/2026",
        "bangtin.example/n/214",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn paper_is_a4_tagged_and_brings_its_letters_along() {
    let printed = sheet().print(&press(), &words()).expect("it is printed");
    let told = read(&printed, "sheet", "pdfinfo", &[]);
    let line = |name: &str| told.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned());
    assert_eq!(line("Tagged:").as_deref(), Some("yes"));
    assert_eq!(line("Page size:").as_deref(), Some("595.276 x 841.89 pts (A4)"));
    assert_eq!(line("Title:").as_deref(), Some("Thông báo 125/TB-UBND Niêm yết công khai kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026"));
    let raw = String::from_utf8_lossy(&printed.pdf);
    for promise in ["<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"] {
        assert!(raw.contains(promise), "{promise}");
    }
    let fonts = read(&printed, "sheet", "pdffonts", &[]);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(fonts.len(), 4, "{fonts:?}");
    for font in fonts {
        let columns: Vec<&str> = font.split_whitespace().collect();
        assert!(
            font.contains("+Tinos-") && columns[columns.len() - 5..columns.len() - 2] == ["yes", "yes", "yes"],
            "embedded, cut, readable: {font}"
        );
    }
    let parts = structure(&printed, "sheet");
    assert_eq!(count(&parts, "H1"), 1, "{parts:?}");
    assert_eq!((count(&parts, "H2"), count(&parts, "Caption"), count(&parts, "Note")), (4, 1, 1));
    // Four columns, and the label of each fact.
    assert_eq!((count(&parts, "TH"), count(&parts, "Figure")), (4 + 4, 1), "{parts:?}");
    let whole = read(&printed, "sheet", "pdfinfo", &["-struct"]);
    assert_eq!((whole.matches("/Scope /Column").count(), whole.matches("/Scope /Row").count()), (4, 4), "{whole}");
}

#[test]
fn the_same_sheet_is_the_same_bytes() {
    let (press, words) = (press(), words());
    let first = sheet().print(&press, &words).expect("it is printed").pdf;
    Sheet { title: "Khác".into(), ..sheet() }.print(&press, &words).expect("it is printed");
    assert!(first == sheet().print(&self::press(), &words).expect("it is printed").pdf, "another press, later");
    // Its own time, and not that of the machine.
    let printed = sheet().print(&press, &words).expect("it is printed");
    assert!(read(&printed, "sheet", "pdfinfo", &["-rawdates"]).contains("D:20261109080500+07'00"), "when it was made");
    let later = Sheet { printed_at: moment("2026-11-09 08:06"), ..sheet() };
    assert!(first != later.print(&press, &words).expect("it is printed").pdf, "it says when it was printed");
}

#[test]
fn large_print_is_large() {
    let large = Sheet { form: Form::Large, ..sheet() }.print(&press(), &words()).expect("it is printed");
    assert_eq!(large.warning, None);
    let (normal, whole) = (sheet().print(&press(), &words()).expect("it is printed"), text(&large, "large"));
    assert!(large.pages > normal.pages && whole.contains("Hết thời hạn niêm yết, Ủy ban nhân dân xã tổng hợp ý kiến"), "{whole}");
    // Of every word between header and footer that is no number of a note, in points; Poppler's boxes are as high as
    // the font reaches, bold a little less.
    let sizes = |printed: &Printed, name: &str| -> Vec<(f64, String)> {
        let boxes = read(printed, name, "pdftotext", &["-bbox"]);
        let of = |line: &str, name: &str| line.split_once(name).and_then(|(_, rest)| rest[2..].split('"').next()?.parse::<f64>().ok());
        let sized = |line: &str| Some((of(line, "yMin")?, of(line, "yMax")?, line.split('>').nth(1)?.split('<').next()?.to_owned()));
        let words = boxes.lines().filter(|line| line.contains("<word")).filter_map(sized);
        let words = words.filter(|(top, _, word)| (56.0..780.0).contains(top) && word.parse::<u32>().is_err());
        words.map(|(top, bottom, word)| ((bottom - top) / 0.909, word)).collect()
    };
    let (large, normal) = (sizes(&large, "large"), sizes(&normal, "sheet"));
    assert!(large.len() > 200 && large.iter().all(|(size, _)| *size > 17.6), "{large:?}");
    assert!(normal.len() > 200 && normal.iter().all(|(size, _)| (8.8..14.1).contains(size)), "{normal:?}");
}

#[test]
fn a_wide_table_lies_on_a_turned_page_under_its_header_again() {
    let printed = Sheet { body: tree(&wide(9, "Đông Kiều nghiêng")), ..sheet() }.print(&press(), &words()).expect("it is printed");
    assert_eq!(printed.warning, None);
    let sizes = read(&printed, "wide", "pdfinfo", &["-f", "1", "-l", "99"]);
    let turned = sizes.lines().filter(|line| line.contains(" size:") && line.contains("841.89 x 595.276")).count();
    assert!(turned > 1 && turned < printed.pages, "{sizes}");
    let said = text(&printed, "wide");
    assert_eq!((said.matches("Cột 9").count(), said.matches("Đông Kiều nghiêng").count()), (turned, 9 * 40), "{said}");
    assert!(said.contains("Trước bảng.") && said.contains("Sau bảng."));
    let parts = structure(&printed, "wide");
    // Repeated headers are said once.
    assert_eq!((count(&parts, "TH"), count(&parts, "TD")), (9 + 4, 9 * 40 + 4));
}

#[test]
fn hostile_words_come_out_as_they_are() {
    let (press, words) = (press(), words());
    let hostile = "#panic(\"x\") $x^2$ \\#let a = 1 // không /* mất */ @nhãn <nhãn> #import \"/etc/passwd\": a ~ --- 'một' \"hai\" = Mục";
    // Under Markdown's own rules it would mean something there.
    let escaped: String = hostile.chars().flat_map(|c| if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }).collect();
    let table = format!("| {} |\n|---|\n| {} |\n", escaped, escaped);
    let printed = Sheet {
        title: hostile.into(),
        lead: hostile.into(),
        kind: "*a* _b_".into(),
        body: tree(&format!("{escaped}\n\n- {escaped}\n\n{table}")),
        attachments: vec![hostile.into()],
        recipients: vec![hostile.into()],
        legal_basis: vec![hostile.into()],
        letterhead: Letterhead { issuer: hostile.into(), ..letterhead("#1/*", "2026-11-09") },
        ..sheet()
    };
    let printed = printed.print(&press, &words).expect("it is printed");
    assert_eq!(printed.warning, None);
    let said = text(&printed, "hostile");
    let tight = |text: &str| text.split_whitespace().collect::<String>();
    assert_eq!(tight(&said).matches(&tight(hostile)).count(), 9, "{said}");
    assert!(said.contains("*A* _B_") && said.contains("Số: #1/*"), "{said}");
}

#[test]
fn whatever_is_sent_is_printed_or_refused() {
    let (press, words) = (press(), words());
    let print = |sheet: Sheet| sheet.print(&press, &words);
    let said = |sheet: Sheet, name: &str| text(&print(sheet).expect("it is printed"), name);
    let of = |body: &str| Sheet { body: tree(body), ..sheet() };
    // Nothing at all.
    assert!(said(Sheet::default(), "empty").contains("Bản thể hiện để niêm yết"));
    assert!(
        said(Sheet { title: String::new(), kind: String::new(), ..sheet() }, "untitled").contains("Ủy ban nhân dân xã Bến Gạo niêm yết")
    );
    // A word that no page is wide enough for, in each place.
    let word = "Nghiêng".repeat(60);
    let long = Sheet { title: word.clone(), ..of(&format!("{word}\n\n- {word}\n\n|a|b|\n|-|-|\n|{word}|2|\n")) };
    let long = Sheet { letterhead: Letterhead { issuer: word[..word.len() / 3].into(), ..Letterhead::default() }, ..long };
    let told: String = said(long, "long").split_whitespace().collect();
    assert_eq!((told.matches(&word).count(), told.matches(&word[..word.len() / 3].to_uppercase()).count()), (4, 1), "{told}");
    let boxes = read(&print(of(&word)).expect("it is printed"), "long", "pdftotext", &["-bbox"]);
    let right = boxes.lines().filter_map(|line| line.split_once("xMax=\"")?.1.split('"').next()?.parse::<f64>().ok()).fold(0.0, f64::max);
    assert!(right < 595.3 - 15.0 / 25.4 * 72.0, "{right}");
    // Many columns: each of them once, and the first again beside each band.
    let columns = said(of(&wide(60, "12")), "columns");
    for column in 2..=60 {
        assert!(columns.contains(&format!("Cột {column} ")), "{column}");
    }
    assert!(columns.matches("Cột 1 ").count() > 3, "{columns}");
    // Nesting, lines without number, a table in a note and in a list.
    let nested = format!(
        "{} đáy\n\n1. {}\n\nx[^a]\n\n[^a]: y\n\n    |a|b|\n    |-|-|\n    |trong|chú|\n",
        "> ".repeat(49),
        "|a|b|\n   |-|-|\n   |trong|mục|"
    );
    assert!(said(of(&nested), "nested").contains("đáy"));
    let printed = print(of(&"Một đoạn văn dài của xã Đông Kiều. ".repeat(2900))).expect("100,000 letters are printed");
    assert!(printed.pages > 20, "{}", printed.pages);
    assert!(matches!(print(of(&"Một đoạn. ".repeat(400_000))), Err(Refusal::Trouble(_))));
    // Nobody can follow a link on paper.
    let links = said(of("Xem [này](https://bangtin.example/a), [kia](/tin/b), <https://x.example/c>."), "links");
    assert!(links.contains("Xem này (https://bangtin.example/a), kia, https://x.example/c."), "{links}");
    // Signs that no printer knows.
    assert!(said(of("một\u{0}hai\u{7}\u{1b} ba"), "signs").contains("mộthai ba"));
}

#[test]
fn letters_that_the_font_lacks_are_told_of() {
    let printed = Sheet { title: "Lễ hội 🎉 漢".into(), ..sheet() }.print(&press(), &words()).expect("it is printed");
    let warning = printed.warning.clone().expect("it is told of");
    assert_eq!(words().say(Lang::Vi, &warning), "Phông chữ của bản in không có: 漢 🎉. Hãy thay bằng chữ hoặc dấu khác.");
    assert!(text(&printed, "letters").contains("Lễ hội"));
    assert!(read(&printed, "letters", "pdfinfo", &[]).contains("Tagged:          yes"));
}

fn record(stage: Stage) -> Record {
    let hung = |place: &str, down: Option<&str>| Hung {
        place: place.into(),
        hung: Some(moment("2026-11-02 09:10")),
        taken_down: down.map(moment),
        by: "Lò Thị Mẫu".into(),
        evidence: if down.is_some() { Evidence::Photo } else { Evidence::None },
    };
    let down = (stage == Stage::Closing).then_some("2026-11-18 08:00");
    Record {
        early: false,
        stage,
        letterhead: Letterhead {
            issuer: "Ủy ban nhân dân xã Đông Kiều".into(),
            number: "07/BB-UBND".into(),
            ..letterhead("", "2026-11-18")
        },
        made_at: "trụ sở Ủy ban nhân dân xã Đông Kiều".into(),
        made: Some(moment("2026-11-18 08:30")),
        writers: vec![Writer { name: "Lò Thị Mẫu".into(), title: "Công chức Văn phòng – Thống kê".into() }],
        witnesses: vec![],
        posting: Cited {
            kind: "Thông báo".into(),
            number: "98/TB-UBND".into(),
            title: "Niêm yết hồ sơ cấp giấy chứng nhận quyền sử dụng đất lần đầu, thửa 214, tờ bản đồ 17, 312,5 m²".into(),
            issuer: "Ủy ban nhân dân xã Đông Kiều".into(),
            dated: Some(day("2026-11-02")),
        },
        posted: Some(day("2026-11-02")),
        ends: Some(day("2026-11-17")),
        counted: "Niêm yết thứ Hai 02/11/2026 (không tính). Ngày thứ 15 là thứ Ba 17/11/2026, hết ngày ấy là hết thời hạn.".into(),
        rule: "Quy định: niêm yết ít nhất 15 ngày (mẫu).".into(),
        days: (stage == Stage::Closing).then_some(15),
        screens: String::new(),
        placements: vec![hung("Bảng tin trụ sở Ủy ban nhân dân xã", down), hung("Nhà văn hóa Thôn Thượng", down)],
        gaps: match stage {
            Stage::Posting => vec![],
            Stage::Closing => vec![Gap {
                place: "Nhà văn hóa Thôn Thượng".into(),
                from: moment("2026-11-08 21:00"),
                to: Some(moment("2026-11-09 07:30")),
                reason: "mưa lớn làm rách tờ niêm yết".into(),
            }],
        },
        signer: Signer { authority: "TM. Ủy ban nhân dân".into(), title: "Chủ tịch".into(), name: "Đinh Văn Mẫu".into() },
        requester: String::new(),
        sample: true,
        version: 2,
        address: "https://bangtin.example/n/215".into(),
        printed_at: moment("2026-11-18 08:40"),
    }
}

#[test]
fn records_tell_each_place_each_gap_and_the_count() {
    let (press, words) = (press(), words());
    let printed = record(Stage::Closing).print(&press, &words).expect("it is printed");
    assert_eq!(printed.warning, None);
    let said = text(&printed, "closing");
    for part in [
        "BIÊN BẢN Về việc kết thúc niêm yết công khai",
        "Hôm nay, 08:30 ngày 18/11/2026, tại trụ sở Ủy ban nhân dân xã Đông Kiều, chúng tôi lập biên bản về việc đã kết thúc niêm yết",
        "Thông báo số 98/TB-UBND ngày 02/11/2026: Niêm yết hồ sơ cấp giấy chứng nhận quyền sử dụng đất lần đầu, thửa 214, tờ bản đồ 17, 312,5 m²",
        "1 Bảng tin trụ sở Ủy ban nhân dân xã 09:10 ngày 02/11/2026 08:00 ngày 18/11/2026 Lò Thị Mẫu Ảnh",
        "Nhà văn hóa Thôn Thượng: Từ 21:00 ngày 08/11/2026 đến 07:30 ngày 09/11/2026 (10 giờ 30 phút). Lý do: mưa lớn làm rách tờ niêm yết",
        "Đã niêm yết 15 ngày.",
        "NGƯỜI CHỨNG KIẾN (Ký, ghi rõ họ tên)",
        "Đinh Văn Mẫu",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let parts = structure(&printed, "closing");
    assert_eq!((count(&parts, "H1"), count(&parts, "TH")), (1, 6 + 3), "{parts:?}");
    let printed = record(Stage::Posting).print(&press, &words).expect("it is printed");
    let said = text(&printed, "record");
    assert!(
        said.contains("BIÊN BẢN Về việc niêm yết công khai")
            && said.contains("Không ghi nhận gián đoạn.")
            && !said.contains("Đã niêm yết 15"),
        "{said}"
    );
    assert!(said.contains("09:10 ngày 02/11/2026 – Lò Thị Mẫu Không"), "{said}");
    let bare = text(&Record::default().print(&press, &words).expect("it is printed"), "bare");
    assert!(bare.contains("Chưa ghi nhận nơi nào.") && bare.contains("Hôm nay, ..... giờ ....."), "{bare}");
}

#[test]
fn a_register_lies_across_and_repeats_its_header() {
    let (press, words) = (press(), words());
    let row = |content: &str, number: &str, group: u8, to: &str| Disclosed {
        content: content.into(),
        number: number.into(),
        group: Some(group),
        forms: ["Cổng thông tin", "Niêm yết", "Truyền thanh"]
            .map(|name| DisclosedBy {
                name: name.into(),
                when: format!("15/10/2026 – {to}"),
                places: if name == "Niêm yết" { vec!["Trụ sở xã".into(), "Nhà văn hóa Thôn Hạ".into()] } else { vec![] },
            })
            .into(),
        note: String::new(),
    };
    let rows = [
        row("Công khai tình hình thực hiện ngân sách xã 9 tháng đầu năm 2026", "86/TB-UBND", 2, "16/11/2026"),
        row("Đính chính Thông báo số 86/TB-UBND về thực hiện ngân sách xã", "91/TB-UBND", 2, "30/11/2026"),
        row("Kết quả rà soát hộ nghèo, hộ cận nghèo năm 2026", "125/TB-UBND", 7, "09/12/2026"),
    ];
    let register = Register {
        letterhead: Letterhead {
            issuer: "Ủy ban nhân dân xã Đông Kiều".into(),
            place: "Đông Kiều".into(),
            ..letterhead("12/DS-UBND", "2027-01-04")
        },
        unit: "Ủy ban nhân dân xã Đông Kiều".into(),
        quarter: "IV".into(),
        year: 2026,
        rows: rows.iter().cycle().take(24).cloned().collect(),
        signer: Some(Signer { authority: "TM. Ủy ban nhân dân".into(), title: "Chủ tịch".into(), name: "Đinh Văn Mẫu".into() }),
        sample: true,
        printed_at: moment("2027-01-04 09:00"),
    };
    let printed = register.print(&press, &words).expect("it is printed");
    assert_eq!(printed.warning, None);
    let sizes = read(&printed, "register", "pdfinfo", &["-f", "1", "-l", "99"]);
    assert_eq!(sizes.matches("841.89 x 595.276").count(), printed.pages);
    let said = text(&printed, "register");
    assert!(said.contains("DANH SÁCH NỘI DUNG ĐÃ CÔNG KHAI Quý IV năm 2026 của Ủy ban nhân dân xã Đông Kiều"), "{said}");
    assert_eq!(said.matches("Hình thức").count(), printed.pages, "{said}");
    assert_eq!(said.matches("15/10/2026 – 16/11/2026").count(), 24, "{said}");
    assert_eq!(said.matches("91/TB-UBND").count(), 8, "what stands over several rows is told once: {said}");
    let none = Register { rows: vec![], ..register };
    assert!(text(&none.print(&press, &words).expect("it is printed"), "none").contains("Trong quý không có nội dung nào được công khai."));
}
