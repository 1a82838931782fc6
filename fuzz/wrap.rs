//! What the fuzz targets, and the test that replays their findings, have in common. Whoever takes it in has `mod sheet` beside it.

use std::io::{Cursor, Write};

use super::sheet::limits::{MOST_CELLS, MOST_COLUMNS, MOST_LETTERS, MOST_MERGED, MOST_ROWS, MOST_SHEETS};
use super::sheet::{Bad, Book, Value};

/// What holds of every book, whatever the bytes were.
pub fn check(book: Result<Book, Bad>) {
    let Ok(book) = book else { return };
    assert!(book.sheets.len() <= MOST_SHEETS);
    let (mut cells, mut merged) = (0, 0);
    for sheet in &book.sheets {
        assert!(sheet.rows.is_sorted_by(|one, next| one.at < next.at));
        assert!(sheet.hidden_columns.is_sorted_by(|one, next| one.1 + 1 < next.0));
        assert!(sheet.hidden_columns.iter().all(|(from, to)| from <= to));
        assert!(sheet.merged.iter().all(|span| span.top <= span.bottom && span.left <= span.right));
        merged += sheet.merged.len();
        for row in &sheet.rows {
            assert!(row.at < MOST_ROWS && !row.cells.is_empty());
            assert!(row.cells.is_sorted_by(|one, next| one.column < next.column));
            cells += row.cells.len();
            for cell in &row.cells {
                assert!(cell.column < MOST_COLUMNS);
                if let Value::Text(text) | Value::Fault(text) = &cell.value {
                    assert!(!text.is_empty() && text.chars().count() <= MOST_LETTERS && !text.contains(['\0', '\r']));
                }
            }
        }
    }
    assert!(cells > 0 && cells <= MOST_CELLS && merged <= MOST_MERGED);
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<workbook xmlns:r="r"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const STYLES: &str = r#"<styleSheet><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts><fonts><font><b/><name val=".VnTime"/></font></fonts><cellXfs><xf numFmtId="0"/><xf numFmtId="10" fontId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs></styleSheet>"#;
const SHARED: &str = "<sst><si><t>a</t></si><si><r><t>b</t></r><rPh><t>c</t></rPh></si></sst>";
const ROWS: &str =
    r#"<worksheet><sheetData><row><c t="s"><v>0</v></c><c s="1"><v>1</v></c><c s="2"><v>46000</v></c></row></sheetData></worksheet>"#;
const CONTENT: &str = r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell table:style-name="ce1" office:value-type="float" office:value="1"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;

/// A file with one part of it as given: the first byte says which, the rest is the part. `None` for no such part.
pub fn wrapped(bytes: &[u8]) -> Option<Vec<u8>> {
    let (which, part) = bytes.split_first()?;
    let xlsx = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"];
    let ods = ["content.xml", "styles.xml", "META-INF/manifest.xml"];
    let given = match which {
        b'0'..=b'4' => *xlsx.get(usize::from(which - b'0'))?,
        b'5'..=b'7' => *ods.get(usize::from(which - b'5'))?,
        // The records of an XLS, and CSV, are files without an archive.
        b'8' => return Some(part.to_vec()),
        _ => return None,
    };
    let whole: Vec<(&str, &str)> = match which {
        b'0'..=b'4' => xlsx.into_iter().zip([WORKBOOK, RELATIONS, STYLES, SHARED, ROWS]).collect(),
        _ => ods.into_iter().zip([CONTENT]).collect(),
    };
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::STORE);
    for (name, content) in whole.into_iter().filter(|(name, _)| *name != given) {
        archive.start_file(name, stored).ok()?;
        archive.write_all(content.as_bytes()).ok()?;
    }
    archive.start_file(given, stored).ok()?;
    archive.write_all(part).ok()?;
    Some(archive.finish().ok()?.into_inner())
}
