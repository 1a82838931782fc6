//! Records of an XLS put together by hand: what no writer at hand writes any more.

use crate::told;
use bangtin::kit::sheet::{Bad, read};

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// A book whose tabs have these kinds, flags and records. `wide`: of Excel 97, else of Excel 95.
fn book(wide: bool, globals: &[Vec<u8>], tabs: &[(u8, u8, Vec<Vec<u8>>)]) -> Vec<u8> {
    let version = |kind: u8| record(0x0809, &[0, if wide { 6 } else { 5 }, kind, 0, 0, 0, 0, 0]);
    let tab = |at: u32, tab: &(u8, u8, Vec<Vec<u8>>)| {
        let name: &[u8] = if wide { &[1, 0, b'a'] } else { &[1, b'a'] };
        record(0x0085, &[&at.to_le_bytes()[..], &[tab.1, tab.0], name].concat())
    };
    let head = [version(5), globals.concat()].concat();
    let mut at = head.len() + tabs.iter().map(|one| tab(0, one).len()).sum::<usize>() + 4;
    let (mut list, mut sheets) = (Vec::new(), Vec::new());
    for one in tabs {
        list.extend(tab(at as u32, one));
        let sheet = [version(16), one.2.concat(), record(0x000a, &[])].concat();
        at += sheet.len();
        sheets.extend(sheet);
    }
    [head, list, record(0x000a, &[]), sheets].concat()
}

/// Row, column, format, and what follows.
fn cell(kind: u16, row: u16, column: u16, format: u16, rest: &[u8]) -> Vec<u8> {
    record(kind, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &format.to_le_bytes(), rest].concat())
}

fn lines(bytes: &[u8]) -> Vec<String> {
    read(bytes, "a.xls").map_or_else(|bad| vec![format!("{bad}")], |book| told::book(&book))
}

#[test]
fn every_record_that_holds_a_value_is_read() {
    let font = |name: &[u8]| record(0x0031, &[&[0; 6][..], &700_u16.to_le_bytes(), &[0; 6], &[name.len() as u8, 0], name].concat());
    let format = record(0x041e, &[&[164, 0, 10, 0, 0][..], b"dd/mm/yyyy"].concat());
    let looks = [[0, 0, 0, 0], [6, 0, 10, 0], [0, 0, 164, 0]].map(|look| record(0x00e0, &look));
    // There is no font 4: number 6 is the sixth of them.
    let fonts = [font(b"Arial"), font(b"Arial"), font(b"Arial"), font(b"Arial"), font(b"Arial"), font(b".VnTime")];
    let globals = [fonts.to_vec(), vec![format], looks.to_vec()].concat();
    let number = |number: f64| number.to_le_bytes();
    let came = |kind: u8, value: u8| [&[kind, 0, value, 0, 0, 0, 0xff, 0xff][..], &[0; 6]].concat();
    let rows = vec![
        record(0x0208, &[1, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0x20, 0, 0, 0]),
        record(0x007d, &[3, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0]),
        cell(0x0203, 0, 0, 0, &number(0.1 + 0.2)),
        cell(0x0203, 0, 1, 2, &number(46_112.0)),
        cell(0x0203, 0, 2, 0, &number(1e300)),
        // Two numbers in a row: 7 and 0.5 per cent.
        record(
            0x00bd,
            &[&[1, 0, 0, 0][..], &[0, 0], &((7 << 2) | 2_u32).to_le_bytes(), &[1, 0], &((50 << 2) | 3_u32).to_le_bytes(), &[1, 0]].concat(),
        ),
        cell(0x027e, 1, 2, 0, &0x3ff0_0000_u32.to_le_bytes()),
        cell(0x0204, 2, 0, 1, b"\x04\0\0\xa7\xabng"),
        cell(0x0204, 2, 1, 0, b"\x02\0\x01\x10\x01\xbf\x1e"),
        // With a run in another font, and a reading.
        cell(0x00d6, 2, 2, 0, b"\x02\0\x0c\x01\0\x04\0\0\0ab\0\0\x06\0xxxx"),
        cell(0x0205, 3, 0, 0, &[1, 0]),
        cell(0x0205, 3, 1, 0, &[0x2a, 1]),
        cell(0x0006, 4, 0, 0, &[&number(2.5)[..], &[0; 6]].concat()),
        cell(0x0006, 4, 1, 0, &came(1, 1)),
        cell(0x0006, 4, 2, 0, &came(2, 7)),
        cell(0x0006, 4, 3, 0, &came(3, 0)),
        cell(0x0006, 4, 4, 0, &came(0, 0)),
        record(0x04bc, &[0; 10]),
        record(0x0207, b"\x03\0\0a"),
        record(0x003c, b"\x01b\0c\0"),
        // A chart in the sheet, with records that are none of its cells.
        record(0x0809, &[0, 6, 32, 0]),
        cell(0x0203, 9, 9, 0, &number(9.0)),
        record(0x000a, &[]),
        record(0x00e5, &[1, 0, 5, 0, 6, 0, 0, 0, 1, 0]),
        cell(0x0204, 5, 0, 0, b"\x01\0\0x"),
        cell(0x0204, 6, 1, 0, b"\x01\0\0y"),
        cell(0x0201, 7, 0, 0, &[]),
    ];
    let file = book(true, &globals, &[(0, 0, rows), (2, 0, Vec::new()), (0, 2, vec![cell(0x0203, 0, 0, 9, &number(1.0))])]);
    assert_eq!(
        lines(&file),
        [
            "sheet\ta",
            "merged\tA6:B7",
            "columns\t3..255\thidden",
            "A1\tnumber\t0.3\tbold",
            "B1\tday\t2026-03-31\tbold",
            "C1\ttext\t1E300\tbold",
            "A2\tnumber\t7\tbold\thidden",
            "B2\tnumber\t0.5\t2 places\tbold\thidden\tin .VnTime\tper cent",
            "C2\tnumber\t1\tbold\thidden",
            "A3\ttext\t§«ng\t2 places\tbold\tin .VnTime\tper cent",
            "B3\ttext\tĐế\tbold",
            "C3\ttext\tab\tbold\tin .VnTime",
            "A4\tflag\ttrue\tbold",
            "B4\tfault\t#N/A\tbold",
            "A5\tnumber\t2.5\tbold",
            "B5\tflag\ttrue\tbold",
            "C5\tfault\t#DIV/0!\tbold",
            "E5\ttext\tabc\tbold",
            "A6\ttext\tx\tbold",
            "sheet\ta\thidden",
            "A1\tnumber\t1",
        ]
    );
}

