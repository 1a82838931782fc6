//! What a file is, by what stands in it: its ending only says what it claims to be. One rule for every door by which
//! attachments come in.

use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::{CompressionMethod, ZipArchive};

/// The types an attachment may have, by its ending, beside pictures. Anything else is refused at the door.
pub const TYPES: [(&str, &str); 14] = [
    ("pdf", "application/pdf"),
    ("csv", "text/csv; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("zip", "application/zip"),
    ("mp3", "audio/mpeg"),
    ("webp", "image/webp"),
];
/// Looked at, and made smaller, as pictures are.
pub const PICTURES: [&str; 5] = ["jpg", "jpeg", "png", "webp", "gif"];
/// The largest attachment accepted, in bytes.
pub const MAX_BYTES: u64 = 20 * 1024 * 1024;
/// Files in an archive.
const MOST_ENTRIES: usize = 5_000;
/// Of what an Office file says of its parts, in bytes.
const MOST_SAID: u64 = 1024 * 1024;

/// OLE 2: what Word and Excel wrote before 2007, and what they still write around a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";
/// Before each name in an archive's list.
const ENTRY: &[u8] = b"PK\x01\x02";
/// Where an Office file says what its parts are.
const SAID: &str = "[Content_Types].xml";
/// What runs, or shows itself as a page of ours, when somebody opens what he was given.
const RUNS: [&str; 24] = [
    "exe", "com", "bat", "cmd", "scr", "msi", "dll", "lnk", "jar", "apk", "js", "vbs", "vbe", "wsf", "ps1", "hta", "sh", "html", "htm",
    "svg", "docm", "xlsm", "pptm", "iso",
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// No type that is accepted.
    Unknown,
    /// It is something else than its name says.
    NotSo,
    /// It opens with a password only.
    Locked,
    /// A program comes with it that runs when it is opened.
    Macros,
    /// An archive with something in it that is accepted nowhere.
    Carries(String),
    /// An archive of more files than anybody looks through.
    Crowded,
}

pub fn ending(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase()
}

/// What it is served as. Pictures are for [`super::picture`] to judge.
pub fn judge(name: &str, bytes: &[u8]) -> Result<&'static str, Fault> {
    let ending = ending(name);
    let (_, mime) = TYPES.iter().find(|(known, _)| *known == ending).ok_or(Fault::Unknown)?;
    match ending.as_str() {
        "pdf" => so(bytes[..bytes.len().min(1024)].windows(5).any(|five| five == b"%PDF-"))?,
        "doc" | "xls" => {
            so(bytes.starts_with(OLE))?;
            // The name of a folder inside, as it is written there.
            let name: Vec<u8> = "_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes).collect();
            if bytes.windows(name.len()).any(|part| part == name) {
                return Err(Fault::Macros);
            }
        }
        "docx" | "xlsx" => {
            if bytes.starts_with(OLE) {
                return Err(Fault::Locked);
            }
            let mut archive = archive(bytes)?;
            let names = names(&archive)?;
            let folder = if ending == "docx" { "word/" } else { "xl/" };
            so(names.iter().any(|name| name == SAID) && names.iter().any(|name| name.starts_with(folder)))?;
            if names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin")) {
                return Err(Fault::Macros);
            }
            // Whatever a part is called, it is what this says of it.
            for (number, _) in names.iter().enumerate().filter(|(_, name)| name.eq_ignore_ascii_case(SAID)) {
                let said = decoded(&part(&mut archive, number)?).to_lowercase();
                // Nobody writes its letters by their numbers but to hide them.
                so(!said.contains("&#") && !said.contains("<!"))?;
                if said.contains("vnd.ms-office.vbaproject") || said.contains("macroenabled") {
                    return Err(Fault::Macros);
                }
            }
        }
        "odt" | "ods" => {
            let names = names(&archive(bytes)?)?;
            // Its first part says what it is, uncompressed, at this place (OpenDocument 1.3, part 2, §3.3).
            so(bytes.get(38..).is_some_and(|rest| rest.starts_with(mime.as_bytes())))?;
            let is_program = |name: &String| {
                let is_list = name.ends_with("-lc.xml") || name.ends_with("-lb.xml") || name.ends_with('/');
                (name.starts_with("Basic/") || name.starts_with("Scripts/")) && !is_list
            };
            if names.iter().any(is_program) {
                return Err(Fault::Macros);
            }
        }
        "zip" => {
            let runs = |name: &String| RUNS.contains(&self::ending(name).as_str());
            if let Some(name) = names(&archive(bytes)?)?.into_iter().find(runs) {
                return Err(Fault::Carries(name));
            }
        }
        "mp3" => so(bytes.starts_with(b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0))?,
        "webp" => so(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))?,
        _ => so(is_text(bytes, ending == "xml"))?,
    }
    Ok(mime)
}

