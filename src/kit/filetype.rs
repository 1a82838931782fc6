//! What a file is, by what stands in it: its ending only says what it claims to be. One rule for every door by which
//! attachments come in.

use std::io::Cursor;

use zip::ZipArchive;

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

/// OLE 2: what Word and Excel wrote before 2007, and what they still write around a password.
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const ZIP: &[u8] = b"PK\x03\x04";
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
            let names = names(bytes)?;
            let folder = if ending == "docx" { "word/" } else { "xl/" };
            so(names.iter().any(|name| name == "[Content_Types].xml") && names.iter().any(|name| name.starts_with(folder)))?;
            if names.iter().any(|name| name.to_lowercase().ends_with("vbaproject.bin")) {
                return Err(Fault::Macros);
            }
        }
        "odt" | "ods" => {
            let names = names(bytes)?;
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
            if let Some(name) = names(bytes)?.into_iter().find(runs) {
                return Err(Fault::Carries(name));
            }
        }
        "mp3" => so(bytes.starts_with(b"ID3") || matches!(bytes, [0xff, second, ..] if second & 0xe0 == 0xe0))?,
        "webp" => so(bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP"))?,
        _ => so(is_text(bytes))?,
    }
    Ok(mime)
}

fn so(is_so: bool) -> Result<(), Fault> {
    if is_so { Ok(()) } else { Err(Fault::NotSo) }
}

/// The names in an archive.
fn names(bytes: &[u8]) -> Result<Vec<String>, Fault> {
    so(bytes.starts_with(ZIP))?;
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::NotSo)?;
    archive.file_names().map(|name| name.map(|name| name.replace('\\', "/"))).collect::<Result<_, _>>().map_err(|_| Fault::NotSo)
}

/// Plain text, and no page of the web by another name.
fn is_text(bytes: &[u8]) -> bool {
    let is_wide = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if !is_wide && bytes.iter().any(|byte| matches!(byte, 0..=8 | 14..=26)) {
        return false;
    }
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    !["<html", "<!doctype html", "<svg", "<script", "<?xml-stylesheet", "<!entity"].iter().any(|page| text.contains(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive of empty files with these names.
    fn archive(names: &[&str]) -> Vec<u8> {
        let (mut files, mut list) = (Vec::new(), Vec::new());
        for name in names {
            let start = files.len() as u32;
            let length = (name.len() as u16).to_le_bytes();
            files.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0");
            files.extend([0; 12]);
            files.extend(length);
            files.extend([0; 2]);
            files.extend(name.bytes());
            list.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0");
            list.extend([0; 12]);
            list.extend(length);
            list.extend([0; 12]);
            list.extend(start.to_le_bytes());
            list.extend(name.bytes());
        }
        let (count, start, length) = ((names.len() as u16).to_le_bytes(), files.len() as u32, list.len() as u32);
        files.extend(list);
        files.extend(b"PK\x05\x06\0\0\0\0");
        files.extend([count, count].concat());
        files.extend(length.to_le_bytes());
        files.extend(start.to_le_bytes());
        files.extend([0; 2]);
        files
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
