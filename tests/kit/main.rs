//! The tools that read what offices write, against others who share no line with them: an encoder and a writer of figures in Python,
//! another reader of spreadsheets, files of LibreOffice and of programs.

mod figure_writer;
mod legacy_decoded;
mod legacy_fonts;
mod legacy_suspected;
mod sheet_files;
mod sheet_fuzzed;
mod sheet_written;
mod sheet_xls;
mod told;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;
use std::time::Duration;

/// So long may work take that is to end: many times what it takes, so that only what has no end is caught.
const PATIENCE: Duration = Duration::from_secs(120);

/// What comes of the work. Panics with its panic, and where it has no end.
pub fn ends<T: Send + 'static>(name: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || tell.send(catch_unwind(AssertUnwindSafe(work))));
    match told.recv_timeout(PATIENCE) {
        Ok(Ok(done)) => done,
        Ok(Err(panic)) => resume_unwind(panic),
        Err(_) => panic!("{name} does not end"),
    }
}

/// Text from before Unicode, as `legacy/encode.py` wrote it without the code under test. Paragraphs of the invented articles, and random syllables: each as it is, in TCVN3, VNI, VISCII, Windows-1258, UTF-16 of both orders.
pub struct Fixture {
    pub plain: &'static str,
    pub tcvn3: &'static [u8],
    pub vni: &'static [u8],
    pub viscii: &'static [u8],
    pub windows_1258: &'static [u8],
    pub utf16_le: &'static [u8],
    pub utf16_be: &'static [u8],
}

macro_rules! fixture {
    ($name:literal) => {
        Fixture {
            plain: include_str!(concat!("legacy/", $name, ".txt")),
            tcvn3: include_bytes!(concat!("legacy/", $name, ".tcvn3")),
            vni: include_bytes!(concat!("legacy/", $name, ".vni")),
            viscii: include_bytes!(concat!("legacy/", $name, ".viscii")),
            windows_1258: include_bytes!(concat!("legacy/", $name, ".1258")),
            utf16_le: include_bytes!(concat!("legacy/", $name, ".utf16le")),
            utf16_be: include_bytes!(concat!("legacy/", $name, ".utf16be")),
        }
    };
}

pub const ARTICLES: Fixture = fixture!("plain");
pub const SYLLABLES: Fixture = fixture!("syllables");

/// As a modern machine shows these bytes.
pub fn seen(bytes: &[u8]) -> String {
    encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned()
}

/// What becomes of text that TCVN3 has no letters for: a capital with a tone is typed small.
pub fn typed_in_tcvn3(text: &str) -> String {
    let small =
        |c: char| if c.is_uppercase() && !c.is_ascii() && !"ĂÂÊÔƠƯĐ".contains(c) { c.to_lowercase().next().unwrap() } else { c };
    text.chars().map(small).collect()
}
