//! Files as programs write them, each compared with what was put into it (`make_corpus.py`), and with another reader.

use crate::told;
use std::io::Cursor;

use bangtin::kit::sheet::{Bad, Book, Format, Sheet, Value, read, read_with};
use calamine::{Data, Reader};
use rust_decimal::Decimal;

/// Everything in the corpus that is a workbook.
const BOOKS: [&str; 7] = ["lo.xlsx", "lo.ods", "lo.xls", "openpyxl.xlsx", "openpyxl-1904.xlsx", "xlwt.xls", "xlwt-long.xls"];

fn corpus(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/kit/sheets/corpus/{name}", env!("CARGO_MANIFEST_DIR")))
        .unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn book(name: &str) -> Book {
    read(&corpus(name), name).unwrap_or_else(|bad| panic!("{name}: {bad}"))
}

fn expected() -> Vec<String> {
    String::from_utf8(corpus("expected.txt")).expect("text").lines().map(str::to_owned).collect()
}

/// Where the two differ, a line each.
fn differing(read: &[String], expected: &[String]) -> String {
    let more = read.iter().filter(|line| !expected.contains(line)).map(|line| format!("+ {line}\n"));
    let less = expected.iter().filter(|line| !read.contains(line)).map(|line| format!("- {line}\n"));
    less.chain(more).collect()
}

#[test]
fn the_same_report_is_read_the_same_from_every_kind_of_workbook() {
    for (name, format) in [
        ("lo.xlsx", Format::Xlsx),
        ("lo.ods", Format::Ods),
        ("lo.xls", Format::Xls),
        ("openpyxl.xlsx", Format::Xlsx),
        ("xlwt.xls", Format::Xls),
    ] {
        // Whatever it is called.
        let book = read(&corpus(name), "so-lieu.csv").unwrap_or_else(|bad| panic!("{name}: {bad}"));
        assert_eq!(book.format, format, "{name}");
        let (read, expected) = (told::book(&book), expected());
        assert!(read == expected, "{name}:\n{}", differing(&read, &expected));
    }
}

/// What both readers mean by the same cell. The other one knows no days without hours, and gives a double.
fn is_alike(ours: &Value, other: &Data) -> bool {
    match (ours, other) {
        (Value::Text(text), Data::String(other)) => *text == other.replace("\r\n", "\n"),
        (Value::Number(number), Data::Float(other)) => Some(*number) == fifteen(*other),
        (Value::Number(number), Data::Int(other)) => *number == Decimal::from(*other),
        (Value::Flag(flag), Data::Bool(other)) => flag == other,
        (Value::Fault(fault), Data::Error(other)) => *fault == other.to_string(),
        (Value::Day(day), Data::DateTime(other)) => other.as_datetime().map(|time| time.date()) == Some(*day),
        (Value::Time(time), Data::DateTime(other)) => other.as_datetime() == Some(*time),
        (Value::Day(day), Data::DateTimeIso(other)) => other.get(..10) == Some(&day.to_string()),
        (Value::Time(time), Data::DateTimeIso(other)) => *other == time.format("%Y-%m-%dT%H:%M:%S").to_string(),
        // For it a failed formula of an ODS is a text, and so is a flag.
        (Value::Fault(fault), Data::String(other)) => fault == other,
        _ => false,
    }
}

fn fifteen(number: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{number:.14e}")).ok().map(|number| number.normalize())
}

fn is_covered(sheet: &Sheet, row: u32, column: u32) -> bool {
    let covers = |span: &bangtin::kit::sheet::Span| (span.top..=span.bottom).contains(&row) && (span.left..=span.right).contains(&column);
    sheet.merged.iter().any(|span| covers(span) && (span.top, span.left) != (row, column))
}

#[test]
fn another_reader_finds_the_same_values() {
    for name in BOOKS {
        let ours = book(name);
        let mut other = calamine::open_workbook_auto_from_rs(Cursor::new(corpus(name))).expect("calamine opens it");
        for sheet in &ours.sheets {
            let range = other.worksheet_range(&sheet.name).unwrap_or_else(|error| panic!("{name}, {}: {error}", sheet.name));
            let (top, left) = range.start().unwrap_or_default();
            let mut found = 0;
            for (row, column, value) in range.used_cells() {
                let (row, column) = (row as u32 + top, column as u32 + left);
                let ours =
                    sheet.rows.iter().find(|other| other.at == row).and_then(|row| row.cells.iter().find(|cell| cell.column == column));
                let place = told::place(row, column);
                match (ours, value) {
                    (None, Data::String(text)) if text.is_empty() => {}
                    (None, _) => assert!(is_covered(sheet, row, column), "{name}, {}!{place}: only calamine has {value:?}", sheet.name),
                    (Some(cell), value) => {
                        found += 1;
                        assert!(is_alike(&cell.value, value), "{name}, {}!{place}: {:?}, calamine: {value:?}", sheet.name, cell.value);
                    }
                }
            }
            assert_eq!(found, sheet.rows.iter().map(|row| row.cells.len()).sum::<usize>(), "{name}, {}: only we have some", sheet.name);
        }
    }
}

#[test]
fn a_file_that_is_no_workbook_is_told_by_what_it_is() {
    let wide = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    for (name, bad) in [
        ("html.xls", Bad::Html),
        ("xml2003.xls", Bad::Xml2003),
        ("flat.fods", Bad::NotASheet),
        ("locked.xlsx", Bad::Encrypted),
        ("locked.xls", Bad::Encrypted),
        ("locked.ods", Bad::Encrypted),
    ] {
        assert_eq!(read(&corpus(name), "so-lieu.xlsx"), Err(bad), "{name}");
    }
    for (bytes, bad) in [
        (b"".to_vec(), Bad::Empty),
        (b" \r\n\t".to_vec(), Bad::Empty),
        (b"\xef\xbb\xbf".to_vec(), Bad::Empty),
        (b";;;\n;;\n".to_vec(), Bad::Empty),
        (b"%PDF-1.7".to_vec(), Bad::NotASheet),
        (b"{\\rtf1\\ansi".to_vec(), Bad::NotASheet),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), Bad::NotASheet),
        (b"PK\x03\x04".to_vec(), Bad::Broken { what: "ZIP".to_owned() }),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Bad::Broken { what: "OLE".to_owned() }),
        (wide("<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table>"), Bad::Html),
        (b"<!-- bao cao -->\n<Table border=1><tr><td>1</td>".to_vec(), Bad::Html),
        (b"<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">".to_vec(), Bad::Html),
        (vec![b'a'; 20 * 1024 * 1024 + 1], Bad::TooLarge { what: "bytes", limit: 20 * 1024 * 1024 }),
    ] {
        assert_eq!(read(&bytes, "a.xls"), Err(bad), "{}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
    }
}

