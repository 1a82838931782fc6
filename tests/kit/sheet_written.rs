//! Grids at random, written by another hand, come back; and what is beyond the limits is told.

use crate::{ends, told};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write};

use bangtin::kit::sheet::{Bad, Cell, Sheet, Value, limits, read};
use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

#[derive(Clone, Debug)]
enum Typed {
    Text(String),
    Number(Decimal),
    Day(NaiveDate),
    Time(NaiveDate, i64),
    Flag(bool),
    Percent(Decimal, u8),
    /// What a formula came to.
    Came(String),
}

fn typed() -> impl Strategy<Value = Typed> {
    let day = || (0_i64..60_000).prop_map(|days| NaiveDate::from_ymd_opt(1900, 3, 1).expect("a day") + TimeDelta::days(days));
    let number =
        || (-999_999_999_999_999_i64..999_999_999_999_999, 0_u32..8).prop_map(|(digits, scale)| Decimal::new(digits, scale).normalize());
    prop_oneof![
        "[a-zA-Zàảãáạđươ0-9.,;<>&\"' \n%-]{1,20}".prop_map(Typed::Text),
        number().prop_map(Typed::Number),
        day().prop_map(Typed::Day),
        (day(), 0_i64..86_400).prop_map(|(day, seconds)| Typed::Time(day, seconds)),
        any::<bool>().prop_map(Typed::Flag),
        (number(), 0_u8..4).prop_map(|(number, places)| Typed::Percent(number, places)),
        "[a-zđê ]{1,9}".prop_map(Typed::Came),
    ]
}

fn write(sheet: &mut Worksheet, row: u32, column: u16, typed: &Typed) {
    let double = |number: &Decimal| number.to_string().parse::<f64>().expect("a double");
    let written = match typed {
        Typed::Text(text) => sheet.write_string(row, column, text),
        Typed::Number(number) => sheet.write_number(row, column, double(number)),
        Typed::Day(day) => sheet.write_with_format(row, column, day, &Format::new().set_num_format("dd/mm/yyyy").set_bold()),
        Typed::Time(day, seconds) => {
            let time = day.and_hms_opt(0, 0, 0).expect("midnight") + TimeDelta::seconds(*seconds);
            sheet.write_with_format(row, column, &time, &Format::new().set_num_format("dd/mm/yyyy hh:mm:ss"))
        }
        Typed::Flag(flag) => sheet.write_boolean(row, column, *flag),
        Typed::Percent(number, places) => {
            let code = if *places == 0 { "0%".to_owned() } else { format!("0.{}%", "0".repeat((*places).into())) };
            sheet.write_number_with_format(row, column, double(number), &Format::new().set_num_format(code).set_font_name("VNI-Times"))
        }
        Typed::Came(text) => sheet.write_formula(row, column, Formula::new("=A1").set_result(text)),
    };
    written.expect("a cell");
}

fn is_so(typed: &Typed, cell: &Cell) -> bool {
    let plain =
        |value: Value| *cell == Cell { column: cell.column, value, is_percent: false, places: None, font: String::new(), is_bold: false };
    match typed {
        Typed::Text(text) | Typed::Came(text) => plain(Value::Text(text.clone())),
        Typed::Number(number) => plain(Value::Number(*number)),
        Typed::Flag(flag) => plain(Value::Flag(*flag)),
        Typed::Day(day) => cell.value == Value::Day(*day) && cell.is_bold,
        Typed::Time(day, seconds) => cell.value == Value::Time(day.and_hms_opt(0, 0, 0).expect("midnight") + TimeDelta::seconds(*seconds)),
        Typed::Percent(number, places) => {
            cell.value == Value::Number(*number) && cell.is_percent && cell.places == Some(*places) && cell.font == "VNI-Times"
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_grid_comes_back_as_it_was_written(grid in prop::collection::btree_map((0_u32..200, 0_u16..60), typed(), 1..80), hidden in 0_u32..200) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.set_name("Đông Kiều").expect("a name");
        for ((row, column), typed) in &grid {
            write(sheet, *row, *column, typed);
        }
        sheet.set_row_hidden(hidden).expect("a row");
        sheet.set_column_hidden(7).expect("a column");
        let book = read(&book.save_to_buffer().expect("a workbook"), "a.xlsx").expect("a book");
        let sheet = &book.sheets[0];
        prop_assert_eq!((sheet.name.as_str(), &sheet.hidden_columns), ("Đông Kiều", &vec![(7, 7)]));
        let read: BTreeMap<(u32, u16), &Cell> =
            sheet.rows.iter().flat_map(|row| row.cells.iter().map(|cell| ((row.at, cell.column as u16), cell))).collect();
        prop_assert!(grid.keys().eq(read.keys()));
        for (place, typed) in &grid {
            prop_assert!(is_so(typed, read[place]), "{:?}: {:?}, read {:?}", place, typed, read[place]);
        }
        prop_assert!(sheet.rows.iter().all(|row| row.hidden == (row.at == hidden)));
    }
}

/// An archive of these parts.
fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::DEFLATE);
    for (name, content) in parts {
        archive.start_file(*name, deflated).expect("in memory");
        archive.write_all(content.as_bytes()).expect("in memory");
    }
    archive.finish().expect("in memory").into_inner()
}