#[test]
fn a_book_of_excel_95_is_read_with_the_letters_of_its_code_page() {
    let font = |name: &[u8]| record(0x0031, &[&[0; 14][..], &[name.len() as u8], name].concat());
    let globals = vec![
        record(0x0042, &1258_u16.to_le_bytes()),
        font(b"Arial"),
        font(b".VnTime"),
        record(0x041e, &[&[164, 0, 4][..], b"0.0%"].concat()),
        record(0x00e0, &[0; 16]),
        record(0x00e0, &[1, 0, 164, 0]),
        record(0x0022, &[1, 0]),
    ];
    let rows = vec![
        cell(0x0204, 0, 0, 0, b"\x0a\0\xd0\xf4ng Ki\xea\xccu"),
        cell(0x0204, 0, 1, 1, b"\x04\0\xa7\xabng"),
        cell(0x00d6, 0, 2, 0, b"\x02\0ab\x01\0\x01"),
        cell(0x0006, 1, 0, 0, &[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0, 0, 0]),
        record(0x0207, b"\x02\0\xfdu"),
        cell(0x0203, 1, 1, 1, &0.5_f64.to_le_bytes()),
    ];
    assert_eq!(
        lines(&book(false, &globals, &[(0, 0, rows)])),
        [
            "sheet\ta",
            "A1\ttext\tĐông Kiều",
            "B1\ttext\t§«ng\t1 places\tin .VnTime\tper cent",
            "C1\ttext\tab",
            "A2\ttext\tưu",
            "B2\tnumber\t0.5\t1 places\tin .VnTime\tper cent"
        ]
    );
}

#[test]
fn one_sheet_without_a_book_around_it_is_read_as_web_pages_write_it() {
    let text = |row, column, text: &str| cell(0x0204, row, column, 0, &[&(text.len() as u16).to_le_bytes()[..], text.as_bytes()].concat());
    let sheet = [text(0, 0, "Đông Kiều"), cell(0x0203, 0, 1, 0, &61_582.5_f64.to_le_bytes()), record(0x000a, &[])].concat();
    let whole = [record(0x0809, &[0, 0, 16, 0, 0, 0, 0, 0]), sheet].concat();
    assert_eq!(lines(&whole), ["sheet\t", "A1\ttext\tĐông Kiều", "B1\tnumber\t61582.5"]);
}

#[test]
fn a_book_that_is_locked_cut_off_or_lies_is_told() {
    let one = vec![cell(0x0203, 0, 0, 0, &1.0_f64.to_le_bytes())];
    assert_eq!(read(&book(true, &[record(0x002f, &[0; 6])], &[(0, 0, one.clone())]), "a"), Err(Bad::Encrypted));
    let whole = book(true, &[], &[(0, 0, one.clone())]);
    for length in 12..whole.len() {
        assert!(matches!(read(&whole[..length], "a"), Err(Bad::Broken { .. })), "{length}");
    }
    assert_eq!(lines(&book(true, &[], &[(0, 0, vec![cell(0x00fd, 4, 2, 0, &[9, 0, 0, 0])])])), ["broken at a!C5"]);
    let many = |texts: usize| {
        let head = record(0x00fc, &[[1, 0, 0, 0], 400_000_u32.to_le_bytes()].concat());
        [head, record(0x003c, &[0, 0, 0].repeat(2_000)).repeat(texts / 2_000)].concat()
    };
    assert_eq!(lines(&book(true, &[many(302_000)], &[])), ["more than 300000 shared texts"]);
    // It counts wrong, and nothing of it is missed.
    assert_eq!(lines(&book(true, &[many(2_000)], &[(0, 0, one.clone())])), ["sheet\ta", "A1\tnumber\t1"]);
    // Excel 4 has no book around its one sheet.
    assert_eq!(read(&[9, 4, 6, 0, 0, 0, 16, 0, 0, 0], "a"), Err(Bad::NotASheet));
    // Two hundred tabs, one sheet.
    let idle = record(0x0023, &[]).repeat(1_000_000);
    let mut claimed = book(true, &[], &vec![(0, 0, Vec::new()); 199]);
    let at = claimed.len() as u32;
    let tab = record(0x0085, &[&0_u32.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat());
    while let Some(place) = claimed.windows(4).position(|four| four == [0x85, 0, 9, 0]) {
        claimed[place + 2] = 0xff;
        claimed[place + 4..place + 8].copy_from_slice(&at.to_le_bytes());
    }
    for place in 0..claimed.len() - tab.len() {
        if claimed[place..place + 3] == [0x85, 0, 0xff] {
            claimed[place + 2] = 9;
        }
    }
    claimed.extend([record(0x0809, &[0, 6, 16, 0]), idle, record(0x000a, &[])].concat());
    assert_eq!(lines(&claimed), ["more than 157286400 bytes unpacked"]);
}