#[test]
fn an_old_word_text_is_told_whatever_it_is_called() {
    let container = |names: &[&str]| {
        let mut container = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("in memory");
        for name in names {
            container.create_stream(name).expect("in memory");
        }
        container.into_inner().into_inner()
    };
    assert_eq!(read(&container(&["WordDocument", "1Table"]), "a.xls"), Err(Bad::OldWord));
    assert_eq!(read(&container(&["EncryptedPackage", "EncryptionInfo"]), "a.xlsx"), Err(Bad::Encrypted));
    assert_eq!(read(&container(&["PowerPoint Document"]), "a.xls"), Err(Bad::NotASheet));
}

#[test]
fn days_from_1904_and_texts_in_two_fonts_are_read_and_a_tab_with_a_chart_is_left_out() {
    assert_eq!(
        told::book(&book("openpyxl-1904.xlsx")),
        ["sheet\t1904", "A1\tday\t2026-03-31", "A2\ttext\tXã §«ng KiÒu\tin .VnTime", "A3\tnumber\t5"]
    );
}

#[test]
fn a_table_of_texts_is_read_on_through_the_records_that_continue_it() {
    let book = book("xlwt-long.xls");
    let lines = told::book(&book);
    assert_eq!(lines.len(), 1 + 300 * 3);
    for row in 0..300 {
        let start = if row % 2 == 1 { "Đông Kiều " } else { "Ben Gao " };
        let number = format!("{}", f64::from(row) * 1.5);
        assert_eq!(lines[1 + row as usize * 3], format!("A{}\ttext\t{}{row}", row + 1, start.repeat(8)));
        assert_eq!(lines[2 + row as usize * 3], format!("B{}\ttext\tXa §«ng KiÒu {row}\tin .VnTime", row + 1));
        assert_eq!(lines[3 + row as usize * 3], format!("C{}\tnumber\t{number}", row + 1));
    }
}

#[test]
fn a_csv_is_the_rows_that_were_shown_all_of_them_text() {
    for name in ["lo.csv", "lo-comma.csv"] {
        let book = book(name);
        assert_eq!((book.format, book.sheets.len()), (Format::Csv, 1));
        let sheet = &book.sheets[0];
        assert_eq!(sheet.name, name.trim_end_matches(".csv"));
        let rows: Vec<Vec<String>> =
            sheet.rows.iter().map(|row| row.cells.iter().map(|cell| told::value(&cell.value).join(" ")).collect()).collect();
        assert_eq!(rows[1], ["text Tỉnh Hương Lúa, đến ngày 31/03/2026; đơn vị: triệu đồng"]);
        assert_eq!(rows[2], ["text STT", "text Xã", "text Dư nợ", "text Tỷ lệ", "text Ngày chốt"]);
        assert_eq!(rows.last().expect("rows"), &["text Ghi chú: số liệu chưa kiểm toán.\\nXã Ea H'Mai mới thành lập."]);
        // Row 3 and row 12 are empty.
        assert_eq!(sheet.rows.iter().map(|row| row.at).collect::<Vec<_>>(), [0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 12]);
        // With its tabs, and as Windows writes Unicode.
        let text = String::from_utf8(corpus(name)).expect("text");
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&wide, name).expect("a book"), book);
    }
}

#[test]
fn the_letters_of_a_csv_are_made_by_whoever_knows_their_bytes() {
    let bytes = b"Xa;D\xad n\xee\n\xa7\xabng;1,5\n";
    let book = read_with(bytes, "../cu/b.1.csv", |_| "Xã;Dư nợ\nĐông;1,5\n".to_owned()).expect("a book");
    assert_eq!(told::book(&book), ["sheet\tb.1", "A1\ttext\tXã", "B1\ttext\tDư nợ", "A2\ttext\tĐông", "B2\ttext\t1,5"]);
}