fn so(is_so: bool) -> Result<(), Fault> {
    if is_so { Ok(()) } else { Err(Fault::NotSo) }
}

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

fn archive(bytes: &[u8]) -> Result<Archive<'_>, Fault> {
    so(bytes.starts_with(ZIP))?;
    // Before anything is read of them, and whatever its end says of their number.
    let entries = bytes.windows(ENTRY.len()).filter(|four| *four == ENTRY);
    if entries.take(MOST_ENTRIES + 1).count() > MOST_ENTRIES {
        return Err(Fault::Crowded);
    }
    ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::NotSo)
}

/// The names in an archive.
fn names(archive: &Archive) -> Result<Vec<String>, Fault> {
    archive.file_names().map(|name| name.map(|name| name.replace('\\', "/"))).collect::<Result<_, _>>().map_err(|_| Fault::NotSo)
}

/// What stands in one file of an archive.
fn part(archive: &mut Archive, number: usize) -> Result<Vec<u8>, Fault> {
    let packed = archive.by_index_raw(number).map_err(|_| Fault::NotSo)?;
    let mut bytes = Vec::new();
    let read = match packed.compression() {
        CompressionMethod::STORE => packed.take(MOST_SAID + 1).read_to_end(&mut bytes),
        CompressionMethod::DEFLATE => DeflateDecoder::new(packed).take(MOST_SAID + 1).read_to_end(&mut bytes),
        _ => return Err(Fault::NotSo),
    };
    so(read.is_ok() && bytes.len() as u64 <= MOST_SAID)?;
    Ok(bytes)
}

/// As whoever opens it reads it: a mark at its beginning says how its letters are written.
fn decoded(bytes: &[u8]) -> String {
    let wide = |letters: &[u8], of: fn([u8; 2]) -> u16| -> String {
        let letters = letters.chunks_exact(2).map(|two| of([two[0], two[1]]));
        char::decode_utf16(letters).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, letters @ ..] => wide(letters, u16::from_le_bytes),
        [0xfe, 0xff, letters @ ..] => wide(letters, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, letters @ ..] | letters => String::from_utf8_lossy(letters).into_owned(),
    }
}

/// Plain text, and no page of the web by another name.
fn is_text(bytes: &[u8], is_xml: bool) -> bool {
    let text = decoded(bytes);
    // An escape changes how a browser reads what follows it (ISO-2022-JP).
    if text.chars().any(|letter| matches!(letter, '\0'..='\x08' | '\x0e'..='\x1b')) {
        return false;
    }
    let text = text.to_lowercase();
    let is_page = ["<html", "<!doctype html", "<svg", "<script", "<?xml-stylesheet", "<!entity"].iter().any(|page| text.contains(page));
    !(is_page || is_xml && is_shown(&text))
}

/// Whether a browser makes a page of it: by the language of its elements, whatever prefix they bear. Letters may stand there by
/// their numbers, and whatever else a list of abbreviations makes of them.
fn is_shown(xml: &str) -> bool {
    let spelt = spelt(xml);
    xml.contains("<!doctype") || ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"].iter().any(|page| spelt.contains(page))
}