/// A workbook of one sheet with these rows; its one shared text is `chung`.
fn xlsx(rows: &str) -> Vec<u8> {
    let relation = |id: &str, kind: &str, target: &str| {
        format!(
            "<Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    };
    packed(&[
        ("_rels/.rels", &format!("<Relationships>{}</Relationships>", relation("rId1", "officeDocument", "/XL/Book.xml"))),
        (
            "xl/book.xml",
            "<x:workbook xmlns:x=\"x\" xmlns:r=\"r\"><x:sheets><x:sheet name=\"Biểu 1\" sheetId=\"7\" r:id=\"a\"/></x:sheets></x:workbook>",
        ),
        (
            "xl/_rels/book.xml.rels",
            &format!(
                "<Relationships>{}{}</Relationships>",
                relation("a", "worksheet", "sheet.xml"),
                relation("b", "sharedStrings", "../xl/s.xml")
            ),
        ),
        ("xl/s.xml", "<sst><si><t>chung</t></si></sst>"),
        ("xl\\Sheet.xml", &format!("<x:worksheet xmlns:x=\"x\"><x:sheetData>{rows}</x:sheetData></x:worksheet>")),
    ])
}

fn ods(tables: &str) -> Vec<u8> {
    packed(&[(
        "content.xml",
        &format!(
            "<office:document-content><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
        ),
    )])
}

fn lines(bytes: &[u8]) -> Vec<String> {
    read(bytes, "a").map_or_else(|bad| vec![format!("{bad}")], |book| told::book(&book))
}

#[test]
fn cells_that_do_not_say_where_they_are_follow_the_one_before() {
    let rows =
        "<x:row><x:c t='s'><x:v>0</x:v></x:c><x:c t='inlineStr'><x:is><x:r><x:t>a</x:t></x:r><x:rPh sb='0' eb='1'><x:t>no</x:t></x:rPh>\
        <x:r><x:t xml:space='preserve"
            .to_owned()
            + "'> b&#xA;&amp;_x0041_</x:t></x:r></x:is></x:c></x:row><x:row r='5'><x:c><x:v>1.50</x:v></x:c><x:c r='D5' t='d'><x:v>2026-03-31</x:v></x:c>\
        <x:c><x:v>1E+400</x:v></x:c><x:c t='str'><x:f>A1</x:f><x:v></x:v></x:c></x:row><x:row><x:c t='b'><x:v>1</x:v></x:c></x:row>";
    assert_eq!(
        lines(&xlsx(&rows)),
        [
            "sheet\tBiểu 1",
            "A1\ttext\tchung",
            "B1\ttext\ta b\\n&A",
            "A5\tnumber\t1.5",
            "D5\tday\t2026-03-31",
            "E5\ttext\t1E+400",
            "A6\tflag\ttrue"
        ]
    );
}

#[test]
fn white_space_at_the_ends_of_a_text_is_kept_where_the_writer_says_so() {
    let text = |inside: &str| format!("<x:c t='inlineStr'><x:is>{inside}</x:is><x:v>9</x:v></x:c>");
    let cells = [
        text("<x:t> a\n</x:t>"),
        text("<x:t xml:space='preserve'> a </x:t>"),
        text("<x:r><x:t>a </x:t></x:r><x:r><x:t xml:space='preserve'> b</x:t></x:r>"),
        "<x:c t='d'><x:v>10:18:00</x:v></x:c>".to_owned(),
    ];
    assert_eq!(
        lines(&xlsx(&format!("<x:row>{}</x:row>", cells.concat()))),
        ["sheet\tBiểu 1", "A1\ttext\ta", "B1\ttext\t a ", "C1\ttext\ta b", "D1\ttime\t1899-12-31 10:18:00"]
    );
}

#[test]
fn what_is_broken_is_told_with_its_place() {
    for (rows, told) in [
        ("<x:row r='12'><x:c r='C12' t='s'><x:v>1</x:v></x:c></x:row>", "broken at Biểu 1!C12"),
        ("<x:row r='3'><x:c/><x:c r='12'/></x:row>", "broken at Biểu 1!B3"),
        ("<x:row r='x'/>", "broken at XL/sheet.xml"),
        ("<x:row></x:c>", "broken at XL/sheet.xml"),
        ("<x:row>&ten;</x:row>", "broken at XL/sheet.xml"),
        ("<x:row r='1048577'/>", "more than 1048576 rows"),
        ("<x:row><x:c r='AMK1'><x:v>1</x:v></x:c></x:row>", "more than 1024 columns"),
        ("", "empty"),
        ("<x:row><x:c r='XFD1' s='1'/></x:row>", "empty"),
    ] {
        assert_eq!(lines(&xlsx(rows)), [told], "{rows}");
    }
    let mut cut = xlsx("<x:row><x:c><x:v>1</x:v></x:c></x:row>");
    assert!(matches!(read(&cut[..cut.len() - 30], "a"), Err(Bad::Broken { .. })));
    // A figure that was changed on its way is not published: the checksum says so.
    let at = cut.windows(12).position(|name| name == b"xl\\Sheet.xml").expect("its name") + 20;
    cut[at] ^= 1;
    assert!(matches!(read(&cut, "a"), Err(Bad::Broken { .. })));
}

#[test]
fn an_ods_may_repeat_nothing_a_million_times_and_something_only_so_often() {
    let cell = |more: &str| format!("<table:table-cell {more} office:value-type='float' office:value='7'/>");
    let row = |more: &str, cells: &str| format!("<table:table-row {more}>{cells}</table:table-row>");
    let table = |rows: &str| ods(&format!("<table:table table:name='B'>{rows}</table:table>"));
    let million = "table:number-rows-repeated='1048576'";
    let wide = "table:number-columns-repeated='16384'";
    let empty = format!("<table:table-cell {wide}/>");
    let rows = row(million, &empty).repeat(1_000) + &row("", &empty.repeat(1_000));
    let repeated = table(&(row("", &cell("")) + &rows));
    assert_eq!(ends("rows of nothing", move || lines(&repeated)), ["sheet\tB", "A1\tnumber\t7"]);
    assert_eq!(
        lines(&table(&row("table:number-rows-repeated='2' table:visibility='filter'", &cell("table:number-columns-repeated='2'")))),
        ["sheet\tB", "A1\tnumber\t7\thidden", "B1\tnumber\t7\thidden", "A2\tnumber\t7\thidden", "B2\tnumber\t7\thidden"]
    );
    assert_eq!(lines(&table(&row(million, &cell("")))), ["more than 300000 cells"]);
    assert_eq!(lines(&table(&row("", &cell(wide)))), ["more than 1024 columns"]);
    assert_eq!(lines(&table(&(row(million, &empty) + &row("", &cell(""))))), ["more than 1048576 rows"]);
}

#[test]
fn of_a_cell_in_an_ods_its_text_is_read_without_comments_and_drawings() {
    let cell = "<table:table-cell office:value-type='string'><office:annotation><text:p>không</text:p></office:annotation>\
        <draw:frame><draw:text-box><text:p>không</text:p></draw:text-box></draw:frame>\
        <text:p>Xã  <text:span>Đông<text:s text:c='2'/></text:span>\n <text:a>Kiều</text:a><text:tab/>4<text:line-break/>b</text:p>\
        <text:p>dòng<text:ruby><text:ruby-base> hai</text:ruby-base><text:ruby-text>không</text:ruby-text></text:ruby></text:p></table:table-cell>";
    let covered = "<table:covered-table-cell office:value-type='string'><text:p>che</text:p></table:covered-table-cell>";
    let merged = "<table:table-cell table:number-columns-spanned='2' office:value-type='time' office:time-value='PT07H30M00S'/>";
    let changed = "<table:tracked-changes><table:deletion><table:table-cell office:value-type='float' office:value='1'/></table:deletion></table:tracked-changes>";
    let rows = format!("<table:table-row-group><table:table-row>{cell}{merged}{covered}</table:table-row></table:table-row-group>");
    let failed = "<table:table-row><table:table-cell office:value-type='string' calcext:value-type='error'><text:p>Err:502</text:p></table:table-cell></table:table-row>";
    assert_eq!(
        lines(&ods(&format!("{changed}<table:table table:name='B'>{rows}{failed}</table:table>"))),
        ["sheet\tB", "merged\tB1:C1", "A1\ttext\tXã Đông   Kiều\\t4\\nb\\ndòng hai", "B1\ttime\t1899-12-31 07:30:00", "A2\tfault\tErr:502"]
    );
    assert_eq!(
        lines(&ods(
            "<table:table table:name='B'><table:table-row><table:table-cell office:value-type='float' office:value='x'/></table:table-row></table:table>"
        )),
        ["broken at B!A1"]
    );
}

#[test]
fn what_is_larger_than_the_limits_is_told_by_its_limit() {
    let told = |bytes: &[u8]| lines(bytes).remove(0);
    let cell = "<x:c><x:v>1</x:v></x:c>";
    let rows = |count: usize| (0..count).map(|_| format!("<x:row>{}</x:row>", cell.repeat(100))).collect::<String>();
    assert_eq!(told(&xlsx(&rows(limits::MOST_CELLS / 100 + 1))), "more than 300000 cells");
    let text = |letters: usize| format!("<x:row><x:c t='inlineStr'><x:is><x:t>{}</x:t></x:is></x:c></x:row>", "ạ".repeat(letters));
    assert_eq!(told(&xlsx(&text(limits::MOST_LETTERS))), "sheet\tBiểu 1");
    assert_eq!(told(&xlsx(&text(limits::MOST_LETTERS + 1))), "more than 32767 letters of a cell");
    // Letters by their number take more bytes than others, and no more letters.
    let numbered =
        |letters: usize| format!("<x:row><x:c t='inlineStr'><x:is><x:t>{}</x:t></x:is></x:c></x:row>", "_x0041_".repeat(letters));
    assert_eq!(lines(&xlsx(&numbered(30_000)))[1].len(), "A1\ttext\t".len() + 30_000);
    assert_eq!(told(&xlsx(&numbered(40_000))), "more than 32767 letters of a cell");
    assert_eq!(told(&xlsx(&text(limits::MOST_PIECE))), "more than 1048576 bytes of a piece of XML");
    assert_eq!(told(&xlsx(&text(limits::MOST_LETTERS).repeat(400))), "more than 31457280 text");
    assert_eq!(told(&xlsx(&"<x:a>".repeat(70))), "more than 64 elements one in another");
    // 160 MB of spaces in a file of 160 kB.
    let spaces = format!("{}<x:row>", " ".repeat(400_000)).repeat(70);
    assert_eq!(told(&xlsx(&spaces)), "more than 64 elements one in another");
    let spaces = format!("{}<x:row/>", " ".repeat(400_000)).repeat(400);
    assert_eq!(told(&xlsx(&spaces)), "more than 157286400 bytes unpacked");
    assert_eq!(told(&xlsx(&"<c/>".repeat(9_000_000))), "more than 157286400 bytes unpacked");
    let mut merged = "</x:sheetData><x:mergeCells>".to_owned();
    for row in 1..=limits::MOST_MERGED + 1 {
        write!(merged, "<x:mergeCell ref='A{row}:B{row}'/>").expect("a text");
    }
    assert_eq!(told(&xlsx(&(merged + "</x:mergeCells><x:sheetData>"))), "more than 20000 merged cells");
    let tables = "<table:table><table:table-row/></table:table>".repeat(limits::MOST_SHEETS + 1);
    assert_eq!(told(&ods(&tables)), "more than 200 sheets");
    let names: Vec<String> = (0..=limits::MOST_PARTS).map(|number| format!("{number}.xml")).collect();
    assert_eq!(told(&packed(&names.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>())), "more than 5000 files in an archive");
}

#[test]
fn merged_cells_laid_over_each_other_cost_no_more_than_their_number() {
    let rows: String = (0..100_000).map(|_| "<x:row><x:c><x:v>1</x:v></x:c></x:row>").collect();
    let spans: String = (0..20_000).map(|number| format!("<x:mergeCell ref='B{}:C100000'/>", number + 1)).collect();
    let book = ends("merged cells", move || read(&xlsx(&format!("{rows}</x:sheetData>{spans}<x:sheetData>")), "a").expect("a book"));
    assert_eq!(book.sheets.iter().map(|sheet: &Sheet| sheet.rows.len()).sum::<usize>(), 100_000);
}
