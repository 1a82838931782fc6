//! Whatever a file is, reading it ends, soon, in a book or a reason.

#[path = "../../fuzz/wrap.rs"]
mod wrap;

use std::io::Cursor;
use std::path::Path;

use ::bangtin::kit::sheet::{self, read};
use proptest::prelude::*;

use crate::ends;

fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let Ok(entries) = std::fs::read_dir(&folder) else { return Vec::new() };
    let read = |entry: std::fs::DirEntry| (entry.path().display().to_string(), std::fs::read(entry.path()).expect("a file"));
    entries.map(|entry| read(entry.expect("an entry"))).collect()
}

/// Reads it as it is, and as a part of a file. Panics where a fuzz target would stop.
fn tried(name: &str, bytes: &[u8]) {
    let bytes = bytes.to_vec();
    ends(name, move || {
        wrap::check(read(&bytes, "so-lieu.xls"));
        if let Some(file) = wrap::wrapped(&bytes) {
            wrap::check(read(&file, "so-lieu.xls"));
        }
    });
}

#[test]
fn whatever_was_once_found_does_no_harm_again() {
    let mut count = 0;
    for folder in [
        "tests/kit/sheets/corpus",
        "tests/kit/sheets/found",
        "fuzz/corpus/sheet",
        "fuzz/corpus/parts",
        "fuzz/artifacts/sheet",
        "fuzz/artifacts/parts",
    ] {
        for (name, bytes) in files(folder) {
            tried(&name, &bytes);
            count += 1;
        }
    }
    assert!(count >= 15, "{count} files");
}

/// Bytes changed here and there, a stretch of another file put in, the end cut off.
fn mutated(
    mut bytes: Vec<u8>,
    flips: &[(prop::sample::Index, u8)],
    splice: Option<(&[u8], prop::sample::Index)>,
    cut: Option<prop::sample::Index>,
) -> Vec<u8> {
    for (at, byte) in flips {
        let at = at.index(bytes.len());
        bytes[at] ^= byte;
    }
    if let Some((other, at)) = splice {
        let at = at.index(bytes.len());
        let end = (at + 200).min(bytes.len());
        let from = at % other.len();
        bytes.splice(at..end, other[from..(from + 300).min(other.len())].iter().copied());
    }
    if let Some(cut) = cut {
        bytes.truncate(cut.index(bytes.len()));
    }
    bytes
}

/// An archive anew, with every part changed by the same hand: the changes get past its checksums.
fn repacked(bytes: &[u8], change: impl Fn(Vec<u8>) -> Vec<u8>) -> Option<Vec<u8>> {
    use std::io::{Read, Write};
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::STORE);
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        let name = part.name().ok()?.into_owned();
        let content = if content.is_empty() { content } else { change(content) };
        made.start_file(name, stored).ok()?;
        made.write_all(&content).ok()?;
    }
    Some(made.finish().ok()?.into_inner())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_file_that_was_damaged_is_read_or_refused(
        which in any::<prop::sample::Index>(),
        other in any::<prop::sample::Index>(),
        flips in prop::collection::vec((any::<prop::sample::Index>(), 1_u8..), 0..20),
        splice in proptest::option::of(any::<prop::sample::Index>()),
        cut in proptest::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let corpus = files("tests/kit/sheets/corpus");
        let (name, bytes) = &corpus[which.index(corpus.len())];
        let (_, other) = &corpus[other.index(corpus.len())];
        let splice = splice.map(|at| (other.as_slice(), at));
        tried(name, &mutated(bytes.clone(), &flips, splice, cut));
        if let Some(bytes) = repacked(bytes, |part| mutated(part, &flips[..flips.len().min(2)], None, None)) {
            tried(name, &bytes);
        }
    }

    #[test]
    fn bytes_at_random_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        tried("random", &bytes);
        tried("biff", &[b"\x09\x08\x10\x00\x00\x06\x05\x00", bytes.as_slice()].concat());
    }
}