/// With the letters that stand there by their numbers (`&#104;`).
fn spelt(xml: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(xml.len()), xml);
    while let Some((before, after)) = rest.split_once("&#") {
        out.push_str(before);
        let (number, after) = after.split_at(after.find(|one: char| !one.is_ascii_alphanumeric()).unwrap_or(after.len()));
        let read = match number.strip_prefix('x') {
            Some(number) => u32::from_str_radix(number, 16),
            None => number.parse(),
        };
        out.extend(read.ok().and_then(char::from_u32).map(|letter| letter.to_ascii_lowercase()));
        rest = after.strip_prefix(';').unwrap_or(after);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty files with these names.
    fn archive(names: &[&str]) -> Vec<u8> {
        packed(&names.iter().map(|name| (*name, &b""[..])).collect::<Vec<_>>())
    }

    /// An archive of these files, deflated.
    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let (mut files, mut list) = (Vec::new(), Vec::new());
        for (name, part) in parts {
            let start = files.len() as u32;
            let length = (name.len() as u16).to_le_bytes();
            let mut bytes = Vec::new();
            flate2::read::DeflateEncoder::new(*part, flate2::Compression::best()).read_to_end(&mut bytes).expect("it is packed");
            let sizes = [[0; 4], (bytes.len() as u32).to_le_bytes(), (part.len() as u32).to_le_bytes()].concat();
            files.extend(b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0");
            files.extend(&sizes);
            files.extend(length);
            files.extend([0; 2]);
            files.extend(name.bytes());
            files.extend(bytes);
            list.extend(b"PK\x01\x02\x14\0\x14\0\0\0\x08\0\0\0\0\0");
            list.extend(&sizes);
            list.extend(length);
            list.extend([0; 12]);
            list.extend(start.to_le_bytes());
            list.extend(name.bytes());
        }
        let (count, start, length) = ((parts.len() as u16).to_le_bytes(), files.len() as u32, list.len() as u32);
        files.extend(list);
        files.extend(b"PK\x05\x06\0\0\0\0");
        files.extend([count, count].concat());
        files.extend(length.to_le_bytes());
        files.extend(start.to_le_bytes());
        files.extend([0; 2]);
        files
    }

    #[test]
    fn an_office_file_is_what_it_says_of_its_parts_and_not_what_they_are_called() {
        let office = |said: &[u8]| packed(&[("[Content_Types].xml", said), ("word/document.xml", b""), ("word/anh.bin", b"")]);
        let types = |kind: &str| format!("<Types><Override PartName=\"/word/anh.bin\" ContentType=\"application/{kind}\"/></Types>");
        let wide = |text: &str| [vec![0xff, 0xfe], text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
        assert_eq!(judge("a.docx", &office(types("vnd.ms-word.styles+xml").as_bytes())), Ok(TYPES[6].1));
        let hidden = types("vnd.ms-office.vbaProject");
        for (said, fault) in [
            (hidden.clone().into_bytes(), Fault::Macros),
            (wide(&hidden), Fault::Macros),
            (types("vnd.ms-word.document.macroEnabled.main+xml").into_bytes(), Fault::Macros),
            (hidden.replace("vba", "&#118;ba").into_bytes(), Fault::NotSo),
            (format!("<!DOCTYPE x [<!ENTITY v 'vba'>]>{}", hidden.replace("vba", "&v;")).into_bytes(), Fault::NotSo),
            (vec![b' '; MOST_SAID as usize + 1], Fault::NotSo),
        ] {
            assert_eq!(judge("a.docx", &office(&said)), Err(fault), "{}", String::from_utf8_lossy(&said[..said.len().min(200)]));
        }
        let twice = packed(&[("[CONTENT_TYPES].xml", hidden.as_bytes()), ("[Content_Types].xml", b""), ("word/document.xml", b"")]);
        assert_eq!(judge("a.docx", &twice), Err(Fault::Macros));
    }

    #[test]
    fn an_archive_of_too_many_files_is_not_looked_through() {
        let names: Vec<String> = (0..=MOST_ENTRIES).map(|number| format!("{number}.csv")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(judge("a.zip", &archive(&names[1..])), Ok("application/zip"));
        for ending in ["zip", "docx", "ods"] {
            assert_eq!(judge(&format!("a.{ending}"), &archive(&names)), Err(Fault::Crowded));
        }
    }

    #[test]
    fn a_page_of_the_web_is_no_text_however_its_letters_are_written() {
        let wide = |of: fn(u16) -> [u8; 2], text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(of).collect::<Vec<u8>>();
        let xml = |inside: &str| format!("<?xml version=\"1.0\"?>{inside}");
        let data = xml("<bang xmlns=\"urn:xa\"><ho>An &#38; Bình</ho></bang>");
        for bytes in [data.clone().into_bytes(), wide(u16::to_le_bytes, &data), wide(u16::to_be_bytes, &data)] {
            assert_eq!(judge("a.xml", &bytes), Ok("application/xml"));
        }
        for page in [
            xml("<a><SCRIPT/></a>"),
            xml("<?xml-stylesheet href=\"a.xsl\"?><a/>"),
            xml("<h:script xmlns:h=\"http://www.w3.org/1999/xhtml\"/>"),
            xml("<h:script xmlns:h=\"http://www.w3.org/1999/&#x0078;html\"/>"),
            xml("<h:script xmlns:h=\"http://www.w3.org/1999/&#000000000120;html\"/>"),
            xml("<s:a xmlns:s='http://www.w3.org/2000/svg'/>"),
            xml("<!DOCTYPE a SYSTEM \"a.dtd\"><a/>"),
            xml("<a>\x1b(B</a>"),
        ] {
            for bytes in [page.clone().into_bytes(), wide(u16::to_le_bytes, &page), wide(u16::to_be_bytes, &page)] {
                assert_eq!(judge("a.xml", &bytes), Err(Fault::NotSo), "{page}");
            }
        }
        assert_eq!(judge("a.txt", &wide(u16::to_le_bytes, "<script>")), Err(Fault::NotSo));
    }

    #[test]
    fn a_file_is_what_stands_in_it() {
        let word = archive(&["[Content_Types].xml", "word/document.xml"]);
        let sheet = archive(&["[Content_Types].xml", "xl/workbook.xml"]);
        for (name, bytes) in [
            ("a.pdf", b"%PDF-1.7\n".to_vec()),
            ("A.PDF", b"\r\n%PDF-1.4".to_vec()),
            ("a.docx", word.clone()),
            ("a.xlsx", sheet.clone()),
            ("a.doc", OLE.to_vec()),
            ("a.csv", "tên;số\nAn;1\n".as_bytes().to_vec()),
            ("a.txt", b"\xff\xfea\0".to_vec()),
            ("a.zip", archive(&["so-lieu.csv"])),
            ("a.mp3", b"ID3\x04".to_vec()),
        ] {
            assert!(judge(name, &bytes).is_ok(), "{name}: {:?}", judge(name, &bytes));
        }
        let macros: Vec<u8> = OLE.iter().copied().chain("_VBA_PROJECT".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        for (name, bytes, fault) in [
            ("a.exe", b"MZ".to_vec(), Fault::Unknown),
            ("a.svg", b"<svg>".to_vec(), Fault::Unknown),
            ("a.html", b"<html>".to_vec(), Fault::Unknown),
            ("a.docm", word.clone(), Fault::Unknown),
            ("khong-duoi", b"%PDF-".to_vec(), Fault::Unknown),
            ("a.pdf", b"MZ\x90\0".to_vec(), Fault::NotSo),
            ("a.pdf", b"".to_vec(), Fault::NotSo),
            ("a.docx", sheet.clone(), Fault::NotSo),
            ("a.docx", b"PK\x03\x04".to_vec(), Fault::NotSo),
            ("a.xlsx", b"<html><table>".to_vec(), Fault::NotSo),
            ("a.xlsx", OLE.to_vec(), Fault::Locked),
            ("a.docx", archive(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"]), Fault::Macros),
            ("a.doc", macros, Fault::Macros),
            ("a.odt", archive(&["mimetype"]), Fault::NotSo),
            ("a.zip", archive(&["ds.csv", "mo/CAI-DAT.EXE"]), Fault::Carries("mo/CAI-DAT.EXE".to_owned())),
            ("a.csv", b"a;b\0".to_vec(), Fault::NotSo),
            ("a.xml", b"<?xml version=\"1.0\"?><SVG onload=\"x\"/>".to_vec(), Fault::NotSo),
            ("a.txt", b"<script>".to_vec(), Fault::NotSo),
            ("a.mp3", b"MZ".to_vec(), Fault::NotSo),
        ] {
            assert_eq!(judge(name, &bytes), Err(fault), "{name}");
        }
    }
}
